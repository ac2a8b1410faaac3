/*
 * `history` as text, and the ledger in `inspect`.
 */
#include "report/text-ledger.h"

#include "util/clock.h"

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
    if (page->style->verbose) {
        gp_strbuf_add(page->out, "   [");
        gp_page_text(page, it->ruleset);
        gp_strbuf_add_char(page->out, ' ');
        gp_page_text(page, it->id);
        gp_strbuf_add_char(page->out, ']');
    }
    gp_strbuf_add_char(page->out, '\n');
}

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
    if (ledger->bad_lines) {
        gp_strbuf_add(page->out, "  ");
        gp_page_mark(page, GP_MARK_WARNING);
        gp_strbuf_printf(page->out, " %zu line%s damaged or not written by Gatepost, and not believed\n",
                         ledger->bad_lines, ledger->bad_lines == 1 ? " is" : "s are");
    }
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
