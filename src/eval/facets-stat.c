/*
 * Facets that need no look into a file: size, records, attributes, writable,
 * locked, age, name, entries.
 */
#include "eval/check.h"
#include "eval/facets.h"
#include "eval/families.h"
#include "eval/words.h"
#include "rule/tables.h"

static const struct gp_facts *facts_of(struct gp_eval *eval, struct gp_entry *entry)
{
    return gp_probe_facts(eval->here->probe, entry);
}

/* The value of a facet that is a comparison. */
static const struct gp_comparison *comparison_of(const struct gp_facet *facet)
{
    return *(const struct gp_comparison *const *)facet->data;
}

/* The value of a facet that is an object. */
static const void *object_of(const struct gp_facet *facet)
{
    return *(const void *const *)facet->data;
}

/* ---- size -------------------------------------------------------------------------------------------------------- */

static int decide_size(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                       struct gp_proof *proof)
{
    uint64_t size = facts_of(eval, entry)->size;
    struct gp_value value = {.type = GP_TYPE_SIZE, .integer = gp_size_signed(size)};
    proof->found = gp_words_size(eval, size);
    return proof->found ? gp_facet_compare(eval, comparison_of(facet), &value, proof) : -ENOMEM;
}

static void check_size(struct gp_link *link, const struct gp_facet *facet)
{
    gp_check_comparison(link, comparison_of(facet));
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

struct records {
    const struct gp_expr *of, *after;
    struct gp_comparison comparison;
};

static int records_expected(struct gp_eval *eval, const struct records *args, int64_t of, int64_t after,
                            struct gp_proof *proof)
{
    const char *size = gp_words_size(eval, (uint64_t)of);
    const char *head = gp_words_size(eval, (uint64_t)after);
    const char *count = gp_facet_expects(eval, &args->comparison, GP_TYPE_INTEGER, "");
    if (!size || !head || !count) {
        return -ENOMEM;
    }
    int r = *count ? gp_say(eval, &proof->expected, "records of %s: %s", size, count)
                   : gp_say(eval, &proof->expected, "a multiple of %s", size);
    if (r == 0 && after) {
        r = gp_say(eval, &proof->expected, "%s, behind the first %s", proof->expected, head);
    }
    return r;
}

/* The numbers that a facet has; false: one is not known, which `proof` then says. */
static int records_numbers(struct gp_eval *eval, const struct records *args, int64_t *ret_of, int64_t *ret_after,
                           struct gp_outcome *ret_outcome)
{
    int r = gp_eval_number(eval, args->of, 0, ret_of, ret_outcome);
    if (r == 0 && ret_outcome->result == GP_TRUE) {
        r = gp_eval_number(eval, args->after, 0, ret_after, ret_outcome);
    }
    if (r == 0 && ret_outcome->result == GP_TRUE && (*ret_of < 1 || *ret_after < 0)) {
        *ret_outcome = gp_outcome_unknown(GP_REASON_NO_VALUE, "records have at least 1 byte and begin inside the file");
    }
    return r;
}

static int decide_records(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                          struct gp_proof *proof)
{
    const struct records *args = object_of(facet);
    struct gp_outcome outcome;
    int64_t of = 0, after = 0;
    int r = records_numbers(eval, args, &of, &after, &outcome);
    if (r < 0 || outcome.result != GP_TRUE) {
        gp_proof_take(proof, outcome);
        return r;
    }
    struct gp_raw raw = gp_raw_records(facts_of(eval, entry)->size, of, after);
    if (raw.kind != GP_RAW_THERE) {
        r = gp_facet_lacks(eval, entry, &raw, proof);
        return r < 0 ? r : records_expected(eval, args, of, after, proof);
    }
    struct gp_value value = {.type = GP_TYPE_INTEGER, .integer = gp_size_signed(raw.number)};
    const char *found = gp_words_count(eval, raw.number, "record", "records");
    const char *size = gp_words_size(eval, raw.size);
    if (!found || !size || gp_say(eval, &proof->found, "%s, %s", size, found) < 0) {
        return -ENOMEM;
    }
    r = gp_facet_compare(eval, &args->comparison, &value, proof);
    return r < 0 ? r : records_expected(eval, args, of, after, proof);
}

static void check_records(struct gp_link *link, const struct gp_facet *facet)
{
    const struct records *args = object_of(facet);
    gp_check_comparison(link, &args->comparison);
}

static const struct gp_range records_range = {"a number of records", 0, INT64_MAX};
static const struct gp_field records_fields[] = {
    {"of", GP_KIND_EXPR, offsetof(struct records, of), GP_FIELD_REQUIRED, .type = GP_TYPE_SIZE,
     .range = &gp_range_positive,
     .help = "the bytes of one record"},
    {"after", GP_KIND_EXPR, offsetof(struct records, after), 0, .type = GP_TYPE_SIZE,
     .help = "the bytes before the first record; 0 if left out"},
    GP_COMPARISON_FIELDS(struct records, comparison, GP_TYPE_INTEGER, &records_range),
    {0},
};
static const struct gp_object records_object = {
    .name = "records facet", .size = sizeof(struct records), .fields = records_fields,
    .help = "The file is made of whole records of this size, and so many of them."};

/* ---- attributes -------------------------------------------------------------------------------------------------- */

struct attributes {
    enum gp_yesno read_only, hidden, system;
};

static const struct attribute_row {
    const char *name;
    unsigned bit;
    size_t offset;
} attribute_rows[] = {
    {"read-only", GP_ATTRIBUTE_READ_ONLY, offsetof(struct attributes, read_only)},
    {"hidden", GP_ATTRIBUTE_HIDDEN, offsetof(struct attributes, hidden)},
    {"system", GP_ATTRIBUTE_SYSTEM, offsetof(struct attributes, system)},
};

static int add_attribute(struct gp_eval *eval, const char **text, const char *name, bool set)
{
    const char *before = *text ? *text : "";
    return gp_say(eval, text, "%s%s%s%s", before, *before ? ", " : "", set ? "" : "not ", name);
}

static int decide_attributes(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                             struct gp_proof *proof)
{
    const struct attributes *args = object_of(facet);
    struct gp_attributes have = gp_probe_attributes(eval->here->probe, entry);
    if (have.reason != GP_REASON_NONE) {
        return gp_facet_unknown(eval, entry, have.reason, proof);
    }
    enum gp_result results[GP_COUNT(attribute_rows)];
    for (size_t i = 0; i < GP_COUNT(attribute_rows); i++) {
        const struct attribute_row *row = &attribute_rows[i];
        const void *member = (const char *)args + row->offset;
        enum gp_yesno wanted = *(const enum gp_yesno *)member;
        results[i] = GP_NA;
        if (wanted == GP_YESNO_UNSET) {
            continue;
        }
        bool set = have.set & row->bit;
        if (add_attribute(eval, &proof->expected, row->name, wanted == GP_YESNO_YES) < 0) {
            return -ENOMEM;
        }
        if (have.known & row->bit) {
            results[i] = set == (wanted == GP_YESNO_YES) ? GP_TRUE : GP_FALSE;
            if (add_attribute(eval, &proof->found, row->name, set) < 0) {
                return -ENOMEM;
            }
        }
    }
    proof->result = gp_logic_all(results, GP_COUNT(results));
    proof->detail = proof->result == GP_NA ? "the file system keeps no such attribute" : NULL;
    return 0;
}

static void check_attributes(struct gp_link *link, const struct gp_facet *facet)
{
    const struct attributes *args = object_of(facet);
    if (args->read_only == GP_YESNO_UNSET && args->hidden == GP_YESNO_UNSET && args->system == GP_YESNO_UNSET) {
        gp_check_says_nothing(link, facet->at, "'attributes' names none");
    }
}

static const struct gp_field attributes_fields[] = {
    {"read-only", GP_KIND_BOOLEAN, offsetof(struct attributes, read_only), 0,
     .help = "marked read-only; where the file system keeps no such mark: no write bit is set"},
    {"hidden", GP_KIND_BOOLEAN, offsetof(struct attributes, hidden), 0,
     .help = "marked hidden; n/a where the file system keeps no such mark"},
    {"system", GP_KIND_BOOLEAN, offsetof(struct attributes, system), 0,
     .help = "marked system; n/a where the file system keeps no such mark"},
    {0},
};
static const struct gp_object attributes_object = {
    .name = "attributes facet", .size = sizeof(struct attributes), .fields = attributes_fields,
    .help = "DOS attributes, as vfat keeps them or Samba stores them (user.DOSATTRIB)."};

/* ---- writable, locked -------------------------------------------------------------------------------------------- */

static int decide_answer(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                         const struct gp_answer *answer, const char *yes, const char *no, struct gp_proof *proof)
{
    bool wanted = *(const enum gp_yesno *)facet->data == GP_YESNO_YES;
    proof->expected = wanted ? yes : no;
    if (answer->value == GP_TRI_UNKNOWN) {
        int r = gp_facet_unknown(eval, entry, answer->reason, proof);
        proof->detail = r == 0 && answer->detail ? answer->detail : proof->detail;
        return r;
    }
    bool have = answer->value == GP_TRI_YES;
    proof->result = have == wanted ? GP_TRUE : GP_FALSE;
    proof->found = have ? yes : no;
    proof->value = (struct gp_value){.type = GP_TYPE_BOOLEAN, .integer = have};
    return answer->detail ? gp_say(eval, &proof->found, "%s: %s", proof->found, answer->detail) : 0;
}

static int decide_writable(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                           struct gp_proof *proof)
{
    struct gp_answer answer = gp_probe_writable(eval->here->probe, entry);
    return decide_answer(eval, facet, entry, &answer, "writable", "not writable", proof);
}

static int decide_locked(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                         struct gp_proof *proof)
{
    struct gp_answer answer = gp_probe_locked(eval->here->probe, entry);
    int r = decide_answer(eval, facet, entry, &answer, "locked", "not locked", proof);
    if (answer.value == GP_TRI_NO) {
        proof->basis = GP_BASIS_INFERRED; /* a file server's own open modes are not seen */
    }
    return r;
}

/* ---- age --------------------------------------------------------------------------------------------------------- */

static int decide_age(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                      struct gp_proof *proof)
{
    struct timespec mtime = facts_of(eval, entry)->mtime;
    struct timespec now = eval->it->now;
    const char *time = gp_words_time(eval, mtime);
    if (!time) {
        return -ENOMEM;
    }
    int64_t age = (int64_t)now.tv_sec - (int64_t)mtime.tv_sec - (now.tv_nsec < mtime.tv_nsec ? 1 : 0);
    if (age < 0) {
        const char *detail = NULL;
        int r = gp_say(eval, &detail, "its time, %s, lies in the future", time);
        gp_proof_take(proof, gp_outcome_unknown(GP_REASON_NO_VALUE, detail));
        return r < 0 ? r : gp_facet_expect(eval, comparison_of(facet), GP_TYPE_DURATION, proof);
    }
    const char *text = gp_words_duration(eval, age);
    struct gp_value value = {.type = GP_TYPE_DURATION, .integer = age};
    if (!text || gp_say(eval, &proof->found, "%s (%s)", text, time) < 0) {
        return -ENOMEM;
    }
    return gp_facet_compare(eval, comparison_of(facet), &value, proof);
}

static void check_age(struct gp_link *link, const struct gp_facet *facet)
{
    gp_check_comparison(link, comparison_of(facet));
}

/* ---- name, entries ----------------------------------------------------------------------------------------------- */

static int decide_name(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                       struct gp_proof *proof)
{
    struct gp_value value = {.type = GP_TYPE_STRING, .string = gp_probe_entry_name(entry)};
    proof->found = gp_words_quote(eval, value.string);
    return proof->found ? gp_facet_compare(eval, comparison_of(facet), &value, proof) : -ENOMEM;
}

static int decide_entries(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                          struct gp_proof *proof)
{
    uint64_t count = 0;
    enum gp_reason reason = gp_probe_count(eval->here->probe, entry, &count);
    if (reason != GP_REASON_NONE) {
        int r = gp_facet_unknown(eval, entry, reason, proof);
        return r < 0 ? r : gp_facet_expect(eval, comparison_of(facet), GP_TYPE_INTEGER, proof);
    }
    struct gp_value value = {.type = GP_TYPE_INTEGER, .integer = gp_size_signed(count)};
    proof->found = gp_words_count(eval, count, "name", "names");
    return proof->found ? gp_facet_compare(eval, comparison_of(facet), &value, proof) : -ENOMEM;
}

static void check_entries(struct gp_link *link, const struct gp_facet *facet)
{
    gp_check_comparison(link, comparison_of(facet));
}

/* ---- table ------------------------------------------------------------------------------------------------------- */

#define ANY_TYPE (GP_FACET_FILES | GP_FACET_DIRECTORIES)
#define POINTER sizeof(void *)

static const struct gp_range size_range = {"a size", 0, INT64_MAX};
static const struct gp_range age_range = {"an age", 0, INT64_MAX};
static const struct gp_range entries_range = {"a number of entries", 0, INT64_MAX};

const struct gp_facet_def gp_facets_stat[] = {
    {.key = "size", .flags = GP_FACET_FILES, .cost = 10, .size = POINTER, .check = check_size, .decide = decide_size,
     .value = {"size", GP_KIND_COMPARISON, .type = GP_TYPE_SIZE, .range = &size_range,
               .help = "the bytes of the file"},
     .example = "{ file: data/main.db, size: 176 }"},
    {.key = "records", .flags = GP_FACET_FILES, .cost = 10, .size = POINTER, .check = check_records,
     .decide = decide_records,
     .value = {"records", GP_KIND_OBJECT, .object = &records_object,
               .help = "the file is made of whole records of this size"},
     .example = "{ each: \"queue/*.que\", records: { of: 116 } }"},
    {.key = "attributes", .flags = ANY_TYPE, .cost = 20, .size = POINTER, .check = check_attributes,
     .decide = decide_attributes,
     .value = {"attributes", GP_KIND_OBJECT, .object = &attributes_object, .help = "DOS attributes"},
     .example = "{ file: data/main.db, attributes: { read-only: false } }"},
    {.key = "writable", .flags = ANY_TYPE, .cost = 20, .size = sizeof(enum gp_yesno), .decide = decide_writable,
     .value = {"writable", GP_KIND_BOOLEAN,
               .help = "no read-only attribute, a write bit, and no file system that is mounted read-only; never the "
                       "rights of whoever runs this"},
     .example = "{ file: data/main.db, writable: true }"},
    {.key = "locked", .flags = GP_FACET_FILES, .cost = 20, .size = sizeof(enum gp_yesno), .decide = decide_locked,
     .value = {"locked", GP_KIND_BOOLEAN,
               .help = "another process holds a POSIX, OFD or flock lock; 'not locked' is inferred, as a file server's "
                       "own open modes are not seen"},
     .example = "{ file: data/lock, locked: false }"},
    {.key = "age", .flags = ANY_TYPE, .cost = 10, .size = POINTER, .check = check_age, .decide = decide_age,
     .value = {"age", GP_KIND_COMPARISON, .type = GP_TYPE_DURATION, .range = &age_range,
               .help = "the time since it was last changed; unknown if that lies in the future"},
     .example = "{ file: logs/session.log, age: { max: 7 d } }"},
    {.key = "name", .flags = ANY_TYPE, .cost = 10, .size = POINTER, .decide = decide_name,
     .value = {"name", GP_KIND_COMPARISON, .type = GP_TYPE_STRING,
               .help = "the name as the directory has it, without the directory"},
     .example = "{ each: \"queue/*\", name: { matches: \"^[0-9A-F]{8}\\\\.que$\" } }"},
    {.key = "entries", .flags = GP_FACET_DIRECTORIES, .cost = 100, .size = POINTER, .check = check_entries,
     .decide = decide_entries,
     .value = {"entries", GP_KIND_COMPARISON, .type = GP_TYPE_INTEGER, .range = &entries_range,
               .help = "how many names are in the directory"},
     .example = "{ dir: tmp, entries: 0 }"},
    {0},
};
