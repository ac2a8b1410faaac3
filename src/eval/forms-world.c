/*
 * state, attested, ledger, unknown: what is known of the tree as a whole, and
 * what is known to nobody.
 */
#include "eval/families.h"
#include "eval/internal.h"

#include "util/clock.h"
#include "util/text.h"

struct state_test {
    struct gp_refs states;
};

struct vouched {
    const struct gp_ref *id;
    struct gp_value within; /* DURATION; type ANY: not given */
};

struct nobody_knows {
    const struct gp_template *text;
};

/* ---- state ------------------------------------------------------------------------------------------------------- */

static bool is_listed(const struct state_test *test, const struct gp_named_cond *state)
{
    for (size_t i = 0; i < test->states.count; i++)
        if (test->states.data[i]->target == state)
            return true;
    return false;
}

/* How many of the listed and of the other states came to each result. */
struct tally {
    size_t listed[GP_RESULTS], others[GP_RESULTS];
};

/* A state that is n/a cannot be the tree's, as little as one that is false. */
static enum gp_result judge_states(const struct tally *tally)
{
    if (tally->listed[GP_TRUE] + tally->listed[GP_UNKNOWN] == 0)
        return tally->listed[GP_FALSE] > 0 ? GP_FALSE : GP_NA;
    if (tally->listed[GP_TRUE] > 0 && tally->others[GP_TRUE] == 0 && tally->others[GP_UNKNOWN] == 0)
        return GP_TRUE;
    return GP_UNKNOWN;
}

/* Whether a state's own result had a part in that of the whole. */
static bool took_part(enum gp_result whole, enum gp_result own, bool listed)
{
    switch (whole) {
    case GP_TRUE:
        return listed && own == GP_TRUE;
    case GP_FALSE:
        return listed && own == GP_FALSE;
    case GP_UNKNOWN:
        return own == GP_UNKNOWN || own == GP_TRUE;
    case GP_NA:
        break;
    }
    return listed;
}

static int add_state(struct gp_eval *eval, const struct gp_named_cond *state, struct gp_proof *evidence,
                     struct gp_proof *proof)
{
    struct gp_proof *leaf = gp_proof_leaf(eval, proof, "state", NULL);

    if (!leaf)
        return -ENOMEM;
    leaf->name = state->id;
    leaf->label = state->cond->title;
    leaf->basis = evidence->basis;
    gp_proof_take(leaf, gp_proof_outcome(evidence));
    leaf->children = evidence; /* shared with the verdict on the state; nobody changes it */
    leaf->child_count = 1;
    return 0;
}

/* With no state that is unknown, two are true at once. */
static void explain_states(struct gp_proof *proof)
{
    const struct gp_proof *chosen = NULL;

    for (size_t i = 0; i < proof->child_count; i++) {
        const struct gp_proof *child = &proof->children[i];

        if (child->result == proof->result && (!chosen || child->reason < chosen->reason))
            chosen = child;
    }
    if (chosen) {
        proof->reason = chosen->reason;
        proof->detail = chosen->detail;
    } else if (proof->result == GP_UNKNOWN) {
        proof->reason = GP_REASON_NO_VALUE;
        proof->detail = "several states hold at once";
    }
}

static void settle_states(struct gp_proof *proof, const struct state_test *test, const struct gp_map *states)
{
    struct tally tally = {0};

    for (size_t i = 0; i < proof->child_count; i++) {
        enum gp_result result = proof->children[i].result;

        if (is_listed(test, states->data[i].value))
            tally.listed[result]++;
        else
            tally.others[result]++;
    }
    proof->result = judge_states(&tally);
    for (size_t i = 0; i < proof->child_count; i++) {
        struct gp_proof *child = &proof->children[i];

        child->spare = !took_part(proof->result, child->result, is_listed(test, states->data[i].value));
        if (child->spare || child->result != proof->result)
            continue;
        if (proof->result == GP_TRUE)
            proof->basis = gp_basis_stronger(proof->basis, child->basis);
        else if (proof->result == GP_FALSE)
            proof->basis = gp_basis_weaker(proof->basis, child->basis);
    }
    if (proof->result == GP_UNKNOWN || proof->result == GP_NA)
        explain_states(proof);
}

static int decide_state(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct gp_map *states = &eval->it->rules->defs.states;
    struct gp_state_verdict verdict;
    int r;

    if (eval->deciding_state) { /* the loader refuses such sets; a loop must still end */
        gp_proof_take(proof, gp_outcome_unknown(GP_REASON_LIMIT, "the states rest on themselves"));
        return 0;
    }
    r = gp_decide_state(eval, &verdict);
    for (size_t i = 0; r == 0 && !verdict.none && i < states->count; i++)
        r = add_state(eval, states->data[i].value, &verdict.proofs[i], proof);
    if (r == 0)
        settle_states(proof, cond->data, states);
    return r;
}

/* ---- attested, ledger -------------------------------------------------------------------------------------------- */

static int ledger_unknown(struct gp_eval *eval, enum gp_reason reason, struct gp_proof *leaf)
{
    const char *detail = gp_arena_printf(eval->arena, "the ledger: %s", gp_reason_words(reason));

    gp_proof_take(leaf, gp_outcome_unknown(reason, detail));
    return detail ? 0 : -ENOMEM;
}

/* "WORDS", or "WORDS within 4 h". */
static const char *within_text(struct gp_eval *eval, const char *words, const struct gp_value *within)
{
    char duration[48];

    if (within->type == GP_TYPE_ANY)
        return words;
    gp_duration_format((uint64_t)within->integer, duration, sizeof(duration));
    return gp_arena_printf(eval->arena, "%s within %s", words, duration);
}

static int take_assumed(struct gp_eval *eval, const struct gp_assumed *assumed, struct gp_proof *leaf)
{
    leaf->result = GP_TRUE;
    leaf->found = assumed->reason.len
                      ? gp_arena_printf(eval->arena, "taken as given: %.*s", GP_STR_ARG(assumed->reason))
                      : "taken as given";
    return leaf->found ? 0 : -ENOMEM;
}

static int look_up(struct gp_eval *eval, const struct gp_attestation *attestation, const struct gp_value *within,
                   struct gp_proof *leaf)
{
    const struct gp_ledger_sets sets = gp_vouch_sets(eval);
    struct gp_probe *probe = eval->here->probe; /* NULL: the directory is not there, so nothing is in its ledger */
    const struct gp_ledger_entry *entry = NULL;
    struct gp_outcome outcome;

    const char *id = gp_arena_memdup(eval->arena, attestation->def.id.data, attestation->def.id.len);
    if (!id)
        return -ENOMEM;
    enum gp_reason reason = probe ? gp_probe_attested(probe, id, &sets, &entry) : GP_REASON_NONE;
    if (reason != GP_REASON_NONE)
        return ledger_unknown(eval, reason, leaf);
    int r = gp_vouch_judge(eval, entry, within, &outcome);
    if (r < 0)
        return r;
    gp_proof_take(leaf, outcome);
    leaf->found = entry ? gp_vouch_text(eval, entry) : "nothing";
    return leaf->found ? 0 : -ENOMEM;
}

static int decide_attested(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct vouched *vouched = cond->data;
    const struct gp_attestation *attestation = vouched->id->target;
    const struct gp_value *within = vouched->within.type == GP_TYPE_ANY ? &attestation->within : &vouched->within;
    const struct gp_assumed *assumed = gp_vouch_assumed(eval->it, attestation->def.id);
    struct gp_proof *leaf = gp_proof_leaf(eval, proof, "attested", NULL);
    int r;

    if (!leaf)
        return -ENOMEM;
    leaf->name = attestation->def.id;
    leaf->basis = (enum gp_basis)attestation->def.basis;
    if (!leaf->label.data)
        leaf->label = attestation->def.title;
    if (!leaf->source.count)
        leaf->source = attestation->def.source;
    leaf->expected = within_text(eval, "attested", within);
    if (!leaf->expected)
        return -ENOMEM;
    r = assumed ? take_assumed(eval, assumed, leaf) : look_up(eval, attestation, within, leaf);
    if (r == 0)
        gp_proof_all(proof);
    return r;
}

/* Whether the newest move is the operation, and recent enough. */
static int judge_move(struct gp_eval *eval, const struct vouched *vouched, const struct gp_ledger_entry *entry,
                      struct gp_outcome *ret_outcome)
{
    bool this_one = entry && gp_str_is(vouched->id->id, entry->name);
    bool timed = this_one && vouched->within.type != GP_TYPE_ANY;
    int64_t age = timed ? gp_vouch_age(eval, entry->when) : 0;

    if (age < 0) {
        *ret_outcome = gp_outcome_unknown(GP_REASON_NO_VALUE, gp_vouch_future(eval, "its time", age));
        return ret_outcome->detail ? 0 : -ENOMEM;
    }
    bool recent = !timed || age <= vouched->within.integer;
    *ret_outcome = (struct gp_outcome){.result = this_one && recent ? GP_TRUE : GP_FALSE};
    return 0;
}

/* A line that nobody can read may tell of a newer operation. */
static int doubt_move(struct gp_eval *eval, const struct gp_ledger_fault *doubt, struct gp_outcome *ret_outcome)
{
    const char *detail = gp_arena_printf(eval->arena, "line %zu of the ledger cannot be read and may be a newer "
                                         "operation: %s", doubt->number, doubt->what);

    if (!detail)
        return -ENOMEM;
    *ret_outcome = gp_outcome_unknown(GP_REASON_IO_ERROR, detail);
    return 0;
}

static int find_move(struct gp_eval *eval, const struct vouched *vouched, struct gp_proof *leaf)
{
    const struct gp_ledger_sets sets = gp_vouch_sets(eval);
    struct gp_probe *probe = eval->here->probe;
    const struct gp_ledger_entry *entry = NULL;
    const struct gp_ledger_fault *doubt = NULL;
    enum gp_reason reason = probe ? gp_probe_last_move(probe, &sets, &entry, &doubt) : GP_REASON_NONE;
    struct gp_outcome outcome;
    char when[GP_TIME_SIZE];

    if (reason != GP_REASON_NONE)
        return ledger_unknown(eval, reason, leaf);
    int r = doubt ? doubt_move(eval, doubt, &outcome) : judge_move(eval, vouched, entry, &outcome);
    if (r < 0)
        return r;
    gp_proof_take(leaf, outcome);
    leaf->found = "nothing";
    if (entry) {
        gp_time_format(entry->when, when);
        leaf->found = gp_arena_printf(eval->arena, "%s at %s", entry->name, when);
    }
    return leaf->found ? 0 : -ENOMEM;
}

static int decide_ledger(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct vouched *vouched = cond->data;
    struct gp_proof *leaf = gp_proof_leaf(eval, proof, "ledger", NULL);
    int r;

    if (!leaf)
        return -ENOMEM;
    leaf->name = vouched->id->id;
    leaf->basis = GP_BASIS_INFERRED; /* programs that are not ours leave no entry */
    leaf->expected = within_text(eval, "the newest completed operation", &vouched->within);
    r = leaf->expected ? find_move(eval, vouched, leaf) : -ENOMEM;
    if (r == 0)
        gp_proof_all(proof);
    return r;
}

/* ---- unknown ----------------------------------------------------------------------------------------------------- */

static int decide_unknown(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    struct gp_proof *leaf = gp_proof_leaf(eval, proof, "unknown", NULL);
    const char *text = gp_eval_text(eval, ((const struct nobody_knows *)cond->data)->text);

    if (!leaf || !text)
        return -ENOMEM;
    gp_proof_take(leaf, gp_outcome_unknown(GP_REASON_UNDOCUMENTED, text));
    gp_proof_all(proof);
    return 0;
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static const struct gp_field state_fields[] = {
    {"state", GP_KIND_REFS, offsetof(struct state_test, states), GP_FIELD_REQUIRED | GP_FIELD_NOT_EMPTY,
     .section = GP_SECTION_STATE,
     .help = "a state or a list: one of them holds, and every state that is not listed does not"},
    {0},
};
static const struct gp_field attested_fields[] = {
    {"attested", GP_KIND_REF, offsetof(struct vouched, id), GP_FIELD_REQUIRED, .section = GP_SECTION_ATTESTATION,
     .help = "somebody vouched for this attestation, and it has not expired"},
    {"within", GP_KIND_LITERAL, offsetof(struct vouched, within), 0, .type = GP_TYPE_DURATION,
     .help = "how old it may be at most; wins over the attestation's own `within`"},
    {0},
};
static const struct gp_field ledger_fields[] = {
    {"ledger", GP_KIND_REF, offsetof(struct vouched, id), GP_FIELD_REQUIRED, .section = GP_SECTION_OPERATION,
     .help =
         "the newest completed operation with a `to` is this one; inferred at best, as other programs leave no entry"},
    {"within", GP_KIND_LITERAL, offsetof(struct vouched, within), 0, .type = GP_TYPE_DURATION,
     .help = "how long ago that may be at most"},
    {0},
};
static const struct gp_field unknown_fields[] = {
    {"unknown", GP_KIND_TEXT, offsetof(struct nobody_knows, text), GP_FIELD_REQUIRED,
     .help = "what no source says or no file shows: the text tells what to look at"},
    {0},
};

static const struct gp_object state_object = {"state", "the shape that the tree has", sizeof(struct state_test),
                                              state_fields, NULL};
static const struct gp_object attested_object = {"attested", "what somebody vouched for", sizeof(struct vouched),
                                                 attested_fields, NULL};
static const struct gp_object ledger_object = {"ledger", "what was done here last", sizeof(struct vouched),
                                               ledger_fields, NULL};
static const struct gp_object unknown_object = {"unknown", "what nobody can tell", sizeof(struct nobody_knows),
                                                unknown_fields, NULL};

const struct gp_form gp_forms_world[] = {
    {.key = "state", .flags = GP_FORM_NO_STATE, .cost = 100, .object = &state_object, .decide = decide_state,
     .example = "{ state: [empty, prepared] }"},
    {.key = "attested", .cost = 1, .object = &attested_object, .decide = decide_attested,
     .example = "{ attested: backup-taken, within: 1 d }"},
    {.key = "ledger", .cost = 1, .object = &ledger_object, .decide = decide_ledger,
     .example = "{ ledger: upgrade, within: 7 d }"},
    {.key = "unknown", .object = &unknown_object, .decide = decide_unknown,
     .example = "{ unknown: No source says whether this is safe; look at the vendor's notes. }"},
    {0},
};
