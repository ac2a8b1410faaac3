/*
 * What the files that turn a text into nodes share: the text made safe for
 * libyaml, and places in it.
 */
#ifndef GP_LOAD_NODE_READ_H
#define GP_LOAD_NODE_READ_H

#include <yaml.h>

#include "util/diag.h"

/* One text on its way through libyaml.  Offsets are bytes from the start of the file, as in spans. */
struct gp_reader {
    struct gp_diags *diags;
    uint32_t source;
    const char *text; /* the file's, or a copy of the same length in which '_' stands for what was refused */
    size_t length;
    size_t start; /* behind a byte order mark */
    bool ascii;
    size_t cursor_index, cursor_offset; /* where the last mark was: characters from `start`, and its offset */
};

/* Looks at a source's text before libyaml sees it: encoding, control characters, hidden line breaks.  At most one
 * diagnostic of each kind, with a count.  0; 1 if there were errors but the text (a copy from `scratch`) can be parsed
 * all the same; -EINVAL if it cannot (UTF-16), -ENOMEM. */
int gp_reader_open(struct gp_reader *reader, struct gp_diags *diags, uint32_t source, struct gp_arena *scratch)
    GP_MUST_CHECK;
/* The offset of a libyaml mark, which counts characters.  Cheap where marks are near each other. */
size_t gp_reader_offset(struct gp_reader *reader, const yaml_mark_t *mark);
/* The place from offset `from` to offset `to`. */
struct gp_span gp_reader_span(const struct gp_reader *reader, size_t from, size_t to);
/* The end of the plain word at `from`: up to white space, or a "," "]" or "}" that closes nothing within the word. */
size_t gp_reader_word_end(const struct gp_reader *reader, size_t from);

/* Says what libyaml gave up on, in words that help. */
void gp_reader_syntax_error(struct gp_reader *reader, const yaml_parser_t *parser);

/* "a glob that begins with * must be quoted", with the quoted text as suggestion. */
void gp_reader_alias_error(struct gp_reader *reader, size_t from, size_t to);

#endif
