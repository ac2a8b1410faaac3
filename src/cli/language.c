/* Rows of families and tables, seen alike. */
#include "cli/language.h"

#include <errno.h>

#include "rule/tables.h"
#include "util/vec.h"

/* ---- words ------------------------------------------------------------------------------------------------------- */

typedef GP_VEC(struct gp_word) words_t;

static const char *help_of(const struct gp_object *object)
{
    return object && object->help ? object->help : "";
}

static const struct gp_field *fields_of(const struct gp_object *object)
{
    return object ? object->fields : NULL;
}

/* A word that is a mapping with keys: all but facets, where any kind of value may stand. */
static int add(struct gp_arena *arena, words_t *words, enum gp_word_kind kind, const char *name,
               const struct gp_object *object, const char *example, const struct gp_field *common)
{
    return gp_vec_push(arena, words, (struct gp_word){.kind = kind, .name = name, .help = help_of(object),
                                                      .example = example, .built = object != NULL,
                                                      .fields = fields_of(object), .common = common});
}

static int add_predicates(struct gp_arena *arena, words_t *words)
{
    int r = 0;

    for (const struct gp_form *const *family = gp_registry.forms; *family; family++)
        for (const struct gp_form *row = *family; row->key && r == 0; row++)
            r = add(arena, words, GP_WORD_PREDICATE, row->key, row->object, row->example, gp_cond_fields);
    return r;
}

static int add_facets(struct gp_arena *arena, words_t *words)
{
    int r = 0;

    for (const struct gp_facet_def *const *family = gp_registry.facets; *family; family++)
        for (const struct gp_facet_def *row = *family; row->key && r == 0; row++)
            r = gp_vec_push(arena, words, (struct gp_word){.kind = GP_WORD_FACET, .name = row->key,
                                                           .help = row->value.help ? row->value.help : "",
                                                           .example = row->example,
                                                           .built = !(row->value.flags & GP_FIELD_HOLE),
                                                           .fields = fields_of(row->value.object),
                                                           .value = &row->value});
    return r;
}

static int add_reads(struct gp_arena *arena, words_t *words)
{
    int r = 0;

    for (const struct gp_read_def *const *family = gp_registry.reads; *family; family++)
        for (const struct gp_read_def *row = *family; row->key && r == 0; row++)
            r = add(arena, words, GP_WORD_READ, row->key, row->object, row->example, gp_read_fields);
    return r;
}

static int add_actions(struct gp_arena *arena, words_t *words)
{
    int r = 0;

    for (const struct gp_step_def *const *family = gp_registry.steps; *family; family++)
        for (const struct gp_step_def *row = *family; row->key && r == 0; row++)
            r = add(arena, words, GP_WORD_ACTION, row->key, row->object, row->example, gp_step_fields);
    return r;
}

static int add_mappings(struct gp_arena *arena, words_t *words)
{
    int r = 0;

    for (const struct gp_object *const *object = gp_objects; *object && r == 0; object++)
        r = add(arena, words, GP_WORD_MAPPING, (*object)->name, *object, NULL, NULL);
    return r;
}

static const struct {
    const char *name;
    int (*add)(struct gp_arena *arena, words_t *words);
} kinds[GP_WORD_KINDS] = {
    [GP_WORD_PREDICATE] = {"predicate", add_predicates},
    [GP_WORD_FACET] = {"facet", add_facets},
    [GP_WORD_READ] = {"read", add_reads},
    [GP_WORD_ACTION] = {"action", add_actions},
    [GP_WORD_MAPPING] = {"mapping", add_mappings},
};

const char *gp_word_kind_name(enum gp_word_kind kind)
{
    return kinds[kind].name;
}

int gp_words(struct gp_arena *arena, enum gp_word_kind kind, struct gp_word **ret_words, size_t *ret_count)
{
    words_t words = {0};
    int r = kinds[kind].add(arena, &words);

    if (r < 0)
        return r;
    *ret_words = words.data;
    *ret_count = words.count;
    return 0;
}

/* ---- what stands behind a key ------------------------------------------------------------------------------------ */

static void names(struct gp_strbuf *out, const struct gp_name *name)
{
    for (const char *between = ""; name && name->name; name++, between = " | ")
        gp_strbuf_printf(out, "%s%s", between, name->name);
}

static void paths(struct gp_strbuf *out, unsigned flags)
{
    gp_strbuf_add(out, flags & GP_FIELD_GLOB ? "path or glob" : "path");
    if (flags & GP_FIELD_LIST)
        gp_strbuf_add(out, ", or a list");
}

static const char *type_words(enum gp_type type)
{
    return type == GP_TYPE_ANY ? "value" : gp_type_name(type);
}

void gp_field_words(struct gp_strbuf *out, const struct gp_field *field)
{
    static const char *const fixed[] = {
        [GP_KIND_STRING] = "text",           [GP_KIND_TEXT] = "text with ${name}",
        [GP_KIND_TEXTS] = "list of texts",   [GP_KIND_BOOLEAN] = "true | false",
        [GP_KIND_PATTERN] = "pattern",       [GP_KIND_CONDITION] = "condition",
        [GP_KIND_CONDITIONS] = "list of conditions", [GP_KIND_STRINGS] = "text or list",
        [GP_KIND_OBJECT] = "mapping",        [GP_KIND_LIST] = "list of mappings",
        [GP_KIND_MAP] = "mapping of ids",    [GP_KIND_READ] = "read",
        [GP_KIND_STEPS] = "list of actions", [GP_KIND_ANY] = "anything",
        [GP_KIND_SCALAR] = "scalar",
    };

    switch (field->kind) {
    case GP_KIND_ENUM:
        names(out, field->names);
        break;
    case GP_KIND_PATHS:
        paths(out, field->flags);
        break;
    case GP_KIND_LITERAL:
    case GP_KIND_EXPR:
        gp_strbuf_add(out, type_words(field->type));
        break;
    case GP_KIND_EXPRS:
        gp_strbuf_printf(out, "list of %ss", type_words(field->type));
        break;
    case GP_KIND_COMPARISON:
        gp_strbuf_printf(out, "%s or comparison", type_words(field->type));
        break;
    case GP_KIND_REF:
    case GP_KIND_REFS:
        gp_strbuf_printf(out, "id of %s", gp_section_name(field->section));
        if (field->kind == GP_KIND_REFS)
            gp_strbuf_add(out, ", or a list");
        break;
    default:
        gp_strbuf_add(out, field->kind < GP_COUNT(fixed) && fixed[field->kind] ? fixed[field->kind] : "value");
    }
}
