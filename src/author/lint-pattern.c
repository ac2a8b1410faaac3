/*
 * Patterns that can take for ever, and patterns that refuse nothing.
 *
 * A repetition inside a repetition is what makes a backtracking matcher try every
 * way to cut a text into pieces, if the inner one can go on where the outer one
 * begins anew: (a+)+, but not (\.[0-9]+)*, where a dot stands between.  So the
 * pattern is read, and for each repetition inside a group is kept which bytes it
 * takes, until something that must stand beside it in each round takes none of
 * them.  Possessive repetitions and atomic groups never go back.  PCRE2 has
 * compiled the pattern, so its parentheses match and nest 250 deep at most.
 */
#include "author/lint-internal.h"
#include "author/lint-pattern.h"

#include <string.h>

#define NEST 250      /* PCRE2's own limit */
#define LOOPS 8       /* repetitions that are kept of one group */
#define MANY 10       /* a repetition of more rounds counts as one without end */

struct loop {
    struct gp_bytes takes;
    size_t at; /* of its quantifier */
};

/* What was read so far of an atom, a sequence or a group. */
struct part {
    struct gp_bytes takes;        /* all bytes that it may take */
    bool empty;                /* it may take none */
    bool anchored;             /* it asks for more than bytes: an assertion, a reference back */
    struct loop loops[LOOPS];  /* repetitions inside that nothing separates from their own next round */
    size_t loop_count;
};

static struct part read_choices(struct gp_pattern_reader *it);

/* ---- atoms ------------------------------------------------------------------------------------------------------- */

static struct part taking(struct gp_bytes set, const struct gp_pattern_reader *it)
{
    struct part part = {.takes = set};

    if (it->fold)
        gp_bytes_fold(&part.takes);
    return part;
}

static struct part one_byte(struct gp_pattern_reader *it, int byte)
{
    struct gp_bytes set = {{0}};

    if (byte < 0)
        set = gp_bytes_any;
    else
        gp_bytes_add(&set, (unsigned char)byte);
    return taking(set, it);
}

/* Takes nothing, and asks for something. */
static struct part assertion(void)
{
    return (struct part){.empty = true, .anchored = true};
}

/* \Q…\E: its last byte is the atom; those before stand for themselves. */
static struct part quoted(struct gp_pattern_reader *it)
{
    struct part part = {.empty = true};

    while (it->at < it->len && !gp_pattern_accept(it, "\\E")) {
        struct part byte = one_byte(it, (unsigned char)it->text[it->at++]);
        gp_bytes_add_set(&part.takes, &byte.takes);
        part.empty = false;
    }
    return part;
}

/* A reference back or a call of a group: its name is passed over. */
static struct part reference(struct gp_pattern_reader *it)
{
    int open = gp_pattern_peek(it);

    if (open == '{' || open == '<' || open == '\'') {
        it->at++;
        gp_pattern_skip_past(it, open == '{' ? '}' : open == '<' ? '>' : '\'');
    } else {
        while (gp_pattern_peek(it) == '-' || gp_pattern_peek(it) == '+' || gp_pattern_is_digit(gp_pattern_peek(it)))
            it->at++;
    }
    return (struct part){.takes = gp_bytes_any, .empty = true, .anchored = true};
}

static struct part read_escape(struct gp_pattern_reader *it)
{
    int letter = gp_pattern_peek(it);
    struct gp_bytes class = {{0}};

    it->at += letter >= 0;
    if (gp_pattern_class_of(letter, &class))
        return taking(class, it);
    if (letter == 'Q')
        return quoted(it);
    if (letter > 0 && strchr("bBAzZGKE", letter))
        return letter == 'E' ? (struct part){.empty = true} : assertion();
    if (letter == 'g' || letter == 'k')
        return reference(it);
    if (letter >= '1' && letter <= '9') {
        it->at--;
        return reference(it);
    }
    if (letter == 'p' || letter == 'P') {
        if (gp_pattern_accept(it, "{"))
            gp_pattern_skip_past(it, '}');
        else
            it->at += it->at < it->len;
        return taking(gp_bytes_any, it);
    }
    if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '0')
        return one_byte(it, gp_pattern_escaped(it, letter));
    return one_byte(it, letter);
}

/* ---- groups ------------------------------------------------------------------------------------------------------ */

enum group { GROUP_PLAIN, GROUP_ATOMIC, GROUP_LOOK, GROUP_NOTHING };

/* "(?i" and the like: true if it was only a setting, which ends with its ")". */
static bool read_options(struct gp_pattern_reader *it)
{
    while (gp_pattern_peek(it) >= 0 && strchr("imsxnJU-^aDSWPTr", gp_pattern_peek(it))) {
        it->gave_up = it->gave_up || gp_pattern_peek(it) == 'x'; /* blanks and comments would have to be passed over */
        it->at++;
    }
    if (gp_pattern_accept(it, ")"))
        return true;
    if (!gp_pattern_accept(it, ":"))
        it->gave_up = true;
    return false;
}

/* Behind "(": what kind of group it is.  GROUP_NOTHING has been read to its end. */
static enum group read_opening(struct gp_pattern_reader *it)
{
    if (gp_pattern_accept(it, "*")) {
        gp_pattern_skip_past(it, ')');
        return GROUP_NOTHING;
    }
    if (!gp_pattern_accept(it, "?"))
        return GROUP_PLAIN;
    if (gp_pattern_accept(it, "#")) {
        gp_pattern_skip_past(it, ')');
        return GROUP_NOTHING;
    }
    if (gp_pattern_accept(it, ">"))
        return GROUP_ATOMIC;
    if (gp_pattern_accept(it, "=") || gp_pattern_accept(it, "!") || gp_pattern_accept(it, "<=") ||
        gp_pattern_accept(it, "<!"))
        return GROUP_LOOK;
    if (gp_pattern_accept(it, ":") || gp_pattern_accept(it, "|"))
        return GROUP_PLAIN;
    if (gp_pattern_accept(it, "P<") || gp_pattern_accept(it, "<")) {
        gp_pattern_skip_past(it, '>');
        return GROUP_PLAIN;
    }
    if (gp_pattern_accept(it, "'")) {
        gp_pattern_skip_past(it, '\'');
        return GROUP_PLAIN;
    }
    int next = gp_pattern_peek(it);
    if (next == '(' || next == 'R' || next == '&' || next == 'C' || next == '+' || gp_pattern_is_digit(next) ||
        (next == 'P' && it->at + 1 < it->len && strchr("=>", it->text[it->at + 1])) ||
        (next == '-' && it->at + 1 < it->len && gp_pattern_is_digit(it->text[it->at + 1]))) {
        it->gave_up = true; /* conditions, recursion, callouts */
        return GROUP_NOTHING;
    }
    return read_options(it) ? GROUP_NOTHING : GROUP_PLAIN;
}

static struct part read_group(struct gp_pattern_reader *it)
{
    enum group kind = read_opening(it);
    struct part part = {.empty = true};

    if (kind == GROUP_NOTHING || it->gave_up)
        return part;
    if (++it->depth > NEST) {
        it->gave_up = true;
        return part;
    }
    part = read_choices(it);
    it->depth--;
    if (!gp_pattern_accept(it, ")"))
        it->gave_up = true;
    if (kind == GROUP_ATOMIC)
        part.loop_count = 0;
    return kind == GROUP_LOOK ? assertion() : part;
}

static struct part read_atom(struct gp_pattern_reader *it)
{
    int c = gp_pattern_peek(it);
    struct gp_bytes newline = {{0}};

    it->at++;
    switch (c) {
    case '(':
        return read_group(it);
    case '[':
        return (struct part){.takes = gp_pattern_class(it)};
    case '\\':
        return read_escape(it);
    case '.':
        gp_bytes_add(&newline, '\n');
        return (struct part){.takes = gp_bytes_complement(newline)};
    case '^':
    case '$':
        return assertion();
    default:
        return one_byte(it, c);
    }
}

/* ---- repetitions ------------------------------------------------------------------------------------------------- */

struct rounds {
    unsigned least, most; /* `most` UINT_MAX: no end */
};

static unsigned read_number(struct gp_pattern_reader *it)
{
    unsigned number = 0;

    while (gp_pattern_is_digit(gp_pattern_peek(it))) {
        number = number < 100000 ? number * 10 + (unsigned)(it->text[it->at] - '0') : number;
        it->at++;
    }
    return number;
}

/* {3}, {3,}, {3,7}, {,7}; false: a plain "{", nothing is read. */
static bool read_braces(struct gp_pattern_reader *it, struct rounds *ret)
{
    size_t start = it->at;

    if (!gp_pattern_accept(it, "{"))
        return false;
    bool has_least = gp_pattern_is_digit(gp_pattern_peek(it));
    ret->least = ret->most = read_number(it);
    if (gp_pattern_accept(it, ",")) {
        bool has_most = gp_pattern_is_digit(gp_pattern_peek(it));
        unsigned most = read_number(it);
        ret->most = has_most ? most : UINT32_MAX;
        has_least = has_least || has_most;
    }
    if (has_least && gp_pattern_accept(it, "}"))
        return true;
    it->at = start;
    return false;
}

static bool read_quantifier(struct gp_pattern_reader *it, struct rounds *ret)
{
    if (gp_pattern_accept(it, "*"))
        *ret = (struct rounds){0, UINT32_MAX};
    else if (gp_pattern_accept(it, "+"))
        *ret = (struct rounds){1, UINT32_MAX};
    else if (gp_pattern_accept(it, "?"))
        *ret = (struct rounds){0, 1};
    else
        return read_braces(it, ret);
    return true;
}

static void keep_loop(struct part *part, struct loop loop)
{
    if (part->loop_count < LOOPS)
        part->loops[part->loop_count++] = loop;
}

/* An atom and what repeats it. */
static struct part read_repeated(struct gp_pattern_reader *it)
{
    struct part part = read_atom(it);
    struct rounds rounds;
    size_t at = it->at;

    if (it->gave_up || !read_quantifier(it, &rounds))
        return part;
    bool possessive = gp_pattern_accept(it, "+");
    if (!possessive)
        gp_pattern_accept(it, "?");
    if (rounds.most > MANY && part.loop_count && !possessive && !it->found) {
        it->found = true;
        it->inner = part.loops[0].at;
        it->outer = at;
    }
    part.empty = part.empty || rounds.least == 0;
    part.anchored = part.anchored && rounds.least > 0;
    if (possessive)
        part.loop_count = 0;
    else if (rounds.most > MANY && !gp_bytes_none(&part.takes))
        keep_loop(&part, (struct loop){part.takes, at});
    return part;
}

/* ---- sequences --------------------------------------------------------------------------------------------------- */

/* Drops the repetitions that `beside` keeps apart from their next round. */
static void separate(struct part *part, const struct part *beside)
{
    size_t kept = 0;

    if (beside->empty)
        return;
    for (size_t i = 0; i < part->loop_count; i++)
        if (gp_bytes_meet(&part->loops[i].takes, &beside->takes))
            part->loops[kept++] = part->loops[i];
    part->loop_count = kept;
}

static bool known(const struct part *parts, size_t count, const struct part *part)
{
    for (size_t i = 0; i < count; i++)
        if (memcmp(&parts[i].takes, &part->takes, sizeof(part->takes)) == 0)
            return true;
    return false;
}

static struct part read_sequence(struct gp_pattern_reader *it)
{
    struct part sum = {.empty = true};
    /* What must stand so far, each once: a repetition must gp_bytes_meet with all of it. */
    struct part before[LOOPS];
    size_t count = 0;

    while (gp_pattern_peek(it) >= 0 && gp_pattern_peek(it) != '|' && gp_pattern_peek(it) != ')' && !it->gave_up) {
        struct part part = read_repeated(it);
        for (size_t i = 0; i < count; i++)
            separate(&part, &before[i]);
        separate(&sum, &part);
        if (!part.empty && count < LOOPS && !known(before, count, &part))
            before[count++] = part;
        for (size_t i = 0; i < part.loop_count; i++)
            keep_loop(&sum, part.loops[i]);
        gp_bytes_add_set(&sum.takes, &part.takes);
        sum.empty = sum.empty && part.empty;
        sum.anchored = sum.anchored || part.anchored;
    }
    return sum;
}

static struct part read_choices(struct gp_pattern_reader *it)
{
    struct part sum = read_sequence(it);

    while (gp_pattern_accept(it, "|") && !it->gave_up) {
        struct part part = read_sequence(it);
        for (size_t i = 0; i < part.loop_count; i++)
            keep_loop(&sum, part.loops[i]);
        gp_bytes_add_set(&sum.takes, &part.takes);
        bool free = (sum.empty && !sum.anchored) || (part.empty && !part.anchored);
        sum.anchored = !free && (sum.anchored || part.anchored);
        sum.empty = sum.empty || part.empty;
    }
    return sum;
}

/* ---- the check --------------------------------------------------------------------------------------------------- */

/* Some bytes of the pattern, where it stands in the file as it is; else all of it. */
static struct gp_span place_in(const struct gp_lint *lint, const struct gp_pattern *pattern, size_t from, size_t to)
{
    const struct gp_source *source = gp_sources_get(lint->rules->sources, pattern->at.source);
    struct gp_span at = pattern->at;
    uint32_t quote = at.length == pattern->text.len + 2;

    if (!source || at.length != pattern->text.len + 2 * quote || at.offset + at.length > source->length ||
        memcmp(source->text + at.offset + quote, pattern->text.data, pattern->text.len) != 0)
        return at;
    return (struct gp_span){at.source, at.offset + quote + (uint32_t)from, (uint32_t)(to - from)};
}

int gp_lint_pattern(struct gp_lint *lint, const struct gp_field *field, const struct gp_pattern *pattern)
{
    struct gp_pattern_reader it = {.text = pattern->text.data, .len = pattern->text.len};

    if (!pattern->regex)
        return 0;
    it.fold = it.text && it.len > 2 && memmem(it.text, it.len, "(?", 2) && memchr(it.text, 'i', it.len);
    struct part whole = read_choices(&it);
    if (it.gave_up || it.at != it.len)
        return 0;
    if (it.found) {
        struct gp_diag *diag =
            gp_diag_add(lint->diags, GP_DIAG_NESTED_QUANTIFIER, place_in(lint, pattern, it.outer, it.outer + 1),
                        "this repeats a repetition, so a text that does not match can take for ever");
        gp_diag_note(lint->diags, diag, place_in(lint, pattern, it.inner, it.inner + 1), "the inner one is here");
    }
    if (whole.empty && !whole.anchored && strcmp(field->key, "matches") == 0)
        gp_diag_add(lint->diags, GP_DIAG_MATCHES_ALL, pattern->at, "every text matches this pattern");
    return 0;
}
