/*
 * gatepost: decides by rules whether an operation on a directory tree may run,
 * and does what is allowed as one transaction.
 *
 * A map of src/, from the ground up; a layer includes only what stands above it
 * here (HACKING.md has the table).
 *
 * util/    arena vec strbuf strmap hash      memory and what grows in it
 *          text number clock digest json     letters, numbers, time, SHA-256, JSON
 *          regex glob pathtab                patterns, globs, interned paths
 *          source diag diag-ids diag-render  text of rule files, diagnostics and their table
 *          reason landlock                   why something could not be told; rights given up
 *          sys sys-help                      the one table of system calls that touch a tree
 * rule/    model value limits                what a loaded rule set is
 *          table tables tables-*             keys of rule files, as rows
 *          family link say walk              what a predicate, facet, read or step is; what its check may ask
 * probe/   probe names listing folder state  what a tree looks like, asked once
 *          content locks gatepost ledger*    bytes, locks, GATEPOST/ and its ledger
 *          live memory backend               trees on disk and in memory
 *          record record-* recorded recorded-*  the facts that were read, kept and answered from
 * load/    node node-*                       YAML to nodes with places
 *          bind bind-* mapping               nodes to structs, by the tables
 *          merge seal layers files           layers, drop-ins, sealing
 *          load link link-*                  the whole of loading; references resolved and checked
 * eval/    eval logic proof given settings   conditions, four results, proofs, what a person gave
 *          verdict state why way inspect     what is decided with them
 *          forms-* facets-* reads-*          families: rows of the language
 * act/     run plan stage steps-*            from a verdict to a plan
 *          lock holder                       who may act, and who acts already
 *          prepare journal commit            the transaction
 *          undo recover ledger attest        and what follows it
 * report/  one file a report                 text and JSON
 * cli/     main options verbs help complain  this program: command line, help, errors
 *          output exit                       standard output, statuses
 *          layers rulesets registry          which rule sets, and what there is to use in them
 *          session dirs wrong-rules          a directory opened for looking; rule files that are wrong
 *          person version                    who runs this, and what it is
 *          isolate                           rights to write that a verb does not need, given up
 *          evidence                          a record in place of a directory
 *          language                          the words of the rule language, for list and show
 *          list-sets origins                 list sets and files; show --origin and --diff
 *          lint-paths lint-collect           what lint loads for a PATH, and what it shows of that
 *          test-files                        which tests a command line means
 *          cmd_*                             one file a verb
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/rulesets.h"
#include "cli/verbs.h"
#include "cli/version.h"
#include "util/clock.h"

static int print_help(struct gp_cli *cli)
{
    struct gp_strbuf out = {0};

    if (cli->verb)
        gp_verb_help(&out, cli->verb);
    else
        gp_help(&out);
    return gp_output_text(&cli->output, &out);
}

static int run_verb(struct gp_cli *cli)
{
    const struct gp_verb *verb = cli->verb;
    size_t count = cli->options.operand_count;
    bool many = verb->options & GP_OPTION_STDIN0; /* directories, which `least` does not count */

    if (cli->options.help)
        return print_help(cli);
    cli->style.quiet = cli->options.quiet;
    cli->style.verbose = cli->options.verbose;
    cli->output.format = cli->options.format;
    if (cli->options.seen & GP_OPTION_NOW)
        cli->now = cli->options.now;
    if (cli->options.evidence) { /* stands for one directory */
        if (cli->options.stdin0 || count > verb->least - (many ? 0 : 1))
            return gp_usage(cli, "--evidence stands in place of a directory");
        count++;
    }
    if (count < verb->least || (verb->most && count > verb->most))
        return gp_usage(cli, "usage: gatepost %s %s", verb->name, verb->synopsis);
    /* Said before any rule set is looked for. */
    if (many && !cli->options.stdin0 && count == verb->least)
        return gp_usage(cli, "%s needs a directory", verb->name);
    int r = gp_isolate(cli);
    if (r < 0) {
        gp_complain("the process cannot be isolated (Landlock): %s", strerror(-r));
        return GP_EXIT_INTERNAL;
    }
    return verb->run(cli);
}

/* `gatepost help VERB` is what people try. */
static int help_verb(struct gp_cli *cli, int argc, char **argv, int at)
{
    const char *name = at + 1 < argc ? argv[at + 1] : NULL;

    cli->verb = name ? gp_verb_find(name) : NULL;
    return name && !cli->verb ? gp_verb_unknown(cli, name) : print_help(cli);
}

static int work(struct gp_cli *cli, int argc, char **argv)
{
    int at, r = gp_options_before_verb(cli, argc, argv, &at);

    if (r != 0)
        return r;
    if (cli->options.help)
        return print_help(cli);
    if (cli->options.version)
        return gp_version(cli);
    if (at == argc)
        return gp_usage(cli, "usage: gatepost VERB ...");
    if (strcmp(argv[at], "help") == 0)
        return help_verb(cli, argc, argv, at);
    cli->verb = gp_verb_find(argv[at]);
    if (!cli->verb)
        return gp_verb_unknown(cli, argv[at]);
    r = gp_options_of_verb(cli, argc - at, argv + at);
    return r != 0 ? r : run_verb(cli);
}

int main(int argc, char **argv)
{
    struct gp_cli cli = {0};

    gp_output_prepare();
    cli.style = gp_output_style();
    cli.error_colour = gp_output_colour(STDERR_FILENO);
    cli.now = gp_clock_now();
    cli.arena = gp_arena_new(0);
    int status = cli.arena ? work(&cli, argc, argv) : -ENOMEM;
    if (status < 0) {
        gp_complain("%s", status == -ENOMEM ? "out of memory" : strerror(-status));
        status = GP_EXIT_INTERNAL;
    }
    /* Nothing was decided with these, so there is no result, not an empty one. */
    bool usable = status != GP_EXIT_USAGE && status != GP_EXIT_RULES && status != GP_EXIT_INTERNAL;
    if (!gp_output_end(&cli.output, usable))
        status = GP_EXIT_INTERNAL;
    gp_rulesets_free(&cli);
    gp_arena_free(cli.arena);
    return status;
}
