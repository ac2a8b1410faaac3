/*
 * Interned paths: each component of each path is a node, a child of the node of
 * its directory, and has a small number.  The rule set interns what its files
 * name; a probe starts from that table, adds what it meets, and keeps what it
 * knows of a path under the path's number.
 *
 * Node 0 is the root ("." in rule files).
 */
#ifndef GP_UTIL_PATHTAB_H
#define GP_UTIL_PATHTAB_H

#include "util/arena.h"

typedef uint32_t gp_path;
#define GP_PATH_ROOT 0u
#define GP_PATH_NONE UINT32_MAX

struct gp_pathtab;

void gp_pathtab_free(struct gp_pathtab *table);
/* A new table; with `base` (which must not change and must outlive it) it starts as base's continuation. */
struct gp_pathtab *gp_pathtab_new(const struct gp_pathtab *base) GP_MUST_CHECK;
/* The child of `parent`; added if it is new.  Names are compared as they are (folding is the probe's business).
 * GP_PATH_NONE: out of memory. */
gp_path gp_pathtab_add(struct gp_pathtab *table, gp_path parent, struct gp_str name) GP_MUST_CHECK;
/* The child if it is there, else GP_PATH_NONE. */
gp_path gp_pathtab_find(const struct gp_pathtab *table, gp_path parent, struct gp_str name) GP_MUST_CHECK;
/* A whole relative path of literal components; "." is the root (and does nothing elsewhere). */
gp_path gp_pathtab_add_path(struct gp_pathtab *table, struct gp_str path) GP_MUST_CHECK;
/* GP_PATH_NONE for the root. */
gp_path gp_pathtab_parent(const struct gp_pathtab *table, gp_path path);
/* "" for the root; lives as long as the table. */
struct gp_str gp_pathtab_name(const struct gp_pathtab *table, gp_path path);
size_t gp_pathtab_count(const struct gp_pathtab *table);
/* The whole path, "." for the root; NUL-terminated, in `arena`.  NULL: out of memory. */
const char *gp_pathtab_text(const struct gp_pathtab *table, gp_path path, struct gp_arena *arena);

#endif
