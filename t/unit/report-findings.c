/* Findings in every format, byte for byte: hostile names, notes elsewhere, suggestions, silenced ones, no findings. */
#include <string.h>

#include "report/findings.h"
#include "tap.h"

#define HOSTILE "a,b:%\n::error]]>\033[1m.yaml"

static struct gp_sources *sources;
static struct gp_diags *diags;

static void add_source(const char *name, const char *text)
{
    if (gp_sources_add(sources, name, text, strlen(text)) < 0)
        bail("out of memory");
}

/* An error with a note elsewhere and a suggestion, a warning that is silenced, one that is not, a note without a
 * place. */
static void add_diagnostics(void)
{
    add_source("./rules/a b.yaml", "one: 1\n\xc3\xa4\xc3\xb6: twoo\n");
    add_source(HOSTILE, "x: \"\033[31m\"\n");
    add_source("/srv/clean.yaml", "gatepost: 1\n");
    struct gp_diag *diag = gp_diag_add(diags, GP_DIAG_UNDEFINED, (struct gp_span){1, 13, 4}, "there is no 'twoo'");
    gp_diag_note(diags, diag, (struct gp_span){2, 0, 1}, "100%% of\nit <is> here");
    gp_diag_note(diags, diag, (struct gp_span){0}, "and nowhere else");
    gp_diag_suggest(diags, diag, "two");
    gp_diag_add(diags, GP_DIAG_AMEND_NEAR, (struct gp_span){1, 0, 3}, "this is silenced");
    gp_diag_add(diags, GP_DIAG_FILE_IGNORED, (struct gp_span){2, 3, 7}, "ignored: %%,::]]>\r\n\033[1m");
    gp_diag_add(diags, GP_DIAG_BACKUP_IGNORED, (struct gp_span){0}, "no place");
    if (gp_diags_set_level(diags, GP_DIAG_AMEND_NEAR, GP_LEVEL_SILENT) < 0 || gp_diags_failed(diags))
        bail("out of memory");
}

/* gp_diags_get() has what is about no file first, then file by file. */
static struct gp_finding data[4];
static const struct gp_finding_file files[] = {
    {NULL, 0, 1}, {"./rules/a b.yaml", 1, 3}, {HOSTILE, 3, 4}, {"/srv/clean.yaml", 4, 4}};
static struct gp_findings findings = {.data = data, .count = 4, .files = files, .file_count = 4};

static const char github[] =
    "::notice title=GP0122 a hidden or backup file that is ignored::no place\n"
    "::error file=rules/a b.yaml,line=2,col=5,endColumn=9,title=GP0301 something that is not defined::there is no "
    "'twoo'%0Anote: a,b:%25%0A::error]]>\\x1b[1m.yaml:1:1: 100%25 of%0Ait <is> here%0Anote: and nowhere else%0Adid you "
    "mean 'two'?\n"
    "::warning file=a%2Cb%3A%25%0A%3A%3Aerror]]>\\x1b[1m.yaml,line=1,col=4,endColumn=11,title=GP0121 a file that is "
    "ignored::ignored: %25,::]]>%0D%0A\\x1b[1m\n";

static const char tap[] =
    "TAP version 14\n1..4\n"
    "ok 1 - (no file)\n"
    "  ---\n  findings:\n    -\n"
    "      id: \"GP0122\"\n      level: \"note\"\n      message: \"no place\"\n"
    "  ...\n"
    "not ok 2 - ./rules/a b.yaml\n"
    "  ---\n  findings:\n    -\n"
    "      id: \"GP0301\"\n      level: \"error\"\n      message: \"there is no 'twoo'\"\n"
    "      file: \"./rules/a b.yaml\"\n      line: 2\n      column: 5\n      suggestion: \"two\"\n"
    "      notes:\n        -\n          message: \"100% of\\nit <is> here\"\n"
    "          file: \"a,b:%\\n::error]]>\\x1b[1m.yaml\"\n          line: 1\n          column: 1\n"
    "        -\n          message: \"and nowhere else\"\n"
    "  ...\n"
    "%sok 3 - a,b:%\\\\x0a::error]]>\\\\x1b[1m.yaml\n"
    "  ---\n  findings:\n    -\n"
    "      id: \"GP0121\"\n      level: \"warning\"\n      message: \"ignored: %,::]]>\\x0d\\n\\x1b[1m\"\n"
    "      file: \"a,b:%\\n::error]]>\\x1b[1m.yaml\"\n      line: 1\n      column: 4\n"
    "  ...\n"
    "ok 4 - /srv/clean.yaml\n";

#define ERROR_TEXT                                                                                        \
    "./rules/a b.yaml:2:5: error: there is no &apos;twoo&apos; [GP0301]\n  2 | \xc3\xa4\xc3\xb6: twoo\n"  \
    "    |     ^~~~\n"                                                                                    \
    "  note: a,b:%\\x0a::error]]&gt;\\x1b[1m.yaml:1:1: 100% of\\x0ait &lt;is&gt; here\n"                  \
    "  1 | x: &quot;\\x1b[31m&quot;\n    | ^\n"                                                           \
    "  note: and nowhere else\n  help: did you mean &apos;two&apos;?\n"
#define WARNING_TEXT                                                                                      \
    "a,b:%\\x0a::error]]&gt;\\x1b[1m.yaml:1:4: warning: ignored: %,::]]&gt;\\x0d\\x0a\\x1b[1m [GP0121]\n" \
    "  1 | x: &quot;\\x1b[31m&quot;\n    |    ^~~~~~~~~~\n"

static const char junit_head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                 "<testsuites name=\"gatepost lint\" tests=\"4\" failures=\"%d\" errors=\"0\">\n"
                                 "  <testsuite name=\"gatepost lint\" tests=\"4\" failures=\"%d\" errors=\"0\">\n"
                                 "    <testcase classname=\"gatepost.lint\" name=\"(no file)\">\n"
                                 "      <system-out>note: no place [GP0122]\n</system-out>\n"
                                 "    </testcase>\n"
                                 "    <testcase classname=\"gatepost.lint\" name=\"./rules/a b.yaml\">\n"
                                 "      <failure type=\"error\" message=\"1 error\">" ERROR_TEXT "</failure>\n"
                                 "    </testcase>\n"
                                 "    <testcase classname=\"gatepost.lint\" "
                                 "name=\"a,b:%%&#xa;::error]]&gt;\\x1b[1m.yaml\">\n";
static const char junit_warning[] = "      <system-out>" WARNING_TEXT "</system-out>\n";
static const char junit_strict[] = "      <failure type=\"warning\" message=\"1 warning\">" WARNING_TEXT "</failure>\n";
static const char junit_tail[] = "    </testcase>\n"
                                 "    <testcase classname=\"gatepost.lint\" name=\"/srv/clean.yaml\"/>\n"
                                 "  </testsuite>\n</testsuites>\n";

static void test_github(void)
{
    struct gp_strbuf out = {0};

    gp_github_findings(&out, &findings);
    is_str(gp_strbuf_text(&out), github, "github");
    gp_strbuf_done(&out);
}

static void test_tap(void)
{
    for (int strict = 0; strict < 2; strict++) {
        struct gp_strbuf out = {0}, want = {0};
        const char *middle = strstr(tap, "%sok");

        findings.strict = strict;
        gp_tap_findings(&out, &findings);
        gp_strbuf_add_mem(&want, tap, (size_t)(middle - tap));
        gp_strbuf_add(&want, strict ? "not " : "");
        gp_strbuf_add(&want, middle + 2);
        is_str(gp_strbuf_text(&out), gp_strbuf_text(&want), "tap%s", strict ? ", strict" : "");
        gp_strbuf_done(&out);
        gp_strbuf_done(&want);
    }
    findings.strict = false;
}

/* The head as a format has two numbers in it, and "%" elsewhere. */
static void add_head(struct gp_strbuf *out, char number)
{
    for (const char *at = junit_head; *at; at++) {
        bool hole = at[0] == '%' && (at[1] == 'd' || at[1] == '%');
        gp_strbuf_add_char(out, !hole ? at[0] : at[1] == 'd' ? number : '%');
        at += hole;
    }
}

static void test_junit(void)
{
    for (int strict = 0; strict < 2; strict++) {
        struct gp_strbuf out = {0}, want = {0};

        findings.strict = strict;
        gp_junit_findings(&out, &findings);
        add_head(&want, strict ? '2' : '1');
        gp_strbuf_add(&want, strict ? junit_strict : junit_warning);
        gp_strbuf_add(&want, junit_tail);
        is_str(gp_strbuf_text(&out), gp_strbuf_text(&want), "junit%s", strict ? ", strict" : "");
        gp_strbuf_done(&out);
        gp_strbuf_done(&want);
    }
    findings.strict = false;
}

static void is_json(const json_t *value, const char *want, const char *name)
{
    struct gp_strbuf out = {0};

    if (!value)
        bail("out of memory");
    gp_json_write(&out, value, 0);
    is_str(gp_strbuf_text(&out), want, "%s", name);
    gp_strbuf_done(&out);
}

static void test_json(void)
{
    json_t *error = gp_json_finding(&data[2]), *note = gp_json_finding(&data[0]);

    is_json(error,
            "{\"schema\":1,\"gatepost\":\"" PACKAGE_VERSION "\",\"id\":\"GP0301\",\"level\":\"error\","
            "\"title\":\"something that is not defined\",\"message\":\"there is no 'twoo'\",\"file\":\"./rules/a b.yaml\","
            "\"line\":2,\"column\":5,\"end_line\":2,\"end_column\":9,\"notes\":[{\"message\":\"100% of\\nit <is> here\","
            "\"file\":\"a,b:%\\n::error]]>\\u001B[1m.yaml\",\"line\":1,\"column\":1,\"end_line\":1,\"end_column\":2},"
            "{\"message\":\"and nowhere else\",\"file\":null,\"line\":null,\"column\":null,\"end_line\":null,"
            "\"end_column\":null}],\"suggestion\":{\"replace\":{\"file\":\"./rules/a b.yaml\",\"line\":2,\"column\":5,"
            "\"end_line\":2,\"end_column\":9},\"text\":\"two\"}}",
            "json: an error");
    is_json(note,
            "{\"schema\":1,\"gatepost\":\"" PACKAGE_VERSION "\",\"id\":\"GP0122\",\"level\":\"note\","
            "\"title\":\"a hidden or backup file that is ignored\",\"message\":\"no place\",\"file\":null,\"line\":null,"
            "\"column\":null,\"end_line\":null,\"end_column\":null,\"notes\":[],\"suggestion\":null}",
            "json: without a place");
    json_decref(error);
    json_decref(note);
}

#define REGION(line, start, end_line, end)                                                              \
    "{\"startLine\":" line ",\"startColumn\":" start ",\"endLine\":" end_line ",\"endColumn\":" end "}"
#define ARTIFACT(uri) "\"artifactLocation\":{\"uri\":\"" uri "\"}"
#define AB "rules/a%20b.yaml"
#define HOSTILE_URI "a%2Cb%3A%25%0A%3A%3Aerror%5D%5D%3E%1B%5B1m.yaml"

static const char *const sarif[] = {
    "{\"ruleId\":\"GP0122\",\"ruleIndex\":0,\"level\":\"note\",\"message\":{\"text\":\"no place\"},\"locations\":[],"
    "\"relatedLocations\":[],\"suppressions\":[]}",
    "{\"ruleId\":\"GP0414\",\"ruleIndex\":1,\"level\":\"warning\",\"message\":{\"text\":\"this is silenced\"},"
    "\"locations\":[{\"physicalLocation\":{" ARTIFACT(AB) ",\"region\":" REGION("1", "1", "1", "4") "}}],"
    "\"relatedLocations\":[],\"suppressions\":[{\"kind\":\"external\",\"justification\":\"we know\"}]}",
    "{\"ruleId\":\"GP0301\",\"ruleIndex\":2,\"level\":\"error\",\"message\":{\"text\":\"there is no 'twoo'\\nand nowhere "
    "else\"},\"locations\":[{\"physicalLocation\":{" ARTIFACT(AB) ",\"region\":" REGION("2", "5", "2", "9") "}}],"
    "\"relatedLocations\":[{\"physicalLocation\":{" ARTIFACT(HOSTILE_URI) ",\"region\":" REGION("1", "1", "1", "2") "},"
    "\"message\":{\"text\":\"100% of\\nit <is> here\"}}],\"fixes\":[{\"description\":{\"text\":\"Put this in its "
    "place.\"},\"artifactChanges\":[{" ARTIFACT(AB) ",\"replacements\":[{\"deletedRegion\":"
    REGION("2", "5", "2", "9") ",\"insertedContent\":{\"text\":\"two\"}}]}]}],\"suppressions\":[]}",
    "{\"ruleId\":\"GP0121\",\"ruleIndex\":3,\"level\":\"warning\",\"message\":{\"text\":\"ignored: %,::]]>\\r\\n\\u001B"
    "[1m\"},\"locations\":[{\"physicalLocation\":{" ARTIFACT(HOSTILE_URI) ",\"region\":" REGION("1", "4", "1", "11")
    "}}],\"relatedLocations\":[],\"suppressions\":[]}",
};

static void test_sarif(void)
{
    json_t *log = gp_sarif_findings(&findings);
    const json_t *run = json_array_get(json_object_get(log, "runs"), 0);
    const json_t *results = json_object_get(run, "results");
    const json_t *driver = json_object_get(json_object_get(run, "tool"), "driver");
    const json_t *rules = json_object_get(driver, "rules");

    is_json(json_object_get(log, "version"), "\"2.1.0\"", "sarif: the version");
    is_json(json_object_get(run, "columnKind"), "\"unicodeCodePoints\"", "sarif: columns");
    is_json(json_object_get(driver, "name"), "\"gatepost\"", "sarif: the tool");
    is_int((intmax_t)json_array_size(results), 4, "sarif: results");
    for (size_t i = 0; i < GP_COUNT(sarif); i++)
        is_json(json_array_get(results, i), sarif[i], "sarif: a result");
    is_int((intmax_t)json_array_size(rules), 4, "sarif: each rule once");
    is_json(json_object_get(json_array_get(rules, 3), "id"), "\"GP0121\"", "sarif: a rule");
    is_json(json_object_get(json_array_get(rules, 3), "defaultConfiguration"), "{\"level\":\"warning\"}",
            "sarif: its level");
    is_str(json_string_value(json_object_get(json_object_get(json_array_get(rules, 3), "fullDescription"), "text")),
           gp_diag_info(121)->text, "sarif: its text");
    json_decref(log);
}

static void test_text(void)
{
    struct gp_style style = {0};
    struct gp_strbuf out = {0};

    findings.others_elsewhere = 1;
    findings.errors_elsewhere = 1;
    findings.dropped = 3;
    gp_text_findings(&out, &style, &findings);
    const char *end = strstr(gp_strbuf_text(&out), "\n\n");
    is_str(end,
           "\n\n1 error, 1 warning, 1 note in 4 files; 1 silenced; 3 more like these are not shown\n"
           "2 findings in other files of the rule set are not shown; 1 error among them: without it more could be checked "
           "here\n'gatepost explain-code GP0301' says more\n",
           "text: what it ends with");
    gp_strbuf_reset(&out);
    style.quiet = true;
    gp_text_findings(&out, &style, &findings);
    is_str(gp_strbuf_text(&out),
           "note: no place [GP0122]\n"
           "./rules/a b.yaml:2:5: error: there is no 'twoo' [GP0301]\n"
           "a,b:%\\x0a::error]]>\\x1b[1m.yaml:1:4: warning: ignored: %,::]]>\\x0d\\x0a\\x1b[1m [GP0121]\n",
           "text, quiet: a line each");
    gp_strbuf_done(&out);
}

static void test_nothing(void)
{
    static const struct gp_finding_file clean = {"clean.yaml", 0, 0};
    struct gp_findings none = {.files = &clean, .file_count = 1};
    struct gp_style style = {0};
    struct gp_strbuf out = {0};

    gp_text_findings(&out, &style, &none);
    is_str(gp_strbuf_text(&out), "no findings in 1 file\n", "nothing: text");
    gp_strbuf_reset(&out);
    gp_github_findings(&out, &none);
    is_str(gp_strbuf_text(&out), "", "nothing: github");
    gp_tap_findings(&out, &none);
    is_str(gp_strbuf_text(&out), "TAP version 14\n1..1\nok 1 - clean.yaml\n", "nothing: tap");
    gp_strbuf_done(&out);
}

int main(void)
{
    sources = gp_sources_new();
    diags = sources ? gp_diags_new(sources, 0) : NULL;
    if (!diags)
        bail("out of memory");
    add_diagnostics();
    for (size_t i = 0; i < GP_COUNT(data); i++)
        data[i] = (struct gp_finding){sources, gp_diags_get(diags, i), i == 1 ? "we know" : NULL};
    test_github();
    test_tap();
    test_junit();
    test_json();
    test_sarif();
    test_text();
    test_nothing();
    gp_diags_free(diags);
    gp_sources_free(sources);
    return done_testing();
}
