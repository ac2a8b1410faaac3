/*
 * `check`, `run` and `explain` in JSON: one object for each directory and
 * operation.
 *
 *   schema, gatepost, ruleset: {name, version, digest}, directory, operation,
 *   verdict: allowed | denied | undetermined, basis, error: null,
 *   state: {name, kind, basis, candidates} (null for a set without states), params: {NAME: value},
 *   needs: [ids that nobody knows yet], warnings: [ids that are false or unknown], messages: [{id, text}],
 *   requirements: [{id, title, result, severity, basis, reason, detail, waived: {reason, until, at},
 *   offenders: {count, shown}, cause, remedy: {operation, text}, message, source, at, because: [leaves]}]
 *
 * A leaf is {result, subject, path, name, under, expected, found, value, marker, title, reason, detail, basis, source,
 * at}.
 * `explain` adds `when` (null without a guard) and `proof` to each requirement: a leaf with decisive, cut and children.
 * Where nothing could be decided `verdict` is null and `error` {code, text}.
 */
#include "report/evidence.h"
#include "report/json-parts.h"
#include "report/words.h"

static json_t *offenders(const struct gp_proof *proof)
{
    struct gp_jot object = gp_jot_object(), shown = gp_jot_array();
    struct gp_offenders found = {.count = 0};

    gp_offenders_of(&found, proof);
    gp_jot_set(&object, "count", json_integer((json_int_t)found.count));
    for (size_t i = 0; i < found.shown_count; i++)
        gp_jot_push(&shown, gp_json_string0(found.shown[i]));
    gp_jot_set(&object, "shown", gp_jot_done(&shown));
    return gp_jot_done(&object);
}

static json_t *waiver(const struct gp_ruleset *rules, const struct gp_requirement_verdict *verdict)
{
    if (!verdict->waived)
        return json_null();
    struct gp_jot object = gp_jot_object();

    gp_jot_str(&object, "reason", verdict->requirement->waived);
    gp_jot_set(&object, "until", gp_json_value(&verdict->requirement->until));
    gp_jot_set(&object, "at", gp_json_place(rules, verdict->requirement->waived_at));
    return gp_jot_done(&object);
}

json_t *gp_json_requirement(const struct gp_ruleset *rules, const struct gp_requirement_verdict *verdict,
                            bool with_proof)
{
    const struct gp_requirement *requirement = verdict->requirement;
    struct gp_jot object = gp_jot_object();

    gp_jot_str(&object, "id", requirement->def.id);
    gp_jot_str(&object, "title", requirement->def.title);
    gp_jot_text(&object, "result", gp_result_name(verdict->result));
    gp_jot_text(&object, "severity", gp_severity_name(requirement->severity));
    gp_jot_set(&object, "basis", gp_json_basis(verdict->basis));
    gp_jot_set(&object, "reason",
               verdict->result == GP_UNKNOWN ? gp_json_string0(gp_reason_name(verdict->reason)) : json_null());
    gp_jot_text(&object, "detail", verdict->detail);
    gp_jot_set(&object, "waived", waiver(rules, verdict));
    gp_jot_set(&object, "offenders", offenders(&verdict->that));
    gp_jot_text(&object, "cause", verdict->cause);
    gp_jot_set(&object, "remedy",
               verdict->result == GP_FALSE || verdict->result == GP_UNKNOWN
                   ? gp_json_remedy(verdict->remedy_text, verdict->remedy_operation)
                   : json_null());
    gp_jot_str(&object, "message", verdict->message ? verdict->message->def.id : (struct gp_str){0});
    gp_jot_set(&object, "source", gp_json_strs(requirement->def.source));
    gp_jot_set(&object, "at", gp_json_place(rules, gp_requirement_at(requirement)));
    gp_jot_set(&object, "because", gp_json_because(rules, verdict));
    if (with_proof) {
        gp_jot_set(&object, "when", requirement->when ? gp_json_proof(rules, &verdict->when) : json_null());
        gp_jot_set(&object, "proof", gp_json_proof(rules, &verdict->that));
    }
    return gp_jot_done(&object);
}

/* The ids of the requirements that `wanted` picks. */
static json_t *ids(const struct gp_verdict *verdict, bool (*wanted)(const struct gp_requirement_verdict *))
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < verdict->requirement_count; i++)
        if (wanted(&verdict->requirements[i]))
            gp_jot_push(&array, gp_json_str(verdict->requirements[i].requirement->def.id));
    return gp_jot_done(&array);
}

/* Each message that a false requirement names, once. */
static json_t *messages(const struct gp_verdict *verdict)
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < verdict->requirement_count; i++) {
        const struct gp_requirement_verdict *it = &verdict->requirements[i];

        if (!gp_message_first_named(verdict, i))
            continue;
        struct gp_jot object = gp_jot_object();
        gp_jot_str(&object, "id", it->message->def.id);
        gp_jot_str(&object, "text", it->message->text);
        gp_jot_push(&array, gp_jot_done(&object));
    }
    return gp_jot_done(&array);
}

/* The effective value of each parameter of the operation; null where there is none. */
static json_t *params(struct gp_eval *eval, const struct gp_operation *operation)
{
    struct gp_jot object = gp_jot_object();

    for (size_t i = 0; i < operation->params.count; i++) {
        const struct gp_setting *param = operation->params.data[i].value;
        struct gp_reading reading;

        if (gp_eval_setting(eval, GP_SECTION_PARAM, param->def.id, &reading) < 0) {
            object.failed = true;
            break;
        }
        gp_jot_set(&object, param->def.id.data,
                   reading.result == GP_TRUE ? gp_json_value(&reading.value) : json_null());
    }
    return gp_jot_done(&object);
}

static json_t *verdict_json(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_verdict *verdict,
                            bool with_proof)
{
    struct gp_jot object = gp_json_head(subject), requirements = gp_jot_array();

    gp_jot_str(&object, "operation", verdict->operation->def.id);
    gp_jot_text(&object, "verdict", gp_verdict_name(verdict->kind));
    gp_jot_set(&object, "basis", gp_json_basis(verdict->basis));
    gp_jot_set(&object, "error", json_null());
    gp_jot_set(&object, "state", gp_json_state(&verdict->state));
    gp_jot_set(&object, "params", params(eval, verdict->operation));
    gp_jot_set(&object, "needs", ids(verdict, gp_requirement_is_open_need));
    gp_jot_set(&object, "warnings", ids(verdict, gp_requirement_is_warning));
    gp_jot_set(&object, "messages", messages(verdict));
    for (size_t i = 0; i < verdict->requirement_count; i++)
        gp_jot_push(&requirements, gp_json_requirement(subject->rules, &verdict->requirements[i], with_proof));
    gp_jot_set(&object, "requirements", gp_jot_done(&requirements));
    return gp_jot_done(&object);
}

json_t *gp_json_verdict(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_verdict *verdict)
{
    return verdict_json(subject, eval, verdict, false);
}

json_t *gp_json_explain(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_verdict *verdict)
{
    return verdict_json(subject, eval, verdict, true);
}

/* Where an operation was asked for it has the keys of a verdict: who reads many needs to look at `error` alone. */
json_t *gp_json_trouble(const struct gp_subject *subject, const struct gp_trouble *trouble)
{
    static const char *const empty[] = {"needs", "warnings", "messages", "requirements"};
    struct gp_jot object = gp_json_head(subject), error = gp_jot_object();

    gp_jot_text(&object, "operation", subject->operation_name);
    gp_jot_set(&object, "verdict", json_null());
    gp_jot_set(&object, "basis", json_null());
    gp_jot_text(&error, "code", trouble->code);
    gp_jot_text(&error, "text", trouble->text);
    gp_jot_set(&object, "error", gp_jot_done(&error));
    if (subject->operation_name) {
        gp_jot_set(&object, "state", json_null());
        gp_jot_set(&object, "params", json_object());
        for (size_t i = 0; i < GP_COUNT(empty); i++)
            gp_jot_set(&object, empty[i], json_array());
    }
    return gp_jot_done(&object);
}
