/*
 * The file of a record: who decided what, when, with which rules and settings,
 * and the facts that were read (probe/record.h), with a digest over all of it.
 *
 * A record is hostile input: closed keys, limits, and a digest that shows damage
 * (not forgery: whoever can write the file can make another digest).
 */
#ifndef GP_AUTHOR_RECORD_H
#define GP_AUTHOR_RECORD_H

#include "eval/eval.h"
#include "util/json.h"

#define GP_RECORD_SCHEMA 1
#define GP_RECORD_BYTES ((size_t)64 << 20)

struct gp_record {
    const char *program; /* version of the program that made it */
    const char *ruleset, *version, *digest; /* the rule set; version "" if it has none; "sha256:…" */
    bool fold;             /* how it matches names */
    const char *directory; /* as it was given */
    const char **operations;
    size_t operation_count;
    struct timespec now;
    struct gp_given *given;
    size_t given_count;
    struct gp_assumed *assumed;
    size_t assumed_count;
    json_t *document;      /* NULL in one that is to be written */
    const json_t *tree;
};

/* Lets go of the JSON; the rest is in the arena that it was read into.  NULL is fine. */
void gp_record_done(struct gp_record *record);
/* Appends the text of a record of what the probe was asked; its `document` and `tree` are not used.  0, -ENOMEM, or
 * -EFBIG: longer than GP_RECORD_BYTES. */
int gp_record_write(struct gp_strbuf *out, const struct gp_record *record, struct gp_probe *probe) GP_MUST_CHECK;
/* Reads the text.  0, -ENOMEM, or -EINVAL with words in the arena. */
int gp_record_read(struct gp_record *ret_record, struct gp_arena *arena, struct gp_str text,
                   const char **ret_problem) GP_MUST_CHECK;
/* A probe of its facts for rules whose paths and way of matching names are in `options`.  The same results. */
int gp_record_open(const struct gp_record *record, const struct gp_probe_options *options, struct gp_arena *arena,
                   struct gp_probe **ret_probe, const char **ret_problem) GP_MUST_CHECK;

#endif
