/*
 * What the engine sees of a tree, without an operation: state, markers,
 * attestations, ledger.
 */
#ifndef GP_EVAL_INSPECT_H
#define GP_EVAL_INSPECT_H

#include "eval/eval.h"
#include "probe/ledger.h"

struct gp_inspected_marker {
    const struct gp_marker *marker;
    struct gp_reading reading;
};
struct gp_inspected_attestation {
    const struct gp_attestation *attestation;
    const struct gp_ledger_entry *newest; /* NULL: never given */
    bool valid;                           /* given, not expired, not in the future */
    const char *detail;                   /* why it is not valid, in words; NULL if it is */
};
struct gp_summarised;
struct gp_inspection {
    struct gp_state_verdict state;
    struct gp_inspected_marker *markers; /* in the order of the set, without those that ask for a parameter */
    size_t marker_count;
    struct gp_inspected_attestation *attestations;
    size_t attestation_count;
    struct gp_summarised *summary; /* eval/summary.h; in the order of the set */
    size_t summary_count;
    enum gp_reason ledger_reason; /* NONE: */
    const struct gp_ledger *ledger;
};
int gp_inspect(struct gp_eval *eval, struct gp_inspection *ret_inspection) GP_MUST_CHECK;

#endif
