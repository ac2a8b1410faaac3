#include "eval/inspect.h"

#include "eval/internal.h"
#include "eval/summary.h"
#include "rule/tables.h"
#include "rule/walk.h"

/* ---- markers that mean nothing without an operation -------------------------------------------------------------- */

enum asks { ASKS_NOT_KNOWN, ASKS_NOTHING, ASKS_PARAMETER };

/* Whether what a marker rests on names a parameter, which an operation would have to declare. */
struct asking {
    struct gp_walk walk;
    unsigned char *conds, *markers; /* enum asks, by number: definitions rest on each other without cycles */
};

static int asks_in(struct asking *asking, unsigned char *known, const struct gp_field *fields, const void *base)
{
    if (*known == ASKS_NOT_KNOWN) {
        int found = fields ? gp_walk_fields(&asking->walk, fields, base) : gp_walk_cond(&asking->walk, base);
        *known = found ? ASKS_PARAMETER : ASKS_NOTHING;
    }
    return *known == ASKS_PARAMETER;
}

static int asks_marker(struct asking *asking, const struct gp_marker *marker)
{
    return asks_in(asking, &asking->markers[marker->number], gp_object_marker.fields, marker);
}

static int asks_ref(struct gp_walk *walk, const struct gp_field *field, const struct gp_ref *ref)
{
    struct asking *asking = walk->context;
    const struct gp_cond *cond;

    (void)field;
    switch (ref->section) {
    case GP_SECTION_PARAM:
        return 1;
    case GP_SECTION_MARKER:
        return asks_marker(asking, ref->target);
    case GP_SECTION_TABLE:
        return gp_walk_element(walk, &(const struct gp_field){.kind = GP_KIND_OBJECT, .object = &gp_object_table},
                               ref->target);
    case GP_SECTION_CONDITION:
    case GP_SECTION_STATE:
        cond = ((const struct gp_named_cond *)ref->target)->cond;
        return asks_in(asking, &asking->conds[cond->number], NULL, cond);
    default:
        return 0;
    }
}

static int asks_text(struct gp_walk *walk, const struct gp_field *field, const struct gp_template *text)
{
    (void)walk;
    (void)field;
    for (size_t i = 0; i < text->count; i++)
        if (text->pieces[i].kind == GP_PIECE_PARAM)
            return 1;
    return 0;
}

static int asks_path(struct gp_walk *walk, const struct gp_field *field, const struct gp_pathexpr *path)
{
    for (size_t i = 0; i < path->count; i++)
        if (path->parts[i].text && asks_text(walk, field, path->parts[i].text))
            return 1;
    return 0;
}

static int begin_asking(struct gp_eval *eval, struct asking *asking)
{
    const struct gp_ruleset *rules = eval->it->rules;

    *asking = (struct asking){
        .walk = {.context = asking, .ref = asks_ref, .text = asks_text, .path = asks_path},
        .conds = GP_NEW_ARRAY(eval->arena, unsigned char, (size_t)rules->cond_count + 1),
        .markers = GP_NEW_ARRAY(eval->arena, unsigned char, (size_t)rules->marker_count + 1),
    };
    return asking->conds && asking->markers ? 0 : -ENOMEM;
}

/* ---- what is seen ------------------------------------------------------------------------------------------------ */

static int inspect_markers(struct gp_eval *eval, struct gp_inspection *it)
{
    const struct gp_map *markers = &eval->it->rules->defs.markers;
    struct asking asking;

    it->markers = GP_NEW_ARRAY(eval->arena, struct gp_inspected_marker, markers->count + 1);
    if (!it->markers || begin_asking(eval, &asking) < 0)
        return -ENOMEM;
    for (size_t i = 0; i < markers->count; i++) {
        struct gp_inspected_marker *one = &it->markers[it->marker_count];

        one->marker = markers->data[i].value;
        if (!eval->operation && asks_marker(&asking, one->marker))
            continue;
        int r = gp_eval_marker(eval, one->marker, NULL, &one->reading);
        if (r < 0)
            return r;
        it->marker_count++;
    }
    return 0;
}

/* The entry that counts: what is taken as given (--attest) is no entry, but valid. */
static int inspect_attestation(struct gp_eval *eval, const struct gp_attestation *attestation,
                               struct gp_inspected_attestation *ret)
{
    struct gp_outcome outcome;
    const char *id = gp_arena_memdup(eval->arena, attestation->def.id.data, attestation->def.id.len);
    const struct gp_ledger_sets sets = gp_vouch_sets(eval);
    int r;

    if (!id)
        return -ENOMEM;
    ret->attestation = attestation;
    enum gp_reason reason = gp_probe_attested(eval->it->probe, id, &sets, &ret->newest);
    if (gp_vouch_assumed(eval->it, attestation->def.id)) {
        ret->valid = true;
        return 0;
    }
    r = gp_vouch_judge(eval, ret->newest, &attestation->within, &outcome);
    if (r < 0)
        return r;
    ret->valid = outcome.result == GP_TRUE;
    ret->detail = reason ? gp_reason_words(reason) : outcome.detail; /* not "never": the ledger would not say */
    return 0;
}

static int inspect_attestations(struct gp_eval *eval, struct gp_inspection *it)
{
    const struct gp_map *attestations = &eval->it->rules->defs.attestations;

    it->attestations = GP_NEW_ARRAY(eval->arena, struct gp_inspected_attestation, attestations->count + 1);
    if (!it->attestations)
        return -ENOMEM;
    for (size_t i = 0; i < attestations->count; i++) {
        struct gp_inspected_attestation *one = &it->attestations[i];
        int r = inspect_attestation(eval, attestations->data[i].value, one);

        if (r < 0)
            return r;
        it->attestation_count++;
    }
    return 0;
}

int gp_inspect(struct gp_eval *eval, struct gp_inspection *ret_inspection)
{
    struct gp_inspection it = {0};
    int r = gp_decide_state(eval, &it.state);

    if (r == 0)
        r = inspect_markers(eval, &it);
    if (r < 0)
        return r;
    it.ledger_reason = gp_probe_ledger(eval->it->probe, &it.ledger);
    if (it.ledger_reason != GP_REASON_NONE)
        it.ledger = NULL;
    r = inspect_attestations(eval, &it);
    if (r == 0)
        r = gp_summarise(eval, &it, &it.summary, &it.summary_count);
    if (r == 0)
        *ret_inspection = it;
    return r;
}
