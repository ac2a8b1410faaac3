/* The engine's own directory: its ledger, and runs that were interrupted. */
#include <sys/wait.h>

#include "probe-helper.h"

#define LINE(id, name, to)                                                                                  \
    "{\"id\":\"" id "\",\"kind\":\"operation\",\"name\":\"" name "\",\"to\":\"" to                          \
    "\",\"ruleset\":\"r\",\"who\":\"w\",\"host\":\"h\",\"when\":\"2027-01-31T12:34:56Z\"}\n"

static const struct item none[] = {{ITEM_FILE, "file", ""}};
static const struct item empty[] = {{ITEM_DIR, "GATEPOST", NULL}};
static const struct item no_directory[] = {{ITEM_FILE, "GATEPOST", LINE("1", "a", "s")}};
static const struct item a_link[] = {
    {ITEM_DIR, "elsewhere", NULL}, {ITEM_FILE, "elsewhere/LEDGER", LINE("1", "a", "s")},
    {ITEM_FILE, "elsewhere/JOURNAL", ""}, {ITEM_LINK, "GATEPOST", "elsewhere"},
};
static const struct item other_case[] = {
    {ITEM_DIR, "gatepost", NULL}, {ITEM_FILE, "gatepost/LEDGER", LINE("1", "a", "s")},
};
static const struct item two_lines[] = {
    {ITEM_DIR, "GATEPOST", NULL}, {ITEM_FILE, "GATEPOST/LEDGER", LINE("1", "a", "s") "torn\n" LINE("2", "b", "t")},
};
static const struct item ledger_link[] = {{ITEM_DIR, "GATEPOST", NULL}, {ITEM_LINK, "GATEPOST/LEDGER", "../file"}};
static const struct item ledger_dir[] = {{ITEM_DIR, "GATEPOST", NULL}, {ITEM_DIR, "GATEPOST/LEDGER", NULL}};
static const struct item ledger_fifo[] = {{ITEM_DIR, "GATEPOST", NULL}, {ITEM_FIFO, "GATEPOST/LEDGER", NULL}};
static const struct item journal[] = {{ITEM_DIR, "GATEPOST", NULL}, {ITEM_FILE, "GATEPOST/JOURNAL", "{}"}};
static const struct item done[] = {
    {ITEM_DIR, "GATEPOST", NULL}, {ITEM_FILE, "GATEPOST/DONE", ""}, {ITEM_FILE, "GATEPOST/LOCK", "1"},
};
static const struct item journal_link[] = {{ITEM_DIR, "GATEPOST", NULL}, {ITEM_LINK, "GATEPOST/JOURNAL", "nowhere"}};
static const struct item litter[] = {
    {ITEM_DIR, "GATEPOST", NULL}, {ITEM_DIR, "GATEPOST/TX", NULL}, {ITEM_FILE, "GATEPOST/JOURNAL.NEW", ""},
    {ITEM_FILE, "GATEPOST/LOCK", "1"}, {ITEM_FILE, "JOURNAL", ""},
};

static const struct {
    const char *name;
    const struct item *items;
    size_t item_count;
    enum gp_reason reason;
    size_t lines, bad;
    enum gp_interrupted interrupted;
} cases[] = {
#define TREE(items) #items, items, GP_COUNT(items)
    {TREE(none), GP_REASON_NONE, 0, 0, GP_INTERRUPTED_NO},
    {TREE(empty), GP_REASON_NONE, 0, 0, GP_INTERRUPTED_NO},
    {TREE(no_directory), GP_REASON_IO_ERROR, 0, 0, GP_INTERRUPTED_NO},
    {TREE(a_link), GP_REASON_LINK, 0, 0, GP_INTERRUPTED_NO},
    {TREE(other_case), GP_REASON_NONE, 0, 0, GP_INTERRUPTED_NO},
    {TREE(two_lines), GP_REASON_NONE, 2, 1, GP_INTERRUPTED_NO},
    {TREE(ledger_link), GP_REASON_LINK, 0, 0, GP_INTERRUPTED_NO},
    {TREE(ledger_dir), GP_REASON_IO_ERROR, 0, 0, GP_INTERRUPTED_NO},
    {TREE(ledger_fifo), GP_REASON_IO_ERROR, 0, 0, GP_INTERRUPTED_NO},
    {TREE(journal), GP_REASON_NONE, 0, 0, GP_INTERRUPTED_YES},
    {TREE(done), GP_REASON_NONE, 0, 0, GP_INTERRUPTED_YES},
    {TREE(journal_link), GP_REASON_NONE, 0, 0, GP_INTERRUPTED_YES},
    {TREE(litter), GP_REASON_NONE, 0, 0, GP_INTERRUPTED_NO},
};

static void test_probe(struct gp_probe *probe, const char *kind, size_t i)
{
    const struct gp_ledger *ledger = NULL, *again = NULL;

    is_int(gp_probe_interrupted(probe), cases[i].interrupted, "%s, %s: interrupted", kind, cases[i].name);
    is_str(gp_reason_name(gp_probe_ledger(probe, &ledger)), gp_reason_name(cases[i].reason), "%s, %s: ledger", kind,
           cases[i].name);
    ok((ledger != NULL) == (cases[i].reason == GP_REASON_NONE), "%s, %s: a ledger or a reason", kind, cases[i].name);
    if (ledger) {
        is_int((intmax_t)ledger->count, (intmax_t)cases[i].lines, "%s, %s: lines", kind, cases[i].name);
        is_int((intmax_t)ledger->bad_lines, (intmax_t)cases[i].bad, "%s, %s: bad lines", kind, cases[i].name);
        ok(gp_probe_ledger(probe, &again) == GP_REASON_NONE && again == ledger, "%s, %s: once", kind, cases[i].name);
    }
    gp_probe_free(probe);
}

static void test_cases(void)
{
    for (size_t i = 0; i < GP_COUNT(cases); i++)
        for (int fold = 0; fold <= 1; fold++) {
            struct gp_probe_options options = {.fold = fold, .held_path = GP_PATH_NONE};
            struct gp_memtree *tree = build_memory(cases[i].items, cases[i].item_count);
            struct gp_probe *probe = NULL;
            char directory[256];
            ok(gp_memtree_open(&probe, tree, &options) == 0, "a tree in memory");
            test_probe(probe, "memory", i);
            gp_memtree_free(tree);
            build_live(cases[i].items, cases[i].item_count, directory);
            ok(gp_probe_open(&probe, directory, &options) == 0, "a tree on disk");
            test_probe(probe, "disk", i);
            remove_tree(directory);
        }
}

/* ---- what cannot be read ----------------------------------------------------------------------------------------- */

static int fail_call(struct fake *fake, enum call call, const char *name)
{
    return call == (enum call)fake->times && strcmp(name, fake->name) == 0 ? fake->error : 0;
}

static void test_errors(void)
{
    static const struct {
        enum call call;
        const char *name;
        int error;
        enum gp_reason reason;
        enum gp_interrupted interrupted;
    } errors[] = {
        {CALL_STAT, "GATEPOST", EACCES, GP_REASON_NO_PERMISSION, GP_INTERRUPTED_NO},
        {CALL_STAT, "GATEPOST", EIO, GP_REASON_IO_ERROR, GP_INTERRUPTED_NO},
        {CALL_OPEN, "GATEPOST", EACCES, GP_REASON_NO_PERMISSION, GP_INTERRUPTED_NO},
        {CALL_STAT, "LEDGER", EACCES, GP_REASON_NO_PERMISSION, GP_INTERRUPTED_NO},
        {CALL_OPEN, "LEDGER", EACCES, GP_REASON_NO_PERMISSION, GP_INTERRUPTED_NO},
        {CALL_READ, "LEDGER", EIO, GP_REASON_IO_ERROR, GP_INTERRUPTED_NO},
        {CALL_STAT, "JOURNAL", EIO, GP_REASON_NONE, GP_INTERRUPTED_YES},
        {CALL_STAT, "DONE", EIO, GP_REASON_NONE, GP_INTERRUPTED_YES},
        {CALL_STAT, "JOURNAL", EACCES, GP_REASON_NONE, GP_INTERRUPTED_NO},
    };
    char directory[256];

    build_live(two_lines, GP_COUNT(two_lines), directory);
    for (size_t i = 0; i < GP_COUNT(errors); i++) {
        struct fake fake;
        fake_init(&fake);
        struct gp_probe_options options = {.fold = true, .sys = &fake.sys, .held_path = GP_PATH_NONE};
        struct gp_probe *probe = NULL;
        const struct gp_ledger *ledger = NULL;
        ok(gp_probe_open(&probe, directory, &options) == 0, "a tree on disk");
        fake.before = fail_call;
        fake.times = errors[i].call;
        fake.name = errors[i].name;
        fake.error = errors[i].error;
        is_str(gp_reason_name(gp_probe_ledger(probe, &ledger)), gp_reason_name(errors[i].reason), "call %u of %s: %s",
               errors[i].call, errors[i].name, strerror(errors[i].error));
        is_int(gp_probe_interrupted(probe), errors[i].interrupted, "interrupted");
        is_int(gp_probe_facts(probe, at(probe, "GATEPOST"))->present, GP_TRI_NO, "and absent by name as ever");
        gp_probe_free(probe);
        is_int(fake.open_now, 0, "everything is closed");
    }
    remove_tree(directory);
}

static void test_memory_errors(void)
{
    struct gp_memtree *tree = gp_memtree_new();
    struct gp_probe *probe = NULL;
    const struct gp_ledger *ledger = NULL;

    gp_memtree_ledger(tree, LINE("1", "a", "s"));
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "a ledger in memory");
    ok(gp_probe_ledger(probe, &ledger) == GP_REASON_NONE && ledger->count == 1, "is read");
    gp_probe_free(probe);
    gp_memtree_ledger_fail(tree, EACCES);
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "one that fails");
    is_int(gp_probe_ledger(probe, &ledger), GP_REASON_NO_PERMISSION, "is unknown");
    gp_probe_free(probe);
    gp_memtree_free(tree);
    tree = gp_memtree_new();
    gp_memtree_ledger_fail(tree, EIO);
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "one that fails and was never there");
    is_int(gp_probe_ledger(probe, &ledger), GP_REASON_IO_ERROR, "is unknown as well");
    gp_probe_free(probe);
    gp_memtree_free(tree);
}

/* ---- busy -------------------------------------------------------------------------------------------------------- */

static void test_busy(void)
{
    char directory[256], path[512];
    int ready[2], go[2];
    char byte = 0;

    build_live(done, GP_COUNT(done), directory);
    snprintf(path, sizeof(path), "%s/GATEPOST/LOCK", directory);
    if (pipe2(ready, O_CLOEXEC) < 0 || pipe2(go, O_CLOEXEC) < 0)
        bail("pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid == 0) {
        struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        int fd = open(path, O_RDWR | O_CLOEXEC);
        close(go[1]);
        byte = fd >= 0 && fcntl(fd, F_OFD_SETLK, &lock) == 0 ? 'y' : 'n';
        if (write(ready[1], &byte, 1) != 1 || read(go[0], &byte, 1) < 0)
            _exit(1);
        _exit(0);
    }
    close(go[0]);
    ok(pid > 0 && read(ready[0], &byte, 1) == 1 && byte == 'y', "another process holds LOCK");
    struct gp_probe *probe = NULL;
    ok(gp_probe_open(&probe, directory, NULL) == 0, "a tree on disk");
    is_int(gp_probe_interrupted(probe), GP_INTERRUPTED_BUSY, "a run is going on");
    gp_probe_free(probe);
    close(go[1]);
    waitpid(pid, NULL, 0);
    ok(gp_probe_open(&probe, directory, NULL) == 0, "the same later");
    is_int(gp_probe_interrupted(probe), GP_INTERRUPTED_YES, "it has died");
    gp_probe_free(probe);
    close(ready[0]);
    close(ready[1]);
    remove_tree(directory);

    struct gp_memtree *tree = build_memory(done, GP_COUNT(done));
    gp_memtree_locked(tree, "GATEPOST/LOCK", true);
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "in memory");
    is_int(gp_probe_interrupted(probe), GP_INTERRUPTED_BUSY, "a run is going on");
    gp_probe_free(probe);
    gp_memtree_free(tree);
}

/* ---- limits and assumed lines ------------------------------------------------------------------------------------ */

static void test_cut(void)
{
    size_t length = strlen(LINE("1", "a", "s"));
    static const struct {
        int more; /* than two lines */
        size_t lines;
    } limits[] = {{1, 2}, {0, 1}, {-1, 1}}; /* exactly two: nobody knows that the first byte begins a line */
    struct gp_memtree *tree = gp_memtree_new();

    gp_memtree_ledger(tree, LINE("1", "a", "s") LINE("2", "b", "s") LINE("3", "c", "s"));
    for (size_t i = 0; i < GP_COUNT(limits); i++) {
        struct gp_probe_options options = {
            .ledger_limit = 2 * length + (size_t)limits[i].more, .held_path = GP_PATH_NONE,
        };
        struct gp_probe *probe = NULL;
        const struct gp_ledger *ledger = NULL;
        ok(gp_memtree_open(&probe, tree, &options) == 0, "limited");
        ok(gp_probe_ledger(probe, &ledger) == GP_REASON_NONE, "and read");
        is_int((intmax_t)ledger->count, (intmax_t)limits[i].lines, "only whole lines of the end (%d)", limits[i].more);
        is_int((intmax_t)ledger->bad_lines, 0, "the cut line is not a bad one");
        ok(ledger->cut, "and it says so");
        is_str(gp_ledger_newest(ledger, GP_LEDGER_OPERATION, NULL, NULL)->name, "c", "the newest is there");
        gp_probe_free(probe);
    }
    struct gp_probe_options options = {.ledger_limit = 3 * length, .held_path = GP_PATH_NONE};
    struct gp_probe *probe = NULL;
    const struct gp_ledger *ledger = NULL;
    ok(gp_memtree_open(&probe, tree, &options) == 0, "just enough");
    ok(gp_probe_ledger(probe, &ledger) == GP_REASON_NONE, "and read");
    ok(ledger->count == 3 && !ledger->cut, "is not cut");
    gp_probe_free(probe);
    options.ledger_limit = 10;
    ok(gp_memtree_open(&probe, tree, &options) == 0 && gp_probe_ledger(probe, &ledger) == GP_REASON_NONE, "ten bytes");
    ok(ledger->count == 0 && ledger->cut, "hold no line");
    gp_probe_free(probe);
    gp_memtree_free(tree);
}

static void test_assume(void)
{
    static const char line[] = LINE("9", "new", "state");
    struct gp_memtree *tree = gp_memtree_new();
    struct gp_probe *probe = NULL;
    const struct gp_ledger *ledger = NULL;

    gp_memtree_ledger(tree, LINE("1", "a", "s"));
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "a ledger with a line");
    is_int(gp_probe_assume_ledger_line(probe, GP_STR("nonsense")), -EINVAL, "nonsense is not assumed");
    is_int(gp_probe_assume_ledger_line(probe, GP_STR("")), -EINVAL, "nor is nothing");
    is_int(gp_probe_assume_ledger_line(probe, GP_STR(LINE("7", "x", "y") LINE("8", "x", "y"))), -EINVAL,
           "nor two lines");
    is_int(gp_probe_assume_ledger_line(probe, (struct gp_str){line, sizeof(line) - 2}), 0, "a line without its end");
    ok(gp_probe_ledger(probe, &ledger) == GP_REASON_NONE && ledger->count == 2, "is there");
    is_str(gp_ledger_last_move(ledger, NULL)->to, "state", "as the last");
    is_int(gp_probe_assume_ledger_line(probe, GP_STR(line)), 0, "the same once more");
    is_int((intmax_t)ledger->count, 2, "is the same line");
    gp_probe_free(probe);
    gp_memtree_ledger_fail(tree, EACCES);
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "a ledger that cannot be read");
    is_int(gp_probe_assume_ledger_line(probe, GP_STR(line)), 0, "with a line assumed");
    is_int(gp_probe_ledger(probe, &ledger), GP_REASON_NO_PERMISSION, "stays unknown");
    gp_probe_free(probe);
    gp_memtree_free(tree);
}

int main(void)
{
    alarm(60);
    test_cases();
    test_errors();
    test_memory_errors();
    test_busy();
    test_cut();
    test_assume();
    return done_testing();
}
