/*
 * The one table of system calls that touch a tree.
 *
 * Everything that reads or changes a tree goes through a `const struct
 * gp_sys`.  The installed program uses gp_sys_linux.  Tests put tables behind it
 * that fail the nth call, die there, answer EACCES to root, or keep a disk in
 * memory and cut the power.  Each function is the system call of that name:
 * -1 and errno on failure; no retries, no policy (sys-help.h has those).
 */
#ifndef GP_UTIL_SYS_H
#define GP_UTIL_SYS_H

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <time.h>

#include "util/base.h"

struct gp_sys {
    /* looking */
    int (*openat2)(const struct gp_sys *sys, int dir, const char *path, uint64_t flags, uint64_t mode,
                   uint64_t resolve);
    int (*openat)(const struct gp_sys *sys, int dir, const char *name, int flags, mode_t mode);
    int (*close)(const struct gp_sys *sys, int fd);
    int (*fstat)(const struct gp_sys *sys, int fd, struct stat *ret);
    int (*fstatat)(const struct gp_sys *sys, int dir, const char *name, struct stat *ret, int flags);
    ssize_t (*getdents64)(const struct gp_sys *sys, int fd, void *buffer, size_t size);
    ssize_t (*pread)(const struct gp_sys *sys, int fd, void *buffer, size_t size, off_t offset);
    ssize_t (*readlinkat)(const struct gp_sys *sys, int dir, const char *name, char *buffer, size_t size);
    int (*ioctl)(const struct gp_sys *sys, int fd, unsigned long request, void *argument);
    ssize_t (*fgetxattr)(const struct gp_sys *sys, int fd, const char *name, void *value, size_t size);
    ssize_t (*flistxattr)(const struct gp_sys *sys, int fd, char *list, size_t size);
    int (*fstatvfs)(const struct gp_sys *sys, int fd, struct statvfs *ret);
    int (*fstatfs)(const struct gp_sys *sys, int fd, struct statfs *ret); /* for the type of file system */
    /* locking: F_OFD_SETLK, F_OFD_GETLK */
    int (*lock)(const struct gp_sys *sys, int fd, int command, struct flock *lock);
    /* changing */
    ssize_t (*pwrite)(const struct gp_sys *sys, int fd, const void *buffer, size_t size, off_t offset);
    int (*ftruncate)(const struct gp_sys *sys, int fd, off_t length);
    int (*mkdirat)(const struct gp_sys *sys, int dir, const char *name, mode_t mode);
    int (*unlinkat)(const struct gp_sys *sys, int dir, const char *name, int flags);
    int (*renameat2)(const struct gp_sys *sys, int old_dir, const char *old_name, int new_dir, const char *new_name,
                     unsigned flags);
    int (*linkat)(const struct gp_sys *sys, int old_dir, const char *old_name, int new_dir, const char *new_name,
                  int flags);
    int (*fchmod)(const struct gp_sys *sys, int fd, mode_t mode);
    int (*fchown)(const struct gp_sys *sys, int fd, uid_t owner, gid_t group);
    int (*futimens)(const struct gp_sys *sys, int fd, const struct timespec times[2]);
    int (*fsetxattr)(const struct gp_sys *sys, int fd, const char *name, const void *value, size_t size, int flags);
    int (*fsync)(const struct gp_sys *sys, int fd);
    void *context; /* the table's own */
};

extern const struct gp_sys gp_sys_linux;

#endif
