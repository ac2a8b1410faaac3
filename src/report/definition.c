#include "report/definition.h"

#include <string.h>

#include "report/words.h"
#include "rule/tables.h"
#include "rule/walk.h"
#include "util/text.h"

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static struct gp_str line_at(struct gp_str text, size_t offset)
{
    const char *start = text.data + offset;
    const char *end = memchr(start, '\n', text.len - offset);

    return (struct gp_str){start, end ? (size_t)(end - start) : text.len - offset};
}

static size_t line_start(struct gp_str text, size_t offset)
{
    while (offset && text.data[offset - 1] != '\n')
        offset--;
    return offset;
}

static size_t indent_of(struct gp_str line)
{
    size_t indent = 0;

    while (indent < line.len && line.data[indent] == ' ')
        indent++;
    return indent;
}

/* Blank, or nothing but a comment: belongs to what goes on below it, if anything does. */
static bool says_nothing(struct gp_str line)
{
    size_t indent = indent_of(line);

    return indent == line.len || line.data[indent] == '#' || line.data[indent] == '\r';
}

/* Whether a line goes on with what began with `indent` blanks: a list may stand as far to the left as its key. */
static bool goes_on(struct gp_str line, size_t indent)
{
    size_t own = indent_of(line);

    return own > indent || (own == indent && line.len > own + 1 && line.data[own] == '-' && line.data[own + 1] == ' ');
}

struct gp_excerpt gp_excerpt_at(const struct gp_sources *sources, struct gp_span at)
{
    const struct gp_source *source = gp_sources_get(sources, at.source);
    struct gp_excerpt excerpt = {.at = at};

    if (!source || at.offset > source->length)
        return excerpt;
    struct gp_str text = {source->text, source->length};
    size_t start = line_start(text, at.offset);
    struct gp_str line = line_at(text, start);
    size_t end = start + line.len;

    excerpt.indent = indent_of(line);
    bool list = line.len > excerpt.indent && line.data[excerpt.indent] == '-';
    for (size_t next = end + 1; next < text.len; next += line.len + 1) {
        line = line_at(text, next);
        if (says_nothing(line))
            continue;
        if (list ? indent_of(line) <= excerpt.indent : !goes_on(line, excerpt.indent))
            break;
        end = next + line.len;
    }
    excerpt.lines = (struct gp_str){text.data + start, end - start};
    return excerpt;
}

/* The line that begins with the key that `at` stands beneath; false: nothing stands above it. */
static bool climb(struct gp_str text, size_t *offset)
{
    size_t start = line_start(text, *offset);
    size_t indent = indent_of(line_at(text, start));

    while (start) {
        start = line_start(text, start - 1);
        struct gp_str line = line_at(text, start);
        if (says_nothing(line) || indent_of(line) >= indent)
            continue;
        *offset = start;
        return true;
    }
    return false;
}

static bool begins_with_key(struct gp_str line, struct gp_str key)
{
    size_t indent = indent_of(line);

    return line.len > indent + key.len && line.data[indent + key.len] == ':' &&
           memcmp(line.data + indent, key.data, key.len) == 0;
}

/* Where the file in which `at` stands begins to tell of `id`; `at` itself if that cannot be seen from the lines. */
static struct gp_span beginning_of(const struct gp_sources *sources, struct gp_span at, struct gp_str id)
{
    const struct gp_source *source = gp_sources_get(sources, at.source);
    struct gp_str text = {source ? source->text : NULL, source ? source->length : 0};
    size_t offset = at.offset;

    while (offset < text.len && climb(text, &offset)) {
        struct gp_str line = line_at(text, offset);
        if (begins_with_key(line, id))
            return (struct gp_span){at.source, (uint32_t)(offset + indent_of(line)), (uint32_t)id.len};
    }
    return at;
}

/* ---- what other files put into a definition ---------------------------------------------------------------------- */

struct search {
    struct gp_walk walk;
    const struct gp_sources *sources;
    struct gp_excerpts *excerpts;
    struct gp_str id;
};

static bool inside(const struct gp_sources *sources, const struct gp_excerpt *excerpt, struct gp_span at)
{
    const struct gp_source *source = gp_sources_get(sources, at.source);

    if (!source || at.source != excerpt->at.source || !excerpt->lines.data)
        return false;
    const char *place = source->text + at.offset;
    return place >= excerpt->lines.data && place <= excerpt->lines.data + excerpt->lines.len;
}

/* Something that was bound from `at`. */
static void found(struct search *search, struct gp_span at)
{
    struct gp_excerpts *excerpts = search->excerpts;

    if (!at.source)
        return;
    for (size_t i = 0; i < excerpts->count; i++)
        if (inside(search->sources, &excerpts->data[i], at))
            return;
    if (excerpts->count == GP_EXCERPTS_MAX) {
        excerpts->more = true;
        return;
    }
    if (excerpts->count)
        at = beginning_of(search->sources, at, search->id);
    excerpts->data[excerpts->count++] = gp_excerpt_at(search->sources, at);
}

static struct search *search_of(struct gp_walk *walk)
{
    return walk->context;
}

static int on_ref(struct gp_walk *walk, const struct gp_field *field, const struct gp_ref *ref)
{
    (void)field;
    found(search_of(walk), ref->at);
    return 0;
}

static int on_expr(struct gp_walk *walk, const struct gp_field *field, const struct gp_expr *expr)
{
    (void)field;
    found(search_of(walk), expr->at);
    return 0;
}

static int on_text(struct gp_walk *walk, const struct gp_field *field, const struct gp_template *text)
{
    (void)field;
    found(search_of(walk), text->at);
    return 0;
}

static int on_path(struct gp_walk *walk, const struct gp_field *field, const struct gp_pathexpr *path)
{
    (void)field;
    found(search_of(walk), path->at);
    return 0;
}

static int on_cond(struct gp_walk *walk, const struct gp_cond *cond, bool leaving)
{
    if (!leaving)
        found(search_of(walk), cond->at);
    return 0;
}

static int on_step(struct gp_walk *walk, const struct gp_step *step, bool leaving)
{
    if (!leaving)
        found(search_of(walk), step->at);
    return 0;
}

static int on_object(struct gp_walk *walk, const struct gp_object *object, const void *instance, bool leaving)
{
    bool named = object == &gp_object_requirement || object == &gp_object_ensured || object == &gp_object_cause ||
                 object == &gp_object_parameter;

    if (named && !leaving)
        found(search_of(walk), ((const struct gp_definition *)instance)->at);
    return 0;
}

/* The row that says what the ids of a section hold. */
static const struct gp_field *element_of(enum gp_section section)
{
    for (const struct gp_field *field = gp_object_definitions.fields; field->key; field++)
        if (field->kind == GP_KIND_MAP && field->section == section)
            return field->element;
    return NULL;
}

void gp_excerpts_of(const struct gp_ruleset *rules, enum gp_section section, const struct gp_map_entry *entry,
                    struct gp_excerpts *ret_excerpts)
{
    const struct gp_field *element = element_of(section);
    struct search search = {
        .walk = {.ref = on_ref, .expr = on_expr, .text = on_text, .path = on_path, .cond = on_cond, .step = on_step,
                 .object = on_object},
        .sources = rules->sources,
        .excerpts = ret_excerpts,
        .id = entry->id,
    };

    *ret_excerpts = (struct gp_excerpts){.count = 0};
    search.walk.context = &search;
    found(&search, entry->at);
    if (element)
        gp_walk_element(&search.walk, element, entry->value);
}
