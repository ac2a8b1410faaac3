/* What is true of every rule set: the tables of the logic, reasons, types, limits, diagnostics. */
#include "author/reference-internal.h"

#include <stdio.h>

#include "eval/logic.h"
#include "rule/limits.h"
#include "util/diag.h"

/* ---- logic ------------------------------------------------------------------------------------------------------- */

static const enum gp_result results[GP_RESULTS] = {GP_TRUE, GP_FALSE, GP_UNKNOWN, GP_NA};

/* Order does not matter, so each pair stands once. */
static void pairs(struct gp_strbuf *out)
{
    static const char *const widths[] = {"unknown", "unknown", "unknown", "unknown", "unknown"};
    static const char *const heads[] = {"x", "y", "all", "any", "none"};

    gp_mdoc_table(out, widths, GP_COUNT(widths));
    gp_mdoc_row(out, heads, GP_COUNT(heads));
    for (int i = 0; i < GP_RESULTS; i++)
        for (int k = i; k < GP_RESULTS; k++) {
            const enum gp_result both[] = {results[i], results[k]};
            const char *const cells[] = {
                gp_result_name(both[0]), gp_result_name(both[1]), gp_result_name(gp_logic_all(both, 2)),
                gp_result_name(gp_logic_any(both, 2)), gp_result_name(gp_logic_none(both, 2))};

            gp_mdoc_row(out, cells, GP_COUNT(cells));
        }
    gp_mdoc_table_end(out);
}

/* What a condition decides over two others, for if (then, else) and when (guarded). */
static void choices(struct gp_strbuf *out)
{
    static const char *const widths[] = {"unknown", "unknown", "unknown", "if x then y", "… else false", "y when x"};
    static const char *const heads[] = {"x", "not x", "y", "if x then y", "… else false", "y when x"};

    gp_mdoc_table(out, widths, GP_COUNT(widths));
    gp_mdoc_row(out, heads, GP_COUNT(heads));
    for (int i = 0; i < GP_RESULTS; i++)
        for (int k = 0; k < GP_RESULTS; k++) {
            enum gp_result x = results[i], y = results[k];
            const char *const cells[] = {
                gp_result_name(x), gp_result_name(gp_logic_not(x)), gp_result_name(y),
                gp_result_name(gp_logic_if(x, y, GP_NA)), gp_result_name(gp_logic_if(x, y, GP_FALSE)),
                gp_result_name(gp_logic_guard(x, y))};

            gp_mdoc_row(out, cells, GP_COUNT(cells));
        }
    gp_mdoc_table_end(out);
}

void gp_reference_logic(struct gp_strbuf *out, const struct gp_registry *registry)
{
    (void)registry;
    gp_mdoc_text(out, "Two conditions x and y, in either order:");
    pairs(out);
    gp_strbuf_add(out, ".Pp\n");
    gp_mdoc_text(out, "What x makes of y: `not`, `if` without an `else`, `if` with an `else` that is false, and the "
                      "guard `when`:");
    choices(out);
}

void gp_reference_reasons(struct gp_strbuf *out, const struct gp_registry *registry)
{
    (void)registry;
    gp_mdoc_list(out, true);
    for (int reason = GP_REASON_NONE + 1; *gp_reason_name((enum gp_reason)reason); reason++) {
        gp_mdoc_item(out, gp_reason_name((enum gp_reason)reason), NULL);
        gp_mdoc_help(out, gp_reason_words((enum gp_reason)reason));
    }
    gp_mdoc_list_end(out);
}

void gp_reference_types(struct gp_strbuf *out, const struct gp_registry *registry)
{
    (void)registry;
    gp_reference_names(out, gp_type_names);
}

/* ---- limits ------------------------------------------------------------------------------------------------------ */

enum unit { COUNT, BYTES };

struct limit {
    const char *words;
    unsigned value;
    enum unit unit;
    int diagnostic; /* that says it; 0: what lies beyond is unknown, with the reason `limit`, or is not shown */
};

/* One row for each constant of rule/limits.h (t/0107-manual.t asks for it). */
static const struct limit limits[] = {
    {"One rule file", GP_LIMIT_FILE_BYTES, BYTES, GP_DIAG_LIMIT_FILE_BYTES},
    {"Nesting of mappings and lists", GP_LIMIT_YAML_DEPTH, COUNT, GP_DIAG_LIMIT_DEPTH},
    {"Keys, values, mappings and lists of a rule set", GP_LIMIT_NODES, COUNT, GP_DIAG_LIMIT_NODES},
    {"One key or value", GP_LIMIT_SCALAR_BYTES, BYTES, GP_DIAG_LIMIT_SCALAR_BYTES},
    {"Files of a rule set, with drop-ins", GP_LIMIT_SET_FILES, COUNT, GP_DIAG_LIMIT_SET_FILES},
    {"Ids of one section", GP_LIMIT_SECTION_IDS, COUNT, GP_DIAG_LIMIT_SECTION_IDS},
    {"Sets that extend sets", GP_LIMIT_EXTENDS_DEPTH, COUNT, GP_DIAG_LIMIT_EXTENDS_DEPTH},
    {"An id", GP_LIMIT_ID_BYTES, BYTES, GP_DIAG_LIMIT_ID_BYTES},
    {"A pattern", GP_LIMIT_PATTERN_BYTES, BYTES, GP_DIAG_LIMIT_PATTERN_BYTES},
    {"A path or glob", GP_LIMIT_PATH_BYTES, BYTES, GP_DIAG_LIMIT_PATH_BYTES},
    {"Components of a path or glob", GP_LIMIT_PATH_PARTS, COUNT, GP_DIAG_LIMIT_PATH_PARTS},
    {"Conditions inside conditions, with named ones", GP_LIMIT_CONDITION_DEPTH, COUNT, GP_DIAG_LIMIT_CONDITION_DEPTH},
    {"Diagnostics shown of one file", GP_LIMIT_DIAGNOSTICS, COUNT, 0},
    {"Names in one directory of a tree", GP_LIMIT_LIST_ENTRIES, COUNT, 0},
    {"Window of a text without a window", GP_LIMIT_WINDOW_DEFAULT, BYTES, 0},
    {"Window that may be asked for", GP_LIMIT_WINDOW_BYTES, BYTES, 0},
    {"Ledger, read from its end", GP_LIMIT_LEDGER_BYTES, BYTES, 0},
    {"One record of a table", GP_LIMIT_RECORD_BYTES, BYTES, GP_DIAG_RECORD_SIZE},
    {"Records that one condition goes through", GP_LIMIT_TABLE_ROWS, COUNT, 0},
    {"Bytes of these records", GP_LIMIT_TABLE_BYTES, BYTES, 0},
    {"Offenders shown of a requirement", GP_LIMIT_OFFENDERS, COUNT, 0},
    {"Conditions and markers resting on each other in one decision", GP_LIMIT_EVAL_DEPTH, COUNT, 0},
    {"Cases of one file of rule tests", GP_LIMIT_TEST_CASES, COUNT, GP_DIAG_LIMIT_TEST_CASES},
    {"Files and directories of one tree of a rule test", GP_LIMIT_TEST_ENTRIES, COUNT, GP_DIAG_LIMIT_TEST_ENTRIES},
    {"One file of such a tree that is not all zeros", GP_LIMIT_TEST_FILE_BYTES, BYTES, GP_DIAG_LIMIT_TEST_BYTES},
    {"All such files of one tree", GP_LIMIT_TEST_TREE_BYTES, BYTES, GP_DIAG_LIMIT_TEST_BYTES},
};

static void limit_value(const struct limit *limit, char *text, size_t size)
{
    unsigned value = limit->value;

    if (limit->unit == BYTES && value % (1u << 20) == 0)
        snprintf(text, size, "%u MiB", value >> 20);
    else if (limit->unit == BYTES && value % (1u << 10) == 0)
        snprintf(text, size, "%u KiB", value >> 10);
    else
        snprintf(text, size, "%u%s", value, limit->unit == BYTES ? " bytes" : "");
}

void gp_reference_limits(struct gp_strbuf *out, const struct gp_registry *registry)
{
    static const char *const widths[] = {"Conditions and markers resting on each other in", "16777216", "GP0500"};

    (void)registry;
    gp_mdoc_table(out, widths, GP_COUNT(widths));
    for (size_t i = 0; i < GP_COUNT(limits); i++) {
        char value[32], id[16] = "";
        const char *const cells[] = {limits[i].words, value, id};

        limit_value(&limits[i], value, sizeof(value));
        if (limits[i].diagnostic)
            snprintf(id, sizeof(id), "GP%04d", limits[i].diagnostic);
        gp_mdoc_row(out, cells, GP_COUNT(cells));
    }
    gp_mdoc_table_end(out);
}

/* ---- diagnostics ------------------------------------------------------------------------------------------------- */

void gp_reference_diagnostics(struct gp_strbuf *out, const struct gp_registry *registry)
{
    static const char *const widths[] = {"GP0500", "warning", "a title that is as long as most titles"};

    (void)registry;
    gp_mdoc_table(out, widths, GP_COUNT(widths));
    for (const struct gp_diag_info *info = gp_diag_infos; info->number; info++) {
        char id[16];
        const char *const cells[] = {id, gp_level_name(info->level), info->title};

        snprintf(id, sizeof(id), "GP%04d", info->number);
        gp_mdoc_row(out, cells, GP_COUNT(cells));
    }
    gp_mdoc_table_end(out);
}
