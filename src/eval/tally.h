/*
 * How many names match: no look at any of them.
 */
#ifndef GP_EVAL_TALLY_H
#define GP_EVAL_TALLY_H

#include "eval/files.h"

struct gp_tally {
    uint64_t known;   /* names that match: of files, directories, links, anything */
    uint64_t unknown; /* that may be one name or another: ambiguous, or unreadable */
    bool open;        /* a directory could not be listed: there may be any number more */
    enum gp_reason reason;   /* the gravest of the unknown, at: */
    struct gp_entry *entry;
    struct gp_files_key key;
};

/* 0 or -ENOMEM; `*ret_outcome`: TRUE, or why the paths are not known. */
int gp_tally(struct gp_eval *eval, const struct gp_paths *paths, struct gp_tally *ret, struct gp_outcome *ret_outcome)
    GP_MUST_CHECK;
/* "5", "matches nothing", "5, and 2 that could not be told", "at least 5".  0 or -ENOMEM. */
int gp_tally_words(struct gp_eval *eval, const struct gp_tally *tally, const char **ret_text) GP_MUST_CHECK;

#endif
