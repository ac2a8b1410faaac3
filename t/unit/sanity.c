/*
 * The TAP library itself: what should fail does, and says so in its output and its status.
 */
#include "tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int passes(void)
{
    ok(true, "one");
    is_int(-3, -3, "two %d", 2);
    is_str("x", "x", "three # %s", "3");
    is_str(NULL, NULL, "four\nlines");
    skip(2, "no %s", "reason");
    return done_testing();
}

static int fails_ok(void)
{
    ok(false, "x");
    ok(true, "y");
    return done_testing();
}

static int fails_int(void)
{
    is_int(1, 2, "x");
    return done_testing();
}

static int fails_str(void)
{
    is_str("a", "b", "x");
    return done_testing();
}

static int fails_null(void)
{
    is_str(NULL, "", "x");
    return done_testing();
}

static int too_few(void)
{
    plan(2);
    ok(true, "x");
    return done_testing();
}

static int none(void)
{
    return done_testing();
}

static int skips(void)
{
    skip_all("not %s", "here");
}

static int bails(void)
{
    bail("no %s", "disk");
}

static const struct {
    const char *name;
    int (*program)(void);
    int status;
    const char *out;
} cases[] = {
    {"all passes", passes, 0, "ok 1 - one\nok 2 - two 2\nok 3 - three \\# 3\nok 4 - four lines\n"
                              "ok 5 # SKIP no reason\nok 6 # SKIP no reason\n1..6\n"},
    {"ok", fails_ok, 1, "not ok 1 - x\nok 2 - y\n1..2\n"},
    {"is_int", fails_int, 1, "not ok 1 - x\n1..1\n"},
    {"is_str", fails_str, 1, "not ok 1 - x\n1..1\n"},
    {"is_str: NULL is not empty", fails_null, 1, "not ok 1 - x\n1..1\n"},
    {"fewer checks than planned", too_few, 1, "1..2\nok 1 - x\n"},
    {"no check at all", none, 1, ""},
    {"skip_all", skips, 0, "1..0 # SKIP not here\n"},
    {"bail", bails, 255, "Bail out!  no disk\n"},
};

/* Runs a program in a child; its standard output comes into `out`, its comments go nowhere.  The wait status. */
static int run_child(int (*program)(void), char *out, size_t size)
{
    int pipes[2];
    if (pipe(pipes) != 0)
        bail("pipe");
    fflush(NULL);
    pid_t child = fork();
    if (child < 0)
        bail("fork");
    if (child == 0) {
        if (dup2(pipes[1], STDOUT_FILENO) < 0 || !freopen("/dev/null", "w", stderr))
            _exit(99);
        close(pipes[0]);
        close(pipes[1]);
        exit(program());
    }
    close(pipes[1]);
    size_t len = 0;
    for (ssize_t n; len < size - 1 && (n = read(pipes[0], out + len, size - 1 - len)) > 0;)
        len += (size_t)n;
    out[len] = '\0';
    close(pipes[0]);
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

int main(void)
{
    char out[1024];
    int statuses[sizeof cases / sizeof *cases];
    char outputs[sizeof cases / sizeof *cases][sizeof out];
    /* All children first: a child inherits the counters, which have to be those of a fresh program. */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        statuses[i] = run_child(cases[i].program, out, sizeof out);
        memcpy(outputs[i], out, sizeof out);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        is_int(WIFEXITED(statuses[i]) ? WEXITSTATUS(statuses[i]) : -1, cases[i].status, "%s: status", cases[i].name);
        is_str(outputs[i], cases[i].out, "%s: output", cases[i].name);
    }
    return done_testing();
}
