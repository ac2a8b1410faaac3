/*
 * What the JSON of reports looks like, as rows: a shape for each object, a list
 * of words for each value that is one of a few.  Whoever adds a key to an output
 * adds a row; the tests hold every output against the schema.
 */
#ifndef GP_AUTHOR_SCHEMA_SHAPES_H
#define GP_AUTHOR_SCHEMA_SHAPES_H

#include "util/base.h"

struct gp_shape_row {
    const char *key;
    /* "text", "integer", "boolean", "scalar" (text, number, boolean or null), "any", "nested" (an origin's value),
     * "one" (the number), "nothing" (null), a list of words or a shape; behind it "[]" for a list, "{}" for an object
     * with any keys, and last "?" for a value that may be null. */
    const char *type;
    const char *help;
    bool optional; /* the key need not be there */
};

struct gp_shape_def {
    const char *name; /* NULL ends a table */
    const char *help;
    const struct gp_shape_row *rows; /* end with a key NULL */
    /* Of values that stand alone: the key that tells this one from those behind it; NULL: it stands in others only. */
    const char *told_by;
};

struct gp_shape_words {
    const char *name, *words; /* "true false unknown n/a" */
};

/* Lists, each ended by a row without a name; ended by NULL.  Values are told apart in this order. */
extern const struct gp_shape_def *const gp_shape_lists[];
extern const struct gp_shape_words *const gp_shape_word_lists[];

extern const struct gp_shape_def gp_shapes_rules[], gp_shapes_trees[];
extern const struct gp_shape_words gp_shape_words_rules[], gp_shape_words_trees[];

/* ---- rows of many shapes ----------------------------------------------------------------------------------------- */

#define GP_SHAPE_HEAD                                                                             \
    {"schema", "one", "the version of this schema", false},                                       \
    {"gatepost", "text", "the version of the program", false},                                    \
    {"ruleset", "ruleset?", "the rule set; null where none is needed", false}
/* The directory, and with --evidence where what is known of it comes from. */
#define GP_SHAPE_DIRECTORY                                                                        \
    {"directory", "text", "the directory, as it was given", false},                               \
    {"evidence", "evidence", "--evidence: the record that was looked at instead", true}
#define GP_SHAPE_ERROR {"error", "error?", "why nothing could be decided; null: nothing went wrong", false}
#define GP_SHAPE_AT {"at", "place?", "where it is written", false}
#define GP_SHAPE_SOURCE {"source", "text[]", "where it is documented", false}
#define GP_SHAPE_BASIS {"basis", "basis?", "on what it rests", false}
#define GP_SHAPE_STATE {"state", "state?", "the shape of the tree; null for a rule set without states", false}
#define GP_SHAPE_ROWS static const struct gp_shape_row
#define GP_SHAPE_SHORT_HEAD                                                                       \
    {"schema", "one", "the version of this schema", false},                                       \
    {"gatepost", "text", "the version of the program", false}

#endif
