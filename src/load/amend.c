/*
 * Amendments: what drop-ins, and sets that extend others, do to definitions
 * that are there.  The tables say what merges and what is replaced whole; the
 * recursion goes as deep as the tables do, whatever a file holds.
 */
#include <errno.h>
#include <string.h>

#include "load/amend-internal.h"
#include "load/mapping.h"
#include "load/merge.h"
#include "rule/limits.h"
#include "rule/model.h"
#include "rule/tables.h"
#include "util/text.h"

static int amend_value(struct gp_amend *amend, const struct gp_field *row, struct gp_pair *known,
                       const struct gp_pair *pair, struct gp_node *new);

/* ---- ids that are there ------------------------------------------------------------------------------------------ */

/* Where the requirement is and, if that is another file, who sealed it. */
static void note_seal(struct gp_amend *amend, struct gp_diag *diag, const struct gp_pair *seal, const char *on)
{
    struct gp_span sealed_at = gp_seal_at(seal->value);

    gp_diag_note(amend->diags, diag, seal->key_at, "the sealed requirement that rests on %s is here", on);
    if (sealed_at.source != seal->key_at.source)
        gp_diag_note(amend->diags, diag, sealed_at, "it is sealed here");
}

/* `on`: what of it the sealed requirement rests on. */
static void say_sealed_base(struct gp_amend *amend, const char *what, const struct gp_pair *pair,
                            const struct gp_pair *seal, const char *done, const char *on)
{
    amend->errors = true;
    struct gp_diag *diag = gp_diag_add(amend->diags, GP_DIAG_SEALED_BASE, pair->key_at,
                                       "the %s '%.*s' may not be %s: '%.*s' is sealed", what, GP_STR_ARG(pair->key),
                                       done, GP_STR_ARG(seal->key));
    note_seal(amend, diag, seal, on);
}

/* A requirement that is sealed keeps all but its `otherwise`.  Returns what may be applied: `new` itself or, if
 * something was refused, a mapping of the rest. */
static int without_sealed(struct gp_amend *amend, const struct gp_pair *old, struct gp_node *new,
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
        gp_diag_note(amend->diags, diag, gp_seal_at(old->value), "it is sealed here");
    }
    *ret_rest = rest;
    return 0;
}

static bool is_requirement(const struct gp_field *element)
{
    return element->kind == GP_KIND_OBJECT && element->object == &gp_object_requirement;
}

/* Of a variable that a sealed requirement rests on, a site may set the value and say what it is for; which values there
 * may be, and which it has without the site, is part of what is sealed.  Returns what may be applied. */
static int without_bounds(struct gp_amend *amend, const struct gp_pair *pair, const struct gp_pair *seal,
                          struct gp_node **ret_rest)
{
    static const char *const free_keys[] = {"value", "title", "source", "basis"};
    const struct gp_node *new = pair->value;
    struct gp_node *rest = gp_mapping_new(amend->arena, NULL, new->at);

    if (!rest)
        return -ENOMEM;
    for (size_t i = 0; i < new->count; i++) {
        const struct gp_pair *part = &new->pairs[i];
        bool is_free = false;
        for (size_t k = 0; k < GP_COUNT(free_keys); k++)
            is_free = is_free || gp_str_is(part->key, free_keys[k]);
        if (is_free && gp_mapping_add(amend->arena, rest, *part) < 0)
            return -ENOMEM;
        if (is_free)
            continue;
        amend->errors = true;
        struct gp_diag *diag = gp_diag_add(
            amend->diags, GP_DIAG_SEALED_BASE, part->key_at,
            "the '%.*s' of the variable '%.*s' may not be changed: '%.*s' is sealed; '%.*s: VALUE' sets its value",
            GP_STR_ARG(part->key), GP_STR_ARG(pair->key), GP_STR_ARG(seal->key), GP_STR_ARG(pair->key));
        note_seal(amend, diag, seal, "it");
    }
    *ret_rest = rest;
    return 0;
}

static int amend_id(struct gp_amend *amend, const struct gp_field *element, struct gp_pair *known,
                    const struct gp_pair *pair)
{
    bool variable = element->kind == GP_KIND_OBJECT && element->object == &gp_object_variable;
    const struct gp_pair *seal = variable ? gp_seals_of_variable(&amend->seals, pair->key) : NULL;
    struct gp_node *new = pair->value;

    if (seal && new->kind == GP_NODE_MAPPING && without_bounds(amend, pair, seal, &new) < 0)
        return -ENOMEM;
    if (is_requirement(element) && gp_seal_on(known->value) && new->kind == GP_NODE_MAPPING &&
        without_sealed(amend, known, new, &new) < 0)
        return -ENOMEM;
    return amend_value(amend, element, known, pair, new);
}

/* Whether a sealed requirement forbids this parameter of the operation. */
static bool is_sealed_parameter(struct gp_amend *amend, const struct gp_field *element, const struct gp_pair *pair,
                                bool known)
{
    bool parameter = element->kind == GP_KIND_OBJECT && element->object == &gp_object_parameter;
    const struct gp_pair *seal = parameter ? gp_seals_of_parameter(&amend->seals, amend->operation, pair->key) : NULL;

    if (seal)
        say_sealed_base(amend, "parameter", pair, seal, known ? "changed" : "added", "it");
    return seal;
}

static int amend_map(struct gp_amend *amend, const struct gp_field *element, struct gp_node *old,
                     const struct gp_node *new, struct gp_node **ret_value)
{
    struct gp_node *map = gp_mapping_own(amend->arena, old, amend->into);
    size_t count = old->count;
    int r = map ? 0 : -ENOMEM;

    for (size_t i = 0; i < new->count && r == 0; i++) {
        const struct gp_pair *pair = &new->pairs[i];
        struct gp_pair *known = gp_mapping_find(map, pair->key);
        if (!is_sealed_parameter(amend, element, pair, known))
            r = known ? amend_id(amend, element, known, pair) : gp_amend_add_new(amend, element, map, count, pair);
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
static struct gp_node *ground_for(struct gp_amend *amend, const struct gp_object *object, struct gp_node *old,
                                  const struct gp_node *new)
{
    bool drop = object->one_of && gp_amend_has_one_of(object, new);

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

static int amend_object(struct gp_amend *amend, const struct gp_object *object, struct gp_node *old,
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
        r = known ? amend_value(amend, row, known, pair, pair->value) : gp_mapping_add(amend->arena, result, *pair);
    }
    if (r == 0)
        *ret_value = result;
    return r;
}

/* VALUE for a variable is { value: VALUE }. */
static struct gp_node *as_setting(struct gp_arena *arena, struct gp_node *scalar)
{
    struct gp_node *mapping = gp_mapping_new(arena, NULL, scalar->at);

    if (!mapping || gp_mapping_add(arena, mapping, (struct gp_pair){GP_STR("value"), scalar->at, scalar}) < 0)
        return NULL;
    return mapping;
}

/* Something else than the mapping that merges here.  What is there stays: without it, much else would seem wrong. */
static void say_no_mapping(struct gp_amend *amend, const struct gp_field *row, const struct gp_pair *pair)
{
    const struct gp_node *value = pair->value;
    struct gp_diag *diag;

    amend->errors = true;
    if (value->kind == GP_NODE_SCALAR && value->broken)
        return;
    if (!gp_node_is_null(value)) {
        gp_diag_add(amend->diags, GP_DIAG_WRONG_KIND, value->at, "expected %s, found %s",
                    row->kind == GP_KIND_MAP ? "a mapping of ids" : "a mapping",
                    gp_node_describe(value, amend->arena));
        return;
    }
    diag = gp_diag_add(amend->diags, GP_DIAG_NO_VALUE, row->key ? value->at : pair->key_at, "'%.*s' has no value",
                       GP_STR_ARG(pair->key));
    gp_node_say_empty(amend->diags, diag, pair->key, value);
}

/* Definitions merge down to their own fields; anything else is one value and is replaced whole, with its key.  `new` is
 * what of the pair's value may be applied. */
static int amend_value(struct gp_amend *amend, const struct gp_field *row, struct gp_pair *known,
                       const struct gp_pair *pair, struct gp_node *new)
{
    struct gp_node *old = known->value;
    bool object = row->kind == GP_KIND_OBJECT && (row->flags & GP_FIELD_MERGE);
    bool map = row->kind == GP_KIND_MAP && (row->element->flags & GP_FIELD_MERGE);

    if ((object || map) && old->kind == GP_NODE_MAPPING) {
        if (new->kind != GP_NODE_MAPPING) {
            say_no_mapping(amend, row, pair);
            return 0;
        }
        return object ? amend_object(amend, row->object, old, new, &known->value)
                      : amend_map(amend, row->element, old, new, &known->value);
    }
    struct gp_node *copy = new->merged ? new : GP_NEW(amend->arena, struct gp_node);
    if (!copy)
        return -ENOMEM;
    *copy = *new; /* the file's own node may be used again, by another set that extends this one */
    copy->replaces = old;
    known->value = copy;
    known->key_at = pair->key_at;
    return 0;
}

/* ---- sections ---------------------------------------------------------------------------------------------------- */

/* Whether a sealed requirement forbids this pair of a section. */
static bool is_forbidden(struct gp_amend *amend, struct gp_str section, const struct gp_field *row,
                         const struct gp_pair *pair, bool known)
{
    const struct gp_pair *seal = known || gp_str_is(section, "states") ? gp_seals_of(&amend->seals, section, pair->key)
                                                                       : NULL;
    if (!seal)
        return false;
    say_sealed_base(amend, gp_section_name(row->section), pair, seal, known ? "changed" : "added",
                    known ? "it" : "all states");
    return true;
}

static int set_variable(struct gp_amend *amend, const struct gp_field *element, struct gp_node *section,
                        struct gp_pair *known, const struct gp_pair *pair)
{
    if (!known) {
        amend->errors = true;
        struct gp_diag *diag = gp_diag_add(amend->diags, GP_DIAG_AMEND_NO_VARIABLE, pair->key_at,
                                           "there is no variable '%.*s' to set", GP_STR_ARG(pair->key));
        gp_amend_show_candidates(amend, diag, "variable", section, section->count, pair->key);
        return 0;
    }
    struct gp_node *setting = as_setting(amend->arena, pair->value);
    return setting ? amend_value(amend, element, known, pair, setting) : -ENOMEM;
}

static bool sets_variable(const struct gp_field *row, const struct gp_pair *pair)
{
    return row->section == GP_SECTION_VAR && pair->value->kind == GP_NODE_SCALAR && !gp_node_is_null(pair->value);
}

static int amend_section_id(struct gp_amend *amend, struct gp_str key, const struct gp_field *row,
                            struct gp_node *section, size_t old, const struct gp_pair *pair)
{
    struct gp_pair *known = gp_mapping_find(section, pair->key);

    if (is_forbidden(amend, key, row, pair, known))
        return 0;
    if (sets_variable(row, pair))
        return set_variable(amend, row->element, section, known, pair);
    amend->operation = pair->key;
    if (known)
        return amend_id(amend, row->element, known, pair);
    if (section->count < GP_LIMIT_SECTION_IDS)
        return gp_amend_add_new(amend, row->element, section, old, pair);
    amend->errors = true;
    gp_diag_add(amend->diags, GP_DIAG_LIMIT_SECTION_IDS, pair->key_at, "more than %u ids in %.*s; the rest is not read",
                GP_LIMIT_SECTION_IDS, GP_STR_ARG(key));
    return 0;
}

/* What is no mapping of ids is left to the binder, unless it would not see it. */
static int amend_oddly(struct gp_amend *amend, const struct gp_pair *pair, bool known, bool map)
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

static int amend_section(struct gp_amend *amend, const struct gp_pair *pair)
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
    size_t old = section->count;
    int r = 0;
    for (size_t i = 0; i < pair->value->count && r == 0; i++)
        r = amend_section_id(amend, pair->key, row, section, old, &pair->value->pairs[i]);
    return r;
}

int gp_merge_amend(struct gp_arena *arena, struct gp_node *into, const struct gp_node *amendment,
                   struct gp_diags *diags)
{
    struct gp_amend amend = {.arena = arena, .diags = diags, .into = into};
    struct gp_arena *scratch = gp_arena_new(0);
    int r = scratch ? gp_seals_find(scratch, into, &amend.seals) : -ENOMEM;

    for (size_t i = 0; i < amendment->count && r == 0; i++)
        if (!gp_merge_is_manifest_key(amendment->pairs[i].key))
            r = amend_section(&amend, &amendment->pairs[i]);
    gp_arena_free(scratch);
    return r == 0 && amend.errors ? -EINVAL : r;
}

int gp_merge_alone(struct gp_arena *arena, struct gp_node *sections)
{
    for (size_t i = 0; i < sections->count; i++) {
        const struct gp_pair *section = &sections->pairs[i];
        const struct gp_field *row = gp_merge_section(section->key);
        for (size_t n = 0; row && section->value->kind == GP_NODE_MAPPING && n < section->value->count; n++) {
            struct gp_pair *pair = &section->value->pairs[n];
            struct gp_node *setting = sets_variable(row, pair) ? as_setting(arena, pair->value) : pair->value;
            if (!setting)
                return -ENOMEM;
            pair->value = setting;
        }
    }
    return 0;
}
