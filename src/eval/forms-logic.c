/*
 * all, any, none, not, if, and the id of a named condition.
 *
 * Every part is decided, also when one has settled the result: the basis of a
 * list is that of all its deciding parts (language.md 8), and who reads a denial
 * wants every cause, not the first.
 */
#include "eval/families.h"
#include "eval/internal.h"

#include "rule/table.h"

struct list {
    struct gp_conds conditions;
};

struct negation {
    const struct gp_cond *condition;
};

struct choice {
    const struct gp_cond *condition, *then, *otherwise;
};

static int decide_child(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    struct gp_proof decided;
    int r = gp_eval_cond(eval, cond, &decided);
    struct gp_proof *child = r == 0 ? gp_proof_add(eval->arena, proof) : NULL;

    if (!child)
        return r < 0 ? r : -ENOMEM;
    *child = decided;
    return 0;
}

static int decide_children(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct gp_conds *list = &((const struct list *)cond->data)->conditions;

    proof->children = GP_NEW_ARRAY(eval->arena, struct gp_proof, list->count);
    if (!proof->children)
        return -ENOMEM;
    for (size_t i = 0; i < list->count; i++) {
        int r = gp_eval_cond(eval, list->data[i], &proof->children[i]);

        if (r < 0)
            return r;
        proof->child_count++;
    }
    return 0;
}

static int decide_all(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    int r = decide_children(eval, cond, proof);

    if (r == 0)
        gp_proof_all(proof);
    return r;
}

static int decide_any(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    int r = decide_children(eval, cond, proof);

    if (r == 0)
        gp_proof_any(proof);
    return r;
}

/* all of not = not any; what decides the one decides the other. */
static int decide_none(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    int r = decide_any(eval, cond, proof);

    if (r == 0)
        proof->result = gp_logic_not(proof->result);
    return r;
}

static int decide_not(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    int r = decide_child(eval, ((const struct negation *)cond->data)->condition, proof);

    if (r < 0)
        return r;
    gp_proof_all(proof);
    proof->result = gp_logic_not(proof->result);
    return 0;
}

/* ---- if ---------------------------------------------------------------------------------------------------------- */

/* A part that is not there is n/a. */
static int decide_branch(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    return cond ? decide_child(eval, cond, proof) : 0;
}

static void follow(struct gp_proof *proof)
{
    if (proof->child_count < 2) { /* no else */
        gp_proof_take(proof, gp_outcome_na("its condition (if) does not hold"));
        return;
    }
    gp_proof_take(proof, gp_proof_outcome(&proof->children[1]));
    if (proof->result == GP_TRUE || proof->result == GP_FALSE)
        proof->basis = gp_basis_weaker(proof->children[0].basis, proof->children[1].basis);
}

/* The condition is not known: both ways were decided. */
static void follow_both(struct gp_proof *proof)
{
    struct gp_proof *parts = proof->children;
    enum gp_result then = parts[1].result, otherwise = proof->child_count > 2 ? parts[2].result : GP_NA;

    gp_proof_take(proof, gp_proof_outcome(&parts[0]));
    proof->result = gp_logic_if(GP_UNKNOWN, then, otherwise);
    if (proof->result == GP_UNKNOWN) {
        for (size_t i = 1; i < proof->child_count; i++)
            parts[i].spare = parts[i].result != GP_UNKNOWN;
        return;
    }
    parts[0].spare = true; /* it does not matter which */
    gp_proof_take(proof, gp_proof_outcome(&parts[1]));
    if (proof->result != GP_NA)
        proof->basis = gp_basis_weaker(parts[1].basis, parts[2].basis);
}

static int decide_if(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct choice *choice = cond->data;
    int r = decide_child(eval, choice->condition, proof);

    if (r < 0)
        return r;
    switch (proof->children[0].result) {
    case GP_TRUE:
    case GP_FALSE:
        r = decide_branch(eval, proof->children[0].result == GP_TRUE ? choice->then : choice->otherwise, proof);
        if (r == 0)
            follow(proof);
        break;
    case GP_UNKNOWN:
        r = decide_branch(eval, choice->then, proof);
        if (r == 0)
            r = decide_branch(eval, choice->otherwise, proof);
        if (r == 0)
            follow_both(proof);
        break;
    case GP_NA:
        gp_proof_take(proof, gp_proof_outcome(&proof->children[0]));
        break;
    }
    return r;
}

/* ---- a named condition ------------------------------------------------------------------------------------------- */

static int decide_named(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct gp_named_cond *named = ((const struct gp_cond_named *)cond->data)->condition->target;
    const struct gp_proof *decided;
    int r = gp_eval_shared(eval, named->cond, &decided);

    if (r < 0)
        return r;
    gp_proof_take(proof, gp_proof_outcome(decided));
    proof->basis = decided->basis;
    proof->children = (struct gp_proof *)decided; /* shared with all who name it; nobody changes it */
    proof->child_count = 1;
    return 0;
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define LIST_OBJECT(variable, word, text)                                                                              \
    static const struct gp_field variable##_fields[] = {                                                               \
        {word, GP_KIND_CONDITIONS, offsetof(struct list, conditions), GP_FIELD_REQUIRED | GP_FIELD_NOT_EMPTY,          \
         .help = (text)},                                                                                              \
        {0},                                                                                                           \
    };                                                                                                                 \
    static const struct gp_object variable##_object = {                                                                \
        .name = word, .help = (text), .size = sizeof(struct list), .fields = variable##_fields}

LIST_OBJECT(all, "all", "every condition of the list holds; those that are n/a do not count");
LIST_OBJECT(any, "any", "at least one condition of the list holds; those that are n/a do not count");
LIST_OBJECT(none, "none", "no condition of the list holds; those that are n/a do not count");

static const struct gp_field not_fields[] = {
    {"not", GP_KIND_CONDITION, offsetof(struct negation, condition), GP_FIELD_REQUIRED,
     .help = "the condition does not hold; unknown and n/a stay what they are"},
    {0},
};
static const struct gp_object not_object = {
    .name = "not", .help = "a condition does not hold", .size = sizeof(struct negation), .fields = not_fields};

static const struct gp_field if_fields[] = {
    {"if", GP_KIND_CONDITION, offsetof(struct choice, condition), GP_FIELD_REQUIRED,
     .help = "decides which of the two must hold; if it is unknown, both are decided and count where they agree"},
    {"then", GP_KIND_CONDITION, offsetof(struct choice, then), GP_FIELD_REQUIRED, .help = "must hold if `if` holds"},
    {"else", GP_KIND_CONDITION, offsetof(struct choice, otherwise), 0,
     .help = "must hold if `if` does not hold; without it the whole is n/a then"},
    {0},
};
static const struct gp_object if_object = {.name = "if",
                                           .help = "one of two conditions, chosen by a third",
                                           .size = sizeof(struct choice),
                                           .fields = if_fields};

static const struct gp_field named_fields[] = {
    {"condition", GP_KIND_REF, offsetof(struct gp_cond_named, condition), GP_FIELD_REQUIRED,
     .section = GP_SECTION_CONDITION, .help = "the id of a condition in `conditions`"},
    {0},
};
static const struct gp_object named_object = {.name = "named",
                                              .help = "the id of a condition in `conditions`",
                                              .size = sizeof(struct gp_cond_named),
                                              .fields = named_fields};

const struct gp_form gp_form_named = {
    .key = "condition", .object = &named_object, .decide = decide_named, .example = "valid-tree"};

const struct gp_form gp_forms_logic[] = {
    {.key = "all", .object = &all_object, .decide = decide_all, .example = "{ all: [{ file: A }, { dir: B }] }"},
    {.key = "any", .object = &any_object, .decide = decide_any, .example = "{ any: [{ file: A }, { file: B }] }"},
    {.key = "none", .object = &none_object, .decide = decide_none, .example = "{ none: [{ file: A }, { file: B }] }"},
    {.key = "not", .object = &not_object, .decide = decide_not, .example = "{ not: { file: A } }"},
    {.key = "if", .object = &if_object, .decide = decide_if,
     .example = "{ if: { dir: B }, then: { file: B/C }, else: { absent: A } }"},
    {0},
};
