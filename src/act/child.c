/* A child, from its start to its end: this side of fork(). */
#include "act/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "act/child-internal.h"

#define TICK 20         /* milliseconds between two looks at what is left behind */
#define GRACE 2000      /* from SIGTERM to SIGKILL */
#define DYING 5000      /* from the first SIGKILL until we give up */

struct child {
    const struct gp_child_options *options;
    struct gp_child_result result;
    struct gp_output_ends output;
    pid_t pid;
    int pid_fd;      /* readable once it has ended; -1: the kernel has none */
    int said;        /* its output; -1: closed */
    bool ended;      /* the child itself */
    bool alone;      /* nothing of it is left */
};

static int64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Takes what it said; closes the pipe at its end. */
static void listen_once(struct child *child)
{
    char buffer[4096];
    ssize_t n = 0;

    while (child->said >= 0 && (n = read(child->said, buffer, sizeof(buffer))) > 0)
        gp_output_ends_add(&child->output, buffer, (size_t)n);
    if (child->said >= 0 && (n == 0 || (errno != EAGAIN && errno != EINTR))) {
        close(child->said);
        child->said = -1;
    }
}

/* Reaps whatever has ended. */
static void reap(struct child *child)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == child->pid) {
            child->ended = true;
            child->result.status = status;
        }
    }
    child->alone = pid < 0 && errno == ECHILD;
}

/* Sleeps until something happens, `until` at the latest (0: for ever). */
static void wait_a_while(struct child *child, int64_t until)
{
    struct pollfd fds[2];
    nfds_t count = 0;
    int64_t left = until ? until - now() : -1;
    /* The end of what is left behind wakes nobody. */
    int64_t most = child->ended || child->pid_fd < 0 ? TICK : -1;

    if (child->said >= 0)
        fds[count++] = (struct pollfd){.fd = child->said, .events = POLLIN};
    if (child->pid_fd >= 0 && !child->ended)
        fds[count++] = (struct pollfd){.fd = child->pid_fd, .events = POLLIN};
    if (until && left < 0)
        left = 0;
    if (most >= 0 && (left < 0 || left > most))
        left = most;
    poll(fds, count, left > INT32_MAX ? INT32_MAX : (int)left);
    listen_once(child);
    reap(child);
}

/* Waits until all have ended; true, or false when time is up. */
static bool wait_all(struct child *child, int64_t until)
{
    while (!child->alone && (!until || now() < until))
        wait_a_while(child, until);
    return child->alone;
}

/* The child, then what it leaves behind, each in its time. */
static bool wait_in_time(struct child *child)
{
    int64_t timeout = child->options->timeout * 1000, until = timeout ? now() + timeout : 0;

    while (!child->ended && (!until || now() < until))
        wait_a_while(child, until);
    child->result.timed_out = !child->ended;
    int64_t after = now() + GP_CHILD_AFTER * 1000;
    return child->ended && wait_all(child, until && until < after ? until : after);
}

/* Ends everything: asked first, then not. */
static void end_all(struct child *child)
{
    unsigned count = gp_descendants_kill(SIGTERM);

    child->result.ended = child->ended ? count : count ? count - 1 : 0;
    if (wait_all(child, now() + GRACE))
        return;
    int64_t until = now() + DYING;
    while (!child->alone && now() < until) {
        (void)gp_descendants_kill(SIGKILL);
        wait_all(child, now() + TICK);
    }
    child->result.escaped = !child->alone;
}

/* What went wrong between fork() and the program, from the other side of a pipe that closes when it begins. */
static int start_error(int fd)
{
    int error = 0;
    ssize_t n;

    do
        n = read(fd, &error, sizeof(error));
    while (n < 0 && errno == EINTR);
    return n == sizeof(error) ? error : 0;
}

static int supervise(struct child *child, int error_fd)
{
    child->pid_fd = (int)syscall(SYS_pidfd_open, child->pid, 0);
    child->result.error = start_error(error_fd);
    if (!wait_in_time(child))
        end_all(child);
    listen_once(child);
    if (child->said >= 0)
        close(child->said);
    if (child->pid_fd >= 0)
        close(child->pid_fd);
    return 0;
}

/* ---- starting ---------------------------------------------------------------------------------------------------- */

static void close_pair(int pair[2])
{
    for (int i = 0; i < 2; i++) {
        if (pair[i] >= 0)
            close(pair[i]);
        pair[i] = -1;
    }
}

/* Ctrl-C is for the program that has the terminal. */
static void leave_terminal(bool interactive, struct sigaction before[2])
{
    const struct sigaction ignored = {.sa_handler = SIG_IGN};

    if (!interactive)
        return;
    sigaction(SIGINT, &ignored, &before[0]);
    sigaction(SIGQUIT, &ignored, &before[1]);
}

static void take_terminal(bool interactive, const struct sigaction before[2])
{
    if (!interactive)
        return;
    sigaction(SIGINT, &before[0], NULL);
    sigaction(SIGQUIT, &before[1], NULL);
}

static int run(struct child *child, struct gp_child_start *start, int said[2], int error[2])
{
    struct sigaction before[2];

    leave_terminal(child->options->interactive, before);
    pid_t parent = getpid();
    child->pid = fork();
    if (child->pid == 0)
        gp_child_become(start, parent);
    int r = child->pid < 0 ? -errno : 0;
    if (said[1] >= 0)
        close(said[1]);
    close(error[1]);
    said[1] = error[1] = -1;
    if (r == 0) {
        child->said = said[0];
        said[0] = -1;
        r = supervise(child, error[0]);
    }
    take_terminal(child->options->interactive, before);
    return r;
}

int gp_child_run(const struct gp_child_options *options, struct gp_arena *arena, struct gp_child_result *ret_result)
{
    struct child child = {.options = options, .said = -1, .pid_fd = -1};
    struct gp_child_start start = {.options = options, .said = -1, .lock = {.fd = -1}};
    int said[2] = {-1, -1}, error[2] = {-1, -1};
    int r = gp_landlock_begin(&start.lock);

    child.result.confined = start.confined = r > 0;
    if (r > 0) {
        r = gp_landlock_allow_fd(&start.lock, options->directory);
        if (r == 0)
            r = gp_landlock_allow_fd(&start.lock, options->scratch);
        if (r == 0)
            r = gp_landlock_allow_devices(&start.lock);
    }
    if (r == 0 && (pipe2(error, O_CLOEXEC) < 0 || (!options->interactive && pipe2(said, O_CLOEXEC) < 0)))
        r = -errno;
    if (r == 0 && said[0] >= 0 && fcntl(said[0], F_SETFL, O_NONBLOCK) < 0)
        r = -errno;
    start.said = said[1];
    start.error = error[1];
    if (r == 0 && prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0)
        r = -errno;
    if (r == 0)
        r = run(&child, &start, said, error);
    close_pair(said);
    close_pair(error);
    if (start.confined)
        gp_landlock_done(&start.lock);
    if (r == 0)
        r = gp_output_ends_take(&child.output, arena, &child.result);
    if (r == 0)
        *ret_result = child.result;
    return r;
}
