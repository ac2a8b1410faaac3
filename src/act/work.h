/*
 * The working copy of a foreign program: GATEPOST/TX/EXECn with WORK, the tree
 * as the steps so far would leave it, and SCRATCH beside it.
 *
 * The program never sees the tree itself.  What it changed in WORK becomes
 * staged changes, as if steps had made them, so that they are planned, shown,
 * carried out and undone like all others.
 */
#ifndef GP_ACT_WORK_H
#define GP_ACT_WORK_H

#include "act/child.h"
#include "act/stage.h"

#define GP_WORK_NAME "WORK"
#define GP_SCRATCH_NAME "SCRATCH"

struct gp_working_copy {
    const char *path;       /* of EXECn, absolute */
    int work, scratch;      /* open */
    struct gp_probe *probe; /* of WORK, once the program has ended; what the changes hold is read from there */
    size_t step;            /* number of the step that ran it */
    const char *program;    /* its name, as the step has it */
    struct gp_child_result child;
};

void gp_working_copy_done(const struct gp_sys *sys, struct gp_working_copy *copy);
/* Copies the staged tree; the stage keeps the copy.  0 or as gp_stage_fail(): no space, something that cannot be
 * copied (a link, a device), something that cannot be read. */
int gp_working_copy_make(struct gp_stage *stage, struct gp_working_copy **ret_copy) GP_MUST_CHECK;
/* Stages what differs in the copy.  0 or as gp_stage_fail(): a difference that `touches` does not name, or something
 * that is neither a file nor a directory. */
int gp_working_copy_take(struct gp_stage *stage, struct gp_working_copy *copy, const struct gp_paths *touches)
    GP_MUST_CHECK;

#endif
