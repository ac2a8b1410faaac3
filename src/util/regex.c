#include "util/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <errno.h>
#include <pcre2.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define NESTING_MAX 100    /* parentheses in parentheses */
#define HEAP_MAX_KIB 32768 /* backtracking points of one match */
#define DEPTH_MAX 250000   /* nested backtracking */

/* Steps.  PCRE2 counts them anew at each starting point, so a long subject is many times as dear as a short one: what
 * all starting points may take together is shared among them. */
#define STEPS_TOTAL (1ull << 32)
#define STEPS_MAX (1u << 20) /* of one starting point in a short subject */
#define SHORT_SUBJECT (STEPS_TOTAL / STEPS_MAX)

struct gp_regex {
    pcre2_code *code;
    unsigned groups;
    /* Room for a match, kept from one to the next; whoever takes it leaves NULL, whoever finds NULL makes one. */
    _Atomic(pcre2_match_data *) spare;
    pcre2_match_context *limits; /* for short subjects */
};

void gp_regex_free(struct gp_regex *regex)
{
    if (!regex)
        return;
    pcre2_match_data_free(atomic_load(&regex->spare));
    pcre2_match_context_free(regex->limits);
    pcre2_code_free(regex->code);
    free(regex);
}

/* Yet at least two steps a byte: "begin.*end" goes to the end of the subject and all the way back. */
static uint32_t steps_for(size_t len)
{
    if (len <= SHORT_SUBJECT)
        return STEPS_MAX;
    if (len >= UINT32_MAX / 2)
        return UINT32_MAX;
    uint64_t share = STEPS_TOTAL / len, needed = 2 * (uint64_t)len;
    return (uint32_t)(share > needed ? share : needed);
}

static pcre2_match_context *limits_for(size_t len)
{
    pcre2_match_context *limits = pcre2_match_context_create(NULL);

    if (limits) {
        pcre2_set_match_limit(limits, steps_for(len));
        pcre2_set_depth_limit(limits, DEPTH_MAX);
        pcre2_set_heap_limit(limits, HEAP_MAX_KIB);
    }
    return limits;
}

/* 0, -EINVAL with an error, or -ENOMEM. */
static int compile_code(struct gp_str pattern, pcre2_code **ret_code, struct gp_regex_error *ret_error)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    int number;
    PCRE2_SIZE offset;

    if (!context)
        return -ENOMEM;
    pcre2_set_parens_nest_limit(context, NESTING_MAX);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)(pattern.len ? pattern.data : ""), pattern.len,
                                     PCRE2_NEVER_UTF | PCRE2_NEVER_UCP, &number, &offset, context);
    pcre2_compile_context_free(context);
    if (code) {
        *ret_code = code;
        return 0;
    }
    if (number == PCRE2_ERROR_HEAP_FAILED || number == PCRE2_ERROR_NOMEMORY)
        return -ENOMEM;
    pcre2_get_error_message(number, (PCRE2_UCHAR *)ret_error->message, sizeof(ret_error->message));
    ret_error->offset = offset;
    return -EINVAL;
}

int gp_regex_compile(struct gp_regex **ret_regex, struct gp_str pattern, struct gp_regex_error *ret_error)
{
    pcre2_code *code;
    uint32_t groups = 0;
    int r = compile_code(pattern, &code, ret_error);

    if (r < 0)
        return r;
    struct gp_regex *regex = calloc(1, sizeof(*regex));
    pcre2_match_context *limits = limits_for(0);
    if (!regex || !limits) {
        pcre2_match_context_free(limits);
        pcre2_code_free(code);
        free(regex);
        return -ENOMEM;
    }
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    regex->code = code;
    regex->limits = limits;
    regex->groups = groups;
    atomic_init(&regex->spare, NULL);
    *ret_regex = regex;
    return 0;
}

unsigned gp_regex_groups(const struct gp_regex *regex)
{
    return regex->groups;
}

static struct gp_str group_of(pcre2_match_data *data, struct gp_str subject, unsigned group)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);

    if (group >= pcre2_get_ovector_count(data) || ends[2 * group] == PCRE2_UNSET)
        return (struct gp_str){NULL, 0};
    size_t start = ends[2 * group], end = ends[2 * group + 1];
    return (struct gp_str){subject.data + start, end > start ? end - start : 0}; /* \K may put the start last */
}

static enum gp_match run(const struct gp_regex *regex, struct gp_str subject, pcre2_match_data *data)
{
    pcre2_match_context *limits = subject.len <= SHORT_SUBJECT ? regex->limits : limits_for(subject.len);

    if (!limits)
        return GP_MATCH_LIMIT;
    int r = pcre2_match(regex->code, (PCRE2_SPTR)subject.data, subject.len, 0, 0, data, limits);
    if (limits != regex->limits)
        pcre2_match_context_free(limits);
    if (r >= 0)
        return GP_MATCH_YES;
    return r == PCRE2_ERROR_NOMATCH ? GP_MATCH_NO : GP_MATCH_LIMIT; /* whatever else it was: nobody knows */
}

enum gp_match gp_regex_match(const struct gp_regex *regex, struct gp_str subject, unsigned group,
                             struct gp_str *ret_group)
{
    struct gp_regex *shared = (struct gp_regex *)regex; /* only its spare room changes, and that atomically */
    pcre2_match_data *data = atomic_exchange(&shared->spare, NULL);

    if (!data)
        data = pcre2_match_data_create_from_pattern(regex->code, NULL);
    if (!data)
        return GP_MATCH_LIMIT;
    if (!subject.data)
        subject = GP_STR("");
    enum gp_match match = run(regex, subject, data);
    if (match == GP_MATCH_YES && ret_group)
        *ret_group = group_of(data, subject, group);
    pcre2_match_data *none = NULL;
    bool small = subject.len <= SHORT_SUBJECT && match != GP_MATCH_LIMIT; /* else it may hold much memory */
    if (!small || !atomic_compare_exchange_strong(&shared->spare, &none, data))
        pcre2_match_data_free(data);
    return match;
}
