/*
 * A small language of its own for the tests of the binder, the linker and the
 * walk: families whose rows decide nothing.  What the real ones add is tested
 * where they are.
 */
#ifndef LOAD_RULES_HELPER_H
#define LOAD_RULES_HELPER_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "load-helper.h"
#include "load/bind.h"
#include "load/load.h"
#include "rule/limits.h"
#include "rule/link.h"
#include "rule/tables.h"
#include "util/text.h"

#define HELPER GP_UNUSED static

static inline struct gp_str str_of(const char *s)
{
    return (struct gp_str){s, strlen(s)};
}

/* ---- data -------------------------------------------------------------------------------------------------------- */

struct fake_list { struct gp_conds conds; };
struct fake_if { const struct gp_cond *test, *then, *otherwise; };
struct fake_paths { struct gp_paths paths, except; const struct gp_expr *min; };
struct fake_test { const struct gp_ref *ref; struct gp_comparison comparison; enum gp_yesno known; };
struct fake_refs { struct gp_refs refs; struct gp_value within; };
struct fake_values { struct gp_exprs values; };
struct fake_text { const struct gp_template *text; };
struct fake_u8 { struct gp_paths path; const struct gp_expr *at; struct gp_comparison comparison; };
struct fake_step {
    struct gp_paths path;
    const struct gp_template *text;
    struct gp_templates argv;
    struct gp_value mode;
};

/* ---- forms ------------------------------------------------------------------------------------------------------- */

#define LIST_FORM(word)                                                                                              \
    static const struct gp_field word##_fields[] = {                                                                 \
        {#word, GP_KIND_CONDITIONS, offsetof(struct fake_list, conds), GP_FIELD_REQUIRED, .help = "conditions"}, {0}}; \
    static const struct gp_object word##_object = {#word, "a list", sizeof(struct fake_list), word##_fields, NULL}
LIST_FORM(all);
LIST_FORM(any);

static const struct gp_field not_fields[] = {
    {"not", GP_KIND_CONDITION, offsetof(struct fake_if, test), GP_FIELD_REQUIRED, .help = "a condition"}, {0}};
static const struct gp_object not_object = {"not", "not", sizeof(struct fake_if), not_fields, NULL};

static const struct gp_field if_fields[] = {
    {"if", GP_KIND_CONDITION, offsetof(struct fake_if, test), GP_FIELD_REQUIRED, .help = "a condition"},
    {"then", GP_KIND_CONDITION, offsetof(struct fake_if, then), GP_FIELD_REQUIRED, .help = "a condition"},
    {"else", GP_KIND_CONDITION, offsetof(struct fake_if, otherwise), 0, .help = "a condition"}, {0}};
static const struct gp_object if_object = {"if", "if", sizeof(struct fake_if), if_fields, NULL};

#define PATHS_FORM(word, path_flags) \
    static const struct gp_field word##_fields[] = { \
        {#word, GP_KIND_PATHS, offsetof(struct fake_paths, paths), GP_FIELD_REQUIRED | (path_flags), .help = "paths"}, \
        {"except", GP_KIND_PATHS, offsetof(struct fake_paths, except), path_flags, .help = "paths"}, \
        {"min", GP_KIND_EXPR, offsetof(struct fake_paths, min), 0, .type = GP_TYPE_INTEGER, .help = "a number"}, \
        {0}}; \
    static const struct gp_object word##_object = {#word, "paths", sizeof(struct fake_paths), word##_fields, NULL}
PATHS_FORM(file, GP_FIELD_LIST);
PATHS_FORM(absent, GP_FIELD_LIST | GP_FIELD_GLOB);
PATHS_FORM(each, GP_FIELD_LIST | GP_FIELD_GLOB);
PATHS_FORM(changed, 0);

#define TEST_FORM(word, the_section) \
    static const struct gp_field word##_fields[] = { \
        {#word, GP_KIND_REF, offsetof(struct fake_test, ref), GP_FIELD_REQUIRED, .section = (the_section), \
         .help = "an id"}, \
        GP_COMPARISON_FIELDS(struct fake_test, comparison, GP_TYPE_ANY, NULL), \
        {"known", GP_KIND_BOOLEAN, offsetof(struct fake_test, known), 0, .help = "whether there is a value"}, \
        {0}}; \
    static const struct gp_object word##_object = {#word, "a test", sizeof(struct fake_test), word##_fields, NULL}
TEST_FORM(marker, GP_SECTION_MARKER);
TEST_FORM(param, GP_SECTION_PARAM);
TEST_FORM(var, GP_SECTION_VAR);

static const struct gp_field state_fields[] = {{"state", GP_KIND_REFS, offsetof(struct fake_refs, refs),
                                                GP_FIELD_REQUIRED, .section = GP_SECTION_STATE, .help = "ids"},
                                               {0}};
static const struct gp_object state_object = {"state", "states", sizeof(struct fake_refs), state_fields, NULL};

static const struct gp_field attested_fields[] = {
    {"attested", GP_KIND_REFS, offsetof(struct fake_refs, refs), GP_FIELD_REQUIRED, .section = GP_SECTION_ATTESTATION,
     .help = "id"},
    {"within", GP_KIND_LITERAL, offsetof(struct fake_refs, within), 0, .type = GP_TYPE_DURATION, .help = "how long"},
    {0}};
static const struct gp_object attested_object = {"attested", "attested", sizeof(struct fake_refs), attested_fields,
                                                 NULL};

static const struct gp_field equal_fields[] = {
    {"equal", GP_KIND_EXPRS, offsetof(struct fake_values, values), GP_FIELD_REQUIRED, .help = "values"}, {0}};
static const struct gp_object equal_object = {"equal", "equal", sizeof(struct fake_values), equal_fields, NULL};

static const struct gp_field unknown_fields[] = {
    {"unknown", GP_KIND_TEXT, offsetof(struct fake_text, text), GP_FIELD_REQUIRED | GP_FIELD_NOT_EMPTY, .help = "why"},
    {0}};
static const struct gp_object unknown_object = {"unknown", "unknown", sizeof(struct fake_text), unknown_fields, NULL};

static const struct gp_field named_fields[] = {
    {"condition", GP_KIND_REF, offsetof(struct gp_cond_named, condition), GP_FIELD_REQUIRED,
     .section = GP_SECTION_CONDITION, .help = "an id"}, {0}};
static const struct gp_object named_object = {"named", "named", sizeof(struct gp_cond_named), named_fields, NULL};
static const struct gp_form fake_named = {.key = "condition", .object = &named_object};

/* How often a row's own check was called, and where it said something. */
static unsigned fake_checked;

HELPER void fake_check_cond(struct gp_link *link, const struct gp_cond *cond)
{
    (void)link, (void)cond;
    fake_checked++;
}

static const struct gp_form fake_forms[] = {
    {.key = "all", .object = &all_object},
    {.key = "any", .object = &any_object},
    {.key = "not", .object = &not_object},
    {.key = "if", .object = &if_object},
    {.key = "file", .flags = GP_FORM_FACETS, .object = &file_object, .check = fake_check_cond},
    {.key = "absent", .object = &absent_object},
    {.key = "each", .flags = GP_FORM_FACETS, .object = &each_object},
    {.key = "marker", .object = &marker_object},
    {.key = "param", .object = &param_object},
    {.key = "var", .object = &var_object},
    {.key = "state", .flags = GP_FORM_NO_STATE, .object = &state_object},
    {.key = "attested", .object = &attested_object},
    {.key = "equal", .object = &equal_object},
    {.key = "unknown", .object = &unknown_object},
    {.key = "changed", .flags = GP_FORM_ENSURES, .object = &changed_object},
    {.key = "record"}, /* not in this build */
    {0},
};

/* ---- facets, reads, steps ---------------------------------------------------------------------------------------- */

static const struct gp_field u8_facet_fields[] = {
    {"at", GP_KIND_EXPR, offsetof(struct fake_u8, at), GP_FIELD_REQUIRED, .type = GP_TYPE_INTEGER, .help = "where"},
    GP_COMPARISON_FIELDS(struct fake_u8, comparison, GP_TYPE_INTEGER, NULL), {0}};
static const struct gp_object u8_facet_object = {"u8", "a byte", sizeof(struct fake_u8), u8_facet_fields, NULL};

static const struct gp_facet_def fake_facets[] = {
    {.key = "size", .value = {.key = "size", .kind = GP_KIND_COMPARISON, .type = GP_TYPE_SIZE}, .size = sizeof(void *)},
    {.key = "age",
     .value = {.key = "age", .kind = GP_KIND_COMPARISON, .type = GP_TYPE_DURATION},
     .size = sizeof(void *)},
    {.key = "u8", .value = {.key = "u8", .kind = GP_KIND_OBJECT, .object = &u8_facet_object}, .size = sizeof(void *)},
    {.key = "has", .value = {.key = "has", .kind = GP_KIND_PATHS}, .size = sizeof(struct gp_paths)},
    {.key = "writable", .value = {.key = "writable", .kind = GP_KIND_BOOLEAN}, .size = sizeof(enum gp_yesno)},
    {.key = "like", .value = {.key = "like", .kind = GP_KIND_PATTERN}, .size = sizeof(void *)},
    {.key = "scanned", .value = {.key = "scanned", .kind = GP_KIND_ANY, .flags = GP_FIELD_HOLE}, .size = 1},
    {0},
};

#define PATH_READ(word, ...) \
    static const struct gp_field word##_read_fields[] = { \
        {#word, GP_KIND_PATHS, offsetof(struct fake_u8, path), GP_FIELD_REQUIRED, .help = "a path"}, __VA_ARGS__{0}}; \
    static const struct gp_object word##_read_object = {#word, "a read", sizeof(struct fake_u8), word##_read_fields, \
                                                        NULL}
PATH_READ(size, );
PATH_READ(mtime, );
PATH_READ(line, );
PATH_READ(u8,
          {"at", GP_KIND_EXPR, offsetof(struct fake_u8, at), GP_FIELD_REQUIRED, .type = GP_TYPE_INTEGER,
           .help = "where"}, );

static const struct gp_read_def fake_reads[] = {
    {.key = "size", .type = GP_TYPE_SIZE, .object = &size_read_object},
    {.key = "mtime", .type = GP_TYPE_DATE, .object = &mtime_read_object},
    {.key = "line", .type = GP_TYPE_STRING, .object = &line_read_object},
    {.key = "u8", .type = GP_TYPE_INTEGER, .object = &u8_read_object},
    {.key = "checksum"}, /* not in this build */
    {0},
};

static const struct gp_field write_fields[] = {
    {"write", GP_KIND_PATHS, offsetof(struct fake_step, path), GP_FIELD_REQUIRED, .help = "a path"},
    {"text", GP_KIND_TEXT, offsetof(struct fake_step, text), 0, .help = "a text"},
    {"mode", GP_KIND_LITERAL, offsetof(struct fake_step, mode), 0, .type = GP_TYPE_BYTES, .help = "bytes"}, {0}};
static const struct gp_object write_object = {"write", "writes", sizeof(struct fake_step), write_fields, NULL};
static const struct gp_field exec_fields[] = {
    {"exec", GP_KIND_TEXTS, offsetof(struct fake_step, argv), GP_FIELD_REQUIRED, .help = "words"}, {0}};
static const struct gp_object exec_object = {"exec", "runs", sizeof(struct fake_step), exec_fields, NULL};

static const struct gp_step_def fake_steps[] = {
    {.key = "write", .object = &write_object},
    {.key = "exec", .object = &exec_object, .flags = GP_STEP_WORK},
    {.key = "fold"}, /* not in this build */
    {0},
};

static const struct gp_form *const fake_form_lists[] = {fake_forms, NULL};
static const struct gp_facet_def *const fake_facet_lists[] = {fake_facets, NULL};
static const struct gp_read_def *const fake_read_lists[] = {fake_reads, NULL};
static const struct gp_step_def *const fake_step_lists[] = {fake_steps, NULL};
static const struct gp_registry fake_registry = {&fake_named, fake_form_lists, fake_facet_lists, fake_read_lists,
                                                 fake_step_lists};

/* ---- loading ----------------------------------------------------------------------------------------------------- */

struct loaded {
    struct sink sink;
    struct gp_ruleset *rules; /* NULL: errors */
    int r;
};

HELPER struct loaded load_yaml(const char *yaml)
{
    struct gp_load_options options = {.registry = &fake_registry, .engine_version = "0.1.0"};
    struct loaded loaded = {.sink = sink_new()};

    loaded.r = gp_load_text(&loaded.rules, "t", str_of(yaml), &options, loaded.sink.diags);
    return loaded;
}

HELPER void loaded_free(struct loaded *loaded)
{
    gp_ruleset_free(loaded->rules);
    sink_free(&loaded->sink);
}

/* A rule set from text, and the first lines of all that is said of it; "" for nothing. */
struct said {
    const char *name, *yaml, *lines;
};

HELPER void check_said(const struct said *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct loaded loaded = load_yaml(cases[i].yaml);
        is_str(sink_text(&loaded.sink), cases[i].lines, "%s", cases[i].name);
        ok(loaded.r == (*cases[i].lines ? -EINVAL : 0) && !loaded.rules == !!*cases[i].lines, "%s: %s", cases[i].name,
           *cases[i].lines ? "not loaded" : "loaded");
        loaded_free(&loaded);
    }
}

/* The same with everything that is said: source lines, carets, notes, suggestions. */
HELPER void check_whole(const struct said *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct loaded loaded = load_yaml(cases[i].yaml);
        struct gp_strbuf all = {0};
        for (size_t n = 0; n < gp_diags_count(loaded.sink.diags, GP_LEVEL_SILENT); n++)
            gp_strbuf_add(&all, sink_whole(&loaded.sink, n));
        is_str(gp_strbuf_text(&all), cases[i].lines, "%s", cases[i].name);
        gp_strbuf_done(&all);
        loaded_free(&loaded);
    }
}

#endif
