/*
 * The staged view: its life, what is said about it, its changes.
 */
#include "act/stage.h"

#include <string.h>

#include "act/ground.h"
#include "act/work.h"

/* ---- what is said -------------------------------------------------------------------------------------------- */

static int say(struct gp_stage *stage, bool usage, const char *format, va_list args)
{
    const char *text = gp_arena_vprintf(stage->arena, format, args);

    if (text && stage->step)
        text = gp_arena_printf(stage->arena, "step %zu (%s): %s", stage->number, stage->step->def->key, text);
    if (!text)
        return -ENOMEM;
    stage->problem = text;
    stage->usage = usage;
    return -EINVAL;
}

int gp_stage_fail(struct gp_stage *stage, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int r = say(stage, false, format, args);
    va_end(args);
    return r;
}

int gp_stage_usage(struct gp_stage *stage, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int r = say(stage, true, format, args);
    va_end(args);
    return r;
}

int gp_stage_no_value(struct gp_stage *stage, const char *what, enum gp_result result, enum gp_reason reason,
                      const char *detail)
{
    if (!detail)
        detail = result == GP_NA ? "what it stands for is not set" : gp_reason_words(reason);
    /* What nobody set and what was not given, a person can give; what the tree would not say, not. */
    if (result == GP_NA || reason == GP_REASON_NOT_GIVEN || reason == GP_REASON_NO_VALUE)
        return gp_stage_usage(stage, "%s: %s", what, detail);
    return gp_stage_fail(stage, "%s: %s", what, detail);
}

/* ---- values -------------------------------------------------------------------------------------------------- */

int gp_stage_value(struct gp_stage *stage, const char *what, const struct gp_expr *expr, struct gp_value *ret_value)
{
    struct gp_reading reading = {0};
    int r = gp_eval_expr(stage->eval, expr, &reading);

    if (r < 0)
        return r;
    if (reading.result != GP_TRUE)
        return gp_stage_no_value(stage, what, reading.result, reading.reason, reading.detail);
    *ret_value = reading.value;
    return 0;
}

int gp_stage_text(struct gp_stage *stage, const char *what, const struct gp_template *text, struct gp_str *ret_text)
{
    struct gp_outcome outcome = GP_OUTCOME_TRUE;
    struct gp_str result;
    int r = gp_eval_expand(stage->eval, text, &result, &outcome);

    if (r < 0)
        return r;
    if (outcome.result != GP_TRUE)
        return gp_stage_no_value(stage, what, outcome.result, outcome.reason, outcome.detail);
    *ret_text = result;
    return 0;
}

/* ---- life ---------------------------------------------------------------------------------------------------- */

int gp_stage_begin(struct gp_stage *stage)
{
    struct gp_staged *root = GP_NEW(stage->arena, struct gp_staged);

    if (!root)
        return -ENOMEM;
    root->name = ".";
    root->live = gp_probe_at(stage->probe, GP_PATH_ROOT);
    if (!root->live)
        return -ENOMEM;
    root->was = root->now = GP_STAGED_DIRECTORY;
    root->children.fold = gp_probe_fold(stage->probe);
    stage->root = root;
    return 0;
}

void gp_stage_done(struct gp_stage *stage)
{
    for (size_t i = 0; i < stage->copies.count; i++)
        gp_working_copy_done(stage->sys, stage->copies.data[i]);
    gp_probe_free(stage->files);
    stage->files = NULL;
}

/* Whether the step is to be applied: 1, 0, or why that cannot be told. */
static int due(struct gp_stage *stage, const struct gp_step *step)
{
    struct gp_proof proof = {0};

    if (!step->when)
        return 1;
    int r = gp_eval_cond(stage->eval, step->when, &proof);
    if (r < 0)
        return r;
    if (proof.result == GP_UNKNOWN)
        return gp_stage_fail(stage, "whether it is to be done cannot be told: %s",
                             proof.detail ? proof.detail : gp_reason_words(proof.reason));
    return proof.result == GP_TRUE;
}

int gp_stage_apply(struct gp_stage *stage, const struct gp_steps *steps)
{
    int r = 0;

    for (size_t i = 0; i < steps->count && r >= 0; i++) {
        stage->step = steps->data[i];
        stage->number = i + 1;
        r = due(stage, stage->step);
        if (r > 0)
            r = stage->step->def->stage(stage, stage->step);
    }
    stage->step = NULL;
    return r < 0 ? r : 0;
}

/* ---- changes ------------------------------------------------------------------------------------------------- */

void gp_staged_write(struct gp_staged *staged, struct gp_content content)
{
    if (staged->now != GP_STAGED_FILE) {
        staged->model = staged->was == GP_STAGED_FILE ? staged->live : NULL;
        staged->moved = false;
    }
    staged->now = GP_STAGED_FILE;
    staged->content = content;
    staged->written = true;
}

void gp_staged_make_directory(struct gp_staged *staged)
{
    staged->now = GP_STAGED_DIRECTORY;
    staged->fresh = true;
    staged->model = NULL;
    staged->moved = false;
    staged->children = (struct gp_strmap){.fold = staged->children.fold};
}

void gp_staged_remove(struct gp_staged *staged)
{
    staged->now = GP_STAGED_NOTHING;
    staged->asked = staged->set = 0;
    staged->written = false;
}

/* One name of what is copied, without what is in it. */
static int copy_one(struct gp_stage *stage, const struct gp_staged *from, struct gp_staged *to, bool moved)
{
    bool replaces = to->now == GP_STAGED_FILE;
    struct gp_content content;

    if (from->now == GP_STAGED_DIRECTORY) {
        gp_staged_make_directory(to);
    } else {
        int r = gp_content_copy(stage->arena, &from->content, &content);
        if (r < 0)
            return r;
        gp_staged_write(to, content);
    }
    if (moved || !replaces) {
        to->model = from->model;
        to->moved = moved;
        to->asked = from->asked;
        to->set = from->set;
    }
    return 0;
}

struct pair {
    struct gp_staged *from, *to;
};
typedef GP_VEC(struct pair) pairs;

/* What is directly in a directory goes to its copy; directories are put on the list. */
static int copy_inside(struct gp_stage *stage, struct pair directory, bool moved, pairs *list)
{
    gp_staged_list inside = {0};
    int r = gp_stage_list(stage, directory.from, &inside);

    for (size_t i = 0; i < inside.count && r == 0; i++) {
        struct gp_staged *from = inside.data[i];
        struct gp_staged *to = gp_stage_child(stage, directory.to, (struct gp_str){from->name, strlen(from->name)});
        if (!to)
            return -ENOMEM;
        r = gp_stage_usable(stage, from);
        if (r == 0)
            r = copy_one(stage, from, to, moved);
        if (r == 0 && from->now == GP_STAGED_DIRECTORY)
            r = gp_vec_push(stage->arena, list, (struct pair){from, to});
    }
    return r;
}

int gp_stage_copy(struct gp_stage *stage, struct gp_staged *from, struct gp_staged *to, bool moved)
{
    pairs list = {0};
    int r = copy_one(stage, from, to, moved);

    if (r == 0 && from->now == GP_STAGED_DIRECTORY)
        r = gp_vec_push(stage->arena, &list, (struct pair){from, to});
    for (size_t i = 0; i < list.count && r == 0; i++)
        r = copy_inside(stage, list.data[i], moved, &list);
    return r;
}
