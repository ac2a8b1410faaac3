#include "rule/tables.h"

#include "rule/model.h"
#include "util/diag.h"

/* ---- ruleset.yaml ------------------------------------------------------------------------------------------------ */

static const struct gp_name names_names[] = {
    {"dos", GP_NAMES_DOS, "as on a DOS file system: ASCII letters match in either case"},
    {"exact", GP_NAMES_EXACT, "byte for byte"},
    {0},
};

static const struct gp_name level_names[] = {
    {"silent", GP_LEVEL_SILENT, "nothing is said"},
    {"note", GP_LEVEL_NOTE, "a note"},
    {"warning", GP_LEVEL_WARNING, "a warning"},
    {"error", GP_LEVEL_ERROR, "an error: lint fails, and what is found while loading refuses the rule set"},
    {0},
};

#define LINT_LEVEL(member) offsetof(struct gp_lint_level, member)

static const struct gp_field lint_level_fields[] = {
    {"level", GP_KIND_ENUM, LINT_LEVEL(level), GP_FIELD_REQUIRED, .names = level_names, .fallback = GP_LEVEL_WARNING,
     .help = "how grave it is here"},
    {"reason", GP_KIND_STRING, LINT_LEVEL(reason), GP_FIELD_REQUIRED | GP_FIELD_NOT_EMPTY,
     .help = "why, for whoever reads the file next"},
    {0},
};
const struct gp_object gp_object_lint_level = {
    .name = "lint level",
    .help = "How grave a finding is here. What is an error by itself cannot be lowered.",
    .size = sizeof(struct gp_lint_level),
    .fields = lint_level_fields,
};
static const struct gp_field lint_level_element[] = {
    {NULL, GP_KIND_OBJECT, 0, 0, .object = &gp_object_lint_level},
    {0},
};

#define LINT_HELP(where)                                                                                              \
    "ids of findings, such as GP0601, and how grave each is " where ": { GP0601: { level: silent, reason: TEXT } }; "  \
    "gatepost explain-code tells what an id means"

#define MANIFEST(member) offsetof(struct gp_manifest, member)

static const struct gp_field manifest_fields[] = {
    {"gatepost", GP_KIND_ANY, 0, GP_FIELD_REQUIRED,
     .help = "the version of the rule language, 1; every file opens with it"},
    {"ruleset", GP_KIND_STRING, MANIFEST(name), GP_FIELD_REQUIRED | GP_FIELD_NOT_EMPTY,
     .help = "the name of the rule set, the same as that of its directory"},
    {"title", GP_KIND_STRING, MANIFEST(title), 0, .help = "what the rule set is about, in a few words"},
    {"version", GP_KIND_STRING, MANIFEST(version), 0, .help = "the version of the rule set, taken verbatim"},
    {"engine", GP_KIND_STRING, MANIFEST(engine), 0,
     .help = "the versions of Gatepost that can use the rule set, such as \">= 0.1\"; any other refuses to load it"},
    {"names", GP_KIND_ENUM, MANIFEST(names), 0, .names = names_names, .fallback = GP_NAMES_EXACT,
     .help = "how names in a tree are matched (default: exact)"},
    {"lock", GP_KIND_PATHS, MANIFEST(lock), 0,
     .help = "the file that the programs of this domain lock; taken while an operation acts, never created"},
    {"extends", GP_KIND_STRINGS, MANIFEST(extends), 0,
     .help = "rule sets whose definitions this one starts from and amends: one name or a list"},
    {"demands", GP_KIND_STRINGS, MANIFEST(demands), 0,
     .help = "keys that lint asks of every definition that can have them: title, basis, source, otherwise"},
    {"lint", GP_KIND_MAP, MANIFEST(lint), 0, .element = lint_level_element,
     .help = LINT_HELP("in all files of the set that say nothing else of it")},
    {0},
};

const struct gp_object gp_object_manifest = {
    .name = "manifest",
    .help = "The manifest of a rule set, ruleset.yaml: its name, how it reads a tree and what it builds on.",
    .size = sizeof(struct gp_manifest),
    .fields = manifest_fields,
};

#define HEAD(member) offsetof(struct gp_file_head, member)

static const struct gp_field file_head_fields[] = {
    {"gatepost", GP_KIND_ANY, 0, GP_FIELD_REQUIRED,
     .help = "the version of the rule language, 1; every file opens with it"},
    {"amends", GP_KIND_STRING, HEAD(amends), 0,
     .help = "in a drop-in (NAME.d/*.yaml) and only there: the name of the rule set that it changes"},
    {"lint", GP_KIND_MAP, HEAD(lint), 0, .element = lint_level_element, .help = LINT_HELP("in this file")},
    {0},
};

const struct gp_object gp_object_file_head = {
    .name = "file head",
    .help = "What a rule file or a drop-in holds besides its sections.",
    .size = sizeof(struct gp_file_head),
    .fields = file_head_fields,
};

/* ---- sections ---------------------------------------------------------------------------------------------------- */

/* What an id of a section holds: an object that a drop-in may change key by key. */
#define ELEMENT(name, the_object)                                                                   \
    static const struct gp_field name[] = {                                                         \
        {NULL, GP_KIND_OBJECT, 0, GP_FIELD_NAMED | GP_FIELD_MERGE, .object = &(the_object)}, {0}}

ELEMENT(variable_element, gp_object_variable);
ELEMENT(marker_element, gp_object_marker);
ELEMENT(table_element, gp_object_table);
ELEMENT(attestation_element, gp_object_attestation);
ELEMENT(message_element, gp_object_message);
ELEMENT(operation_element, gp_object_operation);
ELEMENT(summary_element, gp_object_summary_line);

/* Title, basis and source of a named condition are the condition's own. */
const struct gp_object gp_object_named_cond = {
    .name = "condition",
    .help = "A condition with an id.",
    .size = sizeof(struct gp_named_cond),
};
static const struct gp_field named_cond_element[] = {
    {NULL, GP_KIND_CONDITION, offsetof(struct gp_named_cond, cond), GP_FIELD_NAMED, .object = &gp_object_named_cond},
    {0},
};

#define SECTION(member) offsetof(struct gp_definitions, member)

static const struct gp_field definitions_fields[] = {
    {"vars", GP_KIND_MAP, SECTION(vars), 0, .section = GP_SECTION_VAR, .element = variable_element,
     .help = "variables: the settings of a site; a drop-in sets one with NAME: VALUE"},
    {"markers", GP_KIND_MAP, SECTION(markers), 0, .section = GP_SECTION_MARKER, .element = marker_element,
     .help = "what can be seen in a tree: a value that is read, or one that follows from cases"},
    {"tables", GP_KIND_MAP, SECTION(tables), 0, .section = GP_SECTION_TABLE, .element = table_element,
     .help = "records of equal size inside files"},
    {"conditions", GP_KIND_MAP, SECTION(conditions), 0, .section = GP_SECTION_CONDITION, .element = named_cond_element,
     .help = "conditions that others use by their id"},
    {"states", GP_KIND_MAP, SECTION(states), 0, .section = GP_SECTION_STATE, .element = named_cond_element,
     .help = "the shapes that a tree can have, each a condition; exactly one should hold"},
    {"attestations", GP_KIND_MAP, SECTION(attestations), 0, .section = GP_SECTION_ATTESTATION,
     .element = attestation_element, .help = "what no file shows and a person vouches for"},
    {"messages", GP_KIND_MAP, SECTION(messages), 0, .section = GP_SECTION_MESSAGE, .element = message_element,
     .help = "what programs tell their users, and what causes it"},
    {"operations", GP_KIND_MAP, SECTION(operations), 0, .section = GP_SECTION_OPERATION, .element = operation_element,
     .help = "what can be done to a tree: what it requires, how it is done, what it ensures"},
    {"summary", GP_KIND_MAP, SECTION(summary), 0, .section = GP_SECTION_SUMMARY, .element = summary_element,
     .help = "what inspect shows of a tree on one screen, line by line"},
    {0},
};

const struct gp_object gp_object_definitions = {
    .name = "rule file",
    .help = "The sections of a rule file.",
    .size = sizeof(struct gp_definitions),
    .fields = definitions_fields,
};

const struct gp_object *const gp_objects[] = {
    &gp_object_manifest,    &gp_object_definitions, &gp_object_variable,  &gp_object_parameter, &gp_object_marker,
    &gp_object_case,        &gp_object_attestation, &gp_object_message,   &gp_object_cause,     &gp_object_operation,
    &gp_object_requirement, &gp_object_ensured,     &gp_object_otherwise, &gp_object_remedy,    &gp_object_reference,
    &gp_object_comparison,  &gp_object_file_head,   &gp_object_lint_level,  &gp_object_table,
    &gp_object_table_field, &gp_object_summary_line, NULL,
};
