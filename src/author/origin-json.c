/* Origins as JSON.  All scalars are texts: what a value means is up to the schema. */
#include "author/origin.h"

json_t *gp_origin_json_place(const struct gp_ruleset *rules, struct gp_span at)
{
    if (!at.source)
        return json_null();
    struct gp_position position = gp_sources_position(rules->sources, at);
    json_t *place = json_object();

    if (place && gp_json_set(place, "file", gp_json_string0(position.file)) &&
        gp_json_set(place, "line", json_integer((json_int_t)position.line)) &&
        gp_json_set(place, "column", json_integer((json_int_t)position.column)))
        return place;
    json_decref(place);
    return NULL;
}

/* `rules` NULL: without places. */
static json_t *value_of(const struct gp_ruleset *rules, const struct gp_node *node);

static json_t *child(const struct gp_ruleset *rules, const struct gp_node *node, struct gp_span at)
{
    return rules ? gp_origin_json(rules, node, at) : gp_origin_json_plain(node);
}

static json_t *mapping(const struct gp_ruleset *rules, const struct gp_node *node)
{
    json_t *object = json_object();

    for (size_t i = 0; object && i < node->count; i++) {
        const struct gp_pair *pair = &node->pairs[i];
        if (!gp_json_set(object, pair->key.data, child(rules, pair->value, pair->key_at))) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

/* Goes no deeper than files may (GP_LIMIT_YAML_DEPTH). */
static json_t *value_of(const struct gp_ruleset *rules, const struct gp_node *node)
{
    if (node->kind == GP_NODE_SCALAR)
        return gp_json_string(node->text.data, node->text.len);
    if (node->kind == GP_NODE_MAPPING)
        return mapping(rules, node);
    json_t *array = json_array();
    for (size_t i = 0; array && i < node->count; i++) {
        if (!gp_json_append(array, child(rules, node->items[i], node->items[i]->at))) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

json_t *gp_origin_json_plain(const struct gp_node *node)
{
    return value_of(NULL, node);
}

/* { value, at } of a value that is no more. */
static json_t *replaced(const struct gp_ruleset *rules, const struct gp_node *old)
{
    json_t *object = json_object();

    if (object && gp_json_set(object, "value", gp_origin_json_plain(old)) &&
        gp_json_set(object, "at", gp_origin_json_place(rules, old->at)))
        return object;
    json_decref(object);
    return NULL;
}

static json_t *chain(const struct gp_ruleset *rules, const struct gp_node *node)
{
    json_t *array = json_array();

    for (const struct gp_node *old = node->replaces; array && old; old = old->replaces) {
        if (!gp_json_append(array, replaced(rules, old))) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

json_t *gp_origin_json(const struct gp_ruleset *rules, const struct gp_node *node, struct gp_span at)
{
    bool one = node->kind == GP_NODE_SCALAR || node->replaces || !at.source;
    json_t *object = json_object();

    if (object && gp_json_set(object, "value", value_of(rules, node)) &&
        gp_json_set(object, "at", gp_origin_json_place(rules, one ? node->at : at)) &&
        gp_json_set(object, "replaced", chain(rules, node)))
        return object;
    json_decref(object);
    return NULL;
}

static json_t *one_file(const struct gp_origin_style *style, const struct gp_ruleset *rules,
                        const struct gp_rule_file *file)
{
    const struct gp_source *source = gp_sources_get(rules->sources, file->source);
    json_t *object = json_object();

    if (object && gp_json_set(object, "file", gp_json_string0(source->name)) &&
        gp_json_set(object, "set", gp_json_string(file->set.data, file->set.len)) &&
        gp_json_set(object, "layer", gp_json_string0(gp_origin_layer(style, rules, file->source))) &&
        gp_json_set(object, "drop_in", json_boolean(file->drop_in)))
        return object;
    json_decref(object);
    return NULL;
}

json_t *gp_origin_json_files(const struct gp_origin_style *style, const struct gp_ruleset *rules)
{
    json_t *array = json_array();

    for (size_t i = 0; array && i < rules->file_count; i++) {
        if (!gp_json_append(array, one_file(style, rules, &rules->files[i]))) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}
