/*
 * Where rule sets are looked for, lowest layer first: vendor, /run, the
 * administrator's, the user's, then the directories of rule sets that --rules
 * names.
 */
#ifndef GP_CLI_LAYERS_H
#define GP_CLI_LAYERS_H

#include "cli/cli.h"

#define GP_LAYERS_MOST 4 /* before those of --rules */

/* Whether `path` is a directory of rule sets, drop-ins, or what masks or replaces these, and no rule set itself. */
bool gp_layer_is(const char *path);
/* The layers, in the arena, with `extra` on top. 0 or -ENOMEM. */
int gp_layers(struct gp_arena *arena, const char *const *extra, size_t extra_count, struct gp_layer **ret_layers,
              size_t *ret_count) GP_MUST_CHECK;

#endif
