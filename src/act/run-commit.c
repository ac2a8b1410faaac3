/*
 * A run, from the journal on: the tree changes, is looked at, and stays so or
 * goes back.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "act/commit.h"
#include "act/ledger.h"
#include "act/litter.h"
#include "act/lock.h"
#include "act/run-internal.h"
#include "act/world.h"

/* Takes back what was carried out.  0 once the tree is as it was; else the result is settled: recover is needed. */
static int roll_back(struct gp_run *run, size_t started)
{
    struct gp_undo_result undone = {0};
    int r = gp_undo(&run->ground, &run->preparing.journal, started, &undone);
    const char *where = r < 0 && undone.path ? undone.path : GP_OWN_NAME;

    run->lost = undone.lost;
    if (r == 0)
        r = gp_abandon(&run->ground);
    if (r == 0)
        return 0;
    if (undone.stuck)
        return gp_run_settle(run, GP_RUN_INTERRUPTED, "%s could not be put back: somebody else changed it", where);
    return gp_run_settle(run, GP_RUN_INTERRUPTED, "the change could not be taken back: %s: %s", where, strerror(-r));
}

/* ---- 6, the end: the journal --------------------------------------------------------------------------------- */

static int write_journal(struct gp_run *run)
{
    int error = gp_journal_write(&run->ground, &run->preparing.journal);

    if (error == 0)
        return 0;
    int there = gp_own_has(&run->ground, "JOURNAL");
    int r = there ? roll_back(run, 0) : 0;
    if (r != 0)
        return r;
    if (!there) {
        gp_ground_leave(&run->ground);
        r = gp_litter_remove(&run->ground); /* what is left, the next run removes */
    }
    if (error == -ENOMEM || r == -ENOMEM)
        return -ENOMEM;
    return gp_run_settle(run, GP_RUN_FAILED, GP_OWN_NAME "/JOURNAL: %s", strerror(-error));
}

/* ---- 7: commit ----------------------------------------------------------------------------------------------- */

static int commit(struct gp_run *run)
{
    struct gp_commit_result committed = {0};
    int error = gp_commit(&run->ground, &run->preparing.journal, &committed);

    if (error == 0)
        return 0;
    int r = roll_back(run, committed.started);
    if (r != 0)
        return r;
    if (committed.changed)
        return gp_run_settle(run, GP_RUN_CHANGED, "%s changed since the operation was decided on", committed.path);
    return gp_run_settle(run, GP_RUN_FAILED, "%s: %s", committed.path ? committed.path : GP_OWN_NAME, strerror(-error));
}

/* ---- 8: verify ----------------------------------------------------------------------------------------------- */

static int look_again(struct gp_run *run)
{
    const struct gp_journal *journal = &run->preparing.journal;
    int r = gp_run_probe(run, run->sys, &run->after);

    for (size_t i = 0; i < journal->line_count && r == 0; i++) {
        struct gp_str line = {journal->lines[i], strlen(journal->lines[i])};
        r = gp_probe_assume_ledger_line(run->after, line);
    }
    return r;
}

static int decide_ensures(struct gp_run *run)
{
    struct gp_case *it = GP_NEW(run->arena, struct gp_case);
    const char *problem;
    int r = it ? look_again(run) : -ENOMEM;

    if (r < 0)
        return r;
    *it = gp_run_case(run, run->after, run->before);
    r = gp_eval_new(&run->ensuring, it);
    if (r == 0)
        r = gp_eval_set_operation(run->ensuring, run->options.operation, &problem);
    return r < 0 ? r : gp_decide_ensures(run->ensuring, &run->result.ensures);
}

static int verify(struct gp_run *run)
{
    int error = decide_ensures(run);

    run->result.ensured = error == 0;
    run->result.ensures_eval = run->ensuring;
    if (error == 0 && run->result.ensures.kind == GP_ALLOWED)
        return 0;
    int r = roll_back(run, run->preparing.journal.record_count);
    if (r != 0)
        return r;
    if (error == -ENOMEM)
        return error;
    if (error < 0)
        return gp_run_settle(run, GP_RUN_FAILED, "what came of it could not be looked at: %s", strerror(-error));
    return gp_run_settle(run, GP_RUN_FAILED, NULL);
}

/* ---- 9: the commit point ------------------------------------------------------------------------------------- */

static int seal(struct gp_run *run)
{
    const struct gp_ground *ground = &run->ground;
    int error = gp_call_rename(ground->sys, ground->own, "JOURNAL", ground->own, "DONE", RENAME_NOREPLACE);

    /* Not the error tells whether it was renamed, but the names. */
    if (error < 0 && gp_own_has(ground, "JOURNAL") == 1) {
        int r = roll_back(run, run->preparing.journal.record_count);
        return r != 0 ? r : gp_run_settle(run, GP_RUN_FAILED, GP_OWN_NAME "/JOURNAL: %s", strerror(-error));
    }
    error = gp_call_sync(ground->sys, ground->own);
    if (error < 0)
        return gp_run_settle(run, GP_RUN_INTERRUPTED,
                             "the operation was carried out, but that could not be recorded: %s", strerror(-error));
    return 0;
}

static int finish(struct gp_run *run)
{
    int error = gp_finish(&run->ground, run->arena, &run->preparing.journal);

    if (error < 0)
        return gp_run_settle(run, GP_RUN_INTERRUPTED,
                             "the operation was carried out, but its line in the ledger or the tidying up failed: %s",
                             strerror(-error));
    run->result.ledger_id = run->ledger_id;
    return gp_run_settle(run, GP_RUN_DONE, NULL);
}

static int (*const phases[])(struct gp_run *run) = {write_journal, commit, verify, seal, finish};

int gp_run_carry_out(struct gp_run *run)
{
    sigset_t all, before;
    int r = 0;

    gp_probe_let_go(run->before);
    gp_probe_let_go(run->again);
    gp_world_freeze(&run->view);
    /* Whoever presses Ctrl-C now gets an end that is one, not an interrupted run. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (size_t i = 0; i < GP_COUNT(phases) && r == 0; i++)
        r = phases[i](run);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return r;
}
