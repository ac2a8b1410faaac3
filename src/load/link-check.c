/* What remains to be checked when every reference has a target and every marker a type: literals, and the rows' own
 * checks. */
#include "load/link-internal.h"

#include <errno.h>
#include <string.h>

#include "rule/tables.h"
#include "util/text.h"

/* ---- typed comparisons ------------------------------------------------------------------------------------------- */

/* The reference that a condition's first key is, if it yields a value; NULL else. */
static const struct gp_ref *subject_of(const struct gp_cond *cond)
{
    const struct gp_field *first = cond->form->object->fields;

    if (first->kind != GP_KIND_REF)
        return NULL;
    if (first->section != GP_SECTION_MARKER && first->section != GP_SECTION_VAR && first->section != GP_SECTION_PARAM)
        return NULL;
    const void *member = (const char *)cond->data + first->offset;

    return *(const struct gp_ref *const *)member;
}

/* What a marker or setting is compared with has its type.  The operands are the members of one struct gp_comparison,
 * which is found by its first, `is`. */
static void type_operands(struct gp_linker *linker, const struct gp_cond *cond, const struct gp_ref *subject)
{
    for (const struct gp_field *field = cond->form->object->fields; field->key; field++) {
        if (!(field->flags & GP_FIELD_COMPARISON) || field->type != GP_TYPE_ANY || strcmp(field->key, "is") != 0)
            continue;
        const void *comparison = (const char *)cond->data + field->offset - offsetof(struct gp_comparison, is);
        gp_link_type_comparison(&linker->link, comparison, gp_link_ref_type(subject), gp_link_ref_names(subject));
        return;
    }
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

static int on_cond(struct gp_walk *walk, const struct gp_cond *cond, bool leaving)
{
    struct gp_linker *linker = walk->context;
    const struct gp_ref *subject = leaving ? NULL : subject_of(cond);

    if (subject)
        type_operands(linker, cond, subject);
    if (leaving && cond->form->check && !cond->broken)
        cond->form->check(&linker->link, cond);
    return 0;
}

static int on_facet(struct gp_walk *walk, const struct gp_cond *cond, const struct gp_facet *facet, bool leaving)
{
    struct gp_linker *linker = walk->context;

    if (leaving && facet->def->check && !facet->broken)
        facet->def->check(&linker->link, facet);
    return gp_link_on_facet(walk, cond, facet, leaving);
}

static int on_read(struct gp_walk *walk, const struct gp_read *read, bool leaving)
{
    struct gp_linker *linker = walk->context;

    if (leaving && read->def->check && !read->broken)
        read->def->check(&linker->link, read);
    return 0;
}

static int on_step(struct gp_walk *walk, const struct gp_step *step, bool leaving)
{
    struct gp_linker *linker = walk->context;

    if (leaving && step->def->check && !step->broken)
        step->def->check(&linker->link, step);
    return gp_link_on_step(walk, step, leaving);
}

/* Whoever writes one of these takes `waived` for a switch. */
static bool is_yes_or_no(struct gp_str text)
{
    for (const char *const *word = gp_no_reasons; *word; word++)
        if (gp_ascii_equal_fold(text, (struct gp_str){*word, strlen(*word)}))
            return true;
    return false;
}

static void check_requirement(struct gp_linker *linker, const struct gp_requirement *requirement)
{
    if (requirement->waived.data && is_yes_or_no(requirement->waived))
        gp_link_error(linker, GP_DIAG_WAIVED_WITHOUT_REASON, requirement->waived_value_at,
                      "'waived' of requirement '%.*s' is the reason in words, not '%.*s'",
                      GP_STR_ARG(requirement->def.id), GP_STR_ARG(requirement->waived));
}

static int on_object(struct gp_walk *walk, const struct gp_object *object, const void *instance, bool leaving)
{
    struct gp_linker *linker = walk->context;

    if (!leaving && object == &gp_object_requirement)
        check_requirement(linker, instance);
    if (!leaving && object == &gp_object_table)
        gp_link_table(&linker->link, instance);
    if (!leaving && object == &gp_object_summary_line)
        gp_link_summary_line(&linker->link, instance);
    if (!leaving && (object == &gp_object_variable || object == &gp_object_parameter))
        gp_link_setting(linker, (struct gp_setting *)instance, object == &gp_object_parameter);
    return gp_link_on_object(walk, object, instance, leaving);
}

/* A literal beyond the range of its row. */
static void check_range(struct gp_linker *linker, const struct gp_field *field, const struct gp_expr *expr)
{
    const struct gp_range range = gp_field_range(field);
    bool low = expr->value.integer < range.least, high = expr->value.integer > range.most;
    long long least = range.least, most = range.most;

    if (!gp_type_is_integer(expr->value.type) || (!low && !high))
        return;
    if (range.what && field->flags & GP_FIELD_COMPARISON)
        gp_link_error(linker, GP_DIAG_OUT_OF_RANGE, expr->at, "%s is never %s than %lld", range.what,
                      low ? "less" : "more", low ? least : most);
    else if (range.what)
        gp_link_error(linker, GP_DIAG_STEP_RANGE, expr->at, "%s is from %lld to %lld", range.what, least, most);
    else if (low)
        gp_link_error(linker, GP_DIAG_TOO_SMALL, expr->at, "'%s' must be at least %lld", field->key, least);
    else
        gp_link_error(linker, GP_DIAG_WINDOW_LIMIT, expr->at, "'%s' is at most %lld bytes (%lld MiB)", field->key,
                      most, most >> 20);
}

/* References where the table asks for a type; the binder has typed the literals there. */
static int on_expr(struct gp_walk *walk, const struct gp_field *field, const struct gp_expr *expr)
{
    struct gp_linker *linker = walk->context;

    if (field->type != GP_TYPE_ANY && expr->kind != GP_EXPR_LITERAL)
        gp_link_type_expr(&linker->link, expr, field->type, NULL);
    else if (field->range && expr->kind == GP_EXPR_LITERAL)
        check_range(linker, field, expr);
    return 0;
}

/* A literal that nothing gave a type: a number if it is one. */
static int on_untyped(struct gp_walk *walk, const struct gp_field *field, const struct gp_expr *expr)
{
    struct gp_linker *linker = walk->context;
    struct gp_expr *literal = (struct gp_expr *)expr; /* immutable from when the set is linked on */
    struct gp_arena *arena = linker->link.rules->arena;
    const char *expected;

    (void)field;
    if (expr->kind != GP_EXPR_LITERAL || expr->value.type != GP_TYPE_ANY)
        return 0;
    int r = gp_value_parse(GP_TYPE_INTEGER, expr->text, expr->quoted, arena, &literal->value, &expected);
    if (r == -EINVAL)
        r = gp_value_parse(GP_TYPE_STRING, expr->text, expr->quoted, arena, &literal->value, &expected);
    return r;
}

/* Choices as names, before anything is compared with them. */
static int on_choices(struct gp_walk *walk, const struct gp_object *object, const void *instance, bool leaving)
{
    bool setting = object == &gp_object_variable || object == &gp_object_parameter;

    return setting && !leaving ? gp_link_choices(walk->context, (struct gp_setting *)instance) : 0;
}

static int walk_all(struct gp_linker *linker, struct gp_walk *walk)
{
    for (uint32_t i = 0; i < linker->node_count; i++) {
        int r = gp_link_walk(linker, walk, &linker->nodes[i]);
        if (r < 0)
            return r;
    }
    return 0;
}

int gp_link_settings(struct gp_linker *linker)
{
    return walk_all(linker, &(struct gp_walk){.object = on_choices});
}

int gp_link_check(struct gp_linker *linker)
{
    struct gp_walk checks = {
        .expr = on_expr,
        .cond = on_cond,
        .facet = on_facet,
        .read = on_read,
        .step = on_step,
        .object = on_object,
    };

    int r = walk_all(linker, &checks);
    return r < 0 ? r : walk_all(linker, &(struct gp_walk){.expr = on_untyped});
}
