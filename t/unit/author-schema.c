/* Schemas: what a row becomes, and that running out of memory is said and leaks nothing. */
#include "act/steps.h"
#include "author/schema.h"
#include "eval/families.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static const struct gp_form *const forms[] = {gp_forms_logic, gp_forms_value, gp_forms_world,
                                              gp_forms_file,  gp_forms_files, gp_forms_record, NULL};
static const struct gp_facet_def *const facets[] = {gp_facets_stat, gp_facets_content, gp_facets_text,
                                                    gp_facets_record, NULL};
static const struct gp_read_def *const reads[] = {gp_reads_stat, gp_reads_content, gp_reads_text, gp_reads_tree,
                                                  gp_reads_record, NULL};
static const struct gp_step_def *const steps[] = {gp_steps_tree, gp_steps_content, gp_steps_exec, NULL};
static const struct gp_registry registry = {
    .named = &gp_form_named, .forms = forms, .facets = facets, .reads = reads, .steps = steps};

/* ---- allocations that fail --------------------------------------------------------------------------------------- */

static size_t allocations, fail_at;

static void *failing_malloc(size_t size)
{
    return ++allocations == fail_at ? NULL : malloc(size);
}

static json_t *make(const struct gp_schema *schema, size_t fail)
{
    allocations = 0;
    fail_at = fail;
    return schema->make(&registry);
}

static void sweep(const struct gp_schema *schema)
{
    json_t *document = make(schema, 0);
    size_t total = allocations, step = total / 150 + 1, wrong = 0;

    ok(document, "%s: is made", schema->name);
    json_decref(document);
    for (size_t n = 1; n <= total; n += step) {
        document = make(schema, n);
        wrong += document != NULL;
        json_decref(document);
    }
    is_int((long long)wrong, 0, "%s: no memory at any of %zu allocations: no schema", schema->name, total);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

/* What a path of keys leads to; "/" stands between them. */
static json_t *at(json_t *value, const char *path)
{
    char key[64];

    while (value && *path) {
        size_t len = strcspn(path, "/");
        memcpy(key, path, len);
        key[len] = '\0';
        path += len + (path[len] == '/');
        value = json_object_get(value, key);
    }
    return value;
}

static void rows(json_t *rules)
{
    static const struct {
        const char *path;
        bool there;
        const char *name;
    } table[] = {
        {"$defs/condition-file/properties/size", true, "a facet of files at files"},
        {"$defs/condition-file/properties/entries", false, "a facet of directories is not"},
        {"$defs/condition-dir/properties/entries", true, "a facet of directories at directories"},
        {"$defs/condition-dir/properties/size", false, "a facet of files is not"},
        {"$defs/condition-all/properties/size", false, "no facet where no file is looked at"},
        {"$defs/condition-all/properties/title", true, "what every condition has"},
        {"$defs/condition-each-record/properties/along", true, "a form of condition with objects of its own"},
        {"$defs/rule-file/properties/tables", true, "a section of tables"},
        {"$defs/condition-each/properties/listed-in", true, "a facet that is a list"},
        {"$defs/rule-file/properties/amends", false, "a rule file amends nothing"},
        {"$defs/drop-in/properties/amends", true, "a drop-in does"},
        {"$defs/requirement/required", true, "a requirement lacks nothing"},
        {"$defs/change-of-requirement/required", false, "what changes one may"},
        {"$defs/step-write/if", true, "of keys that exclude each other one stands"},
        {"$defs/condition-file/examples", true, "examples"},
        {"$defs/requirement/properties/severity/default", true, "a default"},
        {"$defs/requirement/properties/severity/enumDescriptions", true, "what words mean"},
    };

    for (size_t i = 0; i < GP_COUNT(table); i++)
        ok((at(rules, table[i].path) != NULL) == table[i].there, "%s", table[i].name);
    is_str(json_string_value(at(rules, "$defs/requirement/properties/severity/default")), "refuse", "the right one");
    is_str(json_string_value(at(rules, "$defs/condition-absent/properties/absent/description")),
           "nothing of any type is at these paths, and nothing matches these globs", "the help of a row");
}

int main(void)
{
    json_set_alloc_funcs(failing_malloc, free);
    for (const struct gp_schema *schema = gp_schemas; schema->name; schema++)
        sweep(schema);
    json_t *rules = make(&gp_schemas[0], 0);
    rows(rules);
    json_decref(rules);
    return done_testing();
}
