/* Two looks at a tree on disk: what each kind of time, and the bytes alone, give away. */
#include "probe-helper.h"

static const struct item items[] = {{ITEM_DIR, "d", NULL}, {ITEM_FILE, "d/file", "0123456789"}};

/* Bytes 2 to 4 of d/file, in one of the two ways. */
static void read_piece(struct gp_probe *probe, bool into)
{
    char buffer[3];
    size_t length = 0;

    if (into)
        ok(gp_probe_read_into(probe, at(probe, "d/file"), 2, buffer, sizeof(buffer), &length) == GP_REASON_NONE, "read");
    else
        ok(gp_probe_read(probe, at(probe, "d/file"), 2, sizeof(buffer)).reason == GP_REASON_NONE, "read");
}

/* Times are put back, as a program that hides what it did would; ctime tells. */
static void rewrite(const char *directory, const char *text, bool put_back)
{
    char path[512];
    struct stat status;

    snprintf(path, sizeof(path), "%s/d/file", directory);
    if (stat(path, &status) < 0)
        bail("%s", path);
    write_file(directory, "d/file", text, strlen(text));
    if (put_back)
        utimensat(AT_FDCWD, path, (struct timespec[2]){status.st_atim, status.st_mtim}, 0);
}

/* A stat that never changes: only the bytes can tell. */
static void freeze(struct fake *fake GP_UNUSED, const char *name, struct stat *status)
{
    if (strcmp(name, "file") == 0)
        status->st_mtim = status->st_ctim = (struct timespec){5, 0};
}

static void freeze_ctime(struct fake *fake GP_UNUSED, const char *name GP_UNUSED, struct stat *status)
{
    status->st_ctim = (struct timespec){5, 0};
}

static void test_times(const char *directory)
{
    struct gp_probe *before = NULL, *now = NULL;
    struct fake fake;
    fake_init(&fake);
    fake.after_stat = freeze_ctime;
    struct gp_probe_options options = {.sys = &fake.sys, .held_path = GP_PATH_NONE};

    ok(gp_probe_open(&before, directory, &options) == 0, "on disk");
    gp_probe_facts(before, at(before, "d/file"));
    usleep(20000); /* more than the clock of a file system may lag behind */
    rewrite(directory, "0123456789", false);
    ok(gp_probe_open(&now, directory, &options) == 0, "a second look");
    is_str(gp_probe_difference(before, now), "d/file", "a file system without ctime: mtime tells");
    gp_probe_free(now);
    gp_probe_free(before);
    ok(gp_probe_open(&before, directory, NULL) == 0, "on disk");
    gp_probe_facts(before, at(before, "d/file"));
    usleep(20000);
    rewrite(directory, "0123456789", true);
    ok(gp_probe_open(&now, directory, NULL) == 0, "a second look");
    is_str(gp_probe_difference(before, now), "d/file", "mtime was put back: ctime tells");
    gp_probe_free(now);
    gp_probe_free(before);
}

static void test_disk(const char *directory)
{
    struct gp_probe *before = NULL, *now = NULL;
    struct fake fake;

    for (int into = 0; into <= 1; into++) {
        fake_init(&fake);
        fake.after_stat = freeze;
        struct gp_probe_options options = {.sys = &fake.sys, .held_path = GP_PATH_NONE};
        rewrite(directory, "0123456789", false);
        ok(gp_probe_open(&before, directory, &options) == 0, "on disk");
        read_piece(before, into);
        ok(gp_probe_open(&now, directory, &options) == 0 && !gp_probe_difference(before, now), "no difference");
        gp_probe_free(now);
        rewrite(directory, "X123456789", false);
        ok(gp_probe_open(&now, directory, &options) == 0 && !gp_probe_difference(before, now),
           "in bytes not asked for");
        gp_probe_free(now);
        rewrite(directory, "012X456789", false);
        ok(gp_probe_open(&now, directory, &options) == 0, "a second look");
        is_str(gp_probe_difference(before, now), "d/file", "other bytes and nothing else, way %d", into);
        gp_probe_free(now);
        gp_probe_free(before);
    }
}

int main(void)
{
    char directory[256];

    build_live(items, GP_COUNT(items), directory);
    test_disk(directory);
    test_times(directory);
    remove_tree(directory);
    return done_testing();
}
