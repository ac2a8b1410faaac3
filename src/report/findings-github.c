/*
 * Findings as workflow commands: GitHub turns each line into an annotation of a
 * change.  A line that something in a rule file could end, or begin anew, would
 * be a command of its own.
 */
#include <string.h>

#include "report/findings.h"
#include "util/text.h"

/* As the runner undoes it; ':' and ',' separate properties. */
static const char *escape_of(char c, bool property)
{
    switch (c) {
    case '%':
        return "%25";
    case '\r':
        return "%0D";
    case '\n':
        return "%0A";
    case ':':
        return property ? "%3A" : NULL;
    case ',':
        return property ? "%2C" : NULL;
    default:
        return NULL;
    }
}

/* What is left that a terminal, or a log in a browser, could act on is made visible. */
static void add(struct gp_strbuf *out, const char *text, bool property)
{
    size_t from = 0, at = 0;

    for (; text[at]; at++) {
        const char *escape = escape_of(text[at], property);

        if (!escape)
            continue;
        gp_text_escape(out, text + from, at - from, false);
        gp_strbuf_add(out, escape);
        from = at + 1;
    }
    gp_text_escape(out, text + from, at - from, false);
}

static void add_place(struct gp_strbuf *out, const struct gp_finding *finding)
{
    struct gp_position start = gp_sources_position(finding->sources, finding->diag->span);
    struct gp_position end = gp_span_end(finding->sources, finding->diag->span);

    if (!finding->diag->span.source)
        return;
    gp_strbuf_add(out, "file=");
    add(out, strncmp(start.file, "./", 2) == 0 ? start.file + 2 : start.file, true);
    if (!start.line) { /* the file as a whole */
        gp_strbuf_add_char(out, ',');
        return;
    }
    gp_strbuf_printf(out, ",line=%zu,col=%zu", start.line, start.column);
    if (end.line != start.line)
        gp_strbuf_printf(out, ",endLine=%zu", end.line); /* the runner takes columns within one line alone */
    else if (end.column > start.column)
        gp_strbuf_printf(out, ",endColumn=%zu", end.column);
    gp_strbuf_add_char(out, ',');
}

/* A note on a line of its own: "file:7:1: text". */
static void add_note(struct gp_strbuf *out, const struct gp_sources *sources, const struct gp_diag_note *note)
{
    struct gp_position at = gp_sources_position(sources, note->span);

    gp_strbuf_add(out, "%0Anote: ");
    if (note->span.source)
        add(out, at.file, false);
    if (at.line)
        gp_strbuf_printf(out, ":%zu:%zu", at.line, at.column);
    gp_strbuf_add(out, note->span.source ? ": " : "");
    add(out, note->text, false);
}

void gp_github_findings(struct gp_strbuf *out, const struct gp_findings *findings)
{
    static const char *const commands[] = {
        [GP_LEVEL_NOTE] = "notice", [GP_LEVEL_WARNING] = "warning", [GP_LEVEL_ERROR] = "error"};

    for (size_t i = 0; i < findings->count; i++) {
        const struct gp_finding *finding = &findings->data[i];
        const struct gp_diag *diag = finding->diag;
        const struct gp_diag_info *info = gp_diag_info((int)diag->id);

        if (diag->level == GP_LEVEL_SILENT)
            continue;
        gp_strbuf_printf(out, "::%s ", commands[diag->level]);
        add_place(out, finding);
        gp_strbuf_printf(out, "title=GP%04d ", (int)diag->id);
        add(out, info ? info->title : "", true);
        gp_strbuf_add(out, "::");
        add(out, diag->message, false);
        for (size_t n = 0; n < diag->note_count; n++)
            add_note(out, finding->sources, &diag->notes[n]);
        if (diag->suggestion) {
            gp_strbuf_add(out, "%0Adid you mean '");
            add(out, diag->suggestion, false);
            gp_strbuf_add(out, "'?");
        }
        gp_strbuf_add_char(out, '\n');
    }
}
