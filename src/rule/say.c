#include "rule/say.h"

#include <string.h>

#include "util/text.h"

#define BRIEF_BYTES 60

const char *gp_say_brief(struct gp_arena *arena, struct gp_str text)
{
    size_t len = 0;

    if (text.len <= BRIEF_BYTES) {
        const char *whole = gp_arena_memdup(arena, text.data ? text.data : "", text.len);
        return whole ? whole : "";
    }
    while (len < BRIEF_BYTES) {
        size_t size = gp_utf8_char(text.data + len, text.len - len, &(uint32_t){0});
        len += size ? size : 1;
    }
    const char *brief = gp_arena_printf(arena, "%.*s…", (int)len, text.data);
    return brief ? brief : "";
}

const char *gp_say_article(const char *word)
{
    bool digit = word[0] && word[1] >= '0' && word[1] <= '9'; /* "u8" */

    return word[0] && strchr("aeiou", word[0]) && !digit ? "an" : "a";
}

static bool boolean_word(struct gp_str text)
{
    static const char *const words[] = {"yes", "no", "on", "off", "y", "n", "true", "false"};

    for (size_t i = 0; i < GP_COUNT(words); i++)
        if (gp_ascii_equal_fold(text, (struct gp_str){words[i], strlen(words[i])}))
            return true;
    return false;
}

static bool leading_zero(struct gp_str text)
{
    size_t sign = text.len && text.data[0] == '-';

    return text.len > sign + 1 && text.data[sign] == '0' && text.data[sign + 1] >= '0' && text.data[sign + 1] <= '9';
}

/* "10 KB", "3 M": units that people know from elsewhere, and the one that is meant here; NULL: nothing like that. */
static const char *size_meant(struct gp_arena *arena, struct gp_str text)
{
    static const struct {
        const char *other, *unit;
    } units[] = {{"k", "KiB"}, {"kb", "KiB"}, {"kib", "KiB"}, {"m", "MiB"}, {"mb", "MiB"},
                 {"mib", "MiB"}, {"g", "GiB"}, {"gb", "GiB"}, {"gib", "GiB"}};
    size_t digits = 0, space;

    while (digits < text.len && text.data[digits] >= '0' && text.data[digits] <= '9')
        digits++;
    space = digits + (digits < text.len && text.data[digits] == ' ');
    struct gp_str unit = {text.data + space, text.len - space};
    for (size_t i = 0; digits && i < GP_COUNT(units); i++)
        if (gp_ascii_equal_fold(unit, (struct gp_str){units[i].other, strlen(units[i].other)}))
            return gp_arena_printf(arena, "%.*s %s", (int)digits, text.data, units[i].unit);
    return NULL;
}

static bool is_digits(struct gp_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.len > 0;
}

void gp_say_value(struct gp_diags *diags, struct gp_arena *arena, struct gp_span at, struct gp_str text, bool quoted,
                  enum gp_type type, const char *expected)
{
    const char *brief = gp_say_brief(arena, text);
    struct gp_diag *diag;

    if (quoted && gp_type_is_integer(type)) {
        diag =
            gp_diag_add(diags, GP_DIAG_QUOTED_NUMBER, at, "expected %s, found the quoted text '%s'", expected, brief);
        gp_diag_note(diags, diag, (struct gp_span){0}, "what is quoted is only ever a text; take the quotes away");
        return;
    }
    diag = gp_diag_add(diags, GP_DIAG_BAD_VALUE, at, "expected %s, found '%s'", expected, brief);
    if (type == GP_TYPE_BOOLEAN && boolean_word(text))
        gp_diag_note(diags, diag, (struct gp_span){0}, "only the words true and false, in small letters, are booleans");
    else if (type == GP_TYPE_SIZE)
        gp_diag_suggest(diags, diag, size_meant(arena, text));
    else if (type == GP_TYPE_DURATION && is_digits(text))
        gp_diag_note(diags, diag, (struct gp_span){0}, "the unit is missing: s, min, h or d");
    if (gp_type_is_integer(type) && leading_zero(text))
        gp_diag_note(diags, diag, (struct gp_span){0},
                     "a number cannot begin with a zero: %s would be octal to some and decimal to others", brief);
}
