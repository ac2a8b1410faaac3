/*
 * Memory by lifetime: everything that one rule set or one run needs is taken
 * from one arena and freed at once.
 *
 * An arena cannot free a single object and is not thread-safe.  Every function
 * that returns memory returns NULL when there is none; callers propagate that as
 * -ENOMEM.
 */
#ifndef GP_UTIL_ARENA_H
#define GP_UTIL_ARENA_H

#include <stdarg.h>

#include "util/base.h"

struct gp_arena;

void gp_arena_free(struct gp_arena *arena); /* NULL is fine */
/* A new arena; `limit` is the most bytes it will hand out (0: no limit). */
struct gp_arena *gp_arena_new(size_t limit) GP_MUST_CHECK;

/* Zeroed memory, aligned for pointers, 64-bit integers and doubles (texts need no alignment and get none). */
void *gp_arena_alloc(struct gp_arena *arena, size_t size) GP_MUST_CHECK;
/* The same for `count` objects of `size` bytes, with checked multiplication. */
void *gp_arena_calloc(struct gp_arena *arena, size_t count, size_t size) GP_MUST_CHECK;
/* Copies with a NUL behind them. */
char *gp_arena_strdup(struct gp_arena *arena, const char *s) GP_MUST_CHECK;
char *gp_arena_memdup(struct gp_arena *arena, const void *data, size_t len) GP_MUST_CHECK;
char *gp_arena_printf(struct gp_arena *arena, const char *format, ...) GP_MUST_CHECK GP_PRINTF(2, 3);
char *gp_arena_vprintf(struct gp_arena *arena, const char *format, va_list args) GP_MUST_CHECK GP_PRINTF(2, 0);
/* Bytes handed out so far. */
size_t gp_arena_used(const struct gp_arena *arena);

#define GP_NEW(arena, type) ((type *)gp_arena_alloc((arena), sizeof(type)))
#define GP_NEW_ARRAY(arena, type, count) ((type *)gp_arena_calloc((arena), (count), sizeof(type)))

#endif
