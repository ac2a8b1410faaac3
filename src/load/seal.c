#include "load/seal.h"

#include <errno.h>
#include <string.h>

#include "util/text.h"
#include "util/vec.h"

struct work {
    const struct gp_node *node;
    const struct gp_pair *requirement;
};

struct search {
    struct gp_arena *arena;
    const struct gp_node *conditions, *markers, *states, *tables, *attestations;
    struct gp_seals *seals;
    GP_VEC(struct work) open;
};

bool gp_seal_on(const struct gp_node *requirement)
{
    const struct gp_node *sealed = gp_node_get(requirement, "sealed");

    return sealed && sealed->kind == GP_NODE_SCALAR && !sealed->quoted && gp_str_is(sealed->text, "true");
}

struct gp_span gp_seal_at(const struct gp_node *requirement)
{
    const struct gp_pair *sealed = gp_node_pair(requirement, GP_STR("sealed"));

    return sealed ? sealed->key_at : requirement->at;
}

static int push(struct search *search, const struct gp_node *node, const struct gp_pair *requirement)
{
    return node ? gp_vec_push(search->arena, &search->open, (struct work){node, requirement}) : 0;
}

/* A text that may name something of `section`: if it does, for the first time, that is searched too. */
static int follow(struct search *search, const struct gp_node *section, struct gp_strmap *seen,
                  const struct gp_node *name, const struct gp_pair *requirement)
{
    if (name->kind != GP_NODE_SCALAR)
        return 0;
    const struct gp_pair *pair = gp_node_pair(section, name->text);
    if (!pair || gp_strmap_find(seen, pair->key))
        return 0;
    if (gp_strmap_put(search->arena, seen, pair->key, (void *)(uintptr_t)requirement) < 0)
        return -ENOMEM;
    return push(search, pair->value, requirement);
}

static int note(struct search *search, struct gp_strmap *map, struct gp_str name, const struct gp_pair *requirement)
{
    return gp_strmap_find(map, name) ? 0 : gp_strmap_put(search->arena, map, name, (void *)(uintptr_t)requirement);
}

/* Something that may be the name of a parameter or of a variable. */
static int note_name(struct search *search, struct gp_str name, const struct gp_pair *requirement)
{
    int r = note(search, &search->seals->names, name, requirement);

    return r ? r : note(search, &search->seals->vars, name, requirement);
}

/* Each ${name} of a text. */
static int note_names(struct search *search, struct gp_str text, const struct gp_pair *requirement)
{
    int r = 0;

    for (size_t at = 0; at + 1 < text.len && r == 0; at++) {
        if (text.data[at] != '$' || text.data[at + 1] != '{')
            continue;
        size_t start = at + 2;
        const char *end = memchr(text.data + start, '}', text.len - start);
        if (!end)
            return 0;
        at = (size_t)(end - text.data);
        r = note_name(search, (struct gp_str){text.data + start, at - start}, requirement);
    }
    return r;
}

/* A state holds only if every other does not, so who looks at one looks at all. */
static int follow_states(struct search *search, const struct gp_pair *requirement)
{
    bool any = search->states && search->states->kind == GP_NODE_MAPPING;
    int r = 0;

    if (search->seals->states)
        return 0;
    search->seals->states = requirement;
    for (size_t i = 0; any && i < search->states->count && r == 0; i++)
        r = push(search, search->states->pairs[i].value, requirement);
    return r;
}

static bool is_label(struct gp_str key)
{
    return gp_str_is(key, "title") || gp_str_is(key, "source") || gp_str_is(key, "basis");
}

static int look_at_pair(struct search *search, const struct gp_pair *pair, const struct gp_pair *requirement)
{
    int r = 0;

    if (is_label(pair->key))
        return 0;
    if (gp_str_is(pair->key, "marker"))
        r = follow(search, search->markers, &search->seals->markers, pair->value, requirement);
    else if (gp_str_is(pair->key, "state"))
        r = follow_states(search, requirement);
    else if (gp_str_is(pair->key, "record") || gp_str_is(pair->key, "each-record") || gp_str_is(pair->key, "table") ||
             gp_str_is(pair->key, "rows") || gp_str_is(pair->key, "highest"))
        r = follow(search, search->tables, &search->seals->tables, pair->value, requirement);
    else if (gp_str_is(pair->key, "attested"))
        r = follow(search, search->attestations, &search->seals->attestations, pair->value, requirement);
    else if ((gp_str_is(pair->key, "param") || gp_str_is(pair->key, "under")) && pair->value->kind == GP_NODE_SCALAR)
        r = note_name(search, pair->value->text, requirement);
    else if (gp_str_is(pair->key, "var") && pair->value->kind == GP_NODE_SCALAR)
        r = note(search, &search->seals->vars, pair->value->text, requirement);
    return r ? r : push(search, pair->value, requirement);
}

static int look_at(struct search *search, struct work work)
{
    const struct gp_node *node = work.node;
    int r = 0;

    if (node->kind == GP_NODE_SCALAR) {
        r = note_names(search, node->text, work.requirement);
        return r ? r : follow(search, search->conditions, &search->seals->conditions, node, work.requirement);
    }
    for (size_t i = 0; i < node->count && r == 0; i++)
        r = node->kind == GP_NODE_LIST ? push(search, node->items[i], work.requirement)
                                       : look_at_pair(search, &node->pairs[i], work.requirement);
    return r;
}

static int push_sealed(struct search *search, const struct gp_pair *operation)
{
    const struct gp_node *requires = gp_node_get(operation->value, "requires");
    int r = 0;

    if (!requires || requires->kind != GP_NODE_MAPPING)
        return 0;
    for (size_t i = 0; i < requires->count && r == 0; i++) {
        const struct gp_pair *pair = &requires->pairs[i];
        if (!gp_seal_on(pair->value))
            continue;
        r = gp_strmap_put(search->arena, &search->seals->operations, operation->key, (void *)(uintptr_t)pair);
        if (r == 0)
            r = push(search, gp_node_get(pair->value, "when"), pair);
        if (r == 0)
            r = push(search, gp_node_get(pair->value, "that"), pair);
    }
    return r;
}

/* A parameter that a sealed requirement names may take its value from a variable. */
static int note_default(struct search *search, const struct gp_pair *parameter)
{
    const struct gp_pair *requirement = gp_strmap_get(&search->seals->names, parameter->key);
    const struct gp_node *var = gp_node_get(gp_node_get(parameter->value, "default"), "var");

    return requirement && var && var->kind == GP_NODE_SCALAR
               ? note(search, &search->seals->vars, var->text, requirement)
               : 0;
}

static int note_defaults(struct search *search, const struct gp_pair *operation)
{
    const struct gp_node *params = gp_node_get(operation->value, "params");
    bool any = gp_strmap_get(&search->seals->operations, operation->key) && params && params->kind == GP_NODE_MAPPING;
    int r = 0;

    for (size_t i = 0; any && i < params->count && r == 0; i++)
        r = note_default(search, &params->pairs[i]);
    return r;
}

int gp_seals_find(struct gp_arena *arena, const struct gp_node *sections, struct gp_seals *ret_seals)
{
    struct gp_seals seals = {0};
    struct search search = {
        .arena = arena,
        .conditions = gp_node_get(sections, "conditions"),
        .markers = gp_node_get(sections, "markers"),
        .states = gp_node_get(sections, "states"),
        .tables = gp_node_get(sections, "tables"),
        .attestations = gp_node_get(sections, "attestations"),
        .seals = &seals,
    };
    const struct gp_node *operations = gp_node_get(sections, "operations");
    size_t count = operations && operations->kind == GP_NODE_MAPPING ? operations->count : 0;
    int r = 0;

    for (size_t i = 0; i < count && r == 0; i++)
        r = push_sealed(&search, &operations->pairs[i]);
    while (r == 0 && search.open.count)
        r = look_at(&search, search.open.data[--search.open.count]);
    for (size_t i = 0; i < count && r == 0; i++)
        r = note_defaults(&search, &operations->pairs[i]);
    if (r == 0)
        *ret_seals = seals;
    return r;
}

const struct gp_pair *gp_seals_of(const struct gp_seals *seals, struct gp_str key, struct gp_str id)
{
    if (gp_str_is(key, "states"))
        return seals->states;
    if (gp_str_is(key, "conditions"))
        return gp_strmap_get(&seals->conditions, id);
    if (gp_str_is(key, "markers"))
        return gp_strmap_get(&seals->markers, id);
    if (gp_str_is(key, "attestations"))
        return gp_strmap_get(&seals->attestations, id);
    return gp_str_is(key, "tables") ? gp_strmap_get(&seals->tables, id) : NULL;
}

const struct gp_pair *gp_seals_of_parameter(const struct gp_seals *seals, struct gp_str operation, struct gp_str id)
{
    return gp_strmap_get(&seals->operations, operation) ? gp_strmap_get(&seals->names, id) : NULL;
}

const struct gp_pair *gp_seals_of_variable(const struct gp_seals *seals, struct gp_str id)
{
    return gp_strmap_get(&seals->vars, id);
}
