/*
 * Parameters, directories and ${names} in shared definitions.  Such a name is
 * looked up in the operation that is decided, so what it means follows from all
 * operations that use the definition: a parameter if each of them has it, a
 * variable if none has.
 */
#include "load/link-internal.h"

#include <errno.h>

#include "rule/say.h"

static void say_types(struct gp_linker *linker, struct gp_link_name *name, const struct gp_map_entry *user,
                      const struct gp_setting *other)
{
    struct gp_diag *diag =
        gp_link_error(linker, GP_DIAG_PARAM_TYPES, name->at,
                      "parameter '%.*s' has one type in '%.*s' and another in '%.*s', and both use this",
                      GP_STR_ARG(name->id), GP_STR_ARG(name->declares->id), GP_STR_ARG(user->id));

    name->types_differ = true;
    gp_diag_note(linker->link.diags, diag, name->setting->def.at, "%s",
                 gp_type_name((enum gp_type)name->setting->type));
    gp_diag_note(linker->link.diags, diag, other->def.at, "%s", gp_type_name((enum gp_type)other->type));
}

/* Tells each name of a definition who uses it. */
static void use_names(struct gp_linker *linker, const struct gp_link_node *node, const struct gp_link_node *user)
{
    const struct gp_operation *operation = user->section == GP_SECTION_OPERATION ? user->entry->value : NULL;

    for (size_t i = 0; i < node->name_count; i++) {
        struct gp_link_name *name = &linker->names.data[node->first_name + i];
        const struct gp_map_entry *entry = operation ? gp_map_find(&operation->params, name->id) : NULL;
        const struct gp_setting *setting = entry ? entry->value : NULL;
        if (!operation) {
            name->outside_section = name->outside ? name->outside_section : user->section;
            name->outside = name->outside ? name->outside : user->entry;
        } else if (!setting) {
            name->lacks = name->lacks ? name->lacks : user->entry;
        } else if (!name->declares) {
            name->declares = user->entry;
            name->setting = setting;
        } else if (name->ref && name->setting->type != setting->type && !name->types_differ) {
            say_types(linker, name, user->entry, setting);
        }
    }
}

/* Visits everything with names that `user` uses, each once. */
static void use_all(struct gp_linker *linker, uint32_t user, uint32_t *stack)
{
    uint32_t depth = 0;

    stack[depth++] = user;
    while (depth) {
        const struct gp_link_node *node = &linker->nodes[stack[--depth]];
        linker->owner = (struct gp_link_node *)node;
        use_names(linker, node, &linker->nodes[user]);
        for (size_t i = 0; i < node->edge_count; i++) {
            uint32_t target = linker->edges.data[node->first_edge + i].target;
            struct gp_link_node *used = &linker->nodes[target];
            if (!used->uses_names || used->stamp == user + 1)
                continue;
            used->stamp = user + 1;
            stack[depth++] = target;
        }
    }
}

static int add_parameter(struct gp_linker *linker, const struct gp_map_entry *operation,
                         const struct gp_map_entry *entry)
{
    if (gp_strmap_find(&linker->parameters, entry->id))
        return 0;
    struct gp_link_parameter *parameter = GP_NEW(linker->arena, struct gp_link_parameter);
    if (!parameter)
        return -ENOMEM;
    *parameter = (struct gp_link_parameter){entry->value, operation};
    return gp_strmap_put(linker->arena, &linker->parameters, entry->id, parameter);
}

int gp_link_any_parameter(struct gp_linker *linker, struct gp_str id, const struct gp_link_parameter **ret_parameter)
{
    const struct gp_map *operations = linker->maps[GP_SECTION_OPERATION];

    for (size_t i = 0; operations && i < operations->count && !linker->parameters_known; i++) {
        const struct gp_map *params = &((const struct gp_operation *)operations->data[i].value)->params;
        for (size_t n = 0; n < params->count; n++)
            if (add_parameter(linker, &operations->data[i], &params->data[n]) < 0)
                return -ENOMEM;
    }
    linker->parameters_known = true;
    *ret_parameter = gp_strmap_get(&linker->parameters, id);
    return 0;
}

static void say_not_everywhere(struct gp_linker *linker, const struct gp_link_name *name)
{
    const struct gp_map_entry *user = name->lacks ? name->lacks : name->outside;
    const char *what = gp_section_name(name->lacks ? GP_SECTION_OPERATION : name->outside_section);
    struct gp_diag *diag = name->lacks ? gp_link_error(linker, GP_DIAG_PARAM_NOT_EVERYWHERE, name->at,
                                                       "operation '%.*s' uses this and has no parameter '%.*s'",
                                                       GP_STR_ARG(user->id), GP_STR_ARG(name->id))
                                       : gp_link_error(linker, GP_DIAG_PARAM_PLACE, name->at,
                                                       "%s '%.*s' uses this, where there is no parameter '%.*s'", what,
                                                       GP_STR_ARG(user->id), GP_STR_ARG(name->id));

    if (name->declares)
        gp_diag_note(linker->link.diags, diag, name->setting->def.at, "operation '%.*s' has it",
                     GP_STR_ARG(name->declares->id));
    gp_diag_note(linker->link.diags, diag, user->at, "%s '%.*s' is here", what, GP_STR_ARG(user->id));
}

static int settle(struct gp_linker *linker, struct gp_link_name *name)
{
    bool param_only = name->ref && name->ref->section == GP_SECTION_PARAM;
    bool everywhere = !name->lacks && !name->outside;
    const struct gp_map *vars = linker->maps[GP_SECTION_VAR];
    bool var = vars && gp_map_find(vars, name->id);

    if (name->types_differ)
        return 0;
    if (!name->declares && everywhere && (param_only || !var)) { /* nobody uses it */
        const struct gp_link_parameter *parameter;
        int r = gp_link_any_parameter(linker, name->id, &parameter);
        if (r < 0)
            return r;
        name->setting = parameter ? parameter->setting : NULL;
    }
    if (name->setting && everywhere)
        gp_link_settle_param(linker, name, name->setting);
    else if (name->declares || (param_only && !everywhere))
        say_not_everywhere(linker, name);
    else if (param_only)
        gp_link_undefined(linker, GP_SECTION_PARAM, name->id, name->at);
    else
        return gp_link_settle_var(linker, name);
    return 0;
}

int gp_link_names(struct gp_linker *linker)
{
    uint32_t *stack = GP_NEW_ARRAY(linker->arena, uint32_t, linker->node_count + 1);
    int r = stack ? 0 : -ENOMEM;

    if (!linker->names.count)
        return r;
    for (uint32_t i = 0; i < linker->node_count && r == 0; i++) {
        enum gp_section section = linker->nodes[i].section;
        bool user = section == GP_SECTION_OPERATION || section == GP_SECTION_STATE || section == GP_SECTION_MESSAGE ||
                    section == GP_SECTION_SUMMARY;
        if (user && linker->nodes[i].uses_names)
            use_all(linker, i, stack);
    }
    for (uint32_t i = 0; i < linker->node_count && r == 0; i++) {
        struct gp_link_node *node = &linker->nodes[i];
        linker->owner = node;
        for (size_t n = 0; n < node->name_count && !node->unsound && r == 0; n++) /* who uses a ring is not known */
            r = settle(linker, &linker->names.data[node->first_name + n]);
    }
    linker->owner = NULL;
    return r;
}
