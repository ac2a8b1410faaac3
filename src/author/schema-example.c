/* Examples of rows: YAML as JSON, typed as YAML 1.2's core schema types it, which is how editors see it. */
#include "author/schema-draft.h"

#include <string.h>

#include "load/node.h"
#include "rule/limits.h"
#include "util/number.h"
#include "util/text.h"

static json_t *scalar(const struct gp_node *node)
{
    int64_t number;

    if (!node->quoted && (gp_str_is(node->text, "true") || gp_str_is(node->text, "false")))
        return json_boolean(gp_str_is(node->text, "true"));
    if (!node->quoted && gp_int_parse(node->text, &number) == 0)
        return json_integer(number);
    return gp_json_string(node->text.data, node->text.len);
}

/* Recursion is as deep as the nodes, which GP_LIMIT_YAML_DEPTH bounds. */
static json_t *value_of(const struct gp_node *node)
{
    bool ok = true;

    if (node->kind == GP_NODE_SCALAR)
        return scalar(node);
    json_t *value = node->kind == GP_NODE_LIST ? json_array() : json_object();
    for (size_t i = 0; ok && i < node->count; i++)
        ok = node->kind == GP_NODE_LIST ? gp_json_append(value, value_of(node->items[i]))
                                        : gp_json_set(value, node->pairs[i].key.data, value_of(node->pairs[i].value));
    if (ok)
        return value;
    json_decref(value);
    return NULL;
}

json_t *gp_draft_example(struct gp_draft *draft, const char *yaml)
{
    struct gp_sources *sources = gp_sources_new();
    struct gp_diags *diags = sources ? gp_diags_new(sources, 0) : NULL;
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_node *root = NULL;
    size_t budget = GP_LIMIT_NODES;
    int source = diags && arena ? gp_sources_add(sources, "example", yaml, strlen(yaml)) : -1;
    int r = source < 0 ? source : gp_node_parse(arena, (uint32_t)source, diags, &budget, &root);
    json_t *value = r == 0 && root ? value_of(root) : NULL;

    gp_arena_free(arena);
    gp_diags_free(diags);
    gp_sources_free(sources);
    draft->failed = draft->failed || !value; /* an example that is no YAML would be a wrong row, which the tests find */
    return value;
}
