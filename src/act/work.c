/* Making a working copy. */
#include "act/work.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "act/ground.h"
#include "act/prepare.h"
#include "util/sys-help.h"

#define DIRECTORY (O_RDONLY | O_DIRECTORY)

void gp_working_copy_done(const struct gp_sys *sys, struct gp_working_copy *copy)
{
    gp_probe_free(copy->probe);
    copy->probe = NULL;
    gp_sys_close(sys, &copy->work);
    gp_sys_close(sys, &copy->scratch);
}

/* Everything that is to be copied: whether that can be, and how many bytes it has. */
static int survey(struct gp_stage *stage, uint64_t *ret_bytes)
{
    gp_staged_list open = {0};
    uint64_t bytes = 0;
    int r = gp_vec_push(stage->arena, &open, stage->root);

    for (size_t i = 0; i < open.count && r == 0; i++) {
        gp_staged_list here;
        r = gp_stage_list(stage, open.data[i], &here);
        for (size_t n = 0; r == 0 && n < here.count; n++) {
            r = gp_stage_usable(stage, here.data[n]);
            if (r == 0 && here.data[n]->now == GP_STAGED_DIRECTORY)
                r = gp_vec_push(stage->arena, &open, here.data[n]);
            else if (r == 0 && __builtin_add_overflow(bytes, here.data[n]->content.size, &bytes))
                r = gp_stage_fail(stage, "the tree is too big to be copied");
        }
    }
    *ret_bytes = bytes;
    return r;
}

static int check_space(struct gp_stage *stage, uint64_t bytes)
{
    const struct gp_sys *sys = stage->sys;
    struct statvfs status;
    uint64_t room;

    if (sys->fstatvfs(sys, stage->ground->own, &status) < 0)
        return gp_stage_fail(stage, "how much space there is for a working copy cannot be told: %s", strerror(errno));
    if (__builtin_mul_overflow((uint64_t)status.f_bavail, (uint64_t)status.f_frsize, &room) || room >= bytes)
        return 0;
    return gp_stage_fail(stage, "the working copy needs %llu bytes, and %llu are free", (unsigned long long)bytes,
                         (unsigned long long)room);
}

/* Makes EXECn and opens it. */
static int make_place(struct gp_stage *stage)
{
    const struct gp_sys *sys = stage->sys;
    char name[24];
    int tx = gp_ground_open_tx(stage->ground);

    if (tx < 0)
        return tx;
    snprintf(name, sizeof(name), "EXEC%zu", stage->copies.count + 1);
    int r = gp_call_mkdir(sys, tx, name, 0700);
    if (r == 0)
        r = gp_sys_open_beneath(sys, tx, name, DIRECTORY, 0);
    gp_sys_close(sys, &tx);
    return r;
}

static int path_of(struct gp_stage *stage, int fd, const char **ret_path)
{
    char link[64], path[PATH_MAX];

    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof(path) - 1); /* of /proc, not a tree */
    if (n < 0)
        return -errno;
    *ret_path = gp_arena_memdup(stage->arena, path, (size_t)n);
    return *ret_path ? 0 : -ENOMEM;
}

static int fill(struct gp_stage *stage, int place, struct gp_working_copy *copy)
{
    const struct gp_sys *sys = stage->sys;
    struct gp_ground ground = *stage->ground;
    struct gp_preparing preparing = {.arena = stage->arena, .ground = &ground, .stage = stage, .draft = true};
    struct gp_record ignored = {0};

    ground.made = place;
    int r = path_of(stage, place, &copy->path);
    if (r == 0)
        r = gp_prepare_directory(&preparing, GP_WORK_NAME, stage->root, &ignored);
    if (r == 0)
        r = gp_call_mkdir(sys, place, GP_SCRATCH_NAME, 0700);
    if (r == 0)
        r = copy->work = gp_sys_open_beneath(sys, place, GP_WORK_NAME, DIRECTORY, 0);
    if (r >= 0)
        r = copy->scratch = gp_sys_open_beneath(sys, place, GP_SCRATCH_NAME, DIRECTORY, 0);
    return r < 0 ? r : 0;
}

int gp_working_copy_make(struct gp_stage *stage, struct gp_working_copy **ret_copy)
{
    struct gp_working_copy *copy = GP_NEW(stage->arena, struct gp_working_copy);
    uint64_t bytes;
    int r = copy ? survey(stage, &bytes) : -ENOMEM;

    if (r == 0)
        r = check_space(stage, bytes);
    if (r < 0)
        return r;
    *copy = (struct gp_working_copy){.work = -1, .scratch = -1, .step = stage->number};
    int place = make_place(stage);
    r = place < 0 ? place : gp_vec_push(stage->arena, &stage->copies, copy);
    if (r == 0)
        r = fill(stage, place, copy);
    gp_sys_close(stage->sys, &place);
    if (r == 0)
        *ret_copy = copy;
    if (r == 0 || r == -ENOMEM)
        return r;
    if (r == -ESTALE)
        return gp_stage_fail(stage, "the tree changed while it was copied");
    return gp_stage_fail(stage, "the tree cannot be copied: %s", strerror(-r));
}
