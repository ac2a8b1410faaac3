/* The graph of definitions: what is shown of an error in it, how names are settled, how deep conditions may be, that it
 * stays linear; and when the rows' own checks are called. */
#include "load-rules-helper.h"

#include <unistd.h>

static const struct said shown[] = {
    {"the whole ring",
     "conditions:\n"
     "  a: b\n"
     "  b: { not: { marker: m, is: 3 } }\n"
     "markers:\n"
     "  m: { cases: [ { when: a, value: 1 } ] }\n",
     "t:5:3: error: marker 'm' rests on itself [GP0310]\n"
     "  5 |   m: { cases: [ { when: a, value: 1 } ] }\n"
     "    |   ^\n"
     "  note: t:5:25: marker 'm' uses condition 'a'\n"
     "  5 |   m: { cases: [ { when: a, value: 1 } ] }\n"
     "    |                         ^\n"
     "  note: t:2:6: condition 'a' uses condition 'b'\n"
     "  2 |   a: b\n"
     "    |      ^\n"
     "  note: t:3:23: condition 'b' uses marker 'm'\n"
     "  3 |   b: { not: { marker: m, is: 3 } }\n"
     "    |                       ^\n"},
    {"how to ask about something else",
     "markers: { m: { read: { size: A } } }\n"
     "conditions:\n"
     "  a: m\n",
     "t:3:6: error: 'm' is a marker, not a condition [GP0302]\n"
     "  3 |   a: m\n"
     "    |      ^\n"
     "  note: to ask about a marker write { marker: ID, is: VALUE }\n"},
    {"did you mean",
     "markers: { postoffice-size: { read: { size: A } } }\n"
     "conditions:\n"
     "  a: { marker: postofice-size, is: 3 }\n",
     "t:3:16: error: there is no marker 'postofice-size' [GP0301]\n"
     "  3 |   a: { marker: postofice-size, is: 3 }\n"
     "    |                ^~~~~~~~~~~~~~\n"
     "  help: did you mean 'postoffice-size'?\n"},
    {"which operation lacks the parameter",
     "conditions:\n"
     "  a: { param: p, is: 3 }\n"
     "operations:\n"
     "  one: { params: { p: { type: integer } }, requires: { r: { that: a } } }\n"
     "  two: { requires: { r: { that: a } } }\n",
     "t:2:15: error: operation 'two' uses this and has no parameter 'p' [GP0304]\n"
     "  2 |   a: { param: p, is: 3 }\n"
     "    |               ^\n"
     "  note: t:4:20: operation 'one' has it\n"
     "  4 |   one: { params: { p: { type: integer } }, requires: { r: { that: a } } }\n"
     "    |                    ^\n"
     "  note: t:5:3: operation 'two' is here\n"
     "  5 |   two: { requires: { r: { that: a } } }\n"
     "    |   ^~~\n"},
    {"names of a choice",
     "markers: { m: { read: { size: A }, values: { small: 1, large: 2 } } }\n"
     "conditions:\n"
     "  a: { marker: m, is: larg }\n",
     "t:3:23: error: 'larg' is none of the values that this can be [GP0314]\n"
     "  3 |   a: { marker: m, is: larg }\n"
     "    |                       ^~~~\n"
     "  note: one of: small, large\n"
     "  help: did you mean 'large'?\n"},
    {"where a state asks for the state",
     "states: { s: c, t: { file: A } }\n"
     "conditions:\n"
     "  c: { not: { state: t } }\n",
     "t:1:14: error: state 's' asks in which state the tree is [GP0311]\n"
     "  1 | states: { s: c, t: { file: A } }\n"
     "    |              ^\n"
     "  note: t:3:13: 'state' is asked here\n"
     "  3 |   c: { not: { state: t } }\n"
     "    |             ^~~~~~~~~~~~\n"},
};

static const void *find(const struct gp_map *map, const char *id)
{
    const struct gp_map_entry *entry = gp_map_find(map, str_of(id));

    if (!entry)
        bail("there is no %s", id);
    return entry->value;
}

static const struct gp_cond *cond_of(const struct loaded *loaded, const char *id)
{
    return ((const struct gp_named_cond *)find(&loaded->rules->defs.conditions, id))->cond;
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

static const char settled[] =
    "vars: { disks: { type: directory }, tapes: { type: directory }, site: { type: string }, n: { type: integer } }\n"
    "conditions:\n"
    "  by-param: { file: A, under: disks }\n"
    "  by-var: { file: A, under: tapes }\n"
    "  text-param: { unknown: \"${user} ${root}\" }\n"
    "  text-var: { unknown: \"${site}\" }\n"
    "  value: { equal: [ { param: user }, x ] }\n"
    "  unused: { file: A, under: other }\n"
    "  unused-var: { file: A, under: disks }\n"
    "  every: { all: [ by-param, by-var, text-param, text-var, value ] }\n"
    "  literals: { equal: [ 1, \"1\", x ] }\n"
    "  sizes: { marker: size, is: { var: n } }\n"
    "markers: { size: { read: { size: A } } }\n"
    "operations:\n"
    "  one: { params: { disks: { type: directory }, user: { type: string } }, requires: { r: { that: every } } }\n"
    "  two: { params: { disks: { type: directory }, user: { type: string }, other: { type: directory } },\n"
    "         requires: { r: { that: { not: every } } } }\n"
    "  three: { requires: { r: { that: { file: A, under: disks } } } }\n";

static const struct gp_piece *first_piece(const struct gp_cond *cond)
{
    return &((const struct fake_text *)cond->data)->text->pieces[0];
}

static void test_names(void)
{
    struct loaded loaded = load_yaml(settled);

    is_str(sink_text(&loaded.sink), "", "names that can be settled");
    if (!loaded.rules)
        bail("the rule set does not load");
    const struct gp_definitions *defs = &loaded.rules->defs;
    const struct gp_operation *three = find(&defs->operations, "three");
    const struct gp_requirement *own = find(&three->requires, "r");
    const struct fake_values *value = cond_of(&loaded, "value")->data, *literals = cond_of(&loaded, "literals")->data;

    is_int(cond_of(&loaded, "by-param")->under->section, GP_SECTION_PARAM, "a directory that every user has");
    is_int(cond_of(&loaded, "by-var")->under->section, GP_SECTION_VAR, "a directory that no user has");
    ok(cond_of(&loaded, "by-var")->under->target == find(&defs->vars, "tapes"), "a variable is found");
    is_int(cond_of(&loaded, "unused")->under->section, GP_SECTION_PARAM, "nobody uses it, and an operation has it");
    is_int(cond_of(&loaded, "unused-var")->under->section, GP_SECTION_VAR, "nobody uses it, and there is a variable");
    is_int(own->that->under->section, GP_SECTION_VAR, "an operation's own condition, without the parameter");
    is_int(first_piece(cond_of(&loaded, "text-param"))->kind, GP_PIECE_PARAM, "a text names a parameter");
    is_int(first_piece(cond_of(&loaded, "text-param"))[2].kind, GP_PIECE_ROOT, "a text names the root");
    is_int(first_piece(cond_of(&loaded, "text-var"))->kind, GP_PIECE_VAR, "a text names a variable");
    ok(first_piece(cond_of(&loaded, "text-var"))->target == find(&defs->vars, "site"), "it is found");
    is_int(gp_link_ref_type(value->values.data[0]->ref), GP_TYPE_STRING, "a parameter has the type of its declaration");
    is_int(literals->values.data[0]->value.type, GP_TYPE_INTEGER, "a number that nothing gives a type");
    is_int(literals->values.data[1]->value.type, GP_TYPE_STRING, "quoted digits that nothing gives a type");
    is_int(literals->values.data[2]->value.type, GP_TYPE_STRING, "a text that nothing gives a type");
    loaded_free(&loaded);
}

/* ---- depth ------------------------------------------------------------------------------------------------------- */

static void add_repeated(struct gp_strbuf *out, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        gp_strbuf_add(out, text);
}

/* c0 is `inner` times "not" around a file; each further one `each` times around the one before. */
static void check_depth(const char *name, unsigned links, unsigned each, unsigned inner, const char *lines)
{
    struct gp_strbuf yaml = {0};

    gp_strbuf_add(&yaml, "conditions:\n  c0: ");
    add_repeated(&yaml, "{ not: ", inner);
    gp_strbuf_add(&yaml, "{ file: A }");
    add_repeated(&yaml, " }", inner);
    for (unsigned i = 1; i <= links; i++) {
        gp_strbuf_printf(&yaml, "\n  c%u: ", i);
        add_repeated(&yaml, "{ not: ", each);
        gp_strbuf_printf(&yaml, "c%u", i - 1);
        add_repeated(&yaml, " }", each);
    }
    gp_strbuf_add_char(&yaml, '\n');
    struct loaded loaded = load_yaml(gp_strbuf_text(&yaml));
    is_str(sink_text(&loaded.sink), lines, "%s", name);
    loaded_free(&loaded);
    gp_strbuf_done(&yaml);
}

static void test_depth(void)
{
    check_depth("32 deep in one condition", 0, 0, 31, "");
    check_depth("33 deep in one condition", 0, 0, 32,
                "t:2:231: error: conditions are nested more than 32 deep [GP0524]\n");
    check_depth("32 deep through ids", 31, 1, 0, "");
    check_depth("33 deep through ids, said once", 40, 1, 0,
                "t:34:15: error: conditions are nested more than 32 deep [GP0524]\n");
    check_depth("an id for an id is no level of its own", 500, 0, 31, "");
    check_depth("2 x 16 deep", 1, 16, 15, "");
    check_depth("17 + 16 deep", 1, 17, 15, "t:3:126: error: conditions are nested more than 32 deep [GP0524]\n");
}

/* A chain of markers that follow from each other: as deep to decide as conditions. */
static void check_markers(const char *name, unsigned count, const char *lines)
{
    struct gp_strbuf yaml = {0};

    gp_strbuf_add(&yaml, "markers:\n  m0: { read: { size: A } }\n");
    for (unsigned i = 1; i <= count; i++)
        gp_strbuf_printf(&yaml, "  m%u: { cases: [ { when: { file: A }, value: { marker: m%u } } ] }\n", i, i - 1);
    struct loaded loaded = load_yaml(gp_strbuf_text(&yaml));
    is_str(sink_text(&loaded.sink), lines, "%s", name);
    loaded_free(&loaded);
    gp_strbuf_done(&yaml);
}

/* ---- size -------------------------------------------------------------------------------------------------------- */

/* Each condition uses the one before twice, so there are 2^31 ways through; and many requirements use the last. */
static void test_diamonds(void)
{
    struct gp_strbuf yaml = {0};

    gp_strbuf_add(&yaml, "conditions:\n  c0: { unknown: \"${user}\" }\n");
    for (unsigned i = 1; i < GP_LIMIT_CONDITION_DEPTH; i++)
        gp_strbuf_printf(&yaml, "  c%u: { all: [ c%u, c%u ] }\n", i, i - 1, i - 1);
    gp_strbuf_add(&yaml, "operations:\n");
    for (unsigned i = 0; i < 2000; i++)
        gp_strbuf_printf(
            &yaml, "  o%u: { params: { user: { type: string } }, requires: { a: { that: c31 }, b: { that: c30 } } }\n",
            i);
    struct loaded loaded = load_yaml(gp_strbuf_text(&yaml));
    is_str(sink_text(&loaded.sink), "", "a graph with many ways is walked once");
    loaded_free(&loaded);
    gp_strbuf_done(&yaml);
}

static void test_many(void)
{
    struct gp_strbuf yaml = {0};

    gp_strbuf_add(&yaml, "conditions: { c: { file: A } }\noperations:\n  o:\n    requires:\n");
    for (unsigned i = 0; i < 20000; i++)
        gp_strbuf_printf(&yaml, "      r%u: { that: { all: [ c, { file: B%u, size: 3 }, missing%s ] } }\n", i, i,
                         i < 200 ? "" : "-too");
    struct loaded loaded = load_yaml(gp_strbuf_text(&yaml));
    is_int((intmax_t)gp_diags_count(loaded.sink.diags, GP_LEVEL_ERROR), 100, "many errors are capped");
    is_int((intmax_t)gp_diags_dropped(loaded.sink.diags), 19900, "the rest is counted");
    loaded_free(&loaded);
    gp_strbuf_done(&yaml);
}

/* ---- the rows' own checks ---------------------------------------------------------------------------------------- */

static void test_checks(void)
{
    static const struct {
        const char *name, *yaml;
        unsigned checked;
    } cases[] = {
        {"every condition is checked once",
         "conditions: { a: { file: A }, b: { all: [ a, { file: B }, { not: { file: C } } ] } }\n", 3},
        {"what stands beside something that is wrong is checked",
         "conditions: { a: { file: A }, b: { any: [ { file: B }, nothing, { file: C, sise: 3 } ] } }\n", 2},
        {"a ring hides nothing", "conditions: { a: { file: A }, b: { all: [ b, { file: B } ] } }\n", 2},
        {"in markers, operations, messages and states",
         "markers: { m: { when: { file: A }, read: { size: A } } }\nstates: { s: { file: A } }\n"
         "messages: { m: { text: x, causes: { c: { that: { file: A }, cause: x } } } }\n"
         "operations: { o: { requires: { r: { when: { file: A }, that: { file: B } } },\n"
         "  action: [ { write: A, when: { file: A } } ], ensures: { e: { that: { file: A } } } } }\n",
         7},
    };

    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        fake_checked = 0;
        struct loaded loaded = load_yaml(cases[i].yaml);
        is_int(fake_checked, cases[i].checked, "%s", cases[i].name);
        loaded_free(&loaded);
    }
}

int main(void)
{
    alarm(120); /* what is not linear does not end */
    check_whole(shown, GP_COUNT(shown));
    test_names();
    test_depth();
    check_markers("32 markers deep", GP_LIMIT_CONDITION_DEPTH - 1, "");
    check_markers("33 markers deep", GP_LIMIT_CONDITION_DEPTH,
                  "t:34:57: error: conditions are nested more than 32 deep [GP0524]\n");
    test_diamonds();
    test_many();
    test_checks();
    return done_testing();
}
