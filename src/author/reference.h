/*
 * The reference of the rule language, printed from the tables that the binder,
 * the logic and the diagnostics are: what gatepost-rules(5) says of a key is
 * what its row says.
 */
#ifndef GP_AUTHOR_REFERENCE_H
#define GP_AUTHOR_REFERENCE_H

#include "rule/family.h"
#include "util/strbuf.h"

/* A part of the page, between the lines `.\" begin NAME` and `.\" end NAME`. */
struct gp_reference_part {
    const char *name; /* NULL ends the list */
    void (*print)(struct gp_strbuf *out, const struct gp_registry *registry);
};
extern const struct gp_reference_part gp_reference_parts[];

/* Writes `page` with every part printed anew at its place; the rest stays as it is.  0, or -EINVAL with `*ret_problem`
 * (words): a part that has no place, a place without an end, a place for what is no part.  -ENOMEM. */
int gp_reference_print(struct gp_strbuf *out, struct gp_str page, const struct gp_registry *registry,
                       const char **ret_problem) GP_MUST_CHECK;

#endif
