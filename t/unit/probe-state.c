/* Attributes, whether a file can be written, free space. */
#include <linux/types.h>
#include <sys/ioctl.h>

#include <linux/msdos_fs.h>

#include "probe-helper.h"
#include "probe/dos-attributes.h"

#define RO GP_ATTRIBUTE_READ_ONLY
#define HIDDEN GP_ATTRIBUTE_HIDDEN
#define SYSTEM GP_ATTRIBUTE_SYSTEM
#define ALL (RO | HIDDEN | SYSTEM)

static const struct item items[] = {
    {ITEM_DIR, "d", NULL},         {ITEM_FILE, "d/file", "x"}, {ITEM_FILE, "d/locked", "x"},
    {ITEM_FILE, "d/owner", "x"},   {ITEM_FIFO, "d/pipe", NULL}, {ITEM_LINK, "d/link", "file"},
};

/* ---- Samba's attribute ------------------------------------------------------------------------------------------- */

#define BYTES(literal) {literal, sizeof(literal) - 1}

static const struct {
    const char *name;
    struct gp_str value;
    int result;
    unsigned attributes;
} blobs[] = {
    {"text", BYTES("0x21"), 0, 0x21},
    {"text with a NUL", BYTES("0x7\0"), 0, 7},
    {"version 3 after a text", BYTES("0x20\0\0\3\0\3\0\0\0\x11\0\0\0\x22\0\0\0"), 0, 0x22},
    {"version 4", BYTES("\0\0\4\0\4\0\0\0\x51\0\0\0\x20\0\0\0\x9a\2\x4c\xf4\xd1\x2f\xdc\1"), 0, 0x20},
    {"version 5", BYTES("\0\0\5\0\5\0\0\0\x11\0\0\0\x27\0\0\0\0\x63\xda\xaa\x71\xb1\xd9\1"), 0, 0x27},
    {"version 1", BYTES("\0\0\1\0\1\0\0\0\5\0\0\0"), 0, 5},
    {"version 2", BYTES("\0\0\2\0\2\0\0\0\0\0\0\0\6\0\0\0"), 0, 6},
    {"a version that nobody knows", BYTES("\0\0\6\0\6\0\0\0\x11\0\0\0\x27\0\0\0"), -EIO, 0},
    {"attributes that do not count", BYTES("\0\0\4\0\4\0\0\0\x50\0\0\0\x20\0\0\0"), -EIO, 0},
    {"cut in the attributes", BYTES("\0\0\4\0\4\0\0\0\x51\0\0\0\x20\0\0"), -EIO, 0},
    {"cut in the version", BYTES("\0\0\4"), -EIO, 0},
    {"nothing", BYTES(""), -EIO, 0},
    {"a NUL alone", BYTES("\0"), -EIO, 0},
    {"no number", BYTES("0xzz"), -EIO, 0},
    {"a sign", BYTES("0x-1"), -EIO, 0},
    {"no prefix", BYTES("21"), -EIO, 0},
    {"a long text", BYTES("0x000000000000000000000021"), -EIO, 0},
};

static void test_blobs(void)
{
    for (size_t i = 0; i < GP_COUNT(blobs); i++) {
        unsigned attributes = 0;
        char *copy = malloc(blobs[i].value.len + 1); /* so that a sanitizer sees what lies behind it */
        memcpy(copy, blobs[i].value.data, blobs[i].value.len);
        char *exact = realloc(copy, blobs[i].value.len ? blobs[i].value.len : 1);
        struct gp_str value = {exact, blobs[i].value.len};
        is_int(gp_dosattrib_parse(value, &attributes), blobs[i].result, "DOSATTRIB: %s", blobs[i].name);
        is_int(attributes, blobs[i].attributes, "DOSATTRIB: %s: value", blobs[i].name);
        free(exact);
    }
}

/* ---- file systems ------------------------------------------------------------------------------------------------ */

static struct {
    int fat_error; /* 0: it keeps `fat` */
    unsigned fat;
    int xattr_error;
    struct gp_str xattr;
    bool read_only;
    int statvfs_error;
    unsigned ioctls;
} disk;

static int disk_ioctl(const struct gp_sys *sys GP_UNUSED, int fd GP_UNUSED, unsigned long request, void *argument)
{
    uint32_t value = disk.fat;

    disk.ioctls++;
    errno = request == FAT_IOCTL_GET_ATTRIBUTES ? disk.fat_error : EINVAL;
    if (errno)
        return -1;
    memcpy(argument, &value, sizeof(value));
    return 0;
}

static ssize_t disk_fgetxattr(const struct gp_sys *sys GP_UNUSED, int fd GP_UNUSED, const char *name, void *value,
                              size_t size)
{
    errno = strcmp(name, "user.DOSATTRIB") != 0 ? ENODATA : disk.xattr_error;
    if (errno)
        return -1;
    if (disk.xattr.len > size) {
        errno = ERANGE;
        return -1;
    }
    memcpy(value, disk.xattr.data, disk.xattr.len);
    return (ssize_t)disk.xattr.len;
}

static int disk_fstatvfs(const struct gp_sys *sys GP_UNUSED, int fd GP_UNUSED, struct statvfs *ret)
{
    *ret = (struct statvfs){.f_frsize = 4096, .f_bavail = 10, .f_bfree = 20, .f_flag = disk.read_only ? ST_RDONLY : 0};
    errno = disk.statvfs_error;
    return errno ? -1 : 0;
}

static const struct {
    const char *name, *path;
    int fat_error;
    unsigned fat;
    int xattr_error;
    struct gp_str xattr;
    enum gp_reason reason;
    unsigned known, set;
} shown[] = {
    {"vfat", "d/file", 0, 0x23, ENODATA, {0}, GP_REASON_NONE, ALL, RO | HIDDEN},
    {"vfat, read-only by its bit and not by its mode", "d/file", 0, 0x21, ENODATA, {0}, GP_REASON_NONE, ALL, RO},
    {"vfat, a directory", "d", 0, 0x14, ENODATA, {0}, GP_REASON_NONE, ALL, SYSTEM},
    {"Samba", "d/file", ENOTTY, 0, 0, BYTES("0x6"), GP_REASON_NONE, ALL, HIDDEN | SYSTEM},
    {"Samba, no write bit but not read-only", "d/locked", ENOTTY, 0, 0, BYTES("0x20"), GP_REASON_NONE, ALL, 0},
    {"a bit alone", "d/file", ENOTTY, 0, ENODATA, {0}, GP_REASON_NONE, RO, 0},
    {"no bit", "d/locked", ENOTTY, 0, ENODATA, {0}, GP_REASON_NONE, RO, RO},
    {"its owner's bit", "d/owner", ENOTTY, 0, EOPNOTSUPP, {0}, GP_REASON_NONE, RO, 0},
    {"a FIFO", "d/pipe", 0, 7, ENODATA, {0}, GP_REASON_NONE, RO, 0},
    {"nothing", "d/missing", 0, 7, ENODATA, {0}, GP_REASON_NO_VALUE, 0, 0},
    {"a link", "d/link", 0, 7, ENODATA, {0}, GP_REASON_LINK, 0, 0},
    {"a disk that breaks", "d/file", EIO, 0, ENODATA, {0}, GP_REASON_IO_ERROR, 0, 0},
    {"attributes that may not be read", "d/file", ENOTTY, 0, EACCES, {0}, GP_REASON_NO_PERMISSION, 0, 0},
    {"attributes that nobody understands", "d/file", ENOTTY, 0, 0, BYTES("hello"), GP_REASON_IO_ERROR, 0, 0},
};

static struct gp_probe *open_disk(struct fake *fake, const char *directory)
{
    struct gp_probe_options options = {.sys = &fake->sys, .held_path = GP_PATH_NONE};
    struct gp_probe *probe = NULL;

    fake_init(fake);
    fake->sys.ioctl = disk_ioctl;
    fake->sys.fgetxattr = disk_fgetxattr;
    fake->sys.fstatvfs = disk_fstatvfs;
    if (gp_probe_open(&probe, directory, &options) < 0)
        bail("%s", directory);
    return probe;
}

/* d/locked has no write bit, d/owner only its owner's; no bit keeps the test's user from reading them. */
static void set_modes(struct fake *fake GP_UNUSED, const char *name, struct stat *status)
{
    if (strcmp(name, "locked") == 0)
        status->st_mode &= ~(mode_t)0222;
    if (strcmp(name, "owner") == 0)
        status->st_mode &= ~(mode_t)0022;
}

static void test_attributes(const char *directory)
{
    for (size_t i = 0; i < GP_COUNT(shown); i++) {
        struct fake fake;
        struct gp_probe *probe = open_disk(&fake, directory);
        fake.after_stat = set_modes;
        disk.fat_error = shown[i].fat_error;
        disk.fat = shown[i].fat;
        disk.xattr_error = shown[i].xattr_error;
        disk.xattr = shown[i].xattr;
        for (int again = 0; again <= 1; again++) {
            struct gp_attributes found = gp_probe_attributes(probe, at(probe, shown[i].path));
            is_str(gp_reason_name(found.reason), gp_reason_name(shown[i].reason), "%s: reason", shown[i].name);
            is_int(found.known, shown[i].known, "%s: known", shown[i].name);
            is_int(found.set, shown[i].set, "%s: set", shown[i].name);
        }
        gp_probe_free(probe);
        is_int(fake.open_now, 0, "everything is closed");
    }
}

static void test_attribute_calls(const char *directory)
{
    struct fake fake;
    struct gp_probe *probe = open_disk(&fake, directory);

    disk.fat_error = ENOTTY;
    disk.xattr_error = ENODATA;
    disk.ioctls = 0;
    gp_probe_attributes(probe, at(probe, "d/file"));
    gp_probe_attributes(probe, at(probe, "d/locked"));
    gp_probe_attributes(probe, at(probe, "d/owner"));
    is_int(disk.ioctls, 1, "a file system without FAT attributes is asked once");
    gp_probe_free(probe);
}

static const struct {
    const char *path;
    bool read_only;
    int statvfs_error;
    unsigned fat;
    int fat_error;
    enum gp_tri value;
    enum gp_reason reason;
    const char *detail;
} writable[] = {
    {"d/file", false, 0, 0, 0, GP_TRI_YES, GP_REASON_NONE, NULL},
    {"d/owner", false, 0, 0, 0, GP_TRI_YES, GP_REASON_NONE, NULL},
    {"d", false, 0, 0, 0, GP_TRI_YES, GP_REASON_NONE, NULL},
    {".", false, 0, 0, 0, GP_TRI_YES, GP_REASON_NONE, NULL},
    {"d/locked", false, 0, 0, 0, GP_TRI_NO, GP_REASON_NONE, "nobody has write permission"},
    {"d/file", true, 0, 0, 0, GP_TRI_NO, GP_REASON_NONE, "the file system is mounted read-only"},
    {".", true, 0, 0, 0, GP_TRI_NO, GP_REASON_NONE, "the file system is mounted read-only"},
    {"d/file", false, 0, RO, 0, GP_TRI_NO, GP_REASON_NONE, "it has the read-only attribute"},
    {"d/file", false, EIO, 0, 0, GP_TRI_UNKNOWN, GP_REASON_IO_ERROR, NULL},
    {"d/file", false, EIO, RO, 0, GP_TRI_NO, GP_REASON_NONE, "it has the read-only attribute"},
    {"d/locked", false, EIO, 0, EIO, GP_TRI_NO, GP_REASON_NONE, "nobody has write permission"},
    {"d/file", false, 0, 0, EACCES, GP_TRI_UNKNOWN, GP_REASON_NO_PERMISSION, NULL},
    {"d/file", true, 0, 0, EACCES, GP_TRI_NO, GP_REASON_NONE, "the file system is mounted read-only"},
    {"d/missing", false, 0, 0, 0, GP_TRI_UNKNOWN, GP_REASON_NO_VALUE, NULL},
    {"d/link", false, 0, 0, 0, GP_TRI_UNKNOWN, GP_REASON_LINK, NULL},
};

static void test_writable(const char *directory)
{
    disk.xattr_error = ENODATA;
    for (size_t i = 0; i < GP_COUNT(writable); i++) {
        struct fake fake;
        struct gp_probe *probe = open_disk(&fake, directory);
        fake.after_stat = set_modes;
        disk.read_only = writable[i].read_only;
        disk.statvfs_error = writable[i].statvfs_error;
        disk.fat = writable[i].fat;
        disk.fat_error = writable[i].fat_error;
        struct gp_answer answer = gp_probe_writable(probe, at(probe, writable[i].path));
        is_int(answer.value, writable[i].value, "writable %zu: %s", i, writable[i].path);
        is_str(gp_reason_name(answer.reason), gp_reason_name(writable[i].reason), "writable %zu: reason", i);
        if (writable[i].detail)
            is_str(answer.detail, writable[i].detail, "writable %zu: detail", i);
        gp_probe_free(probe);
    }
}

static void test_space(const char *directory)
{
    struct fake fake;
    uint64_t bytes = 77;

    for (int error = 0; error <= EIO; error += EIO) {
        struct gp_probe *probe = open_disk(&fake, directory);
        disk.statvfs_error = error;
        struct gp_answer answer = gp_probe_free_space(probe, &bytes);
        is_int(answer.value, error ? GP_TRI_UNKNOWN : GP_TRI_YES, "free space");
        is_int(answer.reason, error ? GP_REASON_IO_ERROR : GP_REASON_NONE, "reason");
        is_int((intmax_t)bytes, 40960, "what ordinary users may have of it");
        gp_probe_free(probe);
    }
}

/* ---- in memory --------------------------------------------------------------------------------------------------- */

static void test_memory(void)
{
    struct gp_memtree *tree = build_memory(items, GP_COUNT(items));
    struct gp_probe *probe = NULL;
    uint64_t bytes = 0;

    gp_memtree_mode(tree, "d/locked", 0444);
    gp_memtree_attributes(tree, "d/file", ALL, HIDDEN);
    gp_memtree_attributes(tree, "d/owner", ALL, RO);
    gp_memtree_locked(tree, "d/file", true);
    gp_memtree_free_space(tree, 12345);
    gp_memtree_mtime(tree, "d/file", (struct timespec){5, 6});
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "a tree in memory");
    struct gp_attributes file = gp_probe_attributes(probe, at(probe, "d/file"));
    ok(file.known == ALL && file.set == HIDDEN, "attributes");
    struct gp_attributes locked = gp_probe_attributes(probe, at(probe, "d/locked"));
    ok(locked.known == RO && locked.set == RO, "by the mode");
    is_int(gp_probe_writable(probe, at(probe, "d/file")).value, GP_TRI_YES, "writable");
    is_int(gp_probe_writable(probe, at(probe, "d/locked")).value, GP_TRI_NO, "no write bit");
    is_int(gp_probe_writable(probe, at(probe, "d/owner")).value, GP_TRI_NO, "a read-only attribute");
    is_int(gp_probe_locked(probe, at(probe, "d/file")).value, GP_TRI_YES, "locked");
    is_int(gp_probe_locked(probe, at(probe, "d/owner")).value, GP_TRI_NO, "not locked");
    is_int(gp_probe_locked(probe, at(probe, "d/missing")).reason, GP_REASON_NO_VALUE, "nothing to be locked");
    ok(gp_probe_free_space(probe, &bytes).value == GP_TRI_YES && bytes == 12345, "free space");
    is_int(gp_probe_facts(probe, at(probe, "d/file"))->mtime.tv_sec, 5, "time");
    gp_probe_free(probe);
    gp_memtree_free(tree);
}

static void test_building(void)
{
    static const char *const impossible[] = {".", "d/file/x", "d/file/x/y"};
    struct gp_probe *probe = NULL;

    for (size_t i = 0; i < GP_COUNT(impossible); i++) {
        struct gp_memtree *tree = build_memory(items, GP_COUNT(items));
        gp_memtree_file(tree, impossible[i], "", 0);
        is_int(gp_memtree_open(&probe, tree, NULL), i ? -ENOTDIR : -EINVAL, "a file %s cannot be", impossible[i]);
        gp_memtree_free(tree);
    }
    struct gp_memtree *tree = build_memory(items, GP_COUNT(items));
    gp_memtree_mode(tree, "d/nothing", 0);
    is_int(gp_memtree_open(&probe, tree, NULL), -ENOENT, "the mode of nothing");
    gp_memtree_free(tree);
    tree = build_memory(items, GP_COUNT(items));
    gp_memtree_remove(tree, "d/file");
    gp_memtree_remove(tree, "./d//pipe");
    gp_memtree_file(tree, "d/owner", "new", 3);
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "removed and replaced");
    is_int(gp_probe_facts(probe, at(probe, "d/file"))->present, GP_TRI_NO, "what was removed is not there");
    is_int(gp_probe_facts(probe, at(probe, "d/pipe"))->present, GP_TRI_NO, "nor is the other");
    is_int((intmax_t)gp_probe_facts(probe, at(probe, "d/owner"))->size, 3, "what was replaced is new");
    gp_probe_free(probe);
    gp_memtree_remove(tree, "d");
    gp_memtree_dir(tree, "d");
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "removed with all in it");
    is_int(gp_probe_facts(probe, at(probe, "d/owner"))->present, GP_TRI_NO, "and made again, empty");
    gp_probe_free(probe);
    gp_memtree_free(tree);
}

static void test_memory_under(void)
{
    struct gp_memtree *tree = gp_memtree_new(), *disks = gp_memtree_new();
    struct gp_probe *probe = NULL, *other = NULL, *again = NULL;

    gp_memtree_file(disks, "UPDATE.EXE", "MZ", 2);
    gp_memtree_under(tree, "/disks", disks);
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "a tree that knows another");
    ok(gp_probe_under(probe, GP_STR("/disks"), &other) == 0, "under it");
    is_int(gp_probe_facts(other, at(other, "UPDATE.EXE"))->present, GP_TRI_YES, "what is there");
    ok(gp_probe_under(probe, GP_STR("/disks"), &again) == 0 && again == other, "once");
    is_int(gp_probe_under(probe, GP_STR("/else"), &again), -ENOENT, "nothing else");
    gp_probe_free(probe);
    gp_memtree_fail(disks, ".", EACCES);
    ok(gp_memtree_open(&probe, tree, NULL) == 0, "again");
    is_int(gp_probe_under(probe, GP_STR("/disks"), &again), -EACCES, "one that may not be opened");
    gp_probe_free(probe);
    gp_memtree_free(tree);
    gp_memtree_free(disks);
}

int main(void)
{
    char directory[256];

    build_live(items, GP_COUNT(items), directory);
    test_blobs();
    test_attributes(directory);
    test_attribute_calls(directory);
    test_writable(directory);
    test_space(directory);
    test_memory();
    test_building();
    test_memory_under();
    remove_tree(directory);
    return done_testing();
}
