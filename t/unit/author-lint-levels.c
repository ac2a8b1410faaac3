/* `lint` at the top of rule files: how grave a finding is in a set, in a file, in a set that another extends. */
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "author-lint-helper.h"

/* ---- in one text ------------------------------------------------------------------------------------------------- */

#define SET "vars: { v: { type: integer } }\noperations: { o: { requires: { r: { that: { file: A } } } } }\n"

static const struct lint_case texts[] = {
    {"as it is", SET, "t:1:9: warning: variable 'v' is used nowhere [GP0601]\n"},
    {"silent", "lint: { GP0601: { level: silent, reason: for later } }\n" SET,
     ""},
    {"a note", "lint: { GP0601: { level: note, reason: for later } }\n" SET,
     "t:2:9: note: variable 'v' is used nowhere [GP0601]\n"},
    {"an error", "lint: { GP0601: { level: error, reason: we are strict } }\n" SET,
     "t:2:9: error: variable 'v' is used nowhere [GP0601]\n"},
    {"another id", "lint: { GP0602: { level: silent, reason: for later } }\n" SET,
     "t:2:9: warning: variable 'v' is used nowhere [GP0601]\n"},
    {"no reason", "lint: { GP0601: { level: silent } }\n",
     "t:1:9: error: lint level 'GP0601' lacks 'reason' [GP0202]\n"},
    {"an empty reason", "lint: { GP0601: { level: silent, reason: \"\" } }\n",
     "t:1:42: error: 'reason' is an empty text [GP0213]\n"},
    {"no level", "lint: { GP0601: { reason: x } }\n", "t:1:9: error: lint level 'GP0601' lacks 'level' [GP0202]\n"},
    {"no such id", "lint: { GP061: { level: note, reason: x }, unused: { level: note, reason: x } }\n",
     "t:1:9: error: there is no diagnostic 'GP061' [GP0230]\n"
     "t:1:44: error: there is no diagnostic 'unused' [GP0230]\n"},
    {"an error is not lowered",
     "lint: { GP0301: { level: warning, reason: x }, GP0201: { level: error, reason: x } }\n",
     "t:1:9: error: 'GP0301' is an error, which no file can lower [GP0231]\n"},
};

#define PARTLY "t:1:1: note: not everything could be checked until the errors are put right [GP0603]\n"

/* What stands beside an error is checked; of what is wrong, or was not read, nothing is said but that. */
static const struct lint_case beside[] = {
    {"an empty list is an error, and nothing else",
     "states: { s: { all: [] } }\n", PARTLY "t:1:21: error: 'all' of no conditions says nothing [GP0212]\n"},
    {"a section that a syntax error cut short is not empty",
     "conditions:\n  a: { file: A\nstates:\n  x: { file: B }\n",
     PARTLY "t:3:7: error: a ',' or '}' is expected here [GP0101]\n"},
    {"nor is a mapping with a key that was dropped, nor does it lack anything",
     "operations:\n  o:\n    title: O\n    requires: { r: { that: { file: A }, otherwise: { *x : y } } }\n",
     PARTLY "t:4:54: error: aliases are not part of the language; a glob that begins with * must be quoted [GP0111]\n"},
    {"beside a requirement that is wrong the others are checked",
     "operations:\n  o:\n    title: O\n    requires:\n"
     "      a: { that: { file: A, siez: 1 }, otherwise: { cause: c } }\n"
     "      b: { that: { file: B }, otherwise: { cause: c } }\n"
     "      c: { that: { file: B }, otherwise: { cause: c } }\n"
     "      d: { that: { file: D, size: 3, u8: { at: 7, is: 1 } }, otherwise: { cause: c } }\n",
     PARTLY "t:5:29: error: unknown key 'siez' in a condition [GP0201]\n"
     "t:7:7: warning: requirement 'c' asks the same as 'b' [GP0640]\n"
     "t:8:38: warning: 'u8' can never hold: it ends behind the end of the file [GP0630]\n"},
    {"two conditions that are wrong are not alike",
     "operations:\n  o:\n    title: O\n    requires:\n"
     "      a: { that: { file: A, siez: 1 }, otherwise: { cause: c } }\n"
     "      b: { that: { file: A, size: x }, otherwise: { cause: c } }\n",
     PARTLY "t:5:29: error: unknown key 'siez' in a condition [GP0201]\n"
     "t:6:35: error: expected a size such as 512, 64 KiB or 2 GiB, found 'x' [GP0207]\n"},
    {"of the whole set what rests on what is there",
     "messages: { a: { text: Hello }, b: { text: hello }, c: { text: [x] }, d: { text: [z] } }\n",
     PARTLY "t:1:44: warning: messages 'a' and 'b' have the same letters and digits [GP0690]\n"
     "t:1:64: error: expected a text, found a list [GP0203]\n"
     "t:1:82: error: expected a text, found a list [GP0203]\n"},
    {"a state that is misspelt says nothing of the others",
     "states: { s: { file: S }, t: { absent: S } }\noperations:\n  o:\n    from: s\n"
     "    requires: { a: { that: { state: ss }, otherwise: { cause: c } } }\n",
     PARTLY "t:5:37: error: there is no state 'ss' [GP0301]\n"},
    {"conditions in a ring end",
     "states: { s: a }\nconditions: { a: { all: [b, { file: X }] }, b: { all: [a, { file: Z }] } }\n"
     "operations:\n  o:\n    from: s\n    to: s\n    requires: { a: { that: b, otherwise: { cause: c } } }\n",
     PARTLY "t:2:15: error: condition 'a' rests on itself [GP0310]\n"},
};

/* The notes of what was found first. */
static const char *sink_notes(const struct sink *sink)
{
    const struct gp_diag *first = gp_diags_get(sink->diags, 0);

    return first && first->note_count ? first->notes[0].text : "";
}

/* What is wrong with a set says nothing of what nothing names, and neither does a part of a set. */
static void check_parts(void)
{
    static const char broken[] = "conditions: { c: { file: A } }\noperations: { o: { from: nowhere } }\n";
    static const char part[] = "conditions: { c: { all: [{ file: A }, { file: A }] } }\n";
    struct sink sink = lint_text(broken, false, NULL);

    is_str(sink_text(&sink),
           PARTLY "t:2:15: warning: operation 'o' requires nothing, so it is always allowed [GP0672]\n"
           "t:2:26: error: there is no state 'nowhere' [GP0301]\n",
           "a set with errors: nothing is concluded from what is not there, which is said");
    ok(strstr(sink_notes(&sink), "not checked: unused definitions; states apart"), "  with what that is");
    sink_free(&sink);
    sink = lint_text(part, true, NULL);
    is_str(sink_text(&sink), "t:1:39: warning: 'all' asks this twice [GP0625]\n", "a fragment: no check of the whole");
    sink_free(&sink);
    sink = lint_text(part, false, NULL);
    is_str(sink_text(&sink),
           "t:1:15: note: condition 'c' is used nowhere [GP0602]\n"
           "t:1:39: warning: 'all' asks this twice [GP0625]\n",
           "the same as a set");
    sink_free(&sink);
}

/* ---- in files ---------------------------------------------------------------------------------------------------- */

struct file {
    const char *path, *text;
};

static const struct gp_layer layers[] = {{"vendor", "vendor"}, {"admin", "admin"}};

static void write_file(const struct file *file)
{
    char part[256];

    for (const char *slash = strchr(file->path, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(part, sizeof(part), "%.*s", (int)(slash - file->path), file->path);
        mkdir(part, 0755);
    }
    FILE *out = fopen(file->path, "w");
    if (!out || fputs(file->text, out) < 0 || fclose(out) != 0)
        bail("%s: %s", file->path, strerror(errno));
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type;
    return ftw->level ? remove(path) : 0;
}

/* What is said of the set `s`; `ret_loaded` gets what loading came to. */
static struct sink lint_files(const struct file *files, int *ret_loaded)
{
    struct gp_load_options options = {.registry = &lint_registry,
                                      .layers = layers,
                                      .layer_count = GP_COUNT(layers),
                                      .engine_version = "0.1.0",
                                      .keep_broken = true};
    struct gp_lint_options how = {.registry = &lint_registry, .now = {.tv_sec = LINT_NOW}};
    struct sink sink = sink_new();
    struct gp_ruleset *rules = NULL;

    for (; files->path; files++)
        write_file(files);
    *ret_loaded = gp_load(&rules, "s", &options, sink.diags);
    if (rules && gp_lint(rules, &how, sink.diags) < 0)
        bail("out of memory");
    gp_ruleset_free(rules);
    if (nftw(".", remove_one, 16, FTW_DEPTH | FTW_PHYS) < 0)
        bail("cannot clear the temporary directory: %s", strerror(errno));
    return sink;
}

#define LEVEL(id, level) "lint: { " id ": { level: " level ", reason: because } }\n"
#define VAR(name) "vars: { " name ": { type: integer } }\n"
#define TRAP(name) "vars: { " name ": { type: integer, title: yes } }\n"

static const struct {
    const char *name;
    struct file files[6];
    const char *lines;
    int loaded;
} sets[] = {
    {"a file for itself",
     {{"vendor/s/ruleset.yaml", "gatepost: 1\nruleset: s\n"},
      {"vendor/s/a.yaml", "gatepost: 1\n" LEVEL("GP0601", "silent") VAR("a")},
      {"vendor/s/b.yaml", "gatepost: 1\n" VAR("b")}},
     "vendor/s/b.yaml:2:9: warning: variable 'b' is used nowhere [GP0601]\n",
     0},
    {"a file goes before its set",
     {{"vendor/s/ruleset.yaml", "gatepost: 1\nruleset: s\n" LEVEL("GP0601", "note")},
      {"vendor/s/a.yaml", "gatepost: 1\n" LEVEL("GP0601", "error") VAR("a")},
      {"vendor/s/b.yaml", "gatepost: 1\n" VAR("b")}},
     "vendor/s/a.yaml:3:9: error: variable 'a' is used nowhere [GP0601]\n"
     "vendor/s/b.yaml:2:9: note: variable 'b' is used nowhere [GP0601]\n",
     0},
    {"a drop-in for itself",
     {{"vendor/s/ruleset.yaml", "gatepost: 1\nruleset: s\n" VAR("a")},
      {"admin/s.d/x.yaml", "gatepost: 1\namends: s\n" LEVEL("GP0601", "note") VAR("b")}},
     "vendor/s/ruleset.yaml:3:9: warning: variable 'a' is used nowhere [GP0601]\n"
     "admin/s.d/x.yaml:4:9: note: variable 'b' is used nowhere [GP0601]\n",
     0},
    {"a set that is extended, for its own files",
     {{"vendor/base/ruleset.yaml", "gatepost: 1\nruleset: base\n" LEVEL("GP0699", "note")},
      {"vendor/base/a.yaml", "gatepost: 1\n" TRAP("a")},
      {"vendor/base/b.yaml", "gatepost: 1\n" LEVEL("GP0699", "error") TRAP("b")},
      {"vendor/s/ruleset.yaml", "gatepost: 1\nruleset: s\nextends: base\n" VAR("c")}},
     "vendor/s/ruleset.yaml:4:9: warning: variable 'c' is used nowhere [GP0601]\n"
     "vendor/base/a.yaml:2:36: note: this value is a text here and a boolean to other readers of YAML [GP0699]\n"
     "vendor/base/b.yaml:3:36: error: this value is a text here and a boolean to other readers of YAML [GP0699]\n",
     0},
    {"the set that extends, where the other says nothing",
     {{"vendor/base/ruleset.yaml", "gatepost: 1\nruleset: base\n" VAR("a")},
      {"vendor/s/ruleset.yaml", "gatepost: 1\nruleset: s\nextends: base\n" LEVEL("GP0601", "silent") VAR("b")}},
     "",
     0},
    {"what loading says is silenced",
     {{"vendor/s/ruleset.yaml", "gatepost: 1\nruleset: s\n" LEVEL("GP0121", "silent")}, {"vendor/s/a.yml", "x"}},
     "",
     0},
    {"what loading says is raised, and the set is refused",
     {{"vendor/s/ruleset.yaml", "gatepost: 1\nruleset: s\n" LEVEL("GP0121", "error")}, {"vendor/s/a.yml", "x"}},
     "vendor/s/a.yml: error: ignored: the names of rule files end in .yaml [GP0121]\n",
     -EINVAL},
    {"what is wrong with it is said in every file",
     {{"vendor/s/ruleset.yaml", "gatepost: 1\nruleset: s\nextends: base\n"},
      {"vendor/base/ruleset.yaml", "gatepost: 1\nruleset: base\n" LEVEL("GP9999", "note")},
      {"vendor/s/a.yaml", "gatepost: 1\n" LEVEL("GP0101", "silent")},
      {"admin/s.d/x.yaml", "gatepost: 1\namends: s\nlint: { GP0601: { level: loud, reason: x } }\n"}},
     "vendor/s/a.yaml:2:9: error: 'GP0101' is an error, which no file can lower [GP0231]\n"
     "admin/s.d/x.yaml:3:26: error: 'level' is one of silent, note, warning, error, not 'loud' [GP0206]\n"
     "vendor/base/ruleset.yaml:3:9: error: there is no diagnostic 'GP9999' [GP0230]\n",
     -EINVAL},
};

static void check_files(size_t i)
{
    int loaded;
    struct sink sink = lint_files(sets[i].files, &loaded);

    is_str(sink_text(&sink), sets[i].lines, "%s", sets[i].name);
    is_int(loaded, sets[i].loaded, "%s: loaded or not", sets[i].name);
    sink_free(&sink);
}

/* ---- many -------------------------------------------------------------------------------------------------------- */

/* Silent ones do not count against the others of a file. */
static void check_caps(void)
{
    struct gp_strbuf yaml = {0};

    gp_strbuf_add(&yaml, "lint: { GP0602: { level: silent, reason: many } }\nconditions:\n");
    for (int i = 0; i < 150; i++)
        gp_strbuf_printf(&yaml, "  c%d: { file: A }\n", i);
    gp_strbuf_add(&yaml, VAR("v"));
    struct sink sink = lint_text(gp_strbuf_text(&yaml), false, NULL);
    is_int((intmax_t)gp_diags_count(sink.diags, GP_LEVEL_NOTE), 1, "a warning behind 150 silent findings is kept");
    is_int((intmax_t)gp_diags_count(sink.diags, GP_LEVEL_SILENT), 101, "and 100 of the silent ones");
    sink_free(&sink);
    gp_strbuf_done(&yaml);
}

int main(void)
{
    char directory[] = "/tmp/gatepost-levels-XXXXXX";

    lint_cases(texts, GP_COUNT(texts));
    lint_cases(beside, GP_COUNT(beside));
    check_parts();
    check_caps();
    if (!mkdtemp(directory) || chdir(directory) < 0)
        bail("no temporary directory: %s", strerror(errno));
    for (size_t i = 0; i < GP_COUNT(sets); i++)
        check_files(i);
    if (chdir("/") < 0 || rmdir(directory) < 0)
        diag("%s is left", directory);
    return done_testing();
}
