/* The reports of the other verbs as people read them, whole. */
#include "report-helper.h"

#include "eval/inspect.h"

static const char set[] =
    "names: exact\n"
    "vars: { limit: { type: integer } }\n"
    "states:\n"
    "  old: { title: Old, file: old, basis: inferred }\n"
    "  new: { title: New, absent: old, basis: stated }\n"
    "markers:\n"
    "  kind:\n"
    "    title: What it is\n"
    "    basis: stated\n"
    "    source: [Q9]\n"
    "    cases:\n"
    "      - { when: { file: a }, value: first }\n"
    "      - { when: small, value: second }\n"
    "  size: { read: { size: store } }\n"
    "  set: { when: { var: limit, min: 1 }, read: { size: store } }\n"
    "  asked: { when: { param: media, known: true }, read: { size: store } }\n"
    "  asked-too: { cases: [{ when: asks, value: x }] }\n"
    "  asked-three: { cases: [{ when: { marker: asked, min: 1 }, value: x }] }\n"
    "conditions:\n"
    "  asks: { file: '${media}' }\n"
    "  small: { title: Small, file: store, size: { max: 9 } }\n"
    "attestations:\n"
    "  gone: { title: Everybody is gone, within: 4 h, ask: Gone? }\n"
    "  saved: { title: Saved, ask: Saved? }\n"
    "messages:\n"
    "  broken:\n"
    "    text: The store is broken.\n"
    "    causes:\n"
    "      torn: { that: { file: torn }, cause: It is torn., remedy: { text: Glue it. }, source: [Q3] }\n"
    "      lost: { when: { absent: a }, that: { absent: store }, cause: It is lost. }\n"
    "operations:\n"
    "  use:\n"
    "    title: Use it\n"
    "    from: new\n"
    "    to: [old, new]\n"
    "    params: { media: { type: string, optional: true } }\n"
    "    requires:\n"
    "      second:\n"
    "        title: It is not of the second kind\n"
    "        when: { absent: b }\n"
    "        that: { not: { marker: kind, is: second } }\n"
    "        otherwise: { message: broken, cause: It is of the second kind. }\n"
    "      gone: { title: Nobody works, severity: need, that: { attested: gone } }\n";

static struct gp_inspection look(struct view *view)
{
    struct gp_inspection inspection;

    world_open(&view->world);
    if (gp_inspect(view->world.eval, &inspection) < 0)
        bail("no memory");
    gp_strbuf_reset(&view->out);
    return inspection;
}

#define LEDGER                                                                                                         \
    "{\"id\":\"1\",\"kind\":\"attestation\",\"name\":\"gone\",\"ruleset\":\"test\",\"who\":\"ann\",\"host\":\"h\","    \
    "\"reason\":\"asked\",\"when\":\"2027-01-31T11:00:00Z\"}\n"                                                        \
    "{\"id\":\"2\",\"kind\":\"operation\",\"name\":\"use\",\"ruleset\":\"test\",\"to\":\"old\",\"who\":\"bob\",\"host\":" \
    "\"h\","                                                                                                           \
    "\"when\":\"2027-01-31T11:30:00Z\"}\n"

static const char ledger_lines[] = "  2027-01-31T11:00:00Z   attested gone   by ann@h: asked\n"
                                   "  2027-01-31T11:30:00Z   did use → old   by bob@h\n";

static void inspect(void)
{
    struct view view;
    struct gp_inspection it;
    char whole[2048];

    view_rules(&view, set);
    gp_memtree_zeros(view.world.tree, "store", 3);
    gp_memtree_ledger(view.world.tree, LEDGER "garbage\n");
    it = look(&view);
    is_int((intmax_t)it.marker_count, 3, "markers that ask for a parameter are passed over");
    gp_text_inspect(&view.out, &view.style, &view.subject, view.world.eval, &it);
    snprintf(whole, sizeof(whole),
             "/srv/tree: seen as test (state: new, stated)\n"
             "\nStates\n"
             "  ✓ new   New\n"
             "      old   is not there\n"
             "  ✗ old   Old\n"
             "      old   is not there\n"
             "\nMarkers\n"
             "  kind   second (stated)   What it is\n"
             "  size   3 bytes\n"
             "  set    n/a: %s\n"
             "\nAttestations\n"
             "  ✓ gone    attested at 2027-01-31T11:00:00Z by ann: asked\n"
             "  ? saved   nobody has attested it\n"
             "\nLedger\n%s"
             "  ! 1 line is damaged or not written by Gatepost, and not believed\n      line 3: not JSON\n",
             "the variable limit is not set", ledger_lines);
    is_str(view_text(&view), whole, "inspect");
    view.style.quiet = true;
    it = look(&view);
    gp_text_inspect(&view.out, &view.style, &view.subject, view.world.eval, &it);
    is_str(view_text(&view), "/srv/tree: seen as test (state: new, stated)\n", "inspect, quiet");
    view.style.quiet = false;

    gp_memtree_link(view.world.tree, "old");
    gp_memtree_ledger_fail(view.world.tree, EACCES);
    world_assume(&view.world, "saved", "");
    it = look(&view);
    gp_text_inspect(&view.out, &view.style, &view.subject, view.world.eval, &it);
    const char *text = view_text(&view);
    ok(strstr(text, "/srv/tree: seen as test (state: undetermined: old, new)\n"), "a state that is not known");
    ok(strstr(text, "  ? old   Old\n      old   cannot be told: it is a symbolic link, and links are never followed\n"
                    "  → put what the link leads to in its place\n"),
       "its evidence, and what would decide");
    ok(strstr(text, "\nLedger\n  ? cannot be read: permission was denied\n"), "a ledger that cannot be read");
    ok(strstr(text, "  ? gone    permission was denied\n  ✓ saved   taken as given\n"), "the attestations then");
    view_end(&view);
}

static void explain(void)
{
    struct view view;

    view_rules(&view, set);
    gp_memtree_zeros(view.world.tree, "store", 3);
    struct gp_verdict verdict = view_decide(&view, "use");
    gp_text_explain(&view.out, &view.style, &view.subject, view.world.eval, &verdict);
    is_str(view_text(&view),
           "/srv/tree: use denied (state: new, stated)\n"
           "\n"
           "  The store is broken.\n"
           "\n"
           "  ✗ second   It is of the second kind.\n"
           "      marker kind   second\n"
           "      store         3 bytes, as asked: at most 9 bytes   (Small)\n"
           "      test:38:7\n"
           "      when:\n"
           "        ✓ b   is not there\n"
           "      that:\n"
           "        ✗ not\n"
           "          ✓ marker kind   second\n"
           "            ✓ small: store   is there (3 bytes)   (Small)\n"
           "              ✓ size   3 bytes, as asked: at most 9 bytes   (Small)\n"
           "            ✗ a   is not there   did not decide\n"
           "\n"
           "  ? gone   Nobody works\n"
           "      attestation gone   nobody has attested it   (Everybody is gone)\n"
           "      test:43:7\n"
           "  → gatepost attest gone /srv/tree --reason …\n"
           "      that:\n"
           "        ? attestation gone   nobody has attested it   (Everybody is gone)\n",
           "explain: the evidence, then the whole proof, what decided first");
    gp_memtree_zeros(view.world.tree, "b", 3);
    verdict = view_decide(&view, "use");
    gp_text_explain(&view.out, &view.style, &view.subject, view.world.eval, &verdict);
    ok(strstr(view_text(&view), "  – second   It is not of the second kind\n"
                                "      its guard (when) does not hold\n"
                                "      test:38:7\n"
                                "      when:\n"
                                "        ✗ b   is there (3 bytes)\n"),
       "explain: what does not apply, and why");
    ok(!strstr(view_text(&view), "broken"), "no message of what is not false");
    view.style.quiet = true;
    verdict = view_decide(&view, "use");
    gp_text_explain(&view.out, &view.style, &view.subject, view.world.eval, &verdict);
    is_str(view_text(&view), "/srv/tree: use allowed; needs gone (state: new, stated)\n", "explain, quiet");
    view_end(&view);
}

static const char *why_text(struct view *view)
{
    struct gp_why why;

    world_open(&view->world);
    if (gp_why(view->world.eval, world_find(&view->world.rules->defs.messages, "broken"), &why) < 0)
        bail("no memory");
    gp_strbuf_reset(&view->out);
    gp_text_why(&view->out, &view->style, &view->subject, view->world.eval, &why);
    return view_text(view);
}

static void why(void)
{
    struct view view;

    view_rules(&view, set);
    gp_memtree_zeros(view.world.tree, "store", 30);
    gp_memtree_zeros(view.world.tree, "a", 30);
    gp_memtree_zeros(view.world.tree, "torn", 30);
    is_str(why_text(&view),
           "/srv/tree: broken is because of torn\n"
           "\n"
           "  The store is broken.\n"
           "\n"
           "  ✗ torn   It is torn.\n"
           "      torn   is there (30 bytes)\n"
           "      test:29:7 · Q3\n"
           "  → Glue it.\n"
           "\n"
           "  ✓ excluded: use/second, lost\n",
           "why: the certain cause, with evidence and remedy");
    gp_memtree_remove(view.world.tree, "torn");
    gp_memtree_link(view.world.tree, "torn");
    is_str(why_text(&view),
           "/srv/tree: broken may be because of torn\n"
           "\n"
           "  The store is broken.\n"
           "\n"
           "  ? torn   perhaps: It is torn.\n"
           "      torn   cannot be told: it is a symbolic link, and links are never followed\n"
           "      test:29:7 · Q3\n"
           "  → put what the link leads to in its place\n"
           "\n"
           "  ✓ excluded: use/second, lost\n",
           "why: a cause that is not known, and what would decide");
    gp_memtree_remove(view.world.tree, "torn");
    is_str(why_text(&view),
           "/srv/tree: broken has no documented cause here\n"
           "\n"
           "  The store is broken.\n"
           "\n"
           "  ✓ second (use)   It is not of the second kind\n"
           "      marker kind   expected second, found first\n"
           "      a             is there (30 bytes)\n"
           "      test:38:7\n"
           "\n"
           "  ✓ torn   not so: It is torn.\n"
           "      torn   is not there\n"
           "      test:29:7 · Q3\n"
           "\n"
           "  ✓ lost   not so: It is lost.\n"
           "      a   is there (30 bytes)\n"
           "      its guard (when) does not hold\n"
           "      test:30:7\n",
           "why: nothing applies: what excludes each");
    view.style.quiet = true;
    is_str(why_text(&view), "/srv/tree: broken has no documented cause here\n", "why, quiet");
    view_end(&view);
}

static const char *way_text(struct view *view, const char *goal)
{
    const struct gp_named_cond *state = world_find(&view->world.rules->defs.states, goal);
    struct gp_way way;

    world_open(&view->world);
    if (gp_find_way(view->world.eval, state, &way) < 0)
        bail("no memory");
    gp_strbuf_reset(&view->out);
    gp_text_way(&view->out, &view->style, &view->subject, view->world.eval, state, &way);
    return view_text(view);
}

static void way(void)
{
    struct view view;

    view_rules(&view, set);
    gp_memtree_zeros(view.world.tree, "a", 1);
    is_str(way_text(&view, "old"),
           "/srv/tree: old is 1 operation away (state: new, stated)\n"
           "\n"
           "1. use   new → old   Use it\n"
           "   allowed; needs gone; the program decides to which of several states it leads\n"
           "\n"
           "  ? gone   Nobody works\n"
           "      attestation gone   nobody has attested it   (Everybody is gone)\n"
           "      test:43:7\n"
           "  → gatepost attest gone /srv/tree --reason …\n"
           "\n"
           "  ✓ second\n",
           "plan: the way, and what its first step lacks");
    is_str(way_text(&view, "new"), "/srv/tree: new is the present state (state: new, stated)\n", "plan: already there");
    gp_memtree_zeros(view.world.tree, "old", 1);
    is_str(way_text(&view, "new"),
           "/srv/tree: new cannot be reached (state: old, inferred)\n"
           "  no documented operation leads from old to new\n",
           "plan: no way");
    gp_memtree_remove(view.world.tree, "old");
    gp_memtree_link(view.world.tree, "old");
    is_str(way_text(&view, "new"),
           "/srv/tree: new: the way cannot be told (state: undetermined: old, new)\n"
           "  the present state could not be determined\n"
           "\n"
           "  ? old   Old\n"
           "      old   cannot be told: it is a symbolic link, and links are never followed\n"
           "  → put what the link leads to in its place\n"
           "\n"
           "  ? new   New\n"
           "      old   cannot be told: it is a symbolic link, and links are never followed\n"
           "  → put what the link leads to in its place\n",
           "plan: where to start is not known, and what would decide");
    view_end(&view);
}

static void history(void)
{
    struct gp_subject subject = {.directory = "/srv/tree"};
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_strbuf out = {0};
    struct gp_ledger ledger;
    char whole[512];

    if (!arena || gp_ledger_parse(arena, world_str(LEDGER "x\ny\n"), &ledger) < 0)
        bail("no memory");
    gp_text_history(&out, &plain, &subject, &ledger);
    snprintf(whole, sizeof(whole),
             "/srv/tree: 2 entries in the ledger\n%s"
             "  ! 2 lines are damaged or not written by Gatepost, and not believed\n"
             "      line 3: not JSON\n      line 4: not JSON\n",
             ledger_lines);
    is_str(gp_strbuf_text(&out), whole, "history");
    gp_strbuf_reset(&out);
    ledger = (struct gp_ledger){0};
    gp_text_history(&out, &plain, &subject, &ledger);
    is_str(gp_strbuf_text(&out), "/srv/tree: 0 entries in the ledger\n", "history of what was never touched");
    gp_strbuf_reset(&out);
    ledger.cut = true;
    gp_text_history(&out, &plain, &subject, &ledger);
    is_str(gp_strbuf_text(&out),
           "/srv/tree: 0 entries in the ledger\n  … older entries were not read: the ledger is very long\n",
           "history that was cut is not called empty");
    gp_strbuf_done(&out);
    gp_arena_free(arena);
}

static void plan_text(void)
{
    static const char *inside[] = {"a", "sub/", "sub/b\033"};
    static struct gp_change changes[] = {{.offset = 175, .old = {"W", 1}, .new = {"S", 1}},
                                         {.offset = 176, .new = {"abcdefghijklmn\0\377", 16}}};
    static struct gp_primitive primitives[] = {
        {.kind = GP_PRIMITIVE_CREATE, .path = "new", .new_size = 1, .new_attributes = 1},
        {.kind = GP_PRIMITIVE_CREATE, .path = "dir", .directory = true, .inside = inside, .inside_count = 3},
        {.kind = GP_PRIMITIVE_REPLACE, .path = "GLB/M", .old_size = 176, .new_size = 1234, .changes = changes,
         .change_count = 2, .more_changes = true, .old_attributes = 1},
        {.kind = GP_PRIMITIVE_ATTRIBUTES, .path = "x\n", .old_attributes = 3, .new_attributes = 4},
        {.kind = GP_PRIMITIVE_REMOVE, .path = "gone", .old_size = 2048},
    };
    const struct gp_plan plan = {.data = primitives, .count = GP_COUNT(primitives)}, nothing = {0};
    struct gp_strbuf out = {0};

    gp_text_plan(&out, &plain, &plan);
    is_str(gp_strbuf_text(&out),
           "  + create     new     1 byte, read-only\n"
           "  + create     dir/    a directory\n"
           "  + create     dir/a\n"
           "  + create     dir/sub/\n"
           "  + create     dir/sub/b\\x1b\n"
           "  ~ change     GLB/M   176 bytes → 1,234 bytes, read-only → none\n"
           "      - 0x000000af  57                                               |W|\n"
           "      + 0x000000af  53                                               |S|\n"
           "      + 0x000000b0  61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 00 ff  |abcdefghijklmn..|\n"
           "      … and more\n"
           "  ~ attributes x\\x0a   read-only, hidden → system\n"
           "  - remove     gone    2,048 bytes\n",
           "the plan of an action as a diff");
    gp_strbuf_reset(&out);
    gp_text_plan(&out, &plain, &nothing);
    is_str(gp_strbuf_text(&out), "  nothing to change\n", "one without a step that changes anything");
    gp_strbuf_done(&out);
}

static void lists(void)
{
    struct view view;
    const struct gp_ruleset *rules;

    view_rules(&view, set);
    rules = view.world.rules;
    gp_text_section(&view.out, &view.style, rules, GP_SECTION_STATE);
    is_str(view_text(&view), "old   Old\nnew   New\n", "a list of states");
    gp_strbuf_reset(&view.out);
    gp_text_section(&view.out, &view.style, rules, GP_SECTION_MARKER);
    is_str(view_text(&view), "kind          What it is\nsize\nset\nasked\nasked-too\nasked-three\n",
           "markers, some without a title");
    gp_strbuf_reset(&view.out);
    gp_text_definition(&view.out, &view.style, rules, GP_SECTION_MARKER,
                       gp_map_find(&rules->defs.markers, world_str("kind")), NULL, (struct timespec){0});
    is_str(view_text(&view),
           "marker kind: What it is\n"
           "  stated, test:7:3 · Q9\n"
           "\n"
           "  kind:\n"
           "    title: What it is\n"
           "    basis: stated\n"
           "    source: [Q9]\n"
           "    cases:\n"
           "      - { when: { file: a }, value: first }\n"
           "      - { when: small, value: second }\n",
           "one definition as its file has it");
    gp_strbuf_reset(&view.out);
    gp_text_definition(&view.out, &view.style, rules, GP_SECTION_CONDITION,
                       gp_map_find(&rules->defs.conditions, world_str("small")), NULL, (struct timespec){0});
    is_str(view_text(&view),
           "condition small: Small\n"
           "  test:21:3\n"
           "\n"
           "  small: { title: Small, file: store, size: { max: 9 } }\n",
           "one on a line");
    gp_strbuf_reset(&view.out);
    gp_text_definition(&view.out, &view.style, rules, GP_SECTION_CONDITION,
                       gp_map_find(&rules->defs.conditions, world_str("small")), "small:\n  x: 1  # a:2\n",
                       (struct timespec){0});
    is_str(view_text(&view),
           "condition small: Small\n"
           "  test:21:3\n"
           "\n"
           "  small:\n"
           "    x: 1  # a:2\n",
           "one as it is in effect");
    view_end(&view);
}

int main(void)
{
    inspect();
    explain();
    why();
    way();
    history();
    plan_text();
    lists();
    return done_testing();
}
