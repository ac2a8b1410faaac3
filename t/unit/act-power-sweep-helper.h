/*
 * Every disk that a cut of a recorded run may leave, judged once each.
 */
#ifndef ACT_POWER_SWEEP_HELPER_H
#define ACT_POWER_SWEEP_HELPER_H

#include "act-power-helper.h"

struct power_sweep {
    uint64_t *seen; /* disks that are right, by a digest of what was kept */
    size_t room, used;
    size_t dice, again_dice;
    size_t points, disks, before, after, again;
    char *fault; /* of the first disk that is wrong; to be freed */
};

static inline struct power_sweep power_sweep_new(void)
{
    const char *wide = getenv("GATEPOST_SWEEP");
    bool full = wide && strcmp(wide, "full") == 0;
    struct power_sweep sweep = {.room = 1024, .dice = full ? 300 : 30, .again_dice = full ? 10 : 3};

    sweep.seen = calloc(sweep.room, sizeof(*sweep.seen));
    if (!sweep.seen)
        bail("no memory");
    return sweep;
}

static inline void power_sweep_free(struct power_sweep *sweep)
{
    free(sweep->seen);
    free(sweep->fault);
}

/* ---- disks that are right ------------------------------------------------------------------------------------ */

/* The place of a key, or the free one where it belongs. */
static inline uint64_t *power_place(uint64_t *seen, size_t room, uint64_t key)
{
    size_t place = key % room;

    while (seen[place] && seen[place] != key)
        place = (place + 1) % room;
    return &seen[place];
}

static inline uint64_t power_key(const struct disk_log *log, const bool *kept, size_t at, bool ended)
{
    uint64_t key = ended;

    for (size_t i = 0; i < at; i++)
        if (kept[i] && !disk_is_sync(&log->ops[i])) {
            key ^= i + 1;
            key = disk_dice(&key);
        }
    return key ? key : 1;
}

static inline bool power_was_judged(const struct power_sweep *sweep, uint64_t key)
{
    return *power_place(sweep->seen, sweep->room, key) == key;
}

static inline void power_remember(struct power_sweep *sweep, uint64_t key)
{
    if (2 * ++sweep->used >= sweep->room) {
        size_t room = 2 * sweep->room;
        uint64_t *seen = calloc(room, sizeof(*seen));
        if (!seen)
            bail("no memory");
        for (size_t i = 0; i < sweep->room; i++)
            if (sweep->seen[i])
                *power_place(seen, room, sweep->seen[i]) = sweep->seen[i];
        free(sweep->seen);
        sweep->seen = seen;
        sweep->room = room;
    }
    *power_place(sweep->seen, sweep->room, key) = key;
}

/* ---- judging ------------------------------------------------------------------------------------------------- */

static inline void power_say(struct power_sweep *sweep, const struct disk *disk, const struct disk_cut *cut,
                             const char *what, const char *fault)
{
    static const char *const lucks[] = {"nothing", "all", "one", "all but one", "names", "names and no sizes",
                                        "files", "dice"};
    struct gp_strbuf out = {0};
    bool *kept = disk_kept(&disk->log, cut, disk->image.count);

    if (sweep->fault)
        return;
    gp_strbuf_printf(&out, "%s, cut after %zu of %zu, kept: %s: %s; lost:", what, cut->at, disk->log.count,
                     lucks[cut->luck], fault);
    for (size_t i = 0; i < cut->at; i++)
        if (!kept[i] && !disk_is_sync(&disk->log.ops[i]))
            gp_strbuf_printf(&out, " %zu:%d:%s%s%s", i, (int)disk->log.ops[i].change, disk->log.ops[i].name[0],
                             disk->log.ops[i].name[1][0] ? ">" : "", disk->log.ops[i].name[1]);
    free(kept);
    sweep->fault = disk_duplicate(gp_strbuf_text(&out), out.len + 1);
    gp_strbuf_done(&out);
}

/* Recover was done, or cut itself. */
static inline void power_cut_again(struct power_sweep *sweep, const struct power_run *run, const struct disk *disk,
                                   enum power_side side, uint64_t seed)
{
    struct disk_cut cut = {.without = SIZE_MAX, .seed = seed};
    struct disk second;
    enum power_side ignored;

    for (size_t i = 0; i <= sweep->again_dice && !sweep->fault; i++) {
        bool ended = i == 0;
        cut.at = ended ? disk->log.count : disk_dice(&cut.seed) % (disk->log.count + 1);
        cut.luck = ended ? DISK_LUCK_NOTHING : DISK_LUCK_DICE;
        const char *fault = power_judge(run, disk_crash(disk, &cut), (struct power_claim){side, ended}, &second,
                                        &ignored);
        if (fault)
            power_say(sweep, disk, &cut, "recover", fault);
        disk_unmount(&second);
        sweep->again++;
    }
}

static inline void power_try(struct power_sweep *sweep, const struct power_run *run, const struct disk_cut *cut)
{
    bool ended = cut->at == run->disk.log.count;
    bool *kept = disk_kept(&run->disk.log, cut, run->disk.image.count);
    uint64_t key = power_key(&run->disk.log, kept, cut->at, ended);
    struct disk after;
    enum power_side side;

    free(kept);
    if (sweep->fault || power_was_judged(sweep, key))
        return;
    const char *fault =
        power_judge(run, disk_crash(&run->disk, cut), ended ? run->told : run->meanwhile, &after, &side);
    if (fault)
        power_say(sweep, &run->disk, cut, "run", fault);
    else
        power_cut_again(sweep, run, &after, side, cut->at * 1000 + sweep->disks);
    if (!sweep->fault)
        power_remember(sweep, key);
    sweep->disks++;
    sweep->before += side == POWER_BEFORE;
    sweep->after += side == POWER_AFTER;
    disk_unmount(&after);
}

/* ---- cuts ---------------------------------------------------------------------------------------------------- */

/* After each change of a directory that may be lost. */
static inline void power_try_directories(struct power_sweep *sweep, const struct power_run *run, struct disk_cut cut)
{
    for (size_t i = 0; i < cut.at && !sweep->fault; i++)
        for (int d = 0; d < 2; d++) {
            cut.dir = run->disk.log.ops[i].dir[d];
            if (cut.dir == DISK_NOWHERE)
                continue;
            cut.luck = DISK_LUCK_ONE;
            cut.until = i + 1;
            power_try(sweep, run, &cut);
            cut.luck = DISK_LUCK_BUT_ONE;
            cut.until = i;
            power_try(sweep, run, &cut);
        }
}

/* Every disk that is left when the power goes at one point. */
static inline void power_sweep_point(struct power_sweep *sweep, const struct power_run *run, size_t at, size_t without)
{
    static const enum disk_luck plain[] = {DISK_LUCK_NOTHING, DISK_LUCK_ALL, DISK_LUCK_NAMES, DISK_LUCK_SHORT,
                                           DISK_LUCK_FILES};
    struct disk_cut cut = {.at = at, .without = without};

    for (size_t i = 0; i < GP_COUNT(plain); i++) {
        cut.luck = plain[i];
        power_try(sweep, run, &cut);
    }
    power_try_directories(sweep, run, cut);
    cut.luck = DISK_LUCK_DICE;
    for (size_t i = 0; i < sweep->dice; i++) {
        cut.seed = at * 7919 + i;
        power_try(sweep, run, &cut);
    }
}

/* Stops at the first disk that is wrong. */
static inline void power_sweep_run(struct power_sweep *sweep, const struct power_run *run, size_t without)
{
    for (size_t at = 0; at <= run->disk.log.count && !sweep->fault; at++, sweep->points++)
        power_sweep_point(sweep, run, at, without);
}

#endif
