/* Evidence: which leaves of a proof are taken, in which order, and what their lines say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/evidence.h"
#include "tap.h"

static const struct gp_style unicode = {.unicode = true}, verbose = {.unicode = true, .verbose = true};
static struct gp_strbuf out;

static struct gp_page page_of(const struct gp_style *style)
{
    static const struct gp_subject subject = {.directory = "/srv/tree", .rules_option = ""};

    gp_strbuf_reset(&out);
    return (struct gp_page){.out = &out, .style = style, .subject = &subject};
}

/* The paths (or names, or details) of what was taken. */
static const char *taken(const struct gp_evidence *evidence)
{
    gp_strbuf_reset(&out);
    for (size_t i = 0; i < evidence->count; i++) {
        const struct gp_proof *leaf = evidence->leaves[i];
        gp_strbuf_add(&out, i ? " " : "");
        gp_strbuf_add(&out, leaf->path ? leaf->path : leaf->name.data ? leaf->name.data : leaf->detail);
    }
    return gp_strbuf_text(&out);
}

#define LEAF(result_, path_)                                                                                            \
    {.result = (result_), .subject = "file", .path = (path_), .expected = "exists", .found = "nothing"}
#define NODE(result_, array) {.result = (result_), .children = (array), .child_count = GP_COUNT(array)}

/* ---- what is taken ----------------------------------------------------------------------------------------------- */

static void gathering(void)
{
    struct gp_proof inner[] = {LEAF(GP_FALSE, "b"), LEAF(GP_TRUE, "spare"), LEAF(GP_FALSE, "a")};
    struct gp_proof under[] = {{.result = GP_UNKNOWN, .reason = GP_REASON_NOT_GIVEN, .detail = "not-given"}};
    struct gp_proof top[] = {NODE(GP_FALSE, inner), LEAF(GP_FALSE, "c"), LEAF(GP_FALSE, "b"), NODE(GP_UNKNOWN, under),
                             {.result = GP_TRUE}};
    struct gp_proof proof = NODE(GP_FALSE, top);
    struct gp_evidence evidence = {0};

    inner[1].spare = true;
    gp_evidence_add(&evidence, &proof);
    is_str(taken(&evidence), "b a c not-given", "decisive leaves in order, each once; a reason without a leaf, too");
    ok(!evidence.more, "and that is all");

    struct gp_proof waived = {.result = GP_NA, .detail = "waived: because", .waived = true};
    evidence = (struct gp_evidence){0};
    gp_evidence_add(&evidence, &waived);
    is_int((intmax_t)evidence.count, 0, "a waiver is no evidence");
    struct gp_proof na = {.result = GP_NA, .detail = "the variable x is not set"};
    gp_evidence_add(&evidence, &na);
    is_int((intmax_t)evidence.count, 1, "an unset variable is");

    struct gp_proof all_spare[] = {LEAF(GP_TRUE, "spare")};
    struct gp_proof leaf = {
        .result = GP_FALSE, .subject = "each", .path = "*", .children = all_spare, .child_count = 1};
    all_spare[0].spare = true;
    evidence = (struct gp_evidence){0};
    gp_evidence_add(&evidence, &leaf);
    is_str(taken(&evidence), "*", "an observation whose children did not decide speaks for itself");
}

static void markers(void)
{
    struct gp_proof inner[] = {LEAF(GP_TRUE, "byte")};
    struct gp_proof cases[] = {{.result = GP_TRUE, .subject = "marker", .name = GP_STR("type"), .children = inner,
                                .child_count = 1}};
    struct gp_proof proof = {.result = GP_TRUE, .subject = "marker", .name = GP_STR("kind"), .children = cases,
                             .child_count = 1};
    struct gp_evidence evidence = {0};

    gp_evidence_add(&evidence, &proof);
    is_str(taken(&evidence), "byte", "of a marker what it rests on");
    evidence = (struct gp_evidence){.markers = true};
    gp_evidence_add(&evidence, &proof);
    is_str(taken(&evidence), "kind byte", "or the marker before it, without the markers inside");
}

/* A condition that names another twice, which names another twice, …: 2^40 ways to one leaf. */
static void bounds(void)
{
    enum { DEPTH = 40, MANY = GP_EVIDENCE_LEAVES + 1 };
    struct gp_proof *shared = calloc(DEPTH, 2 * sizeof(*shared));
    struct gp_proof *leaves = calloc(MANY, sizeof(*leaves));
    char names[MANY][8];
    struct gp_evidence evidence = {0};
    struct gp_offenders offenders = {0};

    if (!shared || !leaves)
        bail("no memory");
    for (size_t i = 0; i < DEPTH; i++)
        for (size_t k = 0; k < 2; k++)
            shared[2 * i + k] = (struct gp_proof){.result = GP_FALSE,
                                                  .children = i + 1 < DEPTH ? &shared[2 * i + 2] : leaves,
                                                  .child_count = i + 1 < DEPTH ? 2 : 1};
    leaves[0] = (struct gp_proof)LEAF(GP_FALSE, "a");
    struct gp_proof proof = {.result = GP_FALSE, .children = shared, .child_count = 2};
    gp_evidence_add(&evidence, &proof);
    is_str(taken(&evidence), "a", "what is shared without end is taken once");
    ok(evidence.more, "and the search is given up in time");
    gp_offenders_of(&offenders, &proof);
    is_int((intmax_t)offenders.count, 0, "so is that for offenders");

    for (size_t i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof(names[i]), "%zu", i);
        leaves[i] = (struct gp_proof)LEAF(GP_FALSE, names[i]);
    }
    proof = (struct gp_proof){.result = GP_FALSE, .children = leaves, .child_count = GP_EVIDENCE_LEAVES};
    evidence = (struct gp_evidence){0};
    gp_evidence_add(&evidence, &proof);
    is_int((intmax_t)evidence.count, GP_EVIDENCE_LEAVES, "as many leaves as there is room for");
    ok(!evidence.more, "are all");
    proof.child_count = MANY;
    evidence = (struct gp_evidence){0};
    gp_evidence_add(&evidence, &proof);
    is_int((intmax_t)evidence.count, GP_EVIDENCE_LEAVES, "with one more");
    ok(evidence.more, "there is more");
    free(shared);
    free(leaves);
}

static void guards(void)
{
    static const struct {
        const char *name;
        enum gp_result when, that, whole;
        const char *leaves;
    } rows[] = {
        {"a guard that holds says nothing", GP_TRUE, GP_FALSE, GP_FALSE, "that"},
        {"the same of what is true", GP_TRUE, GP_TRUE, GP_TRUE, "that"},
        {"one that does not hold says all", GP_FALSE, GP_NA, GP_NA, "when"},
        {"one that is not known, before what is false", GP_UNKNOWN, GP_FALSE, GP_UNKNOWN, "when"},
        {"both unknown: both", GP_UNKNOWN, GP_UNKNOWN, GP_UNKNOWN, "when that"},
        {"only the condition is unknown", GP_TRUE, GP_UNKNOWN, GP_UNKNOWN, "that"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_requirement_verdict verdict = {
            .result = rows[i].whole, .when = LEAF(rows[i].when, "when"), .that = LEAF(rows[i].that, "that")};
        struct gp_evidence evidence = {0};
        gp_evidence_of(&evidence, &verdict);
        is_str(taken(&evidence), rows[i].leaves, "%s", rows[i].name);
    }
    struct gp_proof parts[] = {LEAF(GP_FALSE, "known"), LEAF(GP_UNKNOWN, "open"), LEAF(GP_FALSE, "known-too")};
    struct gp_requirement_verdict verdict = {
        .result = GP_UNKNOWN, .when.result = GP_TRUE, .that = NODE(GP_UNKNOWN, parts)};
    struct gp_evidence evidence = {0};
    gp_evidence_of(&evidence, &verdict);
    is_str(taken(&evidence), "open known known-too", "of what is unknown the unknown comes first");
}

static void repetition(void)
{
    struct gp_proof base = LEAF(GP_TRUE, "base");
    struct gp_proof four[] = {LEAF(GP_FALSE, "a"), LEAF(GP_FALSE, "b"), LEAF(GP_FALSE, "c"),
                              {.result = GP_FALSE, .subject = "marker", .name = GP_STR("kind"), .expected = "x",
                               .children = &base, .child_count = 1}};
    struct gp_proof other[] = {LEAF(GP_FALSE, "own"), LEAF(GP_FALSE, "c"), LEAF(GP_FALSE, "b"), LEAF(GP_FALSE, "a"),
                               four[3]};
    struct gp_proof proof = NODE(GP_FALSE, four), again = NODE(GP_FALSE, other);
    struct gp_evidence told = {.markers = true}, now = {.markers = true};

    other[4].expected = "y";
    gp_evidence_add(&told, &proof);
    gp_evidence_add(&now, &again);
    ok(gp_evidence_without(&now, &told), "all that was told before is in it");
    is_str(taken(&now), "own kind", "what is its own is left, and what it asks of a marker");
    struct gp_proof less = NODE(GP_FALSE, other);
    less.child_count = 3;
    now = (struct gp_evidence){.markers = true};
    gp_evidence_add(&now, &less);
    ok(!gp_evidence_without(&now, &told), "a part of what was told is told again");
    is_str(taken(&now), "own c b", "in full");
    told.count = GP_EVIDENCE_TIRING - 1;
    now = (struct gp_evidence){.markers = true};
    gp_evidence_add(&now, &again);
    ok(!gp_evidence_without(&now, &told), "what is short may be said twice");
}

/* ---- offenders --------------------------------------------------------------------------------------------------- */

static void offenders(void)
{
    struct gp_proof first[] = {LEAF(GP_FALSE, "a"), LEAF(GP_FALSE, "b"), LEAF(GP_TRUE, "fine")};
    struct gp_proof second[] = {LEAF(GP_FALSE, "c")};
    struct gp_proof parts[] = {NODE(GP_FALSE, first), LEAF(GP_FALSE, "plain"), NODE(GP_FALSE, second),
                               NODE(GP_FALSE, second)};
    struct gp_proof proof = NODE(GP_FALSE, parts);
    struct gp_offenders found = {0};
    struct gp_page page = page_of(&unicode);

    parts[0].offender_count = 1234;
    parts[2].offender_count = 1;
    parts[3].offender_count = 7;
    parts[3].spare = true;
    gp_offenders_of(&found, &proof);
    is_int((intmax_t)found.count, 1235, "offenders of all conditions that decided");
    is_int((intmax_t)found.shown_count, 3, "those that are shown");
    is_str(found.shown[2], "c", "are in order, and a plain condition has none");
    gp_offenders_write(&page, &found, 2);
    is_str(gp_strbuf_text(&out), "  1,235 of them; the first 3:\n", "how many there are");
    page = page_of(&unicode);
    found = (struct gp_offenders){.count = 3, .shown_count = 3};
    gp_offenders_write(&page, &found, 2);
    is_str(gp_strbuf_text(&out), "", "if all are shown that needs no words");
}

/* ---- what a leaf says -------------------------------------------------------------------------------------------- */

static void findings(void)
{
    static const struct {
        const char *subject, *finding;
        struct gp_proof leaf;
    } rows[] = {
        {"A",
         "is there (12 bytes)",
         {.result = GP_TRUE, .subject = "file", .path = "A", .expected = "exists", .found = "12 bytes"}},
        {"A",
         "is not there",
         {.result = GP_FALSE, .subject = "file", .path = "A", .expected = "exists", .found = "nothing"}},
        {"A",
         "is there, but it is a directory",
         {.result = GP_FALSE, .subject = "file", .path = "A", .expected = "exists", .found = "a directory"}},
        {"A",
         "is not there",
         {.result = GP_TRUE, .subject = "absent", .path = "A", .expected = "nothing", .found = "nothing"}},
        {"A",
         "is there (a directory)",
         {.result = GP_FALSE, .subject = "absent", .path = "A", .expected = "nothing", .found = "a directory"}},
        {"*.X",
         "matches nothing",
         {.result = GP_TRUE, .subject = "absent", .path = "*.X", .expected = "nothing", .found = "matches nothing"}},
        {"*.X",
         "matches nothing",
         {.result = GP_FALSE,
          .subject = "some",
          .path = "*.X",
          .expected = "at least one file",
          .found = "matches nothing"}},
        {"*.X",
         "expected at least 3, found 2 names",
         {.result = GP_FALSE, .subject = "count", .path = "*.X", .expected = "at least 3", .found = "2 names"}},
        {"A",
         "expected 176 bytes, found 0 bytes",
         {.result = GP_FALSE, .subject = "size", .path = "A", .expected = "176 bytes", .found = "0 bytes"}},
        {"A",
         "176 bytes",
         {.result = GP_TRUE, .subject = "size", .path = "A", .expected = "176 bytes", .found = "176 bytes"}},
        {"A",
         "40 bytes, as asked: at most 55 bytes",
         {.result = GP_TRUE, .subject = "size", .path = "A", .expected = "at most 55 bytes", .found = "40 bytes"}},
        {"A",
         "expected 1, cannot be told: permission was denied",
         {.result = GP_UNKNOWN, .reason = GP_REASON_NO_PERMISSION, .subject = "u8", .path = "A", .expected = "1"}},
        {"A",
         "cannot be told: permission was denied",
         {.result = GP_UNKNOWN,
          .reason = GP_REASON_NO_PERMISSION,
          .subject = "file",
          .path = "A",
          .expected = "exists",
          .detail = "A: permission was denied"}},
        {"A",
         "cannot be told: AB: link",
         {.result = GP_UNKNOWN,
          .reason = GP_REASON_LINK,
          .subject = "file",
          .path = "A",
          .expected = "exists",
          .detail = "AB: link"}},
        {"/d/A",
         "is not there",
         {.result = GP_FALSE, .subject = "file", .path = "A", .under = "/d", .expected = "exists", .found = "nothing"}},
        {"media",
         "the parameter media was not given",
         {.result = GP_UNKNOWN,
          .reason = GP_REASON_NOT_GIVEN,
          .under = "media",
          .detail = "the parameter media was not given"}},
        {"marker kind",
         "expected server, found workgroup",
         {.result = GP_FALSE, .subject = "marker", .name = {"kind", 4}, .expected = "server", .found = "workgroup"}},
        {"/d: marker kind",
         "server",
         {.result = GP_TRUE, .subject = "marker", .name = {"kind", 4}, .under = "/d", .found = "server"}},
        {"attestation gone",
         "nobody has attested it",
         {.result = GP_UNKNOWN,
          .reason = GP_REASON_NOT_ATTESTED,
          .subject = "attested",
          .name = {"gone", 4},
          .expected = "attested within 4 h",
          .detail = "nobody has attested it"}},
        {"",
         "No source says.",
         {.result = GP_UNKNOWN, .reason = GP_REASON_UNDOCUMENTED, .subject = "unknown", .detail = "No source says."}},
        {"parameter x",
         "does not apply: it is optional",
         {.result = GP_NA, .subject = "parameter", .name = {"x", 1}, .detail = "it is optional"}},
        {"parameter x", "does not apply", {.result = GP_NA, .subject = "parameter", .name = {"x", 1}}},
        {"A", "holds", {.result = GP_TRUE, .subject = "file", .path = "A"}},
        {"A", "does not hold", {.result = GP_FALSE, .subject = "file", .path = "A"}},
        {"A\\x1b[m",
         "expected \\x0a, found \\x07",
         {.result = GP_FALSE, .subject = "text", .path = "A\033[m", .expected = "\n", .found = "\a"}},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_page page = page_of(&unicode);
        gp_leaf_subject(&page, &rows[i].leaf);
        is_str(gp_strbuf_text(&out), rows[i].subject, "%zu: what was looked at", i);
        page = page_of(&unicode);
        gp_leaf_finding(&page, &rows[i].leaf);
        is_str(gp_strbuf_text(&out), rows[i].finding, "%zu: %s", i, rows[i].finding);
    }
}

static void lines(void)
{
    struct gp_proof leaves[GP_EVIDENCE_SHOWN + 2] = {
        LEAF(GP_FALSE, "GLB/MASTER.GLB"), LEAF(GP_FALSE, "A"), LEAF(GP_FALSE, "B"),
        {.result = GP_FALSE, .subject = "file", .path = "a path that is much longer than all of the others are"},
    };
    struct gp_proof proof = {.result = GP_FALSE, .children = leaves, .child_count = 4};
    struct gp_evidence evidence = {0};
    struct gp_page page = page_of(&unicode);
    char names[GP_COUNT(leaves)][8];

    leaves[0].label = GP_STR("the title");
    leaves[1].label = leaves[2].label = GP_STR("both of them");
    gp_evidence_add(&evidence, &proof);
    gp_evidence_write(&page, &evidence, GP_STR("the title"), 2);
    is_str(gp_strbuf_text(&out),
           "  GLB/MASTER.GLB   is not there\n"
           "  A                is not there   (both of them)\n"
           "  B                is not there\n"
           "  a path that is much longer than all of the others are   does not hold\n",
           "lines in columns, a label once, and no label that stands above");

    for (size_t i = 0; i < GP_COUNT(leaves); i++) {
        snprintf(names[i], sizeof(names[i]), "%zu", i);
        leaves[i] = (struct gp_proof)LEAF(GP_FALSE, names[i]);
    }
    proof.child_count = GP_COUNT(leaves);
    evidence = (struct gp_evidence){0};
    gp_evidence_add(&evidence, &proof);
    page = page_of(&unicode);
    gp_evidence_write(&page, &evidence, (struct gp_str){0}, 0);
    ok(strstr(gp_strbuf_text(&out), "11   is not there\n… and 2 more (-v shows them)\n"), "long evidence is cut");
    page = page_of(&verbose);
    gp_evidence_write(&page, &evidence, (struct gp_str){0}, 0);
    ok(strstr(gp_strbuf_text(&out), "13   is not there\n") && !strstr(gp_strbuf_text(&out), "…"), "not with -v");
    evidence.more = true;
    page = page_of(&verbose);
    gp_evidence_write(&page, &evidence, (struct gp_str){0}, 0);
    ok(strstr(gp_strbuf_text(&out), "… and more\n"), "which says so too if not all was gathered");
}

static void ways_out(void)
{
    static struct gp_proof leaves[] = {
        {.result = GP_UNKNOWN, .reason = GP_REASON_NOT_ATTESTED, .subject = "attested", .name = {"gone", 4}},
        {.result = GP_UNKNOWN,
         .reason = GP_REASON_NOT_ATTESTED,
         .subject = "attested",
         .name = {"gone", 4},
         .expected = "x"},
        {.result = GP_UNKNOWN, .reason = GP_REASON_NOT_ATTESTED, .subject = "attested", .name = {"saved", 5}},
        {.result = GP_UNKNOWN, .reason = GP_REASON_NOT_GIVEN, .subject = "parameter", .name = {"size", 4}},
        {.result = GP_UNKNOWN, .reason = GP_REASON_NOT_GIVEN, .under = "media", .detail = "media"},
        {.result = GP_UNKNOWN, .reason = GP_REASON_NOT_GIVEN, .subject = "size", .path = "A", .under = "/d"},
        {.result = GP_UNKNOWN, .reason = GP_REASON_NO_PERMISSION, .subject = "file", .path = "A"},
        {.result = GP_UNKNOWN, .reason = GP_REASON_NO_PERMISSION, .subject = "file", .path = "B"},
        {.result = GP_UNKNOWN, .reason = GP_REASON_LINK, .subject = "file", .path = "A"},
        {.result = GP_UNKNOWN, .reason = GP_REASON_NO_VALUE, .subject = "marker", .name = {"kind", 4}},
        {.result = GP_UNKNOWN, .reason = GP_REASON_UNDOCUMENTED, .subject = "unknown", .detail = "Ask."},
        {.result = GP_FALSE, .reason = GP_REASON_NONE, .subject = "file", .path = "C"},
    };
    struct gp_proof proof = NODE(GP_UNKNOWN, leaves);
    struct gp_evidence evidence = {0};
    struct gp_page page = page_of(&unicode);

    gp_evidence_add(&evidence, &proof);
    gp_evidence_ways_out(&page, &evidence);
    is_str(gp_strbuf_text(&out),
           "  → gatepost attest gone /srv/tree --reason …\n"
           "  → gatepost attest saved /srv/tree --reason …\n"
           "  → --set size=…\n"
           "  → --set media=…\n"
           "  → give it with --set NAME=VALUE\n"
           "  → look again as somebody who may read it\n"
           "  → put what the link leads to in its place\n",
           "what would decide, each once; nothing where there is nothing to do");
}

int main(void)
{
    gathering();
    markers();
    bounds();
    guards();
    repetition();
    offenders();
    findings();
    lines();
    ways_out();
    gp_strbuf_done(&out);
    return done_testing();
}
