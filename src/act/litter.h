/*
 * Removing what a run left in GATEPOST.
 */
#ifndef GP_ACT_LITTER_H
#define GP_ACT_LITTER_H

#include "act/ground.h"

/* Removes GATEPOST/TX with everything in it, and JOURNAL.NEW.  0, also if there is nothing; may be repeated. */
int gp_litter_remove(const struct gp_ground *ground) GP_MUST_CHECK;

#endif
