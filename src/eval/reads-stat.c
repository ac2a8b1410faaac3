/*
 * Reads that need no look into a file: size, records, mtime, free-space.
 */
#include "eval/check.h"
#include "eval/families.h"
#include "eval/reads.h"
#include "eval/words.h"
#include "rule/tables.h"

struct read_path {
    struct gp_paths paths;
};

/* ---- size, mtime ------------------------------------------------------------------------------------------------- */

static int read_size(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    const struct read_path *data = read->data;
    struct gp_look look;
    bool there = false;
    int r = gp_read_look(eval, read, data->paths.data[0], true, &look, &there, ret);
    if (r == 0 && there) {
        gp_reading_integer(ret, GP_TYPE_SIZE, gp_size_signed(look.facts->size));
    }
    return r;
}

static int read_mtime(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    const struct read_path *data = read->data;
    struct gp_look look;
    bool there = false;
    int r = gp_read_look(eval, read, data->paths.data[0], false, &look, &there, ret);
    if (r == 0 && there) {
        gp_reading_integer(ret, GP_TYPE_DATE, look.facts->mtime.tv_sec);
    }
    return r;
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

struct read_records {
    struct gp_paths paths;
    const struct gp_expr *of, *after;
};

static int read_records(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    const struct read_records *data = read->data;
    struct gp_outcome outcome;
    struct gp_look look;
    int64_t of = 0, after = 0;
    int r = gp_eval_number(eval, data->of, 0, &of, &outcome);
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_eval_number(eval, data->after, 0, &after, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE && (of < 1 || after < 0)) {
        outcome = gp_outcome_unknown(GP_REASON_NO_VALUE, "records have at least 1 byte and begin inside the file");
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
    struct gp_raw raw = gp_raw_records(look.facts->size, of, after);
    if (raw.kind != GP_RAW_THERE) {
        return gp_read_lacks(eval, &look, &raw, ret);
    }
    gp_reading_integer(ret, GP_TYPE_INTEGER, gp_size_signed(raw.number));
    return 0;
}

/* ---- free-space -------------------------------------------------------------------------------------------------- */

static int read_free_space(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    uint64_t bytes = 0;
    int r = gp_read_leaf(eval, read, ".", ret);
    if (r < 0) {
        return r;
    }
    if (!eval->here->probe) {
        return gp_read_none(eval, ".", GP_REASON_NO_VALUE, "it is not there", ret);
    }
    struct gp_answer answer = gp_probe_free_space(eval->here->probe, &bytes);
    if (answer.value != GP_TRI_YES) {
        const char *why = answer.detail ? answer.detail : gp_reason_words(answer.reason);
        return gp_read_none(eval, ".", answer.reason, why, ret);
    }
    gp_reading_integer(ret, GP_TYPE_SIZE, gp_size_signed(bytes));
    return 0;
}

static void check_free_space(struct gp_link *link, const struct gp_read *read)
{
    const struct read_path *data = read->data;
    for (size_t i = 0; i < data->paths.count; i++) {
        if (data->paths.data[i]->count) {
            gp_diag_add(link->diags, GP_DIAG_SPACE_PATH, data->paths.data[i]->at,
                        "'free-space' is asked of the whole tree, so its path is \".\"");
        }
    }
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define PATH(name, text)                                                                                               \
    {                                                                                                                  \
        {name, GP_KIND_PATHS, offsetof(struct read_path, paths), GP_FIELD_REQUIRED, .help = text}, {0},                \
    }

static const struct gp_field size_fields[] = PATH("size", "the file");
static const struct gp_object size_object = {.name = "size-read", .size = sizeof(struct read_path),
                                             .fields = size_fields, .help = "The bytes of a file."};

static const struct gp_field mtime_fields[] = PATH("mtime", "the file, directory or whatever stands there");
static const struct gp_object mtime_object = {.name = "mtime-read", .size = sizeof(struct read_path),
                                              .fields = mtime_fields,
                                              .help = "When what stands at a path was last changed, in whole seconds."};

static const struct gp_field records_fields[] = {
    {"records", GP_KIND_PATHS, offsetof(struct read_records, paths), GP_FIELD_REQUIRED, .help = "the file"},
    {"of", GP_KIND_EXPR, offsetof(struct read_records, of), GP_FIELD_REQUIRED, .type = GP_TYPE_SIZE,
     .range = &gp_range_positive,
     .help = "the bytes of one record"},
    {"after", GP_KIND_EXPR, offsetof(struct read_records, after), 0, .type = GP_TYPE_SIZE,
     .help = "the bytes before the first record; 0 if left out"},
    {0},
};
static const struct gp_object records_object = {
    .name = "records-read", .size = sizeof(struct read_records), .fields = records_fields,
    .help = "How many records a file has; no value if it does not end with a whole one."};

static const struct gp_field space_fields[] = PATH("free-space", "\".\": the tree, or the directory of `under`");
static const struct gp_object space_object = {.name = "free-space-read", .size = sizeof(struct read_path),
                                              .fields = space_fields,
                                              .help = "The bytes that an ordinary user can still write on the tree's "
                                                      "file system."};

const struct gp_read_def gp_reads_stat[] = {
    {.key = "size", .type = GP_TYPE_SIZE, .object = &size_object, .read = read_size,
     .example = "{ size: data/main.db }"},
    {.key = "records", .type = GP_TYPE_INTEGER, .object = &records_object, .read = read_records,
     .example = "{ records: data/users.db, of: 586 }"},
    {.key = "mtime", .type = GP_TYPE_DATE, .object = &mtime_object, .read = read_mtime,
     .example = "{ mtime: logs/session.log }"},
    {.key = "free-space", .type = GP_TYPE_SIZE, .object = &space_object, .check = check_free_space,
     .read = read_free_space, .example = "{ free-space: . }"},
    {0},
};
