/* References to definitions, and the edges that they make. */
#include "load/link-internal.h"

#include <errno.h>
#include <string.h>

#include "rule/limits.h"
#include "rule/say.h"
#include "util/text.h"

/* ---- what is not there ------------------------------------------------------------------------------------------- */

static const char *nearest(const struct gp_map *map, struct gp_str id)
{
    return map ? gp_text_nearest(id, map->data, map->count, sizeof(*map->data)) : NULL;
}

static const struct gp_map *section_map(const struct gp_linker *linker, enum gp_section section)
{
    if (section == GP_SECTION_PARAM)
        return linker->link.operation ? &linker->link.operation->params : NULL;
    return linker->maps[section];
}

/* The section that has `id` though another was meant. */
static enum gp_section other_section(const struct gp_linker *linker, struct gp_str id)
{
    for (enum gp_section section = GP_SECTION_NONE; section < GP_SECTION_COUNT; section++) {
        const struct gp_map *map = section_map(linker, section);
        if (map && gp_map_find(map, id))
            return section;
    }
    return GP_SECTION_NONE;
}

/* How to name a thing of another section where `section` was expected; NULL: no way. */
static const char *way_to(enum gp_section section, enum gp_section other)
{
    if (section == GP_SECTION_PARAM && other == GP_SECTION_VAR)
        return "a variable is named by { var: ID }";
    if (section == GP_SECTION_VAR && other == GP_SECTION_PARAM)
        return "a parameter is named by { param: ID }";
    if (section != GP_SECTION_CONDITION)
        return NULL;
    switch (other) {
    case GP_SECTION_MARKER:
        return "to ask about a marker write { marker: ID, is: VALUE }";
    case GP_SECTION_STATE:
        return "to ask about a state write { state: ID }";
    case GP_SECTION_ATTESTATION:
        return "to ask about an attestation write { attested: ID }";
    case GP_SECTION_VAR:
        return "to ask about a variable write { var: ID, is: VALUE }";
    case GP_SECTION_PARAM:
        return "to ask about a parameter write { param: ID, is: VALUE }";
    default:
        return NULL;
    }
}

/* A fragment's references may lead to what it does not show; the parameters of a whole operation it does show. */
static bool may_be_elsewhere(struct gp_linker *linker, enum gp_section section)
{
    bool shown = section == GP_SECTION_PARAM && linker->link.operation && !linker->binder->amending;

    if (!linker->binder->fragment || shown)
        return false;
    gp_link_mark(linker);
    return true;
}

void gp_link_undefined(struct gp_linker *linker, enum gp_section section, struct gp_str id, struct gp_span at)
{
    if (may_be_elsewhere(linker, section))
        return;
    const char *brief = gp_say_brief(linker->arena, id);
    enum gp_section other = other_section(linker, id);
    const char *wanted = gp_section_name(section);
    struct gp_diag *diag;

    if (other != GP_SECTION_NONE) {
        const char *is = gp_section_name(other);
        diag = gp_link_error(linker, GP_DIAG_WRONG_SECTION, at, "'%s' is %s %s, not %s %s", brief, gp_say_article(is),
                             is, gp_say_article(wanted), wanted);
        const char *way = way_to(section, other);
        if (diag && way)
            gp_diag_note(linker->link.diags, diag, (struct gp_span){0}, "%s", way);
        return;
    }
    diag = gp_link_error(linker, GP_DIAG_UNDEFINED, at, "there is no %s '%s'", wanted, brief);
    if (!diag)
        return; /* enough was said: no search for what may have been meant */
    const char *word = nearest(section_map(linker, section), id);
    if (!word && section == GP_SECTION_DIRECTORY) {
        word = nearest(section_map(linker, GP_SECTION_PARAM), id);
        word = word ? word : nearest(section_map(linker, GP_SECTION_VAR), id);
    }
    gp_diag_suggest(linker->link.diags, diag, word);
}

static const char *const builtins[] = {"root", "work", "stem", "name"};
static const enum gp_piece_kind builtin_kinds[] = {GP_PIECE_ROOT, GP_PIECE_WORK, GP_PIECE_STEM, GP_PIECE_NAME};

enum gp_piece_kind gp_link_builtin(struct gp_str name)
{
    for (size_t i = 0; i < GP_COUNT(builtins); i++)
        if (gp_str_is(name, builtins[i]))
            return builtin_kinds[i];
    return GP_PIECE_LITERAL;
}

void gp_link_unknown_name(struct gp_linker *linker, struct gp_str id, struct gp_span at, const struct gp_map *params)
{
    if (may_be_elsewhere(linker, GP_SECTION_VAR))
        return;
    struct gp_diag *diag =
        gp_link_error(linker, GP_DIAG_UNKNOWN_NAME, at, "'${%s}' is neither a parameter nor a variable",
                      gp_say_brief(linker->arena, id));
    const char *word = diag ? nearest(params, id) : NULL;

    if (!diag)
        return;
    word = word ? word : nearest(linker->maps[GP_SECTION_VAR], id);
    word = word ? word : gp_text_nearest(id, builtins, GP_COUNT(builtins), sizeof(*builtins));
    if (word)
        gp_diag_suggest(linker->link.diags, diag, gp_arena_printf(linker->arena, "${%s}", word));
}

/* ---- settled names ----------------------------------------------------------------------------------------------- */

static bool check_directory(struct gp_linker *linker, const struct gp_link_name *name, const struct gp_setting *setting,
                            enum gp_section section)
{
    if (setting->type == GP_TYPE_DIRECTORY || setting->type == GP_TYPE_ANY)
        return true;
    struct gp_diag *diag = gp_link_error(linker, GP_DIAG_NOT_DIRECTORY, name->at, "%s '%.*s' is %s %s, not a directory",
                                         gp_section_name(section), GP_STR_ARG(name->id),
                                         gp_say_article(gp_type_name((enum gp_type)setting->type)),
                                         gp_type_name((enum gp_type)setting->type));
    gp_diag_note(linker->link.diags, diag, setting->def.at, "it is defined here");
    return false;
}

/* The parameter of an operation, named where it means nothing. */
static void say_other_parameter(struct gp_linker *linker, const struct gp_link_name *name,
                                const struct gp_link_parameter *other)
{
    bool operation = linker->link.operation;
    const char *what = gp_section_name(name->outside ? name->outside_section : linker->owner->section);
    struct gp_str user = name->lacks ? name->lacks->id : name->outside ? name->outside->id : linker->owner->entry->id;
    enum gp_diag_id id = operation || name->lacks ? GP_DIAG_PARAM_NOT_EVERYWHERE : GP_DIAG_PARAM_PLACE;
    struct gp_diag *diag;

    if (may_be_elsewhere(linker, GP_SECTION_VAR))
        return;
    if (id == GP_DIAG_PARAM_NOT_EVERYWHERE)
        diag = gp_link_error(linker, id, name->at, "operation '%.*s' has no parameter '%.*s'", GP_STR_ARG(user),
                             GP_STR_ARG(name->id));
    else
        diag = gp_link_error(linker, id, name->at, "%s '%.*s' has no parameters, so '%.*s' means nothing in it", what,
                             GP_STR_ARG(user), GP_STR_ARG(name->id));
    gp_diag_note(linker->link.diags, diag, other->setting->def.at, "operation '%.*s' has it",
                 GP_STR_ARG(other->operation->id));
}

/* Neither a parameter of whoever decides nor a variable: a parameter of somebody else, or nothing at all. */
static int say_no_name(struct gp_linker *linker, const struct gp_link_name *name)
{
    const struct gp_operation *operation = linker->link.operation;
    const struct gp_link_parameter *other;
    int r = gp_link_any_parameter(linker, name->id, &other);

    if (r < 0)
        return r;
    if (other)
        say_other_parameter(linker, name, other);
    else if (name->ref)
        gp_link_undefined(linker, GP_SECTION_DIRECTORY, name->id, name->at);
    else
        gp_link_unknown_name(linker, name->id, name->at, operation ? &operation->params : NULL);
    return 0;
}

int gp_link_settle_var(struct gp_linker *linker, struct gp_link_name *name)
{
    const struct gp_map *vars = linker->maps[GP_SECTION_VAR];
    const struct gp_map_entry *entry = vars ? gp_map_find(vars, name->id) : NULL;

    if (!entry)
        return say_no_name(linker, name);
    if (name->piece) {
        name->piece->kind = GP_PIECE_VAR;
        name->piece->target = entry->value;
    } else if (check_directory(linker, name, entry->value, GP_SECTION_VAR)) {
        name->ref->section = GP_SECTION_VAR;
        name->ref->target = entry->value;
    }
    return 0;
}

void gp_link_settle_param(struct gp_linker *linker, struct gp_link_name *name, const struct gp_setting *setting)
{
    if (name->piece) {
        name->piece->kind = GP_PIECE_PARAM;
        return;
    }
    if (name->ref->section == GP_SECTION_DIRECTORY && !check_directory(linker, name, setting, GP_SECTION_PARAM))
        return;
    name->ref->section = GP_SECTION_PARAM;
    name->ref->target = setting;
}

/* A parameter, directory or ${name}: at once where it is known who decides, later in what several share. */
static int settle(struct gp_linker *linker, struct gp_link_name name)
{
    const struct gp_operation *operation = linker->link.operation;
    const struct gp_map_entry *entry = operation ? gp_map_find(&operation->params, name.id) : NULL;
    bool param_only = name.ref && name.ref->section == GP_SECTION_PARAM;

    if (entry) {
        gp_link_settle_param(linker, &name, entry->value);
    } else if (operation && param_only) {
        gp_link_undefined(linker, GP_SECTION_PARAM, name.id, name.at);
    } else if (operation) {
        return gp_link_settle_var(linker, &name);
    } else if (linker->owner->section == GP_SECTION_CONDITION || linker->owner->section == GP_SECTION_MARKER ||
               linker->owner->section == GP_SECTION_TABLE) {
        linker->owner->name_count++;
        return gp_vec_push(linker->arena, &linker->names, name);
    } else if (param_only) {
        const char *what = gp_section_name(linker->owner->section);
        gp_link_error(linker, GP_DIAG_PARAM_PLACE, name.at, "%s %s has no parameters", gp_say_article(what), what);
    } else {
        return gp_link_settle_var(linker, &name);
    }
    return 0;
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

static int on_cond(struct gp_walk *walk, const struct gp_cond *cond, bool leaving)
{
    struct gp_linker *linker = walk->context;
    struct gp_link_node *owner = linker->owner;
    bool named = cond->form == linker->binder->registry->named; /* stands for another, adds no level of its own */

    if (leaving) {
        linker->depth -= !named;
        linker->record = NULL;
        return 0;
    }
    linker->depth += !named;
    linker->record = cond->form->flags & GP_FORM_RECORDS ? cond : linker->record;
    if (linker->depth > owner->own_depth)
        owner->own_depth = linker->depth;
    if (linker->depth == GP_LIMIT_CONDITION_DEPTH + 1 && !owner->too_deep)
        owner->too_deep = cond;
    if (cond->form->flags & GP_FORM_NO_STATE && !owner->state_form) {
        owner->state_form = cond;
        owner->state_at = cond->at;
    }
    if (cond->form->flags & GP_FORM_ENSURES && !linker->in_ensures && !owner->ensures_form) {
        owner->ensures_form = cond;
        owner->ensures_at = cond->at;
    }
    return 0;
}

static int add_edge(struct gp_linker *linker, const struct gp_ref *ref, const struct gp_map_entry *entry)
{
    bool shared = ref->section == GP_SECTION_CONDITION || ref->section == GP_SECTION_MARKER ||
                  ref->section == GP_SECTION_TABLE || (ref->section == GP_SECTION_STATE && linker->depth);

    if (!shared)
        return 0;
    linker->owner->edge_count++;
    uint32_t target = linker->base[ref->section] + (uint32_t)(entry - linker->maps[ref->section]->data);
    return gp_vec_push(linker->arena, &linker->edges,
                       (struct gp_link_edge){target, linker->depth, ref->at, linker->in_ensures});
}

static int on_ref(struct gp_walk *walk, const struct gp_field *field, const struct gp_ref *const_ref)
{
    struct gp_linker *linker = walk->context;
    struct gp_ref *ref = (struct gp_ref *)const_ref; /* immutable from when the set is linked on */

    (void)field;
    if (ref->section == GP_SECTION_PARAM || ref->section == GP_SECTION_DIRECTORY)
        return settle(linker, (struct gp_link_name){.ref = ref, .id = ref->id, .at = ref->at});
    if (ref->section == GP_SECTION_FIELD)
        return 0; /* the row's check knows of which table */
    const struct gp_map *map = linker->maps[ref->section];
    const struct gp_map_entry *entry = map ? gp_map_find(map, ref->id) : NULL;
    if (!entry) {
        gp_link_undefined(linker, ref->section, ref->id, ref->at);
        return 0;
    }
    ref->target = entry->value;
    return add_edge(linker, ref, entry);
}

/* The field of that name of the record that a condition is about; NULL: none. */
static const struct gp_table_field *record_field(const struct gp_linker *linker, struct gp_str name)
{
    const struct gp_cond *cond = linker->record;
    const void *member = cond ? (const char *)cond->data + cond->form->object->fields[0].offset : NULL;
    const struct gp_ref *ref = member ? *(const struct gp_ref *const *)member : NULL;
    const struct gp_table *table = ref ? ref->target : NULL; /* it stands first, so it was resolved first */
    const struct gp_map_entry *entry = table ? gp_map_find(&table->fields, name) : NULL;

    return entry ? entry->value : NULL;
}

static int on_text(struct gp_walk *walk, const struct gp_field *field, const struct gp_template *text)
{
    struct gp_linker *linker = walk->context;

    (void)field;
    for (size_t i = 0; i < text->count; i++) {
        struct gp_piece *piece = &text->pieces[i];
        if (piece->kind == GP_PIECE_LITERAL)
            continue;
        piece->target = record_field(linker, piece->text);
        if (piece->target) {
            piece->kind = GP_PIECE_FIELD;
            continue;
        }
        enum gp_piece_kind builtin = gp_link_builtin(piece->text);
        bool each = builtin == GP_PIECE_STEM || builtin == GP_PIECE_NAME;
        if (each && !linker->link.in_each && !linker->record)
            gp_link_error(linker, GP_DIAG_NAME_PLACE, piece->at,
                          "'${%.*s}' means something in the facets of each and some only", GP_STR_ARG(piece->text));
        else if (builtin == GP_PIECE_WORK && !linker->in_work)
            gp_link_error(linker, GP_DIAG_NAME_PLACE, piece->at, "'${work}' means something inside exec only");
        if (builtin != GP_PIECE_LITERAL) {
            piece->kind = builtin;
            continue;
        }
        int r = settle(linker, (struct gp_link_name){.piece = piece, .id = piece->text, .at = piece->at});
        if (r < 0)
            return r;
    }
    return 0;
}

static int on_path(struct gp_walk *walk, const struct gp_field *field, const struct gp_pathexpr *path)
{
    int r = 0;

    for (size_t i = 0; i < path->count && path->dynamic && r == 0; i++)
        if (path->parts[i].text)
            r = on_text(walk, field, path->parts[i].text);
    return r;
}

int gp_link_refs(struct gp_linker *linker)
{
    struct gp_walk walk = {
        .ref = on_ref,
        .text = on_text,
        .path = on_path,
        .cond = on_cond,
        .facet = gp_link_on_facet,
        .step = gp_link_on_step,
        .object = gp_link_on_object,
    };

    for (uint32_t i = 0; i < linker->node_count; i++) {
        struct gp_link_node *node = &linker->nodes[i];
        node->first_edge = linker->edges.count;
        node->first_name = linker->names.count;
        int r = gp_link_walk(linker, &walk, node);
        if (r < 0)
            return r;
    }
    return 0;
}
