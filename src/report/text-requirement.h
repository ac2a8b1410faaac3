/*
 * Blocks of text reports: one requirement (or cause of a message) with its
 * evidence, its place and what to do.
 */
#ifndef GP_REPORT_TEXT_REQUIREMENT_H
#define GP_REPORT_TEXT_REQUIREMENT_H

#include "report/evidence.h"

/* What a block is about: a requirement, or a cause of a message. */
struct gp_block {
    enum gp_mark mark;
    struct gp_str id;
    const struct gp_operation *operation; /* named beside the id; NULL: not */
    struct gp_str title;
    struct gp_span at;
    struct gp_strs source;
    const struct gp_requirement_verdict *verdict;
    bool brief;         /* the first line alone, unless style->verbose */
    bool proof_follows; /* no evidence here */
};

/* The evidence of an earlier block, that later ones need not repeat. */
struct gp_told {
    struct gp_str id;
    struct gp_evidence evidence;
};

/* A blank line, "✗ id   cause", the evidence, the place, the remedy; of what is unknown: what would decide.  `told`,
 * empty at first, goes from block to block. */
void gp_text_block(struct gp_page *page, const struct gp_block *block, struct gp_told *told);
/* The text of a message, with a blank line before it; who calls it goes on with what causes it. */
void gp_text_message(struct gp_page *page, const struct gp_message *message);
/* "denied", "allowed; needs a, b" */
void gp_text_verdict_words(struct gp_page *page, const struct gp_verdict *verdict);
/* "DIR: OP denied (state: …)". */
void gp_text_first_line(struct gp_page *page, const struct gp_verdict *verdict);
/* The blocks of a verdict: false, unknown, warnings; then the lines with the rest. */
void gp_text_requirements(struct gp_page *page, const struct gp_verdict *verdict);
/* The lines with the rest: what holds, is n/a or waived, and the needs of what is denied anyway. */
void gp_text_rest(struct gp_page *page, const struct gp_verdict *verdict);

#endif
