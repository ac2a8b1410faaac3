/*
 * Records at the level of the probe: what was asked is answered again from the facts alone, what was not is unknown,
 * and facts that are not in order are refused.
 */
#include "probe/record.h"

#include "probe-helper.h"
#include "util/glob.h"
#include "util/text.h"

static struct gp_arena *arena;

/* ---- helpers ----------------------------------------------------------------------------------------------------- */

static struct gp_memtree *tree_of_all_kinds(void)
{
    static const struct item items[] = {
        {ITEM_DIR, "glb", NULL},          {ITEM_FILE, "glb/Master.Glb", "0123456789"},
        {ITEM_FILE, "glb/a.mdm", "a"},    {ITEM_FILE, "glb/b.mdm", "bb"},
        {ITEM_FILE, "glb/neighbour", ""}, {ITEM_LINK, "link", NULL},
        {ITEM_FIFO, "pipe", NULL},        {ITEM_FILE, "twice/Same", "x"},
        {ITEM_FILE, "twice/sAME", "y"},   {ITEM_DIR, "shut", NULL},
        {ITEM_FILE, "shut/in", "z"},      {ITEM_FILE, "broken", "secret"},
        {ITEM_FILE, "raw/\xff\xfe", "r"},
    };
    struct gp_memtree *tree = build_memory(items, sizeof(items) / sizeof(items[0]));

    gp_memtree_fail_read(tree, "shut", EACCES);
    gp_memtree_fail_read(tree, "broken", EIO);
    gp_memtree_locked(tree, "glb/a.mdm", true);
    gp_memtree_attributes(tree, "glb/b.mdm", GP_ATTRIBUTE_READ_ONLY | GP_ATTRIBUTE_HIDDEN, GP_ATTRIBUTE_HIDDEN);
    gp_memtree_mode(tree, "glb/a.mdm", 0444);
    gp_memtree_mtime(tree, "broken", (struct timespec){.tv_sec = -5, .tv_nsec = 7});
    gp_memtree_free_space(tree, 123456);
    return tree;
}

static struct gp_probe *open_recording(struct gp_memtree *tree, bool fold)
{
    struct gp_probe *probe = NULL;
    const struct gp_probe_options options = {.fold = fold, .held_path = GP_PATH_NONE};

    if (gp_memtree_open(&probe, tree, &options) < 0)
        bail("no probe");
    gp_probe_start_recording(probe);
    return probe;
}

/* The probe of what another was asked, through the text of its record. */
static struct gp_probe *reopen(struct gp_probe *live, bool fold)
{
    const struct gp_probe_options options = {.fold = fold, .held_path = GP_PATH_NONE};
    struct gp_strbuf text = {0};
    struct gp_probe *probe = NULL;
    const char *problem = "";
    json_t *facts = gp_record_facts(live);

    gp_json_write(&text, facts, 0);
    json_decref(facts);
    facts = gp_json_read(gp_strbuf_text(&text), text.len);
    if (gp_recorded_open(&probe, facts, "/recorded", &options, arena, &problem) < 0)
        bail("no recorded probe: %s in %s", problem, gp_strbuf_text(&text));
    json_decref(facts);
    gp_strbuf_done(&text);
    return probe;
}

static struct gp_entry *entry_at(struct gp_probe *probe, const char *path)
{
    struct gp_pathtab *paths = gp_probe_paths(probe);
    gp_path number = GP_PATH_ROOT;

    while (*path) {
        size_t len = strcspn(path, "/");
        char *name = gp_arena_memdup(arena, path, len); /* the table keeps it */
        number = gp_pathtab_add(paths, number, (struct gp_str){name, len});
        path += len + (path[len] == '/');
    }
    struct gp_entry *entry = gp_probe_at(probe, number);
    if (!entry)
        bail("no memory");
    return entry;
}

static struct gp_glob_part glob_of(const char *text)
{
    struct gp_glob_part part;
    struct gp_glob_error error;

    if (gp_glob_part_compile(arena, (struct gp_str){text, strlen(text)}, &part, &error) < 0)
        bail("%s", text);
    return part;
}

/* ---- questions, each with an answer in words --------------------------------------------------------------------- */

static void say_entry(struct gp_probe *probe, struct gp_strbuf *out, const char *path)
{
    struct gp_entry *entry = entry_at(probe, path);
    const struct gp_facts *facts = gp_probe_facts(probe, entry);
    static const char *const types[] = {"file", "directory", "other"};

    if (facts->present == GP_TRI_UNKNOWN)
        gp_strbuf_add(out, gp_reason_name(facts->reason));
    else if (facts->present == GP_TRI_NO)
        gp_strbuf_add(out, "absent");
    else
        gp_strbuf_printf(out, "%s %s %llu %lld.%ld", gp_probe_entry_path(probe, entry, arena), types[facts->type],
                         facts->type == GP_FILETYPE_FILE ? (unsigned long long)facts->size : 0,
                         (long long)facts->mtime.tv_sec, facts->mtime.tv_nsec);
}

static void say_glob(struct gp_probe *probe, struct gp_strbuf *out, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct gp_glob_part glob = glob_of(slash ? slash + 1 : path);
    struct gp_entry *directory = entry_at(probe, slash ? gp_arena_memdup(arena, path, (size_t)(slash - path)) : "");
    const struct gp_listing *listing = NULL;
    enum gp_reason reason = gp_probe_glob(probe, directory, &glob, &listing);
    size_t matched = 0;

    gp_strbuf_add(out, gp_reason_name(reason));
    for (size_t i = 0; !reason && i < gp_listing_count(listing); i++) {
        struct gp_str name = gp_listing_name(listing, i);
        if (!gp_glob_part_match(&glob, name, gp_probe_fold(probe)))
            continue;
        const struct gp_facts *facts = gp_probe_facts(probe, gp_listing_entry(probe, listing, i));
        gp_strbuf_printf(out, "%s%.*s %s", matched++ ? ", " : "", GP_STR_ARG(name),
                         facts->present == GP_TRI_UNKNOWN ? gp_reason_name(facts->reason) : "there");
    }
}

static void say_count(struct gp_probe *probe, struct gp_strbuf *out, const char *path)
{
    uint64_t count = 0;
    enum gp_reason reason = gp_probe_count(probe, entry_at(probe, path), &count);

    gp_strbuf_printf(out, "%s %llu", gp_reason_name(reason), (unsigned long long)count);
}

static void say_answer(struct gp_strbuf *out, struct gp_answer answer)
{
    gp_strbuf_printf(out, "%d %s %s", (int)answer.value, gp_reason_name(answer.reason),
                     answer.detail ? answer.detail : "-");
}

static void say_writable(struct gp_probe *probe, struct gp_strbuf *out, const char *path)
{
    say_answer(out, gp_probe_writable(probe, entry_at(probe, path)));
}

static void say_locked(struct gp_probe *probe, struct gp_strbuf *out, const char *path)
{
    say_answer(out, gp_probe_locked(probe, entry_at(probe, path)));
}

static void say_attributes(struct gp_probe *probe, struct gp_strbuf *out, const char *path)
{
    struct gp_attributes attributes = gp_probe_attributes(probe, entry_at(probe, path));

    gp_strbuf_printf(out, "%s %u %u", gp_reason_name(attributes.reason), attributes.known, attributes.set);
}

static void say_space(struct gp_probe *probe, struct gp_strbuf *out, const char *path GP_UNUSED)
{
    uint64_t bytes = 0;

    say_answer(out, gp_probe_free_space(probe, &bytes));
    gp_strbuf_printf(out, " %llu", (unsigned long long)bytes);
}

/* The window 2…5, as one who wants the bytes themselves. */
static void say_window(struct gp_probe *probe, struct gp_strbuf *out, const char *path)
{
    struct gp_entry *entry = entry_at(probe, path);
    struct gp_window window = gp_probe_read(probe, entry, 2, 4);

    gp_strbuf_printf(out, "%s '%.*s'", gp_reason_name(window.reason), GP_STR_ARG(window.data));
    if (gp_probe_keep_window(probe, entry, 2, 4, window.reason, window.data.data) < 0)
        bail("no memory");
}

static void say_attested(struct gp_probe *probe, struct gp_strbuf *out, const char *id)
{
    const struct gp_ledger_entry *entry = NULL;
    enum gp_reason reason = gp_probe_attested(probe, id, NULL, &entry);

    gp_strbuf_printf(out, "%s %s", gp_reason_name(reason), entry ? entry->who : "nobody");
}

static void say_move(struct gp_probe *probe, struct gp_strbuf *out, const char *nothing GP_UNUSED)
{
    const struct gp_ledger_entry *entry = NULL;
    const struct gp_ledger_fault *doubt = NULL;
    enum gp_reason reason = gp_probe_last_move(probe, NULL, &entry, &doubt);

    gp_strbuf_printf(out, "%s %s%s", gp_reason_name(reason), entry ? entry->name : "none", doubt ? doubt->what : "");
}

typedef void say_fn(struct gp_probe *probe, struct gp_strbuf *out, const char *path);

struct question {
    say_fn *say;
    const char *of;
    const char *want, *folded; /* folded NULL: the same */
};

static const struct question questions[] = {
    {say_entry, "", ". directory 0 1000000000.0", NULL},
    {say_entry, "glb/Master.Glb", "glb/Master.Glb file 10 1000000000.0", NULL},
    {say_entry, "GLB/MASTER.GLB", "absent", "glb/Master.Glb file 10 1000000000.0"},
    {say_entry, "glb/nothing", "absent", NULL},
    {say_entry, "nowhere/at/all", "absent", NULL},
    {say_entry, "glb/Master.Glb/in", "absent", NULL},
    {say_entry, "link", "link", NULL},
    {say_entry, "link/beyond", "link", NULL},
    {say_entry, "pipe", "pipe other 0 1000000000.0", NULL},
    {say_entry, "broken", "broken file 6 -5.7", NULL},
    {say_entry, "twice/same", "absent", "ambiguous-name"},
    {say_entry, "shut/in", "shut/in file 1 1000000000.0", "no-permission"},
    {say_glob, "glb/*.mdm", "a.mdm there, b.mdm there", NULL},
    {say_glob, "glb/*.none", "", NULL},
    {say_glob, "twice/[sS]*", "Same there, sAME there", "Same ambiguous-name, sAME ambiguous-name"},
    {say_glob, "raw/*", "\xff\xfe there", NULL},
    {say_glob, "shut/*", "no-permission", NULL},
    {say_glob, "nowhere/*", "", NULL},
    {say_count, "glb", " 4", NULL},
    {say_count, "shut", "no-permission 0", NULL},
    {say_writable, "glb/a.mdm", "0  nobody has write permission", NULL},
    {say_writable, "glb/b.mdm", "1  -", NULL},
    {say_writable, "link", "2 link -", NULL},
    {say_locked, "glb/a.mdm", "1  another process holds a lock", NULL},
    {say_locked, "glb/b.mdm", "0  -", NULL},
    {say_attributes, "glb/b.mdm", " 3 2", NULL},
    {say_attributes, "link", "link 0 0", NULL},
    {say_space, "", "1  - 123456", NULL},
    {say_window, "glb/Master.Glb", " '2345'", NULL},
    {say_window, "broken", "io-error ''", NULL},
    {say_attested, "washed", " ann", NULL},
    {say_attested, "dried", " nobody", NULL},
    {say_move, "", " extend", NULL},
};

static const char ledger[] =
    "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"washed\",\"ruleset\":\"s\",\"who\":\"ann\",\"host\":\"h\","
    "\"when\":\"2027-01-31T11:00:00Z\",\"more\":\"kept from records\"}\n"
    "{\"id\":\"2\",\"kind\":\"operation\",\"name\":\"extend\",\"ruleset\":\"s\",\"to\":\"server\",\"who\":\"bob\","
    "\"host\":\"h\",\"when\":\"2027-01-31T11:00:00Z\"}\n"
    "{\"id\":\"3\",\"kind\":\"attestation\",\"name\":\"unasked\",\"ruleset\":\"s\",\"who\":\"carol\",\"host\":\"h\","
    "\"when\":\"2027-01-31T11:00:00Z\"}\n";

/* ---- tests ------------------------------------------------------------------------------------------------------- */

static void test_one(const struct question *question, bool fold)
{
    const char *want = fold && question->folded ? question->folded : question->want;
    struct gp_memtree *tree = tree_of_all_kinds();
    gp_memtree_ledger(tree, ledger);
    struct gp_probe *live = open_recording(tree, fold);
    struct gp_strbuf first = {0}, again = {0}, never = {0};

    question->say(live, &first, question->of);
    is_str(gp_strbuf_text(&first), want, "%s, %s", question->of, fold ? "folded" : "exact");
    struct gp_probe *recorded = reopen(live, fold);
    question->say(recorded, &again, question->of);
    is_str(gp_strbuf_text(&again), want, "  the same from the record");
    gp_probe_free(recorded);
    gp_probe_free(live);

    /* Of another record, of a probe that was asked nothing but the root, nothing follows. */
    live = open_recording(tree, fold);
    (void)gp_probe_facts(live, entry_at(live, ""));
    recorded = reopen(live, fold);
    question->say(recorded, &never, question->of);
    bool root = question->say == say_entry && !*question->of;
    ok(root || strstr(gp_strbuf_text(&never), "not-recorded"), "  unknown where nobody asked: %s",
       gp_strbuf_text(&never));
    gp_probe_free(recorded);
    gp_probe_free(live);
    gp_memtree_free(tree);
    gp_strbuf_done(&first);
    gp_strbuf_done(&again);
    gp_strbuf_done(&never);
}

/* All in one record: no fact stands in another's way. */
static void test_together(bool fold)
{
    struct gp_memtree *tree = tree_of_all_kinds();
    gp_memtree_ledger(tree, ledger);
    struct gp_probe *live = open_recording(tree, fold);
    struct gp_strbuf out = {0};

    for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
        questions[i].say(live, &out, questions[i].of);
    struct gp_probe *recorded = reopen(live, fold);
    for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
        gp_strbuf_reset(&out);
        questions[i].say(recorded, &out, questions[i].of);
        is_str(gp_strbuf_text(&out), fold && questions[i].folded ? questions[i].folded : questions[i].want,
               "together: %s, %s", questions[i].of, fold ? "folded" : "exact");
    }
    gp_probe_free(recorded);
    gp_probe_free(live);
    gp_memtree_free(tree);
    gp_strbuf_done(&out);
}

/* What follows from a record, and what must not. */
static void test_newer_questions(void)
{
    static const struct {
        say_fn *say;
        const char *of, *want, *why;
    } rows[] = {
        {say_entry, "glb/c.mdm", "absent", "the glob would have matched it"},
        {say_entry, "glb/neighbour", "not-recorded", "no glob asked for it"},
        {say_entry, "glb/a.mdm", "glb/a.mdm file 1 1000000000.0", "the glob's visitor looked at it"},
        {say_glob, "glb/*", "not-recorded", "a wider glob"},
        {say_glob, "glb/a*", "not-recorded", "a narrower one"},
        {say_count, "glb", "not-recorded 0", "names were asked for, not how many"},
        {say_writable, "glb/b.mdm", "2 not-recorded -", "no mode is recorded"},
        {say_locked, "glb/b.mdm", "2 not-recorded -", "nor a lock"},
        {say_attributes, "glb/b.mdm", "not-recorded 0 0", "nor attributes"},
        {say_attested, "unasked", "not-recorded nobody", "another attestation"},
        {say_move, "", "not-recorded none", "the newest move"},
        {say_space, "", "2 not-recorded - 0", "space"},
    };
    struct gp_memtree *tree = tree_of_all_kinds();
    gp_memtree_ledger(tree, ledger);
    struct gp_probe *live = open_recording(tree, true);
    struct gp_strbuf out = {0};

    say_glob(live, &out, "glb/*.mdm");
    say_window(live, &out, "glb/Master.Glb");
    say_attested(live, &out, "washed");
    struct gp_probe *recorded = reopen(live, true);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        gp_strbuf_reset(&out);
        rows[i].say(recorded, &out, rows[i].of);
        is_str(gp_strbuf_text(&out), rows[i].want, "newer: %s: %s", rows[i].of, rows[i].why);
    }
    struct gp_entry *file = entry_at(recorded, "glb/Master.Glb");
    is_int(gp_probe_read(recorded, file, 0, 4).reason, GP_REASON_NOT_RECORDED, "bytes beside a window");
    struct gp_window window = gp_probe_read(recorded, file, 3, 2);
    ok(window.data.len == 2 && memcmp(window.data.data, "34", 2) == 0, "bytes within it, also after a failure");
    is_int(gp_probe_interrupted(recorded), GP_INTERRUPTED_NO, "a record is of no interrupted tree");
    gp_probe_free(recorded);
    gp_probe_free(live);
    gp_memtree_free(tree);
    gp_strbuf_done(&out);
}

static void test_under(void)
{
    static const char *const want[] = {"ok", "absent", "no-permission", "not-recorded"};
    static const char *const names[] = {"/disk", "/gone", "/denied", "/other"};
    struct gp_memtree *tree = tree_of_all_kinds(), *disk = gp_memtree_new(), *denied = gp_memtree_new();
    struct gp_probe *other = NULL;

    gp_memtree_file(disk, "SETUP.EXE", "setup", 5);
    gp_memtree_under(tree, "/disk", disk);
    gp_memtree_under(tree, "/denied", denied);
    gp_memtree_dir(denied, "x");
    gp_memtree_fail(denied, "", EACCES);
    struct gp_probe *live = open_recording(tree, true);
    struct gp_strbuf out = {0};
    for (size_t i = 0; i < 3; i++)
        if (gp_probe_under(live, (struct gp_str){names[i], strlen(names[i])}, &other) == 0)
            say_entry(other, &out, "setup.exe");
    struct gp_probe *recorded = reopen(live, true);
    for (size_t i = 0; i < 4; i++) {
        int r = gp_probe_under(recorded, (struct gp_str){names[i], strlen(names[i])}, &other);
        is_str(r == 0 ? "ok" : r == -ENOENT ? "absent" : gp_reason_name(gp_reason_of_errno(r)), want[i], "under %s",
               names[i]);
    }
    if (gp_probe_under(recorded, GP_STR("/disk"), &other) < 0)
        bail("no disk");
    gp_strbuf_reset(&out);
    say_entry(other, &out, "setup.exe");
    is_str(gp_strbuf_text(&out), "SETUP.EXE file 5 1000000000.0", "  a file there");
    is_str(gp_probe_name(other), "/disk", "  its name");
    gp_probe_free(recorded);
    gp_probe_free(live);
    gp_memtree_free(denied);
    gp_memtree_free(disk);
    gp_memtree_free(tree);
    gp_strbuf_done(&out);
}

/* Nothing but what was asked: no neighbours, no other bytes, no unread members of the ledger. */
static void test_privacy(void)
{
    static const char *const absent[] = {"neighbour", "b.mdm", "0123", "6789", "secret", "carol", "kept from", "bob"};
    struct gp_memtree *tree = tree_of_all_kinds();
    gp_memtree_ledger(tree, ledger);
    struct gp_probe *live = open_recording(tree, true);
    struct gp_strbuf out = {0};

    say_entry(live, &out, "glb/a.mdm");
    say_glob(live, &out, "glb/m*");
    say_window(live, &out, "glb/Master.Glb");
    say_count(live, &out, "glb");
    say_attested(live, &out, "washed");
    (void)gp_probe_read(live, entry_at(live, "glb/Master.Glb"), 0, 10); /* read to be searched, say */
    json_t *facts = gp_record_facts(live);
    gp_strbuf_reset(&out);
    gp_json_write(&out, facts, 0);
    json_decref(facts);
    ok(strstr(gp_strbuf_text(&out), "\"32333435\""), "the window is there, as digits");
    for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++) {
        char hex[64] = "";
        for (size_t k = 0; absent[i][k]; k++)
            snprintf(hex + 2 * k, 3, "%02x", (unsigned char)absent[i][k]);
        ok(!strstr(gp_strbuf_text(&out), absent[i]) && !strstr(gp_strbuf_text(&out), hex), "nothing of '%s'",
           absent[i]);
    }
    gp_probe_free(live);
    gp_memtree_free(tree);
    gp_strbuf_done(&out);
}

/* ---- facts that are not in order --------------------------------------------------------------------------------- */

#define ROOT "{\"path\":\".\",\"is\":\"directory\",\"mtime\":1}"
#define IN_ROOT(fact) "{\"facts\":[" ROOT "," fact "]}"
#define FILE_A(more) IN_ROOT("{\"path\":\"a\",\"is\":\"file\",\"size\":4,\"mtime\":1" more "}")
#define DIR_D(more) IN_ROOT("{\"path\":\"d\",\"is\":\"directory\",\"mtime\":1" more "}")

static const struct {
    const char *text, *problem;
} damaged[] = {
    {"[]", "tree has to be an object"},
    {"{}", "tree: 'facts' is missing"},
    {"{\"facts\":{}}", "tree: 'facts' has to be a list"},
    {"{\"facts\":[],\"more\":1}", "tree: there is no key 'more'"},
    {"{\"facts\":[1]}", "facts[0] has to be an object"},
    {"{\"facts\":[{}]}", "facts[0]: 'path' is missing"},
    {IN_ROOT("{\"path\":\"a\"}"), "facts[1]: it needs one of 'is' and 'unknown'"},
    {IN_ROOT("{\"path\":\"a\",\"is\":\"absent\",\"unknown\":\"limit\"}"),
     "facts[1]: it needs one of 'is' and 'unknown'"},
    {IN_ROOT("{\"path\":\"a\",\"unknown\":\"\"}"), "facts[1]: it needs one of 'is' and 'unknown'"},
    {IN_ROOT("{\"path\":\"a\",\"is\":\"link\"}"),
     "facts[1]: 'is' has to be one of the words that a record has there, such as 'absent'"},
    {IN_ROOT("{\"path\":\"../a\",\"is\":\"absent\"}"),
     "facts[1]: its 'path' lies in no directory of which the record told before"},
    {IN_ROOT("{\"path\":\"..\",\"is\":\"absent\"}"),
     "facts[1]: its 'path' lies in no directory of which the record told before"},
    {IN_ROOT("{\"path\":\"/a\",\"is\":\"absent\"}"),
     "facts[1]: its 'path' lies in no directory of which the record told before"},
    {IN_ROOT("{\"path\":\"\",\"is\":\"absent\"}"),
     "facts[1]: its 'path' lies in no directory of which the record told before"},
    {IN_ROOT("{\"path\":\"a\\u0000b\",\"is\":\"absent\"}"),
     "facts[1]: its 'path' lies in no directory of which the record told before"},
    {IN_ROOT("{\"path\":{\"hex\":\"6\"},\"is\":\"absent\"}"), "facts[1]: 'path' has to be hexadecimal digits"},
    {IN_ROOT("{\"path\":{\"hax\":\"61\"},\"is\":\"absent\"}"),
     "facts[1]: 'path' has to be a string or { \"hex\": ... }"},
    {IN_ROOT("{\"path\":\".\",\"is\":\"absent\"}"), "facts[1]: the record told of this 'path' before"},
    {IN_ROOT("{\"path\":\"a\",\"is\":\"file\",\"mtime\":1}"),
     "facts[1]: 'size' is of a file, 'mtime' of what is there"},
    {IN_ROOT("{\"path\":\"a\",\"is\":\"absent\",\"mtime\":1}"),
     "facts[1]: 'size' is of a file, 'mtime' of what is there"},
    {IN_ROOT("{\"path\":\"a\",\"is\":\"file\",\"size\":-1,\"mtime\":1}"),
     "facts[1]: 'size' is -1, which is out of range"},
    {IN_ROOT("{\"path\":\"a\",\"is\":\"file\",\"size\":1.0,\"mtime\":1}"), "facts[1]: 'size' has to be an integer"},
    {FILE_A(",\"nsec\":1000000000"), "facts[1]: 'nsec' is 1000000000, which is out of range"},
    {FILE_A(",\"windows\":[{\"at\":1,\"hex\":\"00112233\"}]"), "facts[1]: a window lies outside of the file"},
    {FILE_A(",\"windows\":[{\"at\":9223372036854775807,\"length\":9223372036854775807,\"unknown\":\"limit\"}]"),
     "facts[1]: a window lies outside of the file"},
    {FILE_A(",\"windows\":[{\"at\":0,\"hex\":\"0G\"}]"), "facts[1]: 'hex' has to be hexadecimal digits"},
    {FILE_A(",\"windows\":[{\"at\":0}]"), "facts[1]: a window has either 'hex', or 'length' and 'unknown'"},
    {FILE_A(",\"findings\":[{\"of\":\"x\",\"answer\":\"unknown\"}]"),
     "facts[1]: 'unknown' is the reason of an answer that is unknown"},
    {FILE_A(",\"writable\":{\"answer\":\"yes\",\"unknown\":\"limit\"}"),
     "facts[1]: 'unknown' is the reason of an answer that is unknown"},
    {FILE_A(",\"attributes\":{\"known\":[]}"), "facts[1]: 'attributes' has either 'known' and 'set', or 'unknown'"},
    {FILE_A(",\"globs\":[\"*\"]"), "facts[1]: 'globs', 'names' and 'count' are of a directory, and without 'unlisted'"},
    {DIR_D(",\"windows\":[]"), "facts[1]: only a file has 'windows' and 'findings'"},
    {DIR_D(",\"globs\":[\"[\"]"), "facts[1]: one of its 'globs' is none"},
    {DIR_D(",\"names\":[\"b\",\"a\"]"), "facts[1]: 'names' have to be names, each once, in byte order"},
    {DIR_D(",\"names\":[\"a\",\"a\"]"), "facts[1]: 'names' have to be names, each once, in byte order"},
    {DIR_D(",\"names\":[\"a/b\"]"), "facts[1]: 'names' have to be names, each once, in byte order"},
    {DIR_D(",\"names\":[],\"unlisted\":\"limit\""),
     "facts[1]: 'globs', 'names' and 'count' are of a directory, and without 'unlisted'"},
    {"{\"facts\":[" ROOT ",{\"path\":\"a\",\"is\":\"absent\"},{\"path\":\"A\",\"unknown\":\"limit\"}]}",
     "facts[2]: it contradicts what the record said of another spelling"},
    {"{\"facts\":[],\"space\":{}}", "space: it needs one of 'bytes' and 'unknown'"},
    {"{\"facts\":[],\"ledger\":[{\"sets\":\"\"}]}", "ledger[0]: a question is of one 'attestation' or the 'move', its answer one "
                                       "'line', none, or 'unknown'"},
    {"{\"facts\":[],\"ledger\":[{\"move\":true,\"sets\":\"\",\"line\":\"x\"}]}",
     "ledger[0]: 'line' is no line of a ledger that answers this"},
    {"{\"facts\":[],\"under\":[{\"directory\":\"d\"}]}",
     "under[0]: it needs one of 'facts', 'absent' and 'unknown'"},
    {"{\"facts\":[],\"under\":[{\"directory\":\"d\",\"facts\":[{\"path\":1}]}]}",
     "under[0].facts[0]: 'path' has to be a string or { \"hex\": ... }"},
    {"{\"facts\":[],\"under\":[{\"directory\":\"d\",\"facts\":[]},{\"directory\":\"d\",\"absent\":true}]}",
     "under[1]: the record told of this 'directory' before, or it is no name"},
};

static void test_damaged(void)
{
    const struct gp_probe_options options = {.fold = true, .held_path = GP_PATH_NONE};

    for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
        json_t *facts = gp_json_read(damaged[i].text, strlen(damaged[i].text));
        struct gp_probe *probe = NULL;
        const char *problem = "none";
        if (!facts)
            bail("no JSON: %s", damaged[i].text);
        int r = gp_recorded_open(&probe, facts, "/x", &options, arena, &problem);
        ok(r == -EINVAL && !probe, "refused: %s", damaged[i].text);
        is_str(problem, damaged[i].problem, "  and why");
        gp_probe_free(probe);
        json_decref(facts);
    }
}

int main(void)
{
    arena = gp_arena_new(0);
    for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
        test_one(&questions[i], false);
        test_one(&questions[i], true);
    }
    test_together(false);
    test_together(true);
    test_newer_questions();
    test_under();
    test_privacy();
    test_damaged();
    gp_arena_free(arena);
    return done_testing();
}
