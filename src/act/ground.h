/*
 * Where an action works: the root and GATEPOST as open descriptors, and the
 * system calls on them with negative errno in place of -1.
 *
 * A path of the tree is walked a component at a time, no link followed, so that
 * nothing outside the root is ever touched, whatever a journal or a neighbour
 * makes of the names.  Nothing here allocates.
 */
#ifndef GP_ACT_GROUND_H
#define GP_ACT_GROUND_H

#include <stdio.h> /* RENAME_NOREPLACE */

#include "util/sys.h"

#define GP_OWN_NAME "GATEPOST"

struct gp_ground {
    const struct gp_sys *sys;
    int root;
    int own;  /* GATEPOST */
    int made; /* GATEPOST/TX/NEW: what is to be put into the tree */
    int kept; /* GATEPOST/TX/OLD: what was taken out of it */
};
#define GP_GROUND_NOWHERE(table) {.sys = (table), .root = -1, .own = -1, .made = -1, .kept = -1}

/* Closes everything that is open, the root too. */
void gp_ground_done(struct gp_ground *ground);
/* Closes what is open in TX. */
void gp_ground_leave(struct gp_ground *ground);
/* Opens GATEPOST/TX, made if it is not there: to be closed by whoever asked. */
int gp_ground_open_tx(const struct gp_ground *ground) GP_MUST_CHECK;
/* Opens TX/NEW and TX/OLD, which must be there. */
int gp_ground_enter(struct gp_ground *ground) GP_MUST_CHECK;

/* Whether a name directly beneath the root is the engine's own, in any case. */
bool gp_ground_is_own(const char *name);
/* The directory that a path of the tree lies in, to be closed with gp_ground_close(), and its last component. */
int gp_ground_parent(const struct gp_ground *ground, const char *path, const char **ret_name) GP_MUST_CHECK;
void gp_ground_close(const struct gp_ground *ground, int dir);
/* The directory at a path of the tree ("." is the root), to be closed with gp_ground_close(). */
int gp_ground_directory(const struct gp_ground *ground, const char *path) GP_MUST_CHECK;
/* 0 or a negative errno; a link is not followed. */
int gp_ground_stat(const struct gp_ground *ground, const char *path, struct stat *ret) GP_MUST_CHECK;
/* Flushes the directory at a path. */
int gp_ground_sync(const struct gp_ground *ground, const char *path) GP_MUST_CHECK;

/* The calls, interrupted ones repeated. */
int gp_call_stat(const struct gp_sys *sys, int dir, const char *name, struct stat *ret) GP_MUST_CHECK;
int gp_call_fstat(const struct gp_sys *sys, int fd, struct stat *ret) GP_MUST_CHECK;
int gp_call_sync(const struct gp_sys *sys, int fd) GP_MUST_CHECK;
int gp_call_mkdir(const struct gp_sys *sys, int dir, const char *name, mode_t mode) GP_MUST_CHECK;
int gp_call_unlink(const struct gp_sys *sys, int dir, const char *name, int flags) GP_MUST_CHECK;
int gp_call_link(const struct gp_sys *sys, int from_dir, const char *from, int to_dir, const char *to) GP_MUST_CHECK;
/* `flags`: 0 or RENAME_NOREPLACE.  Where a file system does not know the flag, the target is looked at first. */
int gp_call_rename(const struct gp_sys *sys, int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
    GP_MUST_CHECK;
/* Hands every name in an open directory but "." and ".." to `visit`, until it returns something else than 0, which is
 * then returned; a negative errno. */
int gp_call_names(const struct gp_sys *sys, int dir, int (*visit)(void *context, const char *name), void *context)
    GP_MUST_CHECK;
int gp_call_mtime(const struct gp_sys *sys, int fd, struct timespec mtime) GP_MUST_CHECK;
int gp_call_lock(const struct gp_sys *sys, int fd) GP_MUST_CHECK; /* for writing, the whole file; -EAGAIN: held */

#endif
