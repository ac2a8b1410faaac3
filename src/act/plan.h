/*
 * The plan of an action: what its steps come to, as primitives that each have an
 * inverse.  `run --dry-run` prints this object; `run` carries it out.
 */
#ifndef GP_ACT_PLAN_H
#define GP_ACT_PLAN_H

#include <sys/stat.h>

#include "rule/model.h"

enum gp_primitive_kind {
    GP_PRIMITIVE_CREATE,     /* a file, or a new directory with everything in it */
    GP_PRIMITIVE_REPLACE,    /* a file's content */
    GP_PRIMITIVE_REMOVE,     /* a file, or a directory with everything in it */
    GP_PRIMITIVE_ATTRIBUTES, /* read-only, hidden, system */
};

/* A run of bytes that differs, for a person; context is cut off at both ends. */
struct gp_change {
    uint64_t offset;
    struct gp_str old, new; /* at most GP_PLAN_SHOWN bytes of each */
};
#define GP_PLAN_SHOWN 16u
#define GP_PLAN_CHANGES 8u

struct gp_primitive {
    enum gp_primitive_kind kind;
    const char *path;       /* from the root, real names */
    bool directory;
    uint64_t old_size, new_size;
    unsigned old_attributes, new_attributes; /* enum gp_attribute of probe/probe.h */
    struct gp_change *changes;               /* REPLACE: the first GP_PLAN_CHANGES */
    size_t change_count;
    bool more_changes;
    const char **inside; /* CREATE and REMOVE of a directory: paths below it, sorted; directories end with "/" */
    size_t inside_count;
};

struct gp_plan {
    struct gp_primitive *data; /* in the order in which they are carried out */
    size_t count;
};

#endif
