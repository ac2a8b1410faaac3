/*
 * A small world for the tests of eval/: a rule set from text, a tree in memory, a clock. The registry has the real
 * families.
 *
 *     struct world w;
 *     world_rules(&w, "markers:\n  kind: { read: { size: A } }\n");
 *     gp_memtree_zeros(w.tree, "A", 12);
 *     world_open(&w);
 *     …
 *     world_end(&w);
 */
#ifndef EVAL_HELPER_H
#define EVAL_HELPER_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eval/eval.h"
#include "eval/families.h"
#include "load/load.h"
#include "probe/ledger.h"
#include "probe/memory.h"
#include "tap.h"
#include "util/clock.h"
#include "util/text.h"

static const struct gp_form *const world_forms[] = {gp_forms_logic, gp_forms_value,  gp_forms_world, gp_forms_change,
                                                    gp_forms_file,  gp_forms_files, gp_forms_record, NULL};
static const struct gp_facet_def *const world_facets[] = {gp_facets_stat, gp_facets_content, gp_facets_relation, gp_facets_record, NULL};
static const struct gp_read_def *const world_reads[] = {gp_reads_stat, gp_reads_content, gp_reads_tree, gp_reads_record, NULL};
static const struct gp_step_def world_no_steps[] = {{0}};
static const struct gp_step_def *const world_steps[] = {world_no_steps, NULL};
static const struct gp_registry world_registry = {&gp_form_named, world_forms, world_facets, world_reads, world_steps};

#define WORLD_GIVEN 8

struct world {
    struct gp_sources *sources;
    struct gp_diags *diags;
    struct gp_ruleset *rules;
    struct gp_memtree *tree;
    struct gp_probe *probe;
    struct gp_case it;
    struct gp_eval *eval;
    struct gp_given given[WORLD_GIVEN];
    struct gp_assumed assumed[WORLD_GIVEN];
    char text[4096];
};

static inline struct gp_str world_str(const char *s)
{
    return (struct gp_str){s, strlen(s)};
}

static inline struct timespec world_time(const char *text)
{
    struct timespec time;

    if (gp_time_parse(world_str(text), &time) < 0)
        bail("not a time: %s", text);
    return time;
}

#define WORLD_NOW "2027-01-31T12:00:00Z"

/* Loads a rule set; the return is gp_load_text()'s, and the diagnostics lie in w->diags. */
static inline int world_try(struct world *w, const char *yaml)
{
    struct gp_load_options options = {.registry = &world_registry, .engine_version = "0.1.0"};

    memset(w, 0, sizeof(*w));
    options.now = world_time(WORLD_NOW);
    w->sources = gp_sources_new();
    w->diags = w->sources ? gp_diags_new(w->sources, 100) : NULL;
    w->tree = gp_memtree_new();
    if (!w->diags || !w->tree)
        bail("no memory");
    return gp_load_text(&w->rules, "test", world_str(yaml), &options, w->diags);
}

/* The same for one that must load. */
static inline void world_rules(struct world *w, const char *yaml)
{
    int r = world_try(w, yaml);
    struct gp_strbuf out = {0};
    const struct gp_diag *one;

    for (size_t i = 0; (one = gp_diags_get(w->diags, i)); i++)
        gp_diag_render(&out, w->sources, one, false);
    if (out.len)
        diag("%s", out.data);
    if (r < 0)
        bail("the rule set does not load: %s", strerror(-r));
    gp_strbuf_done(&out);
    w->it = (struct gp_case){.rules = w->rules, .now = world_time(WORLD_NOW), .given = w->given, .assumed = w->assumed};
}

static inline void world_give(struct world *w, const char *name, const char *value)
{
    if (w->it.given_count == WORLD_GIVEN)
        bail("too much given");
    w->given[w->it.given_count++] = (struct gp_given){world_str(name), world_str(value)};
}

static inline void world_assume(struct world *w, const char *id, const char *reason)
{
    if (w->it.assumed_count == WORLD_GIVEN)
        bail("too much assumed");
    w->assumed[w->it.assumed_count++] = (struct gp_assumed){world_str(id), world_str(reason)};
}

static inline void world_close(struct world *w)
{
    gp_eval_free(w->eval);
    gp_probe_free(w->probe);
    w->eval = NULL;
    w->probe = NULL;
}

/* A new probe and a new evaluation of the tree as it is now. */
static inline void world_open(struct world *w)
{
    struct gp_probe_options options = {.paths = w->rules->paths, .fold = w->rules->manifest.names == GP_NAMES_DOS};

    world_close(w);
    if (gp_memtree_open(&w->probe, w->tree, &options) < 0)
        bail("the tree in memory does not open");
    w->it.probe = w->probe;
    if (gp_eval_new(&w->eval, &w->it) < 0)
        bail("no memory");
}

static inline void world_end(struct world *w)
{
    world_close(w);
    gp_memtree_free(w->tree);
    gp_ruleset_free(w->rules);
    gp_diags_free(w->diags);
    gp_sources_free(w->sources);
}

/* ---- looking things up ------------------------------------------------------------------------------------------- */

static inline const void *world_find(const struct gp_map *map, const char *id)
{
    const struct gp_map_entry *entry = gp_map_find(map, world_str(id));

    if (!entry)
        bail("there is no '%s'", id);
    return entry->value;
}

static inline const struct gp_operation *world_operation(const struct world *w, const char *id)
{
    return world_find(&w->rules->defs.operations, id);
}

static inline void world_settle(struct world *w, const char *operation)
{
    const char *problem = "no memory";

    if (gp_eval_set_operation(w->eval, operation ? world_operation(w, operation) : NULL, &problem) < 0)
        bail("%s: %s", operation ? operation : "-", problem);
}

/* ---- in words ---------------------------------------------------------------------------------------------------- */

/* "true", "false (inferred)", "unknown no-value: the file ends at 3 bytes". */
static inline void world_words(struct gp_strbuf *out, enum gp_result result, enum gp_reason reason, enum gp_basis basis,
                               const char *detail)
{
    gp_strbuf_add(out, gp_result_name(result));
    if (reason != GP_REASON_NONE)
        gp_strbuf_printf(out, " %s", gp_reason_name(reason));
    if (basis != GP_BASIS_NONE)
        gp_strbuf_printf(out, " (%s)", gp_basis_name(basis));
    if (detail)
        gp_strbuf_printf(out, ": %s", detail);
}

static inline const char *world_keep(struct world *w, struct gp_strbuf *out)
{
    snprintf(w->text, sizeof(w->text), "%s", gp_strbuf_text(out));
    gp_strbuf_done(out);
    return w->text;
}

static inline const char *world_proof(struct world *w, const struct gp_proof *proof)
{
    struct gp_strbuf out = {0};

    world_words(&out, proof->result, proof->reason, proof->basis, proof->detail);
    return world_keep(w, &out);
}

/* Decides a named condition: "true (stated)". */
static inline const char *world_cond(struct world *w, const char *id)
{
    const struct gp_named_cond *named = world_find(&w->rules->defs.conditions, id);
    struct gp_proof proof;

    if (gp_eval_cond(w->eval, named->cond, &proof) < 0)
        bail("no memory");
    return world_proof(w, &proof);
}

static inline int world_add_leaf(const struct gp_proof *leaf, void *context)
{
    struct gp_strbuf *out = context;

    if (out->len)
        gp_strbuf_add(out, "\n");
    gp_strbuf_printf(out, "%s", leaf->subject);
    if (leaf->name.data)
        gp_strbuf_printf(out, " %.*s", GP_STR_ARG(leaf->name));
    if (leaf->path)
        gp_strbuf_printf(out, " %s", leaf->path);
    if (leaf->under)
        gp_strbuf_printf(out, " under %s", leaf->under);
    gp_strbuf_printf(out, ": %s, wants %s, has %s", gp_result_name(leaf->result), leaf->expected ? leaf->expected : "-",
                     leaf->found ? leaf->found : "-");
    return 0;
}

/* The decisive leaves of a named condition, one a line: "file A: false, wants exists, has nothing". */
static inline const char *world_leaves(struct world *w, const char *id)
{
    const struct gp_named_cond *named = world_find(&w->rules->defs.conditions, id);
    struct gp_strbuf out = {0};
    struct gp_proof proof;

    if (gp_eval_cond(w->eval, named->cond, &proof) < 0)
        bail("no memory");
    gp_proof_decisive(&proof, world_add_leaf, &out);
    return world_keep(w, &out);
}

/* A marker's value: "true (inferred): 12 bytes", "unknown no-value: …". */
static inline const char *world_reading(struct world *w, const struct gp_reading *reading)
{
    struct gp_strbuf out = {0};
    const char *text =
        reading->result == GP_TRUE ? gp_value_text(&reading->value, gp_eval_arena(w->eval)) : reading->detail;

    world_words(&out, reading->result, reading->reason, reading->basis, text);
    return world_keep(w, &out);
}

static inline const char *world_marker(struct world *w, const char *id)
{
    struct gp_reading reading;

    if (gp_eval_marker(w->eval, world_find(&w->rules->defs.markers, id), NULL, &reading) < 0)
        bail("no memory");
    return world_reading(w, &reading);
}

/* A table of conditions and what they come to. */
struct world_row {
    const char *id, *want;
};

static inline void world_rows(struct world *w, const struct world_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        is_str(world_cond(w, rows[i].id), rows[i].want, "%s", rows[i].id);
}

#endif
