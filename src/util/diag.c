#include "util/diag.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "util/strmap.h"
#include "util/vec.h"

const struct gp_diag_info gp_diag_infos[] = {
#define GP_DIAG(number, name, level, title, text) {number, #name, GP_LEVEL_##level, title, text},
#include "util/diag-ids.h"
#undef GP_DIAG
    {0, NULL, GP_LEVEL_SILENT, NULL, NULL},
};

/* A diagnostic and what only the sink knows of it. */
struct stored {
    struct gp_diag diag;
    size_t sequence;
    size_t note_capacity;
    struct stored *before; /* the one of the same source that was added before it */
};

/* What a source has. */
struct tally {
    size_t kept[GP_LEVEL_ERROR + 1]; /* by what caps them: errors, what is less, what nobody is told */
    struct stored *last;
};

/* What was said of the level of an id, in all sources (0) or in one. */
struct level_key {
    uint32_t source, id;
};
struct level_entry {
    struct level_key key; /* of the map, so it stays where it is */
    enum gp_level level;
};

struct gp_diags {
    struct gp_sources *sources;
    struct gp_arena *arena;
    size_t cap, dropped;
    bool failed, sorted;
    GP_VEC(struct stored *) all;
    GP_VEC(struct tally) tallies; /* by number of source */
    struct gp_strmap levels;     /* struct level_key -> struct level_entry * */
};

const struct gp_diag_info *gp_diag_info(int number)
{
    for (const struct gp_diag_info *info = gp_diag_infos; info->number; info++)
        if (info->number == number)
            return info;
    return NULL;
}

const char *gp_level_name(enum gp_level level)
{
    static const char *const names[] = {"silent", "note", "warning", "error"};

    return (size_t)level < GP_COUNT(names) ? names[level] : "error";
}

void gp_diags_free(struct gp_diags *diags)
{
    if (!diags)
        return;
    gp_arena_free(diags->arena);
    free(diags);
}

struct gp_diags *gp_diags_new(struct gp_sources *sources, size_t cap)
{
    struct gp_diags *diags = calloc(1, sizeof(*diags));

    if (!diags)
        return NULL;
    diags->arena = gp_arena_new(0);
    if (!diags->arena) {
        free(diags);
        return NULL;
    }
    diags->sources = sources;
    diags->cap = cap ? cap : SIZE_MAX;
    return diags;
}

struct gp_sources *gp_diags_sources(struct gp_diags *diags)
{
    return diags->sources;
}

static struct level_entry *find_level(const struct gp_diags *diags, const struct level_key *key)
{
    return gp_strmap_get(&diags->levels, (struct gp_str){(const char *)key, sizeof(*key)});
}

/* What was said of one source goes before what was said of all. */
static enum gp_level level_of(const struct gp_diags *diags, uint32_t source, enum gp_diag_id id)
{
    const struct level_entry *said = find_level(diags, &(struct level_key){source, (uint32_t)id});

    if (!said)
        said = find_level(diags, &(struct level_key){0, (uint32_t)id});
    if (said)
        return said->level;
    const struct gp_diag_info *info = gp_diag_info((int)id);
    return info ? info->level : GP_LEVEL_ERROR;
}

static int keep_level(struct gp_diags *diags, struct level_key key, enum gp_level level)
{
    struct level_entry *said = find_level(diags, &key);

    if (!said) {
        said = GP_NEW(diags->arena, struct level_entry);
        if (!said)
            return -ENOMEM;
        said->key = key;
        if (gp_strmap_put(diags->arena, &diags->levels,
                          (struct gp_str){(const char *)&said->key, sizeof(said->key)}, said) < 0)
            return -ENOMEM;
    }
    said->level = level;
    return 0;
}

int gp_diags_set_level(struct gp_diags *diags, enum gp_diag_id id, enum gp_level level)
{
    if (keep_level(diags, (struct level_key){0, (uint32_t)id}, level) < 0)
        return -ENOMEM;
    for (size_t i = 0; i < diags->all.count; i++) {
        struct gp_diag *diag = &diags->all.data[i]->diag;
        if (diag->id == id)
            diag->level = level_of(diags, diag->span.source, id);
    }
    return 0;
}

bool gp_diags_has_source_level(const struct gp_diags *diags, uint32_t source, enum gp_diag_id id)
{
    return find_level(diags, &(struct level_key){source, (uint32_t)id});
}

/* The tally of a source; NULL: out of memory. */
static struct tally *tally_of(struct gp_diags *diags, uint32_t source)
{
    size_t known = gp_sources_count(diags->sources);
    size_t index = source <= known ? source : 0;

    while (diags->tallies.count <= index)
        if (gp_vec_push(diags->arena, &diags->tallies, (struct tally){0}) < 0)
            return NULL;
    return &diags->tallies.data[index];
}

int gp_diags_set_source_level(struct gp_diags *diags, uint32_t source, enum gp_diag_id id, enum gp_level level)
{
    struct tally *tally = tally_of(diags, source);

    if (!tally || keep_level(diags, (struct level_key){source, (uint32_t)id}, level) < 0)
        return -ENOMEM;
    for (struct stored *stored = tally->last; stored; stored = stored->before)
        if (stored->diag.id == id && stored->diag.span.source == source)
            stored->diag.level = level;
    return 0;
}

/* Which of a source's caps a level comes under. */
static enum gp_level cap_of(enum gp_level level)
{
    return level == GP_LEVEL_NOTE ? GP_LEVEL_WARNING : level;
}

struct gp_diag *gp_diag_add(struct gp_diags *diags, enum gp_diag_id id, struct gp_span span, const char *format, ...)
{
    enum gp_level level = level_of(diags, span.source, id);
    struct tally *tally = tally_of(diags, span.source);

    if (tally && tally->kept[cap_of(level)] >= diags->cap) {
        diags->dropped++;
        return NULL;
    }
    va_list args;
    va_start(args, format);
    const char *message = gp_arena_vprintf(diags->arena, format, args);
    va_end(args);
    struct stored *stored = GP_NEW(diags->arena, struct stored);
    if (!tally || !message || !stored || gp_vec_push(diags->arena, &diags->all, stored) < 0) {
        diags->failed = true;
        return NULL;
    }
    stored->diag = (struct gp_diag){.id = id, .level = level, .span = span, .message = message};
    stored->sequence = diags->all.count;
    stored->before = tally->last;
    tally->last = stored;
    tally->kept[cap_of(level)]++;
    diags->sorted = false;
    return &stored->diag;
}

void gp_diag_note(struct gp_diags *diags, struct gp_diag *diag, struct gp_span span, const char *format, ...)
{
    if (!diag)
        return;
    struct stored *stored = (struct stored *)diag; /* its first member */
    va_list args;
    va_start(args, format);
    const char *text = gp_arena_vprintf(diags->arena, format, args);
    va_end(args);
    if (!text || gp_vec_grow(diags->arena, &diag->notes, &stored->note_capacity, diag->note_count,
                             sizeof(*diag->notes)) < 0) {
        diags->failed = true;
        return;
    }
    diag->notes[diag->note_count++] = (struct gp_diag_note){span, text};
}

void gp_diag_suggest(struct gp_diags *diags, struct gp_diag *diag, const char *word)
{
    if (!diag || !word)
        return;
    diag->suggestion = gp_arena_strdup(diags->arena, word);
    if (!diag->suggestion)
        diags->failed = true;
}

size_t gp_diags_count(const struct gp_diags *diags, enum gp_level at_least)
{
    size_t count = 0;

    for (size_t i = 0; i < diags->all.count; i++)
        count += diags->all.data[i]->diag.level >= at_least;
    return count;
}

size_t gp_diags_dropped(const struct gp_diags *diags)
{
    return diags->dropped;
}

bool gp_diags_failed(const struct gp_diags *diags)
{
    return diags->failed;
}

static int by_place(const void *left, const void *right)
{
    const struct stored *a = *(struct stored *const *)left, *b = *(struct stored *const *)right;

    if (a->diag.span.source != b->diag.span.source)
        return a->diag.span.source < b->diag.span.source ? -1 : 1;
    if (a->diag.span.offset != b->diag.span.offset)
        return a->diag.span.offset < b->diag.span.offset ? -1 : 1;
    return (a->sequence > b->sequence) - (a->sequence < b->sequence);
}

const struct gp_diag *gp_diags_get(struct gp_diags *diags, size_t n)
{
    if (n >= diags->all.count)
        return NULL;
    if (!diags->sorted)
        qsort(diags->all.data, diags->all.count, sizeof(diags->all.data[0]), by_place);
    diags->sorted = true;
    return &diags->all.data[n]->diag;
}
