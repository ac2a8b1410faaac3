#include "probe/memory.h"

#include <errno.h>
#include <string.h>

#include "probe/memory-tree.h"

#define FIRST_TIME 1000000000 /* of a file that is given no other: 2001-09-09T01:46:40Z */
#define PLENTY ((uint64_t)1 << 40)

void gp_memtree_free(struct gp_memtree *tree)
{
    if (tree)
        gp_arena_free(tree->arena); /* which holds the tree itself */
}

static struct gp_memnode *new_node(struct gp_memtree *tree, enum gp_filetype type, mode_t mode)
{
    struct gp_memnode *node = GP_NEW(tree->arena, struct gp_memnode);

    if (!node)
        return NULL;
    node->type = type;
    node->mode = mode;
    node->mtime.tv_sec = FIRST_TIME;
    node->inode = ++tree->last_inode;
    return node;
}

struct gp_memtree *gp_memtree_new(void)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_memtree *tree = arena ? GP_NEW(arena, struct gp_memtree) : NULL;

    if (tree) {
        tree->arena = arena;
        tree->root = new_node(tree, GP_FILETYPE_DIRECTORY, 0755);
        tree->space = PLENTY;
    }
    if (!tree || !tree->root) {
        gp_arena_free(arena);
        return NULL;
    }
    return tree;
}

static void fail(struct gp_memtree *tree, int error)
{
    if (!tree->error)
        tree->error = error;
}

struct gp_memnode *gp_memnode_child(const struct gp_memnode *directory, struct gp_str name)
{
    return directory->type == GP_FILETYPE_DIRECTORY ? gp_strmap_get(&directory->children, name) : NULL;
}

/* The next component of a path; false at its end. */
static bool next_part(const char **path, struct gp_str *ret_part)
{
    while (**path == '/' || (**path == '.' && ((*path)[1] == '/' || !(*path)[1])))
        ++*path;
    size_t len = strcspn(*path, "/");
    *ret_part = (struct gp_str){*path, len};
    *path += len;
    return len != 0;
}

static struct gp_memnode *put(struct gp_memtree *tree, struct gp_memnode *directory, struct gp_str name,
                              struct gp_memnode *node)
{
    char *copy = gp_arena_memdup(tree->arena, name.data, name.len);

    if (!node || !copy ||
        gp_strmap_put(tree->arena, &directory->children, (struct gp_str){copy, name.len}, node) < 0) {
        fail(tree, -ENOMEM);
        return NULL;
    }
    return node;
}

/* The directory that a path lies in, made if need be, and its last component; NULL with the error noted. */
static struct gp_memnode *parent_of(struct gp_memtree *tree, const char *path, struct gp_str *ret_name)
{
    struct gp_memnode *directory = tree->root;
    struct gp_str name, next;

    if (!next_part(&path, &name)) {
        fail(tree, -EINVAL); /* the root itself */
        return NULL;
    }
    for (; directory && next_part(&path, &next); name = next) {
        struct gp_memnode *below = gp_memnode_child(directory, name);
        if (below && below->type != GP_FILETYPE_DIRECTORY) {
            fail(tree, -ENOTDIR);
            return NULL;
        }
        directory = below ? below : put(tree, directory, name, new_node(tree, GP_FILETYPE_DIRECTORY, 0755));
    }
    *ret_name = name;
    return directory;
}

static struct gp_memnode *add(struct gp_memtree *tree, const char *path, struct gp_memnode *node)
{
    struct gp_str name;
    struct gp_memnode *directory = parent_of(tree, path, &name);

    return directory ? put(tree, directory, name, node) : NULL;
}

/* What is at a path, NULL (noted as an error) if nothing is. */
static struct gp_memnode *find(struct gp_memtree *tree, const char *path)
{
    struct gp_memnode *node = tree->root;
    struct gp_str part;

    while (node && next_part(&path, &part))
        node = gp_memnode_child(node, part);
    if (!node)
        fail(tree, -ENOENT);
    return node;
}

void gp_memtree_dir(struct gp_memtree *tree, const char *path)
{
    add(tree, path, new_node(tree, GP_FILETYPE_DIRECTORY, 0755));
}

void gp_memtree_file(struct gp_memtree *tree, const char *path, const void *data, size_t size)
{
    struct gp_memnode *node = new_node(tree, GP_FILETYPE_FILE, 0644);
    char *copy = gp_arena_memdup(tree->arena, data, size);

    if (!copy) {
        fail(tree, -ENOMEM);
    } else if (add(tree, path, node)) {
        node->data = copy;
        node->size = size;
    }
}

void gp_memtree_zeros(struct gp_memtree *tree, const char *path, uint64_t size)
{
    struct gp_memnode *node = add(tree, path, new_node(tree, GP_FILETYPE_FILE, 0644));

    if (node)
        node->size = size;
}

void gp_memtree_link(struct gp_memtree *tree, const char *path)
{
    struct gp_memnode *node = add(tree, path, new_node(tree, GP_FILETYPE_OTHER, 0777));

    if (node)
        node->link = true;
}

void gp_memtree_other(struct gp_memtree *tree, const char *path)
{
    add(tree, path, new_node(tree, GP_FILETYPE_OTHER, 0644));
}

void gp_memtree_remove(struct gp_memtree *tree, const char *path)
{
    struct gp_str name;

    if (find(tree, path)) {
        struct gp_memnode *directory = parent_of(tree, path, &name);
        if (directory)
            gp_strmap_find(&directory->children, name)->value = NULL; /* the name stays in the map, without a node */
    }
}

void gp_memtree_mtime(struct gp_memtree *tree, const char *path, struct timespec mtime)
{
    struct gp_memnode *node = find(tree, path);

    if (node)
        node->mtime = mtime;
}

void gp_memtree_mode(struct gp_memtree *tree, const char *path, mode_t mode)
{
    struct gp_memnode *node = find(tree, path);

    if (node)
        node->mode = mode & 07777;
}

void gp_memtree_attributes(struct gp_memtree *tree, const char *path, unsigned known, unsigned set)
{
    struct gp_memnode *node = find(tree, path);

    if (node) {
        node->known = known;
        node->set = set & known;
    }
}

void gp_memtree_fail(struct gp_memtree *tree, const char *path, int error)
{
    struct gp_memnode *node = find(tree, path);

    if (node)
        node->error = error < 0 ? -error : error;
}

void gp_memtree_fail_read(struct gp_memtree *tree, const char *path, int error)
{
    struct gp_memnode *node = find(tree, path);

    if (node)
        node->read_error = error < 0 ? -error : error;
}

void gp_memtree_close(struct gp_memtree *tree, const char *path, int error)
{
    struct gp_memnode *node = find(tree, path);

    if (node) {
        node->read_error = error < 0 ? -error : error;
        node->closed = node->type == GP_FILETYPE_DIRECTORY;
    }
}

void gp_memtree_locked(struct gp_memtree *tree, const char *path, bool locked)
{
    struct gp_memnode *node = find(tree, path);

    if (node)
        node->locked = locked;
}

void gp_memtree_free_space(struct gp_memtree *tree, uint64_t bytes)
{
    tree->space = bytes;
}

void gp_memtree_ledger(struct gp_memtree *tree, const char *text)
{
    gp_memtree_file(tree, "GATEPOST/LEDGER", text, strlen(text));
}

void gp_memtree_ledger_fail(struct gp_memtree *tree, int error)
{
    struct gp_memnode *directory = gp_memnode_child(tree->root, GP_STR("GATEPOST"));

    if (!directory || !gp_memnode_child(directory, GP_STR("LEDGER")))
        gp_memtree_ledger(tree, "");
    gp_memtree_fail(tree, "GATEPOST/LEDGER", error);
}

void gp_memtree_under(struct gp_memtree *tree, const char *directory, struct gp_memtree *other)
{
    char *name = gp_arena_strdup(tree->arena, directory);

    if (!name || gp_strmap_put(tree->arena, &tree->unders, (struct gp_str){name, strlen(name)}, other) < 0)
        fail(tree, -ENOMEM);
}
