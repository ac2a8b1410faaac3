/*
 * Every diagnostic: GP_DIAG(number, NAME, LEVEL, "title", "long text").
 *
 * Included several times with different meanings of GP_DIAG, so no include guard.  Numbers are never reused.
 * GP01xx what a file is made of, GP02xx keys and values, GP03xx what definitions say to each other, GP04xx layers and
 * amendments, GP05xx limits.
 */
/* clang-format off */
GP_DIAG(101, YAML_SYNTAX, ERROR, "not YAML",
        "The file is not well-formed YAML. The caret stands where the parser gave up; the mistake is often a line above: "
        "a quote that was not closed, a tab in the indentation, a ':' without a space behind it.")
GP_DIAG(102, FILE_READ, ERROR, "a file that cannot be read",
        "A rule file or a directory of rule files is there but could not be read: no permission, an I/O error, or a link "
        "that leads nowhere. It is never treated as absent, because what it says might forbid something.")
GP_DIAG(103, FILE_TYPE, ERROR, "not a regular file",
        "A rule file must be a regular file, or a link to one. Directories, FIFOs, sockets and devices are not opened for "
        "reading. (A link to /dev/null, or an empty file, masks the file of that name in lower layers.)")
GP_DIAG(104, FILE_CHANGED, ERROR, "a file that changed while it was read",
        "The size or time of the file was another after reading than before, so what was read may be half of the old and "
        "half of the new text. Load it again when nobody writes it.")
GP_DIAG(105, ENCODING, ERROR, "not UTF-8",
        "Rule files are UTF-8. The caret stands at the first byte that is not; the note counts the others. Files that an "
        "editor saved as Latin-1, Windows-1252 or UTF-16 must be saved as UTF-8. A byte order mark at the start is "
        "skipped.")
GP_DIAG(106, CONTROL_CHARACTER, ERROR, "a control character",
        "NUL, DEL and the control characters other than tab and line feed may not stand in a rule file, not even in a "
        "comment. Inside double quotes they can be written as escapes such as \"\\x07\".")
GP_DIAG(107, LINE_BREAK, ERROR, "a line break that editors do not show",
        "YAML ends a line, and so a comment, at U+0085, U+2028, U+2029 and at a carriage return without a line feed, "
        "where most editors show no line break: what looks like a comment could be a rule. Use line feeds; inside double "
        "quotes the characters can be written as \"\\N\", \"\\L\", \"\\P\" and \"\\r\".")
GP_DIAG(108, NO_MAPPING, ERROR, "a file that is no mapping",
        "A rule file is one mapping: `gatepost: 1` and then sections such as `markers:` and `operations:`. A list or a "
        "single text at the top has no meaning.")
GP_DIAG(109, VERSION_MISSING, ERROR, "no language version",
        "Every rule file opens with `gatepost: 1`, the version of the rule language, so that a file of another kind or of "
        "a later language is never half understood.")
GP_DIAG(110, VERSION_UNKNOWN, ERROR, "another language version",
        "The file says that it is written in a version of the rule language that this engine does not know. The only "
        "version so far is 1, written as a plain integer: `gatepost: 1`.")
GP_DIAG(111, ALIAS, ERROR, "an alias, or a glob that must be quoted",
        "A plain value that begins with `*` is an alias in YAML, and aliases are not part of the rule language. A glob "
        "that begins with `*` must be quoted: `some: \"*.log\"`. To use one thing in several places, give it an id: a "
        "condition, a marker, a variable.")
GP_DIAG(112, ANCHOR, ERROR, "an anchor",
        "`&name` before a value is an anchor in YAML, and anchors are not part of the rule language. Give the thing an id "
        "(a condition, a marker, a variable) and name it where it is needed. A text that begins with `&` must be quoted.")
GP_DIAG(113, MERGE_KEY, ERROR, "a merge key",
        "`<<` as a plain key is YAML's merge key, which is not part of the rule language. `extends` and drop-ins change "
        "definitions by id; conditions can be named and used many times.")
GP_DIAG(114, TAG, ERROR, "a tag",
        "`!tag` and `!!type` before a value are YAML tags, which are not part of the rule language: the tables say of "
        "which type a value is. A text that begins with `!` must be quoted.")
GP_DIAG(115, DIRECTIVE, ERROR, "a directive",
        "Lines such as `%YAML 1.2` and `%TAG` are not part of the rule language. A text that begins with `%` must be "
        "quoted.")
GP_DIAG(116, SECOND_DOCUMENT, ERROR, "a second document",
        "A rule file is one YAML document. What stands behind a second `---` would silently be another one. Put it into a "
        "file of its own, or remove the line.")
GP_DIAG(117, KEY_TYPE, ERROR, "a key that is no text",
        "Keys are plain or quoted texts. A list, a mapping, a block of text or nothing cannot be a key.")
GP_DIAG(118, DUPLICATE_KEY, ERROR, "the same key twice",
        "A mapping has the same key twice. YAML libraries silently take one of the two; here it is an error that shows "
        "both places.")
GP_DIAG(119, UNQUOTED, ERROR, "a text that must be quoted",
        "The value holds a character that means something else to YAML at this place: `{`, `}`, `[`, `]` or `,` inside "
        "`{ ... }` or `[ ... ]`, or `@`, a backquote or `%` at its start. Put it into quotes: "
        "`{ some: \"data/*.{log,tmp}\" }`.")
GP_DIAG(120, NUL_CHARACTER, ERROR, "a NUL in a text",
        "Texts cannot hold the character NUL (\"\\0\"). Bytes of files are written as `hex:...`.")
GP_DIAG(121, FILE_IGNORED, WARNING, "a file that is ignored",
        "A rule set's directory holds ruleset.yaml, other *.yaml files, the directories tests/ and files/, and README* and "
        "LICENSE*. Anything else is not read; the message says why. A rule that stands in an ignored file is not in "
        "force.")
GP_DIAG(122, BACKUP_IGNORED, NOTE, "a hidden or backup file that is ignored",
        "Names that begin with `.` or end with `~` are hidden files and editors' backups. They are not read.")
GP_DIAG(123, MISPLACED_KEY, ERROR, "a key in the wrong file",
        "The key is known, but it belongs in another file: keys of the manifest (title, names, extends ...) in "
        "ruleset.yaml, `amends` in a drop-in (NAME.d/*.yaml), `tests-for` in a file beneath tests/.")
GP_DIAG(201, UNKNOWN_KEY, ERROR, "an unknown key",
        "A mapping has a key that means nothing there. It may be misspelt, belong one level up or down, or be a key of "
        "something else; a note says where it would mean something. Keys are never ignored, because a rule that is not "
        "applied looks like one that holds.")
GP_DIAG(202, MISSING_KEY, ERROR, "a key is missing",
        "Something lacks a key without which it means nothing, such as `that` of a requirement. `gatepost schema` and the "
        "manual list the keys of everything and say which are required.")
GP_DIAG(203, WRONG_KIND, ERROR, "a mapping, a list or a scalar in the wrong place",
        "Each key takes a scalar, a list or a mapping of a certain shape. The message says what was expected and what "
        "stands there. A mapping that was meant as a value may need quotes, and one more level of indentation makes a "
        "mapping out of what should be a scalar.")
GP_DIAG(204, NO_VALUE, ERROR, "an empty value",
        "Behind the key stands nothing, `~` or `null`. None of them means anything here: leave the key out to have its "
        "default, or write \"\" for a text that is empty.")
GP_DIAG(205, NOT_BUILT, ERROR, "known, but not in this build",
        "The rule language has this, and this build of Gatepost does not. A rule set that needs it can say so in its "
        "manifest: engine: \">= VERSION\".")
GP_DIAG(206, NOT_ONE_OF, ERROR, "not one of the values that may stand here",
        "The key takes one of a few words. Case counts.")
GP_DIAG(207, BAD_VALUE, ERROR, "a value of the wrong form",
        "The scalar is not written as its type asks: integers are decimal or 0x… without a leading zero (010 is eight to "
        "some and ten to others); booleans are true and false alone, not yes, no, on or off; sizes are an integer with an "
        "optional B, KiB, MiB or GiB; durations have s, min, h or d; dates look like 2027-01-31; bytes like hex:4d5a00 or "
        "text:hello.")
GP_DIAG(208, QUOTED_NUMBER, ERROR, "a quoted text where a number is expected",
        "A quoted scalar is only ever a text. Take the quotes away.")
GP_DIAG(209, NO_DECIDING_KEY, ERROR, "nothing says what this is",
        "A condition, a read, a step and some other mappings have one key that tells what they are, such as `file` or "
        "`all` of a condition. Exactly one of these keys must stand.")
GP_DIAG(210, TWO_DECIDING_KEYS, ERROR, "two things in one mapping",
        "A condition, a read, a step and some other mappings have one key that tells what they are, and here are two. To "
        "ask for two conditions write a list behind `all` or `any`.")
GP_DIAG(211, FACET_PLACE, ERROR, "a facet where no file is looked at",
        "Facets such as size or age describe files; they stand beside keys that name files that are there, not beside "
        "others such as `absent` or `marker`.")
GP_DIAG(212, EMPTY_LIST, ERROR, "an empty list",
        "Nothing in the language makes sense with no elements: `all` of nothing would be true, `any` of nothing false. "
        "Leave the key out instead.")
GP_DIAG(213, EMPTY_TEXT, ERROR, "an empty text",
        "A text is expected that says something.")
GP_DIAG(214, BAD_ID, ERROR, "not an id",
        "An id is made of ASCII letters, digits, '-', '_' and '.', and begins with a letter or a digit, so that it can "
        "be written on a command line, in ${} and in a reference without quotes.")
GP_DIAG(215, PATTERN_SYNTAX, ERROR, "not a regular expression",
        "Patterns are PCRE2 regular expressions. The caret stands where the pattern stops making sense. In YAML, single "
        "quotes keep backslashes as they are; in double quotes each must be doubled.")
GP_DIAG(216, PATH_SYNTAX, ERROR, "not a path",
        "Paths in rule files are relative to the directory that is looked at, with '/' between their components, and never "
        "lead out of it: no leading '/', no '..', no empty component. '.' alone names the directory itself.")
GP_DIAG(217, GLOB_SYNTAX, ERROR, "not a glob",
        "A glob has *, ?, [...] and {a,b} in any component of a path. [*] stands for the character itself. A component with "
        "${...} is one literal name and cannot be a glob.")
GP_DIAG(218, GLOB_PLACE, ERROR, "a glob where one path is expected",
        "What stands here names one file, so it cannot be a pattern for many. `each` and `some` look at all files that "
        "match. [*] stands for the character itself.")
GP_DIAG(219, TEXT_SYNTAX, ERROR, "a ${ } that is not well-formed",
        "${NAME} in a text stands for a value: a parameter, a variable, ${root}, inside exec ${work}, beside the facets of "
        "each and some ${stem} and ${name}. A $ that no { follows is a plain $.")
GP_DIAG(220, UNDER_PLACE, ERROR, "`under` without a marker",
        "`under` says in which directory a marker looks. Variables and parameters look nowhere.")
GP_DIAG(301, UNDEFINED, ERROR, "something that is not defined",
        "An id is used that no file of the rule set defines. It may be misspelt, or the file that defines it may be missing "
        "or masked.")
GP_DIAG(302, WRONG_SECTION, ERROR, "the id of something else",
        "An id is used that exists, but names something of another kind: a marker where a condition is expected, for "
        "example. To ask about a marker write { marker: ID, is: VALUE }; about a state, { state: ID }.")
GP_DIAG(303, NOT_DIRECTORY, ERROR, "not a directory",
        "`under` takes a parameter or variable of type directory.")
GP_DIAG(304, PARAM_NOT_EVERYWHERE, ERROR, "a parameter that not every user has",
        "A condition, marker or other shared definition names a parameter. It is looked up in the operation that is "
        "decided, so every operation that uses the definition, also through others, must have that parameter.")
GP_DIAG(305, PARAM_PLACE, ERROR, "a parameter where there is no operation",
        "States, messages and variables are the same whatever operation is decided, so parameters mean nothing in them, "
        "nor in conditions and markers that they use.")
GP_DIAG(306, PARAM_TYPES, ERROR, "a parameter of several types",
        "A shared definition names a parameter that two operations declare with different types, so that no value could be "
        "compared with it.")
GP_DIAG(307, UNKNOWN_NAME, ERROR, "${ } names nothing",
        "${NAME} stands for a parameter of the operation (of every operation that uses a shared definition), a variable, or "
        "one of the built-in names: root; inside exec, work; beside the facets of each and some, stem and name.")
GP_DIAG(308, NAME_PLACE, ERROR, "${ } that means nothing here",
        "${stem} and ${name} stand for the file that each or some looks at, so they mean something in the facets of these "
        "two only. ${work} is the copy that a program works on, so it means something inside exec only.")
GP_DIAG(309, RESERVED_NAME, ERROR, "a name that is taken",
        "root, work, stem and name have a meaning of their own in ${}, so no variable or parameter can have these names.")
GP_DIAG(310, CYCLE, ERROR, "a definition that rests on itself",
        "Conditions, markers and states may use each other, but not in a ring: there would be no end to deciding it. The "
        "notes show the whole ring.")
GP_DIAG(311, STATE_IN_STATE, ERROR, "a state that asks for the state",
        "Which state a tree is in follows from all states together, so a state's condition cannot ask for it, neither "
        "directly nor through a named condition or a marker.")
GP_DIAG(312, ENSURES_ONLY, ERROR, "something that only `ensures` can ask",
        "There is no before and after until an operation has run, so conditions such as `changed` stand in `ensures` only, "
        "or in named conditions that nothing but `ensures` uses.")
GP_DIAG(313, TYPE_MISMATCH, ERROR, "a value of another type",
        "A marker, parameter or variable yields one type, and the place where it is used asks for another. Integers and "
        "sizes go together, and so do texts of every kind; nothing else is converted.")
GP_DIAG(314, NOT_A_NAME, ERROR, "a value that never comes",
        "A marker or setting has one of a few names as its value, and it is compared with a word that is none of them: the "
        "comparison could never hold.")
GP_DIAG(315, OPERATOR_TYPE, ERROR, "an operator that does not fit",
        "`min` and `max` need numbers, texts or bytes; words such as those of a choice have no order. `bits` needs an integer.")
GP_DIAG(316, CASE_TYPES, ERROR, "cases of several types",
        "All cases of a marker yield the same type, so that others can compare with it.")
GP_DIAG(317, VALUES_WITHOUT_READ, ERROR, "names for a value that is not read",
        "`values` gives names to the raw values of a `read`. The value of a case is a name already.")
GP_DIAG(318, SETTING_SHAPE, ERROR, "a restriction that does not fit the type",
        "`choices` belongs to type choice, which must have it; `min` and `max` to numbers, sizes, durations and dates; "
        "`matches` and `case` to texts.")
GP_DIAG(319, SETTING_RANGE, ERROR, "a value that its own definition refuses",
        "The value of a variable, or the default of a variable or parameter, is not within its min and max, not one of its "
        "choices, or does not match its pattern; or min is greater than max.")
GP_DIAG(320, SETTING_REFERENCE, ERROR, "a setting that depends on something",
        "A variable's value is a scalar; a parameter's default is a scalar or { var: ID }. Other references could not be "
        "settled before anything is looked at.")
GP_DIAG(321, UNTIL_WITHOUT_WAIVED, ERROR, "`until` without `waived`",
        "`until` says how long a requirement is waived, and `waived` gives the reason; a waiver needs one.")
GP_DIAG(360, FACET_TYPE, ERROR, "a facet of files at a directory, or of directories at files",
        "Facets such as `size` or `text` ask something of regular files, so they stand at `file`, `each` or `some`; "
        "`entries` asks something of a directory and stands at `dir`. `name`, `has`, `age`, `newer-than`, `writable` and "
        "`attributes` stand at both.")
GP_DIAG(361, TOO_SMALL, ERROR, "a number that is too small",
        "Lengths and the sizes of records begin at 1, and counts and groups at 0: a smaller number means nothing there.")
GP_DIAG(362, WINDOW_LIMIT, ERROR, "more of a file than is ever read",
        "A condition looks at 64 KiB of a text unless `window` says otherwise, and at 16 MiB at most. What does not fit into "
        "that is unknown (`limit`), so asking for more would not help.")
GP_DIAG(363, NO_SUCH_GROUP, ERROR, "a group that the pattern does not have",
        "Groups are the parts of a pattern in parentheses, counted from 1; 0 is the whole match.")
GP_DIAG(364, EMPTY_RANGE, ERROR, "a range without a value in it", "`min` is greater than `max`, so nothing can lie between.")
GP_DIAG(365, SAYS_NOTHING, ERROR, "a condition that says nothing",
        "The condition has the same result whatever the tree holds. `each` needs a facet or `min`, `count` needs a comparison.")
GP_DIAG(366, OUT_OF_RANGE, ERROR, "a value that can never be there",
        "What is compared cannot reach this number: a `u8` is at most 255, a `u16le` or `u16be` 65535, a size or a count is "
        "never negative.")
GP_DIAG(367, MASK_LENGTH, ERROR, "a mask of another length",
        "`mask` has one byte for each byte of `is`: what is found is combined with it (AND) before it is compared.")
GP_DIAG(368, NOT_ENCODABLE, ERROR, "a text that the encoding does not have",
        "The text of `contains` is looked for as the file would hold it in `encoding`, and that has no such character.")
GP_DIAG(369, SPACE_PATH, ERROR, "free space of something else than the tree",
        "`free-space` is asked of the file system that holds the tree (or the directory of `under`), so its path is \".\".")
GP_DIAG(370, NO_COMPARISON, ERROR, "nothing is asked about a value",
        "`marker`, `param` and `var` need a comparison (`is`, `in`, `min`, `max`, `matches`, `bits`) or `known: true` or "
        "`known: false`. Without one it would not be clear what must hold of the value.")
GP_DIAG(371, KNOWN_COMPARISON, ERROR, "`known` beside a comparison",
        "`known` asks whether there is a value, a comparison asks what it is. A comparison with a value that is not there is "
        "unknown, so `known: true` beside it adds nothing and `known: false` contradicts it. For \"there is none, or it is "
        "so\" write `any` with two conditions.")
GP_DIAG(372, TOO_FEW_VALUES, ERROR, "too few values to compare",
        "`equal` and `ordered` compare the values of a list with each other, so the list needs at least two.")
GP_DIAG(380, STEP_OWN, ERROR, "a step on the root or on the engine's own directory",
        "No step may name the root of the tree (`.`) or GATEPOST, in which the engine keeps its lock, its ledger and what it "
        "needs to undo an interrupted run.")
GP_DIAG(381, STEP_MISSING, ERROR, "`missing: ok` where nothing can be missing",
        "`missing: ok` lets a step pass over what is not there. `mkdir` and `write` make what they name, so there is nothing "
        "to pass over.")
GP_DIAG(382, STEP_NO_ATTRIBUTE, ERROR, "an attributes step that sets none",
        "`attributes` sets what stands beside it: `read-only`, `hidden` or `system`, each true or false. None of them is "
        "there, so the step does nothing.")
GP_DIAG(383, STEP_UNDER, ERROR, "`under` without `from`",
        "`under` says in which directory the file lies that `from` names. A step that takes its content from no file has no "
        "use for it.")
GP_DIAG(384, STEP_RANGE, ERROR, "a number that does not fit",
        "A patch writes one, two or four bytes: u8 takes 0 to 255, u16le and u16be up to 65,535, u32le and u32be up to "
        "4,294,967,295. A size is not negative.")
GP_DIAG(385, EXEC_NAME, ERROR, "a file of the scratch directory with a path",
        "`files`, `status-from` and `result` of an exec step name files in the scratch directory of the program, each with "
        "a single name: no '/', no '.' and no '..'. A file of the tree is looked at by `ensures`.")
GP_DIAG(386, EXEC_VARIABLE, ERROR, "an environment variable that cannot be set",
        "The name of an environment variable has letters, digits and underscores and begins with no digit. Variables that "
        "begin with LD_ make a program load something else than what the rule names, so a rule cannot set them.")
GP_DIAG(387, EXEC_PROGRAM, ERROR, "a program with a relative path",
        "The first word of an exec step is an absolute path, or a name without '/' that is looked for in the system's "
        "directories of programs. A path that is relative to the tree would run what the tree holds.")
GP_DIAG(401, NO_SUCH_SET, ERROR, "no such rule set",
        "No layer holds a rule set of that name: a directory with a ruleset.yaml. The notes say where was looked, lowest "
        "layer first.")
GP_DIAG(402, SET_NAME, ERROR, "a rule set of another name",
        "`ruleset:` in ruleset.yaml must be the name of the directory, because rule sets, their drop-ins (NAME.d/) and "
        "what extends them find each other by that name.")
GP_DIAG(403, ENGINE_VERSION, ERROR, "a rule set for another engine",
        "The manifest's `engine` asks for a version of the engine that this one is not. Nothing else of the set is looked "
        "at, as it may use what this engine does not know.")
GP_DIAG(404, ENGINE_FORM, ERROR, "a version condition that cannot be read",
        "`engine` is a list, separated by commas, of an operator (>=, >, =, <, <=) and a version: `\">= 0.1, < 2\"`. All "
        "of them must hold.")
GP_DIAG(405, DUPLICATE_ID, ERROR, "the same id twice",
        "Two files of one rule set define the same id in the same section, or two rule sets that a third extends do. "
        "Neither wins: both places are shown. To change a definition from outside use a drop-in or `extends`.")
GP_DIAG(406, EXTENDS_CYCLE, ERROR, "rule sets that extend each other",
        "Following `extends` leads back to where it began, so none of the sets in the ring has definitions to start from. "
        "The notes show the ring.")
GP_DIAG(407, SECTION_FORM, ERROR, "a section that is no mapping",
        "A section holds ids and what each stands for. A file whose section is a list or a single value cannot be "
        "combined with what other files say in that section.")
GP_DIAG(408, AMEND_INCOMPLETE, ERROR, "a new id that lacks required fields",
        "A drop-in, or a set that extends another, changes ids that exist and adds ids that do not. This id does not "
        "exist and lacks fields that a new one must have: either the id is misspelt (the message names the nearest), or "
        "the missing fields must be added.")
GP_DIAG(409, AMEND_NO_VARIABLE, ERROR, "a value for a variable that does not exist",
        "In a drop-in `vars: { NAME: VALUE }` sets a variable that the rule set declares. This one is declared nowhere. A "
        "new variable is declared as `NAME: { type: ... }`.")
GP_DIAG(410, SEALED, ERROR, "a sealed requirement",
        "`sealed: true` on a requirement means that drop-ins and sets that extend this one may change its `otherwise` and "
        "nothing else: neither what it asks, nor how severe it is, nor waive it. Only the owner of the rule set can, in "
        "the file itself.")
GP_DIAG(411, SEALED_BASE, ERROR, "something that a sealed requirement rests on",
        "A sealed requirement is decided by conditions, markers, states and tables; changing one of these would change the "
        "requirement. If it looks at states, every state counts, and a new one too, because a state holds only if no "
        "other does. Variables may be set.")
GP_DIAG(412, AMENDS, ERROR, "a drop-in that does not say what it amends",
        "A file in NAME.d/ opens with `gatepost: 1` and `amends: NAME`. The name says to which rule set its author meant "
        "it to belong; it must be the one that the directory is for.")
GP_DIAG(413, REPLACES_NOTHING, ERROR, "a file that replaces nothing",
        "A rule set's directory without a ruleset.yaml replaces single files of the set in lower layers, by name. No lower "
        "layer has a file of this name, so it is misspelt, or the file was renamed below. To add definitions use a "
        "drop-in: NAME.d/*.yaml.")
GP_DIAG(414, AMEND_NEAR, WARNING, "a new id that is near to another",
        "A drop-in, or a set that extends another, adds this id, but there is one that is almost the same. Definitions of "
        "this kind need no field, so nothing else tells a misspelt id, whose changes are not in force, from a new one.")
GP_DIAG(501, LIMIT_FILE_BYTES, ERROR, "a file that is too long",
        "A rule file may have 64 MiB. The file is not read.")
GP_DIAG(502, LIMIT_DEPTH, ERROR, "nested too deeply",
        "Mappings and lists may be nested 64 deep. The rest of the file is not read.")
GP_DIAG(503, LIMIT_NODES, ERROR, "too many values",
        "The files of a rule set may hold 16 million values (keys, scalars, mappings and lists). The rest is not read.")
GP_DIAG(504, LIMIT_SCALAR_BYTES, ERROR, "a text that is too long",
        "One value or key may have 64 KiB.")
GP_DIAG(505, LIMIT_SET_FILES, ERROR, "too many files",
        "A rule set may have 1000 files, drop-ins and what it extends included. Larger sets can put more definitions into "
        "one file.")
GP_DIAG(506, LIMIT_SECTION_IDS, ERROR, "too many ids",
        "One section may define 200,000 ids over all files. Further ids of the section are not read.")
GP_DIAG(507, LIMIT_EXTENDS_DEPTH, ERROR, "extended too often",
        "A rule set may extend one that extends another, 8 deep.")
GP_DIAG(520, LIMIT_ID_BYTES, ERROR, "an id that is too long",
        "An id may have 64 bytes.")
GP_DIAG(521, LIMIT_PATTERN_BYTES, ERROR, "a pattern that is too long",
        "A regular expression may have 4096 bytes.")
GP_DIAG(522, LIMIT_PATH_BYTES, ERROR, "a path that is too long",
        "A path or glob in a rule file may have 4096 bytes.")
GP_DIAG(523, LIMIT_PATH_PARTS, ERROR, "a path that is too deep",
        "A path or glob in a rule file may have 32 components.")
GP_DIAG(524, LIMIT_CONDITION_DEPTH, ERROR, "conditions nested too deeply",
        "Conditions may be nested 32 deep; named conditions, markers and states that a condition uses are counted with "
        "what they hold.")
/* clang-format on */
