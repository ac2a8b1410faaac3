/* Files together, and amendments: what merges, what is replaced whole, what is sealed. */
#include <errno.h>

#include "load-helper.h"
#include "load/mapping.h"
#include "load/merge.h"
#include "rule/limits.h"

/* Texts that became nodes. */
struct desk {
    struct sink sink;
    struct gp_arena *arena;
    struct gp_node *into;
    int r; /* the worst that merging answered */
};

static struct desk desk_new(void)
{
    struct desk desk = {.sink = sink_new(), .arena = gp_arena_new(0)};

    desk.into = desk.arena ? gp_merge_new(desk.arena) : NULL;
    if (!desk.into)
        bail("out of memory");
    return desk;
}

static void desk_free(struct desk *desk)
{
    gp_arena_free(desk->arena);
    sink_free(&desk->sink);
}

static struct gp_node *parse(struct desk *desk, const char *name, const char *text)
{
    struct gp_node *root = NULL;
    size_t budget = GP_LIMIT_NODES;
    int source = gp_sources_add(desk->sink.sources, name, text, strlen(text));

    if (source < 0 || gp_node_parse(desk->arena, (uint32_t)source, desk->sink.diags, &budget, &root) < 0)
        bail("the test's own YAML is wrong: %s", sink_text(&desk->sink));
    return root;
}

/* A tree in one line, without places. */
static void show(struct gp_strbuf *out, const struct gp_node *node)
{
    if (node->kind == GP_NODE_SCALAR) {
        gp_strbuf_add_mem(out, node->text.data, node->text.len);
        return;
    }
    gp_strbuf_add(out, node->kind == GP_NODE_LIST ? "[" : "{");
    for (size_t i = 0; i < node->count; i++) {
        gp_strbuf_add(out, i ? ", " : "");
        if (node->kind == GP_NODE_MAPPING)
            gp_strbuf_printf(out, "%.*s: ", GP_STR_ARG(node->pairs[i].key));
        show(out, node->kind == GP_NODE_MAPPING ? node->pairs[i].value : node->items[i]);
    }
    gp_strbuf_add(out, node->kind == GP_NODE_LIST ? "]" : "}");
}

static void keep(struct desk *desk, int r)
{
    if (r != 0 && r != -EINVAL)
        bail("merging answered %d", r);
    desk->r = r ? r : desk->r;
}

static void check(struct desk *desk, const char *name, const char *want, const char *said)
{
    struct gp_strbuf out = {0};

    show(&out, desk->into);
    if (want)
        is_str(gp_strbuf_text(&out), want, "%s", name);
    is_str(sink_text(&desk->sink), said, "%s: what is said", name);
    is_int(desk->r, strstr(said, " error: ") ? -EINVAL : 0, "%s: result", name);
    gp_strbuf_done(&out);
}

/* ---- files of one set -------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *files[3], *want, *said;
} sets[] = {
    {"sections of several files", {"gatepost: 1\nmarkers: {a: 1}\nvars: {v: 2}\n", "markers: {b: 3}\nstates: {s: 4}\n"},
     "{markers: {a: 1, b: 3}, vars: {v: 2}, states: {s: 4}}", ""},
    {"keys of the manifest are no sections", {"gatepost: 1\nruleset: x\nnames: dos\nextends: y\nvars: {v: 2}\n"},
     "{vars: {v: 2}}", ""},
    {"unknown keys are kept for the binder", {"markrs: {a: 1}\n", "markrs: {b: 1}\n"}, "{markrs: {a: 1}}", ""},
    {"the same id in two files", {"conditions: {a: 1, b: 2}\n", "conditions: {c: 1}\n", "conditions: {b: 3}\n"},
     "{conditions: {a: 1, b: 2, c: 1}}", "f3:1:14: error: 'b' is defined twice in conditions [GP0405]\n"},
    {"the same id in two sections is two things", {"conditions: {a: 1}\nstates: {a: 1}\n"},
     "{conditions: {a: 1}, states: {a: 1}}", ""},
    {"a section that is a list, behind one that is right", {"vars: {v: 2}\n", "vars: [w]\n"}, "{vars: {v: 2}}",
     "f2:1:7: error: the section vars is a mapping of ids [GP0407]\n"},
    {"a section that is a list, before one that is right", {"vars: [w]\n", "vars: {v: 2}\n"}, "{vars: [w]}", ""},
};

static void test_files(void)
{
    for (size_t i = 0; i < GP_COUNT(sets); i++) {
        struct desk desk = desk_new();
        for (size_t j = 0; j < GP_COUNT(sets[i].files) && sets[i].files[j]; j++) {
            const struct gp_node *file = parse(&desk, (const char *[]){"f1", "f2", "f3"}[j], sets[i].files[j]);
            keep(&desk, gp_merge_file(desk.arena, desk.into, file, desk.sink.diags));
        }
        check(&desk, sets[i].name, sets[i].want, sets[i].said);
        desk_free(&desk);
    }
    struct desk desk = desk_new();
    keep(&desk, gp_merge_file(desk.arena, desk.into, parse(&desk, "f1", "vars:\n  a: 1\n"), desk.sink.diags));
    keep(&desk, gp_merge_file(desk.arena, desk.into, parse(&desk, "f2", "vars:\n  a: 2\n"), desk.sink.diags));
    is_str(sink_whole(&desk.sink, 0),
           "f2:2:3: error: 'a' is defined twice in vars [GP0405]\n"
           "  2 |   a: 2\n"
           "    |   ^\n"
           "  note: f1:2:3: the other definition is here\n"
           "  2 |   a: 1\n"
           "    |   ^\n",
           "both places are shown");
    desk_free(&desk);
}

/* Ids n and n + 1 of a section, over two files. */
static void test_ids(void)
{
    struct gp_strbuf text = {0};
    struct desk desk = desk_new();

    gp_strbuf_add(&text, "conditions:\n");
    for (unsigned i = 0; i < GP_LIMIT_SECTION_IDS; i++)
        gp_strbuf_printf(&text, " c%u: x\n", i);
    keep(&desk, gp_merge_file(desk.arena, desk.into, parse(&desk, "f1", gp_strbuf_text(&text)), desk.sink.diags));
    check(&desk, "200,000 ids in a section", NULL, "");
    const struct gp_node *more = parse(&desk, "f2", "conditions: {one: x, two: y}\nstates: {three: z}\n");
    keep(&desk, gp_merge_file(desk.arena, desk.into, more, desk.sink.diags));
    check(&desk, "one more", NULL,
          "f2:1:14: error: more than 200000 ids in conditions; the rest is not read [GP0506]\n");
    is_int((intmax_t)gp_node_get(desk.into, "conditions")->count, GP_LIMIT_SECTION_IDS, "no more are kept");
    ok(gp_node_get(gp_node_get(desk.into, "states"), "three") != NULL, "other sections go on");
    desk_free(&desk);
    desk = desk_new();
    keep(&desk, gp_merge_file(desk.arena, desk.into, parse(&desk, "f1", gp_strbuf_text(&text)), desk.sink.diags));
    keep(&desk, gp_merge_amend(desk.arena, desk.into, parse(&desk, "f2", "conditions: {one: x}\n"), desk.sink.diags));
    check(&desk, "one more by an amendment", NULL,
          "f2:1:14: error: more than 200000 ids in conditions; the rest is not read [GP0506]\n");
    desk_free(&desk);
    gp_strbuf_done(&text);
}

/* ---- amendments -------------------------------------------------------------------------------------------------- */

static const char base[] = "vars:\n"
                           "  media: { type: directory, default: /mnt, title: Disks }\n"
                           "markers:\n"
                           "  kind: { read: { u8: A, at: 1 }, values: { x: 1, y: 2 } }\n"
                           "conditions:\n"
                           "  valid: { file: A, size: 1 }\n"
                           "attestations:\n"
                           "  out: { within: 4 h }\n"
                           "messages:\n"
                           "  m: { text: T, also: [a, b], causes: { c1: { that: valid, cause: C1 } } }\n"
                           "operations:\n"
                           "  update:\n"
                           "    from: [a, b]\n"
                           "    params: { p: { type: integer, max: 5 } }\n"
                           "    requires:\n"
                           "      first: { that: valid, otherwise: { cause: C, remedy: { operation: o, text: R } } }\n"
                           "      second: { that: { all: [valid] } }\n"
                           "    action: [{ mkdir: X }]\n";

/* `path`: keys to what is compared, separated by "/"; each amendment is a file of its own. */
static const struct {
    const char *name, *amendments[2], *path, *want, *said;
} amendments[] = {
    {"a variable is set", {"vars: { media: /srv }\n"}, "vars/media",
     "{type: directory, default: /mnt, title: Disks, value: /srv}", ""},
    {"a variable is set twice: the later wins", {"vars: { media: /srv }\n", "vars: { media: /opt }\n"},
     "vars/media/value",
     "/opt", ""},
    {"a variable changes by fields", {"vars: { media: { default: /x } }\n"}, "vars/media",
     "{type: directory, default: /x, title: Disks}", ""},
    {"a new variable", {"vars: { other: { type: integer } }\n"}, "vars/other", "{type: integer}", ""},
    {"a value for no variable", {"vars: { medai: /srv }\n"}, "vars",
     "{media: {type: directory, default: /mnt, title: Disks}}",
     "d1:1:9: error: there is no variable 'medai' to set [GP0409]\n"},
    {"a field of a requirement", {"operations: { update: { requires: { first: { severity: warn } } } }\n"},
     "operations/update/requires/first",
     "{that: valid, otherwise: {cause: C, remedy: {operation: o, text: R}}, severity: warn}", ""},
    {"a condition is replaced whole", {"operations: { update: { requires: { second: { that: { any: [x] } } } } }\n"},
     "operations/update/requires/second", "{that: {any: [x]}}", ""},
    {"otherwise merges by field, its remedy is one value",
     {"operations: { update: { requires: { first: { otherwise: { remedy: { text: S } } } } } }\n"},
     "operations/update/requires/first", "{that: valid, otherwise: {cause: C, remedy: {text: S}}}", ""},
    {"a waiver", {"operations: { update: { requires: { second: { waived: why, until: 2027-01-31 } } } }\n"},
     "operations/update/requires/second", "{that: {all: [valid]}, waived: why, until: 2027-01-31}", ""},
    {"a new requirement", {"operations: { update: { requires: { third: { that: valid, title: T } } } }\n"},
     "operations/update/requires/third", "{that: valid, title: T}", ""},
    {"a new requirement with an otherwise",
     {"operations: { update: { requires: { third: { that: valid, otherwise: { cause: C } } } } }\n"},
     "operations/update/requires/third", "{that: valid, otherwise: {cause: C}}", ""},
    {"a new requirement that is written like a change",
     {"operations: { update: { requires: { frist: { that: valid, severity: warn } } } }\n"},
     "operations/update/requires/frist", "{that: valid, severity: warn}",
     "d1:1:37: warning: this adds a new requirement 'frist', without 'title' and 'otherwise' [GP0418]\n"},
    {"a new requirement that lacks what it needs",
     {"operations: { update: { requires: { secnd: { severity: warn } } } }\n"},
     "operations/update/requires",
     "{first: {that: valid, otherwise: {cause: C, remedy: {operation: o, text: R}}}, second: {that: {all: [valid]}}}",
     "d1:1:37: error: there is no requirement 'secnd' to change, and a new one lacks 'that' [GP0408]\n"},
    {"a new marker that lacks read and cases", {"markers: { other: { title: x } }\n"}, NULL, NULL,
     "d1:1:12: error: there is no marker 'other' to change, and a new one lacks one of 'read', 'cases' [GP0408]\n"},
    {"a new cause that lacks two fields", {"messages: { m: { causes: { c2: { title: x } } } }\n"}, NULL, NULL,
     "d1:1:28: error: there is no cause 'c2' to change, and a new one lacks 'that' and 'cause' [GP0408]\n"},
    {"a cause of a message by id", {"messages: { m: { causes: { c1: { cause: D } } } }\n"}, "messages/m",
     "{text: T, also: [a, b], causes: {c1: {that: valid, cause: D}}}", ""},
    {"a list is replaced whole", {"messages: { m: { also: [c] } }\n"}, "messages/m/also", "[c]", ""},
    {"a parameter by field", {"operations: { update: { params: { p: { max: 9 } } } }\n"}, "operations/update/params/p",
     "{type: integer, max: 9}", ""},
    {"an action is replaced whole", {"operations: { update: { action: [{ remove: Y }] } }\n"},
     "operations/update/action",
     "[{remove: Y}]", ""},
    {"a named condition is replaced whole", {"conditions: { valid: { dir: B } }\n"}, "conditions/valid", "{dir: B}",
     ""},
    {"a new condition", {"conditions: { other: { dir: B } }\n"}, "conditions/other", "{dir: B}", ""},
    {"values of a marker are one value", {"markers: { kind: { values: { z: 3 } } }\n"}, "markers/kind",
     "{read: {u8: A, at: 1}, values: {z: 3}}", ""},
    {"a read is one value", {"markers: { kind: { read: { size: B } } }\n"}, "markers/kind/read", "{size: B}", ""},
    {"cases take the place of a read", {"markers: { kind: { cases: [] } }\n"}, "markers/kind",
     "{values: {x: 1, y: 2}, cases: []}", ""},
    {"an attestation by field", {"attestations: { out: { ask: Q } }\n"}, "attestations/out", "{within: 4 h, ask: Q}",
     ""},
    {"a section that was not there", {"states: { s: valid }\n"}, "states", "{s: valid}", ""},
    {"a new operation", {"operations: { clean: { audit: true } }\n"}, "operations/clean", "{audit: true}", ""},
    {"a new operation that is near to another", {"operations: { updat: { title: x } }\n"}, "operations/updat",
     "{title: x}",
     "d1:1:15: warning: this adds a new operation 'updat' [GP0414]\n"},
    {"two files, the second amends what the first added",
     {"operations: { update: { requires: { third: { that: valid, title: T } } } }\n",
      "operations: { update: { requires: { third: { severity: need } } } }\n"},
     "operations/update/requires/third", "{that: valid, title: T, severity: need}", ""},
    {"a section of an amendment that is no mapping", {"operations: [update]\n"}, NULL, NULL,
     "d1:1:13: error: the section operations is a mapping of ids [GP0407]\n"},
    {"a section of an amendment that is empty", {"vars:\n"}, NULL, NULL,
     "d1:1:6: error: the section vars is a mapping of ids [GP0407]\n"},
    {"a variable of no value is as it was", {"vars: { media: }\n"}, "vars/media/default", "/mnt",
     "d1:1:9: error: 'media' has no value [GP0204]\n"},
    {"requirements of no value are as they were", {"operations: { update: { requires: } }\n"},
     "operations/update/requires/second/that", "{all: [valid]}",
     "d1:1:35: error: 'requires' has no value [GP0204]\n"},
    {"requirements as a list are as they were", {"operations: { update: { requires: [first] } }\n"},
     "operations/update/requires/second/that", "{all: [valid]}",
     "d1:1:35: error: expected a mapping of ids, found a list [GP0203]\n"},
    {"a requirement that is no mapping is as it was", {"operations: { update: { requires: { second: no } } }\n"},
     "operations/update/requires/second/that", "{all: [valid]}",
     "d1:1:45: error: expected a mapping, found the text 'no' [GP0203]\n"},
    {"what names the file is no section", {"gatepost: 1\namends: x\n"}, "vars/media/default", "/mnt", ""},
};

static const struct gp_node *walk(const struct gp_node *node, const char *path)
{
    while (node && *path) {
        size_t len = strcspn(path, "/");
        const struct gp_pair *pair = gp_node_pair(node, (struct gp_str){path, len});
        node = pair ? pair->value : NULL;
        path += len + (path[len] == '/');
    }
    return node;
}

static void is_at(struct desk *desk, const char *path, const char *want, const char *name)
{
    const struct gp_node *node = walk(desk->into, path);
    struct gp_strbuf out = {0};

    if (node)
        show(&out, node);
    is_str(node ? gp_strbuf_text(&out) : NULL, want, "%s", name);
    gp_strbuf_done(&out);
}

static struct desk amended(const char *text, const char *const *files, size_t count)
{
    struct desk desk = desk_new();

    keep(&desk, gp_merge_file(desk.arena, desk.into, parse(&desk, "base", text), desk.sink.diags));
    for (size_t i = 0; i < count && files[i]; i++) {
        const struct gp_node *file = parse(&desk, (const char *[]){"d1", "d2"}[i], files[i]);
        keep(&desk, gp_merge_amend(desk.arena, desk.into, file, desk.sink.diags));
    }
    return desk;
}

static void test_amendments(void)
{
    for (size_t i = 0; i < GP_COUNT(amendments); i++) {
        struct desk desk = amended(base, amendments[i].amendments, GP_COUNT(amendments[i].amendments));
        if (amendments[i].path)
            is_at(&desk, amendments[i].path, amendments[i].want, amendments[i].name);
        check(&desk, amendments[i].name, NULL, amendments[i].said);
        desk_free(&desk);
    }
}

static void test_suggestions(void)
{
    struct desk desk = amended(base,
                               (const char *[]){"operations:\n  update:\n    requires:\n      fisrt: { waived: x }\n"},
                                   1);
    is_str(sink_whole(&desk.sink, 0),
           "d1:4:7: error: there is no requirement 'fisrt' to change, and a new one lacks 'that' [GP0408]\n"
           "  4 |       fisrt: { waived: x }\n"
           "    |       ^~~~~\n"
           "  note: base:16:7: the requirement 'first' is here\n"
           "  16 |       first: { that: valid, otherwise: { cause: C, remedy: { operation: o, text: R } } }\n"
           "     |       ^~~~~\n"
           "  note: it may have gone from the rule set that is amended, or been renamed; nothing is decided with the set "
           "until this is put right\n"
           "  help: did you mean 'first'?\n",
           "the nearest id is named");
    desk_free(&desk);
    desk = amended(base, (const char *[]){"vars: { medai: x }\n"}, 1);
    is_str(sink_whole(&desk.sink, 0),
           "d1:1:9: error: there is no variable 'medai' to set [GP0409]\n"
           "  1 | vars: { medai: x }\n"
           "    |         ^~~~~\n"
           "  note: base:2:3: the variable 'media' is here\n"
           "  2 |   media: { type: directory, default: /mnt, title: Disks }\n"
           "    |   ^~~~~\n"
           "  note: it may have gone from the rule set that is amended, or been renamed; nothing is decided with the set "
           "until this is put right\n"
           "  help: did you mean 'media'?\n",
           "the nearest variable is named");
    desk_free(&desk);
}

static void test_origins(void)
{
    static const char *const files[] = {"operations: { update: { requires: { first: { that: x } } } }\n",
                                        "operations: { update: { requires: { first: { that: y } } } }\n"};
    struct desk desk = amended(base, files, GP_COUNT(files));
    const struct gp_node *that = walk(desk.into, "operations/update/requires/first/that");
    ok(that && that->replaces && that->replaces->replaces && !that->replaces->replaces->replaces,
       "what a value replaced is kept");
    is_int(that ? (intmax_t)that->at.source : 0, 3, "a value's place is where it was written last");
    is_int(that && that->replaces ? (intmax_t)that->replaces->replaces->at.source : 0, 1,
           "and the first is still known");
    const struct gp_node *requires = walk(desk.into, "operations/update/requires");
    const struct gp_pair *first = gp_node_pair(requires, GP_STR("first"));
    is_int((intmax_t)first->key_at.source, 1, "an id's place stays where it was defined");
    desk_free(&desk);
}

/* ---- what is shared stays as it was ------------------------------------------------------------------------------ */

static void test_bases(void)
{
    struct desk desk = desk_new();
    struct gp_node *one = gp_merge_new(desk.arena), *two = gp_merge_new(desk.arena), *root = desk.into;

    if (!one || !two)
        bail("out of memory");
    keep(&desk, gp_merge_file(desk.arena, root, parse(&desk, "root", base), desk.sink.diags));
    /* So that what is amended next is a mapping that merging made already, and that belongs to the root. */
    const struct gp_node *earlier = parse(&desk, "d0", "operations: { update: { requires: { first: { title: t } } } }\n");
    keep(&desk, gp_merge_amend(desk.arena, root, earlier, desk.sink.diags));
    keep(&desk, gp_merge_base(desk.arena, one, root, desk.sink.diags));
    keep(&desk, gp_merge_base(desk.arena, two, root, desk.sink.diags));
    const struct gp_node *amendment =
        parse(&desk, "d1", "operations: { update: { requires: { first: { severity: warn },\n"
                           "  x: { that: valid, title: X } } } }\n");
    keep(&desk, gp_merge_amend(desk.arena, one, amendment, desk.sink.diags));
    is_at(&desk, "operations/update/requires/first/severity", NULL, "what is extended does not change");
    ok(!walk(two, "operations/update/requires/x"), "nor does another set that extends it");
    ok(walk(one, "operations/update/requires/x") && walk(one, "operations/update/requires/first/severity"),
       "the one does");
    keep(&desk, gp_merge_amend(desk.arena, two, amendment, desk.sink.diags));
    ok(walk(two, "operations/update/requires/x"), "the same amendment for the other set");
    is_int(desk.r, 0, "no error so far");

    /* Both have "valid" from the root, but two definitions of "update". */
    struct gp_node *both = gp_merge_new(desk.arena);
    if (!both)
        bail("out of memory");
    keep(&desk, gp_merge_base(desk.arena, both, one, desk.sink.diags));
    keep(&desk, gp_merge_base(desk.arena, both, root, desk.sink.diags));
    is_str(sink_text(&desk.sink), "root:12:3: error: 'update' is defined twice in operations [GP0405]\n",
           "two extended sets with different definitions of one id");
    desk_free(&desk);
}

/* ---- seals ------------------------------------------------------------------------------------------------------- */

static const char sealed[] = "markers:\n"
                             "  kind: { read: { u8: A } }\n"
                             "  free: { read: { u8: B } }\n"
                             "conditions:\n"
                             "  valid: { all: [ { file: A }, deep ] }\n"
                             "  deep: { marker: kind, is: 1 }\n"
                             "  other: { file: C }\n"
                             "vars: { v: { type: integer }, w: { type: integer } }\n"
                             "operations:\n"
                             "  op:\n"
                             "    requires:\n"
                             "      held: { when: { var: v }, that: valid, sealed: true, otherwise: { cause: C } }\n"
                             "      open: { that: other, sealed: false }\n";

static const char sealed_states[] = "states: { s: { file: A }, t: { file: B } }\n"
                                    "operations:\n"
                                    "  op: { requires: { held: { that: { not: { state: s } }, sealed: true } } }\n";

static const char sealed_vars[] =
    "vars: { a: { type: integer }, b: { type: string }, c: { type: directory }, d: { type: integer },\n"
    "        e: { type: integer }, f: { type: integer } }\n"
    "markers: { m: { read: { u8: M, at: { var: d } } } }\n"
    "operations:\n"
    "  op:\n"
    "    params: { p: { type: integer, default: { var: a } }, q: { type: integer, default: { var: e } } }\n"
    "    requires:\n"
    "      held: { that: { all: [ { param: p, min: 1 }, { file: 'U/${b}' }, { file: D, under: c }, { marker: m, is: 1 } ] },\n"
    "              sealed: true }\n"
    "  other:\n"
    "    params: { p: { type: integer, default: { var: f } } }\n"
    "    requires: { r: { that: { param: p, min: 1 } } }\n";

#define HELD(what) "operations: { op: { requires: { held: { " what " } } } }\n"

static const struct {
    const char *name, *base, *amendment, *said;
} seals[] = {
    {"otherwise of a sealed requirement", sealed, HELD("otherwise: { cause: D }"), ""},
    {"its condition", sealed, HELD("that: other"),
     "d1:1:41: error: 'held' is sealed: its 'otherwise' may be changed, its 'that' may not [GP0410]\n"},
    {"its severity and a waiver", sealed, HELD("severity: warn, waived: x"),
     "d1:1:41: error: 'held' is sealed: its 'otherwise' may be changed, its 'severity' may not [GP0410]\n"
     "d1:1:57: error: 'held' is sealed: its 'otherwise' may be changed, its 'waived' may not [GP0410]\n"},
    {"breaking the seal", sealed, HELD("sealed: false"),
     "d1:1:41: error: 'held' is sealed: its 'otherwise' may be changed, its 'sealed' may not [GP0410]\n"},
    {"a requirement beside it", sealed, "operations: { op: { requires: { open: { that: valid } } } }\n", ""},
    {"a condition that it names", sealed, "conditions: { valid: { file: Z } }\n",
     "d1:1:15: error: the condition 'valid' may not be changed: 'held' is sealed [GP0411]\n"},
    {"a condition that this names", sealed, "conditions: { deep: { file: Z } }\n",
     "d1:1:15: error: the condition 'deep' may not be changed: 'held' is sealed [GP0411]\n"},
    {"a marker that this names", sealed, "markers: { kind: { read: { u8: Z } } }\n",
     "d1:1:12: error: the marker 'kind' may not be changed: 'held' is sealed [GP0411]\n"},
    {"what it does not rest on", sealed,
     "markers: { free: { read: { u8: Z } } }\nconditions: { other: { file: Z } }\n", ""},
    {"a new condition and a new marker", sealed,
     "markers: { n: { read: { u8: Z } } }\nconditions: { m: { file: Z } }\n", ""},
    {"variables may be set", sealed, "vars: { v: 1 }\n", ""},
    {"as a mapping, too", sealed, "vars: { v: { value: 1, title: T, source: [S] } }\n", ""},
    {"but which values they may have stays", sealed, "vars: { v: { max: 100, value: 50, min: 0 } }\n",
     "d1:1:14: error: the 'max' of the variable 'v' may not be changed: 'held' is sealed; 'v: VALUE' sets its value "
     "[GP0411]\n"
     "d1:1:35: error: the 'min' of the variable 'v' may not be changed: 'held' is sealed; 'v: VALUE' sets its value "
     "[GP0411]\n"},
    {"and which they have without a site", sealed, "vars: { v: { type: string, default: x } }\n",
     "d1:1:14: error: the 'type' of the variable 'v' may not be changed: 'held' is sealed; 'v: VALUE' sets its value "
     "[GP0411]\n"
     "d1:1:28: error: the 'default' of the variable 'v' may not be changed: 'held' is sealed; 'v: VALUE' sets its value "
     "[GP0411]\n"},
    {"every key of it", sealed, "vars: { v: { matches: x, choices: [x], case: upper } }\n",
     "d1:1:14: error: the 'matches' of the variable 'v' may not be changed: 'held' is sealed; 'v: VALUE' sets its value "
     "[GP0411]\n"
     "d1:1:26: error: the 'choices' of the variable 'v' may not be changed: 'held' is sealed; 'v: VALUE' sets its value "
     "[GP0411]\n"
     "d1:1:40: error: the 'case' of the variable 'v' may not be changed: 'held' is sealed; 'v: VALUE' sets its value "
     "[GP0411]\n"},
    {"a variable that nothing sealed names", sealed, "vars: { w: { max: 1 } }\n", ""},
    {"one by way of a parameter's default", sealed_vars, "vars: { a: { max: 1 } }\n",
     "d1:1:14: error: the 'max' of the variable 'a' may not be changed: 'held' is sealed; 'a: VALUE' sets its value "
     "[GP0411]\n"},
    {"one in a text", sealed_vars, "vars: { b: { matches: x } }\n",
     "d1:1:14: error: the 'matches' of the variable 'b' may not be changed: 'held' is sealed; 'b: VALUE' sets its value "
     "[GP0411]\n"},
    {"one that is a directory", sealed_vars, "vars: { c: { default: x } }\n",
     "d1:1:14: error: the 'default' of the variable 'c' may not be changed: 'held' is sealed; 'c: VALUE' sets its value "
     "[GP0411]\n"},
    {"one of a marker", sealed_vars, "vars: { d: { min: 1 } }\n",
     "d1:1:14: error: the 'min' of the variable 'd' may not be changed: 'held' is sealed; 'd: VALUE' sets its value "
     "[GP0411]\n"},
    {"the default of a parameter that nothing sealed names", sealed_vars, "vars: { e: { max: 1 } }\n", ""},
    {"the default of another operation's parameter", sealed_vars, "vars: { f: { max: 1 } }\n", ""},
    {"a state that it looks at", sealed_states, "states: { s: { file: Z } }\n",
     "d1:1:11: error: the state 's' may not be changed: 'held' is sealed [GP0411]\n"},
    {"a state beside that", sealed_states, "states: { t: { file: Z } }\n",
     "d1:1:11: error: the state 't' may not be changed: 'held' is sealed [GP0411]\n"},
    {"a new state, which would make another hold no more", sealed_states, "states: { u: { absent: Z } }\n",
     "d1:1:11: error: the state 'u' may not be added: 'held' is sealed [GP0411]\n"},
    {"states that no sealed requirement looks at", sealed, "states: { u: { absent: Z } }\n", ""},
};

static void test_seals(void)
{
    for (size_t i = 0; i < GP_COUNT(seals); i++) {
        struct desk desk = amended(seals[i].base, &seals[i].amendment, 1);
        check(&desk, seals[i].name, NULL, seals[i].said);
        desk_free(&desk);
    }
    struct desk desk = amended(sealed, (const char *[]){HELD("that: other")}, 1);
    is_at(&desk, "operations/op/requires/held/that", "valid", "what is refused is not done");
    is_str(sink_whole(&desk.sink, 0),
           "d1:1:41: error: 'held' is sealed: its 'otherwise' may be changed, its 'that' may not [GP0410]\n"
           "  1 | " HELD("that: other")
           "    |                                         ^~~~\n"
           "  note: base:12:46: it is sealed here\n"
           "  12 |       held: { when: { var: v }, that: valid, sealed: true, otherwise: { cause: C } }\n"
           "     |                                              ^~~~~~\n",
           "the seal is shown");
    desk_free(&desk);
}

/* ---- memory ------------------------------------------------------------------------------------------------------ */

static int merge_within(size_t limit)
{
    struct desk desk = desk_new();
    struct gp_arena *small = gp_arena_new(limit);
    struct gp_node *into = small ? gp_merge_new(small) : NULL;
    const struct gp_node *file = parse(&desk, "base", base);
    const struct gp_node *amendment = parse(
        &desk, "d1", "vars: { media: /x, new: { type: integer } }\nmarkers: { kind: { cases: [] } }\n"
                     "operations: { update: { requires: { first: { severity: warn }, third: { that: valid } } } }\n");
    int r = into ? gp_merge_file(small, into, file, desk.sink.diags) : -ENOMEM;

    if (r == 0)
        r = gp_merge_amend(small, into, amendment, desk.sink.diags);
    gp_arena_free(small);
    desk_free(&desk);
    return r;
}

static void test_no_memory(void)
{
    size_t limit = 1;
    int r = -ENOMEM;

    for (; r == -ENOMEM && limit < 100000; limit += 31)
        r = merge_within(limit);
    is_int(r, 0, "with less memory than it takes: -ENOMEM, then success");
    ok(limit > 1000, "memory ended at many points");
}

int main(void)
{
    test_files();
    test_ids();
    test_amendments();
    test_suggestions();
    test_origins();
    test_bases();
    test_seals();
    test_no_memory();
    return done_testing();
}
