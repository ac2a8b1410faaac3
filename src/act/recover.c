/*
 * After an interrupted run: finish what had succeeded, undo what had not.
 */
#include <errno.h>
#include <string.h>

#include "act/commit.h"
#include "act/journal.h"
#include "act/ledger.h"
#include "act/litter.h"
#include "act/lock.h"
#include "act/run.h"
#include "util/clock.h"
#include "util/sys-help.h"

struct recovering {
    struct gp_ground ground;
    struct gp_arena *arena;
    enum gp_recover_status status;
    const char *problem;
};

/* Settles the outcome; 0 or -ENOMEM. */
GP_PRINTF(3, 4)
static int outcome(struct recovering *it, enum gp_recover_status status, const char *format, ...)
{
    va_list args;

    it->status = status;
    va_start(args, format);
    it->problem = gp_arena_vprintf(it->arena, format, args);
    va_end(args);
    return it->problem ? 0 : -ENOMEM;
}

/* What went wrong in the world, and might go right another time. */
static int failed(struct recovering *it, const char *what, int error)
{
    if (error == -ENOMEM)
        return error;
    return outcome(it, GP_RECOVER_STUCK, "%s: %s", what, strerror(-error));
}

static int read_journal(struct recovering *it, const char *name, struct gp_journal *ret_journal, bool *ret_ok)
{
    const char *problem = NULL;
    int r = gp_journal_read(&it->ground, name, it->arena, ret_journal, &problem);

    *ret_ok = r == 0;
    if (r == -EINVAL && problem)
        return outcome(it, GP_RECOVER_STUCK, GP_OWN_NAME "/%s cannot be used: %s", name, problem);
    if (r == 0 || r == -ENOMEM)
        return r;
    return outcome(it, GP_RECOVER_STUCK, GP_OWN_NAME "/%s cannot be read: %s", name, strerror(-r));
}

static int finish(struct recovering *it)
{
    struct gp_journal journal;
    bool ok;
    int r = read_journal(it, "DONE", &journal, &ok);

    if (r < 0 || !ok)
        return r;
    r = gp_finish(&it->ground, it->arena, &journal);
    if (r < 0)
        return failed(it, GP_OWN_NAME, r);
    it->status = GP_RECOVER_FINISHED;
    return 0;
}

static int say_undo_failed(struct recovering *it, int error, const struct gp_undo_result *undone)
{
    if (undone->stuck)
        return outcome(it, GP_RECOVER_STUCK,
                       "%s is neither what it was before the run nor what the run made of it, so it was left alone",
                       undone->path);
    return failed(it, undone->path ? undone->path : GP_OWN_NAME, error);
}

static int undo(struct recovering *it)
{
    struct gp_undo_result undone = {0};
    struct gp_journal journal;
    bool ok;
    int r = read_journal(it, "JOURNAL", &journal, &ok);

    if (r < 0 || !ok)
        return r;
    r = gp_ground_enter(&it->ground);
    if (r < 0)
        return failed(it, GP_OWN_NAME "/TX", r);
    r = gp_undo(&it->ground, &journal, journal.record_count, &undone);
    if (r < 0)
        return say_undo_failed(it, r, &undone);
    r = gp_abandon(&it->ground);
    if (r < 0)
        return failed(it, GP_OWN_NAME, r);
    it->status = GP_RECOVER_UNDONE;
    if (undone.lost)
        return outcome(it, GP_RECOVER_UNDONE,
                       "%u %s changed since the run; what was there is now in " GP_OWN_NAME "/LOST", undone.lost,
                       undone.lost == 1 ? "entry was" : "entries were");
    return 0;
}

static int recover_locked(struct recovering *it)
{
    int journal = gp_own_has(&it->ground, "JOURNAL");
    int done = journal < 0 ? journal : gp_own_has(&it->ground, "DONE");

    if (done < 0)
        return failed(it, GP_OWN_NAME, done);
    if (journal && done)
        return outcome(it, GP_RECOVER_STUCK, "both " GP_OWN_NAME "/JOURNAL and " GP_OWN_NAME "/DONE are there");
    if (journal)
        return undo(it);
    if (done)
        return finish(it);
    /* A journal that was removed and not flushed must not come back when TX is gone. */
    int r = gp_call_sync(it->ground.sys, it->ground.own);
    if (r < 0)
        return failed(it, GP_OWN_NAME, r);
    r = gp_litter_remove(&it->ground);
    return r < 0 ? failed(it, GP_OWN_NAME "/TX", r) : 0;
}

static int recover_open(struct recovering *it)
{
    const struct gp_lock_text text = {.operation = "recover", .now = gp_clock_now()};
    const struct gp_holder *holder;
    int r = gp_own_open(&it->ground, false);

    if (r == -ENOENT)
        return 0;
    if (r < 0)
        return r == -ENOMEM ? r : outcome(it, GP_RECOVER_UNUSABLE, GP_OWN_NAME ": %s", strerror(-r));
    int lock = gp_own_lock(&it->ground, &text, it->arena, &holder);
    if (lock == -EAGAIN)
        return outcome(it, GP_RECOVER_BUSY, "%s", holder->words);
    if (lock < 0)
        return lock == -ENOMEM ? lock : outcome(it, GP_RECOVER_UNUSABLE, GP_OWN_NAME "/LOCK: %s", strerror(-lock));
    r = recover_locked(it);
    gp_sys_close(it->ground.sys, &lock);
    return r;
}

int gp_recover(const char *directory, const struct gp_sys *sys, struct gp_arena *arena,
               enum gp_recover_status *ret_status, const char **ret_problem)
{
    struct recovering it = {.ground = GP_GROUND_NOWHERE(sys ? sys : &gp_sys_linux), .arena = arena};
    int r;

    it.ground.root = gp_sys_open_root(it.ground.sys, directory);
    if (it.ground.root < 0)
        r = it.ground.root == -ENOMEM ? -ENOMEM : outcome(&it, GP_RECOVER_UNUSABLE, "%s", strerror(-it.ground.root));
    else
        r = recover_open(&it);
    gp_ground_done(&it.ground);
    if (r < 0)
        return r;
    *ret_status = it.status;
    *ret_problem = it.problem;
    return 0;
}
