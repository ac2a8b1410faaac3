/*
 * Findings as tests, for CI systems that know nothing else: every file is a
 * test, which fails if something counts against the file.  What does not count
 * is told all the same.
 */
#include <stdio.h>
#include <string.h>

#include "report/findings.h"
#include "report/tap.h"
#include "report/xml.h"

#define NO_FILE "(no file)"

static struct gp_str str(const char *text)
{
    return (struct gp_str){text, strlen(text)};
}

static struct gp_finding_tally tally_of(const struct gp_findings *findings, const struct gp_finding_file *file)
{
    return gp_findings_tally(findings, file->first, file->end);
}

/* ---- JUnit ------------------------------------------------------------------------------------------------------- */

/* The findings as people read them, those that count or the others. */
static void add_texts(struct gp_strbuf *out, const struct gp_findings *findings, const struct gp_finding_file *file,
                      bool that_count)
{
    struct gp_strbuf text = {0};

    for (size_t i = file->first; i < file->end; i++)
        if (gp_finding_counts(findings, &findings->data[i]) == that_count)
            gp_diag_render(&text, findings->data[i].sources, findings->data[i].diag, false);
    gp_xml_text(out, (struct gp_str){gp_strbuf_text(&text), text.len});
    out->failed = out->failed || !gp_strbuf_ok(&text);
    gp_strbuf_done(&text);
}

static void add_failure(struct gp_strbuf *out, const struct gp_findings *findings,
                        const struct gp_finding_file *file, const struct gp_finding_tally *tally)
{
    struct gp_strbuf message = {0};

    gp_findings_say(&message, tally);
    gp_strbuf_add(out, "      <failure");
    gp_xml_attribute(out, "type", str(tally->errors ? "error" : "warning"));
    gp_xml_attribute(out, "message", str(gp_strbuf_text(&message)));
    gp_strbuf_add_char(out, '>');
    add_texts(out, findings, file, true);
    gp_strbuf_add(out, "</failure>\n");
    out->failed = out->failed || !gp_strbuf_ok(&message);
    gp_strbuf_done(&message);
}

static void add_case(struct gp_strbuf *out, const struct gp_findings *findings, const struct gp_finding_file *file)
{
    struct gp_finding_tally tally = tally_of(findings, file);
    size_t shown = tally.errors + tally.warnings + tally.notes;

    gp_strbuf_add(out, "    <testcase classname=\"gatepost.lint\"");
    gp_xml_attribute(out, "name", str(file->name ? file->name : NO_FILE));
    gp_strbuf_add(out, shown ? ">\n" : "/>\n");
    if (tally.against)
        add_failure(out, findings, file, &tally);
    if (shown > tally.against) {
        gp_strbuf_add(out, "      <system-out>");
        add_texts(out, findings, file, false);
        gp_strbuf_add(out, "</system-out>\n");
    }
    if (shown)
        gp_strbuf_add(out, "    </testcase>\n");
}

static void add_suite(struct gp_strbuf *out, const char *element, const char *indent, size_t tests, size_t failures)
{
    gp_strbuf_printf(out, "%s<%s", indent, element);
    gp_xml_attribute(out, "name", GP_STR("gatepost lint"));
    gp_xml_attribute_number(out, "tests", tests);
    gp_xml_attribute_number(out, "failures", failures);
    gp_xml_attribute_number(out, "errors", 0);
    gp_strbuf_add(out, ">\n");
}

/* How many files have something that counts against them. */
static size_t failed_files(const struct gp_findings *findings)
{
    size_t failed = 0;

    for (size_t i = 0; i < findings->file_count; i++)
        failed += tally_of(findings, &findings->files[i]).against > 0;
    return failed;
}

void gp_junit_findings(struct gp_strbuf *out, const struct gp_findings *findings)
{
    size_t failed = failed_files(findings);

    gp_xml_begin(out);
    add_suite(out, "testsuites", "", findings->file_count, failed);
    add_suite(out, "testsuite", "  ", findings->file_count, failed);
    for (size_t i = 0; i < findings->file_count; i++)
        add_case(out, findings, &findings->files[i]);
    gp_strbuf_add(out, "  </testsuite>\n</testsuites>\n");
}

/* ---- TAP --------------------------------------------------------------------------------------------------------- */

static void add_position(struct gp_strbuf *out, size_t depth, const struct gp_sources *sources, struct gp_span span)
{
    struct gp_position at = gp_sources_position(sources, span);

    if (!span.source)
        return;
    gp_tap_yaml_text(out, depth, "file", str(at.file));
    if (!at.line)
        return;
    gp_tap_yaml_number(out, depth, "line", at.line);
    gp_tap_yaml_number(out, depth, "column", at.column);
}

static void add_finding(struct gp_strbuf *out, const struct gp_finding *finding)
{
    const struct gp_diag *diag = finding->diag;
    char id[16];

    snprintf(id, sizeof(id), "GP%04d", (int)diag->id);
    gp_tap_yaml_key(out, 1, NULL);
    gp_tap_yaml_text(out, 2, "id", str(id));
    gp_tap_yaml_text(out, 2, "level", str(gp_level_name(diag->level)));
    gp_tap_yaml_text(out, 2, "message", str(diag->message));
    add_position(out, 2, finding->sources, diag->span);
    if (diag->suggestion)
        gp_tap_yaml_text(out, 2, "suggestion", str(diag->suggestion));
    if (diag->note_count)
        gp_tap_yaml_key(out, 2, "notes");
    for (size_t i = 0; i < diag->note_count; i++) {
        gp_tap_yaml_key(out, 3, NULL);
        gp_tap_yaml_text(out, 4, "message", str(diag->notes[i].text));
        add_position(out, 4, finding->sources, diag->notes[i].span);
    }
}

void gp_tap_findings(struct gp_strbuf *out, const struct gp_findings *findings)
{
    gp_tap_begin(out, findings->file_count);
    for (size_t n = 0; n < findings->file_count; n++) {
        const struct gp_finding_file *file = &findings->files[n];
        struct gp_finding_tally tally = tally_of(findings, file);

        gp_tap_test(out, !tally.against, n + 1, str(file->name ? file->name : NO_FILE), NULL);
        if (!(tally.errors + tally.warnings + tally.notes))
            continue;
        gp_tap_yaml_begin(out);
        gp_tap_yaml_key(out, 0, "findings");
        for (size_t i = file->first; i < file->end; i++)
            if (findings->data[i].diag->level != GP_LEVEL_SILENT)
                add_finding(out, &findings->data[i]);
        gp_tap_yaml_end(out);
    }
}
