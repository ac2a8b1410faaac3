/*
 * What all reads do first: find their file, or say why there is none.
 */
#ifndef GP_EVAL_READS_H
#define GP_EVAL_READS_H

#include "eval/content.h"

struct gp_look {
    struct gp_entry *entry; /* there */
    const struct gp_facts *facts;
    const char *path;       /* its real name */
};

/* Looks for a read's path.  `*ret_there` false: `ret` says why there is no value (absent, or another type than a
 * regular file where `file` is asked for: no-value; else why it could not be told).  ret->proof gets a leaf that says
 * where was looked.  0 or -ENOMEM. */
int gp_read_look(struct gp_eval *eval, const struct gp_read *read, const struct gp_pathexpr *path, bool file,
                 struct gp_look *ret_look, bool *ret_there, struct gp_reading *ret) GP_MUST_CHECK;
/* There is no value: "data/x: the file ends at 4 bytes", or it could not be read. */
int gp_read_lacks(struct gp_eval *eval, const struct gp_look *look, const struct gp_raw *raw, struct gp_reading *ret)
    GP_MUST_CHECK;
/* There is no value, for a reason in words behind the path. */
int gp_read_none(struct gp_eval *eval, const char *path, enum gp_reason reason, const char *why, struct gp_reading *ret)
    GP_MUST_CHECK;
/* A leaf for ret->proof. */
int gp_read_leaf(struct gp_eval *eval, const struct gp_read *read, const char *path, struct gp_reading *ret)
    GP_MUST_CHECK;

#endif
