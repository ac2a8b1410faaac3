/*
 * The descriptors of the live tree: directories, of which only so many are open
 * at once, and the file that was opened last.
 */
#include <errno.h>

#include "probe/live.h"
#include "util/sys-help.h"

#define DIRECTORY_FLAGS (O_RDONLY | O_DIRECTORY)

static void unlink_dir(struct gp_live *live, struct gp_live_dir *dir)
{
    *(dir->newer ? &dir->newer->older : &live->newest) = dir->older;
    *(dir->older ? &dir->older->newer : &live->oldest) = dir->newer;
    dir->newer = dir->older = NULL;
}

static void link_newest(struct gp_live *live, struct gp_live_dir *dir)
{
    dir->older = live->newest;
    *(live->newest ? &live->newest->newer : &live->oldest) = dir;
    live->newest = dir;
}

static void close_dir(struct gp_live *live, struct gp_live_dir *dir)
{
    unlink_dir(live, dir);
    gp_sys_close(live->sys, &dir->fd);
    live->open_count--;
}

void gp_live_close_file(struct gp_live *live)
{
    gp_sys_close(live->sys, &live->file_fd);
    live->file = NULL;
}

/* Closes what was used longest ago, but not `kept`; false if there is nothing. */
static bool make_room(struct gp_live *live, const struct gp_live_dir *kept)
{
    struct gp_live_dir *dir = live->oldest;

    if (dir && dir == kept)
        dir = dir->newer;
    if (dir)
        close_dir(live, dir);
    return dir != NULL;
}

static bool same_object(const struct stat *status, const struct gp_facts *facts)
{
    return status->st_dev == facts->device && status->st_ino == facts->inode;
}

/* Opens a directory in its parent, and only the one that was seen. */
static int open_directory(struct gp_live *live, int parent, const struct gp_entry *entry)
{
    struct stat status;
    const char *name = gp_entry_name0(entry);
    int fd = gp_sys_open_beneath(live->sys, parent, name, DIRECTORY_FLAGS | O_NOATIME, 0);

    if (fd == -EPERM) /* somebody else's */
        fd = gp_sys_open_beneath(live->sys, parent, name, DIRECTORY_FLAGS, 0);
    if (fd < 0)
        return fd;
    int r = live->sys->fstat(live->sys, fd, &status) < 0 ? -errno : 0;
    if (r == 0 && !same_object(&status, gp_entry_facts(entry)))
        r = -ESTALE;
    if (r < 0)
        gp_sys_close(live->sys, &fd);
    return r < 0 ? r : fd;
}

static struct gp_live_dir *dir_of(const struct gp_entry *entry)
{
    return gp_entry_parent(entry) ? *gp_entry_handle(entry) : NULL;
}

static bool is_open(const struct gp_entry *entry)
{
    const struct gp_live_dir *dir = dir_of(entry);

    return !gp_entry_parent(entry) || (dir && dir->fd >= 0);
}

/* Opens `entry`, whose parent is open. */
static int open_in(struct gp_live *live, const struct gp_entry *parent, const struct gp_entry *entry)
{
    struct gp_live_dir *above = dir_of(parent), *dir = dir_of(entry);

    if (!dir) {
        dir = GP_NEW(live->arena, struct gp_live_dir);
        if (!dir)
            return -ENOMEM;
        dir->entry = entry;
        *gp_entry_handle(entry) = dir;
    }
    dir->fd = -1;
    while (live->open_count >= live->open_limit && make_room(live, above))
        ;
    int fd = open_directory(live, above ? above->fd : live->root, entry);
    while ((fd == -EMFILE || fd == -ENFILE) && make_room(live, above))
        fd = open_directory(live, above ? above->fd : live->root, entry);
    if (fd < 0)
        return fd;
    dir->fd = fd;
    link_newest(live, dir);
    live->open_count++;
    return 0;
}

int gp_live_directory(struct gp_live *live, const struct gp_entry *directory)
{
    while (!is_open(directory)) { /* from the nearest that is open, one down each time */
        const struct gp_entry *entry = directory, *parent = gp_entry_parent(entry);
        while (!is_open(parent)) {
            entry = parent;
            parent = gp_entry_parent(entry);
        }
        int r = open_in(live, parent, entry);
        if (r < 0)
            return r;
    }
    struct gp_live_dir *dir = dir_of(directory);
    if (!dir)
        return live->root;
    unlink_dir(live, dir);
    link_newest(live, dir);
    return dir->fd;
}

bool gp_live_is_held(const struct gp_live *live, const struct gp_facts *facts)
{
    return live->held >= 0 && facts->device == live->held_device && facts->inode == live->held_inode;
}

int gp_live_check_file(struct gp_live *live, int fd, const struct gp_facts *facts)
{
    struct stat status;

    if (live->sys->fstat(live->sys, fd, &status) < 0)
        return -errno;
    return S_ISREG(status.st_mode) && same_object(&status, facts) && (uint64_t)status.st_size == facts->size &&
                   gp_time_same(status.st_mtim, facts->mtime)
               ? 0
               : -ESTALE;
}

int gp_live_file(struct gp_live *live, const struct gp_entry *file)
{
    const struct gp_facts *facts = gp_entry_facts(file);

    if (gp_live_is_held(live, facts))
        return live->held;
    if (live->file == file)
        return live->file_fd;
    gp_live_close_file(live);
    int dir = gp_live_directory(live, gp_entry_parent(file));
    if (dir < 0)
        return dir;
    int fd = gp_sys_open_read(live->sys, dir, gp_entry_name0(file));
    if (fd < 0)
        return fd;
    int r = gp_live_check_file(live, fd, facts);
    if (r < 0) {
        gp_sys_close(live->sys, &fd);
        return r;
    }
    live->file = file;
    live->file_fd = fd;
    return fd;
}

void gp_live_close(struct gp_live *live)
{
    gp_live_close_file(live);
    while (make_room(live, NULL))
        ;
    if (live->root_is_ours)
        gp_sys_close(live->sys, &live->root);
}
