/* record: the facts that a decision reads, in a file. */
#include <errno.h>
#include <string.h>

#include "author/record.h"
#include "cli/rulesets.h"
#include "cli/save.h"
#include "cli/session.h"
#include "cli/verbs.h"
#include "probe/record.h"

struct recording {
    struct gp_cli *cli;
    const struct gp_ruleset *rules; /* of all operations */
    const struct gp_operation **operations;
    const char **names;
    size_t count;
};

/* ---- OP[,OP...] -------------------------------------------------------------------------------------------------- */

static int find_operation(struct recording *it, struct gp_str name)
{
    struct gp_found found;

    if (!name.len)
        return gp_usage(it->cli, "a list of operations has an empty name in it");
    int r = gp_rulesets_find(it->cli, GP_SECTION_OPERATION, name, &found);
    if (r != 0)
        return r;
    if (it->rules && it->rules != found.rules)
        return gp_usage(it->cli, "a record is made with one rule set, and these operations are of two: %.*s and %.*s",
                        GP_STR_ARG(it->rules->manifest.name), GP_STR_ARG(found.rules->manifest.name));
    const struct gp_operation *operation = found.entry->value;
    it->rules = found.rules;
    it->operations[it->count] = operation;
    it->names[it->count++] = operation->def.id.data;
    return 0;
}

static int find_operations(struct recording *it, const char *list)
{
    size_t most = 1;

    for (const char *c = list; *c; c++)
        most += *c == ',';
    it->operations = GP_NEW_ARRAY(it->cli->arena, const struct gp_operation *, most);
    it->names = GP_NEW_ARRAY(it->cli->arena, const char *, most);
    if (!it->operations || !it->names)
        return -ENOMEM;
    for (;;) {
        size_t len = strcspn(list, ",");
        char *name = gp_arena_memdup(it->cli->arena, list, len);
        int r = name ? find_operation(it, (struct gp_str){name, len}) : -ENOMEM;
        if (r != 0 || !list[len])
            return r;
        list += len + 1;
    }
}

/* ---- what is read ------------------------------------------------------------------------------------------------ */

/* The messages that an operation names: people ask why they see them. */
static int ask_why(struct gp_session *session, const struct gp_operation *operation)
{
    for (size_t i = 0; i < operation->requires.count; i++) {
        const struct gp_requirement *requirement = operation->requires.data[i].value;
        const struct gp_message *message =
            requirement->otherwise && requirement->otherwise->message ? requirement->otherwise->message->target : NULL;
        struct gp_why why;
        int r = message ? gp_why(session->eval, message, &why) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}

static int read_facts(struct recording *it, struct gp_session *session)
{
    struct gp_verdict verdict;
    int r = 0;

    for (size_t i = 0; r == 0 && i < it->count; i++) {
        r = gp_session_operation(session, it->operations[i], it->operations, it->count);
        if (r == 0)
            r = gp_decide(session->eval, &verdict);
        if (r == 0)
            r = ask_why(session, it->operations[i]);
    }
    return r;
}

/* ---- what is kept ------------------------------------------------------------------------------------------------ */

static int write_text(struct recording *it, struct gp_session *session, struct gp_strbuf *text)
{
    const struct gp_ruleset *rules = it->rules;
    const struct gp_record record = {
        .program = PACKAGE_VERSION,
        .ruleset = rules->manifest.name.data,
        .version = rules->manifest.version.data ? rules->manifest.version.data : "",
        .digest = gp_arena_printf(it->cli->arena, "sha256:%s", rules->digest),
        .fold = gp_probe_fold(session->probe),
        .directory = session->subject.directory,
        .operations = it->names,
        .operation_count = it->count,
        .now = session->now,
        .given = it->cli->options.given,
        .given_count = it->cli->options.given_count,
        .assumed = it->cli->options.assumed,
        .assumed_count = it->cli->options.assumed_count,
    };
    int r = record.digest ? gp_record_write(text, &record, session->probe) : -ENOMEM;

    if (r != -EFBIG)
        return r;
    gp_complain("the record would have more than %zu MiB; record fewer operations", GP_RECORD_BYTES >> 20);
    return GP_EXIT_INTERNAL;
}

static int tell(struct recording *it, const struct gp_session *session)
{
    struct gp_recording it_was = {session->cli->options.output, it->names, it->count, gp_record_count(session->probe)};
    struct gp_strbuf text = {0};

    if (it->cli->options.format != GP_FORMAT_TEXT)
        return gp_output_json(&it->cli->output, gp_json_recorded(&session->subject, &it_was));
    if (!it->cli->options.quiet)
        gp_text_recorded(&text, &it->cli->style, &session->subject, &it_was);
    return gp_output_text(&it->cli->output, &text);
}

static int keep(struct recording *it, struct gp_session *session)
{
    const char *file = it->cli->options.output;
    struct gp_strbuf text = {0};
    int r = write_text(it, session, &text);

    if (r == 0 && strcmp(file, "-") == 0)
        return gp_output_text(&it->cli->output, &text);
    if (r == 0)
        r = gp_save(it->cli, file, (struct gp_str){gp_strbuf_text(&text), text.len});
    gp_strbuf_done(&text);
    return r == 0 ? tell(it, session) : r;
}

int gp_cmd_record(struct gp_cli *cli)
{
    const char *directory = cli->options.operands[1], *file = cli->options.output;
    struct recording it = {.cli = cli};
    struct gp_session session = {0};

    if (!file)
        return gp_usage(cli, "record needs -o FILE, where to keep the facts ('-' for standard output)");
    if (strcmp(file, "-") == 0 && cli->options.format != GP_FORMAT_TEXT)
        return gp_usage(cli, "with -o - the record itself goes to standard output, so -f has no place to write to");
    int r = gp_rulesets_load(cli);
    if (r == 0)
        r = find_operations(&it, cli->options.operands[0]);
    if (r == 0 && strcmp(file, "-") != 0)
        r = gp_save_check(cli, file, directory);
    if (r != 0)
        return r;
    r = gp_session_begin(&session, cli, it.rules, directory, cli->options.operands[0]);
    if (r == 0) {
        gp_probe_start_recording(session.probe);
        r = read_facts(&it, &session);
    }
    if (r == 0)
        r = keep(&it, &session);
    gp_session_close(&session);
    return r;
}
