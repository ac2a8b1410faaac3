/*
 * What a run has to know of the world besides the tree's content.
 */
#ifndef GP_ACT_WORLD_H
#define GP_ACT_WORLD_H

#include "eval/eval.h"
#include "util/sys.h"

/* What the file system of an open directory does not promise, in words; NULL: nothing to say. */
const char *gp_world_limits(const struct gp_sys *sys, int fd);
/* Makes a table whose every look fails from now on, so that a probe answers what it knows and nothing else. */
void gp_world_freeze(struct gp_sys *sys);
/* The first parameter that the steps of an action name and nobody gave; NULL: none.  0 or -ENOMEM. */
int gp_missing_parameter(struct gp_eval *eval, const struct gp_steps *steps, const struct gp_str **ret_name)
    GP_MUST_CHECK;

#endif
