#include "act/ground.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "util/sys-help.h"
#include "util/text.h"

#define DIRECTORY (O_RDONLY | O_DIRECTORY)
#define DIRENT_BYTES ((size_t)16 << 10)

/* ---- calls --------------------------------------------------------------------------------------------------- */

#define REPEATED(call)                    \
    int r;                                \
    do                                    \
        r = (call);                       \
    while (r < 0 && errno == EINTR);      \
    return r < 0 ? -errno : 0

int gp_call_stat(const struct gp_sys *sys, int dir, const char *name, struct stat *ret)
{
    REPEATED(sys->fstatat(sys, dir, name, ret, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT));
}

int gp_call_fstat(const struct gp_sys *sys, int fd, struct stat *ret)
{
    REPEATED(sys->fstat(sys, fd, ret));
}

int gp_call_sync(const struct gp_sys *sys, int fd)
{
    REPEATED(sys->fsync(sys, fd));
}

int gp_call_mkdir(const struct gp_sys *sys, int dir, const char *name, mode_t mode)
{
    REPEATED(sys->mkdirat(sys, dir, name, mode));
}

int gp_call_unlink(const struct gp_sys *sys, int dir, const char *name, int flags)
{
    REPEATED(sys->unlinkat(sys, dir, name, flags));
}

int gp_call_link(const struct gp_sys *sys, int from_dir, const char *from, int to_dir, const char *to)
{
    REPEATED(sys->linkat(sys, from_dir, from, to_dir, to, 0));
}

static int rename_once(const struct gp_sys *sys, int from_dir, const char *from, int to_dir, const char *to,
                       unsigned flags)
{
    REPEATED(sys->renameat2(sys, from_dir, from, to_dir, to, flags));
}

int gp_call_rename(const struct gp_sys *sys, int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    struct stat status;
    int r = rename_once(sys, from_dir, from, to_dir, to, flags);

    if (!flags || (r != -EINVAL && r != -ENOSYS))
        return r;
    int there = gp_call_stat(sys, to_dir, to, &status);
    if (there != -ENOENT)
        return there < 0 ? there : -EEXIST;
    return rename_once(sys, from_dir, from, to_dir, to, 0);
}

int gp_call_mtime(const struct gp_sys *sys, int fd, struct timespec mtime)
{
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, mtime};

    REPEATED(sys->futimens(sys, fd, times));
}

/* As the kernel hands it out. */
struct dirent64_head {
    uint64_t inode;
    int64_t offset;
    uint16_t length;
    uint8_t type;
    char name[];
};

static int visit_names(const char *buffer, size_t size, int (*visit)(void *context, const char *name), void *context)
{
    for (size_t at = 0; at + offsetof(struct dirent64_head, name) < size;) {
        const struct dirent64_head *head = (const struct dirent64_head *)(const void *)(buffer + at);
        if (head->length < sizeof(*head) || head->length > size - at)
            return -EIO;
        bool dots = strcmp(head->name, ".") == 0 || strcmp(head->name, "..") == 0;
        int r = dots ? 0 : visit(context, head->name);
        if (r != 0)
            return r;
        at += head->length;
    }
    return 0;
}

int gp_call_names(const struct gp_sys *sys, int dir, int (*visit)(void *context, const char *name), void *context)
{
    _Alignas(struct dirent64_head) char buffer[DIRENT_BYTES];
    ssize_t n;

    while ((n = sys->getdents64(sys, dir, buffer, sizeof(buffer))) != 0) {
        int r = n > 0 ? visit_names(buffer, (size_t)n, visit, context) : errno == EINTR ? 0 : -errno;
        if (r != 0)
            return r;
    }
    return 0;
}

int gp_call_lock(const struct gp_sys *sys, int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int r;

    do
        r = sys->lock(sys, fd, F_OFD_SETLK, &lock);
    while (r < 0 && errno == EINTR);
    return r == 0 ? 0 : errno == EACCES ? -EAGAIN : -errno;
}

/* ---- places -------------------------------------------------------------------------------------------------- */

void gp_ground_leave(struct gp_ground *ground)
{
    gp_sys_close(ground->sys, &ground->made);
    gp_sys_close(ground->sys, &ground->kept);
}

void gp_ground_done(struct gp_ground *ground)
{
    gp_ground_leave(ground);
    gp_sys_close(ground->sys, &ground->own);
    gp_sys_close(ground->sys, &ground->root);
}

int gp_ground_open_tx(const struct gp_ground *ground)
{
    int r = gp_call_mkdir(ground->sys, ground->own, "TX", 0700);

    if (r < 0 && r != -EEXIST)
        return r;
    return gp_sys_open_beneath(ground->sys, ground->own, "TX", DIRECTORY, 0);
}

int gp_ground_enter(struct gp_ground *ground)
{
    const struct gp_sys *sys = ground->sys;
    int tx = gp_sys_open_beneath(sys, ground->own, "TX", DIRECTORY, 0);

    if (tx < 0)
        return tx;
    int made = gp_sys_open_beneath(sys, tx, "NEW", DIRECTORY, 0);
    int kept = made < 0 ? made : gp_sys_open_beneath(sys, tx, "OLD", DIRECTORY, 0);
    gp_sys_close(sys, &tx);
    if (kept < 0) {
        gp_sys_close(sys, &made);
        return kept;
    }
    ground->made = made;
    ground->kept = kept;
    return 0;
}

bool gp_ground_is_own(const char *name)
{
    return gp_ascii_equal_fold((struct gp_str){name, strlen(name)}, GP_STR(GP_OWN_NAME));
}

void gp_ground_close(const struct gp_ground *ground, int dir)
{
    if (dir != ground->root)
        gp_sys_close(ground->sys, &dir);
}

/* One step down; `dir` is closed. */
static int step_into(const struct gp_ground *ground, int dir, const char *name, size_t len)
{
    char component[NAME_MAX + 1];
    int next = -ENAMETOOLONG;

    if (len <= NAME_MAX) {
        memcpy(component, name, len);
        component[len] = '\0';
        next = gp_sys_open_beneath(ground->sys, dir, component, DIRECTORY, 0);
    }
    gp_ground_close(ground, dir);
    return next;
}

int gp_ground_parent(const struct gp_ground *ground, const char *path, const char **ret_name)
{
    int dir = ground->root;
    const char *slash;

    for (; (slash = strchr(path, '/')); path = slash + 1) {
        dir = step_into(ground, dir, path, (size_t)(slash - path));
        if (dir < 0)
            return dir;
    }
    *ret_name = path;
    return dir;
}

int gp_ground_directory(const struct gp_ground *ground, const char *path)
{
    const char *name;

    if (strcmp(path, ".") == 0)
        return ground->root;
    int dir = gp_ground_parent(ground, path, &name);
    return dir < 0 ? dir : step_into(ground, dir, name, strlen(name));
}

int gp_ground_stat(const struct gp_ground *ground, const char *path, struct stat *ret)
{
    const char *name;
    int dir = gp_ground_parent(ground, path, &name);

    if (dir < 0)
        return dir;
    int r = gp_call_stat(ground->sys, dir, name, ret);
    gp_ground_close(ground, dir);
    return r;
}

int gp_ground_sync(const struct gp_ground *ground, const char *path)
{
    int dir = gp_ground_directory(ground, path);

    if (dir < 0)
        return dir;
    int r = gp_call_sync(ground->sys, dir);
    gp_ground_close(ground, dir);
    return r;
}
