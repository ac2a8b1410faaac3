/*
 * --evidence: a record in place of a directory.
 */
#ifndef GP_CLI_EVIDENCE_H
#define GP_CLI_EVIDENCE_H

#include "cli/session.h"

/* Opens the record that --evidence names for a session that has its rule set and nothing else yet: probe, directory,
 * settings and clock.  What is wrong with it is trouble of the session.  0 or -ENOMEM. */
int gp_evidence_open(struct gp_session *session) GP_MUST_CHECK;
/* Says on standard error, unless --quiet, that this is no look at the directory, and what differs from the time of the
 * record: the rules, values that were given anew. */
void gp_evidence_note(const struct gp_session *session);

#endif
