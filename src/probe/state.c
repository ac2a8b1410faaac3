/*
 * What a file shows beside its bytes: attributes, whether it can be written,
 * locks; and the space that is left.
 */
#include <errno.h>

#include "probe/internal.h"

#define WRITE_BITS (S_IWUSR | S_IWGRP | S_IWOTH)

static struct gp_attributes look_attributes(struct gp_probe *probe, struct gp_entry *entry)
{
    struct gp_attributes attributes = {0};

    if (!gp_entry_present(probe, entry, &attributes.reason))
        return attributes;
    if (entry->facts.type != GP_FILETYPE_OTHER) { /* which nobody opens */
        int r = probe->backend->ops->attributes(probe->backend, entry, &attributes.known, &attributes.set);
        if (r < 0)
            return (struct gp_attributes){.reason = gp_reason_of_errno(r)};
    }
    if (!(attributes.known & GP_ATTRIBUTE_READ_ONLY)) {
        attributes.known |= GP_ATTRIBUTE_READ_ONLY;
        attributes.set |= entry->facts.mode & WRITE_BITS ? 0 : GP_ATTRIBUTE_READ_ONLY;
    }
    return attributes;
}

struct gp_attributes gp_probe_attributes(struct gp_probe *probe, struct gp_entry *entry)
{
    struct gp_extra *extra = gp_entry_extra(probe, entry);

    if (!extra)
        return (struct gp_attributes){.reason = gp_reason_of_errno(ENOMEM)};
    if (!extra->has_attributes) {
        extra->attributes = look_attributes(probe, entry);
        extra->has_attributes = true;
    }
    return extra->attributes;
}

static struct gp_answer unknown_answer(enum gp_reason reason)
{
    return (struct gp_answer){.value = GP_TRI_UNKNOWN, .reason = reason};
}

/* The cheapest look first; each can say no, only all of them yes. */
static struct gp_answer look_writable(struct gp_probe *probe, struct gp_entry *entry)
{
    enum gp_reason reason = GP_REASON_NONE;

    if (!gp_entry_present(probe, entry, &reason))
        return unknown_answer(reason);
    if (!(entry->facts.mode & WRITE_BITS))
        return (struct gp_answer){GP_TRI_NO, GP_REASON_NONE, "nobody has write permission"};
    int read_only = probe->backend->ops->read_only(probe->backend, entry);
    if (read_only > 0)
        return (struct gp_answer){GP_TRI_NO, GP_REASON_NONE, "the file system is mounted read-only"};
    struct gp_attributes attributes = gp_probe_attributes(probe, entry);
    if (!attributes.reason && attributes.set & GP_ATTRIBUTE_READ_ONLY)
        return (struct gp_answer){GP_TRI_NO, GP_REASON_NONE, "it has the read-only attribute"};
    if (read_only < 0)
        return unknown_answer(gp_reason_of_errno(read_only));
    return attributes.reason ? unknown_answer(attributes.reason) : (struct gp_answer){.value = GP_TRI_YES};
}

struct gp_answer gp_probe_writable(struct gp_probe *probe, struct gp_entry *entry)
{
    struct gp_extra *extra = gp_entry_extra(probe, entry);

    if (!extra)
        return unknown_answer(gp_reason_of_errno(ENOMEM));
    if (!extra->has_writable) {
        extra->writable = look_writable(probe, entry);
        extra->has_writable = true;
    }
    return extra->writable;
}

struct gp_answer gp_probe_locked(struct gp_probe *probe, struct gp_entry *entry)
{
    struct gp_extra *extra = gp_entry_extra(probe, entry);
    enum gp_reason reason = GP_REASON_NONE;

    if (!extra)
        return unknown_answer(gp_reason_of_errno(ENOMEM));
    if (!extra->has_locked) {
        extra->locked = gp_entry_present(probe, entry, &reason) ? probe->backend->ops->locked(probe->backend, entry)
                                                                : unknown_answer(reason);
        extra->has_locked = true;
    }
    return extra->locked;
}

struct gp_answer gp_probe_free_space(struct gp_probe *probe, uint64_t *ret_bytes)
{
    if (!probe->space_asked) {
        int r = probe->backend->ops->free_space(probe->backend, &probe->space_bytes);
        probe->space = r < 0 ? unknown_answer(gp_reason_of_errno(r)) : (struct gp_answer){.value = GP_TRI_YES};
        probe->space_asked = true;
    }
    if (probe->space.value == GP_TRI_YES)
        *ret_bytes = probe->space_bytes;
    return probe->space;
}
