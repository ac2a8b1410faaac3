/*
 * Globs and interned paths.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tap.h"
#include "util/glob.h"
#include "util/pathtab.h"
#include "util/text.h"

static struct gp_str str(const char *text)
{
    return (struct gp_str){text, strlen(text)};
}

static void test_matches(void)
{
    static const struct {
        const char *glob, *name;
        bool exact, folded;
    } tests[] = {
        {"MASTER.GLB", "MASTER.GLB", true, true},
        {"MASTER.GLB", "master.glb", false, true},
        {"MASTER.GLB", "MASTER.GLB2", false, false},
        {"*", "", true, true},
        {"*", ".hidden", true, true},
        {"*.GLB", "A.GLB", true, true},
        {"*.GLB", "A.glb", false, true},
        {"*.GLB", "A.GLB.GLB", true, true},
        {"*.GLB", "A.GLB.BAK", false, false},
        {"a*b*c", "abbbcbc", true, true},
        {"a*b*c", "abbbcb", false, false},
        {"*?*a", "xxa", true, true},
        {"a*", "a", true, true},
        {"?", "x", true, true},
        {"?", "", false, false},
        {"?", "xy", false, false},
        {"?", "\xc3\xa4", true, true},
        {"?", "\xe4", true, true},
        {"??", "\xe4\xc4", true, true},
        {"AT?", "AT0", true, true},
        {"[abc]", "b", true, true},
        {"[abc]", "B", false, true},
        {"[a-c]x", "bx", true, true},
        {"[A-C]x", "bx", false, true},
        {"[!a]", "a", false, false},
        {"[!a]", "A", true, false},
        {"[!a]", "b", true, true},
        {"[^0-9]", "5", false, false},
        {"[^0-9]", "x", true, true},
        {"[]]", "]", true, true},
        {"[!]]", "]", false, false},
        {"[!]]", "x", true, true},
        {"[]-a]", "_", true, true},
        {"[a-]", "-", true, true},
        {"[-a]", "-", true, true},
        {"[a-]", "b", false, false},
        {"[*]", "*", true, true},
        {"[*]", "x", false, false},
        {"[{]x", "{x", true, true},
        {"[,}]", ",", true, true},
        {"[\xc3\xa4-\xc3\xb6]", "\xc3\xa5", true, true},
        {"[\xc3\xa4]", "\xc3\xb6", false, false},
        {"[!a]", "\xff", true, true},
        {"[a-z]*[0-9].MB?", "k00012.MBG", true, true},
        {"*.{MDM,SCR}", "X.SCR", true, true},
        {"*.{MDM,SCR}", "X.MDM", true, true},
        {"*.{MDM,SCR}", "X.MD", false, false},
        {"*.{MDM,SCR}", "x.scr", false, true},
        {"{a,b}{c,d}", "bc", true, true},
        {"{a,b}{c,d}", "ab", false, false},
        {"x{,y}", "x", true, true},
        {"x{,y}", "xy", true, true},
        {"x{a,{b,c}d}y", "xcdy", true, true},
        {"x{a,{b,c}d}y", "xay", true, true},
        {"x{a,{b,c}d}y", "xcy", false, false},
        {"{[,],b}c", ",c", true, true},
        {"{[},],b}c", "}c", true, true},
        {"a,b", "a,b", true, true},
        {"a]b", "a]b", true, true},
    };
    struct gp_arena *arena = gp_arena_new(0);

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        struct gp_glob_part part = {0};
        struct gp_glob_error error = {0};
        if (!is_int(gp_glob_part_compile(arena, str(tests[i].glob), &part, &error), 0, "glob '%s'", tests[i].glob)) {
            diag("%s", error.message ? error.message : "?");
            continue;
        }
        is_int(gp_glob_part_match(&part, str(tests[i].name), false), tests[i].exact, "'%s' on '%s'", tests[i].glob,
               tests[i].name);
        is_int(gp_glob_part_match(&part, str(tests[i].name), true), tests[i].folded, "'%s' on '%s', folded",
               tests[i].glob, tests[i].name);
    }
    gp_arena_free(arena);
}

static void test_errors(void)
{
    static const struct {
        const char *glob, *message;
        size_t offset;
    } tests[] = {
        {"", "a component of a path is empty", 0},
        {".", "'.' names the whole tree and cannot be a part of a path", 0},
        {"..", "'..' would lead out of the tree", 0},
        {"a/b", "a component of a path cannot hold a '/'", 1},
        {"a[b", "'[' is not closed", 1},
        {"a[", "'[' is not closed", 1},
        {"**", "a glob goes one level; there is no '**'", 0},
        {"a**b", "a glob goes one level; there is no '**'", 1},
        {"*?***", "a glob goes one level; there is no '**'", 2},
        {"x{a*,**}", "a glob goes one level; there is no '**'", 5},
        {"a[]", "'[' is not closed", 1},
        {"a[!]", "'[' is not closed", 1},
        {"[a/b]", "'[…]' cannot hold a '/' or a NUL", 0},
        {"x[b-a]", "a range in '[…]' runs backwards", 1},
        {"*.{a,b", "'{' is not closed", 2},
        {"{a,{b,c}", "'{' is not closed", 0},
        {"{a,{b,c", "'{' is not closed", 3},
        {"*.a,b}", "'}' without a '{' (write [}] for the character)", 5},
        {"x{a}", "'{…}' needs at least two alternatives", 1},
        {"x{a,{b}}", "'{…}' needs at least two alternatives", 4},
        {"x{}", "'{…}' needs at least two alternatives", 1},
        {"{a,}", "an alternative is empty", 0},
        {"{a,..}", "'..' would lead out of the tree", 0},
        {".{.,a}", "'..' would lead out of the tree", 1},
        {"{a,b/c}", "a component of a path cannot hold a '/'", 4},
        {"{{{{{{{{{a,b},c},c},c},c},c},c},c},c}", "too many braces inside one another", 8},
        {"x{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "the braces stand for too many alternatives", 1},
    };
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_glob_part part = {.text = {"kept", 4}};
    struct gp_glob_error error;

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        error = (struct gp_glob_error){"", 77};
        is_int(gp_glob_part_compile(arena, str(tests[i].glob), &part, &error), -EINVAL, "'%s' is refused",
               tests[i].glob);
        is_str(error.message, tests[i].message, "with a message");
        is_int((intmax_t)error.offset, (intmax_t)tests[i].offset, "and a place");
    }
    is_int(gp_glob_part_compile(arena, (struct gp_str){"a\0b", 3}, &part, &error), -EINVAL, "a NUL is refused");
    is_str(part.text.data, "kept", "a part that was refused is untouched");
    gp_arena_free(arena);
}

static void test_limits(void)
{
    static char text[GP_GLOB_TEXT_MAX + 1];
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_glob_part part;
    struct gp_glob_error error;
    char wide[300] = "{0";
    size_t len = 2;

    is_int(gp_glob_part_compile(arena, str("x{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"), &part, &error), 0, "64 alternatives");
    is_int((intmax_t)part.alternative_count, 64, "are spelt out");
    ok(gp_str_is(part.alternatives[0], "xaaaaaa") && gp_str_is(part.alternatives[1], "xaaaaab") &&
           gp_str_is(part.alternatives[63], "xbbbbbb"),
       "in order");
    is_int(gp_glob_part_compile(arena, str("{{{{{{{{a,b},c},c},c},c},c},c},c}"), &part, &error), 0, "8 nested braces");
    for (int i = 1; i < 65; i++)
        len += (size_t)snprintf(wide + len, sizeof(wide) - len, ",%d", i);
    snprintf(wide + len, sizeof(wide) - len, "}");
    is_int(gp_glob_part_compile(arena, str(wide), &part, &error), -EINVAL, "65 alternatives in one pair of braces");
    snprintf(wide + len - 3, sizeof(wide) - len + 3, "}");
    is_int(gp_glob_part_compile(arena, str(wide), &part, &error), 0, "64 in one pair");
    memset(text, '*', sizeof(text));
    is_int(gp_glob_part_compile(arena, (struct gp_str){text, sizeof(text)}, &part, &error), -EINVAL, "a long text");
    for (size_t i = 1; i < sizeof(text); i += 2)
        text[i] = 'a';
    is_int(gp_glob_part_compile(arena, (struct gp_str){text, sizeof(text) - 1}, &part, &error), 0, "the longest text");
    static char name[4096];
    memset(name, 'a', sizeof(name));
    name[sizeof(name) - 1] = 'b';
    ok(!gp_glob_part_match(&part, (struct gp_str){name, sizeof(name)}, false), "2,048 stars on 4,096 letters");
    gp_arena_free(arena);
}

static void test_is(void)
{
    static const struct {
        const char *text;
        bool glob;
    } tests[] = {{"GLB", false}, {"*", true}, {"a?", true}, {"a[", true}, {"a{b", true}, {"a]}b,", false}, {"", false}};

    for (size_t i = 0; i < GP_COUNT(tests); i++)
        is_int(gp_glob_is(str(tests[i].text)), tests[i].glob, "'%s'", tests[i].text);
    ok(!gp_glob_is((struct gp_str){"\0", 1}), "a NUL is no glob character");
}

static void test_pathtab(void)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_pathtab *base = gp_pathtab_new(NULL);
    gp_path master = gp_pathtab_add_path(base, GP_STR("GLB/MASTER.GLB"));
    gp_path glb = gp_pathtab_parent(base, master);

    is_int(gp_pathtab_add_path(base, GP_STR(".")), GP_PATH_ROOT, "'.' is the root");
    is_str(gp_pathtab_text(base, GP_PATH_ROOT, arena), ".", "and is written so");
    is_int(gp_pathtab_parent(base, GP_PATH_ROOT), (intmax_t)GP_PATH_NONE, "above it there is nothing");
    is_int((intmax_t)gp_pathtab_name(base, GP_PATH_ROOT).len, 0, "it has no name");
    is_str(gp_pathtab_text(base, master, arena), "GLB/MASTER.GLB", "a path");
    is_str(gp_pathtab_text(base, glb, arena), "GLB", "its directory");
    is_int(gp_pathtab_parent(base, glb), GP_PATH_ROOT, "which is in the root");
    is_int(gp_pathtab_add(base, glb, GP_STR("MASTER.GLB")), master, "the same name is the same path");
    ok(gp_pathtab_add(base, glb, GP_STR("master.glb")) != master, "case matters");
    ok(gp_pathtab_add(base, GP_PATH_ROOT, GP_STR("MASTER.GLB")) != master, "so does the directory");
    is_int((intmax_t)gp_pathtab_count(base), 5, "count");
    is_int(gp_pathtab_find(base, glb, GP_STR("MASTER.GLB")), master, "find");
    is_int(gp_pathtab_find(base, glb, GP_STR("nothing")), (intmax_t)GP_PATH_NONE, "find nothing");
    is_int((intmax_t)gp_pathtab_count(base), 5, "which adds nothing");

    struct gp_pathtab *table = gp_pathtab_new(base);
    is_int((intmax_t)gp_pathtab_count(table), 5, "a continuation has what its base has");
    is_int(gp_pathtab_add_path(table, GP_STR("GLB/MASTER.GLB")), master, "under the same numbers");
    gp_path mail = gp_pathtab_add_path(table, GP_STR("GLB/MASTER.GLB/x"));
    is_int(mail, 5, "new ones follow");
    is_str(gp_pathtab_text(table, mail, arena), "GLB/MASTER.GLB/x", "and lead back into the base");
    is_int((intmax_t)gp_pathtab_count(base), 5, "which does not change");

    struct gp_pathtab *third = gp_pathtab_new(table);
    bool right = true;
    for (unsigned round = 0; round < 2; round++)
        for (unsigned i = 0; i < 20000; i++) {
            const char *path = gp_arena_printf(arena, "MAI/%x/%u.MAI", i % 16, i);
            gp_path number = gp_pathtab_add_path(third, str(path));
            right = right && strcmp(gp_pathtab_text(third, number, arena), path) == 0;
        }
    ok(right, "many paths");
    is_int((intmax_t)gp_pathtab_count(third), 6 + 1 + 16 + 20000, "each is there once");
    is_int(gp_pathtab_find(third, master, GP_STR("x")), mail, "a base's base");
    gp_pathtab_free(third);
    gp_pathtab_free(table);
    gp_pathtab_free(base);
    gp_pathtab_free(NULL);
    gp_arena_free(arena);
}

int main(void)
{
    test_matches();
    test_errors();
    test_limits();
    test_is();
    test_pathtab();
    return done_testing();
}
