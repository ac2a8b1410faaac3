#include "author/origin-scalar.h"

#include <string.h>

#include "util/text.h"

/* A character that may stand as it is. */
static bool is_shown(struct gp_str text, size_t at, bool ascii, size_t *ret_size)
{
    uint32_t code_point = 0;

    *ret_size = gp_utf8_char(text.data + at, text.len - at, &code_point);
    return *ret_size && !gp_text_unsafe(code_point) && (!ascii || code_point < 0x80);
}

static bool all_shown(struct gp_str text, bool ascii)
{
    size_t size;

    for (size_t at = 0; at < text.len; at += size)
        if (!is_shown(text, at, ascii, &size))
            return false;
    return true;
}

/* ---- plain ------------------------------------------------------------------------------------------------------- */

static bool opens_plain(struct gp_str text, bool flow)
{
    char next = text.len > 1 ? text.data[1] : ' ';

    if (strchr(",[]{}#&*!|>'\"%@`", text.data[0]))
        return false;
    if (flow && strchr("?:", text.data[0]))
        return false;
    if (strchr("-?:", text.data[0]))
        return next != ' ' && !(flow && strchr(",[]{}", next));
    return text.data[0] != ' ';
}

/* Words that mean something else than themselves. */
static bool is_reserved(struct gp_str text)
{
    static const char *const words[] = {"~", "null", "Null", "NULL", "<<", "=", "---", "..."};

    for (size_t i = 0; i < GP_COUNT(words); i++)
        if (gp_str_is(text, words[i]))
            return true;
    return false;
}

bool gp_yaml_is_plain(struct gp_str text, bool flow, bool ascii)
{
    if (!text.len || !opens_plain(text, flow) || text.data[text.len - 1] == ' ' || !all_shown(text, ascii) ||
        is_reserved(text))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i], next = i + 1 < text.len ? text.data[i + 1] : ' ';
        if (c == ':' && (next == ' ' || (flow && strchr(",[]{}?", next))))
            return false;
        if (c == '#' && i && text.data[i - 1] == ' ')
            return false;
        if (flow && (strchr(",[]{}", c) || (c == '?' && next == ' ')))
            return false;
    }
    return true;
}

/* ---- quoted ------------------------------------------------------------------------------------------------------ */

static void add_escape(struct gp_strbuf *out, struct gp_str text, size_t at, size_t size)
{
    uint32_t code_point = 0;

    if (text.data[at] == '\n')
        gp_strbuf_add(out, "\\n");
    else if (text.data[at] == '\t')
        gp_strbuf_add(out, "\\t");
    else if (!gp_utf8_char(text.data + at, size, &code_point) || code_point < 0x100)
        gp_strbuf_printf(out, "\\x%02x", (unsigned)(code_point ? code_point : (unsigned char)text.data[at]));
    else if (code_point < 0x10000)
        gp_strbuf_printf(out, "\\u%04x", (unsigned)code_point);
    else
        gp_strbuf_printf(out, "\\U%08x", (unsigned)code_point);
}

static void add_double_quoted(struct gp_strbuf *out, struct gp_str text, bool ascii)
{
    size_t size;

    gp_strbuf_add_char(out, '"');
    for (size_t at = 0; at < text.len; at += size) {
        bool shown = is_shown(text, at, ascii, &size);
        size = size ? size : 1;
        if (!shown) {
            add_escape(out, text, at, size);
            continue;
        }
        if (text.data[at] == '"' || text.data[at] == '\\')
            gp_strbuf_add_char(out, '\\');
        gp_strbuf_add_mem(out, text.data + at, size);
    }
    gp_strbuf_add_char(out, '"');
}

/* Regular expressions are easier to read where a backslash is one. */
static bool wants_single_quotes(struct gp_str text, bool ascii)
{
    return text.len && (memchr(text.data, '\\', text.len) || memchr(text.data, '"', text.len)) &&
           all_shown(text, ascii);
}

static void add_single_quoted(struct gp_strbuf *out, struct gp_str text)
{
    gp_strbuf_add_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\'')
            gp_strbuf_add_char(out, '\'');
        gp_strbuf_add_char(out, text.data[i]);
    }
    gp_strbuf_add_char(out, '\'');
}

void gp_yaml_scalar(struct gp_strbuf *out, struct gp_str text, bool quoted, bool flow, bool ascii)
{
    if (!quoted && gp_yaml_is_plain(text, flow, ascii))
        gp_strbuf_add_mem(out, text.data, text.len);
    else if (wants_single_quotes(text, ascii))
        add_single_quoted(out, text);
    else
        add_double_quoted(out, text, ascii);
}

/* ---- blocks of lines --------------------------------------------------------------------------------------------- */

bool gp_yaml_is_block(struct gp_str text, bool ascii)
{
    size_t size;

    if (text.len < 2 || !memchr(text.data, '\n', text.len - 1) || strchr(" \n", text.data[0]))
        return false; /* its first line would hide how far the others are indented */
    if (text.data[text.len - 1] == '\n' && text.data[text.len - 2] == '\n')
        return false;
    for (size_t at = 0; at < text.len; at += size)
        if (!is_shown(text, at, ascii, &size) && text.data[at] != '\n')
            return false;
    return true;
}

void gp_yaml_block_head(struct gp_strbuf *out, struct gp_str text)
{
    gp_strbuf_add(out, text.data[text.len - 1] == '\n' ? "|" : "|-");
}

void gp_yaml_block_lines(struct gp_strbuf *out, struct gp_str text, size_t indent)
{
    while (text.len) {
        const char *end = memchr(text.data, '\n', text.len);
        size_t len = end ? (size_t)(end - text.data) : text.len, used = len + (end ? 1 : 0);

        if (len) {
            gp_strbuf_add_repeat(out, ' ', indent);
            gp_strbuf_add_mem(out, text.data, len);
        }
        gp_strbuf_add_char(out, '\n');
        text.data += used;
        text.len -= used;
    }
}

/* ---- one line ---------------------------------------------------------------------------------------------------- */

static void add_flow(struct gp_strbuf *out, const struct gp_node *node, size_t end, bool ascii);

static void add_flow_pairs(struct gp_strbuf *out, const struct gp_node *node, size_t end, bool ascii)
{
    gp_strbuf_add(out, node->count ? "{ " : "{");
    for (size_t i = 0; i < node->count && out->len <= end; i++) {
        gp_strbuf_add(out, i ? ", " : "");
        gp_yaml_scalar(out, node->pairs[i].key, false, true, ascii);
        gp_strbuf_add(out, ": ");
        add_flow(out, node->pairs[i].value, end, ascii);
    }
    gp_strbuf_add(out, node->count ? " }" : "}");
}

/* Goes no deeper than files may (GP_LIMIT_YAML_DEPTH), and stops behind `end`. */
static void add_flow(struct gp_strbuf *out, const struct gp_node *node, size_t end, bool ascii)
{
    if (node->kind == GP_NODE_MAPPING) {
        add_flow_pairs(out, node, end, ascii);
    } else if (node->kind == GP_NODE_LIST) {
        gp_strbuf_add_char(out, '[');
        for (size_t i = 0; i < node->count && out->len <= end; i++) {
            gp_strbuf_add(out, i ? ", " : "");
            add_flow(out, node->items[i], end, ascii);
        }
        gp_strbuf_add_char(out, ']');
    } else {
        struct gp_str text = node->text;
        if (text.len > end) /* it would be cut anyway */
            text.len = end;
        gp_yaml_scalar(out, text, node->quoted, true, ascii);
    }
}

/* Shortens the buffer to `end` bytes, at the beginning of a character. */
static void cut(struct gp_strbuf *out, size_t end)
{
    while (end && ((unsigned char)out->data[end] & 0xc0) == 0x80)
        end--;
    out->len = end;
    out->data[end] = '\0';
}

void gp_yaml_flow(struct gp_strbuf *out, const struct gp_node *node, size_t most, bool ascii)
{
    size_t end = out->len + most;

    add_flow(out, node, end, ascii);
    if (!gp_strbuf_ok(out) || out->len <= end)
        return;
    cut(out, end);
    gp_strbuf_add(out, ascii ? "..." : "…");
}

/* The bytes that are left of `room` when the node was written; 0: it does not fit, or would change what it means. */
static size_t room_behind(const struct gp_node *node, size_t room, bool ascii)
{
    if (node->replaces || node->merged)
        return 0;
    if (node->kind == GP_NODE_SCALAR) {
        bool fits = node->text.len + 2 < room && !memchr(node->text.data, '\n', node->text.len) &&
                    (node->quoted || gp_yaml_is_plain(node->text, true, ascii));
        return fits ? room - node->text.len - 2 : 0;
    }
    for (size_t i = 0; i < node->count && room; i++) {
        bool pairs = node->kind == GP_NODE_MAPPING;
        size_t key = pairs ? node->pairs[i].key.len + 4 : 2;
        room = key < room ? room_behind(pairs ? node->pairs[i].value : node->items[i], room - key, ascii) : 0;
    }
    return room > 4 ? room - 4 : 0;
}

bool gp_yaml_fits_flow(const struct gp_node *node, size_t most, bool ascii)
{
    return room_behind(node, most, ascii);
}

void gp_yaml_words(struct gp_strbuf *out, struct gp_str text, bool ascii)
{
    size_t size;

    for (size_t at = 0; at < text.len; at += size) {
        uint32_t code_point = 0;
        size = gp_utf8_char(text.data + at, text.len - at, &code_point);
        if (ascii && code_point >= 0x80)
            gp_strbuf_printf(out, "\\u{%04x}", (unsigned)code_point);
        else
            gp_text_escape(out, text.data + at, size ? size : 1, false);
        size = size ? size : 1;
    }
}
