/*
 * The child's side of fork(): from a copy of this process to the program.
 * Nothing but system calls, as the parent may have been anywhere.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "act/child-internal.h"

#define KEPT 3       /* where the program finds the descriptor that it keeps */
#define ERROR_FD 4   /* gone once the program runs */
#define MANY_FDS 4096

static _Noreturn void fail(int fd)
{
    int error = errno;
    ssize_t n = write(fd, &error, sizeof(error));

    (void)n;
    _exit(127);
}

static void reset_signals(void)
{
    const struct sigaction standard = {.sa_handler = SIG_DFL};
    sigset_t none;

    for (int i = 1; i < NSIG; i++)
        sigaction(i, &standard, NULL); /* two of them refuse */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Whoever has the number that we need moves out of its way first. */
static int above(int fd)
{
    return fd < 0 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, ERROR_FD + 1);
}

static bool set_descriptors(const struct gp_child_start *start, int said, int kept, int error)
{
    int null = start->options->interactive ? -1 : open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (!start->options->interactive &&
        (null < 0 || dup2(null, 0) < 0 || dup2(said, 1) < 0 || dup2(said, 2) < 0))
        return false;
    if (dup3(error, ERROR_FD, O_CLOEXEC) < 0)
        return false;
    if (kept >= 0 ? dup2(kept, KEPT) < 0 : (close(KEPT), false))
        return false;
    if (syscall(SYS_close_range, ERROR_FD + 1, ~0u, 0) < 0)
        for (int fd = ERROR_FD + 1; fd < MANY_FDS; fd++)
            close(fd);
    return true;
}

static bool give_up_rights(const struct gp_child_start *start)
{
    const struct rlimit no_core = {0, 0};

    umask(022);
    if (setrlimit(RLIMIT_CORE, &no_core) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return false;
    if (!start->confined)
        return true;
    int r = gp_landlock_enter(&start->lock);
    errno = r < 0 ? -r : 0;
    return r == 0;
}

void gp_child_become(const struct gp_child_start *start, pid_t parent)
{
    const struct gp_child_options *options = start->options;
    int said = above(start->said), kept = above(options->kept), error = above(start->error);

    if (error < 0)
        fail(start->error);
    if ((start->said >= 0 && said < 0) || (options->kept >= 0 && kept < 0))
        fail(error);
    /* A program with a terminal stays in our group, so that Ctrl-C and job control reach it. */
    if (!options->interactive)
        setsid();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0)
        fail(error);
    if (getppid() != parent)
        _exit(127); /* it died before the line above */
    reset_signals();
    if (fchdir(options->directory) < 0 || !give_up_rights(start) || !set_descriptors(start, said, kept, error))
        fail(error);
    execve(options->program, options->arguments, options->environment);
    fail(ERROR_FD);
}
