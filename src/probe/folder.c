/*
 * Listing directories, each once.
 */
#include <errno.h>

#include "probe/internal.h"
#include "probe/record.h"
#include "util/glob.h"

/* Asks the backend; 0 or a negative errno. */
static int list_names(struct gp_probe *probe, struct gp_entry *directory, struct gp_folder *folder)
{
    struct gp_names names = {
        .limit = probe->options.list_limit,
        .hide_own = !directory->parent,
        .fold = probe->options.fold,
    };
    struct gp_listing *listing = GP_NEW(probe->arena, struct gp_listing);

    if (!listing)
        return -ENOMEM;
    int r = probe->backend->ops->list(probe->backend, directory, &names);
    if (r >= 0)
        r = gp_listing_take(listing, &names);
    gp_names_done(&names);
    if (r < 0)
        return r;
    listing->directory = directory;
    listing->next = probe->listings;
    probe->listings = listing;
    folder->listing = listing;
    return 0;
}

enum gp_reason gp_folder_list(struct gp_probe *probe, struct gp_entry *directory, struct gp_listing **ret_listing)
{
    struct gp_folder *folder = gp_entry_folder(probe, directory);

    if (!folder)
        return gp_reason_of_errno(ENOMEM);
    if (!folder->listed) {
        int r = list_names(probe, directory, folder);
        folder->reason = gp_reason_of_errno(r);
        folder->listed = true;
    }
    if (folder->reason == GP_REASON_NONE)
        *ret_listing = folder->listing;
    return folder->reason;
}

/* Whether there is something to list; if not, `*ret_reason`: NONE with an empty listing, or why it cannot be told. */
static bool is_folder(struct gp_probe *probe, struct gp_entry *directory, const struct gp_listing **ret_listing,
                      enum gp_reason *ret_reason)
{
    const struct gp_facts *facts = gp_entry_look(probe, directory);

    if (facts->present == GP_TRI_YES && facts->type == GP_FILETYPE_DIRECTORY)
        return true;
    *ret_reason = facts->present == GP_TRI_UNKNOWN ? facts->reason : GP_REASON_NONE;
    if (*ret_reason == GP_REASON_NONE)
        *ret_listing = &probe->nothing;
    return false;
}

enum gp_reason gp_probe_list(struct gp_probe *probe, struct gp_entry *directory, const struct gp_listing **ret_listing)
{
    struct gp_listing *listing = NULL;
    enum gp_reason reason;

    if (!is_folder(probe, directory, ret_listing, &reason))
        return reason;
    struct gp_folder *folder = gp_entry_folder(probe, directory);
    if (probe->recorded) /* no record has all names */
        return folder && folder->reason ? folder->reason : GP_REASON_NOT_RECORDED;
    reason = gp_folder_list(probe, directory, &listing);
    if (folder)
        folder->asked = true;
    if (reason == GP_REASON_NONE)
        *ret_listing = listing;
    return reason;
}

bool gp_folder_covers(const struct gp_folder *folder, struct gp_str name, bool fold)
{
    for (size_t i = 0; i < folder->globs.count; i++)
        if (gp_glob_part_match(folder->globs.entries[i].value, name, fold))
            return true;
    return false;
}

static enum gp_reason recorded_glob(struct gp_probe *probe, struct gp_entry *directory, struct gp_str glob,
                                    const struct gp_listing **ret_listing)
{
    const struct gp_folder *folder = gp_entry_folder(probe, directory);

    if (!folder || folder->reason)
        return folder ? folder->reason : gp_reason_of_errno(ENOMEM);
    if (!gp_strmap_get(&folder->globs, glob))
        return GP_REASON_NOT_RECORDED;
    *ret_listing = folder->listing ? folder->listing : &probe->nothing;
    return GP_REASON_NONE;
}

enum gp_reason gp_probe_glob(struct gp_probe *probe, struct gp_entry *directory, const struct gp_glob_part *glob,
                             const struct gp_listing **ret_listing)
{
    const struct gp_listing *listing = NULL;
    enum gp_reason reason;

    if (!is_folder(probe, directory, ret_listing, &reason))
        return reason;
    if (probe->recorded)
        return recorded_glob(probe, directory, glob->text, ret_listing);
    reason = gp_probe_list(probe, directory, &listing);
    if (probe->options.recording && gp_folder_keep_glob(probe, directory, glob->text) < 0)
        return gp_reason_of_errno(ENOMEM);
    if (reason == GP_REASON_NONE)
        *ret_listing = listing;
    return reason;
}

enum gp_reason gp_probe_count(struct gp_probe *probe, struct gp_entry *directory, uint64_t *ret_count)
{
    const struct gp_listing *listing = NULL;
    struct gp_folder *folder = gp_entry_folder(probe, directory);

    if (!folder)
        return gp_reason_of_errno(ENOMEM);
    if (!probe->recorded || !folder->counted) {
        enum gp_reason reason = gp_probe_list(probe, directory, &listing);
        if (reason)
            return reason;
        folder->counted = true;
        folder->count = gp_listing_count(listing);
    }
    *ret_count = folder->count;
    return GP_REASON_NONE;
}
