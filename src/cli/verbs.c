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
        .options = LOOKS | GP_OPTION_STRICT | GP_OPTION_STDIN0 | GP_OPTION_EVIDENCE,
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
        .options = LOOKS | GP_OPTION_STRICT | GP_OPTION_EVIDENCE,
        .least = 2,
        .most = 2,
        .run = gp_cmd_plan,
    },
    {
        .name = "inspect",
        .synopsis = "DIR...",
        .help = "what is seen: state, markers, attestations, ledger",
        .about = "Shows what the rule set sees in each directory, without an operation: the summary that it declares; "
                 "without one, or with --verbose, its state with the evidence, the value of every marker, what was "
                 "attested and what was done. Touches nothing.",
        .examples = "gatepost inspect /srv/tree\n",
        .options = LOOKS | GP_OPTION_STDIN0 | GP_OPTION_EVIDENCE,
        .run = gp_cmd_inspect,
    },
    {
        .name = "explain",
        .synopsis = "OP DIR",
        .help = "the whole proof of one decision",
        .about = "Decides as check does and shows the whole proof: for each requirement every condition and what "
                 "was observed, what decided first. Touches nothing.",
        .examples = "gatepost explain update /srv/tree\n",
        .options = LOOKS | GP_OPTION_STRICT | GP_OPTION_EVIDENCE,
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
        .options = LOOKS | GP_OPTION_EVIDENCE,
        .least = 2,
        .most = 2,
        .run = gp_cmd_why,
    },
    {
        .name = "record",
        .synopsis = "OP[,OP...] DIR -o FILE",
        .help = "keep the facts that a decision reads",
        .about = "Decides as check does, and why of the messages that the operations name, and keeps exactly the facts "
                 "that this read: types, sizes, times, the bytes that a rule looks at as bytes, the names that a glob "
                 "matches, what a pattern found, and why something could not be told. Content that no rule asked for "
                 "is not kept. With --evidence FILE in place of a directory, check, explain, why, plan and inspect "
                 "decide again without the tree; what the record lacks is unknown. Touches nothing beneath DIR.",
        .examples = "gatepost record update /srv/tree -o update.json\n"
                    "gatepost check update --evidence update.json\n",
        .writes = GP_WRITES_OUTPUT,
        .options = LOOKS | GP_OPTION_OUTPUT,
        .least = 2,
        .most = 2,
        .run = gp_cmd_record,
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
        .about = "Lists the operations of the rule sets in use, or WHAT: sets (all that there are, with their "
                 "layers), files, operations, markers, conditions, states, messages, attestations, vars; "
                 "predicates, facets, reads, actions of the rule language; diagnostics.",
        .examples = "gatepost list\n"
                    "gatepost list states\n"
                    "gatepost list sets\n",
        .options = COMMON | GP_OPTION_RULES | GP_OPTION_QUIET,
        .most = 1,
        .run = gp_cmd_list,
    },
    {
        .name = "show",
        .synopsis = "[ID]",
        .help = "a definition as it is in effect, and its origin",
        .about = "Shows every definition with this id (or a part of one: OPERATION/REQUIREMENT): its title, sources "
                 "and place, and its text in the rule file; where drop-ins changed it, its effective text. A word "
                 "of the rule language (list predicates, facets, reads, actions) is shown with its keys and an "
                 "example. With --origin or --diff and without an id the whole rule set is meant.",
        .examples = "gatepost show update\n"
                    "gatepost show update/disks --origin\n"
                    "gatepost show --diff\n"
                    "gatepost show absent\n",
        .options = COMMON | GP_OPTION_RULES | GP_OPTION_QUIET | GP_OPTION_VERBOSE | GP_OPTION_ORIGIN | GP_OPTION_DIFF,
        .most = 1,
        .run = gp_cmd_show,
    },
    {
        .name = "lint",
        .synopsis = "[PATH...]",
        .help = "everything that can be wrong with rule files",
        .about = "Checks rule files and their tests without a target and shows everything that is wrong, doubtful or "
                 "idle, with its place and often with an edit. PATH is a rule set, a directory of rule sets, a file or "
                 "drop-in (looked at within its set), a tests file, a rule file that belongs to no set (looked at "
                 "alone), or - for standard input; without one the rule sets in use are meant. Exits 3 if there are "
                 "errors; warnings count with --strict.",
        .examples = "gatepost lint\n"
                    "gatepost lint rules/shelf/operations.yaml\n"
                    "gatepost lint --strict -f sarif rules >lint.sarif\n",
        .options = COMMON | GP_OPTION_RULES | GP_OPTION_STRICT | GP_OPTION_NOW | GP_OPTION_QUIET,
        .formats = 1u << GP_FORMAT_TEXT | 1u << GP_FORMAT_JSON | 1u << GP_FORMAT_NDJSON | 1u << GP_FORMAT_TAP |
                   1u << GP_FORMAT_JUNIT | 1u << GP_FORMAT_SARIF | 1u << GP_FORMAT_GITHUB,
        .run = gp_cmd_lint,
    },
    {
        .name = "test",
        .synopsis = "[SET|FILE|DIR...]",
        .help = "run rule tests",
        .about = "Runs the tests of rule sets: each case describes a tree and says what must be decided there and "
                 "because of what. SET is a rule set, whose tests lie in its tests/ and in tests/ of its drop-ins; FILE "
                 "is one file of tests, DIR a directory of them; without any, the rule sets in use are meant. Trees are "
                 "kept in memory, with --disk in a temporary directory. Exits 1 if a case failed or none was run, 3 if "
                 "a file is wrong.",
        .examples = "gatepost test\n"
                    "gatepost test rules/shelf --threshold 90\n"
                    "gatepost test -f junit rules/shelf/tests/shelf.yaml >results.xml\n",
        .writes = GP_WRITES_TEMPORARY,
        .options = COMMON | GP_OPTION_RULES | GP_OPTION_NOW | GP_OPTION_QUIET | GP_OPTION_VERBOSE | GP_OPTION_COVERAGE |
                   GP_OPTION_THRESHOLD | GP_OPTION_DISK,
        .formats = 1u << GP_FORMAT_TEXT | 1u << GP_FORMAT_JSON | 1u << GP_FORMAT_NDJSON | 1u << GP_FORMAT_TAP |
                   1u << GP_FORMAT_JUNIT,
        .run = gp_cmd_test,
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
    {
        .name = "schema",
        .synopsis = "[rules|changes|tests|report]",
        .help = "the JSON Schema of rule files, tests or reports",
        .about = "Prints a JSON Schema (draft 2020-12): of rule files, with which an editor completes, explains and "
                 "checks every key; of files of a set that extends another (changes), whose definitions may be "
                 "incomplete; of files of rule tests; of everything that gatepost prints as JSON.",
        .examples = "gatepost schema >gatepost-rules-1.json\n"
                    "gatepost schema report\n",
        .options = GP_OPTION_HELP,
        .most = 1,
        .run = gp_cmd_schema,
    },
    {0},
};

/* Promised names: whoever tries one is told that it is the version, not the spelling. */
static const char *const later[] = {"report", "whatif", "prove",
                                    "diff-rules", "learn", "fmt",  "mutate", "lsp",    "watch",  "serve"};

bool gp_verb_writes(const struct gp_verb *verb, enum gp_format format)
{
    unsigned formats = verb->formats ? verb->formats
                                     : 1u << GP_FORMAT_TEXT | 1u << GP_FORMAT_JSON | 1u << GP_FORMAT_NDJSON;

    return formats >> format & 1;
}

void gp_verb_formats(struct gp_strbuf *out, const struct gp_verb *verb, const char *between)
{
    size_t start = out->len;

    for (const struct gp_name *format = gp_formats; format->name; format++)
        if (gp_verb_writes(verb, format->value))
            gp_strbuf_printf(out, "%s%s", out->len > start ? between : "", format->name);
}

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
