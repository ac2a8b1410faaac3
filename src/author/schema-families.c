/* Conditions, reads and steps: one closed object for each row, selected by the key that chooses it. */
#include "author/schema-draft.h"

#include <stdio.h>
#include <string.h>

#include "rule/tables.h"

/* A row of any family, seen alike. */
struct row {
    const char *key, *example;
    const struct gp_object *object;
    const struct gp_form *form; /* of a condition; NULL else */
};

/* A family: its name in definitions, its keys, the keys that all of its rows have. */
struct family {
    const char *name, *help;
    const struct gp_field *common;
    /* The nth row; false: there are no more. */
    bool (*row)(const struct gp_registry *registry, size_t n, struct row *ret_row);
};

/* Rows lie in arrays of arrays, each ended by a row without a key. */
#define NTH_ROW(lists, type, n, found)                                          \
    for (const type *const *list_ = (lists); *list_ && !(found); list_++)       \
        for (const type *row_ = *list_; row_->key && !(found); row_++)          \
            (found) = (n)-- == 0 ? row_ : NULL

static bool form_row(const struct gp_registry *registry, size_t n, struct row *ret_row)
{
    const struct gp_form *found = NULL;

    NTH_ROW(registry->forms, struct gp_form, n, found);
    if (found)
        *ret_row = (struct row){found->key, found->example, found->object, found};
    return found;
}

static bool read_row(const struct gp_registry *registry, size_t n, struct row *ret_row)
{
    const struct gp_read_def *found = NULL;

    NTH_ROW(registry->reads, struct gp_read_def, n, found);
    if (found)
        *ret_row = (struct row){found->key, found->example, found->object, NULL};
    return found;
}

static bool step_row(const struct gp_registry *registry, size_t n, struct row *ret_row)
{
    const struct gp_step_def *found = NULL;

    NTH_ROW(registry->steps, struct gp_step_def, n, found);
    if (found)
        *ret_row = (struct row){found->key, found->example, found->object, NULL};
    return found;
}

static const struct family condition_family = {"condition", "what must hold: a mapping with one of these keys",
                                               gp_cond_fields, form_row};
static const struct family read_family = {"read", "where a value is read", gp_read_fields, read_row};
static const struct family step_family = {"step", "a step of an action", gp_step_fields, step_row};

static void set_example(struct gp_draft *draft, json_t *schema, json_t *example)
{
    json_t *examples = json_array();

    gp_draft_push(draft, examples, example);
    gp_draft_set(draft, schema, "examples", examples);
}

/* ---- facets ------------------------------------------------------------------------------------------------------ */

static json_t *facet(struct gp_draft *draft, const struct gp_facet_def *def)
{
    json_t *schema = gp_draft_field(draft, &def->value, false);
    json_t *example = def->example ? gp_draft_example(draft, def->example) : NULL;

    if (example) /* of a whole condition */
        set_example(draft, schema, json_incref(json_object_get(example, def->key)));
    json_decref(example);
    return schema;
}

static void add_facets(struct gp_draft *draft, const struct gp_form *form, json_t *properties)
{
    unsigned looks_at = form->flags & GP_FORM_DIRECTORIES ? GP_FACET_DIRECTORIES : GP_FACET_FILES;

    if (!(form->flags & GP_FORM_FACETS))
        return;
    for (const struct gp_facet_def *const *list = draft->registry->facets; *list; list++)
        for (const struct gp_facet_def *def = *list; def->key; def++)
            if (def->flags & looks_at && !(def->value.flags & GP_FIELD_HOLE))
                gp_draft_set(draft, properties, def->key, facet(draft, def));
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static void row_name(const struct family *family, const struct row *row, char ret_name[80])
{
    snprintf(ret_name, 80, "%s %s", family->name, row->key);
}

static json_t *row_schema(struct gp_draft *draft, const struct family *family, const struct row *row)
{
    json_t *required = json_array(), *properties = json_object();
    char name[80];

    row_name(family, row, name);
    gp_draft_fields(draft, row->object->fields, false, required, properties);
    gp_draft_fields(draft, family->common, false, required, properties);
    if (row->form)
        add_facets(draft, row->form, properties);
    json_t *schema = gp_draft_closed(draft, name, row->object->help, required, properties);
    if (row->object->one_of) {
        json_t *chain = gp_draft_one_of(draft, row->object->one_of, false);
        draft->failed = draft->failed || json_object_update(schema, chain) < 0;
        json_decref(chain);
    }
    if (row->example)
        set_example(draft, schema, gp_draft_example(draft, row->example));
    return schema;
}

static json_t *row_ref(struct gp_draft *draft, const struct family *family, const struct row *row)
{
    char name[80];

    row_name(family, row, name);
    if (gp_draft_begin(draft, name))
        gp_draft_define(draft, name, row_schema(draft, family, row));
    return gp_draft_ref(draft, name);
}

/* Where no row's key stands: a mapping is none of them, which its first key says; `properties` is for completion. */
static json_t *no_row(struct gp_draft *draft, const struct family *family)
{
    json_t *schema = gp_draft_type(draft, "object"), *names = json_array(), *properties = json_object();
    json_t *known = json_object();
    struct row row;

    for (size_t n = 0; family->row(draft->registry, n, &row); n++) {
        if (!row.object)
            continue;
        json_t *property = gp_draft_field(draft, &row.object->fields[0], false);
        gp_draft_push(draft, names, json_string(row.key));
        gp_draft_set(draft, properties, row.key, property);
    }
    gp_draft_set(draft, known, "enum", names);
    gp_draft_set(draft, schema, "description", json_string(family->help));
    gp_draft_set(draft, schema, "minProperties", json_integer(1));
    gp_draft_set(draft, schema, "propertyNames", known);
    gp_draft_set(draft, schema, "properties", properties);
    return schema;
}

/* Whether `key` is a secondary key of the row: then that row is asked for first. */
static bool has_key(const struct row *row, const char *key)
{
    for (const struct gp_field *field = row->object ? row->object->fields + 1 : NULL; field && field->key; field++)
        if (strcmp(field->key, key) == 0)
            return true;
    return false;
}

/* Whether a mapping with the keys of both rows is one of `row`, as the binder chooses. */
static bool yields(struct gp_draft *draft, const struct family *family, const struct row *row)
{
    struct row other;

    for (size_t n = 0; family->row(draft->registry, n, &other); n++)
        if (has_key(&other, row->key))
            return true;
    return false;
}

/* A chain of if/then/else over the rows; it is built from its end, so those that yield to others come first. */
static json_t *chain(struct gp_draft *draft, const struct family *family)
{
    json_t *schema = no_row(draft, family);
    struct row row;

    for (int yielding = 1; yielding >= 0; yielding--) {
        size_t n = 0;
        while (family->row(draft->registry, n, &row))
            n++;
        while (n-- > 0 && family->row(draft->registry, n, &row))
            if (row.object && yields(draft, family, &row) == yielding)
                schema = gp_draft_choice(draft, gp_draft_has(draft, row.key), row_ref(draft, family, &row), schema);
    }
    return schema;
}

/* ---- families ---------------------------------------------------------------------------------------------------- */

json_t *gp_draft_condition(struct gp_draft *draft)
{
    const struct gp_form *named = draft->registry->named;

    if (gp_draft_begin(draft, "condition")) {
        json_t *id = gp_draft_field(draft, &named->object->fields[0], false);
        json_t *schema = gp_draft_choice(draft, gp_draft_type(draft, "object"), chain(draft, &condition_family), id);
        gp_draft_define(draft, "condition", schema);
    }
    return gp_draft_ref(draft, "condition");
}

static json_t *mapping_of(struct gp_draft *draft, const struct family *family)
{
    if (gp_draft_begin(draft, family->name)) {
        json_t *schema = gp_draft_type(draft, "object"), *choice = chain(draft, family);
        draft->failed = draft->failed || json_object_update(schema, choice) < 0;
        json_decref(choice);
        gp_draft_define(draft, family->name, schema);
    }
    return gp_draft_ref(draft, family->name);
}

json_t *gp_draft_read(struct gp_draft *draft)
{
    return mapping_of(draft, &read_family);
}

json_t *gp_draft_step(struct gp_draft *draft)
{
    return mapping_of(draft, &step_family);
}
