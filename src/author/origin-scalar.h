/*
 * Scalars and values as YAML, for whoever writes a rule file: quoted exactly if
 * they were, as a quoted scalar is only ever a string, and with nothing in them
 * that a terminal could act on.
 */
#ifndef GP_AUTHOR_ORIGIN_SCALAR_H
#define GP_AUTHOR_ORIGIN_SCALAR_H

#include "load/node.h"
#include "util/strbuf.h"

/* Whether a text can stand without quotes and mean itself; `flow`: between brackets. */
bool gp_yaml_is_plain(struct gp_str text, bool flow, bool ascii);
/* Whether a text reads better as a block of lines, and can be written as one. */
bool gp_yaml_is_block(struct gp_str text, bool ascii);
/* Appends it on one line: plain unless `quoted`, or if that cannot be. */
void gp_yaml_scalar(struct gp_strbuf *out, struct gp_str text, bool quoted, bool flow, bool ascii);
/* Appends "|" and what else opens a block of lines, and then the lines, each with its newline. */
void gp_yaml_block_head(struct gp_strbuf *out, struct gp_str text);
void gp_yaml_block_lines(struct gp_strbuf *out, struct gp_str text, size_t indent);
/* Appends a whole value on one line, for a reader: what is beyond `most` bytes is cut. */
void gp_yaml_flow(struct gp_strbuf *out, const struct gp_node *node, size_t most, bool ascii);
/* Whether gp_yaml_flow() writes all of it, so that it means the same when it is read again, in at most `most` bytes. */
bool gp_yaml_fits_flow(const struct gp_node *node, size_t most, bool ascii);
/* Appends a text for a comment or a line of a report, on one line. */
void gp_yaml_words(struct gp_strbuf *out, struct gp_str text, bool ascii);

#endif
