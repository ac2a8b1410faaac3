#include "author/reference.h"

#include <errno.h>
#include <string.h>

#include "author/reference-internal.h"
#include "util/text.h"

const struct gp_reference_part gp_reference_parts[] = {
    {"types", gp_reference_types},
    {"logic", gp_reference_logic},
    {"reasons", gp_reference_reasons},
    {"mappings", gp_reference_mappings},
    {"conditions", gp_reference_conditions},
    {"facets", gp_reference_facets},
    {"reads", gp_reference_reads},
    {"steps", gp_reference_steps},
    {"tests", gp_reference_tests},
    {"limits", gp_reference_limits},
    {"diagnostics", gp_reference_diagnostics},
    {0},
};
#define PARTS (GP_COUNT(gp_reference_parts) - 1)

#define BEGIN GP_STR(".\\\" begin ")
#define END GP_STR(".\\\" end ")

/* The name behind a mark at the begin of a line; data NULL: the line is no such mark. */
static struct gp_str marked(struct gp_str line, struct gp_str mark)
{
    if (line.len < mark.len || memcmp(line.data, mark.data, mark.len) != 0)
        return (struct gp_str){NULL, 0};
    return (struct gp_str){line.data + mark.len, line.len - mark.len};
}

static const struct gp_reference_part *part_of(struct gp_str name, unsigned *seen)
{
    for (size_t i = 0; i < PARTS; i++)
        if (gp_str_is(name, gp_reference_parts[i].name)) {
            *seen |= 1u << i;
            return &gp_reference_parts[i];
        }
    return NULL;
}

/* The next line without its line feed; moves `page` behind it. */
static struct gp_str take_line(struct gp_str *page)
{
    const char *end = memchr(page->data, '\n', page->len);
    struct gp_str line = {page->data, end ? (size_t)(end - page->data) : page->len};
    size_t taken = line.len + (end != NULL);

    page->data += taken;
    page->len -= taken;
    return line;
}

static void add_line(struct gp_strbuf *out, struct gp_str line)
{
    gp_strbuf_add_mem(out, line.data, line.len);
    gp_strbuf_add_char(out, '\n');
}

static const char *print_page(struct gp_strbuf *out, struct gp_str page, const struct gp_registry *registry)
{
    const struct gp_reference_part *inside = NULL;
    unsigned seen = 0;

    while (page.len) {
        struct gp_str line = take_line(&page), begun = marked(line, BEGIN), ended = marked(line, END);

        if (begun.data) {
            if (inside || !(inside = part_of(begun, &seen)))
                return inside ? "a part inside a part" : "a place for a part that there is not";
            add_line(out, line);
            inside->print(out, registry);
        }
        if (ended.data) {
            if (!inside || !gp_str_is(ended, inside->name))
                return "the end of a part that did not begin";
            inside = NULL;
        }
        if (!inside)
            add_line(out, line);
    }
    return inside ? "a part without an end" : seen != (1u << PARTS) - 1 ? "a part that has no place" : NULL;
}

int gp_reference_print(struct gp_strbuf *out, struct gp_str page, const struct gp_registry *registry,
                       const char **ret_problem)
{
    const char *problem = print_page(out, page, registry);

    if (!gp_strbuf_ok(out))
        return -ENOMEM;
    if (problem)
        *ret_problem = problem;
    return problem ? -EINVAL : 0;
}
