#include "eval/logic.h"

enum gp_result gp_logic_not(enum gp_result x)
{
    switch (x) {
    case GP_TRUE:
        return GP_FALSE;
    case GP_FALSE:
        return GP_TRUE;
    default:
        return x;
    }
}

/* A list of which one `decider` decides, and which otherwise comes to `rest`. */
static enum gp_result reduce(const size_t counts[GP_RESULTS], enum gp_result decider, enum gp_result rest)
{
    if (counts[decider] > 0)
        return decider;
    if (counts[GP_UNKNOWN] > 0)
        return GP_UNKNOWN;
    return counts[rest] > 0 ? rest : GP_NA;
}

enum gp_result gp_logic_all_counts(const size_t counts[GP_RESULTS])
{
    return reduce(counts, GP_FALSE, GP_TRUE);
}

enum gp_result gp_logic_any_counts(const size_t counts[GP_RESULTS])
{
    return reduce(counts, GP_TRUE, GP_FALSE);
}

static void tally(const enum gp_result *results, size_t count, size_t ret_counts[GP_RESULTS])
{
    for (size_t i = 0; i < count; i++)
        ret_counts[results[i]]++;
}

enum gp_result gp_logic_all(const enum gp_result *results, size_t count)
{
    size_t counts[GP_RESULTS] = {0};

    tally(results, count, counts);
    return gp_logic_all_counts(counts);
}

enum gp_result gp_logic_any(const enum gp_result *results, size_t count)
{
    size_t counts[GP_RESULTS] = {0};

    tally(results, count, counts);
    return gp_logic_any_counts(counts);
}

enum gp_result gp_logic_none(const enum gp_result *results, size_t count)
{
    return gp_logic_not(gp_logic_any(results, count)); /* all of not = not any */
}

enum gp_result gp_logic_if(enum gp_result condition, enum gp_result then, enum gp_result otherwise)
{
    switch (condition) {
    case GP_TRUE:
        return then;
    case GP_FALSE:
        return otherwise;
    case GP_UNKNOWN:
        return then == otherwise ? then : GP_UNKNOWN;
    case GP_NA:
        break;
    }
    return GP_NA;
}

enum gp_result gp_logic_guard(enum gp_result when, enum gp_result guarded)
{
    switch (when) {
    case GP_TRUE:
        return guarded;
    case GP_UNKNOWN:
        return guarded == GP_TRUE || guarded == GP_NA ? guarded : GP_UNKNOWN;
    case GP_FALSE:
    case GP_NA: /* what the guard speaks of was itself taken out */
        break;
    }
    return GP_NA;
}

enum gp_result gp_logic_interval(uint64_t least, uint64_t most, uint64_t min, uint64_t max)
{
    if (most < min || least > max)
        return GP_FALSE;
    return least >= min && most <= max ? GP_TRUE : GP_UNKNOWN;
}

enum gp_basis gp_basis_weaker(enum gp_basis a, enum gp_basis b)
{
    if (a == GP_BASIS_NONE || b == GP_BASIS_NONE)
        return a == GP_BASIS_NONE ? b : a;
    return a < b ? a : b;
}

enum gp_basis gp_basis_stronger(enum gp_basis a, enum gp_basis b)
{
    return a > b ? a : b;
}

/* Over the children that came to `result`. */
static enum gp_basis combine(enum gp_result result, const struct gp_proof *children, size_t count,
                             enum gp_basis (*of)(enum gp_basis a, enum gp_basis b))
{
    enum gp_basis basis = GP_BASIS_NONE;

    for (size_t i = 0; i < count; i++)
        if (children[i].result == result)
            basis = of(basis, children[i].basis);
    return basis;
}

enum gp_basis gp_logic_basis_all(enum gp_result result, const struct gp_proof *children, size_t count)
{
    if (result == GP_TRUE)
        return combine(GP_TRUE, children, count, gp_basis_weaker);
    if (result == GP_FALSE)
        return combine(GP_FALSE, children, count, gp_basis_stronger);
    return GP_BASIS_NONE; /* nothing is claimed, so nothing rests on anything */
}

enum gp_basis gp_logic_basis_any(enum gp_result result, const struct gp_proof *children, size_t count)
{
    if (result == GP_TRUE)
        return combine(GP_TRUE, children, count, gp_basis_stronger);
    if (result == GP_FALSE)
        return combine(GP_FALSE, children, count, gp_basis_weaker);
    return GP_BASIS_NONE;
}
