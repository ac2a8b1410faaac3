#include "util/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void gp_strbuf_done(struct gp_strbuf *buf)
{
    free(buf->data);
    *buf = (struct gp_strbuf){0};
}

void gp_strbuf_reset(struct gp_strbuf *buf)
{
    buf->len = 0; /* what failed stays failed: somebody may yet ask */
    if (buf->data)
        buf->data[0] = '\0';
}

bool gp_strbuf_ok(const struct gp_strbuf *buf)
{
    return !buf->failed;
}

const char *gp_strbuf_text(const struct gp_strbuf *buf)
{
    return buf->data ? buf->data : "";
}

/* Room for `more` bytes and a NUL; false, and so for ever, if there is none. */
static bool reserve(struct gp_strbuf *buf, size_t more)
{
    if (buf->failed)
        return false;
    if (buf->capacity - buf->len > more)
        return true;
    size_t wanted = buf->capacity ? buf->capacity : 64;
    while (wanted - buf->len <= more && wanted <= SIZE_MAX / 2)
        wanted *= 2;
    char *data = wanted - buf->len > more ? realloc(buf->data, wanted) : NULL;
    if (!data) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->capacity = wanted;
    return true;
}

void gp_strbuf_add(struct gp_strbuf *buf, const char *s)
{
    gp_strbuf_add_mem(buf, s, strlen(s));
}

void gp_strbuf_add_mem(struct gp_strbuf *buf, const void *data, size_t len)
{
    if (!reserve(buf, len))
        return;
    if (len)
        memcpy(buf->data + buf->len, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void gp_strbuf_add_char(struct gp_strbuf *buf, char c)
{
    gp_strbuf_add_mem(buf, &c, 1);
}

void gp_strbuf_add_repeat(struct gp_strbuf *buf, char c, size_t times)
{
    if (!reserve(buf, times))
        return;
    memset(buf->data + buf->len, c, times);
    buf->len += times;
    buf->data[buf->len] = '\0';
}

void gp_strbuf_printf(struct gp_strbuf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    gp_strbuf_vprintf(buf, format, args);
    va_end(args);
}

void gp_strbuf_vprintf(struct gp_strbuf *buf, const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0) {
        buf->failed = true;
        return;
    }
    if (!reserve(buf, (size_t)len))
        return;
    vsnprintf(buf->data + buf->len, (size_t)len + 1, format, args);
    buf->len += (size_t)len;
}
