/* show: a definition of a rule set, or a word of the rule language. */
#include <errno.h>
#include <string.h>

#include "author/origin.h"
#include "cli/language.h"
#include "cli/origins.h"
#include "cli/rulesets.h"
#include "cli/verbs.h"
#include "report/words.h"
#include "util/text.h"
#include "util/vec.h"

#define WIDTH 79

/* ---- definitions ------------------------------------------------------------------------------------------------- */

/* The text of what amendments changed, in the arena; NULL if they did not. */
static int effective_text(struct gp_cli *cli, const struct gp_origin_part *part, const char **ret_text)
{
    struct gp_load_options load;
    struct gp_strbuf text = {0};

    *ret_text = NULL;
    if (!gp_origin_is_amended(part))
        return 0;
    if (gp_rulesets_options(cli, &load) < 0)
        return -ENOMEM;
    struct gp_origin_style style = {.ascii = !cli->style.unicode && cli->options.format == GP_FORMAT_TEXT,
                                    .changes = true, .layers = load.layers, .layer_count = load.layer_count};
    gp_origin_yaml_part(&text, &style, part);
    *ret_text = gp_strbuf_ok(&text) ? gp_arena_strdup(cli->arena, gp_strbuf_text(&text)) : NULL;
    gp_strbuf_done(&text);
    return *ret_text ? 0 : -ENOMEM;
}

static int show_definition(struct gp_cli *cli, const struct gp_origin_part *part, const struct gp_map_entry *entry)
{
    struct gp_strbuf out = {0};
    const char *effective;

    if (effective_text(cli, part, &effective) < 0)
        return -ENOMEM;
    if (cli->options.format != GP_FORMAT_TEXT)
        return gp_output_json(&cli->output, gp_json_definition(part->rules, part->section, entry, effective));
    if (cli->output.began)
        gp_strbuf_add_char(&out, '\n');
    gp_text_definition(&out, &cli->style, part->rules, part->section, entry, effective, cli->now);
    return gp_output_text(&cli->output, &out);
}

/* What the maps of definitions that have parts are called, and the parts. */
static const struct {
    const char *group, *kind;
    enum gp_section section;
    size_t offset; /* of the struct gp_map */
} groups[] = {
    {"requires", "requirement", GP_SECTION_OPERATION, offsetof(struct gp_operation, requires)},
    {"params", "parameter", GP_SECTION_OPERATION, offsetof(struct gp_operation, params)},
    {"ensures", "ensured condition", GP_SECTION_OPERATION, offsetof(struct gp_operation, ensures)},
    {"causes", "cause", GP_SECTION_MESSAGE, offsetof(struct gp_message, causes)},
};

/* A part of `entry`: all of them begin with what every definition has. */
static int show_part(struct gp_cli *cli, const struct gp_origin_part *part, const struct gp_map_entry *entry)
{
    const char *name = gp_origin_name(part, cli->arena), *effective;
    struct gp_strbuf out = {0};
    size_t i = 0;

    if (!name || effective_text(cli, part, &effective) < 0)
        return -ENOMEM;
    while (groups[i].section != part->section || !gp_str_is(part->way[2]->key, groups[i].group))
        i++;
    const struct gp_map *map = (const void *)((const char *)entry->value + groups[i].offset);
    const struct gp_definition *def = gp_map_find(map, part->way[3]->key)->value;
    if (cli->options.format != GP_FORMAT_TEXT)
        return gp_output_json(&cli->output, gp_json_part(part->rules, groups[i].group, name, def, effective));
    if (cli->output.began)
        gp_strbuf_add_char(&out, '\n');
    gp_text_part(&out, &cli->style, part->rules, groups[i].kind, name, def, effective);
    return gp_output_text(&cli->output, &out);
}

static int show_definitions(struct gp_cli *cli, struct gp_str id, size_t *count)
{
    const struct gp_ruleset *only;
    struct gp_str name = gp_rulesets_split(cli, id, &only);

    for (size_t i = 0; i < cli->set_count; i++) {
        struct gp_origin_part *parts;
        size_t found = 0;
        int r = only && only != cli->sets[i] ? 0 : gp_origin_find(cli->sets[i], name, cli->arena, &parts, &found);

        for (size_t k = 0; k < found && r == 0; k++) {
            const struct gp_map *map = gp_definitions_in(cli->sets[i], parts[k].section);
            const struct gp_map_entry *entry = map ? gp_map_find(map, parts[k].way[1]->key) : NULL;

            if (entry)
                r = parts[k].depth == 2 ? show_definition(cli, &parts[k], entry) : show_part(cli, &parts[k], entry);
            *count += entry != NULL;
        }
        if (r < 0)
            return r;
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

/* Names that are near `word`: definitions, or behind a "/" the parts of one. */
static int near_names(struct gp_cli *cli, struct gp_str word, const char **ret_near)
{
    GP_VEC(const char *) names = {0};
    bool parts = memchr(word.data, '/', word.len);

    for (size_t i = 0; i < cli->set_count; i++) {
        const char **more;
        size_t count;

        if (gp_origin_names(cli->sets[i], parts, cli->arena, &more, &count) < 0)
            return -ENOMEM;
        for (size_t k = 0; k < count; k++)
            if (gp_vec_push(cli->arena, &names, more[k]) < 0)
                return -ENOMEM;
    }
    *ret_near = names.count ? gp_text_nearest(word, names.data, names.count, sizeof(*names.data)) : NULL;
    return 0;
}

static int not_found(struct gp_cli *cli, const char *id)
{
    const struct gp_ruleset *only;
    struct gp_str word = gp_rulesets_split(cli, (struct gp_str){id, strlen(id)}, &only);
    const char *near;

    for (size_t i = 0; i < cli->set_count; i++) {
        const char *part = gp_origin_find_inside(cli->sets[i], word, cli->arena);

        if (part)
            return gp_usage(cli, "'%s' is a part of a definition: gatepost show %s", id, part);
    }
    if (near_names(cli, word, &near) < 0)
        return -ENOMEM;
    if (near)
        return gp_usage(cli, "nothing is called '%s'; did you mean '%s'?", id, near);
    return gp_usage(cli, "nothing is called '%s'", id);
}

/* Says what no call of the verb can mean. 0 or GP_EXIT_USAGE. */
static int check_call(struct gp_cli *cli)
{
    if (cli->options.origin && cli->options.diff)
        return gp_usage(cli, "--origin and --diff are two questions: ask one");
    if (!cli->options.operand_count && !cli->options.origin && !cli->options.diff)
        return gp_usage(cli, "show needs an id, or --origin or --diff for a whole rule set");
    return 0;
}

int gp_cmd_show(struct gp_cli *cli)
{
    const char *id = cli->options.operand_count ? cli->options.operands[0] : NULL;
    bool origins = cli->options.origin || cli->options.diff;
    size_t count = 0;
    int r = check_call(cli);

    if (r != 0)
        return r;
    int loaded = gp_rulesets_load(cli);
    r = loaded < 0 || origins ? loaded : 0;
    if (r == 0 && cli->options.origin)
        r = gp_origins_show(cli, id, &count);
    if (r == 0 && cli->options.diff)
        r = gp_origins_diff(cli, id, &count);
    if (r == 0 && !origins)
        r = show_definitions(cli, (struct gp_str){id, strlen(id)}, &count);
    if (r == 0 && !origins)
        r = show_words(cli, id, &count);
    if (r != 0)
        return r;
    /* A word of the language needs no rule set. */
    if (count)
        return GP_EXIT_OK;
    return loaded ? loaded : not_found(cli, id);
}
