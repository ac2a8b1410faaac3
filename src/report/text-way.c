/*
 * `plan` as text: the operations that lead to a state, and what the first of
 * them still lacks.
 */
#include "report/text-requirement.h"
#include "report/words.h"

static void first_line(struct gp_page *page, const struct gp_named_cond *goal, const struct gp_way *way)
{
    gp_page_bold(page, true);
    gp_page_directory(page);
    gp_page_str(page, goal->id);
    switch (way->kind) {
    case GP_WAY_FOUND:
        if (way->step_count)
            gp_strbuf_printf(page->out, " is %zu operation%s away", way->step_count, way->step_count == 1 ? "" : "s");
        else
            gp_strbuf_add(page->out, " is the present state");
        break;
    case GP_WAY_NONE:
        gp_strbuf_add(page->out, " cannot be reached");
        break;
    case GP_WAY_UNKNOWN:
        gp_strbuf_add(page->out, ": the way cannot be told");
        break;
    }
    gp_page_state(page, &way->state);
    gp_page_bold(page, false);
    gp_strbuf_add_char(page->out, '\n');
}

/* Of a step that is decided when its state is reached, what a person has to bring then. */
static void later_needs(struct gp_page *page, struct gp_eval *eval, const struct gp_operation *operation)
{
    bool one_more = false;

    for (size_t i = 0; i < operation->requires.count; i++) {
        const struct gp_requirement *it = operation->requires.data[i].value;

        if (!gp_requirement_is_later_need(eval, it))
            continue;
        gp_strbuf_add(page->out, one_more ? ", " : "; needs ");
        gp_page_str(page, it->def.id);
        one_more = true;
    }
}

static void step_line(struct gp_page *page, struct gp_eval *eval, size_t number, const struct gp_way_step *step)
{
    gp_strbuf_printf(page->out, "\n%zu. ", number);
    gp_page_str(page, step->operation->def.id);
    gp_strbuf_add(page->out, "   ");
    gp_page_str(page, step->from->id);
    gp_strbuf_add_char(page->out, ' ');
    gp_page_mark(page, GP_MARK_TO);
    gp_strbuf_add_char(page->out, ' ');
    gp_page_str(page, step->to->id);
    if (step->operation->def.title.len) {
        gp_strbuf_add(page->out, "   ");
        gp_page_str(page, step->operation->def.title);
    }
    gp_strbuf_add(page->out, "\n   ");
    if (step->verdict) {
        gp_text_verdict_words(page, step->verdict);
    } else {
        gp_strbuf_add(page->out, "can be decided when that state is reached");
        later_needs(page, eval, step->operation);
    }
    if (step->operation->to.count > 1)
        gp_strbuf_add(page->out, "; the program decides to which of several states it leads");
    gp_strbuf_add_char(page->out, '\n');
}

/* Why there is no one state: what decides is the evidence for the candidates. */
static void open_states(struct gp_page *page, const struct gp_state_verdict *state)
{
    const struct gp_map *map = &page->subject->rules->defs.states;

    for (size_t i = 0; !state->none && i < map->count; i++) {
        const struct gp_named_cond *it = map->data[i].value;
        struct gp_evidence evidence = {.markers = true};

        if (state->proofs[i].result != GP_UNKNOWN && state->proofs[i].result != GP_TRUE)
            continue;
        gp_strbuf_add(page->out, "\n  ");
        gp_page_mark(page, gp_mark_of(state->proofs[i].result));
        gp_strbuf_add_char(page->out, ' ');
        gp_page_str(page, it->id);
        gp_strbuf_add(page->out, it->cond->title.len ? "   " : "");
        gp_page_str(page, it->cond->title);
        gp_strbuf_add_char(page->out, '\n');
        gp_evidence_add(&evidence, &state->proofs[i]);
        gp_evidence_write(page, &evidence, it->cond->title, 6);
        gp_evidence_ways_out(page, &evidence);
    }
}

void gp_text_way(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                 struct gp_eval *eval, const struct gp_named_cond *goal, const struct gp_way *way)
{
    struct gp_page page = {.out = out, .style = style, .subject = subject};

    first_line(&page, goal, way);
    if (style->quiet)
        return;
    if (way->detail) {
        gp_strbuf_add(out, "  ");
        gp_page_text(&page, way->detail);
        gp_strbuf_add_char(out, '\n');
    }
    if (way->kind == GP_WAY_UNKNOWN)
        open_states(&page, &way->state);
    for (size_t i = 0; i < way->step_count; i++) {
        step_line(&page, eval, i + 1, &way->steps[i]);
        if (way->steps[i].verdict)
            gp_text_requirements(&page, way->steps[i].verdict);
    }
}
