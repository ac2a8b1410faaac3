/*
 * A scene on the disk: each tree is built in a directory of ours and looked at
 * by the same probe as any other.  What cannot be built there is a reason to
 * skip the case, never a reason to build something else.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "author/tests-internal.h"
#include "util/text.h"

#define LEDGER "GATEPOST/LEDGER"
#define OWN_TREE "tree"
#define ABSENT "absent" /* never made */

/* ---- one tree ---------------------------------------------------------------------------------------------------- */

struct building {
    struct gp_test_scene *scene;
    const struct gp_blueprint *blueprint;
    int root; /* descriptor of the tree's directory */
};

static int write_all(int fd, const char *data, size_t size)
{
    while (size) {
        ssize_t n = write(fd, data, size);

        if (n < 0 && errno != EINTR)
            return -errno;
        data += n > 0 ? n : 0;
        size -= n > 0 ? (size_t)n : 0;
    }
    return 0;
}

static int put_content(struct building *to, int fd, const struct gp_item *item)
{
    uint64_t size = gp_item_size(item);

    if (gp_item_is_zeros(item))
        return size <= INT64_MAX && ftruncate(fd, (off_t)size) == 0 ? 0 : -errno;
    char *content = gp_arena_alloc(to->scene->arena, size + 1);
    if (!content)
        return -ENOMEM;
    gp_item_content(item, content);
    return write_all(fd, content, size);
}

static int put_file(struct building *to, const struct gp_item *item)
{
    int fd = openat(to->root, item->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    int r = fd < 0 ? -errno : put_content(to, fd, item);

    if (fd >= 0)
        close(fd);
    return r;
}

static int put_item(struct building *to, const struct gp_item *item)
{
    switch (item->kind) {
    case GP_ITEM_DIRECTORY:
        return mkdirat(to->root, item->path, 0755) < 0 ? -errno : 0;
    case GP_ITEM_FILE:
        return put_file(to, item);
    case GP_ITEM_LINK:
        return symlinkat("nowhere", to->root, item->path) < 0 ? -errno : 0;
    case GP_ITEM_OTHER:
        return mkfifoat(to->root, item->path, 0644) < 0 ? -errno : 0;
    }
    return -EINVAL;
}

static int put_ledger(struct building *to)
{
    struct gp_str text = {0};
    int r = gp_scene_ledger(to->scene, to->blueprint, &text);

    if (r < 0 || (!text.data && !to->blueprint->ledger_unreadable))
        return r;
    if (!text.data)
        text = GP_STR("\n"); /* of an empty one everything is known, readable or not */
    if (mkdirat(to->root, "GATEPOST", 0755) < 0)
        return -errno;
    int fd = openat(to->root, LEDGER, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    r = fd < 0 ? -errno : write_all(fd, text.data, text.len);
    if (fd >= 0)
        close(fd);
    return r;
}

/* Times and permissions come last, innermost first: what is made in a directory changes its time, and a directory that
 * cannot be read takes nothing more. */
static int finish_item(struct building *to, const struct gp_item *item)
{
    struct timespec time = gp_item_mtime(item, to->scene->now);
    const struct timespec times[2] = {time, time};
    mode_t writable = gp_item_read_only(item) ? 0 : 0200;
    mode_t mode = (item->kind == GP_ITEM_DIRECTORY ? 0555 : 0444) | writable;

    if (utimensat(to->root, item->path, times, AT_SYMLINK_NOFOLLOW) < 0)
        return -errno;
    if (item->kind == GP_ITEM_LINK)
        return 0;
    return fchmodat(to->root, item->path, item->unreadable ? 0 : mode, 0) < 0 ? -errno : 0;
}

static int build_items(struct building *to)
{
    const struct gp_strmap *items = &to->blueprint->items;
    int r = 0;

    for (size_t i = 0; r == 0 && i < items->count; i++)
        if (gp_item_live(items->entries[i].value))
            r = put_item(to, items->entries[i].value);
    if (r == 0)
        r = put_ledger(to);
    for (size_t i = items->count; r == 0 && i-- > 0;)
        if (gp_item_live(items->entries[i].value))
            r = finish_item(to, items->entries[i].value);
    if (r == 0 && to->blueprint->ledger_unreadable && fchmodat(to->root, LEDGER, 0, 0) < 0)
        r = -errno;
    return r;
}

/* ---- what cannot be built ---------------------------------------------------------------------------------------- */

static bool has_unreadable(const struct gp_blueprint *blueprint)
{
    for (size_t i = 0; i < blueprint->items.count; i++) {
        const struct gp_item *item = blueprint->items.entries[i].value;

        if (item->unreadable && gp_item_live(item))
            return true;
    }
    return blueprint->ledger_unreadable;
}

static const char *why_not(const struct gp_blueprint *blueprint)
{
    for (size_t i = 0; i < blueprint->items.count; i++) {
        const struct gp_item *item = blueprint->items.entries[i].value;
        unsigned set;

        if (!gp_item_live(item))
            continue;
        if (item->locked)
            return "a lock of another process cannot be made on the disk";
        if (gp_item_attributes(item, &set))
            return "the attributes hidden and system cannot be made on the disk";
    }
    return NULL;
}

/* Whoever may read everything cannot be kept from reading. */
static bool reads_everything(const char *directory)
{
    char path[] = "closed";
    int root = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd;
    bool reads = false;

    if (root < 0)
        return false;
    fd = openat(root, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0);
    if (fd >= 0) {
        close(fd);
        reads = faccessat(root, path, R_OK, AT_EACCESS) == 0;
        unlinkat(root, path, 0);
    }
    close(root);
    return reads;
}

static const char *find_obstacle(const struct gp_test_scene *scene)
{
    const char *why = scene->free_space.type != GP_TYPE_ANY ? "free space cannot be made on the disk"
                                                            : why_not(&scene->blueprint);
    bool closed = has_unreadable(&scene->blueprint);

    for (size_t i = 0; i < scene->directories.count; i++) {
        why = why ? why : why_not(scene->directories.data[i].blueprint);
        closed = closed || has_unreadable(scene->directories.data[i].blueprint);
    }
    if (!why && closed && reads_everything(scene->options->directory))
        return "this user reads everything, so nothing can be unreadable";
    return why;
}

/* ---- the scene --------------------------------------------------------------------------------------------------- */

static const char *path_of(const struct gp_test_scene *scene, const char *name)
{
    return gp_arena_printf(scene->arena, "%s/%s", scene->options->directory, name);
}

static const char *directory_name(const struct gp_test_scene *scene, size_t index)
{
    return gp_arena_printf(scene->arena, "directory-%zu", index);
}

/* What the disk refuses (a name, a size) is a reason to skip the case. */
static int refused(struct gp_test_scene *scene, int error)
{
    static const int reasons[] = {ENAMETOOLONG, EFBIG, EILSEQ, EINVAL, EEXIST, EOPNOTSUPP, EPERM};

    for (size_t i = 0; i < GP_COUNT(reasons); i++) {
        if (-error != reasons[i])
            continue;
        scene->skip = gp_arena_printf(scene->arena, "the tree cannot be built on this disk: %s", strerror(-error));
        return scene->skip ? 0 : -ENOMEM;
    }
    return error;
}

static int build_tree(struct gp_test_scene *scene, const struct gp_blueprint *blueprint, const char *name)
{
    const char *path = name ? path_of(scene, name) : NULL;
    struct building to = {scene, blueprint, -1};

    if (!path)
        return -ENOMEM;
    if (mkdir(path, 0755) < 0)
        return -errno;
    to.root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int r = to.root < 0 ? -errno : build_items(&to);
    if (to.root >= 0)
        close(to.root);
    return r;
}

static bool is_given(const struct gp_test_scene *scene, struct gp_str name)
{
    for (size_t i = 0; i < scene->directories.count; i++)
        if (gp_str_equal(scene->directories.data[i].id, name))
            return true;
    return false;
}

static bool is_set(const struct gp_test_scene *scene, const struct gp_setting *setting)
{
    for (size_t i = 0; i < scene->given.count; i++)
        if (gp_str_equal(scene->given.data[i].name, setting->def.id))
            return true;
    return (setting->value && setting->value->kind == GP_EXPR_LITERAL) ||
           (setting->fallback && setting->fallback->kind == GP_EXPR_LITERAL);
}

/* A directory of this machine is none of the test's: what the test gives no tree to is not there. */
static int hide_directories(struct gp_test_scene *scene, const struct gp_map *settings)
{
    const char *absent = path_of(scene, ABSENT);
    int r = absent ? 0 : -ENOMEM;

    for (size_t i = 0; r == 0 && i < settings->count; i++) {
        const struct gp_setting *setting = settings->data[i].value;

        if (setting->type == GP_TYPE_DIRECTORY && !is_given(scene, setting->def.id) && is_set(scene, setting))
            r = gp_scene_set(scene, setting->def.id, absent);
    }
    return r;
}

static int build_directories(struct gp_test_scene *scene)
{
    int r = hide_directories(scene, &scene->tests->rules->defs.vars);

    if (r == 0 && scene->operation)
        r = hide_directories(scene, &scene->operation->params);
    for (size_t i = 0; r == 0 && i < scene->directories.count; i++) {
        struct gp_scene_directory *directory = &scene->directories.data[i];
        const char *name = directory_name(scene, i);

        directory->path = name ? path_of(scene, name) : NULL;
        r = directory->path ? gp_scene_set(scene, directory->id, directory->path) : -ENOMEM;
        if (r == 0)
            r = build_tree(scene, directory->blueprint, name);
    }
    return r;
}

int gp_scene_build_disk(struct gp_test_scene *scene)
{
    struct gp_probe_options options = gp_scene_probe_options(scene);
    int r;

    scene->skip = find_obstacle(scene);
    if (scene->skip)
        return 0;
    r = build_tree(scene, &scene->blueprint, OWN_TREE);
    if (r == 0)
        r = build_directories(scene);
    if (r < 0)
        return refused(scene, r);
    const char *path = path_of(scene, OWN_TREE);
    return path ? gp_probe_open(&scene->probe, path, &options) : -ENOMEM;
}

/* ---- gone again -------------------------------------------------------------------------------------------------- */

static int first(int r, int s)
{
    return r < 0 ? r : s;
}

static int unlink_at(int root, const char *path, int flags)
{
    return unlinkat(root, path, flags) < 0 && errno != ENOENT ? -errno : 0;
}

static int remove_tree(const struct gp_test_scene *scene, const struct gp_blueprint *blueprint, const char *name)
{
    const struct gp_strmap *items = &blueprint->items;
    const char *path = name ? path_of(scene, name) : NULL;
    int root = path ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1, r = 0;

    if (!path)
        return -ENOMEM;
    if (root < 0)
        return errno == ENOENT ? 0 : -errno;
    for (size_t i = 0; i < items->count; i++) {
        const struct gp_item *item = items->entries[i].value;

        if (item->kind == GP_ITEM_DIRECTORY && gp_item_live(item))
            (void)!fchmodat(root, item->path, 0700, 0);
    }
    for (size_t i = items->count; i-- > 0;) {
        const struct gp_item *item = items->entries[i].value;

        if (gp_item_live(item))
            r = first(r, unlink_at(root, item->path, item->kind == GP_ITEM_DIRECTORY ? AT_REMOVEDIR : 0));
    }
    r = first(r, unlink_at(root, LEDGER, 0));
    r = first(r, unlink_at(root, "GATEPOST", AT_REMOVEDIR));
    close(root);
    return first(r, rmdir(path) < 0 ? -errno : 0);
}

int gp_scene_remove_disk(struct gp_test_scene *scene)
{
    int r = remove_tree(scene, &scene->blueprint, OWN_TREE);

    for (size_t i = 0; i < scene->directories.count; i++)
        r = first(r, remove_tree(scene, scene->directories.data[i].blueprint, directory_name(scene, i)));
    return r;
}
