/* What an operation as a whole lacks, and waivers that are past their date. */
#include "author/lint-internal.h"

#include "rule/tables.h"
#include "util/clock.h"

int gp_lint_operation(struct gp_lint *lint, const struct gp_object *object, const void *instance)
{
    const struct gp_operation *operation = instance;

    if (object != &gp_object_operation)
        return 0;
    if (operation->audit == GP_YESNO_YES && operation->action.count) {
        struct gp_diag *diag =
            gp_diag_add(lint->diags, GP_DIAG_AUDIT_ACTS, gp_lint_key_place(lint, operation->def.at, "audit"),
                        "operation '%.*s' is an audit and has an action", GP_STR_ARG(operation->def.id));
        gp_diag_note(lint->diags, diag, gp_lint_key_place(lint, operation->def.at, "action"), "the action is here");
    }
    if (!operation->requires.count)
        gp_diag_add(lint->diags, GP_DIAG_NO_REQUIREMENTS, operation->def.at,
                    "operation '%.*s' requires nothing, so it is always allowed", GP_STR_ARG(operation->def.id));
    return 0;
}

int gp_lint_waiver(struct gp_lint *lint, const struct gp_object *object, const void *instance)
{
    const struct gp_requirement *requirement = instance;

    if (object != &gp_object_requirement || !requirement->waived.data || requirement->until.type != GP_TYPE_DATE)
        return 0;
    int64_t end = requirement->until.integer + 24 * 60 * 60; /* the whole day counts */
    if ((int64_t)lint->options->now.tv_sec < end)
        return 0;
    gp_diag_add(lint->diags, GP_DIAG_WAIVER_EXPIRED, gp_lint_value_place(lint, requirement->def.at, "until"),
                "the waiver of requirement '%.*s' has ended, so it counts again", GP_STR_ARG(requirement->def.id));
    return 0;
}
