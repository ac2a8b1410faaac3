/*
 * Mappings that grow and that know who may change them: what merging makes.
 *
 * The effective definitions of several rule sets share what they have in
 * common, so a mapping belongs to the one root that made it; any other root
 * that wants to change it takes a copy first.
 */
#ifndef GP_LOAD_MAPPING_H
#define GP_LOAD_MAPPING_H

#include "load/node.h"

struct gp_mapping {
    struct gp_node node;        /* first, so that a pointer to it is one to the whole */
    struct gp_strmap positions; /* keys to positions + 1, as pointers */
    const struct gp_node *owner;
};

/* An empty mapping of `owner` (NULL: the mapping is its own owner: a root). */
struct gp_node *gp_mapping_new(struct gp_arena *arena, const struct gp_node *owner, struct gp_span at) GP_MUST_CHECK;
/* `node` itself if it belongs to `owner`, else a copy that does; the values are shared.  NULL: out of memory. */
struct gp_node *gp_mapping_own(struct gp_arena *arena, struct gp_node *node, const struct gp_node *owner) GP_MUST_CHECK;
/* Appends a pair whose key is new.  0 or -ENOMEM. */
int gp_mapping_add(struct gp_arena *arena, struct gp_node *mapping, struct gp_pair pair) GP_MUST_CHECK;
/* The pair of a key, to be changed; NULL if there is none. */
struct gp_pair *gp_mapping_find(const struct gp_node *mapping, struct gp_str key);

#endif
