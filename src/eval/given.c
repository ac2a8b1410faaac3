/*
 * What a person gave (--set, --attest), held against the rule set.
 */
#include "eval/internal.h"

#include "util/text.h"

static void collect_ids(const struct gp_map *map, const char **names, size_t *count)
{
    for (size_t i = 0; i < map->count; i++)
        names[(*count)++] = map->data[i].id.data;
}

/* "there is no WHAT 'NAME'", with the nearest of the ids in `a` and `b`. */
static int no_such(struct gp_eval *eval, const char *what, struct gp_str name, const struct gp_map *a,
                   const struct gp_map *b, const char **ret_problem)
{
    size_t count = 0;
    const char **names = GP_NEW_ARRAY(eval->arena, const char *, (a ? a->count : 0) + b->count + 1);

    if (!names)
        return -ENOMEM;
    if (a)
        collect_ids(a, names, &count);
    collect_ids(b, names, &count);
    const char *near = gp_text_nearest(name, names, count, sizeof(*names));
    const char *problem = gp_arena_printf(eval->arena, "there is no %s '%.*s'%s%s%s", what, GP_STR_ARG(name),
                                          near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    if (!problem)
        return -ENOMEM;
    *ret_problem = problem;
    return -EINVAL;
}

static int check_assumed(struct gp_eval *eval, const char **ret_problem)
{
    const struct gp_map *attestations = &eval->it->rules->defs.attestations;

    for (size_t i = 0; i < eval->it->assumed_count; i++)
        if (!gp_map_find(attestations, eval->it->assumed[i].id))
            return no_such(eval, "attestation", eval->it->assumed[i].id, NULL, attestations, ret_problem);
    return 0;
}

/* Whether a given value fits a setting. */
static int check_value(struct gp_eval *eval, const struct gp_setting *setting, bool parameter,
                       const struct gp_given *given, const char **ret_problem)
{
    struct gp_reading reading;
    const char *problem;
    int r = gp_setting_value(eval, setting, parameter, given, &reading, &problem);

    if (r < 0)
        return r;
    if (!problem)
        return 0;
    *ret_problem = problem;
    return -EINVAL;
}

static int check_for_operation(struct gp_eval *eval, const struct gp_given *given, const char **ret_problem)
{
    const struct gp_map *params = &eval->operation->params;
    const struct gp_map *vars = &eval->it->rules->defs.vars;
    const struct gp_map_entry *param = gp_map_find(params, given->name);
    const struct gp_map_entry *entry = param ? param : gp_map_find(vars, given->name);

    if (!entry)
        return no_such(eval, "parameter or variable", given->name, params, vars, ret_problem);
    return check_value(eval, entry->value, param != NULL, given, ret_problem);
}

int gp_eval_set_operation(struct gp_eval *eval, const struct gp_operation *operation, const char **ret_problem)
{
    int r = gp_eval_settle(eval, operation);

    for (size_t i = 0; r == 0 && operation && i < eval->it->given_count; i++)
        r = check_for_operation(eval, &eval->it->given[i], ret_problem);
    return r < 0 ? r : check_assumed(eval, ret_problem);
}

/* Without an operation a name may be a parameter of any; its value must fit one of those that declare it. */
static int check_for_any(struct gp_eval *eval, const struct gp_given *given, const char **ret_problem)
{
    const struct gp_definitions *defs = &eval->it->rules->defs;
    const struct gp_map_entry *var = gp_map_find(&defs->vars, given->name);
    bool declared = false;
    const char *problem = NULL;

    if (var)
        return check_value(eval, var->value, false, given, ret_problem);
    for (size_t i = 0; i < defs->operations.count; i++) {
        const struct gp_operation *operation = defs->operations.data[i].value;
        const struct gp_map_entry *param = gp_map_find(&operation->params, given->name);
        int r = param ? check_value(eval, param->value, true, given, &problem) : -EINVAL;

        if (r != -EINVAL)
            return r;
        declared = declared || param;
    }
    if (!declared)
        return no_such(eval, "parameter or variable", given->name, NULL, &defs->vars, ret_problem);
    *ret_problem = problem;
    return -EINVAL;
}

int gp_eval_check_given(struct gp_eval *eval, const char **ret_problem)
{
    for (size_t i = 0; i < eval->it->given_count; i++) {
        int r = check_for_any(eval, &eval->it->given[i], ret_problem);

        if (r < 0)
            return r;
    }
    return check_assumed(eval, ret_problem);
}
