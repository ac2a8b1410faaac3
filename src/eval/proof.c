#include "eval/internal.h"

#include <string.h>

const char *gp_result_name(enum gp_result result)
{
    static const char *const names[] = {
        [GP_FALSE] = "false", [GP_TRUE] = "true", [GP_UNKNOWN] = "unknown", [GP_NA] = "n/a"};

    return (size_t)result < GP_COUNT(names) ? names[result] : "";
}

static bool any_decisive(const struct gp_proof *proof)
{
    for (size_t i = 0; i < proof->child_count; i++)
        if (!proof->children[i].spare)
            return true;
    return false;
}

/* Recursion is as deep as conditions are in each other, which GP_LIMIT_EVAL_DEPTH bounds. */
int gp_proof_decisive(const struct gp_proof *proof, int (*visit)(const struct gp_proof *leaf, void *context),
                      void *context)
{
    if (!any_decisive(proof))
        return proof->subject ? visit(proof, context) : 0;
    for (size_t i = 0; i < proof->child_count; i++) {
        if (proof->children[i].spare)
            continue;
        int stop = gp_proof_decisive(&proof->children[i], visit, context);
        if (stop != 0)
            return stop;
    }
    return 0;
}

struct gp_outcome gp_outcome_unknown(enum gp_reason reason, const char *detail)
{
    return (struct gp_outcome){.result = GP_UNKNOWN, .reason = reason, .detail = detail};
}

struct gp_outcome gp_outcome_na(const char *detail)
{
    return (struct gp_outcome){.result = GP_NA, .detail = detail};
}

void gp_proof_take(struct gp_proof *proof, struct gp_outcome outcome)
{
    proof->result = outcome.result;
    proof->reason = outcome.result == GP_UNKNOWN ? outcome.reason : GP_REASON_NONE;
    proof->detail = outcome.detail;
}

struct gp_outcome gp_proof_outcome(const struct gp_proof *proof)
{
    return (struct gp_outcome){.result = proof->result, .reason = proof->reason, .detail = proof->detail};
}

/* The block of `count` children is full when count is a power of two (or 0): no capacity needs keeping. */
struct gp_proof *gp_proof_add(struct gp_arena *arena, struct gp_proof *parent)
{
    size_t count = parent->child_count;

    if ((count & (count - 1)) == 0) {
        struct gp_proof *grown = GP_NEW_ARRAY(arena, struct gp_proof, count ? 2 * count : 1);

        if (!grown)
            return NULL;
        if (count > 0)
            memcpy(grown, parent->children, count * sizeof(*grown));
        parent->children = grown;
    }
    struct gp_proof *child = &parent->children[parent->child_count++];
    *child = (struct gp_proof){.at = parent->at};
    return child;
}

struct gp_proof *gp_proof_leaf(struct gp_eval *eval, struct gp_proof *parent, const char *subject, const char *path)
{
    struct gp_proof *leaf = gp_proof_add(eval->arena, parent);

    if (!leaf)
        return NULL;
    leaf->subject = subject;
    leaf->path = path;
    leaf->under = eval->here->under;
    leaf->label = parent->label;
    leaf->source = parent->source;
    return leaf;
}

/* Of several unknowns the one whose reason comes first in language.md 7 speaks, so that order does not matter. */
static const struct gp_proof *spokesman(const struct gp_proof *proof, enum gp_result result)
{
    const struct gp_proof *chosen = NULL;

    for (size_t i = 0; i < proof->child_count; i++) {
        const struct gp_proof *child = &proof->children[i];

        if (child->result == result && (!chosen || child->reason < chosen->reason))
            chosen = child;
    }
    return chosen;
}

static void settle(struct gp_proof *proof, enum gp_result (*of)(const size_t counts[GP_RESULTS]))
{
    size_t counts[GP_RESULTS] = {0};
    const struct gp_proof *why = NULL;

    for (size_t i = 0; i < proof->child_count; i++)
        counts[proof->children[i].result]++;
    proof->result = of(counts);
    if (proof->result == GP_UNKNOWN || proof->result == GP_NA)
        why = spokesman(proof, proof->result);
    proof->reason = why ? why->reason : GP_REASON_NONE;
    proof->detail = why ? why->detail : NULL;
    for (size_t i = 0; i < proof->child_count; i++)
        proof->children[i].spare = proof->children[i].result != proof->result;
}

void gp_proof_all(struct gp_proof *proof)
{
    settle(proof, gp_logic_all_counts);
    proof->basis = gp_logic_basis_all(proof->result, proof->children, proof->child_count);
}

void gp_proof_any(struct gp_proof *proof)
{
    settle(proof, gp_logic_any_counts);
    proof->basis = gp_logic_basis_any(proof->result, proof->children, proof->child_count);
}

void gp_reading_take(struct gp_reading *reading, struct gp_outcome outcome)
{
    reading->result = outcome.result;
    reading->reason = outcome.reason;
    reading->detail = outcome.detail;
}

void gp_reading_unknown(struct gp_reading *reading, enum gp_reason reason, const char *detail)
{
    gp_reading_take(reading, gp_outcome_unknown(reason, detail));
}

void gp_reading_na(struct gp_reading *reading, const char *detail)
{
    gp_reading_take(reading, gp_outcome_na(detail));
}

void gp_reading_value(struct gp_reading *reading, const struct gp_value *value)
{
    reading->result = GP_TRUE;
    reading->reason = GP_REASON_NONE;
    reading->detail = NULL;
    reading->value = *value;
}

void gp_reading_integer(struct gp_reading *reading, enum gp_type type, int64_t value)
{
    gp_reading_value(reading, &(struct gp_value){.type = type, .integer = value});
}
