/*
 * Exit statuses: one meaning each, never changed by an option.
 */
#ifndef GP_CLI_EXIT_H
#define GP_CLI_EXIT_H

enum gp_exit {
    GP_EXIT_OK = 0,          /* allowed, found, done */
    GP_EXIT_DENIED = 1,      /* denied; plan: there is no way; why: every cause is excluded */
    GP_EXIT_UNKNOWN = 2,     /* cannot tell */
    GP_EXIT_RULES = 3,       /* the rule files are wrong */
    GP_EXIT_DIRECTORY = 4,   /* the directory cannot be used */
    GP_EXIT_FAILED = 5,      /* the action failed; the tree is as it was before */
    GP_EXIT_CHANGED = 6,     /* the tree changed between decision and action; nothing was done */
    GP_EXIT_INTERRUPTED = 7, /* recover is needed */
    GP_EXIT_USAGE = 64,
    GP_EXIT_INTERNAL = 70,
    GP_EXIT_BUSY = 75,       /* someone else holds the lock */
};

/* Of the statuses of two directories, the one that the program ends with.  Usage never gets here: it ends the work. */
int gp_exit_worse(int a, int b);

#endif
