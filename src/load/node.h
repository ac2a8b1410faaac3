/*
 * YAML as nodes with exact spans: what libyaml's events become before anything
 * knows what they mean.  Anchors, aliases, tags, merge keys, duplicate keys,
 * second documents and everything past a limit never become nodes: they are
 * diagnostics.
 */
#ifndef GP_LOAD_NODE_H
#define GP_LOAD_NODE_H

#include "util/diag.h"
#include "util/strmap.h"

enum gp_node_kind { GP_NODE_SCALAR, GP_NODE_LIST, GP_NODE_MAPPING };

struct gp_pair;

/* The members of the union belong to the kinds that their comments name: look at `kind` first. */
struct gp_node {
    enum gp_node_kind kind;
    bool quoted;       /* SCALAR: only ever a string (quotes, or a block scalar) */
    bool broken;       /* an error was reported of it, so that nobody need complain again: a scalar that is not what
                          stands there, a mapping or list without all that stands in it; the root only if the file could
                          not be read to its end */
    bool merged;       /* MAPPING: it is a struct gp_mapping (load/mapping.h) */
    struct gp_span at; /* SCALAR: its text with quotes; the others: from the first byte to the last */
    union {
        struct gp_str text; /* SCALAR: NUL-terminated, UTF-8, no NUL inside */
        struct {
            union {
                struct gp_node **items; /* LIST */
                struct gp_pair *pairs;  /* MAPPING, in the order of the file, no key twice */
            };
            size_t count; /* of items or pairs */
        };
    };
    const struct gp_node *replaces; /* the value of a lower layer that an amendment replaced; for origins */
};

struct gp_pair {
    struct gp_str key; /* keys are plain or quoted scalars */
    struct gp_span key_at;
    struct gp_node *value;
};

/* Reads one file's text (source number `source` of the sink's sources) into a tree in `arena`.  Errors go to `diags`,
 * and reading goes on where that makes sense.  `node_budget` counts down over all files of a set (GP_LIMIT_NODES).  0
 * (with *ret_root NULL for an empty file), -EINVAL (something is in `diags`; *ret_root may still hold what could be
 * read), or -ENOMEM. */
int gp_node_parse(struct gp_arena *arena, uint32_t source, struct gp_diags *diags, size_t *node_budget,
                  struct gp_node **ret_root) GP_MUST_CHECK;
/* The value of a key, NULL if there is none or `node` is no mapping. */
struct gp_node *gp_node_get(const struct gp_node *node, const char *key);
const struct gp_pair *gp_node_pair(const struct gp_node *node, struct gp_str key);
/* "a mapping", "a list", "a quoted text", "an empty value", "the text 'foo'". */
const char *gp_node_describe(const struct gp_node *node, struct gp_arena *arena);
/* An empty value, `~` or plain `null`. */
bool gp_node_is_null(const struct gp_node *node);
/* A note for a diagnostic about a null where something of several lines belongs: where that would have to stand. */
void gp_node_say_empty(struct gp_diags *diags, struct gp_diag *diag, struct gp_str key, const struct gp_node *node);

#endif
