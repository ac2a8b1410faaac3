/* The parts of an effective rule set that have names. */
#include "author/origin.h"

#include <string.h>

#include "rule/tables.h"
#include "util/text.h"
#include "util/vec.h"

const char *gp_origin_layer(const struct gp_origin_style *style, const struct gp_ruleset *rules, uint32_t source)
{
    const struct gp_source *it = gp_sources_get(rules->sources, source);
    size_t layer = it && it->layer > 0 ? (size_t)it->layer : 0;

    if (!layer)
        return "";
    if (layer > style->layer_count)
        return "beside it";
    return style->layers[layer - 1].title ? style->layers[layer - 1].title : "layer";
}

/* ---- finding ----------------------------------------------------------------------------------------------------- */

typedef GP_VEC(struct gp_origin_part) parts;

/* The row of a section; NULL: its ids have no parts of their own. */
static const struct gp_field *section_row(struct gp_str key)
{
    for (const struct gp_field *row = gp_object_definitions.fields; row->key; row++)
        if (row->kind == GP_KIND_MAP && gp_str_is(key, row->key))
            return row;
    return NULL;
}

/* Whether ids of its own stand beneath this key of a definition. */
static bool holds_parts(const struct gp_field *section, struct gp_str key)
{
    const struct gp_object *object = section->element->kind == GP_KIND_OBJECT ? section->element->object : NULL;

    for (const struct gp_field *row = object ? object->fields : NULL; row && row->key; row++)
        if (gp_str_is(key, row->key))
            return row->kind == GP_KIND_MAP && (row->element->flags & GP_FIELD_NAMED) && row->element->object->fields;
    return false;
}

/* The parts of one definition that are called `id`. */
static int find_inside(const struct gp_field *row, const struct gp_origin_part *definition, struct gp_str id,
                       struct gp_arena *arena, parts *found)
{
    const struct gp_node *node = definition->way[1]->value;

    for (size_t i = 0; node->kind == GP_NODE_MAPPING && i < node->count; i++) {
        const struct gp_pair *group = &node->pairs[i];
        const struct gp_pair *pair = holds_parts(row, group->key) ? gp_node_pair(group->value, id) : NULL;
        if (!pair)
            continue;
        struct gp_origin_part part = *definition;
        part.way[2] = group;
        part.way[3] = pair;
        part.depth = 4;
        if (gp_vec_push(arena, found, part) < 0)
            return -ENOMEM;
    }
    return 0;
}

static int find_in_section(const struct gp_ruleset *rules, const struct gp_field *row, struct gp_str name,
                           struct gp_arena *arena, parts *found)
{
    const struct gp_pair *section = gp_node_pair(rules->definitions_node, (struct gp_str){row->key, strlen(row->key)});
    const char *slash = memchr(name.data, '/', name.len);
    struct gp_str id = {name.data, slash ? (size_t)(slash - name.data) : name.len};
    const struct gp_pair *pair = section ? gp_node_pair(section->value, id) : NULL;

    if (!pair)
        return 0;
    struct gp_origin_part part = {.rules = rules, .section = row->section, .way = {section, pair}, .depth = 2};
    if (!slash)
        return gp_vec_push(arena, found, part);
    return find_inside(row, &part, (struct gp_str){slash + 1, name.len - id.len - 1}, arena, found);
}

int gp_origin_find(const struct gp_ruleset *rules, struct gp_str name, struct gp_arena *arena,
                   struct gp_origin_part **ret_parts, size_t *ret_count)
{
    parts found = {0};

    for (const struct gp_field *row = gp_object_definitions.fields; row->key; row++)
        if (row->kind == GP_KIND_MAP && find_in_section(rules, row, name, arena, &found) < 0)
            return -ENOMEM;
    *ret_parts = found.data;
    *ret_count = found.count;
    return 0;
}

/* Calls `visit` for every definition until it returns something else than 0, which is returned. */
static int each_definition(const struct gp_ruleset *rules, void *context,
                           int (*visit)(void *context, const struct gp_field *row, const struct gp_origin_part *part))
{
    const struct gp_node *sections = rules->definitions_node;
    int r = 0;

    for (size_t i = 0; sections && i < sections->count; i++) {
        const struct gp_pair *section = &sections->pairs[i];
        const struct gp_field *row = section_row(section->key);

        for (size_t k = 0; row && section->value->kind == GP_NODE_MAPPING && k < section->value->count && r == 0; k++) {
            struct gp_origin_part part = {
                .rules = rules, .section = row->section, .way = {section, &section->value->pairs[k]}, .depth = 2};

            r = visit(context, row, &part);
        }
    }
    return r;
}

struct search {
    struct gp_arena *arena;
    struct gp_str id;
    bool parts;
    const char *found;
    GP_VEC(const char *) names;
};

static int look_inside(void *context, const struct gp_field *row, const struct gp_origin_part *part)
{
    struct search *search = context;
    parts found = {0};
    int r = find_inside(row, part, search->id, search->arena, &found);

    if (found.count)
        search->found = gp_origin_name(&found.data[0], search->arena);
    return found.count ? 1 : r;
}

const char *gp_origin_find_inside(const struct gp_ruleset *rules, struct gp_str id, struct gp_arena *arena)
{
    struct search search = {.arena = arena, .id = id};

    return each_definition(rules, &search, look_inside) == 1 ? search.found : NULL;
}

static int add_name(struct search *search, const struct gp_origin_part *part)
{
    const char *name = gp_origin_name(part, search->arena);

    return name ? gp_vec_push(search->arena, &search->names, name) : -ENOMEM;
}

static int collect_names(void *context, const struct gp_field *row, const struct gp_origin_part *definition)
{
    struct search *search = context;
    const struct gp_node *node = definition->way[1]->value;
    int r = search->parts ? 0 : add_name(search, definition);

    for (size_t i = 0; search->parts && node->kind == GP_NODE_MAPPING && i < node->count; i++) {
        const struct gp_pair *group = &node->pairs[i];
        if (!holds_parts(row, group->key) || group->value->kind != GP_NODE_MAPPING)
            continue;
        for (size_t k = 0; k < group->value->count && r == 0; k++) {
            struct gp_origin_part part = *definition;
            part.way[2] = group;
            part.way[3] = &group->value->pairs[k];
            part.depth = 4;
            r = add_name(search, &part);
        }
    }
    return r;
}

int gp_origin_names(const struct gp_ruleset *rules, bool only_parts, struct gp_arena *arena, const char ***ret_names,
                    size_t *ret_count)
{
    struct search search = {.arena = arena, .parts = only_parts};
    int r = each_definition(rules, &search, collect_names);

    if (r < 0)
        return r;
    *ret_names = search.names.data;
    *ret_count = search.names.count;
    return 0;
}

const char *gp_origin_name(const struct gp_origin_part *part, struct gp_arena *arena)
{
    const struct gp_pair *definition = part->way[1], *last = part->way[part->depth - 1];

    if (part->depth == 2)
        return gp_arena_memdup(arena, definition->key.data, definition->key.len);
    return gp_arena_printf(arena, "%.*s/%.*s", GP_STR_ARG(definition->key), GP_STR_ARG(last->key));
}

/* ---- amended or not ---------------------------------------------------------------------------------------------- */

static bool differs(struct gp_span at, uint32_t source)
{
    return at.source && at.source != source;
}

/* What was not put together by merging is one file's, all through. */
static bool amended(const struct gp_node *node, uint32_t source)
{
    if (node->replaces || differs(node->at, source))
        return true;
    for (size_t i = 0; node->merged && node->kind == GP_NODE_MAPPING && i < node->count; i++)
        if (differs(node->pairs[i].key_at, source) || amended(node->pairs[i].value, source))
            return true;
    return false;
}

bool gp_origin_is_amended(const struct gp_origin_part *part)
{
    const struct gp_pair *last = part->way[part->depth - 1];

    return amended(last->value, last->key_at.source);
}
