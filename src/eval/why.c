/*
 * Which documented cause of a message applies here (language.md 10).
 */
#include "eval/verdict.h"
#include "util/vec.h"

struct collecting {
    struct gp_eval *eval;
    const struct gp_message *message;
    GP_VEC(struct gp_why_cause) causes;
};

/* A requirement is a cause of its message where it does not hold. */
static enum gp_cause_verdict of_requirement(enum gp_result result)
{
    switch (result) {
    case GP_FALSE:
        return GP_CAUSE_CERTAIN;
    case GP_UNKNOWN:
        return GP_CAUSE_UNDECIDED;
    case GP_TRUE:
    case GP_NA:
        break;
    }
    return GP_CAUSE_EXCLUDED;
}

static enum gp_cause_verdict of_cause(enum gp_result result)
{
    switch (result) {
    case GP_TRUE:
        return GP_CAUSE_CERTAIN;
    case GP_UNKNOWN:
        return GP_CAUSE_UNDECIDED;
    case GP_FALSE:
    case GP_NA:
        break;
    }
    return GP_CAUSE_EXCLUDED;
}

static bool names(const struct gp_requirement *requirement, const struct gp_message *message)
{
    return requirement->otherwise && requirement->otherwise->message &&
           requirement->otherwise->message->target == message;
}

static int add(struct collecting *it, const struct gp_definition *def, const struct gp_operation *operation,
               const struct gp_requirement_verdict *verdict, enum gp_cause_verdict kind)
{
    struct gp_why_cause cause = {
        .id = def->id,
        .operation = operation,
        .verdict = *verdict,
        .at = def->at,
        .source = def->source,
        .kind = kind,
    };

    return gp_vec_push(it->eval->arena, &it->causes, cause);
}

static int add_requirement(struct collecting *it, const struct gp_operation *operation,
                           const struct gp_requirement *requirement)
{
    struct gp_requirement_verdict verdict;
    int r = it->eval->operation == operation ? 0 : gp_eval_settle(it->eval, operation);

    if (r == 0)
        r = gp_decide_requirement(it->eval, requirement, true, &verdict);
    return r < 0 ? r : add(it, &requirement->def, operation, &verdict, of_requirement(verdict.result));
}

static int add_operation(struct collecting *it, const struct gp_operation *operation)
{
    for (size_t i = 0; i < operation->requires.count; i++) {
        const struct gp_requirement *requirement = operation->requires.data[i].value;
        int r = names(requirement, it->message) ? add_requirement(it, operation, requirement) : 0;

        if (r < 0)
            return r;
    }
    return 0;
}

static int add_own_causes(struct collecting *it)
{
    const struct gp_map *causes = &it->message->causes;

    for (size_t i = 0; i < causes->count; i++) {
        const struct gp_cause *cause = causes->data[i].value;
        struct gp_requirement_verdict verdict;
        int r = gp_decide_cause(it->eval, cause, it->message, &verdict);

        if (r == 0)
            r = add(it, &cause->def, NULL, &verdict, of_cause(verdict.result));
        if (r < 0)
            return r;
    }
    return 0;
}

static int add_all(struct collecting *it)
{
    const struct gp_map *operations = &it->eval->it->rules->defs.operations;

    for (size_t i = 0; i < operations->count; i++) {
        int r = add_operation(it, operations->data[i].value);

        if (r < 0)
            return r;
    }
    int r = gp_eval_settle(it->eval, NULL); /* a message's own causes belong to no operation */
    return r < 0 ? r : add_own_causes(it);
}

int gp_why(struct gp_eval *eval, const struct gp_message *message, struct gp_why *ret_why)
{
    const struct gp_operation *outer = eval->operation;
    struct collecting it = {.eval = eval, .message = message};
    int r = add_all(&it);

    if (r == 0)
        r = gp_eval_settle(eval, outer);
    if (r < 0)
        return r;
    *ret_why = (struct gp_why){.message = message, .causes = it.causes.data, .cause_count = it.causes.count};
    return 0;
}
