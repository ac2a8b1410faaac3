/*
 * Who runs this, and where, for the ledger.
 */
#ifndef GP_CLI_PERSON_H
#define GP_CLI_PERSON_H

#include "util/arena.h"

/* The user's name ("uid 1000" if it has none) and the host's; in `arena`. 0 or -ENOMEM. */
int gp_person(struct gp_arena *arena, const char **ret_who, const char **ret_host) GP_MUST_CHECK;

#endif
