#include "report/xml.h"

#include "util/text.h"

/* The Char production of XML 1.0, section 2.2; gp_utf8_char() lets no surrogate through. */
static bool may_stand(uint32_t code_point)
{
    if (code_point < 0x20)
        return code_point == '\t' || code_point == '\n' || code_point == '\r';
    return code_point != 0xfffe && code_point != 0xffff;
}

/* NULL: it needs no name. */
static const char *entity(uint32_t code_point)
{
    switch (code_point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>': /* also keeps "]]>" from ending anything */
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&apos;";
    default:
        return NULL;
    }
}

/* One character (`size` bytes) of a text, or of an attribute. */
static void add_character(struct gp_strbuf *out, const char *s, size_t size, uint32_t code_point, bool attribute)
{
    bool space = code_point == '\n' || code_point == '\t';
    const char *name = entity(code_point);

    if (name)
        gp_strbuf_add(out, name);
    else if (code_point == 0xfffe || code_point == 0xffff)
        gp_strbuf_printf(out, "\\u{%x}", (unsigned)code_point);
    else if (!may_stand(code_point))
        gp_strbuf_printf(out, "\\x%02x", (unsigned)code_point);
    else if (space ? attribute : gp_text_unsafe(code_point))
        gp_strbuf_printf(out, "&#x%x;", (unsigned)code_point);
    else
        gp_strbuf_add_mem(out, s, size);
}

static void add(struct gp_strbuf *out, struct gp_str text, bool attribute)
{
    for (size_t at = 0, size; at < text.len; at += size) {
        uint32_t code_point = 0;

        size = gp_utf8_char(text.data + at, text.len - at, &code_point);
        if (size) {
            add_character(out, text.data + at, size, code_point, attribute);
            continue;
        }
        size = 1;
        gp_strbuf_printf(out, "\\x%02x", (unsigned char)text.data[at]);
    }
}

void gp_xml_begin(struct gp_strbuf *out)
{
    gp_strbuf_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

void gp_xml_text(struct gp_strbuf *out, struct gp_str text)
{
    add(out, text, false);
}

void gp_xml_attribute(struct gp_strbuf *out, const char *name, struct gp_str value)
{
    gp_strbuf_printf(out, " %s=\"", name);
    add(out, value, true);
    gp_strbuf_add_char(out, '"');
}

void gp_xml_attribute_number(struct gp_strbuf *out, const char *name, size_t value)
{
    gp_strbuf_printf(out, " %s=\"%zu\"", name, value);
}
