/*
 * The table of system calls as the kernel has them.
 */
#include "util/sys.h"

#include <linux/openat2.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

static int linux_openat2(const struct gp_sys *sys GP_UNUSED, int dir, const char *path, uint64_t flags, uint64_t mode,
                         uint64_t resolve)
{
    struct open_how how = {.flags = flags, .mode = mode, .resolve = resolve};

    return (int)syscall(SYS_openat2, dir, path, &how, sizeof(how));
}

static int linux_openat(const struct gp_sys *sys GP_UNUSED, int dir, const char *name, int flags, mode_t mode)
{
    return openat(dir, name, flags, mode);
}

static int linux_close(const struct gp_sys *sys GP_UNUSED, int fd)
{
    return close(fd);
}

static int linux_fstat(const struct gp_sys *sys GP_UNUSED, int fd, struct stat *ret)
{
    return fstat(fd, ret);
}

static int linux_fstatat(const struct gp_sys *sys GP_UNUSED, int dir, const char *name, struct stat *ret, int flags)
{
    return fstatat(dir, name, ret, flags);
}

static ssize_t linux_getdents64(const struct gp_sys *sys GP_UNUSED, int fd, void *buffer, size_t size)
{
    return (ssize_t)syscall(SYS_getdents64, fd, buffer, size);
}

static ssize_t linux_pread(const struct gp_sys *sys GP_UNUSED, int fd, void *buffer, size_t size, off_t offset)
{
    return pread(fd, buffer, size, offset);
}

static ssize_t linux_readlinkat(const struct gp_sys *sys GP_UNUSED, int dir, const char *name, char *buffer,
                                size_t size)
{
    return readlinkat(dir, name, buffer, size);
}

static int linux_ioctl(const struct gp_sys *sys GP_UNUSED, int fd, unsigned long request, void *argument)
{
    return ioctl(fd, request, argument);
}

static ssize_t linux_fgetxattr(const struct gp_sys *sys GP_UNUSED, int fd, const char *name, void *value, size_t size)
{
    return fgetxattr(fd, name, value, size);
}

static ssize_t linux_flistxattr(const struct gp_sys *sys GP_UNUSED, int fd, char *list, size_t size)
{
    return flistxattr(fd, list, size);
}

static int linux_fstatvfs(const struct gp_sys *sys GP_UNUSED, int fd, struct statvfs *ret)
{
    return fstatvfs(fd, ret);
}

static int linux_fstatfs(const struct gp_sys *sys GP_UNUSED, int fd, struct statfs *ret)
{
    return fstatfs(fd, ret);
}

static int linux_lock(const struct gp_sys *sys GP_UNUSED, int fd, int command, struct flock *lock)
{
    return fcntl(fd, command, lock);
}

static ssize_t linux_pwrite(const struct gp_sys *sys GP_UNUSED, int fd, const void *buffer, size_t size, off_t offset)
{
    return pwrite(fd, buffer, size, offset);
}

static int linux_ftruncate(const struct gp_sys *sys GP_UNUSED, int fd, off_t length)
{
    return ftruncate(fd, length);
}

static int linux_mkdirat(const struct gp_sys *sys GP_UNUSED, int dir, const char *name, mode_t mode)
{
    return mkdirat(dir, name, mode);
}

static int linux_unlinkat(const struct gp_sys *sys GP_UNUSED, int dir, const char *name, int flags)
{
    return unlinkat(dir, name, flags);
}

static int linux_renameat2(const struct gp_sys *sys GP_UNUSED, int old_dir, const char *old_name, int new_dir,
                           const char *new_name, unsigned flags)
{
    return renameat2(old_dir, old_name, new_dir, new_name, flags);
}

static int linux_linkat(const struct gp_sys *sys GP_UNUSED, int old_dir, const char *old_name, int new_dir,
                        const char *new_name, int flags)
{
    return linkat(old_dir, old_name, new_dir, new_name, flags);
}

static int linux_fchmod(const struct gp_sys *sys GP_UNUSED, int fd, mode_t mode)
{
    return fchmod(fd, mode);
}

static int linux_fchown(const struct gp_sys *sys GP_UNUSED, int fd, uid_t owner, gid_t group)
{
    return fchown(fd, owner, group);
}

static int linux_futimens(const struct gp_sys *sys GP_UNUSED, int fd, const struct timespec times[2])
{
    return futimens(fd, times);
}

static int linux_fsetxattr(const struct gp_sys *sys GP_UNUSED, int fd, const char *name, const void *value, size_t size,
                           int flags)
{
    return fsetxattr(fd, name, value, size, flags);
}

static int linux_fsync(const struct gp_sys *sys GP_UNUSED, int fd)
{
    return fsync(fd);
}

const struct gp_sys gp_sys_linux = {
    .openat2 = linux_openat2,
    .openat = linux_openat,
    .close = linux_close,
    .fstat = linux_fstat,
    .fstatat = linux_fstatat,
    .getdents64 = linux_getdents64,
    .pread = linux_pread,
    .readlinkat = linux_readlinkat,
    .ioctl = linux_ioctl,
    .fgetxattr = linux_fgetxattr,
    .flistxattr = linux_flistxattr,
    .fstatvfs = linux_fstatvfs,
    .fstatfs = linux_fstatfs,
    .lock = linux_lock,
    .pwrite = linux_pwrite,
    .ftruncate = linux_ftruncate,
    .mkdirat = linux_mkdirat,
    .unlinkat = linux_unlinkat,
    .renameat2 = linux_renameat2,
    .linkat = linux_linkat,
    .fchmod = linux_fchmod,
    .fchown = linux_fchown,
    .futimens = linux_futimens,
    .fsetxattr = linux_fsetxattr,
    .fsync = linux_fsync,
};
