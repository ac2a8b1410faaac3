/*
 * `explain` as text: each requirement as check shows it, then its whole proof,
 * what decided first.
 */
#include "report/text-requirement.h"
#include "report/words.h"
#include "rule/family.h"

#include <string.h>

#define LINES_MAX 20000u /* parts of a proof are shared, and a rule set can share as it likes */
#define TREE_INDENT 6u

/* ---- one proof --------------------------------------------------------------------------------------------------- */

struct tree {
    struct gp_page *page;
    size_t lines;
};

/* The id of the condition that a node stands for; data NULL: it is one of its own. */
static struct gp_str name_of(const struct gp_proof *node)
{
    const struct gp_cond *cond = node->cond;
    bool named = cond && strcmp(cond->form->key, "condition") == 0;

    return named ? ((const struct gp_cond_named *)cond->data)->condition->id : (struct gp_str){0};
}

/* A node that says nothing which its one child does not say. */
static bool is_shell(const struct gp_proof *node)
{
    const struct gp_proof *child = node->children;

    if (node->subject || node->child_count != 1)
        return false;
    return name_of(node).data || (!child->cond && child->subject && child->result == node->result);
}

/* `above`: the path that stands above; what is asked of it needs not name it again. */
static void write_observation(struct gp_page *page, const struct gp_proof *node, const char *above)
{
    size_t start = page->out->len;

    if (above && node->path && strcmp(above, node->path) == 0)
        gp_page_text(page, node->subject);
    else
        gp_leaf_subject(page, node);
    gp_strbuf_add(page->out, page->out->len > start ? "   " : "");
    gp_leaf_finding(page, node);
}

/* A node that is no observation: "all", "not"; of a marker what one of its cases rests on. */
static void write_condition(struct gp_page *page, const struct gp_proof *node)
{
    gp_strbuf_add(page->out, node->cond ? node->cond->form->key : "because of");
    if (!node->child_count && (node->result == GP_UNKNOWN || node->result == GP_NA)) {
        gp_strbuf_add(page->out, "   ");
        gp_leaf_finding(page, node);
    }
}

static void write_notes(struct gp_page *page, const struct gp_proof *node, bool spare)
{
    if (node->label.len) {
        gp_strbuf_add(page->out, "   (");
        gp_page_str(page, node->label);
        gp_strbuf_add_char(page->out, ')');
    }
    if (page->style->verbose && (node->at.source || node->source.count)) {
        gp_strbuf_add(page->out, "   [");
        gp_page_place(page, page->subject->rules, node->at, node->source, node->basis);
        gp_strbuf_add_char(page->out, ']');
    }
    if (spare)
        gp_strbuf_add(page->out, "   did not decide");
    gp_strbuf_add_char(page->out, '\n');
}

/* Writes the line of a node; returns the one whose children come below it. */
static const struct gp_proof *write_node(struct gp_page *page, const struct gp_proof *node, const char *above,
                                         size_t indent)
{
    bool spare = node->spare;

    gp_strbuf_add_repeat(page->out, ' ', indent);
    gp_page_mark(page, gp_mark_of(node->result));
    gp_strbuf_add_char(page->out, ' ');
    for (; is_shell(node); node = node->children) {
        gp_page_str(page, name_of(node));
        gp_strbuf_add(page->out, name_of(node).data ? ": " : "");
    }
    if (node->subject)
        write_observation(page, node, above);
    else
        write_condition(page, node);
    write_notes(page, node, spare);
    return node;
}

static void write_tree(struct tree *tree, const struct gp_proof *node, const char *above, size_t indent);

static void write_children(struct tree *tree, const struct gp_proof *node, size_t indent, bool spare)
{
    for (size_t i = 0; i < node->child_count; i++)
        if (node->children[i].spare == spare)
            write_tree(tree, &node->children[i], node->path, indent);
}

/* Recursion is as deep as conditions are in each other, which GP_LIMIT_EVAL_DEPTH bounds. */
static void write_tree(struct tree *tree, const struct gp_proof *node, const char *above, size_t indent)
{
    if (tree->lines >= LINES_MAX)
        return;
    if (++tree->lines == LINES_MAX) {
        gp_strbuf_add_repeat(tree->page->out, ' ', indent);
        gp_page_mark(tree->page, GP_MARK_MORE);
        gp_strbuf_add(tree->page->out, " and more\n");
        return;
    }
    node = write_node(tree->page, node, above, indent);
    write_children(tree, node, indent + 2, false);
    write_children(tree, node, indent + 2, true);
}

static void write_proof(struct gp_page *page, const char *title, const struct gp_proof *proof)
{
    struct tree tree = {.page = page};

    gp_strbuf_add_repeat(page->out, ' ', TREE_INDENT);
    gp_strbuf_printf(page->out, "%s:\n", title);
    write_tree(&tree, proof, NULL, TREE_INDENT + 2);
}

/* ---- all requirements -------------------------------------------------------------------------------------------- */

static void explain_one(struct gp_page *page, const struct gp_requirement_verdict *verdict)
{
    const struct gp_requirement *requirement = verdict->requirement;
    bool warning = gp_requirement_is_warning(verdict);
    struct gp_block block = {
        .mark = warning ? GP_MARK_WARNING : gp_mark_of(verdict->result),
        .id = requirement->def.id,
        .title = requirement->def.title,
        .at = verdict->waived ? requirement->waived_at : gp_requirement_at(requirement),
        .source = requirement->def.source,
        .verdict = verdict,
        .proof_follows = verdict->result == GP_TRUE || verdict->result == GP_NA,
    };
    struct gp_told told = {.id = {0}}; /* each with all of its evidence */

    gp_text_block(page, &block, &told);
    if (verdict->waived)
        return;
    if (requirement->when)
        write_proof(page, "when", &verdict->when);
    if (verdict->when.result == GP_TRUE || verdict->when.result == GP_UNKNOWN)
        write_proof(page, "that", &verdict->that);
}

static void explain_all(struct gp_page *page, const struct gp_verdict *verdict, enum gp_result result, bool warn)
{
    for (size_t i = 0; i < verdict->requirement_count; i++) {
        const struct gp_requirement_verdict *it = &verdict->requirements[i];

        if (it->result != result || (it->requirement->severity == GP_SEVERITY_WARN) != warn)
            continue;
        if (gp_message_first_named(verdict, i))
            gp_text_message(page, it->message);
        explain_one(page, it);
    }
}

void gp_text_explain(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                     struct gp_eval *eval, const struct gp_verdict *verdict)
{
    static const struct {
        enum gp_result result;
        bool warn;
    } order[] = {{GP_FALSE, false}, {GP_UNKNOWN, false}, {GP_FALSE, true}, {GP_UNKNOWN, true},
                 {GP_TRUE, false},  {GP_TRUE, true},     {GP_NA, false},   {GP_NA, true}};
    struct gp_page page = {.out = out, .style = style, .subject = subject};

    (void)eval;
    gp_text_first_line(&page, verdict);
    for (size_t i = 0; i < GP_COUNT(order) && !style->quiet; i++)
        explain_all(&page, verdict, order[i].result, order[i].warn);
}
