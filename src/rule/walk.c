#include "rule/walk.h"

#include "rule/tables.h"

/* Calls a function if there is one, and returns from the caller unless it says 0. */
#define TELL(walk, function, ...)                                                  \
    do {                                                                           \
        int told = (walk)->function ? (walk)->function((walk), __VA_ARGS__) : 0;   \
        if (told)                                                                  \
            return told;                                                           \
    } while (0)

#define TRY(call)           \
    do {                    \
        int tried = (call); \
        if (tried)          \
            return tried;   \
    } while (0)

/* The row that stands for a reference inside an expression. */
static const struct gp_field *reference_field(enum gp_section section)
{
    const struct gp_field *field = gp_object_reference.fields;

    while (field->key && field->section != section)
        field++;
    return field;
}

static int walk_expr(struct gp_walk *walk, const struct gp_field *field, const struct gp_expr *expr)
{
    if (!expr)
        return 0;
    TELL(walk, expr, field, expr);
    if (expr->ref)
        TELL(walk, ref, reference_field(expr->ref->section), expr->ref);
    if (expr->under)
        TELL(walk, ref, reference_field(GP_SECTION_DIRECTORY), expr->under);
    return 0;
}

static int walk_exprs(struct gp_walk *walk, const struct gp_field *field, const struct gp_exprs *exprs)
{
    for (size_t i = 0; i < exprs->count; i++)
        TRY(walk_expr(walk, field, exprs->data[i]));
    return 0;
}

static int walk_comparison(struct gp_walk *walk, const struct gp_field *field, const struct gp_comparison *comparison)
{
    if (!comparison)
        return 0;
    for (const struct gp_field *row = gp_object_comparison.fields; row->key; row++) {
        struct gp_field operand = gp_comparison_operand(row, field);
        TRY(gp_walk_field(walk, &operand, comparison));
    }
    return 0;
}

static int walk_object(struct gp_walk *walk, const struct gp_object *object, const void *instance)
{
    if (!instance)
        return 0;
    TELL(walk, object, object, instance, false);
    TRY(gp_walk_fields(walk, object->fields, instance));
    TELL(walk, object, object, instance, true);
    return 0;
}

static int walk_read(struct gp_walk *walk, const struct gp_read *read)
{
    if (!read)
        return 0;
    TELL(walk, read, read, false);
    TRY(gp_walk_fields(walk, read->def->object->fields, read->data));
    TRY(gp_walk_fields(walk, gp_read_fields, read));
    TELL(walk, read, read, true);
    return 0;
}

static int walk_steps(struct gp_walk *walk, const struct gp_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct gp_step *step = steps->data[i];
        TELL(walk, step, step, false);
        TRY(gp_walk_fields(walk, step->def->object->fields, step->data));
        TRY(gp_walk_fields(walk, gp_step_fields, step));
        TELL(walk, step, step, true);
    }
    return 0;
}

int gp_walk_cond(struct gp_walk *walk, const struct gp_cond *cond)
{
    if (!cond)
        return 0;
    TELL(walk, cond, cond, false);
    TRY(gp_walk_fields(walk, cond->form->object->fields, cond->data));
    TRY(gp_walk_fields(walk, gp_cond_fields, cond));
    for (size_t i = 0; i < cond->facet_count; i++) {
        const struct gp_facet *facet = &cond->facets[i];
        TELL(walk, facet, cond, facet, false);
        TRY(gp_walk_field(walk, &facet->def->value, facet->data));
        TELL(walk, facet, cond, facet, true);
    }
    TELL(walk, cond, cond, true);
    return 0;
}

static int walk_map(struct gp_walk *walk, const struct gp_field *field, const struct gp_map *map)
{
    for (size_t i = 0; i < map->count; i++)
        TRY(gp_walk_element(walk, field->element, map->data[i].value));
    return 0;
}

/* Lists of things that are told one by one. */
#define WALK_LIST(walk, function, field, type, member)                      \
    do {                                                                    \
        const type *list = (member);                                        \
        for (size_t i = 0; i < list->count; i++)                            \
            if (list->data[i])                                              \
                TELL((walk), function, (field), list->data[i]);             \
    } while (0)

static int walk_conditions(struct gp_walk *walk, const struct gp_conds *conds)
{
    for (size_t i = 0; i < conds->count; i++)
        TRY(gp_walk_cond(walk, conds->data[i]));
    return 0;
}

static int walk_list(struct gp_walk *walk, const struct gp_field *field, const struct gp_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        TRY(walk_object(walk, field->object, list->data[i]));
    return 0;
}

int gp_walk_field(struct gp_walk *walk, const struct gp_field *field, const void *base)
{
    const void *member = (const char *)base + field->offset;
    const void *const *pointer = member; /* of the kinds that are pointers */

    switch (field->kind) {
    case GP_KIND_TEXT:
        if (*pointer)
            TELL(walk, text, field, *pointer);
        return 0;
    case GP_KIND_TEXTS:
        WALK_LIST(walk, text, field, struct gp_templates, member);
        return 0;
    case GP_KIND_PATTERN:
        if (*pointer)
            TELL(walk, pattern, field, *pointer);
        return 0;
    case GP_KIND_PATHS:
        WALK_LIST(walk, path, field, struct gp_paths, member);
        return 0;
    case GP_KIND_REF:
        if (*pointer)
            TELL(walk, ref, field, *pointer);
        return 0;
    case GP_KIND_REFS:
        WALK_LIST(walk, ref, field, struct gp_refs, member);
        return 0;
    case GP_KIND_EXPR:
        return walk_expr(walk, field, *pointer);
    case GP_KIND_EXPRS:
        return walk_exprs(walk, field, member);
    case GP_KIND_COMPARISON:
        return walk_comparison(walk, field, *pointer);
    case GP_KIND_CONDITION:
        return gp_walk_cond(walk, *pointer);
    case GP_KIND_CONDITIONS:
        return walk_conditions(walk, member);
    case GP_KIND_OBJECT:
        return walk_object(walk, field->object, *pointer);
    case GP_KIND_LIST:
        return walk_list(walk, field, member);
    case GP_KIND_MAP:
        return walk_map(walk, field, member);
    case GP_KIND_READ:
        return walk_read(walk, *pointer);
    case GP_KIND_STEPS:
        return walk_steps(walk, member);
    default: /* nothing in it to visit */
        return 0;
    }
}

int gp_walk_fields(struct gp_walk *walk, const struct gp_field *fields, const void *base)
{
    for (const struct gp_field *field = fields; field && field->key; field++)
        TRY(gp_walk_field(walk, field, base));
    return 0;
}

int gp_walk_element(struct gp_walk *walk, const struct gp_field *element, const void *value)
{
    return element->kind == GP_KIND_OBJECT ? walk_object(walk, element->object, value)
                                           : gp_walk_field(walk, element, value);
}
