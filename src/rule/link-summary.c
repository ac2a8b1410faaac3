/* A line of the summary, checked when all references are resolved. */
#include "rule/link.h"

static void only_with(struct gp_link *link, const struct gp_summary_line *line, const void *given, const char *key,
                      const char *with, bool there)
{
    if (given && !there)
        gp_diag_add(link->diags, GP_DIAG_SAYS_NOTHING, line->def.at, "'%s' of '%.*s' says nothing without '%s'", key,
                    GP_STR_ARG(line->def.id), with);
}

void gp_link_summary_line(struct gp_link *link, const struct gp_summary_line *line)
{
    only_with(link, line, line->field, "field", "records", line->records);
    only_with(link, line, line->holds, "holds", "condition", line->condition);
    only_with(link, line, line->fails, "fails", "condition", line->condition);
    only_with(link, line, line->none, "none", "files' or 'records", line->records || line->files.count);
    if (line->state == GP_YESNO_NO)
        gp_diag_add(link->diags, GP_DIAG_SAYS_NOTHING, line->def.at, "'state: false' of '%.*s' shows nothing",
                    GP_STR_ARG(line->def.id));
    (void)gp_link_field(link, gp_ref_table(line->records), line->field);
}
