/* Values: parsing by type, comparing, showing; names of types, sections, bases and severities. */
#include <errno.h>
#include <string.h>

#include "rule/model.h"
#include "rule/value.h"
#include "tap.h"
#include "util/text.h"

#define INTEGER "an integer such as 12 or 0x0c"
#define SIZE "a size such as 512, 64 KiB or 2 GiB"
#define DURATION "a duration such as 90 s, 15 min, 1 h or 7 d"
#define DATE "a date such as 2027-01-31"
#define TEXT "a text that is not empty"
#define BYTES "bytes such as hex:4d5a00 or text:hello"
#define BITS "a number of at most 63 bits"

/* `shown` of a value; or `expected` of what is none. */
static const struct {
    enum gp_type type;
    const char *text;
    bool quoted;
    const char *shown, *expected;
} cases[] = {
    {GP_TYPE_INTEGER, "12", false, "12", NULL},
    {GP_TYPE_INTEGER, "0x0c", false, "12", NULL},
    {GP_TYPE_INTEGER, "-5", false, "-5", NULL},
    {GP_TYPE_INTEGER, "9223372036854775807", false, "9223372036854775807", NULL},
    {GP_TYPE_INTEGER, "-9223372036854775808", false, "-9223372036854775808", NULL},
    {GP_TYPE_INTEGER, "9223372036854775808", false, NULL, BITS},
    {GP_TYPE_INTEGER, "012", false, NULL, INTEGER},
    {GP_TYPE_INTEGER, "12", true, NULL, INTEGER},
    {GP_TYPE_INTEGER, "", false, NULL, INTEGER},
    {GP_TYPE_INTEGER, "1.5", false, NULL, INTEGER},
    {GP_TYPE_INTEGER, "1 KiB", false, NULL, INTEGER},
    {GP_TYPE_SIZE, "1", false, "1 byte", NULL},
    {GP_TYPE_SIZE, "0", false, "0 bytes", NULL},
    {GP_TYPE_SIZE, "1 KiB", false, "1,024 bytes", NULL},
    {GP_TYPE_SIZE, "2GiB", false, "2,147,483,648 bytes", NULL},
    {GP_TYPE_SIZE, "-1", false, NULL, "a size, which is never negative"},
    {GP_TYPE_SIZE, "-x", false, NULL, SIZE},
    {GP_TYPE_DURATION, "-1 s", false, NULL, "a duration, which is never negative"},
    {GP_TYPE_SIZE, "1 MB", false, NULL, SIZE},
    {GP_TYPE_SIZE, "9999999999 GiB", false, NULL, BITS},
    {GP_TYPE_DURATION, "90 min", false, "90 min", NULL},
    {GP_TYPE_DURATION, "3600 s", false, "1 h", NULL},
    {GP_TYPE_DURATION, "90", false, NULL, DURATION},
    {GP_TYPE_DURATION, "1 week", false, NULL, DURATION},
    {GP_TYPE_DATE, "2027-01-31", false, "2027-01-31", NULL},
    {GP_TYPE_DATE, "1969-12-31", false, "1969-12-31", NULL},
    {GP_TYPE_DATE, "2027-01-31T12:34:56Z", false, "2027-01-31T12:34:56Z", NULL},
    {GP_TYPE_DATE, "2027-02-30", false, NULL, "a day that the calendar has"},
    {GP_TYPE_DATE, "2027-13-01", false, NULL, "a day that the calendar has"},
    {GP_TYPE_DATE, "2027-02-3", false, NULL, DATE},
    {GP_TYPE_DATE, "2027-02-30", true, NULL, DATE},
    {GP_TYPE_DATE, "31.1.2027", false, NULL, DATE},
    {GP_TYPE_DATE, "2027-01-31", true, NULL, DATE},
    {GP_TYPE_BOOLEAN, "true", false, "true", NULL},
    {GP_TYPE_BOOLEAN, "false", false, "false", NULL},
    {GP_TYPE_BOOLEAN, "yes", false, NULL, "true or false"},
    {GP_TYPE_BOOLEAN, "True", false, NULL, "true or false"},
    {GP_TYPE_BOOLEAN, "true", true, NULL, "true or false"},
    {GP_TYPE_STRING, "NO", false, "\"NO\"", NULL},
    {GP_TYPE_STRING, "", true, "\"\"", NULL},
    {GP_TYPE_STRING, "0755", true, "\"0755\"", NULL},
    {GP_TYPE_PATH, "A", false, "A", NULL},
    {GP_TYPE_PATH, "", true, NULL, TEXT},
    {GP_TYPE_DIRECTORY, "/srv/disks", true, "/srv/disks", NULL},
    {GP_TYPE_DIRECTORY, "", true, NULL, TEXT},
    {GP_TYPE_CHOICE, "red", false, "red", NULL},
    {GP_TYPE_CHOICE, "", true, NULL, TEXT},
    {GP_TYPE_BYTES, "hex:4d5a00", false, "4d5a00", NULL},
    {GP_TYPE_BYTES, "text:WGPO", true, "5747504f", NULL},
    {GP_TYPE_BYTES, "4d5a", false, NULL, BYTES},
    {GP_TYPE_BYTES, "hex:4d5", true, NULL, "two hexadecimal digits for each byte behind 'hex:'"},
    {GP_TYPE_BYTES, "hex:4g", false, NULL, "hexadecimal digits (0 to 9, a to f) behind 'hex:'"},
    {GP_TYPE_ANY, "12", false, "\"12\"", NULL},
};

static void test_parse(struct gp_arena *arena)
{
    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        struct gp_value value = {.integer = -77}, before = value;
        const char *expected = NULL, *name = gp_type_name(cases[i].type), *quote = cases[i].quoted ? "\"" : "";
        struct gp_str text = {cases[i].text, strlen(cases[i].text)};
        int r = gp_value_parse(cases[i].type, text, cases[i].quoted, arena, &value, &expected);
        is_int(r, cases[i].shown ? 0 : -EINVAL, "%s %s%s%s", name, quote, cases[i].text, quote);
        if (cases[i].shown)
            is_str(gp_value_text(&value, arena), cases[i].shown, "is shown");
        else
            ok(expected && strcmp(expected, cases[i].expected) == 0 && memcmp(&value, &before, sizeof(value)) == 0,
               "is not taken: %s", expected ? expected : "nothing");
    }
    is_str(gp_value_text(&(struct gp_value){0}, arena), "no value", "no value is shown as such");
}

static void test_copy(struct gp_arena *arena)
{
    char text[] = "abc";
    struct gp_value value;
    const char *expected;

    is_int(gp_value_parse(GP_TYPE_STRING, (struct gp_str){text, 3}, false, arena, &value, &expected), 0, "a text");
    text[0] = 'x';
    ok(gp_str_is(value.string, "abc"), "a value is a copy");
    struct gp_arena *small = gp_arena_new(1);
    is_int(gp_value_parse(GP_TYPE_STRING, (struct gp_str){text, 3}, false, small, &value, &expected), -ENOMEM,
           "no memory");
    is_int(gp_value_parse(GP_TYPE_BYTES, (struct gp_str){"text:abc", 8}, false, small, &value, &expected), -ENOMEM,
           "no memory for bytes");
    gp_arena_free(small);
}

static void test_compare(void)
{
    struct gp_value one = {GP_TYPE_INTEGER, 1, {0}}, two = {GP_TYPE_SIZE, 2, {0}}, low = {GP_TYPE_DATE, INT64_MIN, {0}};
    struct gp_value a = {GP_TYPE_STRING, 0, {"a", 1}}, ab = {GP_TYPE_STRING, 0, {"ab", 2}},
                    high = {GP_TYPE_BYTES, 0, {"\xff", 1}};

    ok(gp_value_compare(&one, &two) < 0 && gp_value_compare(&two, &one) > 0, "integers have an order");
    ok(gp_value_compare(&low, &two) < 0 && gp_value_compare(&two, &low) > 0, "also the least");
    is_int(gp_value_compare(&one, &one), 0, "and are equal");
    ok(gp_value_compare(&a, &ab) < 0 && gp_value_compare(&ab, &a) > 0, "texts have an order");
    ok(gp_value_compare(&ab, &high) < 0, "by unsigned bytes");
    is_int(gp_value_compare(&ab, &ab), 0, "and are equal");
}

/* Whether `have` may stand where `want` is expected: rows want, columns have, in the order of enum gp_type. */
static void test_fits(void)
{
    static const char *const fits[] = {
        "11111111111", /* any */
        "11100000000", /* integer */
        "11100000000", /* size */
        "10010000000", /* duration */
        "10001000000", /* date */
        "10000100000", /* boolean */
        "10000011111", /* string */
        "10000011110", /* path */
        "10000010100", /* directory */
        "10000011110", /* choice */
        "10000010001", /* bytes */
    };

    for (int want = GP_TYPE_ANY; want <= GP_TYPE_BYTES; want++)
        for (int have = GP_TYPE_ANY; have <= GP_TYPE_BYTES; have++)
            is_int(gp_type_fits(want, have), fits[want][have] == '1', "%s where %s is expected", gp_type_name(have),
                   gp_type_name(want));
}

static void test_names(void)
{
    is_str(gp_section_name(GP_SECTION_MARKER), "marker", "a section's word");
    is_str(gp_section_key(GP_SECTION_MARKER), "markers", "a section's key");
    is_str(gp_section_name(GP_SECTION_DIRECTORY), "parameter or variable", "two sections in one");
    is_str(gp_basis_name(GP_BASIS_NONE), "", "no basis");
    is_str(gp_basis_name(GP_BASIS_STATED), "stated", "a basis");
    is_str(gp_severity_name(GP_SEVERITY_NEED), "need", "a severity");
    struct gp_comparison none = {0}, some = {.bits = &(struct gp_expr){0}};
    ok(!gp_comparison_given(&none) && gp_comparison_given(&some), "whether a comparison says anything");
    gp_ruleset_free(NULL);
}

int main(void)
{
    struct gp_arena *arena = gp_arena_new(0);

    if (!arena)
        bail("no memory");
    test_parse(arena);
    test_copy(arena);
    test_compare();
    test_fits();
    test_names();
    gp_arena_free(arena);
    return done_testing();
}
