#!/bin/sh
# lint: which files a PATH means, what is shown of them, exit statuses, every format.
. "${0%/*}/lib/test-lib.sh"
gp() { "$GATEPOST" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$@"; }
cd "$work" || exit 99

mkdir -p sets/jar/tests sets/jar.d sets/box
cat >sets/jar/ruleset.yaml <<'END'
gatepost: 1
ruleset: jar
title: Jars
END
cat >sets/jar/states.yaml <<'END'
gatepost: 1
conditions:
  there: { file: JAR }
states:
  full: { all: [there, { file: LID, siez: 3 }] }
operations:
  fill:
    requires: { jar: { that: there, otherwise: { cause: There is no jar. } } }
END
cat >sets/jar.d/10-house.yaml <<'END'
gatepost: 1
amends: jar
operations:
  filll:
    requires: { lid: { that: { absent: LID }, otherwise: { cause: The lid is on. } } }
END
cat >sets/box/ruleset.yaml <<'END'
gatepost: 1
ruleset: box
title: Boxes
operations:
  open:
    title: Open the box
    requires:
      box: { title: There is a box, that: { file: BOX }, otherwise: { cause: There is no box. } }
END
unknown_key="sets/jar/states.yaml:5:37: error: unknown key 'siez' in a condition [GP0201]"
near="sets/jar.d/10-house.yaml:4:3: warning: this adds a new operation 'filll' [GP0414]"

# ---- what a PATH means -----------------------------------------------------------------------------------------------

exits 0 'a set without findings' gp lint sets/box
is '  says so' "$(cat "$out")" 'no findings in 1 file'
exits 3 'a set with errors' gp lint sets/jar
golden '  text, as people read it' data/lint/text.txt
is '  nothing on standard error' "$(cat "$err")" ''
exits 3 'quiet: a line each' gp lint -q sets/jar
has '  the error' "$unknown_key"
has '  the warning' "$near"
hasnt '  and no more' '  note:'
exits 3 'a directory of sets' gp lint -q sets
has '  the error' "$unknown_key"
exits 3 'a file within its set' gp lint sets/jar/states.yaml
has '  its findings' "$unknown_key"
hasnt '  no others' '10-house.yaml'
has '  but their number' '1 finding in other files of the rule set is not shown'
exits 3 'a drop-in within its set' gp lint sets/jar.d/10-house.yaml
has '  its findings' "$near"
hasnt '  no others' 'GP0201'
has '  but their number' '; 1 error among them: without it more could be checked here'
exits 3 'a directory of drop-ins' gp lint -q sets/jar.d
is '  is its files' "$(grep -v 10-house "$out")" ''
exits 3 'an error elsewhere counts' gp lint -q sets/jar/ruleset.yaml
is '  though it is not shown' "$(cat "$out")" ''
exits 3 'and leaves an empty array' gp lint -f json sets/jar/ruleset.yaml
is '  of JSON' "$(cat "$out")" '[]'
exits 3 'several PATHs of one set' gp lint -q sets/jar sets/jar/states.yaml ./sets/jar.d sets
is '  nothing twice' "$(sort "$out" | uniq -d)" ''
exits 3 'files of one set' gp lint sets/jar/states.yaml sets/jar.d/10-house.yaml
has '  are both shown' "$unknown_key"
has '  as one' 'in 2 files'
hasnt '  and nothing is elsewhere' 'other files'
exits 3 'without a PATH: the sets in use' gp lint -q -r sets/jar
has '  the error' "$unknown_key"
mkdir -p foreign/apparmor.d foreign/rc.d
: >foreign/apparmor.d/local
exits 64 "a directory with other programs' NAME.d" gp lint foreign
err_has '  says that there is no rule set in it' 'gatepost: there is no rule set in foreign'

# ---- what was meant --------------------------------------------------------------------------------------------------

mkdir -p slips
cat >slips/rules.yaml <<'END'
gatepost: 1
lint: { GP0609: { level: note, reason: x }, gp601: { level: note, reason: x } }
conditions:
  a: { exists: A }
  b: { file: B, size: 10 KB }
  c: { file: B, age: 36 }
operations:
  op:
    requires:
      r:
        that: { file: A }
        otherwise { cause: It is not there. }
END
exits 3 'slips' gp lint slips/rules.yaml
has '  a number of a diagnostic that there is not' "slips/rules.yaml:2:9: error: there is no diagnostic 'GP0609' [GP0230]"
has '  one that is written otherwise' "did you mean 'GP0601'?"
is '  alone is like another' "$(grep -c "did you mean 'GP" "$out")" 1
has '  a key like no other: all forms of a condition' 'note: a condition has one of: all, any, none, '
has '  a unit from elsewhere' "did you mean '10 KiB'?"
has '  a duration without a unit' 'note: the unit is missing: s, min, h or d'
has '  a key that swallowed the next one' "note: a ':' is missing behind 'otherwise'"
printf 'gatepost: 1\nconditions: { a: { file: A, size { min: 1 } } }\n' >slips/rules.yaml
exits 3 'the same inside { }' gp lint slips/rules.yaml
has '  says so' "slips/rules.yaml:2:29: error: 'size' has no value; a ':' is missing behind it [GP0119]"

exits 0 '$GATEPOST_RULES' env GATEPOST_RULES=sets/box "$GATEPOST" lint
has '  one file' 'no findings in 1 file'
exits 3 'a set that is not there' gp lint -r nonesuch
has '  is a finding' "there is no rule set 'nonesuch' [GP0401]"

# A directory that is a layer already is read once.
exits 0 'a layer and its set' gp lint -r sets/ sets/box
is '  no finding about that' "$(cat "$out")" 'no findings in 1 file'

# ---- tests -----------------------------------------------------------------------------------------------------------

mkdir -p cases/box/tests lone-tests
cp sets/box/ruleset.yaml cases/box/
cat >cases/box/tests/open.yaml <<'END'
gatepost: 1
tests-for: box
trees:
  bare: {}
cases:
  no-box:
    tree: bare
    check: opn
    expect: { verdict: denied, because: [box] }
END
cp cases/box/tests/open.yaml lone-tests/open.yaml
misspelt="tests/open.yaml:8:12: error: there is no operation 'opn'"
exits 3 'the tests of a set' gp lint cases/box
has '  are checked' "cases/box/$misspelt"
exits 3 'a file of tests' gp lint -q cases/box/tests/open.yaml
has '  within its set' "cases/box/$misspelt"
exits 3 'a directory of tests' gp lint -q cases/box/tests
has '  within its set' "cases/box/$misspelt"
exits 3 'tests that lie elsewhere' gp lint -q -r sets/ lone-tests
has '  within the set that they are for' "lone-$misspelt"
exits 0 'tests for a set that is not known' gp lint lone-tests/open.yaml
has '  are looked at alone' 'lone-tests/open.yaml:1:1: note: this file was looked at alone'
sed -i 's/check: opn/chekc: open/' lone-tests/open.yaml
exits 3 'what is wrong in them' gp lint -q lone-tests/open.yaml
has '  is said' "lone-tests/open.yaml:8:5: error: unknown key 'chekc'"
exits 64 'tests from standard input' gp lint - <cases/box/tests/open.yaml

# ---- alone -----------------------------------------------------------------------------------------------------------

mkdir alone
cat >alone/states.yaml <<'END'
gatepost: 1
states:
  full: { all: [there, { file: LID, mni: 3 }] }
END
alone='this file was looked at alone: what it has to do with other files was not checked [GP0600]'
exits 3 'a file without a set' gp lint alone/states.yaml
has '  says that' "alone/states.yaml:1:1: note: $alone"
has '  what is wrong in it' "alone/states.yaml:3:37: error: unknown key 'mni' in a condition [GP0201]"
hasnt '  not what may be elsewhere' "'there'"
exits 3 'a directory of such files' gp lint -q alone
has '  the same' "alone/states.yaml:3:37: error: "
exits 3 'standard input' gp lint -q - <alone/states.yaml
has '  is called so' "<stdin>:3:37: error: unknown key 'mni' in a condition [GP0201]"
printf 'gatepost: 1\nstates: { full: there }\n' >alone/good.yaml
exits 0 'nothing wrong with it' gp lint alone/good.yaml
has '  but it is said' "alone/good.yaml:1:1: note: $alone"
exits 0 'a note is no warning' gp lint --strict alone/good.yaml
exits 3 'standard input, empty' gp lint -
has '  is no rule file' '[GP0109]'

mkdir unread
ln -s nowhere unread/link.yaml
cp alone/good.yaml unread/more.yaml
exits 3 'a file that cannot be read' gp lint -q unread
has '  is a finding' 'unread/link.yaml: error: this cannot be read: No such file or directory [GP0102]'
has '  beside the others' 'unread/more.yaml:1:1: note: '

# A drop-in says whose it is.
cat >alone/house.yaml <<'END'
gatepost: 1
amends: box
operations: { open: { requires: { bxo: { severity: warn } } } }
END
exits 0 'a drop-in whose set is not known' gp lint -q alone/house.yaml
has '  is looked at alone' "$alone"
exits 3 'one whose set is' gp lint -q -r sets/ alone/house.yaml
has '  on top of it' "alone/house.yaml:3:35: error: there is no requirement 'bxo' to change"
exits 3 'the same from standard input' gp lint -q -r sets/ - <alone/house.yaml
has '  on top of it' "<stdin>:3:35: error: there is no requirement 'bxo' to change"
mkdir other.d
sed 's/bxo/box/; s/box/box/' alone/house.yaml >other.d/10.yaml
exits 0 'drop-ins of an unknown set' gp lint -q other.d
has '  are looked at alone' "other.d/10.yaml:1:1: note: $alone"
mkdir -p site/box.d
sed 's/bxo/box/' alone/house.yaml >site/box.d/10.yaml
exits 0 'a drop-in in a layer of its own' gp lint -r sets/ site/box.d/10.yaml
is '  is checked with its set' "$(cat "$out")" 'no findings in 1 file'
exits 0 'a layer with drop-ins alone' gp lint -r sets/ site
hasnt '  the same' 'GP0600'

# ---- what is no PATH -------------------------------------------------------------------------------------------------

exits 64 'nothing there' gp lint nowhere
is '  says so' "$(head -n 1 "$err")" 'gatepost: nowhere: No such file or directory'
exits 64 'the name of a set' gp lint -r sets/ box
is '  helps' "$(head -n 1 "$err")" "gatepost: there is no file 'box'; for the rule set of that name: gatepost lint -r box"
exits 64 'an empty name' gp lint ''
mkdir bare
exits 64 'a directory without rules' gp lint bare
err_has '  says so' 'bare holds neither rule sets nor *.yaml files'
echo text >sets/box/README
exits 64 'a file that no rule set reads' gp lint sets/box/README
err_has '  was not found good' "sets/box/README was not read: it is no part of the rule set 'box'"
rm sets/box/README
exits 64 'a name with an escape' gp lint "$(printf 'no\033[31m')"
err_hasnt '  nothing reaches the terminal' "$(printf '\033')"
exits 64 'a format that is none of its' gp lint -f markdown sets

# ---- statuses --------------------------------------------------------------------------------------------------------

mkdir -p warn/tub warn/tub.d
printf 'gatepost: 1\nruleset: tub\ntitle: Tubs\n' >warn/tub/ruleset.yaml
echo 'gatepost: 1' >warn/tub/fill.yaml
sed -n '6,$p' sets/jar/states.yaml | sed 's/there/{ file: TUB }/' >>warn/tub/fill.yaml
sed 's/jar/tub/' sets/jar.d/10-house.yaml >warn/tub.d/1.yaml
exits 0 'warnings' gp lint warn
has '  are shown' 'warn/tub.d/1.yaml:4:3: warning: '
exits 1 'and count with --strict' gp lint --strict warn
exits 3 'errors are graver' gp lint --strict sets warn
exits 0 'tap without --strict' gp lint -f tap warn
hasnt '  passes' 'not ok'
exits 1 'tap with --strict' gp lint -f tap --strict warn
has '  does not' 'not ok 3 - warn/tub.d/1.yaml'

# ---- formats ---------------------------------------------------------------------------------------------------------

exits 3 'json' gp lint -f json sets/jar
is '  an object a finding' "$(json '*.id' <"$out" | tr ' ' '\n' | grep -cx GP0201)" 1
is '  its place' "$(json '@id=GP0201.file' <"$out") $(json '@id=GP0201.line' <"$out") $(json '@id=GP0201.column' <"$out") \
$(json '@id=GP0201.end_line' <"$out") $(json '@id=GP0201.end_column' <"$out")" 'sets/jar/states.yaml 5 37 5 41'
is '  its edit' "$(json '@id=GP0201.suggestion' <"$out")" \
    '{"replace":{"column":37,"end_column":41,"end_line":5,"file":"sets/jar/states.yaml","line":5},"text":"size"}'
is '  its words' "$(json '@id=GP0201.level' <"$out"): $(json '@id=GP0201.title' <"$out"): $(json '@id=GP0201.message' <"$out")" \
    "error: an unknown key: unknown key 'siez' in a condition"
exits 3 'ndjson' gp lint -f ndjson sets/jar
is '  a line each' "$(grep -c '^{"schema":1,"gatepost":' "$out")" "$(wc -l <"$out")"
exits 3 'sarif' gp lint -f sarif sets/jar
is '  the version' "$(json version <"$out")" 2.1.0
is '  a result' "$(json 'runs.0.results.@ruleId=GP0201.locations.0.physicalLocation.artifactLocation.uri' <"$out")" \
    sets/jar/states.yaml
is '  its region' "$(json 'runs.0.results.@ruleId=GP0201.locations.0.physicalLocation.region' <"$out")" \
    '{"endColumn":41,"endLine":5,"startColumn":37,"startLine":5}'
is '  its fix' "$(json 'runs.0.results.@ruleId=GP0201.fixes.0.artifactChanges.0.replacements.0.insertedContent.text' <"$out")" \
    size
index=$(json 'runs.0.results.@ruleId=GP0201.ruleIndex' <"$out")
is '  its rule' "$(json "runs.0.tool.driver.rules.$index.shortDescription.text" <"$out")" 'an unknown key'
exits 0 'sarif without findings' gp lint -f sarif sets/box
is '  is a log all the same' "$(json 'runs.0.results' <"$out")" '[]'
exits 3 'github' gp lint -f github sets/jar
has '  a command each' "::error file=sets/jar/states.yaml,line=5,col=37,endColumn=41,title=GP0201 an unknown key::unknown key \
'siez' in a condition%0Adid you mean 'size'?"
exits 3 'junit' gp lint -f junit sets
has '  a test a file' '<testcase classname="gatepost.lint" name="sets/box/ruleset.yaml"/>'
has '  that fails' '<testcase classname="gatepost.lint" name="sets/jar/states.yaml">
      <failure type="error" message="'
exits 3 'tap' gp lint -f tap sets
has '  the version and the plan' 'TAP version 14
1..4'
has '  a test a file' 'ok 1 - sets/box/ruleset.yaml'
has '  that fails' 'not ok 3 - sets/jar/states.yaml
  ---'
has '  and says why' "      message: \"unknown key 'siez' in a condition\""

# ---- silenced --------------------------------------------------------------------------------------------------------

sed '2a lint: { GP0414: { level: silent, reason: "a tub has two" } }' warn/tub.d/1.yaml >1.yaml
mv 1.yaml warn/tub.d/1.yaml
exits 0 'what a file silences' gp lint --strict warn
is '  is counted' "$(grep -c silenced "$out")" 1
hasnt '  and not shown' GP0414
exits 0 'sarif has it' gp lint -f sarif --strict warn
is '  with the reason' "$(json 'runs.0.results.@ruleId=GP0414.suppressions' <"$out")" \
    '[{"justification":"a tub has two","kind":"external"}]'
is '  and its own level' "$(json 'runs.0.results.@ruleId=GP0414.level' <"$out")" warning
exits 0 'json has it not' gp lint -f json --strict warn
is '  at all' "$(grep -c GP0414 "$out")" 0

# ---- hostile names ---------------------------------------------------------------------------------------------------

mkdir hostile
name=$(printf 'hostile/a%%,:]]>\n::error::\033[31m"&.yaml')
printf 'gatepost: 1\nstates: { full: { fiel: "]]>\\n::error::%%" } }\n' >"$name"
for format in text json ndjson sarif github junit tap; do
    exits 3 "a hostile name, $format" gp lint -f $format hostile
    hasnt '  nothing reaches the terminal' "$(printf '\033')"
    is '  no command of its own' "$(grep -c '^::error::' "$out")" 0
done
exits 3 'github' gp lint -q -f github hostile
has '  the name is escaped' '::error file=hostile/a%25%2C%3A]]>%0A%3A%3Aerror%3A%3A\x1b[31m"&.yaml,line=2,'
exits 3 'junit' gp lint -f junit hostile
has '  the name is escaped' 'name="hostile/a%,:]]&gt;&#xa;::error::\x1b[31m&quot;&amp;.yaml"'
exits 3 'tap' gp lint -f tap hostile
has '  the name is escaped' 'not ok 1 - hostile/a%,:]]>\\x0a::error::\\x1b[31m"&.yaml'
exits 3 'sarif' gp lint -f sarif hostile
is '  the name is encoded' "$(json 'runs.0.results.0.locations.0.physicalLocation.artifactLocation.uri' <"$out")" \
    'hostile/a%25%2C%3A%5D%5D%3E%0A%3A%3Aerror%3A%3A%1B%5B31m%22%26.yaml'

exits 0 'help' gp lint --help
has '  an example' 'gatepost lint --strict -f sarif rules >lint.sarif'
done_testing
