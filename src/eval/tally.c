#include "eval/tally.h"

#include "eval/words.h"

static int visit(void *context, const struct gp_files_hit *hit)
{
    struct gp_tally *tally = context;
    if (!hit->open && (!hit->facts || hit->facts->present == GP_TRI_YES)) {
        tally->known++;
        return 0;
    }
    bool first = !tally->entry || hit->reason < tally->reason ||
                 (hit->reason == tally->reason && gp_files_key_compare(&hit->key, &tally->key) < 0);
    if (first) {
        tally->reason = hit->reason;
        tally->entry = hit->entry;
        tally->key = hit->key;
    }
    tally->open = tally->open || hit->open;
    tally->unknown += hit->open ? 0 : 1;
    return 0;
}

int gp_tally(struct gp_eval *eval, const struct gp_paths *paths, struct gp_tally *ret, struct gp_outcome *ret_outcome)
{
    struct gp_tally tally = {.known = 0};
    const struct gp_files_visitor visitor = {.visit = visit, .context = &tally, .names = true};
    int r = gp_files_each(eval, paths, NULL, &visitor, ret_outcome);
    if (r == 0) {
        *ret = tally;
    }
    return r;
}

int gp_tally_words(struct gp_eval *eval, const struct gp_tally *tally, const char **ret_text)
{
    if (tally->known == 0 && tally->unknown == 0 && !tally->open) {
        *ret_text = "matches nothing";
        return 0;
    }
    const char *known = gp_words_count(eval, tally->known, "name", "names");
    if (!known) {
        return -ENOMEM;
    }
    if (tally->open) {
        return gp_say(eval, ret_text, "at least %s", known);
    }
    if (tally->unknown == 0) {
        return gp_say(eval, ret_text, "%s", known);
    }
    return gp_say(eval, ret_text, "%s, and %llu that cannot be told", known, (unsigned long long)tally->unknown);
}
