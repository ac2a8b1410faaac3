/* What the binder says about keys and shapes, and where. */
#include "load/bind-internal.h"

#include <string.h>

#include "rule/say.h"
#include "rule/tables.h"
#include "util/text.h"
#include "util/vec.h"

bool gp_bind_there(struct gp_binder *binder, const struct gp_node *node)
{
    if (node->kind == GP_NODE_SCALAR && node->broken)
        binder->errors++;
    else if (gp_node_is_null(node))
        gp_bind_error(binder, GP_DIAG_NO_VALUE, node->at, "there is no value here");
    else
        return true;
    return false;
}

bool gp_bind_expect(struct gp_binder *binder, const struct gp_node *node, enum gp_node_kind kind, const char *expected)
{
    if (node->kind == kind)
        return true;
    const char *found = gp_node_describe(node, binder->arena);
    gp_bind_error(binder, GP_DIAG_WRONG_KIND, node->at, "expected %s, found %s", expected,
                  found ? found : "something else");
    return false;
}

bool gp_bind_expect_text(struct gp_binder *binder, const struct gp_node *node, const char *expected)
{
    static const char *const keys[] = {"param", "var"};

    if (node->kind == GP_NODE_SCALAR)
        return true;
    struct gp_diag *diag = gp_bind_error(binder, GP_DIAG_WRONG_KIND, node->at, "expected %s, found %s", expected,
                                         gp_node_describe(node, binder->arena));
    for (size_t i = 0; diag && i < GP_COUNT(keys); i++) {
        const struct gp_node *id = gp_node_get(node, keys[i]);
        if (!id || id->kind != GP_NODE_SCALAR || node->count != 1)
            continue;
        const char *brief = gp_say_brief(binder->arena, id->text);
        gp_diag_note(binder->diags, diag, (struct gp_span){0}, "in a text or path a value is written ${%s}", brief);
        gp_diag_suggest(binder->diags, diag, gp_arena_printf(binder->arena, "\"${%s}\"", brief));
    }
    return false;
}

struct gp_span gp_bind_within(const struct gp_node *node, size_t offset, size_t length)
{
    struct gp_span span = node->at;
    size_t quotes = node->quoted ? 1 : 0;

    /* Escapes, folded lines and block scalars: the text is not what stands in the file. */
    if (node->kind != GP_NODE_SCALAR || span.length != node->text.len + 2 * quotes || offset > node->text.len)
        return span;
    span.offset += (uint32_t)(quotes + offset);
    span.length = (uint32_t)length;
    return span;
}

struct gp_span gp_bind_head(const struct gp_node *node)
{
    if (node->kind == GP_NODE_MAPPING && node->count && node->pairs[0].key_at.offset == node->at.offset)
        return node->pairs[0].key_at; /* a block: it would be underlined as a whole */
    return node->at;
}

/* ---- words ------------------------------------------------------------------------------------------------------- */

typedef GP_VEC(const char *) word_list;

static const char *join(struct gp_arena *arena, const char *const *words, size_t count)
{
    struct gp_strbuf text = {0};

    for (size_t i = 0; i < count; i++) {
        gp_strbuf_add(&text, i ? ", " : "");
        gp_strbuf_add(&text, words[i]);
    }
    const char *joined = gp_strbuf_ok(&text) ? gp_arena_strdup(arena, gp_strbuf_text(&text)) : NULL;
    gp_strbuf_done(&text);
    return joined ? joined : "";
}

const char *gp_bind_words(struct gp_binder *binder, const char *const *words)
{
    size_t count = 0;

    while (words[count])
        count++;
    return join(binder->arena, words, count);
}

static void add_word(struct gp_binder *binder, word_list *words, const char *word)
{
    if (word && gp_vec_push(binder->arena, words, word) < 0)
        return; /* one suggestion less */
}

static void add_fields(struct gp_binder *binder, word_list *words, const struct gp_field *fields)
{
    for (const struct gp_field *field = fields; field && field->key; field++)
        add_word(binder, words, field->key);
}

#define ADD_KEYS(binder, words, type, lists)                            \
    for (const type *const *list = (lists); list && *list; list++)      \
        for (const type *row = *list; row->key; row++)                  \
            add_word((binder), (words), row->key)

/* The same without what this build does not have. */
#define ADD_BUILT(binder, words, type, lists)                           \
    for (const type *const *list = (lists); list && *list; list++)      \
        for (const type *row = *list; row->key; row++)                  \
            add_word((binder), (words), row->object ? row->key : NULL)

static void add_family(struct gp_binder *binder, word_list *words, enum gp_family family)
{
    if (family == GP_FAMILY_FORM)
        ADD_KEYS(binder, words, struct gp_form, binder->registry->forms);
    else if (family == GP_FAMILY_READ)
        ADD_KEYS(binder, words, struct gp_read_def, binder->registry->reads);
    else
        ADD_KEYS(binder, words, struct gp_step_def, binder->registry->steps);
}

const char *gp_bind_family_keys(struct gp_binder *binder, enum gp_family family)
{
    word_list words = {0};

    if (family == GP_FAMILY_FORM)
        ADD_BUILT(binder, &words, struct gp_form, binder->registry->forms);
    else if (family == GP_FAMILY_READ)
        ADD_BUILT(binder, &words, struct gp_read_def, binder->registry->reads);
    else
        ADD_BUILT(binder, &words, struct gp_step_def, binder->registry->steps);
    return join(binder->arena, words.data, words.count);
}

/* ---- unknown keys ------------------------------------------------------------------------------------------------ */

static bool has_key(const struct gp_field *fields, struct gp_str key)
{
    for (const struct gp_field *field = fields; field && field->key; field++)
        if (gp_str_is(key, field->key))
            return true;
    return false;
}

/* The first field of a row's object is the key that chooses it. */

#define ADD_OWNERS(binder, words, type, lists, wanted)                  \
    for (const type *const *list = (lists); list && *list; list++)      \
        for (const type *row = *list; row->key; row++)                  \
            if (row->object && has_key(row->object->fields + 1, (wanted))) \
                add_word((binder), (words), row->key)

/* A note for each place where a key would mean something. */
static void say_home(struct gp_binder *binder, struct gp_diag *diag, struct gp_str key)
{
    const struct gp_registry *registry = binder->registry;
    struct gp_span nowhere = {0};
    word_list objects = {0}, rows = {0};

    for (const struct gp_object *const *object = gp_objects; *object; object++)
        if (has_key((*object)->fields, key))
            add_word(binder, &objects, (*object)->name);
    if (objects.count)
        gp_diag_note(binder->diags, diag, nowhere, "'%.*s' is a key of: %s", GP_STR_ARG(key),
                     join(binder->arena, objects.data, objects.count));
    if (gp_registry_form(registry, key))
        gp_diag_note(binder->diags, diag, nowhere,
                     "'%.*s' is a condition; it stands where one is expected, as behind 'that'", GP_STR_ARG(key));
    if (gp_registry_facet(registry, key))
        gp_diag_note(binder->diags, diag, nowhere, "'%.*s' is a facet; it stands beside a key such as 'file' or 'each'",
                     GP_STR_ARG(key));
    if (gp_registry_read(registry, key))
        gp_diag_note(binder->diags, diag, nowhere, "'%.*s' can be read; it stands behind 'read' of a marker",
                     GP_STR_ARG(key));
    if (gp_registry_step(registry, key))
        gp_diag_note(binder->diags, diag, nowhere, "'%.*s' is a step; it stands in an 'action'", GP_STR_ARG(key));
    ADD_OWNERS(binder, &rows, struct gp_form, registry->forms, key);
    if (rows.count)
        gp_diag_note(binder->diags, diag, nowhere, "'%.*s' goes with: %s", GP_STR_ARG(key),
                     join(binder->arena, rows.data, rows.count));
}

/* The keys that would mean something in the mapping. */
static void add_candidates(struct gp_binder *binder, word_list *words, const struct gp_key_set *set)
{
    for (size_t i = 0; i < GP_COUNT(set->tables); i++)
        add_fields(binder, words, set->tables[i].fields);
    if (set->form) {
        if (set->form->flags & GP_FORM_FACETS)
            ADD_KEYS(binder, words, struct gp_facet_def, binder->registry->facets);
        return;
    }
    if (set->tables[0].fields == gp_cond_fields)
        add_family(binder, words, GP_FAMILY_FORM);
    else if (set->tables[0].fields == gp_read_fields)
        add_family(binder, words, GP_FAMILY_READ);
    else if (set->tables[0].fields == gp_step_fields)
        add_family(binder, words, GP_FAMILY_STEP);
}

/* `otherwise { cause: … }` makes a key of all that stands before the first ':'. */
static void say_colon(struct gp_binder *binder, struct gp_diag *diag, struct gp_str key, const word_list *words)
{
    const char *space = memchr(key.data, ' ', key.len);
    struct gp_str first = {key.data, space ? (size_t)(space - key.data) : 0};

    for (size_t i = 0; i < words->count; i++)
        if (first.len && gp_str_is(first, words->data[i]))
            gp_diag_note(binder->diags, diag, (struct gp_span){0}, "a ':' is missing behind '%s'", words->data[i]);
}

void gp_bind_unknown_key(struct gp_binder *binder, const struct gp_key_set *set, const struct gp_pair *pair)
{
    const char *brief = gp_say_brief(binder->arena, pair->key);
    struct gp_diag *diag;
    word_list words = {0};

    if (set->form && gp_registry_facet(binder->registry, pair->key)) {
        diag = gp_bind_error(binder, GP_DIAG_FACET_PLACE, pair->key_at, "'%s' is a facet, and '%s' takes none", brief,
                             set->form->key);
        ADD_KEYS(binder, &words, struct gp_form, binder->registry->forms);
        size_t count = 0;
        for (size_t i = 0; i < words.count; i++) {
            struct gp_str key = {words.data[i], strlen(words.data[i])};
            if (gp_registry_form(binder->registry, key)->flags & GP_FORM_FACETS)
                words.data[count++] = words.data[i];
        }
        if (diag && count)
            gp_diag_note(binder->diags, diag, (struct gp_span){0}, "facets go with: %s",
                         join(binder->arena, words.data, count));
        return;
    }
    diag = gp_bind_error(binder, GP_DIAG_UNKNOWN_KEY, pair->key_at, "unknown key '%s' in %s %s", brief,
                         gp_say_article(set->what), set->what);
    if (!diag)
        return;
    add_candidates(binder, &words, set);
    const char *near = gp_text_nearest(pair->key, words.data, words.count, sizeof(*words.data));
    gp_diag_suggest(binder->diags, diag, near);
    say_colon(binder, diag, pair->key, &words);
    say_home(binder, diag, pair->key);
    if (!near && !set->form && set->tables[0].fields == gp_cond_fields)
        gp_diag_note(binder->diags, diag, (struct gp_span){0}, "a condition has one of: %s",
                     gp_bind_family_keys(binder, GP_FAMILY_FORM));
}
