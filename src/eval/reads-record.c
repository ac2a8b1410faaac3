/*
 * Reads of records: rows, highest, record.
 *
 * A file whose records cannot be told might change any of these, so then there
 * is no value.
 */
#include "eval/check.h"
#include "eval/content.h"
#include "eval/families.h"
#include "eval/reads.h"
#include "eval/tables.h"
#include "eval/words.h"
#include "rule/tables.h"

struct read_record {
    const struct gp_ref *table, *field;
    struct gp_map where; /* of struct gp_field_test */
    const struct gp_expr *row;
};

struct gathered {
    struct gp_eval *eval;
    const struct read_record *data;
    bool values; /* those of the field are asked for */
    int64_t row; /* the one that is asked for; -1: all */
    uint64_t count;
    struct gp_value value;
    struct gp_outcome unsure; /* a record that may belong to it or not, or whose field says nothing */
};

static void note_unsure(struct gathered *it, enum gp_reason reason)
{
    if (it->unsure.result != GP_UNKNOWN || reason < it->unsure.reason) {
        it->unsure = gp_outcome_unknown(reason, "a record cannot be told");
    }
}

/* The greatest so far, or the only one. */
static int take_value(struct gathered *it, const struct gp_row *row)
{
    struct gp_reading reading;
    int r = gp_row_value(row, gp_ref_field(it->data->field), &reading);
    if (r < 0) {
        return r;
    }
    if (reading.result != GP_TRUE) {
        note_unsure(it, reading.reason);
        return 0;
    }
    it->count++;
    if (it->count > 1 && gp_value_compare(&reading.value, &it->value) <= 0) {
        return 0;
    }
    it->value = reading.value;
    if (!gp_type_is_integer(reading.value.type) && it->count == 1) { /* of several texts none is shown */
        it->value.string.data = gp_arena_memdup(it->eval->arena, reading.value.string.data, reading.value.string.len);
        return it->value.string.data ? 0 : -ENOMEM;
    }
    return 0;
}

static int gather_row(void *context, const struct gp_row *row, enum gp_result live, enum gp_reason why)
{
    struct gathered *it = context;
    struct gp_proof where;
    if (it->row >= 0 && row->number != (uint64_t)it->row) {
        return 0;
    }
    int r = gp_row_tests(row, &it->data->where, &where);
    if (r < 0 || where.result == GP_FALSE) {
        return r;
    }
    if (where.result != GP_TRUE || live != GP_TRUE) {
        note_unsure(it, where.result != GP_TRUE ? where.reason : why);
        return 0;
    }
    it->count += it->values ? 0 : 1;
    return it->values ? take_value(it, row) : 0;
}

static int go_through(struct gp_scan *scan, struct gathered *it, struct gp_outcome *ret_outcome)
{
    struct gp_outcome outcome = GP_OUTCOME_TRUE;
    gp_scan_use(scan, gp_ref_field(it->data->field));
    gp_scan_use_tests(scan, &it->data->where);
    int r = gp_eval_number(it->eval, it->data->row, -1, &it->row, &outcome);
    if (r == 0) {
        r = gp_field_tests_set(it->eval, &it->data->where, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_scan_begin(scan, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_scan_rows(scan, gather_row, it);
    }
    if (r == 0 && outcome.result == GP_TRUE && scan->unknown) {
        r = gp_scan_unknown(scan, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE) {
        outcome = it->unsure.result == GP_UNKNOWN ? it->unsure : outcome;
    }
    *ret_outcome = outcome;
    return r;
}

/* `*ret_told` false: `ret` says why there is no value. */
static int gather(struct gp_eval *eval, const struct gp_read *read, bool values, struct gathered *ret_it,
                  bool *ret_told, struct gp_reading *ret)
{
    struct gathered it = {.eval = eval, .data = read->data, .values = values, .unsure = GP_OUTCOME_TRUE};
    const struct gp_table *table = gp_ref_table(it.data->table);
    struct gp_outcome outcome = GP_OUTCOME_TRUE;
    struct gp_scan scan;
    int r = gp_read_leaf(eval, read, gp_words_paths(eval, &table->paths), ret);
    if (r < 0) {
        return r;
    }
    r = gp_scan_new(eval, table, &scan);
    if (r == 0) {
        r = go_through(&scan, &it, &outcome);
    }
    gp_scan_done(&scan);
    *ret_told = outcome.result == GP_TRUE;
    if (r == 0 && !*ret_told) {
        gp_reading_take(ret, outcome);
    }
    *ret_it = it;
    return r;
}

static int read_rows(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    struct gathered it;
    bool told = false;
    int r = gather(eval, read, false, &it, &told, ret);
    if (r == 0 && told) {
        gp_reading_integer(ret, GP_TYPE_INTEGER, gp_size_signed(it.count));
    }
    return r;
}

static int read_highest(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    struct gathered it;
    bool told = false;
    int r = gather(eval, read, true, &it, &told, ret);
    if (r < 0 || !told) {
        return r;
    }
    if (it.count == 0) {
        return gp_read_none(eval, ret->proof->path, GP_REASON_NO_VALUE, "no record matches", ret);
    }
    gp_reading_value(ret, &it.value);
    return 0;
}

static int read_record(struct gp_eval *eval, const struct gp_read *read, struct gp_reading *ret)
{
    struct gathered it;
    bool told = false;
    int r = gather(eval, read, true, &it, &told, ret);
    if (r < 0 || !told) {
        return r;
    }
    if (it.count != 1) {
        const char *why = it.count ? "several records match" : "no record matches";
        return gp_read_none(eval, ret->proof->path, GP_REASON_NO_VALUE, why, ret);
    }
    gp_reading_value(ret, &it.value);
    return 0;
}

/* ---- what is checked at load ------------------------------------------------------------------------------------- */

static const struct gp_table_field *field_of(const struct gp_read *read)
{
    const struct read_record *data = read->data;
    const struct gp_table *table = gp_ref_table(data->table);
    const struct gp_map_entry *entry = table && data->field ? gp_map_find(&table->fields, data->field->id) : NULL;
    return entry ? entry->value : NULL;
}

static enum gp_type type_of_record(const struct gp_read *read)
{
    const struct gp_table_field *field = field_of(read);
    return field ? gp_field_value_type(field) : GP_TYPE_ANY;
}

static void check_fields(struct gp_link *link, const struct gp_read *read)
{
    const struct read_record *data = read->data;
    (void)gp_link_field(link, gp_ref_table(data->table), data->field);
    gp_link_field_tests(link, gp_ref_table(data->table), &data->where);
}

static void check_highest(struct gp_link *link, const struct gp_read *read)
{
    const struct read_record *data = read->data;
    const struct gp_table_field *field = field_of(read);
    check_fields(link, read);
    if (field && gp_field_value_type(field) != GP_TYPE_INTEGER) {
        gp_diag_add(link->diags, GP_DIAG_TYPE_MISMATCH, data->field->at,
                    "field '%.*s' is no number, so none of its values is the highest", GP_STR_ARG(field->id));
    }
}

static void check_record(struct gp_link *link, const struct gp_read *read)
{
    const struct read_record *data = read->data;
    const struct gp_table *table = gp_ref_table(data->table);
    check_fields(link, read);
    if (data->row && table && (table->paths.count != 1 || table->paths.data[0]->glob)) {
        gp_diag_add(link->diags, GP_DIAG_TABLE_FILES, data->row->at,
                    "a row is counted in one file, and table '%.*s' has several", GP_STR_ARG(table->def.id));
    }
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define MEMBER(member) offsetof(struct read_record, member)
#define TABLE(word) {word, GP_KIND_REF, MEMBER(table), GP_FIELD_REQUIRED, .section = GP_SECTION_TABLE, .help = "the table"}
#define FIELD(text)                                                                                                    \
    {"field", GP_KIND_REF, MEMBER(field), GP_FIELD_REQUIRED, .section = GP_SECTION_FIELD, .help = text}
#define WHERE                                                                                                          \
    {"where", GP_KIND_MAP, MEMBER(where), GP_FIELD_NOT_EMPTY, .element = gp_field_test_element,                        \
     .help = "only the records of which all of this holds"}

static const struct gp_field rows_fields[] = {TABLE("rows"), WHERE, {0}};
static const struct gp_object rows_object = {
    .name = "rows-read", .size = sizeof(struct read_record), .fields = rows_fields,
    .help = "How many records of a table match."};

static const struct gp_field highest_fields[] = {
    TABLE("highest"), FIELD("the field: a number"), WHERE, {0}};
static const struct gp_object highest_object = {
    .name = "highest-read", .size = sizeof(struct read_record), .fields = highest_fields,
    .help = "The highest number that a field of a table's records holds; no value if no record matches."};

static const struct gp_field record_fields[] = {
    TABLE("record"), FIELD("the field whose value is read"), WHERE,
    {"row", GP_KIND_EXPR, MEMBER(row), 0, .type = GP_TYPE_INTEGER, .range = &gp_range_natural,
     .help = "the record of this number in the file, from 0, deleted ones counted"},
    {0}};
static const struct gp_object record_object = {
    .name = "record-read", .size = sizeof(struct read_record), .fields = record_fields,
    .help = "What a field of the one record that matches holds; no value if none matches, or several."};

const struct gp_read_def gp_reads_record[] = {
    {.key = "rows", .type = GP_TYPE_INTEGER, .object = &rows_object, .check = check_fields, .read = read_rows,
     .example = "{ rows: rooms, where: { floor: { min: 1 } } }"},
    {.key = "highest", .type = GP_TYPE_INTEGER, .object = &highest_object, .check = check_highest,
     .read = read_highest, .example = "{ highest: rooms, field: floor }"},
    {.key = "record", .object = &record_object, .check = check_record, .type_of = type_of_record, .read = read_record,
     .example = "{ record: rooms, field: name, row: 0 }"},
    {0},
};
