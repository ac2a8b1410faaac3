/* What may stand behind a key: a schema for each kind of row, as the binder takes it. */
#include "author/schema-draft.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "rule/tables.h"

/* ---- types ------------------------------------------------------------------------------------------------------- */

static const char *scalar_of(enum gp_type type)
{
    static const char *const names[] = {
        [GP_TYPE_ANY] = "text",
        [GP_TYPE_INTEGER] = "integer",
        [GP_TYPE_SIZE] = "size",
        [GP_TYPE_DURATION] = "duration",
        [GP_TYPE_DATE] = "date",
        [GP_TYPE_BOOLEAN] = "boolean",
        [GP_TYPE_STRING] = "text",
        [GP_TYPE_PATH] = "text that is not empty",
        [GP_TYPE_DIRECTORY] = "text that is not empty",
        [GP_TYPE_CHOICE] = "text that is not empty",
        [GP_TYPE_BYTES] = "bytes",
    };

    return names[type];
}

/* The name of a definition that is made once for each type and range: "size comparison", "integer from 0 value". */
static void row_name(const struct gp_field *field, const char *what, char ret_name[GP_DRAFT_NAME])
{
    char scalar[GP_DRAFT_NAME];

    gp_draft_scalar_name(scalar_of(field->type), gp_field_range(field), scalar);
    strncat(scalar, what, GP_DRAFT_NAME - strlen(scalar) - 1);
    memcpy(ret_name, scalar, GP_DRAFT_NAME);
}

static json_t *scalar_in(struct gp_draft *draft, const struct gp_field *field)
{
    return gp_draft_scalar_within(draft, scalar_of(field->type), gp_field_range(field));
}

/* ---- values and comparisons -------------------------------------------------------------------------------------- */

static json_t *value_of(struct gp_draft *draft, const struct gp_field *field)
{
    char name[GP_DRAFT_NAME];

    row_name(field, " value", name);
    if (gp_draft_begin(draft, name))
        gp_draft_define(draft, name,
                        gp_draft_choice(draft, gp_draft_type(draft, "object"),
                                        gp_draft_object(draft, &gp_object_reference, false), scalar_in(draft, field)));
    return gp_draft_ref(draft, name);
}

/* The operators as a mapping of their own; operands have the type and the range of what they are compared with. */
static json_t *operators_of(struct gp_draft *draft, const struct gp_field *field)
{
    json_t *properties = json_object();
    char name[GP_DRAFT_NAME];

    row_name(field, " comparison", name);
    for (const struct gp_field *row = gp_object_comparison.fields; row->key; row++) {
        struct gp_field operand = gp_comparison_operand(row, field);
        gp_draft_set(draft, properties, row->key, gp_draft_field(draft, &operand, false));
    }
    json_t *schema = gp_draft_closed(draft, name, gp_object_comparison.help, json_array(), properties);
    gp_draft_set(draft, schema, "minProperties", json_integer(1));
    return schema;
}

/* { "if": one of the keys stands, "then": REFERENCE, "else": OPERATORS } */
static json_t *reference_or(struct gp_draft *draft, json_t *operators)
{
    json_t *any = json_object(), *keys = json_array();

    for (const char *const *key = gp_object_reference.one_of; *key; key++)
        gp_draft_push(draft, keys, gp_draft_has(draft, *key));
    gp_draft_set(draft, any, "anyOf", keys);
    return gp_draft_choice(draft, any, gp_draft_object(draft, &gp_object_reference, false), operators);
}

static json_t *comparison_of(struct gp_draft *draft, const struct gp_field *field)
{
    char name[GP_DRAFT_NAME];

    row_name(field, " or comparison", name);
    if (gp_draft_begin(draft, name))
        gp_draft_define(draft, name,
                        gp_draft_choice(draft, gp_draft_type(draft, "object"),
                                        reference_or(draft, operators_of(draft, field)), scalar_in(draft, field)));
    return gp_draft_ref(draft, name);
}

/* ---- ids --------------------------------------------------------------------------------------------------------- */

/* The id of something in a section; its definition has a name of its own, so that programs can tell which. */
static json_t *reference_to(struct gp_draft *draft, enum gp_section section)
{
    char name[64] = "id of a ";

    strncat(name, section == GP_SECTION_DIRECTORY ? "directory" : gp_section_name(section), 40);
    if (gp_draft_begin(draft, name)) {
        json_t *schema = gp_draft_scalar(draft, section == GP_SECTION_CAUSE ? "id with its operation" : "id");
        gp_draft_set(draft, schema, "description", json_string(name + strlen("id of ")));
        gp_draft_define(draft, name, schema);
    }
    return gp_draft_ref(draft, name);
}

/* ---- kinds ------------------------------------------------------------------------------------------------------- */

/* How many elements a list must have at least. */
static size_t least(const struct gp_field *field)
{
    return field->flags & GP_FIELD_NOT_EMPTY ? 1 : 0;
}

static json_t *string(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)change;
    if (field->flags & GP_FIELD_REASON)
        return gp_draft_scalar(draft, "reason");
    return gp_draft_scalar(draft, least(field) ? "text that is not empty" : "text");
}

static json_t *strings(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    return gp_draft_one_or_list(draft, string(draft, field, change), least(field));
}

static json_t *template(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    json_t *schema = gp_draft_scalar(draft, "text with names");

    (void)change;
    if (least(field))
        gp_draft_set(draft, schema, "minLength", json_integer(1));
    return schema;
}

static json_t *templates(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    return gp_draft_list(draft, template(draft, field, change), 1);
}

static json_t *boolean(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)field, (void)change;
    return gp_draft_scalar(draft, "boolean");
}

static json_t *literal(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)change;
    return gp_draft_scalar(draft, scalar_of(field->type));
}

static json_t *words(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    json_t *schema = json_object(), *names = json_array(), *helps = json_array();

    (void)change;
    for (const struct gp_name *name = field->names; name->name; name++) {
        gp_draft_push(draft, names, gp_json_string0(name->name));
        gp_draft_push(draft, helps, gp_json_string0(name->help ? name->help : ""));
        if (name->value == field->fallback && !(field->flags & GP_FIELD_REQUIRED))
            gp_draft_set(draft, schema, "default", gp_json_string0(name->name));
    }
    gp_draft_set(draft, schema, "enum", names);
    gp_draft_set(draft, schema, "enumDescriptions", helps); /* editors show them */
    return schema;
}

static json_t *value(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)change;
    return value_of(draft, field);
}

static json_t *values(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    bool one = !field->key || field->flags & GP_FIELD_LIST;

    (void)change;
    if (one)
        return gp_draft_one_or_list(draft, value_of(draft, field), 1);
    return gp_draft_list(draft, value_of(draft, field), field->fewest ? field->fewest : 1);
}

static json_t *comparison(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)change;
    return comparison_of(draft, field);
}

static json_t *pattern(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)field, (void)change;
    return gp_draft_scalar(draft, "pattern");
}

static json_t *paths(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    json_t *path = gp_draft_scalar(draft, field->flags & GP_FIELD_GLOB ? "glob" : "path");

    (void)change;
    return field->flags & GP_FIELD_LIST ? gp_draft_one_or_list(draft, path, 1) : path;
}

static json_t *condition(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)field, (void)change;
    return gp_draft_condition(draft);
}

static json_t *conditions(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)field, (void)change;
    return gp_draft_list(draft, gp_draft_condition(draft), 1);
}

static json_t *ref(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)change;
    return reference_to(draft, field->section);
}

static json_t *refs(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)change;
    return gp_draft_one_or_list(draft, reference_to(draft, field->section),
                                field->flags & GP_FIELD_MAY_BE_EMPTY ? 0 : 1);
}

static json_t *object(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    return gp_draft_object(draft, field->object, change && field->flags & GP_FIELD_MERGE);
}

static json_t *list(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    json_t *item = gp_draft_object(draft, field->object, false);

    (void)change;
    if (field->flags & GP_FIELD_BRIEF)
        item = gp_draft_choice(draft, gp_draft_type(draft, "object"), item,
                               gp_draft_field(draft, &field->object->fields[0], false));
    return gp_draft_list(draft, item, least(field));
}

/* What an id holds.  In a drop-in a variable may be set by its value alone. */
static json_t *element(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    json_t *held = gp_draft_field(draft, field->element, change && field->element->flags & GP_FIELD_MERGE);

    if (!change || field->section != GP_SECTION_VAR)
        return held;
    return gp_draft_choice(draft, gp_draft_type(draft, "object"), held, gp_draft_scalar(draft, "text"));
}

static json_t *map(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    const char *names = field->element->flags & GP_FIELD_PATH_KEYS ? "path of its own" : "id of its own";
    json_t *schema = gp_draft_type(draft, "object");

    if (least(field))
        gp_draft_set(draft, schema, "minProperties", json_integer(1));
    gp_draft_set(draft, schema, "propertyNames", gp_draft_scalar(draft, names));
    gp_draft_set(draft, schema, "additionalProperties", element(draft, field, change));
    return schema;
}

static json_t *read_of(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)field, (void)change;
    return gp_draft_read(draft);
}

static json_t *steps(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)field, (void)change;
    return gp_draft_list(draft, gp_draft_step(draft), 1);
}

static json_t *verbatim(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    (void)field, (void)change;
    return gp_draft_scalar(draft, "text");
}

/* What the loader keeps as it is and others look at: the version of the language alone has a form. */
static json_t *any(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    json_t *schema = json_object();

    (void)change;
    if (strcmp(field->key, "gatepost") == 0)
        gp_draft_set(draft, schema, "const", json_integer(1));
    return schema;
}

static json_t *(*const kinds[])(struct gp_draft *draft, const struct gp_field *field, bool change) = {
    [GP_KIND_STRING] = string,
    [GP_KIND_TEXT] = template,
    [GP_KIND_TEXTS] = templates,
    [GP_KIND_BOOLEAN] = boolean,
    [GP_KIND_LITERAL] = literal,
    [GP_KIND_ENUM] = words,
    [GP_KIND_EXPR] = value,
    [GP_KIND_EXPRS] = values,
    [GP_KIND_COMPARISON] = comparison,
    [GP_KIND_PATTERN] = pattern,
    [GP_KIND_PATHS] = paths,
    [GP_KIND_CONDITION] = condition,
    [GP_KIND_CONDITIONS] = conditions,
    [GP_KIND_REF] = ref,
    [GP_KIND_REFS] = refs,
    [GP_KIND_STRINGS] = strings,
    [GP_KIND_OBJECT] = object,
    [GP_KIND_LIST] = list,
    [GP_KIND_MAP] = map,
    [GP_KIND_READ] = read_of,
    [GP_KIND_STEPS] = steps,
    [GP_KIND_SCALAR] = verbatim,
    [GP_KIND_ANY] = any,
};

/* The help of a row, also in the branches of a choice: an editor shows that of the branch that it takes. */
static void describe(struct gp_draft *draft, json_t *schema, const char *help)
{
    static const char *const keys[] = {"then", "else"};

    gp_draft_set(draft, schema, "description", gp_json_string0(help));
    for (size_t i = 0; i < GP_COUNT(keys); i++) {
        json_t *branch = json_object_get(schema, keys[i]);
        if (branch && !json_object_get(branch, "description"))
            gp_draft_set(draft, branch, "description", gp_json_string0(help));
    }
}

json_t *gp_draft_field(struct gp_draft *draft, const struct gp_field *field, bool change)
{
    assert(field->kind > GP_KIND_END && field->kind < GP_COUNT(kinds));
    json_t *schema = kinds[field->kind](draft, field, change);

    if (field->help)
        describe(draft, schema, field->help);
    return schema;
}

/* ---- mappings with fixed keys ------------------------------------------------------------------------------------ */

void gp_draft_fields(struct gp_draft *draft, const struct gp_field *fields, bool change, json_t *required,
                     json_t *properties)
{
    for (const struct gp_field *field = fields; field && field->key; field++) {
        if (field->flags & GP_FIELD_HOLE)
            continue; /* known, but not in this build */
        if (field->flags & GP_FIELD_REQUIRED && !change)
            gp_draft_push(draft, required, gp_json_string0(field->key));
        gp_draft_set(draft, properties, field->key, gp_draft_field(draft, field, change));
    }
}

/* Keys that mean nothing without another one. */
static void add_needs(struct gp_draft *draft, const struct gp_field *fields, json_t *schema)
{
    json_t *needs = NULL;

    for (const struct gp_field *field = fields; field && field->key; field++) {
        if (!field->needs)
            continue;
        needs = needs ? needs : json_object();
        gp_draft_set(draft, needs, field->key, gp_draft_words(draft, field->needs));
    }
    if (needs)
        gp_draft_set(draft, schema, "dependentRequired", needs);
}

/* The keys that exclude each other are said by a chain beside the closed object. */
static json_t *mapping(struct gp_draft *draft, const struct gp_object *object_of, bool change)
{
    json_t *required = json_array(), *properties = json_object();

    gp_draft_fields(draft, object_of->fields, change, required, properties);
    json_t *schema = gp_draft_closed(draft, object_of->name, object_of->help, required, properties);
    if (!change)
        add_needs(draft, object_of->fields, schema);
    if (object_of->one_of) {
        json_t *chain = gp_draft_one_of(draft, object_of->one_of, change);
        draft->failed = draft->failed || json_object_update(schema, chain) < 0;
        json_decref(chain);
    }
    return schema;
}

json_t *gp_draft_object(struct gp_draft *draft, const struct gp_object *object_of, bool change)
{
    char name[64] = "";

    strncat(name, change ? "change of " : "", 20);
    strncat(name, object_of->name, 40);
    if (gp_draft_begin(draft, name))
        gp_draft_define(draft, name, mapping(draft, object_of, change));
    return gp_draft_ref(draft, name);
}
