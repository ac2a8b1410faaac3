/* Conditions as their tables have them: what a check wants to know without knowing the structs of the families. */
#include "author/lint-internal.h"

#include <string.h>

#include "rule/limits.h"
#include "util/text.h"

const void *gp_lint_member(const struct gp_object *object, const void *data, const char *key, enum gp_kind kind)
{
    for (const struct gp_field *field = object->fields; field && field->key; field++)
        if (field->kind == kind && strcmp(field->key, key) == 0)
            return (const char *)data + field->offset;
    return NULL;
}

bool gp_lint_is_form(const struct gp_cond *cond, const char *key)
{
    return cond && strcmp(cond->form->key, key) == 0;
}

bool gp_lint_is_broken(const struct gp_cond *cond)
{
    bool broken = cond->broken;

    for (size_t i = 0; i < cond->facet_count && !broken; i++)
        broken = cond->facets[i].broken;
    return broken;
}

struct gp_conds gp_lint_list(const struct gp_cond *cond)
{
    const struct gp_field *first = cond->form->object->fields;
    struct gp_conds list = {0};

    if (first->kind == GP_KIND_CONDITIONS)
        memcpy(&list, (const char *)cond->data + first->offset, sizeof(list));
    return list;
}

const struct gp_cond *gp_lint_negated(const struct gp_cond *cond)
{
    const void *member = gp_lint_is_form(cond, "not")
                             ? gp_lint_member(cond->form->object, cond->data, "not", GP_KIND_CONDITION)
                             : NULL;
    struct gp_conds list = gp_lint_is_form(cond, "none") ? gp_lint_list(cond) : (struct gp_conds){0};

    if (member)
        return *(const struct gp_cond *const *)member;
    return list.count == 1 ? list.data[0] : NULL;
}

const struct gp_cond *gp_lint_resolve(const struct gp_lint *lint, const struct gp_cond *cond)
{
    for (unsigned depth = 0; cond && cond->form == lint->options->registry->named; depth++) {
        const struct gp_ref *ref = ((const struct gp_cond_named *)cond->data)->condition;
        const struct gp_named_cond *named = lint->whole && ref ? ref->target : NULL;
        if (!named || depth > GP_LIMIT_CONDITION_DEPTH)
            return NULL;
        cond = named->cond;
    }
    return cond;
}

const struct gp_cond *gp_lint_core(const struct gp_lint *lint, const struct gp_cond *cond)
{
    for (unsigned depth = 0; cond && depth <= 2 * GP_LIMIT_CONDITION_DEPTH; depth++) {
        const struct gp_cond *named = gp_lint_resolve(lint, cond);
        struct gp_conds list = named && !gp_lint_is_broken(named) ? gp_lint_list(named) : (struct gp_conds){0};
        bool one = list.count == 1 && (gp_lint_is_form(named, "all") || gp_lint_is_form(named, "any"));
        if (!one)
            return named ? named : cond;
        cond = list.data[0];
    }
    return cond;
}

bool gp_lint_number(const struct gp_expr *expr, int64_t *ret)
{
    if (!expr || expr->kind != GP_EXPR_LITERAL || !gp_type_is_integer(expr->value.type))
        return false;
    *ret = expr->value.integer;
    return true;
}
