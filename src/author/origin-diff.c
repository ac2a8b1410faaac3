/* The tables say how deep a change is looked for: where amendments merge, there; a value that they replace whole is
 * compared whole. */
#include "author/origin-diff.h"

#include <string.h>

#include "rule/tables.h"
#include "util/text.h"
#include "util/vec.h"

#define MOST_KEYS 8 /* on the way to a value that merges */
#define DAY 86400

struct compare {
    struct gp_arena *arena;
    struct gp_str id, part; /* what alone is wanted; data NULL: all */
    struct timespec now;
    const struct gp_ruleset *rules;
    struct gp_str way[MOST_KEYS];
    size_t depth;
    GP_VEC(struct gp_difference) changes;
};

/* ---- equal or not ------------------------------------------------------------------------------------------------ */

/* The order of keys means nothing where a value is replaced whole, but that of items may.  Goes no deeper than files
 * may (GP_LIMIT_YAML_DEPTH). */
static bool equal(const struct gp_node *a, const struct gp_node *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == GP_NODE_SCALAR)
        return a->quoted == b->quoted && gp_str_equal(a->text, b->text);
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct gp_node *other;
        if (a->kind == GP_NODE_LIST) {
            other = b->items[i];
        } else {
            const struct gp_pair *pair = gp_str_equal(a->pairs[i].key, b->pairs[i].key)
                                             ? &b->pairs[i] : gp_node_pair(b, a->pairs[i].key);
            other = pair ? pair->value : NULL;
        }
        if (!other || !equal(a->kind == GP_NODE_LIST ? a->items[i] : a->pairs[i].value, other))
            return false;
    }
    return true;
}

/* ---- what was found ---------------------------------------------------------------------------------------------- */

static bool wanted(const struct compare *compare)
{
    if (!compare->id.data)
        return true;
    if (compare->depth < 2 || !gp_str_equal(compare->way[1], compare->id))
        return false;
    return !compare->part.data || compare->depth < 4 || gp_str_equal(compare->way[3], compare->part);
}

static const char *path_of(const struct compare *compare)
{
    struct gp_strbuf text = {0};

    for (size_t i = 0; i < compare->depth; i++)
        gp_strbuf_printf(&text, "%s%.*s", i ? "." : "", GP_STR_ARG(compare->way[i]));
    const char *path = gp_strbuf_ok(&text) ? gp_arena_strdup(compare->arena, gp_strbuf_text(&text)) : NULL;
    gp_strbuf_done(&text);
    return path;
}

static int found(struct compare *compare, struct gp_difference change)
{
    if (!wanted(compare))
        return 0;
    change.path = path_of(compare);
    return change.path ? gp_vec_push(compare->arena, &compare->changes, change) : -ENOMEM;
}

static struct gp_difference change_of(enum gp_difference_kind kind, const struct gp_pair *old,
                                      const struct gp_pair *new)
{
    struct gp_difference change = {.kind = kind, .old = old ? old->value : NULL, .new = new ? new->value : NULL};

    if (old)
        change.old_at = new ? old->value->at : old->key_at;
    if (new)
        change.new_at = old ? new->value->at : new->key_at;
    return change;
}

/* ---- what is said in a way of its own ---------------------------------------------------------------------------- */

/* Past its date as the evaluator has it: the date itself still counts. */
static bool is_expired(const struct compare *compare)
{
    const struct gp_map_entry *operation = gp_map_find(&compare->rules->defs.operations, compare->way[1]);
    const struct gp_map_entry *entry =
        operation ? gp_map_find(&((const struct gp_operation *)operation->value)->requires, compare->way[3]) : NULL;
    const struct gp_requirement *requirement = entry ? entry->value : NULL;

    return requirement && requirement->until.type != GP_TYPE_ANY &&
           (int64_t)compare->now.tv_sec >= requirement->until.integer + DAY;
}

/* A requirement: whether it was waived, or otherwise than before. */
static int compare_waiver(struct compare *compare, const struct gp_node *old, const struct gp_node *new)
{
    const struct gp_pair *before = gp_node_pair(old, GP_STR("waived")), *now = gp_node_pair(new, GP_STR("waived"));
    const struct gp_node *until_before = gp_node_get(old, "until"), *until = gp_node_get(new, "until");

    if (!now)
        return 0;
    if (before && equal(before->value, now->value) && !until == !until_before &&
        (!until || equal(until, until_before)))
        return 0;
    struct gp_difference change = change_of(GP_DIFF_WAIVED, before, now);
    change.until = until;
    change.expired = is_expired(compare);
    return found(compare, change);
}

/* A variable: the value that a site sets, in place of another or of the default. */
static int compare_setting(struct compare *compare, const struct gp_node *old, const struct gp_node *new)
{
    const struct gp_pair *before = gp_node_pair(old, GP_STR("value")), *now = gp_node_pair(new, GP_STR("value"));

    if (!now || (before && equal(before->value, now->value)))
        return 0;
    before = before ? before : gp_node_pair(old, GP_STR("default"));
    struct gp_difference change = change_of(GP_DIFF_SET, before, now);
    change.new_at = now->value->at;
    if (before)
        change.old_at = before->value->at;
    return found(compare, change);
}

/* Definitions of which something is said as a whole, and the keys that this is about. */
static const struct special {
    const struct gp_object *object;
    int (*compare)(struct compare *compare, const struct gp_node *old, const struct gp_node *new);
    const char *keys[2];
} specials[] = {
    {&gp_object_requirement, compare_waiver, {"waived", "until"}},
    {&gp_object_variable, compare_setting, {"value"}},
};

static const struct special *special_of(const struct gp_field *row)
{
    for (size_t i = 0; row->kind == GP_KIND_OBJECT && i < GP_COUNT(specials); i++)
        if (specials[i].object == row->object)
            return &specials[i];
    return NULL;
}

static bool is_special(const struct special *special, struct gp_str key)
{
    for (size_t i = 0; special && i < GP_COUNT(special->keys) && special->keys[i]; i++)
        if (gp_str_is(key, special->keys[i]))
            return true;
    return false;
}

/* ---- descending -------------------------------------------------------------------------------------------------- */

/* Whether a mapping for this row is compared key by key. */
static bool merges(const struct gp_field *row, size_t depth)
{
    if (!row)
        return false;
    if (row->kind == GP_KIND_MAP)
        return depth == 1 || (row->element->flags & GP_FIELD_MERGE);
    return row->kind == GP_KIND_OBJECT && (row->flags & GP_FIELD_MERGE);
}

static const struct gp_field *row_of(const struct gp_field *row, struct gp_str key)
{
    if (row->kind == GP_KIND_MAP)
        return row->element;
    for (const struct gp_field *field = row->object->fields; field->key; field++)
        if (gp_str_is(key, field->key))
            return field;
    return NULL;
}

/* Keys to pairs: mappings of files are lists of pairs, and may be long. */
static int index_of(struct gp_arena *arena, const struct gp_node *node, struct gp_strmap *ret_index)
{
    *ret_index = (struct gp_strmap){0};
    for (size_t i = 0; i < node->count; i++)
        if (gp_strmap_put(arena, ret_index, node->pairs[i].key, &node->pairs[i]) < 0)
            return -ENOMEM;
    return 0;
}

static int compare_pair(struct compare *compare, const struct gp_field *row, const struct gp_pair *old,
                        const struct gp_pair *new);

static int compare_pairs(struct compare *compare, const struct gp_field *row, const struct gp_node *old,
                         const struct gp_node *new)
{
    const struct special *special = special_of(row);
    struct gp_strmap before, now;
    int r = special ? special->compare(compare, old, new) : 0;

    if (r == 0)
        r = index_of(compare->arena, old, &before);
    if (r == 0)
        r = index_of(compare->arena, new, &now);
    for (size_t i = 0; i < new->count && r == 0; i++)
        if (!is_special(special, new->pairs[i].key))
            r = compare_pair(compare, row_of(row, new->pairs[i].key), gp_strmap_get(&before, new->pairs[i].key),
                             &new->pairs[i]);
    for (size_t i = 0; i < old->count && r == 0; i++)
        if (!is_special(special, old->pairs[i].key) && !gp_strmap_get(&now, old->pairs[i].key))
            r = compare_pair(compare, NULL, &old->pairs[i], NULL);
    return r;
}

/* Goes as deep as the tables do. */
static int compare_pair(struct compare *compare, const struct gp_field *row, const struct gp_pair *old,
                        const struct gp_pair *new)
{
    if (compare->depth == MOST_KEYS)
        return 0;
    compare->way[compare->depth++] = new ? new->key : old->key;
    bool mappings = old && new && old->value->kind == GP_NODE_MAPPING && new->value->kind == GP_NODE_MAPPING;
    int r = 0;

    if (mappings && merges(row, compare->depth))
        r = compare_pairs(compare, row, old->value, new->value);
    else if (!old || !new)
        r = found(compare, change_of(new ? GP_DIFF_ADDED : GP_DIFF_REMOVED, old, new));
    else if (!equal(old->value, new->value))
        r = found(compare, change_of(GP_DIFF_CHANGED, old, new));
    compare->depth--;
    return r;
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static const char *file_name(const struct gp_ruleset *rules, const struct gp_rule_file *file)
{
    return gp_sources_get(rules->sources, file->source)->name;
}

static const char *last_component(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* The file that has the same name in the same set, drop-ins aside; NULL: none. */
static const char *counterpart(const struct gp_ruleset *rules, const struct gp_rule_file *file, const char *name)
{
    for (size_t i = 0; i < rules->file_count; i++) {
        const struct gp_rule_file *other = &rules->files[i];
        if (!other->drop_in && gp_str_equal(other->set, file->set) &&
            strcmp(last_component(file_name(rules, other)), last_component(name)) == 0)
            return file_name(rules, other);
    }
    return NULL;
}

static int compare_files(const struct gp_origin_style *style, struct gp_arena *arena, struct gp_origin_diff *diff)
{
    GP_VEC(struct gp_file_difference) files = {0};

    for (size_t i = 0; i < diff->rules->file_count; i++) {
        const struct gp_rule_file *file = &diff->rules->files[i];
        const char *name = file_name(diff->rules, file), *old = counterpart(diff->vendor, file, name);
        struct gp_file_difference change = {
            .kind = file->drop_in ? GP_FILE_DROP_IN : old ? GP_FILE_REPLACED : GP_FILE_ADDED,
            .file = name,
            .replaced = file->drop_in ? NULL : old,
            .layer = gp_origin_layer(style, diff->rules, file->source),
        };
        if (!file->drop_in && old && strcmp(old, name) == 0)
            continue;
        if (gp_vec_push(arena, &files, change) < 0)
            return -ENOMEM;
    }
    for (size_t i = 0; i < diff->vendor->file_count; i++) {
        const struct gp_rule_file *file = &diff->vendor->files[i];
        const char *name = file_name(diff->vendor, file);
        struct gp_file_difference change = {
            .kind = GP_FILE_GONE, .file = name, .layer = gp_origin_layer(style, diff->vendor, file->source)};
        if (!counterpart(diff->rules, file, name) && gp_vec_push(arena, &files, change) < 0)
            return -ENOMEM;
    }
    diff->files = files.data;
    diff->file_count = files.count;
    return 0;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static int compare_sets(struct compare *compare, const struct gp_ruleset *vendor)
{
    static const struct gp_field manifest = {.kind = GP_KIND_OBJECT, .object = &gp_object_manifest},
                                 definitions = {.kind = GP_KIND_OBJECT, .object = &gp_object_definitions};
    const struct gp_ruleset *rules = compare->rules;
    int r = 0;

    if (vendor->manifest_node && rules->manifest_node)
        r = compare_pairs(compare, &manifest, vendor->manifest_node, rules->manifest_node);
    if (r == 0 && vendor->definitions_node && rules->definitions_node)
        r = compare_pairs(compare, &definitions, vendor->definitions_node, rules->definitions_node);
    return r;
}

int gp_origin_compare(const struct gp_ruleset *vendor, const struct gp_ruleset *rules, struct gp_str id,
                      struct timespec now, const struct gp_origin_style *style, struct gp_arena *arena,
                      struct gp_origin_diff *ret_diff)
{
    const char *slash = id.data ? memchr(id.data, '/', id.len) : NULL;
    struct compare compare = {.arena = arena, .id = id, .now = now, .rules = rules};
    struct gp_origin_diff diff = {.vendor = vendor, .rules = rules};

    if (slash) {
        compare.id.len = (size_t)(slash - id.data);
        compare.part = (struct gp_str){slash + 1, id.len - compare.id.len - 1};
    }
    if (vendor->file_count)
        diff.vendor_layer = gp_origin_layer(style, vendor, vendor->files[0].source);
    int r = compare_sets(&compare, vendor);
    if (r == 0 && !id.data)
        r = compare_files(style, arena, &diff);
    if (r < 0)
        return r;
    diff.changes = compare.changes.data;
    diff.change_count = compare.changes.count;
    *ret_diff = diff;
    return 0;
}
