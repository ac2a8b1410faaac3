/* why: which documented cause of a message applies here. */
#include <errno.h>
#include <string.h>

#include "cli/rulesets.h"
#include "cli/session.h"
#include "cli/verbs.h"
#include "cli/wrong-rules.h"

/* Messages that the text names, over all rule sets. */
struct match {
    const struct gp_ruleset *rules;
    const struct gp_message *message;
    size_t count;
    struct gp_strbuf names; /* "a, set/b" */
};

static int match_all(struct gp_cli *cli, struct gp_str text, struct match *match)
{
    const struct gp_ruleset *only;
    struct gp_str rest = gp_rulesets_split(cli, text, &only);

    for (size_t i = 0; i < cli->set_count; i++) {
        const struct gp_ruleset *rules = cli->sets[i];
        const struct gp_message **messages;
        size_t count;

        if (only && only != rules)
            continue;
        int r = gp_why_match(rules, rest, cli->arena, &messages, &count);
        if (r < 0)
            return r;
        for (size_t k = 0; k < count; k++) {
            if (match->count++ == 0)
                *match = (struct match){rules, messages[k], 1, match->names};
            gp_strbuf_add(&match->names, match->names.len ? ", " : "");
            if (cli->set_count > 1)
                gp_strbuf_printf(&match->names, "%.*s/", GP_STR_ARG(rules->manifest.name));
            gp_strbuf_printf(&match->names, "%.*s", GP_STR_ARG(messages[k]->def.id));
        }
    }
    return gp_strbuf_ok(&match->names) ? 0 : -ENOMEM;
}

static int find_message(struct gp_cli *cli, const char *text, struct match *ret_match)
{
    struct match match = {0};
    int r = match_all(cli, (struct gp_str){text, strlen(text)}, &match);

    if (r == 0 && !match.count)
        r = gp_usage(cli, "no message reads like that; 'gatepost list messages' says which there are");
    else if (r == 0 && match.count > 1)
        r = gp_usage(cli, "several messages read like that; give more of the text, or an id: %s",
                     gp_strbuf_text(&match.names));
    gp_strbuf_done(&match.names);
    if (r == 0)
        *ret_match = match;
    return r;
}

/* A message without a documented cause is no message whose causes are all excluded. */
static int status_of(const struct gp_why *why)
{
    size_t excluded = 0;

    for (size_t i = 0; i < why->cause_count; i++) {
        if (why->causes[i].kind == GP_CAUSE_CERTAIN)
            return GP_EXIT_OK;
        excluded += why->causes[i].kind == GP_CAUSE_EXCLUDED;
    }
    return why->cause_count && excluded == why->cause_count ? GP_EXIT_DENIED : GP_EXIT_UNKNOWN;
}

static int report(struct gp_session *session, const struct gp_why *why)
{
    struct gp_cli *cli = session->cli;
    struct gp_strbuf text = {0};
    int r;

    if (cli->options.format == GP_FORMAT_TEXT) {
        gp_text_why(&text, &cli->style, &session->subject, session->eval, why);
        r = gp_output_text(&cli->output, &text);
    } else {
        r = gp_output_json(&cli->output, gp_json_why(&session->subject, session->eval, why));
    }
    return r < 0 ? r : status_of(why);
}

int gp_cmd_why(struct gp_cli *cli)
{
    struct gp_session session = {0};
    struct match match;
    struct gp_why why;
    int r = gp_rulesets_load_for(cli, NULL, 1);

    if (r == 0)
        r = find_message(cli, cli->options.operands[0], &match);
    if (r != 0)
        return r;
    r = gp_session_begin(&session, cli, match.rules, cli->options.operands[1], NULL);
    if (r == 0)
        r = gp_session_check_given(&session);
    if (r == 0)
        r = gp_why(session.eval, match.message, &why);
    if (r == 0)
        r = report(&session, &why);
    gp_session_close(&session);
    return r;
}
