#include "cli/origins.h"

#include <errno.h>
#include <string.h>

#include "author/origin-diff.h"
#include "author/origin-layers.h"
#include "author/origin.h"
#include "cli/rulesets.h"
#include "report/json-parts.h"
#include "rule/limits.h"

static int open_style(struct gp_cli *cli, struct gp_load_options *ret_load, struct gp_origin_style *ret_style)
{
    if (gp_rulesets_options(cli, ret_load) < 0)
        return -ENOMEM;
    *ret_style = (struct gp_origin_style){
        .ascii = !cli->style.unicode, .layers = ret_load->layers, .layer_count = ret_load->layer_count};
    return 0;
}

/* The ID for this set; data NULL: all of it.  False: it is another set's. */
static bool id_for(const struct gp_cli *cli, const struct gp_ruleset *rules, const char *id, struct gp_str *ret_id)
{
    const struct gp_ruleset *only = NULL;

    *ret_id = (struct gp_str){0};
    if (id)
        *ret_id = gp_rulesets_split(cli, (struct gp_str){id, strlen(id)}, &only);
    return !only || only == rules;
}

/* ---- --origin ---------------------------------------------------------------------------------------------------- */

static int show_set(struct gp_cli *cli, const struct gp_ruleset *rules, const struct gp_origin_style *style)
{
    const struct gp_subject subject = {.rules = rules};
    struct gp_strbuf out = {0};

    if (cli->options.format == GP_FORMAT_TEXT) {
        gp_strbuf_add(&out, cli->output.began ? "---\n" : "");
        gp_origin_yaml(&out, style, rules);
        return gp_output_text(&cli->output, &out);
    }
    struct gp_jot object = gp_json_head(&subject);
    gp_jot_set(&object, "files", gp_origin_json_files(style, rules));
    gp_jot_set(&object, "manifest", gp_origin_json(rules, rules->manifest_node, rules->manifest_node->at));
    gp_jot_set(&object, "definitions",
               rules->definitions_node
                   ? gp_origin_json(rules, rules->definitions_node, rules->definitions_node->at) : json_null());
    return gp_output_json(&cli->output, gp_jot_done(&object));
}

static int show_part(struct gp_cli *cli, const struct gp_origin_part *part, const struct gp_origin_style *style)
{
    const struct gp_pair *last = part->way[part->depth - 1];
    const struct gp_subject subject = {.rules = part->rules};
    struct gp_strbuf out = {0};

    if (cli->options.format == GP_FORMAT_TEXT) {
        gp_strbuf_add(&out, cli->output.began ? "\n" : "");
        gp_origin_yaml_part(&out, style, part);
        return gp_output_text(&cli->output, &out);
    }
    struct gp_jot object = gp_json_head(&subject);
    gp_jot_str(&object, "group", part->way[part->depth == 2 ? 0 : 2]->key);
    gp_jot_text(&object, "id", gp_origin_name(part, cli->arena));
    gp_jot_set(&object, "origin", gp_origin_json(part->rules, last->value, last->key_at));
    return gp_output_json(&cli->output, gp_jot_done(&object));
}

int gp_origins_show(struct gp_cli *cli, const char *id, size_t *count)
{
    struct gp_load_options load;
    struct gp_origin_style style;
    int r = open_style(cli, &load, &style);

    for (size_t i = 0; i < cli->set_count && r == 0; i++) {
        struct gp_origin_part *parts = NULL;
        size_t found = 0;
        struct gp_str name;

        if (!id_for(cli, cli->sets[i], id, &name))
            continue;
        if (!id) {
            r = show_set(cli, cli->sets[i], &style);
            ++*count;
            continue;
        }
        r = gp_origin_find(cli->sets[i], name, cli->arena, &parts, &found);
        for (size_t k = 0; k < found && r == 0; k++)
            r = show_part(cli, &parts[k], &style);
        *count += found;
    }
    return r;
}

/* ---- --diff ------------------------------------------------------------------------------------------------------ */

/* A rule set with sources and diagnostics of its own. */
struct vendor {
    struct gp_sources *sources;
    struct gp_diags *diags;
    struct gp_ruleset *rules;
};

static void close_vendor(struct vendor *vendor)
{
    gp_ruleset_free(vendor->rules);
    gp_diags_free(vendor->diags);
    gp_sources_free(vendor->sources);
}

/* Its errors are errors of rule files like any other. */
static int say_broken(struct gp_cli *cli, const struct gp_ruleset *rules, struct vendor *vendor)
{
    struct gp_strbuf text = {0};

    for (size_t i = 0; i < gp_diags_count(vendor->diags, GP_LEVEL_NOTE); i++) {
        const struct gp_diag *diag = gp_diags_get(vendor->diags, i);

        if (diag && diag->level == GP_LEVEL_ERROR)
            gp_diag_render(&text, vendor->sources, diag, cli->error_colour);
    }
    bool ok = gp_strbuf_ok(&text);
    gp_output_error(gp_strbuf_text(&text));
    gp_strbuf_done(&text);
    gp_complain("the rule set '%.*s' cannot be loaded as its vendor ships it, so nothing can be compared",
                GP_STR_ARG(rules->manifest.name));
    return ok ? GP_EXIT_RULES : -ENOMEM;
}

/* The set as the lowest layer that has it has it, without drop-ins; for one that was named by its path, that one
 * without drop-ins. */
static int load_vendor(struct gp_cli *cli, const struct gp_ruleset *rules, struct gp_load_options load,
                       struct vendor *vendor)
{
    const char *name = gp_arena_memdup(cli->arena, rules->manifest.name.data, rules->manifest.name.len);
    const struct gp_source *first =
        gp_sources_get(rules->sources, rules->file_count ? rules->files[0].source : 0);
    struct gp_layer_finds finds = {0};

    *vendor = (struct vendor){.sources = gp_sources_new()};
    vendor->diags = vendor->sources ? gp_diags_new(vendor->sources, GP_LIMIT_DIAGNOSTICS) : NULL;
    if (!name || !vendor->diags)
        return -ENOMEM;
    load.without_drop_ins = true;
    if (first && first->layer > (int)load.layer_count)
        name = rules->directory.data;
    else if (gp_layers_look(&load, name, cli->arena, &finds) < 0)
        return -ENOMEM;
    else if (finds.set)
        load.layer_count = finds.lowest + 1;
    int r = gp_load(&vendor->rules, name, &load, vendor->diags);
    return r < 0 && r != -ENOMEM ? say_broken(cli, rules, vendor) : r;
}

static int show_diff(struct gp_cli *cli, const struct gp_origin_diff *diff, const struct gp_origin_style *style)
{
    const struct gp_subject subject = {.rules = diff->rules};
    struct gp_strbuf out = {0};

    if (cli->options.format == GP_FORMAT_TEXT) {
        gp_strbuf_add(&out, cli->output.began ? "\n" : "");
        gp_origin_diff_text(&out, diff, style, cli->options.quiet);
        return gp_output_text(&cli->output, &out);
    }
    struct gp_jot object = gp_json_head(&subject), vendor = gp_jot_object();
    gp_jot_str(&vendor, "directory", diff->vendor->directory);
    gp_jot_text(&vendor, "layer", diff->vendor_layer);
    gp_jot_str(&vendor, "version", diff->vendor->manifest.version);
    gp_jot_set(&object, "vendor", gp_jot_done(&vendor));
    object.failed = object.failed || !gp_origin_diff_json(diff, object.value);
    return gp_output_json(&cli->output, gp_jot_done(&object));
}

/* Whether either has it: what drop-ins cannot take away, a set in a higher layer may. */
static int count_named(struct gp_cli *cli, const struct gp_ruleset *vendor, const struct gp_ruleset *rules,
                       struct gp_str name, size_t *ret_found)
{
    struct gp_origin_part *parts;
    size_t one, other;
    int r = gp_origin_find(vendor, name, cli->arena, &parts, &one);

    if (r == 0)
        r = gp_origin_find(rules, name, cli->arena, &parts, &other);
    if (r == 0)
        *ret_found = one + other;
    return r;
}

static int diff_set(struct gp_cli *cli, const struct gp_ruleset *rules, struct gp_str name, size_t *count)
{
    struct gp_load_options load;
    struct gp_origin_style style;
    struct gp_origin_diff diff;
    struct vendor vendor = {0};
    size_t found = 1;
    int r = open_style(cli, &load, &style);

    if (r == 0)
        r = load_vendor(cli, rules, load, &vendor);
    if (r == 0 && name.data)
        r = count_named(cli, vendor.rules, rules, name, &found);
    if (r == 0 && found) {
        r = gp_origin_compare(vendor.rules, rules, name, cli->now, &style, cli->arena, &diff);
        if (r == 0)
            r = show_diff(cli, &diff, &style);
        ++*count;
    }
    close_vendor(&vendor);
    return r;
}

int gp_origins_diff(struct gp_cli *cli, const char *id, size_t *count)
{
    int r = 0;

    for (size_t i = 0; i < cli->set_count && r == 0; i++) {
        struct gp_str name;

        if (id_for(cli, cli->sets[i], id, &name))
            r = diff_set(cli, cli->sets[i], name, count);
    }
    return r;
}
