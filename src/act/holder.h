/*
 * Who holds a lock, as far as that is known: what the kernel tells of the lock,
 * and what GATEPOST/LOCK says of the run that took it last.
 */
#ifndef GP_ACT_HOLDER_H
#define GP_ACT_HOLDER_H

#include <sys/types.h>

#include "act/ground.h"
#include "util/arena.h"

/* Texts are hostile; NULL or 0: not known. */
struct gp_holder {
    const char *words; /* all of it, "another run holds the lock: …"; never NULL */
    const char *lock;  /* the file, from the root */
    pid_t pid;
    const char *process;           /* its name, where it runs on this machine */
    const char *host, *user, *operation, *since; /* GATEPOST/LOCK alone has them */
};

/* The text that a holder of GATEPOST/LOCK writes into it; 0 or a negative errno. */
int gp_holder_write(const struct gp_sys *sys, int fd, const struct gp_holder *holder) GP_MUST_CHECK;
/* Who holds the lock on an open file.  `own`: it is GATEPOST/LOCK; `ours`: we hold a lock on it as well, which does not
 * count.  0 or -ENOMEM. */
int gp_holder_find(const struct gp_sys *sys, int fd, const char *lock, bool own, bool ours, struct gp_arena *arena,
                   const struct gp_holder **ret_holder) GP_MUST_CHECK;
/* Who holds GATEPOST/LOCK in a directory, for those that only look; `*ret_holder` NULL: nobody, or it cannot be told.
 * 0 or -ENOMEM. */
int gp_holder_look(const char *directory, const struct gp_sys *sys, struct gp_arena *arena,
                   const struct gp_holder **ret_holder) GP_MUST_CHECK;

#endif
