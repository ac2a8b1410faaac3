/*
 * Every diagnostic: GP_DIAG(number, NAME, LEVEL, "title", "long text").
 *
 * Included several times with different meanings of GP_DIAG, so no include guard.  Numbers are never reused.
 * GP01xx what a file is made of, GP02xx keys and values, GP03xx what definitions say to each other, GP04xx layers and
 * amendments, GP05xx limits, GP06xx what lint finds, GP07xx rule tests.
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
        "`{ some: \"data/*.{log,tmp}\" }`. Or a space is missing behind the `:` of a key.")
GP_DIAG(120, NUL_CHARACTER, ERROR, "a NUL in a text",
        "Texts cannot hold the character NUL (\"\\0\"). Bytes of files are written as `hex:...`.")
GP_DIAG(121, FILE_IGNORED, WARNING, "a file that is ignored",
        "A rule set's directory holds ruleset.yaml, other *.yaml files, the directories tests/ and files/, and README* and "
        "LICENSE*, and tests/ holds *.yaml files, README* and LICENSE*. Anything else is not read; the message says why. A "
        "rule that stands in an ignored file is not in force, and a test there is not run.")
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
GP_DIAG(230, LINT_ID, ERROR, "no such diagnostic",
        "`lint` says how grave a finding is, by its id: GP and four digits. `gatepost explain-code` lists the ids.")
GP_DIAG(231, LINT_ERROR, ERROR, "an error that cannot be lowered",
        "`lint` can silence notes and warnings, lower and raise them. What is an error by itself means that the rule set "
        "cannot be understood, so no decision could rest on it, whatever a file says.")
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
GP_DIAG(321, KEY_ALONE, ERROR, "a key without the one that it goes with",
        "The key says something about another one, which does not stand there. `until` says how long a requirement is "
        "waived, and `waived` gives the reason; a waiver needs one.")
GP_DIAG(322, WAIVED_WITHOUT_REASON, ERROR, "a waiver whose reason is only yes or no",
        "`waived` takes the reason in words, and whatever stands there waives the requirement: `waived: false` would, too. "
        "To have a requirement count again that another drop-in waives, mask that drop-in, or end the waiver with an "
        "`until` in the past.")
GP_DIAG(330, UNKNOWN_FIELD, ERROR, "a field that the table does not have",
        "`where`, `that`, `live`, `unique`, `field` and the like name fields of a table: the ids beneath its `fields`.")
GP_DIAG(331, FIELD_LAYOUT, ERROR, "a field that does not lie in a record",
        "A field begins at `at` and has as many bytes as its type or its `length` says, all inside the `of` bytes of a "
        "record. Offsets count from the start of the record, from 0, and not from the start of the file.")
GP_DIAG(332, FIELD_KEYS, ERROR, "a key that does not go with the type of a field",
        "`length` belongs to hex, bytes and string, which need it; `mask` and `format` to numbers; `encoding` and `case` to "
        "strings.")
GP_DIAG(333, RECORD_SIZE, ERROR, "a size that no record can have",
        "A record has at least 1 byte and at most 64 KiB.")
GP_DIAG(334, TABLE_FILES, ERROR, "a table of several files where one is needed",
        "A chain that begins somewhere, and what a field of another table points to, are offsets in one file, so the table "
        "must name one: no list and no glob.")
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
        "layer first. A name is looked for nowhere else: a directory is written with a \"/\", such as ./NAME.")
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
        "A sealed requirement is decided by conditions, markers, states, tables, attestations and parameters; changing one "
        "of these would change the requirement. If it looks at states, every state counts, and a new one too, because a "
        "state holds only if no other does; a new parameter counts if it takes a name that the requirement uses. Variables "
        "may be set (NAME: VALUE), within the bounds that their definition has, which stays.")
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
GP_DIAG(415, SHADOWED, NOTE, "something that a higher layer replaces",
        "A higher layer has a rule set, a file of one or a drop-in of the same name, so this one is not read and nothing "
        "that it says is in force. The message names what is read in its place. (Layers, lowest first: the vendor's, "
        "/run, the administrator's, the user's, --rules.)")
GP_DIAG(416, MASKED, NOTE, "something that a higher layer masks",
        "A higher layer has an empty file or a link to /dev/null of the same name, which means that this rule set, file or "
        "drop-in is not to be read. Remove the mask to have it back.")
GP_DIAG(417, STRAY_FILES, WARNING, "files for a rule set that does not exist",
        "A layer holds drop-ins (NAME.d/) or a directory of files for a rule set that no layer has, and the name is almost "
        "that of a rule set that is in use. Nothing in it is in force. Rename the directory, or remove it.")
GP_DIAG(418, AMEND_BARE, WARNING, "a new requirement that says nothing to people",
        "A drop-in, or a set that extends another, adds this requirement, and has neither `title` nor `otherwise` for it, "
        "as if it were to change one that is there. That one may have gone from the set or been renamed, or the id is "
        "misspelt: then the change is not in force. If a new one is meant, say what it is and what to do otherwise.")
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
GP_DIAG(600, LINT_ALONE, NOTE, "a file without its rule set",
        "The file was linted alone, because no rule set was found that it is a part of. What stands in it was checked. What "
        "it says of definitions in other files, or they of it, was not: whether what it names is there, whether anything "
        "uses what it defines, whether what it changes may be changed. Lint it where it belongs, or say with --rules where "
        "its rule set is.")
GP_DIAG(601, UNUSED_SETTING, WARNING, "a setting that nothing uses",
        "Nothing names this variable or parameter, so whatever a site sets or a person gives, nothing changes. Use it, or "
        "take it out.")
GP_DIAG(602, UNUSED_DEFINITION, NOTE, "a definition that nothing uses",
        "No condition, requirement, case or text of the rule set names this marker, condition, attestation or message. It "
        "may be meant for drop-ins, for sets that extend this one, or to be looked at; else it is left over, or what "
        "should name it names something else. A message that no requirement names and that has no causes of its own is "
        "found by `why`, which then has nothing to say of it.")
GP_DIAG(603, LINT_PARTLY, NOTE, "not everything could be checked",
        "While rule files have errors, some findings cannot be told: what nothing names may be named by what could not be "
        "understood, and a file that could not be read may hold what seems to be missing. Everything else was checked. Put "
        "the errors right and lint again.")
GP_DIAG(610, STATE_APART, NOTE, "a state that no operation knows",
        "Some operations say from where to where they lead, and this state is in none of their `from` and `to`, nor does "
        "a condition ask for it. That is right for a shape in which nothing is to be done; else an operation lacks it.")
GP_DIAG(611, TO_NEVER, WARNING, "an operation that leads to a state that is never seen",
        "What describes the state can never hold, or is `unknown`, so that `plan` would lead to where nobody could tell "
        "that it was reached.")
GP_DIAG(612, FROM_DENIED, WARNING, "`from` disagrees with `requires`",
        "`from` says that the operation starts in this state, and a requirement is false in it, so it is always denied "
        "there and `plan` would propose a step that cannot be taken. Either the state does not belong in `from`, or the "
        "requirement is too strict. The first 64 states of a set are looked at.")
GP_DIAG(613, STATES_ALIKE, WARNING, "two states that are the same",
        "Exactly one state should hold. Two whose conditions ask the same hold together, so wherever one of them does the "
        "tree is ambiguous, `state:` is unknown, and no operation that asks for either is allowed.")
GP_DIAG(620, ALWAYS_HOLDS, WARNING, "a condition that always holds",
        "Whatever the tree holds, the result is the same, so the condition decides nothing. Most often a limit is one off, "
        "or a literal stands where a marker was meant.")
GP_DIAG(621, IDLE_OPERAND, NOTE, "an operand that changes nothing",
        "Without it the comparison has the same result: `is` leaves nothing to ask, and a limit that no value can pass is "
        "none. It may be meant for the reader; more often it was meant to say something else.")
GP_DIAG(622, NEVER_HOLDS, WARNING, "a condition that never holds",
        "What is asked contradicts itself or what the value can be, so the condition is never true. A requirement made of "
        "it denies for ever; under `not` it allows for ever.")
GP_DIAG(623, VALUE_NEVER, WARNING, "a value that never comes",
        "What is read can never be this: it has too few bytes for it, the mask takes its bits away, or another operand "
        "refuses it. The name or the entry of the list that it stands for is never used.")
GP_DIAG(624, MATCHES_NUMBER, WARNING, "a pattern for a number",
        "`matches` looks at text, so of a number, a size, an age or a date it sees the digits, and a pattern that fits 10 "
        "also fits 1000. `is`, `in`, `min` and `max` compare what the number is.")
GP_DIAG(625, PART_REPEATED, WARNING, "the same asked twice",
        "A list has the same condition or the same value twice, or both branches of `if` ask the same. One of them was "
        "meant to be another, or is left over. Titles and sources do not make a condition another one.")
GP_DIAG(630, BEYOND_SIZE, WARNING, "a look beyond the end of a file",
        "Where a condition gives the size of a file, nothing stands behind it: a number, bytes or whole records that "
        "would lie there make the condition false for ever. A negative `at` counts from the end, so a number of 4 bytes "
        "begins at -4 at the latest.")
GP_DIAG(631, TABLE_SIZE, WARNING, "records that do not fit the size of their file",
        "The rule set says of a file how large it is, or of which size its records are, and a table of records in the same "
        "file says otherwise: one of the two is wrong, and with the table's numbers every such file would be ragged or cut "
        "at the wrong places.")
GP_DIAG(640, REQUIREMENT_REPEATED, WARNING, "two requirements that ask the same",
        "Two requirements of one operation have the same condition and the same guard, so one denial is told twice, and "
        "whoever amends one of them changes nothing as long as the other is there.")
GP_DIAG(641, REMEDY_DENIED, WARNING, "a remedy that is denied for the same reason",
        "The remedy names an operation that has the same requirement, so whoever takes the advice is refused again. Name "
        "the operation that brings about what is missing, or say in words what to do.")
GP_DIAG(650, RAW_TWICE, WARNING, "one value with two names",
        "A raw value stands under two names of `values`, or twice under one. The first name counts, so the second is "
        "never seen.")
GP_DIAG(651, CHOICE_TWICE, WARNING, "the same choice twice",
        "`choices` has the same word twice. One of them is left over, or was meant to be another.")
GP_DIAG(652, CASE_UNREACHED, WARNING, "a case that never decides",
        "The first case that is true decides. This one has the condition of an earlier one, or one that can never hold, so "
        "its value never comes.")
GP_DIAG(660, WAIVER_EXPIRED, WARNING, "a waiver that has ended",
        "A waived requirement does not count through the day of `until` (UTC) and counts again from then on. Take the "
        "waiver out, or give it a new date if the reason still holds.")
GP_DIAG(670, EMPTY_VALUE, NOTE, "something empty",
        "A key has an empty list or an empty mapping, which is the same as no key. In a drop-in or a set that extends "
        "another it takes away what was there, and nothing is said.")
GP_DIAG(671, AUDIT_ACTS, WARNING, "an audit with an action",
        "`audit: true` makes the requirements of an operation findings about a tree. An operation with an action acts when "
        "they hold. One of the two was not meant.")
GP_DIAG(672, NO_REQUIREMENTS, WARNING, "an operation that requires nothing",
        "Without requirements an operation is allowed on any tree, also on one that is nothing of the kind. Ask at least "
        "for what shows that the tree is what the operation is for.")
GP_DIAG(680, DEMANDED, WARNING, "a definition that lacks what its set demands",
        "The manifest's `demands` lists keys that every definition of the set has where it can: `title` says what it is in "
        "reports, `source` who says so, `basis` how sure that is, `otherwise` what is said when a requirement does not "
        "hold. A condition or state that is only the id of another has no place for them: write `all: [ID]` beside them.")
GP_DIAG(681, DEMAND_UNKNOWN, WARNING, "a demand that nothing can meet",
        "`demands` takes keys that definitions have: title, basis, source, otherwise. Others ask for nothing.")
GP_DIAG(690, MESSAGES_ALIKE, WARNING, "two messages that look the same",
        "`why` compares letters and digits alone, whatever the case, the blanks and the marks between them, so a person's "
        "text fits both messages and gets the causes of both. Make one message of them, with the causes of the two.")
GP_DIAG(691, MESSAGE_BLANK, WARNING, "a message without letters",
        "`why` compares letters and digits. A text without any can only be found by the message's id.")
GP_DIAG(694, NESTED_QUANTIFIER, WARNING, "a repetition inside a repetition",
        "A group that is repeated holds something that is repeated, and nothing in the group tells where one round ends: "
        "(a+)+ can cut aaaa into pieces in eight ways, and tries them all before it gives up. The limits of the engine make "
        "such a match unknown, never endless. Take one of the two repetitions away, or make one possessive: (a++)+ or "
        "(?>a+)+.")
GP_DIAG(695, MATCHES_ALL, WARNING, "a pattern that every text matches",
        "The pattern may match nothing at all, and it is not tied to the start and the end, so it matches everywhere: .* "
        "or [a-z]*. Write ^[a-z]*$ to ask for all of the text, or + for at least one.")
GP_DIAG(699, YAML_TRAP, WARNING, "a text that other readers take for something else",
        "Here the tables say what a scalar is, so this is a text, taken as it stands. Other readers of YAML guess: yes, no, "
        "on, off, y and n are booleans to many; 1_000, 0o17, 017, .5, 1e3 and 1.10 numbers; 12:30:45 a number in base 60; "
        "2027-01-31 a date. An editor or a script that writes the file anew may change it. Quotes make it a text to all.")
GP_DIAG(701, TEST_UNKNOWN_NAME, ERROR, "a test that names something that is not there",
        "A case or tree names a tree, an operation, a requirement, a marker, a state, a message, a cause, an attestation, "
        "a parameter or a variable that neither the file nor its rule set has. It would test nothing, so no case of the "
        "file runs.")
GP_DIAG(702, TEST_RING, ERROR, "a tree that is like itself",
        "`like` names the tree that another one starts from. Trees that lead back to themselves have no start.")
GP_DIAG(703, TEST_PATH, ERROR, "a path that a tree of a test cannot have",
        "Paths of trees are relative to the tree and stand as they are: no ${ }, not '.', and nothing beneath GATEPOST, "
        "which is Gatepost's own. `ledger` says what the ledger holds, and `unreadable: GATEPOST/LEDGER` that it cannot be "
        "read.")
GP_DIAG(704, TEST_NOT_THERE, ERROR, "a change to something that is not in the tree",
        "`remove`, `patch`, `attributes`, `locked` and `unreadable` are about what the tree has by then. Names count as they "
        "are spelt, in upper and lower case, also where the rule set folds them.")
GP_DIAG(705, TEST_IN_THE_WAY, ERROR, "a file where a directory is, or the other way round",
        "A path of a tree is used as a file and as a directory. To put the one in place of the other, `remove` it first.")
GP_DIAG(706, TEST_FILE, ERROR, "a file that cannot be made so",
        "What is said of a file of a tree contradicts itself: `text` and `bytes` together, `age` and `mtime` together, more "
        "bytes than its `size`, a patch that does not lie within it, or a number with no room in its bytes.")
GP_DIAG(707, TEST_SUBJECT, ERROR, "a case that asks two things",
        "A case asks one of `check`, `why`, `plan` and `marker`; one without any asks for the state of the tree. Make two "
        "cases of it.")
GP_DIAG(708, TEST_EXPECT, ERROR, "an expectation that means nothing here",
        "What a case expects must go with what it asks, and must expect something: of `check` a verdict, with `because` if "
        "it is denied or undetermined, as a case that is denied for another reason has to fail; of `why` some causes; of "
        "`plan` a way or steps; of `marker` a value, `unknown` with the reason, or `not-applicable`.")
GP_DIAG(709, TEST_VALUE, ERROR, "a value that does not fit",
        "`directories` names parameters and variables of type directory. In the ledger, operations lead to states and "
        "attestations do not, and a time is either `age` or `when`.")
GP_DIAG(710, TEST_MESSAGE, ERROR, "a text that names no message, or several",
        "`why` finds a message as `gatepost why` does: by its text, a part of it, or its id. In a test it must be one message.")
GP_DIAG(711, TESTS_FOR, ERROR, "tests for another rule set",
        "`tests-for` says to which rule set the tests belong. It must be the one that they lie with.")
GP_DIAG(712, TEST_TREES, ERROR, "trees that other tests share and that are wrong",
        "The trees in trees.yaml are there for all files of tests beside it, and those in tests/trees.yaml of a rule set for "
        "all tests of it and of the sets that extend it. While something is wrong there, none of these tests run. `gatepost "
        "lint` of that file says all of it.")
GP_DIAG(713, TEST_TREE_TWICE, ERROR, "a tree that two files of the same directory have",
        "The trees in trees.yaml are there for every file of tests beside it, so a tree of the same id means either of two. "
        "Name one of them otherwise. In another directory, such as that of a drop-in, the nearer tree goes before.")
GP_DIAG(720, LIMIT_TEST_CASES, ERROR, "too many cases",
        "A file of rule tests may have 10,000 cases. Make several files of it.")
GP_DIAG(721, LIMIT_TEST_ENTRIES, ERROR, "too large a tree",
        "A tree of a rule test may have 100,000 files and directories.")
GP_DIAG(722, LIMIT_TEST_BYTES, ERROR, "too much content",
        "A file of a tree of a rule test may have 16 MiB, and all files of a tree together 64 MiB. Files that are all zeros "
        "take no room and do not count: `{ size: 3 GiB }`.")
/* clang-format on */
