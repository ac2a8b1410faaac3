/* The graph of shared definitions: rings, an order, depth, and what must not be rested on. */
#include "load/link-internal.h"

#include <errno.h>

#include "rule/limits.h"

enum colour { WHITE, GREY, BLACK };

/* A node whose uses are being followed. */
struct frame {
    uint32_t node;
    size_t next; /* of its edges */
};

struct search {
    unsigned char *colours;
    struct frame *stack;
    uint32_t depth;
};

static struct gp_link_edge *edge_of(struct gp_linker *linker, const struct gp_link_node *node, size_t n)
{
    return &linker->edges.data[node->first_edge + n];
}

/* ---- rings ------------------------------------------------------------------------------------------------------- */

static void say_ring(struct gp_linker *linker, const struct search *search, uint32_t target)
{
    struct gp_diags *diags = linker->link.diags;
    struct gp_link_node *first = &linker->nodes[target], *last = &linker->nodes[search->stack[search->depth - 1].node];
    uint32_t start = search->depth - 1;

    if (first->ring && first->ring == last->ring)
        return; /* part of what was said already */
    linker->owner = first;
    struct gp_diag *diag = gp_link_error(linker, GP_DIAG_CYCLE, first->entry->at, "%s '%.*s' rests on itself",
                                         gp_section_name(first->section), GP_STR_ARG(first->entry->id));
    linker->owner = NULL;
    if (!diag)
        return;
    linker->rings++;
    while (search->stack[start].node != target)
        start--;
    for (uint32_t i = start; i < search->depth; i++) {
        struct gp_link_node *node = &linker->nodes[search->stack[i].node];
        const struct gp_link_edge *edge = edge_of(linker, node, search->stack[i].next - 1);
        const struct gp_link_node *used = &linker->nodes[edge->target];
        gp_diag_note(diags, diag, edge->at, "%s '%.*s' uses %s '%.*s'", gp_section_name(node->section),
                     GP_STR_ARG(node->entry->id), gp_section_name(used->section), GP_STR_ARG(used->entry->id));
        node->ring = linker->rings;
    }
}

/* Follows everything that `root` uses; a node is put into the order when all that it uses is there. */
static void search_from(struct gp_linker *linker, struct search *search, uint32_t root)
{
    if (search->colours[root] != WHITE)
        return;
    search->stack[0] = (struct frame){root, 0};
    search->colours[root] = GREY;
    search->depth = 1;
    while (search->depth) {
        struct frame *frame = &search->stack[search->depth - 1];
        const struct gp_link_node *node = &linker->nodes[frame->node];
        if (frame->next == node->edge_count) {
            search->colours[frame->node] = BLACK;
            linker->order[linker->ordered++] = frame->node;
            search->depth--;
            continue;
        }
        uint32_t target = edge_of(linker, node, frame->next++)->target;
        if (search->colours[target] == GREY)
            say_ring(linker, search, target);
        if (search->colours[target] != WHITE)
            continue;
        search->colours[target] = GREY;
        search->stack[search->depth++] = (struct frame){target, 0};
    }
}

/* ---- what comes up from what is used ----------------------------------------------------------------------------- */

static void say_too_deep(struct gp_linker *linker, const struct gp_link_node *node, const struct gp_link_edge *edge)
{
    struct gp_span at = node->too_deep ? node->too_deep->at : edge ? edge->at : node->entry->at;
    struct gp_diag *diag = gp_link_error(linker, GP_DIAG_LIMIT_CONDITION_DEPTH, at,
                                         "conditions are nested more than %u deep", GP_LIMIT_CONDITION_DEPTH);

    if (!node->too_deep && edge)
        gp_diag_note(linker->link.diags, diag, linker->nodes[edge->target].entry->at,
                     "%u of the levels are here and in what it uses", linker->nodes[edge->target].height);
}

static uint32_t levels_of(const struct gp_link_node *node)
{
    const struct gp_marker *marker = node->section == GP_SECTION_MARKER ? node->entry->value : NULL;

    return marker && marker->cases.count ? 1 : 0; /* cases decide, as a condition does */
}

static void find_height(struct gp_linker *linker, struct gp_link_node *node)
{
    const struct gp_link_edge *deepest = NULL;
    uint32_t height = node->own_depth;

    for (size_t i = 0; i < node->edge_count; i++) {
        const struct gp_link_edge *edge = edge_of(linker, node, i);
        uint32_t below = edge->depth + linker->nodes[edge->target].height;
        if (below > height) {
            height = below;
            deepest = edge;
        }
    }
    node->height = height + levels_of(node);
    if (node->height <= GP_LIMIT_CONDITION_DEPTH)
        return;
    say_too_deep(linker, node, deepest);
    node->height = 0; /* once is enough: what uses it is measured without it */
}

/* Of a ring the definition that comes first in the order uses one that is not there yet, and so on for the others. */
static void find_unsound(struct gp_linker *linker, struct gp_link_node *node)
{
    for (size_t i = 0; i < node->edge_count && !node->unsound; i++) {
        const struct gp_link_node *used = &linker->nodes[edge_of(linker, node, i)->target];
        node->unsound = !used->ordered || used->unsound;
    }
    node->ordered = true;
    if (node->unsound)
        gp_link_mark(linker);
}

/* Takes over what a used definition rests on. */
static void inherit(struct gp_linker *linker, struct gp_link_node *node)
{
    node->uses_names = node->name_count > 0;
    for (size_t i = 0; i < node->edge_count; i++) {
        const struct gp_link_edge *edge = edge_of(linker, node, i);
        const struct gp_link_node *used = &linker->nodes[edge->target];
        node->uses_names |= used->uses_names;
        if (!node->state_form && used->state_form) {
            node->state_form = used->state_form;
            node->state_at = edge->at;
        }
        if (!node->ensures_form && used->ensures_form && !edge->in_ensures) {
            node->ensures_form = used->ensures_form;
            node->ensures_at = edge->at;
        }
    }
}

/* A note where the condition stands, unless that is the place itself. */
static void show_form(struct gp_linker *linker, struct gp_diag *diag, struct gp_span at, const struct gp_cond *cond)
{
    if (at.source != cond->at.source || at.offset != cond->at.offset)
        gp_diag_note(linker->link.diags, diag, cond->at, "'%s' is asked here", cond->form->key);
}

static void check_rests(struct gp_linker *linker, const struct gp_link_node *node)
{
    const char *what = gp_section_name(node->section);
    struct gp_str id = node->entry->id;

    if (node->section == GP_SECTION_STATE && node->state_form) {
        struct gp_diag *diag = gp_link_error(linker, GP_DIAG_STATE_IN_STATE, node->state_at,
                                             "state '%.*s' asks in which state the tree is", GP_STR_ARG(id));
        show_form(linker, diag, node->state_at, node->state_form);
    }
    if (node->section != GP_SECTION_CONDITION && node->ensures_form) {
        struct gp_diag *diag = gp_link_error(linker, GP_DIAG_ENSURES_ONLY, node->ensures_at,
                                             "%s '%.*s' asks '%s', which only 'ensures' can", what, GP_STR_ARG(id),
                                             node->ensures_form->form->key);
        show_form(linker, diag, node->ensures_at, node->ensures_form);
    }
}

int gp_link_graph(struct gp_linker *linker)
{
    struct search search = {
        .colours = gp_arena_alloc(linker->arena, linker->node_count + 1),
        .stack = GP_NEW_ARRAY(linker->arena, struct frame, linker->node_count + 1),
    };

    if (!search.colours || !search.stack)
        return -ENOMEM;
    for (uint32_t i = 0; i < linker->node_count; i++)
        search_from(linker, &search, i);
    for (uint32_t i = 0; i < linker->ordered; i++) {
        struct gp_link_node *node = &linker->nodes[linker->order[i]];
        linker->owner = node;
        find_unsound(linker, node);
        find_height(linker, node);
        inherit(linker, node);
        if (!node->ring)
            check_rests(linker, node);
    }
    linker->owner = NULL;
    return 0;
}
