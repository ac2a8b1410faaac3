/* Rule tests as text for people, and the words that all their reports share. */
#include "report/tests.h"

#include <string.h>

#include "report/page.h"
#include "report/words.h"

/* ---- words ------------------------------------------------------------------------------------------------------- */

const char *gp_test_outcome_name(enum gp_test_outcome outcome)
{
    static const char *const names[] = {"passed", "failed", "skipped"};

    return names[outcome];
}

const char *gp_test_subject_name(enum gp_test_subject subject)
{
    static const char *const names[] = {"check", "why", "plan", "marker", "state"};

    return names[subject];
}

const char *gp_cover_kind_name(enum gp_cover_kind kind)
{
    static const char *const names[] = {"requirement", "condition", "state", "cause"};

    return names[kind];
}

struct gp_test_count gp_test_group_count(const struct gp_test_group *group)
{
    struct gp_test_count count = {0};

    for (size_t i = 0; i < group->count; i++) {
        count.passed += group->results[i].outcome == GP_TEST_PASSED;
        count.failed += group->results[i].outcome == GP_TEST_FAILED;
        count.skipped += group->results[i].outcome == GP_TEST_SKIPPED;
    }
    return count;
}

void gp_test_asked(struct gp_strbuf *out, const struct gp_test_result *result)
{
    gp_strbuf_add(out, gp_test_subject_name(result->subject));
    if (result->asked.data)
        gp_strbuf_printf(out, " %.*s", GP_STR_ARG(result->asked));
}

void gp_cover_name(struct gp_strbuf *out, const struct gp_cover_item *item)
{
    if (item->owner.data)
        gp_strbuf_printf(out, "%.*s/", GP_STR_ARG(item->owner));
    gp_strbuf_printf(out, "%.*s", GP_STR_ARG(item->id));
}

void gp_cover_results(struct gp_strbuf *out, unsigned set)
{
    static const enum gp_result order[] = {GP_TRUE, GP_FALSE, GP_UNKNOWN, GP_NA};
    size_t start = out->len;

    for (size_t i = 0; i < GP_COUNT(order); i++)
        if (set >> order[i] & 1)
            gp_strbuf_printf(out, "%s%s", out->len > start ? ", " : "", gp_result_name(order[i]));
}

bool gp_coverage_lacks(const struct gp_coverage *coverage, int threshold)
{
    return threshold >= 0 && gp_coverage_percent(coverage) < (unsigned)threshold;
}

void gp_coverage_words(struct gp_strbuf *out, const struct gp_coverage *coverage, int threshold)
{
    gp_strbuf_printf(out, "coverage of %s%.*s: %zu of %zu results seen, %u %%",
                     coverage->amended ? "the drop-ins of " : "", GP_STR_ARG(coverage->rules->manifest.name),
                     coverage->seen, coverage->wanted, gp_coverage_percent(coverage));
    if (threshold >= 0)
        gp_strbuf_printf(out, " (asked for: %d %%)", threshold);
}

/* ---- cases ------------------------------------------------------------------------------------------------------- */

static void add_words(struct gp_page *page, void (*words)(struct gp_strbuf *out, const void *of), const void *of)
{
    struct gp_strbuf text = {0};

    words(&text, of);
    gp_page_text(page, gp_strbuf_text(&text));
    page->out->failed = page->out->failed || !gp_strbuf_ok(&text);
    gp_strbuf_done(&text);
}

static void asked_words(struct gp_strbuf *out, const void *of)
{
    gp_test_asked(out, of);
}

static void place(struct gp_page *page, const struct gp_ruleset *rules, struct gp_span at)
{
    struct gp_position position = gp_sources_position(rules->sources, at);

    gp_page_text(page, position.file);
    gp_strbuf_printf(page->out, ":%zu:%zu: ", position.line, position.column);
}

static void add_misses(struct gp_page *page, const struct gp_ruleset *rules, const struct gp_test_result *result)
{
    for (size_t i = 0; i < result->miss_count; i++) {
        const struct gp_test_miss *miss = &result->misses[i];

        gp_strbuf_add(page->out, "  ");
        place(page, rules, miss->at);
        gp_strbuf_printf(page->out, "%s: expected ", miss->what);
        gp_page_text(page, miss->expected);
        gp_strbuf_add(page->out, ", found ");
        gp_page_text(page, miss->found);
        gp_strbuf_add_char(page->out, '\n');
    }
}

/* The explanation is a report of its own, escaped already. */
static void add_explanation(struct gp_page *page, const char *text)
{
    gp_strbuf_add_char(page->out, '\n');
    while (*text) {
        size_t len = strcspn(text, "\n");

        if (len)
            gp_strbuf_add(page->out, "    ");
        gp_strbuf_add_mem(page->out, text, len);
        gp_strbuf_add_char(page->out, '\n');
        text += len + (text[len] == '\n');
    }
    gp_strbuf_add_char(page->out, '\n');
}

static void add_case(struct gp_page *page, const struct gp_test_group *group, const struct gp_test_result *result)
{
    static const enum gp_mark marks[] = {GP_MARK_TRUE, GP_MARK_FALSE, GP_MARK_UNKNOWN};
    bool shown = result->outcome != GP_TEST_PASSED || page->style->verbose;

    if (!shown || page->style->quiet)
        return;
    gp_page_mark(page, marks[result->outcome]);
    gp_strbuf_add_char(page->out, ' ');
    place(page, group->rules, result->it->at);
    gp_page_str(page, result->it->id);
    gp_strbuf_printf(page->out, ": %s (", gp_test_outcome_name(result->outcome));
    add_words(page, asked_words, result);
    gp_strbuf_add_char(page->out, ')');
    if (result->detail) {
        gp_strbuf_add(page->out, ": ");
        gp_page_text(page, result->detail);
    }
    gp_strbuf_add_char(page->out, '\n');
    add_misses(page, group->rules, result);
    if (result->outcome == GP_TEST_FAILED && result->explanation)
        add_explanation(page, result->explanation);
}

/* ---- coverage ---------------------------------------------------------------------------------------------------- */

static void name_words(struct gp_strbuf *out, const void *of)
{
    gp_cover_name(out, of);
}

static void add_item(struct gp_page *page, const struct gp_coverage *coverage, const struct gp_cover_item *item)
{
    unsigned never = item->wanted & ~item->seen;

    if (!never && (!page->style->verbose || !item->wanted))
        return;
    gp_strbuf_add(page->out, "  ");
    place(page, coverage->rules, item->at);
    gp_strbuf_printf(page->out, "%s ", gp_cover_kind_name(item->kind));
    add_words(page, name_words, item);
    if (never)
        gp_strbuf_add(page->out, ": never ");
    gp_cover_results(page->out, never);
    gp_strbuf_add(page->out, item->seen ? never ? "; seen: " : ": " : never ? "; not seen at all" : "");
    gp_cover_results(page->out, item->seen);
    gp_strbuf_add_char(page->out, '\n');
}

static void add_coverage(struct gp_page *page, const struct gp_coverage *coverage, int threshold)
{
    bool lacks = gp_coverage_lacks(coverage, threshold);
    struct gp_strbuf words = {0};

    gp_coverage_words(&words, coverage, threshold);
    gp_page_mark(page, lacks ? GP_MARK_FALSE : GP_MARK_TRUE);
    gp_strbuf_add_char(page->out, ' ');
    gp_page_text(page, gp_strbuf_text(&words));
    page->out->failed = page->out->failed || !gp_strbuf_ok(&words);
    gp_strbuf_done(&words);
    gp_strbuf_add_char(page->out, '\n');
    if (page->style->quiet)
        return;
    for (size_t i = 0; i < coverage->unchecked_count; i++) {
        gp_strbuf_add(page->out, "  ");
        place(page, coverage->rules, coverage->unchecked[i]->def.at);
        gp_strbuf_add(page->out, "operation ");
        gp_page_str(page, coverage->unchecked[i]->def.id);
        gp_strbuf_add(page->out, ": never checked\n");
    }
    for (size_t i = 0; i < coverage->item_count; i++)
        add_item(page, coverage, &coverage->items[i]);
}

void gp_text_tests(struct gp_strbuf *out, const struct gp_style *style, const struct gp_test_report *report)
{
    struct gp_page page = {.out = out, .style = style};
    size_t cases = report->passed + report->failed + report->skipped;

    for (size_t i = 0; i < report->group_count; i++)
        for (size_t k = 0; k < report->groups[i].count; k++)
            add_case(&page, &report->groups[i], &report->groups[i].results[k]);
    if (!cases)
        gp_strbuf_add(out, "no case was run\n");
    else
        gp_strbuf_printf(out, "%zu case%s in %zu file%s: %zu passed, %zu failed, %zu skipped\n", cases,
                         cases == 1 ? "" : "s", report->group_count, report->group_count == 1 ? "" : "s",
                         report->passed, report->failed, report->skipped);
    for (size_t i = 0; i < report->coverage_count; i++)
        add_coverage(&page, &report->coverages[i], report->threshold);
}
