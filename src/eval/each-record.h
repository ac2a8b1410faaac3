/*
 * What each-record asks of a record, check by check (each-record.c), for the
 * form that goes through them (forms-record.c).
 */
#ifndef GP_EVAL_EACH_RECORD_H
#define GP_EVAL_EACH_RECORD_H

#include "eval/tables.h"

struct gp_cond_each_record {
    const struct gp_ref *table;
    struct gp_map where, that; /* of struct gp_field_test */
    struct gp_paths has;
    const struct gp_ref *unique;
    int within; /* 1: `within: file` */
    const struct gp_membership *in, *points;
    const struct gp_along *along;
    struct gp_span within_at;
};

/* Its keys, and what of them is checked at load (each-record-keys.c). */
extern const struct gp_object gp_each_record_object;
void gp_check_each_record(struct gp_link *link, const struct gp_cond *cond);

/* Everything that the checks of one condition need, made once. */
struct gp_record_checks {
    struct gp_eval *eval;
    const struct gp_cond_each_record *data;
    const struct gp_row_set *in, *points;
    struct gp_chain chain;
    int64_t end; /* of points-to */
    struct gp_arena *arena; /* of `firsts` */
    struct gp_strmap firsts; /* the text of a field -> struct gp_first_record */
};

/* Makes ready, with a scan that has begun.  `*ret_outcome`: TRUE, or why nothing can be asked.  0 or -ENOMEM;
 * gp_record_checks_done() must follow. */
int gp_record_checks_begin(struct gp_scan *scan, const struct gp_cond_each_record *data, struct gp_record_checks *ret,
                           struct gp_outcome *ret_outcome) GP_MUST_CHECK;
void gp_record_checks_done(struct gp_record_checks *checks);
/* Whether the condition is about this record at all. */
bool gp_record_checks_reached(const struct gp_record_checks *checks, const struct gp_row *row);
/* All checks, until one fails: result and reason, and unless only results count also expected, found and value.
 * `sure`: that the record counts is known.  A record is asked in its turn, and may be asked again later. */
int gp_record_checks_ask(struct gp_record_checks *checks, const struct gp_row *row, bool sure, struct gp_proof *ret)
    GP_MUST_CHECK;

#endif
