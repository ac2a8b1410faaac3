/*
 * Lint: everything that can be wrong with a rule set that loads, without a
 * target.  The table of checks is in lint.c; each finding is a
 * diagnostic of GP06xx.
 */
#ifndef GP_AUTHOR_LINT_H
#define GP_AUTHOR_LINT_H

#include <time.h>

#include "rule/family.h"
#include "util/diag.h"

struct gp_lint_options {
    const struct gp_registry *registry;
    struct timespec now; /* for waivers past their date */
    bool fragment;       /* a lone file without its set: checks that need the whole set did not run */
};

/* Adds what is to be said of `rules` to `diags`; what is broken (load with `keep_broken`) is passed over.  Linear in
 * the size of the set.  0 also if there are findings, or -ENOMEM. */
int gp_lint(const struct gp_ruleset *rules, const struct gp_lint_options *options, struct gp_diags *diags)
    GP_MUST_CHECK;

#endif
