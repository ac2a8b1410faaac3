/*
 * Hidden, system and read-only where a file system keeps them: FAT (a table that
 * remembers what was set) and Samba's user.DOSATTRIB; set, seen and taken back.
 */
#include <linux/types.h>
#include <sys/ioctl.h>
#include <sys/xattr.h>

#include <linux/msdos_fs.h>

#include "act-helper.h"
#include "act/clone.h"
#include "probe/dos-attributes.h"

static const char rules[] =
    "gatepost: 1\n"
    "ruleset: lab\n"
    "title: A laboratory\n"
    "version: 1.0.0\n"
    "operations:\n"
    "  act:\n"
    "    title: Hide\n"
    "    requires: { a: { that: { file: A }, otherwise: { cause: No A. } } }\n"
    "    action:\n"
    "      - { attributes: A, hidden: true, system: false, read-only: true }\n"
    "      - { write: B, text: new }\n"
    "    ensures:\n"
    "      hidden: { that: { file: A, attributes: { hidden: true, system: false, read-only: true } } }\n"
    "      kept: { that: { file: B, attributes: { hidden: true } } }\n"
    "  fails:\n"
    "    title: Hide in vain\n"
    "    requires: { a: { that: { file: A }, otherwise: { cause: No A. } } }\n"
    "    action:\n"
    "      - { attributes: A, hidden: true, system: false }\n"
    "      - { write: B, text: new }\n"
    "    ensures: { never: { that: { file: NONE } } }\n"
    "  made:\n"
    "    title: Make a hidden file\n"
    "    requires: { a: { that: { file: A }, otherwise: { cause: No A. } } }\n"
    "    action:\n"
    "      - { write: C, text: new }\n"
    "      - { attributes: C, hidden: true }\n"
    "    ensures: { hidden: { that: { file: C, attributes: { hidden: true } } } }\n";

static const char *const tree[] = {"A=a", "B=b", NULL};

/* ---- FAT ----------------------------------------------------------------------------------------------------- */

#define KEPT 64

static struct {
    ino_t inode;
    uint32_t attributes;
} kept[KEPT];

static uint32_t *kept_of(ino_t inode)
{
    for (size_t i = 0; i < KEPT; i++)
        if (kept[i].inode == inode || !kept[i].inode) {
            kept[i].inode = inode;
            return &kept[i].attributes;
        }
    bail("too many files");
}

static int fat_ioctl(const struct gp_sys *sys, int fd, unsigned long request, void *argument)
{
    struct stat status;

    if (gp_sys_linux.fstat(sys, fd, &status) < 0)
        return -1;
    uint32_t *attributes = kept_of(status.st_ino), read_only = status.st_mode & 0222 ? 0 : ATTR_RO;
    if (request == FAT_IOCTL_GET_ATTRIBUTES) {
        *(uint32_t *)argument = (*attributes & ~(uint32_t)ATTR_RO) | read_only;
        return 0;
    }
    if (request != FAT_IOCTL_SET_ATTRIBUTES) {
        errno = ENOTTY;
        return -1;
    }
    *attributes = *(uint32_t *)argument;
    return 0;
}

static uint32_t fat_of(const char *root, const char *name)
{
    char path[512];
    struct stat status;

    snprintf(path, sizeof(path), "%s/%s", root, name);
    return stat(path, &status) < 0 ? 0xffff : *kept_of(status.st_ino) | (status.st_mode & 0222 ? 0 : ATTR_RO);
}

static void set_fat_of(const char *root, const char *name, uint32_t attributes)
{
    char path[512];
    struct stat status;

    snprintf(path, sizeof(path), "%s/%s", root, name);
    if (stat(path, &status) < 0)
        bail("%s: %s", path, strerror(errno));
    *kept_of(status.st_ino) = attributes;
}

static enum gp_run_status run_with(struct lab *lab, const struct gp_sys *sys, const char *root, const char *operation)
{
    struct gp_run_options options = lab_options(lab, root, operation);

    options.sys = sys;
    enum gp_run_status status = lab_run(lab, &options);
    if (lab->result.problem)
        diag("%s", lab->result.problem);
    return status;
}

static void fat(struct lab *lab)
{
    struct gp_sys sys = gp_sys_linux;
    char root[256];

    sys.ioctl = fat_ioctl;
    lab_tree(tree, root);
    set_fat_of(root, "A", ATTR_SYS | ATTR_ARCH);
    set_fat_of(root, "B", ATTR_HIDDEN | ATTR_ARCH);
    char *before = lab_picture(root, true);
    is_str(lab_status(run_with(lab, &sys, root, "fails")), "failed", "FAT: taken back");
    is_int(fat_of(root, "A"), ATTR_SYS | ATTR_ARCH, "FAT: the attributes are as they were");
    is_int(fat_of(root, "B"), ATTR_HIDDEN | ATTR_ARCH, "FAT: those of what was replaced too");
    char *now = lab_picture(root, true);
    is_str(now, before, "FAT: the tree is as it was");
    is_str(lab_status(run_with(lab, &sys, root, "act")), "done", "FAT: set");
    is_int(fat_of(root, "A"), ATTR_HIDDEN | ATTR_ARCH | ATTR_RO, "FAT: what was not named stays");
    is_int((intmax_t)lab->result.plan->data[0].old_attributes, GP_ATTRIBUTE_SYSTEM, "FAT: the plan says what was");
    is_int((intmax_t)lab->result.plan->data[0].new_attributes, GP_ATTRIBUTE_HIDDEN | GP_ATTRIBUTE_READ_ONLY,
           "FAT: and what will be");
    is_str(lab_status(run_with(lab, &sys, root, "made")), "done", "FAT: a new file is hidden");
    gp_run_free(lab->run); /* which has been using our table */
    lab->run = NULL;
    free(before);
    free(now);
    lab_remove(root);
}

/* ---- Samba --------------------------------------------------------------------------------------------------- */

/* Version 3: the text "" and its NUL, the version twice, flags, then the attributes. */
static const unsigned char blob[] = {0, 0, 3, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0x24, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7};

static bool set_blob(const char *root, const char *name, unsigned char attributes)
{
    unsigned char value[sizeof(blob)];
    char path[512];

    memcpy(value, blob, sizeof(blob));
    value[12] = attributes;
    snprintf(path, sizeof(path), "%s/%s", root, name);
    return setxattr(path, "user.DOSATTRIB", value, sizeof(value), 0) == 0;
}

static int blob_of(const char *root, const char *name)
{
    unsigned char value[sizeof(blob) + 1];
    char path[512];

    snprintf(path, sizeof(path), "%s/%s", root, name);
    if (getxattr(path, "user.DOSATTRIB", value, sizeof(value)) != (ssize_t)sizeof(blob))
        return -1;
    return memcmp(value + 13, blob + 13, sizeof(blob) - 13) == 0 && memcmp(value, blob, 12) == 0 ? value[12] : -2;
}

static void samba(struct lab *lab)
{
    char root[256];

    lab_tree(tree, root);
    if (!set_blob(root, "A", 0x24) || !set_blob(root, "B", 0x22)) {
        skip(6, "no extended attributes on this file system");
        lab_remove(root);
        return;
    }
    is_str(lab_status(run_with(lab, NULL, root, "fails")), "failed", "Samba: taken back");
    is_int(blob_of(root, "A"), 0x24, "Samba: the attributes are as they were");
    is_str(lab_status(run_with(lab, NULL, root, "act")), "done", "Samba: set");
    is_int(blob_of(root, "A"), 0x23, "Samba: nothing else of the value changes");
    is_int(blob_of(root, "B"), 0x22, "Samba: what was replaced keeps its own");
    is_str(lab_status(run_with(lab, NULL, root, "made")), "failed", "Samba: a new file has none to change");
    lab_remove(root);
}

static void change(void)
{
    char value[sizeof(blob)], text[] = "0x21", flagless[sizeof(blob)];
    unsigned attributes = 0;

    memcpy(value, blob, sizeof(blob));
    is_int(gp_dosattrib_change(value, sizeof(value), GP_ATTRIBUTE_SYSTEM | GP_ATTRIBUTE_HIDDEN, GP_ATTRIBUTE_HIDDEN), 0,
           "a value is changed in place");
    is_int(gp_dosattrib_parse((struct gp_str){value, sizeof(value)}, &attributes), 0, "it can be read back");
    is_int((intmax_t)attributes, 0x22, "the masked bits are as asked, the others as they were");
    is_int(gp_dosattrib_change(text, sizeof(text), 7, 0), -EOPNOTSUPP, "the oldest form, a text, is not changed");
    memcpy(flagless, blob, sizeof(blob));
    flagless[8] = 0;
    is_int(gp_dosattrib_change(flagless, sizeof(flagless), 7, 0), -EIO, "attributes that do not count");
    for (size_t len = 2; len < 16; len++)
        is_int(gp_dosattrib_change(value, len, 7, 0), -EIO, "the first %zu bytes of a value", len);
}

int main(void)
{
    struct lab lab;

    lab_rules(&lab, rules);
    fat(&lab);
    samba(&lab);
    change();
    lab_end(&lab);
    return done_testing();
}
