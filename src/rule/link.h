/*
 * What a row's check() may ask about the rule set and say about its place.
 */
#ifndef GP_RULE_LINK_H
#define GP_RULE_LINK_H

#include "rule/model.h"
#include "util/diag.h"

struct gp_link {
    struct gp_ruleset *rules;
    struct gp_diags *diags;
    const struct gp_operation *operation; /* around it, or NULL */
    bool in_each;                         /* ${stem} and ${name} mean something */
    bool failed;                          /* out of memory; the linker looks when it is done */
};

/* Gives the literals of a comparison (or one expression) the type of what they are compared with, with a diagnostic for
 * each that does not fit; `names` (NULL or empty: any): the only strings there are.  ANY types nothing, and what has a
 * type already keeps it, so nothing is said twice.  The linker itself types the comparison of every form whose first
 * key names a marker, a parameter or a variable, and every operand whose row has a type; what is left to a row's
 * check() is what compares several expressions with each other.  An expression that is not there fits. */
bool gp_link_type_expr(struct gp_link *link, const struct gp_expr *expr, enum gp_type type, const struct gp_map *names);
void gp_link_type_comparison(struct gp_link *link, const struct gp_comparison *comparison, enum gp_type type,
                             const struct gp_map *names);

/* ---- records: what a row's check asks of fields (link-records.c) --------------------------------------------------- */

/* Checks a table by itself: its fields lie in a record, `live` compares what there is. */
void gp_link_table(struct gp_link *link, const struct gp_table *table);
/* Checks what goes together in a line of the summary (link-summary.c). */
void gp_link_summary_line(struct gp_link *link, const struct gp_summary_line *line);
/* Gives tests (a map of struct gp_field_test) their fields, and the operands their types, with a diagnostic for each
 * field that the table lacks.  `table` NULL (it could not be resolved): nothing is said. */
void gp_link_field_tests(struct gp_link *link, const struct gp_table *table, const struct gp_map *tests);
/* The same for the name of one field; NULL: there is none, or none is asked for. */
const struct gp_table_field *gp_link_field(struct gp_link *link, const struct gp_table *table,
                                           const struct gp_ref *field);
/* The table that a reference leads to; NULL: it could not be resolved. */
const struct gp_table *gp_ref_table(const struct gp_ref *ref);
/* The field that gp_link_field() found. */
const struct gp_table_field *gp_ref_field(const struct gp_ref *ref);
/* The type of a field's value. */
enum gp_type gp_field_value_type(const struct gp_table_field *field);
/* How many bytes it takes; 0: not known before a tree is looked at. */
int64_t gp_field_width(const struct gp_table_field *field);

/* The type of what an expression yields: ANY for a literal without one and for what could not be resolved. */
enum gp_type gp_link_expr_type(const struct gp_expr *expr);
/* The names that a marker or setting of type CHOICE can be; NULL: not a choice, or not known. */
const struct gp_map *gp_link_ref_names(const struct gp_ref *ref);
/* The type of what a reference to a marker, variable or parameter yields; ANY if it could not be resolved. */
enum gp_type gp_link_ref_type(const struct gp_ref *ref);

#endif
