/* Who holds a lock: what the kernel lists, and what it says of locks that other processes really hold. */
#include <sys/file.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>

#include "probe-helper.h"
#include "probe/locks.h"

static const struct {
    const char *text;
    size_t count;
    enum gp_reason reason;
    struct gp_lock first;
} texts[] = {
    {"", 0, GP_REASON_NONE, {0}},
    {"1: POSIX  ADVISORY  WRITE 4711 fe:00:1234 0 EOF\n", 1, GP_REASON_NONE, {0xfe00, 1234, 4711, GP_LOCK_POSIX}},
    {"1: FLOCK  ADVISORY  READ 7 103:1f:18446744073709551615 0 EOF\n", 1, GP_REASON_NONE,
     {0, UINT64_MAX, 7, GP_LOCK_FLOCK}},
    {"12: OFDLCK ADVISORY  READ -1 00:2a:9 100 200\n", 1, GP_REASON_NONE, {0x2a, 9, -1, GP_LOCK_OFD}},
    {"1: OFDLCK MANDATORY WRITE -1 00:2a:9 0 0\n2: FLOCK  ADVISORY  WRITE 3 00:2a:9 0 EOF\n", 2, GP_REASON_NONE,
     {0x2a, 9, -1, GP_LOCK_OFD}},
    {"1: -> POSIX  ADVISORY  WRITE 4711 fe:00:1234 0 EOF\n", 0, GP_REASON_NONE, {0}},
    {"1: LEASE  ACTIVE    READ  4711 fe:00:1234 0 EOF\n", 0, GP_REASON_NONE, {0}},
    {"1: DELEG  ACTIVE    READ  4711 fe:00:1234 0 EOF\n", 0, GP_REASON_NONE, {0}},
    {"1: POSIX  *NOINODE* WRITE 4711 <none>:0 0 EOF\n", 0, GP_REASON_IO_ERROR, {0}},
    {"nonsense\n1: FLOCK  ADVISORY  WRITE 3 00:2a:9 0 EOF\n", 1, GP_REASON_IO_ERROR, {0x2a, 9, 3, GP_LOCK_FLOCK}},
    {"1: FLOCK  ADVISORY  WRITE 3 00:2a:9 0 EOF", 1, GP_REASON_NONE, {0x2a, 9, 3, GP_LOCK_FLOCK}},
};

static void test_parse(void)
{
    struct gp_arena *arena = gp_arena_new(0);

    for (size_t i = 0; i < GP_COUNT(texts); i++) {
        struct gp_locks locks = {0};
        ok(gp_locks_parse(arena, str(texts[i].text), &locks) == 0, "list %zu", i);
        is_int((intmax_t)locks.count, (intmax_t)texts[i].count, "list %zu: count", i);
        is_int(locks.reason, texts[i].reason, "list %zu: reason", i);
        if (!locks.count || !texts[i].count)
            continue;
        const struct gp_lock *got = &locks.list[0], *want = &texts[i].first;
        dev_t device = want->device ? want->device : makedev(0x103, 0x1f);
        ok(got->device == device && got->inode == want->inode && got->pid == want->pid && got->kind == want->kind,
           "list %zu: the lock", i);
    }
    gp_arena_free(arena);
}

static void test_mounts(void)
{
    static const char text[] = "22 28 0:20 / /sys rw,nosuid - sysfs sysfs rw\n"
                               "28 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"
                               "281 28 0:45 /@home /home rw - btrfs /dev/sdb1 rw\n";
    dev_t device = 0;

    ok(gp_mountinfo_device(GP_STR(text), 28, &device) == 0 && device == makedev(254, 0), "a disk");
    ok(gp_mountinfo_device(GP_STR(text), 281, &device) == 0 && device == makedev(0, 45), "a subvolume");
    is_int(gp_mountinfo_device(GP_STR(text), 2, &device), -ENOENT, "no such mount");
    is_int(gp_mountinfo_device(GP_STR(""), 28, &device), -ENOENT, "no mounts");
}

/* ---- real locks -------------------------------------------------------------------------------------------------- */

enum how { HOW_NONE, HOW_POSIX, HOW_OFD, HOW_FLOCK };

static const char *const how_names[] = {"no", "a POSIX", "an OFD", "a flock"};

static int take(int fd, enum how how)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    if (how == HOW_NONE)
        return 0;
    if (how == HOW_FLOCK)
        return flock(fd, LOCK_EX | LOCK_NB);
    return fcntl(fd, how == HOW_POSIX ? F_SETLK : F_OFD_SETLK, &lock);
}

struct holder {
    pid_t pid;
    int release;
};

/* Another process that holds a lock until release(). */
static struct holder hold(const char *path, enum how how)
{
    int ready[2], release[2];
    char byte = 0;

    if (pipe2(ready, O_CLOEXEC) < 0 || pipe2(release, O_CLOEXEC) < 0)
        bail("pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid == 0) {
        int fd = open(path, O_RDWR | O_CLOEXEC);
        close(release[1]);
        close(ready[0]);
        byte = fd >= 0 && take(fd, how) == 0 ? 'y' : 'n';
        if (write(ready[1], &byte, 1) != 1 || read(release[0], &byte, 1) < 0)
            _exit(1);
        _exit(0);
    }
    close(ready[1]);
    close(release[0]);
    if (pid < 0 || read(ready[0], &byte, 1) != 1 || byte != 'y')
        bail("no process that holds %s lock", how_names[how]);
    close(ready[0]);
    return (struct holder){pid, release[1]};
}

static void release(struct holder holder)
{
    close(holder.release);
    waitpid(holder.pid, NULL, 0);
}

static struct gp_answer look(const char *directory, const char *path, int held, const char *locks_file)
{
    struct gp_pathtab *paths = gp_pathtab_new(NULL);
    gp_path number = gp_pathtab_add_path(paths, str(path));
    struct gp_probe_options options = {
        .paths = paths, .held_path = held >= 0 ? number : GP_PATH_NONE, .held_fd = held, .locks_file = locks_file,
    };
    static char detail[128];
    struct gp_probe *probe = NULL;

    if (gp_probe_open(&probe, directory, &options) < 0)
        bail("%s", directory);
    struct gp_answer answer = gp_probe_locked(probe, gp_probe_at(probe, number));
    snprintf(detail, sizeof(detail), "%s", answer.detail ? answer.detail : "");
    answer.detail = detail;
    gp_probe_free(probe);
    gp_pathtab_free(paths);
    return answer;
}

static void test_others(const char *directory, const char *file)
{
    for (enum how how = HOW_NONE; how <= HOW_FLOCK; how++) {
        struct holder holder = hold(file, how);
        struct gp_answer answer = look(directory, "file", -1, NULL);
        char want[128];
        is_int(answer.value, how == HOW_NONE ? GP_TRI_NO : GP_TRI_YES, "another process has %s lock", how_names[how]);
        is_int(answer.reason, GP_REASON_NONE, "no doubt");
        if (how == HOW_OFD)
            snprintf(want, sizeof(want), "another process holds an open file description lock");
        else
            snprintf(want, sizeof(want), "another process holds %s lock (pid %ld)", how_names[how],
                     (long)holder.pid);
        if (how != HOW_NONE)
            is_str(answer.detail, want, "who");
        release(holder);
        is_int(look(directory, "file", -1, NULL).value, GP_TRI_NO, "and then no more");
    }
}

static void test_own(const char *directory, const char *file)
{
    int fd = open(file, O_RDWR | O_CLOEXEC);

    ok(fd >= 0 && take(fd, HOW_OFD) == 0, "our own lock");
    is_int(look(directory, "file", fd, NULL).value, GP_TRI_NO, "does not count on the file that we hold");
    is_int(look(directory, "file", -1, NULL).value, GP_TRI_YES, "but nobody knows that who is not told");
    struct holder holder = hold(file, HOW_FLOCK);
    is_int(look(directory, "file", fd, NULL).value, GP_TRI_YES, "another's flock counts beside it");
    release(holder);
    close(fd);
    fd = open(file, O_RDWR | O_CLOEXEC);
    for (enum how how = HOW_POSIX; how <= HOW_OFD; how++) {
        holder = hold(file, how);
        is_int(look(directory, "file", fd, NULL).value, GP_TRI_YES, "held without a lock: another has %s lock",
               how_names[how]);
        release(holder);
    }
    ok(flock(fd, LOCK_EX) == 0, "our own flock");
    is_int(look(directory, "file", -1, NULL).value, GP_TRI_NO, "does not count");
    close(fd);
}

/* Without /proc/locks a flock cannot be seen, so "none" is never said. */
static void test_no_list(const char *directory, const char *file)
{
    char missing[512], damaged[512];

    snprintf(missing, sizeof(missing), "%s/nothing", directory);
    snprintf(damaged, sizeof(damaged), "%s/locks", directory);
    write_file(directory, "locks", "1: POSIX damaged\n", 17);
    is_int(look(directory, "file", -1, missing).value, GP_TRI_UNKNOWN, "no list: unknown");
    is_int(look(directory, "file", -1, missing).reason, GP_REASON_IO_ERROR, "reason");
    is_int(look(directory, "file", -1, damaged).value, GP_TRI_UNKNOWN, "a damaged list: unknown");
    struct holder holder = hold(file, HOW_POSIX);
    is_int(look(directory, "file", -1, missing).value, GP_TRI_YES, "no list: a POSIX lock is found all the same");
    release(holder);
    holder = hold(file, HOW_OFD);
    is_int(look(directory, "file", -1, missing).value, GP_TRI_YES, "no list: and an OFD lock");
    release(holder);
}

/* The list alone tells of a file that cannot be opened. */
static int no_open(struct fake *fake, enum call call, const char *name)
{
    return call == CALL_OPEN && strcmp(name, "file") == 0 ? fake->error : 0;
}

static int lock_fails(struct fake *fake, enum call call, const char *name GP_UNUSED)
{
    return call == CALL_LOCK ? fake->error : 0;
}

static void test_unreadable(const char *directory, const char *file)
{
    static const struct {
        int error;
        enum gp_tri free;
    } cases[] = {{EACCES, GP_TRI_NO}, {ENOENT, GP_TRI_UNKNOWN}};

    for (size_t i = 0; i < GP_COUNT(cases); i++)
        for (int locked = 0; locked <= 1; locked++) {
            struct fake fake;
            fake_init(&fake);
            fake.before = no_open;
            fake.error = cases[i].error;
            struct gp_probe_options options = {.sys = &fake.sys, .held_path = GP_PATH_NONE};
            struct gp_probe *probe = NULL;
            struct holder holder = hold(file, locked ? HOW_FLOCK : HOW_NONE);
            ok(gp_probe_open(&probe, directory, &options) == 0, "a file that cannot be opened");
            is_int(gp_probe_locked(probe, at(probe, "file")).value, locked ? GP_TRI_YES : cases[i].free,
                   "locked %d: %s", locked, strerror(cases[i].error));
            gp_probe_free(probe);
            release(holder);
        }
}

static void test_held_unknown(const char *directory, const char *file)
{
    struct fake fake;
    int fd = open(file, O_RDWR | O_CLOEXEC);
    fake_init(&fake);
    fake.before = lock_fails;
    fake.error = ENOLCK;
    struct gp_pathtab *paths = gp_pathtab_new(NULL);
    gp_path number = gp_pathtab_add_path(paths, GP_STR("file"));
    struct gp_probe_options options = {.paths = paths, .sys = &fake.sys, .held_path = number, .held_fd = fd};
    struct gp_probe *probe = NULL;

    ok(gp_probe_open(&probe, directory, &options) == 0, "a file that we hold on a system without locks");
    is_int(gp_probe_locked(probe, gp_probe_at(probe, number)).value, GP_TRI_UNKNOWN, "unknown");
    struct gp_window window = gp_probe_read(probe, gp_probe_at(probe, number), 0, 4);
    ok(window.data.len == 4 && memcmp(window.data.data, "text", 4) == 0, "it is read through its descriptor");
    is_int(fake.open_now, 1, "without opening it");
    gp_probe_free(probe);
    gp_pathtab_free(paths);
    ok(fcntl(fd, F_GETFD) >= 0, "which stays open");
    close(fd);
}

static void test_device(const char *directory)
{
    struct stat status;
    dev_t device = 0;
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    int r = gp_locks_device(fd, &device);
    if (r < 0 || fstat(fd, &status) < 0)
        skip(1, "no mount information: %s", strerror(-r));
    else if (major(status.st_dev) == 0)
        ok(device != 0, "a file system without a disk has a device as well");
    else
        ok(device == status.st_dev, "a disk has one device");
    close(fd);
    ok(gp_locks_device(fd, &device) < 0, "a descriptor that is closed has none");
}

int main(void)
{
    static const struct item items[] = {{ITEM_FILE, "file", "text"}, {ITEM_FILE, "other", "text"}};
    char directory[256], file[512];

    alarm(60);
    build_live(items, GP_COUNT(items), directory);
    snprintf(file, sizeof(file), "%s/file", directory);
    test_parse();
    test_mounts();
    test_others(directory, file);
    test_own(directory, file);
    test_no_list(directory, file);
    test_unreadable(directory, file);
    test_held_unknown(directory, file);
    test_device(directory);
    remove_tree(directory);
    return done_testing();
}
