/*
 * Keeping what a record needs beside the answers of the probe themselves.
 */
#include "probe/record.h"

#include <errno.h>
#include <string.h>

#include "probe/internal.h"
#include "util/glob.h"

void gp_probe_start_recording(struct gp_probe *probe)
{
    probe->options.recording = true;
}

bool gp_probe_has_findings(const struct gp_probe *probe)
{
    return probe->options.recording || probe->recorded;
}

static struct gp_kept *kept_of(struct gp_probe *probe, struct gp_entry *file)
{
    struct gp_extra *extra = gp_entry_extra(probe, file);

    if (extra && !extra->kept)
        extra->kept = GP_NEW(probe->arena, struct gp_kept);
    return extra ? extra->kept : NULL;
}

const struct gp_finding *gp_probe_finding(const struct gp_probe *probe, const struct gp_entry *file, struct gp_str key)
{
    if (!probe->recorded || !file->extra || !file->extra->kept)
        return NULL;
    return gp_strmap_get(&file->extra->kept->findings, key);
}

int gp_probe_keep_finding(struct gp_probe *probe, struct gp_entry *file, struct gp_str key,
                          const struct gp_finding *finding)
{
    if (!gp_probe_has_findings(probe))
        return 0;
    struct gp_kept *kept = kept_of(probe, file);
    if (kept && gp_strmap_get(&kept->findings, key))
        return 0;
    struct gp_finding *copy = GP_NEW(probe->arena, struct gp_finding);
    const char *name = gp_arena_memdup(probe->arena, key.data, key.len);
    if (!kept || !copy || !name)
        return -ENOMEM;
    *copy = *finding;
    if (finding->text.data)
        copy->text.data = gp_arena_memdup(probe->arena, finding->text.data, finding->text.len);
    if (finding->text.data && !copy->text.data)
        return -ENOMEM;
    return gp_strmap_put(probe->arena, &kept->findings, (struct gp_str){name, key.len}, copy);
}

int gp_probe_keep_window(struct gp_probe *probe, struct gp_entry *file, uint64_t offset, size_t length,
                         enum gp_reason reason, const char *data)
{
    if (!probe->options.recording)
        return 0;
    struct gp_kept *kept = kept_of(probe, file);
    for (const struct gp_range *range = kept ? kept->windows : NULL; range; range = range->next)
        if (range->offset == offset && range->length == length)
            return 0;
    struct gp_range *range = GP_NEW(probe->arena, struct gp_range);
    if (!kept || !range)
        return -ENOMEM;
    *range = (struct gp_range){.next = kept->windows, .offset = offset, .length = length, .reason = reason};
    if (reason == GP_REASON_NONE && !(range->data = gp_arena_memdup(probe->arena, data, length)))
        return -ENOMEM;
    kept->windows = range;
    return 0;
}

int gp_folder_keep_glob(struct gp_probe *probe, struct gp_entry *directory, struct gp_str glob)
{
    struct gp_folder *folder = gp_entry_folder(probe, directory);
    struct gp_glob_error error;

    if (folder && gp_strmap_get(&folder->globs, glob))
        return 0;
    char *text = gp_arena_memdup(probe->arena, glob.data, glob.len);
    struct gp_glob_part *part = GP_NEW(probe->arena, struct gp_glob_part);
    if (!folder || !text || !part)
        return -ENOMEM;
    struct gp_str key = {text, glob.len};
    int r = gp_glob_part_compile(probe->arena, key, part, &error);
    return r < 0 ? r : gp_strmap_put(probe->arena, &folder->globs, key, part);
}

/* ---- how much it is ---------------------------------------------------------------------------------------------- */

static size_t count_of_extra(const struct gp_extra *extra)
{
    size_t count = (size_t)extra->has_attributes + extra->has_writable + extra->has_locked;

    if (extra->folder)
        count += extra->folder->globs.count + extra->folder->counted;
    if (extra->kept) {
        count += extra->kept->findings.count;
        for (const struct gp_range *range = extra->kept->windows; range; range = range->next)
            count++;
    }
    return count;
}

size_t gp_record_count(const struct gp_probe *probe)
{
    size_t count = probe->space_asked;

    for (uint32_t i = 0; i < probe->entry_count; i++) {
        const struct gp_entry *entry = gp_entry_numbered(probe, i);
        if (entry->flags & GP_ENTRY_OWN)
            continue;
        count += (entry->flags & GP_ENTRY_KNOWN) != 0;
        count += entry->extra ? count_of_extra(entry->extra) : 0;
    }
    for (const struct gp_asked *asked = probe->asked; asked; asked = asked->next)
        count++;
    for (size_t i = 0; i < probe->unders.count; i++) {
        const struct gp_under *under = probe->unders.entries[i].value;
        count += 1 + (under->probe ? gp_record_count(under->probe) : 0);
    }
    return count;
}
