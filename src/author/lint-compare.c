/*
 * Comparisons that have one result whatever is compared, and operands that change
 * nothing.  What a value can be is its domain; each operand narrows it.
 */
#include "author/lint-internal.h"

#include <errno.h>

#include "rule/say.h"

struct judge {
    struct gp_lint *lint;
    const struct gp_comparison *comparison;
    const struct gp_domain *domain;
    struct gp_span at;
    bool say;
};

/* An operand that a literal does not satisfy; `key` NULL: it satisfies all. */
struct refusal {
    const char *key;
    struct gp_span at;
};

static bool same_class(const struct gp_value *a, const struct gp_value *b)
{
    return a->type != GP_TYPE_ANY && b->type != GP_TYPE_ANY &&
           gp_type_is_integer(a->type) == gp_type_is_integer(b->type);
}

static const struct gp_value *literal(const struct gp_expr *expr)
{
    return expr && expr->kind == GP_EXPR_LITERAL && expr->value.type != GP_TYPE_ANY ? &expr->value : NULL;
}

static bool breaks_limit(const struct gp_expr *limit, const struct gp_value *value, int sign)
{
    const struct gp_value *bound = literal(limit);

    return bound && same_class(bound, value) && sign * gp_value_compare(value, bound) < 0;
}

static bool breaks_pattern(const struct gp_pattern *pattern, const struct gp_value *value)
{
    return pattern && pattern->regex && !gp_type_is_integer(value->type) &&
           gp_regex_match(pattern->regex, value->string, 0, NULL) == GP_MATCH_NO;
}

/* Which of the operands besides `is` and `in` a value does not satisfy. */
static struct refusal refuse(const struct gp_comparison *comparison, const struct gp_value *value)
{
    int64_t bits;

    if (breaks_limit(comparison->min, value, 1))
        return (struct refusal){"min", comparison->min->at};
    if (breaks_limit(comparison->max, value, -1))
        return (struct refusal){"max", comparison->max->at};
    if (gp_lint_number(comparison->bits, &bits) && gp_type_is_integer(value->type) && (value->integer & bits) != bits)
        return (struct refusal){"bits", comparison->bits->at};
    if (breaks_pattern(comparison->matches, value))
        return (struct refusal){"matches", comparison->matches->at};
    return (struct refusal){0};
}

/* Why a literal is outside of the domain; NULL: it is not, or "" if memory ran out. */
static const char *outside(const struct judge *it, const struct gp_value *value)
{
    const struct gp_domain *domain = it->domain;

    if (!domain->integer || !gp_type_is_integer(value->type))
        return NULL;
    if (domain->mask != -1 && value->integer >= 0 && (value->integer & ~domain->mask) != 0)
        return "it has bits that the mask takes away";
    if (value->integer >= domain->least && value->integer <= domain->most)
        return NULL;
    const char *text = gp_arena_printf(it->lint->arena, "%s is never %s", domain->what,
                                       value->integer < domain->least ? "so small" : "so great");
    return text ? text : "";
}

static enum gp_fate never(const struct judge *it, struct gp_span at, const char *why, struct refusal by)
{
    if (!it->say || it->domain->checked)
        return GP_FATE_NEVER_TRUE;
    struct gp_diag *diag = gp_diag_add(it->lint->diags, GP_DIAG_NEVER_HOLDS, at, "this can never hold: %s", why);
    if (by.key)
        gp_diag_note(it->lint->diags, diag, by.at, "'%s' is here", by.key);
    return GP_FATE_NEVER_TRUE;
}

static void idle(const struct judge *it, struct gp_span at, const char *key, const char *why)
{
    if (it->say)
        gp_diag_add(it->lint->diags, GP_DIAG_IDLE_OPERAND, at, "'%s' changes nothing here: %s", key, why);
}

static const char *refused_by(const struct judge *it, struct refusal by)
{
    const char *text = gp_arena_printf(it->lint->arena, "'%s' refuses it", by.key);

    return text ? text : "";
}

/* ---- is ---------------------------------------------------------------------------------------------------------- */

static bool listed(const struct gp_exprs *list, const struct gp_value *value, bool *ret_open)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct gp_value *other = literal(list->data[i]);
        if (!other || !same_class(other, value))
            *ret_open = true;
        else if (gp_value_compare(other, value) == 0)
            return true;
    }
    return false;
}

static void idle_beside_is(const struct judge *it)
{
    static const char why[] = "'is' says it all";
    const struct gp_comparison *comparison = it->comparison;

    if (comparison->in.count)
        idle(it, comparison->in.data[0]->at, "in", why);
    if (literal(comparison->min))
        idle(it, comparison->min->at, "min", why);
    if (literal(comparison->max))
        idle(it, comparison->max->at, "max", why);
    if (literal(comparison->bits))
        idle(it, comparison->bits->at, "bits", why);
    if (comparison->matches && !it->domain->integer)
        idle(it, comparison->matches->at, "matches", why);
}

static enum gp_fate judge_is(const struct judge *it, const struct gp_value *value)
{
    const struct gp_comparison *comparison = it->comparison;
    struct gp_span at = comparison->is->at;
    const char *why = outside(it, value);
    bool open = false;

    if (why)
        return never(it, at, why, (struct refusal){0});
    struct refusal by = refuse(comparison, value);
    if (by.key)
        return never(it, at, refused_by(it, by), by);
    if (comparison->in.count && !listed(&comparison->in, value, &open) && !open)
        return never(it, at, "the value of 'is' is not in the list",
                     (struct refusal){"in", comparison->in.data[0]->at});
    if (!open)
        idle_beside_is(it);
    return GP_FATE_OPEN;
}

/* ---- in ---------------------------------------------------------------------------------------------------------- */

static int find_twice(const struct judge *it, struct gp_strmap *seen, const struct gp_expr *expr)
{
    struct gp_str key = gp_type_is_integer(expr->value.type)
                            ? (struct gp_str){(const char *)&expr->value.integer, sizeof(expr->value.integer)}
                            : expr->value.string;
    const struct gp_expr *first = gp_strmap_get(seen, key);

    if (!first)
        return gp_strmap_put(it->lint->arena, seen, key, (void *)expr);
    struct gp_diag *diag = gp_diag_add(it->lint->diags, GP_DIAG_PART_REPEATED, expr->at,
                                       "'%s' stands in the list twice", gp_say_brief(it->lint->arena, expr->text));
    gp_diag_note(it->lint->diags, diag, first->at, "the first is here");
    return 0;
}

static void say_never_comes(const struct judge *it, const struct gp_expr *expr, const char *why, struct refusal by)
{
    if (!it->say)
        return;
    struct gp_diag *diag =
        gp_diag_add(it->lint->diags, GP_DIAG_VALUE_NEVER, expr->at, "'%s' can never be the value: %s",
                    gp_say_brief(it->lint->arena, expr->text), why ? why : refused_by(it, by));
    if (by.key)
        gp_diag_note(it->lint->diags, diag, by.at, "'%s' is here", by.key);
}

static enum gp_fate judge_in(const struct judge *it, int *ret)
{
    const struct gp_exprs *list = &it->comparison->in;
    struct gp_strmap seen = {0};
    size_t refused = 0;

    for (size_t i = 0; i < list->count && *ret == 0; i++) {
        const struct gp_value *value = literal(list->data[i]);
        if (!value)
            continue;
        const char *why = outside(it, value);
        struct refusal by = refuse(it->comparison, value);
        refused += why || by.key;
        if ((why && !it->domain->checked) || (!why && by.key))
            say_never_comes(it, list->data[i], why, why ? (struct refusal){0} : by);
        if (it->say)
            *ret = find_twice(it, &seen, list->data[i]);
    }
    return refused == list->count ? GP_FATE_NEVER_TRUE : GP_FATE_OPEN;
}

/* ---- min, max, bits ---------------------------------------------------------------------------------------------- */

static enum gp_fate judge_range(const struct judge *it)
{
    const struct gp_comparison *comparison = it->comparison;
    const struct gp_domain *domain = it->domain;
    const struct gp_value *min = literal(comparison->min), *max = literal(comparison->max);

    if (min && max && same_class(min, max) && gp_value_compare(min, max) > 0)
        return never(it, comparison->max->at, "'min' is greater than 'max'",
                     (struct refusal){"min", comparison->min->at});
    if (!domain->integer)
        return GP_FATE_OPEN;
    if (min && min->integer > domain->most)
        return never(it, comparison->min->at, "the value is never so great", (struct refusal){0});
    if (max && max->integer < domain->least)
        return never(it, comparison->max->at, "the value is never so small", (struct refusal){0});
    return GP_FATE_OPEN;
}

static enum gp_fate judge_bits(const struct judge *it)
{
    const struct gp_domain *domain = it->domain;
    int64_t bits;

    if (!domain->integer || !gp_lint_number(it->comparison->bits, &bits))
        return GP_FATE_OPEN;
    if (domain->mask != -1 && (bits & ~domain->mask) != 0)
        return never(it, it->comparison->bits->at, "'bits' asks for bits that the mask takes away",
                     (struct refusal){domain->mask_at ? "mask" : NULL,
                                      domain->mask_at ? domain->mask_at->at : (struct gp_span){0}});
    if (bits > domain->most)
        return never(it, it->comparison->bits->at, "the value is never so great", (struct refusal){0});
    return GP_FATE_OPEN;
}

/* An operand that every value of the domain satisfies. */
static bool idle_operand(const struct judge *it, const struct gp_expr *expr, char which)
{
    const struct gp_domain *domain = it->domain;
    int64_t number;

    if (!domain->integer || !gp_lint_number(expr, &number))
        return false;
    return which == 'b' ? number == 0 : which == 'm' ? number <= domain->least : number >= domain->most;
}

/* Only operands that every value satisfies: the comparison always holds; one among others: it is idle. */
static enum gp_fate judge_idle(const struct judge *it)
{
    const struct gp_comparison *comparison = it->comparison;
    const struct {
        const struct gp_expr *expr;
        const char *key;
        char which;
    } operands[] = {{comparison->min, "min", 'm'}, {comparison->max, "max", 'M'}, {comparison->bits, "bits", 'b'}};
    size_t given = (comparison->in.count != 0) + (comparison->matches != NULL), idles = 0;

    for (size_t i = 0; i < GP_COUNT(operands); i++) {
        given += operands[i].expr != NULL;
        idles += idle_operand(it, operands[i].expr, operands[i].which);
    }
    bool always = given && idles == given;
    for (size_t i = 0; i < GP_COUNT(operands) && !always; i++)
        if (idle_operand(it, operands[i].expr, operands[i].which))
            idle(it, operands[i].expr->at, operands[i].key, "every value is so");
    if (always && it->say)
        gp_diag_add(it->lint->diags, GP_DIAG_ALWAYS_HOLDS, it->at, "this always holds, whatever %s is",
                    it->domain->what);
    return always ? GP_FATE_NEVER_FALSE : GP_FATE_OPEN;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

/* A pattern that is asked of a number is asked of its digits. */
static void judge_matches(const struct judge *it)
{
    if (it->say && it->comparison->matches && gp_type_is_integer(it->domain->type))
        gp_diag_add(it->lint->diags, GP_DIAG_MATCHES_NUMBER, it->comparison->matches->at,
                    "'matches' asks for the digits of %s, not for what it is", it->domain->what);
}

int gp_lint_comparison(struct gp_lint *lint, const struct gp_comparison *comparison, const struct gp_domain *domain,
                       struct gp_span at, bool say, enum gp_fate *ret_fate)
{
    struct judge it = {lint, comparison, domain, at, say};
    const struct gp_value *is = literal(comparison->is);
    enum gp_fate fate = GP_FATE_OPEN;
    int r = 0;

    judge_matches(&it);
    if (is)
        fate = judge_is(&it, is);
    else if (comparison->in.count)
        fate = judge_in(&it, &r);
    if (!is && fate == GP_FATE_OPEN)
        fate = judge_range(&it);
    if (!is && fate == GP_FATE_OPEN)
        fate = judge_bits(&it);
    if (!comparison->is && fate == GP_FATE_OPEN)
        fate = judge_idle(&it);
    *ret_fate = fate;
    return r;
}
