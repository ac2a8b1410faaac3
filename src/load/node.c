/*
 * Looking at nodes.
 */
#include "load/node.h"

#include <string.h>

#include "load/mapping.h"
#include "util/text.h"

/* As much of a text as a diagnostic shows. */
#define SHOWN 40

const struct gp_pair *gp_node_pair(const struct gp_node *node, struct gp_str key)
{
    if (!node || node->kind != GP_NODE_MAPPING)
        return NULL;
    if (node->merged) {
        const struct gp_strmap *positions = &((const struct gp_mapping *)node)->positions;
        size_t position = (size_t)(uintptr_t)gp_strmap_get(positions, key);
        return position ? &node->pairs[position - 1] : NULL;
    }
    for (size_t i = 0; i < node->count; i++)
        if (gp_str_equal(node->pairs[i].key, key))
            return &node->pairs[i];
    return NULL;
}

struct gp_node *gp_node_get(const struct gp_node *node, const char *key)
{
    const struct gp_pair *pair = gp_node_pair(node, (struct gp_str){key, strlen(key)});

    return pair ? pair->value : NULL;
}

bool gp_node_is_null(const struct gp_node *node)
{
    return node->kind == GP_NODE_SCALAR && !node->quoted &&
           (!node->text.len || gp_str_is(node->text, "~") || gp_str_is(node->text, "null"));
}

/* At most `most` bytes, whole characters. */
static size_t cut(struct gp_str text, size_t most)
{
    size_t len = text.len < most ? text.len : most;

    while (len < text.len && len && ((unsigned char)text.data[len] & 0xc0) == 0x80)
        len--;
    return len;
}

const char *gp_node_describe(const struct gp_node *node, struct gp_arena *arena)
{
    if (node->kind != GP_NODE_SCALAR)
        return node->kind == GP_NODE_LIST ? "a list" : "a mapping";
    if (gp_node_is_null(node))
        return "an empty value";
    if (node->quoted)
        return "a quoted text";
    size_t len = cut(node->text, SHOWN);
    const char *text = gp_arena_printf(arena, "the text '%.*s%s'", (int)len, node->text.data,
                                       len < node->text.len ? "…" : "");
    return text ? text : "a text";
}

void gp_node_say_empty(struct gp_diags *diags, struct gp_diag *diag, struct gp_str key, const struct gp_node *node)
{
    if (!node->text.len)
        gp_diag_note(diags, diag, (struct gp_span){0},
                     "what belongs to it stands behind it, or beneath it and further to the right than '%.*s' itself",
                     GP_STR_ARG(key));
}
