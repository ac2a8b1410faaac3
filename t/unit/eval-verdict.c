/* Verdicts, states, waivers, ensures, texts: language.md 7 to 9 and 11. */
#include "eval-helper.h"
#include "eval/inspect.h"
#include "eval/internal.h"

static const char *const kinds[] = {
    [GP_ALLOWED] = "allowed", [GP_DENIED] = "denied", [GP_UNDETERMINED] = "undetermined"};

/* "denied (stated)" */
static const char *verdict_words(struct world *w, const struct gp_verdict *verdict)
{
    snprintf(w->text, sizeof(w->text), "%s%s%s%s", kinds[verdict->kind], verdict->basis ? " (" : "",
             gp_basis_name(verdict->basis), verdict->basis ? ")" : "");
    return w->text;
}

static const char *decide(struct world *w, const char *operation, struct gp_verdict *ret)
{
    world_settle(w, operation);
    if (gp_decide(w->eval, ret) < 0)
        bail("no memory");
    return verdict_words(w, ret);
}

static const char *requirement_words(struct world *w, const struct gp_requirement_verdict *one)
{
    struct gp_strbuf out = {0};

    world_words(&out, one->result, one->reason, one->basis, one->detail);
    return world_keep(w, &out);
}

/* ---- severities -------------------------------------------------------------------------------------------------- */

#define CONDITIONS                                         \
    "vars: { unset: { type: string } }\n"                  \
    "conditions:\n"                                        \
    "  t: { file: there, basis: stated }\n"                \
    "  i: { file: there, basis: inferred }\n"              \
    "  f: { file: gone, basis: inferred }\n"               \
    "  g: { file: gone, basis: assumed }\n"                \
    "  u: { file: closed }\n"                              \
    "  n: { var: unset, is: x }\n"

static void build(struct world *w)
{
    gp_memtree_file(w->tree, "there", "12345", 5);
    gp_memtree_file(w->tree, "closed", "", 0);
    gp_memtree_fail(w->tree, "closed", EACCES);
    world_open(w);
}

/* refuse, need and warn, each of one result (t, f, u, n), and what becomes of the whole in four modes. */
static const char *const modes[] = {"check", "run", "strict", "strict run"};

static const char *expected(char refuse, char need, char warn, bool run, bool strict)
{
    if (refuse == 'f' || need == 'f')
        return "denied";
    if (strict && (need == 'u' || warn == 'f' || warn == 'u'))
        return "denied";
    if (refuse == 'u' || (run && need == 'u'))
        return "undetermined";
    return "allowed";
}

static void severities(void)
{
    static const char results[] = "tfun";

    for (int i = 0; i < 64; i++) {
        char refuse = results[i & 3], need = results[i >> 2 & 3], warn = results[i >> 4 & 3], yaml[1024];
        unsigned wrong = 0;

        snprintf(
            yaml, sizeof(yaml),
            CONDITIONS
            "operations:\n  go:\n    requires:\n"
            "      a: { that: %c }\n      b: { severity: need, that: %c }\n      c: { severity: warn, that: %c }\n",
            refuse, need, warn);
        for (int mode = 0; mode < 4; mode++) {
            struct gp_verdict verdict;
            struct world w;

            world_rules(&w, yaml);
            w.it.needs_must_hold = mode & 1;
            w.it.strict = mode & 2;
            build(&w);
            decide(&w, "go", &verdict);
            if (strcmp(kinds[verdict.kind], expected(refuse, need, warn, mode & 1, mode & 2)) != 0) {
                diag("%s: %s", modes[mode], kinds[verdict.kind]);
                wrong++;
            }
            wrong += verdict.requirement_count != 3; /* all are told, also behind one that decides */
            world_end(&w);
        }
        is_int(wrong, 0, "refuse %c, need %c, warn %c, in four modes", refuse, need, warn);
    }
}

/* ---- guards, waivers, basis -------------------------------------------------------------------------------------- */

static void requirements(void)
{
    static const struct world_row rows[] = {
        {"plain", "true (stated)"},
        {"own-basis", "true (assumed)"},
        {"guard-basis", "true (inferred)"},
        {"guard-false", "n/a: its guard (when) does not hold"},
        {"guard-na", "n/a: the variable unset is not set"},
        {"guard-unknown-true", "true (stated)"},
        {"guard-unknown-false", "unknown no-permission: closed: permission was denied"},
        {"guard-unknown-na", "n/a: the variable unset is not set"},
        {"guard-true-unknown", "unknown no-permission: closed: permission was denied"},
        {"waived", "n/a: waived: the NAS sees to it"},
        {"waived-today", "n/a: waived: the NAS sees to it"},
        {"waived-yesterday", "false (inferred)"},
        {"waived-for-ever", "n/a: waived: the NAS sees to it"},
    };
    struct gp_verdict verdict;
    struct world w;

    world_rules(&w, CONDITIONS
                "operations:\n"
                "  go:\n"
                "    requires:\n"
                "      plain: { that: t }\n"
                "      own-basis: { that: t, basis: assumed }\n"
                "      guard-basis: { when: i, that: t }\n"
                "      guard-false: { when: f, that: u }\n"
                "      guard-na: { when: n, that: f }\n"
                "      guard-unknown-true: { when: u, that: t }\n"
                "      guard-unknown-false: { when: u, that: f }\n"
                "      guard-unknown-na: { when: u, that: n }\n"
                "      guard-true-unknown: { when: t, that: u }\n"
                "      waived: { that: f, waived: the NAS sees to it, until: 2027-02-28 }\n"
                "      waived-today: { that: f, waived: the NAS sees to it, until: 2027-01-31 }\n"
                "      waived-yesterday: { that: f, waived: the NAS sees to it, until: 2027-01-30 }\n"
                "      waived-for-ever: { that: f, waived: the NAS sees to it }\n");
    build(&w);
    is_str(decide(&w, "go", &verdict), "denied (inferred)", "the whole");
    is_int((int)verdict.requirement_count, GP_COUNT(rows), "all are decided");
    for (size_t i = 0; i < verdict.requirement_count && i < GP_COUNT(rows); i++) {
        const struct gp_requirement_verdict *one = &verdict.requirements[i];

        ok(gp_str_is(one->requirement->def.id, rows[i].id), "%s stands in the order of the set", rows[i].id);
        is_str(requirement_words(&w, one), rows[i].want, "%s", rows[i].id);
        is_int(one->waived, strncmp(rows[i].want, "n/a: waived", 11) == 0, "%s, waived or not", rows[i].id);
    }
    world_end(&w);
}

static void bases(void)
{
    static const struct {
        const char *requires, *want;
    } rows[] = {
        {"a: { that: t }, b: { that: i }", "allowed (inferred)"},
        {"a: { that: t }, b: { that: n }", "allowed (stated)"},
        {"a: { that: t }, b: { severity: need, that: i }", "allowed (inferred)"},
        {"a: { that: t }, b: { severity: warn, that: i }", "allowed (stated)"},
        {"a: { that: g }, b: { that: f }, c: { that: t }", "denied (inferred)"},
        {"a: { that: g }, b: { severity: need, that: f }", "denied (inferred)"},
        {"a: { that: g }, b: { severity: warn, that: f }", "denied (assumed)"},
        {"a: { that: t }, b: { that: u }", "undetermined"},
        {"a: { that: n }", "allowed"},
        {"a: { that: { file: there } }", "allowed"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_verdict verdict;
        struct world w;
        char yaml[1024];

        snprintf(yaml, sizeof(yaml), CONDITIONS "operations:\n  go:\n    requires: { %s }\n", rows[i].requires);
        world_rules(&w, yaml);
        build(&w);
        is_str(decide(&w, "go", &verdict), rows[i].want, "%s", rows[i].requires);
        world_end(&w);
    }
}

/* ---- texts ------------------------------------------------------------------------------------------------------- */

static void otherwise(void)
{
    const struct gp_requirement_verdict *one;
    struct gp_verdict verdict;
    struct world w;

    world_rules(
        &w, CONDITIONS
        "messages: { stop: { text: Stop } }\n"
        "operations:\n"
        "  back: { requires: { x: { that: t } } }\n"
        "  go:\n"
        "    params: { disk: { type: string } }\n"
        "    requires:\n"
        "      wrong:\n"
        "        that: f\n"
        "        otherwise:\n"
        "          { message: stop, cause: \"No ${disk}\", remedy: { operation: back, text: \"Take ${disk}\" } }\n"
        "      right:\n"
        "        that: t\n"
        "        otherwise: { message: stop, cause: Never shown, remedy: { text: Never shown } }\n"
        "      unclear: { that: u, otherwise: { cause: Shown } }\n"
        "      bare: { that: f }\n");
    world_give(&w, "disk", "A:");
    build(&w);
    decide(&w, "go", &verdict);
    one = &verdict.requirements[0];
    is_str(one->cause, "No A:", "a cause has its names in place");
    is_str(one->remedy_text, "Take A:", "a remedy, too");
    ok(one->message == world_find(&w.rules->defs.messages, "stop"), "the message");
    ok(one->remedy_operation == world_operation(&w, "back"), "the operation that helps");
    one = &verdict.requirements[1];
    ok(!one->cause && !one->remedy_text && one->message, "what holds has a message but needs no texts");
    is_str(verdict.requirements[2].cause, "Shown", "what is not known has a cause to show");
    one = &verdict.requirements[3];
    ok(!one->cause && !one->message && !one->remedy_operation, "nothing to say is fine");
    world_end(&w);
}

/* ---- ensures ----------------------------------------------------------------------------------------------------- */

static void ensures(void)
{
    static const char *const rows[][2] = {
        {"a: { that: t }, b: { that: n }", "allowed (stated)"}, {"a: { that: n }", "allowed"},
        {"a: { that: t }, b: { that: f }", "denied (inferred)"}, {"a: { that: u }, b: { that: t }", "undetermined"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_verdict verdict;
        struct world w;
        char yaml[1024];

        snprintf(yaml, sizeof(yaml),
                 CONDITIONS "operations:\n  go:\n    requires: { x: { that: f } }\n    ensures: { %s }\n", rows[i][0]);
        world_rules(&w, yaml);
        build(&w);
        world_settle(&w, "go");
        is_int(gp_decide_ensures(w.eval, &verdict), 0, "ensures are decided");
        is_str(verdict_words(&w, &verdict), rows[i][1], "ensures { %s }", rows[i][0]);
        world_end(&w);
    }
}

/* ---- states ------------------------------------------------------------------------------------------------------ */

static const char *state_words(struct world *w, const struct gp_state_verdict *state)
{
    static const char *const names[] = {[GP_STATE_NAMED] = "named",
                                        [GP_STATE_AMBIGUOUS] = "ambiguous",
                                        [GP_STATE_UNDETERMINED] = "undetermined",
                                        [GP_STATE_UNRECOGNISED] = "unrecognised"};
    struct gp_strbuf out = {0};

    if (state->none)
        return "none";
    gp_strbuf_printf(&out, "%s", names[state->kind]);
    if (state->basis)
        gp_strbuf_printf(&out, " (%s)", gp_basis_name(state->basis));
    for (size_t i = 0; i < state->candidate_count; i++)
        gp_strbuf_printf(&out, " %.*s", GP_STR_ARG(state->candidates[i]->id));
    return world_keep(w, &out);
}

static void states(void)
{
    static const struct {
        const char *a, *b, *c, *want;
    } rows[] = {
        {"t", "f", "f", "named (stated) a"},
        {"f", "i", "g", "named (inferred) b"},
        {"t", "f", "n", "named (stated) a"},
        {"t", "i", "f", "ambiguous a b"},
        {"t", "i", "u", "ambiguous a b"},
        {"t", "u", "f", "undetermined a b"},
        {"f", "u", "u", "undetermined b c"},
        {"f", "f", "g", "unrecognised"},
        {"n", "n", "n", "unrecognised"},
    };
    struct gp_state_verdict state;
    struct world w;

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        char yaml[1024];

        snprintf(yaml, sizeof(yaml), CONDITIONS "states: { a: %s, b: %s, c: %s }\n", rows[i].a, rows[i].b, rows[i].c);
        world_rules(&w, yaml);
        build(&w);
        is_int(gp_decide_state(w.eval, &state), 0, "the state is decided");
        is_str(state_words(&w, &state), rows[i].want, "states %s %s %s", rows[i].a, rows[i].b, rows[i].c);
        ok((state.name != NULL) == (state.kind == GP_STATE_NAMED), "a name only where there is one");
        struct gp_proof *proofs = state.proofs;
        is_int(gp_decide_state(w.eval, &state), 0, "once more");
        ok(state.proofs == proofs, "is remembered");
        world_end(&w);
    }
    world_rules(&w, CONDITIONS);
    build(&w);
    is_int(gp_decide_state(w.eval, &state), 0, "a set without states");
    is_str(state_words(&w, &state), "none", "has none");
    world_end(&w);
}

/* ---- inspect ----------------------------------------------------------------------------------------------------- */

#define LINE(name, when)                                                                                               \
    "{\"id\":\"" name "\",\"kind\":\"attestation\",\"name\":\"" name                                                   \
    "\",\"ruleset\":\"test\",\"who\":\"ann\",\"host\":\"h\",\"when\":\"" when "\"}\n"

static const char *attestation_words(struct world *w, const struct gp_inspection *it, size_t index)
{
    const struct gp_inspected_attestation *one = &it->attestations[index];

    snprintf(w->text, sizeof(w->text), "%.*s %s%s%s%s", GP_STR_ARG(one->attestation->def.id),
             one->valid ? "valid" : "not valid", one->newest ? ", given" : "", one->detail ? ": " : "",
             one->detail ? one->detail : "");
    return w->text;
}

static void inspect(void)
{
    static const char *const yaml = "attestations:\n"
                                    "  fresh: { title: a, within: 1 h }\n"
                                    "  stale: { title: b, within: 1 h }\n"
                                    "  never: { title: c }\n"
                                    "  assumed: { title: d }\n"
                                    "markers: { size: { read: { size: there } }, none: { read: { size: gone } } }\n"
                                    "states: { full: { file: there }, bare: { absent: there } }\n";
    struct gp_inspection it;
    struct world w;

    world_rules(&w, yaml);
    world_assume(&w, "assumed", "");
    gp_memtree_ledger(w.tree, LINE("fresh", "2027-01-31T11:59:00Z") LINE("stale", "2027-01-31T01:00:00Z"));
    build(&w);
    is_int(gp_inspect(w.eval, &it), 0, "inspect");
    is_str(state_words(&w, &it.state), "named full", "the state");
    is_int((int)it.marker_count, 2, "all markers");
    is_str(world_reading(&w, &it.markers[0].reading), "true: 5 bytes", "one with a value");
    is_str(world_reading(&w, &it.markers[1].reading), "unknown no-value: gone: it is not there", "one without");
    is_int((int)it.attestation_count, 4, "all attestations");
    is_str(attestation_words(&w, &it, 0), "fresh valid, given", "one that counts");
    is_str(attestation_words(&w, &it, 1),
           "stale not valid, given: attested by ann at 2027-01-31T01:00:00Z, which holds for 1 h and is over",
           "one that is over");
    is_str(attestation_words(&w, &it, 2), "never not valid: nobody has attested it", "one that nobody gave");
    is_str(attestation_words(&w, &it, 3), "assumed valid", "one that is taken as given");
    ok(it.ledger && it.ledger->count == 2 && it.ledger_reason == GP_REASON_NONE, "the ledger");
    gp_memtree_ledger_fail(w.tree, EACCES);
    world_open(&w);
    is_int(gp_inspect(w.eval, &it), 0, "inspect without a ledger");
    ok(!it.ledger && it.ledger_reason == GP_REASON_NO_PERMISSION, "says why");
    is_str(attestation_words(&w, &it, 2), "never not valid: permission was denied", "an attestation, too");
    is_str(attestation_words(&w, &it, 3), "assumed valid", "but not one that is taken as given");
    world_end(&w);
}

/* The loader bounds how deep definitions rest on each other; the evaluation has a bound of its own below it. */
static void depth(void)
{
    static const char *const words = "unknown limit: too many conditions rest on each other";
    struct world w;

    world_rules(&w, "markers: { size: { read: { size: there } } }\nconditions: { c: { file: there } }\n");
    build(&w);
    w.eval->depth = GP_LIMIT_EVAL_DEPTH;
    is_str(world_cond(&w, "c"), words, "a condition past the limit");
    is_str(world_marker(&w, "size"), "unknown limit: too many markers and conditions rest on each other",
           "a marker past the limit");
    world_open(&w);
    w.eval->depth = GP_LIMIT_EVAL_DEPTH - 1;
    is_str(world_cond(&w, "c"), "true", "a condition at the limit");
    is_str(world_marker(&w, "size"), "true: 5 bytes", "a marker at the limit");
    is_int(w.eval->depth, GP_LIMIT_EVAL_DEPTH - 1, "and the depth is put back");
    world_end(&w);
}

int main(void)
{
    severities();
    requirements();
    bases();
    otherwise();
    ensures();
    states();
    inspect();
    depth();
    return done_testing();
}
