/* Names of the user and the host. */
#include "cli/person.h"

#include <errno.h>
#include <pwd.h>
#include <sys/utsname.h>
#include <unistd.h>

#define BUFFER_MOST ((size_t)1 << 20)

/* NULL: out of memory. */
static const char *user_name(struct gp_arena *arena)
{
    for (size_t size = 1024; size <= BUFFER_MOST; size *= 4) {
        struct passwd entry, *found = NULL;
        char *buffer = gp_arena_alloc(arena, size);

        if (!buffer)
            return NULL;
        int error = getpwuid_r(getuid(), &entry, buffer, size, &found);
        if (found)
            return entry.pw_name;
        if (error != ERANGE)
            break;
    }
    return gp_arena_printf(arena, "uid %lu", (unsigned long)getuid());
}

int gp_person(struct gp_arena *arena, const char **ret_who, const char **ret_host)
{
    struct utsname host;
    const char *who = user_name(arena);
    const char *where = gp_arena_strdup(arena, uname(&host) == 0 ? host.nodename : "unknown");

    if (!who || !where)
        return -ENOMEM;
    *ret_who = who;
    *ret_host = where;
    return 0;
}
