#include "util/sys-help.h"

#include <errno.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>

#define BUSY_TRIES 4 /* openat2 says EAGAIN when a rename elsewhere crossed its way */
#define RESOLVE (RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS)

/* openat() with retries; the descriptor or a negative errno. */
static int open_at(const struct gp_sys *sys, int dir, const char *name, int flags, mode_t mode)
{
    int fd;

    do
        fd = sys->openat(sys, dir, name, flags, mode);
    while (fd < 0 && errno == EINTR);
    return fd < 0 ? -errno : fd;
}

static int open_at2(const struct gp_sys *sys, int dir, const char *name, int flags, mode_t mode)
{
    uint64_t kept_mode = flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? mode & 07777 : 0; /* else EINVAL */
    int fd;

    for (int tries = 0; tries < BUSY_TRIES;) {
        fd = sys->openat2(sys, dir, name, (uint64_t)(unsigned)flags, kept_mode, RESOLVE);
        if (fd >= 0)
            return fd;
        if (errno == EAGAIN)
            tries++;
        else if (errno != EINTR)
            return -errno;
    }
    return -EAGAIN;
}

int gp_sys_open_root(const struct gp_sys *sys, const char *path)
{
    int flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int fd = open_at(sys, AT_FDCWD, path, flags | O_NOATIME, 0);

    return fd == -EPERM ? open_at(sys, AT_FDCWD, path, flags, 0) : fd;
}

static bool one_component(const char *name)
{
    return name[0] && !strchr(name, '/') && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* Whether openat2 may be missing: an old kernel, a sandbox that forbids it or does not know it.  If the error was about
 * the file after all, openat says so again. */
static bool may_be_missing(int error)
{
    return error == -ENOSYS || error == -EINVAL || error == -EPERM;
}

/* A link is found without being followed in two more ways: with O_PATH it opens, with O_DIRECTORY it is none. */
static int refuse_link(const struct gp_sys *sys, int dir, const char *name, int flags, int fd)
{
    struct stat status;

    if (fd >= 0 && flags & O_PATH) {
        int r = sys->fstat(sys, fd, &status) < 0 ? -errno : S_ISLNK(status.st_mode) ? -ELOOP : 0;
        if (r < 0)
            gp_sys_close(sys, &fd);
        return r < 0 ? r : fd;
    }
    if (fd == -ENOTDIR && flags & O_DIRECTORY && sys->fstatat(sys, dir, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISLNK(status.st_mode))
        return -ELOOP;
    return fd;
}

int gp_sys_open_beneath(const struct gp_sys *sys, int dir, const char *name, int flags, mode_t mode)
{
    if (!one_component(name))
        return -EINVAL;
    flags |= O_NOFOLLOW | O_CLOEXEC;
    if (!(flags & O_PATH)) /* which takes no other flags */
        flags |= O_NONBLOCK | O_NOCTTY;
    int fd = open_at2(sys, dir, name, flags, mode);
    if (fd < 0 && may_be_missing(fd))
        fd = open_at(sys, dir, name, flags, mode);
    return refuse_link(sys, dir, name, flags, fd);
}

int gp_sys_open_read(const struct gp_sys *sys, int dir, const char *name)
{
    int fd = gp_sys_open_beneath(sys, dir, name, O_RDONLY | O_NOATIME, 0);

    return fd == -EPERM ? gp_sys_open_beneath(sys, dir, name, O_RDONLY, 0) : fd;
}

/* Whether a file can have bytes from `offset` to `offset + size`. */
static bool in_range(size_t size, uint64_t offset)
{
    return size <= SSIZE_MAX && offset <= INT64_MAX && size <= INT64_MAX - offset && (uint64_t)(off_t)offset == offset;
}

ssize_t gp_sys_read_full(const struct gp_sys *sys, int fd, void *buffer, size_t size, uint64_t offset)
{
    size_t done = 0;

    if (!in_range(size, offset))
        return -EOVERFLOW;
    while (done < size) {
        ssize_t n = sys->pread(sys, fd, (char *)buffer + done, size - done, (off_t)(offset + done));
        if (n == 0)
            break;
        if (n > 0)
            done += (size_t)n;
        else if (errno != EINTR)
            return -errno;
    }
    return (ssize_t)done;
}

int gp_sys_write_full(const struct gp_sys *sys, int fd, const void *data, size_t size, uint64_t offset)
{
    size_t done = 0;

    if (!in_range(size, offset))
        return -EOVERFLOW;
    while (done < size) {
        ssize_t n = sys->pwrite(sys, fd, (const char *)data + done, size - done, (off_t)(offset + done));
        if (n > 0)
            done += (size_t)n;
        else if (n == 0) /* would go on for ever */
            return -EIO;
        else if (errno != EINTR)
            return -errno;
    }
    return 0;
}

void gp_sys_close(const struct gp_sys *sys, int *fd)
{
    int kept = errno;

    if (*fd >= 0)
        sys->close(sys, *fd); /* once: after EINTR the descriptor is gone on Linux */
    *fd = -1;
    errno = kept;
}
