/* test: runs rule tests. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/rulesets.h"
#include "cli/test-files.h"
#include "cli/verbs.h"
#include "report/tests.h"

struct testing {
    struct gp_cli *cli;
    struct gp_test_files files;
    struct gp_coverage_record **records; /* one a set; NULL: no coverage is asked for */
    struct gp_test_report report;
    char *directory; /* for trees on the disk; NULL: in memory */
};

/* ---- one decision, explained ------------------------------------------------------------------------------------- */

static void write_decision(struct testing *it, const struct gp_test_decision *decision,
                           const struct gp_subject *subject, struct gp_strbuf *out)
{
    struct gp_style style = it->cli->style;

    style.quiet = false;
    style.colour = style.colour && it->cli->options.format == GP_FORMAT_TEXT;
    switch (decision->subject) {
    case GP_TEST_CHECK:
        gp_text_verdict(out, &style, subject, decision->eval, &decision->verdict);
        break;
    case GP_TEST_WHY:
        gp_text_why(out, &style, subject, decision->eval, &decision->why);
        break;
    case GP_TEST_PLAN:
        gp_text_way(out, &style, subject, decision->eval, decision->goal, &decision->way);
        break;
    case GP_TEST_MARKER:
    case GP_TEST_STATE:
        break;
    }
    /* None of these says on what the state rests. */
    if (decision->state_missed)
        gp_text_states(out, &style, subject, &decision->state);
}

static int write_inspection(struct testing *it, const struct gp_test_decision *decision,
                            const struct gp_subject *subject, struct gp_strbuf *out)
{
    struct gp_inspection inspection;
    struct gp_style style = it->cli->style;
    int r = gp_inspect(decision->eval, &inspection);

    style.quiet = false;
    style.colour = style.colour && it->cli->options.format == GP_FORMAT_TEXT;
    if (r == 0)
        gp_text_inspect(out, &style, subject, decision->eval, &inspection);
    return r;
}

static int explain(void *context, const struct gp_test_decision *decision, struct gp_arena *arena,
                   const char **ret_text)
{
    struct testing *it = context;
    const char *tree = gp_arena_memdup(arena, decision->tree.data, decision->tree.len);
    struct gp_subject subject = {.directory = tree, .rules = decision->rules, .rules_option = ""};
    struct gp_strbuf out = {0};
    int r = tree ? 0 : -ENOMEM;

    if (r == 0 && (decision->subject == GP_TEST_MARKER || decision->subject == GP_TEST_STATE))
        r = write_inspection(it, decision, &subject, &out);
    else if (r == 0)
        write_decision(it, decision, &subject, &out);
    const char *text = r == 0 && gp_strbuf_ok(&out) ? gp_arena_strdup(arena, gp_strbuf_text(&out)) : NULL;
    gp_strbuf_done(&out);
    if (!text)
        return r < 0 ? r : -ENOMEM;
    *ret_text = text;
    return 0;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

static int make_directory(struct testing *it)
{
    if (!it->cli->options.disk)
        return 0;
    char *path = gp_arena_printf(it->cli->arena, "%s/gatepost-trees.XXXXXX", gp_temporary_directory());
    if (!path)
        return -ENOMEM;
    if (!mkdtemp(path)) {
        int error = errno;

        gp_complain("no directory for trees can be made: %s", strerror(error));
        return GP_EXIT_INTERNAL;
    }
    it->directory = path;
    return 0;
}

static int make_records(struct testing *it)
{
    size_t count = it->files.sets.count;
    int r = 0;

    if (!it->cli->options.coverage)
        return 0;
    it->records = GP_NEW_ARRAY(it->cli->arena, struct gp_coverage_record *, count + 1);
    it->report.coverages = GP_NEW_ARRAY(it->cli->arena, struct gp_coverage, count + 1);
    if (!it->records || !it->report.coverages)
        return -ENOMEM;
    for (size_t i = 0; r == 0 && i < count; i++)
        r = gp_coverage_new(&it->records[i], it->files.sets.data[i], it->cli->arena);
    return r;
}

static int run_file(struct testing *it, const struct gp_test_source *source)
{
    struct gp_test_group *group = &it->report.groups[it->report.group_count];
    struct gp_test_options options = {
        .directory = it->directory,
        .explain = explain,
        .context = it,
        .record = it->records ? it->records[source->set] : NULL,
    };

    if (it->cli->options.seen & GP_OPTION_NOW)
        options.now = it->cli->now;
    int r = gp_tests_run(source->tests, &options, it->cli->arena, group);
    if (r < 0)
        return r;
    struct gp_test_count count = gp_test_group_count(group);
    it->report.passed += count.passed;
    it->report.failed += count.failed;
    it->report.skipped += count.skipped;
    it->report.group_count++;
    return 0;
}

static bool is_tested(const struct testing *it, size_t set)
{
    for (size_t i = 0; i < it->files.files.count; i++)
        if (it->files.files.data[i].set == set)
            return true;
    return false;
}

static int run_all(struct testing *it)
{
    int r = make_directory(it);

    if (r == 0)
        r = make_records(it);
    it->report.groups = GP_NEW_ARRAY(it->cli->arena, struct gp_test_group, it->files.files.count + 1);
    if (r == 0 && !it->report.groups)
        r = -ENOMEM;
    for (size_t i = 0; r == 0 && i < it->files.files.count; i++)
        r = run_file(it, &it->files.files.data[i]);
    if (it->directory)
        rmdir(it->directory);
    for (size_t i = 0; r == 0 && it->records && i < it->files.sets.count; i++)
        if (is_tested(it, i))
            r = gp_coverage_take(it->records[i], it->cli->arena, &it->report.coverages[it->report.coverage_count++]);
    return r;
}

/* ---- what is wrong ----------------------------------------------------------------------------------------------- */

static const char *render(struct testing *it, const struct gp_diag *diag, bool first_line)
{
    struct gp_strbuf text = {0};

    gp_diag_render(&text, it->cli->sources, diag, false);
    size_t len = first_line ? strcspn(gp_strbuf_text(&text), "\n") : text.len;
    const char *copy =
        gp_strbuf_ok(&text) ? gp_arena_memdup(it->cli->arena, gp_strbuf_text(&text), len) : NULL;
    gp_strbuf_done(&text);
    return copy;
}

static bool same_name(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* One more error of a file, which may have been read for several sets. */
static int add_trouble(struct testing *it, const struct gp_diag *diag)
{
    const struct gp_source *source = gp_sources_get(it->cli->sources, diag->span.source);
    const char *file = source ? source->name : NULL, *text = render(it, diag, true), *all = render(it, diag, false);
    struct gp_test_trouble *trouble = NULL;

    if (!text || !all)
        return -ENOMEM;
    for (size_t i = 0; i < it->report.trouble_count && !trouble; i++)
        if (same_name(it->report.troubles[i].file, file))
            trouble = &it->report.troubles[i];
    if (!trouble) {
        it->report.troubles[it->report.trouble_count++] = (struct gp_test_trouble){file, text, all};
        return 0;
    }
    trouble->all = gp_arena_printf(it->cli->arena, "%s%s", trouble->all, all);
    return trouble->all ? 0 : -ENOMEM;
}

/* Formats for machines say which files were not run, or why nothing was; in text the errors themselves do. */
static int take_troubles(struct testing *it)
{
    size_t count = gp_diags_count(it->cli->diags, GP_LEVEL_ERROR);
    const struct gp_diag *diag;
    int r = 0;

    it->report.troubles = GP_NEW_ARRAY(it->cli->arena, struct gp_test_trouble, count + 1);
    if (!it->report.troubles)
        return -ENOMEM;
    for (size_t i = 0; r == 0 && (diag = gp_diags_get(it->cli->diags, i)); i++)
        if (diag->level == GP_LEVEL_ERROR)
            r = add_trouble(it, diag);
    return r;
}

/* ---- what comes of it -------------------------------------------------------------------------------------------- */

static int write_json(struct testing *it)
{
    struct gp_cli *cli = it->cli;
    int r = 0;

    for (size_t i = 0; r == 0 && i < it->report.group_count; i++)
        r = gp_output_json(&cli->output, gp_json_test_group(&it->report.groups[i]));
    for (size_t i = 0; r == 0 && i < it->report.trouble_count; i++)
        r = gp_output_json(&cli->output, gp_json_test_trouble(&it->report.troubles[i]));
    for (size_t i = 0; r == 0 && i < it->report.coverage_count; i++)
        r = gp_output_json(&cli->output, gp_json_coverage(&it->report.coverages[i], it->report.threshold));
    return r;
}

static int write_report(struct testing *it)
{
    struct gp_cli *cli = it->cli;
    struct gp_strbuf out = {0};

    switch (cli->options.format) {
    case GP_FORMAT_TAP:
        gp_tap_tests(&out, &it->report);
        break;
    case GP_FORMAT_JUNIT:
        gp_junit_tests(&out, &it->report);
        break;
    case GP_FORMAT_TEXT:
        gp_text_tests(&out, &cli->style, &it->report);
        break;
    default:
        return write_json(it);
    }
    return gp_output_text(&cli->output, &out);
}

/* A test that was not run found nothing, so nothing is good about a run without any. */
static int status_of(const struct testing *it)
{
    const struct gp_test_report *report = &it->report;
    int status = report->failed ? GP_EXIT_DENIED : GP_EXIT_OK;

    for (size_t i = 0; i < report->coverage_count; i++)
        if (gp_coverage_lacks(&report->coverages[i], report->threshold))
            status = GP_EXIT_DENIED;
    if (it->files.wrong)
        return GP_EXIT_RULES;
    if (report->passed + report->failed)
        return status;
    gp_complain("%s: nothing was tested", report->skipped ? "every case was skipped" : "there are no tests");
    return GP_EXIT_DENIED;
}

static int test_all(struct testing *it)
{
    int r = gp_test_files_read(&it->files, it->cli);

    if (r == 0)
        r = gp_rulesets_show(it->cli);
    if (r == 0)
        r = run_all(it);
    if (r == 0 && it->files.wrong)
        r = take_troubles(it);
    bool nothing = it->files.wrong && !it->report.group_count && it->cli->options.format == GP_FORMAT_TEXT;
    if (r == 0 && !nothing)
        r = write_report(it);
    return r == 0 ? status_of(it) : r;
}

int gp_cmd_test(struct gp_cli *cli)
{
    struct testing it = {.cli = cli, .report = {.threshold = -1}};

    if (cli->options.seen & GP_OPTION_THRESHOLD)
        it.report.threshold = cli->options.threshold;
    int status = test_all(&it);
    gp_test_files_free(&it.files);
    return status;
}
