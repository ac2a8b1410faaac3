/* From paths to entries: DOS names and exact ones, links, ambiguity, GATEPOST; the same cases on disk and in memory. */
#include "probe-helper.h"

static const struct item items[] = {
    {ITEM_DIR, "GLB", NULL},
    {ITEM_FILE, "GLB/MASTER.GLB", "master"},
    {ITEM_FILE, "GLB/BOTH.TXT", "1"},
    {ITEM_FILE, "GLB/both.txt", "22"},
    {ITEM_LINK, "GLB/LINK.GLB", "MASTER.GLB"},
    {ITEM_LINK, "GLB/DANGLING", "nowhere"},
    {ITEM_FIFO, "GLB/PIPE", NULL},
    {ITEM_DIR, "two", NULL},
    {ITEM_DIR, "TWO", NULL},
    {ITEM_FILE, "two/x", "x"},
    {ITEM_LINK, "LDIR", "GLB"},
    {ITEM_FILE, "Plain", ""},
    {ITEM_DIR, "GATEPOST", NULL},
    {ITEM_FILE, "GATEPOST/LEDGER", ""},
    {ITEM_DIR, "sub", NULL},
    {ITEM_DIR, "sub/GATEPOST", NULL},
    {ITEM_FILE, "sub/.hidden", ""},
};

static const struct {
    bool fold;
    const char *path;
    enum gp_tri present;
    enum gp_reason reason;
    enum gp_filetype type;
    const char *real;
} cases[] = {
    {true, ".", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_DIRECTORY, "."},
    {true, "GLB", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_DIRECTORY, "GLB"},
    {true, "GLB/MASTER.GLB", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_FILE, "GLB/MASTER.GLB"},
    {true, "glb/Master.glb", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_FILE, "GLB/MASTER.GLB"},
    {true, "PLAIN", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_FILE, "Plain"},
    {true, "glb/pipe", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_OTHER, "GLB/PIPE"},
    {true, "glb/missing", GP_TRI_NO, GP_REASON_NONE, 0, "GLB/missing"},
    {true, "no/such/way", GP_TRI_NO, GP_REASON_NONE, 0, "no/such/way"},
    {true, "plain/x", GP_TRI_NO, GP_REASON_NONE, 0, "Plain/x"},
    {true, "glb/pipe/x", GP_TRI_NO, GP_REASON_NONE, 0, "GLB/PIPE/x"},
    {true, "GLB/BOTH.TXT", GP_TRI_UNKNOWN, GP_REASON_AMBIGUOUS_NAME, 0, NULL},
    {true, "GLB/both.txt", GP_TRI_UNKNOWN, GP_REASON_AMBIGUOUS_NAME, 0, NULL},
    {true, "GLB/Both.Txt", GP_TRI_UNKNOWN, GP_REASON_AMBIGUOUS_NAME, 0, NULL},
    {true, "two/x", GP_TRI_UNKNOWN, GP_REASON_AMBIGUOUS_NAME, 0, NULL},
    {true, "two/y", GP_TRI_UNKNOWN, GP_REASON_AMBIGUOUS_NAME, 0, NULL},
    {true, "glb/link.glb", GP_TRI_UNKNOWN, GP_REASON_LINK, 0, "GLB/LINK.GLB"},
    {true, "glb/dangling", GP_TRI_UNKNOWN, GP_REASON_LINK, 0, "GLB/DANGLING"},
    {true, "ldir/MASTER.GLB", GP_TRI_UNKNOWN, GP_REASON_LINK, 0, "LDIR/MASTER.GLB"},
    {true, "GATEPOST", GP_TRI_NO, GP_REASON_NONE, 0, "GATEPOST"},
    {true, "gatepost", GP_TRI_NO, GP_REASON_NONE, 0, "gatepost"},
    {true, "GatePost/LEDGER", GP_TRI_NO, GP_REASON_NONE, 0, "GatePost/LEDGER"},
    {true, "sub/gatepost", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_DIRECTORY, "sub/GATEPOST"},
    {false, ".", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_DIRECTORY, "."},
    {false, "GLB/MASTER.GLB", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_FILE, "GLB/MASTER.GLB"},
    {false, "glb/MASTER.GLB", GP_TRI_NO, GP_REASON_NONE, 0, "glb/MASTER.GLB"},
    {false, "GLB/both.txt", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_FILE, "GLB/both.txt"},
    {false, "GLB/BOTH.TXT", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_FILE, "GLB/BOTH.TXT"},
    {false, "GLB/Both.txt", GP_TRI_NO, GP_REASON_NONE, 0, "GLB/Both.txt"},
    {false, "two/x", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_FILE, "two/x"},
    {false, "TWO/x", GP_TRI_NO, GP_REASON_NONE, 0, "TWO/x"},
    {false, "Plain/x", GP_TRI_NO, GP_REASON_NONE, 0, "Plain/x"},
    {false, "LDIR", GP_TRI_UNKNOWN, GP_REASON_LINK, 0, "LDIR"},
    {false, "LDIR/MASTER.GLB", GP_TRI_UNKNOWN, GP_REASON_LINK, 0, "LDIR/MASTER.GLB"},
    {false, "GLB/PIPE", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_OTHER, "GLB/PIPE"},
    {false, "GATEPOST", GP_TRI_NO, GP_REASON_NONE, 0, "GATEPOST"},
    {false, "gatepost", GP_TRI_NO, GP_REASON_NONE, 0, "gatepost"},
    {false, "sub/GATEPOST", GP_TRI_YES, GP_REASON_NONE, GP_FILETYPE_DIRECTORY, "sub/GATEPOST"},
};

static void test_cases(struct gp_probe *probe, const char *kind)
{
    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        if (cases[i].fold != gp_probe_fold(probe))
            continue;
        const char *path = cases[i].path, *names = cases[i].fold ? "dos" : "exact";
        struct gp_entry *entry = at(probe, path);
        const struct gp_facts *facts = gp_probe_facts(probe, entry);
        is_int(facts->present, cases[i].present, "%s, %s: %s: present", kind, names, path);
        is_str(gp_reason_name(facts->reason), gp_reason_name(cases[i].reason), "%s, %s: %s: reason", kind, names, path);
        if (facts->present == GP_TRI_YES)
            is_int(facts->type, cases[i].type, "%s, %s: %s: type", kind, names, path);
        if (cases[i].real)
            is_str(gp_probe_entry_path(probe, entry, gp_probe_arena(probe)), cases[i].real, "%s, %s: %s: real name",
                   kind, names, path);
        ok(at(probe, path) == entry, "%s, %s: %s: the same entry again", kind, names, path);
    }
}

static size_t index_of(const struct gp_listing *listing, const char *name)
{
    for (size_t i = 0; i < gp_listing_count(listing); i++) {
        struct gp_str found = gp_listing_name(listing, i);
        if (found.len == strlen(name) && memcmp(found.data, name, found.len) == 0)
            return i;
    }
    return SIZE_MAX;
}

static void test_listing(struct gp_probe *probe, const char *kind)
{
    bool fold = gp_probe_fold(probe);
    const struct gp_listing *root = NULL, *glb = NULL, *none = NULL;

    ok(gp_probe_list(probe, at(probe, "."), &root) == GP_REASON_NONE && root, "%s: the root is listed", kind);
    is_int((intmax_t)gp_listing_count(root), 6, "%s: GATEPOST is not among its names", kind);
    ok(index_of(root, "GATEPOST") == SIZE_MAX && index_of(root, "LDIR") != SIZE_MAX, "%s: but links are", kind);
    ok(gp_probe_list(probe, at(probe, "GLB"), &glb) == GP_REASON_NONE && glb, "%s: GLB is listed", kind);
    is_int((intmax_t)gp_listing_count(glb), 6, "%s: with all names", kind);
    size_t upper = index_of(glb, "BOTH.TXT"), lower = index_of(glb, "both.txt"), master = index_of(glb, "MASTER.GLB");
    ok(upper != SIZE_MAX && lower != SIZE_MAX && master != SIZE_MAX, "%s: both spellings", kind);
    is_int(gp_listing_ambiguous(probe, glb, upper), fold, "%s: ambiguous with DOS names", kind);
    is_int(gp_listing_ambiguous(probe, glb, master), 0, "%s: unlike others", kind);
    struct gp_entry *one = gp_listing_entry(probe, glb, upper), *other = gp_listing_entry(probe, glb, lower);
    ok(one && other && one != other, "%s: two entries", kind);
    is_int(gp_probe_facts(probe, one)->present, fold ? GP_TRI_UNKNOWN : GP_TRI_YES, "%s: the first", kind);
    is_int(gp_probe_facts(probe, other)->present, fold ? GP_TRI_UNKNOWN : GP_TRI_YES, "%s: the second", kind);
    ok(gp_listing_entry(probe, glb, master) == at(probe, "GLB/MASTER.GLB"), "%s: a listed entry is that of its path",
       kind);
    ok(gp_probe_child(probe, at(probe, "GLB"), GP_STR("MASTER.GLB")) == at(probe, "GLB/MASTER.GLB"),
       "%s: and that of its name", kind);
    ok(gp_probe_list(probe, at(probe, "Plain"), &none) == GP_REASON_NONE && gp_listing_count(none) == 0,
       "%s: a file has no names in it", kind);
    ok(gp_probe_list(probe, at(probe, "missing"), &none) == GP_REASON_NONE && gp_listing_count(none) == 0,
       "%s: nor has what is not there", kind);
    is_int(gp_probe_list(probe, at(probe, "LDIR"), &none), GP_REASON_LINK, "%s: a link is not listed", kind);
}

static void test_children(struct gp_probe *probe, const char *kind)
{
    static const struct {
        const char *name;
        size_t len;
        enum gp_tri present;
    } names[] = {
        {"", 0, GP_TRI_UNKNOWN},        {".", 1, GP_TRI_UNKNOWN},  {"..", 2, GP_TRI_UNKNOWN},
        {"GLB/PIPE", 8, GP_TRI_UNKNOWN}, {"GLB\0x", 5, GP_TRI_UNKNOWN}, {"...", 3, GP_TRI_NO},
        {"GLBS", 3, GP_TRI_YES},
    };
    char long_name[5000];

    for (size_t i = 0; i < GP_COUNT(names); i++) {
        struct gp_entry *child = gp_probe_child(probe, at(probe, "."), (struct gp_str){names[i].name, names[i].len});
        is_int(gp_probe_facts(probe, child)->present, names[i].present, "%s: child \"%.*s\"", kind, (int)names[i].len,
               names[i].name);
        if (names[i].present == GP_TRI_UNKNOWN)
            is_int(gp_probe_facts(probe, child)->reason, GP_REASON_NO_VALUE, "%s: is no name", kind);
    }
    memset(long_name, 'x', sizeof(long_name));
    struct gp_entry *child = gp_probe_child(probe, at(probe, "."), (struct gp_str){long_name, sizeof(long_name)});
    is_int(gp_probe_facts(probe, child)->present, GP_TRI_NO, "%s: no name is so long", kind);
    is_int((intmax_t)gp_probe_entry_name(child).len, sizeof(long_name), "%s: but it is kept as it was asked for", kind);
}

/* Names asked for one by one, then listed: still the same entries. */
static void test_listed_later(struct gp_probe *probe, const char *kind)
{
    struct gp_entry *file = at(probe, "sub/.hidden"), *missing = at(probe, "sub/missing");
    const struct gp_listing *listing = NULL;

    is_int(gp_probe_facts(probe, file)->present, GP_TRI_YES, "%s: a name with a dot", kind);
    ok(gp_probe_list(probe, at(probe, "sub"), &listing) == GP_REASON_NONE, "%s: listed later", kind);
    ok(gp_listing_entry(probe, listing, index_of(listing, ".hidden")) == file, "%s: the same entry", kind);
    ok(at(probe, "sub/missing") == missing && gp_probe_facts(probe, missing)->present == GP_TRI_NO, "%s: absent", kind);
    ok(gp_probe_facts(probe, at(probe, "sub/other"))->present == GP_TRI_NO, "%s: absent by the listing", kind);
}

static void test_all(struct gp_probe *probe, const char *kind)
{
    test_listed_later(probe, kind);
    test_cases(probe, kind);
    test_listing(probe, kind);
    test_children(probe, kind);
    gp_probe_free(probe);
}

/* The rule set's paths keep their numbers. */
static void test_path_numbers(struct gp_memtree *tree)
{
    struct gp_pathtab *paths = gp_pathtab_new(NULL);
    gp_path master = gp_pathtab_add_path(paths, GP_STR("GLB/MASTER.GLB"));
    struct gp_probe_options options = {.paths = paths, .held_path = GP_PATH_NONE};
    struct gp_probe *probe = NULL;

    ok(gp_memtree_open(&probe, tree, &options) == 0, "with a table of paths");
    is_str(gp_probe_entry_path(probe, gp_probe_at(probe, master), gp_probe_arena(probe)), "GLB/MASTER.GLB",
           "its number");
    is_int(gp_pathtab_add_path(gp_probe_paths(probe), GP_STR("GLB/MASTER.GLB")), master, "is the probe's as well");
    is_int((intmax_t)gp_pathtab_count(paths), 3, "and the rule set's table is left alone");
    ok(gp_probe_at(probe, gp_pathtab_add_path(gp_probe_paths(probe), GP_STR("a/b/c"))) != NULL,
       "new paths come on top");
    gp_probe_free(probe);
    gp_pathtab_free(paths);
}

static void test_hostile_spellings(void)
{
    struct gp_memtree *tree = gp_memtree_new();
    struct gp_probe_options options = {.fold = true, .held_path = GP_PATH_NONE};
    struct gp_probe *probe = NULL;
    char name[16] = "aaaaaaaaaaaaaaa";

    for (unsigned i = 0; i < 1u << 14; i++) { /* every chain of them would be 16,384 long */
        for (unsigned bit = 0; bit < 14; bit++)
            name[bit] = i >> bit & 1 ? 'A' : 'a';
        gp_memtree_file(tree, name, "", 0);
    }
    gp_memtree_file(tree, "other", "", 0);
    ok(gp_memtree_open(&probe, tree, &options) == 0, "a directory full of spellings");
    is_int(gp_probe_facts(probe, at(probe, "aaaaaaaaaaaaaaa"))->reason, GP_REASON_AMBIGUOUS_NAME, "is ambiguous");
    is_int(gp_probe_facts(probe, at(probe, "Other"))->present, GP_TRI_YES, "and hides nothing else");
    gp_probe_free(probe);
    gp_memtree_free(tree);
}

static void test_limit(struct gp_memtree *tree)
{
    for (size_t limit = 5; limit <= 6; limit++) {
        struct gp_probe_options options = {.fold = true, .list_limit = limit, .held_path = GP_PATH_NONE};
        struct gp_probe *probe = NULL;
        ok(gp_memtree_open(&probe, tree, &options) == 0, "at most %zu names", limit);
        const struct gp_facts *facts = gp_probe_facts(probe, at(probe, "Plain"));
        is_int(facts->present, limit == 6 ? GP_TRI_YES : GP_TRI_UNKNOWN, "of 6");
        is_int(facts->reason, limit == 6 ? GP_REASON_NONE : GP_REASON_LIMIT, "reason");
        gp_probe_free(probe);
    }
}

static void test_unreadable(void)
{
    struct gp_memtree *tree = build_memory(items, GP_COUNT(items));
    struct gp_probe *probe = NULL;

    gp_memtree_fail_read(tree, "sub", EACCES);
    gp_memtree_fail(tree, "GLB/MASTER.GLB", EIO);
    gp_memtree_fail(tree, "two", EACCES);
    for (int fold = 0; fold <= 1; fold++) {
        struct gp_probe_options options = {.fold = fold, .held_path = GP_PATH_NONE};
        ok(gp_memtree_open(&probe, tree, &options) == 0, "fold %d", fold);
        const struct gp_facts *facts = gp_probe_facts(probe, at(probe, "sub/.hidden"));
        is_int(facts->present, fold ? GP_TRI_UNKNOWN : GP_TRI_YES, "a name in a directory that cannot be listed");
        is_int(facts->reason, fold ? GP_REASON_NO_PERMISSION : GP_REASON_NONE, "reason");
        is_int(gp_probe_facts(probe, at(probe, "GLB/MASTER.GLB"))->reason, GP_REASON_IO_ERROR, "a stat that fails");
        if (!fold)
            is_int(gp_probe_facts(probe, at(probe, "two/x"))->reason, GP_REASON_NO_PERMISSION,
                   "beneath the unreadable");
        const struct gp_listing *listing = NULL;
        is_int(gp_probe_list(probe, at(probe, "sub"), &listing), GP_REASON_NO_PERMISSION, "its listing");
        gp_probe_free(probe);
    }
    gp_memtree_free(tree);
}

int main(void)
{
    struct gp_memtree *tree = build_memory(items, GP_COUNT(items));
    char directory[256];

    build_live(items, GP_COUNT(items), directory);
    for (int fold = 0; fold <= 1; fold++) {
        struct gp_probe_options options = {.fold = fold, .held_path = GP_PATH_NONE};
        struct gp_probe *probe = NULL;
        ok(gp_memtree_open(&probe, tree, &options) == 0, "a tree in memory");
        test_all(probe, "memory");
        ok(gp_probe_open(&probe, directory, &options) == 0, "a tree on disk");
        is_str(gp_probe_name(probe), directory, "its name");
        test_all(probe, "disk");
    }
    test_path_numbers(tree);
    test_hostile_spellings();
    test_limit(tree);
    test_unreadable();
    gp_memtree_free(tree);
    remove_tree(directory);
    return done_testing();
}
