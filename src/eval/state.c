/*
 * Which of the set's states the tree is in (language.md 9).
 */
#include "eval/internal.h"

/* The state conditions that came to `result`, added to the candidates. */
static void add_candidates(const struct gp_map *states, enum gp_result result, struct gp_state_verdict *verdict)
{
    for (size_t i = 0; i < states->count; i++)
        if (verdict->proofs[i].result == result)
            verdict->candidates[verdict->candidate_count++] = states->data[i].value;
}

/* One true and the rest false: named.  A state that is n/a cannot be the tree's, as little as one that is false. */
static void name_state(const struct gp_map *states, struct gp_state_verdict *verdict)
{
    size_t counts[GP_RESULTS] = {0};

    for (size_t i = 0; i < states->count; i++)
        counts[verdict->proofs[i].result]++;
    add_candidates(states, GP_TRUE, verdict);
    if (counts[GP_TRUE] > 1) {
        verdict->kind = GP_STATE_AMBIGUOUS;
    } else if (counts[GP_UNKNOWN] > 0) {
        verdict->kind = GP_STATE_UNDETERMINED;
        add_candidates(states, GP_UNKNOWN, verdict);
    } else if (counts[GP_TRUE] == 1) {
        verdict->kind = GP_STATE_NAMED;
        verdict->name = verdict->candidates[0];
    } else {
        verdict->kind = GP_STATE_UNRECOGNISED;
    }
    for (size_t i = 0; verdict->name && i < states->count; i++)
        if (states->data[i].value == verdict->name)
            verdict->basis = verdict->proofs[i].basis;
}

static int decide_states(struct gp_eval *eval, struct gp_state_verdict *verdict)
{
    const struct gp_map *states = &eval->it->rules->defs.states;

    *verdict = (struct gp_state_verdict){.none = states->count == 0};
    verdict->proofs = GP_NEW_ARRAY(eval->arena, struct gp_proof, states->count + 1);
    verdict->candidates = GP_NEW_ARRAY(eval->arena, const struct gp_named_cond *, states->count + 1);
    if (!verdict->proofs || !verdict->candidates)
        return -ENOMEM;
    for (size_t i = 0; i < states->count; i++) {
        int r = gp_eval_cond(eval, ((const struct gp_named_cond *)states->data[i].value)->cond, &verdict->proofs[i]);

        if (r < 0)
            return r;
    }
    name_state(states, verdict);
    return 0;
}

int gp_decide_state(struct gp_eval *eval, struct gp_state_verdict *ret_state)
{
    const struct gp_state_verdict *known = gp_memo_get(eval, &eval->states);
    uint64_t uses = eval->operation_uses;

    if (!known) {
        struct gp_state_verdict *verdict = GP_NEW(eval->arena, struct gp_state_verdict);

        if (!verdict)
            return -ENOMEM;
        eval->deciding_state = true;
        int r = decide_states(eval, verdict);
        eval->deciding_state = false;
        if (r == 0)
            r = gp_memo_put(eval, &eval->states, uses, verdict);
        if (r < 0)
            return r;
        known = verdict;
    }
    *ret_state = *known;
    return 0;
}
