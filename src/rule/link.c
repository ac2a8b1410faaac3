#include "rule/link.h"

#include <errno.h>

#include "rule/say.h"
#include "util/text.h"

enum gp_type gp_link_ref_type(const struct gp_ref *ref)
{
    if (!ref || !ref->target)
        return GP_TYPE_ANY;
    switch (ref->section) {
    case GP_SECTION_MARKER:
        return ((const struct gp_marker *)ref->target)->type;
    case GP_SECTION_VAR:
    case GP_SECTION_PARAM:
        return (enum gp_type)((const struct gp_setting *)ref->target)->type;
    default:
        return GP_TYPE_ANY;
    }
}

const struct gp_map *gp_link_ref_names(const struct gp_ref *ref)
{
    const struct gp_map *names;

    if (gp_link_ref_type(ref) != GP_TYPE_CHOICE)
        return NULL;
    names = ref->section == GP_SECTION_MARKER ? &((const struct gp_marker *)ref->target)->names
                                              : &((const struct gp_setting *)ref->target)->names;
    return names->count ? names : NULL;
}

enum gp_type gp_link_expr_type(const struct gp_expr *expr)
{
    return expr->kind == GP_EXPR_LITERAL ? expr->value.type : gp_link_ref_type(expr->ref);
}

static void say_not_a_name(struct gp_link *link, const struct gp_expr *expr, const struct gp_map *names)
{
    struct gp_diag *diag =
        gp_diag_add(link->diags, GP_DIAG_NOT_A_NAME, expr->at, "'%s' is none of the values that this can be",
                    gp_say_brief(link->rules->arena, expr->text));
    struct gp_strbuf list = {0};

    if (!diag)
        return;
    for (size_t i = 0; i < names->count && i < 12; i++)
        gp_strbuf_printf(&list, "%s%.*s", i ? ", " : "", GP_STR_ARG(names->data[i].id));
    gp_diag_note(link->diags, diag, (struct gp_span){0}, "one of: %s%s", gp_strbuf_text(&list),
                 names->count > 12 ? ", …" : "");
    gp_diag_suggest(link->diags, diag, gp_text_nearest(expr->text, names->data, names->count, sizeof(*names->data)));
    gp_strbuf_done(&list);
}

static bool type_literal(struct gp_link *link, struct gp_expr *expr, enum gp_type type, const struct gp_map *names)
{
    const char *expected;

    if (expr->value.type != GP_TYPE_ANY || type == GP_TYPE_ANY)
        return true;
    int r = gp_value_parse(type, expr->text, expr->quoted, link->rules->arena, &expr->value, &expected);
    if (r == -ENOMEM)
        link->failed = true;
    expr->value.type = type; /* also of a wrong one, so that nothing is said twice: the set will not be used */
    if (r == -EINVAL)
        gp_say_value(link->diags, link->rules->arena, expr->at, expr->text, expr->quoted, type, expected);
    else if (r == 0 && type == GP_TYPE_CHOICE && names && names->count && !gp_map_find(names, expr->text))
        say_not_a_name(link, expr, names);
    else
        return r == 0;
    return false;
}

bool gp_link_type_expr(struct gp_link *link, const struct gp_expr *expr, enum gp_type type, const struct gp_map *names)
{
    if (!expr)
        return true;
    if (expr->kind == GP_EXPR_LITERAL)
        return type_literal(link, (struct gp_expr *)expr, type, names); /* immutable from when the set is linked on */
    enum gp_type have = gp_link_ref_type(expr->ref);
    if (gp_type_fits(type, have))
        return true;
    gp_diag_add(link->diags, GP_DIAG_TYPE_MISMATCH, expr->at, "%s '%.*s' is %s %s, but %s %s is expected",
                gp_section_name(expr->ref->section), GP_STR_ARG(expr->ref->id), gp_say_article(gp_type_name(have)),
                gp_type_name(have), gp_say_article(gp_type_name(type)), gp_type_name(type));
    return false;
}

static bool has_order(enum gp_type type)
{
    return type != GP_TYPE_BOOLEAN && type != GP_TYPE_CHOICE && type != GP_TYPE_PATH && type != GP_TYPE_DIRECTORY;
}

static void check_operator(struct gp_link *link, const struct gp_expr *operand, const char *key, bool fits,
                           enum gp_type type)
{
    if (operand && !fits)
        gp_diag_add(link->diags, GP_DIAG_OPERATOR_TYPE, operand->at, "'%s' cannot be asked of %s %s", key,
                    gp_say_article(gp_type_name(type)), gp_type_name(type));
}

void gp_link_type_comparison(struct gp_link *link, const struct gp_comparison *comparison, enum gp_type type,
                             const struct gp_map *names)
{
    bool number = type == GP_TYPE_ANY || type == GP_TYPE_INTEGER || type == GP_TYPE_SIZE;

    if (!comparison)
        return;
    gp_link_type_expr(link, comparison->is, type, names);
    for (size_t i = 0; i < comparison->in.count; i++)
        gp_link_type_expr(link, comparison->in.data[i], type, names);
    check_operator(link, comparison->min, "min", has_order(type), type);
    check_operator(link, comparison->max, "max", has_order(type), type);
    check_operator(link, comparison->bits, "bits", number, type);
    if (has_order(type)) {
        gp_link_type_expr(link, comparison->min, type, NULL);
        gp_link_type_expr(link, comparison->max, type, NULL);
    }
}
