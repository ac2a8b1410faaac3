/*
 * A disk in memory that can lose its power: what it holds, the log of what was
 * done to it since it was mounted, and what is left of that after a power cut.
 *
 * It keeps what a journalled POSIX file system has to keep, and no more:
 *
 *   - what was flushed: fsync of a file keeps its bytes, size and attributes, but
 *     not its name; fsync of a directory keeps the names in it;
 *   - the names of one directory, and its own attributes, in order: the first few
 *     changes, or all, or none; a rename between two directories is in the order
 *     of both, and both see it or none; a directory goes after what was in it;
 *   - of everything else any subset: of the pages written to a file, of its sizes
 *     (a file may be long and hold zeros), modes, owners, times and extended
 *     attributes.
 *
 * The pages of a failed fsync are clean from then on, though they were never
 * written: a later fsync that succeeds does not write them either, unless they
 * were changed again.
 */
#ifndef DISK_HELPER_H
#define DISK_HELPER_H

#include "disk-image-helper.h"

#define DISK_PAGE 512u /* small, so that small files have several */

enum disk_change {
    DISK_ADD,    /* a name, for an inode that may be new */
    DISK_DROP,   /* a name */
    DISK_MOVE,   /* a name, over another perhaps */
    DISK_DATA,   /* a page or less */
    DISK_SIZE,
    DISK_MODE,
    DISK_OWNER,
    DISK_TIME,
    DISK_XATTR,
    DISK_SYNC,   /* no change: what came before is kept */
    DISK_UNSYNC, /* an fsync that failed */
};

struct disk_op {
    enum disk_change change;
    uint32_t inode;  /* that is named or changed */
    uint32_t dir[2]; /* directories in whose order this is; DISK_NOWHERE: none */
    char name[2][DISK_NAME];
    struct timespec time; /* also of the directories */
    mode_t mode;
    uid_t owner;
    gid_t group;
    size_t offset, size;
    char *data;
    struct disk_xattr xattr;
};

struct disk_log {
    struct disk_op *ops;
    size_t count, room;
};

/* ---- changes ------------------------------------------------------------------------------------------------- */

static inline void disk_apply_name(struct disk_image *image, const struct disk_op *op)
{
    uint32_t to = op->dir[1] == DISK_NOWHERE ? op->dir[0] : op->dir[1];

    switch (op->change) {
    case DISK_ADD:
        disk_add_name(image, op->dir[0], op->name[0], op->inode);
        break;
    case DISK_DROP: /* the second directory is the one that goes */
        disk_drop_name(image, op->dir[0], op->name[0]);
        break;
    default:
        disk_drop_name(image, op->dir[0], op->name[0]);
        if (disk_find(image, to, op->name[1]))
            disk_drop_name(image, to, op->name[1]);
        disk_add_name(image, to, op->name[1], op->inode);
        image->inodes[to].mtime = op->time;
    }
    image->inodes[op->dir[0]].mtime = op->time;
}

static inline void disk_apply_data(struct disk_inode *file, const struct disk_op *op)
{
    disk_set_room(file, op->offset + op->size);
    if (op->size)
        memcpy(file->bytes + op->offset, op->data, op->size);
}

static inline void disk_apply_size(struct disk_inode *file, size_t size)
{
    disk_set_room(file, size);
    if (size < file->size)
        memset(file->bytes + size, 0, file->room - size);
    file->size = size;
}

static inline void disk_apply(struct disk_image *image, const struct disk_op *op)
{
    struct disk_inode *inode = &image->inodes[op->inode];

    switch (op->change) {
    case DISK_ADD:
    case DISK_DROP:
    case DISK_MOVE:
        disk_apply_name(image, op);
        break;
    case DISK_DATA:
        disk_apply_data(inode, op);
        break;
    case DISK_SIZE:
        disk_apply_size(inode, op->size);
        break;
    case DISK_MODE:
        inode->mode = op->mode;
        break;
    case DISK_OWNER:
        inode->owner = op->owner;
        inode->group = op->group;
        break;
    case DISK_TIME:
        inode->mtime = op->time;
        break;
    case DISK_XATTR:
        disk_set_xattr(inode, &op->xattr);
        break;
    case DISK_SYNC:
    case DISK_UNSYNC:
        break;
    }
}

static inline void disk_log_add(struct disk_log *log, const struct disk_op *op)
{
    log->ops = disk_grow(log->ops, log->count, &log->room, sizeof(*log->ops));
    log->ops[log->count++] = *op;
}

static inline void disk_log_done(struct disk_log *log)
{
    for (size_t i = 0; i < log->count; i++)
        free(log->ops[i].data);
    free(log->ops);
    memset(log, 0, sizeof(*log));
}

/* ---- power cuts ---------------------------------------------------------------------------------------------- */

enum disk_luck {
    DISK_LUCK_NOTHING, /* what was not flushed is lost */
    DISK_LUCK_ALL,     /* nothing is lost */
    DISK_LUCK_ONE,     /* of one directory, what is before `until` is kept, with what that needs; else nothing */
    DISK_LUCK_BUT_ONE, /* of one directory, what is from `until` on is lost, with what needs it; nothing else is */
    DISK_LUCK_NAMES,   /* all but the bytes of files */
    DISK_LUCK_SHORT,   /* all but the bytes and sizes of files */
    DISK_LUCK_FILES,   /* no names, and nothing of directories */
    DISK_LUCK_DICE,    /* by the seed */
};

struct disk_cut {
    size_t at;      /* this many entries of the log have happened */
    size_t without; /* an fsync in the log that does nothing; SIZE_MAX: none */
    enum disk_luck luck;
    uint32_t dir; /* DISK_LUCK_ONE, DISK_LUCK_BUT_ONE */
    size_t until;
    uint64_t seed; /* DISK_LUCK_DICE */
};

static inline uint64_t disk_dice(uint64_t *seed)
{
    uint64_t z = (*seed += 0x9e3779b97f4a7c15u);

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static inline bool disk_is_bytes(const struct disk_op *op)
{
    return op->change == DISK_DATA || op->change == DISK_SIZE;
}

static inline bool disk_is_sync(const struct disk_op *op)
{
    return op->change == DISK_SYNC || op->change == DISK_UNSYNC;
}

/* Marks what must be there: from the end on, as a rename that one directory has to keep, the other has to keep too,
 * with all that came before. */
static inline void disk_force(const struct disk_log *log, const struct disk_cut *cut, size_t inodes, bool *kept)
{
    size_t *limit = calloc(3 * inodes, sizeof(*limit)), *bytes = limit + inodes, *pages = bytes + inodes;

    if (!limit)
        bail("no memory");
    if (cut->luck == DISK_LUCK_ONE)
        limit[cut->dir] = cut->until;
    for (size_t i = cut->at; i-- > 0;) {
        const struct disk_op *op = &log->ops[i];
        if (disk_is_sync(op)) {
            if (op->change == DISK_UNSYNC)
                bytes[op->inode] = 0;
            else if (i != cut->without)
                bytes[op->inode] = limit[op->inode] = limit[op->inode] > i ? limit[op->inode] : i;
            continue;
        }
        if (op->dir[0] == DISK_NOWHERE) {
            kept[i] = i < (disk_is_bytes(op) ? bytes : limit)[op->inode];
            kept[i] |= op->change == DISK_SIZE && i < pages[op->inode];
            if (kept[i] && op->change == DISK_DATA && pages[op->inode] < i)
                pages[op->inode] = i; /* who writes a page makes the file as long as it was then */
            continue;
        }
        for (int d = 0; d < 2; d++)
            kept[i] |= op->dir[d] != DISK_NOWHERE && i < limit[op->dir[d]];
        for (int d = 0; d < 2 && kept[i]; d++)
            if (op->dir[d] != DISK_NOWHERE && limit[op->dir[d]] < i + 1)
                limit[op->dir[d]] = i + 1;
    }
    free(limit);
}

/* Whether luck would keep a change that nobody flushed. */
static inline bool disk_lucky(const struct disk_op *op, size_t number, const struct disk_cut *cut, const size_t *ends,
                              uint64_t *seed)
{
    bool named = op->dir[0] != DISK_NOWHERE;

    switch (cut->luck) {
    case DISK_LUCK_NOTHING:
    case DISK_LUCK_ONE:
        return false;
    case DISK_LUCK_ALL:
        return true;
    case DISK_LUCK_BUT_ONE:
        return number < cut->until || (op->dir[0] != cut->dir && op->dir[1] != cut->dir);
    case DISK_LUCK_NAMES:
        return op->change != DISK_DATA;
    case DISK_LUCK_SHORT:
        return !disk_is_bytes(op);
    case DISK_LUCK_FILES:
        return !named;
    case DISK_LUCK_DICE:
        return named ? number < ends[op->dir[0]] : disk_dice(seed) & 1;
    }
    return false;
}

/* Adds what luck keeps: in each directory nothing after the first change that is lost. */
static inline void disk_add_luck(const struct disk_log *log, const struct disk_cut *cut, size_t inodes, bool *kept)
{
    bool *broken = calloc(inodes, sizeof(*broken));
    size_t *ends = calloc(inodes, sizeof(*ends));
    uint64_t seed = cut->seed;

    if (!broken || !ends)
        bail("no memory");
    for (size_t i = 0; i < inodes && cut->luck == DISK_LUCK_DICE; i++)
        ends[i] = cut->at ? disk_dice(&seed) % (cut->at + 1) : 0;
    for (size_t i = 0; i < cut->at; i++) {
        const struct disk_op *op = &log->ops[i];
        if (kept[i] || disk_is_sync(op))
            continue;
        bool ok = disk_lucky(op, i, cut, ends, &seed);
        for (int d = 0; d < 2; d++)
            ok = ok && (op->dir[d] == DISK_NOWHERE || !broken[op->dir[d]]);
        for (int d = 0; d < 2 && !ok; d++)
            if (op->dir[d] != DISK_NOWHERE)
                broken[op->dir[d]] = true;
        kept[i] = ok;
    }
    free(broken);
    free(ends);
}

/* A page is written with all that was put into it before. */
static inline void disk_fill_pages(const struct disk_log *log, size_t at, bool *kept)
{
    for (size_t i = at; i-- > 0;) {
        const struct disk_op *op = &log->ops[i];
        for (size_t n = 0; n < i && kept[i] && op->change == DISK_DATA; n++) {
            const struct disk_op *before = &log->ops[n];
            if (before->change == DISK_DATA && before->inode == op->inode &&
                before->offset / DISK_PAGE == op->offset / DISK_PAGE)
                kept[n] = true;
        }
    }
}

/* What is left of the log: an array of `cut->at`, to be freed. */
static inline bool *disk_kept(const struct disk_log *log, const struct disk_cut *cut, size_t inodes)
{
    bool *kept = calloc(cut->at + 1, sizeof(*kept));

    if (!kept)
        bail("no memory");
    disk_force(log, cut, inodes, kept);
    disk_add_luck(log, cut, inodes, kept);
    disk_fill_pages(log, cut->at, kept);
    return kept;
}

/* The disk after the cut.  `born` is the one from before it, of which the inodes that came since are taken as they were
 * made: a name is kept with what it names. */
static inline struct disk_image disk_after(const struct disk_image *base, const struct disk_image *born,
                                           const struct disk_log *log, const bool *kept, size_t at)
{
    struct disk_image image = disk_copy(base);

    for (size_t i = base->count; i < born->count; i++)
        disk_new_inode(&image, born->inodes[i].directory, 0);
    for (size_t i = 0; i < at; i++) /* a new inode has its first mode and time with its first name, kept or not */
        if (log->ops[i].change == DISK_ADD && log->ops[i].inode >= base->count && log->ops[i].mode) {
            image.inodes[log->ops[i].inode].mode = log->ops[i].mode;
            image.inodes[log->ops[i].inode].mtime = log->ops[i].time;
        }
    for (size_t i = 0; i < at; i++)
        if (kept[i])
            disk_apply(&image, &log->ops[i]);
    for (size_t i = 0; i < image.count; i++) { /* what lies behind the end was lost */
        struct disk_inode *file = &image.inodes[i];
        if (file->room > file->size)
            memset(file->bytes + file->size, 0, file->room - file->size);
    }
    return image;
}

#endif
