#include "eval/each-record.h"

#include <string.h>

#include "eval/words.h"

/* The first record that has a text in a field that is to be unique. */
struct gp_first_record {
    size_t file;
    uint64_t number, offset;
    bool sure;
};

/* ---- making ready ------------------------------------------------------------------------------------------------ */

/* The field that `in` compares with: the one that `as` names, else the one of the same name. */
static const struct gp_table_field *as_field(const struct gp_membership *of)
{
    if (of->as) {
        return gp_ref_field(of->as);
    }
    const struct gp_map_entry *entry = gp_map_find(&gp_ref_table(of->table)->fields, of->field->id);
    return entry ? entry->value : NULL;
}

static void take_na(struct gp_outcome *outcome, struct gp_outcome other)
{
    if (outcome->result == GP_TRUE && other.result == GP_NA) {
        *outcome = other;
    }
}

int gp_record_checks_begin(struct gp_scan *scan, const struct gp_cond_each_record *data, struct gp_record_checks *ret,
                           struct gp_outcome *ret_outcome)
{
    struct gp_eval *eval = scan->eval;
    int r = 0;
    *ret = (struct gp_record_checks){.eval = eval, .data = data};
    *ret_outcome = GP_OUTCOME_TRUE;
    if (data->unique) {
        ret->arena = gp_arena_new(0);
        r = ret->arena ? 0 : -ENOMEM;
    }
    if (r == 0 && data->in) {
        /* What files hold is compared as it is: `case: upper` of a field says otherwise. */
        r = gp_set_of_texts(eval, data->in, as_field(data->in), false, &ret->in);
        take_na(ret_outcome, r == 0 ? ret->in->outcome : GP_OUTCOME_TRUE);
    }
    if (r == 0 && data->points) {
        r = gp_set_of_starts(eval, data->points, &ret->points);
        take_na(ret_outcome, r == 0 ? ret->points->outcome : GP_OUTCOME_TRUE);
    }
    if (r == 0 && data->points && ret_outcome->result == GP_TRUE) {
        r = gp_eval_number(eval, data->points->end, 0, &ret->end, ret_outcome);
    }
    if (r == 0 && data->along && ret_outcome->result == GP_TRUE) {
        r = gp_chain_follow(scan, data->along, &ret->chain, ret_outcome);
    }
    return r;
}

void gp_record_checks_done(struct gp_record_checks *checks)
{
    gp_chain_done(&checks->chain);
    gp_arena_free(checks->arena);
}

bool gp_record_checks_reached(const struct gp_record_checks *checks, const struct gp_row *row)
{
    return !checks->data->along || checks->chain.flags[row->file][row->number] & GP_CHAIN_REACHED;
}

/* ---- words ------------------------------------------------------------------------------------------------------- */

/* `id "X"` of a field, for a text that stands for it. */
static int say_text(struct gp_eval *eval, const struct gp_table_field *field, struct gp_str text, const char **slot)
{
    const char *quoted = gp_words_quote(eval, text);
    return quoted ? gp_say(eval, slot, "%.*s %s", GP_STR_ARG(field->id), quoted) : -ENOMEM;
}

static void keep_value(const struct gp_row *row, const struct gp_table_field *field, struct gp_proof *ret)
{
    struct gp_reading reading;
    if (!row->scan->eval->terse && gp_row_value(row, field, &reading) == 0 && reading.result == GP_TRUE) {
        ret->value = reading.value;
    }
}

/* ---- has --------------------------------------------------------------------------------------------------------- */

static int ask_has(struct gp_record_checks *it, const struct gp_row *row, struct gp_proof *ret)
{
    struct gp_eval *eval = it->eval;
    const struct gp_pathexpr *path = it->data->has.data[0];
    struct gp_entry *entry = NULL;
    struct gp_outcome outcome;
    (void)row;
    int r = gp_eval_entry(eval, path, &entry, &outcome);
    if (r < 0 || outcome.result != GP_TRUE) {
        gp_proof_take(ret, outcome);
        return r;
    }
    const char *text = eval->terse ? "" : gp_eval_path_text(eval, path);
    if (!text || gp_say(eval, &ret->expected, "%s is there", text) < 0) {
        return -ENOMEM;
    }
    enum gp_tri there = GP_TRI_NO;
    if (entry) {
        const struct gp_facts *facts = gp_probe_facts(eval->here->probe, entry);
        there = facts->present;
        if (there == GP_TRI_UNKNOWN) {
            r = gp_words_unknown(eval, entry, facts->reason, &outcome);
            gp_proof_take(ret, outcome);
            return r;
        }
    }
    ret->result = there == GP_TRI_YES ? GP_TRUE : GP_FALSE;
    return gp_say(eval, &ret->found, there == GP_TRI_YES ? "%s is there" : "%s is not there", text);
}

/* ---- unique ------------------------------------------------------------------------------------------------------ */

/* What is to be unique: the text, with the file before it where only its records count.  NULL: out of memory. */
static struct gp_str unique_key(struct gp_record_checks *it, const struct gp_row *row, struct gp_str text)
{
    uint64_t file = it->data->within ? row->file : 0;
    char *key = gp_arena_alloc(it->arena, sizeof(file) + text.len);
    if (!key) {
        return (struct gp_str){NULL, 0};
    }
    memcpy(key, &file, sizeof(file));
    if (text.len) {
        memcpy(key + sizeof(file), text.data, text.len);
    }
    return (struct gp_str){key, sizeof(file) + text.len};
}

static int remember(struct gp_record_checks *it, const struct gp_row *row, struct gp_str key, bool sure)
{
    struct gp_first_record *first = GP_NEW(it->arena, struct gp_first_record);
    if (!first) {
        return -ENOMEM;
    }
    *first = (struct gp_first_record){row->file, row->number, row->offset, sure};
    return gp_strmap_put(it->arena, &it->firsts, key, first);
}

static int say_first(struct gp_record_checks *it, const struct gp_row *row, const struct gp_first_record *first,
                     struct gp_proof *ret)
{
    struct gp_eval *eval = it->eval;
    unsigned long long number = first->number, offset = first->offset;
    if (eval->terse) {
        return 0;
    }
    if (first->file == row->file) {
        return gp_say(eval, &ret->found, "%s, as in record %llu at 0x%llx", ret->found, number, offset);
    }
    const char *path = gp_scan_path(row->scan, first->file);
    return path ? gp_say(eval, &ret->found, "%s, as in record %llu of %s", ret->found, number, path) : -ENOMEM;
}

static int ask_unique(struct gp_record_checks *it, const struct gp_row *row, bool sure, struct gp_proof *ret)
{
    const struct gp_table_field *field = gp_ref_field(it->data->unique);
    struct gp_outcome outcome;
    struct gp_str text;
    int r = gp_row_text(row, field, &text, &outcome);
    if (r < 0 || outcome.result != GP_TRUE) {
        gp_proof_take(ret, outcome);
        return r;
    }
    struct gp_str key = unique_key(it, row, text);
    if (!key.data) {
        return -ENOMEM;
    }
    struct gp_first_record *first = gp_strmap_get(&it->firsts, key);
    if (!first) {
        ret->result = GP_TRUE;
        return remember(it, row, key, sure);
    }
    bool itself = first->file == row->file && first->number == row->number;
    ret->result = itself ? GP_TRUE : sure && first->sure ? GP_FALSE : GP_UNKNOWN;
    ret->reason = ret->result == GP_UNKNOWN ? GP_REASON_NO_VALUE : GP_REASON_NONE;
    first->sure = first->sure || (sure && itself);
    if (gp_say(it->eval, &ret->expected, "%.*s is in no other record", GP_STR_ARG(field->id)) < 0 ||
        say_text(it->eval, field, text, &ret->found) < 0) {
        return -ENOMEM;
    }
    return itself ? 0 : say_first(it, row, first, ret);
}

/* ---- in, points-to ----------------------------------------------------------------------------------------------- */

/* What is not in a set that may have more may be in it. */
static void take_set(const struct gp_row_set *set, struct gp_str key, struct gp_proof *ret)
{
    if (gp_strmap_find(&set->keys, key)) {
        ret->result = GP_TRUE;
    } else if (set->outcome.result == GP_TRUE) {
        ret->result = GP_FALSE;
    } else {
        gp_proof_take(ret, set->outcome);
    }
}

static int ask_in(struct gp_record_checks *it, const struct gp_row *row, struct gp_proof *ret)
{
    const struct gp_membership *of = it->data->in;
    const struct gp_table_field *field = gp_ref_field(of->field), *as = as_field(of);
    struct gp_outcome outcome;
    struct gp_str text;
    int r = gp_row_text(row, field, &text, &outcome);
    if (r < 0 || outcome.result != GP_TRUE) {
        gp_proof_take(ret, outcome);
        return r;
    }
    take_set(it->in, text, ret);
    r = say_text(it->eval, field, text, &ret->found);
    return r < 0 ? r
                 : gp_say(it->eval, &ret->expected, "%.*s is %.*s of a record of %.*s", GP_STR_ARG(field->id),
                          GP_STR_ARG(as->id), GP_STR_ARG(of->table->id));
}

static int ask_points(struct gp_record_checks *it, const struct gp_row *row, struct gp_proof *ret)
{
    const struct gp_membership *of = it->data->points;
    const struct gp_table_field *field = gp_ref_field(of->field);
    bool own = gp_ref_table(of->table) == row->scan->table;
    struct gp_reading reading;
    char buffer[GP_START_KEY];
    int r = gp_row_value(row, field, &reading);
    if (r < 0 || reading.result != GP_TRUE) {
        gp_proof_take(ret, (struct gp_outcome){reading.result, reading.reason, reading.detail});
        return r;
    }
    ret->result = GP_TRUE;
    if (!of->end || reading.value.integer != it->end) {
        take_set(it->points, gp_start_key(own ? row->file : 0, (uint64_t)reading.value.integer, buffer), ret);
    }
    r = gp_say(it->eval, &ret->found, "%.*s 0x%llx", GP_STR_ARG(field->id), (unsigned long long)reading.value.integer);
    return r < 0 ? r
                 : gp_say(it->eval, &ret->expected, "%.*s is where a record of %.*s begins", GP_STR_ARG(field->id),
                          GP_STR_ARG(of->table->id));
}

/* ---- along ------------------------------------------------------------------------------------------------------- */

static const char *fault_words(unsigned flags)
{
    return flags & GP_CHAIN_OUT       ? "where no record begins"
           : flags & GP_CHAIN_DELETED ? "to a deleted record"
           : flags & GP_CHAIN_LOOP    ? "back into its own chain"
                                      : "nobody can tell where";
}

static int ask_along(struct gp_record_checks *it, const struct gp_row *row, struct gp_proof *ret)
{
    const struct gp_table_field *field = gp_ref_field(it->data->along->next);
    unsigned flags = it->chain.flags[row->file][row->number];
    bool broken = flags & (GP_CHAIN_OUT | GP_CHAIN_DELETED | GP_CHAIN_LOOP);
    ret->result = broken ? GP_FALSE : GP_TRUE;
    if (flags & GP_CHAIN_UNKNOWN) {
        gp_proof_take(ret, gp_outcome_unknown(GP_REASON_NO_VALUE, "where it leads cannot be told"));
    }
    if (!broken || it->eval->terse) {
        return 0;
    }
    struct gp_reading reading;
    int r = gp_row_value(row, field, &reading);
    if (r == 0) {
        r = gp_say(it->eval, &ret->found, "%.*s 0x%llx leads %s", GP_STR_ARG(field->id),
                   (unsigned long long)reading.value.integer, fault_words(flags));
    }
    return r < 0 ? r
                 : gp_say(it->eval, &ret->expected, "%.*s leads to the next record, and the chain ends",
                          GP_STR_ARG(field->id));
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

enum check { CHECK_ALONG, CHECK_THAT, CHECK_UNIQUE, CHECK_POINTS, CHECK_IN, CHECK_HAS, CHECKS };

/* One of them; false: it is not asked for. */
static bool ask_one(struct gp_record_checks *it, enum check check, const struct gp_row *row, bool sure,
                    struct gp_proof *ret, int *ret_error)
{
    const struct gp_cond_each_record *data = it->data;
    const struct gp_ref *about = NULL;
    int r = 0;
    bool asked = true;
    switch (check) {
    case CHECK_ALONG:
        asked = data->along != NULL;
        r = asked ? ask_along(it, row, ret) : 0;
        about = asked ? data->along->next : NULL;
        break;
    case CHECK_THAT:
        asked = data->that.count > 0;
        r = asked ? gp_row_tests(row, &data->that, ret) : 0;
        break;
    case CHECK_UNIQUE:
        asked = data->unique != NULL;
        r = asked ? ask_unique(it, row, sure, ret) : 0;
        about = data->unique;
        break;
    case CHECK_POINTS:
        asked = data->points != NULL;
        r = asked ? ask_points(it, row, ret) : 0;
        about = asked ? data->points->field : NULL;
        break;
    case CHECK_IN:
        asked = data->in != NULL;
        r = asked ? ask_in(it, row, ret) : 0;
        about = asked ? data->in->field : NULL;
        break;
    case CHECK_HAS:
    case CHECKS:
        asked = data->has.count > 0;
        r = asked ? ask_has(it, row, ret) : 0;
        break;
    }
    if (r == 0 && about) {
        keep_value(row, gp_ref_field(about), ret);
    }
    *ret_error = r;
    return asked;
}

int gp_record_checks_ask(struct gp_record_checks *it, const struct gp_row *row, bool sure, struct gp_proof *ret)
{
    const struct gp_row *outer = it->eval->row;
    struct gp_proof all = {.result = GP_TRUE};
    int r = 0;
    it->eval->row = row;
    for (enum check check = 0; r == 0 && check < CHECKS && all.result != GP_FALSE; check++) {
        struct gp_proof one = {0};
        if (!ask_one(it, check, row, sure, &one, &r) || r < 0) {
            continue;
        }
        bool graver = one.result == GP_UNKNOWN && (all.result != GP_UNKNOWN || one.reason < all.reason);
        if (one.result == GP_FALSE || graver || (one.result == GP_TRUE && all.result == GP_TRUE)) {
            all = one;
        }
    }
    it->eval->row = outer;
    if (r == 0) {
        *ret = all;
    }
    return r;
}
