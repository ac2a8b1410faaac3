/* What the files that run a foreign program share. */
#ifndef GP_ACT_CHILD_INTERNAL_H
#define GP_ACT_CHILD_INTERNAL_H

#include <sys/types.h>

#include "act/child.h"
#include "util/landlock.h"

/* What the child needs between fork() and its program; all of it is made before. */
struct gp_child_start {
    const struct gp_child_options *options;
    struct gp_landlock lock; /* if `confined` */
    bool confined;
    int said;  /* where its output goes; -1: to the terminal */
    int error; /* where it says, as an int, why it could not become the program */
};

/* child-become.c: in the child, whose parent is `parent`.  Never returns. */
_Noreturn void gp_child_become(const struct gp_child_start *start, pid_t parent);

/* descendants.c: sends a signal to every process that descends from this one; how many there were. */
unsigned gp_descendants_kill(int signal);

/* output-ends.c: both ends of a long output. */
struct gp_output_ends {
    char head[GP_CHILD_OUTPUT], tail[GP_CHILD_OUTPUT];
    size_t head_size;
    uint64_t tail_total; /* bytes that came after the head; the tail holds the last of them, round and round */
};
void gp_output_ends_add(struct gp_output_ends *ends, const char *data, size_t size);
/* Fills in output, dropped and dropped_at.  0 or -ENOMEM. */
int gp_output_ends_take(const struct gp_output_ends *ends, struct gp_arena *arena, struct gp_child_result *result)
    GP_MUST_CHECK;

#endif
