/*
 * The live tree: the backend that asks the kernel, through the table of system calls.
 */
#ifndef GP_PROBE_LIVE_H
#define GP_PROBE_LIVE_H

#include "probe/backend.h"
#include "probe/locks.h"

/* A directory that is, or was, open. */
struct gp_live_dir {
    const struct gp_entry *entry;
    int fd; /* -1: closed to make room */
    struct gp_live_dir *newer, *older;
};

struct gp_live {
    struct gp_backend backend;
    const struct gp_sys *sys;
    struct gp_arena *arena;
    const char *locks_file;

    int root;
    bool root_is_ours;
    struct gp_live_dir *newest, *oldest; /* those that are open, without the root */
    int open_count, open_limit;

    const struct gp_entry *file; /* the file that was opened last */
    int file_fd;

    int held; /* the file that the caller holds open, -1: none */
    dev_t held_device;
    ino_t held_inode;

    bool locks_read;
    struct gp_locks locks;
    bool lock_device_known;         /* what /proc/locks calls the device … */
    dev_t stat_device, lock_device; /* … that stat calls stat_device */
    bool read_only_known; /* whether a device is mounted read-only */
    bool read_only;
    dev_t read_only_device;
    bool no_fat_known;              /* files of this device have no FAT attributes */
    dev_t no_fat;
};

/* These return a descriptor, which stays the backend's, or a negative errno; the directory's is good until the next
 * call. */
int gp_live_directory(struct gp_live *live, const struct gp_entry *directory) GP_MUST_CHECK;
/* -ESTALE: it is not the file that was seen. */
int gp_live_file(struct gp_live *live, const struct gp_entry *file) GP_MUST_CHECK;
/* Whether an open file is what look() saw, and as it was then: 0, -ESTALE, or another negative errno. */
int gp_live_check_file(struct gp_live *live, int fd, const struct gp_facts *facts) GP_MUST_CHECK;
void gp_live_close_file(struct gp_live *live);
void gp_live_close(struct gp_live *live); /* all descriptors that are ours */
/* Whether it is the file that the caller holds open. */
bool gp_live_is_held(const struct gp_live *live, const struct gp_facts *facts);

static inline bool gp_time_same(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* live-state.c */
int gp_live_attributes(struct gp_backend *backend, const struct gp_entry *entry, unsigned *ret_known,
                       unsigned *ret_set);
int gp_live_read_only(struct gp_backend *backend, const struct gp_entry *entry);
struct gp_answer gp_live_locked(struct gp_backend *backend, const struct gp_entry *entry);
int gp_live_free_space(struct gp_backend *backend, uint64_t *ret_bytes);

#endif
