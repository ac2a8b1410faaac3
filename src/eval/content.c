#include "eval/content.h"

#include "eval/words.h"
#include "probe/record.h"

#include <stdlib.h>
#include <string.h>

const struct gp_layout gp_layouts[] = {
    {"u8", 1, false, UINT8_MAX},
    {"u16le", 2, false, UINT16_MAX},
    {"u16be", 2, true, UINT16_MAX},
    {"u32le", 4, false, UINT32_MAX},
    {"u32be", 4, true, UINT32_MAX},
    {NULL, 0, false, 0},
};

const struct gp_layout *gp_layout_of(const char *name)
{
    const struct gp_layout *layout = gp_layouts;
    while (layout[1].name && strcmp(layout->name, name) != 0) {
        layout++;
    }
    return layout;
}

int64_t gp_size_signed(uint64_t size)
{
    return size > INT64_MAX ? INT64_MAX : (int64_t)size;
}

struct gp_raw gp_raw_unknown(enum gp_reason reason, uint64_t size)
{
    return (struct gp_raw){.kind = GP_RAW_UNKNOWN, .reason = reason, .size = size};
}

void gp_scratch_done(struct gp_scratch *scratch)
{
    free(scratch->large);
    scratch->large = NULL;
}

static char *scratch_room(struct gp_scratch *scratch, size_t length)
{
    if (length <= sizeof(scratch->small)) {
        return scratch->small;
    }
    gp_scratch_done(scratch);
    return scratch->large = malloc(length);
}

/* Bytes that the file has by its size. */
static struct gp_window fetch(struct gp_eval *eval, struct gp_entry *file, uint64_t offset, size_t length,
                              struct gp_scratch *scratch)
{
    if (length == 0) {
        return (struct gp_window){.data = {"", 0}};
    }
    if (!eval->terse) {
        return gp_probe_read(eval->here->probe, file, offset, length);
    }
    char *room = scratch_room(scratch, length);
    if (!room) {
        return (struct gp_window){.reason = GP_REASON_LIMIT};
    }
    struct gp_window window = {.data = {room, 0}};
    window.reason = gp_probe_read_into(eval->here->probe, file, offset, room, length, &window.data.len);
    return window;
}

struct gp_raw gp_raw_fetch(struct gp_eval *eval, struct gp_entry *file, int64_t at, uint64_t length, bool bytes,
                           struct gp_scratch *scratch)
{
    uint64_t size = gp_probe_facts(eval->here->probe, file)->size;
    uint64_t back = at < 0 ? 0 - (uint64_t)at : 0;
    struct gp_raw raw = {.kind = GP_RAW_SHORT, .size = size};
    if (back > size) {
        raw.kind = GP_RAW_NOWHERE;
        return raw;
    }
    raw.offset = at < 0 ? size - back : (uint64_t)at;
    if (raw.offset > size || length > size - raw.offset) {
        return raw;
    }
    if (length > GP_LIMIT_WINDOW_BYTES) {
        return gp_raw_unknown(GP_REASON_LIMIT, size);
    }
    struct gp_window window = fetch(eval, file, raw.offset, (size_t)length, scratch);
    bool whole = window.reason != GP_REASON_NONE || window.data.len == length;
    if (bytes && length && whole &&
        gp_probe_keep_window(eval->here->probe, file, raw.offset, (size_t)length, window.reason,
                             window.data.data) < 0) {
        return gp_raw_unknown(GP_REASON_LIMIT, size);
    }
    if (window.reason != GP_REASON_NONE) {
        return gp_raw_unknown(window.reason, size);
    }
    if (window.data.len < length) {
        return gp_raw_unknown(GP_REASON_CHANGED, size);
    }
    raw.kind = GP_RAW_THERE;
    raw.bytes = (struct gp_str){window.data.data, (size_t)length};
    return raw;
}

struct gp_raw gp_raw_bytes(struct gp_eval *eval, struct gp_entry *file, int64_t at, uint64_t length,
                           struct gp_scratch *scratch)
{
    return gp_raw_fetch(eval, file, at, length, true, scratch);
}

struct gp_raw gp_raw_number(struct gp_eval *eval, struct gp_entry *file, int64_t at, const struct gp_layout *layout)
{
    struct gp_scratch scratch = {.large = NULL};
    struct gp_raw raw = gp_raw_bytes(eval, file, at, layout->width, &scratch);
    if (raw.kind == GP_RAW_THERE) {
        for (unsigned i = 0; i < layout->width; i++) {
            unsigned place = layout->big ? i : layout->width - 1 - i;
            raw.number = raw.number << 8 | (unsigned char)raw.bytes.data[place];
        }
    }
    raw.bytes = (struct gp_str){NULL, 0}; /* the scratch goes */
    return raw;
}

struct gp_raw gp_raw_records(uint64_t size, int64_t of, int64_t after)
{
    struct gp_raw raw = {.kind = GP_RAW_NOWHERE, .size = size};
    if (of <= 0 || after < 0) {
        return raw;
    }
    if ((uint64_t)after > size) {
        raw.kind = GP_RAW_SHORT;
        raw.offset = (uint64_t)after;
        return raw;
    }
    uint64_t left = (size - (uint64_t)after) % (uint64_t)of;
    raw.kind = left ? GP_RAW_RAGGED : GP_RAW_THERE;
    raw.number = left ? left : (size - (uint64_t)after) / (uint64_t)of;
    return raw;
}

const char *gp_raw_lack(struct gp_eval *eval, const struct gp_raw *raw)
{
    const char *text = NULL;
    const char *size = gp_words_size(eval, raw->size);
    const char *left = gp_words_size(eval, raw->number);
    if (!size || !left) {
        return NULL;
    }
    int r = 0;
    switch (raw->kind) {
    case GP_RAW_SHORT:
        r = gp_say(eval, &text, "the file ends at %s", size);
        break;
    case GP_RAW_NOWHERE:
        r = gp_say(eval, &text, "the file has only %s", size);
        break;
    case GP_RAW_RAGGED:
        r = gp_say(eval, &text, "%s, %s left over", size, left);
        break;
    case GP_RAW_THERE:
    case GP_RAW_UNKNOWN:
        break;
    }
    return r < 0 ? NULL : text ? text : "";
}
