/*
 * Facets that set a file against another: newer-than, same-size-as,
 * same-content-as, has.  One that is not there makes them false.
 */
#include "eval/facets.h"
#include "eval/families.h"
#include "eval/words.h"

/* The other file of a facet. */
struct other {
    struct gp_entry *entry;
    const struct gp_facts *facts; /* never NULL once it is settled */
    const char *path;             /* "" while only results count */
};

/* Looks for it.  `*ret_settled`: the facet is decided, as there is no such file or it could not be told. */
static int find_other(struct gp_eval *eval, const struct gp_facet *facet, struct other *ret, bool *ret_settled,
                      struct gp_proof *proof)
{
    static const struct gp_facts absent = {.present = GP_TRI_NO};
    const struct gp_paths *paths = facet->data;
    struct gp_outcome outcome;
    struct other other = {.path = ""};
    int r = gp_eval_entry(eval, paths->data[0], &other.entry, &outcome);
    if (r < 0) {
        return r;
    }
    *ret_settled = true;
    if (outcome.result != GP_TRUE) {
        gp_proof_take(proof, outcome);
        return 0;
    }
    other.facts = other.entry ? gp_probe_facts(eval->here->probe, other.entry) : &absent;
    if (!eval->terse) {
        bool there = other.facts->present == GP_TRI_YES;
        other.path = there ? gp_words_path(eval, other.entry) : gp_eval_path_text(eval, paths->data[0]);
        if (!other.path) {
            return -ENOMEM;
        }
    }
    *ret = other;
    if (other.facts->present == GP_TRI_UNKNOWN) {
        return gp_facet_unknown(eval, other.entry, other.facts->reason, proof);
    }
    if (other.facts->present == GP_TRI_NO) {
        proof->result = GP_FALSE;
        return gp_say(eval, &proof->found, "%s is not there", other.path);
    }
    *ret_settled = false;
    return 0;
}

/* The same for one that must be a regular file; `verb` begins what is expected. */
static int find_file(struct gp_eval *eval, const struct gp_facet *facet, const char *verb, struct other *ret,
                     bool *ret_settled, struct gp_proof *proof)
{
    struct other other = {.path = ""};
    int r = find_other(eval, facet, &other, ret_settled, proof);
    if (r == 0 && other.facts) {
        r = gp_say(eval, &proof->expected, "%s %s", verb, other.path);
    }
    if (r < 0 || *ret_settled) {
        return r;
    }
    *ret = other;
    if (other.facts->type != GP_FILETYPE_FILE) {
        *ret_settled = true;
        proof->result = GP_FALSE;
        return gp_say(eval, &proof->found, "%s is no regular file", other.path);
    }
    return 0;
}

/* ---- newer-than -------------------------------------------------------------------------------------------------- */

static bool is_later(struct timespec a, struct timespec b)
{
    return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static int decide_newer(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                        struct gp_proof *proof)
{
    struct other other = {.path = ""};
    bool settled = false;
    int r = find_other(eval, facet, &other, &settled, proof);
    if (r == 0 && other.facts) {
        r = gp_say(eval, &proof->expected, "newer than %s", other.path);
    }
    if (r < 0 || settled) {
        return r;
    }
    struct timespec own = gp_probe_facts(eval->here->probe, entry)->mtime;
    const char *own_time = gp_words_time(eval, own);
    const char *other_time = gp_words_time(eval, other.facts->mtime);
    if (!own_time || !other_time) {
        return -ENOMEM;
    }
    proof->result = is_later(own, other.facts->mtime) ? GP_TRUE : GP_FALSE;
    proof->value = (struct gp_value){.type = GP_TYPE_DATE, .integer = own.tv_sec};
    return gp_say(eval, &proof->found, "%s, the other %s", own_time, other_time);
}

/* ---- same-size-as, same-content-as ------------------------------------------------------------------------------- */

static int say_sizes(struct gp_eval *eval, uint64_t own, uint64_t other, struct gp_proof *proof)
{
    const char *one = gp_words_size(eval, own);
    const char *two = gp_words_size(eval, other);
    if (!one || !two) {
        return -ENOMEM;
    }
    return own == other ? gp_say(eval, &proof->found, "%s", one)
                        : gp_say(eval, &proof->found, "%s, the other %s", one, two);
}

/* Compares sizes; `*ret_settled`: they differ, or the other file could not be told. */
static int compare_sizes(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry, const char *verb,
                         struct other *other, bool *ret_settled, struct gp_proof *proof)
{
    int r = find_file(eval, facet, verb, other, ret_settled, proof);
    if (r < 0 || *ret_settled) {
        return r;
    }
    uint64_t own = gp_probe_facts(eval->here->probe, entry)->size;
    proof->result = own == other->facts->size ? GP_TRUE : GP_FALSE;
    proof->value = (struct gp_value){.type = GP_TYPE_SIZE, .integer = gp_size_signed(own)};
    *ret_settled = own != other->facts->size;
    return say_sizes(eval, own, other->facts->size, proof);
}

static int decide_same_size(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                            struct gp_proof *proof)
{
    struct other other = {.path = ""};
    bool settled = false;
    return compare_sizes(eval, facet, entry, "the size of", &other, &settled, proof);
}

static int decide_same_content(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                               struct gp_proof *proof)
{
    struct other other = {.path = ""};
    bool settled = false;
    int r = compare_sizes(eval, facet, entry, "the content of", &other, &settled, proof);
    if (r < 0 || settled) {
        return r;
    }
    struct gp_sameness it = gp_raw_same(eval, entry, other.entry);
    switch (it.same) {
    case GP_MATCH_YES:
        proof->result = GP_TRUE;
        return gp_say(eval, &proof->found, "the same %s", proof->found);
    case GP_MATCH_NO:
        proof->result = GP_FALSE;
        return gp_say(eval, &proof->found, "they differ at 0x%llx", (unsigned long long)it.offset);
    case GP_MATCH_LIMIT:
        break;
    }
    proof->found = NULL;
    return gp_facet_unknown(eval, it.unread, it.reason, proof);
}

/* ---- has --------------------------------------------------------------------------------------------------------- */

static int decide_has(struct gp_eval *eval, const struct gp_facet *facet, struct gp_entry *entry,
                      struct gp_proof *proof)
{
    struct other other = {.path = ""};
    bool settled = false;
    (void)entry;
    int r = find_other(eval, facet, &other, &settled, proof);
    if (r == 0 && other.facts) {
        r = gp_say(eval, &proof->expected, "%s is there", other.path);
    }
    if (r < 0 || settled) {
        return r;
    }
    proof->result = GP_TRUE;
    return gp_say(eval, &proof->found, "%s is there", other.path);
}

/* ---- table ------------------------------------------------------------------------------------------------------- */

#define PATH(name, text) {name, GP_KIND_PATHS, .help = text}

const struct gp_facet_def gp_facets_relation[] = {
    {.key = "newer-than", .flags = GP_FACET_FILES | GP_FACET_DIRECTORIES, .cost = 15, .size = sizeof(struct gp_paths),
     .decide = decide_newer,
     .value = PATH("newer-than", "it was changed later than what is at this path; false if nothing is there"),
     .example = "{ file: index/system.idx, newer-than: queue/system.que }"},
    {.key = "same-size-as", .flags = GP_FACET_FILES, .cost = 15, .size = sizeof(struct gp_paths),
     .decide = decide_same_size,
     .value = PATH("same-size-as", "it has as many bytes as this file; false if that is not there"),
     .example = "{ file: data/names.db, same-size-as: data/names.bak }"},
    {.key = "same-content-as", .flags = GP_FACET_FILES, .cost = 5000, .size = sizeof(struct gp_paths),
     .decide = decide_same_content,
     .value = PATH("same-content-as", "it holds the same bytes as this file; false if that is not there"),
     .example = "{ file: data/names.db, same-content-as: data/names.bak }"},
    {.key = "has", .flags = GP_FACET_FILES | GP_FACET_DIRECTORIES, .cost = 30, .size = sizeof(struct gp_paths),
     .decide = decide_has,
     .value = PATH("has", "its partner is there; ${name} is the file's name, ${stem} that without its last extension"),
     .example = "{ each: \"queue/*.que\", has: \"index/${stem}.idx\" }"},
    {0},
};
