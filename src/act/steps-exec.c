/* The step that runs a foreign program, on a copy of the tree. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "act/exec-words.h"
#include "act/ground.h"
#include "act/steps.h"
#include "act/work.h"
#include "rule/link.h"
#include "util/number.h"
#include "util/sys-help.h"

#define TIMEOUT (10 * 60) /* seconds, of a program that is not interactive */
#define RESULT_BYTES ((size_t)1 << 20)

/* ---- how it is written ------------------------------------------------------------------------------------------- */

struct exec_result {
    struct gp_str file;
    const struct gp_pattern *matches;
};

struct exec_step {
    struct gp_templates words;
    struct gp_map environment, files; /* of struct gp_exec_text */
    struct gp_value timeout;
    struct gp_exprs status;
    struct gp_str status_from;
    const struct exec_result *result;
    enum gp_yesno interactive;
    struct gp_paths touches;
};

static const struct gp_object text_object = {
    .name = "text of a program",
    .help = "A text with ${name}.",
    .size = sizeof(struct gp_exec_text),
};
static const struct gp_field text_element[] = {
    {NULL, GP_KIND_TEXT, offsetof(struct gp_exec_text, text), 0, .object = &text_object},
    {0},
};

#define RESULT(member) offsetof(struct exec_result, member)
static const struct gp_field result_fields[] = {
    {"file", GP_KIND_STRING, RESULT(file), GP_FIELD_REQUIRED | GP_FIELD_NOT_EMPTY,
     .help = "a file in the scratch directory that the program has to write"},
    {"matches", GP_KIND_PATTERN, RESULT(matches), GP_FIELD_REQUIRED,
     .help = "what it has to say, a regular expression (PCRE2, unanchored); its first 1 MiB is looked at"},
    {0},
};
static const struct gp_object result_object = {
    .name = "exec result",
    .help = "What a program has to leave in a file to count as successful.",
    .size = sizeof(struct exec_result),
    .fields = result_fields,
};

#define EXEC(member) offsetof(struct exec_step, member)
static const struct gp_field exec_fields[] = {
    {"exec", GP_KIND_TEXTS, EXEC(words), GP_FIELD_REQUIRED | GP_FIELD_NOT_EMPTY,
     .help = "the program and its arguments, a list; no shell. The program is an absolute path, or a name that is looked "
             "for in /usr/local/bin, /usr/bin, /bin, /usr/local/games and /usr/games"},
    {"touches", GP_KIND_PATHS, EXEC(touches), GP_FIELD_GLOB | GP_FIELD_LIST,
     .help = "what the program may change, make or remove in the tree: a path or glob, or a list of them; anything else "
             "that it does makes the step fail. Without it, nothing"},
    {"env", GP_KIND_MAP, EXEC(environment), 0, .element = text_element,
     .help = "variables of its environment, which otherwise has PATH, HOME, TMPDIR, LC_ALL and GATEPOST_OPERATION alone"},
    {"files", GP_KIND_MAP, EXEC(files), 0, .element = text_element,
     .help = "files that are put into its scratch directory, ../SCRATCH as the program sees it: names to texts"},
    {"timeout", GP_KIND_LITERAL, EXEC(timeout), 0, .type = GP_TYPE_DURATION,
     .help = "how long it may take before it is ended with everything that it started (default: 10 min; none for an "
             "interactive program)"},
    {"status", GP_KIND_EXPRS, EXEC(status), 0, .type = GP_TYPE_INTEGER,
     .help = "the exit statuses that mean success (default: 0)"},
    {"status-from", GP_KIND_STRING, EXEC(status_from), GP_FIELD_NOT_EMPTY,
     .help = "a file in the scratch directory that holds the status, in decimal digits, in place of the program's own"},
    {"result", GP_KIND_OBJECT, EXEC(result), 0, .object = &result_object,
     .help = "what the program has to leave in a file of the scratch directory"},
    {"interactive", GP_KIND_BOOLEAN, EXEC(interactive), 0,
     .help = "true: it asks questions, so it gets the terminal and the display, and is refused where there is neither"},
    {0},
};
static const struct gp_object exec_object = {
    .name = "exec step",
    .help = "Runs a program on a copy of the tree, its working directory; what it changed there is then done to the tree.",
    .size = sizeof(struct exec_step),
    .fields = exec_fields,
};

/* ---- checked at load ---------------------------------------------------------------------------------------------- */

static void check_file_name(struct gp_link *link, const struct gp_step *step, struct gp_str name, const char *key)
{
    if (name.data && !gp_exec_file_name_ok(name))
        gp_diag_add(link->diags, GP_DIAG_EXEC_NAME, step->at,
                    "'%s' names a file of the scratch directory, so it is one name, not '%.*s'", key, GP_STR_ARG(name));
}

static void exec_check(struct gp_link *link, const struct gp_step *step)
{
    const struct exec_step *exec = step->data;

    if (step->missing)
        gp_diag_add(link->diags, GP_DIAG_STEP_MISSING, step->at,
                    "'missing: ok' means nothing here, as 'exec' names no file of the tree");
    check_file_name(link, step, exec->status_from, "status-from");
    if (exec->result)
        check_file_name(link, step, exec->result->file, "result");
    for (size_t i = 0; i < exec->environment.count; i++)
        if (!gp_exec_variable_ok(exec->environment.data[i].id))
            gp_diag_add(link->diags, GP_DIAG_EXEC_VARIABLE, exec->environment.data[i].at,
                        "'%.*s' is no name of an environment variable that a rule may set",
                        GP_STR_ARG(exec->environment.data[i].id));
    gp_exec_check_program(link, &exec->words);
}

/* ---- before it runs ----------------------------------------------------------------------------------------------- */

/* Writes a file into the scratch directory. */
static int put_file(struct gp_stage *stage, struct gp_working_copy *copy, const char *name, struct gp_str text)
{
    const struct gp_sys *sys = stage->sys;
    int fd = gp_sys_open_beneath(sys, copy->scratch, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
    int r = fd < 0 ? fd : gp_sys_write_full(sys, fd, text.data, text.len, 0);

    gp_sys_close(sys, &fd);
    return r < 0 && r != -ENOMEM ? gp_stage_fail(stage, "%s: %s", name, strerror(-r)) : r;
}

static int put_files(struct gp_stage *stage, const struct exec_step *exec, struct gp_working_copy *copy)
{
    int r = 0;

    for (size_t i = 0; i < exec->files.count && r == 0; i++) {
        const struct gp_exec_text *file = exec->files.data[i].value;
        struct gp_str text;
        r = gp_exec_text(stage, copy, file->text, &text);
        if (r == 0)
            r = put_file(stage, copy, exec->files.data[i].id.data, text);
    }
    return r;
}

static bool has_screen(void)
{
    return isatty(STDIN_FILENO) || getenv("DISPLAY") || getenv("WAYLAND_DISPLAY");
}

/* ---- after it ran ------------------------------------------------------------------------------------------------- */

/* Fails with what it said last, for whoever has to find out why. */
static int complain(struct gp_stage *stage, const struct gp_working_copy *copy, const char *why)
{
    struct gp_str said = copy->child.output;

    return said.len ? gp_stage_fail(stage, "%s; it said: %s", why, gp_exec_last_words(stage->arena, said))
                    : gp_stage_fail(stage, "%s", why);
}

/* What is in a file of the scratch directory: `*ret_text` has no data if it is not there or cannot be read. */
static int read_scratch(struct gp_stage *stage, struct gp_working_copy *copy, struct gp_str name, struct gp_str *ret_text)
{
    char *text = gp_arena_alloc(stage->arena, RESULT_BYTES + 1);
    int fd = text ? gp_sys_open_beneath(stage->sys, copy->scratch, name.data, O_RDONLY, 0) : -ENOMEM;
    ssize_t n = fd < 0 ? fd : gp_sys_read_full(stage->sys, fd, text, RESULT_BYTES, 0);

    gp_sys_close(stage->sys, &fd);
    if (n == -ENOMEM)
        return -ENOMEM;
    *ret_text = n < 0 ? (struct gp_str){0} : (struct gp_str){text, (size_t)n};
    return 0;
}

static int status_of_file(struct gp_stage *stage, const struct exec_step *exec, struct gp_working_copy *copy,
                          int64_t *ret_status)
{
    struct gp_str text;
    int r = read_scratch(stage, copy, exec->status_from, &text);

    if (r < 0)
        return r;
    while (text.len && strchr(" \t\r\n", text.data[text.len - 1]))
        text.len--;
    while (text.len && strchr(" \t\r\n", *text.data)) {
        text.data++;
        text.len--;
    }
    if (gp_int_parse(text, ret_status) == 0)
        return 0;
    return complain(stage, copy, gp_arena_printf(stage->arena, "it left no status in %.*s", GP_STR_ARG(exec->status_from)));
}

static int check_status(struct gp_stage *stage, const struct exec_step *exec, struct gp_working_copy *copy)
{
    int64_t status = WEXITSTATUS(copy->child.status);
    int r = exec->status_from.data ? status_of_file(stage, exec, copy, &status) : 0;

    for (size_t i = 0; i < exec->status.count && r == 0; i++) {
        struct gp_value wanted;
        r = gp_stage_value(stage, "status", exec->status.data[i], &wanted);
        if (r == 0 && wanted.integer == status)
            return 0;
    }
    if (r < 0 || (!exec->status.count && status == 0))
        return r;
    return complain(stage, copy, gp_arena_printf(stage->arena, "it ended with status %lld", (long long)status));
}

static int check_result(struct gp_stage *stage, const struct exec_step *exec, struct gp_working_copy *copy)
{
    struct gp_str text, name;

    if (!exec->result)
        return 0;
    name = exec->result->file;
    int r = read_scratch(stage, copy, name, &text);
    if (r < 0)
        return r;
    if (!text.data)
        return complain(stage, copy, gp_arena_printf(stage->arena, "it left no file %.*s", GP_STR_ARG(name)));
    enum gp_match match = gp_regex_match(exec->result->matches->regex, text, 0, NULL);
    if (match == GP_MATCH_YES)
        return 0;
    return complain(stage, copy,
                    gp_arena_printf(stage->arena, "what it left in %.*s %s", GP_STR_ARG(name),
                                    match == GP_MATCH_NO ? "does not say that it succeeded"
                                                         : "cannot be held against the pattern: a limit was hit"));
}

static int check_end(struct gp_stage *stage, const struct exec_step *exec, struct gp_working_copy *copy)
{
    const struct gp_child_result *child = &copy->child;

    if (child->error)
        return gp_stage_fail(stage, "%s cannot be run: %s", copy->program, strerror(child->error));
    if (child->escaped)
        return complain(stage, copy, "a process that it started could not be ended");
    if (child->timed_out)
        return complain(stage, copy, "it took too long, so it was ended with all that it had started");
    if (WIFSIGNALED(child->status))
        return complain(stage, copy, gp_arena_printf(stage->arena, "it was ended by signal %d (%s)",
                                                     WTERMSIG(child->status), strsignal(WTERMSIG(child->status))));
    int r = check_status(stage, exec, copy);
    return r < 0 ? r : check_result(stage, exec, copy);
}

/* ---- the step ----------------------------------------------------------------------------------------------------- */

static int run_program(struct gp_stage *stage, const struct exec_step *exec, struct gp_working_copy *copy)
{
    bool interactive = exec->interactive == GP_YESNO_YES;
    struct gp_child_options options = {
        .directory = copy->work,
        .scratch = copy->scratch,
        .kept = stage->lock,
        .interactive = interactive,
        .timeout = exec->timeout.type ? exec->timeout.integer : interactive ? 0 : TIMEOUT,
    };
    int r = gp_exec_words(stage, copy, &exec->words, &options);

    if (r == 0)
        r = gp_exec_environment(stage, copy, &exec->environment, interactive, &options);
    if (r < 0)
        return r;
    copy->program = options.arguments[0];
    r = gp_child_run(&options, stage->arena, &copy->child);
    return r < 0 && r != -ENOMEM ? gp_stage_fail(stage, "no program can be started: %s", strerror(-r)) : r;
}

static int exec_stage(struct gp_stage *stage, const struct gp_step *step)
{
    const struct exec_step *exec = step->data;
    struct gp_working_copy *copy;

    if (!stage->ground)
        return gp_stage_fail(stage, "there is nowhere to make a working copy");
    if (exec->interactive == GP_YESNO_YES && !has_screen())
        return gp_stage_fail(stage, "the program asks questions, and there is neither a terminal nor a display: run this "
                                    "where there is one");
    int r = gp_working_copy_make(stage, &copy);
    if (r == 0)
        r = put_files(stage, exec, copy);
    if (r == 0)
        r = run_program(stage, exec, copy);
    if (r == 0)
        r = check_end(stage, exec, copy);
    return r < 0 ? r : gp_working_copy_take(stage, copy, &exec->touches);
}

const struct gp_step_def gp_steps_exec[] = {
    {"exec", &exec_object, exec_check, exec_stage, "{ exec: [upgrade, --batch], touches: [\"data/*\"] }", GP_STEP_WORK},
    {0},
};
