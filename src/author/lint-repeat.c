/* What is asked twice, or together with its opposite. */
#include "author/lint-internal.h"

#include <errno.h>

#include "rule/tables.h"

/* ---- parts of a condition ---------------------------------------------------------------------------------------- */

static int check_twice(struct gp_lint *lint, const struct gp_cond *cond, const struct gp_conds *list,
                       struct gp_strmap *shapes)
{
    for (size_t i = 0; i < list->count; i++) {
        const void *first;
        if (gp_shapes_add(lint->arena, shapes, gp_lint_shape(lint, list->data[i]), list->data[i], &first) < 0)
            return -ENOMEM;
        if (!first)
            continue;
        struct gp_diag *diag = gp_diag_add(lint->diags, GP_DIAG_PART_REPEATED, list->data[i]->at,
                                           "'%s' asks this twice", cond->form->key);
        gp_diag_note(lint->diags, diag, ((const struct gp_cond *)first)->at, "the first is here");
    }
    return 0;
}

/* The part of the list that asks for the opposite of this one, NULL if there is none. */
static const struct gp_cond *opposite(const struct gp_lint *lint, const struct gp_cond *part,
                                      const struct gp_strmap *shapes)
{
    const struct gp_cond *core = gp_lint_core(lint, part), *negated = core ? gp_lint_negated(core) : NULL;

    return negated ? gp_shapes_find(shapes, gp_lint_shape(lint, negated)) : NULL;
}

bool gp_lint_has_opposites(struct gp_lint *lint, const struct gp_conds *list)
{
    struct gp_strmap shapes = {0};
    const void *known;
    bool found = false;

    for (size_t i = 0; i < list->count; i++)
        if (gp_shapes_add(lint->arena, &shapes, gp_lint_shape(lint, list->data[i]), list->data[i], &known) < 0)
            return false;
    for (size_t i = 0; i < list->count && !found; i++)
        found = opposite(lint, list->data[i], &shapes) != NULL;
    return found;
}

static void check_opposites(struct gp_lint *lint, const struct gp_cond *cond, const struct gp_conds *list,
                            const struct gp_strmap *shapes)
{
    bool all = gp_lint_is_form(cond, "all");

    for (size_t i = 0; i < list->count; i++) {
        const struct gp_cond *same = opposite(lint, list->data[i], shapes);
        if (!same)
            continue;
        struct gp_diag *diag = gp_diag_add(lint->diags, all ? GP_DIAG_NEVER_HOLDS : GP_DIAG_ALWAYS_HOLDS,
                                           list->data[i]->at,
                                           "%s '%s' asks for something and for its opposite",
                                           all ? "this can never hold:" : "nothing is decided here:", cond->form->key);
        gp_diag_note(lint->diags, diag, same->at, "the opposite is here");
    }
}

static void check_branches(struct gp_lint *lint, const struct gp_cond *cond)
{
    const struct gp_object *object = cond->form->object;
    const void *then = gp_lint_member(object, cond->data, "then", GP_KIND_CONDITION);
    const void *otherwise = gp_lint_member(object, cond->data, "else", GP_KIND_CONDITION);

    if (!gp_lint_is_form(cond, "if") || !then || !otherwise)
        return;
    const struct gp_cond *a = *(const struct gp_cond *const *)then, *b = *(const struct gp_cond *const *)otherwise;
    if (!a || !b || !gp_shape_equal(gp_lint_shape(lint, a), gp_lint_shape(lint, b)))
        return;
    struct gp_diag *diag = gp_diag_add(lint->diags, GP_DIAG_PART_REPEATED, b->at, "'then' and 'else' ask the same");
    gp_diag_note(lint->diags, diag, a->at, "'then' is here");
}

int gp_lint_parts(struct gp_lint *lint, const struct gp_cond *cond)
{
    struct gp_conds list = gp_lint_list(cond);
    struct gp_strmap shapes = {0};

    check_branches(lint, cond);
    if (list.count < 2)
        return 0;
    int r = check_twice(lint, cond, &list, &shapes);
    if (r == 0)
        check_opposites(lint, cond, &list, &shapes);
    return r;
}

/* ---- requirements ------------------------------------------------------------------------------------------------ */

static struct gp_shape shape_of(const struct gp_lint *lint, const struct gp_requirement *requirement)
{
    return gp_shape_mix(gp_lint_shape(lint, requirement->that), gp_lint_shape(lint, requirement->when));
}

static void check_guard(struct gp_lint *lint, const struct gp_requirement *requirement)
{
    if (!requirement->when || !requirement->that ||
        !gp_shape_equal(gp_lint_shape(lint, requirement->when), gp_lint_shape(lint, requirement->that)))
        return;
    struct gp_diag *diag = gp_diag_add(lint->diags, GP_DIAG_ALWAYS_HOLDS, requirement->that->at,
                                       "requirement '%.*s' is never false: its guard asks the same",
                                       GP_STR_ARG(requirement->def.id));
    gp_diag_note(lint->diags, diag, requirement->when->at, "the guard is here");
}

int gp_lint_requirements(struct gp_lint *lint, const struct gp_object *object, const void *instance)
{
    const struct gp_operation *operation = instance;
    struct gp_strmap shapes = {0};

    if (object != &gp_object_operation)
        return 0;
    for (size_t i = 0; i < operation->requires.count; i++) {
        const struct gp_requirement *requirement = operation->requires.data[i].value;
        const void *known;
        if (!requirement->that || requirement->def.wrong)
            continue;
        check_guard(lint, requirement);
        if (requirement->waived.data)
            continue;
        if (gp_shapes_add(lint->arena, &shapes, shape_of(lint, requirement), requirement, &known) < 0)
            return -ENOMEM;
        const struct gp_requirement *first = known;
        if (!first)
            continue;
        struct gp_diag *diag = gp_diag_add(lint->diags, GP_DIAG_REQUIREMENT_REPEATED, requirement->def.at,
                                           "requirement '%.*s' asks the same as '%.*s'",
                                           GP_STR_ARG(requirement->def.id), GP_STR_ARG(first->def.id));
        gp_diag_note(lint->diags, diag, first->def.at, "'%.*s' is here", GP_STR_ARG(first->def.id));
    }
    return 0;
}

/* ---- remedies ---------------------------------------------------------------------------------------------------- */

/* What an operation asks, as one shape. */
static struct gp_shape shape_in(const struct gp_operation *operation, struct gp_shape what)
{
    return gp_shape_mix(what, gp_shape_of_text((struct gp_str){(const char *)&operation, sizeof(operation)}));
}

static int keep_denials(struct gp_lint *lint, const struct gp_operation *operation, struct gp_strmap *denials)
{
    for (size_t i = 0; i < operation->requires.count; i++) {
        const struct gp_requirement *requirement = operation->requires.data[i].value;
        const void *known;
        if (requirement->severity == GP_SEVERITY_WARN || requirement->waived.data || requirement->def.wrong)
            continue;
        if (gp_shapes_add(lint->arena, denials, shape_in(operation, shape_of(lint, requirement)), requirement,
                          &known) < 0)
            return -ENOMEM;
    }
    return 0;
}

/* What makes `requirement` false makes one of the remedy's own requirements false, if that asks the same under the same
 * guard or under none. */
static void check_remedy(struct gp_lint *lint, const struct gp_requirement *requirement,
                         const struct gp_strmap *denials)
{
    const struct gp_remedy *remedy = requirement->otherwise ? requirement->otherwise->remedy : NULL;
    const struct gp_operation *helper = remedy && remedy->operation ? remedy->operation->target : NULL;
    struct gp_shape unguarded = gp_shape_mix(gp_lint_shape(lint, requirement->that), (struct gp_shape){0});

    if (!helper || requirement->def.wrong)
        return;
    const struct gp_requirement *denial = gp_shapes_find(denials, shape_in(helper, shape_of(lint, requirement)));
    if (!denial)
        denial = gp_shapes_find(denials, shape_in(helper, unguarded));
    if (!denial)
        return;
    struct gp_diag *diag =
        gp_diag_add(lint->diags, GP_DIAG_REMEDY_DENIED, remedy->operation->at,
                    "operation '%.*s' is no remedy: it is denied for the same reason", GP_STR_ARG(helper->def.id));
    gp_diag_note(lint->diags, diag, denial->def.at, "its requirement '%.*s' asks the same", GP_STR_ARG(denial->def.id));
}

int gp_lint_remedies(struct gp_lint *lint)
{
    const struct gp_map *operations = &lint->rules->defs.operations;
    struct gp_strmap denials = {0};

    for (size_t i = 0; i < operations->count; i++)
        if (keep_denials(lint, operations->data[i].value, &denials) < 0)
            return -ENOMEM;
    for (size_t i = 0; i < operations->count; i++) {
        const struct gp_operation *operation = operations->data[i].value;
        for (size_t n = 0; n < operation->requires.count; n++)
            check_remedy(lint, operation->requires.data[n].value, &denials);
    }
    return 0;
}
