#include "probe/probe.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "probe/internal.h"

static void free_unders(struct gp_probe *probe)
{
    for (size_t i = 0; i < probe->unders.count; i++) {
        struct gp_under *under = probe->unders.entries[i].value;
        gp_probe_free(under->probe);
    }
}

void gp_probe_free(struct gp_probe *probe)
{
    if (!probe)
        return;
    free_unders(probe);
    for (struct gp_listing *listing = probe->listings; listing; listing = listing->next)
        gp_listing_done(listing);
    probe->backend->ops->free(probe->backend);
    gp_pathtab_free(probe->paths);
    free(probe->by_path);
    gp_arena_free(probe->arena); /* which holds the probe itself */
}

void gp_probe_let_go(struct gp_probe *probe)
{
    if (probe->backend->ops->let_go)
        probe->backend->ops->let_go(probe->backend);
}

static struct gp_probe_options with_defaults(const struct gp_probe_options *options)
{
    struct gp_probe_options filled = options ? *options : (struct gp_probe_options){.held_path = GP_PATH_NONE};

    if (!filled.sys)
        filled.sys = &gp_sys_linux;
    if (filled.open_limit <= 0)
        filled.open_limit = GP_PROBE_OPEN_DIRECTORIES;
    if (!filled.list_limit)
        filled.list_limit = GP_PROBE_LIST_NAMES;
    if (!filled.window_limit)
        filled.window_limit = GP_PROBE_WINDOW_BYTES;
    if (!filled.ledger_limit)
        filled.ledger_limit = GP_PROBE_LEDGER_BYTES;
    return filled;
}

int gp_probe_new(struct gp_probe **ret_probe, struct gp_arena *arena, struct gp_backend *backend, const char *name,
                 const struct gp_probe_options *options)
{
    struct gp_probe *probe = GP_NEW(arena, struct gp_probe);

    if (!probe) {
        backend->ops->free(backend);
        gp_arena_free(arena);
        return -ENOMEM;
    }
    probe->arena = arena;
    probe->backend = backend;
    probe->options = with_defaults(options);
    probe->paths = gp_pathtab_new(probe->options.paths);
    probe->name = gp_arena_strdup(arena, name);
    probe->root = gp_entry_new(probe, NULL, "");
    if (!probe->paths || !probe->name || !probe->root) {
        gp_probe_free(probe);
        return -ENOMEM;
    }
    *ret_probe = probe;
    return 0;
}

int gp_probe_under(struct gp_probe *probe, struct gp_str directory, struct gp_probe **ret_other)
{
    struct gp_under *under = gp_strmap_get(&probe->unders, directory);
    struct gp_backend *backend = NULL;

    if (!under) {
        struct gp_probe_options options = probe->options;
        options.held_path = GP_PATH_NONE;
        char *name = gp_arena_memdup(probe->arena, directory.data, directory.len);
        under = GP_NEW(probe->arena, struct gp_under);
        if (!name || !under ||
            gp_strmap_put(probe->arena, &probe->unders, (struct gp_str){name, directory.len}, under) < 0)
            return -ENOMEM;
        struct gp_arena *arena = gp_arena_new(0);
        under->error = arena ? probe->backend->ops->open(probe->backend, name, arena, &backend) : -ENOMEM;
        if (under->error < 0)
            gp_arena_free(arena);
        else
            under->error = gp_probe_new(&under->probe, arena, backend, name, &options);
    }
    if (under->error < 0)
        return under->error;
    *ret_other = under->probe;
    return 0;
}

const char *gp_probe_name(const struct gp_probe *probe)
{
    return probe->name;
}

struct gp_arena *gp_probe_arena(struct gp_probe *probe)
{
    return probe->arena;
}

struct gp_pathtab *gp_probe_paths(struct gp_probe *probe)
{
    return probe->paths;
}

bool gp_probe_fold(const struct gp_probe *probe)
{
    return probe->options.fold;
}
