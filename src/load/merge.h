/*
 * Many files, one document: the files of a set together, what it extends, and
 * amendments (language.md 2), all on nodes, driven by the tables.
 */
#ifndef GP_LOAD_MERGE_H
#define GP_LOAD_MERGE_H

#include "load/node.h"
#include "rule/table.h"

/* Adds the sections of one file to `into` (a mapping of sections).  The same id twice is a diagnostic that shows both
 * places.  0, -EINVAL, -ENOMEM. */
int gp_merge_file(struct gp_arena *arena, struct gp_node *into, const struct gp_node *file, struct gp_diags *diags)
    GP_MUST_CHECK;
/* Applies a file (or a whole set) that amends to `into`: sections, and maps whose element has GP_FIELD_MERGE, merge by
 * id, OBJECT rows with GP_FIELD_MERGE by key, the rest is replaced whole (`replaces` remembers);
 * `vars: { NAME: SCALAR }` sets the variable.  Changes to sealed requirements and to what they rest on are refused.  0,
 * -EINVAL, -ENOMEM. */
int gp_merge_amend(struct gp_arena *arena, struct gp_node *into, const struct gp_node *amendment,
                   struct gp_diags *diags)
    GP_MUST_CHECK;

/* For a drop-in that is read without what it amends: `vars: { NAME: SCALAR }` becomes what it sets. 0 or -ENOMEM. */
int gp_merge_alone(struct gp_arena *arena, struct gp_node *sections) GP_MUST_CHECK;

/* What `into` is at first: no sections. */
struct gp_node *gp_merge_new(struct gp_arena *arena) GP_MUST_CHECK;
/* Starts `into` from (or adds to it) the effective definitions of a set that is extended.  Ids that two extended sets
 * define differently are a diagnostic that shows both places.  0, -EINVAL, -ENOMEM. */
int gp_merge_base(struct gp_arena *arena, struct gp_node *into, const struct gp_node *base, struct gp_diags *diags)
    GP_MUST_CHECK;
/* Whether a key at the top of a file belongs to the manifest (or says what the file is), and so is no section. */
bool gp_merge_is_manifest_key(struct gp_str key);
/* The row of a section; NULL if there is no such section. */
const struct gp_field *gp_merge_section(struct gp_str key);

#endif
