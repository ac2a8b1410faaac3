/*
 * A run, for the files that carry it out.
 *
 * Its phases return 0 to go on, GP_RUN_SETTLED when the result stands, or
 * -ENOMEM.
 */
#ifndef GP_ACT_RUN_INTERNAL_H
#define GP_ACT_RUN_INTERNAL_H

#include "act/ground.h"
#include "act/prepare.h"
#include "act/run.h"

#define GP_RUN_SETTLED 1

struct gp_run {
    struct gp_arena *arena;
    struct gp_run_options options;
    const struct gp_sys *sys;
    struct gp_sys view; /* what the probe from before sees through; blind from the commit on */
    struct gp_ground ground;
    int lock, tree_lock;
    struct gp_probe *before, *again, *after;
    struct gp_eval *eval, *warming, *ensuring;
    struct gp_stage stage;
    struct gp_planned planned;
    struct gp_preparing preparing;
    const char *ledger_id;
    unsigned lost; /* entries that a roll-back put into GATEPOST/LOST */
    struct gp_run_result result;
};

/* Settles the result, also over an earlier one; `format` NULL: no problem. */
int gp_run_settle(struct gp_run *run, enum gp_run_status status, const char *format, ...) GP_PRINTF(3, 4);
/* A probe of the tree that does not count the run's own lock. */
int gp_run_probe(struct gp_run *run, const struct gp_sys *sys, struct gp_probe **ret_probe) GP_MUST_CHECK;
struct gp_case gp_run_case(const struct gp_run *run, struct gp_probe *probe, struct gp_probe *before);

/* From the journal to the ledger line: the tree changes here. */
int gp_run_carry_out(struct gp_run *run) GP_MUST_CHECK;

#endif
