/*
 * The set as it is written: nodes, visited by the tables that bind them.  Only
 * here can be seen whether a text was quoted, and where a text without a span of
 * its own stands.
 */
#include "author/lint-internal.h"

#include <errno.h>

#include "rule/tables.h"
#include "util/text.h"

static int visit(struct gp_lint *lint, const struct gp_field *field, const struct gp_node *node);

/* ---- places ------------------------------------------------------------------------------------------------------ */

/* A place as a key: where it begins. */
static struct gp_str key_of(const struct gp_span *at)
{
    return (struct gp_str){(const char *)at, offsetof(struct gp_span, length)};
}

static int keep(struct gp_lint *lint, struct gp_strmap *map, const struct gp_span *at, const void *value)
{
    const char *key = gp_arena_memdup(lint->arena, at, key_of(at).len);

    return key ? gp_strmap_put(lint->arena, map, (struct gp_str){key, key_of(at).len}, (void *)value) : -ENOMEM;
}

/* Where errors stand by now. */
static int keep_errors(struct gp_lint *lint)
{
    int r = 0;

    for (size_t i = 0; i < gp_diags_count(lint->diags, GP_LEVEL_SILENT) && r == 0; i++) {
        const struct gp_diag *diag = gp_diags_get(lint->diags, i);
        r = diag->level == GP_LEVEL_ERROR ? keep(lint, &lint->errors, &diag->span, lint) : 0;
    }
    return r;
}

const struct gp_node *gp_lint_node(const struct gp_lint *lint, struct gp_span at)
{
    const struct gp_pair *pair = gp_strmap_get(&lint->nodes, key_of(&at));

    return pair ? pair->value : NULL;
}

static const struct gp_pair *pair_of(const struct gp_lint *lint, struct gp_span at, const char *key)
{
    const struct gp_node *node = gp_lint_node(lint, at);

    for (size_t i = 0; node && node->kind == GP_NODE_MAPPING && i < node->count; i++)
        if (gp_str_is(node->pairs[i].key, key))
            return &node->pairs[i];
    return NULL;
}

struct gp_span gp_lint_value_place(const struct gp_lint *lint, struct gp_span at, const char *key)
{
    const struct gp_pair *pair = pair_of(lint, at, key);

    return pair ? pair->value->at : at;
}

struct gp_span gp_lint_key_place(const struct gp_lint *lint, struct gp_span at, const char *key)
{
    const struct gp_pair *pair = pair_of(lint, at, key);

    return pair ? pair->key_at : at;
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

/* A scalar that is a text, or a list of such. */
static int visit_text(struct gp_lint *lint, const struct gp_node *node)
{
    size_t count = node->kind == GP_NODE_LIST ? node->count : 1;

    for (size_t i = 0; i < count; i++) {
        const struct gp_node *text = node->kind == GP_NODE_LIST ? node->items[i] : node;
        if (text->kind == GP_NODE_SCALAR && !text->quoted && !text->broken)
            gp_lint_say_trap(lint, text->at, text->text, false);
    }
    return 0;
}

/* ---- mappings ---------------------------------------------------------------------------------------------------- */

static const struct gp_field *row_of(const struct gp_field *fields, struct gp_str key)
{
    for (const struct gp_field *field = fields; field && field->key; field++)
        if (gp_str_is(key, field->key))
            return field;
    return NULL;
}

static int visit_keys(struct gp_lint *lint, const struct gp_field *fields, const struct gp_node *node)
{
    for (size_t i = 0; node->kind == GP_NODE_MAPPING && i < node->count; i++) {
        const struct gp_field *field = row_of(fields, node->pairs[i].key);
        int r = field ? visit(lint, field, node->pairs[i].value) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}

static bool is_quoted(const struct gp_lint *lint, struct gp_span at)
{
    const struct gp_source *source = gp_sources_get(lint->rules->sources, at.source);

    return source && at.offset < source->length && (source->text[at.offset] == '"' || source->text[at.offset] == '\'');
}

static int visit_map(struct gp_lint *lint, const struct gp_field *field, const struct gp_node *node)
{
    for (size_t i = 0; node->kind == GP_NODE_MAPPING && i < node->count; i++) {
        const struct gp_pair *pair = &node->pairs[i];
        int r = keep(lint, &lint->nodes, &pair->key_at, pair);
        if (r == 0 && !is_quoted(lint, pair->key_at))
            gp_lint_say_trap(lint, pair->key_at, pair->key, true);
        if (r == 0)
            r = visit(lint, field->element, pair->value);
        if (r < 0)
            return r;
    }
    return 0;
}

/* The row of a key that tells what the mapping is, or of one that may stand beside it. */
static const struct gp_field *family_row(const struct gp_field *own, const struct gp_field *common, struct gp_str key)
{
    const struct gp_field *field = row_of(own, key);

    return field ? field : row_of(common, key);
}

static int visit_family(struct gp_lint *lint, const struct gp_object *object, const struct gp_field *common,
                        const struct gp_node *node)
{
    for (size_t i = 0; object && i < node->count; i++) {
        const struct gp_pair *pair = &node->pairs[i];
        const struct gp_field *field = family_row(object->fields, common, pair->key);
        const struct gp_facet_def *facet =
            !field && common == gp_cond_fields ? gp_registry_facet(lint->options->registry, pair->key) : NULL;
        int r = field ? visit(lint, field, pair->value) : facet ? visit(lint, &facet->value, pair->value) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}

/* The object of the first key that decides, unless it is a secondary key of another one. */
static int visit_chosen(struct gp_lint *lint, const struct gp_node *node, const struct gp_field *common,
                        const struct gp_object *(*object_of)(const struct gp_registry *registry, struct gp_str key))
{
    const struct gp_object *chosen = NULL;

    for (size_t i = 0; node->kind == GP_NODE_MAPPING && i < node->count; i++) {
        const struct gp_object *object = object_of(lint->options->registry, node->pairs[i].key);
        if (object && (!chosen || !row_of(chosen->fields, node->pairs[i].key)))
            chosen = object;
    }
    return node->kind == GP_NODE_MAPPING ? visit_family(lint, chosen, common, node) : visit_text(lint, node);
}

static const struct gp_object *form_object(const struct gp_registry *registry, struct gp_str key)
{
    const struct gp_form *form = gp_registry_form(registry, key);

    return form ? form->object : NULL;
}

static const struct gp_object *read_object(const struct gp_registry *registry, struct gp_str key)
{
    const struct gp_read_def *read = gp_registry_read(registry, key);

    return read ? read->object : NULL;
}

static const struct gp_object *step_object(const struct gp_registry *registry, struct gp_str key)
{
    const struct gp_step_def *step = gp_registry_step(registry, key);

    return step ? step->object : NULL;
}

/* ---- one value --------------------------------------------------------------------------------------------------- */

/* An empty mapping or list says nothing; in an amendment it takes away what was there. */
static void check_empty(struct gp_lint *lint, const struct gp_field *field, const struct gp_node *node)
{
    if (node->kind == GP_NODE_SCALAR || node->count || !field->key)
        return;
    if (node->broken || node->replaces || !node->at.source || gp_strmap_find(&lint->errors, key_of(&node->at)))
        return;
    gp_diag_add(lint->diags, GP_DIAG_EMPTY_VALUE, node->at, "'%s' is empty and says nothing; leave it out", field->key);
}

static int visit_items(struct gp_lint *lint, const struct gp_field *field, const struct gp_node *node)
{
    int r = 0;

    for (size_t i = 0; node->kind == GP_NODE_LIST && i < node->count && r == 0; i++) {
        const struct gp_node *item = node->items[i];
        r = field->kind == GP_KIND_CONDITIONS ? visit_chosen(lint, item, gp_cond_fields, form_object)
            : field->kind == GP_KIND_STEPS    ? visit_chosen(lint, item, gp_step_fields, step_object)
                                              : visit_keys(lint, field->object->fields, item);
    }
    return r;
}

/* Values that have a type of their own (EXPR …) are looked at when they are bound. */
static int visit(struct gp_lint *lint, const struct gp_field *field, const struct gp_node *node)
{
    check_empty(lint, field, node);
    switch (field->kind) {
    case GP_KIND_STRING:
    case GP_KIND_STRINGS:
    case GP_KIND_TEXT:
    case GP_KIND_TEXTS:
    case GP_KIND_PATTERN:
    case GP_KIND_PATHS:
        return visit_text(lint, node);
    case GP_KIND_OBJECT:
        return visit_keys(lint, field->object->fields, node);
    case GP_KIND_MAP:
        return visit_map(lint, field, node);
    case GP_KIND_CONDITION:
        return visit_chosen(lint, node, gp_cond_fields, form_object);
    case GP_KIND_READ:
        return visit_chosen(lint, node, gp_read_fields, read_object);
    case GP_KIND_CONDITIONS:
    case GP_KIND_STEPS:
    case GP_KIND_LIST:
        return visit_items(lint, field, node);
    default:
        return 0;
    }
}

/* Sections are walked one by one, so that no lookup goes over all ids. */
int gp_lint_nodes(struct gp_lint *lint)
{
    const struct gp_node *root = lint->rules->definitions_node, *manifest = lint->rules->manifest_node;
    int r = keep_errors(lint);

    for (size_t i = 0; root && root->kind == GP_NODE_MAPPING && i < root->count && r == 0; i++) {
        const struct gp_field *field = row_of(gp_object_definitions.fields, root->pairs[i].key);
        r = field ? visit(lint, field, root->pairs[i].value) : 0;
    }
    for (size_t i = 0; manifest && manifest->kind == GP_NODE_MAPPING && i < manifest->count && r == 0; i++) {
        const struct gp_pair *pair = &manifest->pairs[i];
        const struct gp_field *field = row_of(gp_object_manifest.fields, pair->key);
        bool text = field && (field->kind == GP_KIND_STRING || field->kind == GP_KIND_STRINGS);
        r = text ? visit_text(lint, pair->value) : 0;
    }
    return r;
}
