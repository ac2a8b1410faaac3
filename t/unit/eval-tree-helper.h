/*
 * What the tests of the families share: rule sets out of one condition or read, the real families, and results as one
 * line of text.
 */
#ifndef EVAL_TREE_HELPER_H
#define EVAL_TREE_HELPER_H

#include <errno.h>
#include <string.h>

#include "eval/families.h"
#include "eval/internal.h"
#include "load/load.h"
#include "probe/memory.h"
#include "tap.h"

/* 2027-01-31T12:00:00Z: the time of all tests. */
#define TEST_NOW 1801396800

static const struct gp_form *const test_forms[] = {gp_forms_logic, gp_forms_value, gp_forms_world,
                                                   gp_forms_file,  gp_forms_files, gp_forms_record, NULL};
static const struct gp_facet_def *const test_facets[] = {gp_facets_stat, gp_facets_content, gp_facets_text,
                                                         gp_facets_relation, gp_facets_record, NULL};
static const struct gp_read_def *const test_reads[] = {gp_reads_stat, gp_reads_content, gp_reads_text, gp_reads_tree,
                                                       gp_reads_record, NULL};
static const struct gp_step_def *const test_steps[] = {NULL};
static const struct gp_registry test_registry = {&gp_form_named, test_forms, test_facets, test_reads, test_steps};

/* A loaded rule set with what it needs. */
struct test_rules {
    struct gp_sources *sources;
    struct gp_diags *diags;
    struct gp_ruleset *rules; /* NULL: it has errors */
};

static inline void test_rules_free(struct test_rules *it)
{
    gp_ruleset_free(it->rules);
    gp_diags_free(it->diags);
    gp_sources_free(it->sources);
}

static inline struct test_rules test_load(const char *text)
{
    struct test_rules it = {.sources = gp_sources_new()};
    const struct gp_load_options options = {
        .registry = &test_registry, .engine_version = "1.0", .now = {.tv_sec = TEST_NOW}};

    it.diags = it.sources ? gp_diags_new(it.sources, 100) : NULL;
    if (!it.diags)
        bail("no memory");
    int r = gp_load_text(&it.rules, "test", (struct gp_str){text, strlen(text)}, &options, it.diags);
    if (r == -ENOMEM)
        bail("no memory");
    if (r < 0)
        it.rules = NULL;
    return it;
}

/* The first line of each diagnostic, or "" if there is none. */
static inline void test_diagnostics(struct test_rules *it, struct gp_strbuf *out)
{
    struct gp_strbuf one = {0};

    for (size_t i = 0; i < gp_diags_count(it->diags, GP_LEVEL_SILENT); i++) {
        gp_strbuf_reset(&one);
        gp_diag_render(&one, it->sources, gp_diags_get(it->diags, i), false);
        const char *line = gp_strbuf_text(&one);
        gp_strbuf_printf(out, "%s%.*s", i ? "\n" : "", (int)strcspn(line, "\n"), line);
    }
    gp_strbuf_done(&one);
}

/* Line 5 is the condition, from column 20. */
static inline void test_cond_text(struct gp_strbuf *out, const char *names, const char *cond)
{
    gp_strbuf_printf(out,
                     "gatepost: 1\nnames: %s\noperations:\n  op: { title: Operation, requires: { r: {\n"
                     "             that: %s,\n             otherwise: { cause: Because. } } },\n"
                     "    params: { given: { type: string, default: a.db }, free: { type: string },\n"
                     "              width: { type: integer }, disk: { type: directory, default: /disk } } }\n"
                     "vars: { unset: { type: integer }, four: { type: integer, default: 4 },\n"
                     "        nowhere: { type: string }, span: { type: duration },\n"
                     "        other: { type: string, default: b.db },\n"
                     "        slash: { type: string, default: x/y } }\n",
                     names, cond);
}

static inline void test_read_text(struct gp_strbuf *out, const char *read)
{
    gp_strbuf_printf(out,
                     "gatepost: 1\nnames: dos\nmarkers:\n  m: {\n       read: %s }\n"
                     "vars: { unset: { type: integer }, four: { type: integer, default: 4 },\n"
                     "        disk: { type: directory, default: /disk }, gone: { type: directory, default: /gone },\n"
                     "        shut: { type: directory, default: /shut }, unset-disk: { type: directory } }\n",
                     read);
}

static inline struct gp_probe *test_open(struct gp_memtree *tree, const struct gp_ruleset *rules)
{
    struct gp_probe *probe = NULL;
    const struct gp_probe_options options = {.paths = rules->paths, .fold = rules->manifest.names == GP_NAMES_DOS,
                                             .held_path = GP_PATH_NONE, .held_fd = -1};

    if (gp_memtree_open(&probe, tree, &options) < 0)
        bail("the tree cannot be opened");
    return probe;
}


static inline int test_add_leaf(const struct gp_proof *leaf, void *context)
{
    struct gp_strbuf *out = context;

    gp_strbuf_printf(out, " | %s", leaf->subject ? leaf->subject : "?");
    if (leaf->path)
        gp_strbuf_printf(out, " %s", leaf->path);
    if (leaf->under)
        gp_strbuf_printf(out, " under %s", leaf->under);
    if (leaf->expected)
        gp_strbuf_printf(out, ": %s", leaf->expected);
    if (leaf->found)
        gp_strbuf_printf(out, " <- %s", leaf->found);
    if (leaf->detail)
        gp_strbuf_printf(out, " (%s)", leaf->detail);
    return 0;
}

/* "false basis | subject path: expected <- found (detail)", a "|" for each decisive leaf. */
static inline void test_proof(const struct gp_proof *proof, struct gp_strbuf *out)
{
    gp_strbuf_add(out, gp_result_name(proof->result));
    if (proof->result == GP_UNKNOWN)
        gp_strbuf_printf(out, " %s", gp_reason_name(proof->reason));
    if (proof->basis != GP_BASIS_NONE)
        gp_strbuf_printf(out, " %s", gp_basis_name(proof->basis));
    if (proof->offender_count)
        gp_strbuf_printf(out, " offenders=%zu", proof->offender_count);
    size_t bare = out->len;
    (void)gp_proof_decisive(proof, test_add_leaf, out);
    if (out->len == bare && proof->detail)
        gp_strbuf_printf(out, " (%s)", proof->detail);
}

/* Decides a condition that test_cond_text() wrote. */
static inline void test_decide(struct gp_memtree *tree, struct test_rules *it, struct gp_strbuf *out)
{
    const struct gp_operation *operation = it->rules->defs.operations.data[0].value;
    const struct gp_requirement *requirement = operation->requires.data[0].value;
    struct gp_probe *probe = test_open(tree, it->rules);
    const struct gp_case now = {.rules = it->rules, .probe = probe, .now = {.tv_sec = TEST_NOW}};
    struct gp_eval *eval = NULL;
    struct gp_proof proof;
    const char *problem = NULL;

    if (gp_eval_new(&eval, &now) < 0 || gp_eval_set_operation(eval, operation, &problem) < 0 ||
        gp_eval_cond(eval, requirement->that, &proof) < 0)
        bail("no memory, or: %s", problem ? problem : "");
    test_proof(&proof, out);
    if (eval->terse || eval->each_name.data)
        gp_strbuf_add(out, " AND THE EVALUATION IS NOT AS IT WAS");
    gp_eval_free(eval);
    gp_probe_free(probe);
}

/* Reads a marker that test_read_text() wrote: "type value @ path", or the reason and detail. */
static inline void test_marker(struct gp_memtree *tree, struct test_rules *it, struct gp_strbuf *out)
{
    const struct gp_marker *marker = it->rules->defs.markers.data[0].value;
    struct gp_probe *probe = test_open(tree, it->rules);
    const struct gp_case now = {.rules = it->rules, .probe = probe, .now = {.tv_sec = TEST_NOW}};
    struct gp_eval *eval = NULL;
    struct gp_reading reading = {0};

    if (gp_eval_new(&eval, &now) < 0 || gp_eval_marker(eval, marker, NULL, &reading) < 0)
        bail("no memory");
    if (reading.result == GP_TRUE) {
        const char *text = gp_value_text(&reading.value, gp_eval_arena(eval));
        gp_strbuf_printf(out, "%s %s", gp_type_name(reading.value.type), text ? text : "");
    } else
        gp_strbuf_printf(out, "%s%s%s (%s)", gp_result_name(reading.result), reading.result == GP_UNKNOWN ? " " : "",
                         gp_reason_name(reading.reason), reading.detail ? reading.detail : "");
    if (reading.proof && reading.proof->path)
        gp_strbuf_printf(out, " @ %s", reading.proof->path);
    gp_eval_free(eval);
    gp_probe_free(probe);
}

/* One condition against one tree: its line must be `want`; a rule set with errors gives these. */
static inline void test_cond(struct gp_memtree *tree, const char *names, const char *cond, const char *want)
{
    struct gp_strbuf text = {0}, line = {0};

    test_cond_text(&text, names, cond);
    struct test_rules it = test_load(gp_strbuf_text(&text));
    if (it.rules)
        test_decide(tree, &it, &line);
    else
        test_diagnostics(&it, &line);
    is_str(gp_strbuf_text(&line), want, "%s", cond);
    test_rules_free(&it);
    gp_strbuf_done(&text);
    gp_strbuf_done(&line);
}

static inline void test_read(struct gp_memtree *tree, const char *read, const char *want)
{
    struct gp_strbuf text = {0}, line = {0};

    test_read_text(&text, read);
    struct test_rules it = test_load(gp_strbuf_text(&text));
    if (it.rules)
        test_marker(tree, &it, &line);
    else
        test_diagnostics(&it, &line);
    is_str(gp_strbuf_text(&line), want, "%s", read);
    test_rules_free(&it);
    gp_strbuf_done(&text);
    gp_strbuf_done(&line);
}

struct test_pair {
    const char *asked, *want;
};

#endif
