/*
 * A foreign program, kept on a short lead: what it may write, how long it may
 * take, what it says, and that nothing of it lives on afterwards.
 *
 * It gets an argument vector and no shell, an environment of its own, no
 * descriptors but the three and `kept`, no signals that somebody had blocked or
 * ignored, no core dump and no rights that its file would give it.  It dies
 * with this process.  Processes that it leaves behind become our children
 * (subreaper), so each of them is waited for, and ended when time is up.
 */
#ifndef GP_ACT_CHILD_H
#define GP_ACT_CHILD_H

#include "util/arena.h"

struct gp_child_options {
    const char *program;             /* its file, absolute */
    char *const *arguments;          /* ended by NULL; the first is its name */
    char *const *environment;        /* ended by NULL */
    int directory;                   /* its working directory */
    int scratch;                     /* beneath these two alone it may write, where the kernel can see to it */
    int kept;                        /* a descriptor that it inherits, whose lock it thereby holds; -1: none */
    bool interactive;                /* it gets our terminal; else nothing to read, and its output is captured */
    int64_t timeout;                 /* seconds; 0: none */
};

#define GP_CHILD_OUTPUT ((size_t)32 << 10) /* bytes kept of each end of what it says */
#define GP_CHILD_AFTER 10                  /* seconds that are left to what it leaves behind */

struct gp_child_result {
    int error;            /* errno: it could not be started */
    int status;           /* as waitpid() says it */
    bool timed_out;       /* so it was ended */
    unsigned ended;       /* processes that it left behind and that had to be ended */
    bool escaped;         /* some could not be ended */
    bool confined;        /* the kernel kept it from writing elsewhere */
    struct gp_str output; /* bytes, hostile; in the arena */
    uint64_t dropped;     /* bytes out of the middle of it that were not kept … */
    size_t dropped_at;    /* … and where they stood */
};

/* Runs it to its end.  0 (whatever came of it: `ret_result`), -ENOMEM, or another negative errno: nothing was
 * started. */
int gp_child_run(const struct gp_child_options *options, struct gp_arena *arena, struct gp_child_result *ret_result)
    GP_MUST_CHECK;

#endif
