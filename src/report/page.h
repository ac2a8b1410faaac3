/*
 * A text report while it is written: the buffer, the style, and how marks,
 * foreign texts, places and commands look.
 *
 * Whatever comes from a tree, a rule file or a command line goes through
 * gp_page_str() and its kin.  Without style->unicode nothing but ASCII leaves:
 * in other character sets the bytes of UTF-8 may be commands to a terminal.
 */
#ifndef GP_REPORT_PAGE_H
#define GP_REPORT_PAGE_H

#include "report/report.h"

struct gp_page {
    struct gp_strbuf *out;
    const struct gp_style *style;
    const struct gp_subject *subject; /* NULL: about no directory */
};

enum gp_mark {
    GP_MARK_FALSE,
    GP_MARK_TRUE,
    GP_MARK_UNKNOWN,
    GP_MARK_NA,
    GP_MARK_WARNING,
    GP_MARK_REMEDY,
    GP_MARK_TO,   /* between what was and what will be */
    GP_MARK_DOT,  /* between parts of a line */
    GP_MARK_MORE, /* something was left out */
};
void gp_page_mark(struct gp_page *page, enum gp_mark mark);
/* The mark of a result. */
enum gp_mark gp_mark_of(enum gp_result result);

void gp_page_str(struct gp_page *page, struct gp_str text);
void gp_page_text(struct gp_page *page, const char *text); /* NULL: nothing */
/* A text that may have several lines: each but the first begins with `indent` blanks; the last one is not ended. */
void gp_page_lines(struct gp_page *page, struct gp_str text, size_t indent);
/* Texts with ", " between them. */
void gp_page_strs(struct gp_page *page, struct gp_strs texts);

/* Everything between the two is bold; no other colours in it. */
void gp_page_bold(struct gp_page *page, bool begin);
/* Columns of a text as gp_page_text() writes it. */
size_t gp_page_width(const struct gp_page *page, const char *text);
/* Columns of what was written since the buffer had `start` bytes; colours take none. */
size_t gp_page_column(const struct gp_page *page, size_t start);
/* Blanks until `width` columns since `start`, at least `least`. */
void gp_page_pad(struct gp_page *page, size_t start, size_t width, size_t least);

/* "file:line:column · Q1, Q2", with style->verbose also the basis; nothing where there is nothing. */
void gp_page_place(struct gp_page *page, const struct gp_ruleset *rules, struct gp_span at, struct gp_strs source,
                   enum gp_basis basis);
/* "(state: workgroup, inferred)" with a blank before it; nothing for a set without states. */
void gp_page_state(struct gp_page *page, const struct gp_state_verdict *state);
/* " until 2027-01-31"; nothing without a date. */
void gp_page_until(struct gp_page *page, const struct gp_value *until);
/* The directory, as the first line of each report begins: "DIR: ". */
void gp_page_directory(struct gp_page *page);
/* A command that can be pasted into a shell: "gatepost VERB [-r SET] WORD DIR". */
void gp_page_command(struct gp_page *page, const char *verb, struct gp_str word);
/* A line with what to do: the operation as a command (to run it or, where it is done by hand, to check it), and the
 * text. */
void gp_page_remedy(struct gp_page *page, const char *text, const struct gp_operation *operation);

#endif
