#include "act/holder.h"

#include <errno.h>
#include <string.h>
#include <sys/utsname.h>

#include "probe/locks.h"
#include "util/json.h"
#include "util/sys-help.h"

#define TEXT_BYTES 1024u

/* ---- the text in LOCK -------------------------------------------------------------------------------------------- */

int gp_holder_write(const struct gp_sys *sys, int fd, const struct gp_holder *holder)
{
    struct gp_strbuf out = {0};
    json_t *object = json_object();
    int r = -ENOMEM;

    if (object && gp_json_set(object, "pid", json_integer(holder->pid)) &&
        gp_json_set(object, "host", gp_json_string0(holder->host)) &&
        gp_json_set(object, "user", gp_json_string0(holder->user)) &&
        gp_json_set(object, "operation", gp_json_string0(holder->operation)) &&
        gp_json_set(object, "since", gp_json_string0(holder->since)))
        gp_json_write(&out, object, 0);
    json_decref(object);
    gp_strbuf_add_char(&out, '\n');
    if (gp_strbuf_ok(&out) && out.len > 1) {
        do
            r = sys->ftruncate(sys, fd, 0);
        while (r < 0 && errno == EINTR);
        r = r < 0 ? -errno : gp_sys_write_full(sys, fd, out.data, out.len, 0);
    }
    gp_strbuf_done(&out);
    return r;
}

static int take_text(struct gp_arena *arena, const json_t *object, const char *key, const char **to)
{
    const char *text = json_string_value(json_object_get(object, key));

    if (!text || !text[0])
        return 0;
    *to = gp_arena_strdup(arena, text);
    return *to ? 0 : -ENOMEM;
}

/* The first line of LOCK; `*ret_raw` if it is not what gp_holder_write() writes. */
static int read_text(const struct gp_sys *sys, int fd, struct gp_arena *arena, struct gp_holder *holder,
                     const char **ret_raw)
{
    char text[TEXT_BYTES];
    ssize_t n = gp_sys_read_full(sys, fd, text, sizeof(text), 0);
    size_t len = 0;
    int r = 0;

    while (n > 0 && len < (size_t)n && text[len] != '\n' && text[len] != '\0')
        len++;
    json_t *object = gp_json_read(text, len);
    json_int_t pid = json_integer_value(json_object_get(object, "pid"));
    if (len && !json_is_object(object)) {
        *ret_raw = gp_arena_memdup(arena, text, len);
        r = *ret_raw ? 0 : -ENOMEM;
    }
    holder->pid = pid > 0 && pid <= INT32_MAX ? (pid_t)pid : 0;
    const struct {
        const char *key;
        const char **to;
    } members[] = {{"host", &holder->host}, {"user", &holder->user}, {"operation", &holder->operation},
                   {"since", &holder->since}};
    for (size_t i = 0; i < GP_COUNT(members) && r == 0; i++)
        r = take_text(arena, object, members[i].key, members[i].to);
    json_decref(object);
    return r;
}

/* ---- in words ---------------------------------------------------------------------------------------------------- */

/* " by ann" if there is an ann. */
static void add(struct gp_strbuf *out, const char *words, const char *text)
{
    if (text)
        gp_strbuf_printf(out, "%s%s", words, text);
}

static const char *finish(struct gp_arena *arena, struct gp_strbuf *out)
{
    const char *words = gp_strbuf_ok(out) ? gp_arena_memdup(arena, out->data, out->len) : NULL;

    gp_strbuf_done(out);
    return words;
}

static void add_process(struct gp_strbuf *out, const struct gp_holder *holder)
{
    gp_strbuf_printf(out, "process %ld", (long)holder->pid);
    if (holder->process)
        gp_strbuf_printf(out, " (%s)", holder->process);
}

/* What LOCK says of the run.  `gone`: the process is not to be seen, yet the lock is held: by what it started, or in
 * another process namespace. */
static const char *run_in_words(struct gp_arena *arena, const struct gp_holder *holder, const char *raw, bool gone)
{
    struct gp_strbuf out = {0};

    gp_strbuf_add(&out, "another run holds the lock: ");
    if (!holder->pid) {
        gp_strbuf_add(&out, raw ? raw : "it left no name");
        return finish(arena, &out);
    }
    gp_strbuf_add(&out, holder->operation ? holder->operation : "something");
    add(&out, " by ", holder->user);
    add(&out, " on ", holder->host);
    gp_strbuf_add(&out, ", ");
    add_process(&out, holder);
    add(&out, ", since ", holder->since);
    if (gone)
        gp_strbuf_add(&out, "; no such process is seen here, so a program that it started may still be at work");
    return finish(arena, &out);
}

static const char *program_in_words(struct gp_arena *arena, const struct gp_holder *holder, enum gp_lock_kind kind)
{
    struct gp_strbuf out = {0};

    gp_strbuf_printf(&out, "another program holds the lock on %s: %s lock", holder->lock, gp_lock_kind_name(kind));
    if (holder->pid) {
        gp_strbuf_add(&out, " of ");
        add_process(&out, holder);
    } else {
        gp_strbuf_add(&out, ", which names no process");
    }
    return finish(arena, &out);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

/* A process has a name here if it runs on this machine. */
static int name_process(struct gp_arena *arena, struct gp_holder *holder, bool *ret_gone)
{
    struct utsname here;

    *ret_gone = false;
    if (!holder->pid || (holder->host && (uname(&here) < 0 || strcmp(here.nodename, holder->host) != 0)))
        return 0;
    int r = gp_process_name(holder->pid, arena, &holder->process);
    *ret_gone = r == 0;
    return r < 0 ? r : 0;
}

/* A lock with a name, or of a kind that no run takes, is not the run's that LOCK tells of. */
static bool is_a_runs(const struct gp_lock *lock, int seen)
{
    return seen <= 0 || (lock->kind == GP_LOCK_OFD && lock->pid <= 0);
}

int gp_holder_find(const struct gp_sys *sys, int fd, const char *lock_name, bool own, bool ours, struct gp_arena *arena,
                   const struct gp_holder **ret_holder)
{
    struct gp_holder *holder = GP_NEW(arena, struct gp_holder);
    struct gp_lock lock = {.kind = GP_LOCK_OFD};
    const char *raw = NULL;
    bool gone = false;

    if (!holder)
        return -ENOMEM;
    int seen = gp_locks_look(sys, arena, fd, ours, &lock);
    bool run = own && is_a_runs(&lock, seen);
    holder->lock = lock_name;
    holder->pid = run || lock.pid <= 0 ? 0 : lock.pid;
    int r = seen == -ENOMEM ? -ENOMEM : run ? read_text(sys, fd, arena, holder, &raw) : 0;
    if (r == 0)
        r = name_process(arena, holder, &gone);
    if (r < 0)
        return r;
    holder->words = run ? run_in_words(arena, holder, raw, gone) : program_in_words(arena, holder, lock.kind);
    if (!holder->words)
        return -ENOMEM;
    *ret_holder = holder;
    return 0;
}

/* A descriptor of GATEPOST/LOCK, or a negative errno. */
static int open_lock(struct gp_ground *ground, const char *directory)
{
    ground->root = gp_sys_open_root(ground->sys, directory);
    if (ground->root < 0)
        return ground->root;
    ground->own = gp_sys_open_beneath(ground->sys, ground->root, GP_OWN_NAME, O_RDONLY | O_DIRECTORY, 0);
    return ground->own < 0 ? ground->own : gp_sys_open_beneath(ground->sys, ground->own, "LOCK", O_RDONLY, 0);
}

int gp_holder_look(const char *directory, const struct gp_sys *sys, struct gp_arena *arena,
                   const struct gp_holder **ret_holder)
{
    struct gp_ground ground = GP_GROUND_NOWHERE(sys ? sys : &gp_sys_linux);
    struct gp_lock lock;
    int fd = open_lock(&ground, directory);
    int seen = fd < 0 ? fd : gp_locks_look(ground.sys, arena, fd, false, &lock);
    int r = seen == -ENOMEM ? seen : 0;

    *ret_holder = NULL;
    if (seen > 0)
        r = gp_holder_find(ground.sys, fd, GP_OWN_NAME "/LOCK", true, false, arena, ret_holder);
    gp_sys_close(ground.sys, &fd);
    gp_ground_done(&ground);
    return r;
}
