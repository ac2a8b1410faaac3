/*
 * A probe of a record.
 */
#include "probe/recorded.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "probe/record-words.h"
#include "probe/record.h"
#include "util/text.h"

struct tree {
    const json_t *facts, *space, *ledger, *under;
    struct gp_str directory; /* of an under */
    bool absent;
    int unknown;
};

static const struct gp_json_key tree_keys[] = {
    {"facts", GP_JSON_LIST, .offset = offsetof(struct tree, facts), .required = true},
    {"space", GP_JSON_MAP, .offset = offsetof(struct tree, space)},
    {"ledger", GP_JSON_LIST, .offset = offsetof(struct tree, ledger)},
    {"under", GP_JSON_LIST, .offset = offsetof(struct tree, under)},
    {0},
};

static const struct gp_json_key under_keys[] = {
    {"directory", GP_JSON_BYTES, .offset = offsetof(struct tree, directory), .required = true},
    {"absent", GP_JSON_BOOLEAN, .offset = offsetof(struct tree, absent)},
    {"unknown", GP_JSON_WORD, .offset = offsetof(struct tree, unknown), .words = gp_recorded_reasons},
    {"facts", GP_JSON_LIST, .offset = offsetof(struct tree, facts)},
    {"space", GP_JSON_MAP, .offset = offsetof(struct tree, space)},
    {"ledger", GP_JSON_LIST, .offset = offsetof(struct tree, ledger)},
    {0},
};

struct space {
    int64_t bytes;
    int unknown;
};

static const struct gp_json_key space_keys[] = {
    {"bytes", GP_JSON_INTEGER, .offset = offsetof(struct space, bytes), .most = INT64_MAX},
    {"unknown", GP_JSON_WORD, .offset = offsetof(struct space, unknown), .words = gp_recorded_reasons},
    {0},
};

/* An errno that gp_reason_of_errno() reads as this reason. */
static int errno_of(enum gp_reason reason)
{
    static const int errors[] = {EACCES, EIO, EFBIG, ELOOP, ESTALE, ENOMSG};

    for (size_t i = 0; i < GP_COUNT(errors); i++)
        if (gp_reason_of_errno(errors[i]) == reason)
            return -errors[i];
    return -EIO;
}

static int take_space(struct gp_recorded *it, const json_t *value)
{
    struct space space = {.bytes = -1};
    int r = gp_json_bind(it->in, value, "space", space_keys, &space);

    if (r == 0 && (space.bytes < 0) != (space.unknown != GP_REASON_NONE))
        return gp_json_wrong(it->in, "space: it needs one of 'bytes' and 'unknown'");
    it->probe->space_asked = true;
    it->probe->space_bytes = space.bytes < 0 ? 0 : (uint64_t)space.bytes;
    it->probe->space = space.bytes < 0
                           ? (struct gp_answer){.value = GP_TRI_UNKNOWN, .reason = (enum gp_reason)space.unknown}
                           : (struct gp_answer){.value = GP_TRI_YES};
    return r;
}

static int take_tree(struct gp_recorded *it, const struct tree *tree, const char *within)
{
    json_t *value;
    size_t i;
    int r = 0;

    json_array_foreach((json_t *)tree->facts, i, value) {
        snprintf(it->where, sizeof(it->where), "%sfacts[%zu]", within, i);
        r = gp_recorded_fact(it, value);
        if (r < 0)
            return r;
    }
    if (tree->space)
        r = take_space(it, tree->space);
    return r == 0 && tree->ledger ? gp_recorded_ledger(it, tree->ledger) : r;
}

/* A probe whose memory is empty yet. */
static int empty_probe(struct gp_probe **ret_probe, const char *name, const struct gp_probe_options *options)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_backend *backend = NULL;

    if (!arena || gp_recorded_backend(arena, &backend) < 0) {
        gp_arena_free(arena);
        return -ENOMEM;
    }
    int r = gp_probe_new(ret_probe, arena, backend, name, options);
    if (r == 0)
        (*ret_probe)->recorded = true;
    return r;
}

/* The probe of a directory that was there. */
static int open_under(struct gp_recorded *it, const struct tree *tree, const char *name, const char *within,
                      struct gp_under *under)
{
    struct gp_probe_options options = it->probe->options;
    struct gp_recorded inner = {.in = it->in};

    options.held_path = GP_PATH_NONE;
    int r = empty_probe(&inner.probe, name, &options);
    if (r < 0)
        return r;
    r = take_tree(&inner, tree, within);
    if (r < 0)
        gp_probe_free(inner.probe);
    else
        under->probe = inner.probe;
    return r;
}

static int take_under(struct gp_recorded *it, const json_t *value)
{
    struct gp_under *under = GP_NEW(it->probe->arena, struct gp_under);
    struct tree tree = {.facts = NULL};
    char within[sizeof(it->where) + 1];
    int r = gp_json_bind(it->in, value, it->where, under_keys, &tree);

    if (r < 0 || !under)
        return r < 0 ? r : -ENOMEM;
    if ((tree.facts != NULL) + tree.absent + (tree.unknown != GP_REASON_NONE) != 1)
        return gp_json_wrong(it->in, "%s: it needs one of 'facts', 'absent' and 'unknown'", it->where);
    if (memchr(tree.directory.data, '\0', tree.directory.len) || gp_strmap_get(&it->probe->unders, tree.directory))
        return gp_json_wrong(it->in, "%s: the record told of this 'directory' before, or it is no name", it->where);
    char *name = gp_arena_memdup(it->probe->arena, tree.directory.data, tree.directory.len);
    if (!name)
        return -ENOMEM;
    under->error = tree.absent ? -ENOENT : tree.unknown ? errno_of((enum gp_reason)tree.unknown) : 0;
    snprintf(within, sizeof(within), "%s.", it->where);
    r = tree.facts ? open_under(it, &tree, name, within, under) : 0;
    if (r < 0)
        return r;
    r = gp_strmap_put(it->probe->arena, &it->probe->unders, (struct gp_str){name, tree.directory.len}, under);
    if (r < 0)
        gp_probe_free(under->probe);
    return r;
}

static int take_all(struct gp_recorded *it, const json_t *facts)
{
    struct tree tree = {.facts = NULL};
    json_t *value;
    size_t i;
    int r = gp_json_bind(it->in, facts, "tree", tree_keys, &tree);

    if (r == 0)
        r = take_tree(it, &tree, "");
    if (r < 0)
        return r;
    json_array_foreach((json_t *)tree.under, i, value) {
        snprintf(it->where, sizeof(it->where), "under[%zu]", i);
        r = take_under(it, value);
        if (r < 0)
            return r;
    }
    return 0;
}

int gp_recorded_open(struct gp_probe **ret_probe, const json_t *facts, const char *name,
                     const struct gp_probe_options *options, struct gp_arena *arena, const char **ret_problem)
{
    struct gp_json_in in = {.arena = arena};
    struct gp_recorded it = {.in = &in};
    int r = empty_probe(&it.probe, name, options);

    if (r < 0)
        return r;
    r = take_all(&it, facts);
    if (r < 0) {
        gp_probe_free(it.probe);
        if (r == -EINVAL)
            *ret_problem = in.problem;
        return r;
    }
    *ret_probe = it.probe;
    return 0;
}
