/*
 * Appending to GATEPOST/LEDGER, and what comes after the commit point.
 */
#ifndef GP_ACT_LEDGER_H
#define GP_ACT_LEDGER_H

#include "act/journal.h"
#include "probe/ledger.h"
#include "rule/model.h"

/* Appends each line (without its newline) whose id is not there yet, after a newline if the last line is torn; flushes
 * the file, but not its name, which may be new.  May be repeated.  0 or a negative errno. */
int gp_ledger_append(const struct gp_ground *ground, struct gp_arena *arena, const char *const *lines, size_t count)
    GP_MUST_CHECK;
/* Whether a line could be appended: 0 (LEDGER may be absent), -EINVAL if it is no regular file, another negative errno. */
int gp_ledger_usable(const struct gp_ground *ground) GP_MUST_CHECK;
/* Fills in the rule set of an entry, and what it extends; in the arena. 0 or -ENOMEM. */
int gp_ledger_name_rules(struct gp_arena *arena, const struct gp_ruleset *rules, struct gp_ledger_entry *entry)
    GP_MUST_CHECK;
/* An id that no other line has; in the arena.  NULL: out of memory. */
const char *gp_ledger_new_id(struct gp_arena *arena, struct timespec now) GP_MUST_CHECK;

/* After the commit point: writes the ledger, removes TX, then DONE.  May be repeated; DONE is the last to go. */
int gp_finish(struct gp_ground *ground, struct gp_arena *arena, const struct gp_journal *journal) GP_MUST_CHECK;
/* After an undo: removes JOURNAL, then TX. */
int gp_abandon(struct gp_ground *ground) GP_MUST_CHECK;

#endif
