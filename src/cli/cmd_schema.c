/* schema: the JSON Schemas of rule files, rule tests and reports. */
#include <errno.h>
#include <string.h>

#include "author/schema.h"
#include "cli/verbs.h"
#include "util/text.h"

#define INDENT 1

static int print(struct gp_cli *cli, const struct gp_schema *schema)
{
    json_t *document = schema->make(&gp_registry);
    struct gp_strbuf out = {0};

    if (!document)
        return -ENOMEM;
    gp_json_write(&out, document, INDENT);
    gp_strbuf_add_char(&out, '\n');
    json_decref(document);
    return gp_output_text(&cli->output, &out);
}

int gp_cmd_schema(struct gp_cli *cli)
{
    const char *name = cli->options.operand_count ? cli->options.operands[0] : gp_schemas[0].name;
    size_t count = 0;

    for (; gp_schemas[count].name; count++)
        if (strcmp(gp_schemas[count].name, name) == 0)
            return print(cli, &gp_schemas[count]);
    const char *near = gp_text_nearest((struct gp_str){name, strlen(name)}, gp_schemas, count, sizeof(*gp_schemas));
    if (near)
        return gp_usage(cli, "there is no schema of '%s'; did you mean '%s'?", name, near);
    return gp_usage(cli, "there is no schema of '%s', only of rules, changes, tests, report", name);
}
