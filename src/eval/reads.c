#include "eval/reads.h"

#include "eval/words.h"

int gp_read_leaf(struct gp_eval *eval, const struct gp_read *read, const char *path, struct gp_reading *ret)
{
    struct gp_proof *leaf = path ? GP_NEW(eval->arena, struct gp_proof) : NULL;
    if (!leaf) {
        return -ENOMEM;
    }
    leaf->at = read->at;
    leaf->subject = read->def->key;
    leaf->path = path;
    leaf->under = eval->here->under;
    ret->proof = leaf;
    return 0;
}

int gp_read_none(struct gp_eval *eval, const char *path, enum gp_reason reason, const char *why, struct gp_reading *ret)
{
    const char *detail = gp_arena_printf(eval->arena, "%s: %s", path, why);
    if (!detail) {
        return -ENOMEM;
    }
    gp_reading_unknown(ret, reason, detail);
    return 0;
}

int gp_read_lacks(struct gp_eval *eval, const struct gp_look *look, const struct gp_raw *raw, struct gp_reading *ret)
{
    if (raw->kind == GP_RAW_UNKNOWN) {
        return gp_read_none(eval, look->path, raw->reason, gp_reason_words(raw->reason), ret);
    }
    const char *lack = gp_raw_lack(eval, raw);
    return lack ? gp_read_none(eval, look->path, GP_REASON_NO_VALUE, lack, ret) : -ENOMEM;
}

/* Why what stands at the path has no value to read; NULL if it has. */
static const char *missing(const struct gp_facts *facts, bool file)
{
    if (!facts || facts->present == GP_TRI_NO) {
        return "it is not there";
    }
    if (facts->present == GP_TRI_UNKNOWN) {
        return gp_reason_words(facts->reason);
    }
    if (!file || facts->type == GP_FILETYPE_FILE) {
        return NULL;
    }
    return facts->type == GP_FILETYPE_DIRECTORY ? "it is a directory" : "it is neither a file nor a directory";
}

int gp_read_look(struct gp_eval *eval, const struct gp_read *read, const struct gp_pathexpr *path, bool file,
                 struct gp_look *ret_look, bool *ret_there, struct gp_reading *ret)
{
    struct gp_outcome outcome;
    struct gp_look look = {.entry = NULL};
    int r = gp_eval_entry(eval, path, &look.entry, &outcome);
    if (r < 0) {
        return r;
    }
    look.facts = look.entry ? gp_probe_facts(eval->here->probe, look.entry) : NULL;
    bool present = look.facts && look.facts->present == GP_TRI_YES;
    look.path = present ? gp_words_path(eval, look.entry) : gp_eval_path_text(eval, path);
    r = gp_read_leaf(eval, read, look.path, ret);
    if (r < 0) {
        return r;
    }
    *ret_there = false;
    if (outcome.result != GP_TRUE) {
        gp_reading_take(ret, outcome);
        return 0;
    }
    const char *why = missing(look.facts, file);
    if (why) {
        bool unknown = look.facts && look.facts->present == GP_TRI_UNKNOWN;
        return gp_read_none(eval, look.path, unknown ? look.facts->reason : GP_REASON_NO_VALUE, why, ret);
    }
    *ret_look = look;
    *ret_there = true;
    return 0;
}
