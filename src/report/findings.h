/*
 * What lint found, and the formats in which it is told.  Text is escaped for a
 * terminal, every other format by its own rules.
 *
 * A finding counts against its file if it decides the exit status: errors do,
 * warnings do with --strict.
 */
#ifndef GP_REPORT_FINDINGS_H
#define GP_REPORT_FINDINGS_H

#include "report/report.h"

struct gp_finding {
    const struct gp_sources *sources; /* of the load that it comes from */
    const struct gp_diag *diag;
    const char *reason; /* of a silent one: why the rule set silences it; NULL: it does not say */
};

/* A file that was looked at; its findings are data[first] to data[end - 1]. */
struct gp_finding_file {
    const char *name; /* NULL: what is about no file */
    size_t first, end;
};

struct gp_findings {
    const struct gp_finding *data; /* file by file; silent ones are among them */
    size_t count;
    const struct gp_finding_file *files; /* also those without findings */
    size_t file_count;
    size_t errors_elsewhere, others_elsewhere; /* in files of the same rule sets that nobody asked for */
    size_t dropped;                            /* were too many of one file */
    bool strict;
};

struct gp_finding_tally {
    size_t errors, warnings, notes, silent;
    size_t against; /* those that count against their file */
};

/* Counts data[first] to data[end - 1]. */
struct gp_finding_tally gp_findings_tally(const struct gp_findings *findings, size_t first, size_t end);
bool gp_finding_counts(const struct gp_findings *findings, const struct gp_finding *finding);
/* "2 errors, 1 warning, 1 note"; "no findings". */
void gp_findings_say(struct gp_strbuf *out, const struct gp_finding_tally *tally);
/* Where a span ends: the position behind its last character. */
struct gp_position gp_span_end(const struct gp_sources *sources, struct gp_span span);

void gp_text_findings(struct gp_strbuf *out, const struct gp_style *style, const struct gp_findings *findings);
void gp_github_findings(struct gp_strbuf *out, const struct gp_findings *findings);
void gp_junit_findings(struct gp_strbuf *out, const struct gp_findings *findings);
void gp_tap_findings(struct gp_strbuf *out, const struct gp_findings *findings);
/* One finding; a log of all.  NULL: out of memory. */
json_t *gp_json_finding(const struct gp_finding *finding) GP_MUST_CHECK;
json_t *gp_sarif_findings(const struct gp_findings *findings) GP_MUST_CHECK;

#endif
