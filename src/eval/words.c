#include "eval/words.h"

#include "util/clock.h"
#include "util/text.h"

/* Of bytes and texts out of files this much is shown. */
#define SHOWN_BYTES 16u
#define SHOWN_TEXT 60u

int gp_say(struct gp_eval *eval, const char **slot, const char *format, ...)
{
    if (eval->terse) {
        return 0;
    }
    va_list args;
    va_start(args, format);
    const char *text = gp_arena_vprintf(eval->arena, format, args);
    va_end(args);
    if (!text) {
        return -ENOMEM;
    }
    *slot = text;
    return 0;
}

/* What was put together, in the evaluation's memory. */
static const char *settled(struct gp_eval *eval, struct gp_strbuf *buf)
{
    const char *text = gp_strbuf_ok(buf) ? gp_arena_memdup(eval->arena, gp_strbuf_text(buf), buf->len) : NULL;
    gp_strbuf_done(buf);
    return text;
}

const char *gp_words_size(struct gp_eval *eval, uint64_t bytes)
{
    return gp_words_count(eval, bytes, "byte", "bytes");
}

const char *gp_words_count(struct gp_eval *eval, uint64_t count, const char *one, const char *many)
{
    if (eval->terse) {
        return "";
    }
    struct gp_strbuf buf = {0};
    gp_text_grouped(&buf, count);
    gp_strbuf_printf(&buf, " %s", count == 1 ? one : many);
    return settled(eval, &buf);
}

const char *gp_words_duration(struct gp_eval *eval, int64_t seconds)
{
    struct gp_value value = {.type = GP_TYPE_DURATION, .integer = seconds};
    return eval->terse ? "" : gp_value_text(&value, eval->arena);
}

const char *gp_words_time(struct gp_eval *eval, struct timespec time)
{
    if (eval->terse) {
        return "";
    }
    char text[GP_TIME_SIZE];
    gp_time_format(time, text);
    return gp_arena_strdup(eval->arena, text);
}

const char *gp_words_bytes(struct gp_eval *eval, struct gp_str bytes)
{
    if (eval->terse) {
        return "";
    }
    struct gp_strbuf buf = {0};
    for (size_t i = 0; i < bytes.len && i < SHOWN_BYTES; i++) {
        gp_strbuf_printf(&buf, i ? " %02x" : "%02x", (unsigned)(unsigned char)bytes.data[i]);
    }
    gp_strbuf_add(&buf, bytes.len > SHOWN_BYTES ? " …" : "");
    return settled(eval, &buf);
}

const char *gp_words_quote(struct gp_eval *eval, struct gp_str text)
{
    if (eval->terse) {
        return "";
    }
    size_t shown = text.len;
    if (shown > SHOWN_TEXT) {
        shown = SHOWN_TEXT;
        while (shown > 0 && ((unsigned char)text.data[shown] & 0xc0) == 0x80) {
            shown--;
        }
    }
    struct gp_strbuf buf = {0};
    gp_strbuf_add_char(&buf, '"');
    gp_text_escape(&buf, text.data, shown, false);
    gp_strbuf_add(&buf, shown < text.len ? "…\"" : "\"");
    return settled(eval, &buf);
}

const char *gp_words_facts(struct gp_eval *eval, const struct gp_facts *facts)
{
    if (facts->present != GP_TRI_YES) {
        return "nothing";
    }
    switch (facts->type) {
    case GP_FILETYPE_FILE:
        return gp_words_size(eval, facts->size);
    case GP_FILETYPE_DIRECTORY:
        return "a directory";
    case GP_FILETYPE_OTHER:
        break;
    }
    return "neither a file nor a directory";
}

const char *gp_words_paths(struct gp_eval *eval, const struct gp_paths *paths)
{
    if (eval->terse) {
        return "";
    }
    if (paths->count == 1) {
        return gp_eval_path_text(eval, paths->data[0]);
    }
    struct gp_strbuf buf = {0};
    for (size_t i = 0; i < paths->count; i++) {
        const char *text = gp_eval_path_text(eval, paths->data[i]);
        if (!text) {
            gp_strbuf_done(&buf);
            return NULL;
        }
        gp_strbuf_add(&buf, i ? ", " : "");
        gp_strbuf_add(&buf, text);
    }
    return settled(eval, &buf);
}

const char *gp_words_path(struct gp_eval *eval, const struct gp_entry *entry)
{
    return eval->terse ? "" : gp_probe_entry_path(eval->here->probe, entry, eval->arena);
}

int gp_words_unknown(struct gp_eval *eval, const struct gp_entry *entry, enum gp_reason reason,
                     struct gp_outcome *ret_outcome)
{
    const char *detail = NULL;
    const char *path = gp_words_path(eval, entry);
    if (!path || gp_say(eval, &detail, "%s: %s", path, gp_reason_words(reason)) < 0) {
        return -ENOMEM;
    }
    *ret_outcome = gp_outcome_unknown(reason, detail);
    return 0;
}
