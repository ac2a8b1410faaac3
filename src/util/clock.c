#include "util/clock.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "util/number.h"
#include "util/text.h"

static const struct gp_unit units[] = {{"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}}; /* largest first */

struct timespec gp_clock_now(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_REALTIME, &now);
    return now;
}

void gp_time_format(struct timespec time, char ret_text[GP_TIME_SIZE])
{
    struct tm tm;
    char text[96]; /* for any numbers that a struct tm can hold */

    if (!gmtime_r(&time.tv_sec, &tm) || tm.tm_year > 9999 - 1900) {
        memcpy(ret_text, "9999-12-31T23:59:59Z", GP_TIME_SIZE);
    } else if (tm.tm_year < 0 - 1900) {
        memcpy(ret_text, "0000-01-01T00:00:00Z", GP_TIME_SIZE);
    } else {
        snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                 tm.tm_hour, tm.tm_min, tm.tm_sec);
        memcpy(ret_text, text, GP_TIME_SIZE);
    }
}

void gp_time_format_exact(struct timespec time, char ret_text[GP_TIME_EXACT_SIZE])
{
    char whole[GP_TIME_SIZE];
    unsigned long nanoseconds = (unsigned long)time.tv_nsec % 1000000000;

    gp_time_format(time, whole);
    if (nanoseconds)
        snprintf(ret_text, GP_TIME_EXACT_SIZE, "%.*s.%09luZ", (int)(GP_TIME_SIZE - sizeof("Z")), whole, nanoseconds);
    else
        memcpy(ret_text, whole, GP_TIME_SIZE);
}

/* Takes exactly `digits` digits away; false if they are not there or the number is not within the bounds. */
static bool take_number(struct gp_str *text, size_t digits, int least, int most, int *ret_number)
{
    int number = 0;

    if (text->len < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        if (text->data[i] < '0' || text->data[i] > '9')
            return false;
        number = 10 * number + (text->data[i] - '0');
    }
    if (number < least || number > most)
        return false;
    *text = (struct gp_str){text->data + digits, text->len - digits};
    *ret_number = number;
    return true;
}

static bool take_char(struct gp_str *text, char c)
{
    if (!text->len || gp_ascii_upper(text->data[0]) != c)
        return false;
    *text = (struct gp_str){text->data + 1, text->len - 1};
    return true;
}

static bool leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static const int days_before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

/* Days from 1970-01-01 to a date. */
static int64_t days_to(int year, int month, int day)
{
    int past = year - 1; /* leap days are those of the years before, and this year's once February is over */
    int64_t leap_days = year > 0 ? past / 4 - past / 100 + past / 400 + 1 : 0; /* the year 0 is one */

    if (month > 2 && leap(year))
        leap_days++;
    return 365 * (int64_t)year + leap_days + days_before[month - 1] + day - 1 - 719528;
}

static bool take_date(struct gp_str *text, int64_t *ret_days)
{
    int year, month, day;

    if (!take_number(text, 4, 0, 9999, &year) || !take_char(text, '-') || !take_number(text, 2, 1, 12, &month) ||
        !take_char(text, '-'))
        return false;
    int last = days_before[month] - days_before[month - 1] + (month == 2 && leap(year));
    if (!take_number(text, 2, 1, last, &day))
        return false;
    *ret_days = days_to(year, month, day);
    return true;
}

/* ".25": digits beyond nanoseconds are dropped. */
static bool take_fraction(struct gp_str *text, long *ret_nanoseconds)
{
    long value = 0, weight = 100000000;
    size_t at = 0;

    *ret_nanoseconds = 0;
    if (!take_char(text, '.'))
        return true;
    for (; at < text->len && text->data[at] >= '0' && text->data[at] <= '9'; at++, weight /= 10)
        value += weight * (text->data[at] - '0');
    *text = (struct gp_str){text->data + at, text->len - at};
    *ret_nanoseconds = value;
    return at > 0;
}

/* "Z" or "+02:00", in seconds. */
static bool take_zone(struct gp_str *text, int *ret_offset)
{
    int hours, minutes, sign = 1;

    *ret_offset = 0;
    if (take_char(text, 'Z'))
        return true;
    if (take_char(text, '-'))
        sign = -1;
    else if (!take_char(text, '+'))
        return false;
    if (!take_number(text, 2, 0, 23, &hours) || !take_char(text, ':') || !take_number(text, 2, 0, 59, &minutes))
        return false;
    *ret_offset = sign * (3600 * hours + 60 * minutes);
    return true;
}

int gp_time_parse(struct gp_str text, struct timespec *ret_time)
{
    int64_t days;
    int hour = 0, minute = 0, second = 0, offset = 0;
    long nanoseconds = 0;

    if (!take_date(&text, &days))
        return -EINVAL;
    bool date_alone = text.len == 0;
    if (!date_alone &&
        (!take_char(&text, 'T') || !take_number(&text, 2, 0, 23, &hour) || !take_char(&text, ':') ||
         !take_number(&text, 2, 0, 59, &minute) || !take_char(&text, ':') ||
         !take_number(&text, 2, 0, 60, &second) || /* 60: a leap second */
         !take_fraction(&text, &nanoseconds) || !take_zone(&text, &offset) || text.len))
        return -EINVAL;
    int64_t seconds = 86400 * days + 3600 * hour + 60 * minute + second - offset;
    if ((time_t)seconds != seconds)
        return -EINVAL; /* a time_t of 32 bits */
    *ret_time = (struct timespec){.tv_sec = (time_t)seconds, .tv_nsec = nanoseconds};
    return 0;
}

int gp_duration_parse(struct gp_str text, uint64_t *ret_seconds)
{
    uint64_t count, factor, seconds;
    int r = gp_number_take(&text, false, &count);

    if (r == -EINVAL || gp_unit_take(text, units, GP_COUNT(units), &factor) < 0)
        return -EINVAL;
    if (r < 0 || __builtin_mul_overflow(count, factor, &seconds) || seconds > INT64_MAX)
        return -ERANGE;
    *ret_seconds = seconds;
    return 0;
}

void gp_duration_format(uint64_t seconds, char *ret_text, size_t size)
{
    const struct gp_unit *unit = &units[GP_COUNT(units) - 1];

    for (size_t i = GP_COUNT(units); seconds && i-- > 0;)
        if (seconds % units[i].factor == 0)
            unit = &units[i];
    snprintf(ret_text, size, "%llu %s", (unsigned long long)(seconds / unit->factor), unit->name);
}
