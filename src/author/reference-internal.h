/* Parts of the reference, and what they share. */
#ifndef GP_AUTHOR_REFERENCE_INTERNAL_H
#define GP_AUTHOR_REFERENCE_INTERNAL_H

#include "author/mdoc.h"
#include "author/reference.h"
#include "rule/tables.h"

/* Whether the object has a section of its own in the reference. */
bool gp_reference_has_section(const struct gp_object *object);
/* What may stand behind a key, in a few words: "condition, required". */
void gp_reference_words(struct gp_strbuf *out, const struct gp_field *field);
/* A list of keys; nothing if there are none. */
void gp_reference_keys(struct gp_strbuf *out, const struct gp_field *fields);
/* The keys that every definition has, in the order of GP_DEFINITION_FIELDS; they are described once. */
#define GP_REFERENCE_COMMON 3
extern const char *const gp_reference_common[GP_REFERENCE_COMMON];
void gp_reference_common_keys(struct gp_strbuf *out);
/* The names of an enumeration with what they mean. */
void gp_reference_names(struct gp_strbuf *out, const struct gp_name *names);

/* reference-facts.c */
void gp_reference_logic(struct gp_strbuf *out, const struct gp_registry *registry);
void gp_reference_reasons(struct gp_strbuf *out, const struct gp_registry *registry);
void gp_reference_types(struct gp_strbuf *out, const struct gp_registry *registry);
void gp_reference_limits(struct gp_strbuf *out, const struct gp_registry *registry);
void gp_reference_diagnostics(struct gp_strbuf *out, const struct gp_registry *registry);
/* reference-language.c */
void gp_reference_mappings(struct gp_strbuf *out, const struct gp_registry *registry);
void gp_reference_tests(struct gp_strbuf *out, const struct gp_registry *registry);
void gp_reference_conditions(struct gp_strbuf *out, const struct gp_registry *registry);
void gp_reference_facets(struct gp_strbuf *out, const struct gp_registry *registry);
void gp_reference_reads(struct gp_strbuf *out, const struct gp_registry *registry);
void gp_reference_steps(struct gp_strbuf *out, const struct gp_registry *registry);

#endif
