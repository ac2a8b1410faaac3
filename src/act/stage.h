/*
 * The staged view: the tree as the steps so far would leave it.  Nothing on disk
 * changes; what no step touched shows through from the probe.
 *
 * Names are found by the rule set's `names` rule.  What cannot be told (a link,
 * two names that differ only in case, no permission) stops the step that needs
 * it, with the reason.  No step reaches the root itself or GATEPOST.
 */
#ifndef GP_ACT_STAGE_H
#define GP_ACT_STAGE_H

#include "act/content.h"
#include "eval/eval.h"
#include "rule/family.h"
#include "util/strmap.h"

enum gp_staged_kind {
    GP_STAGED_NOTHING,
    GP_STAGED_FILE,
    GP_STAGED_DIRECTORY,
    GP_STAGED_OTHER,   /* a FIFO, a device: in the tree, but no step may touch it */
    GP_STAGED_UNKNOWN, /* what is there cannot be told: facts->reason */
};

/* A name in the tree that a step looked at. */
struct gp_staged {
    struct gp_staged *parent; /* NULL: the root */
    const char *name;         /* as the directory has it, or as the step wrote it */
    struct gp_entry *live;    /* what the tree has there; NULL: its directory is not in the tree */
    enum gp_staged_kind was, now;
    bool fresh;               /* DIRECTORY: made by a step, nothing of `live` shows through */
    struct gp_strmap children;

    /* FILE: what is in it. */
    struct gp_content content;
    bool written; /* `content` is not simply what `live` has */
    /* What mode, and more with `moved`, is taken over from; NULL: from the directory that it is made in. */
    struct gp_entry *model;
    bool moved;         /* owner, times and everything else too */
    unsigned asked, set; /* attributes that a step asked for, and their values (enum gp_attribute) */
    size_t mark;         /* of the last list that it was put on */
};

struct gp_ground;
struct gp_working_copy; /* work.h */

struct gp_stage {
    struct gp_arena *arena;
    struct gp_eval *eval;
    struct gp_probe *probe;
    const struct gp_ruleset *rules;
    const struct gp_sys *sys;
    struct gp_staged *root;
    struct gp_probe *files; /* the rule set's files/, once a step asked for it */
    struct gp_ground *ground; /* where exec has its working copy, in GATEPOST/TX */
    int lock;                 /* held by whoever acts; a program that is run inherits it */
    GP_VEC(struct gp_working_copy *) copies; /* that exec made, one a program */
    const struct gp_step *step; /* that is being applied */
    size_t number;              /* of it, from 1 */
    size_t lists;               /* made so far */
    bool usage;                 /* the problem is what a person gave, or did not give */
    const char *problem;
};

typedef GP_VEC(struct gp_staged *) gp_staged_list;

/* A view in which nothing has changed; `stage` has arena, eval, probe, rules and sys.  0 or -ENOMEM. */
int gp_stage_begin(struct gp_stage *stage) GP_MUST_CHECK;
void gp_stage_done(struct gp_stage *stage);
/* Applies the steps of an action, those whose `when` is false or n/a left out.  0, or -ENOMEM, or -EINVAL with
 * stage->problem and stage->usage. */
int gp_stage_apply(struct gp_stage *stage, const struct gp_steps *steps) GP_MUST_CHECK;

/* ---- for steps ----------------------------------------------------------------------------------------------- */

/* Says why the step cannot be; returns -EINVAL or -ENOMEM. */
int gp_stage_fail(struct gp_stage *stage, const char *format, ...) GP_PRINTF(2, 3);
/* The same for what a person has to give (exit status 64). */
int gp_stage_usage(struct gp_stage *stage, const char *format, ...) GP_PRINTF(2, 3);
/* The same for a value that is not there. */
int gp_stage_no_value(struct gp_stage *stage, const char *what, enum gp_result result, enum gp_reason reason,
                      const char *detail);

/* The value of an expression, which must have one.  0 or as gp_stage_fail(). */
int gp_stage_value(struct gp_stage *stage, const char *what, const struct gp_expr *expr, struct gp_value *ret_value)
    GP_MUST_CHECK;
/* A text, verbatim, every ${name} in its place. */
int gp_stage_text(struct gp_stage *stage, const char *what, const struct gp_template *text, struct gp_str *ret_text)
    GP_MUST_CHECK;
/* The components of a path without globs. */
int gp_stage_components(struct gp_stage *stage, const struct gp_pathexpr *path, struct gp_str **ret_names)
    GP_MUST_CHECK;

/* The name at a path: its directory must be there, it itself need not.  0 or as gp_stage_fail(); with `missing_ok` a
 * directory on the way that is not there gives NULL. */
int gp_stage_at(struct gp_stage *stage, const struct gp_pathexpr *path, bool missing_ok, struct gp_staged **ret_staged)
    GP_MUST_CHECK;
/* Everything that paths and globs name, each once.  A path without a glob must be there unless `missing_ok`; a glob may
 * match nothing, and takes files only with `files_only`. */
int gp_stage_find(struct gp_stage *stage, const struct gp_paths *paths, bool missing_ok, bool files_only,
                  gp_staged_list *ret_list) GP_MUST_CHECK;
/* The name in a directory that is there; NULL: out of memory. */
struct gp_staged *gp_stage_child(struct gp_stage *stage, struct gp_staged *directory, struct gp_str name) GP_MUST_CHECK;
/* All that is in a directory now, in the order of the names. */
int gp_stage_list(struct gp_stage *stage, struct gp_staged *directory, gp_staged_list *ret_list) GP_MUST_CHECK;
/* Fails if what is there is neither a file, a directory, nor nothing. */
int gp_stage_usable(struct gp_stage *stage, const struct gp_staged *staged) GP_MUST_CHECK;
/* The path from the root; in the arena.  NULL: out of memory. */
const char *gp_staged_path(const struct gp_stage *stage, const struct gp_staged *staged) GP_MUST_CHECK;
/* The path from another staged name above it, without that name. */
const char *gp_staged_path_below(const struct gp_stage *stage, const struct gp_staged *top,
                                 const struct gp_staged *staged) GP_MUST_CHECK;

/* Whether one of the paths and globs names this path: 1, 0 or as gp_stage_fail(). */
int gp_stage_names(struct gp_stage *stage, const struct gp_paths *paths, const char *path) GP_MUST_CHECK;

/* Puts content at a name, which is nothing or a file. */
void gp_staged_write(struct gp_staged *staged, struct gp_content content);
void gp_staged_make_directory(struct gp_staged *staged);
void gp_staged_remove(struct gp_staged *staged);
/* Copies a file or a directory with everything in it to a name where nothing is (or, for a file, a file). */
int gp_stage_copy(struct gp_stage *stage, struct gp_staged *from, struct gp_staged *to, bool moved) GP_MUST_CHECK;

#endif
