/*
 * The system calls of a disk in memory (disk-helper.h) that change it, and their
 * table.
 */
#ifndef DISK_CALLS_HELPER_H
#define DISK_CALLS_HELPER_H

#include "disk-look-helper.h"

/* ---- changing ------------------------------------------------------------------------------------------------ */

/* Of a file or of a directory, which stands in the order of its names. */
static inline struct disk_op disk_attribute(const struct disk *disk, enum disk_change change, uint32_t inode)
{
    uint32_t order = disk->image.inodes[inode].directory ? inode : DISK_NOWHERE;

    return (struct disk_op){.change = change, .inode = inode, .dir = {order, DISK_NOWHERE}};
}

static inline void disk_touch(struct disk *disk, uint32_t inode)
{
    struct disk_op op = disk_attribute(disk, DISK_TIME, inode);

    op.time = disk_tick(disk);
    disk_do(disk, &op);
}

static inline void disk_resize(struct disk *disk, uint32_t inode, size_t size)
{
    struct disk_op op = disk_attribute(disk, DISK_SIZE, inode);

    op.size = size;
    disk_do(disk, &op);
}

static inline ssize_t disk_pwrite(const struct gp_sys *sys, int fd, const void *buffer, size_t size, off_t offset)
{
    struct disk *disk = disk_of(sys);
    uint32_t inode = disk_inode_of(sys, fd);
    size_t end = (size_t)offset + size, had = disk->image.inodes[inode].size;
    size_t pages = (end + DISK_PAGE - 1) / DISK_PAGE, has = (had + DISK_PAGE - 1) / DISK_PAGE;

    if (disk_is_full(disk, "pwrite", pages > has ? pages - has : 0))
        return -1;
    for (size_t at = 0, length; at < size; at += length) {
        struct disk_op op = disk_attribute(disk, DISK_DATA, inode);
        op.offset = (size_t)offset + at;
        length = DISK_PAGE - op.offset % DISK_PAGE;
        op.size = length = length < size - at ? length : size - at;
        op.data = disk_duplicate((const char *)buffer + at, length);
        disk_do(disk, &op);
    }
    if (end > had)
        disk_resize(disk, inode, end);
    disk_touch(disk, inode);
    return (ssize_t)size;
}

static inline int disk_ftruncate(const struct gp_sys *sys, int fd, off_t length)
{
    struct disk *disk = disk_of(sys);
    size_t had = disk->image.inodes[disk_inode_of(sys, fd)].size;
    size_t pages = ((size_t)length + DISK_PAGE - 1) / DISK_PAGE, has = (had + DISK_PAGE - 1) / DISK_PAGE;

    if (disk_is_full(disk, "ftruncate", pages > has ? pages - has : 0))
        return -1;
    disk_resize(disk, disk_inode_of(sys, fd), (size_t)length);
    disk_touch(disk, disk_inode_of(sys, fd));
    return 0;
}

static inline int disk_mkdirat(const struct gp_sys *sys, int dir, const char *name, mode_t mode)
{
    struct disk *disk = disk_of(sys);

    if (disk_find(&disk->image, disk_inode_of(sys, dir), name))
        return disk_error(EEXIST);
    if (disk_is_full(disk, "mkdir", 1 + disk_name_pages(disk, disk_inode_of(sys, dir))))
        return -1;
    return disk_make(disk, disk_inode_of(sys, dir), name, true, mode) < 0 ? -1 : 0;
}

static inline int disk_unlinkat(const struct gp_sys *sys, int dir, const char *name, int flags)
{
    struct disk *disk = disk_of(sys);
    uint32_t in = disk_inode_of(sys, dir);
    const struct disk_entry *entry = disk_find(&disk->image, in, name);

    if (!entry)
        return disk_error(ENOENT);
    const struct disk_inode *inode = &disk->image.inodes[entry->inode];
    if (inode->directory != !!(flags & AT_REMOVEDIR))
        return disk_error(inode->directory ? EISDIR : ENOTDIR);
    if (inode->count)
        return disk_error(ENOTEMPTY);
    struct disk_op op = {.change = DISK_DROP,
                         .inode = entry->inode,
                         .dir = {in, inode->directory ? entry->inode : DISK_NOWHERE},
                         .time = disk_tick(disk)};
    snprintf(op.name[0], DISK_NAME, "%s", name);
    disk_do(disk, &op);
    return 0;
}

static inline int disk_renameat2(const struct gp_sys *sys, int old_dir, const char *old_name, int new_dir,
                                 const char *new_name, unsigned flags)
{
    struct disk *disk = disk_of(sys);
    uint32_t from = disk_inode_of(sys, old_dir), to = disk_inode_of(sys, new_dir);
    const struct disk_entry *entry = disk_find(&disk->image, from, old_name);
    const struct disk_entry *over = disk_find(&disk->image, to, new_name);

    if (!entry)
        return disk_error(ENOENT);
    if (over && flags & RENAME_NOREPLACE)
        return disk_error(EEXIST);
    if (over && over->inode == entry->inode) /* two names of one file: nothing happens */
        return 0;
    if (over && (disk->image.inodes[over->inode].directory || disk->image.inodes[entry->inode].directory))
        return disk_error(ENOTEMPTY);
    if (disk_is_full(disk, "rename", over || from == to ? 0 : disk_name_pages(disk, to)))
        return -1;
    struct disk_op op = {.change = DISK_MOVE,
                         .inode = entry->inode,
                         .dir = {from, to == from ? DISK_NOWHERE : to},
                         .time = disk_tick(disk)};
    snprintf(op.name[0], DISK_NAME, "%s", old_name);
    snprintf(op.name[1], DISK_NAME, "%s", new_name);
    disk_do(disk, &op);
    return 0;
}

static inline int disk_linkat(const struct gp_sys *sys, int old_dir, const char *old_name, int new_dir,
                              const char *new_name, int flags)
{
    struct disk *disk = disk_of(sys);
    const struct disk_entry *entry = disk_find(&disk->image, disk_inode_of(sys, old_dir), old_name);
    uint32_t to = disk_inode_of(sys, new_dir);

    (void)flags;
    if (!entry)
        return disk_error(ENOENT);
    if (disk->no_links)
        return disk_error(EPERM);
    if (disk_find(&disk->image, to, new_name))
        return disk_error(EEXIST);
    if (disk_is_full(disk, "link", disk_name_pages(disk, to)))
        return -1;
    struct disk_op op = {
        .change = DISK_ADD, .inode = entry->inode, .dir = {to, DISK_NOWHERE}, .time = disk_tick(disk)};
    snprintf(op.name[0], DISK_NAME, "%s", new_name);
    disk_do(disk, &op);
    return 0;
}

static inline int disk_fchmod(const struct gp_sys *sys, int fd, mode_t mode)
{
    struct disk_op op = disk_attribute(disk_of(sys), DISK_MODE, disk_inode_of(sys, fd));

    op.mode = mode & 07777;
    disk_do(disk_of(sys), &op);
    return 0;
}

static inline int disk_fchown(const struct gp_sys *sys, int fd, uid_t owner, gid_t group)
{
    struct disk_op op = disk_attribute(disk_of(sys), DISK_OWNER, disk_inode_of(sys, fd));

    op.owner = owner == (uid_t)-1 ? disk_of(sys)->image.inodes[op.inode].owner : owner;
    op.group = group == (gid_t)-1 ? disk_of(sys)->image.inodes[op.inode].group : group;
    disk_do(disk_of(sys), &op);
    return 0;
}

static inline int disk_futimens(const struct gp_sys *sys, int fd, const struct timespec times[2])
{
    struct disk_op op = disk_attribute(disk_of(sys), DISK_TIME, disk_inode_of(sys, fd));

    op.time = times[1];
    disk_do(disk_of(sys), &op);
    return 0;
}

static inline int disk_fsetxattr(const struct gp_sys *sys, int fd, const char *name, const void *value, size_t size,
                                 int flags)
{
    struct disk_op op = disk_attribute(disk_of(sys), DISK_XATTR, disk_inode_of(sys, fd));

    (void)flags;
    if (size > sizeof(op.xattr.value) || disk_is_full(disk_of(sys), "fsetxattr", 0))
        return disk_error(ENOSPC);
    op.xattr.size = size;
    snprintf(op.xattr.name, DISK_NAME, "%s", name);
    memcpy(op.xattr.value, value, size);
    disk_do(disk_of(sys), &op);
    return 0;
}

/* Where an inode lies, for the reader; false: nowhere below. */
static inline bool disk_where(const struct disk_image *image, uint32_t dir, uint32_t inode, char *path, size_t room)
{
    const struct disk_inode *in = &image->inodes[dir];

    if (dir == inode)
        return true;
    for (size_t i = 0; i < in->count; i++) {
        size_t used = (size_t)snprintf(path, room, "/%s", in->entries[i].name);
        if (used < room && disk_where(image, in->entries[i].inode, inode, path + used, room - used))
            return true;
    }
    path[0] = '\0';
    return false;
}

static inline int disk_fsync(const struct gp_sys *sys, int fd)
{
    struct disk *disk = disk_of(sys);
    char path[256] = "";
    bool full = disk_is_full(disk, "fsync", 0); /* where room is looked for late */
    bool fails = ++disk->syncs == disk->sync_fails || full;
    struct disk_op op = {.change = fails ? DISK_UNSYNC : DISK_SYNC,
                         .inode = disk_inode_of(sys, fd),
                         .dir = {DISK_NOWHERE, DISK_NOWHERE}};

    disk_where(&disk->image, DISK_ROOT, op.inode, path, sizeof(path));
    op.data = disk_duplicate(path, strlen(path) + 1);
    disk_do(disk, &op);
    return fails ? disk_error(full ? ENOSPC : EIO) : 0;
}

/* ---- mounting ------------------------------------------------------------------------------------------------ */

/* Takes over the image. */
static inline void disk_mount(struct disk *disk, struct disk_image image)
{
    memset(disk, 0, sizeof(*disk));
    disk->image = image;
    disk->base = disk_copy(&image);
    disk->sys = (struct gp_sys){
        .openat2 = disk_openat2,
        .openat = disk_openat,
        .close = disk_close,
        .fstat = disk_fstat,
        .fstatat = disk_fstatat,
        .getdents64 = disk_getdents64,
        .pread = disk_pread,
        .readlinkat = disk_readlinkat,
        .ioctl = disk_ioctl,
        .fgetxattr = disk_fgetxattr,
        .flistxattr = disk_flistxattr,
        .fstatvfs = disk_fstatvfs,
        .fstatfs = disk_fstatfs,
        .lock = disk_lock,
        .pwrite = disk_pwrite,
        .ftruncate = disk_ftruncate,
        .mkdirat = disk_mkdirat,
        .unlinkat = disk_unlinkat,
        .renameat2 = disk_renameat2,
        .linkat = disk_linkat,
        .fchmod = disk_fchmod,
        .fchown = disk_fchown,
        .futimens = disk_futimens,
        .fsetxattr = disk_fsetxattr,
        .fsync = disk_fsync,
        .context = disk,
    };
}

static inline void disk_unmount(struct disk *disk)
{
    disk_image_done(&disk->base);
    disk_image_done(&disk->image);
    disk_log_done(&disk->log);
}

/* The disk as a power cut leaves it. */
static inline struct disk_image disk_crash(const struct disk *disk, const struct disk_cut *cut)
{
    bool *kept = disk_kept(&disk->log, cut, disk->image.count);
    struct disk_image image = disk_after(&disk->base, &disk->image, &disk->log, kept, cut->at);

    free(kept);
    return image;
}

#endif
