/*
 * An effective rule set as YAML.  What stood on one line of a file stays on one;
 * everything else has a line a value, so that each can have its place.
 */
#include <string.h>

#include "author/origin-scalar.h"
#include "author/origin.h"
#include "util/text.h"

#define COMMENT_COLUMN 56u /* where there is room */
#define FLOW_WIDTH 100u    /* a value that is longer is not written on one line */
#define WAS_WIDTH 160u     /* of a value that was replaced */
#define STEP 2u            /* of indentation */

struct writer {
    struct gp_strbuf *out;
    const struct gp_origin_style *style;
    const struct gp_ruleset *rules;
    size_t line;      /* where the line begins that is being written */
    uint32_t usual;   /* with style->changes: the file whose places need not be said */
};

/* ---- comments ---------------------------------------------------------------------------------------------------- */

static void write_place(struct writer *w, struct gp_span at)
{
    struct gp_position position = gp_sources_position(w->rules->sources, at);

    gp_yaml_words(w->out, (struct gp_str){position.file, strlen(position.file)}, w->style->ascii);
    gp_strbuf_printf(w->out, ":%zu", position.line);
}

/* Ends the line, with where its value comes from. */
static void end_line(struct writer *w, const struct gp_node *node, struct gp_span at)
{
    bool said = at.source && (!w->style->changes || node->replaces || at.source != w->usual);

    if (said && gp_strbuf_ok(w->out)) {
        size_t width = gp_text_width(w->out->data + w->line, w->out->len - w->line);
        gp_strbuf_add_repeat(w->out, ' ', width + 2 < COMMENT_COLUMN ? COMMENT_COLUMN - width : 2);
        gp_strbuf_add(w->out, "# ");
        write_place(w, at);
        for (const struct gp_node *old = node->replaces; old; old = old->replaces) {
            gp_strbuf_add(w->out, " # was: ");
            gp_yaml_flow(w->out, old, WAS_WIDTH, w->style->ascii);
            gp_strbuf_add(w->out, ", ");
            write_place(w, old->at);
        }
    }
    gp_strbuf_add_char(w->out, '\n');
    w->line = w->out->len;
}

static void comment(struct writer *w, const char *text)
{
    gp_strbuf_add(w->out, text);
    gp_strbuf_add_char(w->out, '\n');
    w->line = w->out->len;
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

/* A key's place counts for what was put together beneath it, the value's own for a value that is one. */
static struct gp_span place_of(const struct gp_node *node, struct gp_span key_at)
{
    bool one = node->kind == GP_NODE_SCALAR || node->replaces;

    return one || !key_at.source ? node->at : key_at;
}

/* Whether it stands on one line of its file, or says nothing. */
static bool on_one_line(const struct writer *w, const struct gp_node *node)
{
    const struct gp_source *source = gp_sources_get(w->rules->sources, node->at.source);

    if (!node->count)
        return true;
    if (node->merged || node->at.length > FLOW_WIDTH || !source)
        return false;
    for (size_t i = 0; i < node->at.length && node->at.offset + i < source->length; i++)
        if (source->text[node->at.offset + i] == '\n')
            return false;
    struct gp_node bare = *node;
    bare.replaces = NULL; /* the line says what it replaced */
    return gp_yaml_fits_flow(&bare, FLOW_WIDTH, w->style->ascii);
}

static void write_value(struct writer *w, const struct gp_node *node, struct gp_span key_at, size_t indent);

static void write_pair(struct writer *w, const struct gp_pair *pair, size_t indent)
{
    gp_yaml_scalar(w->out, pair->key, false, false, w->style->ascii);
    gp_strbuf_add_char(w->out, ':');
    write_value(w, pair->value, pair->key_at, indent);
}

static void write_pairs(struct writer *w, const struct gp_node *node, size_t indent, bool first_indented)
{
    for (size_t i = 0; i < node->count; i++) {
        if (i || !first_indented)
            gp_strbuf_add_repeat(w->out, ' ', indent);
        write_pair(w, &node->pairs[i], indent);
    }
}

static void write_items(struct writer *w, const struct gp_node *node, size_t indent)
{
    for (size_t i = 0; i < node->count; i++) {
        const struct gp_node *item = node->items[i];

        gp_strbuf_add_repeat(w->out, ' ', indent);
        gp_strbuf_add_char(w->out, '-');
        if (item->kind == GP_NODE_MAPPING && !on_one_line(w, item)) {
            gp_strbuf_add_char(w->out, ' ');
            write_pairs(w, item, indent + STEP, true);
        } else {
            write_value(w, item, (struct gp_span){0}, indent);
        }
    }
}

static void write_scalar(struct writer *w, const struct gp_node *node, size_t indent)
{
    gp_strbuf_add_char(w->out, ' ');
    if (!gp_yaml_is_block(node->text, w->style->ascii)) {
        gp_yaml_scalar(w->out, node->text, node->quoted, false, w->style->ascii);
        end_line(w, node, node->at);
        return;
    }
    gp_yaml_block_head(w->out, node->text);
    end_line(w, node, node->at);
    gp_yaml_block_lines(w->out, node->text, indent + STEP);
    w->line = w->out->len;
}

/* Behind a key or a dash that stands at `indent`.  Goes no deeper than files may, and three for what amendments put
 * around a value (GP_LIMIT_YAML_DEPTH). */
static void write_value(struct writer *w, const struct gp_node *node, struct gp_span key_at, size_t indent)
{
    if (node->kind == GP_NODE_SCALAR) {
        write_scalar(w, node, indent);
        return;
    }
    bool inline_value = on_one_line(w, node);
    if (inline_value) {
        gp_strbuf_add_char(w->out, ' ');
        gp_yaml_flow(w->out, node, SIZE_MAX / 2, w->style->ascii);
    }
    end_line(w, node, place_of(node, key_at));
    if (!inline_value && node->kind == GP_NODE_MAPPING)
        write_pairs(w, node, indent + STEP, false);
    else if (!inline_value)
        write_items(w, node, indent + STEP);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static void write_files(struct writer *w)
{
    comment(w, "# Files, in the order in which they were put together:");
    for (size_t i = 0; i < w->rules->file_count; i++) {
        const struct gp_rule_file *file = &w->rules->files[i];
        const struct gp_source *source = gp_sources_get(w->rules->sources, file->source);
        const char *layer = gp_origin_layer(w->style, w->rules, file->source);

        gp_strbuf_add(w->out, "#   ");
        gp_yaml_words(w->out, (struct gp_str){source->name, strlen(source->name)}, w->style->ascii);
        gp_strbuf_printf(w->out, "%s%s%s%s%s", *layer ? " (" : "", layer, *layer && file->drop_in ? ", " : "",
                         file->drop_in ? "drop-in" : "", *layer ? ")" : "");
        comment(w, "");
    }
}

/* What the set extends is part of what is written here; extending it again would be refused where it is sealed. */
static void write_manifest(struct writer *w, const struct gp_node *manifest)
{
    comment(w, "gatepost: 1");
    for (size_t i = 0; i < manifest->count; i++) {
        const struct gp_pair *pair = &manifest->pairs[i];
        if (gp_str_is(pair->key, "gatepost"))
            continue;
        if (!gp_str_is(pair->key, "extends")) {
            write_pair(w, pair, 0);
            continue;
        }
        gp_strbuf_add(w->out, "# extends: ");
        gp_yaml_flow(w->out, pair->value, WAS_WIDTH, w->style->ascii);
        end_line(w, pair->value, place_of(pair->value, pair->key_at));
    }
}

void gp_origin_yaml(struct gp_strbuf *out, const struct gp_origin_style *style, const struct gp_ruleset *rules)
{
    struct writer w = {.out = out, .style = style, .rules = rules, .line = out->len};

    gp_strbuf_add(out, "# The effective rule set ");
    gp_yaml_words(out, rules->manifest.name, style->ascii);
    comment(&w, ": each value with its file and line, and what it replaced.");
    write_files(&w);
    if (rules->manifest_node)
        write_manifest(&w, rules->manifest_node);
    for (size_t i = 0; rules->definitions_node && i < rules->definitions_node->count; i++) {
        comment(&w, "");
        write_pair(&w, &rules->definitions_node->pairs[i], 0);
    }
}

void gp_origin_yaml_part(struct gp_strbuf *out, const struct gp_origin_style *style,
                         const struct gp_origin_part *part)
{
    const struct gp_pair *last = part->way[part->depth - 1];
    struct writer w = {.out = out, .style = style, .rules = part->rules, .line = out->len,
                       .usual = last->key_at.source};
    size_t indent = 0;

    for (size_t i = 0; i + 1 < part->depth; i++) {
        gp_strbuf_add_repeat(out, ' ', indent);
        gp_yaml_scalar(out, part->way[i]->key, false, false, style->ascii);
        comment(&w, ":");
        indent += STEP;
    }
    gp_strbuf_add_repeat(out, ' ', indent);
    write_pair(&w, last, indent);
}
