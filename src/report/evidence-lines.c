/*
 * Evidence as lines of a text report.
 */
#include "report/evidence.h"
#include "report/quote.h"
#include "report/words.h"
#include "util/text.h"

#include <string.h>

#define COLUMN_MAX 44u /* a longer subject pushes only its own line aside */
#define GAP 3u

static size_t shown_of(const struct gp_page *page, const struct gp_evidence *evidence)
{
    return page->style->verbose || evidence->count <= GP_EVIDENCE_SHOWN ? evidence->count : GP_EVIDENCE_SHOWN;
}

/* The column in which findings begin. */
static size_t column_of(const struct gp_page *page, const struct gp_evidence *evidence, size_t shown)
{
    struct gp_strbuf cell = {0};
    struct gp_page measure = {.out = &cell, .style = page->style};
    size_t widest = 0;

    for (size_t i = 0; i < shown; i++) {
        gp_strbuf_reset(&cell);
        gp_leaf_subject(&measure, evidence->leaves[i]);
        size_t width = gp_page_column(&measure, 0);
        if (width > widest && width <= COLUMN_MAX)
            widest = width;
    }
    page->out->failed |= !gp_strbuf_ok(&cell);
    gp_strbuf_done(&cell);
    return widest ? widest + GAP : 0;
}

/* `told`: what need not be said of it. */
static void write_leaf(struct gp_page *page, const struct gp_proof *leaf, const struct gp_str told[2], size_t column)
{
    size_t start = page->out->len;

    gp_leaf_subject(page, leaf);
    if (page->out->len > start)
        gp_page_pad(page, start, column, GAP);
    gp_leaf_finding(page, leaf);
    if (leaf->label.len && !gp_str_equal(leaf->label, told[0]) && !gp_str_equal(leaf->label, told[1])) {
        gp_strbuf_add(page->out, "   (");
        gp_page_str(page, leaf->label);
        gp_strbuf_add_char(page->out, ')');
    }
    gp_strbuf_add_char(page->out, '\n');
}

void gp_evidence_write(struct gp_page *page, const struct gp_evidence *evidence, struct gp_str title, size_t indent)
{
    size_t shown = shown_of(page, evidence);
    size_t column = column_of(page, evidence, shown);

    for (size_t i = 0; i < shown; i++) {
        gp_strbuf_add_repeat(page->out, ' ', indent);
        write_leaf(page, evidence->leaves[i], (struct gp_str[]){title, i ? evidence->leaves[i - 1]->label : title},
                   column);
    }
    if (shown == evidence->count && !evidence->more)
        return;
    gp_strbuf_add_repeat(page->out, ' ', indent);
    gp_page_mark(page, GP_MARK_MORE);
    if (shown < evidence->count)
        gp_strbuf_printf(page->out, " and %zu more (-v shows them)\n", evidence->count - shown);
    else
        gp_strbuf_add(page->out, " and more\n");
}

void gp_offenders_write(struct gp_page *page, const struct gp_offenders *offenders, size_t indent)
{
    if (offenders->count <= offenders->shown_count)
        return;
    gp_strbuf_add_repeat(page->out, ' ', indent);
    gp_text_grouped(page->out, offenders->count);
    gp_strbuf_printf(page->out, " of them; the first %zu:\n", offenders->shown_count);
}

/* ---- what would decide ------------------------------------------------------------------------------------------- */

/* The parameter that was not given; data NULL: the words of the detail must do. */
static struct gp_str not_given(const struct gp_proof *leaf)
{
    if (leaf->reason != GP_REASON_NOT_GIVEN)
        return (struct gp_str){0};
    if (leaf->subject && strcmp(leaf->subject, "parameter") == 0)
        return leaf->name;
    return leaf->under && !leaf->subject ? (struct gp_str){leaf->under, strlen(leaf->under)} : (struct gp_str){0};
}

static bool is_attestation(const struct gp_proof *leaf)
{
    return leaf->reason == GP_REASON_NOT_ATTESTED && leaf->subject && strcmp(leaf->subject, "attested") == 0;
}

/* Whether two unknowns are decided by the same thing. */
static bool same_way(const struct gp_proof *a, const struct gp_proof *b)
{
    return a->result == b->result && a->reason == b->reason && is_attestation(a) == is_attestation(b) &&
           gp_str_equal(not_given(a), not_given(b)) && (!is_attestation(a) || gp_str_equal(a->name, b->name));
}

static void begin_way(struct gp_page *page)
{
    gp_strbuf_add(page->out, "  ");
    gp_page_mark(page, GP_MARK_REMEDY);
    gp_strbuf_add_char(page->out, ' ');
}

static void write_way(struct gp_page *page, const struct gp_proof *leaf)
{
    struct gp_str parameter = not_given(leaf);
    const char *way = gp_reason_way_out(leaf->reason);

    if (is_attestation(leaf)) {
        begin_way(page);
        gp_page_command(page, "attest", leaf->name);
        gp_strbuf_add(page->out, " --reason ");
        gp_page_mark(page, GP_MARK_MORE);
    } else if (parameter.data) {
        begin_way(page);
        gp_strbuf_add(page->out, "--set ");
        gp_quote_word(page->out, parameter, !page->style->unicode);
        gp_strbuf_add_char(page->out, '=');
        gp_page_mark(page, GP_MARK_MORE);
    } else if (way) {
        begin_way(page);
        gp_strbuf_add(page->out, way);
    } else {
        return;
    }
    gp_strbuf_add_char(page->out, '\n');
}

void gp_evidence_ways_out(struct gp_page *page, const struct gp_evidence *evidence)
{
    for (size_t i = 0; i < evidence->count; i++) {
        const struct gp_proof *leaf = evidence->leaves[i];
        bool known = leaf->result != GP_UNKNOWN;

        for (size_t k = 0; k < i && !known; k++)
            known = same_way(leaf, evidence->leaves[k]);
        if (!known)
            write_way(page, leaf);
    }
}
