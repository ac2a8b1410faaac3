/*
 * A disk that fails and a disk that is full.
 *
 * An fsync that says EIO: the run does not claim success, and what it had written
 * may be gone although the kernel still shows it.  A call that finds no room: the
 * tree is as before and no journal is left.
 */
#include "act-power-sweep-helper.h"

/* What a run that met an error says about the tree is so, on the disk as it is now.  `ret_carried_out`: recover will
 * finish it. */
static const char *wrong_now(struct power_run *run, bool *ret_carried_out)
{
    const struct disk_image *image = &run->disk.image;
    enum power_side side;

    *ret_carried_out = run->status == GP_RUN_DONE;
    if (run->status == GP_RUN_INTERRUPTED) {
        *ret_carried_out = power_own(image, "DONE") || power_lines(image, run->it.operation);
        return NULL;
    }
    if (run->status != GP_RUN_DONE && run->status != GP_RUN_FAILED)
        return "this is no status for a disk that fails";
    if (power_own(image, "JOURNAL") || power_own(image, "DONE"))
        return "recover is needed, but the status does not say so";
    return power_side_fault(run, image, run->told.side, &side);
}

/* The power goes after what had happened, with what somebody was told. */
static const char *wrong_after_cut(const struct power_run *run, struct power_claim claim)
{
    static const enum disk_luck lucks[] = {DISK_LUCK_NOTHING, DISK_LUCK_ALL, DISK_LUCK_NAMES, DISK_LUCK_SHORT,
                                           DISK_LUCK_FILES, DISK_LUCK_DICE, DISK_LUCK_DICE, DISK_LUCK_DICE};
    const char *fault = NULL;

    for (size_t i = 0; i < GP_COUNT(lucks) && !fault; i++) {
        const struct disk_cut cut = {
            .at = run->disk.log.count, .without = SIZE_MAX, .luck = lucks[i], .seed = i + run->disk.log.count};
        struct disk after;
        enum power_side side;
        fault = power_judge(run, disk_crash(&run->disk, &cut), claim, &after, &side);
        disk_unmount(&after);
    }
    return fault;
}

/* Recover, on the disk that had failed before and does not any more. */
static const char *wrong_after_recover(struct power_run *run, bool carried_out)
{
    struct power_claim claim = {.ended = true, .side = carried_out ? POWER_AFTER : POWER_BEFORE};
    static char problem[256];
    enum power_side side;

    if (run->it.attests && !carried_out) /* it may be there, though that was not sure */
        claim.side = POWER_EITHER;
    run->disk.sync_fails = run->disk.write_fails = 0;
    enum gp_recover_status status = power_recover(&run->disk, problem);
    if (status >= GP_RECOVER_BUSY)
        return problem;
    if (power_left(&run->disk.image) || power_lost(&run->disk.image, NULL))
        return "something is left in GATEPOST";
    const char *fault = power_side_fault(run, &run->disk.image, claim.side, &side);
    return fault ? fault : wrong_after_cut(run, claim);
}

static const char *wrong(struct power_run *run)
{
    bool carried_out;
    const char *fault = wrong_now(run, &carried_out);

    if (!fault)
        fault = wrong_after_cut(run, run->told);
    return fault ? fault : wrong_after_recover(run, carried_out);
}

/* A run to compare with has to be known before one fails. */
static void start(struct power_run *run, const struct power_case *it, const char *after)
{
    power_mount(run, it);
    run->after = disk_duplicate(after, strlen(after) + 1);
}

static void go(struct power_run *run)
{
    char *after = run->after;

    power_go(run);
    /* Times are those of this run; what was not carried out has no picture of it. */
    if (run->status == GP_RUN_DONE || power_own(&run->disk.image, "DONE")) {
        free(after);
    } else {
        free(run->after);
        run->after = after;
    }
}

static const char *name_of(const struct power_case *it)
{
    static char name[128];

    snprintf(name, sizeof(name), "%s%s%s", it->operation, it->fresh ? ", the first run" : "",
             it->no_links ? ", no links" : "");
    return name;
}

/* ---- fsync says EIO ------------------------------------------------------------------------------------------ */

static void fail_syncs(const struct power_case *it)
{
    struct power_run right;
    size_t failed = 0, interrupted = 0;
    bool bad = false;

    power_record(&right, it);
    for (size_t k = 1; k <= right.disk.syncs; k++) {
        struct power_run run;
        start(&run, it, right.after);
        run.disk.sync_fails = k;
        go(&run);
        const char *fault = run.status == GP_RUN_DONE ? "the run claims success" : wrong(&run);
        if (fault)
            diag("%s, fsync %zu fails: %s (%s)", name_of(it), k, fault, lab_status(run.status));
        bad |= fault != NULL;
        failed += run.status == GP_RUN_FAILED;
        interrupted += run.status == GP_RUN_INTERRUPTED;
        power_done(&run);
    }
    ok(!bad && right.disk.syncs > 2 && failed && (it->attests || interrupted),
       "%s: each of %zu fsyncs fails; %zu times nothing was done, %zu times recover was needed", name_of(it),
       right.disk.syncs, failed, interrupted);
    power_done(&right);
}

/* Recover itself meets the error, says so, and is repeated. */
static void fail_syncs_of_recover(const struct power_case *it, size_t at)
{
    const struct disk_cut cut = {.at = at, .without = SIZE_MAX, .luck = DISK_LUCK_ALL};
    struct power_run run;
    size_t points = 0;
    bool bad = false, reached = true;

    power_record(&run, it);
    for (size_t k = 1; reached; k++) {
        struct power_run again = run;
        char problem[256];
        disk_mount(&again.disk, disk_crash(&run.disk, &cut));
        again.disk.no_links = it->no_links;
        again.disk.sync_fails = k;
        bool carried_out = power_own(&again.disk.image, "DONE");
        enum gp_recover_status status = power_recover(&again.disk, problem);
        reached = again.disk.syncs >= k;
        points += reached;
        const char *fault = reached && status != GP_RECOVER_STUCK ? "recover claims success" : NULL;
        if (!fault)
            fault = wrong_after_recover(&again, carried_out);
        if (fault)
            diag("%s, cut at %zu, fsync %zu of recover fails: %s", name_of(it), at, k, fault);
        bad |= fault != NULL;
        disk_unmount(&again.disk);
    }
    ok(!bad && points > 1, "%s, cut at %zu: each of %zu fsyncs of recover fails", name_of(it), at, points);
    power_done(&run);
}

static void fail_recovers(const struct power_case *it)
{
    struct power_run run;
    size_t done = 0;

    power_record(&run, it);
    while (done < run.disk.log.count && strcmp(run.disk.log.ops[done].name[1], "DONE") != 0)
        done++;
    power_done(&run);
    fail_syncs_of_recover(it, done);
    fail_syncs_of_recover(it, done + 1);
    fail_syncs_of_recover(it, done + 6); /* LEDGER has been written */
}

/* ---- no room ------------------------------------------------------------------------------------------------- */

/* Each call that may need room finds none, once. */
static void no_room_once(const struct power_case *it)
{
    struct power_run right;
    size_t failed = 0, done = 0, interrupted = 0;
    bool bad = false;

    power_record(&right, it);
    for (size_t k = 1; k <= right.disk.writes; k++) {
        struct power_run run;
        start(&run, it, right.after);
        run.disk.write_fails = k;
        go(&run);
        const char *fault = NULL;
        bool recorded = power_lines(&run.disk.image, it->operation) > 0; /* only tidying up failed */
        if (run.status == GP_RUN_INTERRUPTED && !recorded && strcmp(run.disk.failed, "fsync") != 0)
            fault = "an operation that found no room is neither undone nor done";
        if (!fault)
            fault = wrong(&run);
        if (fault)
            diag("%s, call %zu (%s) finds no room: %s (%s)", name_of(it), k, run.disk.failed, fault,
                 lab_status(run.status));
        bad |= fault != NULL;
        failed += run.status == GP_RUN_FAILED;
        done += run.status == GP_RUN_DONE;
        interrupted += run.status == GP_RUN_INTERRUPTED;
        power_done(&run);
    }
    ok(!bad && right.disk.writes > 5 && failed,
       "%s: each of %zu calls finds no room; nothing done %zu times, done in the end %zu, recover needed %zu",
       name_of(it), right.disk.writes, failed, done, interrupted);
    power_done(&right);
}

/* A disk with less and less room: either the operation is carried out, or the tree is as before and nothing is left. */
static void less_and_less_room(const struct power_case *it)
{
    struct power_run right;
    size_t failed = 0, done = 0;
    bool bad = false;

    power_record(&right, it);
    for (size_t free_pages = 0; done < 3 && free_pages < 200; free_pages++) {
        struct power_run run;
        start(&run, it, right.after);
        run.disk.pages = disk_pages(&run.disk) + free_pages;
        go(&run);
        const char *fault = run.status == GP_RUN_INTERRUPTED ? "recover is needed" : NULL;
        const char *left = power_left(&run.disk.image);
        if (!fault && left)
            fault = left;
        if (!fault)
            fault = wrong(&run);
        if (fault)
            diag("%s, room for %zu pages: %s (%s)", name_of(it), free_pages, fault, lab_status(run.status));
        bad |= fault != NULL;
        failed += run.status == GP_RUN_FAILED;
        done += run.status == GP_RUN_DONE;
        power_done(&run);
    }
    ok(!bad && failed > 2 && done == 3, "%s: with room for less than %zu pages nothing is done and nothing is left",
       name_of(it), failed);
    power_done(&right);
}

int main(void)
{
    static const struct power_case cases[] = {
        {.operation = "all"},
        {.operation = "all", .fresh = true},
        {.operation = "all", .no_links = true},
        {.operation = "create", .edge = true},
        {.operation = "replace"},
        {.operation = "remove"},
        {.operation = "hide"},
    };
    static const struct power_case back = {.operation = "back", .fails = true};
    static const struct power_case seen = {.operation = "seen", .attests = true};

    lab_rules(&power_lab, power_rules);
    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        fail_syncs(&cases[i]);
        fail_recovers(&cases[i]);
        no_room_once(&cases[i]);
        less_and_less_room(&cases[i]);
    }
    fail_syncs(&back);
    fail_syncs(&seen);
    no_room_once(&seen);
    lab_end(&power_lab);
    return done_testing();
}
