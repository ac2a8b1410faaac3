/*
 * Integers and sizes as rule files write them.
 */
#ifndef GP_UTIL_NUMBER_H
#define GP_UTIL_NUMBER_H

#include "util/base.h"

/* Decimal or 0x…, an optional minus; a leading zero is an error.  0, -EINVAL, -ERANGE. */
int gp_int_parse(struct gp_str text, int64_t *ret_value) GP_MUST_CHECK;
/* An integer that is not negative, with an optional B, KiB, MiB or GiB (one space before it may be missing); at most
 * INT64_MAX bytes.  0, -EINVAL, -ERANGE. */
int gp_size_parse(struct gp_str text, uint64_t *ret_bytes) GP_MUST_CHECK;
/* hex:4d5a00 or text:hello, not empty, into `out` (room for text.len bytes); 0 or -EINVAL. */
int gp_bytes_parse(struct gp_str text, char *out, size_t *ret_len) GP_MUST_CHECK;

/* Takes the digits at the start of `*text` away (decimal, or 0x… with `hex`).  0, -EINVAL (nothing taken), -ERANGE. */
int gp_number_take(struct gp_str *text, bool hex, uint64_t *ret_value) GP_MUST_CHECK;

struct gp_unit {
    const char *name;
    uint64_t factor;
};

/* The unit that `text` names, with an optional space before it.  0 or -EINVAL. */
int gp_unit_take(struct gp_str text, const struct gp_unit *units, size_t count, uint64_t *ret_factor) GP_MUST_CHECK;

#endif
