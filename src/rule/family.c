#include "rule/family.h"

#include "util/text.h"

/* The families are few and short (some sixty rows), so a walk is as good as a map. */
#define FIND(type, families, wanted)                                              \
    do {                                                                          \
        for (const type *const *family = (families); family && *family; family++) \
            for (const type *row = *family; row->key; row++)                      \
                if (gp_str_is((wanted), row->key))                                \
                    return row;                                                   \
        return NULL;                                                              \
    } while (0)

const struct gp_form *gp_registry_form(const struct gp_registry *registry, struct gp_str key)
{
    FIND(struct gp_form, registry->forms, key);
}

const struct gp_facet_def *gp_registry_facet(const struct gp_registry *registry, struct gp_str key)
{
    FIND(struct gp_facet_def, registry->facets, key);
}

const struct gp_read_def *gp_registry_read(const struct gp_registry *registry, struct gp_str key)
{
    FIND(struct gp_read_def, registry->reads, key);
}

const struct gp_step_def *gp_registry_step(const struct gp_registry *registry, struct gp_str key)
{
    FIND(struct gp_step_def, registry->steps, key);
}

enum gp_type gp_read_type(const struct gp_read *read)
{
    return read->def->type_of ? read->def->type_of(read) : read->def->type;
}

bool gp_form_is_each(const struct gp_form *form)
{
    if (!(form->flags & GP_FORM_FACETS) || !form->object)
        return false;
    return form->object->fields[0].kind == GP_KIND_PATHS && form->object->fields[0].flags & GP_FIELD_GLOB;
}
