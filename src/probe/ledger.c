#include "probe/ledger.h"

#include <errno.h>
#include <string.h>

#include "probe/ledger-line.h"
#include "util/strmap.h"
#include "util/text.h"
#include "util/vec.h"

/* ---- reading ----------------------------------------------------------------------------------------------------- */

struct parse {
    struct gp_arena *arena;
    GP_VEC(struct gp_ledger_entry) entries;
    GP_VEC(struct gp_ledger_fault) faults;
    struct gp_strmap ids; /* id → index of its entry + 1 */
    size_t number;        /* of the line */
    struct gp_ledger ledger;
};

static int add_fault(struct parse *parse, struct gp_str line, const struct gp_ledger_reading *reading)
{
    size_t kept = line.len < GP_LEDGER_FAULT_BYTES ? line.len : GP_LEDGER_FAULT_BYTES;
    struct gp_ledger_fault fault = {.number = parse->number, .what = reading->what};

    parse->ledger.bad_lines++;
    fault.text = (struct gp_str){line.data, kept};
    if (!reading->no_move) {
        parse->ledger.doubt = fault;
        parse->ledger.doubt_after = parse->entries.count;
    }
    return parse->faults.count < GP_LEDGER_FAULTS ? gp_vec_push(parse->arena, &parse->faults, fault) : 0;
}

/* Faults point into the text until all of it was read. */
static int keep_text(struct gp_arena *arena, struct gp_ledger_fault *fault)
{
    if (fault->number)
        fault->text.data = gp_arena_memdup(arena, fault->text.data, fault->text.len);
    return fault->number && !fault->text.data ? -ENOMEM : 0;
}

static int finish(struct parse *parse, struct gp_ledger *ret_ledger)
{
    int r = keep_text(parse->arena, &parse->ledger.doubt);

    for (size_t i = 0; i < parse->faults.count && r == 0; i++)
        r = keep_text(parse->arena, &parse->faults.data[i]);
    if (r < 0)
        return r;
    parse->ledger.entries = parse->entries.data;
    parse->ledger.count = parse->entries.count;
    parse->ledger.faults = parse->faults.data;
    parse->ledger.fault_count = parse->faults.count;
    *ret_ledger = parse->ledger;
    return 0;
}

/* An append that was done twice left the same line twice.  Two lines with one id are somebody's work, and the first was
 * there before. */
static int add_known(struct parse *parse, struct gp_str line, struct gp_ledger_reading *reading, size_t index)
{
    const struct gp_ledger_entry *first = &parse->entries.data[index];

    if (strcmp(first->line, reading->entry.line) == 0) {
        parse->ledger.repeated++;
        return 0;
    }
    reading->no_move = reading->entry.kind == GP_LEDGER_ATTESTATION;
    reading->what = gp_arena_printf(parse->arena, "the id of line %zu with another content", first->number);
    return reading->what ? add_fault(parse, line, reading) : -ENOMEM;
}

static int add_entry(struct parse *parse, struct gp_str line, struct gp_ledger_reading *reading)
{
    struct gp_str id = {reading->entry.id, strlen(reading->entry.id)};
    uintptr_t known = (uintptr_t)gp_strmap_get(&parse->ids, id);

    if (known)
        return add_known(parse, line, reading, known - 1);
    reading->entry.number = parse->number;
    if (gp_vec_push(parse->arena, &parse->entries, reading->entry) < 0)
        return -ENOMEM;
    return gp_strmap_put(parse->arena, &parse->ids, id, (void *)(uintptr_t)parse->entries.count);
}

static bool blank(struct gp_str line)
{
    return line.len == 0 || (line.len == 1 && line.data[0] == '\r');
}

static int parse_line(struct parse *parse, struct gp_str line, bool ended)
{
    struct gp_ledger_reading reading;

    parse->number++;
    if (blank(line))
        return 0;
    int r = gp_ledger_line_read(parse->arena, line, ended, &reading);
    if (r == -ENOMEM)
        return r;
    return r == 0 ? add_entry(parse, line, &reading) : add_fault(parse, line, &reading);
}

int gp_ledger_parse(struct gp_arena *arena, struct gp_str text, struct gp_ledger *ret_ledger)
{
    struct parse parse = {.arena = arena};

    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.data + at, '\n', text.len - at);
        struct gp_str line = {text.data + at, end ? (size_t)(end - text.data) - at : text.len - at};
        int r = parse_line(&parse, line, end != NULL);
        if (r < 0)
            return r;
        at += line.len + 1;
    }
    return finish(&parse, ret_ledger);
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

bool gp_ledger_is_of(const struct gp_ledger_entry *entry, const struct gp_ledger_sets *sets)
{
    if (!sets)
        return true;
    for (size_t i = 0; i < sets->count; i++)
        if (gp_str_is(sets->names[i], entry->ruleset))
            return true;
    for (size_t i = 0; sets->count && i < entry->extends_count; i++)
        if (gp_str_is(sets->names[0], entry->extends[i]))
            return true;
    return false;
}

const struct gp_ledger_entry *gp_ledger_newest(const struct gp_ledger *ledger, enum gp_ledger_kind kind,
                                               const char *name, const struct gp_ledger_sets *sets)
{
    for (size_t i = ledger->count; i-- > 0;) {
        const struct gp_ledger_entry *entry = &ledger->entries[i];
        bool named = !name || !name[0] || strcmp(entry->name, name) == 0;
        if (entry->kind == kind && named && gp_ledger_is_of(entry, sets))
            return entry;
    }
    return NULL;
}

const struct gp_ledger_entry *gp_ledger_last_move(const struct gp_ledger *ledger, const struct gp_ledger_sets *sets)
{
    for (size_t i = ledger->count; i-- > 0;) {
        const struct gp_ledger_entry *entry = &ledger->entries[i];
        if (entry->kind == GP_LEDGER_OPERATION && entry->to[0] && gp_ledger_is_of(entry, sets))
            return entry;
    }
    return NULL;
}

const struct gp_ledger_fault *gp_ledger_doubt(const struct gp_ledger *ledger, const struct gp_ledger_entry *entry)
{
    size_t index = entry ? (size_t)(entry - ledger->entries) + 1 : 0;

    return ledger->doubt.number && ledger->doubt_after >= index ? &ledger->doubt : NULL;
}
