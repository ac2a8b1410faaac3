/*
 * Reads over many files: count, total, largest, newest, oldest, highest-id.
 *
 * A file that could not be looked at might change any of these, so then there is
 * no telling; the reason is that of the gravest one.
 */
#include <string.h>

#include "eval/content.h"
#include "eval/families.h"
#include "eval/reads.h"
#include "eval/tally.h"
#include "eval/words.h"
#include "util/text.h"

struct read_globs {
    struct gp_paths paths;
};

/* ---- what is gathered -------------------------------------------------------------------------------------------- */

struct gathered {
    int64_t value;
    uint64_t count; /* of regular files, or of names with an id */
    bool overflow;
    struct gp_entry *unknown; /* the gravest one that could not be told */
    enum gp_reason reason;
    struct gp_files_key key;
    void (*take)(struct gathered *it, const struct gp_facts *facts);
};

static void take_unknown(struct gathered *it, const struct gp_files_hit *hit)
{
    bool first = !it->unknown || hit->reason < it->reason ||
                 (hit->reason == it->reason && gp_files_key_compare(&hit->key, &it->key) < 0);
    if (first) {
        it->unknown = hit->entry;
        it->reason = hit->reason;
        it->key = hit->key;
    }
}

static int visit_file(void *context, const struct gp_files_hit *hit)
{
    struct gathered *it = context;
    if (hit->open || hit->facts->present == GP_TRI_UNKNOWN) {
        take_unknown(it, hit);
    } else if (hit->facts->type == GP_FILETYPE_FILE) {
        it->take(it, hit->facts);
        it->count++;
    }
    return 0;
}

static void take_total(struct gathered *it, const struct gp_facts *facts)
{
    it->overflow = it->overflow || __builtin_add_overflow(it->value, gp_size_signed(facts->size), &it->value) ||
                   facts->size > INT64_MAX;
}

static void take_largest(struct gathered *it, const struct gp_facts *facts)
{
    int64_t size = gp_size_signed(facts->size);
    it->value = it->count == 0 || size > it->value ? size : it->value;
}

static void take_newest(struct gathered *it, const struct gp_facts *facts)
{
    it->value = it->count == 0 || facts->mtime.tv_sec > it->value ? facts->mtime.tv_sec : it->value;
}

static void take_oldest(struct gathered *it, const struct gp_facts *facts)
{
    it->value = it->count == 0 || facts->mtime.tv_sec < it->value ? facts->mtime.tv_sec : it->value;
}

/* The number that eight hexadecimal digits before the last extension stand for. */
static bool id_of(struct gp_str name, int64_t *ret)
{
    struct gp_str stem = gp_name_stem(name);
    int64_t id = 0;
    if (stem.len != 8) {
        return false;
    }
    for (size_t i = 0; i < stem.len; i++) {
        static const char digits[] = "0123456789abcdef";
        const char *digit = memchr(digits, gp_ascii_lower(stem.data[i]), sizeof(digits) - 1);
        if (!digit) {
            return false;
        }
        id = id << 4 | (digit - digits);
    }
    *ret = id;
    return true;
}

/* Two spellings of a name have the same id, so an ambiguous one is no obstacle. */
static int visit_id(void *context, const struct gp_files_hit *hit)
{
    struct gathered *it = context;
    int64_t id;
    bool known = !hit->facts || hit->facts->present == GP_TRI_YES || hit->reason == GP_REASON_AMBIGUOUS_NAME;
    bool told = !hit->open && known;
    if (!told) {
        take_unknown(it, hit);
    } else if (id_of(hit->key.name, &id)) {
        it->value = id > it->value ? id : it->value;
        it->count++;
    }
    return 0;
}

/* ---- reads ------------------------------------------------------------------------------------------------------- */

/* `*ret_told` false: `ret` says why there is no value. */
static int gather(struct gp_eval *eval, const struct gp_read *read, bool names, struct gathered *it, bool *ret_told,
                  struct gp_reading *ret)
{
    const struct read_globs *data = read->data;
    const struct gp_files_visitor visitor = {.visit = names ? visit_id : visit_file, .context = it, .names = names};
    struct gp_outcome outcome;
    int r = gp_files_each(eval, &data->paths, NULL, &visitor, &outcome);
    if (r < 0) {
        return r;
    }
    r = gp_read_leaf(eval, read, gp_words_paths(eval, &data->paths), ret);
    if (r == 0 && outcome.result == GP_TRUE && it->unknown) {
        r = gp_words_unknown(eval, it->unknown, it->reason, &outcome);
    }
    if (r < 0) {
        return r;
    }
    *ret_told = outcome.result == GP_TRUE;
    if (!*ret_told) {
        gp_reading_take(ret, outcome);
    }
    return 0;
}

/* The largest, newest … of no file is no value. */
static int read_of_files(struct gp_eval *eval, const struct gp_read *read, bool names, struct gathered *it,
                         bool of_none, struct gp_reading *ret)
{
    bool told = false;
    int r = gather(eval, read, names, it, &told, ret);
    if (r < 0 || !told) {
        return r;
    }
    if (it->overflow) {
        return gp_read_none(eval, ret->proof->path, GP_REASON_LIMIT, "the sum is too large", ret);
    }
    if (it->count == 0 && !of_none) {
        const char *why = names ? "no name that matches is an id" : "no file matches";
        return gp_read_none(eval, ret->proof->path, GP_REASON_NO_VALUE, why, ret);
    }
    gp_reading_integer(ret, read->def->type, it->value);
    return 0;
}

static int read_total(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    struct gathered it = {.take = take_total};
    return read_of_files(eval, read, false, &it, true, ret);
}

static int read_largest(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    struct gathered it = {.take = take_largest};
    return read_of_files(eval, read, false, &it, false, ret);
}

static int read_newest(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    struct gathered it = {.take = take_newest};
    return read_of_files(eval, read, false, &it, false, ret);
}

static int read_oldest(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    struct gathered it = {.take = take_oldest};
    return read_of_files(eval, read, false, &it, false, ret);
}

static int read_highest_id(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    struct gathered it = {.value = 0};
    return read_of_files(eval, read, true, &it, false, ret);
}

static int read_count(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    const struct read_globs *data = read->data;
    struct gp_tally tally = {.known = 0};
    struct gp_outcome outcome;
    int r = gp_tally(eval, &data->paths, &tally, &outcome);
    if (r == 0) {
        r = gp_read_leaf(eval, read, gp_words_paths(eval, &data->paths), ret);
    }
    if (r == 0 && outcome.result == GP_TRUE && (tally.unknown || tally.open)) {
        r = gp_words_unknown(eval, tally.entry, tally.reason, &outcome);
    }
    if (r < 0) {
        return r;
    }
    if (outcome.result == GP_TRUE) {
        gp_reading_integer(ret, GP_TYPE_INTEGER, gp_size_signed(tally.known));
    } else {
        gp_reading_take(ret, outcome);
    }
    return 0;
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define GLOBS(id, word, text)                                                                                          \
    static const struct gp_field id##_fields[] = {                                                                     \
        {word, GP_KIND_PATHS, offsetof(struct read_globs, paths), GP_FIELD_REQUIRED | GP_FIELD_GLOB | GP_FIELD_LIST,   \
         .help = "paths and globs"},                                                                                   \
        {0},                                                                                                           \
    };                                                                                                                 \
    static const struct gp_object id##_object = {.name = word "-read", .size = sizeof(struct read_globs),              \
                                                 .fields = id##_fields, .help = text}

GLOBS(count, "count", "How many names match, whatever they are the names of.");
GLOBS(total, "total", "The bytes of all regular files that match, together; 0 if none does.");
GLOBS(largest, "largest", "The bytes of the largest regular file that matches; no value if none does.");
GLOBS(newest, "newest", "When the file that matches and was changed last was changed; no value if none matches.");
GLOBS(oldest, "oldest", "When the file that matches and was changed first was changed; no value if none matches.");
GLOBS(highest_id, "highest-id",
      "The highest of the names that match and are eight hexadecimal digits before their extension, as a number; other "
      "names are skipped; no value if none is left.");

const struct gp_read_def gp_reads_tree[] = {
    {.key = "count", .type = GP_TYPE_INTEGER, .object = &count_object, .read = read_count,
     .example = "{ count: \"queue/*.que\" }"},
    {.key = "total", .type = GP_TYPE_SIZE, .object = &total_object, .read = read_total,
     .example = "{ total: \"stores/*.dat\" }"},
    {.key = "largest", .type = GP_TYPE_SIZE, .object = &largest_object, .read = read_largest,
     .example = "{ largest: \"stores/*.dat\", times: 3 }"},
    {.key = "newest", .type = GP_TYPE_DATE, .object = &newest_object, .read = read_newest,
     .example = "{ newest: \"logs/*.log\" }"},
    {.key = "oldest", .type = GP_TYPE_DATE, .object = &oldest_object, .read = read_oldest,
     .example = "{ oldest: \"objects/*/*.obj\" }"},
    {.key = "highest-id", .type = GP_TYPE_INTEGER, .object = &highest_id_object, .read = read_highest_id,
     .example = "{ highest-id: \"queue/*.que\" }"},
    {0},
};
