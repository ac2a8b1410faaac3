/* Landlock. */
#include "cli/isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/verbs.h"

/* Younger than the headers of some systems that build this. */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ull << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ull << 14)
#endif

/* Every right to write that a version knows: what is not handled is not restricted.  Devices that a program needs are
 * opened, never made; so is a special file in a tree. */
static uint64_t handled(int version)
{
    uint64_t rights = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                      LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                      LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                      LANDLOCK_ACCESS_FS_MAKE_SYM;

    if (version >= 2)
        rights |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        rights |= LANDLOCK_ACCESS_FS_TRUNCATE;
    return rights;
}

/* Version 1 refuses every rename between two directories, which is what a transaction is made of; so it is of use
 * only where nothing is written. */
#define VERSION_WITH_REFER 2

/* What a program that an action runs may need to open for writing besides its files, if it is there. */
static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/tty",
                                      "/dev/pts",  "/dev/dri",  "/dev/snd",  "/dev/shm"};

int gp_isolate_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

    return version > 0 ? (int)version : 0;
}

/* Allows `rights` beneath a path.  What cannot be opened gets no rule. */
static int allow(int rules, const char *path, uint64_t rights)
{
    const uint64_t of_a_file = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE;
    struct landlock_path_beneath_attr rule = {.parent_fd = open(path, O_PATH | O_CLOEXEC)};
    struct stat st;
    int r = 0;

    if (rule.parent_fd < 0)
        return 0;
    if (fstat(rule.parent_fd, &st) == 0) {
        rule.allowed_access = S_ISDIR(st.st_mode) ? rights : rights & of_a_file;
        if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0)
            r = -errno;
    }
    close(rule.parent_fd);
    return r;
}

static int allow_tree(int rules, const struct gp_cli *cli, uint64_t rights)
{
    const uint64_t of_a_device = rights & (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE);
    int r = allow(rules, cli->options.operands[cli->options.operand_count - 1], rights);

    for (size_t i = 0; i < GP_COUNT(devices) && r == 0; i++)
        r = allow(rules, devices[i], of_a_device);
    return r;
}

int gp_isolate(const struct gp_cli *cli)
{
    bool tree = cli->verb->writes == GP_WRITES_TREE;
    int version = gp_isolate_version();

    if (version < (tree ? VERSION_WITH_REFER : 1))
        return 0;
    struct landlock_ruleset_attr attr = {.handled_access_fs = handled(version)};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
    if (rules < 0)
        return -errno;
    int r = tree ? allow_tree(rules, cli, attr.handled_access_fs) : 0;
    if (r == 0 && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || syscall(SYS_landlock_restrict_self, rules, 0) < 0))
        r = -errno;
    close(rules);
    return r;
}
