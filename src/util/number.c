#include "util/number.h"

#include <errno.h>
#include <string.h>

#include "util/text.h"

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = gp_ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

int gp_number_take(struct gp_str *text, bool hex, uint64_t *ret_value)
{
    const char *s = text->data;
    size_t len = text->len, at = 0;
    int base = hex && len >= 2 && s[0] == '0' && s[1] == 'x' ? 16 : 10;
    uint64_t value = 0;
    bool over = false;

    if (base == 16)
        at = 2;
    else if (len >= 2 && s[0] == '0' && digit_of(s[1]) < 10)
        return -EINVAL; /* a leading zero: octal to some, decimal to others */
    size_t first = at;
    for (; at < len && digit_of(s[at]) < base; at++)
        over |= __builtin_mul_overflow(value, (uint64_t)base, &value) ||
                __builtin_add_overflow(value, (uint64_t)digit_of(s[at]), &value);
    if (at == first)
        return -EINVAL;
    *text = (struct gp_str){s + at, len - at};
    *ret_value = over ? UINT64_MAX : value;
    return over ? -ERANGE : 0;
}

int gp_int_parse(struct gp_str text, int64_t *ret_value)
{
    bool negative = text.len && text.data[0] == '-';
    uint64_t size;

    if (negative)
        text = (struct gp_str){text.data + 1, text.len - 1};
    int r = gp_number_take(&text, true, &size);
    if (r == -EINVAL || text.len)
        return -EINVAL;
    if (r < 0 || size > (uint64_t)INT64_MAX + negative)
        return -ERANGE;
    *ret_value = negative ? (int64_t)(0 - size) : (int64_t)size;
    return 0;
}

int gp_unit_take(struct gp_str text, const struct gp_unit *units, size_t count, uint64_t *ret_factor)
{
    if (text.len && text.data[0] == ' ')
        text = (struct gp_str){text.data + 1, text.len - 1};
    for (size_t i = 0; i < count; i++)
        if (gp_str_is(text, units[i].name)) {
            *ret_factor = units[i].factor;
            return 0;
        }
    return -EINVAL;
}

int gp_size_parse(struct gp_str text, uint64_t *ret_bytes)
{
    static const struct gp_unit units[] = {{"B", 1}, {"KiB", 1u << 10}, {"MiB", 1u << 20}, {"GiB", 1u << 30}};
    uint64_t size, factor = 1, bytes;

    int r = gp_number_take(&text, true, &size);
    if (r == -EINVAL || (text.len && gp_unit_take(text, units, GP_COUNT(units), &factor) < 0))
        return -EINVAL;
    if (r < 0 || __builtin_mul_overflow(size, factor, &bytes) || bytes > INT64_MAX)
        return -ERANGE;
    *ret_bytes = bytes;
    return 0;
}

static int parse_hex(struct gp_str digits, char *out, size_t *ret_len)
{
    if (digits.len % 2)
        return -EINVAL;
    for (size_t i = 0; i < digits.len; i++)
        if (digit_of(digits.data[i]) > 15)
            return -EINVAL;
    for (size_t i = 0; i < digits.len; i += 2)
        out[i / 2] = (char)(digit_of(digits.data[i]) << 4 | digit_of(digits.data[i + 1]));
    *ret_len = digits.len / 2;
    return 0;
}

int gp_bytes_parse(struct gp_str text, char *out, size_t *ret_len)
{
    static const struct gp_str hex = {"hex:", 4}, plain = {"text:", 5};

    if (text.len > hex.len && memcmp(text.data, hex.data, hex.len) == 0)
        return parse_hex((struct gp_str){text.data + hex.len, text.len - hex.len}, out, ret_len);
    if (text.len <= plain.len || memcmp(text.data, plain.data, plain.len) != 0)
        return -EINVAL;
    *ret_len = text.len - plain.len;
    memcpy(out, text.data + plain.len, *ret_len);
    return 0;
}
