/*
 * Running rule tests: each case becomes a scene (a tree, settings, a clock),
 * the engine decides there as it always does, and the answer is judged.
 */
#include <stdio.h>
#include <string.h>

#include "author/tests-internal.h"
#include "probe/ledger.h"
#include "util/text.h"

/* ---- the scene --------------------------------------------------------------------------------------------------- */

static void settle_clock(struct gp_test_scene *scene)
{
    const struct gp_test_options *options = scene->options;

    scene->now = options->now.tv_sec ? options->now : (struct timespec){.tv_sec = GP_TEST_NOW};
    for (size_t i = 0; i < scene->blueprint.setups.count; i++) {
        const struct gp_test_setup *setup = scene->blueprint.setups.data[i];

        if (setup->now.type != GP_TYPE_ANY)
            scene->now = (struct timespec){.tv_sec = (time_t)setup->now.integer};
        if (setup->strict != GP_YESNO_UNSET)
            scene->strict = setup->strict == GP_YESNO_YES;
        if (setup->free_space.type != GP_TYPE_ANY)
            scene->free_space = setup->free_space;
    }
}

/* Of what a tree sets for several operations, this one takes what it knows. */
static bool concerns(const struct gp_test_scene *scene, struct gp_str name)
{
    return !scene->operation || gp_map_find(&scene->operation->params, name) ||
           gp_map_find(&scene->tests->rules->defs.vars, name);
}

static int add_setup(struct gp_test_scene *scene, const struct gp_test_setup *setup)
{
    for (size_t i = 0; i < setup->set.count; i++) {
        const struct gp_map_entry *entry = &setup->set.data[i];
        struct gp_given given = {entry->id, ((const struct gp_scalar *)entry->value)->text};

        if (concerns(scene, given.name) && gp_vec_push(scene->arena, &scene->given, given) < 0)
            return -ENOMEM;
    }
    for (size_t i = 0; i < setup->attest.count; i++) {
        struct gp_assumed assumed = {setup->attest.data[i]->id, GP_STR("a rule test says so")};

        if (gp_vec_push(scene->arena, &scene->assumed, assumed) < 0)
            return -ENOMEM;
    }
    for (size_t i = 0; i < setup->directories.count; i++) {
        const struct gp_map_entry *entry = &setup->directories.data[i];
        const struct gp_ref *tree = ((const struct gp_test_directory *)entry->value)->tree;
        const struct gp_map_entry *found = gp_tests_tree(scene->tests, tree->id);
        size_t index = (size_t)(found - scene->tests->document.trees.data), k = 0;
        struct gp_scene_directory directory = {entry->id, &scene->tests->blueprints[index], NULL};

        while (k < scene->directories.count && !gp_str_equal(scene->directories.data[k].id, directory.id))
            k++;
        if (!concerns(scene, directory.id))
            continue;
        if (k < scene->directories.count)
            scene->directories.data[k] = directory;
        else if (gp_vec_push(scene->arena, &scene->directories, directory) < 0)
            return -ENOMEM;
    }
    return 0;
}

static int prepare(struct gp_test_scene *scene)
{
    int r = gp_tests_blueprint(scene->tests, scene->it, scene->arena, &scene->blueprint);

    if (r < 0)
        return r;
    settle_clock(scene);
    for (size_t i = 0; r == 0 && i < scene->blueprint.setups.count; i++)
        r = add_setup(scene, scene->blueprint.setups.data[i]);
    return r;
}

int gp_scene_set(struct gp_test_scene *scene, struct gp_str name, const char *value)
{
    struct gp_given given = {name, {value, strlen(value)}};

    return gp_vec_push(scene->arena, &scene->given, given);
}

struct gp_probe_options gp_scene_probe_options(const struct gp_test_scene *scene)
{
    const struct gp_ruleset *rules = scene->tests->rules;

    return (struct gp_probe_options){
        .paths = rules->paths,
        .fold = rules->manifest.names == GP_NAMES_DOS,
        .held_path = GP_PATH_NONE,
        .held_fd = -1,
    };
}

/* ---- its ledger -------------------------------------------------------------------------------------------------- */

static const char *state_of(struct gp_test_scene *scene, const struct gp_test_entry *entry)
{
    const struct gp_map_entry *found = gp_map_find(&scene->tests->rules->defs.operations, entry->operation->id);
    const struct gp_operation *operation = found->value;

    if (entry->to)
        return entry->to->id.data;
    return operation->to.count ? operation->to.data[0]->id.data : "";
}

static void add_line(struct gp_test_scene *scene, const struct gp_test_entry *entry, size_t number,
                     struct gp_strbuf *out)
{
    const struct gp_ref *named = entry->operation ? entry->operation : entry->attested;
    int64_t age = entry->age.type == GP_TYPE_ANY ? 60 : entry->age.integer;
    char id[32];
    struct gp_ledger_entry line = {
        .kind = entry->operation ? GP_LEDGER_OPERATION : GP_LEDGER_ATTESTATION,
        .id = id,
        .name = named->id.data,
        .ruleset = scene->tests->rules->manifest.name.data,
        .to = entry->operation ? state_of(scene, entry) : NULL,
        .who = "a rule test",
        .host = "",
    };

    snprintf(id, sizeof(id), "%zu", number);
    if (entry->when.type != GP_TYPE_ANY)
        line.when.tv_sec = (time_t)entry->when.integer;
    else if (__builtin_sub_overflow(scene->now.tv_sec, age, &line.when.tv_sec))
        line.when.tv_sec = 0;
    gp_ledger_format(out, &line);
}

int gp_scene_ledger(struct gp_test_scene *scene, const struct gp_blueprint *blueprint, struct gp_str *ret_text)
{
    struct gp_strbuf out = {0};
    size_t number = 0;

    for (size_t i = 0; i < blueprint->setups.count; i++)
        for (size_t k = 0; k < blueprint->setups.data[i]->ledger.count; k++)
            add_line(scene, blueprint->setups.data[i]->ledger.data[k], ++number, &out);
    char *text = gp_strbuf_ok(&out) ? gp_arena_memdup(scene->arena, gp_strbuf_text(&out), out.len) : NULL;
    size_t len = out.len;
    gp_strbuf_done(&out);
    if (!text)
        return -ENOMEM;
    *ret_text = number ? (struct gp_str){text, len} : (struct gp_str){0};
    return 0;
}

/* ---- the decision ------------------------------------------------------------------------------------------------ */

static int answer(struct gp_test_scene *scene, struct gp_test_decision *decision)
{
    const struct gp_definitions *defs = &scene->tests->rules->defs;
    const struct gp_test_case *it = scene->it;
    const struct gp_message *message = NULL;
    size_t count;
    int r = 0;

    switch (decision->subject) {
    case GP_TEST_CHECK:
        return gp_decide(decision->eval, &decision->verdict);
    case GP_TEST_WHY:
        r = gp_test_message(scene->tests->rules, it->why.text, scene->arena, &message, &count);
        return r < 0 ? r : gp_why(decision->eval, message, &decision->why);
    case GP_TEST_PLAN:
        decision->goal = gp_map_find(&defs->states, it->plan->id)->value;
        return gp_find_way(decision->eval, decision->goal, &decision->way);
    case GP_TEST_MARKER:
        decision->marker = gp_map_find(&defs->markers, it->marker->id)->value;
        return gp_eval_marker(decision->eval, decision->marker, NULL, &decision->reading);
    case GP_TEST_STATE:
        break;
    }
    return r;
}

/* What was given may not fit: then nothing is decided, as nothing is for a person who gives it. */
static int settle(struct gp_test_scene *scene, struct gp_eval *eval, const char **ret_problem)
{
    return scene->operation ? gp_eval_set_operation(eval, scene->operation, ret_problem)
                            : gp_eval_check_given(eval, ret_problem);
}

static bool state_missed(const struct gp_test_result *result)
{
    for (size_t i = 0; i < result->miss_count; i++)
        if (strcmp(result->misses[i].what, "state") == 0 || strcmp(result->misses[i].what, "candidates") == 0)
            return true;
    return false;
}

static int explain(struct gp_test_scene *scene, const struct gp_test_decision *decision, struct gp_arena *arena,
                   struct gp_test_result *result)
{
    const struct gp_test_options *options = scene->options;

    if (options->record)
        gp_coverage_add(options->record, decision);
    if (!options->explain || result->outcome == GP_TEST_PASSED)
        return 0;
    return options->explain(options->context, decision, arena, &result->explanation);
}

static int decide(struct gp_test_scene *scene, struct gp_eval *eval, struct gp_arena *arena,
                  struct gp_test_result *result)
{
    struct gp_test_decision decision = {
        .subject = result->subject, .eval = eval, .rules = scene->tests->rules, .tree = scene->it->tree->id};
    const char *problem = NULL;
    int r = settle(scene, eval, &problem);

    if (r == -EINVAL) {
        result->outcome = GP_TEST_FAILED;
        result->detail = gp_arena_printf(arena, "nothing can be decided: %s", problem);
        return result->detail ? 0 : -ENOMEM;
    }
    if (r == 0)
        r = answer(scene, &decision);
    if (r == 0)
        r = gp_decide_state(eval, &decision.state);
    if (r == 0)
        r = gp_test_judge(scene->tests, scene->it, &decision, scene->strict, arena, result);
    decision.state_missed = state_missed(result);
    return r < 0 ? r : explain(scene, &decision, arena, result);
}

static int play(struct gp_test_scene *scene, struct gp_arena *arena, struct gp_test_result *result)
{
    struct gp_eval *eval = NULL;
    struct gp_case it = {
        .rules = scene->tests->rules,
        .probe = scene->probe,
        .given = scene->given.data,
        .given_count = scene->given.count,
        .assumed = scene->assumed.data,
        .assumed_count = scene->assumed.count,
        .now = scene->now,
        .strict = scene->strict,
    };
    int r = gp_eval_new(&eval, &it);

    if (r == 0)
        r = decide(scene, eval, arena, result);
    gp_eval_free(eval);
    return r;
}

static int skip(struct gp_test_scene *scene, struct gp_arena *arena, struct gp_test_result *result)
{
    result->outcome = GP_TEST_SKIPPED;
    result->detail = gp_arena_strdup(arena, scene->skip);
    return result->detail ? 0 : -ENOMEM;
}

/* ---- cases ------------------------------------------------------------------------------------------------------- */

static struct gp_str asked(const struct gp_test_case *it)
{
    const struct gp_ref *ref = it->check ? it->check : it->plan ? it->plan : it->marker;

    return ref ? ref->id : it->why.text;
}

static int run_case(struct gp_tests *tests, const struct gp_test_options *options, const struct gp_test_case *it,
                    struct gp_arena *arena, struct gp_test_result *result)
{
    const struct gp_map *operations = &tests->rules->defs.operations;
    const struct gp_map_entry *operation = it->check ? gp_map_find(operations, it->check->id) : NULL;
    struct gp_test_scene scene = {
        .arena = gp_arena_new(0), .tests = tests, .options = options, .it = it,
        .operation = operation ? operation->value : NULL,
    };
    int r = scene.arena ? prepare(&scene) : -ENOMEM, s;

    *result = (struct gp_test_result){.it = it, .subject = gp_test_subject_of(it), .asked = asked(it)};
    if (r == 0)
        r = options->directory ? gp_scene_build_disk(&scene) : gp_scene_build_memory(&scene);
    if (r == 0)
        r = scene.skip ? skip(&scene, arena, result) : play(&scene, arena, result);
    s = gp_scene_close(&scene);
    gp_arena_free(scene.arena);
    return r < 0 ? r : s;
}

int gp_tests_run(struct gp_tests *tests, const struct gp_test_options *options, struct gp_arena *arena,
                 struct gp_test_group *ret_group)
{
    const struct gp_map *cases = &tests->document.cases;
    struct gp_test_group group = {.file = tests->path, .rules = tests->rules};

    group.results = GP_NEW_ARRAY(arena, struct gp_test_result, cases->count + 1);
    if (!group.results)
        return -ENOMEM;
    for (; group.count < cases->count; group.count++) {
        int r = run_case(tests, options, cases->data[group.count].value, arena, &group.results[group.count]);

        if (r < 0)
            return r;
    }
    *ret_group = group;
    return 0;
}
