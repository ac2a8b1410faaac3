/*
 * Arena, vector, string buffer, string map.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"
#include "util/arena.h"
#include "util/hash.h"
#include "util/strbuf.h"
#include "util/strmap.h"
#include "util/text.h"
#include "util/vec.h"

static bool all_zero(const char *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (data[i])
            return false;
    return true;
}

static void test_arena(void)
{
    static const size_t sizes[] = {0, 1, 7, 8, 100, 1000, 1025, 5000, 100000, 3, 2000000, 16};
    struct gp_arena *arena = gp_arena_new(0);
    char *objects[GP_COUNT(sizes)];
    bool aligned = true, zero = true, apart = true;

    gp_arena_free(NULL);
    for (size_t i = 0; i < GP_COUNT(sizes); i++) {
        objects[i] = gp_arena_alloc(arena, sizes[i]);
        aligned = aligned && (uintptr_t)objects[i] % _Alignof(uint64_t) == 0 &&
                  (uintptr_t)objects[i] % _Alignof(void *) == 0;
        zero = zero && all_zero(objects[i], sizes[i]);
        memset(objects[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < GP_COUNT(sizes); i++)
        for (size_t at = 0; at < sizes[i]; at++)
            apart = apart && objects[i][at] == (char)(i + 1);
    ok(aligned, "objects are aligned");
    ok(zero, "memory is zeroed");
    ok(apart, "objects do not overlap");
    ok(objects[0] != objects[1], "an object of no bytes has an address of its own");
    is_str(gp_arena_strdup(arena, "abc"), "abc", "strdup");
    is_str(gp_arena_memdup(arena, "abcdef", 3), "abc", "memdup ends with a NUL");
    is_str(gp_arena_memdup(arena, NULL, 0), "", "memdup of nothing");
    is_str(gp_arena_printf(arena, "%s-%d", "x", 7), "x-7", "printf");
    ok(!gp_arena_calloc(arena, SIZE_MAX / 2, 3), "an overflowing product is no memory");
    ok(!gp_arena_alloc(arena, SIZE_MAX - 8), "nor is all of memory");
    gp_arena_free(arena);
}

static void test_limit(void)
{
    struct gp_arena *arena = gp_arena_new(1000);
    size_t used = 0;

    ok(!gp_arena_alloc(arena, 1001), "one byte more than the limit");
    ok(gp_arena_alloc(arena, 990), "less than the limit");
    used = gp_arena_used(arena);
    ok(!gp_arena_alloc(arena, 11), "one byte more than is left");
    is_int((intmax_t)gp_arena_used(arena), (intmax_t)used, "a refusal takes nothing");
    ok(gp_arena_alloc(arena, 10), "exactly what is left");
    ok(!gp_arena_strdup(arena, ""), "nothing is left");
    gp_arena_free(arena);
}

static void test_vec(void)
{
    struct gp_arena *arena = gp_arena_new(0), *small = gp_arena_new(64);
    GP_VEC(int) ints = {0};
    GP_VEC(int) few = {0};
    bool right = true;
    int r = 0, pushed = 0;

    for (int i = 0; i < 1000; i++)
        right = gp_vec_push(arena, &ints, i * i) == 0 && right;
    for (int i = 0; i < 1000; i++)
        right = right && ints.data[i] == i * i;
    ok(right && ints.count == 1000, "a thousand pushes");
    while ((r = gp_vec_push(small, &few, 42)) == 0)
        pushed++;
    is_int(r, -ENOMEM, "a vector without memory");
    is_int((intmax_t)few.count, pushed, "keeps its count");
    is_int(few.data[pushed - 1], 42, "and its elements");
    gp_arena_free(small);
    gp_arena_free(arena);
}

static void test_strbuf(void)
{
    struct gp_strbuf buf = {0};

    is_str(gp_strbuf_text(&buf), "", "an empty buffer is the empty string");
    gp_strbuf_add(&buf, "ab");
    gp_strbuf_add_mem(&buf, "cdef", 2);
    gp_strbuf_add_char(&buf, '-');
    gp_strbuf_add_repeat(&buf, 'x', 3);
    gp_strbuf_printf(&buf, "[%05d|%s]", 42, "y");
    is_str(gp_strbuf_text(&buf), "abcd-xxx[00042|y]", "appends");
    is_int((intmax_t)buf.len, 17, "length");
    gp_strbuf_reset(&buf);
    is_str(gp_strbuf_text(&buf), "", "reset");
    for (int i = 0; i < 1000; i++)
        gp_strbuf_printf(&buf, "%d,", i % 10);
    ok(buf.len == 2000 && memcmp(buf.data + 1996, "8,9,", 5) == 0, "growth through printf");
    gp_strbuf_add_repeat(&buf, 'x', SIZE_MAX - 100);
    ok(!gp_strbuf_ok(&buf), "more than there is");
    gp_strbuf_add(&buf, "more");
    is_int((intmax_t)buf.len, 2000, "failure is sticky");
    gp_strbuf_reset(&buf);
    ok(!gp_strbuf_ok(&buf), "also over a reset");
    gp_strbuf_done(&buf);
    ok(gp_strbuf_ok(&buf) && !buf.data && !buf.len, "done");
}

static struct gp_str key_of(struct gp_arena *arena, unsigned i)
{
    const char *key = gp_arena_printf(arena, "%s%u", i % 2 ? "Key-" : "k", i);

    return (struct gp_str){key, strlen(key)};
}

static void test_strmap_of(unsigned count)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_strmap map = {0};
    unsigned *numbers = GP_NEW_ARRAY(arena, unsigned, count + 1);
    bool right = true;

    for (unsigned i = 0; i < count; i++) {
        numbers[i] = i;
        right = gp_strmap_put(arena, &map, key_of(arena, i), &numbers[i]) == 0 && right;
    }
    for (unsigned i = 0; i < count; i++)
        right = right && gp_strmap_get(&map, key_of(arena, i)) == &numbers[i] && map.entries[i].value == &numbers[i];
    ok(right && map.count == count, "%u keys are found, in order", count);
    ok(!gp_strmap_get0(&map, "other") && !gp_strmap_get0(&map, ""), "others are not, among %u", count);
    right = !count || (gp_strmap_put(arena, &map, key_of(arena, count / 2), &numbers[count]) == 0 &&
                       gp_strmap_get(&map, key_of(arena, count / 2)) == &numbers[count] && map.count == count);
    ok(right, "a value is replaced among %u", count);
    gp_arena_free(arena);
}

static void test_strmap(void)
{
    static const unsigned counts[] = {0, 1, 7, 8, 9, 20, 21, 22, 1000, 50000};
    struct gp_arena *arena = gp_arena_new(0), *small = gp_arena_new(200);
    struct gp_strmap folded = {.fold = true}, exact = {0}, full = {0};
    int value = 0, r;

    for (size_t i = 0; i < GP_COUNT(counts); i++)
        test_strmap_of(counts[i]);
    for (unsigned i = 0; i < 40; i++) {
        r = gp_strmap_put(arena, &folded, key_of(arena, i), &value);
        r = r < 0 ? r : gp_strmap_put(arena, &exact, key_of(arena, i), &value);
        if (r < 0)
            bail("out of memory");
        if (i == 4 || i == 39) {
            ok(gp_strmap_get0(&folded, "KEY-3") == &value, "a folding map of %u", i + 1);
            ok(!gp_strmap_get0(&exact, "KEY-3"), "an exact map of %u", i + 1);
        }
    }
    is_str(gp_strmap_find(&folded, GP_STR("kEY-3"))->key.data, "Key-3", "keeps the key as it came");
    ok(gp_strmap_put(arena, &exact, (struct gp_str){"a\0b", 3}, &value) == 0 &&
           !gp_strmap_get(&exact, (struct gp_str){"a\0c", 3}) && !gp_strmap_get0(&exact, "a") &&
           gp_strmap_get(&exact, (struct gp_str){"a\0b", 3}),
       "keys are bytes");
    ok(gp_strmap_put(arena, &exact, (struct gp_str){NULL, 0}, &value) == 0 && gp_strmap_get0(&exact, "") == &value,
       "the empty key");
    for (r = 0; r == 0 && full.count < 1000;)
        r = gp_strmap_put(small, &full, key_of(arena, (unsigned)full.count), &value);
    ok(r == -ENOMEM && full.count && gp_strmap_get(&full, key_of(arena, 0)) == &value,
       "a map without memory still works");
    gp_arena_free(small);
    gp_arena_free(arena);
}

static void test_hash(void)
{
    static const char text[] = "The Quick Brown Fox jumps over it";
    bool folded = true, distinct = true;
    char upper[sizeof(text)];

    for (size_t i = 0; i < sizeof(text); i++)
        upper[i] = gp_ascii_upper(text[i]);
    for (size_t len = 0; len < sizeof(text); len++) {
        uint64_t hash = gp_hash((struct gp_str){text, len}, 0, false);
        folded = folded &&
                 gp_hash((struct gp_str){text, len}, 1, true) == gp_hash((struct gp_str){upper, len}, 1, true);
        distinct = distinct && hash != gp_hash((struct gp_str){text, len}, 1, false) &&
                   hash != gp_hash((struct gp_str){text, len + 1}, 0, false) &&
                   hash == gp_hash((struct gp_str){text, len}, 0, false);
    }
    ok(folded, "case does not matter to a folding hash");
    ok(distinct, "length and salt matter to every hash");
    ok(gp_hash((struct gp_str){"a", 1}, 0, false) != gp_hash((struct gp_str){"a\0", 2}, 0, false), "so does a NUL");
}

int main(void)
{
    test_arena();
    test_limit();
    test_vec();
    test_strbuf();
    test_strmap();
    test_hash();
    return done_testing();
}
