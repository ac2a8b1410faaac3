/*
 * Facets that look beyond the end of a file whose size another facet gives: in
 * the same condition, or in another part of the same `all`.
 */
#include "author/lint-internal.h"

#include <errno.h>
#include <string.h>

#include "eval/content.h"
#include "util/text.h"

/* The most bytes that a file has where the condition holds. */
struct extent {
    int64_t most;
    bool exact;
    struct gp_span at; /* of what says so */
};

/* ---- reading facets ---------------------------------------------------------------------------------------------- */

static const struct gp_expr *operand(const struct gp_facet *facet, const char *key)
{
    const struct gp_field *value = &facet->def->value;
    const void *pointed = value->kind == GP_KIND_OBJECT ? *(const void *const *)facet->data : NULL;
    const void *member = pointed ? gp_lint_member(value->object, pointed, key, GP_KIND_EXPR) : NULL;

    return member ? *(const struct gp_expr *const *)member : NULL;
}

/* What a size facet says; false: nothing that is known here. */
static bool read_size(const struct gp_facet *facet, struct extent *ret)
{
    const struct gp_comparison *comparison = *(const struct gp_comparison *const *)facet->data;
    int64_t number;

    if (!comparison)
        return false;
    *ret = (struct extent){.most = INT64_MAX, .at = facet->at};
    if (gp_lint_number(comparison->is, &number))
        *ret = (struct extent){number, true, comparison->is->at};
    else if (gp_lint_number(comparison->max, &number))
        *ret = (struct extent){number, false, comparison->max->at};
    else if (comparison->in.count) {
        ret->most = 0;
        for (size_t i = 0; i < comparison->in.count; i++) {
            if (!gp_lint_number(comparison->in.data[i], &number))
                return false;
            ret->most = number > ret->most ? number : ret->most;
        }
    }
    return ret->most < INT64_MAX && ret->most >= 0;
}

static bool find_size(const struct gp_cond *cond, struct extent *ret)
{
    for (size_t i = 0; i < cond->facet_count; i++)
        if (strcmp(cond->facets[i].def->key, "size") == 0 && cond->facets[i].def->value.kind == GP_KIND_COMPARISON)
            return read_size(&cond->facets[i], ret);
    return false;
}

/* How many bytes a facet wants, from where; false: it is not about a place, or nothing is known here. */
static bool read_place(const struct gp_facet *facet, int64_t *ret_at, int64_t *ret_width)
{
    const struct gp_expr *at = operand(facet, "at"), *is = operand(facet, "is");

    *ret_at = 0;
    *ret_width = 0;
    for (const struct gp_layout *layout = gp_layouts; layout->name; layout++)
        if (strcmp(layout->name, facet->def->key) == 0)
            *ret_width = layout->width;
    if (strcmp(facet->def->key, "bytes") == 0 && is && is->kind == GP_EXPR_LITERAL)
        *ret_width = (int64_t)is->value.string.len;
    return *ret_width > 0 && (!at || gp_lint_number(at, ret_at));
}

/* ---- checks ------------------------------------------------------------------------------------------------------ */

static void say(struct gp_lint *lint, const struct gp_facet *facet, const char *why, const struct extent *extent)
{
    struct gp_diag *diag = gp_diag_add(lint->diags, GP_DIAG_BEYOND_SIZE, facet->at, "'%s' can never hold: %s",
                                       facet->def->key, why);
    if (extent)
        gp_diag_note(lint->diags, diag, extent->at, "the size of the file is given here");
}

/* `elsewhere`: the size comes from another condition, so what needs no size was said of this facet already. */
static void check_place(struct gp_lint *lint, const struct gp_facet *facet, const struct extent *extent, bool elsewhere)
{
    int64_t at, width;

    if (!read_place(facet, &at, &width))
        return;
    if (at < 0 && at > -width) {
        if (!elsewhere)
            say(lint, facet, "it begins too near to the end of the file", NULL);
    } else if (extent && (at < 0 ? at < -extent->most : width > extent->most || at > extent->most - width)) {
        say(lint, facet, at < 0 ? "it begins before the start of the file" : "it ends behind the end of the file",
            extent);
    }
}

/* Whole records behind a head fill a file of one size or they do not. */
static void check_records(struct gp_lint *lint, const struct gp_facet *facet, const struct extent *extent)
{
    int64_t of, after = 0, count;

    if (!extent || !extent->exact || !gp_lint_number(operand(facet, "of"), &of) || of < 1)
        return;
    if (operand(facet, "after") && !gp_lint_number(operand(facet, "after"), &after))
        return;
    if (after < 0)
        return;
    if (after > extent->most || (extent->most - after) % of != 0) {
        say(lint, facet, "whole records of this size do not fill the file", extent);
        return;
    }
    count = (extent->most - after) / of;
    int64_t is, min, max;
    bool wrong = (gp_lint_number(operand(facet, "is"), &is) && is != count) ||
                 (gp_lint_number(operand(facet, "min"), &min) && min > count) ||
                 (gp_lint_number(operand(facet, "max"), &max) && max < count);
    if (wrong)
        say(lint, facet, "the file has another number of records", extent);
}

static void check_facets(struct gp_lint *lint, const struct gp_cond *cond, const struct extent *extent, bool elsewhere)
{
    for (size_t i = 0; i < cond->facet_count; i++) {
        const struct gp_facet *facet = &cond->facets[i];
        if (facet->broken)
            continue;
        check_place(lint, facet, extent, elsewhere);
        if (strcmp(facet->def->key, "records") == 0)
            check_records(lint, facet, extent);
    }
}

/* ---- several conditions about one file --------------------------------------------------------------------------- */

/* The one file that a condition is about, as a key; `len` 0: none, or several. */
static struct gp_str file_of(const struct gp_cond *cond)
{
    const struct gp_paths *paths = gp_lint_is_form(cond, "file") && !cond->under
                                       ? gp_lint_member(cond->form->object, cond->data, "file", GP_KIND_PATHS)
                                       : NULL;

    return paths && paths->count == 1 ? paths->data[0]->text : (struct gp_str){0};
}

static int collect(struct gp_lint *lint, const struct gp_conds *list, struct gp_strmap *sizes)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct gp_cond *part = gp_lint_resolve(lint, list->data[i]);
        struct extent found, *extent;
        struct gp_str file = part ? file_of(part) : (struct gp_str){0};
        if (!file.len || gp_lint_is_broken(part) || gp_strmap_find(sizes, file) || !find_size(part, &found))
            continue;
        extent = GP_NEW(lint->arena, struct extent);
        if (!extent)
            return -ENOMEM;
        *extent = found;
        if (gp_strmap_put(lint->arena, sizes, file, extent) < 0)
            return -ENOMEM;
    }
    return 0;
}

/* A part that says its own size was looked at by itself. */
static int check_parts(struct gp_lint *lint, const struct gp_conds *list)
{
    struct gp_strmap sizes = {.fold = lint->rules->manifest.names == GP_NAMES_DOS};
    struct extent own;
    int r = collect(lint, list, &sizes);

    for (size_t i = 0; i < list->count && r == 0 && sizes.count; i++) {
        const struct gp_cond *part = list->data[i];
        struct gp_str file = file_of(part);
        const struct extent *extent = file.len && !find_size(part, &own) ? gp_strmap_get(&sizes, file) : NULL;
        if (extent)
            check_facets(lint, part, extent, true);
    }
    return r;
}

int gp_lint_layout(struct gp_lint *lint, const struct gp_cond *cond)
{
    struct gp_conds list = gp_lint_is_form(cond, "all") ? gp_lint_list(cond) : (struct gp_conds){0};
    struct extent extent;

    check_facets(lint, cond, find_size(cond, &extent) ? &extent : NULL, false);
    return list.count > 1 ? check_parts(lint, &list) : 0;
}
