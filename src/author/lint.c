/* The table of checks, and the walk that asks them. */
#include "author/lint-internal.h"

#include <errno.h>

#include "rule/tables.h"

/* A new check is a row here, a function in a lint-*.c file and a row GP06xx in util/diag-ids.h. */
static const struct gp_lint_check checks[] = {
    {"what is written", .run = gp_lint_nodes},
    {"shapes", .run = gp_lint_shapes},
    {"traps in values", .expr = gp_lint_literal},
    {"unused definitions", .sound = true, .run = gp_lint_unused},
    {"states apart", .sound = true, .run = gp_lint_states},
    {"states that nothing can lead to", .whole = true, .run = gp_lint_to},
    {"states that are the same", .whole = true, .run = gp_lint_states_alike},
    {"from and requires", .whole = true, .run = gp_lint_from},
    {"constant conditions", .cond = gp_lint_constant},
    {"parts of conditions", .cond = gp_lint_parts},
    {"places", .cond = gp_lint_places},
    {"guards", .object = gp_lint_guard},
    {"sizes and offsets", .cond = gp_lint_layout},
    {"tables and sizes", .run = gp_lint_records},
    {"values of markers", .object = gp_lint_marker_values},
    {"choices", .object = gp_lint_choices},
    {"cases", .object = gp_lint_cases},
    {"requirements", .object = gp_lint_requirements},
    {"remedies", .whole = true, .run = gp_lint_remedies},
    {"operations", .object = gp_lint_operation},
    {"waivers", .object = gp_lint_waiver},
    {"demands", .run = gp_lint_demand_keys, .object = gp_lint_demands},
    {"messages", .whole = true, .run = gp_lint_messages},
    {"patterns", .pattern = gp_lint_pattern},
};

static bool applies(const struct gp_lint *lint, const struct gp_lint_check *check)
{
    return (!check->whole || lint->whole) && (!check->sound || lint->sound);
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

#define ASK(lint, function, ...)                                                         \
    do {                                                                                 \
        for (size_t i = 0; i < GP_COUNT(checks); i++) {                                  \
            if (!checks[i].function || !applies((lint), &checks[i]))                     \
                continue;                                                                \
            int asked = checks[i].function((lint), __VA_ARGS__);                         \
            if (asked < 0)                                                               \
                return asked;                                                            \
        }                                                                                \
    } while (0)

static int on_object(struct gp_walk *walk, const struct gp_object *object, const void *instance, bool leaving)
{
    struct gp_lint *lint = walk->context;
    bool wrong = gp_lint_is_definition(object) && ((const struct gp_definition *)instance)->wrong;

    if (!leaving && !wrong)
        ASK(lint, object, object, instance);
    return 0;
}

static int on_cond(struct gp_walk *walk, const struct gp_cond *cond, bool leaving)
{
    struct gp_lint *lint = walk->context;

    if (leaving && !gp_lint_is_broken(cond))
        ASK(lint, cond, cond);
    return 0;
}

static int on_pattern(struct gp_walk *walk, const struct gp_field *field, const struct gp_pattern *pattern)
{
    struct gp_lint *lint = walk->context;

    ASK(lint, pattern, field, pattern);
    return 0;
}

static int on_expr(struct gp_walk *walk, const struct gp_field *field, const struct gp_expr *expr)
{
    struct gp_lint *lint = walk->context;

    (void)field;
    ASK(lint, expr, expr);
    return 0;
}

const struct gp_map *gp_lint_section(const struct gp_lint *lint, const struct gp_field *field)
{
    const void *member = (const char *)&lint->rules->defs + field->offset;

    return member;
}

int gp_lint_walk(struct gp_lint *lint, struct gp_walk *walk)
{
    walk->context = lint;
    for (const struct gp_field *field = gp_object_definitions.fields; field->key; field++) {
        const struct gp_map *map = field->kind == GP_KIND_MAP ? gp_lint_section(lint, field) : NULL;
        for (size_t i = 0; map && i < map->count; i++) {
            lint->operation = field->section == GP_SECTION_OPERATION ? map->data[i].value : NULL;
            int r = gp_walk_element(walk, field->element, map->data[i].value);
            if (r < 0)
                return r;
        }
    }
    lint->operation = NULL;
    return 0;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static int lint_all(struct gp_lint *lint)
{
    struct gp_walk walk = {.object = on_object, .cond = on_cond, .pattern = on_pattern, .expr = on_expr};
    size_t count = lint->rules->cond_count + 1;

    lint->shapes = GP_NEW_ARRAY(lint->arena, struct gp_shape, count);
    lint->fates = GP_NEW_ARRAY(lint->arena, unsigned char, count);
    if (!lint->shapes || !lint->fates)
        return -ENOMEM;
    for (size_t i = 0; i < GP_COUNT(checks); i++) {
        int r = checks[i].run && applies(lint, &checks[i]) ? checks[i].run(lint) : 0;
        if (r < 0)
            return r;
    }
    return gp_lint_walk(lint, &walk);
}

/* What loading said first that is wrong: then what nothing names may be named by what was not understood.  (What a rule
 * file raised to an error says nothing of that.)  NULL: nothing is. */
static const struct gp_diag *first_error(struct gp_diags *diags)
{
    for (size_t i = 0; i < gp_diags_count(diags, GP_LEVEL_SILENT); i++) {
        const struct gp_diag *diag = gp_diags_get(diags, i);
        const struct gp_diag_info *info = gp_diag_info((int)diag->id);
        if (!info || info->level == GP_LEVEL_ERROR)
            return diag;
    }
    return NULL;
}

/* No silence where errors hide findings. */
static int say_unchecked(const struct gp_lint *lint, struct gp_span error)
{
    struct gp_strbuf names = {0};

    for (size_t i = 0; i < GP_COUNT(checks); i++)
        if (!applies(lint, &checks[i]))
            gp_strbuf_printf(&names, "%s%s", names.len ? "; " : "", checks[i].name);
    struct gp_diag *diag = gp_diag_add(lint->diags, GP_DIAG_LINT_PARTLY, (struct gp_span){.source = error.source},
                                       "not everything could be checked until the errors are put right");
    gp_diag_note(lint->diags, diag, (struct gp_span){0}, "not checked: %s", gp_strbuf_text(&names));
    if (lint->rules->partial)
        gp_diag_note(lint->diags, diag, (struct gp_span){0},
                     "nor what cannot be understood without a file that could not be read, as drop-ins");
    bool whole = gp_strbuf_ok(&names);
    gp_strbuf_done(&names);
    return whole ? 0 : -ENOMEM;
}

int gp_lint(const struct gp_ruleset *rules, const struct gp_lint_options *options, struct gp_diags *diags)
{
    const struct gp_diag *error = first_error(diags);
    struct gp_lint lint = {
        .rules = rules,
        .options = options,
        .diags = diags,
        .arena = gp_arena_new(0),
        .whole = !options->fragment && !rules->partial,
        .sound = !options->fragment && !error,
    };
    bool some = rules->definitions_node && rules->definitions_node->count;
    struct gp_span at = error ? error->span : (struct gp_span){0};
    int r = lint.arena ? lint_all(&lint) : -ENOMEM;

    if (r == 0 && error && !options->fragment && (some || rules->partial))
        r = say_unchecked(&lint, at);

    gp_arena_free(lint.arena);
    return r == 0 && gp_diags_failed(diags) ? -ENOMEM : r;
}
