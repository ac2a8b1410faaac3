/*
 * The disk is an interface: what a probe asks of a tree, and nothing else.
 *
 * A backend remembers nothing that it was asked (the probe does) and folds no
 * names: it is asked for names that a directory has, or may have.  Below,
 * "negative errno" is turned into a reason by gp_reason_of_errno(), so ENOENT
 * for something that was seen before reads as `changed`.
 */
#ifndef GP_PROBE_BACKEND_H
#define GP_PROBE_BACKEND_H

#include "probe/probe.h"

struct gp_backend;
struct gp_names; /* listing.h */

struct gp_backend_ops {
    void (*free)(struct gp_backend *backend);
    /* stat of a name in a directory that is there; a link is not followed but unknown. */
    void (*look)(struct gp_backend *backend, const struct gp_entry *entry, struct gp_facts *ret_facts);
    /* Hands each name but "." and ".." to gp_names_add().  0 or a negative errno. */
    int (*list)(struct gp_backend *backend, const struct gp_entry *directory, struct gp_names *names);
    /* Bytes of a regular file that are wholly inside its size; 0 or a negative errno, -ESTALE: it is not (or no longer)
     * the file that look() saw. */
    int (*read)(struct gp_backend *backend, const struct gp_entry *file, uint64_t offset, void *buffer, size_t size);
    /* The attributes that the file system keeps; it may know none.  0 or a negative errno. */
    int (*attributes)(struct gp_backend *backend, const struct gp_entry *entry, unsigned *ret_known, unsigned *ret_set);
    /* Whether it is mounted read-only: 1, 0 or a negative errno. */
    int (*read_only)(struct gp_backend *backend, const struct gp_entry *entry);
    struct gp_answer (*locked)(struct gp_backend *backend, const struct gp_entry *entry);
    int (*free_space)(struct gp_backend *backend, uint64_t *ret_bytes);
    /* Another directory, named by a person. 0 or a negative errno (-ENOENT, -ENOTDIR, -EACCES …). */
    int (*open)(struct gp_backend *backend, const char *directory, struct gp_arena *arena,
                struct gp_backend **ret_backend);
    /* Closes the file that was read last, if one is open; it is opened again when it is needed.  NULL: none ever is. */
    void (*let_go)(struct gp_backend *backend);
};

/* The first member of each kind of backend.  Its memory is in the probe's arena; free() lets go of the rest. */
struct gp_backend {
    const struct gp_backend_ops *ops;
};

/* What a backend sees of an entry: a name in its parent, and the facts that look() has given before anything but look()
 * is asked about it (of every directory on the way as well). */
const struct gp_entry *gp_entry_parent(const struct gp_entry *entry); /* NULL: it is the root */
const char *gp_entry_name0(const struct gp_entry *entry);
const struct gp_facts *gp_entry_facts(const struct gp_entry *entry);
/* A place where the backend may keep something about a directory that is there; NULL at first. */
void **gp_entry_handle(const struct gp_entry *directory);

/* A probe on a backend, which it takes over also on failure.  `arena` is taken over too. 0 or a negative errno. */
int gp_probe_new(struct gp_probe **ret_probe, struct gp_arena *arena, struct gp_backend *backend, const char *name,
                 const struct gp_probe_options *options) GP_MUST_CHECK;

#endif
