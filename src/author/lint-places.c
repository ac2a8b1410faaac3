/*
 * What conditions say of one place together: nothing is a file and a directory,
 * or there and absent; and of GATEPOST, which is the engine's own.  Only literal
 * paths are looked at.
 */
#include "author/lint-internal.h"

#include <errno.h>
#include <string.h>

#include "rule/tables.h"
#include "util/text.h"

/* What a condition says of a place if it holds. */
struct claim {
    const char *what; /* "a file" */
    const struct gp_pathexpr *path;
};

struct clash {
    const struct claim *first, *second; /* NULL: there is none */
};

struct claims {
    struct gp_lint *lint;
    struct gp_strmap places; /* path and directory, as a shape -> the first struct claim of it */
    struct clash clash;      /* the first that was found */
};

static const struct kind {
    const char *form, *what;
    bool one; /* one of several paths is enough, so only a lone one is sure */
} kinds[] = {
    {"file", "a file", false},
    {"dir", "a directory", false},
    {"absent", "absent", false},
    {"some", "a file", true},
};

static const struct kind *kind_of(const struct gp_cond *cond)
{
    for (size_t i = 0; i < GP_COUNT(kinds); i++)
        if (gp_lint_is_form(cond, kinds[i].form))
            return &kinds[i];
    return NULL;
}

static struct gp_paths paths_of(const struct gp_cond *cond)
{
    const struct gp_paths *paths = gp_lint_member(cond->form->object, cond->data, cond->form->key, GP_KIND_PATHS);

    return paths ? *paths : (struct gp_paths){0};
}

/* ---- claims ------------------------------------------------------------------------------------------------------ */

static bool is_own(const struct gp_lint *lint, const struct gp_pathexpr *path)
{
    const struct gp_str own = GP_STR("GATEPOST");
    bool fold = lint->rules->manifest.names == GP_NAMES_DOS;

    if (!path->count || path->parts[0].text || !path->parts[0].glob.literal)
        return false;
    return fold ? gp_ascii_equal_fold(path->parts[0].glob.text, own) : gp_str_equal(path->parts[0].glob.text, own);
}

static struct gp_shape place_of(const struct claims *it, const struct gp_pathexpr *path, const struct gp_ref *under)
{
    return gp_shape_mix(gp_lint_path_shape(it->lint, path), gp_shape_of_text(under ? under->id : (struct gp_str){0}));
}

static int claim_path(struct claims *it, const struct gp_pathexpr *path, const struct gp_ref *under, const char *what)
{
    struct claim *claim = GP_NEW(it->lint->arena, struct claim);
    const void *known;

    if (!claim)
        return -ENOMEM;
    *claim = (struct claim){what, path};
    int r = gp_shapes_add(it->lint->arena, &it->places, place_of(it, path, under), claim, &known);
    const struct claim *first = r == 0 ? known : NULL;
    if (first && strcmp(first->what, what) != 0 && !it->clash.first)
        it->clash = (struct clash){first, claim};
    return r;
}

/* GATEPOST has a finding of its own. */
static bool is_sure(const struct claims *it, const struct gp_cond *cond, const struct gp_pathexpr *path)
{
    return !path->glob && !path->dynamic && (cond->under || !is_own(it->lint, path));
}

static int claim_leaf(struct claims *it, const struct gp_cond *cond)
{
    const struct kind *kind = kind_of(cond);
    struct gp_paths paths = kind ? paths_of(cond) : (struct gp_paths){0};
    int r = 0;

    for (size_t i = 0; i < paths.count && r == 0; i++)
        if (is_sure(it, cond, paths.data[i]) && !(kind->one && paths.count > 1))
            r = claim_path(it, paths.data[i], cond->under, kind->what);
    return r;
}

/* What follows if the condition holds.  A named list is not gone into, so that one that many name costs no more; lists
 * inside are, as deep as conditions may be nested. */
static int claim(struct claims *it, const struct gp_cond *cond)
{
    const struct gp_cond *core = gp_lint_core(it->lint, cond);
    struct gp_conds list = core == cond && gp_lint_is_form(cond, "all") ? gp_lint_list(cond) : (struct gp_conds){0};
    int r = core && !gp_lint_is_broken(core) ? claim_leaf(it, core) : 0;

    for (size_t i = 0; i < list.count && r == 0; i++)
        r = claim(it, list.data[i]);
    return r;
}

/* The parts of `any` and `none` that are negated: if none of what they negate can hold together, one part holds. */
static int claim_negated(struct claims *it, const struct gp_conds *list)
{
    int r = 0;

    for (size_t i = 0; i < list->count && r == 0; i++) {
        const struct gp_cond *part = gp_lint_core(it->lint, list->data[i]);
        const struct gp_cond *negated = part && !gp_lint_is_broken(part) ? gp_lint_negated(part) : NULL;
        r = negated ? claim(it, negated) : 0;
    }
    return r;
}

static int find_clash(struct gp_lint *lint, const struct gp_cond *cond, struct clash *ret)
{
    struct claims it = {.lint = lint};
    struct gp_conds list = gp_lint_list(cond);
    int r = gp_lint_is_form(cond, "all") ? claim(&it, cond) : claim_negated(&it, &list);

    if (r == 0)
        *ret = it.clash;
    return r;
}

bool gp_lint_has_clash(struct gp_lint *lint, const struct gp_cond *cond)
{
    struct clash clash = {0};

    return find_clash(lint, cond, &clash) == 0 && clash.first;
}

/* ---- GATEPOST ---------------------------------------------------------------------------------------------------- */

enum gp_fate gp_lint_own_fate(const struct gp_lint *lint, const struct gp_cond *cond)
{
    const struct kind *kind = cond->under ? NULL : kind_of(cond);
    struct gp_paths paths = kind ? paths_of(cond) : (struct gp_paths){0};
    bool absent = gp_lint_is_form(cond, "absent");
    size_t own = 0;

    for (size_t i = 0; i < paths.count; i++)
        own += is_own(lint, paths.data[i]);
    if (!own || ((absent || kind->one) && own < paths.count))
        return GP_FATE_OPEN;
    return absent ? GP_FATE_NEVER_FALSE : GP_FATE_NEVER_TRUE;
}

static void check_own(struct gp_lint *lint, const struct gp_cond *cond)
{
    const struct kind *kind = cond->under ? NULL : kind_of(cond);
    struct gp_paths paths = kind ? paths_of(cond) : (struct gp_paths){0};
    bool absent = gp_lint_is_form(cond, "absent");

    for (size_t i = 0; i < paths.count; i++)
        if (is_own(lint, paths.data[i]))
            gp_diag_add(lint->diags, absent ? GP_DIAG_ALWAYS_HOLDS : GP_DIAG_NEVER_HOLDS, paths.data[i]->at,
                        "this %s: %.*s is the engine's own, and to conditions it is not there",
                        absent ? "always holds" : "can never hold", GP_STR_ARG(paths.data[i]->parts[0].glob.text));
}

/* ---- checks ------------------------------------------------------------------------------------------------------ */

static void say(struct gp_lint *lint, enum gp_diag_id id, const char *why, const struct clash *clash)
{
    const struct claim *first = clash->first, *second = clash->second;
    struct gp_diag *diag = gp_diag_add(lint->diags, id, second->path->at, "%s: '%.*s' is never both %s and %s", why,
                                       GP_STR_ARG(second->path->text), first->what, second->what);

    gp_diag_note(lint->diags, diag, first->path->at, "%s here", first->what);
}

/* What is inside of a list and never holds by itself is said there. */
static bool was_said(struct gp_lint *lint, const struct gp_conds *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (gp_lint_is_form(list->data[i], "all") && gp_lint_fate(lint, list->data[i]) & GP_FATE_NEVER_TRUE)
            return true;
    return false;
}

int gp_lint_places(struct gp_lint *lint, const struct gp_cond *cond)
{
    struct gp_conds list = gp_lint_list(cond);
    struct clash clash = {0};
    bool any = gp_lint_is_form(cond, "any");

    check_own(lint, cond);
    if (list.count < 2 || was_said(lint, &list))
        return 0;
    int r = find_clash(lint, cond, &clash);
    if (r == 0 && clash.first)
        say(lint, any ? GP_DIAG_ALWAYS_HOLDS : GP_DIAG_NEVER_HOLDS, any ? "this always holds" : "this can never hold",
            &clash);
    return r;
}

/* What holds under a guard that does not hold then. */
int gp_lint_guard(struct gp_lint *lint, const struct gp_object *object, const void *instance)
{
    const struct gp_requirement *requirement = instance;
    bool guarded = object == &gp_object_requirement || object == &gp_object_ensured;

    if (!guarded || !requirement->when || !requirement->that)
        return 0;
    if ((gp_lint_fate(lint, requirement->when) | gp_lint_fate(lint, requirement->that)) & GP_FATE_NEVER_TRUE)
        return 0;
    struct claims it = {.lint = lint};
    int r = claim(&it, requirement->when);
    if (r == 0)
        r = claim(&it, requirement->that);
    const char *why = gp_arena_printf(lint->arena, "requirement '%.*s' can never hold where its guard does",
                                      GP_STR_ARG(requirement->def.id));
    if (r < 0 || !why)
        return -ENOMEM;
    if (it.clash.first)
        say(lint, GP_DIAG_NEVER_HOLDS, why, &it.clash);
    return 0;
}
