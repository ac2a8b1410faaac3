/*
 * UTF-8, terminals, words; reasons.
 */
#include <errno.h>
#include <locale.h>
#include <string.h>

#include "tap.h"
#include "util/reason.h"
#include "util/text.h"

static void test_utf8(void)
{
    static const struct {
        const char *text;
        size_t valid;
        const char *what;
    } tests[] = {
        {"", 0, "nothing"},
        {"plain ASCII, longer than a word", 31, "ASCII"},
        {"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", 9, "two, three and four bytes"},
        {"\xf4\x8f\xbf\xbf", 4, "the last code point"},
        {"\xf4\x90\x80\x80", 0, "one beyond it"},
        {"abcdefgh\xff", 8, "a byte that never occurs"},
        {"a\xc0\x80", 1, "an overlong NUL"},
        {"a\xc1\xbf", 1, "an overlong letter"},
        {"\xe0\x9f\xbf", 0, "an overlong form of three bytes"},
        {"\xf0\x8f\xbf\xbf", 0, "an overlong form of four bytes"},
        {"\xed\xa0\x80", 0, "a surrogate"},
        {"\xed\x9f\xbf\xee\x80\x80", 6, "the neighbours of surrogates"},
        {"ab\xe2\x82", 2, "a character that is cut off"},
        {"ab\x80", 2, "a continuation alone"},
        {"\xc3(", 0, "a character without its continuation"},
        {"123456789012345\xc3\xa4" "1234567\xc3", 24, "errors behind long runs"},
    };
    uint32_t code_point = 0;

    for (size_t i = 0; i < GP_COUNT(tests); i++)
        is_int((intmax_t)gp_utf8_valid(tests[i].text, strlen(tests[i].text)), (intmax_t)tests[i].valid, "UTF-8: %s",
               tests[i].what);
    is_int((intmax_t)gp_utf8_char("\xe2\x82\xac", 3, &code_point), 3, "size of a character");
    is_int((intmax_t)code_point, 0x20ac, "its code point");
    is_int((intmax_t)gp_utf8_char("", 0, &code_point), 0, "no character");
    is_int((intmax_t)code_point, 0x20ac, "leaves the code point alone");
}

static void test_escape(void)
{
    static const struct {
        const char *text, *escaped, *what;
        size_t width;
        bool keep;
    } tests[] = {
        {"plain \\ text", "plain \\ text", "ASCII", 12, false},
        {"\xc3\xa4", "\xc3\xa4", "a letter", 1, false},
        {"a\033[31mb", "a\\x1b[31mb", "a control sequence", 10, false},
        {"a\tb\r\n", "a\\x09b\\x0d\\x0a", "white space", 14, false},
        {"a\r\nb", "a\\x0d\nb", "kept newlines", 10, true},
        {"\x7f", "\\x7f", "DEL", 4, false},
        {"\xc2\x9b" "1m", "\\u{009b}1m", "C1", 10, false},
        {"\x9b\xff", "\\x9b\\xff", "invalid bytes", 8, false},
        {"\xe2\x80\xae" "cod.exe", "\\u{202e}cod.exe", "a bidi override", 15, false},
        {"\xe2\x81\xa6\xe2\x80\x8f\xd8\x9c", "\\u{2066}\\u{200f}\\u{061c}", "more bidi controls", 24, false},
        {"\xef\xbb\xbf\xf3\xa0\x81\x81", "\\u{feff}\\u{e0041}", "what nobody sees", 17, false},
        {"", "", "nothing", 0, false},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        struct gp_strbuf out = {0};
        gp_text_escape(&out, tests[i].text, strlen(tests[i].text), tests[i].keep);
        is_str(gp_strbuf_text(&out), tests[i].escaped, "escape: %s", tests[i].what);
        if (!tests[i].keep)
            is_int((intmax_t)gp_text_width(tests[i].text, strlen(tests[i].text)), (intmax_t)tests[i].width, "width: %s",
                   tests[i].what);
        gp_strbuf_done(&out);
    }
    struct gp_strbuf out = {0};
    gp_text_escape(&out, "a\0b", 3, false);
    is_str(gp_strbuf_text(&out), "a\\x00b", "escape: NUL");
    gp_strbuf_done(&out);
}

static void test_width(void)
{
    static const struct {
        const char *text;
        size_t width;
    } tests[] = {{"\xe6\xbc\xa2\xe5\xad\x97", 4}, {"e\xcc\x81", 1}, {"\xc3\xa9", 1}, {"\xf0\x9f\x98\x80", 2}};

    if (!setlocale(LC_CTYPE, "C.UTF-8")) {
        skip(4, "there is no locale C.UTF-8");
        return;
    }
    for (size_t i = 0; i < GP_COUNT(tests); i++)
        is_int((intmax_t)gp_text_width(tests[i].text, strlen(tests[i].text)), (intmax_t)tests[i].width, "width of %s",
               tests[i].text);
    setlocale(LC_CTYPE, "C");
    is_int((intmax_t)gp_text_width("\xe6\xbc\xa2\xe5\xad\x97", 6), 2, "without UTF-8 a character is a column");
}

static void test_compare(void)
{
    is_int(gp_ascii_lower('Q'), 'q', "lower");
    is_int(gp_ascii_upper('q'), 'Q', "upper");
    is_int(gp_ascii_lower((char)0xc4), (char)0xc4, "beyond ASCII there is no case");
    ok(gp_ascii_equal_fold(GP_STR("Glb/Flag"), GP_STR("GLB/fLAG")), "folded comparison");
    ok(!gp_ascii_equal_fold(GP_STR("a@"), GP_STR("a`")), "@ and ` are no letters");
    ok(!gp_ascii_equal_fold(GP_STR("a"), GP_STR("ab")), "lengths differ");
    ok(gp_str_equal((struct gp_str){NULL, 0}, GP_STR("")), "empty strings are equal");
    ok(gp_str_is(GP_STR("abc"), "abc") && !gp_str_is(GP_STR("abc"), "ab") && !gp_str_is(GP_STR("ab"), "abc"), "is");
    ok(gp_str_compare(GP_STR("a"), GP_STR("b")) < 0 && gp_str_compare(GP_STR("ab"), GP_STR("a")) > 0 &&
           gp_str_compare(GP_STR("a"), GP_STR("a")) == 0 && gp_str_compare(GP_STR("\xff"), GP_STR("a")) > 0,
       "byte order");
}

static void test_nearest(void)
{
    static const struct row {
        int number;
        const char *name;
    } rows[] = {{1, "operations"}, {2, "conditions"}, {3, NULL}, {4, "states"}, {5, "state"}, {6, "all"}, {7, "of"},
                {8, "queue-drained"}, {9, "no-wet-paper"}, {10, "paper-feed"}, {11, "log"}};
    static const struct {
        const char *word, *nearest;
    } tests[] = {
        {"operatons", "operations"}, {"oeprations", "operations"}, {"OPERATIONS", "operations"},
        {"condition", "conditions"}, {"stat", "state"},            {"staets", "states"},
        {"al", NULL},                {"OF", "of"},                 {"xyzzy", NULL},
        {"", NULL},                  {"a", NULL},                  {"ations", NULL},
        {"drained", "queue-drained"}, {"queue", "queue-drained"},  {"is-queue-drained-now", NULL},
        {"drained-it", NULL},        {"queue-drained-before-noon", "queue-drained"}, {"paper", NULL},
        {"feed", "paper-feed"},      {"ueue", NULL},               {"wet", NULL},
        {"small-log", NULL},         {"-drained", NULL},
    };
    char word[200];

    for (size_t i = 0; i < GP_COUNT(tests); i++)
        is_str(gp_text_nearest((struct gp_str){tests[i].word, strlen(tests[i].word)}, &rows[0].name, GP_COUNT(rows),
                               sizeof(rows[0])),
               tests[i].nearest, "nearest to '%s'", tests[i].word);
    memset(word, 'a', sizeof(word));
    word[199] = '\0';
    const char *candidate = word + 103, *shorter = word + 104;
    is_str(gp_text_nearest((struct gp_str){word, 96}, &candidate, 1, sizeof(candidate)), candidate, "a long word");
    ok(!gp_text_nearest((struct gp_str){word, 97}, &shorter, 1, sizeof(shorter)), "a word that is too long");
    candidate = word;
    ok(!gp_text_nearest((struct gp_str){word, 96}, &candidate, 1, sizeof(candidate)), "a candidate that is too long");
}

static void test_fold(void)
{
    static const struct {
        const char *text, *folded;
        bool gaps;
    } tests[] = {
        {"This post office cannot be updated.", "thispostofficecannotbeupdated", true},
        {"Drive \xe2\x80\xa6: full", "drive\1full", true},
        {"Drive ...: \xe2\x80\xa6 7", "drive\1" "7", true},
        {"Drive ...: \xe2\x80\xa6 7", "drive7", false},
        {".. \xc3\x84!", "", true},
        {"...a....", "\1a\1", true},
    };
    static const struct {
        uint64_t value;
        const char *text;
    } numbers[] = {{0, "0"},           {999, "999"},           {1000, "1,000"}, {1234567, "1,234,567"},
                   {100000, "100,000"}, {UINT64_MAX, "18,446,744,073,709,551,615"}};

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        struct gp_strbuf out = {0};
        gp_text_fold(&out, (struct gp_str){tests[i].text, strlen(tests[i].text)}, tests[i].gaps);
        is_str(gp_strbuf_text(&out), tests[i].folded, "fold '%s'", tests[i].text);
        gp_strbuf_done(&out);
    }
    for (size_t i = 0; i < GP_COUNT(numbers); i++) {
        struct gp_strbuf out = {0};
        gp_text_grouped(&out, numbers[i].value);
        is_str(gp_strbuf_text(&out), numbers[i].text, "grouped %s", numbers[i].text);
        gp_strbuf_done(&out);
    }
}

static void test_reasons(void)
{
    static const struct {
        int error;
        enum gp_reason reason;
    } tests[] = {
        {0, GP_REASON_NONE},         {EACCES, GP_REASON_NO_PERMISSION}, {-EPERM, GP_REASON_NO_PERMISSION},
        {EIO, GP_REASON_IO_ERROR},   {-ELOOP, GP_REASON_LINK},          {ENOMEM, GP_REASON_LIMIT},
        {EMFILE, GP_REASON_LIMIT},   {ESTALE, GP_REASON_CHANGED},       {ENOENT, GP_REASON_CHANGED},
        {EBADF, GP_REASON_IO_ERROR}, {ENAMETOOLONG, GP_REASON_LIMIT},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++)
        is_str(gp_reason_name(gp_reason_of_errno(tests[i].error)), gp_reason_name(tests[i].reason),
               "reason of errno %d", tests[i].error);
    is_str(gp_reason_name(GP_REASON_UNDOCUMENTED), "undocumented", "the last reason's name");
    is_str(gp_reason_words(GP_REASON_LINK), "it is a symbolic link, and links are never followed", "words");
    is_str(gp_reason_name((enum gp_reason)1000), "", "no such reason");
}

int main(void)
{
    test_utf8();
    test_escape();
    test_width();
    test_compare();
    test_nearest();
    test_fold();
    test_reasons();
    return done_testing();
}
