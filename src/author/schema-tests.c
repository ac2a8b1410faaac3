/* The schema of files of rule tests. */
#include "author/schema-draft.h"
#include "author/schema.h"
#include "rule/tables.h"
#include "rule/tests.h"

json_t *gp_schema_tests(const struct gp_registry *registry)
{
    struct gp_draft draft = {.registry = registry, .defs = json_object()};
    json_t *root = gp_draft_object(&draft, &gp_object_tests, false);

    return gp_draft_finish(&draft, "urn:gatepost:schema:tests:1", "Gatepost rule tests, version 1",
                           "A file beneath tests/ of a rule set: trees as data, and cases that say what is decided "
                           "there. gatepost-rules(5) describes it.",
                           root);
}
