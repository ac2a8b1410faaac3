/* Findings as JSON: an object each. */
#include "report/findings.h"
#include "report/json-parts.h"

static void set_number(struct gp_jot *object, const char *key, size_t number)
{
    gp_jot_set(object, key, number ? json_integer((json_int_t)number) : json_null());
}

/* file, line, column, end_line, end_column: null without a place, all but `file` of a file as a whole.  The end is behind the last character. */
static void set_place(struct gp_jot *object, const struct gp_sources *sources, struct gp_span span)
{
    struct gp_position start = gp_sources_position(sources, span), end = gp_span_end(sources, span);

    gp_jot_text(object, "file", span.source ? start.file : NULL);
    set_number(object, "line", start.line);
    set_number(object, "column", start.column);
    set_number(object, "end_line", end.line);
    set_number(object, "end_column", end.column);
}

static json_t *notes(const struct gp_finding *finding)
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < finding->diag->note_count; i++) {
        const struct gp_diag_note *note = &finding->diag->notes[i];
        struct gp_jot object = gp_jot_object();

        gp_jot_text(&object, "message", note->text);
        set_place(&object, finding->sources, note->span);
        gp_jot_push(&array, gp_jot_done(&object));
    }
    return gp_jot_done(&array);
}

/* The edit: what stands from one position to the other becomes the text. */
static json_t *suggestion(const struct gp_finding *finding)
{
    struct gp_jot object = gp_jot_object(), replace = gp_jot_object();

    set_place(&replace, finding->sources, finding->diag->span);
    gp_jot_set(&object, "replace", gp_jot_done(&replace));
    gp_jot_text(&object, "text", finding->diag->suggestion);
    return gp_jot_done(&object);
}

json_t *gp_json_finding(const struct gp_finding *finding)
{
    const struct gp_diag *diag = finding->diag;
    const struct gp_diag_info *info = gp_diag_info((int)diag->id);
    struct gp_jot object = gp_jot_object();

    gp_jot_set(&object, "schema", json_integer(1));
    gp_jot_text(&object, "gatepost", PACKAGE_VERSION);
    gp_jot_set(&object, "id", json_sprintf("GP%04d", (int)diag->id));
    gp_jot_text(&object, "level", gp_level_name(diag->level));
    gp_jot_text(&object, "title", info ? info->title : NULL);
    gp_jot_text(&object, "message", diag->message);
    set_place(&object, finding->sources, diag->span);
    gp_jot_set(&object, "notes", notes(finding));
    gp_jot_set(&object, "suggestion", diag->suggestion ? suggestion(finding) : json_null());
    return gp_jot_done(&object);
}
