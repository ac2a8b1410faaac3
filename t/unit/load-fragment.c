/* One file without its set: what is wrong with it is said, what may be elsewhere is not; what a file says that it is; a
 * drop-in that lies in no layer. */
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load-rules-helper.h"

#define HEAD "gatepost: 1\n"

static struct gp_load_options options_of(bool fragment)
{
    return (struct gp_load_options){.registry = &fake_registry, .engine_version = "0.1.0", .fragment = fragment,
                                    .keep_broken = true};
}

/* ---- fragments --------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *text;
    int r;
    const char *said; /* first lines */
} fragments[] = {
    {"a file of a set", HEAD "conditions: { a: { file: A } }\n", 0, ""},
    {"nothing", "", -EINVAL, "f.yaml: error: a rule file opens with 'gatepost: 1' [GP0109]\n"},
    {"without its version", "conditions: { a: { file: A } }\n", -EINVAL,
     "f.yaml:1:1: error: a rule file opens with 'gatepost: 1' [GP0109]\n"},
    {"a condition that is elsewhere", HEAD "states: { s: elsewhere }\n", 0, ""},
    {"a marker that is elsewhere", HEAD "conditions: { a: { marker: m, is: 1 } }\n", 0, ""},
    {"a variable that is elsewhere", HEAD "conditions: { a: { var: v, is: 1 } }\n", 0, ""},
    {"a name that is elsewhere", HEAD "conditions: { a: { file: \"${v}/A\" } }\n", 0, ""},
    {"a directory that is elsewhere", HEAD "conditions: { a: { file: A, under: d } }\n", 0, ""},
    {"an id of another section, which may have it too",
     HEAD "markers: { m: { read: { size: A } } }\nstates: { s: m }\n", 0, ""},
    {"what is here is checked", HEAD "conditions: { a: b, b: a }\n", -EINVAL,
     "f.yaml:2:15: error: condition 'a' rests on itself [GP0310]\n"},
    {"what is misspelt is said", HEAD "conditons: {}\n", -EINVAL,
     "f.yaml:2:1: error: unknown key 'conditons' in a rule file [GP0201]\n"},
    {"a key of a manifest", HEAD "names: dos\nconditions: { a: { file: A } }\n", -EINVAL,
     "f.yaml:2:1: error: 'names' belongs in ruleset.yaml [GP0123]\n"},
    {"a manifest", HEAD "ruleset: s\nnames: dos\nstates: { s: elsewhere }\n", 0, ""},
    {"a drop-in changes what is elsewhere",
     HEAD "amends: s\nvars: { v: 7, w: { type: integer } }\n"
          "operations: { o: { requires: { r: { severity: need } } } }\n",
     0, ""},
    {"a drop-in with something misspelt", HEAD "amends: s\noperations: { o: { requires: { r: { severty: need } } } }\n",
     -EINVAL, "f.yaml:3:37: error: unknown key 'severty' in a requirement [GP0201]\n"},
    {"a file is complete, a drop-in need not be", HEAD "operations: { o: { requires: { r: { severity: need } } } }\n",
     -EINVAL, "f.yaml:2:32: error: requirement 'r' lacks 'that' [GP0202]\n"},
    {"tests", HEAD "tests-for: s\n", -EINVAL, "f.yaml:2:1: error: 'tests-for' belongs in a file beneath tests/ [GP0123]\n"},
};

static void test_fragments(void)
{
    for (size_t i = 0; i < GP_COUNT(fragments); i++) {
        struct loaded loaded = {.sink = sink_new()};
        struct gp_load_options options = options_of(true);

        loaded.r = gp_load_text(&loaded.rules, "f.yaml", str_of(fragments[i].text), &options, loaded.sink.diags);
        is_str(sink_text(&loaded.sink), fragments[i].said, "fragment: %s", fragments[i].name);
        is_int(loaded.r, fragments[i].r, "fragment: %s: result", fragments[i].name);
        ok(loaded.rules != NULL, "fragment: %s: kept", fragments[i].name);
        loaded_free(&loaded);
    }
}

/* Nothing is concluded from what names something that is not there. */
static void test_broken(void)
{
    struct loaded loaded = {.sink = sink_new()};
    struct gp_load_options options = options_of(true);
    const char *text = HEAD "conditions: { here: { file: A }, not-here: elsewhere }\n";

    loaded.r = gp_load_text(&loaded.rules, "f.yaml", str_of(text), &options, loaded.sink.diags);
    if (loaded.r != 0 || loaded.rules->defs.conditions.count != 2)
        bail("the fragment is not as expected");
    ok(!loaded.rules->defs.conditions.data[0].broken, "what is whole is whole");
    ok(loaded.rules->defs.conditions.data[1].broken, "what leads elsewhere is marked");
    loaded_free(&loaded);
    loaded = (struct loaded){.sink = sink_new()};
    options = options_of(false);
    loaded.r = gp_load_text(&loaded.rules, "f.yaml", str_of(text), &options, loaded.sink.diags);
    is_str(sink_text(&loaded.sink), "f.yaml:2:44: error: there is no condition 'elsewhere' [GP0301]\n",
           "a set has no elsewhere");
    loaded_free(&loaded);
}

/* ---- what files say ---------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *text;
    struct gp_file_says says;
} said[] = {
    {"nothing", "", {NULL, NULL, NULL}},
    {"a drop-in", HEAD "amends: s\n", {NULL, "s", NULL}},
    {"a manifest", HEAD "ruleset: \"s\"\n", {"s", NULL, NULL}},
    {"tests", HEAD "tests-for: s\ncases: {}\n", {NULL, NULL, "s"}},
    {"no text", HEAD "amends: [s]\nruleset: ~\n", {NULL, NULL, NULL}},
    {"a list", "- amends: s\n", {NULL, NULL, NULL}},
    {"no YAML", "amends: \"s\n", {NULL, NULL, NULL}},
    {"something wrong further down", HEAD "amends: s\nx: *y\n", {NULL, "s", NULL}},
};

static void test_peek(void)
{
    struct gp_arena *arena = gp_arena_new(0);

    for (size_t i = 0; i < GP_COUNT(said) && arena; i++) {
        struct gp_file_says says = {"-", "-", "-"};
        is_int(gp_load_peek(str_of(said[i].text), arena, &says), 0, "peek: %s", said[i].name);
        ok((says.ruleset ? said[i].says.ruleset && strcmp(says.ruleset, said[i].says.ruleset) == 0
                         : !said[i].says.ruleset) &&
               (says.amends ? said[i].says.amends && strcmp(says.amends, said[i].says.amends) == 0
                            : !said[i].says.amends) &&
               (says.tests_for ? said[i].says.tests_for && strcmp(says.tests_for, said[i].says.tests_for) == 0
                               : !said[i].says.tests_for),
           "peek: %s: what it says", said[i].name);
    }
    struct gp_strmap reasons = {0};
    is_int(gp_load_reasons(str_of(HEAD "lint: { GP0601: { level: silent, reason: we know }, GP0602: silent, x: 1 }\n"),
                           arena, &reasons),
           0, "reasons");
    is_int((intmax_t)reasons.count, 1, "reasons: those that are given");
    is_str(gp_strmap_get0(&reasons, "GP0601"), "we know", "reasons: the text");
    gp_arena_free(arena);
}

/* ---- a drop-in that lies in no layer ----------------------------------------------------------------------------- */

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    if (!file || fputs(text, file) < 0 || fclose(file) != 0)
        bail("%s: %s", path, strerror(errno));
}

static const struct {
    const char *name, *text;
    int r;
    const char *said, *title;
} drop_ins[] = {
    {"on top of the others", HEAD "amends: s\nstates: { a: { title: third, file: A } }\n", 0, "", "third"},
    {"of another set", HEAD "amends: t\nstates: { a: { title: third, file: A } }\n", -EINVAL,
     "x.yaml:2:9: error: this lies in s.d/ and must say 'amends: s' [GP0412]\n", "third"},
    {"with an id that is not there", HEAD "amends: s\noperations: { o: { requires: { r: { severity: need } } } }\n",
     -EINVAL, "x.yaml:3:32: error: there is no requirement 'r' to change, and a new one lacks 'that' [GP0408]\n",
     "second"},
};

static void test_drop_in(void)
{
    static const struct gp_layer layer = {"layer", "layer"};

    if (mkdir("layer", 0755) < 0 || mkdir("layer/s", 0755) < 0 || mkdir("layer/s.d", 0755) < 0)
        bail("mkdir: %s", strerror(errno));
    write_file("layer/s/ruleset.yaml", HEAD "ruleset: s\nstates: { a: { title: first, file: A } }\n"
                                            "operations: { o: { requires: { q: { that: a, otherwise: { cause: C } } } } }\n"
                                            "conditions: { a: { file: A } }\n");
    write_file("layer/s.d/z.yaml", HEAD "amends: s\nstates: { a: { title: second, file: A } }\n");
    for (size_t i = 0; i < GP_COUNT(drop_ins); i++) {
        struct gp_load_drop_in text = {"x.yaml", str_of(drop_ins[i].text)};
        struct loaded loaded = {.sink = sink_new()};
        struct gp_load_options options = options_of(false);

        options.layers = &layer;
        options.layer_count = 1;
        options.drop_in = &text;
        loaded.r = gp_load(&loaded.rules, "s", &options, loaded.sink.diags);
        is_str(sink_text(&loaded.sink), drop_ins[i].said, "drop-in: %s", drop_ins[i].name);
        is_int(loaded.r, drop_ins[i].r, "drop-in: %s: result", drop_ins[i].name);
        const struct gp_named_cond *state = loaded.rules->defs.states.data[0].value;
        is_str(state->cond->title.data, drop_ins[i].title, "drop-in: %s: what is in effect", drop_ins[i].name);
        loaded_free(&loaded);
    }
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

int main(void)
{
    char directory[] = "/tmp/gatepost-test.XXXXXX";

    if (!mkdtemp(directory) || chdir(directory) < 0)
        bail("no temporary directory: %s", strerror(errno));
    test_fragments();
    test_broken();
    test_peek();
    test_drop_in();
    if (chdir("/") < 0 || nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS) < 0)
        diag("%s was not removed", directory);
    return done_testing();
}
