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
