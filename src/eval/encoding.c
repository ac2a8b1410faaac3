#include "eval/encoding.h"

#include <errno.h>
#include <iconv.h>

/* What iconv calls them. */
static const char *const iconv_names[] = {
    [GP_ENCODING_ASCII] = "ASCII",
    [GP_ENCODING_CP437] = "CP437",
    [GP_ENCODING_CP850] = "CP850",
    [GP_ENCODING_LATIN1] = "ISO-8859-1",
    [GP_ENCODING_UTF8] = "UTF-8",
};

/* One byte of any of these is at most three in UTF-8, and one character of UTF-8 at most one byte in the others. */
#define GROWTH 3u

const char *gp_encoding_name(enum gp_encoding encoding)
{
    return gp_encoding_names[encoding].name;
}

static bool is_ascii(struct gp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.data[i] > 0x7f) {
            return false;
        }
    }
    return true;
}

static int convert(struct gp_arena *arena, const char *to, const char *from, struct gp_str in, struct gp_str *ret_out,
                   size_t *ret_offset)
{
    iconv_t converter = iconv_open(to, from);
    if (converter == (iconv_t)-1) {
        return errno == EINVAL ? -ENOSYS : -errno;
    }
    size_t room = in.len * GROWTH;
    char *out = gp_arena_alloc(arena, room + 1);
    char *source = (char *)in.data; /* iconv's prototype is older than const; it does not write */
    char *target = out;
    size_t left = in.len;
    size_t free_bytes = room;
    int r = out ? 0 : -ENOMEM;
    if (r == 0 && iconv(converter, &source, &left, &target, &free_bytes) == (size_t)-1) {
        *ret_offset = in.len - left;
        r = errno == E2BIG ? -ENOMEM : -EILSEQ;
    }
    iconv_close(converter);
    if (r == 0) {
        *ret_out = (struct gp_str){out, room - free_bytes};
    }
    return r;
}

/* ASCII is the same in all of them, and needs no converter. */
static int recode(struct gp_arena *arena, enum gp_encoding to, enum gp_encoding from, struct gp_str in,
                  struct gp_str *ret_out, size_t *ret_offset)
{
    if (!is_ascii(in)) {
        return convert(arena, iconv_names[to], iconv_names[from], in, ret_out, ret_offset);
    }
    char *copy = gp_arena_memdup(arena, in.data, in.len);
    if (!copy) {
        return -ENOMEM;
    }
    *ret_out = (struct gp_str){copy, in.len};
    return 0;
}

int gp_encoding_decode(struct gp_arena *arena, enum gp_encoding encoding, struct gp_str bytes, struct gp_str *ret_text,
                       size_t *ret_offset)
{
    return recode(arena, GP_ENCODING_UTF8, encoding, bytes, ret_text, ret_offset);
}

int gp_encoding_encode(struct gp_arena *arena, enum gp_encoding encoding, struct gp_str text, struct gp_str *ret_bytes,
                       size_t *ret_offset)
{
    return recode(arena, encoding, GP_ENCODING_UTF8, text, ret_bytes, ret_offset);
}
