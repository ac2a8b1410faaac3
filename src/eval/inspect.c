#include "eval/inspect.h"

#include "eval/internal.h"

static int inspect_markers(struct gp_eval *eval, struct gp_inspection *it)
{
    const struct gp_map *markers = &eval->it->rules->defs.markers;

    it->markers = GP_NEW_ARRAY(eval->arena, struct gp_inspected_marker, markers->count + 1);
    if (!it->markers)
        return -ENOMEM;
    for (size_t i = 0; i < markers->count; i++) {
        struct gp_inspected_marker *one = &it->markers[it->marker_count];
        int r;

        one->marker = markers->data[i].value;
        r = gp_eval_marker(eval, one->marker, NULL, &one->reading);
        if (r < 0)
            return r;
        it->marker_count++;
    }
    return 0;
}

/* The entry that counts: what is taken as given (--attest) is no entry, but valid. */
static int inspect_attestation(struct gp_eval *eval, const struct gp_ledger *ledger,
                               const struct gp_attestation *attestation, struct gp_inspected_attestation *ret)
{
    struct gp_outcome outcome;
    const char *id = gp_arena_memdup(eval->arena, attestation->def.id.data, attestation->def.id.len);
    int r;

    if (!id)
        return -ENOMEM;
    ret->attestation = attestation;
    ret->newest = ledger ? gp_ledger_newest(ledger, GP_LEDGER_ATTESTATION, id) : NULL;
    if (gp_vouch_assumed(eval->it, attestation->def.id)) {
        ret->valid = true;
        return 0;
    }
    r = gp_vouch_judge(eval, ret->newest, &attestation->within, &outcome);
    if (r < 0)
        return r;
    ret->valid = outcome.result == GP_TRUE;
    ret->detail = outcome.detail;
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
        int r = inspect_attestation(eval, it->ledger, attestations->data[i].value, one);

        if (r < 0)
            return r;
        if (!one->valid && !one->newest && it->ledger_reason != GP_REASON_NONE)
            one->detail = gp_reason_words(it->ledger_reason); /* not "never": the ledger would not say */
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
        *ret_inspection = it;
    return r;
}
