/* Settings, markers, comparisons and texts: where values come from and what is said where there is none. */
#include "eval-helper.h"
#include "eval/internal.h"

/* ---- variables and parameters ------------------------------------------------------------------------------------ */

#define SETTINGS                                                                                   \
    "vars:\n"                                                                                      \
    "  plain: { type: integer, default: 7, basis: stated }\n"                                      \
    "  empty: { type: integer }\n"                                                                 \
    "  disks: { type: directory }\n"                                                               \
    "  shared: { type: string, default: var }\n"                                                   \
    "operations:\n"                                                                                \
    "  go:\n"                                                                                      \
    "    params:\n"                                                                                \
    "      count: { type: integer, min: 1, max: { var: plain } }\n"                                \
    "      label: { type: string, matches: \"^[A-Z]+$\", case: upper }\n"                           \
    "      kind: { type: choice, choices: [soft, hard], default: soft }\n"                         \
    "      media: { type: directory, default: { var: disks } }\n"                                  \
    "      copies: { type: integer, default: { var: plain }, max: 5 }\n"                           \
    "      extra: { type: size, optional: true }\n"                                                \
    "      when: { type: date, optional: true }\n"                                                 \
    "      hold: { type: duration, default: 90 min }\n"                                            \
    "      sure: { type: boolean, default: true }\n"                                               \
    "      shared: { type: string, default: param }\n"                                             \
    "    requires: { x: { that: { file: A } } }\n"                                                 \
    "  other:\n"                                                                                   \
    "    params: { count: { type: string, default: many } }\n"                                     \
    "    requires: { x: { that: { file: A } } }\n"

static const char *setting(struct world *w, enum gp_section section, const char *name)
{
    struct gp_reading reading;

    if (gp_eval_setting(w->eval, section, world_str(name), &reading) < 0)
        bail("no memory");
    return world_reading(w, &reading);
}

static void settings(void)
{
    static const struct {
        const char *given; /* for the parameter or variable of the row; NULL: nothing */
        enum gp_section section;
        const char *name, *want;
    } rows[] = {
        {NULL, GP_SECTION_VAR, "plain", "true (stated): 7"},
        {"9", GP_SECTION_VAR, "plain", "true (stated): 9"},
        {"0x10", GP_SECTION_VAR, "empty", "true: 16"},
        {NULL, GP_SECTION_VAR, "empty", "n/a: the variable empty is not set"},
        {NULL, GP_SECTION_PARAM, "count", "unknown not-given: the parameter count was not given"},
        {"1", GP_SECTION_PARAM, "count", "true: 1"},
        {"7", GP_SECTION_PARAM, "count", "true: 7"},
        {"ab", GP_SECTION_PARAM, "label", "true: \"AB\""},
        {"hard", GP_SECTION_PARAM, "kind", "true: hard"},
        {NULL, GP_SECTION_PARAM, "kind", "true: soft"},
        {NULL, GP_SECTION_PARAM, "media", "unknown not-given: the parameter media was not given"},
        {"/x", GP_SECTION_PARAM, "media", "true: /x"},
        {NULL, GP_SECTION_PARAM, "copies", "unknown no-value: copies: expected at most 5, got 7"},
        {"5", GP_SECTION_PARAM, "copies", "true: 5"},
        {NULL, GP_SECTION_PARAM, "extra", "n/a: the parameter extra is optional and was not given"},
        {"2 KiB", GP_SECTION_PARAM, "extra", "true: 2,048 bytes"},
        {"2027-01-31", GP_SECTION_PARAM, "when", "true: 2027-01-31"},
        {NULL, GP_SECTION_PARAM, "hold", "true: 90 min"},
        {"false", GP_SECTION_PARAM, "sure", "true: false"},
        {NULL, GP_SECTION_PARAM, "nothing", "unknown not-given: there is no parameter nothing here"},
        {"p", GP_SECTION_PARAM, "shared", "true: \"p\""},
        {"p", GP_SECTION_VAR, "shared", "true: \"var\""},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct world w;

        world_rules(&w, SETTINGS);
        if (rows[i].given)
            world_give(&w, rows[i].name, rows[i].given);
        world_open(&w);
        world_settle(&w, "go");
        is_str(setting(&w, rows[i].section, rows[i].name), rows[i].want, "%s given %s", rows[i].name,
               rows[i].given ? rows[i].given : "nothing");
        world_end(&w);
    }
}

static void refused(void)
{
    static const struct {
        const char *name, *value, *with, *without;
    } rows[] = {
        {"count", "0", "count: expected at least 1, got '0'", NULL},
        {"count", "8", "count: expected at most 7, got '8'", NULL},
        {"count", "x", "count: expected an integer such as 12 or 0x0c, got 'x'", NULL},
        {"label", "a1", "label: expected a text that matches /^[A-Z]+$/, got 'a1'",
         "label: expected a text that matches /^[A-Z]+$/, got 'a1'"},
        {"kind", "sof", "kind: expected one of soft, hard, got 'sof'", "kind: expected one of soft, hard, got 'sof'"},
        {"plain", "seven", "plain: expected an integer such as 12 or 0x0c, got 'seven'",
         "plain: expected an integer such as 12 or 0x0c, got 'seven'"},
        {"medai", "/x", "there is no parameter or variable 'medai'; did you mean 'media'?",
         "there is no parameter or variable 'medai'"},
        {"plian", "1", "there is no parameter or variable 'plian'; did you mean 'plain'?",
         "there is no parameter or variable 'plian'; did you mean 'plain'?"},
        {"zzzzzzzz", "1", "there is no parameter or variable 'zzzzzzzz'",
         "there is no parameter or variable 'zzzzzzzz'"},
        {"sure", "yes", "sure: expected true or false, got 'yes'", "sure: expected true or false, got 'yes'"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        const char *problem = NULL;
        struct world w;

        world_rules(&w, SETTINGS);
        world_give(&w, rows[i].name, rows[i].value);
        world_open(&w);
        is_int(gp_eval_set_operation(w.eval, world_operation(&w, "go"), &problem), -EINVAL, "%s=%s is refused",
               rows[i].name, rows[i].value);
        is_str(problem, rows[i].with, "%s=%s, why", rows[i].name, rows[i].value);
        problem = NULL;
        is_int(gp_eval_check_given(w.eval, &problem), rows[i].without ? -EINVAL : 0, "%s=%s without an operation",
               rows[i].name, rows[i].value);
        is_str(problem, rows[i].without, "%s=%s without an operation, why", rows[i].name, rows[i].value);
        world_end(&w);
    }
}

static void unknown_attestation(void)
{
    const char *problem = NULL;
    struct world w;

    world_rules(&w, SETTINGS "attestations: { backup-taken: { title: x } }\n");
    world_assume(&w, "backup-takn", "");
    world_open(&w);
    is_int(gp_eval_check_given(w.eval, &problem), -EINVAL, "an attestation that nobody declared");
    is_str(problem, "there is no attestation 'backup-takn'; did you mean 'backup-taken'?", "with the nearest");
    is_int(gp_eval_set_operation(w.eval, world_operation(&w, "go"), &problem), -EINVAL, "also for an operation");
    world_end(&w);
}

/* What rests on parameters is decided anew for each operation, what does not is kept. */
static void rounds(void)
{
    struct gp_reading first, second;
    struct world w;

    world_rules(
        &w,
        "vars: { v: { type: string, default: var } }\n"
        "operations:\n"
        "  a: { params: { v: { type: string }, p: { type: string, default: one } }, requires: { x: { that: c } } }\n"
        "  b: { params: { p: { type: string, default: two } }, requires: { x: { that: c } } }\n"
        "markers:\n"
        "  fixed: { read: { size: A } }\n"
        "  loose:\n"
        "    cases: [{ when: { param: p, is: one }, value: uno }, { when: { param: p, is: two }, value: due }]\n"
        "conditions:\n"
        "  c: { marker: loose, is: uno }\n"
        "  d: { var: v, is: given }\n");
    world_give(&w, "v", "given");
    gp_memtree_file(w.tree, "A", "1", 1);
    world_open(&w);
    world_settle(&w, "a");
    is_str(world_cond(&w, "c"), "true", "with the parameter of the first operation");
    is_str(world_cond(&w, "d"), "false", "what is given to a parameter is not given to the variable of that name");
    if (gp_eval_marker(w.eval, world_find(&w.rules->defs.markers, "fixed"), NULL, &first) < 0)
        bail("no memory");
    world_settle(&w, "b");
    is_str(world_cond(&w, "c"), "false", "with that of the second");
    is_str(world_cond(&w, "d"), "true", "an operation without the parameter leaves it to the variable");
    if (gp_eval_marker(w.eval, world_find(&w.rules->defs.markers, "fixed"), NULL, &second) < 0)
        bail("no memory");
    ok(first.proof && first.proof == second.proof, "a marker that rests on no parameter is read once");
    world_settle(&w, "a");
    is_str(world_cond(&w, "c"), "true", "and back");
    world_end(&w);
}

/* ---- markers ----------------------------------------------------------------------------------------------------- */

static void markers(void)
{
    static const struct world_row rows[] = {
        {"size", "true (stated): 3 bytes"},
        {"scaled", "true: 1536"},
        {"scaled-var", "true: 6"},
        {"scaled-unset", "n/a: the variable unset is not set"},
        {"scaled-too-much", "unknown no-value: the scaled number is too large"},
        {"gone", "unknown no-value: gone: it is not there"},
        {"closed", "unknown no-permission: closed: permission was denied"},
        {"at-unset", "n/a: the variable unset is not set"},
        {"named", "true: one"},
        {"named-list", "true: odd"},
        {"named-var", "true: one"},
        {"named-unset", "n/a: the variable unset is not set"},
        {"named-outside", "unknown no-value: 51 is none of its values"},
        {"guard-true", "true: 3 bytes"},
        {"guard-false", "n/a: its guard (when) does not hold"},
        {"guard-unknown", "unknown no-permission: closed: permission was denied"},
        {"guard-na", "n/a: the variable unset is not set"},
        {"first-true", "true (inferred): b"},
        {"na-goes-on", "true (assumed): b"},
        {"unknown-stops", "unknown no-permission: closed: permission was denied"},
        {"unknown-behind", "true: a"},
        {"no-case", "unknown no-value: none of its cases holds"},
        {"of-markers", "true (stated): 3 bytes"},
        {"of-nothing", "unknown no-value: gone: it is not there"},
        {"outside-goes-on", "true: signs"},
    };
    struct world w;

    world_rules(
        &w,
        "vars:\n"
        "  unset: { type: integer }\n"
        "  two: { type: integer, default: 2 }\n"
        "  one: { type: integer, default: 0x31 }\n"
        "markers:\n"
        "  size: { read: { size: A }, basis: stated }\n"
        "  scaled: { read: { count: \"*\", times: 512 } }\n"
        "  scaled-var: { read: { count: \"*\", times: { var: two } } }\n"
        "  scaled-unset: { read: { count: \"*\", times: { var: unset } } }\n"
        "  scaled-too-much: { read: { count: \"*\", times: 0x7fffffffffffffff } }\n"
        "  gone: { read: { size: gone } }\n"
        "  closed: { read: { u8: closed, at: 0 } }\n"
        "  at-unset: { read: { u8: A, at: { var: unset } } }\n"
        "  named: { read: { u8: A, at: 0 }, values: { one: 0x31, two: 0x32 } }\n"
        "  named-list: { read: { u8: A, at: 0 }, values: { even: [0x30, 0x32], odd: [0x31, 0x33] } }\n"
        "  named-var: { read: { u8: A, at: 0 }, values: { one: { var: one }, two: 0x32 } }\n"
        "  named-unset: { read: { u8: A, at: 0 }, values: { one: 0x31, two: { var: unset } } }\n"
        "  named-outside: { read: { u8: A, at: 2 }, values: { one: 0x31, two: 0x32 } }\n"
        "  guard-true: { when: { file: A }, read: { size: A } }\n"
        "  guard-false: { when: { file: gone }, read: { size: A } }\n"
        "  guard-unknown: { when: { file: closed }, read: { size: A } }\n"
        "  guard-na: { when: { var: unset, is: 1 }, read: { size: A } }\n"
        "  first-true:\n"
        "    cases:\n"
        "      - { when: { file: gone }, value: a }\n"
        "      - { when: { file: A, basis: inferred }, value: b, basis: stated }\n"
        "      - { when: { file: A, basis: stated }, value: c }\n"
        "  na-goes-on:\n"
        "    cases:\n"
        "      - { when: { var: unset, is: 1 }, value: a }\n"
        "      - { when: { file: A, basis: inferred }, value: b, basis: assumed }\n"
        "  unknown-stops:\n"
        "    cases:\n"
        "      - { when: { file: closed }, value: a }\n"
        "      - { when: { file: A }, value: b }\n"
        "  unknown-behind:\n"
        "    cases:\n"
        "      - { when: { file: A }, value: a }\n"
        "      - { when: { file: closed }, value: b }\n"
        "  no-case:\n"
        "    cases:\n"
        "      - { when: { file: gone }, value: a }\n"
        "      - { when: { var: unset, is: 1 }, value: b }\n"
        "  of-markers:\n"
        "    cases:\n"
        "      - { when: { file: A }, value: { marker: size } }\n"
        "  of-nothing:\n"
        "    cases:\n"
        "      - { when: { file: A }, value: { marker: gone } }\n"
        "  outside-goes-on:\n"
        "    cases:\n"
        "      - when: { all: [{ marker: named-outside, known: true }, { marker: named-outside, is: one }] }\n"
        "        value: byte\n"
        "      - { when: { marker: named-outside, known: false }, value: signs }\n");
    gp_memtree_file(w.tree, "A", "123", 3);
    gp_memtree_file(w.tree, "closed", "", 0);
    gp_memtree_dir(w.tree, "third");
    gp_memtree_fail(w.tree, "closed", EACCES);
    world_open(&w);
    for (size_t i = 0; i < GP_COUNT(rows); i++)
        is_str(world_marker(&w, rows[i].id), rows[i].want, "marker %s", rows[i].id);
    world_end(&w);
}

static void case_evidence(void)
{
    struct world w;

    world_rules(&w, "markers:\n"
                    "  kind:\n"
                    "    cases:\n"
                    "      - { when: { some: \"*.SCR\" }, value: server }\n"
                    "      - { when: { file: ADMIN }, value: workgroup, title: Every workgroup has it }\n"
                    "conditions:\n"
                    "  server: { marker: kind, is: server }\n");
    gp_memtree_file(w.tree, "ADMIN", "x", 1);
    world_open(&w);
    is_str(world_leaves(&w, "server"),
           "file ADMIN: true, wants exists, has 1 byte",
           "the case that decided is the evidence, not those that were passed over before it");
    world_end(&w);
}

/* ---- comparisons of what is known between bounds ----------------------------------------------------------------- */

static struct gp_expr number(int64_t value)
{
    return (struct gp_expr){.kind = GP_EXPR_LITERAL, .value = {.type = GP_TYPE_INTEGER, .integer = value}};
}

static enum gp_result holds(struct world *w, const struct gp_comparison *comparison, int64_t least, int64_t most)
{
    struct gp_proof leaf = {0};

    if (gp_compare_interval(w->eval, comparison, GP_TYPE_INTEGER, least, most, &leaf) < 0)
        bail("no memory");
    return leaf.result;
}

/* By brute force: true (false) only if every number between the bounds gives that, unknown only if they differ. */
static bool agrees(struct world *w, const struct gp_comparison *comparison, int64_t least, int64_t most)
{
    bool yes = false, no = false;

    for (int64_t x = least; x <= most; x++) {
        enum gp_result one = holds(w, comparison, x, x);

        yes |= one == GP_TRUE;
        no |= one == GP_FALSE;
    }
    return holds(w, comparison, least, most) == (yes && no ? GP_UNKNOWN : yes ? GP_TRUE : GP_FALSE);
}

static void intervals(void)
{
    struct gp_expr a, b, c;
    const struct gp_expr *list[] = {&a, &b, &c};
    unsigned wrong = 0, exact = 0;
    struct world w;

    world_rules(&w, "vars: { v: { type: integer } }\n");
    world_open(&w);
    for (int64_t least = -2; least <= 3; least++)
        for (int64_t most = least; most <= 3; most++)
            for (int64_t x = -2; x <= 3; x++)
                for (int64_t y = x; y <= 3; y++) {
                    a = number(x);
                    b = number(y);
                    c = number(x + 1);
                    wrong += !agrees(&w, &(struct gp_comparison){.is = &a}, least, most);
                    wrong += !agrees(&w, &(struct gp_comparison){.min = &a}, least, most);
                    wrong += !agrees(&w, &(struct gp_comparison){.max = &b}, least, most);
                    wrong += !agrees(&w, &(struct gp_comparison){.min = &a, .max = &b}, least, most);
                    wrong += !agrees(&w, &(struct gp_comparison){.in = {list, 3}}, least, most);
                    exact += holds(&w, &(struct gp_comparison){.in = {list, 3}}, least, least) ==
                             (least == x || least == y || least == x + 1 ? GP_TRUE : GP_FALSE);
                }
    is_int(wrong, 0, "is, min, max, ranges and lists over intervals, by brute force");
    is_int(exact, 21 * 21, "and of one number they are right");
    a = number(INT64_MIN);
    b = number(INT64_MAX);
    is_int(holds(&w, &(struct gp_comparison){.min = &a, .max = &b}, INT64_MIN, INT64_MAX), GP_TRUE,
           "the widest of all");
    is_int(holds(&w, &(struct gp_comparison){.in = {list, 2}}, INT64_MIN, INT64_MAX), GP_UNKNOWN,
           "a list of the ends of it");
    world_end(&w);
}

static void mixed(void)
{
    struct gp_expr seven = number(7),
                   word = {.kind = GP_EXPR_LITERAL, .value = {.type = GP_TYPE_STRING, .string = GP_STR("x")}};
    struct gp_expr raw = {.kind = GP_EXPR_LITERAL, .text = GP_STR("2 KiB")},
                   bad = {.kind = GP_EXPR_LITERAL, .text = GP_STR("x")};
    struct gp_value size = {.type = GP_TYPE_SIZE, .integer = 2048};
    struct gp_proof leaf = {0};
    struct world w;

    world_rules(&w, "vars: { v: { type: integer } }\n");
    world_open(&w);
    is_int(gp_compare(w.eval, &(struct gp_comparison){.is = &word}, &size, &leaf), 0, "a number against a text");
    is_str(world_proof(&w, &leaf), "unknown no-value: a value of type size cannot be compared with one of type string",
           "is not known");
    is_int(gp_compare(w.eval, &(struct gp_comparison){.is = &raw}, &size, &leaf), 0, "a literal that nobody typed");
    is_str(world_proof(&w, &leaf), "true", "takes the type of the value");
    is_str(leaf.expected, "2,048 bytes", "and is shown so");
    is_int(gp_compare(w.eval, &(struct gp_comparison){.is = &bad}, &size, &leaf), 0, "one that does not fit");
    is_str(world_proof(&w, &leaf), "unknown no-value: 'x' is not a size such as 512, 64 KiB or 2 GiB", "is not known");
    is_int(gp_compare(w.eval, &(struct gp_comparison){.is = &bad, .max = &seven}, &size, &leaf), 0,
           "with another operand");
    is_str(world_proof(&w, &leaf), "false", "which is false, it does not matter");
    is_int(gp_compare(w.eval, &(struct gp_comparison){0}, &size, &leaf), 0, "no comparison at all");
    is_str(leaf.expected, "any value", "asks for nothing");
    is_int(leaf.result, GP_TRUE, "and holds");
    w.eval->terse = true;
    leaf = (struct gp_proof){0};
    is_int(gp_compare(w.eval, &(struct gp_comparison){.is = &seven}, &size, &leaf), 0, "tersely");
    ok(leaf.result == GP_FALSE && !leaf.expected, "no words are made");
    world_end(&w);
}

/* ---- texts and paths --------------------------------------------------------------------------------------------- */

static void texts(void)
{
    static const struct {
        const char *name, *given, *file, *text;
    } rows[] = {
        {"label", "DISK1", "true", "/mem: DISK1, 1,024 bytes"},
        {"label", NULL, "unknown not-given: the parameter label was not given", "/mem: (label not given), 1,024 bytes"},
        {"label", "NONE", "false", "/mem: NONE, 1,024 bytes"},
        {"label", "a/b", "unknown no-value: label has a '/', so it is not one name", "/mem: a/b, 1,024 bytes"},
        {"label", "..", "unknown no-value: label leads somewhere else, so it is no name", "/mem: .., 1,024 bytes"},
        {"label", "", "unknown no-value: label is empty, so it names no file", "/mem: , 1,024 bytes"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        const struct gp_operation *operation;
        const struct gp_requirement *requirement;
        struct gp_proof proof;
        struct world w;

        world_rules(
            &w,
            "vars: { room: { type: size, default: 1 KiB } }\n"
            "operations:\n"
            "  go:\n"
            "    params: { label: { type: string } }\n"
            "    requires:\n"
            "      r: { that: { file: \"D/${label}/f\" }, otherwise: { cause: \"${root}: ${label}, ${room}\" } }\n");
        gp_memtree_file(w.tree, "D/DISK1/f", "", 0);
        if (rows[i].given)
            world_give(&w, rows[i].name, rows[i].given);
        world_open(&w);
        world_settle(&w, "go");
        operation = world_operation(&w, "go");
        requirement = world_find(&operation->requires, "r");
        if (gp_eval_cond(w.eval, requirement->that, &proof) < 0)
            bail("no memory");
        is_str(world_proof(&w, &proof), rows[i].file, "a path with ${label} = %s",
               rows[i].given ? rows[i].given : "nothing");
        const char *text = gp_eval_text(w.eval, requirement->otherwise->cause);
        const char *want = strchr(rows[i].text, ':'), *got = text ? strchr(text, ':') : NULL;
        is_str(got, want, "a text with it");
        world_end(&w);
    }
}

static void stems(void)
{
    static const char *const rows[][2] = {{"A.KEY", "A"}, {"A", "A"},  {"A.B.C", "A.B"},
                                          {".rc", ".rc"}, {"A.", "A"}, {"", ""}};

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_str stem = gp_name_stem(world_str(rows[i][0]));

        ok(gp_str_is(stem, rows[i][1]), "the stem of '%s' is '%s'", rows[i][0], rows[i][1]);
    }
}

static void expansion(void)
{
    struct gp_piece pieces[] = {{.kind = GP_PIECE_LITERAL, .text = GP_STR("at ")},
                                {.kind = GP_PIECE_VAR, .text = GP_STR("size")},
                                {.kind = GP_PIECE_LITERAL, .text = GP_STR(" ")},
                                {.kind = GP_PIECE_VAR, .text = GP_STR("day")},
                                {.kind = GP_PIECE_VAR, .text = GP_STR("sure")},
                                {.kind = GP_PIECE_STEM, .text = GP_STR("stem")}};
    struct gp_template text = {.pieces = pieces, .count = GP_COUNT(pieces)};
    struct gp_outcome outcome;
    struct gp_str expanded;
    struct world w;

    world_rules(&w, "vars:\n"
                    "  size: { type: size, default: 2 KiB }\n"
                    "  day: { type: date, default: 2027-01-31 }\n"
                    "  sure: { type: boolean, default: true }\n"
                    "  unset: { type: string }\n");
    world_open(&w);
    w.eval->each_name = GP_STR("A.KEY");
    is_int(gp_eval_expand(w.eval, &text, &expanded, &outcome), 0, "a text for programs");
    is_str(expanded.data, "at 2048 2027-01-31trueA", "has plain values");
    is_str(gp_eval_text(w.eval, &text), "at 2,048 bytes 2027-01-31trueA", "a text for people has units");
    w.eval->each_name = (struct gp_str){0};
    is_int(gp_eval_expand(w.eval, &text, &expanded, &outcome), 0, "outside of each");
    ok(outcome.result == GP_UNKNOWN && outcome.reason == GP_REASON_NO_VALUE, "a stem is not known");
    is_str(outcome.detail, "${stem} means nothing here", "with the reason");
    pieces[1].text = GP_STR("unset");
    is_int(gp_eval_expand(w.eval, &text, &expanded, &outcome), 0, "with an unset variable");
    is_int(outcome.result, GP_NA, "the whole is n/a");
    world_end(&w);
}

int main(void)
{
    settings();
    refused();
    unknown_attestation();
    rounds();
    markers();
    case_evidence();
    intervals();
    mixed();
    texts();
    stems();
    expansion();
    return done_testing();
}
