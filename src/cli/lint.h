/*
 * What the files of the verb `lint` share: what is to be loaded for the PATHs
 * that somebody gave, and of what was found which part they asked for.
 */
#ifndef GP_CLI_LINT_H
#define GP_CLI_LINT_H

#include <sys/stat.h>

#include "cli/cli.h"
#include "report/findings.h"
#include "util/vec.h"

struct gp_tests;

#define GP_LINT_STDIN "<stdin>"

/* A file, or a directory of files, whose findings are asked for. */
struct gp_lint_scope {
    const char *path; /* as it was given */
    struct stat at;   /* of it; meaningless for a text */
    bool text;        /* the job's text, known by its name */
    bool seen;        /* something of it was read */
};

/* One load, with everything that belongs to it. */
struct gp_lint_job {
    const char *name;  /* for gp_load(); NULL: the text or the tests file alone */
    const char *layer; /* a directory above the layers that there are; NULL: none */
    struct gp_load_drop_in text; /* without a set, or a drop-in that lies in no layer; name NULL: neither */
    const char *tests; /* a tests file that lies in no layer; NULL: none */
    int error;         /* why there is no text: a positive errno; 0: there is */
    bool whole;        /* everything is asked for, not the scopes alone */
    GP_VEC(struct gp_lint_scope) scopes;

    struct gp_sources *sources;
    struct gp_diags *diags;
    struct gp_ruleset *rules; /* NULL: there is nothing of it */
    struct gp_tests **tests_read;
    size_t tests_count;
};

struct gp_lint_run {
    struct gp_cli *cli;
    struct gp_load_options options;
    const char **names; /* of all sets in the layers */
    size_t name_count;
    GP_VEC(struct gp_lint_job) jobs;
};

/* Adds what is to be loaded for a PATH (lint-paths.c).  0, GP_EXIT_USAGE after saying that it is nothing that can be
 * linted, or -ENOMEM. */
int gp_lint_take_path(struct gp_lint_run *lint, const char *path) GP_MUST_CHECK;
/* The job that loads `name` with `layer`, a new one if there is none.  NULL: out of memory. */
struct gp_lint_job *gp_lint_job(struct gp_lint_run *lint, const char *name, const char *layer) GP_MUST_CHECK;

/* Everything that the jobs found and somebody asked for, each thing once, in cli->arena (lint-collect.c).  0 or
 * -ENOMEM. */
int gp_lint_collect(struct gp_lint_run *lint, struct gp_findings *ret_findings) GP_MUST_CHECK;

#endif
