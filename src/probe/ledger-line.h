/*
 * One line of the ledger: what is wrong with it, or an entry.
 */
#ifndef GP_PROBE_LEDGER_LINE_H
#define GP_PROBE_LEDGER_LINE_H

#include "probe/ledger.h"

struct gp_ledger_reading {
    struct gp_ledger_entry entry; /* 0: filled in but for its number */
    const char *what;             /* -EINVAL: is wrong, in words */
    bool no_move;                 /* -EINVAL: but it is no completed operation in any case */
};

/* Reads a line without its newline; `ended`: it has one.  0, -EINVAL or -ENOMEM. */
int gp_ledger_line_read(struct gp_arena *arena, struct gp_str line, bool ended, struct gp_ledger_reading *ret_reading)
    GP_MUST_CHECK;

#endif
