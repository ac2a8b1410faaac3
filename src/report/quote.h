/*
 * Names in commands that a report shows.
 */
#ifndef GP_REPORT_QUOTE_H
#define GP_REPORT_QUOTE_H

#include "util/strbuf.h"

/* Appends one word for a POSIX shell (for $'…', which hides what a terminal would act on, one like bash).  With `ascii`
 * every other byte is spelt out as well. */
void gp_quote_word(struct gp_strbuf *out, struct gp_str word, bool ascii);
/* The same for a file name: one that begins with "-" is not taken for an option. */
void gp_quote_path(struct gp_strbuf *out, struct gp_str path, bool ascii);

#endif
