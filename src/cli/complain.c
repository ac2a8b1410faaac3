/* What goes wrong before or beside the work, as a line on standard error. */
#include <errno.h>
#include <stdarg.h>

#include "cli/cli.h"
#include "cli/verbs.h"
#include "util/text.h"

/* One escaped line: the text may name what a hostile tree or a careless person gave. */
static void say_line(const char *format, va_list args)
{
    struct gp_strbuf text = {0}, line = {0};

    gp_strbuf_vprintf(&text, format, args);
    gp_strbuf_add(&line, "gatepost: ");
    gp_text_escape(&line, gp_strbuf_text(&text), text.len, false);
    gp_strbuf_add_char(&line, '\n');
    gp_output_error(gp_strbuf_ok(&text) && gp_strbuf_ok(&line) ? gp_strbuf_text(&line) : "gatepost: out of memory\n");
    gp_strbuf_done(&text);
    gp_strbuf_done(&line);
}

void gp_complain(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say_line(format, args);
    va_end(args);
}

int gp_usage(const struct gp_cli *cli, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say_line(format, args);
    va_end(args);
    gp_output_error("Try 'gatepost ");
    if (cli->verb) {
        gp_output_error(cli->verb->name);
        gp_output_error(" ");
    }
    gp_output_error("--help'.\n");
    return GP_EXIT_USAGE;
}
