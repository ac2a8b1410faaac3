/* explain-code: the long text of a diagnostic. */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "cli/verbs.h"
#include "util/number.h"

#define WIDTH 79

/* GP0123, gp123 or 123; NULL: there is none. */
static const struct gp_diag_info *find(const char *code)
{
    if (strncasecmp(code, "GP", 2) == 0)
        code += 2;
    while (*code == '0')
        code++;
    struct gp_str digits = {code, strspn(code, "0123456789")};
    uint64_t number;
    if (code[digits.len] || gp_number_take(&digits, false, &number) < 0 || number > 9999)
        return NULL;
    return gp_diag_info((int)number);
}

static json_t *json_info(const struct gp_diag_info *info)
{
    json_t *object = json_object();

    if (object && gp_json_set(object, "code", json_sprintf("GP%04d", info->number)) &&
        gp_json_set(object, "name", json_string(info->name)) &&
        gp_json_set(object, "level", json_string(gp_level_name(info->level))) &&
        gp_json_set(object, "title", gp_json_string0(info->title)) &&
        gp_json_set(object, "text", gp_json_string0(info->text)))
        return object;
    json_decref(object);
    return NULL;
}

int gp_cmd_explain_code(struct gp_cli *cli)
{
    const struct gp_diag_info *info = find(cli->options.operands[0]);
    struct gp_strbuf out = {0};

    if (!info)
        return gp_usage(cli, "there is no diagnostic '%s'; 'gatepost list diagnostics' says which there are",
                        cli->options.operands[0]);
    if (cli->options.format != GP_FORMAT_TEXT)
        return gp_output_json(&cli->output, json_info(info));
    gp_strbuf_printf(&out, "GP%04d (%s): %s\n\n", info->number, gp_level_name(info->level), info->title);
    gp_wrap(&out, info->text, 2, WIDTH);
    return gp_output_text(&cli->output, &out);
}
