#include "util/vec.h"

#include <string.h>

int gp_vec_grow(struct gp_arena *arena, void *data_pointer, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity)
        return 0;
    if (*capacity > SIZE_MAX / 2)
        return -ENOMEM;
    size_t wanted = *capacity ? 2 * *capacity : 4;
    void *data = gp_arena_calloc(arena, wanted, size);
    if (!data)
        return -ENOMEM;
    void *old;
    memcpy(&old, data_pointer, sizeof(old)); /* a T *, which is not ours to read as a void * */
    if (count)
        memcpy(data, old, count * size);
    memcpy(data_pointer, &data, sizeof(data));
    *capacity = wanted;
    return 0;
}
