/*
 * Tests held against their rule set: every name, every value, and whether what
 * is expected can be asked at all.
 */
#include <stdlib.h>
#include <string.h>

#include "author/tests-internal.h"
#include "rule/limits.h"
#include "rule/say.h"
#include "util/text.h"

/* ---- names ------------------------------------------------------------------------------------------------------- */

static void add_ids(const struct gp_map *map, const char **ids, size_t *count)
{
    for (size_t i = 0; map && i < map->count; i++)
        ids[(*count)++] = map->data[i].id.data;
}

void gp_tests_no_such(struct gp_tests *tests, const char *what, struct gp_str id, struct gp_span at,
                      const struct gp_map *map, const struct gp_map *other)
{
    struct gp_diag *diag = gp_tests_error(tests, GP_DIAG_TEST_UNKNOWN_NAME, at, "there is no %s '%s'", what,
                                          gp_say_brief(tests->arena, id));
    size_t count = 0, most = (map ? map->count : 0) + (other ? other->count : 0);
    const char **ids = diag ? GP_NEW_ARRAY(tests->arena, const char *, most + 1) : NULL;

    if (!ids)
        return;
    add_ids(map, ids, &count);
    add_ids(other, ids, &count);
    gp_diag_suggest(tests->diags, diag, gp_text_nearest(id, ids, count, sizeof(*ids)));
}

/* What `ref` names in `map`, NULL after saying that there is none. */
const struct gp_map_entry *gp_tests_look_up(struct gp_tests *tests, const struct gp_ref *ref, const struct gp_map *map)
{
    const struct gp_map_entry *entry = ref ? gp_map_find(map, ref->id) : NULL;

    if (ref && !entry)
        gp_tests_no_such(tests, gp_section_name(ref->section), ref->id, ref->at, map, NULL);
    return entry;
}

void gp_tests_look_up_all(struct gp_tests *tests, const struct gp_refs *refs, const struct gp_map *map)
{
    for (size_t i = 0; i < refs->count; i++)
        gp_tests_look_up(tests, refs->data[i], map);
}

/* ---- with -------------------------------------------------------------------------------------------------------- */

/* The setting of that name: a parameter of `operation` (NULL: of any operation), else a variable. */
static const struct gp_setting *find_setting(const struct gp_tests *tests, struct gp_str name,
                                             const struct gp_operation *operation)
{
    const struct gp_definitions *defs = &tests->rules->defs;
    const struct gp_map_entry *entry = NULL;

    for (size_t i = 0; !entry && i < defs->operations.count; i++) {
        const struct gp_operation *one = defs->operations.data[i].value;

        if (!operation || one == operation)
            entry = gp_map_find(&one->params, name);
    }
    if (!entry)
        entry = gp_map_find(&defs->vars, name);
    return entry ? entry->value : NULL;
}

/* The setting that a name of `set` or `directories` means; NULL after saying that there is none. */
static const struct gp_setting *settle(struct gp_tests *tests, const struct gp_map_entry *entry,
                                       const struct gp_operation *operation)
{
    const struct gp_setting *setting = find_setting(tests, entry->id, operation);
    const struct gp_map *params = operation ? &operation->params : NULL;

    if (setting || entry->broken)
        return setting;
    const struct gp_definitions *defs = &tests->rules->defs;
    for (size_t i = 0; !params && i < defs->operations.count; i++) {
        const struct gp_operation *one = defs->operations.data[i].value;
        size_t count = 0;
        const char **ids = GP_NEW_ARRAY(tests->arena, const char *, one->params.count + 1);

        if (!ids)
            break;
        add_ids(&one->params, ids, &count);
        if (gp_text_nearest(entry->id, ids, count, sizeof(*ids)))
            params = &one->params;
    }
    gp_tests_no_such(tests, "parameter or variable", entry->id, entry->at, params, &defs->vars);
    return NULL;
}

static int check_value(struct gp_tests *tests, const struct gp_setting *setting, const struct gp_scalar *value)
{
    struct gp_value parsed;
    const char *expected;
    int r = gp_value_parse((enum gp_type)setting->type, value->text, false, tests->arena, &parsed, &expected);

    if (r == -EINVAL) {
        gp_say_value(tests->diags, tests->arena, value->at, value->text, false, (enum gp_type)setting->type, expected);
        tests->errors++;
        return 0;
    }
    return r;
}

static int check_set(struct gp_tests *tests, const struct gp_map *set, const struct gp_operation *operation)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < set->count; i++) {
        const struct gp_setting *setting = settle(tests, &set->data[i], operation);
        const struct gp_scalar *value = set->data[i].value;

        if (setting && value->text.data)
            r = check_value(tests, setting, value);
    }
    return r;
}

static void check_directories(struct gp_tests *tests, const struct gp_map *directories,
                              const struct gp_operation *operation)
{
    for (size_t i = 0; i < directories->count; i++) {
        const struct gp_map_entry *entry = &directories->data[i];
        const struct gp_setting *setting = settle(tests, entry, operation);

        gp_tests_look_up(tests, ((const struct gp_test_directory *)entry->value)->tree, &tests->document.trees);
        if (!setting || setting->type == GP_TYPE_DIRECTORY)
            continue;
        struct gp_diag *diag = gp_tests_error(tests, GP_DIAG_TEST_VALUE, entry->at, "'%.*s' is %s %s, not a directory",
                                              GP_STR_ARG(entry->id),
                                              gp_say_article(gp_type_name((enum gp_type)setting->type)),
                                              gp_type_name((enum gp_type)setting->type));
        gp_diag_note(tests->diags, diag, setting->def.at, "it is defined here");
    }
}

static void check_entry(struct gp_tests *tests, const struct gp_test_entry *entry)
{
    const struct gp_definitions *defs = &tests->rules->defs;
    const struct gp_ref *named = entry->operation ? entry->operation : entry->attested;

    gp_tests_look_up(tests, entry->operation, &defs->operations);
    gp_tests_look_up(tests, entry->attested, &defs->attestations);
    gp_tests_look_up(tests, entry->to, &defs->states);
    if (entry->attested && entry->to)
        gp_tests_error(tests, GP_DIAG_TEST_VALUE, entry->to->at, "an attestation leads to no state");
    if (named && entry->age.type != GP_TYPE_ANY && entry->when.type != GP_TYPE_ANY)
        gp_tests_error(tests, GP_DIAG_TEST_VALUE, named->at, "'age' and 'when' cannot stand together");
}

int gp_tests_check_setup(struct gp_tests *tests, const struct gp_test_setup *setup,
                         const struct gp_operation *operation)
{
    if (!setup)
        return 0;
    gp_tests_look_up_all(tests, &setup->attest, &tests->rules->defs.attestations);
    for (size_t i = 0; i < setup->ledger.count; i++)
        check_entry(tests, setup->ledger.data[i]);
    check_directories(tests, &setup->directories, operation);
    return check_set(tests, &setup->set, operation);
}

/* ---- what is asked ----------------------------------------------------------------------------------------------- */

enum gp_test_subject gp_test_subject_of(const struct gp_test_case *it)
{
    return it->check ? GP_TEST_CHECK : it->why.text.data ? GP_TEST_WHY : it->plan ? GP_TEST_PLAN
           : it->marker ? GP_TEST_MARKER : GP_TEST_STATE;
}

int gp_test_message(const struct gp_ruleset *rules, struct gp_str text, struct gp_arena *arena,
                    const struct gp_message **ret_message, size_t *ret_count)
{
    const struct gp_message **messages;
    size_t count;
    int r = gp_why_match(rules, text, arena, &messages, &count);

    if (r < 0)
        return r;
    *ret_message = count == 1 ? messages[0] : NULL;
    *ret_count = count;
    return 0;
}

/* A case asks one thing. */
static bool check_subject(struct gp_tests *tests, const struct gp_test_case *it)
{
    static const char *const subjects[] = {"check", "why", "plan", "marker"};
    const struct gp_node *node = gp_test_node(tests, it);
    const struct gp_pair *first = NULL;

    for (size_t i = 0; node && node->kind == GP_NODE_MAPPING && i < node->count; i++) {
        const struct gp_pair *pair = &node->pairs[i];
        bool is = false;

        for (size_t k = 0; k < GP_COUNT(subjects); k++)
            is = is || gp_str_is(pair->key, subjects[k]);
        if (is && first) {
            struct gp_diag *diag =
                gp_tests_error(tests, GP_DIAG_TEST_SUBJECT, pair->key_at, "a case asks one thing: '%.*s' or '%.*s'",
                               GP_STR_ARG(first->key), GP_STR_ARG(pair->key));
            gp_diag_note(tests->diags, diag, first->key_at, "'%.*s' stands here", GP_STR_ARG(first->key));
            return false;
        }
        if (is)
            first = pair;
    }
    return true;
}

/* ---- cases ------------------------------------------------------------------------------------------------------- */

static int check_case(struct gp_tests *tests, const struct gp_test_case *it)
{
    const struct gp_definitions *defs = &tests->rules->defs;
    struct gp_arena *scratch = gp_arena_new(0);
    struct gp_blueprint blueprint;
    int r = scratch ? 0 : -ENOMEM;

    gp_tests_look_up(tests, it->tree, &tests->document.trees);
    bool one = check_subject(tests, it);
    const struct gp_map_entry *operation = gp_tests_look_up(tests, it->check, &defs->operations);
    const struct gp_map_entry *marker = gp_tests_look_up(tests, it->marker, &defs->markers);
    gp_tests_look_up(tests, it->plan, &defs->states);
    if (r == 0)
        r = gp_tests_blueprint(tests, it, scratch, &blueprint);
    if (r == 0 && (operation || !it->check))
        r = gp_tests_check_setup(tests, it->with, operation ? operation->value : NULL);
    if (r == 0 && one)
        r = gp_tests_check_expect(tests, it, operation ? operation->value : NULL, marker ? marker->value : NULL);
    gp_arena_free(scratch);
    return r;
}

static void check_set_name(struct gp_tests *tests, struct gp_str set)
{
    const struct gp_scalar *name = &tests->document.tests_for;

    if (name->text.data && !gp_str_equal(name->text, set))
        gp_tests_error(tests, GP_DIAG_TESTS_FOR, name->at, "these are tests for '%s', but lie with '%.*s'",
                       gp_say_brief(tests->arena, name->text), GP_STR_ARG(set));
}

int gp_tests_check_trees(struct gp_tests *tests, struct gp_str set)
{
    const struct gp_map *trees = &tests->document.trees;
    int r;

    check_set_name(tests, set);
    r = gp_tests_trees(tests);
    for (size_t i = tests->inherited; r == 0 && i < trees->count; i++)
        r = gp_tests_check_setup(tests, ((const struct gp_test_tree *)trees->data[i].value)->with, NULL);
    return r;
}

static int check_all(struct gp_tests *tests)
{
    const struct gp_map *cases = &tests->document.cases;
    int shared = gp_tests_share(tests);

    if (shared != 0)
        return shared < 0 ? shared : 0; /* without their trees, nothing can be said of the cases */
    int r = gp_tests_check_trees(tests, tests->rules->manifest.name);
    if (cases->count > GP_LIMIT_TEST_CASES) {
        gp_tests_error(tests, GP_DIAG_LIMIT_TEST_CASES, cases->data[GP_LIMIT_TEST_CASES].at,
                       "a file of tests may have %u cases", GP_LIMIT_TEST_CASES);
        return r;
    }
    for (size_t i = 0; r == 0 && i < cases->count; i++)
        r = check_case(tests, cases->data[i].value);
    return r;
}

int gp_tests_check(struct gp_tests *tests, const struct gp_ruleset *rules, struct gp_diags *diags)
{
    int r = 0;

    tests->rules = rules;
    tests->diags = diags;
    if (tests->root) {
        r = check_all(tests);
    }
    if (r < 0 || gp_diags_failed(diags))
        return -ENOMEM;
    tests->checked = !tests->errors && !tests->binder.errors;
    return tests->checked ? 0 : -EINVAL;
}
