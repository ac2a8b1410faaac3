/*
 * Trees of rule tests as blueprints: what is at each path once `like`, the
 * tree's own keys and every `with` were taken in, in this order.
 */
#include <string.h>

#include "author/tests-internal.h"
#include "rule/limits.h"
#include "util/text.h"

#define RESERVED "GATEPOST"

/* ---- what is at a path ------------------------------------------------------------------------------------------- */

static struct gp_item *find(const struct gp_blueprint *blueprint, const char *path)
{
    struct gp_item *item = gp_strmap_get0(&blueprint->items, path);

    return item && gp_item_live(item) ? item : NULL;
}

static const char *kind_words(enum gp_item_kind kind)
{
    static const char *const words[] = {"a directory", "a file", "a link", "no file"};

    return words[kind];
}

static void in_the_way(struct gp_building *to, const char *path, enum gp_item_kind kind, struct gp_span at)
{
    gp_tests_error(to->tests, GP_DIAG_TEST_IN_THE_WAY, at, "'%s' is %s already; remove it first", path,
                   kind_words(kind));
    to->blueprint->broken = true;
}

static int new_item(struct gp_building *to, const char *path, struct gp_span at, struct gp_item *parent,
                    struct gp_item **ret_item)
{
    struct gp_item *item = gp_strmap_get0(&to->blueprint->items, path);

    if (!item && to->blueprint->items.count >= GP_LIMIT_TEST_ENTRIES) {
        if (!to->blueprint->broken)
            gp_tests_error(to->tests, GP_DIAG_LIMIT_TEST_ENTRIES, at, "a tree of more than %u entries",
                           GP_LIMIT_TEST_ENTRIES);
        to->blueprint->broken = true;
        *ret_item = NULL;
        return 0;
    }
    if (!item) {
        item = GP_NEW(to->arena, struct gp_item);
        char *copy = gp_arena_strdup(to->arena, path);
        if (!item || !copy ||
            gp_strmap_put(to->arena, &to->blueprint->items, (struct gp_str){copy, strlen(copy)}, item) < 0)
            return -ENOMEM;
        item->path = copy;
    }
    *item = (struct gp_item){.path = item->path, .parent = parent, .parent_birth = parent ? parent->birth : 0};
    item->birth = ++to->blueprint->births;
    *ret_item = item;
    return 0;
}

static int put(struct gp_building *to, const char *path, enum gp_item_kind kind, struct gp_span at,
               struct gp_item **ret_item);

/* The directory that a path lies in, made if need be; `*ret_parent` NULL: the root.  1: it cannot be, as was said. */
static int put_parent(struct gp_building *to, const char *path, struct gp_span at, struct gp_item **ret_parent)
{
    const char *slash = strrchr(path, '/');

    *ret_parent = NULL;
    if (!slash)
        return 0;
    char *directory = gp_arena_memdup(to->arena, path, (size_t)(slash - path));
    int r = directory ? put(to, directory, GP_ITEM_DIRECTORY, at, ret_parent) : -ENOMEM;
    return r == 0 && !*ret_parent ? 1 : r;
}

/* Puts something at a path (paths are at most GP_LIMIT_PATH_PARTS deep); `*ret_item` NULL: it cannot be, and that was
 * said. */
static int put(struct gp_building *to, const char *path, enum gp_item_kind kind, struct gp_span at,
               struct gp_item **ret_item)
{
    struct gp_item *there = find(to->blueprint, path), *parent;

    *ret_item = NULL;
    if (there && (there->kind == GP_ITEM_DIRECTORY) != (kind == GP_ITEM_DIRECTORY)) {
        in_the_way(to, path, there->kind, at);
        return 0;
    }
    if (there && kind == GP_ITEM_DIRECTORY) {
        *ret_item = there;
        return 0;
    }
    int r = put_parent(to, path, at, &parent);
    if (r != 0)
        return r < 0 ? r : 0;
    r = new_item(to, path, at, parent, ret_item);
    if (r == 0 && *ret_item)
        (*ret_item)->kind = kind;
    return r;
}

/* Whether a path can be one of a tree; says why not. */
static bool usable(struct gp_building *to, struct gp_str path, bool dynamic, struct gp_span at)
{
    struct gp_str first = {path.data, 0};

    while (first.len < path.len && path.data[first.len] != '/')
        first.len++;
    if (gp_str_is(path, "."))
        gp_tests_error(to->tests, GP_DIAG_TEST_PATH, at, "'.' is the tree itself");
    else if (dynamic || memmem(path.data, path.len, "${", 2))
        gp_tests_error(to->tests, GP_DIAG_TEST_PATH, at, "the paths of a tree are as they stand: no ${ }");
    else if (gp_ascii_equal_fold(first, GP_STR(RESERVED)))
        gp_tests_error(to->tests, GP_DIAG_TEST_PATH, at,
                       RESERVED " is Gatepost's own; 'ledger' says what its ledger holds");
    else
        return true;
    to->blueprint->broken = true;
    return false;
}

static int put_paths(struct gp_building *to, const struct gp_paths *paths, enum gp_item_kind kind)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < paths->count; i++) {
        const struct gp_pathexpr *path = paths->data[i];
        struct gp_item *item;

        if (usable(to, path->text, path->dynamic, path->at))
            r = put(to, path->text.data, kind, path->at, &item);
    }
    return r;
}

/* The live item at a path that something is said of; NULL, and said, if there is none. */
static struct gp_item *existing(struct gp_building *to, struct gp_str path, struct gp_span at)
{
    struct gp_item *item = usable(to, path, false, at) ? find(to->blueprint, path.data) : NULL;

    if (item || to->blueprint->broken)
        return item;
    struct gp_diag *diag = gp_tests_error(to->tests, GP_DIAG_TEST_NOT_THERE, at, "there is no '%.*s' in this tree",
                                          GP_STR_ARG(path));
    to->blueprint->broken = true;
    GP_VEC(const char *) names = {0};
    for (size_t i = 0; diag && i < to->blueprint->items.count; i++) {
        const struct gp_item *other = to->blueprint->items.entries[i].value;

        if (gp_item_live(other) && gp_vec_push(to->arena, &names, other->path) < 0)
            return NULL; /* one suggestion less */
    }
    gp_diag_suggest(to->tests->diags, diag,
                    names.count ? gp_text_nearest(path, names.data, names.count, sizeof(*names.data)) : NULL);
    return NULL;
}

static struct gp_item *existing_either(struct gp_building *to, struct gp_str path, struct gp_span at, bool directory)
{
    struct gp_item *item = existing(to, path, at);

    if (!item || item->kind == GP_ITEM_FILE || (directory && item->kind == GP_ITEM_DIRECTORY))
        return item;
    gp_tests_error(to->tests, GP_DIAG_TEST_IN_THE_WAY, at, "'%.*s' is %s, not a file%s", GP_STR_ARG(path),
                   kind_words(item->kind), directory ? " and not a directory" : "");
    to->blueprint->broken = true;
    return NULL;
}

static struct gp_item *existing_file(struct gp_building *to, struct gp_str path, struct gp_span at)
{
    return existing_either(to, path, at, false);
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static void wrong_file(struct gp_building *to, struct gp_span at, const char *words)
{
    gp_tests_error(to->tests, GP_DIAG_TEST_FILE, at, "%s", words);
    to->blueprint->broken = true;
}

/* Whether the numbers of a patch have room in their bytes, and the patch in the file. */
static void check_patch(struct gp_building *to, const struct gp_test_patch *patch, uint64_t size, struct gp_span at)
{
    const struct {
        const struct gp_value *value;
        unsigned bits;
    } numbers[] = {{&patch->u8, 8}, {&patch->u16le, 16}, {&patch->u16be, 16}, {&patch->u32le, 32}, {&patch->u32be, 32}};

    for (size_t i = 0; i < GP_COUNT(numbers); i++)
        if (numbers[i].value->type != GP_TYPE_ANY &&
            (numbers[i].value->integer < 0 || numbers[i].value->integer >> numbers[i].bits))
            wrong_file(to, at, "a number that has no room in its bytes");
    if (gp_patch_offset(patch, size) >= 0)
        return;
    gp_tests_error(to->tests, GP_DIAG_TEST_FILE, at, "bytes at %lld do not lie within a file of %llu bytes",
                   (long long)patch->at.integer, (unsigned long long)size);
    to->blueprint->broken = true;
}

static void check_file(struct gp_building *to, const struct gp_item *item, struct gp_span at)
{
    const struct gp_test_file *file = item->file;
    uint64_t size = gp_item_size(item);

    if (file->text.text.data && file->bytes.type != GP_TYPE_ANY)
        wrong_file(to, file->text.at, "'text' and 'bytes' cannot stand together");
    if (file->age.type != GP_TYPE_ANY && file->mtime.type != GP_TYPE_ANY)
        wrong_file(to, at, "'age' and 'mtime' cannot stand together");
    if (gp_item_begin(file).len > size) {
        gp_tests_error(to->tests, GP_DIAG_TEST_FILE, at, "what the file begins with has %zu bytes, the file has %llu",
                       gp_item_begin(file).len, (unsigned long long)size);
        to->blueprint->broken = true;
    }
    if (!gp_item_is_zeros(item) && size > GP_LIMIT_TEST_FILE_BYTES) {
        gp_tests_error(to->tests, GP_DIAG_LIMIT_TEST_BYTES, at,
                       "a file with content may have %u bytes in a tree of a test; one of zeros alone may have any "
                       "size",
                       GP_LIMIT_TEST_FILE_BYTES);
        to->blueprint->broken = true;
        return;
    }
    for (size_t i = 0; i < file->patch.count; i++)
        check_patch(to, file->patch.data[i], size, at);
}

static int put_files(struct gp_building *to, const struct gp_map *files)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < files->count; i++) {
        const struct gp_map_entry *entry = &files->data[i];
        struct gp_item *item;

        if (entry->broken)
            to->blueprint->broken = true;
        if (entry->broken || !usable(to, entry->id, false, entry->at))
            continue;
        r = put(to, entry->id.data, GP_ITEM_FILE, entry->at, &item);
        if (r < 0 || !item)
            continue;
        item->file = entry->value;
        check_file(to, item, entry->at);
    }
    return r;
}

/* ---- with -------------------------------------------------------------------------------------------------------- */

static void remove_paths(struct gp_building *to, const struct gp_paths *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        struct gp_item *item = existing(to, paths->data[i]->text, paths->data[i]->at);

        if (item)
            item->gone = true;
    }
}

static int patch_files(struct gp_building *to, const struct gp_list *patches)
{
    for (size_t i = 0; i < patches->count; i++) {
        const struct gp_test_patch *patch = patches->data[i];
        const struct gp_pathexpr *path = patch->file.count ? patch->file.data[0] : NULL;
        struct gp_item *item = path ? existing_file(to, path->text, path->at) : NULL;

        if (!item)
            continue;
        if (gp_vec_push(to->arena, &item->patches, patch) < 0)
            return -ENOMEM;
        check_patch(to, patch, gp_item_size(item), path->at);
        if (gp_item_size(item) > GP_LIMIT_TEST_FILE_BYTES) {
            gp_tests_error(to->tests, GP_DIAG_LIMIT_TEST_BYTES, path->at,
                           "a file with content may have %u bytes in a tree of a test; one of zeros alone may have any "
                           "size", GP_LIMIT_TEST_FILE_BYTES);
            to->blueprint->broken = true;
        }
    }
    return 0;
}

static void mark_files(struct gp_building *to, const struct gp_test_setup *setup)
{
    for (size_t i = 0; i < setup->attributes.count; i++) {
        const struct gp_map_entry *entry = &setup->attributes.data[i];
        struct gp_item *item = entry->broken ? NULL : existing_either(to, entry->id, entry->at, true);

        if (item)
            item->attributes = entry->value;
    }
    for (size_t i = 0; i < setup->locked.count; i++) {
        struct gp_item *item = existing_file(to, setup->locked.data[i]->text, setup->locked.data[i]->at);

        if (item)
            item->locked = true;
    }
    for (size_t i = 0; i < setup->unreadable.count; i++) {
        const struct gp_pathexpr *path = setup->unreadable.data[i];
        struct gp_item *item = NULL;

        if (gp_str_is(path->text, RESERVED "/LEDGER"))
            to->blueprint->ledger_unreadable = true;
        else
            item = existing(to, path->text, path->at);
        if (item)
            item->unreadable = true;
    }
}

int gp_build_setup(struct gp_building *to, const struct gp_test_setup *setup)
{
    if (!setup)
        return 0;
    remove_paths(to, &setup->remove);
    int r = put_paths(to, &setup->dirs, GP_ITEM_DIRECTORY);
    if (r == 0)
        r = put_files(to, &setup->files);
    if (r == 0)
        r = put_paths(to, &setup->links, GP_ITEM_LINK);
    if (r == 0)
        r = put_paths(to, &setup->others, GP_ITEM_OTHER);
    if (r == 0)
        r = patch_files(to, &setup->patch);
    if (r == 0)
        r = gp_vec_push(to->arena, &to->blueprint->setups, setup);
    if (r == 0)
        mark_files(to, setup);
    return r;
}

int gp_build_tree(struct gp_building *to, const struct gp_test_tree *tree)
{
    int r = put_paths(to, &tree->dirs, GP_ITEM_DIRECTORY);

    if (r == 0)
        r = put_files(to, &tree->files);
    if (r == 0)
        r = put_paths(to, &tree->links, GP_ITEM_LINK);
    if (r == 0)
        r = put_paths(to, &tree->others, GP_ITEM_OTHER);
    return r < 0 ? r : gp_build_setup(to, tree->with);
}

int gp_build_copy(struct gp_building *to, const struct gp_blueprint *from)
{
    to->blueprint->broken = from->broken;
    to->blueprint->ledger_unreadable = from->ledger_unreadable;
    for (size_t i = 0; i < from->setups.count; i++)
        if (gp_vec_push(to->arena, &to->blueprint->setups, from->setups.data[i]) < 0)
            return -ENOMEM;
    for (size_t i = 0; i < from->items.count; i++) {
        struct gp_item *old = from->items.entries[i].value, *item;

        if (!gp_item_live(old))
            continue;
        int r = new_item(to, old->path, (struct gp_span){0}, old->parent ? old->parent->copy : NULL, &item);
        if (r < 0 || !item)
            return r;
        uint32_t birth = item->birth, parent_birth = item->parent_birth;
        struct gp_item *parent = item->parent;
        const char *path = item->path;
        *item = *old;
        item->path = path;
        item->parent = parent;
        item->birth = birth;
        item->parent_birth = parent_birth;
        item->patches.capacity = item->patches.count; /* the next one goes into an array of its own */
        old->copy = item;
    }
    return 0;
}
