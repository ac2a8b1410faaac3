/* history: what was done and attested here. */
#include <errno.h>

#include "cli/session.h"
#include "cli/verbs.h"

static int report(struct gp_session *session, const struct gp_ledger *ledger)
{
    struct gp_cli *cli = session->cli;
    struct gp_strbuf text = {0};

    if (cli->options.format != GP_FORMAT_TEXT)
        return gp_output_json(&cli->output, gp_json_history(&session->subject, ledger));
    gp_text_history(&text, &cli->style, &session->subject, ledger);
    return gp_output_text(&cli->output, &text);
}

static int unreadable(struct gp_session *session, enum gp_reason reason)
{
    const char *text = gp_arena_printf(session->cli->arena, "the ledger cannot be read: %s", gp_reason_words(reason));
    struct gp_trouble trouble = {GP_EXIT_UNKNOWN, "ledger-unreadable", text};

    return text ? gp_trouble_report(session->cli, &session->subject, &trouble) : -ENOMEM;
}

int gp_cmd_history(struct gp_cli *cli)
{
    struct gp_session session = {0};
    const struct gp_ledger *ledger;
    int r = gp_session_begin(&session, cli, NULL, cli->options.operands[0], NULL);

    if (r == 0) {
        enum gp_reason reason = gp_probe_ledger(session.probe, &ledger);

        r = reason == GP_REASON_NONE ? report(&session, ledger) : unreadable(&session, reason);
    }
    gp_session_close(&session);
    return r;
}
