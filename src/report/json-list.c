/*
 * `list` and `show` in JSON.
 *
 *   list   an array of { id, title, basis, source, at }
 *   show   { schema, gatepost, ruleset, section, id, title, basis, source, at, text, changes: [{ at, text }], … }:
 *          `text` is the definition as its file has it or, with `changes`, as it is in effect; `changes` what drop-ins
 *          or sets that extend another put into it; of an operation also from, to, audit, gate, params: [ids], requirements: [{ id, title, severity, basis,
 *          source, sealed, waived, until, message, remedy, at }], ensures: [ids]; of a message also message and
 *          also: [texts]; a part of a definition has
 *          `group: requires | params | ensures | causes`, `id: ID/PART`, and of a requirement `requirement`
 */
#include "report/definition.h"
#include "report/json-parts.h"
#include "report/words.h"

#include <string.h>

static void definition_into(struct gp_jot *object, const struct gp_ruleset *rules, const struct gp_definition *def)
{
    gp_jot_str(object, "id", def->id);
    gp_jot_str(object, "title", def->title);
    gp_jot_set(object, "basis", gp_json_basis((enum gp_basis)def->basis));
    gp_jot_set(object, "source", gp_json_strs(def->source));
    gp_jot_set(object, "at", gp_json_place(rules, def->at));
}

json_t *gp_json_section(const struct gp_ruleset *rules, enum gp_section section)
{
    const struct gp_map *map = gp_definitions_in(rules, section);
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; map && i < map->count; i++) {
        struct gp_definition def = gp_entry_definition(section, &map->data[i]);
        struct gp_jot object = gp_jot_object();

        definition_into(&object, rules, &def);
        gp_jot_push(&array, gp_jot_done(&object));
    }
    return gp_jot_done(&array);
}

/* ---- show -------------------------------------------------------------------------------------------------------- */

static json_t *refs(const struct gp_refs *it)
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < it->count; i++)
        gp_jot_push(&array, gp_json_str(it->data[i]->id));
    return gp_jot_done(&array);
}

static json_t *ids(const struct gp_map *map)
{
    struct gp_jot array = gp_jot_array();

    for (size_t i = 0; i < map->count; i++)
        gp_jot_push(&array, gp_json_str(map->data[i].id));
    return gp_jot_done(&array);
}

static json_t *requirement(const struct gp_ruleset *rules, const struct gp_requirement *it)
{
    const struct gp_otherwise *otherwise = it->otherwise;
    const struct gp_remedy *remedy = otherwise ? otherwise->remedy : NULL;
    struct gp_jot object = gp_jot_object();

    gp_jot_str(&object, "id", it->def.id);
    gp_jot_str(&object, "title", it->def.title);
    gp_jot_text(&object, "severity", gp_severity_name((enum gp_severity)it->severity));
    gp_jot_set(&object, "basis", gp_json_basis((enum gp_basis)it->def.basis));
    gp_jot_set(&object, "source", gp_json_strs(it->def.source));
    gp_jot_set(&object, "sealed", json_boolean(it->sealed == GP_YESNO_YES));
    gp_jot_str(&object, "waived", it->waived);
    gp_jot_set(&object, "until", gp_json_value(&it->until));
    gp_jot_str(&object, "message", otherwise && otherwise->message ? otherwise->message->id : (struct gp_str){0});
    gp_jot_str(&object, "remedy", remedy && remedy->operation ? remedy->operation->id : (struct gp_str){0});
    gp_jot_set(&object, "at", gp_json_place(rules, it->def.at));
    return gp_jot_done(&object);
}

static void operation_into(struct gp_jot *object, const struct gp_ruleset *rules, const struct gp_operation *it)
{
    struct gp_jot requirements = gp_jot_array();
    bool audit = it->audit == GP_YESNO_YES;

    gp_jot_set(object, "from", refs(&it->from));
    gp_jot_set(object, "to", refs(&it->to));
    gp_jot_set(object, "audit", json_boolean(audit));
    gp_jot_set(object, "gate", json_boolean(!audit && !it->action.count));
    gp_jot_set(object, "params", ids(&it->params));
    for (size_t i = 0; i < it->requires.count; i++)
        gp_jot_push(&requirements, requirement(rules, it->requires.data[i].value));
    gp_jot_set(object, "requirements", gp_jot_done(&requirements));
    gp_jot_set(object, "ensures", ids(&it->ensures));
}

static void text_into(struct gp_jot *object, const struct gp_ruleset *rules, enum gp_section section,
                      const struct gp_map_entry *definition, const char *effective)
{
    struct gp_jot changes = gp_jot_array();
    struct gp_excerpts excerpts;

    gp_excerpts_of(rules, section, definition, &excerpts);
    if (effective)
        gp_jot_text(object, "text", effective);
    else
        gp_jot_str(object, "text", excerpts.count ? excerpts.data[0].lines : (struct gp_str){0});
    for (size_t i = 1; i < excerpts.count; i++) {
        struct gp_jot change = gp_jot_object();

        gp_jot_set(&change, "at", gp_json_place(rules, excerpts.data[i].at));
        gp_jot_str(&change, "text", excerpts.data[i].lines);
        gp_jot_push(&changes, gp_jot_done(&change));
    }
    gp_jot_set(object, "changes", gp_jot_done(&changes));
}

json_t *gp_json_definition(const struct gp_ruleset *rules, enum gp_section section,
                           const struct gp_map_entry *definition, const char *effective)
{
    const struct gp_subject subject = {.rules = rules};
    struct gp_definition def = gp_entry_definition(section, definition);
    struct gp_jot object = gp_json_head(&subject);

    gp_jot_text(&object, "section", gp_section_key(section));
    definition_into(&object, rules, &def);
    text_into(&object, rules, section, definition, effective);
    if (section == GP_SECTION_OPERATION)
        operation_into(&object, rules, definition->value);
    if (section == GP_SECTION_MESSAGE) {
        const struct gp_message *message = definition->value;

        gp_jot_str(&object, "message", message->text);
        gp_jot_set(&object, "also", gp_json_strs(message->also));
    }
    return gp_jot_done(&object);
}

json_t *gp_json_part(const struct gp_ruleset *rules, const char *group, const char *name,
                     const struct gp_definition *part, const char *effective)
{
    const struct gp_subject subject = {.rules = rules};
    struct gp_excerpt excerpt = gp_excerpt_at(rules->sources, part->at);
    struct gp_jot object = gp_json_head(&subject);

    gp_jot_text(&object, "group", group);
    gp_jot_text(&object, "id", name);
    gp_jot_str(&object, "title", part->title);
    gp_jot_set(&object, "basis", gp_json_basis((enum gp_basis)part->basis));
    gp_jot_set(&object, "source", gp_json_strs(part->source));
    gp_jot_set(&object, "at", gp_json_place(rules, part->at));
    if (effective)
        gp_jot_text(&object, "text", effective);
    else
        gp_jot_str(&object, "text", excerpt.lines);
    if (strcmp(group, "requires") == 0)
        gp_jot_set(&object, "requirement", requirement(rules, (const struct gp_requirement *)part));
    return gp_jot_done(&object);
}
