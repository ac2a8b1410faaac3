/*
 * A result in a file of its own (-o): there as a whole or not at all.
 */
#ifndef GP_CLI_SAVE_H
#define GP_CLI_SAVE_H

#include "cli/cli.h"

/* Whether a file can be saved here, said before any work is done: it must not lie beneath `directory`, which nothing is
 * written to, and may replace a regular file only.  0, GP_EXIT_USAGE (the name will not do) or GP_EXIT_INTERNAL after saying why not. */
int gp_save_check(struct gp_cli *cli, const char *file, const char *directory) GP_MUST_CHECK;
/* Writes a new file beside it, readable by its owner alone, and gives it the name.  0; GP_EXIT_USAGE (no such
 * place, or none that may be written to) or GP_EXIT_INTERNAL after saying why not; -ENOMEM. */
int gp_save(struct gp_cli *cli, const char *file, struct gp_str text) GP_MUST_CHECK;

#endif
