#include "util/pathtab.h"

#include <stdlib.h>
#include <string.h>

#include "util/hash.h"
#include "util/text.h"

struct node {
    const char *name;
    uint32_t length;
    gp_path parent;
};

/* Where a node can be found by its parent and name. */
struct slot {
    uint32_t hash;
    gp_path path; /* GP_PATH_ROOT: free (nobody looks for the root) */
};

struct gp_pathtab {
    const struct gp_pathtab *base;
    struct gp_arena *arena; /* the names */
    gp_path first;          /* number of the first node that is not the base's */
    struct node *nodes;     /* those from `first` on */
    size_t count, capacity;
    struct slot *slots;
    size_t slot_count;
};

void gp_pathtab_free(struct gp_pathtab *table)
{
    if (!table)
        return;
    gp_arena_free(table->arena);
    free(table->nodes);
    free(table->slots);
    free(table);
}

struct gp_pathtab *gp_pathtab_new(const struct gp_pathtab *base)
{
    struct gp_pathtab *table = calloc(1, sizeof(*table));

    if (!table)
        return NULL;
    table->arena = gp_arena_new(0);
    table->base = base;
    table->first = base ? (gp_path)gp_pathtab_count(base) : GP_PATH_ROOT + 1; /* the root needs no node */
    if (!table->arena) {
        free(table);
        return NULL;
    }
    return table;
}

static const struct node *node_of(const struct gp_pathtab *table, gp_path path)
{
    static const struct node root = {"", 0, GP_PATH_NONE};

    if (path == GP_PATH_ROOT)
        return &root;
    while (path < table->first)
        table = table->base;
    return &table->nodes[path - table->first];
}

/* The slot of a child in this table alone, or the free one where it belongs. */
static struct slot *slot_of(const struct gp_pathtab *table, uint32_t hash, gp_path parent, struct gp_str name)
{
    size_t mask = table->slot_count - 1;

    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct slot *slot = &table->slots[i];
        if (slot->path == GP_PATH_ROOT)
            return slot;
        const struct node *node = &table->nodes[slot->path - table->first];
        if (slot->hash == hash && node->parent == parent &&
            gp_str_equal((struct gp_str){node->name, node->length}, name))
            return slot;
    }
}

static gp_path find(const struct gp_pathtab *table, uint32_t hash, gp_path parent, struct gp_str name)
{
    for (; table; table = table->base) {
        gp_path path = table->slot_count ? slot_of(table, hash, parent, name)->path : GP_PATH_ROOT;
        if (path != GP_PATH_ROOT)
            return path;
    }
    return GP_PATH_NONE;
}

/* At most two thirds of the slots are taken. */
static bool make_slots(struct gp_pathtab *table)
{
    if (table->count + 1 <= table->slot_count / 3 * 2)
        return true;
    size_t slot_count = table->slot_count ? 2 * table->slot_count : 64;
    struct slot *slots = calloc(slot_count, sizeof(*slots));
    if (!slots)
        return false;
    for (size_t i = 0; i < table->slot_count; i++) {
        const struct slot *old = &table->slots[i];
        size_t place = old->hash & (slot_count - 1);
        if (old->path == GP_PATH_ROOT)
            continue;
        while (slots[place].path != GP_PATH_ROOT)
            place = (place + 1) & (slot_count - 1);
        slots[place] = *old;
    }
    free(table->slots);
    table->slots = slots;
    table->slot_count = slot_count;
    return true;
}

static bool make_node(struct gp_pathtab *table)
{
    if (table->count < table->capacity)
        return true;
    size_t capacity = table->capacity ? 2 * table->capacity : 64;
    struct node *nodes = reallocarray(table->nodes, capacity, sizeof(*nodes));
    if (!nodes)
        return false;
    table->nodes = nodes;
    table->capacity = capacity;
    return true;
}

gp_path gp_pathtab_add(struct gp_pathtab *table, gp_path parent, struct gp_str name)
{
    uint32_t hash = (uint32_t)gp_hash(name, parent, false);
    gp_path path = find(table, hash, parent, name);

    if (path != GP_PATH_NONE)
        return path;
    if (name.len > UINT32_MAX || gp_pathtab_count(table) >= GP_PATH_NONE || !make_slots(table) || !make_node(table))
        return GP_PATH_NONE;
    const char *copy = gp_arena_memdup(table->arena, name.data, name.len);
    if (!copy)
        return GP_PATH_NONE;
    path = table->first + (gp_path)table->count;
    *slot_of(table, hash, parent, name) = (struct slot){hash, path};
    table->nodes[table->count++] = (struct node){copy, (uint32_t)name.len, parent};
    return path;
}

gp_path gp_pathtab_find(const struct gp_pathtab *table, gp_path parent, struct gp_str name)
{
    return find(table, (uint32_t)gp_hash(name, parent, false), parent, name);
}

gp_path gp_pathtab_add_path(struct gp_pathtab *table, struct gp_str path)
{
    gp_path at = GP_PATH_ROOT;

    while (path.len && at != GP_PATH_NONE) {
        const char *slash = memchr(path.data, '/', path.len);
        size_t len = slash ? (size_t)(slash - path.data) : path.len;
        struct gp_str name = {path.data, len};
        if (len && !gp_str_is(name, "."))
            at = gp_pathtab_add(table, at, name);
        size_t used = slash ? len + 1 : len;
        path = (struct gp_str){path.data + used, path.len - used};
    }
    return at;
}

gp_path gp_pathtab_parent(const struct gp_pathtab *table, gp_path path)
{
    return node_of(table, path)->parent;
}

struct gp_str gp_pathtab_name(const struct gp_pathtab *table, gp_path path)
{
    const struct node *node = node_of(table, path);

    return (struct gp_str){node->name, node->length};
}

size_t gp_pathtab_count(const struct gp_pathtab *table)
{
    return table->first + table->count;
}

const char *gp_pathtab_text(const struct gp_pathtab *table, gp_path path, struct gp_arena *arena)
{
    size_t len = 0;

    if (path == GP_PATH_ROOT)
        return gp_arena_strdup(arena, ".");
    for (gp_path at = path; at != GP_PATH_ROOT; at = gp_pathtab_parent(table, at))
        len += gp_pathtab_name(table, at).len + 1; /* and a slash behind it, or the NUL */
    char *text = gp_arena_alloc(arena, len);
    if (!text)
        return NULL;
    for (gp_path at = path; at != GP_PATH_ROOT; at = gp_pathtab_parent(table, at)) {
        struct gp_str name = gp_pathtab_name(table, at);
        text[--len] = at == path ? '\0' : '/';
        len -= name.len;
        memcpy(text + len, name.data, name.len);
    }
    return text;
}
