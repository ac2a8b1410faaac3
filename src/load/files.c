/* Rule files from the disk.  They are the admin's, so links are followed; but nothing that is no file is opened to be
 * read, and a file that changes while it is read is an error. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "load/loader.h"
#include "rule/limits.h"
#include "util/sys-help.h"

#define DIRECTORY_BUFFER 32768

struct gp_span gp_loader_place(struct gp_loader *loader, const char *path)
{
    int number = gp_sources_add(gp_diags_sources(loader->diags), path, "", 0);

    return (struct gp_span){.source = number > 0 ? (uint32_t)number : 0};
}

void gp_loader_digest(struct gp_loader *loader, const char *label, struct gp_str text)
{
    unsigned char length[8];

    for (size_t i = 0; i < sizeof(length); i++)
        length[i] = (unsigned char)((uint64_t)text.len >> (8 * i));
    gp_digest_add(loader->digest, label, strlen(label) + 1);
    gp_digest_add(loader->digest, length, sizeof(length));
    gp_digest_add(loader->digest, text.data, text.len);
}

static int open_path(const struct gp_sys *sys, const char *path, int flags)
{
    int fd;

    do
        fd = sys->openat(sys, AT_FDCWD, path, flags | O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
    while (fd < 0 && errno == EINTR);
    return fd < 0 ? -errno : fd;
}

static bool is_mask(const struct stat *st)
{
    return (S_ISREG(st->st_mode) && st->st_size == 0) || (S_ISCHR(st->st_mode) && st->st_rdev == makedev(1, 3));
}

int gp_file_is_mask(struct gp_loader *loader, const char *path)
{
    struct stat st;

    if (loader->sys->fstatat(loader->sys, AT_FDCWD, path, &st, 0) < 0)
        return -errno;
    return is_mask(&st);
}

/* Errors of reading leave the set without what the file says. */
static void say_unread(struct gp_loader *loader, const struct gp_set_file *file, int error)
{
    loader->partial = true;
    gp_loader_error(loader, GP_DIAG_FILE_READ, gp_loader_place(loader, file->path), "the file cannot be read: %s",
                    strerror(error));
}

/* Whether what was opened can be read as a rule file; says why not. */
static bool check_kind(struct gp_loader *loader, const struct gp_set_file *file, const struct stat *st)
{
    if (is_mask(st) && file->covers)
        return false;
    if (S_ISREG(st->st_mode) && (uint64_t)st->st_size <= GP_LIMIT_FILE_BYTES)
        return true;
    loader->partial = true;
    if (is_mask(st))
        gp_loader_error(loader, GP_DIAG_REPLACES_NOTHING, gp_loader_place(loader, file->path),
                        "this masks nothing: no lower layer has a file of this name");
    else if (S_ISREG(st->st_mode))
        gp_loader_error(loader, GP_DIAG_LIMIT_FILE_BYTES, gp_loader_place(loader, file->path),
                        "a file of %llu bytes; at most %u are allowed", (unsigned long long)st->st_size,
                        GP_LIMIT_FILE_BYTES);
    else
        gp_loader_error(loader, GP_DIAG_FILE_TYPE, gp_loader_place(loader, file->path), "this is not a regular file");
    return false;
}

static bool same(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* The text of an open file that check_kind() likes; -ECANCELED: it changed meanwhile. */
static int read_text(struct gp_loader *loader, int fd, const struct stat *before, struct gp_str *ret_text)
{
    size_t size = (size_t)before->st_size;
    char *text = gp_arena_alloc(gp_sources_arena(gp_diags_sources(loader->diags)), size + 1);
    struct stat after;

    if (!text)
        return -ENOMEM;
    ssize_t got = gp_sys_read_full(loader->sys, fd, text, size + 1, 0); /* one more would show that it grew */
    if (got < 0)
        return (int)got;
    if (loader->sys->fstat(loader->sys, fd, &after) < 0)
        return -errno;
    if ((size_t)got != size || !same(before, &after))
        return -ECANCELED;
    *ret_text = (struct gp_str){text, size};
    return 0;
}

static int add_source(struct gp_loader *loader, const struct gp_set_file *file, struct gp_str text,
                      uint32_t *ret_source)
{
    struct gp_sources *sources = gp_diags_sources(loader->diags);
    int number = gp_sources_add(sources, file->path, text.data, text.len);

    if (number < 0)
        return -ENOMEM;
    gp_sources_set_layer(sources, (uint32_t)number, file->layer + 1);
    gp_loader_digest(loader, file->label, text);
    *ret_source = (uint32_t)number;
    return 0;
}

/* A negative errno if the file is not to be had for a reason that was not said yet. */
static int read_open_file(struct gp_loader *loader, const struct gp_set_file *file, int fd, uint32_t *ret_source)
{
    struct stat st;
    struct gp_str text = {0};

    if (loader->sys->fstat(loader->sys, fd, &st) < 0)
        return -errno;
    if (!check_kind(loader, file, &st))
        return 0;
    int r = read_text(loader, fd, &st, &text);
    if (r == 0)
        return add_source(loader, file, text, ret_source);
    if (r != -ECANCELED)
        return r;
    loader->partial = true;
    gp_loader_error(loader, GP_DIAG_FILE_CHANGED, gp_loader_place(loader, file->path),
                    "the file changed while it was read");
    return 0;
}

int gp_file_read(struct gp_loader *loader, const struct gp_set_file *file, uint32_t *ret_source)
{
    *ret_source = 0;
    if (!loader->files_left) {
        if (!loader->partial)
            gp_loader_error(loader, GP_DIAG_LIMIT_SET_FILES, gp_loader_place(loader, file->path),
                            "more than %u files in a rule set; this one and those behind it are not read",
                            GP_LIMIT_SET_FILES);
        loader->partial = true;
        return 0;
    }
    loader->files_left--;
    int fd = open_path(loader->sys, file->path, 0);
    int r = fd < 0 ? fd : read_open_file(loader, file, fd, ret_source);
    if (r < 0 && r != -ENOMEM) {
        say_unread(loader, file, -r);
        r = 0;
    }
    gp_sys_close(loader->sys, &fd);
    return r;
}

/* ---- directories ------------------------------------------------------------------------------------------------- */

typedef GP_VEC(struct gp_dir_entry) entries;

static int add_entry(struct gp_loader *loader, entries *all, const struct dirent64 *entry)
{
    const char *name = entry->d_name;

    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return 0;
    const char *copy = gp_arena_strdup(loader->scratch, name);
    return copy ? gp_vec_push(loader->scratch, all, (struct gp_dir_entry){copy, entry->d_type}) : -ENOMEM;
}

static int read_entries(struct gp_loader *loader, int fd, entries *all)
{
    char *buffer = gp_arena_alloc(loader->scratch, DIRECTORY_BUFFER);
    ssize_t got;

    if (!buffer)
        return -ENOMEM;
    while ((got = loader->sys->getdents64(loader->sys, fd, buffer, DIRECTORY_BUFFER)) > 0) {
        for (ssize_t at = 0; at < got;) {
            const struct dirent64 *entry = (const void *)(buffer + at); /* the kernel aligns them */
            if (add_entry(loader, all, entry) < 0)
                return -ENOMEM;
            at += entry->d_reclen;
        }
    }
    return got < 0 ? -errno : 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct gp_dir_entry *)a)->name, ((const struct gp_dir_entry *)b)->name);
}

int gp_dir_list(struct gp_loader *loader, const char *path, struct gp_dir_entry **ret_entries, size_t *ret_count)
{
    entries all = {0};
    int fd = open_path(loader->sys, path, O_DIRECTORY);

    if (fd < 0)
        return fd;
    int r = read_entries(loader, fd, &all);
    gp_sys_close(loader->sys, &fd);
    if (r < 0)
        return r;
    if (all.count)
        qsort(all.data, all.count, sizeof(*all.data), by_name);
    *ret_entries = all.data;
    *ret_count = all.count;
    return 0;
}
