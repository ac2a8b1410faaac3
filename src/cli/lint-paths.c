/* From what somebody points at to what has to be loaded for it: a file means little without its set. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/layers.h"
#include "cli/lint.h"
#include "rule/limits.h"

#define MANIFEST "ruleset.yaml"
#define FIRST_READ 65536

/* ---- paths ------------------------------------------------------------------------------------------------------- */

/* A path taken apart: "a/b/" is b in a.  What has no last component ("." or "/..") is resolved first. */
struct parts {
    const char *parent, *name;
};

static int take_apart(struct gp_arena *arena, const char *path, struct parts *ret_parts)
{
    char *copy = gp_arena_strdup(arena, path);
    size_t len = copy ? strlen(copy) : 0;

    while (len > 1 && copy[len - 1] == '/')
        copy[--len] = '\0';
    char *slash = copy ? strrchr(copy, '/') : NULL;
    const char *name = slash ? slash + 1 : copy;
    if (copy && (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)) {
        char *real = realpath(copy, NULL);
        copy = real ? gp_arena_strdup(arena, real) : copy;
        free(real);
        slash = copy ? strrchr(copy, '/') : NULL;
        name = slash ? slash + 1 : copy;
    }
    if (!copy)
        return -ENOMEM;
    if (slash)
        *slash = '\0';
    *ret_parts = (struct parts){!slash ? "." : *copy ? copy : "/", name};
    return 0;
}

static bool has_suffix(const char *text, const char *suffix)
{
    size_t len = strlen(text), end = strlen(suffix);

    return len > end && strcmp(text + len - end, suffix) == 0;
}

/* 1, 0, or -ENOMEM. */
static int has_manifest(struct gp_arena *arena, const char *directory)
{
    const char *path = gp_arena_printf(arena, "%s/" MANIFEST, directory);
    struct stat st;

    if (!path)
        return -ENOMEM;
    return lstat(path, &st) == 0;
}

static bool is_known(const struct gp_lint_run *lint, const char *name)
{
    for (size_t i = 0; i < lint->name_count; i++)
        if (strcmp(lint->names[i], name) == 0)
            return true;
    return false;
}

/* ---- jobs -------------------------------------------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static struct gp_lint_job *new_job(struct gp_lint_run *lint, struct gp_lint_job job)
{
    if (gp_vec_push(lint->cli->arena, &lint->jobs, job) < 0)
        return NULL;
    return &lint->jobs.data[lint->jobs.count - 1];
}

struct gp_lint_job *gp_lint_job(struct gp_lint_run *lint, const char *name, const char *layer)
{
    for (size_t i = 0; i < lint->jobs.count; i++) {
        struct gp_lint_job *job = &lint->jobs.data[i];
        if (!job->text.name && !job->tests && same_text(job->name, name) && same_text(job->layer, layer))
            return job;
    }
    return new_job(lint, (struct gp_lint_job){.name = name, .layer = layer});
}

static int add_scope(struct gp_lint_run *lint, struct gp_lint_job *job, const char *path, const struct stat *at)
{
    struct gp_lint_scope scope = {.path = path, .at = *at};

    return job ? gp_vec_push(lint->cli->arena, &job->scopes, scope) : -ENOMEM;
}

static int add_text_scope(struct gp_lint_run *lint, struct gp_lint_job *job, const char *name)
{
    struct gp_lint_scope scope = {.path = name, .text = true, .seen = true};

    return job ? gp_vec_push(lint->cli->arena, &job->scopes, scope) : -ENOMEM;
}

static int add_whole(struct gp_lint_run *lint, const char *name, const char *layer)
{
    struct gp_lint_job *job = gp_lint_job(lint, name, layer);

    if (!job)
        return -ENOMEM;
    job->whole = true;
    return 0;
}

/* ---- where a file or directory belongs --------------------------------------------------------------------------- */

/* How gp_load() finds a set. */
struct home {
    const char *name; /* NULL: there is none */
    const char *layer;
};

/* The set that drop-ins (NAME.d) or a higher layer's files (NAME) belong to: beside them, or in the layers. */
static int home_by_name(struct gp_lint_run *lint, const struct parts *parts, struct home *ret_home)
{
    struct gp_arena *arena = lint->cli->arena;
    bool drop_ins = has_suffix(parts->name, ".d");
    const char *base = gp_arena_memdup(arena, parts->name, strlen(parts->name) - (drop_ins ? strlen(".d") : 0));
    const char *beside = base ? gp_arena_printf(arena, "%s/%s", parts->parent, base) : NULL;
    int there = beside ? has_manifest(arena, beside) : -ENOMEM;

    if (there < 0)
        return there;
    if (there)
        *ret_home = (struct home){beside, NULL};
    else if (is_known(lint, base))
        *ret_home = (struct home){base, parts->parent};
    return 0;
}

/* The set that the files of a directory belong to: its own, that of its drop-ins, of its tests, or of a higher layer's
 * files. */
static int home_of(struct gp_lint_run *lint, const char *directory, struct home *ret_home)
{
    struct parts parts;
    int own = has_manifest(lint->cli->arena, directory), r = take_apart(lint->cli->arena, directory, &parts);

    if (own == 0 && r == 0 && strcmp(parts.name, "tests") == 0) {
        directory = parts.parent;
        own = has_manifest(lint->cli->arena, directory);
        r = take_apart(lint->cli->arena, directory, &parts);
    }
    if (own > 0 && !gp_load_is_path(directory))
        directory = gp_arena_printf(lint->cli->arena, "./%s", directory); /* a bare name is not one of a directory */
    if (own < 0 || r < 0 || !directory)
        return -ENOMEM;
    *ret_home = (struct home){own ? directory : NULL, NULL};
    return own ? 0 : home_by_name(lint, &parts, ret_home);
}

/* `*ret_job` NULL: it belongs to no set. */
static int job_of_directory(struct gp_lint_run *lint, const char *directory, struct gp_lint_job **ret_job)
{
    struct home home = {0};
    int r = home_of(lint, directory, &home);

    if (r < 0)
        return r;
    *ret_job = home.name ? gp_lint_job(lint, home.name, home.layer) : NULL;
    return home.name && !*ret_job ? -ENOMEM : 0;
}

/* ---- lone files -------------------------------------------------------------------------------------------------- */

/* All of a descriptor, but no more than one byte past what a rule file may have.  0, a negative errno. */
static int read_all(struct gp_arena *arena, int fd, struct gp_str *ret_text)
{
    struct gp_strbuf text = {0};
    char *block = gp_arena_alloc(arena, FIRST_READ);
    ssize_t got = 1;

    if (!block)
        return -ENOMEM;
    while (got != 0 && text.len <= GP_LIMIT_FILE_BYTES) {
        got = read(fd, block, FIRST_READ);
        if (got < 0 && errno != EINTR)
            break;
        gp_strbuf_add_mem(&text, block, got > 0 ? (size_t)got : 0);
    }
    int r = got < 0 ? -errno : gp_strbuf_ok(&text) ? 0 : -ENOMEM;
    const char *copy = r == 0 ? gp_arena_memdup(arena, gp_strbuf_text(&text), text.len) : NULL;
    if (r == 0 && !copy)
        r = -ENOMEM;
    if (r == 0)
        *ret_text = (struct gp_str){copy, text.len};
    gp_strbuf_done(&text);
    return r;
}

static int read_path(struct gp_lint_run *lint, const char *path, struct gp_str *ret_text)
{
    int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    int r = fd < 0 ? -errno : read_all(lint->cli->arena, fd, ret_text);

    if (fd > STDIN_FILENO)
        close(fd);
    return r;
}

/* What cannot be read is a finding like any other, so that the rest is told as well. */
static int take_unread(struct gp_lint_run *lint, const char *name, int error)
{
    if (error == -ENOMEM)
        return error;
    struct gp_lint_job job = {.text = {name, GP_STR("")}, .error = -error};

    return add_text_scope(lint, new_job(lint, job), name);
}

/* A file that lies nowhere near a set says itself what it is for. */
static int take_lone(struct gp_lint_run *lint, const char *path)
{
    const char *name = strcmp(path, "-") == 0 ? GP_LINT_STDIN : path;
    struct gp_file_says says = {0};
    struct gp_str text;
    int r = read_path(lint, path, &text);

    if (r < 0)
        return take_unread(lint, name, r);
    if (text.len <= GP_LIMIT_FILE_BYTES)
        r = gp_load_peek(text, lint->cli->arena, &says);
    if (r < 0)
        return r;
    struct gp_lint_job job = {.text = {name, text}};
    if (says.tests_for) {
        if (strcmp(path, "-") == 0)
            return gp_usage(lint->cli, "rule tests are not read from standard input");
        job = (struct gp_lint_job){.name = is_known(lint, says.tests_for) ? says.tests_for : NULL, .tests = path};
    } else if (says.amends && is_known(lint, says.amends)) {
        job.name = says.amends;
    }
    return add_text_scope(lint, new_job(lint, job), name);
}

/* ---- files and directories --------------------------------------------------------------------------------------- */

static int take_file(struct gp_lint_run *lint, const char *path, const struct stat *st)
{
    struct parts parts;
    struct gp_lint_job *job;
    int r = take_apart(lint->cli->arena, path, &parts);

    if (r == 0)
        r = job_of_directory(lint, parts.parent, &job);
    if (r < 0)
        return r;
    return job ? add_scope(lint, job, path, st) : take_lone(lint, path);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

typedef GP_VEC(const char *) names;

/* The names in a directory that `wanted` likes, sorted.  0 or a negative errno. */
static int list(struct gp_arena *arena, const char *directory, bool (*wanted)(const char *name), names *ret_names)
{
    DIR *stream = opendir(directory);
    const struct dirent *entry;
    int r = 0;

    if (!stream)
        return -errno;
    while (r == 0 && (errno = 0, entry = readdir(stream))) {
        const char *copy = wanted(entry->d_name) ? gp_arena_strdup(arena, entry->d_name) : "";
        r = !copy ? -ENOMEM : *copy ? gp_vec_push(arena, ret_names, copy) : 0;
    }
    r = r == 0 && errno ? -errno : r;
    closedir(stream);
    if (r == 0 && ret_names->count)
        qsort(ret_names->data, ret_names->count, sizeof(*ret_names->data), by_name);
    return r;
}

static bool is_rule_file(const char *name)
{
    return name[0] != '.' && has_suffix(name, ".yaml");
}

static bool is_drop_ins(const char *name)
{
    return name[0] != '.' && has_suffix(name, ".d");
}

/* Whether a directory NAME.d is for a rule set: many programs have such directories.  1, 0 or -ENOMEM. */
static int may_be_drop_ins(struct gp_lint_run *lint, const char *set, const char *directory)
{
    names files = {0};
    int r = list(lint->cli->arena, directory, is_rule_file, &files);

    if (r == -ENOMEM)
        return r;
    return is_known(lint, set) || files.count || (r < 0 && r != -ENOTDIR && r != -ENOENT && r != -EACCES);
}

/* The sets in it, and those that it has drop-ins for alone. */
static int take_layer(struct gp_lint_run *lint, const char *path)
{
    struct gp_layer layer = {path, NULL};
    struct gp_load_options options = lint->options;
    struct gp_arena *arena = lint->cli->arena;
    const char **sets;
    size_t count;
    names drop_ins = {0};

    options.layers = &layer;
    options.layer_count = 1;
    int r = gp_load_names(&options, arena, &sets, &count);
    if (r == 0)
        r = list(arena, path, is_drop_ins, &drop_ins);
    if (r < 0)
        return take_unread(lint, path, r);
    for (size_t i = 0; i < count && r == 0; i++) {
        const char *set = gp_arena_printf(arena, "%s/%s", path, sets[i]);
        r = set ? add_whole(lint, set, NULL) : -ENOMEM;
    }
    size_t foreign = 0;
    for (size_t i = 0; i < drop_ins.count && r == 0; i++) {
        const char *set = gp_arena_memdup(arena, drop_ins.data[i], strlen(drop_ins.data[i]) - strlen(".d"));
        bool here = set && count && bsearch(&set, sets, count, sizeof(*sets), by_name);
        const char *directory = gp_arena_printf(arena, "%s/%s", path, drop_ins.data[i]);
        int may = !set || !directory ? -ENOMEM : here ? 0 : may_be_drop_ins(lint, set, directory);
        foreign += may == 0 && !here;
        r = may > 0 ? gp_lint_take_path(lint, directory) : may;
    }
    if (r == 0 && !count && foreign && foreign == drop_ins.count)
        return gp_usage(lint->cli, "there is no rule set in %s", path);
    return r;
}

/* Rule files that belong to no set are linted each on its own. */
static int take_lone_files(struct gp_lint_run *lint, const char *path)
{
    names files = {0};
    int r = list(lint->cli->arena, path, is_rule_file, &files);

    if (r < 0)
        return take_unread(lint, path, r);
    if (!files.count)
        return gp_usage(lint->cli, "%s holds neither rule sets nor *.yaml files", path);
    for (size_t i = 0; i < files.count && r == 0; i++) {
        const char *file = gp_arena_printf(lint->cli->arena, "%s/%s", path, files.data[i]);
        r = file ? take_lone(lint, file) : -ENOMEM;
    }
    return r;
}

static int take_directory(struct gp_lint_run *lint, const char *path, const struct stat *st)
{
    struct gp_lint_job *job;
    int own = has_manifest(lint->cli->arena, path);

    if (own == 0 && gp_layer_is(path))
        return take_layer(lint, path);
    int r = own < 0 ? own : job_of_directory(lint, path, &job);
    if (r < 0)
        return r;
    if (!job)
        return take_lone_files(lint, path);
    job->whole = job->whole || own;
    return own ? 0 : add_scope(lint, job, path, st);
}

int gp_lint_take_path(struct gp_lint_run *lint, const char *path)
{
    struct stat st;

    if (strcmp(path, "-") == 0)
        return take_lone(lint, path);
    if (stat(path, &st) < 0) {
        if (errno == ENOENT && is_known(lint, path))
            return gp_usage(lint->cli, "there is no file '%s'; for the rule set of that name: gatepost lint -r %s",
                            path, path);
        return gp_usage(lint->cli, "%s: %s", *path ? path : "''", strerror(errno));
    }
    return S_ISDIR(st.st_mode) ? take_directory(lint, path, &st) : take_file(lint, path, &st);
}
