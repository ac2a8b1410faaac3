/*
 * The staged view: names, paths, globs.
 */
#include <stdlib.h>
#include <string.h>

#include "act/ground.h"
#include "act/stage.h"
#include "rule/limits.h"
#include "util/text.h"

/* ---- names --------------------------------------------------------------------------------------------------- */

static enum gp_staged_kind kind_of(const struct gp_facts *facts)
{
    if (facts->present != GP_TRI_YES)
        return facts->present == GP_TRI_NO ? GP_STAGED_NOTHING : GP_STAGED_UNKNOWN;
    switch (facts->type) {
    case GP_FILETYPE_FILE:
        return GP_STAGED_FILE;
    case GP_FILETYPE_DIRECTORY:
        return GP_STAGED_DIRECTORY;
    case GP_FILETYPE_OTHER:
        break;
    }
    return GP_STAGED_OTHER;
}

/* What the tree has under a name of a directory that is (still) the tree's. */
static int look(struct gp_stage *stage, const struct gp_staged *directory, struct gp_str name, struct gp_staged *staged)
{
    struct gp_entry *entry = gp_probe_child(stage->probe, directory->live, name);

    if (!entry)
        return -ENOMEM;
    /* Of a directory only what it is counts: other programs may go on making names in it. */
    const struct gp_facts *facts = gp_probe_peek(stage->probe, entry);
    if (kind_of(facts) != GP_STAGED_DIRECTORY)
        facts = gp_probe_facts(stage->probe, entry);
    struct gp_str real = gp_probe_entry_name(entry);
    staged->live = entry;
    staged->was = staged->now = kind_of(facts);
    staged->model = entry;
    if (staged->was == GP_STAGED_FILE)
        staged->content = gp_content_of(stage->probe, entry, facts->size);
    if (staged->was == GP_STAGED_NOTHING)
        staged->model = NULL;
    if (staged->was == GP_STAGED_NOTHING || staged->was == GP_STAGED_UNKNOWN) /* of several names, the one asked for */
        return 0;
    staged->name = gp_arena_memdup(stage->arena, real.data, real.len);
    return staged->name ? 0 : -ENOMEM;
}

/* A name that never was there is spelt as the last step wrote it. */
static struct gp_staged *respelt(struct gp_stage *stage, struct gp_staged *staged, struct gp_str name)
{
    if (staged->was != GP_STAGED_NOTHING || staged->now != GP_STAGED_NOTHING || gp_str_is(name, staged->name))
        return staged;
    staged->name = gp_arena_memdup(stage->arena, name.data, name.len);
    return staged->name ? staged : NULL;
}

struct gp_staged *gp_stage_child(struct gp_stage *stage, struct gp_staged *directory, struct gp_str name)
{
    struct gp_staged *staged = gp_strmap_get(&directory->children, name);

    if (staged)
        return respelt(stage, staged, name);
    staged = GP_NEW(stage->arena, struct gp_staged);
    if (!staged)
        return NULL;
    staged->parent = directory;
    staged->children.fold = directory->children.fold;
    staged->name = gp_arena_memdup(stage->arena, name.data, name.len);
    if (!staged->name || (!directory->fresh && look(stage, directory, name, staged) < 0))
        return NULL;
    struct gp_str key = {staged->name, strlen(staged->name)};
    return gp_strmap_put(stage->arena, &directory->children, key, staged) < 0 ? NULL : staged;
}

const char *gp_staged_path_below(const struct gp_stage *stage, const struct gp_staged *top,
                                 const struct gp_staged *staged)
{
    size_t length = 0;

    for (const struct gp_staged *at = staged; at && at != top && at->parent; at = at->parent)
        length += strlen(at->name) + 1;
    if (length == 0)
        return gp_arena_strdup(stage->arena, ".");
    char *path = gp_arena_alloc(stage->arena, length);
    if (!path)
        return NULL;
    for (const struct gp_staged *at = staged; length; at = at->parent) {
        size_t name = strlen(at->name);
        path[--length] = at == staged ? '\0' : '/';
        length -= name;
        memcpy(path + length, at->name, name);
    }
    return path;
}

const char *gp_staged_path(const struct gp_stage *stage, const struct gp_staged *staged)
{
    return gp_staged_path_below(stage, stage->root, staged);
}

int gp_stage_usable(struct gp_stage *stage, const struct gp_staged *staged)
{
    const char *path;

    if (staged->now != GP_STAGED_OTHER && staged->now != GP_STAGED_UNKNOWN)
        return 0;
    path = gp_staged_path(stage, staged);
    if (!path)
        return -ENOMEM;
    if (staged->now == GP_STAGED_OTHER)
        return gp_stage_fail(stage, "%s is neither a file nor a directory", path);
    return gp_stage_fail(stage, "%s: %s", path, gp_reason_words(gp_probe_peek(stage->probe, staged->live)->reason));
}

/* ---- directories --------------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp((*(struct gp_staged *const *)a)->name, (*(struct gp_staged *const *)b)->name);
}

static bool wanted(const struct gp_glob_part *part, struct gp_str name, bool fold)
{
    return !part || gp_glob_part_match(part, name, fold);
}

/* Makes a staged name of every name of the tree that matches. */
static int load(struct gp_stage *stage, struct gp_staged *directory, const struct gp_glob_part *part)
{
    const struct gp_listing *listing;
    bool fold = gp_probe_fold(stage->probe);

    if (directory->fresh || directory->was != GP_STAGED_DIRECTORY)
        return 0;
    enum gp_reason reason = gp_probe_list(stage->probe, directory->live, &listing);
    if (reason != GP_REASON_NONE) {
        const char *path = gp_staged_path(stage, directory);
        return path ? gp_stage_fail(stage, "%s cannot be listed: %s", path, gp_reason_words(reason)) : -ENOMEM;
    }
    for (size_t i = 0; i < gp_listing_count(listing); i++) {
        struct gp_str name = gp_listing_name(listing, i);
        if (wanted(part, name, fold) && !gp_stage_child(stage, directory, name))
            return -ENOMEM;
    }
    return 0;
}

/* What is in a directory now and matches (NULL: everything), in the order of the names. */
static int matching(struct gp_stage *stage, struct gp_staged *directory, const struct gp_glob_part *part,
                    gp_staged_list *list)
{
    bool fold = gp_probe_fold(stage->probe);
    size_t from = list->count;
    int r = load(stage, directory, part);

    for (size_t i = 0; i < directory->children.count && r == 0; i++) {
        struct gp_staged *child = directory->children.entries[i].value;
        if (child->now != GP_STAGED_NOTHING && wanted(part, (struct gp_str){child->name, strlen(child->name)}, fold))
            r = gp_vec_push(stage->arena, list, child);
    }
    if (r == 0 && list->count > from)
        qsort(list->data + from, list->count - from, sizeof(*list->data), by_name);
    return r;
}

int gp_stage_list(struct gp_stage *stage, struct gp_staged *directory, gp_staged_list *ret_list)
{
    gp_staged_list list = {0};
    int r = matching(stage, directory, NULL, &list);

    if (r == 0)
        *ret_list = list;
    return r;
}

/* ---- paths --------------------------------------------------------------------------------------------------- */

/* The name of a component that is no glob. */
static int component(struct gp_stage *stage, const struct gp_pathexpr *path, size_t i, struct gp_str *ret_name)
{
    const struct gp_pathpart *part = &path->parts[i];
    struct gp_outcome outcome = GP_OUTCOME_TRUE;
    const char *what;

    *ret_name = part->glob.text;
    if (part->text) {
        int r = gp_eval_component(stage->eval, part->text, ret_name, &outcome);
        if (r < 0)
            return r;
    }
    if (outcome.result == GP_TRUE)
        return 0;
    what = gp_arena_printf(stage->arena, "%.*s", GP_STR_ARG(path->text));
    return what ? gp_stage_no_value(stage, what, outcome.result, outcome.reason, outcome.detail) : -ENOMEM;
}

int gp_stage_components(struct gp_stage *stage, const struct gp_pathexpr *path, struct gp_str **ret_names)
{
    struct gp_str *names = GP_NEW_ARRAY(stage->arena, struct gp_str, path->count + 1);
    int r = names ? 0 : -ENOMEM;

    for (size_t i = 0; i < path->count && r == 0; i++)
        r = component(stage, path, i, &names[i]);
    if (r == 0)
        *ret_names = names;
    return r;
}

static int names_one(struct gp_stage *stage, const struct gp_pathexpr *expr, const char *path)
{
    bool fold = gp_probe_fold(stage->probe);

    for (size_t i = 0; i < expr->count; i++) {
        struct gp_str wanted, name = {path, strcspn(path, "/")};
        int r = component(stage, expr, i, &wanted);
        if (r < 0)
            return r;
        bool literal = expr->parts[i].text != NULL;
        if (!name.len || (literal ? !(fold ? gp_ascii_equal_fold(wanted, name) : gp_str_equal(wanted, name))
                                  : !gp_glob_part_match(&expr->parts[i].glob, name, fold)))
            return 0;
        path += name.len + (path[name.len] == '/');
    }
    return *path == '\0';
}

int gp_stage_names(struct gp_stage *stage, const struct gp_paths *paths, const char *path)
{
    int r = 0;

    for (size_t i = 0; i < paths->count && r == 0; i++)
        r = names_one(stage, paths->data[i], path);
    return r;
}

/* No step may name the root or what is the engine's own. */
static int refuse_own(struct gp_stage *stage, const struct gp_pathexpr *path, struct gp_str first)
{
    if (path->count == 0)
        return gp_stage_fail(stage, "the root itself cannot be changed");
    if (gp_ascii_equal_fold(first, GP_STR(GP_OWN_NAME)))
        return gp_stage_fail(stage, "%.*s is the engine's own and cannot be changed", GP_STR_ARG(first));
    return 0;
}

static int not_there(struct gp_stage *stage, const struct gp_staged *staged, const char *what)
{
    const char *path = gp_staged_path(stage, staged);

    return path ? gp_stage_fail(stage, "%s %s", path, what) : -ENOMEM;
}

/* The next name on the way, from a directory that must be there: NULL where it is not and `missing_ok`. */
static int step_down(struct gp_stage *stage, struct gp_staged *directory, struct gp_str name, bool missing_ok,
                     struct gp_staged **ret_staged)
{
    int r = gp_stage_usable(stage, directory);

    if (r < 0)
        return r;
    if (directory->now != GP_STAGED_DIRECTORY) {
        *ret_staged = NULL;
        if (missing_ok)
            return 0;
        return not_there(stage, directory,
                         directory->now == GP_STAGED_FILE ? "is a file, no directory" : "is not there");
    }
    struct gp_staged *child = gp_stage_child(stage, directory, name);
    if (!child)
        return -ENOMEM;
    *ret_staged = child;
    return 0;
}

int gp_stage_at(struct gp_stage *stage, const struct gp_pathexpr *path, bool missing_ok, struct gp_staged **ret_staged)
{
    struct gp_staged *at = stage->root;
    struct gp_str *names;
    int r = gp_stage_components(stage, path, &names);

    if (r == 0)
        r = refuse_own(stage, path, path->count ? names[0] : (struct gp_str){0});
    for (size_t i = 0; i < path->count && r == 0 && at; i++)
        r = step_down(stage, at, names[i], missing_ok, &at);
    if (r == 0 && at)
        r = gp_stage_usable(stage, at);
    if (r == 0)
        *ret_staged = at;
    return r;
}

/* What one component of a glob finds in one of the names that were found so far. */
static int expand_in(struct gp_stage *stage, struct gp_staged *at, const struct gp_glob_part *glob, struct gp_str name,
                     gp_staged_list *list)
{
    if (at->now == GP_STAGED_UNKNOWN)
        return gp_stage_usable(stage, at);
    if (at->now != GP_STAGED_DIRECTORY)
        return 0;
    if (glob)
        return matching(stage, at, glob, list);
    struct gp_staged *child = gp_stage_child(stage, at, name);
    if (!child)
        return -ENOMEM;
    return child->now == GP_STAGED_NOTHING ? 0 : gp_vec_push(stage->arena, list, child);
}

/* All names that a glob matches, component by component. */
static int expand(struct gp_stage *stage, const struct gp_pathexpr *path, gp_staged_list *ret_list)
{
    gp_staged_list here = {0};
    int r = gp_vec_push(stage->arena, &here, stage->root);

    for (size_t i = 0; i < path->count && r == 0; i++) {
        const struct gp_pathpart *part = &path->parts[i];
        bool literal = part->text || part->glob.literal;
        gp_staged_list next = {0};
        struct gp_str name = {0};
        if (literal)
            r = component(stage, path, i, &name);
        if (r == 0 && i == 0 && literal)
            r = refuse_own(stage, path, name);
        for (size_t n = 0; n < here.count && r == 0; n++)
            r = expand_in(stage, here.data[n], literal ? NULL : &part->glob, name, &next);
        here = next;
    }
    if (r == 0)
        *ret_list = here;
    return r;
}

static int add_once(struct gp_stage *stage, struct gp_staged *staged, gp_staged_list *list)
{
    if (staged->mark == stage->lists)
        return 0;
    staged->mark = stage->lists;
    return gp_vec_push(stage->arena, list, staged);
}

static int find_glob(struct gp_stage *stage, const struct gp_pathexpr *path, bool files_only, gp_staged_list *list)
{
    gp_staged_list found;
    int r = expand(stage, path, &found);

    for (size_t i = 0; i < found.count && r == 0; i++) {
        if (files_only && found.data[i]->now == GP_STAGED_DIRECTORY)
            continue;
        r = gp_stage_usable(stage, found.data[i]);
        if (r == 0)
            r = add_once(stage, found.data[i], list);
    }
    return r;
}

static int find_one(struct gp_stage *stage, const struct gp_pathexpr *path, bool missing_ok, gp_staged_list *list)
{
    struct gp_staged *staged;
    int r = gp_stage_at(stage, path, missing_ok, &staged);

    if (r < 0 || !staged)
        return r;
    if (staged->now != GP_STAGED_NOTHING)
        return add_once(stage, staged, list);
    return missing_ok ? 0 : not_there(stage, staged, "is not there");
}

int gp_stage_find(struct gp_stage *stage, const struct gp_paths *paths, bool missing_ok, bool files_only,
                  gp_staged_list *ret_list)
{
    gp_staged_list list = {0};
    int r = 0;

    stage->lists++;
    for (size_t i = 0; i < paths->count && r == 0; i++)
        r = paths->data[i]->glob ? find_glob(stage, paths->data[i], files_only, &list)
                                 : find_one(stage, paths->data[i], missing_ok, &list);
    if (r == 0)
        *ret_list = list;
    return r;
}
