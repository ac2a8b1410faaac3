#include "util/text.h"

#include <langinfo.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

size_t gp_utf8_char(const char *s, size_t len, uint32_t *ret_code_point)
{
    const unsigned char *u = (const unsigned char *)s;

    if (!len)
        return 0;
    if (u[0] < 0x80) {
        *ret_code_point = u[0];
        return 1;
    }
    size_t size = u[0] < 0xc2 ? 0 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : u[0] < 0xf5 ? 4 : 0;
    if (!size || size > len)
        return 0;
    uint32_t code_point = u[0] & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((u[i] & 0xc0) != 0x80)
            return 0;
        code_point = code_point << 6 | (u[i] & 0x3f);
    }
    bool too_long = (size == 3 && code_point < 0x800) || (size == 4 && code_point < 0x10000);
    bool surrogate = code_point >= 0xd800 && code_point < 0xe000;
    if (too_long || surrogate || code_point > 0x10ffff)
        return 0;
    *ret_code_point = code_point;
    return size;
}

/* Bytes at the start of `s` that are ASCII, eight at a time. */
static size_t ascii_run(const char *s, size_t len)
{
    size_t at = 0;
    uint64_t word;

    for (; len - at >= sizeof(word); at += sizeof(word)) {
        memcpy(&word, s + at, sizeof(word));
        if (word & 0x8080808080808080)
            break;
    }
    while (at < len && (unsigned char)s[at] < 0x80)
        at++;
    return at;
}

size_t gp_utf8_valid(const char *s, size_t len)
{
    size_t at = 0;

    while ((at += ascii_run(s + at, len - at)) < len) {
        uint32_t code_point;
        size_t size = gp_utf8_char(s + at, len - at, &code_point);
        if (!size)
            break;
        at += size;
    }
    return at;
}

bool gp_text_unsafe(uint32_t code_point)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00, 0x1f},       {0x7f, 0x9f},       {0x61c, 0x61c},     {0x200b, 0x200b},   {0x200e, 0x200f},
        {0x2028, 0x202e},   {0x2060, 0x206f},   {0xfeff, 0xfeff},   {0xfff9, 0xfffb},   {0xe0000, 0xe007f},
    };

    if (code_point >= 0x20 && code_point < 0x7f)
        return false;
    for (size_t i = 0; i < GP_COUNT(ranges) && code_point >= ranges[i].first; i++)
        if (code_point <= ranges[i].last)
            return true;
    return false;
}

/* The escape of what stands at `s` ("" if it needs none); the bytes it is made of. */
static size_t escape_at(const char *s, size_t len, char ret_escape[16])
{
    uint32_t code_point = 0;
    size_t size = gp_utf8_char(s, len, &code_point);

    ret_escape[0] = '\0';
    if (!size || (code_point < 0x80 && gp_text_unsafe(code_point)))
        snprintf(ret_escape, 16, "\\x%02x", (unsigned)(unsigned char)s[0]);
    else if (gp_text_unsafe(code_point))
        snprintf(ret_escape, 16, "\\u{%04x}", (unsigned)code_point);
    return size ? size : 1;
}

/* Columns of a character that needs no escape.  wcwidth() knows only what the locale knows: without UTF-8 the terminal
 * is taken to show a column a character. */
static size_t columns_of(uint32_t code_point)
{
    if (code_point < 0x80)
        return 1;
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        return 1;
    int columns = wcwidth((wchar_t)code_point);
    return columns < 0 ? 1 : (size_t)columns;
}

size_t gp_text_width_at(const char *s, size_t len, size_t *ret_size)
{
    char escape[16];
    uint32_t code_point = 0;

    *ret_size = escape_at(s, len, escape);
    if (escape[0])
        return strlen(escape);
    gp_utf8_char(s, len, &code_point);
    return columns_of(code_point);
}

size_t gp_text_width(const char *s, size_t len)
{
    size_t width = 0, size;

    for (size_t at = 0; at < len; at += size)
        width += gp_text_width_at(s + at, len - at, &size);
    return width;
}

/* Bytes at the start of `s` that can be printed as they are. */
static size_t plain_run(const char *s, size_t len)
{
    size_t at = 0;

    while (at < len && s[at] >= 0x20 && s[at] < 0x7f)
        at++;
    return at;
}

void gp_text_escape(struct gp_strbuf *out, const char *s, size_t len, bool keep_newlines)
{
    size_t at = 0;

    while (at < len) {
        size_t run = plain_run(s + at, len - at);
        gp_strbuf_add_mem(out, s + at, run);
        at += run;
        if (at == len)
            break;
        char escape[16];
        size_t size = escape_at(s + at, len - at, escape);
        if (escape[0] && !(keep_newlines && s[at] == '\n'))
            gp_strbuf_add(out, escape);
        else
            gp_strbuf_add_mem(out, s + at, size);
        at += size;
    }
}

char gp_ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

char gp_ascii_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

bool gp_ascii_equal_fold(struct gp_str a, struct gp_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (gp_ascii_lower(a.data[i]) != gp_ascii_lower(b.data[i]))
            return false;
    return true;
}

bool gp_str_equal(struct gp_str a, struct gp_str b)
{
    return a.len == b.len && (!a.len || memcmp(a.data, b.data, a.len) == 0);
}

bool gp_str_is(struct gp_str a, const char *b)
{
    return gp_str_equal(a, (struct gp_str){b, strlen(b)});
}

int gp_str_compare(struct gp_str a, struct gp_str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.data, b.data, common) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* A longer word is not a misspelt id. */
#define NEAREST_MAX 96
#define NEAREST_PART 4 /* a shorter word is in many */
#define NEAREST_ROW (NEAREST_MAX + NEAREST_MAX / 3 + 1)

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* The distance of two words if it is at most `limit`, else something greater.  Upper and lower case count as the same.
 * Optimal string alignment: inserting, removing, replacing a letter and swapping two neighbours cost 1 each. */
static unsigned distance(struct gp_str a, struct gp_str b, unsigned limit)
{
    unsigned rows[3][NEAREST_ROW];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];

    if (a.len > b.len + limit || b.len > a.len + limit)
        return limit + 1;
    for (size_t j = 0; j <= b.len; j++)
        last[j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned smallest = row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            char x = gp_ascii_lower(a.data[i - 1]), y = gp_ascii_lower(b.data[j - 1]);
            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == gp_ascii_lower(b.data[j - 2]) && y == gp_ascii_lower(a.data[i - 2]))
                row[j] = least(row[j], before[j - 2] + 1);
            smallest = least(smallest, row[j]);
        }
        if (smallest > limit)
            return limit + 1;
        unsigned *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b.len];
}

static const char *candidate_at(const void *candidates, size_t i, size_t stride)
{
    const char *candidate;

    memcpy(&candidate, (const char *)candidates + i * stride, sizeof(candidate));
    return candidate;
}

/* Whether `longer` is `shorter` with a word before or behind it: "queue-drained" and "drained". */
static bool extends(struct gp_str longer, struct gp_str shorter)
{
    if (shorter.len < NEAREST_PART || longer.len <= shorter.len + 1)
        return false;
    size_t more = longer.len - shorter.len;
    return (longer.data[shorter.len] == '-' && memcmp(longer.data, shorter.data, shorter.len) == 0) ||
           (longer.data[more - 1] == '-' && memcmp(longer.data + more, shorter.data, shorter.len) == 0);
}

/* The only candidate that has a word more or less, NULL if there is none or more than one. */
static const char *only_relative(struct gp_str word, const void *candidates, size_t count, size_t stride)
{
    const char *relative = NULL;

    for (size_t i = 0; i < count; i++) {
        const char *candidate = candidate_at(candidates, i, stride);
        struct gp_str other = {candidate, candidate ? strlen(candidate) : 0};
        if (!extends(word, other) && !extends(other, word))
            continue;
        if (relative)
            return NULL;
        relative = candidate;
    }
    return relative;
}

const char *gp_text_nearest(struct gp_str word, const void *candidates, size_t count, size_t stride)
{
    const char *nearest = NULL;

    if (word.len > NEAREST_MAX)
        return NULL;
    unsigned limit = (unsigned)word.len / 3; /* 0 finds a word that differs in case alone */
    for (size_t i = 0; i < count; i++) {
        const char *candidate = candidate_at(candidates, i, stride);
        if (!candidate)
            continue; /* a hole in a table */
        unsigned found = distance(word, (struct gp_str){candidate, strlen(candidate)}, limit);
        if (found > limit)
            continue;
        nearest = candidate;
        if (!found)
            break;
        limit = found - 1; /* of equally near ones the first */
    }
    return nearest ? nearest : only_relative(word, candidates, count, stride);
}

/* The length of an ellipsis at the start of `s`, 0 if there is none. */
static size_t gap_at(struct gp_str s)
{
    static const struct gp_str gaps[] = {{"\xe2\x80\xa6", 3}, {"...", 3}};

    for (size_t i = 0; i < GP_COUNT(gaps); i++)
        if (s.len >= gaps[i].len && memcmp(s.data, gaps[i].data, gaps[i].len) == 0)
            return gaps[i].len;
    return 0;
}

void gp_text_fold(struct gp_strbuf *out, struct gp_str s, bool gaps)
{
    bool after_gap = false;

    while (s.len) {
        size_t gap = gaps ? gap_at(s) : 0;
        size_t size = gap ? gap : 1;
        char c = gp_ascii_lower(s.data[0]);
        if (gap && !after_gap) {
            gp_strbuf_add_char(out, '\1');
            after_gap = true;
        } else if (!gap && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
            gp_strbuf_add_char(out, c);
            after_gap = false;
        }
        s.data += size;
        s.len -= size;
    }
}

void gp_text_grouped(struct gp_strbuf *out, uint64_t value)
{
    char digits[32];
    size_t count = (size_t)snprintf(digits, sizeof(digits), "%llu", (unsigned long long)value);

    for (size_t i = 0; i < count; i++) {
        if (i && (count - i) % 3 == 0)
            gp_strbuf_add_char(out, ',');
        gp_strbuf_add_char(out, digits[i]);
    }
}
