/* How many descriptors the probe holds, which directories they are, and the roots that it takes. */
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

#define MANY 200

static void test_many(const char *directory, int limit, unsigned system_limit)
{
    struct fake fake;
    char path[64];
    unsigned found = 0;
    fake_init(&fake);
    fake.open_limit = system_limit;
    struct gp_probe *probe = open_fake(&fake, directory, true, limit);

    for (int again = 0; again <= 1; again++)
        for (unsigned i = 0; i < MANY; i++) {
            snprintf(path, sizeof(path), "D%u/SUB/FILE", i);
            found += gp_probe_facts(probe, at(probe, path))->present == GP_TRI_YES;
            found += gp_probe_read(probe, at(probe, path), 0, 1).data.len == 1;
        }
    is_int(found, 4 * MANY, "limit %d, system %u: %d directories in directories", limit, system_limit, MANY);
    for (unsigned i = 0; i < MANY; i++) { /* closed long ago: opened again */
        snprintf(path, sizeof(path), "D%u/SUB", i);
        found += gp_probe_attributes(probe, at(probe, path)).reason == GP_REASON_NONE;
    }
    is_int(found, 5 * MANY, "all of them again");
    unsigned most = !limit ? GP_PROBE_OPEN_DIRECTORIES : limit < 3 ? 3 : (unsigned)limit;
    ok(fake.open_peak <= most + 1, "at most %u directories and a file were open (%u)", most, fake.open_peak);
    gp_probe_free(probe);
    is_int(fake.open_now, 0, "everything is closed");
}

/* Opened again, it must be the same directory. */
static void test_reopen_other(const char *directory)
{
    struct fake fake;
    char from[512], to[512];
    fake_init(&fake);
    struct gp_probe *probe = open_fake(&fake, directory, false, 3);

    is_int(gp_probe_facts(probe, at(probe, "D1/SUB"))->present, GP_TRI_YES, "D1 was open");
    gp_probe_facts(probe, at(probe, "D2/SUB/FILE"));
    gp_probe_facts(probe, at(probe, "D3/SUB/FILE"));
    snprintf(from, sizeof(from), "%s/D1", directory);
    snprintf(to, sizeof(to), "%s/D1.old", directory);
    ok(rename(from, to) == 0 && mkdir(from, 0755) == 0, "and is another directory now");
    const struct gp_facts *facts = gp_probe_facts(probe, at(probe, "D1/FILE"));
    is_int(facts->present, GP_TRI_UNKNOWN, "what is in it is unknown");
    is_int(facts->reason, GP_REASON_CHANGED, "because it changed");
    gp_probe_free(probe);
}

static void build_many(const char *directory)
{
    char path[64];

    for (unsigned i = 0; i < MANY; i++) {
        struct item item = {ITEM_DIR, path, "x"};
        snprintf(path, sizeof(path), "D%u", i);
        build_item(directory, &item);
        snprintf(path, sizeof(path), "D%u/SUB", i);
        build_item(directory, &item);
        snprintf(path, sizeof(path), "D%u/SUB/FILE", i);
        item.kind = ITEM_FILE;
        build_item(directory, &item);
    }
}

/* Two probes on one descriptor: neither sees where the other is in the directory. */
static void test_shared_root(const char *directory)
{
    struct gp_probe *one = NULL, *two = NULL;
    const struct gp_listing *first = NULL, *second = NULL;
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    ok(gp_probe_open_fd(&one, fd, "one", NULL) == 0 && gp_probe_open_fd(&two, fd, "two", NULL) == 0, "a shared root");
    is_str(gp_probe_name(two), "two", "the name is for people");
    ok(gp_probe_list(one, at(one, "."), &first) == GP_REASON_NONE, "listed");
    ok(gp_probe_list(two, at(two, "."), &second) == GP_REASON_NONE, "listed again");
    is_int((intmax_t)gp_listing_count(second), (intmax_t)gp_listing_count(first), "with the same names");
    gp_probe_free(one);
    is_int(gp_probe_facts(two, at(two, "GLB/MASTER.GLB"))->present, GP_TRI_YES, "the descriptor stays the caller's");
    gp_probe_free(two);
    ok(close(fd) == 0, "who closes it");
}

static void test_under(const char *directory)
{
    struct fake fake;
    struct gp_probe *other = NULL, *again = NULL;
    char path[512];
    fake_init(&fake);
    struct gp_probe *probe = open_fake(&fake, directory, true, 0);

    snprintf(path, sizeof(path), "%s/GLB", directory);
    ok(gp_probe_under(probe, str(path), &other) == 0 && other != probe, "another directory");
    ok(gp_probe_fold(other), "of the same kind");
    is_int(gp_probe_facts(other, at(other, "master.glb"))->present, GP_TRI_YES, "with what is in it");
    unsigned opened = fake.count[CALL_OPEN];
    ok(gp_probe_under(probe, str(path), &again) == 0 && again == other, "opened once");
    snprintf(path, sizeof(path), "%s/nowhere", directory);
    is_int(gp_probe_under(probe, str(path), &again), -ENOENT, "one that is not there");
    is_int(gp_probe_under(probe, str(path), &again), -ENOENT, "is not there again");
    is_int(fake.count[CALL_OPEN] - opened, 1, "and was looked for once");
    ok(again == other, "the output is as it was");
    snprintf(path, sizeof(path), "%s/PIPE", directory);
    is_int(gp_probe_under(probe, str(path), &again), -ENOTDIR, "a FIFO is no directory");
    gp_probe_free(probe);
    is_int(fake.open_now, 0, "everything is closed");
}

int main(void)
{
    char directory[256];

    build_live(items, GP_COUNT(items), directory);
    test_shared_root(directory);
    test_under(directory);
    build_many(directory);
    test_many(directory, 0, 0);
    test_many(directory, 8, 0);
    test_many(directory, 1, 0);
    test_many(directory, 0, 20);
    test_reopen_other(directory);
    remove_tree(directory);
    return done_testing();
}
