/*
 * `inspect` as text: the summary that the rule set declares; without one, or with
 * --verbose, the states with their evidence, markers, attestations, the ledger.
 */
#include "eval/summary.h"
#include "report/evidence.h"
#include "report/text-ledger.h"
#include "report/words.h"
#include "util/clock.h"
#include "util/text.h"

#include <string.h>

#define EVIDENCE_INDENT 6
#define GAP 3u

/* ---- states ------------------------------------------------------------------------------------------------------ */

static void state_block(struct gp_page *page, const struct gp_named_cond *state, const struct gp_proof *proof)
{
    struct gp_evidence evidence = {.markers = true};

    gp_strbuf_add(page->out, "  ");
    gp_page_mark(page, gp_mark_of(proof->result));
    gp_strbuf_add_char(page->out, ' ');
    gp_page_str(page, state->id);
    if (state->cond->title.len) {
        gp_strbuf_add(page->out, "   ");
        gp_page_str(page, state->cond->title);
    }
    gp_strbuf_add_char(page->out, '\n');
    gp_evidence_add(&evidence, proof);
    gp_evidence_write(page, &evidence, state->cond->title, EVIDENCE_INDENT);
    if (proof->result == GP_UNKNOWN)
        gp_evidence_ways_out(page, &evidence);
}

/* Those that the tree is in or may be in come first. */
static void states(struct gp_page *page, const struct gp_state_verdict *verdict)
{
    static const enum gp_result order[] = {GP_TRUE, GP_UNKNOWN, GP_FALSE, GP_NA};
    const struct gp_map *map = &page->subject->rules->defs.states;

    if (verdict->none)
        return;
    gp_strbuf_add(page->out, "\nStates\n");
    for (size_t k = 0; k < GP_COUNT(order); k++)
        for (size_t i = 0; i < map->count; i++)
            if (verdict->proofs[i].result == order[k])
                state_block(page, map->data[i].value, &verdict->proofs[i]);
}

void gp_text_states(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                    const struct gp_state_verdict *state)
{
    struct gp_page page = {.out = out, .style = style, .subject = subject};

    states(&page, state);
}

/* ---- markers ----------------------------------------------------------------------------------------------------- */

static size_t wider(size_t column, struct gp_str id)
{
    return id.len + GAP > column ? id.len + GAP : column; /* ids are ASCII */
}

static void value(struct gp_page *page, const struct gp_value *it)
{
    struct gp_arena *arena = gp_arena_new(0);
    const char *text = arena ? gp_value_text(it, arena) : NULL;

    page->out->failed |= text == NULL;
    gp_page_text(page, text);
    gp_arena_free(arena);
}

static void marker(struct gp_page *page, const struct gp_inspected_marker *it, size_t column)
{
    const struct gp_reading *reading = &it->reading;
    size_t start = page->out->len + 2;

    gp_strbuf_add(page->out, "  ");
    gp_page_str(page, it->marker->def.id);
    gp_page_pad(page, start, column, 1);
    if (reading->result == GP_TRUE) {
        value(page, &reading->value);
        if (reading->basis != GP_BASIS_NONE)
            gp_strbuf_printf(page->out, " (%s)", gp_basis_name(reading->basis));
    } else {
        gp_strbuf_add(page->out, reading->result == GP_NA ? "n/a" : "unknown");
        gp_strbuf_add(page->out, reading->detail || reading->result == GP_UNKNOWN ? ": " : "");
        gp_page_text(page, reading->detail ? reading->detail : gp_reason_words(reading->reason));
    }
    if (it->marker->def.title.len) {
        gp_strbuf_add(page->out, "   ");
        gp_page_str(page, it->marker->def.title);
    }
    gp_strbuf_add_char(page->out, '\n');
    if (!page->style->verbose)
        return;
    gp_strbuf_add_repeat(page->out, ' ', EVIDENCE_INDENT);
    gp_page_place(page, page->subject->rules, it->marker->def.at, reading->source, GP_BASIS_NONE);
    gp_strbuf_add_char(page->out, '\n');
}

static void markers(struct gp_page *page, const struct gp_inspection *inspection)
{
    size_t column = 0;

    if (inspection->marker_count)
        gp_strbuf_add(page->out, "\nMarkers\n");
    for (size_t i = 0; i < inspection->marker_count; i++)
        column = wider(column, inspection->markers[i].marker->def.id);
    for (size_t i = 0; i < inspection->marker_count; i++)
        marker(page, &inspection->markers[i], column);
}

/* ---- attestations, ledger ---------------------------------------------------------------------------------------- */

static void attestation(struct gp_page *page, const struct gp_inspected_attestation *it, size_t column)
{
    const struct gp_ledger_entry *newest = it->newest;
    size_t start = page->out->len + 2;
    char when[GP_TIME_SIZE];

    gp_strbuf_add(page->out, "  ");
    gp_page_mark(page, it->valid ? GP_MARK_TRUE : GP_MARK_UNKNOWN);
    gp_strbuf_add_char(page->out, ' ');
    gp_page_str(page, it->attestation->def.id);
    gp_page_pad(page, start, column + 2, 1);
    if (!it->valid) {
        gp_page_text(page, it->detail ? it->detail : gp_reason_words(GP_REASON_NOT_ATTESTED));
    } else if (newest) {
        gp_time_format(newest->when, when);
        gp_strbuf_printf(page->out, "attested at %s by ", when);
        gp_page_text(page, newest->who);
        gp_strbuf_add(page->out, newest->reason && *newest->reason ? ": " : "");
        gp_page_text(page, newest->reason);
    } else {
        gp_strbuf_add(page->out, "taken as given");
    }
    gp_strbuf_add_char(page->out, '\n');
}

static void attestations(struct gp_page *page, const struct gp_inspection *inspection)
{
    size_t column = 0;

    if (inspection->attestation_count)
        gp_strbuf_add(page->out, "\nAttestations\n");
    for (size_t i = 0; i < inspection->attestation_count; i++)
        column = wider(column, inspection->attestations[i].attestation->def.id);
    for (size_t i = 0; i < inspection->attestation_count; i++)
        attestation(page, &inspection->attestations[i], column);
}

static void ledger(struct gp_page *page, const struct gp_inspection *inspection)
{
    gp_strbuf_add(page->out, "\nLedger\n");
    if (inspection->ledger_reason == GP_REASON_NONE) {
        gp_text_ledger(page, inspection->ledger);
        return;
    }
    gp_strbuf_add(page->out, "  ");
    gp_page_mark(page, GP_MARK_UNKNOWN);
    gp_strbuf_printf(page->out, " cannot be read: %s\n", gp_reason_words(inspection->ledger_reason));
}

/* ---- the summary ------------------------------------------------------------------------------------------------- */

static struct gp_str title_of(const struct gp_summarised *it)
{
    return it->line->def.title.len ? it->line->def.title : it->line->def.id;
}

static void summary_line(struct gp_page *page, const struct gp_summarised *it, size_t column)
{
    size_t start = page->out->len + 2;

    gp_strbuf_add(page->out, "  ");
    gp_page_str(page, title_of(it));
    gp_page_pad(page, start, column, 1);
    if (it->result == GP_TRUE || it->result == GP_FALSE) {
        gp_page_text(page, it->text);
        if (it->basis != GP_BASIS_NONE && it->basis != GP_BASIS_STATED)
            gp_strbuf_printf(page->out, " (%s)", gp_basis_name(it->basis));
    } else {
        gp_page_mark(page, gp_mark_of(it->result));
        gp_strbuf_add(page->out, it->result == GP_NA ? " n/a" : " unknown");
        gp_strbuf_add(page->out, it->detail || it->result == GP_UNKNOWN ? ": " : "");
        gp_page_text(page, it->detail ? it->detail : gp_reason_words(it->reason));
    }
    gp_strbuf_add_char(page->out, '\n');
}

static void summary(struct gp_page *page, const struct gp_inspection *inspection)
{
    size_t column = 0;
    struct gp_str group = {NULL, 0};

    for (size_t i = 0; i < inspection->summary_count; i++) {
        struct gp_strbuf plain = {0};
        struct gp_page one = {.out = &plain, .style = page->style, .subject = page->subject};
        gp_page_str(&one, title_of(&inspection->summary[i]));
        size_t width = gp_page_column(&one, 0) + GAP;
        column = width > column ? width : column;
        gp_strbuf_done(&plain);
    }
    for (size_t i = 0; i < inspection->summary_count; i++) {
        struct gp_str own = inspection->summary[i].line->group;
        if (i == 0 || !gp_str_equal(own, group)) {
            gp_strbuf_add_char(page->out, '\n');
            gp_page_str(page, own);
            gp_strbuf_add(page->out, own.len ? "\n" : "");
            group = own;
        }
        summary_line(page, &inspection->summary[i], column);
    }
}

void gp_text_inspect(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                     struct gp_eval *eval, const struct gp_inspection *inspection)
{
    struct gp_page page = {.out = out, .style = style, .subject = subject};

    (void)eval;
    gp_page_bold(&page, true);
    gp_page_directory(&page);
    gp_strbuf_add(out, "seen as ");
    gp_page_str(&page, subject->rules->manifest.name);
    gp_page_state(&page, &inspection->state);
    gp_page_bold(&page, false);
    gp_strbuf_add_char(out, '\n');
    if (style->quiet)
        return;
    summary(&page, inspection);
    if (subject->rules->defs.summary.count && !style->verbose)
        return; /* it is what its authors want to be seen; --verbose has everything */
    states(&page, &inspection->state);
    markers(&page, inspection);
    attestations(&page, inspection);
    ledger(&page, inspection);
}
