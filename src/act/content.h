/*
 * The content of a file as an action leaves it: bytes, zeros, or what stands in
 * a file now, with edits over it.  Nothing is read before it is asked for.
 */
#ifndef GP_ACT_CONTENT_H
#define GP_ACT_CONTENT_H

#include "probe/probe.h"
#include "util/vec.h"

struct gp_edit {
    uint64_t offset;
    struct gp_str bytes; /* inside the size */
};

struct gp_content {
    struct gp_probe *probe; /* with `entry`: the bytes of that file */
    struct gp_entry *entry; /* NULL: `bytes`, zeros behind them */
    struct gp_str bytes;
    uint64_t size;
    GP_VEC(struct gp_edit) edits; /* in the order in which they were made */
};

#define GP_CONTENT_BLOCK ((size_t)64 << 10)

/* The content of a file that is there. */
struct gp_content gp_content_of(struct gp_probe *probe, struct gp_entry *entry, uint64_t size);
/* A copy that can be edited without the other changing.  0 or -ENOMEM. */
int gp_content_copy(struct gp_arena *arena, const struct gp_content *from, struct gp_content *ret) GP_MUST_CHECK;
/* `bytes` are kept, not copied.  0, -ERANGE (past the end), -ENOMEM. */
int gp_content_edit(struct gp_arena *arena, struct gp_content *content, uint64_t offset, struct gp_str bytes)
    GP_MUST_CHECK;
/* Bytes from `offset` on; `length` must be inside the size.  NONE, or why the file cannot be read. */
enum gp_reason gp_content_read(const struct gp_content *content, uint64_t offset, void *buffer, size_t length)
    GP_MUST_CHECK;
/* Makes it the content of an open, empty file; blocks of zeros that stand in no file are left out, as the length makes
 * them.  0 or a negative errno; -ESTALE: a file that it comes from changed. */
int gp_content_write(const struct gp_sys *sys, int fd, const struct gp_content *content) GP_MUST_CHECK;

#endif
