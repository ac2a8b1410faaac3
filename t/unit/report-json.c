/* Reports for machines: the shape of each, whole. */
#include "report-helper.h"

#include "eval/inspect.h"

/* The value without what every report opens with, which is checked here. */
static const char *body(struct view *view, json_t *value, const char *name)
{
    const char *digest = json_string_value(json_object_get(json_object_get(value, "ruleset"), "digest"));

    is_int(json_integer_value(json_object_get(value, "schema")), 1, "%s: schema", name);
    is_str(json_string_value(json_object_get(value, "gatepost")), PACKAGE_VERSION, "%s: version", name);
    ok(digest && strlen(digest) == 71 && strncmp(digest, "sha256:", 7) == 0, "%s: rule set", name);
    is_str(json_string_value(json_object_get(value, "directory")), "/srv/tree", "%s: directory", name);
    json_object_del(value, "schema");
    json_object_del(value, "gatepost");
    json_object_del(value, "ruleset");
    json_object_del(value, "directory");
    return view_json(view, value);
}

static const char set[] =
    "names: exact\n"
    "ruleset: test\n"
    "version: 1.10\n"
    "states: { old: { file: old, basis: inferred }, new: { absent: old, basis: stated } }\n"
    "markers: { kind: { read: { size: store } } }\n"
    "attestations: { gone: { title: Gone, within: 4 h } }\n"
    "messages: { broken: { text: Broken., causes: { torn: { that: { file: torn }, cause: T. } } } }\n"
    "operations:\n"
    "  mend: { from: old, to: new }\n"
    "  use:\n"
    "    title: Use it\n"
    "    params: { level: { type: integer, default: 3 }, media: { type: directory } }\n"
    "    requires:\n"
    "      big:\n"
    "        title: Big\n"
    "        that: { marker: kind, min: 10 }\n"
    "        source: [Q1, Q2]\n"
    "        basis: stated\n"
    "        otherwise: { message: broken, cause: Small., remedy: { operation: mend, text: Mend. } }\n"
    "      gone: { severity: need, that: { attested: gone } }\n"
    "      tidy: { severity: warn, that: { each: '*.X', size: 0 }, otherwise: { cause: Litter. } }\n"
    "      out: { when: { file: none }, that: { absent: x } }\n"
    "      late: { that: { absent: store }, waived: old, until: 2027-01-31 }\n";

#define AT(line, column) "{\"file\":\"test\",\"line\":" #line ",\"column\":" #column "}"
#define BIG_LEAF                                                                                               \
    "{\"result\":\"false\",\"subject\":\"marker\",\"path\":\"store\",\"name\":\"kind\",\"under\":null,"        \
    "\"expected\":\"at least 10 bytes\",\"found\":\"3 bytes\",\"value\":3,\"marker\":\"kind\",\"title\":null," \
    "\"reason\":null,\"detail\":null,\"basis\":null,\"source\":[],\"at\":" AT(16, 15) "}"
#define BIG_HEAD                                                                                                     \
    "{\"id\":\"big\",\"title\":\"Big\",\"result\":\"false\",\"severity\":\"refuse\",\"basis\":\"stated\","           \
    "\"reason\":null,\"detail\":null,\"waived\":null,\"offenders\":{\"count\":0,\"shown\":[]},\"cause\":\"Small.\"," \
    "\"remedy\":{\"operation\":\"mend\",\"text\":\"Mend.\"},\"message\":\"broken\",\"source\":[\"Q1\",\"Q2\"],"      \
    "\"at\":" AT(14, 7) ",\"because\":[" BIG_LEAF "]"
#define STATE "{\"name\":\"new\",\"kind\":\"named\",\"basis\":\"stated\",\"candidates\":[\"new\"]}"

static struct gp_verdict decide(struct view *view)
{
    view_rules(view, set);
    gp_memtree_zeros(view->world.tree, "store", 3);
    gp_memtree_zeros(view->world.tree, "a.X", 3);
    gp_memtree_zeros(view->world.tree, "b.X", 3);
    return view_decide(view, "use");
}

/* One requirement of a verdict. */
static const char *requirement(struct view *view, const struct gp_verdict *verdict, size_t index)
{
    json_t *whole = gp_json_verdict(&view->subject, view->world.eval, verdict);
    json_t *one = json_incref(json_array_get(json_object_get(whole, "requirements"), index));

    json_decref(whole);
    return view_json(view, one);
}

static void verdict(void)
{
    struct view view;
    struct gp_verdict it = decide(&view);
    json_t *value = gp_json_verdict(&view.subject, view.world.eval, &it);

    is_str(json_string_value(json_object_get(json_object_get(value, "ruleset"), "version")), "1.10",
           "the version of the rule set is a text");
    json_object_del(value, "requirements");
    is_str(body(&view, value, "check"),
           "{\"operation\":\"use\",\"verdict\":\"denied\",\"basis\":\"stated\",\"error\":null,\"state\":" STATE
           ",\"params\":{\"level\":3,\"media\":null},\"needs\":[\"gone\"],\"warnings\":[\"tidy\"],"
           "\"messages\":[{\"id\":\"broken\",\"text\":\"Broken.\"}]}",
           "check");
    is_str(requirement(&view, &it, 0), BIG_HEAD "}", "check: one that is false");
    is_str(requirement(&view, &it, 1),
           "{\"id\":\"gone\",\"title\":null,\"result\":\"unknown\",\"severity\":\"need\",\"basis\":null,"
           "\"reason\":\"not-attested\",\"detail\":\"nobody has attested it\",\"waived\":null,"
           "\"offenders\":{\"count\":0,\"shown\":[]},\"cause\":null,\"remedy\":null,\"message\":null,\"source\":[],"
           "\"at\":" AT(20, 7) ",\"because\":[{\"result\":\"unknown\",\"subject\":\"attested\",\"path\":null,"
           "\"name\":\"gone\",\"under\":null,\"expected\":\"attested within 4 h\",\"found\":\"nothing\",\"value\":null,"
           "\"marker\":null,\"title\":\"Gone\",\"reason\":\"not-attested\",\"detail\":\"nobody has attested it\","
           "\"basis\":null,\"source\":[],\"at\":" AT(20, 37) "}]}",
           "check: one that is unknown");
    const char *tidy = requirement(&view, &it, 2);
    ok(strstr(tidy, "\"severity\":\"warn\"") && strstr(tidy, "\"offenders\":{\"count\":2,\"shown\":[\"a.X\",\"b.X\"]}"),
       "check: offenders");
    const char *out = requirement(&view, &it, 3);
    ok(strstr(out, "\"result\":\"n/a\"") && strstr(out, "\"detail\":\"its guard (when) does not hold\"") &&
           strstr(out, "\"path\":\"none\""),
       "check: a guard and what it saw");
    const char *late = requirement(&view, &it, 4);
    ok(strstr(late, "\"result\":\"n/a\"") &&
           strstr(late, "\"waived\":{\"reason\":\"old\",\"until\":\"2027-01-31T00:00:00Z\",\"at\":" AT(23, 40) "}") &&
           strstr(late, "\"because\":[]"),
       "check: a waiver");

    value = gp_json_explain(&view.subject, view.world.eval, &it);
    json_t *big = json_incref(json_array_get(json_object_get(value, "requirements"), 0));
    json_decref(value);
    is_str(view_json(&view, big),
           BIG_HEAD ",\"when\":null,\"proof\":{\"result\":\"false\",\"subject\":null,\"path\":null,\"name\":null,"
                    "\"under\":null,\"expected\":null,\"found\":null,\"value\":null,\"marker\":null,\"title\":null,"
                    "\"reason\":null,\"detail\":null,\"basis\":null,\"source\":[],\"at\":" AT(16, 15)
                    ",\"decisive\":true,\"cut\":false,\"children\":[{\"result\":\"false\",\"subject\":\"marker\","
                    "\"path\":\"store\",\"name\":\"kind\",\"under\":null,\"expected\":\"at least 10 bytes\","
                    "\"found\":\"3 bytes\",\"value\":3,\"marker\":\"kind\",\"title\":null,\"reason\":null,"
                    "\"detail\":null,\"basis\":null,\"source\":[],\"at\":" AT(16, 15)
                    ",\"decisive\":true,\"cut\":false,\"children\":[]}]}}",
           "explain: the proof as a tree");
    view_end(&view);
}

static void states(void)
{
    struct view view;

    view_rules(&view, set);
    gp_memtree_link(view.world.tree, "old");
    struct gp_verdict it = view_decide(&view, "mend");
    is_str(body(&view, gp_json_verdict(&view.subject, view.world.eval, &it), "no state"),
           "{\"operation\":\"mend\",\"verdict\":\"allowed\",\"basis\":null,\"error\":null,\"state\":{\"name\":null,"
           "\"kind\":\"undetermined\",\"basis\":null,\"candidates\":[\"old\",\"new\"]},\"params\":{},\"needs\":[],"
           "\"warnings\":[],\"messages\":[],\"requirements\":[]}",
           "a state that is not known");
    view_end(&view);
    view_rules(&view, "operations: { mend: {} }\n");
    it = view_decide(&view, "mend");
    json_t *value = gp_json_verdict(&view.subject, view.world.eval, &it);
    ok(json_is_null(json_object_get(value, "state")), "null for a set without states");
    json_decref(value);
    view_end(&view);
}

static void trouble(void)
{
    const struct gp_trouble busy = {.status = 75, .code = "busy", .text = "a run is under way here"};
    struct gp_subject subject = {.directory = "\xff", .operation_name = "use"};
    struct view view = {0};

    is_str(
        view_json(&view, gp_json_trouble(&subject, &busy)),
        "{\"schema\":1,\"gatepost\":\"" PACKAGE_VERSION "\",\"ruleset\":null,\"directory\":\"\xef\xbf\xbd\","
        "\"operation\":\"use\",\"verdict\":null,\"basis\":null,"
        "\"error\":{\"code\":\"busy\",\"text\":\"a run is under way here\"},\"state\":null,\"params\":{},\"needs\":[],"
        "\"warnings\":[],\"messages\":[],\"requirements\":[]}",
        "trouble has the keys of a verdict");
    subject.operation_name = NULL;
    is_str(view_json(&view, gp_json_trouble(&subject, &busy)),
           "{\"schema\":1,\"gatepost\":\"" PACKAGE_VERSION "\",\"ruleset\":null,\"directory\":\"\xef\xbf\xbd\","
           "\"operation\":null,\"verdict\":null,\"basis\":null,"
           "\"error\":{\"code\":\"busy\",\"text\":\"a run is under way here\"}}",
           "trouble without an operation");
    gp_strbuf_done(&view.out);
}

static void why(void)
{
    struct view view;
    struct gp_why it;

    view_rules(&view, set);
    gp_memtree_zeros(view.world.tree, "store", 3);
    gp_memtree_link(view.world.tree, "torn");
    world_open(&view.world);
    if (gp_why(view.world.eval, world_find(&view.world.rules->defs.messages, "broken"), &it) < 0)
        bail("no memory");
    is_str(
        body(&view, gp_json_why(&view.subject, view.world.eval, &it), "why"),
        "{\"error\":null,\"message\":{\"id\":\"broken\",\"text\":\"Broken.\"},\"causes\":["
        "{\"id\":\"big\",\"operation\":\"use\",\"verdict\":\"certain\",\"cause\":\"Small.\","
        "\"remedy\":{\"operation\":\"mend\",\"text\":\"Mend.\"},\"source\":[\"Q1\",\"Q2\"],\"at\":" AT(
            14, 7) ",\"because\":[" BIG_LEAF "],\"decided_by\":[]},"
                   "{\"id\":\"torn\",\"operation\":null,\"verdict\":\"undecided\",\"cause\":\"T.\",\"remedy\":null,"
                   "\"source\":[],"
                   "\"at\":" AT(7, 48) ",\"because\":[],\"decided_by\":[{\"result\":\"unknown\",\"subject\":\"file\","
                                       "\"path\":\"torn\",\"name\":null,\"under\":null,\"expected\":\"exists\","
                                       "\"found\":null,\"value\":null,"
                                       "\"marker\":null,\"title\":null,\"reason\":\"link\","
                                       "\"detail\":\"torn: it is a symbolic link, and links are never "
                                       "followed\",\"basis\":null,\"source\":[],"
                                       "\"at\":" AT(7, 62) "}]}]}",
        "why");
    view_end(&view);
}

static void way(void)
{
    static const struct gp_named_cond *goal;
    struct view view;
    struct gp_way it;

    view_rules(&view, set);
    gp_memtree_zeros(view.world.tree, "old", 3);
    world_open(&view.world);
    goal = world_find(&view.world.rules->defs.states, "new");
    if (gp_find_way(view.world.eval, goal, &it) < 0)
        bail("no memory");
    json_t *value = gp_json_way(&view.subject, view.world.eval, goal, &it);
    json_t *step = json_array_get(json_object_get(value, "steps"), 0);
    is_str(json_string_value(json_object_get(json_object_get(step, "verdict"), "verdict")), "allowed",
           "plan: the verdict on the first step");
    json_object_del(step, "verdict");
    is_str(body(&view, value, "plan"),
           "{\"error\":null,\"goal\":\"new\",\"way\":\"found\",\"detail\":null,\"state\":{\"name\":\"old\","
           "\"kind\":\"named\",\"basis\":\"inferred\",\"candidates\":[\"old\"]},"
           "\"steps\":[{\"operation\":\"mend\",\"from\":\"old\",\"to\":\"new\",\"needs\":[]}]}",
           "plan");
    gp_memtree_remove(view.world.tree, "old");
    world_open(&view.world);
    goal = world_find(&view.world.rules->defs.states, "old");
    if (gp_find_way(view.world.eval, goal, &it) < 0)
        bail("no memory");
    is_str(body(&view, gp_json_way(&view.subject, view.world.eval, goal, &it), "plan"),
           "{\"error\":null,\"goal\":\"old\",\"way\":\"none\","
           "\"detail\":\"no documented operation leads from new to old\",\"state\":" STATE ",\"steps\":[]}",
           "plan: no way");
    view_end(&view);
}

#define LEDGER                                                                                                   \
    "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"gone\",\"ruleset\":\"test\",\"who\":\"ann\",\"host\":\"h\"," \
    "\"reason\":\"asked\",\"when\":\"2027-01-31T11:00:00Z\"}\n"
#define ENTRIES                                                                                             \
    "\"entries\":[{\"kind\":\"attestation\",\"name\":\"gone\",\"ruleset\":\"test\",\"to\":null,"            \
    "\"when\":\"2027-01-31T11:00:00Z\",\"who\":\"ann\",\"host\":\"h\",\"reason\":\"asked\","                \
    "\"limits\":null,\"id\":\"1\",\"line\":1,\"extends\":[],\"more\":null}],"                             \
    "\"bad_lines\":1,\"damaged\":[{\"line\":2,\"what\":\"not JSON\",\"text\":\"garbage\"}],"              \
    "\"repeated\":0,\"cut\":false}"

static void inspect(void)
{
    struct view view;
    struct gp_inspection it;

    view_rules(&view, set);
    gp_memtree_ledger(view.world.tree, LEDGER "garbage\n");
    world_open(&view.world);
    if (gp_inspect(view.world.eval, &it) < 0)
        bail("no memory");
    json_t *value = gp_json_inspect(&view.subject, view.world.eval, &it);
    json_t *first = json_array_get(json_object_get(value, "states"), 0);
    is_int((intmax_t)json_array_size(json_object_get(first, "because")), 1, "inspect: a state with its evidence");
    json_object_del(value, "states");
    is_str(body(&view, value, "inspect"),
           "{\"error\":null,\"state\":" STATE ",\"markers\":[{\"id\":\"kind\",\"title\":null,\"value\":null,"
           "\"basis\":null,\"result\":\"unknown\",\"reason\":\"no-value\",\"detail\":\"store: it is not there\","
           "\"source\":[],\"at\":" AT(5, 12) "}],\"attestations\":[{\"id\":\"gone\",\"title\":\"Gone\",\"valid\":true,"
           "\"when\":\"2027-01-31T11:00:00Z\",\"who\":\"ann\",\"reason\":\"asked\",\"detail\":null}],"
           "\"summary\":[],\"ledger\":{\"error\":null," ENTRIES "}",
           "inspect");
    gp_memtree_zeros(view.world.tree, "store", 3);
    gp_memtree_ledger_fail(view.world.tree, EACCES);
    world_open(&view.world);
    if (gp_inspect(view.world.eval, &it) < 0)
        bail("no memory");
    value = gp_json_inspect(&view.subject, view.world.eval, &it);
    json_t *marker = json_array_get(json_object_get(value, "markers"), 0);
    is_int(json_integer_value(json_object_get(marker, "value")), 3, "inspect: a value");
    is_str(json_string_value(json_object_get(marker, "result")), "known", "is known");
    is_str(view_json(&view, json_incref(json_object_get(value, "ledger"))), "{\"error\":\"no-permission\"}",
           "inspect: a ledger that cannot be read has no entries to be mistaken for none");
    json_decref(value);
    view_end(&view);
}

static void history(void)
{
    struct view view;
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_ledger ledger;

    view_rules(&view, set);
    if (!arena || gp_ledger_parse(arena, world_str(LEDGER "garbage\n"), &ledger) < 0)
        bail("no memory");
    is_str(body(&view, gp_json_history(&view.subject, &ledger), "history"), "{\"error\":null," ENTRIES, "history");
    view_end(&view);
    gp_arena_free(arena);
}

static void plan_json(void)
{
    static const char *inside[] = {"a"};
    static struct gp_change changes[] = {{.offset = 175, .old = {"W", 1}, .new = {"\0\377", 2}}};
    static struct gp_primitive primitives[] = {
        {.kind = GP_PRIMITIVE_CREATE, .path = "d", .directory = true, .inside = inside, .inside_count = 1},
        {.kind = GP_PRIMITIVE_REPLACE, .path = "m", .old_size = 176, .new_size = 177, .old_attributes = 1,
         .new_attributes = 6, .changes = changes, .change_count = 1, .more_changes = true},
    };
    const struct gp_plan plan = {.data = primitives, .count = GP_COUNT(primitives)};
    struct view view = {0};

    is_str(
        view_json(&view, gp_json_plan(&plan)),
        "[{\"kind\":\"create\",\"path\":\"d\",\"directory\":true,\"old_size\":0,\"new_size\":0,\"old_attributes\":[],"
        "\"new_attributes\":[],\"changes\":[],\"more_changes\":false,\"inside\":[\"a\"]},"
        "{\"kind\":\"replace\",\"path\":\"m\",\"directory\":false,\"old_size\":176,\"new_size\":177,"
        "\"old_attributes\":[\"read-only\"],\"new_attributes\":[\"hidden\",\"system\"],"
        "\"changes\":[{\"offset\":175,\"old\":\"hex:57\",\"new\":\"hex:00ff\"}],\"more_changes\":true,\"inside\":[]}]",
        "the plan of an action");
    gp_strbuf_done(&view.out);
}

static void lists(void)
{
    struct view view;
    const struct gp_ruleset *rules;

    view_rules(&view, set);
    rules = view.world.rules;
    is_str(view_json(&view, gp_json_section(rules, GP_SECTION_STATE)),
           "[{\"id\":\"old\",\"title\":null,\"basis\":\"inferred\",\"source\":[],\"at\":" AT(4, 11) "},"
           "{\"id\":\"new\",\"title\":null,\"basis\":\"stated\",\"source\":[],\"at\":" AT(4, 48) "}]",
           "list");
    is_str(view_json(&view, gp_json_section(rules, GP_SECTION_VAR)), "[]", "list of nothing");
    json_t *value = gp_json_definition(rules, GP_SECTION_OPERATION,
                                       gp_map_find(&rules->defs.operations, world_str("use")), NULL);
    is_int((intmax_t)json_array_size(json_object_get(value, "requirements")), 5, "show: requirements");
    json_t *first = json_array_get(json_object_get(value, "requirements"), 0);
    is_str(view_json(&view, json_incref(first)),
           "{\"id\":\"big\",\"title\":\"Big\",\"severity\":\"refuse\",\"basis\":\"stated\",\"source\":[\"Q1\",\"Q2\"],"
           "\"sealed\":false,\"waived\":null,\"until\":null,\"message\":\"broken\",\"remedy\":\"mend\",\"at\":" AT(
               14, 7) "}",
           "show: one of them");
    ok(json_is_true(json_object_get(value, "gate")) && !json_object_get(value, "directory"),
       "show: an operation without an action is a gate");
    json_decref(value);
    value = gp_json_definition(rules, GP_SECTION_MESSAGE, gp_map_find(&rules->defs.messages, world_str("broken")),
                               NULL);
    json_object_del(value, "ruleset");
    is_str(
        view_json(&view, value),
        "{\"schema\":1,\"gatepost\":\"" PACKAGE_VERSION "\",\"section\":\"messages\",\"id\":\"broken\",\"title\":null,"
        "\"basis\":null,\"source\":[],\"at\":" AT(
            7,
            13) ",\"text\":\"messages: { broken: { text: Broken., causes: { "
                "torn: { that: { file: torn }, cause: T. } } } }\",\"changes\":[],\"message\":\"Broken.\",\"also\":[]}",
        "show: a message");
    view_end(&view);
}

int main(void)
{
    verdict();
    states();
    trouble();
    why();
    way();
    inspect();
    history();
    plan_json();
    lists();
    return done_testing();
}
