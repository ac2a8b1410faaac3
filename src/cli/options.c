/* The table of options, and getopt_long() driven by it. */
#include "cli/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/verbs.h"
#include "util/clock.h"
#include "util/text.h"

/* ---- what each does ---------------------------------------------------------------------------------------------- */

/* Room for one more in an array that is never longer than the command line. */
static void *grown(struct gp_cli *cli, const void *old, size_t count, size_t size)
{
    char *data = gp_arena_calloc(cli->arena, count + 1, size);

    if (data && count)
        memcpy(data, old, count * size);
    return data;
}

static int take_rules(struct gp_cli *cli, const char *argument)
{
    struct gp_options *options = &cli->options;
    const char **rules = grown(cli, options->rules, options->rules_count, sizeof(*rules));

    if (!*argument)
        return gp_usage(cli, "--rules needs the name of a rule set or a directory");
    if (!rules)
        return -ENOMEM;
    rules[options->rules_count++] = argument;
    options->rules = rules;
    return 0;
}

/* Splits NAME=VALUE; without "=", `ret_value->data` is NULL. */
static void split(const char *argument, struct gp_str *ret_name, struct gp_str *ret_value)
{
    const char *equals = strchr(argument, '=');

    *ret_name = (struct gp_str){argument, equals ? (size_t)(equals - argument) : strlen(argument)};
    *ret_value = equals ? (struct gp_str){equals + 1, strlen(equals + 1)} : (struct gp_str){0};
}

static int take_set(struct gp_cli *cli, const char *argument)
{
    struct gp_options *options = &cli->options;
    struct gp_given *given = grown(cli, options->given, options->given_count, sizeof(*given));
    struct gp_given it;

    split(argument, &it.name, &it.value);
    if (!it.value.data || !it.name.len)
        return gp_usage(cli, "--set needs NAME=VALUE, not '%s'", argument);
    if (!given)
        return -ENOMEM;
    given[options->given_count++] = it;
    options->given = given;
    return 0;
}

static int take_attest(struct gp_cli *cli, const char *argument)
{
    struct gp_options *options = &cli->options;
    struct gp_assumed *assumed = grown(cli, options->assumed, options->assumed_count, sizeof(*assumed));
    struct gp_assumed it;

    split(argument, &it.id, &it.reason);
    if (!it.id.len)
        return gp_usage(cli, "--attest needs ID or ID=REASON, not '%s'", argument);
    if (!assumed)
        return -ENOMEM;
    assumed[options->assumed_count++] = it;
    options->assumed = assumed;
    return 0;
}

static int take_format(struct gp_cli *cli, const char *argument)
{
    struct gp_str word = {argument, strlen(argument)};
    size_t count = 0;

    for (; gp_formats[count].name; count++) {
        if (strcmp(gp_formats[count].name, argument) == 0) {
            cli->options.format = gp_formats[count].value;
            return 0;
        }
    }
    const char *near = gp_text_nearest(word, &gp_formats[0].name, count, sizeof(gp_formats[0]));
    struct gp_strbuf list = {0};
    for (size_t i = 0; i < count; i++)
        gp_strbuf_printf(&list, "%s%s", i ? ", " : "", gp_formats[i].name);
    int status = near ? gp_usage(cli, "there is no format '%s'; did you mean '%s'?", argument, near)
                      : gp_usage(cli, "there is no format '%s', only %s", argument, gp_strbuf_text(&list));
    gp_strbuf_done(&list);
    return status;
}

static int take_now(struct gp_cli *cli, const char *argument)
{
    if (gp_time_parse((struct gp_str){argument, strlen(argument)}, &cli->options.now) < 0)
        return gp_usage(cli, "--now needs a time such as 2027-01-31T12:00:00Z, not '%s'", argument);
    return 0;
}

static int take_reason(struct gp_cli *cli, const char *argument)
{
    cli->options.reason = argument;
    return 0;
}

static int take_file(struct gp_cli *cli, const char *option, const char *argument, const char **ret_file)
{
    if (!*argument)
        return gp_usage(cli, "--%s needs the name of a file", option);
    if (*ret_file)
        return gp_usage(cli, "--%s may be given once", option);
    *ret_file = argument;
    return 0;
}

static int take_output(struct gp_cli *cli, const char *argument)
{
    return take_file(cli, "output", argument, &cli->options.output);
}

static int take_evidence(struct gp_cli *cli, const char *argument)
{
    return take_file(cli, "evidence", argument, &cli->options.evidence);
}

#define FLAG(member)                                                             \
    static int take_##member(struct gp_cli *cli, GP_UNUSED const char *argument) \
    {                                                                            \
        cli->options.member = true;                                              \
        return 0;                                                                \
    }
FLAG(strict)
FLAG(dry_run)
FLAG(stdin0)
FLAG(quiet)
FLAG(verbose)
FLAG(help)
FLAG(version)
FLAG(origin)
FLAG(diff)
FLAG(coverage)
FLAG(disk)

/* Asking for so much coverage asks for coverage. */
static int take_threshold(struct gp_cli *cli, const char *argument)
{
    size_t digits = strspn(argument, "0123456789"), len = strlen(argument);
    bool percent = argument[digits] == '%' && digits + 1 == len;
    int value = digits && digits <= 3 ? atoi(argument) : 101;

    if ((digits != len && !percent) || value > 100)
        return gp_usage(cli, "--threshold needs a percentage from 0 to 100, not '%s'", argument);
    cli->options.threshold = value;
    cli->options.coverage = true;
    return 0;
}

const struct gp_option gp_options[] = {
    {"rules", 'r', GP_OPTION_RULES, "SET|DIR", "a rule set, or a directory of rule sets", take_rules},
    {"set", 0, GP_OPTION_SET, "NAME=VALUE", "a parameter of the operation, or a variable of the rule set", take_set},
    {"attest", 0, GP_OPTION_ATTEST, "ID[=REASON]",
     "take this attestation as given; a run that acts records it", take_attest},
    {"strict", 0, GP_OPTION_STRICT, NULL, "warnings, and needs that cannot be told, deny", take_strict},
    {"dry-run", 'n', GP_OPTION_DRY_RUN, NULL, "decide and show what would be done, and change nothing", take_dry_run},
    {"reason", 0, GP_OPTION_REASON, "TEXT", "how you know; kept in the ledger", take_reason},
    {"stdin0", 0, GP_OPTION_STDIN0, NULL, "more directories from standard input, each ended by NUL", take_stdin0},
    {"output", 'o', GP_OPTION_OUTPUT, "FILE", "the file to write; '-' for standard output", take_output},
    {"evidence", 0, GP_OPTION_EVIDENCE, "FILE", "decide by this record (see record), in place of a directory",
     take_evidence},
    {"now", 0, GP_OPTION_NOW, "TIME", "decide as if it were this time, such as 2027-01-31T12:00:00Z", take_now},
    {"format", 'f', GP_OPTION_FORMAT, "FORMAT", "how to write the result: ", take_format},
    {"quiet", 'q', GP_OPTION_QUIET, NULL, "one line a result, and no warnings about rule files", take_quiet},
    {"verbose", 'v', GP_OPTION_VERBOSE, NULL, "more: on what each thing rests, and where it is written", take_verbose},
    {"origin", 0, GP_OPTION_ORIGIN, NULL, "as YAML, with the file and line of each value and what it replaced",
     take_origin},
    {"diff", 0, GP_OPTION_DIFF, NULL, "what differs from the rule set as its vendor ships it", take_diff},
    {"coverage", 0, GP_OPTION_COVERAGE, NULL, "what the tests saw true, false and unknown", take_coverage},
    {"threshold", 0, GP_OPTION_THRESHOLD, "PERCENT", "fail if the coverage is less; implies --coverage", take_threshold},
    {"disk", 0, GP_OPTION_DISK, NULL, "build the trees in a temporary directory, not in memory", take_disk},
    {"help", 'h', GP_OPTION_HELP, NULL, "this text", take_help},
    {"version", 0, GP_OPTION_VERSION, NULL, "the version; with -v what is built in, and the rule sets' digests",
     take_version},
    {0},
};

/* ---- getopt ------------------------------------------------------------------------------------------------------ */

#define OPTIONS (GP_COUNT(gp_options) - 1)
#define CODE 0x100 /* of a long option in getopt's answer: this and the row */

struct tables {
    struct option longs[OPTIONS + 1];
    char letters[2 * OPTIONS + 3];
};

/* `order`: "+" stops at the first operand; "" does not.  The ":" behind it makes a missing argument ':' . */
static void make_tables(struct tables *tables, const char *order)
{
    char *letter = tables->letters;

    *tables = (struct tables){0};
    if (*order)
        *letter++ = *order;
    *letter++ = ':';
    for (size_t i = 0; i < OPTIONS; i++) {
        bool argument = gp_options[i].argument != NULL;

        tables->longs[i] = (struct option){gp_options[i].name, argument ? required_argument : no_argument, NULL,
                                           CODE + (int)i};
        if (gp_options[i].letter)
            *letter++ = gp_options[i].letter;
        if (gp_options[i].letter && argument)
            *letter++ = ':';
    }
}

static const struct gp_option *row_of(int code)
{
    if (code >= CODE)
        return &gp_options[code - CODE];
    for (size_t i = 0; i < OPTIONS; i++)
        if (gp_options[i].letter == code)
            return &gp_options[i];
    return NULL;
}

/* What getopt answered '?' to: a letter, or a long option that is none, or ambiguous, or has an argument too many. */
static int unknown_option(struct gp_cli *cli, const char *word)
{
    const char *name = word && strncmp(word, "--", 2) == 0 ? word + 2 : NULL;

    if (optopt >= CODE)
        return gp_usage(cli, "--%s takes no argument", row_of(optopt)->name);
    if (optopt || !name)
        return gp_usage(cli, "there is no option -%c", optopt);
    struct gp_str key = {name, strcspn(name, "=")};
    const char *near = gp_text_nearest(key, &gp_options[0].name, OPTIONS, sizeof(gp_options[0]));
    if (near)
        return gp_usage(cli, "there is no option --%.*s; did you mean --%s?", GP_STR_ARG(key), near);
    return gp_usage(cli, "there is no option --%.*s", GP_STR_ARG(key));
}

static int read_options(struct gp_cli *cli, int argc, char **argv, const char *order)
{
    struct tables tables;
    int code;

    make_tables(&tables, order);
    optind = 0; /* glibc: begin anew, with this order */
    opterr = 0;
    while ((code = getopt_long(argc, argv, tables.letters, tables.longs, NULL)) != -1) {
        const struct gp_option *row = code == '?' || code == ':' ? NULL : row_of(code);

        if (code == ':')
            return gp_usage(cli, "%s needs an argument: %s", argv[optind - 1], row_of(optopt)->argument);
        if (!row)
            return unknown_option(cli, argv[optind - 1]);
        cli->options.seen |= row->bit;
        int r = row->take(cli, optarg);
        if (r != 0)
            return r;
    }
    return 0;
}

int gp_options_before_verb(struct gp_cli *cli, int argc, char **argv, int *ret_verb)
{
    int r = read_options(cli, argc, argv, "+");

    if (r == 0)
        *ret_verb = optind;
    return r;
}

static int format_not_written(struct gp_cli *cli)
{
    struct gp_strbuf list = {0};

    gp_verb_formats(&list, cli->verb, ", ");
    int status = gp_usage(cli, "%s does not write %s, only %s", cli->verb->name,
                          gp_formats[cli->options.format].name, gp_strbuf_text(&list));
    gp_strbuf_done(&list);
    return status;
}

int gp_options_of_verb(struct gp_cli *cli, int argc, char **argv)
{
    int r = read_options(cli, argc, argv, "");
    unsigned extra = cli->options.seen & ~(cli->verb->options | GP_OPTION_HELP);

    if (r != 0)
        return r;
    /* Help is never refused. */
    for (size_t i = 0; i < OPTIONS && !cli->options.help; i++)
        if (extra & gp_options[i].bit)
            return gp_usage(cli, "%s does not take --%s", cli->verb->name, gp_options[i].name);
    if (!cli->options.help && !gp_verb_writes(cli->verb, cli->options.format))
        return format_not_written(cli);
    cli->options.operands = argv + optind;
    cli->options.operand_count = (size_t)(argc - optind);
    return 0;
}
