/* Differences as text and as JSON. */
#include <string.h>

#include "author/origin-diff.h"
#include "author/origin-scalar.h"

#define VALUE_WIDTH 160u
#define WORD_WIDTH 9

static const char *const change_names[] = {
    [GP_DIFF_ADDED] = "added",   [GP_DIFF_CHANGED] = "changed", [GP_DIFF_REMOVED] = "removed",
    [GP_DIFF_WAIVED] = "waived", [GP_DIFF_SET] = "set",
};
static const char *const file_change_names[] = {
    [GP_FILE_DROP_IN] = "drop-in", [GP_FILE_REPLACED] = "replaces", [GP_FILE_ADDED] = "new", [GP_FILE_GONE] = "hidden",
};

const char *gp_difference_name(enum gp_difference_kind kind)
{
    return change_names[kind];
}

const char *gp_file_difference_name(enum gp_file_difference_kind kind)
{
    return file_change_names[kind];
}

static void words(struct gp_strbuf *out, const char *text, const struct gp_origin_style *style)
{
    gp_yaml_words(out, (struct gp_str){text, strlen(text)}, style->ascii);
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

static void text_heading(struct gp_strbuf *out, const struct gp_origin_diff *diff, const struct gp_origin_style *style)
{
    struct gp_str directory = diff->vendor->directory;
    bool nothing = !diff->change_count && !diff->file_count;

    gp_yaml_words(out, diff->rules->manifest.name, style->ascii);
    gp_strbuf_add(out, nothing ? ": nothing differs from " : ": what differs from ");
    gp_yaml_words(out, directory, style->ascii);
    if (diff->vendor_layer && *diff->vendor_layer)
        gp_strbuf_printf(out, " (%s)", diff->vendor_layer);
    gp_strbuf_add_char(out, '\n');
}

static void text_file(struct gp_strbuf *out, const struct gp_file_difference *change,
                      const struct gp_origin_style *style)
{
    gp_strbuf_printf(out, "  %-*s", WORD_WIDTH, file_change_names[change->kind]);
    if (change->replaced) {
        words(out, change->replaced, style);
        gp_strbuf_add(out, " by ");
    }
    words(out, change->file, style);
    if (*change->layer)
        gp_strbuf_printf(out, " (%s)", change->layer);
    gp_strbuf_add_char(out, '\n');
}

static void text_value(struct gp_strbuf *out, char sign, const struct gp_ruleset *rules, const struct gp_node *node,
                       struct gp_span at, const struct gp_origin_style *style)
{
    if (!node)
        return;
    struct gp_position position = gp_sources_position(rules->sources, at);
    gp_strbuf_printf(out, "    %c ", sign);
    gp_yaml_flow(out, node, VALUE_WIDTH, style->ascii);
    if (at.source) {
        gp_strbuf_add(out, "  # ");
        words(out, position.file, style);
        gp_strbuf_printf(out, ":%zu", position.line);
    }
    gp_strbuf_add_char(out, '\n');
}

static void text_change(struct gp_strbuf *out, const struct gp_origin_diff *diff, const struct gp_difference *change,
                        const struct gp_origin_style *style, bool brief)
{
    gp_strbuf_printf(out, "  %-*s", WORD_WIDTH, change_names[change->kind]);
    words(out, change->path, style);
    if (change->until) {
        gp_strbuf_add(out, " until ");
        gp_yaml_flow(out, change->until, VALUE_WIDTH, style->ascii);
    }
    gp_strbuf_add(out, change->expired ? ", which is past: it counts again\n" : "\n");
    if (brief)
        return;
    text_value(out, '-', diff->vendor, change->old, change->old_at, style);
    text_value(out, '+', diff->rules, change->new, change->new_at, style);
}

void gp_origin_diff_text(struct gp_strbuf *out, const struct gp_origin_diff *diff, const struct gp_origin_style *style,
                         bool brief)
{
    text_heading(out, diff, style);
    for (size_t i = 0; i < diff->file_count; i++)
        text_file(out, &diff->files[i], style);
    if (diff->file_count && diff->change_count && !brief)
        gp_strbuf_add_char(out, '\n');
    for (size_t i = 0; i < diff->change_count; i++)
        text_change(out, diff, &diff->changes[i], style, brief);
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static json_t *json_file(const struct gp_file_difference *change)
{
    json_t *object = json_object();

    if (object && gp_json_set(object, "change", json_string(file_change_names[change->kind])) &&
        gp_json_set(object, "file", gp_json_string0(change->file)) &&
        gp_json_set(object, "replaced", gp_json_string0(change->replaced)) &&
        gp_json_set(object, "layer", gp_json_string0(change->layer)))
        return object;
    json_decref(object);
    return NULL;
}

/* { value, at }, or null. */
static json_t *json_side(const struct gp_ruleset *rules, const struct gp_node *node, struct gp_span at)
{
    if (!node)
        return json_null();
    json_t *object = json_object();
    if (object && gp_json_set(object, "value", gp_origin_json_plain(node)) &&
        gp_json_set(object, "at", gp_origin_json_place(rules, at)))
        return object;
    json_decref(object);
    return NULL;
}

static json_t *json_change(const struct gp_origin_diff *diff, const struct gp_difference *change)
{
    bool waived = change->kind == GP_DIFF_WAIVED;
    json_t *object = json_object();

    if (object && gp_json_set(object, "change", json_string(change_names[change->kind])) &&
        gp_json_set(object, "path", gp_json_string0(change->path)) &&
        gp_json_set(object, "old", json_side(diff->vendor, change->old, change->old_at)) &&
        gp_json_set(object, "new", json_side(diff->rules, change->new, change->new_at)) &&
        gp_json_set(object, "until", change->until ? gp_origin_json_plain(change->until) : json_null()) &&
        gp_json_set(object, "expired", waived ? json_boolean(change->expired) : json_null()))
        return object;
    json_decref(object);
    return NULL;
}

bool gp_origin_diff_json(const struct gp_origin_diff *diff, json_t *object)
{
    json_t *files = json_array(), *changes = json_array();
    bool ok = files && changes;

    for (size_t i = 0; ok && i < diff->file_count; i++)
        ok = gp_json_append(files, json_file(&diff->files[i]));
    for (size_t i = 0; ok && i < diff->change_count; i++)
        ok = gp_json_append(changes, json_change(diff, &diff->changes[i]));
    ok = gp_json_set(object, "files", files) && ok; /* takes it over, also when something failed */
    return gp_json_set(object, "changes", changes) && ok;
}
