/*
 * `inspect`, `why`, `plan` and `history` in JSON.  Each opens like a verdict
 * (schema, gatepost, ruleset, directory) and then has
 *
 *   inspect  state, states: [{name, result, basis, because}], markers: [{id, title, value, basis, result, reason,
 *            detail, source, at}], attestations: [{id, title, valid, when, who, reason, detail}], summary: [{id, group, title,
 *            result, text, count, basis, reason, detail}], ledger: {error,
 *            and the ledger as in history}
 *   why      message: {id, text}, causes: [{id, operation, verdict, cause, remedy, source, at, because, decided_by}]
 *   plan     goal, way: found | none | unknown, detail, state, steps: [{operation, from, to, needs, verdict}]
 *   history  entries: [{kind, name, ruleset, to, when, who, host, reason, limits, id, line, extends, more}],
 *            bad_lines, damaged: [{line, what, text}], repeated, cut
 */
#include "eval/summary.h"
#include "report/json-parts.h"
#include "report/words.h"

static json_t *states(const struct gp_ruleset *rules, const struct gp_state_verdict *state)
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; !state->none && i < rules->defs.states.count; i++) {
        const struct gp_proof *proof = &state->proofs[i];
        struct gp_jot object = gp_jot_object();

        gp_jot_str(&object, "name", rules->defs.states.data[i].id);
        gp_jot_text(&object, "result", gp_result_name(proof->result));
        gp_jot_set(&object, "basis", gp_json_basis(proof->basis));
        gp_jot_set(&object, "because", gp_json_leaves(rules, proof));
        gp_jot_push(&array, gp_jot_done(&object));
    }
    return gp_jot_done(&array);
}

static json_t *marker(const struct gp_ruleset *rules, const struct gp_inspected_marker *it)
{
    const struct gp_reading *reading = &it->reading;
    struct gp_jot object = gp_jot_object();
    bool known = reading->result == GP_TRUE;

    gp_jot_str(&object, "id", it->marker->def.id);
    gp_jot_str(&object, "title", it->marker->def.title);
    gp_jot_set(&object, "value", known ? gp_json_value(&reading->value) : json_null());
    gp_jot_set(&object, "basis", gp_json_basis(reading->basis));
    gp_jot_text(&object, "result", known ? "known" : gp_result_name(reading->result));
    gp_jot_set(&object, "reason",
               reading->result == GP_UNKNOWN ? gp_json_string0(gp_reason_name(reading->reason)) : json_null());
    gp_jot_text(&object, "detail", reading->detail);
    gp_jot_set(&object, "source", gp_json_strs(reading->source));
    gp_jot_set(&object, "at", gp_json_place(rules, it->marker->def.at));
    return gp_jot_done(&object);
}

static json_t *attestation(const struct gp_inspected_attestation *it)
{
    const struct gp_ledger_entry *newest = it->newest;
    struct gp_jot object = gp_jot_object();

    gp_jot_str(&object, "id", it->attestation->def.id);
    gp_jot_str(&object, "title", it->attestation->def.title);
    gp_jot_set(&object, "valid", json_boolean(it->valid));
    gp_jot_set(&object, "when", newest ? gp_json_time(newest->when) : json_null());
    gp_jot_text(&object, "who", newest ? newest->who : NULL);
    gp_jot_text(&object, "reason", newest ? newest->reason : NULL);
    gp_jot_text(&object, "detail", it->detail);
    return gp_jot_done(&object);
}

static json_t *extends(const struct gp_ledger_entry *it)
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < it->extends_count; i++)
        gp_jot_push(&array, gp_json_string0(it->extends[i]));
    return gp_jot_done(&array);
}

static json_t *summarised(const struct gp_summarised *it)
{
    struct gp_jot object = gp_jot_object();
    bool known = it->result == GP_TRUE || it->result == GP_FALSE;

    gp_jot_str(&object, "id", it->line->def.id);
    gp_jot_str(&object, "group", it->line->group);
    gp_jot_str(&object, "title", it->line->def.title);
    gp_jot_text(&object, "result", gp_result_name(it->result));
    gp_jot_text(&object, "text", known ? it->text : NULL);
    gp_jot_set(&object, "count", it->counted ? json_integer((json_int_t)it->count) : json_null());
    gp_jot_set(&object, "basis", gp_json_basis(it->basis));
    gp_jot_set(&object, "reason",
               it->result == GP_UNKNOWN ? gp_json_string0(gp_reason_name(it->reason)) : json_null());
    gp_jot_text(&object, "detail", known ? NULL : it->detail);
    return gp_jot_done(&object);
}

static json_t *entry(const struct gp_ledger_entry *it)
{
    struct gp_jot object = gp_jot_object();

    gp_jot_text(&object, "kind", it->kind == GP_LEDGER_OPERATION ? "operation" : "attestation");
    gp_jot_text(&object, "name", it->name);
    gp_jot_text(&object, "ruleset", it->ruleset);
    gp_jot_text(&object, "to", it->to);
    gp_jot_set(&object, "when", gp_json_time(it->when));
    gp_jot_text(&object, "who", it->who);
    gp_jot_text(&object, "host", it->host);
    gp_jot_text(&object, "reason", it->reason);
    gp_jot_text(&object, "limits", it->limits);
    gp_jot_text(&object, "id", it->id);
    gp_jot_set(&object, "line", json_integer((json_int_t)it->number));
    gp_jot_set(&object, "extends", extends(it));
    gp_jot_text(&object, "more", it->more);
    return gp_jot_done(&object);
}

static json_t *fault(const struct gp_ledger_fault *it)
{
    struct gp_jot object = gp_jot_object();

    gp_jot_set(&object, "line", json_integer((json_int_t)it->number));
    gp_jot_text(&object, "what", it->what);
    gp_jot_set(&object, "text", gp_json_string(it->text.data, it->text.len));
    return gp_jot_done(&object);
}

static void ledger_into(struct gp_jot *object, const struct gp_ledger *ledger)
{
    struct gp_jot entries = gp_jot_array(), damaged = gp_jot_array();

    for (size_t i = 0; i < ledger->count; i++)
        gp_jot_push(&entries, entry(&ledger->entries[i]));
    gp_jot_set(object, "entries", gp_jot_done(&entries));
    gp_jot_set(object, "bad_lines", json_integer((json_int_t)ledger->bad_lines));
    for (size_t i = 0; i < ledger->fault_count; i++)
        gp_jot_push(&damaged, fault(&ledger->faults[i]));
    gp_jot_set(object, "damaged", gp_jot_done(&damaged));
    gp_jot_set(object, "repeated", json_integer((json_int_t)ledger->repeated));
    gp_jot_set(object, "cut", json_boolean(ledger->cut));
}

static json_t *ledger_of(const struct gp_inspection *inspection)
{
    bool known = inspection->ledger_reason == GP_REASON_NONE;
    struct gp_jot object = gp_jot_object();

    gp_jot_text(&object, "error", known ? NULL : gp_reason_name(inspection->ledger_reason));
    if (known)
        ledger_into(&object, inspection->ledger);
    return gp_jot_done(&object);
}

json_t *gp_json_inspect(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_inspection *inspection)
{
    struct gp_jot object = gp_json_head(subject), markers = gp_jot_array(), attestations = gp_jot_array(),
                  summary = gp_jot_array();

    (void)eval;
    gp_jot_set(&object, "error", json_null());
    gp_jot_set(&object, "state", gp_json_state(&inspection->state));
    gp_jot_set(&object, "states", states(subject->rules, &inspection->state));
    for (size_t i = 0; i < inspection->marker_count; i++)
        gp_jot_push(&markers, marker(subject->rules, &inspection->markers[i]));
    gp_jot_set(&object, "markers", gp_jot_done(&markers));
    for (size_t i = 0; i < inspection->attestation_count; i++)
        gp_jot_push(&attestations, attestation(&inspection->attestations[i]));
    gp_jot_set(&object, "attestations", gp_jot_done(&attestations));
    for (size_t i = 0; i < inspection->summary_count; i++)
        gp_jot_push(&summary, summarised(&inspection->summary[i]));
    gp_jot_set(&object, "summary", gp_jot_done(&summary));
    gp_jot_set(&object, "ledger", ledger_of(inspection));
    return gp_jot_done(&object);
}

static json_t *cause(const struct gp_ruleset *rules, const struct gp_why_cause *it)
{
    const struct gp_requirement_verdict *verdict = &it->verdict;
    bool undecided = it->kind == GP_CAUSE_UNDECIDED;
    struct gp_jot object = gp_jot_object();

    gp_jot_str(&object, "id", it->id);
    gp_jot_str(&object, "operation", it->operation ? it->operation->def.id : (struct gp_str){0});
    gp_jot_text(&object, "verdict", gp_cause_verdict_name(it->kind));
    gp_jot_text(&object, "cause", verdict->cause);
    gp_jot_set(&object, "remedy", gp_json_remedy(verdict->remedy_text, verdict->remedy_operation));
    gp_jot_set(&object, "source", gp_json_strs(it->source));
    gp_jot_set(&object, "at", gp_json_place(rules, it->at));
    gp_jot_set(&object, "because", undecided ? json_array() : gp_json_because(rules, verdict));
    gp_jot_set(&object, "decided_by", undecided ? gp_json_because(rules, verdict) : json_array());
    return gp_jot_done(&object);
}

json_t *gp_json_why(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_why *why)
{
    struct gp_jot object = gp_json_head(subject), message = gp_jot_object(), causes = gp_jot_array();

    (void)eval;
    gp_jot_set(&object, "error", json_null());
    gp_jot_str(&message, "id", why->message->def.id);
    gp_jot_str(&message, "text", why->message->text);
    gp_jot_set(&object, "message", gp_jot_done(&message));
    for (size_t i = 0; i < why->cause_count; i++)
        gp_jot_push(&causes, cause(subject->rules, &why->causes[i]));
    gp_jot_set(&object, "causes", gp_jot_done(&causes));
    return gp_jot_done(&object);
}

/* Needs that nobody has met yet; of a later step all that are not waived. */
static json_t *way_needs(struct gp_eval *eval, const struct gp_way_step *step)
{
    const struct gp_map *requires = &step->operation->requires;
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < requires->count; i++) {
        const struct gp_requirement *it = requires->data[i].value;

        if (step->verdict ? gp_requirement_is_open_need(&step->verdict->requirements[i])
                          : gp_requirement_is_later_need(eval, it))
            gp_jot_push(&array, gp_json_str(it->def.id));
    }
    return gp_jot_done(&array);
}

static json_t *way_step(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_way_step *step)
{
    struct gp_jot object = gp_jot_object();

    gp_jot_str(&object, "operation", step->operation->def.id);
    gp_jot_str(&object, "from", step->from->id);
    gp_jot_str(&object, "to", step->to->id);
    gp_jot_set(&object, "needs", way_needs(eval, step));
    gp_jot_set(&object, "verdict", step->verdict ? gp_json_verdict(subject, eval, step->verdict) : json_null());
    return gp_jot_done(&object);
}

json_t *gp_json_way(const struct gp_subject *subject, struct gp_eval *eval, const struct gp_named_cond *goal,
                    const struct gp_way *way)
{
    static const char *const kinds[] = {
        [GP_WAY_FOUND] = "found", [GP_WAY_NONE] = "none", [GP_WAY_UNKNOWN] = "unknown"};
    struct gp_jot object = gp_json_head(subject), steps = gp_jot_array();

    gp_jot_set(&object, "error", json_null());
    gp_jot_str(&object, "goal", goal->id);
    gp_jot_text(&object, "way", kinds[way->kind]);
    gp_jot_text(&object, "detail", way->detail);
    gp_jot_set(&object, "state", gp_json_state(&way->state));
    for (size_t i = 0; i < way->step_count; i++)
        gp_jot_push(&steps, way_step(subject, eval, &way->steps[i]));
    gp_jot_set(&object, "steps", gp_jot_done(&steps));
    return gp_jot_done(&object);
}

json_t *gp_json_history(const struct gp_subject *subject, const struct gp_ledger *ledger)
{
    struct gp_jot object = gp_json_head(subject);

    gp_jot_set(&object, "error", json_null());
    ledger_into(&object, ledger);
    return gp_jot_done(&object);
}
