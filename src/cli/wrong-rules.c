#include "cli/wrong-rules.h"

#include <errno.h>
#include <string.h>

#include "cli/dirs.h"
#include "cli/rulesets.h"
#include "cli/session.h"

/* "FILE:LINE:COLUMN: error: MESSAGE [ID]" of the first error; NULL: out of memory. */
static const char *first_error(struct gp_cli *cli)
{
    struct gp_strbuf text = {0};
    const struct gp_diag *diag;

    for (size_t i = 0; (diag = gp_diags_get(cli->diags, i)); i++)
        if (diag->level == GP_LEVEL_ERROR)
            break;
    if (diag)
        gp_diag_render(&text, cli->sources, diag, false);
    else
        gp_strbuf_add(&text, "the rule files are wrong");
    size_t len = strcspn(gp_strbuf_text(&text), "\n");
    const char *copy = gp_strbuf_ok(&text) ? gp_arena_memdup(cli->arena, gp_strbuf_text(&text), len) : NULL;
    gp_strbuf_done(&text);
    return copy;
}

/* An object for each name of the list; JSON has the rule set beside the operation, so SET/OP is OP. */
static int report_operations(struct gp_cli *cli, struct gp_subject *subject, const struct gp_trouble *trouble,
                             const char *list)
{
    int r = GP_EXIT_RULES;

    while (r == GP_EXIT_RULES) {
        size_t len = strcspn(list, ",");
        char *name = gp_arena_memdup(cli->arena, list, len);
        const char *slash = name ? strrchr(name, '/') : NULL;

        if (!name)
            return -ENOMEM;
        subject->operation_name = slash ? slash + 1 : name;
        r = gp_trouble_report(cli, subject, trouble);
        if (!list[len])
            break;
        list += len + 1;
    }
    return r;
}

static int report_directories(struct gp_cli *cli, const char *operations, size_t first)
{
    struct gp_trouble trouble = {GP_EXIT_RULES, "rules", first_error(cli)};
    struct gp_dirs dirs = gp_dirs_begin(cli, first);
    const char *directory;
    int r = trouble.text ? 0 : -ENOMEM;

    while (r == 0 && (r = gp_dirs_next(&dirs, &directory)) == 0 && directory) {
        struct gp_subject subject = {.directory = directory};

        r = operations ? report_operations(cli, &subject, &trouble, operations)
                       : gp_trouble_report(cli, &subject, &trouble);
        r = r == GP_EXIT_RULES ? 0 : r;
    }
    gp_dirs_done(&dirs);
    return r == 0 ? GP_EXIT_RULES : r;
}

int gp_rulesets_load_for(struct gp_cli *cli, const char *operations, size_t first)
{
    int r = gp_rulesets_load(cli);

    return r == GP_EXIT_RULES && cli->options.format != GP_FORMAT_TEXT ? report_directories(cli, operations, first) : r;
}
