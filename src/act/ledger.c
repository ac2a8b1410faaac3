#include "act/ledger.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "act/litter.h"
#include "probe/ledger.h"
#include "probe/probe.h"
#include "util/clock.h"
#include "util/sys-help.h"

/* ---- ids ----------------------------------------------------------------------------------------------------- */

const char *gp_ledger_new_id(struct gp_arena *arena, struct timespec now)
{
    uint64_t number;

    /* Where there is no random number, the time to the nanosecond and the process tell runs apart. */
    if (getrandom(&number, sizeof(number), GRND_NONBLOCK) != (ssize_t)sizeof(number)) {
        struct timespec clock = gp_clock_now();
        number = (uint64_t)clock.tv_sec << 30 ^ (uint64_t)clock.tv_nsec ^ (uint64_t)getpid() << 44;
    }
    return gp_arena_printf(arena, "%llx-%016llx", (unsigned long long)now.tv_sec, (unsigned long long)number);
}

int gp_ledger_name_rules(struct gp_arena *arena, const struct gp_ruleset *rules, struct gp_ledger_entry *entry)
{
    struct gp_str name = rules->manifest.name;
    const char **extends = GP_NEW_ARRAY(arena, const char *, rules->lineage.count + 1);

    entry->ruleset = gp_arena_memdup(arena, name.data, name.len);
    if (!entry->ruleset || !extends)
        return -ENOMEM;
    entry->extends = extends;
    entry->extends_count = 0;
    for (size_t i = 1; i < rules->lineage.count; i++) {
        struct gp_str base = rules->lineage.data[i];
        extends[entry->extends_count] = gp_arena_memdup(arena, base.data, base.len);
        if (!extends[entry->extends_count++])
            return -ENOMEM;
    }
    return 0;
}

/* ---- append -------------------------------------------------------------------------------------------------- */

/* What the end of the ledger holds. */
struct tail {
    struct gp_ledger ledger;
    uint64_t size;
    struct gp_str text; /* as it is on disk */
    bool torn;          /* the last line lacks its newline */
};

/* A last line that is whole but for its newline counts as there.  Zeros at the end are bytes that a power cut kept from
 * being written: no line has any. */
static int read_tail(const struct gp_sys *sys, int fd, struct gp_arena *arena, struct tail *ret_tail)
{
    struct tail tail = {0};
    struct stat status;
    int r = gp_call_fstat(sys, fd, &status);

    if (r < 0)
        return r;
    if (!S_ISREG(status.st_mode))
        return -EINVAL;
    tail.size = (uint64_t)status.st_size;
    size_t length = tail.size < GP_PROBE_LEDGER_BYTES ? (size_t)tail.size : GP_PROBE_LEDGER_BYTES;
    char *text = gp_arena_alloc(arena, length + 1);
    if (!text)
        return -ENOMEM;
    ssize_t n = gp_sys_read_full(sys, fd, text, length, tail.size - length);
    if (n < 0 || (size_t)n != length)
        return n < 0 ? (int)n : -ESTALE;
    for (; length && text[length - 1] == '\0'; length--)
        tail.size--;
    tail.text = (struct gp_str){text, length};
    tail.torn = length && text[length - 1] != '\n';
    if (tail.torn)
        text[length] = '\n';
    r = gp_ledger_parse(arena, (struct gp_str){text, length + tail.torn}, &tail.ledger);
    if (r == 0)
        *ret_tail = tail;
    return r;
}

static bool has_id(const struct gp_ledger *ledger, const char *id)
{
    for (size_t i = ledger->count; i-- > 0;)
        if (strcmp(ledger->entries[i].id, id) == 0)
            return true;
    return false;
}

/* Makes the ledger end where its last line does, with a newline that is flushed before another line comes: a power cut
 * that kept only the end of that one would make one of the two. */
static int mend_tail(const struct gp_sys *sys, int fd, struct tail *tail)
{
    struct stat status;
    int r = gp_call_fstat(sys, fd, &status);

    if (r == 0 && (uint64_t)status.st_size > tail->size)
        r = sys->ftruncate(sys, fd, (off_t)tail->size) < 0 ? -errno : 0;
    if (r < 0 || !tail->torn)
        return r;
    r = gp_sys_write_full(sys, fd, "\n", 1, tail->size);
    if (r == 0)
        r = gp_call_sync(sys, fd);
    tail->size++;
    tail->text.len++;
    return r;
}

/* The lines that are missing, as they are to be appended. */
static int missing_lines(struct gp_arena *arena, const struct tail *tail, const char *const *lines, size_t count,
                         struct gp_strbuf *out)
{
    for (size_t i = 0; i < count; i++) {
        struct gp_ledger one;
        const char *text = gp_arena_printf(arena, "%s\n", lines[i]);
        int r = text ? gp_ledger_parse(arena, (struct gp_str){text, strlen(text)}, &one) : -ENOMEM;
        if (r < 0)
            return r;
        if (one.count != 1 || one.bad_lines)
            return -EINVAL;
        if (!has_id(&tail->ledger, one.entries[0].id))
            gp_strbuf_add(out, text);
    }
    return gp_strbuf_ok(out) ? 0 : -ENOMEM;
}

/* The end of the ledger from the first of the lines on that are there, with the newline before it.  It is written once
 * more: after a flush that failed, what is read may never have reached the disk, and the next flush leaves it out if
 * nobody wrote it again. */
static struct gp_str lines_there(const struct tail *tail, const char *const *lines, size_t count)
{
    struct gp_str text = tail->text, there = {text.data + text.len, 0};

    for (size_t i = 0; i < count; i++) {
        const char *at = memmem(text.data, text.len, lines[i], strlen(lines[i]));
        if (at && at < there.data)
            there.data = at;
    }
    there.data -= there.data > text.data;
    there.len = (size_t)(text.data + text.len - there.data);
    return there;
}

static int append(const struct gp_sys *sys, int fd, struct gp_arena *arena, const char *const *lines, size_t count)
{
    struct gp_strbuf out = {0};
    struct tail tail = {0};
    int r = read_tail(sys, fd, arena, &tail);

    if (r == 0)
        r = mend_tail(sys, fd, &tail);
    if (r == 0) {
        struct gp_str there = lines_there(&tail, lines, count);
        gp_strbuf_add_mem(&out, there.data, there.len);
        r = missing_lines(arena, &tail, lines, count, &out);
        if (r == 0 && out.len)
            r = gp_sys_write_full(sys, fd, out.data, out.len, tail.size - there.len);
    }
    gp_strbuf_done(&out);
    return r < 0 ? r : gp_call_sync(sys, fd);
}

int gp_ledger_usable(const struct gp_ground *ground)
{
    const struct gp_sys *sys = ground->sys;
    struct stat status;
    int r = gp_call_stat(sys, ground->own, "LEDGER", &status);

    if (r < 0)
        return r == -ENOENT ? 0 : r;
    if (!S_ISREG(status.st_mode))
        return -EINVAL;
    int fd = gp_sys_open_beneath(sys, ground->own, "LEDGER", O_RDWR, 0);
    if (fd < 0)
        return fd;
    gp_sys_close(sys, &fd);
    return 0;
}

int gp_ledger_append(const struct gp_ground *ground, struct gp_arena *arena, const char *const *lines, size_t count)
{
    const struct gp_sys *sys = ground->sys;
    int fd = gp_sys_open_beneath(sys, ground->own, "LEDGER", O_RDWR | O_CREAT, 0666);

    if (fd < 0)
        return fd;
    int r = append(sys, fd, arena, lines, count);
    gp_sys_close(sys, &fd);
    return r;
}

/* ---- the end of a run ---------------------------------------------------------------------------------------- */

static int drop(const struct gp_ground *ground, const char *name)
{
    int r = gp_call_unlink(ground->sys, ground->own, name, 0);

    return r == -ENOENT ? 0 : r;
}

int gp_finish(struct gp_ground *ground, struct gp_arena *arena, const struct gp_journal *journal)
{
    int r = gp_ledger_append(ground, arena, journal->lines, journal->line_count);

    gp_ground_leave(ground);
    int left = gp_litter_remove(ground);
    if (r == -ENOSPC || r == -EDQUOT) /* what lay in TX made room */
        r = gp_ledger_append(ground, arena, journal->lines, journal->line_count);
    if (r == 0)
        r = left;
    if (r == 0)
        r = drop(ground, "DONE");
    return r < 0 ? r : gp_call_sync(ground->sys, ground->own); /* LEDGER may be new, and its name came before */
}

int gp_abandon(struct gp_ground *ground)
{
    int r = drop(ground, "JOURNAL");

    if (r == 0)
        r = gp_call_sync(ground->sys, ground->own);
    gp_ground_leave(ground);
    return r < 0 ? r : gp_litter_remove(ground);
}
