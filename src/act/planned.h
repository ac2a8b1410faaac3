/*
 * A plan with what it takes to carry it out: the staged name behind each
 * primitive.
 */
#ifndef GP_ACT_PLANNED_H
#define GP_ACT_PLANNED_H

#include "act/plan.h"
#include "act/stage.h"

struct gp_planned {
    struct gp_plan plan;
    struct gp_staged **staged; /* one a primitive */
};

/* Reduces a staged view to primitives.  0, -ENOMEM, or -EINVAL with stage->problem: something that is to be removed or
 * replaced cannot be looked into, or lies on another file system. */
int gp_plan_make(struct gp_stage *stage, struct gp_planned *ret_planned) GP_MUST_CHECK;

/* The attributes (enum gp_attribute) that a staged file has in the end.  0 or as gp_stage_fail(). */
int gp_staged_attributes(struct gp_stage *stage, const struct gp_staged *file, unsigned *ret_set) GP_MUST_CHECK;
/* Whether the contents differ, and where: the first GP_PLAN_CHANGES runs.  1, 0, -ENOMEM or -EINVAL as above. */
int gp_plan_changes(struct gp_stage *stage, const char *path, const struct gp_content *old,
                    const struct gp_content *new, struct gp_primitive *primitive) GP_MUST_CHECK;

#endif
