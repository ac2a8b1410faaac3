/* Opening a directory for looking, and telling why that failed. */
#include "cli/session.h"

#include <errno.h>
#include <string.h>

#include "cli/evidence.h"
#include "util/text.h"

#define INTERRUPTED "a run was interrupted here; 'gatepost recover' puts it in order"

/* ---- trouble ----------------------------------------------------------------------------------------------------- */

int gp_trouble_of_errno(int error, struct gp_arena *arena, struct gp_trouble *ret_trouble)
{
    static const struct {
        int error;
        const char *code, *text;
    } known[] = {
        {ENOENT, "directory-missing", "there is no such directory"},
        {ENOTDIR, "not-a-directory", "it is not a directory"},
        {EACCES, "no-permission", "permission to open the directory was denied"},
        {EPERM, "no-permission", "permission to open the directory was denied"},
    };

    for (size_t i = 0; i < GP_COUNT(known); i++) {
        if (known[i].error == error) {
            *ret_trouble = (struct gp_trouble){GP_EXIT_DIRECTORY, known[i].code, known[i].text};
            return 0;
        }
    }
    const char *text = gp_arena_printf(arena, "the directory cannot be opened: %s", strerror(error));
    if (!text)
        return -ENOMEM;
    *ret_trouble = (struct gp_trouble){GP_EXIT_DIRECTORY, "directory-unusable", text};
    return 0;
}

struct gp_trouble gp_trouble_of_run(enum gp_run_status status, const char *problem)
{
    static const struct gp_trouble troubles[] = {
        [GP_RUN_DONE] = {GP_EXIT_OK, "done", ""},
        [GP_RUN_DENIED] = {GP_EXIT_DENIED, "denied", "denied"},
        [GP_RUN_UNDETERMINED] = {GP_EXIT_UNKNOWN, "undetermined", "it cannot be told whether this may run"},
        [GP_RUN_USAGE] = {GP_EXIT_USAGE, "usage", "this cannot be run"},
        [GP_RUN_UNUSABLE] = {GP_EXIT_DIRECTORY, "directory-unusable", "the directory cannot be used"},
        [GP_RUN_FAILED] = {GP_EXIT_FAILED, "action-failed", "the action failed; the tree is as it was before"},
        [GP_RUN_CHANGED] = {GP_EXIT_CHANGED, "tree-changed",
                            "the tree changed between decision and action; nothing was done"},
        [GP_RUN_INTERRUPTED] = {GP_EXIT_INTERRUPTED, "interrupted", INTERRUPTED},
        [GP_RUN_BUSY] = {GP_EXIT_BUSY, "busy", "someone else holds the lock"},
    };
    struct gp_trouble trouble = troubles[status];

    if (problem)
        trouble.text = problem;
    return trouble;
}

int gp_trouble_of_directory(const char *directory, struct gp_arena *arena, struct gp_trouble *trouble)
{
    struct gp_probe_options options = {.held_path = GP_PATH_NONE, .held_fd = -1};
    struct gp_probe *probe = NULL;
    int r = gp_probe_open(&probe, directory, &options);

    if (r == 0)
        gp_probe_free(probe);
    return r == 0 || r == -ENOMEM ? r : gp_trouble_of_errno(-r, arena, trouble);
}

static json_t *json_holder(const struct gp_holder *holder)
{
    json_t *object = json_object();

    if (object && gp_json_set(object, "lock", gp_json_string0(holder->lock)) &&
        gp_json_set(object, "pid", holder->pid ? json_integer(holder->pid) : json_null()) &&
        gp_json_set(object, "process", gp_json_string0(holder->process)) &&
        gp_json_set(object, "host", gp_json_string0(holder->host)) &&
        gp_json_set(object, "user", gp_json_string0(holder->user)) &&
        gp_json_set(object, "operation", gp_json_string0(holder->operation)) &&
        gp_json_set(object, "since", gp_json_string0(holder->since)))
        return object;
    json_decref(object);
    return NULL;
}

bool gp_holder_into(json_t *object, const struct gp_holder *holder)
{
    json_t *error = json_object_get(object, "error");

    return error && gp_json_set(error, "holder", holder ? json_holder(holder) : json_null());
}

static json_t *json_busy(struct gp_cli *cli, const struct gp_subject *subject, const struct gp_trouble *trouble)
{
    const struct gp_holder *holder;
    json_t *object =
        gp_holder_look(subject->directory, NULL, cli->arena, &holder) < 0 ? NULL : gp_json_trouble(subject, trouble);

    if (object && gp_holder_into(object, holder))
        return object;
    json_decref(object);
    return NULL;
}

int gp_trouble_report(struct gp_cli *cli, const struct gp_subject *subject, const struct gp_trouble *trouble)
{
    struct gp_strbuf text = {0};
    int r;

    if (cli->options.format == GP_FORMAT_TEXT) {
        gp_text_trouble(&text, &cli->style, subject, trouble);
        r = gp_output_text(&cli->output, &text);
    } else if (trouble->status == GP_EXIT_BUSY) {
        r = gp_output_json(&cli->output, json_busy(cli, subject, trouble));
    } else {
        r = gp_output_json(&cli->output, gp_json_trouble(subject, trouble));
    }
    return r < 0 ? r : trouble->status;
}

static void note_interruption(struct gp_session *session)
{
    static const struct gp_trouble interrupted = {
        GP_EXIT_INTERRUPTED, "interrupted", INTERRUPTED};
    static const struct gp_trouble busy = {GP_EXIT_BUSY, "busy", "a run is under way here"};

    switch (gp_probe_interrupted(session->probe)) {
    case GP_INTERRUPTED_NO:
        return;
    case GP_INTERRUPTED_YES:
        session->trouble = interrupted;
        break;
    case GP_INTERRUPTED_BUSY:
        session->trouble = busy;
        break;
    }
    session->troubled = true;
}

/* ---- the session ------------------------------------------------------------------------------------------------- */

void gp_session_close(struct gp_session *session)
{
    gp_eval_free(session->eval);
    gp_probe_free(session->probe);
    session->eval = NULL;
    session->probe = NULL;
}

static int open_probe(struct gp_session *session, const char *directory)
{
    const struct gp_ruleset *rules = session->subject.rules;
    struct gp_probe_options options = {.held_path = GP_PATH_NONE, .held_fd = -1};

    if (rules) {
        options.paths = rules->paths;
        options.fold = rules->manifest.names == GP_NAMES_DOS;
    }
    int r = gp_probe_open(&session->probe, directory, &options);
    if (r == 0) {
        note_interruption(session);
        return 0;
    }
    if (r == -ENOMEM)
        return r;
    session->troubled = true;
    return gp_trouble_of_errno(-r, session->cli->arena, &session->trouble);
}

int gp_session_open(struct gp_session *session, struct gp_cli *cli, const struct gp_ruleset *rules,
                    const char *directory)
{
    const struct gp_options *options = &cli->options;

    *session = (struct gp_session){
        .cli = cli,
        .subject = {.directory = directory, .rules = rules, .rules_option = cli->rules_option ? cli->rules_option : ""},
    };
    session->given = options->given;
    session->given_count = options->given_count;
    session->assumed = options->assumed;
    session->assumed_count = options->assumed_count;
    session->now = cli->now;
    int r = options->evidence ? gp_evidence_open(session) : open_probe(session, directory);
    if (r < 0 || session->troubled || !rules)
        return r;
    gp_evidence_note(session);
    session->it = (struct gp_case){
        .rules = rules,
        .probe = session->probe,
        .given = session->given,
        .given_count = session->given_count,
        .assumed = session->assumed,
        .assumed_count = session->assumed_count,
        .now = session->now,
        .strict = options->strict,
    };
    return gp_eval_new(&session->eval, &session->it);
}

int gp_session_begin(struct gp_session *session, struct gp_cli *cli, const struct gp_ruleset *rules,
                     const char *directory, const char *operation_name)
{
    int r = gp_session_open(session, cli, rules, directory);

    session->subject.operation_name = operation_name;
    return r == 0 && session->troubled ? gp_trouble_report(cli, &session->subject, &session->trouble) : r;
}

/* ---- what was given ---------------------------------------------------------------------------------------------- */

static bool knows(const struct gp_operation *operation, struct gp_str name)
{
    return gp_map_find(&operation->params, name) != NULL;
}

const char *gp_operation_name(const struct gp_cli *cli, const char *asked, const struct gp_operation *operation)
{
    return cli->options.format == GP_FORMAT_TEXT ? asked : operation->def.id.data;
}

/* A variable here, or a parameter of this operation. */
static bool is_of(const struct gp_session *session, struct gp_str name, const struct gp_operation *operation)
{
    return knows(operation, name) || gp_map_find(&session->subject.rules->defs.vars, name);
}

/* A name that is a variable here, or a parameter of this operation, or of none that was asked for (which is a mistake
 * to be told), concerns this operation. */
static bool concerns(const struct gp_session *session, struct gp_str name, const struct gp_operation *operation,
                     const struct gp_operation *const *all, size_t all_count)
{
    if (is_of(session, name, operation))
        return true;
    for (size_t i = 0; i < all_count; i++)
        if (knows(all[i], name))
            return false;
    return true;
}

static int tell_problem(const struct gp_session *session, int r, const char *problem)
{
    return r == -EINVAL ? gp_usage(session->cli, "%s", problem) : r;
}

int gp_session_operation(struct gp_session *session, const struct gp_operation *operation,
                         const struct gp_operation *const *all, size_t all_count)
{
    struct gp_given *given = GP_NEW_ARRAY(gp_eval_arena(session->eval), struct gp_given, session->given_count + 1);
    const char *problem = "";

    if (!given)
        return -ENOMEM;
    session->it.given = given;
    session->it.given_count = 0;
    for (size_t i = 0; i < session->given_count; i++)
        if (i < session->recorded_given ? is_of(session, session->given[i].name, operation)
                                        : concerns(session, session->given[i].name, operation, all, all_count))
            given[session->it.given_count++] = session->given[i];
    int r = gp_eval_set_operation(session->eval, operation, &problem);
    return tell_problem(session, r, problem);
}

int gp_session_check_given(struct gp_session *session)
{
    const char *problem = "";
    int r = gp_eval_check_given(session->eval, &problem);

    return tell_problem(session, r, problem);
}
