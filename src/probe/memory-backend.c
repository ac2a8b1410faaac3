#include <errno.h>
#include <string.h>

#include "probe/backend.h"
#include "probe/listing.h"
#include "probe/memory-tree.h"

#define DEVICE 1 /* of everything in memory */

struct memory {
    struct gp_backend backend;
    const struct gp_memtree *tree;
};

static const struct gp_memtree *tree_of(struct gp_backend *backend)
{
    return ((struct memory *)backend)->tree;
}

static const struct gp_entry *ancestor(const struct gp_entry *entry, size_t up)
{
    while (up--)
        entry = gp_entry_parent(entry);
    return entry;
}

/* The node of an entry.  It is looked for each time, as the tree may be changed under a probe: that is what tests of
 * "changed" do. */
static const struct gp_memnode *node_of(struct gp_backend *backend, const struct gp_entry *entry)
{
    const struct gp_memnode *node = tree_of(backend)->root;
    size_t depth = 0;

    while (gp_entry_parent(ancestor(entry, depth)))
        depth++;
    while (node && depth--) {
        const char *name = gp_entry_name0(ancestor(entry, depth));
        node = gp_memnode_child(node, (struct gp_str){name, strlen(name)});
    }
    return node;
}

/* The node that look() saw, NULL if another is there by now. */
static const struct gp_memnode *seen_node(struct gp_backend *backend, const struct gp_entry *entry)
{
    const struct gp_memnode *node = node_of(backend, entry);

    return node && node->inode == gp_entry_facts(entry)->inode ? node : NULL;
}

static void memory_free(struct gp_backend *backend GP_UNUSED)
{
}

/* The error of a directory on the way to an entry that may not be passed through; 0: none. */
static int closed_above(struct gp_backend *backend, const struct gp_entry *entry)
{
    for (entry = gp_entry_parent(entry); entry; entry = gp_entry_parent(entry)) {
        const struct gp_memnode *node = node_of(backend, entry);

        if (node && node->closed)
            return node->read_error;
    }
    return 0;
}

static void memory_look(struct gp_backend *backend, const struct gp_entry *entry, struct gp_facts *ret_facts)
{
    const struct gp_memnode *node = node_of(backend, entry);
    int closed = closed_above(backend, entry);

    if (closed)
        *ret_facts = (struct gp_facts){.present = GP_TRI_UNKNOWN, .reason = gp_reason_of_errno(closed)};
    else if (!node)
        *ret_facts = (struct gp_facts){.present = GP_TRI_NO};
    else if (node->error)
        *ret_facts = (struct gp_facts){.present = GP_TRI_UNKNOWN, .reason = gp_reason_of_errno(node->error)};
    else if (node->link)
        *ret_facts = (struct gp_facts){.present = GP_TRI_UNKNOWN, .reason = GP_REASON_LINK};
    else
        *ret_facts = (struct gp_facts){
            .present = GP_TRI_YES,
            .type = node->type,
            .mode = node->mode,
            .size = node->size,
            .mtime = node->mtime,
            .ctime = node->mtime,
            .device = DEVICE,
            .inode = node->inode,
            .links = 1,
        };
}

static int memory_list(struct gp_backend *backend, const struct gp_entry *directory, struct gp_names *names)
{
    const struct gp_memnode *node = seen_node(backend, directory);

    if (!node)
        return -ESTALE;
    if (node->error || node->read_error)
        return -(node->error ? node->error : node->read_error);
    for (size_t i = 0; i < node->children.count; i++) {
        const struct gp_strmap_entry *child = &node->children.entries[i];
        int r = child->value ? gp_names_add(names, child->key.data, child->key.len) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}

static int memory_read(struct gp_backend *backend, const struct gp_entry *file, uint64_t offset, void *buffer,
                       size_t size)
{
    const struct gp_memnode *node = seen_node(backend, file);

    if (!node || node->size < offset || node->size - offset < size)
        return -ESTALE;
    if (node->error || node->read_error)
        return -(node->error ? node->error : node->read_error);
    if (node->data)
        memcpy(buffer, node->data + offset, size);
    else
        memset(buffer, 0, size);
    return 0;
}

static int memory_attributes(struct gp_backend *backend, const struct gp_entry *entry, unsigned *ret_known,
                             unsigned *ret_set)
{
    const struct gp_memnode *node = seen_node(backend, entry);

    if (!node)
        return -ESTALE;
    if (node->error)
        return -node->error;
    *ret_known = node->known;
    *ret_set = node->set;
    return 0;
}

static int memory_read_only(struct gp_backend *backend GP_UNUSED, const struct gp_entry *entry GP_UNUSED)
{
    return 0;
}

static struct gp_answer memory_locked(struct gp_backend *backend, const struct gp_entry *entry)
{
    const struct gp_memnode *node = seen_node(backend, entry);

    if (!node)
        return (struct gp_answer){.value = GP_TRI_UNKNOWN, .reason = GP_REASON_CHANGED};
    if (!node->locked)
        return (struct gp_answer){.value = GP_TRI_NO};
    return (struct gp_answer){.value = GP_TRI_YES, .detail = "another process holds a lock"};
}

static int memory_free_space(struct gp_backend *backend, uint64_t *ret_bytes)
{
    *ret_bytes = tree_of(backend)->space;
    return 0;
}

static int memory_open(struct gp_backend *backend, const char *directory, struct gp_arena *arena,
                       struct gp_backend **ret_backend);

static const struct gp_backend_ops memory_ops = {
    .free = memory_free,
    .look = memory_look,
    .list = memory_list,
    .read = memory_read,
    .attributes = memory_attributes,
    .read_only = memory_read_only,
    .locked = memory_locked,
    .free_space = memory_free_space,
    .open = memory_open,
};

static int new_memory(const struct gp_memtree *tree, struct gp_arena *arena, struct gp_backend **ret_backend)
{
    struct memory *memory = tree->error ? NULL : GP_NEW(arena, struct memory);

    if (!memory)
        return tree->error ? tree->error : -ENOMEM;
    memory->backend.ops = &memory_ops;
    memory->tree = tree;
    *ret_backend = &memory->backend;
    return 0;
}

static int memory_open(struct gp_backend *backend, const char *directory, struct gp_arena *arena,
                       struct gp_backend **ret_backend)
{
    const struct gp_memtree *other = gp_strmap_get0(&tree_of(backend)->unders, directory);

    if (!other)
        return -ENOENT;
    if (other->root->error)
        return -other->root->error;
    return new_memory(other, arena, ret_backend);
}

int gp_memtree_open(struct gp_probe **ret_probe, struct gp_memtree *tree, const struct gp_probe_options *options)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_backend *backend = NULL;
    int r = arena ? new_memory(tree, arena, &backend) : -ENOMEM;

    if (r < 0) {
        gp_arena_free(arena);
        return r;
    }
    return gp_probe_new(ret_probe, arena, backend, "(memory)", options);
}
