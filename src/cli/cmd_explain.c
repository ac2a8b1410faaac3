/* explain: the whole proof of one decision. */
#include <string.h>

#include "cli/rulesets.h"
#include "cli/session.h"
#include "cli/verbs.h"
#include "cli/wrong-rules.h"

static int report(struct gp_session *session, const struct gp_verdict *verdict)
{
    static const int statuses[] = {
        [GP_ALLOWED] = GP_EXIT_OK, [GP_DENIED] = GP_EXIT_DENIED, [GP_UNDETERMINED] = GP_EXIT_UNKNOWN};
    struct gp_cli *cli = session->cli;
    struct gp_strbuf text = {0};
    int r;

    if (cli->options.format == GP_FORMAT_TEXT) {
        gp_text_explain(&text, &cli->style, &session->subject, session->eval, verdict);
        r = gp_output_text(&cli->output, &text);
    } else {
        r = gp_output_json(&cli->output, gp_json_explain(&session->subject, session->eval, verdict));
    }
    return r < 0 ? r : statuses[verdict->kind];
}

int gp_cmd_explain(struct gp_cli *cli)
{
    const char *name = cli->options.operands[0];
    struct gp_session session = {0};
    struct gp_verdict verdict;
    struct gp_found found;
    int r = gp_rulesets_load_for(cli, name, 1);

    if (r == 0)
        r = gp_rulesets_find(cli, GP_SECTION_OPERATION, (struct gp_str){name, strlen(name)}, &found);
    if (r != 0)
        return r;
    r = gp_session_begin(&session, cli, found.rules, cli->options.operands[1],
                         gp_operation_name(cli, name, found.entry->value));
    if (r == 0)
        r = gp_session_operation(&session, found.entry->value, NULL, 0);
    if (r == 0)
        r = gp_decide(session.eval, &verdict);
    if (r == 0)
        r = report(&session, &verdict);
    gp_session_close(&session);
    return r;
}
