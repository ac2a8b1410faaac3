/* What the tests of lint share: a rule set from text, and all that loading and lint say of it. */
#ifndef AUTHOR_LINT_HELPER_H
#define AUTHOR_LINT_HELPER_H

#include <errno.h>
#include <stdio.h>

#include "act/steps.h"
#include "author/lint.h"
#include "eval/families.h"
#include "load-helper.h"
#include "load/load.h"

static const struct gp_form *const lint_forms[] = {gp_forms_logic, gp_forms_value,  gp_forms_world, gp_forms_change,
                                                   gp_forms_file,  gp_forms_files, gp_forms_record, NULL};
static const struct gp_facet_def *const lint_facets[] = {gp_facets_stat, gp_facets_content, gp_facets_text,
                                                         gp_facets_relation, gp_facets_record, NULL};
static const struct gp_read_def *const lint_reads[] = {gp_reads_stat, gp_reads_content, gp_reads_text, gp_reads_tree,
                                                       gp_reads_record, NULL};
static const struct gp_step_def *const lint_steps[] = {gp_steps_tree, gp_steps_content, gp_steps_exec, NULL};
static const struct gp_registry lint_registry = {&gp_form_named, lint_forms, lint_facets, lint_reads, lint_steps};

/* 2027-02-01 00:00:00 UTC. */
#define LINT_NOW 1801440000

/* What is said of a text; `loaded` (may be NULL) gets what loading came to. */
static inline struct sink lint_text(const char *yaml, bool fragment, int *loaded)
{
    struct gp_load_options options = {.registry = &lint_registry, .engine_version = "0.1.0", .keep_broken = true};
    struct gp_lint_options how = {.registry = &lint_registry, .now = {.tv_sec = LINT_NOW}, .fragment = fragment};
    struct sink sink = sink_new();
    struct gp_ruleset *rules = NULL;
    int r = gp_load_text(&rules, "t", (struct gp_str){yaml, strlen(yaml)}, &options, sink.diags);

    if (loaded)
        *loaded = r;
    if (!rules || gp_lint(rules, &how, sink.diags) < 0)
        bail("no rule set to lint, or out of memory");
    gp_ruleset_free(rules);
    return sink;
}

/* A rule set, and the first lines of all that is said of it; "" for nothing. */
struct lint_case {
    const char *name, *yaml, *lines;
};

static inline void lint_cases(const struct lint_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct sink sink = lint_text(cases[i].yaml, false, NULL);
        is_str(sink_text(&sink), cases[i].lines, "%s", cases[i].name);
        sink_free(&sink);
    }
}

#endif
