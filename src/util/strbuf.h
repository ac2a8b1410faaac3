/*
 * A string that is put together piece by piece, on the heap.
 *
 * Out of memory is sticky: after it every append is a no-op and gp_strbuf_ok()
 * is false, so that callers check once, at the end.
 */
#ifndef GP_UTIL_STRBUF_H
#define GP_UTIL_STRBUF_H

#include <stdarg.h>

#include "util/base.h"

struct gp_strbuf {
    char *data; /* NUL-terminated once something was appended; NULL before */
    size_t len, capacity;
    bool failed;
};

void gp_strbuf_done(struct gp_strbuf *buf); /* frees and zeroes */
void gp_strbuf_reset(struct gp_strbuf *buf); /* empties, keeps the memory */
bool gp_strbuf_ok(const struct gp_strbuf *buf);
/* The text so far, "" if there is none. */
const char *gp_strbuf_text(const struct gp_strbuf *buf);

void gp_strbuf_add(struct gp_strbuf *buf, const char *s);
void gp_strbuf_add_mem(struct gp_strbuf *buf, const void *data, size_t len);
void gp_strbuf_add_char(struct gp_strbuf *buf, char c);
void gp_strbuf_add_repeat(struct gp_strbuf *buf, char c, size_t times);
void gp_strbuf_printf(struct gp_strbuf *buf, const char *format, ...) GP_PRINTF(2, 3);
void gp_strbuf_vprintf(struct gp_strbuf *buf, const char *format, va_list args) GP_PRINTF(2, 0);

#endif
