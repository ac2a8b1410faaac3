/*
 * Trees for the tests of the probe: one description, built in memory or in a temporary directory; and a table of system
 * calls that counts, and fails where a test says so.
 */
#ifndef PROBE_HELPER_H
#define PROBE_HELPER_H

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probe/ledger.h"
#include "probe/memory.h"
#include "tap.h"
#include "util/sys.h"

/* ---- trees ------------------------------------------------------------------------------------------------------- */

enum item_kind { ITEM_DIR, ITEM_FILE, ITEM_LINK, ITEM_FIFO };

struct item {
    enum item_kind kind;
    const char *path, *text;
};

static inline struct gp_memtree *build_memory(const struct item *items, size_t count)
{
    struct gp_memtree *tree = gp_memtree_new();

    if (!tree)
        bail("no memory");
    for (size_t i = 0; i < count; i++)
        switch (items[i].kind) {
        case ITEM_DIR:
            gp_memtree_dir(tree, items[i].path);
            break;
        case ITEM_FILE:
            gp_memtree_file(tree, items[i].path, items[i].text, strlen(items[i].text));
            break;
        case ITEM_LINK:
            gp_memtree_link(tree, items[i].path);
            break;
        case ITEM_FIFO:
            gp_memtree_other(tree, items[i].path);
            break;
        }
    return tree;
}

static inline void write_file(const char *directory, const char *path, const void *data, size_t size)
{
    char whole[4096];

    snprintf(whole, sizeof(whole), "%s/%s", directory, path);
    int fd = open(whole, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size || close(fd) < 0)
        bail("%s: %s", whole, strerror(errno));
}

static inline void build_item(const char *directory, const struct item *item)
{
    char whole[4096];
    int r = 0;

    snprintf(whole, sizeof(whole), "%s/%s", directory, item->path);
    if (item->kind == ITEM_DIR)
        r = mkdir(whole, 0755);
    else if (item->kind == ITEM_LINK)
        r = symlink(item->text, whole);
    else if (item->kind == ITEM_FIFO)
        r = mkfifo(whole, 0644);
    else
        write_file(directory, item->path, item->text, strlen(item->text));
    if (r < 0)
        bail("%s: %s", whole, strerror(errno));
}

/* A new temporary directory; remove_tree() it. */
static inline const char *build_live(const struct item *items, size_t count, char ret_directory[256])
{
    const char *tmp = getenv("TMPDIR");

    snprintf(ret_directory, 256, "%s/gatepost-probe.XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
    if (!mkdtemp(ret_directory))
        bail("%s: %s", ret_directory, strerror(errno));
    for (size_t i = 0; i < count; i++)
        build_item(ret_directory, &items[i]);
    return ret_directory;
}

static inline int remove_one(const char *path, const struct stat *status GP_UNUSED, int type GP_UNUSED,
                             struct FTW *where GP_UNUSED)
{
    return remove(path);
}

static inline void remove_tree(const char *directory)
{
    nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline struct gp_entry *at(struct gp_probe *probe, const char *path)
{
    gp_path number = gp_pathtab_add_path(gp_probe_paths(probe), (struct gp_str){path, strlen(path)});
    struct gp_entry *entry = number == GP_PATH_NONE ? NULL : gp_probe_at(probe, number);

    if (!entry)
        bail("no entry for %s", path);
    return entry;
}

static inline struct gp_str str(const char *text)
{
    return (struct gp_str){text, strlen(text)};
}

/* ---- system calls ------------------------------------------------------------------------------------------------ */

enum call {
    CALL_OPEN, CALL_STAT, CALL_FSTAT, CALL_LIST, CALL_READ, CALL_IOCTL, CALL_XATTR, CALL_STATVFS, CALL_LOCK, CALLS,
};

#define FAKE_FDS 1024

struct fake {
    struct gp_sys sys;
    unsigned count[CALLS];
    unsigned open_now, open_peak, open_limit; /* limit 0: none */
    char names[FAKE_FDS][64];                 /* what each descriptor was opened as */
    bool no_openat2;
    /* Before each call: an errno to fail with, or 0.  "." is the root. */
    int (*before)(struct fake *fake, enum call call, const char *name);
    /* After each successful stat and fstat. */
    void (*after_stat)(struct fake *fake, const char *name, struct stat *status);
    const char *name; /* for these two */
    int error;
    unsigned times;
    const char *directory;
};

static inline struct fake *fake_of(const struct gp_sys *sys)
{
    return sys->context;
}

static inline bool fake_fails(struct fake *fake, enum call call, const char *name)
{
    int error = fake->before ? fake->before(fake, call, name) : 0;

    fake->count[call]++;
    errno = error;
    return error != 0;
}

static inline const char *fake_name(const struct fake *fake, int fd)
{
    return fd >= 0 && fd < FAKE_FDS && fake->names[fd][0] ? fake->names[fd] : ".";
}

static inline int fake_opened(struct fake *fake, int fd, const char *name)
{
    if (fd < 0 || fd >= FAKE_FDS)
        return fd;
    snprintf(fake->names[fd], sizeof(fake->names[fd]), "%s", name);
    if (++fake->open_now > fake->open_peak)
        fake->open_peak = fake->open_now;
    return fd;
}

static inline bool fake_full(const struct fake *fake)
{
    if (!fake->open_limit || fake->open_now < fake->open_limit)
        return false;
    errno = EMFILE;
    return true;
}

/* Old kernels and valgrind do not know the call; then nothing is opened by it, and nothing is to be counted. */
static inline bool kernel_lacks_openat2(void)
{
    int fd = gp_sys_linux.openat2(&gp_sys_linux, AT_FDCWD, ".", O_PATH | O_CLOEXEC, 0, 0);

    if (fd >= 0)
        gp_sys_linux.close(&gp_sys_linux, fd);
    return fd < 0 && errno == ENOSYS;
}

static inline int fake_openat2(const struct gp_sys *sys, int dir, const char *path, uint64_t flags, uint64_t mode,
                               uint64_t resolve)
{
    struct fake *fake = fake_of(sys);

    if (fake->no_openat2 || kernel_lacks_openat2()) {
        errno = ENOSYS;
        return -1;
    }
    if (fake_fails(fake, CALL_OPEN, path) || fake_full(fake))
        return -1;
    return fake_opened(fake, gp_sys_linux.openat2(&gp_sys_linux, dir, path, flags, mode, resolve), path);
}

static inline int fake_openat(const struct gp_sys *sys, int dir, const char *name, int flags, mode_t mode)
{
    struct fake *fake = fake_of(sys);
    const char *kept = dir == AT_FDCWD || strcmp(name, ".") == 0 ? fake_name(fake, dir) : name;

    if (fake_fails(fake, CALL_OPEN, kept) || fake_full(fake))
        return -1;
    return fake_opened(fake, gp_sys_linux.openat(&gp_sys_linux, dir, name, flags, mode), kept);
}

static inline int fake_close(const struct gp_sys *sys, int fd)
{
    struct fake *fake = fake_of(sys);

    fake->open_now--;
    return gp_sys_linux.close(&gp_sys_linux, fd);
}

static inline int fake_fstat(const struct gp_sys *sys, int fd, struct stat *ret)
{
    struct fake *fake = fake_of(sys);
    const char *name = fake_name(fake, fd);

    if (fake_fails(fake, CALL_FSTAT, name))
        return -1;
    int r = gp_sys_linux.fstat(&gp_sys_linux, fd, ret);
    if (r == 0 && fake->after_stat)
        fake->after_stat(fake, name, ret);
    return r;
}

static inline int fake_fstatat(const struct gp_sys *sys, int dir, const char *name, struct stat *ret, int flags)
{
    struct fake *fake = fake_of(sys);

    if (fake_fails(fake, CALL_STAT, name))
        return -1;
    int r = gp_sys_linux.fstatat(&gp_sys_linux, dir, name, ret, flags);
    if (r == 0 && fake->after_stat)
        fake->after_stat(fake, name, ret);
    return r;
}

static inline ssize_t fake_getdents64(const struct gp_sys *sys, int fd, void *buffer, size_t size)
{
    struct fake *fake = fake_of(sys);

    if (fake_fails(fake, CALL_LIST, fake_name(fake, fd)))
        return -1;
    return gp_sys_linux.getdents64(&gp_sys_linux, fd, buffer, size);
}

static inline ssize_t fake_pread(const struct gp_sys *sys, int fd, void *buffer, size_t size, off_t offset)
{
    struct fake *fake = fake_of(sys);

    if (fake_fails(fake, CALL_READ, fake_name(fake, fd)))
        return -1;
    return gp_sys_linux.pread(&gp_sys_linux, fd, buffer, size, offset);
}

static inline int fake_ioctl(const struct gp_sys *sys, int fd, unsigned long request, void *argument)
{
    struct fake *fake = fake_of(sys);

    if (fake_fails(fake, CALL_IOCTL, fake_name(fake, fd)))
        return -1;
    return gp_sys_linux.ioctl(&gp_sys_linux, fd, request, argument);
}

static inline ssize_t fake_fgetxattr(const struct gp_sys *sys, int fd, const char *name, void *value, size_t size)
{
    struct fake *fake = fake_of(sys);

    if (fake_fails(fake, CALL_XATTR, fake_name(fake, fd)))
        return -1;
    return gp_sys_linux.fgetxattr(&gp_sys_linux, fd, name, value, size);
}

static inline int fake_fstatvfs(const struct gp_sys *sys, int fd, struct statvfs *ret)
{
    struct fake *fake = fake_of(sys);

    if (fake_fails(fake, CALL_STATVFS, fake_name(fake, fd)))
        return -1;
    return gp_sys_linux.fstatvfs(&gp_sys_linux, fd, ret);
}

static inline int fake_lock(const struct gp_sys *sys, int fd, int command, struct flock *lock)
{
    struct fake *fake = fake_of(sys);

    if (fake_fails(fake, CALL_LOCK, fake_name(fake, fd)))
        return -1;
    return gp_sys_linux.lock(&gp_sys_linux, fd, command, lock);
}

/* A table that has only what looks: a probe that would write crashes. */
static inline void fake_init(struct fake *fake)
{
    *fake = (struct fake){
        .sys = {
            .openat2 = fake_openat2,
            .openat = fake_openat,
            .close = fake_close,
            .fstat = fake_fstat,
            .fstatat = fake_fstatat,
            .getdents64 = fake_getdents64,
            .pread = fake_pread,
            .ioctl = fake_ioctl,
            .fgetxattr = fake_fgetxattr,
            .fstatvfs = fake_fstatvfs,
            .lock = fake_lock,
        },
    };
    fake->sys.context = fake;
}

#endif
