/*
 * GATEPOST/JOURNAL: what a run is about to do, so that anybody can undo it.
 *
 * Written before the first change to the tree and renamed to DONE once the run
 * has succeeded.  The same structure drives commit and undo, whether it was just
 * made or read back; then it is hostile input: checksum, paths beneath the root,
 * unknown fields refused.
 */
#ifndef GP_ACT_JOURNAL_H
#define GP_ACT_JOURNAL_H

#include "act/ground.h"
#include "act/plan.h"
#include "util/arena.h"
#include "util/strbuf.h"

/* What a file or directory is, before or after. */
struct gp_side {
    uint64_t inode, size;
    struct timespec mtime;
    mode_t mode;         /* permissions alone */
    unsigned attributes; /* ATTRIBUTES: what the file system keeps besides the mode */
};

/* A name in a directory that is created. */
struct gp_inside {
    const char *path; /* below that directory */
    bool directory;
    uint64_t size;    /* files */
    struct timespec mtime;
};

/* A primitive; its place in the journal is its number: NEW/n, OLD/n. */
struct gp_record {
    enum gp_primitive_kind kind;
    const char *path;
    bool directory;
    bool linked; /* REPLACE: OLD/n is the file itself under a second name; else a copy */
    struct gp_side old, new;
    struct gp_inside *inside; /* CREATE of a directory: everything in it, in the order of the paths */
    size_t inside_count;
};

/* A directory of the tree whose names change. */
struct gp_touched {
    const char *path;
    struct timespec mtime; /* before */
    bool kept;             /* no name comes or goes, so the time stays; not in the file */
};

struct gp_journal {
    const char *operation;
    struct gp_record *records;
    size_t record_count;
    struct gp_touched *directories;
    size_t directory_count;
    const char **lines; /* for the ledger, each without its newline; the last is the operation's */
    size_t line_count;
};

#define GP_JOURNAL_BYTES ((size_t)64 << 20) /* the most that is read */

/* The text of a journal; out of memory is in `out`. */
void gp_journal_format(struct gp_strbuf *out, const struct gp_journal *journal);
/* 0, -ENOMEM, or -EINVAL with `*ret_problem` in words. */
int gp_journal_parse(struct gp_arena *arena, struct gp_str text, struct gp_journal *ret_journal,
                     const char **ret_problem) GP_MUST_CHECK;

/* Writes JOURNAL.NEW, flushes it, renames it to JOURNAL and flushes GATEPOST.  Once it returned 0, there is a journal;
 * after an error, the names tell. */
int gp_journal_write(const struct gp_ground *ground, const struct gp_journal *journal) GP_MUST_CHECK;
/* Reads JOURNAL or DONE: 0, -ENOMEM, -EINVAL with `*ret_problem`, or another negative errno. */
int gp_journal_read(const struct gp_ground *ground, const char *name, struct gp_arena *arena,
                    struct gp_journal *ret_journal, const char **ret_problem) GP_MUST_CHECK;

#endif
