/*
 * Whether `from` agrees with `requires`: in a state that an operation starts
 * from, no requirement may be false for sure.
 *
 * All states are judged at once, as bits: for each condition, in which states it
 * is certainly true and in which certainly false.  That follows from what the
 * condition of the state says (all of its parts hold then) and from conditions
 * that ask for the state.  Only the first 64 states are looked at; each condition
 * is judged once, whatever the number of operations.
 */
#include "author/lint-internal.h"

#include <errno.h>

#include "rule/limits.h"
#include "rule/tables.h"

#define STATES 64

/* The states in which a condition is true, and in which it is false; the rest is open. */
struct certain {
    uint64_t yes, no;
};

struct judge {
    struct gp_lint *lint;
    size_t count;           /* of states that are looked at */
    uint64_t all;           /* their bits */
    struct gp_strmap facts; /* shape -> struct certain *: what the states' own conditions say */
    struct gp_strmap known; /* struct gp_named_cond * -> struct certain *: judged already */
    struct gp_strmap bits;  /* id of a state -> its place + 1 */
    bool failed;
};

static uint64_t bit_of(const struct judge *it, struct gp_str id)
{
    uintptr_t place = (uintptr_t)gp_strmap_get(&it->bits, id);

    return place ? UINT64_C(1) << (place - 1) : 0;
}

/* ---- what the states say ----------------------------------------------------------------------------------------- */

/* Whether something was learned that was not known. */
static bool learn(struct judge *it, const struct gp_cond *cond, uint64_t states, bool holds)
{
    struct gp_shape shape = gp_lint_shape(it->lint, cond);
    struct certain *fact = (struct certain *)gp_shapes_find(&it->facts, shape);

    if (!fact) {
        const void *known;
        fact = GP_NEW(it->lint->arena, struct certain);
        if (!fact || gp_shapes_add(it->lint->arena, &it->facts, shape, fact, &known) < 0) {
            it->failed = true;
            return false;
        }
    }
    uint64_t *slot = holds ? &fact->yes : &fact->no, before = *slot;
    *slot |= states;
    return *slot != before;
}

/* A condition that holds in some states (or does not), and what follows for its parts.  What is known already is not
 * followed again, so a condition that many name is followed once.  `depth` counts named ones. */
static void learn_parts(struct judge *it, const struct gp_cond *cond, uint64_t states, bool holds, unsigned depth)
{
    cond = gp_lint_core(it->lint, cond);
    if (!cond || depth > 2 * GP_LIMIT_CONDITION_DEPTH || gp_lint_is_broken(cond) || !learn(it, cond, states, holds))
        return;
    const struct gp_cond *negated = gp_lint_negated(cond);
    struct gp_conds list = gp_lint_list(cond);
    bool none = gp_lint_is_form(cond, "none");
    bool parts = holds ? gp_lint_is_form(cond, "all") || none : gp_lint_is_form(cond, "any") || list.count == 1;

    if (negated)
        learn_parts(it, negated, states, !holds, depth + 1);
    else
        for (size_t i = 0; parts && i < list.count; i++)
            learn_parts(it, list.data[i], states, none ? !holds : holds, depth + 1);
}

/* Exactly one state holds: its own condition does, and those of all others do not. */
static void learn_states(struct judge *it, const struct gp_map *states)
{
    for (size_t i = 0; i < it->count; i++) {
        const struct gp_named_cond *state = states->data[i].value;
        uint64_t bit = UINT64_C(1) << i;
        learn_parts(it, state->cond, bit, true, 0);
        learn_parts(it, state->cond, it->all & ~bit, false, 0);
    }
}

/* ---- judging conditions ------------------------------------------------------------------------------------------ */

static struct certain judge(struct judge *it, const struct gp_cond *cond, unsigned depth);

static struct certain flip(struct certain certain)
{
    return (struct certain){certain.no, certain.yes};
}

static struct certain judge_list(struct judge *it, const struct gp_conds *list, bool any, unsigned depth)
{
    struct certain sum = {it->all, 0};

    for (size_t i = 0; i < list->count; i++) {
        struct certain part = judge(it, list->data[i], depth + 1);
        part = any ? flip(part) : part;
        sum.yes &= part.yes;
        sum.no |= part.no;
    }
    return any ? flip(sum) : sum;
}

/* Exactly one state holds, so what lists it is true and what does not is false. */
static struct certain judge_state(const struct judge *it, const struct gp_cond *cond)
{
    const struct gp_refs *states = gp_lint_member(cond->form->object, cond->data, "state", GP_KIND_REFS);
    uint64_t listed = 0;

    if (!states)
        return (struct certain){0};
    for (size_t i = 0; i < states->count; i++) {
        if (!states->data[i]->target)
            return (struct certain){0}; /* a misspelt one: which was meant nobody knows */
        listed |= bit_of(it, states->data[i]->id);
    }
    return (struct certain){listed, it->all & ~listed};
}

/* A named condition is judged once, however many name it. */
static struct certain judge_named(struct judge *it, const struct gp_cond *cond, unsigned depth)
{
    const struct gp_cond *target = gp_lint_resolve(it->lint, cond);
    struct gp_str key = {(const char *)&target, sizeof(target)};
    struct certain *known = target ? gp_strmap_get(&it->known, key) : NULL;

    if (!target || known)
        return known ? *known : (struct certain){0};
    /* Known as open meanwhile: conditions may name each other in a ring, an error that was said. */
    known = GP_NEW(it->lint->arena, struct certain);
    char *copy = gp_arena_memdup(it->lint->arena, key.data, key.len);
    if (!known || !copy || gp_strmap_put(it->lint->arena, &it->known, (struct gp_str){copy, key.len}, known) < 0) {
        it->failed = true;
        return (struct certain){0};
    }
    *known = judge(it, target, depth + 1);
    return *known;
}

static struct certain judge_form(struct judge *it, const struct gp_cond *cond, unsigned depth)
{
    const struct gp_cond *negated = gp_lint_negated(cond);
    struct gp_conds list = gp_lint_list(cond);

    if (cond->form == it->lint->options->registry->named)
        return judge_named(it, cond, depth);
    if (gp_lint_is_form(cond, "state"))
        return judge_state(it, cond);
    if (negated)
        return flip(judge(it, negated, depth + 1));
    if (gp_lint_is_form(cond, "none"))
        return flip(judge_list(it, &list, true, depth));
    return list.count ? judge_list(it, &list, gp_lint_is_form(cond, "any"), depth) : (struct certain){0};
}

static struct certain judge(struct judge *it, const struct gp_cond *cond, unsigned depth)
{
    if (!cond || depth > 2 * GP_LIMIT_CONDITION_DEPTH || gp_lint_is_broken(cond))
        return (struct certain){0};
    const struct certain *fact = gp_shapes_find(&it->facts, gp_lint_shape(it->lint, cond));
    struct certain judged = judge_form(it, cond, depth);

    if (fact) {
        judged.yes |= fact->yes;
        judged.no |= fact->no;
    }
    uint64_t both = judged.yes & judged.no; /* the state contradicts itself, so nothing follows */
    return (struct certain){judged.yes & ~both, judged.no & ~both};
}

/* ---- operations -------------------------------------------------------------------------------------------------- */

static uint64_t denied_in(struct judge *it, const struct gp_requirement *requirement)
{
    uint64_t guarded = requirement->when ? judge(it, requirement->when, 0).yes : it->all;

    return guarded ? guarded & judge(it, requirement->that, 0).no : 0;
}

static void say(struct judge *it, const struct gp_ref *from, const struct gp_requirement *requirement)
{
    struct gp_diag *diag =
        gp_diag_add(it->lint->diags, GP_DIAG_FROM_DENIED, from->at,
                    "'from' lists state '%.*s', in which requirement '%.*s' is false", GP_STR_ARG(from->id),
                    GP_STR_ARG(requirement->def.id));
    gp_diag_note(it->lint->diags, diag, requirement->def.at, "the requirement is here");
}

/* Each state of `from` is said once, with the first requirement that is false in it. */
static void check_operation(struct judge *it, const struct gp_operation *operation)
{
    uint64_t open = 0;

    for (size_t i = 0; i < operation->from.count; i++)
        open |= bit_of(it, operation->from.data[i]->id);
    for (size_t i = 0; i < operation->requires.count && open; i++) {
        const struct gp_requirement *requirement = operation->requires.data[i].value;
        bool counts =
            requirement->severity != GP_SEVERITY_WARN && !requirement->waived.data && !requirement->def.wrong;
        uint64_t denied = counts ? open & denied_in(it, requirement) : 0;
        for (size_t n = 0; denied && n < operation->from.count; n++)
            if (denied & bit_of(it, operation->from.data[n]->id))
                say(it, operation->from.data[n], requirement);
        open &= ~denied;
    }
}

int gp_lint_from(struct gp_lint *lint)
{
    const struct gp_map *states = &lint->rules->defs.states, *operations = &lint->rules->defs.operations;
    struct judge it = {.lint = lint, .count = states->count < STATES ? states->count : STATES};

    it.all = it.count == STATES ? UINT64_MAX : (UINT64_C(1) << it.count) - 1;
    for (size_t i = 0; i < it.count; i++)
        if (gp_strmap_put(lint->arena, &it.bits, states->data[i].id, (void *)(uintptr_t)(i + 1)) < 0)
            return -ENOMEM;
    learn_states(&it, states);
    for (size_t i = 0; i < operations->count && !it.failed; i++)
        check_operation(&it, operations->data[i].value);
    return it.failed ? -ENOMEM : 0;
}
