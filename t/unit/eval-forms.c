/* The forms that combine conditions, compare values and ask about the world: result, reason, basis, words. */
#include "eval-helper.h"
#include "eval/inspect.h"
#include "rule/limits.h"

/* ---- all, any, none, not, if, named ------------------------------------------------------------------------------ */

/* t, f, u and n are true (stated), false (inferred), unknown and n/a. */
#define BASICS                                                                 \
    "vars: { unset: { type: string }, site: { type: string, default: x } }\n"  \
    "conditions:\n"                                                            \
    "  t: { file: there, basis: stated }\n"                                    \
    "  f: { file: gone, basis: inferred }\n"                                   \
    "  a: { file: there, basis: assumed }\n"                                   \
    "  u: { file: closed }\n"                                                  \
    "  d: { unknown: Nobody wrote it down. }\n"                                \
    "  n: { var: unset, is: x }\n"

static void build(struct world *w)
{
    gp_memtree_file(w->tree, "there", "12345", 5);
    gp_memtree_file(w->tree, "closed", "", 0);
    gp_memtree_fail(w->tree, "closed", EACCES);
    world_open(w);
}

static void logic(void)
{
    static const struct world_row rows[] = {
        {"t", "true (stated)"},
        {"f", "false (inferred)"},
        {"u", "unknown no-permission: closed: permission was denied"},
        {"d", "unknown undocumented: Nobody wrote it down."},
        {"n", "n/a: the variable unset is not set"},
        {"all-true", "true (assumed)"},
        {"all-false", "false (inferred)"},
        {"all-unknown", "unknown no-permission: closed: permission was denied"},
        {"all-na", "n/a: the variable unset is not set"},
        {"any-true", "true (stated)"},
        {"any-false", "false (inferred)"},
        {"any-unknown", "unknown no-permission: closed: permission was denied"},
        {"any-na", "n/a: the variable unset is not set"},
        {"none-true", "true (inferred)"},
        {"none-false", "false (stated)"},
        {"none-unknown", "unknown undocumented: Nobody wrote it down."},
        {"none-na", "n/a: the variable unset is not set"},
        {"not-t", "false (stated)"},
        {"not-f", "true (inferred)"},
        {"not-u", "unknown no-permission: closed: permission was denied"},
        {"not-n", "n/a: the variable unset is not set"},
        {"if-t", "false (inferred)"},
        {"if-f", "n/a: its condition (if) does not hold"},
        {"if-f-else", "true (assumed)"},
        {"if-u-agree", "true (assumed)"},
        {"if-u-differ", "unknown no-permission: closed: permission was denied"},
        {"if-u-no-else", "unknown no-permission: closed: permission was denied"},
        {"if-u-na", "n/a: the variable unset is not set"},
        {"if-n", "n/a: the variable unset is not set"},
        {"own-basis", "true (inferred)"},
        {"named", "true (stated)"},
        {"named-basis", "true (assumed)"},
    };
    struct world w;

    world_rules(&w, BASICS
                "  all-true: { all: [t, n, a] }\n"
                "  all-false: { all: [u, f, t, n] }\n"
                "  all-unknown: { all: [t, d, u, n] }\n"
                "  all-na: { all: [n, n] }\n"
                "  any-true: { any: [f, u, a, t] }\n"
                "  any-false: { any: [f, n, { not: t }] }\n"
                "  any-unknown: { any: [f, d, u, n] }\n"
                "  any-na: { any: [n] }\n"
                "  none-true: { none: [f, n] }\n"
                "  none-false: { none: [f, u, t] }\n"
                "  none-unknown: { none: [f, d] }\n"
                "  none-na: { none: [n] }\n"
                "  not-t: { not: t }\n"
                "  not-f: { not: f }\n"
                "  not-u: { not: u }\n"
                "  not-n: { not: n }\n"
                "  if-t: { if: t, then: f, else: t }\n"
                "  if-f: { if: f, then: t }\n"
                "  if-f-else: { if: f, then: u, else: a }\n"
                "  if-u-agree: { if: u, then: t, else: a }\n"
                "  if-u-differ: { if: u, then: t, else: f }\n"
                "  if-u-no-else: { if: u, then: t }\n"
                "  if-u-na: { if: u, then: n }\n"
                "  if-n: { if: n, then: t, else: t }\n"
                "  own-basis: { all: [t], basis: inferred }\n"
                "  named: t\n"
                "  named-basis: { all: [a], basis: stated }\n");
    build(&w);
    world_rows(&w, rows, GP_COUNT(rows));

    is_str(world_leaves(&w, "all-false"), "file gone: false, wants exists, has nothing",
           "all: what made it false decides");
    is_str(world_leaves(&w, "any-false"),
           "file gone: false, wants exists, has nothing\nfile there: true, wants exists, has 5 bytes",
           "any: every part makes it false");
    is_str(world_leaves(&w, "if-t"),
           "file there: true, wants exists, has 5 bytes\nfile gone: false, wants exists, has nothing",
           "if: the condition and the way that was taken");
    is_str(world_leaves(&w, "if-u-agree"),
           "file there: true, wants exists, has 5 bytes\nfile there: true, wants exists, has 5 bytes",
           "if: where both ways agree the condition does not matter");
    world_end(&w);
}

/* A named condition that others share is decided once. */
static void shared(void)
{
    const struct gp_named_cond *named;
    struct gp_proof first, second;
    struct world w;

    world_rules(&w, BASICS "  one: t\n  two: { all: [t] }\n");
    build(&w);
    named = world_find(&w.rules->defs.conditions, "one");
    if (gp_eval_cond(w.eval, named->cond, &first) < 0)
        bail("no memory");
    named = world_find(&w.rules->defs.conditions, "two");
    if (gp_eval_cond(w.eval, named->cond, &second) < 0)
        bail("no memory");
    ok(first.children == second.children[0].children, "two users of a name have one proof");
    ok(first.child_count == 1 && first.children[0].cond == ((const struct gp_named_cond *)world_find(
                                                                &w.rules->defs.conditions, "t"))->cond,
       "and it is that of the condition that was named");
    world_end(&w);
}

/* ---- marker, param, var ------------------------------------------------------------------------------------------ */

#define VALUES                                                                              \
    "vars:\n"                                                                               \
    "  unset: { type: integer }\n"                                                          \
    "  five: { type: integer, default: 5, basis: assumed }\n"                               \
    "  word: { type: string, default: abc }\n"                                              \
    "markers:\n"                                                                            \
    "  length: { read: { size: there }, basis: stated }\n"                                  \
    "  missing: { read: { size: gone } }\n"                                                 \
    "  shut: { read: { u8: closed, at: 0 } }\n"                                             \
    "  byte: { read: { u8: there, at: 0 }, values: { one: 0x31, two: 0x32 } }\n"            \
    "  other: { read: { u8: there, at: 1 }, values: { one: 0x31 } }\n"                      \
    "  out: { when: { file: gone }, read: { size: there } }\n"                              \
    "  vouched: { cases: [{ when: { attested: by-hand }, value: yes-so }] }\n"              \
    "attestations: { by-hand: { title: t } }\n"                                             \
    "conditions:\n"

static void values(void)
{
    static const struct world_row rows[] = {
        {"is-t", "true (stated)"},
        {"is-f", "false (stated)"},
        {"in-t", "true (stated)"},
        {"in-f", "false (stated)"},
        {"min-t", "true (stated)"},
        {"max-f", "false (stated)"},
        {"range", "true (stated)"},
        {"bits-t", "true (stated)"},
        {"bits-f", "false (stated)"},
        {"operand-var", "true (stated)"},
        {"operand-unset", "n/a: the variable unset is not set"},
        {"operand-unset-in", "n/a: the variable unset is not set"},
        {"operand-missing", "unknown no-value: gone: it is not there"},
        {"operand-false-first", "false (stated)"},
        {"none", "unknown no-value: gone: it is not there"},
        {"not-none", "unknown no-value: gone: it is not there"},
        {"none-known", "false"},
        {"none-unknown", "true"},
        {"shut", "unknown no-permission: closed: permission was denied"},
        {"shut-known", "unknown no-permission: closed: permission was denied"},
        {"byte-one", "true"},
        {"byte-two", "false"},
        {"outside", "unknown no-value: 50 is none of its values"},
        {"outside-known", "false"},
        {"guarded", "n/a: its guard (when) does not hold"},
        {"by-hand", "unknown not-attested: nobody has attested it"},
        {"by-hand-known", "false"},
        {"by-hand-none", "true"},
        {"guarded-known", "false"},
        {"guarded-none", "true"},
        {"var-t", "true (assumed)"},
        {"var-f", "false (assumed)"},
        {"var-unset", "n/a: the variable unset is not set"},
        {"var-unset-known", "false"},
        {"var-unset-none", "true"},
        {"var-known", "true (assumed)"},
        {"matches-t", "true"},
        {"matches-f", "false"},
        {"equal-t", "true (assumed)"},
        {"equal-f", "false (stated)"},
        {"equal-u", "unknown no-value: gone: it is not there"},
        {"equal-f-u", "false (assumed)"},
        {"equal-n", "n/a: the variable unset is not set"},
        {"ordered-t", "true (assumed)"},
        {"ordered-same", "false (assumed)"},
        {"ordered-u", "unknown no-value: gone: it is not there"},
        {"ordered-f-u", "false (assumed)"},
    };
    struct world w;

    world_rules(&w, VALUES
                "  is-t: { marker: length, is: 5 }\n"
                "  is-f: { marker: length, is: 6 }\n"
                "  in-t: { marker: length, in: [4, 5] }\n"
                "  in-f: { marker: length, in: [4, 6] }\n"
                "  min-t: { marker: length, min: 5 }\n"
                "  max-f: { marker: length, max: 4 }\n"
                "  range: { marker: length, min: 1, max: 1 KiB }\n"
                "  bits-t: { marker: length, bits: 0x4 }\n"
                "  bits-f: { marker: length, bits: 0x6 }\n"
                "  operand-var: { marker: length, is: { var: five } }\n"
                "  operand-unset: { marker: length, is: { var: unset } }\n"
                "  operand-unset-in: { marker: length, in: [5, { var: unset }] }\n"
                "  operand-missing: { marker: length, is: { marker: missing } }\n"
                "  operand-false-first: { marker: length, max: 4, min: { marker: missing } }\n"
                "  none: { marker: missing, is: 5 }\n"
                "  not-none: { not: { marker: missing, is: 5 } }\n"
                "  none-known: { marker: missing, known: true }\n"
                "  none-unknown: { marker: missing, known: false }\n"
                "  shut: { marker: shut, is: 5 }\n"
                "  shut-known: { marker: shut, known: false }\n"
                "  byte-one: { marker: byte, is: one }\n"
                "  byte-two: { marker: byte, is: two }\n"
                "  outside: { marker: other, is: one }\n"
                "  outside-known: { marker: other, known: true }\n"
                "  guarded: { marker: out, is: 5 }\n"
                "  by-hand: { marker: vouched, is: yes-so }\n"
                "  by-hand-known: { marker: vouched, known: true }\n"
                "  by-hand-none: { marker: vouched, known: false }\n"
                "  guarded-known: { marker: out, known: true }\n"
                "  guarded-none: { marker: out, known: false }\n"
                "  var-t: { var: five, is: 5 }\n"
                "  var-f: { var: five, min: 6 }\n"
                "  var-unset: { var: unset, is: 5 }\n"
                "  var-unset-known: { var: unset, known: true }\n"
                "  var-unset-none: { var: unset, known: false }\n"
                "  var-known: { var: five, known: true }\n"
                "  matches-t: { var: word, matches: \"^a.c$\" }\n"
                "  matches-f: { var: word, matches: \"^b\" }\n"
                "  equal-t: { equal: [{ var: five }, 5, { marker: length }] }\n"
                "  equal-f: { equal: [{ marker: length }, 6] }\n"
                "  equal-u: { equal: [{ var: five }, { marker: missing }] }\n"
                "  equal-f-u: { equal: [{ var: five }, { marker: missing }, 6] }\n"
                "  equal-n: { equal: [{ var: unset }, { marker: missing }, 6] }\n"
                "  ordered-t: { ordered: [4, { var: five }, 6] }\n"
                "  ordered-same: { ordered: [{ var: five }, 5] }\n"
                "  ordered-u: { ordered: [{ var: five }, { marker: missing }, 6] }\n"
                "  ordered-f-u: { ordered: [{ var: five }, { marker: missing }, 4] }\n");
    build(&w);
    world_rows(&w, rows, GP_COUNT(rows));

    is_str(world_leaves(&w, "is-f"), "marker length there: false, wants 6 bytes, has 5 bytes", "a marker's leaf");
    is_str(world_leaves(&w, "range"),
           "marker length there: true, wants at least 1 byte and at most 1,024 bytes, has 5 bytes", "a range in words");
    is_str(world_leaves(&w, "in-f"), "marker length there: false, wants one of 4 bytes, 6 bytes, has 5 bytes",
           "a list in words");
    is_str(world_leaves(&w, "bits-f"), "marker length there: false, wants bits 0x6 set, has 5 bytes", "bits in words");
    is_str(world_leaves(&w, "byte-two"), "marker byte there: false, wants two, has one", "names, not numbers");
    is_str(world_leaves(&w, "none-known"), "marker missing gone: false, wants a value, has no value", "known in words");
    is_str(world_leaves(&w, "operand-unset"), "marker length there: n/a, wants the variable unset, has 5 bytes",
           "an operand that is not there is called by its name");
    is_str(world_leaves(&w, "var-f"), "variable five: false, wants at least 6, has 5", "a variable's leaf");
    is_str(world_leaves(&w, "matches-f"), "variable word: false, wants matches /^b/, has \"abc\"",
           "a pattern in words");
    is_str(world_leaves(&w, "equal-u"), "equal: unknown, wants all equal, has 5, no value", "equal in words");
    world_end(&w);
}

static void params(void)
{
    static const struct {
        const char *given, *is, *known, *optional;
    } rows[] = {
        {NULL, "unknown not-given: the parameter size was not given", "false",
         "n/a: the parameter extra is optional and was not given"},
        {"12", "true", "true", "n/a: the parameter extra is optional and was not given"},
        {"13", "false", "true", "n/a: the parameter extra is optional and was not given"},
    };
    static const char *const yaml = "operations:\n"
                                    "  grow:\n"
                                    "    params: { size: { type: integer }, extra: { type: string, optional: true } }\n"
                                    "    requires:\n"
                                    "      a: { that: is }\n"
                                    "      b: { that: known }\n"
                                    "      c: { that: optional }\n"
                                    "conditions:\n"
                                    "  is: { param: size, is: 12 }\n"
                                    "  known: { param: size, known: true }\n"
                                    "  optional: { param: extra, is: x }\n";

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        const char *given = rows[i].given ? rows[i].given : "nothing";
        struct world w;

        world_rules(&w, yaml);
        if (rows[i].given)
            world_give(&w, "size", rows[i].given);
        build(&w);
        world_settle(&w, "grow");
        is_str(world_cond(&w, "is"), rows[i].is, "param: is, given %s", given);
        is_str(world_cond(&w, "known"), rows[i].known, "param: known, given %s", given);
        is_str(world_cond(&w, "optional"), rows[i].optional, "param: optional, given %s", given);
        world_end(&w);
    }
}

/* ---- under ------------------------------------------------------------------------------------------------------- */

static void under(void)
{
    static const struct world_row rows[] = {
        {"there", "true"},
        {"missing", "false"},
        {"composite", "true"},
        {"nowhere-file", "false"},
        {"nowhere-absent", "true"},
        {"nowhere-marker", "unknown no-value: there: it is not there"},
        {"closed", "unknown no-permission: the directory /closed: permission was denied"},
        {"unset", "n/a: the variable unset is not set"},
        {"marker", "true"},
        {"marker-here", "true"},
        {"value", "true"},
    };
    struct gp_memtree *disk = gp_memtree_new();
    struct world w;

    world_rules(&w, "vars:\n"
                    "  disk: { type: directory, default: /disk }\n"
                    "  nowhere: { type: directory, default: /nowhere }\n"
                    "  closed: { type: directory, default: /closed }\n"
                    "  unset: { type: directory }\n"
                    "markers:\n"
                    "  length: { read: { size: there } }\n"
                    "  on-disk: { read: { size: there, under: disk } }\n"
                    "conditions:\n"
                    "  there: { file: only-here, under: disk }\n"
                    "  missing: { file: closed, under: disk }\n"
                    "  composite: { all: [{ file: only-here }, { marker: length, is: 2 }], under: disk }\n"
                    "  nowhere-file: { file: x, under: nowhere }\n"
                    "  nowhere-absent: { absent: x, under: nowhere }\n"
                    "  nowhere-marker: { marker: length, is: 1, under: nowhere }\n"
                    "  closed: { file: x, under: closed }\n"
                    "  unset: { file: x, under: unset }\n"
                    "  marker: { marker: on-disk, is: 2 }\n"
                    "  marker-here: { marker: length, is: 5 }\n"
                    "  value: { marker: on-disk, is: { marker: length, under: disk } }\n");
    gp_memtree_file(disk, "only-here", "", 0);
    gp_memtree_file(disk, "there", "12", 2);
    gp_memtree_under(w.tree, "/disk", disk);
    struct gp_memtree *closed = gp_memtree_new();
    gp_memtree_under(w.tree, "/closed", closed);
    gp_memtree_fail(closed, ".", EACCES);
    build(&w);
    world_rows(&w, rows, GP_COUNT(rows));
    is_str(world_leaves(&w, "there"), "file only-here under /disk: true, wants exists, has 0 bytes",
           "a leaf says where");
    is_str(world_leaves(&w, "nowhere-file"), "file x under /nowhere: false, wants exists, has nothing",
           "… also what is not there");
    world_end(&w);
    gp_memtree_free(disk);
    gp_memtree_free(closed);
}

/* ---- state ------------------------------------------------------------------------------------------------------- */

#define STATES                                                         \
    "states:\n"                                                        \
    "  red: { file: R, basis: stated }\n"                              \
    "  green: { file: G, basis: inferred }\n"                          \
    "  blue: { file: B, basis: assumed }\n"                            \
    "conditions:\n"                                                    \
    "  red: { state: red }\n"                                          \
    "  green: { state: green }\n"                                      \
    "  warm: { state: [red, blue] }\n"

static void states(void)
{
    static const struct {
        const char *files, *closed, *red, *green, *warm;
    } rows[] = {
        {"R", "", "true (stated)", "false (inferred)", "true (stated)"},
        {"G", "", "false (stated)", "true (inferred)", "false (assumed)"},
        {"RB", "", "unknown no-value: several states hold at once", "false (inferred)", "true (stated)"},
        {"RG", "", "unknown no-value: several states hold at once", "unknown no-value: several states hold at once",
         "unknown no-value: several states hold at once"},
        {"", "", "false (stated)", "false (inferred)", "false (assumed)"},
        {"R", "G", "unknown no-permission: G: permission was denied", "unknown no-permission: G: permission was denied",
         "unknown no-permission: G: permission was denied"},
        {"", "R", "unknown no-permission: R: permission was denied", "false (inferred)",
         "unknown no-permission: R: permission was denied"},
        {"G", "R", "unknown no-permission: R: permission was denied", "unknown no-permission: R: permission was denied",
         "unknown no-permission: R: permission was denied"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct world w;

        world_rules(&w, STATES);
        for (const char *file = rows[i].files; *file; file++)
            gp_memtree_file(w.tree, (const char[]){*file, '\0'}, "", 0);
        if (rows[i].closed[0]) {
            gp_memtree_file(w.tree, rows[i].closed, "", 0);
            gp_memtree_fail(w.tree, rows[i].closed, EACCES);
        }
        world_open(&w);
        is_str(world_cond(&w, "red"), rows[i].red, "state red, files '%s', closed '%s'", rows[i].files, rows[i].closed);
        is_str(world_cond(&w, "green"), rows[i].green, "state green, files '%s', closed '%s'", rows[i].files,
               rows[i].closed);
        is_str(world_cond(&w, "warm"), rows[i].warm, "state of a list, files '%s', closed '%s'", rows[i].files,
               rows[i].closed);
        world_end(&w);
    }
}

static void state_evidence(void)
{
    struct world w;

    world_rules(&w, STATES "  not-red: { not: { state: red } }\n");
    gp_memtree_file(w.tree, "R", "", 0);
    world_open(&w);
    is_str(world_leaves(&w, "not-red"), "file R: true, wants exists, has 0 bytes",
           "state: the evidence of the state itself");
    is_str(world_leaves(&w, "green"), "file G: false, wants exists, has nothing", "state: why it is not");
    world_end(&w);
}

static void state_of_other_tree(void)
{
    struct gp_memtree *other = gp_memtree_new();
    struct world w;

    world_rules(&w, "vars: { other: { type: directory, default: /other } }\n" STATES
                    "  other-red: { state: red, under: other }\n"
                    "  other-green: { state: green, under: other }\n");
    gp_memtree_file(w.tree, "R", "", 0);
    gp_memtree_file(other, "G", "", 0);
    gp_memtree_under(w.tree, "/other", other);
    world_open(&w);
    is_str(world_cond(&w, "red"), "true (stated)", "state here");
    is_str(world_cond(&w, "other-red"), "false (stated)", "state: not that of another directory");
    is_str(world_cond(&w, "other-green"), "true (inferred)", "state of another directory");
    world_end(&w);
    gp_memtree_free(other);
}

/* ---- attested, ledger -------------------------------------------------------------------------------------------- */

#define ATTESTED(id, name, when)                                                                             \
    "{\"id\":\"" id "\",\"kind\":\"attestation\",\"name\":\"" name "\",\"ruleset\":\"test\",\"who\":\"ann\"," \
    "\"host\":\"h\",\"reason\":\"I looked\",\"when\":\"" when "\"}\n"
#define DONE(id, name, to, when)                                                                                       \
    "{\"id\":\"" id "\",\"kind\":\"operation\",\"name\":\"" name "\",\"ruleset\":\"test\",\"to\":\"" to                \
    "\",\"who\":\"ann\","                                                                                              \
    "\"host\":\"h\",\"when\":\"" when "\"}\n"

/* The same, of another rule set. */
#define FOREIGN(kind, name, set, extends)                                                                      \
    "{\"id\":\"9\",\"kind\":\"" kind "\",\"name\":\"" name "\",\"ruleset\":\"" set "\",\"extends\":[" extends \
    "],\"to\":\"b\",\"who\":\"bob\",\"host\":\"h\",\"when\":\"2027-01-31T11:45:00Z\"}\n"

#define VOUCHED                                                             \
    "attestations:\n"                                                       \
    "  out: { title: All are out, within: 4 h, basis: assumed }\n"          \
    "  ever: { title: For ever }\n"                                         \
    "states: { a: { file: A }, b: { absent: A } }\n"                        \
    "operations:\n"                                                         \
    "  go: { from: a, to: b, requires: { x: { that: out } } }\n"            \
    "  stay: { requires: { x: { that: out } } }\n"                          \
    "  back: { from: b, to: a, requires: { x: { that: out } } }\n"          \
    "conditions:\n"                                                         \
    "  out: { attested: out }\n"                                            \
    "  out-hour: { attested: out, within: 1 h }\n"                          \
    "  out-week: { attested: out, within: 7 d }\n"                          \
    "  ever: { attested: ever }\n"                                          \
    "  not-ever: { not: { attested: ever } }\n"                             \
    "  go: { ledger: go }\n"                                                \
    "  go-hour: { ledger: go, within: 1 h }\n"                              \
    "  stay: { ledger: stay }\n"                                            \
    "  sure: { ledger: go, basis: stated }\n"

#define DAMAGED(line) \
    "unknown io-error: line " #line " of the ledger cannot be read and may be a newer operation: not JSON"
#define WRONG "a clock is or was wrong"
#define TOO_EARLY \
    "unknown not-attested: attested by ann at 2027-01-31T12:00:01Z: I looked, which lies 1 s in the future: " WRONG
#define NOBODY "unknown not-attested: nobody has attested it"

static void attested(void)
{
    static const struct {
        const char *name, *ledger, *out, *hour, *week, *ever;
    } rows[] = {
        {"an empty ledger", "", NOBODY, NOBODY, NOBODY, NOBODY},
        {"fresh", ATTESTED("1", "out", "2027-01-31T11:30:00Z"), "true (assumed)", "true (assumed)", "true (assumed)",
         NOBODY},
        {"to the second", ATTESTED("1", "out", "2027-01-31T08:00:00Z"), "true (assumed)",
         "unknown not-attested: attested by ann at 2027-01-31T08:00:00Z: I looked, which holds for 1 h and is over",
         "true (assumed)", NOBODY},
        {"a second too old", ATTESTED("1", "out", "2027-01-31T07:59:59Z"),
         "unknown not-attested: attested by ann at 2027-01-31T07:59:59Z: I looked, which holds for 4 h and is over",
         "unknown not-attested: attested by ann at 2027-01-31T07:59:59Z: I looked, which holds for 1 h and is over",
         "true (assumed)", NOBODY},
        {"the future", ATTESTED("1", "out", "2027-01-31T12:00:01Z"),
         TOO_EARLY, TOO_EARLY, TOO_EARLY, NOBODY},
        {"the newest counts", ATTESTED("1", "out", "2026-01-01T00:00:00Z") ATTESTED("2", "out", "2027-01-31T11:59:00Z"),
         "true (assumed)", "true (assumed)", "true (assumed)", NOBODY},
        {"no expiry", ATTESTED("1", "ever", "1999-01-01T00:00:00Z"), NOBODY, NOBODY, NOBODY, "true"},
        {"damage beside it", "junk\n" ATTESTED("1", "out", "2027-01-31T11:30:00Z") "junk\n", "true (assumed)",
         "true (assumed)", "true (assumed)", NOBODY},
        {"only damage", "junk\n{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"out\"\n", NOBODY, NOBODY, NOBODY,
         NOBODY},
        {"an id that was used before", DONE("1", "go", "b", "2027-01-31T11:00:00Z") ATTESTED("1", "out",
         "2027-01-31T11:30:00Z"), NOBODY, NOBODY, NOBODY, NOBODY},
        {"of another rule set", FOREIGN("attestation", "out", "other", ""), NOBODY, NOBODY, NOBODY, NOBODY},
        {"of a rule set that extends this one", FOREIGN("attestation", "out", "other", "\"test\""), "true (assumed)",
         "true (assumed)", "true (assumed)", NOBODY},
        {"the clock was set back",
         ATTESTED("1", "out", "2027-01-31T15:00:00Z") ATTESTED("2", "out", "2027-01-31T11:59:00Z"),
         "true (assumed)", "true (assumed)", "true (assumed)", NOBODY},
        {"not an attestation", DONE("1", "ever", "b", "2027-01-31T11:00:00Z"), NOBODY, NOBODY, NOBODY, NOBODY},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct world w;

        world_rules(&w, VOUCHED);
        gp_memtree_ledger(w.tree, rows[i].ledger);
        world_open(&w);
        is_str(world_cond(&w, "out"), rows[i].out, "attested: %s", rows[i].name);
        is_str(world_cond(&w, "out-hour"), rows[i].hour, "attested within 1 h: %s", rows[i].name);
        is_str(world_cond(&w, "out-week"), rows[i].week, "attested within 7 d: %s", rows[i].name);
        is_str(world_cond(&w, "ever"), rows[i].ever, "attested without an expiry: %s", rows[i].name);
        world_end(&w);
    }
}

static void assumed(void)
{
    struct world w;

    world_rules(&w, VOUCHED);
    world_assume(&w, "out", "I am alone");
    world_open(&w);
    is_str(world_cond(&w, "out-hour"), "true (assumed)", "attested: taken as given");
    is_str(world_leaves(&w, "out-hour"),
           "attested out: true, wants attested within 1 h, has taken as given: I am alone", "with the reason");
    is_str(world_cond(&w, "not-ever"), NOBODY, "not attested is unknown under not, too");
    gp_memtree_ledger_fail(w.tree, EACCES);
    world_open(&w);
    is_str(world_cond(&w, "out"), "true (assumed)", "what is taken as given needs no ledger");
    is_str(world_cond(&w, "ever"), "unknown no-permission: the ledger: permission was denied",
           "attested: an unreadable ledger");
    is_str(world_cond(&w, "go"), "unknown no-permission: the ledger: permission was denied", "ledger: unreadable");
    world_end(&w);
}

static void ledger(void)
{
    static const struct {
        const char *name, *ledger, *go, *hour, *stay;
    } rows[] = {
        {"nothing", "", "false (inferred)", "false (inferred)", "false (inferred)"},
        {"go", DONE("1", "go", "b", "2027-01-31T11:30:00Z"), "true (inferred)", "true (inferred)", "false (inferred)"},
        {"go, long ago", DONE("1", "go", "b", "2027-01-31T10:30:00Z"), "true (inferred)", "false (inferred)",
         "false (inferred)"},
        {"go, in the future", DONE("1", "go", "b", "2027-02-01T00:00:00Z"), "true (inferred)",
         "unknown no-value: its time lies 12 h in the future: " WRONG, "false (inferred)"},
        {"go and back", DONE("1", "go", "b", "2027-01-31T11:30:00Z") DONE("2", "back", "a", "2027-01-31T11:40:00Z"),
         "false (inferred)", "false (inferred)", "false (inferred)"},
        {"what has no `to` does not count",
         DONE("1", "go", "b", "2027-01-31T11:30:00Z") DONE("2", "stay", "", "2027-01-31T11:40:00Z"), "true (inferred)",
         "true (inferred)", "false (inferred)"},
        {"torn behind it", DONE("1", "go", "b", "2027-01-31T11:30:00Z") "{\"id\":\"2\",\"ki", "true (inferred)",
         "true (inferred)", "false (inferred)"},
        {"damage before it", "junk\n" DONE("1", "go", "b", "2027-01-31T11:30:00Z"), "true (inferred)",
         "true (inferred)", "false (inferred)"},
        {"damage behind it", DONE("1", "go", "b", "2027-01-31T11:30:00Z") "junk\n", DAMAGED(2), DAMAGED(2), DAMAGED(2)},
        {"only damage", "junk\n", DAMAGED(1), DAMAGED(1), DAMAGED(1)},
        {"a damaged attestation behind it",
         DONE("1", "go", "b", "2027-01-31T11:30:00Z") "{\"id\":\"2\",\"kind\":\"attestation\"}\n", "true (inferred)",
         "true (inferred)", "false (inferred)"},
        {"appended twice", DONE("1", "go", "b", "2027-01-31T11:30:00Z") DONE("2", "back", "a", "2027-01-31T11:40:00Z")
         DONE("1", "go", "b", "2027-01-31T11:30:00Z"), "false (inferred)", "false (inferred)", "false (inferred)"},
        {"of another rule set", FOREIGN("operation", "go", "other", ""), "false (inferred)", "false (inferred)",
         "false (inferred)"},
        {"what another rule set did is no move here",
         DONE("1", "go", "b", "2027-01-31T11:30:00Z") FOREIGN("operation", "back", "other", "\"more\""),
         "true (inferred)", "true (inferred)", "false (inferred)"},
        {"of a rule set that extends this one", FOREIGN("operation", "go", "other", "\"test\""), "true (inferred)",
         "true (inferred)", "false (inferred)"},
        {"an attestation of that name", ATTESTED("1", "go", "2027-01-31T11:30:00Z"), "false (inferred)",
         "false (inferred)", "false (inferred)"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct world w;

        world_rules(&w, VOUCHED);
        gp_memtree_ledger(w.tree, rows[i].ledger);
        world_open(&w);
        is_str(world_cond(&w, "go"), rows[i].go, "ledger: %s", rows[i].name);
        is_str(world_cond(&w, "go-hour"), rows[i].hour, "ledger within 1 h: %s", rows[i].name);
        is_str(world_cond(&w, "stay"), rows[i].stay, "ledger, without `to`: %s", rows[i].name);
        is_str(world_cond(&w, "sure"), rows[i].go, "ledger: inferred, whatever the rule says: %s", rows[i].name);
        world_end(&w);
    }
}

#define LIMIT "a limit was reached before there was an answer"

/* What stands before the end that is read may be what is asked for. */
static void cut_ledger(void)
{
    struct gp_strbuf text = {0};
    struct gp_inspection it;
    struct world w;

    gp_strbuf_add(&text, DONE("1", "go", "b", "2027-01-31T11:30:00Z") ATTESTED("2", "out", "2027-01-31T11:30:00Z"));
    for (size_t i = 0; text.len <= GP_PROBE_LEDGER_BYTES; i++)
        gp_strbuf_printf(&text, "{\"id\":\"n%zu\",\"kind\":\"attestation\",\"name\":\"ever\",\"ruleset\":\"test\","
                         "\"who\":\"ann\",\"host\":\"h\",\"when\":\"2027-01-31T11:30:00Z\","
                         "\"reason\":\"%0900d\"}\n", i, 0);
    world_rules(&w, VOUCHED);
    gp_memtree_ledger(w.tree, gp_strbuf_text(&text));
    world_open(&w);
    is_str(world_cond(&w, "ever"), "true", "a ledger that is too long: what stands at its end counts");
    is_str(world_cond(&w, "out"), "unknown limit: the ledger: " LIMIT,
           "attested: may stand before that");
    is_str(world_cond(&w, "go"), "unknown limit: the ledger: " LIMIT,
           "ledger: may stand before that");
    ok(gp_inspect(w.eval, &it) == 0 && it.attestation_count == 2, "inspect");
    is_str(it.attestations[0].detail, LIMIT, "does not say that nobody attested it");
    gp_strbuf_add(&text, DONE("3", "go", "b", "2027-01-31T11:30:00Z"));
    gp_memtree_ledger(w.tree, gp_strbuf_text(&text));
    world_open(&w);
    is_str(world_cond(&w, "go"), "true (inferred)", "ledger: the newest is at the end in any case");
    is_str(world_cond(&w, "stay"), "false (inferred)", "so it is no other");
    world_end(&w);
    gp_strbuf_done(&text);
}

/* How far a stamp lies in the future, and that it is the lines that have an order. */
static void future(void)
{
    static const struct {
        const char *when, *far;
    } rows[] = {
        {"2027-01-31T12:00:59Z", "59 s"},      {"2027-01-31T12:01:00Z", "1 min"},
        {"2027-01-31T12:05:03Z", "5 min 3 s"}, {"2027-01-31T14:05:03Z", "2 h 5 min"},
        {"2027-02-03T12:00:00Z", "3 d"},       {"2028-01-31T13:30:00Z", "365 d 1 h"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        char line[512], want[256];
        struct world w;

        snprintf(line, sizeof(line), DONE("1", "go", "b", "%s"), rows[i].when);
        snprintf(want, sizeof(want), "unknown no-value: its time lies %s in the future: " WRONG, rows[i].far);
        world_rules(&w, VOUCHED);
        gp_memtree_ledger(w.tree, line);
        world_open(&w);
        is_str(world_cond(&w, "go-hour"), want, "%s away", rows[i].far);
        is_str(world_cond(&w, "go"), "true (inferred)", "without `within` no clock matters");
        world_end(&w);
    }
}

/* ---- changed ----------------------------------------------------------------------------------------------------- */

#define CHANGED                                                                        \
    "operations:\n"                                                                    \
    "  act:\n"                                                                         \
    "    params: { n: { type: string, optional: true } }\n"                            \
    "    requires: { a: { that: { file: A } } }\n"                                     \
    "    ensures:\n"                                                                   \
    "      one: { that: { changed: A } }\n"                                            \
    "      glob: { that: { changed: [\"D/*.cfg\", B] } }\n"                            \
    "      dynamic: { that: { changed: \"${n}\" } }\n"

enum change { NOTHING, BYTES, SIZE, MODE, GONE, NEW, TYPE, CLOSED, ATTRIBUTES, DIRECTORY, HUGE_FILE, HUGE_LATER };

static void make_change(struct gp_memtree *tree, enum change change)
{
    switch (change) {
    case NOTHING:
        break;
    case BYTES:
        gp_memtree_file(tree, "D/a.cfg", "aab", 3);
        break;
    case SIZE:
        gp_memtree_file(tree, "D/a.cfg", "aaaa", 4);
        break;
    case MODE:
        gp_memtree_mode(tree, "D/a.cfg", 0400);
        break;
    case GONE:
        gp_memtree_remove(tree, "D/a.cfg");
        break;
    case NEW:
        gp_memtree_file(tree, "D/b.cfg", "", 0);
        break;
    case TYPE:
        gp_memtree_remove(tree, "D/a.cfg");
        gp_memtree_dir(tree, "D/a.cfg");
        break;
    case CLOSED:
        gp_memtree_fail_read(tree, "D/a.cfg", EACCES);
        break;
    case ATTRIBUTES:
        gp_memtree_attributes(tree, "D/a.cfg", GP_ATTRIBUTE_HIDDEN, GP_ATTRIBUTE_HIDDEN);
        break;
    case DIRECTORY:
        gp_memtree_fail_read(tree, "D", EIO);
        break;
    case HUGE_FILE:
    case HUGE_LATER:
        gp_memtree_zeros(tree, "D/a.cfg", GP_LIMIT_WINDOW_BYTES + 1);
        gp_memtree_mtime(tree, "D/a.cfg", (struct timespec){.tv_sec = change == HUGE_FILE ? 1000 : 2000});
        break;
    }
}

static struct gp_memtree *tree_of_changes(enum change change)
{
    struct gp_memtree *tree = gp_memtree_new();

    gp_memtree_file(tree, "A", "same", 4);
    gp_memtree_file(tree, "D/a.cfg", "aaa", 3);
    make_change(tree, change);
    return tree;
}

static const char *ensured(struct world *w, const char *id, const char **ret_leaf)
{
    const struct gp_operation *operation = world_operation(w, "act");
    const struct gp_requirement *requirement = world_find(&operation->ensures, id);
    static struct gp_proof proof;

    if (gp_eval_cond(w->eval, requirement->that, &proof) < 0)
        bail("no memory");
    *ret_leaf = gp_arena_printf(gp_eval_arena(w->eval), "%s %s", proof.children[0].path, proof.children[0].found);
    return world_proof(w, &proof);
}

static void changed(void)
{
    static const struct {
        const char *name;
        enum change before, now;
        const char *want, *leaf;
    } rows[] = {
        {"nothing", NOTHING, NOTHING, "false", "D/*.cfg, B as before"},
        {"bytes", NOTHING, BYTES, "true", "D/a.cfg has other content"},
        {"size", NOTHING, SIZE, "true", "D/a.cfg has another size"},
        {"mode", NOTHING, MODE, "true", "D/a.cfg has another mode"},
        {"attributes", NOTHING, ATTRIBUTES, "true", "D/a.cfg has other attributes"},
        {"gone", NOTHING, GONE, "true", "D/a.cfg is gone"},
        {"new", NOTHING, NEW, "true", "D/b.cfg is new"},
        {"type", NOTHING, TYPE, "true", "D/a.cfg is something else now"},
        {"unreadable now", NOTHING, CLOSED, "unknown no-permission: permission was denied", "D/*.cfg, B (null)"},
        {"unreadable before", CLOSED, NOTHING, "unknown no-permission: permission was denied", "D/*.cfg, B (null)"},
        {"a directory that cannot be listed", NOTHING, DIRECTORY, "unknown io-error: an input/output error occurred",
         "D/*.cfg, B (null)"},
        {"too much to compare, not written to", HUGE_FILE, HUGE_FILE, "false", "D/*.cfg, B as before"},
        {"too much to compare, written to", HUGE_FILE, HUGE_LATER,
         "unknown limit: the files are the same as far as they were compared", "D/*.cfg, B (null)"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_memtree *before = tree_of_changes(rows[i].before);
        struct gp_memtree *now = tree_of_changes(rows[i].now);
        struct gp_probe_options options = {0};
        const char *leaf;
        struct world w;

        world_rules(&w, CHANGED);
        options.paths = w.rules->paths; /* the numbers of paths are the rule set's */
        gp_memtree_free(w.tree);
        w.tree = now;
        if (gp_memtree_open(&w.it.before, before, &options) < 0)
            bail("no memory");
        world_open(&w);
        world_settle(&w, "act");
        is_str(ensured(&w, "glob", &leaf), rows[i].want, "changed: %s", rows[i].name);
        is_str(leaf, rows[i].leaf, "changed: %s, the leaf", rows[i].name);
        is_str(ensured(&w, "one", &leaf), "false", "changed: %s, but not another file", rows[i].name);
        is_str(ensured(&w, "dynamic", &leaf), "n/a: the parameter n is optional and was not given", "changed: n/a");
        gp_probe_free(w.it.before);
        world_end(&w);
        gp_memtree_free(before);
    }
}

static void changed_without_before(void)
{
    const char *leaf;
    struct world w;

    world_rules(&w, CHANGED);
    world_open(&w);
    world_settle(&w, "act");
    is_str(ensured(&w, "one", &leaf), "unknown no-value: there is no action, so there is no before",
           "changed: no before");
    world_end(&w);
}

/* ---- what a set may not say -------------------------------------------------------------------------------------- */

static void checks(void)
{
    static const struct {
        const char *cond, *message;
    } rows[] = {
        {"{ var: v }", "'var' says nothing about the value: add is, in, min, max, matches, bits or known"},
        {"{ var: v, known: true, is: 3 }", "'known' and a comparison cannot stand together"},
        {"{ equal: [{ var: v }] }", "'equal' needs at least 2 values"},
        {"{ ordered: [{ var: v }] }", "'ordered' needs at least 2 values"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct world w;
        char yaml[512];

        snprintf(yaml, sizeof(yaml), "vars: { v: { type: integer } }\nconditions:\n  c: %s\n", rows[i].cond);
        is_int(world_try(&w, yaml), -EINVAL, "%s is refused", rows[i].cond);
        const struct gp_diag *first = gp_diags_get(w.diags, 0);
        is_str(first ? first->message : NULL, rows[i].message, "%s, the message", rows[i].cond);
        is_int((int)gp_diags_count(w.diags, GP_LEVEL_NOTE), 1, "%s, and no other", rows[i].cond);
        world_end(&w);
    }
}

int main(void)
{
    logic();
    shared();
    values();
    params();
    under();
    states();
    state_evidence();
    state_of_other_tree();
    attested();
    assumed();
    ledger();
    cut_ledger();
    future();
    changed();
    changed_without_before();
    checks();
    return done_testing();
}
