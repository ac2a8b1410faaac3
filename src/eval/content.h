/*
 * What stands in a file, raw: bytes, numbers, records, lines, texts.
 *
 * Facets and reads of the same thing share it and differ only in what they make
 * of what is not there: to a facet (a fact about a file) it is false, to a read
 * it is no value.  Words for people are made apart, when somebody wants them.
 */
#ifndef GP_EVAL_CONTENT_H
#define GP_EVAL_CONTENT_H

#include "eval/internal.h"

enum gp_raw_kind {
    GP_RAW_THERE,
    GP_RAW_SHORT,   /* the file ends before it */
    GP_RAW_RAGGED,  /* the file does not end with a whole record */
    GP_RAW_NOWHERE, /* no place that a file can have: an offset past any end */
    GP_RAW_UNKNOWN,
};

struct gp_raw {
    enum gp_raw_kind kind;
    enum gp_reason reason; /* UNKNOWN */
    uint64_t size;         /* of the file */
    uint64_t offset;       /* of the first byte, from the start */
    uint64_t number;       /* a number, a count of records, the length of a line; RAGGED: the bytes left over */
    struct gp_str bytes;   /* the probe's memory, or the scratch */
    bool cut;              /* the file goes on behind what was looked at */
};

/* How a number of a few bytes stands in a file. */
struct gp_layout {
    const char *name; /* "u16le" */
    unsigned width;   /* bytes */
    bool big;         /* most significant byte first */
    int64_t most;
};
extern const struct gp_layout gp_layouts[]; /* ends with a name of NULL */
/* The one of that name; it must be there. */
const struct gp_layout *gp_layout_of(const char *name);

/* Room for bytes that need not be kept.  While eval->terse is set (thousands of files go by) bytes are read into it and
 * the probe keeps none; else the probe remembers them and it stays empty. */
struct gp_scratch {
    char small[64];
    char *large;
};
void gp_scratch_done(struct gp_scratch *scratch);

/* Exactly `length` bytes at `at`; a negative `at` counts from the end. */
struct gp_raw gp_raw_bytes(struct gp_eval *eval, struct gp_entry *file, int64_t at, uint64_t length,
                           struct gp_scratch *scratch);
/* The same; `bytes` false: they are only looked through, so that a record must not keep them. */
struct gp_raw gp_raw_fetch(struct gp_eval *eval, struct gp_entry *file, int64_t at, uint64_t length, bool bytes,
                           struct gp_scratch *scratch);
struct gp_raw gp_raw_unknown(enum gp_reason reason, uint64_t size);
struct gp_raw gp_raw_number(struct gp_eval *eval, struct gp_entry *file, int64_t at, const struct gp_layout *layout);
/* How many records of `of` bytes stand behind the first `after` bytes. */
struct gp_raw gp_raw_records(uint64_t size, int64_t of, int64_t after);
/* The bytes of the longest line without its end (LF or CR LF), looking at no more than GP_LIMIT_WINDOW_BYTES: with
 * `cut` there may be longer ones. */
struct gp_raw gp_raw_longest_line(struct gp_eval *eval, struct gp_entry *file);
/* Two files of the same size, byte by byte. */
struct gp_sameness {
    enum gp_match same;    /* LIMIT: `reason` */
    uint64_t offset;       /* NO: of the first byte that differs */
    enum gp_reason reason; /* the same as far as GP_LIMIT_WINDOW_BYTES, or … */
    struct gp_entry *unread; /* … this one could not be read */
};
struct gp_sameness gp_raw_same(struct gp_eval *eval, struct gp_entry *a, struct gp_entry *b);

/* What is missing, in words ("the file ends at 174 bytes"); "" if it is there or unknown.  NULL: out of memory. */
const char *gp_raw_lack(struct gp_eval *eval, const struct gp_raw *raw) GP_MUST_CHECK;

/* ---- a pattern or a text in a file ------------------------------------------------------------------------------- */

struct gp_search {
    const struct gp_regex *regex; /* with the text of its pattern, or */
    struct gp_str pattern;
    struct gp_str contains;
    unsigned group;  /* of the regular expression */
    uint64_t window; /* how much of the file is looked at */
};
struct gp_found {
    enum gp_match match;   /* LIMIT: `reason` */
    enum gp_reason reason; /* `limit`, or why the file could not be read */
    bool window_hit;       /* LIMIT: the file is longer than the window */
    uint64_t size;         /* of the file */
    uint64_t offset;       /* YES: of the match */
    struct gp_str text;    /* YES: the group (as long as the scratch); data NULL if it took no part */
};
/* A match that reaches the end of a window behind which the file goes on is no match yet: what follows might undo
 * it. */
struct gp_found gp_content_search(struct gp_eval *eval, struct gp_entry *file, const struct gp_search *search,
                                  struct gp_scratch *scratch);

/* ---- what several facets and reads ask for ----------------------------------------------------------------------- */

/* Bytes of a file of this size as a signed number. */
int64_t gp_size_signed(uint64_t size);

#endif
