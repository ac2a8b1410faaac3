#!/bin/sh
# test: which tests a command line means, what is said of them in every format, exit statuses, coverage.
. "${0%/*}/lib/test-lib.sh"

shelf=$srcdir/t/data/rules/shelf
gp() { "$GATEPOST" "$@"; }

# ---- the tests of a set ---------------------------------------------------------------------------------------------

exits 0 'the tests of a set' gp test "$shelf"
is 'say how many there are' "$(cat "$out")" '30 cases in 1 file: 30 passed, 0 failed, 0 skipped'
exits 0 '-r means the same' gp -r "$shelf" test
has 'as many' '30 passed'
exits 0 'a file' gp test "$shelf/tests/shelf.yaml"
has 'the same' '30 passed'
exits 0 'a directory of files' gp test "$shelf/tests"
has 'the same' '30 passed'
exits 0 'a name in a layer' gp test -r "$srcdir/t/data/rules" shelf
has 'the same' '30 passed'
mkdir -p "$work/cwd/shelf/tests"
printf 'gatepost: 1\nruleset: shelf\ntitle: Another shelf\n' >"$work/cwd/shelf/ruleset.yaml"
cd "$work/cwd" || exit 99
exits 64 'a name in a layer that is a directory here as well' gp test -r "$srcdir/t/data/rules" shelf
is 'is neither' "$(head -n 1 "$err")" \
    "gatepost: 'shelf' is a rule set of the layers and something in this directory: write -r shelf for the one, ./shelf for the other"
exits 0 'the one' gp test -r "$srcdir/t/data/rules" -r shelf
has 'is the one of the layer' '30 passed'
exits 1 'the other' gp test -r "$srcdir/t/data/rules" ./shelf
hasnt 'is the one here' '30 passed'
exits 1 'what is here alone needs no ./' gp test shelf
exits 3 'but for -r it does' gp test -r shelf
is 'and is told' "$(head -n 1 "$err")" \
    "gatepost: error: there is no rule set 'shelf' in the layers; for the one in this directory write ./shelf [GP0401]"
cp "$shelf/tests/shelf.yaml" shelf/tests/
exits 3 'a file of a set that is here' gp test -r "$srcdir/t/data/rules" shelf/tests/shelf.yaml
err_has 'is for that set' "there is no"
cd "$work" && rm -r cwd || exit 99
exits 0 'all at once' gp test "$shelf" "$shelf/tests" "$shelf/tests/shelf.yaml"
has 'count once' '30 cases in 1 file'
exits 0 'from within' sh -c "cd '$shelf/tests' && '$GATEPOST' test shelf.yaml && '$GATEPOST' test .. -q"
has 'the same' '30 passed'
exits 0 'with -v' gp test -v "$shelf"
has 'those that passed are shown' 'shelf.yaml:20:3: a-bare-shelf: passed (state)'
is 'one a line' "$(wc -l <"$out" | tr -d ' ')" 31
exits 0 'on the disk' env TMPDIR="$work" "$GATEPOST" test --disk "$shelf"
has 'none fails' ' 0 failed'
is 'and nothing is left' "$(ls "$work")" ''
exits 0 'the time of --now' gp test -q --now 2031-05-05T05:05:05Z "$shelf"

# ---- a case that fails ----------------------------------------------------------------------------------------------

mkdir -p "$work/rules/tea/tests"
tea=$work/rules/tea
cat >"$tea/ruleset.yaml" <<'END'
gatepost: 1
ruleset: tea
title: Tea
version: 1.0.0
messages:
  no-tea: { text: There is no tea }
operations:
  pour:
    requires:
      pot:
        title: The pot is there
        that: { file: POT }
        otherwise: { message: no-tea, cause: The pot is not there. }
      lid: { title: The lid is on, when: { file: POT }, that: { file: LID }, otherwise: { cause: The lid is off. } }
  drink:
    requires:
      cup: { that: { file: CUP }, otherwise: { cause: There is no cup. } }
END
cat >"$tea/tests/pour.yaml" <<'END'
gatepost: 1
tests-for: tea
trees:
  kitchen: { files: { POT: {} } }
cases:
  fine: { tree: kitchen, with: { files: { LID: {} } }, check: pour, expect: { verdict: allowed } }
  other-reason: { tree: kitchen, check: pour, expect: { verdict: denied, because: pot, message: no-tea } }
  wrong: { tree: kitchen, check: pour, expect: { verdict: allowed } }
END
exits 1 'a case that is denied for another reason' gp test "$tea"
golden 'is a failure, explained' data/test/failed.txt
exits 1 'quietly' gp test -q "$tea"
is 'the summary alone' "$(cat "$out")" '3 cases in 1 file: 1 passed, 2 failed, 0 skipped'
exits 1 'TAP' gp test -f tap "$tea"
golden 'every case is a test' data/test/failed.tap
exits 1 'JUnit' gp test -f junit "$tea"
golden 'every file is a suite' data/test/failed.xml
exits 1 'NDJSON' gp test -f ndjson "$tea" --coverage
is 'a line a file, and one for the coverage' "$(wc -l <"$out" | tr -d ' ')" 2
perl -MJSON::PP -e 'print join " ", map { my $case = $_; map { "$case->{id}/$_->{expectation}/$_->{expected}/$_->{found}" }
    @{ $_->{misses} } } @{ decode_json(scalar <STDIN>)->{cases} }' <"$out" >"$work/misses"
is 'with what was expected' "$(cat "$work/misses")" \
    'other-reason/because/pot/lid other-reason/message/no-tea/none wrong/verdict/allowed/denied'
exits 64 'SARIF is for findings' gp test -f sarif "$tea"
err_has 'says which formats there are' 'test does not write sarif, only text, json, ndjson, tap, junit'

# ---- coverage -------------------------------------------------------------------------------------------------------

exits 1 'coverage does not change what fails' gp test --coverage "$tea"
has 'of the set' 'coverage of tea: 3 of 6 results seen, 50 %'
has 'what was never checked' 'operation drink: never checked'
has 'what was not seen at all' 'requirement drink/cup: never true, false; not seen at all'
has 'what was never false' 'requirement pour/pot: never false; seen: true'
sed '/other-reason\|wrong/d' "$tea/tests/pour.yaml" >"$work/pour" && cp "$work/pour" "$tea/tests/pour.yaml"
exits 0 'a threshold that is met' gp test --threshold 33 "$tea"
has 'is shown' 'coverage of tea: 2 of 6 results seen, 33 % (asked for: 33 %)'
exits 1 'one that is not' gp test --threshold 34% "$tea"
exits 1 'in TAP' gp test -f tap --threshold 34 "$tea"
has 'it is a test' 'not ok 2 - coverage of tea: 2 of 6 results seen, 33 % (asked for: 34 %)'
exits 1 'in JUnit' gp test -f junit --threshold 34 "$tea"
has 'it is a test' '<failure type="coverage"'
exits 64 'a threshold that is none' gp test --threshold most "$tea"
err_has 'says what one is' '--threshold needs a percentage'

# ---- no test, wrong tests -------------------------------------------------------------------------------------------

rm "$tea/tests/pour.yaml"
exits 1 'a set without tests' gp test "$tea"
err_has 'is a failure' 'there are no tests: nothing was tested'
mkdir "$work/empty"
exits 1 'a directory without tests' gp test "$work/empty"
err_has 'is a failure' 'there are no tests: nothing was tested'
exits 64 'a file that is not there' gp test "$tea/tests/none.yaml"
err_has 'is a mistake on the command line' 'there is no file or directory'
exits 3 'a set that is not there' gp test -r "$work/rules" coffee
err_has 'is a mistake in the rules' "there is no rule set 'coffee'"
err_has 'which says what there is' 'note: there are: tea'

cat >"$tea/tests/one.yaml" <<'END'
gatepost: 1
tests-for: tea
trees: { kitchen: {} }
cases:
  misspelt: { tree: kitchen, check: pour, expect: { verdict: denied, because: [pott] } }
END
cat >"$tea/tests/two.yaml" <<'END'
gatepost: 1
tests-for: tea
trees: { kitchen: {} }
cases:
  fine: { tree: kitchen, check: pour, expect: { verdict: denied, because: pot } }
END
exits 3 'a name that is misspelt' gp test "$tea"
err_has 'is said' "/tea/tests/one.yaml:5:80: error: there is no requirement 'pott' [GP0701]"
err_has 'with the right one' "did you mean 'pot'?"
has 'the other file is run' '1 case in 1 file: 1 passed'
exits 3 'TAP' gp test -f tap "$tea"
has 'it is a test that failed' "not ok 2 - $tea/tests/one.yaml"
has 'of as many as there are' '1..2'
has 'with the error' "message: \"$tea/tests/one.yaml:5:80: error: there is no requirement 'pott' [GP0701]\""
exits 3 'JUnit' gp test -f junit "$tea"
has 'it is an error' '<testsuites name="gatepost test" tests="2" failures="0" errors="1" skipped="0">'
has 'of a suite of its own' "<testcase classname=\"gatepost.test\" name=\"$tea/tests/one.yaml\">
      <error type=\"rules\""
exits 3 'NDJSON' gp test -f ndjson "$tea"
is 'a line each' "$(wc -l <"$out" | tr -d ' ')" 2
has 'one of them with the error' '"tests":"'"$tea/tests/one.yaml"'","passed":0,"failed":0,"skipped":0,"cases":[],"error":{"code":"rules","text":"'
exits 3 'the only file, and it is wrong' gp test -f tap "$tea/tests/one.yaml"
has 'is not silence' "not ok 1 - $tea/tests/one.yaml"
sed 's/tests-for: tea/tests-for: [tea/' "$tea/tests/one.yaml" >"$work/cut.yaml"
exits 3 'a file that cannot be read to its end' gp test -f junit "$work/cut.yaml"
has 'is an error, too' "$work/cut.yaml:3:6: error:"
exits 3 'a set that is not there' gp test -f json -r "$work/rules" coffee
is 'has no file' "$(perl "$srcdir/t/data/json.pl" tests <"$out") $(perl "$srcdir/t/data/json.pl" error.text <"$out")" \
    "null error: there is no rule set 'coffee' [GP0401]"
cp "$tea/ruleset.yaml" "$work/tea" && echo 'nonsense: {}' >>"$tea/ruleset.yaml"
exits 3 'a set that is wrong' gp test -f junit "$tea"
has 'is an error' "name=\"$tea/ruleset.yaml\">
      <error type=\"rules\" message=\"$tea/ruleset.yaml:"
cp "$work/tea" "$tea/ruleset.yaml"

# Everything that is wrong, in one run.
mv "$tea/tests/one.yaml" "$work/one"
cat >"$tea/tests/one.yaml" <<'END'
gatepost: 1
tests-for: tea
trees: { kitchen: { files: { POT: {} }, lid: on }, pantry: { like: kitchn } }
cases:
  a: { tree: kitchen, check: pour, expect: { verdict: denied, because: [pott] } }
  b: { tree: kitchn, check: por, expect: { verdict: maybe } }
END
exits 3 'wrong in itself, and against its set' gp test "$tea/tests/one.yaml"
is 'all of it at once' "$(grep -o '[0-9]*:[0-9]*: error: .*' "$err")" "3:41: error: unknown key 'lid' in a test tree [GP0201]
3:68: error: there is no tree 'kitchn' [GP0701]
5:73: error: there is no requirement 'pott' [GP0701]
6:14: error: there is no tree 'kitchn' [GP0701]
6:29: error: there is no operation 'por' [GP0701]
6:53: error: 'verdict' is one of allowed, denied, undetermined, not 'maybe' [GP0206]"

# ---- files that are not read ----------------------------------------------------------------------------------------

rm "$tea/tests/one.yaml"
mkdir -p "$tea/tests/more" "$work/rules/tea.d/tests"
cp "$tea/tests/two.yaml" "$tea/tests/more/four.yaml"
cp "$tea/tests/two.yaml" "$tea/tests/three.yml"
cp "$tea/tests/two.yaml" "$work/rules/tea.d/tests/five.yml"
: >"$tea/tests/README.md"
: >"$tea/tests/LICENSE"
: >"$tea/tests/.two.yaml.swp"
only='only *.yaml files directly in tests/ are read; beside them README* and LICENSE* may lie'
for verb in test lint; do
    exits 0 "$verb" sh -c "'$GATEPOST' $verb '$tea' 2>&1"
    has '  a file with another ending is said to be ignored' \
        "$tea/tests/three.yml: warning: ignored: the names of files of tests end in .yaml [GP0121]"
    has '  a directory is' "$tea/tests/more: warning: ignored: $only [GP0121]"
    has '  in a drop-in, too' \
        "$work/rules/tea.d/tests/five.yml: warning: ignored: the names of files of tests end in .yaml [GP0121]"
    hasnt '  README is not' 'README.md'
    hasnt '  LICENSE is not' 'tests/LICENSE'
done
exits 0 'a directory of files' gp test "$tea/tests"
err_has 'says the same' "$tea/tests/three.yml: warning: ignored: "
exits 1 'a directory with none' gp test "$work/empty"
err_hasnt 'says nothing of what it holds' 'ignored'
rm -r "$tea/tests/more" "$tea/tests/three.yml" "$tea/tests/.two.yaml.swp" "$work/rules/tea.d"

# ---- coverage without a percentage ----------------------------------------------------------------------------------

exits 0 'coverage in JUnit' gp test -f junit --coverage "$tea"
has 'is told, though nothing is asked for' '  <testsuite name="coverage" tests="0" failures="0" errors="0" skipped="0">
    <properties>
      <property name="tea" value="coverage of tea: 1 of 6 results seen, 16 %"/>
    </properties>'
mv "$work/one" "$tea/tests/one.yaml"
exits 3 'lint finds it too' gp lint "$tea"
has 'in the same words' "there is no requirement 'pott' [GP0701]"
rm "$tea/tests/one.yaml"

# ---- drop-ins have tests of their own -------------------------------------------------------------------------------

mkdir -p "$work/rules/tea.d/tests"
cat >"$work/rules/tea.d/site.yaml" <<'END'
gatepost: 1
amends: tea
operations:
  pour:
    requires:
      tray: { title: A tray is there, that: { file: TRAY }, otherwise: { cause: There is no tray. } }
END
exits 0 'what a site asks for' gp test "$tea"
has "does not break the set's own tests" '1 passed'
cat >"$work/rules/tea.d/tests/site.yaml" <<'END'
gatepost: 1
tests-for: tea
trees: { kitchen: { files: { POT: {}, LID: {} } } }
cases:
  no-tray: { tree: kitchen, check: pour, expect: { verdict: denied, because: tray } }
END
exits 0 'and has its own' gp test --coverage "$tea"
has 'which are run, too' '2 cases in 2 files: 2 passed'
has 'and counted apart' 'coverage of the drop-ins of tea: 1 of 2 results seen, 50 %'
exits 0 'they can be named' gp test "$work/rules/tea.d/tests/site.yaml"
has 'and are run with the drop-ins' '1 passed'

# ---- hostile names --------------------------------------------------------------------------------------------------

mkdir -p "$work/rules/odd/tests"
cat >"$work/rules/odd/ruleset.yaml" <<'END'
gatepost: 1
ruleset: odd
title: Odd
version: 1.0.0
markers:
  it: { read: { text: "]]>&\"'<x>", match: "(.*)", group: 1 } }
END
cat >"$work/rules/odd/tests/t.yaml" <<'END'
gatepost: 1
tests-for: odd
trees:
  one: { files: { "]]>&\"'<x>": { text: "\x1b[31m]]>#\\" } } }
cases:
  it: { tree: one, marker: it, expect: { value: "::error\n# SKIP" } }
END
for format in text tap junit ndjson; do
    exits 1 "hostile names as $format" gp test -f $format "$work/rules/odd"
    is '  no escape reaches a terminal' "$(tr -d '\033' <"$out" | cmp -s - "$out" && echo yes)" yes
done
exits 1 'JUnit again' gp test -f junit "$work/rules/odd"
hasnt 'nothing ends what it stands in' ']]>'

done_testing
