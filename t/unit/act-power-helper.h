/*
 * For the tests that cut the power: operations on a disk in memory, and what has
 * to be true of the disk after every cut.
 */
#ifndef ACT_POWER_HELPER_H
#define ACT_POWER_HELPER_H

#include "act-helper.h"
#include "disk-calls-helper.h"
#include "probe/ledger.h"

/* One operation, and where it is carried out. */
struct power_case {
    const char *operation; /* or the attestation */
    bool attests;  /* the tree stays, and the ledger has one line more */
    bool fails;    /* its `ensures` do not hold, so it is taken back */
    bool fresh;    /* there is no GATEPOST yet */
    bool no_links; /* on this disk */
    bool edge;     /* the newline that the ledger lacks would be the last byte of a page */
    const char *lost; /* another program wrote this into what the run had made: recover keeps it in LOST */
};

#define POWER_THERE "there: { that: { file: DATA/MASTER, size: 1200 }, otherwise: { cause: No master. } }"
#define POWER_SMALL(id, steps) "  " id ": { title: One kind, requires: { " POWER_THERE " }, action: [" steps "] }\n"
#define POWER_ALL                                                   \
    "    requires:\n"                                               \
    "      " POWER_THERE "\n"                                       \
    "    action:\n"                                                 \
    "      - { patch: DATA/MASTER, at: 600, string: XY }\n"         \
    "      - { write: DATA/NEW, text: new }\n"                      \
    "      - { mkdir: DATA/MADE }\n"                                \
    "      - { write: DATA/MADE/IN, text: in }\n"                   \
    "      - { mkdir: DATA/MADE/DEEP }\n"                           \
    "      - { copy: LOOSE, to: DATA/MADE/DEEP/COPY }\n"            \
    "      - { remove: [DATA/GONE, DATA/FULL] }\n"                  \
    "      - { attributes: [DATA/KEEP, DATA/MASTER], read-only: true }\n" \
    "      - { attributes: HIDDEN, hidden: true }\n"                \
    "      - { move: MOVED, to: DATA/MOVED }\n"                     \
    "      - { write: OTHER/FILE, text: another text }\n"

static const char power_rules[] =
    "gatepost: 1\n"
    "ruleset: lab\n"
    "title: A laboratory\n"
    "version: 1.0.0\n"
    "names: dos\n"
    "lock: DATA/KEEP\n"
    "attestations:\n"
    "  seen: { title: Somebody looked }\n"
    "operations:\n"
    "  all:\n"
    "    title: A little of everything\n" POWER_ALL
    "  back:\n"
    "    title: The same, and it is taken back\n" POWER_ALL
    "    ensures:\n"
    "      never: { that: { absent: DATA/NEW }, otherwise: { cause: It is there. } }\n"
    POWER_SMALL("create", "{ write: DATA/NEW, text: new }")
    POWER_SMALL("make", "{ mkdir: DATA/MADE }, { write: DATA/MADE/IN, text: in }")
    POWER_SMALL("replace", "{ write: OTHER/FILE, text: another text }")
    POWER_SMALL("remove", "{ remove: [DATA/GONE, DATA/FULL] }")
    POWER_SMALL("hide", "{ attributes: HIDDEN, hidden: true }")
    POWER_SMALL("move", "{ move: MOVED, to: DATA/MOVED }")
    POWER_SMALL("swap", "{ move: OTHER, to: DATA/OTHER }, { move: DATA/FULL, to: OTHER }");

/* A line that lacks its newline; the next one lies in two pages, or begins with one. */
static inline const char *power_ledger(const struct power_case *it)
{
    static const char begin[] = "{\"kind\":\"operation\",\"id\":\"1-1\",\"name\":\"earlier\",\"ruleset\":\"lab\","
                                "\"to\":\"\",\"who\":\"a\",\"when\":\"2026-01-01T00:00:00Z\",\"host\":\"";
    static char line[DISK_PAGE];
    size_t length = DISK_PAGE - (it->edge ? 1 : 50);

    memset(line, 'h', length);
    memcpy(line, begin, strlen(begin));
    memcpy(line + length - 2, "\"}", 3);
    return line;
}

/* ---- the disk ------------------------------------------------------------------------------------------------ */

static inline uint32_t power_add(struct disk_image *image, uint32_t dir, const char *name, bool directory,
                                 const char *text)
{
    uint32_t inode = disk_new_inode(image, directory, directory ? 0755 : 0644);

    disk_add_name(image, dir, name, inode);
    if (text) {
        disk_apply_size(&image->inodes[inode], strlen(text));
        memcpy(image->inodes[inode].bytes, text, strlen(text));
    }
    return inode;
}

static inline struct disk_image power_tree(const struct power_case *it)
{
    const struct disk_xattr dos = {"user.DOSATTRIB", "0x20\0\0\3\0\3\0\0\0\1\0\0\0\x20\0\0\0", 20};
    struct disk_image image = {0};
    char master[1201];

    disk_new_inode(&image, true, 0755);
    uint32_t data = power_add(&image, DISK_ROOT, "DATA", true, NULL);
    uint32_t other = power_add(&image, DISK_ROOT, "OTHER", true, NULL);
    memset(master, 'm', sizeof(master) - 1);
    master[sizeof(master) - 1] = '\0';
    power_add(&image, data, "MASTER", false, master);
    power_add(&image, data, "KEEP", false, "keep");
    power_add(&image, data, "GONE", false, "gone");
    uint32_t full = power_add(&image, data, "FULL", true, NULL);
    power_add(&image, full, "A", false, "a");
    power_add(&image, power_add(&image, full, "SUB", true, NULL), "B", false, "b");
    power_add(&image, DISK_ROOT, "LOOSE", false, "loose");
    power_add(&image, DISK_ROOT, "MOVED", false, "moved");
    power_add(&image, other, "FILE", false, "one text");
    /* Not writable, so that setting what is kept beside it takes three calls. */
    uint32_t hidden = power_add(&image, DISK_ROOT, "HIDDEN", false, "hidden");
    image.inodes[hidden].mode = 0444;
    disk_set_xattr(&image.inodes[hidden], &dos);
    if (!it->fresh)
        power_add(&image, power_add(&image, DISK_ROOT, "GATEPOST", true, NULL), "LEDGER", false, power_ledger(it));
    for (uint32_t i = 0; i < image.count; i++)
        image.inodes[i].mtime = (struct timespec){1000000000 + i, 0};
    return image;
}

static inline const struct disk_inode *power_own(const struct disk_image *image, const char *name)
{
    const struct disk_entry *own = disk_find(image, DISK_ROOT, "GATEPOST");
    const struct disk_entry *entry = own ? disk_find(image, own->inode, name) : NULL;

    return entry ? &image->inodes[entry->inode] : NULL;
}

/* How many lines of the ledger are whole and of that name. */
static inline size_t power_lines(const struct disk_image *image, const char *name)
{
    const struct disk_inode *file = power_own(image, "LEDGER");
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_ledger ledger = {0};
    size_t found = 0;

    if (!arena || (file && gp_ledger_parse(arena, (struct gp_str){file->bytes, file->size}, &ledger) < 0))
        bail("no memory");
    for (size_t i = 0; i < ledger.count; i++)
        found += strcmp(ledger.entries[i].name, name) == 0;
    gp_arena_free(arena);
    return found;
}

/* Whether the line that was there is as it was; once there is another, it has its newline. */
static inline bool power_keeps_line(const struct power_case *it, const struct disk_image *image, bool newline)
{
    const struct disk_inode *file = power_own(image, "LEDGER");
    const char *line = power_ledger(it);
    size_t length = strlen(line);

    return file && file->size >= length + newline && memcmp(file->bytes, line, length) == 0 &&
           (!newline || file->bytes[length] == '\n');
}

/* The tree without GATEPOST.  What makes GATEPOST has to put back the root's time, which is another call: where there
 * was none, that time does not count. */
static inline char *power_picture(const struct power_case *it, const struct disk_image *image)
{
    char *picture = disk_picture(image, "/GATEPOST");

    if (it->fresh)
        memmove(picture, strchr(picture, '\n'), strlen(strchr(picture, '\n')) + 1);
    return picture;
}

/* ---- a run --------------------------------------------------------------------------------------------------- */

enum power_side { POWER_EITHER, POWER_BEFORE, POWER_AFTER };

struct power_claim {
    enum power_side side; /* somebody was told that the tree is so */
    bool ended;           /* … and that nothing is left to do */
};

struct power_run {
    struct power_case it;
    struct disk disk; /* its log is the run */
    enum gp_run_status status;
    struct power_claim meanwhile, told; /* what has to be so while it runs, and when it has ended */
    char *before, *after; /* pictures; `after`: of a run that succeeds */
};

static struct lab power_lab;

static inline struct disk *power_mount(struct power_run *run, const struct power_case *it)
{
    memset(run, 0, sizeof(*run));
    run->it = *it;
    disk_mount(&run->disk, power_tree(it));
    run->disk.no_links = it->no_links;
    run->before = power_picture(it, &run->disk.image);
    return &run->disk;
}

static inline enum gp_run_status power_attest(struct power_run *run)
{
    struct gp_attest_options options = {
        .directory = "/disk", .rules = power_lab.rules, .who = "tester", .host = "lab", .now = lab_now()};
    const struct gp_map_entry *entry = gp_map_find(&power_lab.rules->defs.attestations, lab_str(run->it.operation));
    struct gp_arena *arena = gp_arena_new(0);
    const char *problem = NULL;

    options.attestation = entry ? entry->value : NULL;
    options.sys = &run->disk.sys;
    if (!arena || !entry || gp_attest(&options, arena, &run->status, &problem) < 0)
        bail("gp_attest");
    gp_arena_free(arena);
    return run->status;
}

static inline enum gp_run_status power_operate(struct power_run *run)
{
    struct gp_run_options options = lab_options(&power_lab, "/disk", run->it.operation);

    options.sys = &run->disk.sys;
    run->status = lab_run(&power_lab, &options);
    gp_run_free(power_lab.run);
    power_lab.run = NULL;
    return run->status;
}

static inline void power_go(struct power_run *run)
{
    if (run->it.attests)
        power_attest(run);
    else
        power_operate(run);
    run->after = power_picture(&run->it, &run->disk.image);
    run->told.ended = run->status != GP_RUN_INTERRUPTED;
    if (run->told.ended)
        run->told.side = run->status == GP_RUN_DONE ? POWER_AFTER : run->it.attests ? POWER_EITHER : POWER_BEFORE;
}

static inline void power_done(struct power_run *run)
{
    disk_unmount(&run->disk);
    free(run->before);
    free(run->after);
}

/* A run as it should be, to be compared with. */
static inline void power_record(struct power_run *run, const struct power_case *it)
{
    power_mount(run, it);
    power_go(run);
    if (run->status != (it->fails ? GP_RUN_FAILED : GP_RUN_DONE))
        bail("%s does not work: %s, %s", it->operation, lab_status(run->status),
             !it->attests && power_lab.result.problem ? power_lab.result.problem : "-");
}

static inline enum gp_recover_status power_recover(struct disk *disk, char ret_problem[256])
{
    struct gp_arena *arena = gp_arena_new(0);
    enum gp_recover_status status;
    const char *problem;

    if (!arena || gp_recover("/disk", &disk->sys, arena, &status, &problem) < 0)
        bail("gp_recover");
    snprintf(ret_problem, 256, "%s: %s", lab_recovered(status), problem ? problem : "-");
    gp_arena_free(arena);
    return status;
}

/* ---- what has to be true ------------------------------------------------------------------------------------- */

/* What GATEPOST holds and may not. */
static inline const char *power_left(const struct disk_image *image)
{
    static const char *const left[] = {"JOURNAL", "DONE", "JOURNAL.NEW", "TX"};

    for (size_t i = 0; i < GP_COUNT(left); i++)
        if (power_own(image, left[i]))
            return left[i];
    return NULL;
}

/* How many files with that text, or any if it is NULL, are in LOST. */
static inline size_t power_lost(const struct disk_image *image, const char *text)
{
    const struct disk_inode *lost = power_own(image, "LOST");
    size_t found = 0;

    for (size_t i = 0; lost && i < lost->count; i++) {
        const struct disk_inode *file = &image->inodes[lost->entries[i].inode];
        found += !text || (file->size == strlen(text) && memcmp(file->bytes, text, file->size) == 0);
    }
    return found;
}

static inline const char *power_side_fault(const struct power_run *run, const struct disk_image *image,
                                           enum power_side claimed, enum power_side *ret_side)
{
    char *picture = power_picture(&run->it, image);
    bool before = strcmp(picture, run->before) == 0, after = strcmp(picture, run->after) == 0;
    size_t lines = power_lines(image, run->it.operation);

    free(picture);
    *ret_side = before && !(run->it.attests && lines) ? POWER_BEFORE : POWER_AFTER;
    if (!before && (!after || run->it.fails))
        return "the tree is neither before nor after";
    if (claimed != POWER_EITHER && claimed != *ret_side)
        return "the tree is not what somebody was told";
    if (lines != (*ret_side == POWER_AFTER))
        return "the ledger does not say what happened";
    if (!run->it.fresh && !power_keeps_line(&run->it, image, *ret_side == POWER_AFTER))
        return "the ledger lost a line";
    return NULL;
}

/* Whether a disk that was cut can be recovered; takes over the image.  `*ret_disk` is left mounted for whoever wants to
 * cut that, too. */
static inline const char *power_judge(const struct power_run *run, struct disk_image image, struct power_claim claim,
                                      struct disk *ret_disk, enum power_side *ret_side)
{
    static char fault[512];
    char problem[256];
    const char *text = NULL;

    if (claim.ended && (power_own(&image, "JOURNAL") || power_own(&image, "DONE")))
        text = "recover is needed, although all was said to be done";
    disk_mount(ret_disk, image);
    ret_disk->no_links = run->it.no_links;
    ret_disk->ticks = 1000000;
    enum gp_recover_status status = power_recover(ret_disk, problem);
    *ret_side = POWER_EITHER;
    if (status >= GP_RECOVER_BUSY) {
        snprintf(fault, sizeof(fault), "recover: %s", problem);
        return fault;
    }
    const char *side = power_side_fault(run, &ret_disk->image, claim.side, ret_side);
    const char *left = power_left(&ret_disk->image);
    if (!text)
        text = side;
    if (!text && (power_lost(&ret_disk->image, NULL) != (run->it.lost != NULL) ||
                  (run->it.lost && power_lost(&ret_disk->image, run->it.lost) != 1)))
        text = "LOST does not hold what it should";
    if (!text && left) {
        snprintf(fault, sizeof(fault), "%s is left in GATEPOST", left);
        text = fault;
    }
    return text;
}

#endif
