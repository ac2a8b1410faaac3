/*
 * What is found by going through a file: its longest line, whether it is the
 * same as another, a pattern or a text in it.
 *
 * Each answer is a finding: a record keeps it, and not the bytes that it comes
 * from.
 */
#include "eval/content.h"

#include <stdlib.h>
#include <string.h>

#include "probe/record.h"

/* Files are looked through in pieces of this many bytes. */
#define PIECE ((size_t)16 << 10)

/* ---- what a record keeps of it ---------------------------------------------------------------------------------- */

/* What was found in a file before, by the words for what was looked for; else NULL, and `*ret_key` (in eval's arena)
 * has them for remember() if that is worth it. */
GP_PRINTF(4, 5)
static const struct gp_finding *recall(struct gp_eval *eval, struct gp_entry *file, struct gp_str *ret_key,
                                       const char *format, ...)
{
    va_list args;

    *ret_key = (struct gp_str){NULL, 0};
    if (!gp_probe_has_findings(eval->here->probe)) {
        return NULL;
    }
    va_start(args, format);
    const char *key = gp_arena_vprintf(eval->arena, format, args);
    va_end(args);
    if (!key) {
        return NULL;
    }
    *ret_key = (struct gp_str){key, strlen(key)};
    return gp_probe_finding(eval->here->probe, file, *ret_key);
}

/* False: out of memory. */
static bool remember(struct gp_eval *eval, struct gp_entry *file, struct gp_str key, const struct gp_finding *finding)
{
    if (!gp_probe_has_findings(eval->here->probe) || finding->reason == GP_REASON_NOT_RECORDED) {
        return true;
    }
    return key.data && gp_probe_keep_finding(eval->here->probe, file, key, finding) == 0;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

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

static struct gp_raw longest_line(struct gp_eval *eval, struct gp_entry *file)
{
    uint64_t size = gp_probe_facts(eval->here->probe, file)->size;
    uint64_t end = size < GP_LIMIT_WINDOW_BYTES ? size : GP_LIMIT_WINDOW_BYTES;
    struct lines lines = {0};
    char buffer[PIECE];
    for (uint64_t at = 0; at < end; at += PIECE) {
        struct gp_str piece;
        enum gp_reason reason = piece_of(eval, file, at, end, buffer, &piece);
        if (reason != GP_REASON_NONE) {
            return gp_raw_unknown(reason, size);
        }
        lines_add(&lines, piece);
    }
    /* A CR at a cut may belong to a CR LF. */
    lines_end(&lines, size > end);
    return (struct gp_raw){.kind = GP_RAW_THERE, .size = size, .number = lines.longest, .cut = size > end};
}

struct gp_raw gp_raw_longest_line(struct gp_eval *eval, struct gp_entry *file)
{
    uint64_t size = gp_probe_facts(eval->here->probe, file)->size;
    struct gp_str key;
    const struct gp_finding *known = recall(eval, file, &key, "longest-line");
    if (known && known->answer == GP_TRI_YES) {
        return (struct gp_raw){.kind = GP_RAW_THERE, .size = size, .number = known->number, .cut = known->flag};
    }
    if (known) {
        return gp_raw_unknown(known->reason, size);
    }
    struct gp_raw raw = longest_line(eval, file);
    const struct gp_finding finding = {.answer = raw.kind == GP_RAW_THERE ? GP_TRI_YES : GP_TRI_UNKNOWN,
                                       .reason = raw.reason, .number = raw.number, .flag = raw.cut};
    return remember(eval, file, key, &finding) ? raw : gp_raw_unknown(GP_REASON_LIMIT, size);
}

/* ---- two files --------------------------------------------------------------------------------------------------- */

static struct gp_sameness same(struct gp_eval *eval, struct gp_entry *a, struct gp_entry *b)
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

struct gp_sameness gp_raw_same(struct gp_eval *eval, struct gp_entry *a, struct gp_entry *b)
{
    static const enum gp_tri answers[] = {
        [GP_MATCH_NO] = GP_TRI_NO, [GP_MATCH_YES] = GP_TRI_YES, [GP_MATCH_LIMIT] = GP_TRI_UNKNOWN};
    static const enum gp_match matches[] = {
        [GP_TRI_NO] = GP_MATCH_NO, [GP_TRI_YES] = GP_MATCH_YES, [GP_TRI_UNKNOWN] = GP_MATCH_LIMIT};
    const char *other = gp_probe_has_findings(eval->here->probe)
                            ? gp_probe_entry_path(eval->here->probe, b, eval->arena) : "";
    struct gp_str key;
    const struct gp_finding *known = other ? recall(eval, a, &key, "same-content-as %s", other) : NULL;
    if (known) {
        return (struct gp_sameness){.same = matches[known->answer], .offset = known->number, .reason = known->reason,
                                    .unread = known->flag ? b : a};
    }
    struct gp_sameness it = same(eval, a, b);
    const struct gp_finding finding = {.answer = answers[it.same], .reason = it.reason, .number = it.offset,
                                       .flag = it.unread == b};
    if (!other || !remember(eval, a, key, &finding)) {
        return (struct gp_sameness){.same = GP_MATCH_LIMIT, .reason = GP_REASON_LIMIT, .unread = a};
    }
    return it;
}

/* ---- a pattern or a text ----------------------------------------------------------------------------------------- */

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

static struct gp_found search_file(struct gp_eval *eval, struct gp_entry *file, const struct gp_search *search,
                                   struct gp_scratch *scratch)
{
    uint64_t size = gp_probe_facts(eval->here->probe, file)->size;
    bool cut = size > search->window;
    struct gp_raw raw = gp_raw_fetch(eval, file, 0, cut ? search->window : size, false, scratch);
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

struct gp_found gp_content_search(struct gp_eval *eval, struct gp_entry *file, const struct gp_search *search,
                                  struct gp_scratch *scratch)
{
    uint64_t size = gp_probe_facts(eval->here->probe, file)->size;
    struct gp_str what = search->regex ? search->pattern : search->contains;
    struct gp_str key;
    const struct gp_finding *known =
        recall(eval, file, &key, "text %s group %u window %llu %.*s", search->regex ? "matches" : "contains",
               search->group, (unsigned long long)search->window, GP_STR_ARG(what));
    if (known && known->answer == GP_TRI_UNKNOWN) {
        return (struct gp_found){.match = GP_MATCH_LIMIT, .reason = known->reason, .window_hit = known->flag,
                                 .size = size};
    }
    if (known) {
        return (struct gp_found){.match = known->answer == GP_TRI_YES ? GP_MATCH_YES : GP_MATCH_NO, .size = size,
                                 .offset = known->number, .text = known->text};
    }
    struct gp_found found = search_file(eval, file, search, scratch);
    bool yes = found.match == GP_MATCH_YES;
    const struct gp_finding finding = {
        .answer = yes ? GP_TRI_YES : found.match == GP_MATCH_NO ? GP_TRI_NO : GP_TRI_UNKNOWN,
        .reason = found.reason,
        .number = yes ? found.offset : 0,
        .flag = found.window_hit,
        .text = yes ? found.text : (struct gp_str){NULL, 0},
    };
    if (!remember(eval, file, key, &finding)) {
        return (struct gp_found){.match = GP_MATCH_LIMIT, .reason = GP_REASON_LIMIT, .size = size};
    }
    return found;
}
