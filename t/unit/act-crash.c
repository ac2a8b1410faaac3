/*
 * Every system call of a run fails once, fails once although it did its work,
 * and is the last that a run makes.  Afterwards the tree is as it was before or
 * as the operation leaves it, in names, bytes, modes and (before) times, and
 * recover gets it there, once and for all.
 */
#include "act-helper.h"

static const char *const tree[] = {
    "DATA/",         "DATA/MASTER=0123456789", "DATA/KEEP=keep",    "DATA/GONE=gone", "DATA/FULL/", "DATA/FULL/A=a",
    "DATA/FULL/SUB/", "DATA/FULL/SUB/B=b",      "LOOSE=loose",      "MOVED=moved",    "GATEPOST/",  NULL,
};

static const char rules[] =
    "gatepost: 1\n"
    "ruleset: lab\n"
    "title: A laboratory\n"
    "version: 1.0.0\n"
    "names: dos\n"
    "lock: DATA/KEEP\n"
    "operations:\n"
    "  act:\n"
    "    title: A little of everything\n"
    "    requires:\n"
    "      there: { that: { file: DATA/MASTER, size: 10 }, otherwise: { cause: No master. } }\n"
    "    action:\n"
    "      - { patch: DATA/MASTER, at: 2, string: XY }\n"
    "      - { write: DATA/NEW, text: new }\n"
    "      - { mkdir: DATA/MADE }\n"
    "      - { write: DATA/MADE/IN, zeros: 3 }\n"
    "      - { mkdir: DATA/MADE/DEEP }\n"
    "      - { copy: LOOSE, to: DATA/MADE/DEEP/COPY }\n"
    "      - { remove: [DATA/GONE, DATA/FULL] }\n"
    "      - { attributes: [DATA/KEEP, DATA/MASTER], read-only: true }\n"
    "      - { move: MOVED, to: DATA/MOVED }\n"
    "    ensures:\n"
    "      made: { that: { file: [DATA/NEW, DATA/MADE/IN] } }\n"
    "      kept: { that: { not: { changed: LOOSE } } }\n";

/* The same with a program on a copy of the tree between two steps. */
static const char exec_rules[] =
    "gatepost: 1\n"
    "ruleset: lab\n"
    "title: A laboratory\n"
    "version: 1.0.0\n"
    "names: dos\n"
    "operations:\n"
    "  act:\n"
    "    title: A program\n"
    "    requires:\n"
    "      there: { that: { file: DATA/MASTER, size: 10 }, otherwise: { cause: No master. } }\n"
    "    action:\n"
    "      - { write: DATA/NEW, text: new }\n"
    "      - exec: [sh, -c, 'printf XY >>DATA/NEW; mkdir OUT; mv LOOSE OUT/LOOSE; rm -r DATA/FULL; chmod a-w DATA/KEEP']\n"
    "        touches: [DATA/NEW, DATA/KEEP, LOOSE, OUT, 'OUT/*', DATA/FULL, 'DATA/FULL/*', 'DATA/FULL/*/*']\n"
    "      - { remove: DATA/GONE }\n"
    "    ensures:\n"
    "      made: { that: { file: [DATA/NEW, OUT/LOOSE] } }\n";

static struct lab lab;
static char *after; /* without times */

/* What must be so whatever happened; NULL: it is. */
static const char *wrong(const char *root, const char *before, const struct trouble *trouble, enum gp_run_status status,
                         bool *ret_acted)
{
    char own[1024];
    const char *fault = NULL;

    if (status != GP_RUN_INTERRUPTED && trouble->kind != TROUBLE_DEATH) {
        char *now = lab_picture(root, status != GP_RUN_DONE);
        if (strcmp(now, status == GP_RUN_DONE ? after : before) != 0)
            fault = "the tree is not what the status says";
        free(now);
        lab_own(root, own);
        if (strstr(own, "JOURNAL") && !strstr(own, "JOURNAL.NEW"))
            fault = "recover is needed, but the status does not say so";
    }
    const char *first = lab_recover(root, NULL);
    char *timed = lab_picture(root, true), *plain = lab_picture(root, false);
    *ret_acted = strcmp(plain, after) == 0;
    if (!*ret_acted && strcmp(timed, before) != 0)
        fault = "neither before nor after";
    if (strcmp(first, "stuck") == 0 || strcmp(first, "unusable") == 0 || strcmp(first, "busy") == 0)
        fault = "recover could not";
    if (strcmp(lab_recover(root, NULL), "nothing") != 0)
        fault = "a second recover had something to do";
    char *again = lab_picture(root, true);
    if (strcmp(again, timed) != 0)
        fault = "a second recover changed something";
    lab_own(root, own);
    if (strstr(own, "TX") || strstr(own, "JOURNAL") || strstr(own, "DONE") || strstr(own, "LOST"))
        fault = "something is left in GATEPOST";
    if (lab_lines(root, "GATEPOST/LEDGER") != *ret_acted)
        fault = "the ledger does not say what happened";
    free(timed);
    free(plain);
    free(again);
    return fault;
}

/* 1: there was such a call. */
static bool one_point(enum trouble_kind kind, size_t at, int error, size_t *acted)
{
    struct gp_run_options options;
    struct trouble trouble;
    char root[256];
    bool has_acted;

    lab_tree(tree, root);
    char *before = lab_picture(root, true);
    options = lab_options(&lab, root, "act");
    options.sys = trouble_table(&trouble, kind, at, error);
    enum gp_run_status status = lab_run(&lab, &options);
    gp_run_free(lab.run); /* a dead program's locks are gone */
    lab.run = NULL;
    bool reached = trouble.count >= at;
    const char *fault = reached ? wrong(root, before, &trouble, status, &has_acted) : NULL;
    if (fault)
        ok(false, "call %zu (%s), %s: %s (%s: %s)", at, trouble.hit, kind == TROUBLE_DEATH ? "death" : strerror(error),
           fault, lab_status(status), lab.result.problem ? "with a problem" : "no problem");
    if (reached && has_acted)
        (*acted)++;
    free(before);
    lab_remove(root);
    return reached;
}

static void sweep(enum trouble_kind kind, int error, const char *what)
{
    size_t points = 0, acted = 0;

    while (one_point(kind, points + 1, error, &acted))
        points++;
    ok(points > 100 && acted < points, "%s: %zu points swept, the operation was carried out in %zu of them", what,
       points, acted);
    if (kind == TROUBLE_DEATH)
        ok(acted > 0, "%s: some points lie behind the commit point", what);
}

/* The undo itself dies at every point, and is repeated. */
static void sweep_recover(void)
{
    struct trouble trouble, second;
    size_t points = 0, calls, undone = 0;
    char root[256];
    bool bad = false, reached = true;

    /* How many calls a run makes, to die behind its last change of the tree. */
    lab_tree(tree, root);
    struct gp_run_options options = lab_options(&lab, root, "act");
    options.sys = trouble_table(&trouble, TROUBLE_NONE, 0, 0);
    lab_run(&lab, &options);
    calls = trouble.count;
    lab_remove(root);
    for (size_t death = calls * 3 / 4; death < calls; death += 7) {
        reached = true;
        for (size_t at = 1; reached; at++) {
            struct gp_arena *arena = gp_arena_new(0);
            enum gp_recover_status status;
            const char *problem;
            lab_tree(tree, root);
            char *before = lab_picture(root, true);
            options = lab_options(&lab, root, "act");
            options.sys = trouble_table(&trouble, TROUBLE_DEATH, death, EIO);
            lab_run(&lab, &options);
            gp_run_free(lab.run);
            lab.run = NULL;
            if (gp_recover(root, trouble_table(&second, TROUBLE_DEATH, at, EIO), arena, &status, &problem) < 0)
                bail("gp_recover");
            reached = second.count >= at;
            const char *result = lab_recover(root, NULL);
            char *timed = lab_picture(root, true), *plain = lab_picture(root, false);
            if ((strcmp(timed, before) != 0 && strcmp(plain, after) != 0) || strcmp(result, "stuck") == 0) {
                bad = true;
                diag("run dies at %zu, recover at %zu: %s", death, at, result);
            }
            undone += strcmp(timed, before) == 0;
            points += reached;
            free(before);
            free(timed);
            free(plain);
            gp_arena_free(arena);
            lab_remove(root);
        }
    }
    ok(!bad && points > 100 && undone > 0, "recover dies: %zu points swept, undone in %zu of them", points, undone);
}

/* Loads a rule set and does its operation once, to know what it makes of the tree. */
static void begin(const char *text, const char *wanted)
{
    char root[256];

    lab_rules(&lab, text);
    lab_tree(tree, root);
    struct gp_run_options options = lab_options(&lab, root, "act");
    if (lab_run(&lab, &options) != GP_RUN_DONE)
        bail("the operation does not work: %s, %s", lab_status(lab.result.status),
             lab.result.problem ? lab.result.problem : "-");
    after = lab_picture(root, false);
    is_str(after, wanted, "the operation works");
    lab_remove(root);
}

static void end(void)
{
    free(after);
    lab_end(&lab);
}

int main(void)
{
    begin(rules,
          "DATA/ 755\nDATA/KEEP 444=keep\nDATA/MADE/ 755\nDATA/MADE/DEEP/ 755\nDATA/MADE/DEEP/COPY 644=loose\n"
          "DATA/MADE/IN 644=\\00\\00\\00\nDATA/MASTER 444=01XY456789\nDATA/MOVED 644=moved\nDATA/NEW 644=new\n"
          "LOOSE 644=loose\n");
    sweep(TROUBLE_FAIL, EIO, "a call fails with EIO");
    sweep(TROUBLE_FAIL, ENOSPC, "a call fails with ENOSPC");
    sweep(TROUBLE_LATE, EIO, "a call does its work and says EIO");
    sweep(TROUBLE_DEATH, EIO, "death");
    sweep_recover();
    end();

    begin(exec_rules, "DATA/ 755\nDATA/KEEP 444=keep\nDATA/MASTER 644=0123456789\nDATA/NEW 644=newXY\nMOVED 644=moved\n"
                      "OUT/ 700\nOUT/LOOSE 600=loose\n");
    sweep(TROUBLE_FAIL, EIO, "exec: a call fails with EIO");
    sweep(TROUBLE_DEATH, EIO, "exec: death");
    end();
    return done_testing();
}
