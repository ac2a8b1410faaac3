/* The directories of rule sets. */
#include "cli/layers.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define MANIFEST "ruleset.yaml"

/* What an entry of a directory says of it. */
enum sign {
    FOREIGN, /* a layer may have it, and so may anything else */
    LIKELY,  /* what a layer has that masks a set or replaces files of one */
    CERTAIN, /* a rule set, or the drop-ins of one */
    CONTRARY /* this is a rule set's directory, or no layer at all */
};

static bool ends(const char *name, const char *suffix)
{
    size_t len = strlen(name), end = strlen(suffix);

    return len > end && strcmp(name + len - end, suffix) == 0;
}

/* Whether a directory has a file that could replace one of a rule set. */
static bool has_rule_files(int fd)
{
    DIR *stream = fdopendir(fd);
    const struct dirent *entry;
    bool found = false;

    if (!stream) {
        close(fd);
        return false;
    }
    while (!found && (entry = readdir(stream)))
        found = entry->d_name[0] != '.' && ends(entry->d_name, ".yaml");
    closedir(stream);
    return found;
}

static enum sign look_into(int dir, const char *name)
{
    int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return FOREIGN;
    if (faccessat(fd, MANIFEST, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        close(fd);
        return CERTAIN;
    }
    bool belongs_to_set = strcmp(name, "tests") == 0 || strcmp(name, "files") == 0;
    return has_rule_files(fd) && !belongs_to_set ? LIKELY : FOREIGN;
}

/* An empty file or /dev/null, or a link to it, in place of a rule set. */
static bool masks(const struct stat *st)
{
    return (S_ISREG(st->st_mode) && st->st_size == 0) || (S_ISCHR(st->st_mode) && st->st_rdev == makedev(1, 3));
}

static enum sign sign_of(int dir, const char *name)
{
    struct stat st;

    bool plain = ends(name, ".d") || !strchr(name, '.');
    if (name[0] == '.')
        return FOREIGN;
    if (fstatat(dir, name, &st, 0) < 0) /* a link that leads nowhere: the loader says so */
        return plain ? LIKELY : FOREIGN;
    if (S_ISDIR(st.st_mode))
        return ends(name, ".d") ? CERTAIN : look_into(dir, name);
    if (ends(name, ".yaml"))
        return CONTRARY;
    return plain && masks(&st) ? LIKELY : FOREIGN;
}

bool gp_layer_is(const char *path)
{
    DIR *stream = opendir(path);
    const struct dirent *entry;
    bool seen[CONTRARY + 1] = {false};

    if (!stream)
        return false;
    bool is_set = faccessat(dirfd(stream), MANIFEST, F_OK, 0) == 0;
    while (!is_set && !seen[CERTAIN] && (entry = readdir(stream)))
        seen[sign_of(dirfd(stream), entry->d_name)] = true;
    closedir(stream);
    return seen[CERTAIN] || (seen[LIKELY] && !seen[CONTRARY]);
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
