/*
 * Nodes to structs, driven by the tables of rule/; then the linker: references,
 * types of literals, cycles, everything that one definition says of another.
 */
#ifndef GP_LOAD_BIND_H
#define GP_LOAD_BIND_H

#include "load/load.h"
#include "load/node.h"

struct gp_binder {
    struct gp_arena *arena;
    struct gp_diags *diags;
    const struct gp_registry *registry;
    struct gp_ruleset *rules; /* paths are interned here, patterns kept here, conditions numbered here */
    bool amending;            /* required keys are not asked for (a drop-in without what it changes) */
    bool fragment;            /* what is referred to may be defined elsewhere */

    /* The binder's own; zeroed before the first use. */
    size_t errors;             /* said so far */
    size_t settled;            /* of them, those in parts that are marked for themselves */
    struct gp_strmap patterns; /* text -> struct gp_regex *: equal patterns are compiled once */
    size_t regex_capacity;     /* of rules->regexes */
};

/* Binds a mapping by a table into `instance` (zeroed, object->size bytes).  0 even if there were errors (they are in
 * the sink), -ENOMEM. */
int gp_bind_object(struct gp_binder *binder, const struct gp_object *object, const struct gp_node *node, void *instance)
    GP_MUST_CHECK;
/* Binds one value by one row into base + field->offset. */
int gp_bind_field(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *base)
    GP_MUST_CHECK;
/* Resolves and checks a whole rule set whose definitions are bound.  0 even if there were errors, -ENOMEM. */
int gp_link(struct gp_binder *binder) GP_MUST_CHECK;

#endif
