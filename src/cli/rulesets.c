/* Which rule sets a command uses, and what they define. */
#include "cli/rulesets.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/layers.h"
#include "report/quote.h"
#include "report/words.h"
#include "rule/limits.h"
#include "rule/say.h"
#include "util/text.h"
#include "util/vec.h"

#define DEFAULT_SET "msmail"

/* ---- which ------------------------------------------------------------------------------------------------------- */

struct names {
    const char **data;
    size_t count;
};

/* $GATEPOST_RULES, or the default. */
static int names_of_environment(struct gp_cli *cli, struct names *ret_names)
{
    const char *value = getenv("GATEPOST_RULES");
    char *text = gp_arena_strdup(cli->arena, value ? value : "");
    const char **data = text ? GP_NEW_ARRAY(cli->arena, const char *, strlen(text) + 2) : NULL;
    size_t count = 0;
    char *rest;

    if (!data)
        return -ENOMEM;
    for (char *name = strtok_r(text, ":", &rest); name; name = strtok_r(NULL, ":", &rest))
        data[count++] = name;
    *ret_names = (struct names){data, count};
    return 0;
}

/* A layer's directory without the "/" at its end that tells it from a name, as paths in it are shown with one. */
static const char *layer_of(struct gp_cli *cli, const char *path)
{
    size_t len = strlen(path);

    while (len > 1 && path[len - 1] == '/')
        len--;
    return gp_arena_memdup(cli->arena, path, len);
}

/* Parts the names into sets and layers; without a set, the default is meant. */
static int sort_names(struct gp_cli *cli, struct names *ret_sets, struct names *ret_layers)
{
    struct names all = {cli->options.rules, cli->options.rules_count};
    int r = all.count ? 0 : names_of_environment(cli, &all);

    if (r < 0)
        return r;
    ret_sets->data = GP_NEW_ARRAY(cli->arena, const char *, all.count + 1);
    ret_layers->data = GP_NEW_ARRAY(cli->arena, const char *, all.count + 1);
    if (!ret_sets->data || !ret_layers->data)
        return -ENOMEM;
    ret_sets->count = ret_layers->count = 0;
    for (size_t i = 0; i < all.count; i++) {
        bool layer = gp_load_is_path(all.data[i]) && gp_layer_is(all.data[i]);
        struct names *names = layer ? ret_layers : ret_sets;
        const char *name = layer ? layer_of(cli, all.data[i]) : all.data[i];

        if (!name)
            return -ENOMEM;
        names->data[names->count++] = name;
    }
    if (!ret_sets->count)
        ret_sets->data[ret_sets->count++] = DEFAULT_SET;
    return 0;
}

/* What a command that a report shows must repeat. */
static int remember_option(struct gp_cli *cli)
{
    struct gp_strbuf text = {0};

    for (size_t i = 0; i < cli->options.rules_count; i++) {
        struct gp_str name = {cli->options.rules[i], strlen(cli->options.rules[i])};

        gp_strbuf_add(&text, "-r ");
        gp_quote_word(&text, name, !cli->style.unicode);
        gp_strbuf_add_char(&text, ' ');
    }
    cli->rules_option = gp_strbuf_ok(&text) ? gp_arena_strdup(cli->arena, gp_strbuf_text(&text)) : NULL;
    gp_strbuf_done(&text);
    return cli->rules_option ? 0 : -ENOMEM;
}

/* ---- loading ----------------------------------------------------------------------------------------------------- */

int gp_rulesets_options(struct gp_cli *cli, struct gp_load_options *ret_options)
{
    struct names sets, layers;
    struct gp_layer *all;
    size_t count;
    int r = sort_names(cli, &sets, &layers);

    if (r == 0)
        r = gp_layers(cli->arena, layers.data, layers.count, &all, &count);
    if (r < 0)
        return r;
    *ret_options = (struct gp_load_options){.registry = &gp_registry, .layers = all, .layer_count = count,
                                            .engine_version = PACKAGE_VERSION, .now = cli->now};
    return 0;
}

int gp_rulesets_names(struct gp_cli *cli, const char ***ret_names, size_t *ret_count)
{
    struct names sets, layers;
    int r = sort_names(cli, &sets, &layers);

    if (r == 0) {
        *ret_names = sets.data;
        *ret_count = sets.count;
    }
    return r;
}

/* Of what is said of rule files, whoever uses a set needs to know what may be wrong; notes are for `lint`. */
static int show_diagnostics(struct gp_cli *cli, bool errors_only)
{
    enum gp_level least = errors_only ? GP_LEVEL_ERROR : GP_LEVEL_WARNING;
    struct gp_strbuf text = {0};
    size_t dropped = gp_diags_dropped(cli->diags);
    const struct gp_diag *diag;

    for (size_t i = 0; (diag = gp_diags_get(cli->diags, i)); i++) {
        if (diag->level < least)
            continue;
        gp_strbuf_add(&text, diag->span.source ? "" : "gatepost: ");
        gp_diag_render(&text, cli->sources, diag, cli->error_colour);
    }
    if (dropped && !errors_only)
        gp_strbuf_printf(&text, "gatepost: %zu more like these are not shown\n", dropped);
    bool ok = gp_strbuf_ok(&text);
    gp_output_error(gp_strbuf_text(&text));
    gp_strbuf_done(&text);
    return ok ? 0 : -ENOMEM;
}

int gp_rulesets_show(struct gp_cli *cli)
{
    return show_diagnostics(cli, cli->options.quiet);
}

/* A set that was named twice, or once by name and once by directory, is one set. */
static bool have_set(const struct gp_cli *cli, const struct gp_ruleset *rules)
{
    for (size_t i = 0; i < cli->set_count; i++)
        if (gp_str_equal(cli->sets[i]->manifest.name, rules->manifest.name) &&
            strcmp(cli->sets[i]->digest, rules->digest) == 0)
            return true;
    return false;
}

static int load_all(struct gp_cli *cli, const struct names *sets, const struct gp_load_options *options)
{
    bool broken = false;

    for (size_t i = 0; i < sets->count; i++) {
        struct gp_ruleset *rules;
        int r = gp_load(&rules, sets->data[i], options, cli->diags);

        if (r == -ENOMEM)
            return r;
        if (r < 0)
            broken = true;
        else if (have_set(cli, rules))
            gp_ruleset_free(rules);
        else
            cli->sets[cli->set_count++] = rules;
    }
    return broken ? GP_EXIT_RULES : 0;
}

int gp_rulesets_load(struct gp_cli *cli)
{
    struct gp_load_options options;
    struct names sets, layers;
    int r = sort_names(cli, &sets, &layers), s;

    if (r == 0)
        r = remember_option(cli);
    if (r == 0)
        r = gp_rulesets_options(cli, &options);
    if (r < 0)
        return r;
    cli->sources = gp_sources_new();
    cli->diags = cli->sources ? gp_diags_new(cli->sources, GP_LIMIT_DIAGNOSTICS) : NULL;
    cli->sets = GP_NEW_ARRAY(cli->arena, struct gp_ruleset *, sets.count);
    if (!cli->diags || !cli->sets)
        return -ENOMEM;
    r = load_all(cli, &sets, &options);
    s = show_diagnostics(cli, cli->options.quiet);
    if (s < 0 || gp_diags_failed(cli->diags))
        return -ENOMEM;
    return r;
}

void gp_rulesets_free(struct gp_cli *cli)
{
    for (size_t i = 0; i < cli->set_count; i++)
        gp_ruleset_free(cli->sets[i]);
    cli->set_count = 0;
    gp_diags_free(cli->diags);
    gp_sources_free(cli->sources);
    cli->diags = NULL;
    cli->sources = NULL;
}

/* ---- finding ----------------------------------------------------------------------------------------------------- */

struct gp_str gp_rulesets_split(const struct gp_cli *cli, struct gp_str id, const struct gp_ruleset **ret_set)
{
    const char *slash = memchr(id.data, '/', id.len);
    struct gp_str set = {id.data, slash ? (size_t)(slash - id.data) : 0};

    *ret_set = NULL;
    for (size_t i = 0; slash && i < cli->set_count; i++) {
        if (gp_str_equal(cli->sets[i]->manifest.name, set)) {
            *ret_set = cli->sets[i];
            return (struct gp_str){slash + 1, id.len - set.len - 1};
        }
    }
    return id;
}

/* Every id of a section, of all sets or one, for "did you mean". */
static const char *nearest(struct gp_cli *cli, enum gp_section section, struct gp_str id, const struct gp_ruleset *only)
{
    GP_VEC(const char *) names = {0};

    for (size_t i = 0; i < cli->set_count; i++) {
        const struct gp_map *map = gp_definitions_in(cli->sets[i], section);

        for (size_t k = 0; (!only || only == cli->sets[i]) && k < map->count; k++)
            if (gp_vec_push(cli->arena, &names, map->data[k].id.data) < 0)
                return NULL;
    }
    return names.count ? gp_text_nearest(id, names.data, names.count, sizeof(*names.data)) : NULL;
}

static int not_found(struct gp_cli *cli, enum gp_section section, struct gp_str id, const struct gp_ruleset *only)
{
    const char *near = nearest(cli, section, id, only);
    const char *what = gp_section_name(section);

    if (near)
        return gp_usage(cli, "there is no %s '%.*s'; did you mean '%s'?", what, GP_STR_ARG(id), near);
    return gp_usage(cli, "there is no %s '%.*s'; 'gatepost list %s' says which there are", what, GP_STR_ARG(id),
                    gp_section_key(section));
}

static int ambiguous(struct gp_cli *cli, enum gp_section section, struct gp_str id)
{
    struct gp_strbuf list = {0};

    for (size_t i = 0; i < cli->set_count; i++) {
        struct gp_str name = cli->sets[i]->manifest.name;

        if (gp_map_find(gp_definitions_in(cli->sets[i], section), id))
            gp_strbuf_printf(&list, "%s%.*s/%.*s", list.len ? ", " : "", GP_STR_ARG(name), GP_STR_ARG(id));
    }
    const char *what = gp_section_name(section);
    int status = -ENOMEM;
    if (gp_strbuf_ok(&list))
        status = gp_usage(cli, "several rule sets have %s %s '%.*s': say which of %s", gp_say_article(what), what,
                          GP_STR_ARG(id), gp_strbuf_text(&list));
    gp_strbuf_done(&list);
    return status;
}

int gp_rulesets_find(struct gp_cli *cli, enum gp_section section, struct gp_str id, struct gp_found *ret_found)
{
    const struct gp_ruleset *only;
    struct gp_str name = gp_rulesets_split(cli, id, &only);
    struct gp_found found = {0};
    size_t count = 0;

    for (size_t i = 0; i < cli->set_count; i++) {
        const struct gp_map_entry *entry =
            only && only != cli->sets[i] ? NULL : gp_map_find(gp_definitions_in(cli->sets[i], section), name);

        if (entry && count++ == 0)
            found = (struct gp_found){cli->sets[i], i, entry};
    }
    if (count > 1)
        return ambiguous(cli, section, name);
    if (!count)
        return not_found(cli, section, name, only);
    *ret_found = found;
    return 0;
}
