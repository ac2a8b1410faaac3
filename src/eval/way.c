/*
 * The shortest sequence of operations to a state: a walk over the edges that
 * `from` and `to` of the operations make, nearest states first.
 */
#include "eval/internal.h"

struct node {
    const struct gp_named_cond *state;
    const struct gp_operation *by; /* the operation that led here first; NULL: the start, or not reached */
    size_t before;                 /* the node that it started from */
    bool reached;
};

struct walk {
    struct node *nodes; /* one a state, in the order of the set */
    size_t count;
    size_t *queue; /* nodes reached, nearest first */
    size_t queued, taken;
};

static int start_walk(struct gp_eval *eval, struct walk *walk)
{
    const struct gp_map *states = &eval->it->rules->defs.states;

    walk->count = states->count;
    walk->nodes = GP_NEW_ARRAY(eval->arena, struct node, states->count + 1);
    walk->queue = GP_NEW_ARRAY(eval->arena, size_t, states->count + 1);
    if (!walk->nodes || !walk->queue)
        return -ENOMEM;
    for (size_t i = 0; i < states->count; i++)
        walk->nodes[i].state = states->data[i].value;
    return 0;
}

static size_t place_of(const struct gp_eval *eval, const struct gp_named_cond *state)
{
    return (size_t)(gp_map_find(&eval->it->rules->defs.states, state->id) - eval->it->rules->defs.states.data);
}

static void reach(struct walk *walk, size_t node, size_t before, const struct gp_operation *by)
{
    if (walk->nodes[node].reached)
        return;
    walk->nodes[node].reached = true;
    walk->nodes[node].before = before;
    walk->nodes[node].by = by;
    walk->queue[walk->queued++] = node;
}

static bool starts_from(const struct gp_operation *operation, const struct gp_named_cond *state)
{
    for (size_t i = 0; i < operation->from.count; i++)
        if (operation->from.data[i]->target == state)
            return true;
    return false;
}

/* Follows every operation out of the next node; ties go to the operation that stands first in the set. */
static void expand(const struct gp_eval *eval, struct walk *walk)
{
    const struct gp_map *operations = &eval->it->rules->defs.operations;
    size_t here = walk->queue[walk->taken++];

    for (size_t i = 0; i < operations->count; i++) {
        const struct gp_operation *operation = operations->data[i].value;

        if (!starts_from(operation, walk->nodes[here].state))
            continue;
        for (size_t k = 0; k < operation->to.count; k++)
            reach(walk, place_of(eval, operation->to.data[k]->target), here, operation);
    }
}

/* ---- the answer -------------------------------------------------------------------------------------------------- */

static int put_steps(struct gp_eval *eval, const struct walk *walk, size_t goal, struct gp_way *way)
{
    size_t count = 0;

    for (size_t node = goal; walk->nodes[node].by; node = walk->nodes[node].before)
        count++;
    way->steps = GP_NEW_ARRAY(eval->arena, struct gp_way_step, count + 1);
    if (!way->steps)
        return -ENOMEM;
    way->step_count = count;
    for (size_t node = goal; walk->nodes[node].by; node = walk->nodes[node].before)
        way->steps[--count] = (struct gp_way_step){.operation = walk->nodes[node].by,
                                                   .from = walk->nodes[walk->nodes[node].before].state,
                                                   .to = walk->nodes[node].state};
    return 0;
}

/* What the first step lacks is known here and now; of later ones it cannot be told before. */
static int decide_first(struct gp_eval *eval, struct gp_way *way)
{
    const struct gp_operation *outer = eval->operation;
    struct gp_verdict *verdict;
    int r;

    if (!way->step_count)
        return 0;
    verdict = GP_NEW(eval->arena, struct gp_verdict);
    r = verdict ? gp_eval_settle(eval, way->steps[0].operation) : -ENOMEM;
    if (r == 0)
        r = gp_decide(eval, verdict);
    if (r == 0)
        r = gp_eval_settle(eval, outer);
    way->steps[0].verdict = verdict;
    return r;
}

static int no_way(struct gp_eval *eval, const struct gp_named_cond *goal, struct gp_way *way)
{
    way->kind = GP_WAY_NONE;
    way->detail = gp_arena_printf(eval->arena, "no documented operation leads from %.*s to %.*s",
                                  GP_STR_ARG(way->state.name->id), GP_STR_ARG(goal->id));
    return way->detail ? 0 : -ENOMEM;
}

static int walk_to(struct gp_eval *eval, const struct gp_named_cond *goal, struct gp_way *way)
{
    size_t start = place_of(eval, way->state.name), end = place_of(eval, goal);
    struct walk walk = {0};
    int r = start_walk(eval, &walk);

    if (r < 0)
        return r;
    reach(&walk, start, start, NULL);
    while (walk.taken < walk.queued && !walk.nodes[end].reached)
        expand(eval, &walk);
    if (!walk.nodes[end].reached)
        return no_way(eval, goal, way);
    way->kind = GP_WAY_FOUND;
    r = put_steps(eval, &walk, end, way);
    return r < 0 ? r : decide_first(eval, way);
}

static const char *no_start(const struct gp_state_verdict *state)
{
    if (state->none)
        return "the rule set names no states";
    switch (state->kind) {
    case GP_STATE_AMBIGUOUS:
        return "several states hold at once, so it is not known where to start";
    case GP_STATE_UNDETERMINED:
        return "the present state could not be determined";
    case GP_STATE_UNRECOGNISED:
        return "the tree is in none of the states, so no operation starts here";
    case GP_STATE_NAMED:
        break;
    }
    return "";
}

int gp_find_way(struct gp_eval *eval, const struct gp_named_cond *goal, struct gp_way *ret_way)
{
    struct gp_way way = {.kind = GP_WAY_UNKNOWN};
    int r = gp_decide_state(eval, &way.state);

    if (r == 0 && way.state.name)
        r = walk_to(eval, goal, &way);
    else if (r == 0)
        way.detail = no_start(&way.state);
    if (r == 0)
        *ret_way = way;
    return r;
}
