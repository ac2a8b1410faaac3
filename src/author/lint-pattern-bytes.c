/* Patterns by the byte: sets of bytes, escapes and classes. */
#include "author/lint-pattern.h"

#include <string.h>

/* ---- sets of bytes ----------------------------------------------------------------------------------------------- */

const struct gp_bytes gp_bytes_any = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};

void gp_bytes_add(struct gp_bytes *set, unsigned char byte)
{
    set->bits[byte / 64] |= UINT64_C(1) << (byte % 64);
}

static void add_range(struct gp_bytes *set, unsigned low, unsigned high)
{
    for (unsigned byte = low; byte <= high && byte < 256; byte++)
        gp_bytes_add(set, (unsigned char)byte);
}

void gp_bytes_add_set(struct gp_bytes *set, const struct gp_bytes *other)
{
    for (size_t i = 0; i < 4; i++)
        set->bits[i] |= other->bits[i];
}

struct gp_bytes gp_bytes_complement(struct gp_bytes set)
{
    for (size_t i = 0; i < 4; i++)
        set.bits[i] = ~set.bits[i];
    return set;
}

bool gp_bytes_meet(const struct gp_bytes *a, const struct gp_bytes *b)
{
    for (size_t i = 0; i < 4; i++)
        if (a->bits[i] & b->bits[i])
            return true;
    return false;
}

bool gp_bytes_none(const struct gp_bytes *set)
{
    return !(set->bits[0] | set->bits[1] | set->bits[2] | set->bits[3]);
}

void gp_bytes_fold(struct gp_bytes *set)
{
    for (unsigned letter = 'a'; letter <= 'z'; letter++) {
        struct gp_bytes both = {{0}};
        gp_bytes_add(&both, (unsigned char)letter);
        gp_bytes_add(&both, (unsigned char)(letter - 'a' + 'A'));
        if (gp_bytes_meet(set, &both))
            gp_bytes_add_set(set, &both);
    }
}

/* ---- characters -------------------------------------------------------------------------------------------------- */

int gp_pattern_peek(const struct gp_pattern_reader *it)
{
    return it->at < it->len ? (unsigned char)it->text[it->at] : -1;
}

bool gp_pattern_accept(struct gp_pattern_reader *it, const char *word)
{
    size_t len = strlen(word);

    if (it->len - it->at < len || memcmp(it->text + it->at, word, len) != 0)
        return false;
    it->at += len;
    return true;
}

void gp_pattern_skip_past(struct gp_pattern_reader *it, char end)
{
    while (it->at < it->len && it->text[it->at] != end)
        it->at++;
    if (it->at == it->len)
        it->gave_up = true;
    else
        it->at++;
}

bool gp_pattern_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

bool gp_pattern_class_of(int letter, struct gp_bytes *set)
{
    bool inverse = letter >= 'A' && letter <= 'Z';

    switch (inverse ? letter - 'A' + 'a' : letter) {
    case 'd':
        add_range(set, '0', '9');
        break;
    case 'w':
        add_range(set, '0', '9');
        add_range(set, 'a', 'z');
        add_range(set, 'A', 'Z');
        gp_bytes_add(set, '_');
        break;
    case 's':
        add_range(set, '\t', '\r');
        gp_bytes_add(set, ' ');
        break;
    case 'h':
        gp_bytes_add(set, '\t');
        gp_bytes_add(set, ' ');
        gp_bytes_add(set, 0xa0);
        break;
    case 'v':
        add_range(set, '\n', '\r');
        gp_bytes_add(set, 0x85);
        break;
    default:
        return false;
    }
    if (inverse)
        *set = gp_bytes_complement(*set);
    return true;
}

int gp_pattern_escaped(struct gp_pattern_reader *it, int letter)
{
    static const char names[] = "abefnrt", values[] = "\a\b\033\f\n\r\t";
    const char *name = letter > 0 ? strchr(names, letter) : NULL;
    unsigned value = 0, base = letter == 'x' ? 16 : 8;

    if (name && letter != 'b')
        return values[name - names];
    if (letter == 'c' && it->at < it->len)
        return (it->text[it->at++] & 0x5f) ^ 0x40;
    if (letter != 'x' && letter != 'o' && letter != '0')
        return -1;
    bool braces = gp_pattern_accept(it, "{");
    for (size_t digits = 0; it->at < it->len && (braces || digits < 2); digits++) {
        int c = it->text[it->at];
        int letter_of = c | 0x20;
        int digit = gp_pattern_is_digit(c)                 ? c - '0'
                    : letter_of >= 'a' && letter_of <= 'f' ? letter_of - 'a' + 10
                                                           : 99;
        if ((unsigned)digit >= base)
            break;
        value = value < 256 ? value * base + (unsigned)digit : value;
        it->at++;
    }
    if (braces)
        gp_pattern_skip_past(it, '}');
    return value < 256 ? (int)value : -1;
}

/* One member of a class behind its backslash: a set, or a byte that may begin a range (returned; else -1). */
static int class_escape(struct gp_pattern_reader *it, struct gp_bytes *set)
{
    int letter = gp_pattern_peek(it);
    struct gp_bytes class = {{0}};

    it->at += letter >= 0;
    if (gp_pattern_class_of(letter, &class)) {
        gp_bytes_add_set(set, &class);
        return -1;
    }
    if (letter == 'b')
        return '\b';
    if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || gp_pattern_is_digit(letter)) {
        int byte = gp_pattern_escaped(it, letter);
        if (byte < 0)
            gp_bytes_add_set(set, &gp_bytes_any); /* \p{…}, \N, \R: more than is known here */
        return byte;
    }
    return letter;
}

struct gp_bytes gp_pattern_class(struct gp_pattern_reader *it)
{
    bool inverse = gp_pattern_accept(it, "^"), first = true;
    struct gp_bytes set = {{0}};
    int before = -1;

    for (; gp_pattern_peek(it) >= 0 && (first || gp_pattern_peek(it) != ']'); first = false) {
        if (gp_pattern_accept(it, "[:")) {
            gp_pattern_skip_past(it, ']');
            gp_bytes_add_set(&set, &gp_bytes_any); /* a named class: taken for all bytes */
            before = -1;
            continue;
        }
        bool range = before >= 0 && gp_pattern_peek(it) == '-' && it->at + 1 < it->len && it->text[it->at + 1] != ']';
        it->at += range;
        int byte = gp_pattern_accept(it, "\\") ? class_escape(it, &set) : (unsigned char)it->text[it->at++];
        if (range && byte >= 0)
            add_range(&set, (unsigned)before, (unsigned)byte);
        else if (byte >= 0)
            gp_bytes_add(&set, (unsigned char)byte);
        before = range ? -1 : byte;
    }
    if (!gp_pattern_accept(it, "]"))
        it->gave_up = true;
    if (it->fold)
        gp_bytes_fold(&set);
    return inverse ? gp_bytes_complement(set) : set;
}
