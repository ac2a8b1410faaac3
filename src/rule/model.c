#include "rule/model.h"

const struct gp_map_entry *gp_map_find(const struct gp_map *map, struct gp_str id)
{
    return gp_strmap_get(&map->index, id);
}

bool gp_comparison_given(const struct gp_comparison *comparison)
{
    return comparison->is || comparison->in.count || comparison->min || comparison->max || comparison->matches ||
           comparison->bits;
}

struct gp_span gp_requirement_at(const struct gp_requirement *requirement)
{
    const struct gp_cond *that = requirement->that;

    return that && that->at.source && that->at.source != requirement->def.at.source ? that->at : requirement->def.at;
}

void gp_ruleset_free(struct gp_ruleset *rules)
{
    if (!rules)
        return;
    for (size_t i = 0; i < rules->regex_count; i++)
        gp_regex_free(rules->regexes[i]);
    gp_pathtab_free(rules->paths);
    gp_arena_free(rules->arena); /* the rule set itself lies in it */
}

const char *gp_basis_name(enum gp_basis basis)
{
    static const char *const names[] = {"", "assumed", "inferred", "stated"};

    return names[basis];
}

const char *gp_severity_name(enum gp_severity severity)
{
    static const char *const names[] = {"refuse", "need", "warn"};

    return names[severity];
}

static const struct {
    const char *name, *key;
} sections[GP_SECTION_COUNT] = {
    [GP_SECTION_NONE] = {"definition", ""},
    [GP_SECTION_VAR] = {"variable", "vars"},
    [GP_SECTION_PARAM] = {"parameter", "params"},
    [GP_SECTION_MARKER] = {"marker", "markers"},
    [GP_SECTION_TABLE] = {"table", "tables"},
    [GP_SECTION_CONDITION] = {"condition", "conditions"},
    [GP_SECTION_STATE] = {"state", "states"},
    [GP_SECTION_ATTESTATION] = {"attestation", "attestations"},
    [GP_SECTION_MESSAGE] = {"message", "messages"},
    [GP_SECTION_OPERATION] = {"operation", "operations"},
    [GP_SECTION_DIRECTORY] = {"parameter or variable", ""},
    [GP_SECTION_TREE] = {"tree", "trees"},
    [GP_SECTION_REQUIREMENT] = {"requirement", "requires"},
    [GP_SECTION_CAUSE] = {"cause", "causes"},
    [GP_SECTION_SUMMARY] = {"line of the summary", "summary"},
    [GP_SECTION_FIELD] = {"field", "fields"},
};

const char *gp_section_name(enum gp_section section)
{
    return sections[section].name;
}

const char *gp_section_key(enum gp_section section)
{
    return sections[section].key;
}
