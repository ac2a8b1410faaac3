/*
 * What the files that apply an amendment share.
 */
#ifndef GP_LOAD_AMEND_INTERNAL_H
#define GP_LOAD_AMEND_INTERNAL_H

#include "load/seal.h"
#include "rule/table.h"

struct gp_amend {
    struct gp_arena *arena;
    struct gp_diags *diags;
    struct gp_node *into;
    struct gp_seals seals;
    struct gp_str operation; /* whose parameters are amended */
    size_t compared;         /* ids, to find which a new one is near to */
    bool errors;
};

/* Adds an id to `map`, unless it cannot be meant as a new one, which is said.  The first `old` ids of the map were there
 * before the amendment.  0 or -ENOMEM. */
int gp_amend_add_new(struct gp_amend *amend, const struct gp_field *element, struct gp_node *map, size_t old,
                     const struct gp_pair *pair) GP_MUST_CHECK;
/* Notes which ids the first `count` of `among` are, of which `id` is none: the nearest with its place, or some if none
 * is near. */
void gp_amend_show_candidates(struct gp_amend *amend, struct gp_diag *diag, const char *what,
                              const struct gp_node *among, size_t count, struct gp_str id);
/* Whether one of the keys of which exactly one must stand does. */
bool gp_amend_has_one_of(const struct gp_object *object, const struct gp_node *node);

#endif
