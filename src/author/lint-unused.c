/*
 * Definitions that nothing names.  One walk keeps what is named.  States and
 * operations are asked for by people, so they are in use as they stand.
 */
#include "author/lint-internal.h"

#include <errno.h>

#include "rule/tables.h"
#include "util/text.h"

struct uses {
    struct gp_walk walk;
    struct gp_lint *lint;
    struct gp_strmap named; /* struct use, as bytes */
};

/* A definition by its address; a parameter by its name and the operation (NULL: in what operations share). */
struct use {
    const void *target;
    uint64_t name[2];
};

static struct gp_str bytes_of(const struct use *use)
{
    return (struct gp_str){(const char *)use, sizeof(*use)};
}

static int mark(struct uses *uses, struct use use)
{
    if (gp_strmap_find(&uses->named, bytes_of(&use)))
        return 0;
    const char *key = gp_arena_memdup(uses->lint->arena, &use, sizeof(use));
    return key ? gp_strmap_put(uses->lint->arena, &uses->named, (struct gp_str){key, sizeof(use)}, uses) : -ENOMEM;
}

static bool is_marked(const struct uses *uses, struct use use)
{
    return gp_strmap_find(&uses->named, bytes_of(&use)) != NULL;
}

static struct use of_param(const struct gp_operation *operation, struct gp_str name)
{
    struct gp_shape hash = gp_shape_of_text(name);

    return (struct use){operation, {hash.a, hash.b}};
}

static int mark_name(struct uses *uses, enum gp_section section, struct gp_str name, const void *target)
{
    if (section == GP_SECTION_PARAM)
        return mark(uses, of_param(uses->lint->operation, name));
    return target ? mark(uses, (struct use){.target = target}) : 0;
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

static struct uses *uses_of(struct gp_walk *walk)
{
    return (struct uses *)walk; /* its first member */
}

static int on_ref(struct gp_walk *walk, const struct gp_field *field, const struct gp_ref *ref)
{
    (void)field;
    return mark_name(uses_of(walk), ref->section, ref->id, ref->target);
}

static int on_text(struct gp_walk *walk, const struct gp_field *field, const struct gp_template *text)
{
    (void)field;
    for (size_t i = 0; i < text->count; i++) {
        const struct gp_piece *piece = &text->pieces[i];
        int r = piece->kind == GP_PIECE_PARAM ? mark_name(uses_of(walk), GP_SECTION_PARAM, piece->text, NULL)
                : piece->kind == GP_PIECE_VAR ? mark_name(uses_of(walk), GP_SECTION_VAR, piece->text, piece->target)
                                              : 0;
        if (r < 0)
            return r;
    }
    return 0;
}

static int on_path(struct gp_walk *walk, const struct gp_field *field, const struct gp_pathexpr *path)
{
    int r = 0;

    for (size_t i = 0; i < path->count && r == 0; i++)
        r = path->parts[i].text ? on_text(walk, field, path->parts[i].text) : 0;
    return r;
}

/* ---- what nobody named ------------------------------------------------------------------------------------------- */

/* Whether a set that this one extends has it: there, or by another set, it may well be used. */
static bool inherited(const struct gp_lint *lint, struct gp_span at)
{
    for (size_t i = 0; i < lint->rules->file_count; i++) {
        const struct gp_rule_file *file = &lint->rules->files[i];
        if (file->source == at.source)
            return !gp_str_equal(file->set, lint->rules->manifest.name);
    }
    return false;
}

static void say(struct gp_lint *lint, enum gp_diag_id id, const char *what, const struct gp_map_entry *entry,
                const char *more)
{
    if (inherited(lint, entry->at))
        return;
    gp_diag_add(lint->diags, id, entry->at, "%s '%.*s' is used nowhere%s", what, GP_STR_ARG(entry->id), more);
}

static void check_params(const struct uses *uses, const struct gp_map *operations)
{
    for (size_t i = 0; i < operations->count; i++) {
        const struct gp_operation *operation = operations->data[i].value;
        for (size_t n = 0; n < operation->params.count; n++) {
            const struct gp_map_entry *entry = &operation->params.data[n];
            if (!is_marked(uses, of_param(operation, entry->id)) && !is_marked(uses, of_param(NULL, entry->id)))
                say(uses->lint, GP_DIAG_UNUSED_SETTING, "parameter", entry, "");
        }
    }
}

static void check_section(const struct uses *uses, const struct gp_map *map, enum gp_section section)
{
    enum gp_diag_id id = section == GP_SECTION_VAR ? GP_DIAG_UNUSED_SETTING : GP_DIAG_UNUSED_DEFINITION;

    for (size_t i = 0; i < map->count; i++) {
        const struct gp_map_entry *entry = &map->data[i];
        bool message = section == GP_SECTION_MESSAGE;
        if (is_marked(uses, (struct use){.target = entry->value}))
            continue;
        if (message && ((const struct gp_message *)entry->value)->causes.count)
            continue;
        say(uses->lint, id, gp_section_name(section), entry,
            message ? " and has no causes, so it explains nothing" : "");
    }
}

int gp_lint_unused(struct gp_lint *lint)
{
    struct uses uses = {.walk = {.ref = on_ref, .text = on_text, .path = on_path}, .lint = lint};
    static const enum gp_section sections[] = {GP_SECTION_VAR, GP_SECTION_MARKER, GP_SECTION_TABLE, GP_SECTION_CONDITION,
                                               GP_SECTION_ATTESTATION, GP_SECTION_MESSAGE};
    int r = gp_lint_walk(lint, &uses.walk);

    if (r < 0)
        return r;
    for (const struct gp_field *field = gp_object_definitions.fields; field->key; field++)
        for (size_t i = 0; i < GP_COUNT(sections); i++)
            if (field->kind == GP_KIND_MAP && field->section == sections[i])
                check_section(&uses, gp_lint_section(lint, field), sections[i]);
    check_params(&uses, &lint->rules->defs.operations);
    return 0;
}
