/* Two looks at a tree: every kind of change is found, and what nobody asked about is no change. */
#include "probe-helper.h"

static const struct item items[] = {
    {ITEM_DIR, "d", NULL},          {ITEM_FILE, "d/file", "0123456789"}, {ITEM_FILE, "d/other", "other"},
    {ITEM_DIR, "d/sub", NULL},      {ITEM_FILE, "d/sub/x", "x"},         {ITEM_LINK, "d/link", "file"},
    {ITEM_FILE, "d/AMB", "1"},      {ITEM_FILE, "d/amb", "2"},           {ITEM_DIR, "GATEPOST", NULL},
    {ITEM_FILE, "GATEPOST/LEDGER", ""},
};

enum ask {
    ASK_NOTHING, ASK_FACTS, ASK_LIST, ASK_READ, ASK_READ_INTO, ASK_ATTRIBUTES, ASK_WRITABLE, ASK_LOCKED, ASK_LEDGER,
    ASK_SPACE,
};

static void ask(struct gp_probe *probe, enum ask what, const char *path)
{
    const struct gp_listing *listing = NULL;
    const struct gp_ledger *ledger = NULL;
    struct gp_entry *entry = at(probe, path);
    char buffer[100];
    uint64_t bytes;
    size_t length;

    switch (what) {
    case ASK_NOTHING:
        break;
    case ASK_FACTS:
        gp_probe_facts(probe, entry);
        break;
    case ASK_LIST:
        ok(gp_probe_list(probe, entry, &listing) == GP_REASON_NONE, "listed");
        break;
    case ASK_READ:
        gp_probe_read(probe, entry, 2, 3);
        break;
    case ASK_READ_INTO:
        ok(gp_probe_read_into(probe, entry, 2, buffer, 3, &length) == GP_REASON_NONE, "read");
        break;
    case ASK_ATTRIBUTES:
        gp_probe_attributes(probe, entry);
        break;
    case ASK_WRITABLE:
        gp_probe_writable(probe, entry);
        break;
    case ASK_LOCKED:
        gp_probe_locked(probe, entry);
        break;
    case ASK_LEDGER:
        ok(gp_probe_ledger(probe, &ledger) == GP_REASON_NONE, "the ledger");
        break;
    case ASK_SPACE:
        gp_probe_free_space(probe, &bytes);
        break;
    }
}

static void nothing(struct gp_memtree *tree GP_UNUSED)
{
}

static void remove_file(struct gp_memtree *tree)
{
    gp_memtree_remove(tree, "d/file");
}

static void replace_file(struct gp_memtree *tree)
{
    gp_memtree_file(tree, "d/file", "0123456789", 10);
}

static void file_becomes_directory(struct gp_memtree *tree)
{
    gp_memtree_dir(tree, "d/file");
}

static void touch_file(struct gp_memtree *tree)
{
    gp_memtree_mtime(tree, "d/file", (struct timespec){5, 0});
}

static void touch_a_little(struct gp_memtree *tree)
{
    gp_memtree_mtime(tree, "d/file", (struct timespec){1000000000, 1});
}

static void file_mode(struct gp_memtree *tree)
{
    gp_memtree_mode(tree, "d/file", 0400);
}

static void hide_file(struct gp_memtree *tree)
{
    gp_memtree_attributes(tree, "d/file", GP_ATTRIBUTE_HIDDEN, GP_ATTRIBUTE_HIDDEN);
}

static void protect_file(struct gp_memtree *tree)
{
    gp_memtree_attributes(tree, "d/file", GP_ATTRIBUTE_READ_ONLY, GP_ATTRIBUTE_READ_ONLY);
}

static void lock_file(struct gp_memtree *tree)
{
    gp_memtree_locked(tree, "d/file", true);
}

static void fail_file(struct gp_memtree *tree)
{
    gp_memtree_fail(tree, "d/file", EACCES);
}

static void fail_reading(struct gp_memtree *tree)
{
    gp_memtree_fail_read(tree, "d/file", EIO);
}

static void fail_listing(struct gp_memtree *tree)
{
    gp_memtree_fail_read(tree, "d", EACCES);
}

static void new_name(struct gp_memtree *tree)
{
    gp_memtree_file(tree, "d/new", "", 0);
}

static void one_for_another(struct gp_memtree *tree)
{
    gp_memtree_remove(tree, "d/file");
    gp_memtree_file(tree, "d/elif", "", 0);
}

static void other_order(struct gp_memtree *tree)
{
    gp_memtree_remove(tree, "d/file"); /* its name comes back in its old place; that of a new one comes last */
    gp_memtree_remove(tree, "d/sub");
    gp_memtree_file(tree, "d/sub", "", 0);
    gp_memtree_file(tree, "d/file", "", 0);
}

static void missing_appears(struct gp_memtree *tree)
{
    gp_memtree_file(tree, "d/missing", "", 0);
}

static void other_changes(struct gp_memtree *tree)
{
    gp_memtree_file(tree, "d/other", "new", 3);
}

static void touch_directory(struct gp_memtree *tree)
{
    gp_memtree_mtime(tree, "d", (struct timespec){5, 0});
}

static void replace_directory(struct gp_memtree *tree)
{
    gp_memtree_remove(tree, "d");
    gp_memtree_file(tree, "d/file", "0123456789", 10);
}

static void spelling_appears(struct gp_memtree *tree)
{
    gp_memtree_file(tree, "d/FILE", "", 0);
}

static void spelling_goes(struct gp_memtree *tree)
{
    gp_memtree_remove(tree, "d/amb");
}

static void link_becomes_file(struct gp_memtree *tree)
{
    gp_memtree_file(tree, "d/link", "", 0);
}

static void ledger_grows(struct gp_memtree *tree)
{
    gp_memtree_ledger(tree, "a line\n");
}

static void ledger_fails(struct gp_memtree *tree)
{
    gp_memtree_ledger_fail(tree, EACCES);
}

static void less_space(struct gp_memtree *tree)
{
    gp_memtree_free_space(tree, 1);
}

static const struct {
    enum ask what;
    const char *path;
    void (*change)(struct gp_memtree *tree);
    const char *difference;
} cases[] = {
    {ASK_FACTS, "d/file", nothing, NULL},
    {ASK_LIST, "d", nothing, NULL},
    {ASK_READ, "d/file", nothing, NULL},
    {ASK_READ_INTO, "d/file", nothing, NULL},
    {ASK_ATTRIBUTES, "d/file", nothing, NULL},
    {ASK_WRITABLE, "d/file", nothing, NULL},
    {ASK_LOCKED, "d/file", nothing, NULL},
    {ASK_LEDGER, ".", nothing, NULL},
    {ASK_SPACE, ".", nothing, NULL},
    {ASK_FACTS, "d/link/x", nothing, NULL},
    {ASK_FACTS, "d/file/x", nothing, NULL},
    {ASK_FACTS, "no/such/way", nothing, NULL},

    {ASK_FACTS, "d/file", remove_file, "d/file"},
    {ASK_FACTS, "d/file", replace_file, "d/file"},
    {ASK_FACTS, "d/file", file_becomes_directory, "d/file"},
    {ASK_FACTS, "d/file", touch_file, "d/file"},
    {ASK_FACTS, "d/file", touch_a_little, "d/file"},
    {ASK_FACTS, "d/file", file_mode, "d/file"},
    {ASK_FACTS, "d/file", fail_file, "d/file"},
    {ASK_FACTS, "d/file", replace_directory, "d"},
    {ASK_FACTS, "d/missing", missing_appears, "d/missing"},
    {ASK_FACTS, "d/amb", remove_file, NULL},
    {ASK_FACTS, "d/link", link_becomes_file, "d/link"},
    {ASK_FACTS, "d", touch_directory, "d"},
    {ASK_FACTS, "d/file/x", file_becomes_directory, "d/file"},
    {ASK_LIST, "d", new_name, "d"},
    {ASK_LIST, "d", one_for_another, "d"},
    {ASK_LIST, "d", remove_file, "d"},
    {ASK_LIST, "d", other_order, NULL},
    {ASK_LIST, "d", fail_listing, "d"},
    {ASK_READ, "d/file", touch_file, "d/file"},
    {ASK_READ, "d/file", fail_reading, "d/file"},
    {ASK_READ_INTO, "d/file", fail_reading, "d/file"},
    {ASK_READ_INTO, "d/file", replace_file, "d/file"},
    {ASK_ATTRIBUTES, "d/file", hide_file, "d/file"},
    {ASK_WRITABLE, "d/file", protect_file, "d/file"},
    {ASK_LOCKED, "d/file", lock_file, "d/file"},
    {ASK_LEDGER, ".", ledger_grows, "GATEPOST/LEDGER"},
    {ASK_LEDGER, ".", ledger_fails, "GATEPOST/LEDGER"},

    /* What nobody asked about. */
    {ASK_NOTHING, ".", remove_file, NULL},
    {ASK_FACTS, "d/file", other_changes, NULL},
    {ASK_FACTS, "d/file", touch_directory, NULL},
    {ASK_FACTS, "d/file", lock_file, NULL},
    {ASK_FACTS, "d/file", hide_file, NULL},
    {ASK_FACTS, "d/file", ledger_grows, NULL},
    {ASK_FACTS, "d/missing", new_name, NULL},
    {ASK_LIST, "d", touch_file, NULL},
    {ASK_SPACE, ".", less_space, NULL},
};

static void test_case(size_t i, bool fold)
{
    struct gp_probe_options options = {.fold = fold, .held_path = GP_PATH_NONE};
    struct gp_memtree *tree = build_memory(items, GP_COUNT(items));
    struct gp_probe *before = NULL, *now = NULL;

    ok(gp_memtree_open(&before, tree, &options) == 0, "case %zu, fold %d", i, fold);
    ask(before, cases[i].what, cases[i].path);
    cases[i].change(tree);
    ok(gp_memtree_open(&now, tree, &options) == 0, "a second look");
    const char *difference = gp_probe_difference(before, now);
    if (cases[i].difference)
        is_str(difference, cases[i].difference, "case %zu, fold %d: %s differs", i, fold, cases[i].difference);
    else
        ok(!difference, "case %zu, fold %d: no difference%s%s", i, fold, difference ? " but " : "",
           difference ? difference : "");
    gp_probe_free(before);
    gp_probe_free(now);
    gp_memtree_free(tree);
}

/* Only with DOS names does another spelling matter. */
static void test_spellings(void)
{
    static const struct {
        const char *path;
        void (*change)(struct gp_memtree *tree);
        const char *difference;
    } spellings[] = {
        {"d/file", spelling_appears, "d/file"},
        {"d/AMB", spelling_goes, "d/AMB"},
        {"d/File", spelling_appears, "d/file"},
    };

    for (size_t i = 0; i < GP_COUNT(spellings); i++)
        for (int fold = 0; fold <= 1; fold++) {
            struct gp_probe_options options = {.fold = fold, .held_path = GP_PATH_NONE};
            struct gp_memtree *tree = build_memory(items, GP_COUNT(items));
            struct gp_probe *before = NULL, *now = NULL;
            ok(gp_memtree_open(&before, tree, &options) == 0, "spelling %zu", i);
            gp_probe_facts(before, at(before, spellings[i].path));
            spellings[i].change(tree);
            ok(gp_memtree_open(&now, tree, &options) == 0, "a second look");
            const char *difference = gp_probe_difference(before, now);
            if (fold)
                is_str(difference, spellings[i].difference, "spelling %zu with DOS names", i);
            else
                ok(!difference, "spelling %zu with exact names", i);
            gp_probe_free(before);
            gp_probe_free(now);
            gp_memtree_free(tree);
        }
}

static void test_under(void)
{
    struct gp_memtree *tree = gp_memtree_new(), *other = gp_memtree_new();
    struct gp_probe *before = NULL, *now = NULL, *under = NULL;

    gp_memtree_file(other, "a/b", "x", 1);
    gp_memtree_under(tree, "/other", other);
    ok(gp_memtree_open(&before, tree, NULL) == 0 && gp_probe_under(before, GP_STR("/other"), &under) == 0, "under");
    gp_probe_facts(under, at(under, "a/b"));
    is_int(gp_probe_under(before, GP_STR("/later"), &under), -ENOENT, "and one that is not there");
    ok(gp_memtree_open(&now, tree, NULL) == 0 && !gp_probe_difference(before, now), "no difference");
    gp_probe_free(now);
    gp_memtree_file(other, "a/b", "yy", 2);
    ok(gp_memtree_open(&now, tree, NULL) == 0, "a second look");
    is_str(gp_probe_difference(before, now), "/other/a/b", "a difference under another directory");
    gp_probe_free(now);
    gp_memtree_remove(other, "a");
    gp_probe_free(before);
    ok(gp_memtree_open(&before, tree, NULL) == 0, "another look");
    is_int(gp_probe_under(before, GP_STR("/later"), &under), -ENOENT, "not there");
    gp_memtree_under(tree, "/later", other);
    ok(gp_memtree_open(&now, tree, NULL) == 0, "a second look");
    is_str(gp_probe_difference(before, now), "/later", "it has come");
    gp_probe_free(before);
    gp_probe_free(now);
    gp_memtree_free(tree);
    gp_memtree_free(other);
}

/* No text that is no name may be taken for a change. */
static void test_no_names(void)
{
    struct gp_memtree *tree = build_memory(items, GP_COUNT(items));
    struct gp_probe *before = NULL, *now = NULL;

    ok(gp_memtree_open(&before, tree, NULL) == 0, "asked for what is no name");
    gp_probe_facts(before, gp_probe_child(before, at(before, "d"), GP_STR("file\0x")));
    struct gp_entry *strange = gp_probe_child(before, at(before, "d"), GP_STR(".."));
    gp_probe_facts(before, gp_probe_child(before, strange, GP_STR("x")));
    ok(gp_memtree_open(&now, tree, NULL) == 0 && !gp_probe_difference(before, now), "no difference");
    gp_probe_free(before);
    gp_probe_free(now);
    gp_memtree_free(tree);
}

int main(void)
{
    for (size_t i = 0; i < GP_COUNT(cases); i++)
        for (int fold = 0; fold <= 1; fold++)
            test_case(i, fold);
    test_spellings();
    test_under();
    test_no_names();
    return done_testing();
}
