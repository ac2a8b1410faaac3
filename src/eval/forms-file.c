/*
 * Conditions about what stands at a path: file, dir, absent.
 */
#include "eval/families.h"

#include "eval/check.h"
#include "eval/content.h"
#include "eval/facets.h"
#include "eval/files.h"
#include "eval/words.h"

struct cond_paths {
    struct gp_paths paths;
};

/* What a form expects at a path. */
static const char *expected_of(enum gp_filetype type)
{
    return type == GP_FILETYPE_FILE ? "exists" : "a directory";
}

/* ---- file, dir --------------------------------------------------------------------------------------------------- */

/* Nothing is there, or nothing of this type, or it cannot be told. */
static int tell_missing(struct gp_eval *eval, const struct gp_entry *entry, const struct gp_facts *facts,
                        struct gp_proof *leaf)
{
    if (facts->present == GP_TRI_UNKNOWN) {
        struct gp_outcome outcome;
        int r = gp_words_unknown(eval, entry, facts->reason, &outcome);
        if (r == 0) {
            gp_proof_take(leaf, outcome);
        }
        return r;
    }
    leaf->result = GP_FALSE;
    bool is_file = facts->present == GP_TRI_YES && facts->type == GP_FILETYPE_FILE;
    leaf->found = is_file ? "a file" : gp_words_facts(eval, facts);
    return leaf->found ? 0 : -ENOMEM;
}

static int tell_there(struct gp_eval *eval, const struct gp_cond *cond, struct gp_entry *entry,
                      const struct gp_facts *facts, struct gp_proof *leaf)
{
    leaf->path = gp_words_path(eval, entry);
    leaf->found = gp_words_facts(eval, facts);
    if (!leaf->path || !leaf->found) {
        return -ENOMEM;
    }
    leaf->result = GP_TRUE;
    if (facts->type == GP_FILETYPE_FILE) {
        leaf->value = (struct gp_value){.type = GP_TYPE_SIZE, .integer = gp_size_signed(facts->size)};
    }
    return cond->facet_count ? gp_facets_tell(eval, cond, entry, leaf->path, leaf) : 0;
}

/* One path.  `leaf` has its subject and its place. */
static int decide_path(struct gp_eval *eval, const struct gp_cond *cond, const struct gp_pathexpr *path,
                       enum gp_filetype type, struct gp_proof *leaf)
{
    struct gp_outcome outcome;
    struct gp_entry *entry = NULL;
    int r = gp_eval_entry(eval, path, &entry, &outcome);
    if (r < 0) {
        return r;
    }
    leaf->expected = expected_of(type);
    leaf->path = gp_eval_path_text(eval, path);
    if (!leaf->path) {
        return -ENOMEM;
    }
    if (outcome.result != GP_TRUE) {
        gp_proof_take(leaf, outcome);
        return 0;
    }
    static const struct gp_facts absent = {.present = GP_TRI_NO};
    const struct gp_facts *facts = entry ? gp_probe_facts(eval->here->probe, entry) : &absent;
    if (facts->present == GP_TRI_YES && facts->type == type) {
        return tell_there(eval, cond, entry, facts, leaf);
    }
    return tell_missing(eval, entry, facts, leaf);
}

/* A condition about one path is itself the leaf; of several each has one below it. */
static int decide_paths(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof,
                        int (*decide)(struct gp_eval *eval, const struct gp_cond *cond, const struct gp_pathexpr *path,
                                      struct gp_proof *leaf))
{
    const struct cond_paths *data = cond->data;
    if (data->paths.count == 1) {
        proof->subject = cond->form->key;
        return decide(eval, cond, data->paths.data[0], proof);
    }
    for (size_t i = 0; i < data->paths.count; i++) {
        struct gp_proof *leaf = gp_proof_leaf(eval, proof, cond->form->key, NULL);
        if (!leaf) {
            return -ENOMEM;
        }
        leaf->at = data->paths.data[i]->at;
        int r = decide(eval, cond, data->paths.data[i], leaf);
        if (r < 0) {
            return r;
        }
    }
    gp_proof_all(proof);
    return 0;
}

static int decide_with_facets(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof,
                              int (*decide)(struct gp_eval *eval, const struct gp_cond *cond,
                                            const struct gp_pathexpr *path, struct gp_proof *leaf))
{
    struct gp_facets facets;
    struct gp_outcome outcome;
    int r = gp_facets_begin(eval, cond, &facets, &outcome);
    if (r < 0) {
        return r;
    }
    if (outcome.result != GP_TRUE) {
        gp_proof_take(proof, outcome);
        return 0;
    }
    return decide_paths(eval, cond, proof, decide);
}

static int file_path(struct gp_eval *eval, const struct gp_cond *cond, const struct gp_pathexpr *path,
                     struct gp_proof *leaf)
{
    return decide_path(eval, cond, path, GP_FILETYPE_FILE, leaf);
}

static int dir_path(struct gp_eval *eval, const struct gp_cond *cond, const struct gp_pathexpr *path,
                    struct gp_proof *leaf)
{
    return decide_path(eval, cond, path, GP_FILETYPE_DIRECTORY, leaf);
}

static int decide_file(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    return decide_with_facets(eval, cond, proof, file_path);
}

static int decide_dir(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    return decide_with_facets(eval, cond, proof, dir_path);
}

/* ---- absent ------------------------------------------------------------------------------------------------------ */

/* What is there although nothing should be: the first by name, and how many. */
struct presence {
    struct gp_files_key key;
    struct gp_entry *entry;
    uint64_t there, unknown;
    enum gp_reason reason; /* the gravest of the unknown ones, at: */
    struct gp_files_key unknown_key;
    struct gp_entry *unknown_entry;
};

static int visit_presence(void *context, const struct gp_files_hit *hit)
{
    struct presence *it = context;
    if (!hit->open && hit->facts->present == GP_TRI_YES) {
        if (it->there++ == 0 || gp_files_key_compare(&hit->key, &it->key) < 0) {
            it->key = hit->key;
            it->entry = hit->entry;
        }
        return 0;
    }
    bool same = hit->reason == it->reason && gp_files_key_compare(&hit->key, &it->unknown_key) < 0;
    if (it->unknown++ == 0 || hit->reason < it->reason || same) {
        it->reason = hit->reason;
        it->unknown_key = hit->key;
        it->unknown_entry = hit->entry;
    }
    return 0;
}

static int tell_presence(struct gp_eval *eval, const struct presence *it, bool glob, struct gp_proof *leaf)
{
    struct gp_outcome outcome;
    if (it->there == 0) {
        leaf->result = GP_TRUE;
        leaf->found = glob ? "matches nothing" : "nothing";
        if (it->unknown == 0) {
            return 0;
        }
        leaf->found = NULL;
        int r = gp_words_unknown(eval, it->unknown_entry, it->reason, &outcome);
        if (r == 0) {
            gp_proof_take(leaf, outcome);
        }
        return r;
    }
    const struct gp_facts *facts = gp_probe_facts(eval->here->probe, it->entry);
    leaf->result = GP_FALSE;
    leaf->path = gp_words_path(eval, it->entry);
    leaf->found = gp_words_facts(eval, facts);
    if (!leaf->path || !leaf->found) {
        return -ENOMEM;
    }
    if (it->there > 1) {
        const char *more = gp_words_count(eval, it->there - 1, "more matches", "more match");
        return more ? gp_say(eval, &leaf->found, "%s; %s", leaf->found, more) : -ENOMEM;
    }
    return 0;
}

static int absent_path(struct gp_eval *eval, const struct gp_cond *cond, const struct gp_pathexpr *path,
                       struct gp_proof *leaf)
{
    const struct gp_paths paths = {&path, 1};
    struct presence presence = {.entry = NULL};
    const struct gp_files_visitor visitor = {.visit = visit_presence, .context = &presence};
    struct gp_outcome outcome;
    (void)cond;
    int r = gp_files_each(eval, &paths, NULL, &visitor, &outcome);
    if (r < 0) {
        return r;
    }
    leaf->expected = "nothing";
    leaf->path = gp_eval_path_text(eval, path);
    if (!leaf->path) {
        return -ENOMEM;
    }
    if (outcome.result != GP_TRUE) {
        gp_proof_take(leaf, outcome);
        return 0;
    }
    return tell_presence(eval, &presence, path->glob, leaf);
}

static int decide_absent(struct gp_eval *eval, const struct gp_cond *cond, struct gp_proof *proof)
{
    return decide_paths(eval, cond, proof, absent_path);
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static const struct gp_field file_fields[] = {
    {"file", GP_KIND_PATHS, offsetof(struct cond_paths, paths), GP_FIELD_REQUIRED | GP_FIELD_LIST,
     .help = "each of these is there, is a regular file, and has all the facets"},
    {0},
};
static const struct gp_object file_object = {
    .name = "file", .size = sizeof(struct cond_paths), .fields = file_fields,
    .help = "Each path is there and is a regular file, and every facet holds of it. A directory or a pipe of that name "
            "makes it false; a symbolic link, which is never followed, makes it unknown."};

static const struct gp_field dir_fields[] = {
    {"dir", GP_KIND_PATHS, offsetof(struct cond_paths, paths), GP_FIELD_REQUIRED | GP_FIELD_LIST,
     .help = "each of these is there, is a directory, and has all the facets; \".\" is the tree itself"},
    {0},
};
static const struct gp_object dir_object = {
    .name = "dir", .size = sizeof(struct cond_paths), .fields = dir_fields,
    .help = "Each path is there and is a directory, and every facet holds of it."};

static const struct gp_field absent_fields[] = {
    {"absent", GP_KIND_PATHS, offsetof(struct cond_paths, paths), GP_FIELD_REQUIRED | GP_FIELD_LIST | GP_FIELD_GLOB,
     .help = "nothing of any type is at these paths, and nothing matches these globs"},
    {0},
};
static const struct gp_object absent_object = {
    .name = "absent", .size = sizeof(struct cond_paths), .fields = absent_fields,
    .help = "Nothing is there: no file, no directory, nothing else. What cannot be looked at is unknown, not absent."};

const struct gp_form gp_forms_file[] = {
    {.key = "file", .flags = GP_FORM_FACETS, .cost = 10, .object = &file_object, .check = gp_check_file_form,
     .decide = decide_file, .example = "{ file: data/main.db, size: 176 }"},
    {.key = "dir", .flags = GP_FORM_FACETS | GP_FORM_DIRECTORIES, .cost = 10, .object = &dir_object,
     .check = gp_check_dir_form, .decide = decide_dir, .example = "{ dir: [objects, refs] }"},
    {.key = "absent", .cost = 10, .object = &absent_object, .decide = decide_absent,
     .example = "{ absent: data/lock }"},
    {0},
};
