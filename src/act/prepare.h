/*
 * Preparing: everything that can fail for want of space, permission or memory
 * happens here, under GATEPOST/TX, before the tree changes.
 */
#ifndef GP_ACT_PREPARE_H
#define GP_ACT_PREPARE_H

#include "act/journal.h"
#include "act/planned.h"

struct gp_preparing {
    struct gp_arena *arena;
    struct gp_ground *ground;
    struct gp_stage *stage;
    const struct gp_planned *planned;
    struct gp_journal journal; /* the records are filled in here */
    const char *problem;       /* in words, after a failure */
    bool changed;              /* the failure: the tree is not what was decided on */
    bool draft;                /* what is made is a working copy: times are kept, nothing need outlive a power cut */
};

/* Makes TX, TX/OLD and TX/NEW with the new content of everything, flushed.  0, -ENOMEM, or -EINVAL with `problem`. */
int gp_prepare_new(struct gp_preparing *it) GP_MUST_CHECK;
/* Keeps what is there, flushed: OLD/n; notes the old side of each primitive and the times of directories.  The tree
 * must just have been found to be what it was. */
int gp_prepare_old(struct gp_preparing *it) GP_MUST_CHECK;

/* Makes `name` in ground->made, a directory with everything that a staged one has in it, and fills in the new side of
 * the record.  0 or a negative errno; -ESTALE: what goes into it changed while it was read. */
int gp_prepare_directory(struct gp_preparing *it, const char *name, struct gp_staged *staged, struct gp_record *record)
    GP_MUST_CHECK;

/* "PATH: cannot be prepared: No space left on device"; returns -EINVAL or -ENOMEM. */
int gp_prepare_fail(struct gp_preparing *it, const char *path, int error);
/* The name of NEW/n and OLD/n. */
#define GP_NUMBER_SIZE 12
void gp_number_name(size_t number, char ret_name[GP_NUMBER_SIZE]);
struct gp_side gp_side_of(const struct stat *status);

#endif
