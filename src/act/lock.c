#include "act/lock.h"

#include <errno.h>
#include <unistd.h>

#include "util/clock.h"
#include "util/strbuf.h"
#include "util/sys-help.h"

#define HOLDER_BYTES 1024u

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

static int write_holder(const struct gp_sys *sys, int fd, const struct gp_lock_text *text)
{
    struct gp_strbuf out = {0};
    char time[GP_TIME_SIZE];
    int r = -ENOMEM;

    gp_time_format(text->now, time);
    gp_strbuf_printf(&out, "pid %ld, host %s, user %s, %s, since %s\n", (long)getpid(), text->host, text->who,
                     text->operation, time);
    if (gp_strbuf_ok(&out)) {
        do
            r = sys->ftruncate(sys, fd, 0);
        while (r < 0 && errno == EINTR);
        r = r < 0 ? -errno : gp_sys_write_full(sys, fd, out.data, out.len, 0);
    }
    gp_strbuf_done(&out);
    return r;
}

/* The first line of what stands in LOCK. */
static const char *read_holder(const struct gp_sys *sys, int fd, struct gp_arena *arena)
{
    char text[HOLDER_BYTES];
    ssize_t n = gp_sys_read_full(sys, fd, text, sizeof(text), 0);
    size_t len = 0;

    while (n > 0 && len < (size_t)n && text[len] != '\n' && text[len] != '\0')
        len++;
    return len ? gp_arena_memdup(arena, text, len) : NULL;
}

int gp_own_lock(const struct gp_ground *ground, const struct gp_lock_text *text, struct gp_arena *arena,
                const char **ret_holder)
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
        r = gp_call_lock(sys, fd);
    if (r == -EAGAIN)
        *ret_holder = read_holder(sys, fd, arena);
    if (r == 0)
        r = write_holder(sys, fd, text);
    if (r < 0) {
        gp_sys_close(sys, &fd);
        return r;
    }
    return fd;
}

/* ---- the rule set's own -------------------------------------------------------------------------------------- */

int gp_tree_lock(const struct gp_ground *ground, const char *path)
{
    const struct gp_sys *sys = ground->sys;
    struct stat status;
    const char *name;
    int dir = gp_ground_parent(ground, path, &name);

    if (dir < 0)
        return dir == -ENOMEM ? dir : -1;
    int fd = gp_sys_open_beneath(sys, dir, name, O_RDWR, 0);
    gp_ground_close(ground, dir);
    if (fd < 0)
        return fd == -ENOMEM ? fd : -1;
    bool file = gp_call_fstat(sys, fd, &status) == 0 && S_ISREG(status.st_mode);
    int r = file ? gp_call_lock(sys, fd) : -EINVAL;
    if (r == 0)
        return fd;
    gp_sys_close(sys, &fd);
    return r == -EAGAIN ? r : -1;
}
