/*
 * A removed directory may be as deep as somebody liked, so nothing here goes
 * down: a directory that lies in a directory is first moved up beside it.
 */
#include "act/litter.h"

#include <errno.h>
#include <stdio.h>

#include "util/sys-help.h"

#define PASSES 8 /* over a directory in which other programs make names */
#define NAMES 10000000u

struct sweep {
    const struct gp_sys *sys;
    int top;          /* TX */
    int inner;        /* the directory in it that is being emptied */
    unsigned counter; /* for the names of what moves up */
    bool found;       /* something moved up in this pass */
};

static int unlink_here(const struct gp_sys *sys, int dir, const char *name, int flags)
{
    int r = gp_call_unlink(sys, dir, name, flags);

    return r == -ENOENT ? 0 : r;
}

/* Moves a directory up under a name that is free. */
static int move_up(struct sweep *sweep, const char *name)
{
    char up[16];
    int r;

    sweep->found = true;
    do {
        snprintf(up, sizeof(up), "D%07u", sweep->counter++ % NAMES);
        r = gp_call_rename(sweep->sys, sweep->inner, name, sweep->top, up, RENAME_NOREPLACE);
    } while (r == -EEXIST && sweep->counter < NAMES);
    return r == -ENOENT ? 0 : r;
}

/* A name in a directory in TX. */
static int remove_inner(void *context, const char *name)
{
    struct sweep *sweep = context;
    struct stat status;
    int r = gp_call_stat(sweep->sys, sweep->inner, name, &status);

    if (r < 0)
        return r == -ENOENT ? 0 : r;
    return S_ISDIR(status.st_mode) ? move_up(sweep, name) : unlink_here(sweep->sys, sweep->inner, name, 0);
}

/* A removed directory need not let us write in it, but it is ours to remove. */
static int open_to_empty(const struct gp_sys *sys, int top, const char *name)
{
    struct stat status;
    int fd = gp_sys_open_beneath(sys, top, name, O_RDONLY | O_DIRECTORY, 0);
    int r = fd < 0 ? fd : gp_call_fstat(sys, fd, &status);

    if (r >= 0 && (status.st_mode & 0700) != 0700 && sys->fchmod(sys, fd, 0700) < 0)
        r = -errno;
    if (r < 0)
        gp_sys_close(sys, &fd);
    return r < 0 ? r : fd;
}

static int remove_directory(struct sweep *sweep, const char *name)
{
    int r = -ENOTEMPTY;

    for (int pass = 0; pass < PASSES && (r == -ENOTEMPTY || r == -EEXIST); pass++) {
        sweep->inner = open_to_empty(sweep->sys, sweep->top, name);
        if (sweep->inner < 0)
            return sweep->inner == -ENOENT ? 0 : sweep->inner;
        r = gp_call_names(sweep->sys, sweep->inner, remove_inner, sweep);
        gp_sys_close(sweep->sys, &sweep->inner);
        if (r == 0)
            r = unlink_here(sweep->sys, sweep->top, name, AT_REMOVEDIR);
    }
    return r;
}

static int remove_outer(void *context, const char *name)
{
    struct sweep *sweep = context;
    struct stat status;
    int r = gp_call_stat(sweep->sys, sweep->top, name, &status);

    if (r < 0)
        return r == -ENOENT ? 0 : r;
    return S_ISDIR(status.st_mode) ? remove_directory(sweep, name) : unlink_here(sweep->sys, sweep->top, name, 0);
}

/* Passes over TX until nothing moves up any more. */
static int empty_tx(const struct gp_ground *ground)
{
    struct sweep sweep = {.sys = ground->sys, .inner = -1};
    int r;

    do {
        sweep.found = false;
        sweep.top = open_to_empty(ground->sys, ground->own, "TX");
        if (sweep.top < 0)
            return sweep.top == -ENOENT ? 0 : sweep.top;
        r = gp_call_names(ground->sys, sweep.top, remove_outer, &sweep);
        gp_sys_close(ground->sys, &sweep.top);
    } while (r == 0 && sweep.found);
    return r;
}

int gp_litter_remove(const struct gp_ground *ground)
{
    int r = unlink_here(ground->sys, ground->own, "JOURNAL.NEW", 0);

    for (int pass = 0; pass < PASSES && r == 0; pass++) {
        r = empty_tx(ground);
        if (r == 0)
            r = unlink_here(ground->sys, ground->own, "TX", AT_REMOVEDIR);
        if (r == 0)
            return 0;
        if (r == -ENOTEMPTY || r == -EEXIST) /* names that a pass did not see */
            r = 0;
    }
    return r < 0 ? r : -ENOTEMPTY;
}
