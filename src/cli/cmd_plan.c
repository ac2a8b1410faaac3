/* plan: the way from the present state to another. */
#include <string.h>

#include "cli/rulesets.h"
#include "cli/session.h"
#include "cli/verbs.h"
#include "cli/wrong-rules.h"

static int report(struct gp_session *session, const struct gp_named_cond *goal, const struct gp_way *way)
{
    static const int statuses[] = {
        [GP_WAY_FOUND] = GP_EXIT_OK, [GP_WAY_NONE] = GP_EXIT_DENIED, [GP_WAY_UNKNOWN] = GP_EXIT_UNKNOWN};
    struct gp_cli *cli = session->cli;
    struct gp_strbuf text = {0};
    int r;

    if (cli->options.format == GP_FORMAT_TEXT) {
        gp_text_way(&text, &cli->style, &session->subject, session->eval, goal, way);
        r = gp_output_text(&cli->output, &text);
    } else {
        r = gp_output_json(&cli->output, gp_json_way(&session->subject, session->eval, goal, way));
    }
    return r < 0 ? r : statuses[way->kind];
}

int gp_cmd_plan(struct gp_cli *cli)
{
    const char *name = cli->options.operands[0];
    struct gp_session session = {0};
    struct gp_found found;
    struct gp_way way;
    int r = gp_rulesets_load_for(cli, NULL, 1);

    if (r == 0)
        r = gp_rulesets_find(cli, GP_SECTION_STATE, (struct gp_str){name, strlen(name)}, &found);
    if (r != 0)
        return r;
    r = gp_session_begin(&session, cli, found.rules, cli->options.operands[1], NULL);
    if (r == 0)
        r = gp_session_check_given(&session);
    if (r == 0)
        r = gp_find_way(session.eval, found.entry->value, &way);
    if (r == 0)
        r = report(&session, found.entry->value, &way);
    gp_session_close(&session);
    return r;
}
