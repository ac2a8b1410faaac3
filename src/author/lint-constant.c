/* Conditions that have one result whatever a tree holds: what follows from literals alone. */
#include "author/lint-internal.h"

#include <errno.h>
#include <string.h>

#include "eval/content.h"
#include "rule/link.h"
#include "rule/tables.h"

/* ---- what a value can be ----------------------------------------------------------------------------------------- */

static const struct gp_layout *layout_of(const char *key)
{
    for (const struct gp_layout *layout = gp_layouts; layout->name; layout++)
        if (strcmp(layout->name, key) == 0)
            return layout;
    return NULL;
}

static const char *words(struct gp_lint *lint, const char *what, struct gp_str id)
{
    const char *text = gp_arena_printf(lint->arena, "%s '%.*s'", what, GP_STR_ARG(id));

    return text ? text : what;
}

/* A mask leaves no number that is greater than itself. */
static void narrow(struct gp_domain *domain, const struct gp_expr *mask)
{
    int64_t bits;

    if (!gp_lint_number(mask, &bits) || bits < 0)
        return;
    domain->mask = bits;
    domain->mask_at = mask;
    domain->most = bits < domain->most ? bits : domain->most;
}

static const struct gp_expr *mask_of(const struct gp_object *object, const void *data)
{
    const void *member = gp_lint_member(object, data, "mask", GP_KIND_EXPR);

    return member ? *(const struct gp_expr *const *)member : NULL;
}

struct gp_domain gp_lint_read_domain(struct gp_lint *lint, const struct gp_marker *marker)
{
    const struct gp_read *read = marker->read;
    struct gp_domain domain = {
        .what = words(lint, "marker", marker->def.id), .least = INT64_MIN, .most = INT64_MAX, .mask = -1};

    domain.type = read ? gp_read_type(read) : marker->type;
    domain.integer = gp_type_is_integer(domain.type);
    if (!read || read->times)
        return domain;
    const struct gp_layout *layout = layout_of(read->def->key);
    if (layout)
        domain.most = layout->most;
    if (layout || domain.type == GP_TYPE_SIZE || domain.type == GP_TYPE_INTEGER)
        domain.least = 0;
    narrow(&domain, mask_of(read->def->object, read->data));
    return domain;
}

static struct gp_domain setting_domain(struct gp_lint *lint, const struct gp_setting *setting, const char *what)
{
    struct gp_domain domain = {.what = words(lint, what, setting->def.id),
                               .type = (enum gp_type)setting->type,
                               .least = INT64_MIN,
                               .most = INT64_MAX,
                               .mask = -1};

    domain.integer = gp_type_is_integer(domain.type);
    gp_lint_number(setting->min, &domain.least);
    gp_lint_number(setting->max, &domain.most);
    return domain;
}

/* Of what marker, param and var name; a parameter is another in each operation, so only its type is known there. */
static struct gp_domain ref_domain(struct gp_lint *lint, const struct gp_ref *ref)
{
    struct gp_domain domain = {.what = "the value", .least = INT64_MIN, .most = INT64_MAX, .mask = -1};

    if (!ref || !ref->target)
        return domain;
    if (ref->section == GP_SECTION_VAR)
        return setting_domain(lint, ref->target, "variable");
    if (ref->section == GP_SECTION_PARAM && lint->operation) {
        const struct gp_map_entry *own = gp_map_find(&lint->operation->params, ref->id);
        if (own)
            return setting_domain(lint, own->value, "parameter");
    }
    if (ref->section == GP_SECTION_MARKER && !((const struct gp_marker *)ref->target)->values.count)
        return gp_lint_read_domain(lint, ref->target);
    domain.type = gp_link_ref_type(ref);
    domain.integer = gp_type_is_integer(domain.type);
    return domain;
}

static struct gp_domain row_domain(struct gp_lint *lint, const char *key, enum gp_type type)
{
    const struct gp_layout *layout = layout_of(key);
    const char *what = gp_arena_printf(lint->arena, "'%s'", key);

    return (struct gp_domain){.what = what ? what : key,
                              .type = type,
                              .integer = gp_type_is_integer(type),
                              .least = 0,
                              .most = layout ? layout->most : INT64_MAX,
                              .mask = -1};
}

/* ---- comparisons ------------------------------------------------------------------------------------------------- */

/* The comparison whose keys stand among others, by its first one. */
static const struct gp_comparison *inner_comparison(const struct gp_object *object, const void *data,
                                                    enum gp_type *ret_type)
{
    for (const struct gp_field *field = object->fields; field->key; field++)
        if (field->flags & GP_FIELD_COMPARISON && strcmp(field->key, "is") == 0) {
            const void *comparison = (const char *)data + field->offset - offsetof(struct gp_comparison, is);
            *ret_type = field->type;
            return comparison;
        }
    return NULL;
}

/* Loading says what of these is out of range, so only what it cannot see is said here. */
static bool out_of_range(const struct gp_comparison *comparison, const struct gp_domain *domain)
{
    const struct gp_expr *operands[] = {comparison->is, comparison->min, comparison->max, comparison->bits};
    int64_t number, min, max;

    for (size_t i = 0; i < GP_COUNT(operands); i++)
        if (gp_lint_number(operands[i], &number) && (number < 0 || number > domain->most))
            return true;
    return gp_lint_number(comparison->min, &min) && gp_lint_number(comparison->max, &max) && min > max;
}

static int judge_row(struct gp_lint *lint, const struct gp_comparison *comparison, struct gp_domain domain,
                     const struct gp_expr *mask, struct gp_span at, bool say, enum gp_fate *ret_fate)
{
    domain.checked = domain.integer && out_of_range(comparison, &domain);
    narrow(&domain, mask);
    return gp_lint_comparison(lint, comparison, &domain, at, say, ret_fate);
}

static int judge_facet(struct gp_lint *lint, const struct gp_facet *facet, bool say, enum gp_fate *ret_fate)
{
    const struct gp_field *value = &facet->def->value;
    const void *data = (const char *)facet->data + value->offset;
    const void *pointed = NULL;
    enum gp_type type = value->type;

    *ret_fate = GP_FATE_OPEN;
    if (value->kind == GP_KIND_COMPARISON || value->kind == GP_KIND_OBJECT)
        pointed = *(const void *const *)data;
    if (!pointed)
        return 0;
    const struct gp_comparison *comparison =
        value->kind == GP_KIND_OBJECT ? inner_comparison(value->object, pointed, &type) : pointed;
    if (!comparison || type == GP_TYPE_ANY || !gp_comparison_given(comparison))
        return 0;
    const struct gp_expr *mask = value->kind == GP_KIND_OBJECT ? mask_of(value->object, pointed) : NULL;
    return judge_row(lint, comparison, row_domain(lint, facet->def->key, type), mask, facet->at, say, ret_fate);
}

/* What the comparison of a form itself comes to. */
static int judge_form(struct gp_lint *lint, const struct gp_cond *cond, bool say, enum gp_fate *ret_fate)
{
    const struct gp_field *first = cond->form->object->fields;
    enum gp_type type = GP_TYPE_ANY;
    const struct gp_comparison *comparison = inner_comparison(cond->form->object, cond->data, &type);

    *ret_fate = GP_FATE_OPEN;
    if (!comparison || !gp_comparison_given(comparison))
        return 0;
    if (first->kind != GP_KIND_REF)
        return judge_row(lint, comparison, row_domain(lint, cond->form->key, type), NULL, cond->at, say, ret_fate);
    const void *member = (const char *)cond->data + first->offset;
    struct gp_domain domain = ref_domain(lint, *(const struct gp_ref *const *)member);
    return gp_lint_comparison(lint, comparison, &domain, cond->at, say, ret_fate);
}

/* Every facet; a fate for each that cannot hold is one for the file. */
static int judge_facets(struct gp_lint *lint, const struct gp_cond *cond, bool say, enum gp_fate *ret_fate)
{
    bool one = gp_lint_is_form(cond, "file") || gp_lint_is_form(cond, "dir") || gp_lint_is_form(cond, "some");
    int r = 0;

    *ret_fate = GP_FATE_OPEN;
    for (size_t i = 0; i < cond->facet_count && r == 0; i++) {
        enum gp_fate fate;
        r = judge_facet(lint, &cond->facets[i], say, &fate);
        if (fate == GP_FATE_NEVER_TRUE && one)
            *ret_fate = GP_FATE_NEVER_TRUE;
    }
    return r;
}

/* ---- equal, ordered ---------------------------------------------------------------------------------------------- */

/* OPEN unless all values are literals. */
static enum gp_fate series_fate(const struct gp_cond *cond)
{
    bool rising = gp_lint_is_form(cond, "ordered");
    const struct gp_exprs *values = rising || gp_lint_is_form(cond, "equal")
                                        ? gp_lint_member(cond->form->object, cond->data, cond->form->key, GP_KIND_EXPRS)
                                        : NULL;
    bool holds = true;

    if (!values || values->count < 2)
        return GP_FATE_OPEN;
    for (size_t i = 0; i < values->count; i++) {
        const struct gp_expr *value = values->data[i];
        const struct gp_value *before = i ? &values->data[i - 1]->value : NULL;
        if (value->kind != GP_EXPR_LITERAL || value->value.type == GP_TYPE_ANY)
            return GP_FATE_OPEN;
        if (!before)
            continue;
        bool same_class = gp_type_is_integer(before->type) == gp_type_is_integer(value->value.type);
        int order = same_class ? gp_value_compare(before, &value->value) : 1;
        holds = holds && (rising ? order < 0 : order == 0);
    }
    return holds ? GP_FATE_NEVER_FALSE : GP_FATE_NEVER_TRUE;
}

/* ---- fates ------------------------------------------------------------------------------------------------------- */

#define KNOWN 0x80

static enum gp_fate swap(enum gp_fate fate)
{
    unsigned swapped = fate & GP_FATE_NEVER_TRUE ? GP_FATE_NEVER_FALSE : 0;

    return (enum gp_fate)(swapped | (fate & GP_FATE_NEVER_FALSE ? GP_FATE_NEVER_TRUE : 0));
}

/* Of `all`; `any` is the same the other way round. */
static enum gp_fate list_fate(struct gp_lint *lint, const struct gp_cond *cond, const struct gp_conds *list)
{
    bool any = !gp_lint_is_form(cond, "all");
    unsigned some = 0, every = GP_FATE_NEVER_TRUE | GP_FATE_NEVER_FALSE;

    for (size_t i = 0; i < list->count; i++) {
        enum gp_fate fate = gp_lint_fate(lint, list->data[i]);
        some |= fate;
        every &= fate;
    }
    if (gp_lint_has_opposites(lint, list) || gp_lint_has_clash(lint, cond))
        some |= any ? GP_FATE_NEVER_FALSE : GP_FATE_NEVER_TRUE;
    unsigned ends = any ? GP_FATE_NEVER_FALSE : GP_FATE_NEVER_TRUE;
    return (enum gp_fate)((some & ends) | (every & (any ? GP_FATE_NEVER_TRUE : GP_FATE_NEVER_FALSE)));
}

static enum gp_fate fate_of(struct gp_lint *lint, const struct gp_cond *cond)
{
    struct gp_conds list = gp_lint_list(cond);
    const struct gp_cond *negated = gp_lint_negated(cond);
    enum gp_fate form, facets;

    if (negated)
        return swap(gp_lint_fate(lint, negated));
    if (list.count) {
        enum gp_fate fate = list_fate(lint, cond, &list);
        return gp_lint_is_form(cond, "none") ? swap(fate) : fate;
    }
    if (cond->form == lint->options->registry->named)
        return gp_lint_fate(lint, gp_lint_resolve(lint, cond));
    if (gp_lint_is_form(cond, "unknown"))
        return GP_FATE_NEVER_TRUE | GP_FATE_NEVER_FALSE;
    if (judge_form(lint, cond, false, &form) < 0 || judge_facets(lint, cond, false, &facets) < 0)
        return GP_FATE_OPEN;
    return form | facets | series_fate(cond) | gp_lint_own_fate(lint, cond);
}

enum gp_fate gp_lint_fate(struct gp_lint *lint, const struct gp_cond *cond)
{
    if (!cond || gp_lint_is_broken(cond) || cond->number >= lint->rules->cond_count)
        return GP_FATE_OPEN;
    unsigned char *slot = &lint->fates[cond->number];
    if (!*slot) {
        *slot = KNOWN | GP_FATE_OPEN; /* for conditions that name each other in a ring, an error that was said */
        *slot = (unsigned char)(KNOWN | fate_of(lint, cond));
    }
    return (enum gp_fate)(*slot & ~KNOWN);
}

/* ---- the check --------------------------------------------------------------------------------------------------- */

static void check_series(struct gp_lint *lint, const struct gp_cond *cond)
{
    enum gp_fate fate = series_fate(cond);

    if (fate == GP_FATE_NEVER_TRUE)
        gp_diag_add(lint->diags, GP_DIAG_NEVER_HOLDS, cond->at, "this can never hold: all values of '%s' are literals",
                    cond->form->key);
    else if (fate == GP_FATE_NEVER_FALSE)
        gp_diag_add(lint->diags, GP_DIAG_ALWAYS_HOLDS, cond->at, "this always holds: all values of '%s' are literals",
                    cond->form->key);
}

/* `each` with `min: 0` asks for no file at all. */
static void check_least(struct gp_lint *lint, const struct gp_cond *cond)
{
    const void *member = gp_lint_is_form(cond, "each")
                             ? gp_lint_member(cond->form->object, cond->data, "min", GP_KIND_EXPR)
                             : NULL;
    const struct gp_expr *min = member ? *(const struct gp_expr *const *)member : NULL;
    int64_t number;

    if (!gp_lint_number(min, &number) || number != 0)
        return;
    if (cond->facet_count)
        gp_diag_add(lint->diags, GP_DIAG_IDLE_OPERAND, min->at,
                    "'min' changes nothing here: there are always at least 0 files");
    else
        gp_diag_add(lint->diags, GP_DIAG_ALWAYS_HOLDS, cond->at,
                    "this always holds: there are always at least 0 files");
}

int gp_lint_constant(struct gp_lint *lint, const struct gp_cond *cond)
{
    enum gp_fate fate;

    check_series(lint, cond);
    check_least(lint, cond);
    int r = judge_form(lint, cond, true, &fate);
    return r < 0 ? r : judge_facets(lint, cond, true, &fate);
}
