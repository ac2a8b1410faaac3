/*
 * Rule sets for verbs that look at directories: a program that reads JSON gets
 * its objects also where the rule files are wrong.
 */
#ifndef GP_CLI_WRONG_RULES_H
#define GP_CLI_WRONG_RULES_H

#include "cli/cli.h"

/* gp_rulesets_load(); if the rule files are wrong, JSON gets an object with the first error for each directory (the
 * operands from `first` on) and operation of the list `operations` (NULL: the verb asks for none).  The same
 * statuses. */
int gp_rulesets_load_for(struct gp_cli *cli, const char *operations, size_t first) GP_MUST_CHECK;

#endif
