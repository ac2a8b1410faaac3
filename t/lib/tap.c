#include "tap.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned planned, run, failed;

static bool report(bool passed, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

void plan(unsigned count)
{
    planned = count;
    printf("1..%u\n", count);
    fflush(stdout);
}

int done_testing(void)
{
    if (planned == 0 && run > 0)
        plan(run);
    if (run != planned || run == 0)
        diag("%u checks planned, %u run", planned, run);
    if (failed > 0)
        diag("%u of %u checks failed", failed, run);
    return failed > 0 || run != planned || run == 0;
}

static bool report(bool passed, const char *format, va_list arguments)
{
    char name[512];
    vsnprintf(name, sizeof name, format, arguments);
    failed += !passed;
    printf("%sok %u - ", passed ? "" : "not ", ++run);
    /* A "#" would begin a directive and could turn a failure into a TODO; a newline would begin a line of TAP. */
    for (const char *c = name; *c; c++) {
        if (*c == '#')
            putchar('\\');
        putchar(*c == '\n' ? ' ' : *c);
    }
    putchar('\n');
    fflush(stdout);
    return passed;
}

bool ok(bool condition, const char *name, ...)
{
    va_list arguments;
    va_start(arguments, name);
    report(condition, name, arguments);
    va_end(arguments);
    return condition;
}

bool is_int(intmax_t got, intmax_t want, const char *name, ...)
{
    va_list arguments;
    va_start(arguments, name);
    bool passed = report(got == want, name, arguments);
    va_end(arguments);
    if (!passed)
        diag("  got:  %" PRIdMAX "\n  want: %" PRIdMAX, got, want);
    return passed;
}

bool is_str(const char *got, const char *want, const char *name, ...)
{
    va_list arguments;
    va_start(arguments, name);
    bool passed = report(got && want ? strcmp(got, want) == 0 : got == want, name, arguments);
    va_end(arguments);
    if (!passed)
        diag("  got:  %s\n  want: %s", got ? got : "(NULL)", want ? want : "(NULL)");
    return passed;
}

void skip(unsigned count, const char *reason, ...)
{
    for (; count > 0; count--) {
        va_list arguments;
        va_start(arguments, reason);
        printf("ok %u # SKIP ", ++run);
        vprintf(reason, arguments);
        putchar('\n');
        va_end(arguments);
    }
    fflush(stdout);
}

void skip_all(const char *reason, ...)
{
    va_list arguments;
    va_start(arguments, reason);
    printf("1..0 # SKIP ");
    vprintf(reason, arguments);
    putchar('\n');
    va_end(arguments);
    exit(0);
}

/* To standard error, as prove shows it even without -v. */
void diag(const char *text, ...)
{
    char buffer[4096];
    va_list arguments;
    va_start(arguments, text);
    vsnprintf(buffer, sizeof buffer, text, arguments);
    va_end(arguments);
    for (char *line = buffer, *end; line; line = end) {
        end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        fprintf(stderr, "# %s\n", line);
    }
}

void bail(const char *reason, ...)
{
    va_list arguments;
    va_start(arguments, reason);
    printf("Bail out!  ");
    vprintf(reason, arguments);
    putchar('\n');
    va_end(arguments);
    exit(255);
}
