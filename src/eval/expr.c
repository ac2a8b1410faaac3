/*
 * Expressions: a literal, or the value of a variable, parameter or marker.
 */
#include "eval/internal.h"

int gp_eval_expr(struct gp_eval *eval, const struct gp_expr *expr, struct gp_reading *ret)
{
    struct gp_reading reading = {0};
    int r = 0;

    switch (expr->kind) {
    case GP_EXPR_LITERAL:
        if (expr->value.type != GP_TYPE_ANY)
            gp_reading_value(&reading, &expr->value);
        else /* nothing said what it is compared with, so it is the text itself */
            gp_reading_value(&reading, &(struct gp_value){.type = GP_TYPE_STRING, .string = expr->text});
        break;
    case GP_EXPR_VAR:
        r = gp_eval_setting(eval, GP_SECTION_VAR, expr->ref->id, &reading);
        break;
    case GP_EXPR_PARAM:
        r = gp_eval_setting(eval, GP_SECTION_PARAM, expr->ref->id, &reading);
        break;
    case GP_EXPR_MARKER:
        r = gp_eval_marker(eval, expr->ref->target, expr->under, &reading);
        break;
    }
    if (r == 0)
        *ret = reading;
    return r;
}

int gp_eval_number(struct gp_eval *eval, const struct gp_expr *expr, int64_t fallback, int64_t *ret,
                   struct gp_outcome *ret_outcome)
{
    struct gp_reading reading;
    int r;

    if (!expr) {
        *ret = fallback;
        *ret_outcome = GP_OUTCOME_TRUE;
        return 0;
    }
    r = gp_eval_expr(eval, expr, &reading);
    if (r < 0)
        return r;
    if (reading.result == GP_TRUE && !gp_type_is_integer(reading.value.type))
        gp_reading_unknown(&reading, GP_REASON_NO_VALUE, "it is not a number");
    if (reading.result == GP_TRUE)
        *ret = reading.value.integer;
    *ret_outcome = (struct gp_outcome){.result = reading.result, .reason = reading.reason, .detail = reading.detail};
    return 0;
}
