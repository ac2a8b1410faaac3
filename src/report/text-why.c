/*
 * `why` as text: the causes that are certain, those that may be, and those that
 * are excluded.
 */
#include "report/text-requirement.h"
#include "report/words.h"

/* ---- the first line ---------------------------------------------------------------------------------------------- */

static size_t count_of(const struct gp_why *why, enum gp_cause_verdict kind)
{
    size_t count = 0;

    for (size_t i = 0; i < why->cause_count; i++)
        count += why->causes[i].kind == kind;
    return count;
}

static void names_of(struct gp_page *page, const struct gp_why *why, enum gp_cause_verdict kind)
{
    bool one_more = false;

    for (size_t i = 0; i < why->cause_count; i++) {
        const struct gp_why_cause *cause = &why->causes[i];

        if (cause->kind != kind)
            continue;
        gp_strbuf_add(page->out, one_more ? ", " : " ");
        if (cause->operation) {
            gp_page_str(page, cause->operation->def.id);
            gp_strbuf_add_char(page->out, '/');
        }
        gp_page_str(page, cause->id);
        one_more = true;
    }
}

static void first_line(struct gp_page *page, const struct gp_why *why)
{
    gp_page_bold(page, true);
    gp_page_directory(page);
    gp_page_str(page, why->message->def.id);
    if (count_of(why, GP_CAUSE_CERTAIN)) {
        gp_strbuf_add(page->out, " is because of");
        names_of(page, why, GP_CAUSE_CERTAIN);
    } else if (count_of(why, GP_CAUSE_UNDECIDED)) {
        gp_strbuf_add(page->out, " may be because of");
        names_of(page, why, GP_CAUSE_UNDECIDED);
    } else {
        gp_strbuf_add(page->out, " has no documented cause here");
    }
    gp_page_bold(page, false);
    gp_strbuf_add_char(page->out, '\n');
}

/* ---- the causes -------------------------------------------------------------------------------------------------- */

static void cause_block(struct gp_page *page, const struct gp_why_cause *cause, enum gp_mark mark,
                        struct gp_told *told)
{
    const struct gp_requirement *requirement = cause->verdict.requirement;
    struct gp_block block = {
        .mark = mark,
        .id = cause->id,
        .operation = cause->operation,
        .title = requirement ? requirement->def.title : (struct gp_str){0},
        .at = cause->at,
        .source = cause->source,
        .verdict = &cause->verdict,
    };

    gp_text_block(page, &block, told);
}

static void blocks_of(struct gp_page *page, const struct gp_why *why, enum gp_cause_verdict kind, enum gp_mark mark,
                      struct gp_told *told)
{
    for (size_t i = 0; i < why->cause_count; i++)
        if (why->causes[i].kind == kind)
            cause_block(page, &why->causes[i], mark, told);
}

void gp_text_why(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                 struct gp_eval *eval, const struct gp_why *why)
{
    struct gp_page page = {.out = out, .style = style, .subject = subject};
    struct gp_told told = {.id = {0}};
    bool open = count_of(why, GP_CAUSE_CERTAIN) || count_of(why, GP_CAUSE_UNDECIDED);

    (void)eval;
    first_line(&page, why);
    if (style->quiet)
        return;
    gp_text_message(&page, why->message);
    blocks_of(&page, why, GP_CAUSE_CERTAIN, GP_MARK_FALSE, &told);
    blocks_of(&page, why, GP_CAUSE_UNDECIDED, GP_MARK_UNKNOWN, &told);
    if (!open || style->verbose) {
        blocks_of(&page, why, GP_CAUSE_EXCLUDED, GP_MARK_TRUE, &told);
    } else if (count_of(why, GP_CAUSE_EXCLUDED)) {
        gp_strbuf_add(out, "\n  ");
        gp_page_mark(&page, GP_MARK_TRUE);
        gp_strbuf_add(out, " excluded:");
        names_of(&page, why, GP_CAUSE_EXCLUDED);
        gp_strbuf_add_char(out, '\n');
    }
}
