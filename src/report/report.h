/*
 * Reports: what a verb found, as text for people or JSON for machines.  Nothing
 * here prints: text is appended to a buffer, JSON is a value; cli/ writes.
 * Whatever comes from a tree or a rule file is escaped.
 */
#ifndef GP_REPORT_REPORT_H
#define GP_REPORT_REPORT_H

#include "act/plan.h"
#include "eval/inspect.h"
#include "util/diag.h"
#include "util/json.h"

struct gp_style {
    bool colour;
    bool unicode; /* ✗ ✓ → … may be used; else x + -> ... */
    bool quiet;   /* one line a directory */
    bool verbose; /* bases, sources and places everywhere */
};

/* The record that a decision was made by, in place of the directory (--evidence). */
struct gp_recorded_source {
    const char *file;
    struct timespec when;
    const char *ruleset, *version, *digest; /* that it was made with */
};

/* What a report is about. */
struct gp_subject {
    const char *directory;            /* as it was given */
    const struct gp_ruleset *rules;
    const char *rules_option;         /* what a command that we show needs: "" or "-r rules/lab " */
    const char *operation_name;       /* as it was asked for; NULL where there is none */
    const struct gp_recorded_source *recorded; /* NULL: the directory itself was looked at */
};

/* Why nothing could be decided. */
struct gp_trouble {
    int status;       /* the exit status: 4, 7, 75, … */
    const char *code; /* "directory-missing", "not-a-directory", "no-permission", "interrupted", "busy", … */
    const char *text;
};

/* ---- text -------------------------------------------------------------------------------------------------------- */

void gp_text_trouble(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                     const struct gp_trouble *trouble);
/* check, and a run that was denied or cannot tell. */
void gp_text_verdict(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                     struct gp_eval *eval, const struct gp_verdict *verdict);
void gp_text_explain(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                     struct gp_eval *eval, const struct gp_verdict *verdict);
void gp_text_inspect(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                     struct gp_eval *eval, const struct gp_inspection *inspection);
/* The states alone, each with its evidence; nothing for a set without states. */
void gp_text_states(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                    const struct gp_state_verdict *state);
void gp_text_why(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                 struct gp_eval *eval, const struct gp_why *why);
void gp_text_way(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                 struct gp_eval *eval, const struct gp_named_cond *goal, const struct gp_way *way);
void gp_text_history(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                     const struct gp_ledger *ledger);
/* What `record` has kept. */
struct gp_recording {
    const char *file;
    const char **operations;
    size_t operation_count;
    size_t facts;
};
void gp_text_recorded(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                      const struct gp_recording *recording);
/* The plan of an action, as a diff with old and new bytes. */
void gp_text_plan(struct gp_strbuf *out, const struct gp_style *style, const struct gp_plan *plan);
/* One definition (`show`): title, source, basis, place, and its YAML: as it stands in the file, or `effective` where
 * amendments changed it (NULL: they did not).  `now`: for waivers past their date. */
void gp_text_definition(struct gp_strbuf *out, const struct gp_style *style, const struct gp_ruleset *rules,
                        enum gp_section section, const struct gp_map_entry *definition, const char *effective,
                        struct timespec now);
/* The same of a part of one: a requirement, a parameter … `kind` says which, `name` is ID/PART. */
void gp_text_part(struct gp_strbuf *out, const struct gp_style *style, const struct gp_ruleset *rules, const char *kind,
                  const char *name, const struct gp_definition *part, const char *effective);
/* All definitions of a section (`list`): id and title, aligned. */
void gp_text_section(struct gp_strbuf *out, const struct gp_style *style, const struct gp_ruleset *rules,
                     enum gp_section section);

/* ---- JSON (cli.md); NULL: out of memory -------------------------------------------------------------------------- */

json_t *gp_json_trouble(const struct gp_subject *subject, const struct gp_trouble *trouble) GP_MUST_CHECK;
json_t *gp_json_verdict(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_verdict *verdict)
    GP_MUST_CHECK;
/* gp_json_verdict() with the whole proof tree of each requirement under "proof". */
json_t *gp_json_explain(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_verdict *verdict)
    GP_MUST_CHECK;
json_t *gp_json_inspect(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_inspection *inspection)
    GP_MUST_CHECK;
json_t *gp_json_why(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_why *why) GP_MUST_CHECK;
json_t *gp_json_way(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_named_cond *goal,
                    const struct gp_way *way) GP_MUST_CHECK;
json_t *gp_json_history(const struct gp_subject *subject, const struct gp_ledger *ledger) GP_MUST_CHECK;
json_t *gp_json_recorded(const struct gp_subject *subject, const struct gp_recording *recording) GP_MUST_CHECK;
json_t *gp_json_plan(const struct gp_plan *plan) GP_MUST_CHECK;
/* `effective` NULL: the text is that of the file. */
json_t *gp_json_definition(const struct gp_ruleset *rules, enum gp_section section,
                           const struct gp_map_entry *definition, const char *effective) GP_MUST_CHECK;
/* `group`: the key of the definition that the part stands beneath. */
json_t *gp_json_part(const struct gp_ruleset *rules, const char *group, const char *name,
                     const struct gp_definition *part, const char *effective) GP_MUST_CHECK;
json_t *gp_json_section(const struct gp_ruleset *rules, enum gp_section section) GP_MUST_CHECK;

/* ---- formats ----------------------------------------------------------------------------------------------------- */

enum gp_format {
    GP_FORMAT_TEXT,
    GP_FORMAT_JSON,
    GP_FORMAT_NDJSON,
    GP_FORMAT_TAP,
    GP_FORMAT_JUNIT,
    GP_FORMAT_SARIF,
    GP_FORMAT_GITHUB,
};
extern const struct gp_name gp_formats[]; /* ends with a row whose name is NULL */

#endif
