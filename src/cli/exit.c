/* Which of several statuses counts. */
#include "cli/exit.h"

#include <stddef.h>

#include "util/base.h"

int gp_exit_worse(int a, int b)
{
    static const int ranking[] = {GP_EXIT_INTERNAL, GP_EXIT_INTERRUPTED, GP_EXIT_RULES, GP_EXIT_DIRECTORY,
                                  GP_EXIT_FAILED,   GP_EXIT_CHANGED,     GP_EXIT_BUSY,  GP_EXIT_UNKNOWN,
                                  GP_EXIT_DENIED};

    for (size_t i = 0; i < GP_COUNT(ranking); i++)
        if (a == ranking[i] || b == ranking[i])
            return ranking[i];
    return GP_EXIT_OK;
}
