/*
 * Attestations: what people vouched for, and for how long that counts.
 */
#include "eval/internal.h"

#include <stdio.h>

#include "util/clock.h"
#include "util/text.h"

int64_t gp_vouch_age(const struct gp_eval *eval, struct timespec when)
{
    const struct timespec now = eval->it->now;
    int64_t seconds;

    if (__builtin_sub_overflow((int64_t)now.tv_sec, (int64_t)when.tv_sec, &seconds))
        return when.tv_sec < 0 ? INT64_MAX : INT64_MIN;
    return seconds - (now.tv_nsec < when.tv_nsec && seconds > INT64_MIN); /* whole seconds, rounded down */
}

const struct gp_assumed *gp_vouch_assumed(const struct gp_case *it, struct gp_str id)
{
    for (size_t i = it->assumed_count; i > 0; i--)
        if (gp_str_equal(it->assumed[i - 1].id, id))
            return &it->assumed[i - 1];
    return NULL;
}

struct gp_ledger_sets gp_vouch_sets(const struct gp_eval *eval)
{
    const struct gp_strs *lineage = &eval->it->rules->lineage;

    return (struct gp_ledger_sets){lineage->data, lineage->count};
}

/* "2 h 5 min", the two largest units. */
static void how_long(uint64_t seconds, char *text, size_t size)
{
    static const struct {
        uint64_t seconds;
        const char *name;
    } units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
    size_t i = 0;

    while (i + 2 < GP_COUNT(units) && seconds < units[i].seconds)
        i++;
    unsigned long long more = seconds / units[i].seconds, less = seconds % units[i].seconds / units[i + 1].seconds;
    if (more && less)
        snprintf(text, size, "%llu %s %llu %s", more, units[i].name, less, units[i + 1].name);
    else
        snprintf(text, size, "%llu %s", more ? more : less, units[more ? i : i + 1].name);
}

const char *gp_vouch_future(struct gp_eval *eval, const char *what, int64_t age)
{
    char text[64];

    how_long(-(uint64_t)age, text, sizeof(text));
    return what ? gp_arena_printf(eval->arena, "%s lies %s in the future: a clock is or was wrong", what, text) : NULL;
}

const char *gp_vouch_text(struct gp_eval *eval, const struct gp_ledger_entry *entry)
{
    const char *reason = entry->reason ? entry->reason : "";
    char when[GP_TIME_SIZE];

    gp_time_format(entry->when, when);
    return gp_arena_printf(eval->arena, "attested by %s at %s%s%s", entry->who ? entry->who : "somebody", when,
                           reason[0] ? ": " : "", reason);
}

static int not_attested(struct gp_outcome *ret_outcome, const char *detail)
{
    if (!detail)
        return -ENOMEM;
    *ret_outcome = gp_outcome_unknown(GP_REASON_NOT_ATTESTED, detail);
    return 0;
}

int gp_vouch_judge(struct gp_eval *eval, const struct gp_ledger_entry *entry, const struct gp_value *within,
                   struct gp_outcome *ret_outcome)
{
    char duration[48];
    const char *text;
    int64_t age;

    if (!entry)
        return not_attested(ret_outcome, gp_reason_words(GP_REASON_NOT_ATTESTED));
    age = gp_vouch_age(eval, entry->when);
    if (age >= 0 && (within->type == GP_TYPE_ANY || age <= within->integer)) {
        *ret_outcome = GP_OUTCOME_TRUE;
        return 0;
    }
    text = gp_vouch_text(eval, entry);
    if (!text)
        return -ENOMEM;
    if (age < 0)
        return not_attested(ret_outcome, gp_vouch_future(eval, gp_arena_printf(eval->arena, "%s, which", text), age));
    gp_duration_format((uint64_t)within->integer, duration, sizeof(duration));
    return not_attested(ret_outcome,
                        gp_arena_printf(eval->arena, "%s, which holds for %s and is over", text, duration));
}
