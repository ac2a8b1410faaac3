/* The types of markers: what is read, the names of its values, or what its cases agree on. */
#include "load/link-internal.h"

#include <errno.h>

#include "rule/say.h"
#include "rule/tables.h"
#include "util/number.h"

static int add_name(struct gp_linker *linker, struct gp_map *names, struct gp_str name, struct gp_span at, size_t room)
{
    struct gp_arena *arena = linker->binder->rules->arena;

    if (gp_map_find(names, name))
        return 0;
    if (!names->data)
        names->data = GP_NEW_ARRAY(arena, struct gp_map_entry, room);
    if (!names->data)
        return -ENOMEM;
    struct gp_map_entry *entry = &names->data[names->count++];
    *entry = (struct gp_map_entry){.id = name, .at = at};
    return gp_strmap_put(arena, &names->index, name, entry);
}

int gp_link_choices(struct gp_linker *linker, struct gp_setting *setting)
{
    for (size_t i = 0; i < setting->choices.count; i++) {
        int r = add_name(linker, &setting->names, setting->choices.data[i], setting->def.at, setting->choices.count);
        if (r < 0)
            return r;
    }
    return 0;
}

/* ---- markers that are read --------------------------------------------------------------------------------------- */

static int type_read(struct gp_linker *linker, struct gp_marker *marker)
{
    enum gp_type raw = gp_read_type(marker->read);

    if (marker->read->times && !(raw == GP_TYPE_INTEGER || raw == GP_TYPE_SIZE))
        gp_link_error(linker, GP_DIAG_TYPE_MISMATCH, marker->read->times->at,
                      "'times' scales a number, and '%s' yields %s %s", marker->read->def->key,
                      gp_say_article(gp_type_name(raw)), gp_type_name(raw));
    marker->type = marker->values.count ? GP_TYPE_CHOICE : raw;
    marker->names = marker->values;
    for (size_t i = 0; i < marker->values.count; i++) {
        const struct gp_marker_value *value = marker->values.data[i].value;
        for (size_t n = 0; n < value->raw.count; n++)
            gp_link_type_expr(&linker->link, value->raw.data[n], raw, NULL);
    }
    return 0;
}

/* ---- markers that follow from cases ------------------------------------------------------------------------------ */

static bool is_number(const struct gp_expr *expr)
{
    return !expr->quoted && gp_int_parse(expr->text, &(int64_t){0}) == 0;
}

/* The type of the references among the values, else INTEGER if all are numbers, else CHOICE; ANY: not known, because
 * something else is wrong. */
static enum gp_type case_type(struct gp_linker *linker, const struct gp_marker *marker)
{
    const struct gp_expr *first = NULL;
    enum gp_type type = GP_TYPE_ANY;
    bool numbers = true;

    for (size_t i = 0; i < marker->cases.count; i++) {
        const struct gp_expr *value = ((const struct gp_case_row *)marker->cases.data[i])->value;
        if (!value)
            return GP_TYPE_ANY;
        if (value->kind == GP_EXPR_LITERAL) {
            numbers &= is_number(value);
            continue;
        }
        enum gp_type this = gp_link_expr_type(value);
        if (this == GP_TYPE_ANY)
            return GP_TYPE_ANY;
        if (!first) {
            first = value;
            type = this;
        } else if (this != type) {
            struct gp_diag *diag =
                gp_link_error(linker, GP_DIAG_CASE_TYPES, value->at, "this case yields %s %s, another %s %s",
                              gp_say_article(gp_type_name(this)), gp_type_name(this),
                              gp_say_article(gp_type_name(type)), gp_type_name(type));
            gp_diag_note(linker->link.diags, diag, first->at, "%s", gp_type_name(type));
            return GP_TYPE_ANY;
        }
    }
    return first ? type : numbers ? GP_TYPE_INTEGER : GP_TYPE_CHOICE;
}

static int add_names_of(struct gp_linker *linker, struct gp_marker *marker, const struct gp_expr *value, size_t room)
{
    const struct gp_map *names = value->kind == GP_EXPR_LITERAL ? NULL : gp_link_ref_names(value->ref);
    int r = 0;

    if (value->kind == GP_EXPR_LITERAL)
        return add_name(linker, &marker->names, value->text, value->at, room);
    for (size_t i = 0; names && i < names->count && r == 0; i++)
        r = add_name(linker, &marker->names, names->data[i].id, names->data[i].at, room);
    return r;
}

static size_t count_names(const struct gp_marker *marker)
{
    size_t count = 0;

    for (size_t i = 0; i < marker->cases.count; i++) {
        const struct gp_expr *value = ((const struct gp_case_row *)marker->cases.data[i])->value;
        const struct gp_map *names = value->kind == GP_EXPR_LITERAL ? NULL : gp_link_ref_names(value->ref);
        count += names ? names->count : 1;
    }
    return count;
}

static int type_cases(struct gp_linker *linker, struct gp_marker *marker)
{
    marker->type = case_type(linker, marker);
    if (marker->type == GP_TYPE_ANY)
        return 0;
    size_t room = marker->type == GP_TYPE_CHOICE ? count_names(marker) : 0;
    for (size_t i = 0; i < marker->cases.count; i++) {
        const struct gp_expr *value = ((const struct gp_case_row *)marker->cases.data[i])->value;
        int r = marker->type == GP_TYPE_CHOICE ? add_names_of(linker, marker, value, room) : 0;
        if (r < 0)
            return r;
        gp_link_type_expr(&linker->link, value, marker->type, NULL);
    }
    return 0;
}

/* Whether what the marker yields cannot be told, because what says so is wrong or stands twice. */
static bool is_open(const struct gp_marker *marker)
{
    bool read = gp_link_is_wrong(&gp_object_marker, &marker->def, "read");
    bool cases = gp_link_is_wrong(&gp_object_marker, &marker->def, "cases");

    return gp_link_is_wrong(&gp_object_marker, &marker->def, "values") || (marker->read ? cases : read) ||
           (!marker->read && !marker->cases.count);
}

static int type_marker(struct gp_linker *linker, struct gp_marker *marker)
{
    if (is_open(marker))
        return 0;
    if (marker->read)
        return type_read(linker, marker);
    if (marker->values.count)
        gp_link_error(linker, GP_DIAG_VALUES_WITHOUT_READ, marker->values.data[0].at,
                      "'values' names what is read, and this marker has cases");
    return type_cases(linker, marker);
}

int gp_link_types(struct gp_linker *linker)
{
    int r = 0;

    for (uint32_t i = 0; i < linker->ordered && r == 0; i++) {
        struct gp_link_node *node = &linker->nodes[linker->order[i]];
        linker->owner = node;
        if (node->section == GP_SECTION_MARKER)
            r = type_marker(linker, node->entry->value);
    }
    linker->owner = NULL;
    return r;
}
