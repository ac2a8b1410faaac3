/*
 * The summary that a rule set declares: what an admin wants to see of a tree on
 * one screen, line by line.
 */
#ifndef GP_EVAL_SUMMARY_H
#define GP_EVAL_SUMMARY_H

#include "eval/inspect.h"

struct gp_summarised {
    const struct gp_summary_line *line;
    enum gp_result result; /* TRUE: there is something to show; FALSE: a condition that does not hold, or none of what is
                              counted; UNKNOWN, NA */
    enum gp_reason reason; /* UNKNOWN */
    const char *detail;    /* UNKNOWN, NA: why, in words; may be NULL */
    const char *text;      /* TRUE, FALSE: what is shown */
    enum gp_basis basis;
    bool counted;          /* of files and records: `count` */
    uint64_t count;
};

/* What the lines of the set's summary come to; a line that its guard takes out is not among them.  `inspection` has
 * its state and attestations.  0 or -ENOMEM. */
int gp_summarise(struct gp_eval *eval, const struct gp_inspection *inspection, struct gp_summarised **ret_lines,
                 size_t *ret_count) GP_MUST_CHECK;

#endif
