#include "act/clone.h"

#include <errno.h>
#include <linux/types.h> /* before msdos_fs.h, which lacks it */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/xattr.h>

#include <linux/msdos_fs.h>

#include "act/ground.h"
#include "probe/dos-attributes.h"
#include "util/sys-help.h"

#define BLOCK ((size_t)64 << 10)
#define XATTR_BYTES ((size_t)64 << 10) /* the kernel's own limit of a list and of a value */

/* ---- DOS attributes ------------------------------------------------------------------------------------------ */

int gp_dos_get(const struct gp_sys *sys, int fd, struct gp_dos *ret)
{
    unsigned known = 0, set = 0;
    enum gp_dos_kind kind = GP_DOS_FAT;
    int r = gp_dos_attributes_fat(sys, fd, &known, &set);

    if (r == 0 && !known) {
        kind = GP_DOS_SAMBA;
        r = gp_dos_attributes_samba(sys, fd, &known, &set);
    }
    if (r < 0)
        return r;
    *ret = (struct gp_dos){.kind = known ? kind : GP_DOS_NONE, .set = known ? set : 0};
    return 0;
}

static int set_fat(const struct gp_sys *sys, int fd, unsigned mask, unsigned set)
{
    uint32_t attributes = 0;

    if (sys->ioctl(sys, fd, FAT_IOCTL_GET_ATTRIBUTES, &attributes) < 0)
        return -errno;
    uint32_t wanted = (attributes & ~mask) | (set & mask);
    if (wanted != attributes && sys->ioctl(sys, fd, FAT_IOCTL_SET_ATTRIBUTES, &wanted) < 0)
        return -errno;
    return 0;
}

static int set_samba(const struct gp_sys *sys, int fd, unsigned mask, unsigned set)
{
    char value[1024];
    ssize_t n = sys->fgetxattr(sys, fd, "user.DOSATTRIB", value, sizeof(value));

    if (n < 0)
        return -errno;
    int r = gp_dosattrib_change(value, (size_t)n, mask, set);
    if (r < 0)
        return r;
    return sys->fsetxattr(sys, fd, "user.DOSATTRIB", value, (size_t)n, XATTR_REPLACE) < 0 ? -errno : 0;
}

int gp_dos_set(const struct gp_sys *sys, int fd, unsigned mask, unsigned set)
{
    struct gp_dos now;
    int r = gp_dos_get(sys, fd, &now);

    if (r < 0)
        return r;
    if (now.kind == GP_DOS_NONE)
        return set & mask & ~(unsigned)GP_ATTRIBUTE_READ_ONLY ? -EOPNOTSUPP : 0;
    if (((now.set ^ set) & mask) == 0)
        return 0;
    return now.kind == GP_DOS_FAT ? set_fat(sys, fd, mask, set) : set_samba(sys, fd, mask, set);
}

/* ---- mode and owner ------------------------------------------------------------------------------------------ */

int gp_set_mode(const struct gp_sys *sys, int fd, mode_t mode)
{
    struct stat status;
    int r = gp_call_fstat(sys, fd, &status);

    if (r < 0 || (status.st_mode & 07777) == mode)
        return r;
    return sys->fchmod(sys, fd, mode) < 0 ? -errno : 0;
}

int gp_set_owner(const struct gp_sys *sys, int fd, uid_t owner, gid_t group)
{
    struct stat status;
    int r = gp_call_fstat(sys, fd, &status);

    if (r < 0)
        return r;
    if (owner == status.st_uid)
        owner = (uid_t)-1;
    if (group == status.st_gid)
        group = (gid_t)-1;
    if (owner == (uid_t)-1 && group == (gid_t)-1)
        return 0;
    return sys->fchown(sys, fd, owner, group) < 0 ? -errno : 0;
}

/* ---- extended attributes ------------------------------------------------------------------------------------- */

/* Whether a copy can do without an attribute that it may not set: those of the system (security labels, trusted data),
 * and any on a file system that keeps none. */
static bool can_do_without(const char *name, int error)
{
    if (error != EPERM && error != EOPNOTSUPP)
        return false;
    return strncmp(name, "user.", 5) != 0 && strncmp(name, "system.", 7) != 0;
}

static int copy_xattr(const struct gp_sys *sys, int from, int to, const char *name, char *value)
{
    ssize_t n = sys->fgetxattr(sys, from, name, value, XATTR_BYTES);

    if (n < 0)
        return errno == ENODATA || can_do_without(name, errno) ? 0 : -errno;
    if (sys->fsetxattr(sys, to, name, value, (size_t)n, 0) < 0)
        return can_do_without(name, errno) ? 0 : -errno;
    return 0;
}

int gp_copy_xattrs(const struct gp_sys *sys, int from, int to)
{
    char *names = malloc(2 * XATTR_BYTES);
    ssize_t n = names ? sys->flistxattr(sys, from, names, XATTR_BYTES) : 0;
    int r = !names ? -ENOMEM : n < 0 && errno != EOPNOTSUPP && errno != ENOSYS ? -errno : 0;

    if (r == 0 && n > 0)
        names[n - 1] = '\0';
    for (ssize_t at = 0; at < n && r == 0; at += (ssize_t)strlen(names + at) + 1)
        r = copy_xattr(sys, from, to, names + at, names + XATTR_BYTES);
    free(names);
    return r;
}

int gp_copy_state(const struct gp_sys *sys, int from, int to)
{
    struct stat status;
    struct gp_dos dos;
    int r = gp_call_fstat(sys, from, &status);

    if (r == 0)
        r = gp_set_owner(sys, to, status.st_uid, status.st_gid);
    if (r == 0)
        r = gp_copy_xattrs(sys, from, to);
    if (r == 0)
        r = gp_dos_get(sys, from, &dos);
    if (r == 0 && dos.kind == GP_DOS_FAT)
        r = gp_dos_set(sys, to, GP_ATTRIBUTE_HIDDEN | GP_ATTRIBUTE_SYSTEM, dos.set);
    return r < 0 ? r : gp_set_mode(sys, to, status.st_mode & 07777);
}

/* ---- bytes --------------------------------------------------------------------------------------------------- */

int gp_copy_bytes(const struct gp_sys *sys, int from, int to, uint64_t size)
{
    char *block = malloc(BLOCK);
    int r = block ? 0 : -ENOMEM;

    for (uint64_t at = 0; at < size && r == 0; at += BLOCK) {
        size_t length = size - at < BLOCK ? (size_t)(size - at) : BLOCK;
        ssize_t n = gp_sys_read_full(sys, from, block, length, at);
        r = n < 0 ? (int)n : (size_t)n < length ? -ESTALE : gp_sys_write_full(sys, to, block, length, at);
    }
    free(block);
    return r;
}
