/* The ledger's lines: hostile ones, and the way there and back. */
#include "probe/ledger.h"

#include <errno.h>
#include <string.h>

#include "tap.h"

#define TORN "torn: only its beginning was written"
#define REST "\"ruleset\":\"r\",\"who\":\"w\",\"host\":\"h\",\"when\":\"2027-01-31T12:34:56Z\""
#define OPERATION "{\"id\":\"1\",\"kind\":\"operation\",\"name\":\"op\",\"to\":\"s\"," REST "}"
#define ATTESTATION "{\"id\":\"2\",\"kind\":\"attestation\",\"name\":\"at\",\"reason\":\"because\"," REST "}"

#define BODY(kind) "{\"id\":\"1\",\"kind\":\"" kind "\",\"name\":\"a\","
#define TEXT(s) s, sizeof(s) - 1

/* One line that is wrong in one way, whatever stands around it. */
static const struct {
    const char *name, *text;
    size_t length;
    const char *what; /* NULL: nothing */
    bool no_move;     /* it cannot be a completed operation */
} lines[] = {
    {"an operation", TEXT(OPERATION), NULL, false},
    {"an attestation", TEXT(ATTESTATION), NULL, false},
    {"a carriage return", TEXT(OPERATION "\r"), NULL, false},
    {"no JSON", TEXT("hello"), "not JSON", false},
    {"a comment", TEXT("# moved by hand"), "not JSON", false},
    {"a list", TEXT("[1]"), "no JSON object", false},
    {"a number", TEXT("7"), "no JSON object", false},
    {"null", TEXT("null"), "no JSON object", false},
    {"two objects", TEXT(OPERATION OPERATION), "not JSON", false},
    {"unknown keys", TEXT(BODY("operation") "\"to\":\"\",\"more\":[{}]," REST "}"), NULL, false},
    {"an unknown kind", TEXT(BODY("Operation") "\"to\":\"\"," REST "}"),
     "\"kind\" is neither operation nor attestation; a newer version may have written that", false},
    {"no kind", TEXT("{\"id\":\"1\",\"name\":\"a\",\"to\":\"\"," REST "}"), "\"kind\" is missing", false},
    {"a kind that is a list", TEXT("{\"id\":\"1\",\"kind\":[]," REST "}"), "\"kind\" is no text", false},
    {"no id", TEXT("{\"kind\":\"operation\",\"name\":\"a\",\"to\":\"\"," REST "}"), "\"id\" is missing", false},
    {"an empty id", TEXT("{\"id\":\"\",\"kind\":\"attestation\",\"name\":\"a\"," REST "}"), "\"id\" is empty", true},
    {"a number as id", TEXT("{\"id\":1,\"kind\":\"attestation\",\"name\":\"a\"," REST "}"), "\"id\" is no text", true},
    {"no name", TEXT("{\"id\":\"1\",\"kind\":\"operation\",\"to\":\"\"," REST "}"), "\"name\" is missing", false},
    {"an empty name", TEXT("{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"\"," REST "}"), "\"name\" is empty",
     true},
    {"an operation without to", TEXT(BODY("operation") REST "}"), "\"to\" is missing", false},
    {"to is null", TEXT(BODY("operation") "\"to\":null," REST "}"), "\"to\" is no text", false},
    {"reason is a list", TEXT(BODY("attestation") "\"reason\":[]," REST "}"), "\"reason\" is no text", true},
    {"limits is a number", TEXT(BODY("operation") "\"to\":\"\",\"limits\":7," REST "}"),
     "\"limits\" is no text", false},
    {"an escaped NUL", TEXT("{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"a\\u0000b\"," REST "}"),
     "\"name\" has a NUL in it", true},
    {"a NUL", TEXT("{\"id\":\"1\",\"kind\":\"attestation\",\"na\0me\":\"a\"," REST "}"), "not JSON", false},
    {"a NUL in a key", TEXT("{\"id\":\"1\",\"k\\u0000\":1}"), "a NUL stands in a key", false},
    {"a key twice", TEXT("{\"id\":\"1\",\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"a\"," REST "}"),
     "a key stands twice in one object", false},
    {"an escape sequence", TEXT("\033[2J"), "not JSON", false},
    {"a raw control character in a text", TEXT("{\"id\":\"\033\",\"kind\":\"attestation\"}"), "not JSON", false},
    {"invalid UTF-8", TEXT("{\"id\":\"\xff\",\"kind\":\"attestation\",\"name\":\"a\"," REST "}"), "not UTF-8", false},
    {"a huge number", TEXT("{\"id\":\"1\",\"n\":99999999999999999999999}"), "a number is too big", false},
    {"a huge exponent", TEXT("{\"id\":\"1\",\"n\":1e999999}"), "a number is too big", false},
    {"no time", TEXT("{\"id\":\"1\",\"kind\":\"attestation\"}"), "\"when\" is missing", true},
#define WHEN(time) \
    TEXT(BODY("attestation") "\"ruleset\":\"r\",\"who\":\"\",\"host\":\"\",\"when\":" time "}")
#define NO_TIME "\"when\" is no time in UTC, such as 2027-01-31T12:34:56Z"
    {"a date", WHEN("\"2027-01-31\""), NO_TIME, true},
    {"seconds since 1970", WHEN("1801398896"), "\"when\" is no text", true},
    {"another time zone", WHEN("\"2027-01-31T12:34:56+01:00\""), NO_TIME, true},
    {"no time zone", WHEN("\"2027-01-31T12:34:56\""), NO_TIME, true},
    {"no such day", WHEN("\"2027-02-29T12:34:56Z\""), NO_TIME, true},
    {"a leap day", WHEN("\"2028-02-29T12:34:56Z\""), NULL, true},
    {"a leap second", WHEN("\"2016-12-31T23:59:60Z\""), NULL, true},
    {"a year of five digits", WHEN("\"12027-01-31T12:34:56Z\""), NO_TIME, true},
    {"no who", TEXT(BODY("attestation") "\"ruleset\":\"r\",\"host\":\"\",\"when\":\"2027-01-31T12:34:56Z\"}"),
     "\"who\" is missing", true},
    {"of no rule set",
     TEXT(BODY("attestation") "\"ruleset\":\"\",\"who\":\"\",\"host\":\"\",\"when\":\"2027-01-31T12:34:56Z\"}"),
     "\"ruleset\" is empty", true},
    {"extends is a text", TEXT(BODY("attestation") "\"extends\":\"x\"," REST "}"),
     "\"extends\" is no list of rule sets", true},
    {"extends a number", TEXT(BODY("attestation") "\"extends\":[\"x\",7]," REST "}"), "\"extends\" is no text", true},
    {"torn in the first key", TEXT("{\"i"), TORN, true},
    {"torn in the id", TEXT("{\"id\":\"3"), TORN, true},
    {"torn behind a key", TEXT("{\"id\":\"3\",\"ki"), TORN, true},
    {"torn in an escape", TEXT("{\"id\":\"3\",\"who\":\"\\u00"), TORN, true},
    {"torn in a character", TEXT("{\"id\":\"3\",\"who\":\"\xc3"), TORN, true},
    {"torn behind a brace in a text", TEXT("{\"id\":\"3\",\"who\":\"}"), TORN, true},
    {"zeros where power failed", TEXT("\0\0\0\0"), TORN, true},
    {"zeros behind the beginning", TEXT("{\"id\":\"3\",\"ki\0\0\0"), TORN, true},
    {"zeros behind a whole line", TEXT(OPERATION "\0\0"), "torn: its end is missing", true},
    {"what only looks torn", TEXT("{\"kind\":\"operation\",\"na"), "it ends too early", false},
};

static void test_lines(struct gp_arena *arena)
{
    for (size_t i = 0; i < GP_COUNT(lines); i++) {
        struct gp_strbuf text = {0};
        struct gp_ledger ledger = {0};
        bool bad = lines[i].what != NULL;
        gp_strbuf_add(&text, "\n");
        gp_strbuf_add_mem(&text, lines[i].text, lines[i].length);
        gp_strbuf_add(&text, "\n");
        int r = gp_ledger_parse(arena, (struct gp_str){gp_strbuf_text(&text), text.len}, &ledger);
        ok(r == 0 && ledger.count == !bad && ledger.bad_lines == bad && ledger.fault_count == bad, "%s", lines[i].name);
        gp_strbuf_done(&text); /* a fault keeps its own text */
        if (!bad || !ledger.fault_count)
            continue;
        is_str(ledger.faults[0].what, lines[i].what, "%s: what", lines[i].name);
        is_int((intmax_t)ledger.faults[0].number, 2, "%s: where", lines[i].name);
        ok(ledger.faults[0].text.len == lines[i].length &&
               memcmp(ledger.faults[0].text.data, lines[i].text, lines[i].length) == 0, "%s: its text", lines[i].name);
        ok((gp_ledger_doubt(&ledger, NULL) == NULL) == lines[i].no_move, "%s: %s", lines[i].name,
           lines[i].no_move ? "no operation in any case" : "may be an operation");
    }
}

static const struct {
    const char *name, *text;
    size_t count, bad, repeated;
} cases[] = {
    {"nothing", "", 0, 0, 0},
    {"both", OPERATION "\n" ATTESTATION "\n", 2, 0, 0},
    {"empty lines", "\n\r\n" OPERATION "\r\n\n", 1, 0, 0},
    {"a torn last line", OPERATION "\n{\"id\":\"3\",\"ki", 1, 1, 0},
    {"a last line that lacks only its end", OPERATION "\n" ATTESTATION, 1, 1, 0},
    {"a torn line in the middle", "{\"id\":\"3\",\"ki\n" OPERATION "\n", 1, 1, 0},
    {"another kind of JSON", "[1]\n7\n\"x\"\nnull\n", 0, 4, 0},
    {"a line twice", OPERATION "\n" ATTESTATION "\n" OPERATION "\n", 2, 0, 1},
    {"a line three times", OPERATION "\n" OPERATION "\n" OPERATION "\n", 1, 0, 2},
    {"an id twice",
     OPERATION "\n{\"id\":\"1\",\"kind\":\"operation\",\"name\":\"b\",\"to\":\"t\"," REST "}\n", 1, 1, 0},
};

static void test_cases(struct gp_arena *arena)
{
    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        struct gp_ledger ledger = {0};
        struct gp_str text = {cases[i].text, strlen(cases[i].text)};
        is_int(gp_ledger_parse(arena, text, &ledger), 0, "%s: parsed", cases[i].name);
        is_int((intmax_t)ledger.count, (intmax_t)cases[i].count, "%s: lines", cases[i].name);
        is_int((intmax_t)ledger.bad_lines, (intmax_t)cases[i].bad, "%s: bad lines", cases[i].name);
        is_int((intmax_t)ledger.repeated, (intmax_t)cases[i].repeated, "%s: repeated lines", cases[i].name);
    }
    struct gp_ledger ledger = {0};
    struct gp_str forged = {cases[9].text, strlen(cases[9].text)};
    ok(gp_ledger_parse(arena, forged, &ledger) == 0 && ledger.fault_count == 1, "the second line with an id");
    is_str(ledger.faults[0].what, "the id of line 1 with another content", "is told");
    is_str(ledger.entries[0].name, "op", "and the first is believed");
    ok(gp_ledger_doubt(&ledger, &ledger.entries[0]) != NULL, "what the second says may be true all the same");
}

/* ---- where a fault stands, and how many there are ---------------------------------------------------------------- */

static void test_doubt(struct gp_arena *arena)
{
    struct gp_ledger ledger = {0};

    ok(gp_ledger_parse(arena, GP_STR("junk\n" OPERATION "\n"), &ledger) == 0, "junk before an operation");
    ok(!gp_ledger_doubt(&ledger, &ledger.entries[0]), "is older than it");
    ok(gp_ledger_doubt(&ledger, NULL) != NULL, "but not older than none");
    ok(gp_ledger_parse(arena, GP_STR(OPERATION "\njunk\n" ATTESTATION "\nmore\n{\"id\":\"\n"), &ledger) == 0, "after");
    const struct gp_ledger_fault *doubt = gp_ledger_doubt(&ledger, &ledger.entries[0]);
    ok(doubt != NULL, "may be newer");
    is_int(doubt ? (intmax_t)doubt->number : 0, 4, "the last that may be is named");
    is_int((intmax_t)ledger.entries[1].number, 3, "lines of entries have numbers too");
}

static void test_many(struct gp_arena *arena)
{
    struct gp_strbuf text = {0};
    struct gp_ledger ledger = {0};

    for (size_t i = 0; i < GP_LEDGER_FAULTS + 5; i++)
        gp_strbuf_printf(&text, "junk %zu%s\n", i, i ? "" : " ");
    gp_strbuf_add_repeat(&text, 'x', 1000);
    gp_strbuf_add(&text, "\n");
    int r = gp_ledger_parse(arena, (struct gp_str){gp_strbuf_text(&text), text.len}, &ledger);
    gp_strbuf_done(&text);
    ok(r == 0 && ledger.fault_count == GP_LEDGER_FAULTS && ledger.bad_lines == GP_LEDGER_FAULTS + 6,
       "the first faults are kept, all are counted");
    is_int((intmax_t)ledger.doubt.number, GP_LEDGER_FAULTS + 6, "the last doubt is kept in any case");
    is_int((intmax_t)ledger.doubt.text.len, GP_LEDGER_FAULT_BYTES, "and no more than the beginning of a line");
}

/* ---- whose entries ----------------------------------------------------------------------------------------------- */

#define OF(id, set, extends)                                                                                    \
    "{\"id\":\"" id "\",\"kind\":\"operation\",\"name\":\"op\",\"to\":\"s\",\"ruleset\":\"" set "\"," extends \
    "\"who\":\"w\",\"host\":\"h\",\"when\":\"2027-01-31T12:34:56Z\"}\n"

static void test_sets(struct gp_arena *arena)
{
    static const struct gp_str names[] = {{"mine", 4}, {"base", 4}, {"root", 4}};
    static const struct {
        const char *name, *line;
        bool counts;
    } rows[] = {
        {"the set itself", OF("1", "mine", ""), true},
        {"what it extends", OF("1", "base", ""), true},
        {"what that extends", OF("1", "root", ""), true},
        {"another set", OF("1", "other", ""), false},
        {"a set that extends it", OF("1", "other", "\"extends\":[\"x\",\"mine\"],"), true},
        {"a set that extends the same", OF("1", "other", "\"extends\":[\"base\"],"), false},
        {"a name in another case", OF("1", "Mine", ""), false},
    };
    const struct gp_ledger_sets sets = {names, GP_COUNT(names)};

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_ledger ledger = {0};
        struct gp_str text = {rows[i].line, strlen(rows[i].line)};
        ok(gp_ledger_parse(arena, text, &ledger) == 0 && ledger.count == 1, "%s: an entry", rows[i].name);
        ok((gp_ledger_last_move(&ledger, &sets) != NULL) == rows[i].counts, "%s: as a move", rows[i].name);
        ok((gp_ledger_newest(&ledger, GP_LEDGER_OPERATION, "op", &sets) != NULL) == rows[i].counts, "%s: by name",
           rows[i].name);
        ok(gp_ledger_last_move(&ledger, NULL) != NULL, "%s: where every set counts", rows[i].name);
    }
}

static void test_more(struct gp_arena *arena)
{
    struct gp_ledger ledger = {0};

    ok(gp_ledger_parse(arena, GP_STR(BODY("attestation") "\"b\":1,\"a\":{}," REST "}\n"), &ledger) == 0 &&
           ledger.count == 1, "members of a newer version");
    is_str(ledger.entries[0].more, "b, a", "are named");
    ok(gp_ledger_parse(arena, GP_STR(BODY("attestation") "\"1\":1,\"2\":1,\"3\":1,\"4\":1,\"5\":1,\"6\":1,\"7\":1,"
                                     "\"8\":1,\"9\":1,\"10\":1," REST "}\n"), &ledger) == 0, "many");
    is_str(ledger.entries[0].more, "1, 2, 3, 4, 5, 6, 7, 8, and 2 more", "are not all named");
    ok(gp_ledger_parse(arena, GP_STR(ATTESTATION "\n"), &ledger) == 0 && !ledger.entries[0].more, "and none");
}

static void test_values(struct gp_arena *arena)
{
    struct gp_ledger ledger = {0};

    ok(gp_ledger_parse(arena, GP_STR(OPERATION "\n" ATTESTATION "\n"), &ledger) == 0 && ledger.count == 2, "two lines");
    if (ledger.count != 2)
        return;
    const struct gp_ledger_entry *first = &ledger.entries[0], *second = &ledger.entries[1];
    ok(first->kind == GP_LEDGER_OPERATION && second->kind == GP_LEDGER_ATTESTATION, "oldest first");
    is_str(first->id, "1", "id");
    is_str(first->name, "op", "name");
    is_str(first->ruleset, "r", "ruleset");
    is_str(first->to, "s", "to");
    is_str(first->who, "w", "who");
    is_str(first->host, "h", "host");
    ok(!first->reason, "no reason");
    is_str(first->line, OPERATION, "the line itself");
    is_int(first->when.tv_sec, 1801398896, "when");
    ok(!second->to, "an attestation leads nowhere");
    is_str(second->reason, "because", "a reason");
    ok(gp_ledger_newest(&ledger, GP_LEDGER_OPERATION, NULL, NULL) == first, "newest operation");
    ok(gp_ledger_newest(&ledger, GP_LEDGER_OPERATION, "op", NULL) == first, "newest by name");
    ok(!gp_ledger_newest(&ledger, GP_LEDGER_OPERATION, "at", NULL), "a name is of a kind");
    ok(gp_ledger_newest(&ledger, GP_LEDGER_ATTESTATION, "", NULL) == second, "newest attestation");
    ok(gp_ledger_last_move(&ledger, NULL) == first, "last move");
}

static void append(struct gp_strbuf *text, enum gp_ledger_kind kind, const char *id, const char *name, const char *to)
{
    static const char *const bases[] = {"base", "root\n"};
    const struct gp_ledger_entry entry = {
        .kind = kind, .id = id, .name = name, .ruleset = "r\"s", .to = to,
        .who = "w\nx", .host = "h\xff", .when = {7, 9}, .limits = "l\033", .extends = bases, .extends_count = 2,
    };

    gp_ledger_format(text, &entry);
}

static void test_format(struct gp_arena *arena)
{
    struct gp_strbuf text = {0};
    struct gp_ledger ledger = {0};

    append(&text, GP_LEDGER_OPERATION, "1", "first", "there");
    append(&text, GP_LEDGER_OPERATION, "2", "second", "here");
    append(&text, GP_LEDGER_OPERATION, "3", "third", "");
    append(&text, GP_LEDGER_OPERATION, "4", "second", NULL);
    append(&text, GP_LEDGER_ATTESTATION, "5", "seen", "ignored");
    int r = gp_ledger_parse(arena, (struct gp_str){gp_strbuf_text(&text), text.len}, &ledger);
    ok(r == 0 && ledger.count == 5 && ledger.bad_lines == 0, "what is written is read");
    if (ledger.count == 5) {
        is_str(ledger.entries[0].who, "w\nx", "a newline in a text stays in its line");
        is_str(ledger.entries[0].host, "h\xef\xbf\xbd", "what is no UTF-8 is replaced");
        is_str(ledger.entries[0].limits, "l\033", "what was not promised");
        ok(ledger.entries[0].extends_count == 2 && strcmp(ledger.entries[0].extends[1], "root\n") == 0, "all sets");
        ok(!ledger.entries[0].more, "nothing that is not known");
        is_str(ledger.entries[3].to, "", "no state is an empty one");
        ok(!ledger.entries[4].to, "an attestation has none");
        is_int(ledger.entries[0].when.tv_sec, 7, "the time, in seconds");
        ok(gp_ledger_last_move(&ledger, NULL) == &ledger.entries[1], "the last move is the last that led somewhere");
        ok(gp_ledger_newest(&ledger, GP_LEDGER_OPERATION, "second", NULL) == &ledger.entries[3], "the newest of two");
    }
    gp_strbuf_done(&text);
}

/* A line of `length` bytes that would be fine otherwise. */
static void test_long(struct gp_arena *arena, size_t length, size_t count)
{
    static const char head[] = "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"a\"," REST ",\"x\":\"";
    struct gp_strbuf text = {0};
    struct gp_ledger ledger = {0};

    gp_strbuf_add(&text, head);
    gp_strbuf_add_repeat(&text, 'x', length - strlen(head) - 2);
    gp_strbuf_add(&text, "\"}\n");
    int r = gp_ledger_parse(arena, (struct gp_str){gp_strbuf_text(&text), text.len}, &ledger);
    ok(r == 0 && ledger.count == count && ledger.bad_lines == 1 - count, "a line of %zu bytes", length);
    gp_strbuf_done(&text);
}

static void test_deep(struct gp_arena *arena)
{
    struct gp_strbuf text = {0};
    struct gp_ledger ledger = {0};

    gp_strbuf_add_repeat(&text, '[', 60000);
    gp_strbuf_add(&text, "\n" OPERATION "\n");
    int r = gp_ledger_parse(arena, (struct gp_str){gp_strbuf_text(&text), text.len}, &ledger);
    ok(r == 0 && ledger.count == 1 && ledger.bad_lines == 1, "brackets without end");
    gp_strbuf_done(&text);
}

static void test_memory(void)
{
    struct gp_arena *small = gp_arena_new(200);
    struct gp_ledger ledger = {.count = 77};

    is_int(gp_ledger_parse(small, GP_STR(OPERATION "\n" ATTESTATION "\n"), &ledger), -ENOMEM, "no memory");
    is_int((intmax_t)ledger.count, 77, "the output is as it was");
    gp_arena_free(small);
}

int main(void)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_ledger none = {0};

    test_lines(arena);
    test_cases(arena);
    test_doubt(arena);
    test_many(arena);
    test_sets(arena);
    test_more(arena);
    test_values(arena);
    test_format(arena);
    test_long(arena, (size_t)64 << 10, 1);
    test_long(arena, ((size_t)64 << 10) + 1, 0);
    test_deep(arena);
    test_memory();
    ok(!gp_ledger_last_move(&none, NULL) && !gp_ledger_newest(&none, GP_LEDGER_OPERATION, NULL, NULL) &&
           !gp_ledger_doubt(&none, NULL), "an empty ledger");
    gp_arena_free(arena);
    return done_testing();
}
