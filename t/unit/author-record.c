/*
 * Records of decisions: every kind of fact that conditions read is answered again from the record, what a rule reads
 * through is not in it, and no damage to the file passes for another record.
 */
#include "author/record.h"

#include "eval-tree-helper.h"
#include "probe/record.h"

static struct gp_arena *arena;
static struct gp_memtree *disk; /* of `under:` */

static struct gp_memtree *make_tree(void)
{
    static const char table[] = "HEADER\001\002\003\004 this line holds the secret word: xyzzy\r\nshort\n";
    struct gp_memtree *tree = gp_memtree_new();

    gp_memtree_file(tree, "data/table.db", table, sizeof(table) - 1);
    gp_memtree_file(tree, "data/copy.db", table, sizeof(table) - 1);
    gp_memtree_file(tree, "data/other.db", "other", 5);
    gp_memtree_file(tree, "data/0000002A.que", "12345678", 8);
    gp_memtree_file(tree, "data/00000010.que", "1234", 4);
    gp_memtree_file(tree, "broken.db", "12345678", 8);
    gp_memtree_fail_read(tree, "broken.db", EIO);
    gp_memtree_zeros(tree, "large.db", 200000);
    gp_memtree_link(tree, "link.db");
    gp_memtree_dir(tree, "shut");
    gp_memtree_fail_read(tree, "shut", EACCES);
    gp_memtree_file(tree, "twice/a", "", 0);
    gp_memtree_file(tree, "twice/A", "", 0);
    gp_memtree_locked(tree, "data/copy.db", true);
    gp_memtree_under(tree, "/disk", disk);
    return tree;
}

static const char *const conditions[] = {
    "{ file: data/table.db }",
    "{ file: DATA/TABLE.DB, size: 60 }",
    "{ file: data/none.db }",
    "{ absent: [data/none.db, \"data/*.old\"] }",
    "{ absent: \"data/*.que\" }",
    "{ dir: data, entries: { min: 3 } }",
    "{ dir: shut, entries: 0 }",
    "{ some: \"data/*.db\", size: 5 }",
    "{ each: \"data/*.que\", records: { of: 4 } }",
    "{ each: \"data/*\", size: { min: 5 } }",
    "{ each: \"shut/*\", size: 1 }",
    "{ count: \"data/*.que\", is: 2 }",
    "{ count: \"twice/*\", is: 2 }",
    "{ file: twice/a }",
    "{ file: link.db }",
    "{ file: link.db, size: 3 }",
    "{ file: data/table.db, u8: { at: 6, is: 1 } }",
    "{ file: data/table.db, u32be: { at: 6, is: 0x01020304 } }",
    "{ file: data/table.db, u16le: { at: -1, is: 1 } }",
    "{ file: data/table.db, u8: { at: 5000, is: 1 } }",
    "{ file: broken.db, u8: { at: 0, is: 1 } }",
    "{ file: data/table.db, bytes: { at: 0, is: text:HEADER } }",
    "{ each: \"data/*.db\", bytes: { at: 0, is: text:HEADER } }",
    "{ file: data/table.db, text: { matches: \"word\" } }",
    "{ file: data/table.db, text: { matches: \"(?m)^sh(or)t$\" } }",
    "{ file: data/table.db, text: { contains: short } }",
    "{ file: data/table.db, text: { contains: absent } }",
    "{ each: \"data/*.db\", text: { contains: HEAD } }",
    "{ file: large.db, text: { matches: a } }",
    "{ file: large.db, text: { matches: a, window: 100 KiB } }",
    "{ file: broken.db, text: { matches: a } }",
    "{ file: data/table.db, text: { matches: \"(HEADER)+?(.*)*\\\\d{40}\" } }",
    "{ file: data/table.db, longest-line: { max: 40 } }",
    "{ file: broken.db, longest-line: 8 }",
    "{ file: data/table.db, same-content-as: data/copy.db }",
    "{ file: broken.db, same-content-as: data/0000002A.que }",
    "{ file: data/0000002A.que, same-content-as: broken.db }",
    "{ file: data/other.db, same-size-as: data/copy.db }",
    "{ file: data/table.db, newer-than: data/copy.db }",
    "{ file: data/table.db, age: { max: 1 h } }",
    "{ file: data/table.db, writable: true }",
    "{ file: data/copy.db, locked: false }",
    "{ file: data/copy.db, attributes: { read-only: true } }",
    "{ file: data/copy.db, attributes: { hidden: true } }",
    "{ file: setup.exe, under: disk }",
    "{ each: \"data/*.db\", has: \"data/${stem}.que\" }",
    "{ any: [{ file: data/none.db }, { file: link.db }, { file: data/other.db, size: 6 }] }",
};

static struct gp_probe *open_live(struct gp_memtree *tree, const struct gp_ruleset *rules)
{
    struct gp_probe *probe = test_open(tree, rules);

    gp_probe_start_recording(probe);
    return probe;
}

/* The verdict on the only requirement, with its decisive leaves. */
static void decide(struct gp_probe *probe, const struct gp_ruleset *rules, struct gp_strbuf *out)
{
    const struct gp_operation *operation = rules->defs.operations.data[0].value;
    const struct gp_requirement *requirement = operation->requires.data[0].value;
    const struct gp_case it = {.rules = rules, .probe = probe, .now = {.tv_sec = TEST_NOW}};
    const char *problem = "";
    struct gp_eval *eval = NULL;
    struct gp_proof proof = {0};

    if (gp_eval_new(&eval, &it) < 0 || gp_eval_set_operation(eval, operation, &problem) < 0 ||
        gp_eval_cond(eval, requirement->that, &proof) < 0)
        bail("cannot decide: %s", problem);
    test_proof(&proof, out);
    gp_eval_free(eval);
}

static void write_record(struct gp_probe *probe, const struct gp_ruleset *rules, struct gp_strbuf *out)
{
    static const char *operation = "op";
    struct gp_given given = {GP_STR("disk"), GP_STR("/disk")};
    struct gp_assumed assumed = {GP_STR("washed"), {NULL, 0}};
    const struct gp_record record = {
        .program = "0.1", .ruleset = "test", .version = "1", .digest = "sha256:00",
        .fold = rules->manifest.names == GP_NAMES_DOS, .directory = "/srv/\xff", .operations = &operation,
        .operation_count = 1, .now = {.tv_sec = TEST_NOW}, .given = &given, .given_count = 1, .assumed = &assumed,
        .assumed_count = 1,
    };

    if (gp_record_write(out, &record, probe) < 0)
        bail("no memory");
}

/* A probe of the text, or NULL with what is wrong with it. */
static struct gp_probe *open_text(struct gp_str text, const struct gp_ruleset *rules, const char **ret_problem)
{
    const struct gp_probe_options options = {.held_path = GP_PATH_NONE, .paths = rules->paths,
                                             .fold = rules->manifest.names == GP_NAMES_DOS};
    struct gp_record record = {.document = NULL};
    struct gp_probe *probe = NULL;
    int r = gp_record_read(&record, arena, text, ret_problem);

    if (r == 0)
        r = gp_record_open(&record, &options, arena, &probe, ret_problem);
    if (r == -ENOMEM)
        bail("no memory");
    gp_record_done(&record);
    return probe;
}

static struct test_rules load(const char *names, const char *cond)
{
    struct gp_strbuf text = {0};

    test_cond_text(&text, names, cond);
    struct test_rules rules = test_load(gp_strbuf_text(&text));
    if (!rules.rules) {
        struct gp_strbuf why = {0};
        test_diagnostics(&rules, &why);
        bail("%s", gp_strbuf_text(&why));
    }
    gp_strbuf_done(&text);
    return rules;
}

/* ---- tests ------------------------------------------------------------------------------------------------------- */

static void test_condition(const char *names, const char *cond)
{
    struct gp_memtree *tree = make_tree();
    struct test_rules rules = load(names, cond);
    struct gp_probe *live = open_live(tree, rules.rules);
    struct gp_strbuf first = {0}, again = {0}, text = {0};
    const char *problem = "none";

    decide(live, rules.rules, &first);
    write_record(live, rules.rules, &text);
    struct gp_probe *recorded = open_text((struct gp_str){gp_strbuf_text(&text), text.len}, rules.rules, &problem);
    if (recorded)
        decide(recorded, rules.rules, &again);
    is_str(recorded ? gp_strbuf_text(&again) : problem, gp_strbuf_text(&first), "%s names, %s", names, cond);
    ok(!strstr(gp_strbuf_text(&text), "secret") && !strstr(gp_strbuf_text(&text), "736563726574"),
       "  and nothing of what was only read through");
    gp_probe_free(recorded);
    gp_probe_free(live);
    test_rules_free(&rules);
    gp_memtree_free(tree);
    gp_strbuf_done(&first);
    gp_strbuf_done(&again);
    gp_strbuf_done(&text);
}

/* A rule that asks for one more fact than was recorded. */
static void test_newer(const char *cond)
{
    struct gp_memtree *tree = make_tree();
    struct test_rules old = load("dos", "{ dir: . }"), new = load("dos", cond);
    struct gp_probe *live = open_live(tree, old.rules);
    struct gp_strbuf out = {0}, text = {0};
    const char *problem = "none";

    decide(live, old.rules, &out);
    write_record(live, old.rules, &text);
    gp_strbuf_reset(&out);
    struct gp_probe *recorded = open_text((struct gp_str){gp_strbuf_text(&text), text.len}, new.rules, &problem);
    if (!recorded)
        bail("%s", problem);
    decide(recorded, new.rules, &out);
    ok(strncmp(gp_strbuf_text(&out), "unknown not-recorded", 20) == 0, "newer: %s: %s", cond, gp_strbuf_text(&out));
    gp_probe_free(recorded);
    gp_probe_free(live);
    test_rules_free(&old);
    test_rules_free(&new);
    gp_memtree_free(tree);
    gp_strbuf_done(&out);
    gp_strbuf_done(&text);
}

/* Whether two texts are the same JSON; what differs then is only how it is laid out. */
static bool same_json(struct gp_str a, struct gp_str b)
{
    json_t *one = gp_json_read(a.data, a.len), *other = gp_json_read(b.data, b.len);
    bool same = one && other && json_equal(one, other);

    json_decref(one);
    json_decref(other);
    return same;
}

/* Every bit of every byte, and every length. */
static void test_damage(void)
{
    struct gp_memtree *tree = make_tree();
    struct test_rules rules = load("dos", "{ file: data/table.db, u8: { at: 6, is: 1 } }");
    struct gp_probe *live = open_live(tree, rules.rules);
    struct gp_strbuf out = {0}, text = {0};
    size_t accepted = 0, silent = 0, cut = 0;

    decide(live, rules.rules, &out);
    write_record(live, rules.rules, &text);
    struct gp_str whole = {gp_strbuf_text(&text), text.len};
    char *copy = malloc(whole.len + 1);
    for (size_t i = 0; i < 8 * whole.len; i++) {
        const char *problem = NULL;
        memcpy(copy, whole.data, whole.len);
        copy[i / 8] = (char)(copy[i / 8] ^ 1 << i % 8);
        struct gp_str changed = {copy, whole.len};
        struct gp_probe *probe = open_text(changed, rules.rules, &problem);
        accepted += probe && !same_json(changed, whole);
        silent += !probe && !problem;
        gp_probe_free(probe);
    }
    for (size_t length = 0; length + 2 < whole.len; length++) { /* the last bytes are "}\n" */
        const char *problem = NULL;
        memcpy(copy, whole.data, length);
        struct gp_probe *probe = open_text((struct gp_str){copy, length}, rules.rules, &problem);
        cut += probe || !problem;
        gp_probe_free(probe);
    }
    is_int((intmax_t)accepted, 0, "no flipped bit of %zu bytes passes for another record", whole.len);
    is_int((intmax_t)silent, 0, "each is told");
    is_int((intmax_t)cut, 0, "nor does any cut");
    free(copy);
    gp_probe_free(live);
    test_rules_free(&rules);
    gp_memtree_free(tree);
    gp_strbuf_done(&out);
    gp_strbuf_done(&text);
}

static void test_foreign(void)
{
    static const char *const rows[][2] = {
        {"", "line 1, column 0: '[' or '{' expected near end of file"},
        {"[]", "line 1, column 0: it is no object"},
        {"{\n \"record\": 1,\n \"record\": 1 }", "line 3, column 9: duplicate object key near '\"record\"'"},
        {"{\"a\": \"\xff\"}", "line 1, column 7: unable to decode byte 0xff near '\"'"},
        {"{}", "it is no record of gatepost"},
        {"{\"record\": 2}", "it is of schema 2; this gatepost reads records of schema 1"},
        {"{\"record\": 1}", "its 'digest' is missing"},
        {"{\"record\": 1, \"digest\": \"sha256:00\"}",
         "it was changed after it was made: its digest is not that of its content"},
        {"{\"record\": 1, \"digest\": 5}", "its 'digest' is missing"},
        {"{\"record\": 1, \"digest\": \"sha256:"
         "779f75f4001165884aff00d6e50ca358a1e5587bc3ac3ebe751acaabc5596ceb\"}",
         "the record: 'gatepost' is missing"},
    };
    struct test_rules rules = load("dos", "{ dir: . }");

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *problem = "none";
        struct gp_probe *probe = open_text((struct gp_str){rows[i][0], strlen(rows[i][0])}, rules.rules, &problem);
        ok(!probe, "foreign: %s", rows[i][0]);
        is_str(problem, rows[i][1], "  and why");
        gp_probe_free(probe);
    }
    test_rules_free(&rules);
}

/* Names are looked up in one way or the other. */
static void test_names(void)
{
    struct gp_memtree *tree = make_tree();
    struct test_rules dos = load("dos", "{ dir: . }"), exact = load("exact", "{ dir: . }");
    struct gp_probe *live = open_live(tree, dos.rules);
    struct gp_strbuf out = {0}, text = {0};
    const char *problem = "none";

    decide(live, dos.rules, &out);
    write_record(live, dos.rules, &text);
    ok(!open_text((struct gp_str){gp_strbuf_text(&text), text.len}, exact.rules, &problem), "other rules for names");
    is_str(problem, "it was made with names: dos, and the rule set has names: exact; a name that was looked up one way "
                    "says nothing about the other", "  are refused");
    gp_probe_free(live);
    test_rules_free(&dos);
    test_rules_free(&exact);
    gp_memtree_free(tree);
    gp_strbuf_done(&out);
    gp_strbuf_done(&text);
}

int main(void)
{
    arena = gp_arena_new(0);
    disk = gp_memtree_new();
    gp_memtree_file(disk, "SETUP.EXE", "MZ", 2);
    for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++) {
        test_condition("dos", conditions[i]);
        test_condition("exact", conditions[i]);
        test_newer(conditions[i]);
    }
    test_damage();
    test_foreign();
    test_names();
    gp_memtree_free(disk);
    gp_arena_free(arena);
    return done_testing();
}
