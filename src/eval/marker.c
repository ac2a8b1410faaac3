/*
 * Markers: what is read, or the first case that holds; then the names that raw
 * values have.  Each is worked out once a directory.
 */
#include "eval/internal.h"

#include "util/text.h"

static struct gp_outcome outcome_of(const struct gp_reading *reading)
{
    return (struct gp_outcome){.result = reading->result, .reason = reading->reason, .detail = reading->detail};
}

/* ---- a read ------------------------------------------------------------------------------------------------------ */

static int scale(struct gp_eval *eval, const struct gp_expr *times, struct gp_reading *reading)
{
    struct gp_outcome outcome;
    int64_t factor;
    int r;

    if (!times || reading->result != GP_TRUE || !gp_type_is_integer(reading->value.type))
        return 0;
    r = gp_eval_number(eval, times, 1, &factor, &outcome);
    if (r < 0)
        return r;
    if (outcome.result != GP_TRUE)
        gp_reading_take(reading, outcome);
    else if (__builtin_mul_overflow(reading->value.integer, factor, &reading->value.integer))
        gp_reading_unknown(reading, GP_REASON_NO_VALUE, "the scaled number is too large");
    return 0;
}

static int read_value(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    const struct gp_place *outer = eval->here;
    int r = gp_eval_place(eval, read->under, &eval->here);

    if (r == 0 && eval->here->open.result != GP_TRUE)
        gp_reading_take(ret, eval->here->open);
    else if (r == 0)
        r = read->def->read(eval, read, ret);
    eval->here = outer;
    return r < 0 ? r : scale(eval, read->times, ret);
}

/* ---- names for raw values ---------------------------------------------------------------------------------------- */

static bool same(const struct gp_value *a, const struct gp_value *b)
{
    return gp_type_is_integer(a->type) == gp_type_is_integer(b->type) && gp_value_compare(a, b) == 0;
}

struct naming {
    struct gp_outcome unsettled; /* the first raw value that is not known */
    const char *na;              /* a raw value that rests on an unset variable */
    const struct gp_map_entry *name;
};

static int try_name(struct gp_eval *eval, const struct gp_map_entry *entry, const struct gp_value *raw,
                    struct naming *naming)
{
    const struct gp_exprs *values = &((const struct gp_marker_value *)entry->value)->raw;

    for (size_t i = 0; i < values->count; i++) {
        struct gp_reading wanted;
        int r = gp_eval_expr(eval, values->data[i], &wanted);

        if (r < 0)
            return r;
        if (wanted.result == GP_NA && !naming->na)
            naming->na = wanted.detail ? wanted.detail : "";
        if (wanted.result == GP_UNKNOWN && naming->unsettled.result != GP_UNKNOWN)
            naming->unsettled = outcome_of(&wanted);
        if (wanted.result == GP_TRUE && raw && !naming->name && same(&wanted.value, raw))
            naming->name = entry;
    }
    return 0;
}

static int outside(struct gp_eval *eval, struct gp_reading *reading)
{
    const char *found = gp_value_text(&reading->value, eval->arena);
    const char *detail = found ? gp_arena_printf(eval->arena, "%s is none of its values", found) : NULL;

    if (!detail)
        return -ENOMEM;
    gp_reading_unknown(reading, GP_REASON_NO_VALUE, detail);
    return 0;
}

/* An unset variable among the values takes the marker out, whatever the file says: the names mean nothing yet. */
static int name_value(struct gp_eval *eval, const struct gp_marker *marker, struct gp_reading *reading)
{
    struct naming naming = {.unsettled = GP_OUTCOME_TRUE};
    const struct gp_value *raw = reading->result == GP_TRUE ? &reading->value : NULL;

    for (size_t i = 0; i < marker->values.count; i++) {
        int r = try_name(eval, &marker->values.data[i], raw, &naming);

        if (r < 0)
            return r;
    }
    if (naming.na)
        gp_reading_na(reading, naming.na);
    if (naming.na || !raw || !marker->values.count)
        return 0;
    if (!naming.name && naming.unsettled.result == GP_UNKNOWN)
        gp_reading_take(reading, naming.unsettled);
    else if (!naming.name)
        return outside(eval, reading);
    else
        reading->value = (struct gp_value){.type = GP_TYPE_CHOICE, .string = naming.name->id};
    return 0;
}

/* ---- cases ------------------------------------------------------------------------------------------------------- */

/* The case that decides is the first to be looked at by who reads the proof. */
static void last_to_front(struct gp_proof *proof)
{
    struct gp_proof last = proof->children[proof->child_count - 1];

    for (size_t i = proof->child_count - 1; i > 0; i--)
        proof->children[i] = proof->children[i - 1];
    proof->children[0] = last;
}

static int take_case(struct gp_eval *eval, const struct gp_case_row *row, struct gp_proof *when, struct gp_reading *ret)
{
    struct gp_reading value;
    int r = gp_eval_expr(eval, row->value, &value);

    if (r < 0)
        return r;
    value.proof = ret->proof;
    value.basis = gp_basis_weaker((enum gp_basis)row->basis, gp_basis_weaker(when->basis, value.basis));
    if (row->source.count)
        value.source = row->source;
    if (row->title.data)
        when->label = row->title;
    *ret = value;
    return 0;
}

/* Decides the guard of a case into a new child of the proof. */
static int try_case(struct gp_eval *eval, const struct gp_case_row *row, struct gp_proof *proof)
{
    struct gp_proof when = {.result = GP_TRUE, .at = proof->at};
    int r = row->when ? gp_eval_cond(eval, row->when, &when) : 0;
    struct gp_proof *child = r == 0 ? gp_proof_add(eval->arena, proof) : NULL;

    if (!child)
        return -ENOMEM;
    *child = when;
    child->spare = when.result == GP_NA;
    return 0;
}

static int cases_value(struct gp_eval *eval, const struct gp_marker *marker, struct gp_reading *ret)
{
    struct gp_proof *proof = ret->proof = GP_NEW(eval->arena, struct gp_proof);

    if (!proof)
        return -ENOMEM;
    proof->at = marker->def.at;
    proof->label = marker->def.title;
    for (size_t i = 0; i < marker->cases.count; i++) {
        const struct gp_case_row *row = marker->cases.data[i];
        int r = try_case(eval, row, proof);

        if (r < 0)
            return r;
        struct gp_proof *when = &proof->children[proof->child_count - 1];
        if (when->result != GP_TRUE && when->result != GP_UNKNOWN)
            continue;
        last_to_front(proof);
        when = &proof->children[0];
        for (size_t k = 1; k < proof->child_count; k++)
            proof->children[k].spare = true; /* the cases before it did not hold: that is no evidence for this one */
        if (when->result == GP_TRUE)
            return take_case(eval, row, when, ret);
        gp_reading_unknown(ret, when->reason, when->detail);
        return 0;
    }
    gp_reading_unknown(ret, GP_REASON_NO_VALUE, "none of its cases holds");
    return 0;
}

/* ---- a marker ---------------------------------------------------------------------------------------------------- */

/* Whether the guard lets the marker be looked at.  With a guard that is not known nothing is said: a value would be a
 * claim. */
static int guarded(struct gp_eval *eval, const struct gp_marker *marker, struct gp_reading *ret, bool *ret_go_on)
{
    struct gp_proof when;
    int r;

    *ret_go_on = true;
    if (!marker->when)
        return 0;
    r = gp_eval_cond(eval, marker->when, &when);
    if (r < 0 || when.result == GP_TRUE)
        return r;
    *ret_go_on = false;
    if (when.result == GP_UNKNOWN)
        gp_reading_unknown(ret, when.reason, when.detail);
    else
        gp_reading_na(ret, when.detail ? when.detail : "its guard (when) does not hold");
    ret->proof = GP_NEW(eval->arena, struct gp_proof);
    if (!ret->proof)
        return -ENOMEM;
    *ret->proof = (struct gp_proof){.at = marker->def.at};
    struct gp_proof *child = gp_proof_add(eval->arena, ret->proof);
    if (!child)
        return -ENOMEM;
    *child = when;
    return 0;
}

static int work_out(struct gp_eval *eval, const struct gp_marker *marker, struct gp_reading *ret)
{
    bool go_on;
    int r = guarded(eval, marker, ret, &go_on);

    if (r < 0 || !go_on)
        return r;
    r = marker->read ? read_value(eval, marker->read, ret) : cases_value(eval, marker, ret);
    if (r == 0)
        r = name_value(eval, marker, ret);
    if (r < 0)
        return r;
    ret->basis = ret->result == GP_TRUE ? gp_basis_weaker((enum gp_basis)marker->def.basis, ret->basis) : GP_BASIS_NONE;
    if (!ret->source.count)
        ret->source = marker->def.source;
    return 0;
}

/* A marker does not see the file that its user is looking at, and its proof is kept, so it is never terse. */
static int work_out_alone(struct gp_eval *eval, const struct gp_marker *marker, struct gp_reading *ret)
{
    struct gp_str each_name = eval->each_name;
    bool terse = eval->terse;

    if (eval->depth >= GP_LIMIT_EVAL_DEPTH) {
        gp_reading_unknown(ret, GP_REASON_LIMIT, "too many markers and conditions rest on each other");
        return 0;
    }
    eval->each_name = (struct gp_str){0};
    eval->terse = false;
    eval->depth++;
    int r = work_out(eval, marker, ret);
    eval->depth--;
    eval->terse = terse;
    eval->each_name = each_name;
    return r;
}

static int remembered(struct gp_eval *eval, const struct gp_marker *marker, const struct gp_reading **ret_reading)
{
    struct gp_memo **list = &eval->markers[marker->number];
    const struct gp_reading *known = gp_memo_get(eval, list);
    uint64_t uses = eval->operation_uses;

    if (!known) {
        struct gp_reading *reading = GP_NEW(eval->arena, struct gp_reading);
        int r = reading ? work_out_alone(eval, marker, reading) : -ENOMEM;

        if (r == 0)
            r = gp_memo_put(eval, list, uses, reading);
        if (r < 0)
            return r;
        known = reading;
    }
    *ret_reading = known;
    return 0;
}

int gp_eval_marker(struct gp_eval *eval, const struct gp_marker *marker, const struct gp_ref *under,
                   struct gp_reading *ret)
{
    const struct gp_place *outer = eval->here;
    const struct gp_reading *reading = NULL;
    int r = gp_eval_place(eval, under, &eval->here);

    if (r == 0 && eval->here->open.result != GP_TRUE) {
        *ret = (struct gp_reading){0};
        gp_reading_take(ret, eval->here->open);
    } else if (r == 0)
        r = remembered(eval, marker, &reading);
    eval->here = outer;
    if (r == 0 && reading)
        *ret = *reading;
    return r;
}
