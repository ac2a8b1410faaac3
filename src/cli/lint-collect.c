/*
 * Of what several loads found, what was asked for, each thing once: two sets may
 * share files, and two PATHs may mean one file.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/lint.h"
#include "util/strmap.h"

/* A source of a job. */
struct origin {
    const char *key; /* the same for the same file, by whatever path; NULL: not worked out yet */
    bool wanted;
    struct gp_strmap *reasons; /* that it gives for the levels of what is found in it; NULL: not looked at yet */
};

/* A file of the result, with its findings. */
struct slot {
    const char *name;
    GP_VEC(struct gp_finding) findings;
};

struct collector {
    struct gp_lint_run *lint;
    struct gp_arena *arena;  /* gone after the run */
    struct gp_strmap slots;  /* key of a file -> struct slot *, in the order of the report */
    struct gp_strmap shown;  /* everything that was counted */
    struct gp_findings findings;
    struct origin *origins;  /* by source number; of the job at hand */
};

/* ---- which file -------------------------------------------------------------------------------------------------- */

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether somebody pointed at this file, or at the directory that it lies in. */
static bool is_wanted(struct gp_lint_job *job, const char *name, const struct stat *st, const struct stat *parent)
{
    bool wanted = job->whole;

    for (size_t i = 0; i < job->scopes.count; i++) {
        struct gp_lint_scope *scope = &job->scopes.data[i];
        bool hit = scope->text ? strcmp(scope->path, name) == 0
                               : (st && same_file(st, &scope->at)) || (parent && same_file(parent, &scope->at));
        scope->seen = scope->seen || hit;
        wanted = wanted || hit;
    }
    return wanted;
}

static const struct origin *origin_of(struct collector *collector, struct gp_lint_job *job, uint32_t number)
{
    struct origin *origin = &collector->origins[number];

    if (origin->key)
        return origin;
    const struct gp_source *source = gp_sources_get(job->sources, number);
    const char *name = source ? source->name : "";
    char *directory = gp_arena_strdup(collector->arena, name);
    struct stat st, parent;
    if (!directory)
        return NULL;
    char *slash = strrchr(directory, '/');
    if (slash)
        slash[slash == directory] = '\0';
    bool there = source && stat(name, &st) == 0, known = source && stat(slash ? directory : ".", &parent) == 0;
    origin->wanted = source ? is_wanted(job, name, there ? &st : NULL, known ? &parent : NULL) : true;
    origin->key = there ? gp_arena_printf(collector->arena, "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino)
                        : gp_arena_printf(collector->arena, "=%s", name);
    return origin->key ? origin : NULL;
}

static struct slot *slot_of(struct collector *collector, const struct origin *origin, const char *name)
{
    struct slot *slot = gp_strmap_get0(&collector->slots, origin->key);

    if (slot)
        return slot;
    slot = GP_NEW(collector->arena, struct slot);
    if (!slot || gp_strmap_put(collector->arena, &collector->slots,
                               (struct gp_str){origin->key, strlen(origin->key)}, slot) < 0)
        return NULL;
    slot->name = name;
    return slot;
}

/* ---- findings ---------------------------------------------------------------------------------------------------- */

/* Whether the same was counted already.  1, 0 or -ENOMEM. */
static int is_double(struct collector *collector, const struct origin *origin, const struct gp_diag *diag)
{
    const char *key = gp_arena_printf(collector->arena, "%s:%u:%u:%d:%s", origin->key, diag->span.offset,
                                      diag->span.length, (int)diag->id, diag->message);
    struct gp_str word = {key, key ? strlen(key) : 0};

    if (!key)
        return -ENOMEM;
    if (gp_strmap_get0(&collector->shown, key))
        return 1;
    return gp_strmap_put(collector->arena, &collector->shown, word, collector) < 0 ? -ENOMEM : 0;
}

/* Why something is silent: its file says so, or the manifest of the set. */
static int find_reason(struct collector *collector, const struct gp_lint_job *job, const struct gp_diag *diag,
                       const char **ret_reason)
{
    struct origin *origin = &collector->origins[diag->span.source];
    const struct gp_source *source = gp_sources_get(job->sources, diag->span.source);
    struct gp_arena *arena = collector->lint->cli->arena;
    char id[16];
    int r = 0;

    if (diag->level != GP_LEVEL_SILENT)
        return 0;
    snprintf(id, sizeof(id), "GP%04d", (int)diag->id);
    if (source && !origin->reasons) {
        origin->reasons = GP_NEW(collector->arena, struct gp_strmap);
        r = origin->reasons ? gp_load_reasons((struct gp_str){source->text, source->length}, arena, origin->reasons)
                            : -ENOMEM;
    }
    if (r < 0)
        return r;
    *ret_reason = origin->reasons ? gp_strmap_get0(origin->reasons, id) : NULL;
    const struct gp_map_entry *said =
        *ret_reason || !job->rules ? NULL : gp_map_find(&job->rules->manifest.lint, (struct gp_str){id, strlen(id)});
    const struct gp_lint_level *level = said && !said->broken ? said->value : NULL;
    if (level && level->reason.data)
        *ret_reason = level->reason.data;
    return 0;
}

static int take_finding(struct collector *collector, struct gp_lint_job *job, const struct gp_diag *diag, bool wanted)
{
    const struct origin *origin = origin_of(collector, job, diag->span.source);

    if (!origin)
        return -ENOMEM;
    if (origin->wanted != wanted)
        return 0;
    int r = is_double(collector, origin, diag);
    if (r != 0)
        return r < 0 ? r : 0;
    if (!wanted) {
        collector->findings.errors_elsewhere += diag->level == GP_LEVEL_ERROR;
        collector->findings.others_elsewhere += diag->level == GP_LEVEL_WARNING || diag->level == GP_LEVEL_NOTE;
        return 0;
    }
    const struct gp_source *source = gp_sources_get(job->sources, diag->span.source);
    struct slot *slot = slot_of(collector, origin, source ? source->name : NULL);
    struct gp_finding finding = {job->sources, diag, NULL};
    collector->findings.count++;
    r = find_reason(collector, job, diag, &finding.reason);
    if (r < 0)
        return r;
    return slot ? gp_vec_push(collector->arena, &slot->findings, finding) : -ENOMEM;
}

/* Every file that was read gets its place, whether or not there is something to say of it. */
static int take_files(struct collector *collector, struct gp_lint_job *job)
{
    for (uint32_t number = 1; number <= gp_sources_count(job->sources); number++) {
        const struct gp_source *source = gp_sources_get(job->sources, number);
        const struct origin *origin = origin_of(collector, job, number);
        if (!origin)
            return -ENOMEM;
        if (origin->wanted && source->length && !slot_of(collector, origin, source->name))
            return -ENOMEM;
    }
    return 0;
}

/* With `wanted` what was asked for, else the rest. */
static int take_job(struct collector *collector, struct gp_lint_job *job, bool wanted)
{
    size_t count = gp_diags_count(job->diags, GP_LEVEL_SILENT);
    int r;

    collector->origins = GP_NEW_ARRAY(collector->arena, struct origin, gp_sources_count(job->sources) + 1);
    if (!collector->origins)
        return -ENOMEM;
    r = wanted ? take_files(collector, job) : 0;
    for (size_t i = 0; i < count && r == 0; i++)
        r = take_finding(collector, job, gp_diags_get(job->diags, i), wanted);
    if (wanted)
        collector->findings.dropped += gp_diags_dropped(job->diags);
    return r;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

/* The slots' findings, one after the other. */
static int finish(struct collector *collector, struct gp_arena *arena, struct gp_findings *ret_findings)
{
    struct gp_finding *data = GP_NEW_ARRAY(arena, struct gp_finding, collector->findings.count + 1);
    struct gp_finding_file *files = GP_NEW_ARRAY(arena, struct gp_finding_file, collector->slots.count + 1);
    size_t at = 0;

    if (!data || !files)
        return -ENOMEM;
    for (size_t i = 0; i < collector->slots.count; i++) {
        const struct slot *slot = collector->slots.entries[i].value;
        files[i] = (struct gp_finding_file){slot->name, at, at + slot->findings.count};
        if (slot->findings.count)
            memcpy(data + at, slot->findings.data, slot->findings.count * sizeof(*data));
        at += slot->findings.count;
    }
    *ret_findings = collector->findings;
    ret_findings->data = data;
    ret_findings->files = files;
    ret_findings->file_count = collector->slots.count;
    return 0;
}

int gp_lint_collect(struct gp_lint_run *lint, struct gp_findings *ret_findings)
{
    struct collector collector = {.lint = lint, .arena = gp_arena_new(0)};
    int r = collector.arena ? 0 : -ENOMEM;

    collector.findings.strict = lint->cli->options.strict;
    for (size_t i = 0; i < lint->jobs.count && r == 0; i++)
        r = take_job(&collector, &lint->jobs.data[i], true);
    for (size_t i = 0; i < lint->jobs.count && r == 0; i++)
        r = take_job(&collector, &lint->jobs.data[i], false);
    if (r == 0)
        r = finish(&collector, lint->cli->arena, ret_findings);
    gp_arena_free(collector.arena);
    return r;
}
