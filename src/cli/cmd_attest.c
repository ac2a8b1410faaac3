/* attest: vouch for what no file shows. */
#include <errno.h>
#include <string.h>

#include "act/run.h"
#include "cli/person.h"
#include "cli/rulesets.h"
#include "cli/session.h"
#include "cli/verbs.h"
#include "util/text.h"

static int say_done(struct gp_cli *cli, const struct gp_attest_options *options)
{
    struct gp_str id = options->attestation->def.id;
    struct gp_strbuf text = {0};

    gp_text_escape(&text, options->directory, strlen(options->directory), false);
    gp_strbuf_add(&text, ": ");
    gp_text_escape(&text, id.data, id.len, false);
    gp_strbuf_add(&text, " attested by ");
    gp_text_escape(&text, options->who, strlen(options->who), false);
    gp_strbuf_add_char(&text, '\n');
    return gp_output_text(&cli->output, &text);
}

static int report(struct gp_cli *cli, const struct gp_attest_options *options)
{
    struct gp_str id = options->attestation->def.id;

    if (cli->options.format == GP_FORMAT_TEXT)
        return say_done(cli, options);
    json_t *json = json_object();
    if (!json || !gp_json_set(json, "schema", json_integer(1)) ||
        !gp_json_set(json, "gatepost", json_string(PACKAGE_VERSION)) ||
        !gp_json_set(json, "directory", gp_json_string0(options->directory)) ||
        !gp_json_set(json, "attestation", gp_json_string(id.data, id.len)) ||
        !gp_json_set(json, "who", gp_json_string0(options->who)) ||
        !gp_json_set(json, "host", gp_json_string0(options->host)) ||
        !gp_json_set(json, "reason", gp_json_string0(options->reason)) || !gp_json_set(json, "error", json_null())) {
        json_decref(json);
        return -ENOMEM;
    }
    return gp_output_json(&cli->output, json);
}

static int report_trouble(struct gp_cli *cli, const struct gp_attest_options *options, enum gp_run_status status,
                          const char *problem)
{
    struct gp_subject subject = {.directory = options->directory, .rules = options->rules,
                                 .rules_option = cli->rules_option};
    struct gp_trouble trouble = gp_trouble_of_run(status, problem);
    int r = 0;

    if (status == GP_RUN_UNUSABLE)
        r = gp_trouble_of_directory(options->directory, cli->arena, &trouble);
    return r < 0 ? r : gp_trouble_report(cli, &subject, &trouble);
}

int gp_cmd_attest(struct gp_cli *cli)
{
    const char *id = cli->options.operands[0], *problem = NULL;
    struct gp_attest_options options = {.directory = cli->options.operands[1], .reason = cli->options.reason,
                                        .now = cli->now};
    enum gp_run_status status;
    struct gp_found found;
    int r;

    if (!options.reason || !options.reason[strspn(options.reason, " \t\n")])
        return gp_usage(cli, "attest needs --reason TEXT: how do you know?");
    r = gp_rulesets_load(cli);
    if (r == 0)
        r = gp_rulesets_find(cli, GP_SECTION_ATTESTATION, (struct gp_str){id, strlen(id)}, &found);
    if (r == 0)
        r = gp_person(cli->arena, &options.who, &options.host);
    if (r != 0)
        return r;
    options.rules = found.rules;
    options.attestation = found.entry->value;
    r = gp_attest(&options, cli->arena, &status, &problem);
    if (r < 0)
        return r;
    return status == GP_RUN_DONE ? report(cli, &options) : report_trouble(cli, &options, status, problem);
}
