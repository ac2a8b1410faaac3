/*
 * Reading the text of a regular expression that PCRE2 has compiled: which bytes
 * its characters, escapes and classes take.  It is read to find out what lint
 * wants to know, not to match; what is not known here is taken for any byte.
 */
#ifndef GP_AUTHOR_LINT_PATTERN_H
#define GP_AUTHOR_LINT_PATTERN_H

#include "util/base.h"

struct gp_bytes {
    uint64_t bits[4];
};

extern const struct gp_bytes gp_bytes_any;

void gp_bytes_add(struct gp_bytes *set, unsigned char byte);
void gp_bytes_add_set(struct gp_bytes *set, const struct gp_bytes *other);
struct gp_bytes gp_bytes_complement(struct gp_bytes set);
bool gp_bytes_meet(const struct gp_bytes *a, const struct gp_bytes *b); /* some byte is in both */
bool gp_bytes_none(const struct gp_bytes *set);
void gp_bytes_fold(struct gp_bytes *set); /* adds the letters in the other case */

struct gp_pattern_reader {
    const char *text;
    size_t len, at;
    unsigned depth;      /* of groups */
    bool gave_up;        /* something that is not read here: nothing is said */
    bool fold;           /* letters match in either case somewhere in the pattern */
    bool found;          /* a nested quantifier … */
    size_t inner, outer; /* … and where the two stand */
};

/* The next byte, -1 at the end. */
int gp_pattern_peek(const struct gp_pattern_reader *it);
/* Passes over a word if it stands next. */
bool gp_pattern_accept(struct gp_pattern_reader *it, const char *word);
/* Passes over everything up to `end` and over that; gives up if it does not come. */
void gp_pattern_skip_past(struct gp_pattern_reader *it, char end);
bool gp_pattern_is_digit(int c);
/* Adds \d, \w and the like to `set` (empty before) by their letter; false: the letter is none of them. */
bool gp_pattern_class_of(int letter, struct gp_bytes *set);
/* The byte of \x41, \x{41}, \o{101}, \cA, \n …, behind its letter; -1: no byte that is known here. */
int gp_pattern_escaped(struct gp_pattern_reader *it, int letter);
/* A class, behind its "[". */
struct gp_bytes gp_pattern_class(struct gp_pattern_reader *it);

#endif
