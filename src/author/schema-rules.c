/*
 * The schema of rule files.  A key tells what a file is: `ruleset` the manifest of a rule set, `amends` a drop-in,
 * where definitions may be incomplete; every other file holds sections.
 */
#include "author/schema-draft.h"
#include "author/schema.h"
#include "rule/tables.h"

/* A file: the keys of its head and the sections.  `change`: definitions may be incomplete. */
static json_t *file(struct gp_draft *draft, const char *title, const char *help, const struct gp_object *head,
                    bool change)
{
    json_t *required = json_array(), *properties = json_object();

    gp_draft_fields(draft, head->fields, false, required, properties);
    gp_draft_fields(draft, gp_object_definitions.fields, change, required, properties);
    return gp_draft_closed(draft, title, help, required, properties);
}

static json_t *define_file(struct gp_draft *draft, const char *name, json_t *schema)
{
    gp_draft_define(draft, name, schema);
    return gp_draft_ref(draft, name);
}

static json_t *manifest(struct gp_draft *draft)
{
    const char *help = gp_object_manifest.help;
    json_t *own = define_file(draft, "ruleset.yaml", file(draft, "ruleset.yaml", help, &gp_object_manifest, false));
    json_t *extending = define_file(draft, "ruleset.yaml that extends",
                                    file(draft, "ruleset.yaml", help, &gp_object_manifest, true));

    return gp_draft_choice(draft, gp_draft_has(draft, "extends"), extending, own);
}

static json_t *drop_in(struct gp_draft *draft)
{
    return define_file(draft, "drop-in",
                       file(draft, "drop-in", "Changes to a rule set: definitions of it, with what is other.",
                            &gp_object_file_head, true));
}

/* A file of a set: one with `amends` is a drop-in, so it has not that key. */
static json_t *rule_file(struct gp_draft *draft, bool change)
{
    json_t *schema = file(draft, gp_object_definitions.name, gp_object_definitions.help, &gp_object_file_head, change);

    json_object_del(json_object_get(schema, "properties"), "amends");
    return define_file(draft, gp_object_definitions.name, schema);
}

/* What an editor offers in a file that says nothing yet. */
static json_t *start(struct gp_draft *draft)
{
    json_t *required = json_array(), *properties = json_object();

    gp_draft_fields(draft, gp_object_file_head.fields, false, required, properties);
    json_t *schema = gp_draft_type(draft, "object");
    gp_draft_set(draft, schema, "required", required);
    gp_draft_set(draft, schema, "properties", properties);
    return schema;
}

static json_t *make(const struct gp_registry *registry, bool change, const char *id, const char *title,
                    const char *help)
{
    struct gp_draft draft = {.registry = registry, .defs = json_object()};
    json_t *root = start(&draft), *of_set = manifest(&draft), *of_change = drop_in(&draft);
    json_t *rest = gp_draft_choice(&draft, gp_draft_has(&draft, "amends"), of_change, rule_file(&draft, change));
    json_t *kinds = gp_draft_choice(&draft, gp_draft_has(&draft, "ruleset"), of_set, rest);

    draft.failed = draft.failed || json_object_update(root, kinds) < 0;
    json_decref(kinds);
    return gp_draft_finish(&draft, id, title, help, root);
}

json_t *gp_schema_rules(const struct gp_registry *registry)
{
    return make(registry, false, "urn:gatepost:schema:rules:1", "Gatepost rule file, version 1",
                "A file of a rule set: its manifest ruleset.yaml, another file of it, or a drop-in. gatepost-rules(5) "
                "describes the language; what definitions say of each other, gatepost lint checks.");
}

json_t *gp_schema_changes(const struct gp_registry *registry)
{
    return make(registry, true, "urn:gatepost:schema:changes:1", "Gatepost rule file of a set that extends, version 1",
                "A file of a rule set that extends another: as any rule file, but its definitions may be incomplete, "
                "because they change those of the set that is extended. gatepost-rules(5) describes the language.");
}
