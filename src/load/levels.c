/* What rule files say of the levels of diagnostics: `lint` at the top of a file. */
#include <errno.h>
#include <stdio.h>

#include "load/bind.h"
#include "load/loader.h"
#include "rule/tables.h"
#include "util/number.h"
#include "util/text.h"

/* "GP0601": the row of that number, NULL if there is none. */
static const struct gp_diag_info *info_of(struct gp_str id)
{
    char name[16];

    for (const struct gp_diag_info *info = gp_diag_infos; info->number; info++) {
        snprintf(name, sizeof(name), "GP%04d", info->number);
        if (gp_str_is(id, name))
            return info;
    }
    return NULL;
}

/* A number that is near to another one means something else altogether: only one that is written otherwise (gp601) is
 * taken for what it is. */
static const struct gp_diag_info *info_of_number(struct gp_str id)
{
    struct gp_str digits = id;
    uint64_t number;

    while (digits.len && (digits.data[0] < '1' || digits.data[0] > '9'))
        digits = (struct gp_str){digits.data + 1, digits.len - 1};
    if (gp_number_take(&digits, false, &number) < 0 || digits.len || number > 9999)
        return NULL;
    return gp_diag_info((int)number);
}

static int say_unknown(struct gp_loader *loader, const struct gp_map_entry *entry)
{
    const struct gp_diag_info *meant = info_of_number(entry->id);
    struct gp_diag *diag = gp_loader_error(loader, GP_DIAG_LINT_ID, entry->at, "there is no diagnostic '%.*s'",
                                           GP_STR_ARG(entry->id));

    if (meant)
        gp_diag_suggest(loader->diags, diag, gp_arena_printf(loader->scratch, "GP%04d", meant->number));
    else
        gp_diag_note(loader->diags, diag, (struct gp_span){0}, "'gatepost list diagnostics' says which there are");
    return 0;
}

/* Who takes a level: one that was checked. */
typedef int take_function(struct gp_loader *loader, const void *whose, enum gp_diag_id id, enum gp_level level);

/* An entry with errors was complained of by the binder. */
static int apply(struct gp_loader *loader, const struct gp_map *lint, take_function *take, const void *whose)
{
    int r = 0;

    for (size_t i = 0; i < lint->count && r == 0; i++) {
        const struct gp_map_entry *entry = &lint->data[i];
        const struct gp_diag_info *info = info_of(entry->id);
        const struct gp_lint_level *said = entry->value;

        if (entry->broken)
            continue;
        if (!info)
            r = say_unknown(loader, entry);
        else if (info->level == GP_LEVEL_ERROR && said->level < GP_LEVEL_ERROR)
            gp_loader_error(loader, GP_DIAG_LINT_ERROR, entry->at, "'%.*s' is an error, which no file can lower",
                            GP_STR_ARG(entry->id));
        else
            r = take(loader, whose, (enum gp_diag_id)info->number, (enum gp_level)said->level);
    }
    return r;
}

static int bind_and_apply(struct gp_loader *loader, const struct gp_node *lint, take_function *take, const void *whose)
{
    struct gp_binder binder = {
        .arena = loader->arena, .diags = loader->diags, .registry = loader->options->registry};
    struct gp_file_head head = {0};
    const struct gp_field *row = gp_object_file_head.fields; /* until it is that of `lint` */

    if (!lint)
        return 0;
    while (row->kind != GP_KIND_MAP)
        row++;
    int r = gp_bind_field(&binder, row, lint, &head);
    loader->errors = loader->errors || binder.errors;
    return r < 0 ? r : apply(loader, &head.lint, take, whose);
}

static int take_source(struct gp_loader *loader, const void *whose, enum gp_diag_id id, enum gp_level level)
{
    return gp_diags_set_source_level(loader->diags, *(const uint32_t *)whose, id, level);
}

int gp_levels_of_file(struct gp_loader *loader, uint32_t source, const struct gp_node *lint)
{
    return bind_and_apply(loader, lint, take_source, &source);
}

static int take_base(struct gp_loader *loader, const void *whose, enum gp_diag_id id, enum gp_level level)
{
    const char *set = whose;
    int r = 0;

    for (size_t i = 0; i < loader->files.count && r == 0; i++) {
        const struct gp_rule_file *file = &loader->files.data[i];
        if (gp_str_is(file->set, set) && !gp_diags_has_source_level(loader->diags, file->source, id))
            r = gp_diags_set_source_level(loader->diags, file->source, id, level);
    }
    return r;
}

int gp_levels_of_base(struct gp_loader *loader, const char *set, const struct gp_node *lint)
{
    return bind_and_apply(loader, lint, take_base, set);
}

static int take_all(struct gp_loader *loader, const void *whose, enum gp_diag_id id, enum gp_level level)
{
    (void)whose;
    return gp_diags_set_level(loader->diags, id, level);
}

int gp_levels_of_set(struct gp_loader *loader, const struct gp_map *lint)
{
    return apply(loader, lint, take_all, NULL);
}
