/*
 * Who may act: GATEPOST made, GATEPOST/LOCK held, the marks of an interrupted
 * run, the rule set's own lock.
 *
 * Locks are open file description locks, which the locks of fcntl and lockf see
 * and which go with the descriptor, so nobody has to break one.  A flock does
 * not see them, nor they it: another's flock is looked for in /proc/locks once
 * the lock is taken, and counts like any other.  A lock of ours names no holder;
 * who holds GATEPOST/LOCK writes that into it.
 */
#ifndef GP_ACT_LOCK_H
#define GP_ACT_LOCK_H

#include "act/ground.h"
#include "act/holder.h"
#include "rule/model.h"
#include "util/arena.h"

struct gp_lock_text {
    const char *who, *host; /* NULL: told by number, asked of the kernel */
    const char *operation;
    struct timespec now;
};

/* Opens GATEPOST, made if it is absent and `make` (the root's time is put back).  -ENOENT without `make`; -ENOTDIR or
 * -ELOOP if something else has its name. */
int gp_own_open(struct gp_ground *ground, bool make) GP_MUST_CHECK;
/* Takes GATEPOST/LOCK: a descriptor that holds it.  -EAGAIN if somebody else does, with what is known of them; another
 * negative errno. */
int gp_own_lock(const struct gp_ground *ground, const struct gp_lock_text *text, struct gp_arena *arena,
                const struct gp_holder **ret_holder) GP_MUST_CHECK;
/* Whether a name is in GATEPOST: 1, 0 or a negative errno. */
int gp_own_has(const struct gp_ground *ground, const char *name) GP_MUST_CHECK;
/* Whether a run was interrupted (JOURNAL or DONE): 1, 0 or a negative errno. */
int gp_own_interrupted(const struct gp_ground *ground) GP_MUST_CHECK;

/* Takes the lock of a rule set on `path`, a real name: a descriptor; -1: absent, no file, or not openable for writing,
 * and nobody is seen to hold it; -EAGAIN: somebody else holds it, as above; -ENOMEM. */
int gp_tree_lock(const struct gp_ground *ground, const char *path, struct gp_arena *arena,
                 const struct gp_holder **ret_holder) GP_MUST_CHECK;

#endif
