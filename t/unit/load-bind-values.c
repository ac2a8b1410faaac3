/* What the binder makes of a rule file: values in structs, shared patterns, interned paths, limits; what it shows of an
 * error besides its first line; every allocation that can fail. */
#include "load-rules-helper.h"

static const struct said shown[] = {
    {"a note says where a key would mean something",
     "conditions:\n"
     "  a: { absent: B, size: 5 }\n",
     "t:2:19: error: 'size' is a facet, and 'absent' takes none [GP0211]\n"
     "  2 |   a: { absent: B, size: 5 }\n"
     "    |                   ^~~~\n"
     "  note: facets go with: file, each\n"},
    {"a key of other things",
     "messages: { m: { text: x, cause: y, then: z, file: A, size: 3, write: A } }\n",
     "t:1:27: error: unknown key 'cause' in a message [GP0201]\n"
     "  1 | messages: { m: { text: x, cause: y, then: z, file: A, size: 3, write: A } }\n"
     "    |                           ^~~~~\n"
     "  note: 'cause' is a key of: cause, otherwise\n"
     "  help: did you mean 'causes'?\n"
     "t:1:37: error: unknown key 'then' in a message [GP0201]\n"
     "  1 | messages: { m: { text: x, cause: y, then: z, file: A, size: 3, write: A } }\n"
     "    |                                     ^~~~\n"
     "  note: 'then' goes with: if\n"
     "t:1:46: error: unknown key 'file' in a message [GP0201]\n"
     "  1 | messages: { m: { text: x, cause: y, then: z, file: A, size: 3, write: A } }\n"
     "    |                                              ^~~~\n"
     "  note: 'file' is a key of: table\n"
     "  note: 'file' is a condition; it stands where one is expected, as behind 'that'\n"
     "t:1:55: error: unknown key 'size' in a message [GP0201]\n"
     "  1 | messages: { m: { text: x, cause: y, then: z, file: A, size: 3, write: A } }\n"
     "    |                                                       ^~~~\n"
     "  note: 'size' is a facet; it stands beside a key such as 'file' or 'each'\n"
     "  note: 'size' can be read; it stands behind 'read' of a marker\n"
     "t:1:64: error: unknown key 'write' in a message [GP0201]\n"
     "  1 | messages: { m: { text: x, cause: y, then: z, file: A, size: 3, write: A } }\n"
     "    |                                                                ^~~~~\n"
     "  note: 'write' is a step; it stands in an 'action'\n"},
    {"a facet without anything that it is about",
     "conditions:\n"
     "  a: { size: 5 }\n",
     "t:2:6: error: this condition has no key that says what must hold [GP0209]\n"
     "  2 |   a: { size: 5 }\n"
     "    |      ^~~~~~~~~~~\n"
     "  note: one of: all, any, not, if, file, absent, each, marker, param, var, state, attested, "
     "equal, unknown, changed\n"
     "  note: t:2:8: 'size' is a facet, it says more about what another key names\n"
     "  2 |   a: { size: 5 }\n"
     "    |        ^~~~\n"},
    {"two keys that decide",
     "conditions:\n"
     "  a:\n"
     "    file: A\n"
     "    absent: B\n",
     "t:4:5: error: 'file' and 'absent' in one condition [GP0210]\n"
     "  4 |     absent: B\n"
     "    |     ^~~~~~\n"
     "  note: t:3:5: 'file' stands here\n"
     "  3 |     file: A\n"
     "    |     ^~~~\n"
     "  note: to ask for all of them: { all: [...] }\n"},
    {"the caret stands in the pattern",
     "conditions:\n"
     "  a: { file: A, like: 'abc[a-z' }\n",
     "t:2:31: error: not a regular expression: missing terminating ] for character class [GP0215]\n"
     "  2 |   a: { file: A, like: 'abc[a-z' }\n"
     "    |                               ^\n"},
    {"the caret stands on the pattern as a whole if it has escapes",
     "conditions:\n"
     "  a: { file: A, like: \"\\tabc[a-z\" }\n",
     "t:2:23: error: not a regular expression: missing terminating ] for character class [GP0215]\n"
     "  2 |   a: { file: A, like: \"\\tabc[a-z\" }\n"
     "    |                       ^~~~~~~~~~~\n"},
    {"the caret stands in the path",
     "conditions:\n"
     "  a: { absent: [ A, \"B/x[a/C\" ] }\n",
     "t:2:25: error: '[' is not closed [GP0217]\n"
     "  2 |   a: { absent: [ A, \"B/x[a/C\" ] }\n"
     "    |                         ^~\n"},
    {"a long key is cut",
     "conditions:\n"
     "  a: { file: A, "
     "a-very-long-key-that-goes-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on: x }\n",
     "t:2:17: error: unknown key 'a-very-long-key-that-goes-on-and-on-and-on-and-on-and-on-and…' in a "
     "condition [GP0201]\n"
     "  2 |   a: { file: A, "
     "a-very-long-key-that-goes-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on: x }\n"
     "    |                 "
     "^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"},
};

static const char everything[] =
    "gatepost: 1\n"
    "ruleset: t\n"
    "title: A 'title'\n"
    "version: 1.10\n"
    "names: dos\n"
    "lock: GLB/FLAG.GLB\n"
    "extends: []\n"
    "demands: [title, source]\n"
    "vars:\n"
    "  port: { type: integer, default: 0x10, min: -1, title: NO, basis: assumed, source: [Q1, Q2] }\n"
    "  site.name_2: { type: string, default: \"16\", source: Q3 }\n"
    "markers:\n"
    "  kind: { read: { u8: GLB/MASTER.GLB, at: { var: port }, times: 2 }, values: { single: 0, many: [1, 0x02] } }\n"
    "  derived:\n"
    "    cases:\n"
    "      - { when: is-there, value: { marker: kind, under: disks }, basis: inferred }\n"
    "      - { when: { not: is-there }, value: none, title: not there }\n"
    "conditions:\n"
    "  is-there: { file: [A, GLB/B], title: both, basis: stated, source: Q9, size: { min: 1 KiB, max: { var: port } }, "
    "like: a+ }\n"
    "  again: { each: \"MAI/*.{MAI,KEY}\", except: MAI/X.MAI, has: \"KEY/${stem}.KEY\", like: \"a+\", writable: true "
    "}\n"
    "  root: { file: . }\n"
    "  named: is-there\n"
    "states: { good: { all: [ is-there, again ] } }\n"
    "attestations: { out: { within: 90 min, ask: Out? } }\n"
    "messages: { m: { text: Hello …, also: Hi } }\n"
    "operations:\n"
    "  fix:\n"
    "    from: good\n"
    "    to: [good]\n"
    "    audit: false\n"
    "    params: { disks: { type: directory, optional: true } }\n"
    "    requires:\n"
    "      r: { that: { attested: out, within: 1 h }, severity: need, sealed: true, waived: because, until: "
    "2027-01-31,\n"
    "           otherwise: { message: m, cause: \"$1 ${disks}$ {x}\", remedy: { operation: fix, text: do } } }\n"
    "      s: { that: { unknown: \"no\" } }\n"
    "    action:\n"
    "      - { write: A/B, text: \"x\", mode: hex:00ff, when: root, missing: ok }\n"
    "    ensures: { e: { that: { changed: A } } }\n";

static const void *find(const struct gp_map *map, const char *id)
{
    const struct gp_map_entry *entry = gp_map_find(map, str_of(id));

    if (!entry)
        bail("there is no %s", id);
    return entry->value;
}

static bool str_is(struct gp_str str, const char *text)
{
    return str.data && gp_str_is(str, text);
}

static void test_manifest(const struct gp_manifest *manifest)
{
    ok(str_is(manifest->name, "t") && str_is(manifest->title, "A 'title'"), "manifest: name and title");
    ok(str_is(manifest->version, "1.10"), "manifest: a version stays as it is written");
    ok(!manifest->engine.data, "manifest: what is not there is empty");
    is_int(manifest->names, GP_NAMES_DOS, "manifest: names");
    is_int((intmax_t)manifest->lock.count, 1, "manifest: lock");
    is_int((intmax_t)manifest->extends.count, 0, "manifest: an empty list of sets");
    ok(manifest->demands.count == 2 && str_is(manifest->demands.data[1], "source"), "manifest: demands");
}

static void test_settings(const struct gp_definitions *defs)
{
    const struct gp_setting *port = find(&defs->vars, "port"), *site = find(&defs->vars, "site.name_2");

    ok(str_is(port->def.id, "port") && port->def.at.length == 4, "variable: id and place");
    ok(str_is(port->def.title, "NO"), "variable: a string takes any scalar verbatim");
    is_int(port->def.basis, GP_BASIS_ASSUMED, "variable: basis");
    ok(port->def.source.count == 2 && str_is(port->def.source.data[1], "Q2"), "variable: a list of sources");
    ok(port->fallback->value.type == GP_TYPE_INTEGER && port->fallback->value.integer == 16,
       "variable: typed by the linker");
    is_int(port->min->value.integer, -1, "variable: min");
    ok(!port->max && port->optional == GP_YESNO_UNSET, "variable: what is not there is empty");
    ok(site->fallback->value.type == GP_TYPE_STRING && str_is(site->fallback->value.string, "16"),
       "variable: quoted digits are a text");
    ok(site->def.source.count == 1 && str_is(site->def.source.data[0], "Q3"), "variable: one source");
}

static void test_markers(const struct gp_definitions *defs)
{
    const struct gp_marker *kind = find(&defs->markers, "kind"), *derived = find(&defs->markers, "derived");
    const struct fake_u8 *read = kind->read->data;
    const struct gp_marker_value *many = find(&kind->values, "many"), *single = find(&kind->values, "single");
    const struct gp_case_row *first = derived->cases.data[0], *second = derived->cases.data[1];

    ok(strcmp(kind->read->def->key, "u8") == 0 && kind->read->times->value.integer == 2, "marker: read and times");
    ok(read->at->kind == GP_EXPR_VAR && read->at->ref->target == find(&defs->vars, "port"), "marker: a reference");
    ok(many->raw.count == 2 && many->raw.data[1]->value.integer == 2, "marker: several raw values of a name");
    ok(single->raw.count == 1 && single->raw.data[0]->value.integer == 0, "marker: one raw value");
    is_int(kind->type, GP_TYPE_CHOICE, "marker: values make it a choice");
    ok(kind->number == 0 && derived->number == 1, "marker: numbers are dense");
    is_int((intmax_t)derived->cases.count, 2, "marker: cases");
    ok(first->value->kind == GP_EXPR_MARKER && first->value->under->section == GP_SECTION_PARAM &&
           first->basis == GP_BASIS_INFERRED,
       "case: marker under a directory");
    ok(str_is(second->title, "not there") && second->basis == GP_BASIS_NONE, "case: title");
    ok(derived->type == GP_TYPE_CHOICE && derived->names.count == 3, "marker: the names of its cases");
}

static void test_conditions(const struct gp_ruleset *rules)
{
    const struct gp_definitions *defs = &rules->defs;
    const struct gp_named_cond *there = find(&defs->conditions, "is-there"), *again = find(&defs->conditions, "again");
    const struct gp_named_cond *named = find(&defs->conditions, "named"), *root = find(&defs->conditions, "root");
    const struct fake_paths *files = there->cond->data, *globs = again->cond->data, *dot = root->cond->data;
    const struct gp_comparison *size = *(const struct gp_comparison *const *)there->cond->facets[0].data;

    ok(str_is(there->id, "is-there") && there->number == 0 && named->number == 3, "condition: id and number");
    ok(str_is(there->cond->title, "both") && there->cond->basis == GP_BASIS_STATED, "condition: title and basis");
    ok(files->paths.count == 2 && files->paths.data[1]->prefix == 2, "condition: paths");
    is_str(gp_pathtab_text(rules->paths, files->paths.data[1]->interned, rules->arena), "GLB/B", "condition: interned");
    ok(dot->paths.data[0]->count == 0 && dot->paths.data[0]->interned == GP_PATH_ROOT, "condition: '.' is the root");
    ok(there->cond->facet_count == 2 && size->min->value.integer == 1024 && size->max->kind == GP_EXPR_VAR,
       "facet: a comparison");
    ok(globs->paths.data[0]->glob && globs->paths.data[0]->prefix == 1 && !globs->paths.data[0]->dynamic,
       "condition: a glob");
    is_int((intmax_t)globs->paths.data[0]->parts[1].glob.alternative_count, 2, "condition: its alternatives");
    is_int((intmax_t)globs->except.count, 1, "condition: a second list of paths");
    const struct gp_paths *has = again->cond->facets[0].data;
    ok(has->data[0]->dynamic && has->data[0]->prefix == 1 &&
           has->data[0]->parts[1].text->pieces[0].kind == GP_PIECE_STEM,
       "facet: a path with a name");
    const struct gp_pattern *a = *(const struct gp_pattern *const *)there->cond->facets[1].data;
    const struct gp_pattern *b = *(const struct gp_pattern *const *)again->cond->facets[1].data;
    ok(a->regex == b->regex && rules->regex_count == 1, "equal patterns are compiled once");
    ok(named->cond->form == &fake_named &&
           ((const struct gp_cond_named *)named->cond->data)->condition->target == there,
       "condition: an id");
}

static void test_operation(const struct gp_definitions *defs)
{
    const struct gp_operation *fix = find(&defs->operations, "fix");
    const struct gp_requirement *r = find(&fix->requires, "r"), *s = find(&fix->requires, "s");
    const struct gp_template *cause = r->otherwise->cause;
    const struct gp_step *write = fix->action.data[0];
    const struct fake_step *data = write->data;

    ok(fix->from.count == 1 && fix->to.data[0]->target == find(&defs->states, "good"), "operation: from and to");
    ok(fix->audit == GP_YESNO_NO && r->sealed == GP_YESNO_YES && s->sealed == GP_YESNO_UNSET, "three kinds of boolean");
    ok(r->severity == GP_SEVERITY_NEED && s->severity == GP_SEVERITY_REFUSE, "requirement: severity and its default");
    ok(str_is(r->waived, "because") && r->until.type == GP_TYPE_DATE && r->until.integer == 1801353600,
       "requirement: waived");
    ok(!s->otherwise && !s->waived.data && s->until.type == GP_TYPE_ANY, "requirement: what is not there is empty");
    ok(r->otherwise->message->target == find(&defs->messages, "m") && r->otherwise->remedy->operation->target == fix,
       "otherwise: message and remedy");
    ok(cause->count == 3 && str_is(cause->pieces[0].text, "$1 ") && cause->pieces[1].kind == GP_PIECE_PARAM &&
           str_is(cause->pieces[1].text, "disks") && str_is(cause->pieces[2].text, "$ {x}"),
       "a text: literal dollars and a name");
    ok(write->missing == 1 && write->when && data->mode.string.len == 2, "step: its own keys and common ones");
    is_int((intmax_t)fix->ensures.count, 1, "operation: ensures");
    const struct gp_attestation *out = find(&defs->attestations, "out");
    is_int(out->within.integer, 5400, "attestation: within");
}

static void test_values(void)
{
    struct loaded loaded = load_yaml(everything);

    is_str(sink_text(&loaded.sink), "", "nothing to say of a sound rule set");
    if (loaded.rules) {
        test_manifest(&loaded.rules->manifest);
        test_settings(&loaded.rules->defs);
        test_markers(&loaded.rules->defs);
        test_conditions(loaded.rules);
        test_operation(&loaded.rules->defs);
        is_int(loaded.rules->cond_count, 14, "conditions are numbered");
        is_int(loaded.rules->marker_count, 2, "markers are counted");
    }
    loaded_free(&loaded);
}

/* ---- limits ------------------------------------------------------------------------------------------------------ */

/* A text in which "%s" is `unit` so many times, and what is said of it. */
static void check_limit(const char *name, const char *format, const char *unit, size_t count, const char *lines)
{
    struct gp_strbuf yaml = {0};
    const char *hole = strstr(format, "%s");

    gp_strbuf_add_mem(&yaml, format, (size_t)(hole - format));
    for (size_t i = 0; i < count; i++)
        gp_strbuf_add(&yaml, unit);
    gp_strbuf_add(&yaml, hole + 2);
    struct loaded loaded = load_yaml(gp_strbuf_text(&yaml));
    is_str(sink_text(&loaded.sink), lines, "%s", name);
    loaded_free(&loaded);
    gp_strbuf_done(&yaml);
}

static void test_limits(void)
{
    static const char id[] = "vars: { %s: { type: string } }\n", path[] = "conditions: { a: { file: %sb } }\n";
    static const char pattern[] = "conditions:\n  a: { file: A, like: %s }\n";

    check_limit("an id at the limit", id, "a", GP_LIMIT_ID_BYTES, "");
    check_limit("an id past the limit", id, "a", GP_LIMIT_ID_BYTES + 1,
                "t:1:9: error: this id has 65 bytes; it may have 64 [GP0520]\n");
    check_limit("a pattern at the limit", pattern, "a", GP_LIMIT_PATTERN_BYTES, "");
    check_limit("a pattern past the limit", pattern, "a", GP_LIMIT_PATTERN_BYTES + 1,
                "t:2:23: error: this pattern has 4097 bytes; it may have 4096 [GP0521]\n");
    check_limit("a path's components at the limit", path, "a/", GP_LIMIT_PATH_PARTS - 1, "");
    check_limit("a path's components past the limit", path, "a/", GP_LIMIT_PATH_PARTS,
                "t:1:26: error: this path has 33 components; it may have 32 [GP0523]\n");
}

static void test_path_bytes(void)
{
    for (size_t over = 0; over < 2; over++) {
        struct gp_strbuf yaml = {0};
        gp_strbuf_add(&yaml, "conditions: { a: { file: ");
        for (size_t i = 0; i < GP_LIMIT_PATH_BYTES + over; i++)
            gp_strbuf_add_char(&yaml, i % 200 == 199 ? '/' : 'a');
        gp_strbuf_add(&yaml, " } }\n");
        struct loaded loaded = load_yaml(gp_strbuf_text(&yaml));
        is_str(sink_text(&loaded.sink),
               over ? "t:1:26: error: this path has 4097 bytes; it may have 4096 [GP0522]\n" : "", "a path %s",
               over ? "past the limit" : "at the limit");
        loaded_free(&loaded);
        gp_strbuf_done(&yaml);
    }
}

/* ---- memory ------------------------------------------------------------------------------------------------------ */

/* Binds and links with so many bytes of memory. */
static int bind_within(const struct gp_node *root, struct gp_diags *diags, size_t bytes, size_t *ret_used)
{
    struct gp_arena *arena = gp_arena_new(bytes);
    struct gp_ruleset *rules = arena ? GP_NEW(arena, struct gp_ruleset) : NULL;
    struct gp_binder binder = {.arena = arena, .diags = diags, .registry = &fake_registry, .rules = rules};

    if (!rules) {
        gp_arena_free(arena);
        return -ENOMEM;
    }
    rules->arena = arena;
    rules->paths = gp_pathtab_new(NULL);
    int r = gp_bind_object(&binder, &gp_object_definitions, root, &rules->defs);
    if (r == 0)
        r = gp_link(&binder);
    *ret_used = gp_arena_used(arena);
    gp_ruleset_free(rules);
    return r;
}

static void test_memory(void)
{
    const char *sections = strstr(everything, "vars:");
    struct sink sink = sink_new();
    struct gp_arena *arena = gp_arena_new(0);
    size_t budget = GP_LIMIT_NODES, used = 0, others = 0, failures = 0;
    struct gp_node *root = NULL;
    int source = gp_sources_add(sink.sources, "t", sections, strlen(sections));

    if (!arena || source < 0 || gp_node_parse(arena, (uint32_t)source, sink.diags, &budget, &root) < 0)
        bail("the rule set cannot be read");
    is_int(bind_within(root, sink.diags, 0, &used), 0, "there is memory enough");
    for (size_t bytes = 1, unused; bytes < used; bytes += 61) {
        int r = bind_within(root, sink.diags, bytes, &unused);
        failures += r == -ENOMEM;
        others += r != -ENOMEM && r != 0;
    }
    ok(failures > 50 && !others, "too little memory is -ENOMEM and nothing else");
    is_str(sink_text(&sink), "", "nothing is said of the rule set then");
    gp_arena_free(arena);
    sink_free(&sink);
}

static void test_amending(void)
{
    struct sink sink = sink_new();
    struct gp_arena *arena = gp_arena_new(0);
    size_t budget = GP_LIMIT_NODES;
    static const char text[] = "r: { severity: need }\ns: { taht: x }\n";
    int source = gp_sources_add(sink.sources, "t", text, strlen(text));
    struct gp_node *root = NULL;
    struct gp_ruleset rules = {.arena = arena};
    struct gp_binder binder = {
        .arena = arena, .diags = sink.diags, .registry = &fake_registry, .rules = &rules, .amending = true};
    struct gp_requirement r = {0}, s = {0};

    if (!arena || source < 0 || gp_node_parse(arena, (uint32_t)source, sink.diags, &budget, &root) < 0)
        bail("the fragment cannot be read");
    is_int(gp_bind_object(&binder, &gp_object_requirement, gp_node_get(root, "r"), &r), 0, "a fragment");
    is_str(sink_text(&sink), "", "a fragment needs no required keys");
    is_int(r.severity, GP_SEVERITY_NEED, "what it has is bound");
    is_int(gp_bind_object(&binder, &gp_object_requirement, gp_node_get(root, "s"), &s), 0, "a fragment with an error");
    is_str(sink_text(&sink), "t:2:6: error: unknown key 'taht' in a requirement [GP0201]\n", "its keys are checked");
    is_int((intmax_t)binder.errors, 1, "errors are counted");
    gp_arena_free(arena);
    sink_free(&sink);
}

int main(void)
{
    check_whole(shown, GP_COUNT(shown));
    test_values();
    test_limits();
    test_path_bytes();
    test_memory();
    test_amending();
    return done_testing();
}
