#include "cli/isolate.h"

#include "cli/verbs.h"
#include "util/landlock.h"

/* What an action runs inherits this, so it needs its devices too. */
static int allow_tree(struct gp_landlock *lock, const struct gp_cli *cli)
{
    int r = gp_landlock_allow(lock, cli->options.operands[cli->options.operand_count - 1]);

    return r < 0 ? r : gp_landlock_allow_devices(lock);
}

int gp_isolate(const struct gp_cli *cli)
{
    struct gp_landlock lock;
    int r = gp_landlock_begin(&lock);

    if (r <= 0)
        return r;
    r = cli->verb->writes == GP_WRITES_TREE ? allow_tree(&lock, cli) : 0;
    if (r == 0)
        r = gp_landlock_enter(&lock);
    gp_landlock_done(&lock);
    return r;
}
