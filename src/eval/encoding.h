/*
 * Texts in the encodings that old programs wrote, and UTF-8: iconv(3) does the
 * work.
 */
#ifndef GP_EVAL_ENCODING_H
#define GP_EVAL_ENCODING_H

#include "rule/tables.h"

/* Bytes out of a file as UTF-8, NUL-terminated, in `arena`.  0; -EILSEQ with the offset of the first byte that stands
 * for nothing in *ret_offset; -ENOSYS: this system does not know the encoding; -ENOMEM. */
int gp_encoding_decode(struct gp_arena *arena, enum gp_encoding encoding, struct gp_str bytes, struct gp_str *ret_text,
                       size_t *ret_offset) GP_MUST_CHECK;
/* The other way: a text of a rule file as a file would hold it. */
int gp_encoding_encode(struct gp_arena *arena, enum gp_encoding encoding, struct gp_str text, struct gp_str *ret_bytes,
                       size_t *ret_offset) GP_MUST_CHECK;
const char *gp_encoding_name(enum gp_encoding encoding); /* "cp437" */

#endif
