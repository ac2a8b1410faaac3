/*
 * Visits everything that a table describes in what was bound by it: references,
 * expressions, texts, paths, conditions, … in the order of the tables.  The
 * linker, lint and the plan of what to look at are built on it.
 *
 * Members that are empty are passed over.  It recurses as deep as the rule file
 * is nested (GP_LIMIT_YAML_DEPTH); references are not followed.
 */
#ifndef GP_RULE_WALK_H
#define GP_RULE_WALK_H

#include "rule/family.h"

/* Any function may be NULL.  A result other than 0 ends the walk and is its result.  Functions with `leaving` are
 * called before and after what is inside. */
struct gp_walk {
    void *context;
    int (*ref)(struct gp_walk *walk, const struct gp_field *field, const struct gp_ref *ref);
    /* Before its references.  `field` has the type of an operand also where the comparison around it gives the type. */
    int (*expr)(struct gp_walk *walk, const struct gp_field *field, const struct gp_expr *expr);
    int (*text)(struct gp_walk *walk, const struct gp_field *field, const struct gp_template *text);
    int (*path)(struct gp_walk *walk, const struct gp_field *field, const struct gp_pathexpr *path);
    int (*pattern)(struct gp_walk *walk, const struct gp_field *field, const struct gp_pattern *pattern);
    int (*cond)(struct gp_walk *walk, const struct gp_cond *cond, bool leaving);
    int (*facet)(struct gp_walk *walk, const struct gp_cond *cond, const struct gp_facet *facet, bool leaving);
    int (*read)(struct gp_walk *walk, const struct gp_read *read, bool leaving);
    int (*step)(struct gp_walk *walk, const struct gp_step *step, bool leaving);
    /* Of OBJECT, LIST and MAP rows. */
    int (*object)(struct gp_walk *walk, const struct gp_object *object, const void *instance, bool leaving);
};

/* The members of a struct that a table describes. */
int gp_walk_fields(struct gp_walk *walk, const struct gp_field *fields, const void *base);
/* One member. */
int gp_walk_field(struct gp_walk *walk, const struct gp_field *field, const void *base);
/* What an id of a map holds: `element` is the map's, `value` the entry's. */
int gp_walk_element(struct gp_walk *walk, const struct gp_field *element, const void *value);
int gp_walk_cond(struct gp_walk *walk, const struct gp_cond *cond);

#endif
