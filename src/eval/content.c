#include "eval/content.h"

#include "eval/words.h"

#include <stdlib.h>
#include <string.h>

/* Files are looked through in pieces of this many bytes. */
#define PIECE ((size_t)16 << 10)

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

static struct gp_raw raw_unknown(enum gp_reason reason, uint64_t size)
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

struct gp_raw gp_raw_bytes(struct gp_eval *eval, struct gp_entry *file, int64_t at, uint64_t length,
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
        return raw_unknown(GP_REASON_LIMIT, size);
    }
    struct gp_window window = fetch(eval, file, raw.offset, (size_t)length, scratch);
    if (window.reason != GP_REASON_NONE) {
        return raw_unknown(window.reason, size);
    }
    if (window.data.len < length) {
        return raw_unknown(GP_REASON_CHANGED, size);
    }
    raw.kind = GP_RAW_THERE;
    raw.bytes = (struct gp_str){window.data.data, (size_t)length};
    return raw;
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

/* The lines of a file as they go by. */
struct lines {
    uint64_t longest, current;
    bool cr; /* the last byte was CR: part of the line unless LF follows */
};

static void lines_end(struct lines *lines, bool newline)
{
    uint64_t length = lines->current - (newline && lines->cr ? 1 : 0);
    lines->longest = length > lines->longest ? length : lines->longest;
}

static void lines_add(struct lines *lines, struct gp_str piece)
{
    while (piece.len) {
        const char *end = memchr(piece.data, '\n', piece.len);
        size_t length = end ? (size_t)(end - piece.data) : piece.len;
        lines->current += length;
        if (length) {
            lines->cr = piece.data[length - 1] == '\r';
        }
        if (!end) {
            return;
        }
        lines_end(lines, true);
        *lines = (struct lines){.longest = lines->longest};
        piece.data += length + 1;
        piece.len -= length + 1;
    }
}

/* A piece of a file that is gone through once; `buffer` has room for PIECE bytes. */
static enum gp_reason piece_of(struct gp_eval *eval, struct gp_entry *file, uint64_t at, uint64_t end, char *buffer,
                               struct gp_str *ret_piece)
{
    size_t want = end - at < PIECE ? (size_t)(end - at) : PIECE;
    size_t have = 0;
    enum gp_reason reason = gp_probe_read_into(eval->here->probe, file, at, buffer, want, &have);
    if (reason != GP_REASON_NONE) {
        return reason;
    }
    *ret_piece = (struct gp_str){buffer, have};
    return have < want ? GP_REASON_CHANGED : GP_REASON_NONE;
}

struct gp_raw gp_raw_longest_line(struct gp_eval *eval, struct gp_entry *file)
{
    uint64_t size = gp_probe_facts(eval->here->probe, file)->size;
    uint64_t end = size < GP_LIMIT_WINDOW_BYTES ? size : GP_LIMIT_WINDOW_BYTES;
    struct lines lines = {0};
    char buffer[PIECE];
    for (uint64_t at = 0; at < end; at += PIECE) {
        struct gp_str piece;
        enum gp_reason reason = piece_of(eval, file, at, end, buffer, &piece);
        if (reason != GP_REASON_NONE) {
            return raw_unknown(reason, size);
        }
        lines_add(&lines, piece);
    }
    /* A CR at a cut may belong to a CR LF. */
    lines_end(&lines, size > end);
    return (struct gp_raw){.kind = GP_RAW_THERE, .size = size, .number = lines.longest, .cut = size > end};
}

struct gp_sameness gp_raw_same(struct gp_eval *eval, struct gp_entry *a, struct gp_entry *b)
{
    uint64_t size = gp_probe_facts(eval->here->probe, a)->size;
    uint64_t end = size < GP_LIMIT_WINDOW_BYTES ? size : GP_LIMIT_WINDOW_BYTES;
    struct gp_sameness it = {.same = GP_MATCH_LIMIT, .unread = a};
    char one[PIECE], other[PIECE];
    for (uint64_t at = 0; at < end; at += PIECE) {
        struct gp_str left = {NULL, 0}, right = {NULL, 0};
        it.reason = piece_of(eval, a, at, end, one, &left);
        if (it.reason != GP_REASON_NONE) {
            return it;
        }
        it.reason = piece_of(eval, b, at, end, other, &right);
        if (it.reason != GP_REASON_NONE) {
            it.unread = b;
            return it;
        }
        if (memcmp(left.data, right.data, left.len) != 0) {
            it.offset = at;
            for (size_t i = 0; left.data[i] == right.data[i]; i++) {
                it.offset++;
            }
            it.same = GP_MATCH_NO;
            return it;
        }
    }
    it.same = size > end ? GP_MATCH_LIMIT : GP_MATCH_YES;
    it.reason = size > end ? GP_REASON_LIMIT : GP_REASON_NONE;
    return it;
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

static struct gp_found search_text(const struct gp_search *search, struct gp_str subject)
{
    struct gp_found found = {.match = GP_MATCH_NO};
    if (search->regex) {
        found.match = gp_regex_match(search->regex, subject, 0, &found.text);
    } else {
        found.text.data = memmem(subject.data, subject.len, search->contains.data, search->contains.len);
        found.text.len = search->contains.len;
        found.match = found.text.data ? GP_MATCH_YES : GP_MATCH_NO;
    }
    if (found.match == GP_MATCH_YES && found.text.data) {
        found.offset = (uint64_t)(found.text.data - subject.data);
    }
    return found;
}

struct gp_found gp_content_search(struct gp_eval *eval, struct gp_entry *file, const struct gp_search *search,
                                  struct gp_scratch *scratch)
{
    uint64_t size = gp_probe_facts(eval->here->probe, file)->size;
    bool cut = size > search->window;
    struct gp_raw raw = gp_raw_bytes(eval, file, 0, cut ? search->window : size, scratch);
    if (raw.kind != GP_RAW_THERE) {
        return (struct gp_found){.match = GP_MATCH_LIMIT, .reason = raw.reason, .size = size};
    }
    struct gp_found found = search_text(search, raw.bytes);
    found.size = size;
    bool open_end = search->regex && found.offset + found.text.len == raw.bytes.len;
    if (cut && (found.match == GP_MATCH_NO || (found.match == GP_MATCH_YES && open_end))) {
        found.match = GP_MATCH_LIMIT;
        found.window_hit = true;
    }
    if (found.match == GP_MATCH_YES && search->regex && search->group > 0) {
        found.match = gp_regex_match(search->regex, raw.bytes, search->group, &found.text);
    }
    found.reason = found.match == GP_MATCH_LIMIT ? GP_REASON_LIMIT : GP_REASON_NONE;
    return found;
}
