#include "util/json.h"

#include <stdio.h>
#include <string.h>

#include "util/text.h"

static const char replacement[] = "\xef\xbf\xbd"; /* U+FFFD */

/* Appends `s` with a U+FFFD for each byte that is not UTF-8. */
static void add_valid(struct gp_strbuf *out, const char *s, size_t len)
{
    while (len) {
        size_t valid = gp_utf8_valid(s, len);
        gp_strbuf_add_mem(out, s, valid);
        s += valid;
        len -= valid;
        if (!len)
            break;
        gp_strbuf_add(out, replacement);
        s++;
        len--;
    }
}

json_t *gp_json_string(const char *s, size_t len)
{
    struct gp_strbuf valid = {0};

    if (gp_utf8_valid(s, len) == len)
        return json_stringn_nocheck(len ? s : "", len);
    add_valid(&valid, s, len);
    json_t *string = gp_strbuf_ok(&valid) ? json_stringn_nocheck(gp_strbuf_text(&valid), valid.len) : NULL;
    gp_strbuf_done(&valid);
    return string;
}

json_t *gp_json_string0(const char *s)
{
    return s ? gp_json_string(s, strlen(s)) : json_null();
}

bool gp_json_set(json_t *object, const char *key, json_t *value)
{
    struct gp_strbuf valid = {0};
    size_t len = strlen(key);

    if (gp_utf8_valid(key, len) == len)
        return json_object_set_new_nocheck(object, key, value) == 0; /* a NULL value is an error to it */
    add_valid(&valid, key, len);
    bool ok = gp_strbuf_ok(&valid);
    if (ok)
        ok = json_object_set_new_nocheck(object, gp_strbuf_text(&valid), value) == 0;
    else
        json_decref(value);
    gp_strbuf_done(&valid);
    return ok;
}

bool gp_json_append(json_t *array, json_t *value)
{
    return json_array_append_new(array, value) == 0;
}

/* A code point as JSON escapes it, in UTF-16. */
static void add_escape(struct gp_strbuf *out, uint32_t code_point)
{
    if (code_point < 0x10000)
        gp_strbuf_printf(out, "\\u%04X", (unsigned)code_point);
    else
        gp_strbuf_printf(out, "\\u%04X\\u%04X", (unsigned)(0xd800 + ((code_point - 0x10000) >> 10)),
                         (unsigned)(0xdc00 + (code_point & 0x3ff)));
}

/* What jansson writes, piece by piece: it escapes C0 alone, and JSON may end up on a terminal.  Everything beyond ASCII
 * stands in strings, newlines stand between values. */
static int write_piece(const char *s, size_t len, void *context)
{
    struct gp_strbuf *out = context;
    size_t from = 0, size;

    for (size_t at = 0; at < len; at += size) {
        uint32_t code_point = 0;
        size = gp_utf8_char(s + at, len - at, &code_point);
        if (!size)
            size = 1;
        else if (code_point != '\n' && gp_text_unsafe(code_point)) {
            gp_strbuf_add_mem(out, s + from, at - from);
            add_escape(out, code_point);
            from = at + size;
        }
    }
    gp_strbuf_add_mem(out, s + from, len - from);
    return gp_strbuf_ok(out) ? 0 : -1;
}

void gp_json_write(struct gp_strbuf *out, const json_t *value, int indent)
{
    size_t layout = indent > 0 ? JSON_INDENT((size_t)indent) : JSON_COMPACT;

    if (json_dump_callback(value, write_piece, out, layout | JSON_ENCODE_ANY) < 0)
        out->failed = true;
}

/* jansson's own words name its functions and quote the text. */
static const char *why_not(enum json_error_code code)
{
    static const struct {
        enum json_error_code code;
        const char *words;
    } known[] = {
        {json_error_stack_overflow, "nested too deep"},
        {json_error_out_of_memory, "too big for the memory that there is"},
        {json_error_invalid_utf8, "not UTF-8"},
        {json_error_duplicate_key, "a key stands twice in one object"},
        {json_error_numeric_overflow, "a number is too big"},
        {json_error_null_character, "a NUL stands where none may be"},
        {json_error_null_byte_in_key, "a NUL stands in a key"},
        {json_error_premature_end_of_input, "it ends too early"},
    };

    for (size_t i = 0; i < GP_COUNT(known); i++)
        if (known[i].code == code)
            return known[i].words;
    return "not JSON";
}

json_t *gp_json_read_why(const char *text, size_t len, const char **ret_why, bool *ret_short)
{
    json_error_t error;
    json_t *value = json_loadb(len ? text : "", len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);

    if (!value) {
        *ret_why = why_not(json_error_code(&error));
        *ret_short = json_error_code(&error) == json_error_premature_end_of_input;
    }
    return value;
}

json_t *gp_json_read(const char *text, size_t len)
{
    const char *why;
    bool ends_early;

    return gp_json_read_why(text, len, &why, &ends_early);
}

json_t *gp_json_read_object(const char *text, size_t len, struct gp_json_error *ret_error)
{
    json_error_t error = {.line = 1};
    json_t *value = json_loadb(len ? text : "", len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);

    if (json_is_object(value))
        return value;
    *ret_error = (struct gp_json_error){.line = error.line > 0 ? error.line : 1,
                                        .column = error.column > 0 ? error.column : 0};
    snprintf(ret_error->text, sizeof(ret_error->text), "%s", value ? "it is no object" : error.text);
    for (char *c = ret_error->text; *c; c++) /* which quotes what it stumbled over */
        if ((unsigned char)*c < ' ' || (unsigned char)*c >= 0x7f)
            *c = '?';
    json_decref(value);
    return NULL;
}
