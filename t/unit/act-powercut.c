/*
 * Power cuts at every system call of a run, and at some of the recover after it.
 *
 * A run is recorded once, on a disk in memory.  From its log follows every disk
 * that a cut may leave (disk-helper.h): each is mounted and recovered, and the
 * tree has to be before or after, never between.
 *
 * GATEPOST_SWEEP=full throws the dice more often.
 */
#include "act-power-sweep-helper.h"

int main(void)
{
    static const struct power_case cases[] = {
        {.operation = "all"},
        {.operation = "all", .fresh = true},
        {.operation = "all", .no_links = true},
        {.operation = "back", .fails = true},
        {.operation = "back", .fails = true, .no_links = true},
        {.operation = "create", .edge = true},
        {.operation = "make"},
        {.operation = "replace"},
        {.operation = "replace", .no_links = true},
        {.operation = "remove"},
        {.operation = "hide"},
        {.operation = "move"},
        {.operation = "swap"},
        {.operation = "seen", .attests = true},
        {.operation = "seen", .attests = true, .fresh = true},
    };

    lab_rules(&power_lab, power_rules);
    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        struct power_sweep sweep = power_sweep_new();
        struct power_run run;
        power_record(&run, &cases[i]);
        power_sweep_run(&sweep, &run, SIZE_MAX);
        ok(!sweep.fault && sweep.points > 8 && sweep.disks > sweep.points && sweep.before > 0 &&
               (cases[i].fails || sweep.after > 0),
           "%s%s%s: %zu points, %zu disks after a cut (%zu before, %zu after), %zu more after a cut of recover",
           cases[i].operation, cases[i].fresh ? ", the first run" : "", cases[i].no_links ? ", no links" : "",
           sweep.points, sweep.disks, sweep.before, sweep.after, sweep.again);
        if (sweep.fault)
            diag("%s", sweep.fault);
        power_done(&run);
        power_sweep_free(&sweep);
    }
    lab_end(&power_lab);
    return done_testing();
}
