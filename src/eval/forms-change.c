/*
 * changed: whether what stands at some paths differs from before the action.
 *
 * Two files are the same if type, size, mode, attributes and bytes are; a file
 * that was written again with the same bytes has not changed.  With one probe as
 * both trees everything is read, and nothing has changed: whoever acts does that
 * before the action, so that the probe of before remembers what it will be asked.
 */
#include "eval/families.h"
#include "eval/files.h"

#include <string.h>

#include "util/strmap.h"
#include "util/vec.h"

#define PIECE (64u << 10)

struct change_test {
    struct gp_paths paths;
};

/* What stands at one path, before and now; NULL: nothing. */
struct pair {
    const char *path;
    struct gp_entry *before, *now;
    bool unknown; /* on one side at least */
};

struct comparison {
    struct gp_eval *eval;
    struct gp_probe *probes[2]; /* before, now */
    struct gp_strmap index;     /* path -> struct pair * */
    size_t side;                /* that is being visited */
    bool open[2];               /* a directory could not be listed there: what was not met may be there all the same */
    bool differs;
    const char *where; /* the first path that differs, and how */
    const char *how;
    struct gp_outcome unknown; /* TRUE: there is none */
};

static void doubt(struct comparison *it, enum gp_reason reason, const char *detail)
{
    if (it->unknown.result == GP_TRUE || reason < it->unknown.reason)
        it->unknown = gp_outcome_unknown(reason, detail);
}

/* ---- what stands there ------------------------------------------------------------------------------------------- */

static struct pair *pair_of(struct comparison *it, const char *path)
{
    struct gp_arena *arena = it->eval->arena;
    struct pair *pair = gp_strmap_get0(&it->index, path);

    if (pair)
        return pair;
    pair = GP_NEW(arena, struct pair);
    if (!pair || gp_strmap_put(arena, &it->index, (struct gp_str){path, strlen(path)}, pair) < 0)
        return NULL;
    pair->path = path;
    return pair;
}

static int visit(void *context, const struct gp_files_hit *hit)
{
    struct comparison *it = context;
    const char *path = gp_probe_entry_path(it->probes[it->side], hit->entry, it->eval->arena);
    struct pair *pair = path ? pair_of(it, path) : NULL;

    if (!pair)
        return -ENOMEM;
    it->open[it->side] = it->open[it->side] || hit->open;
    if (hit->open || hit->facts->present == GP_TRI_UNKNOWN) {
        doubt(it, hit->reason, gp_reason_words(hit->reason));
        pair->unknown = true;
    } else if (it->side == 0)
        pair->before = hit->entry;
    else
        pair->now = hit->entry;
    return 0;
}

/* Visits one of the two trees; where its directory is not there, nothing is. */
static int visit_side(struct comparison *it, const struct gp_paths *paths, size_t side)
{
    const struct gp_place *outer = it->eval->here;
    struct gp_place place = *outer;
    struct gp_files_visitor visitor = {.visit = visit, .context = it};
    struct gp_outcome outcome;

    it->side = side;
    place.probe = it->probes[side];
    it->eval->here = &place;
    int r = gp_files_each(it->eval, paths, NULL, &visitor, &outcome);
    it->eval->here = outer;
    if (r == 0 && outcome.result == GP_UNKNOWN)
        doubt(it, outcome.reason, outcome.detail);
    if (r == 0 && outcome.result == GP_NA)
        it->unknown = outcome;
    return r;
}

/* ---- what differs ------------------------------------------------------------------------------------------------ */

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* The very same file, not written to since as far as its times tell: a word to be taken only where there are too many
 * bytes to compare. */
static bool untouched(const struct gp_facts *a, const struct gp_facts *b)
{
    return a->inode == b->inode && a->device == b->device && same_time(a->mtime, b->mtime) &&
           same_time(a->ctime, b->ctime);
}

static const char *difference_of_facts(const struct gp_facts *a, const struct gp_facts *b)
{
    if (a->type != b->type)
        return "is something else now";
    if (a->type == GP_FILETYPE_FILE && a->size != b->size)
        return "has another size";
    return (a->mode & 07777) != (b->mode & 07777) ? "has another mode" : NULL;
}

static const char *difference_of_attributes(struct comparison *it, const struct pair *pair)
{
    struct gp_attributes before = gp_probe_attributes(it->probes[0], pair->before);
    struct gp_attributes now = gp_probe_attributes(it->probes[1], pair->now);

    if (before.reason != GP_REASON_NONE || now.reason != GP_REASON_NONE) {
        enum gp_reason reason = before.reason != GP_REASON_NONE ? before.reason : now.reason;

        doubt(it, reason, gp_reason_words(reason));
        return NULL;
    }
    return before.known != now.known || before.set != now.set ? "has other attributes" : NULL;
}

static const char *difference_of_bytes(struct comparison *it, const struct pair *pair, bool same)
{
    uint64_t size = gp_probe_facts(it->probes[1], pair->now)->size;

    for (uint64_t offset = 0; offset < size; offset += PIECE) {
        struct gp_window before, now;

        if (offset >= GP_LIMIT_WINDOW_BYTES) {
            if (!same)
                doubt(it, GP_REASON_LIMIT, "the files are the same as far as they were compared");
            return NULL;
        }
        before = gp_probe_read(it->probes[0], pair->before, offset, PIECE);
        now = gp_probe_read(it->probes[1], pair->now, offset, PIECE);
        if (before.reason != GP_REASON_NONE || now.reason != GP_REASON_NONE) {
            enum gp_reason reason = before.reason != GP_REASON_NONE ? before.reason : now.reason;

            doubt(it, reason, gp_reason_words(reason));
            return NULL;
        }
        if (before.data.len != now.data.len || memcmp(before.data.data, now.data.data, now.data.len) != 0)
            return "has other content";
    }
    return NULL;
}

static const char *difference(struct comparison *it, const struct pair *pair)
{
    const struct gp_facts *before, *now;
    const char *how;
    if (!pair->before)
        return it->open[0] ? NULL : "is new";
    if (!pair->now)
        return it->open[1] ? NULL : "is gone";
    before = gp_probe_facts(it->probes[0], pair->before);
    now = gp_probe_facts(it->probes[1], pair->now);
    how = difference_of_facts(before, now);
    if (!how)
        how = difference_of_attributes(it, pair);
    return how || now->type != GP_FILETYPE_FILE ? how : difference_of_bytes(it, pair, untouched(before, now));
}

static void compare_all(struct comparison *it)
{
    for (size_t i = 0; i < it->index.count; i++) {
        const struct pair *pair = it->index.entries[i].value;
        const char *how = pair->unknown ? NULL : difference(it, pair);

        if (how && !it->differs) {
            it->differs = true;
            it->where = pair->path;
            it->how = how;
        }
    }
}

static int look(struct comparison *it, const struct gp_paths *paths)
{
    int r = visit_side(it, paths, 0);

    if (r == 0)
        r = visit_side(it, paths, 1);
    if (r == 0 && it->unknown.result != GP_NA)
        compare_all(it);
    return r;
}

/* ---- the form ---------------------------------------------------------------------------------------------------- */

static const char *paths_text(struct gp_eval *eval, const struct gp_paths *paths)
{
    const char *text = gp_eval_path_text(eval, paths->data[0]);

    for (size_t i = 1; text && i < paths->count; i++) {
        const char *next = gp_eval_path_text(eval, paths->data[i]);

        text = next ? gp_arena_printf(eval->arena, "%s, %s", text, next) : NULL;
    }
    return text;
}

static int tell(struct comparison *it, struct gp_proof *leaf)
{
    if (it->differs) {
        leaf->result = GP_TRUE;
        leaf->path = it->where;
        leaf->found = it->how;
    } else if (it->unknown.result != GP_TRUE) {
        gp_proof_take(leaf, it->unknown);
    } else {
        leaf->result = GP_FALSE;
        leaf->found = it->index.count ? "as before" : "nothing, as before";
    }
    return 0;
}

static int decide_changed(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    const struct gp_paths *paths = &((const struct change_test *)cond->data)->paths;
    struct comparison it = {.eval = eval, .unknown = GP_OUTCOME_TRUE};
    struct gp_proof *leaf = gp_proof_leaf(eval, proof, "changed", NULL);
    int r = 0;

    if (!leaf || !(leaf->path = paths_text(eval, paths)))
        return -ENOMEM;
    leaf->expected = "differs from before";
    it.probes[1] = eval->here->probe;
    if (!eval->it->before)
        it.unknown = gp_outcome_unknown(GP_REASON_NO_VALUE, "there is no action, so there is no before");
    else
        r = gp_eval_place_in(eval, eval->it->before, &it.probes[0], &it.unknown);
    if (r == 0 && it.unknown.result == GP_TRUE)
        r = look(&it, paths);
    if (r < 0)
        return r;
    r = tell(&it, leaf);
    gp_proof_all(proof);
    return r;
}

static const struct gp_field changed_fields[] = {
    {"changed", GP_KIND_PATHS, offsetof(struct change_test, paths),
     GP_FIELD_REQUIRED | GP_FIELD_GLOB | GP_FIELD_LIST | GP_FIELD_NOT_EMPTY,
     .help =
         "something that stands or stood there is new, gone, or differs in type, size, mode, attributes or bytes from "
         "before the action"},
    {0},
};
static const struct gp_object changed_object = {"changed", "differs from before the action", sizeof(struct change_test),
                                                changed_fields, NULL};

const struct gp_form gp_forms_change[] = {
    {.key = "changed", .flags = GP_FORM_ENSURES, .cost = 1000, .object = &changed_object, .decide = decide_changed,
     .example = "{ changed: \"data/*.cfg\" }"},
    {0},
};
