/*
 * Listing directories, each once.
 */
#include <errno.h>

#include "probe/internal.h"

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

enum gp_reason gp_probe_list(struct gp_probe *probe, struct gp_entry *directory, const struct gp_listing **ret_listing)
{
    const struct gp_facts *facts = gp_entry_look(probe, directory);
    struct gp_listing *listing = NULL;

    if (facts->present == GP_TRI_UNKNOWN)
        return facts->reason;
    if (facts->present == GP_TRI_NO || facts->type != GP_FILETYPE_DIRECTORY) {
        *ret_listing = &probe->nothing;
        return GP_REASON_NONE;
    }
    enum gp_reason reason = gp_folder_list(probe, directory, &listing);
    struct gp_folder *folder = gp_entry_folder(probe, directory);
    if (folder)
        folder->asked = true;
    if (reason == GP_REASON_NONE)
        *ret_listing = listing;
    return reason;
}
