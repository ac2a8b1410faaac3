#!/bin/sh
# What is wrong with what the definitions of a rule set say to each other, each alone being well-formed: 1200 has the rest.
. "${srcdir:-$(dirname "$0")/..}/t/lib/test-lib.sh"

mkdir "$work/set"

# ruleset.yaml is standard input behind two lines, so what stands here begins at line 3.
rules_are() {
    { echo 'gatepost: 1' && echo 'ruleset: set' && cat; } >"$work/set/ruleset.yaml"
}

# expect NAME 'LINE:COLUMN: error: MESSAGE [ID]': the file is refused with that, as the first line and the only error.
# Several lines: so many errors, in that order.
expect() {
    rules_are
    exits 3 "$1" "$GATEPOST" -r "$work/set" list operations || return
    told=$(sed -n "1{p;d;}; /^[^ ].*: error: /p; /^[^ ].*: warning: /p" "$err")
    is "$1: the message" "$(printf '%s\n' "$told" | sed "s|^$work/set/ruleset.yaml:||")" "$2"
}

# accept NAME: nothing is said about the file.
accept() {
    rules_are
    exits 0 "$1" "$GATEPOST" -r "$work/set" list operations
    is "$1: no message" "$(cat "$err")" ''
}

# ---- ids that are used ----------------------------------------------------------------------------------------------

expect 'a condition that is not there' "5:15: error: there is no condition 'valdi' [GP0301]" <<'YAML'
conditions:
  valid: { file: A }
  c: { all: [ valdi, { file: B } ] }
YAML
err_has 'the one that was meant' "did you mean 'valid'?"

expect 'a marker that is not there' "4:16: error: there is no marker 'm' [GP0301]" <<'YAML'
conditions:
  c: { marker: m, is: 1 }
YAML

expect 'a message and an operation that are not there' "8:31: error: there is no message 'm' [GP0301]
8:66: error: there is no operation 'p' [GP0301]" <<'YAML'
operations:
  o:
    requires:
      r:
        that: { file: A }
        otherwise: { message: m, cause: C., remedy: { operation: p, text: T. } }
YAML

expect 'a state that is not there' "3:27: error: there is no state 's' [GP0301]" <<'YAML'
operations: { o: { from: [s] } }
YAML

expect 'a marker as a condition' "4:25: error: 'm' is a marker, not a condition [GP0302]" <<'YAML'
markers: { m: { read: { size: A } } }
conditions: { c: { not: m } }
YAML
err_has 'the way to ask about a marker' 'to ask about a marker write { marker: ID, is: VALUE }'

expect 'a state as a condition' "4:25: error: 's' is a state, not a condition [GP0302]" <<'YAML'
states: { s: { file: A } }
conditions: { c: { not: s } }
YAML
err_has 'the way to ask about a state' 'to ask about a state write { state: ID }'

expect 'a number as a directory' "4:36: error: variable 'n' is an integer, not a directory [GP0303]" <<'YAML'
vars: { n: { type: integer } }
conditions: { c: { file: A, under: n } }
YAML

expect 'a parameter that an operation lacks' "4:15: error: operation 'two' uses this and has no parameter 'p' [GP0304]" <<'YAML'
conditions:
  c: { param: p, is: X }
operations:
  one: { params: { p: { type: string } }, requires: { r: { that: c } } }
  two: { requires: { r: { that: c } } }
YAML

expect 'a parameter in a state' '4:15: error: a state has no parameters [GP0305]' <<'YAML'
states:
  s: { param: p, is: X }
operations:
  o: { params: { p: { type: string } } }
YAML

expect 'a parameter in a condition of a state' "4:15: error: state 's' uses this, where there is no parameter 'p' [GP0305]" <<'YAML'
conditions:
  c: { param: p, is: X }
states:
  s: c
operations:
  o: { params: { p: { type: string } }, requires: { r: { that: c } } }
YAML

expect 'a parameter of two types' "4:15: error: parameter 'p' has one type in 'one' and another in 'two', and both use this [GP0306]" <<'YAML'
conditions:
  c: { param: p, is: 1 }
operations:
  one: { params: { p: { type: integer } }, requires: { r: { that: c } } }
  two: { params: { p: { type: string } }, requires: { r: { that: c } } }
YAML

# ---- ${ } ------------------------------------------------------------------------------------------------------------

expect 'a name of nothing' "4:54: error: '\${medai}' is neither a parameter nor a variable [GP0307]" <<'YAML'
vars: { media: { type: string } }
operations: { o: { requires: { r: { that: { file: "A/${medai}" } } } } }
YAML
err_has 'the name that was meant' "did you mean '\${media}'?"

expect 'a stem of no file' "3:29: error: '\${stem}' means something in the facets of each and some only [GP0308]" <<'YAML'
conditions: { c: { file: "A/${stem}" } }
YAML

expect 'a workspace of no program' "3:29: error: '\${work}' means something inside exec only [GP0308]" <<'YAML'
conditions: { c: { file: "A/${work}" } }
YAML

expect 'a name that is taken' "3:9: error: 'root' has a meaning of its own in \${ } [GP0309]" <<'YAML'
vars: { root: { type: string } }
YAML

# ---- rings and places -------------------------------------------------------------------------------------------------

expect 'a ring of conditions' "4:3: error: condition 'a' rests on itself [GP0310]" <<'YAML'
conditions:
  a: { not: b }
  b: { all: [c] }
  c: { not: a }
YAML

err_has 'the first step' "ruleset.yaml:4:13: condition 'a' uses condition 'b'"
err_has 'the last step' "ruleset.yaml:6:13: condition 'c' uses condition 'a'"

expect 'a condition that is itself' "4:3: error: condition 'a' rests on itself [GP0310]" <<'YAML'
conditions:
  a: { not: a }
YAML

expect 'a ring through a marker' "4:3: error: marker 'm' rests on itself [GP0310]" <<'YAML'
markers:
  m: { cases: [ { when: c, value: 1 } ] }
conditions:
  c: { marker: m, is: 1 }
YAML

expect 'a state that asks for the state' "5:13: error: state 't' asks in which state the tree is [GP0311]" <<'YAML'
states:
  s: { file: A }
  t: { not: { state: s } }
YAML

expect 'a state that asks for it by way of a condition' "7:13: error: state 't' asks in which state the tree is [GP0311]" <<'YAML'
conditions:
  c: { state: s }
states:
  s: { file: A }
  t: { not: c }
YAML

expect 'before and after in a requirement' "4:31: error: operation 'o' asks 'changed', which only 'ensures' can [GP0312]" <<'YAML'
operations:
  o: { requires: { r: { that: { changed: A } } } }
YAML

# ---- types -----------------------------------------------------------------------------------------------------------

expect 'a value of another type' "6:23: error: expected an integer such as 12 or 0x0c, found 'one' [GP0207]" <<'YAML'
markers:
  m: { read: { u8: A, at: 0 } }
conditions:
  c: { marker: m, is: one }
YAML

expect 'a variable of another type' "5:23: error: variable 'v' is a string, but a size is expected [GP0313]" <<'YAML'
vars: { v: { type: string } }
conditions:
  c: { file: A, size: { var: v } }
YAML

expect 'a word that is none of the values' "6:23: error: 'enable' is none of the values that this can be [GP0314]" <<'YAML'
markers:
  m: { read: { u8: A, at: 0 }, values: { disabled: 0, enabled: 1 } }
conditions:
  c: { marker: m, is: enable }
YAML

err_has 'the values' 'note: one of: disabled, enabled'
err_has 'the value that was meant' "did you mean 'enabled'?"

expect 'a default that is none of the choices' "3:54: error: 'c' is none of the values that this can be [GP0314]" <<'YAML'
vars: { v: { type: choice, choices: [a, b], default: c } }
YAML

expect 'an order among words' "4:33: error: 'min' cannot be asked of a choice [GP0315]" <<'YAML'
vars: { v: { type: choice, choices: [a, b] } }
conditions: { c: { var: v, min: a } }
YAML

expect 'bits of a text' "4:34: error: 'bits' cannot be asked of a string [GP0315]" <<'YAML'
vars: { v: { type: string } }
conditions: { c: { var: v, bits: 1 } }
YAML

expect 'cases of two types' '8:37: error: this case yields a date, another an integer [GP0316]' <<'YAML'
vars: { n: { type: integer }, d: { type: date } }
markers:
  m:
    cases:
      - { when: { file: A }, value: { var: n } }
      - { when: { file: B }, value: { var: d } }
YAML

expect 'names for what is not read' "6:15: error: 'values' names what is read, and this marker has cases [GP0317]" <<'YAML'
markers:
  m:
    cases: [ { when: { file: A }, value: a } ]
    values: { one: 1 }
YAML

expect 'a choice without choices' "3:14: error: 'v' is a choice without 'choices' [GP0318]" <<'YAML'
vars: { v: { type: choice } }
YAML

expect 'a least text' "3:33: error: 'min' means nothing for a string [GP0318]" <<'YAML'
vars: { v: { type: string, min: 1 } }
YAML

expect 'choices of a number' "3:29: error: 'choices' means nothing for an integer [GP0318]" <<'YAML'
vars: { v: { type: integer, choices: [1, 2] } }
YAML

expect 'a default below the least' "3:46: error: 4 is less than 'min' [GP0319]" <<'YAML'
vars: { v: { type: integer, min: 5, default: 4 } }
YAML

expect 'a default that does not match' "4:52: error: 'A1' does not match the pattern [GP0319]" <<'YAML'
vars:
  v: { type: string, matches: '^[a-z]+$', default: A1 }
YAML
err_has 'where the pattern is' 'ruleset.yaml:4:31: the pattern is here'

expect 'more than the most' "3:34: error: 5 is greater than 'max' [GP0319]" <<'YAML'
vars: { v: { type: integer, min: 5, max: 4 } }
YAML

expect 'a default that is seen' '4:59: error: a parameter starts from a scalar or { var: ID } [GP0320]' <<'YAML'
markers: { m: { read: { u8: A, at: 0 } } }
operations: { o: { params: { p: { type: integer, default: { marker: m } } } } }
YAML

expect 'a day without a reason' "6:31: error: requirement 'r' has 'until' without 'waived' [GP0321]" <<'YAML'
operations:
  o:
    requires:
      r: { that: { file: A }, until: 2027-01-31 }
YAML

expect 'a waiver as if it were a switch' \
    "6:39: error: 'waived' of requirement 'r' is the reason in words, not 'false' [GP0322]
7:39: error: 'waived' of requirement 's' is the reason in words, not 'Yes' [GP0322]" <<'YAML'
operations:
  o:
    requires:
      r: { that: { file: A }, waived: false, until: 2027-01-31 }
      s: { that: { file: A }, waived: "Yes" }
YAML

accept 'a reason without a day' <<'YAML'
operations: { o: { requires: { r: { that: { file: A }, waived: The NAS has quotas. } } } }
YAML

# ---- what a condition asks --------------------------------------------------------------------------------------------

while IFS='|' read -r what line text; do
    expect "$what" "$text" <<YAML
markers: { m: { read: { u8: A, at: 0 } } }
vars: { v: { type: integer } }
$line
YAML
done <<'EOT'
entries of a file|conditions: { c: { file: A, entries: 3 } }|5:29: error: 'entries' asks something of directories, and 'file' looks at files [GP0360]
the size of a directory|conditions: { c: { dir: A, size: 3 } }|5:28: error: 'size' asks something of files, and 'dir' looks at directories [GP0360]
records of nothing|conditions: { c: { file: A, records: { of: 0, is: 1 } } }|5:44: error: 'of' must be at least 1 [GP0361]
a count below nothing|conditions: { c: { count: "A/*", max: -1 } }|5:39: error: a count is never less than 0 [GP0366]
no attribute|conditions: { c: { file: A, attributes: {} } }|5:29: error: 'attributes' names none [GP0365]
less than no files|conditions: { c: { each: "A/*", min: -1 } }|5:38: error: 'min' must be at least 0 [GP0361]
too wide a window|conditions: { c: { file: A, text: { matches: b, window: 17 MiB } } }|5:57: error: 'window' is at most 16777216 bytes (16 MiB) [GP0362]
nothing between|conditions: { c: { file: A, size: { min: 9, max: 3 } } }|5:50: error: nothing is at least 9 and at most 3 [GP0364]
each of nothing|conditions: { c: { each: "A/*" } }|5:18: error: 'each' without a facet and without 'min' holds of any tree [GP0365]
a count of nothing|conditions: { c: { count: "A/*" } }|5:18: error: 'count' needs a comparison: is, in, min or max [GP0365]
more than a byte|conditions: { c: { file: A, u8: { at: 0, is: 256 } } }|5:46: error: a u8 is never more than 255 [GP0366]
a short mask|conditions: { c: { file: A, bytes: { at: 0, is: "hex:4d5a", mask: "hex:ff" } } }|5:67: error: 'mask' and 'is' differ in length: 1 and 2 bytes [GP0367]
a letter that the encoding lacks|conditions: { c: { file: A, text: { contains: "Δ", encoding: latin1 } } }|5:37: error: 'contains' has a character that latin1 does not have [GP0368]
a marker without a question|conditions: { c: { marker: m } }|5:18: error: 'marker' says nothing about the value: add is, in, min, max, matches, bits or known [GP0370]
a variable without a question|conditions: { c: { not: { var: v } } }|5:25: error: 'var' says nothing about the value: add is, in, min, max, matches, bits or known [GP0370]
a parameter without a question|operations: { o: { params: { p: { type: string } }, requires: { r: { that: { param: p } } } } }|5:76: error: 'param' says nothing about the value: add is, in, min, max, matches, bits or known [GP0370]
known and a comparison|conditions: { c: { marker: m, known: true, is: 1 } }|5:31: error: 'known' and a comparison cannot stand together [GP0371]
not known and a comparison|conditions: { c: { var: v, known: false, min: 1 } }|5:28: error: 'known' and a comparison cannot stand together [GP0371]
equal to nothing|conditions: { c: { equal: [ { marker: m } ] } }|5:27: error: 'equal' needs at least 2 values [GP0372]
in order alone|conditions: { c: { ordered: [ { var: v } ] } }|5:29: error: 'ordered' needs at least 2 values [GP0372]
EOT

while IFS='|' read -r what line text; do
    expect "$what" "$text" <<YAML
$line
YAML
done <<'EOT'
a string of nothing|markers: { n: { read: { string: A, at: 0, length: 0 } } }|3:51: error: 'length' must be at least 1 [GP0361]
a group that is not there|markers: { n: { read: { text: A, match: 'v(\d+)', group: 2 } } }|3:58: error: the pattern has 1 group, so there is no group 2 [GP0363]
free space of a file|markers: { n: { read: { free-space: A } } }|3:37: error: 'free-space' is asked of the whole tree, so its path is "." [GP0369]
EOT

accept 'questions of every kind' <<'YAML'
markers: { m: { read: { u8: A, at: 0 } } }
vars: { v: { type: integer } }
conditions:
  a: { marker: m, known: false }
  b: { var: v, min: 1, max: 1 }
  c: { equal: [ { marker: m }, { var: v } ] }
  d: { ordered: [ 1, { marker: m }, { var: v } ] }
  e: { marker: m, is: 255 }
  f: { file: A, text: { matches: b, window: 16 MiB } }
  g: { count: "A/*", is: 0 }
YAML

# ---- what a step does -------------------------------------------------------------------------------------------------

while IFS='|' read -r what step text; do
    expect "$what" "$text" <<YAML
vars: { d: { type: directory } }
operations:
  o:
    action:
      - $step
YAML
done <<'EOT'
the root removed|{ remove: . }|7:19: error: no step may change the root itself [GP0380]
the engine's own directory|{ mkdir: GATEPOST/x }|7:18: error: no step may change GATEPOST, which is the engine's own [GP0380]
the engine's own in small letters|{ write: gatepost/LEDGER, text: x }|7:18: error: no step may change gatepost, which is the engine's own [GP0380]
nothing to be missing|{ mkdir: A, missing: ok }|7:21: error: 'missing: ok' means nothing here, as 'mkdir' makes what it names [GP0381]
nothing to be missing in a write|{ write: A, zeros: 3, missing: ok }|7:31: error: 'missing: ok' means nothing here, as 'write' makes what it names [GP0381]
no attribute|{ attributes: A }|7:9: error: 'attributes' sets none: read-only, hidden or system is missing [GP0382]
a directory of no file|{ write: A, text: T, under: d }|7:37: error: 'under' says where 'from' lies, which is missing [GP0383]
two contents of one file|{ write: A, text: T, zeros: 3 }|7:30: error: 'text' and 'zeros' cannot stand together [GP0210]
no content|{ write: A }|7:9: error: a step needs one of: text, bytes, zeros, from [GP0209]
no bytes in a patch|{ patch: A, at: 0 }|7:9: error: a step needs one of: u8, u16le, u16be, u32le, u32be, bytes, string [GP0209]
more than a byte in a patch|{ patch: A, at: 0, u8: 256 }|7:32: error: a u8 is from 0 to 255 [GP0384]
less than no zeros|{ write: A, zeros: -1 }|7:28: error: expected a size, which is never negative, found '-1' [GP0207]
EOT

# ---- limits: as deep as may be, and one more ---------------------------------------------------------------------------

# nested N: a condition of N levels.
nested() {
    awk -v n="$1" 'BEGIN {
        for (i = 1; i < n; i++) printf "{ not: "
        printf "{ file: A }"
        for (i = 1; i < n; i++) printf " }"
    }'
}
accept 'conditions 32 deep' <<YAML
conditions: { c: $(nested 32) }
YAML
expect 'conditions 33 deep' '3:242: error: conditions are nested more than 32 deep [GP0524]' <<YAML
conditions: { c: $(nested 33) }
YAML

# chained N: N conditions c1 to cN, each of which asks the next.
chained() {
    echo 'conditions:'
    awk -v n="$1" 'BEGIN {
        for (i = 1; i < n; i++) printf "  c%d: { not: c%d }\n", i, i + 1
        printf "  c%d: { file: A }\n", n
    }'
}
accept '32 deep by name' <<YAML
$(chained 32)
YAML
expect '33 deep by name' '4:14: error: conditions are nested more than 32 deep [GP0524]' <<YAML
$(chained 33)
YAML
err_has 'where the rest is' 'ruleset.yaml:5:3: 32 of the levels are here and in what it uses'
expect '34 deep by name: said once' '5:14: error: conditions are nested more than 32 deep [GP0524]' <<YAML
$(chained 34)
YAML

# ---- all of them in one run --------------------------------------------------------------------------------------------

expect 'several errors, in the order of the lines' "3:46: error: 4 is less than 'min' [GP0319]
6:8: error: 'marker' says nothing about the value: add is, in, min, max, matches, bits or known [GP0370]
7:17: error: there is no condition 'three' [GP0301]
8:18: error: 'equal' needs at least 2 values [GP0372]
9:29: error: 'entries' asks something of directories, and 'file' looks at files [GP0360]
10:37: error: state 't' asks in which state the tree is [GP0311]
13:11: error: there is no state 'u' [GP0301]
14:35: error: 'm' is a marker, not a condition [GP0302]
15:37: error: requirement 'r' has 'until' without 'waived' [GP0321]
16:28: error: no step may change the root itself [GP0380]" <<'YAML'
vars: { v: { type: integer, min: 5, default: 4 } }
markers: { m: { read: { u8: A, at: 0 } } }
conditions:
  one: { marker: m }
  two: { all: [ three, { file: B } ] }
  four: { equal: [ { var: v } ] }
  five: { file: A, size: 3, entries: 3 }
states: { s: { file: A }, t: { not: { state: s } } }
operations:
  o:
    from: u
    requires: { r: { that: { not: m } } }
  p: { requires: { r: { that: four, until: 2027-01-31 } } }
  q: { action: [ { remove: . } ] }
YAML

done_testing
