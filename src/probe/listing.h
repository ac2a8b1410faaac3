/*
 * The names in one directory, as small as they can be: the text in one block,
 * an offset a name.  What costs more is made when it is asked for: a hash when a
 * name is looked up, entries when somebody wants one.
 */
#ifndef GP_PROBE_LISTING_H
#define GP_PROBE_LISTING_H

#include "probe/probe.h"

#define GP_NAME_NONE UINT32_MAX

/* Names while they come in.  On the heap, so that growing leaves nothing behind. */
struct gp_names {
    char *text; /* each ends with a NUL */
    size_t text_len, text_capacity;
    uint32_t *offsets;
    size_t count, capacity, limit;
    bool hide_own; /* the root: leave out GATEPOST … */
    bool fold;     /* … in any spelling */
};

struct gp_listing {
    struct gp_listing *next;    /* of the same probe */
    struct gp_entry *directory;
    char *text;                 /* on the heap */
    uint32_t *offsets;          /* on the heap, count + 1 */
    uint32_t count;
    struct gp_entry **entries;  /* by index, NULL until somebody asks for the first */
    uint32_t *slots;            /* index + 1 of one name of each folded spelling; NULL until a name is looked up */
    size_t slot_count;
    unsigned char *ambiguous;   /* a bit a name; NULL: none is */
};

void gp_names_done(struct gp_names *names);
void gp_names_reset(struct gp_names *names); /* to list again */
/* 0, -ENOMEM or -EFBIG (more than the limit). */
int gp_names_add(struct gp_names *names, const char *name, size_t len) GP_MUST_CHECK;
/* Whether a name in the root is the engine's own. */
bool gp_name_is_own(struct gp_str name, bool fold);

void gp_listing_done(struct gp_listing *listing);
/* Takes over what is in `names`; 0 or -ENOMEM. */
int gp_listing_take(struct gp_listing *listing, struct gp_names *names) GP_MUST_CHECK;
/* Makes the hash, once.  0 or -ENOMEM. */
int gp_listing_hash(struct gp_listing *listing, struct gp_arena *arena, bool fold) GP_MUST_CHECK;
/* With the hash made: the index of a name, GP_NAME_NONE if there is none.  Of several that differ in case: one of
 * them. */
uint32_t gp_listing_find(const struct gp_listing *listing, struct gp_str name, bool fold);
bool gp_listing_is_ambiguous(const struct gp_listing *listing, uint32_t index);
/* Whether both hold the same names, in whatever order; 1, 0 or -ENOMEM.  Needs no hash. */
int gp_listing_same(const struct gp_listing *a, const struct gp_listing *b) GP_MUST_CHECK;

#endif
