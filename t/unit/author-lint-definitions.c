/* What lint finds in operations, markers, messages and texts: each finding, and what is near to it and right. */
#include "author-lint-helper.h"

static const struct lint_case cases[] = {
    {"requirements that ask the same",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      a: { when: { dir: D }, that: { file: A }, otherwise: { cause: x } }\n"
     "      b: { title: other, when: { dir: D }, that: { file: A }, otherwise: { cause: z } }\n"
     "      c: { that: { file: A } }\n"
     "      d: { that: { file: A }, waived: z }\n"
     "      e: { when: { dir: E }, that: { file: A } }\n"
     "  p: { requires: { a: { that: { file: A } } } }\n",
     "t:5:7: warning: requirement 'b' asks the same as 'a' [GP0640]\n"},
    {"a guard that asks the same",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { when: { file: A }, that: { file: A }, otherwise: { cause: x } }\n",
     "t:4:37: warning: requirement 'r' is never false: its guard asks the same [GP0620]\n"},
    {"a remedy that is denied",
     "operations:\n"
     "  o: { requires: { a: { that: { file: A }, otherwise: { cause: x, remedy: { operation: p, text: z }"
     " } } } }\n"
     "  p: { requires: { b: { that: { file: A } } } }\n",
     "t:2:88: warning: operation 'p' is no remedy: it is denied for the same reason [GP0641]\n"},
    {"remedies that are not",
     "operations:\n"
     "  o: { requires: { a: { that: { file: A }, otherwise: { cause: x, remedy: { operation: p, text: z }"
     " } }, b: { that: { file: B }, otherwise: { cause: x, remedy: { operation: q, text: z } } } } }\n"
     "  p: { requires: { b: { when: { dir: D }, that: { file: A } } } }\n"
     "  q: { requires: { b: { that: { file: B }, severity: warn }, c: { that: { file: B }, waived: z } }"
     " }\n",
     ""},
    {"raw values",
     "markers: { m: { read: { u8: A }, values: { a: 1, b: [2, 1], c: [3, 3], d: 256, e: 4 } } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { marker: m, is: a }, otherwise: { cause: x } }\n",
     "t:1:57: warning: '1' stands for 'a' and for 'b'; the first counts [GP0650]\n"
     "t:1:68: warning: '3' stands for 'c' twice [GP0650]\n"
     "t:1:75: warning: '256' can never be the value: what is read is never so great [GP0623]\n"},
    {"raw values and a mask",
     "markers: { m: { read: { u8: A, mask: 0x0f }, values: { a: 0x0f, b: 0x10 } }, k: { read: { u8: A,"
     " times: 512 }, values: { a: 512, b: 131072 } } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ marker: m, is: a }, { marker: k, is: a }] }, otherwise: { cause: x } }\n",
     "t:1:68: warning: '0x10' can never be the value: it has bits that the mask takes away [GP0623]\n"},
    {"choices",
     "vars: { v: { type: choice, choices: [a, b, a] }, w: { type: choice, choices: [a, b, A] } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ var: v, is: a }, { var: w, is: a }] }, otherwise: { cause: x } }\n",
     "t:1:44: warning: the choice 'a' stands twice [GP0651]\n"},
    {"cases",
     "markers:\n"
     "  m:\n"
     "    cases:\n"
     "      - { when: { file: A }, value: a }\n"
     "      - { when: { file: B }, value: b }\n"
     "      - { when: { file: A }, value: c }\n"
     "      - { when: { equal: [1, 2] }, value: d }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { marker: m, is: a }, otherwise: { cause: x } }\n",
     "t:6:17: warning: this case never decides: an earlier one has the same condition [GP0652]\n"
     "t:7:17: warning: this case never decides: its condition can never hold [GP0652]\n"
     "t:7:17: warning: this can never hold: all values of 'equal' are literals [GP0622]\n"},
    {"waivers",
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      a: { that: { file: A }, waived: x, until: 2027-01-31 }\n"
     "      b: { that: { file: B }, waived: x, until: 2027-02-01 }\n"
     "      c: { that: { file: C }, waived: x }\n",
     "t:4:49: warning: the waiver of requirement 'a' has ended, so it counts again [GP0660]\n"},
    {"empty",
     "operations:\n"
     "  o: { params: {}, source: [], requires: { r: { that: { file: A }, source: [Q1] } } }\n"
     "  p: { requires: {} }\n",
     "t:2:16: note: 'params' is empty and says nothing; leave it out [GP0670]\n"
     "t:2:28: note: 'source' is empty and says nothing; leave it out [GP0670]\n"
     "t:3:3: warning: operation 'p' requires nothing, so it is always allowed [GP0672]\n"
     "t:3:18: note: 'requires' is empty and says nothing; leave it out [GP0670]\n"},
    {"an audit that acts",
     "operations:\n"
     "  o: { audit: true, requires: { r: { that: { file: A } } }, action: [{ mkdir: B }] }\n"
     "  p: { audit: true, requires: { r: { that: { file: A } } } }\n"
     "  q: { audit: false, requires: { r: { that: { file: A } } }, action: [{ mkdir: B }] }\n",
     "t:2:8: warning: operation 'o' is an audit and has an action [GP0671]\n"},
    {"demands",
     "demands: [title, source, basis, otherwise]\n"
     "vars: { v: { type: integer, title: V, source: Q1, basis: stated }, w: { type: integer, title: W }"
     " }\n"
     "markers: { m: { read: { size: A }, basis: stated } }\n"
     "conditions: { c: { marker: m, is: { var: v } }, d: c }\n"
     "states: { s: { file: A, title: S, source: [Q1], basis: inferred } }\n"
     "attestations: { a: { ask: x } }\n"
     "messages: { g: { text: Some text, causes: { k: { that: d, cause: x } } } }\n"
     "operations:\n"
     "  o:\n"
     "    title: O\n"
     "    params: { p: { type: integer, default: { var: w } } }\n"
     "    requires: { r: { that: { param: p, is: 3 }, title: R, source: Q1, basis: stated } }\n"
     "    ensures: { e: { that: { attested: a }, otherwise: { cause: x } } }\n",
     "t:2:68: warning: variable 'w' lacks source, basis [GP0680]\n"
     "t:3:12: warning: marker 'm' lacks title, source [GP0680]\n"
     "t:4:15: warning: condition 'c' lacks title, source, basis [GP0680]\n"
     "t:4:49: warning: condition 'd' lacks title, source, basis [GP0680]\n"
     "t:6:17: warning: attestation 'a' lacks title, source, basis [GP0680]\n"
     "t:7:13: warning: message 'g' lacks title, source, basis [GP0680]\n"
     "t:7:45: warning: cause 'k' lacks title, source, basis [GP0680]\n"
     "t:9:3: warning: operation 'o' lacks source, basis [GP0680]\n"
     "t:11:15: warning: parameter 'p' lacks title, source, basis [GP0680]\n"
     "t:12:17: warning: requirement 'r' lacks otherwise [GP0680]\n"
     "t:13:16: warning: ensured condition 'e' lacks title, source, basis [GP0680]\n"},
    {"demands that are met",
     "demands: [title]\n"
     "conditions: { c: { file: A, title: C } }\n"
     "operations: { o: { title: O, requires: { r: { title: R, that: c } } } }\n",
     ""},
    {"demands that nothing can meet",
     "demands: [titel, owner]\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { file: A }, otherwise: { cause: x } }\n",
     "t:1:11: warning: 'titel' is no key that can be demanded [GP0681]\n"
     "t:1:18: warning: 'owner' is no key that can be demanded [GP0681]\n"},
    {"messages that look the same",
     "messages:\n"
     "  a: { text: \"This Postoffice, again.\", causes: { k: { that: { file: A }, cause: x } } }\n"
     "  b: { text: Other text, also: [ \"THIS post-office again\", This is new ], causes: { k: { that: {"
     " file: A }, cause: x } } }\n"
     "  c: { text: \"this is … new\", causes: { k: { that: { file: A }, cause: x } } }\n",
     "t:3:34: warning: messages 'a' and 'b' have the same letters and digits [GP0690]\n"},
    {"spellings of one message",
     "messages:\n"
     "  a: { text: This Postoffice, also: This post office, causes: { k: { that: { file: A }, cause: x }"
     " } }\n",
     ""},
    {"a message without letters",
     "messages:\n"
     "  a: { text: \"…!\", causes: { k: { that: { file: A }, cause: x } } }\n"
     "  b: { text: \"?1?\", causes: { k: { that: { file: A }, cause: x } } }\n",
     "t:2:14: warning: this text of message 'a' has neither letters nor digits, so nobody's text is like"
     " it [GP0691]\n"},
    {"texts that other readers take for something else",
     "version: 1.10\n"
     "markers: { m: { read: { text: A, match: \"^(.+)\", group: 1 } } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ marker: m, in: [yes, maybe] }, { file: [on, 0o17, 2027-01-31, \"no\","
     " 1e3] }, { marker: m, is: 12:30:45 }] }, otherwise: { cause: x } }\n",
     "t:1:10: warning: this value is a text here and a number to other readers of YAML [GP0699]\n"
     "t:6:44: warning: this value is a text here and a boolean to other readers of YAML [GP0699]\n"
     "t:6:68: warning: this value is a text here and a boolean to other readers of YAML [GP0699]\n"
     "t:6:72: warning: this value is a text here and a number to other readers of YAML [GP0699]\n"
     "t:6:78: warning: this value is a text here and a date to other readers of YAML [GP0699]\n"
     "t:6:96: warning: this value is a text here and a number to other readers of YAML [GP0699]\n"
     "t:6:121: warning: this value is a text here and a number in base 60 to other readers of YAML"
     " [GP0699]\n"},
    {"keys that other readers take for something else",
     "operations: { off: { requires: { 0x10: { that: { file: A } }, \"no\": { that: { file: B } } } } }\n",
     "t:1:15: warning: this key is a text here and a boolean to other readers of YAML [GP0699]\n"
     "t:1:34: warning: this key is a text here and a number to other readers of YAML [GP0699]\n"},
    {"numbers, dates and booleans that are meant",
     "version: 1.0.0\n"
     "vars: { k: { type: integer, default: 0x10 }, d: { type: date, default: 2027-01-31 }, b: { type:"
     " boolean, default: true } }\n"
     "operations:\n"
     "  o:\n"
     "    requires:\n"
     "      r: { that: { all: [{ var: k, is: 0x11 }, { var: d, is: 2027-01-31 }, { var: b, is: false }, {"
     " file: [12, 1.5, true, A-1] }] }, otherwise: { cause: x } }\n",
     ""},
};

/* Whole: the edit that quotes a text, and the other place of something that stands twice. */
static void check_whole(void)
{
    static const char yaml[] =
        "version: 1.10\ndemands: [titel]\nvars: { v: { type: choice, choices: [a, a] } }\n";
    struct sink sink = lint_text(yaml, true, NULL);

    is_str(sink_whole(&sink, 0),
           "t:1:10: warning: this value is a text here and a number to other readers of YAML [GP0699]\n"
           "  1 | version: 1.10\n"
           "    |          ^~~~\n"
           "  help: did you mean '\"1.10\"'?\n",
           "a text that should be quoted");
    is_str(sink_whole(&sink, 1),
           "t:2:11: warning: 'titel' is no key that can be demanded [GP0681]\n"
           "  2 | demands: [titel]\n"
           "    |           ^~~~~\n"
           "  help: did you mean 'title'?\n",
           "a demand that is misspelt");
    is_str(sink_whole(&sink, 2),
           "t:3:41: warning: the choice 'a' stands twice [GP0651]\n"
           "  3 | vars: { v: { type: choice, choices: [a, a] } }\n"
           "    |                                         ^\n"
           "  note: t:3:38: the first is here\n"
           "  3 | vars: { v: { type: choice, choices: [a, a] } }\n"
           "    |                                      ^\n",
           "a choice that stands twice");
    sink_free(&sink);
}

int main(void)
{
    check_whole();
    lint_cases(cases, GP_COUNT(cases));
    return done_testing();
}
