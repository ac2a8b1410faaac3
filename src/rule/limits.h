/*
 * Every limit on what people and files may ask for, in one place.  Each has a diagnostic or the reason `limit`, and a
 * test at the limit and one past it.  They admit 100,000 requirements in 64 MiB.
 */
#ifndef GP_RULE_LIMITS_H
#define GP_RULE_LIMITS_H

/* Rule files (language.md 3). */
#define GP_LIMIT_FILE_BYTES (64u << 20)      /* one rule file */
#define GP_LIMIT_YAML_DEPTH 64u              /* nesting of mappings and lists in a file */
#define GP_LIMIT_NODES (16u << 20)           /* scalars, mappings and lists in a rule set */
#define GP_LIMIT_SCALAR_BYTES (64u << 10)    /* one scalar */
#define GP_LIMIT_SET_FILES 1000u             /* files of a rule set, drop-ins included */
#define GP_LIMIT_SECTION_IDS 200000u         /* ids of one section */
#define GP_LIMIT_CONDITION_DEPTH 32u         /* conditions inside conditions, named ones followed */
#define GP_LIMIT_PATTERN_BYTES 4096u         /* one regular expression */
#define GP_LIMIT_ID_BYTES 64u                /* an id */
#define GP_LIMIT_PATH_BYTES 4096u            /* a path in a rule file */
#define GP_LIMIT_PATH_PARTS 32u              /* its components */
#define GP_LIMIT_EXTENDS_DEPTH 8u            /* sets that extend sets */
#define GP_LIMIT_DIAGNOSTICS 100u            /* shown of one file */

/* Reading a tree. */
#define GP_LIMIT_LIST_ENTRIES (4u << 20)     /* names in one directory */
#define GP_LIMIT_WINDOW_DEFAULT (64u << 10)  /* of a text, when its condition says nothing */
#define GP_LIMIT_WINDOW_BYTES (16u << 20)    /* that a condition may ask for */
#define GP_LIMIT_LEDGER_BYTES (4u << 20)     /* of GATEPOST/LEDGER that are read, from its end */
#define GP_LIMIT_RECORD_BYTES (64u << 10)    /* one record of a table */
#define GP_LIMIT_TABLE_ROWS (4u << 20)       /* records that one condition goes through */
#define GP_LIMIT_TABLE_BYTES (256u << 20)    /* and their bytes */
#define GP_LIMIT_OFFENDERS 10u               /* shown of a requirement over many files */
#define GP_LIMIT_EVAL_DEPTH 256u             /* conditions and markers that rest on each other, in one decision */

/* Rule tests. */
#define GP_LIMIT_TEST_CASES 10000u           /* in one file */
#define GP_LIMIT_TEST_ENTRIES 100000u        /* files and directories of one tree */
#define GP_LIMIT_TEST_FILE_BYTES (16u << 20) /* of one file that is not all zeros */
#define GP_LIMIT_TEST_TREE_BYTES (64u << 20) /* of all such files of one tree */

#endif
