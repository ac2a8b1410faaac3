/*
 * Words that the binder, the linker and the rows' own checks share.
 */
#ifndef GP_RULE_SAY_H
#define GP_RULE_SAY_H

#include "rule/value.h"
#include "util/diag.h"

/* A text for a message: cut if it is long; "" if memory ran out. */
const char *gp_say_brief(struct gp_arena *arena, struct gp_str text);
/* Says that a scalar is not what a type asks, `expected` being gp_value_parse()'s word for it. */
void gp_say_value(struct gp_diags *diags, struct gp_arena *arena, struct gp_span at, struct gp_str text, bool quoted,
                  enum gp_type type, const char *expected);
/* "a" or "an". */
const char *gp_say_article(const char *word);

#endif
