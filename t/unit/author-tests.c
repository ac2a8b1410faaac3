/* Rule tests: what is wrong with a file of them, what a tree becomes, what is judged; in memory and on the disk. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "author/tests.h"
#include "eval-helper.h"

#define RULES                                                                                                          \
    "vars:\n"                                                                                                          \
    "  disks: { type: directory, title: Where the disks are }\n"                                                      \
    "  place: { type: integer, title: Where it stands }\n"                                       \
    "  most: { type: integer, default: 5, min: 1, max: 9 }\n"                                                         \
    "attestations:\n"                                                                                                  \
    "  asked: { title: Somebody asked, within: 1 h }\n"                                                               \
    "markers:\n"                                                                                                       \
    "  kind: { read: { u8: A, at: 1 }, values: { old: 1, new: 2 }, basis: stated }\n"                                 \
    "  word: { read: { text: W, match: '([a-z]+)', group: 1 } }\n"                                                    \
    "  space: { read: { free-space: . } }\n"                                                                          \
    "  limited: { read: { u8: A, at: { var: place } } }\n"                                                            \
    "conditions:\n"                                                                                                    \
    "  old: { marker: kind, is: old }\n"                                                                              \
    "states:\n"                                                                                                        \
    "  first: { all: [{ file: A }, { absent: DONE }] }\n"                                                             \
    "  second: { file: [A, DONE] }\n"                                                                                 \
    "messages:\n"                                                                                                      \
    "  sorry: { text: This cannot be done today, causes: { broken: { that: { file: BROKEN }, cause: It is. } } }\n"   \
    "  sorry-too: { text: This cannot be done today either }\n"                                                       \
    "operations:\n"                                                                                                    \
    "  go:\n"                                                                                                          \
    "    from: first\n"                                                                                                \
    "    to: second\n"                                                                                                 \
    "    params:\n"                                                                                                    \
    "      media: { type: directory, default: { var: disks } }\n"                                                     \
    "      size: { type: integer, min: 1, max: 9, default: 3 }\n"                                                     \
    "    requires:\n"                                                                                                  \
    "      is-old: { that: old, basis: stated, otherwise: { cause: It is new., message: sorry } }\n"                   \
    "      quiet: { that: { each: '*.LOG', locked: false }, otherwise: { cause: At work. } }\n"                        \
    "      writable: { that: { each: '*', attributes: { read-only: false } }, otherwise: { cause: Not so. } }\n"      \
    "      disk: { severity: need, that: { file: SETUP, under: media, size: 4 }, otherwise: { cause: No disk. } }\n"   \
    "      asked: { severity: need, that: { attested: asked }, otherwise: { cause: Nobody asked. } }\n"               \
    "      fresh: { severity: warn, that: { each: A, age: { max: 2 d } }, otherwise: { cause: Stale. } }\n"            \
    "  again:\n"                                                                                                       \
    "    requires:\n"                                                                                                  \
    "      done: { that: { ledger: go }, otherwise: { cause: It was not done., message: sorry } }\n"                   \
    "      small: { that: { param: count, max: { var: most } }, otherwise: { cause: Too many. } }\n"                   \
    "    params: { count: { type: integer, optional: true } }\n"

#define HEAD "gatepost: 1\ntests-for: small\n"
#define TREES                                                                                                          \
    "trees:\n"                                                                                                         \
    "  one: { files: { A: { bytes: 'hex:0001ff' } } }\n"                                                              \
    "  two: { like: one, files: { DONE: {}, D/E/F: { size: 3 } }, dirs: [D/G] }\n"                                   \
    "  disk: { files: { SETUP: { size: 4 } } }\n"
#define CASE "cases:\n  c: "
#define PLAIN CASE "{ tree: one, expect: { state: first } }\n"

static const struct gp_read_def *const reads[] = {gp_reads_stat, gp_reads_content, gp_reads_text, gp_reads_tree,
                                                  gp_reads_record, NULL};
static const struct gp_registry registry = {&gp_form_named, world_forms, world_facets, reads, world_steps};

static struct gp_load_options options;
static struct gp_sources *sources;
static struct gp_diags *diags;
static struct gp_ruleset *rules;
static char directory[] = "/tmp/gatepost-unit.XXXXXX";

static void write_file(const char *text)
{
    int fd = open("t.yaml", O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
        bail("the file cannot be written");
    close(fd);
}

static void begin(void)
{
    sources = gp_sources_new();
    diags = gp_diags_new(sources, 0);
    options = (struct gp_load_options){.registry = &registry, .engine_version = "0.1.0"};
    if (gp_load_text(&rules, "small", world_str(RULES), &options, diags) < 0) {
        struct gp_strbuf out = {0};

        for (size_t i = 0; gp_diags_get(diags, i); i++)
            gp_diag_render(&out, sources, gp_diags_get(diags, i), false);
        diag("%s", gp_strbuf_text(&out));
        bail("the rules do not load");
    }
}

static void end(void)
{
    gp_ruleset_free(rules);
    gp_diags_free(diags);
    gp_sources_free(sources);
}

/* ---- what is wrong with a file ----------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    const char *line; /* of the first diagnostic; NULL: nothing is wrong */
    const char *help; /* in the rest; NULL: does not matter */
} wrong[] = {
    {HEAD TREES PLAIN, NULL, NULL},
    {"gatepost: 1\ntests-for: smal\n" TREES PLAIN,
     "t.yaml:2:12: error: these are tests for 'smal', but lie with 'small' [GP0711]", NULL},
    {"gatepost: 1\n" TREES PLAIN, "t.yaml:1:1: error: a tests document lacks 'tests-for' [GP0202]", NULL},
    {HEAD TREES "cases: {}\n", "t.yaml:7:8: error: 'cases' is an empty mapping [GP0212]", NULL},
    {HEAD TREES CASE "{ tree: oen, expect: { state: first } }\n", "t.yaml:8:14: error: there is no tree 'oen' [GP0701]",
     "did you mean 'one'?"},
    {HEAD TREES CASE "{ tree: one, check: gos, expect: { verdict: allowed } }\n",
     "t.yaml:8:26: error: there is no operation 'gos' [GP0701]", "did you mean 'go'?"},
    {HEAD TREES CASE "{ tree: one, plan: secnd, expect: { steps: [] } }\n",
     "t.yaml:8:25: error: there is no state 'secnd' [GP0701]", "did you mean 'second'?"},
    {HEAD TREES CASE "{ tree: one, marker: kinds, expect: { value: old } }\n",
     "t.yaml:8:27: error: there is no marker 'kinds' [GP0701]", "did you mean 'kind'?"},
    {HEAD TREES CASE "{ tree: one, check: go, expect: { verdict: denied, because: is-odl } }\n",
     "t.yaml:8:66: error: there is no requirement 'is-odl' [GP0701]", "did you mean 'is-old'?"},
    {HEAD TREES CASE "{ tree: one, check: go, expect: { verdict: denied, because: is-old, message: sory } }\n",
     "t.yaml:8:83: error: there is no message 'sory' [GP0701]", "did you mean 'sorry'?"},
    {HEAD TREES CASE "{ tree: one, check: go, expect: { results: { quite: holds } } }\n",
     "t.yaml:8:51: error: there is no requirement 'quite' [GP0701]", "did you mean 'quiet'?"},
    {HEAD TREES CASE "{ tree: one, check: go, expect: { offenders: { quite: 1 } } }\n",
     "t.yaml:8:53: error: there is no requirement 'quite' [GP0701]", NULL},
    {HEAD TREES CASE "{ tree: one, expect: { state: frist } }\n",
     "t.yaml:8:36: error: there is no state 'frist' [GP0701]", "did you mean 'first'?"},
    {HEAD TREES CASE "{ tree: one, why: sorry-too, expect: { certain: broke } }\n",
     "t.yaml:8:54: error: 'broke' is no cause of 'sorry-too' [GP0701]", NULL},
    {HEAD TREES CASE "{ tree: one, why: 'done today', expect: { certain: go/is-old, excluded: brokn } }\n",
     "t.yaml:8:24: error: this is what 2 messages say; more of the text, or an id, tells which is meant [GP0710]",
     NULL},
    {HEAD TREES CASE "{ tree: one, why: sorry, expect: { certain: go/is-old, excluded: [again/done, brokn] } }\n",
     "t.yaml:8:84: error: 'brokn' is no cause of 'sorry' [GP0701]", "did you mean 'broken'?"},
    {HEAD TREES CASE "{ tree: one, why: what is this, expect: { certain: [] } }\n",
     "t.yaml:8:24: error: no message of 'small' says this, and none has it for id [GP0710]", NULL},
    {HEAD TREES CASE "{ tree: one, with: { attest: askd }, check: go, expect: { verdict: allowed } }\n",
     "t.yaml:8:35: error: there is no attestation 'askd' [GP0701]", "did you mean 'asked'?"},
    {HEAD TREES CASE "{ tree: one, with: { set: { sise: 1 } }, check: go, expect: { verdict: allowed } }\n",
     "t.yaml:8:34: error: there is no parameter or variable 'sise' [GP0701]", "did you mean 'size'?"},
    {HEAD TREES CASE "{ tree: one, with: { set: { count: 1 } }, check: go, expect: { verdict: allowed } }\n",
     "t.yaml:8:34: error: there is no parameter or variable 'count' [GP0701]", NULL},
    {HEAD TREES CASE "{ tree: one, with: { set: { size: big } }, check: go, expect: { verdict: allowed } }\n",
     "t.yaml:8:40: error: expected an integer such as 12 or 0x0c, found 'big' [GP0207]", NULL},
    {HEAD TREES CASE "{ tree: one, with: { directories: { media: disc } }, check: go, expect: { verdict: allowed } }\n",
     "t.yaml:8:49: error: there is no tree 'disc' [GP0701]", "did you mean 'disk'?"},
    {HEAD TREES CASE "{ tree: one, with: { directories: { size: disk } }, check: go, expect: { verdict: allowed } }\n",
     "t.yaml:8:42: error: 'size' is an integer, not a directory [GP0709]", "it is defined here"},
    {HEAD TREES CASE "{ tree: one, with: { ledger: [og] }, expect: { state: first } }\n",
     "t.yaml:8:36: error: there is no operation 'og' [GP0701]", NULL},
    {HEAD TREES CASE "{ tree: one, with: { ledger: [{ attested: asked, to: first }] }, expect: { state: first } }\n",
     "t.yaml:8:59: error: an attestation leads to no state [GP0709]", NULL},
    {HEAD TREES CASE "{ tree: one, with: { ledger: [{ operation: go, age: 1 d, when: 2027-01-01 }] }, expect: { "
     "state: first } }\n",
     "t.yaml:8:49: error: 'age' and 'when' cannot stand together [GP0709]", NULL},
    {HEAD "trees:\n  a: { like: b }\n  b: { like: c }\n  c: { like: b }\n  one: {}\n" PLAIN,
     "t.yaml:6:14: error: a tree that is like itself: 'b' [GP0702]", "t.yaml:5:14: 'b' is like 'c'"},
    {HEAD "trees:\n  a: { like: a }\n  one: {}\n" PLAIN,
     "t.yaml:4:14: error: a tree that is like itself: 'a' [GP0702]", NULL},
    {HEAD "trees:\n  a: { like: on }\n  one: {}\n" PLAIN, "t.yaml:4:14: error: there is no tree 'on' [GP0701]",
     NULL},
    {HEAD "trees:\n  one: { dirs: . }\n" PLAIN, "t.yaml:4:16: error: '.' is the tree itself [GP0703]", NULL},
    {HEAD "trees:\n  one: { files: { '${n}': {} } }\n" PLAIN,
     "t.yaml:4:19: error: the paths of a tree are as they stand: no ${ } [GP0703]", NULL},
    {HEAD "trees:\n  one: { files: { gatepost/LEDGER: {} } }\n" PLAIN,
     "t.yaml:4:19: error: GATEPOST is Gatepost's own; 'ledger' says what its ledger holds [GP0703]", NULL},
    {HEAD "trees:\n  one: { files: { ../A: {} } }\n" PLAIN,
     "t.yaml:4:19: error: '..' would lead out of the tree [GP0216]", NULL},
    {HEAD "trees:\n  one: { files: { 'A*': {} } }\n" PLAIN,
     "t.yaml:4:20: error: 'files' takes the path of one file, not a glob [GP0218]", NULL},
    {HEAD TREES CASE "{ tree: one, with: { unreadable: 'D/**' }, expect: { state: first } }\n",
     "t.yaml:8:42: error: a glob goes one level; there is no '**' [GP0217]", NULL},
    {HEAD TREES CASE "{ tree: two, with: { remove: d/E }, expect: { state: first } }\n",
     "t.yaml:8:35: error: there is no 'd/E' in this tree [GP0704]", "did you mean 'D/E'?"},
    {HEAD TREES CASE "{ tree: two, with: { remove: [D/E, D/E/F] }, expect: { state: first } }\n",
     "t.yaml:8:41: error: there is no 'D/E/F' in this tree [GP0704]", NULL},
    {HEAD TREES CASE "{ tree: one, with: { locked: B }, expect: { state: first } }\n",
     "t.yaml:8:35: error: there is no 'B' in this tree [GP0704]", NULL},
    {HEAD "trees:\n  one: { files: { A: {}, A/B: {} } }\n" PLAIN,
     "t.yaml:4:26: error: 'A' is a file already; remove it first [GP0705]", NULL},
    {HEAD "trees:\n  one: { files: { A/B: {}, A: {} } }\n" PLAIN,
     "t.yaml:4:28: error: 'A' is a directory already; remove it first [GP0705]", NULL},
    {HEAD TREES CASE "{ tree: two, with: { patch: [{ file: D, at: 0, u8: 1 }] }, expect: { state: first } }\n",
     "t.yaml:8:43: error: 'D' is a directory, not a file [GP0705]", NULL},
    {HEAD "trees:\n  one: { files: { A: { text: a, bytes: 'hex:00' } } }\n" PLAIN,
     "t.yaml:4:30: error: 'text' and 'bytes' cannot stand together [GP0706]", NULL},
    {HEAD "trees:\n  one: { files: { A: { text: abc, size: 2 } } }\n" PLAIN,
     "t.yaml:4:19: error: what the file begins with has 3 bytes, the file has 2 [GP0706]", NULL},
    {HEAD "trees:\n  one: { files: { A: { size: 2, patch: [{ at: 1, u16le: 1 }] } } }\n" PLAIN,
     "t.yaml:4:19: error: bytes at 1 do not lie within a file of 2 bytes [GP0706]", NULL},
    {HEAD "trees:\n  one: { files: { A: { size: 2, patch: [{ at: -3, u8: 1 }] } } }\n" PLAIN,
     "t.yaml:4:19: error: bytes at -3 do not lie within a file of 2 bytes [GP0706]", NULL},
    {HEAD "trees:\n  one: { files: { A: { size: 2, patch: [{ at: 0, u8: 256 }] } } }\n" PLAIN,
     "t.yaml:4:19: error: a number that has no room in its bytes [GP0706]", NULL},
    {HEAD "trees:\n  one: { files: { A: { age: 1 d, mtime: 2027-01-01 } } }\n" PLAIN,
     "t.yaml:4:19: error: 'age' and 'mtime' cannot stand together [GP0706]", NULL},
    {HEAD TREES CASE "{ tree: one, check: go, marker: kind, expect: { verdict: allowed } }\n",
     "t.yaml:8:30: error: a case asks one thing: 'check' or 'marker' [GP0707]", "t.yaml:8:19: 'check' stands here"},
    {HEAD TREES CASE "{ tree: one, marker: kind, expect: { verdict: allowed, value: old } }\n",
     "t.yaml:8:43: error: 'verdict' cannot be expected of 'marker' [GP0708]", NULL},
    {HEAD TREES CASE "{ tree: one, check: go, expect: { state: first } }\n",
     "t.yaml:8:3: error: nothing is expected of 'check': say one of verdict, results, offenders [GP0708]", NULL},
    {HEAD TREES CASE "{ tree: one, expect: {} }\n",
     "t.yaml:8:3: error: nothing is expected of a case that asks for the state alone: say one of state [GP0708]", NULL},
    {HEAD TREES CASE "{ tree: one, check: go, expect: { verdict: denied } }\n",
     "t.yaml:8:40: error: a case that is denied or undetermined says because of what: because: [ID...] [GP0708]", NULL},
    {HEAD TREES CASE "{ tree: one, check: go, expect: { verdict: undetermined, because: [] } }\n",
     "t.yaml:8:63: error: a verdict against an operation rests on at least one requirement [GP0708]", NULL},
    {HEAD TREES CASE "{ tree: one, check: go, expect: { verdict: allowed, because: disk } }\n",
     "t.yaml:8:58: error: nothing speaks against an operation that is allowed [GP0708]", NULL},
    {HEAD TREES CASE "{ tree: one, check: go, expect: { verdict: allowed, unknown: any } }\n",
     "t.yaml:8:58: error: 'unknown' goes with a verdict that is undetermined [GP0708]", NULL},
    {HEAD TREES CASE "{ tree: one, marker: kind, expect: { value: old, unknown: any } }\n",
     "t.yaml:8:3: error: a marker has a value, or none for a reason, or is not applicable [GP0708]", NULL},
    {HEAD TREES CASE "{ tree: one, marker: kind, expect: { value: odl } }\n",
     "t.yaml:8:50: error: there is no value 'odl' [GP0701]", "did you mean 'old'?"},
    {HEAD TREES CASE "{ tree: one, plan: second, expect: { way: none, steps: [go] } }\n",
     "t.yaml:8:54: error: steps are of a way that is found [GP0708]", NULL},
    {HEAD "trees:\n  one: { files: { A: { size: 16 MiB, fill: 'text:x' } } }\n" PLAIN, NULL, NULL},
    {HEAD "trees:\n  one: { files: { A: { size: 16777217, fill: 'text:x' } } }\n" PLAIN,
     "t.yaml:4:19: error: a file with content may have 16777216 bytes in a tree of a test; one of zeros alone may have "
     "any size [GP0722]", NULL},
    {HEAD "trees:\n  one: { files: { A: { size: 3 GiB } } }\n" PLAIN, NULL, NULL},
    {HEAD "trees:\n  one: { files: { A: { size: 3 GiB } } }\n" CASE
     "{ tree: one, with: { patch: [{ file: A, at: 0, u8: 1 }] }, expect: { state: first } }\n",
     "t.yaml:6:43: error: a file with content may have 16777216 bytes in a tree of a test; one of zeros alone may have "
     "any size [GP0722]", NULL},
    {HEAD "trees:\n  x: &f { files: {} }\n" PLAIN, "t.yaml:4:6: error: anchors are not part of the language; give it "
     "an id, or quote a text that begins with & [GP0112]",
     NULL},
    {"", "t.yaml: error: a rule file opens with 'gatepost: 1' [GP0109]", NULL},
    {"- 1\n", "t.yaml:1:1: error: a rule file is a mapping, not a list [GP0108]", NULL},
};

/* The first line of the first diagnostic, and the rest. */
static void first_line(struct gp_diags *from, char *line, size_t size, struct gp_strbuf *rest)
{
    const struct gp_diag *it = gp_diags_get(from, 0);
    struct gp_strbuf out = {0};

    line[0] = '\0';
    if (it) {
        gp_diag_render(&out, sources, it, false);
        snprintf(line, size, "%.*s", (int)strcspn(gp_strbuf_text(&out), "\n"), gp_strbuf_text(&out));
        gp_strbuf_add(rest, gp_strbuf_text(&out));
    }
    gp_strbuf_done(&out);
}

static void test_wrong(void)
{
    for (size_t i = 0; i < GP_COUNT(wrong); i++) {
        struct gp_diags *own = gp_diags_new(sources, 0);
        struct gp_tests *tests = NULL;
        struct gp_strbuf rest = {0};
        char line[512];

        write_file(wrong[i].text);
        is_int(gp_tests_load(&tests, rules, "t.yaml", &options, own), wrong[i].line ? -EINVAL : 0, "%s",
               wrong[i].line ? wrong[i].line : "nothing is wrong");
        first_line(own, line, sizeof(line), &rest);
        is_str(line, wrong[i].line ? wrong[i].line : "", "  its first line");
        if (wrong[i].help)
            ok(strstr(gp_strbuf_text(&rest), wrong[i].help), "  it says: %s", wrong[i].help);
        gp_strbuf_done(&rest);
        gp_tests_free(tests);
        gp_diags_free(own);
    }
}

/* ---- limits ------------------------------------------------------------------------------------------------------ */

static void test_limit(const char *name, const char *before, const char *format, size_t count, const char *after,
                       const char *line)
{
    struct gp_strbuf text = {0};
    struct gp_diags *own = gp_diags_new(sources, 0);
    struct gp_tests *tests = NULL;
    struct gp_strbuf rest = {0};
    char got[512];

    gp_strbuf_add(&text, before);
    for (size_t i = 0; i < count; i++)
        gp_strbuf_printf(&text, format, i);
    gp_strbuf_add(&text, after);
    write_file(gp_strbuf_text(&text));
    is_int(gp_tests_load(&tests, rules, "t.yaml", &options, own), *line ? -EINVAL : 0, "%s: %zu", name, count);
    first_line(own, got, sizeof(got), &rest);
    is_str(got, line, "  its first line");
    gp_strbuf_done(&rest);
    gp_strbuf_done(&text);
    gp_tests_free(tests);
    gp_diags_free(own);
}

static void test_limits(void)
{
    static const char cases_head[] = HEAD "trees: { one: {} }\ncases:\n";
    static const char one[] = "  c%zu: { tree: one, expect: { state: first } }\n";
    static const char files[] = HEAD "trees:\n  one:\n    files:\n", file[] = "      f%zu: {}\n";
    static const char full[] = "      f%zu: { size: 16 MiB, fill: 'text:x' }\n";

    test_limit("cases", cases_head, one, 10000, "", "");
    test_limit("cases", cases_head, one, 10001, "",
               "t.yaml:10005:3: error: a file of tests may have 10000 cases [GP0720]");
    test_limit("entries of a tree", files, file, 100000, PLAIN, "");
    test_limit("entries of a tree", files, file, 100001, PLAIN,
               "t.yaml:100006:7: error: a tree of more than 100000 entries [GP0721]");
    test_limit("bytes of a tree", files, full, 4, PLAIN, "");
    test_limit("bytes of a tree", files, full, 5, PLAIN,
               "t.yaml:4:3: error: the files of a tree that are not all zeros may have 67108864 bytes together, "
               "these have "
               "83886080 [GP0722]");
}

/* ---- what comes out ---------------------------------------------------------------------------------------------- */

#define FINE "directories: { media: disk }, attest: asked"

static const struct {
    const char *text; /* of the case */
    const char *want; /* "passed", or the misses */
    const char *disk; /* the same on the disk; NULL: the same; "": it may also be skipped */
} cases[] = {
    {"{ tree: one, expect: { state: first } }", "passed", NULL},
    {"{ tree: two, expect: { state: first } }", "state: first/second", NULL},
    {"{ tree: disk, expect: { state: unrecognised, candidates: [] } }", "passed", NULL},
    {"{ tree: one, with: { links: A }, expect: { state: undetermined, candidates: first } }", "passed", NULL},
    {"{ tree: one, with: { links: A }, expect: { state: undetermined, candidates: [] } }", "candidates: none/first",
     NULL},
    {"{ tree: one, with: { others: A }, expect: { state: unrecognised } }", "passed", NULL},
    {"{ tree: two, with: { remove: DONE, files: { DONE: {} } }, expect: { state: second } }", "passed", NULL},
    {"{ tree: two, with: { remove: D, dirs: D }, expect: { state: second } }", "passed", NULL},
    {"{ tree: one, marker: kind, expect: { value: old, basis: stated } }", "passed", NULL},
    {"{ tree: one, marker: kind, expect: { value: new } }", "value: new/old", NULL},
    {"{ tree: one, marker: kind, expect: { unknown: no-value } }", "unknown: no-value/old", NULL},
    {"{ tree: one, with: { remove: A }, marker: kind, expect: { unknown: no-value } }", "passed", NULL},
    {"{ tree: one, with: { remove: A }, marker: kind, expect: { unknown: no-permission } }",
     "unknown: no-permission/no-value (A: it is not there)", NULL},
    {"{ tree: one, with: { remove: A }, marker: kind, expect: { value: old } }",
     "value: old/no-value (A: it is not there)",
     NULL},
    {"{ tree: one, with: { patch: [{ file: A, at: 1, u8: 2 }] }, marker: kind, expect: { value: new } }", "passed",
     NULL},
    {"{ tree: one, with: { patch: [{ file: A, at: -2, u8: 2 }] }, marker: kind, expect: { value: new } }", "passed",
     NULL},
    {"{ tree: one, with: { patch: [{ file: A, at: 0, u16be: 2 }] }, marker: kind, expect: { value: new } }", "passed",
     NULL},
    {"{ tree: one, with: { patch: [{ file: A, at: 1, u16le: 2 }] }, marker: kind, expect: { value: new } }", "passed",
     NULL},
    {"{ tree: one, with: { patch: [{ file: A, at: 0, bytes: 'hex:0002' }] }, marker: kind, expect: { value: new } }",
     "passed", NULL},
    {"{ tree: one, with: { unreadable: A }, marker: kind, expect: { unknown: no-permission } }", "passed", ""},
    {"{ tree: one, with: { files: { W: { text: '12ab' } } }, marker: word, expect: { value: ab } }", "passed", NULL},
    {"{ tree: one, with: { files: { W: { text: '1', size: 5, fill: 'text:xy' } } }, marker: word, expect: { value: "
     "xyxy } }",
     "passed", NULL},
    {"{ tree: one, with: { free-space: 5 KiB }, marker: space, expect: { value: 5 KiB } }", "passed",
     "free space cannot be made on the disk"},
    {"{ tree: one, with: { " FINE " }, check: go, expect: { verdict: allowed, needs: [], warnings: [], state: first, "
     "basis: stated, results: { is-old: holds, disk: holds } } }", "passed", NULL},
    {"{ tree: one, with: { " FINE " }, check: go, expect: { verdict: denied, because: is-old } }",
     "verdict: denied/allowed because: is-old/none", NULL},
    {"{ tree: one, with: { set: { media: /nowhere } }, check: go, expect: { verdict: denied, because: disk } }",
     "passed",
     NULL},
    {"{ tree: one, check: go, expect: { verdict: allowed, needs: [disk, asked], results: { disk: unknown } } }",
     "passed",
     NULL},
    {"{ tree: one, with: { directories: { disks: disk } }, check: go, expect: { verdict: allowed, needs: asked } }",
     "passed", NULL},
    {"{ tree: one, with: { directories: { media: one } }, check: go, expect: { verdict: denied, because: disk } }",
     "passed", NULL},
    {"{ tree: one, with: { " FINE ", patch: [{ file: A, at: 1, u8: 2 }] }, check: go, expect: { verdict: denied, "
     "because: "
     "is-old, message: sorry } }", "passed", NULL},
    {"{ tree: one, with: { " FINE ", patch: [{ file: A, at: 1, u8: 2 }] }, check: go, expect: { verdict: denied, "
     "because: "
     "disk, message: [] } }", "because: disk/is-old message: none/sorry", NULL},
    {"{ tree: one, with: { " FINE ", patch: [{ file: A, at: 1, u8: 2 }] }, check: go, expect: { verdict: denied, "
     "because: "
     "[disk, is-old] } }", "because: disk, is-old/is-old", NULL},
    {"{ tree: one, with: { " FINE ", patch: [{ file: A, at: 1, u8: 3 }] }, check: go, expect: { verdict: undetermined, "
     "because: is-old, unknown: no-value, needs: [] } }", "passed", NULL},
    {"{ tree: one, with: { " FINE ", patch: [{ file: A, at: 1, u8: 3 }] }, check: go, expect: { verdict: undetermined, "
     "because: is-old, unknown: link } }", "unknown: link/no-value (is-old)", NULL},
    {"{ tree: one, with: { files: { A.LOG: {} }, locked: A.LOG, " FINE " }, check: go, expect: { verdict: denied, "
     "because: quiet, offenders: { quiet: 1 } } }", "passed", "a lock of another process cannot be made on the disk"},
    {"{ tree: one, with: { attributes: { A: { read-only: true } }, " FINE " }, check: go, expect: { verdict: denied, "
     "because: writable, offenders: { writable: 2 } } }", "offenders: writable: 2/1", NULL},
    {"{ tree: one, with: { attributes: { A: { hidden: true, read-only: true } }, " FINE " }, check: go, expect: { "
     "verdict: "
     "denied, because: writable } }", "passed", "the attributes hidden and system cannot be made on the disk"},
    {"{ tree: one, with: { files: { A: { bytes: 'hex:0001', age: 3 d } }, " FINE " }, check: go, expect: { verdict: "
     "allowed, warnings: fresh } }", "passed", NULL},
    {"{ tree: one, with: { files: { A: { bytes: 'hex:0001', mtime: 2027-01-01 } }, now: 2027-01-04, " FINE " }, "
     "check: go, "
     "expect: { verdict: allowed, warnings: [] } }", "warnings: none/fresh", NULL},
    {"{ tree: one, with: { strict: true, directories: { media: disk } }, check: go, expect: { verdict: denied, "
     "because: "
     "asked } }", "passed", NULL},
    {"{ tree: one, with: { ledger: [{ attested: asked, age: 59 min }] }, check: go, expect: { verdict: allowed, "
     "needs: disk } }",
     "passed", NULL},
    {"{ tree: one, with: { ledger: [{ attested: asked, age: 61 min }] }, check: go, expect: { verdict: allowed, "
     "needs: disk } }",
     "needs: disk/disk, asked", NULL},
    {"{ tree: one, with: { ledger: [{ attested: asked, when: 2026-12-31T23:30:00Z }] }, check: go, expect: { verdict: "
     "allowed, needs: [disk] } }", "passed", NULL},
    {"{ tree: one, with: { ledger: [{ attested: asked }], unreadable: GATEPOST/LEDGER }, check: again, expect: { "
     "verdict: "
     "undetermined, because: done, unknown: no-permission } }", "passed", ""},
    {"{ tree: one, with: { ledger: [go], set: { count: 9 } }, check: again, expect: { verdict: denied, because: "
     "small } }",
     "passed", NULL},
    {"{ tree: one, with: { ledger: [go], set: { count: 9, most: 9 } }, check: again, expect: { verdict: allowed } }",
     "passed", NULL},
    {"{ tree: one, with: { ledger: [go], set: { most: 10 } }, check: again, expect: { verdict: allowed } }",
     "nothing can be decided: most: expected at most 9, got '10'", NULL},
    {"{ tree: one, with: { ledger: [go] }, check: again, expect: { verdict: allowed, results: { done: fails } } }",
     "results: done: fails/holds", NULL},
    {"{ tree: one, why: sorry, expect: { certain: again/done, excluded: [go/is-old, broken], undecided: [] } }",
     "passed",
     NULL},
    {"{ tree: one, with: { files: { BROKEN: {} } }, why: sorry, expect: { certain: done } }",
     "certain: done/again/done, broken", NULL},
    {"{ tree: one, with: { links: A }, why: sorry, expect: { undecided: is-old } }", "passed", NULL},
    {"{ tree: one, plan: second, expect: { steps: go, way: found } }", "passed", NULL},
    {"{ tree: two, plan: first, expect: { way: none } }", "passed", NULL},
    {"{ tree: two, plan: first, expect: { steps: [] } }",
     "steps: none/no documented operation leads from second to first",
     NULL},
    {"{ tree: disk, plan: first, expect: { way: unknown } }", "passed", NULL},
    {"{ tree: one, plan: second, expect: { way: unknown } }", "way: unknown/found", NULL},
    {"{ tree: two, with: { unreadable: D }, check: go, expect: { results: { is-old: holds } } }", "passed", ""},
};

static const char *outcome_text(const struct gp_test_result *result, char *text, size_t size)
{
    size_t used = 0;

    if (result->outcome == GP_TEST_PASSED)
        return "passed";
    snprintf(text, size, "%s", result->detail ? result->detail : "");
    for (size_t i = 0; i < result->miss_count; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s: %s/%s", i ? " " : "", result->misses[i].what,
                                 result->misses[i].expected, result->misses[i].found);
    return text;
}

static void run_case(size_t i, const char *disk)
{
    struct gp_diags *own = gp_diags_new(sources, 0);
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_test_options how = {.directory = disk};
    struct gp_tests *tests = NULL;
    struct gp_test_group group;
    char text[4096], got[1024];

    snprintf(text, sizeof(text), "%s%s", HEAD TREES CASE, cases[i].text);
    write_file(text);
    if (gp_tests_load(&tests, rules, "t.yaml", &options, own) < 0) {
        struct gp_strbuf out = {0};
        gp_diag_render(&out, sources, gp_diags_get(own, 0), false);
        is_str(gp_strbuf_text(&out), cases[i].want, "%s", cases[i].text);
        gp_strbuf_done(&out);
    } else if (gp_tests_run(tests, &how, arena, &group) < 0) {
        ok(false, "runs: %s", cases[i].text);
    } else {
        const char *want = disk && cases[i].disk && *cases[i].disk ? cases[i].disk : cases[i].want;
        if (disk && cases[i].disk && group.results[0].outcome == GP_TEST_SKIPPED && !*cases[i].disk)
            want = "this user reads everything, so nothing can be unreadable";
        is_str(outcome_text(&group.results[0], got, sizeof(got)), want, "%s: %s", disk ? "disk" : "memory",
               cases[i].text);
    }
    gp_tests_free(tests);
    gp_arena_free(arena);
    gp_diags_free(own);
}

static void test_cases(void)
{
    for (size_t i = 0; i < GP_COUNT(cases); i++) {
        run_case(i, NULL);
        if (mkdir("trees", 0700) < 0)
            bail("no directory for trees");
        run_case(i, "trees");
        ok(rmdir("trees") == 0, "  nothing is left of it");
    }
}

/* ---- coverage ---------------------------------------------------------------------------------------------------- */

static unsigned seen_of(const struct gp_coverage *coverage, enum gp_cover_kind kind, const char *id)
{
    for (size_t i = 0; i < coverage->item_count; i++)
        if (coverage->items[i].kind == kind && gp_str_is(coverage->items[i].id, id))
            return coverage->items[i].seen;
    return ~0u;
}

static void test_coverage(void)
{
    struct gp_diags *own = gp_diags_new(sources, 0);
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_coverage_record *record;
    struct gp_coverage coverage;
    struct gp_test_options how = {0};
    struct gp_tests *tests = NULL;
    struct gp_test_group group;

    write_file(HEAD TREES "cases:\n"
               "  a: { tree: one, with: { " FINE " }, check: go, expect: { verdict: allowed } }\n"
               "  b: { tree: one, with: { links: A }, check: go, expect: { verdict: undetermined, because: is-old } }\n"
               "  c: { tree: two, why: sorry, expect: { excluded: [go/is-old, broken] } }\n");
    is_int(gp_coverage_new(&record, rules, arena), 0, "coverage");
    how.record = record;
    is_int(gp_tests_load(&tests, rules, "t.yaml", &options, own), 0, "its tests load");
    is_int(gp_tests_run(tests, &how, arena, &group), 0, "and run");
    is_int(gp_coverage_take(record, arena, &coverage), 0, "and were watched");
    is_int(seen_of(&coverage, GP_COVER_REQUIREMENT, "is-old"), 1u << GP_TRUE | 1u << GP_UNKNOWN, "a requirement");
    is_int(seen_of(&coverage, GP_COVER_REQUIREMENT, "disk"), 1u << GP_TRUE | 1u << GP_UNKNOWN,
           "one whose parameter was not given");
    is_int(seen_of(&coverage, GP_COVER_REQUIREMENT, "done"), 1u << GP_FALSE, "one that `why` decided");
    is_int(seen_of(&coverage, GP_COVER_REQUIREMENT, "small"), 0, "one that nobody asked for");
    is_int(seen_of(&coverage, GP_COVER_CONDITION, "old"), 1u << GP_TRUE | 1u << GP_UNKNOWN, "a named condition");
    is_int(seen_of(&coverage, GP_COVER_STATE, "first"), 1u << GP_TRUE | 1u << GP_UNKNOWN | 1u << GP_FALSE, "a state");
    is_int(seen_of(&coverage, GP_COVER_STATE, "second"), 1u << GP_FALSE | 1u << GP_TRUE, "another");
    is_int(seen_of(&coverage, GP_COVER_CAUSE, "broken"), 1u << GP_FALSE, "a cause");
    is_int(coverage.unchecked_count, 1, "one operation was not checked");
    ok(coverage.unchecked_count && gp_str_is(coverage.unchecked[0]->def.id, "again"), "  again");
    /* is-old 1 of 2, quiet 1, writable 1, disk 1, asked 2 of 2 (true, unknown), fresh 1, done 1, small 0; old 1; first
     * 2, second 2; broken 1. */
    is_int(coverage.wanted, 24, "results that are wanted");
    is_int(coverage.seen, 14, "of them were seen");
    is_int(gp_coverage_percent(&coverage), 58, "in percent");
    gp_tests_free(tests);
    gp_arena_free(arena);
    gp_diags_free(own);
}

int main(void)
{
    if (!mkdtemp(directory) || chdir(directory) < 0)
        bail("no directory");
    begin();
    test_wrong();
    test_limits();
    test_cases();
    test_coverage();
    end();
    unlink("t.yaml");
    rmdir(directory);
    return done_testing();
}
