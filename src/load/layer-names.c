/* Which rule sets the layers hold, and what lies there for sets that nobody has. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "load/loader.h"
#include "util/text.h"

#define MANIFEST "ruleset.yaml"

/* ---- names ------------------------------------------------------------------------------------------------------- */

/* What a layer says of a name: 1 a set, 0 nothing, -ECANCELED masked, -ENOMEM. */
static int ask_layer(struct gp_loader *loader, size_t layer, const char *name)
{
    const char *path = gp_arena_printf(loader->scratch, "%s/%s", loader->layers[layer].directory, name);
    const char *manifest = gp_arena_printf(loader->scratch, "%s/%s/" MANIFEST, loader->layers[layer].directory, name);

    if (!path || !manifest)
        return -ENOMEM;
    int r = gp_file_is_mask(loader, manifest);
    if (r >= 0)
        return r ? -ECANCELED : 1;
    return gp_file_is_mask(loader, path) > 0 ? -ECANCELED : 0;
}

/* The highest layer that says anything decides. */
static int is_set(struct gp_loader *loader, const char *name)
{
    int r = 0;

    for (size_t i = loader->layer_count; i-- > 0 && r == 0;)
        r = ask_layer(loader, i, name);
    return r == -ECANCELED ? 0 : r;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int gp_layers_names(struct gp_loader *loader, struct gp_arena *arena, const char ***ret_names, size_t *ret_count)
{
    GP_VEC(const char *) names = {0};
    struct gp_strmap seen = {0};

    for (size_t i = 0; i < loader->layer_count; i++) {
        struct gp_dir_entry *entries;
        size_t count;
        int r = gp_dir_list(loader, loader->layers[i].directory, &entries, &count);
        if (r < 0 && r != -ENOENT && r != -ENOTDIR)
            return r;
        for (size_t j = 0; r == 0 && j < count; j++) {
            struct gp_str name = {entries[j].name, strlen(entries[j].name)};
            if (gp_name_is_hidden(name.data) || gp_name_ends(name.data, ".d") || gp_strmap_find(&seen, name))
                continue;
            int is = is_set(loader, name.data);
            const char *copy = is > 0 ? gp_arena_strdup(arena, name.data) : NULL;
            if (is < 0 || (is > 0 && (!copy || gp_vec_push(arena, &names, copy) < 0)) ||
                gp_strmap_put(loader->scratch, &seen, name, loader) < 0)
                return -ENOMEM;
        }
    }
    if (names.count)
        qsort(names.data, names.count, sizeof(*names.data), by_text);
    *ret_names = names.data;
    *ret_count = names.count;
    return 0;
}

/* ---- what lies beside the sets that are read --------------------------------------------------------------------- */

/* Whether any layer holds a set of that name, or masks one.  1, 0 or -ENOMEM. */
static int is_known(struct gp_loader *loader, const char *name)
{
    int r = 0;

    for (size_t i = 0; i < loader->layer_count && r == 0; i++)
        r = ask_layer(loader, i, name);
    return r == -ECANCELED ? 1 : r;
}

/* The set that is read and whose name is so near that it may be meant; NULL: none. */
static const char *near_set(struct gp_loader *loader, struct gp_str name)
{
    const struct gp_strmap *sets = &loader->sets;

    return sets->count ? gp_text_nearest(name, sets->entries, sets->count, sizeof(*sets->entries)) : NULL;
}

static bool holds_rules(struct gp_loader *loader, const char *path)
{
    struct gp_dir_entry *entries;
    size_t count;
    bool holds = false;

    if (gp_dir_list(loader, path, &entries, &count) < 0)
        return false;
    for (size_t i = 0; i < count; i++)
        holds = holds || gp_name_is_rules(entries[i].name);
    return holds;
}

/* An entry of a layer that is for a set which nobody has, and whose name is almost that of one which is read. */
static int check_stray(struct gp_loader *loader, const char *directory, const char *entry)
{
    bool drop_ins = gp_name_ends(entry, ".d");
    struct gp_str name = {entry, strlen(entry) - (drop_ins ? 2 : 0)};
    const char *near = gp_name_is_hidden(entry) || gp_strmap_find(&loader->sets, name) ? NULL : near_set(loader, name);

    if (!near)
        return 0;
    const char *set = gp_arena_memdup(loader->scratch, name.data, name.len);
    const char *path = gp_arena_printf(loader->scratch, "%s/%s", directory, entry);
    int known = set && path ? is_known(loader, set) : -ENOMEM;
    if (known != 0 || !holds_rules(loader, path))
        return known < 0 ? known : 0;
    struct gp_diag *diag =
        gp_diag_add(loader->diags, GP_DIAG_STRAY_FILES, gp_loader_place(loader, path),
                    "not read: there is no rule set '%s' for these %s", set, drop_ins ? "drop-ins" : "files");
    gp_diag_suggest(loader->diags, diag, gp_arena_printf(loader->scratch, "%s%s", near, drop_ins ? ".d" : ""));
    return 0;
}

int gp_layers_check_strays(struct gp_loader *loader)
{
    for (size_t i = 0; i < loader->options->layer_count; i++) {
        struct gp_dir_entry *entries;
        size_t count;
        int r = gp_dir_list(loader, loader->layers[i].directory, &entries, &count);
        if (r == -ENOMEM)
            return r;
        for (size_t j = 0; r == 0 && j < count; j++)
            if (check_stray(loader, loader->layers[i].directory, entries[j].name) < 0)
                return -ENOMEM;
    }
    return 0;
}
