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

/* What is wrong with a set says nothing of what nothing names, and neither does a part of a set. */
static void check_parts(void)
{
    static const char broken[] = "conditions: { c: { file: A } }\noperations: { o: { from: nowhere } }\n";
    static const char part[] = "conditions: { c: { all: [{ file: A }, { file: A }] } }\n";
    struct sink sink = lint_text(broken, false, NULL);

    is_str(sink_text(&sink),
           "t:2:26: error: there is no state 'nowhere' [GP0301]\n",
           "a set with errors: no check of the whole, and none of what is wrong");
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
