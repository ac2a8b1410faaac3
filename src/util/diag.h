/*
 * Diagnostics: what is wrong with something that a person wrote.
 *
 * Wrong input goes here and the work goes on, so that one run shows all.  The
 * sink stores; cli/ and report/ print.  Every id is a row in diag-ids.h.
 */
#ifndef GP_UTIL_DIAG_H
#define GP_UTIL_DIAG_H

#include "util/source.h"
#include "util/strbuf.h"

/* Silent ones are kept and counted, but gp_diag_render() says nothing of them. */
enum gp_level { GP_LEVEL_SILENT, GP_LEVEL_NOTE, GP_LEVEL_WARNING, GP_LEVEL_ERROR };

enum gp_diag_id {
#define GP_DIAG(number, name, level, title, text) GP_DIAG_##name = number,
#include "util/diag-ids.h"
#undef GP_DIAG
};

struct gp_diag_info {
    int number; /* 101: GP0101 */
    const char *name;
    enum gp_level level; /* before a manifest raises or silences it */
    const char *title;
    const char *text; /* what explain-code prints */
};

struct gp_diag_note {
    struct gp_span span;
    const char *text;
};

struct gp_diag {
    enum gp_diag_id id;
    enum gp_level level;
    struct gp_span span;
    const char *message;
    struct gp_diag_note *notes;
    size_t note_count;
    const char *suggestion; /* the text that should stand at the span, NULL if there is none */
};

struct gp_diags;

extern const struct gp_diag_info gp_diag_infos[]; /* in order of number; ends with number 0 */
const struct gp_diag_info *gp_diag_info(int number); /* NULL if there is none */

void gp_diags_free(struct gp_diags *diags);
/* Keeps at most `cap` diagnostics a source (0: all; the rest are counted).  Errors, what is less than an error, and what
 * is silent are capped apart, so no heap of warnings hides the first error, and nothing silent hides a warning. */
struct gp_diags *gp_diags_new(struct gp_sources *sources, size_t cap) GP_MUST_CHECK;
struct gp_sources *gp_diags_sources(struct gp_diags *diags);

/* What a manifest's `lint` section says of an id: holds for those that are there and those that come. 0 or -ENOMEM. */
int gp_diags_set_level(struct gp_diags *diags, enum gp_diag_id id, enum gp_level level) GP_MUST_CHECK;
/* The same for those whose place is in one source (not 0): goes before what holds for all. */
int gp_diags_set_source_level(struct gp_diags *diags, uint32_t source, enum gp_diag_id id, enum gp_level level)
    GP_MUST_CHECK;
/* Whether something was said of an id in that source. */
bool gp_diags_has_source_level(const struct gp_diags *diags, uint32_t source, enum gp_diag_id id);

/* Adds one.  The returned pointer takes notes and a suggestion until the next one is added; NULL: capped or out of
 * memory, which the functions below accept. */
struct gp_diag *gp_diag_add(struct gp_diags *diags, enum gp_diag_id id, struct gp_span span, const char *format, ...)
    GP_PRINTF(4, 5);
void gp_diag_note(struct gp_diags *diags, struct gp_diag *diag, struct gp_span span, const char *format, ...)
    GP_PRINTF(4, 5);
/* "did you mean": a note and the suggested edit; nothing if `word` is NULL. */
void gp_diag_suggest(struct gp_diags *diags, struct gp_diag *diag, const char *word);

size_t gp_diags_count(const struct gp_diags *diags, enum gp_level at_least);
size_t gp_diags_dropped(const struct gp_diags *diags);
/* Whether memory ran out while something was to be said. */
bool gp_diags_failed(const struct gp_diags *diags);
/* The nth, in the order of source, offset, then addition. */
const struct gp_diag *gp_diags_get(struct gp_diags *diags, size_t n);

/* "error", "warning", "note", "silent" */
const char *gp_level_name(enum gp_level level);
/* Appends one diagnostic as people read it, fit for a terminal ("error: …" without a place, "file: error: …" of a file
 * as a whole):
 *     file:line:col: error: message [GP0101]
 *       41 |   operatons:
 *          |   ^~~~~~~~~
 *       note: file:line:col: text
 *       7 | operations:
 *         | ^~~~~~~~~~
 *       help: did you mean 'operations'? */
void gp_diag_render(struct gp_strbuf *out, const struct gp_sources *sources, const struct gp_diag *diag, bool colour);

#endif
