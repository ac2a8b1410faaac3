/*
 * The words of the rule language, from the rows that the loader uses, for list
 * and show.
 */
#ifndef GP_CLI_LANGUAGE_H
#define GP_CLI_LANGUAGE_H

#include "cli/cli.h"

/* Predicate, facet, read, action; and what has fixed keys in a rule file, such as an operation. */
enum gp_word_kind { GP_WORD_PREDICATE, GP_WORD_FACET, GP_WORD_READ, GP_WORD_ACTION, GP_WORD_MAPPING, GP_WORD_KINDS };

struct gp_word {
    enum gp_word_kind kind;
    const char *name;
    const char *help;               /* "" where the rows say nothing */
    const char *example;            /* NULL: none */
    bool built;                     /* false: known, but not in this build */
    const struct gp_field *fields;  /* its keys; a facet's are those of its value, or NULL */
    const struct gp_field *value;   /* of a facet: what stands behind it */
    const struct gp_field *common;  /* keys that every word of its kind may have; NULL: none */
};

/* "predicate", "facet" … */
const char *gp_word_kind_name(enum gp_word_kind kind);
/* All words of a kind, in the order of the tables; in the arena. 0 or -ENOMEM. */
int gp_words(struct gp_arena *arena, enum gp_word_kind kind, struct gp_word **ret_words, size_t *ret_count)
    GP_MUST_CHECK;
/* Appends what may stand behind a key: "a path or a list of paths". */
void gp_field_words(struct gp_strbuf *out, const struct gp_field *field);

#endif
