/*
 * Results and proofs: what a condition came to, and on which observations that
 * rests.
 */
#ifndef GP_EVAL_PROOF_H
#define GP_EVAL_PROOF_H

#include "rule/model.h"
#include "util/reason.h"

enum gp_result { GP_FALSE, GP_TRUE, GP_UNKNOWN, GP_NA };
#define GP_RESULTS 4

/* One node: a condition, or an observation that a condition made (a leaf). */
struct gp_proof {
    enum gp_result result;
    enum gp_reason reason;  /* UNKNOWN: why */
    const char *detail;     /* UNKNOWN and N/A: in words ("the variable type-offset is not set"); may be NULL */
    enum gp_basis basis;
    struct gp_str label;    /* the condition's `title`; data NULL: none */
    struct gp_strs source;
    struct gp_span at;
    const struct gp_cond *cond; /* NULL: a leaf made by a condition */

    /* A leaf says what was looked at, what was expected, what was found.  `subject` NULL: not a leaf. */
    const char *subject;  /* "file", "size", "u8", "marker", "attested" … */
    const char *path;     /* NULL where no path is involved */
    struct gp_str name;   /* the id of what is no path: a marker, parameter, variable, attestation, operation, state */
    const char *under;    /* the other directory, NULL: the tree itself */
    const char *expected; /* "exists", "176 bytes", "at most 55" */
    const char *found;    /* "1,024 bytes", "nothing" */
    struct gp_value value; /* what was found, as a value; type ANY: none */
    const struct gp_marker *marker;

    struct gp_proof *children;
    size_t child_count;
    size_t offender_count; /* of a condition over many files: all that failed; the first few are children */
    bool waived;           /* of a requirement */
    bool spare;            /* did not decide its parent's result */
};

const char *gp_result_name(enum gp_result result); /* "true" "false" "unknown" "n/a" */

/* The leaves that decide: calls `visit` for each decisive leaf below `proof` (a node with a subject and nothing
 * decisive below it), in order.  Stops when visit returns non-zero, and returns that. */
int gp_proof_decisive(const struct gp_proof *proof, int (*visit)(const struct gp_proof *leaf, void *context),
                      void *context);

#endif
