#include "eval/tables.h"

#include <stdlib.h>
#include <string.h>

#include "eval/content.h"
#include "eval/words.h"
#include "probe/record.h"

/* Files are read in whole records of at most so many bytes, or one. */
#define WINDOW_BYTES ((size_t)64 << 10)

/* ---- what is used ------------------------------------------------------------------------------------------------ */

int gp_scan_new(struct gp_eval *eval, const struct gp_table *table, struct gp_scan *ret)
{
    *ret = (struct gp_scan){.eval = eval, .table = table, .outer = eval->here, .terse = eval->terse};
    ret->places = GP_NEW_ARRAY(eval->arena, struct gp_field_place, table->fields.count + 1);
    return ret->places ? 0 : -ENOMEM;
}

void gp_scan_done(struct gp_scan *scan)
{
    scan->eval->here = scan->outer;
    scan->eval->terse = scan->terse;
    free(scan->files);
    gp_arena_free(scan->arena);
    scan->files = NULL;
    scan->arena = NULL;
}

void gp_scan_use(struct gp_scan *scan, const struct gp_table_field *field)
{
    if (field) {
        scan->places[field->number].used = true;
    }
}

void gp_scan_use_tests(struct gp_scan *scan, const struct gp_map *tests)
{
    for (size_t i = 0; i < tests->count; i++) {
        gp_scan_use(scan, ((const struct gp_field_test *)tests->data[i].value)->field);
    }
}

static void use_text(struct gp_scan *scan, const struct gp_template *text)
{
    for (size_t i = 0; text && i < text->count; i++) {
        if (text->pieces[i].kind == GP_PIECE_FIELD) {
            gp_scan_use(scan, text->pieces[i].target);
        }
    }
}

void gp_scan_use_paths(struct gp_scan *scan, const struct gp_paths *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        for (size_t part = 0; part < paths->data[i]->count; part++) {
            use_text(scan, paths->data[i]->parts[part].text);
        }
    }
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

/* n/a before unknown: what is taken out is taken out whole. */
static void worsen(struct gp_outcome *outcome, struct gp_outcome other)
{
    bool graver = other.result == GP_NA || outcome->result == GP_TRUE;
    if (other.result != GP_TRUE && outcome->result != GP_NA && graver) {
        *outcome = other;
    }
}

/* A number between two bounds, or why there is none. */
static int number(struct gp_eval *eval, const struct gp_expr *expr, int64_t fallback, int64_t least, int64_t most,
                  const char *what, int64_t *ret, struct gp_outcome *outcome)
{
    struct gp_outcome one;
    int64_t found = fallback;
    int r = gp_eval_number(eval, expr, fallback, &found, &one);
    if (r == 0 && expr && one.result == GP_TRUE && (found < least || found > most)) {
        const char *detail = gp_arena_printf(eval->arena, "%s: %lld is outside of what a record can have", what,
                                             (long long)found);
        one = gp_outcome_unknown(GP_REASON_NO_VALUE, detail);
        r = detail ? 0 : -ENOMEM;
    }
    if (r == 0) {
        worsen(outcome, one);
        *ret = one.result == GP_TRUE ? found : fallback;
    }
    return r;
}

static int place_field(struct gp_scan *scan, const struct gp_table_field *field, struct gp_outcome *outcome)
{
    struct gp_field_place *place = &scan->places[field->number];
    int64_t at = 0, length = gp_field_width(field), most = field->type == GP_FIELD_HEX ? 15 : scan->of;
    int r = number(scan->eval, field->offset, 0, 0, scan->of - 1, "at", &at, outcome);
    if (r == 0 && field->length) {
        r = number(scan->eval, field->length, 1, 1, most, "length", &length, outcome);
    }
    if (r == 0) {
        r = number(scan->eval, field->mask, -1, INT64_MIN, INT64_MAX, "mask", &place->mask, outcome);
    }
    if (r == 0 && outcome->result == GP_TRUE && length > scan->of - at) {
        *outcome = gp_outcome_unknown(GP_REASON_NO_VALUE, "a field ends behind its record");
    }
    place->at = (uint32_t)at;
    place->length = (uint32_t)length;
    return r;
}

static int settle_numbers(struct gp_scan *scan, struct gp_outcome *outcome)
{
    const struct gp_table *table = scan->table;
    int r = number(scan->eval, table->of, 1, 1, GP_LIMIT_RECORD_BYTES, "of", &scan->of, outcome);
    if (r == 0) {
        r = number(scan->eval, table->after, 0, 0, INT64_MAX, "after", &scan->after, outcome);
    }
    if (r == 0) {
        r = number(scan->eval, table->count, 0, 1, INT64_MAX, "count", &scan->count, outcome);
    }
    for (size_t i = 0; r == 0 && i < table->fields.count; i++) {
        if (scan->places[i].used) {
            r = place_field(scan, table->fields.data[i].value, outcome);
            scan->places[i].packed = scan->packed;
            scan->packed += scan->places[i].length;
        }
    }
    return r;
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static int add_file(void *context, const struct gp_files_hit *hit)
{
    struct gp_scan *scan = context;
    bool unknown = hit->open || hit->facts->present == GP_TRI_UNKNOWN;
    if (!unknown && hit->facts->type != GP_FILETYPE_FILE) {
        return 0;
    }
    if (scan->file_count == scan->file_room) {
        size_t room = scan->file_room ? 2 * scan->file_room : 16;
        struct gp_table_file *grown = reallocarray(scan->files, room, sizeof(*grown));
        if (!grown) {
            return -ENOMEM;
        }
        scan->files = grown;
        scan->file_room = room;
    }
    struct gp_outcome outcome = unknown ? gp_outcome_unknown(hit->reason, NULL) : GP_OUTCOME_TRUE;
    scan->files[scan->file_count++] = (struct gp_table_file){.key = hit->key, .entry = hit->entry, .outcome = outcome};
    return 0;
}

static int file_order(const void *a, const void *b)
{
    return gp_files_key_compare(&((const struct gp_table_file *)a)->key, &((const struct gp_table_file *)b)->key);
}

/* How many records a file has, by its size. */
static int measure(struct gp_scan *scan, struct gp_table_file *file, uint64_t *bytes)
{
    uint64_t size = gp_probe_facts(scan->eval->here->probe, file->entry)->size;
    struct gp_raw raw = gp_raw_records(size, scan->of, scan->after);
    if (scan->count) { /* so many, whatever comes behind them */
        bool room = raw.kind != GP_RAW_SHORT && (uint64_t)scan->count <= (size - (uint64_t)scan->after) / (uint64_t)scan->of;
        raw.kind = room ? GP_RAW_THERE : GP_RAW_SHORT;
        raw.number = room ? (uint64_t)scan->count : 0;
    }
    if (raw.kind != GP_RAW_THERE) {
        const char *lack = gp_raw_lack(scan->eval, &raw);
        file->outcome = gp_outcome_unknown(GP_REASON_NO_VALUE, lack);
        return lack ? 0 : -ENOMEM;
    }
    uint64_t room = GP_LIMIT_TABLE_BYTES - *bytes;
    if (raw.number > room / (uint64_t)scan->of || raw.number > GP_LIMIT_TABLE_ROWS - scan->rows) {
        file->outcome = gp_outcome_unknown(GP_REASON_LIMIT, NULL);
        return 0;
    }
    file->rows = raw.number;
    scan->rows += raw.number;
    *bytes += raw.number * (uint64_t)scan->of;
    return 0;
}

static void note_unknown(struct gp_scan *scan, const struct gp_table_file *file)
{
    if (!scan->unknown || file->outcome.reason < scan->unknown->outcome.reason) {
        scan->unknown = file;
    }
}

static int find_files(struct gp_scan *scan, struct gp_outcome *outcome)
{
    const struct gp_files_visitor visitor = {.visit = add_file, .context = scan};
    uint64_t bytes = 0;
    int r = gp_files_each(scan->eval, &scan->table->paths, NULL, &visitor, outcome);
    if (r < 0 || outcome->result != GP_TRUE) {
        return r;
    }
    if (scan->file_count) {
        qsort(scan->files, scan->file_count, sizeof(*scan->files), file_order);
    }
    for (size_t i = 0; r == 0 && i < scan->file_count; i++) {
        struct gp_table_file *file = &scan->files[i];
        r = file->outcome.result == GP_TRUE ? measure(scan, file, &bytes) : 0;
        if (file->outcome.result != GP_TRUE) {
            note_unknown(scan, file);
        }
    }
    return r;
}

/* ---- beginning --------------------------------------------------------------------------------------------------- */

static int ask_guard(struct gp_scan *scan, struct gp_outcome *outcome)
{
    struct gp_proof proof = {0};
    if (!scan->table->when) {
        return 0;
    }
    int r = gp_eval_cond(scan->eval, scan->table->when, &proof);
    if (r < 0 || proof.result == GP_TRUE) {
        return r;
    }
    struct gp_outcome unknown = gp_outcome_unknown(proof.reason, proof.detail);
    *outcome = proof.result == GP_UNKNOWN ? unknown : gp_outcome_na("the guard of the table does not hold");
    return 0;
}

int gp_scan_begin(struct gp_scan *scan, struct gp_outcome *ret_outcome)
{
    struct gp_eval *eval = scan->eval;
    struct gp_outcome outcome = GP_OUTCOME_TRUE;
    gp_scan_use_tests(scan, &scan->table->live);
    int r = ask_guard(scan, &outcome);
    if (r == 0 && outcome.result == GP_TRUE && scan->table->under) {
        r = gp_eval_place(eval, scan->table->under, &eval->here);
        worsen(&outcome, r == 0 ? eval->here->open : GP_OUTCOME_TRUE);
    }
    if (r == 0 && outcome.result == GP_TRUE) {
        r = settle_numbers(scan, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE) {
        r = gp_field_tests_set(eval, &scan->table->live, &outcome);
    }
    if (r == 0 && outcome.result == GP_TRUE) {
        r = find_files(scan, &outcome);
    }
    if (r == 0) {
        *ret_outcome = outcome;
    }
    return r;
}

const char *gp_scan_path(const struct gp_scan *scan, size_t file)
{
    return gp_probe_entry_path(scan->eval->here->probe, scan->files[file].entry, scan->eval->arena);
}

int gp_scan_unknown(struct gp_scan *scan, struct gp_outcome *ret_outcome)
{
    struct gp_outcome outcome = scan->unknown->outcome;
    const char *words = outcome.detail && *outcome.detail ? outcome.detail : gp_reason_words(outcome.reason);
    const char *path = gp_scan_path(scan, (size_t)(scan->unknown - scan->files));
    outcome.detail = path ? gp_arena_printf(scan->eval->arena, "%s: %s", path, words) : NULL;
    if (!outcome.detail) {
        return -ENOMEM;
    }
    *ret_outcome = outcome;
    return 0;
}

/* ---- what a record (of evidence) keeps --------------------------------------------------------------------------- */

/* The words for what was looked for in a file: how the records and the used fields lie. */
static struct gp_str finding_key(const struct gp_scan *scan)
{
    struct gp_strbuf buf = {0};
    gp_strbuf_printf(&buf, "records of=%lld after=%lld count=%lld at=", (long long)scan->of, (long long)scan->after,
                     (long long)scan->count);
    for (size_t i = 0; i < scan->table->fields.count; i++) {
        const struct gp_field_place *place = &scan->places[i];
        if (place->used) {
            gp_strbuf_printf(&buf, "%u+%u,", place->at, place->length);
        }
    }
    const char *key = gp_strbuf_ok(&buf) ? gp_arena_memdup(scan->eval->arena, gp_strbuf_text(&buf), buf.len) : NULL;
    struct gp_str text = {key, key ? buf.len : 0};
    gp_strbuf_done(&buf);
    return text;
}

static void pack(const struct gp_scan *scan, const char *record, struct gp_strbuf *out)
{
    for (size_t i = 0; i < scan->table->fields.count; i++) {
        const struct gp_field_place *place = &scan->places[i];
        if (place->used) {
            gp_strbuf_add_mem(out, record + place->at, place->length);
        }
    }
}

/* ---- going through ----------------------------------------------------------------------------------------------- */

struct pass {
    struct gp_scan *scan;
    gp_scan_visit *visit;
    void *context;
    struct gp_row row;
};

/* One record: whether it counts, and if so, to whoever asks. */
static int pass_row(struct pass *it)
{
    struct gp_proof live = {.result = GP_TRUE};
    int r = it->scan->table->live.count ? gp_row_tests(&it->row, &it->scan->table->live, &live) : 0;
    if (r < 0 || live.result == GP_FALSE) {
        return r;
    }
    return it->visit(it->context, &it->row, live.result == GP_TRUE ? GP_TRUE : GP_UNKNOWN, live.reason);
}

static int pass_rows(struct pass *it, const char *bytes, uint64_t count, size_t step)
{
    struct gp_scan *scan = it->scan;
    gp_arena_free(scan->arena);
    scan->arena = gp_arena_new(0);
    int r = scan->arena ? 0 : -ENOMEM;
    for (uint64_t i = 0; r == 0 && i < count; i++) {
        it->row.bytes = bytes + i * step;
        r = pass_row(it);
        it->row.number++;
        it->row.offset += (uint64_t)scan->of;
    }
    return r;
}

static void fail_file(struct gp_scan *scan, struct gp_table_file *file, enum gp_reason reason)
{
    file->outcome = gp_outcome_unknown(reason, NULL);
    note_unknown(scan, file);
}

static int pass_finding(struct pass *it, struct gp_table_file *file, const struct gp_finding *finding)
{
    if (finding->answer != GP_TRI_YES || finding->text.len != file->rows * it->scan->packed) {
        fail_file(it->scan, file, finding->answer == GP_TRI_UNKNOWN ? finding->reason : GP_REASON_CHANGED);
        return 0;
    }
    it->row.packed = true;
    return pass_rows(it, finding->text.data, file->rows, it->scan->packed);
}

/* Keeps what the used fields of all records say.  0 or -ENOMEM. */
static int keep_rows(struct gp_scan *scan, struct gp_table_file *file, struct gp_str key, const struct gp_strbuf *packed)
{
    struct gp_finding finding = {.answer = GP_TRI_YES, .number = file->rows};
    if (file->outcome.result != GP_TRUE || packed->len > GP_LIMIT_WINDOW_BYTES) {
        bool failed = file->outcome.result != GP_TRUE;
        finding = (struct gp_finding){.answer = GP_TRI_UNKNOWN,
                                      .reason = failed ? file->outcome.reason : GP_REASON_LIMIT};
    } else {
        finding.text = (struct gp_str){packed->len ? gp_strbuf_text((struct gp_strbuf *)packed) : "", packed->len};
    }
    return gp_probe_keep_finding(scan->eval->here->probe, file->entry, key, &finding);
}

/* `buffer` holds a window.  A positive result of the visitor still reads on while recording: the finding is of all. */
static int pass_windows(struct pass *it, struct gp_table_file *file, char *buffer, struct gp_strbuf *packed)
{
    struct gp_scan *scan = it->scan;
    uint64_t a_window = WINDOW_BYTES / (size_t)scan->of ? WINDOW_BYTES / (size_t)scan->of : 1;
    int r = 0;
    for (uint64_t done = 0; done < file->rows && (r == 0 || (r > 0 && packed));) {
        uint64_t count = file->rows - done < a_window ? file->rows - done : a_window;
        size_t length = (size_t)(count * (uint64_t)scan->of), got = 0;
        uint64_t offset = (uint64_t)scan->after + done * (uint64_t)scan->of;
        enum gp_reason reason = gp_probe_read_into(scan->eval->here->probe, file->entry, offset, buffer, length, &got);
        if (reason != GP_REASON_NONE || got < length) {
            fail_file(scan, file, reason ? reason : GP_REASON_CHANGED);
            break;
        }
        for (uint64_t i = 0; packed && i < count && packed->len <= GP_LIMIT_WINDOW_BYTES; i++) {
            pack(scan, buffer + i * (uint64_t)scan->of, packed);
        }
        r = r > 0 ? r : pass_rows(it, buffer, count, (size_t)scan->of);
        done += count;
    }
    return r;
}

static int pass_file(struct pass *it, size_t number, char *buffer)
{
    struct gp_scan *scan = it->scan;
    struct gp_table_file *file = &scan->files[number];
    bool keeps = gp_probe_has_findings(scan->eval->here->probe);
    struct gp_str key = keeps ? finding_key(scan) : (struct gp_str){NULL, 0};
    it->row = (struct gp_row){.scan = scan, .file = number, .offset = (uint64_t)scan->after};
    if (keeps && !key.data) {
        return -ENOMEM;
    }
    const struct gp_finding *finding = keeps ? gp_probe_finding(scan->eval->here->probe, file->entry, key) : NULL;
    if (finding) {
        return pass_finding(it, file, finding);
    }
    struct gp_strbuf packed = {0};
    int r = pass_windows(it, file, buffer, keeps ? &packed : NULL);
    bool lacks = file->outcome.result == GP_UNKNOWN && file->outcome.reason == GP_REASON_NOT_RECORDED;
    if (r >= 0 && keeps && !lacks) {
        int kept = gp_strbuf_ok(&packed) ? keep_rows(scan, file, key, &packed) : -ENOMEM;
        r = kept < 0 ? kept : r;
    }
    gp_strbuf_done(&packed);
    return r;
}

int gp_scan_rows(struct gp_scan *scan, gp_scan_visit *visit, void *context)
{
    struct pass it = {.scan = scan, .visit = visit, .context = context};
    size_t room = (size_t)scan->of > WINDOW_BYTES ? (size_t)scan->of : WINDOW_BYTES;
    char *buffer = malloc(room);
    int r = buffer ? 0 : -ENOMEM;
    struct gp_str outer = scan->eval->each_name; /* of a facet that asks for a set of records */
    scan->eval->terse = true;
    for (size_t i = 0; r == 0 && i < scan->file_count; i++) {
        if (scan->files[i].outcome.result == GP_TRUE) {
            scan->eval->each_name = scan->files[i].key.name;
            r = pass_file(&it, i, buffer);
        }
    }
    scan->eval->each_name = outer;
    scan->eval->terse = scan->terse;
    free(buffer);
    return r;
}
