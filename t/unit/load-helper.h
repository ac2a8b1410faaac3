/* What the tests of src/load/ share: a sink of diagnostics and its contents as text. */
#ifndef LOAD_HELPER_H
#define LOAD_HELPER_H

#include <string.h>

#include "tap.h"
#include "util/diag.h"

/* One sink with its sources; made and freed around each case. */
struct sink {
    struct gp_sources *sources;
    struct gp_diags *diags;
    struct gp_strbuf text; /* what sink_text() returned last */
};

static inline struct sink sink_new(void)
{
    struct sink sink = {.sources = gp_sources_new()};

    sink.diags = sink.sources ? gp_diags_new(sink.sources, 100) : NULL;
    if (!sink.diags)
        bail("out of memory");
    return sink;
}

static inline void sink_free(struct sink *sink)
{
    gp_strbuf_done(&sink->text);
    gp_diags_free(sink->diags);
    gp_sources_free(sink->sources);
}

/* The first lines of all diagnostics: "file:line:col: level: message [id]", each with a newline. */
static inline const char *sink_text(struct sink *sink)
{
    struct gp_strbuf one = {0};

    gp_strbuf_reset(&sink->text);
    gp_strbuf_add(&sink->text, "");
    for (size_t i = 0; i < gp_diags_count(sink->diags, GP_LEVEL_SILENT); i++) {
        gp_strbuf_reset(&one);
        gp_diag_render(&one, sink->sources, gp_diags_get(sink->diags, i), false);
        const char *end = strchr(gp_strbuf_text(&one), '\n');
        gp_strbuf_add_mem(&sink->text, one.data, end ? (size_t)(end - one.data) + 1 : one.len);
    }
    gp_strbuf_done(&one);
    return gp_strbuf_text(&sink->text);
}

/* Everything of the nth diagnostic: the source line, the carets, the notes. */
static inline const char *sink_whole(struct sink *sink, size_t n)
{
    gp_strbuf_reset(&sink->text);
    gp_strbuf_add(&sink->text, "");
    if (n < gp_diags_count(sink->diags, GP_LEVEL_SILENT))
        gp_diag_render(&sink->text, sink->sources, gp_diags_get(sink->diags, n), false);
    return gp_strbuf_text(&sink->text);
}

#endif
