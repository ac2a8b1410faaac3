/* From a name to a rule set: where it is looked for, what is done with the nodes, what is left when it fails. */
#include "load/load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "load/bind.h"
#include "load/loader.h"
#include "load/mapping.h"
#include "rule/limits.h"
#include "rule/tables.h"
#include "util/text.h"

#define MANIFEST "ruleset.yaml"

/* ---- where ------------------------------------------------------------------------------------------------------- */

/* Adds a layer above the others. */
static int add_layer(struct gp_loader *loader, const char *directory)
{
    struct gp_layer *layers = GP_NEW_ARRAY(loader->scratch, struct gp_layer, loader->layer_count + 1);

    if (!layers)
        return -ENOMEM;
    if (loader->layer_count)
        memcpy(layers, loader->layers, loader->layer_count * sizeof(*layers));
    layers[loader->layer_count++] = (struct gp_layer){directory, "beside it"};
    loader->layers = layers;
    return 0;
}

/* "a/b/" is b in a; "b" is b in "."; what ends with "." or ".." is resolved first. */
static int take_apart(struct gp_loader *loader, const char *path, const char **ret_directory, const char **ret_name)
{
    char *copy = gp_arena_strdup(loader->scratch, path);
    size_t len = copy ? strlen(copy) : 0;

    while (len > 1 && copy[len - 1] == '/')
        copy[--len] = '\0';
    char *slash = copy ? strrchr(copy, '/') : NULL;
    const char *name = slash ? slash + 1 : copy;
    if (copy && (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)) {
        char *real = realpath(copy, NULL);
        copy = real ? gp_arena_strdup(loader->scratch, real) : copy;
        free(real);
        slash = copy ? strrchr(copy, '/') : NULL;
        name = slash ? slash + 1 : copy;
    }
    if (!copy)
        return -ENOMEM;
    if (slash)
        *slash = '\0';
    *ret_directory = !slash ? "." : *copy ? copy : "/";
    *ret_name = name;
    return 0;
}

/* 1, 0 or a negative errno other than -ENOENT and -ENOTDIR.  A link that leads nowhere is there: reading it says what is
 * wrong, and no lower layer's set is taken in its place. */
static int has_manifest(struct gp_loader *loader, const char *path)
{
    const char *manifest = gp_arena_printf(loader->scratch, "%s/" MANIFEST, path);
    struct stat st;

    if (!manifest)
        return -ENOMEM;
    if (loader->sys->fstatat(loader->sys, AT_FDCWD, manifest, &st, 0) == 0 ||
        loader->sys->fstatat(loader->sys, AT_FDCWD, manifest, &st, AT_SYMLINK_NOFOLLOW) == 0)
        return 1;
    return errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
}

/* Why a path is neither a rule set nor, as the option that named it could mean, a directory of rule sets. */
static void say_what_is_there(struct gp_loader *loader, struct gp_diag *diag, const char *path)
{
    struct gp_span nowhere = {0};
    struct stat st;

    if (loader->sys->fstatat(loader->sys, AT_FDCWD, path, &st, 0) < 0) {
        gp_diag_note(loader->diags, diag, nowhere, "%s: %s", path, strerror(errno));
        return;
    }
    gp_diag_note(loader->diags, diag, nowhere, S_ISDIR(st.st_mode) ? "it has no " MANIFEST : "it is no directory");
    if (S_ISDIR(st.st_mode))
        gp_diag_note(loader->diags, diag, nowhere,
                     "nor does it hold rule sets (NAME/" MANIFEST "), drop-ins (NAME.d/), or files or masks for them");
}

bool gp_load_is_path(const char *text)
{
    return strchr(text, '/') || strcmp(text, ".") == 0 || strcmp(text, "..") == 0;
}

/* Tells a path from a name.  0, -ENOENT (said), -ENOMEM. */
static int resolve(struct gp_loader *loader, const char *given, const char **ret_name)
{
    if (!gp_load_is_path(given)) {
        *ret_name = given;
        return 0;
    }
    int has = has_manifest(loader, given);
    if (has == -ENOMEM)
        return has;
    if (!has) {
        struct gp_diag *diag = gp_loader_error(loader, GP_DIAG_NO_SUCH_SET, (struct gp_span){0},
                                               "there is no rule set in %s", given);
        say_what_is_there(loader, diag, given);
        return -ENOENT;
    }
    const char *directory, *name;
    if (take_apart(loader, given, &directory, &name) < 0 || add_layer(loader, directory) < 0)
        return -ENOMEM;
    *ret_name = name;
    return 0;
}

/* ---- from nodes to a rule set ------------------------------------------------------------------------------------ */

static struct gp_ruleset *new_ruleset(struct gp_diags *diags)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_ruleset *rules = arena ? GP_NEW(arena, struct gp_ruleset) : NULL;

    if (!rules) {
        gp_arena_free(arena);
        return NULL;
    }
    rules->arena = arena;
    rules->sources = gp_diags_sources(diags);
    rules->paths = gp_pathtab_new(NULL);
    if (!rules->paths) {
        gp_ruleset_free(rules);
        return NULL;
    }
    return rules;
}

/* What document.c asked for already, or what a text may leave out, stands in the manifest as if it had been written. */
static int complete_manifest(struct gp_loader *loader, const struct gp_set *set, bool text)
{
    static const char *const keys[] = {"gatepost", "ruleset"};
    const char *const values[] = {"1", set->name};

    for (size_t i = 0; i < (text ? GP_COUNT(keys) : 1); i++) {
        if (gp_node_get(set->manifest, keys[i]))
            continue;
        struct gp_node *value = GP_NEW(loader->arena, struct gp_node);
        if (!value)
            return -ENOMEM;
        value->text = (struct gp_str){values[i], strlen(values[i])};
        struct gp_pair pair = {{keys[i], strlen(keys[i])}, set->manifest->at, value};
        if (gp_mapping_add(loader->arena, set->manifest, pair) < 0)
            return -ENOMEM;
    }
    return 0;
}

/* When something could not be read, or is of no use, references may lead to what it holds. */
static int bind(struct gp_loader *loader, const struct gp_set *set, bool text, struct gp_ruleset *rules)
{
    struct gp_binder binder = {
        .arena = rules->arena, .diags = loader->diags, .registry = loader->options->registry, .rules = rules,
        .amending = text && set->drop_in, .fragment = loader->partial || (text && loader->options->fragment)};
    int r = 0;

    if (set->manifest && set->manifest_whole) {
        r = complete_manifest(loader, set, text);
        if (r == 0)
            r = gp_bind_object(&binder, &gp_object_manifest, set->manifest, &rules->manifest);
        if (r == 0)
            r = gp_levels_of_set(loader, &rules->manifest.lint);
    } else if (text) {
        rules->manifest.name = (struct gp_str){set->name, strlen(set->name)};
    }
    binder.amending = set->drop_in;
    if (r == 0 && set->defs)
        r = gp_bind_object(&binder, &gp_object_definitions, set->defs, &rules->defs);
    if (r == 0 && set->defs)
        r = gp_link(&binder);
    rules->manifest_node = set->manifest;
    rules->definitions_node = set->defs;
    rules->files = loader->files.data;
    rules->file_count = loader->files.count;
    rules->sets = (struct gp_strs){loader->finished.data, loader->finished.count};
    rules->partial = loader->partial;
    if (set->directory)
        rules->directory = (struct gp_str){set->directory, strlen(set->directory)};
    loader->errors = loader->errors || binder.errors;
    return r;
}

/* A load begins with the set itself and goes on to what it extends. */
static int note_lineage(const struct gp_loader *loader, struct gp_ruleset *rules)
{
    size_t count = loader->sets.count;
    struct gp_str *names = GP_NEW_ARRAY(rules->arena, struct gp_str, count + 1);

    if (!names)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++) {
        const struct gp_set *set = loader->sets.entries[i].value;
        names[i] = (struct gp_str){set->name, strlen(set->name)};
    }
    rules->lineage = (struct gp_strs){names, count};
    return 0;
}

/* ---- one load ---------------------------------------------------------------------------------------------------- */

int gp_loader_open(struct gp_loader *loader, const struct gp_load_options *options, struct gp_diags *diags)
{
    *loader = (struct gp_loader){
        .diags = diags,
        .options = options,
        .sys = options->sys ? options->sys : &gp_sys_linux,
        .layers = options->layers,
        .layer_count = options->layer_count,
        .node_budget = GP_LIMIT_NODES,
        .files_left = GP_LIMIT_SET_FILES,
    };
    loader->scratch = gp_arena_new(0);
    loader->digest = gp_digest_new();
    return loader->scratch && loader->digest ? 0 : -ENOMEM;
}

void gp_loader_close(struct gp_loader *loader)
{
    gp_arena_free(loader->scratch);
    gp_digest_free(loader->digest);
}

/* What a load ends with: `r`, or that memory ran out while something was to be said, or that something was said. */
static int outcome(const struct gp_loader *loader, int r, size_t errors_before)
{
    if (r == -ENOMEM || gp_diags_failed(loader->diags))
        return -ENOMEM;
    if (r < 0)
        return r;
    return loader->errors || gp_diags_count(loader->diags, GP_LEVEL_ERROR) > errors_before ? -EINVAL : 0;
}

/* `text` NULL: from the layers. */
static int load(struct gp_loader *loader, const char *name, const struct gp_str *text, struct gp_ruleset *rules)
{
    struct gp_set *set = NULL;
    int r = text ? gp_set_load_text(loader, name, *text, &set) : resolve(loader, name, &name);

    if (r == 0 && !text)
        r = gp_set_load(loader, name, (struct gp_span){0}, &set);
    if (r == 0 && set && !text)
        r = gp_layers_check_strays(loader);
    if (r == 0 && set)
        r = bind(loader, set, text != NULL, rules);
    if (r == 0 && set)
        r = note_lineage(loader, rules);
    if (r == 0 && !set && !loader->partial)
        r = -ENOENT;
    if (r == 0)
        gp_digest_text(loader->digest, rules->digest);
    return r;
}

static int load_new(struct gp_ruleset **ret_rules, const char *name, const struct gp_str *text,
                    const struct gp_load_options *options, struct gp_diags *diags)
{
    size_t errors_before = gp_diags_count(diags, GP_LEVEL_ERROR);
    struct gp_ruleset *rules = new_ruleset(diags);
    struct gp_loader loader;
    int r = gp_loader_open(&loader, options, diags);

    if (!rules)
        r = -ENOMEM;
    if (r == 0) {
        loader.arena = rules->arena;
        r = load(&loader, name, text, rules);
    }
    r = outcome(&loader, r, errors_before);
    gp_loader_close(&loader);
    if (r == 0 || (r == -EINVAL && options->keep_broken))
        *ret_rules = rules;
    else
        gp_ruleset_free(rules);
    return r;
}

int gp_load(struct gp_ruleset **ret_rules, const char *name, const struct gp_load_options *options,
            struct gp_diags *diags)
{
    return load_new(ret_rules, name, NULL, options, diags);
}

int gp_load_text(struct gp_ruleset **ret_rules, const char *name, struct gp_str text,
                 const struct gp_load_options *options, struct gp_diags *diags)
{
    return load_new(ret_rules, name, &text, options, diags);
}

int gp_load_names(const struct gp_load_options *options, struct gp_arena *arena, const char ***ret_names,
                  size_t *ret_count)
{
    struct gp_loader loader;
    int r = gp_loader_open(&loader, options, NULL);

    if (r == 0)
        r = gp_layers_names(&loader, arena, ret_names, ret_count);
    gp_loader_close(&loader);
    return r;
}
