/*
 * The files that paths and globs stand for: goes through the components one by
 * one, lists each directory once, looks at nothing that nobody wants to see.
 */
#ifndef GP_EVAL_FILES_H
#define GP_EVAL_FILES_H

#include "eval/internal.h"

/* Where a hit stands among all hits, whatever order directories have: evidence must not depend on a file system. */
struct gp_files_key {
    size_t path;      /* which of the paths */
    size_t directory; /* which of the directories that its globs lead to, these in the order of their names */
    struct gp_str name;
};
int gp_files_key_compare(const struct gp_files_key *a, const struct gp_files_key *b);

struct gp_files_hit {
    struct gp_files_key key;
    struct gp_entry *entry;
    const struct gp_facts *facts; /* of the entry: there, or unknown; NULL: the visitor asked for names alone */
    bool open;                    /* `entry` is a directory whose names could not be had: any number may match in it; */
    enum gp_reason reason;        /* … this says why */
};

struct gp_files_visitor {
    /* Whether a name of a listing is worth a look.  NULL: each is. */
    bool (*want)(void *context, const struct gp_files_key *key);
    /* 0 goes on, a negative errno ends it, as does a positive number, which counts as 0. */
    int (*visit)(void *context, const struct gp_files_hit *hit);
    void *context;
    /* Names alone count, a link's too: those of listings need no look, so entry and facts are NULL for them, unless a
     * name is ambiguous. */
    bool names;
};

/* Visits everything that stands at `paths`, or matches them, and not `except` (may be NULL): files, directories and
 * other things, each once, also if several of the paths match it; what cannot be told (a link, an ambiguous name, an
 * unreadable one) is visited as unknown.  What is not there is not visited.  Looks in eval->here.  0 or -ENOMEM, or
 * what visit() returned; `*ret_outcome`: TRUE, or why a path itself is not known (then nothing was visited). */
int gp_files_each(struct gp_eval *eval, const struct gp_paths *paths, const struct gp_paths *except,
                  const struct gp_files_visitor *visitor, struct gp_outcome *ret_outcome) GP_MUST_CHECK;

/* Whether some path is a glob. */
bool gp_files_glob(const struct gp_paths *paths);

#endif
