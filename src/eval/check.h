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
/* A comparison (or nothing) with more at least than at most. */
void gp_check_comparison(struct gp_link *link, const struct gp_comparison *comparison);
/* A group of a pattern. */
void gp_check_group(struct gp_link *link, const struct gp_pattern *pattern, const struct gp_expr *group);

#endif
