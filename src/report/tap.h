/*
 * The Test Anything Protocol, version 14, as reports write it: a plan, a line a
 * test, and under a line a block of YAML that says more.
 *
 *     TAP version 14
 *     1..2
 *     ok 1 - first
 *     not ok 2 - second \# with a number sign
 *       ---
 *       message: "what went wrong"
 *       ...
 */
#ifndef GP_REPORT_TAP_H
#define GP_REPORT_TAP_H

#include "util/strbuf.h"

/* Appends the version and the plan. */
void gp_tap_begin(struct gp_strbuf *out, size_t tests);
/* Appends a test's line; tests count from 1.  `skip` NULL: the test ran; else why it did not. */
void gp_tap_test(struct gp_strbuf *out, bool ok, size_t number, struct gp_str description, const char *skip);
/* Appends a line "# text". */
void gp_tap_comment(struct gp_strbuf *out, struct gp_str text);

/* A block under a test's line.  `depth` counts levels below the block; with a NULL key the value is an element of a
 * list.  A key that a value of its own lines follows is written with gp_tap_yaml_key(). */
void gp_tap_yaml_begin(struct gp_strbuf *out);
void gp_tap_yaml_end(struct gp_strbuf *out);
void gp_tap_yaml_key(struct gp_strbuf *out, size_t depth, const char *key);
void gp_tap_yaml_text(struct gp_strbuf *out, size_t depth, const char *key, struct gp_str value);
void gp_tap_yaml_number(struct gp_strbuf *out, size_t depth, const char *key, size_t value);

#endif
