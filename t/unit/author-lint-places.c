/* What lint finds in what conditions say of one place together, in what is named and spelt out, and in states that are
 * the same: each finding, and what is near to it and right. */
#include "author-lint-helper.h"

/* One requirement that must hold of `that`, and what stands around it. */
#define REQUIRE(that) "operations: { o: { requires: { r: { that: " that " } } } }\n"
#define DOS "ruleset: t\nnames: dos\n"

static const struct lint_case cases[] = {
    {"a place is a directory and absent",
     REQUIRE("{ all: [{ dir: cur }, { absent: cur }] }"),
     "t:1:75: warning: this can never hold: 'cur' is never both a directory and absent [GP0622]\n"},
    {"a directory and a file, in lists of paths",
     REQUIRE("{ all: [{ dir: [a, cur] }, { file: [b, cur] }] }"),
     "t:1:82: warning: this can never hold: 'cur' is never both a directory and a file [GP0622]\n"},
    {"some file of one path, which is absent",
     REQUIRE("{ all: [{ some: cur }, { absent: cur }] }"),
     "t:1:76: warning: this can never hold: 'cur' is never both a file and absent [GP0622]\n"},
    {"lists inside of lists, and what is named",
     "conditions: { there: { file: cur } }\n" REQUIRE("{ all: [{ all: [there, { file: b }] }, { absent: cur }] }"),
     "t:2:92: warning: this can never hold: 'cur' is never both a file and absent [GP0622]\n"},
    {"a list inside is said once",
     REQUIRE("{ all: [{ all: [{ dir: a }, { file: a }] }, { file: b }] }"),
     "t:1:79: warning: this can never hold: 'a' is never both a directory and a file [GP0622]\n"},
    {"one of two that exclude each other does not hold",
     REQUIRE("{ any: [{ not: { dir: a } }, { none: [{ absent: a }] }] }"),
     "t:1:91: warning: this always holds: 'a' is never both a directory and absent [GP0620]\n"},
    {"none of them",
     REQUIRE("{ none: [{ not: { dir: a } }, { not: { absent: a } }] }"),
     "t:1:90: warning: this can never hold: 'a' is never both a directory and absent [GP0622]\n"},
    {"names fold where the set says so",
     DOS REQUIRE("{ all: [{ dir: cur }, { absent: CUR }] }"),
     "t:3:75: warning: this can never hold: 'CUR' is never both a directory and absent [GP0622]\n"},
    {"other letters are another name where names are exact",
     REQUIRE("{ all: [{ dir: cur }, { absent: CUR }] }"), ""},
    {"what can be",
     "vars: { d: { type: directory }, text: { type: string } }\n"
     REQUIRE("{ all: [{ dir: a }, { file: a, under: d }, { file: \"${text}\" }, { absent: \"${text}/x\" },"
             " { any: [{ dir: b }, { file: b }, { absent: b }] }, { none: [{ file: c }, { dir: c }] },"
             " { some: [e, f] }, { absent: e }, { absent: \"g*\" }, { some: \"g*\", size: 3 }, { not: { absent: a"
             " } }] }"),
     ""},
    {"a state that says it",
     "states: { a: { file: A }, b: { all: [{ file: B }, { absent: B }] } }\n"
     "operations: { o: { from: [a], to: b, requires: { r: { that: { file: Q } } } } }\n",
     "t:1:61: warning: this can never hold: 'B' is never both a file and absent [GP0622]\n"
     "t:2:35: warning: operation 'o' leads to state 'b', which can never hold [GP0611]\n"},
    {"a guard that excludes what is required",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { when: { absent: z }, that: { file: z } }\n"
     "      s: { when: { all: [{ file: a }, { dir: b }] }, that: { all: [{ file: c }, { file: b }] } }\n",
     "t:4:47: warning: requirement 'r' can never hold where its guard does: 'z' is never both absent and a file"
     " [GP0622]\n"
     "t:5:89: warning: requirement 's' can never hold where its guard does: 'b' is never both a directory and a file"
     " [GP0622]\n"},
    {"a guard that does not",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { when: { not: { absent: z } }, that: { file: z } }\n"
     "      s: { when: { dir: b }, that: { file: b/c } }\n",
     ""},
    {"the engine's own directory",
     REQUIRE("{ all: [{ absent: GATEPOST }, { file: [a, GATEPOST/x] }, { dir: GATEPOST }, { some: GATEPOST/y }] }"),
     "t:1:61: warning: this always holds: GATEPOST is the engine's own, and to conditions it is not there [GP0620]\n"
     "t:1:85: warning: this can never hold: GATEPOST is the engine's own, and to conditions it is not there [GP0622]\n"
     "t:1:107: warning: this can never hold: GATEPOST is the engine's own, and to conditions it is not there [GP0622]\n"
     "t:1:127: warning: this can never hold: GATEPOST is the engine's own, and to conditions it is not there"
     " [GP0622]\n"},
    {"in other letters, and in names like it",
     DOS REQUIRE("{ all: [{ absent: Gatepost }, { dir: GATEPOSTS }, { file: a/GATEPOST }] }"),
     "t:3:61: warning: this always holds: Gatepost is the engine's own, and to conditions it is not there [GP0620]\n"},
    {"in other letters where names are exact",
     REQUIRE("{ absent: gatepost }"), ""},
    {"requirements of which one names what the other spells out",
     "conditions: { nv: { absent: w } }\n"
     "operations: { o: { requires: { r: { that: nv }, s: { that: { absent: [w] } } } } }\n",
     "t:2:49: warning: requirement 's' asks the same as 'r' [GP0640]\n"},
    {"named before what it names is looked at, and lists of one",
     "markers: { m: { cases: [{ when: nv, value: 1 }] } }\n"
     "conditions: { nv: { all: [lone] }, lone: { none: [{ absent: w }] } }\n"
     "operations: { o: { requires: { r: { that: nv }, s: { that: { not: { absent: w } } }, t: { that: { marker: m,"
     " is: 1 } } } } }\n",
     "t:3:49: warning: requirement 's' asks the same as 'r' [GP0640]\n"},
    {"a part that is named and its opposite",
     "conditions: { nv: { absent: w }, inv: { not: nv } }\n" REQUIRE("{ all: [inv, { absent: w }] }"),
     "t:2:51: warning: this can never hold: 'all' asks for something and for its opposite [GP0622]\n"},
    {"what is named and asks another thing",
     "conditions: { nv: { absent: w }, nw: { absent: v } }\n"
     "operations: { o: { requires: { r: { that: nv }, s: { that: { absent: v } }, t: { that: { not: nw } } } } }\n",
     ""},
    {"states that are the same",
     "conditions: { c: { absent: w } }\n"
     "states: { a: { absent: [w] }, b: { all: [c] }, d: { absent: v } }\n"
     "operations: { o: { from: [a], to: [b, d], requires: { r: { that: { file: q } } } } }\n",
     "t:2:31: warning: state 'b' asks the same as 'a': where one holds, the state is ambiguous [GP0613]\n"},
    {"states that are not",
     "states: { a: { absent: w }, b: { not: { absent: w } }, d: { file: w } }\n"
     "operations: { o: { from: [a], to: [b, d], requires: { r: { that: { file: q } } } } }\n",
     ""},
};

int main(void)
{
    lint_cases(cases, GP_COUNT(cases));
    return done_testing();
}
