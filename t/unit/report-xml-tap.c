/* What XML and TAP need escaped: a reader gets the text back, or sees what could not be written. */
#include <string.h>

#include "report/tap.h"
#include "report/xml.h"
#include "tap.h"

static const struct {
    const char *name;
    struct gp_str text;
    const char *element, *attribute; /* attribute NULL: the same */
} xml[] = {
    {"nothing", {"", 0}, "", NULL},
    {"plain", {"a b", 3}, "a b", NULL},
    {"markup", {"<a href=\"x\">&'", 14}, "&lt;a href=&quot;x&quot;&gt;&amp;&apos;", NULL},
    {"the end of a CDATA section", {"]]>", 3}, "]]&gt;", NULL},
    {"an entity", {"&amp;", 5}, "&amp;amp;", NULL},
    {"letters beyond ASCII", {"M\xc3\xbcller \xf0\x9f\x93\xab", 12}, "M\xc3\xbcller \xf0\x9f\x93\xab", NULL},
    {"a newline and a tab", {"a\n\tb", 4}, "a\n\tb", "a&#xa;&#x9;b"},
    {"a carriage return", {"a\rb", 3}, "a&#xd;b", NULL},
    {"an escape, which XML cannot hold", {"\033[1m", 4}, "\\x1b[1m", NULL},
    {"a NUL", {"a\0b", 3}, "a\\x00b", NULL},
    {"DEL and C1, which a terminal may act on", {"\x7f\xc2\x9b", 3}, "&#x7f;&#x9b;", NULL},
    {"a character that turns the line around", {"\xe2\x80\xae", 3}, "&#x202e;", NULL},
    {"what is no character", {"\xef\xbf\xbe\xef\xbf\xbf", 6}, "\\u{fffe}\\u{ffff}", NULL},
    {"bytes that are no UTF-8", {"\xff\xc3", 2}, "\\xff\\xc3", NULL},
    {"a surrogate", {"\xed\xa0\x80", 3}, "\\xed\\xa0\\x80", NULL},
};

static const struct {
    const char *name;
    struct gp_str text;
    const char *description, *yaml;
} tap[] = {
    {"plain", {"a b", 3}, "a b", "a b"},
    {"a directive", {"x # SKIP it", 11}, "x \\# SKIP it", "x # SKIP it"},
    {"a backslash", {"a\\b", 3}, "a\\\\b", "a\\\\b"},
    {"a newline that would begin a test", {"a\nok 7", 6}, "a\\\\x0aok 7", "a\\nok 7"},
    {"quotes", {"say \"no\"", 8}, "say \"no\"", "say \\\"no\\\""},
    {"an escape", {"\033[1m", 4}, "\\\\x1b[1m", "\\x1b[1m"},
    {"a tab", {"a\tb", 3}, "a\\\\x09b", "a\\tb"},
    {"a NUL", {"a\0b", 3}, "a\\\\x00b", "a\\x00b"},
    {"a character that turns the line around", {"\xe2\x80\xae", 3}, "\\\\u{202e}", "\\u202e"},
    {"one beyond 16 bits", {"\xf3\xa0\x80\x81", 4}, "\\\\u{e0001}", "\\U000e0001"},
    {"letters beyond ASCII", {"M\xc3\xbcller", 7}, "M\xc3\xbcller", "M\xc3\xbcller"},
    {"bytes that are no UTF-8", {"a\xff", 2}, "a\\\\xff", "a\\\\xff"},
};

static void test_xml(void)
{
    struct gp_strbuf out = {0}, want = {0};

    for (size_t i = 0; i < GP_COUNT(xml); i++) {
        gp_strbuf_reset(&out);
        gp_xml_text(&out, xml[i].text);
        is_str(gp_strbuf_text(&out), xml[i].element, "XML text: %s", xml[i].name);
        gp_strbuf_reset(&out);
        gp_strbuf_reset(&want);
        gp_xml_attribute(&out, "n", xml[i].text);
        gp_strbuf_printf(&want, " n=\"%s\"", xml[i].attribute ? xml[i].attribute : xml[i].element);
        is_str(gp_strbuf_text(&out), gp_strbuf_text(&want), "XML attribute: %s", xml[i].name);
    }
    gp_strbuf_reset(&out);
    gp_xml_begin(&out);
    gp_xml_attribute_number(&out, "tests", 12);
    is_str(gp_strbuf_text(&out), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n tests=\"12\"", "declaration and number");
    gp_strbuf_done(&out);
    gp_strbuf_done(&want);
}

static void test_tap(void)
{
    struct gp_strbuf out = {0}, want = {0};

    for (size_t i = 0; i < GP_COUNT(tap); i++) {
        gp_strbuf_reset(&out);
        gp_strbuf_reset(&want);
        gp_tap_test(&out, i % 2 == 0, i + 1, tap[i].text, NULL);
        gp_strbuf_printf(&want, "%sok %zu - %s\n", i % 2 == 0 ? "" : "not ", i + 1, tap[i].description);
        is_str(gp_strbuf_text(&out), gp_strbuf_text(&want), "TAP line: %s", tap[i].name);
        gp_strbuf_reset(&out);
        gp_strbuf_reset(&want);
        gp_tap_yaml_text(&out, 0, "key", tap[i].text);
        gp_strbuf_printf(&want, "  key: \"%s\"\n", tap[i].yaml);
        is_str(gp_strbuf_text(&out), gp_strbuf_text(&want), "TAP YAML: %s", tap[i].name);
    }
    gp_strbuf_done(&out);
    gp_strbuf_done(&want);
}

/* A whole stream, as the head of tap.h has it. */
static void test_tap_stream(void)
{
    struct gp_strbuf out = {0};

    gp_tap_begin(&out, 2);
    gp_tap_test(&out, true, 1, GP_STR("first"), "no\ndisk");
    gp_tap_test(&out, false, 2, GP_STR("second"), NULL);
    gp_tap_yaml_begin(&out);
    gp_tap_yaml_key(&out, 0, "list");
    gp_tap_yaml_key(&out, 1, NULL);
    gp_tap_yaml_text(&out, 2, "message", GP_STR("wrong"));
    gp_tap_yaml_number(&out, 2, "line", 7);
    gp_tap_yaml_text(&out, 1, NULL, GP_STR("alone"));
    gp_tap_yaml_end(&out);
    gp_tap_comment(&out, GP_STR("a\nb"));
    is_str(gp_strbuf_text(&out),
           "TAP version 14\n1..2\n"
           "ok 1 - first # SKIP no\\x0adisk\n"
           "not ok 2 - second\n"
           "  ---\n  list:\n    -\n      message: \"wrong\"\n      line: 7\n    - \"alone\"\n  ...\n"
           "# a\\x0ab\n",
           "a stream");
    gp_strbuf_done(&out);
}

int main(void)
{
    test_xml();
    test_tap();
    test_tap_stream();
    return done_testing();
}
