/*
 * Isolation: the process gives up, for good, every right to write files that
 * its verb does not need, before it looks at anything (Linux's Landlock).  On a
 * kernel that has none, nothing is restricted, and `--version -v` says so.
 *
 * It covers what files hold and what names there are.  Landlock does not know
 * modes, owners, times and extended attributes.
 */
#ifndef GP_CLI_ISOLATE_H
#define GP_CLI_ISOLATE_H

struct gp_cli;

/* What a verb may write. */
enum gp_writes {
    GP_WRITES_NOTHING,
    GP_WRITES_TREE, /* beneath the directory that its last operand names */
};

/* The version of Landlock that the kernel offers; 0: none. */
int gp_isolate_version(void);
/* Restricts the process as the verb's row says.  0, or a negative errno: the kernel has Landlock, and refused. */
int gp_isolate(const struct gp_cli *cli) __attribute__((warn_unused_result));

#endif
