#include "report/evidence.h"

#include <string.h>

#include "util/text.h"

/* ---- gathering --------------------------------------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same(const struct gp_proof *a, const struct gp_proof *b)
{
    return a->result == b->result && a->reason == b->reason && same_text(a->subject, b->subject) &&
           same_text(a->path, b->path) && gp_str_equal(a->name, b->name) && same_text(a->under, b->under) &&
           same_text(a->expected, b->expected) && same_text(a->found, b->found) && same_text(a->detail, b->detail);
}

static void take(struct gp_evidence *evidence, const struct gp_proof *leaf)
{
    bool says_why = (leaf->result == GP_UNKNOWN || leaf->result == GP_NA) && leaf->detail && !leaf->waived;

    if (!leaf->subject && !says_why)
        return;
    for (size_t i = 0; i < evidence->count; i++)
        if (same(evidence->leaves[i], leaf))
            return;
    if (evidence->count == GP_EVIDENCE_LEAVES)
        evidence->more = true;
    else
        evidence->leaves[evidence->count++] = leaf;
}

static bool is_marker(const struct gp_proof *proof)
{
    return proof->subject && strcmp(proof->subject, "marker") == 0;
}

/* Recursion is as deep as conditions are in each other, which GP_LIMIT_EVAL_DEPTH bounds. */
static void gather(struct gp_evidence *evidence, const struct gp_proof *proof, bool in_marker)
{
    bool inner = false, marker = is_marker(proof);

    if (evidence->steps++ >= GP_EVIDENCE_STEPS) {
        evidence->more = true;
        return;
    }
    if (marker && evidence->markers && !in_marker)
        take(evidence, proof);
    for (size_t i = 0; i < proof->child_count; i++) {
        if (proof->children[i].spare)
            continue;
        inner = true;
        gather(evidence, &proof->children[i], in_marker || marker);
    }
    if (!inner)
        take(evidence, proof);
}

void gp_evidence_add(struct gp_evidence *evidence, const struct gp_proof *proof)
{
    gather(evidence, proof, false);
}

static void unknown_first(struct gp_evidence *evidence)
{
    const struct gp_proof *sorted[GP_EVIDENCE_LEAVES];
    size_t count = 0;

    for (unsigned known = 0; known < 2; known++)
        for (size_t i = 0; i < evidence->count; i++)
            if ((evidence->leaves[i]->result != GP_UNKNOWN) == known)
                sorted[count++] = evidence->leaves[i];
    memcpy(evidence->leaves, sorted, count * sizeof(*sorted));
}

void gp_evidence_of(struct gp_evidence *evidence, const struct gp_requirement_verdict *verdict)
{
    bool guarded = verdict->when.result != GP_TRUE;

    if (guarded)
        gp_evidence_add(evidence, &verdict->when);
    if (!guarded || (verdict->when.result == GP_UNKNOWN && verdict->that.result == GP_UNKNOWN))
        gp_evidence_add(evidence, &verdict->that);
    if (verdict->result == GP_UNKNOWN)
        unknown_first(evidence);
}

static bool has(const struct gp_evidence *evidence, const struct gp_proof *leaf)
{
    for (size_t i = 0; i < evidence->count; i++)
        if (same(evidence->leaves[i], leaf))
            return true;
    return false;
}

/* Several requirements may ask different things of one marker, which rests on the same each time. */
static bool rests_on_more(const struct gp_proof *leaf)
{
    return is_marker(leaf) && leaf->child_count;
}

bool gp_evidence_without(struct gp_evidence *evidence, const struct gp_evidence *told)
{
    size_t kept = 0;

    if (told->count < GP_EVIDENCE_TIRING)
        return false;
    for (size_t i = 0; i < told->count; i++)
        if (!rests_on_more(told->leaves[i]) && !has(evidence, told->leaves[i]))
            return false;
    for (size_t i = 0; i < evidence->count; i++)
        if (!has(told, evidence->leaves[i]))
            evidence->leaves[kept++] = evidence->leaves[i];
    evidence->count = kept;
    return true;
}

static void offend(struct gp_offenders *offenders, const struct gp_proof *proof)
{
    offenders->count += proof->offender_count;
    for (size_t i = 0; i < proof->child_count && offenders->shown_count < GP_LIMIT_OFFENDERS; i++) {
        const struct gp_proof *child = &proof->children[i];

        if (child->path && child->result == GP_FALSE)
            offenders->shown[offenders->shown_count++] = child->path;
    }
}

void gp_offenders_of(struct gp_offenders *offenders, const struct gp_proof *proof)
{
    if (offenders->steps++ >= GP_EVIDENCE_STEPS)
        return;
    if (proof->offender_count) {
        offend(offenders, proof);
        return;
    }
    for (size_t i = 0; i < proof->child_count; i++)
        if (!proof->children[i].spare)
            gp_offenders_of(offenders, &proof->children[i]);
}

/* ---- what a leaf says -------------------------------------------------------------------------------------------- */

/* What a name stands for, before it; a subject that is not here is its own word. */
static const char *name_word(const char *subject)
{
    return strcmp(subject, "attested") == 0 ? "attestation" : subject;
}

void gp_leaf_subject(struct gp_page *page, const struct gp_proof *leaf)
{
    if (leaf->under) {
        gp_page_text(page, leaf->under);
        gp_strbuf_add(page->out, leaf->path ? "/" : leaf->subject ? ": " : "");
    }
    if (leaf->path) {
        gp_page_text(page, leaf->path);
    } else if (leaf->name.data && leaf->subject) {
        gp_page_text(page, name_word(leaf->subject));
        gp_strbuf_add_char(page->out, ' ');
        gp_page_str(page, leaf->name);
    } else if (leaf->subject && strcmp(leaf->subject, "unknown") != 0) {
        gp_page_text(page, leaf->subject);
    }
}

/* The detail of an unknown often begins with the path, which stands before it already. */
static const char *without_path(const struct gp_proof *leaf)
{
    size_t len = leaf->path ? strlen(leaf->path) : 0;

    if (len && strncmp(leaf->detail, leaf->path, len) == 0 && strncmp(leaf->detail + len, ": ", 2) == 0)
        return leaf->detail + len + 2;
    return leaf->detail;
}

/* Whether something stands at a path: no need to say what was expected. */
static bool asks_for_presence(const struct gp_proof *leaf)
{
    static const char *const words[] = {"exists", "a directory", "nothing", "at least one file"};

    for (size_t i = 0; leaf->path && leaf->expected && i < GP_COUNT(words); i++)
        if (strcmp(leaf->expected, words[i]) == 0)
            return true;
    return false;
}

static void unknown_finding(struct gp_page *page, const struct gp_proof *leaf)
{
    /* What nobody has said or knows: what was expected of it does not matter yet. */
    bool unsaid = leaf->reason == GP_REASON_NOT_ATTESTED || leaf->reason == GP_REASON_NOT_GIVEN ||
                  leaf->reason == GP_REASON_UNDOCUMENTED;

    if (leaf->expected && !unsaid) {
        if (!asks_for_presence(leaf)) {
            gp_strbuf_add(page->out, "expected ");
            gp_page_text(page, leaf->expected);
            gp_strbuf_add(page->out, ", ");
        }
        gp_strbuf_add(page->out, "cannot be told: ");
    }
    gp_page_text(page, leaf->detail ? without_path(leaf) : gp_reason_words(leaf->reason));
}

static bool presence_finding(struct gp_page *page, const struct gp_proof *leaf)
{
    if (!leaf->found || !asks_for_presence(leaf))
        return false;
    bool absent = strcmp(leaf->expected, "nothing") == 0;
    if (strcmp(leaf->found, "nothing") == 0) {
        gp_strbuf_add(page->out, "is not there");
    } else if (strcmp(leaf->found, "matches nothing") == 0) {
        gp_strbuf_add(page->out, "matches nothing");
    } else {
        bool wrong_type = !absent && leaf->result != GP_TRUE;

        gp_strbuf_add(page->out, wrong_type ? "is there, but it is " : "is there (");
        gp_page_text(page, leaf->found);
        gp_strbuf_add(page->out, wrong_type ? "" : ")");
    }
    return true;
}

static void compared_finding(struct gp_page *page, const struct gp_proof *leaf)
{
    bool told = leaf->expected && leaf->found && strcmp(leaf->expected, leaf->found) == 0;

    if (leaf->result == GP_TRUE) {
        gp_page_text(page, leaf->found ? leaf->found : leaf->expected ? leaf->expected : "holds");
        if (leaf->found && leaf->expected && !told) {
            gp_strbuf_add(page->out, ", as asked: ");
            gp_page_text(page, leaf->expected);
        }
        return;
    }
    if (leaf->expected) {
        gp_strbuf_add(page->out, "expected ");
        gp_page_text(page, leaf->expected);
        gp_strbuf_add(page->out, leaf->found ? ", " : "");
    }
    if (leaf->found) {
        gp_strbuf_add(page->out, "found ");
        gp_page_text(page, leaf->found);
    }
    if (!leaf->expected && !leaf->found)
        gp_strbuf_add(page->out, "does not hold");
}

void gp_leaf_finding(struct gp_page *page, const struct gp_proof *leaf)
{
    switch (leaf->result) {
    case GP_UNKNOWN:
        unknown_finding(page, leaf);
        return;
    case GP_NA:
        gp_strbuf_add(page->out, "does not apply");
        if (leaf->detail) {
            gp_strbuf_add(page->out, ": ");
            gp_page_text(page, leaf->detail);
        }
        return;
    case GP_TRUE:
    case GP_FALSE:
        break;
    }
    if (!presence_finding(page, leaf))
        compared_finding(page, leaf);
}
