/*
 * The reference in gatepost-rules(5) is what the tables print; UPDATE=1 in the
 * environment rewrites the page.  And the printer itself: escapes, places.
 */
#include "author/mdoc.h"
#include "author/reference.h"
#include "act/steps.h"
#include "eval/families.h"
#include "load/load.h"
#include "rule/tables.h"
#include "rule/tests.h"
#include "tap.h"
#include "util/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct gp_form *const forms[] = {gp_forms_logic, gp_forms_value, gp_forms_world, gp_forms_change,
                                              gp_forms_file, gp_forms_files, gp_forms_record, NULL};
static const struct gp_facet_def *const facets[] = {gp_facets_stat, gp_facets_content, gp_facets_text,
                                                    gp_facets_relation, gp_facets_record, NULL};
static const struct gp_read_def *const reads[] = {gp_reads_stat, gp_reads_content, gp_reads_text, gp_reads_tree,
                                                  gp_reads_record, NULL};
static const struct gp_step_def *const steps[] = {gp_steps_tree, gp_steps_content, gp_steps_exec, NULL};
static const struct gp_registry registry = {&gp_form_named, forms, facets, reads, steps};

/* ---- the page ---------------------------------------------------------------------------------------------------- */

static void read_page(struct gp_strbuf *page, const char *path)
{
    char block[4096];
    size_t got;
    FILE *file = fopen(path, "r");

    if (!file)
        bail("cannot read %s", path);
    while ((got = fread(block, 1, sizeof(block), file)))
        gp_strbuf_add_mem(page, block, got);
    fclose(file);
}

static void write_page(const struct gp_strbuf *page, const char *path)
{
    FILE *file = fopen(path, "w");

    if (!file || fwrite(page->data, 1, page->len, file) != page->len || fclose(file) != 0)
        bail("cannot write %s", path);
}

/* The first line that differs, for the reader. */
static void show_difference(const char *is, const char *should)
{
    unsigned line = 1;

    for (; *is && *is == *should; is++, should++)
        line += *is == '\n';
    diag("gatepost-rules.5:%u: the tables print \"%.*s\"; UPDATE=1 rewrites the page", line,
         (int)strcspn(should, "\n"), should);
}

static void the_page(void)
{
    const char *srcdir = getenv("srcdir"), *problem = "";
    struct gp_strbuf page = {0}, printed = {0};
    char path[4096];

    snprintf(path, sizeof(path), "%s/doc/gatepost-rules.5", srcdir ? srcdir : ".");
    read_page(&page, path);
    int r = gp_reference_print(&printed, (struct gp_str){page.data, page.len}, &registry, &problem);
    if (!is_int(r, 0, "the page has a place for each part") || !ok(printed.len > 10000, "and it is not empty"))
        diag("%s", problem);
    bool same = strcmp(gp_strbuf_text(&page), gp_strbuf_text(&printed)) == 0;
    if (r == 0 && getenv("UPDATE"))
        write_page(&printed, path);
    else if (!ok(same, "gatepost-rules(5) is what the tables print"))
        show_difference(gp_strbuf_text(&page), gp_strbuf_text(&printed));
    gp_strbuf_done(&page);
    gp_strbuf_done(&printed);
}

/* ---- every word -------------------------------------------------------------------------------------------------- */

static const char *part(struct gp_strbuf *out, const char *name)
{
    gp_strbuf_reset(out);
    for (const struct gp_reference_part *it = gp_reference_parts; it->name; it++)
        if (strcmp(it->name, name) == 0)
            it->print(out, &registry);
    return gp_strbuf_text(out);
}

/* An item begins with it, or lists it. */
static unsigned missing(const char *text, const char *word)
{
    for (const char *at = text; (at = strstr(at, "\n.It Cm ")); at++) {
        const char *end = at + 1 + strcspn(at + 1, "\n"), *about = strstr(at, " Pq ");

        if (about && about < end)
            end = about;
        for (const char *on = at + 8; on < end; on += strspn(on, " ,")) {
            size_t len = strcspn(on, " ,\n");

            if (len == strlen(word) && memcmp(on, word, len) == 0)
                return 0;
            on += len;
        }
    }
    diag("not in the reference: %s", word);
    return 1;
}

static void every_word(void)
{
    struct gp_strbuf out = {0};
    unsigned gone = 0, words = 0;
    const char *text = part(&out, "conditions");

    for (const struct gp_form *const *family = forms; *family; family++)
        for (const struct gp_form *row = *family; row->key; row++, words++)
            gone += missing(text, row->key);
    text = part(&out, "facets");
    for (const struct gp_facet_def *const *family = facets; *family; family++)
        for (const struct gp_facet_def *row = *family; row->key; row++, words++)
            gone += missing(text, row->key);
    text = part(&out, "reads");
    for (const struct gp_read_def *const *family = reads; *family; family++)
        for (const struct gp_read_def *row = *family; row->key; row++, words++)
            gone += missing(text, row->key);
    text = part(&out, "steps");
    for (const struct gp_step_def *const *family = steps; *family; family++)
        for (const struct gp_step_def *row = *family; row->key; row++, words++)
            gone += missing(text, row->key);
    text = part(&out, "mappings");
    for (const struct gp_object *const *object = gp_objects; *object; object++)
        for (const struct gp_field *field = (*object)->fields; field->key; field++, words++)
            gone += missing(text, field->key);
    text = part(&out, "tests");
    for (const struct gp_object *const *object = gp_test_objects; *object; object++)
        for (const struct gp_field *field = (*object)->fields; field->key; field++, words++)
            gone += missing(text, field->key);
    is_int(gone, 0, "every word and key has an item");
    ok(words > 130, "of which there are many: %u", words);
    gp_strbuf_done(&out);
}

static void selected(void)
{
    static const struct {
        const char *part, *line;
    } lines[] = {
        {"logic", "\n.It \"true\" Ta \"unknown\" Ta \"unknown\" Ta \"true\" Ta \"false\"\n"},
        {"logic", "\n.It \"unknown\" Ta \"unknown\" Ta \"n/a\" Ta \"n/a\" Ta \"unknown\" Ta \"n/a\"\n"},
        {"reasons", "\n.It Cm no-permission\nPermission was denied.\n"},
        {"types", "\n.It Cm duration\nA length of time: 90 s, 15 min, 1 h, 7 d.\n"},
        {"mappings", "\n.It Cm that Pq Em \"condition; required\"\nWhat must hold.\n"},
        {"mappings", "\n.It Cm names Pq Em \"dos or exact\"\n"},
        {"conditions", "\n.It Cm file Pq Em \"takes facets\"\n"},
        {"conditions", "\n.It Cm each-record\n"},
        {"facets", "\n.It Cm size Pq Em \"size, or comparison; of files\"\n"},
        {"reads", "\n.It Cm records Pq Em \"yields: integer\"\n"},
        {"reads", "{ text: PG_VERSION, match: \"^([0-9]+)\", group: 1 }\n.Ed\n"},
        {"limits", "\n.It \"One rule file\" Ta \"64 MiB\" Ta \"GP0501\"\n"},
        {"diagnostics", "\n.It \"GP0101\" Ta \"error\" Ta \"not YAML\"\n"},
    };
    struct gp_strbuf out = {0};

    for (size_t i = 0; i < GP_COUNT(lines); i++)
        if (!ok(strstr(part(&out, lines[i].part), lines[i].line), "%s: %.*s", lines[i].part,
                (int)strcspn(lines[i].line + 1, "\n"), lines[i].line + 1))
            diag("not there: %s", lines[i].line);
    gp_strbuf_done(&out);
}

/* ---- examples ---------------------------------------------------------------------------------------------------- */

/* What the examples name. */
#define PRELUDE                                                                                                        \
    "gatepost: 1\nruleset: lab\n"                                                                                      \
    "vars: { site: { type: string } }\n"                                                                               \
    "tables:\n"                                                                                                          \
    "  rooms: { file: rooms.db, of: 12, fields: { id: { type: hex, at: 0, length: 2 },\n"                               \
    "           floor: { type: u8, at: 2 }, name: { type: string, at: 3, length: 9 } } }\n"                            \
    "attestations: { backup-taken: { title: A backup } }\n"                                                            \
    "states: { empty: { absent: A }, prepared: { file: A } }\n"

static const char markers[] = "  kind: { cases: [{ when: { file: A }, value: server },\n"
                              "    { when: { file: B }, value: local }] }\n"
                              "  left: { read: { size: A } }\n"
                              "  right: { read: { size: B } }\n"
                              "  oldest: { read: { mtime: A } }\n"
                              "  newest: { read: { mtime: B } }\n";

/* How many examples were loaded, and how many of them should not have been shown. */
struct tally {
    unsigned loaded, wrong;
};

static void load_example(struct tally *tally, const char *key, const char *format, const char *example)
{
    struct gp_strbuf text = {0}, said = {0};
    struct gp_load_options options = {.registry = &registry, .engine_version = "0.1.0"};
    struct gp_sources *sources = gp_sources_new();
    struct gp_diags *diags = gp_diags_new(sources, 100);
    struct gp_ruleset *rules = NULL;
    const struct gp_diag *one;

    gp_strbuf_add(&text, PRELUDE);
    gp_strbuf_printf(&text, format, markers, example);
    if (!example || gp_load_text(&rules, "lab", (struct gp_str){text.data, text.len}, &options, diags) != 0) {
        for (size_t i = 0; (one = gp_diags_get(diags, i)); i++)
            gp_diag_render(&said, sources, one, false);
        diag("%s: %s\n%s", key, example ? example : "no example", gp_strbuf_text(&said));
        tally->wrong++;
    }
    tally->loaded++;
    gp_ruleset_free(rules);
    gp_diags_free(diags);
    gp_sources_free(sources);
    gp_strbuf_done(&text);
    gp_strbuf_done(&said);
}

#define OPERATION(params, requires, rest)                                                                              \
    "markers:\n%s"                                                                                                     \
    "conditions: { valid-tree: { file: A } }\n"                                                                        \
    "operations:\n  upgrade:\n    params: " params "\n    requires: " requires "\n" rest

static const char as_condition[] =
    OPERATION("{ user: { type: string } }", "\n      it:\n        that: %s\n", "");
static const char as_ensured[] =
    OPERATION("{}", "{}", "    action: [{ mkdir: C }]\n    ensures:\n      it:\n        that: %s\n");
static const char as_read[] = "markers:\n%s  it:\n    read: %s\n";
static const char as_step[] =
    OPERATION("{ user: { type: string }, media: { type: directory } }", "{}", "    action: [%s]\n");

static void examples(void)
{
    struct tally tally = {0};

    for (const struct gp_form *const *family = forms; *family; family++)
        for (const struct gp_form *row = *family; row->key; row++)
            if (row->object)
                load_example(&tally, row->key, row->flags & GP_FORM_ENSURES ? as_ensured : as_condition, row->example);
    for (const struct gp_facet_def *const *family = facets; *family; family++)
        for (const struct gp_facet_def *row = *family; row->key; row++)
            load_example(&tally, row->key, as_condition, row->example);
    for (const struct gp_read_def *const *family = reads; *family; family++)
        for (const struct gp_read_def *row = *family; row->key; row++)
            load_example(&tally, row->key, as_read, row->example);
    for (const struct gp_step_def *const *family = steps; *family; family++)
        for (const struct gp_step_def *row = *family; row->key; row++)
            if (row->object)
                load_example(&tally, row->key, as_step, row->example);
    is_int(tally.wrong, 0, "every word has an example, and it loads");
    ok(tally.loaded > 60, "of which there are many: %u", tally.loaded);
}

/* ---- texts and places -------------------------------------------------------------------------------------------- */

static void texts(void)
{
    static const struct {
        void (*print)(struct gp_strbuf *out, const char *text);
        const char *text, *want;
    } rows[] = {
        {gp_mdoc_text, "One. Two.", "One.\nTwo.\n"},
        {gp_mdoc_text, "such as a.b or 1. 2", "such as a.b or 1. 2\n"},
        {gp_mdoc_text, ".hidden 'quoted'", "\\&.hidden 'quoted'\n"},
        {gp_mdoc_text, "'quoted' \\d", "\\&'quoted' \\ed\n"},
        {gp_mdoc_text, "the key `text` here", "the key \\fBtext\\fR here\n"},
        {gp_mdoc_text, "an open ` backquote", "an open \\fB backquote\\fR\n"},
        {gp_mdoc_text, "", ""},
        {gp_mdoc_help, "what must hold", "What must hold.\n"},
        {gp_mdoc_help, "true: it holds", "true: it holds.\n"},
        {gp_mdoc_help, "check, why: it holds", "check, why: it holds.\n"},
        {gp_mdoc_help, "one, or two: both", "One, or two: both.\n"},
        {gp_mdoc_help, "check,", "Check,.\n"},
        {gp_mdoc_help, "A file. Another.", "A file.\nAnother.\n"},
        {gp_mdoc_help, "", ""},
        {gp_mdoc_example, ".x \\d", ".Bd -literal -offset indent -compact\n\\&.x \\ed\n.Ed\n"},
        {gp_mdoc_section, "case", ".Ss Case\n"},
    };
    struct gp_strbuf out = {0};

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        gp_strbuf_reset(&out);
        rows[i].print(&out, rows[i].text);
        is_str(gp_strbuf_text(&out), rows[i].want, "text %zu: \"%s\"", i + 1, rows[i].text);
    }
    gp_strbuf_reset(&out);
    gp_mdoc_item(&out, "at", "a \"b\" Pq \\c");
    is_str(gp_strbuf_text(&out), ".It Cm at Pq Em \"a \\(dqb\\(dq Pq \\ec\"\n", "an argument");
    gp_strbuf_done(&out);
}

static void places(void)
{
    static const struct {
        const char *page, *problem;
    } rows[] = {
        {"text\n", "a part that has no place"},
        {".\\\" begin limits\n", "a part without an end"},
        {".\\\" begin limits\n.\\\" begin logic\n", "a part inside a part"},
        {".\\\" begin limit\n", "a place for a part that there is not"},
        {".\\\" end limits\n", "the end of a part that did not begin"},
        {".\\\" begin limits\n.\\\" end logic\n", "the end of a part that did not begin"},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_strbuf out = {0};
        struct gp_str page = {rows[i].page, strlen(rows[i].page)};
        const char *problem = NULL;

        is_int(gp_reference_print(&out, page, &registry, &problem), -EINVAL, "places %zu", i + 1);
        is_str(problem, rows[i].problem, "places %zu: why", i + 1);
        gp_strbuf_done(&out);
    }
}

int main(void)
{
    the_page();
    every_word();
    selected();
    examples();
    texts();
    places();
    return done_testing();
}
