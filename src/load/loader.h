/*
 * What the files that load a rule set share.  Unless they say otherwise, their
 * functions return 0 also when they said that something is wrong
 * (gp_loader.errors is set then), or -ENOMEM.
 */
#ifndef GP_LOAD_LOADER_H
#define GP_LOAD_LOADER_H

#include "load/load.h"
#include "load/node.h"
#include "util/digest.h"
#include "util/sys.h"
#include "util/vec.h"

/* One load: a set, and all that it extends. */
struct gp_loader {
    struct gp_arena *arena;   /* the rule set's */
    struct gp_arena *scratch; /* gone after the load */
    struct gp_diags *diags;
    const struct gp_load_options *options;
    const struct gp_sys *sys;
    const struct gp_layer *layers; /* the options', and the parent directory of a set that was named by its path */
    size_t layer_count;
    struct gp_digest *digest;
    size_t node_budget, files_left;
    GP_VEC(struct gp_rule_file) files; /* read so far; in the rule set's arena */
    GP_VEC(struct gp_str) finished;    /* sets, each behind what it extends; in the rule set's arena */
    struct gp_strmap sets; /* name -> struct gp_set *: loaded, or on the way */
    bool errors;
    bool partial; /* something could not be read, so that what names it must not be blamed */
};

/* A loader whose `arena` is to be filled in; to be closed also after -ENOMEM (load.c). */
int gp_loader_open(struct gp_loader *loader, const struct gp_load_options *options, struct gp_diags *diags)
    GP_MUST_CHECK;
void gp_loader_close(struct gp_loader *loader);

/* Adds an error; the diagnostic or NULL, as gp_diag_add(). */
#define gp_loader_error(loader, ...) ((loader)->errors = true, gp_diag_add((loader)->diags, __VA_ARGS__))

/* ---- files.c ----------------------------------------------------------------------------------------------------- */

/* A file of a rule set, before it is read. */
struct gp_set_file {
    const char *path;  /* to open, and to show */
    const char *label; /* "NAME/ruleset.yaml": the same on every machine, for the digest */
    const char *name;  /* its last component */
    int layer;         /* index into the layers */
    bool covers;       /* a lower layer has a file of this name, which this one replaces or masks */
    bool drop_in;
};

struct gp_dir_entry {
    const char *name;
    unsigned char type; /* DT_… */
};

/* The place that stands for a file or directory that was not read. */
struct gp_span gp_loader_place(struct gp_loader *loader, const char *path);
/* Reads a file into the sources and the digest.  `*ret_source` is 0 if it could not be read, or if it only masks. */
int gp_file_read(struct gp_loader *loader, const struct gp_set_file *file, uint32_t *ret_source) GP_MUST_CHECK;
/* The entries of a directory but "." and "..", in byte order; in the scratch arena.  0 or a negative errno, nothing is
 * said. */
int gp_dir_list(struct gp_loader *loader, const char *path, struct gp_dir_entry **ret_entries, size_t *ret_count)
    GP_MUST_CHECK;
/* Whether there is an empty file or /dev/null (or a link to it) at `path`.  1, 0 or a negative errno. */
int gp_file_is_mask(struct gp_loader *loader, const char *path) GP_MUST_CHECK;
/* Adds a text to what the digest of the rule set is made from. */
void gp_loader_digest(struct gp_loader *loader, const char *label, struct gp_str text);

/* ---- layers.c ---------------------------------------------------------------------------------------------------- */

/* The files of one rule set, from all layers. */
struct gp_set_files {
    const char *directory; /* of the layer that has its ruleset.yaml; NULL: there is no such set */
    GP_VEC(struct gp_set_file) own;      /* in byte order of their names */
    GP_VEC(struct gp_set_file) drop_ins; /* lower layers first, then byte order */
};

/* Looks a name up in the layers.  Says what is ignored, what cannot be read, and, with `at`, that there is no such set
 * (`at`: the name's place in what extends it, or no place). */
int gp_layers_find(struct gp_loader *loader, const char *name, struct gp_span at, struct gp_set_files *ret_files)
    GP_MUST_CHECK;
/* What a name says of a file: hidden or an editor's backup; a rule file. */
bool gp_name_ends(const char *name, const char *suffix);
bool gp_name_is_hidden(const char *name);
bool gp_name_is_rules(const char *name);
/* Why an entry of a directory is not read, unless it is a hidden or backup file. */
struct gp_ignored {
    const char *yml;      /* its name ends in .yml */
    const char *anything; /* for anything else */
};
/* Says that an entry of a directory is not read.  0 or -ENOMEM. */
int gp_loader_say_ignored(struct gp_loader *loader, const struct gp_ignored *words, const char *directory,
                          const char *name) GP_MUST_CHECK;

/* ---- layer-names.c ----------------------------------------------------------------------------------------------- */

/* Says what lies in the layers for a set that nobody has, if its name is almost that of a set which was loaded. */
int gp_layers_check_strays(struct gp_loader *loader) GP_MUST_CHECK;
/* The names of the sets in all layers, as gp_load_names(). */
int gp_layers_names(struct gp_loader *loader, struct gp_arena *arena, const char ***ret_names, size_t *ret_count)
    GP_MUST_CHECK;

/* ---- document.c -------------------------------------------------------------------------------------------------- */

enum gp_role {
    GP_ROLE_MANIFEST, /* ruleset.yaml */
    GP_ROLE_FILE,     /* another file of a set */
    GP_ROLE_DROP_IN,
    GP_ROLE_TEXT,     /* a text that is all of a set */
    GP_ROLE_FRAGMENT, /* one file without its set: it says itself which of the first three it is */
};

/* One file's nodes, taken apart. */
struct gp_document {
    struct gp_node *manifest; /* MANIFEST and TEXT: the mapping of the manifest's keys */
    struct gp_node *sections; /* the mapping of everything else; NULL: nothing of the file can be used */
    bool whole;               /* it was read to its end */
    bool drop_in;             /* FRAGMENT: it amends */
};

/* Whether a file's nodes (NULL: it is empty) are a mapping in a version of the language that is known; says why not. */
bool gp_document_check_root(struct gp_loader *loader, uint32_t source, enum gp_role role, const struct gp_node *root);
/* Parses a source, checks how it opens and which keys may stand in it.  `set`: the name of the rule set. */
int gp_document_read(struct gp_loader *loader, uint32_t source, enum gp_role role, const char *set,
                     struct gp_document *ret_document) GP_MUST_CHECK;

/* ---- engine.c ---------------------------------------------------------------------------------------------------- */

/* Whether the manifest's `engine` accepts this engine; says why not. */
bool gp_engine_accepts(struct gp_loader *loader, const struct gp_node *manifest);

/* ---- levels.c: what rule files say of the levels of diagnostics (`lint`) ------------------------------------------- */

/* A file's `lint` (NULL: none) holds for what is found in that file. */
int gp_levels_of_file(struct gp_loader *loader, uint32_t source, const struct gp_node *lint) GP_MUST_CHECK;
/* That of a manifest of a set that is extended, for what is found in the set's files that say nothing else of it. */
int gp_levels_of_base(struct gp_loader *loader, const char *set, const struct gp_node *lint) GP_MUST_CHECK;
/* That of the manifest of the set that is loaded (bound by now), for everything of which no file says anything else. */
int gp_levels_of_set(struct gp_loader *loader, const struct gp_map *lint) GP_MUST_CHECK;

/* ---- sets.c ------------------------------------------------------------------------------------------------------ */

/* A rule set on nodes. */
struct gp_set {
    const char *name;
    const char *directory;
    struct gp_span extended_at; /* while it is on the way: the name in `extends` that is being followed */
    struct gp_node *manifest; /* with what it inherits */
    struct gp_node *defs;     /* the effective sections; NULL: they cannot be told, and why was said */
    bool manifest_whole;
    bool done;
    bool drop_in; /* `defs` amend what is not there: of a fragment that is a drop-in, or of a set without its base */
};

/* Loads `name` and what it extends.  `at` as gp_layers_find().  `*ret_set` NULL: there is no such set. */
int gp_set_load(struct gp_loader *loader, const char *name, struct gp_span at, struct gp_set **ret_set) GP_MUST_CHECK;
/* The same of a text that is all of the set, or of a fragment (gp_load_options.fragment). */
int gp_set_load_text(struct gp_loader *loader, const char *name, struct gp_str text, struct gp_set **ret_set)
    GP_MUST_CHECK;

#endif
