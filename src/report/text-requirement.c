#include "report/text-requirement.h"

#include <string.h>

#define EVIDENCE_INDENT 6

/* What is said behind the id: of what is there its cause, else what it is about.  A cause that is not certain must not
 * read as if it were. */
static void write_subject(struct gp_page *page, const struct gp_block *block)
{
    const char *cause = block->verdict->cause;
    bool warned = block->mark == GP_MARK_WARNING && block->verdict->result == GP_FALSE;
    bool certain = block->mark == GP_MARK_FALSE || warned;

    if (!(cause && certain) && block->title.len) {
        gp_strbuf_add(page->out, "   ");
        gp_page_lines(page, block->title, EVIDENCE_INDENT);
    } else if (cause) {
        const char *doubt = block->mark == GP_MARK_TRUE ? "not so: " : "perhaps: ";

        gp_strbuf_printf(page->out, "   %s", certain ? "" : doubt);
        gp_page_lines(page, (struct gp_str){cause, strlen(cause)}, EVIDENCE_INDENT);
    }
}

static void write_headline(struct gp_page *page, const struct gp_block *block)
{
    gp_strbuf_add(page->out, "\n  ");
    gp_page_mark(page, block->mark);
    gp_strbuf_add_char(page->out, ' ');
    gp_page_str(page, block->id);
    if (block->operation) {
        gp_strbuf_add(page->out, " (");
        gp_page_str(page, block->operation->def.id);
        gp_strbuf_add_char(page->out, ')');
    }
    write_subject(page, block);
    gp_strbuf_add_char(page->out, '\n');
}

static void write_place(struct gp_page *page, const struct gp_block *block)
{
    if (!block->at.source && !block->source.count)
        return;
    gp_strbuf_add_repeat(page->out, ' ', EVIDENCE_INDENT);
    gp_page_place(page, page->subject->rules, block->at, block->source, block->verdict->basis);
    gp_strbuf_add_char(page->out, '\n');
}

/* Why something is unknown or n/a, where no leaf explains it. */
static void write_reason(struct gp_page *page, const struct gp_requirement_verdict *verdict)
{
    gp_strbuf_add_repeat(page->out, ' ', EVIDENCE_INDENT);
    gp_page_text(page, verdict->detail ? verdict->detail : gp_reason_words(verdict->reason));
    gp_strbuf_add_char(page->out, '\n');
}

/* Evidence that stands above already is named, not repeated. */
static void write_evidence(struct gp_page *page, const struct gp_block *block, struct gp_evidence all,
                           struct gp_told *told)
{
    struct gp_offenders offenders = {.count = 0};
    bool again = false;

    gp_offenders_of(&offenders, &block->verdict->that);
    gp_offenders_write(page, &offenders, EVIDENCE_INDENT);
    if (!told->evidence.count && all.count >= GP_EVIDENCE_TIRING)
        *told = (struct gp_told){block->id, all};
    else
        again = !page->style->verbose && gp_evidence_without(&all, &told->evidence);
    gp_evidence_write(page, &all, block->title, EVIDENCE_INDENT);
    if (again) {
        gp_strbuf_add_repeat(page->out, ' ', EVIDENCE_INDENT);
        gp_strbuf_add(page->out, all.count ? "and what stands at " : "the same as at ");
        gp_page_str(page, told->id);
        gp_strbuf_add_char(page->out, '\n');
    }
}

void gp_text_block(struct gp_page *page, const struct gp_block *block, struct gp_told *told)
{
    const struct gp_requirement_verdict *verdict = block->verdict;
    struct gp_evidence evidence = {.markers = true};

    write_headline(page, block);
    if (block->brief && !page->style->verbose)
        return;
    gp_evidence_of(&evidence, verdict);
    if (!block->proof_follows)
        write_evidence(page, block, evidence, told);
    if (verdict->result == GP_NA || (verdict->result == GP_UNKNOWN && !evidence.count))
        write_reason(page, verdict);
    write_place(page, block);
    if (verdict->result == GP_UNKNOWN)
        gp_evidence_ways_out(page, &evidence);
    else if (block->mark == GP_MARK_FALSE || block->mark == GP_MARK_WARNING)
        gp_page_remedy(page, verdict->remedy_text, verdict->remedy_operation);
}

void gp_text_message(struct gp_page *page, const struct gp_message *message)
{
    gp_strbuf_add(page->out, "\n  ");
    gp_page_lines(page, message->text, 2);
    gp_strbuf_add_char(page->out, '\n');
}
