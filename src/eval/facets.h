/*
 * The facets of a condition, all together: whether every one holds of a file.
 */
#ifndef GP_EVAL_FACETS_H
#define GP_EVAL_FACETS_H

#include "eval/content.h"

/* A condition's facets, the cheap ones first. */
struct gp_facets {
    const struct gp_facet **data;
    size_t count;
};

/* Makes ready to ask.  `*ret_outcome`: TRUE, or NA: a facet rests on something that is not set, so that the condition
 * takes no part, whatever the tree holds.  0 or -ENOMEM. */
int gp_facets_begin(struct gp_eval *eval, const struct gp_cond *cond, struct gp_facets *ret,
                    struct gp_outcome *ret_outcome) GP_MUST_CHECK;
/* Whether all facets hold of an entry, as result, reason and basis of `ret`; nothing is said.  Ends at the first that
 * fails.  0 or -ENOMEM. */
int gp_facets_ask(struct gp_eval *eval, const struct gp_facets *facets, struct gp_entry *entry, struct gp_proof *ret)
    GP_MUST_CHECK;
/* The same with a leaf of `proof` for each facet, in the order of the file; none is left out. */
int gp_facets_tell(struct gp_eval *eval, const struct gp_cond *cond, struct gp_entry *entry, const char *path,
                   struct gp_proof *proof) GP_MUST_CHECK;

/* Whether what they rest on is set: `*outcome` stays TRUE, or becomes NA.  0 or -ENOMEM. */
int gp_comparison_set(struct gp_eval *eval, const struct gp_comparison *comparison, struct gp_outcome *outcome)
    GP_MUST_CHECK;
int gp_paths_set(struct gp_eval *eval, const struct gp_paths *paths, struct gp_outcome *outcome) GP_MUST_CHECK;

/* ---- for the families of facets ---------------------------------------------------------------------------------- */

/* The facet could not be told: "data/x: permission was denied".  0 or -ENOMEM. */
int gp_facet_unknown(struct gp_eval *eval, struct gp_entry *entry, enum gp_reason reason, struct gp_proof *proof)
    GP_MUST_CHECK;
/* What is asked about is not there: false, with what is missing as `found`; or could not be read. */
int gp_facet_lacks(struct gp_eval *eval, struct gp_entry *entry, const struct gp_raw *raw, struct gp_proof *proof)
    GP_MUST_CHECK;
/* Compares as gp_compare(); without an operand it holds, as the value is there.  Sets proof->value. */
int gp_facet_compare(struct gp_eval *eval, const struct gp_comparison *comparison, const struct gp_value *value,
                     struct gp_proof *proof) GP_MUST_CHECK;
/* The same comparison about a value that could not be had: what it expects is told all the same. */
int gp_facet_expect(struct gp_eval *eval, const struct gp_comparison *comparison, enum gp_type type,
                    struct gp_proof *proof) GP_MUST_CHECK;
/* What a comparison expects, `fallback` without an operand; NULL: out of memory. */
const char *gp_facet_expects(struct gp_eval *eval, const struct gp_comparison *comparison, enum gp_type type,
                             const char *fallback) GP_MUST_CHECK;

#endif
