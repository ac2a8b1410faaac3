/*
 * Preparing: TX/NEW, what is to be put into the tree.
 *
 * What replaces a file, and what was moved, has its mode, owner and extended
 * attributes.  What is new takes them from the directory that it is made in, as
 * on a file server that inherits permissions: owner and group where we may, and
 * the mode without what makes no sense for a file.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/clone.h"
#include "act/prepare.h"
#include "util/sys-help.h"

int gp_prepare_fail(struct gp_preparing *it, const char *path, int error)
{
    if (error == -ENOMEM)
        return error;
    if (error == -ESTALE)
        it->problem = gp_arena_printf(it->arena, "%s: what goes into it changed while it was read", path);
    else
        it->problem = gp_arena_printf(it->arena, "%s: %s", path, strerror(-error));
    return it->problem ? -EINVAL : -ENOMEM;
}

void gp_number_name(size_t number, char ret_name[GP_NUMBER_SIZE])
{
    snprintf(ret_name, GP_NUMBER_SIZE, "%u", (unsigned)number);
}

struct gp_side gp_side_of(const struct stat *status)
{
    return (struct gp_side){
        .inode = (uint64_t)status->st_ino,
        .size = S_ISREG(status->st_mode) ? (uint64_t)status->st_size : 0,
        .mtime = status->st_mtim,
        .mode = status->st_mode & 07777,
    };
}

/* ---- mode and owner ------------------------------------------------------------------------------------------ */

static const struct gp_facts *facts_of(struct gp_preparing *it, struct gp_entry *entry)
{
    return gp_probe_peek(it->stage->probe, entry);
}

/* The directory of the tree, or that was moved or copied, whose ways a new name inherits. */
static const struct gp_facts *inherited(struct gp_preparing *it, const struct gp_staged *staged)
{
    for (const struct gp_staged *at = staged->parent; at; at = at->parent) {
        if (at->fresh && at->model)
            return facts_of(it, at->model);
        if (!at->fresh && at->live)
            return facts_of(it, at->live);
    }
    return facts_of(it, it->stage->root->live);
}

/* Whether the staged name goes on being, or is moved from, what its model is. */
static bool is_model(const struct gp_staged *staged)
{
    return staged->model && (staged->moved || staged->model == staged->live);
}

static mode_t mode_of(struct gp_preparing *it, const struct gp_staged *staged, unsigned attributes)
{
    const struct gp_facts *parent = inherited(it, staged);
    bool directory = staged->now == GP_STAGED_DIRECTORY;
    mode_t mode = staged->model ? facts_of(it, staged->model)->mode : parent->mode & (directory ? 02777 : 0666);

    if (directory)
        return mode;
    if (attributes & GP_ATTRIBUTE_READ_ONLY)
        mode &= ~(mode_t)0222;
    else if (staged->asked & GP_ATTRIBUTE_READ_ONLY) /* who may read it and write in its directory may write it */
        mode |= 0200 | ((mode & 0044) >> 1 & parent->mode);
    return mode;
}

/* New names belong to whom their directory belongs, as far as we may give them away. */
static int inherit_owner(struct gp_preparing *it, int fd, const struct gp_staged *staged)
{
    const struct gp_sys *sys = it->ground->sys;
    const struct gp_facts *parent = inherited(it, staged);
    int r = gp_set_owner(sys, fd, parent->owner, parent->group);

    if (r == -EPERM)
        r = gp_set_owner(sys, fd, (uid_t)-1, parent->group);
    return r == -EPERM || r == -EINVAL ? 0 : r;
}

/* A descriptor of what the model is now; the decision is checked again before anything comes of it. */
static int open_model(struct gp_preparing *it, const struct gp_staged *staged)
{
    const char *path = gp_probe_entry_path(it->stage->probe, staged->model, it->arena);
    const char *name;
    int dir = path ? gp_ground_parent(it->ground, path, &name) : -ENOMEM;

    if (dir < 0)
        return dir;
    int fd = gp_sys_open_read(it->ground->sys, dir, name);
    gp_ground_close(it->ground, dir);
    return fd;
}

static int take_over(struct gp_preparing *it, int fd, const struct gp_staged *staged)
{
    const struct gp_sys *sys = it->ground->sys;
    int model = open_model(it, staged);

    if (model < 0)
        return model;
    int r = gp_copy_state(sys, model, fd);
    gp_sys_close(sys, &model);
    return r;
}

/* Everything but the content: in the end, as the mode may forbid writing and writing sets the time. */
static int finish(struct gp_preparing *it, int fd, const struct gp_staged *staged, unsigned attributes)
{
    const struct gp_sys *sys = it->ground->sys;
    int r = is_model(staged) ? take_over(it, fd, staged) : inherit_owner(it, fd, staged);

    if (r == 0)
        r = gp_set_mode(sys, fd, mode_of(it, staged, attributes));
    if (r == 0 && staged->asked)
        r = gp_dos_set(sys, fd, staged->asked, attributes);
    if (r == 0 && staged->model && (staged->moved || it->draft))
        r = gp_call_mtime(sys, fd, facts_of(it, staged->model)->mtime);
    return r < 0 || it->draft ? r : gp_call_sync(sys, fd);
}

/* ---- files --------------------------------------------------------------------------------------------------- */

/* Makes a file and notes what it is. */
static int make_file(struct gp_preparing *it, int dir, const char *name, const struct gp_staged *staged,
                     unsigned attributes, struct gp_side *ret_side)
{
    const struct gp_sys *sys = it->ground->sys;
    struct stat status;
    int fd = gp_sys_open_beneath(sys, dir, name, O_RDWR | O_CREAT | O_EXCL, 0600);

    if (fd < 0)
        return fd;
    int r = gp_content_write(sys, fd, &staged->content);
    if (r == 0)
        r = finish(it, fd, staged, attributes);
    if (r == 0)
        r = gp_call_fstat(sys, fd, &status);
    gp_sys_close(sys, &fd);
    if (r == 0)
        *ret_side = gp_side_of(&status);
    return r;
}

/* ---- directories --------------------------------------------------------------------------------------------- */

struct made {
    struct gp_staged *staged;
    const char *path; /* from NEW */
};
typedef GP_VEC(struct made) made_list;
typedef GP_VEC(struct gp_inside) inside_list;

static unsigned inside_attributes(struct gp_preparing *it, const struct gp_staged *file)
{
    unsigned set = 0;

    if (file->model) {
        set = gp_probe_attributes(it->stage->probe, file->model).set;
        if (!is_model(file))
            set &= GP_ATTRIBUTE_READ_ONLY;
    }
    return (set & ~file->asked) | file->set;
}

/* One name in a directory that is being made. */
static int make_inside(struct gp_preparing *it, int dir, const struct made *made, size_t top_length, made_list *open,
                       inside_list *inside)
{
    const char *path = made->path;
    struct gp_inside entry = {.path = path + top_length, .directory = made->staged->now == GP_STAGED_DIRECTORY};
    struct gp_side side;
    int r;

    if (entry.directory) {
        r = gp_call_mkdir(it->ground->sys, dir, made->staged->name, 0700);
        if (r == 0)
            r = gp_vec_push(it->arena, open, *made);
    } else {
        r = make_file(it, dir, made->staged->name, made->staged, inside_attributes(it, made->staged), &side);
        if (r == 0) {
            entry.size = side.size;
            entry.mtime = side.mtime;
        }
    }
    return r < 0 ? r : gp_vec_push(it->arena, inside, entry);
}

static int fill_directory(struct gp_preparing *it, const struct gp_ground *new, struct made at, size_t top_length,
                          made_list *open, inside_list *inside)
{
    gp_staged_list list;
    int r = gp_stage_list(it->stage, at.staged, &list);
    int dir = r < 0 ? r : gp_ground_directory(new, at.path);

    if (dir < 0)
        return dir;
    for (size_t i = 0; i < list.count && r == 0; i++) {
        struct made made = {list.data[i], gp_arena_printf(it->arena, "%s/%s", at.path, list.data[i]->name)};
        r = made.path ? make_inside(it, dir, &made, top_length, open, inside) : -ENOMEM;
    }
    gp_ground_close(new, dir);
    return r;
}

static int finish_directory(struct gp_preparing *it, const struct gp_ground *new, const struct made *made)
{
    int dir = gp_ground_directory(new, made->path);

    if (dir < 0)
        return dir;
    int r = finish(it, dir, made->staged, 0);
    gp_ground_close(new, dir);
    return r;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct gp_inside *)a)->path, ((const struct gp_inside *)b)->path);
}

/* Makes a directory with everything in it; the innermost are finished first, as making names sets times. */
int gp_prepare_directory(struct gp_preparing *it, const char *name, struct gp_staged *staged, struct gp_record *record)
{
    struct gp_ground new = *it->ground;
    made_list open = {0};
    inside_list inside = {0};
    struct stat status;

    new.root = it->ground->made;
    int r = gp_call_mkdir(new.sys, new.root, name, 0700);
    if (r == 0)
        r = gp_vec_push(it->arena, &open, (struct made){staged, name});
    for (size_t i = 0; i < open.count && r == 0; i++)
        r = fill_directory(it, &new, open.data[i], strlen(name) + 1, &open, &inside);
    for (size_t i = open.count; i-- > 0 && r == 0;)
        r = finish_directory(it, &new, &open.data[i]);
    if (r == 0)
        r = gp_call_stat(new.sys, new.root, name, &status);
    if (r < 0)
        return r;
    if (inside.count)
        qsort(inside.data, inside.count, sizeof(*inside.data), by_path);
    record->inside = inside.data;
    record->inside_count = inside.count;
    record->new = gp_side_of(&status);
    return 0;
}

/* ---- all ----------------------------------------------------------------------------------------------------- */

static int make_one(struct gp_preparing *it, size_t number)
{
    const struct gp_primitive *primitive = &it->planned->plan.data[number];
    struct gp_staged *staged = it->planned->staged[number];
    struct gp_record *record = &it->journal.records[number];
    char *name = gp_arena_alloc(it->arena, GP_NUMBER_SIZE);

    *record = (struct gp_record){.kind = primitive->kind, .path = primitive->path, .directory = primitive->directory};
    if (!name)
        return -ENOMEM;
    gp_number_name(number, name);
    if (primitive->kind == GP_PRIMITIVE_CREATE && primitive->directory)
        return gp_prepare_directory(it, name, staged, record);
    if (primitive->kind == GP_PRIMITIVE_CREATE || primitive->kind == GP_PRIMITIVE_REPLACE)
        return make_file(it, it->ground->made, name, staged, primitive->new_attributes, &record->new);
    if (primitive->kind == GP_PRIMITIVE_ATTRIBUTES) {
        record->new.mode = mode_of(it, staged, primitive->new_attributes);
        record->new.attributes = primitive->new_attributes;
    }
    return 0;
}

static int make_places(struct gp_ground *ground)
{
    const struct gp_sys *sys = ground->sys;
    int tx = gp_ground_open_tx(ground);

    if (tx < 0)
        return tx;
    int r = gp_call_mkdir(sys, tx, "NEW", 0700);
    if (r == 0)
        r = gp_call_mkdir(sys, tx, "OLD", 0700);
    if (r == 0)
        r = gp_call_sync(sys, tx);
    gp_sys_close(sys, &tx);
    return r < 0 ? r : gp_ground_enter(ground);
}

int gp_prepare_new(struct gp_preparing *it)
{
    size_t count = it->planned->plan.count;
    int r = make_places(it->ground);

    if (r < 0)
        return gp_prepare_fail(it, GP_OWN_NAME "/TX", r);
    it->journal.records = GP_NEW_ARRAY(it->arena, struct gp_record, count + 1);
    if (!it->journal.records)
        return -ENOMEM;
    it->journal.record_count = count;
    for (size_t i = 0; i < count && r == 0; i++) {
        r = make_one(it, i);
        it->changed = r == -ESTALE;
        if (r < 0)
            r = gp_prepare_fail(it, it->planned->plan.data[i].path, r);
    }
    if (r == 0) {
        r = gp_call_sync(it->ground->sys, it->ground->made);
        if (r < 0)
            r = gp_prepare_fail(it, GP_OWN_NAME "/TX/NEW", r);
    }
    return r;
}
