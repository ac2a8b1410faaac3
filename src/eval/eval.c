#include "eval/internal.h"

#include <stdlib.h>

/* ---- life -------------------------------------------------------------------------------------------------------- */

void gp_eval_free(struct gp_eval *eval)
{
    if (!eval)
        return;
    gp_arena_free(eval->arena);
    free(eval);
}

static int set_up(struct gp_eval *eval, const struct gp_case *it)
{
    const struct gp_ruleset *rules = it->rules;
    struct gp_place *tree = GP_NEW(eval->arena, struct gp_place);

    if (!tree)
        return -ENOMEM;
    *tree = (struct gp_place){.probe = it->probe, .open = GP_OUTCOME_TRUE};
    eval->it = it;
    eval->tree = eval->here = eval->places = tree;
    eval->round = 1;
    eval->conds = GP_NEW_ARRAY(eval->arena, struct gp_memo *, (size_t)rules->cond_count + 1);
    eval->markers = GP_NEW_ARRAY(eval->arena, struct gp_memo *, (size_t)rules->marker_count + 1);
    eval->vars = GP_NEW_ARRAY(eval->arena, struct gp_setting_memo *, rules->defs.vars.count + 1);
    return eval->conds && eval->markers && eval->vars ? 0 : -ENOMEM;
}

int gp_eval_new(struct gp_eval **ret_eval, const struct gp_case *it)
{
    struct gp_eval *eval = calloc(1, sizeof(*eval));

    if (!eval)
        return -ENOMEM;
    eval->arena = gp_arena_new(0);
    if (!eval->arena || set_up(eval, it) < 0) {
        gp_eval_free(eval);
        return -ENOMEM;
    }
    *ret_eval = eval;
    return 0;
}

struct gp_arena *gp_eval_arena(struct gp_eval *eval)
{
    return eval->arena;
}

const struct gp_operation *gp_eval_operation(const struct gp_eval *eval)
{
    return eval->operation;
}

/* ---- what is remembered ------------------------------------------------------------------------------------------ */

const void *gp_memo_get(struct gp_eval *eval, struct gp_memo *const *list)
{
    for (const struct gp_memo *memo = *list; memo; memo = memo->next) {
        if (memo->place != eval->here)
            continue;
        if (memo->round == 0)
            return memo->data;
        if (memo->round == eval->round) {
            eval->operation_uses++; /* who uses this rests on the operation too */
            return memo->data;
        }
    }
    return NULL;
}

int gp_memo_put(struct gp_eval *eval, struct gp_memo **list, uint64_t uses, const void *data)
{
    struct gp_memo *memo = *list;

    while (memo && memo->place != eval->here)
        memo = memo->next; /* one of an earlier operation: no longer of use */
    if (!memo) {
        memo = GP_NEW(eval->arena, struct gp_memo);
        if (!memo)
            return -ENOMEM;
        memo->next = *list;
        *list = memo;
    }
    memo->place = eval->here;
    memo->round = eval->operation_uses == uses ? 0 : eval->round;
    memo->data = data;
    return 0;
}

/* ---- conditions -------------------------------------------------------------------------------------------------- */

static int decide_here(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    if (eval->here->open.result != GP_TRUE) {
        gp_proof_take(proof, eval->here->open);
        return 0;
    }
    if (eval->depth >= GP_LIMIT_EVAL_DEPTH) {
        gp_proof_take(proof, gp_outcome_unknown(GP_REASON_LIMIT, "too many conditions rest on each other"));
        return 0;
    }
    eval->depth++;
    int r = cond->form->decide(eval, cond, proof);
    eval->depth--;
    return r;
}

int gp_eval_cond(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *ret_proof)
{
    const struct gp_place *outer = eval->here;
    struct gp_proof proof = {.cond = cond, .at = cond->at, .label = cond->title, .source = cond->source};
    int r = gp_eval_place(eval, cond->under, &eval->here);

    if (r == 0) {
        proof.under = eval->here->under;
        r = decide_here(eval, cond, &proof);
    }
    eval->here = outer;
    if (r < 0)
        return r;
    if (proof.result == GP_TRUE || proof.result == GP_FALSE)
        proof.basis = gp_basis_weaker((enum gp_basis)cond->basis, proof.basis);
    else
        proof.basis = GP_BASIS_NONE;
    *ret_proof = proof;
    return 0;
}

int gp_eval_shared(struct gp_eval *eval, const struct gp_cond *cond, const struct gp_proof **ret_proof)
{
    struct gp_memo **list = &eval->conds[cond->number];
    const struct gp_proof *known = gp_memo_get(eval, list);
    uint64_t uses = eval->operation_uses;

    if (!known) {
        struct gp_proof *proof = GP_NEW(eval->arena, struct gp_proof);
        int r = proof ? gp_eval_cond(eval, cond, proof) : -ENOMEM;

        if (r == 0)
            r = gp_memo_put(eval, list, uses, proof);
        if (r < 0)
            return r;
        known = proof;
    }
    *ret_proof = known;
    return 0;
}

unsigned gp_eval_seen(const struct gp_eval *eval, const struct gp_cond *cond)
{
    unsigned seen = 0;

    for (const struct gp_memo *memo = eval->conds[cond->number]; memo; memo = memo->next)
        seen |= 1u << ((const struct gp_proof *)memo->data)->result;
    return seen;
}
