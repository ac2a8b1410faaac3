/*
 * GATEPOST, the engine's own directory in a tree: in no listing, but read here.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "probe/internal.h"
#include "util/text.h"

static struct gp_entry *own_entry(struct gp_probe *probe, struct gp_entry *parent, const char *name)
{
    struct gp_entry *entry = gp_entry_new(probe, parent, name);

    if (entry)
        entry->flags |= GP_ENTRY_OWN;
    return entry;
}

struct gp_entry *gp_gatepost_entry(struct gp_probe *probe, const char *name)
{
    if (!probe->gatepost)
        probe->gatepost = own_entry(probe, probe->root, "GATEPOST");
    if (!probe->gatepost)
        return NULL;
    struct gp_folder *folder = gp_entry_folder(probe, probe->gatepost);
    struct gp_str key = {name, strlen(name)};
    struct gp_entry *entry = folder ? gp_strmap_get(&folder->named, key) : NULL;
    if (entry || !folder)
        return entry;
    entry = own_entry(probe, probe->gatepost, name);
    if (!entry || gp_strmap_put(probe->arena, &folder->named, key, entry) < 0)
        return NULL;
    return entry;
}

/* Whether a name in GATEPOST is there; what cannot be told is unknown with a reason. */
static struct gp_answer own_presence(struct gp_probe *probe, struct gp_entry *entry)
{
    const struct gp_facts *directory = gp_entry_look(probe, probe->gatepost);

    if (directory->present != GP_TRI_YES)
        return (struct gp_answer){.value = directory->present, .reason = directory->reason};
    if (directory->type != GP_FILETYPE_DIRECTORY)
        return (struct gp_answer){.value = GP_TRI_UNKNOWN, .reason = GP_REASON_IO_ERROR};
    const struct gp_facts *facts = gp_entry_look(probe, entry);
    return (struct gp_answer){.value = facts->present, .reason = facts->reason};
}

/* Whether a mark of a run is there.  An unreadable GATEPOST makes the ledger unknown and stops nobody; where GATEPOST
 * can be looked into, a mark that cannot be told (a link, a broken disk) counts as there. */
static bool marked(struct gp_probe *probe, const char *name)
{
    struct gp_entry *mark = gp_gatepost_entry(probe, name);

    if (!mark)
        return true;
    struct gp_answer there = own_presence(probe, mark);
    const struct gp_facts *directory = &probe->gatepost->facts;
    if (there.value != GP_TRI_UNKNOWN)
        return there.value == GP_TRI_YES;
    return directory->present == GP_TRI_YES && directory->type == GP_FILETYPE_DIRECTORY &&
           there.reason != GP_REASON_NO_PERMISSION;
}

enum gp_interrupted gp_probe_interrupted(struct gp_probe *probe)
{
    if (!marked(probe, "JOURNAL") && !marked(probe, "DONE"))
        return GP_INTERRUPTED_NO;
    struct gp_entry *lock = gp_gatepost_entry(probe, "LOCK");
    return lock && gp_probe_locked(probe, lock).value == GP_TRI_YES ? GP_INTERRUPTED_BUSY : GP_INTERRUPTED_YES;
}

/* The end of the ledger's text, from the beginning of a line on. */
static enum gp_reason parse_end(struct gp_probe *probe, char *text, size_t length, bool cut)
{
    size_t from = 0;

    if (cut) {
        const char *newline = memchr(text, '\n', length);
        from = newline ? (size_t)(newline - text) + 1 : length;
    }
    gp_fingerprint(text, length, probe->ledger_hash);
    if (gp_ledger_parse(probe->arena, (struct gp_str){text + from, length - from}, &probe->ledger) < 0)
        return gp_reason_of_errno(ENOMEM);
    probe->ledger.cut = cut;
    return GP_REASON_NONE;
}

static enum gp_reason read_ledger(struct gp_probe *probe)
{
    struct gp_entry *entry = gp_gatepost_entry(probe, "LEDGER");
    size_t limit = probe->options.ledger_limit;

    if (!entry)
        return gp_reason_of_errno(ENOMEM);
    struct gp_answer there = own_presence(probe, entry);
    if (there.value != GP_TRI_YES)
        return there.value == GP_TRI_NO ? GP_REASON_NONE : there.reason;
    if (entry->facts.type != GP_FILETYPE_FILE)
        return GP_REASON_IO_ERROR;
    uint64_t size = entry->facts.size;
    bool cut = size > limit;
    size_t length = cut ? limit : (size_t)size;
    char *text = malloc(length + 1);
    if (!text)
        return gp_reason_of_errno(ENOMEM);
    int r = length ? probe->backend->ops->read(probe->backend, entry, size - length, text, length) : 0;
    enum gp_reason reason = r < 0 ? gp_reason_of_errno(r) : parse_end(probe, text, length, cut);
    free(text);
    return reason;
}

enum gp_reason gp_probe_ledger(struct gp_probe *probe, const struct gp_ledger **ret_ledger)
{
    if (!probe->ledger_read) {
        probe->ledger_reason = read_ledger(probe);
        probe->ledger_read = true;
    }
    if (probe->ledger_reason == GP_REASON_NONE)
        *ret_ledger = &probe->ledger;
    return probe->ledger_reason;
}

/* What was asked before; NULL: it was not. */
static struct gp_asked *asked_before(const struct gp_probe *probe, const char *attestation, const char *sets)
{
    for (struct gp_asked *asked = probe->asked; asked; asked = asked->next) {
        bool same = attestation && asked->attestation ? strcmp(attestation, asked->attestation) == 0
                                                      : !attestation && !asked->attestation;
        if (same && strcmp(sets, asked->sets) == 0)
            return asked;
    }
    return NULL;
}

/* Their names with blanks between; "" for NULL, which is any set. */
static const char *names_of(struct gp_arena *arena, const struct gp_ledger_sets *sets)
{
    const char *text = "";

    for (size_t i = 0; sets && i < sets->count && text; i++)
        text = gp_arena_printf(arena, "%s%s%.*s", text, i ? " " : "", GP_STR_ARG(sets->names[i]));
    return text;
}

/* The ledger itself; fills in the answer. */
static void ask(struct gp_probe *probe, const struct gp_ledger_sets *sets, struct gp_asked *asked)
{
    const struct gp_ledger *ledger = NULL;

    asked->reason = gp_probe_ledger(probe, &ledger);
    if (asked->reason)
        return;
    if (asked->attestation) {
        asked->entry = gp_ledger_newest(ledger, GP_LEDGER_ATTESTATION, asked->attestation, sets);
    } else {
        asked->entry = gp_ledger_last_move(ledger, sets);
        asked->doubt = gp_ledger_doubt(ledger, asked->entry);
    }
    if (!asked->entry && ledger->cut) /* an older line might be it */
        asked->reason = GP_REASON_LIMIT;
}

/* What a record has, or what the ledger says, which is kept while recording.  `attestation` NULL: the newest operation
 * that led somewhere. */
static enum gp_reason answer(struct gp_probe *probe, const char *attestation, const struct gp_ledger_sets *sets,
                             struct gp_asked *ret_asked)
{
    bool kept = probe->recorded || probe->options.recording;
    const char *names = kept ? names_of(probe->arena, sets) : "";
    const struct gp_asked *before = kept && names ? asked_before(probe, attestation, names) : NULL;

    if (!names)
        return gp_reason_of_errno(ENOMEM);
    if (before) {
        *ret_asked = *before;
        return before->reason;
    }
    *ret_asked = (struct gp_asked){.attestation = attestation, .sets = names};
    ask(probe, sets, ret_asked);
    if (probe->options.recording) {
        struct gp_asked *asked = GP_NEW(probe->arena, struct gp_asked);
        if (!asked || (attestation && !(ret_asked->attestation = gp_arena_strdup(probe->arena, attestation))))
            return gp_reason_of_errno(ENOMEM);
        *asked = *ret_asked;
        asked->next = probe->asked;
        probe->asked = asked;
    }
    return ret_asked->reason;
}

enum gp_reason gp_probe_attested(struct gp_probe *probe, const char *id, const struct gp_ledger_sets *sets,
                                 const struct gp_ledger_entry **ret_entry)
{
    struct gp_asked asked;
    enum gp_reason reason = answer(probe, id, sets, &asked);

    if (reason == GP_REASON_NONE)
        *ret_entry = asked.entry;
    return reason;
}

enum gp_reason gp_probe_last_move(struct gp_probe *probe, const struct gp_ledger_sets *sets,
                                  const struct gp_ledger_entry **ret_entry, const struct gp_ledger_fault **ret_doubt)
{
    struct gp_asked asked;
    enum gp_reason reason = answer(probe, NULL, sets, &asked);

    if (reason == GP_REASON_NONE) {
        *ret_entry = asked.entry;
        *ret_doubt = asked.doubt;
    }
    return reason;
}

/* Whether a line of that id is in the ledger already (an append that was done twice). */
static bool has_id(const struct gp_ledger *ledger, const char *id)
{
    for (size_t i = 0; i < ledger->count; i++)
        if (strcmp(ledger->entries[i].id, id) == 0)
            return true;
    return false;
}

/* `line` with a newline, if it is one line of ours. */
static int parse_one(struct gp_probe *probe, struct gp_str line, struct gp_ledger *ret_one)
{
    if (line.len && line.data[line.len - 1] == '\n')
        line.len--;
    char *text = gp_arena_alloc(probe->arena, line.len + 2);
    if (!text)
        return -ENOMEM;
    memcpy(text, line.data, line.len);
    text[line.len] = '\n';
    int r = gp_ledger_parse(probe->arena, (struct gp_str){text, line.len + 1}, ret_one);
    return r < 0 ? r : ret_one->count == 1 && !ret_one->bad_lines ? 0 : -EINVAL;
}

int gp_probe_assume_ledger_line(struct gp_probe *probe, struct gp_str line)
{
    const struct gp_ledger *ledger;
    struct gp_ledger one = {0};
    int r = parse_one(probe, line, &one);

    if (r < 0 || gp_probe_ledger(probe, &ledger) != GP_REASON_NONE || has_id(ledger, one.entries[0].id))
        return r; /* an unreadable ledger stays unknown */
    struct gp_ledger_entry *entries = GP_NEW_ARRAY(probe->arena, struct gp_ledger_entry, ledger->count + 1);
    if (!entries)
        return -ENOMEM;
    if (ledger->count)
        memcpy(entries, ledger->entries, ledger->count * sizeof(*entries));
    entries[ledger->count] = one.entries[0];
    probe->ledger.entries = entries;
    probe->ledger.count++;
    return 0;
}
