/* The tables of what yields or holds a value, and the keys that every condition, read and step has. */
#include "rule/family.h"
#include "rule/tables.h"

const struct gp_name gp_basis_names[] = {
    {"stated", GP_BASIS_STATED, "a source says so"},
    {"inferred", GP_BASIS_INFERRED, "it follows from what sources say"},
    {"assumed", GP_BASIS_ASSUMED, "taken to be so; no source says"},
    {0},
};

const struct gp_name gp_type_names[] = {
    {"integer", GP_TYPE_INTEGER, "a whole number: 12 or 0x0c"},
    {"size", GP_TYPE_SIZE, "a number of bytes: 512, 64 KiB"},
    {"duration", GP_TYPE_DURATION, "a length of time: 90 s, 15 min, 1 h, 7 d"},
    {"date", GP_TYPE_DATE, "a date, in UTC: 2027-01-31"},
    {"boolean", GP_TYPE_BOOLEAN, "true or false"},
    {"string", GP_TYPE_STRING, "any text"},
    {"path", GP_TYPE_PATH, "the name of something in a tree"},
    {"directory", GP_TYPE_DIRECTORY, "a directory outside the tree, for `under`"},
    {"choice", GP_TYPE_CHOICE, "one of `choices`"},
    {0},
};

static const struct gp_name upper_names[] = {
    {"upper", 1, "small letters a to z become capital letters"},
    {0},
};

/* ---- variables and parameters ------------------------------------------------------------------------------------ */

#define SETTING(member) offsetof(struct gp_setting, member)

#define SETTING_FIELDS                                                                                                \
    {"type", GP_KIND_ENUM, SETTING(type), GP_FIELD_REQUIRED, .names = gp_type_names, .key_at = SETTING(type_at),      \
     .help = "what kind of value it is"},                                                                             \
    {"min", GP_KIND_EXPR, SETTING(min), 0, .help = "the least value that is accepted"},                               \
    {"max", GP_KIND_EXPR, SETTING(max), 0, .help = "the greatest value that is accepted"},                            \
    {"matches", GP_KIND_PATTERN, SETTING(matches), 0,                                                                 \
     .help = "a regular expression (PCRE2, unanchored) that an accepted text matches"},                               \
    {"choices", GP_KIND_STRINGS, SETTING(choices), GP_FIELD_NOT_EMPTY, .key_at = SETTING(choices_at),                 \
     .help = "the accepted values of a choice"},                                                                      \
    {"case", GP_KIND_ENUM, SETTING(upper), 0, .names = upper_names, .key_at = SETTING(upper_at),                      \
     .help = "what happens to the letters of a text"}

static const struct gp_field variable_fields[] = {
    GP_DEFINITION_FIELDS(struct gp_setting),
    SETTING_FIELDS,
    {"default", GP_KIND_EXPR, SETTING(fallback), 0,
     .help = "its value unless a site sets another; without one it is unset, and what uses it is n/a"},
    {"value", GP_KIND_EXPR, SETTING(value), 0,
     .help = "the value that a site sets; in a drop-in, NAME: VALUE is enough"},
    {0},
};
const struct gp_object gp_object_variable = {
    .name = "variable",
    .help = "A setting of a site.",
    .size = sizeof(struct gp_setting),
    .fields = variable_fields,
};

static const struct gp_field parameter_fields[] = {
    GP_DEFINITION_FIELDS(struct gp_setting),
    SETTING_FIELDS,
    {"default", GP_KIND_EXPR, SETTING(fallback), 0,
     .help = "its value when none is given: a scalar or { var: ID }"},
    {"optional", GP_KIND_BOOLEAN, SETTING(optional), 0,
     .help = "true: what uses it is n/a when it is not given; else unknown"},
    {0},
};
const struct gp_object gp_object_parameter = {
    .name = "parameter",
    .help = "What is given for one run of an operation.",
    .size = sizeof(struct gp_setting),
    .fields = parameter_fields,
};

/* ---- references and comparisons ---------------------------------------------------------------------------------- */

#define REFERENCE(member) offsetof(struct gp_reference, member)

static const struct gp_field reference_fields[] = {
    {"var", GP_KIND_REF, REFERENCE(var), 0, .section = GP_SECTION_VAR, .help = "the value of this variable"},
    {"param", GP_KIND_REF, REFERENCE(param), 0, .section = GP_SECTION_PARAM,
     .help = "the value of this parameter, which every operation that uses the place must have"},
    {"marker", GP_KIND_REF, REFERENCE(marker), 0, .section = GP_SECTION_MARKER, .help = "the value of this marker"},
    {"under", GP_KIND_REF, REFERENCE(under), 0, .section = GP_SECTION_DIRECTORY,
     .help = "with marker: look in this directory (a parameter or variable) instead of in the tree"},
    {0},
};
static const char *const reference_one_of[] = {"var", "param", "marker", NULL};
const struct gp_object gp_object_reference = {
    .name = "reference to a value",
    .help = "Names a value wherever a scalar is expected.",
    .size = sizeof(struct gp_reference),
    .fields = reference_fields,
    .one_of = reference_one_of,
};

struct comparison {
    struct gp_comparison it;
};
static const struct gp_field comparison_fields[] = {
    GP_COMPARISON_FIELDS(struct comparison, it, GP_TYPE_ANY, NULL),
    {0},
};
const struct gp_object gp_object_comparison = {
    .name = "comparison",
    .help = "A scalar (the value equals it) or a mapping of operators, which must all hold.",
    .size = sizeof(struct gp_comparison),
    .fields = comparison_fields,
};

/* ---- markers ----------------------------------------------------------------------------------------------------- */

#define CASE(member) offsetof(struct gp_case_row, member)

static const struct gp_field case_fields[] = {
    {"when", GP_KIND_CONDITION, CASE(when), GP_FIELD_REQUIRED,
     .help = "true: this case decides; false or n/a: the next one is tried; unknown: the marker is unknown"},
    {"value", GP_KIND_EXPR, CASE(value), GP_FIELD_REQUIRED, .help = "the marker's value then"},
    {"basis", GP_KIND_ENUM, CASE(basis), 0, .names = gp_basis_names, .help = "how well the sources support this case"},
    {"source", GP_KIND_STRINGS, CASE(source), 0, .help = "where this case is documented"},
    {"title", GP_KIND_STRING, CASE(title), 0, .help = "this case, in a few words for a reader of reports"},
    {0},
};
const struct gp_object gp_object_case = {
    .name = "case",
    .help = "One case of a marker that follows from conditions; the first that is true decides.",
    .size = sizeof(struct gp_case_row),
    .fields = case_fields,
};

const struct gp_object gp_object_marker_value = {
    .name = "marker value",
    .help = "The raw values that one name stands for.",
    .size = sizeof(struct gp_marker_value),
};
static const struct gp_field marker_value_element[] = {
    {NULL, GP_KIND_EXPRS, offsetof(struct gp_marker_value, raw), GP_FIELD_NOT_EMPTY, .object = &gp_object_marker_value},
    {0},
};

#define MARKER(member) offsetof(struct gp_marker, member)

static const struct gp_field marker_fields[] = {
    GP_DEFINITION_FIELDS(struct gp_marker),
    {"when", GP_KIND_CONDITION, MARKER(when), 0, .help = "a guard: false, and the marker is n/a"},
    {"read", GP_KIND_READ, MARKER(read), 0, .help = "where the value is read"},
    {"cases", GP_KIND_LIST, MARKER(cases), GP_FIELD_NOT_EMPTY, .object = &gp_object_case,
     .help = "what the value follows from; the first case that is true decides"},
    {"values", GP_KIND_MAP, MARKER(values), GP_FIELD_NOT_EMPTY, .element = marker_value_element,
     .help = "with read: names for raw values (one or a list); a raw value without a name is no value"},
    {0},
};
static const char *const marker_one_of[] = {"read", "cases", NULL};
const struct gp_object gp_object_marker = {
    .name = "marker",
    .help = "Something that can be seen in a tree.",
    .size = sizeof(struct gp_marker),
    .fields = marker_fields,
    .one_of = marker_one_of,
};

/* ---- keys that every condition, read and step has ---------------------------------------------------------------- */

#define UNDER(struct_type)                                                                                       \
    {"under", GP_KIND_REF, offsetof(struct_type, under), 0, .section = GP_SECTION_DIRECTORY,                      \
     .help = "look in this directory (a parameter or variable of type directory) instead of in the tree"}

const struct gp_field gp_cond_fields[] = {
    {"title", GP_KIND_STRING, offsetof(struct gp_cond, title), 0,
     .help = "labels the condition's line in an explanation"},
    {"basis", GP_KIND_ENUM, offsetof(struct gp_cond, basis), 0, .names = gp_basis_names,
     .help = "how well the sources support this condition"},
    {"source", GP_KIND_STRINGS, offsetof(struct gp_cond, source), 0, .help = "where this condition is documented"},
    UNDER(struct gp_cond),
    {0},
};

const struct gp_field gp_read_fields[] = {
    UNDER(struct gp_read),
    {"times", GP_KIND_EXPR, offsetof(struct gp_read, times), 0, .type = GP_TYPE_INTEGER,
     .help = "the number that was read is multiplied by this"},
    {0},
};

static const struct gp_name missing_names[] = {
    {"ok", 1, "the step does nothing if what it works on is not there"},
    {0},
};

const struct gp_field gp_step_fields[] = {
    {"when", GP_KIND_CONDITION, offsetof(struct gp_step, when), 0,
     .help = "a guard: false, and the step is passed over"},
    {"missing", GP_KIND_ENUM, offsetof(struct gp_step, missing), 0, .names = missing_names,
     .key_at = offsetof(struct gp_step, missing_at),
     .help = "ok: the step does nothing if what it works on is not there"},
    {0},
};
