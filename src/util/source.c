#include "util/source.h"

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "util/text.h"
#include "util/vec.h"

struct line_table {
    size_t count;
    uint32_t starts[]; /* offset of each line's first byte */
};

struct entry {
    struct gp_source source;
    _Atomic(struct line_table *) lines; /* made when first needed, then never changed */
};

struct gp_sources {
    struct gp_arena *arena;
    GP_VEC(struct entry *) entries;
};

void gp_sources_free(struct gp_sources *sources)
{
    if (!sources)
        return;
    for (size_t i = 0; i < sources->entries.count; i++)
        free(atomic_load(&sources->entries.data[i]->lines));
    gp_arena_free(sources->arena);
    free(sources);
}

struct gp_sources *gp_sources_new(void)
{
    struct gp_sources *sources = calloc(1, sizeof(*sources));

    if (!sources)
        return NULL;
    sources->arena = gp_arena_new(0);
    if (!sources->arena) {
        free(sources);
        return NULL;
    }
    return sources;
}

int gp_sources_add(struct gp_sources *sources, const char *name, const char *text, size_t length)
{
    struct entry *entry = GP_NEW(sources->arena, struct entry);
    char *copy = gp_arena_strdup(sources->arena, name);

    if (!entry || !copy || sources->entries.count >= INT_MAX)
        return -ENOMEM;
    entry->source = (struct gp_source){.name = copy, .text = text, .length = length};
    atomic_init(&entry->lines, NULL);
    if (gp_vec_push(sources->arena, &sources->entries, entry) < 0)
        return -ENOMEM;
    return (int)sources->entries.count;
}

static struct entry *entry_of(const struct gp_sources *sources, uint32_t number)
{
    return number && number <= sources->entries.count ? sources->entries.data[number - 1] : NULL;
}

void gp_sources_set_layer(struct gp_sources *sources, uint32_t number, int layer)
{
    struct entry *entry = entry_of(sources, number);

    if (entry)
        entry->source.layer = layer;
}

struct gp_arena *gp_sources_arena(struct gp_sources *sources)
{
    return sources->arena;
}

const struct gp_source *gp_sources_get(const struct gp_sources *sources, uint32_t number)
{
    const struct entry *entry = entry_of(sources, number);

    return entry ? &entry->source : NULL;
}

size_t gp_sources_count(const struct gp_sources *sources)
{
    return sources->entries.count;
}

/* The offset of the next line's first byte; the length if there is no further line. */
static size_t next_line(const struct gp_source *source, size_t offset)
{
    const char *end = offset < source->length ? memchr(source->text + offset, '\n', source->length - offset) : NULL;

    return end ? (size_t)(end - source->text) + 1 : source->length + 1;
}

static struct line_table *make_lines(const struct gp_source *source)
{
    size_t count = 0;

    for (size_t at = 0; at <= source->length; at = next_line(source, at))
        count++;
    struct line_table *lines = malloc(sizeof(*lines) + count * sizeof(lines->starts[0]));
    if (!lines)
        return NULL;
    lines->count = 0;
    for (size_t at = 0; at <= source->length; at = next_line(source, at))
        lines->starts[lines->count++] = (uint32_t)at;
    return lines;
}

/* The line table, NULL if there is no memory for one.  Of several threads that make it at once one wins. */
static const struct line_table *lines_of(struct entry *entry)
{
    struct line_table *lines = atomic_load(&entry->lines), *none = NULL;

    if (lines)
        return lines;
    lines = make_lines(&entry->source);
    if (lines && !atomic_compare_exchange_strong(&entry->lines, &none, lines)) {
        free(lines);
        lines = none;
    }
    return lines;
}

/* The number of the line that holds `offset`, from 1, and where it starts. */
static size_t line_at(struct entry *entry, size_t offset, size_t *ret_start)
{
    const struct line_table *lines = lines_of(entry);
    size_t low = 0, start = 0;

    if (lines) {
        for (size_t high = lines->count; high - low > 1;) {
            size_t middle = low + (high - low) / 2;
            if (lines->starts[middle] <= offset)
                low = middle;
            else
                high = middle;
        }
        start = lines->starts[low];
    } else {
        for (size_t next = 0; (next = next_line(&entry->source, start)) <= offset; start = next)
            low++;
    }
    *ret_start = start;
    return low + 1;
}

static size_t clamped(const struct gp_source *source, uint32_t offset)
{
    return offset < source->length ? offset : source->length;
}

/* Editors do not show a byte order mark. */
static size_t skip_mark(const struct gp_source *source, size_t start, size_t offset)
{
    return start == 0 && offset >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0 ? 3 : start;
}

struct gp_position gp_sources_position(const struct gp_sources *sources, struct gp_span span)
{
    struct entry *entry = entry_of(sources, span.source);

    if (!entry)
        return (struct gp_position){.file = "-"};
    const struct gp_source *source = &entry->source;
    if (!source->length)
        return (struct gp_position){.file = source->name}; /* a file that was not read, or has nothing to show */
    size_t offset = clamped(source, span.offset), start;
    struct gp_position position = {.file = source->name, .line = line_at(entry, offset, &start), .column = 1};
    for (size_t at = skip_mark(source, start, offset); at < offset; position.column++) {
        uint32_t code_point;
        size_t size = gp_utf8_char(source->text + at, source->length - at, &code_point);
        at += size ? size : 1;
        if (at > offset)
            break; /* the offset is within a character */
    }
    return position;
}

struct gp_str gp_sources_line(const struct gp_sources *sources, struct gp_span span)
{
    struct entry *entry = entry_of(sources, span.source);

    if (!entry)
        return (struct gp_str){"", 0};
    const struct gp_source *source = &entry->source;
    size_t start;
    line_at(entry, clamped(source, span.offset), &start);
    size_t end = next_line(source, start) - 1;
    if (end > start && source->text[end - 1] == '\r')
        end--;
    return (struct gp_str){source->text + start, end - start};
}
