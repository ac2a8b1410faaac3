/*
 * Values: what markers yield, what settings hold, what comparisons compare.
 */
#ifndef GP_RULE_VALUE_H
#define GP_RULE_VALUE_H

#include "util/arena.h"

/* The types of `vars` and `params`; markers and literals have one of these too.  ANY stands in tables only: the type
 * comes from what the literal is compared with. */
enum gp_type {
    GP_TYPE_ANY,
    GP_TYPE_INTEGER,
    GP_TYPE_SIZE,      /* integer: bytes */
    GP_TYPE_DURATION,  /* integer: seconds */
    GP_TYPE_DATE,      /* integer: seconds since 1970 UTC */
    GP_TYPE_BOOLEAN,   /* integer: 0 or 1 */
    GP_TYPE_STRING,    /* bytes */
    GP_TYPE_PATH,      /* bytes */
    GP_TYPE_DIRECTORY, /* bytes: a directory outside the tree */
    GP_TYPE_CHOICE,    /* bytes: one of a set of names */
    GP_TYPE_BYTES,     /* bytes, shown in hexadecimal */
};

struct gp_value {
    enum gp_type type; /* ANY: no value */
    int64_t integer;
    struct gp_str string;
};

bool gp_type_is_integer(enum gp_type type); /* kept in `integer` */
const char *gp_type_name(enum gp_type type);
/* Whether a value of type `have` may stand where `want` is expected: sizes are integers, texts are texts, only a string
 * or a directory names a directory. */
bool gp_type_fits(enum gp_type want, enum gp_type have);

/* <0, 0, >0; both are integers or both are strings. */
int gp_value_compare(const struct gp_value *a, const struct gp_value *b);
/* As a person reads it: 1,024 bytes · 0x10 stays 16 · 90 min · "text" in quotes · 4d5a00. */
const char *gp_value_text(const struct gp_value *value, struct gp_arena *arena);
/* Parses what a rule file or --set says for a value of `type`.  0 or -EINVAL with `*ret_expected` = what was expected
 * ("an integer such as 12 or 0x0c"), -ENOMEM.  A quoted text is never a number.  ANY: the text itself. */
int gp_value_parse(enum gp_type type, struct gp_str text, bool quoted, struct gp_arena *arena,
                   struct gp_value *ret_value, const char **ret_expected) GP_MUST_CHECK;

#endif
