#include "author/origin-layers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "load/loader.h"

#define MANIFEST "ruleset.yaml"

static const char *const part_names[] = {
    [GP_PART_SET] = "set",           [GP_PART_HIDDEN] = "hidden",   [GP_PART_REPLACES] = "replaces",
    [GP_PART_MASKS] = "masks",       [GP_PART_MASKS_SET] = "masks", [GP_PART_NOTHING] = "nothing",
    [GP_PART_DROP_IN] = "drop-in",   [GP_PART_HIDDEN_DROP_IN] = "hidden",
    [GP_PART_UNREADABLE] = "unread",
};

const char *gp_layer_part_name(enum gp_layer_part part)
{
    return part_names[part];
}

/* The loader's eyes; nothing is loaded. */
struct look {
    struct gp_loader loader;
    struct gp_arena *arena;
    GP_VEC(struct gp_layer_find) finds;
    size_t set, lowest; /* of `finds`, plus one */
};

static void open_look(struct look *look, const struct gp_load_options *options, struct gp_arena *arena)
{
    *look = (struct look){.arena = arena};
    look->loader.options = options;
    look->loader.sys = options->sys ? options->sys : &gp_sys_linux;
    look->loader.scratch = arena;
    look->loader.layers = options->layers;
    look->loader.layer_count = options->layer_count;
}

static bool is_rule_file(const char *name)
{
    size_t len = strlen(name);

    return name[0] != '.' && len > 5 && strcmp(name + len - 5, ".yaml") == 0;
}

static int add(struct look *look, enum gp_layer_part part, size_t layer, const char *path, int error)
{
    return gp_vec_push(look->arena, &look->finds, (struct gp_layer_find){part, layer, path, error});
}

static const char *last_component(const char *path)
{
    return strrchr(path, '/') + 1;
}

/* ---- one layer --------------------------------------------------------------------------------------------------- */

/* What was the set, with the files that replaced some of it, is hidden by what comes now. */
static void hide(struct look *look)
{
    for (size_t i = 0; i < look->finds.count; i++) {
        enum gp_layer_part *part = &look->finds.data[i].part;
        bool own = *part == GP_PART_SET || *part == GP_PART_REPLACES || *part == GP_PART_NOTHING;

        *part = own ? GP_PART_HIDDEN : *part;
    }
    look->set = 0;
}

static int take_files(struct look *look, size_t layer, const char *directory, const struct gp_dir_entry *entries,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *path = gp_arena_printf(look->arena, "%s/%s", directory, entries[i].name);
        if (!path)
            return -ENOMEM;
        if (!is_rule_file(entries[i].name))
            continue;
        bool mask = gp_file_is_mask(&look->loader, path) > 0;
        if (add(look, mask ? GP_PART_MASKS : GP_PART_REPLACES, layer, path, 0) < 0)
            return -ENOMEM;
    }
    return 0;
}

static bool has_manifest(const struct gp_dir_entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(entries[i].name, MANIFEST) == 0)
            return true;
    return false;
}

/* NAME is no directory that can be read. */
static int take_odd(struct look *look, size_t layer, const char *path, int error)
{
    if (error == -ENOTDIR && gp_file_is_mask(&look->loader, path) > 0) {
        hide(look);
        return add(look, GP_PART_MASKS_SET, layer, path, 0);
    }
    return error == -ENOENT ? 0 : add(look, GP_PART_UNREADABLE, layer, path, -error);
}

static int take_directory(struct look *look, size_t layer, const char *path)
{
    struct gp_dir_entry *entries;
    size_t count;
    int r = gp_dir_list(&look->loader, path, &entries, &count);

    if (r < 0)
        return r == -ENOMEM ? r : take_odd(look, layer, path, r);
    if (!has_manifest(entries, count))
        return look->set ? take_files(look, layer, path, entries, count) : add(look, GP_PART_NOTHING, layer, path, 0);
    const char *manifest = gp_arena_printf(look->arena, "%s/" MANIFEST, path);
    if (!manifest)
        return -ENOMEM;
    hide(look);
    if (gp_file_is_mask(&look->loader, manifest) > 0)
        return add(look, GP_PART_MASKS_SET, layer, manifest, 0);
    r = add(look, GP_PART_SET, layer, path, 0);
    look->set = look->finds.count;
    look->lowest = look->lowest ? look->lowest : look->finds.count;
    return r;
}

/* Drop-ins of lower layers with this name; NULL: all. */
static void hide_drop_ins(struct look *look, size_t layer, const char *name)
{
    for (size_t i = 0; i < look->finds.count; i++) {
        struct gp_layer_find *find = &look->finds.data[i];
        bool same = !name || strcmp(last_component(find->path), name) == 0;

        if (find->part == GP_PART_DROP_IN && find->layer < layer && same)
            find->part = GP_PART_HIDDEN_DROP_IN;
    }
}

static int take_drop_ins(struct look *look, size_t layer, const char *directory)
{
    struct gp_dir_entry *entries;
    size_t count;
    int r = gp_dir_list(&look->loader, directory, &entries, &count);

    if (r == -ENOTDIR && gp_file_is_mask(&look->loader, directory) > 0) {
        hide_drop_ins(look, layer, NULL);
        return add(look, GP_PART_MASKS, layer, directory, 0);
    }
    if (r == -ENOMEM || r == -ENOENT)
        return r == -ENOMEM ? r : 0;
    if (r < 0)
        return add(look, GP_PART_UNREADABLE, layer, directory, -r);
    for (size_t i = 0; i < count; i++) {
        const char *path = gp_arena_printf(look->arena, "%s/%s", directory, entries[i].name);
        if (!path)
            return -ENOMEM;
        if (!is_rule_file(entries[i].name))
            continue;
        hide_drop_ins(look, layer, entries[i].name);
        bool mask = gp_file_is_mask(&look->loader, path) > 0;
        if (add(look, mask ? GP_PART_MASKS : GP_PART_DROP_IN, layer, path, 0) < 0)
            return -ENOMEM;
    }
    return 0;
}

/* ---- all layers -------------------------------------------------------------------------------------------------- */

int gp_layers_look(const struct gp_load_options *options, const char *name, struct gp_arena *arena,
                   struct gp_layer_finds *ret_finds)
{
    struct look look;

    open_look(&look, options, arena);
    for (size_t i = 0; i < options->layer_count; i++) {
        const char *path = gp_arena_printf(arena, "%s/%s", options->layers[i].directory, name);
        const char *drop_ins = gp_arena_printf(arena, "%s/%s.d", options->layers[i].directory, name);
        if (!path || !drop_ins || take_directory(&look, i, path) < 0 || take_drop_ins(&look, i, drop_ins) < 0)
            return -ENOMEM;
    }
    *ret_finds = (struct gp_layer_finds){
        .data = look.finds.data,
        .count = look.finds.count,
        .set = look.set ? &look.finds.data[look.set - 1] : NULL,
        .lowest = look.lowest ? look.finds.data[look.lowest - 1].layer : 0,
    };
    return 0;
}

/* The set that an entry of a layer's directory belongs to; NULL: none, or memory ran out. */
static const char *set_name(struct look *look, size_t layer, const struct gp_dir_entry *entry, bool *ret_failed)
{
    size_t len = strlen(entry->name);
    bool drop_ins = len > 2 && strcmp(entry->name + len - 2, ".d") == 0;
    const char *path = gp_arena_printf(look->arena, "%s/%s", look->loader.layers[layer].directory, entry->name);
    struct stat st;

    *ret_failed = !path;
    if (!path || entry->name[0] == '.' || entry->name[len - 1] == '~')
        return NULL;
    bool directory = look->loader.sys->fstatat(look->loader.sys, AT_FDCWD, path, &st, 0) == 0 && S_ISDIR(st.st_mode);
    if (!directory && gp_file_is_mask(&look->loader, path) <= 0)
        return NULL;
    const char *name = gp_arena_memdup(look->arena, entry->name, drop_ins ? len - 2 : len);
    *ret_failed = !name;
    return name;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int gp_layers_all_names(const struct gp_load_options *options, struct gp_arena *arena, const char ***ret_names,
                        size_t *ret_count)
{
    GP_VEC(const char *) names = {0};
    struct gp_strmap seen = {0};
    struct look look;

    open_look(&look, options, arena);
    for (size_t i = 0; i < options->layer_count; i++) {
        struct gp_dir_entry *entries;
        size_t count;
        int r = gp_dir_list(&look.loader, options->layers[i].directory, &entries, &count);
        if (r == -ENOMEM)
            return r;
        for (size_t k = 0; r == 0 && k < count; k++) {
            bool failed;
            const char *name = set_name(&look, i, &entries[k], &failed);
            if (failed)
                return -ENOMEM;
            if (!name || gp_strmap_get0(&seen, name))
                continue;
            if (gp_vec_push(arena, &names, name) < 0 ||
                gp_strmap_put(arena, &seen, (struct gp_str){name, strlen(name)}, &look) < 0)
                return -ENOMEM;
        }
    }
    if (names.count)
        qsort(names.data, names.count, sizeof(*names.data), by_text);
    *ret_names = names.data;
    *ret_count = names.count;
    return 0;
}
