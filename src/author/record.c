#include "author/record.h"

#include <errno.h>
#include <string.h>

#include "probe/record.h"
#include "util/clock.h"
#include "util/digest.h"
#include "util/json-read.h"

static const char *const names_words[] = {"exact", "dos", NULL};

void gp_record_done(struct gp_record *record)
{
    if (record) {
        json_decref(record->document);
        record->document = NULL;
        record->tree = NULL;
    }
}

/* The digest over the document as it stands (without its digest). */
static int digest_of(const json_t *document, char ret_text[sizeof("sha256:") + GP_DIGEST_TEXT_SIZE])
{
    struct gp_strbuf text = {0};

    gp_json_write(&text, document, 0);
    bool ok = gp_strbuf_ok(&text);
    memcpy(ret_text, "sha256:", sizeof("sha256:"));
    if (ok)
        gp_digest_of(gp_strbuf_text(&text), text.len, ret_text + sizeof("sha256:") - 1);
    gp_strbuf_done(&text);
    return ok ? 0 : -ENOMEM;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static bool set_ruleset(json_t *document, const struct gp_record *record)
{
    json_t *object = json_object();
    bool ok = object && gp_json_set(object, "name", gp_json_string0(record->ruleset)) &&
              gp_json_set(object, "version", gp_json_string0(record->version)) &&
              gp_json_set(object, "digest", gp_json_string0(record->digest));

    if (ok)
        return gp_json_set(document, "ruleset", object);
    json_decref(object);
    return false;
}

static bool set_operations(json_t *document, const struct gp_record *record)
{
    json_t *array = json_array();
    bool ok = array != NULL;

    for (size_t i = 0; ok && i < record->operation_count; i++)
        ok = gp_json_append(array, gp_json_string0(record->operations[i]));
    if (ok)
        return gp_json_set(document, "operations", array);
    json_decref(array);
    return false;
}

/* An object with two texts; what is no UTF-8 is kept byte by byte. */
static json_t *pair(const char *first_key, struct gp_str first, const char *second_key, struct gp_str second)
{
    json_t *object = json_object();

    if (object && gp_json_set(object, first_key, gp_json_bytes(first)) &&
        (!second.data || gp_json_set(object, second_key, gp_json_bytes(second))))
        return object;
    json_decref(object);
    return NULL;
}

static bool set_given(json_t *document, const struct gp_record *record)
{
    json_t *given = json_array(), *assumed = json_array();
    bool ok = given && assumed;

    for (size_t i = 0; ok && i < record->given_count; i++)
        ok = gp_json_append(given, pair("name", record->given[i].name, "value", record->given[i].value));
    for (size_t i = 0; ok && i < record->assumed_count; i++)
        ok = gp_json_append(assumed, pair("id", record->assumed[i].id, "reason", record->assumed[i].reason));
    ok = ok && gp_json_set(document, "set", json_incref(given)) &&
         gp_json_set(document, "attest", json_incref(assumed));
    json_decref(given);
    json_decref(assumed);
    return ok;
}

static bool fill(json_t *document, const struct gp_record *record, struct gp_probe *probe)
{
    char now[GP_TIME_EXACT_SIZE], digest[sizeof("sha256:") + GP_DIGEST_TEXT_SIZE];
    struct gp_str directory = {record->directory, strlen(record->directory)};

    gp_time_format_exact(record->now, now); /* the times of files have nanoseconds, too, and are compared with it */
    return gp_json_set(document, "record", json_integer(GP_RECORD_SCHEMA)) &&
           gp_json_set(document, "gatepost", gp_json_string0(record->program)) && set_ruleset(document, record) &&
           gp_json_set(document, "names", gp_json_string0(names_words[record->fold])) &&
           gp_json_set(document, "directory", gp_json_bytes(directory)) && set_operations(document, record) &&
           gp_json_set(document, "now", gp_json_string0(now)) && set_given(document, record) &&
           gp_json_set(document, "tree", gp_record_facts(probe)) && digest_of(document, digest) == 0 &&
           gp_json_set(document, "digest", gp_json_string0(digest));
}

int gp_record_write(struct gp_strbuf *out, const struct gp_record *record, struct gp_probe *probe)
{
    json_t *document = json_object();
    size_t start = out->len;

    if (!document || !fill(document, record, probe))
        out->failed = true;
    else
        gp_json_write(out, document, 1);
    gp_strbuf_add_char(out, '\n');
    json_decref(document);
    if (!gp_strbuf_ok(out))
        return -ENOMEM;
    return out->len - start > GP_RECORD_BYTES ? -EFBIG : 0;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

struct header {
    int64_t schema;
    struct gp_record record;
    const char *now, *digest;
    int names;
    struct gp_str directory;
    const json_t *ruleset, *operations, *set, *attest;
};

#define IN_HEADER(member) .offset = offsetof(struct header, member)

static const struct gp_json_key header_keys[] = {
    {"record", GP_JSON_INTEGER, IN_HEADER(schema), .required = true, .least = GP_RECORD_SCHEMA,
     .most = GP_RECORD_SCHEMA},
    {"gatepost", GP_JSON_TEXT, IN_HEADER(record.program), .required = true},
    {"ruleset", GP_JSON_MAP, IN_HEADER(ruleset), .required = true},
    {"names", GP_JSON_WORD, IN_HEADER(names), .required = true, .words = names_words},
    {"directory", GP_JSON_BYTES, IN_HEADER(directory), .required = true},
    {"operations", GP_JSON_LIST, IN_HEADER(operations), .required = true},
    {"now", GP_JSON_TEXT, IN_HEADER(now), .required = true},
    {"set", GP_JSON_LIST, IN_HEADER(set), .required = true},
    {"attest", GP_JSON_LIST, IN_HEADER(attest), .required = true},
    {"tree", GP_JSON_MAP, IN_HEADER(record.tree), .required = true},
    {"digest", GP_JSON_TEXT, IN_HEADER(digest), .required = true},
    {0},
};

static const struct gp_json_key ruleset_keys[] = {
    {"name", GP_JSON_TEXT, .offset = offsetof(struct gp_record, ruleset), .required = true},
    {"version", GP_JSON_TEXT, .offset = offsetof(struct gp_record, version), .required = true},
    {"digest", GP_JSON_TEXT, .offset = offsetof(struct gp_record, digest), .required = true},
    {0},
};

static const struct gp_json_key given_keys[] = {
    {"name", GP_JSON_BYTES, .offset = offsetof(struct gp_given, name), .required = true},
    {"value", GP_JSON_BYTES, .offset = offsetof(struct gp_given, value), .required = true},
    {0},
};

static const struct gp_json_key assumed_keys[] = {
    {"id", GP_JSON_BYTES, .offset = offsetof(struct gp_assumed, id), .required = true},
    {"reason", GP_JSON_BYTES, .offset = offsetof(struct gp_assumed, reason)},
    {0},
};

/* What can be said without knowing all keys: this is a record, of a schema that we read, and undamaged. */
static int check_whole(struct gp_json_in *in, json_t *document)
{
    char digest[sizeof("sha256:") + GP_DIGEST_TEXT_SIZE];
    const json_t *schema = json_object_get(document, "record");
    const char *written = json_string_value(json_object_get(document, "digest"));

    if (!json_is_integer(schema))
        return gp_json_wrong(in, "it is no record of gatepost");
    if (json_integer_value(schema) > GP_RECORD_SCHEMA)
        return gp_json_wrong(in, "it is of schema %lld; this gatepost reads records of schema %d",
                             (long long)json_integer_value(schema), GP_RECORD_SCHEMA);
    if (!written)
        return gp_json_wrong(in, "its 'digest' is missing");
    json_t *kept = json_incref(json_object_get(document, "digest"));
    int r = json_object_del(document, "digest") < 0 ? -ENOMEM : digest_of(document, digest);
    if (r == 0 && strcmp(written, digest) != 0)
        r = gp_json_wrong(in, "it was changed after it was made: its digest is not that of its content");
    if (!gp_json_set(document, "digest", kept) && r == 0)
        r = -ENOMEM;
    return r;
}

static int take_operations(struct gp_json_in *in, const json_t *list, struct gp_record *record)
{
    static const struct gp_json_key key = {"operations", GP_JSON_TEXT, .offset = 0};
    json_t *value;
    size_t i;

    record->operations = GP_NEW_ARRAY(in->arena, const char *, json_array_size(list) + 1);
    if (!record->operations)
        return -ENOMEM;
    json_array_foreach((json_t *)list, i, value) {
        int r = gp_json_take(in, value, "the record", &key, &record->operations[i]);
        if (r < 0)
            return r;
        record->operation_count++;
    }
    return 0;
}

static int take_given(struct gp_json_in *in, const struct header *header, struct gp_record *record)
{
    json_t *value;
    size_t i;
    int r = 0;

    record->given = GP_NEW_ARRAY(in->arena, struct gp_given, json_array_size(header->set) + 1);
    record->assumed = GP_NEW_ARRAY(in->arena, struct gp_assumed, json_array_size(header->attest) + 1);
    if (!record->given || !record->assumed)
        return -ENOMEM;
    json_array_foreach((json_t *)header->set, i, value) {
        if (r == 0)
            r = gp_json_bind(in, value, "set", given_keys, &record->given[record->given_count++]);
    }
    json_array_foreach((json_t *)header->attest, i, value) {
        if (r == 0)
            r = gp_json_bind(in, value, "attest", assumed_keys, &record->assumed[record->assumed_count++]);
    }
    return r;
}

static int take_header(struct gp_json_in *in, const json_t *document, struct gp_record *record)
{
    struct header header = {.schema = 0};
    int r = gp_json_bind(in, document, "the record", header_keys, &header);

    if (r == 0)
        r = gp_json_bind(in, header.ruleset, "ruleset", ruleset_keys, &header.record);
    if (r < 0)
        return r;
    if (gp_time_parse((struct gp_str){header.now, strlen(header.now)}, &header.record.now) < 0)
        return gp_json_wrong(in, "the record: 'now' is no time");
    if (!header.directory.len || memchr(header.directory.data, '\0', header.directory.len))
        return gp_json_wrong(in, "the record: 'directory' is no name");
    header.record.directory = header.directory.data; /* which ends with a NUL */
    header.record.fold = header.names != 0;
    r = take_operations(in, header.operations, &header.record);
    if (r == 0)
        r = take_given(in, &header, &header.record);
    if (r == 0)
        *record = header.record;
    return r;
}

int gp_record_read(struct gp_record *ret_record, struct gp_arena *arena, struct gp_str text, const char **ret_problem)
{
    struct gp_json_in in = {.arena = arena};
    struct gp_json_error error;
    struct gp_record record = {.document = NULL};
    json_t *document = text.len > GP_RECORD_BYTES ? NULL : gp_json_read_object(text.data, text.len, &error);
    int r;

    if (text.len > GP_RECORD_BYTES)
        r = gp_json_wrong(&in, "it has more than %zu MiB", GP_RECORD_BYTES >> 20);
    else if (!document)
        r = gp_json_wrong(&in, "line %d, column %d: %s", error.line, error.column, error.text);
    else
        r = check_whole(&in, document);
    if (r == 0)
        r = take_header(&in, document, &record);
    if (r < 0) {
        json_decref(document);
        if (r == -EINVAL)
            *ret_problem = in.problem;
        return r;
    }
    record.document = document;
    *ret_record = record;
    return 0;
}

int gp_record_open(const struct gp_record *record, const struct gp_probe_options *options, struct gp_arena *arena,
                   struct gp_probe **ret_probe, const char **ret_problem)
{
    struct gp_json_in in = {.arena = arena};

    if (record->fold == options->fold)
        return gp_recorded_open(ret_probe, record->tree, record->directory, options, arena, ret_problem);
    int r = gp_json_wrong(&in, "it was made with names: %s, and the rule set has names: %s; a name that was looked up "
                               "one way says nothing about the other",
                          names_words[record->fold], names_words[options->fold]);
    if (r == -EINVAL)
        *ret_problem = in.problem;
    return r;
}
