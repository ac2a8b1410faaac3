/*
 * What is checked of conditions, facets and reads when a rule set is loaded,
 * and the tables cannot say.
 */
#ifndef GP_EVAL_CHECK_H
#define GP_EVAL_CHECK_H

#include "rule/family.h"
#include "rule/link.h"

/* Facets that ask something of files stand at files, those of directories at directories. */
void gp_check_file_form(struct gp_link *link, const struct gp_cond *cond);
void gp_check_dir_form(struct gp_link *link, const struct gp_cond *cond);
/* Something that is true or false whatever the tree holds. */
void gp_check_says_nothing(struct gp_link *link, struct gp_span at, const char *message);
/* A literal (or nothing) that must not be less than `least`; `what` begins the message: "'of'". */
void gp_check_least(struct gp_link *link, const struct gp_expr *expr, int64_t least, const char *what);
/* A length or a window: at least 1, at most GP_LIMIT_WINDOW_BYTES. */
void gp_check_window(struct gp_link *link, const struct gp_expr *expr, const char *what);
/* A comparison that no value from `lowest` to `highest` can pass; `what` is "a u8", "a size". */
void gp_check_comparison(struct gp_link *link, const struct gp_comparison *comparison, int64_t lowest, int64_t highest,
                         const char *what);
/* A group of a pattern. */
void gp_check_group(struct gp_link *link, const struct gp_pattern *pattern, const struct gp_expr *group);

#endif
