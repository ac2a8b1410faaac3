/*
 * What the files of rule tests share and nobody else sees.
 */
#ifndef GP_AUTHOR_TESTS_INTERNAL_H
#define GP_AUTHOR_TESTS_INTERNAL_H

#include <errno.h>

#include "author/tests.h"
#include "load/bind.h"
#include "probe/memory.h"
#include "util/vec.h"

/* ---- trees that could be built (tests-tree.c, tests-like.c, tests-item.c) ---------------------------------------- */

enum gp_item_kind { GP_ITEM_DIRECTORY, GP_ITEM_FILE, GP_ITEM_LINK, GP_ITEM_OTHER };

/* Something at a path.  What was removed stays, but is not live. */
struct gp_item {
    const char *path;
    struct gp_item *parent; /* NULL: it lies in the root */
    enum gp_item_kind kind;
    uint32_t birth, parent_birth; /* a directory that is made anew is empty */
    bool gone, locked, unreadable;
    const struct gp_test_file *file;
    GP_VEC(const struct gp_test_patch *) patches; /* besides the file's own */
    const struct gp_test_attributes *attributes;
    struct gp_item *copy; /* while a tree is copied */
};

/* A tree, and what is known beside it. */
struct gp_blueprint {
    struct gp_strmap items; /* path to struct gp_item, parents first */
    uint32_t births;
    bool broken;            /* something was said about it */
    bool ledger_unreadable;
    GP_VEC(const struct gp_test_setup *) setups; /* in the order in which they count */
};

/* What a file begins with. */
struct gp_str gp_item_begin(const struct gp_test_file *file);
/* Where a patch begins in a file of `size` bytes; -1: not in it. */
int64_t gp_patch_offset(const struct gp_test_patch *patch, uint64_t size);
/* Whether it is there: neither it nor a directory that it lies in was removed. */
bool gp_item_live(const struct gp_item *item);
/* The bytes of a file. */
uint64_t gp_item_size(const struct gp_item *item);
/* Whether every byte of it is zero because nothing says otherwise. */
bool gp_item_is_zeros(const struct gp_item *item);
/* Writes all gp_item_size() bytes of it. */
void gp_item_content(const struct gp_item *item, char *out);
struct timespec gp_item_mtime(const struct gp_item *item, struct timespec now);
bool gp_item_read_only(const struct gp_item *item);
/* Attributes beside read-only that are spoken of, as bits of enum gp_attribute; `*ret_set` those that are set. */
unsigned gp_item_attributes(const struct gp_item *item, unsigned *ret_set);

/* What is being built, and with what is wrong with it said. */
struct gp_building {
    struct gp_tests *tests;
    struct gp_arena *arena;
    struct gp_blueprint *blueprint;
};

/* Everything of `from` that is there, as the start of another tree.  Each 0 or -ENOMEM. */
int gp_build_copy(struct gp_building *to, const struct gp_blueprint *from) GP_MUST_CHECK;
/* What a tree says of itself, and a `with` (NULL: none). */
int gp_build_tree(struct gp_building *to, const struct gp_test_tree *tree) GP_MUST_CHECK;
int gp_build_setup(struct gp_building *to, const struct gp_test_setup *setup) GP_MUST_CHECK;

/* ---- the tests of one file --------------------------------------------------------------------------------------- */

struct gp_tests {
    struct gp_arena *arena;
    struct gp_diags *diags;
    const char *path;
    uint32_t source;
    const struct gp_node *root;
    struct gp_test_document document;
    struct gp_ruleset shadow; /* where the binder keeps paths: those of the rule set are not ours to change */
    struct gp_binder binder;
    const struct gp_ruleset *rules; /* once checked */
    struct gp_load_options options;  /* as it was opened */
    struct gp_tests *base;           /* whose trees lie beneath its own: of trees.yaml; NULL: none */
    size_t inherited;                /* how many of its trees are those of the base */
    struct gp_blueprint *blueprints; /* one a tree */
    char *tree_marks;                /* one a tree, while the ring is looked for */
    size_t errors;
    bool checked;
};

struct gp_loader;
/* A loader of our own, for the files of tests alone, to be closed by gp_loader_close().  0 or -ENOMEM. */
int gp_tests_loader_open(struct gp_loader *loader, struct gp_arena *arena, const struct gp_load_options *options,
                         struct gp_diags *diags) GP_MUST_CHECK;

/* Adds an error; the diagnostic or NULL, as gp_diag_add(). */
#define gp_tests_error(tests, ...) ((tests)->errors++, gp_diag_add((tests)->diags, __VA_ARGS__))
/* Says that there is no WHAT of this id, with the nearest of the maps (each may be NULL). */
void gp_tests_no_such(struct gp_tests *tests, const char *what, struct gp_str id, struct gp_span at,
                      const struct gp_map *map, const struct gp_map *other);

/* What `ref` (NULL: nothing) names in `map`, NULL after saying that there is none. */
const struct gp_map_entry *gp_tests_look_up(struct gp_tests *tests, const struct gp_ref *ref, const struct gp_map *map);
void gp_tests_look_up_all(struct gp_tests *tests, const struct gp_refs *refs, const struct gp_map *map);

/* Puts the trees of other files, trees.yaml, beneath those of the file.  0, 1 (they are wrong, and that was said), -ENOMEM. */
int gp_tests_share(struct gp_tests *tests) GP_MUST_CHECK;
/* Builds the trees of a file that lies with `set`, and holds them against the rule set; says what is wrong.  0 or
 * -ENOMEM. */
int gp_tests_check_trees(struct gp_tests *tests, struct gp_str set) GP_MUST_CHECK;
/* Builds the blueprint of every tree; says what is wrong.  0 or -ENOMEM. */
int gp_tests_trees(struct gp_tests *tests) GP_MUST_CHECK;
/* The blueprint of a case, in `arena`.  What is wrong is said, and makes it broken.  0 or -ENOMEM. */
int gp_tests_blueprint(struct gp_tests *tests, const struct gp_test_case *it, struct gp_arena *arena,
                       struct gp_blueprint *ret_blueprint) GP_MUST_CHECK;
/* Checks the names of a setup: parameters, attestations …; `operation` (NULL: any) is what a case asks.  0, -ENOMEM. */
int gp_tests_check_setup(struct gp_tests *tests, const struct gp_test_setup *setup,
                         const struct gp_operation *operation) GP_MUST_CHECK;
const struct gp_map_entry *gp_tests_tree(const struct gp_tests *tests, struct gp_str id);

/* What a case asks, once its names are known to be right. */
enum gp_test_subject gp_test_subject_of(const struct gp_test_case *it);
/* The one message that a text names; NULL: none or several.  0 or -ENOMEM. */
int gp_test_message(const struct gp_ruleset *rules, struct gp_str text, struct gp_arena *arena,
                    const struct gp_message **ret_message, size_t *ret_count) GP_MUST_CHECK;
/* Checks what a case expects of what it asks; `operation` and `marker` NULL: it asks for none.  0 or -ENOMEM. */
int gp_tests_check_expect(struct gp_tests *tests, const struct gp_test_case *it, const struct gp_operation *operation,
                          const struct gp_marker *marker) GP_MUST_CHECK;
/* The node of a case, NULL if there is none. */
const struct gp_node *gp_test_node(const struct gp_tests *tests, const struct gp_test_case *it);
/* The place of a key of a case's `expect`. */
struct gp_span gp_test_expect_place(const struct gp_tests *tests, const struct gp_test_case *it, const char *key);

/* ---- running ----------------------------------------------------------------------------------------------------- */

/* A directory that a parameter or variable names. */
struct gp_scene_directory {
    struct gp_str id; /* of the parameter or variable */
    const struct gp_blueprint *blueprint;
    const char *path; /* as the evaluation will ask for it, once it has a name */
};

/* A case, ready to be built. */
struct gp_test_scene {
    struct gp_arena *arena;
    struct gp_tests *tests;
    const struct gp_test_options *options;
    const struct gp_test_case *it;
    const struct gp_operation *operation; /* NULL: none */
    struct gp_blueprint blueprint;
    struct timespec now;
    bool strict;
    struct gp_value free_space; /* type ANY: plenty */
    GP_VEC(struct gp_given) given;
    GP_VEC(struct gp_assumed) assumed;
    GP_VEC(struct gp_scene_directory) directories;
    /* Built. */
    struct gp_probe *probe;
    GP_VEC(struct gp_memtree *) memories;
    const char *skip; /* why it cannot be built here; NULL: it can */
};

/* Gives a parameter or variable a value, after all others. */
int gp_scene_set(struct gp_test_scene *scene, struct gp_str name, const char *value) GP_MUST_CHECK;
struct gp_probe_options gp_scene_probe_options(const struct gp_test_scene *scene);
/* Builds the tree of a scene and opens it.  0 (also with a reason to skip), -ENOMEM, or a negative errno. */
int gp_scene_build_memory(struct gp_test_scene *scene) GP_MUST_CHECK;
int gp_scene_build_disk(struct gp_test_scene *scene) GP_MUST_CHECK;
/* Frees what was built; removes it from the disk.  0 or a negative errno. */
int gp_scene_close(struct gp_test_scene *scene) GP_MUST_CHECK;
int gp_scene_remove_disk(struct gp_test_scene *scene) GP_MUST_CHECK;
/* The text of the ledger of a blueprint, NULL if it has none; `*ret_text` in the scene's arena. */
int gp_scene_ledger(struct gp_test_scene *scene, const struct gp_blueprint *blueprint,
                    struct gp_str *ret_text) GP_MUST_CHECK;

/* Holds a decision against what was expected.  0 or -ENOMEM. */
int gp_test_judge(const struct gp_tests *tests, const struct gp_test_case *it, const struct gp_test_decision *decision,
                  bool strict, struct gp_arena *arena, struct gp_test_result *result) GP_MUST_CHECK;

#endif
