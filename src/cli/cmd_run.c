/* run: decide under the lock, act as one transaction, verify. */
#include <errno.h>
#include <string.h>

#include <sys/wait.h>

#include "act/run.h"
#include "act/work.h"
#include "cli/person.h"
#include "cli/rulesets.h"
#include "cli/session.h"
#include "cli/verbs.h"
#include "cli/wrong-rules.h"
#include "util/text.h"

/* ---- text -------------------------------------------------------------------------------------------------------- */

struct report {
    struct gp_cli *cli;
    const struct gp_run_options *options;
    const struct gp_run_result *result;
    struct gp_subject subject;
    struct gp_trouble trouble;
};

static void add_escaped(struct gp_strbuf *out, const char *text)
{
    gp_text_escape(out, text, strlen(text), false);
}

/* What the action was to bring about and did not. */
static void text_ensures(struct gp_strbuf *out, const struct gp_style *style, const struct gp_verdict *ensures)
{
    for (size_t i = 0; i < ensures->requirement_count; i++) {
        const struct gp_requirement_verdict *it = &ensures->requirements[i];
        struct gp_str id = it->requirement->def.id, title = it->requirement->def.title;
        bool is_false = it->result == GP_FALSE;

        if (it->result == GP_TRUE || it->result == GP_NA)
            continue;
        gp_strbuf_printf(out, "  %s ", is_false ? (style->unicode ? "✗" : "x") : "?");
        gp_text_escape(out, id.data, id.len, false);
        gp_strbuf_add(out, "   ");
        if (it->cause)
            add_escaped(out, it->cause);
        else
            gp_text_escape(out, title.data ? title.data : "", title.len, false);
        if (it->result == GP_UNKNOWN && it->detail) {
            gp_strbuf_add(out, " (");
            add_escaped(out, it->detail);
            gp_strbuf_add_char(out, ')');
        }
        gp_strbuf_add_char(out, '\n');
    }
}

static void add_lines(struct gp_strbuf *out, const char *text, size_t size)
{
    for (const char *end = text + size; text < end;) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t len = newline ? (size_t)(newline - text) : (size_t)(end - text);

        gp_strbuf_add(out, "    | ");
        gp_text_escape(out, text, len && text[len - 1] == '\r' ? len - 1 : len, false);
        gp_strbuf_add_char(out, '\n');
        text += len + 1;
    }
}

/* Where the last lines of a text begin. */
static size_t last_lines(const char *text, size_t size, unsigned lines)
{
    size_t at = size;

    while (at > 0 && (text[at - 1] != '\n' || at == size || lines-- > 1))
        at--;
    return at;
}

#define LAST_LINES 10 /* of a program that failed, without -v */

static void text_output(struct gp_strbuf *out, const struct gp_child_result *child, bool verbose)
{
    const char *text = child->output.data;
    size_t size = child->output.len, head = child->dropped ? child->dropped_at : 0;

    if (!verbose) {
        size_t start = last_lines(text, size, LAST_LINES);
        if (start)
            gp_strbuf_add(out, "    | ... (-v shows more)\n");
        add_lines(out, text + start, size - start);
        return;
    }
    add_lines(out, text, head);
    if (child->dropped)
        gp_strbuf_printf(out, "    (%llu bytes left out)\n", (unsigned long long)child->dropped);
    add_lines(out, text + head, size - head);
}

/* What the programs that were run said, and what could not be promised of them. */
static void text_programs(struct gp_strbuf *out, const struct report *report)
{
    const struct gp_run_result *result = report->result;
    bool verbose = report->cli->style.verbose;

    for (size_t i = 0; i < result->program_count; i++) {
        const struct gp_working_copy *copy = result->programs[i];
        const struct gp_child_result *child = &copy->child;

        if (!copy->program)
            continue;
        gp_strbuf_printf(out, "\n  step %zu ran ", copy->step);
        add_escaped(out, copy->program);
        if (!child->confined)
            gp_strbuf_add(out, ", which this kernel could not keep from writing outside its working copy");
        if (child->ended)
            gp_strbuf_printf(out, "; %u of the processes that it left behind had to be ended", child->ended);
        gp_strbuf_add_char(out, '\n');
        if (verbose || result->status != GP_RUN_DONE)
            text_output(out, child, verbose);
    }
}

static void text_done(struct gp_strbuf *out, const struct report *report)
{
    const struct gp_run_result *result = report->result;
    const struct gp_style *style = &report->cli->style;
    bool dry = report->options->dry_run;

    add_escaped(out, report->subject.directory);
    gp_strbuf_add(out, ": ");
    add_escaped(out, report->subject.operation_name);
    if (dry)
        gp_strbuf_add(out, " would do this; nothing was changed\n");
    else
        gp_strbuf_printf(out, " done (ledger: %s)\n", result->ledger_id ? result->ledger_id : "-");
    if (style->quiet)
        return;
    gp_strbuf_add_char(out, '\n');
    if (result->plan && result->plan->count)
        gp_text_plan(out, style, result->plan);
    else
        gp_strbuf_add(out, "  nothing to change\n");
    text_programs(out, report);
    if (result->limits) {
        gp_strbuf_add(out, "\n");
        gp_wrap(out, result->limits, 2, 79);
    }
}

/* It was decided, and came to nothing. */
static void text_failed(struct gp_strbuf *out, const struct report *report)
{
    const struct gp_run_result *result = report->result;
    const struct gp_style *style = &report->cli->style;

    add_escaped(out, report->subject.directory);
    gp_strbuf_add(out, ": ");
    add_escaped(out, report->subject.operation_name);
    gp_strbuf_add(out, result->status == GP_RUN_CHANGED ? " not done: the tree changed between decision and action\n"
                                                        : " failed; the tree is as it was before\n");
    if (style->quiet)
        return;
    if (result->problem) {
        gp_strbuf_add(out, "\n  ");
        add_escaped(out, result->problem);
        gp_strbuf_add_char(out, '\n');
    }
    if (result->ensured && result->ensures.kind != GP_ALLOWED) {
        gp_strbuf_add_char(out, '\n');
        text_ensures(out, style, &result->ensures);
    }
    text_programs(out, report);
}

static int report_text(const struct report *report)
{
    const struct gp_run_result *result = report->result;
    const struct gp_style *style = &report->cli->style;
    struct gp_strbuf out = {0};

    if (result->status == GP_RUN_DONE)
        text_done(&out, report);
    else if (result->status == GP_RUN_DENIED || result->status == GP_RUN_UNDETERMINED)
        gp_text_verdict(&out, style, &report->subject, result->eval, &result->verdict);
    else if (result->status == GP_RUN_FAILED || result->status == GP_RUN_CHANGED)
        text_failed(&out, report);
    else
        gp_text_trouble(&out, style, &report->subject, &report->trouble);
    return gp_output_text(&report->cli->output, &out);
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static json_t *json_ensures(const struct report *report)
{
    const struct gp_run_result *result = report->result;

    if (!result->ensured)
        return json_null();
    json_t *verdict = gp_json_verdict(&report->subject, result->ensures_eval, &result->ensures);
    json_t *requirements = verdict ? json_incref(json_object_get(verdict, "requirements")) : NULL;
    json_decref(verdict);
    return requirements;
}

static json_t *json_program(const struct gp_working_copy *copy)
{
    const struct gp_child_result *child = &copy->child;
    bool ran = copy->program && !child->error;
    json_t *program = json_object();

    if (program && gp_json_set(program, "step", json_integer((json_int_t)copy->step)) &&
        gp_json_set(program, "program", gp_json_string0(copy->program)) &&
        gp_json_set(program, "status",
                    ran && WIFEXITED(child->status) ? json_integer(WEXITSTATUS(child->status)) : json_null()) &&
        gp_json_set(program, "signal",
                    ran && WIFSIGNALED(child->status) ? json_integer(WTERMSIG(child->status)) : json_null()) &&
        gp_json_set(program, "timed_out", json_boolean(child->timed_out)) &&
        gp_json_set(program, "ended", json_integer(child->ended)) &&
        gp_json_set(program, "confined", json_boolean(child->confined)) &&
        gp_json_set(program, "output", gp_json_string(child->output.data, child->output.len)) &&
        gp_json_set(program, "dropped", json_integer((json_int_t)child->dropped)))
        return program;
    json_decref(program);
    return NULL;
}

static json_t *json_programs(const struct gp_run_result *result)
{
    json_t *list = json_array();

    for (size_t i = 0; list && i < result->program_count; i++) {
        if (json_array_append_new(list, json_program(result->programs[i])) < 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *json_run(const struct report *report)
{
    const struct gp_run_result *result = report->result;
    bool planned = result->status == GP_RUN_DONE && report->options->dry_run;
    json_t *run = json_object();

    if (run && gp_json_set(run, "outcome", json_string(planned ? "planned" : report->trouble.code)) &&
        gp_json_set(run, "dry_run", json_boolean(report->options->dry_run)) &&
        gp_json_set(run, "problem", gp_json_string0(result->problem)) &&
        gp_json_set(run, "ledger", gp_json_string0(result->ledger_id)) &&
        gp_json_set(run, "limits", gp_json_string0(result->limits)) &&
        gp_json_set(run, "plan", result->plan ? gp_json_plan(result->plan) : json_null()) &&
        gp_json_set(run, "programs", json_programs(result)) && gp_json_set(run, "ensures", json_ensures(report)))
        return run;
    json_decref(run);
    return NULL;
}

static bool set_error(json_t *object, const struct gp_trouble *trouble)
{
    json_t *error = json_object();

    if (error && gp_json_set(error, "code", json_string(trouble->code)) &&
        gp_json_set(error, "text", gp_json_string0(trouble->text)))
        return gp_json_set(object, "error", error);
    json_decref(error);
    return false;
}

/* The verdict as check gives it, and "run". */
static int report_json(const struct report *report)
{
    const struct gp_run_result *result = report->result;
    bool verdict_only = result->status <= GP_RUN_UNDETERMINED, busy = result->status == GP_RUN_BUSY;
    json_t *object = result->decided ? gp_json_verdict(&report->subject, result->eval, &result->verdict)
                                     : gp_json_trouble(&report->subject, &report->trouble);

    if (object && (verdict_only || set_error(object, &report->trouble)) &&
        (!busy || gp_holder_into(object, result->holder)) && gp_json_set(object, "run", json_run(report)))
        return gp_output_json(&report->cli->output, object);
    json_decref(object);
    return -ENOMEM;
}

/* ---- the verb ---------------------------------------------------------------------------------------------------- */

static int report_result(struct gp_cli *cli, const struct gp_run_options *options, const struct gp_run_result *result)
{
    struct report report = {
        .cli = cli,
        .options = options,
        .result = result,
        .subject = {.directory = options->directory, .rules = options->rules, .rules_option = cli->rules_option,
                    .operation_name = gp_operation_name(cli, cli->options.operands[0], options->operation)},
        .trouble = gp_trouble_of_run(result->status, result->problem),
    };
    int r = 0;

    if (result->status == GP_RUN_USAGE)
        return gp_usage(cli, "%s", report.trouble.text);
    if (result->status == GP_RUN_UNUSABLE)
        r = gp_trouble_of_directory(options->directory, cli->arena, &report.trouble);
    if (r == 0)
        r = cli->options.format == GP_FORMAT_TEXT ? report_text(&report) : report_json(&report);
    return r < 0 ? r : report.trouble.status;
}

/* --set and --attest are held against the rule set before anything is locked. */
static int check_given(struct gp_cli *cli, const struct gp_found *found)
{
    struct gp_session session = {0};
    int r = gp_session_open(&session, cli, found->rules, cli->options.operands[1]);

    if (r == 0 && !session.troubled)
        r = gp_session_operation(&session, found->entry->value, NULL, 0);
    gp_session_close(&session);
    return r;
}

static int run(struct gp_cli *cli, const struct gp_found *found)
{
    struct gp_run_options options = {
        .directory = cli->options.operands[1],
        .rules = found->rules,
        .operation = found->entry->value,
        .given = cli->options.given,
        .given_count = cli->options.given_count,
        .assumed = cli->options.assumed,
        .assumed_count = cli->options.assumed_count,
        .now = cli->now,
        .strict = cli->options.strict,
        .dry_run = cli->options.dry_run,
    };
    struct gp_run *held = NULL;
    struct gp_run_result result;
    int r = gp_person(cli->arena, &options.who, &options.host);

    if (r == 0)
        r = gp_run(&held, &result, &options);
    if (r == 0)
        r = report_result(cli, &options, &result);
    gp_run_free(held);
    return r;
}

int gp_cmd_run(struct gp_cli *cli)
{
    const char *name = cli->options.operands[0];
    struct gp_found found;
    int r = gp_rulesets_load_for(cli, cli->options.operands[0], 1);

    if (r == 0)
        r = gp_rulesets_find(cli, GP_SECTION_OPERATION, (struct gp_str){name, strlen(name)}, &found);
    if (r == 0)
        r = check_given(cli, &found);
    return r != 0 ? r : run(cli, &found);
}
