/*
 * Findings as a log of SARIF 2.1.0 with one run.  Paths become URIs: relative
 * ones stay relative to wherever the reader thinks the sources are.
 */
#include <stdlib.h>
#include <string.h>

#include "report/findings.h"
#include "report/json-parts.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* Rules in the order in which they first occur; a number is small, so an array finds its place. */
#define NUMBERS 10000
struct rules {
    struct gp_jot array;
    size_t count;
    size_t index[NUMBERS]; /* by number: one more than its place; 0: not yet */
};

static const char *level_name(enum gp_level level)
{
    return level == GP_LEVEL_SILENT ? "none" : gp_level_name(level);
}

static json_t *message(const char *text)
{
    struct gp_jot object = gp_jot_object();

    gp_jot_text(&object, "text", text);
    return gp_jot_done(&object);
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

/* RFC 3986: what is not unreserved is encoded, so a ":" never looks like a scheme. */
static void add_encoded(struct gp_strbuf *out, const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    for (; *path; path++) {
        if (strchr(plain, *path))
            gp_strbuf_add_char(out, *path);
        else
            gp_strbuf_printf(out, "%%%02X", (unsigned char)*path);
    }
}

static json_t *artifact(const char *path)
{
    struct gp_strbuf uri = {0};
    struct gp_jot object = gp_jot_object();

    while (strncmp(path, "./", 2) == 0)
        path += strspn(path + 1, "/") + 1;
    gp_strbuf_add(&uri, *path == '/' ? "file://" : "");
    add_encoded(&uri, path);
    gp_jot_text(&object, "uri", gp_strbuf_text(&uri));
    object.failed |= !gp_strbuf_ok(&uri);
    gp_strbuf_done(&uri);
    return gp_jot_done(&object);
}

static json_t *region(const struct gp_sources *sources, struct gp_span span)
{
    struct gp_position start = gp_sources_position(sources, span), end = gp_span_end(sources, span);
    struct gp_jot object = gp_jot_object();

    gp_jot_set(&object, "startLine", json_integer((json_int_t)start.line));
    gp_jot_set(&object, "startColumn", json_integer((json_int_t)start.column));
    gp_jot_set(&object, "endLine", json_integer((json_int_t)end.line));
    gp_jot_set(&object, "endColumn", json_integer((json_int_t)end.column));
    return gp_jot_done(&object);
}

/* The caller has looked that there is a place. */
static struct gp_jot location(const struct gp_sources *sources, struct gp_span span)
{
    struct gp_jot object = gp_jot_object(), physical = gp_jot_object();

    gp_jot_set(&physical, "artifactLocation", artifact(gp_sources_position(sources, span).file));
    if (gp_sources_position(sources, span).line) /* else the file as a whole */
        gp_jot_set(&physical, "region", region(sources, span));
    gp_jot_set(&object, "physicalLocation", gp_jot_done(&physical));
    return object;
}

static json_t *locations(const struct gp_finding *finding)
{
    struct gp_jot array = gp_jot_array();

    if (finding->diag->span.source) {
        struct gp_jot place = location(finding->sources, finding->diag->span);
        gp_jot_push(&array, gp_jot_done(&place));
    }
    return gp_jot_done(&array);
}

/* ---- a result ---------------------------------------------------------------------------------------------------- */

/* Notes without a place have no other place than the message. */
static json_t *whole_message(const struct gp_diag *diag)
{
    struct gp_strbuf text = {0};

    gp_strbuf_add(&text, diag->message);
    for (size_t i = 0; i < diag->note_count; i++)
        if (!diag->notes[i].span.source)
            gp_strbuf_printf(&text, "\n%s", diag->notes[i].text);
    json_t *value = gp_strbuf_ok(&text) ? message(gp_strbuf_text(&text)) : NULL;
    gp_strbuf_done(&text);
    return value;
}

static json_t *related(const struct gp_finding *finding)
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < finding->diag->note_count; i++) {
        const struct gp_diag_note *note = &finding->diag->notes[i];
        if (!note->span.source)
            continue;
        struct gp_jot place = location(finding->sources, note->span);
        gp_jot_set(&place, "message", message(note->text));
        gp_jot_push(&array, gp_jot_done(&place));
    }
    return gp_jot_done(&array);
}

static json_t *replacement(const struct gp_finding *finding)
{
    struct gp_jot change = gp_jot_object(), replacements = gp_jot_array(), one = gp_jot_object();

    gp_jot_set(&one, "deletedRegion", region(finding->sources, finding->diag->span));
    gp_jot_set(&one, "insertedContent", message(finding->diag->suggestion));
    gp_jot_push(&replacements, gp_jot_done(&one));
    gp_jot_set(&change, "artifactLocation",
               artifact(gp_sources_position(finding->sources, finding->diag->span).file));
    gp_jot_set(&change, "replacements", gp_jot_done(&replacements));
    return gp_jot_done(&change);
}

static json_t *fixes(const struct gp_finding *finding)
{
    struct gp_jot array = gp_jot_array(), fix = gp_jot_object(), changes = gp_jot_array();

    gp_jot_push(&changes, replacement(finding));
    gp_jot_set(&fix, "description", message("Put this in its place."));
    gp_jot_set(&fix, "artifactChanges", gp_jot_done(&changes));
    gp_jot_push(&array, gp_jot_done(&fix));
    return gp_jot_done(&array);
}

/* What the manifest silences was seen by somebody who gave a reason. */
static json_t *suppressions(const struct gp_finding *finding)
{
    struct gp_jot array = gp_jot_array();

    if (finding->diag->level == GP_LEVEL_SILENT) {
        struct gp_jot one = gp_jot_object();
        gp_jot_text(&one, "kind", "external");
        if (finding->reason)
            gp_jot_text(&one, "justification", finding->reason);
        gp_jot_push(&array, gp_jot_done(&one));
    }
    return gp_jot_done(&array);
}

/* ---- rules ------------------------------------------------------------------------------------------------------- */

static json_t *rule(const struct gp_diag_info *info)
{
    struct gp_jot object = gp_jot_object(), defaults = gp_jot_object();

    gp_jot_set(&object, "id", json_sprintf("GP%04d", info->number));
    gp_jot_text(&object, "name", info->name);
    gp_jot_set(&object, "shortDescription", message(info->title));
    gp_jot_set(&object, "fullDescription", message(info->text));
    gp_jot_set(&object, "help", message(info->text));
    gp_jot_text(&defaults, "level", level_name(info->level));
    gp_jot_set(&object, "defaultConfiguration", gp_jot_done(&defaults));
    return gp_jot_done(&object);
}

static size_t rule_index(struct rules *rules, int number)
{
    if (!rules->index[number]) {
        gp_jot_push(&rules->array, rule(gp_diag_info(number)));
        rules->index[number] = ++rules->count;
    }
    return rules->index[number] - 1;
}

/* ---- the log ----------------------------------------------------------------------------------------------------- */

static json_t *result(struct rules *rules, const struct gp_finding *finding)
{
    const struct gp_diag *diag = finding->diag;
    enum gp_level level = diag->level == GP_LEVEL_SILENT ? gp_diag_info((int)diag->id)->level : diag->level;
    struct gp_jot object = gp_jot_object();

    gp_jot_set(&object, "ruleId", json_sprintf("GP%04d", (int)diag->id));
    gp_jot_set(&object, "ruleIndex", json_integer((json_int_t)rule_index(rules, (int)diag->id)));
    gp_jot_text(&object, "level", level_name(level));
    gp_jot_set(&object, "message", whole_message(diag));
    gp_jot_set(&object, "locations", locations(finding));
    gp_jot_set(&object, "relatedLocations", related(finding));
    if (diag->suggestion && diag->span.source)
        gp_jot_set(&object, "fixes", fixes(finding));
    gp_jot_set(&object, "suppressions", suppressions(finding));
    return gp_jot_done(&object);
}

static json_t *tool(struct rules *rules)
{
    struct gp_jot object = gp_jot_object(), driver = gp_jot_object();

    gp_jot_text(&driver, "name", "gatepost");
    gp_jot_text(&driver, "version", PACKAGE_VERSION);
    gp_jot_text(&driver, "semanticVersion", PACKAGE_VERSION);
    gp_jot_set(&driver, "rules", gp_jot_done(&rules->array));
    gp_jot_set(&object, "driver", gp_jot_done(&driver));
    return gp_jot_done(&object);
}

static json_t *run(const struct gp_findings *findings, struct rules *rules)
{
    struct gp_jot object = gp_jot_object(), results = gp_jot_array();

    for (size_t i = 0; i < findings->count; i++)
        gp_jot_push(&results, result(rules, &findings->data[i]));
    gp_jot_set(&object, "tool", tool(rules));
    gp_jot_text(&object, "columnKind", "unicodeCodePoints");
    gp_jot_set(&object, "results", gp_jot_done(&results));
    return gp_jot_done(&object);
}

json_t *gp_sarif_findings(const struct gp_findings *findings)
{
    struct rules *rules = calloc(1, sizeof(*rules));

    if (!rules)
        return NULL;
    struct gp_jot object = gp_jot_object(), runs = gp_jot_array();
    rules->array = gp_jot_array();
    gp_jot_text(&object, "$schema", SCHEMA);
    gp_jot_text(&object, "version", "2.1.0");
    gp_jot_push(&runs, run(findings, rules));
    gp_jot_set(&object, "runs", gp_jot_done(&runs));
    free(rules);
    return gp_jot_done(&object);
}
