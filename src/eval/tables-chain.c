/*
 * Chains: each record of a file holds the offset of the next one.  Every record
 * has one way on, so a walk that meets itself has found a loop, and all of them
 * together cost one look at each record.
 */
#include <stdlib.h>

#include "eval/tables.h"

/* Where a record leads to. */
#define NEXT_DELETED INT64_MIN       /* it is not there itself */
#define NEXT_UNKNOWN (INT64_MIN + 1) /* that cannot be told */

struct following {
    struct gp_scan *scan;
    const struct gp_table_field *next;
    int64_t **targets; /* by file and record */
};

static int take_next(void *context, const struct gp_row *row, enum gp_result live, enum gp_reason why)
{
    struct following *it = context;
    struct gp_reading reading;
    (void)live;
    (void)why;
    int r = gp_row_value(row, it->next, &reading);
    it->targets[row->file][row->number] = reading.result == GP_TRUE ? reading.value.integer : NEXT_UNKNOWN;
    return r;
}

static void free_all(void **blocks, size_t count)
{
    for (size_t i = 0; blocks && i < count; i++) {
        free(blocks[i]);
    }
    free(blocks);
}

void gp_chain_done(struct gp_chain *chain)
{
    free_all((void **)chain->flags, chain->file_count);
    chain->flags = NULL;
}

static int make_room(struct following *it, struct gp_chain *chain)
{
    const struct gp_scan *scan = it->scan;
    chain->file_count = scan->file_count;
    chain->flags = calloc(scan->file_count + 1, sizeof(*chain->flags));
    it->targets = calloc(scan->file_count + 1, sizeof(*it->targets));
    for (size_t i = 0; chain->flags && it->targets && i < scan->file_count; i++) {
        uint64_t rows = scan->files[i].rows;
        chain->flags[i] = calloc(rows + 1, sizeof(**chain->flags));
        it->targets[i] = calloc(rows + 1, sizeof(**it->targets));
        if (!chain->flags[i] || !it->targets[i]) {
            return -ENOMEM;
        }
        for (uint64_t row = 0; row < rows; row++) {
            it->targets[i][row] = NEXT_DELETED;
        }
    }
    return chain->flags && it->targets ? 0 : -ENOMEM;
}

/* ---- following --------------------------------------------------------------------------------------------------- */

struct way {
    const struct gp_scan *scan;
    const int64_t *targets;
    unsigned char *flags;
    uint64_t rows;
    int64_t end;
};

/* The record that begins at an offset; false: none does. */
static bool record_at(const struct way *way, int64_t offset, uint64_t *ret)
{
    if (offset < way->scan->after || (offset - way->scan->after) % way->scan->of != 0) {
        return false;
    }
    *ret = (uint64_t)((offset - way->scan->after) / way->scan->of);
    return *ret < way->rows;
}

/* What is wrong with leading to an offset; 0: nothing, and `*ret` is the record there. */
static unsigned fault(const struct way *way, int64_t offset, uint64_t *ret)
{
    if (offset == NEXT_UNKNOWN) {
        return GP_CHAIN_UNKNOWN;
    }
    if (!record_at(way, offset, ret)) {
        return GP_CHAIN_OUT;
    }
    return way->targets[*ret] == NEXT_DELETED ? GP_CHAIN_DELETED : 0;
}

/* Marks of a walk, beside enum gp_link_flag. */
#define ON_THE_WAY 64u
#define DONE 128u

/* From one record to where the chain ends, breaks, or was before. */
static void follow(const struct way *way, uint64_t first)
{
    uint64_t row = first, next = 0;
    while (!(way->flags[row] & DONE)) {
        way->flags[row] |= GP_CHAIN_REACHED | ON_THE_WAY | DONE;
        if (way->targets[row] == way->end) {
            break;
        }
        unsigned wrong = fault(way, way->targets[row], &next);
        if (!wrong && way->flags[next] & ON_THE_WAY) {
            wrong = GP_CHAIN_LOOP;
        }
        way->flags[row] |= (unsigned char)wrong;
        if (wrong) {
            break;
        }
        row = next;
    }
    for (row = first; way->flags[row] & ON_THE_WAY; row = next) { /* the way again: it is behind us */
        way->flags[row] &= (unsigned char)~ON_THE_WAY;
        if (way->targets[row] == way->end || fault(way, way->targets[row], &next)) {
            break;
        }
    }
}

static void follow_file(struct following *it, const struct gp_along *along, struct gp_chain *chain, size_t file)
{
    const struct way way = {.scan = it->scan, .targets = it->targets[file], .flags = chain->flags[file],
                            .rows = it->scan->files[file].rows, .end = chain->end};
    uint64_t row = 0;
    if (!along->from) {
        for (row = 0; row < way.rows; row++) {
            if (way.targets[row] != NEXT_DELETED) {
                follow(&way, row);
            }
        }
        return;
    }
    if (chain->from == chain->end) {
        return;
    }
    chain->start = fault(&way, chain->from, &row);
    if (!chain->start) {
        follow(&way, row);
    }
}

/* A chain that begins somewhere, in a file that is not there. */
static void no_file(const struct gp_along *along, struct gp_chain *chain)
{
    if (along->from && chain->file_count == 0 && chain->from != chain->end) {
        chain->start = GP_CHAIN_OUT;
    }
}

static int settle(struct gp_scan *scan, const struct gp_along *along, struct gp_chain *chain,
                  struct gp_outcome *ret_outcome)
{
    struct gp_outcome from = GP_OUTCOME_TRUE;
    int r = gp_eval_number(scan->eval, along->end, 0, &chain->end, ret_outcome);
    if (r == 0) {
        r = gp_eval_number(scan->eval, along->from, 0, &chain->from, &from);
    }
    if (r == 0 && (ret_outcome->result == GP_TRUE || from.result == GP_NA)) {
        *ret_outcome = from;
    }
    return r;
}

int gp_chain_follow(struct gp_scan *scan, const struct gp_along *along, struct gp_chain *ret,
                    struct gp_outcome *ret_outcome)
{
    struct following it = {.scan = scan, .next = gp_ref_field(along->next)};
    *ret = (struct gp_chain){0};
    int r = settle(scan, along, ret, ret_outcome);
    if (r < 0 || ret_outcome->result != GP_TRUE) {
        return r;
    }
    r = make_room(&it, ret);
    if (r == 0) {
        r = gp_scan_rows(scan, take_next, &it);
    }
    for (size_t i = 0; r == 0 && i < scan->file_count; i++) {
        if (scan->files[i].outcome.result == GP_TRUE) {
            follow_file(&it, along, ret, i);
        }
    }
    no_file(along, ret);
    free_all((void **)it.targets, scan->file_count);
    return r;
}
