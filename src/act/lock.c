#include "act/lock.h"

#include <errno.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "probe/locks.h"
#include "util/clock.h"
#include "util/sys-help.h"

/* ---- GATEPOST ------------------------------------------------------------------------------------------------ */

/* Making a name changes the root's time, which belongs to the tree.  Somebody who may write here but does not own the
 * directory cannot put it back. */
static int make_own(const struct gp_ground *ground)
{
    const struct gp_sys *sys = ground->sys;
    struct stat root;
    int r = gp_call_fstat(sys, ground->root, &root);

    if (r < 0)
        return r;
    r = gp_call_mkdir(sys, ground->root, GP_OWN_NAME, 0777);
    if (r < 0)
        return r == -EEXIST ? 0 : r;
    r = gp_call_mtime(sys, ground->root, root.st_mtim);
    return r == -EPERM || r == -EACCES ? 0 : r;
}

int gp_own_open(struct gp_ground *ground, bool make)
{
    int flags = O_RDONLY | O_DIRECTORY;
    int fd = gp_sys_open_beneath(ground->sys, ground->root, GP_OWN_NAME, flags, 0);

    if (fd == -ENOENT && make) {
        fd = make_own(ground);
        if (fd == 0)
            fd = gp_sys_open_beneath(ground->sys, ground->root, GP_OWN_NAME, flags, 0);
    }
    if (fd < 0)
        return fd;
    ground->own = fd;
    return 0;
}

int gp_own_has(const struct gp_ground *ground, const char *name)
{
    struct stat status;
    int r = gp_call_stat(ground->sys, ground->own, name, &status);

    return r == 0 ? 1 : r == -ENOENT ? 0 : r;
}

int gp_own_interrupted(const struct gp_ground *ground)
{
    int r = gp_own_has(ground, "JOURNAL");

    return r != 0 ? r : gp_own_has(ground, "DONE");
}

/* ---- LOCK ---------------------------------------------------------------------------------------------------- */

/* Where the disk is full, the lock is held all the same, and nobody is told by whom: recover may be what makes room. */
static int write_holder(const struct gp_sys *sys, int fd, const struct gp_lock_text *text)
{
    struct utsname here;
    char user[32], since[GP_TIME_SIZE];
    const struct gp_holder holder = {
        .pid = getpid(),
        .host = text->host ? text->host : uname(&here) == 0 ? here.nodename : NULL,
        .user = text->who ? text->who : user,
        .operation = text->operation,
        .since = since,
    };

    snprintf(user, sizeof(user), "uid %lu", (unsigned long)getuid());
    gp_time_format(text->now, since);
    int r = gp_holder_write(sys, fd, &holder);
    return r == -ENOSPC || r == -EDQUOT ? 0 : r;
}

/* Takes the lock on an open file: 0, -EAGAIN with the holder, or another negative errno.  The descriptor stays open. */
static int take(const struct gp_sys *sys, int fd, const char *name, bool own, struct gp_arena *arena,
                const struct gp_holder **ret_holder)
{
    struct gp_lock lock;
    int r = gp_call_lock(sys, fd);
    bool ours = r == 0;

    if (ours) {
        int seen = gp_locks_look(sys, arena, fd, true, &lock);
        r = seen == -ENOMEM ? -ENOMEM : seen > 0 ? -EAGAIN : 0; /* what cannot be seen does not count */
    }
    if (r != -EAGAIN)
        return r;
    int found = gp_holder_find(sys, fd, name, own, ours, arena, ret_holder);
    return found < 0 ? found : -EAGAIN;
}

int gp_own_lock(const struct gp_ground *ground, const struct gp_lock_text *text, struct gp_arena *arena,
                const struct gp_holder **ret_holder)
{
    const struct gp_sys *sys = ground->sys;
    struct stat status;
    int fd = gp_sys_open_beneath(sys, ground->own, "LOCK", O_RDWR | O_CREAT, 0666);

    if (fd < 0)
        return fd;
    int r = gp_call_fstat(sys, fd, &status);
    if (r == 0 && !S_ISREG(status.st_mode))
        r = -EINVAL;
    if (r == 0)
        r = take(sys, fd, GP_OWN_NAME "/LOCK", true, arena, ret_holder);
    if (r == 0)
        r = write_holder(sys, fd, text);
    if (r < 0) {
        gp_sys_close(sys, &fd);
        return r;
    }
    return fd;
}

/* ---- the rule set's own -------------------------------------------------------------------------------------- */

/* A file that we may not write can be held all the same. */
static int look_only(const struct gp_sys *sys, int dir, const char *name, const char *path, struct gp_arena *arena,
                     const struct gp_holder **ret_holder)
{
    struct gp_lock lock;
    int fd = gp_sys_open_beneath(sys, dir, name, O_RDONLY, 0);

    if (fd < 0)
        return fd == -ENOMEM ? fd : -1;
    int r = gp_locks_look(sys, arena, fd, false, &lock);
    if (r > 0) {
        r = gp_holder_find(sys, fd, path, false, false, arena, ret_holder);
        r = r < 0 ? r : -EAGAIN;
    }
    gp_sys_close(sys, &fd);
    return r == -EAGAIN || r == -ENOMEM ? r : -1;
}

static int lock_in(const struct gp_sys *sys, int dir, const char *name, const char *path, struct gp_arena *arena,
                   const struct gp_holder **ret_holder)
{
    struct stat status;
    int fd = gp_sys_open_beneath(sys, dir, name, O_RDWR, 0);

    if (fd == -EACCES || fd == -EPERM || fd == -EROFS)
        return look_only(sys, dir, name, path, arena, ret_holder);
    if (fd < 0)
        return fd == -ENOMEM ? fd : -1;
    bool file = gp_call_fstat(sys, fd, &status) == 0 && S_ISREG(status.st_mode);
    int r = file ? take(sys, fd, path, false, arena, ret_holder) : -EINVAL;
    if (r == 0)
        return fd;
    gp_sys_close(sys, &fd);
    return r == -EAGAIN || r == -ENOMEM ? r : -1;
}

int gp_tree_lock(const struct gp_ground *ground, const char *path, struct gp_arena *arena,
                 const struct gp_holder **ret_holder)
{
    const char *name;
    int dir = gp_ground_parent(ground, path, &name);

    if (dir < 0)
        return dir == -ENOMEM ? dir : -1;
    int fd = lock_in(ground->sys, dir, name, path, arena, ret_holder);
    gp_ground_close(ground, dir);
    return fd;
}
