/*
 * Standard output and standard error: whole texts, whole JSON values, and what
 * becomes of errors of writing.
 *
 * A reader that went away (EPIPE) is no error: nothing more is written and the
 * status stays that of the work.  Any other error is kept, said once, and makes
 * the status GP_EXIT_INTERNAL.
 */
#ifndef GP_CLI_OUTPUT_H
#define GP_CLI_OUTPUT_H

#include "report/report.h"

struct gp_output {
    enum gp_format format;
    bool began; /* something was written; JSON: the array is open */
    bool gone;  /* nobody reads any more */
    bool whole; /* the result is all there, whatever the status says */
    int error;  /* errno of the first write that failed; 0: none */
};

/* Makes sure that descriptors 0, 1 and 2 are open, so that no file of a tree gets one of these numbers; a closed
 * standard output stays one that cannot be written.  SIGPIPE becomes EPIPE. */
void gp_output_prepare(void);
/* Unicode as the locale allows, colour as gp_output_colour() does. */
struct gp_style gp_output_style(void);
/* Whether colour may go to this descriptor: a terminal, and nobody said no. */
bool gp_output_colour(int fd);

/* Writes a text and empties the buffer.  0, or -ENOMEM if the buffer failed. */
int gp_output_text(struct gp_output *output, struct gp_strbuf *text) GP_MUST_CHECK;
/* Writes a value, which it takes over: an element of the array (json) or a line (ndjson).  0, or -ENOMEM (also for
 * NULL). */
int gp_output_json(struct gp_output *output, json_t *value) GP_MUST_CHECK;
/* Ends the output: closes the array; with `usable` an array without elements is written too.  Says what went wrong;
 * false if something did. */
bool gp_output_end(struct gp_output *output, bool usable);

/* Standard error; nobody can be told if that fails. */
void gp_output_error(const char *text);

#endif
