#include "eval/files.h"

#include <stdlib.h>

#include "util/text.h"

/* A path whose ${…} are in their places. */
struct settled {
    const struct gp_pathexpr *path;
    struct gp_str *names; /* of the components that have ${…}; NULL: none has */
};

struct walk {
    struct gp_probe *probe;
    bool fold;
    const struct gp_files_visitor *visitor;
    const struct settled *paths;
    const struct settled *except;
    size_t except_count;
    size_t path;      /* the one that is gone through */
    size_t directory; /* directories that were listed for it */
    struct gp_entry *parent; /* of a last component that is a name, not a glob; NULL: it has none */
    struct gp_str names[GP_LIMIT_PATH_PARTS]; /* of the way to where the walk is */
};

bool gp_files_glob(const struct gp_paths *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        if (paths->data[i]->glob) {
            return true;
        }
    }
    return false;
}

int gp_files_key_compare(const struct gp_files_key *a, const struct gp_files_key *b)
{
    if (a->path != b->path) {
        return a->path < b->path ? -1 : 1;
    }
    if (a->directory != b->directory) {
        return a->directory < b->directory ? -1 : 1;
    }
    return gp_str_compare(a->name, b->name);
}

/* ---- paths ------------------------------------------------------------------------------------------------------- */

static struct gp_str part_name(const struct settled *settled, size_t part)
{
    const struct gp_pathpart *it = &settled->path->parts[part];
    return it->text ? settled->names[part] : it->glob.text;
}

static bool part_is_glob(const struct settled *settled, size_t part)
{
    const struct gp_pathpart *it = &settled->path->parts[part];
    return !it->text && !it->glob.literal;
}

static bool part_matches(const struct settled *settled, size_t part, struct gp_str name, bool fold)
{
    if (part_is_glob(settled, part)) {
        return gp_glob_part_match(&settled->path->parts[part].glob, name, fold);
    }
    struct gp_str own = part_name(settled, part);
    return fold ? gp_ascii_equal_fold(own, name) : gp_str_equal(own, name);
}

static int settle_path(struct gp_eval *eval, const struct gp_pathexpr *path, struct settled *ret,
                       struct gp_outcome *ret_outcome)
{
    struct settled settled = {.path = path};
    *ret_outcome = GP_OUTCOME_TRUE;
    if (path->count > GP_LIMIT_PATH_PARTS) {
        *ret_outcome = gp_outcome_unknown(GP_REASON_LIMIT, "the path has too many components");
        return 0;
    }
    if (path->dynamic) {
        settled.names = GP_NEW_ARRAY(eval->arena, struct gp_str, path->count);
        if (!settled.names) {
            return -ENOMEM;
        }
    }
    for (size_t i = 0; i < path->count; i++) {
        if (!path->parts[i].text) {
            continue;
        }
        int r = gp_eval_component(eval, path->parts[i].text, &settled.names[i], ret_outcome);
        if (r < 0 || ret_outcome->result != GP_TRUE) {
            return r;
        }
    }
    *ret = settled;
    return 0;
}

/* All of them, or why one is not known; n/a before unknown, so that order does not matter. */
static int settle_paths(struct gp_eval *eval, const struct gp_paths *paths, struct settled **ret,
                        struct gp_outcome *ret_outcome)
{
    struct settled *all = GP_NEW_ARRAY(eval->arena, struct settled, paths->count + 1);
    *ret_outcome = GP_OUTCOME_TRUE;
    if (!all) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < paths->count; i++) {
        struct gp_outcome outcome;
        int r = settle_path(eval, paths->data[i], &all[i], &outcome);
        if (r < 0) {
            return r;
        }
        bool first = ret_outcome->result == GP_TRUE && outcome.result != GP_TRUE;
        bool worse = outcome.result == GP_UNKNOWN && outcome.reason < ret_outcome->reason;
        bool graver = ret_outcome->result == GP_UNKNOWN && (outcome.result == GP_NA || worse);
        if (first || graver) {
            *ret_outcome = outcome;
        }
    }
    *ret = all;
    return 0;
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

static bool settled_matches(const struct walk *walk, const struct settled *settled, size_t depth)
{
    if (settled->path->count != depth) {
        return false;
    }
    for (size_t i = depth; i-- > 0;) { /* names differ more often than directories */
        if (!part_matches(settled, i, walk->names[i], walk->fold)) {
            return false;
        }
    }
    return true;
}

/* Excepted, or a hit of an earlier path. */
static bool is_out(const struct walk *walk, size_t depth)
{
    for (size_t i = 0; i < walk->except_count; i++) {
        if (settled_matches(walk, &walk->except[i], depth)) {
            return true;
        }
    }
    for (size_t i = 0; i < walk->path; i++) {
        if (settled_matches(walk, &walk->paths[i], depth)) {
            return true;
        }
    }
    return false;
}

static struct gp_files_key key_here(const struct walk *walk, size_t depth)
{
    struct gp_str name = depth ? walk->names[depth - 1] : (struct gp_str){".", 1};
    return (struct gp_files_key){.path = walk->path, .directory = walk->directory, .name = name};
}

/* Whether it is the last component itself that is a link, not one before it. */
static bool parent_is_there(const struct walk *walk)
{
    return walk->parent && gp_probe_facts(walk->probe, walk->parent)->present == GP_TRI_YES;
}

static int visit_entry(const struct walk *walk, struct gp_entry *entry, size_t depth)
{
    const struct gp_facts *facts = gp_probe_facts(walk->probe, entry);
    if (facts->present == GP_TRI_NO) {
        return 0;
    }
    struct gp_files_hit hit = {.key = key_here(walk, depth), .entry = entry, .facts = facts};
    hit.reason = facts->present == GP_TRI_UNKNOWN ? facts->reason : GP_REASON_NONE;
    if (walk->visitor->names && hit.reason == GP_REASON_LINK && parent_is_there(walk)) {
        /* The link is a name like those in listings, of which nobody asks what they are. */
        hit = (struct gp_files_hit){.key = hit.key};
    }
    return walk->visitor->visit(walk->visitor->context, &hit);
}

static int visit_name(const struct walk *walk, const struct gp_listing *listing, size_t index, size_t depth)
{
    struct gp_files_hit hit = {.key = key_here(walk, depth)};
    if (walk->visitor->want && !walk->visitor->want(walk->visitor->context, &hit.key)) {
        return 0;
    }
    if (walk->visitor->names) {
        int ambiguous = gp_listing_ambiguous(walk->probe, listing, index);
        if (ambiguous <= 0) {
            return ambiguous < 0 ? ambiguous : walk->visitor->visit(walk->visitor->context, &hit);
        }
    }
    struct gp_entry *entry = gp_listing_entry(walk->probe, listing, index);
    return entry ? visit_entry(walk, entry, depth) : -ENOMEM;
}

/* A name of a listing, for sorting. */
struct member {
    struct gp_str name;
    size_t index;
};

static int member_order(const void *a, const void *b)
{
    return gp_str_compare(((const struct member *)a)->name, ((const struct member *)b)->name);
}

/* Those of a listing that a component matches, by name; on the heap. */
static int matching(const struct walk *walk, const struct settled *settled, size_t part,
                    const struct gp_listing *listing, struct member **ret, size_t *ret_count)
{
    size_t count = 0;
    struct member *members = NULL;
    size_t room = 0;
    for (size_t i = 0; i < gp_listing_count(listing); i++) {
        struct gp_str name = gp_listing_name(listing, i);
        if (!part_matches(settled, part, name, walk->fold)) {
            continue;
        }
        if (count == room) {
            room = room ? 2 * room : 16;
            struct member *grown = reallocarray(members, room, sizeof(*members));
            if (!grown) {
                free(members);
                return -ENOMEM;
            }
            members = grown;
        }
        members[count++] = (struct member){name, i};
    }
    if (count) {
        qsort(members, count, sizeof(*members), member_order);
    }
    *ret = members;
    *ret_count = count;
    return 0;
}

static int walk_last(struct walk *walk, const struct settled *settled, const struct gp_listing *listing)
{
    size_t part = settled->path->count - 1;
    for (size_t i = 0; i < gp_listing_count(listing); i++) {
        walk->names[part] = gp_listing_name(listing, i);
        if (!part_matches(settled, part, walk->names[part], walk->fold) || is_out(walk, part + 1)) {
            continue;
        }
        int r = visit_name(walk, listing, i, part + 1);
        if (r != 0) {
            return r;
        }
    }
    return 0;
}

/* From the directory before component `part` on.  Recursion is as deep as the path has components. */
static int walk_from(struct walk *walk, const struct settled *settled, struct gp_entry *entry, size_t part);

static int walk_glob(struct walk *walk, const struct settled *settled, struct gp_entry *directory, size_t part)
{
    const struct gp_listing *listing = NULL;
    const struct gp_glob_part *glob = &settled->path->parts[part].glob;
    enum gp_reason reason = gp_probe_glob(walk->probe, directory, glob, &listing);
    walk->directory++;
    if (reason != GP_REASON_NONE) {
        struct gp_files_hit hit = {.key = key_here(walk, part), .entry = directory, .open = true, .reason = reason};
        return walk->visitor->visit(walk->visitor->context, &hit);
    }
    if (part + 1 == settled->path->count) {
        return walk_last(walk, settled, listing);
    }
    struct member *members = NULL;
    size_t count = 0;
    int r = matching(walk, settled, part, listing, &members, &count);
    for (size_t i = 0; r == 0 && i < count; i++) {
        walk->names[part] = members[i].name;
        struct gp_entry *entry = gp_listing_entry(walk->probe, listing, members[i].index);
        r = entry ? walk_from(walk, settled, entry, part + 1) : -ENOMEM;
    }
    free(members);
    return r;
}

static int walk_from(struct walk *walk, const struct settled *settled, struct gp_entry *entry, size_t part)
{
    for (; part < settled->path->count; part++) {
        if (part_is_glob(settled, part)) {
            return walk_glob(walk, settled, entry, part);
        }
        walk->parent = entry;
        entry = gp_probe_child(walk->probe, entry, part_name(settled, part));
        if (!entry) {
            return -ENOMEM;
        }
        walk->names[part] = gp_probe_entry_name(entry);
    }
    return is_out(walk, part) ? 0 : visit_entry(walk, entry, part);
}

static int walk_path(struct walk *walk, const struct settled *settled)
{
    gp_path start = settled->path->interned;
    struct gp_entry *entry = gp_probe_at(walk->probe, start);
    if (!entry) {
        return -ENOMEM;
    }
    walk->directory = 0;
    walk->parent = NULL;
    if (start != GP_PATH_ROOT) {
        walk->parent = gp_probe_at(walk->probe, gp_pathtab_parent(gp_probe_paths(walk->probe), start));
        if (!walk->parent) {
            return -ENOMEM;
        }
    }
    for (size_t i = 0; i < settled->path->prefix; i++) {
        walk->names[i] = part_name(settled, i);
    }
    return walk_from(walk, settled, entry, settled->path->prefix);
}

int gp_files_each(struct gp_eval *eval, const struct gp_paths *paths, const struct gp_paths *except,
                  const struct gp_files_visitor *visitor, struct gp_outcome *ret_outcome)
{
    static const struct gp_paths none = {NULL, 0};
    struct gp_outcome outcome, except_outcome;
    struct settled *settled = NULL, *excepted = NULL;
    except = except ? except : &none;
    int r = settle_paths(eval, paths, &settled, &outcome);
    if (r == 0) {
        r = settle_paths(eval, except, &excepted, &except_outcome);
    }
    if (r < 0) {
        return r;
    }
    bool excepts = outcome.result == GP_TRUE || (outcome.result == GP_UNKNOWN && except_outcome.result == GP_NA);
    *ret_outcome = excepts ? except_outcome : outcome;
    if (ret_outcome->result != GP_TRUE || !eval->here->probe) {
        return 0;
    }
    struct walk walk = {.probe = eval->here->probe, .fold = gp_probe_fold(eval->here->probe), .visitor = visitor,
                        .paths = settled, .except = excepted, .except_count = except->count};
    for (walk.path = 0; walk.path < paths->count; walk.path++) {
        r = walk_path(&walk, &settled[walk.path]);
        if (r != 0) {
            return r < 0 ? r : 0;
        }
    }
    return 0;
}
