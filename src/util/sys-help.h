/*
 * What callers of the system call table want: retries after EINTR, short reads
 * and writes handled, and negative errno instead of -1.
 */
#ifndef GP_UTIL_SYS_HELP_H
#define GP_UTIL_SYS_HELP_H

#include "util/sys.h"

/* Opens the root of a tree: a directory, or -ENOTDIR, -ENOENT, -EACCES …  The path itself may lead through links (it is
 * the user's word); what is beneath may not. */
int gp_sys_open_root(const struct gp_sys *sys, const char *path) GP_MUST_CHECK;
/* Opens one component of a name in a directory: no link followed, never blocking (a FIFO opens at once), close-on-exec;
 * uses openat2 with RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS, else openat with O_NOFOLLOW.  A name
 * with "/" or "." or ".." is -EINVAL.  Returns the descriptor or a negative errno (-ELOOP for a link). */
int gp_sys_open_beneath(const struct gp_sys *sys, int dir, const char *name, int flags, mode_t mode) GP_MUST_CHECK;
/* Tries O_NOATIME first (not allowed for other people's files). */
int gp_sys_open_read(const struct gp_sys *sys, int dir, const char *name) GP_MUST_CHECK;
/* Reads until `size` bytes or the end; the count or a negative errno. */
ssize_t gp_sys_read_full(const struct gp_sys *sys, int fd, void *buffer, size_t size, uint64_t offset) GP_MUST_CHECK;
/* Writes all; 0 or a negative errno. */
int gp_sys_write_full(const struct gp_sys *sys, int fd, const void *data, size_t size, uint64_t offset) GP_MUST_CHECK;
/* Closes *fd if it is open and sets it to -1; keeps errno. */
void gp_sys_close(const struct gp_sys *sys, int *fd);

#endif
