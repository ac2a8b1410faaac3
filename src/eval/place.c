/*
 * Where an evaluation looks: the tree, and the directories of `under:`.
 */
#include "eval/internal.h"

#include "util/text.h"

#include <string.h>

static int directory_reading(struct gp_eval *eval, const struct gp_ref *under, struct gp_reading *ret)
{
    return gp_eval_setting(eval, under->section, under->id, ret);
}

/* How it went to open the directory of an `under:`. */
static struct gp_outcome opened(struct gp_eval *eval, int r, const char *directory, bool *ret_absent)
{
    enum gp_reason reason;

    *ret_absent = r == -ENOENT || r == -ENOTDIR;
    if (r == 0 || *ret_absent)
        return GP_OUTCOME_TRUE;
    reason = gp_reason_of_errno(r);
    return gp_outcome_unknown(reason, gp_arena_printf(eval->arena, "the directory %s: %s", directory,
                                                      gp_reason_words(reason)));
}

static int add_place(struct gp_eval *eval, struct gp_str directory, struct gp_place **ret_place)
{
    struct gp_place *place = GP_NEW(eval->arena, struct gp_place);
    bool absent;

    if (!place)
        return -ENOMEM;
    place->under = gp_arena_memdup(eval->arena, directory.data, directory.len);
    if (!place->under)
        return -ENOMEM;
    int r = gp_probe_under(eval->it->probe, directory, &place->probe);
    if (r == -ENOMEM)
        return r;
    place->open = opened(eval, r, place->under, &absent);
    if (r < 0)
        place->probe = NULL;
    place->next = eval->places;
    eval->places = *ret_place = place;
    return 0;
}

/* A place that stands for a directory that is not known. */
static int no_place(struct gp_eval *eval, const struct gp_ref *under, const struct gp_reading *why,
                    const struct gp_place **ret_place)
{
    struct gp_place *place = GP_NEW(eval->arena, struct gp_place);

    if (!place)
        return -ENOMEM;
    place->under = gp_arena_memdup(eval->arena, under->id.data, under->id.len);
    if (!place->under)
        return -ENOMEM;
    place->open = (struct gp_outcome){.result = why->result, .reason = why->reason, .detail = why->detail};
    *ret_place = place;
    return 0;
}

int gp_eval_place(struct gp_eval *eval, const struct gp_ref *under, const struct gp_place **ret_place)
{
    struct gp_reading directory;
    struct gp_place *added;
    int r;

    if (!under) {
        *ret_place = eval->here;
        return 0;
    }
    r = directory_reading(eval, under, &directory);
    if (r < 0)
        return r;
    if (directory.result != GP_TRUE)
        return no_place(eval, under, &directory, ret_place);
    for (const struct gp_place *place = eval->places; place; place = place->next) {
        if (place->under && gp_str_is(directory.value.string, place->under)) {
            *ret_place = place;
            return 0;
        }
    }
    r = add_place(eval, directory.value.string, &added);
    if (r == 0)
        *ret_place = added;
    return r;
}

int gp_eval_place_in(struct gp_eval *eval, struct gp_probe *tree, struct gp_probe **ret_probe,
                     struct gp_outcome *ret_outcome)
{
    const char *directory = eval->here->under;
    struct gp_probe *probe = NULL;
    bool absent;
    int r;

    if (!directory) {
        *ret_probe = tree;
        *ret_outcome = GP_OUTCOME_TRUE;
        return 0;
    }
    r = gp_probe_under(tree, (struct gp_str){directory, strlen(directory)}, &probe);
    if (r == -ENOMEM)
        return r;
    *ret_outcome = opened(eval, r, directory, &absent);
    *ret_probe = r < 0 ? NULL : probe;
    return 0;
}
