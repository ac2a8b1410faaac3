/*
 * The plan of an action in JSON: an array of
 *   { "kind": create | replace | remove | attributes, "path", "directory", "old_size", "new_size", "old_attributes",
 *     "new_attributes", "changes": [{ "offset", "old", "new" }], "more_changes", "inside": [paths] }
 */
#include "report/json-parts.h"
#include "report/words.h"

static json_t *attributes(unsigned set)
{
    struct gp_jot array = gp_jot_array();

    for (const struct gp_name *name = gp_attribute_names; name->name; name++)
        if (set & (unsigned)name->value)
            gp_jot_push(&array, gp_json_string0(name->name));
    return gp_jot_done(&array);
}

static json_t *change(const struct gp_change *it)
{
    struct gp_value old = {.type = GP_TYPE_BYTES, .string = it->old}, new = {.type = GP_TYPE_BYTES, .string = it->new};
    struct gp_jot object = gp_jot_object();

    gp_jot_set(&object, "offset", json_integer((json_int_t)it->offset));
    gp_jot_set(&object, "old", gp_json_value(&old));
    gp_jot_set(&object, "new", gp_json_value(&new));
    return gp_jot_done(&object);
}

static json_t *primitive(const struct gp_primitive *it)
{
    static const char *const kinds[] = {[GP_PRIMITIVE_CREATE] = "create",
                                        [GP_PRIMITIVE_REPLACE] = "replace",
                                        [GP_PRIMITIVE_REMOVE] = "remove",
                                        [GP_PRIMITIVE_ATTRIBUTES] = "attributes"};
    struct gp_jot object = gp_jot_object(), changes = gp_jot_array(), inside = gp_jot_array();

    gp_jot_text(&object, "kind", kinds[it->kind]);
    gp_jot_text(&object, "path", it->path);
    gp_jot_set(&object, "directory", json_boolean(it->directory));
    gp_jot_set(&object, "old_size", json_integer((json_int_t)it->old_size));
    gp_jot_set(&object, "new_size", json_integer((json_int_t)it->new_size));
    gp_jot_set(&object, "old_attributes", attributes(it->old_attributes));
    gp_jot_set(&object, "new_attributes", attributes(it->new_attributes));
    for (size_t i = 0; i < it->change_count; i++)
        gp_jot_push(&changes, change(&it->changes[i]));
    gp_jot_set(&object, "changes", gp_jot_done(&changes));
    gp_jot_set(&object, "more_changes", json_boolean(it->more_changes));
    for (size_t i = 0; i < it->inside_count; i++)
        gp_jot_push(&inside, gp_json_string0(it->inside[i]));
    gp_jot_set(&object, "inside", gp_jot_done(&inside));
    return gp_jot_done(&object);
}

json_t *gp_json_plan(const struct gp_plan *plan)
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < plan->count; i++)
        gp_jot_push(&array, primitive(&plan->data[i]));
    return gp_jot_done(&array);
}
