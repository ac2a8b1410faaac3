/*
 * Landlock: a process that gives up rights to write files, for good, itself and
 * for whatever it starts.  Everything may still be read.
 *
 *     struct gp_landlock lock;
 *     int r = gp_landlock_begin(&lock);
 *     if (r > 0) {
 *         r = gp_landlock_allow(&lock, directory);
 *         if (r == 0) r = gp_landlock_enter(&lock);
 *         gp_landlock_done(&lock);
 *     }
 *
 * It covers what files hold and what names there are.  Landlock does not know
 * modes, owners, times and extended attributes.
 */
#ifndef GP_UTIL_LANDLOCK_H
#define GP_UTIL_LANDLOCK_H

#include "util/base.h"

struct gp_landlock {
    int fd;
    uint64_t rights; /* that are given up, but for what is allowed */
};

/* The version of Landlock that the kernel offers; 0: none. */
int gp_landlock_version(void);
/* Rules that allow nothing yet.  1; 0: this kernel has no Landlock; a negative errno. */
int gp_landlock_begin(struct gp_landlock *ret_lock) GP_MUST_CHECK;
void gp_landlock_done(struct gp_landlock *lock);
/* Everything may be written beneath an open directory, or a file.  0 or a negative errno. */
int gp_landlock_allow_fd(struct gp_landlock *lock, int fd) GP_MUST_CHECK;
/* The same by its path; what cannot be opened gets no rule. */
int gp_landlock_allow(struct gp_landlock *lock, const char *path) GP_MUST_CHECK;
/* Files may be made, written and renamed beneath it, and nothing else; as for what cannot be opened. */
int gp_landlock_allow_files(struct gp_landlock *lock, const char *path) GP_MUST_CHECK;
/* The devices that programs open for writing (/dev/null, the terminal, the screen, sound), as far as they are there. */
int gp_landlock_allow_devices(struct gp_landlock *lock) GP_MUST_CHECK;
/* From here on.  Safe between fork and exec.  0 or a negative errno. */
int gp_landlock_enter(const struct gp_landlock *lock) GP_MUST_CHECK;

#endif
