/* States that operations pass by, and states that an operation leads to and that can never be told. */
#include "author/lint-internal.h"

#include <errno.h>

#include "rule/tables.h"

struct named_states {
    struct gp_walk walk;
    struct gp_lint *lint;
    struct gp_strmap named; /* id -> its first reference */
    bool edges;             /* some operation has `from` or `to` */
};

static int on_ref(struct gp_walk *walk, const struct gp_field *field, const struct gp_ref *ref)
{
    struct named_states *it = (struct named_states *)walk; /* its first member */

    (void)field;
    if (ref->section != GP_SECTION_STATE || gp_strmap_find(&it->named, ref->id))
        return 0;
    return gp_strmap_put(it->lint->arena, &it->named, ref->id, (void *)ref);
}

static int on_object(struct gp_walk *walk, const struct gp_object *object, const void *instance, bool leaving)
{
    struct named_states *it = (struct named_states *)walk;
    const struct gp_operation *operation = instance;

    if (object == &gp_object_operation && !leaving)
        it->edges = it->edges || operation->from.count || operation->to.count;
    return 0;
}

int gp_lint_states(struct gp_lint *lint)
{
    const struct gp_map *states = &lint->rules->defs.states;
    struct named_states it = {.walk = {.ref = on_ref, .object = on_object}, .lint = lint};
    int r = gp_lint_walk(lint, &it.walk);

    for (size_t i = 0; r == 0 && it.edges && i < states->count; i++)
        if (!gp_strmap_find(&it.named, states->data[i].id))
            gp_diag_add(lint->diags, GP_DIAG_STATE_APART, states->data[i].at,
                        "no operation leads to state '%.*s' or starts from it, and no condition asks for it",
                        GP_STR_ARG(states->data[i].id));
    return r;
}

/* ---- states that are the same ------------------------------------------------------------------------------------ */

int gp_lint_states_alike(struct gp_lint *lint)
{
    const struct gp_map *states = &lint->rules->defs.states;
    struct gp_strmap shapes = {0};

    for (size_t i = 0; i < states->count; i++) {
        const struct gp_named_cond *state = states->data[i].value;
        const void *known;
        if (!state->cond)
            continue;
        if (gp_shapes_add(lint->arena, &shapes, gp_lint_shape(lint, state->cond), state, &known) < 0)
            return -ENOMEM;
        const struct gp_named_cond *first = known;
        if (!first)
            continue;
        struct gp_diag *diag =
            gp_diag_add(lint->diags, GP_DIAG_STATES_ALIKE, state->at,
                        "state '%.*s' asks the same as '%.*s': where one holds, the state is ambiguous",
                        GP_STR_ARG(state->id), GP_STR_ARG(first->id));
        gp_diag_note(lint->diags, diag, first->at, "'%.*s' is here", GP_STR_ARG(first->id));
    }
    return 0;
}

/* ---- to ---------------------------------------------------------------------------------------------------------- */

static void check_to(struct gp_lint *lint, const struct gp_operation *operation, const struct gp_ref *to)
{
    const struct gp_named_cond *state = to->target;
    enum gp_fate fate = state ? gp_lint_fate(lint, state->cond) : GP_FATE_OPEN;

    if (!(fate & GP_FATE_NEVER_TRUE))
        return;
    struct gp_diag *diag = gp_diag_add(
        lint->diags, GP_DIAG_TO_NEVER, to->at, "operation '%.*s' leads to state '%.*s', which %s",
        GP_STR_ARG(operation->def.id), GP_STR_ARG(to->id),
        fate & GP_FATE_NEVER_FALSE ? "no condition describes: it is never known" : "can never hold");
    gp_diag_note(lint->diags, diag, state->at, "the state is here");
}

int gp_lint_to(struct gp_lint *lint)
{
    const struct gp_map *operations = &lint->rules->defs.operations;

    for (size_t i = 0; i < operations->count; i++) {
        const struct gp_operation *operation = operations->data[i].value;
        for (size_t n = 0; n < operation->to.count; n++)
            check_to(lint, operation, operation->to.data[n]);
    }
    return 0;
}
