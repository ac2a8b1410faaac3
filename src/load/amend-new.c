/* What an amendment adds: a new definition, or an id that was misspelt or has gone. */
#include <errno.h>
#include <string.h>

#include "load/amend-internal.h"
#include "load/mapping.h"
#include "rule/model.h"
#include "rule/tables.h"
#include "util/strbuf.h"
#include "util/text.h"

#define CANDIDATES 8               /* ids that a note lists */
#define COMPARISONS ((size_t)1 << 18) /* in an amendment, to warn of ids that are near to others: no more than a moment */

bool gp_amend_has_one_of(const struct gp_object *object, const struct gp_node *node)
{
    for (const char *const *key = object->one_of; *key; key++)
        if (gp_node_get(node, *key))
            return true;
    return false;
}

static void list_keys(struct gp_strbuf *out, const char *const *keys, const char *between)
{
    for (size_t i = 0; keys[i]; i++)
        gp_strbuf_printf(out, "%s'%s'", i ? between : "", keys[i]);
}

/* Appends what a new definition must have and `node` has not: "'that' and 'otherwise'". */
static void list_missing(struct gp_strbuf *out, const struct gp_object *object, const struct gp_node *node)
{
    for (const struct gp_field *field = object->fields; field->key; field++)
        if ((field->flags & GP_FIELD_REQUIRED) && !gp_node_get(node, field->key))
            gp_strbuf_printf(out, "%s'%s'", out->len ? " and " : "", field->key);
    if (object->one_of && !gp_amend_has_one_of(object, node)) {
        gp_strbuf_add(out, out->len ? " and one of " : "one of ");
        list_keys(out, object->one_of, ", ");
    }
}

/* Whether completeness tells a new definition from a misspelt id. */
static bool asks_for_fields(const struct gp_object *object)
{
    for (const struct gp_field *field = object->fields; field->key; field++)
        if (field->flags & GP_FIELD_REQUIRED)
            return true;
    return object->one_of;
}

void gp_amend_show_candidates(struct gp_amend *amend, struct gp_diag *diag, const char *what,
                              const struct gp_node *among, size_t count, struct gp_str id)
{
    const char *near = diag && count ? gp_text_nearest(id, among->pairs, count, sizeof(*among->pairs)) : NULL;
    const struct gp_pair *pair = near ? gp_node_pair(among, (struct gp_str){near, strlen(near)}) : NULL;
    struct gp_strbuf list = {0};

    if (!diag)
        return;
    gp_diag_suggest(amend->diags, diag, near);
    if (pair)
        gp_diag_note(amend->diags, diag, pair->key_at, "the %s '%s' is here", what, near);
    for (size_t i = 0; i < count && i < CANDIDATES; i++)
        gp_strbuf_printf(&list, "%s%.*s", i ? ", " : "", GP_STR_ARG(among->pairs[i].key));
    if (!pair && count)
        gp_diag_note(amend->diags, diag, among->pairs[0].key_at, "there %s: %s%s", count == 1 ? "is" : "are",
                     gp_strbuf_text(&list), count > CANDIDATES ? ", …" : "");
    gp_diag_note(amend->diags, diag, (struct gp_span){0},
                 "it may have gone from the rule set that is amended, or been renamed; nothing is decided with the set "
                 "until this is put right");
    gp_strbuf_done(&list);
}

static void say_incomplete(struct gp_amend *amend, const struct gp_object *object, const struct gp_node *among,
                           size_t old, const struct gp_pair *pair, const char *missing)
{
    amend->errors = true;
    struct gp_diag *diag =
        gp_diag_add(amend->diags, GP_DIAG_AMEND_INCOMPLETE, pair->key_at,
                    "there is no %s '%.*s' to change, and a new one lacks %s", object->name, GP_STR_ARG(pair->key),
                    missing);
    gp_amend_show_candidates(amend, diag, object->name, among, old, pair->key);
}

/* The id that a new one, which is complete, may be a slip of. */
static const char *near_complete(struct gp_amend *amend, const struct gp_node *among, size_t old, struct gp_str id)
{
    if (!old || amend->compared + old > COMPARISONS)
        return NULL;
    amend->compared += old;
    return gp_text_nearest(id, among->pairs, old, sizeof(*among->pairs));
}

static void warn_if_near(struct gp_amend *amend, const struct gp_object *object, const char *near,
                         const struct gp_pair *pair)
{
    if (!near)
        return;
    struct gp_diag *diag = gp_diag_add(amend->diags, GP_DIAG_AMEND_NEAR, pair->key_at, "this adds a new %s '%.*s'",
                                       object->name, GP_STR_ARG(pair->key));
    gp_diag_suggest(amend->diags, diag, near);
}

/* Whether a requirement that is complete is written like a change of another. */
static bool is_bare(const struct gp_object *object, const struct gp_node *node)
{
    return object == &gp_object_requirement && !gp_node_get(node, "title") && !gp_node_get(node, "otherwise");
}

static void warn_of_bare(struct gp_amend *amend, const char *near, const struct gp_pair *pair)
{
    struct gp_diag *diag =
        gp_diag_add(amend->diags, GP_DIAG_AMEND_BARE, pair->key_at,
                    "this adds a new requirement '%.*s', without 'title' and 'otherwise'", GP_STR_ARG(pair->key));
    gp_diag_suggest(amend->diags, diag, near);
    gp_diag_note(amend->diags, diag, (struct gp_span){0},
                 "if it was to change one: that has gone from the rule set that is amended, or been renamed");
}

/* Reports a new id that cannot be meant as one.  `*ret_add`: whether it is added all the same. */
static int check_new(struct gp_amend *amend, const struct gp_field *element, const struct gp_node *among, size_t old,
                     const struct gp_pair *pair, bool *ret_add)
{
    const struct gp_object *object = element->kind == GP_KIND_OBJECT ? element->object : NULL;
    struct gp_strbuf missing = {0};

    *ret_add = true;
    if (!object || pair->value->kind != GP_NODE_MAPPING)
        return 0;
    list_missing(&missing, object, pair->value);
    if (!gp_strbuf_ok(&missing)) {
        gp_strbuf_done(&missing);
        return -ENOMEM;
    }
    *ret_add = !missing.len;
    if (missing.len)
        say_incomplete(amend, object, among, old, pair, gp_strbuf_text(&missing));
    else if (!asks_for_fields(object))
        warn_if_near(amend, object, near_complete(amend, among, old, pair->key), pair);
    else if (is_bare(object, pair->value))
        warn_of_bare(amend, near_complete(amend, among, old, pair->key), pair);
    gp_strbuf_done(&missing);
    return 0;
}

int gp_amend_add_new(struct gp_amend *amend, const struct gp_field *element, struct gp_node *map, size_t old,
                     const struct gp_pair *pair)
{
    bool add;

    if (check_new(amend, element, map, old, pair, &add) < 0)
        return -ENOMEM;
    return add ? gp_mapping_add(amend->arena, map, *pair) : 0;
}
