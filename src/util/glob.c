/*
 * Braces are spelt out when a component is compiled, so matching knows only "*",
 * "?" and "[…]" and goes back to the last star alone: a name costs at most its
 * length times the pattern's.  Names are characters where they are UTF-8 and
 * bytes where they are not.
 */
#include "util/glob.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "util/text.h"

#define NESTING_MAX 8 /* braces in braces */

/* The character at `s`; a byte that is not UTF-8 is a character of its own.  Returns its length. */
static size_t character(struct gp_str s, size_t at, uint32_t *ret_character)
{
    size_t size = gp_utf8_char(s.data + at, s.len - at, ret_character);

    if (size)
        return size;
    *ret_character = 0x110000 + (unsigned char)s.data[at];
    return 1;
}

/* Reads the "[…]" at `at`.  Returns the offset behind it, 0 if it is not closed; `ret_holds` (may be NULL) says whether
 * `wanted` is in it, `ret_backwards` (may be NULL) whether it has a range that ends before it starts. */
static size_t read_class(struct gp_str s, size_t at, uint32_t wanted, bool *ret_holds, bool *ret_backwards)
{
    bool holds = false, negated = false, backwards = false;

    at++;
    if (at < s.len && (s.data[at] == '!' || s.data[at] == '^')) {
        negated = true;
        at++;
    }
    for (bool first = true; at < s.len && (first || s.data[at] != ']'); first = false) {
        uint32_t low, high;
        at += character(s, at, &low);
        high = low;
        if (at + 1 < s.len && s.data[at] == '-' && s.data[at + 1] != ']')
            at += 1 + character(s, at + 1, &high);
        holds = holds || (wanted >= low && wanted <= high);
        backwards = backwards || low > high;
    }
    if (at >= s.len)
        return 0;
    if (ret_holds)
        *ret_holds = holds != negated;
    if (ret_backwards)
        *ret_backwards = backwards;
    return at + 1;
}

static uint32_t other_case(uint32_t c)
{
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

    return letter ? c ^ 0x20 : c;
}

/* Whether the pattern's element at `at` (no star) takes the character; `ret_next` is the offset behind the element. */
static bool takes(struct gp_str pattern, size_t at, uint32_t c, bool fold, size_t *ret_next)
{
    uint32_t wanted;
    bool holds, negated, holds_other;

    if (pattern.data[at] == '?') {
        *ret_next = at + 1;
        return true;
    }
    if (pattern.data[at] != '[') {
        *ret_next = at + character(pattern, at, &wanted);
        return wanted == c || (fold && wanted == other_case(c));
    }
    *ret_next = read_class(pattern, at, c, &holds, NULL);
    if (!fold || other_case(c) == c)
        return holds;
    /* "[!a]" must take neither "a" nor "A", "[a]" both. */
    negated = pattern.data[at + 1] == '!' || pattern.data[at + 1] == '^';
    read_class(pattern, at, other_case(c), &holds_other, NULL);
    return negated ? holds && holds_other : holds || holds_other;
}

static bool matches(struct gp_str pattern, struct gp_str name, bool fold)
{
    size_t p = 0, n = 0, behind_star = SIZE_MAX, star_end = 0;

    while (n < name.len) {
        uint32_t c;
        size_t size = character(name, n, &c), next;
        if (p < pattern.len && pattern.data[p] == '*') {
            behind_star = ++p;
            star_end = n;
        } else if (p < pattern.len && takes(pattern, p, c, fold, &next)) {
            p = next;
            n += size;
        } else if (behind_star != SIZE_MAX) { /* the last star takes one more */
            p = behind_star;
            star_end += character(name, star_end, &c);
            n = star_end;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.data[p] == '*')
        p++;
    return p == pattern.len;
}

bool gp_glob_part_match(const struct gp_glob_part *part, struct gp_str name, bool fold)
{
    if (part->literal)
        return fold ? gp_ascii_equal_fold(part->text, name) : gp_str_equal(part->text, name);
    for (size_t i = 0; i < part->alternative_count; i++)
        if (matches(part->alternatives[i], name, fold))
            return true;
    return false;
}

bool gp_glob_is(struct gp_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr("*?[{", text.data[i]) && text.data[i])
            return true;
    return false;
}

static bool wrong(struct gp_glob_error *ret_error, const char *message, size_t offset)
{
    *ret_error = (struct gp_glob_error){message, offset};
    return false;
}

/* A name that no directory lists, as text or as an alternative. */
static const char *no_name(struct gp_str text)
{
    if (!text.len)
        return "a component of a path is empty";
    if (gp_str_is(text, "."))
        return "'.' names the whole tree and cannot be a part of a path";
    if (gp_str_is(text, ".."))
        return "'..' would lead out of the tree";
    return NULL;
}

/* Checks everything but what alternatives expand to. */
static bool check(struct gp_str text, struct gp_glob_error *ret_error)
{
    struct {
        size_t offset;
        bool comma;
    } open[NESTING_MAX];
    size_t depth = 0;

    if (no_name(text))
        return wrong(ret_error, no_name(text), 0);
    if (text.len > GP_GLOB_TEXT_MAX)
        return wrong(ret_error, "a component of a path is too long", 0);
    for (size_t at = 0, next; at < text.len; at = next) {
        bool backwards;
        next = at + 1;
        switch (text.data[at]) {
        case '\0':
            return wrong(ret_error, "a path cannot hold a NUL", at);
        case '/':
            return wrong(ret_error, "a component of a path cannot hold a '/'", at);
        case '*':
            if (next < text.len && text.data[next] == '*')
                return wrong(ret_error, "a glob goes one level; there is no '**'", at);
            break;
        case '[':
            next = read_class(text, at, 0, NULL, &backwards);
            if (!next)
                return wrong(ret_error, "'[' is not closed", at);
            if (memchr(text.data + at, '/', next - at) || memchr(text.data + at, '\0', next - at))
                return wrong(ret_error, "'[…]' cannot hold a '/' or a NUL", at);
            if (backwards)
                return wrong(ret_error, "a range in '[…]' runs backwards", at);
            break;
        case '{':
            if (depth == NESTING_MAX)
                return wrong(ret_error, "too many braces inside one another", at);
            open[depth].offset = at;
            open[depth++].comma = false;
            break;
        case ',':
            if (depth)
                open[depth - 1].comma = true;
            break;
        case '}':
            if (!depth)
                return wrong(ret_error, "'}' without a '{' (write [}] for the character)", at);
            if (!open[--depth].comma)
                return wrong(ret_error, "'{…}' needs at least two alternatives", open[depth].offset);
            break;
        default:
            break;
        }
    }
    return depth ? wrong(ret_error, "'{' is not closed", open[depth - 1].offset) : true;
}

/* The offset behind the element at `at`; a whole "[…]" is one. */
static size_t skip(struct gp_str s, size_t at)
{
    return s.data[at] == '[' ? read_class(s, at, 0, NULL, NULL) : at + 1;
}

static size_t find_brace(struct gp_str s)
{
    size_t at = 0;

    while (at < s.len && s.data[at] != '{')
        at = skip(s, at);
    return at;
}

/* The end of the piece at `at`: the comma or brace that closes it. */
static size_t piece_end(struct gp_str s, size_t at)
{
    size_t depth = 0;

    for (;; at = skip(s, at)) {
        char c = s.data[at];
        if (!depth && (c == ',' || c == '}'))
            return at;
        depth += c == '{';
        depth -= c == '}';
    }
}

struct expansion {
    struct gp_arena *arena;
    struct gp_str *list;
    size_t count;
};

static bool join(struct gp_arena *arena, struct gp_str head, struct gp_str piece, struct gp_str tail,
                 struct gp_str *ret_joined)
{
    char *data = gp_arena_alloc(arena, head.len + piece.len + tail.len + 1);

    if (!data)
        return false;
    memcpy(data, head.data, head.len);
    memcpy(data + head.len, piece.data, piece.len);
    memcpy(data + head.len + piece.len, tail.data, tail.len);
    *ret_joined = (struct gp_str){data, head.len + piece.len + tail.len};
    return true;
}

/* Replaces the alternative `index`, which has braces, by one for each piece of its first braces.  0, -ENOMEM, or
 * -E2BIG if there are too many. */
static int expand(struct expansion *expansion, size_t index, size_t brace)
{
    struct gp_str whole = expansion->list[index];
    struct gp_str pieces[GP_GLOB_ALTERNATIVES_MAX];
    size_t count = 0, at = brace;

    do {
        if (expansion->count + count > GP_GLOB_ALTERNATIVES_MAX)
            return -E2BIG;
        size_t end = piece_end(whole, ++at);
        pieces[count++] = (struct gp_str){whole.data + at, end - at};
        at = end;
    } while (whole.data[at] == ',');
    if (expansion->count - 1 + count > GP_GLOB_ALTERNATIVES_MAX)
        return -E2BIG;
    struct gp_str head = {whole.data, brace}, tail = {whole.data + at + 1, whole.len - at - 1};
    struct gp_str *place = &expansion->list[index];
    memmove(place + count, place + 1, (expansion->count - index - 1) * sizeof(*place));
    expansion->count += count - 1;
    for (size_t i = 0; i < count; i++)
        if (!join(expansion->arena, head, pieces[i], tail, &place[i]))
            return -ENOMEM;
    return 0;
}

static int spell_out(struct gp_arena *arena, struct gp_str text, struct gp_glob_part *ret_part,
                     struct gp_glob_error *ret_error)
{
    struct gp_str list[GP_GLOB_ALTERNATIVES_MAX] = {text};
    struct expansion expansion = {arena, list, 1};

    for (size_t i = 0; i < expansion.count;) {
        size_t brace = find_brace(list[i]);
        if (brace == list[i].len) {
            i++;
            continue;
        }
        int r = expand(&expansion, i, brace);
        if (r == -E2BIG) {
            wrong(ret_error, "the braces stand for too many alternatives", find_brace(text));
            return -EINVAL;
        }
        if (r < 0)
            return r;
    }
    for (size_t i = 0; i < expansion.count; i++)
        if (no_name(list[i])) {
            wrong(ret_error, list[i].len ? no_name(list[i]) : "an alternative is empty", find_brace(text));
            return -EINVAL;
        }
    struct gp_str *kept = GP_NEW_ARRAY(arena, struct gp_str, expansion.count);
    if (!kept)
        return -ENOMEM;
    memcpy(kept, list, expansion.count * sizeof(*kept));
    ret_part->alternatives = kept;
    ret_part->alternative_count = expansion.count;
    return 0;
}

int gp_glob_part_compile(struct gp_arena *arena, struct gp_str text, struct gp_glob_part *ret_part,
                         struct gp_glob_error *ret_error)
{
    struct gp_glob_part part = {.text = text, .literal = !gp_glob_is(text)};

    if (!check(text, ret_error))
        return -EINVAL;
    const char *copy = gp_arena_memdup(arena, text.data, text.len);
    if (!copy)
        return -ENOMEM;
    part.text.data = copy;
    if (!part.literal) {
        int r = spell_out(arena, part.text, &part, ret_error);
        if (r < 0)
            return r;
    }
    *ret_part = part;
    return 0;
}
