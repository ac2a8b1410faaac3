/*
 * Which message a person means: texts are folded to letters and digits, and a
 * gap ("…") in a message stands for anything (language.md 10).
 */
#include "eval/internal.h"

#include <stdlib.h>

#include "util/text.h"
#include "util/vec.h"

#define GAP '\1'
#define SHORTEST 8 /* letters and digits that one text must have in common with another that contains it */

/* The better the smaller. */
enum match { MATCH_EQUAL, MATCH_INSIDE, MATCH_ID, MATCH_NONE };

struct matching {
    struct gp_str text, folded;
    struct gp_strbuf scratch;
    bool failed; /* out of memory */
};

static size_t literals(struct gp_str pattern)
{
    size_t count = 0;

    for (size_t i = 0; i < pattern.len; i++)
        count += pattern.data[i] != GAP;
    return count;
}

/* Whether `pattern` matches `text` from its start; `open`: what follows does not matter.  A gap is retried from where
 * it was last tried, which is enough as the shortest stretch for each gap is the best one. */
static bool matches_at(struct gp_str pattern, struct gp_str text, bool open)
{
    size_t p = 0, t = 0, gap = SIZE_MAX, resume = 0;

    for (;;) {
        if (p == pattern.len && (open || t == text.len))
            return true;
        if (p < pattern.len && pattern.data[p] == GAP) {
            gap = p++;
            resume = t;
        } else if (p < pattern.len && t < text.len && pattern.data[p] == text.data[t]) {
            p++;
            t++;
        } else if (gap != SIZE_MAX && resume < text.len) {
            p = gap + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
}

static struct gp_str from(struct gp_str s, size_t start)
{
    return (struct gp_str){s.data + start, s.len - start};
}

/* Whether the whole message stands in the text. */
static bool inside_text(struct gp_str message, struct gp_str text)
{
    if (literals(message) < SHORTEST)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (matches_at(message, from(text, i), true))
            return true;
    return false;
}

static void raise_to(int *slot, int count)
{
    if (count > *slot)
        *slot = count;
}

/* One letter of inside_message(): the most letters matched so far for each place in the message, -1 for a place that
 * cannot be reached.  A place behind a gap lets letters go by, but only behind something that was matched. */
static void step(struct gp_str message, char letter, const int *before, int *after)
{
    for (size_t p = 0; p <= message.len; p++)
        after[p] = -1;
    for (size_t p = 0; p <= message.len; p++) {
        bool gap = p < message.len && message.data[p] == GAP; /* it may stand for nothing */
        size_t here = gap ? p + 1 : p;

        if (before[p] < 0)
            continue;
        if (here > 0 && message.data[here - 1] == GAP && before[p] > 0)
            raise_to(&after[here], before[p]);
        if (here < message.len && message.data[here] == letter)
            raise_to(&after[here + 1], before[p] + 1);
    }
}

/* Whether the whole text stands in the message: from a letter of it to a letter of it, gaps between. */
static bool inside_message(struct matching *it, struct gp_str text, struct gp_str message)
{
    int *rows = text.len >= SHORTEST ? calloc(2 * (message.len + 1), sizeof(*rows)) : NULL;
    int *before = rows, *after = rows ? rows + message.len + 1 : NULL;
    bool found = false;

    if (!rows) {
        it->failed = it->failed || text.len >= SHORTEST;
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        int *spare = before;

        step(message, text.data[i], before, after);
        before = after;
        after = spare;
    }
    for (size_t p = 1; p <= message.len; p++)
        found = found || (message.data[p - 1] != GAP && before[p] >= SHORTEST);
    free(rows);
    return found;
}

static enum match match_text(struct matching *it, struct gp_str other)
{
    struct gp_str message, text = it->folded;

    gp_strbuf_reset(&it->scratch);
    gp_text_fold(&it->scratch, other, true);
    it->failed = it->failed || !gp_strbuf_ok(&it->scratch);
    message = (struct gp_str){gp_strbuf_text(&it->scratch), it->scratch.len};
    if (!literals(message) || !text.len)
        return MATCH_NONE;
    if (matches_at(message, text, false))
        return MATCH_EQUAL;
    return inside_text(message, text) || inside_message(it, text, message) ? MATCH_INSIDE : MATCH_NONE;
}

static enum match match_message(struct matching *it, const struct gp_message *message)
{
    enum match best = gp_ascii_equal_fold(message->def.id, it->text) ? MATCH_ID : MATCH_NONE;
    enum match one = match_text(it, message->text);

    best = one < best ? one : best;
    for (size_t i = 0; i < message->also.count; i++) {
        one = match_text(it, message->also.data[i]);
        best = one < best ? one : best;
    }
    return best;
}

/* Keeps the messages of the best kind so far. */
static int collect(struct matching *it, const struct gp_map *messages, struct gp_arena *arena,
                   const struct gp_message ***ret_messages, size_t *ret_count)
{
    GP_VEC(const struct gp_message *) hits = {0};
    enum match best = MATCH_ID;
    int r = 0;

    for (size_t i = 0; r == 0 && i < messages->count; i++) {
        const struct gp_message *message = messages->data[i].value;
        enum match one = match_message(it, message);

        if (one < best) {
            best = one;
            hits.count = 0;
        }
        if (one == best)
            r = gp_vec_push(arena, &hits, message);
    }
    if (r == 0 && it->failed)
        r = -ENOMEM;
    if (r == 0) {
        *ret_messages = hits.data;
        *ret_count = hits.count;
    }
    return r;
}

int gp_why_match(const struct gp_ruleset *rules, struct gp_str text, struct gp_arena *arena,
                 const struct gp_message ***ret_messages, size_t *ret_count)
{
    struct matching it = {.text = text};
    struct gp_strbuf folded = {0};
    int r = -ENOMEM;

    gp_text_fold(&folded, text, false);
    it.folded = (struct gp_str){gp_strbuf_text(&folded), folded.len};
    if (gp_strbuf_ok(&folded))
        r = collect(&it, &rules->defs.messages, arena, ret_messages, ret_count);
    gp_strbuf_done(&it.scratch);
    gp_strbuf_done(&folded);
    return r;
}
