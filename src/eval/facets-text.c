/*
 * Facets about a file as text: text, longest-line.
 */
#include "eval/check.h"
#include "eval/encoding.h"
#include "eval/facets.h"
#include "eval/families.h"
#include "eval/words.h"
#include "rule/tables.h"

/* ---- text -------------------------------------------------------------------------------------------------------- */

struct text {
    const struct gp_pattern *matches;
    struct gp_str contains;
    const struct gp_expr *window;
    int encoding;
    struct gp_span contains_at; /* of the key */
};

static int text_words(struct gp_eval *eval, const struct text *args, const struct gp_found *found,
                      struct gp_proof *proof)
{
    const char *size = gp_words_size(eval, found->size);
    const char *text = found->match == GP_MATCH_YES ? gp_words_quote(eval, found->text) : "";
    const char *wanted = gp_words_quote(eval, args->contains);
    if (!size || !text || !wanted) {
        return -ENOMEM;
    }
    int r = args->matches ? gp_say(eval, &proof->expected, "matches /%.*s/", GP_STR_ARG(args->matches->text))
                          : gp_say(eval, &proof->expected, "contains %s", wanted);
    if (r == 0 && found->match == GP_MATCH_YES) {
        r = gp_say(eval, &proof->found, "%s at 0x%llx", text, (unsigned long long)found->offset);
    } else if (r == 0 && found->match == GP_MATCH_NO) {
        r = gp_say(eval, &proof->found, "nothing like it in %s", size);
    }
    return r;
}

/* A pattern gave up, or the file is longer than the window, or it could not be read. */
static int text_unknown(struct gp_eval *eval, struct gp_entry *entry, const struct gp_search *search,
                        const struct gp_found *found, struct gp_proof *proof)
{
    if (found->reason != GP_REASON_LIMIT) {
        return gp_facet_unknown(eval, entry, found->reason, proof);
    }
    const char *detail = NULL;
    const char *path = gp_words_path(eval, entry);
    const char *size = gp_words_size(eval, found->size);
    const char *window = gp_words_size(eval, search->window);
    if (!path || !size || !window) {
        return -ENOMEM;
    }
    int r = found->window_hit
                ? gp_say(eval, &detail, "%s: no match in its first %s, and it has %s", path, window, size)
                : gp_say(eval, &detail, "%s: the pattern took too many steps", path);
    gp_proof_take(proof, gp_outcome_unknown(GP_REASON_LIMIT, detail));
    return r;
}

/* `contains` as the file would hold it. */
static int text_wanted(struct gp_eval *eval, const struct text *args, struct gp_str *ret,
                       struct gp_outcome *ret_outcome)
{
    size_t offset;
    *ret = args->contains;
    if (args->encoding == GP_ENCODING_UTF8) {
        return 0;
    }
    int r = gp_encoding_encode(eval->arena, (enum gp_encoding)args->encoding, args->contains, ret, &offset);
    if (r == -EILSEQ || r == -ENOSYS) {
        *ret_outcome = gp_outcome_unknown(r == -ENOSYS ? GP_REASON_LIMIT : GP_REASON_NO_VALUE,
                                          "the text cannot be written in this encoding");
        return 0;
    }
    return r;
}

static int decide_text(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                       struct gp_proof *proof)
{
    const struct text *args = *(const struct text *const *)facet->data;
    struct gp_search search = {.regex = args->matches ? args->matches->regex : NULL};
    if (args->matches) {
        search.pattern = args->matches->text;
    }
    struct gp_outcome outcome;
    int64_t window = 0;
    int r = gp_eval_number(eval, args->window, GP_LIMIT_WINDOW_DEFAULT, &window, &outcome);
    if (r == 0 && outcome.result == GP_TRUE && !search.regex) {
        r = text_wanted(eval, args, &search.contains, &outcome);
    }
    if (r < 0 || outcome.result != GP_TRUE) {
        gp_proof_take(proof, outcome);
        return r;
    }
    search.window = window < 1 ? 1 : window > GP_LIMIT_WINDOW_BYTES ? GP_LIMIT_WINDOW_BYTES : (uint64_t)window;
    struct gp_scratch scratch = {.large = NULL};
    struct gp_found found = gp_content_search(eval, entry, &search, &scratch);
    proof->result = found.match == GP_MATCH_YES ? GP_TRUE : GP_FALSE;
    r = text_words(eval, args, &found, proof);
    if (r == 0 && found.match == GP_MATCH_LIMIT) {
        r = text_unknown(eval, entry, &search, &found, proof);
    }
    gp_scratch_done(&scratch);
    return r;
}

static void check_text(struct gp_link *link, const struct gp_facet *facet)
{
    const struct text *args = *(const struct text *const *)facet->data;
    if (!args->contains.data || args->encoding == GP_ENCODING_UTF8) {
        return;
    }
    struct gp_str bytes;
    size_t offset;
    struct gp_arena *arena = gp_arena_new(0);
    enum gp_encoding encoding = (enum gp_encoding)args->encoding;
    int r = arena ? gp_encoding_encode(arena, encoding, args->contains, &bytes, &offset) : -ENOMEM;
    if (r == -EILSEQ) {
        gp_diag_add(link->diags, GP_DIAG_NOT_ENCODABLE, args->contains_at,
                    "'contains' has a character that %s does not have", gp_encoding_name(encoding));
    }
    link->failed = link->failed || r == -ENOMEM;
    gp_arena_free(arena);
}

static const char *const text_one_of[] = {"matches", "contains", NULL};
static const struct gp_field text_fields[] = {
    {"matches", GP_KIND_PATTERN, offsetof(struct text, matches), 0,
     .help = "a regular expression (PCRE2 on bytes, unanchored; (?m) makes ^ and $ mean lines)"},
    {"contains", GP_KIND_STRING, offsetof(struct text, contains), GP_FIELD_NOT_EMPTY,
     .key_at = offsetof(struct text, contains_at),
     .help = "a text that stands in the file as it is written here"},
    {"window", GP_KIND_EXPR, offsetof(struct text, window), 0, .type = GP_TYPE_SIZE, .range = &gp_range_window,
     .help = "how much of the file is looked at, 64 KiB if left out, at most 16 MiB; a longer file without a match "
             "there is unknown"},
    {"encoding", GP_KIND_ENUM, offsetof(struct text, encoding), 0, .names = gp_encoding_names,
     .fallback = GP_ENCODING_UTF8, .help = "how the file would hold the text of 'contains'; utf8 if left out"},
    {0},
};
static const struct gp_object text_object = {
    .name = "text facet", .size = sizeof(struct text), .fields = text_fields, .one_of = text_one_of,
    .help = "A pattern matches in the file, or a text stands in it."};

/* ---- longest-line ------------------------------------------------------------------------------------------------ */

static int decide_longest_line(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                               struct gp_proof *proof)
{
    const struct gp_comparison *comparison = *(const struct gp_comparison *const *)facet->data;
    struct gp_raw raw = gp_raw_longest_line(eval, entry);
    if (raw.kind != GP_RAW_THERE) {
        int r = gp_facet_lacks(eval, entry, &raw, proof);
        return r < 0 ? r : gp_facet_expect(eval, comparison, GP_TYPE_SIZE, proof);
    }
    int64_t length = gp_size_signed(raw.number);
    struct gp_value value = {.type = GP_TYPE_SIZE, .integer = length};
    const char *found = gp_words_size(eval, raw.number);
    if (!found || gp_say(eval, &proof->found, raw.cut ? "at least %s" : "%s", found) < 0) {
        return -ENOMEM;
    }
    if (!raw.cut) {
        return gp_facet_compare(eval, comparison, &value, proof);
    }
    int r = gp_compare_interval(eval, comparison, GP_TYPE_SIZE, length, INT64_MAX, proof);
    if (r == 0 && proof->result == GP_UNKNOWN) {
        r = gp_facet_unknown(eval, entry, GP_REASON_LIMIT, proof);
    }
    return r;
}

static void check_longest_line(struct gp_link *link, const struct gp_facet *facet)
{
    gp_check_comparison(link, *(const struct gp_comparison *const *)facet->data);
}

/* ---- table ------------------------------------------------------------------------------------------------------- */

static const struct gp_range line_range = {"a line", 0, INT64_MAX};

const struct gp_facet_def gp_facets_text[] = {
    {.key = "text", .flags = GP_FACET_FILES, .cost = 2000, .size = sizeof(void *), .check = check_text,
     .decide = decide_text,
     .value = {"text", GP_KIND_OBJECT, .object = &text_object,
               .help = "a pattern matches in the file, or a text stands in it"},
     .example = "{ file: PG_VERSION, text: { matches: \"^1[5-7]$\" } }"},
    {.key = "longest-line", .flags = GP_FACET_FILES, .cost = 3000, .size = sizeof(void *), .check = check_longest_line,
     .decide = decide_longest_line,
     .value = {"longest-line", GP_KIND_COMPARISON, .type = GP_TYPE_SIZE, .range = &line_range,
               .help = "the bytes of the longest line, without CR LF or LF"},
     .example = "{ file: README, longest-line: { max: 80 } }"},
    {0},
};
