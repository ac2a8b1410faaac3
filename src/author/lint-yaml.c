/*
 * What other readers of YAML see in a plain scalar.  Here the tables say what a
 * scalar is; readers that guess (YAML 1.1 above all, but also the core schema of
 * 1.2) take "no" for false, 1_000 for a thousand and 12:30 for 750.
 */
#include "author/lint-internal.h"

#include <string.h>

#include "util/text.h"

static bool all_of(struct gp_str text, const char *set)
{
    for (size_t i = 0; i < text.len; i++)
        if (!memchr(set, text.data[i], strlen(set)))
            return false;
    return text.len > 0;
}

static struct gp_str without_sign(struct gp_str text)
{
    if (text.len && (text.data[0] == '+' || text.data[0] == '-'))
        return (struct gp_str){text.data + 1, text.len - 1};
    return text;
}

static struct gp_str rest(struct gp_str text, size_t from)
{
    return (struct gp_str){text.data + from, text.len - from};
}

static bool is_boolean(struct gp_str text)
{
    static const char *const words[] = {"y", "n", "yes", "no", "on", "off"};
    struct gp_str word;

    for (size_t i = 0; i < GP_COUNT(words); i++) {
        word = (struct gp_str){words[i], strlen(words[i])};
        if (gp_ascii_equal_fold(text, word))
            return true;
    }
    return false;
}

/* Digits that a reader writes back otherwise than they stand here; "12" and "-3" are the same to all. */
static bool is_integer(struct gp_str text)
{
    struct gp_str digits = without_sign(text);

    if (!digits.len || digits.data[0] == '_')
        return false;
    if (digits.len > 2 && digits.data[0] == '0' && digits.data[1] == 'x')
        return all_of(rest(digits, 2), "0123456789abcdefABCDEF_");
    if (digits.len > 2 && digits.data[0] == '0' && digits.data[1] == 'o')
        return all_of(rest(digits, 2), "01234567");
    if (digits.len > 2 && digits.data[0] == '0' && digits.data[1] == 'b')
        return all_of(rest(digits, 2), "01_");
    bool plain = digits.data == text.data || text.data[0] == '-';
    return all_of(digits, "0123456789_") &&
           (!plain || (digits.data[0] == '0' && digits.len > 1) || memchr(digits.data, '_', digits.len));
}

static size_t digits_at(struct gp_str text, size_t from)
{
    size_t end = from;

    while (end < text.len && ((text.data[end] >= '0' && text.data[end] <= '9') || text.data[end] == '_'))
        end++;
    return end - from;
}

/* A float that is written back otherwise: 1.10, .5, 1e3, 5., .inf; "1.5" is the same to all. */
static bool is_float(struct gp_str text)
{
    struct gp_str number = without_sign(text);
    size_t whole = digits_at(number, 0), at = whole;
    bool point = at < number.len && number.data[at] == '.';
    size_t fraction = point ? digits_at(number, at + 1) : 0;

    if (gp_ascii_equal_fold(number, GP_STR(".inf")) || gp_ascii_equal_fold(text, GP_STR(".nan")))
        return true;
    at += point ? 1 + fraction : 0;
    if (!whole && !fraction)
        return false;
    bool exponent = at < number.len && (number.data[at] == 'e' || number.data[at] == 'E');
    if (exponent) {
        struct gp_str power = without_sign(rest(number, at + 1));
        return power.len && digits_at(power, 0) == power.len;
    }
    if (at != number.len || !point)
        return false;
    bool zeros = (whole > 1 && number.data[0] == '0') || (fraction && number.data[at - 1] == '0');
    return !whole || !fraction || zeros || memchr(number.data, '_', number.len) || text.data[0] == '+';
}

/* 12:30:45 is a number in base 60. */
static bool is_sexagesimal(struct gp_str text)
{
    struct gp_str number = without_sign(text);
    size_t at = digits_at(number, 0);

    if (!at || at == number.len || number.data[0] == '_')
        return false;
    while (at < number.len && number.data[at] == ':') {
        size_t digits = digits_at(number, at + 1);
        if (digits < 1 || digits > 2 || number.data[at + 1] > '5' + (digits == 1 ? 4 : 0))
            return false;
        at += 1 + digits;
    }
    return at == number.len;
}

static bool is_date(struct gp_str text)
{
    static const char shape[] = "dddd-dd-dd";

    if (text.len < sizeof(shape) - 1)
        return false;
    for (size_t i = 0; i < sizeof(shape) - 1; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (shape[i] == 'd' ? !digit : text.data[i] != '-')
            return false;
    }
    return text.len == sizeof(shape) - 1 || ((text.data[10] == 'T' || text.data[10] == 't' || text.data[10] == ' ') &&
                                             all_of(rest(text, 11), "0123456789:.+-Zz "));
}

const char *gp_lint_yaml_trap(struct gp_str text)
{
    return is_boolean(text)                       ? "a boolean"
           : is_integer(text) || is_float(text)   ? "a number"
           : is_sexagesimal(text)                 ? "a number in base 60"
           : is_date(text)                        ? "a date"
                                                  : NULL;
}

void gp_lint_say_trap(struct gp_lint *lint, struct gp_span at, struct gp_str text, bool key)
{
    const char *other = gp_lint_yaml_trap(text);

    if (!other || !at.source)
        return;
    struct gp_diag *diag = gp_diag_add(lint->diags, GP_DIAG_YAML_TRAP, at,
                                       "this %s is a text here and %s to other readers of YAML", key ? "key" : "value",
                                       other);
    gp_diag_suggest(lint->diags, diag, gp_arena_printf(lint->arena, "\"%.*s\"", GP_STR_ARG(text)));
}

/* Whether a literal is a text only the type that it was given can say. */
int gp_lint_literal(struct gp_lint *lint, const struct gp_expr *expr)
{
    bool text = expr->kind == GP_EXPR_LITERAL && !expr->quoted && expr->value.type != GP_TYPE_ANY &&
                expr->value.type != GP_TYPE_BYTES && !gp_type_is_integer(expr->value.type);

    if (text)
        gp_lint_say_trap(lint, expr->at, expr->text, false);
    return 0;
}
