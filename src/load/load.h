/*
 * Loading: YAML files to rule sets.  All or nothing: a set with an error is not
 * loaded, and all of its errors are in the sink.
 */
#ifndef GP_LOAD_LOAD_H
#define GP_LOAD_LOAD_H

#include <time.h>

#include "rule/family.h"

#include "util/diag.h"

/* Where rule sets are looked for, lowest layer first.  A source's `layer` is the index of its layer plus one (one past
 * the last for the directory around a set that was named by its path), and 0 for a text. */
struct gp_layer {
    const char *directory;
    const char *title; /* "vendor", "admin", … */
};

struct gp_sys;
struct gp_load_options {
    const struct gp_registry *registry;
    const struct gp_layer *layers; /* searched for names and for what a set extends */
    size_t layer_count;
    const char *engine_version; /* for the manifest's `engine` */
    struct timespec now;        /* for `until` */
    const struct gp_sys *sys;   /* NULL: gp_sys_linux */
};

/* Loads the rule set `name`: a name that is looked for in the layers, or, if it has a "/" or is a directory with a
 * ruleset.yaml, a path (whose parent directory is then the highest layer, so that it finds what it extends beside
 * it).  Sources and diagnostics go to `diags`.  0, -ENOENT (no such set: a diagnostic says where was looked), -EINVAL
 * (errors in `diags`), -ENOMEM. */
int gp_load(struct gp_ruleset **ret_rules, const char *name, const struct gp_load_options *options,
            struct gp_diags *diags) GP_MUST_CHECK;
/* Loads one document held in memory (tests, fragments): manifest keys and sections may stand together. */
int gp_load_text(struct gp_ruleset **ret_rules, const char *name, struct gp_str text,
                 const struct gp_load_options *options, struct gp_diags *diags) GP_MUST_CHECK;

/* The names of the sets that the layers hold, sorted, without doubles and without those that are masked; in `arena`.
 * 0, -ENOMEM, or why a layer's directory that is there could not be read (-EACCES, -EIO …). */
int gp_load_names(const struct gp_load_options *options, struct gp_arena *arena, const char ***ret_names,
                  size_t *ret_count) GP_MUST_CHECK;

#endif
