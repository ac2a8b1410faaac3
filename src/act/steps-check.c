#include "act/steps-check.h"

#include "act/ground.h"
#include "util/text.h"

void gp_step_check_paths(struct gp_link *link, const struct gp_paths *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        const struct gp_pathexpr *path = paths->data[i];
        if (path->count == 0)
            gp_diag_add(link->diags, GP_DIAG_STEP_OWN, path->at, "no step may change the root itself");
        else if (!path->parts[0].text && path->parts[0].glob.literal &&
                 gp_ascii_equal_fold(path->parts[0].glob.text, GP_STR(GP_OWN_NAME)))
            gp_diag_add(link->diags, GP_DIAG_STEP_OWN, path->at, "no step may change %.*s, which is the engine's own",
                        GP_STR_ARG(path->parts[0].glob.text));
    }
}

void gp_step_check_no_missing(struct gp_link *link, const struct gp_step *step)
{
    if (step->missing)
        gp_diag_add(link->diags, GP_DIAG_STEP_MISSING, step->missing_at,
                    "'missing: ok' means nothing here, as '%s' makes what it names", step->def->key);
}
