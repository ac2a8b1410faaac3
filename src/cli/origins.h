/*
 * `show --origin` and `show --diff`: where values come from, and what differs
 * from the rule set as its vendor ships it.
 */
#ifndef GP_CLI_ORIGINS_H
#define GP_CLI_ORIGINS_H

#include "cli/cli.h"

/* Each for every set that was loaded; `id` NULL: all of it, else only ID or ID/PART, with or without SET/ before it.
 * Adds to `*count` what was shown.  0, GP_EXIT_RULES after saying why the vendor's set cannot be loaded, or -ENOMEM. */
int gp_origins_show(struct gp_cli *cli, const char *id, size_t *count) GP_MUST_CHECK;
int gp_origins_diff(struct gp_cli *cli, const char *id, size_t *count) GP_MUST_CHECK;

#endif
