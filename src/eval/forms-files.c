/*
 * Conditions over the many files that globs match: each, some, count.
 *
 * k files are known and u may be or not, so a result holds only if it holds for
 * every number from k to k + u.
 */
#include "eval/check.h"
#include "eval/content.h"
#include "eval/families.h"
#include "eval/survey.h"
#include "eval/tally.h"
#include "eval/words.h"
#include "rule/tables.h"

/* What an unknown condition over many files says: as its gravest child. */
static void take_first_child(struct gp_proof *proof)
{
    for (size_t i = 0; i < proof->child_count; i++) {
        if (proof->children[i].result == GP_UNKNOWN) {
            gp_proof_take(proof, gp_proof_outcome(&proof->children[i]));
            return;
        }
    }
    gp_proof_take(proof, gp_outcome_unknown(GP_REASON_CHANGED, "what was unknown is known on a second look"));
}

/* Children that say something else than the condition (they changed meanwhile) do not decide it. */
static void mark_spare(struct gp_proof *proof)
{
    for (size_t i = 0; i < proof->child_count; i++) {
        proof->children[i].spare = proof->children[i].result != proof->result;
    }
}

static int tell_survey(struct gp_eval *eval, const struct gp_survey *survey, const struct gp_paths *paths,
                       struct gp_proof *proof)
{
    uint64_t count = gp_survey_least(survey);
    const char *files = gp_words_count(eval, count, "file", "files");
    const char *failed = gp_words_count(eval, survey->failed, "fails", "fail");
    proof->path = gp_words_paths(eval, paths);
    if (!proof->path || !files || !failed) {
        return -ENOMEM;
    }
    if (survey->failed) {
        return gp_say(eval, &proof->found, "%s, %s", files, failed);
    }
    if (count == 0) {
        proof->found = "matches nothing";
        return 0;
    }
    return gp_say(eval, &proof->found, "%s", files);
}

/* No file was looked at. */
static int tell_unasked(struct gp_proof *proof, struct gp_outcome outcome, int r)
{
    proof->found = NULL;
    gp_proof_take(proof, outcome);
    return r;
}

static const char nothing_said[] = "what is asked can be said of none of these files";

/* ---- each -------------------------------------------------------------------------------------------------------- */

struct cond_each {
    struct gp_paths paths;
    struct gp_paths except;
    const struct gp_expr *min;
};

/* Whether the facets hold of every file, however many there are. */
static enum gp_result each_facets(const struct gp_survey *survey)
{
    if (survey->failed) {
        return GP_FALSE;
    }
    if (survey->unsure || survey->unknown || survey->open) {
        return GP_UNKNOWN;
    }
    return survey->na && !survey->passed ? GP_NA : GP_TRUE;
}

static int each_min(struct gp_eval *eval, const struct cond_each *data, const struct gp_survey *survey,
                    struct gp_proof *proof, enum gp_result *ret)
{
    struct gp_outcome outcome;
    int64_t min = 0;
    int r = gp_eval_number(eval, data->min, 0, &min, &outcome);
    if (r < 0) {
        return r;
    }
    *ret = outcome.result;
    if (outcome.result != GP_TRUE) {
        gp_proof_take(proof, outcome);
        return 0;
    }
    uint64_t least = min < 0 ? 0 : (uint64_t)min;
    *ret = gp_logic_interval(gp_survey_least(survey), gp_survey_most(survey), least, UINT64_MAX);
    const char *files = gp_words_count(eval, least, "file", "files");
    return files ? gp_say(eval, &proof->expected, "at least %s", files) : -ENOMEM;
}

static int each_result(struct gp_eval *eval, const struct gp_cond *cond, struct gp_survey *survey,
                       struct gp_proof *proof)
{
    const struct cond_each *data = cond->data;
    struct gp_proof counted = {.result = GP_NA};
    enum gp_result results[] = {each_facets(survey), GP_NA};
    if (data->min) {
        int r = each_min(eval, data, survey, &counted, &results[1]);
        if (r < 0) {
            return r;
        }
    }
    enum gp_result result = gp_logic_all(results, GP_COUNT(results));
    if (result == GP_UNKNOWN && results[0] != GP_UNKNOWN && results[1] == GP_UNKNOWN) {
        gp_proof_take(proof, gp_proof_outcome(&counted));
    }
    proof->result = data->min && results[1] == GP_NA ? GP_NA : result;
    if (proof->result == GP_NA) {
        proof->detail = counted.detail ? counted.detail : nothing_said;
    }
    proof->expected = results[1] == GP_FALSE && results[0] != GP_FALSE ? counted.expected : "none that fails";
    return 0;
}

static int decide_each(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct cond_each *data = cond->data;
    struct gp_survey survey = {.eval = eval};
    struct gp_outcome outcome;
    int r = gp_survey(eval, cond, &data->paths, &data->except, &survey, &outcome);
    if (r < 0) {
        return r;
    }
    proof->subject = "each";
    r = tell_survey(eval, &survey, &data->paths, proof);
    if (outcome.result != GP_TRUE) {
        return tell_unasked(proof, outcome, r);
    }
    if (r == 0) {
        r = each_result(eval, cond, &survey, proof);
    }
    if (r < 0) {
        return r;
    }
    bool unknown = proof->result == GP_UNKNOWN && survey.unknowns.count > 0;
    if (survey.failed || unknown) {
        r = gp_survey_tell(&survey, cond, survey.failed ? &survey.failures : &survey.unknowns, proof);
    }
    if (unknown) {
        take_first_child(proof);
    }
    mark_spare(proof);
    proof->offender_count = (size_t)survey.failed;
    proof->basis = survey.failed ? survey.failed_basis : survey.passed_basis;
    return r;
}

static void check_each(struct gp_link *link, const struct gp_cond *cond)
{
    const struct cond_each *data = cond->data;
    if (cond->facet_count == 0 && !data->min) {
        gp_check_says_nothing(link, cond->at, "'each' without a facet and without 'min' holds of any tree");
    }
    gp_check_file_form(link, cond);
}

/* ---- some -------------------------------------------------------------------------------------------------------- */

struct cond_some {
    struct gp_paths paths;
};

static enum gp_result some_result(const struct gp_survey *survey)
{
    if (survey->passed) {
        return GP_TRUE;
    }
    if (survey->unsure || survey->unknown || survey->open) {
        return GP_UNKNOWN;
    }
    return survey->na && !survey->failed ? GP_NA : GP_FALSE;
}

static int decide_some(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct cond_some *data = cond->data;
    struct gp_survey survey = {.eval = eval, .first_only = true};
    struct gp_outcome outcome;
    int r = gp_survey(eval, cond, &data->paths, NULL, &survey, &outcome);
    if (r < 0) {
        return r;
    }
    proof->subject = "some";
    proof->expected = cond->facet_count ? "one that passes" : "at least one file";
    r = tell_survey(eval, &survey, &data->paths, proof);
    if (outcome.result != GP_TRUE) {
        return tell_unasked(proof, outcome, r);
    }
    if (r < 0) {
        return r;
    }
    proof->result = some_result(&survey);
    proof->detail = proof->result == GP_NA ? nothing_said : NULL;
    const struct gp_notes *notes = &survey.failures;
    if (proof->result == GP_TRUE) {
        notes = &survey.passes;
        proof->found = NULL; /* not all were looked at, so there is no count */
    } else if (proof->result == GP_UNKNOWN) {
        notes = &survey.unknowns;
    }
    r = gp_survey_tell(&survey, cond, notes, proof);
    if (proof->result == GP_UNKNOWN) {
        take_first_child(proof);
    }
    mark_spare(proof);
    proof->offender_count = proof->result == GP_FALSE ? (size_t)survey.failed : 0;
    proof->basis = proof->result == GP_TRUE ? survey.passed_basis : survey.failed_basis;
    return r;
}

/* ---- count ------------------------------------------------------------------------------------------------------- */

struct cond_count {
    struct gp_paths paths;
    struct gp_comparison comparison;
};

static int decide_count(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct cond_count *data = cond->data;
    struct gp_tally tally;
    struct gp_outcome outcome;
    int r = gp_tally(eval, &data->paths, &tally, &outcome);
    if (r < 0) {
        return r;
    }
    proof->subject = "count";
    proof->path = gp_words_paths(eval, &data->paths);
    if (!proof->path) {
        return -ENOMEM;
    }
    if (outcome.result != GP_TRUE) {
        gp_proof_take(proof, outcome);
        return 0;
    }
    int64_t least = gp_size_signed(tally.known);
    int64_t most = tally.open ? INT64_MAX : gp_size_signed(tally.known + tally.unknown);
    r = gp_compare_interval(eval, &data->comparison, GP_TYPE_INTEGER, least, most, proof);
    if (r < 0) {
        return r;
    }
    if (least == most) {
        proof->value = (struct gp_value){.type = GP_TYPE_INTEGER, .integer = least};
    } else if (proof->result == GP_UNKNOWN) {
        r = gp_words_unknown(eval, tally.entry, tally.reason, &outcome);
        gp_proof_take(proof, outcome);
    }
    return r < 0 ? r : gp_tally_words(eval, &tally, &proof->found);
}

static void check_count(struct gp_link *link, const struct gp_cond *cond)
{
    const struct cond_count *data = cond->data;
    if (!gp_comparison_given(&data->comparison)) {
        gp_check_says_nothing(link, cond->at, "'count' needs a comparison: is, in, min or max");
    }
    gp_check_comparison(link, &data->comparison);
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define PATHS_FLAGS (GP_FIELD_REQUIRED | GP_FIELD_LIST | GP_FIELD_GLOB)

static const struct gp_field each_fields[] = {
    {"each", GP_KIND_PATHS, offsetof(struct cond_each, paths), PATHS_FLAGS,
     .help = "every regular file at these paths or matched by these globs has all the facets"},
    {"except", GP_KIND_PATHS, offsetof(struct cond_each, except), GP_FIELD_LIST | GP_FIELD_GLOB,
     .help = "these are left out"},
    {"min", GP_KIND_EXPR, offsetof(struct cond_each, min), 0, .type = GP_TYPE_INTEGER, .range = &gp_range_natural,
     .help = "at least so many files must match; without it none at all is fine"},
    {0},
};
static const struct gp_object each_object = {
    .name = "each", .size = sizeof(struct cond_each), .fields = each_fields,
    .help = "Every regular file that matches has all the facets; directories and other things are passed over. No "
            "match is true, so { each: data/lock, … } means: if it is there."};

static const struct gp_field some_fields[] = {
    {"some", GP_KIND_PATHS, offsetof(struct cond_some, paths), PATHS_FLAGS,
     .help = "at least one regular file at these paths or matched by these globs has all the facets"},
    {0},
};
static const struct gp_object some_object = {
    .name = "some", .size = sizeof(struct cond_some), .fields = some_fields,
    .help = "At least one regular file that matches has all the facets."};

static const struct gp_range count_range = {"a count", 0, INT64_MAX};
static const struct gp_field count_fields[] = {
    {"count", GP_KIND_PATHS, offsetof(struct cond_count, paths), PATHS_FLAGS,
     .help = "how many names match, whatever they are the names of"},
    GP_COMPARISON_FIELDS(struct cond_count, comparison, GP_TYPE_INTEGER, &count_range),
    {0},
};
static const struct gp_object count_object = {
    .name = "count", .size = sizeof(struct cond_count), .fields = count_fields,
    .help = "So many files, directories and other things match."};

const struct gp_form gp_forms_files[] = {
    {.key = "each", .flags = GP_FORM_FACETS, .cost = 100, .object = &each_object, .check = check_each,
     .decide = decide_each, .example = "{ each: \"index/*.idx\", size: 560 }"},
    {.key = "some", .flags = GP_FORM_FACETS, .cost = 100, .object = &some_object, .check = gp_check_file_form,
     .decide = decide_some, .example = "{ some: \"drivers/*.{drv,ini}\" }"},
    {.key = "count", .cost = 100, .object = &count_object, .check = check_count, .decide = decide_count,
     .example = "{ count: \"queue/*.que\", max: 500 }"},
    {0},
};
