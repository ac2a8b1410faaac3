/*
 * Options: one table for all verbs; a verb says which of them it takes.
 */
#ifndef GP_CLI_OPTIONS_H
#define GP_CLI_OPTIONS_H

#include "eval/eval.h"
#include "report/report.h"

struct gp_cli;

/* A bit each: what a verb takes. */
enum gp_option_bit {
    GP_OPTION_RULES = 1 << 0,
    GP_OPTION_SET = 1 << 1,
    GP_OPTION_ATTEST = 1 << 2,
    GP_OPTION_STRICT = 1 << 3,
    GP_OPTION_DRY_RUN = 1 << 4,
    GP_OPTION_REASON = 1 << 5,
    GP_OPTION_STDIN0 = 1 << 6,
    GP_OPTION_NOW = 1 << 7,
    GP_OPTION_FORMAT = 1 << 8,
    GP_OPTION_QUIET = 1 << 9,
    GP_OPTION_VERBOSE = 1 << 10,
    GP_OPTION_HELP = 1 << 11,
    GP_OPTION_VERSION = 1 << 12,
    GP_OPTION_OUTPUT = 1 << 24,
    GP_OPTION_EVIDENCE = 1 << 25,
    GP_OPTION_COVERAGE = 1 << 16,
    GP_OPTION_THRESHOLD = 1 << 17,
    GP_OPTION_DISK = 1 << 18,
    GP_OPTION_ORIGIN = 1 << 20,
    GP_OPTION_DIFF = 1 << 21,
};

struct gp_options {
    const char **rules;
    size_t rules_count;
    struct gp_given *given;
    size_t given_count;
    struct gp_assumed *assumed;
    size_t assumed_count;
    bool strict, dry_run, stdin0, quiet, verbose, help, version;
    bool origin, diff;
    bool coverage, disk;
    int threshold; /* percent */
    const char *reason; /* NULL: not given */
    const char *output, *evidence; /* files; NULL: not given */
    struct timespec now;
    enum gp_format format;
    unsigned seen;  /* enum gp_option_bit */
    char **operands;
    size_t operand_count;
};

struct gp_option {
    const char *name; /* NULL ends the table */
    char letter;      /* 0: none */
    enum gp_option_bit bit;
    const char *argument; /* NULL: takes none */
    const char *help;
    /* Takes the argument.  0, GP_EXIT_USAGE after saying why, or -ENOMEM. */
    int (*take)(struct gp_cli *cli, const char *argument);
};

extern const struct gp_option gp_options[];

/* Reads options up to the first operand, which names the verb: `*ret_verb` is its index in `argv` (argc: none).
 * Then, for the verb, options and operands in any order.  Both: 0, GP_EXIT_USAGE after saying why, or -ENOMEM. */
int gp_options_before_verb(struct gp_cli *cli, int argc, char **argv, int *ret_verb) GP_MUST_CHECK;
int gp_options_of_verb(struct gp_cli *cli, int argc, char **argv) GP_MUST_CHECK;

#endif
