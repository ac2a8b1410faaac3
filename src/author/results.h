/*
 * What rule tests came to: plain structs for whoever reports them.
 */
#ifndef GP_AUTHOR_RESULTS_H
#define GP_AUTHOR_RESULTS_H

#include "rule/tests.h"

/* What a case asks. */
enum gp_test_subject {
    GP_TEST_CHECK,
    GP_TEST_WHY,
    GP_TEST_PLAN,
    GP_TEST_MARKER,
    GP_TEST_STATE, /* a case that asks nothing else */
};

enum gp_test_outcome { GP_TEST_PASSED, GP_TEST_FAILED, GP_TEST_SKIPPED };

/* Something that did not come out as expected. */
struct gp_test_miss {
    struct gp_span at;    /* of the key in `expect` */
    const char *what;     /* "verdict", "because" … */
    const char *expected, *found;
};

struct gp_test_result {
    const struct gp_test_case *it;
    enum gp_test_subject subject;
    struct gp_str asked; /* the operation, message, state or marker; data NULL: the present state */
    enum gp_test_outcome outcome;
    const struct gp_test_miss *misses;
    size_t miss_count;
    const char *detail;      /* why it was skipped, or why nothing could be decided; NULL: neither */
    const char *explanation; /* text of several lines; NULL: none */
};

/* The cases of one file. */
struct gp_test_group {
    const char *file;
    const struct gp_ruleset *rules;
    struct gp_test_result *results;
    size_t count;
};

/* A file that is wrong, so that no case was run of it or by it. */
struct gp_test_trouble {
    const char *file; /* NULL: no file, as of a rule set that is not there */
    const char *text; /* the first error: "FILE:LINE:COLUMN: error: MESSAGE [ID]" */
    const char *all;  /* all of them, as people read them */
};

enum gp_cover_kind { GP_COVER_REQUIREMENT, GP_COVER_CONDITION, GP_COVER_STATE, GP_COVER_CAUSE };

/* Something that tests should have seen true and false. */
struct gp_cover_item {
    enum gp_cover_kind kind;
    struct gp_str owner, id; /* owner: the operation or message; data NULL: none */
    struct gp_span at;
    unsigned wanted, seen;   /* 1 << enum gp_result, each */
};

struct gp_coverage {
    const struct gp_ruleset *rules;
    bool amended; /* of a set with drop-ins: only what these add or ask anew is wanted */
    struct gp_cover_item *items;
    size_t item_count;
    const struct gp_operation **unchecked; /* operations that no case checked */
    size_t unchecked_count;
    size_t wanted, seen; /* results: those that are wanted, and those of them that were seen */
};

struct gp_test_report {
    struct gp_test_group *groups;
    size_t group_count;
    size_t passed, failed, skipped;
    struct gp_test_trouble *troubles;
    size_t trouble_count;
    struct gp_coverage *coverages;
    size_t coverage_count;
    int threshold; /* percent of coverage that is asked for; -1: none */
};

/* Whole percents, rounded down; nothing wanted is 100. */
static inline unsigned gp_coverage_percent(const struct gp_coverage *coverage)
{
    return coverage->wanted ? (unsigned)(100 * coverage->seen / coverage->wanted) : 100;
}

#endif
