/* --help, put together from the tables of verbs and options. */
#include <string.h>

#include "cli/verbs.h"
#include "util/text.h"

#define WIDTH 79

void gp_wrap(struct gp_strbuf *out, const char *text, size_t indent, size_t width)
{
    size_t column = 0;

    while (*text) {
        size_t len = strcspn(text, " \n");
        size_t columns = gp_text_width(text, len);

        if (column && column + 1 + columns > width) {
            gp_strbuf_add_char(out, '\n');
            column = 0;
        }
        if (!column)
            gp_strbuf_add_repeat(out, ' ', indent);
        else
            gp_strbuf_add_char(out, ' ');
        column = (column ? column + 1 : indent) + columns;
        gp_strbuf_add_mem(out, text, len);
        text += len;
        text += strspn(text, " \n");
    }
    gp_strbuf_add_char(out, '\n');
}

/* "  -r, --rules SET|DIR" and what it does, in the column behind the longest. */
static void option_line(struct gp_strbuf *out, const struct gp_option *option, const struct gp_verb *verb)
{
    size_t start = out->len;

    if (option->letter)
        gp_strbuf_printf(out, "  -%c, --%s", option->letter, option->name);
    else
        gp_strbuf_printf(out, "      --%s", option->name);
    if (option->argument)
        gp_strbuf_printf(out, " %s", option->argument);
    size_t used = out->len - start;
    gp_strbuf_add_repeat(out, ' ', used < 31 ? 32 - used : 1);
    gp_strbuf_add(out, option->help);
    if (option->bit == GP_OPTION_FORMAT)
        gp_verb_formats(out, verb, ", ");
    gp_strbuf_add_char(out, '\n');
}

/* `verb` NULL: of the program. */
static void options(struct gp_strbuf *out, unsigned which, const struct gp_verb *verb)
{
    gp_strbuf_add(out, "\nOptions:\n");
    for (const struct gp_option *option = gp_options; option->name; option++)
        if (option->bit & which)
            option_line(out, option, verb);
}

void gp_verb_help(struct gp_strbuf *out, const struct gp_verb *verb)
{
    gp_strbuf_printf(out, "usage: gatepost %s [OPTION...] %s\n\n", verb->name, verb->synopsis);
    gp_wrap(out, verb->about, 0, WIDTH);
    options(out, verb->options, verb);
    gp_strbuf_add(out, strchr(verb->examples, '\n')[1] ? "\nExamples:\n" : "\nExample:\n");
    for (const char *line = verb->examples; *line;) {
        size_t len = strcspn(line, "\n") + 1;

        gp_strbuf_add(out, "  ");
        gp_strbuf_add_mem(out, line, len);
        line += len;
    }
}

void gp_help(struct gp_strbuf *out)
{
    gp_strbuf_add(out, "usage: gatepost VERB [OPTION...] ...\n\n");
    gp_wrap(out,
            "Decides by declarative rules whether an operation on a directory tree may run, explains every verdict, "
            "and does what is allowed as one transaction.",
            0, WIDTH);
    gp_strbuf_add(out, "\nVerbs:\n");
    for (const struct gp_verb *verb = gp_verbs; verb->name; verb++)
        gp_strbuf_printf(out, "  %-13s %-21s %s\n", verb->name, verb->synopsis, verb->help);
    options(out, GP_OPTION_HELP | GP_OPTION_VERSION, NULL);
    gp_strbuf_add(out, "\nExample:\n  gatepost check update /srv/tree\n\n"
                       "'gatepost VERB --help' says more; so do gatepost(1) and gatepost-rules(5).\n");
}
