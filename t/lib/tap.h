/*
 * Unit tests that speak TAP.
 *
 * Every check prints one line at once, so a crash keeps what was said before it and a child that forks repeats nothing.
 * A program that ends before done_testing() leaves no plan and so never passes.  No check ends the program but bail().
 *
 *     int main(void)
 *     {
 *         ok(1 + 1 == 2, "sums");
 *         is_int(gp_round_up(5, 8), 8, "5 to a multiple of %d", 8);
 *         return done_testing();
 *     }
 */
#ifndef TAP_H
#define TAP_H

#include <stdbool.h>
#include <stdint.h>

/* Optional, first: how many checks there will be.  Without it done_testing() prints the plan. */
void plan(unsigned count);
/* Last; the exit status for main: 0 if every check passed and the plan was kept, else 1. */
int done_testing(void) __attribute__((warn_unused_result));

/* Each returns whether it passed and says on failure what it got and wanted.  NULL is a string unlike any other. */
bool ok(bool condition, const char *name, ...) __attribute__((format(printf, 2, 3)));
bool is_int(intmax_t got, intmax_t want, const char *name, ...) __attribute__((format(printf, 3, 4)));
bool is_str(const char *got, const char *want, const char *name, ...) __attribute__((format(printf, 3, 4)));

/* Counts `count` checks as passed without running them; the reason is printed. */
void skip(unsigned count, const char *reason, ...) __attribute__((format(printf, 2, 3)));
/* In place of everything else: this program cannot test anything here.  Ends it with status 0. */
_Noreturn void skip_all(const char *reason, ...) __attribute__((format(printf, 1, 2)));
/* A line for the reader, "# " before each of its lines. */
void diag(const char *text, ...) __attribute__((format(printf, 1, 2)));
/* Nothing can go on, not even in other test programs: status 255. */
_Noreturn void bail(const char *reason, ...) __attribute__((format(printf, 1, 2)));

#endif
