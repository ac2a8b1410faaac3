/*
 * What differs between two contents, for a person: runs of bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "act/planned.h"

/* Bytes that are the same but stand between two that differ, and count as one run with them. */
#define GAP 3u

struct comparing {
    struct gp_stage *stage;
    const char *path;
    const struct gp_content *old, *new;
    struct gp_primitive *primitive;
    GP_VEC(struct gp_change) changes;
    bool open;           /* a run goes on … */
    uint64_t start, end; /* … from here to behind its last byte that differs */
};

/* A piece of a content for show; bytes behind the end are left out. */
static int shown(struct comparing *it, const struct gp_content *content, struct gp_str *ret)
{
    char bytes[GP_PLAN_SHOWN];
    uint64_t end = it->end < content->size ? it->end : content->size;
    size_t length = end <= it->start ? 0 : end - it->start > sizeof(bytes) ? sizeof(bytes) : (size_t)(end - it->start);
    enum gp_reason reason = length ? gp_content_read(content, it->start, bytes, length) : GP_REASON_NONE;

    if (reason != GP_REASON_NONE)
        return gp_stage_fail(it->stage, "%s: %s", it->path, gp_reason_words(reason));
    ret->data = gp_arena_memdup(it->stage->arena, bytes, length);
    ret->len = length;
    return ret->data ? 0 : -ENOMEM;
}

static int close_run(struct comparing *it)
{
    struct gp_change change = {.offset = it->start};
    int r;

    if (!it->open)
        return 0;
    it->open = false;
    if (it->changes.count == GP_PLAN_CHANGES) {
        it->primitive->more_changes = true;
        return 0;
    }
    r = shown(it, it->old, &change.old);
    if (r == 0)
        r = shown(it, it->new, &change.new);
    return r < 0 ? r : gp_vec_push(it->stage->arena, &it->changes, change);
}

static int differs_at(struct comparing *it, uint64_t offset, uint64_t length)
{
    int r = it->open && offset > it->end + GAP ? close_run(it) : 0;

    if (!it->open) {
        it->open = true;
        it->start = offset;
    }
    it->end = offset + length;
    return r;
}

static int compare_block(struct comparing *it, uint64_t offset, char *old, char *new, size_t length)
{
    enum gp_reason reason = gp_content_read(it->old, offset, old, length);
    int r = 0;

    if (reason == GP_REASON_NONE)
        reason = gp_content_read(it->new, offset, new, length);
    if (reason != GP_REASON_NONE)
        return gp_stage_fail(it->stage, "%s: %s", it->path, gp_reason_words(reason));
    if (memcmp(old, new, length) == 0)
        return 0;
    for (size_t i = 0; i < length && r == 0; i++)
        if (old[i] != new[i])
            r = differs_at(it, offset + i, 1);
    return r;
}

static int compare(struct comparing *it)
{
    char *buffers = malloc(2 * GP_CONTENT_BLOCK);
    uint64_t common = it->old->size < it->new->size ? it->old->size : it->new->size;
    uint64_t longest = it->old->size > it->new->size ? it->old->size : it->new->size;
    int r = buffers ? 0 : -ENOMEM;

    for (uint64_t at = 0; at < common && r == 0 && !it->primitive->more_changes; at += GP_CONTENT_BLOCK) {
        size_t length = common - at < GP_CONTENT_BLOCK ? (size_t)(common - at) : GP_CONTENT_BLOCK;
        r = compare_block(it, at, buffers, buffers + GP_CONTENT_BLOCK, length);
    }
    if (r == 0 && longest > common)
        r = differs_at(it, common, longest - common);
    if (r == 0)
        r = close_run(it);
    free(buffers);
    return r;
}

int gp_plan_changes(struct gp_stage *stage, const char *path, const struct gp_content *old,
                    const struct gp_content *new, struct gp_primitive *primitive)
{
    struct comparing it = {.stage = stage, .path = path, .old = old, .new = new, .primitive = primitive};
    int r = compare(&it);

    if (r < 0)
        return r;
    primitive->changes = it.changes.data;
    primitive->change_count = it.changes.count;
    return it.changes.count > 0;
}
