/*
 * Byte strings to pointers: a hash table in an arena that keeps insertion
 * order.  Keys are not copied and must outlive the map.  No deletion.
 * The hash is seeded per process (keys come from hostile files).
 */
#ifndef GP_UTIL_STRMAP_H
#define GP_UTIL_STRMAP_H

#include "util/arena.h"

struct gp_strmap_entry {
    struct gp_str key;
    void *value;
};

struct gp_strmap {
    struct gp_strmap_entry *entries; /* in the order of insertion */
    size_t count;
    size_t capacity;
    uint32_t *slots; /* index into entries + 1; 0: free */
    size_t slot_count;
    bool fold; /* ASCII case does not matter; set before the first insertion */
};

/* The value of `key`, NULL if there is none. */
void *gp_strmap_get(const struct gp_strmap *map, struct gp_str key);
void *gp_strmap_get0(const struct gp_strmap *map, const char *key);
/* The entry of `key`, NULL if there is none. */
struct gp_strmap_entry *gp_strmap_find(const struct gp_strmap *map, struct gp_str key);
/* Adds or replaces; 0 or -ENOMEM. */
int gp_strmap_put(struct gp_arena *arena, struct gp_strmap *map, struct gp_str key, void *value) GP_MUST_CHECK;

#endif
