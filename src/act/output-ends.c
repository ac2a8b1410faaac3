/* The first and the last of what a program says: its title and its complaint. */
#include <errno.h>
#include <string.h>

#include "act/child-internal.h"

void gp_output_ends_add(struct gp_output_ends *ends, const char *data, size_t size)
{
    size_t room = sizeof(ends->head) - ends->head_size, first = size < room ? size : room;

    memcpy(ends->head + ends->head_size, data, first);
    ends->head_size += first;
    for (size_t i = first; i < size; i++)
        ends->tail[ends->tail_total++ % sizeof(ends->tail)] = data[i];
}

int gp_output_ends_take(const struct gp_output_ends *ends, struct gp_arena *arena, struct gp_child_result *result)
{
    size_t kept = ends->tail_total < sizeof(ends->tail) ? (size_t)ends->tail_total : sizeof(ends->tail);
    size_t start = (size_t)((ends->tail_total - kept) % sizeof(ends->tail));
    char *text = gp_arena_alloc(arena, ends->head_size + kept + 1);

    if (!text)
        return -ENOMEM;
    memcpy(text, ends->head, ends->head_size);
    for (size_t i = 0; i < kept; i++)
        text[ends->head_size + i] = ends->tail[(start + i) % sizeof(ends->tail)];
    text[ends->head_size + kept] = '\0';
    result->output = (struct gp_str){text, ends->head_size + kept};
    result->dropped = ends->tail_total - kept;
    result->dropped_at = ends->head_size;
    return 0;
}
