/* One rule file: how it opens, and which of its keys belong where. */
#include <errno.h>
#include <string.h>

#include "load/loader.h"
#include "load/mapping.h"
#include "load/merge.h"
#include "rule/tables.h"
#include "util/number.h"
#include "util/text.h"

#define LANGUAGE_VERSION 1

/* The key that a file of each role has besides sections. */
static bool may_stand(enum gp_role role, struct gp_str key)
{
    if (gp_str_is(key, "gatepost") || gp_str_is(key, "lint"))
        return true;
    if (gp_str_is(key, "amends"))
        return role == GP_ROLE_DROP_IN;
    if (gp_str_is(key, "tests-for"))
        return false;
    return role == GP_ROLE_MANIFEST || role == GP_ROLE_TEXT;
}

static const char *home_of(struct gp_str key)
{
    if (gp_str_is(key, "amends"))
        return "a drop-in, NAME.d/*.yaml";
    return gp_str_is(key, "tests-for") ? "a file beneath tests/" : "ruleset.yaml";
}

/* An unknown key goes with the known one that it is nearest to, so that the right table's keys are suggested. */
static bool is_like_manifest_key(struct gp_str key)
{
    const char *known[64] = {NULL};
    size_t count = 0, manifest;

    for (const struct gp_field *row = gp_object_manifest.fields; row->key && count < GP_COUNT(known); row++)
        known[count++] = row->key;
    manifest = count;
    for (const struct gp_field *row = gp_object_definitions.fields; row->key && count < GP_COUNT(known); row++)
        known[count++] = row->key;
    const char *near = gp_text_nearest(key, known, count, sizeof(*known));
    for (size_t i = 0; near && i < manifest; i++)
        if (known[i] == near)
            return true;
    return false;
}

/* Whether this engine knows the language of the file; says why not. */
static bool check_version(struct gp_loader *loader, uint32_t source, enum gp_role role, const struct gp_node *root)
{
    const struct gp_node *version = gp_node_get(root, "gatepost");
    int64_t number;

    if (!version) {
        if (role != GP_ROLE_TEXT && !(root && root->broken))
            gp_loader_error(loader, GP_DIAG_VERSION_MISSING, (struct gp_span){source, 0, 0},
                            "a rule file opens with 'gatepost: %d'", LANGUAGE_VERSION);
        return true;
    }
    if (version->broken)
        return true;
    bool integer = version->kind == GP_NODE_SCALAR && !version->quoted && gp_int_parse(version->text, &number) == 0;
    if (integer && number == LANGUAGE_VERSION)
        return true;
    const char *found = gp_node_describe(version, loader->scratch);
    if (integer)
        gp_loader_error(loader, GP_DIAG_VERSION_UNKNOWN, version->at,
                        "this engine knows version %d of the rule language, not %.*s", LANGUAGE_VERSION,
                        GP_STR_ARG(version->text));
    else
        gp_loader_error(loader, GP_DIAG_VERSION_UNKNOWN, version->at, "'gatepost' is the integer %d, not %s",
                        LANGUAGE_VERSION, found);
    return !integer;
}

static enum gp_role role_of_fragment(const struct gp_node *root)
{
    if (gp_node_get(root, "amends"))
        return GP_ROLE_DROP_IN;
    return gp_node_get(root, "ruleset") ? GP_ROLE_TEXT : GP_ROLE_FILE;
}

static int split(struct gp_loader *loader, enum gp_role role, const struct gp_node *root,
                 struct gp_document *ret_document)
{
    struct gp_node *manifest = gp_mapping_new(loader->arena, NULL, root->at);
    struct gp_node *sections = gp_mapping_new(loader->arena, NULL, root->at);

    if (role == GP_ROLE_FRAGMENT)
        role = role_of_fragment(root);
    bool with_manifest = role == GP_ROLE_MANIFEST || role == GP_ROLE_TEXT;

    if (!manifest || !sections)
        return -ENOMEM;
    for (size_t i = 0; i < root->count; i++) {
        const struct gp_pair *pair = &root->pairs[i];
        bool known = gp_merge_is_manifest_key(pair->key);
        if (known && !may_stand(role, pair->key)) {
            gp_loader_error(loader, GP_DIAG_MISPLACED_KEY, pair->key_at, "'%.*s' belongs in %s", GP_STR_ARG(pair->key),
                            home_of(pair->key));
            continue;
        }
        if (!known && with_manifest && !gp_merge_section(pair->key))
            known = is_like_manifest_key(pair->key);
        if (gp_mapping_add(loader->arena, known ? manifest : sections, *pair) < 0)
            return -ENOMEM;
    }
    *ret_document = (struct gp_document){manifest, sections, !root->broken, role == GP_ROLE_DROP_IN};
    return 0;
}

/* A drop-in says whose it is. */
static void check_amends(struct gp_loader *loader, uint32_t source, const struct gp_node *root, const char *set)
{
    const struct gp_node *amends = gp_node_get(root, "amends");

    if (!amends)
        gp_loader_error(loader, GP_DIAG_AMENDS, (struct gp_span){source, 0, 0}, "a drop-in says 'amends: %s'", set);
    else if (!amends->broken && (amends->kind != GP_NODE_SCALAR || !gp_str_is(amends->text, set)))
        gp_loader_error(loader, GP_DIAG_AMENDS, amends->at, "this lies in %s.d/ and must say 'amends: %s'", set, set);
}

bool gp_document_check_root(struct gp_loader *loader, uint32_t source, enum gp_role role, const struct gp_node *root)
{
    if (root && root->kind != GP_NODE_MAPPING) {
        if (!root->broken)
            gp_loader_error(loader, GP_DIAG_NO_MAPPING, root->at, "a rule file is a mapping, not %s",
                            gp_node_describe(root, loader->scratch));
        return false;
    }
    return check_version(loader, source, role, root);
}

/* Whether its `lint` is that of a manifest, which holds for the whole set. */
static bool holds_manifest(enum gp_role role, const struct gp_node *root)
{
    if (role == GP_ROLE_FRAGMENT)
        role = role_of_fragment(root);
    return role == GP_ROLE_MANIFEST || role == GP_ROLE_TEXT;
}

int gp_document_read(struct gp_loader *loader, uint32_t source, enum gp_role role, const char *set,
                     struct gp_document *ret_document)
{
    struct gp_node *root = NULL;
    struct gp_document document = {0};
    int r = gp_node_parse(loader->arena, source, loader->diags, &loader->node_budget, &root);

    if (r == -ENOMEM)
        return r;
    loader->errors = loader->errors || r < 0;
    bool unread = r < 0 && !root; /* why was said */
    bool usable = !unread && gp_document_check_root(loader, source, role, root);
    if (usable && root && split(loader, role, root, &document) < 0)
        return -ENOMEM;
    if (document.whole && role == GP_ROLE_DROP_IN)
        check_amends(loader, source, root, set);
    if (document.whole && !holds_manifest(role, root) &&
        gp_levels_of_file(loader, source, gp_node_get(document.manifest, "lint")) < 0)
        return -ENOMEM;
    if (!usable || (r < 0 && !document.whole))
        loader->partial = true;
    *ret_document = document;
    return 0;
}
