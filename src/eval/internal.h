/*
 * What the files of src/eval/ share and nobody else sees: the evaluation itself,
 * where it looks, how a form makes its proof, how values are compared.
 */
#ifndef GP_EVAL_INTERNAL_H
#define GP_EVAL_INTERNAL_H

#include <errno.h>

#include "eval/eval.h"
#include "eval/logic.h"
#include "probe/ledger.h"
#include "rule/family.h"
#include "rule/limits.h"

/* ---- where an evaluation looks ----------------------------------------------------------------------------------- */

/* The tree, or the directory of an `under:`.  One object a directory, so that places can be compared as pointers. */
struct gp_place {
    struct gp_probe *probe; /* NULL: the directory is not there, so nothing in it is: `file` is false, `absent` true, a
                               read has no value */
    const char *under;      /* the directory as it was given; NULL: the tree itself (goes into gp_proof.under) */
    struct gp_outcome open; /* TRUE, or why the directory cannot be looked into (nobody decides there then) */
    const struct gp_place *next;
};

/* Something that was decided once: a proof, a reading or a verdict on the state. */
struct gp_memo {
    struct gp_memo *next;
    const struct gp_place *place;
    uint32_t round; /* of the operation that it rests on; 0: on none */
    const void *data;
};
struct gp_setting_memo; /* settings.c */
struct gp_set_memo;     /* tables-set.c */
struct gp_row;          /* tables.h */

struct gp_eval {
    struct gp_arena *arena;
    const struct gp_case *it;
    const struct gp_operation *operation;

    /* Where the condition or read that is being decided looks.  gp_eval_cond() and gp_eval_marker() set it by `under`,
     * so forms, facets and reads use `eval->here` and never look at cond->under or read->under themselves. */
    const struct gp_place *here;
    const struct gp_place *tree;
    const struct gp_place *places;

    /* The file that an each, some or count-like form is looking at: ${name}, ${stem}; data NULL: none.  Set by the form
     * around its facets and put back to {0} behind them. */
    struct gp_str each_name;

    const struct gp_row *row; /* the record that an each-record is looking at: ${FIELD}; NULL: none (tables.h) */

    struct gp_memo **conds;   /* by gp_cond.number: those that a name leads to */
    struct gp_memo **markers; /* by gp_marker.number */
    struct gp_memo *states;
    struct gp_set_memo *sets; /* tables-set.c */
    struct gp_setting_memo **vars;   /* by the variable's place in defs.vars */
    struct gp_setting_memo **params; /* by the parameter's place in operation->params */

    uint64_t operation_uses; /* counts looks at what rests on the operation: what used none is kept for the next one */
    uint32_t round;          /* counts operations set */
    unsigned depth;          /* of conditions and markers in each other */
    bool deciding_state;
    bool terse; /* only results count: no texts are made for leaves (a form that looks at many files sets it, and
                   decides those that fail once more without it) */
};

/* What was decided at eval->here and kept in `*list`; NULL: nothing yet. */
const void *gp_memo_get(struct gp_eval *eval, struct gp_memo *const *list);
/* Keeps `data`, decided at eval->here since operation_uses was `uses`.  0 or -ENOMEM. */
int gp_memo_put(struct gp_eval *eval, struct gp_memo **list, uint64_t uses, const void *data) GP_MUST_CHECK;

/* The place that an `under:` names (NULL: eval->here).  0 or -ENOMEM. */
int gp_eval_place(struct gp_eval *eval, const struct gp_ref *under, const struct gp_place **ret_place) GP_MUST_CHECK;
/* The same directory as eval->here in another tree (`before`): NULL with 0 where it is not there. */
int gp_eval_place_in(struct gp_eval *eval, struct gp_probe *tree, struct gp_probe **ret_probe,
                     struct gp_outcome *ret_outcome) GP_MUST_CHECK;
/* As gp_eval_cond(), remembered: for conditions to which several others may lead. */
int gp_eval_shared(struct gp_eval *eval, const struct gp_cond *cond, const struct gp_proof **ret_proof) GP_MUST_CHECK;
/* Settles the parameters for an operation without judging what was given: a value that does not fit is UNKNOWN. */
int gp_eval_settle(struct gp_eval *eval, const struct gp_operation *operation) GP_MUST_CHECK;
/* The value of a setting, `given` (NULL: none) or its own, checked against type, range, choices and pattern.
 * `*ret_problem` gets words for one that does not fit, else NULL.  0 or -ENOMEM. */
int gp_setting_value(struct gp_eval *eval, const struct gp_setting *setting, bool parameter,
                     const struct gp_given *given, struct gp_reading *ret, const char **ret_problem) GP_MUST_CHECK;
/* The last --set of a name, NULL if there is none. */
const struct gp_given *gp_given_find(const struct gp_case *it, struct gp_str name);

/* ---- values, paths, names ---------------------------------------------------------------------------------------- */

/* The number that an expression stands for (an integer-like type; anything else is UNKNOWN no-value).  `expr` NULL
 * gives `fallback`.  0 or -ENOMEM; `*ret` only if the outcome is TRUE. */
int gp_eval_number(struct gp_eval *eval, const struct gp_expr *expr, int64_t fallback, int64_t *ret,
                   struct gp_outcome *ret_outcome) GP_MUST_CHECK;
/* The entry of a path without globs, in eval->here; one whose directory is not there (here->probe NULL) gives NULL with
 * an outcome of TRUE: it is absent.  0 or -ENOMEM. */
int gp_eval_entry(struct gp_eval *eval, const struct gp_pathexpr *path, struct gp_entry **ret_entry,
                  struct gp_outcome *ret_outcome) GP_MUST_CHECK;
/* The path for people: as written, with every ${name} in its place.  NULL: out of memory. */
const char *gp_eval_path_text(struct gp_eval *eval, const struct gp_pathexpr *path) GP_MUST_CHECK;
/* "ADMIN" of "ADMIN.TPL": without the last extension. */
struct gp_str gp_name_stem(struct gp_str name);

/* ---- comparisons ------------------------------------------------------------------------------------------------- */

/* Whether `value` is as the comparison says.  Fills in leaf->result, reason, detail (an operand that is not known or
 * n/a) and leaf->expected ("176 bytes", "at most 55", "one of 1, 2"); found and value are the caller's, as is a
 * value that is not known.  `value->type` says how operands are read and shown.  0 or -ENOMEM. */
int gp_compare(struct gp_eval *eval, const struct gp_comparison *comparison, const struct gp_value *value,
               struct gp_proof *leaf) GP_MUST_CHECK;
/* The same for a number of `type` of which is only known that least <= x <= most. */
int gp_compare_interval(struct gp_eval *eval, const struct gp_comparison *comparison, enum gp_type type, int64_t least,
                        int64_t most, struct gp_proof *leaf) GP_MUST_CHECK;
/* What a comparison asks for, in words; NULL: out of memory. */
const char *gp_compare_text(struct gp_eval *eval, const struct gp_comparison *comparison,
                            enum gp_type type) GP_MUST_CHECK;

/* ---- proofs ------------------------------------------------------------------------------------------------------ */

/* Adds a child (zeroed, with the parent's `at`); valid until the next one is added.  NULL: out of memory. */
struct gp_proof *gp_proof_add(struct gp_arena *arena, struct gp_proof *parent) GP_MUST_CHECK;
/* Adds a leaf: an observation that the condition of `parent` made here: at, label, source and `under` filled in; the
 * caller fills in result, reason, detail, expected, found, value, and a basis only where the observation itself has one
 * ("not locked" is inferred).  NULL: out of memory. */
struct gp_proof *gp_proof_leaf(struct gp_eval *eval, struct gp_proof *parent, const char *subject, const char *path)
    GP_MUST_CHECK;
/* Settles a proof by its children: result, reason, detail and basis of `all` or `any`, and marks the children that did
 * not decide as `spare`.  A proof without children becomes NA. */
void gp_proof_all(struct gp_proof *proof);
void gp_proof_any(struct gp_proof *proof);
/* Takes result, reason and detail over. */
void gp_proof_take(struct gp_proof *proof, struct gp_outcome outcome);
struct gp_outcome gp_proof_outcome(const struct gp_proof *proof);
/* Results of many files reduce to these. */
struct gp_outcome gp_outcome_unknown(enum gp_reason reason, const char *detail);
struct gp_outcome gp_outcome_na(const char *detail);

/* ---- what people vouched for ------------------------------------------------------------------------------------- */

/* Whether an entry of the ledger (NULL: there is none) still counts: TRUE, or UNKNOWN `not-attested` with why not.
 * `within` of type ANY: it never expires.  0 or -ENOMEM. */
int gp_vouch_judge(struct gp_eval *eval, const struct gp_ledger_entry *entry, const struct gp_value *within,
                   struct gp_outcome *ret_outcome) GP_MUST_CHECK;
/* The attestation as assumed for this case (--attest), NULL if it is not. */
const struct gp_assumed *gp_vouch_assumed(const struct gp_case *it, struct gp_str id);
/* "attested by WHO at TIME: REASON".  NULL: out of memory. */
const char *gp_vouch_text(struct gp_eval *eval, const struct gp_ledger_entry *entry) GP_MUST_CHECK;
/* "WHAT lies 2 h 5 min in the future…", of an age that is negative.  NULL: out of memory, or `what` is NULL. */
const char *gp_vouch_future(struct gp_eval *eval, const char *what, int64_t age) GP_MUST_CHECK;
/* Whose entries count here: those of this rule set, of sets that it extends and of sets that extend it. */
struct gp_ledger_sets gp_vouch_sets(const struct gp_eval *eval);
/* Seconds since then, negative in the future. */
int64_t gp_vouch_age(const struct gp_eval *eval, struct timespec when);

/* ---- readings ---------------------------------------------------------------------------------------------------- */

void gp_reading_unknown(struct gp_reading *reading, enum gp_reason reason, const char *detail);
void gp_reading_na(struct gp_reading *reading, const char *detail);
void gp_reading_take(struct gp_reading *reading, struct gp_outcome outcome);
/* There is a value.  A read may also set reading->proof to a leaf that says where it looked (subject, path). */
void gp_reading_value(struct gp_reading *reading, const struct gp_value *value);
void gp_reading_integer(struct gp_reading *reading, enum gp_type type, int64_t value);

#endif
