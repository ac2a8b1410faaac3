/*
 * What conditions are made of, as a hash: two with the same shape ask the same.
 * Titles, sources and the order in all, any and none do not matter, nor whether
 * a condition is spelt out or named, stands alone or in a list of one.  The hash
 * is keyed (util/hash.h) and has 128 bits, so equal hashes are taken for equal
 * conditions; each condition is hashed once, with the hashes of its parts.
 */
#include "author/lint-internal.h"

#include <errno.h>
#include <string.h>

#include "rule/limits.h"
#include "rule/tables.h"
#include "util/hash.h"
#include "util/strbuf.h"

struct shaper {
    struct gp_lint *lint;
    struct gp_strbuf out; /* what is hashed */
};

static void put(struct shaper *it, const void *data, size_t len)
{
    gp_strbuf_add_mem(&it->out, data, len);
}

static void put_number(struct shaper *it, int64_t number)
{
    put(it, &number, sizeof(number));
}

/* With its length, so that no two lists of texts look alike. */
static void put_text(struct shaper *it, struct gp_str text)
{
    put_number(it, (int64_t)text.len);
    if (text.len)
        put(it, text.data, text.len);
}

static void put_key(struct shaper *it, const char *key)
{
    put_text(it, (struct gp_str){key, strlen(key)});
}

struct gp_shape gp_shape_of_text(struct gp_str bytes)
{
    return (struct gp_shape){gp_hash(bytes, 1, false), gp_hash(bytes, 2, false)};
}

static void put_shape(struct shaper *it, struct gp_shape shape)
{
    put(it, &shape, sizeof(shape));
}

static void put_value(struct shaper *it, const struct gp_value *value)
{
    bool integer = gp_type_is_integer(value->type);

    put_number(it, value->type == GP_TYPE_ANY ? 0 : integer ? 1 : 2);
    put_number(it, integer ? value->integer : 0);
    put_text(it, integer ? (struct gp_str){0} : value->string);
}

static void put_ref(struct shaper *it, const struct gp_ref *ref)
{
    put_number(it, ref ? (int64_t)ref->section : -1);
    put_text(it, ref ? ref->id : (struct gp_str){0});
}

static void put_expr(struct shaper *it, const struct gp_expr *expr)
{
    put_number(it, expr ? (int64_t)expr->kind : -1);
    if (!expr)
        return;
    if (expr->kind != GP_EXPR_LITERAL) {
        put_ref(it, expr->ref);
        put_ref(it, expr->under);
    } else if (expr->value.type == GP_TYPE_ANY) {
        put_text(it, expr->text);
    } else {
        put_value(it, &expr->value);
    }
}

static void put_template(struct shaper *it, const struct gp_template *text)
{
    put_number(it, text ? (int64_t)text->count : -1);
    for (size_t i = 0; text && i < text->count; i++) {
        put_number(it, (int64_t)text->pieces[i].kind);
        put_text(it, text->pieces[i].text);
    }
}

static void put_fields(struct shaper *it, const struct gp_field *fields, const void *base);

static void put_field(struct shaper *it, const struct gp_field *field, const void *base);

/* Of the conditions of a list the sum, which does not know their order. */
static void put_conds(struct shaper *it, const struct gp_conds *list)
{
    struct gp_shape sum = {0};

    for (size_t i = 0; i < list->count; i++) {
        struct gp_shape part = gp_lint_shape(it->lint, list->data[i]);
        sum.a += part.a;
        sum.b += part.b;
    }
    put_number(it, (int64_t)list->count);
    put_shape(it, sum);
}

/* Of the entries of a map the same. */
static void put_map(struct shaper *it, const struct gp_field *element, const struct gp_map *map)
{
    struct shaper entry = {.lint = it->lint};
    struct gp_shape sum = {0};

    for (size_t i = 0; i < map->count; i++) {
        gp_strbuf_reset(&entry.out);
        put_text(&entry, map->data[i].id);
        if (element->kind == GP_KIND_OBJECT)
            put_fields(&entry, element->object->fields, map->data[i].value);
        else
            put_field(&entry, element, map->data[i].value);
        struct gp_shape part = gp_shape_of_text((struct gp_str){entry.out.data, entry.out.len});
        sum.a += part.a;
        sum.b += part.b;
    }
    it->out.failed = it->out.failed || !gp_strbuf_ok(&entry.out);
    gp_strbuf_done(&entry.out);
    put_number(it, (int64_t)map->count);
    put_shape(it, sum);
}

#define PUT_LIST(type, element)                           \
    do {                                                  \
        const type *list = member;                        \
        put_number(it, (int64_t)list->count);             \
        for (size_t i = 0; i < list->count; i++)          \
            element;                                      \
    } while (0)

static void put_lists(struct shaper *it, const struct gp_field *field, const void *member)
{
    switch (field->kind) {
    case GP_KIND_TEXTS:
        PUT_LIST(struct gp_templates, put_template(it, list->data[i]));
        break;
    case GP_KIND_EXPRS:
        PUT_LIST(struct gp_exprs, put_expr(it, list->data[i]));
        break;
    case GP_KIND_PATHS:
        PUT_LIST(struct gp_paths, put_shape(it, gp_lint_path_shape(it->lint, list->data[i])));
        break;
    case GP_KIND_REFS:
        PUT_LIST(struct gp_refs, put_ref(it, list->data[i]));
        break;
    case GP_KIND_STRINGS:
        PUT_LIST(struct gp_strs, put_text(it, list->data[i]));
        break;
    case GP_KIND_CONDITIONS:
        put_conds(it, member);
        break;
    case GP_KIND_MAP:
        put_map(it, field->element, member);
        break;
    default: /* lists of objects stand in no condition */
        break;
    }
}

static void put_field(struct shaper *it, const struct gp_field *field, const void *base)
{
    const void *member = (const char *)base + field->offset;
    const void *const *pointer = member; /* of the kinds that are pointers */

    switch (field->kind) {
    case GP_KIND_STRING:
        put_text(it, *(const struct gp_str *)member);
        break;
    case GP_KIND_TEXT:
        put_template(it, *pointer);
        break;
    case GP_KIND_BOOLEAN:
        put_number(it, *(const enum gp_yesno *)member);
        break;
    case GP_KIND_ENUM:
        put_number(it, *(const int *)member);
        break;
    case GP_KIND_LITERAL:
        put_value(it, member);
        break;
    case GP_KIND_EXPR:
        put_expr(it, *pointer);
        break;
    case GP_KIND_COMPARISON:
        put_number(it, *pointer != NULL);
        if (*pointer)
            put_fields(it, gp_object_comparison.fields, *pointer);
        break;
    case GP_KIND_PATTERN:
        put_text(it, *pointer ? ((const struct gp_pattern *)*pointer)->text : (struct gp_str){0});
        break;
    case GP_KIND_CONDITION:
        put_shape(it, gp_lint_shape(it->lint, *pointer));
        break;
    case GP_KIND_REF:
        put_ref(it, *pointer);
        break;
    case GP_KIND_OBJECT:
        put_number(it, *pointer != NULL);
        if (*pointer)
            put_fields(it, field->object->fields, *pointer);
        break;
    default:
        put_lists(it, field, member);
        break;
    }
}

static void put_fields(struct shaper *it, const struct gp_field *fields, const void *base)
{
    for (const struct gp_field *field = fields; field && field->key; field++)
        put_field(it, field, base);
}

/* The order of facets does not matter either. */
static int put_facets(struct shaper *it, const struct gp_cond *cond)
{
    struct shaper facet = {.lint = it->lint};
    struct gp_shape sum = {0};

    for (size_t i = 0; i < cond->facet_count; i++) {
        gp_strbuf_reset(&facet.out);
        put_key(&facet, cond->facets[i].def->key);
        put_field(&facet, &cond->facets[i].def->value, cond->facets[i].data);
        struct gp_shape part = gp_shape_of_text((struct gp_str){facet.out.data, facet.out.len});
        sum.a += part.a;
        sum.b += part.b;
    }
    put_shape(it, sum);
    bool whole = gp_strbuf_ok(&facet.out);
    gp_strbuf_done(&facet.out);
    return whole ? 0 : -ENOMEM;
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

struct shaping {
    struct gp_walk walk;
    struct gp_lint *lint;
    bool *done;     /* by number */
    unsigned depth; /* of names that are followed */
};

/* `none` of one is `not`. */
static int shape(struct gp_lint *lint, const struct gp_cond *cond, struct gp_shape *ret)
{
    const struct gp_cond *negated = gp_lint_negated(cond);
    struct shaper it = {.lint = lint};

    if (gp_lint_is_broken(cond)) /* like nothing else */
        put(&it, &cond, sizeof(cond));
    put_key(&it, negated ? "not" : cond->form->key);
    if (negated)
        put_shape(&it, gp_lint_shape(lint, negated));
    else
        put_fields(&it, cond->form->object->fields, cond->data);
    put_ref(&it, cond->under);
    int r = put_facets(&it, cond);
    if (r == 0 && gp_strbuf_ok(&it.out))
        *ret = gp_shape_of_text((struct gp_str){it.out.data, it.out.len});
    else
        r = -ENOMEM;
    gp_strbuf_done(&it.out);
    return r;
}

/* What a name leads to may not have been walked yet: then it is now. */
static int shape_core(struct shaping *shaping, const struct gp_cond *core)
{
    int r = 0;

    if (!shaping->done[core->number] && shaping->depth <= GP_LIMIT_CONDITION_DEPTH) {
        shaping->depth++;
        r = gp_walk_cond(&shaping->walk, core);
        shaping->depth--;
    }
    return r;
}

static int on_cond(struct gp_walk *walk, const struct gp_cond *cond, bool leaving)
{
    struct shaping *shaping = (struct shaping *)walk; /* its first member */
    struct gp_lint *lint = shaping->lint;

    if (cond->number >= lint->rules->cond_count || shaping->done[cond->number] != leaving)
        return 0;
    if (!leaving) { /* like nothing else meanwhile: in a ring of names, an error that was said, it stays so */
        lint->shapes[cond->number] = gp_shape_of_text((struct gp_str){(const char *)&cond, sizeof(cond)});
        shaping->done[cond->number] = true;
        return 0;
    }
    const struct gp_cond *core = gp_lint_core(lint, cond);
    if (core == cond || core->number >= lint->rules->cond_count)
        return shape(lint, cond, &lint->shapes[cond->number]);
    int r = shape_core(shaping, core);
    lint->shapes[cond->number] = gp_lint_shape(lint, core);
    return r;
}

int gp_lint_shapes(struct gp_lint *lint)
{
    struct shaping shaping = {.walk = {.cond = on_cond}, .lint = lint};

    shaping.done = GP_NEW_ARRAY(lint->arena, bool, lint->rules->cond_count + 1);
    return shaping.done ? gp_lint_walk(lint, &shaping.walk) : -ENOMEM;
}

/* A literal path is the same in other letters where names are. */
struct gp_shape gp_lint_path_shape(const struct gp_lint *lint, const struct gp_pathexpr *path)
{
    bool fold = lint->rules->manifest.names == GP_NAMES_DOS && !path->glob && !path->dynamic;

    return (struct gp_shape){gp_hash(path->text, 1, fold), gp_hash(path->text, 2, fold)};
}

struct gp_shape gp_lint_shape(const struct gp_lint *lint, const struct gp_cond *cond)
{
    return cond && cond->number < lint->rules->cond_count ? lint->shapes[cond->number] : (struct gp_shape){0};
}

struct gp_shape gp_shape_mix(struct gp_shape a, struct gp_shape b)
{
    struct gp_shape both[] = {a, b};

    return gp_shape_of_text((struct gp_str){(const char *)both, sizeof(both)});
}

bool gp_shape_equal(struct gp_shape a, struct gp_shape b)
{
    return a.a == b.a && a.b == b.b;
}

const void *gp_shapes_find(const struct gp_strmap *shapes, struct gp_shape shape)
{
    return gp_strmap_get(shapes, (struct gp_str){(const char *)&shape, sizeof(shape)});
}

int gp_shapes_add(struct gp_arena *arena, struct gp_strmap *shapes, struct gp_shape shape, const void *value,
                  const void **ret_known)
{
    const void *known = gp_shapes_find(shapes, shape);
    const char *key = known ? NULL : gp_arena_memdup(arena, &shape, sizeof(shape));

    if (!known && (!key || gp_strmap_put(arena, shapes, (struct gp_str){key, sizeof(shape)}, (void *)value) < 0))
        return -ENOMEM;
    *ret_known = known;
    return 0;
}
