/* A result in a file of its own. */
#include "cli/save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UP_MOST 4096 /* directories above one another */

/* The directory that a file is to lie in. */
static char *directory_of(struct gp_cli *cli, const char *file)
{
    const char *slash = strrchr(file, '/');

    if (!slash)
        return gp_arena_strdup(cli->arena, ".");
    return gp_arena_memdup(cli->arena, file, slash == file ? 1 : (size_t)(slash - file));
}

static bool same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether `fd`, which is closed, is the directory or lies somewhere beneath it.  1, 0 or a negative errno. */
static int lies_beneath(int fd, const struct stat *directory)
{
    struct stat here, above;
    int r = fstat(fd, &here) < 0 ? -errno : 0;

    for (int up = 0; r == 0 && up < UP_MOST; up++) {
        if (same(&here, directory)) {
            r = 1;
            break;
        }
        int next = openat(fd, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (next < 0 || fstat(next, &above) < 0)
            r = -errno;
        close(fd);
        fd = next;
        if (r == 0 && same(&here, &above))
            break; /* the root */
        here = above;
    }
    if (fd >= 0)
        close(fd);
    return r;
}

/* Whether it is the name that was given which cannot be written to, and not what lies behind it that fails. */
static bool is_of_the_name(int error)
{
    static const int errors[] = {ENOENT, ENOTDIR, EISDIR, EACCES, EPERM, EROFS, ELOOP, ENAMETOOLONG};

    for (size_t i = 0; i < GP_COUNT(errors); i++)
        if (errors[i] == error)
            return true;
    return false;
}

static int cannot(const struct gp_cli *cli, const char *file, int error)
{
    if (is_of_the_name(error))
        return gp_usage(cli, "%s cannot be written: %s", file, strerror(error));
    gp_complain("%s cannot be written: %s", file, strerror(error));
    return GP_EXIT_INTERNAL;
}

int gp_save_check(struct gp_cli *cli, const char *file, const char *directory)
{
    struct stat status, avoided;
    const char *where = directory_of(cli, file);

    if (!where)
        return -ENOMEM;
    if (lstat(file, &status) == 0 && !S_ISREG(status.st_mode))
        return gp_usage(cli, "%s is there and is not a regular file", file);
    int fd = open(where, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || faccessat(AT_FDCWD, where, W_OK | X_OK, AT_EACCESS) < 0) {
        int error = errno;
        if (fd >= 0)
            close(fd);
        return cannot(cli, file, error);
    }
    if (stat(directory, &avoided) < 0) { /* opening it will say why */
        close(fd);
        return 0;
    }
    int beneath = lies_beneath(fd, &avoided);
    if (beneath > 0)
        return gp_usage(cli, "%s lies in the directory, beneath which nothing is written", file);
    return beneath < 0 ? cannot(cli, file, -beneath) : 0;
}

static int write_whole(int fd, struct gp_str text)
{
    while (text.len) {
        ssize_t n = write(fd, text.data, text.len);
        if (n < 0 && errno != EINTR)
            return -errno;
        text.data += n > 0 ? n : 0;
        text.len -= n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) < 0 ? -errno : 0;
}

int gp_save(struct gp_cli *cli, const char *file, struct gp_str text)
{
    char *temporary = gp_arena_printf(cli->arena, "%s.XXXXXX", file);

    if (!temporary)
        return -ENOMEM;
    int fd = mkostemp(temporary, O_CLOEXEC); /* mode 0600 */
    if (fd < 0)
        return cannot(cli, file, errno);
    int r = write_whole(fd, text);
    if (close(fd) < 0 && r == 0)
        r = -errno;
    if (r == 0 && rename(temporary, file) < 0)
        r = -errno;
    if (r < 0)
        unlink(temporary);
    return r < 0 ? cannot(cli, file, -r) : 0;
}
