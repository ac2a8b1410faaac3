/* The directories of rule sets. */
#include "cli/layers.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MANIFEST "ruleset.yaml"

/* Whether DIR/NAME is a rule set or the drop-ins of one. */
static bool is_member(int dir, const char *name)
{
    size_t len = strlen(name);
    struct stat st;
    bool member = false;

    if (name[0] == '.' || fstatat(dir, name, &st, 0) < 0 || !S_ISDIR(st.st_mode))
        return false;
    if (len > 2 && strcmp(name + len - 2, ".d") == 0)
        return true;
    int fd = openat(dir, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        member = faccessat(fd, MANIFEST, F_OK, 0) == 0;
        close(fd);
    }
    return member;
}

bool gp_layer_is(const char *path)
{
    DIR *stream = opendir(path);
    bool found = false;

    if (!stream)
        return false;
    if (faccessat(dirfd(stream), MANIFEST, F_OK, 0) < 0) {
        const struct dirent *entry;

        while (!found && (entry = readdir(stream)))
            found = is_member(dirfd(stream), entry->d_name);
    }
    closedir(stream);
    return found;
}

/* NULL with *ret_failed false: this user has none. */
static const char *user_layer(struct gp_arena *arena, bool *ret_failed)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME"), *path = NULL;

    *ret_failed = false;
    /* A relative one is invalid and to be ignored, says the XDG specification. */
    if (config && config[0] == '/')
        path = gp_arena_printf(arena, "%s/gatepost/rules", config);
    else if (home && home[0] == '/')
        path = gp_arena_printf(arena, "%s/.config/gatepost/rules", home);
    else
        return NULL;
    *ret_failed = !path;
    return path;
}

int gp_layers(struct gp_arena *arena, const char *const *extra, size_t extra_count, struct gp_layer **ret_layers,
              size_t *ret_count)
{
    struct gp_layer *layers = GP_NEW_ARRAY(arena, struct gp_layer, GP_LAYERS_MOST + extra_count);
    size_t count = 0;
    bool failed;
    const char *user = user_layer(arena, &failed);

    if (!layers || failed)
        return -ENOMEM;
    layers[count++] = (struct gp_layer){GP_RULES_DIR, "vendor"};
    layers[count++] = (struct gp_layer){"/run/gatepost/rules", "runtime"};
    layers[count++] = (struct gp_layer){GP_SYSCONF_DIR "/gatepost/rules", "admin"};
    if (user)
        layers[count++] = (struct gp_layer){user, "user"};
    for (size_t i = 0; i < extra_count; i++)
        layers[count++] = (struct gp_layer){extra[i], "--rules"};
    *ret_layers = layers;
    *ret_count = count;
    return 0;
}
