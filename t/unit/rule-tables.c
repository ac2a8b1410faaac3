/* The tables and the fake families as data: what the binder, the schema and the manual take for granted. */
#include "load-rules-helper.h"
#include "rule/walk.h"

/* Words that YAML 1.1 takes for booleans; a key or value of ours must be none. */
static bool boolean_word(const char *word)
{
    static const char *const words[] = {"on", "off", "yes", "no", "y", "n", "true", "false"};

    for (size_t i = 0; i < GP_COUNT(words); i++)
        if (gp_ascii_equal_fold(str_of(word), str_of(words[i])))
            return true;
    return false;
}

static size_t size_of(const struct gp_field *field)
{
    switch (field->kind) {
    case GP_KIND_ANY:
        return 0;
    case GP_KIND_STRING:
        return sizeof(struct gp_str);
    case GP_KIND_BOOLEAN:
    case GP_KIND_ENUM:
        return sizeof(int);
    case GP_KIND_LITERAL:
        return sizeof(struct gp_value);
    case GP_KIND_MAP:
        return sizeof(struct gp_map);
    case GP_KIND_EXPRS:
    case GP_KIND_PATHS:
    case GP_KIND_REFS:
    case GP_KIND_STRINGS:
    case GP_KIND_LIST:
    case GP_KIND_STEPS:
    case GP_KIND_CONDITIONS:
    case GP_KIND_TEXTS:
        return sizeof(struct gp_strs);
    default:
        return sizeof(void *);
    }
}

/* What is wrong with a row; NULL: nothing. */
static const char *wrong_row(const struct gp_field *field)
{
    if (!field->help || strlen(field->help) < 10)
        return "no help";
    if (field->help[strlen(field->help) - 1] == '.')
        return "a full stop at the end of the help";
    if (boolean_word(field->key))
        return "a boolean word";
    if (field->kind <= GP_KIND_END || field->kind > GP_KIND_ANY)
        return "no kind";
    if (field->kind == GP_KIND_ENUM && !field->names)
        return "no names";
    if ((field->kind == GP_KIND_OBJECT || field->kind == GP_KIND_LIST) && !field->object)
        return "no object";
    if (field->kind == GP_KIND_MAP && (!field->element || field->element->key || !field->element->object))
        return "no element";
    if ((field->kind == GP_KIND_REF || field->kind == GP_KIND_REFS) && field->section == GP_SECTION_NONE)
        return "no section";
    if (field->kind == GP_KIND_LITERAL && field->type == GP_TYPE_ANY)
        return "no type";
    for (const struct gp_name *name = field->names; name && name->name; name++)
        if (boolean_word(name->name) || !name->help)
            return "a name without help, or a boolean word";
    return NULL;
}

/* A key twice, two members in one place, a member outside the struct. */
static const char *wrong_table(const struct gp_field *fields, size_t size)
{
    for (const struct gp_field *a = fields; a && a->key; a++) {
        if (wrong_row(a))
            return wrong_row(a);
        if (size && a->offset + size_of(a) > size)
            return a->key;
        for (const struct gp_field *b = fields; b != a; b++)
            if (strcmp(a->key, b->key) == 0 || (size_of(a) && size_of(b) && a->offset == b->offset))
                return a->key;
    }
    return NULL;
}

static void test_tables(void)
{
    for (const struct gp_object *const *object = gp_objects; *object; object++) {
        is_str(wrong_table((*object)->fields, (*object)->size), NULL, "%s", (*object)->name);
        ok((*object)->name && (*object)->help && (*object)->help[strlen((*object)->help) - 1] == '.', "%s: help",
           (*object)->name);
        for (const char *const *key = (*object)->one_of; key && *key; key++) {
            const struct gp_field *field = (*object)->fields;
            while (field->key && strcmp(field->key, *key) != 0)
                field++;
            ok(field->key, "%s: %s is one of its keys", (*object)->name, *key);
        }
    }
    is_str(wrong_table(gp_cond_fields, sizeof(struct gp_cond)), NULL, "keys of every condition");
    is_str(wrong_table(gp_read_fields, sizeof(struct gp_read)), NULL, "keys of every read");
    is_str(wrong_table(gp_step_fields, sizeof(struct gp_step)), NULL, "keys of every step");
}

static void test_sections(void)
{
    for (enum gp_section section = GP_SECTION_VAR; section < GP_SECTION_DIRECTORY; section++) {
        const struct gp_field *field = gp_object_definitions.fields;
        while (field->key && field->section != section)
            field++;
        if (section == GP_SECTION_PARAM)
            ok(!field->key, "parameters are no section");
        else
            is_str(field->key, gp_section_key(section), "the key of the section of %s", gp_section_name(section));
    }
}

static void test_lookups(void)
{
    ok(gp_registry_form(&fake_registry, GP_STR("any")) == &fake_forms[1], "a form");
    ok(!gp_registry_form(&fake_registry, GP_STR("an")) && !gp_registry_form(&fake_registry, GP_STR("")), "no form");
    ok(gp_registry_facet(&fake_registry, GP_STR("age")) == &fake_facets[1], "a facet");
    ok(!gp_registry_facet(&fake_registry, GP_STR("any")), "no facet");
    ok(gp_registry_read(&fake_registry, GP_STR("checksum")) && !gp_registry_read(&fake_registry, GP_STR("ages")),
       "reads");
    ok(gp_registry_step(&fake_registry, GP_STR("fold")) && !gp_registry_step(&fake_registry, GP_STR("Fold")), "steps");
    ok(!gp_registry_step(&(struct gp_registry){0}, GP_STR("fold")), "nothing in an empty registry");
    ok(gp_form_is_each(gp_registry_form(&fake_registry, GP_STR("each"))), "facets of many files");
    ok(!gp_form_is_each(gp_registry_form(&fake_registry, GP_STR("file"))), "facets of one file");
    ok(!gp_form_is_each(gp_registry_form(&fake_registry, GP_STR("absent"))), "globs without facets");
    ok(!gp_form_is_each(gp_registry_form(&fake_registry, GP_STR("record"))), "a form that is not built");
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

/* What was met, in order; `stop`: the walk ends with the nth. */
struct trace {
    struct gp_strbuf text;
    unsigned seen, stop;
};

static int say(struct gp_walk *walk, const char *what, const char *detail, size_t len)
{
    struct trace *trace = walk->context;

    gp_strbuf_printf(&trace->text, "%s:%.*s ", what, (int)len, detail);
    return ++trace->seen == trace->stop ? 42 : 0;
}

static int on_ref(struct gp_walk *walk, const struct gp_field *field, const struct gp_ref *ref)
{
    return say(walk, field->key, ref->id.data, ref->id.len);
}

static int on_expr(struct gp_walk *walk, const struct gp_field *field, const struct gp_expr *expr)
{
    const char *type = gp_type_name(field->type);

    return expr->kind == GP_EXPR_LITERAL ? say(walk, type, expr->text.data, expr->text.len) : say(walk, type, "->", 2);
}

static int on_text(struct gp_walk *walk, const struct gp_field *field, const struct gp_template *text)
{
    return say(walk, field->key, text->pieces[0].text.data, text->pieces[0].text.len);
}

static int on_path(struct gp_walk *walk, const struct gp_field *field, const struct gp_pathexpr *path)
{
    return say(walk, field->key, path->text.data, path->text.len);
}

static int on_pattern(struct gp_walk *walk, const struct gp_field *field, const struct gp_pattern *pattern)
{
    return say(walk, field->key, pattern->text.data, pattern->text.len);
}

static int on_cond(struct gp_walk *walk, const struct gp_cond *cond, bool leaving)
{
    return say(walk, cond->form->key, leaving ? ")" : "(", 1);
}

static int on_facet(struct gp_walk *walk, const struct gp_cond *cond, const struct gp_facet *facet, bool leaving)
{
    (void)cond;
    return say(walk, facet->def->key, leaving ? "]" : "[", 1);
}

static int on_read(struct gp_walk *walk, const struct gp_read *read, bool leaving)
{
    return say(walk, read->def->key, leaving ? ">" : "<", 1);
}

static int on_step(struct gp_walk *walk, const struct gp_step *step, bool leaving)
{
    return say(walk, step->def->key, leaving ? "}" : "{", 1);
}

static int on_object(struct gp_walk *walk, const struct gp_object *object, const void *instance, bool leaving)
{
    (void)instance;
    return say(walk, object->name, leaving ? "/" : "\\", 1);
}

static const char walked[] =
    "vars: { v: { type: integer, default: 1, min: 0 } }\n"
    "markers: { m: { read: { u8: F, at: { var: v }, times: 2 }, values: { a: [ 1, 2 ] } } }\n"
    "conditions:\n"
    "  c: { all: [ { file: [ A, B ], size: { min: { marker: m2, under: d } }, like: x+ }, { marker: m, is: a } ] }\n"
    "  d: c\n"
    "operations:\n"
    "  o: { to: s, action: [ { write: W, text: T, when: d }, { exec: [ one, two ] } ],\n"
    "       requires: { r: { that: { not: c }, otherwise: { cause: X, remedy: { text: Y } } } } }\n"
    "states: { s: { param: p, in: [ 3, 4 ] } }\n";

static const char trail[] =
    "variable:\\ any:0 any:1 variable:/ "
    "marker:\\ u8:< u8:F integer:-> var:v integer:2 u8:> any:1 any:2 marker:/ "
    "all:( file:( file:A file:B size:[ size:-> marker:m2 under:d size:] like:[ like:x+ like:] file:) "
    "marker:( marker:m any:a marker:) all:) condition:( condition:c condition:) "
    "param:( param:p any:3 any:4 param:) "
    "operation:\\ to:s requirement:\\ not:( condition:( condition:c condition:) not:) otherwise:\\ cause:X "
    "remedy:\\ text:Y remedy:/ otherwise:/ requirement:/ write:{ write:W text:T condition:( condition:d condition:) "
    "write:} exec:{ exec:one exec:two exec:} operation:/ ";

static void test_walk(void)
{
    struct sink sink = sink_new();
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_ruleset rules = {.arena = arena, .paths = gp_pathtab_new(NULL)};
    struct gp_binder binder = {.arena = arena, .diags = sink.diags, .registry = &fake_registry, .rules = &rules};
    size_t budget = GP_LIMIT_NODES;
    struct gp_node *root = NULL;
    struct trace trace = {0};
    struct gp_walk walk = {&trace,  on_ref,   on_expr, on_text, on_path,  on_pattern,
                           on_cond, on_facet, on_read, on_step, on_object};
    int source = gp_sources_add(sink.sources, "t", walked, strlen(walked));

    if (!arena || source < 0 || gp_node_parse(arena, (uint32_t)source, sink.diags, &budget, &root) < 0 ||
        gp_bind_object(&binder, &gp_object_definitions, root, &rules.defs) < 0)
        bail("the rule set cannot be bound");
    is_str(sink_text(&sink), "", "the rule set is bound");
    is_int(gp_walk_fields(&walk, gp_object_definitions.fields, &rules.defs), 0, "a walk");
    is_str(gp_strbuf_text(&trace.text), trail, "visits everything in the order of the tables");
    unsigned all = trace.seen, wrong = 0;
    for (unsigned stop = 1; stop <= all; stop++) {
        trace.seen = 0;
        trace.stop = stop;
        wrong += gp_walk_fields(&walk, gp_object_definitions.fields, &rules.defs) != 42 || trace.seen != stop;
    }
    is_int(wrong, 0, "any function can end it");
    is_int(gp_walk_fields(&(struct gp_walk){0}, gp_object_definitions.fields, &rules.defs), 0,
           "no function must be there");
    gp_strbuf_done(&trace.text);
    for (size_t i = 0; i < rules.regex_count; i++)
        gp_regex_free(rules.regexes[i]);
    gp_pathtab_free(rules.paths);
    gp_arena_free(arena);
    sink_free(&sink);
}

int main(void)
{
    test_tables();
    test_sections();
    test_lookups();
    test_walk();
    return done_testing();
}
