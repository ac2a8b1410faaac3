#include "report/tap.h"

#include <string.h>

#include "util/text.h"

#define INDENT 2

void gp_tap_begin(struct gp_strbuf *out, size_t tests)
{
    gp_strbuf_printf(out, "TAP version 14\n1..%zu\n", tests);
}

/* What a harness would act on: "#" opens a directive, "\" an escape. */
static void add_description(struct gp_strbuf *out, struct gp_str text)
{
    struct gp_strbuf plain = {0};

    gp_text_escape(&plain, text.data, text.len, false);
    for (size_t i = 0; i < plain.len; i++) {
        if (plain.data[i] == '#' || plain.data[i] == '\\')
            gp_strbuf_add_char(out, '\\');
        gp_strbuf_add_char(out, plain.data[i]);
    }
    out->failed = out->failed || !gp_strbuf_ok(&plain);
    gp_strbuf_done(&plain);
}

void gp_tap_test(struct gp_strbuf *out, bool ok, size_t number, struct gp_str description, const char *skip)
{
    gp_strbuf_printf(out, "%s %zu - ", ok ? "ok" : "not ok", number);
    add_description(out, description);
    if (skip) {
        gp_strbuf_add(out, " # SKIP ");
        gp_text_escape(out, skip, strlen(skip), false);
    }
    gp_strbuf_add_char(out, '\n');
}

void gp_tap_comment(struct gp_strbuf *out, struct gp_str text)
{
    gp_strbuf_add(out, "# ");
    gp_text_escape(out, text.data, text.len, false);
    gp_strbuf_add_char(out, '\n');
}

/* ---- YAML -------------------------------------------------------------------------------------------------------- */

void gp_tap_yaml_begin(struct gp_strbuf *out)
{
    gp_strbuf_add(out, "  ---\n");
}

void gp_tap_yaml_end(struct gp_strbuf *out)
{
    gp_strbuf_add(out, "  ...\n");
}

static void add_key(struct gp_strbuf *out, size_t depth, const char *key)
{
    gp_strbuf_add_repeat(out, ' ', INDENT * (depth + 1));
    if (key)
        gp_strbuf_printf(out, "%s:", key);
    else
        gp_strbuf_add_char(out, '-');
}

void gp_tap_yaml_key(struct gp_strbuf *out, size_t depth, const char *key)
{
    add_key(out, depth, key);
    gp_strbuf_add_char(out, '\n');
}

/* One character of a text in double quotes, which can hold everything. */
static void add_character(struct gp_strbuf *out, const char *s, size_t size, uint32_t code_point)
{
    if (code_point == '"' || code_point == '\\')
        gp_strbuf_printf(out, "\\%c", (char)code_point);
    else if (code_point == '\n')
        gp_strbuf_add(out, "\\n");
    else if (code_point == '\t')
        gp_strbuf_add(out, "\\t");
    else if (!gp_text_unsafe(code_point) && code_point != 0xfffe && code_point != 0xffff)
        gp_strbuf_add_mem(out, s, size);
    else if (code_point < 0x100)
        gp_strbuf_printf(out, "\\x%02x", (unsigned)code_point);
    else
        gp_strbuf_printf(out, code_point < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)code_point);
}

void gp_tap_yaml_text(struct gp_strbuf *out, size_t depth, const char *key, struct gp_str value)
{
    add_key(out, depth, key);
    gp_strbuf_add(out, " \"");
    for (size_t at = 0, size; at < value.len; at += size) {
        uint32_t code_point = 0;

        size = gp_utf8_char(value.data + at, value.len - at, &code_point);
        if (size) {
            add_character(out, value.data + at, size, code_point);
            continue;
        }
        size = 1; /* no text of YAML holds such a byte: what a reader gets shows it */
        gp_strbuf_printf(out, "\\\\x%02x", (unsigned char)value.data[at]);
    }
    gp_strbuf_add(out, "\"\n");
}

void gp_tap_yaml_number(struct gp_strbuf *out, size_t depth, const char *key, size_t value)
{
    add_key(out, depth, key);
    gp_strbuf_printf(out, " %zu\n", value);
}
