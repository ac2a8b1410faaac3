#include "load/mapping.h"

#include <errno.h>
#include <string.h>

struct gp_node *gp_mapping_new(struct gp_arena *arena, const struct gp_node *owner, struct gp_span at)
{
    struct gp_mapping *mapping = GP_NEW(arena, struct gp_mapping);

    if (!mapping)
        return NULL;
    mapping->owner = owner ? owner : &mapping->node;
    mapping->node.kind = GP_NODE_MAPPING;
    mapping->node.at = at;
    mapping->node.merged = true;
    return &mapping->node;
}

struct gp_pair *gp_mapping_find(const struct gp_node *mapping, struct gp_str key)
{
    const struct gp_pair *pair = gp_node_pair(mapping, key);

    return pair ? &mapping->pairs[pair - mapping->pairs] : NULL;
}

int gp_mapping_add(struct gp_arena *arena, struct gp_node *mapping, struct gp_pair pair)
{
    size_t count = mapping->count;

    if ((count & (count - 1)) == 0) { /* full: the room is always a power of two */
        struct gp_pair *pairs = GP_NEW_ARRAY(arena, struct gp_pair, count ? 2 * count : 1);
        if (!pairs)
            return -ENOMEM;
        if (count)
            memcpy(pairs, mapping->pairs, count * sizeof(*pairs));
        mapping->pairs = pairs;
    }
    if (gp_strmap_put(arena, &((struct gp_mapping *)mapping)->positions, pair.key, (void *)(uintptr_t)(count + 1)) < 0)
        return -ENOMEM;
    mapping->pairs[count] = pair;
    mapping->count++;
    return 0;
}

struct gp_node *gp_mapping_own(struct gp_arena *arena, struct gp_node *node, const struct gp_node *owner)
{
    if (node->merged && ((struct gp_mapping *)node)->owner == owner)
        return node;
    struct gp_node *copy = gp_mapping_new(arena, owner, node->at);
    if (!copy)
        return NULL;
    copy->replaces = node->replaces;
    copy->broken = node->broken;
    for (size_t i = 0; i < node->count; i++)
        if (gp_mapping_add(arena, copy, node->pairs[i]) < 0)
            return NULL;
    return copy;
}
