/* Scalars of the rule language: what each looks like in JSON. */
#include "author/schema-draft.h"

#include <stdio.h>
#include <string.h>

#include "rule/limits.h"
#include "rule/tables.h"
#include "util/strbuf.h"
#include "util/text.h"

/* A string of the language takes any scalar verbatim, so what YAML takes for a number or a boolean may stand there. */
#define ANY "string number boolean"
#define NAME "\\$\\{[A-Za-z0-9_.-]+\\}"
#define NUMBER "(0|[1-9][0-9]*)"
#define NO_DOTS "(?!\\.{1,2}(/|$))"
#define PART NO_DOTS "(" NAME "|[^/*?\\[{\\\\])+"
#define CLASS "\\[[!^]?\\]?[^\\]/]*\\]"
#define GLOB_PART NO_DOTS "(" NAME "|\\$(?!\\{)|" CLASS "|\\*(?!\\*)|[^*/$\\\\])+"
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
    bool number;              /* an integer of 63 bits … */
    bool positive;            /* … that is not negative */
    const char *const *not;   /* strings may be none of these, in whatever case of letters; NULL: no such words */
} scalars[] = {
    {"text", ANY, NULL, "a text; any scalar is taken verbatim", 0, 0, false, false, NULL},
    {"text that is not empty", ANY, NULL, "a text that is not empty", 1, 0, false, false, NULL},
    {"text with names", ANY, "^([^$]|\\$(?!\\{)|" NAME ")*$",
     "a text; ${name} stands for the value of a parameter or variable", 0, 0, false, false, NULL},
    {"integer", "integer", NULL, "a whole number: 12 or 0x0c", 0, 0, true, false, NULL},
    {"size", "integer string", "^(0|[1-9][0-9]*|0x[0-9A-Fa-f]+) ?(B|KiB|MiB|GiB)$",
     "a number of bytes: 512, 64 KiB, 2 GiB", 0, 0, true, true, NULL},
    {"duration", "string", "^" NUMBER " ?(s|min|h|d)$", "a length of time: 90 s, 15 min, 1 h, 7 d", 0, 0, false, false, NULL},
    {"date", "string",
     "^" DAY "([Tt]" TIME ":([0-5][0-9]|60)(\\.[0-9]+)?([Zz]|[+-]" TIME "))?$", "a date: 2027-01-31", 0, 0, false,
     false, NULL},
    {"boolean", "boolean", NULL, "true or false", 0, 0, false, false, NULL},
    {"bytes", "string", "^(hex:([0-9A-Fa-f]{2})+|text:[\\s\\S]+)$", "bytes: hex:4d5a00 or text:hello", 0, 0, false,
     false, NULL},
    {"reason", "string number", NULL, "a reason, in words; not yes or no", 1, 0, false, false, gp_no_reasons},
    {"pattern", ANY, NULL, "a regular expression (PCRE2, unanchored)", 1, 0, false, false, NULL},
    {"path", ANY, PATH(PART), "a path, relative to the tree: data/main.db", 0, 0, false, false, NULL},
    {"glob", ANY, PATH(GLOB_PART), "a path or a glob: data/*.db, {a,b}/[0-9]*", 0, 0, false, false, NULL},
    {"path of its own", NULL, PATH(PART), NULL, 0, 0, false, false, NULL},
    {"id", ANY, "^" ID "$", "an id: letters, digits, '-', '_' and '.'; it begins with a letter or a digit", 0,
     GP_LIMIT_ID_BYTES, false, false, NULL},
    {"id with its operation", ANY, "^(" ID "/)?" ID "$", "an id, or the id of an operation, '/' and an id", 0, 0,
     false, false, NULL},
    {"id of its own", NULL, "^" ID "$", NULL, 0, GP_LIMIT_ID_BYTES, false, false, NULL},
};

static void set_number(struct gp_draft *draft, json_t *schema, const char *key, size_t number)
{
    if (number)
        gp_draft_set(draft, schema, key, json_integer((json_int_t)number));
}

/* With a unit a number is a text, of which only zero can be told from the others. */
static void set_pattern(struct gp_draft *draft, json_t *schema, const struct scalar *scalar, struct gp_range range)
{
    const char *head = scalar->number && range.least > 0 ? "^(?!(0|0x0+)( |[KMG]|B$))" : "^";

    gp_draft_set(draft, schema, "pattern", json_sprintf("%s%s", head, scalar->pattern + 1));
}

/* No flag of a pattern makes the case of letters not matter. */
static void set_not(struct gp_draft *draft, json_t *schema, const char *const *words)
{
    struct gp_strbuf out = {0};

    gp_strbuf_add(&out, "^(?!(");
    for (const char *const *word = words; *word; word++) {
        gp_strbuf_add(&out, word == words ? "" : "|");
        for (const char *c = *word; *c; c++)
            gp_strbuf_printf(&out, "[%c%c]", gp_ascii_upper(*c), *c);
    }
    gp_strbuf_add(&out, ")$)");
    gp_draft_set(draft, schema, "pattern", gp_strbuf_ok(&out) ? json_string(gp_strbuf_text(&out)) : NULL);
    gp_strbuf_done(&out);
}

static json_t *scalar_schema(struct gp_draft *draft, const struct scalar *scalar, struct gp_range range)
{
    json_t *schema = scalar->types ? gp_draft_type(draft, scalar->types) : json_object();

    if (scalar->pattern)
        set_pattern(draft, schema, scalar, range);
    if (scalar->not)
        set_not(draft, schema, scalar->not);
    set_number(draft, schema, "minLength", scalar->shortest);
    set_number(draft, schema, "maxLength", scalar->longest);
    if (scalar->number) {
        gp_draft_set(draft, schema, "minimum", json_integer(scalar->positive && range.least < 0 ? 0 : range.least));
        gp_draft_set(draft, schema, "maximum", json_integer(range.most));
    }
    if (scalar->help)
        gp_draft_set(draft, schema, "description", json_string(scalar->help));
    return schema;
}

static const struct scalar *scalar_named(const char *name)
{
    const struct scalar *scalar = scalars;

    while (strcmp(scalar->name, name) != 0)
        scalar++;
    return scalar;
}

void gp_draft_scalar_name(const char *name, struct gp_range range, char ret_name[GP_DRAFT_NAME])
{
    const struct scalar *scalar = scalar_named(name);
    char least[32] = "", most[32] = "";

    if (scalar->number && range.least > (scalar->positive ? 0 : INT64_MIN))
        snprintf(least, sizeof(least), " from %lld", (long long)range.least);
    if (scalar->number && range.most < INT64_MAX)
        snprintf(most, sizeof(most), " to %lld", (long long)range.most);
    snprintf(ret_name, GP_DRAFT_NAME, "%s%s%s", name, least, most);
}

json_t *gp_draft_scalar_within(struct gp_draft *draft, const char *name, struct gp_range range)
{
    char full[GP_DRAFT_NAME];

    gp_draft_scalar_name(name, range, full);
    if (gp_draft_begin(draft, full))
        gp_draft_define(draft, full, scalar_schema(draft, scalar_named(name), range));
    return gp_draft_ref(draft, full);
}

json_t *gp_draft_scalar(struct gp_draft *draft, const char *name)
{
    return gp_draft_scalar_within(draft, name, (struct gp_range){NULL, INT64_MIN, INT64_MAX});
}
