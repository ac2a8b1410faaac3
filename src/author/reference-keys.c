/* Keys: what may stand behind each, whether it must, and what it means. */
#include "author/reference-internal.h"

#include <string.h>

#include "rule/say.h"

/* ---- what may stand behind a key --------------------------------------------------------------------------------- */

/* Kinds that say the same wherever they stand. */
static const char *const fixed_words[] = {
    [GP_KIND_STRING] = "text",
    [GP_KIND_TEXT] = "text with ${name}",
    [GP_KIND_TEXTS] = "list of texts with ${name}",
    [GP_KIND_BOOLEAN] = "true or false",
    [GP_KIND_PATTERN] = "pattern",
    [GP_KIND_CONDITION] = "condition",
    [GP_KIND_CONDITIONS] = "list of conditions",
    [GP_KIND_STRINGS] = "text, or a list",
    [GP_KIND_READ] = "read",
    [GP_KIND_STEPS] = "list of steps",
    [GP_KIND_SCALAR] = "scalar",
    [GP_KIND_ANY] = "",
};

static const char *type_words(enum gp_type type)
{
    return type == GP_TYPE_ANY ? "value" : gp_type_name(type);
}

static void name_words(struct gp_strbuf *out, const struct gp_name *names)
{
    for (const struct gp_name *name = names; name->name; name++)
        gp_strbuf_printf(out, "%s%s", name == names ? "" : name[1].name ? ", " : " or ", name->name);
}

/* "at least 1", "from 0 to 255"; nothing of a range that only says that nothing is negative, as of a size. */
static void range_words(struct gp_strbuf *out, const struct gp_field *field)
{
    const struct gp_range range = gp_field_range(field);

    if (range.most < INT64_MAX)
        gp_strbuf_printf(out, " from %lld to %lld", (long long)range.least, (long long)range.most);
    else if (range.least > INT64_MIN && !range.what)
        gp_strbuf_printf(out, " at least %lld", (long long)range.least);
}

static void kind_words(struct gp_strbuf *out, const struct gp_field *field);

/* What each id of a map holds. */
static void element_words(struct gp_strbuf *out, const struct gp_field *element)
{
    gp_strbuf_printf(out, "mapping: %s to ", element->flags & GP_FIELD_PATH_KEYS ? "path" : "id");
    if (element->kind == GP_KIND_OBJECT)
        gp_strbuf_add(out, element->object->name);
    else if (element->kind == GP_KIND_EXPRS)
        gp_strbuf_printf(out, "%s, or a list", type_words(element->type));
    else
        kind_words(out, element);
}

static void object_words(struct gp_strbuf *out, const struct gp_field *field)
{
    gp_strbuf_add(out, field->kind == GP_KIND_LIST ? "list of mappings" : "mapping");
    if (gp_reference_has_section(field->object))
        gp_strbuf_printf(out, ": %s", field->object->name);
}

static void kind_words(struct gp_strbuf *out, const struct gp_field *field)
{
    bool list = field->flags & GP_FIELD_LIST || field->kind == GP_KIND_REFS;

    switch (field->kind) {
    case GP_KIND_ENUM:
        name_words(out, field->names);
        return;
    case GP_KIND_LITERAL:
        gp_strbuf_add(out, gp_type_name(field->type));
        return;
    case GP_KIND_EXPR:
        gp_strbuf_add(out, type_words(field->type));
        range_words(out, field);
        gp_strbuf_add(out, ", or reference");
        return;
    case GP_KIND_EXPRS:
        gp_strbuf_printf(out, "list of %ss", type_words(field->type));
        return;
    case GP_KIND_COMPARISON:
        gp_strbuf_printf(out, "%s, or comparison", type_words(field->type));
        return;
    case GP_KIND_PATHS:
        gp_strbuf_add(out, field->flags & GP_FIELD_GLOB ? "path or glob" : "path");
        gp_strbuf_add(out, list ? ", or a list" : "");
        return;
    case GP_KIND_REF:
    case GP_KIND_REFS:
        gp_strbuf_printf(out, "id of %s %s%s", gp_say_article(gp_section_name(field->section)),
                         gp_section_name(field->section), list ? ", or a list" : "");
        return;
    case GP_KIND_OBJECT:
    case GP_KIND_LIST:
        object_words(out, field);
        return;
    case GP_KIND_MAP:
        element_words(out, field->element);
        return;
    default:
        gp_strbuf_add(out, field->kind < GP_COUNT(fixed_words) ? fixed_words[field->kind] : "");
    }
}

/* The value that an enumeration has without the key; NULL if the help says it, or there is none. */
static const char *default_of(const struct gp_field *field)
{
    if (field->kind != GP_KIND_ENUM || field->flags & GP_FIELD_REQUIRED || strstr(field->help, "default"))
        return NULL;
    for (const struct gp_name *name = field->names; name->name; name++)
        if (name->value == field->fallback)
            return name->name;
    return NULL;
}

void gp_reference_words(struct gp_strbuf *out, const struct gp_field *field)
{
    size_t start = out->len;

    kind_words(out, field);
    if (default_of(field))
        gp_strbuf_printf(out, "; default %s", default_of(field));
    if (field->flags & GP_FIELD_NOT_EMPTY)
        gp_strbuf_add(out, ", not empty");
    if (field->flags & GP_FIELD_REASON)
        gp_strbuf_add(out, ", not yes or no");
    if (field->fewest)
        gp_strbuf_printf(out, ", at least %zu", field->fewest);
    if (field->needs)
        gp_strbuf_printf(out, "; with %s", field->needs);
    if (field->flags & GP_FIELD_REQUIRED)
        gp_strbuf_printf(out, "%srequired", out->len > start ? "; " : "");
    if (field->flags & GP_FIELD_HOLE)
        gp_strbuf_printf(out, "%snot in this build", out->len > start ? "; " : "");
}

const char *const gp_reference_common[GP_REFERENCE_COMMON] = {"title", "basis", "source"};

/* ---- keys -------------------------------------------------------------------------------------------------------- */

void gp_reference_names(struct gp_strbuf *out, const struct gp_name *names)
{
    gp_mdoc_list(out, true);
    for (; names->name; names++) {
        gp_mdoc_item(out, names->name, NULL);
        gp_mdoc_help(out, names->help);
    }
    gp_mdoc_list_end(out);
}

/* The keys of a mapping that is nobody else's, at its key. */
static const struct gp_object *inner_object(const struct gp_field *field)
{
    const struct gp_field *holder = field->kind == GP_KIND_MAP ? field->element : field;
    const struct gp_object *object =
        holder->kind == GP_KIND_OBJECT || holder->kind == GP_KIND_LIST ? holder->object : NULL;

    return object && object->fields && !gp_reference_has_section(object) ? object : NULL;
}

static void key(struct gp_strbuf *out, const struct gp_field *field)
{
    struct gp_strbuf words = {0};
    const struct gp_object *object = inner_object(field);

    gp_reference_words(&words, field);
    out->failed |= words.failed;
    gp_mdoc_item(out, field->key, gp_strbuf_text(&words));
    gp_strbuf_done(&words);
    gp_mdoc_help(out, field->help);
    const struct gp_field *holder = field->kind == GP_KIND_MAP ? field->element : field;
    if (holder->kind == GP_KIND_ENUM)
        gp_reference_names(out, holder->names);
    if (object)
        gp_reference_keys(out, object->fields);
}

/* The operators of a comparison that stands among other keys: one item for all; returns the last. */
static const struct gp_field *operators(struct gp_strbuf *out, const struct gp_field *field)
{
    const struct gp_field *first = field;

    gp_strbuf_add(out, ".It Cm ");
    for (; field->key && field->flags & GP_FIELD_COMPARISON; field++)
        gp_strbuf_printf(out, "%s%s", field == first ? "" : " , ", field->key);
    gp_strbuf_printf(out, "\nA comparison with %s %s", gp_say_article(type_words(first->type)),
                     type_words(first->type));
    range_words(out, first);
    gp_strbuf_add(out, ".\n");
    return field - 1;
}

/* Whether these are the first of GP_DEFINITION_FIELDS, which have a section for all. */
static bool of_every_definition(const struct gp_field *field)
{
    for (int i = 0; i < GP_REFERENCE_COMMON; i++)
        if (!field[i].key || strcmp(field[i].key, gp_reference_common[i]) != 0 || !(field[i].flags & GP_FIELD_DEMAND))
            return false;
    return true;
}

static const struct gp_field *common(struct gp_strbuf *out, const struct gp_field *field)
{
    gp_strbuf_printf(out, ".It Cm %s , %s , %s\nAs of every definition.\n", field[0].key, field[1].key, field[2].key);
    return field + GP_REFERENCE_COMMON - 1;
}

void gp_reference_keys(struct gp_strbuf *out, const struct gp_field *fields)
{
    if (!fields || !fields->key)
        return;
    gp_mdoc_list(out, true);
    for (const struct gp_field *field = fields; field->key; field++) {
        if (field->flags & GP_FIELD_COMPARISON)
            field = operators(out, field);
        else if (of_every_definition(field))
            field = common(out, field);
        else
            key(out, field);
    }
    gp_mdoc_list_end(out);
}

void gp_reference_common_keys(struct gp_strbuf *out)
{
    const struct gp_field *field = gp_object_marker.fields;

    while (field->key && !of_every_definition(field))
        field++;
    gp_mdoc_list(out, true);
    for (int i = 0; i < GP_REFERENCE_COMMON && field->key; i++, field++)
        key(out, field);
    gp_mdoc_list_end(out);
}
