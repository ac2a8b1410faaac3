/*
 * The end of a verdict's text: what holds, what does not apply, what is waived,
 * in a few lines.
 */
#include "report/text-requirement.h"
#include "report/words.h"

#include <string.h>

#define INDENT 6
#define GAP "   "
#define COLUMNS 100u

/* Words in lines, each beginning with two blanks. */
struct flow {
    struct gp_page *page;
    size_t line; /* where the line begins in the buffer */
    bool open;
};

static void flow_end(struct flow *flow)
{
    if (flow->open)
        gp_strbuf_add_char(flow->page->out, '\n');
    flow->open = false;
}

/* Begins a word: with a mark, or as one more behind ", ". */
static void flow_word(struct flow *flow, enum gp_mark mark, bool one_more, struct gp_str word)
{
    struct gp_page *page = flow->page;
    size_t column = flow->open ? gp_page_column(page, flow->line) : 0;

    if (flow->open && one_more)
        gp_strbuf_add_char(page->out, ',');
    if (flow->open && column + word.len + 5 > COLUMNS) {
        flow_end(flow);
        gp_strbuf_add(page->out, one_more ? "    " : "  ");
    } else {
        gp_strbuf_add(page->out, !flow->open ? "\n  " : one_more ? " " : GAP);
    }
    if (!flow->open)
        flow->line = page->out->len;
    flow->open = true;
    if (!one_more) {
        gp_page_mark(page, mark);
        gp_strbuf_add_char(page->out, ' ');
    }
    gp_page_str(page, word);
}

/* All that are n/a for the same reason, which is that of `first`. */
static void flow_na(struct flow *flow, const struct gp_verdict *verdict, size_t first)
{
    const char *detail = verdict->requirements[first].detail;
    bool one_more = false;

    for (size_t i = 0; i < verdict->requirement_count; i++) {
        const struct gp_requirement_verdict *it = &verdict->requirements[i];
        bool same = it->detail == detail || (it->detail && detail && strcmp(it->detail, detail) == 0);

        if (it->result != GP_NA || it->waived || !same)
            continue;
        if (i < first)
            return; /* they were told there */
        flow_word(flow, GP_MARK_NA, one_more, it->requirement->def.id);
        one_more = true;
    }
    gp_strbuf_add(flow->page->out, detail ? " (n/a: " : " (n/a");
    gp_page_text(flow->page, detail);
    gp_strbuf_add_char(flow->page->out, ')');
}

static void waiver_place(struct gp_page *page, const struct gp_requirement *requirement)
{
    gp_strbuf_add_repeat(page->out, ' ', INDENT);
    gp_page_place(page, page->subject->rules, requirement->waived_at, (struct gp_strs){0}, GP_BASIS_NONE);
    gp_strbuf_add_char(page->out, '\n');
}

static void waivers(struct gp_page *page, const struct gp_verdict *verdict, bool first)
{
    for (size_t i = 0; i < verdict->requirement_count; i++) {
        const struct gp_requirement *it = verdict->requirements[i].requirement;

        if (!verdict->requirements[i].waived)
            continue;
        gp_strbuf_add(page->out, first ? "\n  " : "  ");
        first = false;
        gp_page_mark(page, GP_MARK_NA);
        gp_strbuf_add_char(page->out, ' ');
        gp_page_str(page, it->def.id);
        gp_strbuf_add(page->out, " (waived");
        gp_page_until(page, &it->until);
        gp_strbuf_add(page->out, ": ");
        gp_page_lines(page, it->waived, INDENT);
        gp_strbuf_add(page->out, ")\n");
        if (page->style->verbose)
            waiver_place(page, it);
    }
}

static void flow_needs(struct flow *flow, const struct gp_verdict *verdict)
{
    bool one_more = false;

    for (size_t i = 0; i < verdict->requirement_count; i++) {
        if (!gp_requirement_is_open_need(&verdict->requirements[i]))
            continue;
        flow_word(flow, GP_MARK_UNKNOWN, one_more, verdict->requirements[i].requirement->def.id);
        one_more = true;
    }
    if (one_more)
        gp_strbuf_add(flow->page->out, " (needed before run)");
}

void gp_text_rest(struct gp_page *page, const struct gp_verdict *verdict)
{
    struct flow flow = {.page = page};
    size_t start = page->out->len;

    for (size_t i = 0; i < verdict->requirement_count; i++)
        if (verdict->requirements[i].result == GP_TRUE)
            flow_word(&flow, GP_MARK_TRUE, false, verdict->requirements[i].requirement->def.id);
    if (verdict->kind == GP_DENIED && !page->style->verbose)
        flow_needs(&flow, verdict);
    for (size_t i = 0; i < verdict->requirement_count; i++)
        if (verdict->requirements[i].result == GP_NA && !verdict->requirements[i].waived)
            flow_na(&flow, verdict, i);
    flow_end(&flow);
    waivers(page, verdict, page->out->len == start);
}
