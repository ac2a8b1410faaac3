#include "report/page.h"

#include <string.h>

#include "report/quote.h"
#include "util/clock.h"
#include "util/text.h"

/* ---- marks and colours ------------------------------------------------------------------------------------------- */

#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

static const struct {
    const char *unicode, *ascii, *colour; /* colour NULL: none */
} marks[] = {
    [GP_MARK_FALSE] = {"✗", "x", RED},
    [GP_MARK_TRUE] = {"✓", "+", GREEN},
    [GP_MARK_UNKNOWN] = {"?", "?", YELLOW},
    [GP_MARK_NA] = {"–", "-", NULL},
    [GP_MARK_WARNING] = {"!", "!", YELLOW},
    [GP_MARK_REMEDY] = {"→", "->", NULL},
    [GP_MARK_TO] = {"→", "->", NULL},
    [GP_MARK_DOT] = {"·", "-", NULL},
    [GP_MARK_MORE] = {"…", "...", NULL},
};

void gp_page_mark(struct gp_page *page, enum gp_mark mark)
{
    const char *colour = page->style->colour ? marks[mark].colour : NULL;

    if (colour)
        gp_strbuf_add(page->out, colour);
    gp_strbuf_add(page->out, page->style->unicode ? marks[mark].unicode : marks[mark].ascii);
    if (colour)
        gp_strbuf_add(page->out, PLAIN);
}

enum gp_mark gp_mark_of(enum gp_result result)
{
    static const enum gp_mark of[] = {[GP_FALSE] = GP_MARK_FALSE,
                                      [GP_TRUE] = GP_MARK_TRUE,
                                      [GP_UNKNOWN] = GP_MARK_UNKNOWN,
                                      [GP_NA] = GP_MARK_NA};

    return of[result];
}

void gp_page_bold(struct gp_page *page, bool begin)
{
    if (page->style->colour)
        gp_strbuf_add(page->out, begin ? BOLD : PLAIN);
}

/* ---- foreign text ------------------------------------------------------------------------------------------------ */

/* What typographers put where ASCII has something near enough. */
static const char *near_ascii(uint32_t code_point)
{
    static const struct {
        uint32_t code_point;
        const char *ascii;
    } rows[] = {
        {0xa0, " "},   {0xb7, "-"},   {0x2010, "-"},  {0x2011, "-"},  {0x2013, "-"},  {0x2014, "--"},  {0x2018, "'"},
        {0x2019, "'"}, {0x201a, "'"}, {0x201c, "\""}, {0x201d, "\""}, {0x201e, "\""}, {0x2026, "..."}, {0x2192, "->"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++)
        if (rows[i].code_point == code_point)
            return rows[i].ascii;
    return NULL;
}

static void add_ascii(struct gp_strbuf *out, struct gp_str text)
{
    size_t size;

    for (size_t at = 0; at < text.len; at += size) {
        uint32_t code_point = 0;

        size = gp_utf8_char(text.data + at, text.len - at, &code_point);
        const char *near = size ? near_ascii(code_point) : NULL;
        if (near)
            gp_strbuf_add(out, near);
        else if (size && code_point >= 0x80)
            gp_strbuf_printf(out, "\\u{%04x}", (unsigned)code_point);
        else
            gp_text_escape(out, text.data + at, 1, false);
        size = size ? size : 1;
    }
}

void gp_page_str(struct gp_page *page, struct gp_str text)
{
    if (page->style->unicode)
        gp_text_escape(page->out, text.data, text.len, false);
    else
        add_ascii(page->out, text);
}

void gp_page_text(struct gp_page *page, const char *text)
{
    if (text)
        gp_page_str(page, (struct gp_str){text, strlen(text)});
}

void gp_page_lines(struct gp_page *page, struct gp_str text, size_t indent)
{
    while (text.len && text.data[text.len - 1] == '\n')
        text.len--;
    for (;;) {
        const char *end = text.len ? memchr(text.data, '\n', text.len) : NULL;
        size_t len = end ? (size_t)(end - text.data) : text.len;

        gp_page_str(page, (struct gp_str){text.data, len});
        if (!end)
            return;
        gp_strbuf_add_char(page->out, '\n');
        text.data += len + 1;
        text.len -= len + 1;
        if (text.data[0] != '\n')
            gp_strbuf_add_repeat(page->out, ' ', indent);
    }
}

void gp_page_strs(struct gp_page *page, struct gp_strs texts)
{
    for (size_t i = 0; i < texts.count; i++) {
        gp_strbuf_add(page->out, i ? ", " : "");
        gp_page_str(page, texts.data[i]);
    }
}

/* ---- columns ----------------------------------------------------------------------------------------------------- */

size_t gp_page_column(const struct gp_page *page, size_t start)
{
    size_t columns = 0, size;

    for (size_t at = start; at < page->out->len; at += size) {
        const char *text = page->out->data + at;
        size_t len = page->out->len - at;

        if (text[0] == '\033') /* a colour of ours: foreign ones are escaped */
            size = strcspn(text, "m") + 1;
        else
            columns += gp_text_width_at(text, len, &size);
    }
    return columns;
}

size_t gp_page_width(const struct gp_page *page, const char *text)
{
    struct gp_strbuf cell = {0};
    struct gp_page measure = {.out = &cell, .style = page->style};

    gp_page_text(&measure, text);
    size_t width = gp_page_column(&measure, 0);
    page->out->failed |= !gp_strbuf_ok(&cell);
    gp_strbuf_done(&cell);
    return width;
}

void gp_page_pad(struct gp_page *page, size_t start, size_t width, size_t least)
{
    size_t column = gp_page_column(page, start);

    gp_strbuf_add_repeat(page->out, ' ', column + least < width ? width - column : least);
}

/* ---- places, states, commands ------------------------------------------------------------------------------------ */

static void separate(struct gp_page *page, size_t start)
{
    if (page->out->len == start)
        return;
    gp_strbuf_add_char(page->out, ' ');
    gp_page_mark(page, GP_MARK_DOT);
    gp_strbuf_add_char(page->out, ' ');
}

void gp_page_place(struct gp_page *page, const struct gp_ruleset *rules, struct gp_span at, struct gp_strs source,
                   enum gp_basis basis)
{
    size_t start = page->out->len;

    if (at.source) {
        struct gp_position position = gp_sources_position(rules->sources, at);

        gp_page_text(page, position.file);
        gp_strbuf_printf(page->out, ":%zu:%zu", position.line, position.column);
    }
    if (page->style->verbose && basis != GP_BASIS_NONE) {
        separate(page, start);
        gp_strbuf_add(page->out, gp_basis_name(basis));
    }
    if (source.count) {
        separate(page, start);
        gp_page_strs(page, source);
    }
}

static void candidates(struct gp_page *page, const struct gp_state_verdict *state)
{
    for (size_t i = 0; i < state->candidate_count; i++) {
        gp_strbuf_add(page->out, i ? ", " : ": ");
        gp_page_str(page, state->candidates[i]->id);
    }
}

void gp_page_state(struct gp_page *page, const struct gp_state_verdict *state)
{
    if (state->none)
        return;
    gp_strbuf_add(page->out, " (state: ");
    switch (state->kind) {
    case GP_STATE_NAMED:
        gp_page_str(page, state->name->id);
        if (state->basis != GP_BASIS_NONE)
            gp_strbuf_printf(page->out, ", %s", gp_basis_name(state->basis));
        break;
    case GP_STATE_AMBIGUOUS:
        gp_strbuf_add(page->out, "ambiguous");
        candidates(page, state);
        break;
    case GP_STATE_UNDETERMINED:
        gp_strbuf_add(page->out, "undetermined");
        candidates(page, state);
        break;
    case GP_STATE_UNRECOGNISED:
        gp_strbuf_add(page->out, "unrecognised");
        break;
    }
    gp_strbuf_add_char(page->out, ')');
}

void gp_page_until(struct gp_page *page, const struct gp_value *until)
{
    char text[GP_TIME_SIZE];

    if (until->type == GP_TYPE_ANY)
        return;
    gp_time_format((struct timespec){.tv_sec = (time_t)until->integer}, text);
    gp_strbuf_printf(page->out, " until %.*s", (int)(sizeof("2027-01-31") - 1), text);
}

void gp_page_directory(struct gp_page *page)
{
    gp_page_text(page, page->subject->directory);
    gp_strbuf_add(page->out, ": ");
}

void gp_page_command(struct gp_page *page, const char *verb, struct gp_str word)
{
    const struct gp_subject *subject = page->subject;
    bool ascii = !page->style->unicode;

    gp_strbuf_printf(page->out, "gatepost %s ", verb);
    gp_page_text(page, subject->rules_option);
    if (word.data) {
        gp_quote_word(page->out, word, ascii);
        gp_strbuf_add_char(page->out, ' ');
    }
    gp_quote_path(page->out, (struct gp_str){subject->directory, strlen(subject->directory)}, ascii);
}

void gp_page_remedy(struct gp_page *page, const char *text, const struct gp_operation *operation)
{
    if (!text && !operation)
        return;
    gp_strbuf_add(page->out, "  ");
    gp_page_mark(page, GP_MARK_REMEDY);
    gp_strbuf_add_char(page->out, ' ');
    if (operation) {
        gp_page_command(page, operation->action.count ? "run" : "check", operation->def.id);
        gp_strbuf_add(page->out, text ? "\n    " : "");
    }
    if (text)
        gp_page_lines(page, (struct gp_str){text, strlen(text)}, 4);
    gp_strbuf_add_char(page->out, '\n');
}
