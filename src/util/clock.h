/*
 * Time as Gatepost reads and writes it: UTC, RFC 3339.
 */
#ifndef GP_UTIL_CLOCK_H
#define GP_UTIL_CLOCK_H

#include <time.h>

#include "util/base.h"

#define GP_TIME_SIZE sizeof("2027-01-31T12:34:56Z")
#define GP_TIME_EXACT_SIZE sizeof("2027-01-31T12:34:56.123456789Z")

struct timespec gp_clock_now(void);
/* "2027-01-31T12:34:56Z" */
void gp_time_format(struct timespec time, char ret_text[GP_TIME_SIZE]);
/* The same time to the nanosecond: "2027-01-31T12:34:56.123456789Z", without a fraction where there is none.
 * gp_time_parse() reads it back as it was. */
void gp_time_format_exact(struct timespec time, char ret_text[GP_TIME_EXACT_SIZE]);
/* A date ("2027-01-31", its first second) or a time ("2027-01-31T12:34:56Z", fractions and offsets allowed).  0 or
 * -EINVAL. */
int gp_time_parse(struct gp_str text, struct timespec *ret_time) GP_MUST_CHECK;
/* "90 s" "15 min" "1 h" "7 d" (the space may be missing) in seconds, at most INT64_MAX; 0, -EINVAL or -ERANGE. */
int gp_duration_parse(struct gp_str text, uint64_t *ret_seconds) GP_MUST_CHECK;
/* 5400 as "90 min"; the largest unit that divides. */
void gp_duration_format(uint64_t seconds, char *ret_text, size_t size);

#endif
