#include "util/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Blocks double from the first size to the last: a small run stays small, a large rule set takes few blocks. */
#define FIRST_BLOCK ((size_t)4 << 10)
#define LAST_BLOCK ((size_t)1 << 20)

union object {
    void *pointer;
    void (*function)(void);
    uint64_t integer;
    double real;
};

struct block {
    struct block *next;
    size_t size, used;
    union object data[];
};

struct gp_arena {
    struct block *blocks; /* the first is the one that is being filled */
    size_t next_size;
    size_t limit, used;
};

void gp_arena_free(struct gp_arena *arena)
{
    if (!arena)
        return;
    for (struct block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

struct gp_arena *gp_arena_new(size_t limit)
{
    struct gp_arena *arena = calloc(1, sizeof(*arena));

    if (arena) {
        arena->next_size = FIRST_BLOCK;
        arena->limit = limit ? limit : SIZE_MAX;
    }
    return arena;
}

static struct block *new_block(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct block))
        return NULL;
    struct block *block = calloc(1, sizeof(*block) + size);
    if (block)
        block->size = size;
    return block;
}

/* A block with room for `size` bytes.  What is large gets a block of its own behind the first, so that the room that is
 * left in the first is not lost. */
static struct block *block_for(struct gp_arena *arena, size_t size)
{
    bool own = size > arena->next_size / 4;
    struct block *block = new_block(own ? size : arena->next_size);

    if (!block)
        return NULL;
    if (own && arena->blocks) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
        return block;
    }
    block->next = arena->blocks;
    arena->blocks = block;
    if (arena->next_size < LAST_BLOCK)
        arena->next_size *= 2;
    return block;
}

static size_t padding(size_t used, size_t align)
{
    return (align - used % align) % align;
}

static void *take(struct gp_arena *arena, size_t size, size_t align)
{
    if (!size)
        size = 1; /* every object has an address of its own */
    if (size > arena->limit - arena->used)
        return NULL;
    struct block *block = arena->blocks;
    size_t pad = block ? padding(block->used, align) : 0;
    if (!block || block->size - block->used < pad || block->size - block->used - pad < size) {
        block = block_for(arena, size);
        if (!block)
            return NULL;
        pad = 0;
    }
    void *object = (char *)block->data + block->used + pad;
    block->used += pad + size;
    arena->used += size;
    return object;
}

void *gp_arena_alloc(struct gp_arena *arena, size_t size)
{
    return take(arena, size, alignof(union object));
}

void *gp_arena_calloc(struct gp_arena *arena, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total))
        return NULL;
    return gp_arena_alloc(arena, total);
}

char *gp_arena_strdup(struct gp_arena *arena, const char *s)
{
    return gp_arena_memdup(arena, s, strlen(s));
}

char *gp_arena_memdup(struct gp_arena *arena, const void *data, size_t len)
{
    char *copy = len == SIZE_MAX ? NULL : take(arena, len + 1, 1);

    if (copy && len)
        memcpy(copy, data, len);
    return copy;
}

char *gp_arena_printf(struct gp_arena *arena, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = gp_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

char *gp_arena_vprintf(struct gp_arena *arena, const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0)
        return NULL;
    char *text = take(arena, (size_t)len + 1, 1);
    if (text)
        vsnprintf(text, (size_t)len + 1, format, args);
    return text;
}

size_t gp_arena_used(const struct gp_arena *arena)
{
    return arena->used;
}
