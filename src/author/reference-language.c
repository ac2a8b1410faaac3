/* The words of the language: mappings, conditions, facets, reads, steps. */
#include "author/reference-internal.h"

#include <stdio.h>

#include "rule/tests.h"

static bool has(const struct gp_object *const *objects, const struct gp_object *object)
{
    while (*objects && *objects != object)
        objects++;
    return *objects != NULL;
}

bool gp_reference_has_section(const struct gp_object *object)
{
    return has(gp_objects, object) || has(gp_test_objects, object);
}

static void one_of(struct gp_strbuf *out, const char *const *keys)
{
    gp_strbuf_add(out, "One of\n.Cm ");
    for (const char *const *word = keys; *word; word++)
        gp_strbuf_printf(out, "%s%s", word == keys ? "" : " , ", *word);
    gp_strbuf_add(out, "\nmust be there, and only one.\n");
}

static void mapping(struct gp_strbuf *out, const struct gp_object *object)
{
    gp_mdoc_section(out, object->name);
    gp_mdoc_help(out, object->help);
    if (object->one_of)
        one_of(out, object->one_of);
    gp_reference_keys(out, object->fields);
}

void gp_reference_mappings(struct gp_strbuf *out, const struct gp_registry *registry)
{
    (void)registry;
    gp_mdoc_section(out, "keys of every definition");
    gp_reference_common_keys(out);
    for (const struct gp_object *const *object = gp_objects; *object; object++)
        mapping(out, *object);
}

void gp_reference_tests(struct gp_strbuf *out, const struct gp_registry *registry)
{
    (void)registry;
    for (const struct gp_object *const *object = gp_test_objects; *object; object++)
        mapping(out, *object);
}

/* ---- families ---------------------------------------------------------------------------------------------------- */

static void absent(struct gp_strbuf *out, const char *key)
{
    gp_mdoc_item(out, key, "not in this build");
    gp_mdoc_text(out, "Known, but not in this build: a rule set that uses it does not load.");
}

/* What a word of a family is, with all its keys: the first is the word itself. */
static void family_word(struct gp_strbuf *out, const char *key, const char *about, const struct gp_object *object,
                        const char *example)
{
    gp_mdoc_item(out, key, about);
    gp_mdoc_help(out, object->help);
    gp_reference_keys(out, object->fields);
    if (example)
        gp_mdoc_example(out, example);
}

static const char *form_words(const struct gp_form *form)
{
    if (form->flags & GP_FORM_FACETS)
        return "takes facets";
    if (form->flags & GP_FORM_ENSURES)
        return "in ensures only";
    return form->flags & GP_FORM_NO_STATE ? "not in states" : NULL;
}

void gp_reference_conditions(struct gp_strbuf *out, const struct gp_registry *registry)
{
    gp_mdoc_section(out, "keys of every condition");
    gp_reference_keys(out, gp_cond_fields);
    gp_mdoc_section(out, "forms of conditions");
    gp_mdoc_list(out, false);
    for (const struct gp_form *const *family = registry->forms; *family; family++)
        for (const struct gp_form *form = *family; form->key; form++) {
            if (form->object)
                family_word(out, form->key, form_words(form), form->object, form->example);
            else
                absent(out, form->key);
        }
    gp_mdoc_list_end(out);
}

/* A facet's keys are those of the mapping behind it, if it is one. */
static void facet(struct gp_strbuf *out, const struct gp_facet_def *def)
{
    struct gp_strbuf words = {0};
    unsigned both = GP_FACET_FILES | GP_FACET_DIRECTORIES;

    gp_reference_words(&words, &def->value);
    gp_strbuf_printf(&words, "; of %s", (def->flags & both) == both    ? "files and directories"
                                        : def->flags & GP_FACET_FILES ? "files"
                                                                      : "directories");
    out->failed |= words.failed;
    gp_mdoc_item(out, def->key, gp_strbuf_text(&words));
    gp_strbuf_done(&words);
    gp_mdoc_help(out, def->value.help);
    if (def->value.kind == GP_KIND_ENUM)
        gp_reference_names(out, def->value.names);
    if (def->value.object) {
        gp_mdoc_help(out, def->value.object->help);
        gp_reference_keys(out, def->value.object->fields);
    }
    if (def->example)
        gp_mdoc_example(out, def->example);
}

void gp_reference_facets(struct gp_strbuf *out, const struct gp_registry *registry)
{
    gp_mdoc_section(out, "facets");
    gp_mdoc_list(out, false);
    for (const struct gp_facet_def *const *family = registry->facets; *family; family++)
        for (const struct gp_facet_def *def = *family; def->key; def++) {
            if (def->value.flags & GP_FIELD_HOLE)
                absent(out, def->key);
            else
                facet(out, def);
        }
    gp_mdoc_list_end(out);
}

void gp_reference_reads(struct gp_strbuf *out, const struct gp_registry *registry)
{
    char about[64];

    gp_mdoc_section(out, "keys of every read");
    gp_reference_keys(out, gp_read_fields);
    gp_mdoc_section(out, "reads");
    gp_mdoc_list(out, false);
    for (const struct gp_read_def *const *family = registry->reads; *family; family++)
        for (const struct gp_read_def *def = *family; def->key; def++) {
            snprintf(about, sizeof(about), "yields: %s", def->type_of ? "what the field holds" : gp_type_name(def->type));
            if (def->object)
                family_word(out, def->key, about, def->object, def->example);
            else
                absent(out, def->key);
        }
    gp_mdoc_list_end(out);
}

void gp_reference_steps(struct gp_strbuf *out, const struct gp_registry *registry)
{
    gp_mdoc_section(out, "keys of every step");
    gp_reference_keys(out, gp_step_fields);
    gp_mdoc_section(out, "steps");
    gp_mdoc_list(out, false);
    for (const struct gp_step_def *const *family = registry->steps; *family; family++)
        for (const struct gp_step_def *def = *family; def->key; def++) {
            if (def->object)
                family_word(out, def->key, NULL, def->object, def->example);
            else
                absent(out, def->key);
        }
    gp_mdoc_list_end(out);
}
