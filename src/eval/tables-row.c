/*
 * What a record says: the values of its fields, and whether they are as they
 * should be.
 */
#include <stdio.h>
#include <string.h>

#include "eval/content.h"
#include "eval/encoding.h"
#include "eval/facets.h"
#include "eval/tables.h"
#include "eval/words.h"
#include "util/text.h"

/* ---- values ------------------------------------------------------------------------------------------------------ */

static struct gp_str raw_bytes(const struct gp_row *row, const struct gp_table_field *field)
{
    const struct gp_field_place *place = &row->scan->places[field->number];
    return (struct gp_str){row->bytes + (row->packed ? place->packed : place->at), place->length};
}

static uint64_t binary(struct gp_str bytes, bool big)
{
    uint64_t number = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        number = number << 8 | (unsigned char)bytes.data[big ? i : bytes.len - 1 - i];
    }
    return number;
}

/* Hexadecimal digits, all of them; false: something else is among them. */
static bool digits(struct gp_str bytes, uint64_t *ret)
{
    uint64_t number = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        char c = gp_ascii_lower(bytes.data[i]);
        bool decimal = c >= '0' && c <= '9';
        if (!decimal && (c < 'a' || c > 'f')) {
            return false;
        }
        number = number << 4 | (uint64_t)(decimal ? c - '0' : c - 'a' + 10);
    }
    *ret = number;
    return true;
}

/* Why a field has no value, in words unless only results count. */
static int no_value(const struct gp_row *row, const struct gp_table_field *field, struct gp_str bytes, const char *is,
                    struct gp_reading *ret)
{
    struct gp_eval *eval = row->scan->eval;
    const char *shown = gp_words_bytes(eval, bytes), *detail = NULL;
    int r = shown ? gp_say(eval, &detail, "%.*s: %s is %s", GP_STR_ARG(field->id), shown, is) : -ENOMEM;
    if (r == 0) {
        gp_reading_unknown(ret, GP_REASON_NO_VALUE, detail);
    }
    return r;
}

static bool is_ascii(struct gp_str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        if ((unsigned char)bytes.data[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

static int string_value(const struct gp_row *row, const struct gp_table_field *field, struct gp_str bytes,
                        struct gp_reading *ret)
{
    struct gp_value value = {.type = GP_TYPE_STRING, .string = {bytes.data, strnlen(bytes.data, bytes.len)}};
    if (!is_ascii(value.string)) {
        size_t offset = 0;
        int r = gp_encoding_decode(row->scan->arena, (enum gp_encoding)field->encoding, value.string, &value.string,
                                   &offset);
        if (r == -EILSEQ || r == -ENOSYS) {
            return no_value(row, field, bytes, r == -ENOSYS ? "what this system cannot convert" : "no such text", ret);
        }
        if (r < 0) {
            return r;
        }
    }
    if (field->upper) {
        char *copy = gp_arena_memdup(row->scan->arena, value.string.data, value.string.len);
        if (!copy) {
            return -ENOMEM;
        }
        for (size_t i = 0; i < value.string.len; i++) {
            copy[i] = gp_ascii_upper(copy[i]);
        }
        value.string.data = copy;
    }
    gp_reading_value(ret, &value);
    return 0;
}

int gp_row_value(const struct gp_row *row, const struct gp_table_field *field, struct gp_reading *ret)
{
    struct gp_str bytes = raw_bytes(row, field);
    uint64_t number = 0;
    *ret = (struct gp_reading){0};
    switch ((enum gp_field_type)field->type) {
    case GP_FIELD_BYTES:
        gp_reading_value(ret, &(struct gp_value){.type = GP_TYPE_BYTES, .string = bytes});
        return 0;
    case GP_FIELD_STRING:
        return string_value(row, field, bytes, ret);
    case GP_FIELD_HEX:
        if (!digits(bytes, &number)) {
            return no_value(row, field, bytes, "no hexadecimal number", ret);
        }
        break;
    default:
        number = binary(bytes, gp_layouts[field->type].big);
        number &= (uint64_t)row->scan->places[field->number].mask;
        break;
    }
    gp_reading_integer(ret, GP_TYPE_INTEGER, (int64_t)number);
    return 0;
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

static int number_digits(const struct gp_row *row, const struct gp_table_field *field)
{
    bool hex = field->type == GP_FIELD_HEX && !field->digits;
    return hex ? (int)row->scan->places[field->number].length : field->digits;
}

int gp_row_text(const struct gp_row *row, const struct gp_table_field *field, struct gp_str *ret_text,
                struct gp_outcome *ret_outcome)
{
    struct gp_reading reading;
    int r = gp_row_value(row, field, &reading);
    if (r < 0) {
        return r;
    }
    *ret_outcome = (struct gp_outcome){reading.result, reading.reason, reading.detail};
    if (reading.result != GP_TRUE || reading.value.type == GP_TYPE_STRING) {
        *ret_text = reading.value.string;
        return 0;
    }
    struct gp_arena *arena = row->scan->arena;
    int width = number_digits(row, field);
    unsigned long long number = (unsigned long long)reading.value.integer;
    const char *text = reading.value.type == GP_TYPE_BYTES ? gp_value_text(&reading.value, arena)
                       : width                             ? gp_arena_printf(arena, "%0*llX", width, number)
                                                           : gp_arena_printf(arena, "%llu", number);
    if (!text) {
        return -ENOMEM;
    }
    *ret_text = (struct gp_str){text, strlen(text)};
    return 0;
}

const char *gp_row_words(const struct gp_row *row)
{
    struct gp_eval *eval = row->scan->eval;
    const char *text = "";
    int r = gp_say(eval, &text, "record %llu at 0x%llx", (unsigned long long)row->number,
                   (unsigned long long)row->offset);
    return r < 0 ? NULL : text;
}

int gp_row_keep(const struct gp_row *row, struct gp_row *ret)
{
    size_t length = row->packed ? row->scan->packed : (size_t)row->scan->of;
    const char *bytes = gp_arena_memdup(row->scan->eval->arena, row->bytes, length);
    if (!bytes) {
        return -ENOMEM;
    }
    *ret = *row;
    ret->bytes = bytes;
    return 0;
}

/* ---- tests ------------------------------------------------------------------------------------------------------- */

/* `name "X"`: what a field says, for people. */
static int say_value(const struct gp_row *row, const struct gp_table_field *field, const struct gp_value *value,
                     const char **slot)
{
    struct gp_eval *eval = row->scan->eval;
    const char *shown = "";
    if (eval->terse) {
        return 0;
    }
    if (value->type == GP_TYPE_STRING) {
        shown = gp_words_quote(eval, value->string);
    } else if (value->type == GP_TYPE_BYTES) {
        shown = gp_words_bytes(eval, value->string);
    } else if (number_digits(row, field)) {
        shown = gp_arena_printf(eval->arena, "0x%0*llX", number_digits(row, field), (unsigned long long)value->integer);
    } else {
        shown = gp_value_text(value, eval->arena);
    }
    return shown ? gp_say(eval, slot, "%.*s %s", GP_STR_ARG(field->id), shown) : -ENOMEM;
}

static int test_field(const struct gp_row *row, const struct gp_field_test *test, struct gp_proof *ret)
{
    struct gp_eval *eval = row->scan->eval;
    struct gp_reading reading;
    int r = gp_row_value(row, test->field, &reading);
    if (r < 0) {
        return r;
    }
    if (reading.result != GP_TRUE) {
        gp_proof_take(ret, (struct gp_outcome){reading.result, reading.reason, reading.detail});
        return 0;
    }
    r = gp_compare(eval, test->comparison, &reading.value, ret);
    if (r == 0 && ret->expected) {
        r = gp_say(eval, &ret->expected, "%.*s %s", GP_STR_ARG(test->field->id), ret->expected);
    }
    if (r == 0 && !eval->terse) {
        r = say_value(row, test->field, &reading.value, &ret->found);
        ret->value = reading.value;
    }
    return r;
}

int gp_row_tests(const struct gp_row *row, const struct gp_map *tests, struct gp_proof *ret)
{
    *ret = (struct gp_proof){.result = GP_TRUE};
    for (size_t i = 0; i < tests->count; i++) {
        struct gp_proof one = {0};
        int r = test_field(row, tests->data[i].value, &one);
        if (r < 0) {
            return r;
        }
        bool graver = one.result == GP_UNKNOWN && (ret->result != GP_UNKNOWN || one.reason < ret->reason);
        if (one.result == GP_FALSE || graver) {
            *ret = one;
        }
        if (one.result == GP_FALSE) {
            return 0;
        }
    }
    return 0;
}

int gp_field_tests_set(struct gp_eval *eval, const struct gp_map *tests, struct gp_outcome *outcome)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < tests->count; i++) {
        r = gp_comparison_set(eval, ((const struct gp_field_test *)tests->data[i].value)->comparison, outcome);
    }
    return r;
}

const char *gp_field_tests_text(struct gp_eval *eval, const struct gp_map *tests)
{
    const char *text = "";
    for (size_t i = 0; i < tests->count; i++) {
        const struct gp_field_test *test = tests->data[i].value;
        const char *one = gp_compare_text(eval, test->comparison, gp_field_value_type(test->field));
        text = one ? gp_arena_printf(eval->arena, "%s%s%.*s %s", text, i ? " and " : "", GP_STR_ARG(test->field->id), one)
                   : NULL;
        if (!text) {
            return NULL;
        }
    }
    return text;
}
