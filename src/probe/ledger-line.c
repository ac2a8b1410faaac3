#include "probe/ledger-line.h"

#include <errno.h>
#include <string.h>

#include "util/clock.h"
#include "util/json.h"
#include "util/text.h"

#define HEAD "{\"id\":\"" /* how gp_ledger_format() begins */
#define EXTENDS_MOST 256
#define MORE_MOST 8 /* unknown members that are named */

/* A line on its way to an entry. */
struct reader {
    struct gp_arena *arena;
    const json_t *object;
    struct gp_ledger_reading *to;
};

GP_PRINTF(2, 3)
static int wrong(struct reader *it, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    it->to->what = gp_arena_vprintf(it->arena, format, args);
    va_end(args);
    return it->to->what ? -EINVAL : -ENOMEM;
}

/* ---- members ----------------------------------------------------------------------------------------------------- */

static int text_of(struct reader *it, const char *key, const json_t *value, const char **ret_text)
{
    const char *text = json_string_value(value);

    if (!text)
        return wrong(it, "\"%s\" is no text", key);
    if (strlen(text) != json_string_length(value))
        return wrong(it, "\"%s\" has a NUL in it", key);
    *ret_text = gp_arena_strdup(it->arena, text);
    return *ret_text ? 0 : -ENOMEM;
}

enum need { MAY_BE_MISSING, MAY_BE_EMPTY, MUST_SAY_SOMETHING };

static int member(struct reader *it, const char *key, enum need need, const char **ret_text)
{
    const json_t *value = json_object_get(it->object, key);

    if (!value)
        return need == MAY_BE_MISSING ? 0 : wrong(it, "\"%s\" is missing", key);
    int r = text_of(it, key, value, ret_text);
    return r == 0 && need == MUST_SAY_SOMETHING && !(*ret_text)[0] ? wrong(it, "\"%s\" is empty", key) : r;
}

static int read_kind(struct reader *it)
{
    const char *kind = NULL;
    int r = member(it, "kind", MUST_SAY_SOMETHING, &kind);

    if (r < 0)
        return r;
    it->to->no_move = strcmp(kind, "attestation") == 0;
    it->to->entry.kind = it->to->no_move ? GP_LEDGER_ATTESTATION : GP_LEDGER_OPERATION;
    if (it->to->no_move || strcmp(kind, "operation") == 0)
        return 0;
    return wrong(it, "\"kind\" is neither operation nor attestation; a newer version may have written that");
}

/* RFC 3339 and UTC, as gp_ledger_format() writes it. */
static int read_when(struct reader *it)
{
    const char *text = NULL;
    int r = member(it, "when", MUST_SAY_SOMETHING, &text);

    if (r < 0)
        return r;
    size_t len = strlen(text);
    if (len < GP_TIME_SIZE - 1 || text[len - 1] != 'Z' ||
        gp_time_parse((struct gp_str){text, len}, &it->to->entry.when) < 0)
        return wrong(it, "\"when\" is no time in UTC, such as 2027-01-31T12:34:56Z");
    return 0;
}

static int read_extends(struct reader *it)
{
    const json_t *list = json_object_get(it->object, "extends");
    size_t count = json_array_size(list);

    if (!list)
        return 0;
    if (!json_is_array(list) || count > EXTENDS_MOST)
        return wrong(it, "\"extends\" is no list of rule sets");
    const char **names = GP_NEW_ARRAY(it->arena, const char *, count + 1);
    int r = names ? 0 : -ENOMEM;
    for (size_t i = 0; i < count && r == 0; i++)
        r = text_of(it, "extends", json_array_get(list, i), &names[i]);
    it->to->entry.extends = names;
    it->to->entry.extends_count = count;
    return r;
}

static bool is_known(const char *key)
{
    static const char *const known[] = {"id",  "kind", "name",   "ruleset", "extends", "to",
                                        "who", "host", "reason", "limits",  "when"};

    for (size_t i = 0; i < GP_COUNT(known); i++)
        if (strcmp(key, known[i]) == 0)
            return true;
    return false;
}

/* What a newer version wrote beside the rest: the line says what it says without that, but people are told. */
static int note_more(struct reader *it)
{
    struct gp_ledger_entry *entry = &it->to->entry;
    json_t *object = (json_t *)it->object; /* jansson's loop asks for it; nothing is changed */
    const char *key;
    json_t *value;
    size_t count = 0;

    json_object_foreach(object, key, value) {
        if (is_known(key) || count++ >= MORE_MOST)
            continue;
        entry->more = entry->more ? gp_arena_printf(it->arena, "%s, %s", entry->more, key)
                                  : gp_arena_strdup(it->arena, key);
        if (!entry->more)
            return -ENOMEM;
    }
    if (count > MORE_MOST)
        entry->more = gp_arena_printf(it->arena, "%s, and %zu more", entry->more, count - MORE_MOST);
    return count && !entry->more ? -ENOMEM : 0;
}

static int read_members(struct reader *it)
{
    struct gp_ledger_entry *entry = &it->to->entry;
    const struct {
        const char *key;
        enum need need;
        const char **to;
    } texts[] = {
        {"id", MUST_SAY_SOMETHING, &entry->id},
        {"name", MUST_SAY_SOMETHING, &entry->name},
        {"ruleset", MUST_SAY_SOMETHING, &entry->ruleset},
        {"who", MAY_BE_EMPTY, &entry->who},
        {"host", MAY_BE_EMPTY, &entry->host},
        {"reason", MAY_BE_MISSING, &entry->reason},
        {"limits", MAY_BE_MISSING, &entry->limits},
    };
    int r = read_kind(it);

    if (r == 0)
        r = read_when(it);
    for (size_t i = 0; i < GP_COUNT(texts) && r == 0; i++)
        r = member(it, texts[i].key, texts[i].need, texts[i].to);
    if (r == 0 && entry->kind == GP_LEDGER_OPERATION)
        r = member(it, "to", MAY_BE_EMPTY, &entry->to);
    if (r == 0)
        r = read_extends(it);
    return r == 0 ? note_more(it) : r;
}

/* ---- the line ---------------------------------------------------------------------------------------------------- */

/* Whether a line that is not JSON is the beginning of one of ours.  Where power fails, the end of a file may also be
 * zeros, which the caller has taken off.  A run's line cannot be lost that way, as recover writes it anew: an
 * attestation can. */
static bool is_torn(struct gp_str line, bool ends_early)
{
    size_t head = line.len < sizeof(HEAD) - 1 ? line.len : sizeof(HEAD) - 1;

    return (ends_early || !line.len || line.data[line.len - 1] != '}') &&
           (!line.len || memcmp(line.data, HEAD, head) == 0);
}

static int read_object(struct reader *it, struct gp_str line, bool ended)
{
    const char *why = "not JSON";
    bool ends_early = false;
    json_t *object = gp_json_read_why(line.data, line.len, &why, &ends_early);
    int r;

    if (!object && is_torn(line, ends_early)) {
        it->to->no_move = true;
        r = wrong(it, "torn: only its beginning was written");
    } else if (!object) {
        it->to->what = why;
        r = -EINVAL;
    } else if (!json_is_object(object)) {
        r = wrong(it, "no JSON object");
    } else {
        it->object = object;
        r = read_members(it);
        if (r == 0 && !ended) {
            it->to->no_move = true;
            r = wrong(it, "torn: its end is missing");
        }
    }
    json_decref(object);
    return r;
}

int gp_ledger_line_read(struct gp_arena *arena, struct gp_str line, bool ended, struct gp_ledger_reading *ret_reading)
{
    struct gp_ledger_reading reading = {0};
    struct reader it = {.arena = arena, .to = &reading};
    struct gp_str text = line;
    int r;

    while (text.len && text.data[text.len - 1] == '\0')
        text.len--;
    if (line.len > GP_LEDGER_LINE_BYTES)
        r = wrong(&it, "longer than %zu KiB", GP_LEDGER_LINE_BYTES >> 10);
    else
        r = read_object(&it, text, ended && text.len == line.len);
    if (r == 0) {
        reading.entry.line = gp_arena_memdup(arena, line.data, line.len);
        r = reading.entry.line ? 0 : -ENOMEM;
    }
    if (r != -ENOMEM)
        *ret_reading = reading;
    return r;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

/* Not a member where there is none. */
static bool add_extends(json_t *object, const struct gp_ledger_entry *entry)
{
    json_t *list = json_array();

    for (size_t i = 0; list && i < entry->extends_count; i++)
        if (!gp_json_append(list, gp_json_string0(entry->extends[i]))) {
            json_decref(list);
            return false;
        }
    if (entry->extends_count)
        return gp_json_set(object, "extends", list);
    json_decref(list);
    return list != NULL;
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
    return add_extends(object, entry);
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
