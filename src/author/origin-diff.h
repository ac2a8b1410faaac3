/*
 * What differs between a rule set as its vendor ships it and what is in effect.
 */
#ifndef GP_AUTHOR_ORIGIN_DIFF_H
#define GP_AUTHOR_ORIGIN_DIFF_H

#include "author/origin.h"

enum gp_difference_kind {
    GP_DIFF_ADDED,
    GP_DIFF_CHANGED,
    GP_DIFF_REMOVED,
    GP_DIFF_WAIVED,
    GP_DIFF_SET, /* a variable */
};

/* Something in one of both, or otherwise in both.  Places are those of the set that it is in. */
struct gp_difference {
    enum gp_difference_kind kind;
    const char *path;            /* "operations.update.requires.signed-out.severity" */
    const struct gp_node *old, *new;
    struct gp_span old_at, new_at;
    const struct gp_node *until; /* WAIVED; NULL: no date */
    bool expired;                /* WAIVED: and the date is past */
};

enum gp_file_difference_kind {
    GP_FILE_DROP_IN,
    GP_FILE_REPLACED, /* by one of its name in a higher layer */
    GP_FILE_ADDED,
    GP_FILE_GONE,     /* masked, or not in the set that hides the vendor's */
};

struct gp_file_difference {
    enum gp_file_difference_kind kind;
    const char *file;     /* GONE: the vendor's */
    const char *replaced; /* REPLACED: the vendor's; else NULL */
    const char *layer;    /* of `file` */
};

struct gp_origin_diff {
    const struct gp_ruleset *vendor, *rules;
    const char *vendor_layer;
    struct gp_difference *changes; /* in the order of the effective set; removed ones behind their neighbours */
    size_t change_count;
    struct gp_file_difference *files;
    size_t file_count;
};

const char *gp_difference_name(enum gp_difference_kind kind);           /* "added" … */
const char *gp_file_difference_name(enum gp_file_difference_kind kind); /* "drop-in" … */

/* Compares; both must have been loaded without errors.  `id`: only what ID, or ID/PART, says (data NULL: everything).
 * `now`: for waivers.  In the arena; 0 or -ENOMEM. */
int gp_origin_compare(const struct gp_ruleset *vendor, const struct gp_ruleset *rules, struct gp_str id,
                      struct timespec now, const struct gp_origin_style *style, struct gp_arena *arena,
                      struct gp_origin_diff *ret_diff) GP_MUST_CHECK;

/* Appends it for a reader; `brief`: without old and new values. */
void gp_origin_diff_text(struct gp_strbuf *out, const struct gp_origin_diff *diff, const struct gp_origin_style *style,
                         bool brief);
/* The keys `files` and `changes`, into an object.  False if memory ran out. */
bool gp_origin_diff_json(const struct gp_origin_diff *diff, json_t *object) GP_MUST_CHECK;

#endif
