/* list: what there is to name. */
#include <errno.h>
#include <string.h>

#include "cli/language.h"
#include "cli/list-sets.h"
#include "cli/rulesets.h"
#include "cli/verbs.h"
#include "util/text.h"

/* ---- rows of name and help --------------------------------------------------------------------------------------- */

struct line {
    const char *name, *help;
};

static int list_lines(struct gp_cli *cli, const char *what, const struct line *lines, size_t count)
{
    struct gp_strbuf out = {0};
    size_t width = 0;
    int r = 0;

    if (cli->options.format == GP_FORMAT_TEXT) {
        for (size_t i = 0; i < count; i++) {
            size_t columns = gp_text_width(lines[i].name, strlen(lines[i].name));

            width = columns > width ? columns : width;
        }
        for (size_t i = 0; i < count; i++) {
            size_t len = strlen(lines[i].name);

            gp_text_escape(&out, lines[i].name, len, false);
            if (*lines[i].help) {
                gp_strbuf_add_repeat(&out, ' ', width - gp_text_width(lines[i].name, len) + 2);
                gp_text_escape(&out, lines[i].help, strlen(lines[i].help), false);
            }
            gp_strbuf_add_char(&out, '\n');
        }
        return gp_output_text(&cli->output, &out);
    }
    for (size_t i = 0; i < count && r == 0; i++) {
        json_t *row = json_object();

        if (row && gp_json_set(row, "kind", json_string(what)) &&
            gp_json_set(row, "id", gp_json_string0(lines[i].name)) &&
            gp_json_set(row, "title", gp_json_string0(lines[i].help))) {
            r = gp_output_json(&cli->output, row);
        } else {
            json_decref(row);
            r = -ENOMEM;
        }
    }
    return r;
}

static int list_words(struct gp_cli *cli, int kind)
{
    struct gp_word *words;
    size_t count;
    int r = gp_words(cli->arena, kind, &words, &count);
    struct line *lines = r == 0 ? GP_NEW_ARRAY(cli->arena, struct line, count + 1) : NULL;

    if (!lines)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct line){words[i].name, words[i].built ? words[i].help : "(not in this build)"};
    return list_lines(cli, gp_word_kind_name(kind), lines, count);
}

static int list_diagnostics(struct gp_cli *cli, GP_UNUSED int unused)
{
    size_t count = 0;

    while (gp_diag_infos[count].number)
        count++;
    struct line *lines = GP_NEW_ARRAY(cli->arena, struct line, count + 1);
    if (!lines)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++) {
        lines[i].name = gp_arena_printf(cli->arena, "GP%04d", gp_diag_infos[i].number);
        lines[i].help = gp_diag_infos[i].title;
        if (!lines[i].name)
            return -ENOMEM;
    }
    return list_lines(cli, "diagnostic", lines, count);
}

/* ---- definitions ------------------------------------------------------------------------------------------------- */

/* Which set this is, where there are several or it was not asked for one section of it. */
static void heading(struct gp_strbuf *out, const struct gp_cli *cli, const struct gp_ruleset *rules)
{
    struct gp_str name = rules->manifest.name, title = rules->manifest.title;

    if (cli->set_count == 1 && cli->options.operand_count)
        return;
    if (cli->output.began)
        gp_strbuf_add_char(out, '\n');
    gp_text_escape(out, name.data, name.len, false);
    if (title.data) {
        gp_strbuf_add(out, ": ");
        gp_text_escape(out, title.data, title.len, false);
    }
    gp_strbuf_add(out, "\n\n");
}

/* Each definition is one value, with the set that it is of. */
static int list_json(struct gp_cli *cli, const struct gp_ruleset *rules, int section)
{
    json_t *array = gp_json_section(rules, section), *row;
    struct gp_str set = rules->manifest.name;
    size_t i;
    int r = array ? 0 : -ENOMEM;

    json_array_foreach(array, i, row) {
        if (r == 0 && gp_json_set(row, "kind", json_string(gp_section_name(section))) &&
            gp_json_set(row, "set", gp_json_string(set.data, set.len)))
            r = gp_output_json(&cli->output, json_incref(row));
        else
            r = -ENOMEM;
    }
    json_decref(array);
    return r;
}

static int list_section(struct gp_cli *cli, int section)
{
    struct gp_strbuf out = {0};
    int r = gp_rulesets_load(cli);

    for (size_t i = 0; i < cli->set_count && r == 0; i++) {
        if (cli->options.format != GP_FORMAT_TEXT) {
            r = list_json(cli, cli->sets[i], section);
            continue;
        }
        heading(&out, cli, cli->sets[i]);
        gp_text_section(&out, &cli->style, cli->sets[i], section);
        r = gp_output_text(&cli->output, &out);
    }
    return r;
}

/* ---- what can be listed ------------------------------------------------------------------------------------------ */

static const struct list {
    const char *name;
    int (*list)(struct gp_cli *cli, int argument);
    int argument;
} lists[] = {
    {"operations", list_section, GP_SECTION_OPERATION}, /* the first is the default */
    {"sets", gp_list_sets, 0},
    {"files", gp_list_files, 0},
    {"markers", list_section, GP_SECTION_MARKER},
    {"tables", list_section, GP_SECTION_TABLE},
    {"conditions", list_section, GP_SECTION_CONDITION},
    {"states", list_section, GP_SECTION_STATE},
    {"messages", list_section, GP_SECTION_MESSAGE},
    {"attestations", list_section, GP_SECTION_ATTESTATION},
    {"vars", list_section, GP_SECTION_VAR},
    {"predicates", list_words, GP_WORD_PREDICATE},
    {"facets", list_words, GP_WORD_FACET},
    {"reads", list_words, GP_WORD_READ},
    {"actions", list_words, GP_WORD_ACTION},
    {"diagnostics", list_diagnostics, 0},
};

int gp_cmd_list(struct gp_cli *cli)
{
    const char *what = cli->options.operand_count ? cli->options.operands[0] : lists[0].name;

    for (size_t i = 0; i < GP_COUNT(lists); i++)
        if (strcmp(lists[i].name, what) == 0)
            return lists[i].list(cli, lists[i].argument);
    struct gp_str word = {what, strlen(what)};
    const char *near = gp_text_nearest(word, &lists[0].name, GP_COUNT(lists), sizeof(lists[0]));
    if (near)
        return gp_usage(cli, "there is no list of '%s'; did you mean '%s'?", what, near);
    return gp_usage(cli, "there is no list of '%s'", what);
}
