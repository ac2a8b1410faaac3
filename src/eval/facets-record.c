/*
 * The facet that sets a file against records: listed-in.
 */
#include "eval/check.h"
#include "eval/facets.h"
#include "eval/families.h"
#include "eval/tables.h"
#include "eval/words.h"

/* Whether one table names it. */
static int ask(struct gp_eval *eval, const struct gp_membership *of, struct gp_str stem, struct gp_proof *proof)
{
    const struct gp_row_set *set;
    int r = gp_set_of_texts(eval, of, gp_ref_field(of->field), gp_probe_fold(eval->here->probe), &set);
    if (r < 0) {
        return r;
    }
    if (set->outcome.result == GP_NA || gp_strmap_find(&set->keys, stem)) {
        gp_proof_take(proof, set->outcome.result == GP_NA ? set->outcome : GP_OUTCOME_TRUE);
    } else {
        gp_proof_take(proof, set->outcome.result == GP_TRUE ? (struct gp_outcome){.result = GP_FALSE} : set->outcome);
    }
    return 0;
}

static int say(struct gp_eval *eval, const struct gp_list *list, struct gp_str stem, struct gp_proof *proof)
{
    const char *quoted = gp_words_quote(eval, stem);
    int r = quoted ? gp_say(eval, &proof->found, "%s is %s", quoted, proof->result == GP_TRUE ? "listed" : "not listed")
                   : -ENOMEM;
    for (size_t i = 0; r == 0 && i < list->count; i++) {
        const struct gp_membership *of = list->data[i];
        r = gp_say(eval, &proof->expected, "%s%s%.*s of a record of %.*s", i ? proof->expected : "",
                   i ? " or " : "its stem is ", GP_STR_ARG(of->field->id), GP_STR_ARG(of->table->id));
    }
    return r;
}

static int decide_listed(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                         struct gp_proof *proof)
{
    const struct gp_list *list = facet->data;
    struct gp_str stem = gp_name_stem(gp_probe_entry_name(entry));
    size_t counts[GP_RESULTS] = {0};
    struct gp_proof unknown = {0};
    for (size_t i = 0; i < list->count; i++) {
        struct gp_proof one = {0};
        int r = ask(eval, list->data[i], stem, &one);
        if (r < 0) {
            return r;
        }
        counts[one.result]++;
        bool graver = one.result == GP_UNKNOWN && (counts[GP_UNKNOWN] == 1 || one.reason < unknown.reason);
        unknown = graver || (one.result == GP_NA && counts[GP_UNKNOWN] == 0) ? one : unknown;
    }
    gp_proof_take(proof, gp_proof_outcome(&unknown));
    proof->result = gp_logic_any_counts(counts);
    if (proof->result != GP_UNKNOWN) {
        proof->reason = GP_REASON_NONE;
        proof->detail = proof->result == GP_NA ? unknown.detail : NULL;
    }
    return say(eval, list, stem, proof);
}

static void check_listed(struct gp_link *link, const struct gp_facet *facet)
{
    const struct gp_list *list = facet->data;
    for (size_t i = 0; i < list->count; i++) {
        const struct gp_membership *of = list->data[i];
        (void)gp_link_field(link, gp_ref_table(of->table), of->field);
        gp_link_field_tests(link, gp_ref_table(of->table), &of->where);
    }
}

#define MEMBER(member) offsetof(struct gp_membership, member)

static const struct gp_field listed_fields[] = {
    {"table", GP_KIND_REF, MEMBER(table), GP_FIELD_REQUIRED, .section = GP_SECTION_TABLE, .help = "the table"},
    {"field", GP_KIND_REF, MEMBER(field), GP_FIELD_REQUIRED, .section = GP_SECTION_FIELD,
     .help = "its field that names the file"},
    {"where", GP_KIND_MAP, MEMBER(where), GP_FIELD_NOT_EMPTY, .element = gp_field_test_element,
     .help = "only the records of which all of this holds"},
    {0},
};
static const struct gp_object listed_object = {
    .name = "listed-in", .size = sizeof(struct gp_membership), .fields = listed_fields,
    .help = "A field of a table's records; texts are compared as ${FIELD} writes them, and as the set matches names."};

const struct gp_facet_def gp_facets_record[] = {
    {.key = "listed-in", .flags = GP_FACET_FILES | GP_FACET_DIRECTORIES, .cost = 2000, .size = sizeof(struct gp_list),
     .check = check_listed, .decide = decide_listed,
     .value = {"listed-in", GP_KIND_LIST, .flags = GP_FIELD_NOT_EMPTY, .object = &listed_object,
               .help = "its name without the last extension is what a field of a record says, in one of these tables at "
                       "least"},
     .example = "{ each: \"rooms/*.dat\", listed-in: [{ table: rooms, field: id }] }"},
    {0},
};
