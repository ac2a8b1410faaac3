#include "act/content.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/sys-help.h"

struct gp_content gp_content_of(struct gp_probe *probe, struct gp_entry *entry, uint64_t size)
{
    return (struct gp_content){.probe = probe, .entry = entry, .size = size};
}

int gp_content_copy(struct gp_arena *arena, const struct gp_content *from, struct gp_content *ret)
{
    struct gp_content copy = *from;

    copy.edits.data = NULL;
    copy.edits.count = copy.edits.capacity = 0;
    for (size_t i = 0; i < from->edits.count; i++)
        if (gp_vec_push(arena, &copy.edits, from->edits.data[i]) < 0)
            return -ENOMEM;
    *ret = copy;
    return 0;
}

int gp_content_edit(struct gp_arena *arena, struct gp_content *content, uint64_t offset, struct gp_str bytes)
{
    if (offset > content->size || bytes.len > content->size - offset)
        return -ERANGE;
    return gp_vec_push(arena, &content->edits, (struct gp_edit){offset, bytes});
}

static void read_bytes(struct gp_str bytes, uint64_t offset, char *buffer, size_t length)
{
    size_t there = offset < bytes.len ? bytes.len - (size_t)offset : 0;
    size_t copied = there < length ? there : length;

    if (copied)
        memcpy(buffer, bytes.data + offset, copied);
    memset(buffer + copied, 0, length - copied);
}

/* The part of an edit that lies in a window. */
static void apply(const struct gp_edit *edit, uint64_t offset, char *buffer, size_t length)
{
    uint64_t from = edit->offset > offset ? edit->offset : offset;
    uint64_t edit_end = edit->offset + edit->bytes.len, end = offset + length;
    uint64_t to = edit_end < end ? edit_end : end;

    if (from < to)
        memcpy(buffer + (from - offset), edit->bytes.data + (from - edit->offset), (size_t)(to - from));
}

enum gp_reason gp_content_read(const struct gp_content *content, uint64_t offset, void *buffer, size_t length)
{
    size_t got = 0;

    if (content->entry && length) {
        enum gp_reason reason = gp_probe_read_into(content->probe, content->entry, offset, buffer, length, &got);
        if (reason != GP_REASON_NONE)
            return reason;
        if (got != length)
            return GP_REASON_CHANGED;
    } else if (!content->entry) {
        read_bytes(content->bytes, offset, buffer, length);
    }
    for (size_t i = 0; i < content->edits.count; i++)
        apply(&content->edits.data[i], offset, buffer, length);
    return GP_REASON_NONE;
}

static bool all_zeros(const char *block, size_t length)
{
    return length == 0 || (block[0] == 0 && memcmp(block, block + 1, length - 1) == 0);
}

static int error_of(enum gp_reason reason)
{
    return reason == GP_REASON_CHANGED ? -ESTALE : reason == GP_REASON_NO_PERMISSION ? -EACCES : -EIO;
}

int gp_content_write(const struct gp_sys *sys, int fd, const struct gp_content *content)
{
    char *block = malloc(GP_CONTENT_BLOCK);
    int r = !block ? -ENOMEM : content->size > INT64_MAX ? -EFBIG : 0;

    if (r == 0 && content->size)
        r = sys->ftruncate(sys, fd, (off_t)content->size) < 0 ? -errno : 0;
    for (uint64_t at = 0; at < content->size && r == 0; at += GP_CONTENT_BLOCK) {
        size_t length = content->size - at < GP_CONTENT_BLOCK ? (size_t)(content->size - at) : GP_CONTENT_BLOCK;
        if (!content->entry && at >= content->bytes.len && !content->edits.count)
            break;
        enum gp_reason reason = gp_content_read(content, at, block, length);
        if (reason != GP_REASON_NONE)
            r = error_of(reason);
        else if (content->entry || !all_zeros(block, length))
            r = gp_sys_write_full(sys, fd, block, length, at);
    }
    free(block);
    return r;
}
