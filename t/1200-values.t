#!/bin/sh
# What a rule file says wrongly by itself: keys, values, ids, patterns, paths.  What definitions say to each other: 1300.
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

# repeat N TEXT: TEXT N times.
repeat() {
    awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'
}

# ---- keys ----------------------------------------------------------------------------------------------------------

expect 'an unknown key' "4:17: error: unknown key 'sise' in a condition [GP0201]" <<'YAML'
conditions:
  c: { file: A, sise: 3 }
YAML
err_has 'what was meant' "did you mean 'size'?"

expect 'an unknown key at the top' "3:1: error: unknown key 'condition' in a rule file [GP0201]" <<'YAML'
condition:
  c: { file: A }
YAML
err_has 'the section that was meant' "did you mean 'conditions'?"

expect 'an unknown key of a definition' "6:5: error: unknown key 'require' in an operation [GP0201]" <<'YAML'
operations:
  o:
    title: O
    require: { r: { that: { file: A }, otherwise: { cause: C. } } }
YAML
err_has 'the key that was meant' "did you mean 'requires'?"

expect 'a key of one level up' "6:29: error: unknown key 'severity' in a condition [GP0201]" <<'YAML'
operations:
  o:
    requires:
      r: { that: { file: A, severity: warn }, otherwise: { cause: C. } }
YAML

expect 'a reference where a path stands' '4:14: error: expected a path, found a mapping [GP0203]' <<'YAML'
conditions:
  c: { file: { param: disk } }
YAML
err_has 'how to write it' "did you mean '\"\${disk}\"'?"

expect 'a facet without what it looks for' '3:35: error: a text facet needs one of: matches, contains [GP0209]' <<'YAML'
conditions: { c: { file: A, text: { window: 3 } } }
YAML

expect 'half a byte and no digit' "3:49: error: expected hexadecimal digits (0 to 9, a to f) behind 'hex:', found 'hex:4g' [GP0207]" <<'YAML'
conditions: { c: { file: A, bytes: { at: 0, is: hex:4g } } }
YAML

expect 'a condition of nothing' '3:18: error: this condition has no key that says what must hold [GP0209]' <<'YAML'
conditions: { c: {} }
YAML
err_has '  all that could stand there' 'count, record, each-record'

expect 'a missing key of a definition' "4:20: error: requirement 'r' lacks 'that' [GP0202]" <<'YAML'
operations:
  o: { requires: { r: { otherwise: { cause: C. } } } }
YAML

expect 'a missing key of a form' "4:6: error: a condition lacks 'then' [GP0202]" <<'YAML'
conditions:
  c: { if: { file: A } }
YAML

expect 'a scalar for a mapping' "3:13: error: expected a mapping of ids, found the text 'update' [GP0203]" <<'YAML'
operations: update
YAML

expect 'a list for a mapping' '4:3: error: expected a mapping of ids, found a list [GP0203]' <<'YAML'
operations:
  - update
YAML

expect 'a mapping for a scalar' '4:15: error: expected a text, found a mapping [GP0203]' <<'YAML'
operations:
  o: { title: { en: O } }
YAML

expect 'a list for a condition' '4:6: error: expected a condition, found a list [GP0203]' <<'YAML'
conditions:
  c: [ { file: A }, { file: B } ]
YAML
err_has 'the way to say it' 'to ask for all of them write { all: [...] }'

expect 'a list for a comparison' '4:23: error: expected a value or a comparison, found a list [GP0203]' <<'YAML'
conditions:
  c: { file: A, size: [1, 2] }
YAML
err_has 'the way to say that' 'to accept several values write { in: [...] }'

expect 'nothing behind a key' "5:11: error: 'title' has no value [GP0204]" <<'YAML'
operations:
  o:
    title:
YAML

expect 'nothing beneath a key' "5:14: error: 'requires' has no value [GP0204]
6:5: error: unknown key 'r' in an operation [GP0201]" <<'YAML'
operations:
  o:
    requires:
    r: { that: { file: A }, otherwise: { cause: C } }
YAML
err_has 'where it would have to stand' \
    "what belongs to it stands behind it, or beneath it and further to the right than 'requires' itself"

expect 'a null' "3:26: error: 'file' has no value [GP0204]" <<'YAML'
conditions: { c: { file: ~ } }
YAML

expect 'nothing behind an id' "4:3: error: 'o' has no value [GP0204]" <<'YAML'
operations:
  o:
YAML

expect 'nothing that says what it is' '4:6: error: this condition has no key that says what must hold [GP0209]' <<'YAML'
conditions:
  c: { title: Something }
YAML
err_has 'what could' 'one of: '

expect 'a marker that is not seen anywhere' "4:3: error: marker 'm' needs one of: read, cases [GP0209]" <<'YAML'
markers:
  m: { title: Something }
YAML

expect 'a comparison with nothing in it' '4:23: error: a comparison needs one of: is, in, min, max, matches, bits [GP0209]' <<'YAML'
conditions:
  c: { file: A, size: {} }
YAML

expect 'two things in one condition' "4:17: error: 'file' and 'dir' in one condition [GP0210]" <<'YAML'
conditions:
  c: { file: A, dir: B }
YAML

expect 'two things in one marker' "4:27: error: 'read' and 'cases' cannot stand together [GP0210]" <<'YAML'
markers:
  m: { read: { size: A }, cases: [ { when: { file: A }, value: 1 } ] }
YAML

expect 'a facet where no file is looked at' "4:19: error: 'size' is a facet, and 'absent' takes none [GP0211]" <<'YAML'
conditions:
  c: { absent: A, size: 3 }
YAML

expect 'under without a marker' "5:33: error: 'under' goes with a marker, not with a variable [GP0220]" <<'YAML'
vars: { n: { type: integer }, d: { type: directory } }
conditions:
  c: { file: A, size: { var: n, under: d } }
YAML

# ---- values --------------------------------------------------------------------------------------------------------

expect 'not one of the words' "4:54: error: 'severity' is one of refuse, need, warn, not 'Warn' [GP0206]" <<'YAML'
operations:
  o: { requires: { r: { that: { file: A }, severity: Warn, otherwise: { cause: C. } } } }
YAML

expect 'not one of the words of the manifest' "3:8: error: 'names' is one of dos, exact, not 'win' [GP0206]" <<'YAML'
names: win
YAML

while IFS='|' read -r what line text; do
    expect "$what" "$text" <<YAML
$line
YAML
done <<'EOT'
a leading zero|conditions: { c: { file: A, u8: { at: 010, is: 1 } } }|3:39: error: expected an integer such as 12 or 0x0c, found '010' [GP0207]
not a number|conditions: { c: { file: A, u8: { at: four, is: 1 } } }|3:39: error: expected an integer such as 12 or 0x0c, found 'four' [GP0207]
a quoted number|conditions: { c: { file: A, u8: { at: "4", is: 1 } } }|3:39: error: expected an integer such as 12 or 0x0c, found the quoted text '4' [GP0208]
a quoted size|conditions: { c: { file: A, size: '64 KiB' } }|3:35: error: expected a size such as 512, 64 KiB or 2 GiB, found the quoted text '64 KiB' [GP0208]
another unit|conditions: { c: { file: A, size: 64 KB } }|3:35: error: expected a size such as 512, 64 KiB or 2 GiB, found '64 KB' [GP0207]
yes for true|conditions: { c: { file: A, writable: yes } }|3:39: error: expected true or false, found 'yes' [GP0207]
True for true|operations: { o: { audit: True } }|3:27: error: expected true or false, found 'True' [GP0207]
a duration without a unit|attestations: { a: { within: 4 } }|3:30: error: expected a duration such as 90 s, 15 min, 1 h or 7 d, found '4' [GP0207]
a duration in weeks|attestations: { a: { within: 2 w } }|3:30: error: expected a duration such as 90 s, 15 min, 1 h or 7 d, found '2 w' [GP0207]
a day that is not|operations: { o: { requires: { r: { that: { file: A }, waived: W, until: 2027-02-30, otherwise: { cause: C. } } } } }|3:74: error: expected a day that the calendar has, found '2027-02-30' [GP0207]
bytes without a kind|conditions: { c: { file: A, bytes: { at: 0, is: 4d5a } } }|3:49: error: expected bytes such as hex:4d5a00 or text:hello, found '4d5a' [GP0207]
half a byte|conditions: { c: { file: A, bytes: { at: 0, is: "hex:4d5" } } }|3:49: error: expected two hexadecimal digits for each byte behind 'hex:', found 'hex:4d5' [GP0207]
a negative size|conditions: { c: { file: A, size: -1 } }|3:35: error: expected a size, which is never negative, found '-1' [GP0207]
an empty list of conditions|conditions: { c: { all: [] } }|3:25: error: 'all' of no conditions says nothing [GP0212]
an empty list of paths|conditions: { c: { file: [] } }|3:26: error: an empty list of paths [GP0212]
an empty list of values|conditions: { c: { file: A, size: { in: [] } } }|3:41: error: an empty list of values [GP0212]
an empty text|messages: { m: { text: "" } }|3:24: error: 'text' is an empty text [GP0213]
an empty reason|operations: { o: { requires: { r: { that: { file: A }, waived: "", otherwise: { cause: C. } } } } }|3:64: error: 'waived' is an empty text [GP0213]
an empty pattern|conditions: { c: { file: A, text: { matches: "" } } }|3:46: error: an empty pattern matches everything [GP0213]
an id with a space|conditions: { "a b": { file: A } }|3:15: error: 'a b' is not an id [GP0214]
an id that begins with a dash|conditions: { -a: { file: A } }|3:15: error: '-a' is not an id [GP0214]
an empty id|conditions: { "": { file: A } }|3:15: error: '' is not an id [GP0214]
an id that is not ASCII|conditions: { größe: { file: A } }|3:15: error: 'größe' is not an id [GP0214]
a pattern that is not closed|conditions: { c: { file: A, text: { matches: '^a(b' } } }|3:51: error: not a regular expression: missing closing parenthesis [GP0215]
a pattern that repeats nothing|conditions: { c: { file: A, text: { matches: 'a**+*c' } } }|3:49: error: not a regular expression: quantifier does not follow a repeatable item [GP0215]
a path from the top|conditions: { c: { file: /etc/passwd } }|3:26: error: a path is relative to the tree and does not begin with '/' [GP0216]
a path that leads out|conditions: { c: { file: A/../B } }|3:28: error: '..' would lead out of the tree [GP0216]
a path with a backslash|conditions: { c: { file: GLB\MASTER.GLB } }|3:29: error: a path has '/' between its components, not '\' [GP0216]
a path with an empty part|conditions: { c: { file: A//B } }|3:28: error: a component of a path is empty [GP0216]
a path that ends in a slash|conditions: { c: { file: A/ } }|3:28: error: a component of a path is empty [GP0216]
an empty path|conditions: { c: { file: "" } }|3:26: error: a path is empty; '.' names the whole tree [GP0216]
a class that is not closed|conditions: { c: { some: "A/[a-z" } }|3:29: error: '[' is not closed [GP0217]
a brace that is not closed|conditions: { c: { some: "A/{a,b" } }|3:29: error: '{' is not closed [GP0217]
a glob with a name in it|conditions: { c: { each: A/*, has: "B/${stem}*" } }|3:39: error: a component with ${ } is one name and cannot be a glob [GP0217]
a glob of several levels|conditions: { c: { some: "**/*.MDM" } }|3:27: error: a glob goes one level; there is no '**' [GP0217]
several levels in braces|conditions: { c: { each: "A/{B,**}" } }|3:32: error: a glob goes one level; there is no '**' [GP0217]
several levels in a name|conditions: { c: { absent: "A/b**c" } }|3:32: error: a glob goes one level; there is no '**' [GP0217]
several levels for one path|conditions: { c: { file: "A/**" } }|3:29: error: a glob goes one level; there is no '**' [GP0217]
several levels in a marker|markers: { m: { read: { newest: ["A/*", "**"] } } }|3:42: error: a glob goes one level; there is no '**' [GP0217]
a glob for one path|conditions: { c: { file: "A/*.LOG" } }|3:29: error: 'file' takes the path of one file, not a glob [GP0218]
a glob to copy|operations: { o: { action: [ { copy: "A/*", to: B } ] } }|3:41: error: 'copy' takes the path of one file, not a glob [GP0218]
a name that is not closed|operations: { o: { requires: { r: { that: { file: A }, otherwise: { cause: "In ${root" } } } } }|3:80: error: '${' is not closed [GP0219]
a name of nothing|conditions: { c: { file: "A/${}" } }|3:29: error: '${}' names nothing [GP0219]
a name with a space|conditions: { c: { unknown: "${a b}" } }|3:33: error: a name in ${ } has letters, digits, '-', '_' and '.' only [GP0219]
EOT

# ---- limits: as much as may be, and one more ------------------------------------------------------------------------

longest=$(repeat 64 i)
accept 'an id of 64 bytes' <<YAML
conditions: { $longest: { file: A } }
YAML
expect 'an id of 65' '3:15: error: this id has 65 bytes; it may have 64 [GP0520]' <<YAML
conditions: { ${longest}i: { file: A } }
YAML

longest=$(repeat 4096 a)
accept 'a pattern of 4096 bytes' <<YAML
conditions: { c: { file: A, text: { matches: $longest } } }
YAML
expect 'a pattern of 4097' '3:46: error: this pattern has 4097 bytes; it may have 4096 [GP0521]' <<YAML
conditions: { c: { file: A, text: { matches: ${longest}a } } }
YAML

longest=$(repeat 15 "$(repeat 255 a)/")$(repeat 127 a)/$(repeat 128 a)
accept 'a path of 4096 bytes' <<YAML
conditions: { c: { file: $longest } }
YAML
expect 'a path of 4097' '3:26: error: this path has 4097 bytes; it may have 4096 [GP0522]' <<YAML
conditions: { c: { file: ${longest}a } }
YAML

longest=$(repeat 31 a/)a
accept 'a path of 32 components' <<YAML
conditions: { c: { file: $longest } }
YAML
expect 'a path of 33' '3:26: error: this path has 33 components; it may have 32 [GP0523]' <<YAML
conditions: { c: { file: $longest/a } }
YAML
accept 'a glob of 32 components' <<YAML
conditions: { c: { some: "$longest*" } }
YAML
expect 'a glob of 33' '3:26: error: this path has 33 components; it may have 32 [GP0523]' <<YAML
conditions: { c: { some: "$longest/*" } }
YAML

# ---- all of them in one run ----------------------------------------------------------------------------------------

expect 'several errors of several kinds, in order' "4:19: error: unknown key 'sise' in a condition [GP0201]
5:25: error: expected a size such as 512, 64 KiB or 2 GiB, found the quoted text '3' [GP0208]
6:21: error: 'file' takes the path of one file, not a glob [GP0218]
7:16: error: 'all' of no conditions says nothing [GP0212]
10:5: error: unknown key 'severity' in an operation [GP0201]" <<'YAML'
conditions:
  one: { file: A, sise: 3 }
  two: { file: B, size: "3" }
  three: { file: "C/*" }
  four: { all: [] }
operations:
  o:
    severity: warn
    requires:
      r: { that: { file: A } }
YAML

done_testing
