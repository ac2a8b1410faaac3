/* The steps that make or change the content of files. */
#include "act/steps.h"

#include <string.h>

#include "act/stage.h"
#include "act/steps-check.h"
#include "rule/tables.h"
#include "util/strbuf.h"
#include "util/text.h"

/* ---- write --------------------------------------------------------------------------------------------------- */

struct write_step {
    struct gp_paths paths;
    const struct gp_template *text;
    struct gp_value bytes;
    const struct gp_expr *zeros;
    struct gp_paths from;
    const struct gp_ref *under;
};
#define WRITE(member) offsetof(struct write_step, member)

static const struct gp_field write_fields[] = {
    {"write", GP_KIND_PATHS, WRITE(paths), GP_FIELD_REQUIRED | GP_FIELD_LIST,
     .help = "the file, or a list of files that get the same content; one that is there is replaced and keeps its mode "
             "and owner"},
    {"text", GP_KIND_TEXT, WRITE(text), 0, .help = "the content, verbatim, every ${name} in its place"},
    {"bytes", GP_KIND_LITERAL, WRITE(bytes), 0, .type = GP_TYPE_BYTES,
     .help = "the content, as hex:4d5a00 or text:hello"},
    {"zeros", GP_KIND_EXPR, WRITE(zeros), 0, .type = GP_TYPE_SIZE, .help = "so many zero bytes"},
    {"from", GP_KIND_PATHS, WRITE(from), 0,
     .help = "the content of this file beneath the rule set's files/, or beneath the directory of `under`"},
    {"under", GP_KIND_REF, WRITE(under), 0, .section = GP_SECTION_DIRECTORY,
     .help = "a parameter or variable of type directory in which `from` is looked for"},
    {0},
};
static const char *const write_one_of[] = {"text", "bytes", "zeros", "from", NULL};
static const struct gp_object write_object = {
    .name = "write step",
    .help = "Makes files with a content, or replaces the content of files.",
    .size = sizeof(struct write_step),
    .fields = write_fields,
    .one_of = write_one_of,
};

static void write_check(struct gp_link *link, const struct gp_step *step)
{
    const struct write_step *write = step->data;

    gp_step_check_paths(link, &write->paths);
    gp_step_check_no_missing(link, step);
    if (write->under && !write->from.count)
        gp_diag_add(link->diags, GP_DIAG_STEP_UNDER, write->under->at,
                    "'under' says where 'from' lies, which is missing");
}

/* The rule set's files/; names there are exact. */
static int open_files(struct gp_stage *stage)
{
    const struct gp_probe_options options = {.sys = stage->sys, .held_path = GP_PATH_NONE};
    struct gp_str set = stage->rules->directory;
    const char *files;

    if (stage->files)
        return 0;
    if (!set.len)
        return gp_stage_fail(stage, "this rule set has no files/ directory, as it is in no directory");
    files = gp_arena_printf(stage->arena, "%.*s/files", GP_STR_ARG(set));
    if (!files)
        return -ENOMEM;
    int r = gp_probe_open(&stage->files, files, &options);
    if (r == 0 || r == -ENOMEM)
        return r;
    return gp_stage_fail(stage, "%s: %s", files, strerror(-r));
}

/* Where `from` is looked for. */
static int source_of(struct gp_stage *stage, const struct gp_ref *under, struct gp_probe **ret_probe)
{
    struct gp_reading directory = {0};
    const char *name;
    int r;

    if (!under) {
        r = open_files(stage);
        if (r == 0)
            *ret_probe = stage->files;
        return r;
    }
    name = gp_arena_printf(stage->arena, "%.*s", GP_STR_ARG(under->id));
    r = name ? gp_eval_setting(stage->eval, under->section, under->id, &directory) : -ENOMEM;
    if (r < 0)
        return r;
    if (directory.result != GP_TRUE)
        return gp_stage_no_value(stage, name, directory.result, directory.reason, directory.detail);
    r = gp_probe_under(stage->probe, directory.value.string, ret_probe);
    if (r == 0 || r == -ENOMEM)
        return r;
    return gp_stage_fail(stage, "%.*s: %s", GP_STR_ARG(directory.value.string), strerror(-r));
}

static int content_from(struct gp_stage *stage, const struct write_step *write, struct gp_content *ret)
{
    const struct gp_pathexpr *path = write->from.data[0];
    struct gp_str *names;
    struct gp_probe *probe;
    gp_path at = GP_PATH_ROOT;
    int r = gp_stage_components(stage, path, &names);

    if (r == 0)
        r = source_of(stage, write->under, &probe);
    if (r < 0)
        return r;
    for (size_t i = 0; i < path->count && at != GP_PATH_NONE; i++)
        at = gp_pathtab_add(gp_probe_paths(probe), at, names[i]);
    struct gp_entry *entry = at == GP_PATH_NONE ? NULL : gp_probe_at(probe, at);
    if (!entry)
        return -ENOMEM;
    const struct gp_facts *facts = gp_probe_facts(probe, entry);
    const char *where = gp_probe_name(probe);
    if (facts->present == GP_TRI_UNKNOWN)
        return gp_stage_fail(stage, "%.*s in %s: %s", GP_STR_ARG(path->text), where, gp_reason_words(facts->reason));
    if (facts->present == GP_TRI_NO)
        return gp_stage_fail(stage, "%.*s is not there in %s", GP_STR_ARG(path->text), where);
    if (facts->type != GP_FILETYPE_FILE)
        return gp_stage_fail(stage, "%.*s in %s is no file", GP_STR_ARG(path->text), where);
    *ret = gp_content_of(probe, entry, facts->size);
    return 0;
}

static int write_content(struct gp_stage *stage, const struct write_step *write, struct gp_content *ret)
{
    struct gp_content content = {0};
    struct gp_value zeros;
    int r = 0;

    if (write->from.count)
        return content_from(stage, write, ret);
    if (write->text) {
        r = gp_stage_text(stage, "text", write->text, &content.bytes);
    } else if (write->zeros) {
        r = gp_stage_value(stage, "zeros", write->zeros, &zeros);
        if (r == 0 && zeros.integer < 0)
            r = gp_stage_usage(stage, "zeros: %lld is no size", (long long)zeros.integer);
    } else {
        content.bytes = write->bytes.string;
    }
    if (r < 0)
        return r;
    content.size = write->zeros ? (uint64_t)zeros.integer : content.bytes.len;
    *ret = content;
    return 0;
}

static int write_stage(struct gp_stage *stage, const struct gp_step *step)
{
    const struct write_step *write = step->data;
    struct gp_content content, copy;
    int r = write_content(stage, write, &content);

    for (size_t i = 0; i < write->paths.count && r == 0; i++) {
        struct gp_staged *at;
        r = gp_stage_at(stage, write->paths.data[i], false, &at);
        if (r == 0 && at->now == GP_STAGED_DIRECTORY)
            r = gp_stage_fail(stage, "%.*s is a directory", GP_STR_ARG(write->paths.data[i]->text));
        if (r == 0)
            r = gp_content_copy(stage->arena, &content, &copy);
        if (r == 0)
            gp_staged_write(at, copy);
    }
    return r;
}

/* ---- patch --------------------------------------------------------------------------------------------------- */

/* Numbers of a few bytes, as they stand in a file. */
static const struct {
    const char *name, *a_name;
    unsigned width;
    bool big;
} layouts[] = {
    {"u8", "a u8", 1, false},       {"u16le", "a u16le", 2, false}, {"u16be", "a u16be", 2, true},
    {"u32le", "a u32le", 4, false}, {"u32be", "a u32be", 4, true},
};
#define LAYOUTS GP_COUNT(layouts)

struct patch_step {
    struct gp_paths path;
    const struct gp_expr *at;
    const struct gp_expr *numbers[LAYOUTS];
    struct gp_value bytes;
    const struct gp_template *string;
};
#define PATCH(member) offsetof(struct patch_step, member)
#define NUMBER(i, id) {#id, GP_KIND_EXPR, PATCH(numbers[i]), 0, .type = GP_TYPE_INTEGER, .range = &gp_range_##id,

static const struct gp_field patch_fields[] = {
    {"patch", GP_KIND_PATHS, PATCH(path), GP_FIELD_REQUIRED, .help = "the file"},
    {"at", GP_KIND_EXPR, PATCH(at), GP_FIELD_REQUIRED, .type = GP_TYPE_INTEGER,
     .help = "where, in bytes from the start; a negative number counts from the end; what is written must lie inside "
             "the file"},
    NUMBER(0, u8) .help = "one byte"},
    NUMBER(1, u16le) .help = "two bytes, least significant first"},
    NUMBER(2, u16be) .help = "two bytes, most significant first"},
    NUMBER(3, u32le) .help = "four bytes, least significant first"},
    NUMBER(4, u32be) .help = "four bytes, most significant first"},
    {"bytes", GP_KIND_LITERAL, PATCH(bytes), 0, .type = GP_TYPE_BYTES, .help = "these bytes: hex:4d5a00 or text:hello"},
    {"string", GP_KIND_TEXT, PATCH(string), 0,
     .help = "this text, verbatim, every ${name} in its place; nothing is added behind it"},
    {0},
};
static const char *const patch_one_of[] = {"u8", "u16le", "u16be", "u32le", "u32be", "bytes", "string", NULL};
static const struct gp_object patch_object = {
    .name = "patch step",
    .help = "Overwrites bytes inside a file, which keeps its length.",
    .size = sizeof(struct patch_step),
    .fields = patch_fields,
    .one_of = patch_one_of,
};

static int64_t most_of(unsigned width)
{
    return (INT64_C(1) << (8 * width)) - 1;
}

static void patch_check(struct gp_link *link, const struct gp_step *step)
{
    const struct patch_step *patch = step->data;

    gp_step_check_paths(link, &patch->path);
}

static int number_bytes(struct gp_stage *stage, const struct gp_expr *expr, size_t layout, struct gp_str *ret_bytes)
{
    unsigned width = layouts[layout].width;
    struct gp_value value;
    char bytes[sizeof(uint32_t)];
    int r = gp_stage_value(stage, layouts[layout].name, expr, &value);

    if (r < 0)
        return r;
    if (value.integer < 0 || value.integer > most_of(width))
        return gp_stage_usage(stage, "%lld does not fit into %s", (long long)value.integer, layouts[layout].a_name);
    for (unsigned i = 0; i < width; i++)
        bytes[layouts[layout].big ? width - 1 - i : i] = (char)(value.integer >> (8 * i));
    ret_bytes->data = gp_arena_memdup(stage->arena, bytes, width);
    ret_bytes->len = width;
    return ret_bytes->data ? 0 : -ENOMEM;
}

static int patch_bytes(struct gp_stage *stage, const struct patch_step *patch, struct gp_str *ret_bytes)
{
    for (size_t i = 0; i < LAYOUTS; i++)
        if (patch->numbers[i])
            return number_bytes(stage, patch->numbers[i], i, ret_bytes);
    if (patch->string)
        return gp_stage_text(stage, "string", patch->string, ret_bytes);
    *ret_bytes = patch->bytes.string;
    return 0;
}

static int outside(struct gp_stage *stage, const struct gp_staged *file, int64_t at, size_t length)
{
    const char *path = gp_staged_path(stage, file);
    struct gp_strbuf size = {0};
    int r = -ENOMEM;

    gp_text_grouped(&size, file->content.size);
    if (path && gp_strbuf_ok(&size))
        r = gp_stage_fail(stage, "%s has %s byte%s, so %zu at %lld %s not inside it", path, gp_strbuf_text(&size),
                          file->content.size == 1 ? "" : "s", length, (long long)at, length == 1 ? "is" : "are");
    gp_strbuf_done(&size);
    return r;
}

static int patch_file(struct gp_stage *stage, struct gp_staged *file, int64_t at, struct gp_str bytes)
{
    uint64_t size = file->content.size;
    uint64_t back = at < 0 ? 0 - (uint64_t)at : 0;
    uint64_t offset = at < 0 ? size - back : (uint64_t)at;

    if (back > size)
        return outside(stage, file, at, bytes.len);
    int r = gp_content_edit(stage->arena, &file->content, offset, bytes);
    if (r == -ERANGE)
        return outside(stage, file, at, bytes.len);
    if (r == 0)
        file->written = true;
    return r;
}

static int patch_stage(struct gp_stage *stage, const struct gp_step *step)
{
    const struct patch_step *patch = step->data;
    const struct gp_pathexpr *path = patch->path.data[0];
    struct gp_staged *file;
    struct gp_value at;
    struct gp_str bytes;
    int r = gp_stage_at(stage, path, step->missing, &file);

    if (r < 0 || !file || (file->now == GP_STAGED_NOTHING && step->missing))
        return r;
    if (file->now != GP_STAGED_FILE)
        return gp_stage_fail(stage, "%.*s %s", GP_STR_ARG(path->text),
                             file->now == GP_STAGED_DIRECTORY ? "is a directory" : "is not there");
    r = gp_stage_value(stage, "at", patch->at, &at);
    if (r == 0)
        r = patch_bytes(stage, patch, &bytes);
    return r < 0 ? r : patch_file(stage, file, at.integer, bytes);
}

const struct gp_step_def gp_steps_content[] = {
    {"write", &write_object, write_check, write_stage, "{ write: data/table.db, zeros: 176 }", 0},
    {"patch", &patch_object, patch_check, patch_stage, "{ patch: data/table.db, at: 0x94, u8: 1 }", 0},
    {0},
};
