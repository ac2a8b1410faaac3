/* Appending to the ledger: each line once, after whatever stands there; and whether that would be possible at all. */
#include "act-helper.h"

#include "act/ledger.h"
#include "util/sys-help.h"

#define LINE(id)                                                                                                \
    "{\"id\":\"" id "\",\"kind\":\"attestation\",\"name\":\"n\",\"ruleset\":\"r\",\"who\":\"w\",\"host\":\"h\"," \
    "\"when\":\"2027-01-31T12:00:00Z\"}"

static void open_ground(const char *root, const struct gp_sys *sys, struct gp_ground *ret_ground)
{
    *ret_ground = (struct gp_ground)GP_GROUND_NOWHERE(sys);
    ret_ground->root = gp_sys_open_root(&gp_sys_linux, root);
    if (ret_ground->root >= 0)
        ret_ground->own = gp_sys_open_beneath(&gp_sys_linux, ret_ground->root, GP_OWN_NAME, O_RDONLY | O_DIRECTORY, 0);
    if (ret_ground->own < 0)
        bail("%s: no ground", root);
}

static int append(const char *root, const char *const *lines, size_t count)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_ground ground;

    open_ground(root, &gp_sys_linux, &ground);
    int r = gp_ledger_append(&ground, arena, lines, count);
    gp_ground_done(&ground);
    gp_arena_free(arena);
    return r;
}

/* ---- append -------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *before, *after; /* before NULL: there is no ledger */
} appends[] = {
    {"no ledger", NULL, LINE("1") "\n" LINE("2") "\n"},
    {"an empty one", "", LINE("1") "\n" LINE("2") "\n"},
    {"another line", LINE("0") "\n", LINE("0") "\n" LINE("1") "\n" LINE("2") "\n"},
    {"both are there", LINE("1") "\n" LINE("2") "\n", LINE("1") "\n" LINE("2") "\n"},
    {"the first is there", LINE("1") "\n", LINE("1") "\n" LINE("2") "\n"},
    {"the second is there", LINE("2") "\n", LINE("2") "\n" LINE("1") "\n"},
    {"both, and more since", LINE("1") "\n" LINE("2") "\n" LINE("3") "\n", LINE("1") "\n" LINE("2") "\n" LINE("3") "\n"},
    {"a torn line", "{\"id\":\"x", "{\"id\":\"x\n" LINE("1") "\n" LINE("2") "\n"},
    {"our own line, torn", "{\"id\":\"1\",\"ki", "{\"id\":\"1\",\"ki\n" LINE("1") "\n" LINE("2") "\n"},
    {"our own line without its end", LINE("1"), LINE("1") "\n" LINE("2") "\n"},
    {"the last without its end", LINE("1") "\n" LINE("2"), LINE("1") "\n" LINE("2") "\n"},
    {"junk", "junk\n", "junk\n" LINE("1") "\n" LINE("2") "\n"},
    {"blank lines", "\n\r\n", "\n\r\n" LINE("1") "\n" LINE("2") "\n"},
};

static void test_append(void)
{
    static const char *const lines[] = {LINE("1"), LINE("2")};
    static const char *const items[] = {"GATEPOST/", NULL};

    for (size_t i = 0; i < GP_COUNT(appends); i++) {
        struct gp_strbuf item = {0};
        char root[256];
        lab_tree(items, root);
        gp_strbuf_printf(&item, "GATEPOST/LEDGER=%s", appends[i].before ? appends[i].before : "");
        if (appends[i].before)
            lab_make(root, gp_strbuf_text(&item));
        gp_strbuf_done(&item);
        for (int times = 1; times <= 2; times++) {
            is_int(append(root, lines, GP_COUNT(lines)), 0, "%s: append", appends[i].name);
            char *text = lab_read(root, "GATEPOST/LEDGER");
            is_str(text, appends[i].after, "%s: what stands there, %d", appends[i].name, times);
            free(text);
        }
        lab_remove(root);
    }
}

/* A line that is none of ours must not get into it, nor one that would be two. */
static void test_refused(void)
{
    static const char *const bad[] = {"", "junk", "{}", LINE("1") "\n" LINE("2"), "{\"id\":\"1\"}"};
    static const char *const items[] = {"GATEPOST/", "GATEPOST/LEDGER=before\n", NULL};
    char root[256];

    lab_tree(items, root);
    for (size_t i = 0; i < GP_COUNT(bad); i++) {
        const char *const lines[] = {LINE("0"), bad[i]};
        is_int(append(root, lines, GP_COUNT(lines)), -EINVAL, "line %zu is refused", i);
        char *text = lab_read(root, "GATEPOST/LEDGER");
        is_str(text, "before\n", "and so is the one before it");
        free(text);
    }
    lab_remove(root);
}

/* ---- whether it can be done ---------------------------------------------------------------------------------- */

static void test_usable(void)
{
    static const struct {
        const char *name, *item;
        int result;
    } rows[] = {
        {"no ledger", NULL, 0},
        {"a file", "GATEPOST/LEDGER=x", 0},
        {"a directory", "GATEPOST/LEDGER/", -EINVAL},
        {"a link", "GATEPOST/LEDGER->../FILE", -EINVAL},
        {"a link to nowhere", "GATEPOST/LEDGER->nowhere", -EINVAL},
        {"a FIFO", "GATEPOST/LEDGER|", -EINVAL},
    };
    static const char *const items[] = {"FILE=x", "GATEPOST/", NULL};
    static const char *const lines[] = {LINE("1")};

    alarm(60); /* nobody waits for a FIFO */
    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        struct gp_ground ground;
        char root[256];
        lab_tree(items, root);
        if (rows[i].item)
            lab_make(root, rows[i].item);
        open_ground(root, &gp_sys_linux, &ground);
        is_int(gp_ledger_usable(&ground), rows[i].result, "%s: usable", rows[i].name);
        ok((append(root, lines, 1) == 0) == (rows[i].result == 0), "%s: and so is append", rows[i].name);
        char *text = lab_read(root, "FILE");
        is_str(text, "x", "%s: nothing was written through it", rows[i].name);
        free(text);
        gp_ground_done(&ground);
        lab_remove(root);
    }
}

/* Root writes what is read-only, so the table says no. */
static void test_errors(void)
{
    static const int errors[] = {EACCES, EROFS, EIO};
    static const char *const items[] = {"GATEPOST/", "GATEPOST/LEDGER=x", NULL};
    char root[256];

    lab_tree(items, root);
    for (size_t i = 0; i < GP_COUNT(errors); i++)
        for (size_t at = 1; at <= 2; at++) { /* stat, open */
            struct trouble trouble;
            struct gp_ground ground;
            open_ground(root, trouble_table(&trouble, TROUBLE_FAIL, at, errors[i]), &ground);
            is_int(gp_ledger_usable(&ground), -errors[i], "call %zu: %s", at, strerror(errors[i]));
            ground.sys = &gp_sys_linux;
            gp_ground_done(&ground);
        }
    lab_remove(root);
}

static void test_ids(void)
{
    struct gp_arena *arena = gp_arena_new(0);
    const struct timespec now = {1801398896, 0};
    const char *one = gp_ledger_new_id(arena, now), *two = gp_ledger_new_id(arena, now);

    ok(one && two && strcmp(one, two) != 0, "two ids of one instant differ");
    gp_arena_free(arena);
}

int main(void)
{
    test_append();
    test_refused();
    test_usable();
    test_errors();
    test_ids();
    return done_testing();
}
