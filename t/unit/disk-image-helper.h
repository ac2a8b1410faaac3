/*
 * What a disk in memory holds: inodes, names, and pictures of them to compare.
 */
#ifndef DISK_IMAGE_HELPER_H
#define DISK_IMAGE_HELPER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "tap.h"
#include "util/strbuf.h"

#define DISK_NAME 32u
#define DISK_XATTRS 2u
#define DISK_ROOT 0u
#define DISK_NOWHERE UINT32_MAX

struct disk_entry {
    char name[DISK_NAME];
    uint32_t inode;
    uint64_t cookie; /* its place for whoever lists the directory */
};

struct disk_xattr {
    char name[DISK_NAME];
    char value[64];
    size_t size;
};

struct disk_inode {
    bool directory;
    mode_t mode;
    uid_t owner;
    gid_t group;
    struct timespec mtime;
    char *bytes; /* files; zeros from `size` on */
    size_t size, room;
    struct disk_entry *entries; /* directories */
    size_t count, entry_room;
    struct disk_xattr xattrs[DISK_XATTRS];
};

struct disk_image {
    struct disk_inode *inodes; /* the first is the root; none is ever used again */
    size_t count, room;
};

static inline void *disk_grow(void *array, size_t count, size_t *room, size_t each)
{
    if (count < *room)
        return array;
    *room = *room ? 2 * *room : 8;
    array = realloc(array, *room * each);
    if (!array)
        bail("no memory");
    return array;
}

static inline uint32_t disk_new_inode(struct disk_image *image, bool directory, mode_t mode)
{
    image->inodes = disk_grow(image->inodes, image->count, &image->room, sizeof(*image->inodes));
    image->inodes[image->count] =
        (struct disk_inode){.directory = directory, .mode = mode, .owner = 1000, .group = 100};
    return (uint32_t)image->count++;
}

static inline struct disk_entry *disk_find(const struct disk_image *image, uint32_t dir, const char *name)
{
    const struct disk_inode *inode = &image->inodes[dir];

    for (size_t i = 0; i < inode->count; i++)
        if (strcmp(inode->entries[i].name, name) == 0)
            return &inode->entries[i];
    return NULL;
}

static inline void disk_add_name(struct disk_image *image, uint32_t dir, const char *name, uint32_t inode)
{
    struct disk_inode *in = &image->inodes[dir];
    uint64_t cookie = in->count ? in->entries[in->count - 1].cookie + 1 : 1;

    in->entries = disk_grow(in->entries, in->count, &in->entry_room, sizeof(*in->entries));
    in->entries[in->count] = (struct disk_entry){.inode = inode, .cookie = cookie};
    snprintf(in->entries[in->count++].name, DISK_NAME, "%s", name);
}

static inline void disk_drop_name(struct disk_image *image, uint32_t dir, const char *name)
{
    struct disk_inode *in = &image->inodes[dir];
    struct disk_entry *entry = disk_find(image, dir, name);

    if (!entry)
        bail("the disk lost the order of its names: %s", name);
    size_t after = in->count - (size_t)(entry - in->entries) - 1;
    memmove(entry, entry + 1, after * sizeof(*entry));
    in->count--;
}

static inline void disk_set_room(struct disk_inode *file, size_t size)
{
    if (size <= file->room)
        return;
    char *bytes = realloc(file->bytes, size);
    if (!bytes)
        bail("no memory");
    memset(bytes + file->room, 0, size - file->room);
    file->bytes = bytes;
    file->room = size;
}

static inline void disk_set_xattr(struct disk_inode *inode, const struct disk_xattr *xattr)
{
    size_t i = 0;

    while (i < DISK_XATTRS && inode->xattrs[i].name[0] && strcmp(inode->xattrs[i].name, xattr->name) != 0)
        i++;
    if (i == DISK_XATTRS)
        bail("the disk has no room for %s", xattr->name);
    inode->xattrs[i] = *xattr;
}

static inline void disk_image_done(struct disk_image *image)
{
    for (size_t i = 0; i < image->count; i++) {
        free(image->inodes[i].bytes);
        free(image->inodes[i].entries);
    }
    free(image->inodes);
    memset(image, 0, sizeof(*image));
}

static inline void *disk_duplicate(const void *data, size_t size)
{
    void *copy = malloc(size ? size : 1);

    if (!copy)
        bail("no memory");
    return size ? memcpy(copy, data, size) : copy;
}

static inline struct disk_image disk_copy(const struct disk_image *from)
{
    struct disk_image image = {.count = from->count, .room = from->count};

    image.inodes = disk_duplicate(from->inodes, from->count * sizeof(*from->inodes));
    for (size_t i = 0; i < image.count; i++) {
        struct disk_inode *inode = &image.inodes[i];
        inode->bytes = inode->room ? disk_duplicate(inode->bytes, inode->room) : NULL;
        inode->entries = disk_duplicate(inode->entries, inode->count * sizeof(*inode->entries));
        inode->entry_room = inode->count;
    }
    return image;
}

/* ---- pictures ------------------------------------------------------------------------------------------------ */

static inline int disk_by_name(const void *a, const void *b)
{
    return strcmp(((const struct disk_entry *)a)->name, ((const struct disk_entry *)b)->name);
}

static inline void disk_picture_bytes(const char *bytes, size_t size, struct gp_strbuf *out)
{
    gp_strbuf_printf(out, " %zu=", size);
    for (size_t i = 0; i < size; i++)
        if (bytes[i] < 0x20 || bytes[i] > 0x7e)
            gp_strbuf_printf(out, "\\%02x", (unsigned char)bytes[i]);
        else
            gp_strbuf_add_char(out, bytes[i]);
}

static inline void disk_picture_at(const struct disk_image *image, uint32_t number, const char *path,
                                   const char *skipped, struct gp_strbuf *out)
{
    const struct disk_inode *inode = &image->inodes[number];

    gp_strbuf_printf(out, "%s %03o %u:%u %lld.%09ld", path, inode->mode, inode->owner, inode->group,
                     (long long)inode->mtime.tv_sec, inode->mtime.tv_nsec);
    for (size_t i = 0; i < DISK_XATTRS && inode->xattrs[i].name[0]; i++) {
        gp_strbuf_printf(out, " %s", inode->xattrs[i].name);
        disk_picture_bytes(inode->xattrs[i].value, inode->xattrs[i].size, out);
    }
    if (!inode->directory)
        disk_picture_bytes(inode->bytes, inode->size, out);
    gp_strbuf_add_char(out, '\n');
    struct disk_entry *sorted = disk_duplicate(inode->entries, inode->count * sizeof(*inode->entries));
    if (inode->count)
        qsort(sorted, inode->count, sizeof(*sorted), disk_by_name);
    for (size_t i = 0; i < inode->count; i++) {
        char inner[1024];
        snprintf(inner, sizeof(inner), "%s/%s", path, sorted[i].name);
        if (strcmp(inner, skipped) != 0)
            disk_picture_at(image, sorted[i].inode, inner, skipped, out);
    }
    free(sorted);
}

/* Names, types, modes, owners, times, extended attributes and bytes of all that is beneath the root but `skipped`; to
 * be freed. */
static inline char *disk_picture(const struct disk_image *image, const char *skipped)
{
    struct gp_strbuf out = {0};

    disk_picture_at(image, DISK_ROOT, "", skipped, &out);
    char *text = disk_duplicate(gp_strbuf_text(&out), out.len + 1);
    gp_strbuf_done(&out);
    return text;
}

#endif
