/* Scalars that refer to nothing: strings, words, literals, texts with ${name}. */
#include "load/bind-internal.h"

#include <errno.h>
#include <string.h>

#include "rule/say.h"
#include "rule/tests.h"
#include "util/text.h"
#include "util/vec.h"

static int bind_one_string(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node,
                           struct gp_str *out)
{
    if (!gp_bind_there(binder, node) || !gp_bind_expect(binder, node, GP_NODE_SCALAR, "a text"))
        return 0;
    if (!node->text.len && field->flags & GP_FIELD_NOT_EMPTY)
        gp_bind_error(binder, GP_DIAG_EMPTY_TEXT, node->at, "'%s' is an empty text", field->key);
    else
        *out = node->text;
    return 0;
}

int gp_bind_string(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    return bind_one_string(binder, field, node, out);
}

int gp_bind_strings(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    size_t count = node->kind == GP_NODE_LIST ? node->count : 1;
    struct gp_strs *list = out;

    if (node->kind == GP_NODE_MAPPING) {
        gp_bind_expect(binder, node, GP_NODE_LIST, "a text or a list of texts");
        return 0;
    }
    if (!count && field->flags & GP_FIELD_NOT_EMPTY)
        gp_bind_error(binder, GP_DIAG_EMPTY_LIST, node->at, "'%s' is an empty list", field->key);
    struct gp_str *data = GP_NEW_ARRAY(binder->arena, struct gp_str, count + 1);
    if (!data)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++) {
        int r = bind_one_string(binder, field, node->kind == GP_NODE_LIST ? node->items[i] : node, &data[i]);
        if (r < 0)
            return r;
    }
    *list = (struct gp_strs){data, count};
    return 0;
}

int gp_bind_verbatim(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    if (gp_bind_expect(binder, node, GP_NODE_SCALAR, "a scalar"))
        *(struct gp_scalar *)out = (struct gp_scalar){node->text, node->at, node->quoted};
    (void)field;
    return 0;
}

int gp_bind_boolean(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    struct gp_value value = {0};
    const char *expected;

    (void)field;
    if (!gp_bind_expect(binder, node, GP_NODE_SCALAR, "true or false"))
        return 0;
    int r = gp_value_parse(GP_TYPE_BOOLEAN, node->text, node->quoted, binder->arena, &value, &expected);
    if (r == 0) {
        *(enum gp_yesno *)out = value.integer ? GP_YESNO_YES : GP_YESNO_NO;
    } else if (r == -EINVAL) {
        gp_say_value(binder->diags, binder->arena, node->at, node->text, node->quoted, GP_TYPE_BOOLEAN, expected);
        binder->errors++;
        r = 0;
    }
    return r;
}

int gp_bind_literal(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    const char *expected;

    if (!gp_bind_expect(binder, node, GP_NODE_SCALAR, "a scalar"))
        return 0;
    int r = gp_value_parse(field->type, node->text, node->quoted, binder->arena, out, &expected);
    if (r != -EINVAL)
        return r;
    gp_say_value(binder->diags, binder->arena, node->at, node->text, node->quoted, field->type, expected);
    binder->errors++;
    return 0;
}

int gp_bind_enum(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    size_t count = 0;

    if (!gp_bind_expect(binder, node, GP_NODE_SCALAR, "one word"))
        return 0;
    for (const struct gp_name *name = field->names; name->name; name++, count++)
        if (gp_str_is(node->text, name->name)) {
            memcpy(out, &name->value, sizeof(name->value));
            return 0;
        }
    const char **words = GP_NEW_ARRAY(binder->arena, const char *, count + 1);
    if (!words)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++)
        words[i] = field->names[i].name;
    const char *list = gp_bind_words(binder, words);
    struct gp_diag *diag = gp_bind_error(binder, GP_DIAG_NOT_ONE_OF, node->at, "'%s' %s %s, not '%s'", field->key,
                                         count == 1 ? "can only be" : "is one of", list,
                                         gp_say_brief(binder->arena, node->text));
    if (diag)
        gp_diag_suggest(binder->diags, diag, gp_text_nearest(node->text, field->names, count, sizeof(*field->names)));
    return 0;
}

/* ---- texts with ${name} ------------------------------------------------------------------------------------------ */

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

/* The offset of the next "${" at or behind `from`, or the length. */
static size_t find_opening(struct gp_str text, size_t from)
{
    for (size_t i = from; i + 1 < text.len; i++)
        if (text.data[i] == '$' && text.data[i + 1] == '{')
            return i;
    return text.len;
}

/* Reads "${name}" at `at`; the offset behind it, or 0 after saying what is wrong. */
static size_t read_name(struct gp_binder *binder, const struct gp_node *node, size_t offset, struct gp_str text,
                        size_t at, struct gp_piece *ret_piece)
{
    size_t start = at + 2, end = start;

    while (end < text.len && name_char(text.data[end]))
        end++;
    if (end == text.len || text.data[end] != '}') {
        if (memchr(text.data + start, '}', text.len - start))
            gp_bind_error(binder, GP_DIAG_TEXT_SYNTAX, gp_bind_within(node, offset + end, 1),
                          "a name in ${ } has letters, digits, '-', '_' and '.' only");
        else
            gp_bind_error(binder, GP_DIAG_TEXT_SYNTAX, gp_bind_within(node, offset + at, end - at),
                          "'${' is not closed");
        return 0;
    }
    struct gp_span span = gp_bind_within(node, offset + at, end + 1 - at);
    if (end == start) {
        gp_bind_error(binder, GP_DIAG_TEXT_SYNTAX, span, "'${}' names nothing");
        return 0;
    }
    /* What the name means is the linker's to say. */
    *ret_piece = (struct gp_piece){.kind = GP_PIECE_PARAM, .at = span, .text = {text.data + start, end - start}};
    return end + 1;
}

int gp_bind_template(struct gp_binder *binder, const struct gp_node *node, size_t offset, struct gp_str text,
                     const struct gp_template **ret_template)
{
    struct gp_template *result = GP_NEW(binder->arena, struct gp_template);
    GP_VEC(struct gp_piece) pieces = {0};
    size_t errors = binder->errors;

    if (!result)
        return -ENOMEM;
    for (size_t at = 0; at < text.len;) {
        size_t opening = find_opening(text, at);
        struct gp_piece piece = {.kind = GP_PIECE_LITERAL, .text = {text.data + at, opening - at}};
        if (opening == at) {
            at = read_name(binder, node, offset, text, at, &piece);
            if (binder->errors > errors)
                return 0;
        } else {
            at = opening;
        }
        if (gp_vec_push(binder->arena, &pieces, piece) < 0)
            return -ENOMEM;
    }
    *result = (struct gp_template){node->at, pieces.data, pieces.count};
    *ret_template = result;
    return 0;
}

int gp_bind_text(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    if (!gp_bind_there(binder, node) || !gp_bind_expect_text(binder, node, "a text"))
        return 0;
    if (!node->text.len && field->flags & GP_FIELD_NOT_EMPTY) {
        gp_bind_error(binder, GP_DIAG_EMPTY_TEXT, node->at, "'%s' is an empty text", field->key);
        return 0;
    }
    return gp_bind_template(binder, node, 0, node->text, out);
}

int gp_bind_texts(struct gp_binder *binder, const struct gp_field *field, const struct gp_node *node, void *out)
{
    struct gp_templates *list = out;

    if (!gp_bind_expect(binder, node, GP_NODE_LIST, "a list of texts"))
        return 0;
    if (!node->count) {
        gp_bind_error(binder, GP_DIAG_EMPTY_LIST, node->at, "'%s' is an empty list", field->key);
        return 0;
    }
    list->data = GP_NEW_ARRAY(binder->arena, const struct gp_template *, node->count);
    if (!list->data)
        return -ENOMEM;
    for (list->count = 0; list->count < node->count; list->count++) {
        int r = gp_bind_text(binder, field, node->items[list->count], &list->data[list->count]);
        if (r < 0)
            return r;
    }
    return 0;
}
