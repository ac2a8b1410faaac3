/*
 * The algebra of language.md 7 and 8: four results, guards, intervals, basis.
 * Pure functions of results; the tables are walked exhaustively in
 * t/unit/eval-logic.c.
 */
#ifndef GP_EVAL_LOGIC_H
#define GP_EVAL_LOGIC_H

#include "eval/proof.h"

enum gp_result gp_logic_not(enum gp_result x);
/* Order never matters; n/a is neutral; an empty list is n/a. */
enum gp_result gp_logic_all(const enum gp_result *results, size_t count);
enum gp_result gp_logic_any(const enum gp_result *results, size_t count);
enum gp_result gp_logic_none(const enum gp_result *results, size_t count);
/* The same for a list of which only the number of each result is known. */
enum gp_result gp_logic_all_counts(const size_t counts[GP_RESULTS]);
enum gp_result gp_logic_any_counts(const size_t counts[GP_RESULTS]);
/* `if`: an else that is not there is GP_NA; a condition that is n/a makes the whole n/a. */
enum gp_result gp_logic_if(enum gp_result condition, enum gp_result then, enum gp_result otherwise);
/* `when`: false or n/a: n/a; unknown: the guarded result if that is true or n/a, else unknown. */
enum gp_result gp_logic_guard(enum gp_result when, enum gp_result guarded);
/* Whether min <= x <= max for an x of which is only known that least <= x <= most. */
enum gp_result gp_logic_interval(uint64_t least, uint64_t most, uint64_t min, uint64_t max);
/* language.md 8: the basis of a list of which `kind` made `result`. */
enum gp_basis gp_logic_basis_all(enum gp_result result, const struct gp_proof *children, size_t count);
enum gp_basis gp_logic_basis_any(enum gp_result result, const struct gp_proof *children, size_t count);
/* The weaker and the stronger of two; NONE takes no part. */
enum gp_basis gp_basis_weaker(enum gp_basis a, enum gp_basis b);
enum gp_basis gp_basis_stronger(enum gp_basis a, enum gp_basis b);

#endif
