/*
 * `history` as text, and the ledger in `inspect`.
 */
#include "report/text-ledger.h"

#include "util/clock.h"

static void detail(struct gp_page *page, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    gp_strbuf_printf(page->out, "\n      %s ", label);
    gp_page_text(page, text);
}

static void details(struct gp_page *page, const struct gp_ledger_entry *it)
{
    gp_strbuf_add(page->out, "   [");
    gp_page_text(page, it->ruleset);
    gp_strbuf_add_char(page->out, ' ');
    gp_page_text(page, it->id);
    gp_strbuf_add_char(page->out, ']');
    for (size_t i = 0; i < it->extends_count; i++)
        detail(page, "in a rule set that extends", it->extends[i]);
    detail(page, "not promised:", it->limits);
    detail(page, "written by a newer version, which also says:", it->more);
}

static void entry(struct gp_page *page, const struct gp_ledger_entry *it)
{
    char when[GP_TIME_SIZE];

    gp_time_format(it->when, when);
    gp_strbuf_printf(page->out, "  %s   %s ", when, it->kind == GP_LEDGER_OPERATION ? "did" : "attested");
    gp_page_text(page, it->name);
    if (it->to && *it->to) {
        gp_strbuf_add_char(page->out, ' ');
        gp_page_mark(page, GP_MARK_TO);
        gp_strbuf_add_char(page->out, ' ');
        gp_page_text(page, it->to);
    }
    gp_strbuf_add(page->out, "   by ");
    gp_page_text(page, it->who);
    gp_strbuf_add_char(page->out, '@');
    gp_page_text(page, it->host);
    if (it->reason && *it->reason) {
        gp_strbuf_add(page->out, ": ");
        gp_page_text(page, it->reason);
    }
    if (page->style->verbose)
        details(page, it);
    gp_strbuf_add_char(page->out, '\n');
}

/* ---- what is not believed ---------------------------------------------------------------------------------------- */

static void fault(struct gp_page *page, const struct gp_ledger *ledger, const struct gp_ledger_fault *it)
{
    gp_strbuf_printf(page->out, "      line %zu%s: ", it->number, ledger->cut ? " of what was read" : "");
    gp_page_text(page, it->what);
    if (page->style->verbose && it->text.len) {
        gp_strbuf_add(page->out, "\n        | ");
        gp_page_str(page, it->text);
        if (it->text.len == GP_LEDGER_FAULT_BYTES) {
            gp_strbuf_add_char(page->out, ' ');
            gp_page_mark(page, GP_MARK_MORE);
        }
    }
    gp_strbuf_add_char(page->out, '\n');
}

static void faults(struct gp_page *page, const struct gp_ledger *ledger)
{
    if (!ledger->bad_lines)
        return;
    gp_strbuf_add(page->out, "  ");
    gp_page_mark(page, GP_MARK_WARNING);
    gp_strbuf_printf(page->out, " %zu line%s damaged or not written by Gatepost, and not believed\n", ledger->bad_lines,
                     ledger->bad_lines == 1 ? " is" : "s are");
    for (size_t i = 0; i < ledger->fault_count; i++)
        fault(page, ledger, &ledger->faults[i]);
    if (ledger->bad_lines > ledger->fault_count) {
        gp_strbuf_add(page->out, "      ");
        gp_page_mark(page, GP_MARK_MORE);
        gp_strbuf_printf(page->out, " and %zu more\n", ledger->bad_lines - ledger->fault_count);
    }
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

void gp_text_ledger(struct gp_page *page, const struct gp_ledger *ledger)
{
    if (ledger->cut) {
        gp_strbuf_add(page->out, "  ");
        gp_page_mark(page, GP_MARK_MORE);
        gp_strbuf_add(page->out, " older entries were not read: the ledger is very long\n");
    }
    for (size_t i = 0; i < ledger->count; i++)
        entry(page, &ledger->entries[i]);
    if (!ledger->count && !ledger->cut)
        gp_strbuf_add(page->out, "  nothing is recorded\n");
    if (ledger->repeated && page->style->verbose)
        gp_strbuf_printf(page->out, "  %zu line%s there again and read once\n", ledger->repeated,
                         ledger->repeated == 1 ? " is" : "s are");
    faults(page, ledger);
}

void gp_text_history(struct gp_strbuf *out, const struct gp_style *style, const struct gp_subject *subject,
                     const struct gp_ledger *ledger)
{
    struct gp_page page = {.out = out, .style = style, .subject = subject};

    gp_page_bold(&page, true);
    gp_page_directory(&page);
    gp_strbuf_printf(out, "%zu %s in the ledger", ledger->count, ledger->count == 1 ? "entry" : "entries");
    gp_page_bold(&page, false);
    gp_strbuf_add_char(out, '\n');
    if (!style->quiet && (ledger->count || ledger->cut || ledger->bad_lines))
        gp_text_ledger(&page, ledger);
}
