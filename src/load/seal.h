/*
 * What sealed requirements rest on, found on nodes.
 *
 * A requirement that is `sealed: true` binds whoever amends: what decides it
 * must stay.  The search errs on the safe side: a text that is the id of a
 * condition counts as naming it wherever it stands, titles and sources aside.
 * A name may be a variable's in one operation and a parameter's in another, so
 * a parameter that comes new where it is named changes what is decided, too.
 */
#ifndef GP_LOAD_SEAL_H
#define GP_LOAD_SEAL_H

#include "load/node.h"

struct gp_seals {
    /* Ids to the sealed requirement that rests on them: struct gp_pair *. */
    struct gp_strmap conditions, markers, tables, attestations;
    const struct gp_pair *states;                 /* one that looks at states, and so at every state */
    struct gp_strmap names;      /* what they name as a parameter, a directory or in ${}, likewise */
    struct gp_strmap vars;       /* as a variable, a directory, in ${} or as the default of a parameter, likewise */
    struct gp_strmap operations; /* operations with a sealed requirement, likewise */
};

/* Whether a requirement's node says `sealed: true`. */
bool gp_seal_on(const struct gp_node *requirement);
/* Where it says so: what sealed it may be another file than the requirement's. */
struct gp_span gp_seal_at(const struct gp_node *requirement);
/* Follows every sealed requirement of a rule set's sections.  0 or -ENOMEM. */
int gp_seals_find(struct gp_arena *arena, const struct gp_node *sections, struct gp_seals *ret_seals) GP_MUST_CHECK;
/* The sealed requirement that rests on `id` of the section `key`; NULL if there is none. */
const struct gp_pair *gp_seals_of(const struct gp_seals *seals, struct gp_str key, struct gp_str id);
/* The same of a parameter of an operation: one that any sealed requirement names, in an operation that has one. */
const struct gp_pair *gp_seals_of_parameter(const struct gp_seals *seals, struct gp_str operation, struct gp_str id);
/* The same of a variable. */
const struct gp_pair *gp_seals_of_variable(const struct gp_seals *seals, struct gp_str id);

#endif
