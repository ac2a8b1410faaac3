/*
 * Paths and globs of rule files: relative, "/"-separated, without "..";
 * "*", "?", "[…]" and "{a,b}" in any component.  No recursion on input depth.
 */
#ifndef GP_UTIL_GLOB_H
#define GP_UTIL_GLOB_H

#include "util/arena.h"

#define GP_GLOB_ALTERNATIVES_MAX 64u /* that the braces of one component stand for */
#define GP_GLOB_TEXT_MAX 4096u       /* bytes of one component */

/* One component: a literal name, or alternatives (the braces spelt out). */
struct gp_glob_part {
    struct gp_str text;  /* as written */
    bool literal;        /* text is the name itself */
    struct gp_str *alternatives;
    size_t alternative_count;
};

/* What is wrong with a path, in words for a diagnostic, and where. */
struct gp_glob_error {
    const char *message;
    size_t offset;
};

/* Compiles one component.  0, -EINVAL with `ret_error`, -ENOMEM.
 * "*" also takes a leading dot.  "[!a]" and "[^a]" take what "[a]" does not; a "]" that comes first stands for itself,
 * and brackets are how a special character does.  Braces nest. */
int gp_glob_part_compile(struct gp_arena *arena, struct gp_str text, struct gp_glob_part *ret_part,
                         struct gp_glob_error *ret_error) GP_MUST_CHECK;
/* Whether `name` matches; `fold`: ASCII case does not matter. */
bool gp_glob_part_match(const struct gp_glob_part *part, struct gp_str name, bool fold);
/* Whether a text has any glob character. */
bool gp_glob_is(struct gp_str text);

#endif
