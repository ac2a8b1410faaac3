#include "cli/test-files.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "author/origin-layers.h"
#include "cli/rulesets.h"
#include "rule/limits.h"
#include "util/text.h"

#define MANIFEST "ruleset.yaml"

void gp_test_files_free(struct gp_test_files *files)
{
    for (size_t i = 0; i < files->files.count; i++)
        gp_tests_free(files->files.data[i].tests);
    for (size_t i = 0; i < files->sets.count; i++)
        gp_ruleset_free(files->sets.data[i]);
    files->files.count = files->sets.count = 0;
}

/* ---- rule sets --------------------------------------------------------------------------------------------------- */

static bool is_directory(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_there(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

static bool has_manifest(const struct gp_test_files *files, const char *directory)
{
    const char *path = gp_arena_printf(files->cli->arena, "%s/" MANIFEST, directory);

    return path && is_there(path);
}

/* Keeps a set, or finds the one that is the same: `*ret_set` its index. */
static int keep_set(struct gp_test_files *files, struct gp_ruleset *rules, size_t *ret_set)
{
    for (size_t i = 0; i < files->sets.count; i++) {
        const struct gp_ruleset *other = files->sets.data[i];

        if (gp_str_equal(other->manifest.name, rules->manifest.name) && strcmp(other->digest, rules->digest) == 0) {
            gp_ruleset_free(rules);
            *ret_set = i;
            return 0;
        }
    }
    *ret_set = files->sets.count;
    if (gp_vec_push(files->cli->arena, &files->sets, rules) == 0)
        return 0;
    gp_ruleset_free(rules);
    return -ENOMEM;
}

static int load_into(struct gp_test_files *files, const struct gp_test_load *load, struct gp_diags *diags,
                     size_t *ret_set)
{
    struct gp_load_options options = files->options;
    struct gp_layer *layers = GP_NEW_ARRAY(files->cli->arena, struct gp_layer, options.layer_count + 1);
    struct gp_ruleset *rules;

    if (!layers)
        return -ENOMEM;
    if (options.layer_count)
        memcpy(layers, options.layers, options.layer_count * sizeof(*layers));
    if (load->layer)
        layers[options.layer_count++] = (struct gp_layer){load->layer, "around the tests"};
    options.layers = layers;
    options.without_drop_ins = load->own;
    int r = gp_load(&rules, load->name, &options, diags);
    return r < 0 ? r : keep_set(files, rules, ret_set);
}

static bool has_drop_ins(const struct gp_ruleset *rules)
{
    for (size_t i = 0; i < rules->file_count; i++)
        if (rules->files[i].drop_in)
            return true;
    return false;
}

/* What was said of the files once is not said again: the set without its drop-ins is loaded quietly, unless that is
 * what goes wrong. */
static int load_quietly(struct gp_test_files *files, const struct gp_test_load *load, size_t *ret_set)
{
    struct gp_diags *diags = gp_diags_new(files->cli->sources, 1);
    int r = diags ? load_into(files, load, diags, ret_set) : -ENOMEM;

    gp_diags_free(diags);
    return r == 0 || r == -ENOMEM ? r : load_into(files, load, files->cli->diags, ret_set);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static const struct gp_test_load *find_load(const struct gp_test_files *files, const struct gp_test_load *like)
{
    for (size_t i = 0; i < files->loads.count; i++) {
        const struct gp_test_load *load = &files->loads.data[i];

        if (same_text(load->name, like->name) && same_text(load->layer, like->layer) && load->own == like->own)
            return load;
    }
    return NULL;
}

/* Loads a set by its name or path, as it is in effect, or as its owner has it (`own`): what a site changes is for the
 * tests of the site.  `layer` (NULL: none) is looked into too.  0, 1 (it is wrong, and that was said), -ENOMEM. */
static int load_set(struct gp_test_files *files, const char *name, bool own, const char *layer, size_t *ret_set)
{
    struct gp_test_load load = {.name = name, .layer = layer, .own = own};
    const struct gp_test_load *known = find_load(files, &load);
    int r = 0;

    if (known) {
        *ret_set = known->set;
        return known->wrong;
    }
    if (own)
        r = load_set(files, name, false, layer, &load.set);
    else
        r = load_into(files, &load, files->cli->diags, &load.set);
    if (r == 0 && own && has_drop_ins(files->sets.data[load.set]))
        r = load_quietly(files, &load, &load.set);
    if (r == -ENOMEM)
        return r;
    load.wrong = r != 0;
    files->wrong = files->wrong || load.wrong;
    *ret_set = load.set;
    return gp_vec_push(files->cli->arena, &files->loads, load) < 0 ? -ENOMEM : load.wrong;
}

/* ---- files of tests ---------------------------------------------------------------------------------------------- */

static int check_file(struct gp_test_files *files, struct gp_tests *tests, size_t set)
{
    struct gp_test_source source = {tests, set};
    int r = gp_tests_check(tests, files->sets.data[set], files->cli->diags);

    files->wrong = files->wrong || r == -EINVAL;
    if (r == 0)
        r = gp_vec_push(files->cli->arena, &files->files, source);
    if (r < 0)
        gp_tests_free(tests);
    return r == -EINVAL ? 0 : r;
}

/* Whether a file was taken already: a set and a file of it may be named together.  1, 0 or -ENOMEM. */
static int is_known(struct gp_test_files *files, const char *path)
{
    struct gp_test_identity it = {0};
    struct stat st;

    if (stat(path, &st) < 0)
        return 0; /* reading it says why */
    it = (struct gp_test_identity){st.st_dev, st.st_ino};
    for (size_t i = 0; i < files->known.count; i++)
        if (files->known.data[i].device == it.device && files->known.data[i].inode == it.inode)
            return 1;
    return gp_vec_push(files->cli->arena, &files->known, it);
}

/* `*ret_tests` is left alone if the file is known, or so wrong that it does not say which set it is for.  One with
 * other errors is held against its set all the same, so that all of them are said at once; it is not run. */
static int open_file(struct gp_test_files *files, const char *path, struct gp_tests **ret_tests)
{
    struct gp_tests *tests = NULL;
    int known = is_known(files, path);

    if (known)
        return known < 0 ? known : 0;
    int r = gp_tests_open(&tests, path, &files->options, files->cli->diags);

    if (r == -EINVAL) {
        files->wrong = true;
        r = 0;
    }
    if (r == 0 && gp_tests_set(tests).data)
        *ret_tests = tests;
    else
        gp_tests_free(tests);
    return r;
}

/* Whether a file of tests lies in the set's own directory. */
static bool is_own(const struct gp_ruleset *rules, const char *path)
{
    struct gp_str directory = rules->directory;

    return directory.len && strncmp(path, directory.data, directory.len) == 0 && path[directory.len] == '/';
}

static int take_set(struct gp_test_files *files, const char *name)
{
    const char **paths = NULL;
    size_t own, whole, count = 0;
    int r = load_set(files, name, true, NULL, &own);

    if (r == 0)
        r = load_set(files, name, false, NULL, &whole);
    if (r != 0)
        return r < 0 ? r : 0;
    r = gp_tests_find(files->sets.data[own], &files->options, files->cli->diags, files->cli->arena, &paths, &count);
    files->wrong = files->wrong || r == -EINVAL;
    for (size_t i = 0; r == 0 && i < count; i++) {
        struct gp_tests *tests = NULL;

        r = open_file(files, paths[i], &tests);
        if (r == 0 && tests)
            r = check_file(files, tests, is_own(files->sets.data[own], paths[i]) ? own : whole);
    }
    return r == -EINVAL ? 0 : r;
}

/* "a" of "a/b", "." of "b", "/" of "/b", ".." of ".". */
static const char *parent_of(struct gp_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *last = slash ? slash + 1 : path;

    if (strcmp(last, "..") == 0)
        return gp_arena_printf(arena, "%s/..", path);
    if (strcmp(path, ".") == 0)
        return "..";
    if (!slash)
        return ".";
    return slash == path ? "/" : gp_arena_memdup(arena, path, (size_t)(slash - path));
}

/* The set that a file is for: the one that it lies in, or beside whose drop-ins it lies, or one that can be found. */
static int find_set(struct gp_test_files *files, const char *path, struct gp_str name, size_t *ret_set)
{
    struct gp_arena *arena = files->cli->arena;
    const char *directory = parent_of(arena, path), *around = directory ? parent_of(arena, directory) : NULL;
    const char *layer = around ? parent_of(arena, around) : NULL;
    const char *drop_ins = gp_arena_printf(arena, "%.*s.d", GP_STR_ARG(name));
    const char *copy = gp_arena_memdup(arena, name.data, name.len);

    if (!layer || !drop_ins || !copy)
        return -ENOMEM;
    const char *base = strrchr(around, '/');
    if (has_manifest(files, around)) {
        const char *set = gp_load_is_path(around) ? around : gp_arena_printf(arena, "./%s", around);
        return set ? load_set(files, set, true, NULL, ret_set) : -ENOMEM;
    }
    if (strcmp(base ? base + 1 : around, drop_ins) == 0)
        return load_set(files, copy, false, layer, ret_set);
    return load_set(files, copy, true, NULL, ret_set);
}

static int take_file(struct gp_test_files *files, const char *path)
{
    struct gp_tests *tests = NULL;
    size_t set;
    int r = open_file(files, path, &tests);

    if (r < 0 || !tests)
        return r;
    r = find_set(files, path, gp_tests_set(tests), &set);
    if (r == 0)
        return check_file(files, tests, set);
    gp_tests_free(tests);
    return r < 0 ? r : 0;
}

static int take_directory(struct gp_test_files *files, const char *directory)
{
    const char **paths = NULL;
    size_t count = 0;
    int r = gp_tests_list(directory, &files->options, files->cli->diags, files->cli->arena, &paths, &count);

    files->wrong = files->wrong || r == -EINVAL;
    for (size_t i = 0; r == 0 && i < count; i++)
        r = take_file(files, paths[i]);
    return r == -EINVAL ? 0 : r;
}

/* ---- the command line -------------------------------------------------------------------------------------------- */

/* Whether a layer has something of this name.  1, 0 or -ENOMEM. */
static int is_in_layers(struct gp_test_files *files, const char *name)
{
    struct gp_layer_finds finds = {0};
    int r = gp_layers_look(&files->options, name, files->cli->arena, &finds);

    return r < 0 ? r : finds.set != NULL;
}

/* A set's own directory, or one with files of tests. */
static int take_place(struct gp_test_files *files, const char *directory)
{
    const char *path = gp_load_is_path(directory) ? directory : gp_arena_printf(files->cli->arena, "./%s", directory);

    if (!path)
        return -ENOMEM;
    return has_manifest(files, path) ? take_set(files, path) : take_directory(files, directory);
}

/* What a name means must not hang on where the command is typed, so one that could mean two things means neither. */
static int take(struct gp_test_files *files, const char *operand)
{
    bool path = gp_load_is_path(operand), there = is_there(operand);
    int set = !path && there ? is_in_layers(files, operand) : 0;

    if (set < 0)
        return set;
    if (set)
        return gp_usage(files->cli, "'%s' is a rule set of the layers and something in this directory: write -r %s for "
                                    "the one, ./%s for the other", operand, operand, operand);
    if (is_directory(operand))
        return take_place(files, operand);
    if (there)
        return take_file(files, operand);
    if (path || !*operand)
        return gp_usage(files->cli, "there is no file or directory '%s'", operand);
    return take_set(files, operand);
}

int gp_test_files_read(struct gp_test_files *files, struct gp_cli *cli)
{
    const struct gp_options *given = &cli->options;
    const char **names = NULL;
    size_t count = 0;
    int r;

    *files = (struct gp_test_files){.cli = cli};
    cli->sources = gp_sources_new();
    cli->diags = cli->sources ? gp_diags_new(cli->sources, GP_LIMIT_DIAGNOSTICS) : NULL;
    if (!cli->diags)
        return -ENOMEM;
    r = gp_rulesets_options(cli, &files->options);
    if (r == 0 && !given->operand_count)
        r = gp_rulesets_names(cli, &names, &count);
    for (size_t i = 0; r == 0 && i < count; i++)
        r = take_set(files, names[i]);
    for (size_t i = 0; r == 0 && i < given->operand_count; i++)
        r = take(files, given->operands[i]);
    return r == 0 && gp_diags_failed(cli->diags) ? -ENOMEM : r;
}
