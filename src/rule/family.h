/*
 * What a predicate, a facet, a read and a step *are*: one const row each, with
 * functions.  Families of rows live above (eval/, act/); cli/ puts them into a
 * registry and hands it down, so that the loader knows them without including
 * them.
 */
#ifndef GP_RULE_FAMILY_H
#define GP_RULE_FAMILY_H

#include "rule/model.h"

struct gp_eval;   /* eval/eval.h */
struct gp_proof;  /* eval/proof.h */
struct gp_entry;  /* probe/probe.h */
struct gp_reading; /* eval/read.h: a value or the reason why there is none */
struct gp_stage;  /* act/stage.h */
struct gp_link;   /* rule/link.h: what a check may ask and say at load */

/* A form of condition: the key that tells it from the others is fields[0]. */
enum gp_form_flag {
    GP_FORM_FACETS = 1 << 0,      /* takes facets */
    GP_FORM_ENSURES = 1 << 1,     /* may stand in `ensures` only */
    GP_FORM_NO_STATE = 1 << 2,    /* may not stand in `states` */
    GP_FORM_RECORDS = 1 << 4,     /* about each record of the table that fields[0] names: ${FIELD} means something in it */
    GP_FORM_DIRECTORIES = 1 << 3, /* looks at directories, so takes the facets of these, not those of files */
};
struct gp_form {
    const char *key;
    unsigned flags;
    unsigned cost; /* rough: 0 logic, 1 known, 10 a stat, 100 a listing, 1000 content */
    const struct gp_object *object; /* NULL: known, but not in this build */
    /* What the tables cannot say: checked when all references are resolved.  May be NULL. */
    void (*check)(struct gp_link *link, const struct gp_cond *cond);
    /* Decides; fills in `proof` (result, reason, basis, leaves).  0 or -ENOMEM. */
    int (*decide)(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof);
    const char *example; /* a condition in YAML flow form, for the manual */
};

enum gp_facet_flag {
    GP_FACET_FILES = 1 << 0,       /* may be asked of regular files … */
    GP_FACET_DIRECTORIES = 1 << 1, /* … and of directories */
};
struct gp_facet_def {
    const char *key;
    unsigned flags; /* enum gp_facet_flag */
    unsigned cost;
    struct gp_field value; /* how its value is bound: into data at offset 0; GP_FIELD_HOLE: not in this build */
    size_t size;           /* of data */
    void (*check)(struct gp_link *link, const struct gp_facet *facet);
    /* Whether the facet holds of `entry`, which is there and of the form's type.  The proof takes result, reason,
     * expected and found. */
    int (*decide)(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry, struct gp_proof *proof);
    const char *example;
};

struct gp_read_def {
    const char *key;
    enum gp_type type; /* of what it yields; ANY: type_of() says */
    const struct gp_object *object; /* NULL: known, but not in this build */
    void (*check)(struct gp_link *link, const struct gp_read *read);
    int (*read)(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret);
    const char *example;
    /* The type of what this one yields, when references are resolved; ANY: not known.  NULL: `type`. */
    enum gp_type (*type_of)(const struct gp_read *read);
};

enum gp_step_flag {
    GP_STEP_WORK = 1 << 0, /* ${work} means something in its texts */
};
struct gp_step_def {
    const char *key;
    const struct gp_object *object; /* NULL: known, but not in this build */
    void (*check)(struct gp_link *link, const struct gp_step *step);
    /* Applies the step to a staged view; nothing on disk changes.  0 or a negative errno after saying why. */
    int (*stage)(struct gp_stage *stage, const struct gp_step *step);
    const char *example;
    unsigned flags; /* enum gp_step_flag */
};

/* Arrays of families; each family is an array that ends with a row whose key is NULL; each list ends with NULL. */
struct gp_registry {
    const struct gp_form *named; /* a condition that is just the id of another */
    const struct gp_form *const *forms;
    const struct gp_facet_def *const *facets;
    const struct gp_read_def *const *reads;
    const struct gp_step_def *const *steps;
};

/* The type of what a read yields. */
enum gp_type gp_read_type(const struct gp_read *read);
/* NULL if there is none. */
const struct gp_form *gp_registry_form(const struct gp_registry *registry, struct gp_str key);
const struct gp_facet_def *gp_registry_facet(const struct gp_registry *registry, struct gp_str key);
const struct gp_read_def *gp_registry_read(const struct gp_registry *registry, struct gp_str key);
const struct gp_step_def *gp_registry_step(const struct gp_registry *registry, struct gp_str key);

/* Whether the form's facets are about each of many files, so that ${stem} and ${name} mean something in them: it takes
 * facets, and its own paths may be globs. */
bool gp_form_is_each(const struct gp_form *form);

/* The condition that is just an id: data of registry->named. */
struct gp_cond_named {
    const struct gp_ref *condition;
};

#endif
