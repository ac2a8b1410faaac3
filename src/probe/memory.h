/*
 * A tree in memory: the probe's second implementation, for tests and rule tests.
 *
 *     struct gp_memtree *tree = gp_memtree_new();
 *     gp_memtree_file(tree, "data/table.db", "…", 176);
 *     gp_memtree_open(&probe, tree, &options);
 *
 * Errors of building (a path beneath a file, no memory) are sticky: gp_memtree_open() reports them.
 */
#ifndef GP_PROBE_MEMORY_H
#define GP_PROBE_MEMORY_H

#include "probe/probe.h"

struct gp_memtree;

void gp_memtree_free(struct gp_memtree *tree);
struct gp_memtree *gp_memtree_new(void) GP_MUST_CHECK;
/* Each makes the directories on the way.  A name that is there already is replaced. */
void gp_memtree_dir(struct gp_memtree *tree, const char *path);
void gp_memtree_file(struct gp_memtree *tree, const char *path, const void *data, size_t size);
/* `size` bytes that read as zeros and take no memory. */
void gp_memtree_zeros(struct gp_memtree *tree, const char *path, uint64_t size);
void gp_memtree_link(struct gp_memtree *tree, const char *path);
void gp_memtree_other(struct gp_memtree *tree, const char *path); /* a FIFO */
void gp_memtree_remove(struct gp_memtree *tree, const char *path); /* with all that is in it */
void gp_memtree_mtime(struct gp_memtree *tree, const char *path, struct timespec mtime);
void gp_memtree_mode(struct gp_memtree *tree, const char *path, mode_t mode);
void gp_memtree_attributes(struct gp_memtree *tree, const char *path, unsigned known, unsigned set);
/* Looking at it (stat, list and read) fails with this errno. */
void gp_memtree_fail(struct gp_memtree *tree, const char *path, int error);
/* Reading its content (or listing it) fails, its stat does not. */
void gp_memtree_fail_read(struct gp_memtree *tree, const char *path, int error);
/* A directory that may neither be listed nor passed through: what is in it is not known, whether it is there or not. */
void gp_memtree_close(struct gp_memtree *tree, const char *path, int error);
void gp_memtree_locked(struct gp_memtree *tree, const char *path, bool locked);
void gp_memtree_free_space(struct gp_memtree *tree, uint64_t bytes);
void gp_memtree_ledger(struct gp_memtree *tree, const char *text);
void gp_memtree_ledger_fail(struct gp_memtree *tree, int error);
/* What `under:` finds at this directory; not taken over. */
void gp_memtree_under(struct gp_memtree *tree, const char *directory, struct gp_memtree *other);
/* The tree must outlive the probe. */
int gp_memtree_open(struct gp_probe **ret_probe, struct gp_memtree *tree, const struct gp_probe_options *options)
    GP_MUST_CHECK;

#endif
