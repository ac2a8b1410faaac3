/*
 * A mounted disk in memory, the room on it, and the system calls that look.
 *
 * Permissions are not checked and there are no links: what is tested with it is
 * what outlives a power cut, a failed fsync and a full disk.
 */
#ifndef DISK_LOOK_HELPER_H
#define DISK_LOOK_HELPER_H

#include <errno.h>
#include <sys/sysmacros.h>

#include "disk-helper.h"
#include "util/sys.h"

#define DISK_FILES 256
#define DISK_FIRST_FD 100000 /* no descriptor of the kernel's is that high */
#define DISK_FIRST_INODE 0x7e57000000u
#define DISK_CLOCK 1900000000

struct disk_open {
    bool open, locked;
    uint32_t inode;
    uint64_t place; /* the last name that was listed */
};

struct disk {
    struct gp_sys sys;
    struct disk_image base, image; /* when it was mounted, and now */
    struct disk_log log;
    struct disk_open files[DISK_FILES];
    long ticks;
    bool no_links;           /* link() says EPERM, as on some file systems */
    size_t pages;            /* the most that it holds; 0: any number */
    size_t syncs, sync_fails;   /* counted from 1; this one says EIO */
    size_t writes, write_fails; /* calls that may need room, counted from 1; this one says ENOSPC */
    const char *failed;      /* the call that did */
};

static inline struct disk *disk_of(const struct gp_sys *sys)
{
    return sys->context;
}

static inline int disk_error(int error)
{
    errno = error;
    return -1;
}

static inline struct disk_open *disk_open_file(const struct gp_sys *sys, int fd)
{
    struct disk *disk = disk_of(sys);
    int place = fd - DISK_FIRST_FD;

    if (fd == AT_FDCWD || place < 0 || place >= DISK_FILES || !disk->files[place].open)
        bail("descriptor %d is none of the disk's", fd);
    return &disk->files[place];
}

static inline uint32_t disk_inode_of(const struct gp_sys *sys, int fd)
{
    return disk_open_file(sys, fd)->inode;
}

static inline struct timespec disk_tick(struct disk *disk)
{
    return (struct timespec){DISK_CLOCK + ++disk->ticks, 5};
}

static inline void disk_do(struct disk *disk, const struct disk_op *op)
{
    disk_log_add(&disk->log, op);
    disk_apply(&disk->image, op);
}

/* ---- room ---------------------------------------------------------------------------------------------------- */

static inline size_t disk_links(const struct disk_image *image, uint32_t inode)
{
    size_t links = inode == DISK_ROOT;

    for (size_t i = 0; i < image->count; i++)
        for (size_t n = 0; n < image->inodes[i].count; n++)
            links += image->inodes[i].entries[n].inode == inode;
    return links;
}

static inline bool disk_is_open(const struct disk *disk, uint32_t inode)
{
    for (int i = 0; i < DISK_FILES; i++)
        if (disk->files[i].open && disk->files[i].inode == inode)
            return true;
    return false;
}

/* What has a name or is open. */
static inline size_t disk_pages(const struct disk *disk)
{
    const struct disk_image *image = &disk->image;
    size_t pages = 0;

    for (uint32_t i = 0; i < image->count; i++)
        if (disk_links(image, i) || disk_is_open(disk, i))
            pages += image->inodes[i].directory ? 1 + image->inodes[i].count / 16
                                                : (image->inodes[i].size + DISK_PAGE - 1) / DISK_PAGE;
    return pages;
}

/* A name more in a directory. */
static inline size_t disk_name_pages(const struct disk *disk, uint32_t dir)
{
    return (disk->image.inodes[dir].count + 1) % 16 == 0;
}

/* Whether a call that may need `pages` more finds no room. */
static inline bool disk_is_full(struct disk *disk, const char *call, size_t pages)
{
    if (++disk->writes == disk->write_fails || (disk->pages && disk_pages(disk) + pages > disk->pages)) {
        disk->failed = call;
        errno = ENOSPC;
        return true;
    }
    return false;
}

/* ---- looking ------------------------------------------------------------------------------------------------- */

static inline int disk_new_fd(struct disk *disk, uint32_t inode)
{
    for (int i = 0; i < DISK_FILES; i++)
        if (!disk->files[i].open) {
            disk->files[i] = (struct disk_open){.open = true, .inode = inode};
            return DISK_FIRST_FD + i;
        }
    return disk_error(EMFILE);
}

static inline int disk_make(struct disk *disk, uint32_t dir, const char *name, bool directory, mode_t mode)
{
    struct disk_op op = {
        .change = DISK_ADD, .dir = {dir, DISK_NOWHERE}, .time = disk_tick(disk), .mode = mode & 07777 & ~022u};

    if (strlen(name) >= DISK_NAME)
        return disk_error(ENAMETOOLONG);
    snprintf(op.name[0], DISK_NAME, "%s", name);
    op.inode = disk_new_inode(&disk->image, directory, op.mode);
    disk->image.inodes[op.inode].mtime = op.time;
    disk_do(disk, &op);
    return (int)op.inode;
}

static inline int disk_open_at(struct disk *disk, uint32_t dir, const char *name, int flags, mode_t mode)
{
    const struct disk_entry *entry = disk_find(&disk->image, dir, name);
    int made;

    if (!disk->image.inodes[dir].directory)
        return disk_error(ENOTDIR);
    if (strcmp(name, ".") == 0)
        return disk_new_fd(disk, dir);
    if (!entry && !(flags & O_CREAT))
        return disk_error(ENOENT);
    if (!entry) {
        made = disk_is_full(disk, "open", disk_name_pages(disk, dir)) ? -1 : disk_make(disk, dir, name, false, mode);
        return made < 0 ? -1 : disk_new_fd(disk, (uint32_t)made);
    }
    if (flags & O_CREAT && flags & O_EXCL)
        return disk_error(EEXIST);
    bool directory = disk->image.inodes[entry->inode].directory;
    if (flags & O_DIRECTORY && !directory)
        return disk_error(ENOTDIR);
    if (directory && (flags & O_ACCMODE) != O_RDONLY)
        return disk_error(EISDIR);
    return disk_new_fd(disk, entry->inode);
}

static inline int disk_openat(const struct gp_sys *sys, int dir, const char *name, int flags, mode_t mode)
{
    struct disk *disk = disk_of(sys);

    if (dir == AT_FDCWD)
        return disk_new_fd(disk, DISK_ROOT);
    return disk_open_at(disk, disk_inode_of(sys, dir), name, flags, mode);
}

static inline int disk_openat2(const struct gp_sys *sys, int dir, const char *path, uint64_t flags, uint64_t mode,
                               uint64_t resolve)
{
    (void)resolve;
    return disk_openat(sys, dir, path, (int)flags, (mode_t)mode);
}

static inline int disk_close(const struct gp_sys *sys, int fd)
{
    disk_open_file(sys, fd)->open = false;
    return 0;
}

static inline void disk_stat(const struct disk *disk, uint32_t number, struct stat *ret)
{
    const struct disk_inode *inode = &disk->image.inodes[number];

    memset(ret, 0, sizeof(*ret));
    ret->st_dev = makedev(259, 99);
    ret->st_ino = DISK_FIRST_INODE + number;
    ret->st_mode = (inode->directory ? S_IFDIR : S_IFREG) | inode->mode;
    ret->st_nlink = (nlink_t)disk_links(&disk->image, number);
    ret->st_uid = inode->owner;
    ret->st_gid = inode->group;
    ret->st_size = inode->directory ? 4096 : (off_t)inode->size;
    ret->st_mtim = ret->st_ctim = ret->st_atim = inode->mtime;
}

static inline int disk_fstat(const struct gp_sys *sys, int fd, struct stat *ret)
{
    disk_stat(disk_of(sys), disk_inode_of(sys, fd), ret);
    return 0;
}

static inline int disk_fstatat(const struct gp_sys *sys, int dir, const char *name, struct stat *ret, int flags)
{
    const struct disk_entry *entry = disk_find(&disk_of(sys)->image, disk_inode_of(sys, dir), name);

    (void)flags;
    if (!entry)
        return disk_error(ENOENT);
    disk_stat(disk_of(sys), entry->inode, ret);
    return 0;
}

struct disk_dirent {
    uint64_t inode;
    int64_t offset;
    uint16_t length;
    uint8_t type;
    char name[DISK_NAME + 5]; /* up to a multiple of 8 */
};

static inline ssize_t disk_getdents64(const struct gp_sys *sys, int fd, void *buffer, size_t size)
{
    struct disk_open *file = disk_open_file(sys, fd);
    const struct disk_inode *dir = &disk_of(sys)->image.inodes[file->inode];
    size_t used = 0;

    for (size_t i = 0; i < dir->count && used + sizeof(struct disk_dirent) <= size; i++) {
        if (dir->entries[i].cookie <= file->place)
            continue;
        struct disk_dirent one = {.inode = DISK_FIRST_INODE + dir->entries[i].inode, .length = sizeof(one)};
        snprintf(one.name, sizeof(one.name), "%s", dir->entries[i].name);
        memcpy((char *)buffer + used, &one, sizeof(one));
        used += sizeof(one);
        file->place = dir->entries[i].cookie;
    }
    return (ssize_t)used;
}

static inline ssize_t disk_pread(const struct gp_sys *sys, int fd, void *buffer, size_t size, off_t offset)
{
    const struct disk_inode *file = &disk_of(sys)->image.inodes[disk_inode_of(sys, fd)];
    size_t at = (size_t)offset, length = at < file->size ? file->size - at : 0;

    if (length > size)
        length = size;
    if (length)
        memcpy(buffer, file->bytes + at, length);
    return (ssize_t)length;
}

static inline ssize_t disk_readlinkat(const struct gp_sys *sys, int dir, const char *name, char *buffer, size_t size)
{
    (void)sys, (void)dir, (void)name, (void)buffer, (void)size;
    return disk_error(EINVAL);
}

static inline int disk_ioctl(const struct gp_sys *sys, int fd, unsigned long request, void *argument)
{
    (void)sys, (void)fd, (void)request, (void)argument;
    return disk_error(ENOTTY);
}

static inline ssize_t disk_fgetxattr(const struct gp_sys *sys, int fd, const char *name, void *value, size_t size)
{
    const struct disk_inode *inode = &disk_of(sys)->image.inodes[disk_inode_of(sys, fd)];

    for (size_t i = 0; i < DISK_XATTRS; i++)
        if (strcmp(inode->xattrs[i].name, name) == 0) {
            if (inode->xattrs[i].size > size)
                return disk_error(ERANGE);
            memcpy(value, inode->xattrs[i].value, inode->xattrs[i].size);
            return (ssize_t)inode->xattrs[i].size;
        }
    return disk_error(ENODATA);
}

static inline ssize_t disk_flistxattr(const struct gp_sys *sys, int fd, char *list, size_t size)
{
    const struct disk_inode *inode = &disk_of(sys)->image.inodes[disk_inode_of(sys, fd)];
    size_t used = 0;

    for (size_t i = 0; i < DISK_XATTRS && inode->xattrs[i].name[0]; i++) {
        size_t length = strlen(inode->xattrs[i].name) + 1;
        if (used + length > size)
            return disk_error(ERANGE);
        memcpy(list + used, inode->xattrs[i].name, length);
        used += length;
    }
    return (ssize_t)used;
}

static inline int disk_fstatvfs(const struct gp_sys *sys, int fd, struct statvfs *ret)
{
    (void)sys, (void)fd;
    *ret = (struct statvfs){.f_bsize = 4096, .f_frsize = 4096, .f_blocks = 1u << 20, .f_bavail = 1u << 19};
    return 0;
}

static inline int disk_fstatfs(const struct gp_sys *sys, int fd, struct statfs *ret)
{
    (void)sys, (void)fd;
    *ret = (struct statfs){.f_type = 0xef53};
    return 0;
}

static inline int disk_lock(const struct gp_sys *sys, int fd, int command, struct flock *lock)
{
    struct disk_open *file = disk_open_file(sys, fd), *files = disk_of(sys)->files;
    bool held = false;

    for (int i = 0; i < DISK_FILES; i++)
        held |= &files[i] != file && files[i].open && files[i].locked && files[i].inode == file->inode;
    if (command == F_OFD_GETLK) {
        lock->l_type = held ? lock->l_type : F_UNLCK;
        return 0;
    }
    if (held)
        return disk_error(EAGAIN);
    file->locked = lock->l_type != F_UNLCK;
    return 0;
}

#endif
