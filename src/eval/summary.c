#include "eval/summary.h"

#include <string.h>

#include "eval/tables.h"
#include "eval/words.h"
#include "util/clock.h"
#include "util/text.h"

/* Of names and values so many are shown. */
#define SHOWN 8u

static void take(struct gp_summarised *it, struct gp_outcome outcome)
{
    it->result = outcome.result;
    it->reason = outcome.reason;
    it->detail = outcome.detail;
}

/* ---- markers, conditions, the state, attestations, texts --------------------------------------------------------- */

static int sum_marker(struct gp_eval *eval, const struct gp_summary_line *line, struct gp_summarised *it)
{
    struct gp_reading reading;
    int r = gp_eval_marker(eval, line->marker->target, NULL, &reading);
    if (r < 0) {
        return r;
    }
    take(it, (struct gp_outcome){reading.result, reading.reason, reading.detail});
    it->basis = reading.basis;
    if (reading.result == GP_TRUE) {
        bool plain = reading.value.type == GP_TYPE_STRING || reading.value.type == GP_TYPE_CHOICE;
        it->text = plain ? gp_arena_memdup(eval->arena, reading.value.string.data, reading.value.string.len)
                         : gp_value_text(&reading.value, eval->arena);
        return it->text ? 0 : -ENOMEM;
    }
    return 0;
}

/* A text of the rule set, or the words that stand for it. */
static int sum_words(struct gp_eval *eval, const struct gp_template *text, const char *fallback,
                     struct gp_summarised *it)
{
    it->text = text ? gp_eval_text(eval, text) : fallback;
    return it->text ? 0 : -ENOMEM;
}

static int sum_condition(struct gp_eval *eval, const struct gp_summary_line *line, struct gp_summarised *it)
{
    struct gp_proof proof;
    int r = gp_eval_cond(eval, line->condition, &proof);
    if (r < 0) {
        return r;
    }
    take(it, gp_proof_outcome(&proof));
    it->basis = proof.basis;
    if (proof.result == GP_TRUE) {
        return sum_words(eval, line->holds, "yes", it);
    }
    return proof.result == GP_FALSE ? sum_words(eval, line->fails, "no", it) : 0;
}

static int sum_state(struct gp_eval *eval, const struct gp_state_verdict *state, struct gp_summarised *it)
{
    static const char *const kinds[] = {"", "ambiguous", "undetermined", "unrecognised"};
    it->basis = state->basis;
    if (state->none) {
        take(it, gp_outcome_na("the rule set names no states"));
        return 0;
    }
    if (state->kind != GP_STATE_NAMED) {
        take(it, gp_outcome_unknown(GP_REASON_NO_VALUE, kinds[state->kind]));
        return 0;
    }
    const struct gp_named_cond *name = state->name;
    struct gp_str title = name->cond->title;
    it->result = GP_TRUE;
    it->text = title.len ? gp_arena_printf(eval->arena, "%.*s: %.*s", GP_STR_ARG(name->id), GP_STR_ARG(title))
                         : gp_arena_printf(eval->arena, "%.*s", GP_STR_ARG(name->id));
    return it->text ? 0 : -ENOMEM;
}

static int sum_attested(struct gp_eval *eval, const struct gp_inspection *inspection,
                        const struct gp_summary_line *line, struct gp_summarised *it)
{
    const struct gp_inspected_attestation *found = inspection->attestations;
    char when[GP_TIME_SIZE];
    while (found->attestation != line->attested->target) {
        found++; /* every attestation of the set is there */
    }
    if (!found->valid) {
        take(it, gp_outcome_unknown(GP_REASON_NOT_ATTESTED, found->detail));
        return 0;
    }
    it->result = GP_TRUE;
    it->text = "taken as given";
    if (found->newest) {
        gp_time_format(found->newest->when, when);
        it->text = gp_arena_printf(eval->arena, "attested at %s by %s", when, found->newest->who);
    }
    return it->text ? 0 : -ENOMEM;
}

/* ---- files and records ------------------------------------------------------------------------------------------- */

/* What is counted, and the first few of it. */
struct listing {
    struct gp_eval *eval;
    const struct gp_table_field *field; /* of records; NULL: they are counted only */
    uint64_t count, unsure;
    enum gp_reason reason;
    struct gp_str shown[SHOWN];
    struct gp_files_key keys[SHOWN];
    size_t shown_count;
};

static int list_file(void *context, const struct gp_files_hit *hit)
{
    struct listing *it = context;
    bool known = !hit->facts || hit->facts->present == GP_TRI_YES;
    if (hit->open || !known) {
        it->reason = it->unsure++ == 0 || hit->reason < it->reason ? hit->reason : it->reason;
        return 0;
    }
    it->count++;
    size_t at = it->shown_count;
    while (at > 0 && gp_files_key_compare(&hit->key, &it->keys[at - 1]) < 0) {
        at--;
    }
    if (at == SHOWN) {
        return 0;
    }
    it->shown_count += it->shown_count < SHOWN ? 1 : 0;
    memmove(&it->keys[at + 1], &it->keys[at], (it->shown_count - 1 - at) * sizeof(it->keys[0]));
    it->keys[at] = hit->key;
    return 0;
}

static int list_row(void *context, const struct gp_row *row, enum gp_result live, enum gp_reason why)
{
    struct listing *it = context;
    struct gp_outcome outcome = GP_OUTCOME_TRUE;
    struct gp_str text = {"?", 1}; /* it counts, whatever it says */
    if (live != GP_TRUE) {
        it->reason = it->unsure++ == 0 || why < it->reason ? why : it->reason;
        return 0;
    }
    it->count++;
    if (!it->field || it->shown_count == SHOWN) {
        return 0;
    }
    int r = gp_row_text(row, it->field, &text, &outcome);
    if (r < 0) {
        return r;
    }
    text = outcome.result == GP_TRUE ? text : (struct gp_str){"?", 1};
    const char *copy = gp_arena_memdup(it->eval->arena, text.data, text.len);
    it->shown[it->shown_count++] = (struct gp_str){copy, text.len};
    return copy ? 0 : -ENOMEM;
}

/* "3: a, b, c", "12: a, b, … and 4 more", "0". */
static int say_listing(const struct listing *it, struct gp_summarised *ret)
{
    struct gp_strbuf out = {0};
    gp_text_grouped(&out, it->count);
    for (size_t i = 0; i < it->shown_count; i++) {
        gp_strbuf_add(&out, i ? ", " : ": ");
        gp_strbuf_add_mem(&out, it->shown[i].data, it->shown[i].len);
    }
    if (it->shown_count && it->count > it->shown_count) {
        gp_strbuf_printf(&out, " and %llu more", (unsigned long long)(it->count - it->shown_count));
    }
    ret->text = gp_strbuf_ok(&out) ? gp_arena_memdup(it->eval->arena, gp_strbuf_text(&out), out.len) : NULL;
    gp_strbuf_done(&out);
    return ret->text ? 0 : -ENOMEM;
}

/* What was listed, unless something could not be told. */
static int settle(const struct listing *it, const struct gp_summary_line *line, struct gp_outcome outcome,
                  struct gp_summarised *ret)
{
    if (outcome.result == GP_TRUE && it->unsure) {
        const char *detail = gp_arena_printf(it->eval->arena, "%llu that could be told; %s",
                                             (unsigned long long)it->count, gp_reason_words(it->reason));
        outcome = gp_outcome_unknown(it->reason, detail);
        if (!detail) {
            return -ENOMEM;
        }
    }
    take(ret, outcome);
    if (outcome.result != GP_TRUE) {
        return 0;
    }
    ret->counted = true;
    ret->count = it->count;
    ret->result = it->count ? GP_TRUE : GP_FALSE;
    return it->count ? say_listing(it, ret) : sum_words(it->eval, line->none, "none", ret);
}

static int sum_files(struct gp_eval *eval, const struct gp_summary_line *line, struct gp_summarised *it)
{
    struct listing listing = {.eval = eval};
    const struct gp_files_visitor visitor = {.visit = list_file, .context = &listing, .names = true};
    struct gp_outcome outcome = eval->here->open;
    int r = outcome.result == GP_TRUE ? gp_files_each(eval, &line->files, NULL, &visitor, &outcome) : 0;
    for (size_t i = 0; i < listing.shown_count; i++) {
        listing.shown[i] = listing.keys[i].name;
    }
    return r < 0 ? r : settle(&listing, line, outcome, it);
}

static int list_records(struct gp_scan *scan, struct listing *listing, struct gp_outcome *outcome)
{
    gp_scan_use(scan, listing->field);
    int r = gp_scan_begin(scan, outcome);
    if (r == 0 && outcome->result == GP_TRUE) {
        r = gp_scan_rows(scan, list_row, listing);
    }
    if (r == 0 && outcome->result == GP_TRUE && scan->unknown) {
        r = gp_scan_unknown(scan, outcome);
    }
    return r;
}

static int sum_records(struct gp_eval *eval, const struct gp_summary_line *line, struct gp_summarised *it)
{
    struct listing listing = {.eval = eval, .field = gp_ref_field(line->field)};
    struct gp_outcome outcome = eval->here->open;
    struct gp_scan scan;
    if (outcome.result != GP_TRUE) {
        return settle(&listing, line, outcome, it);
    }
    int r = gp_scan_new(eval, gp_ref_table(line->records), &scan);
    if (r == 0) {
        r = list_records(&scan, &listing, &outcome);
    }
    gp_scan_done(&scan);
    return r < 0 ? r : settle(&listing, line, outcome, it);
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static int sum_line(struct gp_eval *eval, const struct gp_inspection *inspection, const struct gp_summary_line *line,
                    struct gp_summarised *it)
{
    const struct gp_place *outer = eval->here;
    int r = gp_eval_place(eval, line->under, &eval->here);
    if (r == 0 && eval->here->open.result != GP_TRUE) {
        take(it, eval->here->open);
    } else if (r == 0 && line->marker) {
        r = sum_marker(eval, line, it);
    } else if (r == 0 && line->condition) {
        r = sum_condition(eval, line, it);
    } else if (r == 0 && line->files.count) {
        r = sum_files(eval, line, it);
    } else if (r == 0 && line->records) {
        r = sum_records(eval, line, it);
    } else if (r == 0 && line->attested) {
        r = sum_attested(eval, inspection, line, it);
    } else if (r == 0 && line->text) {
        it->result = GP_TRUE;
        r = sum_words(eval, line->text, NULL, it);
    } else if (r == 0) {
        r = sum_state(eval, &inspection->state, it);
    }
    eval->here = outer;
    return r;
}

/* `*ret_out`: the guard takes the line out.  One that cannot be told makes the line unknown. */
static int ask_guard(struct gp_eval *eval, const struct gp_summary_line *line, struct gp_summarised *it, bool *ret_out)
{
    struct gp_proof proof = {.result = GP_TRUE};
    int r = line->when ? gp_eval_cond(eval, line->when, &proof) : 0;
    *ret_out = proof.result == GP_FALSE || proof.result == GP_NA;
    take(it, gp_proof_outcome(&proof));
    return r;
}

int gp_summarise(struct gp_eval *eval, const struct gp_inspection *inspection, struct gp_summarised **ret_lines,
                 size_t *ret_count)
{
    const struct gp_map *map = &eval->it->rules->defs.summary;
    struct gp_summarised *lines = GP_NEW_ARRAY(eval->arena, struct gp_summarised, map->count + 1);
    size_t count = 0;
    if (!lines) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < map->count; i++) {
        struct gp_summarised *it = &lines[count];
        bool out = false;
        *it = (struct gp_summarised){.line = map->data[i].value};
        int r = ask_guard(eval, it->line, it, &out);
        if (r == 0 && it->result == GP_TRUE) {
            r = sum_line(eval, inspection, it->line, it);
        }
        if (r < 0) {
            return r;
        }
        count += out ? 0 : 1;
    }
    *ret_lines = lines;
    *ret_count = count;
    return 0;
}
