/*
 * What the checks of lint share.  A check is a row in lint.c: functions that one
 * walk over all definitions calls, or one that looks at the whole set.
 *
 * What was broken while loading is walked for what stands beside it, but no
 * check is asked of the definition, condition or facet itself; references may
 * lead nowhere (target NULL), and then literals may have no type.  Functions return 0
 * or -ENOMEM; what they find they add to `diags`.  The cost of each is linear in
 * the size of the set.
 */
#ifndef GP_AUTHOR_LINT_INTERNAL_H
#define GP_AUTHOR_LINT_INTERNAL_H

#include "author/lint.h"
#include "load/node.h"
#include "rule/walk.h"
#include "util/strmap.h"
#include "util/vec.h"

/* What a condition is made of, whatever its labels: equal shapes are equal conditions (lint-shape.c). */
struct gp_shape {
    uint64_t a, b;
};

/* What can be said of a condition without a tree (lint-constant.c). */
enum gp_fate {
    GP_FATE_OPEN = 0,
    GP_FATE_NEVER_TRUE = 1 << 0,
    GP_FATE_NEVER_FALSE = 1 << 1,
};

struct gp_lint_check;

struct gp_lint {
    const struct gp_ruleset *rules;
    const struct gp_lint_options *options;
    struct gp_diags *diags;
    struct gp_arena *arena; /* gone after the run */
    bool whole;             /* all of the set is there, as far as it could be understood */
    bool sound;             /* and without errors: what nothing names is named by nothing */
    const struct gp_operation *operation; /* that is walked, or NULL */
    struct gp_strmap nodes;  /* place of an id -> struct gp_pair *: the definition as it is written */
    struct gp_strmap errors; /* places where loading found one */
    struct gp_shape *shapes; /* of conditions, by number */
    unsigned char *fates;    /* enum gp_fate, and whether it is known, by number */
};

/* Called by the walk; `leaving` as in rule/walk.h. */
struct gp_lint_check {
    const char *name; /* for who reads the table, or is told what was not checked */
    bool whole;       /* needs the whole set: a fragment, or a set of which files could not be read, will not do */
    bool sound;       /* needs it without errors: it concludes from what is not there */
    int (*run)(struct gp_lint *lint); /* before the walk */
    int (*object)(struct gp_lint *lint, const struct gp_object *object, const void *instance);
    int (*cond)(struct gp_lint *lint, const struct gp_cond *cond); /* after its parts */
    int (*pattern)(struct gp_lint *lint, const struct gp_field *field, const struct gp_pattern *pattern);
    int (*expr)(struct gp_lint *lint, const struct gp_expr *expr);
};

/* ---- lint.c ------------------------------------------------------------------------------------------------------ */

/* The ids of a section, by its row in gp_object_definitions. */
const struct gp_map *gp_lint_section(const struct gp_lint *lint, const struct gp_field *field);
/* Walks all definitions; `context` is the lint. */
int gp_lint_walk(struct gp_lint *lint, struct gp_walk *walk) GP_MUST_CHECK;

/* ---- lint-node.c: the set as it is written ----------------------------------------------------------------------- */

/* Visits all nodes by their tables: keeps where definitions stand, says what other readers of YAML read otherwise and
 * what is empty. */
int gp_lint_nodes(struct gp_lint *lint) GP_MUST_CHECK;
/* The value of the id at `at`: a definition's node; NULL: not known. */
const struct gp_node *gp_lint_node(const struct gp_lint *lint, struct gp_span at);
/* The place of a key's value in it, else `at`. */
struct gp_span gp_lint_value_place(const struct gp_lint *lint, struct gp_span at, const char *key);
/* The place of the key itself, else `at`. */
struct gp_span gp_lint_key_place(const struct gp_lint *lint, struct gp_span at, const char *key);

/* ---- lint-yaml.c ------------------------------------------------------------------------------------------------- */

/* What a YAML reader that guesses types takes a plain scalar for ("a boolean"); NULL: for the same text, or for
 * something that is written the same way. */
const char *gp_lint_yaml_trap(struct gp_str text);
/* Says so, with the quoted scalar as the edit. */
void gp_lint_say_trap(struct gp_lint *lint, struct gp_span at, struct gp_str text, bool key);

/* ---- lint-shape.c ------------------------------------------------------------------------------------------------ */

int gp_lint_shapes(struct gp_lint *lint) GP_MUST_CHECK; /* of all conditions */
struct gp_shape gp_lint_shape(const struct gp_lint *lint, const struct gp_cond *cond); /* NULL: a shape of its own */
struct gp_shape gp_lint_path_shape(const struct gp_lint *lint, const struct gp_pathexpr *path);
struct gp_shape gp_shape_mix(struct gp_shape a, struct gp_shape b); /* the order matters */
struct gp_shape gp_shape_of_text(struct gp_str text);
bool gp_shape_equal(struct gp_shape a, struct gp_shape b);

/* A set of shapes, each with what it leads to.  0 and `*ret_known` = what the shape led to before, NULL if it is new
 * (it leads to `value` then). */
int gp_shapes_add(struct gp_arena *arena, struct gp_strmap *shapes, struct gp_shape shape, const void *value,
                  const void **ret_known) GP_MUST_CHECK;
const void *gp_shapes_find(const struct gp_strmap *shapes, struct gp_shape shape);

/* ---- conditions as their tables have them (lint-cond.c) ---------------------------------------------------------- */

/* The member that a key describes, NULL if the object has no such key (of that kind). */
const void *gp_lint_member(const struct gp_object *object, const void *data, const char *key, enum gp_kind kind);
bool gp_lint_is_form(const struct gp_cond *cond, const char *key);
/* Whether something is wrong in what it asks itself, its parts aside: then nothing follows from it. */
bool gp_lint_is_broken(const struct gp_cond *cond);
/* The conditions of `all`, `any` or `none`, the one of `not`; empty or NULL for other forms. */
struct gp_conds gp_lint_list(const struct gp_cond *cond);
const struct gp_cond *gp_lint_negated(const struct gp_cond *cond);
/* What a condition that is an id names, through other ids; the condition itself if it is none.  NULL: nothing. */
const struct gp_cond *gp_lint_resolve(const struct gp_lint *lint, const struct gp_cond *cond);
/* What a condition asks, through ids and through lists of one; where an id leads nowhere, that id.  NULL of NULL. */
const struct gp_cond *gp_lint_core(const struct gp_lint *lint, const struct gp_cond *cond);
/* A literal number; false for anything else. */
bool gp_lint_number(const struct gp_expr *expr, int64_t *ret);

/* ---- lint-constant.c --------------------------------------------------------------------------------------------- */

enum gp_fate gp_lint_fate(struct gp_lint *lint, const struct gp_cond *cond); /* NULL: OPEN */

/* ---- lint-places.c ----------------------------------------------------------------------------------------------- */

/* Whether parts of a list want one place to be two things: `all` never holds then, `any` of what they negate always
 * does.  False also if memory ran out. */
bool gp_lint_has_clash(struct gp_lint *lint, const struct gp_cond *cond);
/* What follows for a condition from GATEPOST being in no tree. */
enum gp_fate gp_lint_own_fate(const struct gp_lint *lint, const struct gp_cond *cond);

/* ---- lint-compare.c ---------------------------------------------------------------------------------------------- */

/* What a value can be before it is compared. */
struct gp_domain {
    const char *what;  /* "a u8", "a count" */
    bool integer;      /* `least`, `most` and `mask` mean something */
    int64_t least, most;
    int64_t mask;      /* -1: all bits */
    const struct gp_expr *mask_at; /* where the mask stands, or NULL */
    enum gp_type type;
    bool checked;      /* loading has said what is out of range */
};
/* What comes out of a comparison with a value that is there; with `say`, tells what makes it constant, senseless or
 * partly idle.  0 or -ENOMEM. */
int gp_lint_comparison(struct gp_lint *lint, const struct gp_comparison *comparison, const struct gp_domain *domain,
                       struct gp_span at, bool say, enum gp_fate *ret_fate) GP_MUST_CHECK;
/* What the read of a marker can yield, before `values` give it a name. */
struct gp_domain gp_lint_read_domain(struct gp_lint *lint, const struct gp_marker *marker);

/* ---- the checks (lint.c has the table) --------------------------------------------------------------------------- */

int gp_lint_unused(struct gp_lint *lint);                                               /* lint-unused.c */
int gp_lint_states(struct gp_lint *lint), gp_lint_to(struct gp_lint *lint);             /* lint-states.c */
int gp_lint_states_alike(struct gp_lint *lint);                                         /* lint-states.c */
int gp_lint_places(struct gp_lint *lint, const struct gp_cond *cond);                   /* lint-places.c */
int gp_lint_guard(struct gp_lint *lint, const struct gp_object *object, const void *instance); /* lint-places.c */
int gp_lint_from(struct gp_lint *lint);                                                 /* lint-from.c */
int gp_lint_constant(struct gp_lint *lint, const struct gp_cond *cond);                 /* lint-constant.c */
int gp_lint_marker_values(struct gp_lint *lint, const struct gp_object *object, const void *instance);
int gp_lint_choices(struct gp_lint *lint, const struct gp_object *object, const void *instance);
int gp_lint_cases(struct gp_lint *lint, const struct gp_object *object, const void *instance); /* lint-values.c */
int gp_lint_layout(struct gp_lint *lint, const struct gp_cond *cond);                   /* lint-layout.c */
int gp_lint_records(struct gp_lint *lint);                                              /* lint-records.c */
int gp_lint_parts(struct gp_lint *lint, const struct gp_cond *cond);                    /* lint-repeat.c */
/* Whether a list has a condition and its opposite; false also if memory ran out. */
bool gp_lint_has_opposites(struct gp_lint *lint, const struct gp_conds *list);
int gp_lint_requirements(struct gp_lint *lint, const struct gp_object *object, const void *instance);
int gp_lint_remedies(struct gp_lint *lint);
int gp_lint_operation(struct gp_lint *lint, const struct gp_object *object, const void *instance);
int gp_lint_waiver(struct gp_lint *lint, const struct gp_object *object, const void *instance); /* lint-operation.c */
/* Whether its structs begin as gp_definition: what a manifest can demand a title of. */
bool gp_lint_is_definition(const struct gp_object *object);
int gp_lint_demand_keys(struct gp_lint *lint);                                          /* lint-demands.c */
int gp_lint_demands(struct gp_lint *lint, const struct gp_object *object, const void *instance);
int gp_lint_messages(struct gp_lint *lint);                                             /* lint-messages.c */
int gp_lint_pattern(struct gp_lint *lint, const struct gp_field *field, const struct gp_pattern *pattern);
int gp_lint_literal(struct gp_lint *lint, const struct gp_expr *expr);                  /* lint-yaml.c */

#endif
