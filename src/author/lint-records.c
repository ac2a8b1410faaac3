/* Tables of records in files of which a condition says another size, or records of another size. */
#include "author/lint-internal.h"

#include <errno.h>
#include <string.h>

struct tables {
    struct gp_walk walk;
    struct gp_lint *lint;
    struct gp_strmap by_path; /* path as it is written -> struct gp_table */
};

static const struct gp_expr *operand(const struct gp_facet *facet, const char *key)
{
    const struct gp_field *value = &facet->def->value;
    const void *pointed = value->kind == GP_KIND_OBJECT ? *(const void *const *)facet->data : NULL;
    const void *member = pointed ? gp_lint_member(value->object, pointed, key, GP_KIND_EXPR) : NULL;

    return member ? *(const struct gp_expr *const *)member : NULL;
}

static bool number(const struct gp_expr *expr, int64_t fallback, int64_t *ret)
{
    *ret = fallback;
    return !expr || gp_lint_number(expr, ret);
}

static void say(struct tables *it, const struct gp_facet *facet, const struct gp_table *table, const char *why)
{
    struct gp_diag *diag = gp_diag_add(it->lint->diags, GP_DIAG_TABLE_SIZE, facet->at, "%s table '%.*s'", why,
                                       GP_STR_ARG(table->def.id));

    gp_diag_note(it->lint->diags, diag, table->of->at, "the table has it here");
}

static void check_records(struct tables *it, const struct gp_facet *facet, const struct gp_table *table)
{
    int64_t of, after, own_of, own_after;

    if (!number(operand(facet, "of"), 0, &of) || !number(operand(facet, "after"), 0, &after) ||
        !number(table->of, 0, &own_of) || !number(table->after, 0, &own_after))
        return;
    if (of != own_of)
        say(it, facet, table, "records of another size than those of");
    else if (after != own_after)
        say(it, facet, table, "records that begin elsewhere than those of");
}

static void check_size(struct tables *it, const struct gp_facet *facet, const struct gp_table *table)
{
    const struct gp_comparison *comparison = *(const struct gp_comparison *const *)facet->data;
    int64_t size, of, after;

    if (!comparison || !comparison->is || !gp_lint_number(comparison->is, &size) || table->count ||
        !number(table->of, 0, &of) || !number(table->after, 0, &after) || of < 1)
        return;
    if (size < after || (size - after) % of != 0)
        say(it, facet, table, "no file of this size holds whole records of");
}

static int on_cond(struct gp_walk *walk, const struct gp_cond *cond, bool leaving)
{
    struct tables *it = (struct tables *)walk; /* its first member */
    const char *key = cond->form->key;
    bool about = strcmp(key, "file") == 0 || strcmp(key, "each") == 0 || strcmp(key, "some") == 0;
    const struct gp_paths *paths =
        about && leaving && !cond->broken ? gp_lint_member(cond->form->object, cond->data, key, GP_KIND_PATHS) : NULL;

    for (size_t i = 0; paths && i < paths->count; i++) {
        const struct gp_table *table = gp_strmap_get(&it->by_path, paths->data[i]->text);
        for (size_t n = 0; table && n < cond->facet_count; n++) {
            const struct gp_facet *facet = &cond->facets[n];
            if (!facet->broken && strcmp(facet->def->key, "records") == 0)
                check_records(it, facet, table);
            if (!facet->broken && strcmp(facet->def->key, "size") == 0 && facet->def->value.kind == GP_KIND_COMPARISON)
                check_size(it, facet, table);
        }
    }
    return 0;
}

int gp_lint_records(struct gp_lint *lint)
{
    struct tables it = {.walk = {.cond = on_cond}, .lint = lint};
    const struct gp_map *map = &lint->rules->defs.tables;

    it.by_path.fold = lint->rules->manifest.names == GP_NAMES_DOS;
    for (size_t i = 0; i < map->count; i++) {
        const struct gp_table *table = map->data[i].value;
        for (size_t n = 0; !map->data[i].broken && n < table->paths.count; n++)
            if (gp_strmap_put(lint->arena, &it.by_path, table->paths.data[n]->text, (void *)(uintptr_t)table) < 0)
                return -ENOMEM;
    }
    return it.by_path.count ? gp_lint_walk(lint, &it.walk) : 0;
}
