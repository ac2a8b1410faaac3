/* Files of rule tests: where they lie, and what lies there in vain. */
#include <stdlib.h>
#include <string.h>

#include "author/tests-internal.h"
#include "load/loader.h"

int gp_tests_loader_open(struct gp_loader *loader, struct gp_arena *arena, const struct gp_load_options *options,
                         struct gp_diags *diags)
{
    int r = gp_loader_open(loader, options, diags);

    loader->arena = arena;
    if (r < 0)
        gp_loader_close(loader);
    return r;
}

/* ---- where they lie ---------------------------------------------------------------------------------------------- */

typedef GP_VEC(const char *) paths;

static bool may_lie_there(const char *name)
{
    return strncmp(name, "README", strlen("README")) == 0 || strncmp(name, "LICENSE", strlen("LICENSE")) == 0;
}

static int say_ignored(struct gp_loader *loader, const char *directory, const char *name)
{
    static const struct gp_ignored words = {
        .yml = "ignored: the names of files of tests end in .yaml",
        .anything = "ignored: only *.yaml files directly in tests/ are read; beside them README* and LICENSE* may lie",
    };

    return gp_loader_say_ignored(loader, &words, directory, name);
}

static int add_entries(struct gp_arena *arena, const char *directory, const struct gp_dir_entry *entries, size_t count,
                       paths *found)
{
    for (size_t i = 0; i < count; i++) {
        if (!gp_name_is_rules(entries[i].name))
            continue;
        const char *path = gp_arena_printf(arena, "%s/%s", directory, entries[i].name);
        if (!path || gp_vec_push(arena, found, path) < 0)
            return -ENOMEM;
    }
    return 0;
}

/* What is not there holds no tests; what cannot be listed might.  `own`: it is for tests, and nothing else belongs
 * there. */
static int add_directory(struct gp_loader *loader, struct gp_arena *arena, const char *directory, bool own,
                         paths *found)
{
    struct gp_dir_entry *entries;
    size_t count, before = found->count;
    int r = gp_dir_list(loader, directory, &entries, &count);

    if (r == -ENOENT || r == -ENOMEM)
        return r == -ENOMEM ? r : 0;
    if (r < 0) {
        gp_loader_error(loader, GP_DIAG_FILE_READ, gp_loader_place(loader, directory),
                        "the directory cannot be read: %s", strerror(-r));
        return 0;
    }
    r = add_entries(arena, directory, entries, count, found);
    own = own || found->count > before;
    for (size_t i = 0; i < count && r == 0 && own; i++)
        if (!gp_name_is_rules(entries[i].name) && !may_lie_there(entries[i].name))
            r = say_ignored(loader, directory, entries[i].name);
    return r;
}

static int add_drop_ins(struct gp_loader *loader, struct gp_arena *arena, struct gp_str set, const char *layer,
                        paths *found)
{
    const char *path = gp_arena_printf(loader->scratch, "%s/%.*s.d/tests", layer, GP_STR_ARG(set));

    return path ? add_directory(loader, arena, path, true, found) : -ENOMEM;
}

/* The directory beside a set is a layer, listed or not. */
static const char *layer_of(struct gp_arena *arena, const char *directory)
{
    const char *slash = strrchr(directory, '/');

    if (!slash)
        return ".";
    return slash == directory ? "/" : gp_arena_memdup(arena, directory, (size_t)(slash - directory));
}

static int find(struct gp_loader *loader, const struct gp_ruleset *rules, struct gp_arena *arena, paths *found)
{
    struct gp_str set = rules->manifest.name;
    const char *own, *beside;
    bool listed = false;
    int r = 0;

    if (rules->directory.data) {
        own = gp_arena_printf(loader->scratch, "%.*s/tests", GP_STR_ARG(rules->directory));
        beside = layer_of(loader->scratch, rules->directory.data);
        if (!own || !beside)
            return -ENOMEM;
        r = add_directory(loader, arena, own, true, found);
        for (size_t i = 0; i < loader->layer_count; i++)
            listed = listed || strcmp(loader->layers[i].directory, beside) == 0;
        if (r == 0 && !listed)
            r = add_drop_ins(loader, arena, set, beside, found);
    }
    for (size_t i = 0; r == 0 && i < loader->layer_count; i++)
        r = add_drop_ins(loader, arena, set, loader->layers[i].directory, found);
    return r;
}

int gp_tests_find(const struct gp_ruleset *rules, const struct gp_load_options *options, struct gp_diags *diags,
                  struct gp_arena *arena, const char ***ret_paths, size_t *ret_count)
{
    struct gp_loader loader;
    paths found = {0};
    int r = gp_tests_loader_open(&loader, arena, options, diags);

    if (r < 0)
        return r;
    r = find(&loader, rules, arena, &found);
    if (r == 0 && loader.errors)
        r = -EINVAL;
    gp_loader_close(&loader);
    if (r == 0) {
        *ret_paths = found.data;
        *ret_count = found.count;
    }
    return r;
}

int gp_tests_list(const char *directory, const struct gp_load_options *options, struct gp_diags *diags,
                  struct gp_arena *arena, const char ***ret_paths, size_t *ret_count)
{
    struct gp_loader loader;
    paths found = {0};
    int r = gp_tests_loader_open(&loader, arena, options, diags);

    if (r < 0)
        return r;
    r = add_directory(&loader, arena, directory, false, &found);
    if (r == 0 && loader.errors)
        r = -EINVAL;
    gp_loader_close(&loader);
    if (r == 0) {
        *ret_paths = found.data;
        *ret_count = found.count;
    }
    return r;
}
