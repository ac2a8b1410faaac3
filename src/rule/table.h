/*
 * Parameter tables: one row binds a key of a rule file to a member of a struct,
 * and says what may stand there.  The binder, lint, the JSON Schemas, the manual
 * and completion all come from the same rows.
 */
#ifndef GP_RULE_TABLE_H
#define GP_RULE_TABLE_H

#include "rule/value.h"

/* What may stand behind a key, and the type of the member that takes it. */
enum gp_kind {
    GP_KIND_END,        /* ends a table */
    GP_KIND_STRING,     /* struct gp_str, NUL-terminated: any scalar, verbatim; {NULL, 0} when absent */
    GP_KIND_TEXT,       /* struct gp_template *: a text with ${name} */
    GP_KIND_TEXTS,      /* struct gp_templates: a list of such */
    GP_KIND_BOOLEAN,    /* enum gp_yesno */
    GP_KIND_LITERAL,    /* struct gp_value of type `type`: a literal, no reference; .type ANY when absent */
    GP_KIND_ENUM,       /* int: one of `names`; `fallback` when absent */
    GP_KIND_EXPR,       /* struct gp_expr *: a scalar of `type` or { var | param | marker: ID } */
    GP_KIND_EXPRS,      /* struct gp_exprs: a list of such */
    GP_KIND_COMPARISON, /* struct gp_comparison *: a scalar (equals) or a mapping; operands are of `type` */
    GP_KIND_PATTERN,    /* struct gp_pattern * */
    GP_KIND_PATHS,      /* struct gp_paths: a path or a list of paths; flags say whether globs and lists may stand */
    GP_KIND_CONDITION,  /* struct gp_cond * */
    GP_KIND_CONDITIONS, /* struct gp_conds: a list, not empty */
    GP_KIND_REF,        /* struct gp_ref *: the id of something in `section` */
    GP_KIND_REFS,       /* struct gp_refs: one id or a list */
    GP_KIND_STRINGS,    /* struct gp_strs: one string or a list */
    GP_KIND_OBJECT,     /* pointer to a struct that `object` describes */
    GP_KIND_LIST,       /* struct gp_list of such pointers: a list of mappings */
    GP_KIND_MAP,        /* struct gp_map: ids to what `element` describes */
    GP_KIND_READ,       /* struct gp_read *: `read` of a marker */
    GP_KIND_STEPS,      /* struct gp_steps: an action */
    GP_KIND_SCALAR,     /* struct gp_scalar (rule/tests.h): any scalar, verbatim, with its place */
    GP_KIND_ANY,        /* nothing: the loader keeps the node (manifest `lint`, `summary`); checked elsewhere */
};

enum gp_section {
    GP_SECTION_NONE,
    GP_SECTION_VAR,
    GP_SECTION_PARAM, /* of the operation around it */
    GP_SECTION_MARKER,
    GP_SECTION_TABLE,
    GP_SECTION_CONDITION,
    GP_SECTION_STATE,
    GP_SECTION_ATTESTATION,
    GP_SECTION_MESSAGE,
    GP_SECTION_OPERATION,
    GP_SECTION_DIRECTORY, /* a parameter or variable of type `directory` */
    GP_SECTION_TREE,        /* of a file of rule tests */
    GP_SECTION_REQUIREMENT, /* of an operation */
    GP_SECTION_CAUSE,       /* of a message: its own, or a requirement: ID or OPERATION/ID */
    GP_SECTION_SUMMARY,     /* a line of `summary` */
    GP_SECTION_FIELD,       /* of the table that is named beside it: its row's check finds it (rule/link.h) */
    GP_SECTION_COUNT,
};

enum gp_yesno { GP_YESNO_UNSET, GP_YESNO_NO, GP_YESNO_YES };

enum gp_field_flag {
    GP_FIELD_REQUIRED = 1 << 0,
    GP_FIELD_GLOB = 1 << 1,     /* PATHS: globs may stand */
    GP_FIELD_LIST = 1 << 2,     /* PATHS: a list may stand */
    GP_FIELD_MERGE = 1 << 3,    /* OBJECT: a drop-in changes single fields of it (language.md 2); MAP always merges */
    GP_FIELD_DEMAND = 1 << 4,   /* a manifest's `demands` may ask for it */
    GP_FIELD_HOLE = 1 << 5,     /* known, but not in this build */
    GP_FIELD_COMPARISON = 1 << 6, /* one of the keys of a comparison that stands inside another mapping */
    GP_FIELD_NOT_EMPTY = 1 << 7,
    GP_FIELD_NAMED = 1 << 8,    /* element of a MAP: its struct begins with its id and the id's span */
    GP_FIELD_PATH_KEYS = 1 << 9,     /* element of a MAP: its keys are paths, not ids; whoever reads the map checks them */
    GP_FIELD_MAY_BE_EMPTY = 1 << 10, /* REFS: an empty list may stand (its `data` is not NULL) */
    GP_FIELD_BRIEF = 1 << 11,        /* LIST: a scalar stands for { KEY: scalar }, KEY the object's first */
    GP_FIELD_MIN = 1 << 12,          /* operand of a comparison: may lie below a range, and says nothing new then */
    GP_FIELD_MAX = 1 << 13,          /* … above it */
    GP_FIELD_REASON = 1 << 14,       /* STRING: none of gp_no_reasons */
};

struct gp_name {
    const char *name; /* NULL ends a list */
    int value;
    const char *help;
};

/* What a literal number may be. */
struct gp_range {
    const char *what; /* it is never anything else: "a u8"; NULL: anything else may not be asked for */
    int64_t least, most;
};

struct gp_object;

struct gp_field {
    const char *key;
    enum gp_kind kind;
    size_t offset;
    unsigned flags;
    enum gp_type type;              /* LITERAL, EXPR, EXPRS, COMPARISON */
    const struct gp_name *names;    /* ENUM */
    int fallback;                   /* ENUM */
    enum gp_section section;        /* REF, REFS; MAP: what its ids name */
    const struct gp_object *object; /* OBJECT, LIST */
    /* MAP: one row (its key is NULL) for what each id holds.  OBJECT: the entry's value is that object.  Any other kind
     * is bound at `offset` into a new struct of element->object->size bytes, which is the entry's value. */
    const struct gp_field *element;
    const char *help;
    size_t key_at; /* offset of a struct gp_span that takes the key's place, for checks that point at it; 0: none */
    size_t value_at; /* the same of the value */
    const struct gp_range *range; /* EXPR, COMPARISON of numbers; NULL: any number (gp_field_range) */
    size_t fewest;                /* EXPRS: so many values at least; 0: one */
    const char *needs;            /* a key that must stand beside this one */
};

/* What a mapping with fixed keys is. */
struct gp_object {
    const char *name; /* "requirement"; for messages and the schema's $defs */
    const char *help;
    size_t size; /* of the struct */
    const struct gp_field *fields;
    /* Exactly one of these keys must stand (NULL-terminated; NULL: no such rule). */
    const char *const *one_of;
};

/* The rows of a comparison inside another mapping: `member` is a struct gp_comparison in `struct_type`, `values` points
 * to the range of what is compared, or is NULL. */
#define GP_COMPARISON_FIELDS(struct_type, member, operand_type, values)                                             \
    {"is", GP_KIND_EXPR, offsetof(struct_type, member.is), GP_FIELD_COMPARISON, .type = (operand_type),             \
     .range = (values), .help = "the value equals this"},                                                           \
    {"in", GP_KIND_EXPRS, offsetof(struct_type, member.in), GP_FIELD_COMPARISON, .type = (operand_type),            \
     .range = (values), .help = "the value is one of these"},                                                       \
    {"min", GP_KIND_EXPR, offsetof(struct_type, member.min), GP_FIELD_COMPARISON | GP_FIELD_MIN,                    \
     .type = (operand_type), .range = (values), .help = "the value is at least this"},                              \
    {"max", GP_KIND_EXPR, offsetof(struct_type, member.max), GP_FIELD_COMPARISON | GP_FIELD_MAX,                    \
     .type = (operand_type), .range = (values), .help = "the value is at most this"},                               \
    {"matches", GP_KIND_PATTERN, offsetof(struct_type, member.matches), GP_FIELD_COMPARISON,                        \
     .help = "the value, as text, matches this regular expression (PCRE2, unanchored)"},                            \
    {"bits", GP_KIND_EXPR, offsetof(struct_type, member.bits), GP_FIELD_COMPARISON, .type = GP_TYPE_INTEGER,        \
     .range = (values), .help = "all of these bits are set in the value"}

#endif
