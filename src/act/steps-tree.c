/* The steps that work on whole files and directories. */
#include "act/steps.h"

#include <string.h>

#include "act/stage.h"
#include "act/steps-check.h"

/* ---- what several steps say ---------------------------------------------------------------------------------- */

static int say_at(struct gp_stage *stage, const struct gp_staged *staged, const char *what)
{
    const char *path = gp_staged_path(stage, staged);

    return path ? gp_stage_fail(stage, "%s %s", path, what) : -ENOMEM;
}

/* ---- mkdir --------------------------------------------------------------------------------------------------- */

struct mkdir_step {
    struct gp_paths paths;
};

static const struct gp_field mkdir_fields[] = {
    {"mkdir", GP_KIND_PATHS, offsetof(struct mkdir_step, paths), GP_FIELD_REQUIRED | GP_FIELD_LIST,
     .help = "the directory, or a list of them, each in a directory that is there by then; one that is there stays as "
             "it is"},
    {0},
};
static const struct gp_object mkdir_object = {
    .name = "mkdir step",
    .help = "Makes directories.",
    .size = sizeof(struct mkdir_step),
    .fields = mkdir_fields,
};

static void mkdir_check(struct gp_link *link, const struct gp_step *step)
{
    const struct mkdir_step *mkdir = step->data;

    gp_step_check_paths(link, &mkdir->paths);
    gp_step_check_no_missing(link, step);
}

static int mkdir_stage(struct gp_stage *stage, const struct gp_step *step)
{
    const struct mkdir_step *mkdir = step->data;
    int r = 0;

    for (size_t i = 0; i < mkdir->paths.count && r == 0; i++) {
        struct gp_staged *at;
        r = gp_stage_at(stage, mkdir->paths.data[i], false, &at);
        if (r == 0 && at->now == GP_STAGED_FILE)
            r = say_at(stage, at, "is a file, so no directory can be made there");
        if (r == 0 && at->now == GP_STAGED_NOTHING)
            gp_staged_make_directory(at);
    }
    return r;
}

/* ---- copy and move ------------------------------------------------------------------------------------------- */

struct transfer_step {
    struct gp_paths from, to;
};

#define TO_FIELD                                                                                  \
    {"to", GP_KIND_PATHS, offsetof(struct transfer_step, to), GP_FIELD_REQUIRED,                  \
     .help = "where it goes, with its name there: a file may replace a file, a directory replaces nothing"}

static const char *obstacle(const struct gp_staged *from, const struct gp_staged *to)
{
    if (from == to)
        return "cannot be copied or moved onto itself";
    for (const struct gp_staged *at = to; at; at = at->parent)
        if (at == from)
            return "cannot be copied or moved into itself";
    return NULL;
}

static int transfer(struct gp_stage *stage, const struct gp_step *step, bool move)
{
    const struct transfer_step *what = step->data;
    struct gp_staged *from, *to;
    const char *why;
    int r = gp_stage_at(stage, what->from.data[0], step->missing, &from);

    if (r < 0 || !from)
        return r;
    if (from->now == GP_STAGED_NOTHING)
        return step->missing ? 0 : say_at(stage, from, "is not there");
    r = gp_stage_at(stage, what->to.data[0], false, &to);
    if (r < 0)
        return r;
    if ((why = obstacle(from, to)))
        return say_at(stage, from, why);
    if (to->now == GP_STAGED_DIRECTORY)
        return say_at(stage, to, "is a directory; 'to' names the copy itself");
    if (to->now == GP_STAGED_FILE && from->now == GP_STAGED_DIRECTORY)
        return say_at(stage, to, "is a file, and a directory replaces none");
    r = gp_stage_copy(stage, from, to, move);
    if (r == 0 && move)
        gp_staged_remove(from);
    return r;
}

static void transfer_check(struct gp_link *link, const struct gp_step *step)
{
    const struct transfer_step *what = step->data;

    gp_step_check_paths(link, &what->from);
    gp_step_check_paths(link, &what->to);
}

static const struct gp_field copy_fields[] = {
    {"copy", GP_KIND_PATHS, offsetof(struct transfer_step, from), GP_FIELD_REQUIRED,
     .help = "the file, or the directory with everything in it"},
    TO_FIELD,
    {0},
};
static const struct gp_object copy_object = {
    .name = "copy step",
    .help = "Copies a file or a directory. The copy has the mode of the original, a new time, and the owner of the "
            "directory it is in; a file that is replaced keeps its own mode and owner.",
    .size = sizeof(struct transfer_step),
    .fields = copy_fields,
};

static int copy_stage(struct gp_stage *stage, const struct gp_step *step)
{
    return transfer(stage, step, false);
}

static const struct gp_field move_fields[] = {
    {"move", GP_KIND_PATHS, offsetof(struct transfer_step, from), GP_FIELD_REQUIRED,
     .help = "the file, or the directory with everything in it"},
    TO_FIELD,
    {0},
};
static const struct gp_object move_object = {
    .name = "move step",
    .help = "Moves a file or a directory, with mode, owner and times.",
    .size = sizeof(struct transfer_step),
    .fields = move_fields,
};

static int move_stage(struct gp_stage *stage, const struct gp_step *step)
{
    return transfer(stage, step, true);
}

/* ---- remove -------------------------------------------------------------------------------------------------- */

struct remove_step {
    struct gp_paths paths;
};

static const struct gp_field remove_fields[] = {
    {"remove", GP_KIND_PATHS, offsetof(struct remove_step, paths), GP_FIELD_REQUIRED | GP_FIELD_LIST | GP_FIELD_GLOB,
     .help = "a file, a directory with everything in it, a glob, or a list of these; a glob may match nothing"},
    {0},
};
static const struct gp_object remove_object = {
    .name = "remove step",
    .help = "Removes files and directories.",
    .size = sizeof(struct remove_step),
    .fields = remove_fields,
};

static void remove_check(struct gp_link *link, const struct gp_step *step)
{
    const struct remove_step *remove = step->data;

    gp_step_check_paths(link, &remove->paths);
}

static int remove_stage(struct gp_stage *stage, const struct gp_step *step)
{
    const struct remove_step *remove = step->data;
    gp_staged_list list;
    int r = gp_stage_find(stage, &remove->paths, step->missing, false, &list);

    for (size_t i = 0; r == 0 && i < list.count; i++)
        gp_staged_remove(list.data[i]);
    return r;
}

/* ---- attributes ---------------------------------------------------------------------------------------------- */

struct attributes_step {
    struct gp_paths paths;
    enum gp_yesno read_only, hidden, system;
};
#define ATTRIBUTES(member) offsetof(struct attributes_step, member)

static const struct gp_field attributes_fields[] = {
    {"attributes", GP_KIND_PATHS, ATTRIBUTES(paths), GP_FIELD_REQUIRED | GP_FIELD_LIST | GP_FIELD_GLOB,
     .help = "a file, a glob, or a list of these; a glob takes files only and may match nothing"},
    {"read-only", GP_KIND_BOOLEAN, ATTRIBUTES(read_only), 0,
     .help = "true: nobody may write; false: its owner may, and whoever may read it and write in its directory"},
    {"hidden", GP_KIND_BOOLEAN, ATTRIBUTES(hidden), 0,
     .help = "the DOS attribute; an error on a file system that keeps none"},
    {"system", GP_KIND_BOOLEAN, ATTRIBUTES(system), 0,
     .help = "the DOS attribute; an error on a file system that keeps none"},
    {0},
};
static const struct gp_object attributes_object = {
    .name = "attributes step",
    .help = "Sets DOS attributes of files; what is not named stays as it is.",
    .size = sizeof(struct attributes_step),
    .fields = attributes_fields,
};

static void attributes_check(struct gp_link *link, const struct gp_step *step)
{
    const struct attributes_step *attributes = step->data;

    gp_step_check_paths(link, &attributes->paths);
    if (!attributes->read_only && !attributes->hidden && !attributes->system)
        gp_diag_add(link->diags, GP_DIAG_STEP_NO_ATTRIBUTE, step->at,
                    "'attributes' sets none: read-only, hidden or system is missing");
}

static void ask(struct gp_staged *staged, unsigned attribute, enum gp_yesno wanted)
{
    if (wanted == GP_YESNO_UNSET)
        return;
    staged->asked |= attribute;
    staged->set = wanted == GP_YESNO_YES ? staged->set | attribute : staged->set & ~attribute;
}

/* Fails where the file system keeps no such attribute.  Of a file that is not there yet, its directory tells. */
static int check_kept(struct gp_stage *stage, const struct gp_staged *file, const struct attributes_step *step)
{
    unsigned needed = (step->hidden ? GP_ATTRIBUTE_HIDDEN : 0) | (step->system ? GP_ATTRIBUTE_SYSTEM : 0);
    const struct gp_staged *at = file;

    if (!needed)
        return 0;
    while (at->was == GP_STAGED_NOTHING)
        at = at->parent;
    struct gp_attributes have = gp_probe_attributes(stage->probe, at->live);
    if (have.reason != GP_REASON_NONE)
        return say_at(stage, at, gp_reason_words(have.reason));
    if ((have.known & needed) == needed)
        return 0;
    return say_at(stage, file, "cannot be hidden or system: the file system keeps no such attributes");
}

static int attributes_stage(struct gp_stage *stage, const struct gp_step *step)
{
    const struct attributes_step *attributes = step->data;
    gp_staged_list list;
    int r = gp_stage_find(stage, &attributes->paths, step->missing, true, &list);

    for (size_t i = 0; r == 0 && i < list.count; i++) {
        struct gp_staged *file = list.data[i];
        r = file->now == GP_STAGED_FILE ? check_kept(stage, file, attributes) : say_at(stage, file, "is a directory");
        if (r < 0)
            break;
        ask(file, GP_ATTRIBUTE_READ_ONLY, attributes->read_only);
        ask(file, GP_ATTRIBUTE_HIDDEN, attributes->hidden);
        ask(file, GP_ATTRIBUTE_SYSTEM, attributes->system);
    }
    return r;
}

const struct gp_step_def gp_steps_tree[] = {
    {"mkdir", &mkdir_object, mkdir_check, mkdir_stage, "{ mkdir: [spool, spool/new] }", 0},
    {"copy", &copy_object, transfer_check, copy_stage, "{ copy: etc/app.conf, to: etc/app.conf.old }", 0},
    {"move", &move_object, transfer_check, move_stage, "{ move: data/old.db, to: data/new.db }", 0},
    {"remove", &remove_object, remove_check, remove_stage, "{ remove: \"data/*.tmp\" }", 0},
    {"attributes", &attributes_object, attributes_check, attributes_stage,
     "{ attributes: \"doc/*.hlp\", read-only: true }", 0},
    {0},
};
