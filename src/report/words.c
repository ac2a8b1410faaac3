#include "report/words.h"

const struct gp_name gp_formats[] = {
    {"text", GP_FORMAT_TEXT, "for people"},
    {"json", GP_FORMAT_JSON, "one JSON array over everything"},
    {"ndjson", GP_FORMAT_NDJSON, "one JSON object a line, as soon as it is known"},
    {"tap", GP_FORMAT_TAP, "the Test Anything Protocol, version 14"},
    {"junit", GP_FORMAT_JUNIT, "JUnit's XML, as CI systems read it"},
    {"sarif", GP_FORMAT_SARIF, "SARIF 2.1.0, as code scanners exchange findings"},
    {"github", GP_FORMAT_GITHUB, "workflow commands that annotate a change on GitHub"},
    {0},
};

const struct gp_name gp_attribute_names[] = {
    {"read-only", GP_ATTRIBUTE_READ_ONLY, NULL},
    {"hidden", GP_ATTRIBUTE_HIDDEN, NULL},
    {"system", GP_ATTRIBUTE_SYSTEM, NULL},
    {0},
};

const char *gp_verdict_name(enum gp_verdict_kind kind)
{
    static const char *const names[] = {
        [GP_ALLOWED] = "allowed", [GP_DENIED] = "denied", [GP_UNDETERMINED] = "undetermined"};

    return names[kind];
}

const char *gp_state_kind_name(enum gp_state_kind kind)
{
    static const char *const names[] = {[GP_STATE_NAMED] = "named",
                                        [GP_STATE_AMBIGUOUS] = "ambiguous",
                                        [GP_STATE_UNDETERMINED] = "undetermined",
                                        [GP_STATE_UNRECOGNISED] = "unrecognised"};

    return names[kind];
}

const char *gp_cause_verdict_name(enum gp_cause_verdict kind)
{
    static const char *const names[] = {
        [GP_CAUSE_CERTAIN] = "certain", [GP_CAUSE_EXCLUDED] = "excluded", [GP_CAUSE_UNDECIDED] = "undecided"};

    return names[kind];
}

bool gp_requirement_is_open_need(const struct gp_requirement_verdict *verdict)
{
    return verdict->requirement->severity == GP_SEVERITY_NEED && verdict->result == GP_UNKNOWN;
}

bool gp_requirement_is_later_need(const struct gp_eval *eval, const struct gp_requirement *requirement)
{
    return requirement->severity == GP_SEVERITY_NEED && !gp_requirement_waived(eval, requirement);
}

bool gp_requirement_is_warning(const struct gp_requirement_verdict *verdict)
{
    return verdict->requirement->severity == GP_SEVERITY_WARN &&
           (verdict->result == GP_UNKNOWN || verdict->result == GP_FALSE);
}

bool gp_message_first_named(const struct gp_verdict *verdict, size_t index)
{
    const struct gp_requirement_verdict *it = &verdict->requirements[index];

    if (it->result != GP_FALSE || !it->message)
        return false;
    for (size_t i = 0; i < index; i++)
        if (verdict->requirements[i].result == GP_FALSE && verdict->requirements[i].message == it->message)
            return false;
    return true;
}

const char *gp_reason_way_out(enum gp_reason reason)
{
    static const char *const ways[] = {
        [GP_REASON_NO_PERMISSION] = "look again as somebody who may read it",
        [GP_REASON_IO_ERROR] = "see what the system log says about the disk or the file server, then look again",
        [GP_REASON_LIMIT] = "look at it by other means; it is more than a decision takes in",
        [GP_REASON_AMBIGUOUS_NAME] = "find out which of the two is the right one and take the other away",
        [GP_REASON_LINK] = "put what the link leads to in its place",
        [GP_REASON_CHANGED] = "look again when nobody writes there",
        [GP_REASON_NOT_RECORDED] = "look at the directory itself, or record it again with these rules",
        [GP_REASON_NOT_GIVEN] = "give it with --set NAME=VALUE",
    };

    return (size_t)reason < GP_COUNT(ways) ? ways[reason] : NULL;
}

struct gp_definition gp_entry_definition(enum gp_section section, const struct gp_map_entry *entry)
{
    struct gp_definition definition = {.id = entry->id, .at = entry->at};
    const struct gp_cond *cond = NULL;

    if (section == GP_SECTION_CONDITION || section == GP_SECTION_STATE)
        cond = ((const struct gp_named_cond *)entry->value)->cond;
    else
        definition = *(const struct gp_definition *)entry->value; /* the first member of all the others */
    if (cond) {
        definition.title = cond->title;
        definition.basis = cond->basis;
        definition.source = cond->source;
    }
    return definition;
}

const struct gp_map *gp_definitions_in(const struct gp_ruleset *rules, enum gp_section section)
{
    switch (section) {
    case GP_SECTION_VAR:
        return &rules->defs.vars;
    case GP_SECTION_MARKER:
        return &rules->defs.markers;
    case GP_SECTION_TABLE:
        return &rules->defs.tables;
    case GP_SECTION_CONDITION:
        return &rules->defs.conditions;
    case GP_SECTION_STATE:
        return &rules->defs.states;
    case GP_SECTION_ATTESTATION:
        return &rules->defs.attestations;
    case GP_SECTION_MESSAGE:
        return &rules->defs.messages;
    case GP_SECTION_OPERATION:
        return &rules->defs.operations;
    default:
        return NULL;
    }
}
