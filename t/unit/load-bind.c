/* What the binder says: the whole first line of every diagnostic of keys and values, and their order. */
#include "load-rules-helper.h"

static const struct said cases[] = {
    {"unknown section",
     "markrs: {}\n",
     "t:1:1: error: unknown key 'markrs' in a rule file [GP0201]\n"},
    {"unknown keys",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { file: A }, titel: x, text: y }\n",
     "t:4:31: error: unknown key 'titel' in a requirement [GP0201]\n"
     "t:4:41: error: unknown key 'text' in a requirement [GP0201]\n"},
    {"missing keys",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { title: x }\n"
     "messages:\n"
     "  m: { text: a, causes: { c: { that: { file: A }, cause: x, remedy: { operation: o } } } }\n",
     "t:4:7: error: requirement 'r' lacks 'that' [GP0202]\n"
     "t:6:69: error: a remedy lacks 'text' [GP0202]\n"},
    {"wrong kinds",
     "operations:\n"
     "  - o\n"
     "conditions:\n"
     "  c: [ { file: A } ]\n"
     "  d: { file: { a: b } }\n"
     "  e: { all: { file: A } }\n"
     "vars:\n"
     "  v: x\n",
     "t:2:3: error: expected a mapping of ids, found a list [GP0203]\n"
     "t:4:6: error: expected a condition, found a list [GP0203]\n"
     "t:5:14: error: expected a path, found a mapping [GP0203]\n"
     "t:6:13: error: expected a list of conditions, found a mapping [GP0203]\n"
     "t:8:6: error: expected a mapping, found the text 'x' [GP0203]\n"},
    {"empty values",
     "vars:\n"
     "  v:\n"
     "  w: { type: ~ }\n"
     "conditions:\n"
     "  c: null\n"
     "  d: { file: [A, ~] }\n"
     "  e: { all: [ ~, g ] }\n"
     "  g: { file: A, writable: null }\n",
     "t:2:3: error: 'v' has no value [GP0204]\n"
     "t:3:14: error: 'type' has no value [GP0204]\n"
     "t:5:3: error: 'c' has no value [GP0204]\n"
     "t:6:18: error: there is no value here [GP0204]\n"
     "t:7:15: error: there is no value here [GP0204]\n"
     "t:8:27: error: 'writable' has no value [GP0204]\n"},
    {"null in lists",
     "conditions:\n"
     "  f: { state: [~] }\n"
     "  e2: { file: }\n",
     "t:2:16: error: there is no value here [GP0204]\n"
     "t:3:15: error: 'file' has no value [GP0204]\n"},
    {"known, but not in this build",
     "conditions:\n"
     "  c: { record: x }\n"
     "  d: { file: A, scanned: 1 }\n"
     "markers:\n"
     "  m: { read: { checksum: A } }\n"
     "operations:\n"
     "  o: { action: [ { fold: A } ] }\n",
     "t:2:8: error: 'record' is known, but not in this build [GP0205]\n"
     "t:3:17: error: 'scanned' is known, but not in this build [GP0205]\n"
     "t:5:16: error: 'checksum' is known, but not in this build [GP0205]\n"
     "t:7:20: error: 'fold' is known, but not in this build [GP0205]\n"},
    {"words",
     "operations:\n"
     "  o: { requires: { r: { that: { file: A }, severity: refused, sealed: yes, basis: Stated } } }\n"
     "vars:\n"
     "  v: { type: choise }\n"
     "  w: { type: string, case: lower }\n",
     "t:2:54: error: 'severity' is one of refuse, need, warn, not 'refused' [GP0206]\n"
     "t:2:71: error: expected true or false, found 'yes' [GP0207]\n"
     "t:2:83: error: 'basis' is one of stated, inferred, assumed, not 'Stated' [GP0206]\n"
     "t:4:14: error: 'type' is one of integer, size, duration, date, boolean, string, path, "
     "directory, choice, not 'choise' [GP0206]\n"
     "t:5:28: error: 'case' can only be upper, not 'lower' [GP0206]\n"},
    {"booleans",
     "conditions:\n"
     "  a: { file: A, writable: yes }\n"
     "  b: { file: A, writable: \"true\" }\n"
     "  c: { file: A, writable: True }\n"
     "  d: { file: A, writable: [true] }\n",
     "t:2:27: error: expected true or false, found 'yes' [GP0207]\n"
     "t:3:27: error: expected true or false, found the quoted text 'true' [GP0208]\n"
     "t:4:27: error: expected true or false, found 'True' [GP0207]\n"
     "t:5:27: error: expected true or false, found a list [GP0203]\n"},
    {"values",
     "conditions:\n"
     "  a: { file: A, size: 010 }\n"
     "  b: { file: A, size: \"10\" }\n"
     "  c: { file: A, size: 1 MB }\n"
     "  d: { file: A, u8: { at: abc, is: 256 } }\n"
     "  e: { file: A, age: 3 weeks }\n"
     "  f: { attested: x, within: 1 }\n"
     "  g: { file: A, size: 99999999999999999999 }\n"
     "  h: { file: A, size: [1, 2] }\n"
     "  i: { file: A, size: {} }\n"
     "  j: { file: A, size: { min: 1, most: 2 } }\n"
     "  k: { file: A, size: { in: 5 } }\n"
     "  l: { file: A, size: { in: [] } }\n"
     "attestations: { x: { within: \"1 h\" } }\n"
     "operations: { o: { requires: { r: { that: { file: A }, until: tomorrow, waived: \"\" } }, "
     "action: [ { write: A, mode: 4d5a } ] } }\n",
     "t:2:23: error: expected a size such as 512, 64 KiB or 2 GiB, found '010' [GP0207]\n"
     "t:3:23: error: expected a size such as 512, 64 KiB or 2 GiB, found the quoted text '10' [GP0208]\n"
     "t:4:23: error: expected a size such as 512, 64 KiB or 2 GiB, found '1 MB' [GP0207]\n"
     "t:5:27: error: expected an integer such as 12 or 0x0c, found 'abc' [GP0207]\n"
     "t:6:22: error: expected a duration such as 90 s, 15 min, 1 h or 7 d, found '3 weeks' [GP0207]\n"
     "t:7:29: error: expected a duration such as 90 s, 15 min, 1 h or 7 d, found '1' [GP0207]\n"
     "t:8:23: error: expected a number of at most 63 bits, found '99999999999999999999' [GP0207]\n"
     "t:9:23: error: expected a value or a comparison, found a list [GP0203]\n"
     "t:10:23: error: a comparison needs one of: is, in, min, max, matches, bits [GP0209]\n"
     "t:11:33: error: unknown key 'most' in a comparison [GP0201]\n"
     "t:12:29: error: expected a list of values, found the text '5' [GP0203]\n"
     "t:13:29: error: an empty list of values [GP0212]\n"
     "t:14:30: error: expected a duration such as 90 s, 15 min, 1 h or 7 d, found the quoted text '1 "
     "h' [GP0208]\n"
     "t:15:63: error: expected a date such as 2027-01-31, found 'tomorrow' [GP0207]\n"
     "t:15:81: error: 'waived' is an empty text [GP0213]\n"
     "t:15:117: error: expected bytes such as hex:4d5a00 or text:hello, found '4d5a' [GP0207]\n"},
    {"deciding keys",
     "conditions:\n"
     "  a: {}\n"
     "  b: { size: 5 }\n"
     "  c: { fiel: A }\n"
     "  d: { file: A, absent: B }\n"
     "  e: { absent: B, size: 5 }\n"
     "  f: { then: a }\n"
     "  g: { title: x }\n"
     "  h: { if: a }\n"
     "markers:\n"
     "  m: { read: {} }\n"
     "  n: { read: { sizee: A } }\n"
     "  o: { read: { size: A, u8: B } }\n"
     "  p: { title: x }\n"
     "  q: { read: { size: A }, cases: [] }\n"
     "  r: { read: size }\n"
     "operations:\n"
     "  o: { action: [ {}, { wirte: A }, [], { write: A, exec: [x] } ] }\n",
     "t:2:6: error: this condition has no key that says what must hold [GP0209]\n"
     "t:3:6: error: this condition has no key that says what must hold [GP0209]\n"
     "t:4:8: error: unknown key 'fiel' in a condition [GP0201]\n"
     "t:5:17: error: 'file' and 'absent' in one condition [GP0210]\n"
     "t:6:19: error: 'size' is a facet, and 'absent' takes none [GP0211]\n"
     "t:7:8: error: unknown key 'then' in a condition [GP0201]\n"
     "t:8:6: error: this condition has no key that says what must hold [GP0209]\n"
     "t:9:6: error: a condition lacks 'then' [GP0202]\n"
     "t:11:14: error: this read has no key that says what is read [GP0209]\n"
     "t:12:16: error: unknown key 'sizee' in a read [GP0201]\n"
     "t:13:25: error: 'size' and 'u8' in one read [GP0210]\n"
     "t:14:3: error: marker 'p' needs one of: read, cases [GP0209]\n"
     "t:15:27: error: 'read' and 'cases' cannot stand together [GP0210]\n"
     "t:16:14: error: expected a mapping that says what is read, found the text 'size' [GP0203]\n"
     "t:18:18: error: this step has no key that says what it does [GP0209]\n"
     "t:18:24: error: unknown key 'wirte' in a step [GP0201]\n"
     "t:18:36: error: expected a step, found a list [GP0203]\n"
     "t:18:52: error: 'write' and 'exec' in one step [GP0210]\n"},
    {"references to values",
     "markers:\n"
     "  m: { read: { u8: A, at: { vra: x } } }\n"
     "  n: { read: { u8: A, at: { var: x, param: y } } }\n"
     "  o: { read: { u8: A, at: { var: x, under: y } } }\n"
     "  p: { read: { u8: A, at: [1] } }\n"
     "  q: { read: { u8: A, at: {} } }\n"
     "  r: { read: { u8: A, at: { under: y } } }\n"
     "  s: { read: { u8: A, at: { var: [x] } } }\n",
     "t:2:29: error: unknown key 'vra' in a reference to a value [GP0201]\n"
     "t:3:37: error: 'var' and 'param' cannot stand together [GP0210]\n"
     "t:4:37: error: 'under' goes with a marker, not with a variable [GP0220]\n"
     "t:5:27: error: expected a scalar or { var | param | marker: ID }, found a list [GP0203]\n"
     "t:6:27: error: a reference to a value needs one of: var, param, marker [GP0209]\n"
     "t:7:27: error: a reference to a value needs one of: var, param, marker [GP0209]\n"
     "t:8:34: error: expected the id of a variable, found a list [GP0203]\n"},
    {"ids",
     "vars:\n"
     "  \"a b\": { type: string }\n"
     "  _x: { type: string }\n"
     "  \"\": { type: string }\n"
     "  é: { type: string }\n"
     "  a.b-c_d: { type: string }\n",
     "t:2:3: error: 'a b' is not an id [GP0214]\n"
     "t:3:3: error: '_x' is not an id [GP0214]\n"
     "t:4:3: error: '' is not an id [GP0214]\n"
     "t:5:3: error: 'é' is not an id [GP0214]\n"},
    {"patterns",
     "conditions:\n"
     "  a: { file: A, like: \"a(b\" }\n"
     "  b: { file: A, like: 'a(b' }\n"
     "  c:\n"
     "    file: A\n"
     "    like: a[b\n"
     "  g:\n"
     "    file: A\n"
     "    like: |\n"
     "      a(b\n"
     "  d: { file: A, like: \"\" }\n"
     "  e: { file: A, like: [a] }\n"
     "  f: { file: A, like: \"\\\\d(\" }\n",
     "t:2:27: error: not a regular expression: missing closing parenthesis [GP0215]\n"
     "t:3:27: error: not a regular expression: missing closing parenthesis [GP0215]\n"
     "t:6:14: error: not a regular expression: missing terminating ] for character class [GP0215]\n"
     "t:9:11: error: not a regular expression: missing closing parenthesis [GP0215]\n"
     "t:11:23: error: an empty pattern matches everything [GP0213]\n"
     "t:12:23: error: expected a regular expression, found a list [GP0203]\n"
     "t:13:23: error: not a regular expression: missing closing parenthesis [GP0215]\n"},
    {"paths",
     "conditions:\n"
     "  a: { file: /etc }\n"
     "  b: { file: A\\B }\n"
     "  c: { file: A/../B }\n"
     "  d: { file: A//B }\n"
     "  e: { file: A/ }\n"
     "  f: { file: ./A }\n"
     "  g: { file: \"\" }\n"
     "  h: { file: A/*.x }\n"
     "  i: { absent: \"A/[x\" }\n"
     "  j: { absent: \"A/{x\" }\n"
     "  k: { changed: [A] }\n"
     "  l: { file: [] }\n"
     "  m: { file: \"A/${x\" }\n"
     "  n: { file: \"A/${}\" }\n"
     "  o: { file: \"A/${a b}\" }\n"
     "  p: { absent: \"A/*${a}\" }\n"
     "  q: { absent: \"A/}\" }\n",
     "t:2:14: error: a path is relative to the tree and does not begin with '/' [GP0216]\n"
     "t:3:15: error: a path has '/' between its components, not '\\' [GP0216]\n"
     "t:4:16: error: '..' would lead out of the tree [GP0216]\n"
     "t:5:16: error: a component of a path is empty [GP0216]\n"
     "t:6:16: error: a component of a path is empty [GP0216]\n"
     "t:7:14: error: '.' names the whole tree and cannot be a part of a path [GP0216]\n"
     "t:8:14: error: a path is empty; '.' names the whole tree [GP0216]\n"
     "t:9:16: error: 'file' takes the path of one file, not a glob [GP0218]\n"
     "t:10:19: error: '[' is not closed [GP0217]\n"
     "t:11:19: error: '{' is not closed [GP0217]\n"
     "t:12:17: error: expected a path, found a list [GP0203]\n"
     "t:13:14: error: an empty list of paths [GP0212]\n"
     "t:14:17: error: '${' is not closed [GP0219]\n"
     "t:15:17: error: '${}' names nothing [GP0219]\n"
     "t:16:20: error: a name in ${ } has letters, digits, '-', '_' and '.' only [GP0219]\n"
     "t:17:19: error: a component with ${ } is one name and cannot be a glob [GP0217]\n"
     "t:18:19: error: '}' without a '{' (write [}] for the character) [GP0217]\n"},
    {"lists",
     "conditions:\n"
     "  a: { all: [] }\n"
     "  b: { state: [] }\n"
     "  c: { equal: [] }\n"
     "  d: { equal: 3 }\n"
     "operations:\n"
     "  o: { action: [] }\n"
     "  p: { action: [ { exec: [] } ], requires: [] }\n"
     "markers:\n"
     "  m: { cases: [] }\n"
     "  n: { read: { size: A }, values: {} }\n"
     "  p: { read: { size: A }, values: { a: [] } }\n"
     "  q: { cases: [ { when: { file: A } }, [] ] }\n"
     "messages: { m: { text: \"\" } }\n",
     "t:2:13: error: 'all' of no conditions says nothing [GP0212]\n"
     "t:3:15: error: 'state' is an empty list [GP0212]\n"
     "t:4:15: error: an empty list of values [GP0212]\n"
     "t:5:15: error: expected a list of values, found the text '3' [GP0203]\n"
     "t:7:16: error: 'action' is an empty list [GP0212]\n"
     "t:8:26: error: 'exec' is an empty list [GP0212]\n"
     "t:8:44: error: expected a mapping of ids, found a list [GP0203]\n"
     "t:10:15: error: 'cases' is an empty list [GP0212]\n"
     "t:11:35: error: 'values' is an empty mapping [GP0212]\n"
     "t:12:40: error: an empty list of values [GP0212]\n"
     "t:13:17: error: a case lacks 'value' [GP0202]\n"
     "t:13:40: error: expected a mapping, found a list [GP0203]\n"
     "t:14:24: error: 'text' is an empty text [GP0213]\n"},
    {"a misspelt key is not missing too",
     "operations:\n"
     "  o: { requires: { r: { taht: { file: A } } } }\n"
     "markers:\n"
     "  m: { raed: { size: A } }\n"
     "conditions:\n"
     "  c: { file: A, u8: { att: 3 } }\n",
     "t:2:25: error: unknown key 'taht' in a requirement [GP0201]\n"
     "t:4:8: error: unknown key 'raed' in a marker [GP0201]\n"
     "t:6:23: error: unknown key 'att' in a u8 [GP0201]\n"},
    {"all errors in the order of the file",
     "messages:\n"
     "  m: { text: x, causes: { c: { cause: \"${\", that: { absent: /A } } } }\n"
     "vars: { v: { default: 1 } }\n"
     "conditions:\n"
     "  c: { all: [ { file: [ \"\", A, ../B ], size: x }, { fiel: A } ] }\n",
     "t:2:40: error: '${' is not closed [GP0219]\n"
     "t:2:61: error: a path is relative to the tree and does not begin with '/' [GP0216]\n"
     "t:3:9: error: variable 'v' lacks 'type' [GP0202]\n"
     "t:5:25: error: a path is empty; '.' names the whole tree [GP0216]\n"
     "t:5:32: error: '..' would lead out of the tree [GP0216]\n"
     "t:5:46: error: expected a size such as 512, 64 KiB or 2 GiB, found 'x' [GP0207]\n"
     "t:5:53: error: unknown key 'fiel' in a condition [GP0201]\n"},
};

int main(void)
{
    check_said(cases, GP_COUNT(cases));
    return done_testing();
}
