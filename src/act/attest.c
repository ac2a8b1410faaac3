/*
 * Attestations: a line in the ledger, under the lock.
 */
#include <errno.h>
#include <string.h>

#include "act/ledger.h"
#include "act/lock.h"
#include "act/run.h"
#include "probe/ledger.h"
#include "util/sys-help.h"

struct attesting {
    const struct gp_attest_options *options;
    struct gp_ground ground;
    struct gp_arena *arena;
    enum gp_run_status status;
    const char *problem;
};

GP_PRINTF(3, 4)
static int outcome(struct attesting *it, enum gp_run_status status, const char *format, ...)
{
    va_list args;

    it->status = status;
    va_start(args, format);
    it->problem = gp_arena_vprintf(it->arena, format, args);
    va_end(args);
    return it->problem ? 0 : -ENOMEM;
}

static int failed(struct attesting *it, const char *what, int error)
{
    bool unusable = error == -EACCES || error == -EPERM || error == -EROFS || error == -ENOTDIR || error == -ELOOP;

    if (error == -ENOMEM)
        return error;
    return outcome(it, unusable ? GP_RUN_UNUSABLE : GP_RUN_FAILED, "%s: %s", what, strerror(-error));
}

static int append_line(struct attesting *it)
{
    const struct gp_attest_options *options = it->options;
    struct gp_ledger_entry entry = {
        .kind = GP_LEDGER_ATTESTATION,
        .id = gp_ledger_new_id(it->arena, options->now),
        .name = gp_arena_printf(it->arena, "%.*s", GP_STR_ARG(options->attestation->def.id)),
        .who = options->who,
        .host = options->host,
        .reason = options->reason,
        .when = options->now,
    };
    struct gp_strbuf out = {0};

    if (!entry.id || !entry.name || gp_ledger_name_rules(it->arena, options->rules, &entry) < 0)
        return -ENOMEM;
    gp_ledger_format(&out, &entry);
    const char *line = gp_strbuf_ok(&out) && out.len ? gp_arena_memdup(it->arena, out.data, out.len - 1) : NULL;
    gp_strbuf_done(&out);
    int r = line ? gp_ledger_append(&it->ground, it->arena, &line, 1) : -ENOMEM;
    if (r == 0)
        r = gp_call_sync(it->ground.sys, it->ground.own);
    if (r == 0) /* GATEPOST itself may be new */
        r = gp_call_sync(it->ground.sys, it->ground.root);
    return r < 0 ? failed(it, GP_OWN_NAME "/LEDGER", r) : 0;
}

static int attest_locked(struct attesting *it)
{
    int r = gp_own_interrupted(&it->ground);

    if (r > 0)
        return outcome(it, GP_RUN_INTERRUPTED, "an earlier run was interrupted here");
    return r < 0 ? failed(it, GP_OWN_NAME, r) : append_line(it);
}

static int attest(struct attesting *it)
{
    const struct gp_attest_options *options = it->options;
    const struct gp_lock_text text = {
        .who = options->who, .host = options->host, .operation = "attest", .now = options->now};
    const struct gp_holder *holder;
    int r = gp_own_open(&it->ground, true);

    if (r < 0)
        return failed(it, GP_OWN_NAME, r);
    int lock = gp_own_lock(&it->ground, &text, it->arena, &holder);
    if (lock == -EAGAIN)
        return outcome(it, GP_RUN_BUSY, "%s", holder->words);
    if (lock < 0)
        return failed(it, GP_OWN_NAME "/LOCK", lock);
    r = attest_locked(it);
    gp_sys_close(it->ground.sys, &lock);
    return r;
}

int gp_attest(const struct gp_attest_options *options, struct gp_arena *arena, enum gp_run_status *ret_status,
              const char **ret_problem)
{
    struct attesting it = {
        .options = options,
        .ground = GP_GROUND_NOWHERE(options->sys ? options->sys : &gp_sys_linux),
        .arena = arena,
        .status = GP_RUN_DONE,
    };
    int r;

    it.ground.root = gp_sys_open_root(it.ground.sys, options->directory);
    if (it.ground.root < 0)
        r = it.ground.root == -ENOMEM ? -ENOMEM : outcome(&it, GP_RUN_UNUSABLE, "%s", strerror(-it.ground.root));
    else
        r = attest(&it);
    gp_ground_done(&it.ground);
    if (r < 0)
        return r;
    *ret_status = it.status;
    *ret_problem = it.problem;
    return 0;
}
