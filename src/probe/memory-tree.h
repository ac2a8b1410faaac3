/*
 * What a tree in memory is made of; memory.c builds it, memory-backend.c shows it to a probe.
 */
#ifndef GP_PROBE_MEMORY_TREE_H
#define GP_PROBE_MEMORY_TREE_H

#include "probe/memory.h"
#include "util/strmap.h"

struct gp_memnode {
    enum gp_filetype type;
    bool link, locked;
    bool closed; /* DIRECTORY: read_error is that of looking at what is in it too */
    mode_t mode;
    ino_t inode; /* never used again, so what replaces a file is another */
    struct timespec mtime;
    uint64_t size;
    const char *data; /* NULL: zeros */
    unsigned known, set; /* attributes */
    int error, read_error; /* positive errno */
    struct gp_strmap children; /* name → node, NULL: removed */
};

struct gp_memtree {
    struct gp_arena *arena;
    struct gp_memnode *root;
    ino_t last_inode;
    uint64_t space;
    struct gp_strmap unders; /* directory → struct gp_memtree */
    int error;               /* of building, negative errno */
};

struct gp_memnode *gp_memnode_child(const struct gp_memnode *directory, struct gp_str name);

#endif
