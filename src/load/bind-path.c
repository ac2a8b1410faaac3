/* Patterns and paths: what is compiled once, at load. */
#include "load/bind-internal.h"

#include <errno.h>
#include <string.h>

#include "rule/limits.h"
#include "rule/say.h"
#include "util/text.h"
#include "util/vec.h"

/* ---- regular expressions ----------------------------------------------------------------------------------------- */

/* The compiled pattern of a text, NULL after saying what is wrong with it. */
static int compile(struct gp_binder *binder, const struct gp_node *node, struct gp_regex **ret_regex)
{
    struct gp_regex_error error;
    struct gp_regex *regex = gp_strmap_get(&binder->patterns, node->text);

    if (regex) {
        *ret_regex = regex;
        return 0;
    }
    int r = gp_vec_grow(binder->arena, &binder->rules->regexes, &binder->regex_capacity, binder->rules->regex_count,
                        sizeof(*binder->rules->regexes));
    if (r < 0)
        return r;
    r = gp_regex_compile(&regex, node->text, &error);
    if (r == -EINVAL) {
        gp_bind_error(binder, GP_DIAG_PATTERN_SYNTAX, gp_bind_within(node, error.offset, 1),
                      "not a regular expression: %s", error.message);
        *ret_regex = NULL;
        return 0;
    }
    if (r < 0)
        return r;
    binder->rules->regexes[binder->rules->regex_count++] = regex;
    *ret_regex = regex;
    return gp_strmap_put(binder->arena, &binder->patterns, node->text, regex);
}

int gp_bind_pattern(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    (void)field;
    if (!gp_bind_expect(binder, node, GP_NODE_SCALAR, "a regular expression"))
        return 0;
    if (!node->text.len) {
        gp_bind_error(binder, GP_DIAG_EMPTY_TEXT, node->at, "an empty pattern matches everything");
        return 0;
    }
    if (node->text.len > GP_LIMIT_PATTERN_BYTES) {
        gp_bind_error(binder, GP_DIAG_LIMIT_PATTERN_BYTES, node->at, "this pattern has %zu bytes; it may have %u",
                      node->text.len, GP_LIMIT_PATTERN_BYTES);
        return 0;
    }
    struct gp_pattern *pattern = GP_NEW(binder->arena, struct gp_pattern);
    if (!pattern)
        return -ENOMEM;
    *pattern = (struct gp_pattern){.text = node->text, .at = node->at};
    int r = compile(binder, node, &pattern->regex);
    if (r == 0 && pattern->regex)
        *(const struct gp_pattern **)out = pattern;
    return r;
}

/* ---- paths ------------------------------------------------------------------------------------------------------- */

/* What is wrong with a path as a whole. */
static bool check_path(struct gp_binder *binder, const struct gp_node *node)
{
    struct gp_str text = node->text;
    const char *backslash = text.len ? memchr(text.data, '\\', text.len) : NULL;
    size_t parts = 1;

    if (!text.len) {
        gp_bind_error(binder, GP_DIAG_PATH_SYNTAX, node->at, "a path is empty; '.' names the whole tree");
        return false;
    }
    if (text.len > GP_LIMIT_PATH_BYTES) {
        gp_bind_error(binder, GP_DIAG_LIMIT_PATH_BYTES, node->at, "this path has %zu bytes; it may have %u", text.len,
                      GP_LIMIT_PATH_BYTES);
        return false;
    }
    if (backslash) {
        gp_bind_error(binder, GP_DIAG_PATH_SYNTAX, gp_bind_within(node, (size_t)(backslash - text.data), 1),
                      "a path has '/' between its components, not '\\'");
        return false;
    }
    if (text.data[0] == '/') {
        gp_bind_error(binder, GP_DIAG_PATH_SYNTAX, gp_bind_within(node, 0, 1),
                      "a path is relative to the tree and does not begin with '/'");
        return false;
    }
    for (size_t i = 0; i < text.len; i++)
        parts += text.data[i] == '/';
    if (parts > GP_LIMIT_PATH_PARTS) {
        gp_bind_error(binder, GP_DIAG_LIMIT_PATH_PARTS, node->at, "this path has %zu components; it may have %u", parts,
                      GP_LIMIT_PATH_PARTS);
        return false;
    }
    return true;
}

/* A component with ${…}: its literal pieces are names, not globs. */
static int bind_dynamic_part(struct gp_binder *binder, const struct gp_node *node, size_t offset, struct gp_str text,
                             struct gp_pathpart *part)
{
    int r = gp_bind_template(binder, node, offset, text, &part->text);

    if (r < 0 || !part->text)
        return r;
    for (size_t i = 0; i < part->text->count; i++) {
        const struct gp_piece *piece = &part->text->pieces[i];
        if (piece->kind != GP_PIECE_LITERAL || !gp_glob_is(piece->text))
            continue;
        gp_bind_error(binder, GP_DIAG_GLOB_SYNTAX, gp_bind_within(node, offset, text.len),
                      "a component with ${ } is one name and cannot be a glob");
        return 0;
    }
    return 0;
}

static int bind_part(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, size_t offset,
                     struct gp_str text, struct gp_pathpart *part)
{
    struct gp_glob_error error;

    if (memmem(text.data, text.len, "${", 2))
        return bind_dynamic_part(binder, node, offset, text, part);
    int r = gp_glob_part_compile(binder->arena, text, &part->glob, &error);
    if (r == -EINVAL) {
        size_t length = text.len ? text.len - error.offset : 1;
        bool glob = gp_glob_is(text) || memchr(text.data, '}', text.len);
        gp_bind_error(binder, glob ? GP_DIAG_GLOB_SYNTAX : GP_DIAG_PATH_SYNTAX,
                      gp_bind_within(node, offset + error.offset, length), "%s", error.message);
        return 0;
    }
    if (r == 0 && !part->glob.literal && !(field->flags & GP_FIELD_GLOB)) {
        const char *key = field->key ? field->key : "this";
        gp_bind_error(binder, GP_DIAG_GLOB_PLACE, gp_bind_within(node, offset, text.len),
                      "'%s' takes the path of one file, not a glob", key);
    }
    return r;
}

/* Interns the components in front that are the same in every tree. */
static int intern(struct gp_binder *binder, struct gp_pathexpr *path)
{
    path->interned = GP_PATH_ROOT;
    for (; path->prefix < path->count; path->prefix++) {
        const struct gp_pathpart *part = &path->parts[path->prefix];
        if (part->text || !part->glob.literal)
            break;
        path->interned = gp_pathtab_add(binder->rules->paths, path->interned, part->glob.text);
        if (path->interned == GP_PATH_NONE)
            return -ENOMEM;
    }
    return 0;
}

static int bind_parts(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node,
                      struct gp_pathexpr *path)
{
    struct gp_str text = node->text;
    size_t parts = 1;

    for (size_t i = 0; i < text.len; i++)
        parts += text.data[i] == '/';
    path->parts = GP_NEW_ARRAY(binder->arena, struct gp_pathpart, parts);
    if (!path->parts)
        return -ENOMEM;
    for (size_t at = 0; at <= text.len;) {
        const char *slash = at < text.len ? memchr(text.data + at, '/', text.len - at) : NULL;
        size_t len = slash ? (size_t)(slash - text.data) - at : text.len - at;
        struct gp_pathpart *part = &path->parts[path->count++];
        int r = bind_part(binder, field, node, at, (struct gp_str){text.data + at, len}, part);
        if (r < 0)
            return r;
        path->dynamic |= part->text != NULL;
        path->glob |= !part->text && !part->glob.literal;
        at += len + 1;
    }
    return 0;
}

static int bind_path(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node,
                     const struct gp_pathexpr **out)
{
    size_t errors = binder->errors;

    if (!gp_bind_there(binder, node) || !gp_bind_expect_text(binder, node, "a path"))
        return 0;
    if (!check_path(binder, node))
        return 0;
    struct gp_pathexpr *path = GP_NEW(binder->arena, struct gp_pathexpr);
    if (!path)
        return -ENOMEM;
    path->at = node->at;
    path->text = node->text;
    int r = gp_str_is(node->text, ".") ? 0 : bind_parts(binder, field, node, path);
    if (r < 0 || binder->errors > errors)
        return r;
    *out = path;
    return intern(binder, path);
}

int gp_bind_paths(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    struct gp_paths *paths = out;
    bool list = node->kind == GP_NODE_LIST;
    const char *what = field->flags & GP_FIELD_GLOB ? "a path or glob" : "a path";

    if (list && !(field->flags & GP_FIELD_LIST)) {
        gp_bind_expect_text(binder, node, what);
        return 0;
    }
    if (list && !node->count) {
        gp_bind_error(binder, GP_DIAG_EMPTY_LIST, node->at, "an empty list of paths");
        return 0;
    }
    size_t count = list ? node->count : 1;
    paths->data = GP_NEW_ARRAY(binder->arena, const struct gp_pathexpr *, count);
    if (!paths->data)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++) {
        int r = bind_path(binder, field, list ? node->items[i] : node, &paths->data[paths->count]);
        if (r < 0)
            return r;
        paths->count += paths->data[paths->count] != NULL;
    }
    return 0;
}
