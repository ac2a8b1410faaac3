#include "probe/live.h"

#include <errno.h>
#include <string.h>

#include "probe/listing.h"
#include "util/sys-help.h"

#define DIRECTORY_FLAGS (O_RDONLY | O_DIRECTORY)
#define LEAST_OPEN 2 /* directories besides the root: one and its parent */
#define DIRENT_BYTES ((size_t)32 << 10)
#define LIST_TRIES 3 /* of a directory that changes while it is listed */

static struct gp_live *live_of(struct gp_backend *backend)
{
    return (struct gp_live *)backend;
}

static enum gp_filetype type_of(mode_t mode)
{
    return S_ISREG(mode) ? GP_FILETYPE_FILE : S_ISDIR(mode) ? GP_FILETYPE_DIRECTORY : GP_FILETYPE_OTHER;
}

static struct gp_facts facts_of(const struct stat *status)
{
    if (S_ISLNK(status->st_mode))
        return (struct gp_facts){.present = GP_TRI_UNKNOWN, .reason = GP_REASON_LINK};
    return (struct gp_facts){
        .present = GP_TRI_YES,
        .type = type_of(status->st_mode),
        .mode = status->st_mode & 07777,
        .size = (uint64_t)status->st_size,
        .mtime = status->st_mtim,
        .ctime = status->st_ctim,
        .device = status->st_dev,
        .inode = status->st_ino,
        .links = status->st_nlink,
        .owner = status->st_uid,
        .group = status->st_gid,
    };
}

static int stat_entry(struct gp_live *live, int dir, const struct gp_entry *entry, struct stat *ret_status)
{
    int r;

    do
        r = gp_entry_parent(entry) ? live->sys->fstatat(live->sys, dir, gp_entry_name0(entry), ret_status,
                                                        AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT)
                                   : live->sys->fstat(live->sys, dir, ret_status);
    while (r < 0 && errno == EINTR);
    return r < 0 ? -errno : 0;
}

static void live_look(struct gp_backend *backend, const struct gp_entry *entry, struct gp_facts *ret_facts)
{
    struct gp_live *live = live_of(backend);
    const struct gp_entry *parent = gp_entry_parent(entry);
    struct stat status;
    int dir = parent ? gp_live_directory(live, parent) : live->root;
    int r = dir < 0 ? dir : stat_entry(live, dir, entry, &status);

    if (r == 0)
        *ret_facts = facts_of(&status);
    else if (dir >= 0 && (r == -ENOENT || r == -ENOTDIR || r == -ENAMETOOLONG)) /* no name is that long */
        *ret_facts = (struct gp_facts){.present = GP_TRI_NO};
    else
        *ret_facts = (struct gp_facts){.present = GP_TRI_UNKNOWN, .reason = gp_reason_of_errno(r)};
}

/* As the kernel hands it out. */
struct dirent64_head {
    uint64_t inode;
    int64_t offset;
    uint16_t length;
    uint8_t type;
    char name[];
};

static int add_names(struct gp_names *names, const char *buffer, size_t size)
{
    for (size_t at = 0; at + offsetof(struct dirent64_head, name) < size;) {
        const struct dirent64_head *head = (const struct dirent64_head *)(const void *)(buffer + at);
        if (head->length < sizeof(*head) || head->length > size - at)
            return -EIO;
        size_t room = head->length - offsetof(struct dirent64_head, name);
        size_t len = strnlen(head->name, room);
        bool dots = (len == 1 && head->name[0] == '.') || (len == 2 && memcmp(head->name, "..", 2) == 0);
        int r = dots ? 0 : len ? gp_names_add(names, head->name, len) : -EIO;
        if (r < 0)
            return r;
        at += head->length;
    }
    return 0;
}

/* Reads all names.  0, -EAGAIN if the directory changed meanwhile, or another negative errno. */
static int read_names(struct gp_live *live, int fd, struct gp_names *names)
{
    _Alignas(struct dirent64_head) char buffer[DIRENT_BYTES];
    struct stat before, after;
    ssize_t n;

    if (live->sys->fstat(live->sys, fd, &before) < 0)
        return -errno;
    while ((n = live->sys->getdents64(live->sys, fd, buffer, sizeof(buffer))) != 0) {
        int r = n > 0 ? add_names(names, buffer, (size_t)n) : errno == EINTR ? 0 : -errno;
        if (r < 0)
            return r;
    }
    if (live->sys->fstat(live->sys, fd, &after) < 0)
        return -errno;
    return gp_time_same(before.st_mtim, after.st_mtim) ? 0 : -EAGAIN;
}

/* The same directory once more, with its position at the start. */
static int open_again(struct gp_live *live, int dir)
{
    int flags = DIRECTORY_FLAGS | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | O_NOFOLLOW;
    int fd = live->sys->openat(live->sys, dir, ".", flags | O_NOATIME, 0);

    if (fd < 0 && errno == EPERM)
        fd = live->sys->openat(live->sys, dir, ".", flags, 0);
    return fd < 0 ? -errno : fd;
}

static int list_again(struct gp_live *live, int dir, struct gp_names *names)
{
    int fd = open_again(live, dir);

    if (fd < 0)
        return fd;
    gp_names_reset(names);
    int r = read_names(live, fd, names);
    gp_sys_close(live->sys, &fd);
    return r;
}

/* The root may be a descriptor that others read as well, so it is always opened again. */
static int live_list(struct gp_backend *backend, const struct gp_entry *directory, struct gp_names *names)
{
    struct gp_live *live = live_of(backend);
    int dir = gp_live_directory(live, directory);

    if (dir < 0)
        return dir;
    int r = gp_entry_parent(directory) ? read_names(live, dir, names) : list_again(live, dir, names);
    for (int tries = 1; r == -EAGAIN && tries < LIST_TRIES; tries++)
        r = list_again(live, dir, names);
    return r;
}

static int live_read(struct gp_backend *backend, const struct gp_entry *file, uint64_t offset, void *buffer,
                     size_t size)
{
    struct gp_live *live = live_of(backend);
    int fd = gp_live_file(live, file);

    if (fd < 0)
        return fd;
    ssize_t n = gp_sys_read_full(live->sys, fd, buffer, size, offset);
    if (n < 0)
        return (int)n;
    int r = gp_live_check_file(live, fd, gp_entry_facts(file));
    return r < 0 ? r : (size_t)n == size ? 0 : -ESTALE;
}

static void live_let_go(struct gp_backend *backend)
{
    gp_live_close_file(live_of(backend));
}

static void live_free(struct gp_backend *backend)
{
    gp_live_close(live_of(backend));
}

static int live_open(struct gp_backend *backend, const char *directory, struct gp_arena *arena,
                     struct gp_backend **ret_backend);

static const struct gp_backend_ops live_ops = {
    .free = live_free,
    .look = live_look,
    .list = live_list,
    .read = live_read,
    .attributes = gp_live_attributes,
    .read_only = gp_live_read_only,
    .locked = gp_live_locked,
    .free_space = gp_live_free_space,
    .open = live_open,
    .let_go = live_let_go,
};

/* Remembers the file that the caller holds open. */
static int hold(struct gp_live *live, const struct gp_probe_options *options)
{
    struct stat status;

    live->held = -1;
    if (options->held_path == GP_PATH_NONE || options->held_path == GP_PATH_ROOT)
        return 0;
    if (live->sys->fstat(live->sys, options->held_fd, &status) < 0)
        return -errno;
    live->held = options->held_fd;
    live->held_device = status.st_dev;
    live->held_inode = status.st_ino;
    return 0;
}

/* A backend on a root that is open; it takes over the descriptor if `root_is_ours` and it succeeds. */
static int new_live(struct gp_arena *arena, int root, bool root_is_ours, const struct gp_probe_options *options,
                    struct gp_backend **ret_backend)
{
    struct gp_live *live = GP_NEW(arena, struct gp_live);

    if (!live)
        return -ENOMEM;
    live->backend.ops = &live_ops;
    live->sys = options->sys ? options->sys : &gp_sys_linux;
    live->arena = arena;
    live->locks_file = options->locks_file;
    live->root = root;
    live->root_is_ours = root_is_ours;
    live->file_fd = -1;
    live->open_limit = (options->open_limit > 0 ? options->open_limit : GP_PROBE_OPEN_DIRECTORIES) - 1; /* the root */
    if (live->open_limit < LEAST_OPEN)
        live->open_limit = LEAST_OPEN;
    int r = hold(live, options);
    if (r < 0)
        return r;
    *ret_backend = &live->backend;
    return 0;
}

static int open_root(const char *directory, struct gp_arena *arena, const struct gp_probe_options *options,
                     struct gp_backend **ret_backend)
{
    const struct gp_sys *sys = options->sys ? options->sys : &gp_sys_linux;
    int root = gp_sys_open_root(sys, directory);

    if (root < 0)
        return root;
    int r = new_live(arena, root, true, options, ret_backend);
    if (r < 0)
        gp_sys_close(sys, &root);
    return r;
}

static int live_open(struct gp_backend *backend, const char *directory, struct gp_arena *arena,
                     struct gp_backend **ret_backend)
{
    const struct gp_live *live = live_of(backend);
    struct gp_probe_options options = {
        .sys = live->sys,
        .open_limit = live->open_limit + 1,
        .held_path = GP_PATH_NONE,
        .locks_file = live->locks_file,
    };

    return open_root(directory, arena, &options, ret_backend);
}

static const struct gp_probe_options no_options = {.held_path = GP_PATH_NONE};

int gp_probe_open(struct gp_probe **ret_probe, const char *directory, const struct gp_probe_options *options)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_backend *backend = NULL;
    int r = arena ? open_root(directory, arena, options ? options : &no_options, &backend) : -ENOMEM;

    if (r < 0) {
        gp_arena_free(arena);
        return r;
    }
    return gp_probe_new(ret_probe, arena, backend, directory, options);
}

int gp_probe_open_fd(struct gp_probe **ret_probe, int fd, const char *name, const struct gp_probe_options *options)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_backend *backend = NULL;
    int r = arena ? new_live(arena, fd, false, options ? options : &no_options, &backend) : -ENOMEM;

    if (r < 0) {
        gp_arena_free(arena);
        return r;
    }
    return gp_probe_new(ret_probe, arena, backend, name, options);
}
