#include "act/plan.h"

#include <stdlib.h>
#include <string.h>

#include "act/planned.h"

/* Primitives as they come, in the order in which they are carried out. */
struct making {
    struct gp_stage *stage;
    GP_VEC(struct gp_primitive) primitives;
    gp_staged_list staged;
};

static int add(struct making *making, struct gp_staged *staged, struct gp_primitive primitive)
{
    int r = gp_vec_push(making->stage->arena, &making->primitives, primitive);

    return r < 0 ? r : gp_vec_push(making->stage->arena, &making->staged, staged);
}

/* ---- attributes ---------------------------------------------------------------------------------------------- */

static int old_attributes(struct gp_stage *stage, struct gp_entry *entry, unsigned *ret_set)
{
    struct gp_attributes have = gp_probe_attributes(stage->probe, entry);

    if (have.reason != GP_REASON_NONE) {
        const char *path = gp_probe_entry_path(stage->probe, entry, stage->arena);
        return path ? gp_stage_fail(stage, "the attributes of %s: %s", path, gp_reason_words(have.reason)) : -ENOMEM;
    }
    *ret_set = have.set;
    return 0;
}

/* What a file has in the end: what it takes over, and what was asked for.  A copy takes over the mode alone. */
int gp_staged_attributes(struct gp_stage *stage, const struct gp_staged *file, unsigned *ret_set)
{
    unsigned set = 0;
    int r = file->model ? old_attributes(stage, file->model, &set) : 0;

    if (r < 0)
        return r;
    if (file->model != file->live && !file->moved)
        set &= GP_ATTRIBUTE_READ_ONLY;
    *ret_set = (set & ~file->asked) | file->set;
    return 0;
}

/* ---- what is in directories ---------------------------------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

typedef GP_VEC(const char *) texts;

static void take_inside(struct gp_primitive *primitive, texts *inside)
{
    if (inside->count)
        qsort(inside->data, inside->count, sizeof(*inside->data), by_text);
    primitive->inside = inside->data;
    primitive->inside_count = inside->count;
}

/* Everything in a directory that a step made. */
static int inside_staged(struct gp_stage *stage, struct gp_staged *directory, struct gp_primitive *primitive)
{
    gp_staged_list open = {0};
    texts inside = {0};
    int r = gp_vec_push(stage->arena, &open, directory);

    for (size_t i = 0; i < open.count && r == 0; i++) {
        gp_staged_list here;
        r = gp_stage_list(stage, open.data[i], &here);
        for (size_t n = 0; r == 0 && n < here.count; n++) {
            bool is_directory = here.data[n]->now == GP_STAGED_DIRECTORY;
            const char *path = gp_staged_path_below(stage, directory, here.data[n]);
            if (path && is_directory)
                path = gp_arena_printf(stage->arena, "%s/", path);
            if (!path || gp_vec_push(stage->arena, &inside, path) < 0 ||
                (is_directory && gp_vec_push(stage->arena, &open, here.data[n]) < 0))
                r = -ENOMEM;
        }
    }
    if (r == 0)
        take_inside(primitive, &inside);
    return r;
}

struct open_directory {
    struct gp_entry *entry;
    const char *path; /* below the one that is removed, with a slash behind it; "" for that one */
};
typedef GP_VEC(struct open_directory) directories;

/* One name in a directory that goes away: a file or a directory, for what else is there no program is known to us. */
static int inside_one(struct gp_stage *stage, struct gp_entry *entry, const char *above, texts *inside,
                      directories *open)
{
    const struct gp_facts *facts = gp_probe_facts(stage->probe, entry);
    struct gp_str name = gp_probe_entry_name(entry);
    bool known = facts->present == GP_TRI_YES && facts->type != GP_FILETYPE_OTHER;
    bool is_directory = known && facts->type == GP_FILETYPE_DIRECTORY;

    if (!known) {
        const char *path = gp_probe_entry_path(stage->probe, entry, stage->arena);
        if (!path)
            return -ENOMEM;
        if (facts->present == GP_TRI_YES)
            return gp_stage_fail(stage, "%s is neither a file nor a directory", path);
        return gp_stage_fail(stage, "%s: %s", path, facts->present == GP_TRI_NO ? "it changed while it was read"
                                                                                 : gp_reason_words(facts->reason));
    }
    const char *path = gp_arena_printf(stage->arena, "%s%.*s%s", above, GP_STR_ARG(name), is_directory ? "/" : "");
    if (!path || gp_vec_push(stage->arena, inside, path) < 0)
        return -ENOMEM;
    return is_directory ? gp_vec_push(stage->arena, open, (struct open_directory){entry, path}) : 0;
}

/* Everything in a directory of the tree. */
static int inside_live(struct gp_stage *stage, struct gp_entry *directory, struct gp_primitive *primitive)
{
    directories open = {0};
    texts inside = {0};
    int r = gp_vec_push(stage->arena, &open, (struct open_directory){directory, ""});

    for (size_t i = 0; i < open.count && r == 0; i++) {
        const struct gp_listing *listing;
        enum gp_reason reason = gp_probe_list(stage->probe, open.data[i].entry, &listing);
        if (reason != GP_REASON_NONE) {
            const char *path = gp_probe_entry_path(stage->probe, open.data[i].entry, stage->arena);
            return path ? gp_stage_fail(stage, "%s cannot be listed: %s", path, gp_reason_words(reason)) : -ENOMEM;
        }
        for (size_t n = 0; r == 0 && n < gp_listing_count(listing); n++) {
            struct gp_entry *entry = gp_listing_entry(stage->probe, listing, n);
            r = entry ? inside_one(stage, entry, open.data[i].path, &inside, &open) : -ENOMEM;
        }
    }
    if (r == 0)
        take_inside(primitive, &inside);
    return r;
}

/* ---- primitives ---------------------------------------------------------------------------------------------- */

static int make_removal(struct making *making, struct gp_staged *staged, const char *path)
{
    struct gp_primitive primitive = {
        .kind = GP_PRIMITIVE_REMOVE,
        .path = path,
        .directory = staged->was == GP_STAGED_DIRECTORY,
    };
    int r = old_attributes(making->stage, staged->live, &primitive.old_attributes);

    if (r == 0 && primitive.directory)
        r = inside_live(making->stage, staged->live, &primitive);
    else if (r == 0)
        primitive.old_size = gp_probe_peek(making->stage->probe, staged->live)->size;
    return r < 0 ? r : add(making, staged, primitive);
}

static int make_creation(struct making *making, struct gp_staged *staged, const char *path)
{
    struct gp_primitive primitive = {
        .kind = GP_PRIMITIVE_CREATE,
        .path = path,
        .directory = staged->now == GP_STAGED_DIRECTORY,
    };
    int r = 0;

    if (primitive.directory) {
        r = inside_staged(making->stage, staged, &primitive);
    } else {
        primitive.new_size = staged->content.size;
        r = gp_staged_attributes(making->stage, staged, &primitive.new_attributes);
    }
    return r < 0 ? r : add(making, staged, primitive);
}

/* A file that was there and still is. */
static int make_change(struct making *making, struct gp_staged *staged, const char *path)
{
    uint64_t size = gp_probe_peek(making->stage->probe, staged->live)->size;
    struct gp_content old = gp_content_of(making->stage->probe, staged->live, size);
    struct gp_primitive primitive = {
        .kind = GP_PRIMITIVE_ATTRIBUTES,
        .path = path,
        .old_size = size,
        .new_size = staged->written ? staged->content.size : size,
    };
    int r;

    if (!staged->written && !staged->asked)
        return 0;
    r = old_attributes(making->stage, staged->live, &primitive.old_attributes);
    if (r == 0)
        r = gp_staged_attributes(making->stage, staged, &primitive.new_attributes);
    if (r == 0 && staged->written)
        r = gp_plan_changes(making->stage, path, &old, &staged->content, &primitive);
    if (r < 0)
        return r;
    if (r > 0 || (staged->written && staged->moved))
        primitive.kind = GP_PRIMITIVE_REPLACE;
    else if (primitive.old_attributes == primitive.new_attributes)
        return 0;
    return add(making, staged, primitive);
}

/* Renames do not leave a file system. */
static int check_device(struct gp_stage *stage, const struct gp_staged *staged, const char *path)
{
    dev_t root = gp_probe_peek(stage->probe, stage->root->live)->device;
    const struct gp_facts *parent = gp_probe_peek(stage->probe, staged->parent->live);
    const struct gp_facts *own = staged->was == GP_STAGED_NOTHING ? parent : gp_probe_peek(stage->probe, staged->live);

    if (parent->device == root && own->device == root)
        return 0;
    return gp_stage_fail(stage, "%s lies on another file system than the root, where a change cannot be undone safely",
                         path);
}

static bool lasting_directory(const struct gp_staged *staged)
{
    return staged->was == GP_STAGED_DIRECTORY && staged->now == GP_STAGED_DIRECTORY && !staged->fresh;
}

static int make(struct making *making, struct gp_staged *staged)
{
    bool lasts = staged->was == staged->now && (staged->was != GP_STAGED_DIRECTORY || !staged->fresh);
    size_t before = making->primitives.count;
    const char *path = gp_staged_path(making->stage, staged);
    int r = path ? 0 : -ENOMEM;

    if (r == 0 && lasts && staged->was == GP_STAGED_FILE)
        r = make_change(making, staged, path);
    else if (r == 0 && !lasts && staged->was != GP_STAGED_NOTHING)
        r = make_removal(making, staged, path);
    if (r == 0 && !lasts && staged->now != GP_STAGED_NOTHING)
        r = make_creation(making, staged, path);
    if (r == 0 && making->primitives.count > before)
        r = check_device(making->stage, staged, path);
    return r;
}

static int by_name_backwards(const void *a, const void *b)
{
    return strcmp((*(struct gp_staged *const *)b)->name, (*(struct gp_staged *const *)a)->name);
}

/* Puts what steps looked at in a directory on the stack, the first name on top. */
static int push_children(struct making *making, struct gp_staged *directory, gp_staged_list *stack)
{
    size_t from = stack->count;

    for (size_t i = 0; i < directory->children.count; i++)
        if (gp_vec_push(making->stage->arena, stack, directory->children.entries[i].value) < 0)
            return -ENOMEM;
    if (stack->count > from)
        qsort(stack->data + from, stack->count - from, sizeof(*stack->data), by_name_backwards);
    return 0;
}

int gp_plan_make(struct gp_stage *stage, struct gp_planned *ret_planned)
{
    struct making making = {.stage = stage};
    gp_staged_list stack = {0};
    int r = push_children(&making, stage->root, &stack);

    while (r == 0 && stack.count) {
        struct gp_staged *staged = stack.data[--stack.count];
        r = lasting_directory(staged) ? push_children(&making, staged, &stack) : make(&making, staged);
    }
    if (r < 0)
        return r;
    ret_planned->plan = (struct gp_plan){.data = making.primitives.data, .count = making.primitives.count};
    ret_planned->staged = making.staged.data;
    return 0;
}
