/* The tables of language.md 7 and 8, walked exhaustively. */
#include "eval/internal.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

#define F GP_FALSE
#define T GP_TRUE
#define U GP_UNKNOWN
#define N GP_NA

static const enum gp_result every[GP_RESULTS] = {F, T, U, N};

/* The pair tables as the language says them, in the order false, true, unknown, n/a. */
static const enum gp_result all_table[4][4] = {{F, F, F, F}, {F, T, U, T}, {F, U, U, U}, {F, T, U, N}};
static const enum gp_result any_table[4][4] = {{F, T, U, F}, {T, T, T, T}, {U, T, U, U}, {F, T, U, N}};
static const enum gp_result none_table[4][4] = {{T, F, U, T}, {F, F, F, F}, {U, F, U, U}, {T, F, U, N}};
static const enum gp_result guard_table[4][4] = {/* when */ {N, N, N, N}, {F, T, U, N}, {U, T, U, N}, {N, N, N, N}};

static void pairs(void)
{
    for (int a = 0; a < 4; a++)
        for (int b = 0; b < 4; b++) {
            const enum gp_result both[] = {every[a], every[b]};
            const char *x = gp_result_name(every[a]), *y = gp_result_name(every[b]);

            is_int(gp_logic_all(both, 2), all_table[a][b], "all: %s, %s", x, y);
            is_int(gp_logic_any(both, 2), any_table[a][b], "any: %s, %s", x, y);
            is_int(gp_logic_none(both, 2), none_table[a][b], "none: %s, %s", x, y);
            is_int(gp_logic_guard(every[a], every[b]), guard_table[a][b], "when %s guards %s", x, y);
        }
}

static void singles(void)
{
    static const enum gp_result negated[] = {T, F, U, N};

    for (int a = 0; a < 4; a++) {
        const char *x = gp_result_name(every[a]);

        is_int(gp_logic_not(every[a]), negated[a], "not: %s", x);
        is_int(gp_logic_all(&every[a], 1), every[a], "all of one: %s", x);
        is_int(gp_logic_any(&every[a], 1), every[a], "any of one: %s", x);
        is_int(gp_logic_none(&every[a], 1), negated[a], "none of one: %s", x);
    }
    is_int(gp_logic_all(NULL, 0), N, "all of nothing");
    is_int(gp_logic_any(NULL, 0), N, "any of nothing");
    is_int(gp_logic_none(NULL, 0), N, "none of nothing");
}

/* Lists of three fold from pairs in every order; so no order of any list matters. */
static void triples(void)
{
    unsigned wrong = 0;

    for (int i = 0; i < 64; i++) {
        const enum gp_result list[] = {every[i & 3], every[i >> 2 & 3], every[i >> 4 & 3]};
        const enum gp_result turned[] = {list[2], list[0], list[1]}, swapped[] = {list[1], list[0], list[2]};
        enum gp_result all = all_table[all_table[list[0]][list[1]]][list[2]];
        enum gp_result any = any_table[any_table[list[0]][list[1]]][list[2]];

        wrong += gp_logic_all(list, 3) != all || gp_logic_all(turned, 3) != all || gp_logic_all(swapped, 3) != all;
        wrong += gp_logic_any(list, 3) != any || gp_logic_any(turned, 3) != any || gp_logic_any(swapped, 3) != any;
        wrong += gp_logic_none(list, 3) != gp_logic_not(any);
        const enum gp_result negated[] = {gp_logic_not(list[0]), gp_logic_not(list[1]), gp_logic_not(list[2])};
        wrong += gp_logic_none(list, 3) != gp_logic_all(negated, 3);
        wrong += gp_logic_any(list, 3) != gp_logic_not(gp_logic_all(negated, 3)); /* De Morgan */
    }
    is_int(wrong, 0, "all 64 triples, in three orders, and De Morgan");
}

static void ifs(void)
{
    unsigned wrong = 0;

    for (int i = 0; i < 64; i++) {
        enum gp_result x = every[i & 3], y = every[i >> 2 & 3], z = every[i >> 4 & 3], wanted = N;

        if (x == T)
            wanted = y;
        if (x == F)
            wanted = z;
        if (x == U)
            wanted = y == z ? y : U;
        wrong += gp_logic_if(x, y, z) != wanted;
    }
    is_int(wrong, 0, "if: all 64");
}

/* What an unknown may turn out to be: a result that is known must be right for each outcome. */
static void sound(void)
{
    unsigned wrong = 0;

    for (int i = 0; i < 256; i++) {
        const enum gp_result list[] = {every[i & 3], every[i >> 2 & 3], every[i >> 4 & 3], every[i >> 6 & 3]};
        enum gp_result all = gp_logic_all(list, 4), any = gp_logic_any(list, 4);
        bool all_t = false, all_f = false, any_t = false, any_f = false;

        for (int world = 0; world < 16; world++) {
            enum gp_result known[4];

            for (int k = 0; k < 4; k++)
                known[k] = list[k] == U ? (world >> k & 1 ? T : F) : list[k];
            all_t |= gp_logic_all(known, 4) == T;
            all_f |= gp_logic_all(known, 4) == F;
            any_t |= gp_logic_any(known, 4) == T;
            any_f |= gp_logic_any(known, 4) == F;
        }
        wrong += (all == T && (all_f || !all_t)) || (all == F && (all_t || !all_f)) || (all == U && !(all_t && all_f));
        wrong += (any == T && (any_f || !any_t)) || (any == F && (any_t || !any_f)) || (any == U && !(any_t && any_f));
    }
    is_int(wrong, 0, "all and any of 4: true and false are right in every world, unknown where worlds differ");
}

static void intervals(void)
{
    unsigned wrong = 0;

    for (uint64_t least = 0; least < 6; least++)
        for (uint64_t most = least; most < 6; most++)
            for (uint64_t min = 0; min < 6; min++)
                for (uint64_t max = 0; max < 6; max++) {
                    bool in = false, out = false;

                    for (uint64_t x = least; x <= most; x++) {
                        in |= x >= min && x <= max;
                        out |= x < min || x > max;
                    }
                    enum gp_result wanted = in && out ? U : in ? T : F;
                    if (min <= max) /* an empty range is nobody's: the loader refuses it */
                        wrong += gp_logic_interval(least, most, min, max) != wanted;
                }
    is_int(wrong, 0, "intervals by brute force");
    is_int(gp_logic_interval(0, UINT64_MAX, 0, UINT64_MAX), T, "the widest interval");
    is_int(gp_logic_interval(UINT64_MAX, UINT64_MAX, 0, UINT64_MAX - 1), F, "just outside of it");
}

static void bases(void)
{
    for (enum gp_basis a = GP_BASIS_NONE; a <= GP_BASIS_STATED; a++)
        for (enum gp_basis b = GP_BASIS_NONE; b <= GP_BASIS_STATED; b++) {
            enum gp_basis weaker = !a ? b : !b ? a : a < b ? a : b;

            is_int(gp_basis_weaker(a, b), weaker, "weaker of '%s' and '%s'", gp_basis_name(a), gp_basis_name(b));
            is_int(gp_basis_stronger(a, b), a > b ? a : b, "stronger of '%s' and '%s'", gp_basis_name(a),
                   gp_basis_name(b));
        }
}

/* Four children, each of a result and a basis of its own: 16^4 lists against the words of section 8. */
static void bases_of_lists(void)
{
    unsigned wrong = 0;

    for (int i = 0; i < 65536; i++) {
        struct gp_proof children[4] = {0};
        enum gp_basis weakest[GP_RESULTS] = {0}, strongest[GP_RESULTS] = {0};

        for (int k = 0; k < 4; k++) {
            children[k].result = every[i >> (4 * k) & 3];
            children[k].basis = (enum gp_basis)(i >> (4 * k + 2) & 3);
            weakest[children[k].result] = gp_basis_weaker(weakest[children[k].result], children[k].basis);
            strongest[children[k].result] = gp_basis_stronger(strongest[children[k].result], children[k].basis);
        }
        wrong += gp_logic_basis_all(T, children, 4) != weakest[T];
        wrong += gp_logic_basis_all(F, children, 4) != strongest[F];
        wrong += gp_logic_basis_any(F, children, 4) != weakest[F];
        wrong += gp_logic_basis_any(T, children, 4) != strongest[T];
        wrong += gp_logic_basis_all(U, children, 4) || gp_logic_basis_any(N, children, 4);
    }
    is_int(wrong, 0, "basis of lists of four");
}

/* ---- proofs: the same, with reasons, whatever the order ---------------------------------------------------------- */

static const struct gp_proof sample[] = {
    {.result = T, .basis = GP_BASIS_STATED, .subject = "a"},
    {.result = N, .detail = "out", .subject = "b"},
    {.result = U, .reason = GP_REASON_NO_VALUE, .detail = "none", .subject = "c"},
    {.result = F, .basis = GP_BASIS_ASSUMED, .subject = "d"},
    {.result = U, .reason = GP_REASON_NO_PERMISSION, .detail = "closed", .subject = "e"},
    {.result = F, .basis = GP_BASIS_INFERRED, .subject = "f"},
    {.result = T, .basis = GP_BASIS_INFERRED, .subject = "g"},
};

static void shuffle(struct gp_proof *list, size_t count, uint32_t *seed)
{
    for (size_t i = count - 1; i > 0; i--) {
        *seed = *seed * 1664525u + 1013904223u;
        size_t k = (*seed >> 16) % (i + 1);
        struct gp_proof swap = list[i];
        list[i] = list[k];
        list[k] = swap;
    }
}

static bool same(const struct gp_proof *a, const struct gp_proof *b)
{
    return a->result == b->result && a->reason == b->reason && a->basis == b->basis &&
           (a->detail == b->detail || (a->detail && b->detail && strcmp(a->detail, b->detail) == 0));
}

static void orders(void)
{
    uint32_t seed = 7;
    unsigned wrong = 0;

    for (unsigned mask = 1; mask < 1u << GP_COUNT(sample); mask++) {
        struct gp_proof children[GP_COUNT(sample)], all = {0}, any = {0};
        size_t count = 0;

        for (size_t i = 0; i < GP_COUNT(sample); i++)
            if (mask >> i & 1)
                children[count++] = sample[i];
        all.children = any.children = children;
        all.child_count = any.child_count = count;
        gp_proof_all(&all);
        gp_proof_any(&any);
        for (int round = 0; round < 5; round++) {
            struct gp_proof again = {.children = children, .child_count = count};

            shuffle(children, count, &seed);
            gp_proof_all(&again);
            wrong += !same(&again, &all);
            gp_proof_any(&again);
            wrong += !same(&again, &any);
        }
    }
    is_int(wrong, 0, "all and any of every sublist, shuffled: the same result, reason, words and basis");
}

static int collect(const struct gp_proof *leaf, void *context)
{
    strcat(context, leaf->subject);
    return leaf->subject[0] == '!';
}

static void decisive(void)
{
    struct gp_proof leaves[] = {
        {.result = T, .subject = "a"}, {.result = F, .subject = "b"}, {.result = F, .subject = "c"}};
    struct gp_proof inner = {.children = leaves, .child_count = 3};
    struct gp_proof outer[] = {{.result = T, .subject = "d"}, {0}};
    struct gp_proof root = {.children = outer, .child_count = 2};
    char seen[16] = "";

    gp_proof_all(&inner);
    outer[1] = inner;
    gp_proof_all(&root);
    is_int(gp_proof_decisive(&root, collect, seen), 0, "goes through");
    is_str(seen, "bc", "only what made it false is decisive");

    leaves[1].subject = "!";
    seen[0] = '\0';
    is_int(gp_proof_decisive(&root, collect, seen), 1, "a visitor ends it");
    is_str(seen, "!", "at once");

    struct gp_proof spare[] = {{.result = U, .subject = "x", .spare = true}};
    struct gp_proof leaf = {.result = T, .subject = "y", .children = spare, .child_count = 1};
    seen[0] = '\0';
    gp_proof_decisive(&leaf, collect, seen);
    is_str(seen, "y", "a node with a subject and nothing decisive below is a leaf");
    leaf.subject = NULL;
    seen[0] = '\0';
    gp_proof_decisive(&leaf, collect, seen);
    is_str(seen, "", "a node without a subject is none");
}

static void growth(void)
{
    struct gp_arena *arena = gp_arena_new(0);
    struct gp_proof parent = {.at = {1, 2, 3}};
    bool kept = true;

    for (int i = 0; i < 100; i++) {
        struct gp_proof *child = gp_proof_add(arena, &parent);

        if (!child)
            bail("no memory");
        child->offender_count = (size_t)i;
    }
    for (int i = 0; i < 100; i++)
        kept &= parent.children[i].offender_count == (size_t)i && parent.children[i].at.offset == 2;
    ok(kept && parent.child_count == 100, "children are kept while a proof grows");
    gp_arena_free(arena);
    arena = gp_arena_new(sizeof(struct gp_proof) * 2);
    parent = (struct gp_proof){0};
    while (gp_proof_add(arena, &parent))
        ;
    ok(parent.child_count < 4, "without memory there is no child");
    gp_arena_free(arena);
}

int main(void)
{
    singles();
    pairs();
    triples();
    ifs();
    sound();
    intervals();
    bases();
    bases_of_lists();
    orders();
    decisive();
    growth();
    return done_testing();
}
