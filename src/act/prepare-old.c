/*
 * Preparing: TX/OLD, what is taken out of the tree, and the old side of the
 * journal.
 *
 * A file that is to be replaced gets a second name in OLD, so that putting it
 * back is a rename and brings back everything that the file was.  Linking
 * changes its ctime, so this comes after the tree was compared with what was
 * decided on.
 */
#include <errno.h>
#include <string.h>

#include "act/clone.h"
#include "act/prepare.h"
#include "util/sys-help.h"

static int say_changed(struct gp_preparing *it, const char *path)
{
    it->changed = true;
    it->problem = gp_arena_printf(it->arena, "%s is not what it was when the operation was decided on", path);
    return it->problem ? -EINVAL : -ENOMEM;
}

/* ---- files and directories that are there -------------------------------------------------------------------- */

static bool is_same(const struct gp_facts *facts, const struct stat *status)
{
    return facts->device == status->st_dev && facts->inode == status->st_ino &&
           facts->size == (uint64_t)status->st_size && facts->mode == (status->st_mode & 07777) &&
           facts->mtime.tv_sec == status->st_mtim.tv_sec && facts->mtime.tv_nsec == status->st_mtim.tv_nsec;
}

/* Where a file system knows no second names. */
static bool cannot_link(int error)
{
    return error == -EPERM || error == -EOPNOTSUPP || error == -ENOSYS || error == -EMLINK || error == -EINVAL;
}

static int copy_into(struct gp_preparing *it, int from, int to)
{
    const struct gp_sys *sys = it->ground->sys;
    struct stat status;
    int r = gp_call_fstat(sys, from, &status);

    if (r == 0)
        r = gp_copy_bytes(sys, from, to, (uint64_t)status.st_size);
    if (r == 0)
        r = gp_copy_state(sys, from, to);
    if (r == 0)
        r = gp_call_mtime(sys, to, status.st_mtim);
    return r < 0 ? r : gp_call_sync(sys, to);
}

static int keep_copy(struct gp_preparing *it, int dir, const char *name, const char *number)
{
    const struct gp_sys *sys = it->ground->sys;
    int from = gp_sys_open_read(sys, dir, name);
    int to = from < 0 ? from : gp_sys_open_beneath(sys, it->ground->kept, number, O_WRONLY | O_CREAT | O_EXCL, 0600);
    int r = to < 0 ? to : copy_into(it, from, to);

    gp_sys_close(sys, &from);
    gp_sys_close(sys, &to);
    return r;
}

/* OLD/n of a file that is to be replaced. */
static int keep(struct gp_preparing *it, int dir, const char *name, size_t n, struct gp_record *record)
{
    char number[GP_NUMBER_SIZE];
    int r;

    gp_number_name(n, number);
    r = gp_call_link(it->ground->sys, dir, name, it->ground->kept, number);
    record->linked = r == 0;
    return cannot_link(r) ? keep_copy(it, dir, name, number) : r;
}

/* Notes the old side; for a replacement, keeps the file.  Looked at last, so that a change while it was kept is
 * seen. */
static int take_old(struct gp_preparing *it, size_t n)
{
    struct gp_record *record = &it->journal.records[n];
    const struct gp_facts *facts = gp_probe_peek(it->stage->probe, it->planned->staged[n]->live);
    struct stat status;
    const char *name;
    int dir = gp_ground_parent(it->ground, record->path, &name);
    int r = dir < 0 ? dir : 0;

    if (r == 0 && record->kind == GP_PRIMITIVE_REPLACE)
        r = keep(it, dir, name, n, record);
    if (r == 0)
        r = gp_call_stat(it->ground->sys, dir, name, &status);
    if (dir >= 0)
        gp_ground_close(it->ground, dir);
    if (r == -ENOENT || r == -ENOTDIR || r == -ELOOP || r == -ESTALE || (r == 0 && !is_same(facts, &status)))
        return say_changed(it, record->path);
    if (r < 0)
        return gp_prepare_fail(it, record->path, r);
    record->old = gp_side_of(&status);
    if (record->kind == GP_PRIMITIVE_ATTRIBUTES) {
        /* Its size and time stay, and say whether it is still the same file. */
        unsigned new_attributes = record->new.attributes;
        mode_t new_mode = record->new.mode;
        record->old.attributes = it->planned->plan.data[n].old_attributes;
        record->new = record->old;
        record->new.mode = new_mode;
        record->new.attributes = new_attributes;
    }
    return 0;
}

/* ---- directories --------------------------------------------------------------------------------------------- */

typedef GP_VEC(struct gp_touched) touched_list;

static const char *directory_of(struct gp_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? gp_arena_memdup(arena, path, (size_t)(slash - path)) : gp_arena_strdup(arena, ".");
}

static int add_directory(struct gp_preparing *it, const char *path, touched_list *list)
{
    struct gp_touched touched = {.path = path, .kept = true};
    struct stat status;
    int dir = gp_ground_directory(it->ground, path);
    int r = dir < 0 ? dir : gp_call_fstat(it->ground->sys, dir, &status);

    if (dir >= 0)
        gp_ground_close(it->ground, dir);
    if (r < 0)
        return gp_prepare_fail(it, path, r);
    touched.mtime = status.st_mtim;
    return gp_vec_push(it->arena, list, touched);
}

/* The directories in which names come, go or change what they stand for. */
static int take_directories(struct gp_preparing *it)
{
    touched_list list = {0};
    struct gp_strmap seen = {0}; /* path → its place in the list + 1 */
    int r = 0;

    for (size_t i = 0; i < it->journal.record_count && r == 0; i++) {
        const struct gp_record *record = &it->journal.records[i];
        if (record->kind == GP_PRIMITIVE_ATTRIBUTES)
            continue;
        const char *path = directory_of(it->arena, record->path);
        if (!path)
            return -ENOMEM;
        uintptr_t place = (uintptr_t)gp_strmap_get0(&seen, path);
        if (!place) {
            r = add_directory(it, path, &list);
            place = list.count;
            if (r == 0)
                r = gp_strmap_put(it->arena, &seen, (struct gp_str){path, strlen(path)}, (void *)place);
        }
        if (r == 0 && record->kind != GP_PRIMITIVE_REPLACE)
            list.data[place - 1].kept = false;
    }
    it->journal.directories = list.data;
    it->journal.directory_count = list.count;
    return r;
}

int gp_prepare_old(struct gp_preparing *it)
{
    int r = 0;

    for (size_t i = 0; i < it->journal.record_count && r == 0; i++)
        if (it->journal.records[i].kind != GP_PRIMITIVE_CREATE)
            r = take_old(it, i);
    if (r == 0)
        r = take_directories(it);
    if (r < 0)
        return r;
    r = gp_call_sync(it->ground->sys, it->ground->kept);
    if (r == 0) /* GATEPOST itself may be new */
        r = gp_call_sync(it->ground->sys, it->ground->root);
    return r < 0 ? gp_prepare_fail(it, GP_OWN_NAME, r) : 0;
}
