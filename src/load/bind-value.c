/* What a value is compared with or taken from: expressions, comparisons, references. */
#include "load/bind-internal.h"

#include <errno.h>
#include <string.h>

#include "rule/say.h"
#include "rule/tables.h"
#include "util/text.h"

/* ---- references -------------------------------------------------------------------------------------------------- */

static int bind_one_ref(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node,
                        const struct gp_ref **out)
{
    const char *what = gp_section_name(field->section);

    if (!gp_bind_there(binder, node))
        return 0;
    if (node->kind != GP_NODE_SCALAR) {
        gp_bind_error(binder, GP_DIAG_WRONG_KIND, node->at, "expected the id of %s %s, found %s", gp_say_article(what),
                      what, gp_node_describe(node, binder->arena));
        return 0;
    }
    struct gp_ref *ref = GP_NEW(binder->arena, struct gp_ref);
    if (!ref)
        return -ENOMEM;
    *ref = (struct gp_ref){.id = node->text, .at = node->at, .section = field->section};
    *out = ref;
    return 0;
}

int gp_bind_ref(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    return bind_one_ref(binder, field, node, out);
}

int gp_bind_refs(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    bool list = node->kind == GP_NODE_LIST;
    struct gp_refs *refs = out;

    if (list && !node->count && !(field->flags & GP_FIELD_MAY_BE_EMPTY)) {
        gp_bind_error(binder, GP_DIAG_EMPTY_LIST, node->at, "'%s' is an empty list", field->key);
        return 0;
    }
    size_t count = list ? node->count : 1;
    refs->data = GP_NEW_ARRAY(binder->arena, const struct gp_ref *, count + 1);
    if (!refs->data)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++) {
        size_t errors = binder->errors;
        int r = bind_one_ref(binder, field, list ? node->items[i] : node, &refs->data[refs->count]);
        if (r < 0)
            return r;
        refs->count += binder->errors == errors;
    }
    return 0;
}

/* ---- expressions ------------------------------------------------------------------------------------------------- */

static int bind_reference(struct gp_binder *binder, const struct gp_node *node, struct gp_expr *expr)
{
    struct gp_reference named = {0};
    size_t errors = binder->errors;

    int r = gp_bind_mapping(binder, &gp_object_reference, node, &named, NULL);
    if (r < 0 || binder->errors > errors)
        return r;
    expr->kind = named.var ? GP_EXPR_VAR : named.param ? GP_EXPR_PARAM : GP_EXPR_MARKER;
    expr->ref = named.var ? named.var : named.param ? named.param : named.marker;
    expr->under = named.under;
    if (expr->under && expr->kind != GP_EXPR_MARKER)
        gp_bind_error(binder, GP_DIAG_UNDER_PLACE, gp_node_pair(node, GP_STR("under"))->key_at,
                      "'under' goes with a marker, not with a %s", gp_section_name(expr->ref->section));
    return 0;
}

static int bind_scalar_expr(struct gp_binder *binder, enum gp_type type, const struct gp_node *node,
                            struct gp_expr *expr)
{
    const char *expected;

    expr->kind = GP_EXPR_LITERAL;
    expr->text = node->text;
    expr->quoted = node->quoted;
    if (type == GP_TYPE_ANY)
        return 0; /* what it is compared with says */
    int r = gp_value_parse(type, node->text, node->quoted, binder->arena, &expr->value, &expected);
    if (r != -EINVAL)
        return r;
    gp_say_value(binder->diags, binder->arena, node->at, node->text, node->quoted, type, expected);
    binder->errors++;
    return 0;
}

static int bind_one_expr(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node,
                         const struct gp_expr **out)
{
    if (node->kind == GP_NODE_LIST) {
        gp_bind_expect(binder, node, GP_NODE_SCALAR, "a scalar or { var | param | marker: ID }");
        return 0;
    }
    if (!gp_bind_there(binder, node))
        return 0;
    struct gp_expr *expr = GP_NEW(binder->arena, struct gp_expr);
    if (!expr)
        return -ENOMEM;
    size_t errors = binder->errors;
    expr->at = node->at;
    int r = node->kind == GP_NODE_MAPPING ? bind_reference(binder, node, expr)
                                          : bind_scalar_expr(binder, field->type, node, expr);
    if (r == 0 && binder->errors == errors)
        *out = expr;
    return r;
}

int gp_bind_expr(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    return bind_one_expr(binder, field, node, out);
}

int gp_bind_exprs(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    struct gp_exprs *list = out;
    bool one = node->kind != GP_NODE_LIST;

    if (one && field->key && !(field->flags & GP_FIELD_LIST)) {
        gp_bind_expect(binder, node, GP_NODE_LIST, "a list of values");
        return 0;
    }
    if (!one && !node->count) {
        gp_bind_error(binder, GP_DIAG_EMPTY_LIST, node->at, "an empty list of values");
        return 0;
    }
    size_t count = one ? 1 : node->count;
    if (count < field->fewest)
        gp_bind_error(binder, GP_DIAG_TOO_FEW_VALUES, node->at, "'%s' needs at least %zu values", field->key,
                      field->fewest);
    list->data = GP_NEW_ARRAY(binder->arena, const struct gp_expr *, count);
    if (!list->data)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++) {
        int r = bind_one_expr(binder, field, one ? node : node->items[i], &list->data[list->count]);
        if (r < 0)
            return r;
        list->count += list->data[list->count] != NULL;
    }
    return 0;
}

/* ---- comparisons ------------------------------------------------------------------------------------------------- */

static bool is_reference(const struct gp_node *node)
{
    return node->kind == GP_NODE_MAPPING &&
           (gp_node_get(node, "var") || gp_node_get(node, "param") || gp_node_get(node, "marker"));
}

/* The table of a comparison whose operands have a type: the one of rule/tables.h with the type filled in. */
static int bind_operators(struct gp_binder *binder, const struct gp_field *whole, const struct gp_node *node,
                          struct gp_comparison *comparison)
{
    struct gp_field rows[16];
    size_t count = 0;
    struct gp_object object = gp_object_comparison;

    for (const struct gp_field *field = object.fields; field->key && count + 1 < GP_COUNT(rows); field++)
        rows[count++] = gp_comparison_operand(field, whole);
    rows[count] = (struct gp_field){0};
    object.fields = rows;
    size_t errors = binder->errors;
    int r = gp_bind_mapping(binder, &object, node, comparison, NULL);
    if (r == 0 && binder->errors == errors && !gp_comparison_given(comparison))
        gp_bind_error(binder, GP_DIAG_NO_DECIDING_KEY, gp_bind_head(node),
                      "a comparison needs one of: is, in, min, max, matches, bits");
    return r;
}

int gp_bind_comparison(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    struct gp_comparison *comparison;

    if (node->kind == GP_NODE_LIST) {
        struct gp_diag *diag = gp_bind_error(binder, GP_DIAG_WRONG_KIND, node->at,
                                             "expected a value or a comparison, found a list");
        gp_diag_note(binder->diags, diag, (struct gp_span){0}, "to accept several values write { in: [...] }");
        return 0;
    }
    comparison = GP_NEW(binder->arena, struct gp_comparison);
    if (!comparison)
        return -ENOMEM;
    comparison->at = node->at;
    *(const struct gp_comparison **)out = comparison;
    if (node->kind == GP_NODE_SCALAR || is_reference(node))
        return bind_one_expr(binder, field, node, &comparison->is);
    return bind_operators(binder, field, node, comparison);
}
