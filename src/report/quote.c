#include "report/quote.h"

#include <string.h>

#include "util/text.h"

static bool plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("/._-+:,@%=", c));
}

enum quoting { QUOTE_NOTHING, QUOTE_SINGLE, QUOTE_ESCAPES };

/* What the text asks for. */
static enum quoting quoting_of(struct gp_str text, bool ascii)
{
    enum quoting quoting = text.len ? QUOTE_NOTHING : QUOTE_SINGLE;
    size_t size;

    for (size_t at = 0; at < text.len; at += size) {
        uint32_t code_point = 0;

        size = gp_utf8_char(text.data + at, text.len - at, &code_point);
        if (!size || gp_text_unsafe(code_point) || (ascii && code_point >= 0x80))
            return QUOTE_ESCAPES;
        if (!plain(text.data[at]))
            quoting = QUOTE_SINGLE;
    }
    return quoting;
}

static void in_single_quotes(struct gp_strbuf *out, struct gp_str text)
{
    gp_strbuf_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\'')
            gp_strbuf_add(out, "'\\''");
        else
            gp_strbuf_add_char(out, text.data[i]);
    }
    gp_strbuf_add_char(out, '\'');
}

/* Octal, as a hexadecimal escape has no fixed length everywhere. */
static void in_escapes(struct gp_strbuf *out, struct gp_str text)
{
    gp_strbuf_add(out, "$'");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.data[i];

        if (byte < 0x20 || byte >= 0x7f)
            gp_strbuf_printf(out, "\\%03o", (unsigned)byte);
        else if (byte == '\'' || byte == '\\')
            gp_strbuf_printf(out, "\\%c", byte);
        else
            gp_strbuf_add_char(out, (char)byte);
    }
    gp_strbuf_add_char(out, '\'');
}

void gp_quote_word(struct gp_strbuf *out, struct gp_str word, bool ascii)
{
    switch (quoting_of(word, ascii)) {
    case QUOTE_NOTHING:
        gp_strbuf_add_mem(out, word.data, word.len);
        break;
    case QUOTE_SINGLE:
        in_single_quotes(out, word);
        break;
    case QUOTE_ESCAPES:
        in_escapes(out, word);
        break;
    }
}

void gp_quote_path(struct gp_strbuf *out, struct gp_str path, bool ascii)
{
    if (path.len && path.data[0] == '-')
        gp_strbuf_add(out, "./");
    gp_quote_word(out, path, ascii);
}
