/*
 * Comparisons: is, in, min, max, matches, bits; one value, or a number of which
 * only bounds are known.
 */
#include "eval/internal.h"

#include <stdio.h>

#include "util/text.h"

/* What is compared: a number between two bounds, or a text. */
struct subject {
    enum gp_type type;
    bool number;
    int64_t least, most;
    struct gp_str text;
};

struct comparing {
    struct gp_eval *eval;
    struct subject subject;
    size_t counts[GP_RESULTS]; /* of the operands that were compared */
    struct gp_outcome unknown; /* of the first kind in language.md 7 */
    const char *na;
};

/* ---- operands ---------------------------------------------------------------------------------------------------- */

static int wrong_type(struct gp_eval *eval, const struct gp_value *operand, enum gp_type type, struct gp_reading *ret)
{
    const char *detail = gp_arena_printf(eval->arena, "a value of type %s cannot be compared with one of type %s",
                                         gp_type_name(type), gp_type_name(operand->type));

    if (!detail)
        return -ENOMEM;
    gp_reading_unknown(ret, GP_REASON_NO_VALUE, detail);
    return 0;
}

/* A literal that the loader left as it was written (in a condition that several operations share, say) takes the type
 * of what it is compared with. */
static int literal(struct gp_eval *eval, const struct gp_expr *expr, enum gp_type type, struct gp_reading *ret)
{
    struct gp_value value;
    const char *expected;
    int r = gp_value_parse(type, expr->text, expr->quoted, eval->arena, &value, &expected);

    if (r == -EINVAL) {
        const char *detail = gp_arena_printf(eval->arena, "'%.*s' is not %s", GP_STR_ARG(expr->text), expected);

        if (!detail)
            return -ENOMEM;
        gp_reading_unknown(ret, GP_REASON_NO_VALUE, detail);
        return 0;
    }
    if (r == 0)
        gp_reading_value(ret, &value);
    return r;
}

/* The value of an operand, of the same kind (number or text) as what it is compared with. */
static int operand(struct gp_eval *eval, const struct gp_expr *expr, enum gp_type type, struct gp_reading *ret)
{
    struct gp_reading reading = {0};
    int r = expr->kind == GP_EXPR_LITERAL && expr->value.type == GP_TYPE_ANY ? literal(eval, expr, type, &reading)
                                                                             : gp_eval_expr(eval, expr, &reading);

    if (r == 0 && reading.result == GP_TRUE && gp_type_is_integer(reading.value.type) != gp_type_is_integer(type))
        r = wrong_type(eval, &reading.value, type, &reading);
    if (r == 0 && reading.result == GP_TRUE && gp_type_is_integer(type))
        reading.value.type = type; /* so that it is shown in the same unit */
    if (r == 0)
        *ret = reading;
    return r;
}

/* ---- tests ------------------------------------------------------------------------------------------------------- */

static void note(struct comparing *it, enum gp_result result, enum gp_reason reason, const char *detail)
{
    it->counts[result]++;
    if (result == GP_NA)
        it->na = detail;
    else if (result == GP_UNKNOWN && (it->counts[GP_UNKNOWN] == 1 || reason < it->unknown.reason))
        it->unknown = gp_outcome_unknown(reason, detail);
}

static uint64_t biased(int64_t x)
{
    return (uint64_t)x ^ ((uint64_t)1 << 63); /* keeps the order of signed numbers */
}

static enum gp_result between(const struct subject *subject, int64_t min, int64_t max)
{
    return gp_logic_interval(biased(subject->least), biased(subject->most), biased(min), biased(max));
}

static enum gp_result equals(const struct subject *subject, const struct gp_value *value)
{
    if (!subject->number)
        return gp_str_equal(subject->text, value->string) ? GP_TRUE : GP_FALSE;
    return between(subject, value->integer, value->integer);
}

/* The four tests that have one operand: how a value of it answers. */
static enum gp_result at_least(const struct subject *subject, const struct gp_value *value)
{
    if (!subject->number)
        return gp_str_compare(subject->text, value->string) >= 0 ? GP_TRUE : GP_FALSE;
    return between(subject, value->integer, INT64_MAX);
}

static enum gp_result at_most(const struct subject *subject, const struct gp_value *value)
{
    if (!subject->number)
        return gp_str_compare(subject->text, value->string) <= 0 ? GP_TRUE : GP_FALSE;
    return between(subject, INT64_MIN, value->integer);
}

static enum gp_result has_bits(const struct subject *subject, const struct gp_value *value)
{
    if (!subject->number || subject->least != subject->most)
        return GP_UNKNOWN;
    return (subject->least & value->integer) == value->integer ? GP_TRUE : GP_FALSE;
}

static int test_one(struct comparing *it, const struct gp_expr *expr,
                    enum gp_result (*test)(const struct subject *subject, const struct gp_value *value))
{
    struct gp_reading reading;
    int r;

    if (!expr)
        return 0;
    r = operand(it->eval, expr, it->subject.type, &reading);
    if (r < 0)
        return r;
    if (reading.result != GP_TRUE)
        note(it, reading.result, reading.reason, reading.detail);
    else
        note(it, test(&it->subject, &reading.value), GP_REASON_NO_VALUE, "the exact number is not known");
    return 0;
}

/* Whether every number from `least` to `most` is one of the literals seen so far is asked only for short ranges. */
static bool all_listed(const struct subject *subject, const int64_t *values, size_t count)
{
    if (biased(subject->most) - biased(subject->least) >= count)
        return false;
    for (int64_t x = subject->least;; x++) {
        size_t i = 0;

        while (i < count && values[i] != x)
            i++;
        if (i == count)
            return false;
        if (x == subject->most)
            return true;
    }
}

static int test_in(struct comparing *it, const struct gp_exprs *in)
{
    struct comparing inner = {.eval = it->eval, .subject = it->subject};
    int64_t few[16]; /* records go by in thousands, so short lists take no memory that stays */
    int64_t *values = in->count <= GP_COUNT(few) ? few : GP_NEW_ARRAY(it->eval->arena, int64_t, in->count);
    size_t known = 0;

    if (!values)
        return -ENOMEM;
    for (size_t i = 0; i < in->count; i++) {
        struct gp_reading reading;
        int r = operand(it->eval, in->data[i], it->subject.type, &reading);

        if (r < 0)
            return r;
        if (reading.result == GP_TRUE) {
            values[known++] = reading.value.integer;
            note(&inner, equals(&it->subject, &reading.value), GP_REASON_NO_VALUE, "the exact number is not known");
        } else
            note(&inner, reading.result, reading.reason, reading.detail);
    }
    if (inner.counts[GP_NA] > 0)
        note(it, GP_NA, GP_REASON_NONE, inner.na);
    else if (it->subject.number && all_listed(&it->subject, values, known))
        note(it, GP_TRUE, GP_REASON_NONE, NULL);
    else
        note(it, gp_logic_any_counts(inner.counts), inner.unknown.reason, inner.unknown.detail);
    return 0;
}

static void test_pattern(struct comparing *it, const struct gp_pattern *pattern)
{
    char digits[24];
    struct gp_str text = it->subject.text;

    if (it->subject.number && it->subject.least != it->subject.most) {
        note(it, GP_UNKNOWN, GP_REASON_NO_VALUE, "the exact number is not known");
        return;
    }
    if (it->subject.number)
        text = (struct gp_str){digits, (size_t)snprintf(digits, sizeof(digits), "%lld", (long long)it->subject.least)};
    switch (gp_regex_match(pattern->regex, text, 0, NULL)) {
    case GP_MATCH_YES:
        note(it, GP_TRUE, GP_REASON_NONE, NULL);
        break;
    case GP_MATCH_NO:
        note(it, GP_FALSE, GP_REASON_NONE, NULL);
        break;
    case GP_MATCH_LIMIT:
        note(it, GP_UNKNOWN, GP_REASON_LIMIT, "the pattern reached a limit before there was an answer");
        break;
    }
}

static int test_all(struct comparing *it, const struct gp_comparison *comparison)
{
    int r = test_one(it, comparison->is, equals);

    if (r == 0 && comparison->in.count)
        r = test_in(it, &comparison->in);
    if (r == 0)
        r = test_one(it, comparison->min, at_least);
    if (r == 0)
        r = test_one(it, comparison->max, at_most);
    if (r == 0 && comparison->matches)
        test_pattern(it, comparison->matches);
    if (r == 0)
        r = test_one(it, comparison->bits, has_bits);
    return r;
}

static int compare(struct comparing *it, const struct gp_comparison *comparison, struct gp_proof *leaf)
{
    int r = test_all(it, comparison);

    if (r < 0)
        return r;
    if (!it->eval->terse) {
        const char *text = gp_compare_text(it->eval, comparison, it->subject.type);

        if (!text)
            return -ENOMEM;
        leaf->expected = text;
    }
    if (it->counts[GP_NA] > 0) { /* an unset variable takes the whole comparison out */
        gp_proof_take(leaf, gp_outcome_na(it->na));
        return 0;
    }
    enum gp_result result = gp_comparison_given(comparison) ? gp_logic_all_counts(it->counts) : GP_TRUE;
    gp_proof_take(leaf, result == GP_UNKNOWN ? it->unknown : (struct gp_outcome){.result = result});
    return 0;
}

int gp_compare(struct gp_eval *eval, const struct gp_comparison *comparison, const struct gp_value *value,
               struct gp_proof *leaf)
{
    bool number = gp_type_is_integer(value->type);
    struct comparing it = {.eval = eval,
                           .subject = {.type = value->type,
                                       .number = number,
                                       .least = number ? value->integer : 0,
                                       .most = number ? value->integer : 0,
                                       .text = value->string}};

    return compare(&it, comparison, leaf);
}

int gp_compare_interval(struct gp_eval *eval, const struct gp_comparison *comparison, enum gp_type type, int64_t least,
                        int64_t most, struct gp_proof *leaf)
{
    struct comparing it = {.eval = eval, .subject = {.type = type, .number = true, .least = least, .most = most}};

    return compare(&it, comparison, leaf);
}

/* ---- words ------------------------------------------------------------------------------------------------------- */

static int add_operand(struct gp_eval *eval, struct gp_strbuf *out, const struct gp_expr *expr, enum gp_type type)
{
    struct gp_reading reading;
    const char *text;
    int r = operand(eval, expr, type, &reading);

    if (r < 0)
        return r;
    if (reading.result != GP_TRUE && expr->kind == GP_EXPR_LITERAL) {
        gp_strbuf_add_mem(out, expr->text.data, expr->text.len);
        return 0;
    }
    if (reading.result != GP_TRUE) {
        gp_strbuf_printf(out, "the %s %.*s", gp_section_name(expr->ref->section), GP_STR_ARG(expr->ref->id));
        return 0;
    }
    text = gp_value_text(&reading.value, eval->arena);
    if (!text)
        return -ENOMEM;
    gp_strbuf_add(out, text);
    return 0;
}

static void add_and(struct gp_strbuf *out)
{
    if (out->len > 0)
        gp_strbuf_add(out, " and ");
}

static int add_phrase(struct gp_eval *eval, struct gp_strbuf *out, const char *words, const struct gp_expr *expr,
                      enum gp_type type)
{
    if (!expr)
        return 0;
    add_and(out);
    gp_strbuf_add(out, words);
    return add_operand(eval, out, expr, type);
}

static int add_list(struct gp_eval *eval, struct gp_strbuf *out, const struct gp_exprs *in, enum gp_type type)
{
    int r = 0;

    if (!in->count)
        return 0;
    add_and(out);
    gp_strbuf_add(out, "one of ");
    for (size_t i = 0; r == 0 && i < in->count; i++) {
        if (i > 0)
            gp_strbuf_add(out, ", ");
        r = add_operand(eval, out, in->data[i], type);
    }
    return r;
}

static int add_bits(struct gp_eval *eval, struct gp_strbuf *out, const struct gp_expr *expr)
{
    struct gp_reading reading;
    int r;

    if (!expr)
        return 0;
    r = operand(eval, expr, GP_TYPE_INTEGER, &reading);
    if (r < 0)
        return r;
    if (reading.result != GP_TRUE)
        return add_phrase(eval, out, "the bits of ", expr, GP_TYPE_INTEGER);
    add_and(out);
    gp_strbuf_printf(out, "bits 0x%llx set", (unsigned long long)reading.value.integer);
    return 0;
}

static int add_comparison(struct gp_eval *eval, struct gp_strbuf *out, const struct gp_comparison *comparison,
                          enum gp_type type)
{
    int r = add_phrase(eval, out, "", comparison->is, type);

    if (r == 0)
        r = add_list(eval, out, &comparison->in, type);
    if (r == 0)
        r = add_phrase(eval, out, "at least ", comparison->min, type);
    if (r == 0)
        r = add_phrase(eval, out, "at most ", comparison->max, type);
    if (r == 0 && comparison->matches) {
        add_and(out);
        gp_strbuf_printf(out, "matches /%.*s/", GP_STR_ARG(comparison->matches->text));
    }
    return r == 0 ? add_bits(eval, out, comparison->bits) : r;
}

const char *gp_compare_text(struct gp_eval *eval, const struct gp_comparison *comparison, enum gp_type type)
{
    struct gp_strbuf out = {0};
    const char *text = NULL;

    if (add_comparison(eval, &out, comparison, type) == 0 && gp_strbuf_ok(&out))
        text = out.len ? gp_arena_memdup(eval->arena, out.data, out.len) : "any value";
    gp_strbuf_done(&out);
    return text;
}
