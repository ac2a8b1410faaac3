/*
 * Variables and parameters: what was given, else set by a drop-in, else the
 * default; typed and checked once.
 */
#include "eval/internal.h"

#include "util/text.h"

struct gp_setting_memo {
    uint32_t round; /* of the operation that it rests on; 0: on none */
    bool busy;      /* being worked out: a default that leads back to itself ends here */
    struct gp_reading reading;
};

const struct gp_given *gp_given_find(const struct gp_case *it, struct gp_str name)
{
    for (size_t i = it->given_count; i > 0; i--)
        if (gp_str_equal(it->given[i - 1].name, name))
            return &it->given[i - 1];
    return NULL;
}

/* ---- one value --------------------------------------------------------------------------------------------------- */

static int raise_case(struct gp_eval *eval, struct gp_str *text)
{
    char *copy = gp_arena_memdup(eval->arena, text->data, text->len);

    if (!copy)
        return -ENOMEM;
    for (size_t i = 0; i < text->len; i++)
        copy[i] = gp_ascii_upper(copy[i]);
    text->data = copy;
    return 0;
}

/* What a bound says of a value: `sign` 1 for min, -1 for max.  A bound that has no value bounds nothing. */
static int beyond(struct gp_eval *eval, const struct gp_expr *bound, const struct gp_value *value, int sign,
                  const char **ret_problem)
{
    struct gp_reading limit;
    int r;

    if (!bound)
        return 0;
    r = gp_eval_expr(eval, bound, &limit);
    if (r < 0 || limit.result != GP_TRUE || gp_type_is_integer(limit.value.type) != gp_type_is_integer(value->type))
        return r;
    if (sign * gp_value_compare(value, &limit.value) >= 0)
        return 0;
    limit.value.type = value->type;
    const char *text = gp_value_text(&limit.value, eval->arena);
    if (text)
        *ret_problem = gp_arena_printf(eval->arena, "at %s %s", sign > 0 ? "least" : "most", text);
    return text && *ret_problem ? 0 : -ENOMEM;
}

static const char *choices_text(struct gp_eval *eval, const struct gp_strs *choices)
{
    struct gp_strbuf out = {0};

    gp_strbuf_add(&out, "one of ");
    for (size_t i = 0; i < choices->count; i++)
        gp_strbuf_printf(&out, "%s%.*s", i ? ", " : "", GP_STR_ARG(choices->data[i]));
    const char *text = gp_strbuf_ok(&out) ? gp_arena_memdup(eval->arena, gp_strbuf_text(&out), out.len) : NULL;
    gp_strbuf_done(&out);
    return text;
}

static bool is_choice(const struct gp_strs *choices, struct gp_str text)
{
    for (size_t i = 0; i < choices->count; i++)
        if (gp_str_equal(choices->data[i], text))
            return true;
    return false;
}

static int pattern_problem(struct gp_eval *eval, const struct gp_pattern *pattern, struct gp_str text,
                           const char **ret_problem)
{
    enum gp_match match = pattern ? gp_regex_match(pattern->regex, text, 0, NULL) : GP_MATCH_YES;

    if (match == GP_MATCH_YES)
        return 0;
    *ret_problem = gp_arena_printf(eval->arena, "a text that matches /%.*s/%s", GP_STR_ARG(pattern->text),
                                   match == GP_MATCH_LIMIT ? " within the limits of matching" : "");
    return *ret_problem ? 0 : -ENOMEM;
}

/* What was expected of a value that breaks the setting's own rules; NULL: it keeps them. */
static int find_problem(struct gp_eval *eval, const struct gp_setting *setting, const struct gp_value *value,
                        const char **ret_problem)
{
    int r;

    *ret_problem = NULL;
    if (gp_type_is_integer(value->type)) {
        r = beyond(eval, setting->min, value, 1, ret_problem);
        return r < 0 || *ret_problem ? r : beyond(eval, setting->max, value, -1, ret_problem);
    }
    if (setting->choices.count && !is_choice(&setting->choices, value->string)) {
        *ret_problem = choices_text(eval, &setting->choices);
        return *ret_problem ? 0 : -ENOMEM;
    }
    return pattern_problem(eval, setting->matches, value->string, ret_problem);
}

static int not_given(struct gp_eval *eval, const struct gp_setting *setting, bool parameter, struct gp_reading *ret)
{
    struct gp_str id = setting->def.id;
    bool optional = setting->optional == GP_YESNO_YES;
    const char *words = !parameter ? "the variable %.*s is not set"
                        : optional ? "the parameter %.*s is optional and was not given"
                                   : "the parameter %.*s was not given";
    const char *detail = gp_arena_printf(eval->arena, words, GP_STR_ARG(id));

    if (!detail)
        return -ENOMEM;
    if (parameter && !optional)
        gp_reading_unknown(ret, GP_REASON_NOT_GIVEN, detail);
    else
        gp_reading_na(ret, detail);
    return 0;
}

/* The value that nobody gave: of a drop-in, or the default.  A default that is not set is no default. */
static int own_value(struct gp_eval *eval, const struct gp_setting *setting, bool parameter, struct gp_reading *ret)
{
    const struct gp_expr *expr = setting->value ? setting->value : setting->fallback;
    int r = expr ? gp_eval_expr(eval, expr, ret) : 0;

    if (r < 0)
        return r;
    if (!expr || ret->result == GP_NA)
        return not_given(eval, setting, parameter, ret);
    if (ret->result == GP_TRUE &&
        gp_type_is_integer(ret->value.type) == gp_type_is_integer((enum gp_type)setting->type))
        ret->value.type = (enum gp_type)setting->type;
    return 0;
}

static int typed_value(struct gp_eval *eval, const struct gp_setting *setting, struct gp_str text,
                       struct gp_reading *ret, const char **ret_expected)
{
    struct gp_value value;
    int r = gp_value_parse((enum gp_type)setting->type, text, false, eval->arena, &value, ret_expected);

    if (r == -EINVAL)
        return 0;
    if (r == 0)
        gp_reading_value(ret, &value);
    return r;
}

/* The reading and the words for a value that does not fit. */
static int complain(struct gp_eval *eval, const struct gp_setting *setting, const struct gp_given *given,
                    const char *expected, struct gp_reading *ret, const char **ret_problem)
{
    const char *shown = given ? gp_arena_printf(eval->arena, "'%.*s'", GP_STR_ARG(given->value))
                              : gp_value_text(&ret->value, eval->arena);
    const char *problem = shown ? gp_arena_printf(eval->arena, "%.*s: expected %s, got %s", GP_STR_ARG(setting->def.id),
                                                  expected, shown)
                                : NULL;

    if (!problem)
        return -ENOMEM;
    gp_reading_unknown(ret, GP_REASON_NO_VALUE, problem);
    *ret_problem = problem;
    return 0;
}

int gp_setting_value(struct gp_eval *eval, const struct gp_setting *setting, bool parameter,
                     const struct gp_given *given, struct gp_reading *ret, const char **ret_problem)
{
    struct gp_reading reading = {0};
    const char *expected = NULL, *problem = NULL;
    int r = given ? typed_value(eval, setting, given->value, &reading, &expected)
                  : own_value(eval, setting, parameter, &reading);

    if (r == 0 && reading.result == GP_TRUE && setting->upper && !gp_type_is_integer(reading.value.type))
        r = raise_case(eval, &reading.value.string);
    if (r == 0 && reading.result == GP_TRUE)
        r = find_problem(eval, setting, &reading.value, &expected);
    if (r == 0 && expected)
        r = complain(eval, setting, given, expected, &reading, &problem);
    if (r < 0)
        return r;
    reading.basis = reading.result == GP_TRUE ? gp_basis_weaker((enum gp_basis)setting->def.basis, reading.basis)
                                              : GP_BASIS_NONE;
    if (setting->def.source.count)
        reading.source = setting->def.source;
    *ret = reading;
    *ret_problem = problem;
    return 0;
}

/* ---- looked up by name ------------------------------------------------------------------------------------------- */

/* Whether the memo answers; counts the use of an operation that it rests on. */
static bool recall(struct gp_eval *eval, const struct gp_setting_memo *memo, struct gp_reading *ret)
{
    if (memo->busy) {
        gp_reading_unknown(ret, GP_REASON_NO_VALUE, "its default leads back to itself");
        return true;
    }
    if (memo->round != 0 && memo->round != eval->round)
        return false;
    eval->operation_uses += memo->round != 0;
    *ret = memo->reading;
    return true;
}

static int remembered(struct gp_eval *eval, struct gp_setting_memo **slot, const struct gp_setting *setting,
                      bool parameter, const struct gp_given *given, struct gp_reading *ret)
{
    struct gp_setting_memo *memo = *slot;
    uint64_t uses = eval->operation_uses;
    const char *problem;

    if (memo && recall(eval, memo, ret))
        return 0;
    if (!memo)
        memo = *slot = GP_NEW(eval->arena, struct gp_setting_memo);
    if (!memo)
        return -ENOMEM;
    memo->busy = true;
    if (parameter || gp_given_find(eval->it, setting->def.id))
        eval->operation_uses++; /* what is given to a variable may be given to a parameter of another operation */
    int r = gp_setting_value(eval, setting, parameter, given, &memo->reading, &problem);
    memo->busy = false;
    memo->round = eval->operation_uses == uses ? 0 : eval->round;
    *ret = memo->reading;
    return r;
}

static const struct gp_map_entry *parameter_of(const struct gp_eval *eval, struct gp_str name)
{
    return eval->operation ? gp_map_find(&eval->operation->params, name) : NULL;
}

static int variable(struct gp_eval *eval, const struct gp_map_entry *entry, struct gp_reading *ret)
{
    const struct gp_given *given = gp_given_find(eval->it, entry->id);

    if (parameter_of(eval, entry->id))
        given = NULL; /* with this operation it means the parameter */
    return remembered(eval, &eval->vars[entry - eval->it->rules->defs.vars.data], entry->value, false, given, ret);
}

static int parameter(struct gp_eval *eval, struct gp_str name, struct gp_reading *ret)
{
    const struct gp_map_entry *entry = parameter_of(eval, name);

    eval->operation_uses++;
    if (entry)
        return remembered(eval, &eval->params[entry - eval->operation->params.data], entry->value, true,
                          gp_given_find(eval->it, name), ret);
    const char *detail = gp_arena_printf(eval->arena, "there is no parameter %.*s here", GP_STR_ARG(name));
    if (!detail)
        return -ENOMEM;
    gp_reading_unknown(ret, GP_REASON_NOT_GIVEN, detail);
    return 0;
}

int gp_eval_setting(struct gp_eval *eval, enum gp_section section, struct gp_str name, struct gp_reading *ret)
{
    const struct gp_map_entry *entry = NULL;
    struct gp_reading reading = {0};
    int r;

    if (section != GP_SECTION_PARAM && !(section == GP_SECTION_DIRECTORY && parameter_of(eval, name)))
        entry = gp_map_find(&eval->it->rules->defs.vars, name);
    r = entry ? variable(eval, entry, &reading) : parameter(eval, name, &reading);
    if (r == 0)
        *ret = reading;
    return r;
}

int gp_eval_settle(struct gp_eval *eval, const struct gp_operation *operation)
{
    struct gp_setting_memo **params = NULL;

    if (operation) {
        params = GP_NEW_ARRAY(eval->arena, struct gp_setting_memo *, operation->params.count + 1);
        if (!params)
            return -ENOMEM;
    }
    eval->operation = operation;
    eval->params = params;
    eval->round++;
    return 0;
}
