/*
 * Verbs: one row each makes the command, its help and its usage.
 */
#ifndef GP_CLI_VERBS_H
#define GP_CLI_VERBS_H

#include "cli/cli.h"
#include "cli/isolate.h"

struct gp_verb {
    const char *name; /* NULL ends the table */
    const char *synopsis; /* what follows the name */
    const char *help;     /* a line */
    const char *about;    /* a paragraph */
    const char *examples; /* command lines, each ended by a newline */
    unsigned options;     /* enum gp_option_bit */
    unsigned formats;     /* 1 << enum gp_format, each that it writes; 0: text, json and ndjson */
    enum gp_writes writes;
    size_t least, most;   /* operands; most 0: any number */
    /* Returns an exit status, or -ENOMEM. */
    int (*run)(struct gp_cli *cli);
};

extern const struct gp_verb gp_verbs[];

/* Whether the verb writes this format. */
bool gp_verb_writes(const struct gp_verb *verb, enum gp_format format);
/* Appends the formats that it writes, with `between` between them. */
void gp_verb_formats(struct gp_strbuf *out, const struct gp_verb *verb, const char *between);
const struct gp_verb *gp_verb_find(const char *name); /* NULL if there is none */
/* Says that there is no such verb.  Returns GP_EXIT_USAGE. */
int gp_verb_unknown(struct gp_cli *cli, const char *name);

/* Appends the general help, or that of a verb. */
void gp_help(struct gp_strbuf *out);
void gp_verb_help(struct gp_strbuf *out, const struct gp_verb *verb);
/* Appends a paragraph, in lines of at most `width` columns that begin with `indent` blanks. */
void gp_wrap(struct gp_strbuf *out, const char *text, size_t indent, size_t width);

/* cmd_*.c */
int gp_cmd_check(struct gp_cli *cli);
int gp_cmd_run(struct gp_cli *cli);
int gp_cmd_recover(struct gp_cli *cli);
int gp_cmd_plan(struct gp_cli *cli);
int gp_cmd_inspect(struct gp_cli *cli);
int gp_cmd_explain(struct gp_cli *cli);
int gp_cmd_why(struct gp_cli *cli);
int gp_cmd_record(struct gp_cli *cli);
int gp_cmd_attest(struct gp_cli *cli);
int gp_cmd_history(struct gp_cli *cli);
int gp_cmd_list(struct gp_cli *cli);
int gp_cmd_show(struct gp_cli *cli);
int gp_cmd_test(struct gp_cli *cli);
int gp_cmd_explain_code(struct gp_cli *cli);
int gp_cmd_lint(struct gp_cli *cli);
int gp_cmd_schema(struct gp_cli *cli);

#endif
