/*
 * PCRE2 in byte mode behind limits (match, depth and heap).  Hitting one is
 * never "no match".
 */
#ifndef GP_UTIL_REGEX_H
#define GP_UTIL_REGEX_H

#include "util/base.h"

struct gp_regex;

/* What went wrong with a pattern, and where. */
struct gp_regex_error {
    char message[128];
    size_t offset; /* bytes into the pattern */
};

enum gp_match { GP_MATCH_NO, GP_MATCH_YES, GP_MATCH_LIMIT };

void gp_regex_free(struct gp_regex *regex);
/* 0, -EINVAL with `ret_error` filled in, or -ENOMEM. */
int gp_regex_compile(struct gp_regex **ret_regex, struct gp_str pattern,
                     struct gp_regex_error *ret_error) GP_MUST_CHECK;
unsigned gp_regex_groups(const struct gp_regex *regex);
/* Safe from several threads at once.  `ret_group` (may be NULL) gets group `group` of a match, {NULL, 0} if it took no
 * part.  Out of memory counts as GP_MATCH_LIMIT. */
enum gp_match gp_regex_match(const struct gp_regex *regex, struct gp_str subject, unsigned group,
                             struct gp_str *ret_group);

#endif
