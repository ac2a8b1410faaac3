/* How foreign texts, marks, states and commands are written. */
#include <string.h>

#include "report/page.h"
#include "tap.h"

static struct gp_strbuf out;

static const char *text_of(struct gp_page *page)
{
    return gp_strbuf_ok(page->out) ? gp_strbuf_text(page->out) : "no memory";
}

static struct gp_page page_of(const struct gp_style *style)
{
    gp_strbuf_reset(&out);
    return (struct gp_page){.out = &out, .style = style};
}

static const struct gp_style unicode = {.unicode = true}, ascii = {0}, colour = {.unicode = true, .colour = true};

static void foreign(void)
{
    static const struct {
        const char *name, *text, *unicode, *ascii;
    } rows[] = {
        {"plain text", "GLB/MASTER.GLB", "GLB/MASTER.GLB", "GLB/MASTER.GLB"},
        {"a terminal's commands", "a\033[2Jb\r\n", "a\\x1b[2Jb\\x0d\\x0a", "a\\x1b[2Jb\\x0d\\x0a"},
        {"C1 controls", "\xc2\x9b", "\\u{009b}", "\\u{009b}"},
        {"bytes that are no UTF-8", "\xff\x9b", "\\xff\\x9b", "\\xff\\x9b"},
        {"letters", "M\xc3\xbcller", "M\xc3\xbcller", "M\\u{00fc}ller"},
        {"what turns the line around", "\xe2\x80\xae", "\\u{202e}", "\\u{202e}"},
        {"marks of typographers", "\xe2\x80\x9cx\xe2\x80\x9d \xe2\x80\x93 \xe2\x80\xa6",
         "\xe2\x80\x9cx\xe2\x80\x9d \xe2\x80\x93 \xe2\x80\xa6", "\"x\" - ..."},
        {"nothing", NULL, "", ""},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_page page = page_of(&unicode);
        gp_page_text(&page, rows[i].text);
        is_str(text_of(&page), rows[i].unicode, "%s", rows[i].name);
        page = page_of(&ascii);
        gp_page_text(&page, rows[i].text);
        is_str(text_of(&page), rows[i].ascii, "%s, in ASCII", rows[i].name);
        is_int((intmax_t)gp_page_width(&page, rows[i].text), (intmax_t)strlen(rows[i].ascii), "%s: its width",
               rows[i].name);
    }
}

static void lines(void)
{
    static const struct {
        const char *name, *text, *lines;
    } rows[] = {
        {"one line", "a", "a"},
        {"an ended line", "a\n\n", "a"},
        {"two lines", "a\nb\n", "a\n  b"},
        {"an empty line between", "a\n\nb", "a\n\n  b"},
        {"nothing", "", ""},
        {"newlines alone", "\n\n", ""},
        {"escapes in lines", "a\033\nb\t", "a\\x1b\n  b\\x09"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_page page = page_of(&unicode);
        gp_page_lines(&page, (struct gp_str){rows[i].text, strlen(rows[i].text)}, 2);
        is_str(text_of(&page), rows[i].lines, "%s", rows[i].name);
    }
}

static void marks(void)
{
    static const struct {
        enum gp_mark mark;
        const char *unicode, *ascii, *colour;
    } rows[] = {
        {GP_MARK_FALSE, "✗", "x", "\033[31m✗\033[0m"}, {GP_MARK_TRUE, "✓", "+", "\033[32m✓\033[0m"},
        {GP_MARK_UNKNOWN, "?", "?", "\033[33m?\033[0m"}, {GP_MARK_WARNING, "!", "!", "\033[33m!\033[0m"},
        {GP_MARK_NA, "–", "-", "–"},                   {GP_MARK_REMEDY, "→", "->", "→"},
        {GP_MARK_TO, "→", "->", "→"},                  {GP_MARK_DOT, "·", "-", "·"},
        {GP_MARK_MORE, "…", "...", "…"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_page page = page_of(&unicode);
        gp_page_mark(&page, rows[i].mark);
        is_str(text_of(&page), rows[i].unicode, "mark %s", rows[i].ascii);
        page = page_of(&ascii);
        gp_page_mark(&page, rows[i].mark);
        is_str(text_of(&page), rows[i].ascii, "in ASCII");
        page = page_of(&colour);
        gp_page_mark(&page, rows[i].mark);
        is_str(text_of(&page), rows[i].colour, "in colour");
        is_int((intmax_t)gp_page_column(&page, 0), 1, "is one column wide");
    }
    is_int(gp_mark_of(GP_FALSE), GP_MARK_FALSE, "the mark of false");
    is_int(gp_mark_of(GP_TRUE), GP_MARK_TRUE, "of true");
    is_int(gp_mark_of(GP_UNKNOWN), GP_MARK_UNKNOWN, "of unknown");
    is_int(gp_mark_of(GP_NA), GP_MARK_NA, "of n/a");
}

static void columns(void)
{
    struct gp_page page = page_of(&unicode);

    gp_strbuf_add(&out, "ab");
    gp_page_pad(&page, 0, 5, 1);
    gp_strbuf_add(&out, "|");
    is_str(text_of(&page), "ab   |", "padded to a column");
    size_t start = out.len;
    gp_strbuf_add(&out, "abcdef");
    gp_page_pad(&page, start, 5, 2);
    gp_strbuf_add(&out, "|");
    is_str(text_of(&page), "ab   |abcdef  |", "what is too long pushes on");
    page = page_of(&colour);
    gp_page_mark(&page, GP_MARK_FALSE);
    gp_page_pad(&page, 0, 4, 1);
    gp_strbuf_add(&out, "|");
    is_str(text_of(&page), "\033[31m✗\033[0m   |", "colours take no columns");
}

static void states(void)
{
    struct gp_cond cond = {0};
    struct gp_named_cond a = {.id = GP_STR("a"), .cond = &cond}, b = {.id = GP_STR("b\033"), .cond = &cond};
    const struct gp_named_cond *both[] = {&a, &b};
    const struct {
        const char *words;
        struct gp_state_verdict state;
    } rows[] = {
        {"", {.none = true}},
        {" (state: a, inferred)", {.kind = GP_STATE_NAMED, .name = &a, .basis = GP_BASIS_INFERRED}},
        {" (state: a)", {.kind = GP_STATE_NAMED, .name = &a}},
        {" (state: ambiguous: a, b\\x1b)", {.kind = GP_STATE_AMBIGUOUS, .candidates = both, .candidate_count = 2}},
        {" (state: undetermined: a)", {.kind = GP_STATE_UNDETERMINED, .candidates = both, .candidate_count = 1}},
        {" (state: unrecognised)", {.kind = GP_STATE_UNRECOGNISED}},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_page page = page_of(&unicode);
        gp_page_state(&page, &rows[i].state);
        is_str(text_of(&page), rows[i].words, "state%s", rows[i].words[0] ? rows[i].words : ": a set has none");
    }
}

static void remedies(void)
{
    void *step = NULL;
    struct gp_operation gate = {.def.id = GP_STR("extend")};
    struct gp_operation acts = {.def.id = GP_STR("extend"), .action = {.data = (struct gp_step **)&step, .count = 1}};
    const struct {
        const char *name, *directory, *option, *text;
        const struct gp_operation *operation;
        const char *lines;
    } rows[] = {
        {"an operation that acts", "/srv/po", "", NULL, &acts, "  → gatepost run extend /srv/po\n"},
        {"one that is a gate", "/srv/po", "", NULL, &gate, "  → gatepost check extend /srv/po\n"},
        {"with a rule set and a text", "/srv/po", "-r rules/lab ", "Then look.\nAgain.", &acts,
         "  → gatepost run -r rules/lab extend /srv/po\n    Then look.\n    Again.\n"},
        {"a text alone", "/srv/po", "", "Restore it.", NULL, "  → Restore it.\n"},
        {"a directory that must be quoted", "my po", "", NULL, &acts, "  → gatepost run extend 'my po'\n"},
        {"one that would be an option", "-n", "", NULL, &acts, "  → gatepost run extend ./-n\n"},
        {"one that would speak to the terminal", "\033[2J", "", NULL, &acts, "  → gatepost run extend $'\\033[2J'\n"},
        {"nothing to do", "/srv/po", "", NULL, NULL, ""},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_subject subject = {.directory = rows[i].directory, .rules_option = rows[i].option};
        struct gp_page page = page_of(&unicode);
        page.subject = &subject;
        gp_page_remedy(&page, rows[i].text, rows[i].operation);
        is_str(text_of(&page), rows[i].lines, "%s", rows[i].name);
    }
}

int main(void)
{
    struct gp_page page;

    foreign();
    lines();
    marks();
    columns();
    states();
    remedies();
    page = page_of(&colour);
    gp_page_bold(&page, true);
    gp_page_bold(&page, false);
    is_str(text_of(&page), "\033[1m\033[0m", "bold");
    page = page_of(&unicode);
    gp_page_bold(&page, true);
    gp_page_bold(&page, false);
    is_str(text_of(&page), "", "no bold without colour");
    gp_strbuf_done(&out);
    return done_testing();
}
