/*
 * A run, up to the moment when the tree changes.
 */
#include "act/run.h"

#include <errno.h>
#include <string.h>

#include "act/ledger.h"
#include "act/litter.h"
#include "act/lock.h"
#include "act/run-internal.h"
#include "act/world.h"
#include "probe/ledger.h"
#include "util/sys-help.h"

/* ---- small parts --------------------------------------------------------------------------------------------- */

int gp_run_settle(struct gp_run *run, enum gp_run_status status, const char *format, ...)
{
    va_list args;

    run->result.status = status;
    run->result.problem = NULL;
    if (!format)
        return GP_RUN_SETTLED;
    va_start(args, format);
    run->result.problem = gp_arena_vprintf(run->arena, format, args);
    va_end(args);
    if (run->result.problem && run->lost)
        run->result.problem =
            gp_arena_printf(run->arena, "%s; what other programs had put in the way is now in " GP_OWN_NAME "/LOST",
                            run->result.problem);
    return run->result.problem ? GP_RUN_SETTLED : -ENOMEM;
}

/* A directory in which nobody may work is unusable; a broken disk is a failure. */
static int settle_errno(struct gp_run *run, const char *what, int error)
{
    bool unusable = error == -EACCES || error == -EPERM || error == -EROFS || error == -ENOENT || error == -ENOTDIR ||
                    error == -ELOOP;

    if (error == -ENOMEM)
        return error;
    return gp_run_settle(run, unusable ? GP_RUN_UNUSABLE : GP_RUN_FAILED, "%s: %s", what, strerror(-error));
}

/* The path of the rule set's lock; GP_PATH_ROOT: it has none. */
static gp_path lock_path(const struct gp_ruleset *rules)
{
    const struct gp_paths *lock = &rules->manifest.lock;

    if (!lock->count || lock->data[0]->glob || lock->data[0]->dynamic)
        return GP_PATH_ROOT;
    return lock->data[0]->interned;
}

int gp_run_probe(struct gp_run *run, const struct gp_sys *sys, struct gp_probe **ret_probe)
{
    const struct gp_probe_options options = {
        .paths = run->options.rules->paths,
        .fold = run->options.rules->manifest.names == GP_NAMES_DOS,
        .sys = sys,
        .held_path = run->tree_lock >= 0 ? lock_path(run->options.rules) : GP_PATH_NONE,
        .held_fd = run->tree_lock,
    };

    return gp_probe_open_fd(ret_probe, run->ground.root, run->options.directory, &options);
}

struct gp_case gp_run_case(const struct gp_run *run, struct gp_probe *probe, struct gp_probe *before)
{
    const struct gp_run_options *options = &run->options;

    return (struct gp_case){
        .rules = options->rules,
        .probe = probe,
        .before = before,
        .given = options->given,
        .given_count = options->given_count,
        .assumed = options->assumed,
        .assumed_count = options->assumed_count,
        .now = options->now,
        .needs_must_hold = true,
        .strict = options->strict,
    };
}

/* ---- 1 to 3: open, lock, look for a run that was interrupted ------------------------------------------------- */

static int check_usage(struct gp_run *run)
{
    const struct gp_operation *operation = run->options.operation;

    if (operation->audit == GP_YESNO_YES)
        return gp_run_settle(run, GP_RUN_USAGE, "%.*s is an audit: it has findings and no action; use check",
                             GP_STR_ARG(operation->def.id));
    if (!operation->action.count)
        return gp_run_settle(run, GP_RUN_USAGE, "%.*s has no action: it only decides, so do it by hand",
                             GP_STR_ARG(operation->def.id));
    return 0;
}

static int open_ground(struct gp_run *run)
{
    int root = gp_sys_open_root(run->sys, run->options.directory);

    if (root < 0)
        return root == -ENOMEM ? root : gp_run_settle(run, GP_RUN_UNUSABLE, "%s", strerror(-root));
    run->ground.root = root;
    int r = gp_own_open(&run->ground, true);
    return r < 0 ? settle_errno(run, GP_OWN_NAME, r) : 0;
}

static int take_lock(struct gp_run *run)
{
    const struct gp_run_options *options = &run->options;
    const char *operation = gp_arena_printf(run->arena, "run %.*s", GP_STR_ARG(options->operation->def.id));
    const struct gp_lock_text text = {
        .who = options->who, .host = options->host, .operation = operation, .now = options->now};

    if (!operation)
        return -ENOMEM;
    run->lock = gp_own_lock(&run->ground, &text, run->arena, &run->result.holder);
    if (run->lock == -EAGAIN)
        return gp_run_settle(run, GP_RUN_BUSY, "%s", run->result.holder->words);
    return run->lock < 0 ? settle_errno(run, GP_OWN_NAME "/LOCK", run->lock) : 0;
}

static int refuse_interrupted(struct gp_run *run)
{
    int r = gp_own_interrupted(&run->ground);

    if (r > 0)
        return gp_run_settle(run, GP_RUN_INTERRUPTED, "an earlier run was interrupted here");
    if (r == 0)
        r = gp_own_has(&run->ground, "TX");
    if (r > 0) /* a journal that was removed and not flushed must not come back when TX is gone */
        r = gp_call_sync(run->sys, run->ground.own);
    if (r < 0)
        return settle_errno(run, GP_OWN_NAME, r);
    r = gp_litter_remove(&run->ground);
    return r < 0 ? settle_errno(run, GP_OWN_NAME "/TX", r) : 0;
}

/* What could not be recorded in the end is better not begun. */
static int check_ledger(struct gp_run *run)
{
    int r = gp_ledger_usable(&run->ground);

    if (r == -EINVAL)
        return gp_run_settle(run, GP_RUN_UNUSABLE, GP_OWN_NAME "/LEDGER is no regular file");
    return r < 0 ? settle_errno(run, GP_OWN_NAME "/LEDGER", r) : 0;
}

/* The lock of the rule set lies in the tree, under a name that has to be found first. */
static int take_tree_lock(struct gp_run *run)
{
    gp_path path = lock_path(run->options.rules);
    struct gp_probe *finder = NULL;

    if (path == GP_PATH_ROOT)
        return 0;
    int r = gp_run_probe(run, run->sys, &finder);
    if (r < 0)
        return settle_errno(run, run->options.directory, r);
    struct gp_entry *entry = gp_probe_at(finder, path);
    const char *real = entry ? gp_probe_entry_path(finder, entry, run->arena) : NULL;
    bool file = real && gp_probe_facts(finder, entry)->present == GP_TRI_YES &&
                gp_probe_facts(finder, entry)->type == GP_FILETYPE_FILE;
    gp_probe_free(finder);
    if (!real)
        return -ENOMEM;
    run->tree_lock = file ? gp_tree_lock(&run->ground, real, run->arena, &run->result.holder) : -1;
    if (run->tree_lock == -EAGAIN)
        return gp_run_settle(run, GP_RUN_BUSY, "%s", run->result.holder->words);
    return run->tree_lock == -ENOMEM ? -ENOMEM : 0;
}

/* ---- 4 and 5: decide, plan ----------------------------------------------------------------------------------- */

static int new_eval(struct gp_run *run, struct gp_case *it, struct gp_eval **ret_eval)
{
    const char *problem = NULL;
    int r = gp_eval_new(ret_eval, it);

    if (r == 0)
        r = gp_eval_set_operation(*ret_eval, run->options.operation, &problem);
    return r == -EINVAL ? gp_run_settle(run, GP_RUN_USAGE, "%s", problem) : r;
}

static struct gp_case *keep_case(struct gp_run *run, struct gp_case it)
{
    struct gp_case *kept = GP_NEW(run->arena, struct gp_case);

    if (kept)
        *kept = it;
    return kept;
}

static int decide(struct gp_run *run)
{
    const struct gp_str *missing;
    int r = gp_run_probe(run, &run->view, &run->before);

    if (r < 0)
        return settle_errno(run, run->options.directory, r);
    struct gp_case *it = keep_case(run, gp_run_case(run, run->before, NULL));
    r = it ? new_eval(run, it, &run->eval) : -ENOMEM;
    if (r == 0)
        r = gp_missing_parameter(run->eval, &run->options.operation->action, &missing);
    if (r != 0)
        return r;
    if (missing)
        return gp_run_settle(run, GP_RUN_USAGE,
                             "the action uses the parameter %.*s, which was not given (--set %.*s=…)",
                             GP_STR_ARG(*missing), GP_STR_ARG(*missing));
    r = gp_decide(run->eval, &run->result.verdict);
    if (r < 0)
        return r;
    run->result.decided = true;
    run->result.eval = run->eval;
    if (run->result.verdict.kind == GP_DENIED)
        return gp_run_settle(run, GP_RUN_DENIED, NULL);
    return run->result.verdict.kind == GP_UNDETERMINED ? gp_run_settle(run, GP_RUN_UNDETERMINED, NULL) : 0;
}

static int plan(struct gp_run *run)
{
    struct gp_stage *stage = &run->stage;

    stage->arena = run->arena;
    stage->eval = run->eval;
    stage->probe = run->before;
    stage->rules = run->options.rules;
    stage->sys = run->sys;
    stage->ground = &run->ground;
    stage->lock = run->lock;
    int r = gp_stage_begin(stage);
    if (r == 0)
        r = gp_stage_apply(stage, &run->options.operation->action);
    if (r == 0)
        r = gp_plan_make(stage, &run->planned);
    run->result.programs = stage->copies.data;
    run->result.program_count = stage->copies.count;
    if (r == 0)
        run->result.plan = &run->planned.plan;
    if ((r < 0 || run->options.dry_run) && stage->copies.count && gp_litter_remove(&run->ground) == -ENOMEM)
        return -ENOMEM; /* what is left, the next run removes */
    if (r == -EINVAL)
        return gp_run_settle(run, stage->usage ? GP_RUN_USAGE : GP_RUN_FAILED, "%s", stage->problem);
    return r == 0 && run->options.dry_run ? gp_run_settle(run, GP_RUN_DONE, NULL) : r;
}

/* ---- 6: prepare, decide again -------------------------------------------------------------------------------- */

/* `ensures` is decided once on the tree as it was, so that the probe from before has seen what it will be asked
 * about. */
static int warm(struct gp_run *run)
{
    struct gp_case *it = keep_case(run, gp_run_case(run, run->before, run->before));
    struct gp_verdict ignored;
    int r = it ? new_eval(run, it, &run->warming) : -ENOMEM;

    return r != 0 ? r : gp_decide_ensures(run->warming, &ignored);
}

static int add_line(struct gp_run *run, const struct gp_ledger_entry *entry, const char **ret_line)
{
    struct gp_strbuf out = {0};

    gp_ledger_format(&out, entry);
    const char *line = gp_strbuf_ok(&out) && out.len ? gp_arena_memdup(run->arena, out.data, out.len - 1) : NULL;
    gp_strbuf_done(&out);
    if (!line)
        return -ENOMEM;
    *ret_line = line;
    return 0;
}

/* The states that an operation leads to: one, or those among which the program decides. */
static const char *destination(struct gp_run *run)
{
    const struct gp_refs *to = &run->options.operation->to;
    const char *text = "";

    for (size_t i = 0; i < to->count && text; i++)
        text = gp_arena_printf(run->arena, "%s%s%.*s", text, i ? "," : "", GP_STR_ARG(to->data[i]->id));
    return text;
}

/* The ledger's lines: what was vouched for with this run, then the run. */
static int write_lines(struct gp_run *run)
{
    const struct gp_run_options *options = &run->options;
    struct gp_ledger_entry entry = {
        .who = options->who,
        .host = options->host,
        .when = options->now,
    };
    size_t count = options->assumed_count;
    const char **lines = GP_NEW_ARRAY(run->arena, const char *, count + 1);
    int r = lines ? gp_ledger_name_rules(run->arena, options->rules, &entry) : -ENOMEM;

    for (size_t i = 0; i < count && r == 0; i++) {
        const struct gp_assumed *assumed = &options->assumed[i];
        entry.kind = GP_LEDGER_ATTESTATION;
        entry.id = gp_ledger_new_id(run->arena, options->now);
        entry.name = gp_arena_printf(run->arena, "%.*s", GP_STR_ARG(assumed->id));
        entry.reason = assumed->reason.data ? gp_arena_printf(run->arena, "%.*s", GP_STR_ARG(assumed->reason)) : NULL;
        r = entry.id && entry.name ? add_line(run, &entry, &lines[i]) : -ENOMEM;
    }
    entry.kind = GP_LEDGER_OPERATION;
    entry.reason = NULL;
    entry.limits = run->result.limits;
    entry.to = destination(run);
    entry.name = gp_arena_printf(run->arena, "%.*s", GP_STR_ARG(options->operation->def.id));
    entry.id = run->ledger_id = gp_ledger_new_id(run->arena, options->now);
    if (r == 0)
        r = entry.id && entry.name && entry.to ? add_line(run, &entry, &lines[count]) : -ENOMEM;
    run->preparing.journal.operation = entry.name;
    run->preparing.journal.lines = lines;
    run->preparing.journal.line_count = count + 1;
    return r;
}

/* Lets go of TX and says what came of preparing. */
static int settle_unprepared(struct gp_run *run, int r)
{
    const struct gp_preparing *it = &run->preparing;

    gp_ground_leave(&run->ground);
    if (gp_litter_remove(&run->ground) == -ENOMEM)
        r = -ENOMEM; /* what is left, the next run removes */
    if (r != -EINVAL)
        return r;
    return gp_run_settle(run, it->changed ? GP_RUN_CHANGED : GP_RUN_FAILED, "%s", it->problem);
}

static int prepare(struct gp_run *run)
{
    run->result.limits = gp_world_limits(run->sys, run->ground.root);
    int r = warm(run);
    if (r != 0)
        return r;
    run->preparing = (struct gp_preparing){
        .arena = run->arena, .ground = &run->ground, .stage = &run->stage, .planned = &run->planned};
    r = gp_prepare_new(&run->preparing);
    if (r == 0)
        r = write_lines(run);
    return r < 0 ? settle_unprepared(run, r) : 0;
}

static int decide_again(struct gp_run *run)
{
    if (run->options.before_commit)
        run->options.before_commit(run->options.context);
    int r = gp_run_probe(run, run->sys, &run->again);
    if (r == 0) {
        const char *path = gp_probe_difference(run->before, run->again);
        if (path) {
            run->preparing.changed = true;
            run->preparing.problem = gp_arena_printf(run->arena, "%s changed since the operation was decided on",
                                                     strcmp(path, ".") == 0 ? "the root directory" : path);
            return settle_unprepared(run, run->preparing.problem ? -EINVAL : -ENOMEM);
        }
        r = gp_prepare_old(&run->preparing);
    } else {
        r = gp_prepare_fail(&run->preparing, run->options.directory, r);
    }
    return r < 0 ? settle_unprepared(run, r) : 0;
}

/* ---- all ----------------------------------------------------------------------------------------------------- */

static int (*const phases[])(struct gp_run *run) = {
    check_usage, open_ground, take_lock, refuse_interrupted, check_ledger,     take_tree_lock,
    decide,      plan,        prepare,   decide_again,       gp_run_carry_out,
};

void gp_run_free(struct gp_run *run)
{
    if (!run)
        return;
    gp_stage_done(&run->stage);
    gp_eval_free(run->ensuring);
    gp_eval_free(run->warming);
    gp_eval_free(run->eval);
    gp_probe_free(run->after);
    gp_probe_free(run->again);
    gp_probe_free(run->before);
    gp_sys_close(run->sys, &run->tree_lock);
    gp_sys_close(run->sys, &run->lock);
    gp_ground_done(&run->ground);
    gp_arena_free(run->arena); /* which holds the run itself */
}

static struct gp_run *new_run(const struct gp_run_options *options)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_run *run = arena ? GP_NEW(arena, struct gp_run) : NULL;

    if (!run) {
        gp_arena_free(arena);
        return NULL;
    }
    run->arena = arena;
    run->options = *options;
    run->sys = options->sys ? options->sys : &gp_sys_linux;
    run->view = *run->sys;
    run->ground = (struct gp_ground)GP_GROUND_NOWHERE(run->sys);
    run->lock = run->tree_lock = -1;
    return run;
}

int gp_run(struct gp_run **ret_run, struct gp_run_result *ret_result, const struct gp_run_options *options)
{
    struct gp_run *run = new_run(options);
    int r = run ? 0 : -ENOMEM;

    for (size_t i = 0; i < GP_COUNT(phases) && r == 0; i++)
        r = phases[i](run);
    if (r < 0) {
        gp_run_free(run);
        return r;
    }
    gp_ground_leave(&run->ground);
    gp_sys_close(run->sys, &run->tree_lock);
    gp_sys_close(run->sys, &run->lock);
    *ret_run = run;
    *ret_result = run->result;
    return 0;
}
