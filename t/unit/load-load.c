/* Rule sets from files: layers, drop-ins, masks, extends, what is ignored, what cannot be read; and rule sets from a
 * text. */
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load-rules-helper.h"
#include "util/sys.h"

/* ---- files ------------------------------------------------------------------------------------------------------- */

/* A file beneath the temporary directory, which is the working directory.  A text that begins with "-> " is a link,
 * "fifo" a FIFO, "dir" a directory. */
struct file {
    const char *path, *text;
};

#define MANIFEST(name) "gatepost: 1\nruleset: " name "\n"
#define FILE_HEAD "gatepost: 1\n"
#define MOST_FILES 24

static void make_parents(const char *path)
{
    char part[512];

    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        mkdir(part, 0755);
    }
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    if (!file || fputs(text, file) < 0 || fclose(file) != 0)
        bail("%s: %s", path, strerror(errno));
}

static void make_file(const struct file *file)
{
    int r = 0;

    make_parents(file->path);
    if (strncmp(file->text, "-> ", 3) == 0)
        r = symlink(file->text + 3, file->path);
    else if (strcmp(file->text, "fifo") == 0)
        r = mkfifo(file->path, 0644);
    else if (strcmp(file->text, "dir") == 0)
        r = mkdir(file->path, 0755);
    else
        write_file(file->path, file->text);
    if (r < 0)
        bail("%s: %s", file->path, strerror(errno));
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type;
    return ftw->level ? remove(path) : 0;
}

static void clear(void)
{
    if (nftw(".", remove_one, 16, FTW_DEPTH | FTW_PHYS) < 0)
        bail("cannot clear the temporary directory: %s", strerror(errno));
}

/* ---- one load ---------------------------------------------------------------------------------------------------- */

static const struct gp_layer layers[] = {{"vendor", "vendor"}, {"admin", "admin"}, {"user", "user"}};

static struct loaded load_with(const char *name, const struct gp_sys *sys)
{
    struct gp_load_options options = {
        .registry = &fake_registry, .layers = layers, .layer_count = GP_COUNT(layers), .engine_version = "0.1.0",
            .sys = sys};
    struct loaded loaded = {.sink = sink_new()};

    loaded.r = gp_load(&loaded.rules, name, &options, loaded.sink.diags);
    return loaded;
}

/* The ids of a rule set by section: "a b | c", states behind the bar. */
static void list_ids(struct gp_strbuf *out, const struct gp_ruleset *rules)
{
    gp_strbuf_add(out, "");
    for (size_t i = 0; rules && i < rules->defs.conditions.count; i++)
        gp_strbuf_printf(out, "%s%.*s", i ? " " : "", GP_STR_ARG(rules->defs.conditions.data[i].id));
    for (size_t i = 0; rules && i < rules->defs.states.count; i++)
        gp_strbuf_printf(out, "%s%.*s", i ? " " : " | ", GP_STR_ARG(rules->defs.states.data[i].id));
}

struct layered {
    const char *name, *set;
    struct file files[MOST_FILES];
    int r;
    const char *said; /* first lines */
    const char *ids;
};

static void check_layered(const struct layered *test)
{
    struct gp_strbuf ids = {0};

    for (size_t i = 0; i < MOST_FILES && test->files[i].path; i++)
        make_file(&test->files[i]);
    struct loaded loaded = load_with(test->set, NULL);
    is_str(sink_text(&loaded.sink), test->said, "%s", test->name);
    is_int(loaded.r, test->r, "%s: result", test->name);
    ok(!loaded.rules == (test->r < 0), "%s: all or nothing", test->name);
    list_ids(&ids, loaded.rules);
    is_str(gp_strbuf_text(&ids), test->ids, "%s: ids", test->name);
    gp_strbuf_done(&ids);
    loaded_free(&loaded);
    clear();
}

#define COND(id) "conditions: { " id ": { file: A } }\n"
#define NOT_REGULAR "error: this is not a regular file [GP0103]\n"
#define NOT_OF_SET                                                                                                 \
    "warning: ignored: only *.yaml files, tests/, files/, README* and LICENSE* belong to a rule set [GP0121]\n"
#define OPENS "error: a rule file opens with 'gatepost: 1' [GP0109]\n"

static const struct layered cases[] = {
    {"one file", "s", {{"vendor/s/ruleset.yaml", MANIFEST("s") COND("a")}}, 0, "", "a"},
    {"files in byte order", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s") COND("m")}, {"vendor/s/b.yaml", FILE_HEAD COND("b")},
      {"vendor/s/B.yaml", FILE_HEAD COND("B")}, {"vendor/s/s.yaml", FILE_HEAD COND("z")}},
     0, "", "B b m z"},
    {"the same id in two files", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s") COND("a")}, {"vendor/s/b.yaml", FILE_HEAD COND("a")}}, -EINVAL,
     "vendor/s/ruleset.yaml:3:15: error: 'a' is defined twice in conditions [GP0405]\n", ""},
    {"what belongs to a set and what is ignored", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s/README.md", "x"}, {"vendor/s/LICENSE", "x"},
      {"vendor/s/tests/t.yaml", "x"}, {"vendor/s/files/f", "x"}, {"vendor/s/old.yml", "x"}, {"vendor/s/notes.txt", "x"},
      {"vendor/s/more/x.yaml", "x"}, {"vendor/s/.hidden.yaml", "x"}, {"vendor/s/b.yaml~", "x"}},
     0,
     "vendor/s/.hidden.yaml: note: ignored: a hidden or backup file [GP0122]\n"
     "vendor/s/b.yaml~: note: ignored: a hidden or backup file [GP0122]\n"
     "vendor/s/more: " NOT_OF_SET
     "vendor/s/notes.txt: " NOT_OF_SET
     "vendor/s/old.yml: warning: ignored: the names of rule files end in .yaml [GP0121]\n",
     ""},
    {"a link to a file", "s",
     {{"elsewhere", FILE_HEAD COND("a")}, {"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s/a.yaml",
     "-> ../../elsewhere"}},
     0, "", "a"},
    {"a link to nowhere", "s", {{"vendor/s/ruleset.yaml", MANIFEST("s") COND("a")}, {"vendor/s/a.yaml", "-> nowhere"}},
     -EINVAL,
     "vendor/s/a.yaml: error: the file cannot be read: No such file or directory [GP0102]\n", ""},
    {"a set that is a link to nowhere", "s", {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"admin/s", "-> nowhere"}},
     -EINVAL,
     "admin/s: error: the directory cannot be read: No such file or directory [GP0102]\n", ""},
    {"a directory, a FIFO and a device for a file", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s/a.yaml", "dir"}, {"vendor/s/b.yaml", "fifo"},
      {"vendor/s/c.yaml", "-> /dev/zero"}},
     -EINVAL,
     "vendor/s/a.yaml: " NOT_REGULAR "vendor/s/b.yaml: " NOT_REGULAR "vendor/s/c.yaml: " NOT_REGULAR, ""},
    {"a set that is a file", "s", {{"vendor/s", "text"}}, -EINVAL,
     "vendor/s: error: the directory cannot be read: Not a directory [GP0102]\n", ""},
    {"how files open", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s/a.yaml", COND("a")}, {"vendor/s/b.yaml", "gatepost: 2\n"},
      {"vendor/s/c.yaml", "gatepost: one\n"}, {"vendor/s/d.yaml", "gatepost: \"1\"\n"}, {"vendor/s/e.yaml", "- x\n"},
      {"vendor/s/f.yaml", ""}, {"vendor/s/g.yaml", "# nothing\n"}, {"vendor/s/h.yaml", "text\n"}},
     -EINVAL,
     "vendor/s/a.yaml:1:1: " OPENS
     "vendor/s/b.yaml:1:11: error: this engine knows version 1 of the rule language, not 2 [GP0110]\n"
     "vendor/s/c.yaml:1:11: error: 'gatepost' is the integer 1, not the text 'one' [GP0110]\n"
     "vendor/s/d.yaml:1:11: error: 'gatepost' is the integer 1, not a quoted text [GP0110]\n"
     "vendor/s/e.yaml:1:1: error: a rule file is a mapping, not a list [GP0108]\n"
     "vendor/s/f.yaml: " OPENS "vendor/s/g.yaml:1:1: " OPENS
     "vendor/s/h.yaml:1:1: error: a rule file is a mapping, not the text 'text' [GP0108]\n",
     ""},
    {"keys in the wrong file", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s") "amends: s\n"}, {"vendor/s/a.yaml", FILE_HEAD "title: x\nnames: dos\n"},
      {"vendor/s/b.yaml", FILE_HEAD "tests-for: s\n"}, {"vendor/s.d/c.yaml", FILE_HEAD "amends: s\nlock: A\n"}},
     -EINVAL,
     "vendor/s/a.yaml:2:1: error: 'title' belongs in ruleset.yaml [GP0123]\n"
     "vendor/s/a.yaml:3:1: error: 'names' belongs in ruleset.yaml [GP0123]\n"
     "vendor/s/b.yaml:2:1: error: 'tests-for' belongs in a file beneath tests/ [GP0123]\n"
     "vendor/s/ruleset.yaml:3:1: error: 'amends' belongs in a drop-in, NAME.d/*.yaml [GP0123]\n"
     "vendor/s.d/c.yaml:3:1: error: 'lock' belongs in ruleset.yaml [GP0123]\n",
     ""},
    {"a broken file does not hide the others' errors, nor are references blamed", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s") "conditions: { c: gone }\n"},
      {"vendor/s/a.yaml", FILE_HEAD "conditions:\n  gone: { file: \"A\n"},
      {"vendor/s/b.yaml", FILE_HEAD "conditions: { d: { flie: A } }\n"}},
     -EINVAL,
     "vendor/s/a.yaml:3:17: error: the quote that opens here is never closed [GP0101]\n"
     "vendor/s/b.yaml:2:20: error: unknown key 'flie' in a condition [GP0201]\n",
     ""},
    {"what is missing is not blamed, everything else is said", "set",
     {{"vendor/set/ruleset.yaml", MANIFEST("set") "extends: [gone]\nvars: { v: { type: choice } }\n"
       "operations: { o: { requires: { r: { severity: wran }, s: { severity: warn } } } }\n"
       "conditions: { c: { all: [ elsewhere, { file: /A } ] } }\n"}},
     -EINVAL,
     "vendor/set/ruleset.yaml:3:11: error: there is no rule set 'gone' [GP0401]\n"
     "vendor/set/ruleset.yaml:4:14: error: 'v' is a choice without 'choices' [GP0318]\n"
     "vendor/set/ruleset.yaml:5:47: error: 'severity' is one of refuse, need, warn, not 'wran' [GP0206]\n"
     "vendor/set/ruleset.yaml:6:46: error: a path is relative to the tree and does not begin with '/' [GP0216]\n",
     ""},
    {"drop-ins for a set that is misspelt", "set",
     {{"vendor/set/ruleset.yaml", MANIFEST("set") COND("a")}, {"vendor/sat/ruleset.yaml", MANIFEST("sat")},
      {"admin/sett.d/x.yaml", FILE_HEAD "amends: set\n" COND("b")}, {"admin/est.d/readme", "x"},
      {"admin/other.d/x.yaml", "x"}, {"admin/seet/a.yaml", "x"}, {"admin/sat.d/a.yaml", "x"}},
     0,
     "admin/seet: warning: not read: there is no rule set 'seet' for these files [GP0417]\n"
     "admin/sett.d: warning: not read: there is no rule set 'sett' for these drop-ins [GP0417]\n",
     "a"},
    {"a name of its own", "s", {{"vendor/s/ruleset.yaml", MANIFEST("t")}}, -EINVAL,
     "vendor/s/ruleset.yaml:2:10: error: the directory of this rule set is 's', not 't' [GP0402]\n", ""},

    /* engine */
    {"an engine that is new enough", "s", {{"vendor/s/ruleset.yaml",
     MANIFEST("s") "engine: \">= 0.1, < 2, = 0.1.0\"\n"}}, 0, "",
     ""},
    {"an engine that is too old, and nothing else is said", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s") "engine: \">= 0.2\"\nnews: x\n" COND("a")}}, -EINVAL,
     "vendor/s/ruleset.yaml:3:9: error: the rule set is for an engine >= 0.2; this one is 0.1.0 [GP0403]\n", ""},
    {"an engine that is too new", "s", {{"vendor/s/ruleset.yaml", MANIFEST("s") "engine: \">0, <=0.0.9\"\n"}}, -EINVAL,
     "vendor/s/ruleset.yaml:3:9: error: the rule set is for an engine >0, <=0.0.9; this one is 0.1.0 [GP0403]\n", ""},
    {"no condition on a version", "s", {{"vendor/s/ruleset.yaml", MANIFEST("s") "engine: 0.1\n"}}, -EINVAL,
     "vendor/s/ruleset.yaml:3:9: error: '0.1' is no condition on a version; "
     "write \">= 0.1\" or \">= 0.1, < 2\" [GP0404]\n",
     ""},

    /* layers */
    {"a set that is nowhere", "sot", {{"vendor/set/ruleset.yaml", MANIFEST("set")}}, -ENOENT,
     "error: there is no rule set 'sot' [GP0401]\n", ""},
    {"a higher layer's set replaces", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s") COND("low")}, {"vendor/s/more.yaml", FILE_HEAD COND("more")},
      {"admin/s/ruleset.yaml", MANIFEST("s") COND("high")}},
     0, "vendor/s: note: not read: admin/s, in a higher layer, replaces it [GP0415]\n", "high"},
    {"a directory without ruleset.yaml replaces files", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s/a.yaml", FILE_HEAD COND("low")},
      {"vendor/s/b.yaml", FILE_HEAD COND("b")}, {"admin/s/a.yaml", FILE_HEAD COND("high")}},
     0, "vendor/s/a.yaml: note: not read: admin/s/a.yaml, in a higher layer, replaces it [GP0415]\n", "high b"},
    {"what replaces nothing is said", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s") COND("a")}, {"admin/s/x.yaml", FILE_HEAD COND("x")}, {"admin/s/y.yml",
     "x"}}, -EINVAL,
     "admin/s/x.yaml: error: this replaces nothing: the rule set 's' has no file of this name in a lower layer "
     "[GP0413]\n"
     "admin/s/y.yml: warning: ignored: the names of rule files end in .yaml [GP0121]\n",
     ""},
    {"an empty file masks one", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s/a.yaml", FILE_HEAD COND("a")}, {"admin/s/a.yaml", ""}}, 0,
     "vendor/s/a.yaml: note: not read: admin/s/a.yaml, in a higher layer, masks it [GP0416]\n", ""},
    {"a link to /dev/null masks one", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s/a.yaml", FILE_HEAD COND("a")}, {"admin/s/a.yaml",
     "-> /dev/null"}}, 0,
     "vendor/s/a.yaml: note: not read: admin/s/a.yaml, in a higher layer, masks it [GP0416]\n", ""},
    {"a mask over a mask, and a file over that", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s/a.yaml", FILE_HEAD COND("low")}, {"admin/s/a.yaml", ""},
      {"user/s/a.yaml", FILE_HEAD COND("high")}},
     0,
     "vendor/s/a.yaml: note: not read: admin/s/a.yaml, in a higher layer, masks it [GP0416]\n"
     "admin/s/a.yaml: note: not read: user/s/a.yaml, in a higher layer, replaces it [GP0415]\n",
     "high"},
    {"a link to /dev/null that masks nothing", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s/a.yaml", "-> /dev/null"}}, -EINVAL,
     "vendor/s/a.yaml: error: this masks nothing: no lower layer has a file of this name [GP0413]\n", ""},
    {"a masked set", "s", {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"admin/s", "-> /dev/null"}}, -ENOENT,
     "error: there is no rule set 's' [GP0401]\n"
     "vendor/s: note: not read: admin/s, in a higher layer, masks it [GP0416]\n",
     ""},
    {"a set that is masked by its ruleset.yaml", "s", {{"vendor/s/ruleset.yaml", MANIFEST("s")},
     {"admin/s/ruleset.yaml", ""}},
     -ENOENT,
     "error: there is no rule set 's' [GP0401]\n"
     "vendor/s: note: not read: admin/s/ruleset.yaml, in a higher layer, masks it [GP0416]\n",
     ""},
    {"a set above a mask", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"admin/s", ""}, {"user/s/ruleset.yaml", MANIFEST("s") COND("a")}}, 0,
     "vendor/s: note: not read: admin/s, in a higher layer, masks it [GP0416]\n", "a"},

    /* drop-ins */
    {"drop-ins amend", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s") COND("a")}, {"admin/s.d/b.yaml", FILE_HEAD "amends: s\n" COND("b")},
      {"user/s.d/a.yaml", FILE_HEAD "amends: s\n" COND("c")}},
     0, "", "a b c"},
    {"lower layers first, whatever the names", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s.d/z.yaml", FILE_HEAD "amends: s\n" COND("z")},
      {"admin/s.d/a.yaml", FILE_HEAD "amends: s\n" COND("a")}, {"admin/s.d/b.yaml", FILE_HEAD "amends: s\n" COND("b")}},
     0, "", "z a b"},
    {"a drop-in replaces one of its name, another is masked", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s.d/a.yaml", FILE_HEAD "amends: s\n" COND("low")},
      {"vendor/s.d/b.yaml", FILE_HEAD "amends: s\n" COND("b")}, {"admin/s.d/a.yaml", FILE_HEAD "amends: s\n"
      COND("high")},
      {"admin/s.d/b.yaml", "-> /dev/null"}},
     0,
     "vendor/s.d/a.yaml: note: not read: admin/s.d/a.yaml, in a higher layer, replaces it [GP0415]\n"
     "vendor/s.d/b.yaml: note: not read: admin/s.d/b.yaml, in a higher layer, masks it [GP0416]\n",
     "high"},
    {"all drop-ins of lower layers are masked", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s.d/a.yaml", FILE_HEAD "amends: s\n" COND("low")},
     {"admin/s.d", ""},
      {"user/s.d/b.yaml", FILE_HEAD "amends: s\n" COND("b")}},
     0, "vendor/s.d/a.yaml: note: not read: admin/s.d, in a higher layer, masks it [GP0416]\n", "b"},
    {"a drop-in says what it amends", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"admin/s.d/a.yaml", FILE_HEAD COND("a")},
      {"admin/s.d/b.yaml", FILE_HEAD "amends: t\n"}},
     -EINVAL,
     "admin/s.d/a.yaml:1:1: error: a drop-in says 'amends: s' [GP0412]\n"
     "admin/s.d/b.yaml:2:9: error: this lies in s.d/ and must say 'amends: s' [GP0412]\n",
     ""},
    {"what is ignored among drop-ins", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"admin/s.d/README", "x"}, {"admin/s.d/a.conf", "x"}}, 0,
     "admin/s.d/a.conf: " NOT_OF_SET,
     ""},
    {"with a broken file beneath, drop-ins are not blamed", "s",
     {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"vendor/s/a.yaml",
     FILE_HEAD "markers:\n  m: { read: { size: \"A } }\n"},
      {"admin/s.d/a.yaml", FILE_HEAD "amends: s\nmarkers: { m: { title: x } }\n"}},
     -EINVAL, "vendor/s/a.yaml:3:22: error: the quote that opens here is never closed [GP0101]\n", ""},

    /* extends */
    {"a set that extends", "t",
     {{"vendor/s/ruleset.yaml", MANIFEST("s") COND("a")}, {"vendor/t/ruleset.yaml", MANIFEST("t") "extends: [s]\n"
     COND("b")}}, 0,
     "", "a b"},
    {"a chain, each in another layer", "u",
     {{"user/s/ruleset.yaml", MANIFEST("s") COND("a")}, {"admin/t/ruleset.yaml", MANIFEST("t") "extends: s\n"
     COND("b")},
      {"vendor/u/ruleset.yaml", MANIFEST("u") "extends: t\n" COND("c")}},
     0, "", "a b c"},
    {"the base's drop-ins count too", "t",
     {{"vendor/s/ruleset.yaml", MANIFEST("s") COND("a")}, {"admin/s.d/x.yaml", FILE_HEAD "amends: s\n" COND("x")},
      {"vendor/t/ruleset.yaml", MANIFEST("t") "extends: s\n" COND("b")}, {"admin/t.d/y.yaml", FILE_HEAD "amends: t\n"
      COND("y")}},
     0, "", "a x b y"},
    {"two ways to one set", "top",
     {{"vendor/base/ruleset.yaml", MANIFEST("base") COND("a")}, {"vendor/l/ruleset.yaml",
     MANIFEST("l") "extends: base\n" COND("l")},
      {"vendor/r/ruleset.yaml", MANIFEST("r") "extends: base\n" COND("r")},
      {"vendor/top/ruleset.yaml", MANIFEST("top") "extends: [l, r]\n" COND("t")}},
     0, "", "a l r t"},
    {"two sets that define one id", "top",
     {{"vendor/l/ruleset.yaml", MANIFEST("l") COND("a")}, {"vendor/r/ruleset.yaml", MANIFEST("r") COND("a")},
      {"vendor/top/ruleset.yaml", MANIFEST("top") "extends: [l, r]\n"}},
     -EINVAL, "vendor/r/ruleset.yaml:3:15: error: 'a' is defined twice in conditions [GP0405]\n", ""},
    {"extending what is not there", "t",
     {{"vendor/set/ruleset.yaml", MANIFEST("set")}, {"vendor/t/ruleset.yaml",
     MANIFEST("t") "extends: sett\nmarkers: { m: { title: x } }\n"}},
     -EINVAL, "vendor/t/ruleset.yaml:3:10: error: there is no rule set 'sett' [GP0401]\n", ""},
    {"a set that extends itself", "s", {{"vendor/s/ruleset.yaml", MANIFEST("s") "extends: s\n"}}, -EINVAL,
     "vendor/s/ruleset.yaml:3:10: error: the rule set 's' extends itself [GP0406]\n", ""},
    {"what extends binds, sealed or not", "t",
     {{"vendor/s/ruleset.yaml",
     MANIFEST("s") COND("a") "operations: { o: { requires: { r: { that: a, sealed: true } } } }\n"},
      {"vendor/t/ruleset.yaml", MANIFEST("t") "extends: s\n" COND("a")}},
     -EINVAL, "vendor/t/ruleset.yaml:4:15: error: the condition 'a' may not be changed: 'r' is sealed [GP0411]\n", ""},
    {"an unknown key of the manifest", "s", {{"vendor/s/ruleset.yaml", MANIFEST("s") "extend: t\nmarker: {}\n"}},
     -EINVAL,
     "vendor/s/ruleset.yaml:3:1: error: unknown key 'extend' in a manifest [GP0201]\n"
     "vendor/s/ruleset.yaml:4:1: error: unknown key 'marker' in a rule file [GP0201]\n",
     ""},
    {"a manifest that does not give its name", "s", {{"vendor/s/ruleset.yaml", FILE_HEAD}}, -EINVAL,
     "vendor/s/ruleset.yaml:1:1: error: a manifest lacks 'ruleset' [GP0202]\n", ""},
};

/* ---- what is more than a first line ------------------------------------------------------------------------------ */

static void is_whole(const char *set, const struct file *files, size_t count, const char *want, const char *name)
{
    for (size_t i = 0; i < count; i++)
        make_file(&files[i]);
    struct loaded loaded = load_with(set, NULL);
    is_str(sink_whole(&loaded.sink, 0), want, "%s", name);
    loaded_free(&loaded);
    clear();
}

static void test_wholes(void)
{
    static const struct file nowhere[] = {{"vendor/set/ruleset.yaml", MANIFEST("set")}, {"user/sett/x.yaml",
        FILE_HEAD}};
    is_whole("sett", nowhere, GP_COUNT(nowhere),
             "error: there is no rule set 'sett' [GP0401]\n"
             "  note: looked in vendor (vendor)\n"
             "  note: looked in admin (admin)\n"
             "  note: looked in user (user)\n"
             "  note: user/sett has no ruleset.yaml\n"
             "  help: did you mean 'set'?\n",
             "where was looked");
    static const struct file masked[] = {{"vendor/s/ruleset.yaml", MANIFEST("s")}, {"admin/s", ""}};
    is_whole("s", masked, GP_COUNT(masked),
             "error: there is no rule set 's' [GP0401]\n"
             "  note: looked in vendor (vendor)\n"
             "  note: looked in admin (admin)\n"
             "  note: looked in user (user)\n"
             "  note: admin/s masks it\n",
             "what masks is named");
    static const struct file ring[] = {{"vendor/a/ruleset.yaml", MANIFEST("a") "extends: b\n"},
                                       {"vendor/b/ruleset.yaml", MANIFEST("b") "extends: [d, c]\n"},
                                       {"vendor/c/ruleset.yaml", MANIFEST("c") "extends: b\n"},
                                       {"vendor/d/ruleset.yaml", MANIFEST("d")}};
    is_whole("a", ring, GP_COUNT(ring),
             "vendor/c/ruleset.yaml:3:10: error: the rule set 'b' extends itself [GP0406]\n"
             "  3 | extends: b\n"
             "    |          ^\n"
             "  note: vendor/b/ruleset.yaml:3:14: by way of what 'b' extends here\n"
             "  3 | extends: [d, c]\n"
             "    |              ^\n"
             "  note: vendor/c/ruleset.yaml:3:10: by way of what 'c' extends here\n"
             "  3 | extends: b\n"
             "    |          ^\n",
             "the ring is shown");
}

/* ---- paths ------------------------------------------------------------------------------------------------------- */

static void is_loaded(const char *set, int r, const char *said, const char *ids, const char *name)
{
    struct loaded loaded = load_with(set, NULL);
    struct gp_strbuf list = {0};

    is_int(loaded.r, r, "%s", name);
    is_str(sink_text(&loaded.sink), said, "%s: what is said", name);
    list_ids(&list, loaded.rules);
    is_str(gp_strbuf_text(&list), ids, "%s: ids", name);
    gp_strbuf_done(&list);
    loaded_free(&loaded);
}

#define BELOW                                                                                                         \
    "vendor/s: note: not read: own/s, in a higher layer, replaces it [GP0415]\n"                                     \
    "vendor/t: note: not read: own/t, in a higher layer, replaces it [GP0415]\n"

static void test_paths(void)
{
    static const struct file files[] = {
        {"own/s/ruleset.yaml", MANIFEST("s") "extends: [t, base]\n" COND("own")},
        {"own/t/ruleset.yaml", MANIFEST("t") COND("beside")},
        {"own/s.d/x.yaml", FILE_HEAD "amends: s\n" COND("dropped")},
        {"vendor/base/ruleset.yaml", MANIFEST("base") COND("base")},
        {"vendor/t/ruleset.yaml", MANIFEST("t") COND("below")},
        {"vendor/s/ruleset.yaml", MANIFEST("s") COND("vendor")},
        {"here/ruleset.yaml", MANIFEST("here") COND("here")},
        {"own/empty", "dir"},
        {"msmail", "dir"},
        {"vendor/msmail/ruleset.yaml", MANIFEST("msmail") COND("real")},
        {"t/ruleset.yaml", MANIFEST("t") COND("here-t")},
        {"vendor/t/ruleset.yaml", MANIFEST("t") COND("real-t")},
    };

    for (size_t i = 0; i < GP_COUNT(files); i++)
        make_file(&files[i]);
    is_loaded("s", 0, "", "vendor", "a name");
    is_loaded("own/s", 0, BELOW, "beside base own dropped", "a path: what lies beside it is the highest layer");
    is_loaded("own/s/", 0, BELOW, "beside base own dropped", "a path that ends with /");
    is_loaded("here", -ENOENT,
              "error: there is no rule set 'here' in the layers; for the one in this directory write ./here [GP0401]\n", "",
              "a directory is no name");
    is_loaded("own", -ENOENT, "error: there is no rule set 'own' [GP0401]\n", "", "nor without a ruleset.yaml");
    is_loaded("./here", 0, "", "here", "a path with .");
    is_loaded("own/../here/.", 0, "", "here", "a path that ends with .");
    is_loaded("msmail", 0, "", "real", "a name beside a directory without a ruleset.yaml");
    is_loaded("t", 0, "", "real-t", "a name beside a directory with one");
    is_loaded("own/empty", -ENOENT, "error: there is no rule set in own/empty [GP0401]\n", "",
              "a path without ruleset.yaml");
    is_loaded("own/msmail", -ENOENT, "error: there is no rule set in own/msmail [GP0401]\n", "",
              "a path that is not there is never looked for by its name");
    is_loaded("..", -ENOENT, "error: there is no rule set in .. [GP0401]\n", "", "no name leads out of a layer");
    is_loaded("", -ENOENT, "error: there is no rule set '' [GP0401]\n", "", "an empty name");
    clear();
}

static void test_properties(void)
{
    static const struct file files[] = {
        {"vendor/s/ruleset.yaml", MANIFEST("s") "names: dos\nlock: L/K\ntitle: T\nversion: 1.10\n" COND("a")},
        {"admin/t/ruleset.yaml", MANIFEST("t") "extends: s\nlock: M\n"},
        {"admin/u/ruleset.yaml", MANIFEST("u") "extends: s\nnames: exact\n"},
    };

    for (size_t i = 0; i < GP_COUNT(files); i++)
        make_file(&files[i]);
    struct loaded s = load_with("s", NULL), t = load_with("t", NULL), u = load_with("u", NULL);
    ok(s.rules && t.rules && u.rules, "three sets");
    if (s.rules && t.rules && u.rules) {
        ok(gp_str_is(s.rules->manifest.name, "s") && gp_str_is(s.rules->manifest.version, "1.10"), "name and version");
        ok(gp_str_is(s.rules->directory, "vendor/s") && gp_str_is(t.rules->directory, "admin/t"),
           "the set's directory");
        is_int(t.rules->manifest.names, GP_NAMES_DOS, "names are inherited");
        ok(t.rules->manifest.lock.count == 1 && gp_str_is(t.rules->manifest.lock.data[0]->text, "M"),
           "unless it says otherwise");
        is_int(u.rules->manifest.names, GP_NAMES_EXACT, "names of its own");
        ok(u.rules->manifest.lock.count == 1 && gp_str_is(u.rules->manifest.lock.data[0]->text, "L/K"),
           "the lock is inherited");
        ok(!t.rules->manifest.title.data, "the title is not");
        is_int(gp_sources_get(t.rules->sources, t.rules->defs.conditions.data[0].at.source)->layer, 1,
               "the layer of a source");
        is_int((intmax_t)strlen(s.rules->digest), 64, "a digest");
        ok(strcmp(s.rules->digest, t.rules->digest) != 0, "another set, another digest");
    }
    struct loaded again = load_with("s", NULL);
    is_str(again.rules ? again.rules->digest : NULL, s.rules ? s.rules->digest : "", "the same files, the same digest");
    loaded_free(&again);
    /* Where it lies does not matter, what it says does. */
    make_file(&(struct file){"else/s/ruleset.yaml", files[0].text});
    again = load_with("else/s", NULL);
    is_str(again.rules ? again.rules->digest : NULL, s.rules ? s.rules->digest : "",
           "another directory, the same digest");
    loaded_free(&again);
    make_file(&(struct file){"vendor/s/b.yaml", FILE_HEAD});
    again = load_with("s", NULL);
    ok(again.rules && strcmp(again.rules->digest, s.rules ? s.rules->digest : "") != 0,
       "one file more, another digest");
    loaded_free(&again);
    loaded_free(&s);
    loaded_free(&t);
    loaded_free(&u);
    clear();
}

static void test_names(void)
{
    static const struct file files[] = {
        {"vendor/b/ruleset.yaml", MANIFEST("b")}, {"vendor/a/ruleset.yaml", MANIFEST("a")},
        {"vendor/masked/ruleset.yaml", MANIFEST("masked")}, {"vendor/gone/ruleset.yaml", MANIFEST("gone")},
        {"vendor/back/ruleset.yaml", MANIFEST("back")}, {"admin/masked", ""}, {"admin/gone/ruleset.yaml",
        "-> /dev/null"},
        {"admin/back", ""}, {"user/back/ruleset.yaml", MANIFEST("back")}, {"admin/b/ruleset.yaml", MANIFEST("b")},
        {"admin/c/x.yaml", FILE_HEAD}, {"admin/a.d/x.yaml", FILE_HEAD}, {"admin/file", "x"},
        {"vendor/.git/ruleset.yaml", "x"},
    };
    struct gp_load_options options = {.registry = &fake_registry, .layers = layers, .layer_count = GP_COUNT(layers)};
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_strbuf text = {0};
    const char **names = NULL;
    size_t count = 0;

    for (size_t i = 0; i < GP_COUNT(files); i++)
        make_file(&files[i]);
    is_int(gp_load_names(&options, arena, &names, &count), 0, "names of all layers");
    for (size_t i = 0; i < count; i++)
        gp_strbuf_printf(&text, "%s%s", i ? " " : "", names[i]);
    is_str(gp_strbuf_text(&text), "a b back", "sorted, once, without what is masked or no set");
    gp_strbuf_done(&text);
    gp_arena_free(arena);
    clear();
}

/* ---- limits ------------------------------------------------------------------------------------------------------ */

static void test_file_count(void)
{
    char path[64];

    make_file(&(struct file){"vendor/s/ruleset.yaml", MANIFEST("s")});
    for (unsigned i = 1; i < GP_LIMIT_SET_FILES; i++) {
        snprintf(path, sizeof path, "vendor/s/f%04u.yaml", i);
        write_file(path, FILE_HEAD);
    }
    is_loaded("s", 0, "", "", "1000 files");
    write_file("vendor/s/z1.yaml", FILE_HEAD);
    write_file("vendor/s/z2.yaml", FILE_HEAD);
    is_loaded("s", -EINVAL,
              "vendor/s/z1.yaml: error: more than 1000 files in a rule set; this one and those behind it "
              "are not read [GP0505]\n",
              "", "1002 files");
    clear();
}

static void test_extends_depth(void)
{
    char path[64], text[128];

    for (unsigned i = 0; i <= GP_LIMIT_EXTENDS_DEPTH + 1; i++) {
        snprintf(path, sizeof path, "vendor/s%u/ruleset.yaml", i);
        snprintf(text, sizeof text, i ? "gatepost: 1\nruleset: s%u\nextends: s%u\n" : "gatepost: 1\nruleset: s%u\n", i,
                 i - 1);
        make_file(&(struct file){path, text});
    }
    is_loaded("s8", 0, "", "", "extended 8 deep");
    is_loaded("s9", -EINVAL,
              "vendor/s1/ruleset.yaml:3:10: error: rule sets that extend each other more than 8 deep [GP0507]\n",
              "", "extended 9 deep");
    clear();
}

static void test_file_size(void)
{
    make_file(&(struct file){"vendor/s/ruleset.yaml", MANIFEST("s") COND("a") "# "});
    /* A hole reads as NULs, which no rule file may hold: what is said shows whether the file was read. */
    if (truncate("vendor/s/ruleset.yaml", GP_LIMIT_FILE_BYTES + 1) < 0)
        bail("truncate: %s", strerror(errno));
    is_loaded("s", -EINVAL,
              "vendor/s/ruleset.yaml: error: a file of 67108865 bytes; at most 67108864 are allowed [GP0501]\n",
              "", "a file of one byte more than 64 MiB");
    if (truncate("vendor/s/ruleset.yaml", GP_LIMIT_FILE_BYTES) < 0)
        bail("truncate: %s", strerror(errno));
    is_loaded("s", -EINVAL,
              "vendor/s/ruleset.yaml:4:3: error: the control character U+0000 may not stand in a rule file [GP0106]\n",
              "",
              "a file of 64 MiB is read");
    clear();
}

/* ---- system calls that fail -------------------------------------------------------------------------------------- */

/* Fails calls on a path that ends with `path`, or, with `change`, lets the file grow between two looks. */
struct faulty {
    struct gp_sys sys;
    const char *path;
    int error;
    int target;    /* the descriptor of `path` */
    bool at_open, at_list, at_read, at_stat, change;
    unsigned stats;
};

static struct faulty *faulty_of(const struct gp_sys *sys)
{
    return sys->context;
}

static int fail(const struct faulty *faulty)
{
    errno = faulty->error;
    return -1;
}

static int faulty_openat(const struct gp_sys *sys, int dir, const char *name, int flags, mode_t mode)
{
    struct faulty *faulty = faulty_of(sys);
    size_t len = strlen(name), end = strlen(faulty->path);
    bool it = len >= end && strcmp(name + len - end, faulty->path) == 0;

    if (it && faulty->at_open)
        return fail(faulty);
    int fd = gp_sys_linux.openat(&gp_sys_linux, dir, name, flags, mode);
    if (it)
        faulty->target = fd;
    return fd;
}

static int faulty_close(const struct gp_sys *sys, int fd)
{
    struct faulty *faulty = faulty_of(sys);

    if (fd == faulty->target)
        faulty->target = -1;
    return gp_sys_linux.close(&gp_sys_linux, fd);
}

static int faulty_fstat(const struct gp_sys *sys, int fd, struct stat *ret)
{
    struct faulty *faulty = faulty_of(sys);

    if (fd == faulty->target && faulty->at_stat)
        return fail(faulty);
    int r = gp_sys_linux.fstat(&gp_sys_linux, fd, ret);
    if (fd == faulty->target && faulty->change && ++faulty->stats > 1)
        ret->st_mtim.tv_nsec ^= 1;
    return r;
}

static ssize_t faulty_getdents64(const struct gp_sys *sys, int fd, void *buffer, size_t size)
{
    const struct faulty *faulty = faulty_of(sys);

    return fd == faulty->target && faulty->at_list ? fail(faulty)
                                                   : gp_sys_linux.getdents64(&gp_sys_linux, fd, buffer, size);
}

static ssize_t faulty_pread(const struct gp_sys *sys, int fd, void *buffer, size_t size, off_t offset)
{
    const struct faulty *faulty = faulty_of(sys);

    return fd == faulty->target && faulty->at_read ? fail(faulty)
                                                   : gp_sys_linux.pread(&gp_sys_linux, fd, buffer, size, offset);
}

static const struct {
    const char *name;
    struct faulty faulty;
    const char *said;
} faults[] = {
    {"no permission to open a file", {.path = "s/a.yaml", .at_open = true, .error = EACCES},
     "vendor/s/a.yaml: error: the file cannot be read: Permission denied [GP0102]\n"},
    {"a file that cannot be looked at", {.path = "s/a.yaml", .at_stat = true, .error = EIO},
     "vendor/s/a.yaml: error: the file cannot be read: Input/output error [GP0102]\n"},
    {"a file that cannot be read", {.path = "s/a.yaml", .at_read = true, .error = EIO},
     "vendor/s/a.yaml: error: the file cannot be read: Input/output error [GP0102]\n"},
    {"a file that changes", {.path = "s/a.yaml", .change = true},
     "vendor/s/a.yaml: error: the file changed while it was read [GP0104]\n"},
    {"the manifest cannot be read", {.path = "s/ruleset.yaml", .at_read = true, .error = EIO},
     "vendor/s/ruleset.yaml: error: the file cannot be read: Input/output error [GP0102]\n"},
    {"a directory that may not be opened is not absent", {.path = "admin/s", .at_open = true, .error = EACCES},
     "admin/s: error: the directory cannot be read: Permission denied [GP0102]\n"},
    {"a directory that cannot be listed", {.path = "vendor/s", .at_list = true, .error = EIO},
     "vendor/s: error: the directory cannot be read: Input/output error [GP0102]\n"},
    {"drop-ins that may not be opened are not absent", {.path = "admin/s.d", .at_open = true, .error = EACCES},
     "admin/s.d: error: the directory cannot be read: Permission denied [GP0102]\n"},
};

static void test_faults(void)
{
    make_file(&(struct file){"vendor/s/ruleset.yaml", MANIFEST("s") "conditions: { b: a }\n"});
    make_file(&(struct file){"vendor/s/a.yaml", FILE_HEAD COND("a")});
    make_file(&(struct file){"admin/s", "dir"});
    make_file(&(struct file){"admin/s.d/x.yaml", FILE_HEAD "amends: s\nconditions: { a: { absent: B } }\n"});
    is_loaded("s", 0, "", "a b", "with nothing at fault");
    for (size_t i = 0; i < GP_COUNT(faults); i++) {
        struct faulty faulty = faults[i].faulty;
        faulty.sys = gp_sys_linux;
        faulty.sys.openat = faulty_openat;
        faulty.sys.close = faulty_close;
        faulty.sys.fstat = faulty_fstat;
        faulty.sys.getdents64 = faulty_getdents64;
        faulty.sys.pread = faulty_pread;
        faulty.sys.context = &faulty;
        faulty.target = -1;
        struct loaded loaded = load_with("s", &faulty.sys);
        is_str(sink_text(&loaded.sink), faults[i].said, "%s", faults[i].name);
        is_int(loaded.r, -EINVAL, "%s: not loaded", faults[i].name);
        loaded_free(&loaded);
    }
    struct faulty faulty = {.sys = gp_sys_linux, .path = "admin", .error = EACCES, .at_open = true, .target = -1};
    struct gp_load_options options = {
        .registry = &fake_registry, .layers = layers, .layer_count = GP_COUNT(layers), .sys = &faulty.sys};
    struct gp_arena *arena = gp_arena_new(0);
    const char **names = NULL;
    size_t count = 77;
    faulty.sys.openat = faulty_openat;
    faulty.sys.context = &faulty;
    is_int(gp_load_names(&options, arena, &names, &count), -EACCES, "names: a layer that may not be opened");
    is_int((intmax_t)count, 77, "and nothing is returned");
    gp_arena_free(arena);
    clear();
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

static const struct said texts[] = {
    {"nothing at all", "", ""},
    {"comments", "# nothing\n", ""},
    {"sections without a manifest", COND("a"), ""},
    {"manifest and sections", "gatepost: 1\nruleset: x\nnames: dos\n" COND("a"), ""},
    {"a part of a manifest", "names: dos\n", ""},
    {"another version", "gatepost: 3\n",
     "t:1:11: error: this engine knows version 1 of the rule language, not 3 [GP0110]\n"},
    {"a list", "[]\n", "t:1:1: error: a rule file is a mapping, not a list [GP0108]\n"},
    {"keys of other files", "amends: x\ntests-for: y\n",
     "t:1:1: error: 'amends' belongs in a drop-in, NAME.d/*.yaml [GP0123]\n"
     "t:2:1: error: 'tests-for' belongs in a file beneath tests/ [GP0123]\n"},
    {"several errors of several kinds, all in one go",
     "conditions:\n  a: { file: A, zise: 1 }\n  b: *x\n  a: c\n  d: nobody\n",
     "t:2:17: error: unknown key 'zise' in a condition [GP0201]\n"
     "t:3:6: error: aliases are not part of the language; a glob that begins with * must be quoted [GP0111]\n"
     "t:4:3: error: the key 'a' stands twice in this mapping [GP0118]\n"
     "t:5:6: error: there is no condition 'nobody' [GP0301]\n"},
};

static void test_texts(void)
{
    check_said(texts, GP_COUNT(texts));
    struct loaded loaded = load_yaml(COND("a"));
    ok(loaded.rules && gp_str_is(loaded.rules->manifest.name, "t") && loaded.rules->manifest.names == GP_NAMES_EXACT,
       "without a manifest the name is the given one, and names are exact");
    loaded_free(&loaded);
    loaded = load_yaml("ruleset: own\nnames: dos\n");
    ok(loaded.rules && gp_str_is(loaded.rules->manifest.name, "own") && loaded.rules->manifest.names == GP_NAMES_DOS,
       "with one it is the manifest's");
    loaded_free(&loaded);

    struct gp_load_options options = {.registry = &fake_registry};
    struct sink sink = sink_new();
    struct gp_ruleset *rules = NULL;
    struct gp_str text = {"", (size_t)GP_LIMIT_FILE_BYTES + 1}; /* never looked at */
    is_int(gp_load_text(&rules, "t", text, &options, sink.diags), -EINVAL, "a text of one byte more than 64 MiB");
    is_str(sink_text(&sink), "t: error: a text of 67108865 bytes; at most 67108864 are allowed [GP0501]\n",
           "and why");
    ok(!rules, "nothing is returned");
    sink_free(&sink);
}

int main(void)
{
    char directory[] = "/tmp/gatepost-load.XXXXXX", *old = getcwd(NULL, 0);

    if (!mkdtemp(directory) || chdir(directory) < 0)
        bail("no temporary directory: %s", strerror(errno));
    for (size_t i = 0; i < GP_COUNT(cases); i++)
        check_layered(&cases[i]);
    test_wholes();
    test_paths();
    test_properties();
    test_names();
    test_file_count();
    test_extends_depth();
    test_file_size();
    test_faults();
    test_texts();
    if (!old || chdir(old) < 0 || rmdir(directory) < 0)
        diag("%s is left behind", directory);
    free(old);
    return done_testing();
}
