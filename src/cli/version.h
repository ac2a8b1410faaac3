/*
 * --version: which program this is, and with -v what is in it.
 */
#ifndef GP_CLI_VERSION_H
#define GP_CLI_VERSION_H

#include "cli/cli.h"

/* Writes it.  0 or -ENOMEM; rule sets that cannot be loaded are told, and are no error here. */
int gp_version(struct gp_cli *cli) GP_MUST_CHECK;

#endif
