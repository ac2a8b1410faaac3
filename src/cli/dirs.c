/* Directories from the command line and from standard input. */
#include "cli/dirs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/verbs.h"

void gp_dirs_done(struct gp_dirs *dirs)
{
    free(dirs->line);
    *dirs = (struct gp_dirs){0};
}

struct gp_dirs gp_dirs_begin(struct gp_cli *cli, size_t first)
{
    return (struct gp_dirs){.cli = cli, .next = first};
}

/* 0 with NULL at the end; the same statuses as gp_dirs_next(). */
static int read_name(struct gp_dirs *dirs, const char **ret_directory)
{
    errno = 0;
    ssize_t len = getdelim(&dirs->line, &dirs->capacity, '\0', stdin);

    if (len < 0 && errno == ENOMEM)
        return -ENOMEM;
    if (len < 0 && ferror(stdin)) {
        gp_complain("standard input cannot be read: %s", strerror(errno));
        return GP_EXIT_INTERNAL;
    }
    *ret_directory = len < 0 ? NULL : dirs->line;
    return 0;
}

int gp_dirs_next(struct gp_dirs *dirs, const char **ret_directory)
{
    const struct gp_options *options = &dirs->cli->options;
    const char *name = NULL;
    int r = 0;

    if (options->evidence && !dirs->count)
        name = options->evidence; /* in place of a directory */
    else if (dirs->next < options->operand_count)
        name = options->operands[dirs->next++];
    else if (options->stdin0)
        r = read_name(dirs, &name);
    if (r != 0)
        return r;
    if (!name && !dirs->count)
        return gp_usage(dirs->cli, "%s needs a directory%s", dirs->cli->verb->name,
                        options->stdin0 ? ", and standard input names none" : "");
    if (name && !*name)
        return gp_usage(dirs->cli, "a directory cannot have an empty name");
    dirs->count += name != NULL;
    *ret_directory = name;
    return 0;
}
