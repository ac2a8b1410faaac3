/* why: which message a text means, which of its causes apply; plan: the way to a state. */
#include "eval-helper.h"

/* ---- which message ----------------------------------------------------------------------------------------------- */

#define MESSAGES                                                                                                       \
    "messages:\n"                                                                                                      \
    "  cannot: { text: This Postoffice cannot be updated. Consult Support for more., also: [Update refused now] }\n" \
    "  no-files: { text: \"Could Not Find Mail System Data Files on Drive …:\" }\n"                                   \
    "  short: { text: Stop }\n"                                                                                        \
    "  wait: { text: \"Please wait ... while … is copied\" }\n"                                                       \
    "  twin-one: { text: The same words stand here }\n"                                                                \
    "  twin-two: { text: \"The same words stand here!\" }\n"                                                           \
    "  longer: { text: \"The same words stand here, and more of them\" }\n"                                            \
    "  only-gap: { text: \"…\" }\n"

static void matches(void)
{
    static const char *const rows[][2] = {
        {"This Postoffice cannot be updated. Consult Support for more.", "cannot"},
        {"this post office CANNOT be updated -- consult support for more", "cannot"},
        {"update refused now", "cannot"},
        {"post office cannot be updated", "cannot"},
        {"The program said: This Postoffice cannot be updated. Consult Support for more. [OK]", "cannot"},
        {"postoffi", "cannot"},
        {"postoff", ""},
        {"Could not find mail system data files on drive M:", "no-files"},
        {"Could not find mail system data files on drive", "no-files"},
        {"find mail system data", "no-files"},
        {"Error: could not find mail system data files on drive Q: (retry)", "no-files"},
        {"Please wait while X.DLL is copied", "wait"},
        {"please wait 3 minutes while everything is copied", "wait"},
        {"wait 3 minutes while everything is cop", "wait"},
        {"Please wait while X.DLL is deleted", ""},
        {"wait while nothing", ""},
        {"stop", "short"},
        {"stop the press", ""},
        {"SHORT", "short"},
        {"cannot", "cannot"},
        {"the same words stand here", "twin-one twin-two"},
        {"same words stand", "twin-one twin-two longer"},
        {"the same words stand here, and more of them", "longer"},
        {"the same words stand here and more", "twin-one twin-two longer"},
        {"nothing like it at all", ""},
        {"", ""},
        {"...", ""},
    };
    struct world w;

    world_rules(&w, MESSAGES);
    world_open(&w);
    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        const struct gp_message **hits = NULL;
        struct gp_strbuf out = {0};
        size_t count = 0;

        is_int(gp_why_match(w.rules, world_str(rows[i][0]), gp_eval_arena(w.eval), &hits, &count), 0,
               "a text is looked for");
        for (size_t k = 0; k < count; k++)
            gp_strbuf_printf(&out, "%s%.*s", k ? " " : "", GP_STR_ARG(hits[k]->def.id));
        is_str(world_keep(&w, &out), rows[i][1], "'%s'", rows[i][0]);
    }
    world_end(&w);
}

/* Texts that nobody would write, against messages that nobody would: it must come back. */
static void long_texts(void)
{
    const struct gp_message **hits;
    char text[5000], yaml[6000];
    size_t count = 0;
    struct world w;

    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    snprintf(yaml, sizeof(yaml), "messages: { m: { text: \"a…a…a…a…a…a…a…a…a…ab\" }, n: { text: %.4000s } }\n", text);
    world_rules(&w, yaml);
    world_open(&w);
    is_int(gp_why_match(w.rules, world_str(text), gp_eval_arena(w.eval), &hits, &count), 0, "gaps over gaps end");
    is_int((int)count, 2, "and each of the two has enough in common with it");
    world_end(&w);
}

/* ---- which cause ------------------------------------------------------------------------------------------------- */

#define RULES                                                                                                          \
    "vars: { unset: { type: string } }\n"                                                                              \
    "messages:\n"                                                                                                      \
    "  stop:\n"                                                                                                        \
    "    text: Stop this\n"                                                                                            \
    "    causes:\n"                                                                                                    \
    "      own-true: { that: { file: there }, cause: \"At ${root}\", remedy: { text: Take it away }, source: [Q1] }\n" \
    "      own-false: { that: { file: gone }, cause: c }\n"                                                            \
    "      own-unknown: { that: { file: closed }, cause: c }\n"                                                        \
    "      own-na: { that: { var: unset, is: x }, cause: c }\n"                                                        \
    "      guard-false: { when: { file: gone }, that: { file: there }, cause: c }\n"                                   \
    "      guard-true: { when: { file: there }, that: { file: there }, cause: c }\n"                                   \
    "      guard-unknown: { when: { file: closed }, that: { file: there }, cause: c }\n"                               \
    "      guard-unknown-false: { when: { file: closed }, that: { file: gone }, cause: c }\n"                          \
    "      guard-unknown-na: { when: { file: closed }, that: { var: unset, is: x }, cause: c }\n"                      \
    "  other: { text: Another }\n"                                                                                     \
    "operations:\n"                                                                                                    \
    "  a:\n"                                                                                                           \
    "    params: { disk: { type: string, default: one } }\n"                                                           \
    "    requires:\n"                                                                                                  \
    "      holds: { that: { file: there }, otherwise: { message: stop, cause: \"With ${disk}\" } }\n"                  \
    "      fails: { that: { file: gone }, otherwise: { message: stop, cause: \"With ${disk}\" }, source: [Q2] }\n"     \
    "      elsewhere: { that: { file: gone }, otherwise: { message: other, cause: c } }\n"                             \
    "      silent: { that: { file: gone } }\n"                                                                         \
    "  b:\n"                                                                                                           \
    "    params: { disk: { type: string, default: two } }\n"                                                           \
    "    requires:\n"                                                                                                  \
    "      unclear: { that: { file: closed }, otherwise: { message: stop, cause: \"With ${disk}\" } }\n"               \
    "      guarded: { when: { file: gone }, that: { file: gone }, otherwise: { message: stop, cause: c } }\n"          \
    "      by-disk: { that: { param: disk, is: one }, otherwise: { message: stop, cause: \"With ${disk}\" } }\n"       \
    "      waived: { that: { file: gone }, waived: known, otherwise: { message: stop, cause: c } }\n"

static void causes(void)
{
    static const char *const words[] = {
        [GP_CAUSE_CERTAIN] = "certain", [GP_CAUSE_EXCLUDED] = "excluded", [GP_CAUSE_UNDECIDED] = "undecided"};
    static const struct {
        const char *operation, *id, *want, *cause;
    } rows[] = {
        {"a", "holds", "excluded", "With one"},
        {"a", "fails", "certain", "With one"},
        {"b", "unclear", "undecided", "With two"},
        {"b", "guarded", "excluded", "c"},
        {"b", "by-disk", "certain", "With two"},
        {"b", "waived", "excluded", "c"},
        {NULL, "own-true", "certain", "At "},
        {NULL, "own-false", "excluded", "c"},
        {NULL, "own-unknown", "undecided", "c"},
        {NULL, "own-na", "excluded", "c"},
        {NULL, "guard-false", "excluded", "c"},
        {NULL, "guard-true", "certain", "c"},
        {NULL, "guard-unknown", "undecided", "c"},
        {NULL, "guard-unknown-false", "excluded", "c"},
        {NULL, "guard-unknown-na", "excluded", "c"},
    };
    struct gp_why why;
    struct world w;

    world_rules(&w, RULES);
    gp_memtree_file(w.tree, "there", "", 0);
    gp_memtree_file(w.tree, "closed", "", 0);
    gp_memtree_fail(w.tree, "closed", EACCES);
    world_open(&w);
    world_settle(&w, "a");
    is_int(gp_why(w.eval, world_find(&w.rules->defs.messages, "stop"), &why), 0, "why");
    ok(gp_eval_operation(w.eval) == world_operation(&w, "a"), "leaves the operation as it was");
    is_int((int)why.cause_count, GP_COUNT(rows), "the causes of the message and of no other");
    for (size_t i = 0; i < why.cause_count && i < GP_COUNT(rows); i++) {
        const struct gp_why_cause *one = &why.causes[i];

        ok(gp_str_is(one->id, rows[i].id), "%s comes in order", rows[i].id);
        ok(one->operation == (rows[i].operation ? world_operation(&w, rows[i].operation) : NULL), "%s, whose",
           rows[i].id);
        is_str(words[one->kind], rows[i].want, "%s", rows[i].id);
        ok(one->verdict.cause && strncmp(one->verdict.cause, rows[i].cause, strlen(rows[i].cause)) == 0,
           "%s, its text: %s", rows[i].id, one->verdict.cause ? one->verdict.cause : "-");
        ok((one->verdict.requirement != NULL) == (rows[i].operation != NULL), "%s, its requirement", rows[i].id);
        ok(one->verdict.message == why.message && one->at.source, "%s, its message and place", rows[i].id);
    }
    is_str(why.causes[6].verdict.remedy_text, "Take it away", "a remedy");
    ok(why.causes[6].source.count == 1 && why.causes[1].source.count == 1, "sources");
    world_end(&w);
}

/* ---- the way ----------------------------------------------------------------------------------------------------- */

#define GRAPH                                                                        \
    "states:\n"                                                                      \
    "  none: { none: [{ file: W }, { file: E }, { file: S }, { file: T }] }\n"       \
    "  workgroup: { file: W }\n"                                                     \
    "  extended: { file: E }\n"                                                      \
    "  server: { file: S }\n"                                                        \
    "  shadow: { file: T }\n"                                                        \
    "operations:\n"                                                                  \
    "  check: { requires: { x: { that: { file: W } } } }\n"                          \
    "  extend: { from: workgroup, to: extended, requires: { x: { that: { file: W } } } }\n"   \
    "  convert: { from: [workgroup, extended], to: server, requires: { x: { that: { file: key } } } }\n" \
    "  update: { from: extended, to: server, requires: { x: { that: { file: E } } } }\n"      \
    "  install: { from: none, to: [workgroup, extended], requires: { x: { that: { absent: W } } } }\n"

static const char *way_words(struct world *w, const struct gp_way *way)
{
    static const char *const names[] = {[GP_WAY_FOUND] = "found", [GP_WAY_NONE] = "none", [GP_WAY_UNKNOWN] = "unknown"};
    struct gp_strbuf out = {0};

    gp_strbuf_printf(&out, "%s", names[way->kind]);
    if (way->detail)
        gp_strbuf_printf(&out, ": %s", way->detail);
    for (size_t i = 0; i < way->step_count; i++) {
        const struct gp_way_step *step = &way->steps[i];
        const char *verdict = !step->verdict                      ? ""
                              : step->verdict->kind == GP_ALLOWED ? " allowed"
                              : step->verdict->kind == GP_DENIED  ? " denied"
                                                                  : " undetermined";

        gp_strbuf_printf(&out, "; %.*s %.*s>%.*s%s", GP_STR_ARG(step->operation->def.id), GP_STR_ARG(step->from->id),
                         GP_STR_ARG(step->to->id), verdict);
    }
    return world_keep(w, &out);
}

static void ways(void)
{
    static const struct {
        const char *files, *closed, *goal, *want;
    } rows[] = {
        {"W", "", "workgroup", "found"},
        {"W", "", "extended", "found; extend workgroup>extended allowed"},
        {"W", "", "server", "found; convert workgroup>server denied"},
        {"E", "", "server", "found; convert extended>server denied"},
        {"", "", "server", "found; install none>workgroup allowed; convert workgroup>server"},
        {"", "", "extended", "found; install none>extended allowed"},
        {"S", "", "server", "found"},
        {"S", "", "workgroup", "none: no documented operation leads from server to workgroup"},
        {"W", "", "shadow", "none: no documented operation leads from workgroup to shadow"},
        {"WE", "", "server", "unknown: several states hold at once, so it is not known where to start"},
        {"", "W", "server", "unknown: the present state could not be determined"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_way way;
        struct world w;

        world_rules(&w, GRAPH);
        for (const char *file = rows[i].files; *file; file++)
            gp_memtree_file(w.tree, (const char[]){*file, '\0'}, "", 0);
        if (rows[i].closed[0]) {
            gp_memtree_file(w.tree, rows[i].closed, "", 0);
            gp_memtree_fail(w.tree, rows[i].closed, EACCES);
        }
        world_open(&w);
        is_int(gp_find_way(w.eval, world_find(&w.rules->defs.states, rows[i].goal), &way), 0, "a way is looked for");
        is_str(way_words(&w, &way), rows[i].want, "from '%s' to %s", rows[i].files, rows[i].goal);
        ok(!gp_eval_operation(w.eval), "the operation is left as it was");
        world_end(&w);
    }
}

static void no_start(void)
{
    struct gp_way way;
    struct world w;

    world_rules(&w, "states: { a: { file: A }, b: { file: B } }\n"
                    "operations: { go: { from: a, to: b, requires: { x: { that: { file: A } } } } }\n");
    world_open(&w);
    is_int(gp_find_way(w.eval, world_find(&w.rules->defs.states, "b"), &way), 0, "from nowhere");
    is_str(way_words(&w, &way), "unknown: the tree is in none of the states, so no operation starts here",
           "there is no way known");
    world_end(&w);
}

int main(void)
{
    matches();
    long_texts();
    causes();
    ways();
    no_start();
    return done_testing();
}
