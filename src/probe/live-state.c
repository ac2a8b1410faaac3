/*
 * Attributes, mounts, locks and space of the live tree.
 */
#include <errno.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "probe/dos-attributes.h"
#include "probe/live.h"

static struct gp_live *live_of(struct gp_backend *backend)
{
    return (struct gp_live *)backend;
}

/* A descriptor of a file or directory itself. */
static int own_descriptor(struct gp_live *live, const struct gp_entry *entry)
{
    return gp_entry_facts(entry)->type == GP_FILETYPE_DIRECTORY ? gp_live_directory(live, entry)
                                                                : gp_live_file(live, entry);
}

int gp_live_attributes(struct gp_backend *backend, const struct gp_entry *entry, unsigned *ret_known, unsigned *ret_set)
{
    struct gp_live *live = live_of(backend);
    dev_t device = gp_entry_facts(entry)->device;
    unsigned known = 0, set = 0;
    int fd = own_descriptor(live, entry), r = 0;

    if (fd < 0)
        return fd;
    if (!live->no_fat_known || live->no_fat != device) {
        r = gp_dos_attributes_fat(live->sys, fd, &known, &set);
        if (r < 0)
            return r;
        live->no_fat_known = !known;
        live->no_fat = device;
    }
    if (!known)
        r = gp_dos_attributes_samba(live->sys, fd, &known, &set);
    if (r < 0)
        return r;
    *ret_known = known;
    *ret_set = set;
    return 0;
}

/* A descriptor on the file system of an entry: that of its directory, if that will do. */
static int file_system_descriptor(struct gp_live *live, const struct gp_entry *entry)
{
    const struct gp_entry *parent = gp_entry_parent(entry);
    dev_t device = gp_entry_facts(entry)->device;

    if (parent && gp_entry_facts(parent)->device == device)
        return gp_live_directory(live, parent);
    return gp_entry_facts(entry)->type == GP_FILETYPE_OTHER ? -EXDEV : own_descriptor(live, entry);
}

static int statvfs_of(const struct gp_sys *sys, int fd, struct statvfs *ret_status)
{
    int r;

    do
        r = sys->fstatvfs(sys, fd, ret_status);
    while (r < 0 && errno == EINTR);
    return r < 0 ? -errno : 0;
}

int gp_live_read_only(struct gp_backend *backend, const struct gp_entry *entry)
{
    struct gp_live *live = live_of(backend);
    struct statvfs status;
    dev_t device = gp_entry_facts(entry)->device;

    if (live->read_only_known && live->read_only_device == device)
        return live->read_only;
    int fd = file_system_descriptor(live, entry);
    int r = fd < 0 ? fd : statvfs_of(live->sys, fd, &status);
    if (r < 0)
        return r;
    live->read_only_known = true;
    live->read_only_device = device;
    live->read_only = (status.f_flag & ST_RDONLY) != 0;
    return live->read_only;
}

int gp_live_free_space(struct gp_backend *backend, uint64_t *ret_bytes)
{
    struct gp_live *live = live_of(backend);
    struct statvfs status;
    uint64_t bytes;
    int r = statvfs_of(live->sys, live->root, &status);

    if (r < 0)
        return r;
    if (__builtin_mul_overflow((uint64_t)status.f_bavail, (uint64_t)status.f_frsize, &bytes))
        bytes = UINT64_MAX;
    *ret_bytes = bytes;
    return 0;
}

/* ---- locks ------------------------------------------------------------------------------------------------------- */

/* The device under which locks on an entry are listed.  Disks have one name; what has none of its own (device 0:N) may
 * have several. */
static dev_t lock_device(struct gp_live *live, const struct gp_entry *entry, int fd)
{
    dev_t device = gp_entry_facts(entry)->device, listed;

    if (major(device) != 0)
        return device;
    if (live->lock_device_known && live->stat_device == device)
        return live->lock_device;
    if (fd < 0)
        fd = file_system_descriptor(live, entry);
    if (fd < 0 || gp_locks_device(fd, &listed) < 0)
        return device;
    live->lock_device_known = true;
    live->stat_device = device;
    live->lock_device = listed;
    return listed;
}

static struct gp_answer held_by(struct gp_live *live, const char *kind, pid_t pid)
{
    const char *detail =
        pid > 0 ? gp_arena_printf(live->arena, "another process holds %s lock (pid %ld)", kind, (long)pid)
                : gp_arena_printf(live->arena, "another process holds %s lock", kind);

    return (struct gp_answer){.value = GP_TRI_YES, .detail = detail};
}

struct gp_answer gp_live_locked(struct gp_backend *backend, const struct gp_entry *entry)
{
    struct gp_live *live = live_of(backend);
    const struct gp_facts *facts = gp_entry_facts(entry);
    bool held = gp_live_is_held(live, facts);
    int fd = facts->type == GP_FILETYPE_OTHER ? -ENXIO : own_descriptor(live, entry);
    pid_t pid = 0;

    if (!live->locks_read) {
        gp_locks_read(live->arena, live->locks_file, &live->locks);
        live->locks_read = true;
    }
    const struct gp_lock *lock = gp_locks_find(&live->locks, lock_device(live, entry, fd), facts->inode, held);
    if (lock)
        return held_by(live, gp_lock_kind_name(lock->kind), lock->pid);
    int asked = fd >= 0 && facts->type == GP_FILETYPE_FILE ? gp_locks_ask(live->sys, fd, &pid) : -ENXIO;
    if (asked > 0)
        return held_by(live, pid > 0 ? "a POSIX" : "a POSIX or open file description", pid);
    if (live->locks.reason != GP_REASON_NONE)
        return (struct gp_answer){.value = GP_TRI_UNKNOWN, .reason = live->locks.reason};
    if (fd < 0 && gp_reason_of_errno(fd) == GP_REASON_CHANGED)
        return (struct gp_answer){.value = GP_TRI_UNKNOWN, .reason = GP_REASON_CHANGED};
    if (held && asked < 0) /* the list cannot tell our lock from another's */
        return (struct gp_answer){.value = GP_TRI_UNKNOWN, .reason = gp_reason_of_errno(asked)};
    return (struct gp_answer){.value = GP_TRI_NO};
}
