/* check: may these operations run in these directories? */
#include <errno.h>
#include <string.h>

#include "cli/dirs.h"
#include "cli/rulesets.h"
#include "cli/session.h"
#include "cli/verbs.h"
#include "cli/wrong-rules.h"

struct checked {
    const char *name; /* as it was asked for */
    struct gp_found found;
    const struct gp_operation *operation;
};

struct check {
    struct gp_cli *cli;
    struct checked *data;
    const struct gp_operation **operations;
    size_t count;
    struct gp_session *sessions; /* one a rule set, opened when it is needed */
    bool *open;
};

/* ---- OP[,OP...] -------------------------------------------------------------------------------------------------- */

static int find_operation(struct check *check, const char *name, size_t len)
{
    struct checked *checked = &check->data[check->count];

    if (!len)
        return gp_usage(check->cli, "a list of operations has an empty name in it");
    checked->name = gp_arena_memdup(check->cli->arena, name, len);
    if (!checked->name)
        return -ENOMEM;
    int r = gp_rulesets_find(check->cli, GP_SECTION_OPERATION, (struct gp_str){checked->name, len}, &checked->found);
    if (r == 0) {
        checked->operation = checked->found.entry->value;
        check->operations[check->count++] = checked->operation;
    }
    return r;
}

static int find_operations(struct check *check, const char *list)
{
    size_t most = 1;
    int r;

    for (const char *c = list; *c; c++)
        most += *c == ',';
    check->data = GP_NEW_ARRAY(check->cli->arena, struct checked, most);
    check->operations = GP_NEW_ARRAY(check->cli->arena, const struct gp_operation *, most);
    check->sessions = GP_NEW_ARRAY(check->cli->arena, struct gp_session, check->cli->set_count);
    check->open = GP_NEW_ARRAY(check->cli->arena, bool, check->cli->set_count);
    if (!check->data || !check->operations || !check->sessions || !check->open)
        return -ENOMEM;
    for (;;) {
        size_t len = strcspn(list, ",");

        r = find_operation(check, list, len);
        if (r != 0 || !list[len])
            return r;
        list += len + 1;
    }
}

/* ---- one directory ----------------------------------------------------------------------------------------------- */

static int report(struct gp_session *session, const struct gp_verdict *verdict)
{
    static const int statuses[] = {
        [GP_ALLOWED] = GP_EXIT_OK, [GP_DENIED] = GP_EXIT_DENIED, [GP_UNDETERMINED] = GP_EXIT_UNKNOWN};
    struct gp_cli *cli = session->cli;
    struct gp_strbuf text = {0};
    int r;

    if (cli->options.format == GP_FORMAT_TEXT) {
        if (cli->output.began && !cli->options.quiet)
            gp_strbuf_add_char(&text, '\n');
        gp_text_verdict(&text, &cli->style, &session->subject, session->eval, verdict);
        r = gp_output_text(&cli->output, &text);
    } else {
        r = gp_output_json(&cli->output, gp_json_verdict(&session->subject, session->eval, verdict));
    }
    return r < 0 ? r : statuses[verdict->kind];
}

static int decide(struct check *check, const struct checked *checked, struct gp_session *session)
{
    struct gp_verdict verdict;
    int r;

    session->subject.operation_name = gp_operation_name(check->cli, checked->name, checked->operation);
    if (session->troubled)
        return gp_trouble_report(check->cli, &session->subject, &session->trouble);
    r = gp_session_operation(session, checked->operation, check->operations, check->count);
    if (r == 0)
        r = gp_decide(session->eval, &verdict);
    return r != 0 ? r : report(session, &verdict);
}

static int check_directory(struct check *check, const char *directory)
{
    int worst = GP_EXIT_OK, r = 0;

    for (size_t i = 0; i < check->count && r >= 0 && r != GP_EXIT_USAGE; i++) {
        size_t set = check->data[i].found.set;
        struct gp_session *session = &check->sessions[set];

        if (!check->open[set])
            r = gp_session_open(session, check->cli, check->data[i].found.rules, directory);
        check->open[set] = true;
        if (r >= 0)
            r = decide(check, &check->data[i], session);
        worst = gp_exit_worse(worst, r);
    }
    for (size_t i = 0; i < check->cli->set_count; i++) {
        if (check->open[i])
            gp_session_close(&check->sessions[i]);
        check->open[i] = false;
    }
    return r < 0 || r == GP_EXIT_USAGE ? r : worst;
}

int gp_cmd_check(struct gp_cli *cli)
{
    struct check check = {.cli = cli};
    struct gp_dirs dirs = gp_dirs_begin(cli, 1);
    const char *directory;
    int worst = GP_EXIT_OK, r = gp_rulesets_load_for(cli, cli->options.operands[0], 1);

    if (r == 0)
        r = find_operations(&check, cli->options.operands[0]);
    if (r != 0)
        return r;
    while ((r = gp_dirs_next(&dirs, &directory)) == 0 && directory) {
        r = check_directory(&check, directory);
        if (r < 0 || r == GP_EXIT_USAGE)
            break;
        worst = gp_exit_worse(worst, r);
    }
    gp_dirs_done(&dirs);
    return r == 0 ? worst : r;
}
