/*
 * Integers, sizes, bytes, times and durations as rule files write them; digests.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "tap.h"
#include "util/clock.h"
#include "util/digest.h"
#include "util/number.h"

static struct gp_str str(const char *text)
{
    return (struct gp_str){text, strlen(text)};
}

static void test_ints(void)
{
    static const struct {
        const char *text;
        int r;
        int64_t value;
    } tests[] = {
        {"0", 0, 0},
        {"-0", 0, 0},
        {"42", 0, 42},
        {"-42", 0, -42},
        {"0x94", 0, 0x94},
        {"0x00fF", 0, 255},
        {"-0x10", 0, -16},
        {"9223372036854775807", 0, INT64_MAX},
        {"9223372036854775808", -ERANGE, 0},
        {"-9223372036854775808", 0, INT64_MIN},
        {"-9223372036854775809", -ERANGE, 0},
        {"0x7fffffffffffffff", 0, INT64_MAX},
        {"0x8000000000000000", -ERANGE, 0},
        {"18446744073709551616", -ERANGE, 0},
        {"99999999999999999999999", -ERANGE, 0},
        {"99999999999999999999999x", -EINVAL, 0},
        {"010", -EINVAL, 0},
        {"00", -EINVAL, 0},
        {"-01", -EINVAL, 0},
        {"", -EINVAL, 0},
        {"-", -EINVAL, 0},
        {"--1", -EINVAL, 0},
        {"+1", -EINVAL, 0},
        {" 1", -EINVAL, 0},
        {"1 ", -EINVAL, 0},
        {"1_000", -EINVAL, 0},
        {"1.0", -EINVAL, 0},
        {"1e3", -EINVAL, 0},
        {"0x", -EINVAL, 0},
        {"0X10", -EINVAL, 0},
        {"0xfg", -EINVAL, 0},
        {"0o17", -EINVAL, 0},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        int64_t value = 77;
        is_int(gp_int_parse(str(tests[i].text), &value), tests[i].r, "integer '%s'", tests[i].text);
        is_int(value, tests[i].r == 0 ? tests[i].value : 77, "its value");
    }
}

static void test_sizes(void)
{
    static const struct {
        const char *text;
        int r;
        uint64_t value;
    } tests[] = {
        {"0", 0, 0},
        {"586", 0, 586},
        {"0x94", 0, 0x94},
        {"0x1B", 0, 0x1b},
        {"10 B", 0, 10},
        {"64 KiB", 0, 65536},
        {"64KiB", 0, 65536},
        {"3 MiB", 0, 3145728},
        {"2 GiB", 0, 2147483648},
        {"8589934591 GiB", 0, 8589934591ull << 30},
        {"8589934592 GiB", -ERANGE, 0},
        {"9223372036854775807", 0, INT64_MAX},
        {"9223372036854775808", -ERANGE, 0},
        {"99999999999999999999 KiB", -ERANGE, 0},
        {"99999999999999999999 KB", -EINVAL, 0},
        {"-1", -EINVAL, 0},
        {"1 KB", -EINVAL, 0},
        {"1 kib", -EINVAL, 0},
        {"1  KiB", -EINVAL, 0},
        {"1 ", -EINVAL, 0},
        {"KiB", -EINVAL, 0},
        {"010", -EINVAL, 0},
        {"1.5 KiB", -EINVAL, 0},
        {"", -EINVAL, 0},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        uint64_t value = 77;
        is_int(gp_size_parse(str(tests[i].text), &value), tests[i].r, "size '%s'", tests[i].text);
        is_int((intmax_t)value, tests[i].r == 0 ? (intmax_t)tests[i].value : 77, "its value");
    }
}

static void test_bytes(void)
{
    static const struct {
        const char *text;
        int r;
        size_t len;
        const char *bytes;
    } tests[] = {
        {"hex:4d5a00", 0, 3, "MZ\0"},
        {"hex:fF", 0, 1, "\xff"},
        {"text:WGPO", 0, 4, "WGPO"},
        {"text: a", 0, 2, " a"},
        {"hex:", -EINVAL, 0, ""},
        {"hex:4", -EINVAL, 0, ""},
        {"hex:4g", -EINVAL, 0, ""},
        {"hex:4d 5a", -EINVAL, 0, ""},
        {"text:", -EINVAL, 0, ""},
        {"WGPO", -EINVAL, 0, ""},
        {"HEX:00", -EINVAL, 0, ""},
        {"", -EINVAL, 0, ""},
        {"hex", -EINVAL, 0, ""},
        {"0x4d5a", -EINVAL, 0, ""},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        char out[32];
        size_t len = 77;
        is_int(gp_bytes_parse(str(tests[i].text), out, &len), tests[i].r, "bytes '%s'", tests[i].text);
        if (tests[i].r == 0)
            ok(len == tests[i].len && memcmp(out, tests[i].bytes, len) == 0, "their value");
        else
            is_int((intmax_t)len, 77, "untouched");
    }
}

static void test_times(void)
{
    static const struct {
        const char *text;
        int r;
        int64_t seconds;
        long nanoseconds;
    } tests[] = {
        {"1970-01-01", 0, 0, 0},
        {"1970-01-01T00:00:00Z", 0, 0, 0},
        {"2027-01-31", 0, 1801353600, 0},
        {"2027-01-31T12:34:56Z", 0, 1801398896, 0},
        {"2027-01-31t12:34:56z", 0, 1801398896, 0},
        {"2027-01-31T12:34:56.25Z", 0, 1801398896, 250000000},
        {"2027-01-31T12:34:56.1234567891Z", 0, 1801398896, 123456789},
        {"2027-01-31T14:34:56+02:00", 0, 1801398896, 0},
        {"2027-01-31T07:04:56-05:30", 0, 1801398896, 0},
        {"2000-02-29", 0, 951782400, 0},
        {"2000-03-01", 0, 951868800, 0},
        {"2024-12-31", 0, 1735603200, 0},
        {"1969-12-31T23:59:59Z", 0, -1, 0},
        {"1600-02-29", 0, -11670998400, 0},
        {"0000-01-01", 0, -62167219200, 0},
        {"0000-03-01", 0, -62162035200, 0},
        {"0001-01-01", 0, -62135596800, 0},
        {"9999-12-31T23:59:59Z", 0, 253402300799, 0},
        {"2016-12-31T23:59:60Z", 0, 1483228800, 0},
        {"1900-02-29", -EINVAL, 0, 0},
        {"2027-02-29", -EINVAL, 0, 0},
        {"2027-04-31", -EINVAL, 0, 0},
        {"2027-13-01", -EINVAL, 0, 0},
        {"2027-00-01", -EINVAL, 0, 0},
        {"2027-01-00", -EINVAL, 0, 0},
        {"2027-1-31", -EINVAL, 0, 0},
        {"27-01-31", -EINVAL, 0, 0},
        {"2027-01-31T", -EINVAL, 0, 0},
        {"2027-01-31Z", -EINVAL, 0, 0},
        {"2027-01-31T12:34Z", -EINVAL, 0, 0},
        {"2027-01-31T12:34:56", -EINVAL, 0, 0},
        {"2027-01-31T12:34:56.Z", -EINVAL, 0, 0},
        {"2027-01-31T24:00:00Z", -EINVAL, 0, 0},
        {"2027-01-31T12:60:00Z", -EINVAL, 0, 0},
        {"2027-01-31T12:34:61Z", -EINVAL, 0, 0},
        {"2027-01-31T12:34:56+0200", -EINVAL, 0, 0},
        {"2027-01-31T12:34:56Zx", -EINVAL, 0, 0},
        {"2027-01-31 ", -EINVAL, 0, 0},
        {"", -EINVAL, 0, 0},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        struct timespec time = {.tv_sec = 77};
        is_int(gp_time_parse(str(tests[i].text), &time), tests[i].r, "time '%s'", tests[i].text);
        is_int(time.tv_sec, tests[i].r == 0 ? (intmax_t)tests[i].seconds : 77, "its seconds");
        is_int(time.tv_nsec, tests[i].nanoseconds, "its nanoseconds");
    }
}

static void test_time_format(void)
{
    static const struct {
        int64_t seconds;
        const char *text;
    } tests[] = {
        {0, "1970-01-01T00:00:00Z"},
        {1801398896, "2027-01-31T12:34:56Z"},
        {-1, "1969-12-31T23:59:59Z"},
        {253402300799, "9999-12-31T23:59:59Z"},
        {253402300800, "9999-12-31T23:59:59Z"},
        {-62167219201, "0000-01-01T00:00:00Z"},
        {INT64_MAX, "9999-12-31T23:59:59Z"},
    };
    char text[GP_TIME_SIZE];
    bool same = true;

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        gp_time_format((struct timespec){.tv_sec = (time_t)tests[i].seconds}, text);
        is_str(text, tests[i].text, "format %lld", (long long)tests[i].seconds);
    }
    for (int64_t seconds = -62167219200; seconds < 253402300799; seconds += 86400 * 11 + 4321) {
        struct timespec time;
        gp_time_format((struct timespec){.tv_sec = (time_t)seconds}, text);
        same = same && gp_time_parse(str(text), &time) == 0 && time.tv_sec == seconds;
    }
    ok(same, "what is written can be read, over ten thousand years");
    ok(gp_clock_now().tv_sec > 1700000000, "now");
}

static void test_time_format_exact(void)
{
    static const struct {
        int64_t seconds;
        long nanoseconds;
        const char *text;
    } tests[] = {
        {1801398896, 0, "2027-01-31T12:34:56Z"},
        {1801398896, 1, "2027-01-31T12:34:56.000000001Z"},
        {1801398896, 250000000, "2027-01-31T12:34:56.250000000Z"},
        {-1, 999999999, "1969-12-31T23:59:59.999999999Z"},
    };
    char text[GP_TIME_EXACT_SIZE];

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        const struct timespec time = {.tv_sec = (time_t)tests[i].seconds, .tv_nsec = tests[i].nanoseconds};
        struct timespec again = {0};
        gp_time_format_exact(time, text);
        is_str(text, tests[i].text, "format %s", tests[i].text);
        is_int(gp_time_parse(str(text), &again), 0, "it can be read");
        ok(again.tv_sec == time.tv_sec && again.tv_nsec == time.tv_nsec, "as it was");
    }
}

static void test_durations(void)
{
    static const struct {
        const char *text;
        int r;
        uint64_t seconds;
        const char *written;
    } tests[] = {
        {"90 s", 0, 90, "90 s"},
        {"90s", 0, 90, "90 s"},
        {"60 s", 0, 60, "1 min"},
        {"15 min", 0, 900, "15 min"},
        {"90 min", 0, 5400, "90 min"},
        {"1 h", 0, 3600, "1 h"},
        {"24 h", 0, 86400, "1 d"},
        {"7 d", 0, 604800, "7 d"},
        {"0 d", 0, 0, "0 s"},
        {"106751991167300 d", 0, 106751991167300ull * 86400, "106751991167300 d"},
        {"106751991167301 d", -ERANGE, 0, NULL},
        {"99999999999999999999 s", -ERANGE, 0, NULL},
        {"90", -EINVAL, 0, NULL},
        {"010 s", -EINVAL, 0, NULL},
        {"0x10 s", -EINVAL, 0, NULL},
        {"-1 s", -EINVAL, 0, NULL},
        {"1 m", -EINVAL, 0, NULL},
        {"1 H", -EINVAL, 0, NULL},
        {"1  h", -EINVAL, 0, NULL},
        {"1 h ", -EINVAL, 0, NULL},
        {"1 h 30 min", -EINVAL, 0, NULL},
        {"h", -EINVAL, 0, NULL},
        {"", -EINVAL, 0, NULL},
    };

    for (size_t i = 0; i < GP_COUNT(tests); i++) {
        uint64_t seconds = 77;
        char text[40];
        is_int(gp_duration_parse(str(tests[i].text), &seconds), tests[i].r, "duration '%s'", tests[i].text);
        is_int((intmax_t)seconds, tests[i].r == 0 ? (intmax_t)tests[i].seconds : 77, "its seconds");
        if (tests[i].r == 0) {
            gp_duration_format(seconds, text, sizeof(text));
            is_str(text, tests[i].written, "written again");
        }
    }
}

static void test_digest(void)
{
    static const char *const texts[] = {"", "abc"};
    static const char *const digests[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"};
    char text[GP_DIGEST_TEXT_SIZE];

    for (size_t i = 0; i < GP_COUNT(texts); i++) {
        gp_digest_of(texts[i], strlen(texts[i]), text);
        is_str(text, digests[i], "SHA-256 of '%s'", texts[i]);
    }
    struct gp_digest *digest = gp_digest_new();
    if (!digest)
        bail("out of memory");
    gp_digest_add(digest, "a", 1);
    gp_digest_add(digest, NULL, 0);
    gp_digest_add(digest, "bc", 2);
    gp_digest_text(digest, text);
    is_str(text, digests[1], "SHA-256 piece by piece");
    gp_digest_free(digest);
    gp_digest_free(NULL);
}

int main(void)
{
    test_ints();
    test_sizes();
    test_bytes();
    test_times();
    test_time_format();
    test_time_format_exact();
    test_durations();
    test_digest();
    return done_testing();
}
