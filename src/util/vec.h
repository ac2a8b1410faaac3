/*
 * A growing array in an arena.  The old block of a vector that grew stays in
 * the arena until the arena goes; vectors grow by doubling, so that is at most
 * as much again.
 *
 *     GP_VEC(struct item) items = {0};
 *     if (gp_vec_push(arena, &items, item) < 0) return -ENOMEM;
 *     for (size_t i = 0; i < items.count; i++) use(items.data[i]);
 */
#ifndef GP_UTIL_VEC_H
#define GP_UTIL_VEC_H

#include <errno.h>

#include "util/arena.h"

#define GP_VEC(type)     \
    struct {             \
        type *data;      \
        size_t count;    \
        size_t capacity; \
    }

/* Room for one more element of `size` bytes; 0 or -ENOMEM. */
int gp_vec_grow(struct gp_arena *arena, void *data_pointer, size_t *capacity, size_t count, size_t size) GP_MUST_CHECK;

/* 0 or -ENOMEM (the vector is as it was). */
#define gp_vec_push(arena, vec, ...)                                                                              \
    (gp_vec_grow((arena), &(vec)->data, &(vec)->capacity, (vec)->count, sizeof(*(vec)->data)) < 0                 \
         ? -ENOMEM                                                                                                \
         : ((vec)->data[(vec)->count++] = (__VA_ARGS__), 0))

#endif
