/*
 * Reports of a small world: what a verb's text and JSON look like, to be compared whole.
 */
#ifndef REPORT_HELPER_H
#define REPORT_HELPER_H

#include "eval-helper.h"
#include "report/report.h"

static const struct gp_style plain = {.unicode = true};

struct view {
    struct world world;
    struct gp_style style;
    struct gp_subject subject;
    struct gp_strbuf out;
};

/* Begins with a rule set and an empty tree: put files into view->world.tree, then look(). */
static inline void view_rules(struct view *view, const char *yaml)
{
    memset(view, 0, sizeof(*view));
    world_rules(&view->world, yaml);
    view->style = plain;
    view->subject = (struct gp_subject){.directory = "/srv/tree", .rules = view->world.rules, .rules_option = ""};
}

static inline void view_end(struct view *view)
{
    gp_strbuf_done(&view->out);
    world_end(&view->world);
}

static inline const char *view_text(struct view *view)
{
    if (!gp_strbuf_ok(&view->out))
        bail("no memory");
    return gp_strbuf_text(&view->out);
}

static inline const char *view_json(struct view *view, json_t *value)
{
    if (!value)
        bail("no memory");
    gp_strbuf_reset(&view->out);
    gp_json_write(&view->out, value, 0);
    json_decref(value);
    return view_text(view);
}

/* Decides an operation in a new look at the tree. */
static inline struct gp_verdict view_decide(struct view *view, const char *operation)
{
    struct gp_verdict verdict;

    world_open(&view->world);
    world_settle(&view->world, operation);
    if (gp_decide(view->world.eval, &verdict) < 0)
        bail("no memory");
    gp_strbuf_reset(&view->out);
    return verdict;
}

static inline const char *check_text(struct view *view, const char *operation)
{
    struct gp_verdict verdict = view_decide(view, operation);

    gp_text_verdict(&view->out, &view->style, &view->subject, view->world.eval, &verdict);
    return view_text(view);
}

#endif
