/*
 * What the layers hold of rule sets, whether or not it is read in the end: what
 * hides, replaces and masks what, and what drop-ins there are.
 */
#ifndef GP_AUTHOR_ORIGIN_LAYERS_H
#define GP_AUTHOR_ORIGIN_LAYERS_H

#include "load/load.h"

enum gp_layer_part {
    GP_PART_SET,          /* the directory that is the set */
    GP_PART_HIDDEN,       /* a directory that a higher one hides */
    GP_PART_REPLACES,     /* a file in place of one of a lower layer */
    GP_PART_MASKS,        /* a file, of the set or a drop-in, without which the set goes on */
    GP_PART_MASKS_SET,    /* what lower layers have of the set is no more */
    GP_PART_NOTHING,      /* a directory without a manifest and without a set beneath it */
    GP_PART_DROP_IN,
    GP_PART_HIDDEN_DROP_IN, /* a higher layer has one of that name, or masks them all */
    GP_PART_UNREADABLE,
};

struct gp_layer_find {
    enum gp_layer_part part;
    size_t layer; /* index into the layers */
    const char *path;
    int error;    /* UNREADABLE: errno */
};

struct gp_layer_finds {
    struct gp_layer_find *data; /* lowest layer first */
    size_t count;
    const struct gp_layer_find *set; /* NULL: no such set */
    size_t lowest;                   /* the lowest layer that has the set, hidden or not; with `set` */
};

const char *gp_layer_part_name(enum gp_layer_part part); /* "set", "hidden" … */

/* Every name that a layer has a set, files or drop-ins for, sorted.  Layers that cannot be read are passed over: what
 * loads a set says so.  0 or -ENOMEM. */
int gp_layers_all_names(const struct gp_load_options *options, struct gp_arena *arena, const char ***ret_names,
                        size_t *ret_count) GP_MUST_CHECK;
/* What the layers hold of one name.  0 or -ENOMEM. */
int gp_layers_look(const struct gp_load_options *options, const char *name, struct gp_arena *arena,
                   struct gp_layer_finds *ret_finds) GP_MUST_CHECK;

#endif
