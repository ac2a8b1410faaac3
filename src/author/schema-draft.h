/*
 * A schema on its way: its definitions, and how the parts are put together.
 * Functions return a new value or NULL (out of memory); every function accepts
 * NULL for a value that it takes over, so that callers check once, at the end.
 */
#ifndef GP_AUTHOR_SCHEMA_DRAFT_H
#define GP_AUTHOR_SCHEMA_DRAFT_H

#include "rule/family.h"
#include "util/json.h"

struct gp_draft {
    const struct gp_registry *registry;
    json_t *defs; /* "$defs": every object once, by name */
    bool failed;  /* out of memory */
};

/* ---- schema-draft.c: parts --------------------------------------------------------------------------------------- */

/* object[key] = value, which is taken over. */
void gp_draft_set(struct gp_draft *draft, json_t *object, const char *key, json_t *value);
void gp_draft_push(struct gp_draft *draft, json_t *array, json_t *value);
/* ["one", "two"] of "one two". */
json_t *gp_draft_words(struct gp_draft *draft, const char *words);
/* { "$ref": "#/$defs/NAME" }; blanks in the name become '-'. */
json_t *gp_draft_ref(struct gp_draft *draft, const char *name);
/* { "if": …, "then": …, "else": … } */
json_t *gp_draft_choice(struct gp_draft *draft, json_t *condition, json_t *yes, json_t *no);
/* { "required": [KEY] } */
json_t *gp_draft_has(struct gp_draft *draft, const char *key);
/* { "type": NAME }, or a list of names of "one two" */
json_t *gp_draft_type(struct gp_draft *draft, const char *types);
/* `item`, or a list of such (at least `least` of them). */
json_t *gp_draft_one_or_list(struct gp_draft *draft, json_t *item, size_t least);
json_t *gp_draft_list(struct gp_draft *draft, json_t *item, size_t least);
/* { "type": "object", "title", "description", "additionalProperties": false, "required", "properties" }: a mapping with
 * fixed keys.  `title` and `help` may be NULL, `required` has no elements where no key must stand. */
json_t *gp_draft_closed(struct gp_draft *draft, const char *title, const char *help, json_t *required,
                        json_t *properties);
/* Of `keys` exactly one must stand (`change`: at most one). */
json_t *gp_draft_one_of(struct gp_draft *draft, const char *const *keys, bool change);
/* Whether the definition `name` has still to be made; its place is taken. */
bool gp_draft_begin(struct gp_draft *draft, const char *name);
void gp_draft_define(struct gp_draft *draft, const char *name, json_t *value);
/* The whole: head, `root`'s keys, definitions; ends the draft.  NULL: out of memory. */
json_t *gp_draft_finish(struct gp_draft *draft, const char *id, const char *title, const char *help, json_t *root)
    GP_MUST_CHECK;

/* ---- schema-values.c: kinds of values ---------------------------------------------------------------------------- */

/* What may stand behind the key of a row; `change`: in a drop-in, where a definition may be incomplete. */
json_t *gp_draft_field(struct gp_draft *draft, const struct gp_field *field, bool change);
/* A mapping that a table describes, as a reference to its definition. */
json_t *gp_draft_object(struct gp_draft *draft, const struct gp_object *object, bool change);
/* Adds the rows of a table to `properties`, and those that must stand to `required`. */
void gp_draft_fields(struct gp_draft *draft, const struct gp_field *fields, bool change, json_t *required,
                     json_t *properties);
/* ---- schema-scalars.c -------------------------------------------------------------------------------------------- */

#define GP_DRAFT_NAME 80 /* bytes of the name of a definition */

/* "text", "size", "id": as a reference to its definition. */
json_t *gp_draft_scalar(struct gp_draft *draft, const char *name);
/* The same for numbers of a range; its name then tells the range: "integer from 0 to 255". */
json_t *gp_draft_scalar_within(struct gp_draft *draft, const char *name, struct gp_range range);
void gp_draft_scalar_name(const char *name, struct gp_range range, char ret_name[GP_DRAFT_NAME]);

/* ---- schema-families.c: conditions, reads and steps -------------------------------------------------------------- */

json_t *gp_draft_condition(struct gp_draft *draft);
json_t *gp_draft_read(struct gp_draft *draft);
json_t *gp_draft_step(struct gp_draft *draft);

/* ---- schema-example.c -------------------------------------------------------------------------------------------- */

/* An example of a row, YAML, as JSON. */
json_t *gp_draft_example(struct gp_draft *draft, const char *yaml);

#endif
