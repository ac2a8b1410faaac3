/* Rule tests for machines: TAP, JUnit, JSON. */
#include <string.h>

#include "report/json-parts.h"
#include "report/tap.h"
#include "report/tests.h"
#include "report/xml.h"

static struct gp_str str(const char *text)
{
    return (struct gp_str){text, text ? strlen(text) : 0};
}

static struct gp_position position_of(const struct gp_test_group *group, struct gp_span at)
{
    return gp_sources_position(group->rules->sources, at);
}

static void finish(struct gp_strbuf *out, struct gp_strbuf *text)
{
    out->failed = out->failed || !gp_strbuf_ok(text);
    gp_strbuf_done(text);
}

static void add_miss_words(struct gp_strbuf *out, const struct gp_test_miss *miss)
{
    gp_strbuf_printf(out, "%s: expected %s, found %s", miss->what, miss->expected, miss->found);
}

static struct gp_str name_of(const struct gp_test_trouble *trouble)
{
    return str(trouble->file ? trouble->file : "(no file)");
}

/* So is each file that is wrong, and coverage where somebody asks for some. */
static size_t tests_in(const struct gp_test_report *report)
{
    return report->passed + report->failed + report->skipped + report->trouble_count +
           (report->threshold >= 0 ? report->coverage_count : 0);
}

/* ---- TAP --------------------------------------------------------------------------------------------------------- */

static void add_tap_details(struct gp_strbuf *out, const struct gp_test_group *group,
                            const struct gp_test_result *result)
{
    struct gp_position at = position_of(group, result->it->at);

    gp_tap_yaml_begin(out);
    gp_tap_yaml_text(out, 0, "file", str(at.file));
    gp_tap_yaml_number(out, 0, "line", at.line);
    if (result->detail)
        gp_tap_yaml_text(out, 0, "message", str(result->detail));
    if (result->miss_count)
        gp_tap_yaml_key(out, 0, "expectations");
    for (size_t i = 0; i < result->miss_count; i++) {
        struct gp_strbuf words = {0};

        add_miss_words(&words, &result->misses[i]);
        gp_tap_yaml_text(out, 1, NULL, str(gp_strbuf_text(&words)));
        finish(out, &words);
    }
    if (result->explanation)
        gp_tap_yaml_text(out, 0, "explanation", str(result->explanation));
    gp_tap_yaml_end(out);
}

static void add_tap_case(struct gp_strbuf *out, const struct gp_test_group *group, const struct gp_test_result *result,
                         size_t number)
{
    struct gp_strbuf name = {0};
    bool skipped = result->outcome == GP_TEST_SKIPPED;

    gp_strbuf_printf(&name, "%.*s/%.*s", GP_STR_ARG(group->rules->manifest.name), GP_STR_ARG(result->it->id));
    gp_tap_test(out, result->outcome != GP_TEST_FAILED, number, str(gp_strbuf_text(&name)),
                skipped ? result->detail : NULL);
    finish(out, &name);
    if (result->outcome == GP_TEST_FAILED)
        add_tap_details(out, group, result);
}

static void add_tap_trouble(struct gp_strbuf *out, const struct gp_test_trouble *trouble, size_t number)
{
    gp_tap_test(out, false, number, name_of(trouble), NULL);
    gp_tap_yaml_begin(out);
    gp_tap_yaml_text(out, 0, "message", str(trouble->text));
    gp_tap_yaml_text(out, 0, "explanation", str(trouble->all));
    gp_tap_yaml_end(out);
}

void gp_tap_tests(struct gp_strbuf *out, const struct gp_test_report *report)
{
    size_t number = 0;

    gp_tap_begin(out, tests_in(report));
    for (size_t i = 0; i < report->group_count; i++)
        for (size_t k = 0; k < report->groups[i].count; k++)
            add_tap_case(out, &report->groups[i], &report->groups[i].results[k], ++number);
    for (size_t i = 0; i < report->trouble_count; i++)
        add_tap_trouble(out, &report->troubles[i], ++number);
    for (size_t i = 0; i < report->coverage_count; i++) {
        struct gp_strbuf words = {0};

        gp_coverage_words(&words, &report->coverages[i], report->threshold);
        if (report->threshold >= 0)
            gp_tap_test(out, !gp_coverage_lacks(&report->coverages[i], report->threshold), ++number,
                        str(gp_strbuf_text(&words)), NULL);
        else
            gp_tap_comment(out, str(gp_strbuf_text(&words)));
        finish(out, &words);
    }
}

/* ---- JUnit ------------------------------------------------------------------------------------------------------- */

static void add_failure(struct gp_strbuf *out, const struct gp_test_group *group, const struct gp_test_result *result)
{
    struct gp_position at = position_of(group, result->it->at);
    struct gp_strbuf words = {0}, text = {0};

    gp_strbuf_add(&words, result->detail ? result->detail : "");
    for (size_t i = 0; i < result->miss_count; i++) {
        gp_strbuf_add(&words, i ? "; " : "");
        add_miss_words(&words, &result->misses[i]);
    }
    gp_strbuf_printf(&text, "%s:%zu:%zu\n%s", at.file, at.line, at.column,
                     result->explanation ? result->explanation : "");
    gp_strbuf_add(out, "      <failure type=\"expectation\"");
    gp_xml_attribute(out, "message", str(gp_strbuf_text(&words)));
    gp_strbuf_add_char(out, '>');
    gp_xml_text(out, str(gp_strbuf_text(&text)));
    gp_strbuf_add(out, "</failure>\n");
    finish(out, &words);
    finish(out, &text);
}

/* `rules` NULL: they are what is wrong, or not known. */
static void open_testcase(struct gp_strbuf *out, const struct gp_ruleset *rules, struct gp_str name)
{
    struct gp_strbuf class = {0};

    gp_strbuf_add(&class, "gatepost.test");
    if (rules)
        gp_strbuf_printf(&class, ".%.*s", GP_STR_ARG(rules->manifest.name));
    gp_strbuf_add(out, "    <testcase");
    gp_xml_attribute(out, "classname", str(gp_strbuf_text(&class)));
    gp_xml_attribute(out, "name", name);
    finish(out, &class);
}

static void add_testcase(struct gp_strbuf *out, const struct gp_test_group *group, const struct gp_test_result *result)
{
    open_testcase(out, group->rules, result->it->id);
    if (result->outcome == GP_TEST_PASSED) {
        gp_strbuf_add(out, "/>\n");
        return;
    }
    gp_strbuf_add(out, ">\n");
    if (result->outcome == GP_TEST_FAILED) {
        add_failure(out, group, result);
    } else {
        gp_strbuf_add(out, "      <skipped");
        gp_xml_attribute(out, "message", str(result->detail));
        gp_strbuf_add(out, "/>\n");
    }
    gp_strbuf_add(out, "    </testcase>\n");
}

static void open_suite(struct gp_strbuf *out, const char *indent, const char *element, struct gp_str name, size_t tests,
                       size_t failures, size_t errors, size_t skipped)
{
    gp_strbuf_printf(out, "%s<%s", indent, element);
    gp_xml_attribute(out, "name", name);
    gp_xml_attribute_number(out, "tests", tests);
    gp_xml_attribute_number(out, "failures", failures);
    gp_xml_attribute_number(out, "errors", errors);
    gp_xml_attribute_number(out, "skipped", skipped);
    gp_strbuf_add(out, ">\n");
}

static void add_suite(struct gp_strbuf *out, const struct gp_test_group *group)
{
    struct gp_test_count count = gp_test_group_count(group);

    open_suite(out, "  ", "testsuite", str(group->file), group->count, count.failed, 0, count.skipped);
    for (size_t i = 0; i < group->count; i++)
        add_testcase(out, group, &group->results[i]);
    gp_strbuf_add(out, "  </testsuite>\n");
}

static size_t coverage_failures(const struct gp_test_report *report)
{
    size_t failures = 0;

    for (size_t i = 0; i < report->coverage_count; i++)
        failures += gp_coverage_lacks(&report->coverages[i], report->threshold);
    return failures;
}

static void add_trouble_suite(struct gp_strbuf *out, const struct gp_test_trouble *trouble)
{
    open_suite(out, "  ", "testsuite", name_of(trouble), 1, 0, 1, 0);
    open_testcase(out, NULL, name_of(trouble));
    gp_strbuf_add(out, ">\n      <error type=\"rules\"");
    gp_xml_attribute(out, "message", str(trouble->text));
    gp_strbuf_add_char(out, '>');
    gp_xml_text(out, str(trouble->all));
    gp_strbuf_add(out, "</error>\n    </testcase>\n  </testsuite>\n");
}

static void add_coverage(struct gp_strbuf *out, const struct gp_coverage *coverage, int threshold)
{
    bool lacks = gp_coverage_lacks(coverage, threshold);
    struct gp_strbuf words = {0};

    gp_coverage_words(&words, coverage, threshold);
    open_testcase(out, coverage->rules, GP_STR("coverage"));
    gp_strbuf_add(out, lacks ? ">\n      <failure type=\"coverage\"" : "/>\n");
    if (lacks) {
        gp_xml_attribute(out, "message", str(gp_strbuf_text(&words)));
        gp_strbuf_add(out, "/>\n    </testcase>\n");
    }
    finish(out, &words);
}

/* The suite has a test for each rule set where a percentage is asked for; what was seen it says in any case. */
static void add_coverage_suite(struct gp_strbuf *out, const struct gp_test_report *report)
{
    bool asked = report->threshold >= 0;
    size_t failures = asked ? coverage_failures(report) : 0;

    open_suite(out, "  ", "testsuite", GP_STR("coverage"), asked ? report->coverage_count : 0, failures, 0, 0);
    gp_strbuf_add(out, "    <properties>\n");
    for (size_t i = 0; i < report->coverage_count; i++) {
        struct gp_strbuf words = {0};

        gp_coverage_words(&words, &report->coverages[i], report->threshold);
        gp_strbuf_add(out, "      <property");
        gp_xml_attribute(out, "name", report->coverages[i].rules->manifest.name);
        gp_xml_attribute(out, "value", str(gp_strbuf_text(&words)));
        gp_strbuf_add(out, "/>\n");
        finish(out, &words);
    }
    gp_strbuf_add(out, "    </properties>\n");
    for (size_t i = 0; i < report->coverage_count && asked; i++)
        add_coverage(out, &report->coverages[i], report->threshold);
    gp_strbuf_add(out, "  </testsuite>\n");
}

void gp_junit_tests(struct gp_strbuf *out, const struct gp_test_report *report)
{
    gp_xml_begin(out);
    open_suite(out, "", "testsuites", GP_STR("gatepost test"), tests_in(report),
               report->failed + (report->threshold >= 0 ? coverage_failures(report) : 0), report->trouble_count,
               report->skipped);
    for (size_t i = 0; i < report->group_count; i++)
        add_suite(out, &report->groups[i]);
    for (size_t i = 0; i < report->trouble_count; i++)
        add_trouble_suite(out, &report->troubles[i]);
    if (report->coverage_count)
        add_coverage_suite(out, report);
    gp_strbuf_add(out, "</testsuites>\n");
}

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static json_t *json_misses(const struct gp_test_group *group, const struct gp_test_result *result)
{
    struct gp_jot list = gp_jot_array();

    for (size_t i = 0; i < result->miss_count; i++) {
        const struct gp_test_miss *miss = &result->misses[i];
        struct gp_jot object = gp_jot_object();

        gp_jot_text(&object, "expectation", miss->what);
        gp_jot_text(&object, "expected", miss->expected);
        gp_jot_text(&object, "found", miss->found);
        gp_jot_set(&object, "at", gp_json_place(group->rules, miss->at));
        gp_jot_push(&list, gp_jot_done(&object));
    }
    return gp_jot_done(&list);
}

static json_t *json_case(const struct gp_test_group *group, const struct gp_test_result *result)
{
    struct gp_jot object = gp_jot_object();

    gp_jot_str(&object, "id", result->it->id);
    gp_jot_str(&object, "title", result->it->title);
    gp_jot_text(&object, "asks", gp_test_subject_name(result->subject));
    gp_jot_str(&object, "of", result->asked);
    gp_jot_text(&object, "outcome", gp_test_outcome_name(result->outcome));
    gp_jot_text(&object, "detail", result->detail);
    gp_jot_set(&object, "misses", json_misses(group, result));
    gp_jot_text(&object, "explanation", result->explanation);
    gp_jot_set(&object, "at", gp_json_place(group->rules, result->it->at));
    return gp_jot_done(&object);
}

json_t *gp_json_test_group(const struct gp_test_group *group)
{
    struct gp_subject subject = {.rules = group->rules};
    struct gp_test_count count = gp_test_group_count(group);
    struct gp_jot object = gp_json_head(&subject), cases = gp_jot_array();

    for (size_t i = 0; i < group->count; i++)
        gp_jot_push(&cases, json_case(group, &group->results[i]));
    gp_jot_text(&object, "tests", group->file);
    gp_jot_set(&object, "passed", json_integer((json_int_t)count.passed));
    gp_jot_set(&object, "failed", json_integer((json_int_t)count.failed));
    gp_jot_set(&object, "skipped", json_integer((json_int_t)count.skipped));
    gp_jot_set(&object, "cases", gp_jot_done(&cases));
    gp_jot_set(&object, "error", json_null());
    return gp_jot_done(&object);
}

json_t *gp_json_test_trouble(const struct gp_test_trouble *trouble)
{
    static const char *const counts[] = {"passed", "failed", "skipped"};
    struct gp_subject subject = {0};
    struct gp_jot object = gp_json_head(&subject), error = gp_jot_object();

    gp_jot_text(&error, "code", "rules");
    gp_jot_text(&error, "text", trouble->text);
    gp_jot_text(&object, "tests", trouble->file);
    for (size_t i = 0; i < GP_COUNT(counts); i++)
        gp_jot_set(&object, counts[i], json_integer(0));
    gp_jot_set(&object, "cases", json_array());
    gp_jot_set(&object, "error", gp_jot_done(&error));
    return gp_jot_done(&object);
}

static json_t *json_results(unsigned set)
{
    static const enum gp_result order[] = {GP_TRUE, GP_FALSE, GP_UNKNOWN, GP_NA};
    struct gp_jot list = gp_jot_array();

    for (size_t i = 0; i < GP_COUNT(order); i++)
        if (set >> order[i] & 1)
            gp_jot_push(&list, json_string(gp_result_name(order[i])));
    return gp_jot_done(&list);
}

static json_t *json_item(const struct gp_coverage *coverage, const struct gp_cover_item *item)
{
    struct gp_jot object = gp_jot_object();

    gp_jot_text(&object, "kind", gp_cover_kind_name(item->kind));
    gp_jot_str(&object, "of", item->owner);
    gp_jot_str(&object, "id", item->id);
    gp_jot_set(&object, "wanted", json_results(item->wanted));
    gp_jot_set(&object, "seen", json_results(item->seen));
    gp_jot_set(&object, "at", gp_json_place(coverage->rules, item->at));
    return gp_jot_done(&object);
}

json_t *gp_json_coverage(const struct gp_coverage *coverage, int threshold)
{
    struct gp_subject subject = {.rules = coverage->rules};
    struct gp_jot object = gp_json_head(&subject), items = gp_jot_array(), unchecked = gp_jot_array();

    for (size_t i = 0; i < coverage->item_count; i++)
        if (coverage->items[i].wanted)
            gp_jot_push(&items, json_item(coverage, &coverage->items[i]));
    for (size_t i = 0; i < coverage->unchecked_count; i++)
        gp_jot_push(&unchecked, gp_json_str(coverage->unchecked[i]->def.id));
    gp_jot_set(&object, "amended", json_boolean(coverage->amended));
    gp_jot_set(&object, "percent", json_integer(gp_coverage_percent(coverage)));
    gp_jot_set(&object, "threshold", threshold < 0 ? json_null() : json_integer(threshold));
    gp_jot_set(&object, "unchecked", gp_jot_done(&unchecked));
    gp_jot_set(&object, "coverage", gp_jot_done(&items));
    return gp_jot_done(&object);
}
