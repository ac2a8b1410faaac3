/*
 * marker, param, var, equal, ordered: what values are.
 */
#include "eval/families.h"
#include "eval/internal.h"

#include "rule/link.h"
#include "util/text.h"

/* Of marker, param and var alike. */
struct value_test {
    const struct gp_ref *ref;
    struct gp_comparison comparison;
    enum gp_yesno known;
    struct gp_span known_at; /* of the key */
};

struct series {
    struct gp_exprs values;
};

static struct gp_outcome outcome_of(const struct gp_reading *reading)
{
    return (struct gp_outcome){.result = reading->result, .reason = reading->reason, .detail = reading->detail};
}

/* ---- marker, param, var ------------------------------------------------------------------------------------------ */

/* Evidence of a value: where a read looked, or which cases led to it. */
static void add_evidence(struct gp_proof *leaf, const struct gp_proof *evidence)
{
    if (!evidence)
        return;
    if (evidence->subject) {
        leaf->path = evidence->path;
        leaf->under = evidence->under;
        return;
    }
    leaf->children = evidence->children; /* shared with all who use the marker; nobody changes them */
    leaf->child_count = evidence->child_count;
}

static int show_value(struct gp_eval *eval, struct gp_proof *leaf, const struct gp_reading *reading)
{
    if (reading->result != GP_TRUE)
        return 0;
    leaf->value = reading->value;
    leaf->found = gp_value_text(&reading->value, eval->arena);
    return leaf->found ? 0 : -ENOMEM;
}

/* What is compared with a value that is not there is told all the same. */
static int expect(struct gp_eval *eval, const struct gp_comparison *comparison, enum gp_type type,
                  struct gp_proof *leaf)
{
    leaf->expected = gp_compare_text(eval, comparison, type == GP_TYPE_ANY ? GP_TYPE_STRING : type);
    return leaf->expected ? 0 : -ENOMEM;
}

/* `known`: whether there is a value.  It is decided where the tree says that there is none, where a guard or an unset
 * variable took it out, and where nobody gave or attested what it rests on; a tree that would not say settles nothing. */
static bool no_value(const struct gp_reading *reading)
{
    if (reading->result == GP_UNKNOWN)
        return reading->reason == GP_REASON_NO_VALUE || reading->reason == GP_REASON_NOT_GIVEN ||
               reading->reason == GP_REASON_NOT_ATTESTED;
    return reading->result == GP_NA;
}

static void decide_known(const struct value_test *test, const struct gp_reading *reading, struct gp_proof *leaf)
{
    bool wanted = test->known == GP_YESNO_YES, none = no_value(reading);

    leaf->expected = wanted ? "a value" : "no value";
    if (reading->result == GP_UNKNOWN && !none) {
        gp_proof_take(leaf, outcome_of(reading));
        return;
    }
    leaf->result = none != wanted ? GP_TRUE : GP_FALSE;
    leaf->detail = none ? reading->detail : NULL;
    if (none)
        leaf->found = "no value";
}

static int decide_value(struct gp_eval *eval, const struct value_test *test, enum gp_type type,
                        const struct gp_reading *reading, struct gp_proof *proof, const char *subject)
{
    struct gp_proof *leaf = gp_proof_leaf(eval, proof, subject, NULL);
    int r;

    if (!leaf)
        return -ENOMEM;
    leaf->name = test->ref->id;
    if (test->ref->section == GP_SECTION_MARKER)
        leaf->marker = test->ref->target;
    add_evidence(leaf, reading->proof);
    leaf->basis = reading->basis;
    r = show_value(eval, leaf, reading);
    if (r == 0 && test->known != GP_YESNO_UNSET)
        decide_known(test, reading, leaf);
    else if (r == 0 && reading->result == GP_TRUE)
        r = gp_compare(eval, &test->comparison, &reading->value, leaf);
    else if (r == 0) {
        gp_proof_take(leaf, outcome_of(reading));
        r = expect(eval, &test->comparison, type, leaf);
    }
    if (r == 0)
        gp_proof_all(proof);
    return r;
}

static int decide_marker(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct value_test *test = cond->data;
    const struct gp_marker *marker = test->ref->target;
    struct gp_reading reading;
    int r = gp_eval_marker(eval, marker, NULL, &reading);

    return r < 0 ? r : decide_value(eval, test, marker->type, &reading, proof, "marker");
}

static int decide_setting(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof,
                          enum gp_section section, const char *subject)
{
    const struct value_test *test = cond->data;
    struct gp_reading reading;
    int r = gp_eval_setting(eval, section, test->ref->id, &reading);

    return r < 0 ? r : decide_value(eval, test, reading.value.type, &reading, proof, subject);
}

static int decide_param(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    return decide_setting(eval, cond, proof, GP_SECTION_PARAM, "parameter");
}

static int decide_var(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    return decide_setting(eval, cond, proof, GP_SECTION_VAR, "variable");
}

/* ---- equal, ordered ---------------------------------------------------------------------------------------------- */

/* The words for a list of values: "12, 12, no value". */
static const char *values_text(struct gp_eval *eval, const struct gp_reading *readings, size_t count)
{
    struct gp_strbuf out = {0};
    const char *text = NULL;

    for (size_t i = 0; i < count; i++) {
        text = readings[i].result == GP_TRUE ? gp_value_text(&readings[i].value, eval->arena) : "no value";
        gp_strbuf_printf(&out, "%s%s", i ? ", " : "", text ? text : "");
        if (!text)
            break;
    }
    if (text)
        text = gp_strbuf_ok(&out) ? gp_arena_memdup(eval->arena, gp_strbuf_text(&out), out.len) : NULL;
    gp_strbuf_done(&out);
    return text;
}

/* -1, 0, 1, or 2 where a number stands against a text. */
static int order(const struct gp_value *a, const struct gp_value *b)
{
    int difference;

    if (gp_type_is_integer(a->type) != gp_type_is_integer(b->type))
        return 2;
    difference = gp_value_compare(a, b);
    return (difference > 0) - (difference < 0);
}

/* Whether two known values, the one before the other in the list, break the rule. */
static bool breaks(const struct gp_value *first, const struct gp_value *second, bool rising)
{
    int found = order(first, second);

    return rising ? found != -1 : found != 0;
}

/* Every known value is held against the known one before it: that is enough for both rules. */
static struct gp_outcome judge(const struct gp_reading *readings, size_t count, bool rising)
{
    struct gp_outcome unknown = GP_OUTCOME_TRUE;
    const struct gp_value *before = NULL;
    bool broken = false;

    for (size_t i = 0; i < count; i++) {
        const struct gp_reading *reading = &readings[i];

        if (reading->result == GP_NA)
            return outcome_of(reading); /* an unset variable takes the whole out */
        if (reading->result == GP_UNKNOWN && (unknown.result == GP_TRUE || reading->reason < unknown.reason))
            unknown = outcome_of(reading);
        if (reading->result != GP_TRUE)
            continue;
        broken = broken || (before && breaks(before, &reading->value, rising));
        before = &reading->value;
    }
    return broken ? (struct gp_outcome){.result = GP_FALSE} : unknown;
}

static int decide_series(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof, bool rising)
{
    const struct gp_exprs *values = &((const struct series *)cond->data)->values;
    struct gp_reading *readings = GP_NEW_ARRAY(eval->arena, struct gp_reading, values->count);
    struct gp_proof *leaf = gp_proof_leaf(eval, proof, rising ? "ordered" : "equal", NULL);

    if (!readings || !leaf)
        return -ENOMEM;
    for (size_t i = 0; i < values->count; i++) {
        int r = gp_eval_expr(eval, values->data[i], &readings[i]);

        if (r < 0)
            return r;
        leaf->basis = gp_basis_weaker(leaf->basis, readings[i].basis);
    }
    gp_proof_take(leaf, judge(readings, values->count, rising));
    leaf->expected = rising ? "strictly rising" : "all equal";
    leaf->found = values_text(eval, readings, values->count);
    gp_proof_all(proof);
    return leaf->found ? 0 : -ENOMEM;
}

static int decide_equal(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    return decide_series(eval, cond, proof, false);
}

static int decide_ordered(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    return decide_series(eval, cond, proof, true);
}

/* ---- checks ------------------------------------------------------------------------------------------------------ */

/* One thing is asked for: a comparison (which the linker types), or `known`. */
static void check_question(struct gp_link *link, const struct gp_cond *cond)
{
    const struct value_test *test = cond->data;
    bool compared = gp_comparison_given(&test->comparison), known = test->known != GP_YESNO_UNSET;

    if (!compared && !known)
        gp_diag_add(link->diags, GP_DIAG_NO_COMPARISON, cond->at,
                    "'%s' says nothing about the value: add is, in, min, max, matches, bits or known", cond->form->key);
    if (compared && known)
        gp_diag_add(link->diags, GP_DIAG_KNOWN_COMPARISON, test->known_at,
                    "'known' and a comparison cannot stand together");
}

/* Literals of a series are of the type of the first value that has one. */
static void check_series(struct gp_link *link, const struct gp_cond *cond)
{
    const struct gp_exprs *values = &((const struct series *)cond->data)->values;
    const struct gp_expr *first = NULL;

    for (size_t i = 0; i < values->count && !first; i++)
        if (gp_link_expr_type(values->data[i]) != GP_TYPE_ANY)
            first = values->data[i];
    for (size_t i = 0; i < values->count && first; i++)
        gp_link_type_expr(link, values->data[i], gp_link_expr_type(first),
                          first->ref ? gp_link_ref_names(first->ref) : NULL);
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define VALUE_FIELDS(word, where, text)                                                                                \
    {word, GP_KIND_REF, offsetof(struct value_test, ref), GP_FIELD_REQUIRED, .section = (where), .help = (text)},      \
        GP_COMPARISON_FIELDS(struct value_test, comparison, GP_TYPE_ANY, NULL),                                        \
        {"known", GP_KIND_BOOLEAN, offsetof(struct value_test, known), 0,                                              \
         .key_at = offsetof(struct value_test, known_at),                                                              \
         .help =                                                                                                       \
             "true: there is a value; false: there is none (n/a and not given count as none, a tree that cannot be "   \
             "read does not)"},                                                                                        \
    {                                                                                                                  \
        0                                                                                                              \
    }

static const struct gp_field marker_fields[] = {VALUE_FIELDS("marker", GP_SECTION_MARKER, "the id of a marker")};
static const struct gp_field param_fields[] = {
    VALUE_FIELDS("param", GP_SECTION_PARAM, "a parameter of the operation that is decided")};
static const struct gp_field var_fields[] = {VALUE_FIELDS("var", GP_SECTION_VAR, "the id of a variable")};
static const struct gp_field equal_fields[] = {
    {"equal", GP_KIND_EXPRS, offsetof(struct series, values), GP_FIELD_REQUIRED, .type = GP_TYPE_ANY, .fewest = 2,
     .help = "values that must all be the same: literals, { marker: … }, { param: … }, { var: … }"},
    {0},
};
static const struct gp_field ordered_fields[] = {
    {"ordered", GP_KIND_EXPRS, offsetof(struct series, values), GP_FIELD_REQUIRED, .type = GP_TYPE_ANY, .fewest = 2,
     .help = "values of which each must be greater than the one before it"},
    {0},
};

static const struct gp_object marker_object = {"marker", "what a marker's value is", sizeof(struct value_test),
                                               marker_fields, NULL};
static const struct gp_object param_object = {"param", "what a parameter's value is", sizeof(struct value_test),
                                              param_fields, NULL};
static const struct gp_object var_object = {"var", "what a variable's value is", sizeof(struct value_test), var_fields,
                                            NULL};
static const struct gp_object equal_object = {"equal", "values are all equal", sizeof(struct series), equal_fields,
                                              NULL};
static const struct gp_object ordered_object = {"ordered", "values rise strictly", sizeof(struct series),
                                                ordered_fields, NULL};

const struct gp_form gp_forms_value[] = {
    {.key = "marker", .cost = 100, .object = &marker_object, .check = check_question, .decide = decide_marker,
     .example = "{ marker: kind, is: server }"},
    {.key = "param", .cost = 1, .object = &param_object, .check = check_question, .decide = decide_param,
     .example = "{ param: user, matches: \"^[A-Z0-9]{1,8}$\" }"},
    {.key = "var", .cost = 1, .object = &var_object, .check = check_question, .decide = decide_var,
     .example = "{ var: site, known: true }"},
    {.key = "equal", .cost = 100, .object = &equal_object, .check = check_series, .decide = decide_equal,
     .example = "{ equal: [{ marker: left }, { marker: right }] }"},
    {.key = "ordered", .cost = 100, .object = &ordered_object, .check = check_series, .decide = decide_ordered,
     .example = "{ ordered: [{ marker: oldest }, { marker: newest }] }"},
    {0},
};
