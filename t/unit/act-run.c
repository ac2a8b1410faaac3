/*
 * The sequence of a run: what stops it and where, who else may be there, what
 * ensures and the ledger say, what recover does with a journal.
 */
#include <sys/file.h>
#include <sys/wait.h>

#include "act-helper.h"
#include "act/journal.h"
#include "probe/ledger.h"
#include "util/digest.h"

static const char *const tree[] = {"A=aaaa", "B=bbbb", "D/", "D/X=xx", "D/FLAG=", "OLD/", "OLD/IN=in", NULL};

static const char rules_text[] =
    "gatepost: 1\n"
    "ruleset: lab\n"
    "title: A laboratory\n"
    "version: 1.0.0\n"
    "names: dos\n"
    "lock: d/flag\n"
    "attestations:\n"
    "  ready: { title: All is ready, within: 1 h }\n"
    "states:\n"
    "  old: { absent: DONE }\n"
    "  new: { file: DONE }\n"
    "operations:\n"
    "  act:\n"
    "    title: Act\n"
    "    to: new\n"
    "    requires:\n"
    "      a: { that: { file: A, size: 4 }, otherwise: { cause: A is not what it should be. } }\n"
    "      free: { that: { file: D/FLAG, locked: false }, otherwise: { cause: The flag is locked. } }\n"
    "    action: &STEPS\n"
    "  vouched:\n"
    "    title: Act when someone vouches\n"
    "    requires: { ready: { severity: need, that: { attested: ready }, otherwise: { cause: Not ready. } } }\n"
    "    action: [{ write: DONE, text: done }]\n"
    "    ensures:\n"
    "      vouched: { that: { attested: ready } }\n"
    "  listed:\n"
    "    title: An operation that sees its own line\n"
    "    to: new\n"
    "    requires: { d: { that: { dir: D }, otherwise: { cause: No D. } } }\n"
    "    action: [{ write: DONE, text: done }]\n"
    "    ensures: { listed: { that: { ledger: listed } } }\n"
    "  gate:\n"
    "    title: A gate\n"
    "    requires: { d: { that: { dir: D }, otherwise: { cause: No D. } } }\n"
    "  audit:\n"
    "    title: An audit\n"
    "    audit: true\n"
    "    requires: { d: { that: { dir: D }, otherwise: { cause: No D. } } }\n"
    "  asks:\n"
    "    title: Needs parameters\n"
    "    params:\n"
    "      text: { type: string, title: The text }\n"
    "      place: { type: string, title: The place }\n"
    "      disk: { type: directory, title: The disk }\n"
    "    requires: { d: { that: { dir: D }, otherwise: { cause: No D. } } }\n"
    "    action:\n"
    "      - { write: \"D/${place}\", text: \"${text}\" }\n"
    "      - { write: D/FROM, from: SRC, under: disk }\n"
    "  wrong:\n"
    "    title: Does not do what it should\n"
    "    requires: { d: { that: { dir: D }, otherwise: { cause: No D. } } }\n"
    "    action: [{ write: A, text: other }, { remove: OLD }, { mkdir: NEW }]\n"
    "    ensures:\n"
    "      unchanged: { that: { not: { changed: A } }, otherwise: { cause: A changed. } }\n"
    "  doubtful:\n"
    "    title: Cannot tell whether it did what it should\n"
    "    requires: { d: { that: { dir: D }, otherwise: { cause: No D. } } }\n"
    "    action: [{ write: A, text: other }]\n"
    "    ensures:\n"
    "      asked: { that: { unknown: look yourself } }\n"
    "  beside:\n"
    "    title: Works in a directory\n"
    "    requires: { a: { that: { file: A }, otherwise: { cause: No A. } } }\n"
    "    action: [{ write: D/X, text: yy }, { mkdir: D/MADE }]\n"
    "  inside:\n"
    "    title: Replaces a file in a directory\n"
    "    requires: { a: { that: { file: A }, otherwise: { cause: No A. } } }\n"
    "    action: [{ write: D/X, text: yy }]\n"
    "  more:\n"
    "    title: One of each\n"
    "    requires: { a: { that: { file: A }, otherwise: { cause: No A. } } }\n"
    "    action:\n"
    "      - { write: A, text: AAAA }\n"
    "      - { write: DONE, text: done }\n"
    "      - { remove: [OLD, GONE] }\n"
    "      - { attributes: B, read-only: true }\n"
    "  unseen:\n"
    "    title: Asks about before what nobody looked at before\n"
    "    requires: { d: { that: { dir: D }, otherwise: { cause: No D. } } }\n"
    "    action: [{ write: DONE, text: done }]\n"
    "    ensures:\n"
    "      unseen: { that: { if: { file: DONE }, then: { not: { changed: B } } } }\n";

static struct lab lab;

static void load(void)
{
    static const char mark[] = "&STEPS\n";
    static const char steps[] = "\n      - { write: A, text: AAAA }\n      - { write: DONE, text: done }\n"
                                "      - { remove: OLD }\n      - { attributes: B, read-only: true }\n";
    const char *at = strstr(rules_text, mark);
    struct gp_strbuf out = {0};

    gp_strbuf_add_mem(&out, rules_text, (size_t)(at - rules_text));
    gp_strbuf_add(&out, steps);
    gp_strbuf_add(&out, at + sizeof(mark) - 1);
    lab_rules(&lab, gp_strbuf_text(&out));
    gp_strbuf_done(&out);
}

#define BEFORE "A 644=aaaa\nB 644=bbbb\nD/ 755\nD/FLAG 644=\nD/X 644=xx\nOLD/ 755\nOLD/IN 644=in\n"
#define AFTER "A 644=AAAA\nB 444=bbbb\nD/ 755\nD/FLAG 644=\nD/X 644=xx\nDONE 600=done\n"

static void is_tree(const char *root, const char *want, const char *name)
{
    char *now = lab_picture(root, false);

    is_str(now, want, "%s", name);
    free(now);
}

/* Runs one operation and says what came of it. */
static void runs(const char *root, const char *operation, const char *status, const char *problem, const char *name)
{
    struct gp_run_options options = lab_options(&lab, root, operation);

    is_str(lab_status(lab_run(&lab, &options)), status, "%s: the status", name);
    is_str(lab.result.problem, problem, "%s: the problem", name);
}

/* ---- the sequence -------------------------------------------------------------------------------------------- */

static void plain(void)
{
    char root[256], own[1024];

    lab_tree(tree, root);
    struct stat before, after;
    if (stat(root, &before) < 0)
        bail("stat");
    struct gp_run_options options = lab_options(&lab, root, "act");
    options.dry_run = true;
    is_str(lab_status(lab_run(&lab, &options)), "done", "a dry run");
    ok(lab.result.decided && lab.result.plan && lab.result.plan->count == 4 && !lab.result.ensured &&
           !lab.result.ledger_id, "a dry run has a verdict and a plan and no more");
    is_tree(root, BEFORE, "a dry run changes nothing");
    ok(stat(root, &after) == 0 && after.st_mtim.tv_sec == before.st_mtim.tv_sec &&
           after.st_mtim.tv_nsec == before.st_mtim.tv_nsec, "making GATEPOST leaves the root's time");
    is_str(lab_own(root, own), "LOCK", "a dry run leaves LOCK alone");
    runs(root, "act", "done", NULL, "a run");
    ok(lab.result.decided && lab.result.ensured && lab.result.ledger_id, "a run has all of it");
    is_tree(root, AFTER, "a run acts");
    is_str(lab_own(root, own), "LEDGER LOCK", "a run leaves LEDGER and LOCK");
    is_int((intmax_t)lab_lines(root, "GATEPOST/LEDGER"), 1, "one line in the ledger");
    char *ledger = lab_read(root, "GATEPOST/LEDGER");
    ok(strstr(ledger, lab.result.ledger_id) && strstr(ledger, "\"name\":\"act\"") && strstr(ledger, "\"to\":\"new\"") &&
           strstr(ledger, "\"who\":\"tester\"") && strstr(ledger, "2027-01-31T12:00:00Z"), "it says what happened");
    free(ledger);
    char *lock = lab_read(root, "GATEPOST/LOCK");
    ok(lock && strstr(lock, "\"host\":\"lab\",\"user\":\"tester\",\"operation\":\"run act\""), "LOCK says who");
    free(lock);
    runs(root, "listed", "done", NULL, "ensures sees the line of its own run");
    is_int((intmax_t)lab_lines(root, "GATEPOST/LEDGER"), 2, "two lines in the ledger");
    lab_remove(root);
}

static void stops(void)
{
    static const char *const small[] = {"A=a", "D/", "D/FLAG=", NULL};
    char root[256], path[512];

    lab_tree(small, root);
    runs(root, "act", "denied", NULL, "a requirement that is false");
    ok(lab.result.decided && lab.result.verdict.kind == GP_DENIED && !lab.result.plan, "the verdict says so");
    runs(root, "vouched", "undetermined", NULL, "a need that is unknown");
    runs(root, "gate", "usage", "gate has no action: it only decides, so do it by hand", "a gate");
    runs(root, "audit", "usage", "audit is an audit: it has findings and no action; use check", "an audit");
    runs("/nonexistent/tree", "act", "unusable", "No such file or directory", "no directory");
    snprintf(path, sizeof(path), "%s/A", root);
    runs(path, "act", "unusable", "Not a directory", "a file");
    lab_remove(root);

    static const char *const taken[] = {"A=aaaa", "GATEPOST=file", NULL};
    lab_tree(taken, root);
    runs(root, "act", "unusable", "GATEPOST: Not a directory", "GATEPOST is a file");
    lab_remove(root);
    static const char *const linked[] = {"A=aaaa", "D/", "GATEPOST->D", NULL};
    lab_tree(linked, root);
    runs(root, "act", "unusable", "GATEPOST: Too many levels of symbolic links", "GATEPOST is a link");
    is_tree(root, "A 644=aaaa\nD/ 755\n", "and nothing is behind it");
    lab_remove(root);
    static const char *const lock_link[] = {"A=aaaa", "D/", "D/X=xx", "GATEPOST/", "GATEPOST/LOCK->../A", NULL};
    lab_tree(lock_link, root);
    runs(root, "act", "unusable", "GATEPOST/LOCK: Too many levels of symbolic links", "LOCK is a link");
    is_tree(root, "A 644=aaaa\nD/ 755\nD/X 644=xx\n", "and what it leads to is as it was");
    lab_remove(root);
}

static void parameters(void)
{
    static const char *const disk[] = {"SRC=source", NULL};
    char root[256], other[256];
    lab_tree(tree, root);
    lab_tree(disk, other);
    struct gp_given all[] = {
        {GP_STR("text"), GP_STR("t")}, {GP_STR("place"), GP_STR("P")}, {GP_STR("disk"), lab_str(other)}};
    struct gp_run_options options = lab_options(&lab, root, "asks");
    static const char *const missing[] = {
        "the action uses the parameter place, which was not given (--set place=…)",
        "the action uses the parameter place, which was not given (--set place=…)",
        "the action uses the parameter disk, which was not given (--set disk=…)",
    };
    options.given = all;
    for (size_t i = 0; i < 3; i++) {
        options.given_count = i;
        is_str(lab_status(lab_run(&lab, &options)), "usage", "%zu of 3 parameters given", i);
        is_str(lab.result.problem, missing[i], "the first that is missing is named");
    }
    all[1].value = GP_STR("../A");
    options.given_count = 3;
    is_str(lab_status(lab_run(&lab, &options)), "usage", "a parameter that leads elsewhere");
    is_tree(root, BEFORE, "and nothing is done");
    all[1].value = GP_STR("P");
    is_str(lab_status(lab_run(&lab, &options)), "done", "all parameters given");
    is_tree(root, "A 644=aaaa\nB 644=bbbb\nD/ 755\nD/FLAG 644=\nD/FROM 644=source\nD/P 644=t\nD/X 644=xx\nOLD/ 755\n"
                  "OLD/IN 644=in\n", "content from another directory");
    lab_remove(root);
    lab_remove(other);
}

static void vouching(void)
{
    char root[256];
    const struct gp_assumed assumed = {GP_STR("ready"), GP_STR("I looked")};

    lab_tree(tree, root);
    struct gp_run_options options = lab_options(&lab, root, "vouched");
    options.assumed = &assumed;
    options.assumed_count = 1;
    options.dry_run = true;
    is_str(lab_status(lab_run(&lab, &options)), "done", "a dry run with --attest");
    ok(!lab_read(root, "GATEPOST/LEDGER"), "records nothing");
    options.dry_run = false;
    is_str(lab_status(lab_run(&lab, &options)), "done", "a run with --attest");
    char *ledger = lab_read(root, "GATEPOST/LEDGER");
    ok(ledger && strstr(ledger, "attestation") && strstr(ledger, "I looked") &&
           strstr(ledger, "attestation") < strstr(ledger, "operation"), "records both lines, the attestation first");
    free(ledger);
    lab_remove(root);
}

/* ---- ensures ------------------------------------------------------------------------------------------------- */

static void ensures(void)
{
    char root[256], own[1024];

    lab_tree(tree, root);
    char *before = lab_picture(root, true);
    runs(root, "wrong", "failed", NULL, "ensures is false");
    ok(lab.result.ensured && lab.result.ensures.kind == GP_DENIED &&
           lab.result.ensures.requirements[0].result == GP_FALSE, "ensures says so");
    char *now = lab_picture(root, true);
    is_str(now, before, "everything is as it was, to the nanosecond");
    free(now);
    runs(root, "doubtful", "failed", NULL, "ensures is unknown");
    ok(lab.result.ensured && lab.result.ensures.requirements[0].result == GP_UNKNOWN, "ensures says so");
    now = lab_picture(root, true);
    is_str(now, before, "unknown is not good enough");
    free(now);
    runs(root, "unseen", "failed", NULL, "ensures asks what nobody can know any more");
    ok(lab.result.ensured && lab.result.ensures.requirements[0].result == GP_UNKNOWN,
       "a probe from before never answers with what is there now");
    now = lab_picture(root, true);
    is_str(now, before, "and that is not good enough either");
    is_str(lab_own(root, own), "LOCK", "no ledger, no litter");
    free(now);
    free(before);
    lab_remove(root);
}

/* ---- others -------------------------------------------------------------------------------------------------- */

struct meddling {
    char path[512];
    const char *what; /* the new text; NULL: remove it */
};

static void meddle(void *context)
{
    const struct meddling *it = context;

    if (!it->what) {
        if (remove(it->path) < 0)
            bail("%s: %s", it->path, strerror(errno));
        return;
    }
    FILE *file = fopen(it->path, "w");
    if (!file || fputs(it->what, file) < 0 || fclose(file) != 0)
        bail("%s: %s", it->path, strerror(errno));
}

static void changes(void)
{
    static const struct {
        const char *path, *what, *problem;
    } cases[] = {
        {"A", "zzzz", "A changed since the operation was decided on"},
        {"OLD/MORE", "m", "OLD changed since the operation was decided on"},
        {"OLD/IN", NULL, "OLD changed since the operation was decided on"},
        {"B", "longer than before", "B changed since the operation was decided on"},
        {"DONE", "mine", "DONE changed since the operation was decided on"},
    };
    char root[256], own[1024];

    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        struct meddling it = {.what = cases[i].what};
        lab_tree(tree, root);
        snprintf(it.path, sizeof(it.path), "%s/%s", root, cases[i].path);
        struct gp_run_options options = lab_options(&lab, root, "act");
        options.before_commit = meddle;
        options.context = &it;
        is_str(lab_status(lab_run(&lab, &options)), "changed", "%s changed", cases[i].path);
        is_str(lab.result.problem, cases[i].problem, "%s changed: it is named", cases[i].path);
        char *text = lab_read(root, cases[i].path);
        is_str(text, cases[i].what, "%s is what somebody else made of it", cases[i].path);
        is_str(lab_own(root, own), "LOCK", "nothing is left");
        free(text);
        lab_remove(root);
    }
}

/* Names that come and go beside what a run works on are nobody's business. */
static void neighbours(void)
{
    struct meddling it = {.what = "x"};
    char root[256];

    lab_tree(tree, root);
    snprintf(it.path, sizeof(it.path), "%s/D/NEIGHBOUR", root);
    struct gp_run_options options = lab_options(&lab, root, "beside");
    options.before_commit = meddle;
    options.context = &it;
    is_str(lab_status(lab_run(&lab, &options)), "done", "a new name in a directory that the run works in");
    is_tree(root, "A 644=aaaa\nB 644=bbbb\nD/ 755\nD/FLAG 644=\nD/MADE/ 755\nD/NEIGHBOUR 644=x\nD/X 644=yy\nOLD/ 755\n"
                  "OLD/IN 644=in\n", "both are there");
    lab_remove(root);
}

static void busy(void)
{
    char root[256], path[512], own[1024];
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    lab_tree(tree, root);
    lab_make(root, "GATEPOST/");
    lab_make(root, "GATEPOST/LOCK=pid 7, host elsewhere\nmore\n");
    snprintf(path, sizeof(path), "%s/GATEPOST/LOCK", root);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || fcntl(fd, F_OFD_SETLK, &lock) < 0)
        bail("lock: %s", strerror(errno));
    runs(root, "act", "busy", "another run holds the lock: pid 7, host elsewhere", "LOCK is held");
    is_str(lab_recover(root, NULL), "busy", "recover waits for nobody");
    is_tree(root, BEFORE, "nothing is done");
    close(fd);
    snprintf(path, sizeof(path), "%s/D/FLAG", root);
    fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || fcntl(fd, F_OFD_SETLK, &lock) < 0)
        bail("lock: %s", strerror(errno));
    runs(root, "act", "busy", "another program holds the lock on D/FLAG: an open file description lock, which names no process",
         "the rule set's lock is held");
    is_tree(root, BEFORE, "nothing is done");
    close(fd);
    runs(root, "act", "done", NULL, "nobody holds it: the run's own lock does not count");
    is_str(lab_own(root, own), "LEDGER LOCK", "done");
    lab_remove(root);

    static const char *const no_flag[] = {"A=aaaa", "D/", NULL};
    lab_tree(no_flag, root);
    runs(root, "vouched", "undetermined", NULL, "a lock that is not there is no error …");
    is_tree(root, "A 644=aaaa\nD/ 755\n", "… and is not made");
    lab_remove(root);
}

/* Two programs at once: of many pairs, each time one acts and the other is told so or comes second. */
static void race(void)
{
    char root[256];
    bool good = true;

    for (int i = 0; i < 10; i++) {
        int status, done = 0;
        lab_tree(tree, root);
        pid_t children[2];
        for (int n = 0; n < 2; n++) {
            children[n] = fork();
            if (children[n] == 0) {
                struct gp_run_options options = lab_options(&lab, root, "act");
                struct gp_run_result result;
                struct gp_run *run;
                _exit(gp_run(&run, &result, &options) < 0 ? 99 : (int)result.status);
            }
        }
        for (int n = 0; n < 2; n++) {
            if (waitpid(children[n], &status, 0) < 0 || !WIFEXITED(status))
                bail("a child");
            int exited = WEXITSTATUS(status);
            done += exited == GP_RUN_DONE;
            good = good && (exited == GP_RUN_DONE || exited == GP_RUN_BUSY || exited == GP_RUN_FAILED);
        }
        good = good && done == 1 && lab_lines(root, "GATEPOST/LEDGER") == (size_t)done;
        lab_remove(root);
    }
    ok(good, "two runs at once: one acts, the other is told that it is busy or comes second, with nothing to remove");
}

/* Somebody who changes a file in the very moment after the nth rename of a run (1: the journal's). */
struct late {
    struct gp_sys sys;
    size_t renames, after;
    struct meddling it;
};

static int late_rename(const struct gp_sys *sys, int old_dir, const char *old_name, int new_dir, const char *new_name,
                       unsigned flags)
{
    struct late *late = sys->context;
    int r = gp_sys_linux.renameat2(sys, old_dir, old_name, new_dir, new_name, flags);
    int error = errno;

    if (++late->renames == late->after)
        meddle(&late->it);
    errno = error;
    return r;
}

/* The look at what is to be removed comes before the rename; this one comes between. */
static int hasty_rename(const struct gp_sys *sys, int old_dir, const char *old_name, int new_dir, const char *new_name,
                        unsigned flags)
{
    struct late *late = sys->context;

    if (++late->renames == late->after)
        meddle(&late->it);
    return gp_sys_linux.renameat2(sys, old_dir, old_name, new_dir, new_name, flags);
}

static void late_changes(void)
{
    /* In the order of the names: A is replaced, B gets attributes, DONE is made, GONE and OLD are removed. */
    static const struct {
        const char *path, *what;
        size_t after;
        bool hasty;
        const char *problem;
    } cases[] = {
        {"A", "zzzzzz", 1, false, "A changed since the operation was decided on"},
        {"A", NULL, 1, false, "A changed since the operation was decided on"},
        {"B", "zzzzzz", 1, false, "B changed since the operation was decided on"},
        {"DONE", "mine", 1, false, "DONE changed since the operation was decided on"},
        {"GONE", "zzzzzz", 1, false, "GONE changed since the operation was decided on"},
        {"GONE", NULL, 3, false, "GONE changed since the operation was decided on"},
        {"GONE", "zzzzzz", 4, true, "GONE changed since the operation was decided on"},
        {"OLD/NEW", "z", 3, false, "OLD changed since the operation was decided on"},
        {"GATEPOST/TX/OLD/0", "zzzzzz", 5, false, "A changed since the operation was decided on"},
        {"GATEPOST/TX/OLD/3", "zzzzzz", 5, false, "GONE changed since the operation was decided on"},
    };
    char root[256], own[1024];

    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        struct late late = {.sys = gp_sys_linux, .after = cases[i].after, .it.what = cases[i].what};
        lab_tree(tree, root);
        lab_make(root, "GONE=gone");
        char *before = lab_picture(root, true);
        snprintf(late.it.path, sizeof(late.it.path), "%s/%s", root, cases[i].path);
        late.sys.context = &late;
        late.sys.renameat2 = cases[i].hasty ? hasty_rename : late_rename;
        struct gp_run_options options = lab_options(&lab, root, "more");
        options.sys = &late.sys;
        is_str(lab_status(lab_run(&lab, &options)), "changed", "%s changed after %zu renames", cases[i].path,
               cases[i].after);
        is_str(lab.result.problem, cases[i].problem, "%s changed late: it is named", cases[i].path);
        bool kept = strncmp(cases[i].path, "GATEPOST", 8) == 0;
        char *text = lab_read(root, kept ? i % 2 ? "GONE" : "A" : cases[i].path);
        is_str(text, cases[i].what, "%s changed late: what somebody else wrote is there", cases[i].path);
        is_str(lab_own(root, own), "LOCK", "%s changed late: nothing is left", cases[i].path);
        char *now = lab_picture(root, true);
        size_t lines = 0, differ = 0;
        for (char *a = before, *b = now; *a && *b; a += strcspn(a, "\n") + 1, b += strcspn(b, "\n") + 1, lines++)
            differ += strcspn(a, "\n") != strcspn(b, "\n") || strncmp(a, b, strcspn(a, "\n")) != 0;
        if (cases[i].what && strcmp(cases[i].path, "DONE") != 0 && strcmp(cases[i].path, "OLD/NEW") != 0)
            is_int((intmax_t)differ, 1, "%s changed late: all else is as it was", cases[i].path);
        gp_run_free(lab.run);
        lab.run = NULL;
        free(text);
        free(before);
        free(now);
        lab_remove(root);
    }
}

/* A directory whose files get other content has not changed itself. */
static void directory_times(void)
{
    char root[256], path[512];
    struct stat status;

    lab_tree(tree, root);
    runs(root, "beside", "done", NULL, "a run that makes a name");
    snprintf(path, sizeof(path), "%s/D", root);
    ok(stat(path, &status) == 0 && status.st_mtim.tv_sec > 1000000100, "the directory has a new time");
    lab_remove(root);
    lab_tree(tree, root);
    runs(root, "inside", "done", NULL, "a run that replaces a file");
    snprintf(path, sizeof(path), "%s/D", root);
    ok(stat(path, &status) == 0 && status.st_mtim.tv_sec == 1000000001 && status.st_mtim.tv_nsec == 0,
       "the directory keeps its time");
    lab_remove(root);
}

/* ---- recover ------------------------------------------------------------------------------------------------- */

/* Lets a run die before its renames are more than so many. */
struct reaper {
    struct trouble trouble;
    size_t renames, die_after;
};

static int reaper_rename(const struct gp_sys *sys, int old_dir, const char *old_name, int new_dir, const char *new_name,
                         unsigned flags)
{
    struct reaper *reaper = sys->context;

    if (reaper->renames == reaper->die_after)
        reaper->trouble.kind = TROUBLE_DEATH;
    reaper->renames++;
    reaper->trouble.at = 1;
    return trouble_renameat2(sys, old_dir, old_name, new_dir, new_name, flags);
}

/* A tree whose run died once so many renames were done (1: JOURNAL is there). */
static void dead_tree(const char *operation, size_t renames, char root[256])
{
    struct reaper reaper;

    lab_tree(tree, root);
    trouble_table(&reaper.trouble, TROUBLE_NONE, 0, EIO);
    reaper.trouble.sys.context = &reaper;
    reaper.trouble.sys.renameat2 = reaper_rename;
    reaper.renames = 0;
    reaper.die_after = renames;
    struct gp_run_options options = lab_options(&lab, root, operation);
    options.sys = &reaper.trouble.sys;
    lab_run(&lab, &options);
    gp_run_free(lab.run);
    lab.run = NULL;
}

static void refuses_interrupted(void)
{
    char root[256], problem[1024];
    struct gp_arena *arena = gp_arena_new(0);
    const struct gp_map_entry *ready = gp_map_find(&lab.rules->defs.attestations, GP_STR("ready"));
    enum gp_run_status status;
    const char *why;

    dead_tree("act", 3, root);
    struct gp_attest_options attest = {
        .directory = root, .rules = lab.rules, .attestation = ready->value, .who = "w", .host = "h", .now = lab_now()};
    runs(root, "act", "interrupted", "an earlier run was interrupted here", "a journal stops the next run");
    is_int(gp_attest(&attest, arena, &status, &why), 0, "attest on a journal");
    is_str(lab_status(status), "interrupted", "a journal stops attest");
    is_str(lab_recover(root, problem), "undone", "recover undoes it");
    is_str(problem, "", "and has nothing to add");
    is_tree(root, BEFORE, "the tree is as it was");
    runs(root, "act", "done", NULL, "then a run acts");
    is_int(gp_attest(&attest, arena, &status, &why), 0, "attest");
    is_str(lab_status(status), "done", "attest records");
    is_int((intmax_t)lab_lines(root, "GATEPOST/LEDGER"), 2, "its line is in the ledger");
    gp_arena_free(arena);
    lab_remove(root);
}

static void journal_path(const char *root, char path[512])
{
    snprintf(path, 512, "%s/GATEPOST/JOURNAL", root);
}

/* Replaces one text in the journal and, with `seal`, makes the checksum right again. */
static void tamper(const char *root, const char *from, const char *to, bool seal)
{
    char path[512], digest[GP_DIGEST_TEXT_SIZE];
    char *text = lab_read(root, "GATEPOST/JOURNAL");
    struct gp_strbuf out = {0};
    char *at = text ? strstr(text, from) : NULL;

    if (!at)
        bail("the journal has no %s: %s", from, text ? text : "(none)");
    gp_strbuf_add_mem(&out, text, (size_t)(at - text));
    gp_strbuf_add(&out, to);
    gp_strbuf_add(&out, at + strlen(from));
    char *body = strchr(out.data, '\n') + 1;
    if (seal) {
        gp_digest_of(body, strlen(body), digest);
        memcpy(strchr(strchr(out.data, ' ') + 1, ' ') + 1, digest, sizeof(digest) - 1);
    }
    journal_path(root, path);
    FILE *file = fopen(path, "w");
    if (!file || fputs(out.data, file) < 0 || fclose(file) != 0)
        bail("%s: %s", path, strerror(errno));
    gp_strbuf_done(&out);
    free(text);
}

static void hostile_journals(void)
{
#define BAD "GATEPOST/JOURNAL cannot be used: what it says is not what this program writes"
    static const struct {
        const char *from, *to;
        bool seal;
        const char *problem;
    } cases[] = {
        {"\"path\":\"A\"", "\"path\":\"B\"", false, "GATEPOST/JOURNAL cannot be used: its checksum is wrong"},
        {"gatepost-journal 1", "gatepost-journal 2", false,
         "GATEPOST/JOURNAL cannot be used: it is not a journal of this version"},
        {"\"path\":\"A\"", "\"path\":\"../A\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"/A\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"D/../A\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"D/./A\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"D//A\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"A/\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"GATEPOST/LEDGER\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"gatepost/LEDGER\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"A%00\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"A%2\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"A%2f..\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"%2E%2E/A\"", true, BAD},
        {"\"path\":\"A\"", "\"path\":7", true, BAD},
        {"\"path\":\"A\"", "\"path\":\"A\",\"extra\":1", true, BAD},
        {"\"operation\"", "\"more\":0,\"operation\"", true, BAD},
        {"\"kind\":\"replace\"", "\"kind\":\"swap\"", true, BAD},
        {"\"linked\":true", "\"linked\":1", true, BAD},
        {"\"mode\":420", "\"mode\":4200", true, BAD},
        {"\"mode\":420", "\"mode\":\"420\"", true, BAD},
        {"\"attributes\":0", "\"attributes\":8", true, BAD},
        {"\"size\":4", "\"size\":-4", true, BAD},
        {"\"nanoseconds\":0", "\"nanoseconds\":1000000000", true, BAD},
        {"\"ledger\":[", "\"ledger\":[7,", true, BAD},
        {"\"ledger\":[", "\"ledger\":[\"a\\nb\",", true, BAD},
        {"\"records\":[", "\"records\":[null,", true, BAD},
        {"\"directories\":[", "\"directories\":[{}],\"x\":[", true, BAD},
    };
    char root[256], problem[1024];

    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        dead_tree("act", 3, root);
        tamper(root, cases[i].from, cases[i].to, cases[i].seal);
        char *before = lab_picture(root, true);
        is_str(lab_recover(root, problem), "stuck", "a journal with %s", cases[i].to);
        is_str(problem, cases[i].problem, "a journal with %s: the problem", cases[i].to);
        char *now = lab_picture(root, true);
        is_str(now, before, "a journal with %s: nothing is touched", cases[i].to);
        free(before);
        free(now);
        lab_remove(root);
    }
}

/* The journal is as it was; the tree or TX is not. */
static void disturbed(void)
{
    char root[256], problem[1024], path[512], to[512], own[1024];

    /* Somebody wrote a file that the run had put there: theirs is kept apart. */
    dead_tree("act", 4, root);
    is_tree(root, AFTER, "a run died here");
    lab_make(root, "A=theirs");
    is_str(lab_recover(root, problem), "undone", "a file was written since");
    is_str(problem, "1 entry was changed since the run; what was there is now in GATEPOST/LOST", "recover says so");
    is_tree(root, BEFORE, "the tree is as it was");
    is_str(lab_own(root, own), "LOCK LOST", "theirs is in LOST");
    char *lost = lab_read(root, "GATEPOST/LOST/00000000");
    is_str(lost, "theirs", "byte for byte");
    free(lost);
    lab_remove(root);

    /* Somebody put a file where the run had removed a directory. */
    dead_tree("act", 4, root);
    lab_make(root, "OLD=theirs");
    is_str(lab_recover(root, NULL), "undone", "a name was taken since");
    is_tree(root, BEFORE, "the tree is as it was");
    lost = lab_read(root, "GATEPOST/LOST/00000000");
    is_str(lost, "theirs", "theirs is in LOST");
    free(lost);
    lab_remove(root);

    /* Somebody put something into a directory that the run had made. */
    dead_tree("wrong", 3, root);
    is_tree(root, "A 644=other\nB 644=bbbb\nD/ 755\nD/FLAG 644=\nD/X 644=xx\nNEW/ 700\nOLD/ 755\nOLD/IN 644=in\n",
            "another run died here");
    lab_make(root, "NEW/MAIL=mail");
    is_str(lab_recover(root, NULL), "undone", "something lies in a new directory");
    is_tree(root, BEFORE, "the tree is as it was");
    lost = lab_read(root, "GATEPOST/LOST/00000000/MAIL");
    is_str(lost, "mail", "and what lay in it is in LOST");
    free(lost);
    lab_remove(root);

    /* What was kept is gone, so nobody can put it back. */
    dead_tree("act", 4, root);
    snprintf(path, sizeof(path), "%s/GATEPOST/TX/OLD/0", root);
    if (unlink(path) < 0)
        bail("%s: %s", path, strerror(errno));
    is_str(lab_recover(root, problem), "stuck", "what was kept is gone");
    is_str(problem, "A is neither what it was before the run nor what the run made of it, so it was left alone",
           "the file is named");
    lab_remove(root);

    /* A directory on the way became a link to a place outside. */
    dead_tree("act", 4, root);
    snprintf(path, sizeof(path), "%s/GATEPOST/TX", root);
    snprintf(to, sizeof(to), "%s/GATEPOST/TY", root);
    if (rename(path, to) < 0 || symlink("TY", path) < 0)
        bail("%s: %s", path, strerror(errno));
    is_str(lab_recover(root, problem), "stuck", "TX is a link");
    is_str(problem, "GATEPOST/TX: Too many levels of symbolic links", "and links are not followed");
    lab_remove(root);
}

static void links(void)
{
    static const char *const outside_items[] = {"IN=outside", NULL};
    char root[256], outside[256], path[512], to[512];

    lab_tree(outside_items, outside);
    dead_tree("act", 4, root);
    /* The target of the undo is now a link to a file outside. */
    snprintf(path, sizeof(path), "%s/A", root);
    snprintf(to, sizeof(to), "%s/IN", outside);
    if (unlink(path) < 0 || symlink(to, path) < 0)
        bail("%s: %s", path, strerror(errno));
    is_str(lab_recover(root, NULL), "undone", "a link stands at the target");
    is_tree(root, BEFORE, "it is put aside");
    is_tree(outside, "IN 644=outside\n", "and not followed");
    lab_remove(root);
    lab_remove(outside);
}

static void nothing_to_recover(void)
{
    char root[256], own[1024];

    lab_tree(tree, root);
    is_str(lab_recover(root, NULL), "nothing", "no GATEPOST");
    ok(!lab_own(root, own)[0], "recover makes none");
    lab_make(root, "GATEPOST/");
    lab_make(root, "GATEPOST/TX/");
    lab_make(root, "GATEPOST/TX/NEW/");
    lab_make(root, "GATEPOST/TX/NEW/0=x");
    lab_make(root, "GATEPOST/JOURNAL.NEW=half");
    is_str(lab_recover(root, NULL), "nothing", "litter");
    is_str(lab_own(root, own), "LOCK", "litter is removed");
    is_str(lab_recover("/nonexistent/tree", NULL), "unusable", "no directory");
    is_tree(root, BEFORE, "the tree is as it was");
    lab_make(root, "GATEPOST/JOURNAL=x");
    lab_make(root, "GATEPOST/DONE=x");
    is_str(lab_recover(root, NULL), "stuck", "JOURNAL and DONE");
    lab_remove(root);
}

/* Directories inside directories, deeper than anybody would go down. */
static void deep_litter(void)
{
    char root[256], own[1024], path[512];
    int depth = 0;

    lab_tree(tree, root);
    lab_make(root, "GATEPOST/");
    lab_make(root, "GATEPOST/TX/");
    snprintf(path, sizeof(path), "%s/GATEPOST/TX", root);
    int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (; dir >= 0 && depth < 3000; depth++) {
        int next = mkdirat(dir, "D", 0755) < 0 ? -1 : openat(dir, "D", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        close(dir);
        dir = next;
    }
    if (dir >= 0)
        close(dir);
    is_str(lab_recover(root, NULL), "nothing", "%d directories in each other", depth);
    is_str(lab_own(root, own), "LOCK", "they are gone");
    lab_remove(root);
}

/* ---- the ledger ---------------------------------------------------------------------------------------------- */

static void torn_ledger(void)
{
    char root[256];

    lab_tree(tree, root);
    lab_make(root, "GATEPOST/");
    lab_make(root, "GATEPOST/LEDGER={\"id\":\"half");
    runs(root, "listed", "done", NULL, "a torn line");
    char *ledger = lab_read(root, "GATEPOST/LEDGER");
    ok(ledger && strncmp(ledger, "{\"id\":\"half\n{\"id\":", 18) == 0, "a newline comes first");
    free(ledger);
    lab_remove(root);

    /* Death after the line was written but for its newline: it is not written twice. */
    dead_tree("act", 5, root);
    ledger = lab_read(root, "GATEPOST/DONE");
    ok(ledger != NULL, "the run had got as far as DONE");
    free(ledger);
    is_str(lab_recover(root, NULL), "finished", "recover finishes it");
    is_tree(root, AFTER, "the tree is as the operation leaves it");
    is_int((intmax_t)lab_lines(root, "GATEPOST/LEDGER"), 1, "the line is there");
    lab_remove(root);

    dead_tree("act", 5, root);
    char *journal = lab_read(root, "GATEPOST/DONE");
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_journal parsed;
    const char *why;
    if (gp_journal_parse(arena, lab_str(journal), &parsed, &why) < 0)
        bail("the journal: %s", why);
    struct gp_strbuf item = {0};
    gp_strbuf_printf(&item, "GATEPOST/LEDGER=%s", parsed.lines[0]);
    lab_make(root, item.data);
    is_str(lab_recover(root, NULL), "finished", "the line lacked only its newline");
    is_int((intmax_t)lab_lines(root, "GATEPOST/LEDGER"), 1, "it is not written twice");
    gp_strbuf_done(&item);
    gp_arena_free(arena);
    free(journal);
    lab_remove(root);
}

/* ---- file systems -------------------------------------------------------------------------------------------- */

static uint32_t faked_type;

static int fake_fstatfs(const struct gp_sys *sys, int fd, struct statfs *ret)
{
    (void)sys;
    (void)fd;
    memset(ret, 0, sizeof(*ret));
    ret->f_type = (__typeof__(ret->f_type))faked_type;
    return 0;
}

static int no_link(const struct gp_sys *sys, int old_dir, const char *old_name, int new_dir, const char *new_name,
                   int flags)
{
    (void)sys;
    (void)old_dir;
    (void)old_name;
    (void)new_dir;
    (void)new_name;
    (void)flags;
    errno = EPERM;
    return -1;
}

static int no_noreplace(const struct gp_sys *sys, int old_dir, const char *old_name, int new_dir, const char *new_name,
                        unsigned flags)
{
    if (flags) {
        errno = EINVAL;
        return -1;
    }
    return gp_sys_linux.renameat2(sys, old_dir, old_name, new_dir, new_name, flags);
}

static void file_systems(void)
{
    static const struct {
        uint32_t type;
        const char *begins;
    } cases[] = {
        {0xef53, NULL},
        {0x58465342, NULL},
        {0x9123683e, NULL},
        {0x2fc12fc1, NULL},
        {0x4d44, "This file system keeps no journal of names"},
        {0x2011bab0, "This file system keeps no journal of names"},
        {0x6969, "This is a network file system"},
        {0xfe534d42, "This is a network file system"},
        {0x12345678, "What this file system promises is not known"},
    };
    struct gp_sys sys = gp_sys_linux;
    char root[256];

    sys.fstatfs = fake_fstatfs;
    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        faked_type = cases[i].type;
        lab_tree(tree, root);
        struct gp_run_options options = lab_options(&lab, root, "act");
        options.sys = &sys;
        lab_run(&lab, &options);
        const char *limits = lab.result.limits;
        ok(cases[i].begins ? limits && strncmp(limits, cases[i].begins, strlen(cases[i].begins)) == 0 : !limits,
           "the limits of file system %x", (unsigned)cases[i].type);
        char *ledger = lab_read(root, "GATEPOST/LEDGER");
        ok(ledger && (strstr(ledger, "limits") != NULL) == (cases[i].begins != NULL), "and the ledger keeps them");
        free(ledger);
        lab_remove(root);
    }

    /* No second names, no RENAME_NOREPLACE: all of it works, forth and back. */
    sys.linkat = no_link;
    sys.renameat2 = no_noreplace;
    lab_tree(tree, root);
    char *before = lab_picture(root, true);
    struct gp_run_options options = lab_options(&lab, root, "wrong");
    options.sys = &sys;
    is_str(lab_status(lab_run(&lab, &options)), "failed", "a poor file system: a run that is taken back");
    char *now = lab_picture(root, true);
    is_str(now, before, "a poor file system: everything is as it was");
    free(before);
    free(now);
    options = lab_options(&lab, root, "act");
    options.sys = &sys;
    is_str(lab_status(lab_run(&lab, &options)), "done", "a poor file system: a run");
    is_tree(root, AFTER, "a poor file system: it acts");
    lab_remove(root);
    gp_run_free(lab.run); /* which has been using our table */
    lab.run = NULL;
}

int main(void)
{
    load();
    plain();
    stops();
    parameters();
    vouching();
    ensures();
    changes();
    neighbours();
    late_changes();
    directory_times();
    busy();
    race();
    refuses_interrupted();
    hostile_journals();
    disturbed();
    links();
    nothing_to_recover();
    deep_litter();
    torn_ledger();
    file_systems();
    lab_end(&lab);
    return done_testing();
}
