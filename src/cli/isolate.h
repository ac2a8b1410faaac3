/*
 * Isolation: the process gives up, for good, every right to write files that
 * its verb does not need, before it looks at anything.  On a kernel that has no
 * Landlock nothing is restricted, and `--version -v` says so.
 */
#ifndef GP_CLI_ISOLATE_H
#define GP_CLI_ISOLATE_H

#include "util/base.h"

struct gp_cli;

/* What a verb may write. */
enum gp_writes {
    GP_WRITES_NOTHING,
    GP_WRITES_TREE,      /* beneath the directory that its last operand names */
    GP_WRITES_OUTPUT,    /* the file of --output, which is made beside it first */
    GP_WRITES_TEMPORARY, /* with --disk: beneath the directory for temporary files */
};

/* Where temporary files are made. */
const char *gp_temporary_directory(void);
/* Restricts the process as the verb's row says.  0, or a negative errno: the kernel has Landlock, and refused. */
int gp_isolate(const struct gp_cli *cli) GP_MUST_CHECK;

#endif
