/*
 * The families of steps: what an operation's `action` is made of (language.md
 * 11).  Each array ends with a row whose key is NULL; cli/ puts them into the
 * registry.
 */
#ifndef GP_ACT_STEPS_H
#define GP_ACT_STEPS_H

#include "rule/family.h"

extern const struct gp_step_def gp_steps_tree[];    /* mkdir, copy, move, remove, attributes */
extern const struct gp_step_def gp_steps_exec[];
extern const struct gp_step_def gp_steps_content[]; /* write, patch */

#endif
