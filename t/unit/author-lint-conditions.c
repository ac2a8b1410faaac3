/* What lint finds in conditions and in what uses them: each finding, and what is near to it and right. */
#include "author-lint-helper.h"

static const struct lint_case cases[] = {
    {"a variable that nothing uses",
     "vars: { v: { type: integer }, w: { type: string } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { file: A }, otherwise: { cause: \"${w}\" } }\n",
     "t:1:9: warning: variable 'v' is used nowhere [GP0601]\n"},
    {"variables in use: a path, a default, a comparison, under",
     "vars: { a: { type: string }, b: { type: string }, c: { type: integer }, d: { type: directory } }\n"
     "operations:\n"
     "  o:\n"
     "    params: { p: { type: string, default: { var: b } } }\n"
     "    requires:\n"
     "      r: { that: { file: \"X/${a}\", size: { var: c } } }\n"
     "      s: { that: { file: \"${p}\", under: d } }\n",
     ""},
    {"a parameter that nothing uses",
     "operations:\n"
     "  o:\n"
     "    params: { p: { type: string }, q: { type: string } }\n"
     "    requires: { r: { that: { param: q, is: x } } }\n"
     "  q:\n"
     "    params: { p: { type: string } }\n"
     "    requires: { r: { that: { param: p, is: x } } }\n",
     "t:3:15: warning: parameter 'p' is used nowhere [GP0601]\n"},
    {"a parameter that a shared condition uses",
     "conditions: { c: { param: p, is: x } }\n"
     "operations:\n"
     "  o: { params: { p: { type: string } }, requires: { r: { that: c } } }\n",
     ""},
    {"unused definitions",
     "markers: { m: { read: { size: A } }, k: { read: { size: A } } }\n"
     "conditions: { c: { marker: k, is: 3 } }\n"
     "attestations: { a: { ask: x } }\n"
     "messages: { g: { text: Some message }, h: { text: Other message, causes: { k: { that: { file: A },"
     " cause: x } } } }\n",
     "t:1:12: note: marker 'm' is used nowhere [GP0602]\n"
     "t:2:15: note: condition 'c' is used nowhere [GP0602]\n"
     "t:3:17: note: attestation 'a' is used nowhere [GP0602]\n"
     "t:4:13: note: message 'g' is used nowhere and has no causes, so it explains nothing [GP0602]\n"},
    {"definitions in use",
     "markers: { m: { read: { size: A } } }\n"
     "conditions: { c: { marker: m, is: 3 } }\n"
     "attestations: { a: { ask: x } }\n"
     "messages: { g: { text: Some message } }\n"
     "operations: { o: { requires: { r: { that: { all: [c, { attested: a }] }, otherwise: { message: g,"
     " cause: x } } } } }\n",
     ""},
    {"a state that no operation knows",
     "states: { a: { file: A }, b: { absent: A }, z: { file: Z } }\n"
     "operations: { o: { from: [a], to: b, requires: { r: { that: { file: Q } } } } }\n",
     "t:1:45: note: no operation leads to state 'z' or starts from it, and no condition asks for it"
     " [GP0610]\n"},
    {"a state that a condition asks for",
     "states: { a: { file: A }, b: { absent: A }, z: { file: Z } }\n"
     "operations: { o: { from: [a], to: b, requires: { r: { that: { not: { state: z } } } } } }\n",
     ""},
    {"states without a way between them",
     "states: { a: { file: A }, b: { absent: A }, z: { file: Z } }\n"
     "operations: { o: { requires: { r: { that: { file: Q } } } } }\n",
     ""},
    {"a state that can never hold",
     "states: { a: { file: A }, b: { all: [{ file: B }, { not: { file: B } }] }, u: { unknown: look at it"
     " }, d: { file: D, size: { in: [3, 4], min: 5 } } }\n"
     "operations: { o: { from: [a], to: [b, u, d], requires: { r: { that: { file: Q } } } } }\n",
     "t:1:51: warning: this can never hold: 'all' asks for something and for its opposite [GP0622]\n"
     "t:1:131: warning: '3' can never be the value: 'min' refuses it [GP0623]\n"
     "t:1:134: warning: '4' can never be the value: 'min' refuses it [GP0623]\n"
     "t:2:36: warning: operation 'o' leads to state 'b', which can never hold [GP0611]\n"
     "t:2:39: warning: operation 'o' leads to state 'u', which no condition describes: it is never known"
     " [GP0611]\n"
     "t:2:42: warning: operation 'o' leads to state 'd', which can never hold [GP0611]\n"},
    {"from and requires: states",
     "states: { a: { file: A }, b: { file: B }, z: { file: Z } }\n"
     "operations:\n"
     "  o:\n"
     "    from: [a, b, z]\n"
     "    to: z\n"
     "    requires:\n"
     "      r: { that: { state: [a, b] } }\n"
     "      s: { that: { not: { state: b } } }\n",
     "t:4:15: warning: 'from' lists state 'b', in which requirement 's' is false [GP0612]\n"
     "t:4:18: warning: 'from' lists state 'z', in which requirement 'r' is false [GP0612]\n"},
    {"from and requires: what the state itself says",
     "conditions: { sound: { file: A, size: 3 } }\n"
     "states: { a: { all: [sound, { absent: B }] }, b: { absent: A } }\n"
     "operations:\n"
     "  o:\n"
     "    from: [a, b]\n"
     "    to: b\n"
     "    requires:\n"
     "      r: { that: { not: sound } }\n"
     "      s: { that: { none: [{ absent: B }, { file: Q }] } }\n",
     "t:5:12: warning: 'from' lists state 'a', in which requirement 'r' is false [GP0612]\n"},
    {"from and requires: another state does not hold",
     "states: { a: { all: [{ file: A }] }, b: { any: [{ file: B }, { file: C }] } }\n"
     "operations: { o: { from: [a], to: b, requires: { r: { that: { any: [{ file: C }, { file: B }] } } }"
     " } }\n",
     "t:2:27: warning: 'from' lists state 'a', in which requirement 'r' is false [GP0612]\n"},
    {"from and requires: a guard takes it out, a warning and a waiver do not count",
     "states: { a: { file: A }, b: { absent: A } }\n"
     "operations:\n"
     "  o:\n"
     "    from: [a, b]\n"
     "    to: b\n"
     "    requires:\n"
     "      r: { when: { state: a }, that: { not: { state: b } } }\n"
     "      s: { that: { state: a }, severity: warn }\n"
     "      t: { that: { not: { state: a } }, waived: x }\n"
     "      u: { when: { file: Q }, that: { state: a } }\n",
     ""},
    {"from and requires: a guard that holds",
     "states: { a: { file: A }, b: { absent: A } }\n"
     "operations: { o: { from: [a], to: b, requires: { r: { when: { not: { state: b } }, that: { absent:"
     " A } } } } }\n",
     "t:2:27: warning: 'from' lists state 'a', in which requirement 'r' is false [GP0612]\n"},
    {"equal and ordered of literals",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ equal: [1, 1] }, { equal: [a, b] }, { ordered: [1, 2, 3] }, { ordered:"
     " [2, 2] }] }, otherwise: { cause: x } }\n",
     "t:4:26: warning: this always holds: all values of 'equal' are literals [GP0620]\n"
     "t:4:45: warning: this can never hold: all values of 'equal' are literals [GP0622]\n"
     "t:4:64: warning: this always holds: all values of 'ordered' are literals [GP0620]\n"
     "t:4:88: warning: this can never hold: all values of 'ordered' are literals [GP0622]\n"},
    {"equal with a marker",
     "markers: { m: { read: { size: A } } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { equal: [{ marker: m }, 1] }, otherwise: { cause: x } }\n",
     ""},
    {"limits that every value passes",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: { min: 0 } }, { file: B, u8: { max: 255 } }, { count:"
     " \"*.x\", min: 0 }, { file: C, u8: { bits: 0 } }] }, otherwise: { cause: x } }\n",
     "t:4:37: warning: this always holds, whatever 'size' is [GP0620]\n"
     "t:4:68: warning: this always holds, whatever 'u8' is [GP0620]\n"
     "t:4:88: warning: this always holds, whatever 'count' is [GP0620]\n"
     "t:4:125: warning: this always holds, whatever 'u8' is [GP0620]\n"},
    {"limits near those",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: { min: 1 } }, { file: B, u8: { max: 254 } }, { count:"
     " \"*.x\", min: 1 }, { file: C, u8: { bits: 1 } }] }, otherwise: { cause: x } }\n",
     ""},
    {"each with min 0",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ each: \"*.x\", min: 0 }, { each: \"*.y\", min: 0, size: 3 }, { each:"
     " \"*.z\", min: 1 }] }, otherwise: { cause: x } }\n",
     "t:4:26: warning: this always holds: there are always at least 0 files [GP0620]\n"
     "t:4:71: note: 'min' changes nothing here: there are always at least 0 files [GP0621]\n"},
    {"is beside others",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: { is: 3, in: [4, 5] } }, { file: B, size: { is: 3, min: 4"
     " } }, { file: C, size: { is: 3, max: 2 } }, { file: D, u8: { is: 1, bits: 2 } }, { file: E, name: {"
     " is: abc, matches: \"^x\" } }] }, otherwise: { cause: x } }\n",
     "t:4:49: warning: this can never hold: the value of 'is' is not in the list [GP0622]\n"
     "t:4:91: warning: this can never hold: 'min' refuses it [GP0622]\n"
     "t:4:129: warning: this can never hold: 'max' refuses it [GP0622]\n"
     "t:4:165: warning: this can never hold: 'bits' refuses it [GP0622]\n"
     "t:4:204: warning: this can never hold: 'matches' refuses it [GP0622]\n"},
    {"is beside others that agree",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: { is: 3, in: [3, 5], min: 1, max: 9 } }, { file: D, u8: {"
     " is: 3, bits: 2 } }, { file: E, name: { is: abc, matches: \"^a\" } }] }, otherwise: { cause: x } }\n",
     "t:4:57: note: 'in' changes nothing here: 'is' says it all [GP0621]\n"
     "t:4:69: note: 'min' changes nothing here: 'is' says it all [GP0621]\n"
     "t:4:77: note: 'max' changes nothing here: 'is' says it all [GP0621]\n"
     "t:4:114: note: 'bits' changes nothing here: 'is' says it all [GP0621]\n"
     "t:4:158: note: 'matches' changes nothing here: 'is' says it all [GP0621]\n"},
    {"a mask",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, u8: { mask: 0x0f, is: 0x10 } }, { file: B, u8: { mask: 0x0f,"
     " min: 0x10 } }, { file: C, u8: { mask: 0x0f, bits: 0x18 } }, { file: D, u8: { mask: 0x0f, max: 0x0f"
     " } }] }, otherwise: { cause: x } }\n",
     "t:4:59: warning: this can never hold: it has bits that the mask takes away [GP0622]\n"
     "t:4:103: warning: this can never hold: the value is never so great [GP0622]\n"
     "t:4:148: warning: this can never hold: 'bits' asks for bits that the mask takes away [GP0622]\n"
     "t:4:169: warning: this always holds, whatever 'u8' is [GP0620]\n"},
    {"a mask that leaves what is asked",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, u8: { mask: 0x0f, is: 0x0c } }, { file: C, u8: { mask: 0x0f,"
     " bits: 0x08 } }, { file: D, u8: { mask: 0x0f, max: 0x0e } }] }, otherwise: { cause: x } }\n",
     ""},
    {"in beside others",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: { in: [1, 2, 7], min: 2, max: 5 } }, { file: B, size: {"
     " in: [1, 2], min: 5 } }, { file: C, size: { in: [4, 4] } }] }, otherwise: { cause: x } }\n",
     "t:4:50: warning: '1' can never be the value: 'min' refuses it [GP0623]\n"
     "t:4:56: warning: '7' can never be the value: 'max' refuses it [GP0623]\n"
     "t:4:104: warning: '1' can never be the value: 'min' refuses it [GP0623]\n"
     "t:4:107: warning: '2' can never be the value: 'min' refuses it [GP0623]\n"
     "t:4:150: warning: '4' stands in the list twice [GP0625]\n"},
    {"what markers and variables can be",
     "markers:\n"
     "  m: { read: { u8: A, at: 3, mask: 0x7f } }\n"
     "  s: { read: { text: A, match: \"^(.+)\", group: 1 } }\n"
     "vars: { v: { type: integer, min: 1, max: 5 } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ marker: m, is: 300 }, { marker: m, is: 0x80 }, { marker: m, min: 128 },"
     " { var: v, max: 0 }, { var: v, is: 7 }, { var: v, min: 1 }, { marker: s, min: b, max: a }] },"
     " otherwise: { cause: x } }\n",
     "t:8:43: warning: this can never hold: it has bits that the mask takes away [GP0622]\n"
     "t:8:67: warning: this can never hold: it has bits that the mask takes away [GP0622]\n"
     "t:8:93: warning: this can never hold: the value is never so great [GP0622]\n"
     "t:8:115: warning: this can never hold: the value is never so small [GP0622]\n"
     "t:8:134: warning: this can never hold: variable 'v' is never so great [GP0622]\n"
     "t:8:139: warning: this always holds, whatever variable 'v' is [GP0620]\n"
     "t:8:185: warning: this can never hold: 'min' is greater than 'max' [GP0622]\n"},
    {"what they can well be",
     "markers:\n"
     "  m: { read: { u8: A, at: 3, mask: 0x7f } }\n"
     "  s: { read: { text: A, match: \"^(.+)\", group: 1 } }\n"
     "vars: { v: { type: integer, min: 1, max: 5 } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ marker: m, is: 0x7f }, { var: v, max: 1 }, { var: v, min: 2 }, { marker:"
     " s, min: a, max: b }] }, otherwise: { cause: x } }\n",
     ""},
    {"a pattern for a number",
     "markers:\n"
     "  m: { read: { u8: A, at: 3, mask: 0x7f } }\n"
     "  s: { read: { text: A, match: \"^(.+)\", group: 1 } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: { matches: \"^1\" } }, { file: B, age: { matches: \"2\" }"
     " }, { marker: m, matches: \"^1\" }, { marker: s, matches: \"^1\" }, { file: C, name: { matches:"
     " \"^a\" } }] }, otherwise: { cause: x } }\n",
     "t:7:54: warning: 'matches' asks for the digits of 'size', not for what it is [GP0624]\n"
     "t:7:91: warning: 'matches' asks for the digits of 'age', not for what it is [GP0624]\n"
     "t:7:122: warning: 'matches' asks for the digits of marker 'm', not for what it is [GP0624]\n"},
    {"parts that repeat each other",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: 3 }, { dir: B }, { file: A, size: 3, title: the same }, {"
     " if: { dir: C }, then: { file: D }, else: { file: D } }] }, otherwise: { cause: x } }\n",
     "t:4:60: warning: 'all' asks this twice [GP0625]\n"
     "t:4:142: warning: 'then' and 'else' ask the same [GP0625]\n"},
    {"parts that differ",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: 3 }, { file: A, size: 4 }, { file: a, size: 3 }, { if: {"
     " dir: C }, then: { file: D }, else: { file: E } }] }, otherwise: { cause: x } }\n",
     ""},
    {"something and its opposite",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { any: [{ all: [{ file: A }, { not: { file: A } }] }, { any: [{ none: [{ dir: B }]"
     " }, { dir: B }] }, { any: [{ file: C }, { not: { file: D } }] }] }, otherwise: { cause: x } }\n",
     "t:4:47: warning: this can never hold: 'all' asks for something and for its opposite [GP0622]\n"
     "t:4:80: warning: nothing is decided here: 'any' asks for something and for its opposite [GP0620]\n"},
    {"the order of a list does not matter",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ any: [{ file: A }, { file: B }] }, { any: [{ file: B }, { file: A }] }]"
     " }, otherwise: { cause: x } }\n",
     "t:4:63: warning: 'all' asks this twice [GP0625]\n"},
    {"beyond the end of a file",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: 176, u8: { at: 176, is: 1 } }, { file: B, size: { max: 10"
     " }, u32le: { at: 7, min: 1 } }, { file: C, size: 4, bytes: { at: -5, is: hex:00 } }, { file: D,"
     " u16le: { at: -1, is: 3 } }, { file: E, size: { in: [4, 8] }, bytes: { at: 6, is: text:abc } }] },"
     " otherwise: { cause: x } }\n",
     "t:4:48: warning: 'u8' can never hold: it ends behind the end of the file [GP0630]\n"
     "t:4:104: warning: 'u32le' can never hold: it ends behind the end of the file [GP0630]\n"
     "t:4:152: warning: 'bytes' can never hold: it begins before the start of the file [GP0630]\n"
     "t:4:196: warning: 'u16le' can never hold: it begins too near to the end of the file [GP0630]\n"
     "t:4:257: warning: 'bytes' can never hold: it ends behind the end of the file [GP0630]\n"},
    {"up to the end of a file",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: 176, u8: { at: 175, is: 1 } }, { file: B, size: { max: 10"
     " }, u32le: { at: 6, min: 1 } }, { file: C, size: 4, bytes: { at: -4, is: hex:00 } }, { file: D,"
     " u16le: { at: -2, is: 3 } }, { file: E, size: { in: [4, 8] }, bytes: { at: 5, is: text:abc } }, {"
     " file: F, size: { min: 3 }, u8: { at: 9, is: 1 } }] }, otherwise: { cause: x } }\n",
     ""},
    {"the size from another part",
     "conditions: { sound: { file: A, size: 176 } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [sound, { file: A, u8: { at: 200, is: 1 } }, { file: a, u8: { at: 200, is:"
     " 1 } }, { file: B, u8: { at: 200, is: 1 } }] }, otherwise: { cause: x } }\n",
     "t:5:44: warning: 'u8' can never hold: it ends behind the end of the file [GP0630]\n"},
    {"records that fill a file or do not",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: 100, records: { of: 30 } }, { file: B, size: 100,"
     " records: { of: 30, after: 10, is: 4 } }, { file: C, size: 100, records: { of: 30, after: 10, is: 3"
     " } }, { file: D, size: { max: 100 }, records: { of: 30 } }] }, otherwise: { cause: x } }\n",
     "t:4:48: warning: 'records' can never hold: whole records of this size do not fill the file"
     " [GP0630]\n"
     "t:4:93: warning: 'records' can never hold: the file has another number of records [GP0630]\n"},
    {"tables and the sizes of their files",
     "tables:\n"
     "  rooms: { file: A, of: 30, after: 10, fields: { x: { type: u8, at: 0 } } }\n"
     "  shelves: { file: \"S/*\", of: 4, fields: { x: { type: u8, at: 0 } } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, size: 100 }, { file: A, records: { of: 30 } }, { each: \"S/*\","
     " records: { of: 5 } }, { record: rooms }, { record: shelves }, { file: B, size: 1 }] }, otherwise: { cause: x } }\n"
     "      s: { that: { file: A, size: 99 }, otherwise: { cause: z } }\n",
     "t:7:61: warning: records that begin elsewhere than those of table 'rooms' [GP0631]\n"
     "t:7:61: warning: 'records' can never hold: whole records of this size do not fill the file [GP0630]\n"
     "t:7:99: warning: records of another size than those of table 'shelves' [GP0631]\n"
     "t:8:29: warning: no file of this size holds whole records of table 'rooms' [GP0631]\n"},
    {"tables as their files are",
     "tables: { rooms: { file: A, of: 30, after: 10, fields: { x: { type: u8, at: 0 } } } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ file: A, records: { of: 30, after: 10 } }, { record: rooms }] }, otherwise: { cause: x } }\n"
     "      s: { that: { file: A, size: 40 }, otherwise: { cause: z } }\n",
     ""},
    {"a table that nothing asks",
     "tables: { rooms: { file: A, of: 30, fields: { x: { type: u8, at: 0 } } } }\n"
     "operations: { o: { requires: { r: { that: { file: A }, otherwise: { cause: x } } } } }\n",
     "t:1:11: note: table 'rooms' is used nowhere [GP0602]\n"},
};

int main(void)
{
    lint_cases(cases, GP_COUNT(cases));
    return done_testing();
}
