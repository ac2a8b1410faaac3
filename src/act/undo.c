/*
 * Undo.  Which primitives were carried out, names tell:
 *
 *     create   NEW/n there: not done.  Else the target is ours, or gone.
 *     replace  NEW/n there: not done.  Else OLD/n there: done.  Else undone.
 *     remove   OLD/n there: done.  Else not done, or undone.
 *
 * What was not done is left alone, whatever somebody else made of it since.  What
 * stands in the way of undoing and is not byte for byte what the run put there
 * goes to GATEPOST/LOST.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "act/clone.h"
#include "act/commit.h"
#include "act/prepare.h"
#include "util/sys-help.h"

#define LOST_MOST 100000u
/* Attributes that are no part of the mode, which is set before them. */
#define KEPT_APART (GP_ATTRIBUTE_HIDDEN | GP_ATTRIBUTE_SYSTEM)

struct undoing {
    const struct gp_ground *ground;
    const struct gp_record *record;
    char number[GP_NUMBER_SIZE];
    int dir; /* of the target; -1: it is gone, and so is the target */
    const char *name;
    struct gp_undo_result *result;
};

/* Whether a name is there: 1, 0 or a negative errno. */
static int there(const struct gp_sys *sys, int dir, const char *name, struct stat *ret)
{
    int r = dir < 0 ? -ENOENT : gp_call_stat(sys, dir, name, ret);

    return r == 0 ? 1 : r == -ENOENT ? 0 : r;
}

static bool is_side(const struct gp_side *side, bool directory, const struct stat *status)
{
    if (directory)
        return S_ISDIR(status->st_mode);
    return S_ISREG(status->st_mode) && side->size == (uint64_t)status->st_size &&
           gp_time_equal(side->mtime, status->st_mtim);
}

/* ---- what is in a directory ---------------------------------------------------------------------------------- */

/* The place of a path among what was put into the directory, or the count. */
static size_t find_inside(const struct gp_record *record, const char *directory, const char *name)
{
    size_t low = 0, high = record->inside_count, len = strlen(directory);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *path = record->inside[middle].path;
        int order = len ? strncmp(directory, path, len) : 0;
        if (order == 0 && len)
            order = path[len] == '/' ? strcmp(name, path + len + 1) : '/' - (unsigned char)path[len];
        else if (order == 0)
            order = strcmp(name, path);
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return record->inside_count;
}

struct looking {
    const struct gp_ground *ground;
    const struct gp_record *record;
    const char *directory; /* below the created one; "" for itself */
    int fd;
    size_t count;
};

/* 1 ends the look: something is not what was put there. */
static int look_inside(void *context, const char *name)
{
    struct looking *looking = context;
    const struct gp_record *record = looking->record;
    size_t place = find_inside(record, looking->directory, name);
    struct stat status;

    if (place == record->inside_count)
        return 1;
    int r = gp_call_stat(looking->ground->sys, looking->fd, name, &status);
    if (r < 0)
        return r;
    const struct gp_inside *inside = &record->inside[place];
    const struct gp_side side = {.size = inside->size, .mtime = inside->mtime};
    looking->count++;
    return is_side(&side, inside->directory, &status) ? 0 : 1;
}

static int look_into(struct looking *looking, const struct gp_ground *top, const char *directory)
{
    int fd = gp_ground_directory(top, *directory ? directory : ".");

    if (fd < 0)
        return fd == -ENOENT || fd == -ENOTDIR || fd == -ELOOP ? 1 : fd;
    looking->directory = directory;
    /* A descriptor of its own, as the position in a directory belongs to the descriptor. */
    looking->fd = looking->ground->sys->openat(looking->ground->sys, fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    int r = looking->fd < 0 ? -errno : gp_call_names(looking->ground->sys, looking->fd, look_inside, looking);
    gp_sys_close(looking->ground->sys, &looking->fd);
    gp_ground_close(top, fd);
    return r;
}

int gp_inside_unchanged(const struct gp_ground *ground, const struct gp_record *record)
{
    struct looking looking = {.ground = ground, .record = record};
    struct gp_ground top = *ground;

    top.root = gp_ground_directory(ground, record->path);
    if (top.root < 0)
        return top.root;
    int r = look_into(&looking, &top, "");
    for (size_t i = 0; i < record->inside_count && r == 0; i++)
        if (record->inside[i].directory)
            r = look_into(&looking, &top, record->inside[i].path);
    gp_ground_close(ground, top.root);
    return r < 0 ? r : r == 0 && looking.count == record->inside_count;
}

/* ---- out of the way ------------------------------------------------------------------------------------------ */

/* Moves the target to the next free name in GATEPOST/LOST, which is there for good before anything is in it. */
static int lose(struct undoing *it)
{
    const struct gp_sys *sys = it->ground->sys;
    char name[16];
    int r = gp_call_mkdir(sys, it->ground->own, "LOST", 0700);
    int lost = r < 0 && r != -EEXIST ? r : gp_sys_open_beneath(sys, it->ground->own, "LOST", O_RDONLY | O_DIRECTORY, 0);

    if (lost < 0)
        return lost;
    r = gp_call_sync(sys, it->ground->own);
    if (r == 0)
        r = -EEXIST;
    for (unsigned i = 0; i < LOST_MOST && r == -EEXIST; i++) {
        snprintf(name, sizeof(name), "%08u", i);
        r = gp_call_rename(sys, it->dir, it->name, lost, name, RENAME_NOREPLACE);
    }
    gp_sys_close(sys, &lost); /* flushed with the directory of the target, which gp_undo() does */
    if (r == 0)
        it->result->lost++;
    return r;
}

static int stuck(struct undoing *it)
{
    it->result->stuck = true;
    return -EUCLEAN;
}

/* OLD/n back to where it was, what is there now out of the way. */
static int put_back(struct undoing *it, bool displaces)
{
    int r = displaces ? lose(it) : 0;

    if (it->dir < 0)
        return stuck(it);
    return r < 0 ? r : gp_call_rename(it->ground->sys, it->ground->kept, it->number, it->dir, it->name, 0);
}

/* ---- the four ------------------------------------------------------------------------------------------------ */

static int undo_create(struct undoing *it)
{
    const struct gp_sys *sys = it->ground->sys;
    struct stat status;
    int r = there(sys, it->ground->made, it->number, &status);

    if (r != 0)
        return r < 0 ? r : 0;
    r = there(sys, it->dir, it->name, &status);
    if (r <= 0)
        return r;
    bool ours = is_side(&it->record->new, it->record->directory, &status);
    if (ours && it->record->directory) {
        r = gp_inside_unchanged(it->ground, it->record);
        if (r < 0)
            return r;
        ours = r;
    }
    return ours ? gp_call_rename(sys, it->dir, it->name, it->ground->made, it->number, RENAME_NOREPLACE) : lose(it);
}

static int undo_replace(struct undoing *it)
{
    const struct gp_sys *sys = it->ground->sys;
    struct stat kept, status;
    int r = there(sys, it->ground->made, it->number, &status);

    if (r != 0)
        return r < 0 ? r : 0;
    int has_kept = there(sys, it->ground->kept, it->number, &kept);
    int has_target = has_kept < 0 ? has_kept : there(sys, it->dir, it->name, &status);
    if (has_target < 0)
        return has_target;
    if (!has_kept)
        return has_target && is_side(&it->record->old, false, &status) ? 0 : stuck(it);
    if (has_target && kept.st_ino == status.st_ino && kept.st_dev == status.st_dev)
        return 0;
    return put_back(it, has_target && !is_side(&it->record->new, false, &status));
}

static int undo_remove(struct undoing *it)
{
    const struct gp_sys *sys = it->ground->sys;
    struct stat status;
    int has_kept = there(sys, it->ground->kept, it->number, &status);
    int has_target = has_kept < 0 ? has_kept : there(sys, it->dir, it->name, &status);

    if (has_target < 0)
        return has_target;
    if (!has_kept)
        return has_target ? 0 : stuck(it);
    return put_back(it, has_target);
}

/* Whether a mode is a side's, or on the way there: with the write bit that gp_set_side() needs for a moment. */
static bool known_mode(const struct gp_side *side, mode_t mode)
{
    return mode == side->mode || mode == (side->mode | S_IWUSR);
}

static int undo_attributes(struct undoing *it)
{
    const struct gp_sys *sys = it->ground->sys;
    const struct gp_side *old = &it->record->old, *new = &it->record->new;
    struct stat status;
    struct gp_dos dos;
    int fd = gp_open_file(it->ground, it->record->path);

    if (fd < 0)
        return fd == -ENOENT || fd == -ENOTDIR || fd == -ELOOP || fd == -EINVAL ? stuck(it) : fd;
    int r = gp_call_fstat(sys, fd, &status);
    if (r == 0)
        r = gp_dos_get(sys, fd, &dos);
    if (r == 0) {
        mode_t mode = status.st_mode & 07777;
        bool known = (known_mode(old, mode) || known_mode(new, mode)) &&
                     (dos.kind == GP_DOS_NONE || !((dos.set ^ old->attributes) & KEPT_APART) ||
                      !((dos.set ^ new->attributes) & KEPT_APART));
        r = known ? gp_set_side(sys, fd, old) : stuck(it);
    }
    gp_sys_close(sys, &fd);
    return r;
}

/* ---- all ----------------------------------------------------------------------------------------------------- */

static int undo_one(struct undoing *it)
{
    static int (*const undos[])(struct undoing *it) = {
        [GP_PRIMITIVE_CREATE] = undo_create,
        [GP_PRIMITIVE_REPLACE] = undo_replace,
        [GP_PRIMITIVE_REMOVE] = undo_remove,
        [GP_PRIMITIVE_ATTRIBUTES] = undo_attributes,
    };
    int dir = gp_ground_parent(it->ground, it->record->path, &it->name);
    int r;

    if (dir < 0 && dir != -ENOENT && dir != -ENOTDIR && dir != -ELOOP)
        return dir;
    it->dir = dir < 0 ? -1 : dir;
    r = undos[it->record->kind](it);
    if (dir >= 0)
        gp_ground_close(it->ground, dir);
    return r;
}

static int restore_directory(const struct gp_ground *ground, const struct gp_touched *directory)
{
    int dir = gp_ground_directory(ground, directory->path);

    if (dir < 0)
        return dir == -ENOENT || dir == -ENOTDIR || dir == -ELOOP ? 0 : dir;
    int r = gp_call_mtime(ground->sys, dir, directory->mtime);
    if (r == -EPERM || r == -EACCES)
        r = 0;
    if (r == 0)
        r = gp_call_sync(ground->sys, dir);
    gp_ground_close(ground, dir);
    return r;
}

int gp_undo(const struct gp_ground *ground, const struct gp_journal *journal, size_t started,
            struct gp_undo_result *ret_result)
{
    struct gp_undo_result result = {0};
    int r = 0;

    for (size_t i = started; i-- > 0 && r == 0;) {
        struct undoing it = {.ground = ground, .record = &journal->records[i], .result = &result};
        gp_number_name(i, it.number);
        result.path = it.record->path;
        r = undo_one(&it);
    }
    for (size_t i = 0; i < journal->directory_count && r == 0; i++) {
        result.path = journal->directories[i].path;
        r = restore_directory(ground, &journal->directories[i]);
    }
    *ret_result = result;
    return r;
}
