/*
 * The words that a foreign program is given: its arguments and its environment.
 */
#ifndef GP_ACT_EXEC_WORDS_H
#define GP_ACT_EXEC_WORDS_H

#include "act/work.h"
#include "rule/link.h"

/* What an id of `env` and `files` holds. */
struct gp_exec_text {
    const struct gp_template *text;
};

/* A name that may stand in the scratch directory. */
bool gp_exec_file_name_ok(struct gp_str name);
/* A variable that a rule may set: those by which a program is made to load something else are not. */
bool gp_exec_variable_ok(struct gp_str name);
/* Says what is wrong with the first word, as far as it is known. */
void gp_exec_check_program(struct gp_link *link, const struct gp_templates *words);

/* A text, ${work} and ${root} absolute, and so is each directory that a person named.  0 or as gp_stage_fail(). */
int gp_exec_text(struct gp_stage *stage, const struct gp_working_copy *copy, const struct gp_template *text,
                 struct gp_str *ret_text) GP_MUST_CHECK;
/* Fills in program and arguments.  0 or as gp_stage_fail(): the program is not there. */
int gp_exec_words(struct gp_stage *stage, const struct gp_working_copy *copy, const struct gp_templates *words,
                  struct gp_child_options *options) GP_MUST_CHECK;
/* Fills in the environment; `variables` are the step's own. */
int gp_exec_environment(struct gp_stage *stage, const struct gp_working_copy *copy, const struct gp_map *variables,
                        bool interactive, struct gp_child_options *options) GP_MUST_CHECK;

/* The last line of what a program said, or its end. "" if memory ran out. */
const char *gp_exec_last_words(struct gp_arena *arena, struct gp_str said);

#endif
