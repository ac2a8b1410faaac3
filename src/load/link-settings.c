/* Variables and parameters: whether what is said of them goes together. */
#include "load/link-internal.h"

#include <errno.h>

#include "rule/say.h"
#include "rule/tables.h"
#include "util/text.h"

static bool is_number(enum gp_type type)
{
    return gp_type_is_integer(type) && type != GP_TYPE_BOOLEAN;
}

static bool is_text(enum gp_type type)
{
    return type == GP_TYPE_STRING || type == GP_TYPE_PATH || type == GP_TYPE_DIRECTORY;
}

static void say_shape(struct gp_linker *linker, const struct gp_setting *setting, struct gp_span at, const char *key)
{
    const char *type = gp_type_name((enum gp_type)setting->type);

    gp_link_error(linker, GP_DIAG_SETTING_SHAPE, at, "'%s' means nothing for %s %s", key, gp_say_article(type), type);
}

static void check_shape(struct gp_linker *linker, const struct gp_setting *setting, const struct gp_object *object)
{
    enum gp_type type = (enum gp_type)setting->type;

    if (type == GP_TYPE_ANY)
        return; /* what was written is no type */
    if (type == GP_TYPE_CHOICE && !setting->choices.count && !gp_link_is_wrong(object, &setting->def, "choices"))
        gp_link_error(linker, GP_DIAG_SETTING_SHAPE, setting->type_at, "'%.*s' is a choice without 'choices'",
                      GP_STR_ARG(setting->def.id));
    if (type != GP_TYPE_CHOICE && setting->choices.count)
        say_shape(linker, setting, setting->choices_at, "choices");
    if (setting->min && !is_number(type))
        say_shape(linker, setting, setting->min->at, "min");
    if (setting->max && !is_number(type))
        say_shape(linker, setting, setting->max->at, "max");
    if (setting->matches && !is_text(type))
        say_shape(linker, setting, setting->matches->at, "matches");
    if (setting->upper && !is_text(type))
        say_shape(linker, setting, setting->upper_at, "case");
}

/* Types a value of the setting; whether it is a literal that can be looked at. */
static bool type_value(struct gp_linker *linker, const struct gp_setting *setting, const struct gp_expr *expr,
                       bool parameter)
{
    if (!expr)
        return false;
    if (expr->kind == GP_EXPR_PARAM && !parameter)
        return false; /* said when the parameter was looked for */
    if (expr->kind != GP_EXPR_LITERAL && !(parameter && expr->kind == GP_EXPR_VAR)) {
        gp_link_error(linker, GP_DIAG_SETTING_REFERENCE, expr->at,
                      parameter ? "a parameter starts from a scalar or { var: ID }"
                                : "the value of a variable is a scalar");
        return false;
    }
    return gp_link_type_expr(&linker->link, expr, (enum gp_type)setting->type, &setting->names) &&
           expr->kind == GP_EXPR_LITERAL;
}

static void say_range(struct gp_linker *linker, const struct gp_expr *expr, const struct gp_expr *bound, bool least)
{
    const char *value = gp_value_text(&expr->value, linker->arena);
    struct gp_diag *diag = gp_link_error(linker, GP_DIAG_SETTING_RANGE, expr->at, "%s is %s", value ? value : "this",
                                         least ? "less than 'min'" : "greater than 'max'");

    gp_diag_note(linker->link.diags, diag, bound->at, "'%s' is here", least ? "min" : "max");
}

/* The text of a literal as it will be taken. */
static struct gp_str taken_text(struct gp_linker *linker, const struct gp_setting *setting, const struct gp_expr *expr)
{
    struct gp_str text = expr->value.string;
    char *upper = setting->upper ? gp_arena_memdup(linker->arena, text.data, text.len) : NULL;

    for (size_t i = 0; upper && i < text.len; i++)
        upper[i] = gp_ascii_upper(upper[i]);
    return upper ? (struct gp_str){upper, text.len} : text;
}

static void check_value(struct gp_linker *linker, const struct gp_setting *setting, const struct gp_expr *expr,
                        bool min, bool max)
{
    if (min && gp_value_compare(&expr->value, &setting->min->value) < 0)
        say_range(linker, expr, setting->min, true);
    if (max && gp_value_compare(&expr->value, &setting->max->value) > 0)
        say_range(linker, expr, setting->max, false);
    if (setting->matches && is_text((enum gp_type)setting->type) &&
        gp_regex_match(setting->matches->regex, taken_text(linker, setting, expr), 0, NULL) == GP_MATCH_NO) {
        struct gp_diag *diag = gp_link_error(linker, GP_DIAG_SETTING_RANGE, expr->at, "'%s' does not match the pattern",
                                             gp_say_brief(linker->arena, expr->text));
        gp_diag_note(linker->link.diags, diag, setting->matches->at, "the pattern is here");
    }
}

void gp_link_setting(struct gp_linker *linker, struct gp_setting *setting, bool parameter)
{
    bool number = is_number((enum gp_type)setting->type);

    if (gp_link_builtin(setting->def.id) != GP_PIECE_LITERAL)
        gp_link_error(linker, GP_DIAG_RESERVED_NAME, setting->def.at, "'%.*s' has a meaning of its own in ${ }",
                      GP_STR_ARG(setting->def.id));
    check_shape(linker, setting, parameter ? &gp_object_parameter : &gp_object_variable);
    bool min = number && type_value(linker, setting, setting->min, parameter);
    bool max = number && type_value(linker, setting, setting->max, parameter);
    if (min && max && gp_value_compare(&setting->min->value, &setting->max->value) > 0)
        say_range(linker, setting->min, setting->max, false);
    if (type_value(linker, setting, setting->fallback, parameter))
        check_value(linker, setting, setting->fallback, min, max);
    if (type_value(linker, setting, setting->value, parameter))
        check_value(linker, setting, setting->value, min, max);
}
