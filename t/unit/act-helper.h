/*
 * For the tests of act/: a real tree in a temporary directory, a rule set from
 * text, pictures of the tree to compare, and a table of system calls that fails
 * or dies where a test says so.
 */
#ifndef ACT_HELPER_H
#define ACT_HELPER_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/run.h"
#include "act/steps.h"
#include "eval/families.h"
#include "load/load.h"
#include "tap.h"
#include "util/clock.h"
#include "util/strbuf.h"
#include "util/sys.h"

static const struct gp_form *const lab_forms[] = {gp_forms_logic, gp_forms_value, gp_forms_world, gp_forms_change,
                                                  gp_forms_file,  gp_forms_files, gp_forms_record, NULL};
static const struct gp_facet_def *const lab_facets[] = {gp_facets_stat, gp_facets_content, gp_facets_text,
                                                        gp_facets_relation, gp_facets_record, NULL};
static const struct gp_read_def *const lab_reads[] = {gp_reads_stat, gp_reads_content, gp_reads_text, gp_reads_tree, gp_reads_record, NULL};
static const struct gp_step_def *const lab_steps[] = {gp_steps_tree, gp_steps_content, gp_steps_exec, NULL};
static const struct gp_registry lab_registry = {&gp_form_named, lab_forms, lab_facets, lab_reads, lab_steps};

static inline struct gp_str lab_str(const char *text)
{
    return (struct gp_str){text, strlen(text)};
}

/* ---- trees --------------------------------------------------------------------------------------------------- */

/* "DIR/", "FILE=TEXT", "LINK->TARGET" or "FIFO|". */
static inline void lab_make(const char *root, const char *item)
{
    char path[4096], *mark;
    int r;

    snprintf(path, sizeof(path), "%s/%s", root, item);
    char *name = path + strlen(root) + 1;
    size_t len = strlen(name);
    if (name[len - 1] == '/') {
        r = mkdir(path, 0755);
    } else if ((mark = strchr(name, '='))) {
        *mark = '\0';
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        size_t size = strlen(mark + 1);
        r = fd < 0 || write(fd, mark + 1, size) != (ssize_t)size || fchmod(fd, 0644) < 0 || close(fd) < 0 ? -1 : 0;
    } else if ((mark = strstr(name, "->"))) {
        *mark = '\0';
        r = symlink(mark + 2, path);
    } else {
        name[len - 1] = '\0';
        r = mkfifo(path, 0644);
    }
    if (r < 0)
        bail("%s: %s", item, strerror(errno));
}

static inline const char *lab_tmp(void)
{
    const char *tmp = getenv("TMPDIR");

    if (tmp && tmp[0])
        return tmp;
    return access("/dev/shm", R_OK | W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp"; /* memory is quick */
}

static inline int lab_age(const char *path, const struct stat *status, int type, struct FTW *where)
{
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 1000000000 + where->level, .tv_nsec = 0}};

    (void)status;
    if (type == FTW_SL)
        return 0;
    return utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
}

static inline void lab_tree(const char *const *items, char ret_root[256])
{
    umask(022);
    snprintf(ret_root, 256, "%s/gatepost-act.XXXXXX", lab_tmp());
    if (!mkdtemp(ret_root))
        bail("%s: %s", ret_root, strerror(errno));
    for (size_t i = 0; items[i]; i++)
        lab_make(ret_root, items[i]);
    nftw(ret_root, lab_age, 16, FTW_DEPTH | FTW_PHYS); /* everything is old, to the second */
}

static inline int lab_remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status;
    (void)type;
    (void)where;
    return remove(path);
}

static inline void lab_remove(const char *root)
{
    nftw(root, lab_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline int lab_not_dots(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static inline int lab_by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static inline void lab_picture_file(const char *path, struct gp_strbuf *out)
{
    char buffer[4096];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n;

    gp_strbuf_add(out, "=");
    while (fd >= 0 && (n = read(fd, buffer, sizeof(buffer))) > 0)
        for (ssize_t i = 0; i < n; i++)
            if (buffer[i] < 0x20 || buffer[i] > 0x7e)
                gp_strbuf_printf(out, "\\%02x", (unsigned char)buffer[i]);
            else
                gp_strbuf_add_char(out, buffer[i]);
    if (fd >= 0)
        close(fd);
}

/* Names, types, bytes, modes and, with `times`, the times of everything but GATEPOST; one line each. */
static inline void lab_picture_at(const char *root, const char *below, bool times, struct gp_strbuf *out)
{
    char path[8192], inner[4096];
    struct dirent **names;
    struct stat status;

    snprintf(path, sizeof(path), "%s/%s", root, below);
    int count = scandir(path, &names, lab_not_dots, lab_by_bytes);
    if (times && lstat(path, &status) == 0)
        gp_strbuf_printf(out, "%s/ %lld.%09ld\n", below, (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    for (int i = 0; i < count; i++) {
        bool own = !below[0] && strcmp(names[i]->d_name, "GATEPOST") == 0;
        snprintf(inner, sizeof(inner), "%s%s%s", below, below[0] ? "/" : "", names[i]->d_name);
        snprintf(path, sizeof(path), "%s/%s", root, inner);
        if (!own && lstat(path, &status) == 0) {
            gp_strbuf_printf(out, "%s%s %03o", inner, S_ISDIR(status.st_mode) ? "/" : "", status.st_mode & 07777);
            if (S_ISREG(status.st_mode))
                lab_picture_file(path, out);
            if (times && S_ISREG(status.st_mode))
                gp_strbuf_printf(out, " %lld.%09ld", (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
            gp_strbuf_add_char(out, '\n');
            if (S_ISDIR(status.st_mode))
                lab_picture_at(root, inner, times, out);
        }
        free(names[i]);
    }
    if (count >= 0)
        free(names);
}

static inline char *lab_picture(const char *root, bool times)
{
    struct gp_strbuf out = {0};

    lab_picture_at(root, "", times, &out);
    char *text = strdup(gp_strbuf_text(&out));
    gp_strbuf_done(&out);
    if (!text)
        bail("no memory");
    return text;
}

/* The names in GATEPOST, separated by spaces. */
static inline const char *lab_own(const char *root, char ret_names[1024])
{
    char path[4096];
    struct dirent **names;
    size_t at = 0;

    snprintf(path, sizeof(path), "%s/GATEPOST", root);
    int count = scandir(path, &names, lab_not_dots, lab_by_bytes);
    ret_names[0] = '\0';
    for (int i = 0; i < count; i++) {
        at += (size_t)snprintf(ret_names + at, 1024 - at, "%s%s", i ? " " : "", names[i]->d_name);
        free(names[i]);
    }
    if (count >= 0)
        free(names);
    return ret_names;
}

/* The text of a file beneath the root; to be freed.  NULL: it is not there. */
static inline char *lab_read(const char *root, const char *path)
{
    char whole[4096];
    struct gp_strbuf out = {0};
    int c;

    snprintf(whole, sizeof(whole), "%s/%s", root, path);
    FILE *file = fopen(whole, "rb");
    if (!file)
        return NULL;
    while ((c = getc(file)) != EOF)
        gp_strbuf_add_char(&out, (char)c);
    fclose(file);
    char *text = strdup(gp_strbuf_text(&out));
    gp_strbuf_done(&out);
    return text;
}

static inline size_t lab_lines(const char *root, const char *path)
{
    char *text = lab_read(root, path);
    size_t lines = 0;

    for (const char *at = text; at && *at; at++)
        lines += *at == '\n';
    free(text);
    return lines;
}

/* ---- rule sets ----------------------------------------------------------------------------------------------- */

struct lab {
    struct gp_sources *sources;
    struct gp_diags *diags;
    struct gp_ruleset *rules;
    int loaded; /* of gp_load_text() */
    struct gp_strbuf said;
    struct gp_run *run;
    struct gp_run_result result;
};

#define LAB_NOW "2027-01-31T12:00:00Z"

static inline struct timespec lab_now(void)
{
    struct timespec now;

    if (gp_time_parse(lab_str(LAB_NOW), &now) < 0)
        bail("the clock");
    return now;
}

static inline void lab_try(struct lab *lab, const char *yaml)
{
    struct gp_load_options options = {.registry = &lab_registry, .engine_version = "0.1.0", .now = lab_now()};
    const struct gp_diag *one;

    memset(lab, 0, sizeof(*lab));
    lab->sources = gp_sources_new();
    lab->diags = lab->sources ? gp_diags_new(lab->sources, 100) : NULL;
    if (!lab->diags)
        bail("no memory");
    lab->loaded = gp_load_text(&lab->rules, "lab", lab_str(yaml), &options, lab->diags);
    for (size_t i = 0; (one = gp_diags_get(lab->diags, i)); i++)
        gp_diag_render(&lab->said, lab->sources, one, false);
}

static inline void lab_rules(struct lab *lab, const char *yaml)
{
    lab_try(lab, yaml);
    if (lab->loaded < 0)
        bail("the rule set does not load: %s\n%s\n%s", strerror(-lab->loaded), gp_strbuf_text(&lab->said), yaml);
}

static inline void lab_end(struct lab *lab)
{
    gp_run_free(lab->run);
    gp_ruleset_free(lab->rules);
    gp_diags_free(lab->diags);
    gp_sources_free(lab->sources);
    gp_strbuf_done(&lab->said);
    memset(lab, 0, sizeof(*lab));
}

static inline struct gp_run_options lab_options(struct lab *lab, const char *root, const char *operation)
{
    const struct gp_map_entry *entry = gp_map_find(&lab->rules->defs.operations, lab_str(operation));

    if (!entry)
        bail("no operation %s", operation);
    return (struct gp_run_options){
        .directory = root,
        .rules = lab->rules,
        .operation = entry->value,
        .now = lab_now(),
        .who = "tester",
        .host = "lab",
    };
}

static inline enum gp_run_status lab_run(struct lab *lab, const struct gp_run_options *options)
{
    gp_run_free(lab->run);
    lab->run = NULL;
    int r = gp_run(&lab->run, &lab->result, options);
    if (r < 0)
        bail("gp_run: %s", strerror(-r));
    return lab->result.status;
}

static inline const char *lab_status(enum gp_run_status status)
{
    static const char *const names[] = {
        [GP_RUN_DONE] = "done",         [GP_RUN_DENIED] = "denied",   [GP_RUN_UNDETERMINED] = "undetermined",
        [GP_RUN_USAGE] = "usage",       [GP_RUN_UNUSABLE] = "unusable", [GP_RUN_FAILED] = "failed",
        [GP_RUN_CHANGED] = "changed",   [GP_RUN_INTERRUPTED] = "interrupted", [GP_RUN_BUSY] = "busy",
    };

    return names[status];
}

static inline const char *lab_recovered(enum gp_recover_status status)
{
    static const char *const names[] = {
        [GP_RECOVER_NOTHING] = "nothing", [GP_RECOVER_FINISHED] = "finished", [GP_RECOVER_UNDONE] = "undone",
        [GP_RECOVER_BUSY] = "busy",       [GP_RECOVER_STUCK] = "stuck",       [GP_RECOVER_UNUSABLE] = "unusable",
    };

    return names[status];
}

/* Recovers with the kernel's own table; the problem is kept in `ret_problem`, if that is not NULL. */
static inline const char *lab_recover(const char *root, char ret_problem[1024])
{
    struct gp_arena *arena = gp_arena_new(0);
    enum gp_recover_status status = GP_RECOVER_STUCK;
    const char *problem = NULL;
    int r = gp_recover(root, NULL, arena, &status, &problem);

    if (r < 0)
        bail("gp_recover: %s", strerror(-r));
    if (ret_problem)
        snprintf(ret_problem, 1024, "%s", problem ? problem : "");
    gp_arena_free(arena);
    return lab_recovered(status);
}

/* ---- system calls that fail ---------------------------------------------------------------------------------- */

enum trouble_kind {
    TROUBLE_NONE,
    TROUBLE_FAIL,  /* the nth call fails and does nothing */
    TROUBLE_LATE,  /* the nth call does what it should, and says that it failed */
    TROUBLE_DEATH, /* from the nth call on, nothing happens any more */
};

struct trouble {
    struct gp_sys sys;
    enum trouble_kind kind;
    size_t at, count; /* calls are counted from 1 */
    int error;
    const char *hit;  /* the call that failed */
};

/* Whether this call is to say that it failed; `*ret_do`: whether it does what it should. */
static inline bool trouble_here(const struct gp_sys *sys, const char *call, bool *ret_do)
{
    struct trouble *trouble = sys->context;
    size_t number = ++trouble->count;
    bool dead = trouble->kind == TROUBLE_DEATH && number >= trouble->at;
    bool here = dead || (trouble->kind != TROUBLE_NONE && number == trouble->at);

    if (number == trouble->at)
        trouble->hit = call;
    *ret_do = !here || trouble->kind == TROUBLE_LATE;
    return here;
}

#define TROUBLED(type, name, ...)                                       \
    bool act;                                                           \
    bool fails = trouble_here(sys, #name, &act);                        \
    type r = act ? gp_sys_linux.name(&gp_sys_linux, __VA_ARGS__) : -1;  \
    if (fails) {                                                        \
        errno = ((struct trouble *)sys->context)->error;                \
        return -1;                                                      \
    }                                                                   \
    return r

static inline int trouble_openat2(const struct gp_sys *sys, int dir, const char *path, uint64_t flags, uint64_t mode,
                                  uint64_t resolve)
{
    bool act;

    if (!trouble_here(sys, "openat2", &act))
        return gp_sys_linux.openat2(&gp_sys_linux, dir, path, flags, mode, resolve);
    if (act) { /* no descriptor comes of it, but a file may */
        int fd = gp_sys_linux.openat2(&gp_sys_linux, dir, path, flags, mode, resolve);
        if (fd >= 0)
            close(fd);
    }
    errno = ((struct trouble *)sys->context)->error;
    return -1;
}

static inline int trouble_openat(const struct gp_sys *sys, int dir, const char *name, int flags, mode_t mode)
{
    bool act;

    if (!trouble_here(sys, "openat", &act))
        return gp_sys_linux.openat(&gp_sys_linux, dir, name, flags, mode);
    if (act) {
        int fd = gp_sys_linux.openat(&gp_sys_linux, dir, name, flags, mode);
        if (fd >= 0)
            close(fd);
    }
    errno = ((struct trouble *)sys->context)->error;
    return -1;
}

static inline int trouble_fstat(const struct gp_sys *sys, int fd, struct stat *ret)
{
    TROUBLED(int, fstat, fd, ret);
}

static inline int trouble_fstatat(const struct gp_sys *sys, int dir, const char *name, struct stat *ret, int flags)
{
    TROUBLED(int, fstatat, dir, name, ret, flags);
}

static inline ssize_t trouble_getdents64(const struct gp_sys *sys, int fd, void *buffer, size_t size)
{
    TROUBLED(ssize_t, getdents64, fd, buffer, size);
}

static inline ssize_t trouble_pread(const struct gp_sys *sys, int fd, void *buffer, size_t size, off_t offset)
{
    TROUBLED(ssize_t, pread, fd, buffer, size, offset);
}

static inline int trouble_ioctl(const struct gp_sys *sys, int fd, unsigned long request, void *argument)
{
    TROUBLED(int, ioctl, fd, request, argument);
}

static inline ssize_t trouble_fgetxattr(const struct gp_sys *sys, int fd, const char *name, void *value, size_t size)
{
    TROUBLED(ssize_t, fgetxattr, fd, name, value, size);
}

static inline ssize_t trouble_flistxattr(const struct gp_sys *sys, int fd, char *list, size_t size)
{
    TROUBLED(ssize_t, flistxattr, fd, list, size);
}

static inline int trouble_fstatvfs(const struct gp_sys *sys, int fd, struct statvfs *ret)
{
    TROUBLED(int, fstatvfs, fd, ret);
}

static inline int trouble_fstatfs(const struct gp_sys *sys, int fd, struct statfs *ret)
{
    TROUBLED(int, fstatfs, fd, ret);
}

static inline int trouble_lock(const struct gp_sys *sys, int fd, int command, struct flock *lock)
{
    TROUBLED(int, lock, fd, command, lock);
}

static inline ssize_t trouble_pwrite(const struct gp_sys *sys, int fd, const void *buffer, size_t size, off_t offset)
{
    TROUBLED(ssize_t, pwrite, fd, buffer, size, offset);
}

static inline int trouble_ftruncate(const struct gp_sys *sys, int fd, off_t length)
{
    TROUBLED(int, ftruncate, fd, length);
}

static inline int trouble_mkdirat(const struct gp_sys *sys, int dir, const char *name, mode_t mode)
{
    TROUBLED(int, mkdirat, dir, name, mode);
}

static inline int trouble_unlinkat(const struct gp_sys *sys, int dir, const char *name, int flags)
{
    TROUBLED(int, unlinkat, dir, name, flags);
}

static inline int trouble_renameat2(const struct gp_sys *sys, int old_dir, const char *old_name, int new_dir,
                                    const char *new_name, unsigned flags)
{
    TROUBLED(int, renameat2, old_dir, old_name, new_dir, new_name, flags);
}

static inline int trouble_linkat(const struct gp_sys *sys, int old_dir, const char *old_name, int new_dir,
                                 const char *new_name, int flags)
{
    TROUBLED(int, linkat, old_dir, old_name, new_dir, new_name, flags);
}

static inline int trouble_fchmod(const struct gp_sys *sys, int fd, mode_t mode)
{
    TROUBLED(int, fchmod, fd, mode);
}

static inline int trouble_fchown(const struct gp_sys *sys, int fd, uid_t owner, gid_t group)
{
    TROUBLED(int, fchown, fd, owner, group);
}

static inline int trouble_futimens(const struct gp_sys *sys, int fd, const struct timespec times[2])
{
    TROUBLED(int, futimens, fd, times);
}

static inline int trouble_fsetxattr(const struct gp_sys *sys, int fd, const char *name, const void *value, size_t size,
                                    int flags)
{
    TROUBLED(int, fsetxattr, fd, name, value, size, flags);
}

/* A kill loses nothing that the kernel has, so nothing is flushed for real. */
static inline int trouble_fsync(const struct gp_sys *sys, int fd)
{
    bool act;

    (void)fd;
    if (!trouble_here(sys, "fsync", &act))
        return 0;
    errno = ((struct trouble *)sys->context)->error;
    return -1;
}

static inline const struct gp_sys *trouble_table(struct trouble *trouble, enum trouble_kind kind, size_t at, int error)
{
    *trouble = (struct trouble){.sys = gp_sys_linux, .kind = kind, .at = at, .error = error};
    trouble->sys.context = trouble;
    trouble->sys.openat2 = trouble_openat2;
    trouble->sys.openat = trouble_openat;
    trouble->sys.fstat = trouble_fstat;
    trouble->sys.fstatat = trouble_fstatat;
    trouble->sys.getdents64 = trouble_getdents64;
    trouble->sys.pread = trouble_pread;
    trouble->sys.ioctl = trouble_ioctl;
    trouble->sys.fgetxattr = trouble_fgetxattr;
    trouble->sys.flistxattr = trouble_flistxattr;
    trouble->sys.fstatvfs = trouble_fstatvfs;
    trouble->sys.fstatfs = trouble_fstatfs;
    trouble->sys.lock = trouble_lock;
    trouble->sys.pwrite = trouble_pwrite;
    trouble->sys.ftruncate = trouble_ftruncate;
    trouble->sys.mkdirat = trouble_mkdirat;
    trouble->sys.unlinkat = trouble_unlinkat;
    trouble->sys.renameat2 = trouble_renameat2;
    trouble->sys.linkat = trouble_linkat;
    trouble->sys.fchmod = trouble_fchmod;
    trouble->sys.fchown = trouble_fchown;
    trouble->sys.futimens = trouble_futimens;
    trouble->sys.fsetxattr = trouble_fsetxattr;
    trouble->sys.fsync = trouble_fsync;
    return &trouble->sys;
}

#endif
