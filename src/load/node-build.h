/*
 * The tree while it grows from events: what is open, and what it holds so far.
 * node-parse.c reads the events; nothing here knows libyaml's.
 */
#ifndef GP_LOAD_NODE_BUILD_H
#define GP_LOAD_NODE_BUILD_H

#include "load/node-read.h"
#include "load/node.h"
#include "rule/limits.h"
#include "util/vec.h"

/* A mapping or list that is not at its end yet. */
struct gp_frame {
    struct gp_node *node;
    size_t base; /* where its items or pairs begin on the builder's stack */
    size_t end;  /* of what it holds so far */
    bool flow;
    bool is_key;   /* a list or mapping where a key should stand */
    bool has_key;  /* MAPPING: the next value belongs to `key` … */
    bool drop;     /* … and is not kept, as an error was reported for the key */
    bool spoil;    /* … or is kept as something of which enough was said */
    struct gp_str key;
    struct gp_span key_at;
};

#define GP_BUILD_KEYS 64 /* a power of two */

struct gp_builder {
    struct gp_reader reader;
    struct gp_arena *arena, *scratch;
    struct gp_diags *diags;
    size_t *budget;
    struct gp_frame frames[GP_LIMIT_YAML_DEPTH];
    size_t depth;
    GP_VEC(struct gp_node *) items; /* of all open lists, one after the other */
    GP_VEC(struct gp_pair) pairs;   /* of all open mappings */
    struct gp_str keys[GP_BUILD_KEYS]; /* the newest ones, by a cheap hash: files have few keys, many times */
    struct gp_node *root;
    size_t tight;    /* behind the last ':' that lacked its space; 0: there was none */
    bool errors;
    bool stopped;    /* nothing more is read */
    bool incomplete; /* and something is missing because of it */
};

/* The innermost open mapping or list; NULL: none. */
struct gp_frame *gp_build_top(struct gp_builder *b);
/* Whether what comes next is a key of that. */
bool gp_build_wants_key(struct gp_builder *b);
/* Adds an error about the bytes from `from` to `to`. */
struct gp_diag *gp_build_error(struct gp_builder *b, enum gp_diag_id id, size_t from, size_t to, const char *message);
/* Nothing more is read, and what is open stays incomplete. */
void gp_build_stop(struct gp_builder *b);
/* Takes one node or key from the budget; false, and said, if there were too many. */
bool gp_build_take_budget(struct gp_builder *b, size_t at);

/* What stood at a key's place is none: the value that follows is not kept either. */
void gp_build_drop_key(struct gp_builder *b, size_t end);

/* These return 0 or -ENOMEM. */

/* A copy of a text in the tree's arena. */
int gp_build_text(struct gp_builder *b, const void *data, size_t len, struct gp_str *ret_text) GP_MUST_CHECK;
/* The same for a key; equal keys may share their text. */
int gp_build_key(struct gp_builder *b, const char *text, size_t len, struct gp_str *ret_key) GP_MUST_CHECK;
/* A value that is whole, for what is open, or as the root; `end`: the offset behind it. */
int gp_build_add(struct gp_builder *b, struct gp_node *node, size_t end) GP_MUST_CHECK;
/* A mapping or list begins.  There must be room for it (GP_LIMIT_YAML_DEPTH). */
int gp_build_open(struct gp_builder *b, enum gp_node_kind kind, size_t from, bool flow) GP_MUST_CHECK;
/* The innermost one ends.  `end`: behind the closing bracket, or 0 for block style, which ends with what it holds. */
int gp_build_close(struct gp_builder *b, size_t end) GP_MUST_CHECK;
/* Ends everything, after gp_build_stop(), and keeps what is whole. */
int gp_build_close_early(struct gp_builder *b) GP_MUST_CHECK;

#endif
