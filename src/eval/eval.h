/*
 * Evaluation: one case (a rule set, a probe, settings, a clock, assumed
 * attestations) is all that a decision sees.
 */
#ifndef GP_EVAL_EVAL_H
#define GP_EVAL_EVAL_H

#include "eval/proof.h"
#include "probe/probe.h"

/* NAME=VALUE of a person, typed when the operation is known. */
struct gp_given {
    struct gp_str name, value;
};

/* An attestation that is taken as given now (--attest). */
struct gp_assumed {
    struct gp_str id, reason;
};

struct gp_case {
    const struct gp_ruleset *rules;
    struct gp_probe *probe;
    /* `ensures` only: the tree before the action, for `changed`; else NULL.  Of the same rule set (its numbers of
     * paths). A probe of the same directory must have been asked everything before the action: gp_decide_ensures() with
     * it as both `probe` and `before` does that. */
    struct gp_probe *before;
    const struct gp_given *given;
    size_t given_count;
    const struct gp_assumed *assumed;
    size_t assumed_count;
    struct timespec now;
    bool needs_must_hold; /* `run`: a need that is unknown undetermines */
    bool strict;          /* warnings, and needs that are unknown, deny */
};

struct gp_eval;

void gp_eval_free(struct gp_eval *eval);
/* `it` and what it points to must outlive the evaluation.  0 or -ENOMEM. */
int gp_eval_new(struct gp_eval **ret_eval, const struct gp_case *it) GP_MUST_CHECK;
struct gp_arena *gp_eval_arena(struct gp_eval *eval);

/* Settles the parameters for an operation (NULL: none).  0, -ENOMEM, or -EINVAL with `*ret_problem` (in the arena): a
 * name that is neither parameter nor variable of the set, a value of the wrong type or out of range. Exit status 64. */
int gp_eval_set_operation(struct gp_eval *eval, const struct gp_operation *operation, const char **ret_problem)
    GP_MUST_CHECK;
const struct gp_operation *gp_eval_operation(const struct gp_eval *eval);
/* Checks --set and --attest against a whole rule set without an operation (verbs such as inspect). */
int gp_eval_check_given(struct gp_eval *eval, const char **ret_problem) GP_MUST_CHECK;

/* Whether something could be had: TRUE, or UNKNOWN or NA with the reason in words. */
struct gp_outcome {
    enum gp_result result;
    enum gp_reason reason; /* UNKNOWN */
    const char *detail;    /* in words; may be NULL */
};

#define GP_OUTCOME_TRUE ((struct gp_outcome){.result = GP_TRUE})

/* A value, or the reason why there is none. */
struct gp_reading {
    enum gp_result result; /* TRUE: there is a value; UNKNOWN or N/A: `reason`, `detail` */
    enum gp_reason reason;
    const char *detail;
    struct gp_value value;
    enum gp_basis basis;
    struct gp_strs source;
    struct gp_proof *proof; /* of the case that decided; may be NULL */
};

/* Decides one condition; what a name leads to (conditions, states, markers) is decided once and remembered.  0 or
 * -ENOMEM. */
int gp_eval_cond(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *ret_proof) GP_MUST_CHECK;
/* What a condition that a name leads to came to so far: a bit 1 << enum gp_result for each answer (it may have one a
 * directory); 0: nobody asked.  For coverage. */
unsigned gp_eval_seen(const struct gp_eval *eval, const struct gp_cond *cond);
/* The value of a marker, remembered (per directory that it looks in). */
int gp_eval_marker(struct gp_eval *eval, const struct gp_marker *marker, const struct gp_ref *under,
                   struct gp_reading *ret) GP_MUST_CHECK;
int gp_eval_expr(struct gp_eval *eval, const struct gp_expr *expr, struct gp_reading *ret) GP_MUST_CHECK;
int gp_eval_setting(struct gp_eval *eval, enum gp_section section, struct gp_str name, struct gp_reading *ret)
    GP_MUST_CHECK;
/* The text of a template, every name in its place; a value that is not there shows as "(NAME not given)". */
const char *gp_eval_text(struct gp_eval *eval, const struct gp_template *text);

/* A text for machines (a name, an argument): every value as it was given.  0 or -ENOMEM. */
int gp_eval_expand(struct gp_eval *eval, const struct gp_template *text, struct gp_str *ret_text,
                   struct gp_outcome *ret_outcome) GP_MUST_CHECK;
/* A component of a path that has ${…}: one literal name.  Empty, "/", "." or "..": UNKNOWN no-value. */
int gp_eval_component(struct gp_eval *eval, const struct gp_template *text, struct gp_str *ret_name,
                      struct gp_outcome *ret_outcome) GP_MUST_CHECK;

/* ---- verdicts ---------------------------------------------------------------------------------------------------- */

enum gp_verdict_kind { GP_ALLOWED, GP_DENIED, GP_UNDETERMINED };

enum gp_state_kind { GP_STATE_NAMED, GP_STATE_AMBIGUOUS, GP_STATE_UNDETERMINED, GP_STATE_UNRECOGNISED };

struct gp_state_verdict {
    bool none; /* the set has no states */
    enum gp_state_kind kind;
    const struct gp_named_cond *name; /* NAMED */
    enum gp_basis basis;
    const struct gp_named_cond **candidates; /* true ones, else unknown ones */
    size_t candidate_count;
    struct gp_proof *proofs; /* one a state, in the order of the set */
};

struct gp_requirement_verdict {
    const struct gp_requirement *requirement;
    enum gp_result result;   /* guard and waiver taken in */
    struct gp_proof when;    /* result TRUE without a guard */
    struct gp_proof that;
    enum gp_basis basis;
    enum gp_reason reason;   /* UNKNOWN */
    const char *detail;      /* UNKNOWN, N/A: why, in words */
    bool waived;
    const char *cause;          /* texts, with every name in its place; NULL: none */
    const char *remedy_text;
    const struct gp_operation *remedy_operation;
    const struct gp_message *message;
};

struct gp_verdict {
    const struct gp_operation *operation;
    enum gp_verdict_kind kind;
    enum gp_basis basis;
    struct gp_state_verdict state;
    struct gp_requirement_verdict *requirements; /* in the order of the set */
    size_t requirement_count;
    bool audit;
};

/* Whether a waiver takes a requirement out at this case's time. */
bool gp_requirement_waived(const struct gp_eval *eval, const struct gp_requirement *requirement);

/* Decides the operation set by gp_eval_set_operation(); all requirements are evaluated. */
int gp_decide(struct gp_eval *eval, struct gp_verdict *ret_verdict) GP_MUST_CHECK;
/* The same for its `ensures`; ALLOWED if every one is true or n/a (n/a of all: ALLOWED). */
int gp_decide_ensures(struct gp_eval *eval, struct gp_verdict *ret_verdict) GP_MUST_CHECK;
int gp_decide_state(struct gp_eval *eval, struct gp_state_verdict *ret_state) GP_MUST_CHECK;

/* ---- why: which documented cause of a message applies ------------------------------------------------------------ */

enum gp_cause_verdict { GP_CAUSE_CERTAIN, GP_CAUSE_EXCLUDED, GP_CAUSE_UNDECIDED };

struct gp_why_cause {
    struct gp_str id;                      /* of the requirement or the message's own cause */
    const struct gp_operation *operation;  /* NULL: the message's own cause */
    struct gp_requirement_verdict verdict; /* for an own cause, `requirement` is NULL and `that` its condition */
    struct gp_span at;
    struct gp_strs source;
    enum gp_cause_verdict kind;
};
struct gp_why {
    const struct gp_message *message;
    struct gp_why_cause *causes;
    size_t cause_count;
};
/* Messages that a text names (language.md 10), best kind of match only: equal, else containing, else id. */
int gp_why_match(const struct gp_ruleset *rules, struct gp_str text, struct gp_arena *arena,
                 const struct gp_message ***ret_messages, size_t *ret_count) GP_MUST_CHECK;
int gp_why(struct gp_eval *eval, const struct gp_message *message, struct gp_why *ret_why) GP_MUST_CHECK;

/* ---- plan: the way to a state ------------------------------------------------------------------------------------ */

enum gp_way_kind { GP_WAY_FOUND, GP_WAY_NONE, GP_WAY_UNKNOWN };
struct gp_way_step {
    const struct gp_operation *operation;
    const struct gp_named_cond *from, *to;
    struct gp_verdict *verdict; /* of the first step, decided here and now; NULL for later ones */
};
struct gp_way {
    enum gp_way_kind kind;
    const char *detail; /* UNKNOWN, NONE: why, in words */
    struct gp_state_verdict state;
    struct gp_way_step *steps; /* none: already there */
    size_t step_count;
};
int gp_find_way(struct gp_eval *eval, const struct gp_named_cond *goal, struct gp_way *ret_way) GP_MUST_CHECK;

#endif
