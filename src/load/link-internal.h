/*
 * What the files of the linker share.
 *
 * Every definition of the set is a node.  Conditions, markers and states are
 * shared: others use them, and the edges of the graph are these uses.  The
 * passes, in the order of gp_link(): references and edges (link-refs.c), rings,
 * depth and what a definition must not rest on (link-graph.c), names whose
 * meaning depends on the operations that use a shared definition
 * (link-names.c), types (link-types.c), and what remains to be checked of each
 * (link-check.c).  All are linear in nodes and edges, except that names are
 * settled once for each operation that reaches them.
 */
#ifndef GP_LOAD_LINK_INTERNAL_H
#define GP_LOAD_LINK_INTERNAL_H

#include "load/bind.h"
#include "rule/link.h"
#include "rule/walk.h"
#include "util/vec.h"

#define GP_LINK_NO_NODE UINT32_MAX

/* A use of a shared definition. */
struct gp_link_edge {
    uint32_t target;
    uint32_t depth;     /* of the conditions around the place */
    struct gp_span at;
    bool in_ensures;
};

/* A parameter, directory or ${name} in a shared definition: which of them it is depends on who uses it. */
struct gp_link_name {
    struct gp_ref *ref;     /* PARAM or DIRECTORY; or */
    struct gp_piece *piece; /* of a text or path */
    struct gp_str id;
    struct gp_span at;
    const struct gp_map_entry *declares, *lacks; /* the first operation of each kind; or, for `lacks`, … */
    const struct gp_map_entry *outside;          /* … what uses it where there is no operation */
    enum gp_section outside_section;
    const struct gp_setting *setting; /* of `declares` */
    bool types_differ;                /* said so */
};

struct gp_link_node {
    enum gp_section section;
    struct gp_map_entry *entry;
    const struct gp_field *element; /* of its section's map */
    size_t first_edge, edge_count;
    size_t first_name, name_count;
    uint32_t own_depth, height; /* nesting of conditions: its own, and with what it uses */
    const struct gp_cond *too_deep;     /* the first of its own conditions past the limit */
    const struct gp_cond *state_form;   /* it rests on a condition that may not stand in states … */
    const struct gp_cond *ensures_form; /* … on one that may stand in ensures only */
    struct gp_span state_at, ensures_at; /* where that comes in: the condition itself or the use of a definition */
    bool uses_names;                    /* it or what it uses has names to be settled */
    uint32_t ring;                      /* number of the ring that it lies on and that was said; 0: none */
    bool ordered;                       /* it stands in the order by now */
    bool unsound;                       /* it lies on a ring, or hangs from one */
    uint32_t stamp;                     /* the last user that was here */
};

struct gp_linker {
    struct gp_link link; /* what rows' checks see */
    struct gp_binder *binder;
    struct gp_arena *arena;
    struct gp_link_node *nodes;
    uint32_t node_count;
    uint32_t base[GP_SECTION_COUNT];        /* number of a section's first node */
    struct gp_map *maps[GP_SECTION_COUNT];  /* NULL: a section without definitions */
    GP_VEC(struct gp_link_edge) edges;
    GP_VEC(struct gp_link_name) names;
    uint32_t *order; /* nodes, each behind all that it uses; in a ring, behind all but one */
    uint32_t ordered, rings;
    struct gp_strmap parameters; /* of all operations, the first of each name: struct gp_link_parameter * */
    bool parameters_known;

    /* Where the walk is. */
    struct gp_link_node *owner;
    uint32_t depth;
    bool in_ensures, in_work;
    const struct gp_cond *record; /* a condition about each record of a table; NULL: none */
};

struct gp_link_parameter {
    const struct gp_setting *setting;
    const struct gp_map_entry *operation;
};

/* Whether something was said of what stands, or was to stand, behind `key`: then nothing is concluded from it. */
bool gp_link_is_wrong(const struct gp_object *object, const struct gp_definition *def, const char *key);
/* The first parameter of that name in any operation; `*ret_parameter` NULL: none.  0 or -ENOMEM. */
int gp_link_any_parameter(struct gp_linker *linker, struct gp_str id, const struct gp_link_parameter **ret_parameter)
    GP_MUST_CHECK;

/* Adds an error about the definition that the walk is in. */
#define gp_link_error(linker, ...) (gp_link_mark(linker), gp_diag_add((linker)->link.diags, __VA_ARGS__))
static inline void gp_link_mark(struct gp_linker *linker)
{
    if (linker->owner)
        linker->owner->entry->broken = true;
}

/* Visits one definition with `walk`'s functions; its context is the linker, and owner, operation and so on are set. */
int gp_link_walk(struct gp_linker *linker, struct gp_walk *walk, struct gp_link_node *node) GP_MUST_CHECK;
/* For the cond, facet, step and object functions of such walks: keep `in_each`, `in_work`, `in_ensures`. */
int gp_link_on_facet(struct gp_walk *walk, const struct gp_cond *cond, const struct gp_facet *facet, bool leaving);
int gp_link_on_step(struct gp_walk *walk, const struct gp_step *step, bool leaving);
int gp_link_on_object(struct gp_walk *walk, const struct gp_object *object, const void *instance, bool leaving);

/* The built-in name of ${name}; GP_PIECE_LITERAL: none. */
enum gp_piece_kind gp_link_builtin(struct gp_str name);
/* Says that there is no `id` in a section, with what it may have meant. */
void gp_link_undefined(struct gp_linker *linker, enum gp_section section, struct gp_str id, struct gp_span at);
/* Says that ${id} names nothing; `params` may be NULL. */
void gp_link_unknown_name(struct gp_linker *linker, struct gp_str id, struct gp_span at, const struct gp_map *params);
/* Settles a directory or a ${name} as the variable of that name, or says that there is none.  0 or -ENOMEM. */
int gp_link_settle_var(struct gp_linker *linker, struct gp_link_name *name) GP_MUST_CHECK;
/* Settles it as a parameter; `setting` is one of its declarations. */
void gp_link_settle_param(struct gp_linker *linker, struct gp_link_name *name, const struct gp_setting *setting);

/* The passes; each 0 or -ENOMEM. */
int gp_link_refs(struct gp_linker *linker) GP_MUST_CHECK;
int gp_link_graph(struct gp_linker *linker) GP_MUST_CHECK;
int gp_link_names(struct gp_linker *linker) GP_MUST_CHECK;
int gp_link_settings(struct gp_linker *linker) GP_MUST_CHECK; /* choices as names */
int gp_link_types(struct gp_linker *linker) GP_MUST_CHECK;
int gp_link_check(struct gp_linker *linker) GP_MUST_CHECK;
/* Of one setting, a part of the last pass. */
void gp_link_setting(struct gp_linker *linker, struct gp_setting *setting, bool parameter);
/* The choices of a setting as a map of names. */
int gp_link_choices(struct gp_linker *linker, struct gp_setting *setting) GP_MUST_CHECK;

#endif
