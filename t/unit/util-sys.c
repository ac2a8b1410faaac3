/*
 * Opening without following links, whole reads and writes; with the kernel and with tables that fail on purpose.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"
#include "util/sys-help.h"

/* What a table of system calls does in place of the kernel's. */
struct trouble {
    int openat2_error; /* every time */
    int times;         /* how often, if not always */
    int open_calls, openat2_calls, openat_flags;
    int noatime_error; /* for O_NOATIME */
    int io_error;      /* of the next read or write */
    size_t most;       /* bytes that one read or write moves; 0: all */
    bool stuck;        /* writes move nothing */
};

static struct trouble *trouble_of(const struct gp_sys *sys)
{
    return sys->context;
}

static int fake_openat2(const struct gp_sys *sys, int dir, const char *path, uint64_t flags, uint64_t mode,
                        uint64_t resolve)
{
    struct trouble *trouble = trouble_of(sys);
    bool fails = trouble->openat2_error && (trouble->times == 0 || trouble->openat2_calls < trouble->times);

    trouble->openat2_calls++;
    if (fails || (trouble->noatime_error && flags & O_NOATIME)) {
        errno = fails ? trouble->openat2_error : trouble->noatime_error;
        return -1;
    }
    return gp_sys_linux.openat2(&gp_sys_linux, dir, path, flags, mode, resolve);
}

static int fake_openat(const struct gp_sys *sys, int dir, const char *name, int flags, mode_t mode)
{
    struct trouble *trouble = trouble_of(sys);

    trouble->open_calls++;
    trouble->openat_flags = flags;
    if (trouble->open_calls == 1) { /* whoever does not try again fails */
        errno = EINTR;
        return -1;
    }
    if (trouble->noatime_error && flags & O_NOATIME) {
        errno = trouble->noatime_error;
        return -1;
    }
    return gp_sys_linux.openat(&gp_sys_linux, dir, name, flags, mode);
}

/* Whether a read or write fails; else how much it moves. */
static bool io_fails(struct trouble *trouble, size_t *size)
{
    if (trouble->io_error) {
        errno = trouble->io_error;
        trouble->io_error = 0;
        return true;
    }
    if (trouble->most && *size > trouble->most)
        *size = trouble->most;
    return false;
}

static ssize_t fake_pread(const struct gp_sys *sys, int fd, void *buffer, size_t size, off_t offset)
{
    return io_fails(trouble_of(sys), &size) ? -1 : pread(fd, buffer, size, offset);
}

static ssize_t fake_pwrite(const struct gp_sys *sys, int fd, const void *buffer, size_t size, off_t offset)
{
    if (trouble_of(sys)->stuck)
        return 0;
    return io_fails(trouble_of(sys), &size) ? -1 : pwrite(fd, buffer, size, offset);
}

static struct gp_sys troubled(struct trouble *trouble)
{
    struct gp_sys sys = gp_sys_linux;

    sys.openat2 = fake_openat2;
    sys.openat = fake_openat;
    sys.pread = fake_pread;
    sys.pwrite = fake_pwrite;
    sys.context = trouble;
    return sys;
}

static void create(int dir, const char *name, const char *text)
{
    int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL, 0644);

    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd) < 0)
        bail("cannot create %s: %s", name, strerror(errno));
}

static void build(int dir)
{
    create(dir, "file", "hello, world");
    if (mkdirat(dir, "dir", 0755) < 0 || symlinkat("file", dir, "link") < 0 || symlinkat("dir", dir, "dirlink") < 0 ||
        symlinkat("nowhere", dir, "dangling") < 0 || mkfifoat(dir, "fifo", 0644) < 0)
        bail("cannot build a tree: %s", strerror(errno));
}

/* The errno of an attempt to open, 0 if it worked. */
static int attempt(const struct gp_sys *sys, int dir, const char *name, int flags)
{
    int fd = gp_sys_open_beneath(sys, dir, name, flags, 0600);
    int error = fd < 0 ? -fd : 0;

    if (fd >= 0 && !(fcntl(fd, F_GETFD) & FD_CLOEXEC))
        error = -1;
    gp_sys_close(sys, &fd);
    return error;
}

static void test_beneath(const struct gp_sys *sys, int dir, const char *what)
{
    static const struct {
        const char *name;
        int flags, error;
    } tests[] = {
        {"file", O_RDONLY, 0},
        {"file", O_RDWR, 0},
        {"file", O_PATH, 0},
        {"file", O_RDONLY | O_DIRECTORY, ENOTDIR},
        {"dir", O_RDONLY | O_DIRECTORY, 0},
        {"dir", O_PATH | O_DIRECTORY, 0},
        {"dir", O_RDONLY, 0},
        {"fifo", O_RDONLY, 0},
        {"fifo", O_WRONLY, ENXIO},
        {"link", O_RDONLY, ELOOP},
        {"link", O_PATH, ELOOP},
        {"link", O_RDWR | O_CREAT, ELOOP},
        {"link", O_RDWR | O_CREAT | O_EXCL, EEXIST},
        {"dirlink", O_RDONLY | O_DIRECTORY, ELOOP},
        {"dirlink", O_PATH | O_DIRECTORY, ELOOP},
        {"dirlink", O_RDONLY, ELOOP},
        {"dangling", O_RDONLY, ELOOP},
        {"dangling", O_RDWR | O_CREAT, ELOOP},
        {"missing", O_RDONLY, ENOENT},
        {"missing", O_PATH, ENOENT},
        {"", O_RDONLY, EINVAL},
        {".", O_RDONLY, EINVAL},
        {"..", O_RDONLY, EINVAL},
        {"/", O_RDONLY, EINVAL},
        {"dir/", O_RDONLY, EINVAL},
        {"dir/../file", O_RDONLY, EINVAL},
        {"/etc/passwd", O_RDONLY, EINVAL},
        {"new", O_RDWR | O_CREAT | O_EXCL, 0},
        {"new", O_RDWR | O_CREAT | O_EXCL, EEXIST},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++)
        is_int(attempt(sys, dir, tests[i].name, tests[i].flags), tests[i].error, "%s: '%s' with %#o", what,
               tests[i].name, (unsigned)tests[i].flags);
    struct stat status;
    ok(fstatat(dir, "new", &status, 0) == 0 && (status.st_mode & 0777) == 0600, "%s: the mode of a new file", what);
    unlinkat(dir, "new", 0);
}

static void test_fallback(int dir)
{
    static const int errors[] = {ENOSYS, EPERM, EINVAL};
    struct trouble trouble;
    struct gp_sys sys = troubled(&trouble);
    char what[32];

    for (size_t i = 0; i < GP_COUNT(errors); i++) {
        trouble = (struct trouble){.openat2_error = errors[i]};
        snprintf(what, sizeof(what), "without openat2 (%d)", errors[i]);
        test_beneath(&sys, dir, what);
        ok(trouble.openat_flags & O_NOFOLLOW, "%s: links are not followed", what);
    }
    trouble = (struct trouble){.openat2_error = EACCES};
    is_int(attempt(&sys, dir, "file", O_RDONLY), EACCES, "other errors are final");
    is_int(trouble.open_calls, 0, "and openat is not asked");
    trouble = (struct trouble){.openat2_error = EAGAIN, .times = 3};
    is_int(attempt(&sys, dir, "file", O_RDONLY), 0, "EAGAIN is tried again");
    trouble = (struct trouble){.openat2_error = EAGAIN};
    is_int(attempt(&sys, dir, "file", O_RDONLY), EAGAIN, "but not for ever");
    is_int(trouble.openat2_calls, 4, "four times in all");
    trouble = (struct trouble){.openat2_error = EINTR, .times = 50};
    is_int(attempt(&sys, dir, "file", O_RDONLY), 0, "EINTR is tried again");
}

static void test_read_open(int dir)
{
    struct trouble trouble = {.noatime_error = EPERM};
    struct gp_sys sys = troubled(&trouble);
    int fd = gp_sys_open_read(&gp_sys_linux, dir, "file");

    ok(fd >= 0 && fcntl(fd, F_GETFL) & O_NOATIME, "our own file is opened with O_NOATIME");
    gp_sys_close(&gp_sys_linux, &fd);
    is_int(fd, -1, "a closed descriptor is -1");
    fd = gp_sys_open_read(&sys, dir, "file");
    ok(fd >= 0 && !(fcntl(fd, F_GETFL) & O_NOATIME), "other people's without");
    gp_sys_close(&sys, &fd);
    trouble = (struct trouble){.noatime_error = EPERM, .openat2_error = EPERM};
    fd = gp_sys_open_read(&sys, dir, "file");
    ok(fd >= 0, "also where openat2 is forbidden");
    errno = 77;
    gp_sys_close(&sys, &fd);
    gp_sys_close(&sys, &fd);
    is_int(errno, 77, "closing keeps errno");
    is_int(gp_sys_open_read(&gp_sys_linux, dir, "link"), -ELOOP, "a link is not read");
}

static void test_root(const char *path)
{
    struct trouble trouble = {.noatime_error = EPERM};
    struct gp_sys sys = troubled(&trouble);
    char name[4200];
    int fd = gp_sys_open_root(&sys, path);

    ok(fd >= 0, "a root, although it is somebody else's");
    gp_sys_close(&sys, &fd);
    snprintf(name, sizeof(name), "%s/dirlink", path);
    fd = gp_sys_open_root(&gp_sys_linux, name);
    ok(fd >= 0, "a root behind a link");
    gp_sys_close(&gp_sys_linux, &fd);
    snprintf(name, sizeof(name), "%s/file", path);
    is_int(gp_sys_open_root(&gp_sys_linux, name), -ENOTDIR, "a file is no root");
    snprintf(name, sizeof(name), "%s/fifo", path);
    is_int(gp_sys_open_root(&gp_sys_linux, name), -ENOTDIR, "nor is a FIFO");
    snprintf(name, sizeof(name), "%s/missing", path);
    is_int(gp_sys_open_root(&gp_sys_linux, name), -ENOENT, "nor is what is missing");
    is_int(gp_sys_open_root(&gp_sys_linux, ""), -ENOENT, "nor is nothing");
}

static void test_io(int dir)
{
    struct trouble trouble = {.most = 5, .io_error = EINTR};
    struct gp_sys sys = troubled(&trouble);
    char buffer[64] = "";
    int fd = gp_sys_open_beneath(&sys, dir, "file", O_RDWR, 0);

    is_int(gp_sys_read_full(&sys, fd, buffer, sizeof(buffer), 0), 12, "a read to the end, in pieces");
    is_str(buffer, "hello, world", "and its bytes");
    is_int(gp_sys_read_full(&sys, fd, buffer, 3, 7), 3, "a read within");
    ok(memcmp(buffer, "wor", 3) == 0, "and its bytes");
    is_int(gp_sys_read_full(&sys, fd, buffer, 3, 12), 0, "a read at the end");
    is_int(gp_sys_read_full(&sys, fd, buffer, 3, UINT64_MAX - 1), -EOVERFLOW, "a read beyond any file");
    is_int(gp_sys_read_full(&sys, fd, buffer, 3, INT64_MAX - 2), -EOVERFLOW, "a read across the end of any file");
    trouble.io_error = EIO;
    is_int(gp_sys_read_full(&sys, fd, buffer, 3, 0), -EIO, "a read that fails");
    trouble.io_error = EINTR;
    is_int(gp_sys_write_full(&sys, fd, "Gatepost, world", 15, 7), 0, "a write in pieces");
    is_int(gp_sys_read_full(&sys, fd, buffer, sizeof(buffer), 0), 22, "longer now");
    ok(memcmp(buffer, "hello, Gatepost, world", 22) == 0, "with the new bytes");
    trouble.io_error = ENOSPC;
    is_int(gp_sys_write_full(&sys, fd, "x", 1, 0), -ENOSPC, "a write that fails");
    trouble.stuck = true;
    is_int(gp_sys_write_full(&sys, fd, "x", 1, 0), -EIO, "a write that gets nowhere");
    is_int(gp_sys_write_full(&sys, fd, "x", 1, UINT64_MAX), -EOVERFLOW, "a write beyond any file");
    is_int(gp_sys_write_full(&sys, fd, NULL, 0, 0), 0, "a write of nothing");
    gp_sys_close(&sys, &fd);
}

/* The calls of the table that nothing above needs reach the kernel with their arguments in order. */
static void test_linux(int dir)
{
    const struct gp_sys *sys = &gp_sys_linux;
    struct statvfs volume;
    struct stat status;
    char buffer[4096];
    struct timespec times[2] = {{.tv_sec = 1000}, {.tv_sec = 2000}};
    int fd = gp_sys_open_beneath(sys, dir, "file", O_RDWR, 0);

    ok(sys->fstat(sys, fd, &status) == 0 && status.st_size == 22, "fstat");
    ok(sys->ftruncate(sys, fd, 5) == 0 && sys->fstatat(sys, dir, "file", &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           status.st_size == 5,
       "ftruncate, fstatat");
    ok(sys->fchmod(sys, fd, 0640) == 0 && sys->futimens(sys, fd, times) == 0 && sys->fstat(sys, fd, &status) == 0 &&
           (status.st_mode & 0777) == 0640 && status.st_mtim.tv_sec == 2000 && status.st_atim.tv_sec == 1000,
       "fchmod, futimens");
    ok(sys->fchown(sys, fd, (uid_t)-1, (gid_t)-1) == 0 && sys->fsync(sys, fd) == 0, "fchown, fsync");
    is_int(sys->readlinkat(sys, dir, "link", buffer, sizeof(buffer)), 4, "readlinkat");
    ok(sys->fstatvfs(sys, fd, &volume) == 0 && volume.f_bsize > 0, "fstatvfs");
    ok(sys->mkdirat(sys, dir, "sub", 0700) == 0 && sys->linkat(sys, dir, "file", dir, "hard", 0) == 0 &&
           sys->renameat2(sys, dir, "hard", dir, "moved", 1 /* RENAME_NOREPLACE */) == 0 &&
           sys->fstatat(sys, dir, "moved", &status, 0) == 0 && status.st_nlink == 2,
       "mkdirat, linkat, renameat2");
    ok(sys->unlinkat(sys, dir, "moved", 0) == 0 && sys->unlinkat(sys, dir, "sub", AT_REMOVEDIR) == 0, "unlinkat");
    int listing = gp_sys_open_beneath(sys, dir, "dir", O_RDONLY | O_DIRECTORY, 0);
    ok(sys->getdents64(sys, listing, buffer, sizeof(buffer)) > 0 &&
           sys->getdents64(sys, listing, buffer, sizeof(buffer)) == 0,
       "getdents64");
    gp_sys_close(sys, &listing);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    is_int(sys->lock(sys, fd, F_OFD_SETLK, &lock), 0, "lock");
    int attributes = 0;
    ok(sys->ioctl(sys, fd, 0, &attributes) < 0, "ioctl");
    is_int(sys->fgetxattr(sys, fd, "user.gatepost-none", buffer, sizeof(buffer)), -1, "fgetxattr");
    if (sys->fsetxattr(sys, fd, "user.gatepost", "abc", 3, 0) == 0)
        ok(sys->fgetxattr(sys, fd, "user.gatepost", buffer, sizeof(buffer)) == 3 && memcmp(buffer, "abc", 3) == 0 &&
               sys->flistxattr(sys, fd, buffer, sizeof(buffer)) >= 14,
           "fsetxattr, flistxattr");
    else
        skip(1, "this file system keeps no user attributes: %s", strerror(errno));
    gp_sys_close(sys, &fd);
}

int main(void)
{
    char path[] = "/tmp/gatepost-util-sys-XXXXXX";
    static const char *const names[] = {"file", "link", "dirlink", "dangling", "fifo"};

    umask(022);
    if (!mkdtemp(path))
        bail("cannot make a directory: %s", strerror(errno));
    int dir = gp_sys_open_root(&gp_sys_linux, path);
    if (dir < 0)
        bail("cannot open %s: %s", path, strerror(-dir));
    build(dir);
    test_beneath(&gp_sys_linux, dir, "linux");
    test_fallback(dir);
    test_read_open(dir);
    test_root(path);
    test_io(dir);
    test_linux(dir);
    for (size_t i = 0; i < GP_COUNT(names); i++)
        unlinkat(dir, names[i], 0);
    unlinkat(dir, "dir", AT_REMOVEDIR);
    gp_sys_close(&gp_sys_linux, &dir);
    ok(rmdir(path) == 0, "nothing else was left behind");
    return done_testing();
}
