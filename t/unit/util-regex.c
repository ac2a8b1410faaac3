/*
 * Regular expressions: matches, groups, errors, limits, threads.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"
#include "util/regex.h"

static struct gp_str str(const char *text)
{
    return (struct gp_str){text, strlen(text)};
}

static struct gp_regex *compiled(const char *pattern)
{
    struct gp_regex *regex = NULL;
    struct gp_regex_error error = {0};

    if (gp_regex_compile(&regex, str(pattern), &error) < 0)
        bail("'%s' does not compile: %s", pattern, error.message);
    return regex;
}

static void test_matches(void)
{
    static const struct {
        const char *pattern, *subject;
        enum gp_match match;
    } tests[] = {
        {"b+", "aabbc", GP_MATCH_YES},
        {"^b", "ab", GP_MATCH_NO},
        {"", "", GP_MATCH_YES},
        {"", "x", GP_MATCH_YES},
        {"^.$", "\xc3\xa4", GP_MATCH_NO},
        {"^..$", "\xc3\xa4", GP_MATCH_YES},
        {"\\xff", "a\xff", GP_MATCH_YES},
        {"(?i)glb", "GLB", GP_MATCH_YES},
        {"(*LIMIT_MATCH=1)a*[bd]", "aaaac", GP_MATCH_LIMIT},
        {"x(?=y)", "xy", GP_MATCH_YES},
        {"^[0-9A-F]{8}$", "0000002G", GP_MATCH_NO},
        {"(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", GP_MATCH_LIMIT},
        {"^(?:(a)|b(?R))", "b", GP_MATCH_NO},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        struct gp_regex *regex = compiled(tests[i].pattern);
        is_int(gp_regex_match(regex, str(tests[i].subject), 0, NULL), tests[i].match, "/%s/ on '%.20s'",
               tests[i].pattern, tests[i].subject);
        gp_regex_free(regex);
    }
    struct gp_regex *regex = compiled("^a\\x00b$");
    is_int(gp_regex_match(regex, (struct gp_str){"a\0b", 3}, 0, NULL), GP_MATCH_YES, "a NUL is a byte like any other");
    is_int(gp_regex_match(regex, (struct gp_str){NULL, 0}, 0, NULL), GP_MATCH_NO, "no subject is an empty one");
    gp_regex_free(regex);
    gp_regex_free(NULL);
}

static void test_groups(void)
{
    static const char subject[] = "name=GLB;";
    struct gp_regex *regex = compiled("(?<key>\\w+)=(\\w*)(x)?;");
    static const struct {
        unsigned group;
        const char *text;
    } tests[] = {{0, "name=GLB;"}, {1, "name"}, {2, "GLB"}, {3, NULL}, {4, NULL}, {1000, NULL}};
    struct gp_str group = {"kept", 4};

    is_int(gp_regex_groups(regex), 3, "number of groups");
    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        is_int(gp_regex_match(regex, str(subject), tests[i].group, &group), GP_MATCH_YES, "match for group %u",
               tests[i].group);
        char text[32];
        snprintf(text, sizeof(text), "%.*s", GP_STR_ARG(group));
        is_str(group.data ? text : NULL, tests[i].text, "group %u", tests[i].group);
    }
    group = GP_STR("kept");
    is_int(gp_regex_match(regex, str("nothing"), 1, &group), GP_MATCH_NO, "no match");
    is_str(group.data, "kept", "leaves the group alone");
    gp_regex_free(regex);
}

static void test_errors(void)
{
    static const struct {
        const char *pattern, *message;
        size_t offset;
    } tests[] = {
        {"a(b", "missing closing parenthesis", 3},
        {"ab)", "unmatched closing parenthesis", 2},
        {"[b-a]", "range out of order in character class", 3},
        {"*a", "quantifier does not follow a repeatable item", 0},
        {"(*UTF)a", "using UTF is disabled by the application", 6},
        {"(*UCP)a", "using UCP is disabled by the application", 6},
    };
    struct gp_regex *regex = NULL;
    struct gp_regex_error error;
    char deep[203];

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        is_int(gp_regex_compile(&regex, str(tests[i].pattern), &error), -EINVAL, "/%s/ is refused", tests[i].pattern);
        is_str(error.message, tests[i].message, "with a message");
        is_int((intmax_t)error.offset, (intmax_t)tests[i].offset, "and a place");
    }
    ok(!regex, "no regular expression comes of it");
    memset(deep, '(', 101);
    memset(deep + 101, ')', 101);
    deep[202] = '\0';
    is_int(gp_regex_compile(&regex, str(deep), &error), -EINVAL, "101 nested parentheses are refused");
    is_int(gp_regex_compile(&regex, (struct gp_str){deep + 1, 200}, &error), 0, "100 are not");
    gp_regex_free(regex);
}

/* A subject of 64 KiB, as a window of text has. */
static void test_long(void)
{
    enum { LENGTH = 65536 };
    char *subject = malloc(LENGTH);
    struct gp_regex *back = compiled("(?s)begin.*end"), *nested = compiled("(?:a|b)*c");
    struct gp_regex *evil = compiled("(?:[ax]+)+y");

    if (!subject)
        bail("out of memory");
    memset(subject, 'a', LENGTH);
    memcpy(subject, "beginend", 8);
    is_int(gp_regex_match(back, (struct gp_str){subject, LENGTH}, 0, NULL), GP_MATCH_YES, "all the way there and back");
    is_int(gp_regex_match(nested, (struct gp_str){subject, LENGTH}, 0, NULL), GP_MATCH_NO, "what must occur does not");
    subject[LENGTH - 1] = 'y';
    subject[LENGTH - 2] = '-';
    is_int(gp_regex_match(evil, (struct gp_str){subject, LENGTH}, 0, NULL), GP_MATCH_LIMIT, "an evil pattern");
    is_int(gp_regex_match(evil, str("aay"), 0, NULL), GP_MATCH_YES, "can be used after it");
    gp_regex_free(back);
    gp_regex_free(nested);
    gp_regex_free(evil);
    free(subject);
}

static void *match_often(void *context)
{
    const struct gp_regex *regex = context;
    bool right = true;

    for (int i = 0; i < 20000; i++) {
        char subject[16], want[16], got[16];
        struct gp_str group = {0};
        snprintf(want, sizeof(want), "%d", i);
        snprintf(subject, sizeof(subject), "x%dy", i);
        right = right && gp_regex_match(regex, str(subject), 1, &group) == GP_MATCH_YES;
        snprintf(got, sizeof(got), "%.*s", GP_STR_ARG(group));
        right = right && strcmp(got, want) == 0;
    }
    return right ? context : NULL;
}

static void test_threads(void)
{
    struct gp_regex *regex = compiled("x([0-9]+)y");
    pthread_t threads[4];
    bool right = true;

    for (size_t i = 0; i < GP_COUNT(threads); i++)
        if (pthread_create(&threads[i], NULL, match_often, regex) != 0)
            bail("cannot create a thread");
    for (size_t i = 0; i < GP_COUNT(threads); i++) {
        void *result = NULL;
        pthread_join(threads[i], &result);
        right = right && result;
    }
    ok(right, "four threads share one regular expression");
    gp_regex_free(regex);
}

int main(void)
{
    test_matches();
    test_groups();
    test_errors();
    test_long();
    test_threads();
    return done_testing();
}
