#include "probe/locks.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "util/strbuf.h"
#include "util/vec.h"

#define READ_BYTES ((size_t)16 << 10)
#define LINE_BYTES 256 /* of what is looked at in a line */

static const struct {
    const char *word; /* in /proc/locks */
    enum gp_lock_kind kind;
    const char *name;
} kinds[] = {
    {"POSIX", GP_LOCK_POSIX, "a POSIX"},
    {"OFDLCK", GP_LOCK_OFD, "an open file description"},
    {"FLOCK", GP_LOCK_FLOCK, "a flock"},
};

const char *gp_lock_kind_name(enum gp_lock_kind kind)
{
    for (size_t i = 0; i < GP_COUNT(kinds); i++)
        if (kinds[i].kind == kind)
            return kinds[i].name;
    return "";
}

/* The next line as text with a NUL; false at the end. */
static bool next_line(struct gp_str *text, char ret_line[LINE_BYTES])
{
    if (!text->len)
        return false;
    const char *end = memchr(text->data, '\n', text->len);
    size_t len = end ? (size_t)(end - text->data) : text->len;
    size_t kept = len < LINE_BYTES ? len : LINE_BYTES - 1;
    memcpy(ret_line, text->data, kept);
    ret_line[kept] = '\0';
    size_t used = end ? len + 1 : len;
    text->data += used;
    text->len -= used;
    return true;
}

/* "1: POSIX  ADVISORY  WRITE 4711 fe:00:1234 0 EOF".  1 with a lock, 0 if it is nothing of interest, -EINVAL. */
static int parse_line(const char *line, struct gp_lock *ret_lock)
{
    char word[16];
    int pid, at = 0;
    unsigned device_major, device_minor;
    unsigned long long inode;
    size_t row = 0;

    if (!line[0])
        return 0;
    if (sscanf(line, "%*[0-9]: %15s%n", word, &at) != 1 || !at)
        return -EINVAL;
    if (strcmp(word, "->") == 0) /* somebody waits for it */
        return 0;
    while (row < GP_COUNT(kinds) && strcmp(word, kinds[row].word) != 0)
        row++;
    if (row == GP_COUNT(kinds)) /* a lease: it breaks when somebody opens the file */
        return 0;
    if (sscanf(line + at, " %*s %*s %d %x:%x:%llu", &pid, &device_major, &device_minor, &inode) != 4)
        return -EINVAL;
    *ret_lock = (struct gp_lock){makedev(device_major, device_minor), (ino_t)inode, pid, kinds[row].kind};
    return 1;
}

int gp_locks_parse(struct gp_arena *arena, struct gp_str text, struct gp_locks *ret_locks)
{
    GP_VEC(struct gp_lock) list = {0};
    enum gp_reason reason = GP_REASON_NONE;
    char line[LINE_BYTES];

    while (next_line(&text, line)) {
        struct gp_lock lock;
        int r = parse_line(line, &lock);
        if (r > 0 && gp_vec_push(arena, &list, lock) < 0)
            return -ENOMEM;
        if (r < 0)
            reason = GP_REASON_IO_ERROR;
    }
    *ret_locks = (struct gp_locks){reason, list.data, list.count};
    return 0;
}

/* Appends the text of a file of the kernel's; 0 or a negative errno. */
static int read_text(const char *file, struct gp_strbuf *out)
{
    char buffer[READ_BYTES];
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY), r = 0; /* the kernel's list, not a tree */

    if (fd < 0)
        return -errno;
    for (;;) {
        ssize_t n = read(fd, buffer, sizeof(buffer)); /* not a tree */
        if (n == 0)
            break;
        if (n > 0)
            gp_strbuf_add_mem(out, buffer, (size_t)n);
        else if (errno != EINTR) {
            r = -errno;
            break;
        }
    }
    close(fd);
    return r < 0 ? r : gp_strbuf_ok(out) ? 0 : -ENOMEM;
}

void gp_locks_read(struct gp_arena *arena, const char *file, struct gp_locks *ret_locks)
{
    struct gp_strbuf text = {0};
    struct gp_locks locks = {0};
    int r = read_text(file ? file : "/proc/locks", &text);

    if (r >= 0)
        r = gp_locks_parse(arena, (struct gp_str){gp_strbuf_text(&text), text.len}, &locks);
    if (r < 0) /* ENOENT too: without /proc nothing is known */
        locks = (struct gp_locks){.reason = r == -ENOENT ? GP_REASON_IO_ERROR : gp_reason_of_errno(r)};
    gp_strbuf_done(&text);
    *ret_locks = locks;
}

const struct gp_lock *gp_locks_find(const struct gp_locks *locks, dev_t device, ino_t inode, bool ours)
{
    for (size_t i = 0; i < locks->count; i++) {
        const struct gp_lock *lock = &locks->list[i];
        if (lock->device == device && lock->inode == inode && lock->pid != getpid() &&
            !(ours && lock->kind == GP_LOCK_OFD))
            return lock;
    }
    return NULL;
}

int gp_locks_ask(const struct gp_sys *sys, int fd, pid_t *ret_pid)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int r;

    do
        r = sys->lock(sys, fd, F_OFD_GETLK, &lock);
    while (r < 0 && errno == EINTR);
    if (r < 0)
        return -errno;
    if (lock.l_type == F_UNLCK || lock.l_pid == getpid())
        return 0;
    *ret_pid = lock.l_pid;
    return 1;
}

int gp_locks_look(const struct gp_sys *sys, struct gp_arena *arena, int fd, bool ours, struct gp_lock *ret_lock)
{
    struct gp_lock asked = {.kind = GP_LOCK_OFD};
    struct gp_locks locks;
    struct stat status;
    dev_t device;

    if (sys->fstat(sys, fd, &status) < 0)
        return -errno;
    if (major(status.st_dev) != 0 || gp_locks_device(fd, &device) < 0)
        device = status.st_dev;
    gp_locks_read(arena, NULL, &locks);
    const struct gp_lock *lock = gp_locks_find(&locks, device, status.st_ino, ours);
    int r = lock ? 1 : gp_locks_ask(sys, fd, &asked.pid);
    if (r > 0) {
        asked.kind = asked.pid > 0 ? GP_LOCK_POSIX : GP_LOCK_OFD;
        *ret_lock = lock ? *lock : asked;
    }
    return r;
}

int gp_process_name(pid_t pid, struct gp_arena *arena, const char **ret_name)
{
    struct gp_strbuf text = {0};
    char file[64];

    *ret_name = NULL;
    snprintf(file, sizeof(file), "/proc/%ld/comm", (long)pid);
    int r = read_text(file, &text);
    if (r == 0 && text.len && text.data[text.len - 1] == '\n')
        text.len--;
    if (r == 0 && text.len) {
        *ret_name = gp_arena_memdup(arena, text.data, text.len);
        r = *ret_name ? 0 : -ENOMEM;
    }
    gp_strbuf_done(&text);
    if (r == -ENOMEM)
        return r;
    /* Without /proc every process would look gone. */
    return r == 0 || kill(pid, 0) == 0 || errno != ESRCH;
}

int gp_mountinfo_device(struct gp_str text, int mount, dev_t *ret_device)
{
    char line[LINE_BYTES];

    while (next_line(&text, line)) {
        int id;
        unsigned device_major, device_minor;
        if (sscanf(line, "%d %*d %u:%u ", &id, &device_major, &device_minor) == 3 && id == mount) {
            *ret_device = makedev(device_major, device_minor);
            return 0;
        }
    }
    return -ENOENT;
}

/* "mnt_id:	28" */
static int mount_of(int fd, int *ret_mount)
{
    struct gp_strbuf text = {0};
    char file[64], line[LINE_BYTES];

    snprintf(file, sizeof(file), "/proc/self/fdinfo/%d", fd);
    int r = read_text(file, &text);
    struct gp_str left = {gp_strbuf_text(&text), text.len};
    bool found = false;
    while (r >= 0 && !found && next_line(&left, line))
        found = sscanf(line, "mnt_id: %d", ret_mount) == 1;
    gp_strbuf_done(&text);
    return r < 0 ? r : found ? 0 : -ENOENT;
}

int gp_locks_device(int fd, dev_t *ret_device)
{
    struct gp_strbuf text = {0};
    int mount, r = mount_of(fd, &mount);

    if (r >= 0)
        r = read_text("/proc/self/mountinfo", &text);
    if (r >= 0)
        r = gp_mountinfo_device((struct gp_str){gp_strbuf_text(&text), text.len}, mount, ret_device);
    gp_strbuf_done(&text);
    return r;
}
