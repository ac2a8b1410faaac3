/*
 * What a file of rule tests holds (language.md 12): trees as data, and cases
 * that say what is decided there.  The tables in tables-tests.c bind into it;
 * author/ gives it its meaning.
 */
#ifndef GP_RULE_TESTS_H
#define GP_RULE_TESTS_H

#include "rule/model.h"

/* A scalar as it stands in the file; `text.data` NULL: not given. */
struct gp_scalar {
    struct gp_str text;
    struct gp_span at;
    bool quoted;
};

struct gp_test_attributes { enum gp_yesno read_only, hidden, system; };

/* Bytes that are put over those of a file. */
struct gp_test_patch {
    struct gp_paths file; /* of `with: patch:`; none inside a file's own description */
    struct gp_value at, u8, u16le, u16be, u32le, u32be, bytes;
    struct gp_scalar string;
};

struct gp_test_file {
    struct gp_value size, bytes, fill;
    struct gp_scalar text;
    struct gp_list patch; /* of struct gp_test_patch */
    const struct gp_test_attributes *attributes;
    struct gp_value age, mtime;
};

/* A line of the ledger. */
struct gp_test_entry {
    const struct gp_ref *operation, *attested, *to;
    struct gp_value age, when;
};

struct gp_test_directory { const struct gp_ref *tree; };

/* What is there, and what is known beside it: `with`. */
struct gp_test_setup {
    struct gp_paths remove, dirs, links, others, locked, unreadable;
    struct gp_map files;       /* paths to struct gp_test_file */
    struct gp_list patch;      /* of struct gp_test_patch */
    struct gp_map attributes;  /* paths to struct gp_test_attributes */
    struct gp_map set;         /* names to struct gp_scalar */
    struct gp_map directories; /* names to struct gp_test_directory */
    struct gp_refs attest;
    struct gp_list ledger;     /* of struct gp_test_entry */
    struct gp_value free_space, now;
    enum gp_yesno strict;
};

struct gp_test_tree {
    struct gp_str id;
    struct gp_span at;
    struct gp_str title;
    const struct gp_ref *like;
    struct gp_paths dirs, links, others;
    struct gp_map files; /* paths to struct gp_test_file */
    const struct gp_test_setup *with;
};

enum gp_test_verdict { GP_TEST_VERDICT_ANY, GP_TEST_ALLOWED, GP_TEST_DENIED, GP_TEST_UNDETERMINED };
enum gp_test_way { GP_TEST_WAY_ANY, GP_TEST_WAY_FOUND, GP_TEST_WAY_NONE, GP_TEST_WAY_UNKNOWN };
enum gp_test_answer {
    GP_TEST_ANSWER_NONE,
    GP_TEST_ANSWER_HOLDS,
    GP_TEST_ANSWER_FAILS,
    GP_TEST_ANSWER_UNKNOWN,
    GP_TEST_ANSWER_NA
};
/* Besides enum gp_reason. */
enum { GP_TEST_REASON_UNSET = -1, GP_TEST_REASON_ANY = -2 };

struct gp_test_result_row { int answer; /* enum gp_test_answer */ };
struct gp_test_count_row { struct gp_value count; };

/* A list whose `data` is NULL was not given; one that was given may be empty. */
struct gp_test_expect {
    int verdict; /* enum gp_test_verdict */
    struct gp_refs because, message, needs, warnings, candidates, certain, excluded, undecided, steps;
    const struct gp_ref *state;
    int basis;             /* enum gp_basis */
    struct gp_map results;   /* requirements to struct gp_test_result_row */
    struct gp_map offenders; /* requirements to struct gp_test_count_row */
    int way;               /* enum gp_test_way */
    struct gp_scalar value;
    int unknown;           /* enum gp_reason, GP_TEST_REASON_… */
    enum gp_yesno not_applicable;
};

struct gp_test_case {
    struct gp_str id;
    struct gp_span at;
    struct gp_str title;
    const struct gp_ref *tree;
    const struct gp_test_setup *with;
    const struct gp_ref *check, *plan, *marker;
    struct gp_scalar why;
    const struct gp_test_expect *expect;
};

struct gp_test_document {
    struct gp_scalar tests_for;
    struct gp_map trees; /* struct gp_test_tree */
    struct gp_map cases; /* struct gp_test_case */
};

extern const struct gp_object gp_object_tests; /* the document: struct gp_test_document */
extern const struct gp_object gp_object_test_expect;
/* All objects of a tests document that have keys; ends with NULL. */
extern const struct gp_object *const gp_test_objects[];

#endif
