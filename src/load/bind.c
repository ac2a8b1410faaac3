/* The binder's heart: mappings by their tables.  What stands behind a key is bound by the function of its kind. */
#include "load/bind-internal.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "rule/limits.h"
#include "rule/say.h"
#include "util/text.h"
#include "util/vec.h"

static_assert(offsetof(struct gp_definition, id) == offsetof(struct gp_named_head, id) &&
                  offsetof(struct gp_definition, at) == offsetof(struct gp_named_head, at) &&
                  offsetof(struct gp_definition, wrong) == offsetof(struct gp_named_head, wrong) &&
                  offsetof(struct gp_named_cond, cond) >= sizeof(struct gp_named_head) &&
                  offsetof(struct gp_named_cond, id) == offsetof(struct gp_named_head, id) &&
                  offsetof(struct gp_named_cond, at) == offsetof(struct gp_named_head, at),
              "what has an id begins with it");

static int bind_nothing(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    (void)binder, (void)field, (void)node, (void)out;
    return 0;
}

static gp_bind_function *const functions[] = {
    [GP_KIND_STRING] = gp_bind_string,
    [GP_KIND_TEXT] = gp_bind_text,
    [GP_KIND_TEXTS] = gp_bind_texts,
    [GP_KIND_BOOLEAN] = gp_bind_boolean,
    [GP_KIND_LITERAL] = gp_bind_literal,
    [GP_KIND_ENUM] = gp_bind_enum,
    [GP_KIND_EXPR] = gp_bind_expr,
    [GP_KIND_EXPRS] = gp_bind_exprs,
    [GP_KIND_COMPARISON] = gp_bind_comparison,
    [GP_KIND_PATTERN] = gp_bind_pattern,
    [GP_KIND_PATHS] = gp_bind_paths,
    [GP_KIND_CONDITION] = gp_bind_condition,
    [GP_KIND_CONDITIONS] = gp_bind_conditions,
    [GP_KIND_REF] = gp_bind_ref,
    [GP_KIND_REFS] = gp_bind_refs,
    [GP_KIND_STRINGS] = gp_bind_strings,
    [GP_KIND_OBJECT] = gp_bind_child,
    [GP_KIND_LIST] = gp_bind_list,
    [GP_KIND_MAP] = gp_bind_map,
    [GP_KIND_READ] = gp_bind_read,
    [GP_KIND_STEPS] = gp_bind_steps,
    [GP_KIND_SCALAR] = gp_bind_verbatim,
    [GP_KIND_ANY] = bind_nothing,
};

static bool may_span_lines(enum gp_kind kind)
{
    return kind == GP_KIND_OBJECT || kind == GP_KIND_LIST || kind == GP_KIND_MAP || kind == GP_KIND_CONDITION ||
           kind == GP_KIND_CONDITIONS || kind == GP_KIND_READ || kind == GP_KIND_STEPS;
}

int gp_bind_field(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *base)
{
    assert(field->kind > GP_KIND_END && field->kind < GP_COUNT(functions));
    if (field->kind != GP_KIND_ANY && field->key && gp_node_is_null(node) && !node->broken) {
        struct gp_diag *diag = gp_bind_error(binder, GP_DIAG_NO_VALUE, node->at, "'%s' has no value", field->key);
        if (may_span_lines(field->kind))
            gp_node_say_empty(binder->diags, diag, (struct gp_str){field->key, strlen(field->key)}, node);
        return 0;
    }
    if (field->kind != GP_KIND_ANY && !gp_bind_there(binder, node))
        return 0;
    return functions[field->kind](binder, field, node, (char *)base + field->offset);
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static const struct gp_field *find_field(const struct gp_key_set *set, struct gp_str key, void **ret_base)
{
    for (size_t i = 0; i < GP_COUNT(set->tables); i++)
        for (const struct gp_field *field = set->tables[i].fields; field && field->key; field++)
            if (gp_str_is(key, field->key)) {
                *ret_base = set->tables[i].base;
                return field;
            }
    return NULL;
}

static int bind_facet(struct gp_binder *binder, struct gp_key_set *set, const struct gp_pair *pair,
                      const struct gp_facet_def *def)
{
    void *data = gp_arena_alloc(binder->arena, def->size ? def->size : 1);

    if (!data)
        return -ENOMEM;
    if (def->value.flags & GP_FIELD_HOLE) {
        gp_bind_error(binder, GP_DIAG_NOT_BUILT, pair->key_at, "'%s' is known, but not in this build", def->key);
        return 0;
    }
    struct gp_facet *facet = &set->facets[set->facet_count++];
    struct gp_part part = gp_part_begin(binder);
    *facet = (struct gp_facet){.def = def, .at = pair->key_at, .data = data};
    int r = gp_bind_field(binder, &def->value, pair->value, data);
    facet->broken = gp_part_end(binder, part);
    return r;
}

/* Notes that what the row of a key in the first table describes is wrong; a misspelt key counts as the one that was
 * meant. */
static void mark_wrong(struct gp_key_set *set, struct gp_str key, bool misspelt)
{
    const struct gp_field *fields = set->tables[0].fields;
    size_t count = 0;

    while (fields[count].key)
        count++;
    const char *near = misspelt ? gp_text_nearest(key, fields, count, sizeof(*fields)) : NULL;
    for (size_t i = 0; i < count && i < 31; i++)
        if (misspelt ? fields[i].key == near : gp_str_is(key, fields[i].key))
            set->wrong |= UINT32_C(1) << i;
}

static int bind_pair(struct gp_binder *binder, struct gp_key_set *set, const struct gp_pair *pair)
{
    void *base;
    const struct gp_field *field = find_field(set, pair->key, &base);
    const struct gp_facet_def *facet;

    if (field && field->flags & GP_FIELD_HOLE) {
        gp_bind_error(binder, GP_DIAG_NOT_BUILT, pair->key_at, "'%s' is known, but not in this build", field->key);
        return 0;
    }
    if (field) {
        struct gp_part part = gp_part_begin(binder);
        if (field->key_at)
            memcpy((char *)base + field->key_at, &pair->key_at, sizeof(pair->key_at));
        if (field->value_at)
            memcpy((char *)base + field->value_at, &pair->value->at, sizeof(pair->value->at));
        int r = gp_bind_field(binder, field, pair->value, base);
        if (gp_part_is_wrong(binder, part))
            mark_wrong(set, pair->key, false);
        return r;
    }
    if (set->form && set->form->flags & GP_FORM_FACETS) {
        facet = gp_registry_facet(binder->registry, pair->key);
        if (facet)
            return bind_facet(binder, set, pair, facet);
    }
    gp_bind_unknown_key(binder, set, pair);
    mark_wrong(set, pair->key, true);
    return 0;
}

/* Whether a key that means nothing was meant to be `key`: then that was said, and it is not missing. */
static bool misspelt(const struct gp_key_set *set, const struct gp_node *node, const char *key)
{
    void *base;

    for (size_t i = 0; i < node->count; i++)
        if (gp_text_nearest(node->pairs[i].key, &key, 1, sizeof(key)) && !find_field(set, node->pairs[i].key, &base))
            return true;
    return false;
}

static void say_missing(struct gp_binder *binder, const struct gp_key_set *set, const struct gp_node *node,
                        const char *key)
{
    if (set->id)
        gp_bind_error(binder, GP_DIAG_MISSING_KEY, set->id->key_at, "%s '%.*s' lacks '%s'", set->what,
                      GP_STR_ARG(set->id->key), key);
    else
        gp_bind_error(binder, GP_DIAG_MISSING_KEY, gp_bind_head(node), "%s %s lacks '%s'",
                      gp_say_article(set->what), set->what, key);
}

/* Keys that mean nothing without another one. */
static void check_needs(struct gp_binder *binder, const struct gp_key_set *set, const struct gp_node *node)
{
    for (size_t i = 0; i < node->count; i++) {
        void *base;
        const struct gp_pair *pair = &node->pairs[i];
        const struct gp_field *field = find_field(set, pair->key, &base);
        if (!field || !field->needs || node->broken || gp_node_get(node, field->needs) ||
            misspelt(set, node, field->needs))
            continue;
        if (set->id)
            gp_bind_error(binder, GP_DIAG_KEY_ALONE, pair->key_at, "%s '%.*s' has '%s' without '%s'", set->what,
                          GP_STR_ARG(set->id->key), field->key, field->needs);
        else
            gp_bind_error(binder, GP_DIAG_KEY_ALONE, pair->key_at, "'%s' means nothing without '%s'", field->key,
                          field->needs);
    }
}

/* What holds of the keys that do not stand. */
static void check_absent(struct gp_binder *binder, const struct gp_key_set *set, const struct gp_node *node)
{
    for (size_t i = 0; i < GP_COUNT(set->tables); i++) {
        for (const struct gp_field *field = set->tables[i].fields; field && field->key; field++) {
            bool required = field->flags & GP_FIELD_REQUIRED && !binder->amending;
            if (!required && field->kind != GP_KIND_ENUM)
                continue;
            if (gp_node_get(node, field->key))
                continue;
            if (required && !node->broken && !misspelt(set, node, field->key))
                say_missing(binder, set, node, field->key);
            else if (!required)
                memcpy((char *)set->tables[i].base + field->offset, &field->fallback, sizeof(field->fallback));
        }
    }
}

int gp_bind_keys(struct gp_binder *binder, struct gp_key_set *set, const struct gp_node *node)
{
    if (set->form && set->form->flags & GP_FORM_FACETS && node->count > 1) {
        set->facets = GP_NEW_ARRAY(binder->arena, struct gp_facet, node->count - 1);
        if (!set->facets)
            return -ENOMEM;
    }
    for (size_t i = 0; i < node->count; i++) {
        int r = &node->pairs[i] == set->skip ? 0 : bind_pair(binder, set, &node->pairs[i]);
        if (r < 0)
            return r;
    }
    binder->errors += node->broken; /* said already; what seems to be missing may be what was left out */
    check_absent(binder, set, node);
    if (!binder->amending)
        check_needs(binder, set, node);
    return 0;
}

/* ---- mappings with fixed keys ------------------------------------------------------------------------------------ */

static void say_none_of(struct gp_binder *binder, const struct gp_key_set *set, const struct gp_node *node,
                        const char *const *one_of)
{
    const char *words = gp_bind_words(binder, one_of);

    for (const char *const *key = one_of; *key; key++)
        if (misspelt(set, node, *key))
            return;
    if (set->id)
        gp_bind_error(binder, GP_DIAG_NO_DECIDING_KEY, set->id->key_at, "%s '%.*s' needs one of: %s", set->what,
                      GP_STR_ARG(set->id->key), words);
    else
        gp_bind_error(binder, GP_DIAG_NO_DECIDING_KEY, gp_bind_head(node), "%s %s needs one of: %s",
                      gp_say_article(set->what), set->what, words);
}

const struct gp_pair *gp_bind_one_of(struct gp_binder *binder, const struct gp_object *object,
                                     const struct gp_node *node, const struct gp_key_set *set)
{
    const struct gp_pair *first = NULL, *second = NULL;

    for (size_t i = 0; i < node->count && !second; i++)
        for (const char *const *key = object->one_of; *key; key++)
            if (gp_str_is(node->pairs[i].key, *key))
                *(first ? &second : &first) = &node->pairs[i];
    if (second) {
        struct gp_diag *diag =
            gp_bind_error(binder, GP_DIAG_TWO_DECIDING_KEYS, second->key_at, "'%.*s' and '%.*s' cannot stand together",
                          GP_STR_ARG(first->key), GP_STR_ARG(second->key));
        gp_diag_note(binder->diags, diag, first->key_at, "'%.*s' stands here", GP_STR_ARG(first->key));
    } else if (!first && !binder->amending && !node->broken) {
        say_none_of(binder, set, node, object->one_of);
    }
    return second;
}

/* `*ret_wrong` as gp_definition.wrong. */
static int bind_mapping(struct gp_binder *binder, const struct gp_object *object, const struct gp_node *node,
                        void *instance, const struct gp_pair *id, uint32_t *ret_wrong)
{
    struct gp_key_set set = {.tables = {{object->fields, instance}}, .what = object->name, .id = id};

    if (!gp_bind_expect(binder, node, GP_NODE_MAPPING, "a mapping"))
        return 0;
    if (object->one_of)
        set.skip = gp_bind_one_of(binder, object, node, &set);
    if (set.skip)
        mark_wrong(&set, set.skip->key, false);
    int r = gp_bind_keys(binder, &set, node);
    *ret_wrong = set.wrong;
    return r;
}

int gp_bind_mapping(struct gp_binder *binder, const struct gp_object *object, const struct gp_node *node,
                    void *instance, const struct gp_pair *id)
{
    return bind_mapping(binder, object, node, instance, id, &(uint32_t){0});
}

int gp_bind_object(struct gp_binder *binder, const struct gp_object *object, const struct gp_node *node, void *instance)
{
    return gp_bind_mapping(binder, object, node, instance, NULL);
}

static int bind_new(struct gp_binder *binder, const struct gp_object *object, const struct gp_node *node,
                    const struct gp_pair *id, void **ret_instance)
{
    void *instance = gp_arena_alloc(binder->arena, object->size);

    if (!instance)
        return -ENOMEM;
    *ret_instance = instance;
    if (!gp_bind_there(binder, node))
        return 0;
    return gp_bind_mapping(binder, object, node, instance, id);
}

int gp_bind_child(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    return bind_new(binder, field->object, node, NULL, out);
}

/* A scalar in place of a mapping with its first key alone. */
static int bind_brief(struct gp_binder *binder, const struct gp_object *object, const struct gp_node *node,
                      void **ret_instance)
{
    *ret_instance = gp_arena_alloc(binder->arena, object->size);
    return *ret_instance ? gp_bind_field(binder, object->fields, node, *ret_instance) : -ENOMEM;
}

int gp_bind_list(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    struct gp_list *list = out;

    if (!gp_bind_expect(binder, node, GP_NODE_LIST, "a list of mappings"))
        return 0;
    if (!node->count && field->flags & GP_FIELD_NOT_EMPTY) {
        gp_bind_error(binder, GP_DIAG_EMPTY_LIST, node->at, "'%s' is an empty list", field->key);
        return 0;
    }
    list->data = GP_NEW_ARRAY(binder->arena, void *, node->count + 1);
    if (!list->data)
        return -ENOMEM;
    for (size_t i = 0; i < node->count; i++) {
        const struct gp_node *item = node->items[i];
        int r = field->flags & GP_FIELD_BRIEF && item->kind == GP_NODE_SCALAR
                    ? bind_brief(binder, field->object, item, &list->data[i])
                    : bind_new(binder, field->object, item, NULL, &list->data[i]);
        if (r < 0)
            return r;
        list->count++;
    }
    return 0;
}

/* ---- mappings of ids --------------------------------------------------------------------------------------------- */

static bool id_char(char c, bool first)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    return !first && (c == '-' || c == '_' || c == '.');
}

static void check_id(struct gp_binder *binder, const struct gp_pair *pair)
{
    struct gp_str id = pair->key;

    if (id.len > GP_LIMIT_ID_BYTES) {
        gp_bind_error(binder, GP_DIAG_LIMIT_ID_BYTES, pair->key_at, "this id has %zu bytes; it may have %u", id.len,
                      GP_LIMIT_ID_BYTES);
        return;
    }
    bool good = id.len > 0;
    for (size_t i = 0; i < id.len; i++)
        good &= id_char(id.data[i], i == 0);
    if (good)
        return;
    struct gp_diag *diag =
        gp_bind_error(binder, GP_DIAG_BAD_ID, pair->key_at, "'%.*s' is not an id", GP_STR_ARG(id));
    gp_diag_note(binder->diags, diag, (struct gp_span){0},
                 "an id is made of letters, digits, '-', '_' and '.', and begins with a letter or a digit");
}

static int bind_entry(struct gp_binder *binder, const struct gp_field *element, const struct gp_pair *pair,
                      struct gp_map_entry *entry)
{
    struct gp_part part = gp_part_begin(binder);
    uint32_t wrong = 0;

    if (!(element->flags & GP_FIELD_PATH_KEYS))
        check_id(binder, pair);
    entry->id = pair->key;
    entry->at = pair->key_at;
    entry->value = gp_arena_alloc(binder->arena, element->object->size);
    if (!entry->value)
        return -ENOMEM;
    int r = 0;
    if (gp_node_is_null(pair->value) && !pair->value->broken)
        gp_node_say_empty(binder->diags,
                          gp_bind_error(binder, GP_DIAG_NO_VALUE, pair->key_at, "'%.*s' has no value",
                                        GP_STR_ARG(pair->key)),
                          pair->key, pair->value);
    else if (element->kind == GP_KIND_OBJECT && gp_bind_there(binder, pair->value))
        r = bind_mapping(binder, element->object, pair->value, entry->value, pair, &wrong);
    else if (element->kind != GP_KIND_OBJECT)
        r = gp_bind_field(binder, element, pair->value, entry->value);
    entry->broken = binder->errors > part.errors;
    wrong |= gp_part_end(binder, part) ? GP_WRONG : 0;
    if (element->flags & GP_FIELD_NAMED)
        memcpy(entry->value, &(struct gp_named_head){pair->key, pair->key_at, wrong}, sizeof(struct gp_named_head));
    return r;
}

int gp_bind_map(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    struct gp_map *map = out;

    if (!gp_bind_expect(binder, node, GP_NODE_MAPPING, "a mapping of ids"))
        return 0;
    if (!node->count && field->flags & GP_FIELD_NOT_EMPTY) {
        gp_bind_error(binder, GP_DIAG_EMPTY_LIST, node->at, "'%s' is an empty mapping", field->key);
        return 0;
    }
    map->data = GP_NEW_ARRAY(binder->arena, struct gp_map_entry, node->count + 1);
    if (!map->data)
        return -ENOMEM;
    for (size_t i = 0; i < node->count; i++) {
        struct gp_map_entry *entry = &map->data[map->count++];
        int r = bind_entry(binder, field->element, &node->pairs[i], entry);
        if (r == 0)
            r = gp_strmap_put(binder->arena, &map->index, entry->id, entry);
        if (r < 0)
            return r;
    }
    return 0;
}
