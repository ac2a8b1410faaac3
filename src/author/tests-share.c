/*
 * Trees that many files of tests use: those of trees.yaml beside them, and of
 * tests/trees.yaml wherever the rule set and those that it extends come from.
 * The lower ones come first, so a set builds its trees on those of its base,
 * and a site on the vendor's.
 */
#include <string.h>

#include "author/tests-internal.h"
#include "load/loader.h"
#include "util/text.h"

#define SHARED "trees.yaml"

static const struct gp_sys *sys_of(const struct gp_tests *tests)
{
    return tests->options.sys ? tests->options.sys : &gp_sys_linux;
}

static bool is_there(const struct gp_tests *tests, const char *path, struct stat *ret)
{
    const struct gp_sys *sys = sys_of(tests);

    return sys->fstatat(sys, AT_FDCWD, path, ret, 0) == 0;
}

static bool is_same(const struct gp_tests *tests, const char *a, const char *b)
{
    struct stat first, second;

    return is_there(tests, a, &first) && is_there(tests, b, &second) && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/* "a" of "a/b". */
static const char *directory_of(struct gp_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? gp_arena_memdup(arena, path, (size_t)(slash - path)) : ".";
}

/* ---- what lies beneath a file ------------------------------------------------------------------------------------ */

static bool lie_together(const struct gp_tests *tests)
{
    const char *here = directory_of(tests->arena, tests->path), *there = directory_of(tests->arena, tests->base->path);

    return here && there && is_same(tests, here, there);
}

static void say_twice(struct gp_tests *tests, const struct gp_map_entry *own, const struct gp_map_entry *other)
{
    struct gp_diag *diag = gp_tests_error(tests, GP_DIAG_TEST_TREE_TWICE, own->at, "the tree '%.*s' is there already",
                                          GP_STR_ARG(own->id));

    gp_diag_note(tests->diags, diag, other->at, "in " SHARED ", whose trees every file of tests here has");
}

/* The trees of the base, at the places that they have there, then the file's own, which go before. */
static int put_on_base(struct gp_tests *tests)
{
    const struct gp_map *under = &tests->base->document.trees, *own = &tests->document.trees;
    size_t count = under->count + own->count;
    struct gp_map all = {.data = GP_NEW_ARRAY(tests->arena, struct gp_map_entry, count + 1)};
    bool together = lie_together(tests);

    if (!all.data)
        return -ENOMEM;
    for (; all.count < count; all.count++) {
        bool mine = all.count >= under->count;
        struct gp_map_entry *entry = &all.data[all.count];
        *entry = mine ? own->data[all.count - under->count] : under->data[all.count];

        const struct gp_map_entry *other = mine && together ? gp_map_find(under, entry->id) : NULL;
        /* Of a name that is doubly taken beneath, too, the uppermost counts. */
        if (gp_strmap_put(tests->arena, &all.index, entry->id, entry) < 0)
            return -ENOMEM;
        if (other && other->at.source == tests->base->source)
            say_twice(tests, entry, other);
    }
    tests->inherited = under->count;
    tests->document.trees = all;
    return 0;
}

/* ---- the bases --------------------------------------------------------------------------------------------------- */

/* Reads one file of trees, and builds them.  0, -EINVAL (errors in `diags`), -ENOMEM. */
static int read_trees(struct gp_tests *user, const char *path, struct gp_str set, struct gp_tests *beneath,
                      struct gp_diags *diags, struct gp_tests **ret_tests)
{
    struct gp_tests *tests = NULL;
    int r = gp_tests_open(&tests, path, &user->options, diags);

    if (r < 0) {
        gp_tests_free(tests);
        return r;
    }
    tests->rules = user->rules;
    tests->base = beneath;
    r = beneath ? put_on_base(tests) : 0;
    if (r == 0)
        r = gp_tests_check_trees(tests, set);
    if (r == 0 && gp_diags_failed(diags))
        r = -ENOMEM;
    if (r == 0 && !tests->errors) {
        *ret_tests = tests;
        return 0;
    }
    tests->base = NULL; /* it stays the caller's */
    gp_tests_free(tests);
    return r < 0 ? r : -EINVAL;
}

/* Each file of tests says it once, in a line: whoever looks at the trees themselves gets it all. */
static void say_wrong(struct gp_tests *user, const char *path, struct gp_diags *found)
{
    struct gp_diag *diag = gp_tests_error(user, GP_DIAG_TEST_TREES, user->document.tests_for.at,
                                          "the trees in %s cannot be used", path);

    for (size_t i = 0; gp_diags_get(found, i); i++) {
        const struct gp_diag *first = gp_diags_get(found, i);

        if (first->level != GP_LEVEL_ERROR)
            continue;
        gp_diag_note(user->diags, diag, first->span, "%s", first->message);
        return;
    }
}

/* Puts the trees of one set between the file and what lay beneath it so far.  1: they are wrong, and that was said. */
static int take(struct gp_tests *user, const char *path, struct gp_str set)
{
    struct gp_diags *diags = gp_diags_new(gp_diags_sources(user->diags), 0);
    struct gp_tests *tests = NULL;
    int r = diags ? read_trees(user, path, set, user->base, diags, &tests) : -ENOMEM;

    if (r == -EINVAL) {
        say_wrong(user, path, diags);
        r = 1;
    }
    gp_diags_free(diags);
    if (r == 0)
        user->base = tests;
    return r;
}

/* Whether the trees at `path` lie beneath the file already, or are those of the file itself. */
static bool is_taken(const struct gp_tests *tests, const char *path)
{
    bool taken = is_same(tests, path, tests->path);

    for (const struct gp_tests *base = tests->base; base && !taken; base = base->base)
        taken = is_same(tests, path, base->path);
    return taken;
}

static int take_from(struct gp_tests *tests, const char *directory, struct gp_str set)
{
    const char *path = directory ? gp_arena_printf(tests->arena, "%s/" SHARED, directory) : NULL;
    struct stat st;

    if (!path)
        return -ENOMEM;
    return is_there(tests, path, &st) && !is_taken(tests, path) ? take(tests, path, set) : 0;
}

/* The directories of the files of one set, its own before those of its drop-ins. */
static int take_set(struct gp_tests *tests, struct gp_str set)
{
    const struct gp_ruleset *rules = tests->rules;
    const char *last = "";
    int r = 0;

    for (size_t i = 0; r == 0 && i < rules->file_count; i++) {
        const struct gp_source *source = gp_sources_get(gp_diags_sources(tests->diags), rules->files[i].source);
        const char *directory = source ? directory_of(tests->arena, source->name) : last;

        if (!directory)
            return -ENOMEM;
        if (!gp_str_equal(rules->files[i].set, set) || strcmp(directory, last) == 0)
            continue;
        r = take_from(tests, gp_arena_printf(tests->arena, "%s/tests", directory), set);
        last = directory;
    }
    return r;
}

int gp_tests_share(struct gp_tests *tests)
{
    const struct gp_strs *sets = &tests->rules->sets;
    int r = 0, s;

    for (size_t i = 0; r == 0 && i < sets->count; i++)
        r = take_set(tests, sets->data[i]);
    if (r == 0)
        r = take_from(tests, directory_of(tests->arena, tests->path), tests->rules->manifest.name);
    s = r >= 0 && tests->base ? put_on_base(tests) : 0;
    return s < 0 ? s : r;
}
