/*
 * Sources and places in them; diagnostics, their order, caps and looks.
 */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "tap.h"
#include "util/diag.h"

#define ID GP_DIAG_YAML_SYNTAX /* any will do */
#define NOWHERE ((struct gp_span){0})

static uint32_t add_source(struct gp_sources *sources, const char *name, const char *text)
{
    int number = gp_sources_add(sources, name, text, strlen(text));

    if (number < 0)
        bail("out of memory");
    return (uint32_t)number;
}

static struct gp_sources *new_sources(void)
{
    struct gp_sources *sources = gp_sources_new();

    if (!sources)
        bail("out of memory");
    return sources;
}

static void test_positions(void)
{
    static const char text[] = "ab\r\n\xc3\xa4\xff x\n\nlast";
    static const struct {
        uint32_t offset;
        size_t line, column;
        const char *text;
    } tests[] = {
        {0, 1, 1, "ab"},  {1, 1, 2, "ab"},          {2, 1, 3, "ab"},           {3, 1, 4, "ab"},
        {4, 2, 1, NULL},  {6, 2, 2, NULL},          {7, 2, 3, "\xc3\xa4\xff x"}, {8, 2, 4, NULL},
        {9, 2, 5, NULL},  {10, 3, 1, ""},           {11, 4, 1, "last"},        {14, 4, 4, "last"},
        {15, 4, 5, "last"}, {4000000000u, 4, 5, "last"},
    };
    struct gp_sources *sources = new_sources();
    uint32_t number = add_source(sources, "a.yaml", text);
    char line[32];

    is_int(number, 1, "sources count from 1");
    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        struct gp_span span = {number, tests[i].offset, 1};
        struct gp_position position = gp_sources_position(sources, span);
        is_int((intmax_t)position.line, (intmax_t)tests[i].line, "line of offset %u", tests[i].offset);
        is_int((intmax_t)position.column, (intmax_t)tests[i].column, "column of offset %u", tests[i].offset);
        struct gp_str found = gp_sources_line(sources, span);
        snprintf(line, sizeof(line), "%.*s", GP_STR_ARG(found));
        if (tests[i].text)
            is_str(line, tests[i].text, "the line that holds offset %u", tests[i].offset);
    }
    gp_sources_free(sources);
}

static void test_sources(void)
{
    struct gp_sources *sources = new_sources();
    char name[] = "one.yaml";
    uint32_t one = add_source(sources, name, ""), two = add_source(sources, "two.yaml", "\xef\xbb\xbfgatepost: 1\n");

    name[0] = 'x';
    is_str(gp_sources_get(sources, one)->name, "one.yaml", "names are copied");
    ok(!gp_sources_get(sources, 0) && !gp_sources_get(sources, two + 1), "no such source");
    is_int((intmax_t)gp_sources_count(sources), 2, "count");
    gp_sources_set_layer(sources, two, 3);
    gp_sources_set_layer(sources, 99, 3);
    is_int(gp_sources_get(sources, two)->layer, 3, "layer");
    struct gp_position position = gp_sources_position(sources, (struct gp_span){one, 0, 0});
    ok(position.line == 0 && position.column == 0, "an empty file has no line");
    position = gp_sources_position(sources, (struct gp_span){two, 3, 8});
    is_int((intmax_t)position.column, 1, "a byte order mark takes no column");
    position = gp_sources_position(sources, NOWHERE);
    is_str(position.file, "-", "no place");
    is_int((intmax_t)position.line, 0, "no line");
    is_int((intmax_t)gp_sources_line(sources, NOWHERE).len, 0, "no text");
    gp_sources_free(NULL);
    gp_sources_free(sources);
}

/* A diagnostic at `offset` of a source with `text`, rendered. */
static void rendered(struct gp_strbuf *out, const char *text, uint32_t offset, uint32_t length)
{
    struct gp_sources *sources = new_sources();
    struct gp_diags *diags = gp_diags_new(sources, 0);
    struct gp_span span = {add_source(sources, "dir/a.yaml", text), offset, length};

    gp_diag_render(out, sources, gp_diag_add(diags, ID, span, "bad"), false);
    gp_diags_free(diags);
    gp_sources_free(sources);
}

static void test_carets(bool utf8)
{
    static const struct {
        const char *text;
        uint32_t offset, length;
        const char *want, *what;
    } tests[] = {
        {"a: 1\n  operatons:\n", 7, 9,
         "dir/a.yaml:2:3: error: bad [GP0101]\n  2 |   operatons:\n    |   ^~~~~~~~~\n", "a word"},
        {"a: b", 3, 0, "dir/a.yaml:1:4: error: bad [GP0101]\n  1 | a: b\n    |    ^\n", "an empty span"},
        {"a:\nb", 2, 1, "dir/a.yaml:1:3: error: bad [GP0101]\n  1 | a:\n    |   ^\n", "the end of a line"},
        {"a:\n", 3, 0, "dir/a.yaml:2:1: error: bad [GP0101]\n  2 |\n    | ^\n", "the end of the file"},
        {"a: [b,\n  c]", 3, 8, "dir/a.yaml:1:4: error: bad [GP0101]\n  1 | a: [b,\n    |    ^~~\n", "two lines"},
        {"a:\n\tb: 1", 4, 1, "dir/a.yaml:2:2: error: bad [GP0101]\n  2 | \tb: 1\n    | \t^\n", "behind a tab"},
        {"a:\n\tb: 1", 3, 2, "dir/a.yaml:2:1: error: bad [GP0101]\n  2 | \tb: 1\n    | ^\n", "on a tab"},
        {"x\ty z", 0, 4, "dir/a.yaml:1:1: error: bad [GP0101]\n  1 | x\ty z\n    | ^\t~~\n", "over a tab"},
        {"\033[2J x", 5, 1, "dir/a.yaml:1:6: error: bad [GP0101]\n  1 | \\x1b[2J x\n    |         ^\n", "an escape"},
        {"a \033", 2, 1, "dir/a.yaml:1:3: error: bad [GP0101]\n  1 | a \\x1b\n    |   ^~~~\n", "on an escape"},
        {"\xc3\xa4\xc3\xb6: x", 2, 2, "dir/a.yaml:1:2: error: bad [GP0101]\n  1 | \xc3\xa4\xc3\xb6: x\n    |  ^\n",
         "letters beyond ASCII"},
        {"\xe6\xbc\xa2\xe5\xad\x97: x", 3, 4,
         "dir/a.yaml:1:2: error: bad [GP0101]\n  1 | \xe6\xbc\xa2\xe5\xad\x97: x\n    |   ^~~\n", "wide letters"},
        {"\xef\xbb\xbf" "a: b", 3, 1, "dir/a.yaml:1:1: error: bad [GP0101]\n  1 | a: b\n    | ^\n",
         "behind a byte order mark"},
        {"\xef\xbb\xbf", 0, 3, "dir/a.yaml:1:1: error: bad [GP0101]\n  1 |\n    | ^\n", "on a byte order mark"},
        {"", 0, 0, "dir/a.yaml: error: bad [GP0101]\n", "an empty file"},
        {"abc", 77, 5, "dir/a.yaml:1:4: error: bad [GP0101]\n  1 | abc\n    |    ^\n", "beyond the file"},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        struct gp_strbuf out = {0};
        if (!utf8 && strcmp(tests[i].what, "wide letters") == 0) {
            skip(1, "there is no locale C.UTF-8");
            continue;
        }
        rendered(&out, tests[i].text, tests[i].offset, tests[i].length);
        is_str(gp_strbuf_text(&out), tests[i].want, "caret: %s", tests[i].what);
        gp_strbuf_done(&out);
    }
}

/* The nth line of a text, from 0. */
static struct gp_str line_of(const char *text, int n)
{
    while (n-- > 0)
        text = strchr(text, '\n') + 1;
    return (struct gp_str){text, (size_t)(strchr(text, '\n') - text)};
}

static void test_window(void)
{
    static const uint32_t offsets[] = {0, 50, 99, 100, 101, 5000, 9999, 10000};
    char text[10001];

    for (size_t i = 0; i < sizeof(text) - 1; i++)
        text[i] = (char)('a' + i % 26);
    text[sizeof(text) - 1] = '\0';
    for (size_t i = 0; i < GP_COUNT(offsets); i++) {
        struct gp_strbuf out = {0};
        uint32_t offset = offsets[i];
        rendered(&out, text, offset, 4);
        struct gp_str shown = line_of(gp_strbuf_text(&out), 1), caret = line_of(gp_strbuf_text(&out), 2);
        ok(shown.len <= 160 + 16, "a long line is cut (caret at %u)", offset);
        const char *at = memchr(caret.data, '^', caret.len);
        size_t column = (size_t)(at - caret.data);
        if (offset < 10000)
            is_int(shown.data[column], text[offset], "the caret is below its character at %u", offset);
        else
            is_int((intmax_t)column, (intmax_t)shown.len, "the caret is behind the line");
        gp_strbuf_done(&out);
    }
    for (size_t i = 0; i + 3 < sizeof(text); i += 3)
        memcpy(text + i, "\xe6\xbc\xa2", 3);
    struct gp_strbuf out = {0};
    rendered(&out, text, 3000, 3);
    struct gp_str caret = line_of(gp_strbuf_text(&out), 2);
    ok(memchr(caret.data, '^', caret.len) && !strstr(gp_strbuf_text(&out), "\\x"), "a window does not cut a character");
    gp_strbuf_done(&out);
}

static void test_notes(void)
{
    struct gp_sources *sources = new_sources();
    struct gp_diags *diags = gp_diags_new(sources, 0);
    uint32_t a = add_source(sources, "a\n.yaml", "x:\n  id: 1\n"), b = add_source(sources, "b.yaml", "id: 2\n");
    struct gp_strbuf out = {0};
    struct gp_diag *diag = gp_diag_add(diags, ID, (struct gp_span){a, 5, 2}, "'%s' is there twice", "i\nd");

    gp_diag_note(diags, diag, (struct gp_span){b, 0, 2}, "first %s", "here");
    gp_diag_note(diags, diag, NOWHERE, "and nowhere");
    gp_diag_suggest(diags, diag, NULL);
    ok(!diag->suggestion, "no word, no suggestion");
    gp_diag_suggest(diags, diag, "ID");
    gp_diag_render(&out, sources, gp_diags_get(diags, 0), false);
    is_str(gp_strbuf_text(&out),
           "a\\x0a.yaml:2:3: error: 'i\\x0ad' is there twice [GP0101]\n"
           "  2 |   id: 1\n"
           "    |   ^~\n"
           "  note: b.yaml:1:1: first here\n"
           "  1 | id: 2\n"
           "    | ^~\n"
           "  note: and nowhere\n"
           "  help: did you mean 'ID'?\n",
           "notes and help");
    gp_strbuf_reset(&out);
    diag = gp_diag_add(diags, ID, NOWHERE, "no such parameter");
    diag->level = GP_LEVEL_WARNING;
    gp_diag_render(&out, sources, diag, false);
    is_str(gp_strbuf_text(&out), "warning: no such parameter [GP0101]\n", "without a place");
    gp_strbuf_reset(&out);
    gp_diag_render(&out, sources, diag, true);
    is_str(gp_strbuf_text(&out), "\033[1;33mwarning:\033[0m no such parameter [GP0101]\n", "colour");
    gp_strbuf_reset(&out);
    diag->level = GP_LEVEL_SILENT;
    gp_diag_render(&out, sources, diag, true);
    is_str(gp_strbuf_text(&out), "", "silence");
    gp_strbuf_done(&out);
    gp_diags_free(diags);
    gp_sources_free(sources);
}

static void test_order(void)
{
    static const struct {
        uint32_t source, offset;
    } spans[] = {{2, 1}, {1, 3}, {2, 0}, {1, 3}, {0, 0}, {1, 0}};
    static const char *const order[] = {"4", "5", "1", "3", "2", "0"};
    struct gp_sources *sources = new_sources();
    struct gp_diags *diags = gp_diags_new(sources, 0);

    add_source(sources, "a", "abcd");
    add_source(sources, "b", "abcd");
    for (size_t i = 0; i < GP_COUNT(spans); i++)
        gp_diag_add(diags, ID, (struct gp_span){spans[i].source, spans[i].offset, 1}, "%zu", i);
    for (size_t i = 0; i < GP_COUNT(order); i++)
        is_str(gp_diags_get(diags, i)->message, order[i], "number %zu in order", i);
    ok(!gp_diags_get(diags, GP_COUNT(order)), "no more");
    gp_diag_add(diags, ID, (struct gp_span){1, 1, 1}, "late");
    is_str(gp_diags_get(diags, 2)->message, "late", "one that came later is sorted in");
    ok(gp_diags_sources(diags) == sources, "the sources");
    gp_diags_free(diags);
    gp_sources_free(sources);
}

static void test_cap(void)
{
    struct gp_sources *sources = new_sources();
    struct gp_diags *diags = gp_diags_new(sources, 3);
    uint32_t a = add_source(sources, "a", "abcd"), b = add_source(sources, "b", "abcd");
    struct gp_diag *diag = NULL;

    ok(gp_diags_set_level(diags, ID, GP_LEVEL_WARNING) == 0, "a level is set");
    for (int i = 0; i < 5; i++)
        diag = gp_diag_add(diags, ID, (struct gp_span){a, 0, 1}, "warning %d", i);
    ok(!diag, "beyond the cap there is none");
    gp_diag_note(diags, diag, NOWHERE, "lost");
    gp_diag_suggest(diags, diag, "lost");
    is_int((intmax_t)gp_diags_count(diags, GP_LEVEL_SILENT), 3, "three are kept");
    is_int((intmax_t)gp_diags_dropped(diags), 2, "two are counted");
    is_int((intmax_t)gp_diags_count(diags, GP_LEVEL_ERROR), 0, "none is an error");
    ok(gp_diag_add(diags, ID, (struct gp_span){b, 0, 1}, "b") != NULL, "another source has its own cap");
    ok(gp_diags_set_level(diags, ID, GP_LEVEL_ERROR) == 0, "the level is set again");
    is_int((intmax_t)gp_diags_count(diags, GP_LEVEL_ERROR), 4, "also of those that are there");
    ok(gp_diag_add(diags, ID, (struct gp_span){a, 0, 1}, "error") != NULL, "warnings leave room for errors");
    ok(gp_diag_add(diags, ID, (struct gp_span){9999999, 0, 1}, "odd") != NULL, "a span without a source");
    ok(!gp_diags_failed(diags), "nothing failed");
    gp_diags_free(diags);
    gp_diags_free(NULL);
    gp_sources_free(sources);
}

static void test_infos(void)
{
    bool rising = true, complete = true;
    int last = 100;

    for (const struct gp_diag_info *info = gp_diag_infos; info->number; info++) {
        if (info->number <= last)
            diag("GP%04d comes after GP%04d", info->number, last);
        rising = rising && info->number > last;
        last = info->number;
        complete = complete && info->name[0] && info->title[0] && info->text[0] && gp_diag_info(info->number) == info;
    }
    ok(rising, "ids are in order of number, each there once");
    ok(complete, "each has a name, a title and a text");
    ok(!gp_diag_info(99) && !gp_diag_info(0), "no such id");
    is_str(gp_level_name(GP_LEVEL_WARNING), "warning", "name of a level");
}

int main(void)
{
    bool utf8 = setlocale(LC_CTYPE, "C.UTF-8") != NULL;

    test_positions();
    test_sources();
    test_carets(utf8);
    test_window();
    test_notes();
    test_order();
    test_cap();
    test_infos();
    return done_testing();
}
