/* All families of conditions, facets, reads and steps; a new array of rows is a line here. */
#include "act/steps.h"
#include "cli/cli.h"
#include "eval/families.h"

static const struct gp_form *const forms[] = {gp_forms_logic, gp_forms_value, gp_forms_world,  gp_forms_change,
                                              gp_forms_file,  gp_forms_files, gp_forms_record, NULL};
static const struct gp_facet_def *const facets[] = {gp_facets_stat, gp_facets_content, gp_facets_text, gp_facets_relation,
                                                     gp_facets_record, NULL};
static const struct gp_read_def *const reads[] = {gp_reads_stat, gp_reads_content, gp_reads_text, gp_reads_tree,
                                                  gp_reads_record, NULL};
static const struct gp_step_def *const steps[] = {gp_steps_tree, gp_steps_content, gp_steps_exec, NULL};

const struct gp_registry gp_registry = {
    .named = &gp_form_named,
    .forms = forms,
    .facets = facets,
    .reads = reads,
    .steps = steps,
};
