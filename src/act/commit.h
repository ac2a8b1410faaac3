/*
 * Commit and undo: renames and attribute calls, driven by a journal.  Nothing is
 * allocated here, so memory cannot run out half way.
 */
#ifndef GP_ACT_COMMIT_H
#define GP_ACT_COMMIT_H

#include "act/journal.h"

struct gp_commit_result {
    size_t started;   /* primitives that may have changed something: what undo has to look at */
    const char *path; /* where it failed; NULL: flushing */
    bool changed;     /* it failed because the tree is not what was decided on */
};
/* Carries out all primitives and flushes the directories; TX/NEW and TX/OLD must be open.  0 or a negative errno; then
 * gp_undo() is due. */
int gp_commit(const struct gp_ground *ground, const struct gp_journal *journal, struct gp_commit_result *ret_result)
    GP_MUST_CHECK;

struct gp_undo_result {
    const char *path; /* where it failed; NULL: flushing */
    bool stuck;       /* what is there is neither old nor new: nobody but a person can decide */
    unsigned lost;    /* entries that were put into GATEPOST/LOST, as other programs had changed them */
};
/* Undoes the first `started` primitives in reverse and flushes the directories.  Names show what was done, so it may be
 * repeated, also after it was interrupted itself.  0 or a negative errno. */
int gp_undo(const struct gp_ground *ground, const struct gp_journal *journal, size_t started,
            struct gp_undo_result *ret_result) GP_MUST_CHECK;

/* Whether a directory that was created holds what was put into it and nothing else: 1, 0 or a negative errno. */
int gp_inside_unchanged(const struct gp_ground *ground, const struct gp_record *record) GP_MUST_CHECK;

/* Sets mode and attributes of a file that is open. */
int gp_set_side(const struct gp_sys *sys, int fd, const struct gp_side *side) GP_MUST_CHECK;
/* Opens the regular file at a path to change or flush its attributes. */
int gp_open_file(const struct gp_ground *ground, const char *path) GP_MUST_CHECK;
bool gp_time_equal(struct timespec a, struct timespec b);

#endif
