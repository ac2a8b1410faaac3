/*
 * Facets about bytes at a place: bytes, u8, u16le, u16be, u32le, u32be.
 */
#include <string.h>

#include "eval/check.h"
#include "eval/facets.h"
#include "eval/families.h"
#include "eval/words.h"
#include "rule/tables.h"

/* The value of a facet that is an object. */
static const void *object_of(const struct gp_facet *facet)
{
    return *(const void *const *)facet->data;
}

/* "0x94", "-4" as it is written. */
static int say_place(struct gp_eval *eval, const char **slot, const char *what, int64_t at)
{
    if (at < 0) {
        return gp_say(eval, slot, "%s at %lld", what, (long long)at);
    }
    return gp_say(eval, slot, "%s at 0x%llx", what, (unsigned long long)at);
}

/* ---- u8, u16le, u16be, u32le, u32be ------------------------------------------------------------------------------ */

struct number {
    const struct gp_expr *at, *mask;
    struct gp_comparison comparison;
};

static int number_expected(struct gp_eval *eval, const struct gp_facet *facet, int64_t at, struct gp_proof *proof)
{
    const struct number *args = object_of(facet);
    const char *text = gp_facet_expects(eval, &args->comparison, GP_TYPE_INTEGER, "a number");
    return text ? say_place(eval, &proof->expected, text, at) : -ENOMEM;
}

static int number_found(struct gp_eval *eval, const struct gp_raw *raw, uint64_t masked, int width,
                        struct gp_proof *proof)
{
    unsigned long long number = raw->number;
    int r = gp_say(eval, &proof->found, "%llu (0x%0*llx) at 0x%llx", number, 2 * width, number,
                   (unsigned long long)raw->offset);
    if (r == 0 && masked != raw->number) {
        number = masked;
        r = gp_say(eval, &proof->found, "%s, masked %llu (0x%0*llx)", proof->found, number, 2 * width, number);
    }
    return r;
}

static int decide_number(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                         struct gp_proof *proof)
{
    const struct number *args = object_of(facet);
    const struct gp_layout *layout = gp_layout_of(facet->def->key);
    struct gp_outcome outcome;
    int64_t at = 0, mask = -1;
    int r = gp_eval_number(eval, args->at, 0, &at, &outcome);
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_eval_number(eval, args->mask, -1, &mask, &outcome);
    }
    if (r < 0 || outcome.result != GP_TRUE) {
        gp_proof_take(proof, outcome);
        return r;
    }
    struct gp_raw raw = gp_raw_number(eval, entry, at, layout);
    if (raw.kind != GP_RAW_THERE) {
        r = gp_facet_lacks(eval, entry, &raw, proof);
        return r < 0 ? r : number_expected(eval, facet, at, proof);
    }
    uint64_t masked = raw.number & (uint64_t)mask;
    struct gp_value value = {.type = GP_TYPE_INTEGER, .integer = (int64_t)masked};
    r = number_found(eval, &raw, masked, (int)layout->width, proof);
    if (r == 0) {
        r = gp_facet_compare(eval, &args->comparison, &value, proof);
    }
    return r < 0 ? r : number_expected(eval, facet, at, proof);
}

static void check_number(struct gp_link *link, const struct gp_facet *facet)
{
    const struct number *args = object_of(facet);
    gp_check_comparison(link, &args->comparison);
}

#define NUMBER_OBJECT(id)                                                                                              \
    static const struct gp_field id##_fields[] = {                                                                     \
        {"at", GP_KIND_EXPR, offsetof(struct number, at), 0, .type = GP_TYPE_INTEGER,                                  \
         .help = "the offset of its first byte; a negative one counts from the end; 0 if left out"},                   \
        {"mask", GP_KIND_EXPR, offsetof(struct number, mask), 0, .type = GP_TYPE_INTEGER,                              \
         .help = "only these bits count; they are not shifted"},                                                       \
        GP_COMPARISON_FIELDS(struct number, comparison, GP_TYPE_INTEGER, &gp_range_##id),                              \
        {0},                                                                                                           \
    };                                                                                                                 \
    static const struct gp_object id##_object = {                                                                      \
        .name = #id " facet", .size = sizeof(struct number), .fields = id##_fields,                                    \
        .help = "A number at a place in the file; false if the file ends before it."}

NUMBER_OBJECT(u8);
NUMBER_OBJECT(u16le);
NUMBER_OBJECT(u16be);
NUMBER_OBJECT(u32le);
NUMBER_OBJECT(u32be);

/* ---- bytes ------------------------------------------------------------------------------------------------------- */

struct bytes {
    const struct gp_expr *at, *is, *mask;
};

/* A byte string, or a text that stands for its bytes. */
static int eval_bytes(struct gp_eval *eval, const struct gp_expr *expr, struct gp_str *ret,
                      struct gp_outcome *ret_outcome)
{
    struct gp_reading reading = {0};
    int r = gp_eval_expr(eval, expr, &reading);
    if (r < 0) {
        return r;
    }
    *ret_outcome = (struct gp_outcome){reading.result, reading.reason, reading.detail};
    if (reading.result == GP_TRUE && gp_type_is_integer(reading.value.type)) {
        *ret_outcome = gp_outcome_unknown(GP_REASON_NO_VALUE, "a number is not a string of bytes");
    }
    *ret = reading.value.string;
    return 0;
}

static bool bytes_equal(struct gp_str found, struct gp_str wanted, struct gp_str mask)
{
    for (size_t i = 0; i < wanted.len; i++) {
        unsigned char bits = mask.data ? (unsigned char)mask.data[i] : 0xff;
        if (((unsigned char)found.data[i] ^ (unsigned char)wanted.data[i]) & bits) {
            return false;
        }
    }
    return true;
}

static int bytes_words(struct gp_eval *eval, const struct gp_raw *raw, struct gp_str wanted, struct gp_str mask,
                       int64_t at, struct gp_proof *proof)
{
    const char *expected = gp_words_bytes(eval, wanted);
    if (!expected || say_place(eval, &proof->expected, expected, at) < 0) {
        return -ENOMEM;
    }
    if (mask.data) {
        const char *bits = gp_words_bytes(eval, mask);
        if (!bits || gp_say(eval, &proof->expected, "%s, masked with %s", proof->expected, bits) < 0) {
            return -ENOMEM;
        }
    }
    if (raw->kind != GP_RAW_THERE) {
        return 0;
    }
    const char *found = gp_words_bytes(eval, raw->bytes);
    return found ? say_place(eval, &proof->found, found, (int64_t)raw->offset) : -ENOMEM;
}

static int compare_bytes(struct gp_eval *eval, struct gp_entry *entry, int64_t at, struct gp_str wanted,
                         struct gp_str mask, struct gp_proof *proof)
{
    struct gp_scratch scratch = {.large = NULL};
    struct gp_raw raw = gp_raw_bytes(eval, entry, at, wanted.len, &scratch);
    int r = 0;
    if (raw.kind == GP_RAW_THERE) {
        proof->result = bytes_equal(raw.bytes, wanted, mask) ? GP_TRUE : GP_FALSE;
        if (!eval->terse) {
            proof->value = (struct gp_value){.type = GP_TYPE_BYTES, .string = raw.bytes};
        }
    } else {
        r = gp_facet_lacks(eval, entry, &raw, proof);
    }
    if (r == 0) {
        r = bytes_words(eval, &raw, wanted, mask, at, proof);
    }
    gp_scratch_done(&scratch);
    return r;
}

static int decide_bytes(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                        struct gp_proof *proof)
{
    const struct bytes *args = object_of(facet);
    struct gp_outcome outcome;
    struct gp_str wanted = {NULL, 0}, mask = {NULL, 0};
    int64_t at = 0;
    int r = gp_eval_number(eval, args->at, 0, &at, &outcome);
    if (r == 0 && outcome.result == GP_TRUE) {
        r = eval_bytes(eval, args->is, &wanted, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE && args->mask) {
        r = eval_bytes(eval, args->mask, &mask, &outcome);
        if (r == 0 && outcome.result == GP_TRUE && mask.len != wanted.len) {
            outcome = gp_outcome_unknown(GP_REASON_NO_VALUE, "the mask is not as long as the bytes");
        }
    }
    if (r < 0 || outcome.result != GP_TRUE) {
        gp_proof_take(proof, outcome);
        return r;
    }
    return compare_bytes(eval, entry, at, wanted, mask, proof);
}

static void check_bytes(struct gp_link *link, const struct gp_facet *facet)
{
    const struct bytes *args = object_of(facet);
    bool literal = args->is && args->is->kind == GP_EXPR_LITERAL && args->mask && args->mask->kind == GP_EXPR_LITERAL;
    if (literal && args->is->value.string.len != args->mask->value.string.len) {
        struct gp_diag *diag = gp_diag_add(link->diags, GP_DIAG_MASK_LENGTH, args->mask->at,
                                           "'mask' and 'is' differ in length: %zu and %zu bytes",
                                           args->mask->value.string.len, args->is->value.string.len);
        gp_diag_note(link->diags, diag, args->is->at, "'is' is here");
    }
}

static const struct gp_field bytes_fields[] = {
    {"at", GP_KIND_EXPR, offsetof(struct bytes, at), 0, .type = GP_TYPE_INTEGER,
     .help = "the offset of the first byte; a negative one counts from the end; 0 if left out"},
    {"is", GP_KIND_EXPR, offsetof(struct bytes, is), GP_FIELD_REQUIRED, .type = GP_TYPE_BYTES,
     .help = "the bytes: hex:4d5a00 or text:ELF"},
    {"mask", GP_KIND_EXPR, offsetof(struct bytes, mask), 0, .type = GP_TYPE_BYTES,
     .help = "only these bits count, byte by byte; as long as 'is'"},
    {0},
};
static const struct gp_object bytes_object = {
    .name = "bytes facet", .size = sizeof(struct bytes), .fields = bytes_fields,
    .help = "These bytes stand at a place in the file; false if the file ends before their end."};

/* ---- table ------------------------------------------------------------------------------------------------------- */

#define NUMBER(id, bytes_help, text)                                                                                   \
    {.key = #id, .flags = GP_FACET_FILES, .cost = 1000, .size = sizeof(void *), .check = check_number,                 \
     .decide = decide_number,                                                                                          \
     .value = {#id, GP_KIND_OBJECT, .object = &id##_object, .help = bytes_help}, .example = text}

const struct gp_facet_def gp_facets_content[] = {
    {.key = "bytes", .flags = GP_FACET_FILES, .cost = 1000, .size = sizeof(void *), .check = check_bytes,
     .decide = decide_bytes,
     .value = {"bytes", GP_KIND_OBJECT, .object = &bytes_object, .help = "these bytes stand there"},
     .example = "{ file: setup.exe, bytes: { is: text:MZ } }"},
    NUMBER(u8, "the byte there", "{ file: data/main.db, u8: { at: 0x94, is: 1 } }"),
    NUMBER(u16le, "the two bytes there, least significant first",
           "{ file: data/site.db, u16le: { at: 2, max: 500 } }"),
    NUMBER(u16be, "the two bytes there, most significant first", "{ file: logo.png, u16be: { at: 18, min: 1 } }"),
    NUMBER(u32le, "the four bytes there, least significant first",
           "{ file: data/next.id, u32le: { at: 0, min: 1 } }"),
    NUMBER(u32be, "the four bytes there, most significant first",
           "{ file: logo.png, u32be: { at: 0, is: 0x89504e47 } }"),
    {0},
};
