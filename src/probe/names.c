/*
 * From a name to an entry.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "probe/internal.h"
#include "util/text.h"
#include "util/vec.h"

struct gp_entry *gp_entry_numbered(const struct gp_probe *probe, uint32_t number)
{
    return &probe->chunks[number / GP_ENTRIES_A_CHUNK][number % GP_ENTRIES_A_CHUNK];
}

struct gp_entry *gp_entry_new(struct gp_probe *probe, struct gp_entry *parent, const char *name)
{
    uint32_t number = probe->entry_count;

    if (number == UINT32_MAX)
        return NULL;
    if (number / GP_ENTRIES_A_CHUNK == probe->chunk_count) {
        if (gp_vec_grow(probe->arena, &probe->chunks, &probe->chunk_capacity, probe->chunk_count,
                        sizeof(*probe->chunks)) < 0)
            return NULL;
        struct gp_entry *chunk = GP_NEW_ARRAY(probe->arena, struct gp_entry, GP_ENTRIES_A_CHUNK);
        if (!chunk)
            return NULL;
        probe->chunks[probe->chunk_count++] = chunk;
    }
    struct gp_entry *entry = gp_entry_numbered(probe, number);
    entry->parent = parent;
    entry->name = name;
    entry->number = number;
    probe->entry_count++;
    return entry;
}

struct gp_extra *gp_entry_extra(struct gp_probe *probe, struct gp_entry *entry)
{
    if (!entry->extra)
        entry->extra = GP_NEW(probe->arena, struct gp_extra);
    return entry->extra;
}

struct gp_folder *gp_entry_folder(struct gp_probe *probe, struct gp_entry *entry)
{
    struct gp_extra *extra = gp_entry_extra(probe, entry);

    if (extra && !extra->folder) {
        extra->folder = GP_NEW(probe->arena, struct gp_folder);
        if (extra->folder)
            extra->folder->named.fold = probe->recorded && probe->options.fold;
    }
    return extra ? extra->folder : NULL;
}

const struct gp_entry *gp_entry_parent(const struct gp_entry *entry)
{
    return entry->parent;
}

const char *gp_entry_name0(const struct gp_entry *entry)
{
    return entry->name;
}

const struct gp_facts *gp_entry_facts(const struct gp_entry *entry)
{
    return &entry->facts;
}

void **gp_entry_handle(const struct gp_entry *directory)
{
    return &directory->extra->folder->handle;
}

/* Says all that will ever be known of an entry. */
static void settle(struct gp_entry *entry, enum gp_tri present, enum gp_reason reason)
{
    entry->facts = (struct gp_facts){.present = present, .reason = reason};
    entry->flags |= GP_ENTRY_KNOWN;
}

const struct gp_facts *gp_entry_look(struct gp_probe *probe, struct gp_entry *entry)
{
    if (entry->flags & GP_ENTRY_KNOWN)
        return &entry->facts;
    probe->backend->ops->look(probe->backend, entry, &entry->facts);
    if (entry->facts.present == GP_TRI_NO && entry->flags & GP_ENTRY_LISTED)
        settle(entry, GP_TRI_UNKNOWN, GP_REASON_CHANGED);
    /* The backend keeps its own about a directory there. */
    if (entry->facts.present == GP_TRI_YES && entry->facts.type == GP_FILETYPE_DIRECTORY &&
        !gp_entry_folder(probe, entry))
        settle(entry, GP_TRI_UNKNOWN, gp_reason_of_errno(ENOMEM));
    entry->flags |= GP_ENTRY_KNOWN;
    return &entry->facts;
}

const struct gp_facts *gp_probe_facts(struct gp_probe *probe, struct gp_entry *entry)
{
    entry->flags |= GP_ENTRY_ASKED;
    return gp_entry_look(probe, entry);
}

const struct gp_facts *gp_probe_peek(struct gp_probe *probe, struct gp_entry *entry)
{
    return gp_entry_look(probe, entry);
}

bool gp_entry_present(struct gp_probe *probe, struct gp_entry *entry, enum gp_reason *ret_reason)
{
    const struct gp_facts *facts = gp_entry_look(probe, entry);

    if (facts->present == GP_TRI_YES)
        return true;
    *ret_reason = facts->present == GP_TRI_NO ? GP_REASON_NO_VALUE : facts->reason;
    return false;
}

struct gp_str gp_probe_entry_name(const struct gp_entry *entry)
{
    return (struct gp_str){entry->name, strlen(entry->name)};
}

/* An entry that is in no listing, kept under the name that it was asked for. */
static struct gp_entry *named_entry(struct gp_probe *probe, struct gp_entry *directory, struct gp_str name)
{
    struct gp_folder *folder = gp_entry_folder(probe, directory);

    if (!folder)
        return NULL;
    struct gp_entry *entry = gp_strmap_get(&folder->named, name);
    if (entry)
        return entry;
    char *copy = gp_arena_memdup(probe->arena, name.data, name.len);
    entry = copy ? gp_entry_new(probe, directory, copy) : NULL;
    if (!entry || gp_strmap_put(probe->arena, &folder->named, (struct gp_str){copy, name.len}, entry) < 0)
        return NULL;
    return entry;
}

struct gp_entry *gp_entry_settled(struct gp_probe *probe, struct gp_entry *directory, struct gp_str name,
                                  enum gp_tri present, enum gp_reason reason)
{
    struct gp_entry *entry = named_entry(probe, directory, name);

    if (entry && !(entry->flags & GP_ENTRY_KNOWN))
        settle(entry, present, reason);
    return entry;
}

static int ready_entries(struct gp_probe *probe, struct gp_listing *listing)
{
    if (!listing->entries)
        listing->entries = GP_NEW_ARRAY(probe->arena, struct gp_entry *, (size_t)listing->count + 1);
    return listing->entries ? 0 : -ENOMEM;
}

/* The entry at an index of a listing that has its hash, if names are folded. */
static struct gp_entry *listed_entry(struct gp_probe *probe, struct gp_listing *listing, uint32_t index)
{
    struct gp_folder *folder = gp_entry_folder(probe, listing->directory);
    bool fold = probe->options.fold, ambiguous = gp_listing_is_ambiguous(listing, index);
    struct gp_str name = gp_listing_name(listing, index);

    if (!folder || ready_entries(probe, listing) < 0)
        return NULL;
    if (fold && !ambiguous)
        index = gp_listing_find(listing, name, fold); /* a directory that gives a name twice still has one of it */
    if (listing->entries[index])
        return listing->entries[index];
    /* With exact names it may have been asked for before there was a listing; a record tells of it there. */
    bool named = probe->recorded ? !ambiguous : !fold;
    struct gp_entry *entry = named ? gp_strmap_get(&folder->named, name) : NULL;
    if (!entry)
        entry = gp_entry_new(probe, listing->directory, name.data);
    if (!entry)
        return NULL;
    if (ambiguous && !(entry->flags & GP_ENTRY_KNOWN))
        settle(entry, GP_TRI_UNKNOWN, GP_REASON_AMBIGUOUS_NAME);
    entry->flags |= GP_ENTRY_LISTED;
    listing->entries[index] = entry;
    return entry;
}

static struct gp_entry *child_by_listing(struct gp_probe *probe, struct gp_entry *directory, struct gp_str name)
{
    struct gp_listing *listing = NULL;
    enum gp_reason reason = gp_folder_list(probe, directory, &listing);

    if (reason)
        return gp_entry_settled(probe, directory, name, GP_TRI_UNKNOWN, reason);
    if (gp_listing_hash(listing, probe->arena, probe->options.fold) < 0)
        return NULL;
    uint32_t index = gp_listing_find(listing, name, probe->options.fold);
    if (index == GP_NAME_NONE)
        return gp_entry_settled(probe, directory, name, GP_TRI_NO, GP_REASON_NONE);
    return listed_entry(probe, listing, index);
}

static struct gp_entry *child_by_name(struct gp_probe *probe, struct gp_entry *directory, struct gp_str name)
{
    struct gp_folder *folder = gp_entry_folder(probe, directory);

    if (!folder)
        return NULL;
    struct gp_entry *entry = gp_strmap_get(&folder->named, name);
    if (entry)
        return entry;
    return folder->listing ? child_by_listing(probe, directory, name) : named_entry(probe, directory, name);
}

/* In a record a name that it does not tell of is absent only where a glob was asked that would have matched it. */
static struct gp_entry *child_by_record(struct gp_probe *probe, struct gp_entry *directory, struct gp_str name)
{
    struct gp_folder *folder = gp_entry_folder(probe, directory);
    struct gp_entry *entry = folder ? gp_strmap_get(&folder->named, name) : NULL;
    bool fold = probe->options.fold;

    if (entry || !folder)
        return entry;
    if (folder->listing) {
        if (gp_listing_hash(folder->listing, probe->arena, fold) < 0)
            return NULL;
        uint32_t index = gp_listing_find(folder->listing, name, fold);
        if (index != GP_NAME_NONE)
            return listed_entry(probe, folder->listing, index);
    }
    if (folder->reason != GP_REASON_NONE)
        return gp_entry_settled(probe, directory, name, GP_TRI_UNKNOWN, folder->reason);
    if (gp_folder_covers(folder, name, fold))
        return gp_entry_settled(probe, directory, name, GP_TRI_NO, GP_REASON_NONE);
    return gp_entry_settled(probe, directory, name, GP_TRI_UNKNOWN, GP_REASON_NOT_RECORDED);
}

/* Whether a text can be the name of one thing in a directory. */
static bool one_component(struct gp_str name)
{
    return name.len && !gp_str_is(name, ".") && !gp_str_is(name, "..") && !memchr(name.data, '/', name.len) &&
           !memchr(name.data, '\0', name.len);
}

struct gp_entry *gp_probe_child(struct gp_probe *probe, struct gp_entry *directory, struct gp_str name)
{
    const struct gp_facts *facts = gp_entry_look(probe, directory);

    if (facts->present == GP_TRI_UNKNOWN)
        return gp_entry_settled(probe, directory, name, GP_TRI_UNKNOWN, facts->reason);
    if (facts->present == GP_TRI_NO || facts->type != GP_FILETYPE_DIRECTORY)
        return gp_entry_settled(probe, directory, name, GP_TRI_NO, GP_REASON_NONE);
    if (!one_component(name))
        return gp_entry_settled(probe, directory, name, GP_TRI_UNKNOWN, GP_REASON_NO_VALUE);
    if (!directory->parent && gp_name_is_own(name, probe->options.fold))
        return gp_entry_settled(probe, directory, name, GP_TRI_NO, GP_REASON_NONE);
    if (probe->recorded)
        return child_by_record(probe, directory, name);
    return probe->options.fold ? child_by_listing(probe, directory, name) : child_by_name(probe, directory, name);
}

struct gp_entry *gp_listing_entry(struct gp_probe *probe, const struct gp_listing *listing, size_t index)
{
    struct gp_listing *own = listing->directory->extra->folder->listing;

    if (probe->options.fold && gp_listing_hash(own, probe->arena, true) < 0)
        return NULL;
    return listed_entry(probe, own, (uint32_t)index);
}

int gp_listing_ambiguous(struct gp_probe *probe, const struct gp_listing *listing, size_t index)
{
    struct gp_listing *own = listing->directory->extra->folder->listing;

    if (!probe->options.fold)
        return 0;
    if (gp_listing_hash(own, probe->arena, true) < 0)
        return -ENOMEM;
    return gp_listing_is_ambiguous(own, (uint32_t)index);
}

static int ready_path(struct gp_probe *probe, gp_path path)
{
    size_t count = gp_pathtab_count(probe->paths);

    if (path < probe->by_path_count)
        return 0;
    if (count <= path)
        count = (size_t)path + 1;
    struct gp_entry **grown = reallocarray(probe->by_path, count, sizeof(struct gp_entry *));
    if (!grown)
        return -ENOMEM;
    memset(grown + probe->by_path_count, 0, (count - probe->by_path_count) * sizeof(struct gp_entry *));
    probe->by_path = grown;
    probe->by_path_count = count;
    return 0;
}

struct gp_entry *gp_probe_at(struct gp_probe *probe, gp_path path)
{
    if (ready_path(probe, path) < 0)
        return NULL;
    probe->by_path[GP_PATH_ROOT] = probe->root;
    while (!probe->by_path[path]) { /* one component of the way each time, the uppermost first */
        gp_path at = path, parent = gp_pathtab_parent(probe->paths, at);
        while (!probe->by_path[parent]) {
            at = parent;
            parent = gp_pathtab_parent(probe->paths, at);
        }
        probe->by_path[at] = gp_probe_child(probe, probe->by_path[parent], gp_pathtab_name(probe->paths, at));
        if (!probe->by_path[at])
            return NULL;
    }
    return probe->by_path[path];
}

const char *gp_probe_entry_path(const struct gp_probe *probe GP_UNUSED, const struct gp_entry *entry,
                                struct gp_arena *arena)
{
    size_t length = 0;

    if (!entry->parent)
        return gp_arena_strdup(arena, ".");
    for (const struct gp_entry *e = entry; e->parent; e = e->parent)
        length += strlen(e->name) + 1;
    char *path = gp_arena_alloc(arena, length);
    if (!path)
        return NULL;
    char *at = path + length - 1; /* the NUL of zeroed memory is there */
    for (const struct gp_entry *e = entry; e->parent; e = e->parent) {
        size_t len = strlen(e->name);
        at -= len;
        memcpy(at, e->name, len);
        if (e->parent->parent)
            *--at = '/';
    }
    return path;
}
