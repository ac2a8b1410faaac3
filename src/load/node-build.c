/* The tree while it grows. */
#include "load/node-build.h"

#include <errno.h>
#include <string.h>

#include "util/text.h"

/* Mappings up to this size are searched pair by pair for a key that stands twice. */
#define SMALL_MAPPING 12
/* Of a file that could not be read to its end the root and its sections are kept, with the definitions that are
 * whole. */
#define KEPT_FRAMES 2

struct gp_diag *gp_build_error(struct gp_builder *b, enum gp_diag_id id, size_t from, size_t to, const char *message)
{
    b->errors = true;
    return gp_diag_add(b->diags, id, gp_reader_span(&b->reader, from, to), "%s", message);
}

void gp_build_stop(struct gp_builder *b)
{
    b->stopped = b->incomplete = true;
}

struct gp_frame *gp_build_top(struct gp_builder *b)
{
    return b->depth ? &b->frames[b->depth - 1] : NULL;
}

bool gp_build_wants_key(struct gp_builder *b)
{
    const struct gp_frame *frame = gp_build_top(b);

    return frame && frame->node->kind == GP_NODE_MAPPING && !frame->has_key;
}

bool gp_build_take_budget(struct gp_builder *b, size_t at)
{
    if (*b->budget) {
        (*b->budget)--;
        return true;
    }
    b->errors = true;
    gp_diag_add(b->diags, GP_DIAG_LIMIT_NODES, gp_reader_span(&b->reader, at, at),
                "a rule set may hold %u values; the rest is not read", GP_LIMIT_NODES);
    gp_build_stop(b);
    return false;
}

int gp_build_add(struct gp_builder *b, struct gp_node *node, size_t end)
{
    struct gp_frame *frame = gp_build_top(b);

    if (!frame) {
        b->root = node;
        return 0;
    }
    frame->end = end;
    if (frame->node->kind == GP_NODE_LIST)
        return gp_vec_push(b->scratch, &b->items, node);
    frame->has_key = false;
    if (frame->drop) {
        frame->node->broken = b->depth > 1;
        return 0;
    }
    if (frame->spoil)
        *node = (struct gp_node){.kind = GP_NODE_SCALAR, .broken = true, .at = node->at, .text = {"", 0}};
    frame->spoil = false;
    return gp_vec_push(b->scratch, &b->pairs, (struct gp_pair){frame->key, frame->key_at, node});
}

/* The count of the stack that a frame's items or pairs are on. */
static size_t *stack_count(struct gp_builder *b, const struct gp_frame *frame)
{
    return frame->node->kind == GP_NODE_LIST ? &b->items.count : &b->pairs.count;
}

int gp_build_text(struct gp_builder *b, const void *data, size_t len, struct gp_str *ret_text)
{
    const char *copy = gp_arena_memdup(b->arena, data, len);

    if (!copy)
        return -ENOMEM;
    *ret_text = (struct gp_str){copy, len};
    return 0;
}

int gp_build_key(struct gp_builder *b, const char *text, size_t len, struct gp_str *ret_key)
{
    size_t hash = len ? len * 7 + (unsigned char)text[0] * 31u + (unsigned char)text[len - 1] : 0;
    struct gp_str *known = &b->keys[hash & (GP_BUILD_KEYS - 1)];

    if (!known->data || known->len != len || memcmp(known->data, text, len) != 0)
        if (gp_build_text(b, text, len, known) < 0)
            return -ENOMEM;
    *ret_key = *known;
    return 0;
}

int gp_build_open(struct gp_builder *b, enum gp_node_kind kind, size_t from, bool flow)
{
    struct gp_node *node = GP_NEW(b->arena, struct gp_node);

    if (!node)
        return -ENOMEM;
    node->kind = kind;
    node->at = gp_reader_span(&b->reader, from, from);
    struct gp_frame frame = {.node = node, .end = from, .flow = flow, .is_key = gp_build_wants_key(b)};
    frame.base = *stack_count(b, &frame);
    b->frames[b->depth++] = frame;
    return 0;
}

static void report_double(struct gp_builder *b, const struct gp_pair *first, const struct gp_pair *second)
{
    b->errors = true;
    struct gp_diag *diag = gp_diag_add(b->diags, GP_DIAG_DUPLICATE_KEY, second->key_at,
                                       "the key '%.*s' stands twice in this mapping", GP_STR_ARG(second->key));
    gp_diag_note(b->diags, diag, first->key_at, "it stands here first");
}

/* Drops all but the first of equal keys, with a diagnostic; how many are left.  Linear for large mappings. */
static int unique_pairs(struct gp_builder *b, struct gp_pair *pairs, size_t *count)
{
    struct gp_arena *arena = *count > SMALL_MAPPING ? gp_arena_new(0) : NULL;
    struct gp_strmap seen = {0};
    size_t kept = 0;
    int r = *count > SMALL_MAPPING && !arena ? -ENOMEM : 0;

    for (size_t i = 0; i < *count && r == 0; i++) {
        struct gp_pair *first = arena ? gp_strmap_get(&seen, pairs[i].key) : NULL;
        for (size_t j = 0; !arena && !first && j < kept; j++)
            if (gp_str_equal(pairs[j].key, pairs[i].key))
                first = &pairs[j];
        if (first) {
            report_double(b, first, &pairs[i]);
            continue;
        }
        pairs[kept] = pairs[i];
        if (arena)
            r = gp_strmap_put(arena, &seen, pairs[kept].key, &pairs[kept]);
        kept++;
    }
    gp_arena_free(arena);
    *count = kept;
    return r;
}

void gp_build_drop_key(struct gp_builder *b, size_t end)
{
    struct gp_frame *frame = gp_build_top(b);

    frame->has_key = frame->drop = true;
    frame->end = end;
}

/* What a frame holds moves from the stack into its node. */
static int fill_collection(struct gp_builder *b, const struct gp_frame *frame)
{
    struct gp_node *node = frame->node;
    bool list = node->kind == GP_NODE_LIST;
    size_t count = *stack_count(b, frame) - frame->base;

    if (!list && unique_pairs(b, b->pairs.data + frame->base, &count) < 0)
        return -ENOMEM;
    node->count = count;
    if (count) {
        size_t size = list ? sizeof(*node->items) : sizeof(*node->pairs);
        void *copy = gp_arena_calloc(b->arena, count, size);
        if (!copy)
            return -ENOMEM;
        memcpy(copy, list ? (void *)(b->items.data + frame->base) : (void *)(b->pairs.data + frame->base),
               count * size);
        if (list)
            node->items = copy;
        else
            node->pairs = copy;
    }
    *stack_count(b, frame) = frame->base;
    return 0;
}

int gp_build_close(struct gp_builder *b, size_t end)
{
    struct gp_frame frame = b->frames[b->depth - 1];

    if (fill_collection(b, &frame) < 0)
        return -ENOMEM;
    if (!end)
        end = frame.end;
    frame.node->at = gp_reader_span(&b->reader, frame.node->at.offset, end);
    b->depth--;
    if (!frame.is_key)
        return gp_build_add(b, frame.node, end);
    gp_build_drop_key(b, end);
    return 0;
}

/* Keeps what is whole of a file whose rest was not read. */
int gp_build_close_early(struct gp_builder *b)
{
    while (b->depth > KEPT_FRAMES || (b->depth && gp_build_top(b)->node->kind == GP_NODE_LIST)) {
        *stack_count(b, gp_build_top(b)) = gp_build_top(b)->base;
        b->depth--;
    }
    /* `{ a: x{y} }`: the text before the error may be a part of what stands there. */
    const struct gp_frame *frame = gp_build_top(b);
    if (frame && frame->flow && !frame->has_key && *stack_count(b, frame) > frame->base)
        --*stack_count(b, frame);
    while (b->depth) {
        gp_build_top(b)->node->broken = true;
        if (gp_build_close(b, 0) < 0)
            return -ENOMEM;
    }
    if (b->root)
        b->root->broken = true;
    return 0;
}

