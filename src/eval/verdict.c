/*
 * Verdicts: every requirement is decided and told, also after one has settled
 * the matter (language.md 7).
 */
#include "eval/verdict.h"

/* ---- one requirement --------------------------------------------------------------------------------------------- */

/* A waiver counts through its last day (UTC). */
bool gp_requirement_waived(const struct gp_eval *eval, const struct gp_requirement *requirement)
{
    const int64_t day = 24 * 60 * 60;

    if (!requirement->waived.data)
        return false;
    return requirement->until.type == GP_TYPE_ANY || (int64_t)eval->it->now.tv_sec < requirement->until.integer + day;
}

static int waive(struct gp_eval *eval, const struct gp_requirement *requirement, struct gp_requirement_verdict *verdict)
{
    verdict->waived = true;
    verdict->result = GP_NA;
    verdict->detail = gp_arena_printf(eval->arena, "waived: %.*s", GP_STR_ARG(requirement->waived));
    gp_proof_take(&verdict->that, gp_outcome_na(verdict->detail));
    verdict->that.at = requirement->waived_at;
    verdict->that.waived = true;
    return verdict->detail ? 0 : -ENOMEM;
}

/* Why the whole is unknown or n/a: the guard speaks first where it alone stands in the way. */
static void explain(struct gp_requirement_verdict *verdict)
{
    const struct gp_proof *who = &verdict->that;

    if (verdict->when.result == GP_NA)
        who = &verdict->when;
    if (verdict->result == GP_UNKNOWN && verdict->when.result == GP_UNKNOWN)
        if (verdict->that.result != GP_UNKNOWN || verdict->when.reason < verdict->that.reason)
            who = &verdict->when;
    if (verdict->result == GP_UNKNOWN || verdict->result == GP_NA) {
        verdict->reason = who->reason;
        verdict->detail = who->detail;
    }
    if (verdict->result == GP_NA && verdict->when.result == GP_FALSE)
        verdict->detail = "its guard (when) does not hold";
}

/* Decides `when` and `that`; `guard` says how the one counts for the other. */
static int decide_parts(struct gp_eval *eval, const struct gp_cond *when, const struct gp_cond *that,
                        enum gp_result (*guard)(enum gp_result when, enum gp_result guarded),
                        struct gp_requirement_verdict *verdict)
{
    int r = 0;

    verdict->when = (struct gp_proof){.result = GP_TRUE};
    verdict->that = (struct gp_proof){.result = GP_NA, .at = that->at, .cond = that};
    if (when)
        r = gp_eval_cond(eval, when, &verdict->when);
    if (r == 0 && (verdict->when.result == GP_TRUE || verdict->when.result == GP_UNKNOWN))
        r = gp_eval_cond(eval, that, &verdict->that);
    if (r < 0)
        return r;
    verdict->result = guard(verdict->when.result, verdict->that.result);
    explain(verdict);
    return 0;
}

/* What the verdict on one requirement rests on. */
static enum gp_basis basis_of(const struct gp_requirement_verdict *verdict, int own)
{
    enum gp_basis parts = gp_basis_weaker(verdict->that.basis, verdict->when.basis);

    if (verdict->result != GP_TRUE && verdict->result != GP_FALSE)
        return GP_BASIS_NONE;
    return gp_basis_weaker((enum gp_basis)own, parts);
}

/* Texts are made for those that somebody will read. */
static int render(struct gp_eval *eval, const struct gp_template *cause, const struct gp_remedy *remedy,
                  struct gp_requirement_verdict *verdict)
{
    if (cause && !(verdict->cause = gp_eval_text(eval, cause)))
        return -ENOMEM;
    if (remedy && remedy->text && !(verdict->remedy_text = gp_eval_text(eval, remedy->text)))
        return -ENOMEM;
    return 0;
}

int gp_decide_requirement(struct gp_eval *eval, const struct gp_requirement *requirement, bool texts,
                          struct gp_requirement_verdict *ret_verdict)
{
    const struct gp_otherwise *otherwise = requirement->otherwise;
    struct gp_requirement_verdict verdict = {.requirement = requirement, .when = {.result = GP_TRUE}};
    int r = gp_requirement_waived(eval, requirement)
                ? waive(eval, requirement, &verdict)
                : decide_parts(eval, requirement->when, requirement->that, gp_logic_guard, &verdict);

    if (r < 0)
        return r;
    verdict.basis = basis_of(&verdict, requirement->def.basis);
    if (otherwise) {
        verdict.message = otherwise->message ? otherwise->message->target : NULL;
        if (otherwise->remedy && otherwise->remedy->operation)
            verdict.remedy_operation = otherwise->remedy->operation->target;
        if (texts || verdict.result == GP_FALSE || verdict.result == GP_UNKNOWN)
            r = render(eval, otherwise->cause, otherwise->remedy, &verdict);
    }
    if (r == 0)
        *ret_verdict = verdict;
    return r;
}

/* A cause applies where both its guard and its condition hold: with a guard that is not known it is not shown to. */
static enum gp_result both(enum gp_result when, enum gp_result that)
{
    if (when == GP_FALSE || when == GP_NA || that == GP_NA)
        return GP_NA;
    return gp_logic_all((const enum gp_result[]){when, that}, 2);
}

int gp_decide_cause(struct gp_eval *eval, const struct gp_cause *cause, const struct gp_message *message,
                    struct gp_requirement_verdict *ret_verdict)
{
    struct gp_requirement_verdict verdict = {.message = message};
    int r = decide_parts(eval, cause->when, cause->that, both, &verdict);

    if (r < 0)
        return r;
    verdict.basis = basis_of(&verdict, cause->def.basis);
    if (cause->remedy && cause->remedy->operation)
        verdict.remedy_operation = cause->remedy->operation->target;
    r = render(eval, cause->cause, cause->remedy, &verdict);
    if (r == 0)
        *ret_verdict = verdict;
    return r;
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

/* What one requirement says of the whole. */
static enum gp_verdict_kind voice(const struct gp_case *it, const struct gp_requirement_verdict *verdict)
{
    bool strict = it->strict;

    if (verdict->result == GP_TRUE || verdict->result == GP_NA)
        return GP_ALLOWED;
    switch ((enum gp_severity)verdict->requirement->severity) {
    case GP_SEVERITY_WARN:
        return strict ? GP_DENIED : GP_ALLOWED;
    case GP_SEVERITY_NEED:
        if (verdict->result == GP_FALSE || strict)
            return GP_DENIED;
        return it->needs_must_hold ? GP_UNDETERMINED : GP_ALLOWED;
    case GP_SEVERITY_REFUSE:
        break;
    }
    return verdict->result == GP_FALSE ? GP_DENIED : GP_UNDETERMINED;
}

static enum gp_verdict_kind count_voices(const struct gp_case *it, const struct gp_verdict *verdict)
{
    enum gp_verdict_kind kind = GP_ALLOWED;

    for (size_t i = 0; i < verdict->requirement_count; i++) {
        enum gp_verdict_kind one = voice(it, &verdict->requirements[i]);

        if (one == GP_DENIED)
            return GP_DENIED;
        if (one == GP_UNDETERMINED)
            kind = GP_UNDETERMINED;
    }
    return kind;
}

/* Allowed: the weakest over what holds; denied: the strongest among what does not (language.md 8). */
static enum gp_basis verdict_basis(const struct gp_verdict *verdict)
{
    enum gp_basis basis = GP_BASIS_NONE;

    for (size_t i = 0; i < verdict->requirement_count; i++) {
        const struct gp_requirement_verdict *one = &verdict->requirements[i];

        if (one->requirement->severity == GP_SEVERITY_WARN)
            continue;
        if (verdict->kind == GP_ALLOWED && one->result == GP_TRUE)
            basis = gp_basis_weaker(basis, one->basis);
        if (verdict->kind == GP_DENIED && one->result == GP_FALSE)
            basis = gp_basis_stronger(basis, one->basis);
    }
    return basis;
}

static int decide_map(struct gp_eval *eval, const struct gp_map *requirements, struct gp_verdict *verdict)
{
    verdict->requirements = GP_NEW_ARRAY(eval->arena, struct gp_requirement_verdict, requirements->count + 1);
    if (!verdict->requirements)
        return -ENOMEM;
    for (size_t i = 0; i < requirements->count; i++) {
        int r = gp_decide_requirement(eval, requirements->data[i].value, false, &verdict->requirements[i]);

        if (r < 0)
            return r;
        verdict->requirement_count++;
    }
    verdict->kind = count_voices(eval->it, verdict);
    verdict->basis = verdict_basis(verdict);
    return 0;
}

static int decide(struct gp_eval *eval, const struct gp_map *requirements, struct gp_verdict *ret_verdict)
{
    struct gp_verdict verdict = {.operation = eval->operation, .audit = eval->operation->audit == GP_YESNO_YES};
    int r = gp_decide_state(eval, &verdict.state);

    if (r == 0)
        r = decide_map(eval, requirements, &verdict);
    if (r == 0)
        *ret_verdict = verdict;
    return r;
}

int gp_decide(struct gp_eval *eval, struct gp_verdict *ret_verdict)
{
    return decide(eval, &eval->operation->requires, ret_verdict);
}

int gp_decide_ensures(struct gp_eval *eval, struct gp_verdict *ret_verdict)
{
    return decide(eval, &eval->operation->ensures, ret_verdict);
}
