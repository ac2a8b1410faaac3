#include "util/json-read.h"

#include <errno.h>
#include <string.h>

#include "util/text.h"

int gp_json_wrong(struct gp_json_in *in, const char *format, ...)
{
    va_list args;

    if (in->problem)
        return -EINVAL;
    va_start(args, format);
    in->problem = gp_arena_vprintf(in->arena, format, args);
    va_end(args);
    return in->problem ? -EINVAL : -ENOMEM;
}

json_t *gp_json_hex(struct gp_str bytes)
{
    static const char digits[] = "0123456789abcdef";
    struct gp_strbuf text = {0};

    for (size_t i = 0; i < bytes.len; i++) {
        gp_strbuf_add_char(&text, digits[(unsigned char)bytes.data[i] >> 4]);
        gp_strbuf_add_char(&text, digits[(unsigned char)bytes.data[i] & 15]);
    }
    json_t *value = gp_strbuf_ok(&text) ? gp_json_string(gp_strbuf_text(&text), text.len) : NULL;
    gp_strbuf_done(&text);
    return value;
}

json_t *gp_json_bytes(struct gp_str bytes)
{
    if (gp_utf8_valid(bytes.data, bytes.len) == bytes.len)
        return gp_json_string(bytes.data, bytes.len);
    json_t *object = json_object(), *hex = gp_json_hex(bytes);
    if (object && gp_json_set(object, "hex", hex))
        return object;
    json_decref(object);
    return NULL;
}

/* 0 to 15, or -1. */
static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int gp_json_unhex(struct gp_arena *arena, struct gp_str digits, struct gp_str *ret_bytes)
{
    char *bytes = digits.len % 2 ? NULL : gp_arena_alloc(arena, digits.len / 2 + 1);

    if (!bytes)
        return digits.len % 2 ? -EINVAL : -ENOMEM;
    for (size_t i = 0; i < digits.len; i += 2) {
        int high = digit_of(digits.data[i]), low = digit_of(digits.data[i + 1]);
        if (high < 0 || low < 0)
            return -EINVAL;
        bytes[i / 2] = (char)(high << 4 | low);
    }
    *ret_bytes = (struct gp_str){bytes, digits.len / 2};
    return 0;
}

static struct gp_str string_of(const json_t *value)
{
    return (struct gp_str){json_string_value(value), json_string_length(value)};
}

static int copy_bytes(struct gp_json_in *in, struct gp_str text, struct gp_str *ret)
{
    char *copy = gp_arena_memdup(in->arena, text.data, text.len);

    if (!copy)
        return -ENOMEM;
    *ret = (struct gp_str){copy, text.len};
    return 0;
}

static int take_integer(struct gp_json_in *in, const json_t *value, const char *where, const struct gp_json_key *key,
                        void *ret)
{
    if (!json_is_integer(value))
        return gp_json_wrong(in, "%s: '%s' has to be an integer", where, key->name);
    int64_t number = json_integer_value(value);
    if ((key->least || key->most) && (number < key->least || number > key->most))
        return gp_json_wrong(in, "%s: '%s' is %lld, which is out of range", where, key->name, (long long)number);
    *(int64_t *)ret = number;
    return 0;
}

static int take_boolean(struct gp_json_in *in, const json_t *value, const char *where, const struct gp_json_key *key,
                        void *ret)
{
    if (!json_is_boolean(value))
        return gp_json_wrong(in, "%s: '%s' has to be true or false", where, key->name);
    *(bool *)ret = json_is_true(value);
    return 0;
}

static int take_text(struct gp_json_in *in, const json_t *value, const char *where, const struct gp_json_key *key,
                     void *ret)
{
    struct gp_str text = string_of(value);

    if (!text.data)
        return gp_json_wrong(in, "%s: '%s' has to be a string", where, key->name);
    if (memchr(text.data, '\0', text.len))
        return gp_json_wrong(in, "%s: '%s' has a NUL in it", where, key->name);
    int r = copy_bytes(in, text, &text);
    if (r == 0)
        *(const char **)ret = text.data;
    return r;
}

static int take_bytes(struct gp_json_in *in, const json_t *value, const char *where, const struct gp_json_key *key,
                      void *ret)
{
    const json_t *hex = json_object_size(value) == 1 ? json_object_get(value, "hex") : NULL;
    struct gp_str text = string_of(hex ? hex : value);

    if (!text.data)
        return gp_json_wrong(in, "%s: '%s' has to be a string or { \"hex\": ... }", where, key->name);
    int r = hex ? gp_json_unhex(in->arena, text, ret) : copy_bytes(in, text, ret);
    return r == -EINVAL ? gp_json_wrong(in, "%s: '%s' has to be hexadecimal digits", where, key->name) : r;
}

static int take_word(struct gp_json_in *in, const json_t *value, const char *where, const struct gp_json_key *key,
                     void *ret)
{
    struct gp_str text = string_of(value);
    size_t count = 0;

    for (; key->words[count]; count++) {
        if (text.data && gp_str_is(text, key->words[count])) {
            *(int *)ret = (int)count;
            return 0;
        }
    }
    return gp_json_wrong(in, "%s: '%s' has to be one of the words that a record has there, such as '%s'", where,
                         key->name, key->words[count - 1]);
}

static int take_list(struct gp_json_in *in, const json_t *value, const char *where, const struct gp_json_key *key,
                     void *ret)
{
    if (!json_is_array(value))
        return gp_json_wrong(in, "%s: '%s' has to be a list", where, key->name);
    *(const json_t **)ret = value;
    return 0;
}

static int take_map(struct gp_json_in *in, const json_t *value, const char *where, const struct gp_json_key *key,
                    void *ret)
{
    if (!json_is_object(value))
        return gp_json_wrong(in, "%s: '%s' has to be an object", where, key->name);
    *(const json_t **)ret = value;
    return 0;
}

int gp_json_take(struct gp_json_in *in, const json_t *value, const char *where, const struct gp_json_key *key,
                 void *ret)
{
    static int (*const takers[])(struct gp_json_in *, const json_t *, const char *, const struct gp_json_key *,
                                 void *) = {
        [GP_JSON_INTEGER] = take_integer, [GP_JSON_BOOLEAN] = take_boolean, [GP_JSON_TEXT] = take_text,
        [GP_JSON_BYTES] = take_bytes,     [GP_JSON_WORD] = take_word,       [GP_JSON_LIST] = take_list,
        [GP_JSON_MAP] = take_map,
    };

    return takers[key->kind](in, value, where, key, ret);
}

static bool is_known(const struct gp_json_key *keys, const char *name)
{
    for (; keys->name; keys++)
        if (strcmp(keys->name, name) == 0)
            return true;
    return false;
}

int gp_json_bind(struct gp_json_in *in, const json_t *value, const char *where, const struct gp_json_key *keys,
                 void *ret_struct)
{
    const char *name;
    json_t *member;

    if (!json_is_object(value))
        return gp_json_wrong(in, "%s has to be an object", where);
    json_object_foreach((json_t *)value, name, member)
        if (!is_known(keys, name))
            return gp_json_wrong(in, "%s: there is no key '%.64s'", where, name);
    for (const struct gp_json_key *key = keys; key->name; key++) {
        member = json_object_get(value, key->name);
        if (!member && key->required)
            return gp_json_wrong(in, "%s: '%s' is missing", where, key->name);
        int r = member ? gp_json_take(in, member, where, key, (char *)ret_struct + key->offset) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}
