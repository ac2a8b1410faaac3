/* What a program changed in its working copy becomes staged changes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "act/planned.h"
#include "act/work.h"

#define OFFENCES 10u /* named in one message */

struct taking {
    struct gp_stage *stage;
    struct gp_probe *probe; /* of the copy */
    const struct gp_paths *touches;
    const char *offences; /* paths that changed and may not, with commas between */
    size_t offence_count;
    char *old, *new; /* blocks */
};

struct folder {
    struct gp_staged *staged;
    struct gp_entry *entry; /* in the copy; NULL: the directory is gone there */
};
typedef GP_VEC(struct folder) folders;

/* Notes that a name changed: `touches` has to name it. */
static int changed(struct taking *it, const struct gp_staged *staged)
{
    const char *path = gp_staged_path(it->stage, staged);
    int r = path ? gp_stage_names(it->stage, it->touches, path) : -ENOMEM;

    if (r != 0)
        return r < 0 ? r : 0;
    if (it->offence_count++ < OFFENCES)
        it->offences = gp_arena_printf(it->stage->arena, "%s%s%s", it->offences, *it->offences ? ", " : "", path);
    return it->offences ? 0 : -ENOMEM;
}

static int refuse(struct taking *it, struct gp_entry *entry, const char *why)
{
    const char *path = gp_probe_entry_path(it->probe, entry, it->stage->arena);

    return path ? gp_stage_fail(it->stage, "in the working copy %s %s", path, why) : -ENOMEM;
}

/* 1: they differ, 0, or as gp_stage_fail(). */
static int differ(struct taking *it, const struct gp_content *old, const struct gp_content *new)
{
    if (old->size != new->size)
        return 1;
    for (uint64_t at = 0; at < old->size; at += GP_CONTENT_BLOCK) {
        size_t length = old->size - at < GP_CONTENT_BLOCK ? (size_t)(old->size - at) : GP_CONTENT_BLOCK;
        enum gp_reason reason = gp_content_read(old, at, it->old, length);
        if (reason == GP_REASON_NONE)
            reason = gp_content_read(new, at, it->new, length);
        if (reason != GP_REASON_NONE)
            return gp_stage_fail(it->stage, "what the program changed cannot be told: %s", gp_reason_words(reason));
        if (memcmp(it->old, it->new, length) != 0)
            return 1;
    }
    return 0;
}

/* The read-only attribute is the one that every file system keeps. */
static int take_attributes(struct taking *it, struct gp_staged *staged, struct gp_entry *entry, bool *ret_changed)
{
    struct gp_attributes have = gp_probe_attributes(it->probe, entry);
    unsigned wanted;

    if (have.reason != GP_REASON_NONE)
        return refuse(it, entry, gp_reason_words(have.reason));
    int r = gp_staged_attributes(it->stage, staged, &wanted);
    if (r < 0 || !((have.set ^ wanted) & GP_ATTRIBUTE_READ_ONLY))
        return r;
    staged->asked |= GP_ATTRIBUTE_READ_ONLY;
    staged->set = (staged->set & ~(unsigned)GP_ATTRIBUTE_READ_ONLY) | (have.set & GP_ATTRIBUTE_READ_ONLY);
    *ret_changed = true;
    return 0;
}

static int take_file(struct taking *it, struct gp_staged *staged, struct gp_entry *entry)
{
    struct gp_content content = gp_content_of(it->probe, entry, gp_probe_facts(it->probe, entry)->size);
    bool was_file = staged->now == GP_STAGED_FILE, other = false;
    int r = was_file ? differ(it, &staged->content, &content) : 1;

    if (r < 0)
        return r;
    if (r > 0) {
        if (staged->now == GP_STAGED_DIRECTORY)
            gp_staged_remove(staged);
        gp_staged_write(staged, content);
        other = true;
    }
    r = take_attributes(it, staged, entry, &other);
    return r == 0 && other ? changed(it, staged) : r;
}

static int take_directory(struct taking *it, struct gp_staged *staged, struct gp_entry *entry, folders *open)
{
    int r = 0;

    if (staged->now != GP_STAGED_DIRECTORY) {
        if (staged->now == GP_STAGED_FILE)
            gp_staged_remove(staged);
        gp_staged_make_directory(staged);
        r = changed(it, staged);
    }
    return r < 0 ? r : gp_vec_push(it->stage->arena, open, (struct folder){staged, entry});
}

/* One name that is in the copy. */
static int take_name(struct taking *it, struct gp_staged *directory, struct gp_entry *entry, folders *open)
{
    const struct gp_facts *facts = gp_probe_facts(it->probe, entry);
    struct gp_staged *staged;

    if (facts->present == GP_TRI_NO)
        return refuse(it, entry, "went away while it was looked at");
    if (facts->present == GP_TRI_UNKNOWN)
        return refuse(it, entry, facts->reason == GP_REASON_LINK ? "is a symbolic link" : gp_reason_words(facts->reason));
    if (facts->type == GP_FILETYPE_OTHER)
        return refuse(it, entry, "is neither a file nor a directory");
    staged = gp_stage_child(it->stage, directory, gp_probe_entry_name(entry));
    if (!staged)
        return -ENOMEM;
    staged->mark = it->stage->lists;
    return facts->type == GP_FILETYPE_FILE ? take_file(it, staged, entry) : take_directory(it, staged, entry, open);
}

/* Names in a staged directory that the copy no longer has. */
static int take_missing(struct taking *it, struct gp_staged *directory, folders *gone)
{
    gp_staged_list list;
    int r = gp_stage_list(it->stage, directory, &list);

    for (size_t i = 0; i < list.count && r == 0; i++) {
        if (list.data[i]->mark == it->stage->lists)
            continue;
        r = changed(it, list.data[i]);
        if (r == 0 && list.data[i]->now == GP_STAGED_DIRECTORY)
            r = gp_vec_push(it->stage->arena, gone, (struct folder){list.data[i], NULL});
        else if (r == 0)
            gp_staged_remove(list.data[i]);
    }
    return r;
}

static int take_folder(struct taking *it, struct folder folder, folders *open, folders *gone)
{
    const struct gp_listing *listing = NULL;
    enum gp_reason reason = gp_probe_list(it->probe, folder.entry, &listing);
    int r = 0;

    if (reason != GP_REASON_NONE)
        return refuse(it, folder.entry, gp_reason_words(reason));
    for (size_t i = 0; i < gp_listing_count(listing) && r == 0; i++) {
        struct gp_entry *entry = gp_listing_entry(it->probe, listing, i);
        r = entry ? take_name(it, folder.staged, entry, open) : -ENOMEM;
    }
    return r < 0 ? r : take_missing(it, folder.staged, gone);
}

/* Directories that are gone, with all that was in them: every name counts, then the directories go. */
static int take_gone(struct taking *it, folders *gone)
{
    int r = 0;

    for (size_t i = 0; i < gone->count && r == 0; i++)
        r = take_missing(it, gone->data[i].staged, gone);
    for (size_t i = gone->count; i-- > 0 && r == 0;)
        gp_staged_remove(gone->data[i].staged);
    return r;
}

static int take_all(struct taking *it)
{
    struct gp_entry *root = gp_probe_at(it->probe, GP_PATH_ROOT);
    folders open = {0}, gone = {0};
    int r = root ? gp_vec_push(it->stage->arena, &open, (struct folder){it->stage->root, root}) : -ENOMEM;

    it->stage->lists++;
    for (size_t i = 0; i < open.count && r == 0; i++)
        r = take_folder(it, open.data[i], &open, &gone);
    if (r == 0)
        r = take_gone(it, &gone);
    if (r < 0 || !it->offence_count)
        return r;
    size_t more = it->offence_count > OFFENCES ? it->offence_count - OFFENCES : 0;
    return gp_stage_fail(it->stage, "the program changed what 'touches' does not name: %s%s", it->offences,
                         more ? " and others" : "");
}

int gp_working_copy_take(struct gp_stage *stage, struct gp_working_copy *copy, const struct gp_paths *touches)
{
    const struct gp_probe_options options = {.fold = gp_probe_fold(stage->probe), .sys = stage->sys};
    struct taking it = {.stage = stage, .touches = touches, .offences = ""};
    int r = gp_probe_open_fd(&copy->probe, copy->work, "the working copy", &options);

    if (r < 0)
        return r == -ENOMEM ? r : gp_stage_fail(stage, "the working copy: %s", strerror(-r));
    it.probe = copy->probe;
    it.old = malloc(2 * GP_CONTENT_BLOCK);
    it.new = it.old + GP_CONTENT_BLOCK;
    r = it.old ? take_all(&it) : -ENOMEM;
    free(it.old);
    return r;
}
