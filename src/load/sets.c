/*
 * From files to the effective definitions of a rule set: its own files as one,
 * on top of what it extends, then the drop-ins.
 */
#include <errno.h>
#include <string.h>

#include "load/loader.h"
#include "load/mapping.h"
#include "load/merge.h"
#include "rule/limits.h"
#include "util/text.h"

/* The manifest's keys that a set takes from what it extends, unless it says otherwise. */
static const char *const inherited[] = {"names", "lock"};

/* A set on its way from files to definitions. */
struct build {
    struct gp_loader *loader;
    struct gp_set *set;
    struct gp_set_files files;
    struct gp_node *own;  /* the sections of its own files */
    GP_VEC(struct gp_node *) amendments; /* of its drop-ins */
    size_t depth;         /* how many sets extend it on this way */
};

static int load_at(struct gp_loader *loader, const char *name, struct gp_span at, size_t depth,
                   struct gp_set **ret_set);

static int take_document(struct build *build, const struct gp_document *document, enum gp_role role)
{
    struct gp_loader *loader = build->loader;

    if (role == GP_ROLE_MANIFEST || role == GP_ROLE_TEXT) {
        build->set->manifest = document->manifest;
        build->set->manifest_whole = document->whole;
    }
    if (!document->sections)
        return 0;
    if (role == GP_ROLE_DROP_IN)
        return gp_vec_push(loader->scratch, &build->amendments, document->sections);
    int r = gp_merge_file(loader->arena, build->own, document->sections, loader->diags);
    loader->errors = loader->errors || r == -EINVAL;
    return r == -EINVAL ? 0 : r;
}

static int note_file(struct build *build, uint32_t source, bool drop_in)
{
    struct gp_rule_file file = {source, {build->set->name, strlen(build->set->name)}, drop_in};

    return gp_vec_push(build->loader->arena, &build->loader->files, file);
}

/* `*ret_source` is 0 if the text is too long, which was said then. */
static int add_text(struct build *build, const char *name, struct gp_str text, bool drop_in, uint32_t *ret_source)
{
    struct gp_loader *loader = build->loader;
    struct gp_sources *sources = gp_diags_sources(loader->diags);
    bool long_text = text.len > GP_LIMIT_FILE_BYTES;
    const char *copy = gp_arena_memdup(gp_sources_arena(sources), long_text ? "" : text.data, long_text ? 0 : text.len);
    int source = copy ? gp_sources_add(sources, name, copy, long_text ? 0 : text.len) : -ENOMEM;

    if (source < 0)
        return -ENOMEM;
    *ret_source = long_text ? 0 : (uint32_t)source;
    if (long_text) {
        loader->partial = true;
        gp_loader_error(loader, GP_DIAG_LIMIT_FILE_BYTES, (struct gp_span){(uint32_t)source, 0, 0},
                        "a text of %zu bytes; at most %u are allowed", text.len, GP_LIMIT_FILE_BYTES);
        return 0;
    }
    gp_loader_digest(loader, name, text);
    return note_file(build, (uint32_t)source, drop_in);
}

/* The drop-in that lies in no layer. */
static int read_drop_in(struct build *build, const struct gp_load_drop_in *drop_in)
{
    struct gp_document document;
    uint32_t source;
    int r = add_text(build, drop_in->name, drop_in->text, true, &source);

    if (r == 0 && source)
        r = gp_document_read(build->loader, source, GP_ROLE_DROP_IN, build->set->name, &document);
    return r == 0 && source ? take_document(build, &document, GP_ROLE_DROP_IN) : r;
}

static int read_file(struct build *build, const struct gp_set_file *file)
{
    struct gp_document document;
    enum gp_role role = file->drop_in                            ? GP_ROLE_DROP_IN
                        : strcmp(file->name, "ruleset.yaml") == 0 ? GP_ROLE_MANIFEST
                                                                  : GP_ROLE_FILE;
    uint32_t source;
    int r = gp_file_read(build->loader, file, &source);

    if (r == 0 && source)
        r = note_file(build, source, file->drop_in);
    if (r == 0 && source)
        r = gp_document_read(build->loader, source, role, build->set->name, &document);
    return r == 0 && source ? take_document(build, &document, role) : r;
}

static int read_files(struct build *build)
{
    int r = 0;

    for (size_t i = 0; i < build->files.own.count && r == 0; i++)
        r = read_file(build, &build->files.own.data[i]);
    for (size_t i = 0; i < build->files.drop_ins.count && r == 0; i++)
        r = read_file(build, &build->files.drop_ins.data[i]);
    if (r == 0 && build->depth == 0 && build->loader->options->drop_in)
        r = read_drop_in(build, build->loader->options->drop_in);
    return r;
}

static void check_name(struct build *build)
{
    const struct gp_node *name = gp_node_get(build->set->manifest, "ruleset");

    if (name && name->kind == GP_NODE_SCALAR && !name->broken && !gp_node_is_null(name) &&
        !gp_str_is(name->text, build->set->name))
        gp_loader_error(build->loader, GP_DIAG_SET_NAME, name->at, "the directory of this rule set is '%s', not '%.*s'",
                        build->set->name, GP_STR_ARG(name->text));
}

/* ---- extends ----------------------------------------------------------------------------------------------------- */

/* Every set on the way to a set that is on the way already; shown as what each says of the next. */
static void say_cycle(struct gp_loader *loader, const struct gp_set *set, struct gp_span at)
{
    struct gp_diag *diag =
        gp_loader_error(loader, GP_DIAG_EXTENDS_CYCLE, at, "the rule set '%s' extends itself", set->name);
    bool inside = false;

    for (size_t i = 0; i < loader->sets.count; i++) { /* in the order in which they were begun */
        const struct gp_set *other = loader->sets.entries[i].value;
        inside = inside || other == set;
        if (inside && !other->done && other->extended_at.source)
            gp_diag_note(loader->diags, diag, other->extended_at, "by way of what '%s' extends here", other->name);
    }
}

static void inherit_pair(struct build *build, const struct gp_node *base, const char *key, int *r)
{
    const struct gp_pair *pair = gp_node_pair(base, (struct gp_str){key, strlen(key)});

    if (*r == 0 && pair && build->set->manifest && !gp_node_get(build->set->manifest, key))
        *r = gp_mapping_add(build->loader->arena, build->set->manifest, *pair);
}

/* `*ret_whole`: whether the definitions of the base are all there. */
static int extend_one(struct build *build, const struct gp_node *name, struct gp_node *into, bool *ret_whole)
{
    struct gp_loader *loader = build->loader;
    struct gp_set *base;

    *ret_whole = false;
    if (name->kind != GP_NODE_SCALAR || name->broken || gp_node_is_null(name))
        return 0; /* the binder complains */
    if (build->depth >= GP_LIMIT_EXTENDS_DEPTH) {
        gp_loader_error(loader, GP_DIAG_LIMIT_EXTENDS_DEPTH, name->at,
                        "rule sets that extend each other more than %u deep",
                        GP_LIMIT_EXTENDS_DEPTH);
        return 0;
    }
    build->set->extended_at = name->at;
    int r = load_at(loader, name->text.data, name->at, build->depth + 1, &base);
    build->set->extended_at = (struct gp_span){0};
    if (r < 0 || !base || !base->defs)
        return r;
    r = gp_merge_base(loader->arena, into, base->defs, loader->diags);
    loader->errors = loader->errors || r == -EINVAL;
    *ret_whole = r == 0;
    r = r == -EINVAL ? 0 : r;
    for (size_t i = 0; i < GP_COUNT(inherited); i++)
        inherit_pair(build, base->manifest, inherited[i], &r);
    return r;
}

/* The definitions of all that the set extends; `*ret_base` NULL: it extends nothing, or they cannot be told. */
static int extend(struct build *build, struct gp_node **ret_base, bool *ret_whole)
{
    const struct gp_node *extends = gp_node_get(build->set->manifest, "extends");
    bool list = extends && extends->kind == GP_NODE_LIST;
    size_t count = !extends ? 0 : list ? extends->count : 1;

    *ret_base = NULL;
    *ret_whole = true;
    if (!count)
        return 0;
    struct gp_node *base = gp_merge_new(build->loader->arena);
    if (!base)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++) {
        bool whole;
        int r = extend_one(build, list ? extends->items[i] : extends, base, &whole);
        if (r < 0)
            return r;
        *ret_whole = *ret_whole && whole;
    }
    *ret_base = base;
    return 0;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static int amend(struct gp_loader *loader, struct gp_node *into, const struct gp_node *amendment)
{
    int r = gp_merge_amend(loader->arena, into, amendment, loader->diags);

    loader->errors = loader->errors || r == -EINVAL;
    return r == -EINVAL ? 0 : r;
}

/* What is missing below would make an amendment look wrong, so with anything missing nothing is amended: what the set's
 * own files say is looked at by itself. */
static int leave_apart(struct build *build, bool extends)
{
    build->set->defs = build->own;
    build->set->drop_in = extends;
    return extends ? gp_merge_alone(build->loader->arena, build->own) : 0;
}

static int put_together(struct build *build)
{
    struct gp_loader *loader = build->loader;
    struct gp_node *base;
    bool whole;
    int r = extend(build, &base, &whole);

    if (r < 0)
        return r;
    loader->partial = loader->partial || !whole;
    if (loader->partial)
        return leave_apart(build, base || !whole);
    build->set->defs = base ? base : build->own;
    if (base)
        r = amend(loader, base, build->own);
    for (size_t i = 0; i < build->amendments.count && r == 0; i++)
        r = amend(loader, build->set->defs, build->amendments.data[i]);
    return r;
}

static int begin(struct gp_loader *loader, const char *name, size_t depth, struct build *ret_build)
{
    struct gp_set *set = GP_NEW(loader->arena, struct gp_set);
    const char *copy = gp_arena_strdup(loader->arena, name);
    struct gp_node *own = gp_merge_new(loader->arena);

    if (!set || !copy || !own ||
        gp_strmap_put(loader->scratch, &loader->sets, (struct gp_str){copy, strlen(copy)}, set) < 0)
        return -ENOMEM;
    set->name = copy;
    *ret_build = (struct build){.loader = loader, .set = set, .own = own, .depth = depth};
    return 0;
}

static int finish(struct build *build)
{
    int r = 0;

    if (build->set->directory)
        check_name(build);
    if (build->depth > 0 && build->set->manifest_whole)
        r = gp_levels_of_base(build->loader, build->set->name, gp_node_get(build->set->manifest, "lint"));
    if (r < 0)
        return r;
    if (gp_engine_accepts(build->loader, build->set->manifest))
        r = put_together(build);
    else
        build->loader->partial = true;
    build->set->done = true;
    struct gp_str name = {build->set->name, strlen(build->set->name)};
    return r < 0 ? r : gp_vec_push(build->loader->arena, &build->loader->finished, name);
}

static int load_at(struct gp_loader *loader, const char *name, struct gp_span at, size_t depth, struct gp_set **ret_set)
{
    struct gp_set *known = gp_strmap_get0(&loader->sets, name);
    struct build build;

    *ret_set = known && known->done ? known : NULL;
    if (known && !known->done)
        say_cycle(loader, known, at);
    if (known)
        return 0;
    if (begin(loader, name, depth, &build) < 0)
        return -ENOMEM;
    int r = gp_layers_find(loader, name, at, &build.files);
    if (r == 0 && build.files.directory) {
        build.set->directory = gp_arena_strdup(loader->arena, build.files.directory);
        r = build.set->directory ? read_files(&build) : -ENOMEM;
        if (r == 0)
            r = finish(&build);
        *ret_set = build.set;
    }
    build.set->done = true;
    return r;
}

int gp_set_load(struct gp_loader *loader, const char *name, struct gp_span at, struct gp_set **ret_set)
{
    return load_at(loader, name, at, 0, ret_set);
}

/* What a drop-in without its set leaves: sections, and no manifest but for what every set has. */
static int take_alone(struct gp_loader *loader, struct gp_document *document)
{
    document->manifest = gp_mapping_new(loader->arena, NULL, (struct gp_span){0});
    if (!document->manifest)
        return -ENOMEM;
    return document->sections ? gp_merge_alone(loader->arena, document->sections) : 0;
}

int gp_set_load_text(struct gp_loader *loader, const char *name, struct gp_str text, struct gp_set **ret_set)
{
    bool fragment = loader->options->fragment;
    struct gp_document document = {0};
    struct build build;
    uint32_t source;

    if (begin(loader, name, 0, &build) < 0)
        return -ENOMEM;
    *ret_set = build.set;
    int r = add_text(&build, name, text, false, &source);
    if (r < 0 || !source)
        return r;
    r = gp_document_read(loader, source, fragment ? GP_ROLE_FRAGMENT : GP_ROLE_TEXT, name, &document);
    build.set->drop_in = document.drop_in;
    if (r == 0 && document.drop_in)
        r = take_alone(loader, &document);
    if (r == 0)
        r = take_document(&build, &document, GP_ROLE_TEXT);
    return r == 0 ? finish(&build) : r;
}
