#include "act/commit.h"

#include <errno.h>

#include "act/clone.h"
#include "act/prepare.h"
#include "util/sys-help.h"

bool gp_time_equal(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

int gp_open_file(const struct gp_ground *ground, const char *path)
{
    struct stat status;
    const char *name;
    int dir = gp_ground_parent(ground, path, &name);

    if (dir < 0)
        return dir;
    int fd = gp_sys_open_read(ground->sys, dir, name);
    gp_ground_close(ground, dir);
    if (fd < 0)
        return fd;
    int r = gp_call_fstat(ground->sys, fd, &status);
    if (r == 0 && !S_ISREG(status.st_mode))
        r = -EINVAL;
    if (r < 0)
        gp_sys_close(ground->sys, &fd);
    return r < 0 ? r : fd;
}

int gp_set_side(const struct gp_sys *sys, int fd, const struct gp_side *side)
{
    /* Attributes that are kept beside the file can be set only while it has a write bit. */
    int r = gp_set_mode(sys, fd, side->mode | S_IWUSR);

    if (r == 0)
        r = gp_dos_set(sys, fd, GP_ATTRIBUTE_READ_ONLY | GP_ATTRIBUTE_HIDDEN | GP_ATTRIBUTE_SYSTEM, side->attributes);
    if (r == 0 && !(side->mode & S_IWUSR))
        r = gp_set_mode(sys, fd, side->mode);
    return r < 0 ? r : gp_call_sync(sys, fd);
}

/* Whether a file or directory is what the journal says was there. */
static bool is_old(const struct gp_record *record, const struct stat *status)
{
    if (S_ISDIR(status->st_mode) != record->directory || (!record->directory && !S_ISREG(status->st_mode)))
        return false;
    struct gp_side side = gp_side_of(status);
    return side.inode == record->old.inode && side.size == record->old.size &&
           gp_time_equal(side.mtime, record->old.mtime);
}

/* Looks before it touches; `*ret_changed`: somebody else was here. */
static int check_old(const struct gp_ground *ground, int dir, const char *name, const struct gp_record *record,
                     bool *ret_changed)
{
    struct stat status;
    int r = gp_call_stat(ground->sys, dir, name, &status);

    *ret_changed = r == -ENOENT || (r == 0 && !is_old(record, &status));
    return *ret_changed ? -ESTALE : r;
}

static int do_create(const struct gp_ground *ground, int dir, const char *name, const char *number, bool *ret_changed)
{
    int r = gp_call_rename(ground->sys, ground->made, number, dir, name, RENAME_NOREPLACE);

    *ret_changed = r == -EEXIST;
    return r;
}

static int do_attributes(const struct gp_ground *ground, const struct gp_record *record)
{
    int fd = gp_open_file(ground, record->path);

    if (fd < 0)
        return fd;
    int r = gp_set_side(ground->sys, fd, &record->new);
    gp_sys_close(ground->sys, &fd);
    return r;
}

static int do_one(const struct gp_ground *ground, const struct gp_record *record, size_t n,
                  struct gp_commit_result *result)
{
    char number[GP_NUMBER_SIZE];
    const char *name;
    int dir = gp_ground_parent(ground, record->path, &name);
    int r = dir < 0 ? dir : 0;

    gp_number_name(n, number);
    if (r == 0 && record->kind != GP_PRIMITIVE_CREATE)
        r = check_old(ground, dir, name, record, &result->changed);
    if (r == 0) {
        result->started = n + 1;
        switch (record->kind) {
        case GP_PRIMITIVE_CREATE:
            r = do_create(ground, dir, name, number, &result->changed);
            break;
        case GP_PRIMITIVE_REPLACE:
            r = gp_call_rename(ground->sys, ground->made, number, dir, name, 0);
            break;
        case GP_PRIMITIVE_REMOVE:
            r = gp_call_rename(ground->sys, dir, name, ground->kept, number, RENAME_NOREPLACE);
            break;
        case GP_PRIMITIVE_ATTRIBUTES:
            r = do_attributes(ground, record);
            break;
        }
    }
    if (dir >= 0)
        gp_ground_close(ground, dir);
    return r;
}

/* Where no name came or went, the time is what it was: the files in it changed, not the directory. */
static int settle_directory(const struct gp_ground *ground, const struct gp_touched *directory)
{
    int dir = gp_ground_directory(ground, directory->path);
    int r = dir < 0 ? dir : 0;

    if (r == 0 && directory->kept) {
        r = gp_call_mtime(ground->sys, dir, directory->mtime);
        if (r == -EPERM || r == -EACCES) /* somebody else's directory: its time stays new */
            r = 0;
    }
    if (r == 0)
        r = gp_call_sync(ground->sys, dir);
    if (dir >= 0)
        gp_ground_close(ground, dir);
    return r;
}

/* What was replaced and removed is in OLD and about to go: whoever wrote it since the look before the rename gets it
 * back. */
static int check_kept(const struct gp_ground *ground, const struct gp_record *record, size_t n, bool *ret_changed)
{
    char number[GP_NUMBER_SIZE];

    if (record->kind != GP_PRIMITIVE_REMOVE && !record->linked)
        return 0;
    gp_number_name(n, number);
    return check_old(ground, ground->kept, number, record, ret_changed);
}

int gp_commit(const struct gp_ground *ground, const struct gp_journal *journal, struct gp_commit_result *ret_result)
{
    struct gp_commit_result result = {0};
    int r = 0;

    for (size_t i = 0; i < journal->record_count && r == 0; i++) {
        result.path = journal->records[i].path;
        r = do_one(ground, &journal->records[i], i, &result);
    }
    for (size_t i = 0; i < journal->directory_count && r == 0; i++) {
        result.path = journal->directories[i].path;
        r = settle_directory(ground, &journal->directories[i]);
    }
    for (size_t i = 0; i < journal->record_count && r == 0; i++) {
        result.path = journal->records[i].path;
        r = check_kept(ground, &journal->records[i], i, &result.changed);
    }
    *ret_result = result;
    return r;
}
