/* Scalars of the rule language: what each looks like in JSON. */
#include "author/schema-draft.h"

#include <string.h>

#include "rule/limits.h"

/* A string of the language takes any scalar verbatim, so what YAML takes for a number or a boolean may stand there. */
#define ANY "string number boolean"
#define NAME "\\$\\{[A-Za-z0-9_.-]+\\}"
#define NUMBER "(0|[1-9][0-9]*)"
#define NO_DOTS "(?!\\.{1,2}(/|$))"
#define PART NO_DOTS "(" NAME "|[^/*?\\[{\\\\])+"
#define GLOB_PART NO_DOTS "(" NAME "|\\$(?!\\{)|[^/$\\\\])+"
#define PATH(part) "^(\\.|" part "(/" part ")*)$"
#define ID "[A-Za-z0-9][A-Za-z0-9_.-]*"
#define DAY "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
#define TIME "([01][0-9]|2[0-3]):[0-5][0-9]"

static const struct scalar {
    const char *name;
    const char *types;   /* NULL: what has no type, the name of a key */
    const char *pattern; /* of strings; NULL: none */
    const char *help;
    size_t shortest, longest; /* of strings; 0: no such limit */
    bool positive;            /* numbers are not negative */
} scalars[] = {
    {"text", ANY, NULL, "a text; any scalar is taken verbatim", 0, 0, false},
    {"text that is not empty", ANY, NULL, "a text that is not empty", 1, 0, false},
    {"text with names", ANY, "^([^$]|\\$(?!\\{)|" NAME ")*$",
     "a text; ${name} stands for the value of a parameter or variable", 0, 0, false},
    {"integer", "integer", NULL, "a whole number: 12 or 0x0c", 0, 0, false},
    {"size", "integer string", "^(0|[1-9][0-9]*|0x[0-9A-Fa-f]+) ?(B|KiB|MiB|GiB)$",
     "a number of bytes: 512, 64 KiB, 2 GiB", 0, 0, true},
    {"duration", "string", "^" NUMBER " ?(s|min|h|d)$", "a length of time: 90 s, 15 min, 1 h, 7 d", 0, 0, false},
    {"date", "string",
     "^" DAY "([Tt]" TIME ":([0-5][0-9]|60)(\\.[0-9]+)?([Zz]|[+-]" TIME "))?$", "a date: 2027-01-31", 0, 0, false},
    {"boolean", "boolean", NULL, "true or false", 0, 0, false},
    {"bytes", "string", "^(hex:([0-9A-Fa-f]{2})+|text:[\\s\\S]+)$", "bytes: hex:4d5a00 or text:hello", 0, 0, false},
    {"pattern", ANY, NULL, "a regular expression (PCRE2, unanchored)", 1, 0, false},
    {"path", ANY, PATH(PART), "a path, relative to the tree: data/main.db", 0, 0, false},
    {"glob", ANY, PATH(GLOB_PART), "a path or a glob: data/*.db, {a,b}/[0-9]*", 0, 0, false},
    {"path of its own", NULL, PATH(PART), NULL, 0, 0, false},
    {"id", ANY, "^" ID "$", "an id: letters, digits, '-', '_' and '.'; it begins with a letter or a digit", 0,
     GP_LIMIT_ID_BYTES, false},
    {"id with its operation", ANY, "^(" ID "/)?" ID "$", "an id, or the id of an operation, '/' and an id", 0, 0,
     false},
    {"id of its own", NULL, "^" ID "$", NULL, 0, GP_LIMIT_ID_BYTES, false},
};

static void set_number(struct gp_draft *draft, json_t *schema, const char *key, size_t number)
{
    if (number)
        gp_draft_set(draft, schema, key, json_integer((json_int_t)number));
}

static json_t *scalar_schema(struct gp_draft *draft, const struct scalar *scalar)
{
    json_t *schema = scalar->types ? gp_draft_type(draft, scalar->types) : json_object();

    if (scalar->pattern)
        gp_draft_set(draft, schema, "pattern", json_string(scalar->pattern));
    set_number(draft, schema, "minLength", scalar->shortest);
    set_number(draft, schema, "maxLength", scalar->longest);
    if (scalar->positive)
        gp_draft_set(draft, schema, "minimum", json_integer(0));
    if (scalar->help)
        gp_draft_set(draft, schema, "description", json_string(scalar->help));
    return schema;
}

json_t *gp_draft_scalar(struct gp_draft *draft, const char *name)
{
    for (size_t i = 0; i < GP_COUNT(scalars); i++)
        if (strcmp(scalars[i].name, name) == 0 && gp_draft_begin(draft, name))
            gp_draft_define(draft, name, scalar_schema(draft, &scalars[i]));
    return gp_draft_ref(draft, name);
}
