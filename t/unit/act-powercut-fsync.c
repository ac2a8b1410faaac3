/*
 * Taking out any one fsync of a run or of recover is noticed: some power cut then
 * leaves a tree between before and after, or undoes what somebody was told.
 */
#include "act-power-sweep-helper.h"

/* An fsync, by what it flushes and how often that was flushed before in the same run. */
struct flush {
    char name[160];
    bool noticed;
    char *how; /* the first fault */
};

static struct flush flushes[256];
static size_t flush_count;

static struct flush *flush_of(const char *whose, const struct disk_log *log, size_t sync)
{
    char name[sizeof(flushes->name)];
    unsigned number = 1;

    for (size_t i = 0; i < sync; i++)
        number += disk_is_sync(&log->ops[i]) && strcmp(log->ops[i].data, log->ops[sync].data) == 0;
    const char *what = log->ops[sync].data[0] ? log->ops[sync].data : "/";
    snprintf(name, sizeof(name), "%s: fsync %u of %s", whose, number, what);
    for (size_t i = 0; i < flush_count; i++)
        if (strcmp(flushes[i].name, name) == 0)
            return &flushes[i];
    if (flush_count == GP_COUNT(flushes))
        bail("too many flushes");
    memcpy(flushes[flush_count].name, name, sizeof(name));
    return &flushes[flush_count++];
}

static void notice(struct flush *flush, struct power_sweep *sweep)
{
    if (!sweep->fault)
        return;
    if (!flush->noticed)
        flush->how = sweep->fault;
    else
        free(sweep->fault);
    flush->noticed = true;
    sweep->fault = NULL;
}

/* Tries to notice that one fsync of a log is missing; `sweep` knows the disks that are right with it. */
static void without_one(const char *whose, struct power_sweep *sweep, const struct power_run *run, size_t sync)
{
    struct flush *flush = flush_of(whose, &run->disk.log, sync);

    for (size_t at = run->disk.log.count; at > sync && !flush->noticed && !sweep->fault; at--)
        power_sweep_point(sweep, run, at, sync);
    notice(flush, sweep);
}

static void without_each(const char *whose, const struct power_run *run, size_t from)
{
    struct power_sweep sweep = power_sweep_new();

    sweep.again_dice = 0;
    power_sweep_run(&sweep, run, SIZE_MAX);
    if (sweep.fault)
        bail("%s: a cut leads astray with every fsync: %s", whose, sweep.fault);
    for (size_t i = from; i < run->disk.log.count; i++)
        if (disk_is_sync(&run->disk.log.ops[i]))
            without_one(whose, &sweep, run, i);
    power_sweep_free(&sweep);
}

/* ---- of a run ------------------------------------------------------------------------------------------------ */

/* Where a log renames a file to a name, or its end. */
static size_t renames_to(const struct disk_log *log, const char *name)
{
    size_t i = 0;

    while (i < log->count && (log->ops[i].change != DISK_MOVE || strcmp(log->ops[i].name[1], name) != 0))
        i++;
    return i;
}

/* The commit point of a run; for one that is taken back, where it would have been. */
static size_t commit_point(const struct power_case *it)
{
    struct power_case succeeds = *it;
    struct power_run run;

    succeeds.operation = "all";
    succeeds.fails = false;
    power_record(&run, &succeeds);
    size_t at = renames_to(&run.disk.log, "DONE");
    power_done(&run);
    return at;
}

/* ---- of recover ---------------------------------------------------------------------------------------------- */

/* Recover as it is after a cut that loses nothing. */
static void recover_without_each(const struct power_run *run, size_t at)
{
    const struct disk_cut cut = {.at = at, .without = SIZE_MAX, .luck = DISK_LUCK_ALL};
    struct power_run recover = *run;
    enum power_side side;
    const char *fault = power_judge(run, disk_crash(&run->disk, &cut), run->meanwhile, &recover.disk, &side);

    if (fault)
        bail("%s", fault);
    recover.meanwhile = (struct power_claim){.side = side};
    recover.told = (struct power_claim){.side = side, .ended = true};
    without_each(side == POWER_BEFORE ? "recover that undoes" : "recover that finishes", &recover, 0);
    disk_unmount(&recover.disk);
}

/* Another program wrote into what a run had made before it died. */
static void after_another_wrote(void)
{
    static const struct power_case it = {.operation = "all"};
    struct power_run run;

    power_record(&run, &it);
    struct disk_cut cut = {.at = renames_to(&run.disk.log, "DONE"), .without = SIZE_MAX, .luck = DISK_LUCK_ALL};
    struct disk_image image = disk_crash(&run.disk, &cut);
    uint32_t data = disk_find(&image, DISK_ROOT, "DATA")->inode;
    struct disk_inode *file = &image.inodes[disk_find(&image, data, "NEW")->inode];
    run.it.lost = "not what the run wrote";
    disk_apply_size(file, strlen(run.it.lost));
    memcpy(file->bytes, run.it.lost, file->size);

    struct power_run recover = run;
    enum power_side side;
    const char *fault = power_judge(&run, image, run.meanwhile, &recover.disk, &side);
    if (fault)
        bail("another program wrote: %s", fault);
    recover.told = (struct power_claim){.side = POWER_BEFORE, .ended = true};
    without_each("recover that keeps something", &recover, 0);
    disk_unmount(&recover.disk);
    power_done(&run);
}

/* A recover that died after JOURNAL was removed and before that was flushed; then another recover, or a run. */
static void after_a_dead_recover(bool by_run)
{
    static const struct power_case it = {.operation = "all"};
    struct power_run run, second;
    char ignored[256];

    power_record(&run, &it);
    struct disk_cut cut = {.at = renames_to(&run.disk.log, "DONE"), .without = SIZE_MAX, .luck = DISK_LUCK_ALL};
    second = run;
    disk_mount(&second.disk, disk_crash(&run.disk, &cut));
    power_recover(&second.disk, ignored);
    size_t last = second.disk.syncs;
    disk_unmount(&second.disk);
    disk_mount(&second.disk, disk_crash(&run.disk, &cut));
    second.disk.sync_fails = last;
    power_recover(&second.disk, ignored);
    if (power_own(&second.disk.image, "JOURNAL") || !power_own(&second.disk.image, "TX"))
        bail("recover did not die where it should");
    size_t first = second.disk.log.count;
    if (by_run) {
        power_go(&second);
    } else {
        power_recover(&second.disk, ignored);
        second.after = power_picture(&it, &second.disk.image);
        second.told = (struct power_claim){.side = POWER_BEFORE, .ended = true};
    }
    struct power_sweep sweep = power_sweep_new();
    sweep.again_dice = 0;
    power_sweep_run(&sweep, &second, SIZE_MAX);
    if (sweep.fault)
        bail("after a recover that died: %s", sweep.fault);
    while (!disk_is_sync(&second.disk.log.ops[first]))
        first++;
    without_one(by_run ? "run after a recover that died" : "recover after one that died", &sweep, &second, first);
    power_sweep_free(&sweep);
    free(second.after);
    disk_unmount(&second.disk);
    power_done(&run);
}

static void one_case(const struct power_case *it)
{
    size_t from = it->fails ? commit_point(it) : 0;
    struct power_run run;

    power_record(&run, it);
    without_each(it->attests ? "attest" : it->fails ? "run that is taken back" : "run", &run, from);
    if (!it->fails && !it->attests) {
        size_t journal = renames_to(&run.disk.log, "JOURNAL"), done = renames_to(&run.disk.log, "DONE");
        for (size_t at = done + 1; at > journal + 1; at -= at > done ? 1 : (done - journal) / 3)
            recover_without_each(&run, at);
    }
    power_done(&run);
}

int main(void)
{
    static const struct power_case cases[] = {
        {.operation = "all"},
        {.operation = "all", .fresh = true},
        {.operation = "all", .no_links = true},
        {.operation = "create", .edge = true},
        {.operation = "replace"},
        {.operation = "back", .fails = true},
        {.operation = "back", .fails = true, .no_links = true},
        {.operation = "seen", .attests = true},
        {.operation = "seen", .attests = true, .fresh = true},
    };

    lab_rules(&power_lab, power_rules);
    for (size_t i = 0; i < GP_COUNT(cases); i++)
        one_case(&cases[i]);
    after_another_wrote();
    after_a_dead_recover(false);
    after_a_dead_recover(true);
    for (size_t i = 0; i < flush_count; i++) {
        ok(flushes[i].noticed, "%s is needed", flushes[i].name);
        free(flushes[i].how);
    }
    lab_end(&power_lab);
    return done_testing();
}
