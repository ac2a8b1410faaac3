#include "util/digest.h"

#include <sys/types.h>

#include <sha2.h>
#include <stdlib.h>

_Static_assert(GP_DIGEST_SIZE == SHA256_DIGEST_LENGTH, "SHA-256");

struct gp_digest {
    SHA2_CTX context;
};

void gp_digest_free(struct gp_digest *digest)
{
    free(digest);
}

struct gp_digest *gp_digest_new(void)
{
    struct gp_digest *digest = calloc(1, sizeof(*digest));

    if (digest)
        SHA256Init(&digest->context);
    return digest;
}

void gp_digest_add(struct gp_digest *digest, const void *data, size_t len)
{
    if (len)
        SHA256Update(&digest->context, data, len);
}

void gp_digest_text(struct gp_digest *digest, char ret_text[GP_DIGEST_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[GP_DIGEST_SIZE];

    SHA256Final(bytes, &digest->context);
    for (size_t i = 0; i < sizeof(bytes); i++) {
        ret_text[2 * i] = digits[bytes[i] >> 4];
        ret_text[2 * i + 1] = digits[bytes[i] & 0xf];
    }
    ret_text[2 * sizeof(bytes)] = '\0';
}

void gp_digest_of(const void *data, size_t len, char ret_text[GP_DIGEST_TEXT_SIZE])
{
    struct gp_digest digest;

    SHA256Init(&digest.context);
    gp_digest_add(&digest, data, len);
    gp_digest_text(&digest, ret_text);
}
