/*
 * Origins: where each value of an effective rule set is written and what it
 * replaced, and what differs from the set as its vendor ships it.
 *
 * The nodes that were loaded have it all: a value that an amendment put there
 * leads to what it replaced, down to the lowest layer.  Nothing here prints, and
 * no byte of a rule file that a terminal could act on leaves unescaped.
 */
#ifndef GP_AUTHOR_ORIGIN_H
#define GP_AUTHOR_ORIGIN_H

#include "load/load.h"
#include "load/node.h"
#include "rule/model.h"
#include "util/json.h"

struct gp_origin_style {
    bool ascii;   /* nothing but ASCII may leave */
    bool changes; /* say where a value comes from only if that is another file than the one its definition is in, or
                     if it replaced another value */
    const struct gp_layer *layers; /* what the layers of sources are called */
    size_t layer_count;
};

/* "admin"; "beside it" for the directory around a set that was named by its path; "" for a text. */
const char *gp_origin_layer(const struct gp_origin_style *style, const struct gp_ruleset *rules, uint32_t source);

/* ---- named parts of a set ---------------------------------------------------------------------------------------- */

#define GP_ORIGIN_WAY 4

/* A definition (its section and its id), or a part of one (that, "requires" and the part's id). */
struct gp_origin_part {
    const struct gp_ruleset *rules;
    enum gp_section section;
    const struct gp_pair *way[GP_ORIGIN_WAY];
    size_t depth; /* 2 or 4 */
};

/* Everything called ID, or ID/PART: a requirement, a parameter, an ensured condition of an operation, a cause of a
 * message.  In the arena; 0 or -ENOMEM. */
int gp_origin_find(const struct gp_ruleset *rules, struct gp_str name, struct gp_arena *arena,
                   struct gp_origin_part **ret_parts, size_t *ret_count) GP_MUST_CHECK;
/* The first part of any definition that has this id alone, as "ID/PART"; NULL if there is none. */
const char *gp_origin_find_inside(const struct gp_ruleset *rules, struct gp_str id, struct gp_arena *arena);
/* The ids of all definitions, or with `parts` "ID/PART" of all their parts; in the arena.  0 or -ENOMEM. */
int gp_origin_names(const struct gp_ruleset *rules, bool parts, struct gp_arena *arena, const char ***ret_names,
                    size_t *ret_count) GP_MUST_CHECK;
/* Whether a value of it comes from another file than the rest, or replaced another. */
bool gp_origin_is_amended(const struct gp_origin_part *part);
/* "update/signed-out"; in the arena, NULL if memory ran out. */
const char *gp_origin_name(const struct gp_origin_part *part, struct gp_arena *arena);

/* ---- YAML: what Gatepost loads again to the same definitions ----------------------------------------------------- */

/* Appends the whole set as one file, with the place of each value, and what it replaced, in comments. */
void gp_origin_yaml(struct gp_strbuf *out, const struct gp_origin_style *style, const struct gp_ruleset *rules);
/* The same of a part, inside the keys that lead to it. */
void gp_origin_yaml_part(struct gp_strbuf *out, const struct gp_origin_style *style,
                         const struct gp_origin_part *part);

/* ---- JSON: { value, at, replaced: [{ value, at }] } at every level; NULL: out of memory -------------------------- */

json_t *gp_origin_json(const struct gp_ruleset *rules, const struct gp_node *node, struct gp_span at) GP_MUST_CHECK;
/* A node without its places. */
json_t *gp_origin_json_plain(const struct gp_node *node) GP_MUST_CHECK;
/* The files of the set: [{ file, set, layer, drop_in }]. */
json_t *gp_origin_json_files(const struct gp_origin_style *style, const struct gp_ruleset *rules) GP_MUST_CHECK;
/* { file, line, column }; null without a place. */
json_t *gp_origin_json_place(const struct gp_ruleset *rules, struct gp_span at) GP_MUST_CHECK;

#endif
