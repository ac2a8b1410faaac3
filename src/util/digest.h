/*
 * SHA-256 through libmd.
 */
#ifndef GP_UTIL_DIGEST_H
#define GP_UTIL_DIGEST_H

#include "util/base.h"

#define GP_DIGEST_SIZE 32
#define GP_DIGEST_TEXT_SIZE (2 * GP_DIGEST_SIZE + 1)

struct gp_digest; /* a running computation, on the heap */

void gp_digest_free(struct gp_digest *digest);
struct gp_digest *gp_digest_new(void) GP_MUST_CHECK;
void gp_digest_add(struct gp_digest *digest, const void *data, size_t len);
/* Hexadecimal, lower case; ends the computation. */
void gp_digest_text(struct gp_digest *digest, char ret_text[GP_DIGEST_TEXT_SIZE]);
void gp_digest_of(const void *data, size_t len, char ret_text[GP_DIGEST_TEXT_SIZE]);

#endif
