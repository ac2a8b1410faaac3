/*
 * Running an operation: lock, decide, plan, prepare, decide again, commit,
 * verify (actions.md).  Whatever happens, the tree is as before or as the
 * operation leaves it, or gp_recover() gets it there.
 */
#ifndef GP_ACT_RUN_H
#define GP_ACT_RUN_H

#include "act/plan.h"
#include "eval/eval.h"

struct gp_holder;       /* holder.h */
struct gp_working_copy; /* work.h */

enum gp_run_status {
    GP_RUN_DONE,         /* carried out, or planned (dry run) */
    GP_RUN_DENIED,       /* `verdict` says why */
    GP_RUN_UNDETERMINED, /* the same */
    GP_RUN_USAGE,        /* a gate or an audit, or a parameter that the action uses is missing: `problem` */
    GP_RUN_UNUSABLE,     /* the directory cannot be opened: `problem` */
    GP_RUN_FAILED,       /* the tree is as before: `problem`, or `ensures` says why */
    GP_RUN_CHANGED,      /* between decision and action; nothing was done: `problem` names what */
    GP_RUN_INTERRUPTED,  /* recover is needed */
    GP_RUN_BUSY,         /* someone else holds a lock: `problem` says what is known */
};

struct gp_run_options {
    const char *directory;
    const struct gp_ruleset *rules;
    const struct gp_operation *operation;
    const struct gp_given *given;
    size_t given_count;
    const struct gp_assumed *assumed; /* recorded if the run acts */
    size_t assumed_count;
    struct timespec now;
    bool strict;
    bool dry_run;
    const char *who, *host;   /* for the ledger */
    const struct gp_sys *sys; /* NULL: gp_sys_linux */
    /* Tests: called between the decision and the commit; NULL in the program. */
    void (*before_commit)(void *context);
    void *context;
};

struct gp_run; /* holds everything that a result points to */

struct gp_run_result {
    enum gp_run_status status;
    bool decided;              /* `verdict` is filled in */
    struct gp_verdict verdict;
    struct gp_eval *eval;      /* decided: the evaluation that made `verdict`, held by the run; reports need it */
    bool ensured;              /* `ensures` is filled in */
    struct gp_verdict ensures;
    struct gp_eval *ensures_eval; /* ensured: the same for `ensures` */
    const struct gp_plan *plan; /* NULL: it did not get that far */
    struct gp_working_copy *const *programs; /* that were run (work.h), in the order of the steps */
    size_t program_count;
    const char *problem;       /* in words; NULL: none */
    const struct gp_holder *holder; /* BUSY: who holds the lock */
    const char *limits;        /* what this file system does not promise, in words; NULL: nothing to say */
    const char *ledger_id;     /* DONE and not a dry run */
};

void gp_run_free(struct gp_run *run);
/* 0 with `*ret_run` and `*ret_result` (every outcome above is a result), or -ENOMEM. */
int gp_run(struct gp_run **ret_run, struct gp_run_result *ret_result, const struct gp_run_options *options) GP_MUST_CHECK;

/* ---- recover ------------------------------------------------------------------------------------------------- */

enum gp_recover_status {
    GP_RECOVER_NOTHING,   /* nothing to do (litter of a dead run may have been removed) */
    GP_RECOVER_FINISHED,  /* the run had committed: its ledger line is written */
    GP_RECOVER_UNDONE,    /* the tree is as it was before */
    GP_RECOVER_BUSY,      /* LOCK is held */
    GP_RECOVER_STUCK,     /* an entry that is neither old nor new, or a journal that is not ours: `problem` */
    GP_RECOVER_UNUSABLE,  /* the directory cannot be opened: `problem` */
};
/* Needs no rule set; may itself be interrupted at any instant and repeated.  `*ret_problem` is in `arena`. 0 or -ENOMEM. */
int gp_recover(const char *directory, const struct gp_sys *sys, struct gp_arena *arena,
               enum gp_recover_status *ret_status, const char **ret_problem) GP_MUST_CHECK;

/* ---- attest -------------------------------------------------------------------------------------------------- */

struct gp_attest_options {
    const char *directory;
    const struct gp_ruleset *rules;
    const struct gp_attestation *attestation;
    const char *reason, *who, *host;
    struct timespec now;
    const struct gp_sys *sys;
};
/* Appends an attestation to the ledger, under the lock.  GP_RUN_DONE, UNUSABLE, INTERRUPTED, BUSY or FAILED in
 * `*ret_status`. 0 or -ENOMEM. */
int gp_attest(const struct gp_attest_options *options, struct gp_arena *arena, enum gp_run_status *ret_status,
              const char **ret_problem) GP_MUST_CHECK;

#endif
