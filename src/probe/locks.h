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
/* "a POSIX", "an open file description", "a flock" (lock) */
const char *gp_lock_kind_name(enum gp_lock_kind kind);

/* The device under which locks of the file system of an open file are listed.  File systems with several stat devices
 * (Btrfs) list them under another one than stat says.  0 or a negative errno. */
int gp_locks_device(int fd, dev_t *ret_device) GP_MUST_CHECK;
/* The device of a mount in the text of /proc/self/mountinfo. 0 or -ENOENT. */
int gp_mountinfo_device(struct gp_str text, int mount, dev_t *ret_device) GP_MUST_CHECK;

#endif
