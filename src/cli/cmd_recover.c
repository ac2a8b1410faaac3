/* recover: finish or undo an interrupted run. */
#include <errno.h>
#include <string.h>

#include "act/run.h"
#include "cli/session.h"
#include "cli/verbs.h"
#include "util/text.h"

static const struct outcome {
    int status;
    const char *code, *text;
} outcomes[] = {
    [GP_RECOVER_NOTHING] = {GP_EXIT_OK, "nothing", "nothing to recover"},
    [GP_RECOVER_FINISHED] = {GP_EXIT_OK, "finished",
                             "recovered: the interrupted run had committed, and is finished now"},
    [GP_RECOVER_UNDONE] = {GP_EXIT_OK, "undone", "recovered: everything is as it was before the interrupted run"},
    [GP_RECOVER_BUSY] = {GP_EXIT_BUSY, "busy", "a run is under way here"},
    [GP_RECOVER_STUCK] = {GP_EXIT_INTERRUPTED, "stuck", "recovery stopped"},
    [GP_RECOVER_UNUSABLE] = {GP_EXIT_DIRECTORY, "directory-unusable", "the directory cannot be opened"},
};

static int report(struct gp_cli *cli, const char *directory, const struct outcome *outcome)
{
    struct gp_strbuf text = {0};
    json_t *json;

    if (cli->options.format == GP_FORMAT_TEXT) {
        gp_text_escape(&text, directory, strlen(directory), false);
        gp_strbuf_printf(&text, ": %s\n", outcome->text);
        return gp_output_text(&cli->output, &text);
    }
    json = json_object();
    if (!json || !gp_json_set(json, "schema", json_integer(1)) ||
        !gp_json_set(json, "gatepost", json_string(PACKAGE_VERSION)) ||
        !gp_json_set(json, "directory", gp_json_string0(directory)) ||
        !gp_json_set(json, "recovered", json_string(outcome->code)) || !gp_json_set(json, "error", json_null())) {
        json_decref(json);
        return -ENOMEM;
    }
    return gp_output_json(&cli->output, json);
}

static int report_trouble(struct gp_cli *cli, const char *directory, const struct outcome *outcome, const char *problem)
{
    struct gp_subject subject = {.directory = directory, .rules_option = ""};
    struct gp_trouble trouble = {outcome->status, outcome->code, problem ? problem : outcome->text};
    int r = 0;

    if (outcome->status == GP_EXIT_DIRECTORY)
        r = gp_trouble_of_directory(directory, cli->arena, &trouble);
    return r < 0 ? r : gp_trouble_report(cli, &subject, &trouble);
}

int gp_cmd_recover(struct gp_cli *cli)
{
    const char *directory = cli->options.operands[0], *problem = NULL;
    enum gp_recover_status status;
    int r = gp_recover(directory, NULL, cli->arena, &status, &problem);

    if (r < 0)
        return r;
    if (outcomes[status].status != GP_EXIT_OK)
        return report_trouble(cli, directory, &outcomes[status], problem);
    r = report(cli, directory, &outcomes[status]);
    return r < 0 ? r : GP_EXIT_OK;
}
