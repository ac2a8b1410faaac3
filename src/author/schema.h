/*
 * JSON Schemas (draft 2020-12) of what people write and of what programs read,
 * made from the tables that the binder, the manual and completion come from.
 *
 * A schema says what can be said of one document alone: keys, kinds of values,
 * which keys exclude each other.  What definitions say of each other is the
 * loader's.  There is no `oneOf`: a chain of if/then/else selects one closed
 * object, so that a broken document gives one precise error.
 */
#ifndef GP_AUTHOR_SCHEMA_H
#define GP_AUTHOR_SCHEMA_H

#include "rule/family.h"
#include "util/json.h"

struct gp_schema {
    const char *name; /* "rules"; NULL ends the table */
    const char *help;
    /* The whole document; NULL: out of memory. */
    json_t *(*make)(const struct gp_registry *registry);
};
extern const struct gp_schema gp_schemas[];

json_t *gp_schema_rules(const struct gp_registry *registry) GP_MUST_CHECK;
/* The same of files of a set that extends another, where definitions may be incomplete: a file does not show that. */
json_t *gp_schema_changes(const struct gp_registry *registry) GP_MUST_CHECK;
json_t *gp_schema_tests(const struct gp_registry *registry) GP_MUST_CHECK;
json_t *gp_schema_report(const struct gp_registry *registry) GP_MUST_CHECK;

#endif
