/*
 * What a probe has learnt, as JSON: its memory, entry by entry.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "probe/internal.h"
#include "probe/record-words.h"
#include "probe/record.h"
#include "util/glob.h"
#include "util/text.h"

/* Values that are put together; out of memory is sticky. */
struct writing {
    struct gp_probe *probe;
    struct gp_arena *scratch;
    bool failed;
};

static void set(struct writing *it, json_t *object, const char *key, json_t *value)
{
    if (!object)
        json_decref(value);
    if (!object || !gp_json_set(object, key, value)) /* a NULL value is an error to it */
        it->failed = true;
}

static void push(struct writing *it, json_t *array, json_t *value)
{
    if (!array)
        json_decref(value);
    if (!array || !gp_json_append(array, value))
        it->failed = true;
}

static json_t *word(const char *text)
{
    return gp_json_string0(text);
}

static json_t *reason_word(enum gp_reason reason)
{
    return word(gp_reason_name(reason));
}

/* A size as far as JSON's integers go. */
static json_t *number(uint64_t value)
{
    return json_integer(value > INT64_MAX ? INT64_MAX : (json_int_t)value);
}

/* ---- what a file shows ------------------------------------------------------------------------------------------- */

static json_t *attribute_words(struct writing *it, unsigned bits)
{
    json_t *array = json_array();

    for (size_t i = 0; gp_recorded_attributes[i]; i++)
        if (bits >> i & 1)
            push(it, array, word(gp_recorded_attributes[i]));
    return array;
}

static json_t *attributes_value(struct writing *it, const struct gp_attributes *attributes)
{
    json_t *object = json_object();

    if (attributes->reason) {
        set(it, object, "unknown", reason_word(attributes->reason));
    } else {
        set(it, object, "known", attribute_words(it, attributes->known));
        set(it, object, "set", attribute_words(it, attributes->set));
    }
    return object;
}

static json_t *answer_value(struct writing *it, const struct gp_answer *answer)
{
    json_t *object = json_object();

    set(it, object, "answer", word(gp_recorded_answers[answer->value]));
    if (answer->value == GP_TRI_UNKNOWN)
        set(it, object, "unknown", reason_word(answer->reason));
    if (answer->detail)
        set(it, object, "detail", word(answer->detail));
    return object;
}

/* ---- content ----------------------------------------------------------------------------------------------------- */

static json_t *window_value(struct writing *it, const struct gp_range *range)
{
    json_t *object = json_object();

    set(it, object, "at", number(range->offset));
    if (range->reason) {
        set(it, object, "length", number(range->length));
        set(it, object, "unknown", reason_word(range->reason));
    } else {
        set(it, object, "hex", gp_json_hex((struct gp_str){range->data, range->length}));
    }
    return object;
}

static json_t *finding_value(struct writing *it, struct gp_str key, const struct gp_finding *finding)
{
    json_t *object = json_object();

    set(it, object, "of", gp_json_bytes(key));
    set(it, object, "answer", word(gp_recorded_answers[finding->answer]));
    if (finding->answer == GP_TRI_UNKNOWN)
        set(it, object, "unknown", reason_word(finding->reason));
    if (finding->number)
        set(it, object, "number", number(finding->number));
    if (finding->flag)
        set(it, object, "flag", json_true());
    if (finding->text.data)
        set(it, object, "text", gp_json_bytes(finding->text));
    return object;
}

static void add_kept(struct writing *it, json_t *object, const struct gp_kept *kept)
{
    json_t *windows = json_array(), *findings = json_array();

    for (const struct gp_range *range = kept->windows; range; range = range->next)
        push(it, windows, window_value(it, range));
    for (size_t i = 0; i < kept->findings.count; i++)
        push(it, findings, finding_value(it, kept->findings.entries[i].key, kept->findings.entries[i].value));
    if (kept->windows)
        set(it, object, "windows", json_incref(windows));
    if (kept->findings.count)
        set(it, object, "findings", json_incref(findings));
    json_decref(windows);
    json_decref(findings);
}

/* ---- directories ------------------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return gp_str_compare(*(const struct gp_str *)a, *(const struct gp_str *)b);
}

/* The names that some glob asked for, in their own order, not the directory's. */
static json_t *asked_names(struct writing *it, const struct gp_folder *folder)
{
    size_t most = folder->listing ? gp_listing_count(folder->listing) : 0, count = 0;
    struct gp_str *names = GP_NEW_ARRAY(it->scratch, struct gp_str, most + 1);
    json_t *array = json_array();

    if (!names)
        it->failed = true;
    for (size_t i = 0; names && i < most; i++) {
        struct gp_str name = gp_listing_name(folder->listing, i);
        if (gp_folder_covers(folder, name, it->probe->options.fold))
            names[count++] = name;
    }
    if (count)
        qsort(names, count, sizeof(*names), by_name);
    for (size_t i = 0; i < count; i++)
        push(it, array, gp_json_bytes(names[i]));
    return array;
}

static void add_folder(struct writing *it, json_t *object, const struct gp_folder *folder)
{
    json_t *globs = json_array();

    for (size_t i = 0; i < folder->globs.count; i++)
        push(it, globs, gp_json_bytes(folder->globs.entries[i].key));
    if (folder->globs.count)
        set(it, object, "globs", json_incref(globs));
    if (folder->globs.count && !folder->reason)
        set(it, object, "names", asked_names(it, folder));
    if (folder->counted)
        set(it, object, "count", number(folder->count));
    if (folder->reason)
        set(it, object, "unlisted", reason_word(folder->reason));
    json_decref(globs);
}

/* ---- entries ----------------------------------------------------------------------------------------------------- */

static void add_facts(struct writing *it, json_t *object, const struct gp_facts *facts)
{
    if (facts->present == GP_TRI_UNKNOWN) {
        set(it, object, "unknown", reason_word(facts->reason));
    } else if (facts->present == GP_TRI_NO) {
        set(it, object, "is", word(gp_recorded_is[GP_IS_ABSENT]));
    } else {
        set(it, object, "is", word(gp_recorded_is[facts->type])); /* the enumerations agree */
        if (facts->type == GP_FILETYPE_FILE)
            set(it, object, "size", number(facts->size));
        set(it, object, "mtime", json_integer(facts->mtime.tv_sec));
        if (facts->mtime.tv_nsec)
            set(it, object, "nsec", json_integer(facts->mtime.tv_nsec));
    }
}

static json_t *entry_value(struct writing *it, const struct gp_entry *entry)
{
    const char *path = gp_probe_entry_path(it->probe, entry, it->scratch);
    const struct gp_extra *extra = entry->extra;
    json_t *object = path ? json_object() : NULL;

    if (!object)
        return NULL;
    set(it, object, "path", gp_json_bytes((struct gp_str){path, strlen(path)}));
    add_facts(it, object, &entry->facts);
    if (!extra || entry->facts.present != GP_TRI_YES)
        return object;
    if (extra->has_attributes)
        set(it, object, "attributes", attributes_value(it, &extra->attributes));
    if (extra->has_writable)
        set(it, object, "writable", answer_value(it, &extra->writable));
    if (extra->has_locked)
        set(it, object, "locked", answer_value(it, &extra->locked));
    if (extra->kept)
        add_kept(it, object, extra->kept);
    if (extra->folder && entry->facts.type == GP_FILETYPE_DIRECTORY)
        add_folder(it, object, extra->folder);
    return object;
}

/* What follows from its directory alone is no fact of its own, nor is what nobody looked at. */
static bool is_fact(const struct gp_entry *entry)
{
    const struct gp_entry *parent = entry->parent;
    bool no_name = entry->facts.present == GP_TRI_UNKNOWN && entry->facts.reason == GP_REASON_NO_VALUE;

    if (entry->flags & GP_ENTRY_OWN || !(entry->flags & GP_ENTRY_KNOWN) || no_name)
        return false;
    return !parent || (parent->facts.present == GP_TRI_YES && parent->facts.type == GP_FILETYPE_DIRECTORY);
}

static json_t *facts_value(struct writing *it)
{
    json_t *array = json_array();

    for (uint32_t i = 0; i < it->probe->entry_count && !it->failed; i++) {
        const struct gp_entry *entry = gp_entry_numbered(it->probe, i);
        if (is_fact(entry))
            push(it, array, entry_value(it, entry));
    }
    return array;
}

/* ---- the rest ---------------------------------------------------------------------------------------------------- */

/* What is known of an entry, not the line itself: that may hold what nobody reads. */
static json_t *line_value(const struct gp_ledger_entry *entry)
{
    struct gp_strbuf line = {0};

    gp_ledger_format(&line, entry);
    json_t *value = gp_strbuf_ok(&line) ? gp_json_string(gp_strbuf_text(&line), line.len) : NULL;
    gp_strbuf_done(&line);
    return value;
}

static json_t *ledger_value(struct writing *it)
{
    json_t *array = json_array();

    for (const struct gp_asked *asked = it->probe->asked; asked; asked = asked->next) {
        json_t *object = json_object();
        if (asked->attestation)
            set(it, object, "attestation", word(asked->attestation));
        else
            set(it, object, "move", json_true());
        set(it, object, "sets", word(asked->sets));
        if (asked->reason)
            set(it, object, "unknown", reason_word(asked->reason));
        else if (asked->entry)
            set(it, object, "line", line_value(asked->entry));
        if (asked->doubt && !asked->reason) {
            set(it, object, "doubt", number(asked->doubt->number));
            set(it, object, "what", word(asked->doubt->what));
        }
        push(it, array, object);
    }
    return array;
}

static json_t *space_value(struct writing *it)
{
    json_t *object = json_object();

    if (it->probe->space.value == GP_TRI_YES)
        set(it, object, "bytes", number(it->probe->space_bytes));
    else
        set(it, object, "unknown", reason_word(it->probe->space.reason));
    return object;
}

static void add_tree(struct writing *it, json_t *object)
{
    set(it, object, "facts", facts_value(it));
    if (it->probe->space_asked)
        set(it, object, "space", space_value(it));
    if (it->probe->asked)
        set(it, object, "ledger", ledger_value(it));
}

/* A directory of an `under:`. */
static json_t *under_value(struct writing *it, struct gp_str directory, const struct gp_under *under)
{
    struct gp_probe *outer = it->probe;
    json_t *object = json_object();

    set(it, object, "directory", gp_json_bytes(directory));
    if (under->error == -ENOENT || under->error == -ENOTDIR) {
        set(it, object, "absent", json_true());
    } else if (under->error < 0) {
        set(it, object, "unknown", reason_word(gp_reason_of_errno(under->error)));
    } else {
        it->probe = under->probe;
        add_tree(it, object);
        it->probe = outer;
    }
    return object;
}

json_t *gp_record_facts(struct gp_probe *probe)
{
    struct writing it = {.probe = probe, .scratch = gp_arena_new(0)};
    json_t *object = json_object(), *unders = json_array();

    it.failed = !it.scratch;
    if (!it.failed)
        add_tree(&it, object);
    for (size_t i = 0; !it.failed && i < probe->unders.count; i++)
        push(&it, unders, under_value(&it, probe->unders.entries[i].key, probe->unders.entries[i].value));
    if (probe->unders.count)
        set(&it, object, "under", json_incref(unders));
    json_decref(unders);
    gp_arena_free(it.scratch);
    if (!it.failed)
        return object;
    json_decref(object);
    return NULL;
}
