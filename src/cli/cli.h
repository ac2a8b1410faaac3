/*
 * What every verb is handed: the options, the rule sets, where output goes.
 */
#ifndef GP_CLI_CLI_H
#define GP_CLI_CLI_H

#include "cli/exit.h"
#include "cli/options.h"
#include "cli/output.h"
#include "load/load.h"
#include "report/report.h"

#ifndef PACKAGE_VERSION
#error "the build says which version this is: -DPACKAGE_VERSION"
#endif

struct gp_verb;

struct gp_cli {
    const struct gp_verb *verb; /* NULL: none yet */
    struct gp_options options;
    struct gp_style style;
    bool error_colour;          /* of diagnostics on standard error */
    struct gp_output output;
    struct timespec now;        /* --now, else the time at which the program began */
    struct gp_arena *arena;
    /* The rule sets, by gp_rulesets_load(). */
    struct gp_sources *sources;
    struct gp_diags *diags;
    struct gp_ruleset **sets;
    size_t set_count;
    const char *rules_option; /* as struct gp_subject wants it */
};

/* All families of conditions, facets, reads and steps that this program has. */
extern const struct gp_registry gp_registry;

/* Says "gatepost: …" and how to get help, on standard error.  Returns GP_EXIT_USAGE. */
int gp_usage(const struct gp_cli *cli, const char *format, ...) GP_PRINTF(2, 3);
/* Says "gatepost: …" on standard error. */
void gp_complain(const char *format, ...) GP_PRINTF(1, 2);

#endif
