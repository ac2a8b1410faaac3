/*
 * The tables of everything that is not a family: files, manifests and the
 * definitions in their sections.
 */
#ifndef GP_RULE_TABLES_H
#define GP_RULE_TABLES_H

#include "rule/table.h"

extern const struct gp_object gp_object_manifest;    /* ruleset.yaml: struct gp_manifest */
extern const struct gp_object gp_object_file_head;   /* the other keys of a file that is no manifest: struct gp_file_head */
extern const struct gp_object gp_object_definitions; /* the sections of any file: struct gp_definitions */
extern const struct gp_object gp_object_lint_level;  /* what one id of `lint` holds: struct gp_lint_level */
extern const struct gp_object gp_object_variable;    /* struct gp_setting */
extern const struct gp_object gp_object_parameter;   /* struct gp_setting */
extern const struct gp_object gp_object_marker;
extern const struct gp_object gp_object_marker_value; /* no keys: what one name of `values` holds */
extern const struct gp_object gp_object_case;
extern const struct gp_object gp_object_table;       /* struct gp_table */
extern const struct gp_object gp_object_table_field;
extern const struct gp_object gp_object_summary_line;
extern const struct gp_object gp_object_named_cond;   /* no keys: what one id of `conditions` or `states` holds */
extern const struct gp_object gp_object_attestation;
extern const struct gp_object gp_object_message;
extern const struct gp_object gp_object_cause;
extern const struct gp_object gp_object_operation;
extern const struct gp_object gp_object_requirement; /* of `requires` */
extern const struct gp_object gp_object_ensured;     /* of `ensures`: struct gp_requirement too */
extern const struct gp_object gp_object_otherwise;
extern const struct gp_object gp_object_remedy;
/* All of the above that have keys, and the two below; ends with NULL. */
extern const struct gp_object *const gp_objects[];

/* { var: ID }, { param: ID } or { marker: ID, under: ID }, in place of a scalar. */
struct gp_reference {
    const struct gp_ref *var, *param, *marker, *under;
};
extern const struct gp_object gp_object_reference;
/* A comparison that is a mapping of its own; the binder gives its operands the type that its row says. */
extern const struct gp_object gp_object_comparison;
/* The row of an operand of a comparison that stands behind the row `whole`. */
struct gp_field gp_comparison_operand(const struct gp_field *row, const struct gp_field *whole);

/* Ranges that several tables name (range.c). */
extern const struct gp_range gp_range_natural, gp_range_positive, gp_range_window;
extern const struct gp_range gp_range_u8, gp_range_u16le, gp_range_u16be, gp_range_u32le, gp_range_u32be;
/* What a literal number behind the row's key may be. */
struct gp_range gp_field_range(const struct gp_field *field);
/* Words that say yes or no and are no reason, whatever the case of their letters; ends with NULL. */
extern const char *const gp_no_reasons[];

/* Keys that every condition may have: title, basis, source, under (offsets into struct gp_cond). */
extern const struct gp_field gp_cond_fields[];
/* Keys that every read may have: under, times (into struct gp_read). */
extern const struct gp_field gp_read_fields[];
/* Keys that every step may have: when, missing (into struct gp_step). */
extern const struct gp_field gp_step_fields[];

/* stated, inferred, assumed: enum gp_basis. */
extern const struct gp_name gp_basis_names[];
/* The types of variables and parameters. */
extern const struct gp_name gp_type_names[];

/* How bytes are a text: enum gp_encoding. */
enum gp_encoding {
    GP_ENCODING_ASCII,
    GP_ENCODING_CP437,
    GP_ENCODING_CP850,
    GP_ENCODING_LATIN1,
    GP_ENCODING_UTF8,
};
extern const struct gp_name gp_encoding_names[];

/* The element of a MAP of fields and what they are compared with: struct gp_field_test. */
extern const struct gp_object gp_object_field_test; /* no keys */
extern const struct gp_field gp_field_test_element[];

/* Title, basis and source of a definition whose struct has a `def`. */
#define GP_DEFINITION_FIELDS(struct_type)                                                                           \
    {"title", GP_KIND_STRING, offsetof(struct_type, def.title), GP_FIELD_DEMAND,                                     \
     .help = "what this is, in a few words for a reader of reports"},                                               \
    {"basis", GP_KIND_ENUM, offsetof(struct_type, def.basis), GP_FIELD_DEMAND, .names = gp_basis_names,              \
     .help = "how well the sources support this"},                                                                  \
    {"source", GP_KIND_STRINGS, offsetof(struct_type, def.source), GP_FIELD_DEMAND,                                  \
     .help = "where this is documented: one id of an article or document, or a list of them"}

#endif
