/*
 * What a record has of the names in a tree: an entry of the probe for each, with
 * its facts filled in.
 */
#include <errno.h>
#include <string.h>

#include "probe/record-words.h"
#include "probe/record.h"
#include "probe/recorded.h"
#include "util/text.h"

struct fact {
    struct gp_str path;
    int is, unknown, unlisted;
    int64_t size, count, mtime, nsec;
    const json_t *attributes, *writable, *locked, *windows, *findings, *globs, *names;
};

#define NO_TIME INT64_MIN /* `mtime` is not there */

static const struct gp_json_key fact_keys[] = {
    {"path", GP_JSON_BYTES, .offset = offsetof(struct fact, path), .required = true},
    {"is", GP_JSON_WORD, .offset = offsetof(struct fact, is), .words = gp_recorded_is},
    {"unknown", GP_JSON_WORD, .offset = offsetof(struct fact, unknown), .words = gp_recorded_reasons},
    {"size", GP_JSON_INTEGER, .offset = offsetof(struct fact, size), .most = INT64_MAX},
    {"mtime", GP_JSON_INTEGER, .offset = offsetof(struct fact, mtime), .least = NO_TIME + 1, .most = INT64_MAX},
    {"nsec", GP_JSON_INTEGER, .offset = offsetof(struct fact, nsec), .most = 999999999},
    {"attributes", GP_JSON_MAP, .offset = offsetof(struct fact, attributes)},
    {"writable", GP_JSON_MAP, .offset = offsetof(struct fact, writable)},
    {"locked", GP_JSON_MAP, .offset = offsetof(struct fact, locked)},
    {"windows", GP_JSON_LIST, .offset = offsetof(struct fact, windows)},
    {"findings", GP_JSON_LIST, .offset = offsetof(struct fact, findings)},
    {"globs", GP_JSON_LIST, .offset = offsetof(struct fact, globs)},
    {"names", GP_JSON_LIST, .offset = offsetof(struct fact, names)},
    {"count", GP_JSON_INTEGER, .offset = offsetof(struct fact, count), .most = INT64_MAX},
    {"unlisted", GP_JSON_WORD, .offset = offsetof(struct fact, unlisted), .words = gp_recorded_reasons},
    {0},
};

/* ---- where it is ------------------------------------------------------------------------------------------------- */

bool gp_recorded_is_name(struct gp_str name)
{
    return name.len && !gp_str_is(name, ".") && !gp_str_is(name, "..") && !memchr(name.data, '/', name.len) &&
           !memchr(name.data, '\0', name.len);
}

static bool is_directory(const struct gp_entry *entry)
{
    return entry->facts.present == GP_TRI_YES && entry->facts.type == GP_FILETYPE_DIRECTORY;
}

/* A directory of which a record tells must have come before what is in it. */
static int find_parent(struct gp_recorded *it, struct gp_str path, struct gp_entry **ret_parent,
                       struct gp_str *ret_name)
{
    const char *slash = memrchr(path.data, '/', path.len);
    struct gp_str above = slash ? (struct gp_str){path.data, (size_t)(slash - path.data)} : GP_STR(".");
    struct gp_str name = slash ? (struct gp_str){slash + 1, path.len - above.len - 1} : path;
    struct gp_entry *parent = gp_strmap_get(&it->paths, above);

    if (!gp_recorded_is_name(name) || !parent || !is_directory(parent))
        return gp_json_wrong(it->in, "%s: its 'path' lies in no directory of which the record told before", it->where);
    *ret_parent = parent;
    *ret_name = name;
    return 0;
}

/* Of two spellings that are one name to the probe only the same can be told: both are not there, or unknown. */
static int add_to_parent(struct gp_recorded *it, struct gp_entry *entry)
{
    struct gp_folder *folder = gp_entry_folder(it->probe, entry->parent);
    struct gp_str name = gp_probe_entry_name(entry);
    const struct gp_entry *other = folder ? gp_strmap_get(&folder->named, name) : NULL;

    if (!folder)
        return -ENOMEM;
    if (other && (other->facts.present == GP_TRI_YES || other->facts.present != entry->facts.present ||
                  other->facts.reason != entry->facts.reason))
        return gp_json_wrong(it->in, "%s: it contradicts what the record said of another spelling", it->where);
    if (other && gp_str_compare(gp_probe_entry_name(other), name) < 0)
        return 0;
    return gp_strmap_put(it->probe->arena, &folder->named, name, entry);
}

/* The entry, with its presence filled in by the caller through `facts`. */
static int place(struct gp_recorded *it, struct gp_str path, const struct gp_facts *facts, struct gp_entry **ret_entry)
{
    struct gp_entry *entry = it->probe->root, *parent = NULL;
    struct gp_str name = {0};
    int r = 0;

    if (gp_strmap_get(&it->paths, path))
        return gp_json_wrong(it->in, "%s: the record told of this 'path' before", it->where);
    if (!gp_str_is(path, ".")) {
        r = find_parent(it, path, &parent, &name);
        const char *copy = r < 0 ? NULL : gp_arena_memdup(it->probe->arena, name.data, name.len);
        entry = copy ? gp_entry_new(it->probe, parent, copy) : NULL;
    }
    if (r < 0 || !entry)
        return r < 0 ? r : -ENOMEM;
    entry->facts = *facts;
    entry->flags |= GP_ENTRY_KNOWN | GP_ENTRY_ASKED;
    if (is_directory(entry) && !gp_entry_folder(it->probe, entry))
        return -ENOMEM;
    r = entry->parent ? add_to_parent(it, entry) : 0;
    *ret_entry = entry;
    return r < 0 ? r : gp_strmap_put(it->in->arena, &it->paths, path, entry);
}

/* ---- what it is -------------------------------------------------------------------------------------------------- */

/* Permission bits are recorded as what follows from them alone (writable, attributes).  Without that nothing may
 * follow, so they say here what leaves the question to the backend. */
#define MODE_OPEN 0777

static int make_facts(struct gp_recorded *it, const struct fact *fact, struct gp_facts *ret_facts)
{
    struct gp_facts facts = {.present = GP_TRI_UNKNOWN, .reason = (enum gp_reason)fact->unknown};
    bool there = fact->is >= 0 && fact->is != GP_IS_ABSENT;

    if ((fact->is < 0) != (fact->unknown != GP_REASON_NONE))
        return gp_json_wrong(it->in, "%s: it needs one of 'is' and 'unknown'", it->where);
    if ((fact->is == GP_IS_FILE) != (fact->size >= 0) || there != (fact->mtime != NO_TIME) || (fact->nsec && !there))
        return gp_json_wrong(it->in, "%s: 'size' is of a file, 'mtime' of what is there", it->where);
    if (fact->is == GP_IS_ABSENT)
        facts.present = GP_TRI_NO;
    if (there)
        facts = (struct gp_facts){
            .present = GP_TRI_YES,
            .type = (enum gp_filetype)fact->is,
            .mode = MODE_OPEN,
            .size = fact->size < 0 ? 0 : (uint64_t)fact->size,
            .mtime = {.tv_sec = (time_t)fact->mtime, .tv_nsec = (long)fact->nsec},
        };
    *ret_facts = facts;
    return 0;
}

/* ---- attributes, writable, locked -------------------------------------------------------------------------------- */

struct attributes {
    const json_t *known, *set;
    int unknown;
};

static const struct gp_json_key attributes_keys[] = {
    {"known", GP_JSON_LIST, .offset = offsetof(struct attributes, known)},
    {"set", GP_JSON_LIST, .offset = offsetof(struct attributes, set)},
    {"unknown", GP_JSON_WORD, .offset = offsetof(struct attributes, unknown), .words = gp_recorded_reasons},
    {0},
};

static int take_bits(struct gp_recorded *it, const json_t *list, unsigned *ret_bits)
{
    static const struct gp_json_key key = {"attributes", GP_JSON_WORD, .words = gp_recorded_attributes};
    json_t *value;
    size_t i;
    int bit = 0;

    json_array_foreach((json_t *)list, i, value) {
        int r = gp_json_take(it->in, value, it->where, &key, &bit);
        if (r < 0)
            return r;
        *ret_bits |= 1u << bit;
    }
    return 0;
}

static int take_attributes(struct gp_recorded *it, struct gp_extra *extra, const json_t *value)
{
    struct attributes read = {.unknown = GP_REASON_NONE};
    int r = gp_json_bind(it->in, value, it->where, attributes_keys, &read);

    if (r == 0 && ((read.unknown != GP_REASON_NONE) == (read.known != NULL) || !read.known != !read.set))
        return gp_json_wrong(it->in, "%s: 'attributes' has either 'known' and 'set', or 'unknown'", it->where);
    extra->attributes = (struct gp_attributes){.reason = (enum gp_reason)read.unknown};
    if (r == 0)
        r = take_bits(it, read.known, &extra->attributes.known);
    if (r == 0)
        r = take_bits(it, read.set, &extra->attributes.set);
    extra->has_attributes = true;
    return r;
}

struct answer {
    int answer, unknown;
    const char *detail;
};

static const struct gp_json_key answer_keys[] = {
    {"answer", GP_JSON_WORD, .offset = offsetof(struct answer, answer), .required = true, .words = gp_recorded_answers},
    {"unknown", GP_JSON_WORD, .offset = offsetof(struct answer, unknown), .words = gp_recorded_reasons},
    {"detail", GP_JSON_TEXT, .offset = offsetof(struct answer, detail)},
    {0},
};

static int take_answer(struct gp_recorded *it, const json_t *value, struct gp_answer *ret_answer, bool *ret_has)
{
    struct answer read = {.detail = NULL};
    int r = gp_json_bind(it->in, value, it->where, answer_keys, &read);

    if (r == 0 && (read.answer == GP_TRI_UNKNOWN) != (read.unknown != GP_REASON_NONE))
        return gp_json_wrong(it->in, "%s: 'unknown' is the reason of an answer that is unknown", it->where);
    const char *detail = read.detail ? gp_arena_strdup(it->probe->arena, read.detail) : NULL;
    if (read.detail && !detail)
        return -ENOMEM;
    *ret_answer = (struct gp_answer){(enum gp_tri)read.answer, (enum gp_reason)read.unknown, detail};
    *ret_has = true;
    return r;
}

static int take_state(struct gp_recorded *it, struct gp_entry *entry, const struct fact *fact)
{
    int r = 0;

    if (!fact->attributes && !fact->writable && !fact->locked)
        return 0;
    struct gp_extra *extra = gp_entry_extra(it->probe, entry);
    if (!extra)
        return -ENOMEM;
    if (entry->facts.present != GP_TRI_YES)
        return gp_json_wrong(it->in, "%s: 'attributes', 'writable' and 'locked' are of what is there", it->where);
    if (fact->attributes)
        r = take_attributes(it, extra, fact->attributes);
    if (r == 0 && fact->writable)
        r = take_answer(it, fact->writable, &extra->writable, &extra->has_writable);
    if (r == 0 && fact->locked)
        r = take_answer(it, fact->locked, &extra->locked, &extra->has_locked);
    return r;
}

/* ---- directories ------------------------------------------------------------------------------------------------- */

static int take_globs(struct gp_recorded *it, struct gp_entry *directory, const json_t *globs)
{
    static const struct gp_json_key key = {"globs", GP_JSON_BYTES, .offset = 0};
    struct gp_str glob = {0};
    json_t *value;
    size_t i;

    json_array_foreach((json_t *)globs, i, value) {
        int r = gp_json_take(it->in, value, it->where, &key, &glob);
        if (r == 0)
            r = gp_folder_keep_glob(it->probe, directory, glob);
        if (r == -EINVAL)
            return gp_json_wrong(it->in, "%s: one of its 'globs' is none", it->where);
        if (r < 0)
            return r;
    }
    return 0;
}

static int read_names(struct gp_recorded *it, const json_t *list, struct gp_names *names)
{
    static const struct gp_json_key key = {"names", GP_JSON_BYTES, .offset = 0};
    struct gp_str name = {0}, last = {0};
    json_t *value;
    size_t i;

    json_array_foreach((json_t *)list, i, value) {
        int r = gp_json_take(it->in, value, it->where, &key, &name);
        if (r == 0 && (!gp_recorded_is_name(name) || (last.data && gp_str_compare(last, name) >= 0)))
            return gp_json_wrong(it->in, "%s: 'names' have to be names, each once, in byte order", it->where);
        if (r == 0)
            r = gp_names_add(names, name.data, name.len);
        if (r < 0)
            return r == -EFBIG ? gp_json_wrong(it->in, "%s: too many 'names'", it->where) : r;
        last = name;
    }
    return 0;
}

static int take_names(struct gp_recorded *it, struct gp_entry *directory, struct gp_folder *folder, const json_t *list)
{
    struct gp_names names = {.limit = it->probe->options.list_limit, .hide_own = !directory->parent,
                             .fold = it->probe->options.fold};
    struct gp_listing *listing = GP_NEW(it->probe->arena, struct gp_listing);
    int r = listing ? read_names(it, list, &names) : -ENOMEM;

    if (r == 0)
        r = gp_listing_take(listing, &names);
    gp_names_done(&names);
    if (r < 0)
        return r;
    listing->directory = directory;
    listing->next = it->probe->listings;
    it->probe->listings = listing;
    folder->listing = listing;
    return 0;
}

static int take_folder(struct gp_recorded *it, struct gp_entry *entry, const struct fact *fact)
{
    bool any = fact->globs || fact->names || fact->count >= 0 || fact->unlisted;
    struct gp_folder *folder = any ? gp_entry_folder(it->probe, entry) : NULL;

    if (!any)
        return 0;
    if (!is_directory(entry) || (fact->unlisted && (fact->names || fact->count >= 0)))
        return gp_json_wrong(it->in, "%s: 'globs', 'names' and 'count' are of a directory, and without 'unlisted'",
                             it->where);
    if (!folder)
        return -ENOMEM;
    folder->reason = (enum gp_reason)fact->unlisted;
    folder->counted = fact->count >= 0;
    folder->count = folder->counted ? (uint64_t)fact->count : 0;
    int r = take_globs(it, entry, fact->globs);
    return r == 0 && fact->names ? take_names(it, entry, folder, fact->names) : r;
}

int gp_recorded_fact(struct gp_recorded *it, const json_t *value)
{
    struct fact fact = {.is = -1, .size = -1, .count = -1, .mtime = NO_TIME};
    struct gp_facts facts;
    struct gp_entry *entry = NULL;
    int r = gp_json_bind(it->in, value, it->where, fact_keys, &fact);

    if (r == 0)
        r = make_facts(it, &fact, &facts);
    if (r == 0)
        r = place(it, fact.path, &facts, &entry);
    if (r == 0)
        r = take_state(it, entry, &fact);
    if (r == 0)
        r = gp_recorded_content(it, entry, fact.windows, fact.findings);
    return r < 0 ? r : take_folder(it, entry, &fact);
}
