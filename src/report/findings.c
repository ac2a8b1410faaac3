/* What all formats of lint ask about findings, and the text for people. */
#include "report/findings.h"

#include <string.h>

bool gp_finding_counts(const struct gp_findings *findings, const struct gp_finding *finding)
{
    return finding->diag->level == GP_LEVEL_ERROR || (findings->strict && finding->diag->level == GP_LEVEL_WARNING);
}

struct gp_finding_tally gp_findings_tally(const struct gp_findings *findings, size_t first, size_t end)
{
    struct gp_finding_tally tally = {0};

    for (size_t i = first; i < end; i++) {
        const struct gp_finding *finding = &findings->data[i];
        enum gp_level level = finding->diag->level;

        tally.errors += level == GP_LEVEL_ERROR;
        tally.warnings += level == GP_LEVEL_WARNING;
        tally.notes += level == GP_LEVEL_NOTE;
        tally.silent += level == GP_LEVEL_SILENT;
        tally.against += gp_finding_counts(findings, finding);
    }
    return tally;
}

static void say_number(struct gp_strbuf *out, size_t count, const char *what, const char *between)
{
    gp_strbuf_printf(out, "%s%zu %s%s", between, count, what, count == 1 ? "" : "s");
}

void gp_findings_say(struct gp_strbuf *out, const struct gp_finding_tally *tally)
{
    const struct {
        size_t count;
        const char *what;
    } parts[] = {{tally->errors, "error"}, {tally->warnings, "warning"}, {tally->notes, "note"}};
    bool any = false;

    for (size_t i = 0; i < GP_COUNT(parts); i++) {
        if (!parts[i].count)
            continue;
        say_number(out, parts[i].count, parts[i].what, any ? ", " : "");
        any = true;
    }
    if (!any)
        gp_strbuf_add(out, "no findings");
}

struct gp_position gp_span_end(const struct gp_sources *sources, struct gp_span span)
{
    return gp_sources_position(sources, (struct gp_span){span.source, span.offset + span.length, 0});
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

/* One line alone: where and what. */
static void brief(struct gp_strbuf *out, const struct gp_finding *finding, bool colour)
{
    struct gp_strbuf text = {0};

    gp_diag_render(&text, finding->sources, finding->diag, colour);
    if (text.len)
        gp_strbuf_add_mem(out, text.data, (size_t)(strchr(text.data, '\n') - text.data) + 1);
    out->failed = out->failed || !gp_strbuf_ok(&text);
    gp_strbuf_done(&text);
}

/* "2 errors, 3 warnings in 4 files; 1 more is silenced" */
static void summary(struct gp_strbuf *out, const struct gp_findings *findings, const struct gp_finding_tally *tally)
{
    gp_findings_say(out, tally);
    say_number(out, findings->file_count, "file", " in ");
    if (tally->silent)
        gp_strbuf_printf(out, "; %zu silenced", tally->silent);
    if (findings->dropped)
        gp_strbuf_printf(out, "; %zu more like these are not shown", findings->dropped);
    gp_strbuf_add_char(out, '\n');
    size_t elsewhere = findings->errors_elsewhere + findings->others_elsewhere;
    if (!elsewhere)
        return;
    say_number(out, elsewhere, "finding", "");
    gp_strbuf_printf(out, " in other files of the rule set %s not shown", elsewhere == 1 ? "is" : "are");
    if (findings->errors_elsewhere) {
        say_number(out, findings->errors_elsewhere, "error", "; ");
        gp_strbuf_printf(out, " among them: without %s more could be checked here",
                         findings->errors_elsewhere == 1 ? "it" : "them");
    }
    gp_strbuf_add_char(out, '\n');
}

/* The gravest finding that is shown; NULL: none is. */
static const struct gp_diag *gravest(const struct gp_findings *findings)
{
    const struct gp_diag *found = NULL;

    for (size_t i = 0; i < findings->count; i++) {
        const struct gp_diag *diag = findings->data[i].diag;
        if (diag->level != GP_LEVEL_SILENT && (!found || diag->level > found->level))
            found = diag;
    }
    return found;
}

void gp_text_findings(struct gp_strbuf *out, const struct gp_style *style, const struct gp_findings *findings)
{
    struct gp_finding_tally tally = gp_findings_tally(findings, 0, findings->count);
    const struct gp_diag *first = gravest(findings);

    for (size_t i = 0; i < findings->count; i++) {
        const struct gp_finding *finding = &findings->data[i];
        if (style->quiet)
            brief(out, finding, style->colour);
        else
            gp_diag_render(out, finding->sources, finding->diag, style->colour);
    }
    if (style->quiet)
        return;
    gp_strbuf_add(out, first ? "\n" : "");
    summary(out, findings, &tally);
    if (first)
        gp_strbuf_printf(out, "'gatepost explain-code GP%04d' says more\n", (int)first->id);
}
