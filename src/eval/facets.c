#include "eval/facets.h"

#include "eval/words.h"

/* ---- what is not set --------------------------------------------------------------------------------------------- */

static int note_na(const struct gp_reading *reading, struct gp_outcome *outcome)
{
    if (reading->result == GP_NA && outcome->result == GP_TRUE) {
        *outcome = gp_outcome_na(reading->detail);
    }
    return 0;
}

static int expr_set(struct gp_eval *eval, const struct gp_expr *expr, struct gp_outcome *outcome)
{
    struct gp_reading reading = {0};
    if (!expr || expr->kind == GP_EXPR_LITERAL) {
        return 0;
    }
    int r = gp_eval_expr(eval, expr, &reading);
    return r < 0 ? r : note_na(&reading, outcome);
}

static int exprs_set(struct gp_eval *eval, const struct gp_exprs *exprs, struct gp_outcome *outcome)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < exprs->count; i++) {
        r = expr_set(eval, exprs->data[i], outcome);
    }
    return r;
}

int gp_comparison_set(struct gp_eval *eval, const struct gp_comparison *comparison, struct gp_outcome *outcome)
{
    const struct gp_expr *const operands[] = {comparison->is, comparison->min, comparison->max, comparison->bits};
    int r = exprs_set(eval, &comparison->in, outcome);
    for (size_t i = 0; r == 0 && i < GP_COUNT(operands); i++) {
        r = expr_set(eval, operands[i], outcome);
    }
    return r;
}

static int template_set(struct gp_eval *eval, const struct gp_template *text, struct gp_outcome *outcome)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < text->count; i++) {
        const struct gp_piece *piece = &text->pieces[i];
        if (piece->kind == GP_PIECE_VAR || piece->kind == GP_PIECE_PARAM) {
            struct gp_reading reading = {0};
            enum gp_section section = piece->kind == GP_PIECE_VAR ? GP_SECTION_VAR : GP_SECTION_PARAM;
            r = gp_eval_setting(eval, section, piece->text, &reading);
            r = r < 0 ? r : note_na(&reading, outcome);
        }
    }
    return r;
}

int gp_paths_set(struct gp_eval *eval, const struct gp_paths *paths, struct gp_outcome *outcome)
{
    int r = 0;
    for (size_t i = 0; i < paths->count; i++) {
        const struct gp_pathexpr *path = paths->data[i];
        for (size_t part = 0; r == 0 && part < path->count; part++) {
            if (path->parts[part].text) {
                r = template_set(eval, path->parts[part].text, outcome);
            }
        }
    }
    return r;
}

/* Recursion is as deep as tables are in tables: a facet's object in its row. */
static int field_set(struct gp_eval *eval, const struct gp_field *field, const void *base, struct gp_outcome *outcome)
{
    const void *member = (const char *)base + field->offset;
    const void *const *pointer = member;
    int r;
    switch (field->kind) {
    case GP_KIND_EXPR:
        return expr_set(eval, *pointer, outcome);
    case GP_KIND_EXPRS:
        return exprs_set(eval, member, outcome);
    case GP_KIND_COMPARISON:
        return *pointer ? gp_comparison_set(eval, *pointer, outcome) : 0;
    case GP_KIND_PATHS:
        return gp_paths_set(eval, member, outcome);
    case GP_KIND_OBJECT:
        for (const struct gp_field *row = field->object->fields; *pointer && row->kind != GP_KIND_END; row++) {
            r = field_set(eval, row, *pointer, outcome);
            if (r < 0) {
                return r;
            }
        }
        return 0;
    default:
        return 0;
    }
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

/* Few facets, so an insertion sort; those of one cost keep the order of the file. */
static void insert_by_cost(const struct gp_facet **data, size_t count, const struct gp_facet *facet)
{
    while (count > 0 && data[count - 1]->def->cost > facet->def->cost) {
        data[count] = data[count - 1];
        count--;
    }
    data[count] = facet;
}

int gp_facets_begin(struct gp_eval *eval, const struct gp_cond *cond, struct gp_facets *ret,
                    struct gp_outcome *ret_outcome)
{
    struct gp_facets facets = {.count = cond->facet_count};
    *ret_outcome = GP_OUTCOME_TRUE;
    if (facets.count) {
        facets.data = GP_NEW_ARRAY(eval->arena, const struct gp_facet *, facets.count);
        if (!facets.data) {
            return -ENOMEM;
        }
    }
    for (size_t i = 0; i < facets.count; i++) {
        const struct gp_facet *facet = &cond->facets[i];
        int r = field_set(eval, &facet->def->value, facet->data, ret_outcome);
        if (r < 0) {
            return r;
        }
        insert_by_cost(facets.data, i, facet);
    }
    *ret = facets;
    return 0;
}

int gp_facets_ask(struct gp_eval *eval, const struct gp_facets *facets, struct gp_entry *entry, struct gp_proof *ret)
{
    struct gp_proof all = {.result = facets->count ? GP_NA : GP_TRUE};
    bool terse = eval->terse;
    int r = 0;
    eval->terse = true;
    for (size_t i = 0; r == 0 && all.result != GP_FALSE && i < facets->count; i++) {
        struct gp_proof one = {0};
        r = facets->data[i]->def->decide(eval, facets->data[i], entry, &one);
        switch (one.result) {
        case GP_FALSE:
            all = (struct gp_proof){.result = GP_FALSE, .basis = one.basis};
            break;
        case GP_TRUE:
            all.result = all.result == GP_UNKNOWN ? GP_UNKNOWN : GP_TRUE;
            all.basis = gp_basis_weaker(all.basis, one.basis);
            break;
        case GP_UNKNOWN:
            all.reason = all.result == GP_UNKNOWN && all.reason < one.reason ? all.reason : one.reason;
            all.result = GP_UNKNOWN;
            break;
        case GP_NA:
            break;
        }
    }
    eval->terse = terse;
    if (r == 0) {
        *ret = all;
    }
    return r;
}

int gp_facets_tell(struct gp_eval *eval, const struct gp_cond *cond, struct gp_entry *entry, const char *path,
                   struct gp_proof *proof)
{
    for (size_t i = 0; i < cond->facet_count; i++) {
        const struct gp_facet *facet = &cond->facets[i];
        struct gp_proof *leaf = gp_proof_leaf(eval, proof, facet->def->key, path);
        if (!leaf) {
            return -ENOMEM;
        }
        leaf->at = facet->at;
        int r = facet->def->decide(eval, facet, entry, leaf);
        if (r < 0) {
            return r;
        }
    }
    gp_proof_all(proof);
    return 0;
}

/* ---- for the families -------------------------------------------------------------------------------------------- */

int gp_facet_unknown(struct gp_eval *eval, struct gp_entry *entry, enum gp_reason reason, struct gp_proof *proof)
{
    struct gp_outcome outcome;
    int r = gp_words_unknown(eval, entry, reason, &outcome);
    if (r == 0) {
        gp_proof_take(proof, outcome);
    }
    return r;
}

int gp_facet_lacks(struct gp_eval *eval, struct gp_entry *entry, const struct gp_raw *raw, struct gp_proof *proof)
{
    if (raw->kind == GP_RAW_UNKNOWN) {
        return gp_facet_unknown(eval, entry, raw->reason, proof);
    }
    proof->result = GP_FALSE;
    proof->found = gp_raw_lack(eval, raw);
    return proof->found ? 0 : -ENOMEM;
}

int gp_facet_compare(struct gp_eval *eval, const struct gp_comparison *comparison, const struct gp_value *value,
                     struct gp_proof *proof)
{
    proof->value = *value;
    proof->result = GP_TRUE;
    return gp_comparison_given(comparison) ? gp_compare(eval, comparison, value, proof) : 0;
}

const char *gp_facet_expects(struct gp_eval *eval, const struct gp_comparison *comparison, enum gp_type type,
                             const char *fallback)
{
    return eval->terse || !gp_comparison_given(comparison) ? fallback : gp_compare_text(eval, comparison, type);
}

int gp_facet_expect(struct gp_eval *eval, const struct gp_comparison *comparison, enum gp_type type,
                    struct gp_proof *proof)
{
    const char *text = gp_facet_expects(eval, comparison, type, "a value");
    return text ? gp_say(eval, &proof->expected, "%s", text) : -ENOMEM;
}
