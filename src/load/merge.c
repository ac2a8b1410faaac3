/*
 * The files of one set together: every id once.
 */
#include "load/merge.h"

#include <errno.h>

#include "load/mapping.h"
#include "rule/limits.h"
#include "rule/tables.h"
#include "util/text.h"

static const struct gp_field *row_of(const struct gp_object *object, struct gp_str key)
{
    for (const struct gp_field *field = object->fields; field->key; field++)
        if (gp_str_is(key, field->key))
            return field;
    return NULL;
}

bool gp_merge_is_manifest_key(struct gp_str key)
{
    return row_of(&gp_object_manifest, key) || gp_str_is(key, "gatepost") || gp_str_is(key, "amends") ||
           gp_str_is(key, "tests-for");
}

const struct gp_field *gp_merge_section(struct gp_str key)
{
    return row_of(&gp_object_definitions, key);
}

struct gp_node *gp_merge_new(struct gp_arena *arena)
{
    return gp_mapping_new(arena, NULL, (struct gp_span){0});
}

struct merge {
    struct gp_arena *arena;
    struct gp_diags *diags;
    struct gp_node *into;
    bool errors;
};

static void report_double(struct merge *merge, struct gp_str section, const struct gp_pair *first,
                          const struct gp_pair *second)
{
    merge->errors = true;
    struct gp_diag *diag = gp_diag_add(merge->diags, GP_DIAG_DUPLICATE_ID, second->key_at,
                                       "'%.*s' is defined twice in %.*s", GP_STR_ARG(second->key), GP_STR_ARG(section));
    gp_diag_note(merge->diags, diag, first->key_at, "the other definition is here");
}

/* The ids of one section; values that are the same node came here twice by way of one set and are no conflict. */
static int add_ids(struct merge *merge, struct gp_str key, struct gp_node *section, const struct gp_node *ids)
{
    for (size_t i = 0; i < ids->count; i++) {
        const struct gp_pair *pair = &ids->pairs[i], *known = gp_node_pair(section, pair->key);
        if (known && known->value != pair->value)
            report_double(merge, key, known, pair);
        if (known)
            continue;
        if (section->count >= GP_LIMIT_SECTION_IDS) {
            merge->errors = true;
            gp_diag_add(merge->diags, GP_DIAG_LIMIT_SECTION_IDS, pair->key_at,
                        "more than %u ids in %.*s; the rest is not read", GP_LIMIT_SECTION_IDS, GP_STR_ARG(key));
            return 0;
        }
        if (gp_mapping_add(merge->arena, section, *pair) < 0)
            return -ENOMEM;
    }
    return 0;
}

/* A section that is no mapping is kept for the binder to complain about, unless there is one already. */
static int add_odd_section(struct merge *merge, const struct gp_pair *pair, bool known)
{
    if (!known)
        return gp_mapping_add(merge->arena, merge->into, *pair);
    const struct gp_field *row = gp_merge_section(pair->key);
    if (row && row->kind == GP_KIND_MAP && pair->value->kind != GP_NODE_MAPPING && !pair->value->broken) {
        merge->errors = true;
        gp_diag_add(merge->diags, GP_DIAG_SECTION_FORM, pair->value->at, "the section %.*s is a mapping of ids",
                    GP_STR_ARG(pair->key));
    }
    return 0;
}

static int add_section(struct merge *merge, const struct gp_pair *pair)
{
    const struct gp_field *row = gp_merge_section(pair->key);
    struct gp_pair *known = gp_mapping_find(merge->into, pair->key);

    if (!row || pair->value->kind != GP_NODE_MAPPING)
        return add_odd_section(merge, pair, known);
    if (known && known->value->kind != GP_NODE_MAPPING)
        return 0;
    struct gp_node *section = known ? gp_mapping_own(merge->arena, known->value, merge->into)
                                    : gp_mapping_new(merge->arena, merge->into, pair->value->at);
    if (!section)
        return -ENOMEM;
    if (known)
        known->value = section;
    else if (gp_mapping_add(merge->arena, merge->into, (struct gp_pair){pair->key, pair->key_at, section}) < 0)
        return -ENOMEM;
    section->broken = section->broken || pair->value->broken;
    return add_ids(merge, pair->key, section, pair->value);
}

static int add_sections(struct gp_arena *arena, struct gp_node *into, const struct gp_node *from,
                        struct gp_diags *diags)
{
    struct merge merge = {.arena = arena, .diags = diags, .into = into};
    int r = 0;

    for (size_t i = 0; i < from->count && r == 0; i++)
        if (!gp_merge_is_manifest_key(from->pairs[i].key))
            r = add_section(&merge, &from->pairs[i]);
    return r == 0 && merge.errors ? -EINVAL : r;
}

int gp_merge_file(struct gp_arena *arena, struct gp_node *into, const struct gp_node *file, struct gp_diags *diags)
{
    return add_sections(arena, into, file, diags);
}

int gp_merge_base(struct gp_arena *arena, struct gp_node *into, const struct gp_node *base, struct gp_diags *diags)
{
    return add_sections(arena, into, base, diags);
}
