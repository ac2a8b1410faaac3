/*
 * Reading a journal back: hostile input.  Every field must be there, of its type
 * and in its range, and no other.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "act/journal-text.h"
#include "util/digest.h"
#include "util/json.h"
#include "util/text.h"

#define PATH_BYTES ((size_t)64 << 10)
#define ATTRIBUTES_MOST 7
#define SECONDS_MOST (INT64_C(1) << 53)

/* An object whose fields are taken one by one; what was not taken in the end does not belong there. */
struct fields {
    struct gp_arena *arena;
    const json_t *object;
    size_t taken;
    int error;
};

static struct fields fields_of(struct gp_arena *arena, const json_t *object)
{
    return (struct fields){.arena = arena, .object = object, .error = json_is_object(object) ? 0 : -EINVAL};
}

static const json_t *take(struct fields *fields, const char *key)
{
    const json_t *value = fields->error ? NULL : json_object_get(fields->object, key);

    if (value)
        fields->taken++;
    else if (!fields->error)
        fields->error = -EINVAL;
    return value;
}

static int finish(const struct fields *fields)
{
    if (fields->error)
        return fields->error;
    return fields->taken == json_object_size(fields->object) ? 0 : -EINVAL;
}

static int64_t take_integer(struct fields *fields, const char *key, int64_t least, int64_t most)
{
    const json_t *value = take(fields, key);
    int64_t number = json_integer_value(value);

    if (!value)
        return 0;
    if (!json_is_integer(value) || number < least || number > most)
        fields->error = -EINVAL;
    return number;
}

static bool take_boolean(struct fields *fields, const char *key)
{
    const json_t *value = take(fields, key);

    if (value && !json_is_boolean(value))
        fields->error = -EINVAL;
    return json_is_true(value);
}

static const json_t *take_array(struct fields *fields, const char *key)
{
    const json_t *value = take(fields, key);

    if (value && !json_is_array(value))
        fields->error = -EINVAL;
    return value;
}

static const char *copy_text(struct fields *fields, const json_t *value)
{
    const char *text = json_string_value(value);

    if (!text || strlen(text) != json_string_length(value)) {
        if (!fields->error)
            fields->error = -EINVAL;
        return NULL;
    }
    const char *copy = gp_arena_strdup(fields->arena, text);
    if (!copy)
        fields->error = -ENOMEM;
    return copy;
}

static const char *take_text(struct fields *fields, const char *key)
{
    const json_t *value = take(fields, key);

    return value ? copy_text(fields, value) : NULL;
}

static struct timespec take_time(struct fields *fields)
{
    int64_t seconds = take_integer(fields, "seconds", -SECONDS_MOST, SECONDS_MOST);

    int64_t nanoseconds = take_integer(fields, "nanoseconds", 0, 999999999);

    return (struct timespec){.tv_sec = (time_t)seconds, .tv_nsec = (long)nanoseconds};
}

/* ---- paths --------------------------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decodes in place; false if it is not what path_json() writes. */
static bool decode(char *text)
{
    char *to = text;

    for (const char *from = text; *from; from++) {
        if (*from == '%') {
            int high = hex_digit(from[1]), low = high < 0 ? -1 : hex_digit(from[2]);
            if (low < 0 || (high | low) == 0)
                return false;
            *to++ = (char)(high << 4 | low);
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return true;
}

/* Components that stay beneath the directory that the path starts from. */
static bool stays_beneath(const char *path)
{
    for (;;) {
        size_t len = strcspn(path, "/");
        bool dots = (len == 1 && path[0] == '.') || (len == 2 && path[0] == '.' && path[1] == '.');
        if (len == 0 || len > NAME_MAX || dots)
            return false;
        if (!path[len])
            return true;
        path += len + 1;
    }
}

static bool is_own(const char *path)
{
    return gp_ascii_equal_fold((struct gp_str){path, strcspn(path, "/")}, GP_STR(GP_OWN_NAME));
}

static const char *take_path(struct fields *fields)
{
    const json_t *value = take(fields, "path");
    const char *text = json_string_value(value);

    if (!value)
        return NULL;
    if (!text || strlen(text) != json_string_length(value) || strlen(text) > PATH_BYTES) {
        fields->error = -EINVAL;
        return NULL;
    }
    char *path = gp_arena_strdup(fields->arena, text);
    if (!path)
        fields->error = -ENOMEM;
    else if (!decode(path))
        fields->error = -EINVAL;
    return path;
}

/* ---- records ------------------------------------------------------------------------------------------------- */

static struct gp_side take_side(struct fields *fields, const char *key)
{
    struct gp_side side = {0};
    const json_t *value = take(fields, key);

    if (!value)
        return side;
    struct fields inner = fields_of(fields->arena, value);
    side.inode = (uint64_t)take_integer(&inner, "inode", INT64_MIN, INT64_MAX);
    side.size = (uint64_t)take_integer(&inner, "size", 0, INT64_MAX);
    side.mtime = take_time(&inner);
    side.mode = (mode_t)take_integer(&inner, "mode", 0, 07777);
    side.attributes = (unsigned)take_integer(&inner, "attributes", 0, ATTRIBUTES_MOST);
    if (!fields->error)
        fields->error = finish(&inner);
    return side;
}

static enum gp_primitive_kind take_kind(struct fields *fields)
{
    const json_t *value = take(fields, "kind");
    const char *text = json_string_value(value);

    for (size_t i = 0; i < gp_primitive_name_count && text; i++)
        if (strcmp(text, gp_primitive_names[i]) == 0)
            return (enum gp_primitive_kind)i;
    if (!fields->error)
        fields->error = -EINVAL;
    return GP_PRIMITIVE_CREATE;
}

static int read_inside(struct gp_arena *arena, const json_t *array, struct gp_record *record)
{
    struct gp_inside *inside = GP_NEW_ARRAY(arena, struct gp_inside, json_array_size(array) + 1);
    int r = inside ? 0 : -ENOMEM;

    for (size_t i = 0; i < json_array_size(array) && r == 0; i++) {
        struct fields fields = fields_of(arena, json_array_get(array, i));
        inside[i].path = take_path(&fields);
        inside[i].directory = take_boolean(&fields, "directory");
        inside[i].size = (uint64_t)take_integer(&fields, "size", 0, INT64_MAX);
        inside[i].mtime = take_time(&fields);
        r = finish(&fields);
        /* They are in order, so that they can be looked up. */
        if (r == 0 && (!stays_beneath(inside[i].path) || (i > 0 && strcmp(inside[i - 1].path, inside[i].path) >= 0)))
            r = -EINVAL;
    }
    record->inside = inside;
    record->inside_count = json_array_size(array);
    return r;
}

static int read_record(struct gp_arena *arena, const json_t *value, struct gp_record *record)
{
    struct fields fields = fields_of(arena, value);

    record->kind = take_kind(&fields);
    record->path = take_path(&fields);
    record->directory = take_boolean(&fields, "directory");
    record->linked = take_boolean(&fields, "linked");
    record->old = take_side(&fields, "old");
    record->new = take_side(&fields, "new");
    const json_t *inside = take_array(&fields, "inside");
    int r = finish(&fields);
    if (r < 0)
        return r;
    if (!stays_beneath(record->path) || is_own(record->path))
        return -EINVAL;
    if (record->directory && (record->kind == GP_PRIMITIVE_REPLACE || record->kind == GP_PRIMITIVE_ATTRIBUTES))
        return -EINVAL;
    return read_inside(arena, inside, record);
}

static int read_records(struct gp_arena *arena, const json_t *array, struct gp_journal *journal)
{
    size_t count = json_array_size(array);
    int r = 0;

    journal->records = GP_NEW_ARRAY(arena, struct gp_record, count + 1);
    if (!journal->records)
        return -ENOMEM;
    for (size_t i = 0; i < count && r == 0; i++)
        r = read_record(arena, json_array_get(array, i), &journal->records[i]);
    journal->record_count = count;
    return r;
}

static int read_directories(struct gp_arena *arena, const json_t *array, struct gp_journal *journal)
{
    size_t count = json_array_size(array);
    int r = 0;

    journal->directories = GP_NEW_ARRAY(arena, struct gp_touched, count + 1);
    if (!journal->directories)
        return -ENOMEM;
    for (size_t i = 0; i < count && r == 0; i++) {
        struct fields fields = fields_of(arena, json_array_get(array, i));
        struct gp_touched *directory = &journal->directories[i];
        directory->path = take_path(&fields);
        directory->mtime = take_time(&fields);
        r = finish(&fields);
        if (r == 0 && strcmp(directory->path, ".") != 0 && (!stays_beneath(directory->path) || is_own(directory->path)))
            r = -EINVAL;
    }
    journal->directory_count = count;
    return r;
}

static int read_lines(struct gp_arena *arena, const json_t *array, struct gp_journal *journal)
{
    size_t count = json_array_size(array);
    struct fields fields = {.arena = arena};

    journal->lines = GP_NEW_ARRAY(arena, const char *, count + 1);
    if (!journal->lines)
        return -ENOMEM;
    for (size_t i = 0; i < count && !fields.error; i++) {
        journal->lines[i] = copy_text(&fields, json_array_get(array, i));
        if (!fields.error && strchr(journal->lines[i], '\n'))
            fields.error = -EINVAL;
    }
    journal->line_count = count;
    return fields.error;
}

static int read_body(struct gp_arena *arena, const json_t *object, struct gp_journal *journal)
{
    struct fields fields = fields_of(arena, object);

    journal->operation = take_text(&fields, "operation");
    const json_t *records = take_array(&fields, "records");
    const json_t *directories = take_array(&fields, "directories");
    const json_t *lines = take_array(&fields, "ledger");
    int r = finish(&fields);
    if (r == 0)
        r = read_records(arena, records, journal);
    if (r == 0)
        r = read_directories(arena, directories, journal);
    return r < 0 ? r : read_lines(arena, lines, journal);
}

/* What stands behind the first line, if its checksum is right. */
static const char *body_of(struct gp_str text, struct gp_str *ret_body)
{
    size_t head = sizeof(GP_JOURNAL_HEAD) - 1, line = head + GP_DIGEST_TEXT_SIZE - 1;
    char digest[GP_DIGEST_TEXT_SIZE];

    if (text.len <= line || memcmp(text.data, GP_JOURNAL_HEAD, head) != 0 || text.data[line] != '\n')
        return "it is not a journal of this version";
    struct gp_str body = {text.data + line + 1, text.len - line - 1};
    gp_digest_of(body.data, body.len, digest);
    if (memcmp(digest, text.data + head, sizeof(digest) - 1) != 0)
        return "its checksum is wrong";
    *ret_body = body;
    return NULL;
}

int gp_journal_parse(struct gp_arena *arena, struct gp_str text, struct gp_journal *ret_journal,
                     const char **ret_problem)
{
    struct gp_journal journal = {0};
    struct gp_str body;
    const char *problem = body_of(text, &body);
    int r = problem ? -EINVAL : 0;

    if (r == 0) {
        json_t *object = gp_json_read(body.data, body.len);
        r = read_body(arena, object, &journal);
        json_decref(object);
        problem = "what it says is not what this program writes";
    }
    if (r == -EINVAL)
        *ret_problem = problem;
    if (r == 0)
        *ret_journal = journal;
    return r;
}
