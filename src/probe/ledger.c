#include "probe/ledger.h"

#include <errno.h>
#include <string.h>

#include "util/clock.h"
#include "util/json.h"
#include "util/text.h"
#include "util/vec.h"

#define LINE_BYTES ((size_t)64 << 10)

typedef GP_VEC(struct gp_ledger_entry) entries;

/* A member that must be a text without NUL: 1, 0 if it is not there, -EINVAL, -ENOMEM. */
static int member(struct gp_arena *arena, const json_t *object, const char *key, const char **ret_text)
{
    const json_t *value = json_object_get(object, key);

    if (!value)
        return 0;
    const char *text = json_string_value(value);
    if (!text || strlen(text) != json_string_length(value))
        return -EINVAL;
    char *copy = gp_arena_strdup(arena, text);
    if (!copy)
        return -ENOMEM;
    *ret_text = copy;
    return 1;
}

/* The same, and it must be there. */
static int required(struct gp_arena *arena, const json_t *object, const char *key, bool may_be_empty,
                    const char **ret_text)
{
    int r = member(arena, object, key, ret_text);

    if (r == 0 || (r > 0 && !may_be_empty && !(*ret_text)[0]))
        return -EINVAL;
    return r < 0 ? r : 0;
}

static int read_kind(const json_t *object, enum gp_ledger_kind *ret_kind)
{
    const char *kind = json_string_value(json_object_get(object, "kind"));

    if (!kind)
        return -EINVAL;
    if (strcmp(kind, "operation") == 0)
        *ret_kind = GP_LEDGER_OPERATION;
    else if (strcmp(kind, "attestation") == 0)
        *ret_kind = GP_LEDGER_ATTESTATION;
    else
        return -EINVAL;
    return 0;
}

/* RFC 3339 and UTC, as gp_ledger_format() writes it. */
static int read_when(const json_t *object, struct timespec *ret_when)
{
    const json_t *value = json_object_get(object, "when");
    struct gp_str text = {json_string_value(value), json_string_length(value)};

    if (!text.data || text.len < sizeof("2027-01-31T12:34:56Z") - 1 || text.data[text.len - 1] != 'Z')
        return -EINVAL;
    return gp_time_parse(text, ret_when);
}

static int read_members(struct gp_arena *arena, const json_t *object, struct gp_ledger_entry *entry)
{
    int r = read_kind(object, &entry->kind);

    if (r >= 0)
        r = read_when(object, &entry->when);
    if (r >= 0)
        r = required(arena, object, "id", false, &entry->id);
    if (r >= 0)
        r = required(arena, object, "name", false, &entry->name);
    if (r >= 0)
        r = required(arena, object, "ruleset", true, &entry->ruleset);
    if (r >= 0)
        r = required(arena, object, "who", true, &entry->who);
    if (r >= 0)
        r = required(arena, object, "host", true, &entry->host);
    if (r >= 0 && entry->kind == GP_LEDGER_OPERATION)
        r = required(arena, object, "to", true, &entry->to);
    if (r >= 0)
        r = member(arena, object, "reason", &entry->reason);
    return r < 0 ? r : 0;
}

/* 0, -EINVAL (not one of ours), -ENOMEM. */
static int read_line(struct gp_arena *arena, struct gp_str line, struct gp_ledger_entry *ret_entry)
{
    struct gp_ledger_entry entry = {0};

    if (line.len > LINE_BYTES)
        return -EINVAL;
    json_t *object = gp_json_read(line.data, line.len);
    int r = json_is_object(object) ? read_members(arena, object, &entry) : -EINVAL;
    json_decref(object);
    if (r < 0)
        return r;
    entry.line = gp_arena_memdup(arena, line.data, line.len);
    if (!entry.line)
        return -ENOMEM;
    *ret_entry = entry;
    return 0;
}

static bool blank(struct gp_str line)
{
    return line.len == 0 || (line.len == 1 && line.data[0] == '\r');
}

int gp_ledger_parse(struct gp_arena *arena, struct gp_str text, struct gp_ledger *ret_ledger)
{
    struct gp_ledger ledger = {0};
    entries list = {0};

    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.data + at, '\n', text.len - at);
        struct gp_str line = {text.data + at, end ? (size_t)(end - text.data) - at : text.len - at};
        struct gp_ledger_entry entry;
        at += line.len + 1;
        if (blank(line))
            continue;
        int r = end ? read_line(arena, line, &entry) : -EINVAL; /* a line that lacks its end is torn */
        if (r == -ENOMEM || (r == 0 && gp_vec_push(arena, &list, entry) < 0))
            return -ENOMEM;
        ledger.bad_lines += r < 0;
    }
    ledger.entries = list.data;
    ledger.count = list.count;
    *ret_ledger = ledger;
    return 0;
}

static bool add_members(json_t *object, const struct gp_ledger_entry *entry)
{
    char when[GP_TIME_SIZE];
    bool operation = entry->kind == GP_LEDGER_OPERATION;
    const char *const members[][2] = {
        {"id", entry->id},
        {"kind", operation ? "operation" : "attestation"},
        {"name", entry->name},
        {"ruleset", entry->ruleset ? entry->ruleset : ""},
        {"to", operation ? entry->to ? entry->to : "" : NULL},
        {"who", entry->who ? entry->who : ""},
        {"host", entry->host ? entry->host : ""},
        {"reason", entry->reason},
        {"limits", entry->limits},
        {"when", when},
    };

    gp_time_format(entry->when, when);
    for (size_t i = 0; i < GP_COUNT(members); i++)
        if (members[i][1] && !gp_json_set(object, members[i][0], gp_json_string0(members[i][1])))
            return false;
    return true;
}

void gp_ledger_format(struct gp_strbuf *out, const struct gp_ledger_entry *entry)
{
    json_t *object = json_object();

    if (object && add_members(object, entry)) {
        gp_json_write(out, object, 0);
        gp_strbuf_add_char(out, '\n');
    } else {
        out->failed = true;
    }
    json_decref(object);
}

const struct gp_ledger_entry *gp_ledger_newest(const struct gp_ledger *ledger, enum gp_ledger_kind kind,
                                               const char *name)
{
    for (size_t i = ledger->count; i-- > 0;) {
        const struct gp_ledger_entry *entry = &ledger->entries[i];
        if (entry->kind == kind && (!name || !name[0] || strcmp(entry->name, name) == 0))
            return entry;
    }
    return NULL;
}

const struct gp_ledger_entry *gp_ledger_last_move(const struct gp_ledger *ledger)
{
    for (size_t i = ledger->count; i-- > 0;)
        if (ledger->entries[i].kind == GP_LEDGER_OPERATION && ledger->entries[i].to[0])
            return &ledger->entries[i];
    return NULL;
}
