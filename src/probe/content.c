/*
 * The bytes of files.  A range that was read is kept; what lies near the
 * beginning of a file is served from a page that was read at once.
 */
#include <errno.h>
#include <string.h>

#include "probe/internal.h"
#include "util/hash.h"

void gp_fingerprint(const void *data, size_t length, uint64_t ret_hash[2])
{
    struct gp_str bytes = {length ? data : "", length};

    ret_hash[0] = gp_hash(bytes, 1, false);
    ret_hash[1] = gp_hash(bytes, 2, false);
}

/* A kept range with all that is asked for: bytes before failures, and of these the first. */
static const struct gp_range *kept_range(const struct gp_entry *file, uint64_t offset, size_t length)
{
    const struct gp_range *failed = NULL;

    for (const struct gp_range *range = file->extra ? file->extra->ranges : NULL; range; range = range->next) {
        if (range->hashed || range->offset > offset || length > range->length ||
            offset - range->offset > range->length - length)
            continue;
        if (range->reason == GP_REASON_NONE)
            return range;
        failed = range;
    }
    return failed;
}

static struct gp_window window_of(const struct gp_range *range, uint64_t offset, size_t length)
{
    struct gp_window window = {.reason = range->reason};

    if (range->reason == GP_REASON_NONE)
        window.data = (struct gp_str){range->data + (offset - range->offset), length};
    return window;
}

static struct gp_range *add_range(struct gp_probe *probe, struct gp_entry *file, uint64_t offset, size_t length)
{
    struct gp_extra *extra = gp_entry_extra(probe, file);
    struct gp_range *range = extra ? GP_NEW(probe->arena, struct gp_range) : NULL;

    if (!range)
        return NULL;
    range->offset = offset;
    range->length = length;
    range->next = extra->ranges;
    extra->ranges = range;
    return range;
}

/* The page of a file; a failure is kept as a range.  NULL with a reason if there is none. */
static const struct gp_page *page_of(struct gp_probe *probe, struct gp_entry *file, enum gp_reason *ret_reason)
{
    for (size_t i = 0; i < GP_PAGES; i++)
        if (probe->pages[i].file == file)
            return &probe->pages[i];
    struct gp_page *page = &probe->pages[probe->next_page];
    if (!page->data)
        page->data = gp_arena_alloc(probe->arena, GP_PAGE_BYTES);
    if (!page->data) {
        *ret_reason = gp_reason_of_errno(ENOMEM);
        return NULL;
    }
    page->file = NULL;
    page->length = file->facts.size < GP_PAGE_BYTES ? (size_t)file->facts.size : GP_PAGE_BYTES;
    int r = probe->backend->ops->read(probe->backend, file, 0, page->data, page->length);
    if (r < 0) {
        struct gp_range *range = add_range(probe, file, 0, page->length);
        *ret_reason = gp_reason_of_errno(r);
        if (range)
            range->reason = *ret_reason;
        return NULL;
    }
    page->file = file;
    probe->next_page = (probe->next_page + 1) % GP_PAGES;
    return page;
}

/* Copies bytes that are inside the file to `buffer`. */
static enum gp_reason fetch(struct gp_probe *probe, struct gp_entry *file, uint64_t offset, void *buffer, size_t length)
{
    enum gp_reason reason = GP_REASON_NONE;

    if (offset > GP_PAGE_BYTES || length > GP_PAGE_BYTES - offset)
        return gp_reason_of_errno(probe->backend->ops->read(probe->backend, file, offset, buffer, length));
    const struct gp_page *page = page_of(probe, file, &reason);
    if (page)
        memcpy(buffer, page->data + offset, length);
    return reason;
}

/* Whether there is anything to read; cuts `*length` to what the file has. */
static enum gp_reason measure(struct gp_probe *probe, struct gp_entry *file, uint64_t offset, size_t *length)
{
    enum gp_reason reason = GP_REASON_NONE;

    if (!gp_entry_present(probe, file, &reason))
        return reason;
    if (file->facts.type != GP_FILETYPE_FILE)
        return GP_REASON_NO_VALUE;
    uint64_t left = offset < file->facts.size ? file->facts.size - offset : 0;
    if (left < *length)
        *length = (size_t)left;
    return *length > probe->options.window_limit ? GP_REASON_LIMIT : GP_REASON_NONE;
}

struct gp_window gp_probe_read(struct gp_probe *probe, struct gp_entry *file, uint64_t offset, size_t length)
{
    struct gp_window window = {.reason = measure(probe, file, offset, &length), .data = GP_STR("")};

    file->flags |= GP_ENTRY_ASKED; /* the size decides what there is to read */
    if (window.reason || !length)
        return window;
    const struct gp_range *kept = kept_range(file, offset, length);
    if (kept)
        return window_of(kept, offset, length);
    char *data = gp_arena_alloc(probe->arena, length);
    window.reason = data ? fetch(probe, file, offset, data, length) : gp_reason_of_errno(ENOMEM);
    if (window.reason && (kept = kept_range(file, offset, length)))
        return window_of(kept, offset, length); /* the page failed */
    struct gp_range *range = add_range(probe, file, offset, length);
    if (!range) {
        window.reason = gp_reason_of_errno(ENOMEM);
        return window;
    }
    range->reason = window.reason;
    range->data = data;
    return window_of(range, offset, length);
}

/* Keeps the fingerprint of a range, once. */
static enum gp_reason keep_hash(struct gp_probe *probe, struct gp_entry *file, uint64_t offset, const void *data,
                                size_t length)
{
    uint64_t hash[2];

    gp_fingerprint(data, length, hash);
    for (const struct gp_range *range = file->extra ? file->extra->ranges : NULL; range; range = range->next)
        if (range->hashed && range->offset == offset && range->length == length)
            return memcmp(range->hash, hash, sizeof(hash)) == 0 ? GP_REASON_NONE : GP_REASON_CHANGED;
    struct gp_range *range = add_range(probe, file, offset, length);
    if (!range)
        return gp_reason_of_errno(ENOMEM);
    range->hashed = true;
    memcpy(range->hash, hash, sizeof(hash));
    return GP_REASON_NONE;
}

enum gp_reason gp_probe_read_into(struct gp_probe *probe, struct gp_entry *file, uint64_t offset, void *buffer,
                                  size_t length, size_t *ret_length)
{
    enum gp_reason reason = measure(probe, file, offset, &length);

    file->flags |= GP_ENTRY_ASKED;
    if (reason)
        return reason;
    if (length) {
        const struct gp_range *kept = kept_range(file, offset, length);
        reason = kept ? kept->reason : fetch(probe, file, offset, buffer, length);
        if (!reason && kept)
            memcpy(buffer, kept->data + (offset - kept->offset), length);
        else if (!reason)
            reason = keep_hash(probe, file, offset, buffer, length);
    }
    if (!reason)
        *ret_length = length;
    return reason;
}
