/*
 * Which tests a command line means: rule sets with the tests that lie with
 * them, files of tests, directories of such files.
 */
#ifndef GP_CLI_TEST_FILES_H
#define GP_CLI_TEST_FILES_H

#include <sys/types.h>

#include "author/tests.h"
#include "cli/cli.h"
#include "util/vec.h"

/* A file that is right, with its rule set's index. */
struct gp_test_source {
    struct gp_tests *tests;
    size_t set;
};

/* A load that was made, so that no file of a set is read and complained of for each of its tests. */
struct gp_test_load {
    const char *name, *layer;
    bool own, wrong;
    size_t set;
};

struct gp_test_identity {
    dev_t device;
    ino_t inode;
};

struct gp_test_files {
    struct gp_cli *cli;
    struct gp_load_options options;
    GP_VEC(struct gp_test_source) files;
    GP_VEC(struct gp_ruleset *) sets;
    GP_VEC(struct gp_test_load) loads;
    GP_VEC(struct gp_test_identity) known; /* files of tests */
    bool wrong; /* rule sets or files of tests are; why is in cli->diags */
};

void gp_test_files_free(struct gp_test_files *files);
/* Reads all that the operands name, or without any the tests of the rule sets in use.  0, GP_EXIT_USAGE after saying
 * that there is no such file, or -ENOMEM. */
int gp_test_files_read(struct gp_test_files *files, struct gp_cli *cli) GP_MUST_CHECK;

#endif
