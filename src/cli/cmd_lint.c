/* lint: everything that can be wrong with rule files, without a target. */
#include <errno.h>
#include <string.h>

#include "author/lint.h"
#include "author/tests.h"
#include "cli/lint.h"
#include "cli/rulesets.h"
#include "cli/verbs.h"
#include "rule/limits.h"

#define INDENT 2

/* ---- one load ---------------------------------------------------------------------------------------------------- */

static void free_job(struct gp_lint_job *job)
{
    for (size_t i = 0; i < job->tests_count; i++)
        gp_tests_free(job->tests_read[i]);
    gp_ruleset_free(job->rules);
    gp_diags_free(job->diags);
    gp_sources_free(job->sources);
}

/* The layers, and the job's own above them. */
static int options_of(struct gp_lint_run *lint, const struct gp_lint_job *job, struct gp_load_options *ret_options)
{
    struct gp_load_options options = lint->options;

    options.keep_broken = true;
    options.fragment = !job->name;
    options.drop_in = job->name && job->text.name ? &job->text : NULL;
    if (job->layer) {
        struct gp_layer *layers = GP_NEW_ARRAY(lint->cli->arena, struct gp_layer, options.layer_count + 1);
        if (!layers)
            return -ENOMEM;
        memcpy(layers, options.layers, options.layer_count * sizeof(*layers));
        layers[options.layer_count++] = (struct gp_layer){job->layer, "given"};
        options.layers = layers;
    }
    *ret_options = options;
    return 0;
}

static int lint_tests(struct gp_lint_run *lint, struct gp_lint_job *job, const struct gp_load_options *options)
{
    struct gp_arena *arena = lint->cli->arena;
    const char **paths = NULL;
    size_t count = 0;
    int r = gp_tests_find(job->rules, options, job->diags, arena, &paths, &count);

    if (r == -ENOMEM)
        return r;
    job->tests_read = GP_NEW_ARRAY(arena, struct gp_tests *, count + 1);
    if (!job->tests_read)
        return -ENOMEM;
    for (size_t i = 0; i < count + (job->tests != NULL); i++) {
        struct gp_tests *tests = NULL;
        r = gp_tests_load(&tests, job->rules, i < count ? paths[i] : job->tests, options, job->diags);
        if (tests)
            job->tests_read[job->tests_count++] = tests;
        if (r == -ENOMEM)
            return r;
    }
    return 0;
}

/* A fragment says in every format what could not be said of it. */
static void say_alone(struct gp_lint_job *job)
{
    struct gp_diag *diag = gp_diag_add(job->diags, GP_DIAG_LINT_ALONE, (struct gp_span){1, 0, 0},
                                       "this file was looked at alone: what it has to do with other files was not "
                                       "checked");

    gp_diag_note(job->diags, diag, (struct gp_span){0},
                 "its rule set is neither around it nor among those that can be found; --rules says where to look");
}

/* Tests whose rule set is not to be found. */
static int lint_lone_tests(struct gp_lint_run *lint, struct gp_lint_job *job, const struct gp_load_options *options)
{
    struct gp_tests *tests = NULL;
    int r = gp_tests_open(&tests, job->tests, options, job->diags);

    job->tests_read = GP_NEW_ARRAY(lint->cli->arena, struct gp_tests *, 1);
    if (r == -ENOMEM || !job->tests_read) {
        gp_tests_free(tests);
        return -ENOMEM;
    }
    job->tests_read[0] = tests;
    job->tests_count = tests != NULL;
    say_alone(job);
    return gp_diags_failed(job->diags) ? -ENOMEM : 0;
}

static int say_unread(struct gp_lint_job *job)
{
    int source = gp_sources_add(job->sources, job->text.name, "", 0);

    if (source < 0)
        return source;
    gp_diag_add(job->diags, GP_DIAG_FILE_READ, (struct gp_span){(uint32_t)source, 0, 0}, "this cannot be read: %s",
                strerror(job->error));
    return gp_diags_failed(job->diags) ? -ENOMEM : 0;
}

static int run_job(struct gp_lint_run *lint, struct gp_lint_job *job)
{
    struct gp_load_options options;
    int r = options_of(lint, job, &options);

    job->sources = gp_sources_new();
    job->diags = job->sources ? gp_diags_new(job->sources, GP_LIMIT_DIAGNOSTICS) : NULL;
    if (r < 0 || !job->diags)
        return -ENOMEM;
    if (job->error)
        return say_unread(job);
    if (job->tests && !job->name)
        return lint_lone_tests(lint, job, &options);
    r = job->name ? gp_load(&job->rules, job->name, &options, job->diags)
                  : gp_load_text(&job->rules, job->text.name, job->text.text, &options, job->diags);
    if (r == -ENOMEM || !job->rules)
        return r == -ENOMEM ? r : 0; /* why there is no set was said */
    struct gp_lint_options how = {&gp_registry, lint->cli->now, !job->name};
    r = gp_lint(job->rules, &how, job->diags);
    if (r == 0 && job->name)
        r = lint_tests(lint, job, &options);
    if (r == 0 && !job->name)
        say_alone(job);
    return r == 0 && gp_diags_failed(job->diags) ? -ENOMEM : r;
}

/* ---- what to load ------------------------------------------------------------------------------------------------ */

static int plan(struct gp_lint_run *lint)
{
    const struct gp_options *given = &lint->cli->options;
    const char **names = NULL;
    size_t count = 0;
    int r = given->operand_count ? 0 : gp_rulesets_names(lint->cli, &names, &count);

    for (size_t i = 0; i < count && r == 0; i++) {
        struct gp_lint_job *job = gp_lint_job(lint, names[i], NULL);
        if (!job)
            return -ENOMEM;
        job->whole = true;
    }
    for (size_t i = 0; i < given->operand_count && r == 0; i++)
        r = gp_lint_take_path(lint, given->operands[i]);
    return r;
}

/* A file that nothing read was not found good. */
static int check_seen(const struct gp_lint_run *lint)
{
    for (size_t i = 0; i < lint->jobs.count; i++) {
        const struct gp_lint_job *job = &lint->jobs.data[i];
        for (size_t n = 0; job->rules && n < job->scopes.count; n++)
            if (!job->scopes.data[n].seen)
                return gp_usage(lint->cli, "%s was not read: it is no part of the rule set '%.*s'",
                                job->scopes.data[n].path, GP_STR_ARG(job->rules->manifest.name));
    }
    return 0;
}

/* ---- what comes of it -------------------------------------------------------------------------------------------- */

static int write_json(struct gp_cli *cli, const struct gp_findings *findings)
{
    int r = 0;

    for (size_t i = 0; i < findings->count && r == 0; i++)
        if (findings->data[i].diag->level != GP_LEVEL_SILENT)
            r = gp_output_json(&cli->output, gp_json_finding(&findings->data[i]));
    cli->output.whole = r == 0;
    return r;
}

static int write_sarif(struct gp_cli *cli, const struct gp_findings *findings)
{
    struct gp_strbuf out = {0};
    json_t *log = gp_sarif_findings(findings);

    if (!log)
        return -ENOMEM;
    gp_json_write(&out, log, INDENT);
    gp_strbuf_add_char(&out, '\n');
    json_decref(log);
    return gp_output_text(&cli->output, &out);
}

static int write_findings(struct gp_cli *cli, const struct gp_findings *findings)
{
    struct gp_strbuf out = {0};

    switch (cli->options.format) {
    case GP_FORMAT_JSON:
    case GP_FORMAT_NDJSON:
        return write_json(cli, findings);
    case GP_FORMAT_SARIF:
        return write_sarif(cli, findings);
    case GP_FORMAT_TAP:
        gp_tap_findings(&out, findings);
        break;
    case GP_FORMAT_JUNIT:
        gp_junit_findings(&out, findings);
        break;
    case GP_FORMAT_GITHUB:
        gp_github_findings(&out, findings);
        break;
    case GP_FORMAT_TEXT:
        gp_text_findings(&out, &cli->style, findings);
        break;
    }
    return gp_output_text(&cli->output, &out);
}

/* An error in a file that nobody asked for counts as well: the set cannot be loaded, and with less in hand less was
 * checked. */
static int status_of(const struct gp_findings *findings)
{
    struct gp_finding_tally tally = gp_findings_tally(findings, 0, findings->count);

    if (tally.errors || findings->errors_elsewhere)
        return GP_EXIT_RULES;
    return tally.against ? GP_EXIT_DENIED : GP_EXIT_OK;
}

static int lint_all(struct gp_lint_run *lint)
{
    struct gp_findings findings;
    int r = gp_rulesets_options(lint->cli, &lint->options);

    if (r == 0)
        r = gp_load_names(&lint->options, lint->cli->arena, &lint->names, &lint->name_count);
    if (r < 0 && r != -ENOMEM)
        r = 0; /* a layer that cannot be read: loading from it says so */
    if (r == 0)
        r = plan(lint);
    for (size_t i = 0; i < lint->jobs.count && r == 0; i++)
        r = run_job(lint, &lint->jobs.data[i]);
    if (r == 0)
        r = gp_lint_collect(lint, &findings);
    if (r == 0)
        r = check_seen(lint);
    if (r == 0)
        r = write_findings(lint->cli, &findings);
    return r == 0 ? status_of(&findings) : r;
}

int gp_cmd_lint(struct gp_cli *cli)
{
    struct gp_lint_run lint = {.cli = cli};
    int r = lint_all(&lint);

    for (size_t i = 0; i < lint.jobs.count; i++)
        free_job(&lint.jobs.data[i]);
    return r;
}
