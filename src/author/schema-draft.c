/* The parts that schemas are put together from. */
#include "author/schema-draft.h"

#include <string.h>

#include "util/strbuf.h"

void gp_draft_set(struct gp_draft *draft, json_t *object, const char *key, json_t *value)
{
    if (!gp_json_set(object, key, value))
        draft->failed = true;
}

void gp_draft_push(struct gp_draft *draft, json_t *array, json_t *value)
{
    if (!gp_json_append(array, value))
        draft->failed = true;
}

json_t *gp_draft_words(struct gp_draft *draft, const char *words)
{
    json_t *list = json_array();

    for (size_t len; *words; words += len) {
        words += strspn(words, " ");
        len = strcspn(words, " ");
        if (len)
            gp_draft_push(draft, list, json_stringn(words, len));
    }
    return list;
}

json_t *gp_draft_type(struct gp_draft *draft, const char *types)
{
    json_t *schema = json_object();

    gp_draft_set(draft, schema, "type", strchr(types, ' ') ? gp_draft_words(draft, types) : json_string(types));
    return schema;
}

/* The name of a definition, as a JSON pointer can hold it without escapes. */
static void add_name(struct gp_strbuf *out, const char *name)
{
    for (; *name; name++)
        gp_strbuf_add_char(out, *name == ' ' ? '-' : *name);
}

json_t *gp_draft_ref(struct gp_draft *draft, const char *name)
{
    struct gp_strbuf pointer = {0};
    json_t *schema = json_object();

    gp_strbuf_add(&pointer, "#/$defs/");
    add_name(&pointer, name);
    gp_draft_set(draft, schema, "$ref", gp_strbuf_ok(&pointer) ? json_string(gp_strbuf_text(&pointer)) : NULL);
    gp_strbuf_done(&pointer);
    return schema;
}

json_t *gp_draft_choice(struct gp_draft *draft, json_t *condition, json_t *yes, json_t *no)
{
    json_t *schema = json_object();

    gp_draft_set(draft, schema, "if", condition);
    gp_draft_set(draft, schema, "then", yes);
    gp_draft_set(draft, schema, "else", no);
    return schema;
}

json_t *gp_draft_has(struct gp_draft *draft, const char *key)
{
    json_t *schema = json_object(), *keys = json_array();

    gp_draft_push(draft, keys, gp_json_string0(key));
    gp_draft_set(draft, schema, "required", keys);
    return schema;
}

json_t *gp_draft_list(struct gp_draft *draft, json_t *item, size_t least)
{
    json_t *schema = gp_draft_type(draft, "array");

    if (least)
        gp_draft_set(draft, schema, "minItems", json_integer((json_int_t)least));
    gp_draft_set(draft, schema, "items", item);
    return schema;
}

json_t *gp_draft_one_or_list(struct gp_draft *draft, json_t *item, size_t least)
{
    json_t *list = gp_draft_list(draft, json_incref(item), least);

    return gp_draft_choice(draft, gp_draft_type(draft, "array"), list, item);
}

json_t *gp_draft_closed(struct gp_draft *draft, const char *title, const char *help, json_t *required,
                        json_t *properties)
{
    json_t *schema = gp_draft_type(draft, "object");

    if (title)
        gp_draft_set(draft, schema, "title", gp_json_string0(title));
    if (help)
        gp_draft_set(draft, schema, "description", gp_json_string0(help));
    gp_draft_set(draft, schema, "additionalProperties", json_false());
    draft->failed = draft->failed || !required;
    if (json_array_size(required))
        gp_draft_set(draft, schema, "required", json_incref(required));
    json_decref(required);
    gp_draft_set(draft, schema, "properties", properties);
    return schema;
}

/* { "not": {} } with the words that an editor shows. */
static json_t *none_of(struct gp_draft *draft, const char *const *keys)
{
    struct gp_strbuf words = {0};
    json_t *schema = json_object();

    for (size_t i = 0; keys[i]; i++)
        gp_strbuf_printf(&words, "%s%s", i ? ", " : "one of: ", keys[i]);
    gp_draft_set(draft, schema, "description", gp_strbuf_ok(&words) ? json_string(gp_strbuf_text(&words)) : NULL);
    gp_draft_set(draft, schema, "errorMessage", gp_strbuf_ok(&words) ? json_string(gp_strbuf_text(&words)) : NULL);
    gp_draft_set(draft, schema, "not", json_object());
    gp_strbuf_done(&words);
    return schema;
}

/* { "properties": { every other key: false } } */
static json_t *without_others(struct gp_draft *draft, const char *const *keys, size_t chosen)
{
    json_t *schema = json_object(), *others = json_object();

    for (size_t i = 0; keys[i]; i++)
        if (i != chosen)
            gp_draft_set(draft, others, keys[i], json_false());
    gp_draft_set(draft, schema, "properties", others);
    return schema;
}

json_t *gp_draft_one_of(struct gp_draft *draft, const char *const *keys, bool change)
{
    json_t *chain = change ? json_object() : none_of(draft, keys);
    size_t count = 0;

    while (keys[count])
        count++;
    while (count-- > 0)
        chain = gp_draft_choice(draft, gp_draft_has(draft, keys[count]), without_others(draft, keys, count), chain);
    return chain;
}

/* ---- definitions ------------------------------------------------------------------------------------------------- */

void gp_draft_define(struct gp_draft *draft, const char *name, json_t *value)
{
    struct gp_strbuf key = {0};

    add_name(&key, name);
    gp_draft_set(draft, draft->defs, gp_strbuf_text(&key), gp_strbuf_ok(&key) ? value : NULL);
    if (!gp_strbuf_ok(&key))
        json_decref(value);
    gp_strbuf_done(&key);
}

bool gp_draft_begin(struct gp_draft *draft, const char *name)
{
    struct gp_strbuf key = {0};

    add_name(&key, name);
    draft->failed = draft->failed || !gp_strbuf_ok(&key);
    bool begins = !draft->failed && !json_object_get(draft->defs, gp_strbuf_text(&key));
    gp_strbuf_done(&key);
    /* So that what refers to itself ends, and definitions stand in the order of their use. */
    if (begins)
        gp_draft_define(draft, name, json_true());
    return begins;
}

json_t *gp_draft_finish(struct gp_draft *draft, const char *id, const char *title, const char *help, json_t *root)
{
    json_t *schema = json_object();

    gp_draft_set(draft, schema, "$schema", json_string("https://json-schema.org/draft/2020-12/schema"));
    gp_draft_set(draft, schema, "$id", json_string(id));
    gp_draft_set(draft, schema, "title", json_string(title));
    gp_draft_set(draft, schema, "description", json_string(help));
    draft->failed = draft->failed || !schema || !root || json_object_update(schema, root) < 0;
    json_decref(root);
    gp_draft_set(draft, schema, "$defs", draft->defs);
    draft->defs = NULL;
    if (!draft->failed)
        return schema;
    json_decref(schema);
    return NULL;
}
