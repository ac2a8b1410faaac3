/* show: a definition of a rule set, or a word of the rule language. */
#include <errno.h>
#include <string.h>

#include "cli/language.h"
#include "cli/rulesets.h"
#include "cli/verbs.h"
#include "report/words.h"
#include "util/text.h"
#include "util/vec.h"

#define WIDTH 79

/* ---- definitions ------------------------------------------------------------------------------------------------- */

static int show_definition(struct gp_cli *cli, const struct gp_ruleset *rules, enum gp_section section,
                           const struct gp_map_entry *entry)
{
    struct gp_strbuf out = {0};

    if (cli->options.format != GP_FORMAT_TEXT)
        return gp_output_json(&cli->output, gp_json_definition(rules, section, entry));
    if (cli->output.began)
        gp_strbuf_add_char(&out, '\n');
    gp_text_definition(&out, &cli->style, rules, section, entry);
    return gp_output_text(&cli->output, &out);
}

static int show_definitions(struct gp_cli *cli, struct gp_str id, size_t *count)
{
    const struct gp_ruleset *only;
    struct gp_str name = gp_rulesets_split(cli, id, &only);

    for (size_t i = 0; i < cli->set_count; i++) {
        for (enum gp_section section = 0; section < GP_SECTION_COUNT; section++) {
            const struct gp_map *map = only && only != cli->sets[i] ? NULL : gp_definitions_in(cli->sets[i], section);
            const struct gp_map_entry *entry = map ? gp_map_find(map, name) : NULL;

            if (!entry)
                continue;
            int r = show_definition(cli, cli->sets[i], section, entry);
            if (r < 0)
                return r;
            ++*count;
        }
    }
    return 0;
}

/* ---- words of the language --------------------------------------------------------------------------------------- */

static size_t count_fields(const struct gp_field *field)
{
    size_t count = 0;

    while (field && field[count].kind != GP_KIND_END)
        count++;
    return count;
}

/* "  key   what may stand there   (required)" with the help beneath. */
static void text_field(struct gp_strbuf *out, const struct gp_field *field)
{
    gp_strbuf_printf(out, "  %s: ", field->key);
    gp_field_words(out, field);
    if (field->flags & GP_FIELD_REQUIRED)
        gp_strbuf_add(out, " (required)");
    if (field->flags & GP_FIELD_HOLE)
        gp_strbuf_add(out, " (not in this build)");
    gp_strbuf_add_char(out, '\n');
    if (field->help)
        gp_wrap(out, field->help, 6, WIDTH);
}

static void text_word(struct gp_strbuf *out, const struct gp_word *word)
{
    gp_strbuf_printf(out, "%s: %s%s\n", word->name, gp_word_kind_name(word->kind),
                     word->built ? "" : ", known, but not in this build");
    if (*word->help)
        gp_wrap(out, word->help, 2, WIDTH);
    if (word->value || count_fields(word->fields))
        gp_strbuf_add_char(out, '\n');
    if (word->value) {
        gp_strbuf_printf(out, "  %s: ", word->name);
        gp_field_words(out, word->value);
        gp_strbuf_add_char(out, '\n');
    }
    for (size_t i = 0; i < count_fields(word->fields); i++)
        text_field(out, &word->fields[i]);
    if (word->common && word->built) {
        gp_strbuf_printf(out, "\nKeys of every %s:\n", gp_word_kind_name(word->kind));
        for (size_t i = 0; i < count_fields(word->common); i++)
            text_field(out, &word->common[i]);
    }
    if (word->example && *word->example)
        gp_strbuf_printf(out, "\nExample:\n  %s\n", word->example);
}

static json_t *json_field(const struct gp_field *field)
{
    struct gp_strbuf words = {0};
    json_t *object = json_object();

    gp_field_words(&words, field);
    bool ok = object && gp_json_set(object, "key", gp_json_string0(field->key)) &&
              gp_json_set(object, "value", gp_json_string0(gp_strbuf_text(&words))) &&
              gp_json_set(object, "required", json_boolean(field->flags & GP_FIELD_REQUIRED)) &&
              gp_json_set(object, "help", gp_json_string0(field->help));
    gp_strbuf_done(&words);
    if (ok)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *json_fields(const struct gp_field *fields)
{
    json_t *array = json_array();

    for (size_t i = 0; array && i < count_fields(fields); i++) {
        if (!gp_json_append(array, json_field(&fields[i]))) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *json_word(const struct gp_word *word)
{
    json_t *object = json_object();

    if (object && gp_json_set(object, "kind", json_string(gp_word_kind_name(word->kind))) &&
        gp_json_set(object, "id", gp_json_string0(word->name)) &&
        gp_json_set(object, "help", gp_json_string0(word->help)) &&
        gp_json_set(object, "built", json_boolean(word->built)) &&
        gp_json_set(object, "keys", json_fields(word->fields)) &&
        gp_json_set(object, "example", gp_json_string0(word->example)))
        return object;
    json_decref(object);
    return NULL;
}

static int show_word(struct gp_cli *cli, const struct gp_word *word)
{
    struct gp_strbuf out = {0};

    if (cli->options.format != GP_FORMAT_TEXT)
        return gp_output_json(&cli->output, json_word(word));
    if (cli->output.began)
        gp_strbuf_add_char(&out, '\n');
    text_word(&out, word);
    return gp_output_text(&cli->output, &out);
}

static int show_words(struct gp_cli *cli, const char *id, size_t *count)
{
    for (enum gp_word_kind kind = 0; kind < GP_WORD_KINDS; kind++) {
        struct gp_word *words;
        size_t n;
        int r = gp_words(cli->arena, kind, &words, &n);

        for (size_t i = 0; i < n && r == 0; i++) {
            if (strcmp(words[i].name, id) != 0)
                continue;
            r = show_word(cli, &words[i]);
            ++*count;
        }
        if (r < 0)
            return r;
    }
    return 0;
}

/* ---- the verb ---------------------------------------------------------------------------------------------------- */

/* An id that an operation has, such as a requirement's, is shown with the operation. */
static const struct gp_map_entry *inside_operation(const struct gp_cli *cli, struct gp_str id)
{
    for (size_t i = 0; i < cli->set_count; i++) {
        const struct gp_map *operations = &cli->sets[i]->defs.operations;

        for (size_t k = 0; k < operations->count; k++) {
            const struct gp_operation *operation = operations->data[k].value;

            if (gp_map_find(&operation->requires, id) || gp_map_find(&operation->params, id) ||
                gp_map_find(&operation->ensures, id))
                return &operations->data[k];
        }
    }
    return NULL;
}

static int not_found(struct gp_cli *cli, const char *id)
{
    struct gp_str word = {id, strlen(id)};
    const struct gp_map_entry *operation = inside_operation(cli, word);
    GP_VEC(const char *) names = {0};
    int r = 0;

    if (operation)
        return gp_usage(cli, "'%s' is a part of the operation %.*s: gatepost show %.*s", id, GP_STR_ARG(operation->id),
                        GP_STR_ARG(operation->id));
    for (size_t i = 0; i < cli->set_count; i++) {
        for (enum gp_section section = 0; section < GP_SECTION_COUNT; section++) {
            const struct gp_map *map = gp_definitions_in(cli->sets[i], section);

            for (size_t k = 0; map && k < map->count && r == 0; k++)
                r = gp_vec_push(cli->arena, &names, map->data[k].id.data);
        }
    }
    if (r < 0)
        return r;
    const char *near = names.count ? gp_text_nearest(word, names.data, names.count, sizeof(*names.data)) : NULL;
    if (near)
        return gp_usage(cli, "nothing is called '%s'; did you mean '%s'?", id, near);
    return gp_usage(cli, "nothing is called '%s'", id);
}

int gp_cmd_show(struct gp_cli *cli)
{
    const char *id = cli->options.operands[0];
    size_t count = 0;
    int loaded = gp_rulesets_load(cli), r = loaded < 0 ? loaded : 0;

    if (r == 0)
        r = show_definitions(cli, (struct gp_str){id, strlen(id)}, &count);
    if (r == 0)
        r = show_words(cli, id, &count);
    if (r < 0)
        return r;
    /* A word of the language needs no rule set. */
    if (count)
        return GP_EXIT_OK;
    return loaded ? loaded : not_found(cli, id);
}
