/*
 * Reports on rule tests.
 */
#ifndef GP_REPORT_TESTS_H
#define GP_REPORT_TESTS_H

#include "author/results.h"
#include "report/report.h"

/* Each case that failed or was skipped, with style->verbose those that passed too; a summary; the coverage. */
void gp_text_tests(struct gp_strbuf *out, const struct gp_style *style, const struct gp_test_report *report);
void gp_tap_tests(struct gp_strbuf *out, const struct gp_test_report *report);
void gp_junit_tests(struct gp_strbuf *out, const struct gp_test_report *report);
/* One file, one that is wrong, or the coverage of one rule set.  NULL: out of memory. */
json_t *gp_json_test_group(const struct gp_test_group *group) GP_MUST_CHECK;
json_t *gp_json_test_trouble(const struct gp_test_trouble *trouble) GP_MUST_CHECK;
json_t *gp_json_coverage(const struct gp_coverage *coverage, int threshold) GP_MUST_CHECK;

/* What they share. */
const char *gp_test_outcome_name(enum gp_test_outcome outcome); /* "passed" "failed" "skipped" */
const char *gp_test_subject_name(enum gp_test_subject subject); /* "check" */
const char *gp_cover_kind_name(enum gp_cover_kind kind);        /* "requirement" */
struct gp_test_count { size_t passed, failed, skipped; };
struct gp_test_count gp_test_group_count(const struct gp_test_group *group);
/* "check update" */
void gp_test_asked(struct gp_strbuf *out, const struct gp_test_result *result);
/* "OPERATION/ID", or the id alone. */
void gp_cover_name(struct gp_strbuf *out, const struct gp_cover_item *item);
/* "true, false" for the bits of a set of results. */
void gp_cover_results(struct gp_strbuf *out, unsigned set);
/* Whether less was seen than is asked for. */
bool gp_coverage_lacks(const struct gp_coverage *coverage, int threshold);
/* "coverage of SET: 14 of 20 results seen, 70 %", and what was asked for. */
void gp_coverage_words(struct gp_strbuf *out, const struct gp_coverage *coverage, int threshold);

#endif
