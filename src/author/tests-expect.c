/* Whether what a case expects can be asked at all, and names what there is. */
#include <string.h>

#include "author/tests-internal.h"
#include "rule/say.h"
#include "util/text.h"

/* The binder keeps the order of the file, so no search is needed. */
const struct gp_node *gp_test_node(const struct gp_tests *tests, const struct gp_test_case *it)
{
    const struct gp_node *cases = gp_node_get(tests->root, "cases");
    const struct gp_map *map = &tests->document.cases;
    const struct gp_map_entry *entry = gp_map_find(map, it->id);

    return entry && cases->count == map->count ? cases->pairs[entry - map->data].value : NULL;
}

static const struct gp_node *expect_node(const struct gp_tests *tests, const struct gp_test_case *it)
{
    const struct gp_node *node = gp_test_node(tests, it);
    const struct gp_node *expect = node ? gp_node_get(node, "expect") : NULL;

    return expect && expect->kind == GP_NODE_MAPPING ? expect : NULL;
}

struct gp_span gp_test_expect_place(const struct gp_tests *tests, const struct gp_test_case *it, const char *key)
{
    const struct gp_node *expect = expect_node(tests, it);
    const struct gp_pair *pair = expect ? gp_node_pair(expect, (struct gp_str){key, strlen(key)}) : NULL;

    return pair ? pair->key_at : it->at;
}

static int check_message(struct gp_tests *tests, const struct gp_test_case *it, const struct gp_message **ret_message)
{
    size_t count;
    int r = gp_test_message(tests->rules, it->why.text, tests->arena, ret_message, &count);

    if (r == 0 && count == 0)
        gp_tests_error(tests, GP_DIAG_TEST_MESSAGE, it->why.at,
                       "no message of '%.*s' says this, and none has it for id",
                       GP_STR_ARG(tests->rules->manifest.name));
    else if (r == 0 && count > 1)
        gp_tests_error(tests, GP_DIAG_TEST_MESSAGE, it->why.at,
                       "this is what %zu messages say; more of the text, or an id, tells which is meant", count);
    return r;
}

/* ---- what is expected -------------------------------------------------------------------------------------------- */

#define ASKED(subject) (1u << (subject))
#define ANY_SUBJECT (~0u)

static const struct {
    const char *key;
    unsigned subjects;
} expectations[] = {
    {"verdict", ASKED(GP_TEST_CHECK)},
    {"because", ASKED(GP_TEST_CHECK)},
    {"message", ASKED(GP_TEST_CHECK)},
    {"needs", ASKED(GP_TEST_CHECK)},
    {"warnings", ASKED(GP_TEST_CHECK)},
    {"results", ASKED(GP_TEST_CHECK)},
    {"offenders", ASKED(GP_TEST_CHECK)},
    {"basis", ASKED(GP_TEST_CHECK) | ASKED(GP_TEST_MARKER) | ASKED(GP_TEST_STATE)},
    {"unknown", ASKED(GP_TEST_CHECK) | ASKED(GP_TEST_MARKER)},
    {"certain", ASKED(GP_TEST_WHY)},
    {"excluded", ASKED(GP_TEST_WHY)},
    {"undecided", ASKED(GP_TEST_WHY)},
    {"way", ASKED(GP_TEST_PLAN)},
    {"steps", ASKED(GP_TEST_PLAN)},
    {"value", ASKED(GP_TEST_MARKER)},
    {"not-applicable", ASKED(GP_TEST_MARKER)},
    {"state", ANY_SUBJECT},
    {"candidates", ANY_SUBJECT},
};

static const char *subject_words(enum gp_test_subject subject)
{
    static const char *const words[] = {"'check'", "'why'", "'plan'", "'marker'",
                                        "a case that asks for the state alone"};

    return words[subject];
}

/* One of these keys must stand for the case to expect anything of what it asks. */
static const char *const decisive[][4] = {
    [GP_TEST_CHECK] = {"verdict", "results", "offenders"},
    [GP_TEST_WHY] = {"certain", "excluded", "undecided"},
    [GP_TEST_PLAN] = {"way", "steps"},
    [GP_TEST_MARKER] = {"value", "unknown", "not-applicable"},
    [GP_TEST_STATE] = {"state"},
};

static void wrong_expectation(struct gp_tests *tests, struct gp_span at, const char *words)
{
    gp_tests_error(tests, GP_DIAG_TEST_EXPECT, at, "%s", words);
}

/* Whether each key goes with what is asked, and something is expected of that. */
static void check_keys(struct gp_tests *tests, const struct gp_test_case *it, const struct gp_node *expect)
{
    enum gp_test_subject subject = gp_test_subject_of(it);
    bool decided = false;

    for (size_t i = 0; i < expect->count; i++) {
        const struct gp_pair *pair = &expect->pairs[i];

        for (size_t k = 0; k < GP_COUNT(expectations); k++)
            if (gp_str_is(pair->key, expectations[k].key) && !(expectations[k].subjects >> subject & 1))
                gp_tests_error(tests, GP_DIAG_TEST_EXPECT, pair->key_at, "'%s' cannot be expected of %s",
                               expectations[k].key, subject_words(subject));
        for (size_t k = 0; k < GP_COUNT(decisive[0]) && decisive[subject][k]; k++)
            decided = decided || gp_str_is(pair->key, decisive[subject][k]);
    }
    if (decided)
        return;
    const char *list = "";
    for (size_t k = 0; list && k < GP_COUNT(decisive[0]) && decisive[subject][k]; k++)
        list = gp_arena_printf(tests->arena, "%s%s%s", list, k ? ", " : "", decisive[subject][k]);
    gp_tests_error(tests, GP_DIAG_TEST_EXPECT, it->at, "nothing is expected of %s: say one of %s",
                   subject_words(subject), list ? list : "");
}

/* A verdict against an operation is not enough: it must be the right one. */
static void check_because(struct gp_tests *tests, const struct gp_test_case *it)
{
    const struct gp_test_expect *expect = it->expect;
    bool against = expect->verdict == GP_TEST_DENIED || expect->verdict == GP_TEST_UNDETERMINED;

    if (against && !expect->because.data)
        wrong_expectation(tests, gp_test_expect_place(tests, it, "verdict"),
                          "a case that is denied or undetermined says because of what: because: [ID...]");
    if (against && expect->because.data && !expect->because.count)
        wrong_expectation(tests, gp_test_expect_place(tests, it, "because"),
                          "a verdict against an operation rests on at least one requirement");
    if (expect->verdict == GP_TEST_ALLOWED && expect->because.count)
        wrong_expectation(tests, gp_test_expect_place(tests, it, "because"),
                          "nothing speaks against an operation that is allowed");
    if (expect->because.data && expect->verdict == GP_TEST_VERDICT_ANY)
        wrong_expectation(tests, gp_test_expect_place(tests, it, "because"), "'because' goes with a verdict");
    if (it->check && expect->unknown != GP_TEST_REASON_UNSET && expect->verdict != GP_TEST_UNDETERMINED)
        wrong_expectation(tests, gp_test_expect_place(tests, it, "unknown"),
                          "'unknown' goes with a verdict that is undetermined");
}

static void check_rows(struct gp_tests *tests, const struct gp_map *rows, const struct gp_map *requires)
{
    for (size_t i = 0; i < rows->count; i++)
        if (!gp_map_find(requires, rows->data[i].id))
            gp_tests_no_such(tests, "requirement", rows->data[i].id, rows->data[i].at, requires, NULL);
}

static void check_operation(struct gp_tests *tests, const struct gp_test_case *it, const struct gp_operation *operation)
{
    const struct gp_test_expect *expect = it->expect;

    gp_tests_look_up_all(tests, &expect->because, &operation->requires);
    gp_tests_look_up_all(tests, &expect->needs, &operation->requires);
    gp_tests_look_up_all(tests, &expect->warnings, &operation->requires);
    gp_tests_look_up_all(tests, &expect->message, &tests->rules->defs.messages);
    check_rows(tests, &expect->results, &operation->requires);
    check_rows(tests, &expect->offenders, &operation->requires);
    check_because(tests, it);
}

/* ID, or OPERATION/ID: whether it is a cause of this message. */
static bool is_cause(const struct gp_tests *tests, const struct gp_message *message, struct gp_str id)
{
    const struct gp_map *operations = &tests->rules->defs.operations;
    const char *slash = memchr(id.data, '/', id.len);
    struct gp_str owner = {id.data, slash ? (size_t)(slash - id.data) : 0};
    struct gp_str own = slash ? (struct gp_str){slash + 1, id.len - owner.len - 1} : id;

    if (!slash && gp_map_find(&message->causes, own))
        return true;
    for (size_t i = 0; i < operations->count; i++) {
        const struct gp_operation *operation = operations->data[i].value;
        const struct gp_map_entry *entry = gp_map_find(&operation->requires, own);
        const struct gp_requirement *requirement = entry ? entry->value : NULL;

        if (slash && !gp_str_equal(owner, operation->def.id))
            continue;
        if (requirement && requirement->otherwise && requirement->otherwise->message &&
            requirement->otherwise->message->target == message)
            return true;
    }
    return false;
}

static int add_cause_ids(struct gp_tests *tests, const struct gp_message *message, const char ***ret_ids,
                         size_t *ret_count)
{
    const struct gp_map *operations = &tests->rules->defs.operations;
    GP_VEC(const char *) ids = {0};

    for (size_t i = 0; i < message->causes.count; i++)
        if (gp_vec_push(tests->arena, &ids, message->causes.data[i].id.data) < 0)
            return -ENOMEM;
    for (size_t i = 0; i < operations->count; i++) {
        const struct gp_operation *operation = operations->data[i].value;

        for (size_t k = 0; k < operation->requires.count; k++) {
            struct gp_str id = operation->requires.data[k].id;

            if (is_cause(tests, message, id) && gp_vec_push(tests->arena, &ids, id.data) < 0)
                return -ENOMEM;
        }
    }
    *ret_ids = ids.data;
    *ret_count = ids.count;
    return 0;
}

static int check_causes(struct gp_tests *tests, const struct gp_refs *refs, const struct gp_message *message)
{
    for (size_t i = 0; i < refs->count; i++) {
        const struct gp_ref *ref = refs->data[i];
        const char **ids = NULL;
        size_t count = 0;

        if (is_cause(tests, message, ref->id))
            continue;
        struct gp_diag *diag = gp_tests_error(tests, GP_DIAG_TEST_UNKNOWN_NAME, ref->at, "'%s' is no cause of '%.*s'",
                                              gp_say_brief(tests->arena, ref->id), GP_STR_ARG(message->def.id));
        int r = diag ? add_cause_ids(tests, message, &ids, &count) : 0;
        if (r < 0)
            return r;
        gp_diag_suggest(tests->diags, diag, count ? gp_text_nearest(ref->id, ids, count, sizeof(*ids)) : NULL);
    }
    return 0;
}

static const char *const state_words[] = {"ambiguous", "undetermined", "unrecognised"};

static void check_state(struct gp_tests *tests, const struct gp_test_case *it)
{
    const struct gp_test_expect *expect = it->expect;
    bool word = false;

    for (size_t i = 0; expect->state && i < GP_COUNT(state_words); i++)
        word = word || gp_str_is(expect->state->id, state_words[i]);
    if (expect->state && !word)
        gp_tests_look_up(tests, expect->state, &tests->rules->defs.states);
    gp_tests_look_up_all(tests, &expect->candidates, &tests->rules->defs.states);
}

static int check_marker(struct gp_tests *tests, const struct gp_test_case *it, const struct gp_marker *marker)
{
    const struct gp_test_expect *expect = it->expect;
    const struct gp_scalar *value = &expect->value;
    struct gp_value parsed;
    const char *expected;
    unsigned answers = (value->text.data != NULL) + (expect->unknown != GP_TEST_REASON_UNSET) +
                       (expect->not_applicable == GP_YESNO_YES);

    if (expect->not_applicable == GP_YESNO_NO)
        wrong_expectation(tests, gp_test_expect_place(tests, it, "not-applicable"),
                          "'not-applicable' is true or not there");
    else if (answers > 1)
        wrong_expectation(tests, it->at, "a marker has a value, or none for a reason, or is not applicable");
    if (!value->text.data)
        return 0;
    if (marker->names.count && !gp_map_find(&marker->names, value->text)) {
        gp_tests_no_such(tests, "value", value->text, value->at, &marker->names, NULL);
        return 0;
    }
    int r = gp_value_parse(marker->type, value->text, false, tests->arena, &parsed, &expected);
    if (r != -EINVAL)
        return r;
    gp_say_value(tests->diags, tests->arena, value->at, value->text, false, marker->type, expected);
    tests->errors++;
    return 0;
}

int gp_tests_check_expect(struct gp_tests *tests, const struct gp_test_case *it, const struct gp_operation *operation,
                         const struct gp_marker *marker)
{
    const struct gp_test_expect *expect = it->expect;
    const struct gp_message *message = NULL;
    int r = it->why.text.data ? check_message(tests, it, &message) : 0;

    if (r < 0 || !expect)
        return r;
    check_keys(tests, it, expect_node(tests, it));
    check_state(tests, it);
    if (operation)
        check_operation(tests, it, operation);
    if (marker)
        r = check_marker(tests, it, marker);
    if (it->plan) {
        gp_tests_look_up_all(tests, &expect->steps, &tests->rules->defs.operations);
        if (expect->steps.data && (expect->way == GP_TEST_WAY_NONE || expect->way == GP_TEST_WAY_UNKNOWN))
            wrong_expectation(tests, gp_test_expect_place(tests, it, "steps"), "steps are of a way that is found");
    }
    if (r == 0 && message)
        r = check_causes(tests, &expect->certain, message);
    if (r == 0 && message)
        r = check_causes(tests, &expect->excluded, message);
    if (r == 0 && message)
        r = check_causes(tests, &expect->undecided, message);
    return r;
}
