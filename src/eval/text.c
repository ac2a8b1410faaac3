/*
 * Templates: texts for people, names and arguments for machines, paths.
 */
#include "eval/internal.h"

#include <string.h>

#include "eval/tables.h"
#include "util/clock.h"
#include "util/text.h"

struct gp_str gp_name_stem(struct gp_str name)
{
    for (size_t i = name.len; i > 1; i--) /* a name may begin with a dot, which is no extension */
        if (name.data[i - 1] == '.')
            return (struct gp_str){name.data, i - 1};
    return name;
}

static int string_reading(struct gp_reading *reading, struct gp_str text)
{
    gp_reading_value(reading, &(struct gp_value){.type = GP_TYPE_STRING, .string = text});
    return 0;
}

static int no_file(struct gp_eval *eval, struct gp_str name, struct gp_reading *ret)
{
    const char *detail = gp_arena_printf(eval->arena, "${%.*s} means nothing here", GP_STR_ARG(name));

    if (!detail)
        return -ENOMEM;
    gp_reading_unknown(ret, GP_REASON_NO_VALUE, detail);
    return 0;
}

/* A field of the record that is being looked at. */
static int field_value(struct gp_eval *eval, const struct gp_piece *piece, struct gp_reading *ret)
{
    struct gp_outcome outcome;
    struct gp_str text = {0};
    int r = gp_row_text(eval->row, piece->target, &text, &outcome);

    if (r < 0)
        return r;
    if (outcome.result == GP_TRUE)
        return string_reading(ret, text);
    gp_reading_take(ret, outcome);
    return 0;
}

/* The value of a name in a template. */
static int piece_value(struct gp_eval *eval, const struct gp_piece *piece, struct gp_reading *ret)
{
    const char *root;

    switch (piece->kind) {
    case GP_PIECE_LITERAL:
        return string_reading(ret, piece->text);
    case GP_PIECE_PARAM:
        return gp_eval_setting(eval, GP_SECTION_PARAM, piece->text, ret);
    case GP_PIECE_VAR:
        return gp_eval_setting(eval, GP_SECTION_VAR, piece->text, ret);
    case GP_PIECE_ROOT:
        root = gp_probe_name(eval->it->probe);
        return string_reading(ret, (struct gp_str){root, strlen(root)});
    case GP_PIECE_STEM:
    case GP_PIECE_NAME:
        if (!eval->each_name.data)
            break;
        return string_reading(ret, piece->kind == GP_PIECE_NAME ? eval->each_name : gp_name_stem(eval->each_name));
    case GP_PIECE_FIELD:
        return eval->row ? field_value(eval, piece, ret) : no_file(eval, piece->text, ret);
    case GP_PIECE_WORK: /* known to the action alone */
        break;
    }
    return no_file(eval, piece->text, ret);
}

/* As it was given, so that a program can read it. */
static void add_plain(struct gp_strbuf *out, const struct gp_value *value)
{
    char date[GP_TIME_SIZE];

    if (!gp_type_is_integer(value->type))
        gp_strbuf_add_mem(out, value->string.data, value->string.len);
    else if (value->type == GP_TYPE_BOOLEAN)
        gp_strbuf_add(out, value->integer ? "true" : "false");
    else if (value->type == GP_TYPE_DATE) {
        gp_time_format((struct timespec){.tv_sec = (time_t)value->integer}, date);
        gp_strbuf_add_mem(out, date, sizeof("2027-01-31") - 1);
    } else
        gp_strbuf_printf(out, "%lld", (long long)value->integer);
}

/* As a person reads it: names and texts as they are, numbers with their unit. */
static int add_shown(struct gp_eval *eval, struct gp_strbuf *out, const struct gp_piece *piece,
                     const struct gp_reading *reading)
{
    if (reading->result != GP_TRUE) {
        gp_strbuf_printf(out, "(%.*s not given)", GP_STR_ARG(piece->text));
        return 0;
    }
    if (!gp_type_is_integer(reading->value.type) && reading->value.type != GP_TYPE_BYTES) {
        add_plain(out, &reading->value);
        return 0;
    }
    const char *text = gp_value_text(&reading->value, eval->arena);
    if (!text)
        return -ENOMEM;
    gp_strbuf_add(out, text);
    return 0;
}

static int add_texts(struct gp_eval *eval, struct gp_strbuf *out, const struct gp_template *text)
{
    for (size_t i = 0; i < text->count; i++) {
        struct gp_reading reading = {0};
        int r = piece_value(eval, &text->pieces[i], &reading);

        if (r == 0)
            r = add_shown(eval, out, &text->pieces[i], &reading);
        if (r < 0)
            return r;
    }
    return 0;
}

const char *gp_eval_text(struct gp_eval *eval, const struct gp_template *text)
{
    struct gp_strbuf out = {0};
    const char *result = NULL;

    if (text && add_texts(eval, &out, text) == 0 && gp_strbuf_ok(&out))
        result = gp_arena_memdup(eval->arena, gp_strbuf_text(&out), out.len);
    gp_strbuf_done(&out);
    return result;
}

/* What keeps a value from being one component of a path; NULL: nothing. */
static const char *no_component(struct gp_str name)
{
    if (!name.len)
        return "is empty, so it names no file";
    if (memchr(name.data, '/', name.len))
        return "has a '/', so it is not one name";
    if (memchr(name.data, '\0', name.len))
        return "has a NUL byte, so it is no name";
    if (gp_str_is(name, "..") || gp_str_is(name, "."))
        return "leads somewhere else, so it is no name";
    return NULL;
}

static int refuse(struct gp_eval *eval, struct gp_str what, const char *why, struct gp_outcome *ret_outcome)
{
    const char *detail = gp_arena_printf(eval->arena, "%.*s %s", GP_STR_ARG(what), why);

    if (!detail)
        return -ENOMEM;
    *ret_outcome = gp_outcome_unknown(GP_REASON_NO_VALUE, detail);
    return 0;
}

/* n/a stands before unknown: what is taken out is taken out whole. */
static void worsen(struct gp_outcome *outcome, struct gp_outcome other)
{
    if (other.result == GP_NA ? outcome->result != GP_NA : other.result == GP_UNKNOWN && outcome->result == GP_TRUE)
        *outcome = other;
}

/* Appends every value; `component`: each must be one name of a path. */
static int expand(struct gp_eval *eval, const struct gp_template *text, bool component, struct gp_strbuf *out,
                  struct gp_outcome *ret_outcome)
{
    for (size_t i = 0; i < text->count; i++) {
        const struct gp_piece *piece = &text->pieces[i];
        struct gp_reading reading = {0};
        size_t start = out->len;
        int r = piece_value(eval, piece, &reading);
        struct gp_outcome outcome = {reading.result, reading.reason, reading.detail};

        if (r == 0 && reading.result == GP_TRUE) {
            add_plain(out, &reading.value);
            const char *why = component && piece->kind != GP_PIECE_LITERAL && gp_strbuf_ok(out)
                                  ? no_component((struct gp_str){gp_strbuf_text(out) + start, out->len - start})
                                  : NULL;
            if (why)
                r = refuse(eval, piece->text, why, &outcome);
        }
        if (r < 0)
            return r;
        worsen(ret_outcome, outcome);
    }
    return gp_strbuf_ok(out) ? 0 : -ENOMEM;
}

static int expand_to(struct gp_eval *eval, const struct gp_template *text, bool component, struct gp_str *ret_text,
                     struct gp_outcome *ret_outcome)
{
    struct gp_strbuf out = {0};
    struct gp_outcome outcome = GP_OUTCOME_TRUE;
    const char *copy = NULL;
    int r = expand(eval, text, component, &out, &outcome);
    struct gp_str whole = {gp_strbuf_text(&out), out.len};
    const char *why = component && outcome.result == GP_TRUE ? no_component(whole) : NULL;

    if (r == 0 && why)
        r = refuse(eval, GP_STR("the name"), why, &outcome);
    if (r == 0)
        copy = gp_arena_memdup(eval->arena, whole.data, whole.len);
    if (copy) {
        *ret_text = (struct gp_str){copy, whole.len};
        *ret_outcome = outcome;
    }
    gp_strbuf_done(&out);
    return copy ? 0 : -ENOMEM;
}

int gp_eval_expand(struct gp_eval *eval, const struct gp_template *text, struct gp_str *ret_text,
                   struct gp_outcome *ret_outcome)
{
    return expand_to(eval, text, false, ret_text, ret_outcome);
}

int gp_eval_component(struct gp_eval *eval, const struct gp_template *text, struct gp_str *ret_name,
                      struct gp_outcome *ret_outcome)
{
    return expand_to(eval, text, true, ret_name, ret_outcome);
}

/* ---- paths ------------------------------------------------------------------------------------------------------- */

static int dynamic_entry(struct gp_eval *eval, const struct gp_pathexpr *path, struct gp_entry **ret_entry,
                         struct gp_outcome *ret_outcome)
{
    struct gp_probe *probe = eval->here->probe;
    struct gp_entry *entry = probe ? gp_probe_at(probe, path->prefix ? path->interned : GP_PATH_ROOT) : NULL;
    struct gp_outcome outcome = GP_OUTCOME_TRUE;

    if (probe && !entry)
        return -ENOMEM;
    for (size_t i = path->prefix; i < path->count; i++) {
        const struct gp_pathpart *part = &path->parts[i];
        struct gp_str name = part->glob.text;
        struct gp_outcome found = GP_OUTCOME_TRUE;
        int r = part->text ? gp_eval_component(eval, part->text, &name, &found) : 0;

        if (r < 0)
            return r;
        worsen(&outcome, found);
        if (outcome.result != GP_TRUE || !probe)
            continue; /* a later part may still be n/a */
        entry = gp_probe_child(probe, entry, name);
        if (!entry)
            return -ENOMEM;
    }
    if (outcome.result == GP_TRUE)
        *ret_entry = entry;
    *ret_outcome = outcome;
    return 0;
}

int gp_eval_entry(struct gp_eval *eval, const struct gp_pathexpr *path, struct gp_entry **ret_entry,
                  struct gp_outcome *ret_outcome)
{
    struct gp_probe *probe = eval->here->probe;
    struct gp_entry *entry;

    if (path->dynamic)
        return dynamic_entry(eval, path, ret_entry, ret_outcome);
    entry = probe ? gp_probe_at(probe, path->interned) : NULL;
    if (probe && !entry)
        return -ENOMEM;
    *ret_entry = entry;
    *ret_outcome = GP_OUTCOME_TRUE;
    return 0;
}

const char *gp_eval_path_text(struct gp_eval *eval, const struct gp_pathexpr *path)
{
    struct gp_strbuf out = {0};
    const char *text = NULL;
    int r = 0;

    if (!path->dynamic)
        return gp_arena_memdup(eval->arena, path->text.data, path->text.len);
    for (size_t i = 0; r == 0 && i < path->count; i++) {
        if (i > 0)
            gp_strbuf_add_char(&out, '/');
        if (path->parts[i].text)
            r = add_texts(eval, &out, path->parts[i].text);
        else
            gp_strbuf_add_mem(&out, path->parts[i].glob.text.data, path->parts[i].glob.text.len);
    }
    if (r == 0 && gp_strbuf_ok(&out))
        text = gp_arena_memdup(eval->arena, gp_strbuf_text(&out), out.len);
    gp_strbuf_done(&out);
    return text;
}
