/*
 * JSON: what is written is safe anywhere, what is read is checked.
 */
#include <stdlib.h>
#include <string.h>

#include "tap.h"
#include "util/json.h"

static void test_strings(void)
{
    static const struct {
        const char *text, *json;
    } tests[] = {
        {"plain", "\"plain\""},
        {"", "\"\""},
        {"q\"\\/", "\"q\\\"\\\\/\""},
        {"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", "\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\""},
        {"\033[2J\n", "\"\\u001B[2J\\n\""},
        {"\x7f", "\"\\u007F\""},
        {"a\xc2\x9b" "b", "\"a\\u009Bb\""},
        {"\xe2\x80\xae\xe2\x80\xa8", "\"\\u202E\\u2028\""},
        {"\xf3\xa0\x81\x81", "\"\\uDB40\\uDC41\""},
        {"bad \xff\xc3(", "\"bad \xef\xbf\xbd\xef\xbf\xbd(\""},
        {"\x81", "\"\xef\xbf\xbd\""},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        struct gp_strbuf out = {0};
        json_t *string = gp_json_string(tests[i].text, strlen(tests[i].text));
        gp_json_write(&out, string, 0);
        is_str(gp_strbuf_text(&out), tests[i].json, "string %zu", i);
        json_t *again = gp_json_read(gp_strbuf_text(&out), out.len);
        ok(json_equal(string, again), "is the same when read");
        json_decref(string);
        json_decref(again);
        gp_strbuf_done(&out);
    }
}

static void test_objects(void)
{
    struct gp_strbuf out = {0};
    json_t *object = json_object(), *array = json_array();

    ok(gp_json_set(object, "z", json_integer(1)), "set");
    ok(gp_json_set(object, "a", gp_json_string0(NULL)), "null");
    ok(gp_json_set(object, "m", gp_json_string("a\0b", 3)), "a string with a NUL");
    ok(gp_json_append(array, gp_json_string0("x")) && gp_json_append(array, json_true()), "append");
    ok(gp_json_set(object, "list", array), "an array");
    ok(gp_json_set(object, "k\xff\033", json_integer(2)), "a key that is not UTF-8");
    ok(gp_json_set(object, "z", json_integer(3)), "a key again");
    ok(!gp_json_set(object, "none", NULL) && !gp_json_append(array, NULL), "no memory for a value");
    gp_json_write(&out, object, 0);
    is_str(gp_strbuf_text(&out),
           "{\"z\":3,\"a\":null,\"m\":\"a\\u0000b\",\"list\":[\"x\",true],\"k\xef\xbf\xbd\\u001B\":2}",
           "keys keep their order");
    json_t *again = gp_json_read(gp_strbuf_text(&out), out.len);
    ok(json_equal(object, again), "the same when read");
    json_decref(again);
    gp_strbuf_reset(&out);
    gp_json_write(&out, array, 2);
    is_str(gp_strbuf_text(&out), "[\n  \"x\",\n  true\n]", "indented");
    out.failed = true;
    gp_json_write(&out, array, 2);
    ok(!gp_strbuf_ok(&out), "a buffer that failed stays so");
    gp_strbuf_done(&out);
    json_decref(object);
}

static void test_read(void)
{
    static const struct {
        const char *text;
        bool good;
    } tests[] = {
        {"{}", true},       {" [1, 2.5, null]\n", true}, {"7", true},        {"\"\\u0000\"", true}, {"", false},
        {"{", false},       {"{} {}", false},            {"[1,]", false},    {"{\"a\":1,\"a\":2}", false},
        {"\"\xff\"", false}, {"nul", false},              {"{'a':1}", false}, {"99999999999999999999", false},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        json_t *value = gp_json_read(tests[i].text, strlen(tests[i].text));
        is_int(value != NULL, tests[i].good, "'%s'", tests[i].text);
        json_decref(value);
    }
    ok(!gp_json_read("[1]", 2), "no byte beyond the end is read");
    ok(!gp_json_read(NULL, 0), "nothing is not JSON");
    enum { DEEP = 200000 };
    char *deep = malloc(DEEP);
    if (!deep)
        bail("out of memory");
    memset(deep, '[', DEEP);
    ok(!gp_json_read(deep, DEEP), "deep nesting is refused");
    free(deep);
}

int main(void)
{
    test_strings();
    test_objects();
    test_read();
    return done_testing();
}
