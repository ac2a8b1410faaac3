/*
 * libyaml's events to nodes.
 *
 * Events, never libyaml's document API: only so can the depth be limited while
 * reading, and duplicate keys and aliases be seen.  Nothing here recurses.
 */
#include <errno.h>
#include <string.h>

#include "load/node-build.h"

/* ---- what may stand before and around a value -------------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Behind white space and comments. */
static size_t skip_space(const struct gp_builder *b, size_t at, size_t end)
{
    const char *text = b->reader.text;

    while (at < end && (is_space(text[at]) || (text[at] == '#' && is_space(text[at - 1]))))
        if (text[at++] == '#')
            while (at < end && text[at] != '\n')
                at++;
    return at;
}

/* The end of "&name" or "!tag" at `at`. */
static size_t property_end(const struct gp_builder *b, size_t at, size_t end)
{
    const char *text = b->reader.text;
    bool verbatim = end - at > 1 && text[at] == '!' && text[at + 1] == '<';

    while (at < end && !is_space(text[at]) && (verbatim || !strchr(",[]{}", text[at])))
        if (text[at++] == '>')
            verbatim = false;
    return at;
}

/* Reports anchors and tags at `at`; where the value itself begins. */
static size_t skip_properties(struct gp_builder *b, size_t at, size_t end)
{
    while (at < end && (b->reader.text[at] == '&' || b->reader.text[at] == '!')) {
        size_t to = property_end(b, at, end);
        if (b->reader.text[at] == '&')
            gp_build_error(b, GP_DIAG_ANCHOR, at, to,
                           "anchors are not part of the language; give it an id, or quote a text that begins with &");
        else
            gp_build_error(b, GP_DIAG_TAG, at, to,
                           "tags are not part of the language; quote a text that begins with !");
        at = skip_space(b, to, end);
    }
    return at;
}

static void report_directives(struct gp_builder *b, size_t at, size_t end)
{
    const char *text = b->reader.text;

    while (at < end) {
        const char *newline = memchr(text + at, '\n', end - at);
        size_t next = newline ? (size_t)(newline - text) + 1 : end;
        size_t to = newline ? next - 1 : end;
        if (text[at] == '%')
            gp_build_error(b, GP_DIAG_DIRECTIVE, at, to, "directives are not part of the language; remove this line");
        at = next;
    }
}

/* Whether what is open is a part of a key, of which enough was said. */
static bool inside_key(const struct gp_builder *b)
{
    for (size_t i = 0; i < b->depth; i++)
        if (b->frames[i].is_key)
            return true;
    return false;
}

/* `marked`: it has an anchor or a tag.  (A block mapping whose first key has one begins at the same place.) */
static int open_collection(struct gp_builder *b, const yaml_event_t *event, enum gp_node_kind kind, bool flow,
                           bool marked)
{
    size_t from = gp_reader_offset(&b->reader, &event->start_mark);

    if (b->depth == GP_LIMIT_YAML_DEPTH) {
        b->errors = true;
        gp_diag_add(b->diags, GP_DIAG_LIMIT_DEPTH, gp_reader_span(&b->reader, from, from + 1),
                    "nested more than %u deep; the rest of the file is not read", GP_LIMIT_YAML_DEPTH);
        gp_build_stop(b);
        return 0;
    }
    if (marked)
        from = skip_properties(b, from, b->reader.length);
    if (!gp_build_take_budget(b, from))
        return 0;
    if (gp_build_wants_key(b) && !inside_key(b))
        gp_build_error(b, GP_DIAG_KEY_TYPE, from, from + 1,
                       kind == GP_NODE_LIST ? "a key is a text, not a list" : "a key is a text, not a mapping");
    return gp_build_open(b, kind, from, flow);
}

/* ---- scalars ----------------------------------------------------------------------------------------------------- */

/* The place of a scalar: without anchor and tag, and a block scalar without the line breaks behind it. */
static struct gp_span scalar_place(struct gp_builder *b, const yaml_event_t *event)
{
    size_t from = gp_reader_offset(&b->reader, &event->start_mark);
    size_t to = gp_reader_offset(&b->reader, &event->end_mark);
    yaml_scalar_style_t style = event->data.scalar.style;

    from = skip_properties(b, from, to);
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        while (to > from && is_space(b->reader.text[to - 1]))
            to--;
    return gp_reader_span(&b->reader, from, to);
}

/* False if the text cannot be kept. */
static bool check_scalar(struct gp_builder *b, const char *text, size_t len, struct gp_span at)
{
    if (len > GP_LIMIT_SCALAR_BYTES) {
        b->errors = true;
        gp_diag_add(b->diags, GP_DIAG_LIMIT_SCALAR_BYTES, at, "a text of %zu bytes; at most %u are allowed", len,
                    GP_LIMIT_SCALAR_BYTES);
        return false;
    }
    if (memchr(text, '\0', len)) {
        gp_build_error(b, GP_DIAG_NUL_CHARACTER, at.offset, at.offset + at.length,
                       "a text cannot hold the character NUL; write bytes as hex:…");
        return false;
    }
    return true;
}

/* What a plain "<<", an empty text or a block of text at a key's place gets; NULL if the key is fine. */
static const char *bad_key(const yaml_event_t *event, enum gp_diag_id *ret_id)
{
    yaml_scalar_style_t style = event->data.scalar.style;
    size_t len = event->data.scalar.length;

    *ret_id = GP_DIAG_KEY_TYPE;
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        return "a key is one line, not a block of text";
    if (style != YAML_PLAIN_SCALAR_STYLE)
        return NULL;
    if (!len)
        return "there is no key before the ':'";
    if (len == 2 && memcmp(event->data.scalar.value, "<<", 2) == 0) {
        *ret_id = GP_DIAG_MERGE_KEY;
        return "merge keys are not part of the language; use ids, `extends` and drop-ins";
    }
    return NULL;
}

/* `c:{ file: A }` makes a key "c:{ file": where the ':' stands that lacks its space; 0: nowhere. */
static size_t tight_colon(const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;

    for (size_t at = 1; at + 1 < event->data.scalar.length; at++)
        if (text[at] == ':' && strchr("{[\"'", text[at + 1]))
            return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE ? at : 0;
    return 0;
}

/* Takes it as the key that was meant, whose value nobody can tell. */
static int take_tight_key(struct gp_builder *b, const char *text, size_t colon)
{
    struct gp_frame *frame = gp_build_top(b);
    size_t at = frame->key_at.offset + colon;
    struct gp_diag *diag = gp_build_error(b, GP_DIAG_YAML_SYNTAX, at, at + 1, "a key without ': ' behind it");

    gp_diag_note(b->diags, diag, (struct gp_span){0},
                 "a space must follow the ':'; a key that holds it must be quoted");
    frame->key_at.length = (uint32_t)colon;
    frame->spoil = true;
    b->tight = at + 1;
    return gp_build_key(b, text, colon, &frame->key);
}

static int take_key(struct gp_builder *b, const yaml_event_t *event, struct gp_span at)
{
    struct gp_frame *frame = gp_build_top(b);
    const char *text = (const char *)event->data.scalar.value;
    size_t len = event->data.scalar.length;
    enum gp_diag_id id;
    const char *problem = bad_key(event, &id);

    frame->has_key = true;
    frame->drop = frame->spoil = false;
    frame->key_at = at;
    frame->end = at.offset + at.length;
    if (problem)
        gp_build_error(b, id, at.offset, at.offset + at.length, problem);
    if (problem || !check_scalar(b, text, len, at)) {
        frame->drop = true;
        return 0;
    }
    size_t colon = tight_colon(event);
    if (colon)
        return take_tight_key(b, text, colon);
    return gp_build_key(b, text, len, &frame->key);
}

/* `{ a: x,y }` is a mapping with a key y that has neither value nor colon: surely a text that wanted quotes. */
static bool is_split_text(struct gp_builder *b, const struct gp_frame *frame, const yaml_event_t *event)
{
    if (!frame || frame->node->kind != GP_NODE_MAPPING || !frame->flow || frame->drop || event->data.scalar.length ||
        event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
        return false;
    size_t key_end = frame->key_at.offset + frame->key_at.length;
    size_t at = skip_space(b, key_end, b->reader.length);
    return at < b->reader.length && b->reader.text[at] != ':';
}

/* `{ a:x }` is one too. */
static void say_split_text(struct gp_builder *b, const struct gp_frame *frame)
{
    const char *colon = memchr(frame->key.data, ':', frame->key.len), *text = b->reader.text;
    size_t next = skip_space(b, frame->key_at.offset + frame->key_at.length, b->reader.length);
    bool behind_comma = frame->key_at.offset > 0 && b->reader.text[frame->key_at.offset - 1] == ',';
    size_t before = colon ? (size_t)(colon - frame->key.data) : 0;
    struct gp_diag *diag;

    if (text[next] == '{' || text[next] == '[') {
        gp_diag_add(b->diags, GP_DIAG_UNQUOTED, frame->key_at, "'%.*s' has no value; a ':' is missing behind it",
                    GP_STR_ARG(frame->key));
        return;
    }
    if (!before || behind_comma) {
        gp_diag_add(b->diags, GP_DIAG_UNQUOTED, frame->key_at,
                    "'%.*s' has no value; a text with a comma must be quoted inside { }", GP_STR_ARG(frame->key));
        return;
    }
    diag = gp_diag_add(b->diags, GP_DIAG_UNQUOTED, frame->key_at,
                       "'%.*s' has no value; behind the ':' of a key stands a space", GP_STR_ARG(frame->key));
    gp_diag_suggest(b->diags, diag,
                    gp_arena_printf(b->arena, "%.*s: %.*s", (int)before, frame->key.data,
                                    (int)(frame->key.len - before - 1), colon + 1));
}

static int take_scalar(struct gp_builder *b, const yaml_event_t *event)
{
    struct gp_span at = scalar_place(b, event);
    struct gp_frame *frame = gp_build_top(b);
    const char *text = (const char *)event->data.scalar.value;
    size_t len = event->data.scalar.length;

    if (!gp_build_take_budget(b, at.offset))
        return 0;
    if (gp_build_wants_key(b))
        return take_key(b, event, at);
    if (is_split_text(b, frame, event)) {
        b->errors = true;
        say_split_text(b, frame);
        frame->drop = true;
    }
    struct gp_node *node = GP_NEW(b->arena, struct gp_node);
    if (!node)
        return -ENOMEM;
    node->kind = GP_NODE_SCALAR;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->at = at;
    node->broken = !check_scalar(b, text, len, at);
    if (gp_build_text(b, text, node->broken ? 0 : len, &node->text) < 0)
        return -ENOMEM;
    return gp_build_add(b, node, at.offset + at.length);
}

/* As the text that most probably was meant. */
static int take_alias(struct gp_builder *b, const yaml_event_t *event)
{
    size_t from = gp_reader_offset(&b->reader, &event->start_mark);
    size_t to = gp_reader_offset(&b->reader, &event->end_mark);

    b->errors = true;
    gp_reader_alias_error(&b->reader, from, to);
    if (!gp_build_take_budget(b, from))
        return 0;
    struct gp_node *node = GP_NEW(b->arena, struct gp_node);
    if (!node)
        return -ENOMEM;
    node->kind = GP_NODE_SCALAR;
    node->broken = true;
    node->at = gp_reader_span(&b->reader, from, to);
    if (gp_build_text(b, b->reader.text + from, to - from, &node->text) < 0)
        return -ENOMEM;
    if (!gp_build_wants_key(b))
        return gp_build_add(b, node, to);
    gp_build_drop_key(b, to);
    return 0;
}

/* ---- the whole file ---------------------------------------------------------------------------------------------- */

static void open_document(struct gp_builder *b, const yaml_event_t *event)
{
    size_t from = gp_reader_offset(&b->reader, &event->start_mark);
    size_t to = gp_reader_offset(&b->reader, &event->end_mark);

    if (b->root) {
        gp_build_error(b, GP_DIAG_SECOND_DOCUMENT, from, from + 3 <= to ? from + 3 : to,
                       "a rule file is one document; what stands from here on is a second one");
        b->stopped = true;
        return;
    }
    if (event->data.document_start.version_directive ||
        event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
        report_directives(b, from, to);
}

static int take_event(struct gp_builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return take_scalar(b, event);
    case YAML_MAPPING_START_EVENT:
        return open_collection(b, event, GP_NODE_MAPPING,
                               event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
                               event->data.mapping_start.anchor || event->data.mapping_start.tag);
    case YAML_SEQUENCE_START_EVENT:
        return open_collection(b, event, GP_NODE_LIST,
                               event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
                               event->data.sequence_start.anchor || event->data.sequence_start.tag);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        return gp_build_close(b, gp_build_top(b)->flow ? gp_reader_offset(&b->reader, &event->end_mark) : 0);
    case YAML_ALIAS_EVENT:
        return take_alias(b, event);
    case YAML_DOCUMENT_START_EVENT:
        open_document(b, event);
        return 0;
    case YAML_STREAM_END_EVENT:
        b->stopped = true;
        return 0;
    default:
        return 0;
    }
}

/* What libyaml gave up on.  On the line of a ':' without its space nothing means what was meant: said already. */
static void report_syntax(struct gp_builder *b, const yaml_parser_t *parser)
{
    size_t at = gp_reader_offset(&b->reader, &parser->problem_mark);

    b->errors = true;
    if (!b->tight || at < b->tight || memchr(b->reader.text + b->tight, '\n', at - b->tight))
        gp_reader_syntax_error(&b->reader, parser);
    gp_build_stop(b);
}

static int read_events(struct gp_builder *b)
{
    yaml_parser_t parser;
    int r = 0;

    if (!yaml_parser_initialize(&parser))
        return -ENOMEM;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)b->reader.text + b->reader.start,
                                 b->reader.length - b->reader.start);
    while (r == 0 && !b->stopped) {
        yaml_event_t event;
        if (yaml_parser_parse(&parser, &event)) {
            r = take_event(b, &event);
            yaml_event_delete(&event);
        } else if (parser.error == YAML_MEMORY_ERROR) {
            r = -ENOMEM;
        } else {
            report_syntax(b, &parser);
        }
    }
    yaml_parser_delete(&parser);
    return r == 0 && b->incomplete ? gp_build_close_early(b) : r;
}

int gp_node_parse(struct gp_arena *arena, uint32_t source, struct gp_diags *diags, size_t *node_budget,
                  struct gp_node **ret_root)
{
    struct gp_builder b = {.arena = arena, .diags = diags, .budget = node_budget};

    b.scratch = gp_arena_new(0);
    if (!b.scratch)
        return -ENOMEM;
    int r = gp_reader_open(&b.reader, diags, source, b.scratch);
    b.errors = r != 0;
    if (r >= 0)
        r = read_events(&b);
    gp_arena_free(b.scratch);
    if (r == -ENOMEM)
        return r;
    *ret_root = b.root;
    return b.errors ? -EINVAL : 0;
}
