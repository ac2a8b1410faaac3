/*
 * Reads of what stands at a place in a file: u8 … u32be, bytes, string.
 */
#include <string.h>

#include "eval/encoding.h"
#include "eval/families.h"
#include "eval/reads.h"
#include "eval/words.h"
#include "rule/tables.h"
#include "util/text.h"

/* ---- u8, u16le, u16be, u32le, u32be ------------------------------------------------------------------------------ */

struct read_number {
    struct gp_paths paths;
    const struct gp_expr *at, *mask;
};

static int read_number(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    const struct read_number *data = read->data;
    struct gp_outcome outcome;
    struct gp_look look;
    int64_t at = 0, mask = -1;
    int r = gp_eval_number(eval, data->at, 0, &at, &outcome);
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_eval_number(eval, data->mask, -1, &mask, &outcome);
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
    struct gp_raw raw = gp_raw_number(eval, look.entry, at, gp_layout_of(read->def->key));
    if (raw.kind != GP_RAW_THERE) {
        return gp_read_lacks(eval, &look, &raw, ret);
    }
    gp_reading_integer(ret, GP_TYPE_INTEGER, (int64_t)(raw.number & (uint64_t)mask));
    return 0;
}

/* ---- bytes, string ----------------------------------------------------------------------------------------------- */

struct read_bytes {
    struct gp_paths paths;
    const struct gp_expr *at, *length;
    int encoding; /* string */
    int upper;
};

/* Finds the bytes; `*ret_there` false: `ret` says why there are none. */
static int find_bytes(struct gp_eval *eval, const struct gp_read *read, struct gp_look *ret_look,
                      struct gp_raw *ret_raw, bool *ret_there, struct gp_reading *ret)
{
    const struct read_bytes *data = read->data;
    struct gp_outcome outcome;
    int64_t at = 0, length = 0;
    int r = gp_eval_number(eval, data->at, 0, &at, &outcome);
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_eval_number(eval, data->length, 0, &length, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE && length < 1) {
        outcome = gp_outcome_unknown(GP_REASON_NO_VALUE, "a length is at least 1 byte");
    }
    *ret_there = false;
    if (r < 0 || outcome.result != GP_TRUE) {
        gp_reading_take(ret, outcome);
        return r;
    }
    r = gp_read_look(eval, read, data->paths.data[0], true, ret_look, ret_there, ret);
    if (r < 0 || !*ret_there) {
        return r;
    }
    /* Never in a loop over many files, so the probe keeps the bytes and the scratch stays empty. */
    struct gp_scratch scratch = {.large = NULL};
    *ret_raw = gp_raw_bytes(eval, ret_look->entry, at, (uint64_t)length, &scratch);
    gp_scratch_done(&scratch);
    *ret_there = ret_raw->kind == GP_RAW_THERE;
    return *ret_there ? 0 : gp_read_lacks(eval, ret_look, ret_raw, ret);
}

static int read_bytes(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    struct gp_look look;
    struct gp_raw raw;
    bool there = false;
    int r = find_bytes(eval, read, &look, &raw, &there, ret);
    if (r == 0 && there) {
        gp_reading_value(ret, &(struct gp_value){.type = GP_TYPE_BYTES, .string = raw.bytes});
    }
    return r;
}

static int decode(struct gp_eval *eval, const struct gp_look *look, const struct gp_raw *raw, struct gp_str bytes,
                  enum gp_encoding encoding, struct gp_str *ret_text, struct gp_reading *ret)
{
    size_t offset = 0;
    int r = gp_encoding_decode(eval->arena, encoding, bytes, ret_text, &offset);
    if (r == -EILSEQ) {
        const char *why = gp_arena_printf(eval->arena, "byte 0x%02x at 0x%llx is not %s",
                                          (unsigned)(unsigned char)bytes.data[offset],
                                          (unsigned long long)(raw->offset + offset), gp_encoding_name(encoding));
        r = why ? gp_read_none(eval, look->path, GP_REASON_NO_VALUE, why, ret) : -ENOMEM;
    } else if (r == -ENOSYS) {
        const char *why = gp_arena_printf(eval->arena, "this system cannot convert %s", gp_encoding_name(encoding));
        r = why ? gp_read_none(eval, look->path, GP_REASON_LIMIT, why, ret) : -ENOMEM;
    }
    return r;
}

static int read_string(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    const struct read_bytes *data = read->data;
    struct gp_look look;
    struct gp_raw raw;
    bool there = false;
    int r = find_bytes(eval, read, &look, &raw, &there, ret);
    if (r < 0 || !there) {
        return r;
    }
    struct gp_str bytes = {raw.bytes.data, strnlen(raw.bytes.data, raw.bytes.len)};
    struct gp_value value = {.type = GP_TYPE_STRING};
    r = decode(eval, &look, &raw, bytes, (enum gp_encoding)data->encoding, &value.string, ret);
    if (r < 0 || !value.string.data) {
        return r;
    }
    if (data->upper) {
        char *text = (char *)value.string.data; /* our own copy */
        for (size_t i = 0; i < value.string.len; i++) {
            text[i] = gp_ascii_upper(text[i]);
        }
    }
    gp_reading_value(ret, &value);
    return 0;
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static const struct gp_name case_names[] = {
    {"upper", 1, "ASCII letters become upper case"},
    {0},
};

#define AT(type_name)                                                                                                  \
    {"at", GP_KIND_EXPR, offsetof(type_name, at), 0, .type = GP_TYPE_INTEGER,                                          \
     .help = "the offset of the first byte; a negative one counts from the end; 0 if left out"}
#define LENGTH                                                                                                         \
    {"length", GP_KIND_EXPR, offsetof(struct read_bytes, length), GP_FIELD_REQUIRED, .type = GP_TYPE_SIZE,             \
     .range = &gp_range_window,                                                                                        \
     .help = "how many bytes; a file that ends before gives no value"}

#define NUMBER(id, word, text)                                                                                         \
    static const struct gp_field id##_fields[] = {                                                                     \
        {word, GP_KIND_PATHS, offsetof(struct read_number, paths), GP_FIELD_REQUIRED, .help = "the file"},             \
        AT(struct read_number),                                                                                        \
        {"mask", GP_KIND_EXPR, offsetof(struct read_number, mask), 0, .type = GP_TYPE_INTEGER,                         \
         .help = "only these bits count; they are not shifted"},                                                       \
        {0},                                                                                                           \
    };                                                                                                                 \
    static const struct gp_object id##_object = {.name = word "-read", .size = sizeof(struct read_number),             \
                                                 .fields = id##_fields, .help = text}

NUMBER(u8, "u8", "The byte at a place in a file.");
NUMBER(u16le, "u16le", "The two bytes at a place in a file, least significant first.");
NUMBER(u16be, "u16be", "The two bytes at a place in a file, most significant first.");
NUMBER(u32le, "u32le", "The four bytes at a place in a file, least significant first.");
NUMBER(u32be, "u32be", "The four bytes at a place in a file, most significant first.");

static const struct gp_field bytes_fields[] = {
    {"bytes", GP_KIND_PATHS, offsetof(struct read_bytes, paths), GP_FIELD_REQUIRED, .help = "the file"},
    AT(struct read_bytes),
    LENGTH,
    {0},
};
static const struct gp_object bytes_object = {.name = "bytes-read", .size = sizeof(struct read_bytes),
                                              .fields = bytes_fields, .help = "The bytes at a place in a file."};

static const struct gp_field string_fields[] = {
    {"string", GP_KIND_PATHS, offsetof(struct read_bytes, paths), GP_FIELD_REQUIRED, .help = "the file"},
    AT(struct read_bytes),
    LENGTH,
    {"encoding", GP_KIND_ENUM, offsetof(struct read_bytes, encoding), 0, .names = gp_encoding_names,
     .fallback = GP_ENCODING_ASCII, .help = "how the file holds the text; ascii if left out"},
    {"case", GP_KIND_ENUM, offsetof(struct read_bytes, upper), 0, .names = case_names,
     .help = "upper: the value is in upper case"},
    {0},
};
static const struct gp_object string_object = {
    .name = "string-read", .size = sizeof(struct read_bytes), .fields = string_fields,
    .help = "The text at a place in a file, up to the first NUL or the length."};

#define NUMBER_ROW(id, text)                                                                                           \
    {.key = #id, .type = GP_TYPE_INTEGER, .object = &id##_object, .read = read_number, .example = text}

const struct gp_read_def gp_reads_content[] = {
    NUMBER_ROW(u8, "{ u8: data/main.db, at: 0x94 }"),
    NUMBER_ROW(u16le, "{ u16le: data/site.db, at: 2 }"),
    NUMBER_ROW(u16be, "{ u16be: logo.png, at: 18 }"),
    NUMBER_ROW(u32le, "{ u32le: data/next.id, at: 0 }"),
    NUMBER_ROW(u32be, "{ u32be: logo.png, at: 16 }"),
    {.key = "bytes", .type = GP_TYPE_BYTES, .object = &bytes_object, .read = read_bytes,
     .example = "{ bytes: data/main.db, at: 0, length: 4 }"},
    {.key = "string", .type = GP_TYPE_STRING, .object = &string_object, .read = read_string,
     .example = "{ string: data/main.db, at: 2, length: 11, encoding: cp850, case: upper }"},
    {0},
};
