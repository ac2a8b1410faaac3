/*
 * Going through the records of a table: which files hold them, what each record
 * says, which of them count.
 *
 * One pass over each file in windows that are not kept; nothing is allocated
 * for a record.  While a probe records, the bytes of the fields that were asked
 * for (and of no others) are kept as a finding of the file, so that a record
 * can tell its rows again without the file.
 */
#ifndef GP_EVAL_TABLES_H
#define GP_EVAL_TABLES_H

#include "eval/files.h"
#include "rule/link.h"
#include "rule/tables.h"

/* Where a field lies, now that every number is known. */
struct gp_field_place {
    bool used;
    uint32_t at, length; /* in a record */
    uint32_t packed;     /* in what a finding keeps of one */
    int64_t mask;
};

struct gp_table_file {
    struct gp_files_key key;
    struct gp_entry *entry;
    uint64_t rows;
    struct gp_outcome outcome; /* TRUE, or why its records cannot be told; any number is in it then */
};

struct gp_scan {
    struct gp_eval *eval;
    const struct gp_table *table;
    const struct gp_place *outer; /* where the evaluation looked before; it looks where the files are till gp_scan_done() */
    bool terse;
    int64_t of, after, count;
    struct gp_field_place *places; /* by the field's number */
    uint32_t packed;               /* bytes of a record that a finding keeps */
    struct gp_table_file *files;   /* in the order of their names */
    size_t file_count, file_room;
    struct gp_arena *arena; /* of values; forgotten from window to window */
    const struct gp_table_file *unknown; /* the gravest; NULL: all files could be told */
    uint64_t rows;          /* in all files that could be told */
};

/* One record, while it goes by. */
struct gp_row {
    struct gp_scan *scan;
    size_t file;         /* number of the file in scan->files */
    uint64_t number;     /* in its file, from 0 */
    uint64_t offset;     /* in its file */
    const char *bytes;   /* of the record, or of what a finding keeps of it: */
    bool packed;
};

/* A table to be gone through.  0 or -ENOMEM; gp_scan_done() must follow either way. */
int gp_scan_new(struct gp_eval *eval, const struct gp_table *table, struct gp_scan *ret) GP_MUST_CHECK;
void gp_scan_done(struct gp_scan *scan);
/* What will be asked of records, before gp_scan_begin(). NULL: nothing. */
void gp_scan_use(struct gp_scan *scan, const struct gp_table_field *field);
void gp_scan_use_tests(struct gp_scan *scan, const struct gp_map *tests);
void gp_scan_use_paths(struct gp_scan *scan, const struct gp_paths *paths);
/* Finds the files.  `*ret_outcome`: TRUE, or why nothing can be asked: the guard, something that is not set.  0 or
 * -ENOMEM. */
int gp_scan_begin(struct gp_scan *scan, struct gp_outcome *ret_outcome) GP_MUST_CHECK;
/* Calls `visit` for every record that counts, `live` TRUE, or UNKNOWN where that cannot be told (the reason is `why`).
 * 0 goes on, anything else ends it and is returned.  Only results count in it.  May be called again. */
typedef int gp_scan_visit(void *context, const struct gp_row *row, enum gp_result live, enum gp_reason why);
int gp_scan_rows(struct gp_scan *scan, gp_scan_visit *visit, void *context) GP_MUST_CHECK;
/* What the files that could not be told say, in words; scan->unknown is not NULL. */
int gp_scan_unknown(struct gp_scan *scan, struct gp_outcome *ret_outcome) GP_MUST_CHECK;
/* The real path of a file.  NULL: out of memory. */
const char *gp_scan_path(const struct gp_scan *scan, size_t file) GP_MUST_CHECK;

/* ---- what a record says (tables-row.c) --------------------------------------------------------------------------- */

/* The value of a field; texts live as long as the record goes by.  0 or -ENOMEM. */
int gp_row_value(const struct gp_row *row, const struct gp_table_field *field, struct gp_reading *ret) GP_MUST_CHECK;
/* The same as a text, which is what stands for it in paths and what is compared between tables. */
int gp_row_text(const struct gp_row *row, const struct gp_table_field *field, struct gp_str *ret_text,
                struct gp_outcome *ret_outcome) GP_MUST_CHECK;
/* Whether all tests hold: result and reason of `ret`, and expected, found and value of the first that decides, unless
 * only results count. */
int gp_row_tests(const struct gp_row *row, const struct gp_map *tests, struct gp_proof *ret) GP_MUST_CHECK;
/* Whether what tests compare with is set: TRUE or NA. */
int gp_field_tests_set(struct gp_eval *eval, const struct gp_map *tests, struct gp_outcome *outcome) GP_MUST_CHECK;
/* "name is "X" and kind is at most 3"; "" for no tests.  NULL: out of memory. */
const char *gp_field_tests_text(struct gp_eval *eval, const struct gp_map *tests) GP_MUST_CHECK;
/* A copy that stays.  0 or -ENOMEM. */
int gp_row_keep(const struct gp_row *row, struct gp_row *ret) GP_MUST_CHECK;
/* "record 3 at 0x16e".  NULL: out of memory. */
const char *gp_row_words(const struct gp_row *row) GP_MUST_CHECK;

/* ---- sets of records (tables-set.c) ------------------------------------------------------------------------------ */

/* Records of a table, named from elsewhere: `in`, `listed-in`, `points-to`. */
struct gp_membership {
    const struct gp_ref *field; /* of the record that asks; NULL: a file's stem asks */
    const struct gp_ref *table;
    const struct gp_ref *as;    /* the field of `table` (NULL: the one of the same name) */
    struct gp_map where;        /* of struct gp_field_test */
    const struct gp_expr *end;  /* of points-to: the number that points nowhere */
};

struct gp_row_set {
    struct gp_strmap keys;
    struct gp_outcome outcome; /* TRUE: these are all; UNKNOWN: there may be more; NA: nothing can be asked */
};

/* The texts that a field of the table's records has; worked out once.  0 or -ENOMEM. */
int gp_set_of_texts(struct gp_eval *eval, const struct gp_membership *of, const struct gp_table_field *field, bool fold,
                    const struct gp_row_set **ret_set) GP_MUST_CHECK;
/* Where the table's records begin, as gp_start_key() writes it. */
int gp_set_of_starts(struct gp_eval *eval, const struct gp_membership *of, const struct gp_row_set **ret_set)
    GP_MUST_CHECK;
#define GP_START_KEY 16
struct gp_str gp_start_key(size_t file, uint64_t offset, char buffer[GP_START_KEY]);

/* ---- chains (tables-chain.c) ------------------------------------------------------------------------------------- */

/* Records that lead to each other by offsets. */
struct gp_along {
    const struct gp_ref *next;
    const struct gp_expr *from, *end;
};

enum gp_link_flag {
    GP_CHAIN_REACHED = 1,  /* the record is part of what is looked at */
    GP_CHAIN_OUT = 2,      /* it leads to no record's start … */
    GP_CHAIN_DELETED = 4,  /* … or to a record that counts as deleted … */
    GP_CHAIN_LOOP = 8,     /* … or back into its own chain */
    GP_CHAIN_UNKNOWN = 16, /* where it leads cannot be told */
};
struct gp_chain {
    unsigned char **flags; /* by file and record; enum gp_link_flag */
    size_t file_count;
    unsigned start;        /* with `from`: what is wrong with it (OUT, DELETED); 0: nothing */
    int64_t from;
    int64_t end;
};
/* Follows the chains of a scan that has begun.  `*ret_outcome`: TRUE, or why they cannot be followed.  0 or -ENOMEM;
 * gp_chain_done() must follow. */
int gp_chain_follow(struct gp_scan *scan, const struct gp_along *along, struct gp_chain *ret,
                    struct gp_outcome *ret_outcome) GP_MUST_CHECK;
void gp_chain_done(struct gp_chain *chain);

#endif
