/* Files of rule tests: where they lie, how they are read and bound. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "author/tests-internal.h"
#include "load/loader.h"
#include "rule/limits.h"
#include "util/text.h"

/* ---- a loader of our own ----------------------------------------------------------------------------------------- */

static void close_loader(struct gp_loader *loader)
{
    gp_arena_free(loader->scratch);
    gp_digest_free(loader->digest);
}

static int open_loader(struct gp_loader *loader, struct gp_arena *arena, const struct gp_load_options *options,
                       struct gp_diags *diags)
{
    *loader = (struct gp_loader){
        .arena = arena,
        .diags = diags,
        .options = options,
        .sys = options->sys ? options->sys : &gp_sys_linux,
        .layers = options->layers,
        .layer_count = options->layer_count,
        .node_budget = GP_LIMIT_NODES,
        .files_left = GP_LIMIT_SET_FILES,
    };
    loader->scratch = gp_arena_new(0);
    loader->digest = gp_digest_new();
    if (loader->scratch && loader->digest)
        return 0;
    close_loader(loader);
    return -ENOMEM;
}

/* ---- where they lie ---------------------------------------------------------------------------------------------- */

typedef GP_VEC(const char *) paths;

static bool is_tests_file(const char *name)
{
    size_t len = strlen(name);

    return len > 5 && name[0] != '.' && strcmp(name + len - 5, ".yaml") == 0;
}

/* What is not there holds no tests; what cannot be listed might. */
static int add_directory(struct gp_loader *loader, struct gp_arena *arena, const char *directory, paths *found)
{
    struct gp_dir_entry *entries;
    size_t count;
    int r = gp_dir_list(loader, directory, &entries, &count);

    if (r == -ENOENT || r == -ENOMEM)
        return r == -ENOMEM ? r : 0;
    if (r < 0) {
        gp_loader_error(loader, GP_DIAG_FILE_READ, gp_loader_place(loader, directory),
                        "the directory cannot be read: %s", strerror(-r));
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        const char *path = is_tests_file(entries[i].name) ? gp_arena_printf(arena, "%s/%s", directory, entries[i].name)
                                                          : "";
        if (!path || (*path && gp_vec_push(arena, found, path) < 0))
            return -ENOMEM;
    }
    return 0;
}

static int add_drop_ins(struct gp_loader *loader, struct gp_arena *arena, struct gp_str set, const char *layer,
                        paths *found)
{
    const char *path = gp_arena_printf(loader->scratch, "%s/%.*s.d/tests", layer, GP_STR_ARG(set));

    return path ? add_directory(loader, arena, path, found) : -ENOMEM;
}

/* The directory beside a set is a layer, listed or not. */
static const char *layer_of(struct gp_arena *arena, const char *directory)
{
    const char *slash = strrchr(directory, '/');

    if (!slash)
        return ".";
    return slash == directory ? "/" : gp_arena_memdup(arena, directory, (size_t)(slash - directory));
}

static int find(struct gp_loader *loader, const struct gp_ruleset *rules, struct gp_arena *arena, paths *found)
{
    struct gp_str set = rules->manifest.name;
    const char *own, *beside;
    bool listed = false;
    int r = 0;

    if (rules->directory.data) {
        own = gp_arena_printf(loader->scratch, "%.*s/tests", GP_STR_ARG(rules->directory));
        beside = layer_of(loader->scratch, rules->directory.data);
        if (!own || !beside)
            return -ENOMEM;
        r = add_directory(loader, arena, own, found);
        for (size_t i = 0; i < loader->layer_count; i++)
            listed = listed || strcmp(loader->layers[i].directory, beside) == 0;
        if (r == 0 && !listed)
            r = add_drop_ins(loader, arena, set, beside, found);
    }
    for (size_t i = 0; r == 0 && i < loader->layer_count; i++)
        r = add_drop_ins(loader, arena, set, loader->layers[i].directory, found);
    return r;
}

int gp_tests_find(const struct gp_ruleset *rules, const struct gp_load_options *options, struct gp_diags *diags,
                  struct gp_arena *arena, const char ***ret_paths, size_t *ret_count)
{
    struct gp_loader loader;
    paths found = {0};
    int r = open_loader(&loader, arena, options, diags);

    if (r < 0)
        return r;
    r = find(&loader, rules, arena, &found);
    if (r == 0 && loader.errors)
        r = -EINVAL;
    close_loader(&loader);
    if (r == 0) {
        *ret_paths = found.data;
        *ret_count = found.count;
    }
    return r;
}

int gp_tests_list(const char *directory, const struct gp_load_options *options, struct gp_diags *diags,
                  struct gp_arena *arena, const char ***ret_paths, size_t *ret_count)
{
    struct gp_loader loader;
    paths found = {0};
    int r = open_loader(&loader, arena, options, diags);

    if (r < 0)
        return r;
    r = add_directory(&loader, arena, directory, &found);
    if (r == 0 && loader.errors)
        r = -EINVAL;
    close_loader(&loader);
    if (r == 0) {
        *ret_paths = found.data;
        *ret_count = found.count;
    }
    return r;
}

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
    int r = open_loader(&loader, tests->arena, options, tests->diags);

    if (r < 0)
        return r;
    r = read_nodes(&loader, tests);
    tests->errors += loader.errors || !tests->root;
    close_loader(&loader);
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
