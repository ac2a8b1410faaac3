/*
 * Whether a second look gives the same answers.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "probe/internal.h"

/* What comes of comparing: the same, or not (which is also what "could not compare" is). */
struct comparison {
    struct gp_probe *before, *now;
    struct gp_entry **others; /* in `now`, by the number of the entry in `before` */
};

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* `whole`: also what changes when a directory gets or loses other names. */
static bool same_facts(const struct gp_facts *a, const struct gp_facts *b, bool whole)
{
    if (a->present != b->present || a->reason != b->reason)
        return false;
    if (a->present != GP_TRI_YES)
        return true;
    if (a->type != b->type || a->device != b->device || a->inode != b->inode)
        return false;
    return !whole || (a->mode == b->mode && a->size == b->size && a->owner == b->owner && a->group == b->group &&
                      same_time(a->mtime, b->mtime) && same_time(a->ctime, b->ctime));
}

static bool same_listing(struct gp_probe *now, const struct gp_folder *folder, struct gp_entry *other)
{
    const struct gp_listing *listing = NULL;

    if (!folder->asked)
        return true;
    enum gp_reason reason = gp_probe_list(now, other, &listing);
    if (reason != folder->reason)
        return false;
    return reason != GP_REASON_NONE || gp_listing_same(folder->listing, listing) == 1;
}

static bool same_hash(struct gp_probe *now, const struct gp_range *range, struct gp_entry *other)
{
    uint64_t hash[2];
    size_t length = 0;
    char *buffer = malloc(range->length ? range->length : 1);
    bool same = buffer && gp_probe_read_into(now, other, range->offset, buffer, range->length, &length) ==
                              GP_REASON_NONE;

    if (same) {
        gp_fingerprint(buffer, length, hash);
        same = length == range->length && memcmp(hash, range->hash, sizeof(hash)) == 0;
    }
    free(buffer);
    return same;
}

static bool same_bytes(struct gp_probe *now, const struct gp_range *range, struct gp_entry *other)
{
    struct gp_window window = gp_probe_read(now, other, range->offset, range->length);

    if (window.reason != range->reason)
        return false;
    return window.reason != GP_REASON_NONE ||
           (window.data.len == range->length && memcmp(window.data.data, range->data, range->length) == 0);
}

static bool same_content(struct gp_probe *now, const struct gp_extra *extra, struct gp_entry *other)
{
    for (const struct gp_range *range = extra->ranges; range; range = range->next)
        if (!(range->hashed ? same_hash(now, range, other) : same_bytes(now, range, other)))
            return false;
    return true;
}

static bool same_answer(struct gp_answer a, struct gp_answer b)
{
    return a.value == b.value && a.reason == b.reason;
}

static bool same_state(struct gp_probe *now, const struct gp_extra *extra, struct gp_entry *other)
{
    if (extra->has_attributes) {
        struct gp_attributes attributes = gp_probe_attributes(now, other);
        if (attributes.reason != extra->attributes.reason || attributes.known != extra->attributes.known ||
            attributes.set != extra->attributes.set)
            return false;
    }
    if (extra->has_writable && !same_answer(extra->writable, gp_probe_writable(now, other)))
        return false;
    return !extra->has_locked || same_answer(extra->locked, gp_probe_locked(now, other));
}

static bool same_entry(const struct comparison *it, const struct gp_entry *entry, struct gp_entry *other)
{
    const struct gp_extra *extra = entry->extra;

    if (entry->flags & GP_ENTRY_KNOWN &&
        !same_facts(&entry->facts, gp_entry_look(it->now, other), entry->flags & GP_ENTRY_ASKED))
        return false;
    if (!extra)
        return true;
    return (!extra->folder || same_listing(it->now, extra->folder, other)) && same_content(it->now, extra, other) &&
           same_state(it->now, extra, other);
}

/* The ledger by its bytes; lines that were only assumed do not count. */
static bool same_ledger(struct gp_probe *before, struct gp_probe *now)
{
    const struct gp_ledger *ledger;

    if (!before->ledger_read)
        return true;
    return gp_probe_ledger(now, &ledger) == before->ledger_reason &&
           memcmp(before->ledger_hash, now->ledger_hash, sizeof(now->ledger_hash)) == 0;
}

static bool same_space(struct gp_probe *before, struct gp_probe *now)
{
    uint64_t bytes;

    return !before->space_asked || same_answer(before->space, gp_probe_free_space(now, &bytes));
}

/* What was asked for was no name (and so is nothing in it), whatever the tree holds. */
static bool is_no_name(const struct gp_entry *entry)
{
    return entry->facts.present == GP_TRI_UNKNOWN && entry->facts.reason == GP_REASON_NO_VALUE;
}

/* The entry in `before` that differs first; NULL if none does.  `*ret_failed` if memory ran out. */
static const struct gp_entry *different_entry(struct comparison *it, bool *ret_failed)
{
    for (uint32_t i = 0; i < it->before->entry_count; i++) {
        struct gp_entry *entry = gp_entry_numbered(it->before, i);
        if (entry->flags & GP_ENTRY_OWN || is_no_name(entry))
            continue;
        it->others[i] = entry->parent ? gp_probe_child(it->now, it->others[entry->parent->number],
                                                       gp_probe_entry_name(entry))
                                      : it->now->root;
        if (!it->others[i]) {
            *ret_failed = true;
            return NULL;
        }
        if (!same_entry(it, entry, it->others[i]))
            return entry;
    }
    return NULL;
}

static const char *difference_of_tree(struct gp_probe *before, struct gp_probe *now)
{
    struct comparison it = {before, now, calloc(before->entry_count, sizeof(struct gp_entry *))};
    bool failed = !it.others;
    const struct gp_entry *entry = it.others ? different_entry(&it, &failed) : NULL;
    const char *path = entry ? gp_probe_entry_path(before, entry, now->arena) : NULL;

    free(it.others);
    if (entry || failed)
        return path ? path : ".";
    if (!same_ledger(before, now))
        return "GATEPOST/LEDGER";
    return same_space(before, now) ? NULL : ".";
}

/* The path in another directory, with that directory before it. */
static const char *path_under(struct gp_probe *now, const char *directory, const char *path)
{
    const char *whole = strcmp(path, ".") == 0 ? gp_arena_strdup(now->arena, directory)
                                               : gp_arena_printf(now->arena, "%s/%s", directory, path);

    return whole ? whole : ".";
}

const char *gp_probe_difference(struct gp_probe *before, struct gp_probe *now)
{
    const char *path = difference_of_tree(before, now);

    for (size_t i = 0; !path && i < before->unders.count; i++) {
        const struct gp_strmap_entry *kept = &before->unders.entries[i];
        const struct gp_under *under = kept->value;
        struct gp_probe *other = NULL;
        int r = gp_probe_under(now, kept->key, &other);
        if (r != under->error)
            return path_under(now, kept->key.data, ".");
        path = r < 0 ? NULL : gp_probe_difference(under->probe, other);
        if (path)
            path = path_under(now, kept->key.data, path);
    }
    return path;
}
