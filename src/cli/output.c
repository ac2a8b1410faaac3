/* Writing, and what becomes of errors. */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

#define INDENT 2

void gp_output_prepare(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    /* Opened the wrong way round, so that using it fails as a closed descriptor does. */
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            _exit(GP_EXIT_INTERNAL);
    sigaction(SIGPIPE, &ignore, NULL);
}

bool gp_output_colour(int fd)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");

    if (no_color && *no_color)
        return false;
    return terminal && *terminal && strcmp(terminal, "dumb") != 0 && isatty(fd);
}

struct gp_style gp_output_style(void)
{
    setlocale(LC_CTYPE, "");
    return (struct gp_style){
        .unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
        .colour = gp_output_colour(STDOUT_FILENO),
    };
}

/* 0 or a negative errno. */
static int write_all(int fd, const char *data, size_t len)
{
    while (len) {
        ssize_t n = write(fd, data, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -errno;
        data += n;
        len -= (size_t)n;
    }
    return 0;
}

static void put(struct gp_output *output, const char *data, size_t len)
{
    if (output->gone || output->error)
        return;
    int r = write_all(STDOUT_FILENO, data, len);
    if (r == -EPIPE)
        output->gone = true;
    else if (r < 0)
        output->error = -r;
}

int gp_output_text(struct gp_output *output, struct gp_strbuf *text)
{
    bool ok = gp_strbuf_ok(text);

    if (ok && text->len) {
        output->began = true;
        put(output, text->data, text->len);
    }
    gp_strbuf_done(text);
    return ok ? 0 : -ENOMEM;
}

int gp_output_json(struct gp_output *output, json_t *value)
{
    struct gp_strbuf text = {0};

    if (!value)
        return -ENOMEM;
    if (output->format == GP_FORMAT_JSON)
        gp_strbuf_add(&text, output->began ? ",\n" : "[\n");
    gp_json_write(&text, value, output->format == GP_FORMAT_JSON ? INDENT : 0);
    if (output->format == GP_FORMAT_NDJSON)
        gp_strbuf_add_char(&text, '\n');
    json_decref(value);
    return gp_output_text(output, &text);
}

bool gp_output_end(struct gp_output *output, bool usable)
{
    if (output->format == GP_FORMAT_JSON && output->began)
        put(output, "\n]\n", 3);
    else if (output->format == GP_FORMAT_JSON && (usable || output->whole))
        put(output, "[]\n", 3);
    if (!output->error)
        return true;
    gp_complain("standard output cannot be written: %s", strerror(output->error));
    return false;
}

void gp_output_error(const char *text)
{
    (void)write_all(STDERR_FILENO, text, strlen(text));
}
