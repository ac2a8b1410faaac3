/*
 * The journal's text, and its file.
 *
 *     gatepost-journal 1 SHA-256-OF-THE-REST
 *     { "operation": …, "records": [ … ], "directories": [ … ], "ledger": [ … ] }
 *
 * Paths are bytes, not text: what is not printable ASCII stands as %XX.
 */
#include "act/journal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/journal-text.h"
#include "util/digest.h"
#include "util/json.h"
#include "util/sys-help.h"

const char *const gp_primitive_names[] = {
    [GP_PRIMITIVE_CREATE] = "create",
    [GP_PRIMITIVE_REPLACE] = "replace",
    [GP_PRIMITIVE_REMOVE] = "remove",
    [GP_PRIMITIVE_ATTRIBUTES] = "attributes",
};
const size_t gp_primitive_name_count = GP_COUNT(gp_primitive_names);

/* ---- text ---------------------------------------------------------------------------------------------------- */

static json_t *path_json(const char *path)
{
    struct gp_strbuf out = {0};
    json_t *string = NULL;

    for (; *path; path++) {
        unsigned char c = (unsigned char)*path;
        if (c < 0x20 || c >= 0x7f || c == '%')
            gp_strbuf_printf(&out, "%%%02X", c);
        else
            gp_strbuf_add_char(&out, *path);
    }
    if (gp_strbuf_ok(&out))
        string = gp_json_string(gp_strbuf_text(&out), out.len);
    gp_strbuf_done(&out);
    return string;
}

static json_t *array_or_drop(json_t *array, bool ok)
{
    if (ok)
        return array;
    json_decref(array);
    return NULL;
}

static bool set_time(json_t *object, struct timespec time)
{
    return gp_json_set(object, "seconds", json_integer(time.tv_sec)) &&
           gp_json_set(object, "nanoseconds", json_integer(time.tv_nsec));
}

static json_t *side_json(const struct gp_side *side)
{
    json_t *object = json_object();
    bool ok = object && gp_json_set(object, "inode", json_integer((json_int_t)side->inode)) &&
              gp_json_set(object, "size", json_integer((json_int_t)side->size)) && set_time(object, side->mtime) &&
              gp_json_set(object, "mode", json_integer(side->mode)) &&
              gp_json_set(object, "attributes", json_integer(side->attributes));

    return array_or_drop(object, ok);
}

static json_t *inside_json(const struct gp_record *record)
{
    json_t *array = json_array();
    bool ok = array != NULL;

    for (size_t i = 0; i < record->inside_count && ok; i++) {
        const struct gp_inside *inside = &record->inside[i];
        json_t *object = json_object();
        ok = object && gp_json_set(object, "path", path_json(inside->path)) &&
             gp_json_set(object, "directory", json_boolean(inside->directory)) &&
             gp_json_set(object, "size", json_integer((json_int_t)inside->size)) && set_time(object, inside->mtime);
        object = array_or_drop(object, ok);
        ok = ok && gp_json_append(array, object);
    }
    return array_or_drop(array, ok);
}

static json_t *records_json(const struct gp_journal *journal)
{
    json_t *array = json_array();
    bool ok = array != NULL;

    for (size_t i = 0; i < journal->record_count && ok; i++) {
        const struct gp_record *record = &journal->records[i];
        json_t *object = json_object();
        ok = object && gp_json_set(object, "kind", gp_json_string0(gp_primitive_names[record->kind])) &&
             gp_json_set(object, "path", path_json(record->path)) &&
             gp_json_set(object, "directory", json_boolean(record->directory)) &&
             gp_json_set(object, "linked", json_boolean(record->linked)) &&
             gp_json_set(object, "old", side_json(&record->old)) &&
             gp_json_set(object, "new", side_json(&record->new)) && gp_json_set(object, "inside", inside_json(record));
        object = array_or_drop(object, ok);
        ok = ok && gp_json_append(array, object);
    }
    return array_or_drop(array, ok);
}

static json_t *directories_json(const struct gp_journal *journal)
{
    json_t *array = json_array();
    bool ok = array != NULL;

    for (size_t i = 0; i < journal->directory_count && ok; i++) {
        json_t *object = json_object();
        ok = object && gp_json_set(object, "path", path_json(journal->directories[i].path)) &&
             set_time(object, journal->directories[i].mtime);
        object = array_or_drop(object, ok);
        ok = ok && gp_json_append(array, object);
    }
    return array_or_drop(array, ok);
}

static json_t *lines_json(const struct gp_journal *journal)
{
    json_t *array = json_array();
    bool ok = array != NULL;

    for (size_t i = 0; i < journal->line_count && ok; i++)
        ok = gp_json_append(array, gp_json_string0(journal->lines[i]));
    return array_or_drop(array, ok);
}

void gp_journal_format(struct gp_strbuf *out, const struct gp_journal *journal)
{
    struct gp_strbuf body = {0};
    char digest[GP_DIGEST_TEXT_SIZE];
    json_t *object = json_object();
    bool ok = object && gp_json_set(object, "operation", gp_json_string0(journal->operation)) &&
              gp_json_set(object, "records", records_json(journal)) &&
              gp_json_set(object, "directories", directories_json(journal)) &&
              gp_json_set(object, "ledger", lines_json(journal));

    if (ok)
        gp_json_write(&body, object, 0);
    gp_strbuf_add_char(&body, '\n');
    ok = ok && gp_strbuf_ok(&body);
    if (ok) {
        gp_digest_of(body.data, body.len, digest);
        gp_strbuf_printf(out, "%s%s\n", GP_JOURNAL_HEAD, digest);
        gp_strbuf_add_mem(out, body.data, body.len);
    } else {
        out->failed = true;
    }
    gp_strbuf_done(&body);
    json_decref(object);
}

/* ---- file ---------------------------------------------------------------------------------------------------- */

static int write_new(const struct gp_ground *ground, const struct gp_strbuf *text)
{
    const struct gp_sys *sys = ground->sys;
    int fd = gp_sys_open_beneath(sys, ground->own, "JOURNAL.NEW", O_WRONLY | O_CREAT | O_EXCL, 0600);

    if (fd < 0)
        return fd;
    int r = gp_sys_write_full(sys, fd, text->data, text->len, 0);
    if (r == 0)
        r = gp_call_sync(sys, fd);
    gp_sys_close(sys, &fd);
    return r;
}

int gp_journal_write(const struct gp_ground *ground, const struct gp_journal *journal)
{
    struct gp_strbuf text = {0};
    int r;

    gp_journal_format(&text, journal);
    r = !gp_strbuf_ok(&text) ? -ENOMEM : text.len > GP_JOURNAL_BYTES ? -EFBIG : write_new(ground, &text);
    gp_strbuf_done(&text);
    if (r == 0)
        r = gp_call_rename(ground->sys, ground->own, "JOURNAL.NEW", ground->own, "JOURNAL", RENAME_NOREPLACE);
    return r < 0 ? r : gp_call_sync(ground->sys, ground->own);
}

static int read_text(const struct gp_sys *sys, int fd, struct gp_arena *arena, struct gp_str *ret_text)
{
    struct stat status;
    int r = gp_call_fstat(sys, fd, &status);

    if (r < 0)
        return r;
    if (!S_ISREG(status.st_mode))
        return -EINVAL;
    if ((uint64_t)status.st_size > GP_JOURNAL_BYTES)
        return -EFBIG;
    char *text = gp_arena_alloc(arena, (size_t)status.st_size + 1);
    if (!text)
        return -ENOMEM;
    ssize_t n = gp_sys_read_full(sys, fd, text, (size_t)status.st_size, 0);
    if (n < 0)
        return (int)n;
    *ret_text = (struct gp_str){text, (size_t)n};
    return 0;
}

int gp_journal_read(const struct gp_ground *ground, const char *name, struct gp_arena *arena,
                    struct gp_journal *ret_journal, const char **ret_problem)
{
    struct gp_str text;
    int fd = gp_sys_open_read(ground->sys, ground->own, name);

    if (fd < 0)
        return fd;
    *ret_problem = "it is no file";
    int r = read_text(ground->sys, fd, arena, &text);
    gp_sys_close(ground->sys, &fd);
    return r < 0 ? r : gp_journal_parse(arena, text, ret_journal, ret_problem);
}
