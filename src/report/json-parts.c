#include "report/json-parts.h"

#include "report/evidence.h"
#include "report/words.h"
#include "util/clock.h"

#define PROOF_NODES 5000u /* parts of a proof are shared, and a rule set can share as it likes */

struct gp_jot gp_jot_object(void)
{
    struct gp_jot jot = {.value = json_object()};

    jot.failed = jot.value == NULL;
    return jot;
}

struct gp_jot gp_jot_array(void)
{
    struct gp_jot jot = {.value = json_array()};

    jot.failed = jot.value == NULL;
    return jot;
}

void gp_jot_set(struct gp_jot *jot, const char *key, json_t *value)
{
    if (jot->failed)
        json_decref(value);
    else
        jot->failed = !gp_json_set(jot->value, key, value);
}

void gp_jot_text(struct gp_jot *jot, const char *key, const char *text)
{
    gp_jot_set(jot, key, gp_json_string0(text));
}

void gp_jot_str(struct gp_jot *jot, const char *key, struct gp_str text)
{
    gp_jot_set(jot, key, gp_json_str(text));
}

void gp_jot_push(struct gp_jot *jot, json_t *value)
{
    if (jot->failed)
        json_decref(value);
    else
        jot->failed = !gp_json_append(jot->value, value);
}

json_t *gp_jot_done(struct gp_jot *jot)
{
    if (!jot->failed)
        return jot->value;
    json_decref(jot->value);
    return NULL;
}

json_t *gp_json_str(struct gp_str text)
{
    return text.data ? gp_json_string(text.data, text.len) : json_null();
}

json_t *gp_json_strs(struct gp_strs texts)
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < texts.count; i++)
        gp_jot_push(&array, gp_json_str(texts.data[i]));
    return gp_jot_done(&array);
}

json_t *gp_json_place(const struct gp_ruleset *rules, struct gp_span at)
{
    if (at.source == 0)
        return json_null();
    struct gp_position position = gp_sources_position(rules->sources, at);
    struct gp_jot place = gp_jot_object();

    gp_jot_text(&place, "file", position.file);
    gp_jot_set(&place, "line", json_integer((json_int_t)position.line));
    gp_jot_set(&place, "column", json_integer((json_int_t)position.column));
    return gp_jot_done(&place);
}

json_t *gp_json_basis(enum gp_basis basis)
{
    return basis == GP_BASIS_NONE ? json_null() : gp_json_string0(gp_basis_name(basis));
}

json_t *gp_json_time(struct timespec time)
{
    char text[GP_TIME_SIZE];

    gp_time_format(time, text);
    return gp_json_string0(text);
}

/* Bytes that need not be text, in hexadecimal. */
static json_t *hexadecimal(struct gp_str bytes)
{
    struct gp_strbuf text = {0};

    gp_strbuf_add(&text, "hex:");
    for (size_t i = 0; i < bytes.len; i++)
        gp_strbuf_printf(&text, "%02x", (unsigned char)bytes.data[i]);
    json_t *value = gp_strbuf_ok(&text) ? gp_json_string(text.data, text.len) : NULL;
    gp_strbuf_done(&text);
    return value;
}

json_t *gp_json_value(const struct gp_value *value)
{
    switch (value->type) {
    case GP_TYPE_ANY:
        return json_null();
    case GP_TYPE_BOOLEAN:
        return json_boolean(value->integer != 0);
    case GP_TYPE_DATE:
        return gp_json_time((struct timespec){.tv_sec = value->integer});
    case GP_TYPE_INTEGER:
    case GP_TYPE_SIZE:
    case GP_TYPE_DURATION:
        return json_integer(value->integer);
    case GP_TYPE_BYTES:
        return hexadecimal(value->string);
    default:
        return gp_json_str(value->string);
    }
}

json_t *gp_json_state(const struct gp_state_verdict *state)
{
    if (state->none)
        return json_null();
    struct gp_jot object = gp_jot_object(), candidates = gp_jot_array();

    gp_jot_str(&object, "name", state->name ? state->name->id : (struct gp_str){0});
    gp_jot_text(&object, "kind", gp_state_kind_name(state->kind));
    gp_jot_set(&object, "basis", gp_json_basis(state->basis));
    for (size_t i = 0; i < state->candidate_count; i++)
        gp_jot_push(&candidates, gp_json_str(state->candidates[i]->id));
    gp_jot_set(&object, "candidates", gp_jot_done(&candidates));
    return gp_jot_done(&object);
}

static json_t *reason_of(const struct gp_proof *proof)
{
    return proof->result == GP_UNKNOWN ? gp_json_string0(gp_reason_name(proof->reason)) : json_null();
}

/* An observation: what was looked at, expected and found. */
static void leaf_into(struct gp_jot *object, const struct gp_ruleset *rules, const struct gp_proof *leaf)
{
    gp_jot_text(object, "result", gp_result_name(leaf->result));
    gp_jot_text(object, "subject", leaf->subject);
    gp_jot_text(object, "path", leaf->path);
    gp_jot_str(object, "name", leaf->name);
    gp_jot_text(object, "under", leaf->under);
    gp_jot_text(object, "expected", leaf->expected);
    gp_jot_text(object, "found", leaf->found);
    gp_jot_set(object, "value", gp_json_value(&leaf->value));
    gp_jot_str(object, "marker", leaf->marker ? leaf->marker->def.id : (struct gp_str){0});
    gp_jot_str(object, "title", leaf->label);
    gp_jot_set(object, "reason", reason_of(leaf));
    gp_jot_text(object, "detail", leaf->detail);
    gp_jot_set(object, "basis", gp_json_basis(leaf->basis));
    gp_jot_set(object, "source", gp_json_strs(leaf->source));
    gp_jot_set(object, "at", gp_json_place(rules, leaf->at));
}

static json_t *leaves(const struct gp_ruleset *rules, const struct gp_evidence *evidence)
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < evidence->count; i++) {
        struct gp_jot object = gp_jot_object();

        leaf_into(&object, rules, evidence->leaves[i]);
        gp_jot_push(&array, gp_jot_done(&object));
    }
    return gp_jot_done(&array);
}

json_t *gp_json_because(const struct gp_ruleset *rules, const struct gp_requirement_verdict *verdict)
{
    struct gp_evidence evidence = {.count = 0};

    gp_evidence_of(&evidence, verdict);
    return leaves(rules, &evidence);
}

json_t *gp_json_leaves(const struct gp_ruleset *rules, const struct gp_proof *proof)
{
    struct gp_evidence evidence = {.count = 0};

    gp_evidence_add(&evidence, proof);
    return leaves(rules, &evidence);
}

/* Recursion is as deep as conditions are in each other, which GP_LIMIT_EVAL_DEPTH bounds. */
static json_t *proof_json(const struct gp_ruleset *rules, const struct gp_proof *proof, size_t *left)
{
    struct gp_jot object = gp_jot_object(), children = gp_jot_array();
    bool cut = proof->child_count > *left;

    leaf_into(&object, rules, proof);
    gp_jot_set(&object, "decisive", json_boolean(!proof->spare));
    gp_jot_set(&object, "cut", json_boolean(cut));
    *left -= cut ? 0 : proof->child_count;
    for (size_t i = 0; !cut && i < proof->child_count; i++)
        gp_jot_push(&children, proof_json(rules, &proof->children[i], left));
    gp_jot_set(&object, "children", gp_jot_done(&children));
    return gp_jot_done(&object);
}

json_t *gp_json_proof(const struct gp_ruleset *rules, const struct gp_proof *proof)
{
    size_t left = PROOF_NODES;

    return proof_json(rules, proof, &left);
}

json_t *gp_json_remedy(const char *text, const struct gp_operation *operation)
{
    if (!text && !operation)
        return json_null();
    struct gp_jot object = gp_jot_object();

    gp_jot_str(&object, "operation", operation ? operation->def.id : (struct gp_str){0});
    gp_jot_text(&object, "text", text);
    return gp_jot_done(&object);
}

static json_t *ruleset(const struct gp_ruleset *rules)
{
    struct gp_jot object = gp_jot_object();
    struct gp_strbuf digest = {0};

    gp_jot_str(&object, "name", rules->manifest.name);
    gp_jot_str(&object, "version", rules->manifest.version);
    gp_strbuf_printf(&digest, "sha256:%s", rules->digest);
    gp_jot_text(&object, "digest", gp_strbuf_text(&digest));
    object.failed |= !gp_strbuf_ok(&digest);
    gp_strbuf_done(&digest);
    return gp_jot_done(&object);
}

static json_t *recorded_source(const struct gp_recorded_source *source)
{
    struct gp_jot object = gp_jot_object(), rules = gp_jot_object();

    gp_jot_text(&object, "file", source->file);
    gp_jot_set(&object, "recorded", gp_json_time(source->when));
    gp_jot_text(&rules, "name", source->ruleset);
    gp_jot_text(&rules, "version", source->version);
    gp_jot_text(&rules, "digest", source->digest);
    gp_jot_set(&object, "ruleset", gp_jot_done(&rules));
    return gp_jot_done(&object);
}

struct gp_jot gp_json_head(const struct gp_subject *subject)
{
    struct gp_jot object = gp_jot_object();

    gp_jot_set(&object, "schema", json_integer(1));
    gp_jot_text(&object, "gatepost", PACKAGE_VERSION);
    gp_jot_set(&object, "ruleset", subject->rules ? ruleset(subject->rules) : json_null());
    if (subject->directory)
        gp_jot_text(&object, "directory", subject->directory);
    if (subject->recorded)
        gp_jot_set(&object, "evidence", recorded_source(subject->recorded));
    return object;
}
