#include "util/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Younger than the headers of some systems that build this. */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ull << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ull << 14)
#endif

#define OF_A_FILE (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE)

/* Version 1 refuses every rename between two directories, so no program could do its work under it. */
#define VERSION_WITH_REFER 2
#define VERSION_WITH_TRUNCATE 3

int gp_landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

    return version > 0 ? (int)version : 0;
}

/* Every right to write that a version knows: what is not given up is not restricted. */
static uint64_t rights_of(int version)
{
    uint64_t rights = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                      LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                      LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                      LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER;

    return version >= VERSION_WITH_TRUNCATE ? rights | LANDLOCK_ACCESS_FS_TRUNCATE : rights;
}

int gp_landlock_begin(struct gp_landlock *ret_lock)
{
    int version = gp_landlock_version();

    if (version < VERSION_WITH_REFER)
        return 0;
    struct landlock_ruleset_attr attr = {.handled_access_fs = rights_of(version)};
    int fd = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
    if (fd < 0)
        return -errno;
    *ret_lock = (struct gp_landlock){fd, attr.handled_access_fs};
    return 1;
}

void gp_landlock_done(struct gp_landlock *lock)
{
    close(lock->fd);
    lock->fd = -1;
}

/* `rights`: those that are given back, as far as they mean something there. */
static int allow_rights(struct gp_landlock *lock, int fd, uint64_t rights)
{
    struct landlock_path_beneath_attr rule = {.parent_fd = fd};
    struct stat st;

    if (fstat(fd, &st) < 0)
        return -errno;
    rule.allowed_access = lock->rights & (S_ISDIR(st.st_mode) ? rights : rights & OF_A_FILE);
    return syscall(SYS_landlock_add_rule, lock->fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0 ? -errno : 0;
}

static int allow_path(struct gp_landlock *lock, const char *path, uint64_t rights)
{
    int fd = open(path, O_PATH | O_CLOEXEC);

    if (fd < 0)
        return 0;
    int r = allow_rights(lock, fd, rights);
    close(fd);
    return r;
}

int gp_landlock_allow_fd(struct gp_landlock *lock, int fd)
{
    return allow_rights(lock, fd, lock->rights);
}

int gp_landlock_allow(struct gp_landlock *lock, const char *path)
{
    return allow_path(lock, path, lock->rights);
}

int gp_landlock_allow_files(struct gp_landlock *lock, const char *path)
{
    return allow_path(lock, path, OF_A_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE);
}

int gp_landlock_allow_devices(struct gp_landlock *lock)
{
    static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/tty",
                                          "/dev/pts",  "/dev/dri",  "/dev/snd",  "/dev/shm"};
    int r = 0;

    for (size_t i = 0; i < GP_COUNT(devices) && r == 0; i++)
        r = allow_path(lock, devices[i], OF_A_FILE);
    return r;
}

int gp_landlock_enter(const struct gp_landlock *lock)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || syscall(SYS_landlock_restrict_self, lock->fd, 0) < 0)
        return -errno;
    return 0;
}
