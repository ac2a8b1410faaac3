/* The tables of what is said and done: attestations, messages, operations. */
#include "rule/model.h"
#include "rule/tables.h"

/* ---- remedies and causes ----------------------------------------------------------------------------------------- */

#define REMEDY(member) offsetof(struct gp_remedy, member)

static const struct gp_field remedy_fields[] = {
    {"operation", GP_KIND_REF, REMEDY(operation), 0, .section = GP_SECTION_OPERATION,
     .help = "the operation that helps"},
    {"text", GP_KIND_TEXT, REMEDY(text), GP_FIELD_REQUIRED, .help = "what to do, in a sentence"},
    {0},
};
const struct gp_object gp_object_remedy = {
    .name = "remedy",
    .help = "What to do about it.",
    .size = sizeof(struct gp_remedy),
    .fields = remedy_fields,
};

#define OTHERWISE(member) offsetof(struct gp_otherwise, member)

static const struct gp_field otherwise_fields[] = {
    {"message", GP_KIND_REF, OTHERWISE(message), 0, .section = GP_SECTION_MESSAGE,
     .help = "the message that people know this by; its causes then include this requirement"},
    {"cause", GP_KIND_TEXT, OTHERWISE(cause), GP_FIELD_REQUIRED, .help = "what is wrong, in a sentence"},
    {"remedy", GP_KIND_OBJECT, OTHERWISE(remedy), 0, .object = &gp_object_remedy, .help = "what to do about it"},
    {0},
};
const struct gp_object gp_object_otherwise = {
    .name = "otherwise",
    .help = "What is said when a requirement does not hold.",
    .size = sizeof(struct gp_otherwise),
    .fields = otherwise_fields,
};

/* ---- attestations and messages ----------------------------------------------------------------------------------- */

static const struct gp_field attestation_fields[] = {
    GP_DEFINITION_FIELDS(struct gp_attestation),
    {"within", GP_KIND_LITERAL, offsetof(struct gp_attestation, within), 0, .type = GP_TYPE_DURATION,
     .help = "how long somebody's word counts; without it, for ever"},
    {"ask", GP_KIND_STRING, offsetof(struct gp_attestation, ask), 0, .help = "the question that a person is asked"},
    {0},
};
const struct gp_object gp_object_attestation = {
    .name = "attestation",
    .help = "Something that no file shows and a person vouches for.",
    .size = sizeof(struct gp_attestation),
    .fields = attestation_fields,
};

#define CAUSE(member) offsetof(struct gp_cause, member)

static const struct gp_field cause_fields[] = {
    GP_DEFINITION_FIELDS(struct gp_cause),
    {"when", GP_KIND_CONDITION, CAUSE(when), 0, .help = "a guard: false, and the cause is passed over"},
    {"that", GP_KIND_CONDITION, CAUSE(that), GP_FIELD_REQUIRED, .help = "the cause is present when this holds"},
    {"cause", GP_KIND_TEXT, CAUSE(cause), GP_FIELD_REQUIRED, .help = "what is wrong, in a sentence"},
    {"remedy", GP_KIND_OBJECT, CAUSE(remedy), 0, .object = &gp_object_remedy, .help = "what to do about it"},
    {0},
};
const struct gp_object gp_object_cause = {
    .name = "cause",
    .help = "A cause of a message that is no operation's requirement.",
    .size = sizeof(struct gp_cause),
    .fields = cause_fields,
};
static const struct gp_field cause_element[] = {
    {NULL, GP_KIND_OBJECT, 0, GP_FIELD_NAMED | GP_FIELD_MERGE, .object = &gp_object_cause},
    {0},
};

#define MESSAGE(member) offsetof(struct gp_message, member)

static const struct gp_field message_fields[] = {
    GP_DEFINITION_FIELDS(struct gp_message),
    {"text", GP_KIND_STRING, MESSAGE(text), GP_FIELD_REQUIRED | GP_FIELD_NOT_EMPTY,
     .help = "what the program says; … stands for any text"},
    {"also", GP_KIND_STRINGS, MESSAGE(also), 0, .help = "other wordings of it: one or a list"},
    {"causes", GP_KIND_MAP, MESSAGE(causes), 0, .element = cause_element,
     .help = "causes besides the requirements that name the message"},
    {0},
};
const struct gp_object gp_object_message = {
    .name = "message",
    .help = "What a program tells its users.",
    .size = sizeof(struct gp_message),
    .fields = message_fields,
};

/* ---- operations -------------------------------------------------------------------------------------------------- */

static const struct gp_name severity_names[] = {
    {"refuse", GP_SEVERITY_REFUSE, "false denies; unknown leaves the operation undetermined"},
    {"need", GP_SEVERITY_NEED, "false denies; unknown only stops a run, and a check lists it"},
    {"warn", GP_SEVERITY_WARN, "never stops; shown when it is false or unknown"},
    {0},
};

#define REQUIREMENT(member) offsetof(struct gp_requirement, member)

#define THAT_AND_OTHERWISE                                                                                            \
    {"when", GP_KIND_CONDITION, REQUIREMENT(when), 0, .help = "a guard: false, and the requirement is n/a"},          \
    {"that", GP_KIND_CONDITION, REQUIREMENT(that), GP_FIELD_REQUIRED, .help = "what must hold"},                      \
    {"otherwise", GP_KIND_OBJECT, REQUIREMENT(otherwise), GP_FIELD_MERGE | GP_FIELD_DEMAND,                           \
     .object = &gp_object_otherwise, .help = "what is said when it does not hold"}

static const struct gp_field requirement_fields[] = {
    GP_DEFINITION_FIELDS(struct gp_requirement),
    THAT_AND_OTHERWISE,
    {"severity", GP_KIND_ENUM, REQUIREMENT(severity), 0, .names = severity_names, .fallback = GP_SEVERITY_REFUSE,
     .help = "what follows when it does not hold (default: refuse)"},
    {"sealed", GP_KIND_BOOLEAN, REQUIREMENT(sealed), 0,
     .help = "true: a drop-in may change nothing of it but otherwise, nor what it rests on"},
    {"waived", GP_KIND_STRING, REQUIREMENT(waived), GP_FIELD_NOT_EMPTY | GP_FIELD_REASON,
     .key_at = REQUIREMENT(waived_at), .value_at = REQUIREMENT(waived_value_at),
     .help = "the reason why it does not count; it is n/a, and always shown"},
    {"until", GP_KIND_LITERAL, REQUIREMENT(until), 0, .type = GP_TYPE_DATE, .needs = "waived",
     .help = "with waived: the last day (UTC) on which it does not count"},
    {0},
};
const struct gp_object gp_object_requirement = {
    .name = "requirement",
    .help = "Something that must hold before an operation may run.",
    .size = sizeof(struct gp_requirement),
    .fields = requirement_fields,
};
static const struct gp_field requirement_element[] = {
    {NULL, GP_KIND_OBJECT, 0, GP_FIELD_NAMED | GP_FIELD_MERGE, .object = &gp_object_requirement},
    {0},
};

static const struct gp_field ensured_fields[] = {
    GP_DEFINITION_FIELDS(struct gp_requirement),
    THAT_AND_OTHERWISE,
    {0},
};
const struct gp_object gp_object_ensured = {
    .name = "ensured condition",
    .help = "Something that must hold after an operation has run; else it is undone.",
    .size = sizeof(struct gp_requirement),
    .fields = ensured_fields,
};
static const struct gp_field ensured_element[] = {
    {NULL, GP_KIND_OBJECT, 0, GP_FIELD_NAMED | GP_FIELD_MERGE, .object = &gp_object_ensured},
    {0},
};

static const struct gp_field parameter_element[] = {
    {NULL, GP_KIND_OBJECT, 0, GP_FIELD_NAMED | GP_FIELD_MERGE, .object = &gp_object_parameter},
    {0},
};

#define OPERATION(member) offsetof(struct gp_operation, member)

static const struct gp_field operation_fields[] = {
    GP_DEFINITION_FIELDS(struct gp_operation),
    {"from", GP_KIND_REFS, OPERATION(from), 0, .section = GP_SECTION_STATE,
     .help = "the states that it starts from; for plan and readers, not a requirement"},
    {"to", GP_KIND_REFS, OPERATION(to), 0, .section = GP_SECTION_STATE,
     .help = "the state that it leads to, or a list when the program that is used decides; without it the state stays"},
    {"params", GP_KIND_MAP, OPERATION(params), 0, .section = GP_SECTION_PARAM, .element = parameter_element,
     .help = "what is given for one run of it"},
    {"requires", GP_KIND_MAP, OPERATION(requires), 0, .element = requirement_element,
     .help = "what must hold before it may run"},
    {"action", GP_KIND_STEPS, OPERATION(action), 0, .help = "the steps that do it, as one transaction"},
    {"ensures", GP_KIND_MAP, OPERATION(ensures), 0, .element = ensured_element,
     .help = "what must hold after it has run; else it is undone"},
    {"audit", GP_KIND_BOOLEAN, OPERATION(audit), 0,
     .help = "true: its requirements are findings about a tree, each with every offender"},
    {0},
};
const struct gp_object gp_object_operation = {
    .name = "operation",
    .help = "Something that can be done to a tree.",
    .size = sizeof(struct gp_operation),
    .fields = operation_fields,
};
