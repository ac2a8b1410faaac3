/* The shapes of reports about trees. */
#include "author/schema-shapes.h"

#include "util/reason.h"

/* ---- verdicts ---------------------------------------------------------------------------------------------------- */

GP_SHAPE_ROWS verdict[] = {
    GP_SHAPE_HEAD,
    GP_SHAPE_DIRECTORY,
    {"operation", "text", "the id of the operation", false},
    {"verdict", "verdict-word?", "null where nothing could be decided: see error", false},
    GP_SHAPE_BASIS,
    GP_SHAPE_ERROR,
    GP_SHAPE_STATE,
    {"params", "scalar{}", "the value of each parameter", false},
    {"needs", "text[]", "requirements that must be met before a run and that nobody knows yet", false},
    {"warnings", "text[]", "requirements of severity warn that are false or unknown", false},
    {"messages", "said[]", "what people know a refusal by", false},
    {"requirements", "requirement[]", "every requirement, in the order of the rule set", false},
    {"run", "run", "run: what was done", true},
    {0},
};
GP_SHAPE_ROWS trouble[] = {
    GP_SHAPE_HEAD,
    GP_SHAPE_DIRECTORY,
    {"operation", "text?", "the operation, where one was asked for", false},
    {"verdict", "nothing", "nothing could be decided", false},
    {"basis", "nothing", "nothing could be decided", false},
    GP_SHAPE_ERROR,
    {0},
};
GP_SHAPE_ROWS requirement[] = {
    {"id", "text", "its id", false},
    {"title", "text?", "what it is", false},
    {"result", "result", "whether it holds", false},
    {"severity", "severity", "what follows when it does not hold", false},
    GP_SHAPE_BASIS,
    {"reason", "reason?", "why it is unknown", false},
    {"detail", "text?", "why it is unknown or does not apply, in words", false},
    {"waived", "waiver?", "why it does not count", false},
    {"offenders", "offenders", "the files that fail it", false},
    {"cause", "text?", "what is wrong, in a sentence", false},
    {"remedy", "remedy?", "what to do about it", false},
    {"message", "text?", "the id of the message that people know this by", false},
    GP_SHAPE_SOURCE,
    GP_SHAPE_AT,
    {"because", "leaf[]", "what decided it", false},
    {"when", "proof?", "explain: the proof of its guard; null without one", true},
    {"proof", "proof", "explain: the whole proof", true},
    {0},
};
#define LEAF                                                                                           \
    {"result", "result", "whether it holds", false},                                                   \
    {"subject", "text?", "the form of the condition: file, marker, attested", false},                  \
    {"path", "text?", "what was looked at", false},                                                    \
    {"name", "text?", "the id of what was looked at", false},                                          \
    {"under", "text?", "the parameter or variable whose directory was looked in", false},              \
    {"expected", "text?", "what was expected", false},                                                 \
    {"found", "text?", "what was found", false},                                                       \
    {"value", "scalar", "what was found, as a value", false},                                          \
    {"marker", "text?", "the marker that was read", false},                                            \
    {"title", "text?", "what the condition is called", false},                                         \
    {"reason", "reason?", "why it is unknown", false},                                                 \
    {"detail", "text?", "the same in words", false},                                                   \
    GP_SHAPE_BASIS, GP_SHAPE_SOURCE, GP_SHAPE_AT
GP_SHAPE_ROWS leaf[] = {LEAF, {0}};
GP_SHAPE_ROWS proof[] = {
    LEAF,
    {"decisive", "boolean", "whether the result rests on it", false},
    {"cut", "boolean", "whether parts of it are left out, because there are too many", false},
    {"children", "proof[]", "what it follows from", false},
    {0},
};
GP_SHAPE_ROWS program[] = {
    {"step", "integer", "the number of the step, from 1", false},
    {"program", "text?", "its name; null: it did not get that far", false},
    {"status", "integer?", "its exit status", false},
    {"signal", "integer?", "the signal that ended it", false},
    {"timed_out", "boolean", "whether it was ended because it took too long", false},
    {"ended", "integer", "processes that it left behind and that had to be ended", false},
    {"confined", "boolean", "whether the kernel kept it from writing elsewhere", false},
    {"output", "text", "what it said: the beginning and the end of a long one", false},
    {"dropped", "integer", "bytes of it that were not kept", false},
    {0},
};
GP_SHAPE_ROWS run[] = {
    {"outcome", "outcome", "what came of it", false},
    {"dry_run", "boolean", "whether it was only planned", false},
    {"problem", "text?", "what went wrong", false},
    {"ledger", "text?", "the id of the entry in the ledger", false},
    {"limits", "text?", "what a dry run cannot tell", false},
    {"plan", "change[]?", "what is changed, in order", false},
    {"programs", "program[]", "foreign programs that were run on a copy, in order", false},
    {"ensures", "requirement[]?", "what must hold afterwards; null where it did not come to that", false},
    {0},
};
GP_SHAPE_ROWS change[] = {
    {"kind", "change-word", "what is done to it", false},
    {"path", "text", "the path", false},
    {"directory", "boolean", "whether it is a directory", false},
    {"old_size", "integer", "its bytes before", false},
    {"new_size", "integer", "its bytes afterwards", false},
    {"old_attributes", "attribute[]", "its attributes before", false},
    {"new_attributes", "attribute[]", "its attributes afterwards", false},
    {"changes", "patch[]", "bytes that change inside a file that keeps its length", false},
    {"more_changes", "boolean", "whether there are more than are listed", false},
    {"inside", "text[]", "what a directory that goes holds", false},
    {0},
};
GP_SHAPE_ROWS patch[] = {
    {"offset", "integer", "of the first byte", false},
    {"old", "text", "the bytes before: hex:00", false},
    {"new", "text", "the bytes afterwards", false},
    {0},
};

/* ---- parts of many ----------------------------------------------------------------------------------------------- */

GP_SHAPE_ROWS ruleset[] = {
    {"name", "text", "its name", false},
    {"version", "text?", "its version", false},
    {"digest", "text", "sha256: and 64 hexadecimal digits, over all files that it is made of", false},
    {0},
};
GP_SHAPE_ROWS evidence[] = {
    {"file", "text", "where it is", false},
    {"recorded", "text", "when it was made", false},
    {"ruleset", "ruleset", "what decided then", false},
    {0},
};
GP_SHAPE_ROWS error[] = {
    {"code", "text", "one word for programs: directory-missing, busy, interrupted, rules", false},
    {"text", "text", "a sentence for people", false},
    {"holder", "holder?", "busy: who holds the lock, as far as that is known", true},
    {0},
};
GP_SHAPE_ROWS holder[] = {
    {"lock", "text?", "the file that is locked", false},
    {"pid", "integer?", "the process", false},
    {"process", "text?", "its program", false},
    {"host", "text?", "on which machine", false},
    {"user", "text?", "whose", false},
    {"operation", "text?", "what it does", false},
    {"since", "text?", "since when", false},
    {0},
};
GP_SHAPE_ROWS place[] = {
    {"file", "text", "the file", false},
    {"line", "integer", "from 1", false},
    {"column", "integer", "from 1, in characters", false},
    {0},
};
GP_SHAPE_ROWS state[] = {
    {"name", "text?", "the state; null unless kind is named", false},
    {"kind", "state-word", "whether there is one", false},
    GP_SHAPE_BASIS,
    {"candidates", "text[]", "the states that it could be", false},
    {0},
};
GP_SHAPE_ROWS said[] = {
    {"id", "text", "the id of the message", false},
    {"text", "text", "what the program says", false},
    {0},
};
GP_SHAPE_ROWS waiver[] = {
    {"reason", "text", "why it does not count", false},
    {"until", "text?", "the last day (UTC)", false},
    GP_SHAPE_AT,
    {0},
};
GP_SHAPE_ROWS offenders[] = {
    {"count", "integer", "how many there are", false},
    {"shown", "text[]", "the first of them", false},
    {0},
};
GP_SHAPE_ROWS remedy[] = {
    {"operation", "text?", "the operation that helps", false},
    {"text", "text?", "what to do, in a sentence", false},
    {0},
};

/* ---- inspect, why, plan, history --------------------------------------------------------------------------------- */

GP_SHAPE_ROWS inspection[] = {
    GP_SHAPE_HEAD,
    GP_SHAPE_DIRECTORY,
    GP_SHAPE_ERROR,
    GP_SHAPE_STATE,
    {"states", "held-state[]", "every state", false},
    {"markers", "marker[]", "every marker", false},
    {"attestations", "attestation[]", "every attestation", false},
    {"summary", "summary-line[]", "the lines of the rule set's summary", false},
    {"ledger", "ledger", "what was done and attested here", false},
    {0},
};
GP_SHAPE_ROWS summary_line[] = {
    {"id", "text", "its id", false},
    {"group", "text?", "the heading that it stands under", false},
    {"title", "text?", "what it shows", false},
    {"result", "result", "false: a condition that does not hold, or none of what is counted", false},
    {"text", "text?", "what is shown; null where that is unknown or n/a", false},
    {"count", "integer?", "of files and records: how many", false},
    GP_SHAPE_BASIS,
    {"reason", "reason?", "why it is unknown", false},
    {"detail", "text?", "the same in words", false},
    {0},
};
GP_SHAPE_ROWS held_state[] = {
    {"name", "text", "its id", false},
    {"result", "result", "whether it holds", false},
    GP_SHAPE_BASIS,
    {"because", "leaf[]", "what decided it", false},
    {0},
};
GP_SHAPE_ROWS marker[] = {
    {"id", "text", "its id", false},
    {"title", "text?", "what it is", false},
    {"value", "scalar", "its value; null where there is none", false},
    GP_SHAPE_BASIS,
    {"result", "marker-word", "whether there is a value", false},
    {"reason", "reason?", "why it is unknown", false},
    {"detail", "text?", "the same in words", false},
    GP_SHAPE_SOURCE,
    GP_SHAPE_AT,
    {0},
};
GP_SHAPE_ROWS attestation[] = {
    {"id", "text", "its id", false},
    {"title", "text?", "what it is", false},
    {"valid", "boolean", "whether it counts now", false},
    {"when", "text?", "when it was last given", false},
    {"who", "text?", "by whom", false},
    {"reason", "text?", "how they know", false},
    {"detail", "text?", "why it does not count", false},
    {0},
};
GP_SHAPE_ROWS ledger[] = {
    {"error", "reason?", "why it cannot be read", false},
    {"entries", "entry[]", "oldest first", true},
    {"bad_lines", "integer", "lines that could not be read", true},
    {"damaged", "fault[]", "the first of them", true},
    {"repeated", "integer", "lines that stand there again", true},
    {"cut", "boolean", "whether it is longer than was read", true},
    {0},
};
GP_SHAPE_ROWS entry[] = {
    {"kind", "entry-word", "what it records", false},
    {"name", "text", "the operation or attestation", false},
    {"ruleset", "text?", "of this rule set", false},
    {"to", "text?", "the state that the operation led to", false},
    {"when", "text", "when", false},
    {"who", "text?", "who did it", false},
    {"host", "text?", "on which machine", false},
    {"reason", "text?", "how they know", false},
    {"limits", "text?", "what the file system did not promise", false},
    {"id", "text?", "the id of the run", false},
    {"line", "integer", "the number of the line, from 1", false},
    {"extends", "text[]", "the rule sets that its rule set extends", false},
    {"more", "text?", "members that this version does not know", false},
    {0},
};
GP_SHAPE_ROWS fault[] = {
    {"line", "integer", "the number of the line, from 1", false},
    {"what", "text", "what is wrong with it", false},
    {"text", "text", "how it begins", false},
    {0},
};
GP_SHAPE_ROWS why[] = {
    GP_SHAPE_HEAD,
    GP_SHAPE_DIRECTORY,
    GP_SHAPE_ERROR,
    {"message", "said", "the message that the text is", false},
    {"causes", "cause[]", "every documented cause", false},
    {0},
};
GP_SHAPE_ROWS cause[] = {
    {"id", "text", "its id", false},
    {"operation", "text?", "the operation whose requirement it is", false},
    {"verdict", "cause-word", "whether it applies here", false},
    {"cause", "text?", "what is wrong, in a sentence", false},
    {"remedy", "remedy?", "what to do about it", false},
    GP_SHAPE_SOURCE,
    GP_SHAPE_AT,
    {"because", "leaf[]", "what shows it", false},
    {"decided_by", "leaf[]", "what would decide it", false},
    {0},
};
GP_SHAPE_ROWS way[] = {
    GP_SHAPE_HEAD,
    GP_SHAPE_DIRECTORY,
    GP_SHAPE_ERROR,
    {"goal", "text", "the state that was asked for", false},
    {"way", "way-word", "whether there is one", false},
    {"detail", "text?", "why not", false},
    GP_SHAPE_STATE,
    {"steps", "way-step[]", "operations, in order", false},
    {0},
};
GP_SHAPE_ROWS way_step[] = {
    {"operation", "text", "the operation", false},
    {"from", "text", "the state before it", false},
    {"to", "text", "the state after it", false},
    {"needs", "text[]", "what it still needs", false},
    {"verdict", "verdict?", "of the first step; the others cannot be decided yet", false},
    {0},
};
GP_SHAPE_ROWS history[] = {
    GP_SHAPE_HEAD,
    GP_SHAPE_DIRECTORY,
    GP_SHAPE_ERROR,
    {"entries", "entry[]", "oldest first", false},
    {"bad_lines", "integer", "lines that could not be read", false},
    {"damaged", "fault[]", "the first of them", false},
    {"repeated", "integer", "lines that stand there again", false},
    {"cut", "boolean", "whether it is longer than was read", false},
    {0},
};

/* ---- attest, recover --------------------------------------------------------------------------------------------- */

GP_SHAPE_ROWS attested[] = {
    GP_SHAPE_SHORT_HEAD,
    GP_SHAPE_DIRECTORY,
    {"attestation", "text", "what was attested", false},
    {"who", "text", "by whom", false},
    {"host", "text", "on which machine", false},
    {"reason", "text", "how they know", false},
    GP_SHAPE_ERROR,
    {0},
};
GP_SHAPE_ROWS record[] = {
    GP_SHAPE_HEAD,
    GP_SHAPE_DIRECTORY,
    GP_SHAPE_ERROR,
    {"recorded", "recording", "what was kept", false},
    {0},
};
GP_SHAPE_ROWS recording[] = {
    {"file", "text", "where", false},
    {"operations", "text[]", "the operations that were decided", false},
    {"facts", "integer", "how many facts they read", false},
    {0},
};
GP_SHAPE_ROWS recovered[] = {
    GP_SHAPE_SHORT_HEAD,
    GP_SHAPE_DIRECTORY,
    {"recovered", "recovered-word", "what was done", false},
    GP_SHAPE_ERROR,
    {0},
};

/* ------------------------------------------------------------------------------------------------------------------ */

const struct gp_shape_def gp_shapes_trees[] = {
    {"verdict", "check, explain, run: one for each directory and operation.", verdict, "requirements"},
    {"inspection", "inspect: what is seen in a directory.", inspection, "markers"},
    {"why", "why: the causes of a message.", why, "causes"},
    {"way", "plan: the way to another state.", way, "goal"},
    {"history", "history: the ledger.", history, "entries"},
    {"attested", "attest: what was recorded.", attested, "attestation"},
    {"recovered", "recover: what was done.", recovered, "recovered"},
    {"record", "record: what was kept.", record, "recorded"},
    {"trouble", "Any verb: a directory that cannot be used, or rule files that are wrong.", trouble, "verdict"},
    {"recording", "What a record holds.", recording, NULL},
    {"requirement", "What must hold, and whether it does.", requirement, NULL},
    {"leaf", "An observation that decided.", leaf, NULL},
    {"proof", "A condition, and what its result follows from.", proof, NULL},
    {"run", "What a run did.", run, NULL},
    {"change", "A change to the tree.", change, NULL},
    {"patch", "Bytes that change.", patch, NULL},
    {"ruleset", "Which rule set decided.", ruleset, NULL},
    {"evidence", "A record of what was seen.", evidence, NULL},
    {"error", "Why nothing could be decided.", error, NULL},
    {"place", "A place in a rule file.", place, NULL},
    {"state", "The shape of the tree.", state, NULL},
    {"said", "A message.", said, NULL},
    {"waiver", "Why a requirement does not count.", waiver, NULL},
    {"offenders", "Files that fail a requirement.", offenders, NULL},
    {"remedy", "What to do about it.", remedy, NULL},
    {"summary-line", "A line of the summary.", summary_line, NULL},
    {"held-state", "A state, and whether it holds.", held_state, NULL},
    {"marker", "A marker and its value.", marker, NULL},
    {"attestation", "What somebody vouches for.", attestation, NULL},
    {"ledger", "What was done and attested.", ledger, NULL},
    {"entry", "A line of the ledger.", entry, NULL},
    {"fault", "A line of the ledger that is not believed.", fault, NULL},
    {"holder", "Who holds a lock.", holder, NULL},
    {"program", "A foreign program that was run on a copy of the tree.", program, NULL},
    {"cause", "A documented cause of a message.", cause, NULL},
    {"way-step", "A step of the way.", way_step, NULL},
    {0},
};

#define X(id, name, words) name " "
const struct gp_shape_words gp_shape_words_trees[] = {
    {"verdict-word", "allowed denied undetermined"},
    {"result", "true false unknown n/a"},
    {"severity", "refuse need warn"},
    {"basis", "stated inferred assumed"},
    {"reason", GP_REASONS(X)},
    {"state-word", "named ambiguous undetermined unrecognised"},
    {"marker-word", "known false unknown n/a"},
    {"cause-word", "certain excluded undecided"},
    {"way-word", "found none unknown"},
    {"entry-word", "operation attestation"},
    {"change-word", "create replace remove attributes"},
    {"attribute", "read-only hidden system"},
    {"outcome", "planned done denied undetermined directory-missing not-a-directory no-permission directory-unusable "
                "action-failed tree-changed interrupted busy"},
    {"recovered-word", "nothing finished undone"},
    {0},
};
#undef X
