/*
 * The directories of a command, one after the other: operands, then standard
 * input with --stdin0.
 */
#ifndef GP_CLI_DIRS_H
#define GP_CLI_DIRS_H

#include <stdio.h>

#include "cli/cli.h"

struct gp_dirs {
    struct gp_cli *cli;
    size_t next;   /* operand */
    size_t count;  /* handed out */
    char *line;
    size_t capacity;
};

void gp_dirs_done(struct gp_dirs *dirs);
/* Begins with the operand of this index. */
struct gp_dirs gp_dirs_begin(struct gp_cli *cli, size_t first);
/* The next one, good until the next call.  0 with `*ret_directory` NULL at the end; GP_EXIT_USAGE after saying that
 * there was none at all, or an empty name; GP_EXIT_INTERNAL after saying that standard input cannot be read. */
int gp_dirs_next(struct gp_dirs *dirs, const char **ret_directory) GP_MUST_CHECK;

#endif
