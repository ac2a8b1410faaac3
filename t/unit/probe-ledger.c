/* The ledger's lines: hostile ones, and the way there and back. */
#include "probe/ledger.h"

#include <errno.h>
#include <string.h>

#include "tap.h"

#define REST "\"ruleset\":\"r\",\"who\":\"w\",\"host\":\"h\",\"when\":\"2027-01-31T12:34:56Z\""
#define OPERATION "{\"id\":\"1\",\"kind\":\"operation\",\"name\":\"op\",\"to\":\"s\"," REST "}"
#define ATTESTATION "{\"id\":\"2\",\"kind\":\"attestation\",\"name\":\"at\",\"reason\":\"because\"," REST "}"

static const struct {
    const char *name, *text;
    size_t count, bad;
} cases[] = {
    {"nothing", "", 0, 0},
    {"an operation", OPERATION "\n", 1, 0},
    {"an attestation", ATTESTATION "\n", 1, 0},
    {"both", OPERATION "\n" ATTESTATION "\n", 2, 0},
    {"empty lines", "\n\r\n" OPERATION "\r\n\n", 1, 0},
    {"a torn last line", OPERATION "\n{\"id\":\"3\",\"ki", 1, 1},
    {"a last line that lacks only its end", OPERATION "\n" ATTESTATION, 1, 1},
    {"a torn line in the middle", "{\"id\":\"3\",\"ki\n" OPERATION "\n", 1, 1},
    {"no JSON", "hello\n", 0, 1},
    {"another kind of JSON", "[1]\n7\n\"x\"\nnull\n", 0, 4},
    {"unknown keys",
     "{\"id\":\"1\",\"kind\":\"operation\",\"name\":\"op\",\"to\":\"\",\"more\":[{}]," REST "}\n", 1, 0},
    {"an unknown kind", "{\"id\":\"1\",\"kind\":\"Operation\",\"name\":\"op\",\"to\":\"\"," REST "}\n", 0, 1},
    {"no kind", "{\"id\":\"1\",\"name\":\"op\",\"to\":\"\"," REST "}\n", 0, 1},
    {"no id", "{\"kind\":\"operation\",\"name\":\"op\",\"to\":\"\"," REST "}\n", 0, 1},
    {"an empty id", "{\"id\":\"\",\"kind\":\"operation\",\"name\":\"op\",\"to\":\"\"," REST "}\n", 0, 1},
    {"a number as id", "{\"id\":1,\"kind\":\"operation\",\"name\":\"op\",\"to\":\"\"," REST "}\n", 0, 1},
    {"no name", "{\"id\":\"1\",\"kind\":\"operation\",\"to\":\"\"," REST "}\n", 0, 1},
    {"an empty name", "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"\"," REST "}\n", 0, 1},
    {"an operation without to", "{\"id\":\"1\",\"kind\":\"operation\",\"name\":\"op\"," REST "}\n", 0, 1},
    {"to is null", "{\"id\":\"1\",\"kind\":\"operation\",\"name\":\"op\",\"to\":null," REST "}\n", 0, 1},
    {"reason is a list", "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"a\",\"reason\":[]," REST "}\n", 0, 1},
    {"a NUL in a text", "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"a\\u0000b\"," REST "}\n", 0, 1},
    {"a key twice", "{\"id\":\"1\",\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"a\"," REST "}\n", 0, 1},
    {"no time",
     "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"a\",\"ruleset\":\"\",\"who\":\"\",\"host\":\"\"}\n", 0, 1},
    {"a date", "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"a\",\"ruleset\":\"\",\"who\":\"\",\"host\":\"\","
               "\"when\":\"2027-01-31\"}\n", 0, 1},
    {"another time zone", "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"a\",\"ruleset\":\"\",\"who\":\"\","
                          "\"host\":\"\",\"when\":\"2027-01-31T12:34:56+01:00\"}\n", 0, 1},
    {"no day", "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"a\",\"ruleset\":\"\",\"who\":\"\",\"host\":\"\","
               "\"when\":\"2027-02-31T12:34:56Z\"}\n", 0, 1},
    {"no who", "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"a\",\"ruleset\":\"\",\"host\":\"\","
               "\"when\":\"2027-01-31T12:34:56Z\"}\n", 0, 1},
    {"invalid UTF-8", "{\"id\":\"\xff\",\"kind\":\"attestation\",\"name\":\"a\"," REST "}\n", 0, 1},
    {"two objects in a line", OPERATION OPERATION "\n", 0, 1},
};

static void test_cases(struct gp_arena *arena)
{
    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        struct gp_ledger ledger = {0};
        struct gp_str text = {cases[i].text, strlen(cases[i].text)};
        is_int(gp_ledger_parse(arena, text, &ledger), 0, "%s: parsed", cases[i].name);
        is_int((intmax_t)ledger.count, (intmax_t)cases[i].count, "%s: lines", cases[i].name);
        is_int((intmax_t)ledger.bad_lines, (intmax_t)cases[i].bad, "%s: bad lines", cases[i].name);
    }
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
    ok(gp_ledger_newest(&ledger, GP_LEDGER_OPERATION, NULL) == first, "newest operation");
    ok(gp_ledger_newest(&ledger, GP_LEDGER_OPERATION, "op") == first, "newest by name");
    ok(!gp_ledger_newest(&ledger, GP_LEDGER_OPERATION, "at"), "a name is of a kind");
    ok(gp_ledger_newest(&ledger, GP_LEDGER_ATTESTATION, "") == second, "newest attestation");
    ok(gp_ledger_last_move(&ledger) == first, "last move");
}

static void append(struct gp_strbuf *text, enum gp_ledger_kind kind, const char *id, const char *name, const char *to)
{
    struct gp_ledger_entry entry = {
        .kind = kind, .id = id, .name = name, .ruleset = "r\"s", .to = to,
        .who = "w\nx", .host = "h\xff", .when = {7, 9},
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
        is_str(ledger.entries[3].to, "", "no state is an empty one");
        ok(!ledger.entries[4].to, "an attestation has none");
        is_int(ledger.entries[0].when.tv_sec, 7, "the time, in seconds");
        ok(gp_ledger_last_move(&ledger) == &ledger.entries[1], "the last move is the last that led somewhere");
        ok(gp_ledger_newest(&ledger, GP_LEDGER_OPERATION, "second") == &ledger.entries[3], "the newest of two");
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

    test_cases(arena);
    test_values(arena);
    test_format(arena);
    test_long(arena, (size_t)64 << 10, 1);
    test_long(arena, ((size_t)64 << 10) + 1, 0);
    test_deep(arena);
    test_memory();
    ok(!gp_ledger_last_move(&none) && !gp_ledger_newest(&none, GP_LEDGER_OPERATION, NULL), "an empty ledger");
    gp_arena_free(arena);
    return done_testing();
}
