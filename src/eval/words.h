/*
 * What leaves say, in words that an admin reads.  None of it is made while
 * eval->terse is set.
 */
#ifndef GP_EVAL_WORDS_H
#define GP_EVAL_WORDS_H

#include "eval/internal.h"

/* Puts a text into `*slot` unless only results count.  0 or -ENOMEM. */
int gp_say(struct gp_eval *eval, const char **slot, const char *format, ...) GP_MUST_CHECK GP_PRINTF(3, 4);

/* Each gives "" while only results count, and NULL when memory ran out. */
const char *gp_words_size(struct gp_eval *eval, uint64_t bytes) GP_MUST_CHECK;   /* "1,024 bytes" */
const char *gp_words_count(struct gp_eval *eval, uint64_t count, const char *one, const char *many) GP_MUST_CHECK;
const char *gp_words_duration(struct gp_eval *eval, int64_t seconds) GP_MUST_CHECK;
const char *gp_words_time(struct gp_eval *eval, struct timespec time) GP_MUST_CHECK; /* "2027-01-31T12:34:56Z" */
/* "4d 5a 90", of long ones the beginning. */
const char *gp_words_bytes(struct gp_eval *eval, struct gp_str bytes) GP_MUST_CHECK;
/* In double quotes, of long ones the beginning. */
const char *gp_words_quote(struct gp_eval *eval, struct gp_str text) GP_MUST_CHECK;
/* What stands at a name: "1,024 bytes", "a directory", "neither a file nor a directory", "nothing". */
const char *gp_words_facts(struct gp_eval *eval, const struct gp_facts *facts) GP_MUST_CHECK;
/* Paths and globs as written, ", " between them. */
const char *gp_words_paths(struct gp_eval *eval, const struct gp_paths *paths) GP_MUST_CHECK;

/* The real path of an entry. */
const char *gp_words_path(struct gp_eval *eval, const struct gp_entry *entry) GP_MUST_CHECK;
/* An unknown about an entry: "data/x: permission was denied".  0 or -ENOMEM. */
int gp_words_unknown(struct gp_eval *eval, const struct gp_entry *entry, enum gp_reason reason,
                     struct gp_outcome *ret_outcome) GP_MUST_CHECK;

#endif
