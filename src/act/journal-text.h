/*
 * What the two halves of the journal's text share.
 */
#ifndef GP_ACT_JOURNAL_TEXT_H
#define GP_ACT_JOURNAL_TEXT_H

#include "act/journal.h"

#define GP_JOURNAL_HEAD "gatepost-journal 1 "

extern const char *const gp_primitive_names[]; /* by enum gp_primitive_kind */
extern const size_t gp_primitive_name_count;

#endif
