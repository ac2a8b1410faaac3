/* What the top of a file says, without the file's set. */
#include <errno.h>

#include "load/load.h"
#include "load/node.h"
#include "rule/limits.h"

/* A file's nodes; gone with it. */
struct peek {
    struct gp_sources *sources;
    struct gp_diags *diags; /* nobody reads them */
    struct gp_arena *arena;
    struct gp_node *root; /* NULL: nothing of the file could be read */
};

static void close_peek(struct peek *peek)
{
    gp_arena_free(peek->arena);
    gp_diags_free(peek->diags);
    gp_sources_free(peek->sources);
}

static int open_peek(struct peek *peek, struct gp_str text)
{
    size_t budget = GP_LIMIT_NODES;

    *peek = (struct peek){.sources = gp_sources_new(), .arena = gp_arena_new(0)};
    if (!peek->sources || !peek->arena)
        return -ENOMEM;
    peek->diags = gp_diags_new(peek->sources, 1);
    int source = peek->diags ? gp_sources_add(peek->sources, "", text.data, text.len) : -ENOMEM;
    int r = source < 0 ? source : gp_node_parse(peek->arena, (uint32_t)source, peek->diags, &budget, &peek->root);
    return r == -ENOMEM ? r : 0;
}

/* A scalar's text, NULL if it is none; `*ret_failed`: no memory for it. */
static const char *text_of(const struct gp_node *node, struct gp_arena *arena, bool *ret_failed)
{
    if (!node || node->kind != GP_NODE_SCALAR || node->broken || gp_node_is_null(node))
        return NULL;
    const char *copy = gp_arena_memdup(arena, node->text.data, node->text.len);
    *ret_failed = *ret_failed || !copy;
    return copy;
}

int gp_load_peek(struct gp_str text, struct gp_arena *arena, struct gp_file_says *ret_says)
{
    struct peek peek;
    bool failed = false;
    int r = open_peek(&peek, text);

    if (r == 0)
        *ret_says = (struct gp_file_says){
            .ruleset = text_of(gp_node_get(peek.root, "ruleset"), arena, &failed),
            .amends = text_of(gp_node_get(peek.root, "amends"), arena, &failed),
            .tests_for = text_of(gp_node_get(peek.root, "tests-for"), arena, &failed),
        };
    close_peek(&peek);
    return r < 0 || failed ? -ENOMEM : 0;
}

int gp_load_reasons(struct gp_str text, struct gp_arena *arena, struct gp_strmap *reasons)
{
    struct peek peek;
    int r = open_peek(&peek, text);
    const struct gp_node *lint = r == 0 ? gp_node_get(peek.root, "lint") : NULL;

    for (size_t i = 0; lint && lint->kind == GP_NODE_MAPPING && i < lint->count && r == 0; i++) {
        const struct gp_pair *pair = &lint->pairs[i];
        bool failed = false;
        const char *reason = text_of(gp_node_get(pair->value, "reason"), arena, &failed);
        char *id = reason ? gp_arena_memdup(arena, pair->key.data, pair->key.len) : NULL;
        if (failed || (reason && (!id || gp_strmap_put(arena, reasons, (struct gp_str){id, pair->key.len},
                                                       (void *)reason) < 0)))
            r = -ENOMEM;
    }
    close_peek(&peek);
    return r;
}
