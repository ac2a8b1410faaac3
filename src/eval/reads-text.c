/*
 * Reads of a file as text: text, longest-line.
 */
#include "eval/check.h"
#include "eval/encoding.h"
#include "eval/families.h"
#include "eval/reads.h"
#include "eval/words.h"
#include "rule/tables.h"

/* ---- text -------------------------------------------------------------------------------------------------------- */

struct read_text {
    struct gp_paths paths;
    const struct gp_pattern *match;
    const struct gp_expr *group, *window;
    int encoding;
};

/* What was matched, as a value. */
static int text_value(struct gp_eval *eval, const struct read_text *data, const struct gp_look *look,
                      const struct gp_found *found, struct gp_reading *ret)
{
    struct gp_value value = {.type = GP_TYPE_STRING};
    size_t offset = 0;
    if (!found->text.data) {
        return gp_read_none(eval, look->path, GP_REASON_NO_VALUE, "the group took no part in the match", ret);
    }
    int r = gp_encoding_decode(eval->arena, (enum gp_encoding)data->encoding, found->text, &value.string, &offset);
    if (r == 0) {
        gp_reading_value(ret, &value);
        return 0;
    }
    if (r != -EILSEQ && r != -ENOSYS) {
        return r;
    }
    const char *why = gp_arena_printf(eval->arena, "what matches is not %s",
                                      gp_encoding_name((enum gp_encoding)data->encoding));
    enum gp_reason reason = r == -ENOSYS ? GP_REASON_LIMIT : GP_REASON_NO_VALUE;
    return why ? gp_read_none(eval, look->path, reason, why, ret) : -ENOMEM;
}

static int text_none(struct gp_eval *eval, const struct gp_look *look, const struct gp_search *search,
                     const struct gp_found *found, struct gp_reading *ret)
{
    if (found->match == GP_MATCH_NO) {
        return gp_read_none(eval, look->path, GP_REASON_NO_VALUE, "nothing in it matches", ret);
    }
    if (found->reason != GP_REASON_LIMIT) {
        return gp_read_none(eval, look->path, found->reason, gp_reason_words(found->reason), ret);
    }
    if (!found->window_hit) {
        return gp_read_none(eval, look->path, GP_REASON_LIMIT, "the pattern took too many steps", ret);
    }
    const char *size = gp_words_size(eval, found->size);
    const char *window = gp_words_size(eval, search->window);
    if (!size || !window) {
        return -ENOMEM;
    }
    const char *why = gp_arena_printf(eval->arena, "no match in its first %s, and it has %s", window, size);
    return why ? gp_read_none(eval, look->path, GP_REASON_LIMIT, why, ret) : -ENOMEM;
}

static int read_text(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    const struct read_text *data = read->data;
    struct gp_outcome outcome;
    struct gp_look look;
    int64_t group = 0, window = 0;
    int r = gp_eval_number(eval, data->group, 0, &group, &outcome);
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_eval_number(eval, data->window, GP_LIMIT_WINDOW_DEFAULT, &window, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE && (group < 0 || group > (int64_t)gp_regex_groups(data->match->regex))) {
        outcome = gp_outcome_unknown(GP_REASON_NO_VALUE, "the pattern has no such group");
    }
    if (r < 0 || outcome.result != GP_TRUE) {
        gp_reading_take(ret, outcome);
        return r;
    }
    bool there = false;
    r = gp_read_look(eval, read, data->paths.data[0], true, &look, &there, ret);
    if (r < 0 || !there) {
        return r;
    }
    struct gp_search search = {.regex = data->match->regex, .pattern = data->match->text, .group = (unsigned)group};
    search.window = window < 1 ? 1 : window > GP_LIMIT_WINDOW_BYTES ? GP_LIMIT_WINDOW_BYTES : (uint64_t)window;
    struct gp_scratch scratch = {.large = NULL};
    struct gp_found found = gp_content_search(eval, look.entry, &search, &scratch);
    r = found.match == GP_MATCH_YES ? text_value(eval, data, &look, &found, ret)
                                    : text_none(eval, &look, &search, &found, ret);
    gp_scratch_done(&scratch);
    return r;
}

static void check_text(struct gp_link *link, const struct gp_read *read)
{
    const struct read_text *data = read->data;
    gp_check_group(link, data->match, data->group);
}

/* ---- longest-line ------------------------------------------------------------------------------------------------ */

struct read_line {
    struct gp_paths paths;
};

static int read_longest_line(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    const struct read_line *data = read->data;
    struct gp_look look;
    bool there = false;
    int r = gp_read_look(eval, read, data->paths.data[0], true, &look, &there, ret);
    if (r < 0 || !there) {
        return r;
    }
    struct gp_raw raw = gp_raw_longest_line(eval, look.entry);
    if (raw.kind != GP_RAW_THERE) {
        return gp_read_lacks(eval, &look, &raw, ret);
    }
    if (raw.cut) {
        return gp_read_none(eval, look.path, GP_REASON_LIMIT, gp_reason_words(GP_REASON_LIMIT), ret);
    }
    gp_reading_integer(ret, GP_TYPE_SIZE, gp_size_signed(raw.number));
    return 0;
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static const struct gp_field text_fields[] = {
    {"text", GP_KIND_PATHS, offsetof(struct read_text, paths), GP_FIELD_REQUIRED, .help = "the file"},
    {"match", GP_KIND_PATTERN, offsetof(struct read_text, match), GP_FIELD_REQUIRED,
     .help = "a regular expression (PCRE2 on bytes, unanchored); its first match is the value"},
    {"group", GP_KIND_EXPR, offsetof(struct read_text, group), 0, .type = GP_TYPE_INTEGER, .range = &gp_range_natural,
     .help = "the value is what this group of the pattern matched; 0, the whole match, if left out"},
    {"window", GP_KIND_EXPR, offsetof(struct read_text, window), 0, .type = GP_TYPE_SIZE, .range = &gp_range_window,
     .help = "how much of the file is looked at, 64 KiB if left out, at most 16 MiB"},
    {"encoding", GP_KIND_ENUM, offsetof(struct read_text, encoding), 0, .names = gp_encoding_names,
     .fallback = GP_ENCODING_UTF8, .help = "how the file holds what matched; utf8 if left out"},
    {0},
};
static const struct gp_object text_object = {.name = "text-read", .size = sizeof(struct read_text),
                                             .fields = text_fields, .help = "What a pattern matches in a file."};

static const struct gp_field line_fields[] = {
    {"longest-line", GP_KIND_PATHS, offsetof(struct read_line, paths), GP_FIELD_REQUIRED, .help = "the file"},
    {0},
};
static const struct gp_object line_object = {
    .name = "longest-line-read", .size = sizeof(struct read_line), .fields = line_fields,
    .help = "The bytes of the longest line of a file, without CR LF or LF; unknown beyond 16 MiB."};

const struct gp_read_def gp_reads_text[] = {
    {.key = "text", .type = GP_TYPE_STRING, .object = &text_object, .check = check_text, .read = read_text,
     .example = "{ text: PG_VERSION, match: \"^([0-9]+)\", group: 1 }"},
    {.key = "longest-line", .type = GP_TYPE_SIZE, .object = &line_object, .read = read_longest_line,
     .example = "{ longest-line: README }"},
    {0},
};
