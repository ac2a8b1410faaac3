/*
 * What the kernel says of locks: /proc/locks, and which device it means.
 * Neither file is of the tree, so neither goes through its system calls.
 */
#ifndef GP_PROBE_LOCKS_H
#define GP_PROBE_LOCKS_H

#include "probe/probe.h"

enum gp_lock_kind { GP_LOCK_POSIX, GP_LOCK_OFD, GP_LOCK_FLOCK };

struct gp_lock {
    dev_t device;
    ino_t inode;
    pid_t pid; /* -1 of an OFD lock: nobody in particular */
    enum gp_lock_kind kind;
};

struct gp_locks {
    enum gp_reason reason; /* NONE, or why the list may lack some */
    struct gp_lock *list;
    size_t count;
};

/* Parses the text of /proc/locks; locks that are only waited for are left out. 0 or -ENOMEM. */
int gp_locks_parse(struct gp_arena *arena, struct gp_str text, struct gp_locks *ret_locks) GP_MUST_CHECK;
/* Reads `file`, or /proc/locks if it is NULL; what fails is in `reason`. */
void gp_locks_read(struct gp_arena *arena, const char *file, struct gp_locks *ret_locks);
/* The first lock on a file in the list that is not this process's; with `ours` no open file description locks, which
 * name no holder and may be our own.  NULL: none. */
const struct gp_lock *gp_locks_find(const struct gp_locks *locks, dev_t device, ino_t inode, bool ours);
/* Asks the file system itself: this sees locks of other machines and of other process namespaces, but no flock.  1 with
 * the holder (not above 0: it has no name here), 0 or a negative errno. */
int gp_locks_ask(const struct gp_sys *sys, int fd, pid_t *ret_pid) GP_MUST_CHECK;
/* Both, for a file that is open: 1 with a lock, 0 if none can be seen, or a negative errno.  `ours`: a lock of our own
 * may be on it. */
int gp_locks_look(const struct gp_sys *sys, struct gp_arena *arena, int fd, bool ours, struct gp_lock *ret_lock)
    GP_MUST_CHECK;
/* The name of a process, hostile, in the arena; `*ret_name` NULL where it cannot be told.  1, 0 if there is no such
 * process, or -ENOMEM. */
int gp_process_name(pid_t pid, struct gp_arena *arena, const char **ret_name) GP_MUST_CHECK;

/* "a POSIX", "an open file description", "a flock" (lock) */
const char *gp_lock_kind_name(enum gp_lock_kind kind);

/* The device under which locks of the file system of an open file are listed.  File systems with several stat devices
 * (Btrfs) list them under another one than stat says.  0 or a negative errno. */
int gp_locks_device(int fd, dev_t *ret_device) GP_MUST_CHECK;
/* The device of a mount in the text of /proc/self/mountinfo. 0 or -ENOENT. */
int gp_mountinfo_device(struct gp_str text, int mount, dev_t *ret_device) GP_MUST_CHECK;

#endif
