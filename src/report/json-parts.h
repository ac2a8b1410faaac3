/*
 * The parts that several JSON reports share.  A part that could not be made is
 * NULL, and putting NULL anywhere makes the whole NULL in the end: callers check
 * once.
 */
#ifndef GP_REPORT_JSON_PARTS_H
#define GP_REPORT_JSON_PARTS_H

#include "report/report.h"

/* An object or array under construction; once something failed it stays failed. */
struct gp_jot {
    json_t *value;
    bool failed;
};

struct gp_jot gp_jot_object(void);
struct gp_jot gp_jot_array(void);
/* Each takes `value` over, also when it fails. */
void gp_jot_set(struct gp_jot *jot, const char *key, json_t *value);
void gp_jot_text(struct gp_jot *jot, const char *key, const char *text);      /* NULL: null */
void gp_jot_str(struct gp_jot *jot, const char *key, struct gp_str text);     /* data NULL: null */
void gp_jot_push(struct gp_jot *jot, json_t *value);
/* The finished value, or NULL if anything failed. */
json_t *gp_jot_done(struct gp_jot *jot) GP_MUST_CHECK;

json_t *gp_json_str(struct gp_str text) GP_MUST_CHECK;                        /* data NULL: null */
json_t *gp_json_strs(struct gp_strs texts) GP_MUST_CHECK;
json_t *gp_json_place(const struct gp_ruleset *rules, struct gp_span at) GP_MUST_CHECK; /* null without a place */
json_t *gp_json_basis(enum gp_basis basis) GP_MUST_CHECK;                     /* null for none */
json_t *gp_json_value(const struct gp_value *value) GP_MUST_CHECK;            /* null for none */
json_t *gp_json_time(struct timespec time) GP_MUST_CHECK;
json_t *gp_json_state(const struct gp_state_verdict *state) GP_MUST_CHECK;    /* null for a set without states */
/* The leaves that decided a requirement or cause; those of a proof; and one proof as a tree. */
json_t *gp_json_because(const struct gp_ruleset *rules, const struct gp_requirement_verdict *verdict) GP_MUST_CHECK;
json_t *gp_json_leaves(const struct gp_ruleset *rules, const struct gp_proof *proof) GP_MUST_CHECK;
json_t *gp_json_proof(const struct gp_ruleset *rules, const struct gp_proof *proof) GP_MUST_CHECK;
json_t *gp_json_remedy(const char *text, const struct gp_operation *operation) GP_MUST_CHECK;

/* What every report opens with: schema, gatepost, ruleset, and the directory if it is about one. */
struct gp_jot gp_json_head(const struct gp_subject *subject);
json_t *gp_json_requirement(const struct gp_ruleset *rules, const struct gp_requirement_verdict *verdict,
                            bool with_proof) GP_MUST_CHECK;

#endif
