#include "cli/isolate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/verbs.h"
#include "util/landlock.h"

const char *gp_temporary_directory(void)
{
    const char *directory = getenv("TMPDIR");

    return directory && *directory ? directory : "/tmp";
}

/* What an action runs inherits this, so it needs its devices too. */
static int allow_tree(struct gp_landlock *lock, const struct gp_cli *cli)
{
    int r = gp_landlock_allow(lock, cli->options.operands[cli->options.operand_count - 1]);

    return r < 0 ? r : gp_landlock_allow_devices(lock);
}

static int allow_output(struct gp_landlock *lock, const struct gp_cli *cli)
{
    const char *file = cli->options.output ? cli->options.output : "-", *slash = strrchr(file, '/');

    if (strcmp(file, "-") == 0)
        return 0;
    if (!slash)
        return gp_landlock_allow_files(lock, ".");
    const char *directory = gp_arena_memdup(cli->arena, file, slash == file ? 1 : (size_t)(slash - file));
    return directory ? gp_landlock_allow_files(lock, directory) : -ENOMEM;
}

static int allow(struct gp_landlock *lock, const struct gp_cli *cli)
{
    switch (cli->verb->writes) {
    case GP_WRITES_NOTHING:
        break;
    case GP_WRITES_TREE:
        return allow_tree(lock, cli);
    case GP_WRITES_OUTPUT:
        return allow_output(lock, cli);
    case GP_WRITES_TEMPORARY:
        return cli->options.disk ? gp_landlock_allow(lock, gp_temporary_directory()) : 0;
    }
    return 0;
}

int gp_isolate(const struct gp_cli *cli)
{
    struct gp_landlock lock;
    int r = gp_landlock_begin(&lock);

    if (r <= 0)
        return r;
    r = allow(&lock, cli);
    if (r == 0)
        r = gp_landlock_enter(&lock);
    gp_landlock_done(&lock);
    return r;
}
