/*
 * `list` and `show` as text.
 */
#include "report/definition.h"
#include "report/page.h"
#include "report/words.h"
#include "util/text.h"

#include <string.h>

#define DAY 86400
#define WIDE 32u /* a longer id pushes only its own line aside */

void gp_text_section(struct gp_strbuf *out, const struct gp_style *style, const struct gp_ruleset *rules,
                     enum gp_section section)
{
    const struct gp_map *map = gp_definitions_in(rules, section);
    struct gp_page page = {.out = out, .style = style};
    size_t widest = 0;

    for (size_t i = 0; map && i < map->count; i++)
        if (map->data[i].id.len > widest && map->data[i].id.len <= WIDE)
            widest = map->data[i].id.len;
    for (size_t i = 0; map && i < map->count; i++) {
        struct gp_definition definition = gp_entry_definition(section, &map->data[i]);
        size_t start = out->len;

        gp_page_str(&page, map->data[i].id);
        if (definition.title.len && !style->quiet) {
            gp_page_pad(&page, start, widest + 3, 3);
            gp_page_str(&page, definition.title);
        }
        gp_strbuf_add_char(out, '\n');
    }
}

/* ---- one definition ---------------------------------------------------------------------------------------------- */

/* The lines of a file, moved to the left so that the first has two blanks before it. */
static void excerpt(struct gp_page *page, const struct gp_excerpt *it)
{
    struct gp_str rest = it->lines;

    while (rest.len) {
        const char *end = memchr(rest.data, '\n', rest.len);
        size_t len = end ? (size_t)(end - rest.data) : rest.len, blanks = 0;

        while (blanks < it->indent && blanks < len && rest.data[blanks] == ' ')
            blanks++;
        size_t shown = len - blanks;
        if (shown && rest.data[len - 1] == '\r')
            shown--;
        if (shown) {
            gp_strbuf_add(page->out, "  ");
            gp_page_str(page, (struct gp_str){rest.data + blanks, shown});
        }
        gp_strbuf_add_char(page->out, '\n');
        len += end ? 1 : 0;
        rest.data += len;
        rest.len -= len;
    }
}

static void place_line(struct gp_page *page, const struct gp_ruleset *rules, struct gp_span at, struct gp_strs source)
{
    gp_page_place(page, rules, at, source, GP_BASIS_NONE);
    gp_strbuf_add_char(page->out, '\n');
}

/* What an amendment takes out leaves no other trace. */
static void waived(struct gp_page *page, const struct gp_operation *operation, struct timespec now)
{
    for (size_t i = 0; i < operation->requires.count; i++) {
        const struct gp_requirement *it = operation->requires.data[i].value;

        if (!it->waived.data)
            continue;
        gp_strbuf_add(page->out, "  ");
        bool past = it->until.type != GP_TYPE_ANY && (int64_t)now.tv_sec >= it->until.integer + DAY;
        gp_page_mark(page, past ? GP_MARK_WARNING : GP_MARK_NA);
        gp_strbuf_add_char(page->out, ' ');
        gp_page_str(page, it->def.id);
        gp_strbuf_add(page->out, past ? " counts again: it was waived" : " is waived");
        gp_page_until(page, &it->until);
        gp_strbuf_add(page->out, ": ");
        gp_page_lines(page, it->waived, 4);
        gp_strbuf_add_char(page->out, '\n');
    }
}

/* "kind ID: title", then its basis, place and sources. */
static void heading(struct gp_page *page, const struct gp_ruleset *rules, const char *kind, struct gp_str id,
                    const struct gp_definition *def)
{
    gp_page_bold(page, true);
    gp_strbuf_printf(page->out, "%s ", kind);
    gp_page_str(page, id);
    gp_page_bold(page, false);
    if (def->title.len) {
        gp_strbuf_add(page->out, ": ");
        gp_page_str(page, def->title);
    }
    gp_strbuf_add(page->out, "\n  ");
    if (def->basis != GP_BASIS_NONE) {
        gp_strbuf_add(page->out, gp_basis_name((enum gp_basis)def->basis));
        gp_strbuf_add(page->out, ", ");
    }
    place_line(page, rules, def->at, def->source);
}

/* Lines of ours, which are fit for a terminal already. */
static void effective_lines(struct gp_page *page, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");

        gp_strbuf_add(page->out, len ? "  " : "");
        gp_strbuf_add_mem(page->out, text, len);
        gp_strbuf_add_char(page->out, '\n');
        text += text[len] ? len + 1 : len;
    }
}

static void body(struct gp_page *page, const struct gp_ruleset *rules, struct gp_span at, const char *effective)
{
    struct gp_excerpt lines;

    if (page->style->quiet)
        return;
    gp_strbuf_add_char(page->out, '\n');
    if (effective) {
        effective_lines(page, effective);
        return;
    }
    lines = gp_excerpt_at(rules->sources, at);
    excerpt(page, &lines);
}

void gp_text_definition(struct gp_strbuf *out, const struct gp_style *style, const struct gp_ruleset *rules,
                        enum gp_section section, const struct gp_map_entry *definition, const char *effective,
                        struct timespec now)
{
    struct gp_definition def = gp_entry_definition(section, definition);
    struct gp_page page = {.out = out, .style = style};

    def.at = definition->at;
    heading(&page, rules, gp_section_name(section), definition->id, &def);
    if (section == GP_SECTION_OPERATION && definition->value)
        waived(&page, definition->value, now);
    body(&page, rules, definition->at, effective);
}

void gp_text_part(struct gp_strbuf *out, const struct gp_style *style, const struct gp_ruleset *rules, const char *kind,
                  const char *name, const struct gp_definition *part, const char *effective)
{
    struct gp_page page = {.out = out, .style = style};

    heading(&page, rules, kind, (struct gp_str){name, strlen(name)}, part);
    body(&page, rules, part->at, effective);
}
