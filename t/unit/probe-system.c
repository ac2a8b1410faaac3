/* The probe and the kernel: how often it asks for what, and what it makes of errors and changes. */
#include <sys/wait.h>

#include "probe-helper.h"

static const struct item items[] = {
    {ITEM_DIR, "GLB", NULL},
    {ITEM_FILE, "GLB/MASTER.GLB", "master"},
    {ITEM_FILE, "GLB/CONTROL.GLB", "control"},
    {ITEM_DIR, "MAI", NULL},
    {ITEM_FILE, "MAI/x", "x"},
    {ITEM_FIFO, "PIPE", NULL},
    {ITEM_LINK, "LINK", "GLB"},
};

static struct gp_probe *open_fake(struct fake *fake, const char *directory, bool fold, int open_limit)
{
    struct gp_probe_options options = {
        .fold = fold, .sys = &fake->sys, .open_limit = open_limit, .held_path = GP_PATH_NONE,
    };
    struct gp_probe *probe = NULL;

    fake->directory = directory;
    if (gp_probe_open(&probe, directory, &options) < 0)
        bail("%s", directory);
    return probe;
}

/* How often a call was made with a name. */
static unsigned seen[CALLS];
static int count_name(struct fake *fake, enum call call, const char *name)
{
    seen[call] += strcmp(name, fake->name) == 0;
    return 0;
}

static void look_at_all(struct gp_probe *probe)
{
    static const char *const paths[] = {"glb/master.glb", "GLB/MASTER.GLB", "GLB/CONTROL.GLB", "GLB/missing",
                                        "GLB/MISSING",    "MAI/x",          "PIPE",            "LINK"};
    const struct gp_listing *listing = NULL;

    for (int again = 0; again <= 1; again++) {
        for (size_t i = 0; i < GP_COUNT(paths); i++)
            gp_probe_facts(probe, at(probe, paths[i]));
        if (gp_probe_list(probe, at(probe, "GLB"), &listing) == GP_REASON_NONE)
            for (size_t i = 0; i < gp_listing_count(listing); i++)
                gp_probe_facts(probe, gp_listing_entry(probe, listing, i));
    }
}

static void test_once(const char *directory)
{
    static const struct {
        bool fold;
        unsigned stats, lists; /* listing a directory takes two calls: the names, and that there are no more */
    } want[] = {
        {true, 7, 2 * 3},   /* GLB, its two files, MAI, x, PIPE, LINK; the root, GLB, MAI */
        {false, 10, 2 * 1}, /* and glb, missing, MISSING; GLB, because a listing was asked for */
    };

    for (size_t i = 0; i < GP_COUNT(want); i++) {
        struct fake fake;
        fake_init(&fake);
        struct gp_probe *probe = open_fake(&fake, directory, want[i].fold, 0);
        look_at_all(probe);
        is_int(fake.count[CALL_LIST], want[i].lists, "fold %d: one listing a directory", want[i].fold);
        is_int(fake.count[CALL_STAT], want[i].stats, "fold %d: one stat a name", want[i].fold);
        is_int(fake.count[CALL_READ], 0, "fold %d: nothing is read", want[i].fold);
        gp_probe_free(probe);
        is_int(fake.open_now, 0, "fold %d: everything is closed", want[i].fold);
    }
}

static void test_one_file(const char *directory)
{
    struct fake fake;
    fake_init(&fake);
    struct gp_probe *probe = open_fake(&fake, directory, true, 0);

    memset(seen, 0, sizeof(seen));
    fake.name = "MASTER.GLB";
    fake.before = count_name;
    look_at_all(probe);
    gp_probe_read(probe, at(probe, "GLB/MASTER.GLB"), 0, 2);
    gp_probe_read(probe, at(probe, "GLB/MASTER.GLB"), 2, 2);
    gp_probe_attributes(probe, at(probe, "GLB/MASTER.GLB"));
    is_int(seen[CALL_STAT], 1, "one file: one stat");
    is_int(seen[CALL_OPEN], 1, "one open, also for its attributes");
    is_int(seen[CALL_READ], 1, "one read");
    gp_probe_free(probe);
}

static void test_counting_names(const char *directory)
{
    struct fake fake;
    const struct gp_listing *listing = NULL;
    fake_init(&fake);
    struct gp_probe *probe = open_fake(&fake, directory, true, 0);
    struct gp_entry *glb = at(probe, "GLB");

    gp_probe_facts(probe, glb);
    unsigned stats = fake.count[CALL_STAT];
    ok(gp_probe_list(probe, glb, &listing) == GP_REASON_NONE && gp_listing_count(listing) == 2, "listed");
    size_t before = gp_arena_used(gp_probe_arena(probe));
    for (size_t i = 0; i < gp_listing_count(listing); i++)
        ok(gp_listing_name(listing, i).len > 0, "a name");
    is_int(fake.count[CALL_STAT], stats, "names cost no stat");
    is_int((intmax_t)gp_arena_used(gp_probe_arena(probe)), (intmax_t)before, "and no memory");
    gp_probe_free(probe);
}

/* ---- errors ------------------------------------------------------------------------------------------------------ */

static int fail_call(struct fake *fake, enum call call, const char *name)
{
    return call == (enum call)fake->times && strcmp(name, fake->name) == 0 ? fake->error : 0;
}

static void test_errors(const char *directory)
{
    static const struct {
        enum call call;
        const char *name;
        int error;
        const char *path;
        enum gp_tri present;
        enum gp_reason reason;
    } cases[] = {
        {CALL_STAT, "MASTER.GLB", EACCES, "GLB/MASTER.GLB", GP_TRI_UNKNOWN, GP_REASON_NO_PERMISSION},
        {CALL_STAT, "MASTER.GLB", EIO, "GLB/MASTER.GLB", GP_TRI_UNKNOWN, GP_REASON_IO_ERROR},
        {CALL_STAT, "MASTER.GLB", ENOENT, "GLB/MASTER.GLB", GP_TRI_UNKNOWN, GP_REASON_CHANGED}, /* it was listed */
        {CALL_STAT, "MASTER.GLB", ESTALE, "GLB/MASTER.GLB", GP_TRI_UNKNOWN, GP_REASON_CHANGED},
        {CALL_STAT, "GLB", EACCES, "GLB/MASTER.GLB", GP_TRI_UNKNOWN, GP_REASON_NO_PERMISSION},
        {CALL_OPEN, "GLB", EACCES, "GLB/MASTER.GLB", GP_TRI_UNKNOWN, GP_REASON_NO_PERMISSION},
        {CALL_OPEN, "GLB", EACCES, "GLB", GP_TRI_YES, GP_REASON_NONE},
        {CALL_OPEN, "GLB", ENOENT, "GLB/missing", GP_TRI_UNKNOWN, GP_REASON_CHANGED},
        {CALL_OPEN, "GLB", ELOOP, "GLB/MASTER.GLB", GP_TRI_UNKNOWN, GP_REASON_LINK},
        {CALL_OPEN, "GLB", EIO, "GLB/missing", GP_TRI_UNKNOWN, GP_REASON_IO_ERROR},
        {CALL_LIST, "GLB", EACCES, "GLB/missing", GP_TRI_UNKNOWN, GP_REASON_NO_PERMISSION},
        {CALL_LIST, "GLB", EIO, "GLB/MASTER.GLB", GP_TRI_UNKNOWN, GP_REASON_IO_ERROR},
        {CALL_LIST, ".", EIO, "GLB", GP_TRI_UNKNOWN, GP_REASON_IO_ERROR},
        {CALL_LIST, ".", EIO, "nothing", GP_TRI_UNKNOWN, GP_REASON_IO_ERROR},
        {CALL_FSTAT, ".", EIO, ".", GP_TRI_UNKNOWN, GP_REASON_IO_ERROR},
        {CALL_FSTAT, ".", EIO, "GLB", GP_TRI_UNKNOWN, GP_REASON_IO_ERROR},
    };

    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        struct fake fake;
        fake_init(&fake);
        struct gp_probe *probe = open_fake(&fake, directory, true, 0);
        fake.before = fail_call;
        fake.name = cases[i].name;
        fake.times = cases[i].call;
        fake.error = cases[i].error;
        const struct gp_facts *facts = gp_probe_facts(probe, at(probe, cases[i].path));
        is_int(facts->present, cases[i].present, "call %u of %s: %s: %s", cases[i].call, cases[i].name,
               strerror(cases[i].error), cases[i].path);
        is_str(gp_reason_name(facts->reason), gp_reason_name(cases[i].reason), "reason");
        gp_probe_free(probe);
        is_int(fake.open_now, 0, "everything is closed");
    }
}

static void test_exact_errors(const char *directory)
{
    for (enum call call = CALL_OPEN; call <= CALL_STAT; call++) {
        struct fake fake;
        fake_init(&fake);
        struct gp_probe *probe = open_fake(&fake, directory, false, 0);
        fake.before = fail_call;
        fake.name = "GLB";
        fake.times = call;
        fake.error = ENOENT;
        const struct gp_facts *facts = gp_probe_facts(probe, at(probe, "GLB/MASTER.GLB"));
        if (call == CALL_STAT)
            is_int(facts->present, GP_TRI_NO, "not listed and not found: absent, and so is what would be in it");
        else
            ok(facts->present == GP_TRI_UNKNOWN && facts->reason == GP_REASON_CHANGED, "gone after it was seen: unknown");
        gp_probe_free(probe);
    }
}

static void test_roots(const char *directory)
{
    static const struct {
        const char *name;
        int error;
    } roots[] = {{"nowhere", -ENOENT}, {"PIPE", -ENOTDIR}, {"GLB/MASTER.GLB", -ENOTDIR}, {"LINK", 0}, {"GLB", 0}};
    char path[512];

    for (size_t i = 0; i < GP_COUNT(roots); i++) {
        struct gp_probe *probe = NULL;
        snprintf(path, sizeof(path), "%s/%s", directory, roots[i].name);
        int r = gp_probe_open(&probe, path, NULL);
        is_int(r, roots[i].error, "root %s", roots[i].name);
        ok((probe != NULL) == (r == 0), "a probe or an error");
        if (probe)
            is_int(gp_probe_facts(probe, at(probe, "MASTER.GLB"))->present, GP_TRI_YES, "a person's link leads there");
        gp_probe_free(probe);
    }
    struct fake fake;
    fake_init(&fake);
    fake.before = fail_call;
    fake.name = ".";
    fake.times = CALL_OPEN;
    fake.error = EACCES;
    struct gp_probe_options options = {.sys = &fake.sys, .held_path = GP_PATH_NONE};
    struct gp_probe *probe = NULL;
    is_int(gp_probe_open(&probe, directory, &options), -EACCES, "a root that may not be opened");
    ok(!probe, "and no probe");
}

/* Without openat2 everything is the same. */
static void test_fallback(const char *directory)
{
    struct fake fake;
    fake_init(&fake);
    fake.no_openat2 = true;
    struct gp_probe *probe = open_fake(&fake, directory, true, 0);

    is_int(gp_probe_facts(probe, at(probe, "glb/master.glb"))->present, GP_TRI_YES, "no openat2: a file");
    is_int(gp_probe_facts(probe, at(probe, "link/master.glb"))->reason, GP_REASON_LINK, "no openat2: a link");
    ok(gp_probe_read(probe, at(probe, "MAI/X"), 0, 1).data.len == 1, "no openat2: bytes");
    gp_probe_free(probe);
}

/* A directory that gives way to a link between stat and open must not lead anywhere. */
static int swap_link(struct fake *fake, enum call call, const char *name)
{
    char from[512], to[512];

    if (call != CALL_OPEN || strcmp(name, "SWAP") != 0)
        return 0;
    snprintf(from, sizeof(from), "%s/SWAP", fake->directory);
    snprintf(to, sizeof(to), "%s/AWAY", fake->directory);
    if (fake->times == 0 && rename(from, to) < 0)
        bail("%s", strerror(errno));
    if (fake->times == 0 && (strcmp(fake->name, "link") == 0 ? symlink("GLB", from) : mkdir(from, 0755)) < 0)
        bail("%s", strerror(errno));
    fake->times = 1;
    return 0;
}

static void test_swap(const char *directory)
{
    static const char *const kinds[] = {"link", "directory"};
    static const struct item swap = {ITEM_DIR, "SWAP", NULL};

    for (size_t i = 0; i < GP_COUNT(kinds); i++) {
        for (int no_openat2 = 0; no_openat2 <= 1; no_openat2++) {
            struct fake fake;
            char path[512];
            build_item(directory, &swap);
            fake_init(&fake);
            fake.no_openat2 = no_openat2;
            fake.before = swap_link;
            fake.name = kinds[i];
            struct gp_probe *probe = open_fake(&fake, directory, false, 0);
            const struct gp_facts *facts = gp_probe_facts(probe, at(probe, "SWAP/MASTER.GLB"));
            is_int(facts->present, GP_TRI_UNKNOWN, "a directory becomes another %s: unknown", kinds[i]);
            is_int(facts->reason, i ? GP_REASON_CHANGED : GP_REASON_LINK, "reason");
            gp_probe_free(probe);
            snprintf(path, sizeof(path), "%s/SWAP", directory);
            remove(path);
            snprintf(path, sizeof(path), "%s/AWAY", directory);
            remove(path);
        }
    }
}

/* A directory that changes while it is listed is listed again, but not for ever. */
static int touch_on_list(struct fake *fake, enum call call, const char *name)
{
    char path[512];

    if (call != CALL_LIST || strcmp(name, "MAI") != 0 || !fake->times)
        return 0;
    fake->times--;
    snprintf(path, sizeof(path), "%s/MAI", fake->directory);
    utimensat(AT_FDCWD, path, (struct timespec[2]){{fake->times + 5, 0}, {fake->times + 5, 0}}, 0);
    return 0;
}

static void test_changing_directory(const char *directory)
{
    for (unsigned times = 0; times <= 12; times += 2) {
        struct fake fake;
        fake_init(&fake);
        struct gp_probe *probe = open_fake(&fake, directory, true, 0);
        fake.before = touch_on_list;
        fake.times = times;
        const struct gp_facts *facts = gp_probe_facts(probe, at(probe, "MAI/x"));
        is_int(facts->present, times < 6 ? GP_TRI_YES : GP_TRI_UNKNOWN, "changes at %u calls", times);
        is_int(facts->reason, times < 6 ? GP_REASON_NONE : GP_REASON_CHANGED, "reason");
        gp_probe_free(probe);
        is_int(fake.open_now, 0, "everything is closed");
    }
}

int main(void)
{
    char directory[256];

    alarm(60); /* a FIFO that is opened would wait for ever */
    build_live(items, GP_COUNT(items), directory);
    test_once(directory);
    test_one_file(directory);
    test_counting_names(directory);
    test_errors(directory);
    test_exact_errors(directory);
    test_roots(directory);
    test_fallback(directory);
    test_swap(directory);
    test_changing_directory(directory);
    remove_tree(directory);
    return done_testing();
}
