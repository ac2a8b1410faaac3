/* inspect: what the rule sets see in these directories. */
#include "cli/dirs.h"
#include "cli/rulesets.h"
#include "cli/session.h"
#include "cli/verbs.h"
#include "cli/wrong-rules.h"

static int report(struct gp_session *session, const struct gp_inspection *inspection)
{
    struct gp_cli *cli = session->cli;
    const struct gp_state_verdict *state = &inspection->state;
    struct gp_strbuf text = {0};
    int r;

    if (cli->options.format == GP_FORMAT_TEXT) {
        if (cli->output.began && !cli->options.quiet)
            gp_strbuf_add_char(&text, '\n');
        gp_text_inspect(&text, &cli->style, &session->subject, session->eval, inspection);
        r = gp_output_text(&cli->output, &text);
    } else {
        r = gp_output_json(&cli->output, gp_json_inspect(&session->subject, session->eval, inspection));
    }
    if (r < 0)
        return r;
    return state->none || state->kind == GP_STATE_NAMED ? GP_EXIT_OK : GP_EXIT_UNKNOWN;
}

static int inspect(struct gp_cli *cli, const struct gp_ruleset *rules, const char *directory)
{
    struct gp_session session = {0};
    struct gp_inspection inspection;
    int r = gp_session_begin(&session, cli, rules, directory, NULL);

    if (r == 0)
        r = gp_session_check_given(&session);
    if (r == 0)
        r = gp_inspect(session.eval, &inspection);
    if (r == 0)
        r = report(&session, &inspection);
    gp_session_close(&session);
    return r;
}

int gp_cmd_inspect(struct gp_cli *cli)
{
    struct gp_dirs dirs = gp_dirs_begin(cli, 0);
    const char *directory;
    int worst = GP_EXIT_OK, r = gp_rulesets_load_for(cli, NULL, 0);

    if (r != 0)
        return r;
    while ((r = gp_dirs_next(&dirs, &directory)) == 0 && directory) {
        for (size_t i = 0; i < cli->set_count && r >= 0 && r != GP_EXIT_USAGE; i++) {
            r = inspect(cli, cli->sets[i], directory);
            worst = gp_exit_worse(worst, r);
        }
        if (r < 0 || r == GP_EXIT_USAGE)
            break;
    }
    gp_dirs_done(&dirs);
    return r == 0 ? worst : r;
}
