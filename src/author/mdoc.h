/*
 * Manual pages as source: the few mdoc(7) macros that the reference needs, with
 * every text escaped.
 */
#ifndef GP_AUTHOR_MDOC_H
#define GP_AUTHOR_MDOC_H

#include "util/strbuf.h"

/* Prose: filled lines, a new one for each sentence; what stands in backquotes is bold. */
void gp_mdoc_text(struct gp_strbuf *out, const char *text);
/* The same of a help text, which has neither a capital at its begin nor a full stop at its end. */
void gp_mdoc_help(struct gp_strbuf *out, const char *help);
/* A line as it stands, indented, for an example. */
void gp_mdoc_example(struct gp_strbuf *out, const char *line);

void gp_mdoc_section(struct gp_strbuf *out, const char *title); /* a subsection; its first letter is made a capital */
void gp_mdoc_list(struct gp_strbuf *out, bool compact);
void gp_mdoc_list_end(struct gp_strbuf *out);
/* An item of a list: a word of the language, and (not NULL, not "") a few words that say what stands behind it. */
void gp_mdoc_item(struct gp_strbuf *out, const char *word, const char *about);
/* A row of a table with `columns` columns; the table begins with gp_mdoc_table(), whose widths are texts as wide. */
void gp_mdoc_table(struct gp_strbuf *out, const char *const *widths, size_t columns);
void gp_mdoc_row(struct gp_strbuf *out, const char *const *cells, size_t columns);
void gp_mdoc_table_end(struct gp_strbuf *out);

#endif
