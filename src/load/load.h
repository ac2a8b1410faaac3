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
    /* With errors (-EINVAL) the rule set is returned all the same, as far as it could be understood, for lint: entries
     * that are wrong are marked (gp_map_entry.broken), references may lead nowhere, no decision may rest on it. */
    bool keep_broken;
    bool without_drop_ins; /* as if there were no NAME.d anywhere: to tell what drop-ins change */
    /* gp_load_text(): the text is one file without the rest of its set, so what it names may be defined elsewhere: a
     * reference that leads nowhere is no error, and what has it is marked broken; a drop-in is complete without what it
     * changes. */
    bool fragment;
    /* gp_load(): a drop-in of the set that lies in no layer, above all that do. NULL: none. */
    const struct gp_load_drop_in *drop_in;
};

struct gp_load_drop_in {
    const char *name; /* of its source */
    struct gp_str text;
};

/* What a file says that it is, NULL where it does not say. */
struct gp_file_says {
    const char *ruleset, *amends, *tests_for;
};

/* Whether a text that stands for a rule set or a layer is a path: it has a "/", or is "." or "..".  Anything else is a
 * name, whatever lies in the working directory: where a command is typed must not change which rules it decides by. */
bool gp_load_is_path(const char *text);

/* Loads the rule set `name`: a name that is looked for in the layers, or a path (whose parent directory is then the highest layer, so that it finds what it extends beside
 * it).  Sources and diagnostics go to `diags`.  0, -ENOENT (no such set: a diagnostic says where was looked), -EINVAL
 * (errors in `diags`), -ENOMEM. */
int gp_load(struct gp_ruleset **ret_rules, const char *name, const struct gp_load_options *options,
            struct gp_diags *diags) GP_MUST_CHECK;
/* Loads one document held in memory (tests, fragments): manifest keys and sections may stand together. */
int gp_load_text(struct gp_ruleset **ret_rules, const char *name, struct gp_str text,
                 const struct gp_load_options *options, struct gp_diags *diags) GP_MUST_CHECK;

/* Looks at the keys at the top of a file; what is wrong with it is for a load to say.  Strings are in `arena`.  0 or
 * -ENOMEM. */
int gp_load_peek(struct gp_str text, struct gp_arena *arena, struct gp_file_says *ret_says) GP_MUST_CHECK;

/* Why the file says that it lowers or raises what is found in it: ids of diagnostics to reasons (const char *), in
 * `arena`, added to `reasons`.  0 or -ENOMEM. */
int gp_load_reasons(struct gp_str text, struct gp_arena *arena, struct gp_strmap *reasons) GP_MUST_CHECK;

/* The names of the sets that the layers hold, sorted, without doubles and without those that are masked; in `arena`.
 * 0, -ENOMEM, or why a layer's directory that is there could not be read (-EACCES, -EIO …). */
int gp_load_names(const struct gp_load_options *options, struct gp_arena *arena, const char ***ret_names,
                  size_t *ret_count) GP_MUST_CHECK;

#endif
