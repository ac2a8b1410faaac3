/* Conditions, reads and steps: mappings in which one key chooses the row that says what the others mean. */
#include "load/bind-internal.h"

#include <errno.h>

#include "rule/tables.h"
#include "util/text.h"

/* ---- the deciding key -------------------------------------------------------------------------------------------- */

/* The row that a key chooses, as its address and the object that describes the mapping (NULL: not in this build). */
static const void *find_row(const struct gp_binder *binder, enum gp_family family, struct gp_str key,
                            const struct gp_object **ret_object)
{
    const struct gp_form *form;
    const struct gp_read_def *read;
    const struct gp_step_def *step;

    switch (family) {
    case GP_FAMILY_FORM:
        form = gp_registry_form(binder->registry, key);
        *ret_object = form ? form->object : NULL;
        return form;
    case GP_FAMILY_READ:
        read = gp_registry_read(binder->registry, key);
        *ret_object = read ? read->object : NULL;
        return read;
    default:
        step = gp_registry_step(binder->registry, key);
        *ret_object = step ? step->object : NULL;
        return step;
    }
}

struct choice {
    const void *row; /* NULL: none, or not in this build; something was said */
    const struct gp_object *object;
    const struct gp_pair *pair, *second; /* `second` is not bound */
};

static bool has_key(const struct gp_object *object, struct gp_str key)
{
    for (const struct gp_field *field = object ? object->fields + 1 : NULL; field && field->key; field++)
        if (gp_str_is(key, field->key))
            return true;
    return false;
}

static void find_choice(const struct gp_binder *binder, enum gp_family family, const struct gp_node *node,
                        struct choice *choice)
{
    for (size_t i = 0; i < node->count && !choice->second; i++) {
        const struct gp_pair *pair = &node->pairs[i];
        const struct gp_object *object;
        const void *row = find_row(binder, family, pair->key, &object);
        if (!row || (choice->pair && has_key(choice->object, pair->key)))
            continue; /* a deciding key may be a secondary key of another row */
        if (choice->pair && !has_key(object, choice->pair->key)) {
            choice->second = pair;
            return;
        }
        *choice = (struct choice){row, object, pair, NULL};
    }
}

static const struct {
    const char *what, *purpose, *list;
} families[] = {
    [GP_FAMILY_FORM] = {"condition", "this condition has no key that says what must hold",
                        "all of them: { all: [...] }"},
    [GP_FAMILY_READ] = {"read", "this read has no key that says what is read", NULL},
    [GP_FAMILY_STEP] = {"step", "this step has no key that says what it does", NULL},
};

/* Says why there is no deciding key: one is misspelt, or there is none. */
static void say_no_choice(struct gp_binder *binder, enum gp_family family, const struct gp_node *node,
                          const struct gp_field *common)
{
    struct gp_key_set set = {.tables = {{common, NULL}}, .what = families[family].what};
    const struct gp_pair *facet = NULL;
    size_t errors = binder->errors;

    for (size_t i = 0; i < node->count; i++) {
        const struct gp_pair *pair = &node->pairs[i];
        bool known = family == GP_FAMILY_FORM && gp_registry_facet(binder->registry, pair->key);
        facet = known ? pair : facet;
        for (const struct gp_field *field = common; field->key && !known; field++)
            known = gp_str_is(pair->key, field->key);
        if (!known)
            gp_bind_unknown_key(binder, &set, pair);
    }
    if (binder->errors > errors)
        return;
    struct gp_diag *diag =
        gp_bind_error(binder, GP_DIAG_NO_DECIDING_KEY, gp_bind_head(node), "%s", families[family].purpose);
    if (diag)
        gp_diag_note(binder->diags, diag, (struct gp_span){0}, "one of: %s", gp_bind_family_keys(binder, family));
    if (facet)
        gp_diag_note(binder->diags, diag, facet->key_at, "'%.*s' is a facet, it says more about what another key names",
                     GP_STR_ARG(facet->key));
}

static void choose(struct gp_binder *binder, enum gp_family family, const struct gp_node *node,
                   const struct gp_field *common, struct choice *choice)
{
    *choice = (struct choice){0};
    find_choice(binder, family, node, choice);
    if (!choice->pair) {
        say_no_choice(binder, family, node, common);
        return;
    }
    struct gp_str key = choice->pair->key;
    if (!choice->object) {
        gp_bind_error(binder, GP_DIAG_NOT_BUILT, choice->pair->key_at, "'%.*s' is known, but not in this build",
                      GP_STR_ARG(key));
        choice->row = NULL;
        return;
    }
    if (!choice->second)
        return;
    struct gp_diag *diag = gp_bind_error(binder, GP_DIAG_TWO_DECIDING_KEYS, choice->second->key_at,
                                         "'%.*s' and '%.*s' in one %s", GP_STR_ARG(key),
                                         GP_STR_ARG(choice->second->key), families[family].what);
    gp_diag_note(binder->diags, diag, choice->pair->key_at, "'%.*s' stands here", GP_STR_ARG(key));
    if (families[family].list)
        gp_diag_note(binder->diags, diag, (struct gp_span){0}, "to ask for %s", families[family].list);
}

/* The keys of what was chosen. */
static int bind_choice(struct gp_binder *binder, const struct choice *choice, struct gp_key_set *set,
                       const struct gp_node *node)
{
    set->skip = choice->second;
    if (choice->object->one_of && !set->skip)
        set->skip = gp_bind_one_of(binder, choice->object, node, set);
    return gp_bind_keys(binder, set, node);
}

/* ---- conditions -------------------------------------------------------------------------------------------------- */

static struct gp_cond *new_cond(struct gp_binder *binder, const struct gp_form *form, const struct gp_node *node)
{
    struct gp_cond *cond = GP_NEW(binder->arena, struct gp_cond);

    if (!cond)
        return NULL;
    cond->form = form;
    cond->at = node->at;
    cond->data = gp_arena_alloc(binder->arena, form->object->size ? form->object->size : 1);
    cond->number = binder->rules->cond_count++;
    return cond->data ? cond : NULL;
}

static int bind_named(struct gp_binder *binder, const struct gp_node *node, struct gp_cond **out)
{
    struct gp_cond *cond = new_cond(binder, binder->registry->named, node);

    if (!cond)
        return -ENOMEM;
    *out = cond;
    return gp_bind_field(binder, binder->registry->named->object->fields, node, cond->data);
}

static int bind_form(struct gp_binder *binder, const struct gp_node *node, struct gp_cond **out)
{
    struct choice choice;

    choose(binder, GP_FAMILY_FORM, node, gp_cond_fields, &choice);
    if (!choice.row)
        return 0;
    struct gp_cond *cond = new_cond(binder, choice.row, node);
    if (!cond)
        return -ENOMEM;
    struct gp_key_set set = {
        .tables = {{choice.object->fields, cond->data}, {gp_cond_fields, cond}},
        .what = "condition",
        .form = choice.row,
    };
    int r = bind_choice(binder, &choice, &set, node);
    cond->facets = set.facets;
    cond->facet_count = set.facet_count;
    *out = cond;
    return r;
}

int gp_bind_condition(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    (void)field;
    if (node->kind == GP_NODE_LIST) {
        struct gp_diag *diag =
            gp_bind_error(binder, GP_DIAG_WRONG_KIND, node->at, "expected a condition, found a list");
        gp_diag_note(binder->diags, diag, (struct gp_span){0}, "to ask for all of them write { all: [...] }");
        return 0;
    }
    if (!gp_bind_there(binder, node))
        return 0;
    struct gp_part part = gp_part_begin(binder);
    struct gp_cond *cond = NULL;
    int r = node->kind == GP_NODE_SCALAR ? bind_named(binder, node, &cond) : bind_form(binder, node, &cond);
    if (cond)
        cond->broken = gp_part_end(binder, part);
    *(const struct gp_cond **)out = cond;
    return r;
}

int gp_bind_conditions(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    struct gp_conds *list = out;

    if (!gp_bind_expect(binder, node, GP_NODE_LIST, "a list of conditions"))
        return 0;
    if (!node->count) {
        gp_bind_error(binder, GP_DIAG_EMPTY_LIST, node->at, "'%s' of no conditions says nothing", field->key);
        return 0;
    }
    list->data = GP_NEW_ARRAY(binder->arena, const struct gp_cond *, node->count);
    if (!list->data)
        return -ENOMEM;
    for (size_t i = 0; i < node->count; i++) {
        int r = gp_bind_condition(binder, field, node->items[i], &list->data[list->count]);
        if (r < 0)
            return r;
        list->count += list->data[list->count] != NULL;
    }
    return 0;
}

/* ---- reads and steps --------------------------------------------------------------------------------------------- */

int gp_bind_read(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    struct choice choice;

    (void)field;
    if (!gp_bind_expect(binder, node, GP_NODE_MAPPING, "a mapping that says what is read"))
        return 0;
    struct gp_part part = gp_part_begin(binder);
    choose(binder, GP_FAMILY_READ, node, gp_read_fields, &choice);
    if (!choice.row)
        return 0;
    struct gp_read *read = GP_NEW(binder->arena, struct gp_read);
    if (!read)
        return -ENOMEM;
    read->def = choice.row;
    read->at = node->at;
    read->data = gp_arena_alloc(binder->arena, choice.object->size ? choice.object->size : 1);
    if (!read->data)
        return -ENOMEM;
    *(const struct gp_read **)out = read;
    struct gp_key_set set = {
        .tables = {{choice.object->fields, read->data}, {gp_read_fields, read}},
        .what = "read",
    };
    int r = bind_choice(binder, &choice, &set, node);
    read->broken = gp_part_end(binder, part);
    return r;
}

static int bind_step(struct gp_binder *binder, const struct gp_node *node, struct gp_step **out)
{
    struct choice choice;

    if (!gp_bind_there(binder, node) || !gp_bind_expect(binder, node, GP_NODE_MAPPING, "a step"))
        return 0;
    struct gp_part part = gp_part_begin(binder);
    choose(binder, GP_FAMILY_STEP, node, gp_step_fields, &choice);
    if (!choice.row)
        return 0;
    struct gp_step *step = GP_NEW(binder->arena, struct gp_step);
    if (!step)
        return -ENOMEM;
    step->def = choice.row;
    step->at = node->at;
    step->data = gp_arena_alloc(binder->arena, choice.object->size ? choice.object->size : 1);
    if (!step->data)
        return -ENOMEM;
    *out = step;
    struct gp_key_set set = {
        .tables = {{choice.object->fields, step->data}, {gp_step_fields, step}},
        .what = "step",
    };
    int r = bind_choice(binder, &choice, &set, node);
    step->broken = gp_part_end(binder, part);
    return r;
}

int gp_bind_steps(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    struct gp_steps *list = out;

    if (!gp_bind_expect(binder, node, GP_NODE_LIST, "a list of steps"))
        return 0;
    if (!node->count) {
        gp_bind_error(binder, GP_DIAG_EMPTY_LIST, node->at, "'%s' is an empty list", field->key);
        return 0;
    }
    list->data = GP_NEW_ARRAY(binder->arena, struct gp_step *, node->count);
    if (!list->data)
        return -ENOMEM;
    for (size_t i = 0; i < node->count; i++) {
        int r = bind_step(binder, node->items[i], &list->data[list->count]);
        if (r < 0)
            return r;
        list->count += list->data[list->count] != NULL;
    }
    return 0;
}
