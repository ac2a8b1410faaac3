/*
 * The rule sets of a command, and finding by id what they define.
 */
#ifndef GP_CLI_RULESETS_H
#define GP_CLI_RULESETS_H

#include "cli/cli.h"

/* Loads what --rules names, else $GATEPOST_RULES (names with ":" between them), else the default, into cli->sets.  Says
 * what is wrong with rule files.  0, GP_EXIT_RULES, or -ENOMEM. */
int gp_rulesets_load(struct gp_cli *cli) GP_MUST_CHECK;
void gp_rulesets_free(struct gp_cli *cli);
/* The names of the sets that gp_rulesets_load() would load.  0 or -ENOMEM. */
int gp_rulesets_names(struct gp_cli *cli, const char ***ret_names, size_t *ret_count) GP_MUST_CHECK;
/* Says what is in cli->diags, as gp_rulesets_load() does.  0 or -ENOMEM. */
int gp_rulesets_show(struct gp_cli *cli) GP_MUST_CHECK;
/* What gp_load() needs, with the layers of --rules and of the environment. 0 or -ENOMEM. */
int gp_rulesets_options(struct gp_cli *cli, struct gp_load_options *ret_options) GP_MUST_CHECK;

struct gp_found {
    const struct gp_ruleset *rules;
    size_t set; /* its index */
    const struct gp_map_entry *entry;
};

/* Finds ID or SET/ID.  0, GP_EXIT_USAGE after saying that there is none (with the nearest) or that several sets have
 * it, or -ENOMEM. */
int gp_rulesets_find(struct gp_cli *cli, enum gp_section section, struct gp_str id, struct gp_found *ret_found)
    GP_MUST_CHECK;
/* Splits "SET/ID" where SET is the name of a loaded set; `*ret_set` is NULL if there is no such prefix. */
struct gp_str gp_rulesets_split(const struct gp_cli *cli, struct gp_str id, const struct gp_ruleset **ret_set);

#endif
