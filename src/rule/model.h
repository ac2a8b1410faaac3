/*
 * The model: what a rule set is once it is loaded.  Immutable from then on, so
 * that several threads may evaluate it at once.  Everything lives in the rule
 * set's arena.
 */
#ifndef GP_RULE_MODEL_H
#define GP_RULE_MODEL_H

#include "rule/table.h"
#include "util/glob.h"
#include "util/pathtab.h"
#include "util/regex.h"
#include "util/source.h"
#include "util/strmap.h"

struct gp_form;
struct gp_facet_def;
struct gp_read_def;
struct gp_step_def;

/* ---- small parts ---------------------------------------------------------------------------------------------- */

/* stated > inferred > assumed; NONE takes no part (language.md 8). */
enum gp_basis { GP_BASIS_NONE, GP_BASIS_ASSUMED, GP_BASIS_INFERRED, GP_BASIS_STATED };

struct gp_ref {
    struct gp_str id;
    struct gp_span at;
    enum gp_section section; /* DIRECTORY and template names are settled to VAR or PARAM by the linker */
    const void *target;      /* struct gp_setting, gp_marker, gp_named_cond, … ; PARAM: a declaration, for its type
                                alone: the value is looked up by name in the operation that is decided */
};

struct gp_refs { const struct gp_ref **data; size_t count; };
struct gp_strs { const struct gp_str *data; size_t count; };
struct gp_list { void **data; size_t count; };

/* Ids to definitions, in the order of the files. */
struct gp_map_entry {
    struct gp_str id;
    struct gp_span at; /* of the id */
    void *value;       /* what the table's `element` describes: struct gp_requirement *, struct gp_named_cond *, … */
    bool broken;       /* while loading: something is wrong in it, so nothing is concluded from it */
};
struct gp_map {
    struct gp_map_entry *data;
    size_t count;
    struct gp_strmap index; /* id -> struct gp_map_entry * */
};
/* NULL if there is none. */
const struct gp_map_entry *gp_map_find(const struct gp_map *map, struct gp_str id);

/* "a text with ${name}": literal pieces and names. */
enum gp_piece_kind {
    GP_PIECE_LITERAL,
    GP_PIECE_PARAM,
    GP_PIECE_VAR,
    GP_PIECE_ROOT, /* ${root} */
    GP_PIECE_WORK, /* ${work}, inside exec */
    GP_PIECE_STEM, /* ${stem}, inside each: the file's name without its last extension */
    GP_PIECE_NAME, /* ${name}, inside each: the file's name */
    GP_PIECE_FIELD, /* inside each-record: a field of the record */
};
struct gp_piece {
    enum gp_piece_kind kind;
    struct gp_span at;  /* of a name with its ${ } */
    struct gp_str text; /* the literal, or the name */
    const void *target; /* VAR: struct gp_setting; FIELD: struct gp_table_field */
};
struct gp_template {
    struct gp_span at;
    struct gp_piece *pieces;
    size_t count;
};
struct gp_templates { const struct gp_template **data; size_t count; };

struct gp_pattern {
    struct gp_str text;
    struct gp_span at;
    struct gp_regex *regex; /* compiled at load; freed with the rule set */
};

/* A path or glob as a rule file writes it. */
struct gp_pathpart {
    struct gp_glob_part glob;         /* unless `text` */
    const struct gp_template *text;   /* the component has ${…}: the value is one literal component */
};
struct gp_pathexpr {
    struct gp_span at;
    struct gp_str text; /* as written */
    struct gp_pathpart *parts;
    size_t count;      /* 0: "." */
    bool glob;         /* some part is not literal (dynamic parts count as literal) */
    bool dynamic;      /* some part has ${…} */
    size_t prefix;     /* leading parts that are literal and not dynamic … */
    gp_path interned;  /* … and their number in the rule set's table; all of a plain path */
};
struct gp_paths { const struct gp_pathexpr **data; size_t count; };

enum gp_expr_kind { GP_EXPR_LITERAL, GP_EXPR_VAR, GP_EXPR_PARAM, GP_EXPR_MARKER };
struct gp_expr {
    enum gp_expr_kind kind;
    struct gp_span at;
    struct gp_str text;     /* LITERAL: verbatim */
    bool quoted;
    struct gp_value value;  /* LITERAL: typed by the binder, or by the linker where the table says ANY */
    const struct gp_ref *ref;   /* the others */
    const struct gp_ref *under; /* MARKER: look in this directory; NULL: in the tree */
};
struct gp_exprs { const struct gp_expr **data; size_t count; };

struct gp_comparison {
    struct gp_span at;
    const struct gp_expr *is;
    struct gp_exprs in;
    const struct gp_expr *min, *max;
    const struct gp_pattern *matches;
    const struct gp_expr *bits;
};
/* Whether it has any operand. */
bool gp_comparison_given(const struct gp_comparison *comparison);

/* ---- conditions and what they are made of ---------------------------------------------------------------------- */

struct gp_facet {
    const struct gp_facet_def *def;
    struct gp_span at;
    bool broken; /* while loading: something in it is wrong, so its row's check is not asked; of cond, read, step too */
    void *data;  /* what the def's object or value field describes */
};

struct gp_cond {
    const struct gp_form *form;
    struct gp_span at;
    struct gp_str title;
    int basis; /* enum gp_basis */
    struct gp_strs source;
    const struct gp_ref *under;
    struct gp_facet *facets;
    size_t facet_count;
    void *data;      /* what form->object describes */
    uint32_t number; /* from 0, dense: the index for caches */
    bool broken;
};
struct gp_conds { const struct gp_cond **data; size_t count; };

struct gp_read {
    const struct gp_read_def *def;
    struct gp_span at;
    bool broken;
    const struct gp_ref *under;
    const struct gp_expr *times; /* scales a number */
    void *data;
};

struct gp_step {
    const struct gp_step_def *def;
    struct gp_span at;
    bool broken;
    const struct gp_cond *when;
    int missing; /* 1: `missing: ok` */
    struct gp_span missing_at;
    void *data;
};
struct gp_steps { struct gp_step **data; size_t count; };

/* ---- definitions ------------------------------------------------------------------------------------------------ */

#define GP_WRONG (UINT32_C(1) << 31)

/* What every definition has: the first member of each, in this order. */
struct gp_definition {
    struct gp_str id;
    struct gp_span at; /* of the id */
    uint32_t wrong;    /* while loading: bit n is set if what the nth row of its table describes is wrong, or misspelt;
                          GP_WRONG if anything in it is that has no mark of its own */
    struct gp_str title;
    int basis; /* enum gp_basis */
    struct gp_strs source;
};

/* A variable or a parameter. */
struct gp_setting {
    struct gp_definition def;
    int type; /* enum gp_type */
    const struct gp_expr *fallback; /* `default`; may be { var: x } for a parameter */
    const struct gp_expr *min, *max;
    const struct gp_pattern *matches;
    struct gp_strs choices;
    int upper; /* `case: upper` */
    enum gp_yesno optional;
    const struct gp_expr *value; /* variables: set by a drop-in (NAME: VALUE) */
    struct gp_map names;         /* of a choice, by the linker: `choices` (the entries' values mean nothing) */
    struct gp_span type_at, choices_at, upper_at; /* of the keys */
};

/* `values:` of a marker: a name and its raw values. */
struct gp_marker_value { struct gp_exprs raw; };

struct gp_case_row {
    const struct gp_cond *when;
    const struct gp_expr *value;
    int basis;
    struct gp_strs source;
    struct gp_str title;
};

struct gp_marker {
    struct gp_definition def;
    const struct gp_cond *when;
    const struct gp_read *read; /* or */
    struct gp_list cases;       /* of struct gp_case_row */
    struct gp_map values;       /* of struct gp_marker_value; empty: the raw value is the value */
    enum gp_type type;          /* of the value, by the linker: CHOICE where there are `values` or `cases` of names */
    struct gp_map names;        /* of a CHOICE, by the linker: what it can be (the entries' values mean nothing) */
    uint32_t number;            /* dense, for caches */
};

struct gp_named_cond { /* of `conditions` and `states` */
    struct gp_str id;
    struct gp_span at;
    const struct gp_cond *cond; /* its title, basis and source are the definition's */
    uint32_t number;            /* dense within its section */
};

/* ---- records inside files ---- */

/* How a field stands in a record; the numbers in the order of gp_layouts (eval/content.h). */
enum gp_field_type {
    GP_FIELD_U8,
    GP_FIELD_U16LE,
    GP_FIELD_U16BE,
    GP_FIELD_U32LE,
    GP_FIELD_U32BE,
    GP_FIELD_HEX, /* a number, written in hexadecimal digits */
    GP_FIELD_BYTES,
    GP_FIELD_STRING,
};

struct gp_table_field {
    struct gp_str id;
    struct gp_span at; /* of the id */
    uint32_t wrong;    /* as gp_definition.wrong */
    struct gp_str title;
    int type; /* enum gp_field_type */
    const struct gp_expr *offset, *length, *mask;
    int encoding; /* enum gp_encoding */
    int upper;
    int digits;      /* `format`: a number is written in so many hexadecimal digits; 0: in decimal */
    uint32_t number; /* its place among the table's fields */
    struct gp_span type_at, length_at, mask_at, encoding_at, upper_at, digits_at; /* of the keys */
};

/* What one field of `live`, `where` and `that` is compared with; the entry's id is the field's. */
struct gp_field_test {
    const struct gp_comparison *comparison;
    const struct gp_table_field *field; /* by the linker */
};

struct gp_table {
    struct gp_definition def;
    const struct gp_cond *when;
    const struct gp_ref *under;
    struct gp_paths paths;
    const struct gp_expr *of, *after, *count;
    struct gp_map fields; /* struct gp_table_field */
    struct gp_map live;   /* struct gp_field_test: a record of which they do not hold counts as deleted */
};

/* What `summary` shows on a line. */
struct gp_summary_line {
    struct gp_definition def;
    struct gp_str group;
    const struct gp_cond *when;
    const struct gp_ref *marker, *attested, *records, *field; /* one of these, or … */
    const struct gp_cond *condition;
    struct gp_paths files;
    const struct gp_template *text;
    enum gp_yesno state;
    const struct gp_ref *under;
    const struct gp_template *holds, *fails, *none; /* instead of the bare answer */
};

struct gp_attestation {
    struct gp_definition def;
    struct gp_value within; /* DURATION; type ANY: no expiry */
    struct gp_str ask;
};

struct gp_remedy {
    const struct gp_ref *operation;
    const struct gp_template *text;
};

struct gp_cause { /* of a message */
    struct gp_definition def;
    const struct gp_cond *when, *that;
    const struct gp_template *cause;
    const struct gp_remedy *remedy;
};

struct gp_message {
    struct gp_definition def;
    struct gp_str text;
    struct gp_strs also;
    struct gp_map causes; /* of struct gp_cause */
};

enum gp_severity { GP_SEVERITY_REFUSE, GP_SEVERITY_NEED, GP_SEVERITY_WARN };

struct gp_otherwise {
    const struct gp_ref *message;
    const struct gp_template *cause;
    const struct gp_remedy *remedy;
};

struct gp_requirement { /* of `requires` and, with `that` and `otherwise` only, of `ensures` */
    struct gp_definition def;
    const struct gp_cond *when, *that;
    int severity;
    const struct gp_otherwise *otherwise;
    enum gp_yesno sealed;
    struct gp_str waived;    /* the reason; data NULL: not waived */
    struct gp_span waived_at, waived_value_at; /* of the key, and of the reason */
    struct gp_value until;   /* DATE */
};

struct gp_operation {
    struct gp_definition def;
    struct gp_refs from, to;
    struct gp_map params;   /* of struct gp_setting */
    struct gp_map requires; /* of struct gp_requirement */
    struct gp_steps action;
    struct gp_map ensures;  /* of struct gp_requirement */
    enum gp_yesno audit;
};

enum gp_names { GP_NAMES_EXACT, GP_NAMES_DOS };

/* What the files of a set hold; the tables in rule/tables.c bind into it. */
struct gp_manifest {
    struct gp_str name, title, version, engine;
    int names; /* enum gp_names */
    struct gp_paths lock;
    struct gp_strs extends;
    struct gp_strs demands;
    struct gp_map lint; /* of struct gp_lint_level */
};

/* What a rule file says of the level of a diagnostic: the entry's id is "GP0601". */
struct gp_lint_level {
    int level; /* enum gp_level, util/diag.h */
    struct gp_str reason;
};

/* What a file that is no manifest may hold besides sections. */
struct gp_file_head {
    struct gp_str amends;
    struct gp_map lint; /* of struct gp_lint_level */
};

struct gp_definitions {
    struct gp_map vars;         /* struct gp_setting */
    struct gp_map markers;      /* struct gp_marker */
    struct gp_map tables;       /* struct gp_table */
    struct gp_map conditions;   /* struct gp_named_cond, made from the bound conditions */
    struct gp_map states;       /* struct gp_named_cond */
    struct gp_map attestations; /* struct gp_attestation */
    struct gp_map messages;     /* struct gp_message */
    struct gp_map operations;   /* struct gp_operation */
    struct gp_map summary;      /* struct gp_summary_line */
};

struct gp_node; /* load/node.h */

/* A file that was read for a rule set. */
struct gp_rule_file {
    uint32_t source;   /* its number in the sources */
    struct gp_str set; /* the set that it belongs to: this one, or one that this one extends */
    bool drop_in;
};

struct gp_ruleset {
    struct gp_manifest manifest;
    struct gp_definitions defs;
    struct gp_sources *sources;  /* shared by all sets of one load; outlives them */
    struct gp_pathtab *paths;    /* every literal path of the set */
    uint32_t cond_count, marker_count;
    struct gp_str directory;     /* where the set's own files/ lies; for messages and `from` of steps */
    struct gp_strs lineage;      /* its name, then those of all sets that it extends, however far */
    char digest[65];             /* SHA-256 of what was loaded, hexadecimal */
    /* What was loaded, as its files have it with every amendment made (`replaces` leads to what an amendment replaced):
     * for origins and for lint.  NULL: it could not be told. */
    const struct gp_node *manifest_node, *definitions_node;
    const struct gp_rule_file *files; /* in the order in which they were put together */
    size_t file_count;
    struct gp_strs sets; /* that were put together: what is extended before what extends it, this one last */
    bool partial;                /* broken, and some of its text could not be read: what is missing may stand there */
    struct gp_arena *arena;
    struct gp_regex **regexes;   /* freed with the set */
    size_t regex_count;
};

/* Where what decides it is written: its id, unless another file than that has put another `that` there. */
struct gp_span gp_requirement_at(const struct gp_requirement *requirement);

void gp_ruleset_free(struct gp_ruleset *rules);

const char *gp_basis_name(enum gp_basis basis);       /* "stated"; "" for NONE */
const char *gp_severity_name(enum gp_severity severity);
const char *gp_section_name(enum gp_section section); /* "marker" */
const char *gp_section_key(enum gp_section section);  /* "markers" */

#endif
