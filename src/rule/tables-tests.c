/* The tables of rule tests: trees as data, and what is expected there. */
#include "rule/tables.h"
#include "rule/tests.h"
#include "util/reason.h"

/* ---- files ------------------------------------------------------------------------------------------------------- */

#define ATTRIBUTES(member) offsetof(struct gp_test_attributes, member)

static const struct gp_field attributes_fields[] = {
    {"read-only", GP_KIND_BOOLEAN, ATTRIBUTES(read_only), 0, .help = "nobody may write it"},
    {"hidden", GP_KIND_BOOLEAN, ATTRIBUTES(hidden), 0,
     .help = "the attribute of that name, as on a file system that keeps it"},
    {"system", GP_KIND_BOOLEAN, ATTRIBUTES(system), 0,
     .help = "the attribute of that name, as on a file system that keeps it"},
    {0},
};
static const struct gp_object attributes_object = {
    .name = "test attributes",
    .help = "The attributes of a file; those that are not named are not set.",
    .size = sizeof(struct gp_test_attributes),
    .fields = attributes_fields,
};

#define PATCH(member) offsetof(struct gp_test_patch, member)
#define NUMBER(key, member, words)                                                                   \
    {key, GP_KIND_LITERAL, PATCH(member), 0, .type = GP_TYPE_INTEGER, .help = "puts " words " there"}
#define PATCH_ROWS                                                                                                  \
    {"at", GP_KIND_LITERAL, PATCH(at), GP_FIELD_REQUIRED, .type = GP_TYPE_INTEGER,                                  \
     .help = "the offset of the first byte; negative: from the end"},                                               \
    NUMBER("u8", u8, "one byte"), NUMBER("u16le", u16le, "two bytes, least significant first"),                     \
    NUMBER("u16be", u16be, "two bytes, most significant first"),                                                    \
    NUMBER("u32le", u32le, "four bytes, least significant first"),                                                  \
    NUMBER("u32be", u32be, "four bytes, most significant first"),                                                   \
    {"bytes", GP_KIND_LITERAL, PATCH(bytes), 0, .type = GP_TYPE_BYTES, .help = "puts these bytes there"},           \
    {"string", GP_KIND_SCALAR, PATCH(string), 0, .help = "puts the bytes of this text there"}

static const char *const patch_one_of[] = {"u8", "u16le", "u16be", "u32le", "u32be", "bytes", "string", NULL};

static const struct gp_field own_patch_fields[] = {PATCH_ROWS, {0}};
static const struct gp_object own_patch_object = {
    .name = "bytes of a test file",
    .help = "Bytes that stand at a place in the file.",
    .size = sizeof(struct gp_test_patch),
    .fields = own_patch_fields,
    .one_of = patch_one_of,
};

static const struct gp_field patch_fields[] = {
    {"file", GP_KIND_PATHS, PATCH(file), GP_FIELD_REQUIRED, .help = "the file"},
    PATCH_ROWS,
    {0},
};
static const struct gp_object patch_object = {
    .name = "test patch",
    .help = "Bytes that are put over those of a file of the tree.",
    .size = sizeof(struct gp_test_patch),
    .fields = patch_fields,
    .one_of = patch_one_of,
};

#define FILES(member) offsetof(struct gp_test_file, member)

static const struct gp_field file_fields[] = {
    {"size", GP_KIND_LITERAL, FILES(size), 0, .type = GP_TYPE_SIZE,
     .help = "the file has this many bytes; without it, as many as text or bytes have"},
    {"text", GP_KIND_SCALAR, FILES(text), 0, .help = "what the file begins with, as text"},
    {"bytes", GP_KIND_LITERAL, FILES(bytes), 0, .type = GP_TYPE_BYTES, .help = "what the file begins with, as bytes"},
    {"fill", GP_KIND_LITERAL, FILES(fill), 0, .type = GP_TYPE_BYTES,
     .help = "what the rest of the file is made of, again and again (default: zeros)"},
    {"patch", GP_KIND_LIST, FILES(patch), GP_FIELD_NOT_EMPTY, .object = &own_patch_object,
     .help = "bytes at places in the file, in this order"},
    {"attributes", GP_KIND_OBJECT, FILES(attributes), 0, .object = &attributes_object, .help = "its attributes"},
    {"age", GP_KIND_LITERAL, FILES(age), 0, .type = GP_TYPE_DURATION,
     .help = "how long before the time of the case it was changed (default: 1 d)"},
    {"mtime", GP_KIND_LITERAL, FILES(mtime), 0, .type = GP_TYPE_DATE,
     .help = "when it was changed: a date, or a time such as 2027-01-31T12:00:00Z"},
    {0},
};
static const struct gp_object file_object = {
    .name = "test file",
    .help = "A file of a tree; {} is an empty one.",
    .size = sizeof(struct gp_test_file),
    .fields = file_fields,
};

/* ---- with -------------------------------------------------------------------------------------------------------- */

static const struct gp_field file_element[] = {
    {NULL, GP_KIND_OBJECT, 0, GP_FIELD_PATH_KEYS, .object = &file_object},
    {0},
};
static const struct gp_field attributes_element[] = {
    {NULL, GP_KIND_OBJECT, 0, GP_FIELD_PATH_KEYS, .object = &attributes_object},
    {0},
};

static const struct gp_object scalar_object = {
    .name = "value", .help = "A value, as --set takes it.", .size = sizeof(struct gp_scalar)};
static const struct gp_field scalar_element[] = {
    {NULL, GP_KIND_SCALAR, 0, 0, .object = &scalar_object},
    {0},
};

static const struct gp_object directory_object = {
    .name = "directory", .help = "What lies in the directory.", .size = sizeof(struct gp_test_directory)};
static const struct gp_field directory_element[] = {
    {NULL, GP_KIND_REF, offsetof(struct gp_test_directory, tree), 0, .section = GP_SECTION_TREE,
     .object = &directory_object},
    {0},
};

#define ENTRY(member) offsetof(struct gp_test_entry, member)

static const char *const entry_one_of[] = {"operation", "attested", NULL};
static const struct gp_field entry_fields[] = {
    {"operation", GP_KIND_REF, ENTRY(operation), 0, .section = GP_SECTION_OPERATION, .help = "this was done"},
    {"attested", GP_KIND_REF, ENTRY(attested), 0, .section = GP_SECTION_ATTESTATION,
     .help = "somebody vouched for this"},
    {"to", GP_KIND_REF, ENTRY(to), 0, .section = GP_SECTION_STATE,
     .help = "the state that the operation led to (default: the first of its own `to`)"},
    {"age", GP_KIND_LITERAL, ENTRY(age), 0, .type = GP_TYPE_DURATION,
     .help = "how long before the time of the case (default: 1 min)"},
    {"when", GP_KIND_LITERAL, ENTRY(when), 0, .type = GP_TYPE_DATE, .help = "when: a date, or a time"},
    {0},
};
static const struct gp_object entry_object = {
    .name = "ledger entry",
    .help = "A line of the ledger; the id of an operation alone says that it was done.",
    .size = sizeof(struct gp_test_entry),
    .fields = entry_fields,
    .one_of = entry_one_of,
};

#define SETUP(member) offsetof(struct gp_test_setup, member)

static const struct gp_field setup_fields[] = {
    {"remove", GP_KIND_PATHS, SETUP(remove), GP_FIELD_LIST,
     .help = "what of the tree is not there, with all that is in it; done before anything else"},
    {"dirs", GP_KIND_PATHS, SETUP(dirs), GP_FIELD_LIST, .help = "directories that are there too"},
    {"files", GP_KIND_MAP, SETUP(files), 0, .element = file_element,
     .help = "files that are there too, or in place of those of the same path"},
    {"links", GP_KIND_PATHS, SETUP(links), GP_FIELD_LIST, .help = "symbolic links"},
    {"others", GP_KIND_PATHS, SETUP(others), GP_FIELD_LIST,
     .help = "what is neither a file nor a directory nor a link: FIFOs"},
    {"patch", GP_KIND_LIST, SETUP(patch), GP_FIELD_NOT_EMPTY, .object = &patch_object,
     .help = "bytes that are put over those of files, in this order"},
    {"attributes", GP_KIND_MAP, SETUP(attributes), 0, .element = attributes_element, .help = "attributes of files and directories"},
    {"locked", GP_KIND_PATHS, SETUP(locked), GP_FIELD_LIST, .help = "files that another process has locked"},
    {"unreadable", GP_KIND_PATHS, SETUP(unreadable), GP_FIELD_LIST,
     .help = "files and directories that may not be read; GATEPOST/LEDGER is the ledger"},
    {"set", GP_KIND_MAP, SETUP(set), 0, .element = scalar_element, .help = "parameters and variables, as --set"},
    {"directories", GP_KIND_MAP, SETUP(directories), 0, .element = directory_element,
     .help = "parameters and variables of type directory, each with the tree that lies there"},
    {"attest", GP_KIND_REFS, SETUP(attest), GP_FIELD_MAY_BE_EMPTY, .section = GP_SECTION_ATTESTATION,
     .help = "attestations that are taken as given now, as --attest: one or a list"},
    {"ledger", GP_KIND_LIST, SETUP(ledger), GP_FIELD_BRIEF, .object = &entry_object,
     .help = "what was done and attested here, oldest first"},
    {"free-space", GP_KIND_LITERAL, SETUP(free_space), 0, .type = GP_TYPE_SIZE, .help = "bytes that are free"},
    {"now", GP_KIND_LITERAL, SETUP(now), 0, .type = GP_TYPE_DATE,
     .help = "the time at which it is decided (default: 2027-01-01, or that of --now)"},
    {"strict", GP_KIND_BOOLEAN, SETUP(strict), 0, .help = "as --strict: warnings, and needs that are unknown, deny"},
    {0},
};
static const struct gp_object setup_object = {
    .name = "with",
    .help = "What is other than the tree says, and what is known beside it.",
    .size = sizeof(struct gp_test_setup),
    .fields = setup_fields,
};

/* ---- trees ------------------------------------------------------------------------------------------------------- */

#define TREE(member) offsetof(struct gp_test_tree, member)

static const struct gp_field tree_fields[] = {
    {"title", GP_KIND_STRING, TREE(title), 0, .help = "what this tree is, in a few words"},
    {"like", GP_KIND_REF, TREE(like), 0, .section = GP_SECTION_TREE, .help = "the tree that it starts from"},
    {"dirs", GP_KIND_PATHS, TREE(dirs), GP_FIELD_LIST,
     .help = "directories; those that files lie in need not be named"},
    {"files", GP_KIND_MAP, TREE(files), 0, .element = file_element, .help = "paths to what the files hold"},
    {"links", GP_KIND_PATHS, TREE(links), GP_FIELD_LIST, .help = "symbolic links"},
    {"others", GP_KIND_PATHS, TREE(others), GP_FIELD_LIST,
     .help = "what is neither a file nor a directory nor a link: FIFOs"},
    {"with", GP_KIND_OBJECT, TREE(with), 0, .object = &setup_object, .help = "changes, and what is known beside it"},
    {0},
};
static const struct gp_object tree_object = {
    .name = "test tree",
    .help = "A directory tree as data.",
    .size = sizeof(struct gp_test_tree),
    .fields = tree_fields,
};
static const struct gp_field tree_element[] = {
    {NULL, GP_KIND_OBJECT, 0, GP_FIELD_NAMED, .object = &tree_object},
    {0},
};

/* ---- what is expected -------------------------------------------------------------------------------------------- */

static const struct gp_name verdict_names[] = {
    {"allowed", GP_TEST_ALLOWED, "nothing stands in the way"},
    {"denied", GP_TEST_DENIED, "something does"},
    {"undetermined", GP_TEST_UNDETERMINED, "it could not be told"},
    {0},
};
static const struct gp_name way_names[] = {
    {"found", GP_TEST_WAY_FOUND, "there is a way, perhaps one without steps"},
    {"none", GP_TEST_WAY_NONE, "there is no way"},
    {"unknown", GP_TEST_WAY_UNKNOWN, "it is not known where to start"},
    {0},
};
static const struct gp_name answer_names[] = {
    {"holds", GP_TEST_ANSWER_HOLDS, "the requirement holds"},
    {"fails", GP_TEST_ANSWER_FAILS, "it does not"},
    {"unknown", GP_TEST_ANSWER_UNKNOWN, "it could not be told"},
    {"not-applicable", GP_TEST_ANSWER_NA, "a guard, an unset variable or a waiver took it out"},
    {0},
};
static const struct gp_name reason_names[] = {
    {"no-permission", GP_REASON_NO_PERMISSION, "permission was denied"},
    {"io-error", GP_REASON_IO_ERROR, "an input/output error occurred"},
    {"limit", GP_REASON_LIMIT, "a limit was reached before there was an answer"},
    {"ambiguous-name", GP_REASON_AMBIGUOUS_NAME, "two entries differ only in upper and lower case"},
    {"link", GP_REASON_LINK, "it is a symbolic link"},
    {"changed", GP_REASON_CHANGED, "it changed while it was read"},
    {"no-value", GP_REASON_NO_VALUE, "there is no value"},
    {"not-attested", GP_REASON_NOT_ATTESTED, "nobody has attested it"},
    {"not-given", GP_REASON_NOT_GIVEN, "it was not given"},
    {"undocumented", GP_REASON_UNDOCUMENTED, "no source says"},
    {"any", GP_TEST_REASON_ANY, "for whatever reason"},
    {0},
};

static const struct gp_object result_object = {
    .name = "result", .help = "What a requirement comes to.", .size = sizeof(struct gp_test_result_row)};
static const struct gp_field result_element[] = {
    {"result", GP_KIND_ENUM, offsetof(struct gp_test_result_row, answer), 0, .names = answer_names,
     .object = &result_object},
    {0},
};
static const struct gp_object count_object = {
    .name = "number", .help = "How many there are.", .size = sizeof(struct gp_test_count_row)};
static const struct gp_field count_element[] = {
    {NULL, GP_KIND_LITERAL, offsetof(struct gp_test_count_row, count), 0, .type = GP_TYPE_INTEGER,
     .object = &count_object},
    {0},
};

#define EXPECT(member) offsetof(struct gp_test_expect, member)
#define IDS(key, member, what, words)                                                                              \
    {key, GP_KIND_REFS, EXPECT(member), GP_FIELD_MAY_BE_EMPTY, .section = (what), .help = words}

static const struct gp_field expect_fields[] = {
    {"verdict", GP_KIND_ENUM, EXPECT(verdict), 0, .names = verdict_names, .help = "check: what is decided"},
    IDS("because", because, GP_SECTION_REQUIREMENT,
        "check: denied: exactly the requirements that are false (and, with strict, what else denies); undetermined: "
        "exactly those that are unknown; one or a list"),
    IDS("message", message, GP_SECTION_MESSAGE,
        "check: exactly the messages of the requirements that deny: one or a list"),
    IDS("needs", needs, GP_SECTION_REQUIREMENT, "check: exactly the needs that are unknown: one or a list"),
    IDS("warnings", warnings, GP_SECTION_REQUIREMENT,
        "check: exactly the warnings, false or unknown: one or a list"),
    {"results", GP_KIND_MAP, EXPECT(results), GP_FIELD_NOT_EMPTY, .section = GP_SECTION_REQUIREMENT,
     .element = result_element, .help = "check: what single requirements come to"},
    {"offenders", GP_KIND_MAP, EXPECT(offenders), GP_FIELD_NOT_EMPTY, .section = GP_SECTION_REQUIREMENT,
     .element = count_element, .help = "check: how many files fail single requirements"},
    {"state", GP_KIND_REF, EXPECT(state), 0, .section = GP_SECTION_STATE,
     .help = "the state of the tree, or ambiguous, undetermined or unrecognised"},
    IDS("candidates", candidates, GP_SECTION_STATE,
        "exactly the states that could be meant where there is no one state: one or a list"),
    {"basis", GP_KIND_ENUM, EXPECT(basis), 0, .names = gp_basis_names, .help = "check, marker, state alone: on what it rests"},
    {"unknown", GP_KIND_ENUM, EXPECT(unknown), 0, .names = reason_names, .fallback = GP_TEST_REASON_UNSET,
     .help = "check: why each of the undecided is unknown; marker: there is no value, for this reason"},
    IDS("certain", certain, GP_SECTION_CAUSE,
        "why: exactly the causes that apply; ID, or OPERATION/ID where several operations have it"),
    IDS("excluded", excluded, GP_SECTION_CAUSE, "why: exactly the causes that do not"),
    IDS("undecided", undecided, GP_SECTION_CAUSE, "why: exactly the causes of which nobody can tell"),
    {"way", GP_KIND_ENUM, EXPECT(way), 0, .names = way_names, .help = "plan: whether there is a way"},
    IDS("steps", steps, GP_SECTION_OPERATION, "plan: exactly these operations, in this order; [] is already there"),
    {"value", GP_KIND_SCALAR, EXPECT(value), 0, .help = "marker: its value"},
    {"not-applicable", GP_KIND_BOOLEAN, EXPECT(not_applicable), 0,
     .help = "marker: true: a guard or an unset variable takes it out"},
    {0},
};
const struct gp_object gp_object_test_expect = {
    .name = "expect",
    .help = "What must come out; what is not named does not matter, but for what a verdict rests on.",
    .size = sizeof(struct gp_test_expect),
    .fields = expect_fields,
};

/* ---- cases and the document -------------------------------------------------------------------------------------- */

#define CASES(member) offsetof(struct gp_test_case, member)

static const struct gp_field case_fields[] = {
    {"title", GP_KIND_STRING, CASES(title), 0, .help = "what this case shows, in a few words"},
    {"tree", GP_KIND_REF, CASES(tree), GP_FIELD_REQUIRED, .section = GP_SECTION_TREE, .help = "the tree"},
    {"with", GP_KIND_OBJECT, CASES(with), 0, .object = &setup_object, .help = "changes, and what is known beside it"},
    {"check", GP_KIND_REF, CASES(check), 0, .section = GP_SECTION_OPERATION,
     .help = "decides whether this operation may run"},
    {"why", GP_KIND_SCALAR, CASES(why), 0, .help = "asks for the causes of the message that this text or id names"},
    {"plan", GP_KIND_REF, CASES(plan), 0, .section = GP_SECTION_STATE, .help = "asks for the way to this state"},
    {"marker", GP_KIND_REF, CASES(marker), 0, .section = GP_SECTION_MARKER,
     .help = "asks for the value of this marker"},
    {"expect", GP_KIND_OBJECT, CASES(expect), GP_FIELD_REQUIRED, .object = &gp_object_test_expect,
     .help = "what must come out"},
    {0},
};
static const struct gp_object case_object = {
    .name = "test case",
    .help = "A question about a tree, and the answer. It asks one of check, why, plan and marker; without any, for the "
            "state.",
    .size = sizeof(struct gp_test_case),
    .fields = case_fields,
};
static const struct gp_field case_element[] = {
    {NULL, GP_KIND_OBJECT, 0, GP_FIELD_NAMED, .object = &case_object},
    {0},
};

#define DOCUMENT(member) offsetof(struct gp_test_document, member)

static const struct gp_field document_fields[] = {
    {"gatepost", GP_KIND_ANY, 0, GP_FIELD_REQUIRED,
     .help = "the version of the rule language, 1; every file opens with it"},
    {"tests-for", GP_KIND_SCALAR, DOCUMENT(tests_for), GP_FIELD_REQUIRED,
     .help = "the name of the rule set that is tested"},
    {"trees", GP_KIND_MAP, DOCUMENT(trees), 0, .section = GP_SECTION_TREE, .element = tree_element,
     .help = "directory trees as data"},
    {"cases", GP_KIND_MAP, DOCUMENT(cases), GP_FIELD_REQUIRED | GP_FIELD_NOT_EMPTY, .element = case_element,
     .help = "questions, each with the answer that must come out"},
    {0},
};
const struct gp_object gp_object_tests = {
    .name = "tests document",
    .help = "A file of rule tests.",
    .size = sizeof(struct gp_test_document),
    .fields = document_fields,
};

const struct gp_object *const gp_test_objects[] = {
    &gp_object_tests, &tree_object,      &file_object,  &own_patch_object, &attributes_object,
    &setup_object,    &patch_object,     &entry_object, &case_object,      &gp_object_test_expect,
    NULL,
};
