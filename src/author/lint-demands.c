/* What the manifest's `demands` asks of every definition. */
#include "author/lint-internal.h"

#include <errno.h>
#include <string.h>

#include "rule/tables.h"
#include "util/text.h"

/* Whether a key that may be demanded is missing: every kind that a row with GP_FIELD_DEMAND has. */
static bool is_missing(const struct gp_field *field, const void *base)
{
    const void *member = (const char *)base + field->offset;

    switch (field->kind) {
    case GP_KIND_STRING:
        return !((const struct gp_str *)member)->data;
    case GP_KIND_STRINGS:
        return !((const struct gp_strs *)member)->count;
    case GP_KIND_ENUM:
        return *(const int *)member == field->fallback;
    case GP_KIND_OBJECT:
        return !*(const void *const *)member;
    default:
        return false;
    }
}

static const struct gp_field *row_of(const struct gp_field *fields, struct gp_str key, unsigned flag)
{
    for (const struct gp_field *field = fields; field && field->key; field++)
        if ((field->flags & flag) == flag && gp_str_is(key, field->key))
            return field;
    return NULL;
}

bool gp_lint_is_definition(const struct gp_object *object)
{
    return row_of(object->fields, GP_STR("title"), GP_FIELD_DEMAND);
}

/* ---- definitions ------------------------------------------------------------------------------------------------- */

/* `base` is what `fields` describe; a row that the definition does not have is not asked for. */
static int check(struct gp_lint *lint, const struct gp_field *fields, unsigned flag, const void *base, const char *what,
                 struct gp_str id, struct gp_span at)
{
    const struct gp_strs *demands = &lint->rules->manifest.demands;
    struct gp_strbuf lacks = {0};

    for (size_t i = 0; i < demands->count; i++) {
        const struct gp_field *field = row_of(fields, demands->data[i], flag);
        if (field && is_missing(field, base))
            gp_strbuf_printf(&lacks, "%s%s", lacks.len ? ", " : "", field->key);
    }
    if (lacks.len)
        gp_diag_add(lint->diags, GP_DIAG_DEMANDED, at, "%s '%.*s' lacks %s", what, GP_STR_ARG(id),
                    gp_strbuf_text(&lacks));
    bool whole = gp_strbuf_ok(&lacks);
    gp_strbuf_done(&lacks);
    return whole ? 0 : -ENOMEM;
}

/* Conditions and states: their labels are the condition's own, and one that is just an id has none. */
static int check_conditions(struct gp_lint *lint, const struct gp_map *map, const char *what)
{
    int r = 0;

    for (size_t i = 0; i < map->count && r == 0; i++) {
        const struct gp_named_cond *named = map->data[i].value;
        if (named->cond && !gp_lint_is_broken(named->cond))
            r = check(lint, gp_cond_fields, 0, named->cond, what, named->id, named->at);
    }
    return r;
}

int gp_lint_demands(struct gp_lint *lint, const struct gp_object *object, const void *instance)
{
    const struct gp_definition *def = instance;

    if (!gp_lint_is_definition(object) || !def->id.data)
        return 0;
    return check(lint, object->fields, GP_FIELD_DEMAND, instance, object->name, def->id, def->at);
}

/* ---- the manifest's own list ------------------------------------------------------------------------------------- */

/* Every key that some table lets be demanded. */
static int collect(struct gp_lint *lint, struct gp_strmap *keys)
{
    for (const struct gp_object *const *object = gp_objects; *object; object++)
        for (const struct gp_field *field = (*object)->fields; field && field->key; field++) {
            struct gp_str key = {field->key, strlen(field->key)};
            if (field->flags & GP_FIELD_DEMAND && !gp_strmap_find(keys, key) &&
                gp_strmap_put(lint->arena, keys, key, (void *)field->key) < 0)
                return -ENOMEM;
        }
    return 0;
}

static void check_key(struct gp_lint *lint, const struct gp_strmap *keys, const struct gp_node *node)
{
    if (node->kind != GP_NODE_SCALAR || gp_strmap_find(keys, node->text))
        return;
    struct gp_diag *diag = gp_diag_add(lint->diags, GP_DIAG_DEMAND_UNKNOWN, node->at,
                                       "'%.*s' is no key that can be demanded", GP_STR_ARG(node->text));
    gp_diag_suggest(lint->diags, diag,
                    gp_text_nearest(node->text, keys->entries, keys->count, sizeof(*keys->entries)));
}

int gp_lint_demand_keys(struct gp_lint *lint)
{
    const struct gp_node *demands = gp_node_get(lint->rules->manifest_node, "demands");
    size_t count = !demands ? 0 : demands->kind == GP_NODE_LIST ? demands->count : 1;
    struct gp_strmap keys = {0};
    int r = collect(lint, &keys);

    for (size_t i = 0; r == 0 && i < count; i++)
        check_key(lint, &keys, demands->kind == GP_NODE_LIST ? demands->items[i] : demands);
    if (r == 0)
        r = check_conditions(lint, &lint->rules->defs.conditions, "condition");
    return r < 0 ? r : check_conditions(lint, &lint->rules->defs.states, "state");
}
