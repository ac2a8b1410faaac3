/*
 * `check` and a `run` that did not come to act, as text.
 */
#include "report/text-requirement.h"
#include "report/words.h"

#include <string.h>

/* ---- the first line ---------------------------------------------------------------------------------------------- */

static void needs(struct gp_page *page, const struct gp_verdict *verdict)
{
    bool one_more = false;

    for (size_t i = 0; i < verdict->requirement_count; i++) {
        if (!gp_requirement_is_open_need(&verdict->requirements[i]))
            continue;
        gp_strbuf_add(page->out, one_more ? ", " : "; needs ");
        gp_page_str(page, verdict->requirements[i].requirement->def.id);
        one_more = true;
    }
}

void gp_text_verdict_words(struct gp_page *page, const struct gp_verdict *verdict)
{
    gp_strbuf_add(page->out, gp_verdict_name(verdict->kind));
    if (verdict->kind == GP_ALLOWED)
        needs(page, verdict);
}

void gp_text_first_line(struct gp_page *page, const struct gp_verdict *verdict)
{
    gp_page_bold(page, true);
    gp_page_directory(page);
    /* As it was asked for: with several rule sets that is SET/OP. */
    if (page->subject->operation_name)
        gp_page_text(page, page->subject->operation_name);
    else
        gp_page_str(page, verdict->operation->def.id);
    gp_strbuf_add_char(page->out, ' ');
    gp_text_verdict_words(page, verdict);
    gp_page_state(page, &verdict->state);
    gp_page_bold(page, false);
    gp_strbuf_add_char(page->out, '\n');
}

/* ---- the requirements, those that decided first ------------------------------------------------------------------ */

static bool is_warn(const struct gp_requirement_verdict *verdict)
{
    return verdict->requirement->severity == GP_SEVERITY_WARN;
}

static void requirement_block(struct gp_page *page, const struct gp_requirement_verdict *verdict, enum gp_mark mark,
                              bool brief, struct gp_told *told)
{
    const struct gp_definition *def = &verdict->requirement->def;
    struct gp_block block = {
        .mark = mark,
        .id = def->id,
        .title = def->title,
        .at = gp_requirement_at(verdict->requirement),
        .source = def->source,
        .verdict = verdict,
        .brief = brief,
    };

    gp_text_block(page, &block, told);
}

/* Whether the message of `index` stands on the page already: those that stop come before those that warn. */
static bool message_told(const struct gp_verdict *verdict, size_t index)
{
    const struct gp_requirement_verdict *it = &verdict->requirements[index];

    for (size_t i = 0; i < verdict->requirement_count; i++) {
        const struct gp_requirement_verdict *other = &verdict->requirements[i];
        bool before = is_warn(other) == is_warn(it) ? i < index : is_warn(it);

        if (before && other->result == GP_FALSE && other->message == it->message)
            return true;
    }
    return false;
}

static void false_ones(struct gp_page *page, const struct gp_verdict *verdict, bool warn, struct gp_told *told)
{
    for (size_t i = 0; i < verdict->requirement_count; i++) {
        const struct gp_requirement_verdict *it = &verdict->requirements[i];

        if (it->result != GP_FALSE || is_warn(it) != warn)
            continue;
        if (it->message && !message_told(verdict, i))
            gp_text_message(page, it->message);
        requirement_block(page, it, warn ? GP_MARK_WARNING : GP_MARK_FALSE, false, told);
    }
}

/* Needs of what is denied anyway, and warnings beside a denial, are not what to look at first. */
static void unknown_ones(struct gp_page *page, const struct gp_verdict *verdict, bool warn, struct gp_told *told)
{
    for (size_t i = 0; i < verdict->requirement_count; i++) {
        const struct gp_requirement_verdict *it = &verdict->requirements[i];
        bool later = verdict->kind == GP_DENIED && gp_requirement_is_open_need(it) && !page->style->verbose;

        if (it->result != GP_UNKNOWN || is_warn(it) != warn || later)
            continue;
        requirement_block(page, it, warn ? GP_MARK_WARNING : GP_MARK_UNKNOWN, warn && verdict->kind == GP_DENIED, told);
    }
}

void gp_text_requirements(struct gp_page *page, const struct gp_verdict *verdict)
{
    struct gp_told told = {.id = {0}};

    false_ones(page, verdict, false, &told);
    unknown_ones(page, verdict, false, &told);
    false_ones(page, verdict, true, &told);
    unknown_ones(page, verdict, true, &told);
    gp_text_rest(page, verdict);
}

void gp_text_verdict(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                     struct gp_eval *eval, const struct gp_verdict *verdict)
{
    struct gp_page page = {.out = out, .style = style, .subject = subject};

    (void)eval;
    gp_text_first_line(&page, verdict);
    if (!style->quiet)
        gp_text_requirements(&page, verdict);
}

void gp_text_trouble(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                     const struct gp_trouble *trouble)
{
    struct gp_page page = {.out = out, .style = style, .subject = subject};

    gp_page_bold(&page, true);
    gp_page_directory(&page);
    if (subject->operation_name) {
        gp_page_text(&page, subject->operation_name);
        gp_strbuf_add(out, " not decided: ");
    }
    gp_page_text(&page, trouble->text);
    gp_page_bold(&page, false);
    gp_strbuf_add_char(out, '\n');
}
