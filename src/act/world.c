#include "act/world.h"

#include <errno.h>

#include "rule/family.h"
#include "rule/walk.h"

/* ---- file systems -------------------------------------------------------------------------------------------- */

#define DISK_LIMITS                                                                                         \
    "This file system keeps no journal of names: an error or a kill can be undone, but a power cut while " \
    "the operation runs may leave the tree damaged."
#define NET_LIMITS                                                                                          \
    "This is a network file system: an error or a kill can be undone, but a power cut or a lost connection " \
    "while the operation runs may leave the tree in between."
#define UNKNOWN_LIMITS                                                                               \
    "What this file system promises is not known: an error or a kill can be undone, a power cut while " \
    "the operation runs perhaps not."

/* By the f_type of statfs(2).  NULL: renames are atomic and journalled, or a power cut takes everything. */
static const struct {
    uint32_t type;
    const char *limits;
} file_systems[] = {
    {0xef53, NULL},            /* ext4, which says the same as ext2 and ext3 */
    {0x58465342, NULL},        /* XFS */
    {0x9123683e, NULL},        /* Btrfs */
    {0x2fc12fc1, NULL},        /* ZFS */
    {0x01021994, NULL},        /* tmpfs */
    {0x858458f6, NULL},        /* ramfs */
    {0x4d44, DISK_LIMITS},     /* vfat */
    {0x2011bab0, DISK_LIMITS}, /* exFAT */
    {0x6969, NET_LIMITS},      /* NFS */
    {0x517b, NET_LIMITS},      /* SMB */
    {0xff534d42, NET_LIMITS},  /* CIFS */
    {0xfe534d42, NET_LIMITS},  /* SMB 2 */
};

const char *gp_world_limits(const struct gp_sys *sys, int fd)
{
    struct statfs status;
    int r;

    do
        r = sys->fstatfs(sys, fd, &status);
    while (r < 0 && errno == EINTR);
    for (size_t i = 0; r == 0 && i < GP_COUNT(file_systems); i++)
        if (file_systems[i].type == (uint32_t)status.f_type)
            return file_systems[i].limits;
    return UNKNOWN_LIMITS;
}

/* ---- a table that sees nothing any more ---------------------------------------------------------------------- */

static int gone(void)
{
    errno = ESTALE;
    return -1;
}

static int no_openat2(const struct gp_sys *sys GP_UNUSED, int dir GP_UNUSED, const char *path GP_UNUSED,
                      uint64_t flags GP_UNUSED, uint64_t mode GP_UNUSED, uint64_t resolve GP_UNUSED)
{
    return gone();
}

static int no_openat(const struct gp_sys *sys GP_UNUSED, int dir GP_UNUSED, const char *name GP_UNUSED,
                     int flags GP_UNUSED, mode_t mode GP_UNUSED)
{
    return gone();
}

static int no_fstat(const struct gp_sys *sys GP_UNUSED, int fd GP_UNUSED, struct stat *ret GP_UNUSED)
{
    return gone();
}

static int no_fstatat(const struct gp_sys *sys GP_UNUSED, int dir GP_UNUSED, const char *name GP_UNUSED,
                      struct stat *ret GP_UNUSED, int flags GP_UNUSED)
{
    return gone();
}

static ssize_t no_getdents64(const struct gp_sys *sys GP_UNUSED, int fd GP_UNUSED, void *buffer GP_UNUSED,
                             size_t size GP_UNUSED)
{
    return gone();
}

static ssize_t no_pread(const struct gp_sys *sys GP_UNUSED, int fd GP_UNUSED, void *buffer GP_UNUSED,
                        size_t size GP_UNUSED, off_t offset GP_UNUSED)
{
    return gone();
}

static ssize_t no_readlinkat(const struct gp_sys *sys GP_UNUSED, int dir GP_UNUSED, const char *name GP_UNUSED,
                             char *buffer GP_UNUSED, size_t size GP_UNUSED)
{
    return gone();
}

static int no_ioctl(const struct gp_sys *sys GP_UNUSED, int fd GP_UNUSED, unsigned long request GP_UNUSED,
                    void *argument GP_UNUSED)
{
    return gone();
}

static ssize_t no_fgetxattr(const struct gp_sys *sys GP_UNUSED, int fd GP_UNUSED, const char *name GP_UNUSED,
                            void *value GP_UNUSED, size_t size GP_UNUSED)
{
    return gone();
}

static ssize_t no_flistxattr(const struct gp_sys *sys GP_UNUSED, int fd GP_UNUSED, char *list GP_UNUSED,
                             size_t size GP_UNUSED)
{
    return gone();
}

static int no_fstatvfs(const struct gp_sys *sys GP_UNUSED, int fd GP_UNUSED, struct statvfs *ret GP_UNUSED)
{
    return gone();
}

static int no_lock(const struct gp_sys *sys GP_UNUSED, int fd GP_UNUSED, int command GP_UNUSED,
                   struct flock *lock GP_UNUSED)
{
    return gone();
}

void gp_world_freeze(struct gp_sys *sys)
{
    sys->openat2 = no_openat2;
    sys->openat = no_openat;
    sys->fstat = no_fstat;
    sys->fstatat = no_fstatat;
    sys->getdents64 = no_getdents64;
    sys->pread = no_pread;
    sys->readlinkat = no_readlinkat;
    sys->ioctl = no_ioctl;
    sys->fgetxattr = no_fgetxattr;
    sys->flistxattr = no_flistxattr;
    sys->fstatvfs = no_fstatvfs;
    sys->lock = no_lock;
}

/* ---- parameters ---------------------------------------------------------------------------------------------- */

struct search {
    struct gp_eval *eval;
    const struct gp_str *missing;
};

/* 1 ends the walk. */
static int look_up(struct search *search, const struct gp_str *name)
{
    struct gp_reading reading = {0};
    int r = gp_eval_setting(search->eval, GP_SECTION_PARAM, *name, &reading);

    if (r < 0 || reading.result != GP_UNKNOWN || reading.reason != GP_REASON_NOT_GIVEN)
        return r;
    search->missing = name;
    return 1;
}

static int see_ref(struct gp_walk *walk, const struct gp_field *field GP_UNUSED, const struct gp_ref *ref)
{
    return ref->section == GP_SECTION_PARAM ? look_up(walk->context, &ref->id) : 0;
}

static int see_text(struct gp_walk *walk, const struct gp_field *field GP_UNUSED, const struct gp_template *text)
{
    int r = 0;

    for (size_t i = 0; text && i < text->count && r == 0; i++)
        if (text->pieces[i].kind == GP_PIECE_PARAM)
            r = look_up(walk->context, &text->pieces[i].text);
    return r;
}

static int see_path(struct gp_walk *walk, const struct gp_field *field, const struct gp_pathexpr *path)
{
    int r = 0;

    for (size_t i = 0; i < path->count && r == 0; i++)
        r = see_text(walk, field, path->parts[i].text);
    return r;
}

int gp_missing_parameter(struct gp_eval *eval, const struct gp_steps *steps, const struct gp_str **ret_name)
{
    struct search search = {.eval = eval};
    struct gp_walk walk = {.context = &search, .ref = see_ref, .text = see_text, .path = see_path};
    int r = 0;

    for (size_t i = 0; i < steps->count && r == 0; i++)
        if (steps->data[i]->def->object)
            r = gp_walk_fields(&walk, steps->data[i]->def->object->fields, steps->data[i]->data);
    if (r < 0)
        return r;
    *ret_name = search.missing;
    return 0;
}
