/*
 * What the files of the binder share.  Each function returns 0 also when it said that something is wrong (the member
 * stays empty then, and gp_binder.errors has grown), or -ENOMEM.
 */
#ifndef GP_LOAD_BIND_INTERNAL_H
#define GP_LOAD_BIND_INTERNAL_H

#include "load/bind.h"
#include "rule/family.h"

/* Adds an error; the diagnostic or NULL, as gp_diag_add(). */
#define gp_bind_error(binder, ...) ((binder)->errors++, gp_diag_add((binder)->diags, __VA_ARGS__))

/* A part that is marked as broken for itself, so that what is around it is still looked at. */
struct gp_part {
    size_t errors, settled;
};
static inline struct gp_part gp_part_begin(const struct gp_binder *binder)
{
    return (struct gp_part){binder->errors, binder->settled};
}
/* Whether anything was said since then, the parts in it that are marked aside. */
static inline bool gp_part_is_wrong(const struct gp_binder *binder, struct gp_part part)
{
    return binder->errors - part.errors > binder->settled - part.settled;
}
/* The same, and whoever asks has marked it. */
static inline bool gp_part_end(struct gp_binder *binder, struct gp_part part)
{
    bool wrong = gp_part_is_wrong(binder, part);

    binder->settled = part.settled + (binder->errors - part.errors);
    return wrong;
}

/* How a struct begins whose MAP element has GP_FIELD_NAMED. */
struct gp_named_head {
    struct gp_str id;
    struct gp_span at;
    uint32_t wrong; /* as gp_definition.wrong; where there is no such member, the gap before the next one */
};

/* A mapping that several tables describe together, each for a struct of its own. */
struct gp_key_table {
    const struct gp_field *fields;
    void *base;
};
struct gp_key_set {
    struct gp_key_table tables[2];   /* fields NULL: none */
    const char *what;                /* "requirement" */
    const struct gp_form *form;      /* of a condition: facets may stand, or a message says why not */
    const struct gp_pair *id;        /* the pair whose value the mapping is, if its key is an id; or NULL */
    const struct gp_pair *skip;      /* a pair that something was said about already */
    struct gp_facet *facets;         /* out */
    size_t facet_count;
    uint32_t wrong;                  /* out: as gp_definition.wrong, by the rows of the first table */
};
int gp_bind_keys(struct gp_binder *binder, struct gp_key_set *set, const struct gp_node *node) GP_MUST_CHECK;

/* Of the keys of object->one_of exactly one must stand; says so, and returns a second one, which is not to be bound. */
const struct gp_pair *gp_bind_one_of(struct gp_binder *binder, const struct gp_object *object,
                                     const struct gp_node *node, const struct gp_key_set *set);
/* A mapping by its table; `id` as above. */
int gp_bind_mapping(struct gp_binder *binder, const struct gp_object *object, const struct gp_node *node,
                    void *instance, const struct gp_pair *id) GP_MUST_CHECK;

/* One function a kind, each for the member that its row describes. */
typedef int gp_bind_function(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node,
                             void *out);
gp_bind_function gp_bind_string, gp_bind_strings, gp_bind_text, gp_bind_texts, gp_bind_boolean, gp_bind_literal,
    gp_bind_enum, gp_bind_verbatim;                                                       /* bind-scalar.c */
gp_bind_function gp_bind_expr, gp_bind_exprs, gp_bind_comparison, gp_bind_ref, gp_bind_refs; /* bind-value.c */
gp_bind_function gp_bind_pattern, gp_bind_paths;                                          /* bind-path.c */
gp_bind_function gp_bind_condition, gp_bind_conditions, gp_bind_read, gp_bind_steps;      /* bind-family.c */
gp_bind_function gp_bind_child, gp_bind_list, gp_bind_map;                                /* bind.c */

/* bind-scalar.c: a template of `text`, a part of `node` that begins at `offset`. */
int gp_bind_template(struct gp_binder *binder, const struct gp_node *node, size_t offset, struct gp_str text,
                     const struct gp_template **ret_template) GP_MUST_CHECK;

/* ---- bind-say.c: messages ---------------------------------------------------------------------------------------- */

/* Whether an element of a list is there: false, and said by now, if it is empty or was broken in the file. */
bool gp_bind_there(struct gp_binder *binder, const struct gp_node *node);
/* Says "expected …, found …" unless `node` is of that kind. */
bool gp_bind_expect(struct gp_binder *binder, const struct gp_node *node, enum gp_node_kind kind, const char *expected);
/* The same of a text or path with ${name}, with how to write the value of what a mapping names. */
bool gp_bind_expect_text(struct gp_binder *binder, const struct gp_node *node, const char *expected);
/* The bytes of a scalar's text from `offset` on, where the text stands in the file as it is; else the whole scalar. */
struct gp_span gp_bind_within(const struct gp_node *node, size_t offset, size_t length);
/* Where a mapping begins: what is missing in it is said there. */
struct gp_span gp_bind_head(const struct gp_node *node);
/* Says that a key means nothing here, with the nearest key that does and where it would. */
void gp_bind_unknown_key(struct gp_binder *binder, const struct gp_key_set *set, const struct gp_pair *pair);

/* A kind of row that one key chooses. */
enum gp_family { GP_FAMILY_FORM, GP_FAMILY_READ, GP_FAMILY_STEP };
/* Their keys with commas between, in the order of the registry; "" if memory ran out. */
const char *gp_bind_family_keys(struct gp_binder *binder, enum gp_family family);
/* The same of a list of words. */
const char *gp_bind_words(struct gp_binder *binder, const char *const *words);

#endif
