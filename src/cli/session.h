/*
 * One directory, seen through one rule set: probe, case and evaluation, and
 * how trouble on the way is told.
 */
#ifndef GP_CLI_SESSION_H
#define GP_CLI_SESSION_H

#include "act/holder.h"
#include "act/run.h"
#include "cli/cli.h"

struct gp_session {
    struct gp_cli *cli;
    struct gp_subject subject;
    struct gp_probe *probe;
    struct gp_eval *eval; /* NULL without a rule set */
    struct gp_case it;
    const struct gp_given *given; /* by --set; the first `recorded_given` by the record of --evidence */
    size_t given_count, recorded_given;
    const struct gp_assumed *assumed;
    size_t assumed_count;
    struct timespec now;
    bool troubled;        /* `trouble` says why there is neither */
    struct gp_trouble trouble;
};

void gp_session_close(struct gp_session *session);
/* Opens it for looking only; `rules` may be NULL (a verb that needs none).  Trouble with the directory is a result, in
 * the session.  0 or -ENOMEM; the session must not move afterwards. */
int gp_session_open(struct gp_session *session, struct gp_cli *cli, const struct gp_ruleset *rules,
                    const char *directory) GP_MUST_CHECK;
/* Trouble for an errno of opening a directory; `arena` keeps its text.  0 or -ENOMEM. */
int gp_trouble_of_errno(int error, struct gp_arena *arena, struct gp_trouble *ret_trouble) GP_MUST_CHECK;
/* Fills in trouble for a directory that cannot be opened, by trying; leaves it as it is if it can be.  0 or -ENOMEM. */
int gp_trouble_of_directory(const char *directory, struct gp_arena *arena, struct gp_trouble *trouble) GP_MUST_CHECK;
/* Trouble for a run or an attestation that came to nothing; `problem` NULL: in our words. */
struct gp_trouble gp_trouble_of_run(enum gp_run_status status, const char *problem);
/* Puts who holds the lock beside the text of a busy directory's "error"; `holder` NULL: null.  False: out of memory. */
bool gp_holder_into(json_t *object, const struct gp_holder *holder) GP_MUST_CHECK;
/* Reports trouble in the format that is asked for: its status, or -ENOMEM. */
int gp_trouble_report(struct gp_cli *cli, const struct gp_subject *subject, const struct gp_trouble *trouble)
    GP_MUST_CHECK;

/* What a report calls an operation: in text as it was asked for; JSON names the rule set beside its id. */
const char *gp_operation_name(const struct gp_cli *cli, const char *asked, const struct gp_operation *operation);
/* Settles the operation; --set is narrowed to what this operation knows where another of `all` knows the rest.  0,
 * GP_EXIT_USAGE after saying what is wrong with --set or --attest, or -ENOMEM. */
int gp_session_operation(struct gp_session *session, const struct gp_operation *operation,
                         const struct gp_operation *const *all, size_t all_count) GP_MUST_CHECK;
/* The same checks where there is no operation. */
int gp_session_check_given(struct gp_session *session) GP_MUST_CHECK;

/* Session for the verbs with one directory: opens it and reports trouble.  0, the status of the trouble, or -ENOMEM; to
 * be closed in each case. */
int gp_session_begin(struct gp_session *session, struct gp_cli *cli, const struct gp_ruleset *rules,
                     const char *directory, const char *operation_name) GP_MUST_CHECK;

#endif
