/* The schema of reports, from the rows of schema-shapes-*.c. */
#include <string.h>

#include "author/schema-draft.h"
#include "author/schema-shapes.h"
#include "author/schema.h"
#include "util/text.h"

/* ---- types ------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *types;
} plain[] = {
    {"text", "string"},   {"integer", "integer"}, {"boolean", "boolean"}, {"scalar", "string number boolean null"},
    {"nothing", "null"},
};

/* A text, or a list or mapping of objects that are an origin each. */
static json_t *nested(struct gp_draft *draft)
{
    json_t *list = json_object(), *object = json_object();

    gp_draft_set(draft, list, "items", gp_draft_ref(draft, "origin"));
    gp_draft_set(draft, object, "additionalProperties", gp_draft_ref(draft, "origin"));
    json_t *rest = gp_draft_choice(draft, gp_draft_type(draft, "object"), object, gp_draft_type(draft, "string"));
    return gp_draft_choice(draft, gp_draft_type(draft, "array"), list, rest);
}

static json_t *one(struct gp_draft *draft)
{
    json_t *schema = json_object();

    gp_draft_set(draft, schema, "const", json_integer(1));
    return schema;
}

/* A type by its name, without what may stand behind it. */
static json_t *named(struct gp_draft *draft, struct gp_str name)
{
    char text[48] = "";

    for (size_t i = 0; i < GP_COUNT(plain); i++)
        if (gp_str_is(name, plain[i].name))
            return gp_draft_type(draft, plain[i].types);
    if (gp_str_is(name, "any"))
        return json_object();
    if (gp_str_is(name, "one"))
        return one(draft);
    if (gp_str_is(name, "nested"))
        return nested(draft);
    memcpy(text, name.data, name.len < sizeof(text) - 1 ? name.len : sizeof(text) - 1);
    return gp_draft_ref(draft, text);
}

static bool take_end(struct gp_str *text, const char *end)
{
    size_t len = strlen(end);

    if (text->len <= len || memcmp(text->data + text->len - len, end, len) != 0)
        return false;
    text->len -= len;
    return true;
}

static json_t *type_of(struct gp_draft *draft, const char *type)
{
    struct gp_str name = {type, strlen(type)};
    bool null = take_end(&name, "?"), list = take_end(&name, "[]"), open = take_end(&name, "{}");
    json_t *schema = named(draft, name);

    if (list) {
        schema = gp_draft_list(draft, schema, 0);
    } else if (open) {
        json_t *object = gp_draft_type(draft, "object");
        gp_draft_set(draft, object, "additionalProperties", schema);
        schema = object;
    }
    return null ? gp_draft_choice(draft, gp_draft_type(draft, "null"), json_object(), schema) : schema;
}

/* ---- definitions ------------------------------------------------------------------------------------------------- */

static json_t *words_of(struct gp_draft *draft, const char *words)
{
    json_t *schema = json_object();

    gp_draft_set(draft, schema, "enum", gp_draft_words(draft, words));
    return schema;
}

static json_t *shape_of(struct gp_draft *draft, const struct gp_shape_def *def)
{
    json_t *required = json_array(), *properties = json_object();

    for (const struct gp_shape_row *row = def->rows; row->key; row++) {
        json_t *schema = type_of(draft, row->type);
        gp_draft_set(draft, schema, "description", gp_json_string0(row->help));
        gp_draft_set(draft, properties, row->key, schema);
        if (!row->optional)
            gp_draft_push(draft, required, json_string(row->key));
    }
    return gp_draft_closed(draft, def->name, def->help, required, properties);
}

/* ---- lists ------------------------------------------------------------------------------------------------------- */

const struct gp_shape_def *const gp_shape_lists[] = {gp_shapes_rules, gp_shapes_trees, NULL};
const struct gp_shape_words *const gp_shape_word_lists[] = {gp_shape_words_rules, gp_shape_words_trees, NULL};

/* Where no key tells what it is. */
static json_t *none_of_them(struct gp_draft *draft)
{
    json_t *schema = gp_draft_type(draft, "object"), *keys = json_object(), *names = json_array();

    for (const struct gp_shape_def *const *list = gp_shape_lists; *list; list++)
        for (const struct gp_shape_def *def = *list; def->name; def++)
            if (def->told_by)
                gp_draft_push(draft, names, json_string(def->told_by));
    gp_draft_set(draft, keys, "enum", names);
    gp_draft_set(draft, schema, "propertyNames", keys);
    gp_draft_set(draft, schema, "minProperties", json_integer(1));
    return schema;
}

/* The chain over one list, before `rest`; it is built from its end. */
static json_t *tell_apart(struct gp_draft *draft, const struct gp_shape_def *defs, json_t *rest)
{
    size_t count = 0;

    while (defs[count].name)
        count++;
    while (count-- > 0)
        if (defs[count].told_by)
            rest = gp_draft_choice(draft, gp_draft_has(draft, defs[count].told_by),
                                   gp_draft_ref(draft, defs[count].name), rest);
    return rest;
}

/* A value that stands alone. */
static json_t *value(struct gp_draft *draft)
{
    json_t *schema = none_of_them(draft);

    for (size_t i = GP_COUNT(gp_shape_lists) - 1; i-- > 0;)
        schema = tell_apart(draft, gp_shape_lists[i], schema);
    return schema;
}

static void define_all(struct gp_draft *draft)
{
    gp_draft_define(draft, "value", value(draft));
    for (const struct gp_shape_def *const *list = gp_shape_lists; *list; list++)
        for (const struct gp_shape_def *def = *list; def->name; def++)
            gp_draft_define(draft, def->name, shape_of(draft, def));
    for (const struct gp_shape_words *const *list = gp_shape_word_lists; *list; list++)
        for (const struct gp_shape_words *words = *list; words->name; words++)
            gp_draft_define(draft, words->name, words_of(draft, words->words));
}

json_t *gp_schema_report(const struct gp_registry *registry)
{
    struct gp_draft draft = {.registry = registry, .defs = json_object()};

    define_all(&draft);
    json_t *root = gp_draft_choice(&draft, gp_draft_type(&draft, "array"),
                                   gp_draft_list(&draft, gp_draft_ref(&draft, "value"), 0),
                                   gp_draft_ref(&draft, "value"));
    return gp_draft_finish(&draft, "urn:gatepost:schema:report:1", "Gatepost report, version 1",
                           "What gatepost prints with --format json (a list of values) and ndjson (a value on each "
                           "line).",
                           root);
}
