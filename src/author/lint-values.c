/* Values that never come, that stand for two things, or that stand twice. */
#include "author/lint-internal.h"

#include <errno.h>

#include "rule/say.h"
#include "rule/tables.h"
#include "util/text.h"

/* ---- values of a marker ------------------------------------------------------------------------------------------ */

struct owner {
    const struct gp_map_entry *name;
    const struct gp_expr *raw;
};

static int check_owner(struct gp_lint *lint, struct gp_strmap *owners, const struct gp_map_entry *name,
                       const struct gp_expr *raw)
{
    struct gp_str key = gp_type_is_integer(raw->value.type)
                            ? (struct gp_str){(const char *)&raw->value.integer, sizeof(raw->value.integer)}
                            : raw->value.string;
    const struct owner *first = gp_strmap_get(owners, key);
    struct owner *owner = first ? NULL : GP_NEW(lint->arena, struct owner);

    if (!first) {
        if (!owner)
            return -ENOMEM;
        *owner = (struct owner){name, raw};
        return gp_strmap_put(lint->arena, owners, key, owner);
    }
    struct gp_diag *diag =
        first->name == name
            ? gp_diag_add(lint->diags, GP_DIAG_RAW_TWICE, raw->at, "'%s' stands for '%.*s' twice",
                          gp_say_brief(lint->arena, raw->text), GP_STR_ARG(name->id))
            : gp_diag_add(lint->diags, GP_DIAG_RAW_TWICE, raw->at,
                          "'%s' stands for '%.*s' and for '%.*s'; the first counts",
                          gp_say_brief(lint->arena, raw->text), GP_STR_ARG(first->name->id), GP_STR_ARG(name->id));
    gp_diag_note(lint->diags, diag, first->raw->at, "the first is here");
    return 0;
}

static void check_reach(struct gp_lint *lint, const struct gp_domain *domain, const struct gp_expr *raw)
{
    int64_t number = raw->value.integer;
    bool masked = domain->mask != -1 && number >= 0 && (number & ~domain->mask) != 0;

    if (!domain->integer || !gp_type_is_integer(raw->value.type))
        return;
    if (!masked && number >= domain->least && number <= domain->most)
        return;
    gp_diag_add(lint->diags, GP_DIAG_VALUE_NEVER, raw->at, "'%s' can never be the value: %s",
                gp_say_brief(lint->arena, raw->text),
                masked                   ? "it has bits that the mask takes away"
                : number < domain->least ? "what is read is never so small"
                                         : "what is read is never so great");
}

int gp_lint_marker_values(struct gp_lint *lint, const struct gp_object *object, const void *instance)
{
    const struct gp_marker *marker = instance;
    struct gp_strmap owners = {0};

    if (object != &gp_object_marker || !marker->read || !marker->values.count || marker->read->broken)
        return 0;
    struct gp_domain domain = gp_lint_read_domain(lint, marker);
    for (size_t i = 0; i < marker->values.count; i++) {
        const struct gp_marker_value *value = marker->values.data[i].value;
        for (size_t n = 0; n < value->raw.count; n++) {
            const struct gp_expr *raw = value->raw.data[n];
            if (raw->kind != GP_EXPR_LITERAL || raw->value.type == GP_TYPE_ANY)
                continue;
            check_reach(lint, &domain, raw);
            int r = check_owner(lint, &owners, &marker->values.data[i], raw);
            if (r < 0)
                return r;
        }
    }
    return 0;
}

/* ---- choices ----------------------------------------------------------------------------------------------------- */

int gp_lint_choices(struct gp_lint *lint, const struct gp_object *object, const void *instance)
{
    const struct gp_setting *setting = instance;
    struct gp_strmap seen = {0};

    if ((object != &gp_object_variable && object != &gp_object_parameter) || setting->choices.count < 2)
        return 0;
    const struct gp_node *node = gp_node_get(gp_lint_node(lint, setting->def.at), "choices");
    for (size_t i = 0; node && node->kind == GP_NODE_LIST && i < node->count; i++) {
        struct gp_node *item = node->items[i];
        if (item->kind != GP_NODE_SCALAR)
            continue;
        const struct gp_node *first = gp_strmap_get(&seen, item->text);
        if (!first && gp_strmap_put(lint->arena, &seen, item->text, item) < 0)
            return -ENOMEM;
        if (!first)
            continue;
        struct gp_diag *diag = gp_diag_add(lint->diags, GP_DIAG_CHOICE_TWICE, item->at, "the choice '%s' stands twice",
                                           gp_say_brief(lint->arena, item->text));
        gp_diag_note(lint->diags, diag, first->at, "the first is here");
    }
    return 0;
}

/* ---- cases ------------------------------------------------------------------------------------------------------- */

/* The first case that is true decides, so one with the same condition as an earlier one never does. */
int gp_lint_cases(struct gp_lint *lint, const struct gp_object *object, const void *instance)
{
    const struct gp_marker *marker = instance;
    struct gp_strmap shapes = {0};

    if (object != &gp_object_marker)
        return 0;
    for (size_t i = 0; i < marker->cases.count; i++) {
        const struct gp_case_row *row = marker->cases.data[i];
        const void *known;
        if (!row || !row->when)
            continue;
        if (gp_shapes_add(lint->arena, &shapes, gp_lint_shape(lint, row->when), row->when, &known) < 0)
            return -ENOMEM;
        enum gp_fate fate = gp_lint_fate(lint, row->when);
        if (known) {
            struct gp_diag *diag = gp_diag_add(lint->diags, GP_DIAG_CASE_UNREACHED, row->when->at,
                                               "this case never decides: an earlier one has the same condition");
            gp_diag_note(lint->diags, diag, ((const struct gp_cond *)known)->at, "the earlier one is here");
        } else if (fate == GP_FATE_NEVER_TRUE) {
            gp_diag_add(lint->diags, GP_DIAG_CASE_UNREACHED, row->when->at,
                        "this case never decides: its condition can never hold");
        }
    }
    return 0;
}
