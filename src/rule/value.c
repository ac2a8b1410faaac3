#include "rule/value.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "util/clock.h"
#include "util/number.h"
#include "util/strbuf.h"
#include "util/text.h"

static const char *const type_names[] = {
    [GP_TYPE_ANY] = "any",
    [GP_TYPE_INTEGER] = "integer",
    [GP_TYPE_SIZE] = "size",
    [GP_TYPE_DURATION] = "duration",
    [GP_TYPE_DATE] = "date",
    [GP_TYPE_BOOLEAN] = "boolean",
    [GP_TYPE_STRING] = "string",
    [GP_TYPE_PATH] = "path",
    [GP_TYPE_DIRECTORY] = "directory",
    [GP_TYPE_CHOICE] = "choice",
    [GP_TYPE_BYTES] = "bytes",
};

bool gp_type_is_integer(enum gp_type type)
{
    return type >= GP_TYPE_INTEGER && type <= GP_TYPE_BOOLEAN;
}

const char *gp_type_name(enum gp_type type)
{
    return type_names[type];
}

bool gp_type_fits(enum gp_type want, enum gp_type have)
{
    if (want == have || want == GP_TYPE_ANY || have == GP_TYPE_ANY)
        return true;
    if (gp_type_is_integer(want) || gp_type_is_integer(have))
        return (want == GP_TYPE_INTEGER && have == GP_TYPE_SIZE) || (want == GP_TYPE_SIZE && have == GP_TYPE_INTEGER);
    if (want == GP_TYPE_BYTES || have == GP_TYPE_BYTES)
        return want == GP_TYPE_STRING || have == GP_TYPE_STRING;
    return want != GP_TYPE_DIRECTORY || have == GP_TYPE_STRING;
}

int gp_value_compare(const struct gp_value *a, const struct gp_value *b)
{
    if (gp_type_is_integer(a->type))
        return (a->integer > b->integer) - (a->integer < b->integer);
    return gp_str_compare(a->string, b->string);
}

static void add_date(struct gp_strbuf *out, int64_t seconds)
{
    char text[GP_TIME_SIZE];
    size_t midnight = sizeof("2027-01-31") - 1;

    gp_time_format((struct timespec){.tv_sec = (time_t)seconds}, text);
    gp_strbuf_add_mem(out, text, seconds % 86400 ? GP_TIME_SIZE - 1 : midnight);
}

static void add_value(struct gp_strbuf *out, const struct gp_value *value)
{
    char duration[48];

    switch (value->type) {
    case GP_TYPE_ANY:
        gp_strbuf_add(out, "no value");
        break;
    case GP_TYPE_INTEGER:
        gp_strbuf_printf(out, "%lld", (long long)value->integer);
        break;
    case GP_TYPE_SIZE:
        gp_text_grouped(out, (uint64_t)value->integer);
        gp_strbuf_add(out, value->integer == 1 ? " byte" : " bytes");
        break;
    case GP_TYPE_DURATION:
        gp_duration_format((uint64_t)value->integer, duration, sizeof(duration));
        gp_strbuf_add(out, duration);
        break;
    case GP_TYPE_DATE:
        add_date(out, value->integer);
        break;
    case GP_TYPE_BOOLEAN:
        gp_strbuf_add(out, value->integer ? "true" : "false");
        break;
    case GP_TYPE_STRING:
        gp_strbuf_printf(out, "\"%.*s\"", GP_STR_ARG(value->string));
        break;
    case GP_TYPE_PATH:
    case GP_TYPE_DIRECTORY:
    case GP_TYPE_CHOICE:
        gp_strbuf_add_mem(out, value->string.data, value->string.len);
        break;
    case GP_TYPE_BYTES:
        for (size_t i = 0; i < value->string.len; i++)
            gp_strbuf_printf(out, "%02x", (unsigned)(unsigned char)value->string.data[i]);
        break;
    }
}

const char *gp_value_text(const struct gp_value *value, struct gp_arena *arena)
{
    struct gp_strbuf out = {0};

    add_value(&out, value);
    const char *text = gp_strbuf_ok(&out) ? gp_arena_memdup(arena, gp_strbuf_text(&out), out.len) : NULL;
    gp_strbuf_done(&out);
    return text;
}

static int parse_boolean(struct gp_str text, int64_t *ret_value)
{
    if (!gp_str_is(text, "true") && !gp_str_is(text, "false"))
        return -EINVAL;
    *ret_value = gp_str_is(text, "true");
    return 0;
}

static int parse_integer(enum gp_type type, struct gp_str text, int64_t *ret_value)
{
    uint64_t number;
    struct timespec time;
    int r;

    switch (type) {
    case GP_TYPE_SIZE:
        r = gp_size_parse(text, &number);
        break;
    case GP_TYPE_DURATION:
        r = gp_duration_parse(text, &number);
        break;
    case GP_TYPE_DATE:
        r = gp_time_parse(text, &time);
        number = r < 0 ? 0 : (uint64_t)time.tv_sec;
        break;
    case GP_TYPE_BOOLEAN:
        return parse_boolean(text, ret_value);
    default:
        return gp_int_parse(text, ret_value);
    }
    if (r < 0)
        return r;
    if (type != GP_TYPE_DATE && number > INT64_MAX)
        return -ERANGE;
    *ret_value = (int64_t)number;
    return 0;
}

static const char *expected_of(enum gp_type type)
{
    switch (type) {
    case GP_TYPE_INTEGER:
        return "an integer such as 12 or 0x0c";
    case GP_TYPE_SIZE:
        return "a size such as 512, 64 KiB or 2 GiB";
    case GP_TYPE_DURATION:
        return "a duration such as 90 s, 15 min, 1 h or 7 d";
    case GP_TYPE_DATE:
        return "a date such as 2027-01-31";
    case GP_TYPE_BOOLEAN:
        return "true or false";
    case GP_TYPE_BYTES:
        return "bytes such as hex:4d5a00 or text:hello";
    default:
        return "a text that is not empty";
    }
}

/* Digits where a date has digits: written as one, so only the calendar can be against it. */
static bool looks_like_date(struct gp_str text)
{
    static const char form[] = "dddd-dd-dd";

    for (size_t i = 0; i < text.len && form[i]; i++)
        if (form[i] == 'd' ? text.data[i] < '0' || text.data[i] > '9' : text.data[i] != form[i])
            return false;
    return text.len == strlen(form);
}

static bool is_negative(struct gp_str text)
{
    return text.len > 1 && text.data[0] == '-' && text.data[1] >= '0' && text.data[1] <= '9';
}

/* What was expected in place of a text that is nearly right. */
static const char *expected_instead(enum gp_type type, struct gp_str text)
{
    bool hex = text.len > 4 && memcmp(text.data, "hex:", 4) == 0;

    if (type == GP_TYPE_DATE && looks_like_date(text))
        return "a day that the calendar has";
    if ((type == GP_TYPE_SIZE || type == GP_TYPE_DURATION) && is_negative(text))
        return type == GP_TYPE_SIZE ? "a size, which is never negative" : "a duration, which is never negative";
    if (type == GP_TYPE_BYTES && hex)
        return text.len % 2 ? "two hexadecimal digits for each byte behind 'hex:'"
                            : "hexadecimal digits (0 to 9, a to f) behind 'hex:'";
    return expected_of(type);
}

static int parse_bytes(struct gp_str text, struct gp_arena *arena, struct gp_str *ret_bytes)
{
    size_t len;
    char *bytes = gp_arena_alloc(arena, text.len + 1);

    if (!bytes)
        return -ENOMEM;
    if (gp_bytes_parse(text, bytes, &len) < 0)
        return -EINVAL;
    *ret_bytes = (struct gp_str){bytes, len};
    return 0;
}

static int parse_string(enum gp_type type, struct gp_str text, struct gp_arena *arena, struct gp_str *ret_string)
{
    if (!text.len && type != GP_TYPE_STRING)
        return -EINVAL;
    char *copy = gp_arena_memdup(arena, text.data ? text.data : "", text.len);
    if (!copy)
        return -ENOMEM;
    *ret_string = (struct gp_str){copy, text.len};
    return 0;
}

int gp_value_parse(enum gp_type type, struct gp_str text, bool quoted, struct gp_arena *arena,
                   struct gp_value *ret_value, const char **ret_expected)
{
    struct gp_value value = {.type = type == GP_TYPE_ANY ? GP_TYPE_STRING : type};
    int r;

    if (gp_type_is_integer(type))
        r = quoted ? -EINVAL : parse_integer(type, text, &value.integer);
    else if (type == GP_TYPE_BYTES)
        r = parse_bytes(text, arena, &value.string);
    else
        r = parse_string(value.type, text, arena, &value.string);
    if (r == -ENOMEM)
        return r;
    if (r < 0) {
        bool number = gp_type_is_integer(type);
        *ret_expected = r == -ERANGE       ? "a number of at most 63 bits"
                        : number && quoted ? expected_of(type)
                                           : expected_instead(type, text);
        return -EINVAL;
    }
    *ret_value = value;
    return 0;
}
