/*
 * Amendments: what drop-ins, and sets that extend others, do to definitions
 * that are there.  The tables say what merges and what is replaced whole; the
 * recursion goes as deep as the tables do, whatever a file holds.
 */
#include <errno.h>
#include <string.h>

#include "load/mapping.h"
#include "load/merge.h"
#include "load/seal.h"
#include "rule/limits.h"
#include "rule/model.h"
#include "rule/tables.h"
#include "util/strbuf.h"
#include "util/text.h"

struct amend {
    struct gp_arena *arena;
    struct gp_diags *diags;
    struct gp_node *into;
    struct gp_seals seals;
    bool errors;
};

static int amend_value(struct amend *amend, const struct gp_field *row, struct gp_node *old, struct gp_node *new,
                       struct gp_node **ret_value);

/* ---- new ids ----------------------------------------------------------------------------------------------------- */

static bool has_one_of(const struct gp_object *object, const struct gp_node *node)
{
    for (const char *const *key = object->one_of; *key; key++)
        if (gp_node_get(node, *key))
            return true;
    return false;
}

static void list_keys(struct gp_strbuf *out, const char *const *keys, const char *between)
{
    for (size_t i = 0; keys[i]; i++)
        gp_strbuf_printf(out, "%s'%s'", i ? between : "", keys[i]);
}

/* Appends what a new definition must have and `node` has not: "'that' and 'otherwise'". */
static void list_missing(struct gp_strbuf *out, const struct gp_object *object, const struct gp_node *node)
{
    for (const struct gp_field *field = object->fields; field->key; field++)
        if ((field->flags & GP_FIELD_REQUIRED) && !gp_node_get(node, field->key))
            gp_strbuf_printf(out, "%s'%s'", out->len ? " and " : "", field->key);
    if (object->one_of && !has_one_of(object, node)) {
        gp_strbuf_add(out, out->len ? " and one of " : "one of ");
        list_keys(out, object->one_of, ", ");
    }
}

/* Whether completeness tells a new definition from a misspelt id. */
static bool asks_for_fields(const struct gp_object *object)
{
    for (const struct gp_field *field = object->fields; field->key; field++)
        if (field->flags & GP_FIELD_REQUIRED)
            return true;
    return object->one_of;
}

static const char *nearest(const struct gp_node *among, struct gp_str id)
{
    return among && among->count ? gp_text_nearest(id, among->pairs, among->count, sizeof(*among->pairs)) : NULL;
}

/* Reports a new id that cannot be meant as one.  `*ret_add`: whether it is added all the same. */
static int check_new(struct amend *amend, const struct gp_field *element, const struct gp_node *among,
                     const struct gp_pair *pair, bool *ret_add)
{
    const struct gp_object *object = element->kind == GP_KIND_OBJECT ? element->object : NULL;
    struct gp_strbuf missing = {0};
    const char *near = nearest(among, pair->key);

    *ret_add = true;
    if (!object || pair->value->kind != GP_NODE_MAPPING)
        return 0;
    list_missing(&missing, object, pair->value);
    if (!gp_strbuf_ok(&missing)) {
        gp_strbuf_done(&missing);
        return -ENOMEM;
    }
    if (missing.len) {
        amend->errors = true;
        struct gp_diag *diag = gp_diag_add(amend->diags, GP_DIAG_AMEND_INCOMPLETE, pair->key_at,
                                           "there is no %s '%.*s' to change, and a new one lacks %s", object->name,
                                           GP_STR_ARG(pair->key), gp_strbuf_text(&missing));
        gp_diag_suggest(amend->diags, diag, near);
        *ret_add = false;
    } else if (near && !asks_for_fields(object)) {
        struct gp_diag *diag = gp_diag_add(amend->diags, GP_DIAG_AMEND_NEAR, pair->key_at,
                                           "this adds a new %s '%.*s'", object->name, GP_STR_ARG(pair->key));
        gp_diag_suggest(amend->diags, diag, near);
    }
    gp_strbuf_done(&missing);
    return 0;
}

static int add_new(struct amend *amend, const struct gp_field *element, struct gp_node *map, const struct gp_pair *pair)
{
    bool add;

    if (check_new(amend, element, map, pair, &add) < 0)
        return -ENOMEM;
    return add ? gp_mapping_add(amend->arena, map, *pair) : 0;
}

/* ---- ids that are there ------------------------------------------------------------------------------------------ */

/* A requirement that is sealed keeps all but its `otherwise`.  Returns what may be applied: `new` itself or, if
 * something was refused, a mapping of the rest. */
static int without_sealed(struct amend *amend, const struct gp_pair *old, struct gp_node *new,
                          struct gp_node **ret_rest)
{
    struct gp_node *rest = gp_mapping_new(amend->arena, NULL, new->at);

    if (!rest)
        return -ENOMEM;
    for (size_t i = 0; i < new->count; i++) {
        const struct gp_pair *pair = &new->pairs[i];
        if (gp_str_is(pair->key, "otherwise")) {
            if (gp_mapping_add(amend->arena, rest, *pair) < 0)
                return -ENOMEM;
            continue;
        }
        amend->errors = true;
        struct gp_diag *diag =
            gp_diag_add(amend->diags, GP_DIAG_SEALED, pair->key_at,
                        "'%.*s' is sealed: its 'otherwise' may be changed, its '%.*s' may not", GP_STR_ARG(old->key),
                        GP_STR_ARG(pair->key));
        gp_diag_note(amend->diags, diag, old->key_at, "the sealed requirement is here");
    }
    *ret_rest = rest;
    return 0;
}

static bool is_requirement(const struct gp_field *element)
{
    return element->kind == GP_KIND_OBJECT && element->object == &gp_object_requirement;
}

static int amend_id(struct amend *amend, const struct gp_field *element, struct gp_pair *known, struct gp_node *new)
{
    if (is_requirement(element) && gp_seal_on(known->value) && new->kind == GP_NODE_MAPPING &&
        without_sealed(amend, known, new, &new) < 0)
        return -ENOMEM;
    return amend_value(amend, element, known->value, new, &known->value);
}

static int amend_map(struct amend *amend, const struct gp_field *element, struct gp_node *old,
                     const struct gp_node *new,
                     struct gp_node **ret_value)
{
    struct gp_node *map = gp_mapping_own(amend->arena, old, amend->into);
    int r = map ? 0 : -ENOMEM;

    for (size_t i = 0; i < new->count && r == 0; i++) {
        struct gp_pair *known = gp_mapping_find(map, new->pairs[i].key);
        r = known ? amend_id(amend, element, known, new->pairs[i].value)
                  : add_new(amend, element, map, &new->pairs[i]);
    }
    if (r == 0)
        *ret_value = map;
    return r;
}

static bool is_alternative(const struct gp_object *object, struct gp_str key)
{
    for (const char *const *one = object->one_of; one && *one; one++)
        if (gp_str_is(key, *one))
            return true;
    return false;
}

/* `old` for `object`, without what `new` puts something else in the place of: of keys that exclude each other the
 * amendment's counts. */
static struct gp_node *ground_for(struct amend *amend, const struct gp_object *object, struct gp_node *old,
                                  const struct gp_node *new)
{
    bool drop = object->one_of && has_one_of(object, new);

    if (!drop)
        return gp_mapping_own(amend->arena, old, amend->into);
    struct gp_node *ground = gp_mapping_new(amend->arena, amend->into, old->at);
    for (size_t i = 0; ground && i < old->count; i++) {
        struct gp_str key = old->pairs[i].key;
        if (is_alternative(object, key) && !gp_node_pair(new, key))
            continue;
        if (gp_mapping_add(amend->arena, ground, old->pairs[i]) < 0)
            return NULL;
    }
    return ground;
}

static int amend_object(struct amend *amend, const struct gp_object *object, struct gp_node *old,
                        const struct gp_node *new, struct gp_node **ret_value)
{
    struct gp_node *result = ground_for(amend, object, old, new);
    int r = result ? 0 : -ENOMEM;

    for (size_t i = 0; i < new->count && r == 0; i++) {
        const struct gp_pair *pair = &new->pairs[i];
        const struct gp_field *row = object->fields;
        while (row->key && !gp_str_is(pair->key, row->key))
            row++;
        struct gp_pair *known = gp_mapping_find(result, pair->key);
        r = known ? amend_value(amend, row, known->value, pair->value, &known->value)
                  : gp_mapping_add(amend->arena, result, *pair);
    }
    if (r == 0)
        *ret_value = result;
    return r;
}

/* VALUE for a variable is { value: VALUE }. */
static struct gp_node *as_setting(struct amend *amend, struct gp_node *scalar)
{
    struct gp_node *mapping = gp_mapping_new(amend->arena, NULL, scalar->at);

    if (!mapping || gp_mapping_add(amend->arena, mapping, (struct gp_pair){GP_STR("value"), scalar->at, scalar}) < 0)
        return NULL;
    return mapping;
}

/* Definitions merge down to their own fields; anything else is one value and is replaced whole. */
static int amend_value(struct amend *amend, const struct gp_field *row, struct gp_node *old, struct gp_node *new,
                       struct gp_node **ret_value)
{
    bool mappings = old->kind == GP_NODE_MAPPING && new->kind == GP_NODE_MAPPING;

    if (mappings && row->kind == GP_KIND_OBJECT && (row->flags & GP_FIELD_MERGE))
        return amend_object(amend, row->object, old, new, ret_value);
    if (mappings && row->kind == GP_KIND_MAP && (row->element->flags & GP_FIELD_MERGE))
        return amend_map(amend, row->element, old, new, ret_value);
    struct gp_node *copy = new->merged ? new : GP_NEW(amend->arena, struct gp_node);
    if (!copy)
        return -ENOMEM;
    *copy = *new; /* the file's own node may be used again, by another set that extends this one */
    copy->replaces = old;
    *ret_value = copy;
    return 0;
}

/* ---- sections ---------------------------------------------------------------------------------------------------- */

/* Whether a sealed requirement forbids this pair of a section. */
static bool is_forbidden(struct amend *amend, struct gp_str section, const struct gp_field *row,
                         const struct gp_pair *pair, bool known)
{
    const struct gp_pair *seal = known || gp_str_is(section, "states") ? gp_seals_of(&amend->seals, section, pair->key)
                                                                       : NULL;
    if (!seal)
        return false;
    amend->errors = true;
    struct gp_diag *diag =
        gp_diag_add(amend->diags, GP_DIAG_SEALED_BASE, pair->key_at, "the %s '%.*s' may not be %s: '%.*s' is sealed",
                    gp_section_name(row->section), GP_STR_ARG(pair->key), known ? "changed" : "added",
                    GP_STR_ARG(seal->key));
    gp_diag_note(amend->diags, diag, seal->key_at, "the sealed requirement that rests on %s is here",
                 known ? "it" : "all states");
    return true;
}

static int set_variable(struct amend *amend, const struct gp_field *element, struct gp_node *section,
                        struct gp_pair *known, const struct gp_pair *pair)
{
    if (!known) {
        amend->errors = true;
        struct gp_diag *diag = gp_diag_add(amend->diags, GP_DIAG_AMEND_NO_VARIABLE, pair->key_at,
                                           "there is no variable '%.*s' to set", GP_STR_ARG(pair->key));
        gp_diag_suggest(amend->diags, diag, nearest(section, pair->key));
        return 0;
    }
    struct gp_node *setting = as_setting(amend, pair->value);
    return setting ? amend_value(amend, element, known->value, setting, &known->value) : -ENOMEM;
}

static int amend_section_id(struct amend *amend, struct gp_str key, const struct gp_field *row, struct gp_node *section,
                            const struct gp_pair *pair)
{
    struct gp_pair *known = gp_mapping_find(section, pair->key);

    if (is_forbidden(amend, key, row, pair, known))
        return 0;
    if (row->section == GP_SECTION_VAR && pair->value->kind == GP_NODE_SCALAR && !gp_node_is_null(pair->value))
        return set_variable(amend, row->element, section, known, pair);
    if (known)
        return amend_id(amend, row->element, known, pair->value);
    if (section->count < GP_LIMIT_SECTION_IDS)
        return add_new(amend, row->element, section, pair);
    amend->errors = true;
    gp_diag_add(amend->diags, GP_DIAG_LIMIT_SECTION_IDS, pair->key_at, "more than %u ids in %.*s; the rest is not read",
                GP_LIMIT_SECTION_IDS, GP_STR_ARG(key));
    return 0;
}

/* What is no mapping of ids is left to the binder, unless it would not see it. */
static int amend_oddly(struct amend *amend, const struct gp_pair *pair, bool known, bool map)
{
    if (!known)
        return gp_mapping_add(amend->arena, amend->into, *pair);
    if (map && pair->value->kind != GP_NODE_MAPPING && !pair->value->broken) {
        amend->errors = true;
        gp_diag_add(amend->diags, GP_DIAG_SECTION_FORM, pair->value->at, "the section %.*s is a mapping of ids",
                    GP_STR_ARG(pair->key));
    }
    return 0;
}

static int amend_section(struct amend *amend, const struct gp_pair *pair)
{
    const struct gp_field *row = gp_merge_section(pair->key);
    struct gp_pair *known = gp_mapping_find(amend->into, pair->key);
    bool map = row && row->kind == GP_KIND_MAP;

    if (!map || pair->value->kind != GP_NODE_MAPPING || (known && known->value->kind != GP_NODE_MAPPING))
        return amend_oddly(amend, pair, known, map);
    struct gp_node *section = known ? gp_mapping_own(amend->arena, known->value, amend->into)
                                    : gp_mapping_new(amend->arena, amend->into, pair->value->at);
    if (!section)
        return -ENOMEM;
    if (known)
        known->value = section;
    else if (gp_mapping_add(amend->arena, amend->into, (struct gp_pair){pair->key, pair->key_at, section}) < 0)
        return -ENOMEM;
    int r = 0;
    for (size_t i = 0; i < pair->value->count && r == 0; i++)
        r = amend_section_id(amend, pair->key, row, section, &pair->value->pairs[i]);
    return r;
}

int gp_merge_amend(struct gp_arena *arena, struct gp_node *into, const struct gp_node *amendment,
                   struct gp_diags *diags)
{
    struct amend amend = {.arena = arena, .diags = diags, .into = into};
    struct gp_arena *scratch = gp_arena_new(0);
    int r = scratch ? gp_seals_find(scratch, into, &amend.seals) : -ENOMEM;

    for (size_t i = 0; i < amendment->count && r == 0; i++)
        if (!gp_merge_is_manifest_key(amendment->pairs[i].key))
            r = amend_section(&amend, &amendment->pairs[i]);
    gp_arena_free(scratch);
    return r == 0 && amend.errors ? -EINVAL : r;
}
