#include "eval/check.h"

static void check_type(struct gp_link *link, const struct gp_cond *cond, unsigned flag, const char *of, const char *at)
{
    for (size_t i = 0; i < cond->facet_count; i++) {
        const struct gp_facet *facet = &cond->facets[i];
        if (!(facet->def->flags & flag)) {
            gp_diag_add(link->diags, GP_DIAG_FACET_TYPE, facet->at, "'%s' asks something of %s, and '%s' looks at %s",
                        facet->def->key, of, cond->form->key, at);
        }
    }
}

void gp_check_file_form(struct gp_link *link, const struct gp_cond *cond)
{
    check_type(link, cond, GP_FACET_FILES, "directories", "files");
}

void gp_check_dir_form(struct gp_link *link, const struct gp_cond *cond)
{
    check_type(link, cond, GP_FACET_DIRECTORIES, "files", "directories");
}

void gp_check_says_nothing(struct gp_link *link, struct gp_span at, const char *message)
{
    gp_diag_add(link->diags, GP_DIAG_SAYS_NOTHING, at, "%s", message);
}

/* Whether an operand is a number that stands in the file; `*ret` is it. */
static bool literal_number(const struct gp_expr *expr, int64_t *ret)
{
    if (!expr || expr->kind != GP_EXPR_LITERAL || !gp_type_is_integer(expr->value.type)) {
        return false;
    }
    *ret = expr->value.integer;
    return true;
}

void gp_check_comparison(struct gp_link *link, const struct gp_comparison *comparison)
{
    if (!comparison) {
        return;
    }
    int64_t min, max;
    if (literal_number(comparison->min, &min) && literal_number(comparison->max, &max) && min > max) {
        struct gp_diag *diag = gp_diag_add(link->diags, GP_DIAG_EMPTY_RANGE, comparison->max->at,
                                           "nothing is at least %.*s and at most %.*s",
                                           GP_STR_ARG(comparison->min->text), GP_STR_ARG(comparison->max->text));
        gp_diag_note(link->diags, diag, comparison->min->at, "'min' is here");
    }
}

void gp_check_group(struct gp_link *link, const struct gp_pattern *pattern, const struct gp_expr *group)
{
    int64_t number;
    if (!pattern || !pattern->regex || !literal_number(group, &number) || number < 0) {
        return;
    }
    unsigned groups = gp_regex_groups(pattern->regex);
    if (number > (int64_t)groups) {
        gp_diag_add(link->diags, GP_DIAG_NO_SUCH_GROUP, group->at, "the pattern has %u %s, so there is no group %lld",
                    groups, groups == 1 ? "group" : "groups", (long long)number);
    }
}
