/* Sets of records that others ask for: texts of a field, offsets of records. */
#include <string.h>

#include "eval/tables.h"

/* A set that was worked out: by whose words it was asked for. */
struct gp_set_memo {
    struct gp_set_memo *next;
    const struct gp_membership *of;
    struct gp_memo *memo;
};

static struct gp_set_memo *memo_of(struct gp_eval *eval, const struct gp_membership *of)
{
    for (struct gp_set_memo *memo = eval->sets; memo; memo = memo->next) {
        if (memo->of == of) {
            return memo;
        }
    }
    struct gp_set_memo *memo = GP_NEW(eval->arena, struct gp_set_memo);
    if (memo) {
        *memo = (struct gp_set_memo){.next = eval->sets, .of = of};
        eval->sets = memo;
    }
    return memo;
}

struct gathering {
    struct gp_eval *eval;
    const struct gp_membership *of;
    const struct gp_table_field *field; /* NULL: starts */
    struct gp_row_set *set;
    enum gp_reason unsure; /* of a record that may belong to it or not */
};

static void note_unsure(struct gathering *it, enum gp_reason reason)
{
    it->unsure = it->unsure == GP_REASON_NONE || reason < it->unsure ? reason : it->unsure;
}

static int add_key(struct gathering *it, struct gp_str key)
{
    if (gp_strmap_find(&it->set->keys, key)) {
        return 0;
    }
    const char *copy = gp_arena_memdup(it->eval->arena, key.data, key.len);
    return copy ? gp_strmap_put(it->eval->arena, &it->set->keys, (struct gp_str){copy, key.len}, it->set) : -ENOMEM;
}

struct gp_str gp_start_key(size_t file, uint64_t offset, char buffer[GP_START_KEY])
{
    uint64_t number = file;
    memcpy(buffer, &number, sizeof(number));
    memcpy(buffer + sizeof(number), &offset, sizeof(offset));
    return (struct gp_str){buffer, GP_START_KEY};
}

static int gather(void *context, const struct gp_row *row, enum gp_result live, enum gp_reason why)
{
    struct gathering *it = context;
    char buffer[GP_START_KEY];
    struct gp_proof where;
    int r = gp_row_tests(row, &it->of->where, &where);
    if (r < 0 || where.result == GP_FALSE) {
        return r;
    }
    if (where.result != GP_TRUE || live != GP_TRUE) {
        note_unsure(it, where.result != GP_TRUE ? where.reason : why);
        return 0;
    }
    if (!it->field) {
        return add_key(it, gp_start_key(row->file, row->offset, buffer));
    }
    struct gp_outcome outcome;
    struct gp_str text;
    r = gp_row_text(row, it->field, &text, &outcome);
    if (r == 0 && outcome.result == GP_TRUE) {
        return add_key(it, text);
    }
    note_unsure(it, outcome.reason); /* nobody knows what it names */
    return r;
}

static int fill(struct gp_scan *scan, struct gathering *it)
{
    struct gp_outcome outcome = GP_OUTCOME_TRUE;
    gp_scan_use(scan, it->field);
    gp_scan_use_tests(scan, &it->of->where);
    int r = gp_field_tests_set(it->eval, &it->of->where, &outcome);
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_scan_begin(scan, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_scan_rows(scan, gather, it);
    }
    if (r == 0 && outcome.result == GP_TRUE && scan->unknown) {
        r = gp_scan_unknown(scan, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE && it->unsure) {
        const char *detail = gp_arena_printf(it->eval->arena, "a record of %.*s cannot be told",
                                             GP_STR_ARG(scan->table->def.id));
        outcome = gp_outcome_unknown(it->unsure, detail);
        r = detail ? 0 : -ENOMEM;
    }
    it->set->outcome = outcome;
    return r;
}

static int build(struct gathering *it, const struct gp_row_set **ret_set)
{
    const struct gp_table *table = gp_ref_table(it->of->table);
    struct gp_set_memo *memo = memo_of(it->eval, it->of);
    uint64_t uses = it->eval->operation_uses;
    if (!memo) {
        return -ENOMEM;
    }
    *ret_set = gp_memo_get(it->eval, &memo->memo);
    if (*ret_set) {
        return 0;
    }
    struct gp_scan scan;
    int r = gp_scan_new(it->eval, table, &scan);
    if (r == 0) {
        r = fill(&scan, it);
    }
    gp_scan_done(&scan);
    *ret_set = it->set;
    return r < 0 ? r : gp_memo_put(it->eval, &memo->memo, uses, it->set);
}

int gp_set_of_texts(struct gp_eval *eval, const struct gp_membership *of, const struct gp_table_field *field, bool fold,
                    const struct gp_row_set **ret_set)
{
    struct gathering it = {.eval = eval, .of = of, .field = field, .set = GP_NEW(eval->arena, struct gp_row_set)};
    if (!it.set) {
        return -ENOMEM;
    }
    it.set->keys.fold = fold;
    return build(&it, ret_set);
}

int gp_set_of_starts(struct gp_eval *eval, const struct gp_membership *of, const struct gp_row_set **ret_set)
{
    struct gathering it = {.eval = eval, .of = of, .set = GP_NEW(eval->arena, struct gp_row_set)};
    return it.set ? build(&it, ret_set) : -ENOMEM;
}
