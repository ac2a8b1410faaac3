/*
 * Rule tests (language.md 12): files that describe trees and say what must be
 * decided there.
 *
 *     gp_tests_open()   reads a file; says which rule set it is for
 *     gp_tests_check()  holds every name in it against that rule set
 *     gp_tests_run()    builds each tree, in memory or on the disk, and decides
 *
 * What is wrong with a file is in the sink; nothing runs then.
 */
#ifndef GP_AUTHOR_TESTS_H
#define GP_AUTHOR_TESTS_H

#include "author/results.h"
#include "eval/eval.h"
#include "load/load.h"
#include "rule/tests.h"

struct gp_tests;
struct gp_coverage_record;

void gp_tests_free(struct gp_tests *tests);
/* Reads one file.  With errors (-EINVAL, they are in `diags`) `*ret_tests` is set all the same, for what could be read;
 * else it is untouched.  0, -EINVAL or -ENOMEM. */
int gp_tests_open(struct gp_tests **ret_tests, const char *path, const struct gp_load_options *options,
                  struct gp_diags *diags) GP_MUST_CHECK;
/* The rule set that the file is for; data NULL: it does not say. */
struct gp_str gp_tests_set(const struct gp_tests *tests);
/* Holds the file against its rule set, which must outlive it.  0, -EINVAL (errors in `diags`), -ENOMEM. */
int gp_tests_check(struct gp_tests *tests, const struct gp_ruleset *rules, struct gp_diags *diags) GP_MUST_CHECK;
/* Both: for those who only want what is to be said of a file.  `rules` may be broken (keep_broken); if it is partial
 * the file is not held against it, as names that seem to lead nowhere may not be to blame. */
int gp_tests_load(struct gp_tests **ret_tests, const struct gp_ruleset *rules, const char *path,
                  const struct gp_load_options *options, struct gp_diags *diags) GP_MUST_CHECK;

/* The tests files of a rule set: of its own tests/, then of NAME.d/tests/ in the directory beside it and in each layer;
 * each in byte order.  In `arena`.  What is there but cannot be listed is an error in `diags`; what is listed but not
 * read is said to be ignored.  0, -EINVAL, -ENOMEM. */
int gp_tests_find(const struct gp_ruleset *rules, const struct gp_load_options *options, struct gp_diags *diags,
                  struct gp_arena *arena, const char ***ret_paths, size_t *ret_count) GP_MUST_CHECK;
/* The same of one directory of tests files; a directory that is not there holds none, and of one that holds none
 * nothing is said. */
int gp_tests_list(const char *directory, const struct gp_load_options *options, struct gp_diags *diags,
                  struct gp_arena *arena, const char ***ret_paths, size_t *ret_count) GP_MUST_CHECK;

/* What one case came to; only the members of its subject are set. */
struct gp_test_decision {
    enum gp_test_subject subject;
    struct gp_eval *eval;
    const struct gp_ruleset *rules;
    struct gp_str tree; /* its id */
    struct gp_verdict verdict;
    struct gp_state_verdict state; /* always */
    bool state_missed;             /* another state, or other candidates, were expected */
    struct gp_why why;
    struct gp_way way;
    const struct gp_named_cond *goal;
    const struct gp_marker *marker;
    struct gp_reading reading;
};

struct gp_test_options {
    struct timespec now;  /* of cases that say nothing else; tv_sec 0: GP_TEST_NOW */
    const char *directory; /* an empty directory of ours for trees on the disk, left empty; NULL: in memory */
    /* Explains a decision while it can be explained: `*ret_text` in `arena` (NULL: nothing).  Called for each case that
     * failed.  0 or -ENOMEM.  May be NULL. */
    int (*explain)(void *context, const struct gp_test_decision *decision, struct gp_arena *arena,
                   const char **ret_text);
    void *context;
    struct gp_coverage_record *record; /* takes what was seen; may be NULL */
};
#define GP_TEST_NOW 1798761600 /* 2027-01-01T00:00:00Z */

/* Runs every case; results in `arena`.  0, -ENOMEM, or why a directory could not be written to. */
int gp_tests_run(struct gp_tests *tests, const struct gp_test_options *options, struct gp_arena *arena,
                 struct gp_test_group *ret_group) GP_MUST_CHECK;

/* What the tests of one rule set saw, over several files. */
int gp_coverage_new(struct gp_coverage_record **ret_record, const struct gp_ruleset *rules,
                    struct gp_arena *arena) GP_MUST_CHECK;
const struct gp_ruleset *gp_coverage_rules(const struct gp_coverage_record *record);
void gp_coverage_add(struct gp_coverage_record *record, const struct gp_test_decision *decision);
int gp_coverage_take(struct gp_coverage_record *record, struct gp_arena *arena, struct gp_coverage *ret) GP_MUST_CHECK;

#endif
