/*
 * A condition over many files, counted: so many passed, failed, could not be
 * told; and the few of them that a report names.
 */
#ifndef GP_EVAL_SURVEY_H
#define GP_EVAL_SURVEY_H

#include "eval/facets.h"
#include "eval/files.h"

/* One that a report may name. */
struct gp_noted {
    struct gp_files_key key;
    struct gp_entry *entry;
    enum gp_reason reason; /* of an unknown one */
    bool looked;           /* unknown because of its facets: it is there, and a regular file */
};

/* The first few by reason and place. */
struct gp_notes {
    struct gp_noted data[GP_LIMIT_OFFENDERS];
    size_t count;
};

struct gp_survey {
    struct gp_eval *eval;
    struct gp_facets facets;
    uint64_t passed, failed, na;
    uint64_t unsure;  /* regular files of which a facet could not be told */
    uint64_t unknown; /* names that may be a regular file's or not */
    bool open;        /* a directory could not be listed: there may be any number more */
    enum gp_basis passed_basis; /* the weakest */
    enum gp_basis failed_basis; /* the strongest */
    struct gp_notes passes, failures, unknowns;
    bool first_only; /* one that passes is enough: what comes after the one that is noted is not looked at */
};

/* Goes through the files.  `survey` is zeroed but for first_only.  0 or -ENOMEM; `*ret_outcome`: TRUE, or why the
 * condition cannot be asked at all. */
int gp_survey(struct gp_eval *eval, const struct gp_cond *cond, const struct gp_paths *paths,
              const struct gp_paths *except, struct gp_survey *survey, struct gp_outcome *ret_outcome) GP_MUST_CHECK;
/* A leaf of `proof` for each that was noted. */
int gp_survey_tell(struct gp_survey *survey, const struct gp_cond *cond, const struct gp_notes *notes,
                   struct gp_proof *proof) GP_MUST_CHECK;
/* Regular files that matched: at least, at most. */
uint64_t gp_survey_least(const struct gp_survey *survey);
uint64_t gp_survey_most(const struct gp_survey *survey);

#endif
