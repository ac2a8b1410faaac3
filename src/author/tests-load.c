/* Files of rule tests: how they are read and bound. */
#include <stdlib.h>
#include <string.h>

#include "author/tests-internal.h"
#include "load/loader.h"
#include "rule/limits.h"
#include "util/text.h"

/* ---- one file ---------------------------------------------------------------------------------------------------- */

void gp_tests_free(struct gp_tests *tests)
{
    while (tests) {
        struct gp_tests *base = tests->base;

        for (size_t i = 0; i < tests->shadow.regex_count; i++)
            gp_regex_free(tests->shadow.regexes[i]);
        gp_pathtab_free(tests->shadow.paths);
        gp_arena_free(tests->arena); /* which holds the tests themselves */
        tests = base;
    }
}

static struct gp_tests *new_tests(const char *path, const struct gp_load_options *options, struct gp_diags *diags)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_tests *tests = arena ? GP_NEW(arena, struct gp_tests) : NULL;

    if (!tests) {
        gp_arena_free(arena);
        return NULL;
    }
    tests->arena = arena;
    tests->diags = diags;
    tests->path = gp_arena_strdup(arena, path);
    tests->options = *options;
    tests->shadow = (struct gp_ruleset){
        .arena = arena, .sources = gp_diags_sources(diags), .paths = gp_pathtab_new(NULL)};
    tests->binder = (struct gp_binder){
        .arena = arena, .diags = diags, .registry = options->registry, .rules = &tests->shadow};
    if (!tests->path || !tests->shadow.paths) {
        gp_tests_free(tests);
        return NULL;
    }
    return tests;
}

/* A key that is a path, checked as every other path is. */
static int check_key(struct gp_tests *tests, const char *what, struct gp_map_entry *entry)
{
    const struct gp_field row = {.key = what, .kind = GP_KIND_PATHS};
    struct gp_node node = {.kind = GP_NODE_SCALAR, .quoted = entry->at.length > entry->id.len, .at = entry->at,
                           .text = entry->id};
    struct gp_paths path = {0};
    size_t errors = tests->binder.errors;
    int r = gp_bind_field(&tests->binder, &row, &node, &path);

    entry->broken = entry->broken || tests->binder.errors > errors;
    return r;
}

static int check_keys(struct gp_tests *tests, const char *what, struct gp_map *map)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < map->count; i++)
        r = check_key(tests, what, &map->data[i]);
    return r;
}

static int check_setup_keys(struct gp_tests *tests, const struct gp_test_setup *setup)
{
    struct gp_test_setup *own = (struct gp_test_setup *)setup; /* bound by us */
    int r = setup ? check_keys(tests, "files", &own->files) : 0;

    return setup && r == 0 ? check_keys(tests, "attributes", &own->attributes) : r;
}

/* Keys that are paths: the binder leaves them to us. */
static int check_paths(struct gp_tests *tests)
{
    struct gp_test_document *document = &tests->document;
    int r = 0;

    for (size_t i = 0; r == 0 && i < document->trees.count; i++) {
        struct gp_test_tree *tree = document->trees.data[i].value;

        r = check_keys(tests, "files", &tree->files);
        if (r == 0)
            r = check_setup_keys(tests, tree->with);
    }
    for (size_t i = 0; r == 0 && i < document->cases.count; i++)
        r = check_setup_keys(tests, ((struct gp_test_case *)document->cases.data[i].value)->with);
    return r;
}

static int read_nodes(struct gp_loader *loader, struct gp_tests *tests)
{
    const char *name = strrchr(tests->path, '/');
    struct gp_set_file file = {.path = tests->path, .label = tests->path, .name = name ? name + 1 : tests->path};
    struct gp_node *root = NULL;
    int r = gp_file_read(loader, &file, &tests->source);

    if (r < 0 || !tests->source)
        return r;
    r = gp_node_parse(tests->arena, tests->source, tests->diags, &loader->node_budget, &root);
    if (r == -ENOMEM)
        return r;
    loader->errors = loader->errors || r < 0;
    if (gp_document_check_root(loader, tests->source, GP_ROLE_FILE, root))
        tests->root = root;
    return 0;
}

static int read_file(struct gp_tests *tests, const struct gp_load_options *options)
{
    struct gp_loader loader;
    int r = gp_tests_loader_open(&loader, tests->arena, options, tests->diags);

    if (r < 0)
        return r;
    r = read_nodes(&loader, tests);
    tests->errors += loader.errors || !tests->root;
    gp_loader_close(&loader);
    if (r < 0 || !tests->root)
        return r;
    r = gp_bind_object(&tests->binder, &gp_object_tests, tests->root, &tests->document);
    return r < 0 ? r : check_paths(tests);
}

int gp_tests_open(struct gp_tests **ret_tests, const char *path, const struct gp_load_options *options,
                  struct gp_diags *diags)
{
    struct gp_tests *tests = new_tests(path, options, diags);
    int r = tests ? read_file(tests, options) : -ENOMEM;

    if (r < 0 || gp_diags_failed(diags)) {
        gp_tests_free(tests);
        return -ENOMEM;
    }
    *ret_tests = tests;
    return tests->errors || tests->binder.errors ? -EINVAL : 0;
}

struct gp_str gp_tests_set(const struct gp_tests *tests)
{
    return tests->document.tests_for.text;
}

int gp_tests_load(struct gp_tests **ret_tests, const struct gp_ruleset *rules, const char *path,
                  const struct gp_load_options *options, struct gp_diags *diags)
{
    struct gp_tests *tests = NULL;
    int r = gp_tests_open(&tests, path, options, diags);

    if (!rules->partial && (r == 0 || (r == -EINVAL && tests && tests->root))) {
        int s = gp_tests_check(tests, rules, diags);
        r = s < 0 ? s : r;
    }
    if (r == -ENOMEM)
        gp_tests_free(tests);
    else if (tests)
        *ret_tests = tests;
    return r;
}
