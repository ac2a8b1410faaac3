/*
 * Diagnostics as people read them.
 *
 * Source lines come from files that may be hostile or just long: a line is cut
 * to a window around its caret, and nothing of it is looked at beyond that.
 */
#include <string.h>

#include "util/diag.h"
#include "util/text.h"

#define WINDOW 160    /* columns of a source line that are shown */
#define BEFORE 60     /* of them before the caret, if the line has to be cut on the left */
#define TAB_COLUMNS 8 /* what a tab takes at most */

enum style { PLAIN, BOLD, RED, YELLOW, CYAN, GREEN };

static void style(struct gp_strbuf *out, enum style style, bool colour)
{
    static const char *const codes[] = {"\033[0m", "\033[1m", "\033[1;31m", "\033[1;33m", "\033[1;36m", "\033[1;32m"};

    if (colour)
        gp_strbuf_add(out, codes[style]);
}

static void styled(struct gp_strbuf *out, enum style of, const char *text, bool colour)
{
    style(out, of, colour);
    gp_strbuf_add(out, text);
    style(out, PLAIN, colour);
}

static void escaped(struct gp_strbuf *out, const char *text)
{
    gp_text_escape(out, text, strlen(text), false);
}

/* "file:line:col: " */
static void place(struct gp_strbuf *out, struct gp_position position, bool colour)
{
    style(out, BOLD, colour);
    escaped(out, position.file);
    if (position.line)
        gp_strbuf_printf(out, ":%zu:%zu", position.line, position.column);
    gp_strbuf_add_char(out, ':');
    style(out, PLAIN, colour);
    gp_strbuf_add_char(out, ' ');
}

/* The part of a line that is shown, and the caret's place; offsets are into the line. */
struct view {
    struct gp_str line;
    size_t first, last; /* shown is first <= offset < last */
    size_t caret, caret_end;
};

static size_t columns_at(struct gp_str line, size_t at, size_t *ret_size)
{
    if (line.data[at] == '\t') {
        *ret_size = 1;
        return TAB_COLUMNS;
    }
    return gp_text_width_at(line.data + at, line.len - at, ret_size);
}

/* The start of the character before `at` (which is not 0). */
static size_t step_back(struct gp_str line, size_t at)
{
    uint32_t code_point;

    for (size_t size = 4; size > 1; size--)
        if (size <= at && gp_utf8_char(line.data + at - size, size, &code_point) == size)
            return at - size;
    return at - 1;
}

/* The first offset from which the line takes at most `columns` to the caret. */
static size_t window_start(struct gp_str line, size_t caret, size_t columns)
{
    size_t at = caret;

    for (size_t taken = 0; at > 0;) {
        size_t before = step_back(line, at), size;
        taken += columns_at(line, before, &size);
        if (taken > columns)
            break;
        at = before;
    }
    return at;
}

static size_t window_end(struct gp_str line, size_t start, size_t columns)
{
    size_t at = start;

    for (size_t taken = 0, size; at < line.len; at += size) {
        taken += columns_at(line, at, &size);
        if (taken > columns)
            break;
    }
    return at;
}

static struct view view_of(const struct gp_sources *sources, struct gp_span span)
{
    const struct gp_source *source = gp_sources_get(sources, span.source);
    struct gp_str line = gp_sources_line(sources, span);
    size_t start = (size_t)(line.data - source->text);
    size_t offset = span.offset < source->length ? span.offset : source->length;
    struct view view = {.line = line, .caret = offset - start};

    if (start == 0 && line.len >= 3 && memcmp(line.data, "\xef\xbb\xbf", 3) == 0) { /* editors do not show it */
        view.line = (struct gp_str){line.data + 3, line.len - 3};
        view.caret = view.caret > 3 ? view.caret - 3 : 0;
    }
    if (view.caret > view.line.len)
        view.caret = view.line.len; /* on the line's end */
    view.caret_end = span.length < view.line.len - view.caret ? view.caret + span.length : view.line.len;
    view.first = window_start(view.line, view.caret, WINDOW - BEFORE);
    if (view.first > 0)
        view.first = window_start(view.line, view.caret, BEFORE);
    view.last = window_end(view.line, view.first, WINDOW);
    return view;
}

static void source_line(struct gp_strbuf *out, const struct view *view)
{
    gp_strbuf_add(out, view->first > 0 ? "..." : "");
    for (size_t at = view->first, size; at < view->last; at += size) {
        columns_at(view->line, at, &size);
        if (view->line.data[at] == '\t')
            gp_strbuf_add_char(out, '\t');
        else
            gp_text_escape(out, view->line.data + at, size, false);
    }
    gp_strbuf_add(out, view->last < view->line.len ? "..." : "");
}

/* A tab stands where the line has one: whatever a tab is worth, the caret is below its character. */
static void before_caret(struct gp_strbuf *out, const struct view *view)
{
    gp_strbuf_add_repeat(out, ' ', view->first > 0 ? strlen("...") : 0);
    for (size_t at = view->first, size; at < view->caret; at += size) {
        size_t columns = columns_at(view->line, at, &size);
        if (view->line.data[at] == '\t')
            gp_strbuf_add_char(out, '\t');
        else
            gp_strbuf_add_repeat(out, ' ', columns);
    }
}

static void underline(struct gp_strbuf *out, const struct view *view)
{
    size_t end = view->caret_end < view->last ? view->caret_end : view->last;
    size_t size;

    gp_strbuf_add_char(out, '^');
    if (view->caret >= end || view->line.data[view->caret] == '\t')
        return; /* behind a tab nobody knows the column */
    size_t columns = columns_at(view->line, view->caret, &size);
    gp_strbuf_add_repeat(out, '~', columns ? columns - 1 : 0);
    for (size_t at = view->caret + size; at < end; at += size) {
        columns = columns_at(view->line, at, &size);
        if (view->line.data[at] == '\t')
            gp_strbuf_add_char(out, '\t');
        else
            gp_strbuf_add_repeat(out, '~', columns);
    }
}

static void snippet(struct gp_strbuf *out, const struct gp_sources *sources, struct gp_span span, size_t line,
                    bool colour)
{
    struct view view = view_of(sources, span);
    size_t before = out->len;

    gp_strbuf_printf(out, "  %zu", line);
    size_t gutter = out->len - before;
    gp_strbuf_add(out, view.line.len ? " | " : " |");
    source_line(out, &view);
    gp_strbuf_add_char(out, '\n');
    gp_strbuf_add_repeat(out, ' ', gutter);
    gp_strbuf_add(out, " | ");
    before_caret(out, &view);
    style(out, GREEN, colour);
    underline(out, &view);
    style(out, PLAIN, colour);
    gp_strbuf_add_char(out, '\n');
}

static void note(struct gp_strbuf *out, const struct gp_sources *sources, const struct gp_diag_note *note, bool colour)
{
    struct gp_position position = gp_sources_position(sources, note->span);

    gp_strbuf_add(out, "  ");
    styled(out, CYAN, "note:", colour);
    gp_strbuf_add_char(out, ' ');
    if (note->span.source)
        place(out, position, colour);
    escaped(out, note->text);
    gp_strbuf_add_char(out, '\n');
    if (position.line)
        snippet(out, sources, note->span, position.line, colour);
}

void gp_diag_render(struct gp_strbuf *out, const struct gp_sources *sources, const struct gp_diag *diag, bool colour)
{
    static const enum style styles[] = {PLAIN, CYAN, YELLOW, RED};
    struct gp_position position = gp_sources_position(sources, diag->span);

    if (diag->level == GP_LEVEL_SILENT)
        return;
    if (diag->span.source)
        place(out, position, colour);
    style(out, styles[diag->level], colour);
    gp_strbuf_printf(out, "%s:", gp_level_name(diag->level));
    style(out, PLAIN, colour);
    gp_strbuf_add_char(out, ' ');
    escaped(out, diag->message);
    gp_strbuf_printf(out, " [GP%04d]\n", (int)diag->id);
    if (position.line)
        snippet(out, sources, diag->span, position.line, colour);
    for (size_t i = 0; i < diag->note_count; i++)
        note(out, sources, &diag->notes[i], colour);
    if (!diag->suggestion)
        return;
    gp_strbuf_add(out, "  ");
    styled(out, CYAN, "help:", colour);
    gp_strbuf_add(out, " did you mean '");
    escaped(out, diag->suggestion);
    gp_strbuf_add(out, "'?\n");
}
