/*
 * Evidence: the observations on which a result rests, gathered from a proof.
 *
 * Parts of a proof are shared, so that one may be reached on many ways, and a
 * rule set can make that as many as it likes: what says the same is taken once,
 * and both what is taken and how far is looked for it are bounded.
 */
#ifndef GP_REPORT_EVIDENCE_H
#define GP_REPORT_EVIDENCE_H

#include "report/page.h"
#include "rule/limits.h"

#define GP_EVIDENCE_LEAVES 256u
#define GP_EVIDENCE_STEPS 100000u /* nodes that are looked at */

struct gp_evidence {
    const struct gp_proof *leaves[GP_EVIDENCE_LEAVES]; /* in the order of the proof */
    size_t count;
    size_t steps;
    bool more;    /* there was more than the bounds allow */
    bool markers; /* set before: what a marker came to is taken as well, before what that rests on */
};

/* Adds the decisive leaves below `proof`.  Besides observations that is what could not even be looked at, with nothing
 * but a reason (a directory that was not given). */
void gp_evidence_add(struct gp_evidence *evidence, const struct gp_proof *proof);
/* What decided a requirement or cause: its guard where that took it out or left it open, its condition where that was
 * decided.  Of an unknown one, what is unknown comes first. */
void gp_evidence_of(struct gp_evidence *evidence, const struct gp_requirement_verdict *verdict);

/* What breaks conditions over many files. */
struct gp_offenders {
    size_t count;
    const char *shown[GP_LIMIT_OFFENDERS];
    size_t shown_count;
    size_t steps;
};
void gp_offenders_of(struct gp_offenders *offenders, const struct gp_proof *proof);

/* Lines of a text report, one a leaf, indented and in columns; at most GP_EVIDENCE_SHOWN unless style->verbose.
 * `title`: what stands above them already, so that no line repeats it. */
#define GP_EVIDENCE_SHOWN 12u
void gp_evidence_write(struct gp_page *page, const struct gp_evidence *evidence, struct gp_str title, size_t indent);
/* Takes out what `told` holds, if all of that is in it and it is long enough to be tiring.  Whether it did. */
#define GP_EVIDENCE_TIRING 4u
bool gp_evidence_without(struct gp_evidence *evidence, const struct gp_evidence *told);
/* What was looked at, and what came of it: the two columns of such a line. */
void gp_leaf_subject(struct gp_page *page, const struct gp_proof *leaf);
void gp_leaf_finding(struct gp_page *page, const struct gp_proof *leaf);
/* "12 of them; the first 10:" if not all offenders are shown. */
void gp_offenders_write(struct gp_page *page, const struct gp_offenders *offenders, size_t indent);
/* Lines with what would decide the leaves that are unknown. */
void gp_evidence_ways_out(struct gp_page *page, const struct gp_evidence *evidence);

#endif
