#include "cli/list-sets.h"

#include <errno.h>
#include <string.h>

#include "author/origin-layers.h"
#include "author/origin.h"
#include "cli/rulesets.h"
#include "report/json-parts.h"
#include "report/page.h"
#include "rule/limits.h"
#include "util/text.h"

#define WORD_WIDTH 10
#define LAYER_WIDTH 10

/* ---- one set, loaded if it can be -------------------------------------------------------------------------------- */

enum standing { STANDS, BROKEN, MASKED, MISSING };
static const char *const standing_names[] = {"loaded", "broken", "masked", "missing"};

struct set {
    const char *name;
    struct gp_layer_finds finds;
    enum standing standing;
    const char *title, *version; /* in the arena; NULL: none */
    const char *error;           /* "FILE:LINE:COL: error: … [GPnnnn]"; NULL: none */
    size_t errors;               /* how many there are */
};

/* The first line of the first error, and how many there are. */
static int take_error(struct gp_arena *arena, struct gp_diags *diags, const struct gp_sources *sources,
                      struct set *set)
{
    struct gp_strbuf text = {0};

    set->errors = gp_diags_count(diags, GP_LEVEL_ERROR);
    for (size_t i = 0; i < gp_diags_count(diags, GP_LEVEL_NOTE); i++) {
        const struct gp_diag *diag = gp_diags_get(diags, i);

        if (!diag || diag->level != GP_LEVEL_ERROR)
            continue;
        gp_diag_render(&text, sources, diag, false);
        break;
    }
    const char *line = gp_strbuf_text(&text);
    set->error = gp_strbuf_ok(&text) ? gp_arena_memdup(arena, line, strcspn(line, "\n")) : NULL;
    gp_strbuf_done(&text);
    return set->error ? 0 : -ENOMEM;
}

static const char *copy(struct gp_arena *arena, struct gp_str text)
{
    return gp_arena_memdup(arena, text.data ? text.data : "", text.len);
}

static int load(struct gp_cli *cli, const struct gp_load_options *options, struct set *set)
{
    struct gp_sources *sources = gp_sources_new();
    struct gp_diags *diags = sources ? gp_diags_new(sources, GP_LIMIT_DIAGNOSTICS) : NULL;
    struct gp_ruleset *rules = NULL;
    int r = diags ? gp_load(&rules, set->name, options, diags) : -ENOMEM;

    if (r == 0) {
        set->title = copy(cli->arena, rules->manifest.title);
        set->version = copy(cli->arena, rules->manifest.version);
        r = set->title && set->version ? 0 : -ENOMEM;
        gp_ruleset_free(rules);
    } else if (r != -ENOMEM) {
        set->standing = BROKEN;
        r = take_error(cli->arena, diags, sources, set);
    }
    gp_diags_free(diags);
    gp_sources_free(sources);
    return r;
}

static bool is_masked(const struct gp_layer_finds *finds)
{
    for (size_t i = 0; i < finds->count; i++)
        if (finds->data[i].part == GP_PART_MASKS_SET)
            return true;
    return false;
}

static bool is_unread(const struct gp_layer_finds *finds)
{
    for (size_t i = 0; i < finds->count; i++)
        if (finds->data[i].part == GP_PART_UNREADABLE)
            return true;
    return false;
}

static int open_set(struct gp_cli *cli, const struct gp_load_options *options, const char *name, struct set *ret_set)
{
    struct set set = {.name = name};

    if (gp_layers_look(options, name, cli->arena, &set.finds) < 0)
        return -ENOMEM;
    if (!set.finds.set && !is_unread(&set.finds))
        set.standing = is_masked(&set.finds) ? MASKED : MISSING;
    else if (load(cli, options, &set) < 0)
        return -ENOMEM;
    *ret_set = set;
    return 0;
}

/* ---- list sets --------------------------------------------------------------------------------------------------- */

static const char *headline(const struct set *set)
{
    static const char *const words[] = {
        [BROKEN] = "(cannot be loaded)", [MASKED] = "(masked)", [MISSING] = "(there is no such set)"};

    return set->standing == STANDS ? set->title : words[set->standing];
}

static void text_find(struct gp_page *page, const struct gp_load_options *options, const struct gp_layer_find *find)
{
    const char *layer = options->layers[find->layer].title;

    gp_strbuf_printf(page->out, "    %-*s%-*s", WORD_WIDTH, gp_layer_part_name(find->part), LAYER_WIDTH,
                     layer ? layer : "layer");
    gp_page_text(page, find->path);
    if (find->part == GP_PART_NOTHING)
        gp_strbuf_add(page->out, " (has no ruleset.yaml)");
    if (find->part == GP_PART_UNREADABLE)
        gp_strbuf_printf(page->out, " (%s)", strerror(find->error));
    gp_strbuf_add_char(page->out, '\n');
}

static void text_set(struct gp_page *page, const struct gp_load_options *options, const struct set *set, size_t width)
{
    const char *words = headline(set);
    size_t start = page->out->len;

    gp_page_text(page, set->name);
    if (*words)
        gp_page_pad(page, start, width + 2, 2);
    gp_page_text(page, words);
    if (set->version && *set->version) {
        gp_strbuf_add(page->out, *words ? ", version " : "  version ");
        gp_page_text(page, set->version);
    }
    gp_strbuf_add_char(page->out, '\n');
    if (page->style->quiet)
        return;
    if (set->error) {
        gp_strbuf_printf(page->out, "    %-*s", WORD_WIDTH, "broken");
        gp_page_text(page, set->error);
        if (set->errors > 1)
            gp_strbuf_printf(page->out, " and %zu more", set->errors - 1);
        gp_strbuf_add_char(page->out, '\n');
    }
    for (size_t i = 0; i < set->finds.count; i++)
        text_find(page, options, &set->finds.data[i]);
}

static json_t *json_finds(const struct gp_load_options *options, const struct gp_layer_finds *finds)
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < finds->count; i++) {
        const struct gp_layer_find *find = &finds->data[i];
        struct gp_jot object = gp_jot_object();

        gp_jot_text(&object, "part", gp_layer_part_name(find->part));
        gp_jot_text(&object, "layer", options->layers[find->layer].title);
        gp_jot_text(&object, "path", find->path);
        gp_jot_push(&array, gp_jot_done(&object));
    }
    return gp_jot_done(&array);
}

static json_t *json_set(const struct gp_load_options *options, const struct set *set)
{
    const struct gp_layer_find *directory = set->finds.set;
    struct gp_jot object = gp_jot_object();

    gp_jot_text(&object, "kind", "ruleset");
    gp_jot_text(&object, "id", set->name);
    gp_jot_text(&object, "title", headline(set));
    gp_jot_text(&object, "version", set->version && *set->version ? set->version : NULL);
    gp_jot_text(&object, "status", standing_names[set->standing]);
    gp_jot_text(&object, "error", set->error);
    gp_jot_text(&object, "directory", directory ? directory->path : NULL);
    gp_jot_text(&object, "layer", directory ? options->layers[directory->layer].title : NULL);
    gp_jot_set(&object, "parts", json_finds(options, &set->finds));
    return gp_jot_done(&object);
}

static int write_sets(struct gp_cli *cli, const struct gp_load_options *options, const struct set *sets, size_t count)
{
    struct gp_strbuf out = {0};
    struct gp_page page = {.out = &out, .style = &cli->style};
    size_t width = 0;
    int r = 0;

    for (size_t i = 0; i < count; i++)
        if (gp_page_width(&page, sets[i].name) > width)
            width = gp_page_width(&page, sets[i].name);
    for (size_t i = 0; i < count && r == 0; i++) {
        if (cli->options.format == GP_FORMAT_TEXT)
            text_set(&page, options, &sets[i], width);
        else
            r = gp_output_json(&cli->output, json_set(options, &sets[i]));
    }
    return r < 0 || cli->options.format != GP_FORMAT_TEXT ? r : gp_output_text(&cli->output, &out);
}

int gp_list_sets(struct gp_cli *cli, GP_UNUSED int unused)
{
    struct gp_load_options options;
    const char **names;
    size_t count;
    int r = gp_rulesets_options(cli, &options);

    if (r == 0)
        r = gp_layers_all_names(&options, cli->arena, &names, &count);
    if (r < 0)
        return r;
    struct set *sets = GP_NEW_ARRAY(cli->arena, struct set, count + 1);
    for (size_t i = 0; i < count && r == 0; i++)
        r = sets ? open_set(cli, &options, names[i], &sets[i]) : -ENOMEM;
    return r < 0 || !sets ? -ENOMEM : write_sets(cli, &options, sets, count);
}

/* ---- list files -------------------------------------------------------------------------------------------------- */

static int write_file(struct gp_cli *cli, const struct gp_origin_style *style, const struct gp_ruleset *rules,
                      const struct gp_rule_file *file)
{
    const char *name = gp_sources_get(rules->sources, file->source)->name;
    const char *layer = gp_origin_layer(style, rules, file->source);
    struct gp_strbuf out = {0};
    struct gp_page page = {.out = &out, .style = &cli->style};
    struct gp_jot object;

    if (cli->options.format == GP_FORMAT_TEXT) {
        gp_strbuf_printf(&out, "%-*s%-*s", WORD_WIDTH, file->drop_in ? "drop-in" : "set", LAYER_WIDTH, layer);
        gp_page_text(&page, name);
        if (!gp_str_equal(file->set, rules->manifest.name)) {
            gp_strbuf_add(&out, " (of ");
            gp_page_str(&page, file->set);
            gp_strbuf_add_char(&out, ')');
        }
        gp_strbuf_add_char(&out, '\n');
        return gp_output_text(&cli->output, &out);
    }
    object = gp_jot_object();
    gp_jot_text(&object, "kind", "file");
    gp_jot_text(&object, "id", name);
    gp_jot_str(&object, "set", rules->manifest.name);
    gp_jot_str(&object, "of", file->set);
    gp_jot_text(&object, "layer", layer);
    gp_jot_set(&object, "drop_in", json_boolean(file->drop_in));
    return gp_output_json(&cli->output, gp_jot_done(&object));
}

int gp_list_files(struct gp_cli *cli, GP_UNUSED int unused)
{
    struct gp_load_options load_options;
    int r = gp_rulesets_load(cli);

    if (r == 0)
        r = gp_rulesets_options(cli, &load_options);
    if (r != 0)
        return r;
    struct gp_origin_style style = {.layers = load_options.layers, .layer_count = load_options.layer_count};
    for (size_t i = 0; i < cli->set_count && r == 0; i++)
        for (size_t k = 0; k < cli->sets[i]->file_count && r == 0; k++)
            r = write_file(cli, &style, cli->sets[i], &cli->sets[i]->files[k]);
    return r;
}
