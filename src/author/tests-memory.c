/* A scene in memory. */
#include "author/tests-internal.h"
#include "util/text.h"

static int put_file(struct gp_test_scene *scene, struct gp_memtree *tree, const struct gp_item *item)
{
    uint64_t size = gp_item_size(item);

    if (gp_item_is_zeros(item)) {
        gp_memtree_zeros(tree, item->path, size);
        return 0;
    }
    char *content = gp_arena_alloc(scene->arena, size + 1);
    if (!content)
        return -ENOMEM;
    gp_item_content(item, content);
    gp_memtree_file(tree, item->path, content, size);
    return 0;
}

static void put_attributes(struct gp_memtree *tree, const struct gp_item *item)
{
    unsigned set, known = gp_item_attributes(item, &set);

    if (gp_item_read_only(item))
        gp_memtree_mode(tree, item->path, item->kind == GP_ITEM_DIRECTORY ? 0555 : 0444);
    if (known) /* a file system that keeps these keeps all three */
        gp_memtree_attributes(tree, item->path, known | GP_ATTRIBUTE_READ_ONLY,
                              set | (gp_item_read_only(item) ? GP_ATTRIBUTE_READ_ONLY : 0u));
}

static int put_item(struct gp_test_scene *scene, struct gp_memtree *tree, const struct gp_item *item)
{
    int r = 0;

    switch (item->kind) {
    case GP_ITEM_DIRECTORY:
        gp_memtree_dir(tree, item->path);
        put_attributes(tree, item);
        break;
    case GP_ITEM_FILE:
        r = put_file(scene, tree, item);
        if (r == 0)
            put_attributes(tree, item);
        break;
    case GP_ITEM_LINK:
        gp_memtree_link(tree, item->path);
        break;
    case GP_ITEM_OTHER:
        gp_memtree_other(tree, item->path);
        break;
    }
    if (r < 0)
        return r;
    gp_memtree_mtime(tree, item->path, gp_item_mtime(item, scene->now));
    if (item->locked)
        gp_memtree_locked(tree, item->path, true);
    if (item->unreadable && item->kind == GP_ITEM_DIRECTORY)
        gp_memtree_close(tree, item->path, EACCES);
    else if (item->unreadable)
        gp_memtree_fail_read(tree, item->path, EACCES);
    return 0;
}

static int build(struct gp_test_scene *scene, const struct gp_blueprint *blueprint, struct gp_memtree **ret_tree)
{
    struct gp_memtree *tree = gp_memtree_new();
    struct gp_str ledger = {0};
    int r = tree ? gp_vec_push(scene->arena, &scene->memories, tree) : -ENOMEM;

    if (r < 0) {
        gp_memtree_free(tree);
        return r;
    }
    for (size_t i = 0; r == 0 && i < blueprint->items.count; i++) {
        const struct gp_item *item = blueprint->items.entries[i].value;

        if (gp_item_live(item))
            r = put_item(scene, tree, item);
    }
    if (r == 0)
        r = gp_scene_ledger(scene, blueprint, &ledger);
    if (r == 0 && ledger.data)
        gp_memtree_ledger(tree, ledger.data);
    if (r == 0 && blueprint->ledger_unreadable)
        gp_memtree_ledger_fail(tree, EACCES);
    *ret_tree = tree;
    return r;
}

/* The path by which the evaluation will ask for a directory: what was given for it, or one that we make up. */
static int name_directory(struct gp_test_scene *scene, struct gp_str id, const char **ret_path)
{
    for (size_t i = scene->given.count; i-- > 0;)
        if (gp_str_equal(scene->given.data[i].name, id)) {
            *ret_path = scene->given.data[i].value.data;
            return 0;
        }
    *ret_path = gp_arena_printf(scene->arena, "/%.*s", GP_STR_ARG(id));
    return *ret_path ? gp_scene_set(scene, id, *ret_path) : -ENOMEM;
}

static int put_directories(struct gp_test_scene *scene, struct gp_memtree *tree)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < scene->directories.count; i++) {
        struct gp_scene_directory *directory = &scene->directories.data[i];
        struct gp_memtree *other = NULL;

        r = name_directory(scene, directory->id, &directory->path);
        if (r == 0)
            r = build(scene, directory->blueprint, &other);
        if (r == 0)
            gp_memtree_under(tree, directory->path, other);
    }
    return r;
}

int gp_scene_build_memory(struct gp_test_scene *scene)
{
    struct gp_probe_options options = gp_scene_probe_options(scene);
    struct gp_memtree *tree = NULL;
    int r = build(scene, &scene->blueprint, &tree);

    if (r == 0 && scene->free_space.type != GP_TYPE_ANY)
        gp_memtree_free_space(tree, (uint64_t)scene->free_space.integer);
    if (r == 0)
        r = put_directories(scene, tree);
    return r < 0 ? r : gp_memtree_open(&scene->probe, tree, &options);
}

int gp_scene_close(struct gp_test_scene *scene)
{
    gp_probe_free(scene->probe);
    scene->probe = NULL;
    for (size_t i = 0; i < scene->memories.count; i++)
        gp_memtree_free(scene->memories.data[i]);
    scene->memories.count = 0;
    return scene->options->directory ? gp_scene_remove_disk(scene) : 0;
}
