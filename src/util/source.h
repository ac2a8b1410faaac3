/*
 * The text of rule files, kept for as long as anything may point into it, and
 * places in it.  A span is 12 bytes; lines and columns are worked out when
 * somebody wants to read them.
 */
#ifndef GP_UTIL_SOURCE_H
#define GP_UTIL_SOURCE_H

#include "util/arena.h"

/* A place in a source.  `source` counts from 1; 0 means "no place" (a default, a command line). */
struct gp_span {
    uint32_t source;
    uint32_t offset; /* bytes from the start of the file */
    uint32_t length; /* bytes */
};

struct gp_source {
    const char *name; /* as the person who reads it would write it */
    const char *text;
    size_t length;
    int layer; /* which layer it came from; see load/load.h */
};

struct gp_sources;

/* Line and column count from 1; the column counts characters, not bytes. */
struct gp_position {
    const char *file; /* "-" without a place */
    size_t line, column; /* 0: the file as a whole (or no place) */
};

void gp_sources_free(struct gp_sources *sources);
struct gp_sources *gp_sources_new(void) GP_MUST_CHECK;
/* Takes a copy of `name`; `text` must live as long as the sources (gp_sources_arena() is a good place). Returns the
 * source's number or -ENOMEM. */
int gp_sources_add(struct gp_sources *sources, const char *name, const char *text, size_t length) GP_MUST_CHECK;
void gp_sources_set_layer(struct gp_sources *sources, uint32_t number, int layer);
struct gp_arena *gp_sources_arena(struct gp_sources *sources);
const struct gp_source *gp_sources_get(const struct gp_sources *sources, uint32_t number); /* NULL for 0 */
size_t gp_sources_count(const struct gp_sources *sources);
/* These two are safe from several threads at once, as long as nobody adds a source. */
struct gp_position gp_sources_position(const struct gp_sources *sources, struct gp_span span);
/* The line (without its end) that holds the span's first byte. */
struct gp_str gp_sources_line(const struct gp_sources *sources, struct gp_span span);

#endif
