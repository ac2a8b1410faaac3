/* The shapes of reports about rule sets. */
#include "author/schema-shapes.h"

/* ---- list, show, explain-code ------------------------------------------------------------------------------------ */

GP_SHAPE_ROWS definition[] = {
    GP_SHAPE_HEAD,
    {"section", "text", "the section that it stands in", false},
    {"id", "text", "its id", false},
    {"title", "text?", "what it is", false},
    GP_SHAPE_BASIS,
    GP_SHAPE_SOURCE,
    GP_SHAPE_AT,
    {"text", "text?", "the definition, as its file has it", false},
    {"changes", "amendment[]", "what drop-ins and sets that extend this one put into it", false},
    {"from", "text[]", "of an operation: states", true},
    {"to", "text[]", "of an operation: states", true},
    {"audit", "boolean", "of an operation: its requirements are findings", true},
    {"gate", "boolean", "of an operation: it decides and does nothing", true},
    {"params", "text[]", "of an operation: ids", true},
    {"requirements", "defined-requirement[]", "of an operation", true},
    {"ensures", "text[]", "of an operation: ids", true},
    {"message", "text", "of a message: what the program says", true},
    {"also", "text[]", "of a message: other wordings", true},
    {0},
};
GP_SHAPE_ROWS amendment[] = {
    GP_SHAPE_AT,
    {"text", "text?", "the lines there", false},
    {0},
};
GP_SHAPE_ROWS defined_requirement[] = {
    {"id", "text", "its id", false},
    {"title", "text?", "what it is", false},
    {"severity", "severity", "what follows when it does not hold", false},
    GP_SHAPE_BASIS,
    GP_SHAPE_SOURCE,
    {"sealed", "boolean", "whether drop-ins may change nothing but its otherwise", false},
    {"waived", "text?", "why it does not count", false},
    {"until", "text?", "the last day (UTC)", false},
    {"message", "text?", "the id of its message", false},
    {"remedy", "text?", "the operation that helps", false},
    GP_SHAPE_AT,
    {0},
};
GP_SHAPE_ROWS word[] = {
    {"kind", "word-word", "what kind of word of the language it is", false},
    {"id", "text", "the word", false},
    {"help", "text", "what it means", false},
    {"built", "boolean", "whether this build has it", false},
    {"keys", "key[]", "its keys", false},
    {"example", "text?", "an example", false},
    {0},
};
GP_SHAPE_ROWS key[] = {
    {"key", "text", "the key", false},
    {"value", "text", "what may stand there", false},
    {"required", "boolean", "whether it must stand", false},
    {"help", "text?", "what it means", false},
    {0},
};
GP_SHAPE_ROWS diagnostic[] = {
    {"code", "text", "GP and four digits", false},
    {"name", "text", "its name in the source", false},
    {"level", "level", "how grave it is by itself", false},
    {"title", "text", "what it is", false},
    {"text", "text", "what it means and what to do", false},
    {0},
};
GP_SHAPE_ROWS listed[] = {
    {"id", "text", "its id", false},
    {"title", "text?", "what it is", false},
    GP_SHAPE_BASIS,
    GP_SHAPE_SOURCE,
    GP_SHAPE_AT,
    {"kind", "text", "what it is the id of", false},
    {"set", "text", "the rule set", false},
    {0},
};
GP_SHAPE_ROWS line[] = {
    {"kind", "text", "what it is the name of", false},
    {"id", "text", "its name", false},
    {"title", "text", "what it is", false},
    {0},
};

GP_SHAPE_ROWS part_definition[] = {
    GP_SHAPE_HEAD,
    {"group", "text", "the key of the definition that it stands beneath", false},
    {"id", "text", "ID/PART", false},
    {"title", "text?", "what it is", false},
    GP_SHAPE_BASIS,
    GP_SHAPE_SOURCE,
    GP_SHAPE_AT,
    {"text", "text?", "the part, as its file has it or, where amendments changed it, as it is in effect", false},
    {"requirement", "defined-requirement", "of a requirement", true},
    {0},
};
GP_SHAPE_ROWS listed_set[] = {
    {"kind", "text", "ruleset", false},
    {"id", "text", "its name", false},
    {"title", "text?", "what it is about", false},
    {"version", "text?", "its version", false},
    {"status", "set-word", "whether it can be used", false},
    {"error", "text?", "why not", false},
    {"directory", "text?", "where its ruleset.yaml is", false},
    {"layer", "text?", "in which layer", false},
    {"parts", "set-part[]", "everything of that name in the layers", false},
    {0},
};
GP_SHAPE_ROWS set_part[] = {
    {"part", "text", "what it is: set, drop-ins", false},
    {"layer", "text", "in which layer", false},
    {"path", "text", "where", false},
    {0},
};
GP_SHAPE_ROWS listed_file[] = {
    {"kind", "text", "file", false},
    {"id", "text", "its path", false},
    {"set", "text", "the rule set that it is read for", false},
    {"of", "text", "the rule set that it belongs to", false},
    {"layer", "text?", "in which layer", false},
    {"drop_in", "boolean", "whether it is a drop-in", false},
    {0},
};

/* ---- show --origin, show --diff ---------------------------------------------------------------------------------- */

GP_SHAPE_ROWS whole_origin[] = {
    GP_SHAPE_HEAD,
    {"files", "origin-file[]", "what it is made of", false},
    {"manifest", "origin", "its manifest", false},
    {"definitions", "origin?", "its sections", false},
    {0},
};
GP_SHAPE_ROWS part_origin[] = {
    GP_SHAPE_HEAD,
    {"group", "text", "the section, or the part of a definition", false},
    {"id", "text", "ID, or ID/PART", false},
    {"origin", "origin", "the definition, with the place of every value", false},
    {0},
};
GP_SHAPE_ROWS origin[] = {
    {"value", "nested", "a text, or such objects in a list or by their keys", false},
    {"at", "place?", "where it is written", false},
    {"replaced", "origin-old[]", "what it replaced, the newest first", false},
    {0},
};
GP_SHAPE_ROWS origin_old[] = {
    {"value", "any", "the value that counts no more", false},
    {"at", "place?", "where it is written", false},
    {0},
};
GP_SHAPE_ROWS origin_file[] = {
    {"file", "text", "its path", false},
    {"set", "text", "the rule set that it belongs to", false},
    {"layer", "text?", "in which layer", false},
    {"drop_in", "boolean", "whether it is a drop-in", false},
    {0},
};
GP_SHAPE_ROWS difference[] = {
    GP_SHAPE_HEAD,
    {"vendor", "vendor", "what it is compared with", false},
    {"files", "file-difference[]", "files that the vendor's set has not, or that replace its files", false},
    {"changes", "value-difference[]", "what differs", false},
    {0},
};
GP_SHAPE_ROWS vendor[] = {
    {"directory", "text?", "where it is", false},
    {"layer", "text?", "in which layer", false},
    {"version", "text?", "its version", false},
    {0},
};
GP_SHAPE_ROWS file_difference[] = {
    {"change", "file-change-word", "what it does", false},
    {"file", "text", "its path", false},
    {"replaced", "text?", "the file that it replaces", false},
    {"layer", "text?", "in which layer", false},
    {0},
};
GP_SHAPE_ROWS value_difference[] = {
    {"change", "value-change-word", "what happened to it", false},
    {"path", "text", "section/ID/key", false},
    {"old", "origin-old?", "the vendor's", false},
    {"new", "origin-old?", "the one in effect", false},
    {"until", "text?", "of a waiver: its last day", false},
    {"expired", "boolean?", "of a waiver: whether that is past", false},
    {0},
};

/* ---- lint -------------------------------------------------------------------------------------------------------- */

#define SPAN                                                                                 \
    {"file", "text?", "the file", false}, {"line", "integer?", "from 1", false},             \
    {"column", "integer?", "from 1, in characters", false},                                  \
    {"end_line", "integer?", "where it ends", false},                                        \
    {"end_column", "integer?", "behind its last character", false}
GP_SHAPE_ROWS finding[] = {
    GP_SHAPE_SHORT_HEAD,
    {"id", "text", "GP and four digits", false},
    {"level", "level", "how grave it is here", false},
    {"title", "text?", "what it is", false},
    {"message", "text", "what is wrong", false},
    SPAN,
    {"notes", "finding-note[]", "other places that it is about", false},
    {"suggestion", "edit?", "what should stand there", false},
    {0},
};
GP_SHAPE_ROWS finding_note[] = {
    {"message", "text", "what is there", false},
    SPAN,
    {0},
};
GP_SHAPE_ROWS edit[] = {
    {"replace", "finding-span", "what goes", false},
    {"text", "text", "what comes in its place", false},
    {0},
};
GP_SHAPE_ROWS finding_span[] = {SPAN, {0}};

/* ---- test -------------------------------------------------------------------------------------------------------- */

GP_SHAPE_ROWS tested[] = {
    GP_SHAPE_HEAD,
    {"tests", "text?", "the file of rule tests, or any that is wrong; null: a rule set is not there at all", false},
    {"passed", "integer", "how many cases", false},
    {"failed", "integer", "how many cases", false},
    {"skipped", "integer", "how many cases", false},
    {"cases", "tested-case[]", "every case, in the order of the file", false},
    GP_SHAPE_ERROR,
    {0},
};
GP_SHAPE_ROWS tested_case[] = {
    {"id", "text", "its id", false},
    {"title", "text?", "what it shows", false},
    {"asks", "test-subject", "what is asked", false},
    {"of", "text?", "the operation, message, state or marker", false},
    {"outcome", "test-outcome", "whether it came out as expected", false},
    {"detail", "text?", "why it was skipped, or nothing could be decided", false},
    {"misses", "miss[]", "what did not come out as expected", false},
    {"explanation", "text?", "what the decision rests on", false},
    GP_SHAPE_AT,
    {0},
};
GP_SHAPE_ROWS miss[] = {
    {"expectation", "text", "the key of expect", false},
    {"expected", "text?", "what it says", false},
    {"found", "text?", "what came out", false},
    GP_SHAPE_AT,
    {0},
};
GP_SHAPE_ROWS coverage[] = {
    GP_SHAPE_HEAD,
    {"amended", "boolean", "whether drop-ins changed what was tested", false},
    {"percent", "integer", "of the results that should be seen", false},
    {"threshold", "integer?", "the percentage that was asked for", false},
    {"unchecked", "text[]", "operations that no case checks", false},
    {"coverage", "cover-item[]", "what tests should have seen true, false and unknown", false},
    {0},
};
GP_SHAPE_ROWS cover_item[] = {
    {"kind", "cover-word", "what it is", false},
    {"of", "text?", "the operation or message that it is a part of", false},
    {"id", "text", "its id", false},
    {"wanted", "result[]", "results that should be seen", false},
    {"seen", "result[]", "results that were", false},
    GP_SHAPE_AT,
    {0},
};

/* ------------------------------------------------------------------------------------------------------------------ */

const struct gp_shape_def gp_shapes_rules[] = {
    {"definition", "show: a definition of a rule set.", definition, "section"},
    {"word", "show: a word of the rule language.", word, "keys"},
    {"diagnostic", "explain-code: a diagnostic.", diagnostic, "code"},
    {"finding", "lint: one finding.", finding, "notes"},
    {"whole-origin", "show --origin: a rule set.", whole_origin, "manifest"},
    {"part-origin", "show --origin: a definition or a part of one.", part_origin, "origin"},
    {"part-definition", "show: a part of a definition.", part_definition, "group"},
    {"difference", "show --diff: a rule set, or a definition, and the vendor's.", difference, "vendor"},
    {"listed-set", "list sets: a rule set.", listed_set, "parts"},
    {"listed-file", "list files: a file.", listed_file, "drop_in"},
    {"tested", "test: the cases of a file.", tested, "tests"},
    {"coverage", "test --coverage: what the tests of a rule set saw.", coverage, "coverage"},
    {"listed definition", "list: a definition of a rule set.", listed, "set"},
    {"listed line", "list: anything else.", line, "id"},
    {"amendment", "A change to a definition.", amendment, NULL},
    {"defined-requirement", "A requirement, as it is defined.", defined_requirement, NULL},
    {"key", "A key of a mapping.", key, NULL},
    {"set-part", "A directory or drop-ins of a rule set.", set_part, NULL},
    {"origin", "A value, where it is written, and what it replaced.", origin, NULL},
    {"origin-old", "A value, and where it is written.", origin_old, NULL},
    {"origin-file", "A file of a rule set.", origin_file, NULL},
    {"vendor", "A rule set as its vendor ships it.", vendor, NULL},
    {"file-difference", "A file that the vendor's set has not.", file_difference, NULL},
    {"value-difference", "A value that differs.", value_difference, NULL},
    {"finding-note", "Another place that a finding is about.", finding_note, NULL},
    {"finding-span", "A place in a rule file.", finding_span, NULL},
    {"edit", "An edit that would do.", edit, NULL},
    {"tested-case", "A case, and what it came to.", tested_case, NULL},
    {"miss", "What did not come out as expected.", miss, NULL},
    {"cover-item", "What tests should have seen.", cover_item, NULL},
    {0},
};

const struct gp_shape_words gp_shape_words_rules[] = {
    {"word-word", "predicate facet read action mapping"},
    {"level", "silent note warning error"},
    {"set-word", "loaded broken masked missing"},
    {"file-change-word", "drop-in replaces new hidden"},
    {"value-change-word", "added changed removed waived set"},
    {"test-subject", "check why plan marker state"},
    {"test-outcome", "passed failed skipped"},
    {"cover-word", "requirement condition state cause"},
    {0},
};
