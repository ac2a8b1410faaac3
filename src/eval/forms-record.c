/*
 * Conditions about records: record, each-record.
 *
 * As with files, what cannot be told may be or not: k records match and u may,
 * so a result holds only if it holds for every number from k to k + u; a file
 * whose records cannot be told may have any number.
 */
#include <string.h>

#include "eval/check.h"
#include "eval/content.h"
#include "eval/each-record.h"
#include "eval/facets.h"
#include "eval/families.h"
#include "eval/words.h"

/* ---- what both do ------------------------------------------------------------------------------------------------ */

/* Begins a scan; `*ret_outcome` other than TRUE: nothing can be asked. */
static int begin(struct gp_scan *scan, const struct gp_map *where, struct gp_outcome *ret_outcome)
{
    struct gp_outcome outcome = GP_OUTCOME_TRUE;
    gp_scan_use_tests(scan, where);
    int r = gp_field_tests_set(scan->eval, where, &outcome);
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_scan_begin(scan, &outcome);
    }
    if (r == 0) {
        *ret_outcome = outcome;
    }
    return r;
}

/* Of a record that counts, whether it is one of those that are asked for. */
static int select_row(const struct gp_row *row, const struct gp_map *where, enum gp_result live, enum gp_reason why,
                      struct gp_proof *ret)
{
    int r = gp_row_tests(row, where, ret);
    if (r == 0 && ret->result == GP_TRUE && live != GP_TRUE) {
        *ret = (struct gp_proof){.result = GP_UNKNOWN, .reason = why};
    }
    return r;
}

/* What could not be told, of a file or of a record. */
static int take_unknown(struct gp_scan *scan, enum gp_reason unsure, struct gp_proof *proof)
{
    struct gp_outcome outcome = gp_outcome_unknown(unsure, gp_reason_words(unsure));
    int r = scan->unknown ? gp_scan_unknown(scan, &outcome) : 0;
    gp_proof_take(proof, outcome);
    return r;
}

static void worse(enum gp_reason *reason, enum gp_reason other)
{
    *reason = *reason == GP_REASON_NONE || other < *reason ? other : *reason;
}

/* ---- record ------------------------------------------------------------------------------------------------------ */

struct cond_record {
    const struct gp_ref *table;
    struct gp_map where;
    struct gp_comparison comparison;
};

struct counting {
    const struct cond_record *data;
    uint64_t known, unsure, live;
    enum gp_reason reason;
};

static int count_row(void *context, const struct gp_row *row, enum gp_result live, enum gp_reason why)
{
    struct counting *it = context;
    struct gp_proof where;
    it->live++;
    int r = select_row(row, &it->data->where, live, why, &where);
    if (r < 0 || where.result == GP_FALSE) {
        return r;
    }
    if (where.result == GP_TRUE) {
        it->known++;
    } else {
        it->unsure++;
        worse(&it->reason, where.reason);
    }
    return 0;
}

static int compare_count(struct gp_eval *eval, const struct counting *it, bool open, struct gp_proof *proof)
{
    int64_t least = gp_size_signed(it->known), most = open ? INT64_MAX : gp_size_signed(it->known + it->unsure);
    if (gp_comparison_given(&it->data->comparison)) {
        return gp_compare_interval(eval, &it->data->comparison, GP_TYPE_INTEGER, least, most, proof);
    }
    proof->expected = "at least 1";
    proof->result = gp_logic_interval((uint64_t)least, (uint64_t)most, 1, UINT64_MAX);
    return 0;
}

static int tell_count(struct gp_scan *scan, const struct counting *it, struct gp_proof *proof)
{
    struct gp_eval *eval = scan->eval;
    const char *where = eval->terse ? "" : gp_field_tests_text(eval, &it->data->where);
    const char *records = gp_words_count(eval, it->live, "record", "records");
    if (!where || !records) {
        return -ENOMEM;
    }
    const char *rest = scan->unknown ? ", and those that could not be told" : it->unsure ? ", and some unsure" : "";
    int r = it->data->where.count && proof->expected
                ? gp_say(eval, &proof->expected, "%s with %s", proof->expected, where)
                : 0;
    if (r == 0) {
        r = it->data->where.count ? gp_say(eval, &proof->found, "%llu of %s%s", (unsigned long long)it->known, records,
                                           rest)
                                  : gp_say(eval, &proof->found, "%s%s", records, rest);
    }
    return r;
}

static int decide_counted(struct gp_scan *scan, const struct cond_record *data, struct gp_proof *proof)
{
    struct counting it = {.data = data};
    struct gp_outcome outcome;
    int r = begin(scan, &data->where, &outcome);
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_scan_rows(scan, count_row, &it);
    }
    if (r < 0 || outcome.result != GP_TRUE) {
        gp_proof_take(proof, outcome);
        return r;
    }
    r = compare_count(scan->eval, &it, scan->unknown != NULL, proof);
    if (r == 0 && !scan->unknown && !it.unsure) {
        proof->value = (struct gp_value){.type = GP_TYPE_INTEGER, .integer = gp_size_signed(it.known)};
    } else if (r == 0 && proof->result == GP_UNKNOWN) {
        r = take_unknown(scan, it.reason, proof);
    }
    return r < 0 ? r : tell_count(scan, &it, proof);
}

static int decide_record(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct cond_record *data = cond->data;
    const struct gp_table *table = gp_ref_table(data->table);
    struct gp_scan scan;
    proof->subject = "record";
    proof->path = gp_words_paths(eval, &table->paths);
    int r = gp_scan_new(eval, table, &scan);
    if (r == 0 && proof->path) {
        r = decide_counted(&scan, data, proof);
    }
    gp_scan_done(&scan);
    return proof->path ? r : -ENOMEM;
}

static void check_record(struct gp_link *link, const struct gp_cond *cond)
{
    const struct cond_record *data = cond->data;
    gp_link_field_tests(link, gp_ref_table(data->table), &data->where);
    gp_check_comparison(link, &data->comparison);
}

/* ---- each-record ------------------------------------------------------------------------------------------------- */

/* A record that a report names. */
struct noted {
    struct gp_row row;
    bool sure;
};
struct notes {
    struct noted data[GP_LIMIT_OFFENDERS];
    size_t count;
};

struct judging {
    struct gp_scan *scan;
    struct gp_record_checks checks;
    uint64_t asked, failed, unsure;
    enum gp_reason reason;
    struct notes failures, unknowns;
};

static int note(struct notes *notes, const struct gp_row *row, bool sure)
{
    if (notes->count == GP_LIMIT_OFFENDERS) {
        return 0;
    }
    struct noted *noted = &notes->data[notes->count++];
    noted->sure = sure;
    return gp_row_keep(row, &noted->row);
}

static int judge_row(void *context, const struct gp_row *row, enum gp_result live, enum gp_reason why)
{
    struct judging *it = context;
    struct gp_proof where, result;
    if (!gp_record_checks_reached(&it->checks, row)) {
        return 0;
    }
    int r = select_row(row, &it->checks.data->where, live, why, &where);
    if (r < 0 || where.result == GP_FALSE) {
        return r;
    }
    it->asked++;
    r = gp_record_checks_ask(&it->checks, row, where.result == GP_TRUE, &result);
    if (r < 0 || result.result == GP_TRUE || result.result == GP_NA) {
        return r;
    }
    if (result.result == GP_FALSE && where.result == GP_TRUE) {
        it->failed++;
        return note(&it->failures, row, true);
    }
    it->unsure++;
    worse(&it->reason, where.result == GP_TRUE ? result.reason : where.reason);
    return note(&it->unknowns, row, where.result == GP_TRUE);
}

/* What is said of one record: "record 3 at 0x16e: name "X"". */
static int tell_row(struct judging *it, const struct noted *noted, struct gp_proof *proof)
{
    struct gp_eval *eval = it->scan->eval;
    const char *path = gp_scan_path(it->scan, noted->row.file);
    struct gp_proof *leaf = path ? gp_proof_leaf(eval, proof, "record", path) : NULL, result;
    const char *words = gp_row_words(&noted->row);
    struct gp_str outer = eval->each_name;
    if (!leaf || !words) {
        return -ENOMEM;
    }
    eval->each_name = it->scan->files[noted->row.file].key.name;
    int r = gp_record_checks_ask(&it->checks, &noted->row, noted->sure, &result);
    eval->each_name = outer;
    if (r < 0) {
        return r;
    }
    if (!noted->sure && result.result == GP_FALSE) {
        gp_proof_take(&result, gp_outcome_unknown(it->reason, "whether the record counts cannot be told"));
    }
    gp_proof_take(leaf, gp_proof_outcome(&result));
    leaf->expected = result.expected;
    leaf->value = result.value;
    leaf->found = words;
    return result.found ? gp_say(eval, &leaf->found, "%s: %s", words, result.found) : 0;
}

static int tell_notes(struct judging *it, const struct notes *notes, struct gp_proof *proof)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < notes->count; i++) {
        r = tell_row(it, &notes->data[i], proof);
    }
    for (size_t i = 0; i < proof->child_count; i++) {
        proof->children[i].spare = proof->children[i].result != proof->result;
    }
    return r;
}

/* A chain that does not even begin. */
static int tell_start(struct judging *it, struct gp_proof *proof)
{
    struct gp_eval *eval = it->scan->eval;
    const char *path = gp_words_paths(eval, &it->scan->table->paths);
    struct gp_proof *leaf = path ? gp_proof_leaf(eval, proof, "chain", path) : NULL;
    if (!leaf) {
        return -ENOMEM;
    }
    leaf->result = GP_FALSE;
    leaf->expected = "begins at a record";
    leaf->value = (struct gp_value){.type = GP_TYPE_INTEGER, .integer = it->checks.chain.from};
    return gp_say(eval, &leaf->found, "begins at 0x%llx, where %s", (unsigned long long)it->checks.chain.from,
                  it->checks.chain.start & GP_CHAIN_DELETED ? "the record is deleted" : "no record begins");
}

static int settle_each(struct judging *it, struct gp_proof *proof)
{
    struct gp_eval *eval = it->scan->eval;
    bool astray = it->checks.chain.start != 0;
    const char *records = gp_words_count(eval, it->asked, "record", "records");
    const char *fail = gp_words_count(eval, it->failed, "fails", "fail");
    int r = records && fail ? 0 : -ENOMEM;
    proof->expected = "none that fails";
    proof->result = it->failed || astray ? GP_FALSE : it->unsure || it->scan->unknown ? GP_UNKNOWN : GP_TRUE;
    if (r == 0) {
        r = it->failed ? gp_say(eval, &proof->found, "%s, %s", records, fail) : gp_say(eval, &proof->found, "%s", records);
    }
    if (r == 0 && proof->result == GP_UNKNOWN) {
        r = take_unknown(it->scan, it->reason, proof);
    }
    if (r == 0 && astray) {
        r = tell_start(it, proof);
    }
    if (r == 0 && proof->result != GP_TRUE) {
        r = tell_notes(it, it->failed ? &it->failures : &it->unknowns, proof);
    }
    proof->offender_count = (size_t)it->failed + (astray ? 1 : 0);
    return r;
}

static void use_fields(struct gp_scan *scan, const struct gp_cond_each_record *data)
{
    gp_scan_use_tests(scan, &data->that);
    gp_scan_use_paths(scan, &data->has);
    gp_scan_use(scan, gp_ref_field(data->unique));
    gp_scan_use(scan, data->in ? gp_ref_field(data->in->field) : NULL);
    gp_scan_use(scan, data->points ? gp_ref_field(data->points->field) : NULL);
    gp_scan_use(scan, data->along ? gp_ref_field(data->along->next) : NULL);
}

static int judge(struct judging *it, const struct gp_cond_each_record *data, struct gp_proof *proof)
{
    struct gp_outcome outcome = GP_OUTCOME_TRUE, found = GP_OUTCOME_TRUE;
    struct gp_eval *eval = it->scan->eval;
    use_fields(it->scan, data);
    int r = gp_field_tests_set(eval, &data->that, &outcome);
    if (r == 0) {
        r = gp_paths_set(eval, &data->has, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE) {
        r = begin(it->scan, &data->where, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_record_checks_begin(it->scan, data, &it->checks, &found);
        outcome = found;
    }
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_scan_rows(it->scan, judge_row, it);
    }
    if (r == 0 && outcome.result == GP_TRUE) {
        r = settle_each(it, proof);
    } else {
        gp_proof_take(proof, outcome);
    }
    gp_record_checks_done(&it->checks);
    return r;
}

static int decide_each_record(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct gp_cond_each_record *data = cond->data;
    const struct gp_table *table = gp_ref_table(data->table);
    struct gp_scan scan;
    struct judging it = {.scan = &scan};
    proof->subject = "each-record";
    proof->path = gp_words_paths(eval, &table->paths);
    int r = gp_scan_new(eval, table, &scan);
    if (r == 0 && proof->path) {
        r = judge(&it, data, proof);
    }
    gp_scan_done(&scan);
    return proof->path ? r : -ENOMEM;
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static const struct gp_range record_range = {"a number of records", 0, INT64_MAX};

static const struct gp_field record_fields[] = {
    {"record", GP_KIND_REF, offsetof(struct cond_record, table), GP_FIELD_REQUIRED, .section = GP_SECTION_TABLE,
     .help = "the table; without a comparison at least one record must match"},
    {"where", GP_KIND_MAP, offsetof(struct cond_record, where), GP_FIELD_NOT_EMPTY, .element = gp_field_test_element,
     .help = "only the records of which all of this holds: fields and what they are compared with"},
    GP_COMPARISON_FIELDS(struct cond_record, comparison, GP_TYPE_INTEGER, &record_range),
    {0},
};
static const struct gp_object record_object = {
    .name = "record", .size = sizeof(struct cond_record), .fields = record_fields,
    .help = "So many records of a table match, at least one if nothing is said. A file that is not there has none; one "
            "that does not end with a whole record, or cannot be read, may have any number."};

const struct gp_form gp_forms_record[] = {
    {.key = "record", .cost = 1000, .object = &record_object, .check = check_record, .decide = decide_record,
     .example = "{ record: rooms, where: { name: ATTIC }, max: 1 }"},
    {.key = "each-record", .flags = GP_FORM_RECORDS, .cost = 2000, .object = &gp_each_record_object,
     .check = gp_check_each_record, .decide = decide_each_record,
     .example = "{ each-record: rooms, unique: name, has: \"rooms/${id}.dat\" }"},
    {0},
};
