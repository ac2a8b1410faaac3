/*
 * A definition as rule files have it: where its text stands, and where drop-ins
 * or sets that extend another changed it.
 */
#ifndef GP_REPORT_DEFINITION_H
#define GP_REPORT_DEFINITION_H

#include "report/report.h"

#define GP_EXCERPTS_MAX 32u

/* Whole lines of one source. */
struct gp_excerpt {
    struct gp_span at;   /* of what was found there first */
    struct gp_str lines; /* without the last newline */
    size_t indent;       /* blanks that begin each line */
};

struct gp_excerpts {
    struct gp_excerpt data[GP_EXCERPTS_MAX]; /* the first: the definition itself */
    size_t count;
    bool more;
};

/* The lines of what begins in the line of `at`: that line and those below it that are indented deeper. */
struct gp_excerpt gp_excerpt_at(const struct gp_sources *sources, struct gp_span at);
/* The definition, then in the order of the model what other files put into it. */
void gp_excerpts_of(const struct gp_ruleset *rules, enum gp_section section, const struct gp_map_entry *entry,
                    struct gp_excerpts *ret_excerpts);

#endif
