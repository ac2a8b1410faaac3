/*
 * What is checked of steps when a rule set is loaded, and the tables cannot say.
 */
#ifndef GP_ACT_STEPS_CHECK_H
#define GP_ACT_STEPS_CHECK_H

#include "rule/family.h"
#include "rule/link.h"

/* Neither the root nor GATEPOST. */
void gp_step_check_paths(struct gp_link *link, const struct gp_paths *paths);
/* `missing: ok` means nothing here. */
void gp_step_check_no_missing(struct gp_link *link, const struct gp_step *step);

#endif
