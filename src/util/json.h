/*
 * JSON through jansson, behind one header: the library's names appear nowhere
 * else but in files that include this.  Output is compact or indented, sorted
 * never (keys keep the order of insertion), and always ASCII-safe for control
 * characters; bytes that are not UTF-8 become U+FFFD.
 */
#ifndef GP_UTIL_JSON_H
#define GP_UTIL_JSON_H

#include <jansson.h>

#include "util/strbuf.h"

/* A JSON string of `len` bytes; invalid UTF-8 is replaced.  NULL: out of memory. */
json_t *gp_json_string(const char *s, size_t len) GP_MUST_CHECK;
/* The string of `s`, null if `s` is NULL. */
json_t *gp_json_string0(const char *s) GP_MUST_CHECK;
/* Sets `key`, taking over `value` (NULL: out of memory); false if it failed. */
bool gp_json_set(json_t *object, const char *key, json_t *value) GP_MUST_CHECK;
bool gp_json_append(json_t *array, json_t *value) GP_MUST_CHECK;
/* Appends the text of `value`; indent 0 is compact. */
void gp_json_write(struct gp_strbuf *out, const json_t *value, int indent);
/* Reads one document of at most `len` bytes, nesting limited; NULL if it is not JSON. */
json_t *gp_json_read(const char *text, size_t len) GP_MUST_CHECK;
/* The same, and what is wrong if it is NULL: `*ret_why` in words, `*ret_short` whether the text ends too early. */
json_t *gp_json_read_why(const char *text, size_t len, const char **ret_why, bool *ret_short) GP_MUST_CHECK;
/* Where a text is no JSON, and why. */
struct gp_json_error {
    int line, column; /* from 1; column 0: unknown */
    char text[160];   /* without control characters */
};
/* The same, but only an object; NULL fills in the error. */
json_t *gp_json_read_object(const char *text, size_t len, struct gp_json_error *ret_error) GP_MUST_CHECK;

#endif
