/*
 * The plan of an action as a diff: what is made, changed and removed, with old
 * and new bytes.
 */
#include "report/page.h"
#include "report/words.h"
#include "util/text.h"

#include <string.h>

#define BYTES_INDENT 6u

static const struct {
    const char *mark, *word, *colour;
} kinds[] = {
    [GP_PRIMITIVE_CREATE] = {"+", "create", "\033[32m"},
    [GP_PRIMITIVE_REPLACE] = {"~", "change", "\033[33m"},
    [GP_PRIMITIVE_REMOVE] = {"-", "remove", "\033[31m"},
    [GP_PRIMITIVE_ATTRIBUTES] = {"~", "attributes", "\033[33m"},
};

static void size(struct gp_page *page, uint64_t bytes)
{
    gp_text_grouped(page->out, bytes);
    gp_strbuf_add(page->out, bytes == 1 ? " byte" : " bytes");
}

static void arrow(struct gp_page *page)
{
    gp_strbuf_add_char(page->out, ' ');
    gp_page_mark(page, GP_MARK_TO);
    gp_strbuf_add_char(page->out, ' ');
}

/* "read-only, hidden", "none" */
static void attributes(struct gp_page *page, unsigned set)
{
    bool any = false;

    for (const struct gp_name *name = gp_attribute_names; name->name; name++) {
        if (!(set & (unsigned)name->value))
            continue;
        gp_strbuf_printf(page->out, "%s%s", any ? ", " : "", name->name);
        any = true;
    }
    gp_strbuf_add(page->out, any ? "" : "none");
}

/* "- 57 47  |WG|" */
static void bytes_line(struct gp_page *page, char sign, uint64_t offset, struct gp_str bytes)
{
    gp_strbuf_add_repeat(page->out, ' ', BYTES_INDENT);
    gp_strbuf_printf(page->out, "%c 0x%08llx ", sign, (unsigned long long)offset);
    for (size_t i = 0; i < GP_PLAN_SHOWN; i++) {
        if (i < bytes.len)
            gp_strbuf_printf(page->out, " %02x", (unsigned)(unsigned char)bytes.data[i]);
        else
            gp_strbuf_add(page->out, "   ");
    }
    gp_strbuf_add(page->out, "  |");
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.data[i];
        gp_strbuf_add_char(page->out, c >= 0x20 && c < 0x7f ? c : '.');
    }
    gp_strbuf_add(page->out, "|\n");
}

static void changes(struct gp_page *page, const struct gp_primitive *it)
{
    for (size_t i = 0; i < it->change_count; i++) {
        const struct gp_change *change = &it->changes[i];

        if (change->old.len)
            bytes_line(page, '-', change->offset, change->old);
        if (change->new.len)
            bytes_line(page, '+', change->offset, change->new);
    }
    if (it->more_changes) {
        gp_strbuf_add_repeat(page->out, ' ', BYTES_INDENT);
        gp_page_mark(page, GP_MARK_MORE);
        gp_strbuf_add(page->out, " and more\n");
    }
}

/* What changes, behind the path. */
static void summary(struct gp_page *page, const struct gp_primitive *it)
{
    switch (it->kind) {
    case GP_PRIMITIVE_CREATE:
    case GP_PRIMITIVE_REMOVE:
        if (it->directory)
            gp_strbuf_add(page->out, "a directory");
        else
            size(page, it->kind == GP_PRIMITIVE_CREATE ? it->new_size : it->old_size);
        if (it->kind == GP_PRIMITIVE_CREATE && it->new_attributes) {
            gp_strbuf_add(page->out, ", ");
            attributes(page, it->new_attributes);
        }
        break;
    case GP_PRIMITIVE_REPLACE:
        size(page, it->old_size);
        if (it->old_size != it->new_size) {
            arrow(page);
            size(page, it->new_size);
        }
        break;
    case GP_PRIMITIVE_ATTRIBUTES:
        break;
    }
    if (it->kind != GP_PRIMITIVE_CREATE && it->kind != GP_PRIMITIVE_REMOVE &&
        it->old_attributes != it->new_attributes) {
        gp_strbuf_add(page->out, it->kind == GP_PRIMITIVE_REPLACE ? ", " : "");
        attributes(page, it->old_attributes);
        arrow(page);
        attributes(page, it->new_attributes);
    }
}

static void sign(struct gp_page *page, enum gp_primitive_kind kind)
{
    gp_strbuf_add(page->out, "  ");
    if (page->style->colour)
        gp_strbuf_add(page->out, kinds[kind].colour);
    gp_strbuf_printf(page->out, "%s %s", kinds[kind].mark, kinds[kind].word);
    if (page->style->colour)
        gp_strbuf_add(page->out, "\033[0m");
    gp_strbuf_add_repeat(page->out, ' ', sizeof("attributes") - strlen(kinds[kind].word));
}

static void primitive(struct gp_page *page, const struct gp_primitive *it, size_t column)
{
    sign(page, it->kind);
    size_t start = page->out->len;
    gp_page_text(page, it->path);
    gp_strbuf_add(page->out, it->directory ? "/" : "");
    gp_page_pad(page, start, column, 3);
    summary(page, it);
    gp_strbuf_add_char(page->out, '\n');
    changes(page, it);
    for (size_t i = 0; i < it->inside_count; i++) {
        sign(page, it->kind);
        gp_page_text(page, it->path);
        gp_strbuf_add_char(page->out, '/');
        gp_page_text(page, it->inside[i]);
        gp_strbuf_add_char(page->out, '\n');
    }
}

void gp_text_plan(struct gp_strbuf *out, const struct gp_style *style, const struct gp_plan *plan)
{
    struct gp_page page = {.out = out, .style = style};
    size_t widest = 0;

    if (!plan->count)
        gp_strbuf_add(out, "  nothing to change\n");
    for (size_t i = 0; i < plan->count; i++) {
        size_t width = gp_page_width(&page, plan->data[i].path) + plan->data[i].directory;

        if (width > widest && width <= 44)
            widest = width;
    }
    for (size_t i = 0; i < plan->count; i++)
        primitive(&page, &plan->data[i], widest + 3);
}
