#include "act/exec-words.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/ground.h"
#include "util/text.h"

/* Where programs are looked for, whatever the PATH of whoever runs us. */
static const char *const places[] = {"/usr/local/bin", "/usr/bin", "/bin", "/usr/local/games", "/usr/games"};
#define SEARCH_PATH "PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"

#define LAST_WORDS 200

bool gp_exec_file_name_ok(struct gp_str name)
{
    return name.len && name.len <= NAME_MAX && !memchr(name.data, '/', name.len) && !gp_str_is(name, ".") &&
           !gp_str_is(name, "..");
}

bool gp_exec_variable_ok(struct gp_str name)
{
    if (!name.len || (*name.data >= '0' && *name.data <= '9'))
        return false;
    for (size_t i = 0; i < name.len; i++)
        if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_", name.data[i]))
            return false;
    return !(name.len > 3 && memcmp(name.data, "LD_", 3) == 0);
}

/* ---- the program -------------------------------------------------------------------------------------------------- */

void gp_exec_check_program(struct gp_link *link, const struct gp_templates *words)
{
    const struct gp_template *first = words->count ? words->data[0] : NULL;

    if (!first || first->count != 1 || first->pieces[0].kind != GP_PIECE_LITERAL)
        return;
    struct gp_str name = first->pieces[0].text;
    if (*name.data != '/' && memchr(name.data, '/', name.len))
        gp_diag_add(link->diags, GP_DIAG_EXEC_PROGRAM, first->at,
                    "a program is an absolute path, or a name that is looked for in %s, …; '%.*s' is neither", places[0],
                    GP_STR_ARG(name));
}

static bool runnable(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

static int find_program(struct gp_stage *stage, const char *name, const char **ret_path)
{
    if (strchr(name, '/')) {
        *ret_path = name;
        if (*name != '/')
            return gp_stage_fail(stage, "'%s' is neither an absolute path nor the name of a program", name);
        return runnable(name) ? 0 : gp_stage_fail(stage, "there is no program %s", name);
    }
    for (size_t i = 0; i < GP_COUNT(places); i++) {
        const char *path = gp_arena_printf(stage->arena, "%s/%s", places[i], name);
        if (!path)
            return -ENOMEM;
        *ret_path = path;
        if (*name && runnable(path))
            return 0;
    }
    return gp_stage_fail(stage, "there is no program '%s' (looked in /usr/local/bin, /usr/bin, /bin, /usr/local/games and "
                                "/usr/games)",
                         name);
}

/* ---- texts -------------------------------------------------------------------------------------------------------- */

/* The program's working directory is another than ours, so what was relative to ours has to be made absolute. */
static int absolute(struct gp_stage *stage, struct gp_str *path)
{
    char here[PATH_MAX];

    if (path->len && *path->data == '/')
        return 0;
    if (!getcwd(here, sizeof(here)))
        return gp_stage_fail(stage, "the working directory cannot be told: %s", strerror(errno));
    const char *text = gp_arena_printf(stage->arena, "%s/%.*s", here, GP_STR_ARG(*path));
    if (!text)
        return -ENOMEM;
    *path = (struct gp_str){text, strlen(text)};
    return 0;
}

static bool names_directory(struct gp_stage *stage, const struct gp_piece *piece)
{
    struct gp_reading reading = {0};
    enum gp_section section = piece->kind == GP_PIECE_PARAM ? GP_SECTION_PARAM : GP_SECTION_VAR;

    if (piece->kind == GP_PIECE_ROOT)
        return true;
    return (piece->kind == GP_PIECE_PARAM || piece->kind == GP_PIECE_VAR) &&
           gp_eval_setting(stage->eval, section, piece->text, &reading) == 0 && reading.result == GP_TRUE &&
           reading.value.type == GP_TYPE_DIRECTORY;
}

static int piece_text(struct gp_stage *stage, const struct gp_working_copy *copy, const struct gp_template *whole,
                      struct gp_piece *piece, struct gp_str *ret_text)
{
    const struct gp_template alone = {.at = whole->at, .pieces = piece, .count = 1};

    if (piece->kind == GP_PIECE_WORK) {
        const char *path = gp_arena_printf(stage->arena, "%s/" GP_WORK_NAME, copy->path);
        *ret_text = (struct gp_str){path, path ? strlen(path) : 0};
        return path ? 0 : -ENOMEM;
    }
    int r = gp_stage_text(stage, "a word of the program", &alone, ret_text);
    return r == 0 && names_directory(stage, piece) ? absolute(stage, ret_text) : r;
}

int gp_exec_text(struct gp_stage *stage, const struct gp_working_copy *copy, const struct gp_template *text,
                 struct gp_str *ret_text)
{
    struct gp_strbuf out = {0};
    int r = 0;

    for (size_t i = 0; i < text->count && r == 0; i++) {
        struct gp_str piece;
        r = piece_text(stage, copy, text, &text->pieces[i], &piece);
        if (r == 0)
            gp_strbuf_add_mem(&out, piece.data, piece.len);
    }
    if (r == 0 && gp_strbuf_ok(&out) && memchr(gp_strbuf_text(&out), '\0', out.len))
        r = gp_stage_fail(stage, "a word of the program has a NUL byte in it");
    const char *copied = r == 0 && gp_strbuf_ok(&out) ? gp_arena_memdup(stage->arena, gp_strbuf_text(&out), out.len) : NULL;
    if (copied)
        *ret_text = (struct gp_str){copied, out.len};
    gp_strbuf_done(&out);
    return r < 0 ? r : copied ? 0 : -ENOMEM;
}

/* ---- lists of words ----------------------------------------------------------------------------------------------- */

int gp_exec_words(struct gp_stage *stage, const struct gp_working_copy *copy, const struct gp_templates *words,
                  struct gp_child_options *options)
{
    char **list = GP_NEW_ARRAY(stage->arena, char *, words->count + 1);
    int r = list ? 0 : -ENOMEM;

    for (size_t i = 0; i < words->count && r == 0; i++) {
        struct gp_str text;
        r = gp_exec_text(stage, copy, words->data[i], &text);
        if (r == 0 && !(list[i] = gp_arena_memdup(stage->arena, text.data, text.len)))
            r = -ENOMEM;
    }
    if (r == 0)
        r = find_program(stage, list[0], &options->program);
    options->arguments = list;
    return r;
}

struct environment {
    struct gp_stage *stage;
    char **list;
    size_t count;
};

static int add(struct environment *it, const char *format, ...) GP_PRINTF(2, 3);
static int add(struct environment *it, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *text = gp_arena_vprintf(it->stage->arena, format, args);
    va_end(args);
    if (!text)
        return -ENOMEM;
    it->list[it->count++] = text;
    return 0;
}

/* What a program needs of ours to show itself. */
static const char *const of_a_screen[] = {"TERM", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR"};

static int add_screen(struct environment *it)
{
    int r = 0;

    for (size_t i = 0; i < GP_COUNT(of_a_screen) && r == 0; i++) {
        const char *value = getenv(of_a_screen[i]);
        if (value)
            r = add(it, "%s=%s", of_a_screen[i], value);
    }
    return r;
}

/* The rule's own come first: of two with one name the first counts. */
static int add_variables(struct environment *it, const struct gp_working_copy *copy, const struct gp_map *variables)
{
    int r = 0;

    for (size_t i = 0; i < variables->count && r == 0; i++) {
        const struct gp_exec_text *variable = variables->data[i].value;
        struct gp_str text;
        r = gp_exec_text(it->stage, copy, variable->text, &text);
        if (r == 0)
            r = add(it, "%.*s=%.*s", GP_STR_ARG(variables->data[i].id), GP_STR_ARG(text));
    }
    return r;
}

int gp_exec_environment(struct gp_stage *stage, const struct gp_working_copy *copy, const struct gp_map *variables,
                        bool interactive, struct gp_child_options *options)
{
    const struct gp_operation *operation = gp_eval_operation(stage->eval);
    struct environment it = {.stage = stage};

    it.list = GP_NEW_ARRAY(stage->arena, char *, variables->count + GP_COUNT(of_a_screen) + 6);
    int r = it.list ? add_variables(&it, copy, variables) : -ENOMEM;
    if (r == 0)
        r = add(&it, SEARCH_PATH);
    if (r == 0)
        r = add(&it, "HOME=%s/" GP_SCRATCH_NAME, copy->path);
    if (r == 0)
        r = add(&it, "TMPDIR=%s/" GP_SCRATCH_NAME, copy->path);
    if (r == 0)
        r = add(&it, "LC_ALL=C.UTF-8");
    if (r == 0)
        r = add(&it, "GATEPOST_OPERATION=%.*s", GP_STR_ARG(operation->def.id));
    if (r == 0 && interactive)
        r = add_screen(&it);
    options->environment = it.list;
    return r;
}

const char *gp_exec_last_words(struct gp_arena *arena, struct gp_str said)
{
    while (said.len && strchr(" \t\r\n", said.data[said.len - 1]))
        said.len--;
    const char *newline = said.len ? memrchr(said.data, '\n', said.len) : NULL;
    size_t start = newline ? (size_t)(newline - said.data) + 1 : 0, len = said.len - start;
    size_t skipped = len > LAST_WORDS ? len - LAST_WORDS : 0;
    char *text = gp_arena_printf(arena, "%s%.*s", skipped ? "… " : "", (int)(len - skipped), said.data + start + skipped);

    return text ? text : "";
}
