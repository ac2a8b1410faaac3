/* The table of verbs. */
#include "cli/verbs.h"

#include <string.h>

#include "util/text.h"

#define COMMON (GP_OPTION_FORMAT | GP_OPTION_HELP)
#define LOOKS                                                                                               \
    (COMMON | GP_OPTION_RULES | GP_OPTION_SET | GP_OPTION_ATTEST | GP_OPTION_NOW | GP_OPTION_QUIET |        \
     GP_OPTION_VERBOSE)

const struct gp_verb gp_verbs[] = {
    {
        .name = "check",
        .synopsis = "OP[,OP...] DIR...",
        .help = "decide whether an operation may run",
        .about = "Decides for each directory whether each operation may run, and says why. Touches nothing: no "
                 "file is made, locked or written beneath the directory. Over several directories the gravest "
                 "status counts.",
        .examples = "gatepost check update /srv/tree\n"
                    "gatepost check -f ndjson extend,update /srv/one /srv/two\n"
                    "find /srv -maxdepth 1 -type d -print0 | gatepost check -q --stdin0 update\n",
        .options = LOOKS | GP_OPTION_STRICT | GP_OPTION_STDIN0,
        .least = 1,
        .run = gp_cmd_check,
    },
    {
        .name = "run",
        .synopsis = "OP DIR [--dry-run]",
        .help = "decide, then act as one transaction",
        .about = "Decides under the lock; if the operation is allowed and every need is met, does it as one "
                 "transaction and verifies the result. Whatever happens, the directory is as before, or as the "
                 "operation leaves it, or 'gatepost recover' gets it there.",
        .examples = "gatepost run extend /srv/tree --dry-run\n"
                    "gatepost run extend /srv/tree --attest 'users-signed-out=asked everyone'\n",
        .options = COMMON | GP_OPTION_RULES | GP_OPTION_SET | GP_OPTION_ATTEST | GP_OPTION_STRICT | GP_OPTION_DRY_RUN |
                   GP_OPTION_QUIET | GP_OPTION_VERBOSE,
        .writes = GP_WRITES_TREE,
        .least = 2,
        .most = 2,
        .run = gp_cmd_run,
    },
    {
        .name = "recover",
        .synopsis = "DIR",
        .help = "finish or undo an interrupted run",
        .about = "After a run that was interrupted: finishes it if it had come to its commit point, else puts "
                 "everything back as it was. Needs no rule set, so --rules changes nothing. May itself be interrupted and repeated; with "
                 "nothing to do it does nothing.",
        .examples = "gatepost recover /srv/tree\n",
        .options = COMMON | GP_OPTION_RULES | GP_OPTION_QUIET,
        .writes = GP_WRITES_TREE,
        .least = 1,
        .most = 1,
        .run = gp_cmd_recover,
    },
    {
        .name = "plan",
        .synopsis = "STATE DIR",
        .help = "the way from the present state to another",
        .about = "Finds the shortest sequence of operations that leads from the present state of the directory to "
                 "STATE, and says what each of them still lacks. Touches nothing.",
        .examples = "gatepost plan server-3.0 /srv/tree\n",
        .options = LOOKS | GP_OPTION_STRICT,
        .least = 2,
        .most = 2,
        .run = gp_cmd_plan,
    },
    {
        .name = "inspect",
        .synopsis = "DIR...",
        .help = "what is seen: state, markers, attestations, ledger",
        .about = "Shows what the rule set sees in each directory, without an operation: its state with the "
                 "evidence, the value of every marker, what was attested and what was done. Touches nothing.",
        .examples = "gatepost inspect /srv/tree\n",
        .options = LOOKS | GP_OPTION_STDIN0,
        .run = gp_cmd_inspect,
    },
    {
        .name = "explain",
        .synopsis = "OP DIR",
        .help = "the whole proof of one decision",
        .about = "Decides as check does and shows the whole proof: for each requirement every condition and what "
                 "was observed, what decided first. Touches nothing.",
        .examples = "gatepost explain update /srv/tree\n",
        .options = LOOKS | GP_OPTION_STRICT,
        .least = 2,
        .most = 2,
        .run = gp_cmd_explain,
    },
    {
        .name = "why",
        .synopsis = "TEXT DIR",
        .help = "which cause of a message applies here",
        .about = "Finds the message that TEXT is, or is a part of (or whose id it is), and says of each "
                 "documented cause whether it is certain here, excluded or undecided. Touches nothing.",
        .examples = "gatepost why 'cannot be updated' /srv/tree\n",
        .options = LOOKS,
        .least = 2,
        .most = 2,
        .run = gp_cmd_why,
    },
    {
        .name = "attest",
        .synopsis = "ID DIR --reason TEXT",
        .help = "vouch for what no file shows",
        .about = "Records in the ledger of the directory that you vouch for something that no file shows, with "
                 "your name, the time and your reason.",
        .examples = "gatepost attest users-signed-out /srv/tree --reason 'asked everyone at noon'\n",
        .options = COMMON | GP_OPTION_RULES | GP_OPTION_REASON | GP_OPTION_QUIET,
        .writes = GP_WRITES_TREE,
        .least = 2,
        .most = 2,
        .run = gp_cmd_attest,
    },
    {
        .name = "history",
        .synopsis = "DIR",
        .help = "what was done and attested here",
        .about = "Shows the ledger of the directory: completed operations and attestations, oldest first. Needs "
                 "no rule set, so --rules changes nothing. Touches nothing.",
        .examples = "gatepost history /srv/tree\n",
        .options = COMMON | GP_OPTION_RULES | GP_OPTION_QUIET | GP_OPTION_VERBOSE,
        .least = 1,
        .most = 1,
        .run = gp_cmd_history,
    },
    {
        .name = "list",
        .synopsis = "[WHAT]",
        .help = "what there is to name",
        .about = "Lists the operations of the rule sets in use, or WHAT: sets, operations, markers, conditions, "
                 "states, messages, attestations, vars; predicates, facets, reads, actions of the rule language; "
                 "diagnostics.",
        .examples = "gatepost list\n"
                    "gatepost list states\n",
        .options = COMMON | GP_OPTION_RULES | GP_OPTION_QUIET,
        .most = 1,
        .run = gp_cmd_list,
    },
    {
        .name = "show",
        .synopsis = "ID",
        .help = "a definition, as its file has it",
        .about = "Shows every definition with this id: its title, sources and place, and its text in the rule "
                 "file. A word of the rule language (list predicates, facets, reads, actions) is shown with its "
                 "keys and an example.",
        .examples = "gatepost show update\n"
                    "gatepost show absent\n",
        .options = COMMON | GP_OPTION_RULES | GP_OPTION_QUIET | GP_OPTION_VERBOSE,
        .least = 1,
        .most = 1,
        .run = gp_cmd_show,
    },
    {
        .name = "explain-code",
        .synopsis = "CODE",
        .help = "the long text of a diagnostic",
        .about = "Explains a diagnostic about rule files: what it means and what to do.",
        .examples = "gatepost explain-code GP0201\n",
        .options = COMMON,
        .least = 1,
        .most = 1,
        .run = gp_cmd_explain_code,
    },
    {0},
};

/* Promised names: whoever tries one is told that it is the version, not the spelling. */
static const char *const later[] = {"record", "lint",  "test", "schema", "report", "whatif", "prove",
                                    "diff-rules", "learn", "fmt",  "mutate", "lsp",    "watch",  "serve"};

const struct gp_verb *gp_verb_find(const char *name)
{
    for (const struct gp_verb *verb = gp_verbs; verb->name; verb++)
        if (strcmp(verb->name, name) == 0)
            return verb;
    return NULL;
}

int gp_verb_unknown(struct gp_cli *cli, const char *name)
{
    struct gp_str word = {name, strlen(name)};

    for (size_t i = 0; i < GP_COUNT(later); i++)
        if (strcmp(later[i], name) == 0)
            return gp_usage(cli, "version " PACKAGE_VERSION " has no '%s' yet", name);
    const char *near = gp_text_nearest(word, &gp_verbs[0].name, GP_COUNT(gp_verbs) - 1, sizeof(gp_verbs[0]));
    if (near)
        return gp_usage(cli, "there is no command '%s'; did you mean '%s'?", name, near);
    return gp_usage(cli, "there is no command '%s'", name);
}
