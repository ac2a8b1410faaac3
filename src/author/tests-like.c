/* Trees that start from other trees, and cases that start from trees. */
#include "author/tests-internal.h"
#include "rule/limits.h"

const struct gp_map_entry *gp_tests_tree(const struct gp_tests *tests, struct gp_str id)
{
    return gp_map_find(&tests->document.trees, id);
}

enum mark { MARK_NEW, MARK_BUSY, MARK_DONE };

/* All files together; those that are all zeros take no room. */
static void check_bytes(struct gp_building *to, struct gp_span at)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < to->blueprint->items.count; i++) {
        const struct gp_item *item = to->blueprint->items.entries[i].value;

        if (item->kind == GP_ITEM_FILE && !gp_item_is_zeros(item) && gp_item_live(item))
            bytes += gp_item_size(item);
    }
    if (bytes <= GP_LIMIT_TEST_TREE_BYTES || to->blueprint->broken)
        return;
    gp_tests_error(to->tests, GP_DIAG_LIMIT_TEST_BYTES, at,
                   "the files of a tree that are not all zeros may have %u bytes together, these have %llu",
                   GP_LIMIT_TEST_TREE_BYTES, (unsigned long long)bytes);
    to->blueprint->broken = true;
}

static int build_own(struct gp_tests *tests, size_t index, size_t base)
{
    const struct gp_test_tree *tree = tests->document.trees.data[index].value;
    struct gp_building to = {tests, tests->arena, &tests->blueprints[index]};
    int r = base == SIZE_MAX ? 0 : gp_build_copy(&to, &tests->blueprints[base]);

    to.blueprint->broken = to.blueprint->broken || tests->document.trees.data[index].broken;
    if (r == 0)
        r = gp_build_tree(&to, tree);
    if (r == 0)
        check_bytes(&to, tree->at);
    return r;
}

static void say_ring(struct gp_tests *tests, const size_t *chain, size_t from, size_t count)
{
    const struct gp_map *trees = &tests->document.trees;
    const struct gp_test_tree *last = trees->data[chain[count - 1]].value;
    struct gp_diag *diag = gp_tests_error(tests, GP_DIAG_TEST_RING, last->like->at,
                                          "a tree that is like itself: '%.*s'", GP_STR_ARG(last->like->id));

    for (size_t i = from; i < count; i++) {
        const struct gp_test_tree *tree = trees->data[chain[i]].value;

        gp_diag_note(tests->diags, diag, tree->like->at, "'%.*s' is like '%.*s'", GP_STR_ARG(tree->id),
                     GP_STR_ARG(tree->like->id));
        tests->blueprints[chain[i]].broken = true;
    }
}

/* The trees that `index` rests on, itself first, until one that is built (`*ret_base`) or rests on none (SIZE_MAX). */
static size_t follow(struct gp_tests *tests, size_t index, size_t *chain, size_t *ret_base)
{
    const struct gp_map *trees = &tests->document.trees;
    size_t count = 0;

    *ret_base = SIZE_MAX;
    for (;;) {
        const struct gp_test_tree *tree = trees->data[index].value;
        const struct gp_map_entry *like = tree->like ? gp_map_find(trees, tree->like->id) : NULL;

        tests->tree_marks[index] = MARK_BUSY;
        chain[count++] = index;
        if (tree->like && !like) {
            gp_tests_no_such(tests, "tree", tree->like->id, tree->like->at, trees, NULL);
            tests->blueprints[index].broken = true;
        }
        if (!like)
            return count;
        index = (size_t)(like - trees->data);
        if (tests->tree_marks[index] == MARK_DONE) {
            *ret_base = index;
            return count;
        }
        if (tests->tree_marks[index] == MARK_BUSY) {
            size_t from = 0;
            while (chain[from] != index)
                from++;
            say_ring(tests, chain, from, count);
            return count;
        }
    }
}

int gp_tests_trees(struct gp_tests *tests)
{
    size_t count = tests->document.trees.count, *chain = GP_NEW_ARRAY(tests->arena, size_t, count + 1);

    tests->blueprints = GP_NEW_ARRAY(tests->arena, struct gp_blueprint, count + 1);
    tests->tree_marks = gp_arena_alloc(tests->arena, count + 1);
    if (!chain || !tests->blueprints || !tests->tree_marks)
        return -ENOMEM;
    for (size_t i = 0; i < tests->inherited; i++) {
        tests->blueprints[i] = tests->base->blueprints[i];
        tests->tree_marks[i] = MARK_DONE;
    }
    for (size_t i = tests->inherited; i < count; i++) {
        size_t base, length = tests->tree_marks[i] == MARK_DONE ? 0 : follow(tests, i, chain, &base);

        while (length--) {
            bool broken = tests->blueprints[chain[length]].broken;
            int r = build_own(tests, chain[length], base);

            if (r < 0)
                return r;
            tests->blueprints[chain[length]].broken |= broken;
            tests->tree_marks[chain[length]] = MARK_DONE;
            base = chain[length];
        }
    }
    return 0;
}

int gp_tests_blueprint(struct gp_tests *tests, const struct gp_test_case *it, struct gp_arena *arena,
                       struct gp_blueprint *ret_blueprint)
{
    const struct gp_map *trees = &tests->document.trees;
    const struct gp_map_entry *tree = it->tree ? gp_map_find(trees, it->tree->id) : NULL;
    struct gp_blueprint blueprint = {.broken = !tree};
    struct gp_building to = {tests, arena, &blueprint};
    int r = tree ? gp_build_copy(&to, &tests->blueprints[tree - trees->data]) : 0;

    if (r == 0)
        r = gp_build_setup(&to, it->with);
    if (r == 0)
        check_bytes(&to, it->at);
    if (r == 0)
        *ret_blueprint = blueprint;
    return r;
}
