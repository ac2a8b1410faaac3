#include "util/strmap.h"

#include <errno.h>
#include <string.h>

#include "util/hash.h"
#include "util/text.h"
#include "util/vec.h"

/* Most maps are small; so many entries are compared one by one and need no slots. */
#define WITHOUT_SLOTS 8

static bool same(const struct gp_strmap *map, struct gp_str a, struct gp_str b)
{
    return map->fold ? gp_ascii_equal_fold(a, b) : gp_str_equal(a, b);
}

/* The slot that holds `key`, or the free one where it belongs.  At least one slot is always free. */
static size_t slot_of(const struct gp_strmap *map, struct gp_str key)
{
    size_t mask = map->slot_count - 1;
    size_t slot = (size_t)gp_hash(key, 0, map->fold) & mask;

    while (map->slots[slot] && !same(map, map->entries[map->slots[slot] - 1].key, key))
        slot = (slot + 1) & mask;
    return slot;
}

struct gp_strmap_entry *gp_strmap_find(const struct gp_strmap *map, struct gp_str key)
{
    if (map->slot_count) {
        uint32_t index = map->slots[slot_of(map, key)];
        return index ? &map->entries[index - 1] : NULL;
    }
    for (size_t i = 0; i < map->count; i++)
        if (same(map, map->entries[i].key, key))
            return &map->entries[i];
    return NULL;
}

void *gp_strmap_get(const struct gp_strmap *map, struct gp_str key)
{
    const struct gp_strmap_entry *entry = gp_strmap_find(map, key);

    return entry ? entry->value : NULL;
}

void *gp_strmap_get0(const struct gp_strmap *map, const char *key)
{
    return gp_strmap_get(map, (struct gp_str){key, strlen(key)});
}

/* Slots for `count` entries, at most two thirds full, with the entries that are there. */
static int make_slots(struct gp_arena *arena, struct gp_strmap *map, size_t count)
{
    if (count <= WITHOUT_SLOTS || count <= map->slot_count / 3 * 2)
        return 0;
    if (map->slot_count > SIZE_MAX / 4)
        return -ENOMEM;
    size_t slot_count = map->slot_count ? 2 * map->slot_count : 4 * WITHOUT_SLOTS;
    uint32_t *slots = gp_arena_calloc(arena, slot_count, sizeof(*slots));
    if (!slots)
        return -ENOMEM;
    map->slots = slots;
    map->slot_count = slot_count;
    for (size_t i = 0; i < map->count; i++)
        map->slots[slot_of(map, map->entries[i].key)] = (uint32_t)(i + 1);
    return 0;
}

int gp_strmap_put(struct gp_arena *arena, struct gp_strmap *map, struct gp_str key, void *value)
{
    struct gp_strmap_entry *entry = gp_strmap_find(map, key);

    if (entry) {
        entry->value = value;
        return 0;
    }
    if (map->count >= UINT32_MAX || make_slots(arena, map, map->count + 1) < 0 ||
        gp_vec_grow(arena, &map->entries, &map->capacity, map->count, sizeof(*map->entries)) < 0)
        return -ENOMEM;
    if (map->slot_count)
        map->slots[slot_of(map, key)] = (uint32_t)(map->count + 1);
    map->entries[map->count++] = (struct gp_strmap_entry){key, value};
    return 0;
}
