/*
 * The verdict on a single requirement or cause, for those who collect them.
 */
#ifndef GP_EVAL_VERDICT_H
#define GP_EVAL_VERDICT_H

#include "eval/internal.h"

/* Decides one requirement of eval->operation; `texts`: its cause and remedy are wanted whatever it comes to.  0 or
 * -ENOMEM. */
int gp_decide_requirement(struct gp_eval *eval, const struct gp_requirement *requirement, bool texts,
                          struct gp_requirement_verdict *ret_verdict) GP_MUST_CHECK;
/* Decides one of a message's own causes: TRUE if it is shown to be present.  Unlike a requirement, of which a guard
 * that is not known leaves true what is true, a cause with such a guard is unknown: else something that may not apply
 * would be called certain.  0 or -ENOMEM. */
int gp_decide_cause(struct gp_eval *eval, const struct gp_cause *cause, const struct gp_message *message,
                    struct gp_requirement_verdict *ret_verdict) GP_MUST_CHECK;

#endif
