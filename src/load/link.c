/* The linker's frame: definitions as nodes, the walk over one of them, the order of the passes. */
#include "load/link-internal.h"

#include <errno.h>
#include <string.h>

#include "rule/tables.h"

/* ---- where the walk is ------------------------------------------------------------------------------------------- */

int gp_link_on_facet(struct gp_walk *walk, const struct gp_cond *cond, const struct gp_facet *facet, bool leaving)
{
    struct gp_linker *linker = walk->context;

    (void)facet;
    linker->link.in_each = !leaving && gp_form_is_each(cond->form);
    return 0;
}

int gp_link_on_step(struct gp_walk *walk, const struct gp_step *step, bool leaving)
{
    struct gp_linker *linker = walk->context;

    linker->in_work = !leaving && step->def->flags & GP_STEP_WORK;
    return 0;
}

int gp_link_on_object(struct gp_walk *walk, const struct gp_object *object, const void *instance, bool leaving)
{
    struct gp_linker *linker = walk->context;

    (void)instance;
    if (object == &gp_object_ensured)
        linker->in_ensures = !leaving;
    return 0;
}

int gp_link_walk(struct gp_linker *linker, struct gp_walk *walk, struct gp_link_node *node)
{
    walk->context = linker;
    linker->owner = node;
    linker->depth = 0;
    linker->in_ensures = linker->in_work = linker->link.in_each = false;
    linker->record = NULL;
    linker->link.operation = node->section == GP_SECTION_OPERATION ? node->entry->value : NULL;
    int r = gp_walk_element(walk, node->element, node->entry->value);
    linker->owner = NULL;
    linker->link.operation = NULL;
    return r;
}

bool gp_link_is_wrong(const struct gp_object *object, const struct gp_definition *def, const char *key)
{
    unsigned row = 0;

    while (strcmp(object->fields[row].key, key) != 0)
        row++;
    return def->wrong >> row & 1;
}

/* ---- nodes ------------------------------------------------------------------------------------------------------- */

static uint32_t number_definition(enum gp_section section, struct gp_map_entry *entry, uint32_t number)
{
    if (section == GP_SECTION_MARKER)
        ((struct gp_marker *)entry->value)->number = number;
    else if (section == GP_SECTION_CONDITION || section == GP_SECTION_STATE)
        ((struct gp_named_cond *)entry->value)->number = number;
    return number + 1;
}

/* The ids of one section. */
static struct gp_map *map_of(struct gp_definitions *defs, const struct gp_field *field)
{
    void *member = (char *)defs + field->offset;

    return member;
}

static int add_nodes(struct gp_linker *linker)
{
    struct gp_definitions *defs = &linker->binder->rules->defs;
    size_t count = 0;

    for (const struct gp_field *field = gp_object_definitions.fields; field->key; field++)
        if (field->kind == GP_KIND_MAP)
            count += map_of(defs, field)->count;
    linker->nodes = GP_NEW_ARRAY(linker->arena, struct gp_link_node, count + 1);
    linker->order = GP_NEW_ARRAY(linker->arena, uint32_t, count + 1);
    if (!linker->nodes || !linker->order || count >= GP_LINK_NO_NODE)
        return -ENOMEM;
    for (const struct gp_field *field = gp_object_definitions.fields; field->key; field++) {
        if (field->kind != GP_KIND_MAP)
            continue;
        struct gp_map *map = map_of(defs, field);
        uint32_t number = 0;
        linker->maps[field->section] = map;
        linker->base[field->section] = linker->node_count;
        for (size_t i = 0; i < map->count; i++) {
            number = number_definition(field->section, &map->data[i], number);
            linker->nodes[linker->node_count++] =
                (struct gp_link_node){.section = field->section, .entry = &map->data[i], .element = field->element};
        }
    }
    linker->binder->rules->marker_count = (uint32_t)defs->markers.count;
    return 0;
}

static int link_all(struct gp_linker *linker)
{
    int r = add_nodes(linker);

    if (r == 0)
        r = gp_link_refs(linker);
    if (r == 0)
        r = gp_link_graph(linker);
    if (r == 0)
        r = gp_link_names(linker);
    if (r == 0)
        r = gp_link_settings(linker);
    if (r == 0)
        r = gp_link_types(linker);
    if (r == 0)
        r = gp_link_check(linker);
    return r < 0 ? r : linker->link.failed || gp_diags_failed(linker->link.diags) ? -ENOMEM : 0;
}

int gp_link(struct gp_binder *binder)
{
    struct gp_arena *scratch = gp_arena_new(0);
    struct gp_linker linker = {
        .link = {.rules = binder->rules, .diags = binder->diags},
        .binder = binder,
        .arena = scratch,
    };

    int r = scratch ? link_all(&linker) : -ENOMEM;
    gp_arena_free(scratch);
    return r;
}
