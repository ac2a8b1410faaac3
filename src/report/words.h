/*
 * Words and choices that text and JSON reports share.
 */
#ifndef GP_REPORT_WORDS_H
#define GP_REPORT_WORDS_H

#include "report/report.h"

const char *gp_verdict_name(enum gp_verdict_kind kind);       /* "allowed" "denied" "undetermined" */
const char *gp_state_kind_name(enum gp_state_kind kind);      /* "named" "ambiguous" "undetermined" "unrecognised" */
const char *gp_cause_verdict_name(enum gp_cause_verdict kind); /* "certain" "excluded" "undecided" */

/* The bits of enum gp_attribute (probe/probe.h); ends with a row whose name is NULL. */
extern const struct gp_name gp_attribute_names[];

/* A need of which nobody knows yet whether it holds. */
bool gp_requirement_is_open_need(const struct gp_requirement_verdict *verdict);
/* What a later step of a way will need: nothing about it can be decided yet, but a waiver takes it out. */
bool gp_requirement_is_later_need(const struct gp_eval *eval, const struct gp_requirement *requirement);
/* A `warn` that is false or unknown. */
bool gp_requirement_is_warning(const struct gp_requirement_verdict *verdict);
/* Whether requirement `index` is false and the first one to name its message. */
bool gp_message_first_named(const struct gp_verdict *verdict, size_t index);
/* What a person can do about an unknown with this reason; NULL where there is nothing to say but the reason. */
const char *gp_reason_way_out(enum gp_reason reason);
/* What every definition has, of an entry of any section; of a condition or state it is the condition's own. */
struct gp_definition gp_entry_definition(enum gp_section section, const struct gp_map_entry *entry);
/* The definitions of a section; NULL: the section has none of its own (parameters, tables). */
const struct gp_map *gp_definitions_in(const struct gp_ruleset *rules, enum gp_section section);

#endif
