/* Windows of files: what is in them, what is read how often, and files that change or cannot be read. */
#include "probe-helper.h"

#define SIZE 10000

static char pattern[SIZE];

static const struct item items[] = {
    {ITEM_DIR, "d", NULL}, {ITEM_FILE, "d/small", "0123456789"}, {ITEM_FILE, "d/empty", ""},
    {ITEM_LINK, "d/link", "small"}, {ITEM_FIFO, "d/pipe", NULL}, {ITEM_FILE, "d/other", "abcdefghij"},
};

static const struct {
    const char *path;
    uint64_t offset;
    size_t length;
    enum gp_reason reason;
    const char *data; /* NULL: of the pattern */
    size_t got;
} cases[] = {
    {"d/small", 3, 4, GP_REASON_NONE, "3456", 4},
    {"d/small", 8, 4, GP_REASON_NONE, "89", 2},
    {"d/small", 10, 4, GP_REASON_NONE, "", 0},
    {"d/small", 11, 4, GP_REASON_NONE, "", 0},
    {"d/small", UINT64_MAX, SIZE_MAX, GP_REASON_NONE, "", 0},
    {"d/small", 0, SIZE_MAX, GP_REASON_NONE, "0123456789", 10},
    {"d/small", 0, 10, GP_REASON_NONE, "0123456789", 10},
    {"d/small", 5, 0, GP_REASON_NONE, "", 0},
    {"d/empty", 0, 1, GP_REASON_NONE, "", 0},
    {"d/big", 4000, 96, GP_REASON_NONE, NULL, 96},
    {"d/big", 4000, 97, GP_REASON_NONE, NULL, 97},
    {"d/big", 4096, 1, GP_REASON_NONE, NULL, 1},
    {"d/big", 9990, 100, GP_REASON_NONE, NULL, 10},
    {"d/big", 0, SIZE, GP_REASON_NONE, NULL, SIZE}, /* last: from now on all of it is kept */
    {"d/missing", 0, 1, GP_REASON_NO_VALUE, "", 0},
    {"d", 0, 1, GP_REASON_NO_VALUE, "", 0},
    {"d/pipe", 0, 1, GP_REASON_NO_VALUE, "", 0},
    {"d/link", 0, 1, GP_REASON_LINK, "", 0},
};

static void test_case(struct gp_probe *probe, const char *kind, size_t i)
{
    const char *want = cases[i].data ? cases[i].data : pattern + cases[i].offset;
    char buffer[SIZE];
    size_t got = 77;

    /* The buffer first: afterwards it would be served from what the window kept. */
    size_t length = cases[i].length < SIZE ? cases[i].length : SIZE;
    enum gp_reason reason = gp_probe_read_into(probe, at(probe, cases[i].path), cases[i].offset, buffer, length, &got);
    is_int(reason, cases[i].reason, "%s, case %zu: %s into a buffer", kind, i, cases[i].path);
    if (reason == GP_REASON_NONE)
        ok(got == cases[i].got && memcmp(buffer, want, got) == 0, "%s, case %zu: bytes", kind, i);
    else
        is_int((intmax_t)got, 77, "%s, case %zu: untouched", kind, i);
    for (int again = 0; again <= 1; again++) {
        struct gp_window window = gp_probe_read(probe, at(probe, cases[i].path), cases[i].offset, cases[i].length);
        is_int(window.reason, cases[i].reason, "%s, case %zu: %s at %ju", kind, i, cases[i].path,
               (uintmax_t)cases[i].offset);
        if (window.reason == GP_REASON_NONE)
            ok(window.data.len == cases[i].got && memcmp(window.data.data, want, cases[i].got) == 0,
               "%s, case %zu: data", kind, i);
    }
}

static void test_cases(struct gp_probe *probe, const char *kind)
{
    for (size_t i = 0; i < GP_COUNT(cases); i++)
        test_case(probe, kind, i);
    for (size_t i = GP_COUNT(cases); i-- > 0;) /* the order does not matter */
        test_case(probe, kind, i);
    gp_probe_free(probe);
}

static void test_limit(struct gp_memtree *tree)
{
    for (size_t limit = SIZE - 1; limit <= SIZE; limit++) {
        struct gp_probe_options options = {.window_limit = limit, .held_path = GP_PATH_NONE};
        struct gp_probe *probe = NULL;
        ok(gp_memtree_open(&probe, tree, &options) == 0, "windows of at most %zu bytes", limit);
        is_int(gp_probe_read(probe, at(probe, "d/big"), 0, SIZE_MAX).reason,
               limit == SIZE ? GP_REASON_NONE : GP_REASON_LIMIT, "of %d", SIZE);
        is_int(gp_probe_read(probe, at(probe, "d/big"), 1, SIZE_MAX).reason, GP_REASON_NONE, "of one less");
        gp_probe_free(probe);
    }
}

static void test_zeros(void)
{
    struct gp_memtree *tree = gp_memtree_new();
    struct gp_probe *probe = NULL;

    gp_memtree_zeros(tree, "huge", UINT64_MAX);
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "a huge file");
    struct gp_window window = gp_probe_read(probe, at(probe, "huge"), UINT64_MAX - 4, 100);
    ok(window.reason == GP_REASON_NONE && window.data.len == 4 && memcmp(window.data.data, "\0\0\0\0", 4) == 0,
       "its last bytes are zeros");
    is_int(gp_probe_read(probe, at(probe, "huge"), 0, SIZE_MAX).reason, GP_REASON_LIMIT, "all of it is too much");
    gp_probe_free(probe);
    gp_memtree_free(tree);
}

/* ---- on disk, counted -------------------------------------------------------------------------------------------- */

static struct gp_probe *open_fake(struct fake *fake, const char *directory)
{
    struct gp_probe_options options = {.fold = true, .sys = &fake->sys, .held_path = GP_PATH_NONE};
    struct gp_probe *probe = NULL;

    fake->directory = directory;
    if (gp_probe_open(&probe, directory, &options) < 0)
        bail("%s", directory);
    return probe;
}

static void test_counts(const char *directory)
{
    struct fake fake;
    fake_init(&fake);
    struct gp_probe *probe = open_fake(&fake, directory);
    struct gp_entry *small = at(probe, "d/small"), *big = at(probe, "d/big");

    gp_probe_facts(probe, small);
    gp_probe_facts(probe, big);
    is_int(fake.count[CALL_READ], 0, "nothing read yet");
    for (size_t i = 0; i < 10; i++)
        gp_probe_read(probe, small, i, 1);
    is_int(fake.count[CALL_READ], 1, "ten bytes of a small file: one read");
    unsigned opened = fake.count[CALL_OPEN];
    for (size_t i = 0; i < 4000; i += 100)
        gp_probe_read(probe, big, i, 50);
    is_int(fake.count[CALL_READ], 2, "pieces near the start of a big file: one read");
    is_int(fake.count[CALL_OPEN] - opened, 1, "and one open");
    gp_probe_read(probe, small, 2, 3);
    gp_probe_read(probe, big, 200, 50);
    is_int(fake.count[CALL_READ], 2, "going back and forth: none");
    gp_probe_read(probe, big, 5000, 1000);
    gp_probe_read(probe, big, 5000, 1000);
    gp_probe_read(probe, big, 5500, 100);
    is_int(fake.count[CALL_READ], 3, "a range further on: one, also for a part of it");
    is_int(fake.count[CALL_OPEN] - opened, 1, "from the file that is open still");
    gp_probe_read(probe, big, SIZE, 10);
    gp_probe_read(probe, at(probe, "d/empty"), 0, 10);
    is_int(fake.count[CALL_READ], 3, "what is not there is not read");
    gp_probe_read(probe, at(probe, "d/pipe"), 0, 10);
    is_int(fake.count[CALL_OPEN] - opened, 1, "a FIFO is not opened");
    gp_probe_free(probe);
    is_int(fake.open_now, 0, "everything is closed");
}

static int fail_call(struct fake *fake, enum call call, const char *name)
{
    return call == (enum call)fake->times && strcmp(name, fake->name) == 0 ? fake->error : 0;
}

static void test_failures(const char *directory)
{
    static const struct {
        enum call call;
        int error;
        enum gp_reason reason;
    } failures[] = {
        {CALL_OPEN, EACCES, GP_REASON_NO_PERMISSION}, {CALL_OPEN, EIO, GP_REASON_IO_ERROR},
        {CALL_OPEN, ELOOP, GP_REASON_LINK},           {CALL_OPEN, ENOENT, GP_REASON_CHANGED},
        {CALL_OPEN, EMFILE, GP_REASON_LIMIT},         {CALL_FSTAT, EIO, GP_REASON_IO_ERROR},
        {CALL_READ, EIO, GP_REASON_IO_ERROR},         {CALL_READ, ESTALE, GP_REASON_CHANGED},
    };

    for (size_t i = 0; i < GP_COUNT(failures); i++) {
        struct fake fake;
        size_t length;
        char buffer[10];
        fake_init(&fake);
        fake.before = fail_call;
        fake.name = "small";
        fake.times = failures[i].call;
        fake.error = failures[i].error;
        struct gp_probe *probe = open_fake(&fake, directory);
        is_int(gp_probe_read(probe, at(probe, "d/small"), 3, 4).reason, failures[i].reason, "call %u fails: %s",
               failures[i].call, strerror(failures[i].error));
        unsigned calls = fake.count[CALL_OPEN] + fake.count[CALL_READ];
        is_int(gp_probe_read(probe, at(probe, "d/small"), 3, 4).reason, failures[i].reason, "and is remembered");
        is_int(gp_probe_read(probe, at(probe, "d/small"), 0, 9).reason, failures[i].reason, "for the whole page");
        is_int(gp_probe_read_into(probe, at(probe, "d/small"), 1, buffer, 2, &length), failures[i].reason,
               "everywhere");
        is_int(fake.count[CALL_OPEN] + fake.count[CALL_READ], calls, "without another look");
        is_int(gp_probe_facts(probe, at(probe, "d/small"))->present, GP_TRI_YES, "it is there all the same");
        is_int(gp_probe_read(probe, at(probe, "d/other"), 0, 3).reason, GP_REASON_NONE, "others can be read");
        gp_probe_free(probe);
        is_int(fake.open_now, 0, "everything is closed");
    }
}

/* What happens to d/victim at the time of a call. */
static int meddle(struct fake *fake, enum call call, const char *name)
{
    char victim[512], other[512];

    if (strcmp(name, "victim") != 0 || call != (enum call)fake->times)
        return 0;
    snprintf(victim, sizeof(victim), "%s/d/victim", fake->directory);
    snprintf(other, sizeof(other), "%s/d/second", fake->directory);
    int r = 0;
    if (strcmp(fake->name, "shrink") == 0)
        r = truncate(victim, 5);
    else if (strcmp(fake->name, "grow") == 0)
        r = truncate(victim, 50);
    else if (strcmp(fake->name, "touch") == 0)
        r = utimensat(AT_FDCWD, victim, (struct timespec[2]){{1, 0}, {1, 0}}, 0);
    else if (strcmp(fake->name, "replace") == 0)
        r = rename(other, victim);
    else if (strcmp(fake->name, "fifo") == 0)
        r = unlink(victim) < 0 ? -1 : mkfifo(victim, 0644);
    if (r < 0)
        bail("%s: %s", fake->name, strerror(errno));
    fake->times = CALLS; /* once */
    return 0;
}

static void test_changes(const char *directory)
{
    static const struct {
        const char *what;
        enum call call;
    } changes[] = {
        {"shrink", CALL_OPEN}, {"grow", CALL_OPEN}, {"touch", CALL_OPEN}, {"replace", CALL_OPEN}, {"fifo", CALL_OPEN},
        {"shrink", CALL_READ}, {"grow", CALL_READ}, {"touch", CALL_READ},
    };

    for (size_t i = 0; i < GP_COUNT(changes); i++) {
        char path[512];
        struct fake fake;
        snprintf(path, sizeof(path), "%s/d/victim", directory);
        unlink(path);
        write_file(directory, "d/victim", "0123456789", 10);
        write_file(directory, "d/second", "0123456789", 10);
        fake_init(&fake);
        struct gp_probe *probe = open_fake(&fake, directory);
        struct gp_entry *victim = at(probe, "d/victim");
        gp_probe_facts(probe, victim);
        fake.before = meddle;
        fake.name = changes[i].what;
        fake.times = changes[i].call;
        is_int(gp_probe_read(probe, victim, 0, 10).reason, GP_REASON_CHANGED, "%s at call %u: changed", changes[i].what,
               changes[i].call);
        is_int(fake.times, CALLS, "it happened");
        is_int(gp_probe_read(probe, victim, 0, 10).reason, GP_REASON_CHANGED, "and stays so");
        gp_probe_free(probe);
    }
}

/* Read into a buffer twice, with a change that no stat shows. */
static void test_hidden_change(struct gp_memtree *tree)
{
    struct gp_probe *probe = NULL;
    char buffer[SIZE];
    size_t length = 0;

    ok(gp_memtree_open(&probe, tree, NULL) == 0, "opened");
    struct gp_entry *big = at(probe, "d/big");
    is_int(gp_probe_read_into(probe, big, 0, buffer, SIZE, &length), GP_REASON_NONE, "read");
    is_int(gp_probe_read_into(probe, big, 0, buffer, SIZE, &length), GP_REASON_NONE, "read again");
    gp_memtree_file(tree, "d/big", "x", 1);
    is_int(gp_probe_read_into(probe, big, 0, buffer, SIZE, &length), GP_REASON_CHANGED, "another file is there");
    gp_probe_free(probe);
}

int main(void)
{
    struct gp_memtree *tree = build_memory(items, GP_COUNT(items));
    struct gp_probe *probe = NULL;
    char directory[256];

    for (size_t i = 0; i < SIZE; i++)
        pattern[i] = (char)(i * 7 + i / 256);
    build_live(items, GP_COUNT(items), directory);
    gp_memtree_file(tree, "d/big", pattern, SIZE);
    write_file(directory, "d/big", pattern, SIZE);
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "a tree in memory");
    test_cases(probe, "memory");
    ok(gp_probe_open(&probe, directory, NULL) == 0, "a tree on disk");
    test_cases(probe, "disk");
    test_limit(tree);
    test_zeros();
    test_counts(directory);
    test_failures(directory);
    test_changes(directory);
    test_hidden_change(tree);
    gp_memtree_free(tree);
    remove_tree(directory);
    return done_testing();
}
