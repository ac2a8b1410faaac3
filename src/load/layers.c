/*
 * Layers: which directories and files a rule set is made of.
 *
 * As in systemd: the highest directory with a ruleset.yaml is the set; one
 * above it without replaces single files by name; an empty file or a link to
 * /dev/null masks; NAME.d holds drop-ins.  What is there but cannot be read is
 * an error, never absent.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "load/loader.h"
#include "util/text.h"

#define MANIFEST "ruleset.yaml"

struct gather {
    struct gp_loader *loader;
    const char *name;
    struct gp_set_files files;
    const char *masked;   /* by what */
    const char *headless; /* a directory of that name without ruleset.yaml */
};

bool gp_name_ends(const char *text, const char *suffix)
{
    size_t len = strlen(text), end = strlen(suffix);

    return len >= end && strcmp(text + len - end, suffix) == 0;
}

static bool has_prefix(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* ---- what else lies in a directory ------------------------------------------------------------------------------- */

bool gp_name_is_hidden(const char *name)
{
    return name[0] == '.' || gp_name_ends(name, "~");
}

bool gp_name_is_rules(const char *name)
{
    return !gp_name_is_hidden(name) && gp_name_ends(name, ".yaml");
}

static bool belongs_to_set(const char *name)
{
    return strcmp(name, "tests") == 0 || strcmp(name, "files") == 0 || has_prefix(name, "README") ||
           has_prefix(name, "LICENSE");
}

int gp_loader_say_ignored(struct gp_loader *loader, const struct gp_ignored *words, const char *directory,
                          const char *name)
{
    const char *path = gp_arena_printf(loader->scratch, "%s/%s", directory, name);
    bool hidden = gp_name_is_hidden(name);
    const char *why = hidden                         ? "ignored: a hidden or backup file"
                      : gp_name_ends(name, ".yml")   ? words->yml
                                                     : words->anything;

    if (!path)
        return -ENOMEM;
    gp_diag_add(loader->diags, hidden ? GP_DIAG_BACKUP_IGNORED : GP_DIAG_FILE_IGNORED, gp_loader_place(loader, path),
                "%s", why);
    return 0;
}

static int say_ignored(struct gather *gather, const char *directory, const char *name)
{
    static const struct gp_ignored words = {
        .yml = "ignored: the names of rule files end in .yaml",
        .anything = "ignored: only *.yaml files, tests/, files/, README* and LICENSE* belong to a rule set",
    };

    return gp_loader_say_ignored(gather->loader, &words, directory, name);
}

/* Says of what lies in a lower layer that it is not read, because of `by` in a higher one. */
static int say_covered(struct gather *gather, const char *path, const char *by)
{
    struct gp_span at = gp_loader_place(gather->loader, path);
    int mask = gp_file_is_mask(gather->loader, by);

    if (mask > 0)
        gp_diag_add(gather->loader->diags, GP_DIAG_MASKED, at, "not read: %s, in a higher layer, masks it", by);
    else
        gp_diag_add(gather->loader->diags, GP_DIAG_SHADOWED, at, "not read: %s, in a higher layer, replaces it", by);
    return mask == -ENOMEM ? mask : 0;
}

static void say_unread(struct gather *gather, const char *path, int error)
{
    gather->loader->partial = true;
    gp_loader_error(gather->loader, GP_DIAG_FILE_READ, gp_loader_place(gather->loader, path),
                    "the directory cannot be read: %s", strerror(error));
}

/* ---- files of one layer ------------------------------------------------------------------------------------------ */

typedef GP_VEC(struct gp_set_file) set_files;

static struct gp_set_file *find_file(struct gp_set_file *files, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].name, name) == 0)
            return &files[i];
    return NULL;
}

static int make_file(struct gather *gather, const char *directory, const char *name, int layer, bool drop_in,
                     struct gp_set_file *ret_file)
{
    struct gp_arena *scratch = gather->loader->scratch;
    struct gp_set_file file = {.layer = layer, .name = name, .drop_in = drop_in};

    file.path = gp_arena_printf(scratch, "%s/%s", directory, name);
    file.label = gp_arena_printf(scratch, "%s%s/%s", gather->name, drop_in ? ".d" : "", name);
    if (!file.path || !file.label)
        return -ENOMEM;
    *ret_file = file;
    return 0;
}

/* The directory that is the set: its files alone count. */
static int take_base(struct gather *gather, const char *directory, int layer, const struct gp_dir_entry *entries,
                     size_t count)
{
    if (gather->files.directory && say_covered(gather, gather->files.directory, directory) < 0)
        return -ENOMEM;
    gather->files.own.count = 0;
    gather->files.directory = directory;
    gather->masked = NULL;
    for (size_t i = 0; i < count; i++) {
        struct gp_set_file file;
        const char *name = entries[i].name;
        if (belongs_to_set(name))
            continue;
        if (!gp_name_is_rules(name)) {
            if (say_ignored(gather, directory, name) < 0)
                return -ENOMEM;
            continue;
        }
        if (make_file(gather, directory, name, layer, false, &file) < 0 ||
            gp_vec_push(gather->loader->scratch, &gather->files.own, file) < 0)
            return -ENOMEM;
    }
    return 0;
}

/* A directory above the set's: its files take the places of those of the same names. */
static int take_overrides(struct gather *gather, const char *directory, int layer, const struct gp_dir_entry *entries,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct gp_set_file file;
        const char *name = entries[i].name;
        struct gp_set_file *below = find_file(gather->files.own.data, gather->files.own.count, name);
        if (belongs_to_set(name))
            continue;
        if (!gp_name_is_rules(name)) {
            if (say_ignored(gather, directory, name) < 0)
                return -ENOMEM;
            continue;
        }
        if (make_file(gather, directory, name, layer, false, &file) < 0)
            return -ENOMEM;
        if (!below) {
            gp_loader_error(gather->loader, GP_DIAG_REPLACES_NOTHING, gp_loader_place(gather->loader, file.path),
                            "this replaces nothing: the rule set '%s' has no file of this name in a lower layer",
                            gather->name);
            continue;
        }
        if (say_covered(gather, below->path, file.path) < 0)
            return -ENOMEM;
        file.covers = true;
        *below = file;
    }
    return 0;
}

/* A higher layer's drop-in takes the place of a lower one's of the same name, but is applied with its own layer. */
static int take_drop_ins(struct gather *gather, const char *directory, int layer, const struct gp_dir_entry *entries,
                         size_t count)
{
    set_files kept = {0};
    size_t below = gather->files.drop_ins.count;

    for (size_t i = 0; i < below; i++) {
        const struct gp_set_file *file = &gather->files.drop_ins.data[i];
        bool replaced = false;
        for (size_t j = 0; j < count && !replaced; j++)
            replaced = strcmp(entries[j].name, file->name) == 0;
        if (!replaced && gp_vec_push(gather->loader->scratch, &kept, *file) < 0)
            return -ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        struct gp_set_file file;
        if (!gp_name_is_rules(entries[i].name)) {
            if (!belongs_to_set(entries[i].name) && say_ignored(gather, directory, entries[i].name) < 0)
                return -ENOMEM;
            continue;
        }
        if (make_file(gather, directory, entries[i].name, layer, true, &file) < 0)
            return -ENOMEM;
        const struct gp_set_file *covered = find_file(gather->files.drop_ins.data, below, file.name);
        if (covered && say_covered(gather, covered->path, file.path) < 0)
            return -ENOMEM;
        file.covers = covered;
        if (gp_vec_push(gather->loader->scratch, &kept, file) < 0)
            return -ENOMEM;
    }
    gather->files.drop_ins.data = kept.data;
    gather->files.drop_ins.count = kept.count;
    gather->files.drop_ins.capacity = kept.capacity;
    return 0;
}

/* ---- one layer after the other ----------------------------------------------------------------------------------- */

static bool lists(const struct gp_dir_entry *entries, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(entries[i].name, name) == 0)
            return true;
    return false;
}

/* The set of lower layers is no more. */
static void mask_set(struct gather *gather, const char *by)
{
    if (gather->files.directory)
        gp_diag_add(gather->loader->diags, GP_DIAG_MASKED, gp_loader_place(gather->loader, gather->files.directory),
                    "not read: %s, in a higher layer, masks it", by);
    gather->files.directory = NULL;
    gather->files.own.count = 0;
    gather->masked = by;
}

/* NAME is no directory: it may mask, else it is an error. */
static void take_odd(struct gather *gather, const char *path, int error)
{
    struct stat st;

    if (error == -ENOENT) {
        if (gather->loader->sys->fstatat(gather->loader->sys, AT_FDCWD, path, &st, AT_SYMLINK_NOFOLLOW) == 0)
            say_unread(gather, path, ENOENT); /* a link that leads nowhere */
        return;
    }
    if (error == -ENOTDIR && gp_file_is_mask(gather->loader, path) > 0) {
        mask_set(gather, path);
        return;
    }
    say_unread(gather, path, -error);
}

static int take_directory(struct gather *gather, const char *path, int layer)
{
    struct gp_dir_entry *entries;
    size_t count;
    int r = gp_dir_list(gather->loader, path, &entries, &count);

    if (r == -ENOMEM)
        return r;
    if (r < 0) {
        take_odd(gather, path, r);
        return 0;
    }
    if (lists(entries, count, MANIFEST)) {
        const char *manifest = gp_arena_printf(gather->loader->scratch, "%s/" MANIFEST, path);
        if (!manifest)
            return -ENOMEM;
        if (gp_file_is_mask(gather->loader, manifest) <= 0)
            return take_base(gather, path, layer, entries, count);
        mask_set(gather, manifest);
        return 0;
    }
    if (gather->files.directory)
        return take_overrides(gather, path, layer, entries, count);
    gather->headless = path;
    return 0;
}

static int take_drop_in_directory(struct gather *gather, const char *path, int layer)
{
    struct gp_dir_entry *entries;
    size_t count;
    int r = gp_dir_list(gather->loader, path, &entries, &count);

    if (r == 0)
        return take_drop_ins(gather, path, layer, entries, count);
    if (r == -ENOMEM)
        return r;
    bool mask = r == -ENOTDIR && gp_file_is_mask(gather->loader, path) > 0;
    if (!mask)
        take_odd(gather, path, r);
    for (size_t i = 0; mask && i < gather->files.drop_ins.count; i++)
        if (say_covered(gather, gather->files.drop_ins.data[i].path, path) < 0)
            return -ENOMEM;
    gather->files.drop_ins.count = mask ? 0 : gather->files.drop_ins.count;
    return 0;
}

static int take_layer(struct gather *gather, size_t layer)
{
    const char *directory = gather->loader->layers[layer].directory;
    const char *path = gp_arena_printf(gather->loader->scratch, "%s/%s", directory, gather->name);
    const char *drop_ins = gp_arena_printf(gather->loader->scratch, "%s/%s.d", directory, gather->name);

    if (!path || !drop_ins)
        return -ENOMEM;
    int r = take_directory(gather, path, (int)layer);
    if (r == 0 && !gather->loader->options->without_drop_ins)
        r = take_drop_in_directory(gather, drop_ins, (int)layer);
    return r;
}

static bool is_name(const char *name)
{
    return name[0] && !strchr(name, '/') && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* Whether a set that was asked for by its name lies in the working directory: as a directory whose entry `with` is
 * there.  1, 0 or -ENOMEM. */
static int lies_here(struct gather *gather, struct gp_span at, const char *with)
{
    struct gp_loader *loader = gather->loader;
    const char *path = gp_arena_printf(loader->scratch, "./%s/%s", gather->name, with);
    bool by_path = loader->layer_count > loader->options->layer_count; /* which added its layer */
    struct stat st;

    if (!path)
        return -ENOMEM;
    return !at.source && !by_path && is_name(gather->name) &&
           loader->sys->fstatat(loader->sys, AT_FDCWD, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

#define NAMES_SHOWN 8

static int note_names(struct gp_loader *loader, struct gp_diag *diag, const char *const *names, size_t count)
{
    struct gp_strbuf list = {0};

    for (size_t i = 0; i < count && i < NAMES_SHOWN; i++)
        gp_strbuf_printf(&list, "%s%s", i ? ", " : "", names[i]);
    gp_strbuf_add(&list, count > NAMES_SHOWN ? ", …" : "");
    gp_diag_note(loader->diags, diag, (struct gp_span){0}, "there are: %s", gp_strbuf_text(&list));
    int r = gp_strbuf_ok(&list) ? 0 : -ENOMEM;
    gp_strbuf_done(&list);
    return r;
}

static int say_no_set(struct gather *gather, struct gp_span at)
{
    struct gp_loader *loader = gather->loader;
    const char **names = NULL;
    size_t count = 0;
    int r = gp_layers_names(loader, loader->scratch, &names, &count);
    int set_here = lies_here(gather, at, MANIFEST), here = lies_here(gather, at, ".");

    if (r == -ENOMEM || set_here < 0 || here < 0)
        return -ENOMEM;
    struct gp_diag *diag =
        set_here ? gp_loader_error(loader, GP_DIAG_NO_SUCH_SET, at,
                                   "there is no rule set '%s' in the layers; for the one in this directory write ./%s",
                                   gather->name, gather->name)
                 : gp_loader_error(loader, GP_DIAG_NO_SUCH_SET, at, "there is no rule set '%s'", gather->name);
    for (size_t i = 0; i < loader->layer_count; i++)
        gp_diag_note(loader->diags, diag, (struct gp_span){0}, "looked in %s (%s)", loader->layers[i].directory,
                     loader->layers[i].title ? loader->layers[i].title : "layer");
    if (gather->masked)
        gp_diag_note(loader->diags, diag, (struct gp_span){0}, "%s masks it", gather->masked);
    if (gather->headless)
        gp_diag_note(loader->diags, diag, (struct gp_span){0}, "%s has no " MANIFEST, gather->headless);
    if (here && !set_here)
        gp_diag_note(loader->diags, diag, (struct gp_span){0}, "for the directory of that name write ./%s",
                     gather->name);
    struct gp_str word = {gather->name, strlen(gather->name)};
    const char *near = count ? gp_text_nearest(word, names, count, sizeof(*names)) : NULL;
    gp_diag_suggest(loader->diags, diag, near);
    return near || !count ? 0 : note_names(loader, diag, names, count);
}

/* Whether a higher layer is the same directory: it counts once, where it is highest. */
static bool is_repeated(struct gp_loader *loader, size_t layer)
{
    struct stat it, other;

    if (loader->sys->fstatat(loader->sys, AT_FDCWD, loader->layers[layer].directory, &it, 0) < 0)
        return false;
    for (size_t i = layer + 1; i < loader->layer_count; i++)
        if (loader->sys->fstatat(loader->sys, AT_FDCWD, loader->layers[i].directory, &other, 0) == 0 &&
            other.st_dev == it.st_dev && other.st_ino == it.st_ino)
            return true;
    return false;
}

int gp_layers_find(struct gp_loader *loader, const char *name, struct gp_span at, struct gp_set_files *ret_files)
{
    struct gather gather = {.loader = loader, .name = name};
    bool unread = loader->partial;

    loader->partial = false;
    for (size_t i = 0; is_name(name) && i < loader->layer_count; i++)
        if (!is_repeated(loader, i) && take_layer(&gather, i) < 0)
            return -ENOMEM;
    if (!gather.files.directory && !loader->partial && say_no_set(&gather, at) < 0)
        return -ENOMEM;
    loader->partial = loader->partial || unread;
    *ret_files = gather.files;
    return 0;
}
