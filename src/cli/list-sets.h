/*
 * `list sets` and `list files`: which rule sets there are, of what they are
 * made, and what of the layers is hidden, replaced or masked.
 */
#ifndef GP_CLI_LIST_SETS_H
#define GP_CLI_LIST_SETS_H

#include "cli/cli.h"

/* All sets that the layers hold, also those that are broken or masked.  `unused`: as a row of the lists has it.  0 or
 * -ENOMEM. */
int gp_list_sets(struct gp_cli *cli, int unused) GP_MUST_CHECK;
/* The files of the sets in use.  0, GP_EXIT_RULES after saying why, or -ENOMEM. */
int gp_list_files(struct gp_cli *cli, int unused) GP_MUST_CHECK;

#endif
