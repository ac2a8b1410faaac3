#include "eval/survey.h"

#include <string.h>

#include "eval/content.h"
#include "eval/words.h"

static int note_compare(const struct gp_noted *a, const struct gp_noted *b)
{
    if (a->reason != b->reason) {
        return a->reason < b->reason ? -1 : 1;
    }
    return gp_files_key_compare(&a->key, &b->key);
}

/* Keeps the first few, in their order. */
static void note(struct gp_notes *notes, const struct gp_noted *noted)
{
    size_t at = notes->count;
    while (at > 0 && note_compare(noted, &notes->data[at - 1]) < 0) {
        at--;
    }
    if (at == GP_LIMIT_OFFENDERS) {
        return;
    }
    if (notes->count < GP_LIMIT_OFFENDERS) {
        notes->count++;
    }
    memmove(&notes->data[at + 1], &notes->data[at], (notes->count - 1 - at) * sizeof(notes->data[0]));
    notes->data[at] = *noted;
}

static void count_unknown(struct gp_survey *survey, const struct gp_files_hit *hit)
{
    survey->open = survey->open || hit->open;
    survey->unknown += hit->open ? 0 : 1;
    note(&survey->unknowns, &(struct gp_noted){.key = hit->key, .entry = hit->entry, .reason = hit->reason});
}

static void count_result(struct gp_survey *survey, const struct gp_files_hit *hit, const struct gp_proof *result)
{
    struct gp_noted noted = {.key = hit->key, .entry = hit->entry, .reason = result->reason, .looked = true};
    switch (result->result) {
    case GP_TRUE:
        survey->passed_basis = gp_basis_weaker(survey->passed_basis, result->basis);
        survey->passed++;
        if (survey->first_only) {
            survey->passes.count = 0;
            note(&survey->passes, &noted);
        }
        break;
    case GP_FALSE:
        survey->failed_basis = gp_basis_stronger(survey->failed_basis, result->basis);
        survey->failed++;
        note(&survey->failures, &noted);
        break;
    case GP_UNKNOWN:
        survey->unsure++;
        note(&survey->unknowns, &noted);
        break;
    case GP_NA:
        survey->na++;
        break;
    }
}

static bool want(void *context, const struct gp_files_key *key)
{
    const struct gp_survey *survey = context;
    return !survey->first_only || survey->passes.count == 0 ||
           gp_files_key_compare(key, &survey->passes.data[0].key) < 0;
}

static int visit(void *context, const struct gp_files_hit *hit)
{
    struct gp_survey *survey = context;
    if (hit->open || hit->facts->present == GP_TRI_UNKNOWN) {
        count_unknown(survey, hit);
        return 0;
    }
    if (hit->facts->type != GP_FILETYPE_FILE || !want(context, &hit->key)) {
        return 0;
    }
    struct gp_proof result;
    survey->eval->each_name = hit->key.name;
    int r = gp_facets_ask(survey->eval, &survey->facets, hit->entry, &result);
    survey->eval->each_name = (struct gp_str){NULL, 0};
    if (r == 0) {
        count_result(survey, hit, &result);
    }
    return r;
}

int gp_survey(struct gp_eval *eval, const struct gp_cond *cond, const struct gp_paths *paths,
              const struct gp_paths *except, struct gp_survey *survey, struct gp_outcome *ret_outcome)
{
    const struct gp_files_visitor visitor = {.want = want, .visit = visit, .context = survey};
    survey->eval = eval;
    int r = gp_facets_begin(eval, cond, &survey->facets, ret_outcome);
    if (r < 0 || ret_outcome->result != GP_TRUE) {
        return r;
    }
    return gp_files_each(eval, paths, except, &visitor, ret_outcome);
}

static int tell_unknown(struct gp_eval *eval, const struct gp_noted *noted, struct gp_proof *leaf)
{
    struct gp_outcome outcome;
    int r = gp_words_unknown(eval, noted->entry, noted->reason, &outcome);
    if (r == 0) {
        gp_proof_take(leaf, outcome);
    }
    return r;
}

static int tell_file(struct gp_eval *eval, const struct gp_cond *cond, const struct gp_noted *noted,
                     struct gp_proof *leaf)
{
    const struct gp_facts *facts = gp_probe_facts(eval->here->probe, noted->entry);
    leaf->result = GP_TRUE;
    leaf->value = (struct gp_value){.type = GP_TYPE_SIZE, .integer = gp_size_signed(facts->size)};
    leaf->found = gp_words_facts(eval, facts);
    if (!leaf->found) {
        return -ENOMEM;
    }
    if (cond->facet_count == 0) {
        return 0;
    }
    eval->each_name = gp_probe_entry_name(noted->entry);
    int r = gp_facets_tell(eval, cond, noted->entry, leaf->path, leaf);
    eval->each_name = (struct gp_str){NULL, 0};
    return r;
}

int gp_survey_tell(struct gp_survey *survey, const struct gp_cond *cond, const struct gp_notes *notes,
                   struct gp_proof *proof)
{
    struct gp_eval *eval = survey->eval;
    for (size_t i = 0; i < notes->count; i++) {
        const struct gp_noted *noted = &notes->data[i];
        const char *path = gp_words_path(eval, noted->entry);
        struct gp_proof *leaf = path ? gp_proof_leaf(eval, proof, cond->form->key, path) : NULL;
        if (!leaf) {
            return -ENOMEM;
        }
        leaf->expected = "exists";
        int r = noted->looked ? tell_file(eval, cond, noted, leaf) : tell_unknown(eval, noted, leaf);
        if (r < 0) {
            return r;
        }
    }
    return 0;
}

uint64_t gp_survey_least(const struct gp_survey *survey)
{
    return survey->passed + survey->failed + survey->na + survey->unsure;
}

uint64_t gp_survey_most(const struct gp_survey *survey)
{
    return survey->open ? UINT64_MAX : gp_survey_least(survey) + survey->unknown;
}
