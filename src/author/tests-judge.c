/* What was decided, held against what was expected. */
#include <string.h>

#include "author/tests-internal.h"
#include "util/text.h"

struct judging {
    const struct gp_tests *tests;
    const struct gp_test_case *it;
    const struct gp_test_decision *decision;
    struct gp_arena *arena;
    bool strict;
    GP_VEC(struct gp_test_miss) misses;
    bool failed; /* out of memory */
};

static void miss(struct judging *to, const char *what, const char *expected, const char *found)
{
    struct gp_test_miss it = {gp_test_expect_place(to->tests, to->it, what), what, expected, found};

    to->failed = to->failed || !expected || !found || gp_vec_push(to->arena, &to->misses, it) < 0;
}

static const char *text_of(struct judging *to, struct gp_str text)
{
    return gp_arena_memdup(to->arena, text.data ? text.data : "", text.len);
}

/* ---- lists of ids ------------------------------------------------------------------------------------------------ */

/* What was found: an id, and for a cause the operation that it is of. */
struct found {
    struct gp_str owner, id;
};
struct founds {
    GP_VEC(struct found) list;
};

static void found(struct judging *to, struct founds *founds, struct gp_str owner, struct gp_str id)
{
    for (size_t i = 0; i < founds->list.count; i++)
        if (gp_str_equal(founds->list.data[i].id, id) && gp_str_equal(founds->list.data[i].owner, owner))
            return;
    to->failed = to->failed || gp_vec_push(to->arena, &founds->list, (struct found){owner, id}) < 0;
}

/* Whether ID or OPERATION/ID names this one. */
static bool names(struct gp_str name, const struct found *it)
{
    const char *slash = memchr(name.data, '/', name.len);

    if (!slash || !it->owner.len)
        return gp_str_equal(name, it->id);
    return gp_str_equal((struct gp_str){name.data, (size_t)(slash - name.data)}, it->owner) &&
           gp_str_equal((struct gp_str){slash + 1, name.len - (size_t)(slash - name.data) - 1}, it->id);
}

static bool same(const struct gp_refs *refs, const struct founds *founds, bool ordered)
{
    bool all = !ordered || refs->count == founds->list.count;

    for (size_t i = 0; all && i < refs->count; i++) {
        bool any = false;

        for (size_t k = 0; k < founds->list.count; k++)
            any = any || ((!ordered || i == k) && names(refs->data[i]->id, &founds->list.data[k]));
        all = any;
    }
    for (size_t k = 0; all && k < founds->list.count; k++) {
        bool any = false;

        for (size_t i = 0; i < refs->count; i++)
            any = any || names(refs->data[i]->id, &founds->list.data[k]);
        all = any;
    }
    return all;
}

static const char *refs_text(struct judging *to, const struct gp_refs *refs)
{
    const char *text = refs->count ? "" : "none";

    for (size_t i = 0; text && i < refs->count; i++)
        text = gp_arena_printf(to->arena, "%s%s%.*s", text, i ? ", " : "", GP_STR_ARG(refs->data[i]->id));
    return text;
}

static const char *founds_text(struct judging *to, const struct founds *founds)
{
    const char *text = founds->list.count ? "" : "none";

    for (size_t i = 0; text && i < founds->list.count; i++) {
        const struct found *it = &founds->list.data[i];

        text = gp_arena_printf(to->arena, "%s%s%.*s%s%.*s", text, i ? ", " : "", GP_STR_ARG(it->owner),
                               it->owner.len ? "/" : "", GP_STR_ARG(it->id));
    }
    return text;
}

static void judge_list(struct judging *to, const char *what, const struct gp_refs *refs, const struct founds *founds,
                       bool ordered)
{
    if (refs->data && !same(refs, founds, ordered))
        miss(to, what, refs_text(to, refs), founds_text(to, founds));
}

/* ---- check ------------------------------------------------------------------------------------------------------- */

static const char *const verdict_words[] = {"anything", "allowed", "denied", "undetermined"};

static enum gp_test_verdict verdict_of(enum gp_verdict_kind kind)
{
    static const enum gp_test_verdict of[] = {
        [GP_ALLOWED] = GP_TEST_ALLOWED, [GP_DENIED] = GP_TEST_DENIED, [GP_UNDETERMINED] = GP_TEST_UNDETERMINED};

    return of[kind];
}

static bool is_warn(const struct gp_requirement_verdict *verdict)
{
    return verdict->requirement->severity == GP_SEVERITY_WARN;
}

/* Whether a requirement stands against the operation, as eval/verdict.c counts it. */
static bool denies(const struct judging *to, const struct gp_requirement_verdict *verdict)
{
    if (verdict->result == GP_FALSE)
        return to->strict || !is_warn(verdict);
    return to->strict && verdict->result == GP_UNKNOWN && verdict->requirement->severity != GP_SEVERITY_REFUSE;
}

static bool leaves_open(const struct gp_requirement_verdict *verdict)
{
    return verdict->result == GP_UNKNOWN && verdict->requirement->severity == GP_SEVERITY_REFUSE;
}

static bool decides(const struct judging *to, const struct gp_requirement_verdict *verdict)
{
    switch (to->decision->verdict.kind) {
    case GP_DENIED:
        return denies(to, verdict);
    case GP_UNDETERMINED:
        return leaves_open(verdict);
    case GP_ALLOWED:
        break;
    }
    return false;
}

static bool is_open_need(const struct gp_requirement_verdict *verdict)
{
    return verdict->result == GP_UNKNOWN && verdict->requirement->severity == GP_SEVERITY_NEED;
}

static bool is_warning(const struct gp_requirement_verdict *verdict)
{
    return is_warn(verdict) && (verdict->result == GP_FALSE || verdict->result == GP_UNKNOWN);
}

static void judge_requirements(struct judging *to)
{
    const struct gp_verdict *verdict = &to->decision->verdict;
    const struct gp_test_expect *expect = to->it->expect;
    struct founds because = {0}, needs = {0}, warnings = {0}, messages = {0};

    for (size_t i = 0; i < verdict->requirement_count; i++) {
        const struct gp_requirement_verdict *one = &verdict->requirements[i];
        struct gp_str id = one->requirement->def.id;

        if (decides(to, one))
            found(to, &because, (struct gp_str){0}, id);
        if (decides(to, one) && one->result == GP_FALSE && one->message)
            found(to, &messages, (struct gp_str){0}, one->message->def.id);
        if (is_open_need(one))
            found(to, &needs, (struct gp_str){0}, id);
        if (is_warning(one))
            found(to, &warnings, (struct gp_str){0}, id);
    }
    judge_list(to, "because", &expect->because, &because, false);
    judge_list(to, "message", &expect->message, &messages, false);
    judge_list(to, "needs", &expect->needs, &needs, false);
    judge_list(to, "warnings", &expect->warnings, &warnings, false);
}

static bool reason_fits(int expected, enum gp_reason reason)
{
    return expected == GP_TEST_REASON_ANY || expected == (int)reason;
}

static const char *reason_text(int expected)
{
    return expected == GP_TEST_REASON_ANY ? "any" : gp_reason_name((enum gp_reason)expected);
}

/* Each of the undecided has to be so for the reason that is expected. */
static void judge_reasons(struct judging *to)
{
    const struct gp_verdict *verdict = &to->decision->verdict;
    int expected = to->it->expect->unknown;

    if (expected == GP_TEST_REASON_UNSET || verdict->kind != GP_UNDETERMINED)
        return; /* another verdict was told already */
    for (size_t i = 0; i < verdict->requirement_count; i++) {
        const struct gp_requirement_verdict *one = &verdict->requirements[i];

        if (leaves_open(one) && !reason_fits(expected, one->reason))
            miss(to, "unknown", reason_text(expected),
                 gp_arena_printf(to->arena, "%s (%.*s)", gp_reason_name(one->reason),
                                 GP_STR_ARG(one->requirement->def.id)));
    }
}

static const struct gp_requirement_verdict *verdict_on(const struct gp_verdict *verdict, struct gp_str id)
{
    for (size_t i = 0; i < verdict->requirement_count; i++)
        if (gp_str_equal(verdict->requirements[i].requirement->def.id, id))
            return &verdict->requirements[i];
    return NULL;
}

static void judge_rows(struct judging *to)
{
    static const char *const words[] = {"", "holds", "fails", "unknown", "not-applicable"};
    static const enum gp_test_answer of[] = {[GP_FALSE] = GP_TEST_ANSWER_FAILS,
                                             [GP_TRUE] = GP_TEST_ANSWER_HOLDS,
                                             [GP_UNKNOWN] = GP_TEST_ANSWER_UNKNOWN,
                                             [GP_NA] = GP_TEST_ANSWER_NA};
    const struct gp_test_expect *expect = to->it->expect;

    for (size_t i = 0; i < expect->results.count; i++) {
        const struct gp_map_entry *entry = &expect->results.data[i];
        const struct gp_requirement_verdict *one = verdict_on(&to->decision->verdict, entry->id);
        int expected = ((const struct gp_test_result_row *)entry->value)->answer;

        if ((int)of[one->result] != expected)
            miss(to, "results", gp_arena_printf(to->arena, "%.*s: %s", GP_STR_ARG(entry->id), words[expected]),
                 words[of[one->result]]);
    }
    for (size_t i = 0; i < expect->offenders.count; i++) {
        const struct gp_map_entry *entry = &expect->offenders.data[i];
        const struct gp_requirement_verdict *one = verdict_on(&to->decision->verdict, entry->id);
        int64_t expected = ((const struct gp_test_count_row *)entry->value)->count.integer;

        if ((uint64_t)expected != one->that.offender_count)
            miss(to, "offenders",
                 gp_arena_printf(to->arena, "%.*s: %lld", GP_STR_ARG(entry->id), (long long)expected),
                 gp_arena_printf(to->arena, "%zu", one->that.offender_count));
    }
}

static void judge_basis(struct judging *to, enum gp_basis basis)
{
    const struct gp_test_expect *expect = to->it->expect;

    if (expect->basis != GP_BASIS_NONE && expect->basis != (int)basis)
        miss(to, "basis", gp_basis_name((enum gp_basis)expect->basis),
             basis == GP_BASIS_NONE ? "none" : gp_basis_name(basis));
}

static void judge_check(struct judging *to)
{
    const struct gp_verdict *verdict = &to->decision->verdict;
    const struct gp_test_expect *expect = to->it->expect;

    if (expect->verdict != GP_TEST_VERDICT_ANY && expect->verdict != (int)verdict_of(verdict->kind))
        miss(to, "verdict", verdict_words[expect->verdict], verdict_words[verdict_of(verdict->kind)]);
    judge_requirements(to);
    judge_reasons(to);
    judge_rows(to);
    judge_basis(to, verdict->basis);
}

/* ---- the others -------------------------------------------------------------------------------------------------- */

static void judge_why(struct judging *to)
{
    const struct gp_why *why = &to->decision->why;
    const struct gp_test_expect *expect = to->it->expect;
    struct founds kinds[3] = {0};

    for (size_t i = 0; i < why->cause_count; i++) {
        const struct gp_why_cause *cause = &why->causes[i];

        found(to, &kinds[cause->kind], cause->operation ? cause->operation->def.id : (struct gp_str){0}, cause->id);
    }
    judge_list(to, "certain", &expect->certain, &kinds[GP_CAUSE_CERTAIN], false);
    judge_list(to, "excluded", &expect->excluded, &kinds[GP_CAUSE_EXCLUDED], false);
    judge_list(to, "undecided", &expect->undecided, &kinds[GP_CAUSE_UNDECIDED], false);
}

static void judge_plan(struct judging *to)
{
    static const char *const words[] = {"anything", "found", "none", "unknown"};
    static const enum gp_test_way of[] = {[GP_WAY_FOUND] = GP_TEST_WAY_FOUND,
                                          [GP_WAY_NONE] = GP_TEST_WAY_NONE,
                                          [GP_WAY_UNKNOWN] = GP_TEST_WAY_UNKNOWN};
    const struct gp_way *way = &to->decision->way;
    const struct gp_test_expect *expect = to->it->expect;
    struct founds steps = {0};

    if (expect->way != GP_TEST_WAY_ANY && expect->way != (int)of[way->kind])
        miss(to, "way", words[expect->way], words[of[way->kind]]);
    if (expect->steps.data && way->kind != GP_WAY_FOUND)
        miss(to, "steps", refs_text(to, &expect->steps),
             gp_arena_strdup(to->arena, way->detail ? way->detail : "no way")); /* the evaluation's texts go with it */
    if (way->kind != GP_WAY_FOUND)
        return;
    for (size_t i = 0; i < way->step_count; i++) /* the shortest way takes no operation twice */
        found(to, &steps, (struct gp_str){0}, way->steps[i].operation->def.id);
    judge_list(to, "steps", &expect->steps, &steps, true);
}

static const char *reading_text(struct judging *to, const struct gp_reading *reading)
{
    const char *detail = reading->detail ? reading->detail : "";

    if (reading->result == GP_TRUE)
        return gp_value_text(&reading->value, to->arena);
    return gp_arena_printf(to->arena, "%s%s%s%s",
                           reading->result == GP_NA ? "not applicable" : gp_reason_name(reading->reason),
                           *detail ? " (" : "", detail, *detail ? ")" : "");
}

static void judge_marker(struct judging *to)
{
    const struct gp_reading *reading = &to->decision->reading;
    const struct gp_test_expect *expect = to->it->expect;
    struct gp_value value;
    const char *expected, *text = reading_text(to, reading);

    if (expect->not_applicable == GP_YESNO_YES && reading->result != GP_NA)
        miss(to, "not-applicable", "not applicable", text);
    if (expect->unknown != GP_TEST_REASON_UNSET &&
        (reading->result != GP_UNKNOWN || !reason_fits(expect->unknown, reading->reason)))
        miss(to, "unknown", reason_text(expect->unknown), text);
    if (expect->value.text.data) {
        int r = gp_value_parse(to->decision->marker->type, expect->value.text, false, to->arena, &value, &expected);

        to->failed = to->failed || r == -ENOMEM;
        if (r == 0 && (reading->result != GP_TRUE ||
                       gp_type_is_integer(reading->value.type) != gp_type_is_integer(value.type) ||
                       gp_value_compare(&reading->value, &value) != 0))
            miss(to, "value", gp_value_text(&value, to->arena), text);
    }
    judge_basis(to, reading->result == GP_TRUE ? reading->basis : GP_BASIS_NONE);
}

static void judge_state(struct judging *to)
{
    static const char *const kinds[] = {[GP_STATE_NAMED] = "", [GP_STATE_AMBIGUOUS] = "ambiguous",
                                        [GP_STATE_UNDETERMINED] = "undetermined",
                                        [GP_STATE_UNRECOGNISED] = "unrecognised"};
    const struct gp_state_verdict *state = &to->decision->state;
    const struct gp_test_expect *expect = to->it->expect;
    struct founds candidates = {0};

    for (size_t i = 0; i < state->candidate_count; i++)
        found(to, &candidates, (struct gp_str){0}, state->candidates[i]->id);
    if (expect->state) {
        const char *is = state->none ? "the rule set has no states" : state->name ? text_of(to, state->name->id)
                                                                                  : kinds[state->kind];

        if (!is || !gp_str_is(expect->state->id, is))
            miss(to, "state", text_of(to, expect->state->id), is);
    }
    judge_list(to, "candidates", &expect->candidates, &candidates, false);
}

int gp_test_judge(const struct gp_tests *tests, const struct gp_test_case *it, const struct gp_test_decision *decision,
                  bool strict, struct gp_arena *arena, struct gp_test_result *result)
{
    struct judging to = {.tests = tests, .it = it, .decision = decision, .arena = arena, .strict = strict};

    switch (decision->subject) {
    case GP_TEST_CHECK:
        judge_check(&to);
        break;
    case GP_TEST_WHY:
        judge_why(&to);
        break;
    case GP_TEST_PLAN:
        judge_plan(&to);
        break;
    case GP_TEST_MARKER:
        judge_marker(&to);
        break;
    case GP_TEST_STATE:
        judge_basis(&to, decision->state.basis);
        break;
    }
    judge_state(&to);
    if (to.failed)
        return -ENOMEM;
    result->outcome = to.misses.count ? GP_TEST_FAILED : GP_TEST_PASSED;
    result->misses = to.misses.data;
    result->miss_count = to.misses.count;
    return 0;
}
