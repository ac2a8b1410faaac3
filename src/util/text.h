/*
 * Text helpers that know UTF-8 and terminals.
 */
#ifndef GP_UTIL_TEXT_H
#define GP_UTIL_TEXT_H

#include "util/strbuf.h"

/* Length in bytes of the first character at `s` (1 to 4), 0 if it is not valid UTF-8 or `len` is 0. */
size_t gp_utf8_char(const char *s, size_t len, uint32_t *ret_code_point);
/* The offset of the first byte that is not valid UTF-8, or `len`. */
size_t gp_utf8_valid(const char *s, size_t len);
/* Columns that `s` takes on a terminal (wcwidth-like; invalid bytes and controls count as their escapes). */
size_t gp_text_width(const char *s, size_t len);
/* The same for the first character (`len` is not 0); `ret_size` gets its bytes. */
size_t gp_text_width_at(const char *s, size_t len, size_t *ret_size);
/* Whether a character must not reach a terminal as it is: controls, C1, DEL, bidi controls, line separators and
 * invisible formatting. */
bool gp_text_unsafe(uint32_t code_point);

/* Appends `s` with everything that a terminal could act on made visible: what gp_text_unsafe() names
 * and invalid UTF-8, as \xNN or \u{NNNN}.  A backslash stays as it is.  Newlines are escaped unless `keep_newlines`. */
void gp_text_escape(struct gp_strbuf *out, const char *s, size_t len, bool keep_newlines);

/* ASCII only, locale never matters. */
char gp_ascii_lower(char c);
char gp_ascii_upper(char c);
bool gp_ascii_equal_fold(struct gp_str a, struct gp_str b);
bool gp_str_equal(struct gp_str a, struct gp_str b);
bool gp_str_is(struct gp_str a, const char *b);
int gp_str_compare(struct gp_str a, struct gp_str b); /* byte order */

/* The one of `candidates` nearest to `word` (edit distance with transpositions, at most a third of its length), else
 * the only one that has a word more or less ("queue-drained" for "drained"), NULL if none is near.  `stride` is the
 * distance in bytes from one `const char *` to the next. */
const char *gp_text_nearest(struct gp_str word, const void *candidates, size_t count, size_t stride);

/* Appends `s` folded to lower-case ASCII letters and digits; "…" and "..." become the byte \1 when `gaps` is set. */
void gp_text_fold(struct gp_strbuf *out, struct gp_str s, bool gaps);

/* Appends 1234567 as "1,234,567". */
void gp_text_grouped(struct gp_strbuf *out, uint64_t value);

#endif
