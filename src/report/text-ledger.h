/* The ledger as lines of a text report. */
#ifndef GP_REPORT_TEXT_LEDGER_H
#define GP_REPORT_TEXT_LEDGER_H

#include "report/page.h"

/* Its entries, oldest first, and how much of it could not be used. */
void gp_text_ledger(struct gp_page *page, const struct gp_ledger *ledger);

#endif
